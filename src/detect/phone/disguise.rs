//! Numbers that are written so that a machine should not see them: spelled, spaced digit by digit, with letters for
//! digits, with stars between the groups, or as a word on the keypad after a toll-free code.
//!
//! The text is cut into units that may stand for digits. What stands between two units joins or parts them; a series
//! of joined units is looked at once, when it ends.

use std::ops::Range;

use crate::finding::Confidence::{self, High, Low};
use crate::text::is_picture;
use crate::text::seek;

use super::Phone;
use super::parse::{self, Digits};
use super::plan::Region;
use super::shape::TOLL_FREE;
use super::signs::{digit, is_opening};
use super::words::{Around, around, begins_like_spelled, lengths_of, spelled};

/// The longest gap inside a series, in characters.
const LONGEST_GAP: usize = 5;

/// Finds disguised numbers between those found already, which are in order.
pub(super) fn find(text: &str, region: Option<Region>, found: &mut Vec<Phone>) {
    let plain: Vec<Range<usize>> = found.iter().map(|phone| phone.range.clone()).collect();
    let mut start = 0;
    for known in &plain {
        find_in(text, start..known.start.max(start), region, found);
        start = start.max(known.end);
    }
    find_in(text, start..text.len(), region, found);
}

fn find_in(text: &str, part: Range<usize>, region: Option<Region>, found: &mut Vec<Phone>) {
    let bytes = &text.as_bytes()[..part.end];
    let mut starts = run_starts(bytes, part.start);
    let mut series = Series::default();
    let mut at = part.start;
    loop {
        if series.is_empty() {
            at = next_beginning(bytes, at, &mut starts);
        }
        let Some(run) = next_run(text, at..part.end) else { break };
        let (gap, word) = (&text[at..run.start], &text[run.clone()]);
        at = run.end;
        let is_number = word.starts_with(|c: char| c.is_ascii_digit());
        if !series.is_empty() && !series.is_joined_by(gap) {
            found.extend(series.close(text, region));
        }
        let is_inside =
            |range: &Range<usize>| is_number && part.start <= range.start && range.end <= part.end;
        if let Some(vanity) = vanity(text, &run).filter(is_inside) {
            at = vanity.end;
            let confidence = if text[vanity.clone()].starts_with(['1', '+']) { High } else { Low };
            series = Series::default();
            found.push(Phone { range: vanity, confidence, is_disguised: true });
        } else if !series.take(word, run.start, gap) {
            found.extend(series.close(text, region));
        }
    }
    found.extend(series.close(text, region));
}

/// Where runs begin whose first byte may be a digit, or the first letter of one, and where characters beyond ASCII do.
fn run_starts(bytes: &[u8], from: usize) -> impl Iterator<Item = usize> {
    let begins = |before: u8, byte: u8| {
        let is_gap = ((before | 0x20).wrapping_sub(b'a') >= 26) & (before.wrapping_sub(b'0') >= 10);
        is_gap & may_begin_run(byte) | (byte >= 0xC0)
    };
    std::iter::once(from).chain(seek::pairs(&bytes[from..], begins).map(move |before| from + before + 1))
}

/// Whether a plain byte is a digit, looks like one, or is the first letter of a word for one. Few comparisons, for many bytes
/// are asked at once.
#[inline(always)]
fn may_begin_run(byte: u8) -> bool {
    let letter = byte | 0x20;
    let is_of_none = (letter.wrapping_sub(b'i') < 4) | (letter == b'r') | (letter.wrapping_sub(b'w') < 3);
    let is_like_one = (byte == b'l') | (byte == b'I');
    (letter.wrapping_sub(b'a') < 26) & !is_of_none | is_like_one | (byte.wrapping_sub(b'0') < 10)
}

/// Where the next run begins that may be the first of a series, from byte `at` on.
fn next_beginning(bytes: &[u8], mut at: usize, starts: &mut impl Iterator<Item = usize>) -> usize {
    for start in starts {
        if start < at || begins_no_series(&bytes[start..]) {
            continue;
        }
        match passed_over(bytes, start) {
            Some(end) => at = end,
            // Plain letters may stand before one beyond ASCII.
            None => return seek::run_start(bytes, at, start, seek::is_alphanumeric),
        }
    }
    bytes.len()
}

/// Whether some bytes begin with letters that no word for a digit begins with.
#[inline]
fn begins_no_series(bytes: &[u8]) -> bool {
    let is_letter = |byte: &u8| Kind::of(*byte) == Kind::Letter && !LIKE_DIGITS.contains(byte);
    bytes.first().is_some_and(is_letter) && !begins_like_spelled(bytes)
}

/// Letters that look like digits.
const LIKE_DIGITS: [u8; 4] = *b"oOlI";

/// Where a word or number ends that no series begins with, or a sign before one: a word of plain letters that stands for no
/// digit, a number or a word that none can follow.
fn passed_over(bytes: &[u8], at: usize) -> Option<usize> {
    match Kind::of(*bytes.get(at)?) {
        Kind::Gap => Some(at + 1),
        Kind::Letter => {
            let word = plain_word(bytes, at)?;
            (!word.may_be_digit || is_alone(bytes, word.end)).then_some(word.end)
        }
        Kind::Digit => plain_number_end(bytes, at).filter(|end| is_alone(bytes, *end)),
        Kind::Foreign => None,
    }
}

/// What a byte is to a series.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Gap,
    Letter,
    Digit,
    /// Part of a character beyond ASCII.
    Foreign,
}

impl Kind {
    #[inline]
    fn of(byte: u8) -> Self {
        static KINDS: [Kind; 256] = {
            let mut kinds = [Kind::Gap; 256];
            let mut byte = 0;
            while byte < 256 {
                kinds[byte] = match byte as u8 {
                    0x80.. => Kind::Foreign,
                    b'0'..=b'9' => Kind::Digit,
                    b'a'..=b'z' | b'A'..=b'Z' => Kind::Letter,
                    _ => Kind::Gap,
                };
                byte += 1;
            }
            kinds
        };
        KINDS[usize::from(byte)]
    }
}

/// A run of plain letters.
struct Word {
    end: usize,
    /// Whether it may stand for a digit.
    may_be_digit: bool,
}

/// The word of plain letters that begins at byte `at`; none where digits or other letters are part of it.
#[inline]
fn plain_word(bytes: &[u8], at: usize) -> Option<Word> {
    let mut end = at + 1;
    while bytes.get(end).is_some_and(|byte| Kind::of(*byte) == Kind::Letter) {
        end += 1;
    }
    let is_whole = bytes.get(end).is_none_or(|next| Kind::of(*next) == Kind::Gap);
    let length = (end - at).min(15);
    is_whole.then(|| Word { end, may_be_digit: lengths_of(&bytes[at..end]) & 1 << length != 0 })
}

/// Where a number ends that is written as numbers are: up to six groups with one sign between them, as in dates, order IDs
/// and sizes. By itself it is not disguised, nor is a part of it: seven digits that stand apart are more groups.
fn plain_number_end(bytes: &[u8], at: usize) -> Option<usize> {
    const MOST_GROUPS: usize = 6;
    let mut start = at;
    for _ in 0..MOST_GROUPS {
        let end = seek::run_end(bytes, start, |byte| Kind::of(byte) == Kind::Digit);
        let may_be_toll_free = matches!(bytes[start..end], [b'8', ..] | [b'1', b'8', ..]) && end - start <= 4;
        if may_be_toll_free || bytes.get(end).is_some_and(|next| matches!(Kind::of(*next), Kind::Letter)) {
            return None;
        }
        let goes_on = bytes.get(end + 1).is_some_and(u8::is_ascii_digit);
        if !goes_on || !matches!(bytes[end], b'-' | b' ' | b'.' | b'/') {
            return Some(end);
        }
        start = end + 1;
    }
    None
}

/// Whether what stands behind a unit that ends at byte `end` is no part of its series: a word that stands for no digit, or
/// a sign that joins nothing.
fn is_alone(bytes: &[u8], end: usize) -> bool {
    let next = seek::run_end(bytes, end, |byte| Kind::of(byte) == Kind::Gap);
    let Some(byte) = bytes.get(next) else { return true };
    let parts = |byte: &u8| !is_join(char::from(*byte));
    match Kind::of(*byte) {
        Kind::Foreign => false,
        _ if next - end > LONGEST_GAP || bytes[end..next].iter().any(parts) => true,
        Kind::Letter => plain_word(bytes, next).is_some_and(|word| {
            !word.may_be_digit && bytes[next..word.end].iter().any(|byte| !LIKE_DIGITS.contains(byte))
        }),
        _ => false,
    }
}

/// The next run of letters and digits.
fn next_run(text: &str, part: Range<usize>) -> Option<Range<usize>> {
    let start = part.start + length_of(false, &text[part.clone()]);
    let end = start + length_of(true, &text[start..part.end]);
    (start < end).then_some(start..end)
}

/// The bytes at the beginning that are letters and digits, or that are not. Plain bytes are not decoded.
fn length_of(is_run: bool, text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        if byte.is_ascii() {
            if seek::is_alphanumeric(*byte) != is_run {
                break;
            }
            at += 1;
            continue;
        }
        let is_alphanumeric = |c: char| !is_picture(c) && c.is_alphanumeric();
        let Some(c) = text[at..].chars().next().filter(|c| is_alphanumeric(*c) == is_run) else { break };
        at += c.len_utf8();
    }
    at
}

/// Units that may be one number.
#[derive(Debug, Default)]
struct Series {
    units: Vec<Unit>,
    digits: Digits,
    /// How often the next digit stands.
    times: usize,
    /// Whether a word stands for the sign before the next digit: `dot`, `dash`.
    is_joined_by_word: bool,
    /// Where the word for `+` begins that the series begins with.
    plus: Option<usize>,
    is_too_long: bool,
}

/// A word, or a run of digits, that stands for digits.
#[derive(Debug)]
struct Unit {
    range: Range<usize>,
    /// Which digits of the series it stands for.
    digits: Range<usize>,
    is_word: bool,
    /// How many of its digits are written as letters.
    letters: usize,
    join: Join,
}

/// What stands between a unit and the one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Join {
    Usual,
    Comma,
    Hidden,
    Keycap,
}

impl Series {
    fn is_empty(&self) -> bool {
        self.units.is_empty() && self.plus.is_none() && self.times == 0
    }

    fn is_joined_by(&self, gap: &str) -> bool {
        let is_short = gap.chars().nth(LONGEST_GAP).is_none();
        let has_ended =
            self.digits.len() > 6 && gap.contains(". ") && self.units.iter().any(|unit| unit.is_word);
        is_short && gap.chars().all(is_join) && !has_ended
    }

    /// Takes in the units of a run, or says that it holds something else.
    fn take(&mut self, run: &str, start: usize, gap: &str) -> bool {
        let join = join_of(gap);
        if let Some(meaning) = spelled(run) {
            return self.take_spelled(meaning, start..start + run.len(), join);
        }
        let is_digits = run.bytes().all(|byte| byte.is_ascii_digit());
        let is_like_digits = || {
            let has_digit = run.bytes().any(|byte| byte.is_ascii_digit());
            // `I` and `o` by themselves are words, but in a row of single digits.
            let may_stand_alone = !self.units.is_empty() && (!gap.starts_with(' ') || is_spaced(&self.units));
            run.len() <= 15 && run.chars().all(|c| as_digit(c).is_some()) && (has_digit || may_stand_alone)
        };
        if is_digits || is_like_digits() {
            self.push(run.chars().filter_map(as_digit), start..start + run.len(), false, join);
            if let Some(unit) = self.units.last_mut() {
                unit.letters = run.bytes().filter(u8::is_ascii_alphabetic).count();
            }
            return true;
        }
        self.take_glued(run, start, join)
    }

    /// `five55`, `202five`: words and digits without a blank.
    fn take_glued(&mut self, run: &str, start: usize, join: Join) -> bool {
        if !run.is_ascii() || run.len() > 60 || !run.bytes().any(|byte| byte.is_ascii_digit()) {
            return false;
        }
        let parts = run.as_bytes().chunk_by(|a, b| a.is_ascii_digit() == b.is_ascii_digit());
        let parts: Vec<&str> = parts.filter_map(|part| std::str::from_utf8(part).ok()).collect();
        let is_number = |part: &str| part.starts_with(|c: char| c.is_ascii_digit());
        if !parts.iter().all(|part| is_number(part) || spelled(part).is_some_and(|meaning| meaning != "-")) {
            return false;
        }
        let mut at = start;
        for part in parts {
            let range = at..at + part.len();
            at = range.end;
            match spelled(part) {
                Some(meaning) => {
                    self.take_spelled(meaning, range, join);
                }
                None => self.push(part.bytes().map(|byte| byte - b'0'), range, false, join),
            }
        }
        true
    }

    fn take_spelled(&mut self, meaning: &str, range: Range<usize>, join: Join) -> bool {
        match meaning {
            "-" => {
                self.is_joined_by_word = !self.units.is_empty();
                self.is_joined_by_word
            }
            "+" => {
                self.plus = self.units.is_empty().then_some(range.start);
                self.plus.is_some()
            }
            "x2" | "x3" => {
                self.times = usize::from(meaning.as_bytes()[1] - b'0');
                true
            }
            digits => {
                self.push(digits.bytes().map(|byte| byte - b'0'), range, true, join);
                true
            }
        }
    }

    fn push(&mut self, digits: impl Iterator<Item = u8>, range: Range<usize>, is_word: bool, join: Join) {
        let join = if std::mem::take(&mut self.is_joined_by_word) { Join::Hidden } else { join };
        let before = self.digits.len();
        let mut times = std::mem::take(&mut self.times).max(1);
        for digit in digits {
            for _ in 0..std::mem::replace(&mut times, 1) {
                self.is_too_long |= self.digits.push(digit).is_none();
            }
        }
        if !self.is_too_long {
            self.units.push(Unit { range, digits: before..self.digits.len(), is_word, letters: 0, join });
        }
    }

    /// Ends the series and looks at it: whole, or without a word or number at its edge that is not its own.
    fn close(&mut self, text: &str, region: Option<Region>) -> Option<Phone> {
        if self.is_empty() {
            return None;
        }
        let series = std::mem::take(self);
        let count = series.units.len();
        if series.is_too_long || series.digits.len() < 7 {
            return None;
        }
        let cuts = [(0, count), (0, count - 1), (1, count), (1, count.max(2) - 1)];
        cuts.into_iter().filter(|(from, to)| from < to).find_map(|(from, to)| {
            let units = &series.units[from..to];
            let digits = &series.digits[units[0].digits.start..units[units.len() - 1].digits.end];
            Look::new(units, digits, series.plus.filter(|_| from == 0))?.judge(text, region)
        })
    }
}

fn join_of(gap: &str) -> Join {
    let signs = gap.chars().filter(|c| matches!(c, '-' | '.' | '/')).count();
    match () {
        () if gap.contains('\u{20E3}') => Join::Keycap,
        () if gap.contains(is_hidden_join) || signs > 1 => Join::Hidden,
        () if gap.contains(',') => Join::Comma,
        () => Join::Usual,
    }
}

fn is_spaced(units: &[Unit]) -> bool {
    units.iter().all(|unit| unit.digits.len() == 1)
}

/// A series, or the better part of it, when it is judged.
struct Look<'a> {
    units: &'a [Unit],
    digits: &'a [u8],
    plus: Option<usize>,
    words: usize,
    letters: usize,
    join: Join,
}

impl<'a> Look<'a> {
    /// Nothing to look at where the number is too short or too long, or not disguised.
    fn new(units: &'a [Unit], digits: &'a [u8], plus: Option<usize>) -> Option<Self> {
        let words = units.iter().filter(|unit| unit.is_word).count();
        let letters = units.iter().map(|unit| unit.letters).sum();
        let join = units.iter().skip(1).map(|unit| unit.join).max()?;
        let is_disguised = words > 0 || letters > 0 || join > Join::Usual || is_spaced(units);
        let look = Self { units, digits, plus, words, letters, join };
        (is_disguised && (7..=15).contains(&digits.len())).then_some(look)
    }

    fn judge(&self, text: &str, region: Option<Region>) -> Option<Phone> {
        let start = self.plus.unwrap_or(self.units[0].range.start);
        let range = with_lead(text, start..self.units[self.units.len() - 1].range.end);
        let confidence = self.confidence(text, &range, region)?;
        Some(Phone { range, confidence, is_disguised: true })
    }

    fn confidence(&self, text: &str, range: &Range<usize>, region: Option<Region>) -> Option<Confidence> {
        let is_whole = self.digits.len() >= 10;
        if is_whole && self.words >= 7 && !self.is_counting() {
            return Some(High);
        }
        let around = around(text, range);
        let is_called = matches!(around, Around::Called | Around::Mentioned);
        if around == Around::Named || touches_word(text, range) || !is_called && self.is_counting() {
            return None;
        }
        let known = self.is_known(region, self.plus.is_some() || text[range.clone()].starts_with('+'));
        let by_cue = Some(if is_called { High } else { Low });
        match () {
            () if self.words > 0 && is_whole && (known || self.words >= 4) => by_cue,
            () if self.words > 0 && (known && self.words >= 2 || is_called && self.words >= 5) => Some(Low),
            () if self.words > 0 || !known => None,
            () if self.letters > 0 => {
                by_cue.filter(|_| self.letters * 2 <= self.digits.len() && (is_called || self.is_grouped()))
            }
            () if self.join == Join::Keycap => Some(High),
            () if is_spaced(self.units) => by_cue.filter(|_| is_whole),
            () => by_cue.filter(|_| is_called || self.is_grouped() && self.join != Join::Comma),
        }
    }

    /// Whether the digits are a number of some plan, or as long as a North American one.
    fn is_known(&self, region: Option<Region>, has_plus: bool) -> bool {
        let written: String = self.digits.iter().map(|digit| char::from(b'0' + digit)).collect();
        let is_home = region.is_some_and(|region| region.country_code() == 1);
        let national = written.strip_prefix('1').filter(|rest| rest.len() == 10).unwrap_or(&written);
        let is_american = national.len() == 10 && national.as_bytes()[0] > b'1';
        let plus = if has_plus { "+" } else { "" };
        (is_home || has_plus && national.len() < written.len()) && is_american
            || parse::valid(&format!("{plus}{written}"), region).is_some()
    }

    /// Written as 3-3-4 or 1-3-3-4.
    fn is_grouped(&self) -> bool {
        let mut sizes = self.units.iter().rev().map(|unit| unit.digits.len());
        [4, 3, 3].into_iter().all(|size| sizes.next() == Some(size)) && matches!(self.units.len(), 3 | 4)
    }

    /// `1 2 3 4 5 6 7 8 9 10`: sizes, steps and pages.
    fn is_counting(&self) -> bool {
        self.digits.windows(2).filter(|pair| pair[1] == (pair[0] + 1) % 10).count() * 3
            > self.digits.len() * 2
    }
}

/// Letters that look like digits.
fn as_digit(c: char) -> Option<u8> {
    match c {
        'o' | 'O' => Some(0),
        'l' | 'I' => Some(1),
        _ => digit(c).filter(|_| c.is_ascii()),
    }
}

fn is_join(c: char) -> bool {
    matches!(c, ' ' | '-' | '.' | '(' | ')' | '[' | ']' | '/' | ',' | '"' | '\'') || is_hidden_join(c)
}

/// Signs that nobody who wants to be called puts into a number.
fn is_hidden_join(c: char) -> bool {
    matches!(
        c,
        '*' | '_'
            | '|'
            | '•'
            | '·'
            | '~'
            | '='
            | ':'
            | '…'
            | '\u{20E3}'
            | '\u{FE0F}'
            | '★'
            | '☆'
            | '●'
            | '■'
            | '►'
            | '→'
            | '♥'
    ) || matches!(c, '\u{2010}'..='\u{2015}' | '^' | '>' | '<' | '{' | '}' | '\\')
}

/// Takes in the `+` and the bracket before the first digit.
fn with_lead(text: &str, range: Range<usize>) -> Range<usize> {
    let before = &text[..range.start];
    let has_end = text[range.clone()].contains(')');
    let before = before.strip_suffix(is_opening).filter(|_| has_end).unwrap_or(before);
    before.strip_suffix('+').unwrap_or(before).len()..range.end
}

/// Whether a letter, an at sign or the like touches the series.
fn touches_word(text: &str, range: &Range<usize>) -> bool {
    let touches = |c: char| c.is_alphanumeric() || matches!(c, '_' | '@' | '/' | '#' | '$' | '£' | '€');
    text[..range.start].ends_with(touches) || text[range.end..].starts_with(|c: char| touches(c) || c == '%')
}

/// `1-800-FLOWERS`: a toll-free code in this run, and seven letters or more on the keypad after it.
fn vanity(text: &str, run: &Range<usize>) -> Option<Range<usize>> {
    let code = &text[run.clone()];
    let glued = code.strip_prefix('1').filter(|code| code.len() == 3);
    let toll_free = glued.unwrap_or(code);
    // All of them begin so, which most numbers do not.
    if !toll_free.starts_with('8') || !TOLL_FREE.contains(&toll_free) {
        return None;
    }
    let start = if glued.is_some() { run.start } else { start_of_one(&text[..run.start]) };
    let start = text[..start].strip_suffix('+').map_or(start, str::len);
    let has_one = text[start..].starts_with(['1', '+']);
    if text[..start].ends_with(|c: char| c.is_alphanumeric() || matches!(c, '-' | '.' | '/' | '_')) {
        return None;
    }
    let end = keypad_end(text, run.end, has_one)?;
    Some(start..end)
}

/// Where the `1` begins that stands before a code, with its bracket; or the bracket; or the code.
fn start_of_one(before: &str) -> usize {
    let opened = before.strip_suffix('(').unwrap_or(before);
    let one = opened.strip_suffix(['-', ' ', '.']).unwrap_or(opened).strip_suffix('1');
    let is_alone = |rest: &&str| !rest.ends_with(|c: char| c.is_alphanumeric());
    one.filter(is_alone).map_or(opened.len(), str::len)
}

/// Where the letters end: groups of letters and digits, seven to ten in all.
fn keypad_end(text: &str, from: usize, has_one: bool) -> Option<usize> {
    let (mut end, mut total, mut letters) = (from, 0, 0);
    while total < 7 {
        let gap = text[end..].chars().take_while(|c| matches!(c, '-' | ' ' | '.' | ')')).count();
        let group = &text[end + gap..];
        let length = group.bytes().take_while(u8::is_ascii_alphanumeric).count();
        let group = &group[..length];
        let is_shouted = !group.bytes().any(|byte| byte.is_ascii_lowercase());
        let is_hyphened = text[end..].starts_with('-') && has_one;
        if length == 0 || !(1..=2).contains(&gap) || !(is_shouted || is_hyphened) {
            return None;
        }
        letters += group.bytes().filter(u8::is_ascii_alphabetic).count();
        total += length;
        end += gap + length;
    }
    let is_cut = text[end..].starts_with(char::is_alphanumeric);
    (total <= 10 && letters >= 3 && !is_cut).then_some(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_word_for_a_digit_is_passed_over() {
        for first in b'a'..=b'z' {
            let mut seconds = (b'a'..=b'z').chain([b'-']);
            let begins = seconds.any(|second| lengths_of(&[first, second]) != 0);
            assert!(!begins || may_begin_run(first) && may_begin_run(first.to_ascii_uppercase()));
        }
        assert!((b'0'..=b'9').chain(LIKE_DIGITS).all(may_begin_run));
        assert!(!may_begin_run(b' ') && !may_begin_run(b'w') && !may_begin_run(b'i'));
    }
}
