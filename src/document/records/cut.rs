//! Where the records of a file end: lines of JSON Lines, rows of tables.
//!
//! A [`Cutter`] is handed the bytes of a file as they come and never sees one twice, so that a file of any size is cut
//! in one pass, whatever the pieces in which it is read. It needs no decoding: line ends, quotation marks and delimiters
//! are the same bytes in every charset that tables come in, and pairs of bytes in UTF-16.

use std::ops::Range;

use memchr::{memchr, memchr2, memchr3};

use crate::text::Charset;

/// Bytes from which on a record is refused: no message is so long, and one record in memory must not be the whole file.
pub const LARGEST_RECORD: usize = 32_000_000;

/// What a record is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A line that ends with `\n`.
    Line,
    /// A row of a table: it ends with `\n`, `\r` or `\r\n` that is not between quotation marks.
    Row {
        /// What stands between its fields.
        delimiter: u8,
    },
}

/// How many bytes line ends and the like have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Units {
    /// One.
    Bytes,
    /// Two, the low one first.
    Utf16Le,
    /// Two, the high one first.
    Utf16Be,
}

/// Finds the ends of records in bytes that come piece by piece.
#[derive(Debug, Clone)]
pub struct Cutter {
    form: Form,
    units: Units,
    state: State,
    /// The last unit that was looked at.
    previous: u16,
    /// Bytes of the record that were looked at.
    len: usize,
    /// Bytes of the record up to the first line end in the quoted field that is open or was closed last.
    line_in_quotes: Option<usize>,
    /// Whether the last mark stands where fields begin, so that it may be an opening one.
    is_mark_first: bool,
}

/// Where in a row the cutter is. In lines it is always at [`State::Open`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// At the start of a record.
    Start,
    /// Where a line end ends the record.
    Open,
    /// Between quotation marks.
    Quoted,
    /// Behind a mark between marks: the closing one, or the first of two.
    Mark,
    /// Behind `\r`, which ended the record unless `\n` follows.
    Return,
}

/// How far the cutter came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// Bytes that it looked at; the rest is to be handed to it again.
    pub used: usize,
    /// Whether a record ends there, with its line end.
    pub is_end: bool,
    /// If a mark seems to be missing: bytes of the record up to the end of the line in which its field was opened. Whoever
    /// takes this for the record begins the next one there; else the cutter can be asked to go on.
    pub is_broken: Option<usize>,
}

const QUOTE: u16 = b'"' as u16;
const LF: u16 = b'\n' as u16;
const CR: u16 = b'\r' as u16;

impl Units {
    /// Those of a charset.
    pub fn of(charset: Option<Charset>) -> Self {
        match charset {
            Some(charset) if charset.is_utf16_le() => Self::Utf16Le,
            Some(charset) if charset.is_utf16() => Self::Utf16Be,
            _ => Self::Bytes,
        }
    }

    /// How many bytes a unit has.
    pub fn width(self) -> usize {
        if self == Self::Bytes { 1 } else { 2 }
    }

    /// The units of some bytes; an odd last byte is none.
    pub fn all(self, bytes: &[u8]) -> impl DoubleEndedIterator<Item = u16> + '_ {
        bytes.chunks_exact(self.width()).map(move |unit| self.unit(unit))
    }

    fn unit(self, bytes: &[u8]) -> u16 {
        match (self, bytes) {
            (Self::Utf16Le, [low, high, ..]) => u16::from_le_bytes([*low, *high]),
            (Self::Utf16Be, [high, low, ..]) => u16::from_be_bytes([*high, *low]),
            _ => bytes.first().copied().map_or(0, u16::from),
        }
    }

    /// The bytes of a record without its line end.
    pub fn without_line_end(self, bytes: &[u8]) -> &[u8] {
        let mut end = bytes.len();
        for line_end in [LF, CR] {
            let last =
                bytes.get(end.saturating_sub(self.width())..end).filter(|last| last.len() == self.width());
            if last.is_some_and(|last| self.unit(last) == line_end) {
                end -= self.width();
            }
        }
        &bytes[..end]
    }
}

impl Form {
    /// Whether there is no record: blanks alone or, in a row, fields without anything in them. Quotation marks say that
    /// there is one, if an empty one.
    pub fn is_blank(self, record: &[u8], units: Units) -> bool {
        let is_nothing = |byte: u8| match self {
            Self::Line => byte.is_ascii_whitespace(),
            Self::Row { delimiter } => byte.is_ascii_whitespace() || byte == delimiter,
        };
        units.all(record).all(|unit| u8::try_from(unit).is_ok_and(is_nothing))
    }
}

impl Cutter {
    /// A cutter at the start of a record.
    pub fn new(form: Form, units: Units) -> Self {
        Self {
            form,
            units,
            state: State::Start,
            previous: LF,
            len: 0,
            line_in_quotes: None,
            is_mark_first: false,
        }
    }

    /// Goes on to the end of the record that is under way, or of the bytes.
    pub fn advance(&mut self, bytes: &[u8]) -> Step {
        let mut at = 0;
        loop {
            at += self.skip(&bytes[at..]);
            let Some(unit) = bytes.get(at..at + self.units.width()) else {
                self.len += at;
                return Step { used: at, is_end: false, is_broken: None };
            };
            let unit = self.units.unit(unit);
            if self.state == State::Return && unit != LF {
                self.begin();
                return Step { used: at, is_end: true, is_broken: None };
            }
            at += self.units.width();
            let is_broken = self.line_in_quotes.filter(|_| self.is_broken_by(unit));
            if self.take(unit, at) {
                self.begin();
                return Step { used: at, is_end: true, is_broken: None };
            }
            if is_broken.is_some() {
                self.len += at;
                return Step { used: at, is_end: false, is_broken };
            }
        }
    }

    /// If the record under way is between quotation marks: how many of its bytes lie up to the first line end there, if
    /// there is one.
    pub fn quoted_line(&self) -> Option<Option<usize>> {
        (self.state == State::Quoted).then_some(self.line_in_quotes)
    }

    /// Whether a unit shows that the mark before it, which was taken for a closing one, opens a field: it stands where a
    /// field begins, and text follows it.
    fn is_broken_by(&self, unit: u16) -> bool {
        let Form::Row { delimiter } = self.form else { return false };
        let is_text =
            ![QUOTE, LF, CR, u16::from(b' '), u16::from(b'\t'), u16::from(delimiter)].contains(&unit);
        self.state == State::Mark && self.is_mark_first && is_text
    }

    fn begin(&mut self) {
        *self = Self::new(self.form, self.units);
    }

    /// Passes over bytes that change nothing.
    fn skip(&mut self, bytes: &[u8]) -> usize {
        if self.units != Units::Bytes {
            return 0;
        }
        let found = match (self.form, self.state) {
            (Form::Line, _) => memchr(b'\n', bytes),
            (_, State::Quoted) if self.line_in_quotes.is_some() => memchr(b'"', bytes),
            (_, State::Quoted) => memchr3(b'"', b'\n', b'\r', bytes),
            (_, State::Open) => memchr3(b'"', b'\n', b'\r', bytes),
            _ => return 0,
        };
        let len = found.unwrap_or(bytes.len());
        if len > 0 {
            self.previous = bytes[len - 1].into();
        }
        len
    }

    /// Takes one unit, which ends at byte `at` of the piece; says whether it ends the record.
    fn take(&mut self, unit: u16, at: usize) -> bool {
        let Form::Row { delimiter } = self.form else { return unit == LF };
        let is_first = self.state == State::Start || self.previous == u16::from(delimiter);
        self.state = match (self.state, unit) {
            (State::Quoted, QUOTE) => {
                self.is_mark_first = is_first || matches!(self.previous, LF | CR);
                State::Mark
            }
            (State::Quoted, _) => {
                self.note_line_end(unit, at);
                State::Quoted
            }
            (State::Mark, QUOTE) => State::Quoted,
            (State::Start | State::Open, QUOTE) if is_first => {
                self.line_in_quotes = None;
                State::Quoted
            }
            (_, LF) => return true,
            (_, CR) => State::Return,
            _ => State::Open,
        };
        self.previous = unit;
        false
    }

    /// Keeps the place of the first line end between marks; the `\n` behind a `\r` belongs to it.
    fn note_line_end(&mut self, unit: u16, at: usize) {
        let end = self.len + at;
        let is_second = unit == LF
            && self.previous == CR
            && self.line_in_quotes.is_some_and(|line| line + self.units.width() == end);
        if is_second || matches!(unit, LF | CR) && self.line_in_quotes.is_none() {
            self.line_in_quotes = Some(end);
        }
    }
}

/// A record in a block of whole ones.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cut {
    /// Its bytes in the block, without its line end.
    pub bytes: Range<usize>,
    /// Where what follows it begins in the block.
    pub next: usize,
    /// Line ends before it in the block.
    pub lines: usize,
    /// Number of the record in the block, from 0.
    pub number: usize,
    /// Whether a quoted field of it is never closed, so that it was taken to end with the line.
    pub is_unclosed: bool,
}

/// The records of a block, which begins at the start of a record and ends at the end of one or of the file. Blank lines,
/// and rows whose fields are all blank, are none.
///
/// Where a mark is missing, all that follows the opening one would be lost, up to the next mark or the end of the file.
/// The next mark then stands where fields begin and not where they end, and gives the mistake away: the record ends with
/// the line, and the next line begins another. That costs a second look at the lines between, and no third.
pub fn records(bytes: &[u8], form: Form, units: Units) -> impl Iterator<Item = Cut> + '_ {
    let mut rest = Rest { bytes, form, units, start: 0, number: 0, counted: LineCount::default() };
    std::iter::from_fn(move || {
        while rest.start < bytes.len() {
            let cut = rest.next();
            if cut.is_unclosed || !form.is_blank(&bytes[cut.bytes.clone()], units) {
                rest.number += 1;
                return Some(cut);
            }
        }
        None
    })
}

/// What is left of a block.
struct Rest<'a> {
    bytes: &'a [u8],
    form: Form,
    units: Units,
    start: usize,
    number: usize,
    counted: LineCount,
}

impl Rest<'_> {
    fn next(&mut self) -> Cut {
        let bytes = &self.bytes[self.start..];
        let (len, is_unclosed) = record_len(bytes, Cutter::new(self.form, self.units));
        let lines = self.counted.lines();
        self.counted.add(&bytes[..len], self.units);
        let content = self.units.without_line_end(&bytes[..len]).len();
        let cut = Cut {
            bytes: self.start..self.start + content,
            next: self.start + len,
            lines,
            number: self.number,
            is_unclosed,
        };
        self.start += len;
        cut
    }
}

/// Length of the first record, with its line end, and whether a quoted field of it is never closed.
fn record_len(bytes: &[u8], mut cutter: Cutter) -> (usize, bool) {
    let mut at = 0;
    loop {
        let step = cutter.advance(&bytes[at..]);
        at += step.used;
        match step.is_broken {
            _ if step.is_end => return (at, false),
            Some(line) if at <= LARGEST_RECORD => return (line, true),
            Some(_) => continue,
            None => {}
        }
        return match cutter.quoted_line() {
            Some(line) if bytes.len() <= LARGEST_RECORD => (line.unwrap_or(bytes.len()), true),
            _ => (bytes.len(), false),
        };
    }
}

/// The beginning of a record, as much as a report has use for; it ends with a whole character.
pub fn head(record: &[u8], units: Units) -> &[u8] {
    const LONGEST: usize = 160;
    let line = units.without_line_end(&record[..line_len(&record[..record.len().min(LONGEST)], units)]);
    let is_whole = |byte: &u8| units != Units::Bytes || byte.is_ascii();
    let end = line.iter().rposition(is_whole).map_or(line.len(), |last| last + 1);
    &line[..end - end % units.width()]
}

/// Length of the first line, with its end.
fn line_len(bytes: &[u8], units: Units) -> usize {
    let content = match units {
        Units::Bytes => memchr2(b'\n', b'\r', bytes),
        _ => units.all(bytes).position(|unit| matches!(unit, LF | CR)).map(|at| at * 2),
    };
    let Some(content) = content else { return bytes.len() };
    let mut end = units.all(&bytes[content..]).take(2);
    let is_pair = end.next() == Some(CR) && end.next() == Some(LF);
    content + units.width() * if is_pair { 2 } else { 1 }
}

/// Counts line ends in bytes that come piece by piece: `\n`, `\r\n` and a lone `\r`, as editors do.
#[derive(Debug, Clone, Copy, Default)]
pub struct LineCount {
    lines: usize,
    is_after_return: bool,
}

impl LineCount {
    /// How many there were.
    pub fn lines(&self) -> usize {
        self.lines
    }

    /// Counts on.
    pub fn add(&mut self, bytes: &[u8], units: Units) {
        if units != Units::Bytes {
            units.all(bytes).for_each(|unit| self.take(unit));
            return;
        }
        let mut from = 0;
        for at in memchr::memchr2_iter(b'\n', b'\r', bytes) {
            if at > from {
                self.take(0);
            }
            self.take(bytes[at].into());
            from = at + 1;
        }
        if from < bytes.len() {
            self.take(0);
        }
    }

    fn take(&mut self, unit: u16) {
        self.lines += usize::from(unit == CR || unit == LF && !self.is_after_return);
        self.is_after_return = unit == CR;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const ROW: Form = Form::Row { delimiter: b',' };

    /// The records of a file between bars, each with the number of its line; `!` marks an unclosed one.
    fn drawn(text: &str, form: Form) -> String {
        let show = |cut: Cut| {
            let fault = if cut.is_unclosed { "!" } else { "" };
            format!("{}{fault}|{}|", cut.lines + 1, text[cut.bytes].escape_debug())
        };
        records(text.as_bytes(), form, Units::Bytes).map(show).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_row_ends_where_its_quotation_marks_let_it() {
        let cases = [
            ("a,b\nc,d\n", r"1|a,b| 2|c,d|"),
            ("a\r\nb\rc", r"1|a| 2|b| 3|c|"),
            ("\n\na\n\r\n \n,,\n\"\",\nb\n", r#"3|a| 7|\"\",| 8|b|"#),
            ("\"a\nb\",c\nd", r#"1|\"a\nb\",c| 3|d|"#),
            ("a,\"b\r\n\"\"c\"\"\r\n\"\r\nd", r#"1|a,\"b\r\n\"\"c\"\"\r\n\"| 4|d|"#),
            ("5\" pipe\n6\" pipe\n", r#"1|5\" pipe| 2|6\" pipe|"#),
            ("\"a\"b\"\nc", r#"1|\"a\"b\"| 2|c|"#),
            ("1,\"a\n2,b\n3,\"c\"\n4,d", r#"1!|1,\"a| 2|2,b| 3|3,\"c\"| 4|4,d|"#),
            ("\"a\r\n\"b\r\n\"c\n", r#"1!|\"a| 2!|\"b| 3!|\"c|"#),
            ("\"he said\n \"yes\" to\"\nb", r#"1|\"he said\n \"yes\" to\"| 3|b|"#),
            ("\"a\n,\" ,b\nc", r#"1|\"a\n,\" ,b| 3|c|"#),
            ("a,\"b\nc\nd\n", r#"1!|a,\"b| 2|c| 3|d|"#),
            ("\"x\ny\",\"b\r\nc,d", r#"1!|\"x\ny\",\"b| 3|c,d|"#),
            ("", ""),
            ("\"", r#"1!|\"|"#),
        ];
        for (text, picture) in cases {
            assert_eq!(drawn(text, ROW), picture, "{text:?}");
        }
    }

    #[test]
    fn a_line_knows_no_quotation_marks() {
        assert_eq!(drawn("{\"a\nb\"}\r\n \n\rc", Form::Line), r#"1|{\"a| 2|b\"}| 4|\rc|"#);
    }

    /// Text with what matters to a cutter.
    fn seasoned() -> impl Strategy<Value = String> {
        r#"(,|"|""|\n|\r|\r\n|;|a|é| ){0,40}"#
    }

    fn utf16(text: &str) -> Vec<u8> {
        text.encode_utf16().flat_map(u16::to_le_bytes).collect()
    }

    proptest! {
        #[test]
        fn rows_are_those_of_the_csv_crate(text in seasoned()) {
            let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
            let starts: Vec<usize> = reader.records().map(|row| row.unwrap().position().unwrap().byte() as usize).collect();
            let ends = starts.iter().copied().skip(1).chain([text.len()]);
            let mut theirs: Vec<&str> = starts.iter().zip(ends).map(|(start, end)| &text[*start..end]).collect();
            // A row without words and marks is none here.
            theirs.retain(|row| row.contains(|c: char| c != ',' && !c.is_ascii_whitespace()));
            let cuts: Vec<Cut> = records(text.as_bytes(), ROW, Units::Bytes).collect();
            // Theirs goes on to the end of the file.
            prop_assume!(!cuts.iter().any(|cut| cut.is_unclosed));
            prop_assert_eq!(cuts.len(), theirs.len(), "{:?} {:?}", cuts, theirs);
        }

        #[test]
        fn pieces_and_utf16_change_nothing(text in seasoned(), piece in 1usize..9, is_row in any::<bool>()) {
            let form = if is_row { ROW } else { Form::Line };
            let ends = |bytes: &[u8], units: Units, piece: usize| {
                let (mut cutter, mut ends, mut from, mut to) = (Cutter::new(form, units), Vec::new(), 0, 0);
                while to < bytes.len() {
                    to = bytes.len().min(to + piece);
                    loop {
                        let step = cutter.advance(&bytes[from..to]);
                        from += step.used;
                        if step.is_end { ends.push(from) } else if step.is_broken.is_none() { break }
                    }
                }
                ends
            };
            let whole = ends(text.as_bytes(), Units::Bytes, usize::MAX / 2);
            prop_assert_eq!(&ends(text.as_bytes(), Units::Bytes, piece), &whole);
            let in_utf16: Vec<usize> = whole.iter().map(|end| utf16(&text[..*end]).len()).collect();
            prop_assert_eq!(&ends(&utf16(&text), Units::Utf16Le, piece), &in_utf16);
        }

        #[test]
        fn records_stand_where_they_say(text in seasoned(), is_row in any::<bool>()) {
            let form = if is_row { ROW } else { Form::Line };
            let index = crate::text::LineIndex::new(&text);
            let mut last = 0;
            for cut in records(text.as_bytes(), form, Units::Bytes) {
                prop_assert!(cut.bytes.start >= last && text.get(cut.bytes.clone()).is_some());
                if is_row {
                    prop_assert_eq!(cut.lines + 1, index.line_of(cut.bytes.start));
                }
                last = cut.bytes.end;
            }
        }
    }
}
