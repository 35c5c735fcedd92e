//! Placeholders: the holes of a template that a sending tool, or the writer, fills in.
//!
//! Every tool has its own dialect, and a draft does not say which. So all dialects are read at once, and each is as
//! strict as its brackets are common in prose: whatever stands in `{{ }}` and is no sentence is a placeholder, while `[ ]`, `< >`, `« »`,
//! `# #`, `% %` and `__ __` need a name that speaks for one. `[Important]` is none: it is a mark for the buyer.
//!
//! A placeholder stands on one line. One pass, left to right; no opening looks farther than [`LONGEST`] bytes, and none
//! looks past an opening of its own kind, so that heaps of brackets cost no more than their length.

mod dialect;
mod known;
mod meaning;
mod name;
mod slip;
mod words;

pub use meaning::Meaning;

use std::ops::Range;

use crate::text::seek;

use super::{Placeholder, PlaceholderOddity};
use name::Name;

/// No name of a placeholder, and no link text in one, is longer.
const LONGEST: usize = 200;

/// The placeholders of a text, in order. They do not overlap.
pub fn find(text: &str) -> Vec<Placeholder> {
    let mut found = Vec::new();
    let mut line = 0;
    let mut at = 0;
    while let Some(next) = seek::first(text.as_bytes(), at, may_open) {
        at = next;
        if matches!(text.as_bytes()[at], b'\n' | b'\r') {
            at += 1;
            line = at;
            continue;
        }
        match dialect::read(Place { text, line, at }) {
            Some(placeholder) if !is_address(&text[placeholder.range.clone()]) => {
                at = placeholder.range.end;
                push(text, placeholder, &mut found);
            }
            // An address in brackets is one that the buyer gets to see.
            _ => at += 1,
        }
    }
    found
}

/// Adds a placeholder. Of one that holds a text for the buyer the parts around the text are holes, and the text is none.
fn push(text: &str, placeholder: Placeholder, found: &mut Vec<Placeholder>) {
    let Range { start, end } = placeholder.range;
    let Some(said) = dialect::text_within(&text[start..end]) else {
        found.push(placeholder);
        return;
    };
    found.push(Placeholder { range: start..start + said.start, ..placeholder });
    let rest = start + said.end..end;
    found.push(Placeholder { range: rest, meaning: Meaning::Control, fault: None, is_rest: true });
}

/// Whether brackets hold an address, or a sign of one that is spelt out: `[dot]`, `{at}`.
fn is_address(written: &str) -> bool {
    const SIGNS: [&str; 7] = ["at", "dot", "ät", "punkt", "punto", "point", "arroba"];
    let inner = written.trim_matches(|c: char| !c.is_alphanumeric());
    written.contains("://") || SIGNS.iter().any(|sign| inner.eq_ignore_ascii_case(sign))
}

/// Whether a byte can begin a placeholder, or ends a line. `«` is two bytes; its first also begins other characters.
fn may_open(byte: u8) -> bool {
    let is_bracket = (byte == b'[') | (byte == b'{') | (byte == b'<') | (byte == 0xC2);
    let is_sign = (byte.wrapping_sub(b'#') < 3) | (byte == b'*') | (byte == b'@') | (byte == b'_');
    is_bracket | is_sign | (byte == b'X') | (byte == b'\n') | (byte == b'\r')
}

/// A place in a text that may begin a placeholder.
#[derive(Clone, Copy)]
struct Place<'t> {
    text: &'t str,
    /// Where the line begins.
    line: usize,
    at: usize,
}

impl<'t> Place<'t> {
    fn rest(self) -> &'t str {
        &self.text[self.at..]
    }

    /// What stands on the line before the place, if that is short enough to matter.
    fn line_before(self) -> Option<&'t str> {
        (self.at - self.line <= LONGEST).then(|| &self.text[self.line..self.at])
    }

    fn byte_before(self) -> Option<u8> {
        self.text.as_bytes()[..self.at].last().copied()
    }

    fn follows_word(self) -> bool {
        self.text[..self.at].chars().next_back().is_some_and(char::is_alphanumeric)
    }

    /// The next `len` bytes as a placeholder.
    fn placeholder(self, len: usize, meaning: Meaning) -> Placeholder {
        Placeholder { range: self.at..self.at + len, meaning, fault: None, is_rest: false }
    }

    /// The next `len` bytes as a placeholder of that name; a misspelt one means what was meant.
    fn named(self, len: usize, name: &str) -> Placeholder {
        let read = Name::of(name);
        match slip::nearest(name).filter(|_| read.unknown > 0) {
            Some(nearest) => {
                let meant = self.placeholder(len, Name::of(&nearest).meaning());
                Placeholder { fault: Some(PlaceholderOddity::Unknown { nearest }), ..meant }
            }
            None => self.placeholder(len, read.meaning()),
        }
    }

    /// The next `len` bytes as a placeholder of that name that lacks a bracket.
    fn unbalanced(self, len: usize, name: &str) -> Placeholder {
        let fault = Some(PlaceholderOddity::Unbalanced);
        Placeholder { fault, ..self.placeholder(len, Name::of(name).meaning()) }
    }
}

#[cfg(test)]
mod tests;
