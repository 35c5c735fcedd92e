//! What a corpus came to, as one JSON object: schema 1.
//!
//! This is a public contract with types of its own, like [`crate::report::json`]. Within schema 1 keys may be added; none is
//! removed, renamed or given another meaning. Shares are numbers from 0 to 1, and `null` where there is nothing to measure.
//!
//! | key | value |
//! |---|---|
//! | `schema` | `1` |
//! | `total` | a score, of all messages |
//! | `doubtful` | messages that were left out because whoever labelled them was in doubt |
//! | `unasked` | firm labels that were left out because the settings ask no rule for them, or not so strictly |
//! | `groups` | with several files, or `--by`: entries of `name` (`null` for messages without it) and `score` |
//! | `labels` | entries of `label`, `wanted`, `found`, `exact` and `recall` |
//! | `rules` | entries of `rule`, `fired` (findings of any severity), `hits`, `wrong`, `unjudged`, `wanted` (labels whose first rule it is), `misses`, `precision`, `recall` |
//! | `never_fired` | ids of the rules that are asked and have no finding at all |
//! | `missed` | entries of `file`, `id`, `label`, and `words` (`null` for the whole message) |
//! | `wrong` | entries of `file`, `id`, `rule`, and `words` |
//!
//! A score:
//!
//! | key | value |
//! |---|---|
//! | `messages` | how many |
//! | `precision`, `recall`, `f1`, `exact_rule`, `flagged`, `alarms` | shares |
//! | `right`, `wrong` | findings that count |
//! | `wanted`, `found`, `exact` | firm labels |
//! | `labelled_messages`, `flagged_messages` | messages with a firm label that asks for an error, and those of them with a finding |
//! | `clean` | by kind: `messages`, and `alarms`, how many of them have a finding |

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde::Serialize;

use crate::corpus;
use crate::report::json::write;

/// Writes all of it.
pub fn json(measured: &corpus::Measured, out: &mut dyn Write) -> io::Result<()> {
    write(&Measured::from(measured), out)?;
    writeln!(out)
}

#[derive(Serialize)]
struct Measured<'m> {
    schema: u8,
    total: Score,
    doubtful: usize,
    unasked: usize,
    groups: Vec<Group<'m>>,
    labels: Vec<Label<'m>>,
    rules: Vec<Rule<'m>>,
    never_fired: &'m [String],
    missed: Vec<Missed<'m>>,
    wrong: Vec<Wrong<'m>>,
}

#[derive(Serialize)]
struct Score {
    messages: usize,
    precision: Option<f64>,
    recall: Option<f64>,
    f1: Option<f64>,
    exact_rule: Option<f64>,
    flagged: Option<f64>,
    alarms: Option<f64>,
    right: usize,
    wrong: usize,
    wanted: usize,
    found: usize,
    exact: usize,
    labelled_messages: usize,
    flagged_messages: usize,
    clean: BTreeMap<&'static str, Clean>,
}

#[derive(Serialize)]
struct Clean {
    messages: usize,
    alarms: usize,
}

#[derive(Serialize)]
struct Group<'m> {
    name: Option<&'m str>,
    score: Score,
}

#[derive(Serialize)]
struct Label<'m> {
    label: &'m str,
    wanted: usize,
    found: usize,
    exact: usize,
    recall: Option<f64>,
}

#[derive(Serialize)]
struct Rule<'m> {
    rule: &'m str,
    fired: usize,
    hits: usize,
    wrong: usize,
    unjudged: usize,
    wanted: usize,
    misses: usize,
    precision: Option<f64>,
    recall: Option<f64>,
}

#[derive(Serialize)]
struct Missed<'m> {
    file: &'m str,
    id: &'m str,
    label: &'m str,
    words: Option<&'m str>,
}

#[derive(Serialize)]
struct Wrong<'m> {
    file: &'m str,
    id: &'m str,
    rule: &'m str,
    words: Option<&'m str>,
}

impl<'m> From<&'m corpus::Measured> for Measured<'m> {
    fn from(measured: &'m corpus::Measured) -> Self {
        Self {
            schema: 1,
            total: Score::from(&measured.total),
            doubtful: measured.doubtful,
            unasked: measured.unasked,
            groups: measured.groups.iter().map(Group::from).collect(),
            labels: measured.labels.iter().map(Label::from).collect(),
            rules: measured.rules.iter().map(Rule::from).collect(),
            never_fired: &measured.silent,
            missed: measured.missed.iter().map(Missed::from).collect(),
            wrong: measured.wrong.iter().map(Wrong::from).collect(),
        }
    }
}

impl From<&corpus::Score> for Score {
    fn from(score: &corpus::Score) -> Self {
        let clean = |share: &corpus::Share| Clean { messages: share.whole, alarms: share.part };
        Self {
            messages: score.messages,
            precision: score.precision(),
            recall: score.recall(),
            f1: score.f1(),
            exact_rule: score.exact.ratio(),
            flagged: score.flagged.ratio(),
            alarms: score.all_alarms().ratio(),
            right: score.right.part,
            wrong: score.right.rest(),
            wanted: score.found.whole,
            found: score.found.part,
            exact: score.exact.part,
            labelled_messages: score.flagged.whole,
            flagged_messages: score.flagged.part,
            clean: score.alarms.iter().map(|(kind, share)| (kind.name(), clean(share))).collect(),
        }
    }
}

impl<'m> From<&'m corpus::Group> for Group<'m> {
    fn from(group: &'m corpus::Group) -> Self {
        Self { name: group.name.as_deref(), score: Score::from(&group.score) }
    }
}

impl<'m> From<&'m corpus::LabelRow> for Label<'m> {
    fn from(row: &'m corpus::LabelRow) -> Self {
        let corpus::LabelRow { name, found, exact } = row;
        Self { label: name, wanted: found.whole, found: found.part, exact: exact.part, recall: found.ratio() }
    }
}

impl<'m> From<&'m corpus::RuleRow> for Rule<'m> {
    fn from(row: &'m corpus::RuleRow) -> Self {
        let corpus::RuleRow { id, fired, right, unjudged, found } = row;
        Self {
            rule: id,
            fired: *fired,
            hits: right.part,
            wrong: right.rest(),
            unjudged: *unjudged,
            wanted: found.whole,
            misses: found.rest(),
            precision: right.ratio(),
            recall: found.ratio(),
        }
    }
}

impl<'m> From<&'m corpus::Missed> for Missed<'m> {
    fn from(missed: &'m corpus::Missed) -> Self {
        let corpus::Missed { file, id, label, words } = missed;
        Self { file, id, label, words: words.as_deref() }
    }
}

impl<'m> From<&'m corpus::Wrong> for Wrong<'m> {
    fn from(wrong: &'m corpus::Wrong) -> Self {
        let corpus::Wrong { file, id, rule, words } = wrong;
        Self { file, id, rule, words: words.as_deref() }
    }
}
