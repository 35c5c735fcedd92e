//! Finds valid numbers in running text, as libphonenumber's matcher does at its leniency VALID: the same candidates,
//! the same refusals, the same second looks inside a candidate that is more than one number.
//!
//! Written as plain scans. Every look is bounded by the length of a candidate, and that by [`MOST_GROUPS`].

use std::ops::Range;

use crate::text::seek;

use super::parse::{self, Number};
use super::plan::Region;
use super::signs::{
    digit, digits, is_closing, is_hostile_neighbour, is_lead, is_opening, is_punctuation, is_unwanted_end,
};

/// Groups of digits in a candidate.
const MOST_GROUPS: usize = 21;
/// Digits in a group, and signs between groups.
const LONGEST_GROUP: usize = 20;
const LONGEST_GAP: usize = 4;

/// The next stretch of digits, punctuation and extension from `from` on.
pub(super) fn candidate(text: &str, from: usize) -> Option<Range<usize>> {
    Some(candidate_at(text, from, next_digit(text, from)?))
}

/// The stretch whose first digit stands at byte `first`; nothing before byte `from` belongs to it.
pub(super) fn candidate_at(text: &str, from: usize, first: usize) -> Range<usize> {
    let end = groups_end(text, first);
    let end = parse::extension(text, end).unwrap_or(end);
    let start = lead_start(&text[from..first]).map_or(first, |start| from + start);
    start..start + parse::before_second_number(&text[start..end]).len()
}

/// Where the next digit is, from byte `from` on. Plain bytes first: most of a text is neither a digit nor beyond ASCII.
pub(super) fn next_digit(text: &str, from: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = from;
    let may_be = |byte: u8| (byte.wrapping_sub(b'0') < 10) | (byte >= 0x80);
    while let Some(found) = seek::first(bytes, at, may_be) {
        at = found;
        let c = text[at..].chars().next()?;
        if digit(c).is_some() {
            return Some(at);
        }
        at += c.len_utf8();
    }
    None
}

/// Where the `+` or the brackets begin that belong to the digit after `before`.
fn lead_start(before: &str) -> Option<usize> {
    let mut tail = [(0, ' '); 2 + 2 * LONGEST_GAP];
    let mut length = 0;
    let is_part = |(_, c): &(usize, char)| is_lead(*c) || is_punctuation(*c);
    for (place, found) in tail.iter_mut().zip(before.char_indices().rev().take_while(is_part)) {
        *place = found;
        length += 1;
    }
    let tail = &mut tail[..length];
    tail.reverse();
    (0..tail.len()).find(|at| is_lead_in(&tail[*at..])).map(|at| tail[at].0)
}

/// One or two leads, each with a few signs after it.
fn is_lead_in(signs: &[(usize, char)]) -> bool {
    let is_gap =
        |signs: &[(usize, char)]| signs.len() <= LONGEST_GAP && signs.iter().all(|(_, c)| is_punctuation(*c));
    let Some(((_, first), rest)) = signs.split_first() else { return false };
    let mut seconds = (0..rest.len().min(LONGEST_GAP + 1)).filter(|at| is_lead(rest[*at].1));
    is_lead(*first) && (is_gap(rest) || seconds.any(|at| is_gap(&rest[..at]) && is_gap(&rest[at + 1..])))
}

fn groups_end(text: &str, first: usize) -> usize {
    let bytes = text.as_bytes();
    let mut end = first;
    for _ in 0..MOST_GROUPS {
        // Most groups stand behind one plain sign, or none.
        let gap = usize::from(bytes.get(end).is_some_and(|byte| matches!(byte, b' ' | b'-' | b'.' | b'/')));
        let reach = bytes.len().min(end + gap + LONGEST_GROUP);
        let group = seek::run_end(&bytes[..reach], end + gap, |byte| byte.is_ascii_digit());
        let is_whole = bytes.get(group).is_none_or(u8::is_ascii);
        if group > end + gap && group - end - gap < LONGEST_GROUP && is_whole {
            end = group;
            continue;
        }
        let rest = &text[end..];
        let gap: usize = match rest.char_indices().take(LONGEST_GAP + 1).find(|(_, c)| !is_punctuation(*c)) {
            Some((gap, c)) if digit(c).is_some() => gap,
            _ => break,
        };
        let group = rest[gap..].chars().take(LONGEST_GROUP).map_while(|c| digit(c).map(|_| c.len_utf8()));
        end += gap + group.sum::<usize>();
    }
    end
}

/// The first valid number in a candidate that has so many digits or more.
pub(super) fn extract(
    text: &str,
    candidate: Range<usize>,
    region: Option<Region>,
    fewest: usize,
) -> Option<(Range<usize>, Number)> {
    let written = &text[candidate.clone()];
    let cuts = cuts(written);
    let has_date = cuts & SLASH != 0 && has_slash_date(written);
    if has_date || is_time_stamp(written, &text[candidate.end..]) {
        return None;
    }
    let has_enough =
        |part: &Range<usize>| part.len() >= fewest && digits(&text[part.clone()]).nth(fewest - 1).is_some();
    let verify = |part: Range<usize>| has_enough(&part).then(|| verify(text, part, region))?;
    if let Some(number) = verify(candidate.clone()) {
        return Some((candidate, number));
    }
    let may_be_cut = |cut: u8, sign: Option<u8>| {
        cuts & cut != 0 && sign.is_none_or(|sign| has_enough_between(written, sign, fewest))
    };
    SPLITS.iter().filter(|(cut, sign, _)| may_be_cut(*cut, *sign)).find_map(|(.., split)| {
        let mut at = 0;
        let mut is_first = true;
        while let Some((found, group)) = split(written, at) {
            let parts = [is_first.then_some(0..found), Some(group.clone())];
            for part in parts.into_iter().flatten() {
                let length = written[part.clone()].trim_end_matches(is_unwanted_end).len();
                let range = candidate.start + part.start..candidate.start + part.start + length;
                if let Some(number) = verify(range.clone()) {
                    return Some((range, number));
                }
            }
            is_first = false;
            at = group.end;
        }
        None
    })
}

/// Whether a part of the text is a valid number that stands by itself.
fn verify(text: &str, part: Range<usize>, region: Option<Region>) -> Option<Number> {
    let written = &text[part.clone()];
    let has_brackets = written.bytes().any(|byte| matches!(byte, b'(' | b')' | b'[' | b']'));
    if has_brackets && (!has_matching_brackets(written) || is_page_reference(written)) {
        return None;
    }
    let before = text[..part.start].chars().next_back().filter(|_| !written.starts_with(is_lead));
    let after = text[part.end..].chars().next();
    if [before, after].into_iter().flatten().any(is_hostile_neighbour) {
        return None;
    }
    parse::valid(written, region)
}

/// Finds the next place from `at` on where a candidate may be cut: where the cut begins, and what follows it.
type Split = fn(&str, usize) -> Option<(usize, Range<usize>)>;

/// Slashes, brackets, hyphens with blanks, dashes, full stops, blanks: from the strongest to the weakest. Each with the bit of
/// what it cannot do without, and with the sign that no part has in it.
const SPLITS: [(u8, Option<u8>, Split); 6] = [
    (SLASH, None, at_slashes),
    (BRACKET, None, at_brackets),
    (HYPHEN, None, at_spaced_hyphen),
    (DASH, None, at_dash),
    (STOP, Some(b'.'), at_stops),
    (BLANK, Some(b' '), at_blanks),
];

const SLASH: u8 = 1;
const BRACKET: u8 = 2;
const HYPHEN: u8 = 4;
const DASH: u8 = 8;
const STOP: u8 = 16;
const BLANK: u8 = 32;

/// The bits of the signs in a candidate.
fn cuts(written: &str) -> u8 {
    let cut = |byte: u8| match byte {
        b'/' => SLASH,
        b'(' => BRACKET,
        b'-' => HYPHEN,
        b'.' => STOP,
        b' ' => BLANK,
        0x80.. => DASH,
        _ => 0,
    };
    written.bytes().fold(0, |cuts, byte| cuts | cut(byte))
}

/// Whether so many digits stand somewhere without such a sign between them.
fn has_enough_between(written: &str, sign: u8, fewest: usize) -> bool {
    let mut count = 0;
    written.bytes().any(|byte| {
        // Digits of other scripts are two bytes or more.
        count = if byte == sign { 0 } else { count + usize::from(byte.is_ascii_digit() || !byte.is_ascii()) };
        count >= fewest
    })
}

fn at_slashes(text: &str, from: usize) -> Option<(usize, Range<usize>)> {
    let at = from + text[from..].find('/')?;
    Some((at, text.len() - text[at..].trim_start_matches('/').len()..text.len()))
}

fn at_brackets(text: &str, from: usize) -> Option<(usize, Range<usize>)> {
    let at = from + text[from..].find('(')?;
    let end = text[at + 1..].find('(').map_or(text.len(), |next| at + 1 + next);
    Some((at, at..end))
}

fn at_spaced_hyphen(text: &str, from: usize) -> Option<(usize, Range<usize>)> {
    let pair = text.as_bytes()[from..].windows(2).position(|pair| pair == b" -" || pair == b"- ")?;
    let at = from + pair;
    rest_after(text, at, text.len() - text[at + 2..].trim_start_matches(' ').len())
}

fn at_dash(text: &str, from: usize) -> Option<(usize, Range<usize>)> {
    let is_dash = |c: char| ('\u{2012}'..='\u{2015}').contains(&c);
    let at = from + text[from..].find(is_dash)?;
    rest_after(text, at, text.len() - text[at..].trim_start_matches(is_dash).trim_start_matches(' ').len())
}

fn rest_after(text: &str, at: usize, start: usize) -> Option<(usize, Range<usize>)> {
    (start < text.len()).then_some((at, start..text.len()))
}

fn at_stops(text: &str, from: usize) -> Option<(usize, Range<usize>)> {
    part_after(text, from, '.', [' '].as_slice())
}

fn at_blanks(text: &str, from: usize) -> Option<(usize, Range<usize>)> {
    part_after(text, from, ' ', [].as_slice())
}

fn part_after(text: &str, from: usize, cut: char, skipped: &[char]) -> Option<(usize, Range<usize>)> {
    let at = from + text[from..].find(cut)?;
    let start = text.len() - text[at..].trim_start_matches(cut).trim_start_matches(skipped).len();
    let end = text[start..].find(cut).map_or(text.len(), |next| start + next);
    (start < text.len()).then_some((at, start..end))
}

/// `03/10/2011`, `1/5/84`.
fn has_slash_date(written: &str) -> bool {
    let bytes = written.as_bytes();
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    (1..bytes.len()).any(|at| {
        if bytes[at] != b'/' || !is_digit(at - 1) {
            return false;
        }
        let second = match (is_digit(at + 1), bytes.get(at + 2)) {
            (true, Some(b'/')) => at + 2,
            (true, Some(_)) if bytes[at + 1] <= b'3' && is_digit(at + 2) => at + 3,
            _ => return false,
        };
        bytes.get(second) == Some(&b'/') && is_digit(second + 1) && is_digit(second + 2)
    })
}

/// `2012-01-02 08`, with `:00` after it.
fn is_time_stamp(written: &str, after: &str) -> bool {
    let after = after.as_bytes();
    let has_minutes = after.first() == Some(&b':')
        && after.get(1).is_some_and(|tens| (b'0'..=b'5').contains(tens))
        && after.get(2).is_some_and(u8::is_ascii_digit);
    has_minutes && ends_like_time_stamp(written.as_bytes()).is_some()
}

/// Reads from the end: the hour, blanks, day, month, year.
fn ends_like_time_stamp(bytes: &[u8]) -> Option<()> {
    let rest = pair(bytes, b'2')?.strip_suffix(b" ")?;
    let rest = pair(&rest[..rest.iter().rposition(|byte| *byte != b' ')? + 1], b'3')?;
    let rest = rest.strip_suffix(b"-").or(rest.strip_suffix(b"/")).unwrap_or(rest);
    let rest = pair(rest, b'1')?;
    let rest = rest.strip_suffix(b"-").or(rest.strip_suffix(b"/")).unwrap_or(rest);
    let year = rest.last_chunk::<4>()?;
    (matches!(year[0], b'1' | b'2') && year.iter().all(u8::is_ascii_digit)).then_some(())
}

/// What stands before two digits of which the first is at most `most`.
fn pair(bytes: &[u8], most: u8) -> Option<&[u8]> {
    let (rest, last) = bytes.split_last_chunk::<2>()?;
    ((b'0'..=most).contains(&last[0]) && last[1].is_ascii_digit()).then_some(rest)
}

/// Brackets must close, and not be nested; the first may have been opened before the candidate.
fn has_matching_brackets(written: &str) -> bool {
    let mut rest = written.strip_prefix(is_opening).unwrap_or(written);
    let mut plain = plain_length(rest);
    if plain > 0 && rest[plain..].starts_with(is_closing) {
        rest = &rest[plain + 1..];
        plain = plain_length(rest);
    }
    if plain == 0 {
        return false;
    }
    rest = &rest[plain..];
    for _ in 0..3 {
        let Some(inner) = rest.strip_prefix(is_opening) else { break };
        let plain = plain_length(inner);
        if plain == 0 || !inner[plain..].starts_with(is_closing) {
            return false;
        }
        rest = &inner[plain + 1..];
    }
    plain_length(rest) == rest.len()
}

fn plain_length(text: &str) -> usize {
    text.find(|c| is_opening(c) || is_closing(c)).unwrap_or(text.len())
}

/// `12-15 (2009`: pages and a year.
fn is_page_reference(written: &str) -> bool {
    written.match_indices('(').any(|(at, _)| {
        let has_year = written[at + 1..].starts_with(|c| digit(c).is_some());
        let before = &written[..at];
        let trimmed = before.trim_end_matches(char::is_whitespace);
        let pages = trimmed.trim_end_matches(|c| digit(c).is_some());
        has_year
            && before.len() - trimmed.len() <= 4
            && (1..=5).contains(&(trimmed.len() - pages.len()))
            && pages.ends_with('-')
            && pages.trim_end_matches('-').ends_with(|c| digit(c).is_some())
    })
}
