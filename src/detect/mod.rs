//! FIND: detectors know what things look like, and nothing of any policy.

pub mod phrase;
pub mod reading;
