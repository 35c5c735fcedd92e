//! The forms in which an e-mail says the same.

use std::collections::HashSet;

use crate::finding::FieldName;
use crate::view::UnitKind;

use super::found::Found;
use super::message::{Message, Text};

/// Letters that a word must have to tell one text from another: shorter ones stand in all.
const TELLING_LETTERS: usize = 4;

/// Forms of which too few words stand in the main one. Links, addresses and numbers are not compared, because plain
/// text spells out what HTML hides; and that a form leaves things out makes it no other message.
pub(super) fn divergent(message: &Message<'_>, shared_percent: usize, min_words: usize) -> Vec<Found> {
    let bodies = || message.texts.iter().enumerate().filter(|(_, text)| text.block.field == FieldName::Body);
    if !bodies().any(|(_, text)| text.block.is_repeat) {
        return Vec::new();
    }
    let main: HashSet<&str> =
        bodies().filter(|(_, text)| !text.block.is_repeat).flat_map(|(_, text)| words(text)).collect();
    let mut found = Vec::new();
    for (block, text) in bodies().filter(|(_, text)| text.block.is_repeat && text.block.scope.is_prose()) {
        let said: HashSet<&str> = words(text).collect();
        let shared = said.iter().filter(|word| main.contains(*word)).count();
        if said.len() >= min_words && shared * 100 < said.len() * shared_percent {
            let whole = text.block.text.text();
            let start = whole.len() - whole.trim_start().len();
            found.push(Found::words(block, start..start + whole.trim().len()));
        }
    }
    found
}

fn words<'t>(text: &'t Text<'_>) -> impl Iterator<Item = &'t str> {
    let units = text.view.units.iter().filter(|unit| unit.kind == UnitKind::Word);
    units
        .map(|unit| text.view.word(unit))
        .filter(|word| word.chars().count() >= TELLING_LETTERS || !word.is_ascii())
}
