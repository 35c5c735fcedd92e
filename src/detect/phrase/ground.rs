//! A sentence laid out for the machine: for every symbol the units at which it stands.

use super::machine::{ANY_SYMBOL, Machine, SymbolId};
use super::places::Places;
use super::wording::{Pushed, Wording};

/// A sentence of fewer than `64 * W` units, and room for the work on it.
#[derive(Debug)]
pub(super) struct Ground<const W: usize> {
    symbols: Vec<Stands<W>>,
    /// The symbols that stand anywhere, but for the plain ones of words.
    seen: Vec<SymbolId>,
    /// The lists of the words, whose plain symbols anchor nothing: there are many, and nobody asks when they were seen.
    words: Vec<usize>,
    /// For each level the patterns that the symbols of the sentence anchor, in the order in which the symbols were seen.
    anchored: Vec<Vec<Anchored>>,
    /// Whether a word takes up several units, so that distances in patterns do not hold.
    pub(super) is_stretched: bool,
    /// For each unit the first of the items that begin with it; none behind the last item.
    pub(super) heads: Vec<u32>,
    pub(super) items: Vec<Item>,
    /// Number of units.
    pub(super) len: usize,
    /// Every unit, by the place before it.
    pub(super) units: Places<W>,
    /// Every place, that behind the last unit too.
    pub(super) places: Places<W>,
    /// The units with which a clause begins.
    pub(super) clauses: Places<W>,
    /// The places at which one ends.
    pub(super) clause_ends: Places<W>,
    /// The place behind the last unit.
    pub(super) end: Places<W>,
    /// Later steps of the pattern that is tried and the places from which it goes on there, the nearest step last.
    pub(super) waits: Vec<(usize, Places<W>)>,
    /// What failed: step times unit, stamped with the run it failed in.
    pub(super) failed: Vec<u32>,
    pub(super) run: u32,
}

/// Patterns of a level that a symbol anchors.
#[derive(Debug, Clone, Copy)]
pub(super) struct Anchored {
    pub(super) anchor: SymbolId,
    /// Where they stand in the machine.
    pub(super) patterns: u32,
}

/// Where a symbol stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stands<const W: usize> {
    /// The units that are it.
    pub(super) single: Places<W>,
    /// The units with which an item begins that is it.
    pub(super) several: Places<W>,
}

/// A symbol that begins at a unit and takes up more than that one, or none.
#[derive(Debug, Clone, Copy)]
pub(super) struct Item {
    pub(super) symbol: SymbolId,
    /// The unit behind its last one.
    pub(super) end: u32,
    /// The next item that begins with the same unit; it is no longer than this one.
    pub(super) next: u32,
}

const NONE: u32 = u32::MAX;

impl<const W: usize> Default for Ground<W> {
    fn default() -> Self {
        Self {
            symbols: Vec::new(),
            seen: Vec::new(),
            words: Vec::new(),
            anchored: Vec::new(),
            is_stretched: false,
            heads: Vec::new(),
            items: Vec::new(),
            len: 0,
            units: Places::NONE,
            places: Places::NONE,
            clauses: Places::NONE,
            clause_ends: Places::NONE,
            end: Places::NONE,
            waits: Vec::new(),
            failed: Vec::new(),
            run: 0,
        }
    }
}

impl<const W: usize> Stands<W> {
    const NOWHERE: Self = Self { single: Places::NONE, several: Places::NONE };

    /// The units with which it begins.
    #[inline]
    pub(super) fn any(&self) -> Places<W> {
        self.single.or(self.several)
    }
}

impl<const W: usize> Ground<W> {
    /// Lays out a sentence in place of the one before.
    pub(super) fn load(&mut self, machine: &Machine, wording: &Wording) {
        for symbol in self.seen.drain(..) {
            self.symbols[usize::from(symbol)] = Stands::NOWHERE;
        }
        for word in self.words.drain(..) {
            let (_, others) = machine.symbols_of_word(word);
            for symbol in others {
                self.symbols[symbol as usize] = Stands::NOWHERE;
            }
        }
        self.symbols.resize(machine.symbols as usize, Stands::NOWHERE);
        self.anchored.resize(machine.levels as usize + 1, Vec::new());
        self.anchored.iter_mut().for_each(Vec::clear);
        self.is_stretched = false;
        self.items.clear();
        self.heads.clear();
        self.len = wording.len();
        self.heads.resize(self.len + 1, NONE);
        self.units = Places::below(self.len);
        self.places = Places::below(self.len + 1);
        self.end = Places::one(self.len);
        self.clauses = wording.clauses();
        if self.len > 0 {
            self.clauses.insert(0);
        }
        self.clause_ends = self.clauses.or(self.end);
        self.clause_ends.insert(0);
        self.symbols[usize::from(ANY_SYMBOL)].single = self.units;
        self.meet(machine, ANY_SYMBOL);
        for push in wording.pushes() {
            match push.what {
                Pushed::List(place) => self.add_word(machine, push.start, place, push.end),
                Pushed::Symbol(symbol) => self.add(machine, push.start, symbol, push.end),
            }
        }
    }

    /// Notes that a word takes up the units from `at` to `end`.
    fn add_word(&mut self, machine: &Machine, at: usize, place: usize, end: usize) {
        let (anchors, others) = machine.symbols_of_word(place);
        if end != at + 1 {
            self.is_stretched = true;
            anchors.chain(others).for_each(|symbol| self.add(machine, at, symbol as SymbolId, end));
            return;
        }
        for symbol in anchors {
            self.add(machine, at, symbol as SymbolId, end);
        }
        self.words.push(place);
        let here = Places::one(at);
        for symbol in others {
            let stands = &mut self.symbols[symbol as usize].single;
            *stands = stands.or(here);
        }
    }

    /// Where a symbol stands.
    #[inline]
    pub(super) fn of(&self, symbol: usize) -> Stands<W> {
        self.symbols[symbol]
    }

    /// Whether a symbol stands anywhere.
    #[inline]
    pub(super) fn holds(&self, symbol: SymbolId) -> bool {
        symbol == ANY_SYMBOL || !self.of(usize::from(symbol)).any().is_empty()
    }

    /// What the `number`th of the symbols anchors that anchor anything on a level.
    #[inline]
    pub(super) fn anchored(&self, level: usize, number: usize) -> Option<Anchored> {
        self.anchored[level].get(number).copied()
    }

    /// Notes that a symbol takes up the units from `at` to `end`.
    #[inline]
    pub(super) fn add(&mut self, machine: &Machine, at: usize, symbol: SymbolId, end: usize) {
        let stands = &mut self.symbols[usize::from(symbol)];
        let is_new = stands.any().is_empty();
        if end == at + 1 {
            stands.single.insert(at);
        } else if !stands.several.has(at) || !self.has_item(at, symbol, end as u32) {
            self.symbols[usize::from(symbol)].several.insert(at);
            self.put_item(at, symbol, end as u32);
        }
        if is_new {
            self.meet(machine, symbol);
        }
    }

    /// Notes which patterns are worth trying, since their anchor was seen.
    fn meet(&mut self, machine: &Machine, symbol: SymbolId) {
        self.seen.push(symbol);
        let place = machine.anchors.index(usize::from(symbol));
        if place == 0 {
            return;
        }
        let mut at = place + 1;
        for _ in 0..machine.anchored.index(place) {
            let (level, numbers) = (machine.anchored.index(at), machine.anchored.index(at + 1));
            self.anchored[level].push(Anchored { anchor: symbol, patterns: at as u32 + 1 });
            at += 2 + numbers;
        }
    }

    /// Puts an item among those that begin with the same unit, the longest first: in that order they are tried, however they
    /// were found.
    fn put_item(&mut self, at: usize, symbol: SymbolId, end: u32) {
        let new = self.items.len() as u32;
        let (mut before, mut next) = (None, self.heads[at]);
        while let Some(item) = self.items.get(next as usize).filter(|item| item.end > end) {
            (before, next) = (Some(next as usize), item.next);
        }
        self.items.push(Item { symbol, end, next });
        match before {
            Some(before) => self.items[before].next = new,
            None => self.heads[at] = new,
        }
    }

    fn has_item(&self, at: usize, symbol: SymbolId, end: u32) -> bool {
        let mut next = self.heads[at];
        while let Some(item) = self.items.get(next as usize) {
            if item.symbol == symbol && item.end == end {
                return true;
            }
            next = item.next;
        }
        false
    }

    /// The places behind a symbol that begins at one of some places.
    #[inline]
    pub(super) fn behind(&self, places: Places<W>, symbol: usize) -> Places<W> {
        let stands = self.of(symbol);
        let mut behind = places.and(stands.single).moved(1);
        let several = places.and(stands.several);
        if several.is_empty() {
            return behind;
        }
        for at in several.iter() {
            let mut next = self.heads[at];
            while let Some(item) = self.items.get(next as usize) {
                if usize::from(item.symbol) == symbol {
                    behind.insert(item.end as usize);
                }
                next = item.next;
            }
        }
        behind
    }

    /// Goes on at a later step from some places.
    #[inline]
    pub(super) fn wait(&mut self, step: usize, places: Places<W>) {
        match self.waits.last_mut() {
            Some((last, waiting)) if *last == step => *waiting = waiting.or(places),
            Some((last, _)) if *last < step => self.wait_behind(step, places),
            _ => self.waits.push((step, places)),
        }
    }

    /// The same, where something waits nearer.
    fn wait_behind(&mut self, step: usize, places: Places<W>) {
        let at = self.waits.iter().rposition(|(other, _)| *other >= step);
        match at {
            Some(at) if self.waits[at].0 == step => self.waits[at].1 = self.waits[at].1.or(places),
            _ => self.waits.insert(at.map_or(0, |at| at + 1), (step, places)),
        }
    }
}
