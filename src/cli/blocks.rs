//! Cuts a file of records into blocks of whole ones, so that it never has to be in memory as a whole.

use std::io::{self, Read};

use crate::document::records::cut::{Cutter, Form, LARGEST_RECORD, LineCount, Units, head};
use crate::document::records::table::TableError;
use crate::document::records::{self, Opened};
use crate::document::{ReadAs, RecordFormat};
use crate::lint::{LargeRecord, RecordBlock};

/// Bytes that a block has when there are so many; a record that is longer makes it grow.
pub(super) const BLOCK: usize = 1 << 16;

/// Bytes that are read first; a table whose first row is longer wants more.
const BEGINNING: usize = 1 << 16;

/// The next part of a file.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// Whole records.
    Records(Block),
    /// The beginning of a record that is too large to be read.
    TooLarge(Large),
}

/// Whole records of a file, and where they stand in it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Block {
    bytes: Vec<u8>,
    offset: usize,
    first_line: usize,
    first_record: usize,
}

/// A record that was left out.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Large {
    head: Vec<u8>,
    size: usize,
    offset: usize,
    line: usize,
    number: usize,
}

/// A file that is being cut.
#[derive(Debug)]
pub(super) struct Blocks<R> {
    input: R,
    form: Form,
    units: Units,
    cutter: Cutter,
    sizes: Sizes,
    /// What was read and not handed out yet, which begins at the start of a record.
    rest: Vec<u8>,
    /// Bytes of the rest that the cutter has looked at.
    searched: usize,
    offset: usize,
    counted: LineCount,
    first_line: usize,
    record: usize,
    is_at_end: bool,
}

/// Where a block ends, and from where on a record is refused.
#[derive(Debug, Clone, Copy)]
struct Sizes {
    block: usize,
    largest_record: usize,
}

impl Part {
    /// How many bytes of it are in memory.
    pub(super) fn len(&self) -> usize {
        match self {
            Self::Records(block) => block.bytes.len(),
            Self::TooLarge(large) => large.head.len(),
        }
    }
}

impl Block {
    /// As the linter wants it.
    pub(super) fn records(&self) -> RecordBlock<'_> {
        let Self { bytes, offset, first_line, first_record } = self;
        RecordBlock { bytes, offset: *offset, first_line: *first_line, first_record: *first_record }
    }
}

impl Large {
    /// As the linter wants it.
    pub(super) fn record(&self) -> LargeRecord<'_> {
        let Self { head, size, offset, line, number } = self;
        LargeRecord { head, size: *size, offset: *offset, line: *line, number: *number }
    }
}

/// A file whose beginning was read: how its records are read, and the file from its beginning.
pub(super) type OpenFile<R> = (Opened, Blocks<R>);

/// Reads the beginning of a file; `None` if there is no record in it.
pub(super) fn open<R: Read>(
    mut input: R,
    format: RecordFormat,
    reading: &ReadAs,
) -> io::Result<Result<Option<OpenFile<R>>, TableError>> {
    let mut start = Vec::new();
    loop {
        let wanted = BEGINNING.max(start.len());
        let read = input.by_ref().take(wanted as u64).read_to_end(&mut start)?;
        let is_whole = read < wanted;
        match records::open(format, &start, is_whole, reading) {
            Ok(Some(opened)) => {
                let rest = start.split_off(opened.start);
                let sizes = Sizes { block: BLOCK, largest_record: LARGEST_RECORD };
                let blocks = Blocks::new(input, rest, &opened, sizes);
                return Ok(Ok(Some((opened, blocks))));
            }
            Ok(None) if is_whole => return Ok(Ok(None)),
            Ok(None) => {}
            Err(error) => return Ok(Err(error)),
        }
    }
}

impl<R: Read> Blocks<R> {
    fn new(input: R, rest: Vec<u8>, opened: &Opened, sizes: Sizes) -> Self {
        let (form, units) = (opened.records.form(), opened.records.units());
        Self {
            input,
            form,
            units,
            cutter: Cutter::new(form, units),
            sizes,
            rest,
            searched: 0,
            offset: opened.start,
            counted: LineCount::default(),
            first_line: opened.lines + 1,
            record: 1,
            is_at_end: false,
        }
    }

    /// The next part; `None` at the end of the file.
    pub(super) fn next(&mut self) -> io::Result<Option<Part>> {
        loop {
            self.fill()?;
            let (end, records) = self.search();
            if end > 0 {
                return Ok(Some(self.hand_out(end, records)));
            }
            if self.is_at_end {
                let end = self.rest.len();
                return Ok((end > 0).then(|| self.hand_out(end, 0)));
            }
            if self.rest.len() > self.sizes.largest_record {
                return self.skip_record().map(Some);
            }
        }
    }

    /// Reads the bytes of one more block.
    fn fill(&mut self) -> io::Result<()> {
        let block = self.sizes.block;
        let wanted = if self.rest.len() < block { block - self.rest.len() } else { block };
        let read = self.input.by_ref().take(wanted as u64).read_to_end(&mut self.rest)?;
        self.is_at_end = read < wanted;
        Ok(())
    }

    /// Looks through what was not looked at: where the last record ends that does, and how many do.
    fn search(&mut self) -> (usize, usize) {
        let (mut start, mut records) = (0, 0);
        loop {
            let step = self.cutter.advance(&self.rest[self.searched..]);
            self.searched += step.used;
            let mut is_record = step.is_end;
            match step.is_broken {
                Some(line) if self.searched - start <= self.sizes.largest_record => {
                    self.searched = start + line;
                    self.cutter = Cutter::new(self.form, self.units);
                    is_record = true;
                }
                Some(_) => continue,
                None if !is_record => return (start, records),
                None => is_record = !self.form.is_blank(&self.rest[start..self.searched], self.units),
            }
            records += usize::from(is_record);
            start = self.searched;
        }
    }

    /// Hands out the first bytes of the rest.
    fn hand_out(&mut self, end: usize, records: usize) -> Part {
        let rest = self.rest.split_off(end);
        let bytes = std::mem::replace(&mut self.rest, rest);
        let block = Block {
            offset: self.offset,
            first_line: self.first_line + self.counted.lines(),
            first_record: self.record,
            bytes,
        };
        self.searched = self.searched.saturating_sub(end);
        self.offset += end;
        self.counted.add(&block.bytes, self.units);
        self.record += records;
        Part::Records(block)
    }

    /// Leaves out the record that the rest is the beginning of.
    fn skip_record(&mut self) -> io::Result<Part> {
        let mut large = Large {
            head: head(&self.rest, self.units).to_vec(),
            size: 0,
            offset: self.offset,
            line: self.first_line + self.counted.lines(),
            number: self.record,
        };
        let mut is_end = false;
        loop {
            let passed = if is_end || !self.is_at_end { self.searched } else { self.rest.len() };
            self.counted.add(&self.rest[..passed], self.units);
            large.size += passed;
            self.rest.drain(..passed);
            self.searched = 0;
            if is_end || self.is_at_end {
                break;
            }
            self.fill()?;
            loop {
                let step = self.cutter.advance(&self.rest[self.searched..]);
                self.searched += step.used;
                is_end = step.is_end;
                if step.is_broken.is_none() {
                    break;
                }
            }
        }
        self.offset += large.size;
        self.record += 1;
        Ok(Part::TooLarge(large))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::document::Format;
    use crate::document::records::cut;

    const LINES: RecordFormat = RecordFormat::Jsonl;

    fn blocks(bytes: &[u8], format: RecordFormat, sizes: Sizes) -> Option<Blocks<&[u8]>> {
        let reading = ReadAs { format: Format::Records(format), delimiter: Some(b','), ..ReadAs::default() };
        let opened = records::open(format, bytes, true, &reading).unwrap()?;
        Some(Blocks::new(&bytes[opened.start..], Vec::new(), &opened, sizes))
    }

    /// Each block as `offset line record: bytes`.
    fn cut(text: &str, format: RecordFormat, block: usize, largest_record: usize) -> Vec<String> {
        let mut blocks = blocks(text.as_bytes(), format, Sizes { block, largest_record }).unwrap();
        let mut told = Vec::new();
        while let Some(part) = blocks.next().unwrap() {
            told.push(match part {
                Part::Records(block) => format!(
                    "{} {} {}: {}",
                    block.offset,
                    block.first_line,
                    block.first_record,
                    String::from_utf8(block.bytes).unwrap().escape_debug()
                ),
                Part::TooLarge(large) => format!(
                    "{} {} {}: {} and so on, {} bytes",
                    large.offset,
                    large.line,
                    large.number,
                    String::from_utf8(large.head).unwrap(),
                    large.size
                ),
            });
        }
        told
    }

    #[test]
    fn blocks_are_whole_records_and_know_where_they_are() {
        assert_eq!(cut("aaa\nbbb\nccc", LINES, 8, 100), ["0 1 1: aaa\\nbbb\\n", "8 3 3: ccc"]);
        assert_eq!(cut("aaa\r\n\r\nbbb\r\n", LINES, 7, 100), ["0 1 1: aaa\\r\\n\\r\\n", "7 3 2: bbb\\r\\n"]);
        assert_eq!(cut("", LINES, 8, 100), Vec::<String>::new());
        assert_eq!(cut("\n\n", LINES, 1, 100), ["0 1 1: \\n", "1 2 1: \\n"]);
        assert_eq!(
            cut("body,x\n\"a\nb\",c\nd,e\n", RecordFormat::Csv, 5, 100),
            ["7 2 1: \\\"a\\nb\\\",c\\n", "15 4 2: d,e\\n"]
        );
    }

    #[test]
    fn a_long_record_makes_its_block_grow() {
        assert_eq!(cut("a\nbbbbbbbbb\nc\n", LINES, 4, 100), ["0 1 1: a\\n", "2 2 2: bbbbbbbbb\\nc\\n"]);
    }

    #[test]
    fn a_record_beyond_all_measure_is_left_out() {
        assert_eq!(
            cut("a\nbbbbbbbbbbbbbbbb\nc\n", LINES, 4, 8),
            ["0 1 1: a\\n", "2 2 2: bbbbbbbbbbbb and so on, 17 bytes", "19 3 3: c\\n"]
        );
        assert_eq!(cut("bbbbbbbbbbbbbbbb", LINES, 4, 8), ["0 1 1: bbbbbbbbbbbb and so on, 16 bytes"]);
        assert_eq!(
            cut("body\n\"b\nbb\n\nbbbbbbbb\n\"\nc\n", RecordFormat::Csv, 4, 8),
            ["5 2 1: \"b and so on, 18 bytes", "23 7 2: c\\n"]
        );
    }

    proptest! {
        #[test]
        fn nothing_is_lost_whatever_the_sizes(text in "[ab\n\r, \"]{0,60}", block in 1usize..20, is_table in any::<bool>(), is_utf16 in any::<bool>()) {
            let text = format!("body,a\n{text}");
            let bytes: Vec<u8> = if is_utf16 {
                "\u{FEFF}".encode_utf16().chain(text.encode_utf16()).flat_map(u16::to_be_bytes).collect()
            } else {
                text.into_bytes()
            };
            let format = if is_table { RecordFormat::Csv } else { LINES };
            let all = |block: usize| {
                let mut blocks = blocks(&bytes, format, Sizes { block, largest_record: 1000 }).unwrap();
                let (mut whole, mut records) = (bytes[..blocks.offset].to_vec(), Vec::new());
                let (form, units) = (blocks.form, blocks.units);
                while let Some(Part::Records(block)) = blocks.next().unwrap() {
                    assert_eq!(block.offset, whole.len());
                    for cut in cut::records(&block.bytes, form, units) {
                        records.push((block.offset + cut.bytes.start, block.first_line + cut.lines, block.first_record + cut.number, cut.is_unclosed));
                    }
                    whole.extend(block.bytes);
                }
                (whole, records)
            };
            let (whole, records) = all(block);
            prop_assert_eq!(&whole, &bytes);
            prop_assert_eq!(records, all(10_000).1);
        }
    }
}
