//! FIND
pub mod emoji;
pub mod emoticon;
pub mod line_breaks;
pub mod phrase;
pub mod shortcode;
pub mod shouting;

mod run;

#[cfg(test)]
mod picture;
