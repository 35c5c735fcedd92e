//! The compiled patterns of a language, and how they run over a sentence.

use serde::{Deserialize, Serialize};

use super::beside::Candidate;
use super::ground::Ground;
use super::key_words::KeyWords;
use super::pattern::sign_or_word;
use super::places::Places;
use super::table::Table;
use super::wording::Wording;

/// A word, a stem or a class, as a number.
pub type SymbolId = u16;

/// Numbers that a pattern takes up in its table.
const RECORD: usize = 4;

/// The symbol that every unit has.
pub const ANY_SYMBOL: SymbolId = 0;

/// All patterns of one language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Machine {
    pub(super) trie: Table,
    pub(super) lists: Table,
    pub(super) ops: Table,
    /// [`RECORD`] numbers a pattern: first step, number of steps, then the places of two lists: of its outputs (of a
    /// member of classes their symbols), and of the symbols that it can begin with.
    pub(super) patterns: Table,
    /// By symbol, where in `anchored` the patterns stand that it anchors; 0 if there are none.
    pub(super) anchors: Table,
    /// Behind a first 0 for each symbol that anchors patterns the number of their levels, then for each level its number,
    /// how many numbers follow, and the patterns, each as a [`Candidate`].
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

/// A node of the trie: a bit for each letter that leads on from it; how many other bytes do; the list of the symbols of the
/// word that ends there, 0 if none does; that of the words that only begin so; then the nodes behind the letters, in order,
/// and those behind the other bytes, each as `byte << 24 | node`. The root is at 0.
pub(super) const OTHERS: usize = 1;
pub(super) const WORD: usize = 2;
pub(super) const BEGINNING: usize = 3;
pub(super) const EDGES: usize = 4;

/// In the number of symbols of a word: the word is among the commonest of the language.
pub(super) const IS_COMMON: u32 = 1 << 31;

/// What the machine knows of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Known {
    /// The list of its symbols.
    pub(super) list: u32,
    /// Whether it is known as a whole, not as the beginning of one.
    pub is_whole: bool,
    /// Whether it is among the commonest of the language.
    pub is_common: bool,
}

/// Room for the work on a sentence, to be used again for the next.
#[derive(Debug, Default)]
pub struct Scratch {
    narrow: Ground<1>,
    wide: Ground<4>,
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

    /// What it knows of a folded word.
    pub fn known(&self, word: &str) -> Known {
        let sign;
        let word = if word.as_bytes().first().is_some_and(u8::is_ascii_alphanumeric) {
            word
        } else {
            sign = sign_or_word(word);
            &sign
        };
        let mut node = 0;
        for byte in word.bytes() {
            match self.edge(node, byte) {
                Some(next) => node = next,
                None => return self.listed(self.trie.get(node + BEGINNING), false),
            }
        }
        match self.trie.get(node + WORD) {
            0 => self.listed(self.trie.get(node + BEGINNING), false),
            whole => self.listed(whole, true),
        }
    }

    fn listed(&self, list: u32, is_whole: bool) -> Known {
        Known { list, is_whole, is_common: self.lists.get(list as usize) & IS_COMMON != 0 }
    }

    /// Where a byte leads from a node of the trie.
    #[inline]
    fn edge(&self, node: usize, byte: u8) -> Option<usize> {
        let letters = self.trie.get(node);
        let first = node + EDGES;
        if byte.is_ascii_lowercase() {
            let bit = 1 << (byte - b'a');
            let before = (letters & (bit - 1)).count_ones() as usize;
            return (letters & bit != 0).then(|| self.trie.index(first + before));
        }
        let others = first + letters.count_ones() as usize;
        let edges = self.trie.run(others, self.trie.index(node + OTHERS));
        edges.into_iter().find(|edge| (edge >> 24) as u8 == byte).map(|edge| (edge & 0x00FF_FFFF) as usize)
    }

    /// The numbers of a list.
    fn list(&self, place: usize) -> impl Iterator<Item = u32> + '_ {
        self.lists.run(place + 1, self.lists.index(place))
    }

    /// The symbols of a word: first those that anchor patterns, then the rest.
    #[inline]
    pub(super) fn symbols_of_word(
        &self,
        place: usize,
    ) -> (impl Iterator<Item = u32> + '_, impl Iterator<Item = u32> + '_) {
        let (all, anchors) = ((self.lists.get(place) & !IS_COMMON) as usize, self.lists.index(place + 1));
        (self.lists.run(place + 2, anchors), self.lists.run(place + 2 + anchors, all - anchors))
    }

    /// Finds all patterns in a sentence, and appends them in no certain order.
    pub fn scan(&self, wording: &Wording, scratch: &mut Scratch, hits: &mut Vec<Hit>) {
        match wording.len() {
            0..64 => self.scan_on(&mut scratch.narrow, wording, hits),
            _ => self.scan_on(&mut scratch.wide, wording, hits),
        }
    }

    fn scan_on<const W: usize>(&self, ground: &mut Ground<W>, wording: &Wording, hits: &mut Vec<Hit>) {
        ground.load(self, wording);
        for level in 0..=self.levels as usize {
            let is_top = level == self.levels as usize;
            let mut next = 0;
            // What is found on a level may anchor more of the same.
            while let Some(place) = ground.anchored(level, next) {
                next += 1;
                for candidate in self.anchored_at(place.patterns) {
                    if candidate.may_fit(place.anchor, ground) {
                        self.try_pattern(candidate.pattern, is_top, ground, hits);
                    }
                }
            }
        }
    }

    /// What became of every pattern that a sentence gave cause to try: the number of the pattern and its output with
    /// each. For people who wonder; a scan knows this much faster.
    pub fn attempts(&self, wording: &Wording) -> Vec<(u32, u32, Attempt)> {
        let mut ground = Ground::<4>::default();
        self.scan_on(&mut ground, wording, &mut Vec::new());
        let mut attempts = Vec::new();
        let mut next = 0;
        while let Some(place) = ground.anchored(self.levels as usize, next) {
            next += 1;
            for candidate in self.anchored_at(place.patterns) {
                let attempt = self.attempt(&candidate, &mut ground);
                let outputs = self.list(self.patterns.index(candidate.pattern * RECORD + 2));
                attempts.extend(outputs.map(|output| (candidate.pattern as u32, output, attempt)));
            }
        }
        attempts
    }

    /// The patterns that a symbol anchors on a level.
    #[inline]
    fn anchored_at(&self, place: u32) -> impl Iterator<Item = Candidate<'_>> {
        let place = place as usize;
        Candidate::all(self.anchored.slice(place + 1, self.anchored.index(place)))
    }

    fn attempt<const W: usize>(&self, candidate: &Candidate<'_>, ground: &mut Ground<W>) -> Attempt {
        if let Some(lacking) = candidate.required().find(|symbol| !ground.holds(*symbol)) {
            return Attempt::Lacks(lacking);
        }
        let mut hits = Vec::new();
        self.try_pattern(candidate.pattern, true, ground, &mut hits);
        hits.first().map_or(Attempt::NotInOrder, |hit| Attempt::Found(*hit))
    }

    fn try_pattern<const W: usize>(
        &self,
        pattern: usize,
        is_top: bool,
        ground: &mut Ground<W>,
        hits: &mut Vec<Hit>,
    ) {
        let record = pattern * RECORD;
        let (first, steps) = (self.patterns.index(record), self.patterns.index(record + 1));
        if !self.fits(first, steps, ground) {
            return;
        }
        let outputs = self.patterns.index(record + 2);
        let firsts = Firsts::new(self, self.patterns.index(record + 3));
        let starts = firsts.starts(ground);
        let mut run = Run::new(self, ground, first, steps);
        let mut from = 0;
        for start in starts.iter() {
            if start < from {
                continue;
            }
            let Some(end) = run.from(first, start) else { continue };
            if is_top {
                let hit = |output| Hit { output, start: start as u32, end: end as u32 };
                hits.extend(self.list(outputs).map(hit));
                from = end;
            } else {
                for symbol in self.list(outputs) {
                    run.ground.add(self, start, symbol as SymbolId, end);
                }
            }
        }
    }

    /// Whether a pattern fits anywhere. Its steps are taken from all units at once; none leads back.
    fn fits<const W: usize>(&self, first: usize, steps: usize, ground: &mut Ground<W>) -> bool {
        let steps = self.ops.slice(first, steps);
        let (mut here, mut offset) = (ground.units, 0);
        ground.waits.clear();
        loop {
            if here.is_empty() {
                // Nothing came this far: on from where something waits.
                let Some((next, places)) = ground.waits.pop() else { return false };
                (here, offset) = (places, next);
            } else if let Some((next, places)) = ground.waits.last()
                && *next == offset
            {
                here = here.or(*places);
                ground.waits.pop();
            }
            let Some(step) = steps.get(offset) else { return false };
            offset += 1;
            let (op, argument) = Op::decode(u32::from_le_bytes(*step));
            let argument = argument as usize;
            here = match op {
                Op::Symbol => ground.behind(here, argument),
                Op::Accept => return true,
                Op::Gap => here.widened(argument).and(ground.places),
                Op::Split => {
                    ground.wait(argument - first, here);
                    here
                }
                Op::Jump => {
                    ground.wait(argument - first, here);
                    Places::NONE
                }
                Op::Start if argument == 0 => here.and(ground.clauses),
                Op::Start => here.and(ground.units).and(Places::below(1)),
                Op::End if argument == 0 => here.and(ground.clause_ends),
                Op::End => here.and(ground.end),
                Op::Any => here.and(ground.units).moved(1),
            };
        }
    }
}

/// The symbols that a pattern can begin with.
struct Firsts<'a> {
    machine: &'a Machine,
    place: usize,
}

impl<'a> Firsts<'a> {
    fn new(machine: &'a Machine, place: usize) -> Self {
        Self { machine, place }
    }

    /// The units at which something begins with one of them.
    fn starts<const W: usize>(&self, ground: &Ground<W>) -> Places<W> {
        if self.machine.lists.index(self.place) == 0 {
            return ground.units;
        }
        let symbols = self.machine.list(self.place).map(|symbol| ground.of(symbol as usize));
        symbols.fold(Places::NONE, |all, symbol| all.or(symbol.any()))
    }
}

/// One pattern on its way through a sentence. What failed once is not tried again, from wherever it is reached.
struct Run<'a, const W: usize> {
    machine: &'a Machine,
    ground: &'a mut Ground<W>,
    first: usize,
    units: usize,
}

impl<'a, const W: usize> Run<'a, W> {
    fn new(machine: &'a Machine, ground: &'a mut Ground<W>, first: usize, steps: usize) -> Self {
        let units = ground.len;
        ground.run = ground.run.wrapping_add(1);
        if ground.run == 0 {
            // After four thousand million runs the stamps begin anew, and none of the old ones may be taken for a new one.
            ground.failed.fill(0);
            ground.run = 1;
        }
        let room = steps * (units + 1);
        if ground.failed.len() < room {
            ground.failed.resize(room, 0);
        }
        Self { machine, ground, first, units }
    }

    /// Where the pattern ends if its steps from `step` on fit at unit `at`.
    fn from(&mut self, mut step: usize, mut at: usize) -> Option<usize> {
        loop {
            let (op, argument) = Op::decode(self.machine.ops.get(step));
            let argument = argument as usize;
            match op {
                Op::Accept => return Some(at),
                Op::Symbol => {
                    let symbol = self.ground.of(argument);
                    if symbol.several.has(at)
                        && let Some(end) = self.through_item(step, at, argument as SymbolId)
                    {
                        return Some(end);
                    }
                    if !symbol.single.has(at) {
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
                Op::Start if self.ground.clauses.has(at) && (argument == 0 || at == 0) => step += 1,
                Op::End if self.ground.clause_ends.has(at) && (argument == 0 || at == self.units) => {
                    step += 1;
                }
                Op::Any if at < self.units => (step, at) = (step + 1, at + 1),
                Op::Start | Op::End | Op::Any => return None,
            }
        }
    }

    /// Takes a way that branches, unless it was taken before from here and failed.
    fn once(&mut self, step: usize, at: usize, go: impl Fn(&mut Self) -> Option<usize>) -> Option<usize> {
        let memory = (step - self.first) * (self.units + 1) + at;
        if self.ground.failed[memory] == self.ground.run {
            return None;
        }
        let end = go(self);
        if end.is_none() {
            self.ground.failed[memory] = self.ground.run;
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
        let stands = self.ground.of(argument as usize).any();
        (at..=last).filter(|next| stands.has(*next)).find_map(|next| self.from(step, next))
    }

    /// Takes a symbol of several units and goes on after it. What failed after its end is remembered there.
    fn through_item(&mut self, step: usize, at: usize, symbol: SymbolId) -> Option<usize> {
        let mut next = self.ground.heads[at];
        while let Some(item) = self.ground.items.get(next as usize).copied() {
            if item.symbol == symbol
                && let Some(end) = self.from(step + 1, item.end as usize)
            {
                return Some(end);
            }
            next = item.next;
        }
        None
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
        let (mut wording, mut hits, mut ranges) = (Wording::default(), Vec::new(), Vec::new());
        split(text, |range, _| {
            wording.push_unit(false, true);
            wording.push_word(machine.known(&text[range.clone()]));
            ranges.push(range);
        });
        machine.scan(&wording, &mut Scratch::default(), &mut hits);
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
        let text = "a ".repeat(200);
        assert_eq!(drawn(&[], "a …20 a …20 a …20 a …20 a …20 z", &text), text);
        let with_end = format!("{text}q z");
        assert_eq!(drawn(&[], "a …20 a …20 a …20 a …20 q q? q? x", &with_end), with_end);
    }

    #[test]
    fn what_a_pattern_needs_may_stand_as_far_off_as_it_reaches() {
        let classes: &[(&str, &[&str])] = &[
            ("long", &["up", "up and over there"]),
            ("edge", &["(up|$)", "not up"]),
            ("same", &["up", "down"]),
        ];
        for (pattern, text, found) in [
            ("{long} …1 kettle", "up and over there my kettle", "|up and over there my kettle|"),
            ("{long} …1 kettle", "up and over there is my kettle", "up and over there is my kettle"),
            ("kettle …2 {long}", "kettle a b up", "|kettle a b up|"),
            ("kettle …2 {long}", "kettle a b c up", "kettle a b c up"),
            ("kettle (is|was so)? …1 {long}", "kettle was so very up", "|kettle was so very up|"),
            ("kettle (is|was so)? …1 {long}", "kettle was so very far up", "kettle was so very far up"),
            ("kettle …1 lid …1 kettle", "lid kettle a lid a kettle", "lid |kettle a lid a kettle|"),
            ("kettle …1 lid …1 kettle", "kettle lid kettle", "|kettle lid kettle|"),
            ("kettle …1 lid …1 kettle", "kettle a a lid kettle", "kettle a a lid kettle"),
            ("the {edge} kettle?", "see the not up", "see |the not up|"),
            ("lid {same} …3 {same} kettle", "lid up a b c down kettle", "|lid up a b c down kettle|"),
            ("(of us|we) …2 (can ring|to)", "one of us here can ring", "one |of us here can ring|"),
            ("(of us|we) …2 (can ring|to)", "one of us here can never ring", "one of us here can never ring"),
        ] {
            assert_eq!(drawn(classes, pattern, text), found, "{pattern}");
        }
    }

    #[test]
    fn a_pattern_longer_than_any_sentence_leaves_the_others_alone() {
        let long = ["up"; 300].join(" ");
        let classes: &[(&str, &[&str])] = &[("long", &[&long])];
        assert_eq!(drawn(classes, "({long}|up here)", "look up here"), "look |up here|");
        assert_eq!(drawn(&[], &long, &long), long);
    }

    #[test]
    fn the_longest_member_of_a_class_is_taken_first() {
        let classes: &[(&str, &[&str])] = &[("thing", &["review on amazon", "review", "review on"])];
        for (pattern, found) in [
            ("leave {thing}", "please |leave review on amazon| today"),
            ("leave {thing} on", "please |leave review on| amazon today"),
            ("leave {thing} amazon", "please |leave review on amazon| today"),
        ] {
            assert_eq!(drawn(classes, pattern, "please leave review on amazon today"), found, "{pattern}");
        }
    }

    #[test]
    fn a_circle_of_classes_is_an_error() {
        let mut grammar = Grammar::new(&[]);
        grammar.class("a", vec![Pattern::parse("{b}").unwrap()]);
        grammar.class("b", vec![Pattern::parse("x {a}").unwrap()]);
        assert!(grammar.compile().is_err());
    }
}
