//! Slips of writing, in the language that the message is read in.

use crate::detect::spelling;
use crate::rule::compiled::{Language, RuleSet};
use crate::rule::schema::SlipKind;

use super::found::Found;
use super::language;
use super::message::{Message, Text};

/// The slips of one kind. A message in a language that nobody here knows has none.
pub(super) fn slips(message: &Message<'_>, kind: SlipKind, rules: &RuleSet) -> Vec<Found> {
    let Some(language) = message.read_in.and_then(|number| rules.languages.get(number)) else {
        return Vec::new();
    };
    let in_block = |(block, text): (usize, &Text<'_>)| {
        let slips = text.slips.get_or_init(|| read(message, text, language));
        let wanted = slips.iter().filter(|slip| slip.kind == kind);
        wanted.map(move |slip| found(block, slip)).collect::<Vec<_>>()
    };
    message.texts.iter().enumerate().flat_map(in_block).collect()
}

/// All slips of a text.
fn read(message: &Message<'_>, text: &Text<'_>, language: &Language) -> Vec<spelling::Slip> {
    spelling::slips(&text.view, &language.spelling, |sentence| {
        let sentence = text.reading.sentences.get(sentence);
        sentence.is_some_and(|sentence| language::is_own(message, sentence))
    })
}

fn found(block: usize, slip: &spelling::Slip) -> Found {
    let mut found = Found::words(block, slip.range.clone());
    if let Some(suggestion) = &slip.suggestion {
        found = found.with("suggestion", suggestion);
    }
    match &slip.next {
        Some(next) => found.with("next", next),
        None => found,
    }
}
