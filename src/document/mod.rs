//! READ: one message, as its parts with the place of every character.
//!
//! Reading never fails: whatever the bytes are, there is a [`Document`]; what is odd about them is kept in it.
//! [`read`] takes a file that is one message, [`records::Records`] the records of a file of many. Both find the
//! same things in the text: the [placeholders](placeholder) of sending tools, and [quoted history](quoted_history).
//!
//! Places are carried in two steps. A [`Page`] is a text as it would be read in an editor, mapped to bytes of the file; a
//! [`Block`] is what one page says to the buyer, mapped to the page. Most files are their own only page.

pub mod allow;
pub mod attachment;
mod builder;
mod draft;
pub mod eml;
pub mod form;
pub mod format;
mod front_matter;
mod header;
pub mod html;
mod lines;
pub mod markdown;
pub mod markup;
mod metadata;
mod moment;
mod page;
pub mod placeholder;
pub mod plain;
pub mod quoted_history;
pub mod records;
pub mod style;
mod subject_line;
mod text_format;
pub mod tree;

pub use allow::{Allow, AllowedRule, Reach};
pub use attachment::{Attachment, Beside, FileBeside};
pub use form::{FileKind, Hiding, Input, MessageFormat, Origin, Purpose, Scope};
pub use format::{Format, ReadAs, RecordFormat, TreeFormat, read};
pub use header::{Header, Mailbox};
pub use markup::Markup;
pub use moment::Moment;
pub use page::{Page, PageName};
pub use placeholder::Meaning;
pub use text_format::TextFormat;
pub use tree::{FieldPath, FieldPathError};

use std::ops::Range;

use crate::finding::{FieldName, Kind};
use crate::text::{MappedText, Span};

/// One message.
#[derive(Debug, Clone, Default)]
pub struct Document<'a> {
    /// What it is read from.
    pub input: Input,
    /// What the front matter, the record or the headers say about the message.
    pub metadata: Metadata,
    /// The texts that blocks are made from; page 0 is the file, or the line or row of a record.
    pub pages: Vec<Page<'a>>,
    /// The subject, if there is one, then the body in all its scopes.
    pub blocks: Vec<Block<'a>>,
    /// The markup of the pages that have some.
    pub markups: Vec<Markup<'a>>,
    /// The headers of an e-mail.
    pub headers: Vec<Header>,
    /// Who it is from and to.
    pub mailboxes: Vec<Mailbox>,
    /// Files that go with it.
    pub attachments: Vec<Attachment>,
    /// What it asks to be accepted: comments, then what the front matter or the record says.
    pub allows: Vec<Allow>,
}

impl<'a> Document<'a> {
    /// Where a byte range of a block's text stands in the file.
    pub fn file_span(&self, block: &Block<'_>, range: Range<usize>) -> Span {
        self.pages[block.page].text.span(block.text.span(range).range())
    }

    /// The same, cut where the file holds something between that is no part of the text, such as a tag. Nothing where
    /// the bytes say more than these words, as the letters of base64 do.
    pub fn file_spans(&self, block: &Block<'_>, range: Range<usize>) -> Vec<Span> {
        let page = &self.pages[block.page].text;
        let mut spans: Vec<Span> = Vec::new();
        let words = block.text.slice(range.clone());
        for (_, on_page, _) in words.pieces() {
            for (_, span, _) in page.slice(on_page.range()).pieces() {
                match spans.last_mut() {
                    Some(last) if last.end() >= span.start() => *last = last.cover(span),
                    _ => spans.push(span),
                }
            }
        }
        let length = block.text.text().len();
        let before = (range.start > 0).then(|| self.file_span(block, range.start - 1..range.start));
        let after = (range.end < length).then(|| self.file_span(block, range.end..range.end + 1));
        let is_shared = spans.first().zip(before).is_some_and(|(span, before)| before.end() > span.start())
            || spans.last().zip(after).is_some_and(|(span, after)| after.start() < span.end());
        if is_shared { Vec::new() } else { spans }
    }

    /// Takes over the files, the recipients and the rules to be accepted that the front matter or the record names.
    pub(crate) fn take_named(&mut self) {
        let files = self.metadata.attachments.iter();
        self.attachments.extend(files.map(|name| Attachment::named(&name.value, name.at.clone())));
        self.allows.extend(self.metadata.allows.iter().cloned());
        for to in &self.metadata.to {
            self.mailboxes.extend(eml::mailboxes("to", &to.value, &to.at));
        }
    }

    /// Looks at the files that it names, as far as they lie beside it.
    pub fn look_beside(&mut self, beside: &Beside<'_>) {
        for file in &mut self.attachments {
            if let Some(found) = file.name.as_deref().and_then(beside) {
                file.look_at(found.size, &found.first);
            }
        }
    }

    /// Whether it is known which files go with it: an e-mail holds them, and a draft may name them.
    pub fn knows_attachments(&self) -> bool {
        !self.headers.is_empty() || self.metadata.names_attachments
    }

    /// Adds a page, of which `text` maps to the file, and gives its number.
    pub(crate) fn add_page(&mut self, name: PageName, text: MappedText<'a>) -> usize {
        self.pages.push(Page { name, text });
        self.pages.len() - 1
    }

    /// Adds what a whole page says, as the text of a field.
    pub(crate) fn add_text(&mut self, field: FieldName, page: usize, format: TextFormat) {
        let whole = 0..self.pages[page].text.text().len();
        self.add_part(field, page, whole, format);
    }

    /// Adds what a part of a page says, as the text of a field.
    pub(crate) fn add_part(
        &mut self,
        field: FieldName,
        page: usize,
        range: Range<usize>,
        format: TextFormat,
    ) {
        match format {
            TextFormat::Plain => {
                let text = self.pages[page].part(range);
                self.blocks.push(Block::shown(field, page, text));
            }
            TextFormat::Html => html::add(self, field, page, range),
            TextFormat::Markdown => markdown::add(self, field, page, range),
        }
    }
}

/// A text of a message.
#[derive(Debug, Clone)]
pub struct Block<'a> {
    /// The field that it belongs to.
    pub field: FieldName,
    /// How it meets the eye.
    pub scope: Scope,
    /// Number of the page that it is made from.
    pub page: usize,
    /// Whether it says again what another block says, as the plain text of an e-mail does beside its HTML.
    pub is_repeat: bool,
    /// Its text, mapped to the text of its page.
    pub text: MappedText<'a>,
    /// Parts that are somebody else's words (quoted history): never linted. Sorted byte ranges of the text.
    pub quoted: Vec<Range<usize>>,
    /// Placeholders, in order. They do not overlap.
    pub placeholders: Vec<Placeholder>,
    /// Bytes of the text at which a line ends because an element of the markup does, in order: a cell, an item of a list.
    /// Such a line was not wrapped.
    pub line_ends: Vec<usize>,
}

impl<'a> Block<'a> {
    /// Shown text of a page with what is found in it. Only a body can quote history.
    pub(crate) fn shown(field: FieldName, page: usize, text: MappedText<'a>) -> Self {
        let quoted = if field == FieldName::Body { quoted_history::find(text.text()) } else { Vec::new() };
        Self { quoted, ..Self::new(field, Scope::Text, page, text) }
    }

    /// Text of a page in a scope, with the placeholders in it and without history.
    pub(crate) fn new(field: FieldName, scope: Scope, page: usize, text: MappedText<'a>) -> Self {
        let placeholders = placeholder::find(text.text());
        let (quoted, line_ends) = (Vec::new(), Vec::new());
        Self { field, scope, page, is_repeat: false, text, quoted, placeholders, line_ends }
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
    /// Whether it is the rest of the one before it, behind a text for the buyer that stands in both.
    pub is_rest: bool,
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
    /// `channel`: the way that the message takes to the buyer. Which there are, rules know.
    pub channel: Option<Given<String>>,
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
    /// Whether `attachments` is given, if only to say that there are none.
    pub names_attachments: bool,
    /// `to`: who the message is for.
    pub to: Vec<Given<String>>,
    /// `allow`: rules whose findings are accepted in the whole message, and why.
    pub allows: Vec<Allow>,
    /// Keys and values that could not be used.
    pub faults: Vec<MetadataFault>,
}

/// Something in the front matter, the record or the rest of the file that could not be used.
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
    /// More of something than is read; what lies beyond was not judged.
    LimitReached,
}
