//! Mailboxes in address headers (RFC 5322, 3.4), read as mailers write them.

use std::ops::Range;

use crate::decode::encoded_word;
use crate::decode::mime_parameter::comment_end;

/// More mailboxes than this in one header are passed over.
pub(super) const MOST_MAILBOXES: usize = 10_000;

/// A mailbox as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Written {
    /// The name beside the address, decoded.
    pub(super) name: Option<String>,
    pub(super) address: String,
    /// Where the address stands.
    pub(super) at: Range<usize>,
}

/// The mailboxes in a range of the bytes, those in groups too, and whether there were more.
pub(super) fn read(bytes: &[u8], range: Range<usize>) -> (Vec<Written>, bool) {
    let mut reader = Reader {
        bytes: &bytes[..range.end],
        at: range.start,
        words: Vec::new(),
        comment: None,
        found: Vec::new(),
    };
    while reader.at < range.end && reader.found.len() < MOST_MAILBOXES {
        reader.step();
    }
    reader.end_mailbox();
    let is_cut = reader.at < range.end;
    (reader.found, is_cut)
}

struct Reader<'b> {
    bytes: &'b [u8],
    at: usize,
    /// What stands before an address, or is one: words, quoted or not.
    words: Vec<Word>,
    /// A comment, in which old mailers write the name.
    comment: Option<Range<usize>>,
    found: Vec<Written>,
}

/// A run of bytes without blanks, or what stands in quotation marks.
struct Word {
    /// Without its quotation marks.
    inner: Range<usize>,
    /// With them.
    at: Range<usize>,
}

impl Reader<'_> {
    fn step(&mut self) {
        match self.bytes[self.at] {
            b'"' => self.quoted(),
            b'(' => {
                let end = comment_end(self.bytes, self.at);
                self.comment = Some(self.at + 1..end.saturating_sub(1).max(self.at + 1));
                self.at = end;
            }
            b'<' => self.angle(),
            b',' | b';' => {
                self.at += 1;
                self.end_mailbox();
            }
            b':' if !self.is_address() => {
                self.at += 1;
                self.words.clear();
            }
            byte if byte.is_ascii_whitespace() || matches!(byte, b'>' | b':') => self.at += 1,
            _ => self.word(),
        }
    }

    fn quoted(&mut self) {
        let start = self.at;
        let mut end = start + 1;
        while let Some(byte) = self.bytes.get(end).filter(|byte| **byte != b'"') {
            end += if *byte == b'\\' { 2 } else { 1 };
        }
        let end = end.min(self.bytes.len());
        self.at = (end + 1).min(self.bytes.len());
        self.words.push(Word { inner: start + 1..end, at: start..self.at });
    }

    fn word(&mut self) {
        let start = self.at;
        self.at = encoded_word::word_end(self.bytes, start).unwrap_or_else(|| self.plain_word_end());
        self.words.push(Word { inner: start..self.at, at: start..self.at });
    }

    /// Where a word ends that is not encoded. A colon behind an `@` is part of an address such as `a@[IPv6:::1]`.
    fn plain_word_end(&self) -> usize {
        let mut has_at = false;
        let ends = |byte: &u8| {
            has_at |= *byte == b'@';
            byte.is_ascii_whitespace()
                || matches!(byte, b'"' | b'(' | b'<' | b'>' | b',' | b';')
                || *byte == b':' && !has_at
        };
        let start = self.at + 1;
        self.bytes[start..].iter().position(ends).map_or(self.bytes.len(), |len| start + len)
    }

    /// `<address>`, and the words before it are its name. A route before the address (`<@a,@b:c@d>`) says nothing.
    fn angle(&mut self) {
        let start = self.at + 1;
        let mut end = start;
        let mut is_quoted = false;
        while let Some(byte) = self.bytes.get(end) {
            match byte {
                b'"' => is_quoted = !is_quoted,
                b'>' if !is_quoted => break,
                b'\\' if is_quoted => end += 1,
                _ => {}
            }
            end += 1;
        }
        let end = end.min(self.bytes.len());
        self.at = (end + 1).min(self.bytes.len());
        let inner = &self.bytes[start..end];
        let route = if inner.trim_ascii_start().starts_with(b"@") {
            memchr::memchr(b':', inner).map_or(0, |at| at + 1)
        } else {
            0
        };
        let name = self.name().or_else(|| Some(decoded(&self.bytes[self.comment.clone()?])));
        self.words.clear();
        self.push(start + route..end, name);
    }

    /// Whether the words so far are an address.
    fn is_address(&self) -> bool {
        self.words.iter().any(|word| self.bytes[word.at.clone()].contains(&b'@'))
    }

    /// Takes the words as an address without brackets, if they are one; a comment beside it is its name.
    fn end_mailbox(&mut self) {
        let words = std::mem::take(&mut self.words);
        let comment = self.comment.take();
        let is_address = |word: &Word| self.bytes[word.at.clone()].contains(&b'@');
        if let (Some(first), Some(last), true) = (words.first(), words.last(), words.iter().any(is_address)) {
            let name = comment.map(|comment| decoded(&self.bytes[comment]));
            self.push(first.at.start..last.at.end, name);
        }
    }

    /// What the words are as a name.
    fn name(&self) -> Option<String> {
        let mut phrase: Vec<u8> = Vec::new();
        for word in &self.words {
            if !phrase.is_empty() {
                phrase.push(b' ');
            }
            phrase.extend_from_slice(&self.bytes[word.inner.clone()]);
        }
        Some(decoded(&phrase)).filter(|name| !name.is_empty())
    }

    fn push(&mut self, range: Range<usize>, name: Option<String>) {
        self.comment = None;
        let name = name.filter(|name| !name.is_empty());
        let written = &self.bytes[range.clone()];
        let start = range.end - written.trim_ascii_start().len();
        let at = start.min(range.end)..start + self.bytes[start..range.end].trim_ascii_end().len();
        if at.is_empty() {
            return;
        }
        let address = without_comments(&self.bytes[at.clone()]);
        self.found.push(Written { name, address, at });
    }
}

/// An address without comments and blanks, which may stand between its parts.
fn without_comments(raw: &[u8]) -> String {
    let mut plain = Vec::with_capacity(raw.len());
    let (mut at, mut is_quoted) = (0, false);
    while let Some(byte) = raw.get(at) {
        is_quoted ^= *byte == b'"';
        if *byte == b'(' && !is_quoted {
            at = comment_end(raw, at);
            continue;
        }
        plain.extend((is_quoted || !byte.is_ascii_whitespace()).then_some(*byte));
        at += 1;
    }
    String::from_utf8_lossy(&plain).into_owned()
}

/// A name without backslashes, with encoded words undone.
fn decoded(raw: &[u8]) -> String {
    let mut plain = Vec::with_capacity(raw.len());
    let mut bytes = raw.iter();
    while let Some(byte) = bytes.next() {
        plain.extend(if *byte == b'\\' { bytes.next() } else { Some(byte) });
    }
    encoded_word::decode(&plain, 0).text().trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mailboxes_are_read_as_mailers_write_them() {
        let cases: &[(&str, &[&str])] = &[
            ("a@b.de", &["a@b.de"]),
            ("Anna <a@b.de>", &["Anna: a@b.de"]),
            ("\"Doe, \\\"J\\\" \" <a@b.de>, c@d.de", &["Doe, \"J\": a@b.de", "c@d.de"]),
            ("=?utf-8?Q?Gr=C3=BC=C3=9Fe,?= <a@b.de>", &["Gr\u{fc}\u{df}e,: a@b.de"]),
            ("=?utf-8?Q?a?=\r\n =?utf-8?Q?b?= c <a@b.de>", &["ab c: a@b.de"]),
            ("a@b.de (Anna (A) B)", &["Anna (A) B: a@b.de"]),
            ("(x) Anna (y) <a@b.de> (z)", &["Anna: a@b.de"]),
            ("Friends: a@b.de, Bo <c@d.de>; e@f.de", &["a@b.de", "Bo: c@d.de", "e@f.de"]),
            ("undisclosed-recipients:;", &[]),
            ("<@x,@y:a@b.de>", &["a@b.de"]),
            ("<\"a>b\"@c.de>", &["\"a>b\"@c.de"]),
            ("<a(x (y))@b . de>", &["a@b.de"]),
            ("a@[IPv6:::1], b @ c.de", &["a@[IPv6:::1]", "b@c.de"]),
            ("Anna <a@b.de", &["Anna: a@b.de"]),
            ("(Anna) <a@b.de>", &["Anna: a@b.de"]),
            ("<>", &[]),
            ("Anna", &[]),
            (",;,", &[]),
        ];
        for (raw, expected) in cases {
            let (found, is_cut) = read(raw.as_bytes(), 0..raw.len());
            let shown = |written: &Written| match &written.name {
                Some(name) => format!("{name}: {}", written.address),
                None => written.address.clone(),
            };
            assert_eq!(found.iter().map(shown).collect::<Vec<_>>(), *expected, "{raw}");
            assert!(!is_cut);
        }
    }

    #[test]
    fn an_address_knows_its_place() {
        let raw = "To: Anna < a@b.de > , c@d.de";
        let (found, _) = read(raw.as_bytes(), 4..raw.len());
        let places: Vec<&str> = found.iter().map(|written| &raw[written.at.clone()]).collect();
        assert_eq!(places, ["a@b.de", "c@d.de"]);
    }
}
