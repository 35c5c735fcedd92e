//! What a fix changes, as words that go and words that come.

use std::fmt;
use std::ops::Range;

use crate::finding::Finding;
use crate::fix::{Applicability, Edit, Fix};

use super::escaped::Text;

/// A piece of the words after the repair.
#[derive(Debug, PartialEq, Eq)]
enum Piece<'a> {
    Stays(&'a str),
    Goes(&'a str),
    Comes(&'a str),
}

/// The repair of a finding, for people.
pub(super) struct Repair<'a> {
    pieces: Vec<Piece<'a>>,
    applicability: Applicability,
}

impl<'a> Repair<'a> {
    /// The repair, if there is one.
    pub(super) fn of(finding: &'a Finding) -> Option<Self> {
        let Fix { applicability, edits } = finding.fix.as_ref()?;
        let pieces = in_excerpt(finding, edits).or_else(|| alone(finding, edits))?;
        Some(Self { pieces, applicability: *applicability })
    }

    /// What is to be known before it is carried out.
    pub(super) fn remark(&self) -> &'static str {
        match self.applicability {
            Applicability::Safe => "changes nothing that the message says",
            Applicability::Unsafe => "changes what the message says: read it again afterwards",
            Applicability::DisplayOnly => "a proposal: it may not be what you mean",
        }
    }
}

/// The edits drawn into the words around them. None where the excerpt does not hold the very bytes of the file.
fn in_excerpt<'a>(finding: &'a Finding, edits: &'a [Edit]) -> Option<Vec<Piece<'a>>> {
    let (excerpt, span) = (&finding.excerpt, finding.place.span);
    if finding.page.is_some() || excerpt.mark.len() != span.end() - span.start() {
        return None;
    }
    let places: Vec<Range<usize>> = edits.iter().map(|edit| shifted(finding, edit)).collect::<Option<_>>()?;
    let start = places.first()?.start.min(excerpt.mark.start);
    let end = places.last()?.end.max(excerpt.mark.end);
    let mut pieces = Vec::new();
    let mut done = start;
    for (place, edit) in places.iter().zip(edits) {
        pieces.push(Piece::Stays(excerpt.text.get(done..place.start)?));
        pieces.push(Piece::Goes(excerpt.text.get(place.clone())?));
        pieces.push(Piece::Comes(&edit.replacement));
        done = place.end;
    }
    pieces.push(Piece::Stays(excerpt.text.get(done..end)?));
    pieces.retain(|piece| !piece.text().is_empty());
    Some(pieces)
}

/// Where an edit stands in the excerpt. What lies outside the words found has to be ASCII: of other characters nobody
/// knows here how many bytes they take in the file.
fn shifted(finding: &Finding, edit: &Edit) -> Option<Range<usize>> {
    let (excerpt, span) = (&finding.excerpt, finding.place.span);
    let at = |byte: usize| (excerpt.mark.start + byte).checked_sub(span.start());
    let range = at(edit.span.start())?..at(edit.span.end())?;
    let around = range.start.min(excerpt.mark.start)..range.end.max(excerpt.mark.end);
    let before = excerpt.text.get(around.start..excerpt.mark.start)?;
    let after = excerpt.text.get(excerpt.mark.end..around.end)?;
    (before.is_ascii() && after.is_ascii()).then_some(range)
}

/// What goes and what comes, as far as the finding itself says it. What comes into a text that is wrapped is written as
/// its wrapping wants it, which is nothing for people.
fn alone<'a>(finding: &'a Finding, edits: &'a [Edit]) -> Option<Vec<Piece<'a>>> {
    let is_whole = matches!(edits, [edit] if edit.span == finding.place.span);
    let deletes = edits.iter().all(|edit| edit.replacement.is_empty());
    if finding.page.is_some() && !deletes {
        return None;
    }
    let goes = (is_whole || deletes).then_some(Piece::Goes(&finding.text));
    let comes = edits.iter().map(|edit| Piece::Comes(&edit.replacement));
    Some(goes.into_iter().chain(comes).filter(|piece| !piece.text().is_empty()).collect())
}

impl<'a> Piece<'a> {
    fn text(&self) -> &'a str {
        match self {
            Self::Stays(text) | Self::Goes(text) | Self::Comes(text) => text,
        }
    }
}

impl fmt::Display for Repair<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.pieces.iter().try_for_each(|piece| match piece {
            Piece::Stays(text) => write!(f, "{}", Text(text)),
            Piece::Goes(text) => write!(f, "<del>{}</del>", Text(text)),
            Piece::Comes(text) => write!(f, "<ins>{}</ins>", Text(text)),
        })
    }
}
