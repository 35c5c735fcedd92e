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
    let bytes = lower.text().as_bytes();
    let room = Vec::with_capacity(bytes.len() / 5);
    let mut units = Units { lower, is_identity: lower.is_identity(), last: 0, units: room };
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let kind = KINDS[usize::from(*byte)];
        if kind & BLANK != 0 {
            at += 1;
        } else if kind & PLACEHOLDER != 0 {
            let length = bytes[at..].iter().take_while(|other| *other == byte).count();
            units.push_placeholder(at..at + length, placeholders);
            at += length;
        } else if let Some((word, length)) = plain_word(&bytes[at..]) {
            units.push(at..at + word, UnitKind::Word);
            // A blank stands behind it, or nothing.
            at += length + 1;
        } else {
            let (mut end, mut seen) = (at, 0);
            while let Some(kind) = bytes.get(end).map(|byte| KINDS[usize::from(*byte)])
                && kind & (BLANK | PLACEHOLDER) == 0
            {
                seen |= kind;
                end += 1;
            }
            units.push_chunk(at..end, seen);
            at = end;
        }
    }
    units.units
}

const BLANK: u8 = 1;
const PLACEHOLDER: u8 = 1 << 1;
const LETTER: u8 = 1 << 2;
/// Ends a word before a blank.
const MARK: u8 = 1 << 3;
/// Stands in addresses, and hardly anywhere else.
const OF_ADDRESS: u8 = 1 << 4;
const DASH: u8 = 1 << 5;

/// What each byte is: a look at a table instead of several comparisons.
const KINDS: [u8; 256] = {
    let mut kinds = [0; 256];
    let mut byte: u8 = 0;
    while byte < 0x80 {
        kinds[byte as usize] = match byte {
            b' ' | b'\t' | b'\n' | b'\r' => BLANK,
            b',' | b'.' | b'!' | b'?' | b';' | b')' => MARK,
            b':' => MARK | OF_ADDRESS,
            b'@' => OF_ADDRESS,
            b'-' => DASH,
            _ if byte.is_ascii_alphabetic() => LETTER,
            _ => 0,
        };
        byte += 1;
    }
    let [one, other] = PLACEHOLDER_BYTES;
    kinds[one as usize] = PLACEHOLDER;
    kinds[other as usize] = PLACEHOLDER;
    kinds
};

/// What most pieces between blanks are: ASCII letters, and perhaps one mark. Gives the length of the letters, and of all.
fn plain_word(text: &[u8]) -> Option<(usize, usize)> {
    let is_letter = |byte: &u8| KINDS[usize::from(*byte)] & LETTER != 0;
    let letters = text.iter().position(|byte| !is_letter(byte)).unwrap_or(text.len());
    let kind_at = |at: usize| text.get(at).map_or(BLANK, |byte| KINDS[usize::from(*byte)]);
    let length = letters + usize::from(kind_at(letters) & MARK != 0);
    (letters > 0 && kind_at(length) & BLANK != 0).then_some((letters, length))
}

/// The units so far.
struct Units<'t> {
    lower: &'t MappedText<'t>,
    /// Whether places in the folded text are those in the block's.
    is_identity: bool,
    /// Where the unit before was found.
    last: usize,
    units: Vec<Unit>,
}

impl Units<'_> {
    /// Adds what stands in a range of the folded text.
    fn push(&mut self, lower: Range<usize>, kind: UnitKind) {
        let range = match self.is_identity {
            true => lower.clone(),
            false => self.lower.span_after(lower.clone(), &mut self.last).range(),
        };
        push_unit(Unit { range, lower, kind, begins_clause: false }, &mut self.units);
    }

    fn push_placeholder(&mut self, lower: Range<usize>, placeholders: &[Placeholder]) {
        let origin = self.lower.span(lower.clone()).range();
        let index = placeholders.partition_point(|placeholder| placeholder.range.end <= origin.start);
        // Quoted history may have blanked part of it; what is left of it is still one unit.
        let Some(placeholder) = placeholders.get(index) else { return };
        self.push(lower, UnitKind::Placeholder(placeholder.meaning));
    }

    /// Adds a piece without blanks, in which some kinds of bytes were seen: one address, or the words in it.
    fn push_chunk(&mut self, chunk: Range<usize>, seen: u8) {
        let lower = self.lower;
        let text = &lower.text()[chunk.clone()];
        let whole = |part: Range<usize>| chunk.start + part.start..chunk.start + part.end;
        if may_be_address(text.as_bytes(), seen) {
            let core = core_of(text);
            if let Some(kind) = address_kind(&text[core.clone()]) {
                self.push(whole(core), kind);
                return;
            }
        }
        split(text, |range, shape| {
            let kind = match shape {
                Shape::Word if text[range.clone()].bytes().any(|byte| byte.is_ascii_digit()) => {
                    UnitKind::Code
                }
                Shape::Word => UnitKind::Word,
                Shape::Number => UnitKind::Number,
                Shape::Money => UnitKind::Money,
                Shape::Sign => UnitKind::Sign,
            };
            self.push(whole(range), kind);
        });
    }
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

/// Whether a chunk in which some kinds of bytes were seen is worth a closer look.
fn may_be_address(chunk: &[u8], seen: u8) -> bool {
    let begins = chunk.iter().position(|byte| !is_around(char::from(*byte))).unwrap_or(chunk.len());
    seen & OF_ADDRESS != 0
        || seen & DASH != 0 && chunk.len() >= ORDER_ID_LENGTH
        || chunk[begins..].starts_with(b"www.")
}

/// A chunk without the punctuation around it.
fn core_of(chunk: &str) -> Range<usize> {
    let start = chunk.len() - chunk.trim_start_matches(is_around).len();
    let end = chunk.trim_end_matches(is_around).len();
    start.min(end)..end
}

/// Punctuation that is no part of an address that it stands around.
fn is_around(c: char) -> bool {
    c.is_ascii_punctuation() && !matches!(c, '/' | '@')
}

const ORDER_ID_LENGTH: usize = 19;

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
    chunk.len() == ORDER_ID_LENGTH
        && chunk.iter().enumerate().all(|(at, byte)| match dashes.contains(&at) {
            true => *byte == b'-',
            false => byte.is_ascii_digit() || (at == 0 && *byte == b'd'),
        })
}
