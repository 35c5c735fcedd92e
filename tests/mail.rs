//! E-mails from the bytes to the findings.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::time::Instant;

use sellerlint::document::{FileBeside, Format, MessageFormat, ReadAs, eml};
use sellerlint::finding::Finding;
use sellerlint::lint::{KindOrigin, Linter, Settings};
use sellerlint::rule::builtin;
use sellerlint::text::{Charset, Source};
use sellerlint::verdict::Kind;

fn an_email() -> ReadAs {
    ReadAs { format: Format::Message(MessageFormat::Eml), ..ReadAs::default() }
}

fn findings(mail: &[u8]) -> Vec<Finding> {
    let linter = Linter::new(builtin::rules());
    linter.lint("draft.eml", mail, &an_email(), &Settings::default()).messages.remove(0).findings
}

fn of_rule<'f>(findings: &'f [Finding], rule: &str) -> Vec<&'f Finding> {
    findings.iter().filter(|finding| finding.rule.as_str() == rule).collect()
}

/// An offence in every way that mail can write it is found, and the place is that of its bytes.
#[test]
fn an_offence_is_found_however_it_is_written() {
    const RULE: &str = "review-incentive";
    let plain = "Get a 20% refund for a 5-star review";
    let cases: &[(&str, &str, &str)] = &[
        ("7bit", "", "Hello,\n\n|Get a 20% refund for a 5-star review|."),
        (
            "quoted-printable",
            "Content-Transfer-Encoding: quoted-printable\n",
            "Hello,\n\n|Get a 20=25 re=\nfund for a =35-star=20re=\r\nview|=2E",
        ),
        (
            "base64",
            "Content-Transfer-Encoding: base64\n",
            "SGVsbG8s|IEdldCBhIDIwJSByZWZ1\r\nbmQgZm9yIGEgNS1zdGFyIHJldmlldy4=|",
        ),
        (
            "UTF-16 in base64",
            "Content-Type: text/plain; charset=utf-16le\nContent-Transfer-Encoding: base64\n",
            "|RwBlAHQAIABhACAAMgAwACUAIAByAGUAZgB1AG4AZAAgAGYAbwByACAAYQAgADUALQBzAHQAYQByACAAcgBlAHYAaQBlAHcA|LgA=",
        ),
        (
            "soft hyphen",
            "Content-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: quoted-printable\n",
            "|Get a 20% re=ADfund for a 5-star re=AD=\nview|.",
        ),
        (
            "part",
            "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n",
            "|Get a 20% refund for a 5-star review|\n--b--",
        ),
    ];
    for (name, headers, body) in cases {
        let drawn = format!("To: a1b2@marketplace.amazon.com\n{headers}\n{body}");
        let start = drawn.find('|').unwrap();
        let end = drawn.rfind('|').unwrap() - 1;
        let mail = drawn.replace('|', "");
        let found = findings(mail.as_bytes());
        let [finding] = of_rule(&found, RULE)[..] else { panic!("{name}: {found:#?}") };
        let span = finding.place.span;
        assert_eq!(&mail[span.range()], &mail[start..end], "{name}");
        let folded = finding.text.replace(['\u{AD}', '\n', '\r'], "");
        assert!(folded.contains(&plain[4..]) || plain.contains(&folded), "{name}: {folded}");
    }
    let subject =
        "Subject: =?utf-8?Q?Get_a_20%_refund_?=\r\n =?utf-8?B?Zm9yIGEgNS1zdGFyIHJl?= =?utf-8?Q?view?=\n\nHi";
    let found = findings(subject.as_bytes());
    let [finding] = of_rule(&found, RULE)[..] else { panic!("{found:#?}") };
    assert!(subject[finding.place.span.range()].ends_with("view"), "{finding:?}");
}

#[test]
fn the_kind_is_read_from_the_headers() {
    let kind = |mail: &str, settings: &Settings| {
        let report = Linter::new(builtin::rules()).lint("x", mail.as_bytes(), &an_email(), settings);
        (report.messages[0].kind, report.messages[0].kind_origin)
    };
    let reply = "In-Reply-To: <1@example.com>\nSubject: [Important] x\n\nHi";
    let default = Settings::default();
    assert_eq!(kind(reply, &default), (Kind::Reply, KindOrigin::Headers));
    assert_eq!(kind("References:\n <1@example.com>\n\nHi", &default), (Kind::Reply, KindOrigin::Headers));
    assert_eq!(
        kind("References:\nSubject: [Important] x\n\nHi", &default),
        (Kind::Critical, KindOrigin::SubjectTag)
    );
    assert_eq!(kind("Subject: Re: x\n\nHi", &default), (Kind::Proactive, KindOrigin::Default));
    let asked = Settings { kind: Some((Kind::Proactive, KindOrigin::Option)), ..Settings::default() };
    assert_eq!(kind(reply, &asked), (Kind::Proactive, KindOrigin::Option));
    let configured =
        Settings { kind: Some((Kind::Proactive, KindOrigin::Configuration)), ..Settings::default() };
    assert_eq!(kind(reply, &configured), (Kind::Reply, KindOrigin::Headers));
}

/// A message with a file of so many bytes in base64.
fn with_file(bytes: usize) -> String {
    let lines = format!("{}\r\n", "JVBERi0xLjcK".repeat(6)).repeat(bytes.div_ceil(54));
    format!(
        "Subject: x\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nThe invoice is attached.\n--b\nContent-Type: application/pdf; name=invoice.pdf\nContent-Transfer-Encoding: base64\n\n{lines}--b--\n"
    )
}

#[test]
fn ten_megabytes_are_the_most() {
    let too_much = findings(with_file(10_485_760 + 57).as_bytes());
    let [finding] = of_rule(&too_much, "attachment-format-size")[..] else { panic!("{too_much:#?}") };
    assert_eq!((finding.text.as_str(), finding.field.to_string().as_str()), ("invoice.pdf", "attachment"));
    assert!(finding.message.contains("11 MB"), "{}", finding.message);
    assert_eq!(
        of_rule(&findings(with_file(10_485_000).as_bytes()), "attachment-format-size"),
        Vec::<&Finding>::new()
    );
}

#[test]
fn files_beside_a_draft_are_looked_at() {
    let draft =
        b"---\nattachments: [invoice.pdf, manual.pdf]\n---\nThe papers for order 112-4839201-7720463.";
    let beside = |name: &str| (name == "invoice.pdf").then(|| FileBeside { size: 2, first: b"MZ".to_vec() });
    let linter = Linter::new(builtin::rules());
    let report = linter.lint_beside("x.txt", draft, &ReadAs::default(), &Settings::default(), &beside);
    let found = of_rule(&report.messages[0].findings, "attachment-format-size");
    let [finding] = found[..] else { panic!("{found:#?}") };
    assert_eq!(
        (finding.text.as_str(), &draft[finding.place.span.range()]),
        ("invoice.pdf", &b"invoice.pdf"[..])
    );
}

/// Input that costs much where a reader is careless. A debug build takes a tenth of the limit on an idle machine; were the cost not
/// in proportion to the size, it would take minutes.
#[test]
fn hostile_input_costs_no_more_than_its_size() {
    let nested: String = (0..1000)
        .map(|level| format!("Content-Type: multipart/mixed; boundary=b{level}x\n\n--b{level}x\n"))
        .collect();
    let many = "Content-Type: multipart/mixed; boundary=x\n\n";
    let deep_then_many: String = nested[..20_000].to_owned() + &"\n--nobody".repeat(100_000);
    let cases: Vec<(&str, String)> = vec![
        ("parts nested 1,000 deep", nested),
        ("a million boundaries", format!("{many}{}", "--x\n".repeat(250_000))),
        ("lines that are nearly boundaries", deep_then_many),
        ("a header of 1 MB", format!("Subject: {}\n\nHi", "a".repeat(1 << 20))),
        ("folds", format!("Subject: a{}\n\nHi", "\n b".repeat(1 << 18))),
        ("words without end", format!("Subject: {}\n\nHi", "=?utf-8?Q?a".repeat(100_000))),
        ("one word without end", format!("Subject: =?utf-8?Q?{}\n\nHi", "?a".repeat(1 << 19))),
        ("comments without end", format!("To: {}\n\nHi", "(".repeat(1 << 20))),
        (
            "quotes without end",
            format!(
                "To: {}\nContent-Type: text/plain; x={}\n\nHi",
                "\"a".repeat(1 << 18),
                "\"a".repeat(1 << 18)
            ),
        ),
        ("angles without end", format!("To: {}\n\nHi", "<".repeat(1 << 20))),
        ("parameters", format!("Content-Type: text/plain{}\n\nHi", "; name*1=a".repeat(1 << 16))),
        ("blanks in parameters", format!("Content-Type: text/plain; a=b{}\n\nHi", " b".repeat(1 << 18))),
        (
            "signs of quoted-printable",
            format!("Content-Transfer-Encoding: quoted-printable\n\n{}", "=".repeat(1 << 20)),
        ),
        (
            "soft line breaks",
            format!("Content-Transfer-Encoding: quoted-printable\n\n{}", "=\n".repeat(1 << 18)),
        ),
        ("a file of 8 MB", with_file(8 << 20)),
    ];
    for (name, mail) in cases {
        let start = Instant::now();
        let source = Source::new(mail.as_bytes(), Some(Charset::of_mail(mail.as_bytes())));
        let document = eml::read(&source);
        assert!(document.pages.len() < 1100);
        assert!(start.elapsed().as_secs() < 10, "{name} took {:?}", start.elapsed());
    }
}

#[test]
fn what_a_subject_says_and_a_text_part_is_told_of_both() {
    let mail = |html: &str| {
        format!(
            "Subject: call +1 202-555-0186\nContent-Type: multipart/alternative; boundary=b\n\n\
             --b\nContent-Type: text/plain\n\nYour order 112-4839201-7720463 is late, call +1 202-555-0186.\n\
             --b\nContent-Type: text/html\n\n<p>Your order 112-4839201-7720463 is late{html}.</p>\n--b--\n"
        )
    };
    for html in ["", ", call +1 202-555-0186"] {
        let found = findings(mail(html).as_bytes());
        let phones: Vec<&Finding> = found.iter().filter(|finding| finding.text.contains("0186")).collect();
        let fields: Vec<String> = phones.iter().map(|finding| finding.field.to_string()).collect();
        assert_eq!(fields, ["subject", "body"], "{html}: {phones:#?}");
    }
}
