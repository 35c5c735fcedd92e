//! Front matter: what a draft says about itself above its text.
//!
//! Two forms, told apart by the first line that is not blank, which must be exactly the fence: `+++` begins TOML, `---`
//! begins lines of `key: value`. Both end with the same fence. A draft may begin with a line drawn across, so what is
//! between the fences must have a known key; else there is none, and everything is body. What has one is front matter
//! also if its end is missing or lines of it cannot be read, for else what it says would be lost without a word.

mod keyed_lines;
mod scalar;
mod toml_table;

use std::ops::Range;

use super::Metadata;
use super::lines::{Line, lines};
use super::metadata::KEYS;
use crate::text::MappedText;

/// What the front matter of a draft says.
#[derive(Debug, Default)]
pub(super) struct FrontMatter<'a> {
    pub(super) metadata: Metadata,
    /// `subject`.
    pub(super) subject: Option<MappedText<'a>>,
    /// Where the text below it begins; 0 without front matter.
    pub(super) end: usize,
}

/// Reads the front matter of a draft. Its values know their place in `text`.
pub(super) fn read(text: &str) -> FrontMatter<'_> {
    let Some(open) = lines(text, 0).find(|line| !line.is_blank()) else { return FrontMatter::default() };
    let closed = Fenced::closed(text, &open).and_then(|fenced| fenced.read(text));
    let read = closed.or_else(|| {
        let mut read = Fenced::unclosed(text, &open)?.read(text)?;
        let fence = open.text.trim_end();
        let message = format!("the front matter has no end: write `{fence}` in a line of its own below it");
        read.metadata.unreadable(message, open.at..open.at + fence.len());
        Some(read)
    });
    let mut front = read.unwrap_or_default();
    front.metadata.faults.sort_by_key(|fault| fault.at.start);
    front
}

/// The lines between two fences.
struct Fenced<'t> {
    fence: &'t str,
    inside: Range<usize>,
    end: usize,
}

impl<'t> Fenced<'t> {
    /// Front matter is short: a fence farther down than this closes nothing.
    const LONGEST: usize = 16 * 1024;

    fn closed(text: &'t str, open: &Line<'t>) -> Option<Self> {
        let fence = fence(open)?;
        let mut below = Self::below(text, open);
        let close = below.find(|line| line.text.trim_end() == fence && line.at > open.at)?;
        Some(Self { fence, inside: open.next..close.at, end: close.next })
    }

    /// What looks like front matter and has a known key, up to the first line that looks like none.
    fn unclosed(text: &'t str, open: &Line<'t>) -> Option<Self> {
        let mut this = Self { fence: fence(open)?, inside: open.next..open.next, end: open.next };
        let mut knows_one = false;
        for line in Self::below(text, open).skip(1) {
            if !looks_so(&line) {
                this.end = if fence(&line).is_some() { line.next } else { this.end };
                break;
            }
            knows_one |= known_key(line.text).is_some();
            this.inside.end = line.next;
            this.end = line.next;
        }
        knows_one.then_some(this)
    }

    fn below(text: &'t str, open: &Line<'t>) -> impl Iterator<Item = Line<'t>> {
        let last = open.at + Self::LONGEST;
        lines(text, open.at).take_while(move |line| line.at <= last)
    }

    fn read(self, text: &'t str) -> Option<FrontMatter<'t>> {
        let (metadata, subject) = match self.fence {
            "+++" => toml_table::read(text, self.inside),
            _ => keyed_lines::read(text, self.inside),
        }?;
        Some(FrontMatter { metadata, subject, end: self.end })
    }
}

fn fence<'t>(line: &Line<'t>) -> Option<&'t str> {
    Some(line.text.trim_end()).filter(|text| matches!(*text, "+++" | "---"))
}

/// Whether a line may be one of front matter.
fn looks_so(line: &Line<'_>) -> bool {
    let key = line.text.find([':', '=']).map(|end| line.text[..end].trim_end());
    let is_key =
        |key: &str| key.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'));
    !line.is_blank()
        && fence(line).is_none()
        && (line.text.starts_with([' ', '\t', '#', '-', ']']) || key.is_some_and(is_key))
}

/// The known key that a line begins with, in the form of the list of keys.
fn known_key(line: &str) -> Option<&'static str> {
    let (key, _) = line.split_at(line.find([':', '='])?);
    let key = key.trim().to_ascii_lowercase().replace('-', "_");
    KEYS.iter().copied().find(|known| *known == key)
}

#[cfg(test)]
mod tests;
