//! A way through the nodes of a file: which are keys, which are values, and what aliases and `<<` stand for.
//!
//! An alias leads on to what its anchor holds, and keys that `<<` takes in are keys of the mapping, unless it has them
//! itself; the text stands where the anchor is. Aliases of aliases stand for any number of nodes, so there is a measure.

use std::collections::{HashSet, VecDeque};
use std::ops::Range;
use std::sync::Arc;

use crate::document::tree::{Scalar, Walk};

use super::anchors::Anchors;
use super::{Broken, Token, Written};

/// Nodes that the aliases of a file may stand for; no messages need more.
const MOST_AGAIN: usize = 1_000_000;

/// A way through nodes.
pub(super) struct Nodes<'t, 'w, 'p> {
    text: &'t str,
    walk: &'w mut Walk<'p>,
    open: Vec<Open>,
    anchors: Anchors,
    /// What comes before the parser goes on, the next last.
    again: Vec<Again>,
    /// How many nodes aliases may still stand for.
    left: usize,
}

/// What is open around a place.
#[derive(Debug)]
enum Open {
    Mapping(Mapping),
    /// A list; the number of the next node.
    List(usize),
    /// A list of what `<<` takes in.
    TakenIn,
    /// A mapping or a list that is a key itself.
    Key,
}

/// An open mapping.
#[derive(Debug, Default)]
struct Mapping {
    next: Next,
    /// Its keys, if some path leads beyond it.
    keys: HashSet<Arc<str>>,
    /// Anchors of what it takes in once its own keys are over, and where that is said.
    taken_in: VecDeque<(Range<usize>, Range<usize>)>,
    /// Where the next one is put in: what is taken in takes in itself before others do.
    ahead: usize,
    /// Whether its own keys are over.
    is_over: bool,
    /// Whether it stands below the `<<` of another, whose keys its keys are.
    is_inside: bool,
}

/// What the next node of a mapping is.
#[derive(Debug, Default, PartialEq, Eq)]
enum Next {
    #[default]
    Key,
    Value,
    /// What `<<` takes in.
    TakenIn,
}

/// What is handed over once more.
#[derive(Debug)]
enum Again {
    /// What an anchor holds, for an alias at a place.
    Held { held: Range<usize>, at: Range<usize> },
    /// The end of a mapping.
    End,
}

impl<'t, 'w, 'p> Nodes<'t, 'w, 'p> {
    /// A way from the root of a file.
    pub(super) fn new(text: &'t str, walk: &'w mut Walk<'p>) -> Self {
        let (open, again) = (Vec::new(), Vec::new());
        Self { text, walk, open, anchors: Anchors::default(), again, left: MOST_AGAIN }
    }

    /// Goes back to the root: another value begins.
    pub(super) fn restart(&mut self) {
        self.open.clear();
        self.anchors = Anchors::default();
        self.walk.restart();
    }

    /// Takes the next node, and what it stands for.
    pub(super) fn take(&mut self, token: Token, anchor: usize) -> Result<(), Broken> {
        self.anchors.note(&token, anchor);
        self.token(token);
        while let Some(token) = self.next_again()? {
            self.token(token);
        }
        Ok(())
    }

    fn next_again(&mut self) -> Result<Option<Token>, Broken> {
        loop {
            let Some(again) = self.again.last_mut() else { return Ok(None) };
            let Again::Held { held, at } = again else {
                self.again.pop();
                return Ok(Some(Token::End));
            };
            if let Some(place) = held.next() {
                let beyond =
                    || (format!("aliases stand for more than {MOST_AGAIN} values in all"), at.clone());
                self.left = self.left.checked_sub(1).ok_or_else(beyond)?;
                return Ok(Some(self.anchors.at(place).clone()));
            }
            self.again.pop();
        }
    }

    fn token(&mut self, token: Token) {
        match token {
            Token::Scalar(written) => self.scalar(written),
            Token::Alias { anchor, at } => self.alias(anchor, at),
            Token::Begin { is_mapping, at } => self.begin(is_mapping, at),
            Token::End => self.end(),
        }
    }

    fn scalar(&mut self, written: Written) {
        match self.open.last_mut() {
            Some(Open::Mapping(mapping)) if mapping.next == Next::Key => {
                if written.is_plain() && &*written.value == "<<" {
                    mapping.next = Next::TakenIn;
                } else {
                    self.key(&written.value);
                }
                return;
            }
            // From a text nothing is taken in: then it is a key like others.
            Some(Open::Mapping(mapping)) if mapping.next == Next::TakenIn => self.key("<<"),
            Some(Open::TakenIn) => return,
            _ => {}
        }
        self.enter();
        match written.other() {
            Some(name) => self.walk.other(name, written.place()),
            None if written.is_null() => {}
            None => self.walk.text(written.place().start, || Scalar::Yaml(written)),
        }
        self.leave();
    }

    /// Goes into the value of a key. What is taken in gives a mapping only what it has not.
    fn key(&mut self, key: &str) {
        let Some(Open::Mapping(mapping)) = self.open.last_mut() else { return };
        mapping.next = Next::Value;
        let is_new = self.walk.is_dead() || mapping.keys.insert(key.into());
        if is_new || !mapping.is_over {
            self.walk.enter_key(key.into());
        } else {
            self.walk.enter_nameless();
        }
    }

    fn alias(&mut self, anchor: usize, at: Range<usize>) {
        let held = self.anchors.held(anchor);
        let is_taken_in = match self.open.last() {
            Some(Open::Mapping(mapping)) => mapping.next == Next::TakenIn,
            last => matches!(last, Some(Open::TakenIn)),
        };
        if self.walk.is_dead() {
            self.pass();
            return;
        }
        match held {
            Some(held) if is_taken_in => {
                self.take_in(held, at);
                self.pass();
            }
            Some(held) => self.again.push(Again::Held { held, at }),
            None => {
                let why = match self.anchors.is_unfinished(anchor) {
                    true => "stands for what it is in itself",
                    false => "stands for nothing: its anchor is in another document, above a `---`",
                };
                self.walk.fault(format!("`{}` {why}", &self.text[at.clone()]), at);
                self.pass();
            }
        }
    }

    /// Notes that the mapping around takes in what an anchor holds.
    fn take_in(&mut self, held: Range<usize>, at: Range<usize>) {
        if !matches!(self.anchors.at(held.start), Token::Begin { is_mapping: true, .. }) {
            let told = format!("`<<` takes in mappings, and `{}` is none", &self.text[at.clone()]);
            self.walk.fault(told, at);
            return;
        }
        let taker = self.open.iter_mut().rev().find_map(|open| match open {
            Open::Mapping(mapping) => Some(mapping),
            _ => None,
        });
        if let Some(mapping) = taker {
            mapping.taken_in.insert(mapping.ahead, (held, at));
            mapping.ahead += 1;
        }
    }

    /// Passes a node by.
    fn pass(&mut self) {
        match self.open.last_mut() {
            Some(Open::Mapping(mapping)) => match mapping.next {
                Next::Key => self.key(""),
                Next::Value => self.leave(),
                Next::TakenIn => mapping.next = Next::Key,
            },
            _ => {
                self.enter();
                self.leave();
            }
        }
    }

    fn begin(&mut self, is_mapping: bool, at: Range<usize>) {
        let is_inside = match self.open.last_mut() {
            Some(Open::Mapping(mapping)) => match mapping.next {
                Next::Key => {
                    mapping.next = Next::Value;
                    self.walk.enter_nameless();
                    self.open.push(Open::Key);
                    false
                }
                Next::Value => false,
                Next::TakenIn => true,
            },
            Some(Open::TakenIn) => true,
            _ => false,
        };
        if !is_inside && !matches!(self.open.last(), Some(Open::Key)) {
            self.enter();
            self.walk.other(if is_mapping { "a mapping" } else { "a list" }, at);
        }
        self.open.push(match (is_mapping, is_inside) {
            (true, _) => Open::Mapping(Mapping { is_inside, ..Mapping::default() }),
            (false, true) => Open::TakenIn,
            (false, false) => Open::List(0),
        });
    }

    fn end(&mut self) {
        if let Some(Open::Mapping(mapping)) = self.open.last_mut()
            && let Some((held, at)) = mapping.taken_in.pop_front()
        {
            (mapping.is_over, mapping.ahead) = (true, 0);
            self.again.push(Again::End);
            self.again.push(Again::Held { held: held.start + 1..held.end - 1, at });
            return;
        }
        let over = self.open.pop();
        let was_inside = match over {
            Some(Open::Mapping(mapping)) => mapping.is_inside,
            over => matches!(over, Some(Open::TakenIn)),
        };
        match self.open.last_mut() {
            Some(Open::Mapping(mapping)) if was_inside => mapping.next = Next::Key,
            _ if was_inside => {}
            Some(Open::Key) => {
                // Such a key has no name, but a value.
                self.open.pop();
                self.walk.leave();
                self.key("?");
            }
            _ => self.leave(),
        }
    }

    /// Goes into a node of a list; the key has led into that of a mapping.
    fn enter(&mut self) {
        if let Some(Open::List(index)) = self.open.last_mut() {
            self.walk.enter_index(*index);
            *index += 1;
        }
    }

    /// Goes back from a node to what it is in.
    fn leave(&mut self) {
        match self.open.last_mut() {
            Some(Open::Mapping(mapping)) => {
                mapping.next = Next::Key;
                self.walk.leave();
            }
            Some(Open::List(_)) => self.walk.leave(),
            Some(Open::TakenIn | Open::Key) | None => {}
        }
    }
}
