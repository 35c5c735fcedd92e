//! Header values with parameters, such as `text/html; charset="utf-8"`: quotes, comments and RFC 2231 undone.
//!
//! RFC 2231 cuts long values in numbered pieces (`name*0=`, `name*1=`) and writes other letters as `utf-8'en'%C3%A9`.
//! Many mailers put encoded words there instead, which the standard forbids and every reader understands.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::text::{Charset, MappedBytes, MappedText, Span};

use super::encoded_word;

/// A value and its parameters.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Parameterised {
    /// What stands before the first `;`, without comments and blanks, in lower case.
    pub value: String,
    /// The parameters in order; of two with one name the first.
    pub parameters: Vec<Parameter>,
}

/// A parameter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parameter {
    /// Its name in lower case.
    pub name: String,
    /// Its decoded value.
    pub value: MappedText<'static>,
    /// From the beginning of its value, or of the first piece of it, to the end.
    pub at: Span,
}

impl Parameterised {
    /// The parameter of a name.
    pub fn get(&self, name: &str) -> Option<&Parameter> {
        self.parameters.iter().find(|parameter| parameter.name == name)
    }
}

/// Reads a value; `at` is the place of its first byte.
pub fn read(raw: &[u8], at: usize) -> Parameterised {
    let mut scanner = Scanner { raw, at: 0 };
    let value = scanner.value();
    let mut names: Vec<String> = Vec::new();
    let mut pieces: BTreeMap<String, Vec<Piece>> = BTreeMap::new();
    while let Some((name, range)) = scanner.parameter() {
        if name.is_empty() {
            continue;
        }
        let piece = Piece::of(&name, unquoted(raw, range.clone(), at), Span::from(range).shifted(at));
        let base = name.split('*').next().unwrap_or(&name);
        if !pieces.contains_key(base) {
            names.push(base.to_owned());
        }
        pieces.entry(base.to_owned()).or_default().push(piece);
    }
    let parameters = names.into_iter().filter_map(|name| joined(pieces.remove(&name)?, name)).collect();
    Parameterised { value, parameters }
}

/// A value, or a numbered piece of one.
struct Piece {
    number: Option<u32>,
    /// Whether it is in the form `charset'language'%C3%A9`.
    is_extended: bool,
    bytes: MappedBytes<'static>,
    at: Span,
}

impl Piece {
    fn of(name: &str, bytes: MappedBytes<'static>, at: Span) -> Self {
        let mut stars = name.split('*').skip(1);
        let number = stars.next().and_then(|number| number.parse().ok());
        Self { number, is_extended: name.ends_with('*'), bytes, at }
    }
}

/// One parameter of its pieces. A value in the form of RFC 2231 counts before one that is not, since the other is there
/// for readers that do not know it.
fn joined(mut pieces: Vec<Piece>, name: String) -> Option<Parameter> {
    let is_whole = |piece: &Piece| piece.number.is_none() && piece.is_extended;
    if let Some(whole) = pieces.iter().position(is_whole) {
        pieces = vec![pieces.swap_remove(whole)];
    } else if pieces.iter().any(|piece| piece.number.is_some()) {
        pieces.retain(|piece| piece.number.is_some());
        pieces.sort_by_key(|piece| piece.number);
        pieces.dedup_by_key(|piece| piece.number);
    } else {
        pieces.truncate(1);
    }
    let first = pieces.first()?;
    let at = pieces.iter().fold(first.at, |at, piece| at.cover(piece.at));
    let label = first.is_extended.then(|| label(first.bytes.bytes())).flatten();
    let mut bytes = MappedBytes::new();
    for (index, piece) in pieces.iter().enumerate() {
        let skipped = if index == 0 { label.as_ref().map_or(0, |(_, end)| *end) } else { 0 };
        push_piece(piece, skipped, &mut bytes);
    }
    let value = match label {
        Some((label, _)) => {
            let charset = Charset::named(&label).unwrap_or_else(|| Charset::utf8_or_guessed(bytes.bytes()));
            bytes.decoded(charset)
        }
        None => encoded_word::decode(bytes.bytes(), 0).through_bytes(&bytes).into_owned(),
    };
    Some(Parameter { name, value, at })
}

/// The name of the charset in front of a value, and where the value begins.
fn label(bytes: &[u8]) -> Option<(String, usize)> {
    let mut quotes = memchr::memchr_iter(b'\'', bytes);
    let (first, second) = (quotes.next()?, quotes.next()?);
    Some((String::from_utf8_lossy(&bytes[..first]).into_owned(), second + 1))
}

/// Appends the bytes of a piece from byte `skipped` on, with `%C3` and the like undone.
fn push_piece(piece: &Piece, skipped: usize, out: &mut MappedBytes<'static>) {
    let bytes = piece.bytes.bytes();
    if !piece.is_extended {
        out.push(&piece.bytes);
        return;
    }
    let mut at = skipped;
    while let Some(byte) = bytes.get(at) {
        let digit = |at: usize| bytes.get(at).and_then(|digit| char::from(*digit).to_digit(16));
        match (byte, digit(at + 1), digit(at + 2)) {
            (b'%', Some(high), Some(low)) => {
                // Two digits of base 16 are a byte.
                out.push_replaced(&[(high * 16 + low) as u8], piece.bytes.span(at..at + 3));
                at += 3;
            }
            _ => {
                out.push_verbatim(&[*byte], piece.bytes.span(at..at + 1).start());
                at += 1;
            }
        }
    }
}

/// A value without quotation marks, backslashes and line ends.
fn unquoted(raw: &[u8], range: Range<usize>, at: usize) -> MappedBytes<'static> {
    let mut bytes = MappedBytes::new();
    let is_quoted = raw.get(range.start.wrapping_sub(1)) == Some(&b'"');
    let mut next = range.start;
    while next < range.end {
        let (byte, here) = (raw[next], at + next);
        match byte {
            b'\r' | b'\n' => {}
            b'\\' if is_quoted && next + 1 < range.end => {
                next += 1;
                bytes.push_replaced(&raw[next..=next], Span::new(here, here + 2));
            }
            _ => bytes.push_verbatim(&[byte], here),
        }
        next += 1;
    }
    bytes
}

/// Goes through a value from the left to the right.
struct Scanner<'r> {
    raw: &'r [u8],
    at: usize,
}

impl Scanner<'_> {
    /// What stands before the first `;`, or before the first blank behind which nothing of it can follow: some mailers
    /// forget the `;`.
    fn value(&mut self) -> String {
        let mut value = Vec::new();
        loop {
            let before = self.at;
            self.skip_blank(b"");
            let Some(byte) = self.raw.get(self.at) else { break };
            let is_whole =
                self.at > before && !value.is_empty() && value.last() != Some(&b'/') && *byte != b'/';
            if *byte == b';' || is_whole {
                break;
            }
            value.push(byte.to_ascii_lowercase());
            self.at += 1;
        }
        String::from_utf8_lossy(&value).into_owned()
    }

    /// The next parameter: its name in lower case, and where its value is, without quotation marks.
    fn parameter(&mut self) -> Option<(String, Range<usize>)> {
        loop {
            self.skip_blank(b";");
            let start = self.at;
            let end = self.raw[start..]
                .iter()
                .position(|byte| matches!(byte, b'=' | b';'))
                .map(|len| start + len)?;
            self.at = end;
            if self.raw[end] == b'=' {
                self.at += 1;
                let name = String::from_utf8_lossy(self.raw[start..end].trim_ascii()).to_ascii_lowercase();
                return Some((name, self.parameter_value()));
            }
        }
    }

    /// Whether a parameter begins behind the blank here, for which somebody forgot the `;`.
    fn is_before_parameter(&self) -> bool {
        const LONGEST_NAME: usize = 40;
        let rest = &self.raw[self.at..self.raw.len().min(self.at + 2 * LONGEST_NAME)];
        let name = rest.trim_ascii_start();
        let is_of_name = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'*');
        let len = name.iter().position(|byte| !is_of_name(byte)).unwrap_or(name.len());
        rest.len() > name.len() && len > 0 && name.get(len) == Some(&b'=')
    }

    fn parameter_value(&mut self) -> Range<usize> {
        self.skip_blank(b"");
        if self.raw.get(self.at) == Some(&b'"') {
            return self.quoted();
        }
        let start = self.at;
        let mut end = start;
        while let Some(byte) = self.raw.get(self.at) {
            match byte {
                b';' => break,
                byte if byte.is_ascii_whitespace() && self.is_before_parameter() => break,
                b'(' if self.at == start || self.raw[self.at - 1].is_ascii_whitespace() => {
                    self.skip_comment()
                }
                // Blanks inside are against the standard, and meant as part of a file name.
                byte => {
                    self.at += 1;
                    end = if byte.is_ascii_whitespace() { end } else { self.at };
                }
            }
        }
        start..end
    }

    /// What stands between quotation marks; to the end, if they are never closed.
    fn quoted(&mut self) -> Range<usize> {
        let start = self.at + 1;
        let mut end = start;
        while let Some(byte) = self.raw.get(end) {
            match byte {
                b'"' => break,
                b'\\' => end += 2,
                _ => end += 1,
            }
        }
        let end = end.min(self.raw.len());
        self.at = (end + 1).min(self.raw.len());
        start..end
    }

    fn skip_blank(&mut self, besides: &[u8]) {
        while let Some(byte) = self.raw.get(self.at) {
            match byte {
                b'(' => self.skip_comment(),
                byte if byte.is_ascii_whitespace() || besides.contains(byte) => self.at += 1,
                _ => return,
            }
        }
    }

    fn skip_comment(&mut self) {
        self.at = comment_end(self.raw, self.at);
    }
}

/// Where a comment ends that begins with the `(` at `start`. Comments may hold comments.
pub(crate) fn comment_end(raw: &[u8], start: usize) -> usize {
    let (mut depth, mut at) = (0usize, start);
    while let Some(byte) = raw.get(at) {
        at += 1;
        match byte {
            b'(' => depth += 1,
            b')' => depth -= 1,
            b'\\' => at += 1,
            _ => {}
        }
        if depth == 0 {
            break;
        }
    }
    at.min(raw.len())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::decode::drawing::drawn_text;

    fn shown(raw: &str) -> String {
        let read = read(raw.as_bytes(), 0);
        let shown = |parameter: &Parameter| {
            let start = parameter.at.start();
            let drawn = drawn_text(&raw.as_bytes()[..parameter.at.end()], &parameter.value);
            format!(
                "; {}={}",
                parameter.name,
                drawn.strip_prefix('_').filter(|_| start > 0).unwrap_or(&drawn)
            )
        };
        read.value + &read.parameters.iter().map(shown).collect::<String>()
    }

    #[test]
    fn parameters_know_their_places() {
        let cases: &[(&str, &str)] = &[
            ("text/plain", "text/plain"),
            ("Text / HTML (yes; really) ; Charset=UTF-8", "text/html; charset=UTF-8"),
            ("a; charset=us-ascii (Plain \\) text); x=1", "a; charset=us-ascii; x=1"),
            ("a; name=\"b \\\"c\\\" ;d.pdf\"; x=1", "a; name=b (\" \\\")c(\" \\\") ;d.pdf; x=1"),
            ("a; name=my file.pdf ; x=1", "a; name=my file.pdf; x=1"),
            ("a; name=\"never closed", "a; name=never closed"),
            ("a; name*=utf-8'en'%C3%A9.pdf", "a; name=(é %C3%A9).pdf"),
            ("a; name*=iso-8859-1''%e9; name=e", "a; name=(é %e9)"),
            ("a; name*0*=utf-8''%C3; name*1*=%A9%; name*2=%A9", "a; name=(é %C3; name*1*=%A9)%_%A9"),
            ("a; name=\"=?utf-8?Q?caf=C3=A9?=.pdf\"", "a; name=caf(é =C3=A9)_.pdf"),
            ("a; name=\"one\r\n two\"", "a; name=one_ two"),
            ("a; name=b; NAME=c", "a; name=b"),
            ("a;;; flag; x = 1 ;", "a; x=1"),
            ("a; x=; y=\"\"", "a; x=; y="),
            ("a; x=1\n y=\"2\"\n z=3 4", "a; x=1; y=2; z=3 4"),
            ("multipart/mixed\n\tboundary=b", "multipart/mixed; boundary=b"),
            ("", ""),
        ];
        for (raw, expected) in cases {
            assert_eq!(shown(raw), *expected, "{raw:?}");
        }
    }

    #[test]
    fn pieces_are_joined_by_their_numbers() {
        let read = read(b"a; name*10=k; name*2=c; name*1=b; name*0=a; name*2=z", 0);
        assert_eq!(read.get("name").unwrap().value.text(), "abck");
    }

    proptest! {
        #[test]
        fn anything_is_read(raw in r#"(;|=|"|\\|\(|\)|\*|0|1|name|charset| |\r\n |utf-8''|%C3|%A9|x|é|=\?utf-8\?Q\?a\?=){0,30}"#) {
            let read = read(raw.as_bytes(), 2);
            for parameter in read.parameters {
                prop_assert!(parameter.at.end() <= raw.len() + 2);
                prop_assert!(parameter.value.span(0..parameter.value.text().len()).end() <= raw.len() + 2);
            }
        }
    }
}
