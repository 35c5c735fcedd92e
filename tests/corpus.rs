//! The record of how well the rules do on our own messages. A change of a rule shows here as messages that were found before
//! and are not now, or the other way round.
//!
//! `open.jsonl` are those that rules were written with. `sealed.jsonl` are those that nobody looked at before they were
//! measured, once, on 2026-11-22: a third of the first messages (precision 0.890, recall 0.708, exact rule 0.681), and
//! later, after more work on the rules, the families `daily` (0.950, 0.885, 0.848) and `polite` (0.778, 0.801, 0.754). Now
//! all are open.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::sync::LazyLock;

use sellerlint::corpus::{Corpus, Labels, Measured, Options, measure};
use sellerlint::document::ReadAs;
use sellerlint::finding::{Kind, Severity};
use sellerlint::lint::{KindOrigin, Linter, Settings};
use sellerlint::report::Style;
use sellerlint::report::measured::{Lists, full};
use sellerlint::rule::builtin;

const FOLDER: &str = "tests/corpus";

/// Files of messages, sorted.
fn files() -> Vec<PathBuf> {
    let entries = fs::read_dir(FOLDER).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<PathBuf> =
        entries.filter(|path| path.extension().is_some_and(|extension| extension == "jsonl")).collect();
    files.sort();
    files
}

static MEASURED: LazyLock<Measured> = LazyLock::new(|| {
    let (linter, settings) = (Linter::new(builtin::rules()), Settings::default());
    let labels = Labels::new(&[builtin::pack()], &linter, &settings);
    let mut corpus = Corpus::default();
    for file in files() {
        let name = file.file_name().unwrap().to_str().unwrap();
        corpus.read(name, &fs::read_to_string(&file).unwrap(), &labels).unwrap();
    }
    let options = Options { least: Severity::Error, by: Some("file".to_owned()) };
    measure(&corpus, &linter, &labels, &settings, &options)
});

/// A rule that got better changes this record as well: look at every message that it names, then accept it with
/// `INSTA_UPDATE=always cargo test --test corpus`.
#[test]
fn the_corpus_is_judged_as_recorded() {
    let mut measured = MEASURED.clone();
    let silent = std::mem::take(&mut measured.silent);
    let style = Style { colour: false, ascii: false, width: 120, several_files: true };
    let mut out = Vec::new();
    full(&measured, Lists { misses: true, wrong: true }, style, &mut out).unwrap();
    // A line each, so that one rule more or less is one line more or less.
    let silent: String = silent.iter().map(|rule| format!("silent  {rule}\n")).collect();
    insta::assert_snapshot!(format!("{}\n{silent}", String::from_utf8(out).unwrap()));
}

#[test]
fn hardly_a_permitted_message_is_an_alarm() {
    for (kind, alarms) in &MEASURED.total.alarms {
        assert!(alarms.part * 50 <= alarms.whole, "{kind}: {} of {}", alarms.part, alarms.whole);
    }
}

/// Each trap of the policy that its makers named is in at least three messages that may be sent.
#[test]
fn every_trap_stands_in_three_permitted_messages() {
    let mut permitted: BTreeMap<String, usize> = BTreeMap::new();
    for file in files() {
        for line in fs::read_to_string(file).unwrap().lines() {
            let row: serde_json::Value = serde_json::from_str(line).unwrap();
            let is_soft = |label: &serde_json::Value| {
                let name = label["rule"].as_str().unwrap();
                label["debatable"] == true || ["physical_address", "no_purpose", "shouting"].contains(&name)
            };
            let is_permitted = row["labels"].as_array().unwrap().iter().all(is_soft);
            for trap in row["traps"].as_array().into_iter().flatten().filter(|_| is_permitted) {
                *permitted.entry(trap.as_str().unwrap().to_owned()).or_default() += 1;
            }
        }
    }
    let rare: Vec<_> = permitted.iter().filter(|(_, count)| **count < 3).collect();
    assert!(permitted.len() > 200 && rare.is_empty(), "{} traps, too rare: {rare:?}", permitted.len());
}

/// What stands before and after a sentence in a message that may be sent without having been asked.
const FRAME: [&str; 2] = [
    "Hello,\n\nbefore we can ship order 113-4829103-5561220 we need to know which name to engrave on the bowl.\n\n",
    "\n\nPlease answer through Amazon's message centre.\n",
];

#[test]
fn sentences_that_only_sound_forbidden_are_no_errors() {
    let linter = Linter::new(builtin::rules());
    let errors = |text: &str, kind: Kind| -> Vec<String> {
        let settings = Settings { kind: Some((kind, KindOrigin::Option)), ..Settings::default() };
        let report = linter.lint("innocent.txt", text.as_bytes(), &ReadAs::default(), &settings);
        let findings = report.messages.into_iter().flat_map(|message| message.findings);
        let errors = findings.filter(|finding| finding.severity == Severity::Error);
        errors.map(|finding| format!("{}: {:?}", finding.rule, finding.text)).collect()
    };
    assert_eq!(errors(&FRAME.concat(), Kind::Proactive), Vec::<String>::new());
    let mut wrong = Vec::new();
    let sentences = fs::read_to_string(format!("{FOLDER}/innocent.txt")).unwrap();
    for sentence in sentences.lines().filter(|line| !line.trim().is_empty()) {
        let framed = format!("{}{sentence}{}", FRAME[0], FRAME[1]);
        for (text, kind) in [(sentence, Kind::Reply), (&framed, Kind::Proactive)] {
            let errors = errors(text, kind);
            if !errors.is_empty() {
                wrong.push(format!("{sentence:?} ({kind}): {}", errors.join(", ")));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}
