//! Sentences that were read before: templates say the same to every buyer, and what was found once need not be looked for
//! again.

use std::collections::HashMap;
use std::mem;

use foldhash::fast::RandomState;

use crate::detect::phrase::machine::Hit;

use super::reading::SentenceRoles;

/// The most sentences in one of the two halves of a memory, and the most numbers of theirs: a megabyte or two.
const MOST: usize = 4096;
const MOST_NUMBERS: usize = 32 * MOST;

/// What is known of a sentence that was read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Read {
    /// What it is for.
    pub(super) roles: SentenceRoles,
    /// Its phrases that are no roles, in units of the sentence.
    pub(super) hits: Vec<Hit>,
}

/// The sentences that were read lately. What was not met for long is forgotten, so that it never grows beyond its size.
#[derive(Debug, Default)]
pub(super) struct Memory {
    recent: HashMap<Box<[u64]>, Read, RandomState>,
    older: HashMap<Box<[u64]>, Read, RandomState>,
    /// Numbers of the recent ones.
    numbers: usize,
}

impl Memory {
    /// What is known of a sentence, by the numbers of its wording; `read` finds it out if nothing is.
    pub(super) fn recall(&mut self, numbers: &[u64], read: impl FnOnce() -> Read) -> &Read {
        // Looked up twice, for only what is not there needs a key of its own.
        if !self.recent.contains_key(numbers) {
            if self.recent.len() >= MOST || self.numbers >= MOST_NUMBERS {
                self.older = mem::take(&mut self.recent);
                self.numbers = 0;
            }
            self.numbers += numbers.len();
            let known = self.older.remove_entry(numbers);
            let (key, known) = known.unwrap_or_else(|| (numbers.into(), read()));
            self.recent.insert(key, known);
        }
        &self.recent[numbers]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(of: u64) -> impl FnOnce() -> Read {
        move || Read { hits: vec![Hit { output: of as u32, start: 0, end: 1 }], ..Read::default() }
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
        assert_eq!(again, number(9)());
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
}
