//! One line of a JSON Lines file: a record with a message in it.
//!
//! The parser of serde_json says where the raw text of each value is ([`RawValue`] borrows from the line), and the
//! strings among them are decoded here, so that every character keeps its place.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use crate::decode::json_string;
use crate::finding::FieldName;
use crate::text::{MappedText, Source};

use crate::document::metadata::{Entry, KEYS, Value};
use crate::document::{Document, Metadata, Page, PageName, TextFormat};

/// Which fields of a record hold the message, where they have other names than usual: columns of a table, or keys of JSON
/// Lines, of which a dotted one (`message.text`, `messages.0.text`) leads into objects and lists.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RecordKeys {
    /// The key of the body; without it, the first that is there of `body`, `text`, `message` and `content`.
    pub body: Option<String>,
    /// The key of the subject; without it, `subject`.
    pub subject: Option<String>,
}

/// The keys that hold a body, in the order in which they are looked for.
const BODY_KEYS: &[&str] = &["body", "text", "message", "content"];

/// Reads a record. `null` counts as missing, the last of several equal keys counts, and keys that mean nothing here are
/// left alone. A line that is no record, or has no body, gives a document without a body and a fault that says why.
/// `cells` is how the body is written, found by looking where that is not said.
pub fn read<'a>(line: &'a Source<'_>, keys: &RecordKeys, cells: Option<TextFormat>) -> Document<'a> {
    let text = line.text().text();
    let mut document = Document { pages: vec![Page::file(line.text())], ..Document::default() };
    let object = match serde_json::from_str::<Object<'a>>(text) {
        Ok(object) => object,
        Err(error) => {
            let at = error_place(text, &error);
            let column = line.position(at.start).column;
            document
                .metadata
                .unreadable(format!("the line is no JSON object: {} in column {column}", reason(&error)), at);
            return document;
        }
    };
    let record = Record { line, object };
    record.read_metadata(&mut document.metadata);
    document.take_named();
    let subject = record.subject(keys, &mut document.metadata).map(|field| (FieldName::Subject, field));
    let body = record.body(keys, &mut document.metadata).map(|field| (FieldName::Body, field));
    for (field, (key, text)) in subject.into_iter().chain(body) {
        let page = document.add_page(PageName::Field(key), text.through(line.text()));
        let format = match field {
            FieldName::Body => cells.unwrap_or_else(|| TextFormat::look(document.pages[page].text.text())),
            _ => TextFormat::Plain,
        };
        document.add_text(field, page, format);
    }
    document
}

struct Record<'s, 'a> {
    line: &'a Source<'s>,
    object: Object<'a>,
}

impl<'a> Record<'_, 'a> {
    fn read_metadata(&self, metadata: &mut Metadata) {
        metadata.id = self.object.get("id").and_then(|raw| match raw.get().as_bytes() {
            [b'"', ..] => Some(self.string(raw).text().to_owned()),
            [b'-' | b'0'..=b'9', ..] => Some(raw.get().to_owned()),
            _ => None,
        });
        for key in KEYS.iter().filter(|key| **key != "subject") {
            let Some(raw) = self.object.get(key) else { continue };
            let faults = metadata.faults.len();
            metadata.take(key, &self.entry(raw));
            if matches!(*key, "marketplace" | "to") {
                // Exports call other things so, such as the channel of a helpdesk: what cannot be read says nothing.
                metadata.faults.truncate(faults);
            }
        }
        metadata.faults.sort_by_key(|fault| fault.at.start);
    }

    /// The key of the subject, and its text.
    fn subject(&self, keys: &RecordKeys, metadata: &mut Metadata) -> Option<(String, MappedText<'a>)> {
        let key = keys.subject.as_deref().unwrap_or("subject");
        let raw = self.object.lookup(key)?;
        Some((key.to_owned(), self.text_of(key, raw, metadata)?))
    }

    /// The key of the body, and its text.
    fn body(&self, keys: &RecordKeys, metadata: &mut Metadata) -> Option<(String, MappedText<'a>)> {
        let found = match keys.body.as_deref() {
            Some(key) => self.object.lookup(key).map(|raw| (key, raw)),
            None => BODY_KEYS.iter().find_map(|key| Some((*key, self.object.get(key)?))),
        };
        let Some((key, raw)) = found else {
            let wanted = keys
                .body
                .as_ref()
                .map_or("`body`, `text`, `message` or `content`".to_owned(), |key| format!("`{key}`"));
            metadata.unreadable(
                format!("the record has no text of a message: no {wanted} in column 1"),
                self.first_sign(),
            );
            return None;
        };
        Some((key.to_owned(), self.text_of(key, raw, metadata)?))
    }

    /// The text of a value that must be a string.
    fn text_of(&self, key: &str, raw: &'a RawValue, metadata: &mut Metadata) -> Option<MappedText<'a>> {
        if raw.get().starts_with('"') {
            return Some(self.string(raw));
        }
        let at = self.place(raw);
        let column = self.line.position(at.start).column;
        metadata.unreadable(format!("`{key}` is {}, not a text, in column {column}", name_of(raw)), at);
        None
    }

    fn entry(&self, raw: &'a RawValue) -> Entry<'a> {
        let at = self.place(raw);
        match raw.get().as_bytes() {
            [b'"', ..] => {
                let text = self.string(raw).text().to_owned();
                Entry { value: Value::Text(Cow::Owned(text)), at: at.start + 1..at.end - 1 }
            }
            [flag @ (b't' | b'f'), ..] => Entry { value: Value::Bool(*flag == b't'), at },
            [b'[', ..] => {
                let values: Vec<&'a RawValue> = serde_json::from_str(raw.get()).unwrap_or_default();
                Entry {
                    value: Value::List(values.into_iter().map(|raw| self.entry_of_list(raw)).collect()),
                    at,
                }
            }
            _ => Entry { value: Value::Other(name_of(raw)), at },
        }
    }

    /// A value of a list; lists in lists are not looked into.
    fn entry_of_list(&self, raw: &'a RawValue) -> Entry<'a> {
        if raw.get().starts_with('[') {
            return Entry { value: Value::Other("a list"), at: self.place(raw) };
        }
        self.entry(raw)
    }

    /// The characters of a string.
    fn string(&self, raw: &'a RawValue) -> MappedText<'a> {
        let raw_text = raw.get();
        json_string::decode(&raw_text[1..raw_text.len() - 1], self.place(raw).start + 1)
    }

    /// Where a value stands in the line, of which it is a slice.
    fn place(&self, raw: &RawValue) -> Range<usize> {
        let start = raw.get().as_ptr().addr() - self.line.text().text().as_ptr().addr();
        start..start + raw.get().len()
    }

    fn first_sign(&self) -> Range<usize> {
        let text = self.line.text().text();
        let start = text.len() - text.trim_start().len();
        start..start + 1
    }
}

/// The values of an object by key, in their order.
struct Object<'a>(Vec<(Cow<'a, str>, &'a RawValue)>);

impl<'a> Object<'a> {
    /// The value of a key, unless it is `null`.
    fn get(&self, key: &str) -> Option<&'a RawValue> {
        let (_, raw) = self.0.iter().rev().find(|(known, _)| known == key)?;
        (raw.get() != "null").then_some(*raw)
    }

    /// The value at a dotted path; a key that has the dots in its name goes first.
    fn lookup(&self, path: &str) -> Option<&'a RawValue> {
        if let Some(raw) = self.get(path) {
            return Some(raw);
        }
        let (first, rest) = path.split_once('.')?;
        let mut raw = self.get(first)?;
        for key in rest.split('.') {
            raw = if raw.get().starts_with('[') {
                serde_json::from_str::<Vec<&'a RawValue>>(raw.get()).ok()?.get(key.parse::<usize>().ok()?)?
            } else {
                serde_json::from_str::<Object<'a>>(raw.get()).ok()?.get(key)?
            };
        }
        (raw.get() != "null").then_some(raw)
    }
}

impl<'de> Deserialize<'de> for Object<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Pairs;

        impl<'de> Visitor<'de> for Pairs {
            type Value = Object<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut pairs = Vec::new();
                while let Some((key, value)) = map.next_entry::<Key<'de>, &'de RawValue>()? {
                    pairs.push((key.0, value));
                }
                Ok(Object(pairs))
            }
        }

        deserializer.deserialize_map(Pairs)
    }
}

/// A key, copied only if it has escapes.
#[derive(Deserialize)]
struct Key<'a>(#[serde(borrow)] Cow<'a, str>);

/// What a value is, in words.
fn name_of(raw: &RawValue) -> &'static str {
    match raw.get().as_bytes() {
        [b'"', ..] => "a text",
        [b'{', ..] => "an object",
        [b'[', ..] => "a list",
        [b't' | b'f', ..] => "a truth value",
        [b'n', ..] => "null",
        _ => "a number",
    }
}

/// What serde_json says, without its own count of lines and columns.
pub(in crate::document) fn reason(error: &serde_json::Error) -> String {
    let text = error.to_string();
    text.rsplit_once(" at line ").map_or(text.clone(), |(reason, _)| reason.to_owned())
}

/// The character at which reading stopped. serde_json counts bytes from 1, and 0 for what it had not begun to read.
pub(in crate::document) fn error_place(text: &str, error: &serde_json::Error) -> Range<usize> {
    let line: usize = text.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum();
    let mut start = (line + error.column().saturating_sub(1)).min(text.len());
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    let len = text[start..].chars().next().map_or(0, char::len_utf8);
    start..start + len
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The fields of a record, each with the bytes of the line it stands at, then the faults.
    fn shown_with(line: &str, keys: &RecordKeys) -> String {
        let source = Source::new(line.as_bytes(), None);
        let document = read(&source, keys, None);
        let mut out = Vec::new();
        out.extend(document.metadata.id.iter().map(|id| format!("id {id}")));
        for block in &document.blocks {
            let span = document.file_span(block, 0..block.text.text().len());
            out.push(format!("{} {:?} «{}»", block.field, block.text.text(), &line[span.range()]));
        }
        out.extend(
            document
                .metadata
                .faults
                .iter()
                .map(|fault| format!("{} «{}»", fault.message, &line[fault.at.clone()])),
        );
        out.join("; ")
    }

    fn shown(line: &str) -> String {
        shown_with(line, &RecordKeys::default())
    }

    #[test]
    fn fields_keep_their_place() {
        let cases = [
            (r#"{"body":"Hi"}"#, r#"body "Hi" «Hi»"#),
            (
                r#" { "id" : 7 , "subject" : "a\nb" , "body" : "Hi é" } "#,
                r#"id 7; subject "a\nb" «a\nb»; body "Hi é" «Hi é»"#,
            ),
            (r#"{"id":"x\u0041","text":"T","message":"M"}"#, r#"id xA; body "T" «T»"#),
            (r#"{"content":"C","message":"M"}"#, r#"body "M" «M»"#),
            (r#"{"body":null,"content":"C"}"#, r#"body "C" «C»"#),
            (r#"{"body":"one","body":"two"}"#, r#"body "two" «two»"#),
            (r#"{"b\u006fdy":"Hi","id":[1],"other":{"body":"no"}}"#, r#"body "Hi" «Hi»"#),
            (r#"{"body":"\ud83d\ude00"}"#, r#"body "😀" «\ud83d\ude00»"#),
            (r#"{"body":"a \ud83d b"}"#, r#"body "a � b" «a \ud83d b»"#),
        ];
        for (line, expected) in cases {
            assert_eq!(shown(line), expected, "{line}");
        }
    }

    #[test]
    fn other_keys_may_hold_the_message() {
        let keys =
            RecordKeys { body: Some("message.text".to_owned()), subject: Some("head.line.0".to_owned()) };
        let cases = [
            (r#"{"message":{"text":"Hi"},"head":{"line":{"0":"S"}}}"#, r#"subject "S" «S»; body "Hi" «Hi»"#),
            (r#"{"message.text":"Hi","message":{"text":"no"}}"#, r#"body "Hi" «Hi»"#),
            (
                r#"{"message":"Hi","body":"no"}"#,
                "the record has no text of a message: no `message.text` in column 1 «{»",
            ),
            (
                r#"{"message":{"text":null}}"#,
                "the record has no text of a message: no `message.text` in column 1 «{»",
            ),
            (r#"{"message":{"text":5}}"#, "`message.text` is a number, not a text, in column 20 «5»"),
        ];
        for (line, expected) in cases {
            assert_eq!(shown_with(line, &keys), expected, "{line}");
        }
    }

    #[test]
    fn a_path_leads_into_lists() {
        let keys = RecordKeys { body: Some("messages.1.text".to_owned()), subject: None };
        let cases = [
            (r#"{"messages":[{"text":"a"},{"text":"b"}]}"#, r#"body "b" «b»"#),
            (r#"{"messages":{"1":{"text":"c"}}}"#, r#"body "c" «c»"#),
            (
                r#"{"messages":[{"text":"a"}]}"#,
                "the record has no text of a message: no `messages.1.text` in column 1 «{»",
            ),
        ];
        for (line, expected) in cases {
            assert_eq!(shown_with(line, &keys), expected, "{line}");
        }
    }

    #[test]
    fn a_line_that_is_no_record_says_why_and_where() {
        let cases = [
            ("", "the line is no JSON object: EOF while parsing a value in column 1 «»"),
            ("é", "the line is no JSON object: expected value in column 1 «é»"),
            (r#"{"é":1 "b":2}"#, "the line is no JSON object: expected `,` or `}` in column 8 «\"»"),
            (r#"{"body":"Hi"#, "the line is no JSON object: EOF while parsing a string in column 11 «i»"),
            (r#"{"body":"Hi"} x"#, "the line is no JSON object: trailing characters in column 15 «x»"),
            ("[1]", "the line is no JSON object: invalid type: sequence, expected an object in column 1 «[»"),
            (r#"{"body":["Hi"]}"#, "`body` is a list, not a text, in column 9 «[\"Hi\"]»"),
            (
                r#"{"a":1}"#,
                "the record has no text of a message: no `body`, `text`, `message` or `content` in column 1 «{»",
            ),
            (
                r#"{"body":null}"#,
                "the record has no text of a message: no `body`, `text`, `message` or `content` in column 1 «{»",
            ),
            (
                r#"{"subject":1,"body":"x"}"#,
                r#"body "x" «x»; `subject` is a number, not a text, in column 12 «1»"#,
            ),
        ];
        for (line, expected) in cases {
            assert_eq!(shown(line), expected, "{line}");
        }
    }

    #[test]
    fn metadata_is_that_of_front_matter() {
        let line = r#"{"kind":"re\u0070ly","final":true,"order_id":null,"send_date":"soon","marketplace":"amazon","attachments":["a.pdf",[1]],"colour":1,"body":"[[order-id]]\n> a\n> b"}"#;
        let source = Source::new(line.as_bytes(), None);
        let document = read(&source, &RecordKeys::default(), None);
        let kind = document.metadata.kind.unwrap();
        assert_eq!((kind.value.name(), &line[kind.at]), ("reply", r"re\u0070ly"));
        assert!(document.metadata.is_final.unwrap().value);
        assert_eq!(document.metadata.attachments.len(), 1);
        let faults: Vec<_> = document.metadata.faults.iter().map(|fault| &line[fault.at.clone()]).collect();
        assert_eq!(faults, ["soon", "[1]"]);
        let body = &document.blocks[0];
        assert_eq!((body.placeholders.len(), body.quoted.len()), (1, 1));
    }

    #[test]
    fn deep_nests_are_skipped() {
        let line = format!(r#"{{"a":{}{},"body":"Hi"}}"#, "[".repeat(100_000), "]".repeat(100_000));
        let source = Source::new(line.as_bytes(), None);
        assert_eq!(read(&source, &RecordKeys::default(), None).blocks[0].text.text(), "Hi");
    }

    proptest! {
        #[test]
        fn the_body_is_what_serde_json_reads(body in any::<String>(), other in any::<String>(), after in any::<bool>()) {
            let mut object = serde_json::Map::new();
            object.insert(other.clone(), serde_json::json!({ "body": other, "n": [1.5, null, true] }));
            object.insert("body".to_owned(), body.clone().into());
            let json = serde_json::Value::Object(object);
            let line = if after { format!(" {json} ") } else { serde_json::to_string_pretty(&json).unwrap() };
            let source = Source::new(line.as_bytes(), None);
            let document = read(&source, &RecordKeys::default(), Some(TextFormat::Plain));
            let block = document.blocks.iter().find(|block| block.field == FieldName::Body).unwrap();
            prop_assert_eq!(block.text.text(), &body);
            let span = document.file_span(block, 0..body.len());
            prop_assert_eq!(body.is_empty() || line[..span.start()].ends_with('"') && line[span.end()..].starts_with('"'), true);
        }

        #[test]
        fn anything_gives_a_document(bytes in prop::collection::vec(any::<u8>(), 0..80), dotted in any::<bool>()) {
            let source = Source::new(&bytes, None);
            let body = dotted.then(|| "a.b".to_owned());
            let document = read(&source, &RecordKeys { body, subject: None }, None);
            for fault in document.metadata.faults {
                prop_assert!(source.text().text().get(fault.at).is_some());
            }
        }
    }
}
