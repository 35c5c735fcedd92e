//! What holds for every input.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use proptest::prelude::{ProptestConfig, any, proptest};
use proptest::{collection::vec, prop_assert, prop_assert_eq, strategy::Strategy};
use sellerlint::document::{Format, ReadAs, RecordFormat, TextFormat};
use sellerlint::finding::{RuleId, Severity};
use sellerlint::fix::{Applicability, apply};
use sellerlint::lint::{FileReport, Linter, Settings};
use sellerlint::rule::builtin;
use sellerlint::text::{LineIndex, MappedText, Source, Span};

fn linter() -> &'static Linter {
    static LINTER: std::sync::OnceLock<Linter> = std::sync::OnceLock::new();
    LINTER.get_or_init(|| Linter::new(builtin::rules()))
}

/// Lines of JSON whose fields are plain text, whatever they look like.
fn lines_of_json() -> ReadAs {
    let format = Format::Records(RecordFormat::Jsonl);
    ReadAs { format, cells: Some(TextFormat::Plain), ..ReadAs::default() }
}

/// The same text as a field in each format that has some.
fn wrapped(body: &str) -> [(&'static str, String); 4] {
    let json = serde_json::json!({ "body": body }).to_string();
    [
        ("jsonl", json.clone()),
        ("json", format!("[\n{json}\n]")),
        ("yaml", format!("- {json}\n")),
        ("csv", format!("id,body\r\n1,\"{}\"\r\n", body.replace('"', "\"\""))),
    ]
}

/// What a part of a field says.
fn unwrapped(format: &str, part: &str) -> String {
    match format {
        "csv" => part.replace("\"\"", "\""),
        _ => serde_json::from_str(&format!("\"{part}\"")).unwrap(),
    }
}

fn reading_of(format: &str) -> ReadAs {
    let format = Format::ALL.iter().copied().find(|known| known.name() == format).unwrap();
    let bodies = vec!["[].body".parse().unwrap()];
    ReadAs { format, bodies, cells: Some(TextFormat::Plain), ..ReadAs::default() }
}

/// What is told of the words of a message.
fn told(report: &FileReport) -> Vec<(RuleId, Severity, Option<std::ops::Range<usize>>, String)> {
    let findings = report.messages.iter().flat_map(|message| &message.findings);
    findings
        .map(|finding| {
            (finding.rule.clone(), finding.severity, finding.field_chars.clone(), finding.text.clone())
        })
        .collect()
}

/// Every place of a report lies in the file and is in order.
fn check_places(
    report: &FileReport,
    bytes: &[u8],
    is_plain: bool,
) -> Result<(), proptest::test_runner::TestCaseError> {
    for message in &report.messages {
        for finding in &message.findings {
            let span = finding.place.span;
            prop_assert!(span.end() <= bytes.len(), "{finding:?}");
            if let Ok(text) = std::str::from_utf8(bytes) {
                prop_assert!(
                    text.is_char_boundary(span.start()) && text.is_char_boundary(span.end()),
                    "{finding:?}"
                );
                if finding.field_chars.is_some() && is_plain && !text.starts_with('\u{FEFF}') {
                    prop_assert_eq!(&text[span.range()], &finding.text);
                }
                if is_plain && !text.starts_with('\u{FEFF}') {
                    let lines = LineIndex::new(text);
                    prop_assert_eq!(finding.place.start, lines.position(text, span.start()));
                    prop_assert_eq!(finding.place.end, lines.position(text, span.end()));
                }
            }
            prop_assert!(finding.excerpt.text.is_char_boundary(finding.excerpt.mark.start));
            prop_assert!(finding.excerpt.text.is_char_boundary(finding.excerpt.mark.end));
        }
    }
    Ok(())
}

/// Text with what rules look for in it, cut and put together anywhere.
fn seasoned() -> impl Strategy<Value = String> {
    let pieces = [
        "Thank you! ",
        "leave us a 5-star review",
        " 20% off ",
        "http://bit.ly/x",
        "a@b.com ",
        "+1 202 555 0143",
        "😀",
        "\n\n\n\n",
        "{{order-id}}",
        "«OrderNo»",
        "{{größe}}",
        "[Important] ",
        "Subject: hi\n",
        "---\nkind: reply\n---\n",
        "+++\nfinal = true\n+++\n",
        "> quoted\n",
        "On Monday Anna wrote:\n",
        "re\u{AD}view",
        "ﬁve stars",
        "name (at) host dot com",
        "WhatsApp",
        "é",
        "\r\n",
        "\t",
        "123-4567890-1234567",
        "4111 1111 1111 1111",
        "İ",
        "\u{1A}",
        "\u{202E}",
        "if you are happy, ",
        "İstanbul",
        "e\u{301}",
        "\u{200B}",
        "ﷺ",
        "[[",
        "]]",
        "%%",
        "<",
        ">",
        "’",
    ];
    vec((0..pieces.len(), any::<Option<char>>()), 0..24).prop_map(move |parts| {
        parts
            .into_iter()
            .map(|(piece, extra)| format!("{}{}", pieces[piece], extra.map_or(String::new(), String::from)))
            .collect()
    })
}

/// Pieces of drafts, in any order.
fn any_of(pieces: &'static [&'static str]) -> impl Strategy<Value = String> {
    vec(0..pieces.len(), 0..20).prop_map(|parts| parts.into_iter().map(|part| pieces[part]).collect())
}

/// Sentences with one slip or two, and some without.
const SLOVENLY: &[&str] = &[
    "We will recieve the lamp. ",
    "It is on the the table , and it works alot.\n",
    "You could of told us of of it. ",
    "If i'm right, its a lamp !\n\n",
    "«OrderNo») ",
    "{{größe}},",
    "The Adress is here.Please look. ",
    "Hello,we wait (so do you. ",
    "It was recievd 😀 by you.\n\n\n\n",
    "Take a hour for {{order-id}} , please. ",
    "It is right as it stands, (all of it). ",
];

/// What may be wrong with a sentence, without the sentence.
const CRUMBS: &[&str] = &[
    " recieve",
    " the the",
    " of",
    " ,",
    " . ",
    ",",
    ".Please",
    "!We",
    "!",
    " alot",
    " could of",
    " could of course",
    " its a",
    " your welcome",
    " i am",
    " i'm",
    " recievd",
    " (",
    ")",
    " \"",
    "😀",
    "\n",
    "\n\n\n\n",
    " {{order-id}}",
    " a hour",
    " :",
    " you",
];

/// A draft after its safe fixes.
fn fixed(draft: &str) -> String {
    let report = linter().lint("x", draft.as_bytes(), &ReadAs::default(), &Settings::default());
    let findings = report.messages.iter().flat_map(|message| &message.findings);
    let fixes = findings.filter_map(|finding| finding.fix.as_ref());
    String::from_utf8(apply(draft.as_bytes(), fixes, Applicability::Safe).bytes).unwrap()
}

proptest! {
    #[test]
    fn what_is_fixed_needs_no_fix(draft in any_of(SLOVENLY)) {
        let once = fixed(&draft);
        prop_assert_eq!(&fixed(&once), &once, "{:?}", draft);
    }

    /// Where one slip hides another, the next round finds it, and there is a last round.
    #[test]
    fn fixes_come_to_an_end(crumbs in any_of(CRUMBS)) {
        let mut draft = format!("We have it and{crumbs}");
        for _ in 0..8 {
            draft = fixed(&draft);
        }
        prop_assert_eq!(&fixed(&draft), &draft, "{:?}", crumbs);
    }

    #[test]
    fn every_byte_string_gets_an_answer(bytes in vec(any::<u8>(), 0..400)) {
        let report = linter().lint("x", &bytes, &ReadAs::default(), &Settings::default());
        check_places(&report, &bytes, true)?;
    }

    #[test]
    fn every_text_gets_an_answer_with_exact_places(text in seasoned()) {
        let report = linter().lint("x", text.as_bytes(), &ReadAs::default(), &Settings::default());
        check_places(&report, text.as_bytes(), true)?;
    }

    #[test]
    fn every_record_gets_an_answer(bodies in vec(seasoned(), 1..4), junk in ".{0,40}") {
        let mut lines = junk.replace(['\n', '\r'], " ");
        for body in &bodies {
            lines.push('\n');
            lines.push_str(&serde_json::json!({ "id": 1, "body": body }).to_string());
        }
        let report = linter().lint("x", lines.as_bytes(), &lines_of_json(), &Settings::default());
        check_places(&report, lines.as_bytes(), false)?;
        let expected = bodies.len() + usize::from(!junk.as_bytes().trim_ascii().is_empty());
        prop_assert!(report.messages.len() == expected || report.messages.len() == bodies.len());
    }

    #[test]
    fn every_byte_string_gets_an_answer_in_every_format(bytes in vec(any::<u8>(), 0..200), text in seasoned(), format in 0..Format::ALL.len()) {
        for bytes in [&bytes, text.as_bytes()] {
            let bodies = std::vec!["**".parse().unwrap()];
            let reading = ReadAs { format: Format::ALL[format], bodies, ..ReadAs::default() };
            let report = linter().lint("x", bytes, &reading, &Settings::default());
            check_places(&report, bytes, false)?;
        }
    }

    #[test]
    fn composing_places_is_associative(cuts in vec((0usize..4, 1usize..4), 1..12)) {
        let (mut outer, mut at) = (MappedText::new(), 0);
        for (gap, length) in &cuts {
            at += gap;
            if gap % 2 == 0 { outer.push_verbatim(&"a".repeat(*length), at) } else { outer.push_replaced(&"b".repeat(*length), Span::new(at, at + 2)) }
            at += length.max(&2);
        }
        let text = outer.text().to_owned();
        let mut middle = MappedText::new();
        for (index, _) in text.char_indices().filter(|(index, _)| index % 3 != 2) {
            if index % 2 == 0 { middle.push_verbatim("m", index) } else { middle.push_replaced("nn", Span::new(index, index + 1)) }
        }
        let middle_text = middle.text().to_owned();
        let inner = MappedText::verbatim(&middle_text, 0);
        let left = inner.clone().through(&middle).through(&outer);
        let right = inner.through(&middle.clone().through(&outer));
        for start in 0..middle_text.len() {
            for end in start..=middle_text.len() {
                prop_assert_eq!(left.span(start..end), right.span(start..end));
            }
        }
    }

    #[test]
    fn decoding_keeps_order(bytes in vec(any::<u8>(), 0..200)) {
        let source = Source::new(&bytes, None);
        let text = source.text().text();
        let mut last = 0;
        for (at, c) in text.char_indices() {
            let span = source.text().span(at..at + c.len_utf8());
            prop_assert!(span.start() >= last || span.end() <= bytes.len());
            last = span.start();
        }
    }
}

proptest! {
    // Each case is judged five times.
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_field_is_judged_like_the_same_text(body in "[a-zA-Z ,.!?\n😀%{}\"']{0,120}", season in seasoned()) {
        let body = format!("x {season}{body}");
        let of_text = linter().lint("x", body.as_bytes(), &ReadAs::default(), &Settings::default());
        for (format, file) in wrapped(&body) {
            let report = linter().lint("x", file.as_bytes(), &reading_of(format), &Settings::default());
            prop_assert_eq!(told(&report), told(&of_text), "{:?}", file);
            check_places(&report, file.as_bytes(), false)?;
            for finding in report.messages.iter().flat_map(|message| &message.findings) {
                let Some(chars) = finding.field_chars.clone() else { continue };
                let named: String = body.chars().skip(chars.start).take(chars.len()).collect();
                prop_assert_eq!(&named, &finding.text);
                prop_assert_eq!(unwrapped(format, &file[finding.place.span.range()]), named, "{:?}", file);
            }
        }
    }
}
