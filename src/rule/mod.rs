//! JUDGE
pub mod schema;
