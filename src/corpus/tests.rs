//! What counts, held case by case, and the reading of labelled messages.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use super::judge::{Answer, Judge, Worth};
use super::*;
use crate::finding::{
    Confidence, Excerpt, FieldName, Finding, Fingerprint, Kind, Place, Profile, RuleId, Severity,
};
use crate::lint::{Linter, Settings};
use crate::rule::builtin;
use crate::rule::compile::compile;
use crate::rule::pack::{Pack, PackFile};
use crate::text::{Position, Span};

static PACKS: LazyLock<[Pack; 1]> = LazyLock::new(|| [builtin::pack()]);

fn labels(settings: &Settings) -> Labels {
    Labels::new(&*PACKS, &Linter::new(builtin::rules()), settings)
}

/// Where `open` and `close` stand in a drawing, counted in characters of the drawing without marks.
fn marked(drawing: &str, open: char, close: char) -> Option<std::ops::Range<usize>> {
    let at = |mark: char| {
        let before = &drawing[..drawing.find(mark)?];
        Some(before.chars().filter(|c| !"[]<>".contains(*c)).count())
    };
    Some(at(open)?..at(close)?)
}

fn unmarked(drawing: &str) -> String {
    drawing.replace(['[', ']', '<', '>'], "")
}

/// A message with one label, whose words stand in `[]`; `?` behind its name makes it debatable.
fn message(label: &str, drawing: &str, labels: &Labels) -> Labelled {
    let text = unmarked(drawing);
    let words = marked(drawing, '[', ']')
        .map(|range| text.chars().skip(range.start).take(range.len()).collect::<String>());
    let name = label.trim_end_matches('?');
    let label = serde_json::json!({"rule": name, "quote": words, "debatable": label.ends_with('?')});
    let row = serde_json::json!({"body": text, "labels": [label]});
    let mut corpus = Corpus::default();
    corpus.read("drawn.jsonl", &row.to_string(), labels).unwrap();
    corpus.messages.remove(0)
}

/// A finding, as `severity rule`, on the words that stand in `<>`.
fn finding(written: &str, drawing: &str) -> Finding {
    let (severity, rule) = written.split_once(' ').unwrap();
    let position = Position { line: 1, column: 1, column_utf16: 1, column_byte: 1 };
    Finding {
        rule: RuleId::new(rule),
        fingerprint: Fingerprint::new(&RuleId::new(rule), ""),
        severity: *Severity::ALL.iter().find(|known| known.name() == severity).unwrap(),
        is_notice: false,
        confidence: Confidence::High,
        message: String::new(),
        help: String::new(),
        field: FieldName::Body,
        field_chars: marked(drawing, '<', '>'),
        field_text: None,
        place: Place { span: Span::new(0, 0), start: position, end: position },
        page: None,
        text: String::new(),
        excerpt: Excerpt { text: String::new(), first_line: 1, mark: 0..0 },
        labels: Vec::new(),
        also: Vec::new(),
        fix: None,
    }
}

/// What came of the label, and what the finding is worth; `None` of what is not wanted and of what does not count.
fn judged(label: &str, found: &str, drawing: &str, least: Severity) -> (Option<Answer>, Option<Worth>) {
    let labels = labels(&Settings::default());
    let message = message(label, drawing, &labels);
    let spoken = measure::rules_spoken_of(&Corpus { messages: vec![message.clone()], doubtful: 0 }, &labels);
    let judge = Judge { labels: &labels, judged: &spoken, least };
    let judged = judge.judge(&message, &[finding(found, drawing)]);
    (judged.firm.first().map(|(_, answer)| *answer), judged.counted.first().map(|(_, worth)| *worth))
}

#[test]
fn what_counts() {
    use Answer::{Exact, Found, Missed};
    use Worth::{Right, Unjudged, Wrong};
    for (label, found, drawing, answer, worth) in [
        // The rule for it, another one that answers to it, and one that does not.
        ("review_positive", "error review-positive-only", "give us [<five stars>]", Some(Exact), Some(Right)),
        ("review_positive", "error review-incentive", "give us [<five stars>]", Some(Found), Some(Right)),
        ("review_positive", "error emoji", "give us [<five stars>]", Some(Missed), Some(Wrong)),
        ("review_gating", "error review-conditional", "[<if happy>]", Some(Exact), Some(Right)),
        ("shouting", "error marketing-promotion", "[<BUY NOW>]", Some(Exact), Some(Right)),
        ("gif", "error link-external", "[<x.example/a.gif>]", Some(Found), Some(Right)),
        ("email", "error link-external", "[<a@b.example>]", Some(Missed), Some(Wrong)),
        // A character in common is enough; a common edge is not.
        ("promo", "error coupon-code", "tä[ke <1]0>", Some(Exact), Some(Right)),
        ("promo", "error coupon-code", "<[take>] 10", Some(Exact), Some(Right)),
        ("promo", "error coupon-code", "[take]< 10>", Some(Missed), Some(Wrong)),
        ("promo", "error coupon-code", "<take >[10]", Some(Missed), Some(Wrong)),
        // What is said of the whole message is said of each of its words.
        ("thank_you_only", "error thank-you-only", "thanks", Some(Exact), Some(Right)),
        ("thank_you_only", "error here-to-help-only", "<thanks> a lot", Some(Found), Some(Right)),
        ("emoji", "error emoji", "[thanks] a lot", Some(Exact), Some(Right)),
        // An error is wanted, and counts; but for some labels less is enough.
        ("promo", "warning marketing-promotion", "[<buy more>]", Some(Missed), None),
        ("physical_address", "warning postal-address", "[<7 Hill Road>]", Some(Exact), None),
        ("physical_address", "note postal-address", "[<7 Hill Road>]", Some(Missed), None),
        ("shouting", "note shouting-and-punctuation", "[<BUY>]", Some(Exact), None),
        // A debatable label is not wanted, and a finding on it is right.
        ("promo?", "error marketing-promotion", "[<buy more>]", None, Some(Right)),
        ("promo?", "error marketing-promotion", "[buy] <more>", None, Some(Wrong)),
        ("promo?", "error emoji", "[<buy more>]", None, Some(Wrong)),
        // Rules that no label speaks of.
        ("promo", "error order-id-malformed", "[<buy more>]", Some(Missed), Some(Unjudged)),
        ("emoji", "error text-emoticon", "[<:-)>]", Some(Missed), Some(Unjudged)),
        // Rules as labels: those of the family answer, and the corpus speaks of them.
        ("text-emoticon", "note text-emoticon", "[<:-)>]", Some(Exact), None),
        ("text-emoticon", "error emoji", "[<:-)>]", Some(Found), Some(Right)),
        ("order-id-malformed", "error order-id-malformed", "[<11-1>]", Some(Exact), Some(Right)),
        ("order-id-malformed", "error order-id-multiple", "[<11-1>]", Some(Missed), Some(Unjudged)),
        ("wcag-lang", "error wcag-contrast", "[<grey>]", Some(Found), Some(Right)),
        // In the standard profile this rule is off: nobody is asked for it.
        ("confirmation-inside", "error emoji", "[shipped] <😊>", None, Some(Wrong)),
    ] {
        let wanted = (answer, worth);
        assert_eq!(judged(label, found, drawing, Severity::Error), wanted, "{label}, {found}: {drawing}");
    }
}

#[test]
fn what_counts_if_warnings_do() {
    for (label, found, drawing, answer, worth) in [
        ("promo", "warning marketing-promotion", "[<buy>]", Some(Answer::Exact), Some(Worth::Right)),
        ("promo", "warning marketing-promotion", "[buy]<!>", Some(Answer::Missed), Some(Worth::Wrong)),
        ("promo", "note marketing-promotion", "[<buy>]", Some(Answer::Missed), None),
        ("shouting", "note shouting-and-punctuation", "[<BUY>]", Some(Answer::Exact), None),
        (
            "physical_address",
            "warning postal-address",
            "[<7 Hill Road>]",
            Some(Answer::Exact),
            Some(Worth::Right),
        ),
    ] {
        let wanted = (answer, worth);
        assert_eq!(judged(label, found, drawing, Severity::Warning), wanted, "{label}, {found}: {drawing}");
    }
}

#[test]
fn subject_and_body_are_two_texts() {
    let labels = labels(&Settings::default());
    let row = r#"{"subject": "sale now", "body": "hello", "labels": [{"rule": "promo", "quote": "sale"}]}"#;
    let mut corpus = Corpus::default();
    corpus.read("a.jsonl", row, &labels).unwrap();
    let spoken = measure::rules_spoken_of(&corpus, &labels);
    let judge = Judge { labels: &labels, judged: &spoken, least: Severity::Error };
    for (field, worth) in [(FieldName::Subject, Worth::Right), (FieldName::Body, Worth::Wrong)] {
        let finding = Finding { field, ..finding("error marketing-promotion", "<sale> now") };
        assert_eq!(judge.judge(&corpus.messages[0], &[finding]).counted, [(0, worth)]);
    }
}

/// Messages that the rules surely find what is wrong with, or surely nothing.
const MESSAGES: &str = r#"
{"id": "a", "lang": "en", "context": "unknown", "body": "Thank you for your purchase!", "clean": false, "family": "x", "labels": [{"rule": "thank_you_only", "quote": null}]}
{"id": "b", "lang": "en", "context": "reply", "body": "The lid is on its way 😊", "clean": false, "family": "x", "labels": [{"rule": "emoji", "quote": "😊"}, {"rule": "promo", "quote": "The lid"}]}
{"id": "c", "lang": "en", "kind": "reply", "context": "proactive", "body": "The lid is on its way 😊", "clean": true, "labels": []}
{"id": "d", "lang": "en", "kind": "proactive", "body": "Order 123-1234567-1234567: which name shall we engrave on the bowl?", "clean": true, "labels": [], "family": "y"}
{"id": "e", "lang": "en", "context": "reply", "body": "Please ask 😊", "clean": false, "labels": [{"rule": "no_purpose", "quote": null}, {"rule": "emoji", "quote": "😊", "debatable": true}], "family": "y"}
{"id": "f", "lang": "en", "context": "reply", "body": "😊", "clean": true, "labels": [], "doubtful": true}
{"id": "g", "lang": "en", "context": "reply", "body": "{{name}}, your lid", "final": true, "clean": false, "labels": [{"rule": "placeholder_left", "quote": "{{name}}"}]}
"#;

fn measured(text: &str, settings: &Settings, by: Option<&str>) -> Measured {
    let (linter, labels) = (Linter::new(builtin::rules()), labels(settings));
    let mut corpus = Corpus::default();
    corpus.read("messages.jsonl", text, &labels).unwrap();
    let options = Options { least: Severity::Error, by: by.map(str::to_owned) };
    measure(&corpus, &linter, &labels, settings, &options)
}

fn share(part: usize, whole: usize) -> Share {
    Share { part, whole }
}

#[test]
fn messages_add_up() {
    let Measured { total, doubtful, unasked, missed, wrong, .. } =
        measured(MESSAGES, &Settings::default(), None);
    // Right are the thanks, two emoji and the placeholder; wrong is the emoji of `c`.
    assert_eq!((total.messages, doubtful, unasked), (6, 1, 0));
    assert_eq!((total.right, total.found, total.exact), (share(4, 5), share(3, 5), share(3, 5)));
    // `e` wants no error, so whether it has one is not asked.
    assert_eq!(total.flagged, share(3, 3));
    assert_eq!(
        total.alarms.into_iter().collect::<Vec<_>>(),
        [(Kind::Proactive, share(0, 1)), (Kind::Reply, share(1, 1))]
    );
    let missed: Vec<_> =
        missed.iter().map(|miss| (miss.id.as_str(), miss.label.as_str(), miss.words.as_deref())).collect();
    assert_eq!(missed, [("b", "promo", Some("The lid")), ("e", "no_purpose", None)]);
    let wrong: Vec<_> =
        wrong.iter().map(|wrong| (wrong.id.as_str(), wrong.rule.as_str(), wrong.words.as_deref())).collect();
    assert_eq!(wrong, [("c", "emoji", Some("😊"))]);
}

#[test]
fn rules_and_labels_have_rows() {
    let Measured { labels, rules, silent, .. } = measured(MESSAGES, &Settings::default(), None);
    let labels: Vec<_> = labels.iter().map(|row| (row.name.as_str(), row.found, row.exact)).collect();
    let one = share(1, 1);
    assert_eq!(
        labels,
        [
            ("emoji", one, one),
            ("no_purpose", share(0, 1), share(0, 1)),
            ("placeholder_left", one, one),
            ("promo", share(0, 1), share(0, 1)),
            ("thank_you_only", one, one),
        ]
    );
    let row = |id: &str| rules.iter().find(|row| row.id == id).unwrap();
    let emoji = row("emoji");
    assert_eq!((emoji.fired, emoji.right, emoji.found), (3, share(2, 3), share(1, 1)));
    // Misses are laid to the rule that the label names first, whether it ever fired or not.
    let promotion = row("marketing-promotion");
    assert_eq!((promotion.fired, promotion.right, promotion.found), (0, share(0, 0), share(0, 1)));
    let is_silent = |id: &str| silent.iter().any(|rule| rule == id);
    assert!(is_silent("marketing-promotion") && is_silent("gif"));
    assert!(!is_silent("emoji") && !is_silent("confirmation-inside"), "one fired, the other is off");
}

#[test]
fn messages_can_be_counted_by_a_key() {
    let by = |key: &str| -> Vec<(Option<String>, usize, Share)> {
        let groups = measured(MESSAGES, &Settings::default(), Some(key)).groups;
        groups.into_iter().map(|group| (group.name, group.score.messages, group.score.right)).collect()
    };
    let name = |name: &str| Some(name.to_owned());
    assert_eq!(
        by("family"),
        [(None, 2, share(1, 2)), (name("x"), 2, share(2, 2)), (name("y"), 2, share(1, 1)),]
    );
    assert_eq!(by("kind"), [(name("proactive"), 2, share(1, 1)), (name("reply"), 4, share(3, 4))]);
    assert_eq!(by("file"), [(name("messages.jsonl"), 6, share(4, 5))]);
}

#[test]
fn what_is_not_asked_is_not_wanted() {
    let settings = Settings { only: vec!["emoji".to_owned()], ..Settings::default() };
    let Measured { total, unasked, labels, silent, .. } = measured(MESSAGES, &settings, None);
    assert_eq!((total.found, total.right, unasked), (share(1, 1), share(2, 3), 4));
    assert_eq!(labels.len(), 1);
    assert!(silent.iter().all(|rule| rule != "thank-you-only"), "{silent:?}");
    let settings = Settings { profile: Profile::Lenient, ..Settings::default() };
    assert_eq!(
        measured(MESSAGES, &settings, None).unasked,
        1,
        "the profile has only a note for `no_purpose`"
    );
}

#[test]
fn nothing_has_no_share() {
    let empty = measured("\n", &Settings::default(), None).total;
    assert_eq!(
        (empty.precision(), empty.recall(), empty.f1(), empty.all_alarms().ratio()),
        (None, None, None, None)
    );
    let score = Score { right: share(0, 3), found: share(0, 2), ..Score::default() };
    assert_eq!(score.f1(), Some(0.0));
    let score = Score { right: share(1, 2), found: share(1, 1), ..Score::default() };
    assert!((score.f1().unwrap() - 2.0 / 3.0).abs() < 1e-9);
}

/// The mistakes of a file as `line: message (help)`.
fn mistakes(text: &str) -> Vec<String> {
    let result = Corpus::default().read("a.jsonl", text, &labels(&Settings::default()));
    let told = |mistake: Mistake| match mistake.help {
        Some(help) => format!("{}: {} ({help})", mistake.line, mistake.message),
        None => format!("{}: {}", mistake.line, mistake.message),
    };
    result.err().unwrap_or_default().into_iter().map(told).collect()
}

#[test]
fn a_mistake_is_told_with_its_line_and_what_to_do() {
    let label =
        "`review_gaiting` is neither the id of a rule nor a label of a pack (did you mean `review_gating`?)";
    let quote = "the message does not have the words `stars` of the label `promo` (copy it letter by letter, or write `null` if the whole message is meant)";
    for (row, wanted) in [
        (r#"{"body": "a", "labels": []}"#, None),
        (r#"{"body": "a", "labels": [], "subject": null, "source": ["x"], "why": {}}"#, None),
        (r#"{"body": "a", "labels": [{"rule": "review_gaiting"}]}"#, Some(label)),
        (r#"{"body": "a", "labels": [{"rule": "promo", "quote": "stars"}]}"#, Some(quote)),
        (r#"{"body": "a", "subject": "stars", "labels": [{"rule": "promo", "quote": "stars"}]}"#, None),
        (r#"{"body": "a", "labels": [{"rule": "promo", "quote": ""}]}"#, None),
        (r#"{"body": "a", "labels": [{"quote": "a"}]}"#, Some("the key `rule` is missing")),
        (r#"{"labels": []}"#, Some("the key `body` is missing")),
        (r#"{"body": "a"}"#, Some("the key `labels` is missing")),
        (r#"{"body": 7, "labels": []}"#, Some("invalid type: integer `7`, expected a string")),
        (
            r#"{"body": "a", "labels": []"#,
            Some("the line is no JSON object: EOF while parsing an object in column 26"),
        ),
        (r#"["a"]"#, Some("invalid type: sequence, expected an object with `body` and `labels`")),
        (
            r#"{"body": "a", "labels": [], "kind": "answer"}"#,
            Some("there is no kind `answer` (write `proactive`, `reply`, `critical` or `unknown`)"),
        ),
        (
            r#"{"body": "a", "labels": [{"rule": "promo"}], "clean": true}"#,
            Some("the message is called clean and has a label"),
        ),
        (
            r#"{"body": "a", "labels": [{"rule": "promos"}], "doubtful": true}"#,
            Some("`promos` is neither the id of a rule nor a label of a pack (did you mean `promo`?)"),
        ),
    ] {
        let wanted: Vec<String> = wanted.iter().map(|wanted| format!("2: {wanted}")).collect();
        assert_eq!(mistakes(&format!("\n{row}\n")), wanted, "{row}");
    }
}

#[test]
fn every_mistake_of_a_file_is_told() {
    let text = "{\"id\": 1, \"body\": \"a\", \"labels\": []}\r\n\r\n7\n{\"id\": \"1\", \"body\": \"b\", \"labels\": []}\n";
    assert_eq!(
        mistakes(text),
        [
            "3: invalid type: integer `7`, expected an object with `body` and `labels`",
            "4: the id `1` is that of line 1 too",
        ]
    );
}

#[test]
fn only_what_is_asked_for_is_kept() {
    let labels = labels(&Settings::default());
    let read = || {
        let mut corpus = Corpus::default();
        corpus.read("m.jsonl", MESSAGES, &labels).unwrap();
        corpus
    };
    let ids = |corpus: &Corpus| corpus.messages.iter().map(|message| message.id.clone()).collect::<String>();
    for (key, value, wanted) in [
        ("kind", "proactive", "ad"),
        ("family", "y", "de"),
        ("lang", "en", "abcdeg"),
        ("final", "x", ""),
        ("lang", "de", ""),
    ] {
        let mut corpus = read();
        let kept = corpus.keep(key, value);
        match key {
            "final" => assert_eq!(kept, Err("known: family, file, kind, lang".to_owned())),
            _ => assert_eq!((kept, ids(&corpus)), (Ok(()), wanted.to_owned()), "{key}={value}"),
        }
    }
}

fn pack(name: &str, about: &str) -> Pack {
    let files = [(format!("{name}/pack.toml"), about), (format!("{name}/no-ice.toml"), NO_ICE)];
    let files = files.into_iter().map(|(path, text)| PackFile { path, text: text.to_owned() });
    Pack::read(files.collect(), name).unwrap()
}

const NO_ICE: &str = r#"
title = "ice"
severity = { standard = "error", strict = "error", lenient = "off" }
policy = []
certainty = "official"
checked = 2026-11-22
since = "1.0.0"
message = "`{match}` is ice"
help = "write water"
explain = "Ice."
[[detect]]
confidence = "low"
[detect.phrase]
any.en = ["ice"]
"#;

const ABOUT: &str = "name = 'house'\ntitle = 'House'\nversion = '1.0.0'\n";

#[test]
fn a_pack_declares_labels_and_adds_to_those_of_others() {
    let about = format!(
        "{ABOUT}[label.cold]\nrules = ['house/no-ice']\nlike = ['emoji']\nenough = 'warning'\n[label.emoji]\nrules = ['house/no-ice']\n"
    );
    let packs = [builtin::pack(), pack("house", &about)];
    let linter = Linter::new(compile(&packs).unwrap().0);
    let labels = Labels::new(&packs, &linter, &Settings::default());
    let label = |name: &str| &labels.all()[labels.find(name).unwrap()];
    let both: BTreeSet<String> = ["emoji", "house/no-ice"].map(str::to_owned).into();
    assert_eq!((&label("cold").answers, label("cold").enough), (&both, Severity::Warning));
    assert_eq!((&label("emoji").answers, label("emoji").rules.len()), (&both, 2));
}

#[test]
fn a_label_asks_for_no_more_than_its_rule_can_give() {
    let packs = [builtin::pack(), pack("house", ABOUT)];
    let linter = Linter::new(compile(&packs).unwrap().0);
    let ice = |settings: &Settings| {
        let labels = Labels::new(&packs, &linter, settings);
        labels.all()[labels.find("house/no-ice").unwrap()].clone()
    };
    let strict = Settings { profile: Profile::Strict, ..Settings::default() };
    assert_eq!(ice(&Settings::default()).enough, Severity::Warning, "low confidence is no error");
    assert_eq!(ice(&strict).enough, Severity::Error);
    assert!(ice(&strict).is_asked(Severity::Error));
    for settings in [
        Settings { min_confidence: Confidence::Medium, ..Settings::default() },
        Settings { profile: Profile::Lenient, ..Settings::default() },
        Settings { only: vec!["emoji".to_owned()], ..Settings::default() },
    ] {
        assert!(!ice(&settings).is_asked(Severity::Note), "{settings:?}");
    }
}

#[test]
fn a_label_that_names_nothing_is_a_mistake_in_the_pack() {
    for (label, wanted) in [
        ("rules = ['house/no-rice']", "there is no rule `house/no-rice`"),
        ("rules = []", "`rules` is empty"),
        ("rules = ['emoji']\nanswers = ['emojis']", "there is no rule `emojis`"),
        ("rules = ['emoji']\nlike = ['hot']", "there is no label `hot`"),
    ] {
        let packs = [builtin::pack(), pack("house", &format!("{ABOUT}[label.cold]\n{label}\n"))];
        let mistakes = compile(&packs).unwrap_err();
        let told: Vec<&str> = mistakes.iter().map(|mistake| mistake.message.as_str()).collect();
        assert_eq!(told, [wanted], "{label}");
    }
}
