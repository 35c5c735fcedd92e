//! An offence that goes on in the next sentence is told once, from its first words to its last.
//!
//! "Here is a voucher. Code: SAVE20. Valid until Sunday. Free shipping on top!" is one offer to whoever reads it and to
//! whoever has to delete it.

use std::ops::Range;

use crate::document::{Allow, Reach};
use crate::rule::compiled::{RoleBits, RuleSet};

use super::found::{Candidate, Found, Target};
use super::message::{Message, Text};

/// How many sentences may stand between two parts of a passage, and how many words each of them may have.
const MOST_BETWEEN: usize = 2;
const WORDS_BETWEEN: usize = 10;

/// Makes one finding of those that are one passage. They come and go sorted by place.
pub(super) fn whole(message: &Message<'_>, candidates: Vec<Candidate>, rules: &RuleSet) -> Vec<Candidate> {
    if !candidates.iter().any(|candidate| rules.rules[candidate.rule].passage.is_some()) {
        return candidates;
    }
    let purposes = rules.purposes();
    let mut kept: Vec<Candidate> = Vec::with_capacity(candidates.len());
    // For each family, where its last candidate is kept.
    let mut lasts: Vec<(u16, usize)> = Vec::new();
    for candidate in candidates {
        let Some(family) = rules.rules[candidate.rule].passage else {
            kept.push(candidate);
            continue;
        };
        match lasts.iter_mut().find(|(other, _)| *other == family) {
            Some((_, last)) if goes_on(message, &kept[*last], &candidate, rules, purposes) => {
                join(message, &mut kept[*last], candidate, rules);
            }
            Some((_, last)) => {
                *last = kept.len();
                kept.push(candidate);
            }
            None => {
                lasts.push((family, kept.len()));
                kept.push(candidate);
            }
        }
    }
    kept
}

/// Whether the second candidate stands in the sentence of the first or in one of the next, with nothing between them
/// that the buyer needs.
fn goes_on(
    message: &Message<'_>,
    first: &Candidate,
    second: &Candidate,
    rules: &RuleSet,
    purposes: RoleBits,
) -> bool {
    let (Target::Words(block, a), Target::Words(other, b)) = (&first.found.target, &second.found.target)
    else {
        return false;
    };
    if is_parted_by_an_allow(message, first, second, rules) {
        return false;
    }
    let text = &message.texts[*block];
    let (end, start) = (text.view.sentence_at(a.end.saturating_sub(1)), text.view.sentence_at(b.start));
    block == other && a.start <= b.start && (start <= end || is_filler(text, end + 1..start, purposes))
}

/// Whether somebody accepts what begins in a block that only one of them begins in.
fn is_parted_by_an_allow(
    message: &Message<'_>,
    first: &Candidate,
    second: &Candidate,
    rules: &RuleSet,
) -> bool {
    let is_of = |candidate: &Candidate, name: &str| rules.rules[candidate.rule].id == name;
    let is_about =
        |allow: &&Allow| allow.rules.iter().any(|rule| is_of(first, &rule.name) || is_of(second, &rule.name));
    message.document.allows.iter().filter(is_about).any(|allow| {
        let Reach::Block(block) = &allow.reach else { return false };
        let holds = |candidate: &Candidate| {
            let site = candidate.site.as_ref();
            site.is_some_and(|site| site.page == allow.page && block.contains(&site.range.start))
        };
        holds(first) != holds(second)
    })
}

/// Whether sentences serve no purpose of their own. Lines of placeholders alone say nothing.
fn is_filler(text: &Text<'_>, between: Range<usize>, purposes: RoleBits) -> bool {
    let mut sentences =
        text.reading.sentences.get(between).unwrap_or_default().iter().filter(|one| one.words > 0);
    let (said, rest) = (sentences.by_ref().take(MOST_BETWEEN).collect::<Vec<_>>(), sentences.next());
    rest.is_none() && said.iter().all(|one| one.roles & purposes == 0 && one.words <= WORDS_BETWEEN)
}

/// Widens a finding to one that it goes on with. Of two rules, the one that supersedes the other names it.
fn join(message: &Message<'_>, kept: &mut Candidate, mut other: Candidate, rules: &RuleSet) {
    let (Target::Words(block, a), Target::Words(_, b)) = (&kept.found.target, &other.found.target) else {
        return;
    };
    let target = Target::Words(*block, a.start..a.end.max(b.end));
    let parts_of = |found: &Found, whole: &Range<usize>| match &found.parts[..] {
        [] => vec![whole.clone()],
        parts => parts.to_vec(),
    };
    let parts = [parts_of(&kept.found, a), parts_of(&other.found, b)].concat();
    let severity = kept.severity.max(other.severity);
    let confidence = kept.found.confidence.max(other.found.confidence);
    if rules.rules[other.rule].supersedes.contains(&(kept.rule as u16)) {
        std::mem::swap(kept, &mut other);
    }
    if kept.rule != other.rule {
        kept.also.push(other.rule);
    }
    kept.also.extend(other.also);
    kept.also.sort_by_key(|rule| &rules.rules[*rule].id);
    kept.also.dedup();
    kept.found.marks.extend(other.found.marks);
    kept.found.parts = parts;
    kept.found.confidence = confidence;
    kept.severity = severity;
    kept.site = message.site(&target);
    kept.found.target = target;
}
