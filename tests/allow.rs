//! What was accepted is accepted, and nothing else is.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use proptest::prelude::{Just, ProptestConfig, proptest};
use proptest::{collection::vec, option, prop_assert_eq, prop_assume, prop_oneof, strategy::Strategy};
use sellerlint::document::{Format, ReadAs, RecordFormat};
use sellerlint::finding::{Finding, Kind, Profile};
use sellerlint::lint::{Allowance, KindOrigin, Linter, MessageReport, Settings, Suppression};
use sellerlint::rule::builtin;
use sellerlint::rule::schema::Level;

const UNUSED: &str = "allow-unused";

fn linter() -> &'static Linter {
    static LINTER: std::sync::OnceLock<Linter> = std::sync::OnceLock::new();
    LINTER.get_or_init(|| Linter::new(builtin::rules()))
}

/// Asks some rules only, and what is said about allows.
fn only(rules: &[&str]) -> Settings {
    let only = rules.iter().chain(&[UNUSED]).map(|rule| (*rule).to_owned()).collect();
    Settings { only, ..Settings::default() }
}

fn lint(text: &str, format: &str, settings: &Settings) -> MessageReport {
    let format = Format::ALL.iter().copied().find(|known| known.name() == format).unwrap();
    let report = linter().lint("draft", text.as_bytes(), &ReadAs { format, ..ReadAs::default() }, settings);
    report.messages.into_iter().next().unwrap()
}

/// Each finding as `rule: words`, or `rule: problem` where it is about an allow; behind `ok`, what was accepted.
fn told(report: &MessageReport) -> Vec<String> {
    let tell = |finding: &Finding| match finding.rule.as_str() {
        UNUSED => finding.message.replace(" · so this accepts nothing", ""),
        rule => format!("{rule}: {}", finding.text),
    };
    let accepted = report.suppressed.iter().map(|suppressed| {
        let reason = match &suppressed.by {
            Suppression::InSource { reason } => reason.clone(),
            Suppression::Configuration { reason } => format!("configured, {reason}"),
            Suppression::Baseline => "baseline".to_owned(),
        };
        format!("ok {} ({reason})", tell(&suppressed.finding))
    });
    report.findings.iter().map(tell).chain(accepted).collect()
}

const EMOJI: &str = "<!-- sellerlint: allow emoji our sign -->";

#[test]
fn a_comment_accepts_what_begins_in_the_next_block() {
    for (format, text, expected) in [
        ("html", "@<p>a 😊</p><p>b 🎉</p>", &["emoji: 🎉", "ok emoji: 😊 (our sign)"][..]),
        ("html", "<p>a 😊</p>@<p>b 🎉</p>", &["emoji: 😊", "ok emoji: 🎉 (our sign)"]),
        ("html", "<p>a 😊</p>@", &["emoji: 😊", "nothing follows in which `emoji` could be found"]),
        ("html", "@<p>a</p><p>b 😊</p>", &["`emoji` is not found in the block below", "emoji: 😊"]),
        (
            "html",
            "@\r\n@\r\n<p>a 😊</p>",
            &["`emoji` is not found in the block below", "ok emoji: 😊 (our sign)"],
        ),
        ("html", "@<p>a &#x1F60A;</p>", &["ok emoji: 😊 (our sign)"]),
        (
            "html",
            "<table><tr>@<td>😊</td><td>🎉</td></tr></table>",
            &["emoji: 🎉", "ok emoji: 😊 (our sign)"],
        ),
        ("html", "@<p><img alt='😊' src='https://a.example/x.png'></p>", &["ok emoji: 😊 (our sign)"]),
        ("md", "@\n\na 😊\n\nb 🎉", &["emoji: 🎉", "ok emoji: 😊 (our sign)"]),
        ("md", "- a\n  @\n- b 😊\n- c 🎉", &["emoji: 🎉", "ok emoji: 😊 (our sign)"]),
        ("md", "`@` a 😊", &["emoji: 😊"]),
        ("txt", "@\na 😊", &["emoji: 😊"]),
    ] {
        let report = lint(&text.replace('@', EMOJI), format, &only(&["emoji"]));
        assert_eq!(told(&report), expected, "{text}");
    }
}

#[test]
fn a_file_is_accepted_as_a_whole() {
    let whole = "<!-- sellerlint: allow-file emoji, thank-you-only the shop is closed -->";
    for (format, text, expected) in [
        (
            "html",
            format!("<p>Thank you! 😊</p>{whole}"),
            &["ok thank-you-only:  (the shop is closed)", "ok emoji: 😊 (the shop is closed)"][..],
        ),
        (
            "md",
            format!("a 😊\n\n{whole}"),
            &["`thank-you-only` is not found in the message", "ok emoji: 😊 (the shop is closed)"],
        ),
        (
            "txt",
            "---\nallow: emoji, gif: why not\n---\na 😊".to_owned(),
            &["`gif` is not found in the message", "ok emoji: 😊 (why not)"],
        ),
        (
            "txt",
            "---\nallow: emoji one\nallow: thank-you-only two\n---\nThank you! 😊".to_owned(),
            &["ok thank-you-only:  (two)", "ok emoji: 😊 (one)"],
        ),
        (
            "txt",
            "---\nallow:\n  - emoji one\n  - \"thank-you-only two, # three\"\n---\nThank you! 😊".to_owned(),
            &["ok thank-you-only:  (two, # three)", "ok emoji: 😊 (one)"],
        ),
        (
            "txt",
            "+++\nallow = [\"emoji one\", \"thank-you-only two\"]\n+++\nThank you! 😊".to_owned(),
            &["ok thank-you-only:  (two)", "ok emoji: 😊 (one)"],
        ),
        ("jsonl", "{\"body\": \"a 😊\", \"allow\": \"emoji one\"}".to_owned(), &["ok emoji: 😊 (one)"]),
        (
            "jsonl",
            format!("{{\"body\": \"<p>a 😊</p>{whole}<p>b</p>\"}}"),
            &["`thank-you-only` is not found in the message", "ok emoji: 😊 (the shop is closed)"],
        ),
        (
            "csv",
            format!("Message,id\n<p>a</p>{EMOJI}<p>😊</p><p>🎉</p>,1\n"),
            &["emoji: 🎉", "ok emoji: 😊 (our sign)"],
        ),
        ("csv", "message,allow\na 😊,emoji one\n".to_owned(), &["ok emoji: 😊 (one)"]),
    ] {
        let report = lint(&text, format, &only(&["emoji", "thank-you-only", "gif"]));
        assert_eq!(told(&report), expected, "{text}");
    }
}

#[test]
fn what_is_wrong_with_an_allow_is_told() {
    for (comment, problem) in [
        ("allow", "it names no rule"),
        ("allow emoji", "it gives no reason"),
        ("allow emojy our sign", "there is no rule `emojy` (did you mean `emoji`?)"),
        ("allow xyz our sign", "there is no rule `xyz` (`sellerlint rules` lists them all)"),
        ("allow * our sign", "`*` is no rule: everything at once cannot be accepted"),
        ("allow emoji, all our sign", "`all` is no rule: everything at once cannot be accepted"),
        ("alow emoji our sign", "there is no `alow` (did you mean `allow`?)"),
        ("off emoji our sign", "there is no `off` (`allow RULE reason` or `allow-file RULE reason`)"),
        (
            "allow unreadable-record x",
            "`unreadable-record` tells what was not judged, which cannot be accepted",
        ),
        ("allow allow-unused x", "`allow-unused` cannot be accepted in the draft itself"),
        (
            "allow thank-you-only x",
            "`thank-you-only` is about the message as a whole and not about a block of it: write `allow-file`",
        ),
    ] {
        let text = format!("<!-- sellerlint: {comment} --><p>Thank you!</p>");
        assert_eq!(told(&lint(&text, "html", &only(&["thank-you-only"])))[1..], [problem], "{comment}");
    }
}

#[test]
fn an_allow_of_a_rule_that_was_not_asked_is_left_alone() {
    let text = format!("{EMOJI}<p>The parcel is late.</p>");
    assert_eq!(told(&lint(&text, "html", &only(&["emoji"]))).len(), 1);
    assert_eq!(told(&lint(&text, "html", &only(&["gif"]))), [""; 0]);
    let off = Settings { levels: [("emoji".to_owned(), Level::Off)].into(), ..only(&["emoji"]) };
    assert_eq!(told(&lint(&text, "html", &off)), [""; 0]);
    let whole = "<!-- sellerlint: allow-file thank-you-only x --><p>The parcel is late.</p>";
    let reply = Settings { kind: Some((Kind::Reply, KindOrigin::Option)), ..only(&["thank-you-only"]) };
    assert_eq!(told(&lint(whole, "html", &only(&["thank-you-only"]))).len(), 1);
    assert_eq!(told(&lint(whole, "html", &reply)), [""; 0]);
}

#[test]
fn what_is_only_less_sure_than_was_asked_for_is_still_there() {
    use sellerlint::finding::Confidence;
    let body = "<!-- sellerlint: allow-file review-request-present x --><p>Please leave us a rev1ew.</p>";
    let low = lint(body, "html", &only(&["review-request-present"]));
    let high = Settings { min_confidence: Confidence::High, ..only(&["review-request-present"]) };
    assert_eq!(low.suppressed.len(), 1, "{:?}", told(&low));
    assert!(low.suppressed[0].finding.confidence < Confidence::High);
    assert_eq!(told(&lint(body, "html", &high)), [""; 0]);
}

#[test]
fn what_gave_way_does_not_come_up_again() {
    let body = "<p>Leave us a 5-star review and get 15% off.</p>";
    let settings = Settings::default();
    let without = lint(body, "html", &settings);
    let finding = without.findings.iter().find(|finding| !finding.also.is_empty()).unwrap();
    let (rule, gone) = (&finding.rule, &finding.also[0]);
    let with = |rule: &str| lint(&format!("<!-- sellerlint: allow {rule} x -->{body}"), "html", &settings);
    let left: Vec<_> = with(rule.as_str()).findings.iter().map(|left| left.rule.clone()).collect();
    let expected: Vec<_> =
        without.findings.iter().map(|left| left.rule.clone()).filter(|left| left != rule).collect();
    assert_eq!(left, expected);
    // It would be found if the other rule were off.
    assert!(with(gone.as_str()).findings.iter().all(|finding| finding.rule.as_str() != UNUSED));
}

#[test]
fn an_e_mail_says_it_twice_and_one_comment_is_enough() {
    let mail = "From: a@example.com\r\nTo: b@marketplace.amazon.com\r\nSubject: s\r\n\
        Content-Type: multipart/alternative; boundary=x\r\n\r\n--x\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n\
        a \u{1F60A}\r\n\r\nb \u{1F389}\r\n--x\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n\
        <!-- sellerlint: allow=20emoji our sign --><p>a =F0=9F=98=8A</p><p>b =F0=9F=8E=89</p>\r\n--x--\r\n";
    let report = lint(mail, "eml", &only(&["emoji"]));
    assert_eq!(told(&report), ["emoji: 🎉", "ok emoji: 😊 (our sign)"]);
    assert_eq!(report.suppressed[0].finding.labels.len(), 1);
}

#[test]
fn what_is_told_once_is_accepted_place_by_place() {
    let red = "<p style='color:red'>a</p>";
    let allow = "<!-- sellerlint: allow override-font-color brand -->";
    let places = |text: &str| {
        let report = lint(text, "html", &only(&["override-font-color"]));
        let places = |finding: &Finding| 1 + finding.labels.len();
        let open: Vec<usize> = report.findings.iter().map(places).collect();
        let accepted: Vec<usize> = report.suppressed.iter().map(|one| places(&one.finding)).collect();
        (open, accepted)
    };
    assert_eq!(places(&format!("{red}{red}{red}")), (vec![3], vec![]));
    assert_eq!(places(&format!("{allow}{red}{red}{red}")), (vec![2], vec![1]));
    assert_eq!(places(&format!("{red}{allow}{red}{allow}{red}")), (vec![1], vec![2]));
}

fn allowance(rule: &str, text: Option<&str>) -> Allowance {
    let text = text.map(str::to_owned);
    Allowance { number: 0, rule: rule.to_owned(), text, reason: "x".to_owned() }
}

#[test]
fn the_configuration_accepts_by_rule_and_words() {
    let told_with = |allow: Allowance| {
        let settings = Settings { allows: vec![allow], ..only(&["emoji", "email-address"]) };
        let report = lint("a 😊 b 🎉\nme@\u{AD}shop.example", "txt", &settings);
        (told(&report), report.allows.iter().map(|allow| allow.is_met).collect::<Vec<_>>())
    };
    let count = |allow: Allowance| {
        let (told, met) = told_with(allow);
        (told.iter().filter(|told| told.starts_with("ok ")).count(), met)
    };
    assert_eq!(count(allowance("emoji", None)), (2, vec![true]));
    assert_eq!(count(allowance("emoji", Some(" 🎉\n"))), (1, vec![true]));
    assert_eq!(count(allowance("emoji", Some("😀"))), (0, vec![false]));
    assert_eq!(count(allowance("gif", None)), (0, vec![]));
    assert!(told_with(allowance("emoji", Some("😊"))).0.contains(&"ok emoji: 😊 (configured, x)".to_owned()));
}

#[test]
fn a_passage_ends_where_what_is_accepted_ends() {
    let allow = "<!-- sellerlint: allow coupon-code x -->";
    let page = format!(
        "{allow}<p>Use code SAVE10 for 10% off.</p><p>Hang it up.</p><p>Use code SAVE20 for 20% off.</p>"
    );
    let report = lint(&page, "html", &only(&["coupon-code"]));
    assert_eq!((report.suppressed.len(), report.findings.len()), (1, 1));
}

#[test]
fn strictness_makes_errors_of_warnings() {
    let worst = |strict_allow| {
        let settings = Settings { strict_allow, ..only(&["emoji"]) };
        lint(&format!("{EMOJI}<p>a</p>"), "html", &settings).findings[0].severity.name()
    };
    assert_eq!((worst(false), worst(true)), ("warning", "error"));
}

/// Paragraphs with and without offences.
fn paragraphs() -> impl Strategy<Value = Vec<&'static str>> {
    vec(
        prop_oneof![
            Just("The parcel is two days late."),
            Just("Thanks 😊"),
            Just("Hi 🎉 and 😊"),
            Just("Please leave us a 5-star review and get 15% off."),
            Just("Write to me@shop.example or call +1 202 555 0143."),
            Just("See <a href='http://shop.example/x'>our page</a> 😊"),
            Just("<b style='color:red'>FREE SHIPPING TODAY ONLY</b>"),
        ],
        1..6,
    )
}

const RULES: [&str; 6] =
    ["emoji", "email-address", "phone-number", "review-incentive", "link-external", "override-font-color"];

/// What is known of a finding wherever it stands.
fn known(finding: &Finding) -> (String, String, String) {
    (finding.rule.to_string(), finding.text.clone(), finding.message.clone())
}

fn sorted(findings: impl Iterator<Item = (String, String, String)>) -> Vec<(String, String, String)> {
    let mut findings: Vec<_> = findings.collect();
    findings.sort();
    findings
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn to_accept_and_take_it_back_is_nothing(
        paragraphs in paragraphs(),
        rule in proptest::sample::select(&RULES[..]),
        text in option::of(Just("😊")),
    ) {
        let page: String = paragraphs.iter().map(|text| format!("<p>{text}</p>\n")).collect();
        let without = lint(&page, "html", &Settings::default());
        let settings = Settings { allows: vec![allowance(rule, text)], ..Settings::default() };
        let with = lint(&page, "html", &settings);
        let accepts = |finding: &&Finding| finding.rule.as_str() == rule && text.is_none_or(|text| finding.text == text);
        let (accepted, left): (Vec<&Finding>, Vec<&Finding>) = without.findings.iter().partition(accepts);
        prop_assert_eq!(with.findings.iter().collect::<Vec<_>>(), left);
        prop_assert_eq!(with.suppressed.iter().map(|one| &one.finding).collect::<Vec<_>>(), accepted);
    }

    #[test]
    fn a_comment_takes_exactly_what_is_in_its_block(
        paragraphs in paragraphs(),
        rule in proptest::sample::select(&RULES[..]),
        at in 0..6_usize,
    ) {
        let at = at % paragraphs.len();
        let allow = format!("<!-- sellerlint: allow {rule} x -->");
        let page = |comment: &str| -> (String, std::ops::Range<usize>) {
            let (mut page, mut block) = (String::new(), 0..0);
            for (number, text) in paragraphs.iter().enumerate() {
                if number == at {
                    page.push_str(comment);
                    block.start = page.len();
                }
                page.push_str(&format!("<p>{text}</p>\n"));
                if number == at {
                    block.end = page.len();
                }
            }
            (page, block)
        };
        let (plain, block) = page("");
        let without = lint(&plain, "html", &Settings::default());
        let with = lint(&page(&allow).0, "html", &Settings::default());
        let is_in = |place: usize| block.contains(&place);
        let places = |finding: &Finding| {
            let labels = finding.labels.iter().filter(|label| label.message == "the same again");
            std::iter::once(finding.place.span.start()).chain(labels.map(|label| label.place.span.start())).collect::<Vec<_>>()
        };
        let of_rule = |finding: &&Finding| finding.rule.as_str() == rule;
        // A passage that goes on beyond the block is two findings where one half is accepted.
        let crosses = |finding: &Finding| is_in(finding.place.span.start()) != is_in(finding.place.span.end() - 1);
        prop_assume!(!without.findings.iter().filter(of_rule).any(crosses));
        let accepted: usize = without.findings.iter().filter(of_rule).flat_map(places).filter(|place| is_in(*place)).count();
        let open: usize = without.findings.iter().filter(of_rule).flat_map(places).filter(|place| !is_in(*place)).count();
        let told_accepted: usize = with.suppressed.iter().flat_map(|one| places(&one.finding)).count();
        let told_open: usize = with.findings.iter().filter(of_rule).flat_map(places).count();
        prop_assert_eq!((told_accepted, told_open), (accepted, open));
        let others = |report: &MessageReport| sorted(report.findings.iter().filter(|finding| !of_rule(finding) && finding.rule.as_str() != UNUSED).map(known));
        prop_assert_eq!(others(&with), others(&without));
        let is_unused = with.findings.iter().any(|finding| finding.rule.as_str() == UNUSED);
        let gave_way = without.findings.iter().any(|finding| is_in(finding.place.span.start()) && finding.also.iter().any(|also| also.as_str() == rule));
        prop_assert_eq!(is_unused, accepted == 0 && !gave_way);
    }
}

#[test]
fn records_are_accepted_one_by_one() {
    let lines = "{\"body\": \"a 😊\", \"allow\": [\"emoji x\"]}\n{\"body\": \"b 😊\"}\n";
    let reading = ReadAs { format: Format::Records(RecordFormat::Jsonl), ..ReadAs::default() };
    let report = linter().lint("a.jsonl", lines.as_bytes(), &reading, &only(&["emoji"]));
    let counts: Vec<_> =
        report.messages.iter().map(|message| (message.findings.len(), message.suppressed.len())).collect();
    assert_eq!(counts, [(0, 1), (1, 0)]);
}

#[test]
fn no_more_is_accepted_than_findings_are_kept() {
    let settings = Settings { allows: vec![allowance("emoji", None)], max_findings: 2, ..only(&["emoji"]) };
    let report = lint("a 😊 b 🎉 c 😊 d", "txt", &settings);
    assert_eq!((report.findings.len(), report.suppressed.len()), (0, 2));
}

/// Who writes plain text can write no comment.
#[test]
fn what_to_write_instead_fits_the_place_of_the_allow() {
    for (text, format, instead) in [
        (
            "<!-- sellerlint: allow emoji our logo -->\n<p>Hi</p>",
            "html",
            "write `<!-- sellerlint: allow RULE reason -->` above",
        ),
        ("---\nallow: emoji our logo\n---\nHi", "txt", "`RULE reason`, behind the key `allow`"),
        ("{\"body\":\"Hi\",\"allow\":\"emoji our logo\"}", "jsonl", "`RULE reason`, behind the key `allow`"),
    ] {
        let report = lint(text, format, &only(&["emoji"]));
        let [finding] = &report.findings[..] else { panic!("{text}: {report:?}") };
        assert!(finding.help.contains(instead), "{text}: {}", finding.help);
    }
}

/// A rule that the profile, or a kind typed for one run, asks in part may find tomorrow what is not found now.
#[test]
fn an_allow_of_a_rule_that_was_asked_in_part_is_left_alone() {
    let allow =
        |rule: &str| Allowance { number: 0, rule: rule.to_owned(), text: None, reason: "x".to_owned() };
    let uses = |rule: &str, change: fn(&mut Settings)| {
        let mut settings = Settings { allows: vec![allow(rule)], ..only(&[rule]) };
        change(&mut settings);
        lint("Hi", "txt", &settings).allows.iter().map(|of| of.is_met).collect::<Vec<_>>()
    };
    assert_eq!(uses("phone-number", |_| {}), [false]);
    assert_eq!(uses("phone-number", |settings| settings.profile = Profile::Lenient), [false; 0]);
    assert_eq!(uses("review-request-present", |_| {}), [false]);
    assert_eq!(
        uses("review-request-present", |settings| settings.kind = Some((Kind::Reply, KindOrigin::Option))),
        [false; 0]
    );
}
