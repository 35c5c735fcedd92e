use std::fmt;

use crate::text::MappedText;

/// A text as a person would see it in an editor: the file itself or, where the message is wrapped into something else,
/// what is left when the wrapping is undone (the field of a record, a decoded part of an e-mail). Pictures are drawn
/// of pages, and every [`Block`](super::Block) is made from one.
#[derive(Debug, Clone)]
pub struct Page<'a> {
    /// Which.
    pub name: PageName,
    /// The text, mapped to bytes of the file (for a record: of its line or row).
    pub text: MappedText<'a>,
}

/// What a page is the text of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PageName {
    /// The file, or the line or row of a record.
    File,
    /// A field of a record, by its key, column or path.
    Field(String),
    /// A header of an e-mail whose words were encoded.
    Header(String),
    /// A part of an e-mail.
    Part {
        /// Its number among its siblings, after those of the parts that it is in: `2`, `1.2`.
        number: String,
        /// Its media type in lower case: `text/html`.
        media_type: String,
    },
}

impl fmt::Display for PageName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File => f.write_str("file"),
            Self::Field(name) => write!(f, "field {name}"),
            Self::Header(name) => write!(f, "header {name}"),
            Self::Part { number, media_type } => write!(f, "part {number} ({media_type})"),
        }
    }
}

impl<'a> Page<'a> {
    /// The file itself.
    pub fn file(text: &'a MappedText<'a>) -> Self {
        Self { name: PageName::File, text: text.by_ref() }
    }

    /// A range of the page as the text of a block.
    ///
    /// # Panics
    /// If the range does not lie on character boundaries.
    pub fn part(&self, range: std::ops::Range<usize>) -> MappedText<'a> {
        self.text.borrowed_part(range)
    }
}
