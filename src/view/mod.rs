//! COMPARE
pub mod fold;
pub mod split;
