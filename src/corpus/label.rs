//! What a label means: which rules answer to it.

use std::collections::BTreeSet;

use crate::finding::Severity;
use crate::lint::{Linter, Settings};
use crate::rule::pack::Pack;
use crate::rule::schema::LabelToml;
use crate::text::nearest::nearest;

/// Every label that a corpus may use: those that packs declare, then a label for each rule.
#[derive(Debug, Clone)]
pub struct Labels {
    all: Vec<Label>,
}

/// A label.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// Its name: declared by a pack, or the id of a rule.
    pub name: String,
    /// The rules that name the very offence; a miss is laid to the first.
    pub rules: Vec<String>,
    /// Every rule whose findings answer to it.
    pub answers: BTreeSet<String>,
    /// The least severity that finds it.
    pub enough: Severity,
    /// Whether a pack declares it.
    pub is_declared: bool,
    /// Whether some rule that answers to it is asked at all.
    pub is_asked: bool,
}

impl Labels {
    /// The labels of packs, whose rules the linter holds. Where a label and a rule have one name, the label counts.
    pub fn new(packs: &[Pack], linter: &Linter, settings: &Settings) -> Self {
        let mut all = declared(packs);
        for rule in &linter.rules().rules {
            if all.iter().all(|label| label.name != rule.id) {
                let worst = linter.worst(rule, settings);
                all.push(of_rule(&rule.id, packs, worst.unwrap_or(Severity::Error)));
            }
        }
        let rules = linter.rules().rules.iter();
        let asked: BTreeSet<&str> = rules
            .filter(|rule| linter.worst(rule, settings).is_some())
            .map(|rule| rule.id.as_str())
            .collect();
        for label in &mut all {
            label.is_asked = label.answers.iter().any(|rule| asked.contains(rule.as_str()));
        }
        Self { all }
    }

    /// All of them.
    pub fn all(&self) -> &[Label] {
        &self.all
    }

    /// The number of the label of a name.
    ///
    /// # Errors
    /// What to write instead.
    pub fn find(&self, name: &str) -> Result<usize, String> {
        if let Some(number) = self.all.iter().position(|label| label.name == name) {
            return Ok(number);
        }
        Err(match nearest(name, self.all.iter().map(|label| label.name.as_str())) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "use a rule's id (`sellerlint rules` lists them), or a `[label]` of a pack".to_owned(),
        })
    }
}

/// The labels that packs declare, sorted by name; what several packs say of one is joined.
fn declared(packs: &[Pack]) -> Vec<Label> {
    let abouts = || packs.iter().filter_map(|pack| pack.about.as_ref()).map(|(_, about)| about);
    let names: BTreeSet<&String> = abouts().flat_map(|about| about.label.keys()).collect();
    let parts =
        |name: &str| -> Vec<&LabelToml> { abouts().filter_map(|about| about.label.get(name)).collect() };
    names.into_iter().map(|name| join(name, &parts(name), &parts)).collect()
}

fn join<'p>(name: &str, own: &[&LabelToml], parts: &impl Fn(&str) -> Vec<&'p LabelToml>) -> Label {
    let rules: Vec<String> =
        own.iter().flat_map(|part| &part.rules).map(|rule| rule.get_ref().clone()).collect();
    let like = own.iter().flat_map(|part| &part.like).flat_map(|other| parts(other.get_ref()));
    let answers = own.iter().copied().chain(like).flat_map(|part| part.rules.iter().chain(&part.answers));
    Label {
        name: name.to_owned(),
        answers: answers.map(|rule| rule.get_ref().clone()).collect(),
        rules,
        enough: own.iter().filter_map(|part| part.enough).min().unwrap_or(Severity::Error),
        is_declared: true,
        is_asked: false,
    }
}

/// The label that is called like a rule: the rules of its family answer to it, and it asks for no more than the rule can
/// give.
fn of_rule(id: &str, packs: &[Pack], worst: Severity) -> Label {
    let pages = || packs.iter().flat_map(|pack| &pack.rules);
    let family = pages().find(|page| page.id == id).and_then(|page| page.rule.family.as_ref());
    let relatives = pages().filter(|page| family.is_some() && page.rule.family.as_ref() == family);
    Label {
        name: id.to_owned(),
        rules: vec![id.to_owned()],
        answers: relatives.map(|page| page.id.clone()).chain([id.to_owned()]).collect(),
        enough: worst,
        is_declared: false,
        is_asked: false,
    }
}
