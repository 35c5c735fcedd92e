//! JUDGE: what a finding means. Rules are TOML; this room reads, checks and compiles them.

pub mod builtin;
pub mod compile;
pub mod compiled;
pub mod drafts;
pub mod pack;
pub mod schema;
pub mod spelling;
