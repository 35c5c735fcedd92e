use std::ops::Range;

use super::form::FileKind;

/// A file that goes with a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// What it is called, decoded; `None` if nothing says.
    pub name: Option<String>,
    /// Where the file says that it is there: its name in the front matter, the record or the header of its part. Bytes
    /// of the text of page 0.
    pub at: Range<usize>,
    /// The media type that was declared, in lower case.
    pub media_type: Option<String>,
    /// What its first bytes show it to be, where they are at hand.
    pub looks_like: Option<FileKind>,
    /// Its size in bytes, decoded, where it is at hand.
    pub size: Option<u64>,
    /// Whether it is shown inside the message, as a picture is that the HTML names by `cid:`.
    pub is_inline: bool,
    /// Its `Content-ID` without brackets.
    pub content_id: Option<String>,
    /// Pixels across and down, where it is a picture and its first bytes are at hand.
    pub pixels: Option<(u32, u32)>,
    /// Whether it is a picture that moves; `None` if that cannot be seen.
    pub is_animated: Option<bool>,
}
