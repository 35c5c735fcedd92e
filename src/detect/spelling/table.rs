//! Words and phrases with what is known of each, in tables that cost nothing to load.
//!
//! This file knows nothing of the rest of the house but the flat tables of phrases, because `build.rs` shares it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::detect::phrase::table::Table;

/// What is known of how a language is written, by the keys of `rules/spelling/`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Spelling {
    /// Misspelt words and phrases, each with the right ones.
    pub misspelt: WordTable,
    /// Misspelt words that are names when they have a capital.
    pub names: WordTable,
    /// Words that nobody writes twice on purpose.
    pub never_twice: WordTable,
    /// Words that begin a sentence when they stand behind a full stop.
    pub starters: WordTable,
    /// Words whose full stop ends no sentence.
    pub abbreviations: WordTable,
    /// What stands behind the dot in a name.
    pub name_endings: WordTable,
    /// Words that begin with a vowel sound.
    pub vowel_sounds: WordTable,
    /// Words that begin with a consonant sound although they are written with a vowel.
    pub consonant_sounds: WordTable,
    /// Words before which both articles are heard, or that follow no article.
    pub either_article: WordTable,
}

/// Sorted words, beginnings of words (`reciev*`) and phrases, each with a text that may be empty.
///
/// No key begins like a `*` key, so that one search is enough: what fits a word is the key itself, or the `*` key right before
/// the place where it would stand; phrases that begin with the word stand right behind that place.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct WordTable {
    /// Keys without `*`, each with its text behind it.
    text: String,
    /// For each key: where it begins, where its text begins. The end of the last text stands behind them.
    places: Table,
    /// Bits of the words that keys are, or begin with: a word whose bit is not set need not be looked up.
    words: Table,
    /// Bits of the keys, those of phrases by their first two words.
    keys: Table,
    /// Bits of the first two bytes of the keys with a `*`.
    beginnings: Table,
    /// Bits of the second words of phrases.
    seconds: Table,
}

/// Bits for each word; with so many, one word in sixteen is looked up in vain.
const BITS_A_WORD: usize = 16;

/// Bits of beginnings.
const BEGINNINGS: usize = 1024;

/// What stands at the end of a phrase for the end of its clause.
pub const END: &str = "$";

/// A number for a word, and with `before` one for two words.
fn number_of(word: &[u8], before: u32) -> u32 {
    let start = before ^ word.len() as u32;
    let mixed = word.iter().fold(start, |mixed, byte| (mixed ^ u32::from(*byte)).wrapping_mul(0x0100_0193));
    mixed ^ (mixed >> 15)
}

fn number_of_two(word: &str, next: &str) -> u32 {
    number_of(next.as_bytes(), number_of(word.as_bytes(), 1))
}

/// Bits of numbers, of which there is room for a power of two.
fn bits_of(numbers: impl Iterator<Item = u32>, bits: usize) -> Table {
    let mut table = vec![0; bits / 32];
    let mut is_empty = true;
    for number in numbers {
        let bit = number as usize & (bits - 1);
        table[bit / 32] |= 1 << (bit % 32);
        is_empty = false;
    }
    if is_empty { Table::default() } else { table.into() }
}

fn has_bit(table: &Table, number: impl FnOnce() -> u32) -> bool {
    if table.is_empty() {
        return false;
    }
    let bit = number() as usize & (table.len() * 32 - 1);
    table.get(bit / 32) & 1 << (bit % 32) != 0
}

fn first_two(word: &str) -> &[u8] {
    &word.as_bytes()[..word.len().min(2)]
}

/// Set in the place of a text whose key is a beginning.
const BEGINNING: u32 = 1 << 31;

impl WordTable {
    /// A table of keys with their texts.
    pub fn new<'k>(entries: impl IntoIterator<Item = (&'k str, &'k str)>) -> Self {
        let bare = |(key, text): (&'k str, &'k str)| (key.trim_end_matches('*'), (key.ends_with('*'), text));
        let sorted: BTreeMap<&str, (bool, &str)> = entries.into_iter().map(bare).collect();
        let (mut all, mut places) = (String::new(), Vec::new());
        let room = (sorted.len() * BITS_A_WORD).next_power_of_two().max(32);
        let first = |key: &&str| number_of(key.split(' ').next().unwrap_or_default().as_bytes(), 0);
        let words = bits_of(sorted.keys().map(first), room);
        let whole = |key: &&str| match key.split(' ').nth(1).filter(|next| *next != END) {
            Some(next) => number_of_two(key.split(' ').next().unwrap_or_default(), next),
            None => first(key),
        };
        let keys = bits_of(sorted.keys().map(whole), room);
        let second = |key: &&str| key.split(' ').nth(1).map(|second| number_of(second.as_bytes(), 0));
        let seconds = bits_of(sorted.keys().filter_map(second), room);
        let beginnings = sorted.iter().filter(|(_, (is_beginning, _))| *is_beginning);
        let beginnings = bits_of(beginnings.map(|(key, _)| number_of(first_two(key), 0)), BEGINNINGS);
        for (key, (is_beginning, text)) in sorted {
            places.push(all.len() as u32);
            all.push_str(key);
            places.push(all.len() as u32 | if is_beginning { BEGINNING } else { 0 });
            all.push_str(text.trim_end_matches('*'));
        }
        places.push(all.len() as u32);
        Self { text: all, places: places.into(), words, keys, beginnings, seconds }
    }

    /// The keys that a `*` key covers, each with that key.
    pub fn covered<'k>(keys: impl IntoIterator<Item = &'k str>) -> Vec<(&'k str, &'k str)> {
        let mut sorted: Vec<&str> = keys.into_iter().collect();
        sorted.sort_by_key(|key| (key.trim_end_matches('*'), !key.ends_with('*')));
        let mut cover: Option<&str> = None;
        let mut covered = Vec::new();
        for key in sorted {
            match cover.filter(|cover| key.starts_with(cover.trim_end_matches('*'))) {
                Some(cover) => covered.push((key, cover)),
                None if key.ends_with('*') => cover = Some(key),
                None => {}
            }
        }
        covered
    }

    /// Whether a word is in the table.
    pub fn has(&self, word: &str) -> bool {
        self.may_know(word) && self.word(word, self.place_of(word)).is_some()
    }

    /// Whether a word, or a phrase that begins with it, may be in the table. Most words are told here not to be.
    pub fn may_know(&self, word: &str) -> bool {
        has_bit(&self.words, || number_of(word.as_bytes(), 0))
            || has_bit(&self.beginnings, || number_of(first_two(word), 0))
    }

    /// Whether a phrase whose second word is this one may be in the table.
    pub fn may_follow(&self, word: &str) -> bool {
        has_bit(&self.seconds, || number_of(word.as_bytes(), 0))
    }

    /// Whether a phrase that begins with two words may be in the table.
    pub fn may_begin_phrase(&self, word: &str, next: &str) -> bool {
        has_bit(&self.keys, || number_of_two(word, next))
    }

    /// Where a word stands, or would stand.
    pub fn place_of(&self, word: &str) -> usize {
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = low + (high - low) / 2;
            if self.key(middle) < word { low = middle + 1 } else { high = middle }
        }
        low
    }

    /// The text of a word whose place is known, and the letters of the word that the key leaves open.
    pub fn word<'w>(&self, word: &'w str, place: usize) -> Option<(&str, &'w str)> {
        if place < self.len() && self.key(place) == word {
            return Some((self.text(place), ""));
        }
        let before = place.checked_sub(1).filter(|before| self.is_beginning(*before))?;
        Some((self.text(before), word.strip_prefix(self.key(before))?))
    }

    /// The phrases that begin with a word whose place is known: what follows the word, and the text.
    pub fn phrases<'t>(
        &'t self,
        word: &'t str,
        place: usize,
    ) -> impl Iterator<Item = (&'t str, &'t str)> + Clone {
        let from = place + usize::from(place < self.len() && self.key(place) == word);
        let rest = move |at| Some((self.key(at).strip_prefix(word)?.strip_prefix(' ')?, self.text(at)));
        (from..self.len()).map_while(rest)
    }

    fn len(&self) -> usize {
        self.places.len() / 2
    }

    fn key(&self, at: usize) -> &str {
        &self.text[self.places.index(2 * at)..self.middle(at)]
    }

    fn text(&self, at: usize) -> &str {
        &self.text[self.middle(at)..self.places.index(2 * at + 2)]
    }

    fn middle(&self, at: usize) -> usize {
        (self.places.get(2 * at + 1) & !BEGINNING) as usize
    }

    fn is_beginning(&self, at: usize) -> bool {
        self.places.get(2 * at + 1) & BEGINNING != 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_beginnings_and_phrases_are_found() {
        let table = WordTable::new([
            ("reciev*", "receiv*"),
            ("could of", "could have"),
            ("could of course", "could of course"),
            ("alot", "a lot"),
            ("i", "I"),
            ("i'm", "I'm"),
        ]);
        let word = |word| table.word(word, table.place_of(word));
        assert_eq!(word("recieved"), Some(("receiv", "ed")));
        assert_eq!(word("reciev"), Some(("receiv", "")));
        assert_eq!(word("alot"), Some(("a lot", "")));
        assert_eq!(word("i"), Some(("I", "")));
        for absent in ["", "recie", "receive", "could", "alo", "alots", "zebra"] {
            assert_eq!(word(absent), None, "{absent}");
        }
        let phrases: Vec<_> = table.phrases("could", table.place_of("could")).collect();
        assert_eq!(phrases, [("of", "could have"), ("of course", "could of course")]);
        assert_eq!(table.phrases("i", table.place_of("i")).count(), 0);
        assert!(!WordTable::default().has("x") && WordTable::default().phrases("x", 0).count() == 0);
    }

    #[test]
    fn a_key_that_a_beginning_covers_is_told() {
        let covered = WordTable::covered(["us*", "user", "uk", "use*", "u"]);
        assert_eq!(covered, [("use*", "us*"), ("user", "us*")]);
        assert_eq!(WordTable::covered(["us*", "us"]), [("us", "us*")]);
    }
}
