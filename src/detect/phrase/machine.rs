//! The compiled patterns of a language, and how they run over a sentence.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::key_words::KeyWords;
use super::pattern::sign_or_word;
use super::table::Table;

/// A word, a stem or a class, as a number.
pub type SymbolId = u16;

/// Numbers that a pattern takes up in its table.
const RECORD: usize = 5;

/// The symbol that every unit has.
pub const ANY_SYMBOL: SymbolId = 0;

/// All patterns of one language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Machine {
    pub(super) trie: Table,
    pub(super) lists: Table,
    pub(super) ops: Table,
    /// [`RECORD`] numbers a pattern: first step, number of steps, output (of a member of classes the place of the list of
    /// their symbols), places of the lists of its required symbols and of those that it can begin with.
    pub(super) patterns: Table,
    /// By level and symbol, where the patterns that it anchors begin in `anchored`.
    pub(super) anchors: Table,
    pub(super) anchored: Table,
    pub(super) builtin: Vec<(String, SymbolId)>,
    pub(super) key_words: KeyWords,
    pub(super) symbols: u32,
    pub(super) levels: u32,
}

/// One step of a pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Op {
    Accept,
    /// Takes a unit, or a run of them, with this symbol.
    Symbol,
    /// Takes up to so many units, as few as possible.
    Gap,
    /// Goes on here or, if that fails, there.
    Split,
    Jump,
    /// A clause begins here; with a 1, the sentence.
    Start,
    /// A clause ends here; with a 1, the sentence.
    End,
    /// Takes one unit.
    Any,
}

impl Op {
    const ALL: [Self; 8] =
        [Self::Accept, Self::Symbol, Self::Gap, Self::Split, Self::Jump, Self::Start, Self::End, Self::Any];

    pub(super) fn encode(self, argument: u32) -> u32 {
        (self as u32) << 24 | argument
    }

    #[inline]
    pub(super) fn decode(step: u32) -> (Self, u32) {
        (Self::ALL[(step >> 24) as usize & 7], step & 0x00FF_FFFF)
    }
}

/// A pattern that was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hit {
    /// What the grammar's `output` returned for it.
    pub output: u32,
    /// The pattern, for the legend.
    pub pattern: u32,
    /// First unit of the sentence.
    pub start: u32,
    /// The unit after the last one.
    pub end: u32,
}

/// What became of a pattern whose rarest word a sentence holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Attempt {
    /// The sentence lacks this word or class.
    Lacks(SymbolId),
    /// All words are there, but not in this order or not near enough.
    NotInOrder,
    /// It was found.
    Found(Hit),
}

/// Room for the work on a sentence, to be used again for the next.
#[derive(Debug, Default)]
pub struct Scratch {
    /// For each unit a bit for each symbol, whether the unit alone has it.
    own: Vec<u64>,
    /// Words of `own` a unit.
    stride: usize,
    /// For each unit the first of the items that begin with it.
    heads: Vec<u32>,
    /// For each unit whether a clause begins with it.
    begins_clause: Vec<bool>,
    /// Symbols of more than one unit.
    items: Vec<Item>,
    /// For each symbol whether the sentence holds it.
    present: Vec<bool>,
    /// For each symbol that the sentence holds, the first and the last unit at which it begins.
    first: Vec<u32>,
    last: Vec<u32>,
    seen: Vec<SymbolId>,
    /// What failed: step times unit, stamped with the run it failed in.
    failed: Vec<u32>,
    run: u32,
}

/// A symbol that begins at a unit and takes up more than that one.
#[derive(Debug, Clone, Copy)]
struct Item {
    symbol: SymbolId,
    end: u32,
    next: u32,
}

const NONE: u32 = u32::MAX;

impl Scratch {
    /// Forgets the sentence before.
    pub fn begin(&mut self, machine: &Machine) {
        for symbol in self.seen.drain(..) {
            self.present[symbol as usize] = false;
        }
        self.present.resize(machine.symbols as usize, false);
        self.first.resize(machine.symbols as usize, 0);
        self.last.resize(machine.symbols as usize, 0);
        self.stride = (machine.symbols as usize).div_ceil(64);
        self.own.clear();
        self.heads.clear();
        self.begins_clause.clear();
        self.items.clear();
        self.note(ANY_SYMBOL, 0);
        self.last[usize::from(ANY_SYMBOL)] = u32::MAX;
    }

    /// Begins the next unit of the sentence; `begins_clause`: punctuation stands before it.
    pub fn push_unit(&mut self, begins_clause: bool) {
        self.heads.push(NONE);
        self.own.resize(self.heads.len() * self.stride, 0);
        self.begins_clause.push(begins_clause);
    }

    /// Gives the last unit a symbol.
    pub fn push_symbol(&mut self, symbol: SymbolId) {
        let at = self.heads.len() - 1;
        self.add(at, symbol, at as u32 + 1);
    }

    /// Number of units so far.
    pub fn len(&self) -> usize {
        self.heads.len()
    }

    /// Whether there is no unit yet.
    pub fn is_empty(&self) -> bool {
        self.heads.is_empty()
    }

    /// Whether the last unit has this symbol.
    pub fn last_has(&self, symbol: SymbolId) -> bool {
        self.heads.len().checked_sub(1).is_some_and(|at| self.has(at, symbol))
    }

    /// Whether a unit alone has a symbol.
    #[inline]
    fn has(&self, at: usize, symbol: SymbolId) -> bool {
        let word = self.own[at * self.stride + usize::from(symbol) / 64];
        word & 1 << (symbol % 64) != 0
    }

    fn add(&mut self, at: usize, symbol: SymbolId, end: u32) {
        if end as usize == at + 1 {
            self.own[at * self.stride + usize::from(symbol) / 64] |= 1 << (symbol % 64);
        } else if !self.has_item(at, symbol, end) {
            let next = self.heads[at];
            self.heads[at] = self.items.len() as u32;
            self.items.push(Item { symbol, end, next });
        }
        self.note(symbol, at as u32);
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

    fn note(&mut self, symbol: SymbolId, at: u32) {
        let index = usize::from(symbol);
        if std::mem::replace(&mut self.present[index], true) {
            self.first[index] = self.first[index].min(at);
            self.last[index] = self.last[index].max(at);
        } else {
            self.seen.push(symbol);
            (self.first[index], self.last[index]) = (at, at);
        }
    }
}

impl Machine {
    /// The symbol of a class that the look of a unit decides, if any pattern asks for it.
    pub fn builtin(&self, name: &str) -> Option<SymbolId> {
        let at = self.builtin.binary_search_by(|(known, _)| known.as_str().cmp(name)).ok()?;
        Some(self.builtin[at].1)
    }

    /// The words that are recognised in disguise.
    pub fn key_words(&self) -> &KeyWords {
        &self.key_words
    }

    /// Gives the last unit of the sentence the symbols of a folded word. Says whether it is known as a whole, not as the
    /// beginning of one.
    pub fn push_word(&self, word: &str, scratch: &mut Scratch) -> bool {
        let at = scratch.len().saturating_sub(1);
        self.push_over(word, at..at + 1, scratch)
    }

    /// Gives some units of the sentence together the symbols of a folded word. Says whether it is known as a whole.
    pub fn push_over(&self, word: &str, units: Range<usize>, scratch: &mut Scratch) -> bool {
        let sign;
        let word = if word.as_bytes().first().is_some_and(u8::is_ascii_alphanumeric) {
            word
        } else {
            sign = sign_or_word(word);
            &sign
        };
        let mut node = 0;
        for byte in word.bytes() {
            let Some(next) = self.edge(node, byte) else { return false };
            node = next;
            self.push_list(self.trie.index(node + 2), &units, scratch);
        }
        self.push_list(self.trie.index(node + 1), &units, scratch)
    }

    fn edge(&self, node: usize, byte: u8) -> Option<usize> {
        let edges = self.trie.index(node);
        (node + 3..node + 3 + edges)
            .map(|at| self.trie.get(at))
            .find(|edge| (edge >> 24) as u8 == byte)
            .map(|edge| (edge & 0x00FF_FFFF) as usize)
    }

    fn push_list(&self, place: usize, units: &Range<usize>, scratch: &mut Scratch) -> bool {
        if place == 0 {
            return false;
        }
        for at in place + 1..=place + self.lists.index(place) {
            scratch.add(units.start, self.lists.get(at) as SymbolId, units.end as u32);
        }
        true
    }

    /// Finds all patterns in the sentence that `scratch` holds, and appends them in no certain order.
    pub fn scan(&self, scratch: &mut Scratch, hits: &mut Vec<Hit>) {
        for level in 0..=self.levels as usize {
            let is_top = level == self.levels as usize;
            let mut next = 0;
            while next < scratch.seen.len() {
                let anchor = scratch.seen[next] as usize;
                next += 1;
                let at = level * (self.symbols as usize + 1) + anchor;
                for place in self.anchors.index(at)..self.anchors.index(at + 1) {
                    self.try_pattern(self.anchored.index(place), is_top, scratch, hits);
                }
            }
        }
    }

    /// What became of every pattern that the sentence, which was scanned before, gave cause to try: the number of the
    /// pattern and its output with each. For people who wonder; a scan knows this much faster.
    pub fn attempts(&self, scratch: &mut Scratch) -> Vec<(u32, u32, Attempt)> {
        let mut attempts = Vec::new();
        for seen in 0..scratch.seen.len() {
            let at = self.levels as usize * (self.symbols as usize + 1) + scratch.seen[seen] as usize;
            for place in self.anchors.index(at)..self.anchors.index(at + 1) {
                let pattern = self.anchored.index(place);
                let output = self.patterns.get(pattern * RECORD + 2);
                attempts.push((pattern as u32, output, self.attempt(pattern, scratch)));
            }
        }
        attempts
    }

    fn attempt(&self, pattern: usize, scratch: &mut Scratch) -> Attempt {
        if let Some(lacking) = self.required(pattern).find(|symbol| !scratch.present[*symbol]) {
            return Attempt::Lacks(lacking as SymbolId);
        }
        let mut hits = Vec::new();
        self.try_pattern(pattern, true, scratch, &mut hits);
        hits.first().map_or(Attempt::NotInOrder, |hit| Attempt::Found(*hit))
    }

    /// The symbols that a sentence must hold for a pattern, in its order.
    fn required(&self, pattern: usize) -> impl Iterator<Item = usize> + '_ {
        let place = self.patterns.index(pattern * RECORD + 3);
        (place + 1..=place + self.lists.index(place)).map(|at| self.lists.index(at))
    }

    /// Whether the sentence can hold a pattern: its symbols are there, and none only before the one it has to follow.
    fn may_hold(&self, pattern: usize, scratch: &Scratch) -> bool {
        let mut earliest = 0;
        self.required(pattern).all(|symbol| {
            let is_there = scratch.present[symbol] && scratch.last[symbol] >= earliest;
            earliest = earliest.max(scratch.first[symbol]) + u32::from(symbol != usize::from(ANY_SYMBOL));
            is_there
        })
    }

    fn try_pattern(&self, pattern: usize, is_top: bool, scratch: &mut Scratch, hits: &mut Vec<Hit>) {
        if !self.may_hold(pattern, scratch) {
            return;
        }
        let record = pattern * RECORD;
        let (first, steps) = (self.patterns.index(record), self.patterns.index(record + 1));
        let output = self.patterns.get(record + 2);
        let firsts = Firsts::new(self, self.patterns.index(record + 4));
        let mut starts = firsts.starts(scratch);
        let mut run = Run::new(self, scratch, first, steps);
        while starts.start < starts.end {
            let start = starts.start;
            starts.start += 1;
            if !firsts.fit(run.scratch, start) {
                continue;
            }
            let Some(end) = run.from(first, start) else { continue };
            if is_top {
                hits.push(Hit { output, pattern: pattern as u32, start: start as u32, end: end as u32 });
                starts.start = starts.start.max(end);
            } else {
                let place = output as usize;
                for at in place + 1..=place + self.lists.index(place) {
                    run.scratch.add(start, self.lists.get(at) as SymbolId, end as u32);
                }
            }
        }
    }
}

/// The symbols that a pattern can begin with.
struct Firsts<'a> {
    machine: &'a Machine,
    place: usize,
    count: usize,
}

impl<'a> Firsts<'a> {
    fn new(machine: &'a Machine, place: usize) -> Self {
        Self { machine, place, count: machine.lists.index(place) }
    }

    fn symbols(&self) -> impl Iterator<Item = usize> + '_ {
        (self.place + 1..=self.place + self.count).map(|at| self.machine.lists.index(at))
    }

    /// From the first to the last unit that has one of them.
    fn starts(&self, scratch: &Scratch) -> Range<usize> {
        if self.count == 0 {
            return 0..scratch.len();
        }
        let present = || self.symbols().filter(|symbol| scratch.present[*symbol]);
        let first = present().map(|symbol| scratch.first[symbol]).min();
        let last = present().map(|symbol| scratch.last[symbol]).max();
        first.unwrap_or(0) as usize..last.map_or(0, |last| last as usize + 1)
    }

    /// Whether something that begins with one of them can begin at a unit.
    fn fit(&self, scratch: &Scratch, at: usize) -> bool {
        self.count == 0
            || scratch.heads[at] != NONE
            || self.symbols().any(|symbol| scratch.has(at, symbol as SymbolId))
    }
}

/// One pattern on its way through a sentence. What failed once is not tried again, from wherever it is reached.
struct Run<'a> {
    machine: &'a Machine,
    scratch: &'a mut Scratch,
    first: usize,
    units: usize,
}

impl<'a> Run<'a> {
    fn new(machine: &'a Machine, scratch: &'a mut Scratch, first: usize, steps: usize) -> Self {
        let units = scratch.len();
        scratch.run += 1;
        let room = steps * (units + 1);
        if scratch.failed.len() < room {
            scratch.failed.resize(room, 0);
        }
        Self { machine, scratch, first, units }
    }

    /// Where the pattern ends if its steps from `step` on fit at unit `at`.
    fn from(&mut self, mut step: usize, mut at: usize) -> Option<usize> {
        loop {
            let (op, argument) = Op::decode(self.machine.ops.get(step));
            let argument = argument as usize;
            match op {
                Op::Accept => return Some(at),
                Op::Symbol => {
                    if at >= self.units {
                        return None;
                    }
                    let symbol = argument as SymbolId;
                    if self.scratch.heads[at] != NONE
                        && let Some(end) = self.through_item(step, at, symbol)
                    {
                        return Some(end);
                    }
                    if !self.scratch.has(at, symbol) {
                        return None;
                    }
                    (step, at) = (step + 1, at + 1);
                }
                Op::Gap => return self.once(step, at, |run| run.gap(step + 1, at, argument)),
                Op::Split => {
                    return self
                        .once(step, at, |run| run.from(step + 1, at).or_else(|| run.from(argument, at)));
                }
                Op::Jump => step = argument,
                Op::Start if self.is_edge(at) && at < self.units && (argument == 0 || at == 0) => step += 1,
                Op::End if self.is_edge(at) && (argument == 0 || at == self.units) => step += 1,
                Op::Any if at < self.units => (step, at) = (step + 1, at + 1),
                Op::Start | Op::End | Op::Any => return None,
            }
        }
    }

    /// Takes a way that branches, unless it was taken before from here and failed.
    fn once(&mut self, step: usize, at: usize, go: impl Fn(&mut Self) -> Option<usize>) -> Option<usize> {
        let memory = (step - self.first) * (self.units + 1) + at;
        if self.scratch.failed[memory] == self.scratch.run {
            return None;
        }
        let end = go(self);
        if end.is_none() {
            self.scratch.failed[memory] = self.scratch.run;
        }
        end
    }

    /// Goes on after up to `most` units, as few as possible.
    fn gap(&mut self, step: usize, at: usize, most: usize) -> Option<usize> {
        let (op, argument) = Op::decode(self.machine.ops.get(step));
        let last = (at + most).min(self.units);
        if op != Op::Symbol {
            return (at..=last).find_map(|next| self.from(step, next));
        }
        // A symbol follows: only where it stands can anything follow.
        let from = at.max(self.scratch.first[argument as usize] as usize);
        let to = last.min(self.scratch.last[argument as usize] as usize);
        (from..=to).find_map(|next| self.from(step, next))
    }

    /// Takes a symbol of several units and goes on after it. What failed after its end is remembered there.
    fn through_item(&mut self, step: usize, at: usize, symbol: SymbolId) -> Option<usize> {
        let mut next = self.scratch.heads[at];
        while let Some(item) = self.scratch.items.get(next as usize).copied() {
            if item.symbol == symbol
                && let Some(end) = self.from(step + 1, item.end as usize)
            {
                return Some(end);
            }
            next = item.next;
        }
        None
    }

    /// Whether a clause begins or ends before unit `at`.
    fn is_edge(&self, at: usize) -> bool {
        at == 0 || self.scratch.begins_clause.get(at).copied().unwrap_or(true)
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Grammar, Pattern};
    use super::*;
    use crate::view::split::split;

    /// Draws the first match of a pattern in a text with bars, as in `please |leave a review| now`.
    fn drawn(classes: &[(&str, &[&str])], pattern: &str, text: &str) -> String {
        let mut grammar = Grammar::new(&["a".into(), "the".into()]);
        for (name, members) in classes {
            grammar.class(name, members.iter().map(|member| Pattern::parse(member).unwrap()).collect());
        }
        grammar.output(vec![Pattern::parse(pattern).unwrap()]);
        let (machine, _) = grammar.compile().unwrap();
        let (mut scratch, mut hits, mut ranges) = (Scratch::default(), Vec::new(), Vec::new());
        scratch.begin(&machine);
        split(text, |range, _| {
            scratch.push_unit(false);
            machine.push_word(&text[range.clone()], &mut scratch);
            ranges.push(range);
        });
        machine.scan(&mut scratch, &mut hits);
        let Some(hit) = hits.iter().min() else { return text.to_owned() };
        let (start, end) = (ranges[hit.start as usize].start, ranges[hit.end as usize - 1].end);
        format!("{}|{}|{}", &text[..start], &text[start..end], &text[end..])
    }

    const REVIEW: &[(&str, &[&str])] = &[
        ("review", &["review*", "star rating", "{feedback}"]),
        ("feedback", &["feedback", "seller feedback"]),
        ("ask", &["leave", "{write} us"]),
        ("write", &["write", "drop"]),
    ];

    #[test]
    fn words_stems_gaps_and_classes() {
        assert_eq!(drawn(&[], "leave a review", "please leave a review!"), "please |leave a review|!");
        assert_eq!(drawn(&[], "5 star", "five 5-stars"), "five 5-stars");
        assert_eq!(
            drawn(REVIEW, "{ask} …2 {review}", "drop us a nice seller feedback"),
            "|drop us a nice seller feedback|"
        );
        assert_eq!(
            drawn(REVIEW, "{ask} …2 {review}", "leave us a very very long review"),
            "leave us a very very long review"
        );
        assert_eq!(drawn(REVIEW, "a? {review} now", "the reviews, now"), "the |reviews, now|");
    }

    #[test]
    fn alternatives_and_edges() {
        assert_eq!(drawn(&[], "(give us|leave) (5|five) stars?", "do give us five"), "do |give us five|");
        assert_eq!(drawn(&[], "^ thank you $", "thank you"), "|thank you|");
        assert_eq!(drawn(&[], "^ thank you $", "thank you all"), "thank you all");
        assert_eq!(drawn(&[], "^^ thank you", "oh, thank you"), "oh, thank you");
        assert_eq!(drawn(&[], "thank you $$", "oh, thank you"), "oh, |thank you|");
        assert_eq!(drawn(REVIEW, "(nice|{review}) work", "star rating work"), "|star rating work|");
    }

    #[test]
    fn choices_are_found_that_the_compiler_makes_classes_of() {
        let choice = "the (very old|quite (new|fresh) and nice|a mere…2 toy)";
        for (text, found) in [
            ("see the very old one", "see |the very old| one"),
            ("the quite fresh and nice one", "|the quite fresh and nice| one"),
            ("the quite fresh one", "the quite fresh one"),
            ("it is the a mere small toy", "it is |the a mere small toy|"),
            ("very old", "very old"),
        ] {
            assert_eq!(drawn(&[], choice, text), found);
        }
    }

    #[test]
    fn a_phrase_that_several_classes_hold_is_found_for_each() {
        let classes: &[(&str, &[&str])] = &[
            ("inner", &["star rating"]),
            ("outer", &["{inner}", "mark"]),
            ("other", &["star rating", "word"]),
        ];
        for class in ["inner", "outer", "other"] {
            assert_eq!(drawn(classes, &format!("a {{{class}}}"), "a star rating"), "|a star rating|");
        }
        assert_eq!(drawn(classes, "{outer} {other}", "star rating star rating"), "|star rating star rating|");
    }

    #[test]
    fn a_near_miss_costs_no_more_than_its_length() {
        let text = "a ".repeat(400);
        assert_eq!(drawn(&[], "a …20 a …20 a …20 a …20 a …20 z", &text), text);
        let with_end = format!("{text}q z");
        assert_eq!(drawn(&[], "a …20 a …20 a …20 a …20 q q? q? x", &with_end), with_end);
    }

    #[test]
    fn a_circle_of_classes_is_an_error() {
        let mut grammar = Grammar::new(&[]);
        grammar.class("a", vec![Pattern::parse("{b}").unwrap()]);
        grammar.class("b", vec![Pattern::parse("x {a}").unwrap()]);
        assert!(grammar.compile().is_err());
    }
}
