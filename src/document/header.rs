use std::ops::Range;

/// A header of an e-mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// Its name in lower case.
    pub name: String,
    /// All of it, without the line end, in bytes of the text of page 0.
    pub at: Range<usize>,
    /// Where its value is written, in bytes of the text of page 0.
    pub value_at: Range<usize>,
    /// Its value, unfolded, with encoded words undone.
    pub value: String,
}

impl Header {
    /// Whether it names a message that this one answers.
    pub fn is_answer(&self) -> bool {
        matches!(self.name.as_str(), "in-reply-to" | "references") && !self.value.trim().is_empty()
    }
}

/// A mailbox that a message is from or to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mailbox {
    /// Which header (or key of the front matter) names it: `to`, `cc`, `bcc`, `from`, `reply-to`.
    pub header: String,
    /// The name beside the address, decoded, if there is one.
    pub name: Option<String>,
    /// The address, without its name and brackets.
    pub address: String,
    /// Where the address stands, in bytes of the text of page 0.
    pub at: Range<usize>,
}
