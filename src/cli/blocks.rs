//! Cuts a JSON Lines file into blocks of whole lines, so that it never has to be in memory as a whole.

use std::io::{self, Read};

use memchr::{memchr, memchr_iter, memrchr};

use crate::lint::RecordBlock;

/// Bytes that a block has when there are so many; a line that is longer makes it grow.
pub(super) const BLOCK: usize = 1 << 20;

/// Bytes from which on a line is refused.
pub(super) const LONGEST_LINE: usize = 64 << 20;

/// The next part of a file.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// Whole lines.
    Lines(Lines),
    /// A line that is too long to be read; its number, from 1.
    TooLong(usize),
}

/// Whole lines of a file, and where they stand in it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Lines {
    bytes: Vec<u8>,
    offset: usize,
    first_line: usize,
    first_record: usize,
}

/// A file that is being cut.
#[derive(Debug)]
pub(super) struct Blocks<R> {
    input: R,
    block: usize,
    longest_line: usize,
    /// What was read and not handed out yet, which begins at the start of a line.
    rest: Vec<u8>,
    offset: usize,
    line: usize,
    record: usize,
    is_at_end: bool,
}

impl Lines {
    /// How many bytes they are.
    pub(super) fn len(&self) -> usize {
        self.bytes.len()
    }

    /// As the linter wants them.
    pub(super) fn block(&self) -> RecordBlock<'_> {
        let Self { bytes, offset, first_line, first_record } = self;
        RecordBlock { bytes, offset: *offset, first_line: *first_line, first_record: *first_record }
    }
}

impl<R: Read> Blocks<R> {
    /// Cuts a file into blocks of about [`BLOCK`] bytes.
    pub(super) fn new(input: R) -> Self {
        Self::with_sizes(input, BLOCK, LONGEST_LINE)
    }

    fn with_sizes(input: R, block: usize, longest_line: usize) -> Self {
        let rest = Vec::new();
        Self { input, block, longest_line, rest, offset: 0, line: 1, record: 1, is_at_end: false }
    }

    /// The next part; `None` at the end of the file.
    pub(super) fn next(&mut self) -> io::Result<Option<Part>> {
        let mut searched = 0;
        loop {
            self.fill()?;
            if let Some(end) = memrchr(b'\n', &self.rest[searched..]) {
                return Ok(Some(self.cut(searched + end + 1)));
            }
            if self.is_at_end {
                let end = self.rest.len();
                return Ok((end > 0).then(|| self.cut(end)));
            }
            searched = self.rest.len();
            if searched > self.longest_line {
                return self.skip_line().map(Some);
            }
        }
    }

    /// Reads the bytes of one more block.
    fn fill(&mut self) -> io::Result<()> {
        let wanted = if self.rest.len() < self.block { self.block - self.rest.len() } else { self.block };
        let read = self.input.by_ref().take(wanted as u64).read_to_end(&mut self.rest)?;
        self.is_at_end = read < wanted;
        Ok(())
    }

    /// Hands out the first bytes of the rest.
    fn cut(&mut self, end: usize) -> Part {
        let rest = self.rest.split_off(end);
        let bytes = std::mem::replace(&mut self.rest, rest);
        let records = bytes.split(|byte| *byte == b'\n').filter(|line| !line.trim_ascii().is_empty()).count();
        let lines = Lines { offset: self.offset, first_line: self.line, first_record: self.record, bytes };
        self.offset += lines.len();
        self.line += memchr_iter(b'\n', &lines.bytes).count();
        self.record += records;
        Part::Lines(lines)
    }

    /// Leaves out the line that the rest is the beginning of.
    fn skip_line(&mut self) -> io::Result<Part> {
        let line = self.line;
        loop {
            self.offset += self.rest.len();
            self.rest.clear();
            self.fill()?;
            if let Some(end) = memchr(b'\n', &self.rest) {
                self.rest.drain(..=end);
                self.offset += end + 1;
                break;
            }
            if self.is_at_end {
                self.rest.clear();
                break;
            }
        }
        self.line += 1;
        self.record += 1;
        Ok(Part::TooLong(line))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Each block as `offset line record: bytes`.
    fn cut(text: &str, block: usize, longest_line: usize) -> Vec<String> {
        let mut blocks = Blocks::with_sizes(text.as_bytes(), block, longest_line);
        let mut told = Vec::new();
        while let Some(part) = blocks.next().unwrap() {
            told.push(match part {
                Part::Lines(lines) => format!(
                    "{} {} {}: {}",
                    lines.offset,
                    lines.first_line,
                    lines.first_record,
                    String::from_utf8(lines.bytes).unwrap().escape_debug()
                ),
                Part::TooLong(line) => format!("{line} is too long"),
            });
        }
        told
    }

    #[test]
    fn blocks_are_whole_lines_and_know_where_they_are() {
        assert_eq!(cut("aaa\nbbb\nccc", 8, 100), ["0 1 1: aaa\\nbbb\\n", "8 3 3: ccc"]);
        assert_eq!(cut("aaa\r\n\r\nbbb\r\n", 7, 100), ["0 1 1: aaa\\r\\n\\r\\n", "7 3 2: bbb\\r\\n"]);
        assert_eq!(cut("", 8, 100), Vec::<String>::new());
        assert_eq!(cut("\n\n", 1, 100), ["0 1 1: \\n", "1 2 1: \\n"]);
    }

    #[test]
    fn a_long_line_makes_its_block_grow() {
        assert_eq!(cut("a\nbbbbbbbbb\nc\n", 4, 100), ["0 1 1: a\\n", "2 2 2: bbbbbbbbb\\nc\\n"]);
    }

    #[test]
    fn a_line_beyond_all_measure_is_left_out() {
        assert_eq!(cut("a\nbbbbbbbbbbbbbbbb\nc\n", 4, 8), ["0 1 1: a\\n", "2 is too long", "19 3 3: c\\n"]);
        assert_eq!(cut("bbbbbbbbbbbbbbbb", 4, 8), ["1 is too long"]);
    }

    proptest! {
        #[test]
        fn nothing_is_lost_whatever_the_sizes(text in "[ab\n ]{0,60}", block in 1usize..20) {
            let mut blocks = Blocks::with_sizes(text.as_bytes(), block, 1000);
            let (mut whole, mut line, mut record) = (Vec::new(), 1, 1);
            while let Some(Part::Lines(lines)) = blocks.next().unwrap() {
                prop_assert_eq!((lines.offset, lines.first_line, lines.first_record), (whole.len(), line, record));
                line += lines.bytes.iter().filter(|byte| **byte == b'\n').count();
                record += String::from_utf8(lines.bytes.clone()).unwrap().lines().filter(|line| !line.trim().is_empty()).count();
                whole.extend(lines.bytes);
            }
            prop_assert_eq!(whole, text.as_bytes());
        }
    }
}
