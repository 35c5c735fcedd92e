//! A sentence laid out for the machine: for every symbol the units at which it stands.

use super::machine::{ANY_SYMBOL, ListId, Machine, SymbolId};
use super::places::Places;
use super::table::number;
use super::wording::{Pushed, Wording};

/// A sentence of fewer than `64 * W` units, and room for the work on it.
#[derive(Debug)]
pub(super) struct Ground<const W: usize> {
    /// Where each symbol stands, where that was told of this sentence.
    symbols: Vec<Stands<W>>,
    /// The number of the sentence, so that what was told of those before need not be wiped away.
    sentence: u32,
    /// By list of symbols, the number of its entry in `lists`, from 1; 0 if it stands nowhere.
    entries: Vec<u16>,
    /// The lists that stand anywhere.
    lists: Vec<Listed<W>>,
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
    /// For each step of the pattern that is tried the places from which it leads to the end.
    pub(super) open: Vec<Places<W>>,
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
    single: Places<W>,
    /// The units with which an item begins that is it.
    several: Places<W>,
    /// The number of the sentence that this was told of.
    sentence: u32,
}

/// Where a list of symbols stands.
#[derive(Debug)]
struct Listed<const W: usize> {
    list: ListId,
    /// The units that have it.
    single: Places<W>,
    /// The units with which an item begins that has it.
    several: Places<W>,
}

/// A list of symbols that begins at a unit and takes up more than that one, or none.
#[derive(Debug, Clone, Copy)]
pub(super) struct Item {
    pub(super) list: ListId,
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
            sentence: 0,
            entries: Vec::new(),
            lists: Vec::new(),
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
            open: Vec::new(),
        }
    }
}

impl<const W: usize> Stands<W> {
    /// Nowhere in a sentence.
    #[inline]
    fn nowhere(sentence: u32) -> Self {
        Self { single: Places::NONE, several: Places::NONE, sentence }
    }

    /// The units with which it begins.
    #[inline]
    fn any(&self) -> Places<W> {
        self.single.or(self.several)
    }
}

impl<const W: usize> Ground<W> {
    /// Lays out a sentence in place of the one before.
    pub(super) fn load(&mut self, machine: &Machine, wording: &Wording) {
        self.lists.drain(..).for_each(|listed| self.entries[usize::from(listed.list)] = 0);
        self.entries.resize(machine.lists.len(), 0);
        self.sentence = self.sentence.wrapping_add(1);
        if self.sentence == 0 {
            // After four thousand million sentences the numbers begin anew, and none of the old ones may be met.
            self.symbols.clear();
            self.sentence = 1;
        }
        self.symbols.resize(machine.seldom.len(), Stands::nowhere(0));
        self.items.clear();
        self.anchored.resize(machine.levels as usize + 1, Vec::new());
        self.anchored.iter_mut().for_each(Vec::clear);
        self.is_stretched = false;
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
        let everywhere = Stands { single: self.units, ..Stands::nowhere(self.sentence) };
        self.symbols[usize::from(ANY_SYMBOL)] = everywhere;
        self.meet(machine, ANY_SYMBOL);
        for push in wording.pushes() {
            match push.what {
                Pushed::List(list) => {
                    self.is_stretched |= push.end != push.start + 1;
                    self.put(machine, list, push.start, push.end);
                }
                Pushed::Symbol(symbol) => self.put_symbol(machine, symbol, push.start),
            }
        }
    }

    /// Notes that a word, or a member of classes, takes up the units from `at` to `end`.
    pub(super) fn put(&mut self, machine: &Machine, list: usize, at: usize, end: usize) {
        if end != at + 1 {
            self.put_several(machine, list, at, end);
            return;
        }
        let (symbols, anchors) = machine.symbols_of(list);
        let here = Places::one(at);
        let listed = self.listed(list);
        listed.single = listed.single.or(here);
        for symbol in &symbols[..anchors] {
            let symbol = number(symbol) as SymbolId;
            let stands = self.told(usize::from(symbol));
            let is_new = stands.any().is_empty();
            stands.single = stands.single.or(here);
            if is_new {
                self.meet(machine, symbol);
            }
        }
        for symbol in &symbols[anchors..] {
            let stands = self.told(number(symbol) as usize);
            stands.single = stands.single.or(here);
        }
    }

    /// The same of what takes up more than one unit, or none.
    fn put_several(&mut self, machine: &Machine, list: usize, at: usize, end: usize) {
        self.put_item(at, list as ListId, end as u32);
        self.listed(list).several.insert(at);
        for symbol in machine.symbols_of(list).0 {
            let symbol = number(symbol) as SymbolId;
            let stands = self.told(usize::from(symbol));
            let is_new = stands.any().is_empty();
            stands.several.insert(at);
            if is_new {
                self.meet(machine, symbol);
            }
        }
    }

    /// The entry of a list.
    fn listed(&mut self, list: usize) -> &mut Listed<W> {
        if self.entries[list] == 0 {
            self.lists.push(Listed { list: list as ListId, single: Places::NONE, several: Places::NONE });
            self.entries[list] = self.lists.len() as u16;
        }
        &mut self.lists[usize::from(self.entries[list]) - 1]
    }

    /// Notes that a unit has a symbol.
    fn put_symbol(&mut self, machine: &Machine, symbol: SymbolId, at: usize) {
        if !self.holds(machine, symbol) {
            self.meet(machine, symbol);
        }
        self.symbols[usize::from(symbol)].single.insert(at);
    }

    /// Where a symbol stands as far as it was told: of those that many words have everything is.
    #[inline]
    fn told(&mut self, symbol: usize) -> &mut Stands<W> {
        let stands = &mut self.symbols[symbol];
        if stands.sentence != self.sentence {
            *stands = Stands::nowhere(self.sentence);
        }
        stands
    }

    /// Where a symbol stands.
    #[inline]
    fn stands(&mut self, machine: &Machine, symbol: usize) -> Stands<W> {
        if self.symbols[symbol].sentence != self.sentence {
            self.find(machine, symbol);
        }
        self.symbols[symbol]
    }

    /// The units with which a symbol begins.
    #[inline]
    pub(super) fn of(&mut self, machine: &Machine, symbol: usize) -> Places<W> {
        self.stands(machine, symbol).any()
    }

    /// Finds out where a symbol stands of which nothing was told. What holds it was put down before anybody asks.
    #[inline(never)]
    fn find(&mut self, machine: &Machine, symbol: usize) {
        let mut stands = Stands::nowhere(self.sentence);
        for list in machine.holders(symbol) {
            let entry = self.entries[number(list) as usize];
            if entry != 0 {
                let listed = &self.lists[usize::from(entry) - 1];
                stands.single = stands.single.or(listed.single);
                stands.several = stands.several.or(listed.several);
            }
        }
        self.symbols[symbol] = stands;
    }

    /// Whether a symbol stands anywhere.
    pub(super) fn holds(&mut self, machine: &Machine, symbol: SymbolId) -> bool {
        !self.of(machine, usize::from(symbol)).is_empty()
    }

    /// What the `number`th of the symbols anchors that anchor anything on a level.
    #[inline]
    pub(super) fn anchored(&self, level: usize, number: usize) -> Option<Anchored> {
        self.anchored[level].get(number).copied()
    }

    /// Notes that patterns are worth trying, since their anchor was seen.
    #[inline]
    fn meet(&mut self, machine: &Machine, symbol: SymbolId) {
        if let Some((level, patterns)) = machine.first_anchored(symbol) {
            self.anchored[level].push(Anchored { anchor: symbol, patterns });
        }
    }

    /// Notes that more patterns of an anchor are worth trying, on another level.
    #[inline]
    pub(super) fn meet_again(&mut self, anchor: SymbolId, (level, patterns): (usize, u32)) {
        self.anchored[level].push(Anchored { anchor, patterns });
    }

    /// Puts an item among those that begin with the same unit, the longest first: in that order they are tried, however they
    /// were found.
    fn put_item(&mut self, at: usize, list: ListId, end: u32) {
        let new = self.items.len() as u32;
        let (mut before, mut next) = (None, self.heads[at]);
        while let Some(item) = self.items.get(next as usize).filter(|item| item.end > end) {
            (before, next) = (Some(next as usize), item.next);
        }
        self.items.push(Item { list, end, next });
        match before {
            Some(before) => self.items[before].next = new,
            None => self.heads[at] = new,
        }
    }

    /// The places at which a symbol begins behind which one of some places is.
    #[inline]
    pub(super) fn before(&mut self, machine: &Machine, places: Places<W>, symbol: usize) -> Places<W> {
        let stands = self.stands(machine, symbol);
        let mut before = places.moved_back(1).and(stands.single);
        for at in stands.several.iter() {
            if self.longest(machine, at, symbol, places).is_some() {
                before.insert(at);
            }
        }
        before
    }

    /// Where the longest item ends that begins with a unit, is a symbol, and behind which one of some places is.
    fn longest(&self, machine: &Machine, at: usize, symbol: usize, places: Places<W>) -> Option<usize> {
        let fits =
            |item: &&Item| places.has(item.end as usize) && machine.holds(usize::from(item.list), symbol);
        self.items_at(at).find(fits).map(|item| item.end as usize)
    }

    /// Where a symbol that was asked for ends that begins at a unit and behind which one of some places is: the longest
    /// first.
    #[inline]
    pub(super) fn end_of(
        &self,
        machine: &Machine,
        at: usize,
        symbol: usize,
        places: Places<W>,
    ) -> Option<usize> {
        let stands = self.symbols[symbol];
        let longest = if stands.several.has(at) { self.longest(machine, at, symbol, places) } else { None };
        longest.or_else(|| (stands.single.has(at) && places.has(at + 1)).then_some(at + 1))
    }

    /// The items that begin with a unit, the longest first.
    fn items_at(&self, at: usize) -> impl Iterator<Item = &Item> {
        let mut next = self.heads[at];
        std::iter::from_fn(move || {
            let item = self.items.get(next as usize)?;
            next = item.next;
            Some(item)
        })
    }
}
