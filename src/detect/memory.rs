//! Sentences and words that were read before: templates say the same to every buyer, and what was found once need not be
//! looked for again.

use std::collections::HashMap;
use std::hash::BuildHasher as _;
use std::mem;
use std::sync::Arc;

use foldhash::fast::RandomState;

use crate::detect::phrase::machine::{Hit, Known, Machine};
use crate::detect::spelling::Doubts;
use crate::detect::spelling::table::Spelling;

use super::misspelt::Misspelt;
use super::outputs::Outputs;
use super::reading::SentenceRoles;

/// The most sentences in one of the two halves of a memory, and the most numbers of theirs: a megabyte or two.
pub(super) const MOST: usize = 4096;
/// Numbers that one has, of the usual length.
const NUMBERS: usize = 32;
/// The most sentences that are known word for word in one of the halves: few come so again and again.
const MOST_VERBATIM: usize = 1024;

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
    /// A sentence with these phrases, in order.
    pub(super) fn new(roles: SentenceRoles, hits: &[Hit]) -> Self {
        let mut hits = hits.to_vec();
        hits.dedup();
        let mut outputs = Outputs::default();
        // The last one is the greatest: there is room at once.
        hits.iter().rev().for_each(|hit| outputs.insert(hit.output));
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

/// What was met lately, by the numbers that tell it from anything else. What was not met for long is forgotten, so that it
/// never grows beyond its size.
#[derive(Debug)]
pub(super) struct Memory<T, const MOST: usize> {
    recent: HashMap<Box<[u64]>, T, RandomState>,
    older: HashMap<Box<[u64]>, T, RandomState>,
    /// Numbers of the recent ones.
    numbers: usize,
}

impl<T, const MOST: usize> Default for Memory<T, MOST> {
    fn default() -> Self {
        Self { recent: HashMap::default(), older: HashMap::default(), numbers: 0 }
    }
}

impl<T: Clone, const MOST: usize> Memory<T, MOST> {
    /// What is known by some numbers; `find` finds it out if nothing is.
    pub(super) fn recall(&mut self, numbers: &[u64], find: impl FnOnce() -> T) -> T {
        if let Some(known) = self.known(numbers) {
            return known;
        }
        let found = find();
        self.remember(numbers.into(), found.clone());
        found
    }

    /// What is known by some numbers.
    pub(super) fn known(&mut self, numbers: &[u64]) -> Option<T> {
        if let Some(known) = self.recent.get(numbers) {
            return Some(known.clone());
        }
        let (key, known) = self.older.remove_entry(numbers)?;
        self.remember(key, known.clone());
        Some(known)
    }

    /// Keeps something in mind.
    pub(super) fn remember(&mut self, numbers: Box<[u64]>, found: T) {
        if self.recent.len() >= MOST || self.numbers >= NUMBERS * MOST {
            self.older = mem::take(&mut self.recent);
            self.numbers = 0;
        }
        self.numbers += numbers.len();
        self.recent.insert(numbers, found);
    }
}

/// Sentences that were met word for word. Most are never met again, so a sentence is only kept in mind when it comes a
/// second time.
#[derive(Debug, Default)]
pub(super) struct Verbatim {
    memory: Memory<Told, MOST_VERBATIM>,
    /// Of the hashes of sentences that came once one half, each where the other half says.
    once: Vec<u32>,
}

/// What was made of a sentence that was met word for word.
#[derive(Debug, Clone)]
pub(super) struct Told {
    pub(super) read: Arc<Read>,
    pub(super) misspelt: Misspelt,
    /// Its units about which there is something to ask, counted in it.
    pub(super) doubts: Arc<[(usize, Doubts)]>,
    /// Words in it.
    pub(super) words: usize,
    /// Those among the commonest of the language.
    pub(super) common_words: usize,
}

impl Verbatim {
    /// What is known of a sentence.
    pub(super) fn known(&mut self, numbers: &[u64]) -> Option<Told> {
        self.memory.known(numbers)
    }

    /// Takes note of a sentence that is not known.
    pub(super) fn note(&mut self, numbers: &[u64], told: impl FnOnce() -> Told) {
        self.once.resize(MOST, 0);
        let hash = self.memory.recent.hasher().hash_one(numbers);
        let half = (hash >> 32) as u32;
        let before = mem::replace(&mut self.once[hash as usize % MOST], half);
        if before == half {
            self.memory.remember(numbers.into(), told());
        }
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
    #[inline]
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

    fn number(of: u64) -> impl FnOnce() -> Arc<Read> {
        move || {
            let hit = Hit { output: of as u32, start: 0, end: 1 };
            Arc::new(Read::new(SentenceRoles::default(), &[hit]))
        }
    }

    #[test]
    fn a_sentence_is_known_word_for_word_once_it_came_twice() {
        let mut verbatim = Verbatim::default();
        let told = || Told {
            read: number(7)(),
            misspelt: Misspelt::default(),
            doubts: Arc::default(),
            words: 3,
            common_words: 2,
        };
        for is_known in [false, false, true, true] {
            assert_eq!(verbatim.known(&[1, 2]).is_some_and(|told| told.words == 3), is_known);
            assert!(verbatim.known(&[1]).is_none());
            if !is_known {
                verbatim.note(&[1, 2], told);
            }
        }
    }

    #[test]
    fn what_was_met_lately_is_read_once() {
        let mut memory = Memory::<_, MOST>::default();
        let first = memory.recall(&[1, 2], number(7));
        assert_eq!(memory.recall(&[1, 2], || unreachable!("it is known")), first);
        assert_ne!(memory.recall(&[1], number(8)), first);
    }

    #[test]
    fn what_was_not_met_for_long_is_forgotten() {
        let mut memory = Memory::<_, MOST>::default();
        for of in 0..3 * MOST as u64 {
            memory.recall(&[of], number(of));
            memory.recall(&[0], || unreachable!("it was met just now"));
        }
        assert!(memory.recent.len() + memory.older.len() <= 2 * MOST);
        let again = memory.recall(&[1], number(9));
        assert_eq!(again, number(9)());
    }

    #[test]
    fn long_sentences_take_the_room_of_several() {
        let mut memory = Memory::<_, MOST>::default();
        for of in 0..MOST as u64 {
            memory.recall(&[of; 200], number(of));
        }
        let kept = memory.recent.len() + memory.older.len();
        assert!((kept - 2) * 200 <= 2 * NUMBERS * MOST, "{kept}");
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
