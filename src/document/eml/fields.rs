use std::ops::Range;

use super::ground::Ground;

/// More headers than this in a message and its parts are passed over.
pub(super) const MOST_FIELDS: usize = 10_000;

/// A header as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Field {
    /// Its name in lower case.
    pub(super) name: String,
    /// All of it, without the line end.
    pub(super) at: Range<usize>,
    /// What stands behind the colon, folds and all, without blanks around it.
    pub(super) value: Range<usize>,
}

/// The headers of a message or of a part.
#[derive(Debug, Default)]
pub(super) struct Fields {
    pub(super) fields: Vec<Field>,
    /// Where the body begins.
    pub(super) end: usize,
    /// The first header that was passed over.
    pub(super) passed_over: Option<Range<usize>>,
}

impl Fields {
    /// Reads the headers that begin at `start`. They end with an empty line, and also before a line that can be no header,
    /// since then somebody forgot the empty line, and before a boundary. No more than `most` are kept.
    pub(super) fn read(
        ground: &Ground<'_>,
        start: usize,
        most: usize,
        is_boundary: impl Fn(&[u8]) -> bool,
    ) -> Self {
        let bytes = ground.bytes;
        let mut read = Self { end: bytes.len(), ..Self::default() };
        let mut at = start;
        while at < bytes.len() {
            let next = ground.next_line(at);
            let line = without_line_end(&bytes[at..next]);
            let range = at..at + line.len();
            if line.is_empty() {
                read.end = next;
                return read;
            }
            let is_folded =
                matches!(line[0], b' ' | b'\t') && (!read.fields.is_empty() || read.passed_over.is_some());
            match name_len(line) {
                _ if is_folded => read.extend(bytes, range),
                Some(_) if !is_boundary(line) && read.fields.len() >= most => {
                    read.passed_over.get_or_insert(range);
                }
                Some(len) if !is_boundary(line) => read.push(bytes, range, len),
                _ => {
                    read.end = at;
                    return read;
                }
            }
            at = next;
        }
        read
    }

    /// The first header of a name.
    pub(super) fn get(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name)
    }

    fn push(&mut self, bytes: &[u8], at: Range<usize>, name_len: usize) {
        let name = String::from_utf8_lossy(bytes[at.start..at.start + name_len].trim_ascii_end());
        let value = trimmed(bytes, at.start + name_len + 1..at.end);
        self.fields.push(Field { name: name.to_ascii_lowercase(), at, value });
    }

    /// Takes a line that goes on with the header above.
    fn extend(&mut self, bytes: &[u8], line: Range<usize>) {
        let Some(field) = self.fields.last_mut().filter(|_| self.passed_over.is_none()) else { return };
        field.at.end = line.end;
        let blank = line.len() - bytes[line.clone()].trim_ascii_start().len();
        let content = line.start + blank..line.start + bytes[line].trim_ascii_end().len();
        if content.is_empty() {
            return;
        }
        if field.value.is_empty() {
            field.value.start = content.start;
        }
        field.value.end = content.end;
    }
}

pub(super) fn without_line_end(line: &[u8]) -> &[u8] {
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    line.strip_suffix(b"\r").unwrap_or(line)
}

fn trimmed(bytes: &[u8], range: Range<usize>) -> Range<usize> {
    let start = range.end - bytes[range.clone()].trim_ascii_start().len();
    start..start + bytes[start..range.end].trim_ascii_end().len()
}

/// How long the name before the colon is; `None` if the line is no header. Some mailers put blanks before the colon.
fn name_len(line: &[u8]) -> Option<usize> {
    let colon = memchr::memchr(b':', line)?;
    let name = line[..colon].trim_ascii_end();
    (!name.is_empty() && name.iter().all(u8::is_ascii_graphic)).then_some(colon)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Source;

    fn shown(text: &str) -> (Vec<String>, String) {
        let source = Source::new(text.as_bytes(), None);
        let read = Fields::read(&Ground::of(&source), 0, MOST_FIELDS, |line| line.starts_with(b"--"));
        let field = |field: &Field| format!("{}={}", field.name, &text[field.value.clone()]);
        (read.fields.iter().map(field).collect(), text[read.end..].to_owned())
    }

    #[test]
    fn headers_end_where_the_body_begins() {
        let cases: &[(&str, &[&str], &str)] = &[
            ("A: b\nC: d\n\nbody", &["a=b", "c=d"], "body"),
            ("A: b\r\nC:d \r\n\r\nbody", &["a=b", "c=d"], "body"),
            ("A: b\n c\n\td \n\nx", &["a=b\n c\n\td"], "x"),
            ("A:\n b\n\nx", &["a=b"], "x"),
            ("A: b\n \n\nx", &["a=b"], "x"),
            ("A : b\n\nx", &["a=b"], "x"),
            ("A:\n\n", &["a="], ""),
            ("A: b", &["a=b"], ""),
            ("A: b\nHello there,\n\nx", &["a=b"], "Hello there,\n\nx"),
            ("Hello there: x\n", &[], "Hello there: x\n"),
            ("A: b\n--x: y\n", &["a=b"], "--x: y\n"),
            (" A: b\n", &[], " A: b\n"),
            ("\nA: b\n", &[], "A: b\n"),
            ("", &[], ""),
        ];
        for (text, fields, body) in cases {
            assert_eq!(
                shown(text),
                (fields.iter().map(|field| (*field).to_owned()).collect(), (*body).to_owned()),
                "{text:?}"
            );
        }
    }
}
