//! One offence, one finding.

use crate::finding::{FieldName, Severity};
use crate::rule::compiled::RuleSet;

use super::found::{Candidate, Target};

/// How many candidates to the left and right may overlap one: sorted by place, those that do are close by. A bound, so
/// that a message full of offences costs no more than its length.
const REACH: usize = 64;

/// Sorts candidates by place, joins what one rule found twice in one place, and lets rules give way to the one that
/// supersedes them.
pub(super) fn one_per_offence(candidates: Vec<Candidate>, rules: &RuleSet) -> Vec<Candidate> {
    let mut candidates = without_company(candidates, rules);
    candidates.sort_by(|a, b| order(a, rules).cmp(&order(b, rules)));
    let mut kept: Vec<Candidate> = Vec::with_capacity(candidates.len());
    for candidate in candidates {
        let near = kept.len().saturating_sub(REACH);
        match kept[near..]
            .iter()
            .rposition(|other| other.rule == candidate.rule && overlap(other, &candidate))
        {
            Some(at) => join(&mut kept[near + at], candidate),
            None => kept.push(candidate),
        }
    }
    // What was joined may begin at the later of its places.
    kept.sort_by(|a, b| order(a, rules).cmp(&order(b, rules)));
    give_way(kept, rules)
}

/// Takes out what is only found in messages in which no rule of certain families found an error.
fn without_company(mut candidates: Vec<Candidate>, rules: &RuleSet) -> Vec<Candidate> {
    let alone_from = |candidate: &Candidate| &rules.rules[candidate.rule].detect[candidate.detect].alone_from;
    if candidates.iter().all(|candidate| alone_from(candidate).is_empty()) {
        return candidates;
    }
    let mut errors: Vec<u16> = (candidates.iter())
        .filter(|candidate| candidate.severity == Severity::Error)
        .map(|candidate| candidate.rule as u16)
        .collect();
    errors.sort_unstable();
    errors.dedup();
    candidates.retain(|candidate| !alone_from(candidate).iter().any(|rule| errors.contains(rule)));
    candidates
}

/// Place, then rule: the order of every report. What is said about the message stands first.
pub(super) fn order<'r>(
    candidate: &Candidate,
    rules: &'r RuleSet,
) -> (u8, usize, usize, usize, &'r str, usize) {
    let id = rules.rules[candidate.rule].id.as_str();
    let rank = match &candidate.found.target {
        Target::Written { field: FieldName::Metadata | FieldName::Header, .. } => 0,
        Target::Message => 1,
        _ => 2,
    };
    let (at, range) = candidate.site.as_ref().map_or((0, 0..0), |site| (site.at, site.range.clone()));
    (rank, at, range.start, range.end, id, candidate.detect)
}

fn overlap(a: &Candidate, b: &Candidate) -> bool {
    match (&a.site, &b.site) {
        (Some(a), Some(b)) => a.overlaps(b),
        (None, None) => true,
        _ => false,
    }
}

/// The surer of two findings of one rule in one place counts; of two equally sure ones the longer.
fn join(kept: &mut Candidate, other: Candidate) {
    let rank = |candidate: &Candidate| (candidate.severity, candidate.found.confidence, length(candidate));
    if rank(&other) > rank(kept) {
        *kept = other;
    }
}

fn length(candidate: &Candidate) -> usize {
    candidate.site.as_ref().map_or(usize::MAX, |site| site.range.len())
}

/// Takes out every candidate that overlaps one which supersedes it.
fn give_way(candidates: Vec<Candidate>, rules: &RuleSet) -> Vec<Candidate> {
    let mut winner_of: Vec<Option<usize>> = vec![None; candidates.len()];
    for (at, loser) in candidates.iter().enumerate() {
        let near = at.saturating_sub(REACH)..(at + REACH).min(candidates.len());
        winner_of[at] = near.into_iter().find(|other| {
            let other = &candidates[*other];
            let is_over = rules.rules[other.rule].supersedes.contains(&(loser.rule as u16));
            // What is less sure must not hide what is surer, nor what is held back what is not.
            let is_stronger = other.held.is_none() || loser.held.is_some();
            is_over
                && is_stronger
                && other.found.confidence >= loser.found.confidence
                && overlap(other, loser)
        });
    }
    let mut kept = candidates.clone();
    for (at, winner) in winner_of.iter().enumerate() {
        let Some(winner) = last_winner(&winner_of, *winner) else { continue };
        let also = &mut kept[winner].also;
        if !also.contains(&candidates[at].rule) {
            also.push(candidates[at].rule);
        }
        take_in_what_is_led_to(&mut kept[winner], &candidates[at], rules);
    }
    let mut lost = winner_of.iter().map(Option::is_some);
    kept.retain(|_| !lost.next().unwrap_or(false));
    for candidate in &mut kept {
        candidate.also.sort_by_key(|rule| &rules.rules[*rule].id);
    }
    kept
}

/// Words that lead to a number are found by themselves too. Where they win, as in "write on WhatsApp when it is done: 0161
/// 496 0345", the number is theirs.
fn take_in_what_is_led_to(winner: &mut Candidate, loser: &Candidate, rules: &RuleSet) {
    let has_lead = rules.rules[loser.rule].detect[loser.detect].lead.is_some();
    let (Target::Words(block, range), Target::Words(other, led_to)) =
        (&mut winner.found.target, &loser.found.target)
    else {
        return;
    };
    if !has_lead || block != other || led_to.end <= range.end {
        return;
    }
    range.end = led_to.end;
    if let (Some(site), Some(more)) = (&mut winner.site, &loser.site) {
        site.range.end = site.range.end.max(more.range.end);
    }
}

/// The winner may itself have given way.
fn last_winner(winner_of: &[Option<usize>], mut winner: Option<usize>) -> Option<usize> {
    // Who supersedes whom has no circles in a sound pack; the bound is for the others.
    for _ in 0..REACH {
        match winner_of[winner?] {
            Some(next) => winner = Some(next),
            None => return winner,
        }
    }
    None
}
