//! From the written form of a number to its country code and national digits, by libphonenumber's rules.

use std::ops::{Deref, Range};

use super::plan::{Code, Length, NOWHERE, Region, Slots, Verdict};
use super::signs::{boundary, digit, digits, is_punctuation, is_unwanted_end};

/// More digits than any number, prefix and extension together have.
const MOST_DIGITS: usize = 64;

/// A few digits, by value.
#[derive(Debug, Clone, Copy)]
pub(super) struct Digits {
    values: [u8; MOST_DIGITS],
    length: usize,
}

/// A number that was read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Number {
    pub(super) code: Code,
    pub(super) national: Digits,
    pub(super) source: Source,
}

/// Where the country code was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Source {
    /// After a plus.
    Plus,
    /// After the prefix for calls abroad.
    Abroad,
    /// At the beginning, with nothing before it.
    Bare,
    /// It was not written.
    Region,
}

/// Reads a number and keeps it if the plan knows it as valid and it is written as it must be.
pub(super) fn valid(written: &str, region: Option<Region>) -> Option<Number> {
    let number = read(written, region)?;
    let verdict = number.verdict();
    let is_as_written = || {
        has_right_x(written)
            && (!verdict.needs_prefix() || number.source != Source::Region || {
                let all = Digits::of(written).unwrap_or_default();
                *strip_prefix(number.code.main_region(), all) != *all
            })
    };
    (verdict.is_valid() && is_as_written()).then_some(number)
}

/// Reads a number, valid or not.
pub(super) fn read(written: &str, region: Option<Region>) -> Option<Number> {
    let start = written.find(|c| c == '+' || digit(c).is_some())?;
    let written = before_second_number(written[start..].trim_end_matches(is_unwanted_end));
    let body = without_extension(written);
    let local = body.trim_start_matches('+');
    let is_plain = |byte: u8| byte.is_ascii_digit() || matches!(byte, b' ' | b'-' | b'.' | b'(' | b')');
    let is_part = |c: char| digit(c).is_some() || is_punctuation(c);
    if !local.bytes().all(is_plain) && !local.chars().all(is_part) {
        return None;
    }
    let digits = Digits::of(local)?;
    let (code, source, rest) = read_code(digits, local.len() < body.len(), region)?;
    let (code, plan) = match code {
        Some(code) => (code, code.main_region()),
        None => (Code::of(region?.country_code())?, region?),
    };
    let stripped = strip_prefix(plan, rest);
    let is_cut_short =
        matches!(plan.length(&stripped), Length::LocalOnly | Length::TooShort | Length::Between);
    let national = if is_cut_short { rest } else { stripped };
    (2..=17).contains(&national.len()).then_some(Number { code, national, source })
}

/// What stands before a second number that is given by its extension only, as in `583-6985 x302/x2303`.
pub(super) fn before_second_number(written: &str) -> &str {
    let mut rest = written;
    while let Some(at) = rest.bytes().rposition(|byte| matches!(byte, b'/' | b'\\')) {
        if written[at + 1..].trim_start_matches(' ').starts_with('x') {
            return &written[..at];
        }
        rest = &rest[..at];
    }
    written
}

fn read_code(
    digits: Digits,
    has_plus: bool,
    region: Option<Region>,
) -> Option<(Option<Code>, Source, Digits)> {
    if !has_plus {
        return read_code_without_plus(digits, region);
    }
    if digits.len() <= 2 {
        return None;
    }
    match Code::at_start(&digits) {
        Some((code, length)) => Some((Some(code), Source::Plus, digits.after(length))),
        None => read_code_without_plus(digits, region).filter(|(code, ..)| code.is_some()),
    }
}

fn read_code_without_plus(digits: Digits, region: Option<Region>) -> Option<(Option<Code>, Source, Digits)> {
    let region = region?;
    if let Some(end) = region.abroad_end(&digits).filter(|end| digits.get(*end) != Some(&0)) {
        let rest = digits.after(end);
        if rest.len() <= 2 {
            return None;
        }
        let (code, length) = Code::at_start(&rest)?;
        return Some((Some(code), Source::Abroad, rest.after(length)));
    }
    if let Some(rest) = without_own_code(digits, region) {
        let rest = strip_prefix(region, rest);
        let is_better = !region.is_general(&digits) && region.is_general(&rest);
        if is_better || region.length(&digits) == Length::TooLong {
            return Some((Code::of(region.country_code()), Source::Bare, rest));
        }
    }
    Some((None, Source::Region, digits))
}

fn without_own_code(digits: Digits, region: Region) -> Option<Digits> {
    let (code, length) = Code::at_start(&digits)?;
    (code.value() == region.country_code()).then(|| digits.after(length))
}

/// Takes the national prefix off, unless that would spoil a number that fits as it is.
fn strip_prefix(region: Region, digits: Digits) -> Digits {
    let Some(slots) = region.prefix(&digits).filter(|_| !digits.is_empty()) else { return digits };
    let stripped = match rewritten(region, &digits, &slots) {
        Some(rewritten) => rewritten,
        None => digits.after(slots[1]),
    };
    if region.is_general(&digits) && !region.is_general(&stripped) { digits } else { stripped }
}

/// The digits as the transform rule of the region wants them, if it has one and the prefix caught what it needs.
fn rewritten(region: Region, digits: &Digits, slots: &Slots) -> Option<Digits> {
    let caught = |group: usize| (slots[2 * group] != NOWHERE).then(|| slots[2 * group]..slots[2 * group + 1]);
    let first = caught(1)?;
    let is_wanted = caught(2).map_or(!first.is_empty(), |second| !second.is_empty());
    let mut rule = region.transform().peekable();
    rule.peek().filter(|_| is_wanted)?;
    let mut made = Digits::default();
    while let Some(byte) = rule.next() {
        if byte == b'$' {
            let group = usize::from(rule.next()?.wrapping_sub(b'0'));
            let range = caught(group).unwrap_or(0..0);
            digits[range].iter().try_for_each(|digit| made.push(*digit))?;
        } else {
            made.push(byte.wrapping_sub(b'0'))?;
        }
    }
    digits[slots[1]..].iter().try_for_each(|digit| made.push(*digit))?;
    Some(made)
}

/// An `x` belongs to an extension; `xx` for a carrier code is not known here.
fn has_right_x(written: &str) -> bool {
    let extension = extension_start(written).map_or("", |at| &written[at..]);
    let mut marks = written.char_indices().filter(|(at, c)| matches!(c, 'x' | 'X') && at + 1 < written.len());
    marks.all(|(at, _)| digits(&written[at..]).eq(digits(extension)))
}

/// What a number is without the extension that it ends with.
pub(super) fn without_extension(written: &str) -> &str {
    &written[..extension_start(written).unwrap_or(written.len())]
}

/// Where the extension begins that the written number ends with.
pub(super) fn extension_start(written: &str) -> Option<usize> {
    /// Blanks, label, blanks and digits take no more.
    const LONGEST: usize = 64;
    let may_have_one = |byte: u8| byte.is_ascii_alphabetic() || matches!(byte, b'#' | b'~' | b';' | 0x80..);
    let tail = boundary(written, written.len().saturating_sub(LONGEST));
    written[tail..].bytes().find(|byte| may_have_one(*byte))?;
    let starts = written[tail..].char_indices().map(|(at, _)| tail + at);
    let mut starts = starts.filter(|at| extension(written, *at) == Some(written.len()));
    let start = starts.next()?;
    (digits(&written[..start]).count() >= 3).then_some(start)
}

/// Where an extension ends that begins here, with the blanks before its label.
pub(super) fn extension(text: &str, at: usize) -> Option<usize> {
    let rest = &text[at..];
    if let Some(number) = rest.strip_prefix(";ext=") {
        return run_of_digits(number, 20).map(|length| at + 5 + length);
    }
    let labelled = after_blanks(rest, b" \t,");
    if let Some((label, most)) = extension_label(labelled) {
        let number = &labelled[label..];
        let number = number.strip_prefix([':', '.']).unwrap_or(number);
        let number = after_blanks(number, b" \t,-");
        let end = text.len() - number.len() + run_of_digits(number, most)?;
        return Some(end + usize::from(text[end..].starts_with('#')));
    }
    let number = after_blanks(rest, b"- ");
    let end = text.len() - number.len() + run_of_digits(number, 6)?;
    (number.len() < rest.len() && text[end..].starts_with('#')).then_some(end + 1)
}

/// The text after a few blanks; only so many, lest a desert of them be walked again and again.
fn after_blanks<'a>(text: &'a str, blanks: &[u8]) -> &'a str {
    let length = text.bytes().take(8).take_while(|byte| blanks.contains(byte)).count();
    &text[length..]
}

/// The bytes of a label and the most digits that may follow it.
fn extension_label(text: &str) -> Option<(usize, usize)> {
    const SURE: [&str; 10] = [
        "extensión",
        "extensio\u{301}n",
        "extension",
        "extensio",
        "extn",
        "ext",
        "xtn",
        "xt",
        "доб",
        "anexo",
    ];
    const UNSURE: [&str; 4] = ["int", "x", "#", "~"];
    if !may_be_label(text.as_bytes()) {
        return None;
    }
    let begins = |label: &&str| starts_with_folded(text, label);
    if let Some(label) = SURE.iter().find(|label| begins(label)) {
        return Some((label.len(), 20));
    }
    UNSURE.iter().find(|label| begins(label)).map(|label| (label.len(), 9))
}

/// Whether some bytes begin as the label of an extension does: most have another first letter, the others another second one.
pub(super) fn may_be_label(bytes: &[u8]) -> bool {
    let second = || bytes.get(1).map_or(0, |second| second | 0x20);
    match bytes.first().map_or(0, |first| first | 0x20) {
        b'x' | b'#' | b'~' | 0x80.. => true,
        b'e' => second() == b'x',
        b'a' | b'i' => second() == b'n',
        _ => false,
    }
}

/// Whether the text begins with the word, in any case that keeps its length.
fn starts_with_folded(text: &str, word: &str) -> bool {
    let mut chars = text.chars();
    word.chars().all(|wanted| chars.next().is_some_and(|c| c == wanted || c.to_lowercase().eq([wanted])))
}

/// The bytes of the digits that the text begins with, up to so many.
fn run_of_digits(text: &str, most: usize) -> Option<usize> {
    let length = text.chars().take(most).map_while(|c| digit(c).map(|_| c.len_utf8())).sum();
    (length > 0).then_some(length)
}

impl Number {
    pub(super) fn verdict(&self) -> Verdict {
        self.code.judge(&self.national)
    }
}

impl Digits {
    /// The digits of a text, unless they are more than any number has.
    pub(super) fn of(text: &str) -> Option<Self> {
        let mut made = Self::default();
        if text.is_ascii() {
            text.bytes().filter(u8::is_ascii_digit).try_for_each(|digit| made.push(digit - b'0'))?;
        } else {
            digits(text).try_for_each(|digit| made.push(digit))?;
        }
        Some(made)
    }

    pub(super) fn push(&mut self, digit: u8) -> Option<()> {
        *self.values.get_mut(self.length)? = digit;
        self.length += 1;
        Some(())
    }

    /// The digits from the `start`th on.
    fn after(self, start: usize) -> Self {
        self.part(start..self.length)
    }

    fn part(self, range: Range<usize>) -> Self {
        let mut made = Self { length: range.len(), ..Self::default() };
        made.values[..range.len()].copy_from_slice(&self.values[range]);
        made
    }
}

impl Default for Digits {
    fn default() -> Self {
        Self { values: [0; MOST_DIGITS], length: 0 }
    }
}

impl Deref for Digits {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.values[..self.length]
    }
}
