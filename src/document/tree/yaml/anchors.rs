use std::collections::HashMap;
use std::ops::Range;

use super::Token;

/// What the anchors of a file hold, one behind the other.
#[derive(Debug, Default)]
pub(super) struct Anchors {
    tape: Vec<Token>,
    /// Which part of the tape an anchor holds, once it is whole.
    whole: HashMap<usize, Range<usize>>,
    unfinished: Vec<Unfinished>,
    depth: usize,
}

/// An anchor whose node is not over.
#[derive(Debug)]
struct Unfinished {
    anchor: usize,
    start: usize,
    depth: usize,
}

impl Anchors {
    /// Takes down what belongs to an anchor.
    pub(super) fn note(&mut self, token: &Token, anchor: usize) {
        if anchor == 0 && self.unfinished.is_empty() {
            return;
        }
        let start = self.tape.len();
        self.tape.push(token.clone());
        match token {
            Token::Begin { .. } => {
                if anchor != 0 {
                    self.unfinished.push(Unfinished { anchor, start, depth: self.depth });
                }
                self.depth += 1;
            }
            Token::End => {
                self.depth -= 1;
                if let Some(over) = self.unfinished.pop_if(|last| last.depth == self.depth) {
                    self.whole.insert(over.anchor, over.start..start + 1);
                }
            }
            Token::Scalar(_) | Token::Alias { .. } if anchor != 0 => {
                self.whole.insert(anchor, start..start + 1);
            }
            Token::Scalar(_) | Token::Alias { .. } => {}
        }
    }

    /// Where an anchor holds its node; `None` inside of it, and if it is none of this value.
    pub(super) fn held(&self, anchor: usize) -> Option<Range<usize>> {
        self.whole.get(&anchor).cloned()
    }

    /// Whether the node of an anchor is not over yet.
    pub(super) fn is_unfinished(&self, anchor: usize) -> bool {
        self.unfinished.iter().any(|open| open.anchor == anchor)
    }

    /// What stands at a place that an anchor holds.
    pub(super) fn at(&self, place: usize) -> &Token {
        &self.tape[place]
    }
}
