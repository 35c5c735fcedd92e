//! CURE: what could be written instead, as edits of the original bytes.

use std::collections::BTreeMap;

use crate::text::Span;

/// How safe it is to carry out a fix without reading the result. Ordered from least to most safe.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Applicability {
    /// Shown to a person only; it may not be what the seller means.
    DisplayOnly,
    /// Changes what the message says, so it wants to be read.
    Unsafe,
    /// Changes nothing that the message says.
    Safe,
}

/// One replacement: these bytes of the file become this text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// What is replaced; empty to insert.
    pub span: Span,
    /// What stands there afterwards, letter for letter; empty to delete.
    pub replacement: String,
}

impl Edit {
    /// Whether this and a later one take something out and leave nothing but blanks between.
    pub(crate) fn leaves_blanks_before(&self, later: &Self, bytes: &[u8]) -> bool {
        let between = bytes.get(self.span.end()..later.span.start());
        let takes_out = |edit: &Self| edit.replacement.is_empty();
        takes_out(self) && takes_out(later) && between.is_some_and(|between| between.trim_ascii().is_empty())
    }
}

/// A cure for one finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// How safe it is.
    pub applicability: Applicability,
    /// Sorted edits that do not overlap.
    pub edits: Vec<Edit>,
}

impl Fix {
    /// Whether it is just so safe and writes nothing.
    pub fn takes_out(&self, applicability: Applicability) -> bool {
        self.applicability == applicability && self.edits.iter().all(|edit| edit.replacement.is_empty())
    }
}

/// Bytes after fixes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Applied {
    /// The bytes.
    pub bytes: Vec<u8>,
    /// Which of the fixes were carried out, by their number.
    pub done: Vec<usize>,
}

/// Carries out every fix that is at least so safe. Where two fixes touch each other, the last one given counts, and the
/// other waits until the result is judged again; so does one that would leave nothing but blanks between what two take out,
/// since what was around both may then be empty. (A line of Markdown without words parts what follows from what it was in,
/// so the later words go first.)
pub fn apply<'f>(bytes: &[u8], fixes: impl IntoIterator<Item = &'f Fix>, least: Applicability) -> Applied {
    let mut edits: BTreeMap<usize, &Edit> = BTreeMap::new();
    let mut done = Vec::new();
    let fixes: Vec<&Fix> = fixes.into_iter().collect();
    for (number, fix) in fixes.iter().enumerate().rev() {
        if fix.applicability >= least && !fix.edits.iter().any(|edit| touches(bytes, &edits, edit)) {
            edits.extend(fix.edits.iter().map(|edit| (edit.span.start(), edit)));
            done.push(number);
        }
    }
    done.reverse();
    let mut out = Vec::with_capacity(bytes.len());
    let mut copied = 0;
    for Edit { span, replacement } in edits.into_values() {
        out.extend_from_slice(&bytes[copied..span.start()]);
        out.extend_from_slice(replacement.as_bytes());
        copied = span.end();
    }
    out.extend_from_slice(&bytes[copied..]);
    Applied { bytes: out, done }
}

/// Which of so many things are good together: all of them if they are, else what is left without those that are not. Asks
/// at most `most` times, of more and more of them: what could not be asked about is left out.
pub(crate) fn good_together(
    things: usize,
    most: usize,
    mut are_good: impl FnMut(&[usize]) -> bool,
) -> Vec<usize> {
    let mut kept: Vec<usize> = Vec::new();
    let mut open = Vec::from([(0, things)]);
    for _ in 0..most {
        let Some((start, end)) = open.pop() else { break };
        let before = kept.len();
        kept.extend(start..end);
        if start == end || are_good(&kept) {
            continue;
        }
        kept.truncate(before);
        if end - start > 1 {
            let middle = start.midpoint(end);
            open.extend([(middle, end), (start, middle)]);
        }
    }
    kept
}

/// Whether one of the edits, which do not overlap, shares a byte with a new one, or the place before it, or takes out what
/// stands next to it where that takes something out too.
fn touches(bytes: &[u8], edits: &BTreeMap<usize, &Edit>, new: &Edit) -> bool {
    let span = new.span;
    let before = edits.range(..=span.start()).next_back();
    let after = edits.range(span.start()..).next();
    before.is_some_and(|(start, edit)| {
        edit.span.end() > span.start() || *start == span.start() || edit.leaves_blanks_before(new, bytes)
    }) || after.is_some_and(|(start, edit)| *start < span.end() || new.leaves_blanks_before(edit, bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fix(applicability: Applicability, edits: &[(usize, usize, &str)]) -> Fix {
        let edit = |(start, end, new): &(usize, usize, &str)| Edit {
            span: Span::new(*start, *end),
            replacement: (*new).to_owned(),
        };
        Fix { applicability, edits: edits.iter().map(edit).collect() }
    }

    #[test]
    fn what_is_bad_is_left_out_and_the_rest_kept() {
        let without = |bad: &'static [usize]| move |some: &[usize]| !some.iter().any(|one| bad.contains(one));
        assert_eq!(good_together(5, 100, without(&[])), [0, 1, 2, 3, 4]);
        assert_eq!(good_together(5, 100, without(&[3])), [0, 1, 2, 4]);
        assert!(good_together(3, 100, without(&[0, 1, 2])).is_empty());
        // 1 and 4 do not go together.
        assert_eq!(good_together(5, 100, |some| !(some.contains(&1) && some.contains(&4))), [0, 1, 2, 3]);
        assert!(good_together(0, 100, |_| false).is_empty());
        assert!(good_together(1000, 20, without(&[0])).len() > 900);
    }

    #[test]
    fn fixes_are_carried_out_in_place() {
        use Applicability::{DisplayOnly, Safe, Unsafe};
        for (fixes, least, after, carried_out) in [
            (vec![fix(Safe, &[(4, 7, "two")]), fix(Unsafe, &[(0, 3, "ONE")])], Safe, "one two ghi", &[0][..]),
            (
                vec![fix(Safe, &[(4, 7, "two")]), fix(Unsafe, &[(0, 3, "ONE")])],
                Unsafe,
                "ONE two ghi",
                &[0, 1],
            ),
            (vec![fix(DisplayOnly, &[(0, 3, "")])], DisplayOnly, " def ghi", &[0]),
            (vec![fix(Safe, &[(0, 4, ""), (7, 11, "")]), fix(Safe, &[(4, 7, "x")])], Safe, "x", &[0, 1]),
            (vec![fix(Safe, &[(0, 5, "a")]), fix(Safe, &[(4, 7, "b")])], Safe, "one b ghi", &[1]),
            (vec![fix(Safe, &[(3, 3, ",")]), fix(Safe, &[(3, 4, "")])], Safe, "onedef ghi", &[1]),
            (vec![fix(Safe, &[(11, 11, "!")])], Safe, "one def ghi!", &[0]),
            (vec![fix(Safe, &[(4, 7, "")]), fix(Safe, &[(0, 3, "")])], Safe, " def ghi", &[1]),
            (vec![fix(Safe, &[(0, 3, "")]), fix(Safe, &[(4, 7, "")])], Safe, "one  ghi", &[1]),
            (vec![fix(Safe, &[(0, 3, "")]), fix(Safe, &[(5, 7, "")])], Safe, " d ghi", &[0, 1]),
            (vec![fix(Safe, &[(0, 3, "")]), fix(Safe, &[(4, 7, "x")])], Safe, " x ghi", &[0, 1]),
        ] {
            let Applied { bytes, done } = apply(b"one def ghi", &fixes, least);
            assert_eq!((String::from_utf8(bytes).unwrap().as_str(), &*done), (after, carried_out));
        }
    }
}
