//! Whether what stands around a match lets it count.

use std::ops::Range;

use crate::rule::compiled::{Detect, Probe};
use crate::rule::schema::Within;
use crate::view::sentence::Ending;

use super::found::Target;
use super::message::{Message, Text};

/// Whether the phrases and roles around a target are as a detector wants them.
pub(super) fn holds(message: &Message<'_>, detect: &Detect, target: &Target) -> bool {
    match target {
        Target::Words(block, range) => {
            let (block, range) = message.context_of(*block, range).unwrap_or((*block, range.clone()));
            holds_at(message, &message.texts[block], detect, &range)
        }
        _ => holds_anywhere(message, detect),
    }
}

fn holds_at(message: &Message<'_>, text: &Text<'_>, detect: &Detect, range: &Range<usize>) -> bool {
    if text.view.sentences.is_empty() {
        return detect.with.is_none() && detect.sentence_has == 0;
    }
    let sentences =
        text.view.sentence_at(range.start)..text.view.sentence_at(range.end.saturating_sub(1)) + 1;
    let roles = text
        .reading
        .sentences
        .get(sentences.clone())
        .unwrap_or_default()
        .iter()
        .fold(0, |roles, sentence| roles | sentence.roles);
    let has_roles =
        (detect.sentence_has == 0 || roles & detect.sentence_has != 0) && roles & detect.sentence_lacks == 0;
    let stands = |probe: Probe, within: Within| match within {
        Within::Message => message.says(probe),
        within => {
            let reach = reach(text, sentences.clone(), within);
            let hits = text.reading.hits(probe);
            // In the order of the sentences: a text full of them is not gone through for each finding.
            let first = hits.partition_point(|hit| hit.sentence + 1 < reach.start);
            let near = hits[first..].iter().take_while(|hit| hit.sentence < reach.end);
            near.into_iter()
                .any(|hit| reach.contains(&hit.sentence) || is_heading(text, hit.sentence, &reach))
        }
    };
    let near = |probe: Probe| stands(probe, detect.within);
    let is_beside = |probe: Probe| stands(probe, Within::Neighbours);
    has_roles
        && detect.with.is_none_or(near)
        && !detect.unless.is_some_and(near)
        && !detect.unless_near.is_some_and(is_beside)
}

fn holds_anywhere(message: &Message<'_>, detect: &Detect) -> bool {
    let near = |probe: Probe| message.says(probe);
    detect.with.is_none_or(near) && !detect.unless.is_some_and(near) && !detect.unless_near.is_some_and(near)
}

/// The sentences that count as near.
fn reach(text: &Text<'_>, own: Range<usize>, within: Within) -> Range<usize> {
    let all = &text.view.sentences;
    match within {
        Within::Sentence | Within::Message => own,
        Within::Neighbours => own.start.saturating_sub(1)..(own.end + 1).min(all.len()),
        Within::Paragraph => {
            let paragraphs = all[own.start].paragraph..=all[own.end - 1].paragraph;
            let start = all.partition_point(|sentence| sentence.paragraph < *paragraphs.start());
            let end = all.partition_point(|sentence| sentence.paragraph <= *paragraphs.end());
            start..end
        }
    }
}

/// Whether a sentence is the heading right above these.
fn is_heading(text: &Text<'_>, sentence: usize, below: &Range<usize>) -> bool {
    sentence + 1 == below.start && text.view.sentences[sentence].ending == Ending::Heading
}
