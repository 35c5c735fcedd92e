//! Hosts in disguise: `host dot com`, `host[.]com`, `www . host . com`.

use crate::detect::contact::Reading;
use crate::detect::disguise::{Sign, SignForm, SpelledHost, chunk_before, connected_dots, read_host};
use crate::detect::link::address::{self, tail_end};
use crate::detect::link::suffix::{is_file_suffix, is_wordy_suffix};
use crate::detect::link::{Link, LinkForm};
use crate::detect::neighbours::{ends_with_ignoring_case, word_before};
use crate::verdict::Confidence;

/// Finds hosts whose dots are in disguise.
pub(super) fn find(reading: &Reading<'_>) -> Vec<Link> {
    let mut links: Vec<Link> = Vec::new();
    let mut done = 0;
    let mut index = 0;
    while let Some(sign) = reading.signs.get(index) {
        if sign.stands_for == '.' && sign.range.start >= done {
            let link = around(reading, index, done);
            done = link.as_ref().map_or(done, |link| link.range.end);
            links.extend(link);
            index += connected_dots(reading.text, &reading.signs[index..]);
        } else {
            index += 1;
        }
    }
    links
}

/// The host whose first disguised dot is this sign.
fn around(reading: &Reading<'_>, index: usize, done: usize) -> Option<Link> {
    let Reading { text, signs, lists, .. } = reading;
    let sign = &signs[index];
    let start = chunk_before(text, sign.range.start, done).start;
    let spelled = read_host(text, start, &signs[index..]).filter(|spelled| !spelled.forms.is_empty())?;
    let confidence = judge(reading, sign, start, &spelled)?;
    let end = tail_end(text, spelled.end);
    let mut parts = address::parse(&format!("x{}", &text[spelled.end..end]));
    let (start, scheme) = scheme_before(text, start);
    parts.scheme = scheme.map(str::to_owned);
    parts.host = Some(spelled.host);
    Some(Link::new(start..end, LinkForm::Disguised, parts, lists, confidence))
}

/// How sure it is that a host is meant.
fn judge(reading: &Reading<'_>, sign: &Sign, start: usize, spelled: &SpelledHost) -> Option<Confidence> {
    let Reading { text, lists, .. } = reading;
    let SpelledHost { host, forms, .. } = spelled;
    let suffix = host.suffix();
    if host.name().starts_with("www.") || scheme_before(text, start).1.is_some() {
        return (host.label() != "www").then_some(Confidence::High);
    }
    let is_point =
        !text[sign.range.clone()].to_lowercase().contains(['d', '.']) && sign.form == SignForm::Word;
    let is_phrase = is_wordy_suffix(lists, suffix)
        || (sign.form == SignForm::Word && suffix.len() > 3 && !suffix.contains('.'))
        || (is_point && suffix == "de" && !is_german_point(text, sign));
    if forms.contains(&SignForm::Slip) || is_file_suffix(suffix) || host.label().len() < 2 {
        return None;
    }
    let is_word = lists.has_word("sentence-words", host.label());
    if forms.iter().all(|form| matches!(form, SignForm::Bracketed | SignForm::Mark)) {
        return Some(if is_word && is_phrase { Confidence::Low } else { Confidence::High });
    }
    if is_phrase {
        let has_cue = lists.has_word("link-cues", word_before(text, start));
        return (has_cue && !is_word).then_some(Confidence::Low);
    }
    Some(if is_word { Confidence::Low } else { Confidence::Medium })
}

/// `punkt` in front of `de` is a dot, `point de` is French.
fn is_german_point(text: &str, sign: &Sign) -> bool {
    text[sign.range.clone()].to_lowercase().contains("punkt")
}

/// A scheme, whole or mangled, that stands before byte `at`.
fn scheme_before(text: &str, at: usize) -> (usize, Option<&'static str>) {
    for (written, scheme) in
        [("https://", "https"), ("http://", "http"), ("hxxps://", "https"), ("hxxp://", "http")]
    {
        if ends_with_ignoring_case(&text[..at], written) {
            return (at - written.len(), Some(scheme));
        }
    }
    (at, None)
}
