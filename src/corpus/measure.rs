//! Lints every message of a corpus and counts.

use std::collections::{BTreeMap, BTreeSet};

use crate::document::records::line::RecordKeys;
use crate::document::{Format, ReadAs, RecordFormat};
use crate::finding::{Finding, Severity};
use crate::lint::{Linter, Settings};
use crate::rule::compiled::Rule;

use super::judge::{Answer, Judge, Judged, Worth};
use super::{Corpus, Labelled, Labels, Passage, Score, Share};

/// What is counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// The least severity that counts.
    pub least: Severity,
    /// The key whose values the messages are also counted by.
    pub by: Option<String>,
}

/// What a corpus came to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Measured {
    /// All messages together.
    pub total: Score,
    /// Messages that were left out because whoever labelled them was in doubt.
    pub doubtful: usize,
    /// Firm labels that are not wanted, because the settings ask no rule for them, or not so strictly.
    pub unasked: usize,
    /// The messages by a key, sorted by its values.
    pub groups: Vec<Group>,
    /// Every label that is in the corpus, the commonest first.
    pub labels: Vec<LabelRow>,
    /// Every rule that fired or that a label wants, sorted by id.
    pub rules: Vec<RuleRow>,
    /// Rules that are asked and never fired, sorted.
    pub silent: Vec<String>,
    /// Labels that nobody found, in the order of the messages.
    pub missed: Vec<Missed>,
    /// Findings that no label is answered by, in the order of the messages.
    pub wrong: Vec<Wrong>,
}

/// Messages that have something in common.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// The value that they share; `None` if they have none.
    pub name: Option<String>,
    /// What they came to.
    pub score: Score,
}

/// What came of a label.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LabelRow {
    /// Its name.
    pub name: String,
    /// How many there are, and how many were found.
    pub found: Share,
    /// How many were found by a rule that names the very offence.
    pub exact: Share,
}

/// How a rule did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RuleRow {
    /// Its id.
    pub id: String,
    /// Its findings of any severity.
    pub fired: usize,
    /// Its findings that count and can be judged, and how many of them are right.
    pub right: Share,
    /// Its findings that count and that no label could speak of.
    pub unjudged: usize,
    /// Labels whose first rule it is, and how many of them were found, be it by another.
    pub found: Share,
}

/// A label that nobody found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missed {
    /// The file of the message.
    pub file: String,
    /// The message.
    pub id: String,
    /// The label.
    pub label: String,
    /// The words; `None` for the message as a whole.
    pub words: Option<String>,
}

/// A finding that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrong {
    /// The file of the message.
    pub file: String,
    /// The message.
    pub id: String,
    /// The rule.
    pub rule: String,
    /// The words; `None` for the message as a whole.
    pub words: Option<String>,
}

/// Lints all messages of a corpus as records of which nothing else is known, and counts.
pub fn measure(
    corpus: &Corpus,
    linter: &Linter,
    labels: &Labels,
    settings: &Settings,
    options: &Options,
) -> Measured {
    let judged = rules_spoken_of(corpus, labels);
    let judge = Judge { labels, judged: &judged, least: options.least };
    let mut tally = Tally::new(judge, options);
    for message in &corpus.messages {
        let findings = lint(message, linter, settings);
        tally.add(message, &findings);
    }
    let mut measured = tally.finish();
    measured.doubtful = corpus.doubtful;
    let is_asked = |rule: &Rule| !rule.is_notice() && linter.worst(rule, settings).is_some();
    let fired = |id: &str| measured.rules.iter().any(|row| row.id == id && row.fired > 0);
    let asked = linter.rules().rules.iter().filter(|rule| is_asked(rule));
    measured.silent = asked.map(|rule| rule.id.clone()).filter(|id| !fired(id)).collect();
    measured.silent.sort();
    measured
}

/// Rules that answer to a declared label, or to a label that the corpus uses.
pub(super) fn rules_spoken_of<'l>(corpus: &Corpus, labels: &'l Labels) -> BTreeSet<&'l str> {
    let used: BTreeSet<usize> =
        corpus.messages.iter().flat_map(|message| &message.passages).map(|passage| passage.label).collect();
    let spoken = labels.all().iter().enumerate();
    let spoken = spoken.filter(|(number, label)| label.is_declared || used.contains(number));
    spoken.flat_map(|(_, label)| &label.answers).map(String::as_str).collect()
}

fn lint(message: &Labelled, linter: &Linter, settings: &Settings) -> Vec<Finding> {
    let keys = RecordKeys { body: Some("body".to_owned()), subject: None };
    let reading = ReadAs { format: Format::Records(RecordFormat::Jsonl), keys, ..ReadAs::default() };
    let report = linter.lint(&message.id, message.record.as_bytes(), &reading, settings);
    report.messages.into_iter().flat_map(|message| message.findings).collect()
}

/// A count under way.
struct Tally<'t> {
    judge: Judge<'t>,
    options: &'t Options,
    measured: Measured,
    groups: BTreeMap<Option<&'t str>, Score>,
    labels: BTreeMap<usize, (Share, Share)>,
    rules: BTreeMap<String, RuleRow>,
}

impl<'t> Tally<'t> {
    fn new(judge: Judge<'t>, options: &'t Options) -> Self {
        let measured = Measured::default();
        Self {
            judge,
            options,
            measured,
            groups: BTreeMap::new(),
            labels: BTreeMap::new(),
            rules: BTreeMap::new(),
        }
    }

    fn add(&mut self, message: &'t Labelled, findings: &[Finding]) {
        let judged = self.judge.judge(message, findings);
        let wants_error =
            |number: &usize| self.judge.label(&message.passages[*number]).enough == Severity::Error;
        let is_for_error = judged.firm.iter().any(|(number, _)| wants_error(number));
        self.measured.total.add(message, &judged, is_for_error);
        if let Some(key) = &self.options.by {
            let group = self.groups.entry(message.keys.get(key).map(String::as_str)).or_default();
            group.add(message, &judged, is_for_error);
        }
        let unasked = |passage: &&Passage| passage.is_firm && !self.judge.is_asked(passage);
        self.measured.unasked += message.passages.iter().filter(unasked).count();
        self.add_labels(message, &judged);
        self.add_findings(message, findings, &judged);
    }

    fn add_labels(&mut self, message: &Labelled, judged: &Judged) {
        for (number, answer) in &judged.firm {
            let passage = &message.passages[*number];
            let label = self.judge.label(passage);
            let (found, exact) = self.labels.entry(passage.label).or_default();
            found.add(*answer != Answer::Missed);
            exact.add(*answer == Answer::Exact);
            if let Some(rule) = label.rules.first() {
                rule_row(&mut self.rules, rule).found.add(*answer != Answer::Missed);
            }
            if *answer == Answer::Missed {
                self.measured.missed.push(Missed {
                    file: file(message),
                    id: message.id.clone(),
                    label: label.name.clone(),
                    words: passage.quote.as_ref().map(|quote| quote.text.clone()),
                });
            }
        }
    }

    fn add_findings(&mut self, message: &Labelled, findings: &[Finding], judged: &Judged) {
        for finding in findings {
            rule_row(&mut self.rules, finding.rule.as_str()).fired += 1;
        }
        for (number, worth) in &judged.counted {
            let finding = &findings[*number];
            let row = rule_row(&mut self.rules, finding.rule.as_str());
            match worth {
                Worth::Right => row.right.add(true),
                Worth::Unjudged => row.unjudged += 1,
                Worth::Wrong => {
                    row.right.add(false);
                    self.measured.wrong.push(Wrong {
                        file: file(message),
                        id: message.id.clone(),
                        rule: finding.rule.to_string(),
                        words: (!finding.is_whole_message()).then(|| finding.text.clone()),
                    });
                }
            }
        }
    }

    fn finish(self) -> Measured {
        let Self { mut measured, judge, .. } = self;
        let groups = self.groups.into_iter();
        measured.groups =
            groups.map(|(name, score)| Group { name: name.map(str::to_owned), score }).collect();
        let labels = self.labels.into_iter();
        let name = |number: usize| judge.labels.all()[number].name.clone();
        measured.labels =
            labels.map(|(number, (found, exact))| LabelRow { name: name(number), found, exact }).collect();
        measured.labels.sort_by(|a, b| b.found.whole.cmp(&a.found.whole).then_with(|| a.name.cmp(&b.name)));
        measured.rules = self.rules.into_values().collect();
        measured
    }
}

fn rule_row<'r>(rules: &'r mut BTreeMap<String, RuleRow>, id: &str) -> &'r mut RuleRow {
    rules.entry(id.to_owned()).or_insert_with(|| RuleRow { id: id.to_owned(), ..RuleRow::default() })
}

fn file(message: &Labelled) -> String {
    message.keys.get("file").cloned().unwrap_or_default()
}

impl Score {
    fn add(&mut self, message: &Labelled, judged: &Judged, is_for_error: bool) {
        self.messages += 1;
        for (_, answer) in &judged.firm {
            self.found.add(*answer != Answer::Missed);
            self.exact.add(*answer == Answer::Exact);
        }
        let worths =
            || judged.counted.iter().map(|(_, worth)| *worth).filter(|worth| *worth != Worth::Unjudged);
        worths().for_each(|worth| self.right.add(worth == Worth::Right));
        let has_finding = worths().next().is_some();
        if is_for_error {
            self.flagged.add(has_finding);
        }
        if message.is_clean {
            self.alarms.entry(message.kind).or_default().add(has_finding);
        }
    }
}
