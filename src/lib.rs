//! sellerlint
pub mod cli;
pub mod config;
pub mod decode;
pub mod detect;
pub mod document;
pub mod finding;
pub mod fix;
pub mod lint;
pub mod report;
pub mod rule;
pub mod text;
pub mod verdict;
pub mod view;
