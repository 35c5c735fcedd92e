//! Baselines: what was there stays silent, what is new is told, and nothing else makes a difference.
#![allow(clippy::unwrap_used, reason = "what the tests share is a test too")]

use std::fs;
use std::path::Path;
use std::process::Output;
use std::sync::OnceLock;

use proptest::prelude::{Just, ProptestConfig, Strategy, any, proptest};
use proptest::sample::select;
use proptest::{collection::vec, prop_assert, prop_assert_eq, prop_oneof};
use sellerlint::config::{parse_baseline, written_baseline};
use sellerlint::document::{Format, ReadAs};
use sellerlint::finding::{Finding, Fingerprint, RuleId};
use sellerlint::lint::baseline::{Baseline, Entry};
use sellerlint::lint::{FileReport, Linter, Settings, Suppression};
use sellerlint::rule::builtin;
use tempfile::TempDir;

mod program;

use program::{command, sellerlint};

const NAME: &str = "sellerlint-baseline.toml";

fn linter() -> &'static Linter {
    static LINTER: OnceLock<Linter> = OnceLock::new();
    LINTER.get_or_init(|| Linter::new(builtin::rules()))
}

fn lint(format: &str, text: &[u8]) -> FileReport {
    let format = Format::ALL.iter().copied().find(|known| known.name() == format).unwrap();
    let reading = ReadAs { format, bodies: vec!["[].body".parse().unwrap()], ..ReadAs::default() };
    linter().lint("drafts/a", text, &reading, &Settings::default())
}

fn taken(report: &FileReport) -> Baseline {
    let mut baseline = Baseline::default();
    baseline.add(&report.path, report, linter().rules());
    baseline
}

/// What a report tells where a baseline holds, and what of the baseline is left.
fn told(baseline: &Baseline, mut report: FileReport) -> (Vec<Finding>, Baseline) {
    let mut left = baseline.clone();
    left.spend("drafts/a", &mut report, linter().rules());
    (report.messages.into_iter().flat_map(|message| message.findings).collect(), left)
}

/// Such a finding is never accepted.
fn tells_what_was_not_judged(finding: &Finding) -> bool {
    ["unreadable-record", "limit-reached"].contains(&finding.rule.as_str())
}

/// Each finding as `rule: words`.
fn shown(findings: &[Finding]) -> Vec<String> {
    findings.iter().map(|finding| format!("{}: {}", finding.rule, finding.text)).collect()
}

/// Paragraphs that sin.
const SINS: &[&str] = &[
    "Please leave us a 5-star review on Amazon.",
    "Call us at +1 202 555 0143 today.",
    "Write to help@norvik-lamps.com instead.",
    "Get 20% off your next order with code SAVE20.",
    "Great news 😀😀!!!",
    "See http://bit.ly/x for more.",
    "Follow us on Instagram @norvik_lamps.",
    "If you are unhappy, contact us before you leave a review.",
    "Re\u{AD}view us  now , please .",
    "Thank you so much for your purchase!",
];

/// Paragraphs that say what may be said.
const NEUTRAL: &[&str] = &[
    "Which of the two names shall we engrave on the bowl?",
    "The parcel for order 123-1234567-1234567 could not be delivered, because the house number is missing.",
    "Please tell us the missing number, so that the carrier can try again.",
];

/// A paragraph that is a message without fault.
const CLEAN: &str = "Order 123-1234567-1234567: which name shall we engrave on the bowl?";

/// A draft of these paragraphs in a format of one message, or of a message a paragraph.
fn written(format: &str, paragraphs: &[String]) -> String {
    let json = |paragraph: &String| serde_json::json!({ "body": paragraph }).to_string();
    let quoted = |paragraph: &String| format!("\"{}\"\n", paragraph.replace('"', "\"\""));
    let lines: Vec<String> = paragraphs.iter().map(json).collect();
    match format {
        "html" => paragraphs.iter().map(|paragraph| format!("<p>{paragraph}</p>\n")).collect(),
        "eml" => format!(
            "Subject: Your order\nFrom: a@example.com\nContent-Type: text/plain; charset=utf-8\n\n{}\n",
            paragraphs.join("\n\n")
        ),
        "jsonl" => lines.iter().map(|line| format!("{line}\n")).collect(),
        "json" => format!("[\n{}\n]\n", lines.join(",\n")),
        "yaml" => lines.iter().map(|line| format!("- {line}\n")).collect(),
        "csv" => format!("body\n{}", paragraphs.iter().map(quoted).collect::<String>()),
        _ => paragraphs.join("\n\n") + "\n",
    }
}

const FORMATS: &[&str] = &["txt", "md", "html", "eml", "jsonl", "json", "yaml", "csv"];

fn paragraphs() -> impl Strategy<Value = Vec<String>> {
    let paragraph = prop_oneof![3 => select(SINS), 1 => select(NEUTRAL)];
    vec(paragraph.prop_map(str::to_owned), 0..12)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn a_baseline_taken_now_tells_nothing_now(
        format in select(FORMATS),
        draft in prop_oneof![
            (Just(true), paragraphs().prop_map(|paragraphs| (paragraphs, Vec::new()))),
            (Just(false), vec(any::<u8>(), 0..300).prop_map(|bytes| (Vec::new(), bytes))),
        ],
    ) {
        let (is_text, (paragraphs, bytes)) = draft;
        let bytes = if is_text { written(format, &paragraphs).into_bytes() } else { bytes };
        let report = lint(format, &bytes);
        let baseline = taken(&report);
        let mut spent = report.clone();
        let mut left = baseline.clone();
        left.spend("drafts/a", &mut spent, linter().rules());
        prop_assert!(left.is_empty());
        for (before, after) in report.messages.iter().zip(&spent.messages) {
            prop_assert!(after.findings.iter().all(tells_what_was_not_judged));
            prop_assert_eq!(before.findings.len(), after.suppressed.len() + after.findings.len());
            prop_assert!(!after.suppressed.iter().any(|suppressed| tells_what_was_not_judged(&suppressed.finding)));
            for suppressed in &after.suppressed {
                prop_assert!(before.findings.contains(&suppressed.finding));
                prop_assert_eq!(&suppressed.by, &Suppression::Baseline);
            }
        }
        prop_assert_eq!(parse_baseline(&written_baseline(&baseline)).unwrap(), baseline);
    }

    /// Sentences that are judged together may be one finding, and what is put between them makes it another one; so the
    /// edit is before or after them all, or is a record of its own.
    #[test]
    fn an_edit_elsewhere_brings_nothing_back(
        format in select(FORMATS),
        before in paragraphs(),
        at in any::<proptest::sample::Index>(),
    ) {
        let baseline = taken(&lint(format, written(format, &before).as_bytes()));
        let at = match format {
            "jsonl" | "json" | "yaml" | "csv" => at.index(before.len() + 1),
            _ => at.index(2) * before.len(),
        };
        let mut after = before.clone();
        after.insert(at, CLEAN.to_owned());
        let (new, _) = told(&baseline, lint(format, written(format, &after).as_bytes()));
        prop_assert!(new.is_empty(), "{:?}\n{after:#?}", shown(&new));
    }

    #[test]
    fn line_ends_make_no_difference(format in select(FORMATS), paragraphs in paragraphs()) {
        let text = written(format, &paragraphs);
        let unix = taken(&lint(format, text.as_bytes()));
        let dos = taken(&lint(format, text.replace('\n', "\r\n").as_bytes()));
        prop_assert_eq!(unix, dos);
    }

    #[test]
    fn one_offence_more_of_the_same_words_is_told(
        format in select(&["jsonl", "json", "yaml", "csv"][..]),
        before in paragraphs(),
        sin in select(SINS),
    ) {
        let baseline = taken(&lint(format, written(format, &before).as_bytes()));
        let mut after = before.clone();
        after.push(sin.to_owned());
        let (new, _) = told(&baseline, lint(format, written(format, &after).as_bytes()));
        let of_sin = lint(format, written(format, &[sin.to_owned()]).as_bytes());
        prop_assert_eq!(shown(&new), shown(&of_sin.messages[0].findings));
    }

    #[test]
    fn what_is_subtracted_and_added_again_is_the_same(
        one in vec((0..3usize, 0..3u8, 1..4usize), 0..8),
        other in vec((0..3usize, 0..3u8, 1..4usize), 0..8),
    ) {
        let made = |entries: &[(usize, u8, usize)]| {
            let mut baseline = Baseline::default();
            for (path, words, count) in entries {
                let rule = RuleId::new("emoji");
                let fingerprint = Fingerprint::new(&rule, &format!("{}", (b'a' + words) as char));
                let path = ["a.txt", "b.txt", "c.txt"][*path];
                baseline.insert(Entry { path, rule: &rule, fingerprint, count: *count });
            }
            baseline
        };
        let (one, other) = (made(&one), made(&other));
        let mut both = one.clone();
        both.add_all(&other);
        prop_assert!(one.without(&both).is_empty());
        prop_assert!(both.without(&one).without(&other).is_empty());
        let mut rest = both.clone();
        rest.retain(|entry| other.entries().all(|known| (known.path, known.fingerprint) != (entry.path, entry.fingerprint)));
        prop_assert!(rest.without(&one).is_empty());
        prop_assert_eq!(one.without(&Baseline::default()), one);
    }
}

#[test]
fn a_second_offence_of_the_same_words_is_told_where_it_stands_second() {
    let one = "Call us at +1 202 555 0143 today.\n\nWhich name shall we engrave?\n";
    let two = format!("{one}\nCall us at +1 202 555 0199 today.\n");
    let baseline = taken(&lint("txt", one.as_bytes()));
    let (new, left) = told(&baseline, lint("txt", two.as_bytes()));
    assert_eq!(shown(&new), ["phone-number: Call us at +1 202 555 0199"]);
    assert!(left.is_empty());
    let (new, left) = told(&taken(&lint("txt", two.as_bytes())), lint("txt", one.as_bytes()));
    assert!(new.is_empty());
    assert_eq!(left.findings(), 1);
}

#[test]
fn records_share_the_counts_of_their_file_across_blocks() {
    let record = "{\"body\":\"Call us at +1 202 555 0143 today.\"}\n";
    let report = lint("jsonl", record.repeat(3).as_bytes());
    let baseline = taken(&lint("jsonl", record.repeat(2).as_bytes()));
    let mut left = baseline.clone();
    let mut findings = Vec::new();
    for message in report.messages {
        let mut block = FileReport { path: report.path.clone(), messages: vec![message] };
        left.spend("drafts/a", &mut block, linter().rules());
        findings
            .push(block.messages[0].findings.iter().any(|finding| finding.rule.as_str() == "phone-number"));
    }
    assert_eq!(findings, [false, false, true]);
}

/// Standard output, and that the exit code was this one.
fn told_with(exit: i32, output: &Output) -> String {
    assert_eq!(output.status.code(), Some(exit), "{output:?}");
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// Two hundred drafts, of every format, each with old sins.
fn old_sins(folder: &Path) {
    let formats = ["txt", "md", "html", "eml", "jsonl", "csv"];
    for number in 0..200 {
        let format = formats[number % formats.len()];
        let sin = |step: usize| SINS[(number * step + step) % SINS.len()];
        let mut paragraphs = vec![sin(1), NEUTRAL[number % NEUTRAL.len()], sin(3), sin(7)];
        paragraphs.truncate(2 + number % 3);
        let paragraphs: Vec<String> = paragraphs.into_iter().map(str::to_owned).collect();
        let inner = folder.join(format!("drafts/{}", number % 9));
        fs::create_dir_all(&inner).unwrap();
        fs::write(inner.join(format!("{number}.{format}")), written(format, &paragraphs)).unwrap();
    }
}

/// The beginning of a draft in the folder, changed.
fn edit(folder: &Path, path: &str, change: impl Fn(String) -> String) {
    let path = folder.join(path);
    let text = fs::read_to_string(&path).unwrap();
    let changed = change(text.clone());
    assert_ne!(text, changed, "{}", path.display());
    fs::write(path, changed).unwrap();
}

#[test]
fn two_hundred_drafts_with_old_sins_three_edits_and_one_new_offence() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    old_sins(folder);
    let concise = ["--output-format", "concise", "."];
    let before = told_with(1, &sellerlint(folder, &concise));
    assert!(before.lines().count() > 300, "{}", before.lines().count());

    let adopted = told_with(0, &sellerlint(folder, &["baseline"]));
    let count = before.lines().count();
    assert_eq!(
        adopted,
        format!("sellerlint-baseline.toml: {count} findings in 200 files accepted ({count} new, 0 gone)\n")
    );
    let quiet = sellerlint(folder, &concise);
    assert_eq!((told_with(0, &quiet), quiet.stderr), (String::new(), Vec::new()));

    edit(folder, "drafts/0/0.txt", |text| format!("{}\n\n{text}", NEUTRAL[1]));
    edit(folder, "drafts/2/2.html", |text| format!("{text}<p>{}</p>\n", NEUTRAL[2]).replace('\n', "\r\n"));
    edit(folder, "drafts/4/4.jsonl", |text| {
        format!("{}{text}", written("jsonl", &[format!("{} {}", NEUTRAL[1], NEUTRAL[0])]))
    });
    assert_eq!(told_with(0, &sellerlint(folder, &concise)), "");

    edit(folder, "drafts/6/6.txt", |text| format!("{text}\nWrite to anna@example.org instead.\n"));
    let new = told_with(1, &sellerlint(folder, &concise));
    assert_eq!(new.lines().count(), 1, "{new}");
    assert!(new.starts_with("drafts/6/6.txt:") && new.contains("error[email-address]"), "{new}");

    let all = told_with(1, &sellerlint(folder, &[&concise[..], &["--no-baseline"]].concat()));
    assert!(all.lines().count() > 300, "{}", all.lines().count());
}

/// The same drafts in two folders, looked at from different places, with any number of threads and any order.
#[test]
fn every_machine_writes_the_same_bytes() {
    let written_by = |prepare: &dyn Fn(&Path), within: &str, args: &[&str]| {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("sellerlint.toml"), "min-confidence = \"medium\"\n").unwrap();
        old_sins(folder.path());
        let record = |number: usize| {
            let padding = " ".repeat(100_000);
            format!("{{\"body\":{:?},\"padding\":\"{padding}\"}}\n", SINS[number % 3])
        };
        fs::write(folder.path().join("export.jsonl"), (0..24).map(record).collect::<String>()).unwrap();
        prepare(folder.path());
        told_with(0, &sellerlint(&folder.path().join(within), &[&["baseline"], args].concat()));
        let told = told_with(0, &sellerlint(folder.path(), &["--output-format", "concise", "."]));
        assert_eq!(told, "");
        fs::read_to_string(folder.path().join(NAME)).unwrap()
    };
    let nothing = |_: &Path| {};
    let one = written_by(&nothing, ".", &["--threads", "1"]);
    assert!(one.lines().count() > 200 && one.contains("export.jsonl"));
    assert_eq!(one, written_by(&nothing, ".", &["--threads", "16", "export.jsonl", "drafts", "./drafts/3"]));
    assert_eq!(one, written_by(&nothing, "drafts/3", &["../..", "."]));
    let crlf = |folder: &Path| {
        for number in (0..200).step_by(6) {
            edit(folder, &format!("drafts/{}/{number}.txt", number % 9), |text| text.replace('\n', "\r\n"));
        }
    };
    assert_eq!(one, written_by(&crlf, ".", &["."]));
    for line in one.lines().filter(|line| line.starts_with("  [")) {
        for secret in ["202", "0143", "norvik", "review us", "SAVE20", "/tmp"] {
            assert!(!line.contains(secret), "{line}");
        }
    }
}

const PHONE: &str = "Call us at +1 202 555 0143 today. Which name shall we engrave?\n";
const MAIL: &str = "Write to a@example.com. Which name shall we engrave?\n";

/// A folder with files, and two rules.
fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("sellerlint.toml"), "select = [\"phone-number\", \"email-address\"]\n")
        .unwrap();
    for (path, text) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

/// The entries of a baseline as `path rule count`.
fn entries(folder: &Path, name: &str) -> Vec<String> {
    let baseline = parse_baseline(&fs::read_to_string(folder.join(name)).unwrap()).unwrap();
    let line = |entry: Entry<'_>| format!("{} {} {}", entry.path, entry.rule, entry.count);
    baseline.entries().map(line).collect()
}

#[test]
fn a_baseline_of_a_part_leaves_the_rest_as_it_was() {
    let folder = folder(&[("a/a.txt", PHONE), ("b/b.txt", PHONE), ("c/c.txt", "")]);
    let folder = folder.path();
    sellerlint(folder, &["baseline"]);
    assert_eq!(entries(folder, NAME), ["a/a.txt phone-number 1", "b/b.txt phone-number 1"]);
    fs::write(folder.join("a/a.txt"), format!("{PHONE}\n{MAIL}")).unwrap();
    fs::write(folder.join("b/b.txt"), MAIL).unwrap();
    fs::write(folder.join("c/c.txt"), PHONE).unwrap();
    sellerlint(folder, &["baseline", "a", "c"]);
    let renewed = [
        "a/a.txt email-address 1",
        "a/a.txt phone-number 1",
        "b/b.txt phone-number 1",
        "c/c.txt phone-number 1",
    ];
    assert_eq!(entries(folder, NAME), renewed);
    // A rule that is not asked is not renewed either.
    fs::write(folder.join("c/c.txt"), MAIL).unwrap();
    sellerlint(folder, &["baseline", "--rule", "email-address", "c"]);
    assert_eq!(entries(folder, NAME)[3..], ["c/c.txt email-address 1", "c/c.txt phone-number 1"]);
    fs::remove_file(folder.join("a/a.txt")).unwrap();
    // Nor is it of a file that is gone.
    sellerlint(folder, &["baseline", "--rule", "email-address"]);
    assert_eq!(entries(folder, NAME)[0], "a/a.txt phone-number 1");
    let told = told_with(0, &sellerlint(folder, &["baseline"]));
    assert_eq!(told, "sellerlint-baseline.toml: 2 findings in 2 files accepted (0 new, 3 gone)\n");
    assert_eq!(entries(folder, NAME), ["b/b.txt email-address 1", "c/c.txt email-address 1"]);
}

#[test]
fn pruning_takes_out_what_is_gone_and_adds_nothing() {
    let folder = folder(&[("a.txt", &PHONE.repeat(2)), ("b.txt", PHONE), ("c/c.txt", MAIL)]);
    let folder = folder.path();
    sellerlint(folder, &["baseline"]);
    assert_eq!(entries(folder, NAME)[0], "a.txt phone-number 2");
    fs::write(folder.join("a.txt"), format!("{PHONE}{MAIL}")).unwrap();
    fs::remove_file(folder.join("b.txt")).unwrap();
    fs::write(folder.join("c/c.txt"), "Which name shall we engrave?\n").unwrap();

    // Single files are no occasion to speak of the rest.
    let one = sellerlint(folder, &["--exit-zero", "a.txt", "c/c.txt"]);
    assert_eq!(String::from_utf8(one.stderr).unwrap(), "");
    for narrowed in [&["--min-confidence", "high"][..], &["--max-findings", "9"]] {
        let narrow = sellerlint(folder, &[&["--exit-zero", "."], narrowed].concat());
        assert_eq!(String::from_utf8(narrow.stderr).unwrap(), "", "{narrowed:?}");
    }
    let other_rule = sellerlint(folder, &["--rule", "email-address", "--exit-zero", "c"]);
    assert!(
        String::from_utf8(other_rule.stderr)
            .unwrap()
            .contains("accepts 1 finding that is not there any more, in `c/c.txt`")
    );
    let all = sellerlint(folder, &["."]);
    assert_eq!(
        String::from_utf8(all.stderr).unwrap(),
        "note: `sellerlint-baseline.toml` accepts 3 findings that are not there any more, in `a.txt`, `b.txt` and `c/c.txt`\n\
         help: `sellerlint baseline --prune` takes out what is gone\n"
    );

    let told = told_with(0, &sellerlint(folder, &["baseline", "--prune"]));
    assert_eq!(told, "sellerlint-baseline.toml: 1 finding in 1 file accepted (0 new, 3 gone)\n");
    assert_eq!(entries(folder, NAME), ["a.txt phone-number 1"]);
    let left = sellerlint(folder, &["--output-format", "concise", "."]);
    assert_eq!(left.stderr, b"");
    assert!(told_with(1, &left).contains("email-address"));
}

#[test]
fn a_file_that_cannot_be_read_keeps_what_is_accepted() {
    let folder = folder(&[("a.txt", PHONE), ("b.csv", &format!("id,body\n1,{PHONE}"))]);
    let folder = folder.path();
    sellerlint(folder, &["baseline"]);
    let before = entries(folder, NAME);
    assert_eq!(before.len(), 2);
    fs::write(folder.join("b.csv"), "id,nothing\n1,2\n").unwrap();
    for args in [&["baseline"][..], &["baseline", "--prune"]] {
        told_with(2, &sellerlint(folder, args));
        assert_eq!(entries(folder, NAME), before, "{args:?}");
    }
}

/// What is in a record that cannot be read, nobody has seen; what was accepted of it before stays.
#[test]
fn what_was_not_judged_is_not_accepted() {
    let sin = "{\"body\":\"Call us at +1 202 555 0143 today.\"}\n";
    let other = "{\"body\":\"Leave us a 5-star review.\"}\n";
    let folder = folder(&[("a.jsonl", &format!("{sin}{other}")), ("b.txt", "Thank you!\n")]);
    let taken = |exit: i32| {
        let output = sellerlint(folder.path(), &["baseline", "--rule", "phone-number,thank-you-only"]);
        told_with(exit, &output);
        String::from_utf8(output.stderr).unwrap()
    };
    assert_eq!(taken(0), "");
    let before = entries(folder.path(), NAME);
    assert_eq!(before.len(), 2);
    fs::write(folder.path().join("a.jsonl"), "{\"body\":\"Call us at +1 \n{ {\n").unwrap();
    let complaint = taken(2);
    assert!(complaint.starts_with("error: not accepted: `a.jsonl`, line 1: "), "{complaint}");
    assert!(complaint.contains("(and 1 more in this file)"), "{complaint}");
    assert_eq!(entries(folder.path(), NAME), before);
    let args = ["--output-format", "concise", "--rule", "phone-number,thank-you-only", "."];
    let told = told_with(1, &sellerlint(folder.path(), &args));
    let rules: Vec<&str> = told.lines().map(|line| line.split(['[', ']']).nth(1).unwrap()).collect();
    assert_eq!(rules, ["unreadable-record", "unreadable-record"], "{told}");
}

#[test]
fn what_was_not_judged_is_not_accepted_by_hand_either() {
    let report = lint("jsonl", b"{ {\n");
    let [Finding { rule, fingerprint, .. }] = report.messages[0].findings.as_slice() else { panic!() };
    let mut baseline = Baseline::default();
    baseline.insert(Entry { path: "drafts/a", rule, fingerprint: *fingerprint, count: 1 });
    let (new, _) = told(&baseline, report.clone());
    assert_eq!(shown(&new), ["unreadable-record: {"]);
}

#[test]
fn each_configuration_has_a_baseline_of_its_own() {
    let folder =
        folder(&[("a.txt", PHONE), ("in/sellerlint.toml", ""), ("in/x/b.txt", "Call +1 202 555 0143\n")]);
    let folder = folder.path();
    told_with(0, &sellerlint(folder, &["baseline", "."]));
    assert_eq!(entries(folder, NAME), ["a.txt phone-number 1"]);
    assert!(entries(&folder.join("in"), NAME).contains(&"x/b.txt phone-number 1".to_owned()));
    told_with(0, &sellerlint(folder, &["."]));
    told_with(0, &sellerlint(&folder.join("in/x"), &["b.txt"]));
    fs::remove_file(folder.join("in").join(NAME)).unwrap();
    told_with(1, &sellerlint(folder, &["."]));
}

#[test]
fn without_a_configuration_the_current_folder_counts() {
    let folder = folder(&[("in/a.txt", PHONE)]);
    fs::remove_file(folder.path().join("sellerlint.toml")).unwrap();
    fs::create_dir(folder.path().join(".git")).unwrap();
    let folder = folder.path();
    told_with(0, &sellerlint(folder, &["baseline", "in"]));
    assert!(entries(folder, NAME).contains(&"in/a.txt phone-number 1".to_owned()));
    told_with(0, &sellerlint(folder, &["in/a.txt"]));
    // Who wants no configuration wants no baseline that lies there.
    told_with(1, &sellerlint(folder, &["--isolated", "in/a.txt"]));
    told_with(0, &sellerlint(folder, &["--isolated", "--baseline", NAME, "in/a.txt"]));
    told_with(2, &sellerlint(folder, &["baseline", "--isolated"]));
}

#[test]
fn a_baseline_elsewhere_says_the_way_to_the_files() {
    let folder = folder(&[("drafts/a.txt", PHONE), ("lint/note", "")]);
    let folder = folder.path();
    let named = ["--baseline", "lint/old.toml"];
    let told = told_with(0, &sellerlint(folder, &[&["baseline"], &named[..]].concat()));
    assert!(told.starts_with("lint/old.toml: 1 finding in 1 file accepted"), "{told}");
    assert_eq!(entries(&folder.join("lint"), "old.toml"), ["../drafts/a.txt phone-number 1"]);
    assert!(!folder.join(NAME).exists());
    told_with(1, &sellerlint(folder, &["."]));
    told_with(0, &sellerlint(folder, &[&["."], &named[..]].concat()));
    told_with(0, &sellerlint(&folder.join("drafts"), &["--baseline", "../lint/old.toml", "a.txt"]));
}

/// An editor hands the text over and says where it belongs.
#[test]
fn what_is_handed_over_has_the_baseline_of_its_place() {
    let folder = folder(&[("drafts/a.txt", PHONE)]);
    let folder = folder.path();
    sellerlint(folder, &["baseline"]);
    let run = |name: &str| {
        let input = fs::File::open(folder.join("drafts/a.txt")).unwrap();
        command(folder, &["--stdin-filename", name, "-"]).stdin(input).output().unwrap()
    };
    told_with(0, &run("drafts/a.txt"));
    told_with(1, &run("drafts/other.txt"));
    let told = sellerlint(folder, &["baseline", "-"]);
    assert_eq!(told.status.code(), Some(2));
    assert!(String::from_utf8(told.stderr).unwrap().contains("a baseline is about files"));
}

/// What is accepted may be mended all the same, and then it is no longer accepted.
#[test]
fn fixes_do_not_ask_the_baseline() {
    let folder = folder(&[("a.txt", "Which name shall we engrave 😀?\n")]);
    let folder = folder.path();
    fs::write(folder.join("sellerlint.toml"), "select = [\"emoji\"]\n").unwrap();
    sellerlint(folder, &["baseline"]);
    assert!(!entries(folder, NAME).is_empty());
    let mended = sellerlint(folder, &["--fix", "."]);
    let errors = String::from_utf8(mended.stderr.clone()).unwrap();
    told_with(0, &mended);
    assert_ne!(fs::read_to_string(folder.join("a.txt")).unwrap(), "Which name shall we engrave 😀?\n");
    assert!(errors.contains("not there any more, in `a.txt`"), "{errors}");
}

#[test]
fn a_baseline_that_did_not_change_is_not_written_again() {
    let folder = folder(&[("a.txt", PHONE)]);
    let folder = folder.path();
    sellerlint(folder, &["baseline"]);
    let commented = format!("# ours\n{}", fs::read_to_string(folder.join(NAME)).unwrap());
    fs::write(folder.join(NAME), &commented).unwrap();
    told_with(0, &sellerlint(folder, &["baseline"]));
    told_with(0, &sellerlint(folder, &["baseline", "--prune"]));
    assert_eq!(fs::read_to_string(folder.join(NAME)).unwrap(), commented);
}

#[cfg(unix)]
#[test]
fn a_baseline_is_written_whole_and_a_link_stays_a_link() {
    let folder = folder(&[("a.txt", PHONE), ("shared/old.toml", "version = 1\nfindings = []\n")]);
    let folder = folder.path();
    std::os::unix::fs::symlink("shared/old.toml", folder.join(NAME)).unwrap();
    told_with(0, &sellerlint(folder, &["baseline", "a.txt"]));
    assert!(fs::symlink_metadata(folder.join(NAME)).unwrap().is_symlink());
    assert_eq!(entries(&folder.join("shared"), "old.toml"), ["a.txt phone-number 1"]);
    assert_eq!(fs::read_dir(folder.join("shared")).unwrap().count(), 1);
}
