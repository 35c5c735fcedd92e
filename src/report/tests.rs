//! One set of findings, told in every format.

use proptest::prelude::*;

use super::*;
use crate::finding::{
    Confidence, Excerpt, FieldName, Finding, Fingerprint, Kind, Label, Place, RuleId, Severity,
};
use crate::fix::{Applicability, Edit, Fix};
use crate::lint::{KindOrigin, MessageReport, RecordName};
use crate::text::{LineIndex, Span};

const PLAIN: Style = Style { colour: false, ascii: false, width: 80, several_files: true };

/// A finding in a file that is one message; `«` and `»` stand around the words.
fn finding(rule: &str, severity: Severity, drawn: &str, message: &str, help: &str) -> Finding {
    let (start, end) = (drawn.find('«').unwrap(), drawn.find('»').unwrap() - '«'.len_utf8());
    let text = drawn.replace(['«', '»'], "");
    let lines = LineIndex::new(&text);
    let chars = |at: usize| text[..at].chars().count();
    Finding {
        rule: RuleId::new(rule),
        fingerprint: Fingerprint::new(&RuleId::new(rule), ""),
        severity,
        confidence: Confidence::High,
        message: message.to_owned(),
        help: help.to_owned(),
        field: FieldName::Body,
        field_chars: Some(chars(start)..chars(end)),
        place: Place {
            span: Span::new(start, end),
            start: lines.position(&text, start),
            end: lines.position(&text, end),
        },
        text: text[start..end].to_owned(),
        page: None,
        excerpt: Excerpt { text, first_line: 1, mark: start..end },
        labels: Vec::new(),
        also: Vec::new(),
        fix: None,
    }
}

/// A finding about the message as a whole.
fn whole(rule: &str, severity: Severity, text: &str, message: &str, help: &str) -> Finding {
    let finding = finding(rule, severity, &format!("«{text}»"), message, help);
    let excerpt = Excerpt { mark: 0..0, ..finding.excerpt };
    Finding { field_chars: None, text: String::new(), confidence: Confidence::Medium, excerpt, ..finding }
}

fn message(record: Option<(usize, Option<&str>)>, findings: Vec<Finding>) -> MessageReport {
    MessageReport {
        record: record.map(|(number, id)| RecordName { number, id: id.map(str::to_owned) }),
        kind: Kind::Proactive,
        kind_origin: KindOrigin::Default,
        channel: None,
        findings,
        suppressed: Vec::new(),
        allows: Vec::new(),
        allowed_hosts: Vec::new(),
        unchecked: vec!["earlier review requests", "what images show", "whether the buyer opted out"],
    }
}

fn file(path: &str, messages: Vec<MessageReport>) -> FileReport {
    FileReport { path: path.to_owned(), messages }
}

/// Two lines of text, the second of which asks for too much.
fn reward() -> Finding {
    let drawn = "Dear Anna,\r\n\tleave a review and we give you «20% off for it», promised.\r\nBest wishes";
    let finding = finding(
        "review-incentive",
        Severity::Error,
        drawn,
        "`20% off for it` offers something in return for a review",
        "ask for nothing, or use the Request a Review button",
    );
    let at =
        |column, column_byte| crate::text::Position { line: 2, column, column_utf16: column, column_byte };
    let place = Place { span: Span::new(13, 27), start: at(2, 2), end: at(16, 16) };
    Finding {
        also: vec![RuleId::new("review-request-present"), RuleId::new("review-positive-only")],
        labels: vec![Label { place, message: "what it is given for".to_owned() }],
        ..finding
    }
}

fn heart() -> Finding {
    let finding = finding(
        "emoji",
        Severity::Error,
        "漢字 für Sie «👍🏽»\tok",
        "`👍🏽` is an emoji, which Amazon forbids",
        "delete it",
    );
    let edits = vec![Edit { span: finding.place.span, replacement: String::new() }];
    Finding { fix: Some(Fix { applicability: Applicability::Safe, edits }), ..finding }
}

fn in_subject_of_a_record() -> Finding {
    let finding = finding(
        "important-tag-malformed",
        Severity::Warning,
        "«(Important)» your order",
        "`(Important)` is not the tag that Amazon reads, which is written in square brackets",
        "write `[Important]` at the very start of the subject, and only where Amazon allows it at all",
    );
    let at = |column| crate::text::Position { line: 17, column, column_utf16: column, column_byte: column };
    let place = Place { span: Span::new(4211, 4222), start: at(23), end: at(34) };
    let edits = vec![Edit { span: place.span, replacement: "[Important]".to_owned() }];
    let fix = Some(Fix { applicability: Applicability::Unsafe, edits });
    Finding { field: FieldName::Subject, confidence: Confidence::Low, place, fix, ..finding }
}

fn reports() -> Vec<FileReport> {
    let thanks = "Thank you for your order!";
    let thanks_only = whole(
        "thank-you-only",
        Severity::Error,
        thanks,
        "the message only says thanks, which is no reason to write",
        "do not send it",
    );
    let vague = finding(
        "link-text-vague",
        Severity::Note,
        "See the instructions «here», please\u{1B}[31m.",
        "`here` does not say where the link leads",
        "name the page in the text of the link",
    );
    let marketplace = Finding {
        field: FieldName::Metadata,
        field_chars: None,
        ..finding(
            "metadata-unreadable",
            Severity::Warning,
            "marketplace: «Germny»",
            "`Germny` is no marketplace that is known",
            "write its country code, such as `DE`",
        )
    };
    let reply = MessageReport {
        kind: Kind::Reply,
        kind_origin: KindOrigin::Metadata,
        ..message(None, vec![marketplace, vague])
    };
    let export = |record, findings| file("export.jsonl", vec![message(Some(record), findings)]);
    vec![
        file("drafts/a.txt", vec![message(None, vec![reward(), heart()])]),
        file("drafts/clean.txt", vec![message(None, Vec::new())]),
        file("drafts/grün.md", vec![reply]),
        export((17, Some("m-17")), vec![in_subject_of_a_record()]),
        export((18, None), vec![thanks_only]),
        export((19, Some("m-19")), Vec::new()),
    ]
}

fn told(format: OutputFormat, style: Style, reports: &[FileReport]) -> String {
    let (mut reporter, mut summary, mut out) = (Reporter::new(format, style), Summary::default(), Vec::new());
    reporter.begin(&mut out).unwrap();
    for report in reports {
        summary.add(report);
        reporter.file(report, &mut out).unwrap();
    }
    reporter.finish(&summary, &mut out).unwrap();
    String::from_utf8(out).unwrap().replace(env!("CARGO_PKG_VERSION"), "VERSION")
}

#[test]
fn full() {
    insta::assert_snapshot!(told(OutputFormat::Full, PLAIN, &reports()));
}

#[test]
fn full_in_ascii_and_narrow() {
    insta::assert_snapshot!(told(OutputFormat::Full, Style { ascii: true, width: 50, ..PLAIN }, &reports()));
}

#[test]
fn full_in_colour() {
    let told = told(OutputFormat::Full, Style { colour: true, ..PLAIN }, &reports());
    insta::assert_snapshot!(told.replace('\x1B', "␛"));
}

#[test]
fn colour_adds_nothing_but_colour() {
    let coloured = told(OutputFormat::Full, Style { colour: true, ..PLAIN }, &reports());
    assert_eq!(without_colour(&coloured), told(OutputFormat::Full, PLAIN, &reports()));
}

#[test]
fn concise() {
    insta::assert_snapshot!(told(OutputFormat::Concise, PLAIN, &reports()));
}

#[test]
fn json() {
    let told = told(OutputFormat::Json, PLAIN, &reports());
    let value: serde_json::Value = serde_json::from_str(&told).unwrap();
    assert_eq!(value["files"][3]["messages"].as_array().unwrap().len(), 3);
    insta::assert_snapshot!(told);
}

#[test]
fn jsonl() {
    let told = told(OutputFormat::Jsonl, PLAIN, &reports());
    for line in told.lines() {
        serde_json::from_str::<serde_json::Value>(line).unwrap();
    }
    insta::assert_snapshot!(told);
}

#[test]
fn one_clean_file() {
    let reports = [file("a.txt", vec![message(None, Vec::new())])];
    let style = Style { several_files: false, ..PLAIN };
    insta::assert_snapshot!(told(OutputFormat::Full, style, &reports));
    assert_eq!(told(OutputFormat::Concise, style, &reports), "");
    assert_eq!(told(OutputFormat::Jsonl, style, &reports), "");
}

#[test]
fn no_file_at_all() {
    insta::assert_snapshot!(told(OutputFormat::Full, PLAIN, &[]), @"No message was checked.");
    let json = told(OutputFormat::Json, PLAIN, &[]);
    assert_eq!(serde_json::from_str::<serde_json::Value>(&json).unwrap()["files"], serde_json::json!([]));
}

#[test]
fn files_that_cannot_be_read_are_counted() {
    let mut summary = Summary::default();
    summary.unreadable_files += 2;
    let mut out = Vec::new();
    Reporter::new(OutputFormat::Full, PLAIN).finish(&summary, &mut out).unwrap();
    assert_eq!(String::from_utf8(out).unwrap(), "No message was checked. 2 files could not be read.\n");
}

#[test]
fn verdicts() {
    let named = |severity| whole("a-rule", severity, "text", "what", "how");
    let (error, warning, note) = (named(Severity::Error), named(Severity::Warning), named(Severity::Note));
    for (findings, verdict) in [
        (vec![&error], "Do not send: 1 thing Amazon forbids"),
        (vec![&error, &error], "Do not send: 2 things Amazon forbids"),
        (
            vec![&error, &warning, &note, &note],
            "Do not send: 1 thing Amazon forbids (and 1 warning, 2 notes)",
        ),
        (vec![&error, &note], "Do not send: 1 thing Amazon forbids (and 1 note)"),
        (vec![&warning; 3], "Can be sent, but read this first: 3 warnings"),
        (vec![&warning, &note], "Can be sent, but read this first: 1 warning, 1 note"),
        (vec![&note], "Nothing forbidden was found: 1 note"),
    ] {
        let findings = findings.into_iter().cloned().collect();
        let told = told(
            OutputFormat::Full,
            Style { several_files: false, ..PLAIN },
            &[file("a.txt", vec![message(None, findings)])],
        );
        assert_eq!(told.lines().next(), Some(verdict));
    }
}

#[test]
fn names_cannot_steer_a_terminal_either() {
    let reports =
        [file("a\u{1B}[2J\n.txt", vec![message(Some((1, Some("\u{202E}id\u{7}"))), vec![heart()])])];
    for format in OutputFormat::ALL {
        let told = told(*format, PLAIN, &reports);
        assert!(!told.contains(['\u{1B}', '\u{202E}', '\u{7}']), "{told}");
    }
}

#[test]
fn a_line_of_five_megabytes_prints_little() {
    let filler = "word 漢字 \u{1B}".repeat(400_000);
    for drawn in [
        format!("{filler}«offence»{filler}"),
        format!("{filler}«{filler}»{filler}"),
        format!("«a\n{filler}»"),
    ] {
        let finding = finding("rule", Severity::Error, &drawn, &filler, &filler);
        let reports = [file("a.txt", vec![message(None, vec![finding])])];
        for (colour, ascii) in [(false, false), (true, true)] {
            let told = told(OutputFormat::Full, Style { colour, ascii, width: 1_000_000, ..PLAIN }, &reports);
            assert!(told.len() < 10_000, "{} bytes", told.len());
        }
    }
}

/// Takes away the colours that a report may set itself.
fn without_colour(text: &str) -> String {
    ["\x1B[0m", "\x1B[1m", "\x1B[2m", "\x1B[1;31m", "\x1B[1;33m", "\x1B[1;36m"]
        .iter()
        .fold(text.to_owned(), |text, code| text.replace(code, ""))
}

/// Text as a spiteful draft has it: any characters, and many of those that steer.
fn spiteful() -> impl Strategy<Value = String> {
    let pieces = prop_oneof![
        any::<char>().prop_map(String::from),
        prop::sample::select(vec![
            "\n",
            "\r",
            "\r\n",
            "\t",
            "\u{1B}[31m",
            "\u{9B}",
            "\u{7}",
            "\u{85}",
            "\u{2028}",
            "\u{2029}",
            "\u{0B}",
            "\u{0C}",
            "\u{202E}",
            "\u{2066}",
            "\u{200D}",
            "\u{FE0F}",
            "\u{301}",
            "👍🏽",
            "🇩🇪",
            "漢",
            "…",
            " ",
            "word",
        ])
        .prop_map(str::to_owned),
    ];
    prop::collection::vec(pieces, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn no_text_steers_the_terminal_or_stops_the_report(
        text in spiteful(),
        marks in (any::<prop::sample::Index>(), any::<prop::sample::Index>()),
        first_line in prop_oneof![Just(1), 1..2_000_usize, Just(usize::MAX / 2)],
        (colour, ascii, width) in (any::<bool>(), any::<bool>(), 0..200_usize),
    ) {
        let ends: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let (a, b) = (*marks.0.get(&ends), *marks.1.get(&ends));
        let excerpt = Excerpt { text: text.clone(), first_line, mark: a.min(b)..a.max(b) };
        let finding = Finding { excerpt, message: text.clone(), help: text.clone(), ..reward() };
        let reports = [file(&text, vec![message(Some((3, Some(&text))), vec![finding])])];
        let style = Style { colour, ascii, width, several_files: false };
        let told = without_colour(&told(OutputFormat::Full, style, &reports));
        let steering = told.chars().find(|&c| c != '\n' && shown::is_unshowable(c));
        prop_assert_eq!(steering, None, "{}", told);
    }

    #[test]
    fn concise_and_jsonl_keep_to_their_lines(text in spiteful()) {
        let finding = Finding { message: text.clone(), text: text.clone(), ..reward() };
        let reports = [file(&text, vec![message(None, vec![finding.clone(), finding])])];
        for format in [OutputFormat::Concise, OutputFormat::Jsonl] {
            let told = told(format, PLAIN, &reports);
            prop_assert_eq!(told.matches(shown::is_unshowable).collect::<Vec<_>>(), ["\n", "\n"]);
        }
    }

    #[test]
    fn json_keeps_every_character(text in spiteful()) {
        let finding = Finding { text: text.clone(), ..reward() };
        let told = told(OutputFormat::Json, PLAIN, &[file("a.txt", vec![message(None, vec![finding])])]);
        let value: serde_json::Value = serde_json::from_str(&told).unwrap();
        prop_assert_eq!(&value["files"][0]["messages"][0]["findings"][0]["text"], &serde_json::json!(text));
    }
}
