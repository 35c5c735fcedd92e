//! Style, as far as it decides what a message looks like: declarations with their places, and what they come to.
//!
//! Whoever reads markup collects its elements and the texts of its style sheets and has them [dressed](dress): each
//! element then knows how it looks, and all declarations are listed with their places. Conditions (`@media`) and what a
//! draft cannot tell (`:hover`) never decide how a thing looks, but what they declare is listed.

mod attribute;
mod cascade;
mod color;
mod length;
mod longhand;
mod looks;
mod selector;
mod sheet;
#[cfg(test)]
mod tests;
mod written;

pub use cascade::{Dressed, StyleAddress, dress};
pub use sheet::Sheet;
pub use written::{Written, declarations};

use std::ops::Range;

use super::form::{Hiding, Origin};

/// A declaration of style.
#[derive(Debug, Clone, PartialEq)]
pub struct Declaration {
    /// The property in lower case: `font-size`. A shorthand (`font`) is followed by what it sets, each a declaration
    /// of its own with the place of the shorthand.
    pub property: String,
    /// The value in lower case, blanks levelled, without `!important`; `{}` stands for a placeholder.
    pub value: String,
    /// All of it, in page bytes: `color: red`, or the attribute that means the same (`color="red"`, `align=center`).
    pub range: Range<usize>,
    /// Where it stands.
    pub origin: Origin,
    /// The element that it is written at; of a style sheet the first that it means.
    pub element: usize,
}

/// How an element looks, as far as rules ask. Lengths are CSS pixels.
#[derive(Debug, Clone, PartialEq)]
pub struct Style {
    /// Size of the letters.
    pub font_size: f32,
    /// Colour of the letters, where the message sets it.
    pub color: Option<Color>,
    /// Colour behind the letters, where the message sets it.
    pub background: Option<Color>,
    /// Whether blanks and line ends are kept, as in `pre`.
    pub keeps_blanks: bool,
    /// Whether text runs from right to left.
    pub is_right_to_left: bool,
    /// Why text in it is not shown, if it is not.
    pub hiding: Option<Hiding>,
    /// Its width, where the message sets it.
    pub width: Option<Length>,
    /// Its height, where the message sets it.
    pub height: Option<Length>,
    /// The most that its width may be, where the message sets it.
    pub max_width: Option<Length>,
}

/// A colour; no transparency but full.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Color {
    /// Red.
    pub red: u8,
    /// Green.
    pub green: u8,
    /// Blue.
    pub blue: u8,
}

/// A length.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Length {
    /// CSS pixels; other absolute and font-relative units are turned into these.
    Pixels(f32),
    /// A share of what it is in.
    Percent(f32),
}

impl Default for Style {
    fn default() -> Self {
        Self {
            font_size: 16.0,
            color: None,
            background: None,
            keeps_blanks: false,
            is_right_to_left: false,
            hiding: None,
            width: None,
            height: None,
            max_width: None,
        }
    }
}
