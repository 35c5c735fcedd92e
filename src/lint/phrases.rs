//! Detectors of words and of what sentences are for.

use std::ops::{Range, RangeInclusive};

use crate::detect::reading::{PhraseHit, SentenceRoles};
use crate::finding::Confidence;
use crate::rule::compiled::{Expression, Needed, Probe, RoleBits};
use crate::rule::schema::{Mark, PairMark};

use super::found::{Found, Target};
use super::message::{Message, Text};

/// Each place where one of the phrases stands.
pub(super) fn phrases(message: &Message<'_>, any: Probe, mark: Mark) -> Vec<Found> {
    let mut found = Vec::new();
    for (block, text) in message.texts.iter().enumerate() {
        for hit in text.reading.hits(any) {
            let range = match mark {
                Mark::Phrase => text.range_of_units(hit.start..hit.end),
                Mark::Sentence => text.view.sentences[hit.sentence].range.clone(),
            };
            found.push(Found::new(Target::Words(block, range), hit.confidence));
        }
    }
    found
}

/// Each second phrase with the nearest first phrase that stands one of these distances away, in sentences. One may reach
/// into the other, but the two do not begin alike.
pub(super) fn pairs(
    message: &Message<'_>,
    probes: [Probe; 2],
    distance: &RangeInclusive<usize>,
    either_order: bool,
    mark: PairMark,
) -> Vec<Found> {
    let mut found = Vec::new();
    for (block, text) in message.texts.iter().enumerate() {
        let firsts = text.reading.hits(probes[0]);
        for second in text.reading.hits(probes[1]) {
            let near = near(firsts, second.sentence, *distance.end());
            let in_reach = near.iter().filter(|first| is_in_reach(first, second, distance, either_order));
            let nearest = in_reach.min_by_key(|first| first.start.abs_diff(second.start));
            if let Some(first) = nearest {
                found.push(pair(block, text, first, second, mark));
            }
        }
    }
    found
}

/// The hits, which are in order, that stand at most so many sentences before or after one.
fn near(hits: &[PhraseHit], sentence: usize, reach: usize) -> &[PhraseHit] {
    let start = hits.partition_point(|hit| hit.sentence + reach < sentence);
    let length = hits[start..].partition_point(|hit| hit.sentence <= sentence + reach);
    &hits[start..start + length]
}

fn is_in_reach(
    first: &PhraseHit,
    second: &PhraseHit,
    distance: &RangeInclusive<usize>,
    either_order: bool,
) -> bool {
    let is_ordered = first.start < second.start || either_order && second.start < first.start;
    is_ordered && distance.contains(&first.sentence.abs_diff(second.sentence))
}

fn pair(block: usize, text: &Text<'_>, first: &PhraseHit, second: &PhraseHit, mark: PairMark) -> Found {
    let confidence = first.confidence.min(second.confidence);
    let (first, second) =
        (text.range_of_units(first.start..first.end), text.range_of_units(second.start..second.end));
    let words = |range| Found::new(Target::Words(block, range), confidence);
    match mark {
        PairMark::Both => words(first.start.min(second.start)..first.end.max(second.end)),
        PairMark::First => words(first).together_with(block, second),
        PairMark::Second => words(second).together_with(block, first),
    }
}

/// The message as a whole, by what the sentences of its body are for.
pub(super) fn whole_message(
    message: &Message<'_>,
    [only, beside, apart, none_of]: [RoleBits; 4],
    min_words: usize,
) -> Vec<Found> {
    let sentences = message.sentences();
    let words: usize = sentences.iter().map(|sentence| sentence.words).sum();
    if sentences.is_empty() || words < min_words || message.any_has(none_of) {
        return Vec::new();
    }
    let without_role = |sentence: &&SentenceRoles| sentence.roles == 0;
    let unknown: usize = sentences.iter().filter(without_role).map(|sentence| sentence.words).sum();
    let is_only = only == 0
        || unknown * 2 <= words
            && sentences.iter().any(|sentence| sentence.roles & only != 0 && sentence.roles & apart == 0)
            && sentences.iter().all(|sentence| {
                sentence.words == 0 || sentence.roles & !(only | beside) == 0 && !sentence.says_more
            });
    if is_only { vec![Found::message()] } else { Vec::new() }
}

/// Each match of a regular expression, which is compiled only once one of its literals was seen.
pub(super) fn regex(message: &Message<'_>, expression: &Expression, needs: &[Needed]) -> Vec<Found> {
    let mut found = Vec::new();
    for (block, text) in message.texts.iter().enumerate() {
        let folded = text.view.lower.text();
        if !needs.iter().any(|needed| needed.stands_in(folded)) {
            continue;
        }
        let Some(regex) = expression.regex() else { return found };
        for matched in regex.find_iter(folded).filter(|matched| !matched.is_empty()) {
            let range: Range<usize> = text.view.lower.span(matched.range()).range();
            found.push(Found::new(Target::Words(block, range), Confidence::High));
        }
    }
    found
}
