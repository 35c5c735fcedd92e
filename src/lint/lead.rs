//! "Write to us at" belongs to the address behind it: whoever deletes one deletes both, so they are one finding.

use crate::rule::compiled::{Detect, Probe};

use super::found::Target;
use super::message::{Message, Text};

/// How many units the words may have that lead to a match.
const LONGEST: usize = 24;

/// A target with the words before it that the detector counts to it.
pub(super) fn with_lead(message: &Message<'_>, detect: &Detect, target: Target) -> Target {
    let (Some(lead), Target::Words(block, range)) = (detect.lead, &target) else { return target };
    match start_of_lead(&message.texts[*block], lead, range.start) {
        Some(start) => Target::Words(*block, start..range.end),
        None => target,
    }
}

/// Where the first of the phrases begins that stand before a place and reach it.
fn start_of_lead(text: &Text<'_>, lead: Probe, at: usize) -> Option<usize> {
    let before = text.view.units.partition_point(|unit| unit.range.start < at);
    let hits = text.reading.hits(lead);
    let first = hits.partition_point(|hit| hit.start + LONGEST < before);
    let near = hits[first..].iter().take_while(|hit| hit.start < before);
    near.map(|hit| text.range_of_units(hit.start..hit.end))
        .find(|words| reaches(text, words.end, at))
        .map(|words| words.start)
}

/// Whether nothing but signs and white space stands between the end of a phrase and a place behind it.
fn reaches(text: &Text<'_>, end: usize, at: usize) -> bool {
    end >= at
        || text.block.text.text().get(end..at).is_some_and(|between| !between.contains(char::is_alphanumeric))
}
