//! From folded text to units.

use std::borrow::Cow;
use std::ops::Range;

use crate::document::{Block, Placeholder};
use crate::text::MappedText;

use super::split::{Shape, split};
use super::{Unit, UnitKind};

/// Stands for each byte of a placeholder; two kinds in turn, so that neighbours stay apart. Control characters that are
/// in the draft itself become blanks, so these never mean anything else.
const PLACEHOLDER_BYTES: [u8; 2] = [0x1A, 0x1B];

/// The block's text with quoted history and placeholders blanked out, byte for byte.
pub(super) fn blank_out<'b>(block: &'b Block<'_>) -> Cow<'b, str> {
    let text = block.text.text();
    let [one, other] = PLACEHOLDER_BYTES;
    let has_marks = memchr::memchr2(one, other, text.as_bytes()).is_some();
    if block.quoted.is_empty() && block.placeholders.is_empty() && !has_marks {
        return Cow::Borrowed(text);
    }
    let mut bytes = text.as_bytes().to_vec();
    if has_marks {
        bytes.iter_mut().filter(|byte| PLACEHOLDER_BYTES.contains(byte)).for_each(|byte| *byte = b' ');
    }
    for (index, placeholder) in block.placeholders.iter().enumerate() {
        bytes[placeholder.range.clone()].fill(PLACEHOLDER_BYTES[index % 2]);
    }
    for quoted in &block.quoted {
        let quoted = &mut bytes[quoted.clone()];
        quoted.iter_mut().filter(|byte| !matches!(byte, b'\n' | b'\r')).for_each(|byte| *byte = b' ');
    }
    Cow::Owned(String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned()))
}

/// All units of a folded text that maps to the block's. `placeholders` are those of the block.
pub(super) fn units(lower: &MappedText<'_>, placeholders: &[Placeholder]) -> Vec<Unit> {
    let text = lower.text();
    let mut units = Vec::with_capacity(text.len() / 5);
    let mut at = 0;
    while at < text.len() {
        let rest = &text.as_bytes()[at..];
        if is_blank(rest[0]) {
            at += 1;
        } else if let Some((word, length)) = plain_word(rest) {
            let word = at..at + word;
            let range = lower.span(word.clone()).range();
            push_unit(Unit { range, lower: word, kind: UnitKind::Word, begins_clause: false }, &mut units);
            // A blank stands behind it, or nothing.
            at += length + 1;
        } else if PLACEHOLDER_BYTES.contains(&rest[0]) {
            let length = rest.iter().take_while(|byte| **byte == rest[0]).count();
            push_placeholder(lower, at..at + length, placeholders, &mut units);
            at += length;
        } else {
            let length = rest.iter().position(|byte| is_blank(*byte) || PLACEHOLDER_BYTES.contains(byte));
            let chunk = at..at + length.unwrap_or(rest.len());
            at = chunk.end;
            push_chunk(lower, chunk, &mut units);
        }
    }
    units
}

fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r')
}

/// What most pieces between blanks are: ASCII letters, and perhaps one mark. Gives the length of the letters, and of all.
fn plain_word(text: &[u8]) -> Option<(usize, usize)> {
    let letters = text.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
    let length = match text.get(letters) {
        Some(b',' | b'.' | b'!' | b'?' | b':' | b';' | b')') => letters + 1,
        _ => letters,
    };
    let is_whole = text.get(length).is_none_or(|byte| is_blank(*byte));
    (letters > 0 && is_whole).then_some((letters, length))
}

fn push_placeholder(
    lower: &MappedText<'_>,
    range: Range<usize>,
    placeholders: &[Placeholder],
    units: &mut Vec<Unit>,
) {
    let origin = lower.span(range.clone()).range();
    let index = placeholders.partition_point(|placeholder| placeholder.range.end <= origin.start);
    // Quoted history may have blanked part of it; what is left of it is still one unit.
    let Some(placeholder) = placeholders.get(index) else { return };
    let kind = UnitKind::Placeholder(placeholder.meaning);
    push_unit(Unit { range: origin, lower: range, kind, begins_clause: false }, units);
}

/// Adds a unit. Several that came from one character, such as a ligature of words, stay one.
fn push_unit(unit: Unit, units: &mut Vec<Unit>) {
    match units.last_mut() {
        Some(last) if last.range.end > unit.range.start => {
            last.range.end = last.range.end.max(unit.range.end)
        }
        _ => units.push(unit),
    }
}

/// A piece without blanks: one address, or the words in it.
fn push_chunk(lower: &MappedText<'_>, chunk: Range<usize>, units: &mut Vec<Unit>) {
    let text = &lower.text()[chunk.clone()];
    let mut push = |range: Range<usize>, kind| {
        let lower_range = chunk.start + range.start..chunk.start + range.end;
        let origin = lower.span(lower_range.clone()).range();
        push_unit(Unit { range: origin, lower: lower_range, kind, begins_clause: false }, units);
    };
    let core = core_of(text);
    if let Some(kind) = address_kind(&text[core.clone()]) {
        push(core, kind);
        return;
    }
    split(text, |range, shape| {
        let kind = match shape {
            Shape::Word if text[range.clone()].bytes().any(|byte| byte.is_ascii_digit()) => UnitKind::Code,
            Shape::Word => UnitKind::Word,
            Shape::Number => UnitKind::Number,
            Shape::Money => UnitKind::Money,
            Shape::Sign => UnitKind::Sign,
        };
        push(range, kind);
    });
}

/// A chunk without the punctuation around it.
fn core_of(chunk: &str) -> Range<usize> {
    let around = |c: char| c.is_ascii_punctuation() && !matches!(c, '/' | '@');
    let start = chunk.len() - chunk.trim_start_matches(around).len();
    let end = chunk.trim_end_matches(around).len();
    start.min(end)..end
}

fn address_kind(chunk: &str) -> Option<UnitKind> {
    let bytes = chunk.as_bytes();
    if is_order_id(bytes) {
        return Some(UnitKind::OrderId);
    }
    let has_scheme = || memchr::memchr_iter(b':', bytes).any(|at| bytes[at..].starts_with(b"://"));
    if chunk.starts_with("www.") || has_scheme() {
        return Some(UnitKind::Link);
    }
    let at = memchr::memchr(b'@', bytes)?;
    let is_inside = at > 0 && bytes.get(at + 1).is_some_and(u8::is_ascii_alphanumeric);
    is_inside.then_some(UnitKind::Address)
}

/// `123-1234567-1234567`, also with a leading letter for digital orders.
fn is_order_id(chunk: &[u8]) -> bool {
    let dashes = [3, 11];
    chunk.len() == 19
        && chunk.iter().enumerate().all(|(at, byte)| match dashes.contains(&at) {
            true => *byte == b'-',
            false => byte.is_ascii_digit() || (at == 0 && *byte == b'd'),
        })
}
