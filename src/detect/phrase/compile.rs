//! From patterns to tables.

use std::collections::{BTreeMap, HashMap, HashSet};

use thiserror::Error;

use super::beside::{Beside, Candidate};
use super::key_words::KeyWords;
use super::lift::{begin_alike, lift, may_be_piece};
use super::machine::{
    ANY_SYMBOL, BEGINNING, EDGES, IS_COMMON, MOST_LEVELS, MOST_PLACES, Machine, OTHERS, Op, Step, WORD,
    leveled,
};
use super::pattern::{Element, Pattern, PatternError, Term};
use super::table::Table;

/// The class that holds the commonest words of a language.
pub const COMMON: &str = "common";

/// The patterns of one language, on their way into a [`Machine`].
#[derive(Debug, Default)]
pub struct Grammar {
    classes: BTreeMap<String, Vec<Pattern>>,
    outputs: Vec<Vec<Pattern>>,
    common: HashMap<String, usize>,
    key_words: BTreeMap<String, Vec<String>>,
}

/// A pattern that cannot be compiled.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{error}")]
pub struct CompileError {
    /// Whose pattern it is.
    pub owner: Owner,
    /// Which pattern of the owner, from 0.
    pub pattern: usize,
    /// What is wrong with it.
    pub error: PatternError,
}

/// Who a pattern belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Owner {
    /// A word class.
    Class(String),
    /// An output, by number.
    Output(usize),
}

/// What the numbers in a machine stand for: wanted by `inspect --why` only, so kept apart.
#[derive(Debug, Default)]
pub struct Legend {
    /// Name of each symbol.
    pub symbols: Vec<String>,
    /// By number of a pattern in the machine, for which outputs it stands, and which pattern of each it is. None for those
    /// of classes.
    pub patterns: Vec<Vec<(usize, usize)>>,
}

impl Grammar {
    /// A grammar for a language whose commonest words are these, the commonest first.
    pub fn new(common: &[String]) -> Self {
        let common: HashMap<String, usize> = common
            .iter()
            .enumerate()
            .map(|(rank, word)| (word.to_lowercase(), common.len() - rank))
            .collect();
        Self { common, ..Self::default() }
    }

    /// Adds members to a word class.
    pub fn class(&mut self, name: &str, members: Vec<Pattern>) {
        self.classes.entry(name.to_owned()).or_default().extend(members);
    }

    /// Adds a word that is recognised in disguise, with the ordinary words that are one letter away from it.
    pub fn key_word(&mut self, word: &str, ordinary: &[String]) {
        self.key_words.entry(word.to_lowercase()).or_default().extend(ordinary.iter().cloned());
    }

    /// Names of the classes, for messages about a misspelt one.
    pub fn class_names(&self) -> impl Iterator<Item = &str> {
        self.classes.keys().map(String::as_str)
    }

    /// Adds patterns that report the returned number.
    pub fn output(&mut self, patterns: Vec<Pattern>) -> usize {
        self.outputs.push(patterns);
        self.outputs.len() - 1
    }

    /// Compiles everything.
    ///
    /// # Errors
    /// If a pattern names a class that does not exist, classes contain each other, or there is too much of everything.
    pub fn compile(self) -> Result<(Machine, Legend), CompileError> {
        Compiler::new(self).run()
    }
}

/// A class after flattening: single words go into the trie, the rest are patterns.
#[derive(Debug, Default, Clone)]
struct Class {
    words: Vec<Term>,
    patterns: Vec<Pattern>,
    level: usize,
    /// How often one of its members is met.
    frequency: usize,
    /// Units of its longest member.
    longest: usize,
    /// Whether a member is but an edge of a clause.
    may_be_empty: bool,
}

struct Compiler {
    grammar: Grammar,
    classes: HashMap<String, Class>,
    symbols: HashMap<String, u32>,
    names: Vec<String>,
    /// In which order patterns mention the symbols.
    mentioned: HashMap<String, usize>,
    trie: Trie,
    /// The steps of the pattern that is being compiled.
    steps: Vec<Step>,
    ops: Vec<u32>,
    records: Vec<Record>,
    /// For each pattern of a class and of an output, its steps and its record: those that hold the same share it.
    shared: HashMap<(bool, Vec<u32>), usize>,
}

/// One pattern in the machine.
struct Record {
    first_op: usize,
    steps: usize,
    /// The number that is reported, or the symbols of the classes that it is a member of.
    outputs: Vec<u32>,
    /// The rarest of the required symbols.
    anchor: u32,
    /// That which stands most seldom beside it.
    beside: Beside,
    /// What a sentence must hold, in the order of the pattern, and how near behind the one before.
    required: Vec<Beside>,
    level: usize,
    sources: Vec<(usize, usize)>,
}

/// A symbol that a sentence must hold for a pattern. The rarest comes first.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Required {
    frequency: usize,
    mentioned: usize,
    symbol: u32,
    /// Which element of the pattern it stands for.
    at: usize,
}

/// What stands everywhere is met so often.
const EVERYWHERE: usize = 1_000_000;
/// How often the commonest word is met in a million.
const COMMONEST: usize = 60_000;
/// How often a word is met that is not among the commonest.
const UNCOMMON: usize = 30;

/// The most symbols, lists of them, and outputs: two bytes are their numbers.
const MOST_NUMBERS: usize = 0xFFFF;

type Compiled<T> = Result<T, PatternError>;

impl Compiler {
    fn new(grammar: Grammar) -> Self {
        let mut compiler = Self {
            grammar,
            classes: HashMap::new(),
            symbols: HashMap::new(),
            names: Vec::new(),
            mentioned: HashMap::new(),
            trie: Trie::default(),
            steps: Vec::new(),
            ops: Vec::new(),
            records: Vec::new(),
            shared: HashMap::new(),
        };
        let any = compiler.symbol("@any");
        debug_assert_eq!(any, u32::from(ANY_SYMBOL));
        compiler
    }

    fn run(mut self) -> Result<(Machine, Legend), CompileError> {
        self.add_common();
        self.add_ordinary();
        let mut names: Vec<String> = self.grammar.classes.keys().cloned().collect();
        let Grammar { classes, outputs, common, .. } = &mut self.grammar;
        lift(classes, outputs, common);
        // Those of the pack come first: a mistake is theirs.
        let lifted =
            self.grammar.classes.keys().filter(|name| !names.contains(name)).cloned().collect::<Vec<_>>();
        names.extend(lifted);
        for name in &names {
            self.flatten(name, &mut Vec::new()).map_err(|(pattern, error)| CompileError {
                owner: Owner::Class(name.clone()),
                pattern,
                error,
            })?;
        }
        for name in &names {
            self.emit_class(name)?;
        }
        let outputs = std::mem::take(&mut self.grammar.outputs);
        for (output, patterns) in outputs.iter().enumerate() {
            for (index, pattern) in patterns.iter().enumerate() {
                self.emit_output(pattern, output, index).map_err(|error| CompileError {
                    owner: Owner::Output(output),
                    pattern: index,
                    error,
                })?;
            }
        }
        self.grammar.outputs = outputs;
        self.finish()
    }

    /// Ordinary words are made known, so that nobody takes them for a key word.
    fn add_ordinary(&mut self) {
        let symbol = self.symbol("{@ordinary}");
        for word in self.grammar.key_words.values().flatten() {
            self.trie.add(&word.to_lowercase(), false, symbol);
        }
    }

    fn add_common(&mut self) {
        let symbol = self.symbol(&format!("{{{COMMON}}}"));
        let words: Vec<String> = self.grammar.common.keys().cloned().collect();
        for word in words {
            self.trie.add(&word, false, symbol);
        }
    }

    /// Resolves a class and the classes it consists of. `path` holds the classes being resolved, to see a circle.
    fn flatten(&mut self, name: &str, path: &mut Vec<String>) -> Result<(), (usize, PatternError)> {
        if self.classes.contains_key(name) {
            return Ok(());
        }
        let members = self.grammar.classes.get(name).cloned().unwrap_or_default();
        path.push(name.to_owned());
        let mut class = Class::default();
        for (index, member) in members.iter().enumerate() {
            self.flatten_member(member, &mut class, path).map_err(|error| (index, error))?;
        }
        path.pop();
        class.frequency = class.words.iter().map(|word| self.frequency(word)).sum::<usize>()
            + class.patterns.iter().map(|pattern| self.frequency_of(pattern)).sum::<usize>();
        let longest = class.patterns.iter().map(|pattern| self.longest(&pattern.elements)).max();
        class.longest = longest.unwrap_or(1).max(1);
        class.may_be_empty = class.patterns.iter().any(|pattern| self.may_be_empty(&pattern.elements));
        self.classes.insert(name.to_owned(), class);
        Ok(())
    }

    fn flatten_member(
        &mut self,
        member: &Pattern,
        class: &mut Class,
        path: &mut Vec<String>,
    ) -> Compiled<()> {
        for part in classes_of(member) {
            self.check_class(&part.0, &part.1, path)?;
        }
        match member.elements.as_slice() {
            [Element { term: term @ (Term::Word(_) | Term::Stem(_)), .. }] => class.words.push(term.clone()),
            [Element { term: Term::Class(inner), .. }] if !inner.starts_with('@') => {
                let inner = self.classes[inner].clone();
                class.words.extend(inner.words);
                class.patterns.extend(inner.patterns);
                class.level = class.level.max(inner.level);
            }
            _ => {
                let parts = classes_of(member);
                let below =
                    parts.iter().filter_map(|(name, _)| self.classes.get(name)).map(|part| part.level);
                class.level = class.level.max(below.max().unwrap_or(0) + 1);
                class.patterns.push(member.clone());
            }
        }
        Ok(())
    }

    /// Makes sure that a class that a pattern names exists and is resolved.
    fn check_class(
        &mut self,
        name: &str,
        at: &std::ops::Range<usize>,
        path: &mut Vec<String>,
    ) -> Compiled<()> {
        if name.starts_with('@') {
            return Ok(());
        }
        if path.iter().any(|above| above == name) {
            return Err(PatternError::new(format!("the class `{name}` would contain itself"), at.clone()));
        }
        if !self.grammar.classes.contains_key(name) {
            return Err(PatternError::new(format!("there is no word class `{name}`"), at.clone()));
        }
        self.flatten(name, path).map_err(|(_, error)| PatternError::new(error.message, at.clone()))
    }

    fn emit_class(&mut self, name: &str) -> Result<(), CompileError> {
        let class = self.classes[name].clone();
        let symbol = self.symbol(&format!("{{{name}}}"));
        self.add_words(&class.words, symbol);
        for (index, pattern) in class.patterns.iter().enumerate() {
            self.emit_member(pattern, symbol, class.level).map_err(|error| CompileError {
                owner: Owner::Class(name.to_owned()),
                pattern: index,
                error,
            })?;
        }
        Ok(())
    }

    fn add_words(&mut self, words: &[Term], symbol: u32) {
        for word in words {
            match word {
                Term::Word(word) => self.trie.add(word, false, symbol),
                Term::Stem(stem) => self.trie.add(stem, true, symbol),
                _ => {}
            }
        }
    }

    /// Makes a pattern give a class.
    fn emit_member(&mut self, pattern: &Pattern, symbol: u32, level: usize) -> Compiled<()> {
        let record = self.emit(pattern, false, level)?;
        if !record.outputs.contains(&symbol) {
            record.outputs.push(symbol);
        }
        Ok(())
    }

    /// Makes a pattern report an output, of which it is the `index`th.
    fn emit_output(&mut self, pattern: &Pattern, output: usize, index: usize) -> Compiled<()> {
        let record = self.emit(pattern, true, usize::MAX)?;
        if !record.outputs.contains(&(output as u32)) {
            record.outputs.push(output as u32);
            record.sources.push((output, index));
        }
        Ok(())
    }

    /// The record of a pattern. It runs once, however many classes or outputs hold it.
    fn emit(&mut self, pattern: &Pattern, is_top: bool, level: usize) -> Compiled<&mut Record> {
        let new = self.emit_anew(pattern, level)?;
        let steps = self.ops[new.first_op..].to_vec();
        let known = *self.shared.entry((is_top, steps)).or_insert(self.records.len());
        if known < self.records.len() {
            self.ops.truncate(new.first_op);
        } else {
            self.records.push(new);
        }
        let record = &mut self.records[known];
        record.level = record.level.min(level);
        Ok(record)
    }

    fn emit_anew(&mut self, pattern: &Pattern, level: usize) -> Compiled<Record> {
        for (name, at) in classes_of(pattern) {
            self.check_class(&name, &at, &mut Vec::new())?;
        }
        self.prepare(&pattern.elements);
        self.steps.clear();
        let mut required: Vec<Required> = Vec::new();
        for (at, element) in pattern.elements.iter().enumerate() {
            let symbol = self.emit_element(element)?;
            if let (Some(symbol), false) = (symbol, element.is_optional) {
                let mentioned = self.mentioned[&self.names[symbol as usize]];
                required.push(Required { frequency: self.frequency(&element.term), mentioned, symbol, at });
            }
        }
        self.op(Op::Accept, 0);
        if self.steps.len() > Step::MOST {
            let whole = pattern.elements.iter().map(|element| element.at.end).max().unwrap_or(0);
            return Err(PatternError::new("this pattern is too long", 0..whole));
        }
        self.note_what_leads_over();
        if required.is_empty() {
            let symbol = u32::from(ANY_SYMBOL);
            required.push(Required { frequency: EVERYWHERE, mentioned: 0, symbol, at: 0 });
        }
        let anchor = required.iter().min().map_or(u32::from(ANY_SYMBOL), |rarest| rarest.symbol);
        let beside = self.rarest_beside(anchor, &required, &pattern.elements);
        let required = self.chain(&required, &pattern.elements);
        let first_op = self.ops.len();
        self.ops.extend(self.steps.iter().map(|step| step.encode()));
        let steps = self.steps.len();
        Ok(Record {
            first_op,
            steps,
            outputs: Vec::new(),
            anchor,
            beside,
            required,
            level,
            sources: Vec::new(),
        })
    }

    /// Each of the required symbols with how near it stands behind the one before.
    fn chain(&self, required: &[Required], elements: &[Element]) -> Vec<Beside> {
        let before = std::iter::once(None).chain(required.iter().map(Some));
        let linked = required.iter().zip(before);
        linked
            .map(|(one, before)| {
                let within = before.map_or(usize::MAX, |before| self.between(elements, before.at, one.at));
                Beside::new(one.symbol, false, within)
            })
            .collect()
    }

    /// The most units that may stand between the first unit of an element and that of a later one.
    fn between(&self, elements: &[Element], first: usize, second: usize) -> usize {
        if self.may_be_empty(&elements[first..=first]) {
            return usize::MAX;
        }
        self.longest(&elements[first..second]) - 1
    }

    /// Which other of the required symbols stands most seldom where it must stand beside the anchor.
    fn rarest_beside(&self, anchor: u32, required: &[Required], elements: &[Element]) -> Beside {
        let anchors = required.iter().filter(|one| one.symbol == anchor);
        let pairs = anchors.flat_map(|one| required.iter().map(move |other| (one, other)));
        let chances = pairs.filter(|(one, other)| one.at != other.at).map(|(one, other)| {
            let is_before = other.at < one.at;
            let (first, second) = if is_before { (other.at, one.at) } else { (one.at, other.at) };
            let within = self.between(elements, first, second);
            (
                other.frequency.saturating_mul(within.saturating_add(1)),
                Beside::new(other.symbol, is_before, within),
            )
        });
        let rarest = chances.min_by_key(|(chance, _)| *chance).map(|(_, beside)| beside);
        rarest.unwrap_or(Beside::new(u32::from(ANY_SYMBOL), false, usize::MAX))
    }

    /// Makes the nameless classes of a pattern first, so that their steps do not end up amidst its own.
    fn prepare(&mut self, elements: &[Element]) {
        for element in elements {
            let Term::Either(branches) = &element.term else { continue };
            match single_terms(branches) {
                Some(terms) => {
                    self.anonymous_class(&terms);
                }
                None => branches.iter().for_each(|branch| self.prepare(&branch.elements)),
            }
        }
    }

    /// Writes down for each step of a pattern how many before it lead to the end over it alone.
    fn note_what_leads_over(&mut self) {
        for at in 0..self.steps.len() {
            let over = |step: &&Step| !(step.leads_on() && step.argument > at);
            let leading = self.steps[..at].iter().rev().take(Step::MOST_LEADING).take_while(over).count();
            self.steps[at].leading = leading;
        }
    }

    /// Writes the steps of one element; gives the symbol that a sentence must hold for it, if it is a single one.
    fn emit_element(&mut self, element: &Element) -> Compiled<Option<u32>> {
        let split = element.is_optional.then(|| self.op(Op::Split, 0));
        let symbol = self.emit_term(&element.term)?;
        match (split, symbol) {
            // A symbol is one step, and with what may be missing it still is.
            (Some(split), Some(symbol)) => {
                self.steps.truncate(split);
                self.op(Op::Maybe, symbol);
            }
            (Some(split), None) => self.patch(split),
            (None, _) => {}
        }
        let of_class = |name: &String| self.symbol(&format!("{{{name}}}"));
        Ok(element.class.as_ref().map(of_class).or(symbol))
    }

    fn emit_term(&mut self, term: &Term) -> Compiled<Option<u32>> {
        match term {
            Term::Gap(words) => self.op(Op::Gap, u32::from(*words)),
            Term::Start => self.op(Op::Start, 0),
            Term::End => self.op(Op::End, 0),
            Term::First => self.op(Op::Start, 1),
            Term::Last => self.op(Op::End, 1),
            Term::Class(name) if name == "@any" => self.op(Op::Any, 0),
            Term::Word(_) | Term::Stem(_) | Term::Class(_) => {
                let symbol = self.term_symbol(term);
                self.op(Op::Symbol, symbol);
                return Ok(Some(symbol));
            }
            Term::Either(branches) => return self.emit_either(branches),
        };
        Ok(None)
    }

    fn emit_either(&mut self, branches: &[Pattern]) -> Compiled<Option<u32>> {
        if let Some(terms) = single_terms(branches) {
            let symbol = self.anonymous_class(&terms);
            self.op(Op::Symbol, symbol);
            return Ok(Some(symbol));
        }
        self.mention(branches);
        let mut ends = Vec::new();
        let choices = Choice::of(branches, &|term| self.is_one_word(term));
        for (index, choice) in choices.iter().enumerate() {
            let is_last = index + 1 == choices.len();
            let split = (!is_last).then(|| self.op(Op::Split, 0));
            match choice {
                Choice::Words(words) => {
                    let symbol = match words.as_slice() {
                        [word] => self.term_symbol(word),
                        words => self.anonymous_class(words),
                    };
                    self.op(Op::Symbol, symbol);
                }
                Choice::Branch(branch) => {
                    for element in &branch.elements {
                        self.emit_element(element)?;
                    }
                }
            }
            if !is_last {
                ends.push(self.op(Op::Jump, 0));
            }
            if let Some(split) = split {
                self.patch(split);
            }
        }
        for end in ends {
            self.patch(end);
        }
        Ok(None)
    }

    /// Whether a term is a word, or a class of nothing but words.
    fn is_one_word(&self, term: &Term) -> bool {
        match term {
            Term::Word(_) | Term::Stem(_) => true,
            Term::Class(name) => self.classes.get(name).is_some_and(|class| class.patterns.is_empty()),
            _ => false,
        }
    }

    /// A class for `(a|b|{c})`, shared by all patterns that write the same.
    fn anonymous_class(&mut self, terms: &[Term]) -> u32 {
        let mut names: Vec<String> = terms.iter().map(Term::to_string).collect();
        names.sort_unstable();
        names.dedup();
        let name = format!("({})", names.join("|"));
        if let Some(symbol) = self.symbols.get(&name) {
            return *symbol;
        }
        let symbol = self.symbol(&name);
        let mut level = 0;
        for term in terms {
            match term {
                Term::Class(inner) => {
                    let inner = self.classes[inner].clone();
                    self.add_words(&inner.words, symbol);
                    level = level.max(inner.level);
                    for pattern in &inner.patterns {
                        // The class was compiled before with the same patterns, so this one can only succeed.
                        let _ = self.emit_member(pattern, symbol, inner.level);
                    }
                }
                word => self.add_words(std::slice::from_ref(word), symbol),
            }
        }
        let frequency = terms.iter().map(|term| self.frequency(term)).sum();
        let longest = terms.iter().map(|term| match term {
            Term::Class(inner) => self.classes[inner].longest,
            _ => 1,
        });
        let longest = longest.max().unwrap_or(1);
        let may_be_empty =
            terms.iter().any(|term| matches!(term, Term::Class(inner) if self.classes[inner].may_be_empty));
        self.classes.insert(name, Class { level, frequency, longest, may_be_empty, ..Class::default() });
        symbol
    }

    fn term_symbol(&mut self, term: &Term) -> u32 {
        let name = term.to_string();
        let is_new = !self.symbols.contains_key(&name);
        let symbol = self.symbol(&name);
        if is_new {
            self.add_words(std::slice::from_ref(term), symbol);
        }
        symbol
    }

    /// Notes the words of some branches in the order in which they are written: it decides between two that are met as often.
    fn mention(&mut self, branches: &[Pattern]) {
        for element in branches.iter().flat_map(|branch| &branch.elements) {
            match &element.term {
                Term::Either(branches) => self.mention(branches),
                Term::Word(_) | Term::Stem(_) | Term::Class(_) => {
                    let next = self.mentioned.len();
                    self.mentioned.entry(element.term.to_string()).or_insert(next);
                }
                Term::Gap(_) | Term::Start | Term::End | Term::First | Term::Last => {}
            }
        }
    }

    fn symbol(&mut self, name: &str) -> u32 {
        let next = self.mentioned.len();
        self.mentioned.entry(name.to_owned()).or_insert(next);
        if let Some(symbol) = self.symbols.get(name) {
            return *symbol;
        }
        let symbol = self.names.len() as u32;
        self.names.push(name.to_owned());
        self.symbols.insert(name.to_owned(), symbol);
        symbol
    }

    /// How often a term is met in a million units, roughly; the rarest term of a pattern anchors it.
    fn frequency(&self, term: &Term) -> usize {
        let common = |rank: &usize| COMMONEST / (self.grammar.common.len() - rank + 2);
        match term {
            Term::Word(word) => self.grammar.common.get(word).map_or(UNCOMMON, common),
            Term::Stem(stem) => {
                let words = self.grammar.common.iter().filter(|(word, _)| word.starts_with(stem.as_str()));
                words.map(|(_, rank)| common(rank)).sum::<usize>() + 2 * UNCOMMON
            }
            Term::Class(name) if name == "@number" => COMMONEST / 3,
            Term::Class(name) if name.starts_with('@') => COMMONEST / 10,
            Term::Class(name) => self.classes.get(name).map_or(0, |class| class.frequency),
            Term::Either(branches) => branches.iter().map(|branch| self.frequency_of(branch)).sum(),
            Term::Gap(_) | Term::Start | Term::End | Term::First | Term::Last => EVERYWHERE,
        }
    }

    /// The same of a pattern that is a member of something: its rarest part, and that is not always in such company.
    fn frequency_of(&self, pattern: &Pattern) -> usize {
        let needed = pattern.elements.iter().filter(|element| !element.is_optional);
        let rarest = needed.map(|element| self.frequency(&element.term)).min().unwrap_or(COMMONEST);
        if pattern.elements.len() > 1 { rarest.min(COMMONEST) / 4 } else { rarest }
    }

    /// The most units that elements can take up.
    fn longest(&self, elements: &[Element]) -> usize {
        let of_term = |term: &Term| match term {
            Term::Gap(words) => usize::from(*words),
            Term::Start | Term::End | Term::First | Term::Last => 0,
            Term::Class(name) => self.classes.get(name).map_or(1, |class| class.longest),
            Term::Either(branches) => branches.iter().map(|b| self.longest(&b.elements)).max().unwrap_or(0),
            Term::Word(_) | Term::Stem(_) => 1,
        };
        elements.iter().map(|element| of_term(&element.term)).sum()
    }

    /// Whether elements may take up no unit at all.
    fn may_be_empty(&self, elements: &[Element]) -> bool {
        let of_term = |term: &Term| match term {
            Term::Gap(_) | Term::Start | Term::End | Term::First | Term::Last => true,
            Term::Class(name) => self.classes.get(name).is_some_and(|class| class.may_be_empty),
            Term::Either(branches) => branches.iter().any(|branch| self.may_be_empty(&branch.elements)),
            Term::Word(_) | Term::Stem(_) => false,
        };
        elements.iter().all(|element| element.is_optional || of_term(&element.term))
    }

    fn op(&mut self, op: Op, argument: u32) -> usize {
        self.steps.push(Step { op, argument: argument as usize, leading: 0 });
        self.steps.len() - 1
    }

    /// Makes a jump lead to the next step.
    fn patch(&mut self, at: usize) {
        self.steps[at].argument = self.steps.len();
    }

    fn finish(self) -> Result<(Machine, Legend), CompileError> {
        let top = self.records.iter().map(|r| r.level).filter(|l| *l != usize::MAX).max().unwrap_or(0) + 1;
        let level_of = |record: &Record| if record.level == usize::MAX { top } else { record.level };
        let symbols = self.names.len();
        let mut anchored = Anchored::new();
        let (mut patterns, mut outputs) = (Vec::new(), Vec::new());
        let mut lists = Lists::default();
        let trie = lists.trie(self.trie);
        for (index, record) in self.records.iter().enumerate() {
            let of_anchor = anchored.entry(record.anchor).or_default();
            of_anchor.entry(level_of(record)).or_default().extend(Candidate::encode(
                index as u32,
                record.beside,
                &record.required,
            ));
            let gives = match record.level {
                usize::MAX => outputs.len() as u32,
                _ => lists.write(record.outputs.clone()),
            };
            patterns.extend([record.first_op as u32, record.steps as u32, gives]);
            if record.level == usize::MAX {
                outputs.push(record.outputs.len() as u32);
                outputs.extend(&record.outputs);
            }
        }
        let (anchors, anchored) = by_anchor(&anchored, symbols);
        let mut builtin: Vec<(String, u16)> = (self.symbols.iter())
            .filter_map(|(name, symbol)| {
                let name = name.strip_prefix('{')?.strip_suffix('}')?;
                (name.starts_with('@') || name == COMMON).then(|| (name.to_owned(), *symbol as u16))
            })
            .collect();
        builtin.sort();
        let common = self.symbols.get(&format!("{{{COMMON}}}")).copied();
        let legend =
            Legend { symbols: self.names, patterns: self.records.into_iter().map(|r| r.sources).collect() };
        let longest = lists.lists.iter().map(Vec::len).max().unwrap_or(0);
        if symbols.max(lists.lists.len()).max(self.grammar.outputs.len()) > MOST_NUMBERS
            || longest >= IS_COMMON as usize
            || legend.patterns.len().max(anchored.len()) >= MOST_PLACES
            || top >= MOST_LEVELS
        {
            let message = "the packs hold more words, rules or classes in classes than can be told apart";
            let error = PatternError::new(message, 0..0);
            // The packs of the user come last.
            let (last, patterns) =
                (self.grammar.outputs.len().saturating_sub(1), self.grammar.outputs.last());
            let pattern = patterns.map_or(0, |patterns| patterns.len().saturating_sub(1));
            return Err(CompileError { owner: Owner::Output(last), pattern, error });
        }
        let words = Words::new(lists, &anchors, common);
        let machine = Machine {
            trie,
            lists: words.lists.into(),
            words: words.symbols.into(),
            seldom: words.seldom.into(),
            holders: words.holders.into(),
            ops: self.ops.into(),
            patterns: patterns.into(),
            outputs: outputs.into(),
            anchors: anchors.into(),
            anchored: anchored.into(),
            builtin,
            key_words: KeyWords::new(self.grammar.key_words.into_keys()),
            levels: top as u32,
        };
        Ok((machine, legend))
    }
}

/// By anchor and level the patterns, as numbers.
type Anchored = BTreeMap<u32, BTreeMap<usize, Vec<u32>>>;

/// By symbol where the patterns stand that it anchors, and these by level: the tables of a [`Machine`].
fn by_anchor(patterns: &Anchored, symbols: usize) -> (Vec<u32>, Vec<u32>) {
    let (mut anchors, mut anchored) = (vec![0; symbols], vec![0]);
    for (anchor, levels) in patterns {
        // The last level comes first, for a level is told where the next one stands.
        let mut next = 0;
        for (level, patterns) in levels.iter().rev() {
            let place = anchored.len();
            anchored.push(patterns.len() as u32);
            anchored.extend(patterns);
            anchored.push(next);
            next = leveled(*level, place);
        }
        anchors[*anchor as usize] = next;
    }
    (anchors, anchored)
}

/// The classes that a pattern names, at any depth.
fn classes_of(pattern: &Pattern) -> Vec<(String, std::ops::Range<usize>)> {
    let mut found = Vec::new();
    for element in &pattern.elements {
        found.extend(element.class.iter().map(|name| (name.clone(), element.at.clone())));
        match &element.term {
            Term::Class(name) => found.push((name.clone(), element.at.clone())),
            Term::Either(branches) => found.extend(branches.iter().flat_map(classes_of)),
            _ => {}
        }
    }
    found
}

/// The branches as single terms that the trie can hold, if they all are.
fn single_terms(branches: &[Pattern]) -> Option<Vec<Term>> {
    branches.iter().map(single_term).map(|term| term.cloned()).collect()
}

/// The term of a branch that is nothing but one word or class.
fn single_term(branch: &Pattern) -> Option<&Term> {
    match branch.elements.as_slice() {
        [Element { term: term @ (Term::Word(_) | Term::Stem(_)), is_optional: false, .. }] => Some(term),
        [Element { term: term @ Term::Class(name), is_optional: false, .. }] if !name.starts_with('@') => {
            Some(term)
        }
        _ => None,
    }
}

/// What a step can choose.
enum Choice<'p> {
    /// One of several words: for a step they are one.
    Words(Vec<Term>),
    Branch(&'p Pattern),
}

impl<'p> Choice<'p> {
    /// The branches in the order in which they are tried, but that a word stands with the words before it if nothing between
    /// them can begin with it.
    fn of(branches: &'p [Pattern], is_word: &dyn Fn(&Term) -> bool) -> Vec<Self> {
        let mut choices: Vec<Self> = Vec::new();
        for branch in branches {
            let Some(word) = single_term(branch).filter(|term| is_word(term)) else {
                choices.push(Self::Branch(branch));
                continue;
            };
            let may_begin_so = |other: &Pattern| other.elements[0].is_optional || begin_alike(branch, other);
            let between = |choice: &&mut Self| matches!(choice, Self::Branch(other) if !may_begin_so(other));
            match choices.iter_mut().rev().find(|choice| !between(choice)) {
                // Of words that are one step the longest counts, and not the one that is written first.
                Some(Self::Words(words)) if words.iter().all(|first| !may_be_piece(first, word)) => {
                    words.push(word.clone());
                }
                _ => choices.push(Self::Words(vec![word.clone()])),
            }
        }
        choices
    }
}

/// Words and stems with the symbols they stand for.
#[derive(Default)]
struct Trie {
    entries: BTreeMap<Vec<u8>, (HashSet<u32>, HashSet<u32>)>,
}

impl Trie {
    fn add(&mut self, word: &str, is_stem: bool, symbol: u32) {
        let (words, stems) = self.entries.entry(word.as_bytes().to_vec()).or_default();
        if is_stem {
            stems.insert(symbol)
        } else {
            words.insert(symbol)
        };
    }
}

type Entry = (Vec<u8>, (HashSet<u32>, HashSet<u32>));

/// The lists of symbols, on their way into a machine, each with its number. What is the same stands there once; the list 0
/// is empty.
#[derive(Default)]
struct Lists {
    numbers: HashMap<Vec<u32>, u32>,
    lists: Vec<Vec<u32>>,
}

impl Lists {
    /// Writes a trie.
    fn trie(&mut self, trie: Trie) -> Table {
        self.lists.push(Vec::new());
        let entries: Vec<Entry> = trie.entries.into_iter().collect();
        let mut nodes = Vec::new();
        self.write_node(&entries, 0, &[], &mut nodes);
        nodes.into()
    }

    /// Writes the node for sorted entries that share their first `depth` bytes; gives its place. `above` are the symbols
    /// of the stems before it.
    fn write_node(&mut self, entries: &[Entry], depth: usize, above: &[u32], nodes: &mut Vec<u32>) -> u32 {
        let place = nodes.len();
        let (own, below) = match entries.split_first() {
            Some((first, rest)) if first.0.len() == depth => (Some(&first.1), rest),
            _ => (None, entries),
        };
        let branches = below.chunk_by(|a, b| a.0[depth] == b.0[depth]);
        let (letters, others): (Vec<&[Entry]>, Vec<&[Entry]>) =
            branches.partition(|branch| branch[0].0[depth].is_ascii_lowercase());
        let beginning = with(above, own.map(|(_, stems)| stems));
        let word = own.filter(|(words, _)| !words.is_empty());
        let word = word.map_or(0, |(words, _)| self.write(with(&beginning, Some(words))));
        let bits = letters.iter().fold(0, |bits, branch| bits | 1 << (branch[0].0[depth] - b'a'));
        let mut head = [0; EDGES];
        head[0] = bits;
        head[OTHERS] = others.len() as u32;
        head[WORD] = word;
        head[BEGINNING] = self.write(beginning.clone());
        nodes.extend(head);
        nodes.extend(std::iter::repeat_n(0, letters.len() + others.len()));
        for (index, branch) in letters.iter().chain(&others).enumerate() {
            let target = self.write_node(branch, depth + 1, &beginning, nodes);
            let is_letter = index < letters.len();
            let byte = if is_letter { 0 } else { u32::from(branch[0].0[depth]) << 24 };
            nodes[place + EDGES + index] = byte | target;
        }
        place as u32
    }

    /// The number of a list.
    fn write(&mut self, symbols: Vec<u32>) -> u32 {
        if symbols.is_empty() {
            return 0;
        }
        *self.numbers.entry(symbols).or_insert_with_key(|symbols| {
            self.lists.push(symbols.clone());
            self.lists.len() as u32 - 1
        })
    }
}

/// A symbol that at most so many lists hold is told by these lists, one that more hold by its words. Measured: with a
/// half or the double of it a scan takes longer.
const FEW_HOLDERS: usize = 16;

/// The symbols of words: the tables of a [`Machine`] of the same names.
struct Words {
    lists: Vec<u32>,
    symbols: Vec<u32>,
    seldom: Vec<u32>,
    holders: Vec<u32>,
}

impl Words {
    /// `anchors`: by symbol where the patterns stand that it anchors; `common`: the symbol of the commonest words.
    fn new(Lists { lists, .. }: Lists, anchors: &[u32], common: Option<u32>) -> Self {
        let mut held_by = vec![Vec::new(); anchors.len()];
        for (number, symbols) in lists.iter().enumerate() {
            symbols.iter().for_each(|symbol| held_by[*symbol as usize].push(number as u32));
        }
        let is_anchor = |symbol: &u32| anchors[*symbol as usize] != 0;
        let is_seldom =
            |symbol: u32| !is_anchor(&symbol) && (1..=FEW_HOLDERS).contains(&held_by[symbol as usize].len());
        let (mut places, mut words) = (Vec::new(), Vec::new());
        for symbols in &lists {
            let is_common = common.is_some_and(|common| symbols.contains(&common));
            let often = symbols.iter().copied().filter(|symbol| !is_seldom(*symbol));
            let (anchors, others): (Vec<u32>, Vec<u32>) = often.partition(is_anchor);
            places.push(words.len() as u32);
            words.push(anchors.len() as u32 | if is_common { IS_COMMON } else { 0 });
            words.push(others.len() as u32);
            words.extend(anchors.iter().chain(&others));
        }
        let (mut seldom, mut holders) = (Vec::new(), vec![0]);
        for (symbol, held_by) in held_by.iter().enumerate() {
            if !is_seldom(symbol as u32) {
                seldom.push(0);
                continue;
            }
            seldom.push(holders.len() as u32);
            holders.push(held_by.len() as u32);
            holders.extend(held_by);
        }
        Self { lists: places, symbols: words, seldom, holders }
    }
}

/// Some symbols, and behind them those of a set that are not among them.
fn with(symbols: &[u32], more: Option<&HashSet<u32>>) -> Vec<u32> {
    let mut more: Vec<u32> =
        more.into_iter().flatten().copied().filter(|symbol| !symbols.contains(symbol)).collect();
    more.sort_unstable();
    [symbols, &more].concat()
}
