//! `[text](target)`.

use std::ops::Range;

use crate::detect::contact::Reading;
use crate::detect::domain::Host;
use crate::detect::link::address::{self, Parts};
use crate::detect::link::{Link, LinkFault, LinkForm, fault};
use crate::verdict::Confidence;

/// Finds Markdown links. Those whose target is neither an address nor a place of a page are text in brackets.
pub(super) fn find(reading: &Reading<'_>) -> Vec<Link> {
    let bytes = reading.text.as_bytes();
    let mut links: Vec<Link> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    let mut at = 0;
    while let Some(bracket) = memchr::memchr2(b'[', b']', &bytes[at..]).map(|offset| at + offset) {
        at = bracket + 1;
        if bytes[bracket] == b'[' {
            open.push(bracket);
            continue;
        }
        let Some(start) = open.pop().filter(|_| bytes.get(at) == Some(&b'(')) else { continue };
        if let Some(link) = link(reading, start, bracket) {
            at = link.range.end;
            links.push(link);
        }
    }
    links
}

/// The link whose text stands between these brackets.
fn link(reading: &Reading<'_>, open: usize, close: usize) -> Option<Link> {
    let target = target_in(reading.text, close + 2)?;
    let end = target.end + reading.text[target.end..].find(')')? + 1;
    let written = &reading.text[target.clone()];
    let (parts, is_broken) = read(written)?;
    let mut link = Link::new(open..end, LinkForm::Markdown, parts, reading.lists, Confidence::High);
    let text = open + 1..close;
    link.faults.extend(fault::of_text(&reading.text[text.clone()], link.host.as_ref(), reading.lists));
    if is_broken && !link.faults.contains(&LinkFault::Broken) {
        link.faults.insert(0, LinkFault::Broken);
    }
    link.text = Some(text);
    link.target = target;
    Some(link)
}

/// The address between the parentheses that open before byte `start`, without a title. It holds no square bracket.
fn target_in(text: &str, start: usize) -> Option<Range<usize>> {
    let mut depth = 0;
    for (offset, c) in text[start..].char_indices() {
        match c {
            '(' => depth += 1,
            ')' if depth == 0 => return Some(start..start + offset),
            ')' => depth -= 1,
            '"' | '\'' if text[start..start + offset].ends_with(' ') => {
                return Some(start..start + text[start..start + offset].trim_end().len());
            }
            '[' | ']' | '\n' | '{' => return None,
            _ => {}
        }
    }
    None
}

/// The parts of a target, and whether it is broken. `None` if it is no address at all.
fn read(written: &str) -> Option<(Parts, bool)> {
    let written = written.trim().trim_start_matches('<').trim_end_matches('>');
    if written.is_empty() || written.starts_with(['#', '/', '?']) || written.starts_with("./") {
        return Some((Parts::default(), true));
    }
    let has_blank = written.contains(char::is_whitespace);
    let compact: String = written.chars().filter(|c| !c.is_whitespace()).collect();
    let parts = address::parse(&compact);
    let has_scheme = parts.scheme.is_some();
    let has_host = parts.host.as_ref().is_some_and(Host::is_registrable);
    if !has_scheme && (!has_host || has_blank) {
        return None;
    }
    Some((parts, has_blank))
}
