//! How a finding is mended: the edits that turn the words found into better ones.

use std::borrow::Cow;
use std::ops::Range;

use crate::fix::{Applicability, Edit, Fix};
use crate::rule::compiled::{Cure, Detect, Rule};
use crate::rule::schema::{FixSafety, FixTarget};
use crate::text::Span;

use super::found::{Found, Target};
use super::message::{Message, Text};

/// The cure of a finding. None where there is no cure, where the detector had nothing to suggest, and where the file
/// says the words together with others, so that no byte is theirs alone.
pub(super) fn fix(
    message: &Message<'_>,
    rule: &Rule,
    detect: &Detect,
    found: &Found,
    offset: usize,
) -> Option<Fix> {
    let cure = detect.fix.as_ref().or(rule.fix.as_ref())?;
    let Target::Words(block, range) = &found.target else { return None };
    let text = &message.texts[*block];
    let (range, replacement) = cured(cure, text, range, &found.values)?;
    let edits = edits(message, text, range, &replacement, offset)?;
    let applicability = match cure.safety {
        FixSafety::DisplayOnly => Applicability::DisplayOnly,
        FixSafety::Unsafe => Applicability::Unsafe,
        FixSafety::Safe => Applicability::Safe,
    };
    Some(Fix { applicability, edits })
}

/// What a cure replaces, and by what.
fn cured(
    cure: &Cure,
    text: &Text<'_>,
    range: &Range<usize>,
    values: &[(&'static str, String)],
) -> Option<(Range<usize>, String)> {
    let block = text.block.text.text();
    if let Some(template) = &cure.replace {
        let words = &block[range.clone()];
        let (replacement, is_whole) = fill(template, |name| match name {
            "match" => Some(Cow::Borrowed(words)),
            _ => value(values, name),
        });
        return is_whole.then(|| (range.clone(), replacement));
    }
    let sentence = || text.view.sentences.get(text.view.sentence_at(range.start));
    let range = match cure.delete {
        Some(FixTarget::Sentence) => sentence().map_or(range.clone(), |sentence| sentence.range.clone()),
        _ => range.clone(),
    };
    Some((with_blank(block, range), String::new()))
}

/// Words with a blank beside them, which goes with them when they are taken out.
fn with_blank(text: &str, mut range: Range<usize>) -> Range<usize> {
    let bytes = text.as_bytes();
    let ends_line = bytes
        .get(range.end)
        .is_none_or(|byte| matches!(byte, b'\n' | b'\r' | b' ' | b'.' | b',' | b'!' | b'?'));
    if range.start > 0 && bytes[range.start - 1] == b' ' && ends_line {
        range.start -= 1;
    } else if bytes.get(range.end) == Some(&b' ') {
        range.end += 1;
    }
    range
}

/// The edits of the file that turn a part of a text into other words. What stands between the words in the file and is
/// no part of them, such as a tag, is left.
fn edits(
    message: &Message<'_>,
    text: &Text<'_>,
    range: Range<usize>,
    replacement: &str,
    offset: usize,
) -> Option<Vec<Edit>> {
    let spans = |range: Range<usize>| message.document.file_spans(text.block, range);
    let edit = |span: &Span, replacement: &str| Edit {
        span: span.shifted(offset),
        replacement: replacement.to_owned(),
    };
    if let [span] = spans(range.clone()).as_slice() {
        return Some(vec![edit(span, replacement)]);
    }
    let words = &text.block.text.text()[range.clone()];
    let (changed, replacement) = difference(words, replacement);
    let changed = spans(range.start + changed.start..range.start + changed.end);
    let is_possible = changed.len() == 1 || replacement.is_empty();
    let edits: Vec<Edit> = changed.iter().map(|span| edit(span, replacement)).collect();
    (is_possible && !edits.is_empty()).then_some(edits)
}

/// The part of some words that changes, and what it becomes.
fn difference<'r>(words: &str, replacement: &'r str) -> (Range<usize>, &'r str) {
    let alike = |(a, b): &(char, char)| a == b;
    let length = |(c, _): (char, char)| c.len_utf8();
    let start: usize = words.chars().zip(replacement.chars()).take_while(alike).map(length).sum();
    let (rest, new) = (&words[start..], &replacement[start..]);
    let end: usize = rest.chars().rev().zip(new.chars().rev()).take_while(alike).map(length).sum();
    (start..words.len() - end, &new[..new.len() - end])
}

/// A template with its values, and whether all of them are there; a name without a value stays as it is.
pub(super) fn fill<'v>(template: &str, value: impl Fn(&str) -> Option<Cow<'v, str>>) -> (String, bool) {
    let mut out = String::with_capacity(template.len());
    let mut is_whole = true;
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let Some((name, tail)) = after.split_once('}') else {
            out.push('{');
            rest = after;
            continue;
        };
        if let Some(value) = value(name) {
            out.push_str(&value);
        } else {
            is_whole = false;
            out.extend(["{", name, "}"]);
        }
        rest = tail;
    }
    out.push_str(rest);
    (out, is_whole)
}

/// The value of a name.
pub(super) fn value<'v>(values: &'v [(&'static str, String)], name: &str) -> Option<Cow<'v, str>> {
    let value = values.iter().find(|(known, _)| *known == name);
    value.map(|(_, value)| Cow::Borrowed(value.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_edit_is_no_larger_than_the_change() {
        for (words, better, changed, new) in [
            ("the the", "the", 3..7, ""),
            ("Recieve", "Receive", 3..5, "ei"),
            ("a", "an", 1..1, "n"),
            ("ééa", "éb", 2..5, "b"),
            ("same", "same", 4..4, ""),
        ] {
            assert_eq!(difference(words, better), (changed, new), "{words}");
        }
    }

    #[test]
    fn a_template_without_a_value_is_not_whole() {
        let value = |name: &str| (name == "a").then_some(Cow::Borrowed("1"));
        assert_eq!(fill("{a}-{a", value), ("1-{a".to_owned(), true));
        assert_eq!(fill("{a}{b}", value), ("1{b}".to_owned(), false));
    }
}
