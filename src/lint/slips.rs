//! Slips of writing, in the language that the message is read in.

use std::ops::Range;

use crate::detect::spelling;
use crate::rule::compiled::{Language, RuleSet};
use crate::rule::schema::SlipKind;

use super::found::Found;
use super::language;
use super::message::{Message, Text};

/// The slips of one kind. A message in a language that nobody here knows has none.
pub(super) fn slips(message: &Message<'_>, kind: SlipKind, rules: &RuleSet) -> Vec<Found> {
    let in_block = |(block, text): (usize, &Text<'_>)| {
        let slips = all(message, text, rules);
        let wanted = slips.iter().filter(move |slip| slip.kind == kind && is_seen(message, text, slip));
        wanted.map(move |slip| found(block, slip)).collect::<Vec<_>>()
    };
    message.texts.iter().enumerate().flat_map(in_block).collect()
}

/// Whether a message has any.
pub(super) fn any(message: &Message<'_>, rules: &RuleSet) -> bool {
    message.texts.iter().any(|text| !all(message, text, rules).is_empty())
}

/// All slips of a text, looked for once.
fn all<'t>(message: &Message<'_>, text: &'t Text<'_>, rules: &RuleSet) -> &'t [spelling::Slip] {
    let Some(language) = message.read_in.and_then(|number| rules.languages.get(number)) else { return &[] };
    text.slips.get_or_init(|| read(message, text, language))
}

fn read(message: &Message<'_>, text: &Text<'_>, language: &Language) -> Vec<spelling::Slip> {
    spelling::slips(&text.view, &language.spelling, &text.reading.doubts, |sentence| {
        let sentence = text.reading.sentences.get(sentence);
        sentence.is_some_and(|sentence| language::is_own(message, sentence))
    })
}

/// Whether a reader sees what a slip rests on as one piece: between its parts the file has markup only.
fn is_seen(message: &Message<'_>, text: &Text<'_>, slip: &spelling::Slip) -> bool {
    let page = message.document.pages[text.block.page].text.text();
    let words = text.block.text.slice(whole_characters(text.block.text.text(), &slip.seen));
    let parts: Vec<Range<usize>> = words.pieces().map(|(_, on_page, _)| on_page.range()).collect();
    parts.windows(2).all(|pair| page.get(pair[0].end..pair[1].start).is_none_or(is_markup))
}

/// A range with the characters whole that it cuts: a placeholder is read byte for byte, whatever stands in it.
fn whole_characters(text: &str, range: &Range<usize>) -> Range<usize> {
    let is_edge = |at: &usize| text.is_char_boundary(*at);
    let start = (0..=range.start).rev().find(is_edge).unwrap_or(range.start);
    start..(range.end..=text.len()).find(is_edge).unwrap_or(range.end)
}

/// Elements that are no words of the writer's: pictures, and what is typed or printed by machines.
const OTHER_THINGS: [&str; 6] = ["img", "code", "kbd", "pre", "samp", "tt"];

/// Whether nothing of what stands between two words is seen: it is tags or signs of emphasis, and no picture or code.
fn is_markup(between: &str) -> bool {
    let says_something =
        |text: &str| text.contains(|c: char| !c.is_whitespace() && !matches!(c, '*' | '_' | '~'));
    let mut rest = between;
    while let Some((before, tail)) = rest.split_once('<') {
        let Some((tag, after)) = tail.split_once('>') else { return false };
        let name = tag.trim_start_matches('/').split(|c: char| !c.is_ascii_alphanumeric()).next();
        let is_thing = |name: &str| OTHER_THINGS.iter().any(|thing| thing.eq_ignore_ascii_case(name));
        if name.is_some_and(is_thing) || says_something(before) {
            return false;
        }
        rest = after;
    }
    !says_something(rest)
}

fn found(block: usize, slip: &spelling::Slip) -> Found {
    let mut found = Found::words(block, slip.range.clone());
    if let Some(suggestion) = &slip.suggestion {
        found = found.with("suggestion", suggestion);
    }
    match &slip.next {
        Some(next) => found.with("next", next),
        None => found,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::ReadAs;
    use crate::lint::{Linter, Settings};
    use crate::rule::builtin;

    #[test]
    fn marks_of_placeholders_are_whole_characters() {
        let linter = Linter::new(builtin::rules());
        let settings = Settings { only: vec!["spelling-grammar".to_owned()], ..Settings::default() };
        let text = "We sent your parcel «OrderNo») to the depot yesterday.";
        let report = linter.lint("draft", text.as_bytes(), &ReadAs::default(), &settings);
        let findings = report.messages.iter().flat_map(|message| &message.findings);
        assert!(findings.map(|finding| finding.text.as_str()).eq([")"]));
        assert_eq!(whole_characters("a«b»c", &(2..5)), 1..6);
    }

    #[test]
    fn tags_are_not_seen_but_pictures_and_code_are() {
        for (between, is_hidden) in [
            ("", true),
            ("** _", true),
            ("</b> <i class='x'>", true),
            ("`on`", false),
            ("`?`", false),
            ("<IMG src=x>", false),
            ("</b><code>", false),
            ("<i>x</i>", false),
            ("<i", false),
        ] {
            assert_eq!(is_markup(between), is_hidden, "{between}");
        }
    }
}
