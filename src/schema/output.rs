//! The schemas of what is written for programs, see [`crate::report::json`]: a promise, so by hand.
//!
//! Every key is always there. More keys may come within schema 1, so readers are not told to refuse them.

use serde_json::{Map, Value, json};

use crate::finding::{Confidence, Kind, Severity};

use super::DIALECT;

/// The schema of `--output-format json`.
pub fn json() -> Value {
    let message = object(&[
        (
            "record",
            or_null(at_least(1)),
            "number of the record in the file, from 1; null where the file is one message",
        ),
        ("id", or_null(text()), "the record's own id"),
        ("kind", one_of(Kind::ALL, Kind::name), "judged as this kind of message"),
        ("kind_origin", origin(), "who said so"),
        ("channel", or_null(text()), "the channel that it is sent by"),
        ("findings", list(finding(&[labels()])), "sorted by place, then rule"),
        ("suppressed", list(finding(&[labels(), suppression()])), "what would be findings but was accepted"),
    ]);
    let file = object(&[
        ("path", text(), "as given, with / between folders; - for standard input"),
        ("messages", list(message), "in the order of the file, also where nothing was found"),
    ]);
    let unreadable = object(&[
        ("path", text(), "as given, with / between folders"),
        ("message", text(), "a sentence that says why"),
    ]);
    let tool = object(&[("name", text(), "sellerlint"), ("version", text(), "its version")]);
    let whole = object(&[
        ("schema", json!({ "const": 1 }), "the version of this form"),
        ("tool", tool, "the program that wrote this"),
        ("files", list(file), "one entry a file, in order"),
        ("unreadable", list(unreadable), "one entry a file that could not be read"),
        ("summary", summary(), "what was checked, in numbers"),
    ]);
    named(whole, "sellerlint --output-format json", "Everything in one object.")
}

/// The schema of a line of `--output-format jsonl`.
pub fn jsonl() -> Value {
    let record = json!({ "type": ["string", "integer", "null"] });
    let path = text();
    let line = finding(&[
        ("path", path, "as given, with / between folders; - for standard input"),
        ("record", record, "the record's own id, else its number from 1; null where the file is one message"),
    ]);
    named(line, "sellerlint --output-format jsonl", "One finding a line.")
}

type Key = (&'static str, Value, &'static str);

fn finding(more: &[Key]) -> Value {
    let page = object(&[
        ("name", text(), "what the page is called"),
        ("line", at_least(1), "where the finding begins in the decoded text"),
        ("column", at_least(1), "in Unicode scalar values"),
    ]);
    let edit = object(&[
        ("bytes", range(), "what is replaced, in bytes of the file"),
        ("replacement", text(), "what is written instead"),
    ]);
    let fix = object(&[
        ("applicability", names(&["safe", "unsafe", "display-only"]), "how safe it is"),
        ("edits", list(edit), "what is changed"),
    ]);
    let fields = names(&["subject", "body", "metadata", "header", "attachment", "configuration"]);
    let own = [
        ("rule", text(), "id of the rule; pack/id for a pack of the user"),
        ("severity", one_of(Severity::ALL, Severity::name), "how bad it is"),
        ("confidence", one_of(Confidence::ALL, Confidence::name), "how sure it is"),
        ("message", text(), "what is wrong and why"),
        ("help", text(), "what to do instead"),
        ("field", fields, "the part of the message that it is in"),
        ("line", at_least(1), "where it begins in the file"),
        ("column", at_least(1), "in Unicode scalar values"),
        ("end_line", at_least(1), "where it ends"),
        ("end_column", at_least(1), "the column after the last character"),
        ("bytes", range(), "in bytes of the file"),
        ("page", or_null(page), "where the file wraps the text"),
        (
            "field_chars",
            or_null(range()),
            "in Unicode scalar values of the decoded field; null for what is no text of one",
        ),
        ("text", text(), "the decoded words; empty for the whole message"),
        ("also", list(text()), "rules of the same family that these words break too"),
        (
            "fingerprint",
            json!({ "type": "string", "pattern": "^[0-9a-f]{16}$" }),
            "what it is known by in baselines",
        ),
        ("fix", or_null(fix), "how it is mended"),
    ];
    object(&[more, &own].concat())
}

fn labels() -> Key {
    let label = object(&[
        ("message", text(), "what it has to do with the finding"),
        ("line", at_least(1), "where it begins in the file"),
        ("column", at_least(1), "in Unicode scalar values"),
        ("end_line", at_least(1), "where it ends"),
        ("end_column", at_least(1), "the column after the last character"),
        ("bytes", range(), "in bytes of the file"),
    ]);
    ("labels", list(label), "other places that belong to it")
}

fn suppression() -> Key {
    let suppression = object(&[
        ("by", names(&["in-source", "configuration", "baseline"]), "who accepted it"),
        ("reason", or_null(text()), "why; null for a baseline"),
    ]);
    ("suppression", suppression, "that it was accepted")
}

fn summary() -> Value {
    let kind = object(&[
        ("kind", one_of(Kind::ALL, Kind::name), "judged as this kind"),
        ("origin", origin(), "who said so"),
        ("messages", at_least(1), "how many"),
    ]);
    let channel =
        object(&[("channel", text(), "sent by this channel"), ("messages", at_least(1), "how many")]);
    object(&[
        ("files", at_least(0), "files that were checked"),
        ("messages", at_least(0), "messages that were checked"),
        ("errors", at_least(0), "findings of severity error"),
        ("warnings", at_least(0), "findings of severity warning"),
        ("notes", at_least(0), "findings of severity note"),
        ("suppressed", at_least(0), "findings that were accepted; they are counted nowhere else"),
        ("mended", at_least(0), "findings that were mended in the files; they are counted nowhere else"),
        (
            "fixable",
            at_least(0),
            "findings with a safe fix, also those that the baseline accepts or that are not listed",
        ),
        ("fixable_unsafely", at_least(0), "findings with an unsafe fix, counted so too"),
        ("messages_with_errors", at_least(0), "messages that must not be sent as they are"),
        ("unreadable_files", at_least(0), "how many files could not be read"),
        ("skipped_files", at_least(0), "files of other types in the folders"),
        ("kinds", list(kind), "how many messages were judged as which kind"),
        ("channels", list(channel), "how many messages are sent by which channel"),
        ("not_checked", list(text()), "what could not be judged, in words"),
    ])
}

fn named(mut schema: Value, title: &str, description: &str) -> Value {
    if let Some(schema) = schema.as_object_mut() {
        schema.insert("$schema".into(), DIALECT.into());
        schema.insert("title".into(), title.into());
        schema.insert("description".into(), description.into());
    }
    schema
}

fn object(keys: &[Key]) -> Value {
    let property = |(key, schema, description): &Key| {
        let mut schema = schema.clone();
        if let Some(schema) = schema.as_object_mut() {
            schema.insert("description".into(), (*description).into());
        }
        ((*key).to_owned(), schema)
    };
    let properties: Map<String, Value> = keys.iter().map(property).collect();
    let required: Vec<&str> = keys.iter().map(|(key, ..)| *key).collect();
    json!({ "type": "object", "properties": properties, "required": required })
}

fn list(inner: Value) -> Value {
    json!({ "type": "array", "items": inner })
}

fn or_null(inner: Value) -> Value {
    json!({ "anyOf": [inner, { "type": "null" }] })
}

fn text() -> Value {
    json!({ "type": "string" })
}

fn at_least(least: usize) -> Value {
    json!({ "type": "integer", "minimum": least })
}

fn range() -> Value {
    json!({ "type": "array", "items": at_least(0), "minItems": 2, "maxItems": 2 })
}

fn names(names: &[&str]) -> Value {
    json!({ "enum": names })
}

fn one_of<T: Copy>(all: &[T], name: fn(T) -> &'static str) -> Value {
    json!({ "enum": all.iter().copied().map(name).collect::<Vec<_>>() })
}

fn origin() -> Value {
    names(&["option", "metadata", "headers", "configuration", "subject-tag", "default"])
}
