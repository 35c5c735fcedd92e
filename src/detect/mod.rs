//! FIND: detectors know what things look like, and nothing of any policy.

mod before;
pub mod emoji;
pub mod emoticon;
pub mod line_breaks;
pub mod order_id;
pub mod phrase;
mod picture;
pub mod reading;
mod run;
pub mod secret_number;
pub mod shortcode;
pub mod shouting;
