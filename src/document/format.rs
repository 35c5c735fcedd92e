//! How files are written, and how that is seen.

use serde::de::IgnoredAny;
use std::collections::HashMap;

use crate::text::{Charset, Source};

use super::field_path::FieldPath;
use super::record::RecordKeys;
use super::{Document, TextFormat, plain};

/// How a file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// One message.
    Message(MessageFormat),
    /// Many messages, one a record.
    Records(RecordFormat),
    /// Texts at certain places of one large value, each a message.
    Tree(TreeFormat),
}

/// How a file of one message is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MessageFormat {
    /// Plain text.
    #[default]
    Txt,
}

/// How a file of records is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RecordFormat {
    /// Rows of fields, the first of which names the columns.
    Csv,
    /// The same with tabs between the fields.
    Tsv,
    /// A JSON object a line.
    Jsonl,
}

/// How a file of one large value is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TreeFormat {
    /// JSON.
    Json,
    /// YAML.
    Yaml,
}

/// How a file is to be read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reading {
    /// How it is written.
    pub format: Format,
    /// Its charset, if that was said.
    pub charset: Option<Charset>,
    /// How the texts in fields are written; found by looking where that is not said.
    pub cells: Option<TextFormat>,
    /// What stands between the fields of a table; found by looking where that is not said.
    pub delimiter: Option<u8>,
    /// Which fields of a record hold the message.
    pub keys: RecordKeys,
    /// Which texts of a [tree](Format::Tree) are messages.
    pub bodies: Vec<FieldPath>,
    /// Where the subject of each stands.
    pub subject: Option<FieldPath>,
}

impl Default for Format {
    fn default() -> Self {
        Self::Message(MessageFormat::default())
    }
}

impl Format {
    /// Every format, in the order in which they are told.
    pub const ALL: &'static [Self] = &[
        Self::Message(MessageFormat::Txt),
        Self::Records(RecordFormat::Csv),
        Self::Records(RecordFormat::Tsv),
        Self::Records(RecordFormat::Jsonl),
        Self::Tree(TreeFormat::Json),
        Self::Tree(TreeFormat::Yaml),
    ];

    /// How it is called.
    pub fn name(self) -> &'static str {
        match self {
            Self::Message(MessageFormat::Txt) => "txt",
            Self::Records(RecordFormat::Csv) => "csv",
            Self::Records(RecordFormat::Tsv) => "tsv",
            Self::Records(RecordFormat::Jsonl) => "jsonl",
            Self::Tree(TreeFormat::Json) => "json",
            Self::Tree(TreeFormat::Yaml) => "yaml",
        }
    }

    /// The format that files with this extension have.
    pub fn of_extension(extension: &str) -> Option<Self> {
        Some(match extension.to_ascii_lowercase().as_str() {
            "txt" | "text" => Self::Message(MessageFormat::Txt),
            "csv" => Self::Records(RecordFormat::Csv),
            "tsv" | "tab" => Self::Records(RecordFormat::Tsv),
            "jsonl" | "ndjson" => Self::Records(RecordFormat::Jsonl),
            "json" => Self::Tree(TreeFormat::Json),
            "yaml" | "yml" => Self::Tree(TreeFormat::Yaml),
            _ => return None,
        })
    }

    /// How a file is written, by the look of its beginning. A draft that begins `Subject: …` is a draft.
    pub fn look(start: &[u8]) -> Self {
        let source = Source::new(start, None);
        if looks_like_records(source.text().text()) {
            return Self::Records(RecordFormat::Jsonl);
        }
        Self::default()
    }
}

/// Whether the first line is a JSON object, and the next one begins another or there is none.
fn looks_like_records(text: &str) -> bool {
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let is_object = |line: &str| serde_json::from_str::<HashMap<String, IgnoredAny>>(line).is_ok();
    lines.next().is_some_and(|line| line.starts_with('{') && is_object(line))
        && lines.next().is_none_or(|line| line.starts_with('{'))
}

/// Reads a file that is one message.
pub fn read<'a>(source: &'a Source<'_>, format: MessageFormat) -> Document<'a> {
    match format {
        MessageFormat::Txt => plain::read(source),
    }
}
