//! The block that a comment allows something in: the next one that holds text or a picture.
//!
//! It begins behind the comment, so that the tags between belong to it, and ends where a paragraph, an item, a heading or
//! a cell begins or ends, or at an empty line of `<br>`. What Outlook alone reads counts only if nothing else follows.

use std::ops::Range;

use crate::document::Reach;
use crate::document::allow::Allow;

use super::names::{Display, display};
use super::written::is_seen;
use super::{Builder, Item, What};

/// Line breaks that make an empty line.
const EMPTY_LINE: usize = 2;

/// Works out how far the comments of a page reach, which ends at `end`.
pub(super) fn settle(builder: &mut Builder<'_>, end: usize) {
    let mut allows = std::mem::take(&mut builder.allows);
    if allows.is_empty() {
        return;
    }
    let mut search = Search::default();
    for (number, item) in builder.items.iter().enumerate() {
        search.met += allows[search.met..].iter().take_while(|(before, _)| *before <= number).count();
        search.take(builder, item, &mut allows);
    }
    search.edge(end, &mut allows);
    let rest = &mut allows[search.ended..];
    if let Some(outlook) = search.outlook {
        rest.iter_mut().filter(|(_, allow)| allow.at.end <= outlook.start).for_each(|(_, allow)| {
            end_block(allow, outlook.end);
        });
    }
    builder.allows = allows;
}

/// A way through a page. The comments come in order: those before `ended` have their block, those before `begun` are in
/// theirs, and those before `met` wait for one.
#[derive(Default)]
struct Search {
    ended: usize,
    begun: usize,
    met: usize,
    /// Line breaks since something was seen, and where the first of them ends.
    breaks: usize,
    first_break: usize,
    /// How many elements are open whose text is never shown.
    unseen: usize,
    /// Where the comment of Outlook's begins that is being read.
    in_outlook: Option<usize>,
    /// The last one in which something can be seen.
    outlook: Option<Range<usize>>,
}

type Allows = [(usize, Allow)];

impl Search {
    fn take(&mut self, builder: &Builder<'_>, item: &Item, allows: &mut Allows) {
        match item.what {
            What::OutlookBegin => self.in_outlook = Some(item.at.start),
            What::OutlookEnd => {
                let start = self.in_outlook.take();
                let seen = self.outlook.as_mut().filter(|seen| start == Some(seen.start));
                seen.into_iter().for_each(|seen| seen.end = item.at.start);
            }
            What::Text(writing) => {
                if is_seen(&builder.page[item.at.clone()], writing) {
                    self.seen(&item.at, allows);
                }
            }
            What::Edge(display) if self.in_outlook.is_none() => self.tag(display, item, false, allows),
            What::Edge(_) => {}
            What::Begin | What::End => {
                let Some(element) = item.element else { return };
                let name = &*builder.elements[element].name;
                self.tag(display(name), item, name == "mj-image", allows);
            }
        }
    }

    /// A tag that begins or ends something.
    fn tag(&mut self, display: Display, item: &Item, is_picture: bool, allows: &mut Allows) {
        let begins = item.what == What::Begin;
        match display {
            Display::Nothing if begins => self.unseen += 1,
            Display::Nothing => self.unseen = self.unseen.saturating_sub(1),
            Display::Line | Display::EditorLine | Display::Paragraph => {
                self.edge(if begins { item.at.start } else { item.at.end }, allows);
            }
            Display::Break if item.what != What::End => {
                self.first_break = if self.breaks == 0 { item.at.end } else { self.first_break };
                self.breaks += 1;
            }
            _ => {}
        }
        if begins && (is_picture || display == Display::Picture) {
            self.seen(&item.at, allows);
        }
    }

    /// Something that can be seen.
    fn seen(&mut self, at: &Range<usize>, allows: &mut Allows) {
        if let Some(start) = self.in_outlook {
            self.outlook = Some(start..at.end);
        } else if self.unseen == 0 {
            if self.breaks >= EMPTY_LINE {
                self.edge(self.first_break, allows);
            }
            self.begun = self.met;
            self.breaks = 0;
        }
    }

    /// Blocks that have begun end here.
    fn edge(&mut self, at: usize, allows: &mut Allows) {
        if self.unseen == 0 {
            allows[self.ended..self.begun].iter_mut().for_each(|(_, allow)| end_block(allow, at));
            self.ended = self.begun;
            self.breaks = 0;
        }
    }
}

fn end_block(allow: &mut Allow, at: usize) {
    if let Reach::Block(block) = &mut allow.reach {
        block.end = at.max(block.start);
    }
}
