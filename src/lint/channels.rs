//! The channel that a message is sent by, and what only a channel asks for: lengths, numbers of files, plain text.

use std::ops::Range;

use crate::detect::tag;
use crate::document::{Document, PageName};
use crate::finding::{Channel, Confidence, FieldName};
use crate::rule::compiled::{Detect, RuleSet};

use super::found::{Found, Target, Value};
use super::message::Message;
use super::{KindOrigin, Settings};

/// The channel of a message: the command line beats what the message says, and this beats the configuration.
pub(super) fn of(document: &Document<'_>, rules: &RuleSet, settings: &Settings) -> Option<Channel> {
    let wished = settings.channel.as_ref();
    if let Some((channel, KindOrigin::Option)) = wished {
        return Some(channel.clone());
    }
    let given = document.metadata.channel.as_ref();
    let known = given.and_then(|given| rules.channel(&given.value).ok());
    known.or(wished.map(|(channel, _)| channel)).cloned()
}

/// A channel in the front matter or record that is none, as a fault with words. Exports call other things so: in a record
/// only what names a known service is meant.
pub(super) fn unknown(message: &Message<'_>, rules: &RuleSet) -> Option<Found> {
    let given = message.document.metadata.channel.as_ref()?;
    let right = rules.channel(&given.value).err()?;
    let service = Channel::new(given.value.as_str());
    let service = service.parts().0;
    let is_record = message
        .document
        .blocks
        .iter()
        .any(|block| matches!(message.document.pages[block.page].name, PageName::Field(_)));
    let is_meant = !is_record || rules.channels.iter().any(|known| known.is_in(service));
    let problem = format!("there is no channel `{}`: {right}", given.value);
    is_meant.then(|| Found::metadata(given.at.clone()).with("problem", problem))
}

/// What a rule about channels may name in its message: the `channel`, and its `operation`.
pub(super) fn values(message: &Message<'_>, detect: &Detect) -> Vec<Value> {
    let Some(channel) = message.channel.as_ref().filter(|_| !detect.channels.is_empty()) else {
        return Vec::new();
    };
    let operation = channel.parts().1.unwrap_or(channel.name());
    vec![("channel".into(), channel.name().to_owned()), ("operation".into(), operation.to_owned())]
}

/// A text with fewer or more characters than these. Nobody says how they are counted, so both ways count: what is too
/// long only in UTF-16 is less sure.
pub(super) fn length(message: &Message<'_>, least: usize, most: usize) -> Vec<Found> {
    let bodies: Vec<(usize, &str)> = message
        .said(FieldName::Body)
        .map(|(block, text)| (block, text.block.text.text().trim_end_matches(['\n', '\r'])))
        .collect();
    let chars: usize = bodies.iter().map(|(_, text)| text.chars().count()).sum();
    let utf16: usize = bodies.iter().map(|(_, text)| text.encode_utf16().count()).sum();
    let told = |found: Found, limit: usize| {
        vec![found.with("length", utf16.to_string()).with("limit", limit.to_string())]
    };
    if utf16 < least {
        return told(Found::message(), least);
    }
    let confidence = if chars > most { Confidence::High } else { Confidence::Low };
    match beyond(&bodies, most) {
        Some((block, range)) => told(Found::new(Target::Words(block, range), confidence), most),
        None => Vec::new(),
    }
}

/// What stands beyond so many UTF-16 units, in the first text that goes so far.
fn beyond(texts: &[(usize, &str)], most: usize) -> Option<(usize, Range<usize>)> {
    let mut left = most;
    for (block, text) in texts {
        for (at, c) in text.char_indices() {
            match left.checked_sub(c.len_utf16()) {
                Some(rest) => left = rest,
                None => return Some((*block, at..text.len())),
            }
        }
    }
    None
}

/// Fewer or more files than these; of too many the first that is one is marked.
pub(super) fn attachment_count(message: &Message<'_>, least: usize, most: usize) -> Vec<Found> {
    let document = message.document;
    let parts = document.attachments.iter().filter(|file| !file.is_inline).map(|file| &file.at);
    let mut places: Vec<&Range<usize>> = parts.collect();
    if places.is_empty() {
        places = document.metadata.attachments.iter().map(|given| &given.at).collect();
    }
    let count = places.len();
    let told = |found: Found, limit: usize| {
        vec![found.with("count", count.to_string()).with("limit", limit.to_string())]
    };
    match places.get(most) {
        Some(first) => {
            let field = FieldName::Attachment;
            let target = Target::Written { page: 0, range: (*first).clone(), field };
            told(Found::new(target, Confidence::High), most)
        }
        None if count < least => told(Found::message(), least),
        None => Vec::new(),
    }
}

/// Tags and entities in plain text; of a message that is HTML, its first tag.
pub(super) fn tags(message: &Message<'_>) -> Vec<Found> {
    if let Some((page, range)) = first_tag(message.document) {
        let target = Target::Written { page, range, field: FieldName::Body };
        return vec![Found::new(target, Confidence::High)];
    }
    let in_text = |(block, text): (usize, &super::message::Text<'_>)| {
        let tags = tag::tags(&text.view.visible).into_iter();
        tags.map(move |range| Found::words(block, range)).collect::<Vec<_>>()
    };
    message.all_said().flat_map(in_text).collect()
}

/// The page and the place of the first tag. The elements of Markdown have other signs.
fn first_tag(document: &Document<'_>) -> Option<(usize, Range<usize>)> {
    document.markups.iter().find_map(|markup| {
        let page = document.pages[markup.page].text.text();
        let first = markup.elements.iter().find(|element| page[element.tag.clone()].starts_with('<'))?;
        Some((markup.page, first.tag.clone()))
    })
}

#[cfg(test)]
mod tests {
    use crate::document::{Document, PageName, TextFormat};
    use crate::finding::{Channel, FieldName, Severity};
    use crate::lint::{KindOrigin, Linter, Settings};
    use crate::rule::builtin;
    use crate::text::Source;

    /// Rule, severity and text of the findings of some rules about a channel.
    fn found(rule: &str, channel: &str, text: &str) -> Vec<(Severity, String)> {
        let settings = Settings {
            channel: Some((Channel::new(channel), KindOrigin::Option)),
            only: vec![rule.to_owned()],
            ..Settings::default()
        };
        let report = Linter::new(builtin::rules()).lint(
            "draft",
            text.as_bytes(),
            &crate::document::ReadAs::default(),
            &settings,
        );
        let findings = report.messages.into_iter().flat_map(|message| message.findings);
        findings.map(|finding| (finding.severity, finding.text)).collect()
    }

    #[test]
    fn a_text_with_tags_in_it_is_html_where_they_are_read_as_such() {
        let is_html = |text: &str, format| {
            let source = Source::new(text.as_bytes(), None);
            let mut document = Document::default();
            let page = document.add_page(PageName::File, source.text().clone());
            document.add_text(FieldName::Body, page, format);
            super::first_tag(&document).is_some()
        };
        assert!(is_html("Hello, <b>which</b> one?", TextFormat::Html));
        assert!(!is_html("Hello, which one?", TextFormat::Html));
        assert!(!is_html("Hello, <b>which</b> one?", TextFormat::Plain));
    }

    #[test]
    fn what_is_beyond_the_limit_is_marked() {
        let key = "sp-api:createDigitalAccessKey";
        for (text, wanted) in [
            ("a".repeat(400), vec![]),
            (format!("{}\n", "ä".repeat(400)), vec![]),
            (format!("{}bcd\n", "a".repeat(400)), vec![(Severity::Error, "bcd".to_owned())]),
            (format!("{}bc", "ä".repeat(400)), vec![(Severity::Error, "bc".to_owned())]),
            // 399 characters and one that UTF-16 writes as two.
            (format!("{}𝄞", "a".repeat(399)), vec![(Severity::Warning, "𝄞".to_owned())]),
            (String::new(), vec![(Severity::Error, String::new())]),
        ] {
            assert_eq!(found("spapi-text-length", key, &text), wanted, "{}", text.len());
        }
    }

    #[test]
    fn the_command_line_beats_the_draft_and_the_draft_the_configuration() {
        let linter = Linter::new(builtin::rules());
        let channel = |text: &str, wished: Option<(&str, KindOrigin)>| {
            let channel = wished.map(|(name, origin)| (Channel::new(name), origin));
            let settings = Settings { channel, ..Settings::default() };
            let report =
                linter.lint("draft", text.as_bytes(), &crate::document::ReadAs::default(), &settings);
            report.messages[0].channel.as_ref().map(|channel| channel.name().to_owned())
        };
        let draft = "+++\nchannel = \"email\"\n+++\nWhich name shall we engrave?";
        let (typed, configured) = (KindOrigin::Option, KindOrigin::Configuration);
        assert_eq!(channel(draft, None).as_deref(), Some("email"));
        assert_eq!(channel(draft, Some(("contact-form", typed))).as_deref(), Some("contact-form"));
        assert_eq!(channel(draft, Some(("contact-form", configured))).as_deref(), Some("email"));
        assert_eq!(channel("Hello", Some(("contact-form", configured))).as_deref(), Some("contact-form"));
        assert_eq!(channel("Hello", None), None);
        assert_eq!(channel("+++\nchannel = \"pigeon\"\n+++\nHello", None), None);
    }
}
