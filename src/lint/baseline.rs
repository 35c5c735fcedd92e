//! What was there when a team began to check its drafts, so that only what is new is told.
//!
//! A finding is known by its file, its rule and its [`Fingerprint`], and equal ones are counted: the first so many of
//! them in a file are old. So an edit elsewhere, in the lines before or in another record, brings nothing back, and one
//! offence more of the same words is new. A finding about a whole message has no words and goes by file and rule.
//! That something could not be judged is never accepted: what is in there, nobody has seen.

use std::collections::BTreeMap;

use crate::finding::{Finding, Fingerprint, RuleId};
use crate::rule::compiled::{Detector, RuleSet};
use crate::rule::schema::MetadataFact;
use crate::text::Span;

use super::{FileReport, MessageReport, Suppressed, Suppression};

/// Findings that are accepted, counted by file, rule and fingerprint. No count is 0.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Baseline {
    files: BTreeMap<String, Counts>,
}

type Counts = BTreeMap<(RuleId, Fingerprint), usize>;

/// Equal findings of one file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry<'a> {
    /// The file, as a path with `/`.
    pub path: &'a str,
    /// The rule.
    pub rule: &'a RuleId,
    /// What they are known by.
    pub fingerprint: Fingerprint,
    /// How many there are, at least one.
    pub count: usize,
}

impl Baseline {
    /// Whether nothing is accepted.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// Every entry, by file, rule and fingerprint.
    pub fn entries(&self) -> impl Iterator<Item = Entry<'_>> {
        self.files.iter().flat_map(|(path, counts)| {
            counts.iter().map(|((rule, fingerprint), count)| Entry {
                path,
                rule,
                fingerprint: *fingerprint,
                count: *count,
            })
        })
    }

    /// How many findings are accepted.
    pub fn findings(&self) -> usize {
        self.entries().map(|entry| entry.count).sum()
    }

    /// The files in which some are, in order.
    pub fn paths(&self) -> impl ExactSizeIterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// Accepts so many; of two counts for the same the larger one holds.
    pub fn insert(&mut self, Entry { path, rule, fingerprint, count }: Entry<'_>) {
        if count > 0 {
            let known = self.count(path, (rule.clone(), fingerprint));
            *known = count.max(*known);
        }
    }

    /// Accepts what these rules found in a file, or in the next block of its records, but for what is [`unjudged`].
    pub fn add(&mut self, path: &str, report: &FileReport, rules: &RuleSet) {
        let notices = notices(rules);
        let findings = report.messages.iter().flat_map(|message| &message.findings);
        for finding in findings.filter(|finding| !notices.contains(&finding.rule.as_str())) {
            *self.count(path, (finding.rule.clone(), finding.fingerprint)) += 1;
        }
    }

    /// Accepts what is in the other one besides.
    pub fn add_all(&mut self, other: &Self) {
        other.entries().for_each(|entry| self.insert(entry));
    }

    /// Keeps those entries alone for which this is true.
    pub fn retain(&mut self, keep: impl Fn(Entry<'_>) -> bool) {
        for (path, counts) in &mut self.files {
            counts.retain(|(rule, fingerprint), count| {
                keep(Entry { path, rule, fingerprint: *fingerprint, count: *count })
            });
        }
        self.files.retain(|_, counts| !counts.is_empty());
    }

    /// What is in this one and not in the other.
    #[must_use]
    pub fn without(&self, other: &Self) -> Self {
        let mut rest = Self::default();
        for Entry { path, rule, fingerprint, count } in self.entries() {
            let known = other.files.get(path).and_then(|counts| counts.get(&(rule.clone(), fingerprint)));
            let count = count.saturating_sub(known.copied().unwrap_or_default());
            rest.insert(Entry { path, rule, fingerprint, count });
        }
        rest
    }

    /// Moves the findings that are accepted to [`MessageReport::suppressed`], and no longer accepts them. What is left in
    /// the end was not found again. `rules` are those that found them.
    pub fn spend(&mut self, path: &str, report: &mut FileReport, rules: &RuleSet) {
        let Some(counts) = self.files.get_mut(path) else { return };
        let notices = notices(rules);
        for message in &mut report.messages {
            spend_on(message, counts, &notices);
        }
        if counts.is_empty() {
            self.files.remove(path);
        }
    }

    fn count(&mut self, path: &str, key: (RuleId, Fingerprint)) -> &mut usize {
        self.files.entry(path.to_owned()).or_default().entry(key).or_default()
    }
}

/// What could not be judged, and so cannot be accepted.
pub fn unjudged<'r>(report: &'r FileReport, rules: &RuleSet) -> Vec<&'r Finding> {
    let notices = notices(rules);
    let findings = report.messages.iter().flat_map(|message| &message.findings);
    findings.filter(|finding| notices.contains(&finding.rule.as_str())).collect()
}

/// The rules that tell what could not be judged.
pub fn notices(rules: &RuleSet) -> Vec<&str> {
    let is_notice = |detector: &Detector| {
        matches!(detector, Detector::Metadata(MetadataFact::Unreadable | MetadataFact::LimitReached))
    };
    let notices =
        rules.rules.iter().filter(|rule| rule.detect.iter().any(|detect| is_notice(&detect.detector)));
    notices.map(|rule| rule.id.as_str()).collect()
}

fn spend_on(message: &mut MessageReport, counts: &mut Counts, notices: &[&str]) {
    let known = message.findings.extract_if(.., |finding| {
        if notices.contains(&finding.rule.as_str()) {
            return false;
        }
        let key = (finding.rule.clone(), finding.fingerprint);
        let Some(count) = counts.get_mut(&key) else { return false };
        *count -= 1;
        if *count == 0 {
            counts.remove(&key);
        }
        true
    });
    let accepted = known.map(|finding| Suppressed { finding, by: Suppression::Baseline });
    message.suppressed.extend(accepted);
    message.suppressed.sort_by(|a, b| place_and_rule(a).cmp(&place_and_rule(b)));
}

fn place_and_rule(suppressed: &Suppressed) -> (Span, &RuleId) {
    (suppressed.finding.place.span, &suppressed.finding.rule)
}
