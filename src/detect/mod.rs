//! FIND: detectors know what things look like, and nothing of any policy.

pub mod contact;
pub mod disguise;
pub mod domain;
pub mod email;
pub mod handle;
pub mod hosts;
pub mod link;
pub mod lists;
mod neighbours;
pub mod phrase;
pub mod reading;
