//! What was met before, and by which thread, changes no finding.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod program;

use std::fs;
use std::path::Path;

use sellerlint::document::ReadAs;
use sellerlint::lint::{FileReport, Linter, Settings};
use sellerlint::rule::builtin;
use serde_json::{Value, json};
use tempfile::TempDir;

use program::sellerlint;

/// Offences, of which every draft has up to three, in another order each time.
const OFFENCES: [&str; 7] = [
    "If you are pleased with the lamp, leave us a 5-star review!",
    "Call us at +1 202 555 0143.",
    "Write to lamps@norvik-lamps.com, we answer the same day.",
    "Take 15% off with the code LAMP15 at https://norvik-lamps.com/new.",
    "We will recieve the the parcel on Monday 😀",
    "Register the lamp on our website for a longer warranty.",
    "HURRY UP, THE SALE ENDS TONIGHT!!!",
];

/// More than are read at once.
const DRAFTS: usize = 300;

fn draft(number: usize) -> String {
    let sentence = |at: usize| OFFENCES[(number * at + number / 7 + at) % OFFENCES.len()];
    format!("Hello number {number},\n{} {}\n{}\n", sentence(1), sentence(2), sentence(3))
}

/// A folder of drafts, and records over several blocks.
fn drafts() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for number in 0..DRAFTS {
        let within = folder.path().join(format!("drafts/{}", number % 9));
        fs::create_dir_all(&within).unwrap();
        fs::write(within.join(format!("{number}.txt")), draft(number)).unwrap();
    }
    let padding = "-".repeat(4000);
    let record =
        |number| json!({ "id": number, "text": draft(number), "padding": padding }).to_string() + "\n";
    fs::write(folder.path().join("export.jsonl"), (0..DRAFTS).map(record).collect::<String>()).unwrap();
    folder
}

fn told_with(threads: &str, folder: &Path, args: &[&str]) -> Vec<u8> {
    let output = sellerlint(folder, &[&["--isolated", "--threads", threads], args].concat());
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    assert_eq!(output.status.code(), Some(1));
    output.stdout
}

/// In how many drafts or records something was found, by what is told as JSON Lines.
fn with_findings(told: &[u8]) -> usize {
    let line = |line| serde_json::from_str::<Value>(line).unwrap();
    let name = |finding: Value| format!("{}:{}", finding["path"], finding["record"]);
    let mut names: Vec<String> =
        String::from_utf8(told.to_vec()).unwrap().lines().map(line).map(name).collect();
    names.dedup();
    names.len()
}

#[test]
fn one_thread_and_four_tell_the_same_bytes_in_the_same_order() {
    let folder = drafts();
    for what in ["drafts", "export.jsonl"] {
        for form in [&["--output-format", "jsonl"][..], &["--color", "always"], &["--statistics"]] {
            let args = [&[what], form].concat();
            let one = told_with("1", folder.path(), &args);
            if form.contains(&"jsonl") {
                assert_eq!(with_findings(&one), DRAFTS, "{what}");
            }
            for _ in 0..2 {
                assert!(one == told_with("4", folder.path(), &args), "{args:?}");
            }
        }
    }
}

fn judged(linter: &Linter, body: &str) -> FileReport {
    linter.lint("draft.txt", body.as_bytes(), &ReadAs::default(), &Settings::default())
}

/// The bodies of every message in `tests/corpus`, and its innocent sentences.
fn corpus() -> Vec<String> {
    let body = |line: &str| serde_json::from_str::<Value>(line).unwrap()["body"].as_str().unwrap().to_owned();
    let mut paths: Vec<_> =
        fs::read_dir("tests/corpus").unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let mut bodies = Vec::new();
    for path in paths {
        let lines = fs::read_to_string(&path).unwrap();
        match path.extension().and_then(|extension| extension.to_str()) {
            Some("jsonl") => bodies.extend(lines.lines().map(body)),
            _ => bodies.extend(lines.lines().map(str::to_owned)),
        }
    }
    bodies
}

#[test]
fn a_linter_that_remembers_finds_what_a_new_one_finds() {
    let bodies = corpus();
    let rules = builtin::rules();
    let new: Vec<FileReport> = bodies.iter().map(|body| judged(&Linter::new(rules.clone()), body)).collect();
    let findings: usize =
        new.iter().flat_map(|report| &report.messages).map(|message| message.findings.len()).sum();
    assert!(bodies.len() > 3000 && findings > 3000, "{findings} in {}", bodies.len());
    let one = Linter::new(rules);
    for round in 0..2 {
        for (body, new) in bodies.iter().zip(&new) {
            assert_eq!(&judged(&one, body), new, "in round {round}: {body}");
        }
    }
    // Backwards, sentences meet others than they met before.
    for (body, new) in bodies.iter().zip(&new).rev() {
        assert_eq!(&judged(&one, body), new, "backwards: {body}");
    }
}
