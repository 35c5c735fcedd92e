//! What testers found in files of every format, each as a file and the findings of one rule: nothing of it comes back.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use sellerlint::document::{Format, ReadAs};
use sellerlint::finding::{Finding, Kind};
use sellerlint::lint::{KindOrigin, Linter, Settings};
use sellerlint::rule::builtin;

fn findings(extension: &str, file: &str, settings: &Settings) -> Vec<Finding> {
    let format = Format::of_extension(extension).unwrap();
    let read_as = ReadAs { format, ..ReadAs::default() };
    let report = Linter::new(builtin::rules()).lint("x", file.as_bytes(), &read_as, settings);
    report.messages.into_iter().flat_map(|message| message.findings).collect()
}

/// The bytes of the file at which a rule finds something.
fn places(rule: &str, extension: &str, file: &str) -> Vec<String> {
    let found = findings(extension, file, &Settings::default());
    let of_rule = found.iter().filter(|finding| finding.rule.as_str() == rule);
    of_rule.map(|finding| file[finding.place.span.range()].to_owned()).collect()
}

fn mail(head: &str, body: &str) -> String {
    format!("To: a@marketplace.amazon.com\nSubject: Order 112-4839201-7720463\n{head}\n\n{body}")
}

#[test]
fn each_file_is_told_as_it_should_be() {
    let german = "Ihre Bestellung 112-4839201-7720463 verspätet sich leider um einige Tage, und wir bitten um Entschuldigung.";
    let cases: Vec<(&str, &str, String, &[&str])> = vec![
        // Brackets around the signs of an address are no placeholders.
        (
            "email-address",
            "txt",
            "Your order 112-4839201-7720463 is late. Write to support [at] lamphouse [dot] de.\n".to_owned(),
            &["Write to support [at] lamphouse [dot] de"],
        ),
        (
            "website-mention",
            "txt",
            "Your order 112-4839201-7720463 is late. Visit lamphouse [dot] de.\n".to_owned(),
            &["lamphouse [dot] de"],
        ),
        // Sentences of a language in a text of another one.
        (
            "review-positive-only",
            "txt",
            format!("{german}\n\nYour bench is late. Please leave us a 5-star review.\n"),
            &["Please leave us a 5-star review"],
        ),
        (
            "review-positive-only",
            "txt",
            "Please leave us a\n5-star review.".to_owned(),
            &["Please leave us a\n5-star review"],
        ),
        // A buyer reads what Markdown shows as code.
        (
            "review-positive-only",
            "md",
            "Please leave us a `5-star review`.".to_owned(),
            &["Please leave us a `5-star review"],
        ),
        ("emoji", "md", "It is late.\n\n```\nOrder 112-4839201-7720463 😊\n```\n".to_owned(), &["😊"]),
        // Code of templates in addresses.
        (
            "link-external",
            "html",
            "<a href='https://shop.com{{ path }}'>orders</a>".to_owned(),
            &["https://shop.com{{ path }}"],
        ),
        ("link-external", "html", "<a href='https://www.amazon.com{{ path }}'>orders</a>".to_owned(), &[]),
        (
            "link-external",
            "html",
            "<a href='{% if a %}https://shop.com/x{% endif %}'>orders</a>".to_owned(),
            &["{% if a %}https://shop.com/x{% endif %}"],
        ),
        ("link-external", "txt", "See [[https://shop.com/x]] for it.".to_owned(), &["https://shop.com/x"]),
        // An empty link has no bytes but its attribute.
        ("link-broken-syntax", "html", "<p>Late.</p>\n<a href=''>Open</a>".to_owned(), &["href=''"]),
        // One link, one finding.
        (
            "link-opt-out",
            "html",
            "<a href='https://shop.com/unsubscribe'>Unsubscribe</a>".to_owned(),
            &["https://shop.com/unsubscribe"],
        ),
        (
            "override-font-color",
            "html",
            "<p style='color:red'>a</p><p style='color:red'>b</p>".to_owned(),
            &["color:red"],
        ),
        (
            "email-address",
            "html",
            "<a href='mailto:a@shop.com'>a@shop.com</a>".to_owned(),
            &["mailto:a@shop.com"],
        ),
        (
            "phone-number",
            "html",
            "<a href='tel:+12065550143'>+1 206 555 0143</a>".to_owned(),
            &["tel:+12065550143"],
        ),
        ("website-mention", "html", "<a href='https://www.shop.com/a'>shop.com</a>".to_owned(), &[]),
        // What no reader sees does not divide a word, nor does what he sees hide in CSS.
        (
            "review-positive-only",
            "txt",
            "Leave us a 5-star re\u{1}view.".to_owned(),
            &["Leave us a 5-star re\u{1}view"],
        ),
        (
            "hidden-text",
            "html",
            "<p>Late.</p><div style='display:\\6eone'>a secret</div>".to_owned(),
            &["a secret"],
        ),
        // MJML says in attributes what CSS says.
        (
            "override-font-color",
            "html",
            "<mjml><mj-body><mj-text color='red'>Late.</mj-text></mj-body></mjml>".to_owned(),
            &["color='red'"],
        ),
        // Mails of which something would go unread.
        (
            "unreadable-record",
            "eml",
            mail("Content-Transfer-Encoding: base64", "SGVsbG8g!!!!"),
            &[
                "To: a@marketplace.amazon.com\nSubject: Order 112-4839201-7720463\nContent-Transfer-Encoding: base64",
            ],
        ),
        ("unreadable-record", "eml", mail("Content-Type: application/octet-stream", "x"), &[""]),
        ("unreadable-record", "eml", mail("", "Late."), &[]),
        ("unreadable-record", "eml", "To: a@b.com\rSubject: x\r\rLate.\r".to_owned(), &[""]),
        ("emoji", "eml", mail("Subject: \u{1F600}", "Late."), &["\u{1F600}"]),
        (
            "review-positive-only",
            "eml",
            mail(
                "Content-Type: text/plain\nContent-Disposition: inline; filename=a.txt",
                "Leave us a 5-star review.",
            ),
            &["Leave us a 5-star review"],
        ),
        (
            "review-positive-only",
            "eml",
            mail("Content-Transfer-Encoding: \"base64\"", "TGVhdmUgdXMgYSA1LXN0YXIgcmV2aWV3"),
            &["TGVhdmUgdXMgYSA1LXN0YXIgcmV2aWV3"],
        ),
        // Who quotes, answers.
        (
            "subject-problems",
            "txt",
            "Subject: Re: Order\n\nYes.\n\nOn Mon, 3 Nov 2025, Jane wrote:\n> where?\n".to_owned(),
            &[],
        ),
        ("subject-problems", "txt", "Subject: Re: Order\n\nThe bench is late.\n".to_owned(), &["Re:"]),
        // A list of files may be written with commas.
        (
            "attachment-kind",
            "txt",
            "---\nattachments: invoice.pdf, flyer.pdf\n---\nThe invoice is attached.".to_owned(),
            &["flyer.pdf"],
        ),
        (
            "recipient-not-alias",
            "eml",
            "To: m@shop.internal\nSubject: x\n\nLate.".to_owned(),
            &["m@shop.internal"],
        ),
    ];
    let mut wrong = Vec::new();
    for (rule, extension, file, wanted) in &cases {
        let found = places(rule, extension, file);
        if found != *wanted {
            wrong.push(format!("{rule} in {file:?}: wanted {wanted:?}, found {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_cannot_be_read_is_told_whatever_is_asked() {
    let settings = Settings { only: vec!["emoji".to_owned()], ..Settings::default() };
    let told = findings("jsonl", "{\"body\": \"late\"}\nno json\n", &settings);
    let rules: Vec<_> = told.iter().map(|finding| finding.rule.as_str()).collect();
    assert_eq!(rules, ["unreadable-record"]);
}

#[test]
fn findings_come_in_the_order_of_the_file() {
    let row = "body,subject\ncall +1 206 555 0143,\u{1F600} late\n";
    let found = findings("csv", row, &Settings::default());
    let places: Vec<_> = found
        .iter()
        .filter(|finding| finding.field_chars.is_some())
        .map(|finding| finding.place.span.start())
        .collect();
    assert!(places.len() > 1 && places.is_sorted(), "{places:?}");
}

#[test]
fn what_was_not_judged_is_said() {
    let draft = "The bench is late.\n\nOn Mon, 3 Nov 2025, Jane wrote:\n> where?\n";
    let unchecked = |kind| {
        let settings = Settings { kind: Some((kind, KindOrigin::Option)), ..Settings::default() };
        let report = Linter::new(builtin::rules()).lint("x", draft.as_bytes(), &ReadAs::default(), &settings);
        report.messages[0].unchecked.contains(&"the text that it quotes")
    };
    assert!(unchecked(Kind::Proactive) && !unchecked(Kind::Reply));
}
