//! Labelled messages, as they are written: one JSON object a line.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use thiserror::Error;

use crate::finding::{FieldName, Kind};
use crate::rule::pack::explained;
use crate::text::nearest::nearest;

use super::Labels;

/// Labelled messages of any number of files.
#[derive(Debug, Clone, Default)]
pub struct Corpus {
    /// The messages, in the order of the files.
    pub messages: Vec<Labelled>,
    /// Messages that were left out because whoever labelled them was in doubt.
    pub doubtful: usize,
}

/// A message, and what is wrong with it.
#[derive(Debug, Clone)]
pub struct Labelled {
    /// Its `id`, or the number of its line.
    pub id: String,
    /// Judged as which kind.
    pub kind: Kind,
    /// Whether it is said to be clean.
    pub is_clean: bool,
    /// Its labels.
    pub passages: Vec<Passage>,
    /// Values that messages can be told apart by: `file`, `kind`, `lang` and every key besides the text that has a text, a
    /// number or a truth value.
    pub keys: BTreeMap<String, String>,
    /// The record that the linter reads.
    pub(super) record: String,
}

/// A label on a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// The number of the label.
    pub label: usize,
    /// Whether it must be found; a debatable one need not.
    pub is_firm: bool,
    /// The words that it is on; `None` for the message as a whole.
    pub quote: Option<Quote>,
}

/// Words of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quote {
    /// The words.
    pub text: String,
    /// The field that they are in.
    pub field: FieldName,
    /// Where, in Unicode scalar values of the field.
    pub chars: Range<usize>,
}

/// Something that keeps a corpus from being read.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{path}:{line}: {message}")]
pub struct Mistake {
    /// The file.
    pub path: String,
    /// The line, from 1.
    pub line: usize,
    /// What is wrong. Lower case, no full stop.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
}

/// A line as it is written. Keys that mean nothing here can still tell messages apart.
#[derive(Deserialize)]
#[serde(expecting = "an object with `body` and `labels`")]
struct Row {
    id: Option<Value>,
    lang: Option<String>,
    subject: Option<String>,
    body: String,
    kind: Option<String>,
    context: Option<String>,
    labels: Vec<PassageRow>,
    clean: Option<bool>,
    #[serde(default)]
    doubtful: bool,
    #[serde(default, rename = "final")]
    is_final: bool,
    #[serde(flatten)]
    rest: BTreeMap<String, Value>,
}

#[derive(Deserialize)]
#[serde(expecting = "a label such as {\"rule\": \"emoji\", \"quote\": null}")]
struct PassageRow {
    rule: String,
    quote: Option<String>,
    #[serde(default)]
    debatable: bool,
}

/// What the linter gets to see of a message.
#[derive(Serialize)]
struct Record<'r> {
    #[serde(skip_serializing_if = "Option::is_none")]
    subject: Option<&'r str>,
    body: &'r str,
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'r str>,
    #[serde(rename = "final", skip_serializing_if = "Option::is_none")]
    is_final: Option<bool>,
}

/// What is wrong with a line, and what to do about it.
type Fault = (String, Option<String>);

impl Corpus {
    /// Adds the messages of a file.
    ///
    /// # Errors
    /// All mistakes in it.
    pub fn read(&mut self, path: &str, text: &str, labels: &Labels) -> Result<(), Vec<Mistake>> {
        let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
        let mut mistakes = Vec::new();
        let mut lines_by_id = HashMap::new();
        for (line, row) in (1..).zip(text.lines()).filter(|(_, row)| !row.trim().is_empty()) {
            let message = read_row(row, line, labels).and_then(|message| {
                let other = message.as_ref().and_then(|message| lines_by_id.insert(message.id.clone(), line));
                match (message, other) {
                    (Some(message), Some(other)) => {
                        Err((format!("the id `{}` is that of line {other} too", message.id), None))
                    }
                    (message, _) => Ok(message),
                }
            });
            match message {
                Ok(Some(mut message)) => {
                    message.keys.insert("file".to_owned(), path.to_owned());
                    self.messages.push(message);
                }
                Ok(None) => self.doubtful += 1,
                Err((message, help)) => {
                    mistakes.push(Mistake { path: path.to_owned(), line, message, help });
                }
            }
        }
        if mistakes.is_empty() { Ok(()) } else { Err(mistakes) }
    }

    /// Leaves only messages that have this value under a key.
    ///
    /// # Errors
    /// What to write instead of a key that no message has.
    pub fn keep(&mut self, key: &str, value: &str) -> Result<(), String> {
        self.check_key(key)?;
        self.messages.retain(|message| message.keys.get(key).is_some_and(|has| has == value));
        Ok(())
    }

    /// Whether some message has a value under this key.
    ///
    /// # Errors
    /// What to write instead.
    pub fn check_key(&self, key: &str) -> Result<(), String> {
        let mut known: Vec<&str> =
            self.messages.iter().flat_map(|message| message.keys.keys()).map(String::as_str).collect();
        known.sort_unstable();
        known.dedup();
        if known.contains(&key) || known.is_empty() {
            return Ok(());
        }
        Err(match nearest(key, known.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("known: {}", known.join(", ")),
        })
    }
}

/// Reads a line; `None` for a doubtful one.
fn read_row(row: &str, line: usize, labels: &Labels) -> Result<Option<Labelled>, Fault> {
    let row: Row = serde_json::from_str(row).map_err(|error| unreadable(&error))?;
    let kind = kind(row.kind.as_deref().or(row.context.as_deref()))?;
    let passages = row.labels.iter().map(|label| passage(label, &row, labels));
    let passages = passages.collect::<Result<Vec<_>, _>>()?;
    let is_clean = row.clean.unwrap_or(passages.is_empty());
    if is_clean && !passages.is_empty() {
        return Err(("the message is called clean and has a label".to_owned(), None));
    }
    if row.doubtful {
        return Ok(None);
    }
    let id = row.id.as_ref().and_then(plain).unwrap_or_else(|| format!("line {line}"));
    let record = Record {
        subject: row.subject.as_deref().filter(|subject| !subject.is_empty()),
        body: &row.body,
        kind: kind.name(),
        language: row.lang.as_deref(),
        is_final: row.is_final.then_some(true),
    };
    let record = serde_json::to_string(&record).expect("internal: texts and flags can be written");
    let mut keys: BTreeMap<String, String> =
        row.rest.into_iter().filter_map(|(key, value)| Some((key, plain(&value)?))).collect();
    keys.insert("kind".to_owned(), kind.name().to_owned());
    keys.extend(row.lang.map(|lang| ("lang".to_owned(), lang)));
    Ok(Some(Labelled { id, kind, is_clean, passages, keys, record }))
}

fn unreadable(error: &serde_json::Error) -> Fault {
    let text = error.to_string();
    let reason = text.rsplit_once(" at line ").map_or(text.as_str(), |(reason, _)| reason);
    match error.classify() {
        serde_json::error::Category::Data => explained(reason),
        _ => (format!("the line is no JSON object: {reason} in column {}", error.column()), None),
    }
}

fn kind(name: Option<&str>) -> Result<Kind, Fault> {
    let Some(name) = name.filter(|name| *name != "unknown") else { return Ok(Kind::default()) };
    let kind = Kind::ALL.iter().copied().find(|kind| kind.name() == name);
    kind.ok_or_else(|| {
        let help = "write `proactive`, `reply`, `critical` or `unknown`".to_owned();
        (format!("there is no kind `{name}`"), Some(help))
    })
}

fn passage(label: &PassageRow, row: &Row, labels: &Labels) -> Result<Passage, Fault> {
    let number = labels.find(&label.rule).map_err(|help| {
        (format!("`{}` is neither the id of a rule nor a label of a pack", label.rule), Some(help))
    })?;
    let quote = match label.quote.as_deref().filter(|quote| !quote.is_empty()) {
        Some(quote) => Some(place(quote, row).ok_or_else(|| {
            let help = "copy it letter by letter, or write `null` if the whole message is meant".to_owned();
            (
                format!("the message does not have the words `{quote}` of the label `{}`", label.rule),
                Some(help),
            )
        })?),
        None => None,
    };
    Ok(Passage { label: number, is_firm: !label.debatable, quote })
}

/// Where the words of a label stand: first in the body, else in the subject. People who label quote and do not count, so
/// this is the one place where words are searched for.
fn place(quote: &str, row: &Row) -> Option<Quote> {
    let fields = [
        (FieldName::Body, row.body.as_str()),
        (FieldName::Subject, row.subject.as_deref().unwrap_or_default()),
    ];
    fields.into_iter().find_map(|(field, text)| {
        let start = text[..text.find(quote)?].chars().count();
        let chars = start..start + quote.chars().count();
        Some(Quote { text: quote.to_owned(), field, chars })
    })
}

/// A value that is a single one, as it is written.
fn plain(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(_) | Value::Bool(_) => Some(value.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}
