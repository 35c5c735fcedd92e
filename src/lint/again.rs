//! What is said again is told once, with both places.
//!
//! The plain text of an e-mail says what its HTML says, a comment for Outlook repeats a button, and one style stands at
//! every paragraph. Each is one offence to whoever has to mend it.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use crate::document::Scope;
use crate::finding::{FieldName, Finding, RuleId};
use crate::rule::compiled::RuleSet;
use crate::text::Span;
use crate::view::fold;

use super::found::{Candidate, Mark, Target, Why};
use super::message::Message;
use super::report::MessageReport;

/// Places of one offence that are told; a text that repeats it more often is not read any more.
const MOST_PLACES: usize = 100;

/// Makes one finding of those that say the same; the first stays, and of repeated texts the one that is shown.
pub(super) fn once(message: &Message<'_>, candidates: Vec<Candidate>, rules: &RuleSet) -> Vec<Candidate> {
    let has_repeats = message.texts.iter().any(|text| !text.is_said());
    let may_group = |candidate: &Candidate| rules.rules[candidate.rule].detect[candidate.detect].group;
    if !has_repeats && !candidates.iter().any(may_group) {
        return candidates;
    }
    let (mut firsts, mut links) = (Firsts::default(), Links::default());
    let mut joins = Vec::new();
    for (at, candidate) in
        candidates.iter().enumerate().filter(|(_, candidate)| !is_repeat(message, candidate))
    {
        let group = firsts.entry(message, candidate);
        // What is accepted in one place is not accepted in another.
        let is_alike =
            |other: &&usize| candidates[**other].accepted.is_some() == candidate.accepted.is_some();
        let first = if may_group(candidate) { group.iter().find(is_alike) } else { None };
        match (first, links.of_text(message, candidate)) {
            (Some(first), _) => joins.push((*first, at)),
            (_, Some(link)) => joins.push((link, at)),
            _ => group.push(at),
        }
        links.add(message, at, candidate);
    }
    let mut met: HashMap<(usize, usize, String), usize> = HashMap::new();
    for (at, candidate) in
        candidates.iter().enumerate().filter(|(_, candidate)| is_repeat(message, candidate))
    {
        let group = firsts.entry(message, candidate);
        let Target::Words(block, _) = candidate.found.target else { continue };
        let times = met.entry((block, candidate.rule, said(message, candidate))).or_default();
        // A subject is no form of the body.
        let mut others = group.iter().filter(|other| !is_subject(message, &candidates[**other]));
        match others.clone().nth(*times).or(others.next_back()) {
            Some(first) => joins.push((*first, at)),
            None => group.push(at),
        }
        *times += 1;
    }
    join(candidates, &joins)
}

/// Keeps what was found in the subject that several messages of a file have with the first of them.
pub(super) fn once_in_file(messages: &mut [MessageReport]) {
    let mut told: HashSet<(RuleId, Span)> = HashSet::new();
    for message in messages {
        let mut is_new = |finding: &Finding| {
            finding.field != FieldName::Subject || told.insert((finding.rule.clone(), finding.place.span))
        };
        message.findings.retain(&mut is_new);
        message.suppressed.retain(|suppressed| is_new(&suppressed.finding));
    }
}

/// The candidates of each rule that say something for the first time, by what they say.
#[derive(Default)]
struct Firsts(HashMap<(usize, String), Vec<usize>>);

impl Firsts {
    fn entry(&mut self, message: &Message<'_>, candidate: &Candidate) -> &mut Vec<usize> {
        self.0.entry((candidate.rule, said(message, candidate))).or_default()
    }
}

/// Addresses of links about which a rule found something, by rule: the text of the link, and the candidate.
#[derive(Default)]
struct Links(HashMap<usize, Vec<(usize, Range<usize>, usize)>>);

impl Links {
    fn add(&mut self, message: &Message<'_>, at: usize, candidate: &Candidate) {
        let Target::Words(block, range) = &candidate.found.target else { return };
        if let Some((block, shown)) = message.shown_at(*block, range) {
            self.0.entry(candidate.rule).or_default().push((block, shown, at));
        }
    }

    /// The candidate of the same rule about the address of the link in whose text another one stands. Candidates come in
    /// order, and the address of a link stands before its text.
    fn of_text(&self, message: &Message<'_>, candidate: &Candidate) -> Option<usize> {
        let Target::Words(block, range) = &candidate.found.target else { return None };
        if message.texts[*block].block.scope != Scope::Text {
            return None;
        }
        let (at, shown, link) = self.0.get(&candidate.rule)?.last()?;
        (at == block && shown.start <= range.start && range.end <= shown.end).then_some(*link)
    }
}

/// Whether a candidate stands in a text that repeats another: the second form of an e-mail, a comment for Outlook.
fn is_repeat(message: &Message<'_>, candidate: &Candidate) -> bool {
    let Target::Words(block, _) = &candidate.found.target else { return false };
    let block = message.texts[*block].block;
    block.is_repeat || block.scope == Scope::Hidden
}

fn is_subject(message: &Message<'_>, candidate: &Candidate) -> bool {
    let Target::Words(block, _) = &candidate.found.target else { return false };
    message.texts[*block].block.field == FieldName::Subject
}

/// What a candidate says, in a form in which it can be compared: letters and digits only, and of an address what people
/// write of it. The plain text of an e-mail spells out what the HTML has in an attribute.
fn said(message: &Message<'_>, candidate: &Candidate) -> String {
    let plain = fold::plain(message.words_of(&candidate.found.target));
    let plain = ["mailto:", "tel:", "sms:"]
        .iter()
        .find_map(|scheme| plain.text().strip_prefix(scheme))
        .unwrap_or(plain.text())
        .to_lowercase();
    plain.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Hands the places of the later ones to the first ones.
fn join(candidates: Vec<Candidate>, joins: &[(usize, usize)]) -> Vec<Candidate> {
    let mut first_of: Vec<Option<usize>> = vec![None; candidates.len()];
    joins.iter().for_each(|(first, later)| first_of[*later] = Some(*first));
    let mut kept: Vec<Option<Candidate>> = Vec::with_capacity(candidates.len());
    let mut later = Vec::new();
    for (at, candidate) in candidates.into_iter().enumerate() {
        match first_of[at] {
            Some(first) => {
                later.push((first, candidate));
                kept.push(None);
            }
            None => kept.push(Some(candidate)),
        }
    }
    for (first, candidate) in later {
        let Some(first) = &mut kept[first] else { continue };
        if first.found.marks.len() < MOST_PLACES {
            first.found.marks.push(Mark { target: candidate.found.target, why: Why::Again });
        }
        first.severity = first.severity.max(candidate.severity);
    }
    kept.into_iter().flatten().collect()
}
