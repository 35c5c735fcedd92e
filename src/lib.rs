//! sellerlint
pub mod detect;
pub mod document;
pub mod finding;
pub mod fix;
pub mod rule;
pub mod text;
pub mod verdict;
pub mod view;
