//! How files are written, and how that is seen.

use std::collections::{BTreeSet, HashMap};

use serde::de::IgnoredAny;

use crate::text::{Charset, Source};

use super::records::line::RecordKeys;
use super::tree::FieldPath;
use super::{Document, MessageFormat, TextFormat, eml, html, markdown, plain};

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
pub struct ReadAs {
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
        Self::Message(MessageFormat::Md),
        Self::Message(MessageFormat::Html),
        Self::Message(MessageFormat::Eml),
        Self::Records(RecordFormat::Csv),
        Self::Records(RecordFormat::Tsv),
        Self::Records(RecordFormat::Jsonl),
        Self::Tree(TreeFormat::Json),
        Self::Tree(TreeFormat::Yaml),
    ];

    /// How it is called.
    pub fn name(self) -> &'static str {
        match self {
            Self::Message(message) => message.name(),
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
            "md" | "markdown" => Self::Message(MessageFormat::Md),
            "html" | "htm" | "xhtml" => Self::Message(MessageFormat::Html),
            "eml" => Self::Message(MessageFormat::Eml),
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
        let text = source.text().text();
        if looks_like_records(text) {
            Self::Records(RecordFormat::Jsonl)
        } else if looks_like_mail(text) {
            Self::Message(MessageFormat::Eml)
        } else {
            Self::Message(match TextFormat::look(text) {
                TextFormat::Html => MessageFormat::Html,
                TextFormat::Plain | TextFormat::Markdown => MessageFormat::Txt,
            })
        }
    }
}

/// Whether the first line is a JSON object, and the next one begins another or there is none.
fn looks_like_records(text: &str) -> bool {
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let is_object = |line: &str| serde_json::from_str::<HashMap<String, IgnoredAny>>(line).is_ok();
    lines.next().is_some_and(|line| line.starts_with('{') && is_object(line))
        && lines.next().is_none_or(|line| line.starts_with('{'))
}

/// Whether the first lines are headers, two of them such as mail programs write and nobody types.
fn looks_like_mail(text: &str) -> bool {
    const OF_PROGRAMS: &[&str] = &[
        "received",
        "return-path",
        "delivered-to",
        "mime-version",
        "message-id",
        "content-type",
        "content-transfer-encoding",
        "dkim-signature",
        "x-mailer",
        "from",
        "date",
    ];
    let mut met = BTreeSet::new();
    for line in text.lines().take_while(|line| !line.is_empty()).take(LONGEST_HEAD) {
        if line.starts_with([' ', '\t']) {
            continue;
        }
        let Some((name, _)) = line.split_once(':') else { return false };
        if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_graphic()) {
            return false;
        }
        let name = name.to_ascii_lowercase();
        met.extend(OF_PROGRAMS.iter().position(|known| *known == name));
    }
    met.len() >= 2
}

/// Lines at whose look an e-mail is told.
const LONGEST_HEAD: usize = 200;

/// The text of a file that is one message.
pub fn source(bytes: &[u8], format: MessageFormat, charset: Option<Charset>) -> Source<'_> {
    match format {
        MessageFormat::Eml => Source::new(bytes, charset.or_else(|| Some(Charset::of_mail(bytes)))),
        MessageFormat::Txt | MessageFormat::Md | MessageFormat::Html => Source::new(bytes, charset),
    }
}

/// Reads a file that is one message.
pub fn read<'a>(source: &'a Source<'_>, format: MessageFormat) -> Document<'a> {
    match format {
        MessageFormat::Txt => plain::read(source),
        MessageFormat::Md => markdown::read(source),
        MessageFormat::Html => html::read(source),
        MessageFormat::Eml => eml::read(source),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stdin_is_read_as_it_looks() {
        let cases = [
            ("Hello", "txt"),
            ("", "txt"),
            ("Subject: Your order\nDate: today\n\nHi", "txt"),
            ("Subject: Your order\nFrom: us\nHello there\n\nHi", "txt"),
            ("From: a@b.example\nDate: Sun, 22 Nov 2026 10:00:00 +0000\nSubject: x\n\nHi", "eml"),
            ("Received: from x\n by y\nMIME-Version: 1.0\n\n", "eml"),
            ("---\nkind: reply\n---\nFrom: a\nDate: b", "txt"),
            ("{\"body\": \"Hi\"}\n\n{\"body\": \"Ho\"}\n{br", "jsonl"),
            ("{\"body\": \"Hi\"}", "jsonl"),
            ("{{name}}, hello\n{x}", "txt"),
            ("{\"body\": \"Hi\"}\nHello", "txt"),
            ("{\n \"body\": 1}", "txt"),
            ("<!doctype html><p>Hi", "html"),
            ("Dear Ann, <br>", "html"),
            ("Dear <BUYER_NAME>, a < b", "txt"),
        ];
        for (text, name) in cases {
            assert_eq!(Format::look(text.as_bytes()).name(), name, "{text:?}");
        }
        let utf16: Vec<u8> = "\u{FEFF}<p>Hi".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(Format::look(&utf16).name(), "html");
    }

    #[test]
    fn names_and_extensions_are_those_of_formats() {
        for format in Format::ALL {
            assert_eq!(Format::of_extension(&format.name().to_uppercase()), Some(*format));
        }
        assert_eq!(Format::of_extension("liquid"), None);
    }
}
