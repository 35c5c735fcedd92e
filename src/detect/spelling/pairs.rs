//! Brackets and quotation marks, and who has lost its partner.
//!
//! A closing bracket is also the mouth of a smiley and the sign of a list item, a quotation mark also an inch. Where a
//! text has more than one odd quotation mark, its writer follows another custom, and nothing is said.

use std::ops::Range;

use crate::text::seek;

/// A smiley has no more mouths than this.
const WIDEST_SMILE: usize = 8;

/// What stands in pairs.
#[derive(Debug, Default)]
pub(super) struct Pairs {
    /// What is quoted, without the marks, in order.
    quoted: Vec<Range<usize>>,
    /// Brackets and marks without a partner, in order.
    pub(super) lonely: Vec<usize>,
}

/// The side of a quotation that a mark stands on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Open,
    Close,
    /// It cannot be told.
    Either,
}

impl Pairs {
    /// The pairs of a text.
    pub(super) fn of(text: &str) -> Self {
        let (mut brackets, mut quotes) = (Brackets::default(), Quotes::default());
        let bytes = text.as_bytes();
        let is_half = |byte: u8| {
            let is_sign = (byte == b'(') | (byte == b')') | (byte == b'"');
            is_sign | (byte == b'\n') | (byte == 0xE2)
        };
        let mut from = 0;
        while let Some(at) = seek::first(bytes, from, is_half) {
            from = at + 1;
            match bytes[at] {
                b'(' => brackets.open(text, at),
                b')' => brackets.close(text, at),
                b'"' => quotes.push(at, side(text, at)),
                b'\n' if ends_paragraph(text, at) => quotes.end_paragraph(),
                0xE2 => match text.get(at..at + 3) {
                    Some("“") => quotes.push(at, Some(Side::Open)),
                    Some("”") => quotes.push(at, Some(Side::Close)),
                    Some("„") => quotes.is_foreign = true,
                    _ => {}
                },
                _ => {}
            }
        }
        quotes.end_paragraph();
        let mut lonely = brackets.lonely();
        if let ([only], false) = (quotes.lonely.as_slice(), quotes.is_foreign) {
            lonely.push(*only);
        }
        lonely.sort_unstable();
        Self { quoted: quotes.quoted, lonely }
    }

    /// Whether a place is inside a quotation.
    pub(super) fn is_quoted(&self, at: usize) -> bool {
        let next = self.quoted.partition_point(|quoted| quoted.end <= at);
        self.quoted.get(next).is_some_and(|quoted| quoted.start <= at)
    }
}

/// Round brackets.
#[derive(Debug, Default)]
struct Brackets {
    /// Those that are open, and whether they may be the mouth of a sad face.
    open: Vec<(usize, bool)>,
    lonely: Vec<usize>,
    /// How many items of a list may have closed a bracket that was not theirs.
    borrowed: usize,
}

impl Brackets {
    fn open(&mut self, text: &str, at: usize) {
        let is_face = ends_in_eyes(&text[..at]) || text[at + 1..].starts_with([':', ';', '=', '-', '^']);
        self.open.push((at, is_face));
    }

    fn close(&mut self, text: &str, at: usize) {
        let is_item = is_item(&text[..at]);
        if self.open.pop().is_some() {
            self.borrowed += usize::from(is_item);
        } else if !is_item && !ends_in_smile(&text[..at]) {
            match self.borrowed.checked_sub(1) {
                Some(less) => self.borrowed = less,
                None => self.lonely.push(at),
            }
        }
    }

    fn lonely(mut self) -> Vec<usize> {
        self.lonely.extend(self.open.iter().filter(|(_, is_face)| !is_face).map(|(at, _)| at));
        self.lonely
    }
}

/// Whether a text ends in a smiley whose mouth goes on: `:))`.
fn ends_in_smile(before: &str) -> bool {
    let mouths = before.bytes().rev().take(WIDEST_SMILE).take_while(|byte| *byte == b')').count();
    ends_in_eyes(&before[..before.len() - mouths])
}

/// Whether a text ends in what may be the eyes of a smiley, with a nose or without.
fn ends_in_eyes(before: &str) -> bool {
    let eyes = before.strip_suffix(['-', '^', 'o', '\'']).unwrap_or(before);
    eyes.ends_with([':', ';', '=', '8', '^', '~']) || before.ends_with(['^', '~', '='])
}

/// Whether a text ends in the number or the letter of a list item: `1`, `a`, `iv`.
fn is_item(before: &str) -> bool {
    let is_letter = |c: &char| c.is_ascii_alphanumeric();
    let length = before.chars().rev().take_while(is_letter).take(4).count();
    let (rest, item) = before.split_at(before.len() - length);
    let is_roman = item.bytes().all(|byte| b"ivxIVX".contains(&byte));
    let is_number = item.bytes().all(|byte| byte.is_ascii_digit()) && length <= 2;
    let is_free = rest.chars().next_back().is_none_or(|c| !c.is_alphanumeric() && c != '(');
    is_free && (1..4).contains(&length) && (length == 1 || is_roman || is_number)
}

/// Quotation marks, paragraph by paragraph.
#[derive(Debug, Default)]
struct Quotes {
    marks: Vec<(usize, Side)>,
    has_inches: bool,
    is_foreign: bool,
    quoted: Vec<Range<usize>>,
    lonely: Vec<usize>,
}

impl Quotes {
    /// Takes a mark; `None` is an inch.
    fn push(&mut self, at: usize, side: Option<Side>) {
        match side {
            Some(side) => self.marks.push((at, side)),
            None => self.has_inches = true,
        }
    }

    fn end_paragraph(&mut self) {
        let marks = std::mem::take(&mut self.marks);
        let has_inches = std::mem::take(&mut self.has_inches);
        if marks.len().is_multiple_of(2) || has_inches || marks.iter().any(|(_, side)| *side == Side::Either)
        {
            let pairs = marks.chunks_exact(2);
            self.quoted.extend(pairs.map(|pair| pair[0].0 + 1..pair[1].0));
            return;
        }
        let mut open: Option<usize> = None;
        for (at, side) in marks {
            match (side, open.take()) {
                (Side::Open, before) => {
                    self.lonely.extend(before);
                    open = Some(at);
                }
                (_, Some(before)) => self.quoted.push(before + 1..at),
                (_, None) => self.lonely.push(at),
            }
        }
        self.lonely.extend(open);
    }
}

/// The side that a straight quotation mark stands on; `None` for inches.
fn side(text: &str, at: usize) -> Option<Side> {
    let before = text[..at].chars().next_back();
    let after = text[at + 1..].chars().next();
    let opens = before.is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '[' | '-' | '–' | '—' | '/'));
    let closes = after.is_none_or(|c| !c.is_alphanumeric());
    match (opens, closes) {
        _ if before.is_some_and(|c| c.is_ascii_digit() || matches!(c, '½' | '¼' | '¾')) => None,
        (true, false) => Some(Side::Open),
        (false, true) => Some(Side::Close),
        _ => Some(Side::Either),
    }
}

/// Whether an empty line follows a line end.
fn ends_paragraph(text: &str, at: usize) -> bool {
    text.as_bytes()[at + 1..].iter().find(|byte| !matches!(byte, b' ' | b'\t' | b'\r')) == Some(&b'\n')
}
