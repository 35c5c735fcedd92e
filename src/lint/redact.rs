//! Reports that may be read by anybody: what a message says is masked, what is wrong with it and where is not.
//!
//! It is done in two steps, both above the reporters, so that no format can forget it. Quotations in the sentences of a
//! finding are masked while the sentences are written ([`super::tell`], by [`Settings::masks_quotes`](super::Settings)),
//! for nobody could find them afterwards; all else is masked here, after everything that needs the words: what was
//! accepted, baselines and fixes. A fingerprint stays, because what is new is told by it.

use std::borrow::Cow;

use crate::finding::{Excerpt, Finding};
use crate::fix::{Applicability, Fix};

use super::{FileReport, MessageReport};

/// What stands where words of a message stood.
pub const MASK: &str = "[…]";

/// Values that are measured or are the tool's own words, and no words of a message.
const MEASURED: &[&str] = &[
    "channel",
    "contrast",
    "count",
    "language",
    "length",
    "limit",
    "megabytes",
    "most",
    "operation",
    "percent",
];

/// The value of a name as a public report may say it.
pub(super) fn masked<'v>(name: &str, value: Cow<'v, str>) -> Cow<'v, str> {
    if MEASURED.contains(&name) { value } else { Cow::Borrowed(MASK) }
}

impl FileReport {
    /// The report without the words of its messages: texts, excerpts, names of records and what fixes would write.
    /// Places, rules and sentences stay.
    pub fn redacted(mut self) -> Self {
        self.messages.iter_mut().for_each(redact);
        self
    }
}

fn redact(message: &mut MessageReport) {
    if let Some(id) = message.record.as_mut().and_then(|record| record.id.as_mut()) {
        *id = MASK.to_owned();
    }
    message.texts.clear();
    message.findings.iter_mut().for_each(redact_finding);
    message.suppressed.iter_mut().for_each(|accepted| redact_finding(&mut accepted.finding));
}

fn redact_finding(finding: &mut Finding) {
    if !finding.text.is_empty() {
        finding.text = MASK.to_owned();
    }
    finding.excerpt = Excerpt { text: String::new(), first_line: finding.excerpt.first_line, mark: 0..0 };
    // Keys of a file may be names of people.
    if let Some(page) = finding.page.as_mut().filter(|page| page.name.starts_with("field ")) {
        page.name = format!("field {MASK}");
    }
    if let Some(fix) = &mut finding.fix {
        redact_fix(fix);
    }
}

/// What nobody may carry out any more.
fn redact_fix(fix: &mut Fix) {
    fix.applicability = Applicability::DisplayOnly;
    for edit in fix.edits.iter_mut().filter(|edit| !edit.replacement.is_empty()) {
        edit.replacement = MASK.to_owned();
    }
}

#[cfg(test)]
mod tests {
    use crate::document::{Format, ReadAs, RecordFormat};
    use crate::lint::{FileReport, Linter, Settings};
    use crate::rule::builtin;

    const RECORD: &str = r#"{"id":"Okafor-7","subject":"zebra","text":"Hi Ms Okafor, write to okafor@zebra.example or call +1 202 555 0143. Leave the the review and get 20% off at http://zebra.example 😊 order 113-482910355-61220"}"#;

    fn report(masks_quotes: bool) -> FileReport {
        let reading = ReadAs { format: Format::Records(RecordFormat::Jsonl), ..ReadAs::default() };
        let settings = Settings { masks_quotes, keeps_texts: true, ..Settings::default() };
        let linter = Linter::new(builtin::rules());
        linter.lint("x.jsonl", RECORD.as_bytes(), &reading, &settings)
    }

    #[test]
    fn no_word_of_the_message_is_left() {
        let (open, masked) = (format!("{:?}", report(false)), format!("{:?}", report(true).redacted()));
        for word in ["Okafor", "zebra", "0143", "20% off", "the the", "😊", "61220"] {
            assert!(open.contains(word), "{word}: {open}");
            assert!(!masked.contains(word), "{word}: {masked}");
        }
    }

    #[test]
    fn keys_of_a_file_are_words_of_somebody() {
        let file = br#"{"okafor@zebra.example": "Thanks! Leave a review \u263a for us"}"#;
        let format = Format::Tree(crate::document::TreeFormat::Json);
        let reading = ReadAs { format, bodies: vec!["**".parse().unwrap()], ..ReadAs::default() };
        let settings = Settings { masks_quotes: true, ..Settings::default() };
        let report = Linter::new(builtin::rules()).lint("x.json", file, &reading, &settings);
        assert!(format!("{report:?}").contains("okafor"));
        let masked = format!("{:?}", report.redacted());
        assert!(!masked.contains("okafor") && masked.contains("field […]"), "{masked}");
    }

    #[test]
    fn places_and_rules_stay() {
        let (open, masked) = (report(false), report(true).redacted());
        let places = |report: &FileReport| -> Vec<_> {
            let findings = report.messages.iter().flat_map(|message| &message.findings);
            findings.map(|f| (f.rule.clone(), f.severity, f.place.clone(), f.fingerprint)).collect()
        };
        assert!(places(&open).len() > 4);
        assert_eq!(places(&open), places(&masked));
        assert!(open.messages[0].findings.iter().any(|finding| finding.fix.is_some()));
    }
}
