//! Front matter in TOML.

use std::borrow::Cow;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue, Error};

use crate::decode::json_string;
use crate::document::metadata::{Entry, KEYS, Value};
use crate::document::{Metadata, Moment};
use crate::text::{MappedText, Span};

use super::known_key;

/// Reads the TOML in `inside`, or `None` if it is none. TOML with mistakes that names a known key is front matter all
/// the same: what can be read is, and the mistakes are faults.
pub(super) fn read<'a>(text: &'a str, inside: Range<usize>) -> Option<(Metadata, Option<MappedText<'a>>)> {
    let document = Toml { text, base: inside.start };
    let (table, errors) = DeTable::parse_recoverable(&text[inside.clone()]);
    if !errors.is_empty() && !names_known_key(&text[inside.clone()]) {
        return None;
    }
    let mut metadata = Metadata::default();
    for error in first_of_each_line(&text[inside.clone()], &errors) {
        let at = error.span().map_or(document.base..document.base, |span| document.place(span));
        metadata.unreadable(format!("the front matter is no valid TOML: {}", error.message()), at);
    }
    let mut subject = None;
    for (key, value) in table.get_ref() {
        if errors.iter().any(|error| touches(error, key.span().start..value.span().end)) {
            continue;
        }
        match (key.get_ref().as_ref(), value.get_ref()) {
            ("subject", DeValue::String(text)) => subject = Some(document.mapped(text, value.span())),
            ("subject", _) => {
                metadata.unreadable("write the subject in quotes".to_owned(), document.place(value.span()))
            }
            (known, _) if KEYS.contains(&known) => metadata.take(known, &document.entry(value)),
            (unknown, _) => metadata.unknown_key(unknown, document.place(key.span())),
        }
    }
    Some((metadata, subject))
}

/// Whether a line gives a value to a known key.
fn names_known_key(toml: &str) -> bool {
    toml.lines().any(|line| known_key(line).is_some())
}

/// One mistake often makes the parser stumble more than once on its line.
fn first_of_each_line<'e>(toml: &str, errors: &'e [Error]) -> impl Iterator<Item = &'e Error> {
    let mut done = None;
    errors.iter().filter(move |error| {
        let start = error.span().map_or(0, |span| span.start);
        let is_new =
            done.is_none_or(|done| toml.get(done..start).is_some_and(|between| between.contains('\n')));
        done = if is_new { Some(start) } else { done };
        is_new
    })
}

fn touches(error: &Error, range: Range<usize>) -> bool {
    error.span().is_some_and(|span| range.start <= span.end && span.start <= range.end)
}

/// TOML that begins at byte `base` of a text.
struct Toml<'a> {
    text: &'a str,
    base: usize,
}

impl<'a> Toml<'a> {
    fn place(&self, span: Range<usize>) -> Range<usize> {
        span.start + self.base..span.end + self.base
    }

    fn entry<'v>(&self, spanned: &'v Spanned<DeValue<'_>>) -> Entry<'v> {
        let mut at = self.place(spanned.span());
        let value = match spanned.get_ref() {
            DeValue::String(text) => {
                at = self.unquoted(at);
                Value::Text(Cow::Borrowed(text))
            }
            DeValue::Boolean(flag) => Value::Bool(*flag),
            DeValue::Datetime(datetime) => {
                Moment::new(*datetime).map_or(Value::Other("a time without a date"), Value::Moment)
            }
            DeValue::Array(values) => Value::List(values.iter().map(|value| self.entry(value)).collect()),
            DeValue::Integer(_) | DeValue::Float(_) => Value::Other("a number"),
            DeValue::Table(_) => Value::Other("a table"),
        };
        Entry { value, at }
    }

    /// A string with the place of each character; the whole, if its escapes are not those of JSON.
    fn mapped(&self, value: &str, span: Range<usize>) -> MappedText<'a> {
        let at = self.unquoted(self.place(span));
        let raw = &self.text[at.clone()];
        if raw == value {
            return MappedText::verbatim(raw, at.start);
        }
        let decoded = json_string::decode(raw, at.start);
        if decoded.text() == value {
            return decoded;
        }
        let mut whole = MappedText::new();
        whole.push_replaced(value, Span::from(at));
        whole
    }

    /// A string without its quotation marks.
    fn unquoted(&self, at: Range<usize>) -> Range<usize> {
        let raw = &self.text[at.clone()];
        let is_around =
            |mark: &&&str| raw.len() >= 2 * mark.len() && raw.starts_with(**mark) && raw.ends_with(**mark);
        let mark = ["\"\"\"", "'''", "\"", "'"].iter().find(is_around).map_or(0, |mark| mark.len());
        at.start + mark..at.end - mark
    }
}
