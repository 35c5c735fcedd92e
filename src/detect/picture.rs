//! Draws matches into their text, for tests: `call |+1 202 555 0143| now`.

use std::ops::Range;

/// The text with a bar on both sides of each range.
pub(super) fn drawn(text: &str, ranges: impl IntoIterator<Item = Range<usize>>) -> String {
    let mut out = String::new();
    let mut done = 0;
    for range in ranges {
        out.push_str(&text[done..range.start]);
        out.push('|');
        out.push_str(&text[range.clone()]);
        out.push('|');
        done = range.end;
    }
    out.push_str(&text[done..]);
    out
}

/// Runs a detector over each picture without its bars, and holds what it finds against the picture.
pub(super) fn assert_drawn(pictures: &[&str], find: impl Fn(&str) -> Vec<Range<usize>>) {
    for picture in pictures {
        let text = picture.replace('|', "");
        assert_eq!(drawn(&text, find(&text)), *picture);
    }
}

/// Whether ranges are sorted, disjoint, not empty and on character boundaries of the text: a law of every detector.
pub(super) fn is_lawful(text: &str, ranges: &[Range<usize>]) -> bool {
    let mut done = 0;
    ranges.iter().all(|range| {
        let follows = done <= range.start;
        done = range.end;
        follows && range.start < range.end && text.get(range.clone()).is_some()
    })
}
