//! What a corpus came to, for people and for programs.

mod full;
mod json;

pub use full::{Lists, full};
pub use json::json;
