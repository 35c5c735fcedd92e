//! Files that go with a message, and what their first bytes show them to be.

pub mod look;

use std::ops::Range;

use super::form::FileKind;
use look::look;

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

/// Finds a file by the name that a draft gives it, among those that lie beside the draft.
pub type Beside<'b> = dyn Fn(&str) -> Option<FileBeside> + 'b;

/// A file that lies beside a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileBeside {
    /// Its size in bytes.
    pub size: u64,
    /// Its first bytes, as many as are [looked at](look::FIRST_BYTES).
    pub first: Vec<u8>,
}

impl Attachment {
    /// A file of which only the name is known.
    pub(super) fn named(name: &str, at: Range<usize>) -> Self {
        Self {
            name: Some(name.to_owned()),
            at,
            media_type: None,
            looks_like: None,
            size: None,
            is_inline: false,
            content_id: None,
            pixels: None,
            is_animated: None,
        }
    }

    /// Takes what its size and its first bytes show.
    pub(super) fn look_at(&mut self, size: u64, first: &[u8]) {
        let look = look(first);
        self.size = Some(size);
        self.looks_like = look.kind;
        self.pixels = look.pixels;
        self.is_animated = look.is_animated;
    }

    /// What stands behind the last dot of its name, in lower case.
    pub fn extension(&self) -> Option<String> {
        let (stem, extension) = self.name.as_deref()?.rsplit_once('.')?;
        (!stem.is_empty() && !extension.is_empty()).then(|| extension.to_lowercase())
    }
}
