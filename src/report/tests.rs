//! One set of findings, told in every format.

use std::sync::{Arc, LazyLock};

use proptest::prelude::*;

use super::*;
use crate::finding::{
    Confidence, Excerpt, FieldName, Finding, Fingerprint, Kind, Label, Place, RuleId, Severity,
};
use crate::fix::{Applicability, Edit, Fix};
use crate::lint::{KindOrigin, MessageReport, RecordName, Suppressed, Suppression};
use crate::rule::pack::Pack;
use crate::text::{LineIndex, Span};

#[path = "../../tests/package/mod.rs"]
mod package;

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
        is_notice: false,
        confidence: Confidence::High,
        message: message.to_owned(),
        help: help.to_owned(),
        field: FieldName::Body,
        field_chars: Some(chars(start)..chars(end)),
        field_text: Some(0),
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
    Finding {
        field_chars: None,
        field_text: None,
        text: String::new(),
        confidence: Confidence::Medium,
        excerpt,
        ..finding
    }
}

fn message(record: Option<(usize, Option<&str>)>, findings: Vec<Finding>) -> MessageReport {
    MessageReport {
        record: record.map(|(number, id)| RecordName { number, id: id.map(str::to_owned) }),
        kind: Kind::Proactive,
        kind_origin: KindOrigin::Default,
        channel: None,
        findings,
        suppressed: Vec::new(),
        texts: Vec::new(),
        allows: Vec::new(),
        allowed_hosts: Vec::new(),
        unlisted: Default::default(),
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
        field_text: None,
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

/// The built-in pack, read once, with two rules, whose pages no change of the pack shall change here.
fn builtin() -> Pack {
    static PACK: LazyLock<Pack> = LazyLock::new(|| {
        let mut pack = crate::rule::builtin::pack();
        pack.rules.retain(|page| ["emoji", "thank-you-only"].contains(&page.id.as_str()));
        for page in &mut pack.rules {
            page.rule.title = format!("title of {}", page.id);
            page.rule.explain =
                "What it finds: `{this}` <and> that,\nin two lines.\n\nWhy: [so](it) is.\n".to_owned();
            page.rule.help = "do it not".to_owned();
        }
        pack
    });
    PACK.clone()
}

/// The shared reports, and one with what was accepted.
fn with_accepted() -> Vec<FileReport> {
    let accepted = |finding, by| Suppressed { finding, by };
    let reason = || "the ring is named so".to_owned();
    let suppressed = vec![
        accepted(reward(), Suppression::InSource { reason: reason() }),
        accepted(heart(), Suppression::Configuration { reason: reason() }),
        accepted(heart(), Suppression::Baseline),
    ];
    let mut reports = reports();
    reports.push(file("old.txt", vec![MessageReport { suppressed, ..message(None, Vec::new()) }]));
    reports
}

fn told(format: OutputFormat, style: Style, reports: &[FileReport]) -> String {
    let mut manual = Manual::default();
    if format.needs_manual() {
        manual.add(&[builtin()]);
    }
    let mut reporter = Reporter::new(format, style, &Arc::new(manual));
    let (mut summary, mut out) = (Summary::default(), Vec::new());
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
fn sarif() {
    let told = told(OutputFormat::Sarif, PLAIN, &with_accepted());
    assert_follows_schema(&told);
    insta::assert_snapshot!(told);
}

#[test]
fn github() {
    insta::assert_snapshot!(told(OutputFormat::Github, PLAIN, &with_accepted()));
}

#[test]
fn gitlab() {
    insta::assert_snapshot!(told(OutputFormat::Gitlab, PLAIN, &with_accepted()));
}

#[test]
fn junit() {
    let told = told(OutputFormat::Junit, PLAIN, &with_accepted());
    assert_is_xml(&told);
    insta::assert_snapshot!(told);
}

#[test]
fn checkstyle() {
    let told = told(OutputFormat::Checkstyle, PLAIN, &with_accepted());
    assert_is_xml(&told);
    insta::assert_snapshot!(told);
}

#[test]
fn markdown() {
    insta::assert_snapshot!(told(OutputFormat::Markdown, PLAIN, &with_accepted()));
}

/// Holds a SARIF log against the schema of the standard, and rules against the results that name them.
fn assert_follows_schema(told: &str) {
    static VALIDATOR: LazyLock<jsonschema::Validator> = LazyLock::new(|| {
        let schema = package::folder("serde-sarif").join("src/schema.json");
        // As it is published it has a pattern with a bracket that nothing opens.
        let schema = std::fs::read_to_string(schema).unwrap().replace("{2}]?$", "{2}$");
        let options = jsonschema::options().should_validate_formats(true);
        options.build(&serde_json::from_str(&schema).unwrap()).unwrap()
    });
    let log: serde_json::Value = serde_json::from_str(told).unwrap();
    let mistakes: Vec<String> =
        VALIDATOR.iter_errors(&log).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(mistakes.is_empty(), "{mistakes:#?}");
    let run = &log["runs"][0];
    for result in run["results"].as_array().unwrap() {
        let number = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(run["tool"]["driver"]["rules"][number]["id"], result["ruleId"]);
    }
}

/// Reads XML to its end: one element at the top, every one closed, attributes that can be read, no other markup, no
/// reference but to the five signs, and no character that XML forbids.
fn assert_is_xml(told: &str) {
    use quick_xml::events::{BytesStart, Event};

    let attributes = |tag: &BytesStart<'_>| tag.attributes().for_each(|attribute| drop(attribute.unwrap()));
    let mut reader = quick_xml::Reader::from_str(told);
    let (mut depth, mut roots) = (0, 0);
    loop {
        match reader.read_event().unwrap() {
            Event::Start(tag) => {
                roots += usize::from(depth == 0);
                depth += 1;
                attributes(&tag);
            }
            Event::Empty(tag) => {
                assert!(depth > 0, "{told}");
                attributes(&tag);
            }
            Event::End(_) => depth -= 1,
            Event::GeneralRef(name) => {
                assert!(["amp", "lt", "gt", "quot", "apos"].contains(&&*name), "{told}");
            }
            Event::Decl(_) | Event::Text(_) => {}
            Event::Eof => break,
            Event::Comment(_) | Event::CData(_) | Event::PI(_) | Event::DocType(_) => panic!("{told}"),
        }
    }
    assert_eq!((depth, roots), (0, 1), "{told}");
    let is_allowed = |c: char| matches!(c, '\n' | ' '..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..);
    assert!(told.chars().all(is_allowed), "{told}");
}

fn unread(path: &str) -> Unread {
    Unread { path: path.to_owned(), reason: format!("cannot read `{path}`: no <right>") }
}

/// Who reads nothing but a report sees which files are missing in it, and why.
#[test]
fn files_that_cannot_be_read_are_named_in_every_report() {
    let mut summary = Summary::default();
    summary.unread = (0..30).map(|number| unread(&format!("a&{number}.zip"))).collect();
    for format in OutputFormat::ALL
        .iter()
        .filter(|format| !matches!(format, OutputFormat::Full | OutputFormat::Concise))
    {
        let mut out = Vec::new();
        let mut reporter = Reporter::new(*format, PLAIN, &Arc::default());
        reporter.begin(&mut out).unwrap();
        reporter.finish(&summary, &mut out).unwrap();
        let told = String::from_utf8(out).unwrap();
        let wanted = match format {
            OutputFormat::Json => r#"{"path":"a&0.zip","message":"cannot read `a&0.zip`: no <right>"}"#,
            OutputFormat::Jsonl => {
                r#"{"path":"a&0.zip","record":null,"rule":"unreadable-file","severity":"error""#
            }
            OutputFormat::Sarif => r#""artifactLocation":{"uri":"a%260.zip"}"#,
            OutputFormat::Github => {
                "::error file=a&0.zip,title=unreadable-file::cannot read `a&0.zip`: no <right>"
            }
            OutputFormat::Gitlab => r#""location":{"path":"a&0.zip","lines":{"begin":1,"end":1}}"#,
            OutputFormat::Junit => r#"<testsuite name="a&amp;0.zip" tests="1" failures="0" errors="1""#,
            OutputFormat::Checkstyle => r#"<file name="a&amp;0.zip">"#,
            OutputFormat::Markdown => "- `a&0.zip`: cannot read `a&0.zip`: no &#60;right&#62;",
            _ => "<li><b>a&amp;0.zip</b>: Cannot read <q>a&amp;0.zip</q>: no &lt;right&gt;</li>",
        };
        assert!(told.contains(wanted), "{format:?}: {told}");
        let reasons = ["no <right>", "no &lt;right&gt;", "no &#60;right"];
        let shown: usize = reasons.iter().map(|reason| told.matches(reason).count()).sum();
        assert_eq!(shown, if *format == OutputFormat::Github { 10 } else { 30 }, "{format:?}: {told}");
    }
}

#[test]
fn files_that_cannot_be_read_are_an_error_of_junit_and_a_failure_of_sarif() {
    let finished = |format| {
        let (mut summary, mut out) = (Summary::default(), Vec::new());
        summary.unread.push(unread("a.zip"));
        let mut reporter = Reporter::new(format, PLAIN, &Arc::default());
        reporter.begin(&mut out).unwrap();
        reporter.finish(&summary, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    };
    let junit = finished(OutputFormat::Junit);
    assert_is_xml(&junit);
    assert!(
        junit.contains("<error type=\"unreadable-file\" message=\"cannot read `a.zip`: no &lt;right&gt;\"/>"),
        "{junit}"
    );
    let sarif = finished(OutputFormat::Sarif);
    assert_follows_schema(&sarif);
    assert!(sarif.contains("\"executionSuccessful\":false"), "{sarif}");
}

#[test]
fn github_shows_no_more_than_is_shown_and_says_so() {
    let of = |severity, count| vec![whole("a-rule", severity, "text", "what", "how"); count];
    let findings = [of(Severity::Error, 12), of(Severity::Warning, 10), of(Severity::Note, 11)].concat();
    let told = told(OutputFormat::Github, PLAIN, &[file("a.txt", vec![message(None, findings)])]);
    let lines = |start: &str| told.lines().filter(|line| line.starts_with(start)).count();
    assert_eq!((lines("::error "), lines("::warning "), lines("::notice ")), (10, 10, 10), "{told}");
    assert!(told.contains("::notice title=sellerlint::Not shown here: 2 errors, 2 notes. "), "{told}");
}

#[test]
fn equal_findings_have_different_fingerprints_in_gitlab() {
    let reports = [
        file("a.txt", vec![message(None, vec![heart(), heart()])]),
        file("b.txt", vec![message(None, vec![heart()])]),
    ];
    let issues = |reports: &[FileReport]| -> Vec<serde_json::Value> {
        serde_json::from_str(&told(OutputFormat::Gitlab, PLAIN, reports)).unwrap()
    };
    let of = |issues: Vec<serde_json::Value>| -> Vec<String> {
        issues.iter().map(|issue| issue["fingerprint"].as_str().unwrap().to_owned()).collect()
    };
    let all = of(issues(&reports));
    assert!(all[0] != all[1] && all[0] != all[2] && all[1] != all[2], "{all:?}");
    assert_eq!(of(issues(&reports[1..])), all[2..]);
}

#[test]
fn a_comment_never_grows_too_long_and_errors_come_first() {
    let long = "word ".repeat(100);
    let many = |severity, count| vec![whole("a-rule", severity, "text", &long, "how"); count];
    let files: Vec<FileReport> = (0..200)
        .map(|number| {
            let findings =
                [many(Severity::Note, 20), many(Severity::Warning, 5), many(Severity::Error, 3)].concat();
            file(&format!("{number}.txt"), vec![message(None, findings)])
        })
        .collect();
    let told = told(OutputFormat::Markdown, PLAIN, &files);
    assert!(told.len() < 65_536 && told.len() > 50_000, "{}", told.len());
    let shown = told.matches("| the whole message |").count();
    let rest: usize = told
        .lines()
        .filter_map(|line| line.strip_prefix("And ")?.split(' ').next()?.parse::<usize>().ok())
        .sum();
    assert_eq!(shown + rest, 200 * 28);
    assert!(told.find("**`0.txt`**").unwrap() < told.find("<details>").unwrap());
}

#[test]
fn a_file_that_comes_in_blocks_is_one_file_to_checkstyle() {
    let blocks = [1, 2].map(|number| file("a.csv", vec![message(Some((number, None)), vec![heart()])]));
    assert_eq!(told(OutputFormat::Checkstyle, PLAIN, &blocks).matches("<file ").count(), 1);
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
    summary.unread = vec![unread("a.zip"), unread("b.zip")];
    let mut out = Vec::new();
    Reporter::new(OutputFormat::Full, PLAIN, &Arc::default()).finish(&summary, &mut out).unwrap();
    assert_eq!(String::from_utf8(out).unwrap(), "No message was checked. 2 files could not be read.\n");
}

#[test]
fn verdicts() {
    let named = |severity| whole("a-rule", severity, "text", "what", "how");
    let (error, warning, note) = (named(Severity::Error), named(Severity::Warning), named(Severity::Note));
    let notice = Finding { is_notice: true, ..error.clone() };
    for (findings, verdict) in [
        (vec![&error], "Do not send: 1 thing Amazon forbids"),
        (vec![&error, &error], "Do not send: 2 things Amazon forbids"),
        (
            vec![&error, &warning, &note, &note],
            "Do not send: 1 thing Amazon forbids (and 1 warning, 2 notes)",
        ),
        (vec![&error, &note], "Do not send: 1 thing Amazon forbids (and 1 note)"),
        (vec![&notice], "Mend this first: 1 error that is not about Amazon's rules"),
        (
            vec![&notice, &notice, &note],
            "Mend this first: 2 errors that are not about Amazon's rules (and 1 note)",
        ),
        (
            vec![&error, &notice, &warning],
            "Do not send: 1 thing Amazon forbids, and 1 error of another kind (and 1 warning)",
        ),
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

/// Whether a reader of Markdown finds two rows of four cells, and nothing that a draft may not bring in.
fn assert_has_the_form_of_a_comment(told: &str) {
    use pulldown_cmark::{Event, Options, Parser, Tag};

    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_MATH;
    let (mut rows, mut cells, mut html, mut text) = (0, 0, Vec::new(), String::new());
    for event in Parser::new_ext(told, options) {
        match event {
            Event::Start(Tag::TableRow) => rows += 1,
            Event::Start(Tag::TableCell) => cells += 1,
            Event::Html(tag) | Event::InlineHtml(tag) => html.push(tag.trim().to_owned()),
            Event::Text(words) => text.push_str(&words),
            Event::Start(Tag::Link { dest_url, .. }) => assert!(dest_url.starts_with("https://"), "{told}"),
            Event::Start(Tag::Image { .. } | Tag::Strikethrough | Tag::Emphasis | Tag::BlockQuote(_)) => {
                panic!("{told}")
            }
            Event::InlineMath(_) | Event::DisplayMath(_) | Event::FootnoteReference(_) => panic!("{told}"),
            _ => {}
        }
    }
    assert_eq!((rows, cells), (2, 12), "{told}");
    let own = ["<!-- sellerlint -->", "<details>", "<summary>About these rules</summary>", "</details>"];
    assert!(html.iter().all(|html| own.contains(&html.as_str())), "{html:?} {told}");
    assert!(!text.contains("@a") && !text.contains("#1"), "{told}");
}

/// Text that wants to be markup, a command or a link.
fn hostile() -> impl Strategy<Value = String> {
    let signs = vec![
        "::error::x",
        "%0A",
        "##[error]",
        "\n::error file=a::b\n",
        "::",
        ",",
        "]]>",
        "</failure>",
        "<!--",
        "-->",
        "<",
        ">",
        "&",
        "&lt;",
        "\"",
        "'",
        "|",
        "\\",
        "`",
        "``",
        "```\n",
        "*",
        "_",
        "~~",
        "#1",
        "@a",
        "[a](javascript:b)",
        "![a](b)",
        "<script>",
        "</details>",
        "$$",
        "$a$",
        "\n\n# a\n",
        "\n- a",
        "1. ",
        "{0}",
        "{{a}}",
        "\u{0}",
        "\u{FFFE}",
        "\u{FFFF}",
        "www.a.example",
        "https://a.example",
        "\u{1B}[31m",
        "\r\n",
        "\t",
        "漢",
        "word",
        " ",
    ];
    let piece = prop_oneof![
        1 => any::<char>().prop_map(String::from),
        4 => prop::sample::select(signs).prop_map(str::to_owned),
    ];
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
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
    fn no_text_breaks_a_format(text in hostile()) {
        let label = Label { message: text.clone(), ..reward().labels[0].clone() };
        let finding = Finding { message: text.clone(), help: text.clone(), labels: vec![label], ..heart() };
        let by = Suppression::InSource { reason: text.clone() };
        let suppressed = vec![Suppressed { finding: finding.clone(), by }];
        let one = message(Some((3, Some(&text))), vec![finding.clone(), finding]);
        let reports = [file(&text, vec![MessageReport { suppressed, ..one }])];

        assert_follows_schema(&told(OutputFormat::Sarif, PLAIN, &reports));
        let issues: Vec<serde_json::Value> =
            serde_json::from_str(&told(OutputFormat::Gitlab, PLAIN, &reports)).unwrap();
        prop_assert_eq!(issues.len(), 2);
        for format in [OutputFormat::Junit, OutputFormat::Checkstyle] {
            assert_is_xml(&told(format, PLAIN, &reports));
        }
        let github = told(OutputFormat::Github, PLAIN, &reports);
        let starts: Vec<&str> = github.lines().map(|line| &line[..line.len().min(8)]).collect();
        prop_assert_eq!(starts, ["::error ", "::error ", "sellerli"], "{}", github);
        let markdown = told(OutputFormat::Markdown, PLAIN, &reports);
        assert_has_the_form_of_a_comment(&markdown);
    }

    #[test]
    fn json_keeps_every_character(text in spiteful()) {
        let finding = Finding { text: text.clone(), ..reward() };
        let told = told(OutputFormat::Json, PLAIN, &[file("a.txt", vec![message(None, vec![finding])])]);
        let value: serde_json::Value = serde_json::from_str(&told).unwrap();
        prop_assert_eq!(&value["files"][0]["messages"][0]["findings"][0]["text"], &serde_json::json!(text));
    }
}
