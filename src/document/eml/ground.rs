use std::ops::Range;

use crate::text::{MappedText, Source};

/// The bytes that an e-mail is read from: those of the file or, where an editor saved it as UTF-16, of its text.
#[derive(Clone, Copy)]
pub(super) struct Ground<'a> {
    pub(super) bytes: &'a [u8],
    /// Whether the bytes are those of the file.
    pub(super) is_file: bool,
    file: &'a MappedText<'a>,
}

impl<'a> Ground<'a> {
    pub(super) fn of(source: &'a Source<'_>) -> Self {
        let is_file = source.charset().is_utf8();
        let bytes = if is_file { source.bytes() } else { source.text().text().as_bytes() };
        Self { bytes, is_file, file: source.text() }
    }

    /// Where the message begins: behind a byte order mark and the first line of a mailbox.
    pub(super) fn start(&self) -> usize {
        let mark = if self.bytes.starts_with("\u{FEFF}".as_bytes()) { 3 } else { 0 };
        let is_of_mailbox =
            self.bytes[mark..].starts_with(b"From ") || self.bytes[mark..].starts_with(b">From ");
        if is_of_mailbox { self.next_line(mark) } else { mark }
    }

    /// Where the line after the one at `at` begins.
    pub(super) fn next_line(&self, at: usize) -> usize {
        memchr::memchr(b'\n', &self.bytes[at..]).map_or(self.bytes.len(), |len| at + len + 1)
    }

    /// A range of the bytes in the text of page 0.
    pub(super) fn on_page(&self, range: Range<usize>) -> Range<usize> {
        if !self.is_file || self.file.is_identity() {
            return range;
        }
        let start = self.file.offset_of(range.start);
        start..self.file.offset_of(range.end).max(start)
    }

    /// A text that maps to the bytes, mapped to the file.
    pub(super) fn on_file(&self, text: MappedText<'a>) -> MappedText<'a> {
        if self.is_file { text } else { text.through(self.file) }
    }
}
