//! Where the destination and the title of a link stand, by the grammar of CommonMark.

use std::ops::Range;

use crate::decode::entity::{Within, references};
use crate::text::MappedText;

/// What a link or a definition holds, without its brackets and quotes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) address: Option<Range<usize>>,
    pub(super) title: Option<Range<usize>>,
}

/// In `](address "title")`; the range begins where the text of the link ends, and ends with the link.
pub(super) fn of_inline(text: &str, range: Range<usize>) -> Option<Found> {
    let rest = &text[range.clone()];
    // Blanks before the bracket belong to the text, and so does the end of what it holds.
    let open = range.start + rest.find("](")? + 2;
    Some(found(text, open..range.end.checked_sub(1)?.max(open)))
}

/// In `[label]: address "title"`.
pub(super) fn of_definition(text: &str, range: Range<usize>) -> Option<Found> {
    let mut is_escaped = false;
    let label = text[range.clone()].bytes().skip(1).position(|byte| {
        let ends = byte == b']' && !is_escaped;
        is_escaped = byte == b'\\' && !is_escaped;
        ends
    })?;
    let colon = range.start + 1 + label + 1;
    text[colon..range.end].starts_with(':').then(|| found(text, colon + 1..range.end))
}

/// An address and perhaps a title behind it.
fn found(text: &str, range: Range<usize>) -> Found {
    let start = skip_blanks(text, range.clone());
    let (address, next) = address(text, start..range.end);
    let start = skip_blanks(text, next..range.end);
    Found { address: Some(address), title: title(text, start..range.end) }
}

fn skip_blanks(text: &str, range: Range<usize>) -> usize {
    let blanks = text[range.clone()].bytes().take_while(|byte| byte.is_ascii_whitespace()).count();
    range.start + blanks
}

/// `<address>`, or up to a blank or a bracket that closes more than was opened; and where it ends.
fn address(text: &str, range: Range<usize>) -> (Range<usize>, usize) {
    let bytes = &text.as_bytes()[range.clone()];
    let is_bracketed = bytes.first() == Some(&b'<');
    let from = usize::from(is_bracketed);
    let (mut depth, mut is_escaped) = (0_usize, false);
    let len = bytes[from..].iter().position(|byte| {
        let ends = match byte {
            byte if is_escaped && byte.is_ascii_punctuation() => false,
            b'>' => is_bracketed,
            b')' if !is_bracketed => depth == 0,
            byte => !is_bracketed && (byte.is_ascii_whitespace() || byte.is_ascii_control()),
        };
        match byte {
            b'(' if !is_escaped => depth += 1,
            b')' if !is_escaped => depth = depth.saturating_sub(1),
            _ => {}
        }
        is_escaped = *byte == b'\\' && !is_escaped;
        ends
    });
    let end = from + len.unwrap_or(bytes.len() - from);
    (range.start + from..range.start + end, range.start + (end + from).min(bytes.len()))
}

/// `"title"`, `'title'`, `(title)`.
fn title(text: &str, range: Range<usize>) -> Option<Range<usize>> {
    let close = match text.as_bytes()[range.clone()].first()? {
        b'(' => b')',
        quote @ (b'"' | b'\'') => *quote,
        _ => return None,
    };
    let mut is_escaped = false;
    let len = text.as_bytes()[range.start + 1..range.end].iter().position(|byte| {
        let ends = *byte == close && !is_escaped;
        is_escaped = *byte == b'\\' && !is_escaped;
        ends
    })?;
    Some(range.start + 1..range.start + 1 + len)
}

/// A destination or title with escapes and references undone, if that is what the parser made of it.
///
/// `blanked` is the text as the parser saw it, which begins at byte `at` of the page.
pub(super) fn decode(
    page: &str,
    blanked: &str,
    at: usize,
    range: Range<usize>,
    expected: &str,
) -> Option<MappedText<'static>> {
    let as_read = unescaped(&blanked[range.clone()], 0);
    if as_read.text() != expected {
        return None;
    }
    let on_page = at + range.start..at + range.end;
    Some(unescaped(&page[on_page.clone()], on_page.start))
}

/// Backslashes before punctuation are gaps; references are replaced.
fn unescaped(raw: &str, at: usize) -> MappedText<'static> {
    let mut text = MappedText::new();
    let mut references =
        references(raw, Within::Text).filter(|found| raw[found.range.clone()].ends_with(';')).peekable();
    let bytes = raw.as_bytes();
    let (mut from, mut next) = (0, 0);
    while next < bytes.len() {
        while references.peek().is_some_and(|found| found.range.start < next) {
            references.next();
        }
        if let Some(found) = references.next_if(|found| found.range.start == next) {
            text.push_verbatim(&raw[from..next], at + from);
            found.push_to(&mut text, at);
            from = found.range.end;
            next = from;
        } else if bytes[next] == b'\\' && bytes.get(next + 1).is_some_and(u8::is_ascii_punctuation) {
            text.push_verbatim(&raw[from..next], at + from);
            from = next + 1;
            next += 2;
        } else {
            next += 1;
        }
    }
    text.push_verbatim(&raw[from..], at + from);
    text
}
