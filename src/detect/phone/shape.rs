//! How digits are written: as people write phone numbers, or as something else is written.

use std::ops::Range;

use super::parse::{Number, Source};
use super::plan::Verdict;
use super::signs::{digit, is_closing, is_currency, is_opening};
use super::words::{is_amount, is_phone_word};

/// The most groups that are looked at: a candidate has no more.
const MOST_GROUPS: usize = 24;

/// The groups of digits of a stretch of text.
#[derive(Clone, Copy)]
pub(super) struct Groups<'a> {
    pub(super) text: &'a str,
    groups: [Group; MOST_GROUPS],
    count: usize,
}

/// A run of digits, in bytes of the text.
#[derive(Debug, Clone, Copy, Default)]
struct Group {
    start: usize,
    end: usize,
    size: usize,
}

/// The look of a valid number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// `+44 20 7946 0958`, `0049 30 123456`.
    International,
    /// `(415) 555-0143`.
    Bracketed,
    /// `1-800-555-0143`.
    TollFree,
    /// In the groups that are usual in its country.
    Usual,
    /// With the national prefix, in other groups.
    Prefixed,
    /// In other groups.
    Loose,
    /// Without groups.
    Block,
    /// Every digit by itself: the spelled numbers' business.
    Singles,
}

/// The area codes that nobody pays for in North America.
pub(super) const TOLL_FREE: [&str; 7] = ["800", "833", "844", "855", "866", "877", "888"];

impl<'a> Groups<'a> {
    pub(super) fn of(text: &'a str) -> Self {
        let mut found = Self { text, groups: [Group::default(); MOST_GROUPS], count: 0 };
        let is_plain = |(_, byte): &(usize, u8)| byte.is_ascii_digit();
        if text.is_ascii() {
            text.bytes().enumerate().filter(is_plain).try_for_each(|(at, _)| found.push(at, at + 1));
        } else {
            let mut digits = text.char_indices().filter(|(_, c)| digit(*c).is_some());
            digits.try_for_each(|(at, c)| found.push(at, at + c.len_utf8()));
        }
        found
    }

    /// Takes in the next digit, unless it begins one group too many.
    fn push(&mut self, start: usize, end: usize) -> Option<()> {
        match self.groups[..self.count].last_mut() {
            Some(last) if last.end == start => (last.end, last.size) = (end, last.size + 1),
            _ => {
                *self.groups.get_mut(self.count)? = Group { start, end, size: 1 };
                self.count += 1;
            }
        }
        Some(())
    }

    /// Forgets the groups that do not end before a place.
    pub(super) fn keep_until(&mut self, end: usize) {
        self.count = self.groups[..self.count].partition_point(|group| group.end <= end);
    }

    pub(super) fn len(&self) -> usize {
        self.count
    }

    /// How many digits a group has.
    pub(super) fn size(&self, at: usize) -> usize {
        self.groups[at].size
    }

    pub(super) fn sizes(&self) -> impl DoubleEndedIterator<Item = usize> + '_ {
        self.groups[..self.count].iter().map(|group| group.size)
    }

    pub(super) fn start(&self, at: usize) -> usize {
        self.groups[at].start
    }

    pub(super) fn end(&self, at: usize) -> usize {
        self.groups[at].end
    }

    pub(super) fn group(&self, at: usize) -> &'a str {
        &self.text[self.start(at)..self.end(at)]
    }

    /// What stands between a group and the next.
    pub(super) fn gap(&self, at: usize) -> &'a str {
        &self.text[self.end(at)..self.start(at + 1)]
    }

    fn value(&self, at: usize) -> u32 {
        self.group(at).parse().unwrap_or(u32::MAX)
    }

    /// An Amazon order ID is three, seven and seven digits; two groups of seven are enough to know one.
    pub(super) fn order_id(&self) -> Option<Range<usize>> {
        let is_seven = |at: usize| self.size(at) == 7 && self.size(at + 1) == 7 && self.gap(at).len() <= 3;
        let at = (0..self.len().saturating_sub(1)).find(|at| is_seven(*at))?;
        Some(self.start(at.saturating_sub(1))..self.end(at + 1))
    }

    /// Three groups that are a day, a month and a year.
    fn has_date(&self) -> bool {
        let is_date = |at: usize| {
            let sign = self.gap(at);
            let [first, second, third] = [self.value(at), self.value(at + 1), self.value(at + 2)];
            let is_day_month = |a: u32, b: u32| (1..=31).contains(&a) && (1..=12).contains(&b);
            let are_parts = |a: usize, b: usize| self.size(a) <= 2 && self.size(b) <= 2;
            let year_first = self.size(at) == 4
                && (1900..2100).contains(&first)
                && are_parts(at + 1, at + 2)
                && is_day_month(third, second);
            let year_last = are_parts(at, at + 1)
                && matches!(self.size(at + 2), 2 | 4)
                && (is_day_month(first, second) || is_day_month(second, first));
            matches!(sign.trim(), "-" | "." | "/") && sign == self.gap(at + 1) && (year_first || year_last)
        };
        // `06 12 34 56 78` and `01.02.03.04.05` are phones in France: a date stands alone, or with a time.
        let is_alone = |at: usize| self.len() == 3 || self.size(at) == 4 || self.size(at + 2) == 4;
        (0..self.len().saturating_sub(2)).any(|at| is_alone(at) && is_date(at))
    }

    fn is_ip_address(&self) -> bool {
        self.len() == 4 && (0..3).all(|at| self.gap(at) == ".") && (0..4).all(|at| self.value(at) < 256)
    }

    /// Whether the groups are written as dates, addresses of machines or order IDs are.
    pub(super) fn is_something_else(&self) -> bool {
        self.order_id().is_some() || self.has_date() || self.is_ip_address() || self.is_of_a_year()
    }

    /// Whether the text is nothing but an order ID or a day in the usual form, `2026-11-22`: the commonest numbers of all,
    /// in which no phone number is ever found.
    pub(super) fn is_plainly_something_else(&self) -> bool {
        let has_sizes = |sizes: [usize; 3]| self.sizes().eq(sizes);
        let is_tight = self.len() == 3 && self.gap(0) == "-" && self.gap(1) == "-";
        let is_all = is_tight && self.start(0) == 0 && self.end(2) == self.text.len();
        is_all && (has_sizes([3, 7, 7]) || has_sizes([4, 2, 2]) && self.has_date())
    }

    /// Papers are numbered by the year: `2025-004417`.
    fn is_of_a_year(&self) -> bool {
        let is_year = self.size(0) == 4 && (1900..2100).contains(&self.value(0));
        self.len() == 2 && is_year && matches!(self.gap(0), "-" | "/")
    }

    /// Whether the last groups have these sizes, last first, and the group before holds the rest of the number.
    fn ends_as(&self, verdict: Verdict, length: usize) -> bool {
        let rest = length.saturating_sub(verdict.groups().sum());
        let mut sizes = self.sizes().rev();
        verdict.groups().all(|size| sizes.next() == Some(size)) && rest < length && sizes.next() >= Some(rest)
    }
}

/// The look of a valid number that is written so, without its extension.
pub(super) fn shape(groups: &Groups<'_>, number: &Number) -> Shape {
    let is_single = |at| groups.size(at) == 1;
    if groups.len() > 5 && (0..groups.len()).all(is_single) {
        return Shape::Singles;
    }
    let is_block = groups.len() == 1;
    match number.source {
        Source::Plus => return Shape::International,
        Source::Abroad if !is_block => return Shape::International,
        _ => {}
    }
    if has_bracketed_area(groups.text) {
        return Shape::Bracketed;
    }
    if is_block {
        return Shape::Block;
    }
    if groups.ends_as(number.verdict(), number.national.len()) {
        return if is_toll_free(groups) { Shape::TollFree } else { Shape::Usual };
    }
    let is_dialled =
        groups.group(0).starts_with('0') && (0..groups.len()).skip(1).all(|at| groups.size(at) > 1);
    if is_dialled && groups.len() <= 6 { Shape::Prefixed } else { Shape::Loose }
}

/// `(415) 555…`, `[030] …`: brackets around the first group.
pub(super) fn has_bracketed_area(text: &str) -> bool {
    let Some(inner) = text.strip_prefix(is_opening) else { return false };
    let size = inner.chars().take_while(|c| digit(*c).is_some()).count();
    (2..=6).contains(&size) && inner.chars().nth(size).is_some_and(is_closing)
}

fn is_toll_free(groups: &Groups<'_>) -> bool {
    let first = usize::from(groups.group(0) == "1");
    groups.len() > first && TOLL_FREE.contains(&groups.group(first))
}

/// Whether a number is part of a longer code, an amount, or a decimal, by what touches it.
pub(super) fn is_part_of_more(text: &str, range: &Range<usize>) -> bool {
    touches_before(&text[..range.start]) || touches_after(&text[range.end..]) || is_amount(text, range.end)
}

fn touches_before(before: &str) -> bool {
    if before.trim_end_matches(' ').ends_with(is_currency) {
        return true;
    }
    let Some(sign) = before.chars().next_back() else { return false };
    let rest = &before[..before.len() - sign.len_utf8()];
    let Some(touching) = rest.chars().next_back().filter(|c| c.is_alphanumeric()) else { return false };
    match sign {
        '.' | ',' => digit(touching).is_some(),
        '-' | '_' | '/' | '=' | '#' | '&' | '*' | '\\' | '@' => !is_phone_word(rest),
        _ => false,
    }
}

fn touches_after(after: &str) -> bool {
    let mut chars = after.chars();
    let (Some(sign), Some(touching)) = (chars.next(), chars.next()) else { return false };
    match sign {
        '.' | ',' | ':' => digit(touching).is_some(),
        '-' | '_' | '@' | '\\' | '*' => touching.is_alphanumeric(),
        _ => false,
    }
}

/// Whether the last of eight, twelve or thirteen digits checks the others, as in EAN and UPC, or the last of ten, as in
/// ISBN of the language areas that no phone number begins with.
pub(super) fn is_article_number(digits: &[u8]) -> bool {
    let weighed = |weights: [u32; 2]| -> u32 {
        digits
            .iter()
            .rev()
            .zip(weights.iter().cycle())
            .map(|(digit, weight)| u32::from(*digit) * weight)
            .sum()
    };
    match digits.len() {
        8 | 12 | 13 => weighed([1, 3]).is_multiple_of(10),
        10 => matches!(digits[0], 0 | 1) && is_isbn(digits),
        _ => false,
    }
}

fn is_isbn(digits: &[u8]) -> bool {
    let sum: u32 = digits.iter().rev().zip(1..).map(|(digit, weight)| u32::from(*digit) * weight).sum();
    sum.is_multiple_of(11)
}
