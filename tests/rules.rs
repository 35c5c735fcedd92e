//! Every example of every rule is a test, and every page keeps the guards of the guide.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use sellerlint::document::{Format, Input, ReadAs};
use sellerlint::lint::{Linter, Settings, example};
use sellerlint::rule::builtin;
use sellerlint::rule::compiled::{Detect, Detector};
use sellerlint::rule::schema::Level;
use sellerlint::verdict::{Profile, Severity};

#[test]
fn every_example_finds_what_its_page_says() {
    let linter = Linter::new(builtin::rules());
    let outcomes = example::run(&builtin::pack(), &linter);
    assert!(!outcomes.is_empty());
    let wrong: Vec<String> = outcomes
        .iter()
        .filter(|outcome| !outcome.is_right())
        .map(|outcome| format!("{} example {}: {}", outcome.rule, outcome.number, outcome.difference()))
        .collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn every_page_keeps_the_guards() {
    let mistakes = example::guard(&builtin::pack());
    assert!(mistakes.is_empty(), "\n{}", mistakes.join("\n"));
}

/// An example of too many megabytes does not fit on a page, and none is a record; other tests have them.
fn is_beyond_examples(detect: &Detect) -> bool {
    let is_of_megabytes =
        matches!(&detect.detector, Detector::Attachment(wanted) if wanted.total_over.is_some());
    let is_of_records = |input: &Input| !matches!(input, Input::Draft | Input::Mail);
    is_of_megabytes || !detect.inputs.is_empty() && detect.inputs.iter().all(is_of_records)
}

/// Taking a way to find something out of a rule must be noticed.
#[test]
fn every_detector_is_needed_by_an_example() {
    let pack = builtin::pack();
    let rules = builtin::rules();
    let whole = Linter::new(rules.clone());
    let before: BTreeMap<(String, usize), Vec<String>> = example::run(&pack, &whole)
        .into_iter()
        .map(|outcome| ((outcome.rule, outcome.number), outcome.found))
        .collect();
    let mut idle = Vec::new();
    for (index, rule) in rules.rules.iter().enumerate() {
        let page = pack.rules.iter().find(|page| page.id == rule.id).unwrap();
        if page.rule.example.is_empty() {
            continue;
        }
        for number in 0..rule.detect.len() {
            if is_beyond_examples(&rule.detect[number]) {
                continue;
            }
            let mut without = rules.clone();
            without.rules[index].detect.remove(number);
            let outcomes = example::run_page(page, &Linter::new(without));
            let same =
                |outcome: &example::Outcome| before[&(outcome.rule.clone(), outcome.number)] == outcome.found;
            if !outcomes.is_empty() && outcomes.iter().all(same) {
                idle.push(format!("{} detect {}", rule.id, number + 1));
            }
        }
    }
    assert!(idle.is_empty(), "no example misses these:\n{}", idle.join("\n"));
}

#[test]
fn nothing_is_wrong_with_the_compliant_examples() {
    let linter = Linter::new(builtin::rules());
    let mut wrong = Vec::new();
    for path in drafts("examples/messages/compliant") {
        for (severity, rule, text) in findings(&linter, &path, Profile::Standard) {
            if severity > Severity::Note {
                wrong.push(format!("{path}: {severity} {rule} {text:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// A prohibited example is named after the rule that it breaks.
#[test]
fn every_prohibited_example_breaks_the_rule_it_is_named_after() {
    let linter = Linter::new(builtin::rules());
    let mut wrong = Vec::new();
    for path in drafts("examples/messages/prohibited") {
        let stem = Path::new(&path).file_stem().unwrap().to_string_lossy().into_owned();
        let rule = stem.trim_end_matches(|c: char| c.is_ascii_digit() || c == '-');
        let found = findings(&linter, &path, profile_of(&linter, rule));
        if !found.iter().any(|(_, id, _)| id == rule) {
            let ids: Vec<&String> = found.iter().map(|(_, id, _)| id).collect();
            wrong.push(format!("{path}: found {ids:?}"));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// The standard profile, or the strict one for a rule that is off in it.
fn profile_of(linter: &Linter, id: &str) -> Profile {
    let rule = linter.rules().rules.iter().find(|rule| rule.id == id);
    let is_off = rule.is_some_and(|rule| rule.severity.standard == Level::Off);
    if is_off { Profile::Strict } else { Profile::Standard }
}

fn drafts(folder: &str) -> Vec<String> {
    let mut paths: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path().to_string_lossy().into_owned())
        .collect();
    assert!(!paths.is_empty());
    paths.sort();
    paths
}

fn findings(linter: &Linter, path: &str, profile: Profile) -> Vec<(Severity, String, String)> {
    let extension = Path::new(path).extension().unwrap().to_str().unwrap();
    let read_as = ReadAs { format: Format::of_extension(extension).unwrap(), ..ReadAs::default() };
    let settings = Settings { profile, ..Settings::default() };
    let report = linter.lint(path, &fs::read(path).unwrap(), &read_as, &settings);
    let findings = report.messages.into_iter().flat_map(|message| message.findings);
    findings.map(|finding| (finding.severity, finding.rule.to_string(), finding.text)).collect()
}
