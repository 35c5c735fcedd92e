//! What the phrases of a language find in a view: hits, and what every sentence is for.

use std::cell::{OnceCell, RefCell};
use std::ops::Range;
use std::sync::Arc;

use crate::detect::phrase::machine::{Attempt, Hit, Machine, Scratch, SymbolId};
use crate::detect::phrase::wording::Wording;
use crate::detect::spelling::Doubts;
use crate::detect::spelling::table::Spelling;
use crate::document::Meaning;
use crate::verdict::Confidence;
use crate::view::lang::{self, Passages};
use crate::view::sentence::{Ending, Sentence};
use crate::view::{UnitKind, View};

use super::memory::{self, Memory, Read, Told, Verbatim, Vocabulary};
use super::misspelt::Misspelt;
use super::outputs::Outputs;

/// A set of roles, one bit each.
pub type RoleBits = u64;

/// Words that a sentence may hold beside those that its roles explain, before it counts as saying something else.
const UNEXPLAINED_WORDS: usize = 7;
/// The same for a sentence that has no role at all, but holds words of news.
const UNEXPLAINED_NEWS: usize = 3;
/// The same for a sentence of which no word of news is left unexplained: small talk about the goods, mostly.
const UNEXPLAINED_SMALL_TALK: usize = 24;

/// How the first outputs of a machine are to be read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct RoleKinds {
    /// How many roles there are.
    pub count: usize,
    /// Those that are none, but words of news: a sentence in which one is left unexplained says more than its roles.
    pub telling: RoleBits,
}

/// A view, read.
#[derive(Debug, Clone, Default)]
pub struct Reading {
    /// Its sentences, with their phrases.
    spoken: Vec<Spoken>,
    /// The outputs that have phrases that are no roles.
    outputs: Outputs,
    /// The same in order, each with its phrases, once somebody asked for some.
    hits: OnceCell<Vec<OutputHits>>,
    /// What each sentence is for.
    pub sentences: Vec<SentenceRoles>,
    /// What there is to ask about how each unit of the view is written.
    pub doubts: Vec<Doubts>,
    /// Words among the commonest of the language.
    pub common_words: usize,
    /// Words in all.
    pub words: usize,
}

/// A sentence with its phrases.
#[derive(Debug, Clone)]
struct Spoken {
    /// Its number in the view.
    number: usize,
    /// Its first unit.
    start: usize,
    /// What was found in it, as it is remembered.
    read: Arc<Read>,
    misspelt: Misspelt,
}

/// An output with its phrases, once somebody asked for them.
#[derive(Debug, Clone)]
struct OutputHits {
    output: u32,
    hits: OnceCell<Vec<PhraseHit>>,
}

/// A phrase that was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PhraseHit {
    /// Whose phrase: the output of the machine.
    pub output: u32,
    /// The sentence it stands in.
    pub sentence: usize,
    /// Its first unit, counted in the view.
    pub start: usize,
    /// The unit after its last one.
    pub end: usize,
    /// How surely: less where one of its words was recognised in disguise.
    pub confidence: Confidence,
}

/// What a sentence is for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct SentenceRoles {
    /// Its roles.
    pub roles: RoleBits,
    /// Whether it says more than its roles explain.
    pub says_more: bool,
    /// Words in it.
    pub words: usize,
    /// Those among the commonest of the language.
    pub common_words: usize,
}

/// Reads views, and remembers what it read: room that is used again for the next.
#[derive(Debug, Default)]
pub struct Reader {
    scratch: Scratch,
    wording: Wording,
    misspelt: Misspelt,
    doubts: Vec<(usize, Doubts)>,
    hits: Vec<Hit>,
    memory: Memory<Arc<Read>, { memory::MOST }>,
    layout: Layout,
    verbatim: Verbatim,
    /// Its own cell, for it is asked while a message is judged.
    passages: RefCell<Passages>,
    /// By number of the language.
    learned: Vec<Option<Learned>>,
}

/// What was learned of a language.
#[derive(Debug)]
struct Learned {
    symbols: UnitSymbols,
    vocabulary: Vocabulary,
}

impl Learned {
    fn new(machine: &Machine) -> Self {
        Self { symbols: UnitSymbols::new(machine), vocabulary: Vocabulary::default() }
    }
}

/// A language's phrases, and how they are to be read.
#[derive(Debug, Clone, Copy)]
pub struct Tongue<'a> {
    /// Number of the language: what is remembered of one says nothing about another.
    pub number: usize,
    /// Its phrases.
    pub machine: &'a Machine,
    /// How it is written.
    pub spelling: &'a Spelling,
    /// Which of them are roles: the first `2 * roles.count` outputs are roles and what rules them out, in turn.
    pub roles: RoleKinds,
}

impl Reader {
    /// Tells the language of some units of a view, if that can be done for certain.
    pub fn tell(&self, view: &View<'_>, units: Range<usize>) -> Option<lang::Told> {
        self.passages.borrow_mut().tell(view, units)
    }

    /// Reads a view in a language.
    pub fn read(&mut self, view: &View<'_>, tongue: Tongue<'_>) -> Reading {
        let mut reading = Reading { doubts: vec![Doubts::default(); view.units.len()], ..Reading::default() };
        if self.learned.len() <= tongue.number {
            self.learned.resize_with(tongue.number + 1, || None);
        }
        let learned = self.learned[tongue.number].get_or_insert_with(|| Learned::new(tongue.machine));
        reading.sentences.reserve(view.sentences.len());
        reading.spoken.reserve(view.sentences.len());
        for (number, sentence) in view.sentences.iter().enumerate() {
            let is_plain = self.layout.take(view, sentence, tongue.number);
            let known = is_plain.then(|| self.verbatim.known(&self.layout.0)).flatten();
            if let Some(told) = known {
                reading.take_in(number, sentence, told);
                continue;
            }
            let (wording, misspelt, doubts) = (&mut self.wording, &mut self.misspelt, &mut self.doubts);
            let (words, common_words) = word(view, sentence, tongue, learned, wording, misspelt, doubts);
            let told = Told {
                read: self.memory.recall(self.wording.numbers(), || {
                    self.hits.clear();
                    tongue.machine.scan(&self.wording, &mut self.scratch, &mut self.hits);
                    Arc::new(read(view, sentence, tongue.roles, &mut self.hits))
                }),
                misspelt: self.misspelt.clone(),
                doubts: self.doubts.as_slice().into(),
                words,
                common_words,
            };
            if is_plain {
                self.verbatim.note(&self.layout.0, || told.clone());
            }
            reading.take_in(number, sentence, told);
        }
        reading
    }
}

/// What a sentence says in which these phrases were found, in any order.
fn read(view: &View<'_>, sentence: &Sentence, roles: RoleKinds, hits: &mut [Hit]) -> Read {
    let mut for_roles = 0;
    for at in 0..hits.len() {
        if (hits[at].output as usize) < 2 * roles.count {
            hits.swap(for_roles, at);
            for_roles += 1;
        }
    }
    let (for_roles, hits) = hits.split_at_mut(for_roles);
    hits.sort_unstable();
    Read::new(roles_of(view, sentence.units.clone(), for_roles, roles.telling), hits)
}

/// A sentence of plain ASCII letter by letter, with what its units are: as numbers, to be remembered by. Whatever is read
/// in a sentence follows from that.
#[derive(Debug, Default)]
struct Layout(Vec<u64>);

impl Layout {
    /// The most bytes of a sentence that is kept in mind.
    const LONGEST: usize = 1024;

    /// Takes a sentence in place of the one before; `false` if it is not plain.
    fn take(&mut self, view: &View<'_>, sentence: &Sentence, language: usize) -> bool {
        let units = &view.units[sentence.units.clone()];
        let (Some(first), Some(last)) = (units.first(), units.last()) else { return false };
        let (start, end) = (first.range.start, last.range.end);
        let Some(text) = view.visible.as_bytes().get(start..end) else { return false };
        if text.len() > Self::LONGEST {
            return false;
        }
        let is_plain = |byte: &u8| matches!(byte, b' '..=b'~' | b'\n' | b'\r' | b'\t');
        if !text.iter().fold(true, |all, byte| all & is_plain(byte)) {
            return false;
        }
        let is_question = u64::from(sentence.ending == Ending::Question);
        self.0.clear();
        self.0.push((language as u64) << 33 | is_question << 32 | units.len() as u64);
        self.0.extend(units.iter().map(|unit| {
            let places = (unit.range.start - start) << 16 | (unit.range.end - start);
            (places << 16) as u64 | number_of(unit.kind) << 1 | u64::from(unit.begins_clause)
        }));
        let (words, rest) = text.as_chunks();
        self.0.extend(words.iter().map(|word| u64::from_le_bytes(*word)));
        let rest = rest.iter().fold(0, |word, byte| word << 8 | u64::from(*byte));
        self.0.push(rest);
        true
    }
}

/// A number for what a unit of plain text is.
fn number_of(kind: UnitKind) -> u64 {
    match kind {
        UnitKind::Word => 0,
        UnitKind::Code => 1,
        UnitKind::Number => 2,
        UnitKind::Money => 3,
        UnitKind::Sign => 4,
        UnitKind::Link => 5,
        UnitKind::Address => 6,
        UnitKind::OrderId => 7,
        UnitKind::Placeholder(meaning) => 8 + meaning as u64,
    }
}

impl Reading {
    /// The phrases that stand in certain sentences, and nothing of what the sentences are for.
    #[must_use]
    pub fn of_sentences(self, is_wanted: impl Fn(&SentenceRoles) -> bool) -> Self {
        let mut wanted = Self { common_words: self.common_words, words: self.words, ..Self::default() };
        for spoken in self.spoken {
            if self.sentences.get(spoken.number).is_some_and(&is_wanted) {
                wanted.speak(spoken);
            }
        }
        wanted
    }

    /// Takes in what was made of the next sentence.
    fn take_in(&mut self, number: usize, sentence: &Sentence, told: Told) {
        self.words += told.words;
        self.common_words += told.common_words;
        self.sentences.push(SentenceRoles { common_words: told.common_words, ..told.read.roles });
        for (at, doubts) in &*told.doubts {
            self.doubts[sentence.units.start + at] = *doubts;
        }
        let Told { read, misspelt, .. } = told;
        self.speak(Spoken { number, start: sentence.units.start, read, misspelt });
    }

    /// Takes in the phrases of the next sentence.
    fn speak(&mut self, spoken: Spoken) {
        self.outputs.insert_all(spoken.read.outputs());
        self.spoken.push(spoken);
    }

    /// What became of every pattern that a sentence gave cause to try.
    pub fn attempts(view: &View<'_>, sentence: usize, tongue: Tongue<'_>) -> Vec<(u32, u32, Attempt)> {
        let mut learned = Learned::new(tongue.machine);
        let mut wording = Wording::default();
        let sentence = &view.sentences[sentence];
        let (mut misspelt, mut doubts) = (Misspelt::default(), Vec::new());
        word(view, sentence, tongue, &mut learned, &mut wording, &mut misspelt, &mut doubts);
        tongue.machine.attempts(&wording)
    }

    /// The outputs that have phrases.
    pub fn outputs(&self) -> &Outputs {
        &self.outputs
    }

    /// The phrases of one output, in order.
    pub fn hits(&self, output: u32) -> &[PhraseHit] {
        if !self.outputs.has(output) {
            return &[];
        }
        let all = self.hits.get_or_init(|| self.outputs.iter().map(OutputHits::new).collect());
        let Ok(at) = all.binary_search_by_key(&output, |known| known.output) else { return &[] };
        all[at].hits.get_or_init(|| self.spoken.iter().flat_map(|spoken| spoken.hits(output)).collect())
    }

    /// The roles that its sentences have.
    pub fn roles(&self) -> RoleBits {
        self.sentences.iter().fold(0, |roles, sentence| roles | sentence.roles)
    }
}

/// Puts a sentence into words that the machine knows; gives the number of its words, and of those among the commonest.
fn word(
    view: &View<'_>,
    sentence: &Sentence,
    tongue: Tongue<'_>,
    learned: &mut Learned,
    wording: &mut Wording,
    misspelt: &mut Misspelt,
    doubts: &mut Vec<(usize, Doubts)>,
) -> (usize, usize) {
    let machine = tongue.machine;
    let Learned { symbols, vocabulary } = learned;
    let (mut words, mut common_words) = (0, 0);
    wording.begin(tongue.number);
    misspelt.0.clear();
    doubts.clear();
    let units = &view.units[sentence.units.clone()];
    for (at, unit) in units.iter().enumerate() {
        let is_word = unit.kind == UnitKind::Word;
        wording.push_unit(unit.begins_clause, is_word);
        let is_plain =
            matches!(unit.kind, UnitKind::Word | UnitKind::Number | UnitKind::Code | UnitKind::Sign);
        let meaning = is_plain.then(|| vocabulary.meaning(view.word(unit), machine, tongue.spelling));
        let asked = meaning.map(|meaning| meaning.doubts).filter(|doubts| !doubts.is_empty());
        doubts.extend(asked.map(|asked| (at, asked)));
        let known = meaning.map(|meaning| meaning.known);
        known.into_iter().for_each(|known| wording.push_word(known));
        let mut is_common = known.is_some_and(|known| known.is_common);
        if !known.is_some_and(|known| known.is_whole) {
            let near = meaning.and_then(|meaning| meaning.near);
            let meant = misspelt.look_at(view, units, at, near, machine, wording);
            is_common |= meant.is_some_and(|known| known.is_common);
        }
        symbols.push(unit.kind, wording);
        words += usize::from(is_word);
        common_words += usize::from(is_word && is_common);
    }
    misspelt.look_across(view, units, machine, wording);
    if let (Ending::Question, Some(question)) = (sentence.ending, symbols.question) {
        wording.push_symbol(question);
    }
    (words, common_words)
}

impl Spoken {
    fn hits(&self, output: u32) -> impl Iterator<Item = PhraseHit> {
        self.read.hits(output).iter().map(move |hit| PhraseHit {
            output,
            sentence: self.number,
            start: self.start + hit.start as usize,
            end: self.start + hit.end as usize,
            confidence: self.misspelt.confidence(hit.start as usize..hit.end as usize),
        })
    }
}

impl OutputHits {
    fn new(output: u32) -> Self {
        Self { output, hits: OnceCell::new() }
    }
}

/// What the roles of a sentence are, and whether they explain it.
fn roles_of(view: &View<'_>, units: Range<usize>, hits: &[Hit], telling: RoleBits) -> SentenceRoles {
    let bit = |hit: &&Hit| 1u64 << (hit.output / 2);
    let excluded: RoleBits =
        hits.iter().filter(|hit| hit.output % 2 == 1).map(|hit| bit(&hit)).fold(0, |a, b| a | b);
    let counts = |hit: &&Hit| hit.output.is_multiple_of(2) && bit(hit) & excluded == 0;
    let is_telling = |hit: &&Hit| bit(hit) & telling != 0;
    let mut explained = vec![false; units.len()];
    let mut roles = 0;
    for hit in hits.iter().filter(counts).filter(|hit| !is_telling(hit)) {
        roles |= bit(&hit);
        explained[hit.start as usize..hit.end as usize].fill(true);
    }
    let is_word = |at: usize| view.units[units.start + at].kind == UnitKind::Word;
    let words = (0..units.len()).filter(|at| is_word(*at)).count();
    let open = (0..units.len()).filter(|at| is_word(*at) && !explained[*at]).count();
    let mut news = hits.iter().filter(counts).filter(is_telling);
    let is_news = news.any(|hit| (hit.start as usize..hit.end as usize).any(|at| !explained[at]));
    let most = match (is_news, roles) {
        (true, 0) => UNEXPLAINED_NEWS,
        (true, _) => UNEXPLAINED_WORDS,
        (false, _) => UNEXPLAINED_SMALL_TALK,
    };
    SentenceRoles { roles, says_more: open > most, words, common_words: 0 }
}

/// The classes that the look of a unit decides.
#[derive(Debug)]
struct UnitSymbols {
    number: Option<SymbolId>,
    money: Option<SymbolId>,
    sign: Option<SymbolId>,
    code: Option<SymbolId>,
    question: Option<SymbolId>,
    link: Option<SymbolId>,
    email: Option<SymbolId>,
    order_id: Option<SymbolId>,
    placeholder: Option<SymbolId>,
    meanings: Vec<(Meaning, SymbolId)>,
}

impl UnitSymbols {
    fn new(machine: &Machine) -> Self {
        let named = |meaning: &Meaning| Some((*meaning, machine.builtin(&format!("@{}", meaning.name()))?));
        Self {
            number: machine.builtin("@number"),
            money: machine.builtin("@money"),
            sign: machine.builtin("@sign"),
            code: machine.builtin("@code"),
            question: machine.builtin("@question"),
            link: machine.builtin("@link"),
            email: machine.builtin("@email"),
            order_id: machine.builtin("@order-id"),
            placeholder: machine.builtin("@placeholder"),
            meanings: Meaning::ALL.iter().filter_map(named).collect(),
        }
    }

    fn push(&self, kind: UnitKind, wording: &mut Wording) {
        let symbol = match kind {
            UnitKind::Word => None,
            UnitKind::Code => self.code,
            UnitKind::Number => self.number,
            UnitKind::Money => self.money,
            UnitKind::Sign => self.sign,
            UnitKind::Link => self.link,
            UnitKind::Address => self.email,
            UnitKind::OrderId => self.order_id,
            UnitKind::Placeholder(meaning) => {
                let named = self.meanings.iter().find(|(known, _)| *known == meaning);
                if let Some((_, symbol)) = named {
                    wording.push_symbol(*symbol);
                }
                self.placeholder
            }
        };
        if let Some(symbol) = symbol {
            wording.push_symbol(symbol);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detect::phrase::{Grammar, Pattern};
    use crate::document::plain;
    use crate::text::Source;

    /// Which sentences of a text have a role whose only phrase is `pattern`.
    fn with_role(pattern: &str, text: &str) -> Vec<bool> {
        let mut grammar = Grammar::new(&[]);
        grammar.output(vec![Pattern::parse(pattern).unwrap()]);
        grammar.output(vec![]);
        let (machine, _) = grammar.compile().unwrap();
        let source = Source::new(text.as_bytes(), None);
        let document = plain::read(&source);
        let view = View::new(&document.blocks[0], &|_| false);
        let roles = RoleKinds { count: 1, telling: 0 };
        let reading = Reader::default()
            .read(&view, Tongue { number: 0, machine: &machine, spelling: &Spelling::default(), roles });
        reading.sentences.iter().map(|sentence| sentence.roles == 1).collect()
    }

    #[test]
    fn a_sentence_says_more_sooner_if_a_word_of_news_is_left_unexplained() {
        let mut grammar = Grammar::new(&[]);
        for patterns in [&["thanks for …8 {@any} $"][..], &[], &["(not|return)"], &[]] {
            grammar.output(patterns.iter().map(|pattern| Pattern::parse(pattern).unwrap()).collect());
        }
        let (machine, _) = grammar.compile().unwrap();
        let says_more = |text: &str| {
            let source = Source::new(text.as_bytes(), None);
            let document = plain::read(&source);
            let view = View::new(&document.blocks[0], &|_| false);
            let roles = RoleKinds { count: 2, telling: 0b10 };
            let reading = Reader::default()
                .read(&view, Tongue { number: 0, machine: &machine, spelling: &Spelling::default(), roles });
            reading.sentences.iter().map(|sentence| (sentence.roles, sentence.says_more)).collect::<Vec<_>>()
        };
        for (text, wanted) in [
            ("Thanks for the good return.", (1, false)),
            ("It comes from a mill by the river where two sisters weave.", (0, false)),
            ("It comes from a mill and may return by the river.", (0, true)),
            ("Do not return.", (0, false)),
            ("Thanks for it, return it.", (1, false)),
            ("Thanks for it, and return it to the mill by the river where two sisters weave.", (1, true)),
        ] {
            assert_eq!(says_more(text), [wanted], "{text}");
        }
    }

    #[test]
    fn what_is_known_word_for_word_is_known_of_the_same_ending_and_language_only() {
        let machines = ["red {@question}", "^ red one", "the red one"].map(|pattern| {
            let mut grammar = Grammar::new(&[]);
            grammar.output(vec![Pattern::parse(pattern).unwrap()]);
            grammar.compile().unwrap().0
        });
        let spelling = Spelling::default();
        let mut reader = Reader::default();
        let mut finds = |number: usize, text: &str| {
            let source = Source::new(text.as_bytes(), None);
            let document = plain::read(&source);
            let view = View::new(&document.blocks[0], &|_| false);
            let roles = RoleKinds { count: 0, telling: 0 };
            let tongue = Tongue { number, machine: &machines[number], spelling: &spelling, roles };
            !reader.read(&view, tongue).hits(0).is_empty()
        };
        for (text, wanted) in [
            ("Is it the red one.", [false, false, true]),
            ("Is it the red one?", [true, false, true]),
            ("Is it the, red one.", [false, true, true]),
            ("Is it the red on.", [false, false, false]),
        ] {
            for _ in 0..4 {
                assert_eq!([0, 1, 2].map(|number| finds(number, text)), wanted, "{text}");
            }
        }
    }

    #[test]
    fn a_word_in_pieces_does_not_change_which_branch_of_a_choice_is_taken() {
        for (pattern, text, wanted) in [
            (
                "zork (foo|e mail address|email) …3 now?",
                "Please zork e-mail address soon.",
                "zork e-mail address",
            ),
            ("zork (foo|email|e mail address) …3 now?", "Please zork e-mail address soon.", "zork e-mail"),
            ("zork (e|foo bar|email) …3 now?", "Please zork e-mail soon.", "zork e"),
            ("zork (email|foo bar|e) …3 now?", "Please zork e-mail soon.", "zork e-mail"),
        ] {
            let mut grammar = Grammar::new(&[]);
            grammar.key_word("email", &[]);
            grammar.output(vec![Pattern::parse(pattern).unwrap()]);
            let (machine, _) = grammar.compile().unwrap();
            let source = Source::new(text.as_bytes(), None);
            let document = plain::read(&source);
            let view = View::new(&document.blocks[0], &|_| false);
            let (spelling, roles) = (Spelling::default(), RoleKinds { count: 0, telling: 0 });
            let tongue = Tongue { number: 0, machine: &machine, spelling: &spelling, roles };
            let reading = Reader::default().read(&view, tongue);
            let hit = reading.hits(0).first().unwrap();
            let place = view.units[hit.start].range.start..view.units[hit.end - 1].range.end;
            assert_eq!(&text[place], wanted, "{pattern}");
        }
    }

    #[test]
    fn the_last_word_before_a_question_mark_is_marked() {
        assert_eq!(with_role("{@question}", "Which one? This one. Or the (red)?"), [true, false, true]);
        assert_eq!(with_role("red {@question}", "Is the red one good?"), [false]);
        assert_eq!(with_role("is …6 {@question}", "Is the red one good?"), [true]);
    }
}
