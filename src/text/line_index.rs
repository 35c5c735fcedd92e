use memchr::memchr2_iter;

/// Where the lines of a text begin. Lines end at `\n`, `\r\n` or a lone `\r`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineIndex {
    starts: Vec<usize>,
}

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
        Self { starts }
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
        let before = &text[start..at];
        Position {
            line,
            column: before.chars().count() + 1,
            column_utf16: before.encode_utf16().count() + 1,
            column_byte: before.len() + 1,
        }
    }
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
}
