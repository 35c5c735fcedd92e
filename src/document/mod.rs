//! READ: one message, as its parts with the place of every character.
//!
//! Reading never fails: whatever the bytes are, there is a [`Document`]; what is odd about them is kept in it.
//! [`plain::read`] takes a file that is one message, [`record::read`] one line of a JSON Lines file. Both find the
//! same things in the text: the [placeholders](placeholder) of sending tools, and [quoted history](quoted_history).

mod front_matter;
mod lines;
mod metadata;
mod moment;
pub mod placeholder;
pub mod plain;
pub mod quoted_history;
pub mod record;
mod subject_line;

pub use moment::Moment;
pub use placeholder::Meaning;

use std::ops::Range;

use crate::finding::{FieldName, Kind};
use crate::text::MappedText;

/// One message.
#[derive(Debug, Clone, Default)]
pub struct Document<'a> {
    /// What the front matter or the record says about the message.
    pub metadata: Metadata,
    /// The subject, if there is one, then the body.
    pub blocks: Vec<Block<'a>>,
}

/// One field of a message as text.
#[derive(Debug, Clone)]
pub struct Block<'a> {
    /// Which field.
    pub field: FieldName,
    /// Its text, mapped to the decoded text of the source.
    pub text: MappedText<'a>,
    /// Parts that are somebody else's words (quoted history): never linted. Sorted byte ranges of the text.
    pub quoted: Vec<Range<usize>>,
    /// Placeholders, in order. They do not overlap.
    pub placeholders: Vec<Placeholder>,
}

impl<'a> Block<'a> {
    /// A field with what is found in its text. Only a body can quote history.
    fn new(field: FieldName, text: MappedText<'a>) -> Self {
        let placeholders = placeholder::find(text.text());
        let quoted = if field == FieldName::Body { quoted_history::find(text.text()) } else { Vec::new() };
        Self { field, text, quoted, placeholders }
    }
}

/// A hole in a template that a tool fills in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placeholder {
    /// Where it stands, with its brackets, in bytes of the block's text.
    pub range: Range<usize>,
    /// What it stands for.
    pub meaning: Meaning,
    /// What is odd about it.
    pub fault: Option<PlaceholderOddity>,
}

/// What is odd about a placeholder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PlaceholderOddity {
    /// Its name is nearly this known one.
    Unknown {
        /// The nearest known name.
        nearest: String,
    },
    /// A bracket is missing.
    Unbalanced,
}

/// A value that the front matter or record gives, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given<T> {
    /// The value.
    pub value: T,
    /// Bytes of the decoded source text.
    pub at: Range<usize>,
}

/// What is known about a message besides its text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Metadata {
    /// Name of the record, for formats with many messages in a file.
    pub id: Option<String>,
    /// `kind`.
    pub kind: Option<Given<Kind>>,
    /// `language`: the buyer's, as a language code.
    pub language: Option<Given<String>>,
    /// `marketplace`: a country code.
    pub marketplace: Option<Given<String>>,
    /// `final`: whether placeholders have been filled in.
    pub is_final: Option<Given<bool>>,
    /// `order_id`.
    pub order_id: Option<Given<String>>,
    /// `order_completed`.
    pub order_completed: Option<Given<Moment>>,
    /// `send_date`.
    pub send_date: Option<Given<Moment>>,
    /// `received`: when the buyer's message came in.
    pub received: Option<Given<Moment>>,
    /// `buyer_opted_out`.
    pub buyer_opted_out: Option<Given<bool>>,
    /// `attachments`: file names.
    pub attachments: Vec<Given<String>>,
    /// Keys and values that could not be used.
    pub faults: Vec<MetadataFault>,
}

/// Something in the front matter or record that could not be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MetadataFault {
    /// What is wrong with it.
    pub what: MetadataFaultKind,
    /// In a sentence: what is wrong and what would be right. Lower case, no full stop.
    pub message: String,
    /// Bytes of the decoded source text.
    pub at: Range<usize>,
}

/// What is wrong with a piece of metadata.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MetadataFaultKind {
    /// A key that nothing reads.
    UnknownKey,
    /// A known key with a value that cannot be read, or a record that is not one.
    Unreadable,
}
