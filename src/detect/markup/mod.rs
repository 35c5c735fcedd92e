//! What can be found in markup: style, pictures, elements.
//!
//! All of it works on what was read, [`Markup`], and knows no policy: numbers and names come from whoever asks. What is
//! found stands in bytes of the page.

mod breaks;
mod contrast;
mod elements;
pub mod form;
mod picture;
mod sizes;
mod structure;
mod style;
#[cfg(test)]
mod tests;
mod words;

pub use breaks::line_breaks;
pub use contrast::{Faint, faint};
pub use elements::elements;
pub use picture::{Picture, file_name, pictures};
pub use sizes::{Sizes, sizes};
pub use structure::faults;
pub use style::{declared, margins};
pub use words::Phrases;

use std::ops::Range;

use crate::document::Markup;

/// Bytes of a tag that are marked at most: a picture may be written out in its tag.
const LONGEST_MARK: usize = 240;

/// What to mark of an element and what is in it: all of it, or if that is long what [`mark_of`] says.
pub fn mark_of_all(markup: &Markup<'_>, element: usize) -> Range<usize> {
    let all = markup.elements[element].tag.start..markup.elements[element].end;
    if (1..=LONGEST_MARK).contains(&all.len()) { all } else { mark_of(markup, element) }
}

/// What to mark of an element: its tag, or if that is long only what it begins with.
pub fn mark_of(markup: &Markup<'_>, element: usize) -> Range<usize> {
    let element = &markup.elements[element];
    let tag = element.tag.clone();
    if tag.len() <= LONGEST_MARK {
        return tag;
    }
    let first = element.attributes.first().map_or(tag.end, |attribute| attribute.range.start);
    match first.checked_sub(tag.start) {
        Some(1..=LONGEST_MARK) => tag.start..first.min(tag.end),
        _ => tag,
    }
}
