//! Numbers written in digits: the valid ones, and those that are written as phone numbers are though nobody has them.

use std::ops::Range;

use crate::finding::Confidence::{self, High, Low, Medium};
use crate::text::seek;

use super::Phone;
use super::parse::{self, Digits, Number, Source};
use super::plan::{Length, Region};
use super::scan;
use super::shape::{self, Groups, Shape, TOLL_FREE};
use super::signs::{digits, is_closing, is_opening};
use super::words::{Around, around};

/// Fewer digits are not worth a look.
const FEWEST: usize = 7;

/// The most digits of a number with its country code.
const MOST_ABROAD: usize = 18;

/// Finds the numbers of a text.
pub(super) fn find(text: &str, region: Option<Region>, found: &mut Vec<Phone>) {
    let is_home = region.is_some_and(|region| region.country_code() == 1);
    let mut at = 0;
    while let Some(first) = scan::next_digit(text, at) {
        if let Some(end) = plainly_else_end(text, at, first) {
            at = end;
            continue;
        }
        let candidate = scan::candidate_at(text, at, first);
        at = candidate.end;
        let mut groups = Groups::of(&text[candidate.clone()]);
        if groups.sizes().sum::<usize>() < FEWEST || groups.is_plainly_something_else() {
            continue;
        }
        let order_id =
            groups.order_id().map(|range| candidate.start + range.start..candidate.start + range.end);
        let mut rest = candidate.clone();
        if let Some((range, number)) = scan::extract(text, candidate, region, FEWEST) {
            at = range.end;
            rest.end = at;
            let range = without_open_bracket(text, range);
            if let Some(confidence) =
                judge(text, &range, &number).filter(|_| !overlaps(order_id.as_ref(), &range))
            {
                rest.end = range.start;
                found.push(Phone { range, confidence, is_disguised: false });
            }
        }
        let before = found.len();
        groups.keep_until(rest.len());
        find_unassigned(text, rest.start, &groups, is_home, found);
        if before == found.len() && order_id.is_none() {
            found.extend(by_cue(text, &rest, region));
        }
    }
}

/// Where the digits end that begin at byte `first`, if they plainly are no phone number, as most are: there are too few of
/// them, or they are a day or an order ID. Nothing before byte `from` belongs to them.
fn plainly_else_end(text: &str, from: usize, first: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let (mut end, mut stop, mut count) = (first, first, 0);
    while let Some(byte) = bytes.get(stop).filter(|byte| is_plain_sign(**byte)) {
        stop += 1;
        if byte.is_ascii_digit() {
            (end, count) = (stop, count + 1);
        }
        if count > MOST_ABROAD || stop - first > 2 * MOST_ABROAD {
            return None;
        }
    }
    if goes_on(bytes, end, stop) {
        return None;
    }
    let is_known = || {
        let before = text[from..first].trim_end_matches(' ').bytes().next_back();
        before.is_none_or(|byte| byte.is_ascii() && byte != b'+' && !is_plain_sign(byte))
            && Groups::of(&text[first..end]).is_plainly_something_else()
    };
    (count < FEWEST || matches!(end - first, 10 | 19) && is_known()).then_some(end)
}

/// Digits, and the plain ones among the signs between them.
fn is_plain_sign(byte: u8) -> bool {
    byte.is_ascii_digit()
        || matches!(byte, b'-' | b'x' | b' ' | b'(' | b')' | b'[' | b']' | b'.' | b'/' | b'~')
}

/// Whether an extension, or signs beyond ASCII, may follow digits that end at byte `end`; behind these are plain signs up to
/// byte `stop`.
fn goes_on(bytes: &[u8], end: usize, stop: usize) -> bool {
    let is_blank = |byte: u8| matches!(byte, b' ' | b'\t' | b',');
    let label = seek::run_end(bytes, stop, is_blank);
    bytes.get(stop) == Some(&b';')
        || bytes[end..stop].iter().any(|byte| matches!(byte, b'x' | b'~'))
        || parse::may_be_label(&bytes[label..])
}

fn overlaps(a: Option<&Range<usize>>, b: &Range<usize>) -> bool {
    a.is_some_and(|a| a.start < b.end && b.start < a.end)
}

/// `(415-555-0143)` is a number in brackets, and its bracket is not its own.
fn without_open_bracket(text: &str, range: Range<usize>) -> Range<usize> {
    let written = &text[range.clone()];
    let is_open = written.starts_with(is_opening) && !written.contains(is_closing);
    let length = written.trim_start_matches(|c| is_opening(c) || c == ' ').len();
    if is_open { range.end - length..range.end } else { range }
}

/// How sure it is that a valid number is a phone, if it may be one.
fn judge(text: &str, range: &Range<usize>, number: &Number) -> Option<Confidence> {
    let written = &text[range.clone()];
    let body = parse::without_extension(written);
    let groups = Groups::of(body);
    let shape = shape::shape(&groups, number);
    // Zeros for a call abroad are digits too, which a plus is not: `Tracking number 0113 4960 …`.
    if shape == Shape::International && number.source == Source::Plus {
        return Some(High);
    }
    if shape == Shape::Singles || groups.is_something_else() || shape::is_part_of_more(text, range) {
        return None;
    }
    let around = around(text, range);
    let length = number.national.len();
    let confidence = match shape {
        Shape::Bracketed | Shape::TollFree => Some(High),
        Shape::International => by_words(around, Some(High)),
        Shape::Usual => by_words(around, Some(if length < 9 { Low } else { High })),
        Shape::Prefixed => by_words(around, (length > 7).then_some(if length < 9 { Low } else { Medium })),
        Shape::Block => block(around, &Digits::of(body)?, number),
        Shape::Loose => loose(around, &groups, number),
        Shape::Singles => None,
    };
    confidence
        .map(|confidence| if length < 7 { Low } else { confidence })
        .filter(|_| length >= 7 || around == Around::Called)
}

fn by_words(around: Around, alone: Option<Confidence>) -> Option<Confidence> {
    match around {
        Around::Called | Around::Mentioned => Some(High),
        Around::Named => None,
        Around::Surrounded | Around::Nothing => alone,
    }
}

fn block(around: Around, written: &[u8], number: &Number) -> Option<Confidence> {
    match around {
        Around::Called => Some(High),
        Around::Mentioned => Some(Medium),
        Around::Named | Around::Surrounded => None,
        Around::Nothing => (number.national.len() > 8 && !shape::is_article_number(written)).then_some(Low),
    }
}

/// Groups that are not usual need a cue, but where nobody writes a national prefix and groups as he likes.
fn loose(around: Around, groups: &Groups<'_>, number: &Number) -> Option<Confidence> {
    let is_plausible = groups.len() <= 5 && (0..groups.len()).all(|at| (2..=4).contains(&groups.size(at)));
    let is_even = (1..groups.len()).all(|at| groups.gap(at - 1) == groups.gap(0));
    match around {
        Around::Called => Some(if is_plausible { High } else { Medium }),
        Around::Mentioned => Some(Medium),
        Around::Named | Around::Surrounded => None,
        Around::Nothing => {
            let is_free = number.code.value() != 1 && number.national.len() > 8;
            (is_free && is_plausible && is_even && groups.gap(0) == " ").then_some(Medium)
        }
    }
}

/// North American numbers in their groups, assigned or not. Sellers who try a draft write 555.
fn find_unassigned(text: &str, offset: usize, groups: &Groups<'_>, is_home: bool, found: &mut Vec<Phone>) {
    let mut at = 0;
    while at < groups.len() {
        let Some((first, last)) = window(groups, at) else {
            at += 1;
            continue;
        };
        at = last + 1;
        let start = lead_start(&text[..offset + groups.start(first)]);
        let end = offset + groups.end(last);
        let whole = start..parse::extension(text, end).unwrap_or(end);
        let digits = &groups.text[groups.start(first)..groups.end(last)];
        if let Some(confidence) = judge_unassigned(text, &whole, digits, last - first + 1, is_home) {
            found.push(Phone { range: without_open_bracket(text, whole), confidence, is_disguised: false });
        }
    }
}

/// The groups of a number that begins here: `1` and 3-3-4, 3-3-4 alone, or 3-4.
fn window(groups: &Groups<'_>, at: usize) -> Option<(usize, usize)> {
    let has = |first: usize, sizes: &[usize]| {
        first + sizes.len() <= groups.len()
            && sizes.iter().enumerate().all(|(offset, size)| groups.size(first + offset) == *size)
            && (1..sizes.len()).all(|offset| is_join(groups.gap(first + offset - 1)))
    };
    let has_one = groups.group(at) == "1" && has(at, &[1, 3, 3, 4]);
    let last = match () {
        () if has_one => at + 3,
        () if has(at, &[3, 3, 4]) => at + 2,
        () if has(at, &[3, 4]) => at + 1,
        () => return None,
    };
    let is_tight = |gap: &str| gap.len() == 1 && gap != "(";
    let is_free_before = at == 0 || !is_tight(groups.gap(at - 1));
    let is_free_after = last + 1 == groups.len() || !is_tight(groups.gap(last));
    (is_free_before && is_free_after).then_some((at, last))
}

/// What may stand between the groups of one number.
fn is_join(gap: &str) -> bool {
    matches!(
        gap,
        "-" | "."
            | " "
            | "/"
            | " - "
            | "\u{2010}"
            | "\u{2013}"
            | ") "
            | ")"
            | ")-"
            | " ("
            | "("
            | "-("
            | ") - "
            | ". "
    )
}

/// Takes in the `+` and the bracket before the first digit.
fn lead_start(before: &str) -> usize {
    let opened = before.strip_suffix(is_opening).unwrap_or(before);
    opened.strip_suffix('+').unwrap_or(opened).len()
}

fn judge_unassigned(
    text: &str,
    range: &Range<usize>,
    digits: &str,
    groups: usize,
    is_home: bool,
) -> Option<Confidence> {
    let written = &text[range.clone()];
    let around = around(text, range);
    let is_international = written.starts_with("+1") || written.starts_with("(+1");
    if Groups::of(digits).is_something_else() || touches_letters(text, range) {
        return None;
    }
    if !is_international && (shape::is_part_of_more(text, range) || around == Around::Named) {
        return None;
    }
    if groups == 2 {
        let is_local = is_home && around == Around::Called && !digits.contains([' ', '/']);
        return is_local.then_some(Low);
    }
    let area = digits.trim_start_matches(['1', '-', '.', ' ', '/', '(']);
    let has_one = groups == 4;
    let is_real = area.starts_with(|c: char| c > '1') && (has_one || area.len() == digits.len());
    match around {
        Around::Called | Around::Mentioned => Some(High),
        _ if has_one && TOLL_FREE.iter().any(|free| area.starts_with(free)) => Some(High),
        _ if is_international || shape::has_bracketed_area(written) || has_one => Some(Medium),
        _ if !is_home => None,
        _ => Some(if is_real && !digits.contains(' ') { Medium } else { Low }),
    }
}

/// The targets of links that call or write: `tel:`, `sms:` and their kind. What a machine dials is a phone number.
pub(super) fn find_targets(text: &str, found: &mut Vec<Phone>) {
    for colon in memchr::memchr_iter(b':', text.as_bytes()) {
        let Some(range) = target(text, colon) else { continue };
        match found.iter_mut().find(|phone| overlaps(Some(&phone.range), &range)) {
            Some(phone) => phone.confidence = High,
            None => found.push(Phone { range, confidence: High, is_disguised: false }),
        }
    }
}

fn target(text: &str, colon: usize) -> Option<Range<usize>> {
    const SCHEMES: [&str; 5] = ["tel", "sms", "smsto", "callto", "facetime"];
    let scheme = text[..colon].rsplit(|c: char| !c.is_ascii_alphanumeric()).next()?;
    if !SCHEMES.iter().any(|known| known.eq_ignore_ascii_case(scheme)) {
        return None;
    }
    let start = colon + 1 + usize::from(text[colon + 1..].starts_with("//")) * 2;
    let is_part = |c: char| c.is_ascii_digit() || matches!(c, '+' | '-' | '.' | '(' | ')');
    let written =
        text[start..].split(|c| !is_part(c)).next()?.trim_end_matches(|c: char| !c.is_ascii_digit());
    let is_whole = !text[start + written.len()..].starts_with(char::is_alphanumeric);
    (is_whole && digits(written).count() >= 5).then(|| start..start + written.len())
}

fn touches_letters(text: &str, range: &Range<usize>) -> bool {
    text[..range.start].ends_with(char::is_alphanumeric)
        || text[range.end..].starts_with(char::is_alphanumeric)
}

/// Digits that are a phone number because the words say so: a number of another country, or of none.
fn by_cue(text: &str, candidate: &Range<usize>, region: Option<Region>) -> Option<Phone> {
    let range = without_open_bracket(text, candidate.clone());
    let written = &text[range.clone()];
    let body = parse::without_extension(written);
    let count = digits(body).take(MOST_ABROAD + 1).count();
    if !(FEWEST + 1..=MOST_ABROAD).contains(&count) || body.contains('x') || touches_letters(text, &range) {
        return None;
    }
    let groups = Groups::of(body);
    if groups.is_something_else() {
        return None;
    }
    let is_possible = is_possible_abroad(written, region);
    let is_plausible = (9..=13).contains(&count)
        && groups.len() <= 6
        && groups.sizes().any(|size| size > 1)
        && !shape::is_part_of_more(text, &range);
    if !(is_possible || is_plausible) {
        return None;
    }
    let is_dialled = is_plausible && is_dialled(&groups);
    let confidence = match around(text, &range) {
        Around::Called if is_possible => High,
        Around::Called => Medium,
        Around::Named => return None,
        Around::Mentioned if is_dialled => Medium,
        Around::Nothing if is_dialled && written.starts_with('0') && stands_alone(text, &range) => Medium,
        _ if is_possible => Medium,
        _ => return None,
    };
    Some(Phone { range, confidence, is_disguised: false })
}

/// Whether a number ends its line or its clause, and begins one or follows a label: `Desk: …`, `norvik.com | …`.
fn stands_alone(text: &str, range: &Range<usize>) -> bool {
    let before = text[..range.start].trim_end_matches(' ');
    let behind = text[range.end..].trim_start_matches(' ');
    let is_edge = |c: char| matches!(c, '\n' | '\r' | '|' | '·' | '•' | '–' | '—');
    (before.is_empty() || before.ends_with(|c| is_edge(c) || matches!(c, ':' | ',' | '-')))
        && (behind.is_empty()
            || behind.starts_with(|c| is_edge(c) || matches!(c, '.' | ',' | '-' | ';' | '(')))
}

/// As people write the numbers of their country: `0176 5550 1198`, `(0800) 555 0147`, `98200 41736`.
fn is_dialled(groups: &Groups<'_>) -> bool {
    let begins = groups.group(0).starts_with('0') && (3..=5).contains(&groups.size(0));
    let is_grouped = (2..=5).contains(&groups.len()) && groups.sizes().skip(1).all(|size| size > 1);
    let is_halved = groups.len() == 2 && groups.sizes().all(|size| size == 5) && groups.gap(0) == " ";
    begins && is_grouped || is_halved
}

/// A plus or two zeros, a country code and as many digits as that country gives its numbers.
fn is_possible_abroad(written: &str, region: Option<Region>) -> bool {
    let with_plus = written.strip_prefix("00").map(|rest| format!("+{rest}"));
    let number = parse::read(with_plus.as_deref().unwrap_or(written), region);
    number.filter(|number| number.source == Source::Plus).is_some_and(|number| {
        number.national.len() > 6 && number.code.main_region().length(&number.national) == Length::Possible
    })
}
