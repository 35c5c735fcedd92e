//! Front matter in lines of `key: value`, the part of YAML that people write by heart.
//!
//! `#` begins a comment, values may be quoted, and a list is `[a, b]` or lines that begin with `-`. A value may go on in
//! lines that are set in, also below `|` and `>`; of a key that takes a list each of these lines is a value. Case and `-` or
//! `_` in a key make no difference. What is none of that is told at its line, and the rest is used.

use std::borrow::Cow;
use std::ops::Range;

use crate::document::Metadata;
use crate::document::lines::{Line, lines};
use crate::document::metadata::{Entry, KEYS, Value};
use crate::text::nearest::nearest;
use crate::text::{MappedText, Span};

use super::known_key;
use super::scalar::{Scalar, Slice, brackets, items, scalar};

/// The keys that may have several values.
const LISTS: [&str; 3] = ["attachments", "to", ALLOW];
/// The key that may be given again.
const ALLOW: &str = "allow";

/// Reads the lines in `inside`, or `None` if they are the text of a draft: if none has a key that is known (or nearly so,
/// where everything else is right), or if text begins above the first or below the last of these keys.
pub(super) fn read(text: &str, inside: Range<usize>) -> Option<(Metadata, Option<MappedText<'_>>)> {
    let mut reading = Reading::default();
    lines(&text[..inside.end], inside.start).try_for_each(|line| reading.line(line))?;
    reading.done()
}

/// The lines that have been read.
#[derive(Default)]
struct Reading<'t> {
    pairs: Vec<Pair<'t>>,
    /// The lines that are nothing.
    stray: Vec<Line<'t>>,
    knows_one: bool,
    /// Whether there was a blank line since the last known key, and a stray one after that.
    is_below_blank: bool,
    ends_in_text: bool,
}

impl<'t> Reading<'t> {
    /// Takes the next line; `None` if it shows that the lines are text.
    fn line(&mut self, line: Line<'t>) -> Option<()> {
        let content = line.text.trim_start();
        let is_below = self.is_below(&line);
        if content.is_empty() {
            self.is_below_blank = true;
            self.pairs
                .last_mut()
                .filter(|pair| pair.is_block())
                .into_iter()
                .for_each(|pair| pair.below.push(line));
            return (self.knows_one || self.stray.is_empty()).then_some(());
        }
        let last = self.pairs.last_mut();
        match last {
            Some(pair) if is_below && pair.is_block() => pair.below.push(line),
            _ if content.starts_with('#') => {}
            Some(pair) if pair.takes_items() && item(&line).is_some() => pair.items.extend(item(&line)),
            Some(pair) if is_below && known_key(line.text).is_none() => pair.below.push(line),
            _ => return self.at_margin(line, is_below),
        }
        Some(())
    }

    /// Takes a line that belongs to none above it.
    fn at_margin(&mut self, line: Line<'t>, is_below: bool) -> Option<()> {
        let is_known = known_key(line.text).is_some();
        self.knows_one |= is_known;
        if is_known {
            (self.is_below_blank, self.ends_in_text) = (false, false);
        }
        match Pair::of(&line).filter(|_| !is_below) {
            Some(pair) => self.pairs.push(pair),
            None => {
                self.ends_in_text |= self.is_below_blank;
                self.stray.push(line);
            }
        }
        (self.knows_one || self.stray.len() < 2).then_some(())
    }

    /// Whether a line is set in farther than the last key.
    fn is_below(&self, line: &Line<'_>) -> bool {
        self.pairs.last().is_some_and(|pair| line.text.len() - line.text.trim_start().len() > pair.margin)
    }

    fn done(self) -> Option<(Metadata, Option<MappedText<'t>>)> {
        let is_near = |pair: &Pair<'_>| nearest(&pair.key, KEYS.iter().copied()).is_some();
        let is_whole = || self.stray.is_empty() && self.pairs.iter().all(|pair| pair.below.is_empty());
        let is_one = self.knows_one || is_whole() && self.pairs.iter().any(is_near);
        if self.ends_in_text || !is_one {
            return None;
        }
        let mut metadata = Metadata::default();
        for line in self.stray {
            let message = "this line of the front matter cannot be read: write `key: value`, or close the front matter above it";
            metadata.unreadable(message.to_owned(), Slice::of(&line).trimmed().range());
        }
        let subject = take(self.pairs, &mut metadata);
        Some((metadata, subject))
    }
}

/// Takes the values of the keys. The subject is text of the message.
fn take<'t>(pairs: Vec<Pair<'t>>, metadata: &mut Metadata) -> Option<MappedText<'t>> {
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
        let Some(values) = pair.values() else {
            let message = format!(
                "the value of `{}` cannot be read: close its quotation mark or bracket on the same line, and write nothing behind it",
                pair.key
            );
            metadata.unreadable(message, pair.value.range());
            continue;
        };
        match pair.key.as_str() {
            "subject" => subject = values.into_iter().next().map(|scalar| scalar.text),
            key => pair.entry(&values).iter().for_each(|entry| metadata.take(key, entry)),
        }
    }
    subject
}

/// A key and what stands behind and below it.
struct Pair<'t> {
    /// In the form of the list of keys.
    key: String,
    /// How far it is set in.
    margin: usize,
    written: Slice<'t>,
    value: Slice<'t>,
    /// The values of lines that begin with `-`.
    items: Vec<Slice<'t>>,
    /// The lines in which the value goes on.
    below: Vec<Line<'t>>,
}

impl<'t> Pair<'t> {
    fn of(line: &Line<'t>) -> Option<Self> {
        let whole = Slice::of(line);
        let colon = line.text.find(':')?;
        let written = whole.part(0..colon).trimmed();
        let value = whole.part(colon + 1..line.text.len());
        let is_key = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
        let starts_well = written.text.starts_with(|c: char| c.is_ascii_alphabetic());
        if !starts_well || !written.text.bytes().all(is_key) {
            return None;
        }
        let key = written.text.to_ascii_lowercase().replace('-', "_");
        if !KEYS.contains(&key.as_str()) && !value.text.is_empty() && !value.text.starts_with([' ', '\t']) {
            return None;
        }
        let margin = written.at - line.at;
        Some(Self { key, margin, written, value: value.trimmed(), items: Vec::new(), below: Vec::new() })
    }

    fn is_known(&self) -> bool {
        KEYS.contains(&self.key.as_str())
    }

    fn is_list(&self) -> bool {
        LISTS.contains(&self.key.as_str())
    }

    /// The text in `[ ]`, if that is the value.
    fn brackets(&self) -> Option<Slice<'t>> {
        Some(self.value).filter(|_| self.is_list()).and_then(brackets)
    }

    /// Whether lines that begin with `-` may follow.
    fn takes_items(&self) -> bool {
        self.is_list() && self.brackets().is_none()
    }

    /// The sign `|` or `>`, if the value stands in the lines below it.
    fn block(&self) -> Option<char> {
        let sign = self.value.text.chars().next().filter(|sign| matches!(sign, '|' | '>'))?;
        let mark = self.value.text[1..].split(" #").next().unwrap_or_default().trim_end();
        mark.chars().all(|c| matches!(c, '+' | '-' | '1'..='9')).then_some(sign)
    }

    fn is_block(&self) -> bool {
        self.block().is_some()
    }

    /// The values, or `None` if they cannot be read.
    fn values(&self) -> Option<Vec<Scalar<'t>>> {
        let below = || self.below.iter().map(|line| Slice::of(line).trimmed());
        if let Some(sign) = self.block() {
            let lines = below().map(Slice::bare);
            return Some(match (sign, self.is_list()) {
                ('|', true) => lines.filter(|line| !line.at.is_empty()).collect(),
                _ => joined(lines, sign == '|').into_iter().collect(),
            });
        }
        let mut values = match self.brackets() {
            Some(_) if !self.below.is_empty() => return None,
            Some(inner) => items(inner)?,
            None if self.is_list() && self.value.text.starts_with('[') => return None,
            None if self.is_list() && self.value.text.is_empty() => {
                below().map(scalar).collect::<Option<_>>()?
            }
            None if self.below.is_empty() => vec![scalar(self.value)?],
            None if self.value.text.starts_with(['"', '\'']) => return None,
            None => {
                let lines =
                    std::iter::once(self.value).chain(below()).map(scalar).collect::<Option<Vec<_>>>()?;
                joined(lines.into_iter(), false).into_iter().collect()
            }
        };
        values.extend(self.items.iter().map(|item| scalar(*item)).collect::<Option<Vec<_>>>()?);
        values.retain(|scalar| !scalar.at.is_empty());
        Some(values)
    }

    /// The value as metadata takes it; none if it was left out.
    fn entry(&self, values: &[Scalar<'_>]) -> Option<Entry<'_>> {
        let entry = |scalar: &Scalar<'_>| Entry {
            value: Value::Text(Cow::Owned(scalar.text.text().to_owned())),
            at: scalar.at.clone(),
        };
        if values.is_empty() && self.brackets().is_some() {
            return Some(Entry { value: Value::List(Vec::new()), at: self.written.range() });
        }
        let (first, last) = (values.first()?, values.last()?);
        if values.len() == 1 {
            return Some(entry(first));
        }
        Some(Entry {
            value: Value::List(values.iter().map(entry).collect()),
            at: first.at.start..last.at.end,
        })
    }
}

/// What follows `- ` on a line of a list.
fn item<'t>(line: &Line<'t>) -> Option<Slice<'t>> {
    let content = line.text.trim_start().strip_prefix("- ")?;
    Some(Slice { text: content, at: line.range().end - content.len() }.trimmed())
}

/// Lines as one value: with their ends, or with a blank for each end and an end for each blank line.
fn joined<'t>(lines: impl Iterator<Item = Scalar<'t>>, keeps_ends: bool) -> Option<Scalar<'t>> {
    let mut text = MappedText::new();
    let mut at: Option<Range<usize>> = None;
    let mut blank = 0;
    for line in lines {
        if line.at.is_empty() {
            blank += usize::from(at.is_some());
            continue;
        }
        if let Some(before) = &at {
            let end = match (keeps_ends, blank) {
                (true, _) => "\n".repeat(blank + 1),
                (false, 0) => " ".to_owned(),
                (false, _) => "\n".repeat(blank),
            };
            text.push_replaced(&end, Span::new(before.end, line.at.start));
        }
        text.push(&line.text);
        at = Some(at.map_or(line.at.start, |before| before.start)..line.at.end);
        blank = 0;
    }
    at.map(|at| Scalar { text, at })
}
