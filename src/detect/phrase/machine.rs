//! The compiled patterns of a language, and how they run over a sentence.

use std::mem;

use serde::{Deserialize, Serialize};

use super::beside::Candidate;
use super::ground::Ground;
use super::key_words::KeyWords;
use super::pattern::sign_or_word;
use super::places::Places;
use super::table::{ShortTable, Table, number};
use super::wording::Wording;

/// A word, a stem or a class, as a number.
pub type SymbolId = u16;

/// A list of the symbols that a word, or a member of classes, has, as a number.
pub type ListId = u16;

/// Numbers that a pattern takes up in its table.
const RECORD: usize = 3;

/// The symbol that every unit has.
pub const ANY_SYMBOL: SymbolId = 0;

/// All patterns of one language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Machine {
    pub(super) trie: Table,
    /// By number of a list of symbols, where in `words` it stands. The list 0 is that of no word.
    pub(super) lists: Table,
    /// For each list how many of its symbols anchor patterns, with [`IS_COMMON`], and how many others have many words; then
    /// these symbols. The others are told by `holders`.
    pub(super) words: ShortTable,
    /// By symbol, where in `holders` stands who has it; 0 for one that stands in `words`.
    pub(super) seldom: Table,
    /// Behind a first 0 for each symbol that few words have how many lists hold it, and their numbers. Most sentences hold words of hundreds
    /// of such symbols, and no pattern asks for them.
    pub(super) holders: ShortTable,
    pub(super) ops: Table,
    /// [`RECORD`] numbers a pattern: first step, number of steps, then where in `outputs` stand how many outputs it has,
    /// and these (of a member of classes their symbols).
    pub(super) patterns: Table,
    pub(super) outputs: ShortTable,
    /// By symbol, where in `anchored` the patterns of its first level stand that it anchors, with this level as in
    /// [`leveled`]; 0 if there are none.
    pub(super) anchors: Table,
    /// Behind a first 0 for each symbol that anchors patterns and each of their levels how many numbers follow; the patterns,
    /// each as a [`Candidate`]; and the next level, as in [`leveled`], or 0.
    pub(super) anchored: Table,
    pub(super) builtin: Vec<(String, SymbolId)>,
    pub(super) key_words: KeyWords,
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
    /// Takes a unit, or a run of them, with this symbol, or nothing.
    Maybe,
}

/// A step as it is stored: what it does and with what, and how many steps before it lead to the end over it alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Step {
    pub(super) op: Op,
    /// The symbol, the units of a gap, or the step that it leads to, counted in the pattern.
    pub(super) argument: usize,
    pub(super) leading: usize,
}

impl Step {
    /// The most steps that are told of to lead over one.
    pub(super) const MOST_LEADING: usize = 0xFF;
    /// The greatest argument.
    pub(super) const MOST: usize = 0xFFFF;

    /// Whether it leads on to the step that is its argument.
    pub(super) fn leads_on(self) -> bool {
        matches!(self.op, Op::Split | Op::Jump)
    }

    pub(super) fn encode(self) -> u32 {
        (self.op as u32) << 24 | (self.leading as u32) << 16 | self.argument as u32
    }

    #[inline]
    fn decode(step: &[u8; 4]) -> Self {
        let [low, high, leading, op] = *step;
        let argument = usize::from(u16::from_le_bytes([low, high]));
        Self { op: Op::ALL[usize::from(op & 0xF)], argument, leading: usize::from(leading) }
    }
}

impl Op {
    /// By number, and as many as a mask leaves.
    const ALL: [Self; 16] = {
        let mut all = [Self::Accept; 16];
        let ops = [
            Self::Symbol,
            Self::Gap,
            Self::Split,
            Self::Jump,
            Self::Start,
            Self::End,
            Self::Any,
            Self::Maybe,
        ];
        let mut at = 0;
        while at < ops.len() {
            all[ops[at] as usize] = ops[at];
            at += 1;
        }
        all
    };
}

/// A place in a table and the level of what stands there, as one number.
pub(super) fn leveled(level: usize, place: usize) -> u32 {
    (level as u32) << LEVEL | place as u32
}

/// Where the level stands in such a number.
const LEVEL: u32 = 24;
/// There are fewer places and patterns than this,
pub(super) const MOST_PLACES: usize = 1 << LEVEL;
/// and fewer levels.
pub(super) const MOST_LEVELS: usize = 1 << (u32::BITS - LEVEL);

/// The level and the place, unless it is 0.
#[inline]
fn level_and_place(number: u32) -> Option<(usize, u32)> {
    (number != 0).then_some(((number >> LEVEL) as usize, number & ((1 << LEVEL) - 1)))
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

/// A node of the trie: a bit for each letter that leads on from it; how many other bytes do; the number of the list of the
/// symbols of the word that ends there, 0 if none does; that of the words that only begin so; then the nodes behind the letters, in order,
/// and those behind the other bytes, each as `byte << 24 | node`. The root is at 0.
pub(super) const OTHERS: usize = 1;
pub(super) const WORD: usize = 2;
pub(super) const BEGINNING: usize = 3;
pub(super) const EDGES: usize = 4;

/// In the first number of a list of symbols: its words are among the commonest of the language.
pub(super) const IS_COMMON: u32 = 1 << 15;

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
        let first = self.words.get(self.lists.index(list as usize));
        Known { list, is_whole, is_common: first & IS_COMMON != 0 }
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

    /// What a pattern reports.
    #[inline]
    fn outputs(&self, pattern: usize) -> impl Iterator<Item = u32> + '_ {
        let place = self.patterns.index(pattern * RECORD + 2);
        self.outputs.run(place + 1, self.outputs.index(place))
    }

    /// The symbols of a word that many words have, and how many of them, the first ones, anchor patterns.
    #[inline]
    pub(super) fn symbols_of(&self, list: usize) -> (&[[u8; 2]], usize) {
        let place = self.lists.index(list);
        let (anchors, others) = (self.words.get(place) & !IS_COMMON, self.words.index(place + 1));
        (self.words.slice(place + 2, anchors as usize + others), anchors as usize)
    }

    /// Whether a list holds a symbol.
    pub(super) fn holds(&self, list: usize, symbol: usize) -> bool {
        match self.seldom.get(symbol) {
            0 => self.symbols_of(list).0.iter().any(|other| number(other) as usize == symbol),
            _ => self.holders(symbol).binary_search_by_key(&list, |list| number(list) as usize).is_ok(),
        }
    }

    /// The lists that hold a symbol that few words have.
    #[inline]
    pub(super) fn holders(&self, symbol: usize) -> &[[u8; 2]] {
        let place = self.seldom.index(symbol);
        self.holders.slice(place + 1, self.holders.index(place))
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
                    if candidate.may_fit(place.anchor, self, ground) {
                        self.try_pattern(candidate.pattern, is_top, ground, hits);
                    }
                }
                if let Some(next) = self.next_anchored(place.patterns) {
                    ground.meet_again(place.anchor, next);
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
                let number = candidate.pattern as u32;
                attempts.extend(self.outputs(candidate.pattern).map(|output| (number, output, attempt)));
            }
        }
        attempts
    }

    /// The first level on which a symbol anchors patterns, and where these stand.
    #[inline]
    pub(super) fn first_anchored(&self, symbol: SymbolId) -> Option<(usize, u32)> {
        level_and_place(self.anchors.get(usize::from(symbol)))
    }

    /// The patterns that a symbol anchors on a level.
    #[inline]
    fn anchored_at(&self, place: u32) -> impl Iterator<Item = Candidate<'_>> {
        let place = place as usize;
        Candidate::all(self.anchored.slice(place + 1, self.anchored.index(place)))
    }

    /// The level behind that of some patterns of an anchor, and where its patterns stand.
    #[inline]
    fn next_anchored(&self, place: u32) -> Option<(usize, u32)> {
        let place = place as usize;
        level_and_place(self.anchored.get(place + 1 + self.anchored.index(place)))
    }

    fn attempt<const W: usize>(&self, candidate: &Candidate<'_>, ground: &mut Ground<W>) -> Attempt {
        if let Some(lacking) = candidate.required().find(|symbol| !ground.holds(self, *symbol)) {
            return Attempt::Lacks(lacking);
        }
        let mut hits = Vec::new();
        self.try_pattern(candidate.pattern, true, ground, &mut hits);
        hits.first().map_or(Attempt::NotInOrder, |hit| Attempt::Found(*hit))
    }

    /// Finds a pattern wherever it stands: what is found is a hit or, of a member of classes, stands in the sentence then.
    fn try_pattern<const W: usize>(
        &self,
        pattern: usize,
        is_top: bool,
        ground: &mut Ground<W>,
        hits: &mut Vec<Hit>,
    ) {
        let record = pattern * RECORD;
        let path = Path(self.ops.slice(self.patterns.index(record), self.patterns.index(record + 1)));
        let mut open = mem::take(&mut ground.open);
        let starts = path.look_back(self, ground, &mut open).and(ground.units);
        let mut from = 0;
        for start in starts.iter() {
            if start < from {
                continue;
            }
            let end = path.walk(start, self, ground, &open);
            if is_top {
                for output in self.outputs(pattern) {
                    hits.push(Hit { output, start: start as u32, end: end as u32 });
                }
                from = end;
            } else {
                ground.put(self, self.patterns.index(record + 2), start, end);
            }
        }
        ground.open = open;
    }
}

/// The steps of a pattern.
struct Path<'m>(&'m [[u8; 4]]);

impl Path<'_> {
    /// For each step the places from which it leads to the end, found out from the last one back for all units at once; no
    /// step leads back. Gives those of the first one, that behind the last unit among them.
    fn look_back<const W: usize>(
        &self,
        machine: &Machine,
        ground: &mut Ground<W>,
        open: &mut Vec<Places<W>>,
    ) -> Places<W> {
        let mut here = Places::NONE;
        open.clear();
        open.resize(self.0.len(), Places::NONE);
        let mut at = self.0.len();
        while at > 0 {
            at -= 1;
            let Step { op, argument, leading } = Step::decode(&self.0[at]);
            here = match op {
                Op::Accept => ground.places,
                Op::Symbol => ground.before(machine, here, argument),
                Op::Maybe => ground.before(machine, here, argument).or(here),
                Op::Gap => here.widened_back(argument),
                Op::Split => here.or(open[argument]),
                Op::Jump => open[argument],
                Op::Start if argument == 0 => here.and(ground.clauses),
                Op::Start => here.and(ground.clauses).and(Places::below(1)),
                Op::End if argument == 0 => here.and(ground.clause_ends),
                Op::End => here.and(ground.end),
                Op::Any => here.moved_back(1).and(ground.units),
            };
            open[at] = here;
            if here.is_empty() {
                // Nor do those lead to the end that lead nowhere else.
                at -= leading;
            }
        }
        here
    }

    /// Where the pattern ends that begins at a unit from which its first step leads to the end. Of several ways the first
    /// is taken: what may be missing is not, the longest member of a class, the shortest gap.
    fn walk<const W: usize>(
        &self,
        mut at: usize,
        machine: &Machine,
        ground: &Ground<W>,
        open: &[Places<W>],
    ) -> usize {
        let mut step = 0;
        loop {
            let Step { op, argument, .. } = Step::decode(&self.0[step]);
            step += 1;
            match op {
                Op::Accept => return at,
                Op::Symbol | Op::Maybe => at = ground.end_of(machine, at, argument, open[step]).unwrap_or(at),
                Op::Gap => at = open[step].first_from(at).unwrap_or(at),
                Op::Split if open[step].has(at) => {}
                Op::Split | Op::Jump => step = argument,
                Op::Start | Op::End => {}
                Op::Any => at += 1,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::compile::Owner;
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
    fn the_first_branch_that_leads_to_the_end_is_taken() {
        for (pattern, found) in [
            ("go (up|up here|in) now?", "|go up| here now"),
            ("go (up here|up|in) now?", "|go up here now|"),
            ("go (in|up here|up) now", "|go up here now|"),
            ("go (in|up|up here) now", "|go up here now|"),
            ("go (in up|on|up) here", "|go up here| now"),
            ("go (in|up)? here? now?", "|go up here now|"),
            ("go (up it|up)? (here|on now)? now", "|go up here now|"),
        ] {
            assert_eq!(drawn(&[], pattern, "go up here now"), found, "{pattern}");
        }
    }

    #[test]
    fn a_class_of_many_words_is_found_like_one_of_few() {
        let words: Vec<String> = (b'a'..=b'z').map(|letter| format!("w{}", char::from(letter))).collect();
        let many: Vec<&str> = words.iter().map(String::as_str).chain(["of two"]).collect();
        let classes: &[(&str, &[&str])] = &[("many", &many), ("few", &["wa", "wb", "of two"])];
        for (pattern, text, found) in [
            ("the {many} kettle", "see the wz kettle", "see |the wz kettle|"),
            ("the {many} kettle", "see the of two kettle", "see |the of two kettle|"),
            ("the {few} kettle", "see the wb kettle", "see |the wb kettle|"),
            ("the {few} kettle", "see the of two kettle", "see |the of two kettle|"),
            ("the {few} kettle", "see the wz kettle", "see the wz kettle"),
            ("the {many} {few}", "the wz wa", "|the wz wa|"),
        ] {
            assert_eq!(drawn(classes, pattern, text), found, "{pattern}");
        }
    }

    #[test]
    fn sentences_of_several_languages_may_use_the_same_room() {
        let machine = |pattern: &str| {
            let mut grammar = Grammar::new(&[]);
            grammar.output(vec![Pattern::parse(pattern).unwrap()]);
            grammar.compile().unwrap().0
        };
        let machines = [machine("red kettle"), machine("(big|small|old) red (kettle|lid of it)")];
        let mut scratch = Scratch::default();
        for (machine, is_found) in [(0, true), (1, false), (0, true), (1, false)] {
            let (mut wording, mut hits) = (Wording::default(), Vec::new());
            for word in ["the", "red", "kettle"] {
                wording.push_unit(false, true);
                wording.push_word(machines[machine].known(word));
            }
            machines[machine].scan(&wording, &mut scratch, &mut hits);
            assert_eq!(!hits.is_empty(), is_found);
        }
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

    #[test]
    fn classes_in_classes_that_are_too_many_levels_are_an_error_of_the_last_pattern() {
        let chain = |classes: usize| {
            let mut grammar = Grammar::new(&[]);
            grammar.class("c0", vec![Pattern::parse("red kettle").unwrap()]);
            for class in 1..=classes {
                let inner = Pattern::parse(&format!("{{c{}}} now?", class - 1)).unwrap();
                grammar.class(&format!("c{class}"), vec![inner]);
            }
            let patterns = ["a lid", &format!("the {{c{classes}}}")].map(|p| Pattern::parse(p).unwrap());
            grammar.output(patterns.to_vec());
            grammar.compile()
        };
        assert!(chain(MOST_LEVELS - 3).is_ok());
        let error = chain(MOST_LEVELS).unwrap_err();
        assert_eq!((error.owner, error.pattern), (Owner::Output(0), 1));
    }
}
