//! Words of a sentence that are not written as they are spelt: where they stand, and what they are read as.

use std::ops::Range;

use crate::detect::phrase::Machine;
use crate::detect::phrase::machine::Known;
use crate::detect::phrase::wording::Wording;
use crate::verdict::Confidence;
use crate::view::{Unit, UnitKind, View};

/// Marks between the pieces of one word.
const JOINTS: &[u8] = b"*.-_|/\\~'+!";
/// Units that one word may be cut into; more are no word.
const MOST_PIECES: usize = 60;
/// Pieces that stand apart before they may be letters of one word.
const LEAST_LETTERS: usize = 4;

/// The units of a sentence that were read as other words than stand there.
#[derive(Debug, Clone, Default)]
pub(super) struct Misspelt(pub(super) Vec<Range<usize>>);

impl Misspelt {
    /// How sure a phrase is that takes up these units: if it is nothing but a disguised word, hardly.
    pub(super) fn confidence(&self, phrase: Range<usize>) -> Confidence {
        let mut inside = self.0.iter().filter(|units| units.start < phrase.end && phrase.start < units.end);
        match inside.next() {
            None => Confidence::High,
            Some(units) if units.start <= phrase.start && phrase.end <= units.end => Confidence::Low,
            Some(_) => Confidence::Medium,
        }
    }

    /// Looks at a unit that is no known word, and was pushed last, for one that it could be meant for: `near` is the one
    /// that it is but for a letter. Gives what is known of that.
    pub(super) fn look_at(
        &mut self,
        view: &View<'_>,
        units: &[Unit],
        at: usize,
        near: Option<Known>,
        machine: &Machine,
        wording: &mut Wording,
    ) -> Option<Known> {
        let unit = &units[at];
        let meant = match unit.kind {
            UnitKind::Code | UnitKind::Address => {
                machine.key_words().behind_digits(view.word(unit)).map(|meant| machine.known(meant))
            }
            UnitKind::Word => near.filter(|_| at == 0 || !is_name(view, unit)),
            _ => None,
        }?;
        self.0.push(at..at + 1);
        wording.push_word(meant);
        Some(meant)
    }

    /// Looks for words whose letters stand apart, or which have marks in them.
    pub(super) fn look_across(
        &mut self,
        view: &View<'_>,
        units: &[Unit],
        machine: &Machine,
        wording: &mut Wording,
    ) {
        let mut at = 0;
        while at + 1 < units.len() {
            // Between words there is a blank, and then only letters that stand apart are pieces of one.
            if units[at].lower.len() > 1 && is_blank_between(view, &units[at], &units[at + 1]) {
                at += 1;
                continue;
            }
            let marked = run_end(units, at, |pair| is_marked(view, pair));
            let is_marked = marked > at + 1;
            let end = if is_marked { marked } else { run_end(units, at, |pair| are_letters(view, pair)) };
            let is_word = end > at + 1 && self.put_together(view, units, at..end, machine, wording);
            // The last of some letters that stand apart may begin a word with marks in it: `a r*view`.
            at = if is_word || is_marked { end } else { (end - 1).max(at + 1) };
        }
    }

    /// Reads some pieces as one word, if they are one.
    fn put_together(
        &mut self,
        view: &View<'_>,
        units: &[Unit],
        run: Range<usize>,
        machine: &Machine,
        wording: &mut Wording,
    ) -> bool {
        let (mut letters, mut starred) = (String::new(), String::new());
        let mut previous: Option<&Unit> = None;
        for unit in &units[run.clone()] {
            let gap = previous.map_or("", |previous| between(view, previous, unit));
            starred.extend(gap.bytes().filter(|byte| matches!(byte, b'*' | b'!')).map(char::from));
            let word = view.word(unit);
            starred.push_str(word);
            letters.push_str(word);
            previous = Some(unit);
        }
        let key_words = machine.key_words();
        let is_apart = letters.len() == run.len();
        let (units, meant) = match key_words.behind_stars(&starred) {
            Some(meant) => (run, meant),
            None if is_apart && run.len() < LEAST_LETTERS => return false,
            None => match key_words.of_letters(&letters) {
                Some((before, meant)) if is_apart => {
                    (run.start + before..run.start + before + meant.len(), meant)
                }
                Some((0, meant)) if meant.len() == letters.len() => (run, meant),
                _ => return false,
            },
        };
        wording.push_over(machine.known(meant), units.clone());
        self.0.push(units);
        true
    }
}

/// Whether a word is written like a name: with a capital, and the rest in small letters.
fn is_name(view: &View<'_>, unit: &Unit) -> bool {
    let mut written = view.visible[unit.range.clone()].chars();
    written.next().is_some_and(char::is_uppercase) && written.next().is_some_and(char::is_lowercase)
}

/// Where the units end, from one on, of which each two that follow each other are pieces of one word.
fn run_end(units: &[Unit], start: usize, is_joined: impl Fn(&[Unit]) -> bool) -> usize {
    let is_piece = |unit: &Unit| matches!(unit.kind, UnitKind::Word | UnitKind::Code);
    let pairs = units[start..].windows(2).take(MOST_PIECES);
    start + 1 + pairs.take_while(|pair| pair.iter().all(is_piece) && is_joined(pair)).count()
}

/// Whether nothing but marks stands between two units.
fn is_marked(view: &View<'_>, pair: &[Unit]) -> bool {
    let gap = between(view, &pair[0], &pair[1]);
    (1..=3).contains(&gap.len()) && gap.bytes().all(|byte| JOINTS.contains(&byte))
}

/// Whether two units are single letters with blanks between them.
fn are_letters(view: &View<'_>, pair: &[Unit]) -> bool {
    let gap = between(view, &pair[0], &pair[1]);
    let is_blank = gap.bytes().all(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r'));
    (1..=3).contains(&gap.len()) && is_blank && pair.iter().all(|unit| unit.lower.len() == 1)
}

/// Whether one blank stands between two units that follow each other.
fn is_blank_between(view: &View<'_>, unit: &Unit, next: &Unit) -> bool {
    unit.lower.end + 1 == next.lower.start && view.lower.text().as_bytes().get(unit.lower.end) == Some(&b' ')
}

/// What stands between two units that follow each other, folded.
fn between<'v>(view: &'v View<'_>, unit: &Unit, next: &Unit) -> &'v str {
    view.lower.text().get(unit.lower.end..next.lower.start).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phrase_is_as_sure_as_its_words() {
        let misspelt = Misspelt(vec![2..3, 6..10]);
        for (phrase, confidence) in [
            (0..2, Confidence::High),
            (3..6, Confidence::High),
            (2..3, Confidence::Low),
            (7..9, Confidence::Low),
            (1..3, Confidence::Medium),
            (5..10, Confidence::Medium),
        ] {
            assert_eq!(misspelt.confidence(phrase.clone()), confidence, "{phrase:?}");
        }
    }
}
