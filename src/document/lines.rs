use std::ops::Range;

use memchr::memchr2;

/// The lines of a text from byte `from` on, without their ends, which are `\n`, `\r\n` or a lone `\r`.
pub(super) fn lines(text: &str, from: usize) -> impl Iterator<Item = Line<'_>> {
    let mut next = Some(from);
    std::iter::from_fn(move || {
        let start = next?;
        let rest = &text[start..];
        let Some(len) = memchr2(b'\n', b'\r', rest.as_bytes()) else {
            next = None;
            return Some(Line { text: rest, at: start, next: text.len() });
        };
        let end_len = if rest[len..].starts_with("\r\n") { 2 } else { 1 };
        next = Some(start + len + end_len);
        Some(Line { text: &rest[..len], at: start, next: start + len + end_len })
    })
}

/// One line of a text. A text that ends with a line end has an empty last line.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line<'t> {
    /// Without its end.
    pub(super) text: &'t str,
    /// Where it begins.
    pub(super) at: usize,
    /// Where the next one begins.
    pub(super) next: usize,
}

impl Line<'_> {
    pub(super) fn range(&self) -> Range<usize> {
        self.at..self.at + self.text.len()
    }

    pub(super) fn is_blank(&self) -> bool {
        self.text.trim_start().is_empty()
    }
}

/// The beginning of the line after byte `from`, if the line there is blank; else `from`.
pub(super) fn after_blank_line(text: &str, from: usize) -> usize {
    lines(text, from).next().filter(Line::is_blank).map_or(from, |line| line.next)
}
