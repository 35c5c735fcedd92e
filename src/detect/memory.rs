//! Sentences and words that were read before: templates say the same to every buyer, and what was found once need not be
//! looked for again.

use std::collections::HashMap;
use std::mem;
use std::sync::Arc;

use foldhash::fast::RandomState;

use crate::detect::phrase::machine::{Hit, Known, Machine};
use crate::detect::spelling::Doubts;
use crate::detect::spelling::table::Spelling;

use super::outputs::Outputs;
use super::reading::SentenceRoles;

/// The most sentences in one of the two halves of a memory, and the most numbers of theirs: a megabyte or two.
const MOST: usize = 4096;
const MOST_NUMBERS: usize = 32 * MOST;

/// What is known of a sentence that was read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Read {
    /// What it is for.
    pub(super) roles: SentenceRoles,
    /// Its phrases that are no roles, in units of the sentence, by output and then place.
    hits: Vec<Hit>,
    /// Their outputs.
    outputs: Outputs,
}

impl Read {
    /// A sentence with these phrases, in any order.
    pub(super) fn new(roles: SentenceRoles, mut hits: Vec<Hit>) -> Self {
        hits.sort_unstable();
        hits.dedup();
        hits.shrink_to_fit();
        let mut outputs = Outputs::default();
        hits.iter().for_each(|hit| outputs.insert(hit.output));
        Self { roles, hits, outputs }
    }

    /// The outputs that have phrases.
    pub(super) fn outputs(&self) -> &Outputs {
        &self.outputs
    }

    /// The phrases of an output, in order.
    pub(super) fn hits(&self, output: u32) -> &[Hit] {
        if !self.outputs.has(output) {
            return &[];
        }
        let start = self.hits.partition_point(|hit| hit.output < output);
        let length = self.hits[start..].partition_point(|hit| hit.output == output);
        &self.hits[start..start + length]
    }
}

/// The sentences that were read lately. What was not met for long is forgotten, so that it never grows beyond its size.
#[derive(Debug, Default)]
pub(super) struct Memory {
    recent: HashMap<Box<[u64]>, Arc<Read>, RandomState>,
    older: HashMap<Box<[u64]>, Arc<Read>, RandomState>,
    /// Numbers of the recent ones.
    numbers: usize,
}

impl Memory {
    /// What is known of a sentence, by the numbers of its wording; `read` finds it out if nothing is.
    pub(super) fn recall(&mut self, numbers: &[u64], read: impl FnOnce() -> Read) -> &Arc<Read> {
        // Looked up twice, for only what is not there needs a key of its own.
        if !self.recent.contains_key(numbers) {
            if self.recent.len() >= MOST || self.numbers >= MOST_NUMBERS {
                self.older = mem::take(&mut self.recent);
                self.numbers = 0;
            }
            self.numbers += numbers.len();
            let known = self.older.remove_entry(numbers);
            let (key, known) = known.unwrap_or_else(|| (numbers.into(), Arc::new(read())));
            self.recent.insert(key, known);
        }
        &self.recent[numbers]
    }
}

/// The most words of a vocabulary, and the most bytes of one: half a megabyte or so.
const MOST_WORDS: usize = 8192;
const LONGEST_WORD: usize = 32;

/// What is known of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Meaning {
    /// What the machine knows of it.
    pub(super) known: Known,
    /// What it knows of the key word that this one is but for a letter, if it is no whole word itself.
    pub(super) near: Option<Known>,
    /// What there is to ask about how it is written.
    pub(super) doubts: Doubts,
}

impl Meaning {
    fn of(word: &str, machine: &Machine, spelling: &Spelling) -> Self {
        let known = machine.known(word);
        let near = if known.is_whole { None } else { machine.key_words().one_letter_off(word) };
        let doubts = Doubts::about(word, spelling);
        Self { known, near: near.map(|near| machine.known(near)), doubts }
    }
}

/// The words of a language that were read lately. When they are too many, all are forgotten.
#[derive(Debug, Default)]
pub(super) struct Vocabulary(HashMap<Box<str>, Meaning, RandomState>);

impl Vocabulary {
    /// What the machine and the spelling of the language know of a folded word.
    pub(super) fn meaning(&mut self, word: &str, machine: &Machine, spelling: &Spelling) -> Meaning {
        if let Some(meaning) = self.0.get(word) {
            return *meaning;
        }
        let meaning = Meaning::of(word, machine, spelling);
        if word.len() <= LONGEST_WORD {
            if self.0.len() >= MOST_WORDS {
                self.0.clear();
            }
            self.0.insert(word.into(), meaning);
        }
        meaning
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detect::phrase::{Grammar, Pattern};
    use crate::detect::spelling::table::WordTable;

    fn number(of: u64) -> impl FnOnce() -> Read {
        move || Read::new(SentenceRoles::default(), vec![Hit { output: of as u32, start: 0, end: 1 }])
    }

    #[test]
    fn what_was_met_lately_is_read_once() {
        let mut memory = Memory::default();
        let first = memory.recall(&[1, 2], number(7)).clone();
        assert_eq!(memory.recall(&[1, 2], || unreachable!("it is known")), &first);
        assert_ne!(memory.recall(&[1], number(8)), &first);
    }

    #[test]
    fn what_was_not_met_for_long_is_forgotten() {
        let mut memory = Memory::default();
        for of in 0..3 * MOST as u64 {
            memory.recall(&[of], number(of));
            memory.recall(&[0], || unreachable!("it was met just now"));
        }
        assert!(memory.recent.len() + memory.older.len() <= 2 * MOST);
        let again = memory.recall(&[1], number(9)).clone();
        assert_eq!(*again, number(9)());
    }

    #[test]
    fn long_sentences_take_the_room_of_several() {
        let mut memory = Memory::default();
        for of in 0..MOST as u64 {
            memory.recall(&[of; 200], number(of));
        }
        let kept = memory.recent.len() + memory.older.len();
        assert!((kept - 2) * 200 <= 2 * MOST_NUMBERS, "{kept}");
    }
    #[test]
    fn a_word_means_the_same_however_often_it_was_read() {
        let mut grammar = Grammar::new(&["leave".to_owned()]);
        grammar.key_word("review", &[]);
        grammar.output(vec![Pattern::parse("leave (review|feedback*)").unwrap()]);
        let (machine, _) = grammar.compile().unwrap();
        let spelling = Spelling { never_twice: WordTable::new([("leave", "")]), ..Spelling::default() };
        let mut vocabulary = Vocabulary::default();
        let long = "r".repeat(LONGEST_WORD + 1);
        for word in ["leave", "review", "feedbacks", "reveiw", "feedbakc", "!!!", "", "é", &long] {
            let meaning = Meaning::of(word, &machine, &spelling);
            assert_eq!(vocabulary.meaning(word, &machine, &spelling), meaning, "{word}");
            assert_eq!(vocabulary.meaning(word, &machine, &spelling), meaning, "{word}");
        }
        assert!(vocabulary.meaning("reveiw", &machine, &spelling).near.is_some());
        assert!(!vocabulary.meaning("leave", &machine, &spelling).doubts.is_empty());
        assert!(!vocabulary.0.contains_key(long.as_str()));
    }

    #[test]
    fn a_vocabulary_has_its_bounds() {
        let (machine, _) = Grammar::new(&[]).compile().unwrap();
        let mut vocabulary = Vocabulary::default();
        for number in 0..=MOST_WORDS {
            vocabulary.meaning(&number.to_string(), &machine, &Spelling::default());
        }
        assert!(vocabulary.0.len() <= MOST_WORDS);
    }
}
