//! The whole report, read as a browser reads it.

use html5gum::{Token, Tokenizer};
use proptest::prelude::*;
use sha2::{Digest as _, Sha256};

use super::super::{Manual, OutputFormat, Reporter, Style, Summary};
use super::*;
use crate::document::{Format, MessageFormat, ReadAs, Scope};
use crate::finding::{Confidence, Excerpt, FieldName, Finding, Fingerprint, Kind, Place, RuleId, Severity};
use crate::fix::{Applicability, Edit, Fix};
use crate::lint::{FieldText, KindOrigin, Linter, MessageReport, Settings, Suppressed, Suppression};
use crate::rule::builtin;
use crate::text::{Position, Span};

const STYLE_OF_SCREEN: Style = Style { colour: false, ascii: false, width: 80, several_files: true };

/// A finding on characters of a text of the message; on none, one about the whole message.
fn finding(rule: &str, severity: Severity, place: Option<(usize, std::ops::Range<usize>)>) -> Finding {
    let position = Position { line: 1, column: 1, column_utf16: 1, column_byte: 1 };
    Finding {
        rule: RuleId::new(rule),
        fingerprint: Fingerprint::new(&RuleId::new(rule), ""),
        severity,
        is_notice: false,
        confidence: Confidence::High,
        message: "`this` is forbidden".to_owned(),
        help: "write something else".to_owned(),
        field: FieldName::Body,
        field_chars: place.as_ref().map(|(_, chars)| chars.clone()),
        field_text: place.as_ref().map(|(text, _)| *text),
        place: Place { span: Span::new(0, 0), start: position, end: position },
        page: None,
        text: place.map_or_else(String::new, |_| "this".to_owned()),
        excerpt: Excerpt { text: "see this here".to_owned(), first_line: 1, mark: 4..8 },
        labels: Vec::new(),
        also: Vec::new(),
        fix: None,
    }
}

fn text(field: FieldName, text: &str) -> FieldText {
    FieldText { field, scope: Scope::Text, is_repeat: false, text: text.to_owned() }
}

fn message(texts: Vec<FieldText>, findings: Vec<Finding>) -> MessageReport {
    MessageReport {
        record: None,
        kind: Kind::Proactive,
        kind_origin: KindOrigin::Default,
        channel: None,
        findings,
        suppressed: Vec::new(),
        texts,
        allowed_hosts: Vec::new(),
        allows: Vec::new(),
        unlisted: Default::default(),
        unchecked: Vec::new(),
    }
}

fn told_by(manual: Manual, files: &[FileReport]) -> String {
    let mut reporter = Reporter::new(OutputFormat::Html, STYLE_OF_SCREEN, &Arc::new(manual));
    let (mut summary, mut out) = (Summary::default(), Vec::new());
    reporter.begin(&mut out).unwrap();
    for file in files {
        summary.add(file);
        reporter.file(file, &mut out).unwrap();
    }
    reporter.finish(&summary, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn told(path: &str, messages: Vec<MessageReport>) -> String {
    told_by(Manual::default(), &[FileReport { path: path.to_owned(), messages }])
}

/// A report of drafts as the rules judge them.
fn judged(drafts: &[(&str, MessageFormat, &str)]) -> String {
    let linter = Linter::new(builtin::rules());
    let settings = Settings { keeps_texts: true, ..Settings::default() };
    let judge = |(path, format, draft): &(&str, MessageFormat, &str)| {
        let reading = ReadAs { format: Format::Message(*format), ..ReadAs::default() };
        linter.lint(path, draft.as_bytes(), &reading, &settings)
    };
    let mut manual = Manual::default();
    manual.add(&[builtin::pack()]);
    told_by(manual, &drafts.iter().map(judge).collect::<Vec<_>>())
}

/// What a browser reads: names of elements in order, and what stands between them.
#[derive(Debug, Default)]
struct Read {
    elements: Vec<(String, String)>,
    text: String,
}

/// Reads a report, in which every element has to be closed where it should be.
fn read(html: &str) -> Read {
    const VOID: &[&str] = &["meta", "input", "br"];
    let (mut read, mut open) = (Read::default(), Vec::new());
    for token in Tokenizer::new(html) {
        match token.unwrap() {
            Token::StartTag(tag) => {
                let name = String::from_utf8(tag.name.0.clone()).unwrap();
                let id = tag.attributes.get(b"id".as_slice());
                let id = id.map_or(String::new(), |id| String::from_utf8(id.value.0.clone()).unwrap());
                if !VOID.contains(&name.as_str()) && !tag.self_closing {
                    open.push(name.clone());
                }
                read.elements.push((name, id));
            }
            Token::EndTag(tag) => {
                let name = String::from_utf8(tag.name.0.clone()).unwrap();
                assert_eq!(open.pop().as_ref(), Some(&name), "{html}");
            }
            Token::String(text) => read.text.push_str(std::str::from_utf8(&text.value).unwrap()),
            Token::Error(error) => panic!("{:?}: {html}", error.value),
            Token::Comment(_) | Token::Doctype(_) => {}
        }
    }
    assert_eq!(open, Vec::<String>::new());
    read
}

impl Read {
    fn count(&self, name: &str) -> usize {
        self.elements.iter().filter(|(element, _)| element == name).count()
    }

    fn ids(&self, prefix: char) -> Vec<&str> {
        let ids = self.elements.iter().map(|(_, id)| id.as_str());
        ids.filter(|id| id.starts_with(prefix) && id.contains('-')).collect()
    }
}

const DRAFT: &str = "Subject: Your order 🎁\n\nDear <b>Anna</b>,\n\nplease leave us a 5 star review and get 20% off, or call \
                     +1 202 555 0143.\n\nBest wishes\n";

#[test]
fn a_small_report() {
    let texts = vec![
        text(FieldName::Subject, "Your order"),
        text(FieldName::Body, "Hi <Anna>,\r\n\r\nnow & here: this"),
    ];
    let edits = vec![Edit { span: Span::new(0, 0), replacement: "that".to_owned() }];
    let findings = vec![
        finding("order-id-missing", Severity::Warning, None),
        finding("review-pressure", Severity::Error, Some((1, 4..17))),
        Finding {
            fix: Some(Fix { applicability: Applicability::Safe, edits }),
            also: vec![RuleId::new("other")],
            ..finding("link-insecure", Severity::Note, Some((1, 15..23)))
        },
        Finding {
            field_text: None,
            field_chars: None,
            ..finding("margin", Severity::Error, Some((0, 0..0)))
        },
    ];
    let html = told("a.txt", vec![message(texts, findings)]);
    let main = &html[html.find("<main>").unwrap()..html.find("<footer>").unwrap()];
    insta::assert_snapshot!(main);
}

#[test]
fn drafts_in_several_formats() {
    let html = judged(&[
        ("a.txt", MessageFormat::Txt, DRAFT),
        (
            "b.html",
            MessageFormat::Html,
            "<p style=\"font-size: 40px\">Your order is <a href=\"http://x.example\">here</a>.</p>",
        ),
    ]);
    let read = read(&html);
    assert!(read.ids('f').len() > 6, "{:?}", read.ids('f'));
    assert_eq!(read.count("mark"), read.ids('f').len());
    for words in ["Dear <b>Anna</b>,\n\nplease", "Where links and pictures lead", "What it finds"] {
        assert!(read.text.contains(words), "{words}: {}", read.text);
    }
}

#[test]
fn the_policy_names_our_style_and_our_script() {
    for (what, hash) in [(STYLE, STYLE_HASH), (SCRIPT, SCRIPT_HASH)] {
        assert_eq!(base64(&Sha256::digest(what)), hash);
    }
    let html = told("a.txt", Vec::new());
    assert!(
        html.contains(&format!("<style>{STYLE}</style>"))
            && html.contains(&format!("<script>{SCRIPT}</script>"))
    );
    assert!(html.contains("default-src 'none'") && !html.contains("unsafe-inline"));
}

fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let quantum =
        |three: &[u8]| {
            let bits = three.iter().fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte))
                << (8 * (3 - three.len()));
            (0..4)
                .map(|at| {
                    if at > three.len() {
                        '='
                    } else {
                        LETTERS[(bits >> (18 - 6 * at) & 63) as usize] as char
                    }
                })
                .collect::<String>()
        };
    bytes.chunks(3).map(quantum).collect()
}

#[test]
fn nothing_in_a_draft_becomes_markup() {
    let evil = "</mark></div><script>alert(1)</script><img src=x onerror=alert(1)>\u{202E}\u{0}'\"&amp;";
    let mut one = finding("</li><script>", Severity::Error, Some((1, 3..9)));
    (one.message, one.help) = (evil.to_owned(), evil.to_owned());
    one.excerpt.text = evil.to_owned();
    let beside = Finding { field_text: None, field_chars: None, ..one.clone() };
    let by = Suppression::Configuration { reason: evil.to_owned() };
    let suppressed = vec![Suppressed { finding: one.clone(), by }];
    let texts = vec![text(FieldName::Subject, evil), text(FieldName::Body, evil)];
    let report = MessageReport { suppressed, ..message(texts, vec![one, beside]) };
    let html = told(evil, vec![report]);
    let clean = told("a.txt", Vec::new());
    let read = read(&html);
    assert_eq!((read.count("script"), read.count("img"), read.count("mark")), (1, 0, 2));
    assert!(read.text.contains("</mark></div><script>alert(1)</script>"), "{}", read.text);
    assert!(!html.contains(['\u{202E}', '\u{0}']) && clean.contains("No message was checked"));
}

#[test]
fn what_was_accepted_is_folded_away_with_its_reason() {
    let one = finding("emoji", Severity::Error, None);
    let accepted = |by| Suppressed { finding: one.clone(), by };
    let suppressed = vec![
        accepted(Suppression::InSource { reason: "our logo".to_owned() }),
        accepted(Suppression::Baseline),
    ];
    let html = told("a.txt", vec![MessageReport { suppressed, ..message(Vec::new(), Vec::new()) }]);
    let read = read(&html);
    assert_eq!((read.count("mark"), read.count("details")), (0, 1));
    for words in [
        "2 findings accepted",
        "Accepted in the file: our logo",
        "the baseline was taken",
        "Nothing was found",
    ] {
        assert!(read.text.contains(words), "{words}: {}", read.text);
    }
}

#[test]
fn messages_without_findings_are_only_counted() {
    let clean = message(vec![text(FieldName::Body, "nothing to see")], Vec::new());
    let html = told("a.txt", vec![clean.clone(), clean]);
    let read = read(&html);
    assert_eq!(read.count("article"), 0);
    assert!(read.text.contains("Checked 2 messages") && !read.text.contains("nothing to see"));
}

#[test]
fn of_many_files_the_worst_are_shown_and_the_rest_is_named() {
    let files: Vec<FileReport> = (0..200)
        .map(|number| {
            let findings = vec![finding("emoji", Severity::Error, None); 1 + number % 7];
            FileReport { path: format!("{number}.txt"), messages: vec![message(Vec::new(), findings)] }
        })
        .collect();
    let read = read(&told_by(Manual::default(), &files));
    assert!(read.text.contains("These are the 50 worst of 200 files."), "{}", read.text);
    assert_eq!(read.count("svg"), 1 + 50 + 1);
}

#[test]
fn a_message_costs_little_whatever_its_length() {
    let long = "word <é> ".repeat(500_000);
    let findings = vec![finding("emoji", Severity::Error, Some((0, 2_000_000..2_500_000))); 3];
    let small = told("a.txt", vec![message(vec![text(FieldName::Body, "word")], findings[..1].to_vec())]);
    let large = told("a.txt", vec![message(vec![text(FieldName::Body, &long)], findings)]);
    let ours = told("a.txt", Vec::new()).len();
    assert!(small.len() - ours < 3_500, "{}", small.len() - ours);
    assert!(large.len() - ours < 45_000, "{}", large.len() - ours);
}

#[test]
fn a_manual_is_told_once_a_message_and_not_for_ever() {
    let files: Vec<FileReport> = (0..100)
        .map(|number| {
            let findings = vec![finding("emoji", Severity::Error, None); 2];
            FileReport { path: format!("{number}.txt"), messages: vec![message(Vec::new(), findings)] }
        })
        .collect();
    let mut manual = Manual::default();
    manual.add(&[builtin::pack()]);
    let read = read(&told_by(manual, &files));
    assert_eq!(read.ids('w').len(), 20);
    assert_eq!(read.text.matches("Why is this so?").count(), 200);
}

proptest! {
    #[test]
    fn every_finding_has_one_mark_and_one_explanation(
        body in "[aé漢\u{202E}<\r\n]{0,40}",
        subject in "[a&\"]{0,8}",
        drawn in prop::collection::vec((0..4_usize, 0..45_usize, 0..45_usize, 0..3_usize), 0..12),
    ) {
        let texts = vec![text(FieldName::Subject, &subject), text(FieldName::Body, &body)];
        let findings: Vec<Finding> = drawn.iter().map(|(text, a, b, severity)| {
            // A text that is not there and characters that are not there are marked beside the message.
            let place = (*text > 0).then(|| (text - 1, *a.min(b)..*a.max(b)));
            finding("emoji", Severity::ALL[*severity], place)
        }).collect();
        let count = findings.len();
        let read = read(&told("a.txt", vec![message(texts, findings)]));
        prop_assert_eq!(read.count("mark"), count);
        let numbers = |prefix| -> std::collections::BTreeSet<String> {
            read.ids(prefix).iter().map(|id| id[1..].to_owned()).collect()
        };
        prop_assert_eq!(numbers('m').len(), count);
        prop_assert_eq!(numbers('m'), numbers('f'));
    }
}
