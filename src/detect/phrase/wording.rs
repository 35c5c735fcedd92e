//! A sentence as the machine sees it: not its letters, but which words it knows of it.

use std::ops::Range;

use super::machine::{Known, SymbolId};
use super::places::Places;

/// The most units that a wording holds; what is behind them is not seen.
pub const MOST_UNITS: usize = 255;

/// How many numbers hold one bit for each unit.
const BITS: usize = MOST_UNITS.div_ceil(64);
/// Where they stand in `numbers`.
const CLAUSES: usize = 1;
const WORDS: usize = CLAUSES + BITS;
const PUSHES: usize = WORDS + BITS;

/// What the machine knows of the units of a sentence. Sentences with the same wording have the same phrases at the same
/// units, whatever letters they are made of.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Wording {
    /// The number of units and of the language; with which of them a clause begins, and which are words, one bit each;
    /// then what was pushed, in order.
    numbers: Vec<u64>,
}

/// Symbols that units were given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Push {
    /// The first of the units.
    pub(super) start: usize,
    /// The unit behind the last of them.
    pub(super) end: usize,
    /// What they were given.
    pub(super) what: Pushed,
}

/// What units are given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pushed {
    /// The symbols of a list of the machine.
    List(usize),
    /// One symbol.
    Symbol(SymbolId),
}

impl Default for Wording {
    fn default() -> Self {
        Self { numbers: vec![0; PUSHES] }
    }
}

impl Wording {
    /// Forgets everything, for the next sentence. What is known of a word depends on the `language`.
    pub fn begin(&mut self, language: usize) {
        self.numbers.truncate(PUSHES);
        self.numbers.fill(0);
        self.numbers[0] = (language as u64) << 32;
    }

    /// Begins the next unit of the sentence; `begins_clause`: punctuation stands before it.
    #[inline]
    pub fn push_unit(&mut self, begins_clause: bool, is_word: bool) {
        let at = self.len();
        if at >= MOST_UNITS {
            return;
        }
        self.numbers[0] += 1;
        self.numbers[CLAUSES + at / 64] |= u64::from(begins_clause) << (at % 64);
        self.numbers[WORDS + at / 64] |= u64::from(is_word) << (at % 64);
    }

    /// Gives the last unit a symbol.
    #[inline]
    pub fn push_symbol(&mut self, symbol: SymbolId) {
        let end = self.len();
        self.push(end.saturating_sub(1)..end, 1 << 48 | u64::from(symbol));
    }

    /// Gives the last unit the symbols of a word.
    #[inline]
    pub fn push_word(&mut self, word: Known) {
        let end = self.len();
        self.push_over(word, end.saturating_sub(1)..end);
    }

    /// Gives some units together the symbols of a word.
    #[inline]
    pub fn push_over(&mut self, word: Known, units: Range<usize>) {
        if word.list != 0 {
            self.push(units, u64::from(word.list));
        }
    }

    #[inline]
    fn push(&mut self, units: Range<usize>, what: u64) {
        if units.end <= self.len() && !units.is_empty() {
            self.numbers.push(what | (units.start as u64) << 32 | (units.end as u64) << 40);
        }
    }

    /// Number of units so far.
    #[inline]
    pub fn len(&self) -> usize {
        (self.numbers[0] & 0xFFFF_FFFF) as usize
    }

    /// Whether there is no unit yet.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// All of it, to be remembered by.
    pub fn numbers(&self) -> &[u64] {
        &self.numbers
    }

    /// The units with which a clause begins.
    pub(super) fn clauses<const W: usize>(&self) -> Places<W> {
        Places::of(&self.numbers[CLAUSES..WORDS])
    }

    /// What the units were given, in order.
    pub(super) fn pushes(&self) -> impl Iterator<Item = Push> {
        self.numbers[PUSHES..].iter().map(|number| {
            let what = match number >> 48 {
                0 => Pushed::List((number & 0xFFFF_FFFF) as usize),
                _ => Pushed::Symbol((number & 0xFFFF) as SymbolId),
            };
            Push { start: (number >> 32 & 0xFF) as usize, end: (number >> 40 & 0xFF) as usize, what }
        })
    }
}
