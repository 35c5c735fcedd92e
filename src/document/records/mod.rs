//! Files of many messages, one a record: how they begin, and how each record is read.
//!
//! The beginning of a file tells its charset and, for a table, its delimiter and columns; [`open`] reads it once. After
//! that records are independent of each other, and blocks of them can be read by any number of threads.

pub mod cut;
pub mod line;
pub mod table;

use crate::text::{Charset, Source};

use super::{Document, Input, MetadataFault, MetadataFaultKind, Page, ReadAs, RecordFormat, TextFormat};

use cut::{Cut, Form, LARGEST_RECORD, LineCount, Units};
use line::RecordKeys;
use table::{DELIMITERS, Table, TableError};

/// Bytes at the beginning of a file that tell its charset.
const SAMPLE: usize = 1 << 16;

/// How the records of a file are read.
#[derive(Debug, Clone)]
pub struct Records {
    kind: RecordKind,
    charset: Option<Charset>,
    cells: Option<TextFormat>,
}

#[derive(Debug, Clone)]
enum RecordKind {
    /// JSON Lines.
    Lines(RecordKeys),
    /// A table.
    Rows(Table),
}

/// A file of records whose beginning was read.
#[derive(Debug, Clone)]
pub struct Opened {
    /// How its records are read.
    pub records: Records,
    /// Where the first of them begins.
    pub start: usize,
    /// Line ends before it.
    pub lines: usize,
}

/// Reads the beginning of a file: of a table, the row that names the columns, and a line such as `sep=;` above it.
/// `is_whole` says that the file ends where `start` does. `None` asks for more of it; of a whole file it says that there
/// is no row at all.
pub fn open(
    format: RecordFormat,
    start: &[u8],
    is_whole: bool,
    reading: &ReadAs,
) -> Result<Option<Opened>, TableError> {
    match format {
        RecordFormat::Jsonl => Ok(Some(open_lines(start, reading))),
        RecordFormat::Csv => open_table(start, is_whole, reading.delimiter, reading),
        RecordFormat::Tsv => open_table(start, is_whole, reading.delimiter.or(Some(b'\t')), reading),
    }
}

fn open_lines(start: &[u8], reading: &ReadAs) -> Opened {
    let charset = Charset::of(sample(start), reading.charset);
    // JSON is UTF-8 unless somebody says otherwise, or its zeros do.
    let is_known = reading.charset.is_some() || charset.is_utf16();
    let charset = if is_known { Some(charset.unmarked()) } else { Charset::named("utf-8") };
    let kind = RecordKind::Lines(reading.keys.clone());
    Opened { records: Records { kind, charset, cells: reading.cells }, start: 0, lines: 0 }
}

fn open_table(
    start: &[u8],
    is_whole: bool,
    delimiter: Option<u8>,
    reading: &ReadAs,
) -> Result<Option<Opened>, TableError> {
    let sample = sample(start);
    let charset = Charset::of(sample, reading.charset);
    let opening = Opening { start, is_whole, charset: charset.unmarked(), units: Units::of(Some(charset)) };
    let Some(mut header) = opening.header(charset.bom(), delimiter) else { return opening.unfinished() };
    if let Some(declared) = table::declared_delimiter(&header.text) {
        let delimiter = delimiter.unwrap_or(declared);
        let Some(below) = opening.header(header.next, Some(delimiter)) else { return opening.unfinished() };
        header = below;
    }
    let table = Table::new(&header.text, header.delimiter, &reading.keys)?;
    let mut counted = LineCount::default();
    counted.add(&start[..header.next], opening.units);
    // What was ASCII so far may turn out to be anything: then each row is looked at for itself.
    let is_open = reading.charset.is_none() && charset.bom() == 0 && sample.is_ascii() && !charset.is_utf16();
    let charset = (!is_open).then_some(opening.charset);
    let records = Records { kind: RecordKind::Rows(table), charset, cells: reading.cells };
    Ok(Some(Opened { records, start: header.next, lines: counted.lines() }))
}

/// The bytes by which a charset is told; a character is not cut in two.
fn sample(start: &[u8]) -> &[u8] {
    if start.len() <= SAMPLE {
        return start;
    }
    let end = start[..SAMPLE].iter().rposition(u8::is_ascii).map_or(SAMPLE, |last| last + 1);
    &start[..end]
}

/// A table that is being opened.
struct Opening<'a> {
    start: &'a [u8],
    is_whole: bool,
    charset: Charset,
    units: Units,
}

/// A first row.
struct Header {
    text: String,
    delimiter: u8,
    next: usize,
}

impl Opening<'_> {
    /// The first row from byte `from` on that is there as a whole, with the delimiter that makes the most of it.
    fn header(&self, from: usize, delimiter: Option<u8>) -> Option<Header> {
        let candidates = delimiter.map_or(DELIMITERS.to_vec(), |delimiter| vec![delimiter]);
        let rows = candidates.into_iter().rev().filter_map(|delimiter| self.row(from, delimiter));
        // Of equals `max_by_key` takes the last.
        rows.max_by_key(|row| table::worth(&row.text, row.delimiter))
    }

    fn row(&self, from: usize, delimiter: u8) -> Option<Header> {
        let bytes = self.start.get(from..)?;
        let row = cut::records(bytes, Form::Row { delimiter }, self.units).next()?;
        // Behind a `\r` a `\n` may follow.
        let is_ended = !row.is_unclosed && row.bytes.end + 2 * self.units.width() <= bytes.len();
        if !is_ended && !self.is_whole {
            return None;
        }
        let text = Source::new(&bytes[row.bytes], Some(self.charset)).text().text().to_owned();
        Some(Header { text, delimiter, next: from + row.next })
    }

    fn unfinished(&self) -> Result<Option<Opened>, TableError> {
        if self.start.len() > LARGEST_RECORD { Err(TableError::LargeHeader) } else { Ok(None) }
    }
}

impl Records {
    /// What a record is.
    pub fn form(&self) -> Form {
        match &self.kind {
            RecordKind::Lines(_) => Form::Line,
            RecordKind::Rows(table) => Form::Row { delimiter: table.delimiter() },
        }
    }

    /// The units that line ends are written in.
    pub fn units(&self) -> Units {
        Units::of(self.charset)
    }

    /// How their texts are written, where that was said.
    pub fn cells(&self) -> Option<TextFormat> {
        self.cells
    }

    /// The records of a block of whole ones.
    pub fn cut<'b>(&self, block: &'b [u8]) -> impl Iterator<Item = Cut> + use<'b> {
        cut::records(block, self.form(), self.units())
    }

    /// The text of a record, or of the [`head`](cut::head) of one.
    pub fn source<'b>(&self, record: &'b [u8]) -> Source<'b> {
        Source::new(record, self.charset)
    }

    /// Reads a record.
    pub fn read<'a>(&self, record: &'a Source<'_>, is_unclosed: bool) -> Document<'a> {
        let document = match &self.kind {
            RecordKind::Lines(keys) => line::read(record, keys, self.cells),
            RecordKind::Rows(table) => table::read(record, table, self.cells, is_unclosed),
        };
        Document { input: self.input(), ..document }
    }

    /// What its messages are read from.
    pub fn input(&self) -> Input {
        match &self.kind {
            RecordKind::Lines(_) => Input::Lines,
            RecordKind::Rows(_) => Input::Table,
        }
    }
}

/// What is said of a record that is too large to be read, of which only the [`head`](cut::head) is at hand.
pub fn too_large<'a>(head: &'a Source<'_>, input: Input, size: usize) -> Document<'a> {
    let most = LARGEST_RECORD / 1_000_000;
    let message = format!("the record has {} MB, and no more than {most} are read", size.div_ceil(1_000_000));
    refused(head, input, MetadataFaultKind::LimitReached, message)
}

/// What is said of a file or a record in which there is nothing to judge, about all of a text.
pub fn refused<'a>(
    text: &'a Source<'_>,
    input: Input,
    what: MetadataFaultKind,
    message: String,
) -> Document<'a> {
    let mut document = Document { input, pages: vec![Page::file(text.text())], ..Document::default() };
    document.metadata.faults.push(MetadataFault { what, message, at: 0..text.text().text().len() });
    document
}
