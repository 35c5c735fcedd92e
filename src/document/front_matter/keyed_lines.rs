//! Front matter in lines of `key: value`, the part of YAML that people write by heart.
//!
//! `#` begins a comment, values may be quoted, and a list is `[a, b]` or lines that begin with `-`. Case and `-` or `_`
//! in a key make no difference.

use std::borrow::Cow;
use std::ops::Range;

use crate::decode::json_string;
use crate::document::Metadata;
use crate::document::lines::{Line, lines};
use crate::document::metadata::{Entry, KEYS, Value};
use crate::text::nearest::nearest;
use crate::text::{MappedText, Span};

/// The keys that may have several values.
const LISTS: [&str; 3] = ["attachments", "to", ALLOW];
/// The key that may be given again.
const ALLOW: &str = "allow";

/// Reads the lines in `inside`, or `None` if one of them is no front matter, or none has a key that is known or nearly so.
pub(super) fn read(text: &str, inside: Range<usize>) -> Option<(Metadata, Option<MappedText<'_>>)> {
    let mut pairs: Vec<Pair<'_>> = Vec::new();
    for line in lines(&text[..inside.end], inside.start) {
        let content = line.text.trim_start();
        if content.is_empty() || content.starts_with('#') {
            continue;
        }
        match item(&line) {
            Some(item) => pairs.last_mut().filter(|pair| pair.takes_items())?.values.push(scalar(item)?),
            None => pairs.push(Pair::of(line)?),
        }
    }
    if !pairs.iter().any(|pair| pair.is_known() || nearest(&pair.key, KEYS.iter().copied()).is_some()) {
        return None;
    }
    Some(take(pairs))
}

fn take(pairs: Vec<Pair<'_>>) -> (Metadata, Option<MappedText<'_>>) {
    let mut metadata = Metadata::default();
    let mut subject = None;
    let mut seen: Vec<String> = Vec::new();
    for pair in pairs {
        if !pair.is_known() {
            metadata.unknown_key(pair.written.text, pair.written.range());
            continue;
        }
        if pair.key != ALLOW && seen.contains(&pair.key) {
            metadata.unreadable(
                format!("`{}` is given twice: the first one counts", pair.key),
                pair.written.range(),
            );
            continue;
        }
        seen.push(pair.key.clone());
        match pair.key.as_str() {
            "subject" => subject = pair.values.into_iter().next().map(|scalar| scalar.text),
            key => pair.entry().iter().for_each(|entry| metadata.take(key, entry)),
        }
    }
    (metadata, subject)
}

/// A key and its values.
struct Pair<'t> {
    /// In the form of the list of keys.
    key: String,
    written: Slice<'t>,
    values: Vec<Scalar<'t>>,
    is_list: bool,
}

/// A value without quotation marks.
struct Scalar<'t> {
    text: MappedText<'t>,
    at: Range<usize>,
}

/// A part of the text.
#[derive(Clone, Copy)]
struct Slice<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Slice<'t> {
    fn range(self) -> Range<usize> {
        self.at..self.at + self.text.len()
    }

    fn part(self, range: Range<usize>) -> Self {
        Self { text: &self.text[range.clone()], at: self.at + range.start }
    }

    fn trimmed(self) -> Self {
        let start = self.text.len() - self.text.trim_start().len();
        self.part(start..start + self.text.trim().len())
    }
}

impl<'t> Pair<'t> {
    fn of(line: Line<'t>) -> Option<Self> {
        let whole = Slice { text: line.text, at: line.at };
        let colon = line.text.find(':')?;
        let written = whole.part(0..colon);
        let value = whole.part(colon + 1..line.text.len());
        let is_key = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
        let starts_well = written.text.starts_with(|c: char| c.is_ascii_alphabetic());
        if !starts_well
            || !written.text.bytes().all(is_key)
            || !value.text.is_empty() && !value.text.starts_with([' ', '\t'])
        {
            return None;
        }
        let key = written.text.to_ascii_lowercase().replace('-', "_");
        let list = LISTS.contains(&key.as_str()).then(|| brackets(value.trimmed())).flatten();
        let values = match list {
            Some(inner) => items(inner)?,
            None => vec![scalar(value.trimmed())?],
        };
        let values = values.into_iter().filter(|scalar| !scalar.at.is_empty()).collect();
        Some(Self { key, written, values, is_list: list.is_some() })
    }

    fn is_known(&self) -> bool {
        KEYS.contains(&self.key.as_str())
    }

    /// Whether lines that begin with `-` may follow.
    fn takes_items(&self) -> bool {
        LISTS.contains(&self.key.as_str()) && !self.is_list
    }

    /// The value as metadata takes it; none if it was left out.
    fn entry(&self) -> Option<Entry<'_>> {
        let entry = |scalar: &Scalar<'_>| Entry {
            value: Value::Text(Cow::Owned(scalar.text.text().to_owned())),
            at: scalar.at.clone(),
        };
        if self.is_list && self.values.is_empty() {
            return Some(Entry { value: Value::List(Vec::new()), at: self.written.range() });
        }
        let (first, last) = (self.values.first()?, self.values.last()?);
        if self.values.len() == 1 {
            return Some(entry(first));
        }
        Some(Entry {
            value: Value::List(self.values.iter().map(entry).collect()),
            at: first.at.start..last.at.end,
        })
    }
}

/// What follows `- ` on a line of a list.
fn item<'t>(line: &Line<'t>) -> Option<Slice<'t>> {
    let content = line.text.trim_start().strip_prefix("- ")?;
    Some(Slice { text: content, at: line.range().end - content.len() }.trimmed())
}

/// What stands in `[ ]`.
fn brackets(value: Slice<'_>) -> Option<Slice<'_>> {
    let inner = value.text.strip_prefix('[')?;
    let end = inner.rfind(']')?;
    let after = inner[end + 1..].trim_start();
    (after.is_empty() || after.starts_with('#')).then(|| value.part(1..end + 1))
}

/// The values between commas.
fn items(inner: Slice<'_>) -> Option<Vec<Scalar<'_>>> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut quote = None;
    for (at, c) in inner.text.char_indices() {
        match (c, quote) {
            ('"' | '\'', None) => quote = Some(c),
            (_, Some(open)) if c == open => quote = None,
            (',', None) => {
                found.push(scalar(inner.part(start..at).trimmed())?);
                start = at + 1;
            }
            _ => {}
        }
    }
    found.push(scalar(inner.part(start..inner.text.len()).trimmed())?);
    Some(found)
}

/// A value: in double quotes with escapes, in single quotes, or bare up to a comment. `None` if something follows the
/// closing quotation mark.
fn scalar(value: Slice<'_>) -> Option<Scalar<'_>> {
    let Some(quote) = value.text.chars().next().filter(|c| matches!(c, '"' | '\'')) else {
        let end =
            value.text.find(" #").or(value.text.starts_with('#').then_some(0)).unwrap_or(value.text.len());
        let bare = value.part(0..end).trimmed();
        return Some(Scalar { text: MappedText::verbatim(bare.text, bare.at), at: bare.range() });
    };
    let end = closing(value.text, quote)?;
    let after = value.text[end + 1..].trim_start();
    if !after.is_empty() && !after.starts_with('#') {
        return None;
    }
    let inner = value.part(1..end);
    let text = if quote == '"' { json_string::decode(inner.text, inner.at) } else { single_quoted(inner) };
    Some(Scalar { text, at: inner.range() })
}

/// Where the quotation mark that opens a value is closed. It is written twice inside single quotes, and after a
/// backslash inside double quotes.
fn closing(text: &str, quote: char) -> Option<usize> {
    let mut signs = text.char_indices().skip(1).peekable();
    while let Some((at, c)) = signs.next() {
        let is_escaped = match quote {
            '"' => c == '\\',
            _ => c == quote && signs.peek().is_some_and(|(_, next)| *next == quote),
        };
        if is_escaped {
            signs.next();
        } else if c == quote {
            return Some(at);
        }
    }
    None
}

fn single_quoted(inner: Slice<'_>) -> MappedText<'_> {
    if !inner.text.contains("''") {
        return MappedText::verbatim(inner.text, inner.at);
    }
    let mut text = MappedText::new();
    let mut start = 0;
    for (at, doubled) in inner.text.match_indices("''") {
        text.push_verbatim(&inner.text[start..at], inner.at + start);
        text.push_replaced("'", Span::new(inner.at + at, inner.at + at + doubled.len()));
        start = at + doubled.len();
    }
    text.push_verbatim(&inner.text[start..], inner.at + start);
    text
}
