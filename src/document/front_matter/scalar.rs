//! Values of front matter on one line: bare, in quotation marks, or several in `[ ]`.

use std::ops::Range;

use crate::decode::json_string;
use crate::document::lines::Line;
use crate::text::{MappedText, Span};

/// A value without quotation marks.
pub(super) struct Scalar<'t> {
    pub(super) text: MappedText<'t>,
    pub(super) at: Range<usize>,
}

/// A part of the text.
#[derive(Clone, Copy)]
pub(super) struct Slice<'t> {
    pub(super) text: &'t str,
    pub(super) at: usize,
}

impl<'t> Slice<'t> {
    pub(super) fn of(line: &Line<'t>) -> Self {
        Self { text: line.text, at: line.at }
    }

    /// The whole of it as a value.
    pub(super) fn bare(self) -> Scalar<'t> {
        Scalar { text: MappedText::verbatim(self.text, self.at), at: self.range() }
    }

    pub(super) fn range(self) -> Range<usize> {
        self.at..self.at + self.text.len()
    }

    pub(super) fn part(self, range: Range<usize>) -> Self {
        Self { text: &self.text[range.clone()], at: self.at + range.start }
    }

    pub(super) fn trimmed(self) -> Self {
        let start = self.text.len() - self.text.trim_start().len();
        self.part(start..start + self.text.trim().len())
    }
}

/// What stands in `[ ]`.
pub(super) fn brackets(value: Slice<'_>) -> Option<Slice<'_>> {
    let inner = value.text.strip_prefix('[')?;
    let end = inner.rfind(']')?;
    let after = inner[end + 1..].trim_start();
    (after.is_empty() || after.starts_with('#')).then(|| value.part(1..end + 1))
}

/// The values between commas.
pub(super) fn items(inner: Slice<'_>) -> Option<Vec<Scalar<'_>>> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut quote = None;
    for (at, c) in inner.text.char_indices() {
        match (c, quote) {
            ('"' | '\'', None) => quote = Some(c),
            (_, Some(open)) if c == open => quote = None,
            (',', None) => {
                found.push(scalar(inner.part(start..at).trimmed())?);
                start = at + 1;
            }
            _ => {}
        }
    }
    found.push(scalar(inner.part(start..inner.text.len()).trimmed())?);
    Some(found)
}

/// A value: in double quotes with escapes, in single quotes, or bare up to a comment. `None` if something follows the
/// closing quotation mark.
pub(super) fn scalar(value: Slice<'_>) -> Option<Scalar<'_>> {
    let Some(quote) = value.text.chars().next().filter(|c| matches!(c, '"' | '\'')) else {
        let end =
            value.text.find(" #").or(value.text.starts_with('#').then_some(0)).unwrap_or(value.text.len());
        return Some(value.part(0..end).trimmed().bare());
    };
    let end = closing(value.text, quote)?;
    let after = value.text[end + 1..].trim_start();
    if !after.is_empty() && !after.starts_with('#') {
        return None;
    }
    let inner = value.part(1..end);
    let text = if quote == '"' { json_string::decode(inner.text, inner.at) } else { single_quoted(inner) };
    Some(Scalar { text, at: inner.range() })
}

/// Where the quotation mark that opens a value is closed. It is written twice inside single quotes, and after a
/// backslash inside double quotes.
fn closing(text: &str, quote: char) -> Option<usize> {
    let mut signs = text.char_indices().skip(1).peekable();
    while let Some((at, c)) = signs.next() {
        let is_escaped = match quote {
            '"' => c == '\\',
            _ => c == quote && signs.peek().is_some_and(|(_, next)| *next == quote),
        };
        if is_escaped {
            signs.next();
        } else if c == quote {
            return Some(at);
        }
    }
    None
}

fn single_quoted(inner: Slice<'_>) -> MappedText<'_> {
    if !inner.text.contains("''") {
        return MappedText::verbatim(inner.text, inner.at);
    }
    let mut text = MappedText::new();
    let mut start = 0;
    for (at, doubled) in inner.text.match_indices("''") {
        text.push_verbatim(&inner.text[start..at], inner.at + start);
        text.push_replaced("'", Span::new(inner.at + at, inner.at + at + doubled.len()));
        start = at + doubled.len();
    }
    text.push_verbatim(&inner.text[start..], inner.at + start);
    text
}
