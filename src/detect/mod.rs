//! FIND
pub mod phrase;
pub mod phone;
