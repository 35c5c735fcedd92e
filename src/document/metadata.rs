//! The keys of front matter and records, and what their values may be.
//!
//! Front matter in TOML, front matter in lines and records of JSON differ in how they write a value; what a value
//! means is decided here, once.

use std::borrow::Cow;
use std::ops::Range;

use crate::finding::Kind;
use crate::text::nearest::nearest;

use super::{Allow, Given, Metadata, MetadataFault, MetadataFaultKind, Moment};

/// Every key that is read. `subject` is text of the message and read by each format itself.
pub(super) const KEYS: &[&str] = &[
    "subject",
    "kind",
    "channel",
    "language",
    "marketplace",
    "final",
    "order_id",
    "order_completed",
    "send_date",
    "received",
    "buyer_opted_out",
    "attachments",
    "to",
    "allow",
];

/// The countries that Amazon has a marketplace in, as sellers abbreviate them.
const MARKETPLACES: &[&str] = &[
    "US", "CA", "MX", "BR", "UK", "IE", "DE", "FR", "IT", "ES", "NL", "BE", "SE", "PL", "TR", "AE", "SA",
    "EG", "ZA", "IN", "JP", "AU", "SG",
];

/// A value and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Entry<'v> {
    pub(super) value: Value<'v>,
    /// Bytes of the decoded source text, without quotation marks.
    pub(super) at: Range<usize>,
}

/// A value as a format wrote it.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value<'v> {
    Text(Cow<'v, str>),
    Bool(bool),
    Moment(Moment),
    List(Vec<Entry<'v>>),
    /// Something that no key takes; how it is called.
    Other(&'static str),
}

impl Metadata {
    /// Takes the value of a known key; one that cannot be used becomes a fault.
    pub(super) fn take(&mut self, key: &str, entry: &Entry<'_>) {
        match key {
            "kind" => self.kind = self.read(entry, kind, "write `proactive`, `reply` or `critical`"),
            "channel" => self.channel = self.read(entry, text, "write the name of a channel in quotes"),
            "language" => {
                self.language = self.read(entry, language, "write a language code such as `en` or `de`")
            }
            "marketplace" => {
                self.marketplace =
                    self.read(entry, marketplace, "write a country code such as `US`, `UK` or `DE`");
            }
            "final" => self.is_final = self.read(entry, flag, "write `true` or `false`"),
            "order_id" => self.order_id = self.read(entry, text, "write the order ID in quotes"),
            "order_completed" => self.order_completed = self.read_moment(entry),
            "send_date" => self.send_date = self.read_moment(entry),
            "received" => self.received = self.read_moment(entry),
            "buyer_opted_out" => self.buyer_opted_out = self.read(entry, flag, "write `true` or `false`"),
            "attachments" => {
                self.names_attachments = true;
                self.attachments = self.take_names(entry, "write file names in quotes");
            }
            "to" => self.to = self.take_names(entry, "write addresses in quotes"),
            "allow" => {
                let allows = self.take_list(entry, "write `RULE reason` in quotes, or a list of that");
                let allow = |given: Given<String>| Allow::in_metadata(&given.value, given.at);
                self.allows.extend(allows.into_iter().map(allow));
            }
            _ => {}
        }
    }

    /// Notes a key that nothing reads.
    pub(super) fn unknown_key(&mut self, key: &str, at: Range<usize>) {
        let key = short(key);
        let hint = match nearest(&key, KEYS.iter().copied()) {
            Some(known) => format!("did you mean `{known}`"),
            None => format!("known keys are {}", KEYS.join(", ")),
        };
        let message = format!("unknown key `{key}`: {hint}");
        self.faults.push(MetadataFault { what: MetadataFaultKind::UnknownKey, message, at });
    }

    /// Notes something that cannot be read.
    pub(super) fn unreadable(&mut self, message: String, at: Range<usize>) {
        self.faults.push(MetadataFault { what: MetadataFaultKind::Unreadable, message, at });
    }

    fn read<T>(
        &mut self,
        entry: &Entry<'_>,
        read: fn(&Value<'_>) -> Option<T>,
        right: &str,
    ) -> Option<Given<T>> {
        let Some(value) = read(&entry.value) else {
            self.unreadable(
                format!("{} cannot be read here: {right}", entry.value.shown()),
                entry.at.clone(),
            );
            return None;
        };
        Some(Given { value, at: entry.at.clone() })
    }

    fn read_moment(&mut self, entry: &Entry<'_>) -> Option<Given<Moment>> {
        self.read(entry, moment, "write a date such as `2026-11-22` or `2026-11-22T10:00+01:00`")
    }

    /// One text, or a list of them.
    fn take_names(&mut self, entry: &Entry<'_>, right: &str) -> Vec<Given<String>> {
        match several(entry) {
            Some(names) => names.iter().filter_map(|name| self.read(name, text, right)).collect(),
            None => self.take_list(entry, right),
        }
    }

    /// One text, or a list in so many words.
    fn take_list(&mut self, entry: &Entry<'_>, right: &str) -> Vec<Given<String>> {
        let texts = match &entry.value {
            Value::List(texts) => texts.as_slice(),
            _ => std::slice::from_ref(entry),
        };
        texts.iter().filter_map(|entry| self.read(entry, text, right)).collect()
    }
}

/// The names in a text such as `a.pdf, b.jpg`, of which each looks like the name of a file or an address.
fn several<'v>(entry: &Entry<'v>) -> Option<Vec<Entry<'v>>> {
    let Value::Text(text) = &entry.value else { return None };
    let is_written_so = text.len() == entry.at.len();
    let pieces: Vec<&str> = text.split(',').collect();
    if pieces.len() < 2 || !is_written_so || !pieces.iter().all(|piece| piece.trim().contains('.')) {
        return None;
    }
    let mut at = entry.at.start;
    let named = pieces.into_iter().map(|piece| {
        let start = at + (piece.len() - piece.trim_start().len());
        at += piece.len() + 1;
        let name = piece.trim();
        Entry { value: Value::Text(Cow::Owned(name.to_owned())), at: start..start + name.len() }
    });
    Some(named.collect())
}

impl Value<'_> {
    /// How a message names the value.
    fn shown(&self) -> String {
        match self {
            Self::Text(text) => format!("`{}`", short(text)),
            Self::Bool(value) => format!("`{value}`"),
            Self::Moment(moment) => format!("`{moment}`"),
            Self::List(_) => "a list".to_owned(),
            Self::Other(name) => (*name).to_owned(),
        }
    }
}

/// The beginning of a text, as much as a message can show.
fn short(text: &str) -> Cow<'_, str> {
    const LONGEST: usize = 40;
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => Cow::Owned(format!("{}…", &text[..end])),
        None => Cow::Borrowed(text),
    }
}

fn text(value: &Value<'_>) -> Option<String> {
    match value {
        Value::Text(text) if !text.trim().is_empty() => Some(text.trim().to_owned()),
        _ => None,
    }
}

fn kind(value: &Value<'_>) -> Option<Kind> {
    let name = text(value)?;
    Kind::ALL.iter().copied().find(|kind| kind.name() == name)
}

fn language(value: &Value<'_>) -> Option<String> {
    let code = text(value)?;
    let mut parts = code.split(['-', '_']);
    let is_code = parts.next().is_some_and(|part| matches!(part.len(), 2 | 3) && is_letters(part));
    (is_code
        && parts.all(|part| {
            (2..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
        }))
    .then_some(code)
}

fn is_letters(part: &str) -> bool {
    part.bytes().all(|byte| byte.is_ascii_alphabetic())
}

fn marketplace(value: &Value<'_>) -> Option<String> {
    let code = text(value)?.to_uppercase();
    let code = if code == "GB" { "UK".to_owned() } else { code };
    MARKETPLACES.contains(&code.as_str()).then_some(code)
}

fn flag(value: &Value<'_>) -> Option<bool> {
    match value {
        Value::Bool(flag) => Some(*flag),
        Value::Text(text) => text.trim().parse().ok(),
        _ => None,
    }
}

fn moment(value: &Value<'_>) -> Option<Moment> {
    match value {
        Value::Moment(moment) => Some(*moment),
        Value::Text(text) => Moment::parse(text),
        _ => None,
    }
}
