//! A text cut where marks begin and end, so that marks which cross each other lose nothing.
//!
//! HTML elements nest and findings need not. So every finding gets one element where it begins, which reaches to the
//! next place where a mark begins or ends; what follows of it is a stretch that goes on. Linear in marks and text.

use std::cmp::Reverse;
use std::ops::Range;

use crate::finding::Severity;

/// Words to be marked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mark {
    /// The number of the finding.
    pub(super) number: usize,
    /// Unicode scalar values of the text.
    pub(super) chars: Range<usize>,
    /// How bad it is.
    pub(super) severity: Severity,
}

/// A part of a text that the same findings mark.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Stretch<'t> {
    /// The part.
    pub(super) text: &'t str,
    /// Numbers of the findings that begin with it.
    pub(super) begins: Vec<usize>,
    /// Numbers of the findings that end with it.
    pub(super) ends: Vec<usize>,
    /// The worst severity of the findings that mark it.
    pub(super) worst: Option<Severity>,
    /// Whether several findings mark it.
    pub(super) is_shared: bool,
}

/// Cuts a text. Marks lie in the text; those that are empty stand between characters.
pub(super) fn stretches<'t>(text: &'t str, marks: &[Mark]) -> Vec<Stretch<'t>> {
    let mut cuts: Vec<usize> = marks.iter().flat_map(|mark| [mark.chars.start, mark.chars.end]).collect();
    cuts.sort_unstable();
    cuts.dedup();
    let mut starting: Vec<&Mark> = marks.iter().collect();
    starting.sort_by_key(|mark| (mark.chars.start, Reverse(mark.chars.end)));
    let mut ending: Vec<&Mark> = marks.iter().filter(|mark| !mark.chars.is_empty()).collect();
    ending.sort_by_key(|mark| (mark.chars.end, Reverse(mark.chars.start)));
    let (mut starting, mut ending) = (starting.into_iter().peekable(), ending.into_iter().peekable());
    let mut rest = text;
    let mut parts = Vec::with_capacity(2 * cuts.len() + 1);
    parts.extend(Stretch::unmarked(take(&mut rest, cuts.first().copied())));
    let mut open = Open::default();
    for (number, &cut) in cuts.iter().enumerate() {
        let here = std::iter::from_fn(|| starting.next_if(|mark| mark.chars.start == cut));
        let (points, begins): (Vec<&Mark>, Vec<&Mark>) = here.partition(|mark| mark.chars.is_empty());
        parts.extend(Stretch::points(&points));
        begins.iter().for_each(|mark| open.add(mark.severity));
        let next = cuts.get(number + 1).copied();
        let text = take(&mut rest, next.map(|next| next - cut));
        let (worst, is_shared) = (open.worst(), open.total() > 1);
        let ends: Vec<&Mark> =
            std::iter::from_fn(|| ending.next_if(|mark| Some(mark.chars.end) == next)).collect();
        ends.iter().for_each(|mark| open.remove(mark.severity));
        if !text.is_empty() {
            parts.push(Stretch { text, begins: numbers(&begins), ends: numbers(&ends), worst, is_shared });
        }
    }
    parts
}

fn numbers(marks: &[&Mark]) -> Vec<usize> {
    marks.iter().map(|mark| mark.number).collect()
}

impl<'t> Stretch<'t> {
    fn unmarked(text: &'t str) -> Option<Self> {
        let nothing = Self { text, begins: Vec::new(), ends: Vec::new(), worst: None, is_shared: false };
        (!text.is_empty()).then_some(nothing)
    }

    /// Marks of a place between two characters.
    fn points(marks: &[&Mark]) -> Option<Self> {
        let worst = Some(marks.iter().map(|mark| mark.severity).max()?);
        Some(Self {
            text: "",
            begins: numbers(marks),
            ends: numbers(marks),
            worst,
            is_shared: marks.len() > 1,
        })
    }
}

/// The marks that a place is in, counted.
#[derive(Default)]
struct Open {
    errors: usize,
    warnings: usize,
    notes: usize,
}

impl Open {
    fn of(&mut self, severity: Severity) -> &mut usize {
        match severity {
            Severity::Error => &mut self.errors,
            Severity::Warning => &mut self.warnings,
            Severity::Note => &mut self.notes,
        }
    }

    fn add(&mut self, severity: Severity) {
        *self.of(severity) += 1;
    }

    fn remove(&mut self, severity: Severity) {
        *self.of(severity) -= 1;
    }

    fn total(&self) -> usize {
        self.errors + self.warnings + self.notes
    }

    fn worst(&self) -> Option<Severity> {
        match self {
            Self { errors: 1.., .. } => Some(Severity::Error),
            Self { warnings: 1.., .. } => Some(Severity::Warning),
            Self { notes: 1.., .. } => Some(Severity::Note),
            _ => None,
        }
    }
}

/// Takes so many characters off the beginning, or all.
fn take<'t>(rest: &mut &'t str, chars: Option<usize>) -> &'t str {
    let at = chars.and_then(|chars| rest.char_indices().nth(chars)).map_or(rest.len(), |(at, _)| at);
    let (taken, left) = rest.split_at(at);
    *rest = left;
    taken
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn mark(number: usize, chars: Range<usize>) -> Mark {
        Mark { number, chars, severity: Severity::ALL[number % 3] }
    }

    /// Stretches as `(begins|text|ends)`.
    fn drawn(text: &str, marks: &[Mark]) -> String {
        let drawn = |part: &Stretch<'_>| match part.worst {
            None => part.text.to_owned(),
            Some(_) => {
                let shared = if part.is_shared { "*" } else { "" };
                format!("({:?}|{}|{:?}{shared})", part.begins, part.text, part.ends)
            }
        };
        stretches(text, marks).iter().map(drawn).collect()
    }

    #[test]
    fn marks_may_cross_each_other() {
        for (marks, picture) in [
            (vec![], "naïve fool"),
            (vec![mark(1, 0..10)], "([1]|naïve fool|[1])"),
            (vec![mark(1, 2..3)], "na([1]|ï|[1])ve fool"),
            (vec![mark(1, 0..5), mark(2, 3..8)], "([1]|naï|[])([2]|ve|[1]*)([]| fo|[2])ol"),
            (vec![mark(1, 0..8), mark(2, 3..5)], "([1]|naï|[])([2]|ve|[2]*)([]| fo|[1])ol"),
            (vec![mark(1, 0..5), mark(2, 0..5)], "([1, 2]|naïve|[1, 2]*) fool"),
            (vec![mark(2, 0..3), mark(1, 0..5)], "([1, 2]|naï|[2]*)([]|ve|[1]) fool"),
            (vec![mark(1, 5..5)], "naïve([1]||[1]) fool"),
            (vec![mark(1, 10..10), mark(2, 6..10)], "naïve ([2]|fool|[2])([1]||[1])"),
            (vec![mark(1, 0..2), mark(2, 2..4)], "([1]|na|[1])([2]|ïv|[2])e fool"),
        ] {
            assert_eq!(drawn("naïve fool", &marks), picture);
        }
    }

    proptest! {
        #[test]
        fn no_finding_and_no_character_is_lost(
            text in "[aé漢\n]{0,30}",
            ends in prop::collection::vec((0..31_usize, 0..31_usize), 0..12),
        ) {
            let length = text.chars().count();
            let marks: Vec<Mark> = ends.iter().enumerate().map(|(number, (a, b))| {
                let (a, b) = ((*a).min(length), (*b).min(length));
                mark(number, a.min(b)..a.max(b))
            }).collect();
            let parts = stretches(&text, &marks);
            prop_assert_eq!(parts.iter().map(|part| part.text).collect::<String>(), text.as_str());
            let mut at = 0;
            let mut begun = vec![None; marks.len()];
            let mut ended = vec![None; marks.len()];
            for part in &parts {
                part.begins.iter().for_each(|number| assert!(begun[*number].replace(at).is_none()));
                at += part.text.chars().count();
                part.ends.iter().for_each(|number| assert!(ended[*number].replace(at).is_none()));
            }
            for mark in &marks {
                prop_assert_eq!(begun[mark.number], Some(mark.chars.start));
                prop_assert_eq!(ended[mark.number], Some(mark.chars.end));
            }
        }
    }
}
