//! The parts of a message (RFC 2046).
//!
//! Parts are found in one pass over the lines, with a stack of the boundaries that are open; depth and number are limited,
//! and a limit that is reached is told. A message inside the message is not looked into: it is history.

use std::ops::Range;

use memchr::memmem;

use crate::decode::mime_parameter::{self, Parameterised};

use super::fields::{Field, Fields, MOST_FIELDS, without_line_end};
use super::ground::Ground;

/// Multiparts inside of each other.
const MOST_DEPTH: usize = 100;
const MOST_PARTS: usize = 1000;

/// The parts of a message, the message itself first, and what was not read.
#[derive(Debug, Default)]
pub(super) struct Structure {
    pub(super) parts: Vec<Part>,
    /// What is said of a limit, and where.
    pub(super) limits: Vec<(String, Range<usize>)>,
}

/// The message, or a part of it.
#[derive(Debug)]
pub(super) struct Part {
    /// The multipart that it is in.
    pub(super) parent: Option<usize>,
    /// Its number among its siblings, after those of the parts that it is in; empty for a message of many parts.
    pub(super) number: String,
    pub(super) fields: Fields,
    /// Its media type, with its parameters.
    pub(super) media: Parameterised,
    /// Whether the media type was declared.
    pub(super) is_declared: bool,
    pub(super) body: Range<usize>,
    /// Whether it has parts of its own, which is all that it has.
    pub(super) is_multipart: bool,
}

impl Part {
    pub(super) fn media_type(&self) -> &str {
        &self.media.value
    }

    pub(super) fn field(&self, name: &str) -> Option<&Field> {
        self.fields.get(name)
    }
}

impl Structure {
    pub(super) fn read(ground: &Ground<'_>) -> Self {
        let mut reader =
            Reader { ground, read: Self::default(), open: Vec::new(), leaf: None, fields: 0, is_cut: false };
        let mut at = reader.begin(ground.start());
        while let Some((depth, line)) = reader.next_boundary(at) {
            reader.close(depth, line.start);
            let is_last = reader.is_close(depth, &line);
            at = ground.next_line(line.start);
            if is_last {
                reader.pop_to(depth, line.start);
            } else if reader.read.parts.len() == MOST_PARTS {
                let text = format!("the message has more than {MOST_PARTS} parts");
                reader.read.limits.push((text, line));
                reader.leaf = None;
                return reader.read;
            } else {
                at = reader.begin(at);
            }
        }
        reader.close(0, ground.bytes.len());
        reader.pop_to(0, ground.bytes.len());
        reader.read
    }

    /// A part and the multiparts that it is in, from the inside out.
    pub(super) fn and_parents(&self, part: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(Some(part), |inner| self.parts[*inner].parent)
    }
}

struct Reader<'g> {
    ground: &'g Ground<'g>,
    read: Structure,
    /// The multiparts that are not closed, from the outside in.
    open: Vec<Open>,
    /// The part that the lines belong to now.
    leaf: Option<usize>,
    /// Headers that were read, and whether it was told that there are more.
    fields: usize,
    is_cut: bool,
}

struct Open {
    part: usize,
    boundary: Vec<u8>,
    children: usize,
}

impl Reader<'_> {
    /// Begins a part with its headers, and says where its body begins.
    fn begin(&mut self, at: usize) -> usize {
        let most = MOST_FIELDS.saturating_sub(self.fields);
        let fields = Fields::read(self.ground, at, most, |line| self.depth_of(line).is_some());
        self.fields += fields.fields.len();
        let body = fields.end;
        if let Some(first) = fields.passed_over.as_ref().filter(|_| !self.is_cut) {
            self.is_cut = true;
            let text = format!("there are more than {MOST_FIELDS} headers");
            self.read.limits.push((text, first.clone()));
        }
        let (parent, mut number) = self.place_of_next();
        let default = match parent.map(|parent| self.read.parts[parent].media_type()) {
            Some("multipart/digest") => "message/rfc822",
            _ => "text/plain",
        };
        let (media, is_declared) = media_of(self.ground, &fields, default);
        let boundary = boundary_of(&media);
        let is_multipart = boundary.is_some();
        if parent.is_none() && !is_multipart {
            number.push('1');
        }
        let index = self.read.parts.len();
        let part = Part { parent, number, fields, media, is_declared, body: body..body, is_multipart };
        self.read.parts.push(part);
        match boundary {
            Some(_) if self.open.len() == MOST_DEPTH => {
                let text = format!("parts are nested more than {MOST_DEPTH} deep");
                self.read.limits.push((text, at..body));
                self.leaf = None;
            }
            Some(boundary) => {
                self.open.push(Open { part: index, boundary, children: 0 });
                self.leaf = None;
            }
            None => self.leaf = Some(index),
        }
        body
    }

    /// The multipart that the next part is in, and the number of that part.
    fn place_of_next(&mut self) -> (Option<usize>, String) {
        let Some(open) = self.open.last_mut() else {
            return (None, String::new());
        };
        open.children += 1;
        let outer = &self.read.parts[open.part].number;
        let dot = if outer.is_empty() { "" } else { "." };
        (Some(open.part), format!("{outer}{dot}{}", open.children))
    }

    /// The next line that is a boundary, and how deep the multipart is that it belongs to.
    fn next_boundary(&self, from: usize) -> Option<(usize, Range<usize>)> {
        if self.open.is_empty() {
            return None;
        }
        let bytes = self.ground.bytes;
        let line_at = |at: usize| {
            let line = without_line_end(&bytes[at..self.ground.next_line(at)]);
            Some((self.depth_of(line)?, at..at + line.len()))
        };
        if let Some(found) =
            bytes.get(from..).filter(|rest| rest.starts_with(b"--")).and_then(|_| line_at(from))
        {
            return Some(found);
        }
        memmem::find_iter(bytes.get(from..)?, b"\n--").find_map(|len| line_at(from + len + 1))
    }

    /// How deep the multipart is that a line is a boundary of; of two with one boundary the inner one.
    fn depth_of(&self, line: &[u8]) -> Option<usize> {
        let name = line.strip_prefix(b"--")?.trim_ascii_end();
        let is_of = |open: &Open| {
            name.strip_prefix(open.boundary.as_slice()).is_some_and(|rest| rest.is_empty() || rest == b"--")
        };
        self.open.iter().rposition(is_of)
    }

    fn is_close(&self, depth: usize, line: &Range<usize>) -> bool {
        let name = self.ground.bytes[line.start + 2..line.end].trim_ascii_end();
        name.len() > self.open[depth].boundary.len()
    }

    /// Ends what is open inside the multipart at a depth. The line end before a boundary is part of the boundary.
    fn close(&mut self, depth: usize, at: usize) {
        if let Some(leaf) = self.leaf.take() {
            let body = &mut self.read.parts[leaf].body;
            let is_at_boundary = !self.open.is_empty() && at > body.start && at < self.ground.bytes.len();
            let end = if is_at_boundary {
                body.start + without_line_end(&self.ground.bytes[body.start..at]).len()
            } else {
                at
            };
            body.end = end.max(body.start);
        }
        self.pop_to(depth + 1, at);
    }

    /// Closes the multiparts from a depth on. One whose boundary never came is a text.
    fn pop_to(&mut self, depth: usize, at: usize) {
        for open in self.open.drain(depth.min(self.open.len())..) {
            let part = &mut self.read.parts[open.part];
            if open.children == 0 {
                part.is_multipart = false;
                part.body.end = at.max(part.body.start);
            }
        }
    }
}

/// The media type of a part. One that cannot be read counts as plain text.
fn media_of(ground: &Ground<'_>, fields: &Fields, default: &str) -> (Parameterised, bool) {
    let Some(field) = fields.get("content-type") else {
        return (Parameterised { value: default.to_owned(), ..Parameterised::default() }, false);
    };
    let mut media = mime_parameter::read(&ground.bytes[field.value.clone()], field.value.start);
    if !media.value.contains('/') {
        media.value = "text/plain".to_owned();
    }
    (media, true)
}

/// The boundary of a multipart; without one it is none, and its body is text.
fn boundary_of(media: &Parameterised) -> Option<Vec<u8>> {
    let boundary = media.value.starts_with("multipart/").then(|| media.get("boundary")).flatten()?;
    let boundary = boundary.value.text().trim_end().as_bytes().to_vec();
    (!boundary.is_empty()).then_some(boundary)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Source;

    /// Number, media type and body of each part that has one.
    fn shown(text: &str) -> Vec<String> {
        let source = Source::new(text.as_bytes(), None);
        let ground = Ground::of(&source);
        let structure = Structure::read(&ground);
        let leaves = structure.parts.iter().filter(|part| !part.is_multipart);
        leaves
            .map(|part| format!("{} {} {:?}", part.number, part.media_type(), &text[part.body.clone()]))
            .collect()
    }

    #[test]
    fn parts_are_found_by_their_boundaries() {
        let cases: &[(&str, &str, &[&str])] = &[
            ("one part", "A: b\n\nHi\n", &[r#"1 text/plain "Hi\n""#]),
            ("no header", "Hi there,\nB: c\n", &[r#"1 text/plain "Hi there,\nB: c\n""#]),
            ("headers only", "A: b\n", &[r#"1 text/plain """#]),
            (
                "two parts",
                "Content-Type: multipart/mixed; boundary=x\n\npre\n--x\n\none\n--x\n\ntwo\n--x--\nepi\n",
                &[r#"1 text/plain "one""#, r#"2 text/plain "two""#],
            ),
            (
                "CRLF",
                "Content-Type: multipart/mixed; boundary=\"x\"\r\n\r\n--x\r\nContent-Type: text/html\r\n\r\none\r\n\r\n--x--\r\n",
                &[r#"1 text/html "one\r\n""#],
            ),
            (
                "no end",
                "Content-Type: multipart/mixed; boundary=x\n\n--x\n\none\n--x\n\ntwo\n",
                &[r#"1 text/plain "one""#, r#"2 text/plain "two\n""#],
            ),
            (
                "nested",
                "Content-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: multipart/alternative; boundary=xy\n\n--xy\n\na\n--xy\n\nb\n--xy--\n\n--x\n\nc\n--x--\n",
                &[r#"1.1 text/plain "a""#, r#"1.2 text/plain "b""#, r#"2 text/plain "c""#],
            ),
            (
                "inner never closed",
                "Content-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: multipart/mixed; boundary=y\n\n--y\n\na\n--x\n\nb\n--x--",
                &[r#"1.1 text/plain "a""#, r#"2 text/plain "b""#],
            ),
            (
                "odd boundary",
                "Content-Type: multipart/mixed; boundary=\"=_(a:b)?+/ '\"\n\n--=_(a:b)?+/ '\n\none\n--=_(a:b)?+/ '-- \n",
                &[r#"1 text/plain "one""#],
            ),
            (
                "boundary right behind headers",
                "Content-Type: multipart/mixed; boundary=a:b\n\n--a:b\nContent-Type: image/png\n--a:b\n\n--a:b--\n",
                &[r#"1 image/png """#, r#"2 text/plain """#],
            ),
            (
                "longer lines are none",
                "Content-Type: multipart/mixed; boundary=x\n\n--x\n\n--xy\n--\n--x-\n -- x\n--x--",
                &[r#"1 text/plain "--xy\n--\n--x-\n -- x""#],
            ),
            (
                "digest",
                "Content-Type: multipart/digest; boundary=x\n\n--x\n\nSubject: a\n\nb\n--x--",
                &[r#"1 message/rfc822 "Subject: a\n\nb""#],
            ),
            (
                "no boundary",
                "Content-Type: multipart/mixed\n\n--x\n\none\n--x--",
                &[r#"1 multipart/mixed "--x\n\none\n--x--""#],
            ),
            (
                "boundary that never comes",
                "Content-Type: multipart/mixed; boundary=x\n\none\n",
                &[r#" multipart/mixed "one\n""#],
            ),
            (
                "end without a part",
                "Content-Type: multipart/mixed; boundary=x\n\none\n--x--\n",
                &[r#" multipart/mixed "one\n""#],
            ),
            ("no such type", "Content-Type: html\n\nHi", &[r#"1 text/plain "Hi""#]),
            ("mailbox", "From a@b Mon\nA: b\n\nHi", &[r#"1 text/plain "Hi""#]),
            ("mark", "\u{FEFF}A: b\n\nHi", &[r#"1 text/plain "Hi""#]),
            ("empty", "", &[r#"1 text/plain """#]),
        ];
        for (name, text, parts) in cases {
            assert_eq!(shown(text), *parts, "{name}");
        }
    }

    #[test]
    fn a_thousand_levels_are_too_deep_and_say_so() {
        let levels: String = (0..1000)
            .map(|level| format!("Content-Type: multipart/mixed; boundary=b{level}x\n\n--b{level}x\n"))
            .collect();
        let text = levels + "\nHi\n--b0x\n\nout again\n--b0x--\n";
        let source = Source::new(text.as_bytes(), None);
        let structure = Structure::read(&Ground::of(&source));
        assert_eq!((structure.parts.len(), structure.limits.len()), (102, 1));
        assert_eq!(&text[structure.parts[101].body.clone()], "out again");
    }

    #[test]
    fn too_many_parts_say_so() {
        let text = format!("Content-Type: multipart/mixed; boundary=x\n\n{}", "--x\n\na\n".repeat(2000));
        let source = Source::new(text.as_bytes(), None);
        let structure = Structure::read(&Ground::of(&source));
        assert_eq!((structure.parts.len(), structure.limits.len()), (MOST_PARTS, 1));
    }
}
