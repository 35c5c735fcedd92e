//! The record of how well the rules do on our own messages, which nobody tuned them to. A change of a rule shows here as
//! messages that were found before and are not now, or the other way round.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

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
