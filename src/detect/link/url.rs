//! Links with a scheme.

use std::ops::Range;

use crate::detect::contact::Reading;
use crate::detect::domain::Host;
use crate::detect::link::address::{self, word_end};
use crate::detect::link::{Link, LinkForm, fault};
use crate::detect::neighbours::floor;
use crate::verdict::Confidence;

/// Whether a text behind the colon of a scheme belongs to it.
type Follows = fn(&str) -> bool;

/// Schemes behind which no `//` stands, with what must follow so that a text is not taken for one.
const OPAQUE: [(&str, Follows); 8] = [
    ("mailto", |rest| rest.starts_with(char::is_alphanumeric)),
    ("tel", is_number),
    ("sms", is_number),
    ("callto", is_number),
    ("facetime", is_number),
    ("javascript", |rest| rest.starts_with(|c: char| c.is_ascii_alphabetic() || c == ';')),
    ("data", |rest| {
        rest.find(|c: char| !c.is_ascii_alphabetic()).is_some_and(|at| at > 0 && rest[at..].starts_with('/'))
    }),
    ("skype", |rest| rest.split_whitespace().next().is_some_and(|word| word.contains('?'))),
];

/// Finds links with a scheme.
pub(super) fn find(reading: &Reading<'_>) -> Vec<Link> {
    let mut links: Vec<Link> = reading.urls.iter().filter_map(|range| hierarchical(reading, range)).collect();
    let mut at = 0;
    while let Some(colon) = memchr::memchr(b':', &reading.text.as_bytes()[at..]).map(|offset| at + offset) {
        let link = opaque(reading, colon);
        at = link.as_ref().map_or(colon + 1, |link| link.range.end);
        links.extend(link);
    }
    links
}

/// A link with `://`, found by linkify, cut to what an address is in a text.
fn hierarchical(reading: &Reading<'_>, found: &Range<usize>) -> Option<Link> {
    let written = &reading.text[found.clone()];
    let colon = written.find("://")?;
    let start = scheme_start(&written[..colon]);
    let mut parts = address::parse(&written[start..]);
    let written = &written[start..start + parts.length];
    let mut form = LinkForm::Url;
    if let Some(rest) = parts.scheme.as_deref()?.strip_prefix("hxxp") {
        form = LinkForm::Disguised;
        parts.scheme = Some(format!("http{rest}"));
    }
    let has_host = parts.host.as_ref().is_some_and(Host::is_registrable);
    let is_known = |scheme: &str| fault::is_web(scheme) || fault::is_program(scheme) || scheme == "file";
    if !has_host && !parts.scheme.as_deref().is_some_and(is_known) {
        return None;
    }
    let start = found.start + start;
    let end = start + written.trim_end_matches(['_', '*', '~', '\'']).len();
    Some(Link::new(start..end, form, parts, reading.lists, Confidence::High))
}

/// Where the scheme begins: `order.https` is the end of a sentence and a scheme.
fn scheme_start(written: &str) -> usize {
    ["https", "http"]
        .iter()
        .find(|scheme| crate::detect::neighbours::ends_with_ignoring_case(written, scheme))
        .filter(|scheme| {
            !written[..written.len() - scheme.len()].ends_with(|c: char| c.is_ascii_alphanumeric())
        })
        .map_or(0, |scheme| written.len() - scheme.len())
}

/// `tel:+1…` and the like around a colon.
fn opaque(reading: &Reading<'_>, colon: usize) -> Option<Link> {
    let text = reading.text;
    let before = &text[..colon];
    let (scheme, _) = OPAQUE.iter().find(|(scheme, follows)| {
        before.ends_with(scheme) && follows(&text[colon + 1..floor(text, colon + 80)])
    })?;
    let start = colon - scheme.len();
    if text[..start].ends_with(|c: char| c.is_alphanumeric()) {
        return None;
    }
    let end = word_end(text, colon + 1);
    let parts = address::parse(&text[start..end]);
    (end > colon + 1).then(|| {
        Link::new(start..start + parts.length, LinkForm::Url, parts, reading.lists, Confidence::High)
    })
}

fn is_number(rest: &str) -> bool {
    let rest = rest.strip_prefix(['+', '(']).unwrap_or(rest);
    rest.starts_with(|c: char| c.is_ascii_digit())
}
