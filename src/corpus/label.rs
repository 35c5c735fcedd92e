//! What a label means: which rules answer to it.

use std::collections::{BTreeMap, BTreeSet};

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
    /// The least severity that finds it where errors count.
    pub enough: Severity,
    /// Whether a pack declares it.
    pub is_declared: bool,
    /// The worst that a finding of `rules` can be; `None` where none of them is asked.
    pub reach: Option<Severity>,
}

impl Labels {
    /// The labels of packs, whose rules the linter holds. Where a label and a rule have one name, the label counts.
    pub fn new(packs: &[Pack], linter: &Linter, settings: &Settings) -> Self {
        let rules = &linter.rules().rules;
        let worst: BTreeMap<&str, Option<Severity>> =
            rules.iter().map(|rule| (rule.id.as_str(), linter.worst(rule, settings))).collect();
        let mut all = declared(packs);
        for (id, worst) in &worst {
            if all.iter().all(|label| label.name != *id) {
                all.push(of_rule(id, packs, worst.unwrap_or(Severity::Error)));
            }
        }
        for label in &mut all {
            label.reach =
                label.rules.iter().filter_map(|rule| worst.get(rule.as_str()).copied()).max().flatten();
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

impl Label {
    /// The least severity that finds it where this one counts.
    pub fn enough(&self, least: Severity) -> Severity {
        self.enough.min(least)
    }

    /// Whether a rule for it can be as bad as it takes. Where the profile or the user says otherwise, nobody can want it.
    pub fn is_asked(&self, least: Severity) -> bool {
        self.reach >= Some(self.enough(least))
    }
}

/// The labels that packs declare, sorted by name; what several packs say of one is joined.
fn declared(packs: &[Pack]) -> Vec<Label> {
    let abouts = packs.iter().filter_map(|pack| pack.about.as_ref());
    let mut by_name: BTreeMap<&str, Vec<&LabelToml>> = BTreeMap::new();
    for (name, label) in abouts.flat_map(|(_, about)| &about.label) {
        by_name.entry(name).or_default().push(label.get_ref());
    }
    by_name.keys().map(|name| join(name, &by_name)).collect()
}

fn join(name: &str, by_name: &BTreeMap<&str, Vec<&LabelToml>>) -> Label {
    let parts = |name: &str| by_name.get(name).into_iter().flatten().copied();
    let like = parts(name).flat_map(|part| &part.like).flat_map(|other| parts(other.get_ref()));
    let answers = parts(name).chain(like).flat_map(|part| part.rules.iter().chain(&part.answers));
    let rules = parts(name).flat_map(|part| &part.rules);
    Label {
        name: name.to_owned(),
        rules: rules.map(|rule| rule.get_ref().clone()).collect(),
        answers: answers.map(|rule| rule.get_ref().clone()).collect(),
        enough: parts(name).filter_map(|part| part.enough).min().unwrap_or(Severity::Error),
        is_declared: true,
        reach: None,
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
        reach: None,
    }
}
