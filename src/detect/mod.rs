//! FIND
pub mod emoji;
pub mod emoticon;
pub mod line_breaks;
pub mod order_id;
pub mod phrase;
pub mod secret_number;
pub mod shortcode;
pub mod shouting;

mod before;
mod run;

#[cfg(test)]
mod picture;
