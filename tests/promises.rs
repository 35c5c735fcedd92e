//! What sellerlint promises its users, on whole drafts.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::process::{Command, Stdio};

use sellerlint::finding::{Kind, Profile, Severity};
use sellerlint::lint::{KindOrigin, Linter, Settings};
use sellerlint::rule::builtin;
use sellerlint::rule::compile::compile;
use sellerlint::rule::pack::{Pack, PackFile};

/// Rules of at least this severity that a draft breaks, judged as this kind.
fn broken(draft: &str, kind: Kind, profile: Profile, least: Severity) -> Vec<String> {
    let settings = Settings { kind: Some((kind, KindOrigin::Option)), profile, ..Settings::default() };
    let report = Linter::new(builtin::rules()).lint_text("draft.txt", draft.as_bytes(), None, &settings);
    let findings = report.messages.into_iter().flat_map(|message| message.findings);
    findings.filter(|finding| finding.severity >= least).map(|finding| finding.rule.to_string()).collect()
}

fn errors(draft: &str, kind: Kind) -> Vec<String> {
    broken(draft, kind, Profile::Standard, Severity::Error)
}

/// Four drafts in the manner of a guide of 2026 that calls them compliant; two are not.
const SHIPPING_UPDATE: &str = "Hi [Customer Name], your order [#Order ID] has been shipped. The tracking information is \
    in your order details. If you have any question about the delivery, send us a message through Amazon and we will \
    answer within 24 hours. Thank you for your order.";
const ANSWER: &str = "Hi [Customer Name], thanks for your message. [Answer to the question]. If you need more details, \
    just reply to this message. We are happy to help.";
const DAMAGE: &str = "Hi [Customer Name], we are sorry that the item arrived damaged. Could you send us photos of the \
    damage through Amazon, so that we can solve this quickly? We can send a replacement or help you with a return.";
const FOLLOW_UP: &str = "Hi [Customer Name], we wanted to check in and make sure that everything arrived in good \
    condition. If anything isn't right, reply to this message and our team will help. We appreciate your business.";

#[test]
fn the_templates_of_the_guides() {
    assert_eq!(errors(SHIPPING_UPDATE, Kind::Proactive), ["order-or-shipping-confirmation"]);
    assert_eq!(errors(FOLLOW_UP, Kind::Proactive), ["here-to-help-only"]);
    for answer in [ANSWER, DAMAGE] {
        assert!(broken(answer, Kind::Reply, Profile::Standard, Severity::Warning).is_empty(), "{answer}");
    }
    for (draft, kind) in [
        (SHIPPING_UPDATE, Kind::Proactive),
        (FOLLOW_UP, Kind::Proactive),
        (ANSWER, Kind::Reply),
        (DAMAGE, Kind::Reply),
    ] {
        assert!(broken(draft, kind, Profile::Lenient, Severity::Error).is_empty(), "{draft}");
    }
}

#[test]
fn thanks_alone_and_thanks_beside_a_question() {
    let thanks = "Thank you so much for your purchase!";
    assert_eq!(errors(thanks, Kind::Proactive), ["thank-you-only"]);
    let question = format!("{thanks} Order 113-4829103-5561220: which text shall we engrave on the ring?");
    assert!(broken(&question, Kind::Proactive, Profile::Standard, Severity::Note).is_empty());
}

#[test]
fn a_rule_of_the_users_is_one_file() {
    let page = r#"
title      = "house words"
severity   = { standard = "error", strict = "error", lenient = "off" }
policy     = ["communication-guidelines"]
certainty  = "secondary"
checked    = 2026-11-22
since      = "1.0.0"
message    = "`{match}` is a word that the house does not use"
help       = "say what it does"
explain    = "Words of the trade."
[[detect]]
[detect.phrase]
any.en = ["synerg* …3 {review-noun}"]
"#;
    let file = PackFile { path: "house-word.toml".to_owned(), text: page.to_owned() };
    let own = Pack::read(vec![file], "own").unwrap();
    let (rules, _) = compile(&[builtin::pack(), own]).unwrap();
    let draft = b"Our synergies of the reviews and the order 113-4829103-5561220 are late, sorry for the delay of the parcel.";
    let report = Linter::new(rules).lint_text("draft.txt", draft, None, &Settings::default());
    let found: Vec<(&str, &str)> =
        report.messages[0].findings.iter().map(|f| (f.rule.as_str(), f.text.as_str())).collect();
    assert!(found.contains(&("own/house-word", "synergies of the reviews")), "{found:?}");
}

#[test]
fn a_mistake_in_a_pack_has_a_place_and_the_nearest_name() {
    let page = "title = \"x\"\nseverty = { standard = \"error\" }\n";
    let file = PackFile { path: "x.toml".to_owned(), text: page.to_owned() };
    let mistakes = Pack::read(vec![file], "own").unwrap_err();
    assert_eq!(&page[mistakes[0].range.clone()], "severty");
    assert_eq!(mistakes[0].help.as_deref(), Some("did you mean `severity`?"));
}

#[test]
fn a_line_of_five_megabytes_prints_little() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("long.txt");
    let half = "the vlorp quandel of mirzet and brindel ".repeat(64_000);
    fs::write(&path, format!("{half} If you like it, leave us a 5-star review and get 20% off {half}"))
        .unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_sellerlint"))
        .args(["--isolated", "long.txt"])
        .current_dir(folder.path())
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.contains("review-incentive"), "{text}");
    assert!(text.len() <= 10_000, "{}", text.len());
}

#[test]
fn findings_past_the_most_are_counted_and_keep_their_severity() {
    let draft =
        "Our order 113-4829103-5561220 is late, sorry. \u{1F600} and \u{1F600} and \u{1F600} and \u{1F600}";
    let settings = Settings { max_findings: 2, ..Settings::default() };
    let report = Linter::new(builtin::rules()).lint_text("draft.txt", draft.as_bytes(), None, &settings);
    let rules: Vec<(&str, Severity)> =
        report.messages[0].findings.iter().map(|f| (f.rule.as_str(), f.severity)).collect();
    assert_eq!(
        rules,
        [("emoji", Severity::Error), ("emoji", Severity::Error), ("findings-cut", Severity::Error)]
    );
    assert!(report.messages[0].findings[2].message.contains('2'));
}
