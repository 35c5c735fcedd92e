//! FIND
pub mod phone;
pub mod phrase;
