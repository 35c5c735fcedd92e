//! Blanks around marks.

use std::ops::Range;

use crate::view::UnitKind;

use super::Reader;
use super::form::SlipKind;
use super::letters::Case;

/// More blanks than this before a mark are a layout.
const MOST_BLANKS: usize = 2;
/// A line that has no more units before a colon is a label: `Order number : 5`.
const LABEL_UNITS: usize = 4;
/// A chunk without blanks is looked at for so many bytes to each side.
const CHUNK_REACH: usize = 64;

impl<'r> Reader<'r> {
    /// Whether nothing is wrong between a unit and the next one, as one look can tell: a blank alone stands there, or marks
    /// with white space behind them and not before.
    pub(super) fn is_well_spaced(&self, at: usize) -> bool {
        let [unit, next, ..] = &self.view.units[at..] else { return false };
        let gap = self.text().as_bytes().get(unit.range.end..next.range.start);
        matches!(gap, Some([b' '] | [b'.' | b',' | b'!' | b'?' | b':' | b';' | b'\n', .., b' ' | b'\n']))
    }

    /// Reads what stands between a unit and the next one.
    pub(super) fn gap(&mut self, at: usize) {
        let gap = self.gap_after(at);
        if gap.is_empty() || self.is_quoted(at) {
            return;
        }
        if let Some((range, marks)) = space_before(gap) {
            self.space_before(at, range, marks);
        } else if let Some(mark) = only_marks(gap) {
            self.space_missing(at, mark);
        }
    }

    fn space_before(&mut self, at: usize, range: Range<usize>, marks: &str) {
        let gap = self.gap_after(at);
        let is_text = matches!(self.unit(at).kind, UnitKind::Word | UnitKind::Number | UnitKind::Code);
        let in_host = self.before(at).is_some_and(|c| matches!(c, '.' | '/' | '@'));
        let behind = gap[range.end..].chars().next();
        let is_face = gap[range.end..].trim_start().starts_with(['(', ')']);
        if !is_text || in_host || (marks == ":" || marks == ";") && (is_face || behind.is_some_and(is_ink)) {
            return;
        }
        let next_is_small = at + 1 < self.view.units.len() && self.case(at + 1) == Case::Lower;
        let is_sign = marks.starts_with(['!', '?']) && next_is_small && !gap.contains('\n');
        if is_sign || marks == ":" && self.is_label(at) {
            return;
        }
        let start = self.unit(at).range.end;
        let ends_gap = range.end == gap.len() && at + 1 < self.view.units.len();
        let suggestion = match behind {
            None if ends_gap && self.may_follow(at + 1, marks) => [marks, " "].concat(),
            None if ends_gap => return,
            Some(c) if is_ink(c) && !matches!(c, ')' | '"' | '”') => return,
            _ => marks.to_owned(),
        };
        self.push(SlipKind::SpaceBefore, start + range.start..start + range.end, Some(suggestion));
    }

    /// Whether a unit right behind a mark surely is the next word: `one ,two`, but not `1 ,000` and not `a .pdf`.
    fn may_follow(&self, at: usize, marks: &str) -> bool {
        // `:D` is a face.
        let is_face = matches!(marks, ":" | ";") && self.written(at).len() == 1;
        self.is_word(at) && !is_face && (marks == "," || self.case(at) == Case::Capital && marks != ".")
    }

    /// Whether a unit ends the label of a line on which more follows, or a part of a time.
    fn is_label(&self, at: usize) -> bool {
        let text = self.text();
        let end = self.unit(at).range.end;
        let first = at.checked_sub(LABEL_UNITS).map_or(0, |first| self.unit(first).range.start);
        let is_short = at < LABEL_UNITS || text[first..end].contains('\n');
        let more = text[end..].trim_start_matches([' ', ':']);
        let is_time = self.unit(at).kind == UnitKind::Number;
        is_time || is_short && !more.is_empty() && !more.starts_with(['\n', '\r'])
    }

    fn space_missing(&mut self, at: usize, mark: &str) {
        let next = at + 1;
        if next >= self.view.units.len() || !self.is_word(at) || !self.is_word(next) {
            return;
        }
        let is_long = |at: usize| self.written(at).chars().count() > 1;
        let is_sentence = self.case(next) == Case::Capital && (is_long(next) || self.folded(next) == "i");
        let is_plain = is_long(at) && matches!(self.case(at), Case::Lower | Case::Capital);
        let is_slip = match mark {
            "," | ";" => is_plain && is_long(next) && matches!(self.case(next), Case::Lower | Case::Capital),
            "." => {
                is_sentence && self.ends_sentence(at) && !self.spelling.name_endings.has(self.folded(next))
            }
            _ => is_plain && is_sentence,
        };
        let place = self.unit(at).range.end..self.unit(next).range.start;
        if is_slip && is_prose_chunk(self.text(), &place) {
            self.push(SlipKind::SpaceMissing, place, Some([mark, " "].concat()));
        }
    }
}

/// Something that is printed.
fn is_ink(c: char) -> bool {
    !c.is_whitespace()
}

/// One or two blanks and the marks behind them, right after a unit or its closing bracket: where in the gap, and the marks.
fn space_before(gap: &str) -> Option<(Range<usize>, &str)> {
    if !gap.starts_with([' ', ')', ']', '"', '”']) {
        return None;
    }
    let start = gap.len() - gap.trim_start_matches([')', ']', '"', '”']).len();
    let rest = gap[start..].trim_start_matches(' ');
    let blanks = gap.len() - start - rest.len();
    let marks = match rest.chars().next()? {
        ',' | ';' | ':' | '.' => &rest[..1],
        '!' | '?' => &rest[..rest.len() - rest.trim_start_matches(['!', '?']).len()],
        _ => return None,
    };
    let goes_on = rest[marks.len()..].starts_with([',', ';', ':', '.', '!', '?']);
    let range = start..start + blanks + marks.len();
    (0 < blanks && blanks <= MOST_BLANKS && !goes_on).then_some((range, marks))
}

/// A gap that is nothing but one mark, or some that end a sentence.
fn only_marks(gap: &str) -> Option<&str> {
    let is_end = gap.bytes().all(|byte| matches!(byte, b'!' | b'?'));
    (is_end || matches!(gap, "," | ";" | ".")).then_some(gap)
}

/// Whether what stands around a mark without blanks is two words, and no path, no code, no list and no host.
fn is_prose_chunk(text: &str, mark: &Range<usize>) -> bool {
    let bytes = text.as_bytes();
    let is_blank = |byte: &u8| byte.is_ascii_whitespace();
    let before = &bytes[mark.start.saturating_sub(CHUNK_REACH)..mark.start];
    let after = &bytes[mark.end..(mark.end + CHUNK_REACH).min(bytes.len())];
    let before = &before[before.iter().rposition(is_blank).map_or(0, |at| at + 1)..];
    let after = &after[..after.iter().position(is_blank).unwrap_or(after.len())];
    let after = after.trim_ascii_end();
    let ends = after.iter().rposition(|byte| !matches!(byte, b'.' | b',' | b'!' | b'?' | b':' | b';'));
    let after = &after[..ends.map_or(0, |at| at + 1)];
    let is_prose = |byte: &u8| byte.is_ascii_alphabetic() || *byte >= 0x80 || b"'-()\"*".contains(byte);
    before.iter().chain(after).all(is_prose)
}
