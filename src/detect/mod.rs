//! FIND
pub mod phrase;
