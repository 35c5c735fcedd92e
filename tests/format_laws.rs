//! What holds for every document of every format: generated ones, and fixtures that were cut up.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::sync::OnceLock;

use proptest::collection::vec;
use proptest::prelude::{ProptestConfig, Strategy, any, prop_assert, prop_assert_eq, proptest};
use proptest::test_runner::TestCaseError;
use sellerlint::decode::{base64, quoted_printable};
use sellerlint::document::{Format, ReadAs, Scope};
use sellerlint::finding::{FieldName, Finding};
use sellerlint::lint::{FileReport, Linter, Settings};
use sellerlint::rule::builtin;

fn linter() -> &'static Linter {
    static LINTER: OnceLock<Linter> = OnceLock::new();
    LINTER.get_or_init(|| Linter::new(builtin::rules()))
}

fn reading(extension: &str) -> ReadAs {
    let format = Format::of_extension(extension).unwrap();
    ReadAs { format, bodies: std::vec!["**".parse().unwrap()], ..ReadAs::default() }
}

fn lint(extension: &str, bytes: &[u8]) -> FileReport {
    linter().lint("x", bytes, &reading(extension), &Settings::default())
}

fn findings(report: &FileReport) -> Vec<&Finding> {
    report.messages.iter().flat_map(|message| &message.findings).collect()
}

/// Places lie in the file and on its characters, in order, and none comes twice.
fn check(report: &FileReport, bytes: &[u8]) -> Result<(), TestCaseError> {
    let text = std::str::from_utf8(bytes).ok();
    for finding in findings(report) {
        let places = finding.labels.iter().map(|label| &label.place).chain([&finding.place]);
        for span in places.map(|place| place.span) {
            prop_assert!(span.end() <= bytes.len(), "{finding:?}");
            let is_cut = |at| text.is_some_and(|text| !text.is_char_boundary(at));
            prop_assert!(!is_cut(span.start()) && !is_cut(span.end()), "{finding:?}");
        }
        prop_assert!(finding.excerpt.text.get(finding.excerpt.mark.clone()).is_some());
    }
    for message in &report.messages {
        // What is said about the message comes first.
        let of_text = message.findings.iter().filter(|finding| {
            matches!(finding.field, FieldName::Body | FieldName::Subject) && !finding.is_whole_message()
        });
        let places: Vec<_> = of_text.map(|finding| finding.place.span.start()).collect();
        prop_assert!(places.is_sorted(), "{places:?}");
        for (at, finding) in message.findings.iter().enumerate() {
            prop_assert!(!message.findings[..at].contains(finding), "{finding:?} comes twice");
        }
    }
    Ok(())
}

/// Pieces put together anyhow.
fn of_pieces(pieces: &'static [&'static str]) -> impl Strategy<Value = String> {
    vec(0..pieces.len(), 0..30)
        .prop_map(move |numbers| numbers.iter().map(|number| pieces[*number]).collect())
}

const SAID: &[&str] = &[
    "Leave us a 5-star review",
    " 20% off ",
    "http://norvik-lamps.com/a ",
    "help@norvik-lamps.com ",
    "+1 206 555 0143 ",
    "😀",
    " the bench is late. ",
    "Grüße ",
    "{{order-id}}",
    "use code SORRY20 ",
    "\n",
    "\n\n\n\n",
];

const HTML: &[&str] = &[
    "Leave us a 5-star review",
    " 20% off ",
    "re<b>vie</b>w",
    "<p>",
    "</p>",
    "<br>",
    "<div style=\"display:none\">",
    "</div>",
    "<a href=\"http://norvik-lamps.com/a?b&amp;c\">",
    "</a>",
    "<img src=x.gif width=1 alt='call +1 206 555 0143'>",
    "&#72;&eacute;&shy;&nbsp;&bogus;",
    "<!--[if mso]>",
    "<![endif]-->",
    "<!-- x -->",
    "<style>p{color:red;font-size:9px}.a{display:none}</style>",
    "<span class=a>",
    "<center><font color=red>",
    "<blockquote type=cite>",
    "{{name}}",
    "{% if a < b %}",
    "<td",
    " title=\"help@norvik-lamps.com\">",
    "<",
    ">",
    "\"",
    "😀",
    "\r\n",
    "&",
];

/// HTML of which everything is shown.
const SHOWN_HTML: &[&str] = &[
    "Leave us a 5-star review",
    " 20% off ",
    "re<b>vie</b>w",
    "<p>",
    "</p>",
    "<br>",
    "<td>",
    "help@norvik<i>-lamps</i>.com ",
    "&#72;&eacute;&shy;&nbsp;",
    "<!-- x -->",
    "+1 206<wbr> 555&#32;0143 ",
    "&#128512;",
    "use code <span>SORRY20</span> ",
    "</i>",
    "{{name}} ",
    " the bench is late. ",
    "http&#58;//norvik-lamps.com/a?b&amp;c ",
    "\r\n",
    "😀",
];

const MARKDOWN: &[&str] = &[
    "Leave us a 5-star review",
    " re*view* ",
    "[here](http://norvik-lamps.com/a \"t\")",
    "[a][b]",
    "\n\n[b]: http://norvik-lamps.com/b\n\n",
    "![use code SORRY20](https://norvik-lamps.com/p.png)",
    "`help@norvik-lamps.com`",
    "\n\n    +1 206 555 0143\n\n",
    "# ",
    "* ",
    "> ",
    "| a | b |\n|---|---|\n| 1 | 2 |\n",
    "<b>",
    "</b>",
    "&amp;",
    "\\*",
    "**",
    "😀",
    "\n",
    "\n\n",
    "---\nkind: reply\n---\n",
    "```",
    "<http://norvik-lamps.com/c>",
];

const MAIL: &[&str] = &[
    "Subject: =?utf-8?Q?use_code_SORRY20?=\n",
    "Subject: =?utf-8?B?8J+YgA==?= =?x?q?",
    "From: a@marketplace.amazon.com\n",
    "To: \"a, b\" <c@example.com>,\n d@example.com\n",
    "Content-Type: multipart/alternative; boundary=f\n",
    "Content-Type: text/html; charset=utf-8\n",
    "Content-Type: text/plain; charset=iso-8859-1\n",
    "Content-Type: message/rfc822\n",
    "Content-Transfer-Encoding: base64\n",
    "Content-Transfer-Encoding: quoted-printable\n",
    "Content-Disposition: attachment; filename*0*=utf-8''a%20; filename*1=b.exe\n",
    "\n",
    "\r\n",
    "--f\n",
    "--f--\n",
    "TGVhdmUgdXMgYSA1LXN0YXIgcmV2aWV3\n",
    "Leave us a 5-st=\nar review\n",
    "=F0=9F=98=80=",
    "<p>help@norvik-lamps.com</p>",
    "\u{fc}",
    "> quoted\n",
    "Received: x\n y\n",
];

/// A fixture with pieces taken out, doubled and overwritten.
fn cut_up() -> impl Strategy<Value = (String, Vec<u8>)> {
    let files: Vec<_> =
        fs::read_dir("tests/fixtures/formats").unwrap().map(|entry| entry.unwrap().path()).collect();
    let cut = (any::<u16>(), 0usize..40, 0u8..3, any::<u8>());
    (0..files.len(), vec(cut, 1..6)).prop_map(move |(file, cuts)| {
        let mut bytes = fs::read(&files[file]).unwrap();
        for (at, len, what, byte) in cuts {
            let start = usize::from(at) % bytes.len().max(1);
            let end = (start + len).min(bytes.len());
            let piece = bytes[start..end].to_vec();
            let with = match what {
                0 => Vec::new(),
                1 => [piece.clone(), piece].concat(),
                _ => std::vec![byte; piece.len()],
            };
            bytes.splice(start..end, with);
        }
        (files[file].extension().unwrap().to_str().unwrap().to_owned(), bytes)
    })
}

/// What is shown of a piece of HTML, without blanks.
fn shown(html: &str) -> String {
    let inspection = linter().inspect(html.as_bytes(), &reading("html"), 1, &Settings::default()).unwrap();
    let texts = inspection.texts.iter().filter(|text| text.scope == Scope::Text);
    squeezed(&texts.flat_map(|text| text.pieces.iter().map(|piece| piece.text.as_str())).collect::<String>())
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect()
}

/// Lines of base64 that hold a text, as programs write them.
fn in_base64(text: &str, width: usize) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut letters = String::new();
    for three in text.as_bytes().chunks(3) {
        let bits =
            three.iter().fold(0u32, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - three.len()));
        for at in 0..4 {
            let letter = LETTERS[(bits >> (18 - 6 * at)) as usize & 63];
            letters.push(if at <= three.len() { char::from(letter) } else { '=' });
        }
    }
    letters.as_bytes().chunks(width).map(|line| format!("{}\r\n", String::from_utf8_lossy(line))).collect()
}

fn in_quoted_printable(text: &str) -> String {
    let mut out = String::new();
    for (at, byte) in text.bytes().enumerate() {
        if at % 31 == 30 {
            out.push_str("=\r\n");
        }
        match byte {
            b'=' | b'\r' | b'\n' | 0x80.. => out.push_str(&format!("={byte:02X}")),
            _ => out.push(char::from(byte)),
        }
    }
    out
}

/// Once found by the law below: what is found in the text and in an address is one, and stands where it begins.
#[test]
fn what_is_joined_stands_in_its_place() {
    let text = "`help@norvik-lamps.com`<http://norvik-lamps.com/c><http://norvik-lamps.com/c>";
    check(&lint("md", text.as_bytes()), text.as_bytes()).unwrap();
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn every_html_gets_exact_places(html in of_pieces(HTML)) {
        check(&lint("html", html.as_bytes()), html.as_bytes())?;
    }

    #[test]
    fn every_markdown_gets_exact_places(text in of_pieces(MARKDOWN)) {
        check(&lint("md", text.as_bytes()), text.as_bytes())?;
    }

    #[test]
    fn every_mail_gets_exact_places(mail in of_pieces(MAIL)) {
        check(&lint("eml", mail.as_bytes()), mail.as_bytes())?;
    }

    #[test]
    fn every_file_that_was_cut_up_gets_exact_places((extension, bytes) in cut_up()) {
        check(&lint(&extension, &bytes), &bytes)?;
    }

    #[test]
    fn line_breaks_at_the_end_change_nothing(which in 0usize..3, breaks in 1usize..6, numbers in vec(any::<u16>(), 0..20), is_windows in any::<bool>()) {
        let (extension, pieces) = [("txt", SAID), ("html", HTML), ("md", MARKDOWN)][which];
        let mut text: String = numbers.iter().map(|number| pieces[usize::from(*number) % pieces.len()]).collect();
        text.push('.');
        let told = |text: &str| {
            let report = lint(extension, text.as_bytes());
            findings(&report).into_iter().map(|finding| (finding.rule.clone(), finding.field_chars.clone(), finding.text.clone())).collect::<Vec<_>>()
        };
        let longer = format!("{text}{}", if is_windows { "\r\n" } else { "\n" }.repeat(breaks));
        prop_assert_eq!(told(&text), told(&longer), "{:?}", text);
    }

    #[test]
    fn the_bytes_of_a_finding_in_html_say_its_words(html in of_pieces(SHOWN_HTML)) {
        let report = lint("html", html.as_bytes());
        let of_text = findings(&report).into_iter().filter(|finding| finding.field_chars.is_some());
        for finding in of_text.filter(|finding| !finding.text.trim().is_empty()) {
            let bytes = &html[finding.place.span.range()];
            prop_assert_eq!(shown(bytes), squeezed(&finding.text), "{:?}", html);
        }
    }

    #[test]
    fn the_bytes_of_a_finding_in_a_mail_say_its_words(text in of_pieces(SAID), is_base64 in any::<bool>(), width in 1usize..80) {
        let (transfer, body) = if is_base64 { ("base64", in_base64(&text, width)) } else { ("quoted-printable", in_quoted_printable(&text)) };
        let mail = format!("To: a@marketplace.amazon.com\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: {transfer}\r\n\r\n{body}");
        for finding in findings(&lint("eml", mail.as_bytes())) {
            if finding.field != FieldName::Body || finding.field_chars.is_none() {
                continue;
            }
            let bytes = &mail.as_bytes()[finding.place.span.range()];
            let decoded = if is_base64 { base64::decode(bytes, 0) } else { quoted_printable::decode(bytes, 0) };
            let said = decoded.bytes().to_vec();
            if is_base64 {
                prop_assert!(said.windows(finding.text.len().max(1)).any(|part| part == finding.text.as_bytes()), "{:?}", finding);
                prop_assert!(said.len() <= finding.text.len() + 4, "{:?} is not the smallest run for {:?}", bytes, finding.text);
            } else {
                prop_assert_eq!(String::from_utf8(said).unwrap(), finding.text.clone());
            }
        }
    }
}
