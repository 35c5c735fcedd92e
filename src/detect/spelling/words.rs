//! Words by themselves: misspelt ones, doubled ones, and the first of a sentence.

use std::ops::Range;

use crate::view::UnitKind;

use super::form::SlipKind;
use super::letters::Case;
use super::{Doubts, Reader};

/// A letter by itself behind which a full stop stands is an initial.
const SHORTEST_LAST_WORD: usize = 2;

/// Fewer letters in capitals are a code or an acronym.
const SHORTEST_SHOUT: usize = 4;

impl<'r> Reader<'r> {
    /// Reads the word at `at` of a sentence that ends before `end`; gives the next unit to be read.
    pub(super) fn word(&mut self, at: usize, end: usize) -> usize {
        let doubts = self.doubts(at);
        let may_be_listed =
            doubts.has(Doubts::LISTED) || doubts.has(Doubts::BEGINS_PHRASE) && self.may_begin_phrase(at, end);
        if may_be_listed && let Some(after) = self.listed(at, end) {
            return after;
        }
        if doubts.has(Doubts::ARTICLE) && at + 1 < end && self.article(at) {
            return at + 1;
        }
        let may_be_doubled = doubts.has(Doubts::NEVER_TWICE) && self.doubts(at + 1) == doubts;
        if may_be_doubled { self.doubled(at, end) } else { at + 1 }
    }

    /// Whether a word and the next one may begin a phrase that is listed as misspelt.
    fn may_begin_phrase(&self, at: usize, end: usize) -> bool {
        at + 1 < end
            && self.doubts(at + 1).has(Doubts::GOES_ON)
            && self.spelling.misspelt.may_begin_phrase(self.folded(at), self.folded(at + 1))
    }

    /// Reads a word or a phrase that is listed as misspelt, if one begins here; gives the next unit to be read.
    fn listed(&mut self, at: usize, end: usize) -> Option<usize> {
        let word = self.folded(at);
        let table = &self.spelling.misspelt;
        let place = table.place_of(word);
        let phrases = table.phrases(word, place);
        let fitting = phrases.filter_map(|(rest, right)| Some((self.phrase_end(at, end, rest)?, right)));
        if let Some((after, right)) = fitting.max_by_key(|(after, _)| *after) {
            self.misspelt(at..after, right);
            return Some(after);
        }
        let (right, ending) = table.word(word, place)?;
        if self.is_name(at) || (word.len() == 1 && !self.stands_alone(at, end)) {
            return None;
        }
        let right = [right, ending].concat();
        // `recievd` has two slips: what the first leaves is looked up again.
        let better =
            table.word(&right, table.place_of(&right)).map(|(right, ending)| [right, ending].concat());
        self.misspelt(at..at + 1, &better.unwrap_or(right));
        Some(at + 1)
    }

    /// The unit behind a phrase whose words after the first are these.
    fn phrase_end(&self, at: usize, end: usize, rest: &str) -> Option<usize> {
        let mut last = at;
        for part in rest.split(' ') {
            if part == "$" {
                let is_end = last + 1 == end || self.unit(last + 1).begins_clause;
                return is_end.then_some(last + 1);
            }
            let fits = last + 1 < end && self.is_joined(last) && self.folded(last + 1) == part;
            if !fits {
                return None;
            }
            last += 1;
        }
        Some(last + 1)
    }

    /// Keeps words that are written in another way, unless they are right as they stand.
    fn misspelt(&mut self, units: Range<usize>, right: &str) {
        let (first, last) = (units.start, units.end - 1);
        let range = self.unit(first).range.start..self.unit(last).range.end;
        let written = &self.text()[range.clone()];
        let case = Case::of(written);
        let is_code = case == Case::Upper && written.len() < SHORTEST_SHOUT;
        let mut suggestion = case.put_on(right);
        if written.contains('’') {
            suggestion = suggestion.replace('\'', "’");
        }
        let is_own = self.is_free(first, last) && !self.is_quoted(first);
        if case != Case::Mixed && !is_code && is_own && suggestion != written {
            self.push(SlipKind::Misspelt, range, Some(suggestion));
        }
    }

    /// Whether a word is rather a name: it has a capital that no beginning of a sentence asks for.
    fn is_name(&self, at: usize) -> bool {
        let begins = self.view.sentences.binary_search_by_key(&at, |sentence| sentence.units.start).is_ok();
        self.case(at) == Case::Capital && !begins && self.spelling.names.has(self.folded(at))
    }

    /// Whether a word of one letter is a word, and no item of a list, no number and no unit: a small word follows it.
    fn stands_alone(&self, at: usize, end: usize) -> bool {
        let follows = at + 1 < end && self.is_word(at + 1) && self.case(at + 1) == Case::Lower;
        // `r e v i e w` has no pronoun in it.
        // Nor is `ℹ` one.
        let is_word = follows && self.folded(at + 1).len() > 1 && self.written(at).len() == 1;
        is_word && self.is_joined(at) && self.before(at).is_none_or(char::is_whitespace)
    }

    /// Reads a little word that nobody writes twice on purpose; gives the next unit to be read.
    fn doubled(&mut self, at: usize, end: usize) -> usize {
        let length = self.unit(at).lower.len();
        let is_as_long = |next: usize| next < end && self.unit(next).lower.len() == length;
        let is_again = |next: usize| {
            is_as_long(next) && self.folded(next) == self.folded(at) && self.is_joined(next - 1)
        };
        if !is_again(at + 1) {
            return at + 1;
        }
        let after = (at + 2..).find(|next| !is_again(*next)).unwrap_or(end);
        let is_small = (at + 1..after).all(|next| self.case(next) == Case::Lower)
            || (at..after).all(|next| self.case(next) == Case::Upper);
        if is_small && self.is_free(at, after - 1) && !self.is_quoted(at) {
            let range = self.unit(at).range.start..self.unit(after - 1).range.end;
            self.push(SlipKind::DoubledWord, range, Some(self.written(at).to_owned()));
        }
        after
    }

    /// Reads the first word of a sentence.
    pub(super) fn start(&mut self, at: usize) {
        let Some(last) = at.checked_sub(1) else { return };
        let is_small = self.gap_after(last) == ". "
            && self.is_word(at)
            && self.case(at) == Case::Lower
            && self.spelling.starters.has(self.folded(at));
        if is_small && self.ends_sentence(last) && !self.is_quoted(at) {
            let suggestion = Case::Capital.put_on(self.written(at));
            self.push(SlipKind::SmallStart, self.unit(at).range.clone(), Some(suggestion));
        }
    }

    /// Whether a full stop behind a word surely ends a sentence, and belongs to no abbreviation or name.
    pub(super) fn ends_sentence(&self, at: usize) -> bool {
        let word = self.folded(at);
        self.is_word(at)
            && self.case(at) == Case::Lower
            && word.chars().count() >= SHORTEST_LAST_WORD
            && !self.spelling.abbreviations.has(word)
            && !self.before(at).is_some_and(|c| matches!(c, '.' | '@' | '/'))
    }

    /// Whether words stand free, and are no part of a code, a path, a host or a handle, and not in quotation marks of
    /// their own.
    fn is_free(&self, first: usize, last: usize) -> bool {
        let after = &self.text()[self.unit(last).range.end..];
        let mut after = after.chars();
        let is_end =
            |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric() && !matches!(c, '_' | '/' | '@'));
        let is_free_after = match after.next() {
            Some('.' | ':' | '!' | '?' | ';' | ')' | ']' | '*' | '…') => is_end(after.next()),
            Some('-') => {
                !is_host(after.as_str())
                    && after.next().is_some_and(|c| c.is_alphabetic() || c.is_whitespace())
            }
            Some(c) => c.is_whitespace() || matches!(c, ',' | '–' | '—' | '\u{1A}' | '\u{1B}'),
            None => true,
        };
        let is_free_before = self.before(first).is_none_or(|c| {
            c.is_whitespace() || matches!(c, '(' | '[' | '*' | '-' | '–' | '—' | ',' | '!' | ';')
        });
        is_free_after && is_free_before && self.unit(first).kind == UnitKind::Word
    }
}

/// Whether a text goes on as a host does: a full stop between letters before the next blank.
fn is_host(text: &str) -> bool {
    const LONGEST: usize = 64;
    let chunk = text.char_indices().take(LONGEST).take_while(|(_, c)| !c.is_whitespace());
    let chunk = &text[..chunk.last().map_or(0, |(at, c)| at + c.len_utf8())];
    chunk.trim_end_matches(['.', ',', '!', '?', ')']).contains('.')
}
