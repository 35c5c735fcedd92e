//! What the reader of `sellerlint.toml` refuses, as far as a schema can say it: codes, globs, hosts, dates, texts that may
//! not be empty, and which keys of `[formats]` go together.
//!
//! A schema that refuses what can be read is a nuisance, so each pattern lets through a little more than the reader.

use serde_json::{Map, Value, json};

use crate::config::{LANGUAGES, MARKETPLACES};
use crate::document::{Format, RecordFormat, TextFormat};

use super::written::{Closer, closer};

/// Something of one sign that is no blank.
const INK: &str = r"\S";
const DAY: &str = r"^\d{4}-\d{2}-\d{2}$";
/// One or more comparisons, parted by commas.
const VERSIONS: &str =
    r"^\s*[=<>~^]{0,2}\s*[0-9xX*][0-9A-Za-z.*+-]*(\s*,\s*[=<>~^]{0,2}\s*[0-9xX*][0-9A-Za-z.*+-]*)*\s*,?\s*$";
/// No sign of ASCII but those of hosts, and no dot at the beginning.
const HOST: &str = r##"^[^\s.!"#$%&'()*+,/:;<=>?@\[\\\]^`{|}~][^\s!"#$%&'()*+,/:;<=>?@\[\\\]^`{|}~]*$"##;
/// What names the folder of the configuration, and so nothing in it.
const NO_GLOB: &str = r"^(\./)?\.?/*$";
/// One sign of ASCII, or the name of the one that nobody sees.
const DELIMITER: &str = r#"^(tab|\\t|[\x00-\x09\x0B\x0C\x0E-\x21\x23-\x7F])$"#;
/// No step is empty.
const FIELD: &str = r"^[^.]";

/// What is known of the keys of the configuration.
pub(super) fn of_configuration() -> Vec<Closer> {
    let text = |pattern: &str| json!({ "type": "string", "pattern": pattern });
    let several = |least: usize, item: Value| json!({ "type": "array", "items": item, "minItems": least });
    let glob = json!({ "type": "string", "not": { "pattern": NO_GLOB } });
    let mut closer_ones = vec![
        closer("FileToml", "required-version", text(VERSIONS)),
        closer("FileToml", "max-findings", json!({ "type": "integer", "minimum": 1, "maximum": i64::MAX })),
        closer("FileToml", "policy-date", day()),
        closer("FileToml", "include", several(0, glob.clone())),
        closer("FileToml", "exclude", several(0, glob.clone())),
        closer("FileToml", "select", several(0, text(INK))),
        closer(
            "FileToml",
            "formats",
            json!({ "type": "object", "propertyNames": glob.clone(), "additionalProperties": format_or_table() }),
        ),
        closer("AllowToml", "rule", json!({ "type": "string", "not": { "pattern": r"^\s*(\*|all)\s*$" } })),
        closer("AllowToml", "files", several(1, glob.clone())),
        closer("AllowToml", "text", text(INK)),
        closer("AllowToml", "reason", text(INK)),
        closer("AllowToml", "until", day()),
        closer("OverrideToml", "files", several(1, glob)),
        closer("FormatToml", "format", json!({ "enum": names(|_| true) })),
        closer("FormatToml", "fields", several(1, text(FIELD))),
        closer("FormatToml", "delimiter", text(DELIMITER)),
        closer("FormatToml", "cells", json!({ "enum": cells() })),
    ];
    for form in ["FileToml", "OverrideToml"] {
        closer_ones.extend([
            closer(form, "channel", text(INK)),
            closer(form, "marketplace", text(&in_any_case(MARKETPLACES.iter().copied().chain(["UK"]), ""))),
            closer(form, "language", text(&in_any_case(LANGUAGES.split(' '), "([-_].*)?"))),
            closer(form, "allowed-hosts", several(0, text(HOST))),
        ]);
    }
    closer_ones
}

/// Which keys an entry of `[formats]` has, by its format.
pub(super) fn of_format(form: &mut Map<String, Value>) {
    let is = |which: fn(Format) -> bool| json!({ "properties": { "format": { "enum": names(which) } } });
    let without = |key: &str| json!({ "not": { "required": [key] } });
    let only = |key: &str, which: fn(Format) -> bool| json!({ "if": is(which), "else": without(key) });
    let is_tree = |format: Format| matches!(format, Format::Tree(_));
    form.insert("required".into(), json!(["format"]));
    form.insert(
        "allOf".into(),
        json!([
            { "if": is(is_tree), "then": { "required": ["fields"] }, "else": without("fields") },
            only("body", |format| matches!(format, Format::Records(_))),
            only("subject", |format| !matches!(format, Format::Message(_))),
            only("cells", |format| !matches!(format, Format::Message(_))),
            only("delimiter", |format| {
                matches!(format, Format::Records(RecordFormat::Csv | RecordFormat::Tsv))
            }),
        ]),
    );
}

fn day() -> Value {
    json!({ "type": "string", "format": "date", "pattern": DAY })
}

/// A name alone is enough where nothing has to be said besides.
fn format_or_table() -> Value {
    let alone = names(|format| !matches!(format, Format::Tree(_)));
    json!({ "anyOf": [{ "enum": alone }, { "$ref": "#/$defs/Format" }] })
}

fn names(which: impl Fn(Format) -> bool) -> Vec<&'static str> {
    Format::ALL.iter().copied().filter(|format| which(*format)).map(Format::name).collect()
}

fn cells() -> Vec<&'static str> {
    std::iter::once("auto").chain(TextFormat::ALL.iter().copied().map(TextFormat::name)).collect()
}

/// A pattern of codes in small letters or capitals, and what may stand behind them.
fn in_any_case<'c>(codes: impl Iterator<Item = &'c str>, behind: &str) -> String {
    let letter = |c: char| format!("[{}{}]", c.to_ascii_uppercase(), c.to_ascii_lowercase());
    let codes: Vec<String> = codes.map(|code| code.chars().map(letter).collect()).collect();
    format!("^({}){behind}$", codes.join("|"))
}
