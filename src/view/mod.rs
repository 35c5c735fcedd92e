//! COMPARE
pub mod split;
