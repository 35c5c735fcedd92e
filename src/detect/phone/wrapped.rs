//! Numbers that a mail program broke at the end of a line.

use std::ops::Range;

use crate::finding::Confidence::Low;

use super::Phone;
use super::plain;
use super::plan::Region;
use super::signs::{digit, is_lead};
use super::words::{Around, around};

/// A shorter line was not broken for its length.
const SHORTEST_LINE: usize = 32;

/// The text with a blank for every line break that may stand in the middle of a number, if there is one.
pub(super) fn joined(text: &str) -> Option<String> {
    let mut joined: Option<Vec<u8>> = None;
    let mut start = 0;
    for at in memchr::memchr_iter(b'\n', text.as_bytes()) {
        if at - start >= SHORTEST_LINE && may_be_inside(text, at) {
            joined.get_or_insert_with(|| text.as_bytes().to_vec())[at] = b' ';
        }
        start = at + 1;
    }
    String::from_utf8(joined?).ok()
}

fn may_be_inside(text: &str, at: usize) -> bool {
    let before = text[..at].chars().next_back();
    let after = text[at + 1..].chars().next();
    before.is_some_and(|c| digit(c).is_some() || matches!(c, ')' | '-'))
        && after.is_some_and(|c| digit(c).is_some() || c == '(')
}

/// Finds the numbers that go on in the next line, and takes out what was found of them in one line.
pub(super) fn find(text: &str, joined: &str, region: Option<Region>, found: &mut Vec<Phone>) {
    let mut phones = Vec::new();
    plain::find(joined, region, &mut phones);
    let is_broken = |range: &Range<usize>| text[range.clone()].contains('\n');
    let is_announced = |range: &Range<usize>| {
        joined[range.clone()].starts_with(is_lead)
            || matches!(around(joined, range), Around::Called | Around::Mentioned)
    };
    phones.retain(|phone| phone.confidence > Low && is_broken(&phone.range) && is_announced(&phone.range));
    for phone in &phones {
        found.retain(|part| part.range.end <= phone.range.start || phone.range.end <= part.range.start);
    }
    found.append(&mut phones);
}
