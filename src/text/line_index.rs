use std::sync::OnceLock;

use memchr::memchr2_iter;

/// Where the lines of a text begin. Lines end at `\n`, `\r\n` or a lone `\r`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineIndex {
    starts: Vec<usize>,
    /// Counted when somebody first asks for a place far inside a line.
    milestones: OnceLock<Vec<Count>>,
}

/// Characters of a text before some byte of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Count {
    /// The byte, on a character boundary.
    at: usize,
    chars: usize,
    utf16: usize,
}

/// Bytes between two milestones. Without them, a line of many megabytes would be counted from its start for each of
/// the places in it.
const MILE: usize = 1 << 12;

/// A place as people count it: line and columns from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Position {
    /// Line, from 1.
    pub line: usize,
    /// Column in Unicode scalar values, from 1.
    pub column: usize,
    /// Column in UTF-16 code units, from 1, as editors count it.
    pub column_utf16: usize,
    /// Column in bytes of the decoded text, from 1.
    pub column_byte: usize,
}

impl LineIndex {
    /// Indexes a text.
    pub fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut starts = vec![0];
        for at in memchr2_iter(b'\n', b'\r', bytes) {
            let is_first_of_crlf = bytes[at] == b'\r' && bytes.get(at + 1) == Some(&b'\n');
            if !is_first_of_crlf {
                starts.push(at + 1);
            }
        }
        Self { starts, milestones: OnceLock::new() }
    }

    /// Number of lines; a text without a line end has one.
    pub fn lines(&self) -> usize {
        self.starts.len()
    }

    /// Byte offset at which a line (from 1) begins, or `None` past the last one.
    pub fn start_of(&self, line: usize) -> Option<usize> {
        self.starts.get(line.checked_sub(1)?).copied()
    }

    /// The line (from 1) that holds byte `at`.
    pub fn line_of(&self, at: usize) -> usize {
        self.starts.partition_point(|start| *start <= at)
    }

    /// Line and columns of byte `at` of the text that was indexed; an offset inside a character counts as its start.
    pub fn position(&self, text: &str, at: usize) -> Position {
        let at = floor_char_boundary(text, at);
        let line = self.line_of(at);
        let start = self.starts[line - 1];
        let (from, to) = if at - start <= MILE {
            (Count { at: start, ..Count::default() }, Count { at: start, ..Count::default() }.upto(text, at))
        } else {
            (self.count(text, start), self.count(text, at))
        };
        Position {
            line,
            column: to.chars - from.chars + 1,
            column_utf16: to.utf16 - from.utf16 + 1,
            column_byte: at - start + 1,
        }
    }

    /// Characters before byte `at`, a character boundary, counted from the last milestone.
    fn count(&self, text: &str, at: usize) -> Count {
        let milestones = self.milestones.get_or_init(|| milestones(text));
        let passed = milestones.partition_point(|milestone| milestone.at <= at);
        passed.checked_sub(1).map_or(Count::default(), |last| milestones[last]).upto(text, at)
    }
}

impl Count {
    /// The count at byte `at`, which is not before this one.
    fn upto(self, text: &str, at: usize) -> Self {
        let (chars, utf16) = columns(&text[self.at..at]);
        Self { at, chars: self.chars + chars, utf16: self.utf16 + utf16 }
    }
}

/// How many columns a text takes up: in Unicode scalar values, and in UTF-16 code units.
pub(crate) fn columns(text: &str) -> (usize, usize) {
    let chars = text.chars().count();
    // What begins with such a byte is two units of UTF-16.
    (chars, chars + text.bytes().filter(|byte| *byte >= 0xF0).count())
}

fn milestones(text: &str) -> Vec<Count> {
    let next = |last: &Count| {
        let at = floor_char_boundary(text, last.at.checked_add(MILE)?);
        (at > last.at && at < text.len()).then(|| last.upto(text, at))
    };
    std::iter::successors(Some(Count::default()), next).collect()
}

fn floor_char_boundary(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_bytes_chars_and_utf16() {
        let text = "a\r\né😀b\rc";
        let index = LineIndex::new(text);
        assert_eq!(index.lines(), 3);
        let at = text.find('b').unwrap();
        let position = index.position(text, at);
        assert_eq!(
            (position.line, position.column, position.column_utf16, position.column_byte),
            (2, 3, 4, 7)
        );
        assert_eq!(index.position(text, text.len()).line, 3);
    }

    #[test]
    fn far_inside_a_line_columns_are_counted_alike() {
        let text = format!("ab\n{}", "aé😀".repeat(3000));
        let index = LineIndex::new(&text);
        for (at, _) in text.char_indices().step_by(7) {
            let line = text[..at].rfind('\n').map_or(0, |end| end + 1);
            let (before, position) = (&text[line..at], index.position(&text, at));
            let counted = (before.chars().count() + 1, before.encode_utf16().count() + 1, before.len() + 1);
            assert_eq!((position.column, position.column_utf16, position.column_byte), counted, "{at}");
        }
    }
}
