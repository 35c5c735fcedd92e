//! sellerlint
fn main() {}
