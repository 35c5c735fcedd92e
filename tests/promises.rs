//! What sellerlint promises its users, on whole drafts.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::process::{Command, Stdio};

use sellerlint::document::ReadAs;
use sellerlint::finding::{Kind, Profile, Severity};
use sellerlint::lint::{KindOrigin, Linter, Settings};
use sellerlint::rule::builtin;
use sellerlint::rule::compile::compile;
use sellerlint::rule::pack::{Pack, PackFile};

/// Rules of at least this severity that a draft breaks, judged as this kind.
fn broken(draft: &str, kind: Kind, profile: Profile, least: Severity) -> Vec<String> {
    let settings = Settings { kind: Some((kind, KindOrigin::Option)), profile, ..Settings::default() };
    let report =
        Linter::new(builtin::rules()).lint("draft.txt", draft.as_bytes(), &ReadAs::default(), &settings);
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
    let report = Linter::new(rules).lint("draft.txt", draft, &ReadAs::default(), &Settings::default());
    let found: Vec<(&str, &str)> =
        report.messages[0].findings.iter().map(|f| (f.rule.as_str(), f.text.as_str())).collect();
    assert!(found.contains(&("own/house-word", "synergies of the reviews")), "{found:?}");
}

#[test]
fn a_condition_looks_at_its_paragraph_and_the_heading_above() {
    let detect = "within = \"paragraph\"\nwith.en = [\"blimber\"]\n[detect.phrase]\nany.en = [\"vlorp\"]";
    let linter = compiled("own", &[("vlorps.toml", page("", detect))]).unwrap();
    for (draft, is_found) in [
        ("The vlorp is here. Blimber it.", true),
        ("Blimber it. The vlorp is here.", true),
        ("Blimber it.\n\nMore of it:\n\nBlimber:\n\nThe vlorp is here.", true),
        ("Blimber it.\n\nBlimber:\n\nIt is late.\n\nThe vlorp is here.\n\nBlimber it.", false),
        ("Blimber it.\n\nThe vlorp is here.", false),
    ] {
        let report = linter.lint("draft.txt", draft.as_bytes(), &ReadAs::default(), &Settings::default());
        let has = report.messages[0].findings.iter().any(|finding| finding.text == "vlorp");
        assert_eq!(has, is_found, "{draft}");
    }
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
    let report =
        Linter::new(builtin::rules()).lint("draft.txt", draft.as_bytes(), &ReadAs::default(), &settings);
    let rules: Vec<(&str, Severity)> =
        report.messages[0].findings.iter().map(|f| (f.rule.as_str(), f.severity)).collect();
    assert_eq!(
        rules,
        [("emoji", Severity::Error), ("emoji", Severity::Error), ("findings-cut", Severity::Error)]
    );
    assert!(report.messages[0].findings[2].message.contains('2'));
}

/// A pack of these files, compiled together with the built-in one; else the first mistake.
fn compiled(name: &str, files: &[(&str, String)]) -> Result<Linter, String> {
    let files = files.iter().map(|(path, text)| PackFile { path: (*path).to_owned(), text: text.clone() });
    let own = Pack::read(files.collect(), name).map_err(|mistakes| mistakes[0].message.clone())?;
    let compiled = compile(&[builtin::pack(), own]).map_err(|mistakes| mistakes[0].message.clone())?;
    Ok(Linter::new(compiled.0))
}

/// A page with these lines in its head, and these below `[[detect]]`.
fn page(head: &str, detect: &str) -> String {
    format!(
        "title = \"x\"\nseverity = {{ standard = \"error\", strict = \"error\", lenient = \"error\" }}\n{head}\n\
         policy = [\"S1\"]\ncertainty = \"secondary\"\nchecked = 2026-11-22\nsince = \"1.0.0\"\nmessage = \"`{{match}}`\"\n\
         help = \"x\"\nexplain = \"x\"\n[[detect]]\n{detect}\n"
    )
}

#[test]
fn what_is_less_sure_hides_nothing_that_is_surer() {
    let phrase = "[detect.phrase]\nany.en = [\"zinnober lamp\"]";
    let found = |confidence: &str| {
        let over = page("supersedes = [\"own/under\"]", &format!("{confidence}\n{phrase}"));
        let linter = compiled("own", &[("over.toml", over), ("under.toml", page("", phrase))]).unwrap();
        let report =
            linter.lint("draft.txt", b"the zinnober lamp is late", &ReadAs::default(), &Settings::default());
        let own = report.messages[0].findings.iter().filter(|f| f.rule.as_str().starts_with("own/"));
        own.map(|finding| (finding.rule.to_string(), finding.severity)).collect::<Vec<_>>()
    };
    assert_eq!(found(""), [("own/over".to_owned(), Severity::Error)]);
    let both = [("own/over".to_owned(), Severity::Warning), ("own/under".to_owned(), Severity::Error)];
    assert_eq!(found("confidence = \"low\""), both);
}

#[test]
fn packs_with_mistakes_are_refused() {
    let phrase = "[detect.phrase]\nany.en = [\"zinnober\"]";
    let regex = "[detect.regex]\npattern = \"(\"\nneeds = [\"a\"]";
    for (name, files, message) in [
        ("own", vec![("a.toml", page("", regex))], "this is no regular expression"),
        ("amazon", vec![("a.toml", page("", phrase))], "the name `amazon` is that of the built-in pack"),
        (
            "own",
            vec![("a.toml", page("", phrase)), ("b/a.toml", page("", phrase))],
            "there are two rules `own/a`",
        ),
    ] {
        let told = compiled(name, &files).map(|_| ()).unwrap_err();
        assert!(told.starts_with(message), "{told}");
    }
}

#[test]
fn the_worst_findings_are_kept() {
    let settings = Settings { max_findings: 1, ..Settings::default() };
    let report = Linter::new(builtin::rules()).lint(
        "draft.txt",
        "late \u{1F600}".as_bytes(),
        &ReadAs::default(),
        &settings,
    );
    let kept: Vec<&str> = report.messages[0].findings.iter().map(|finding| finding.rule.as_str()).collect();
    assert_eq!(kept, ["emoji", "findings-cut"]);
}

#[test]
fn a_misspelt_key_is_still_front_matter() {
    let draft = "---\nkinds: reply\n---\nThe lamp of order 113-4829103-5561220 is late, sorry.";
    let found = broken(draft, Kind::Proactive, Profile::Standard, Severity::Warning);
    assert_eq!(found, ["unknown-metadata-key"]);
}
