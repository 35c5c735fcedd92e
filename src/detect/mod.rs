//! FIND: detectors know what things look like, and nothing of any policy.

mod before;
mod beginnings;
pub mod contact;
pub mod disguise;
pub mod domain;
pub mod email;
pub mod emoji;
pub mod emoticon;
pub mod handle;
pub mod hosts;
pub mod line_breaks;
pub mod link;
pub mod lists;
mod long_number;
pub mod markup;
mod memory;
mod misspelt;
mod neighbours;
pub mod order_id;
pub mod outputs;
pub mod phone;
pub mod phrase;
#[cfg(test)]
mod picture;
pub mod reading;
mod run;
pub mod secret_number;
pub mod shortcode;
pub mod shouting;
pub mod spelling;
pub mod tag;
