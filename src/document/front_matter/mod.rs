//! Front matter: what a draft says about itself above its text.
//!
//! Two forms, told apart by the first line, which must be exactly the fence: `+++` begins TOML, `---` begins lines of
//! `key: value`. Both end with the same fence. A draft may begin with a line drawn across, so what is between the
//! fences must look like front matter; else there is none, and everything is body.

mod keyed_lines;
mod toml_table;

use std::ops::Range;

use super::Metadata;
use super::lines::lines;
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
    let Some(fenced) = Fenced::of(text) else { return FrontMatter::default() };
    let read = match fenced.fence {
        "+++" => toml_table::read(text, fenced.inside),
        _ => keyed_lines::read(text, fenced.inside),
    };
    let Some((mut metadata, subject)) = read else { return FrontMatter::default() };
    metadata.faults.sort_by_key(|fault| fault.at.start);
    FrontMatter { metadata, subject, end: fenced.end }
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

    fn of(text: &'t str) -> Option<Self> {
        let first = lines(text, 0).next().filter(|line| matches!(line.text, "+++" | "---"))?;
        let mut below = lines(text, first.next).take_while(|line| line.at <= Self::LONGEST);
        let close = below.find(|line| line.text == first.text && line.at > first.at)?;
        Some(Self { fence: first.text, inside: first.next..close.at, end: close.next })
    }
}

#[cfg(test)]
mod tests;
