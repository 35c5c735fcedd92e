//! Builds a [`Markup`](super::Markup) and its blocks from elements and texts in the order of the page.
//!
//! HTML and Markdown drive the same builder: they open and close elements and add text, and know nothing of how it is
//! shown. First the tree is built; then style is worked out, which decides what is shown at all; then the texts are
//! written. Nothing recurses, and what is too much is left out and told.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use crate::text::MappedText;

use super::allow::Allow;
use super::form::Purpose;
use super::markup::{Attribute, Element};
use super::style::Style;

mod address;
mod finish;
mod flow;
mod history;
mod names;
mod reach;
mod written;

pub(super) use finish::{Built, add};
pub(super) use names::{closes_itself, is_void};

/// Elements that are nested deeper than browsers nest them.
const DEEPEST: usize = 512;
/// No real message comes near.
const MOST_ELEMENTS: usize = 250_000;
/// Nor does one element.
pub(super) const MOST_ATTRIBUTES: usize = 256;

/// A page while its markup is read.
#[derive(Debug)]
pub(super) struct Builder<'p> {
    /// The text of the page. All ranges are bytes of it.
    page: &'p str,
    elements: Vec<Element<'p>>,
    items: Vec<Item>,
    open: Open,
    /// How many elements are open that were not noted, because they are too deep or too many.
    unnoted: usize,
    comments: Vec<Range<usize>>,
    /// Comments that allow something, each with the number of the item that comes next.
    allows: Vec<(usize, Allow)>,
    /// Texts of style sheets, mapped to the page; placeholders are fillers there.
    sheets: Vec<MappedText<'p>>,
    /// Addresses of tags that are no elements.
    loose_addresses: Vec<(MappedText<'p>, Purpose)>,
    /// Long code of template languages, which is never text.
    code: Vec<Range<usize>>,
    /// What is quoted by how the page is written, in order.
    quoted: Vec<Range<usize>>,
    limits: Vec<Limit>,
}

/// What comes next on the page.
#[derive(Debug)]
struct Item {
    what: What,
    at: Range<usize>,
    element: Option<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum What {
    /// An element begins or ends.
    Begin,
    End,
    /// A tag of an element that was not noted.
    Edge(names::Display),
    Text(Writing),
    /// What stands between these is for Outlook alone.
    OutlookBegin,
    OutlookEnd,
}

/// How a text is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Writing {
    /// With references.
    Html,
    /// As it is.
    Plain,
    /// A reference of Markdown, which stands for this.
    Stands(char, Option<char>),
    /// It ends a line.
    LineEnd,
}

/// A limit that was reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Limit {
    pub(super) kind: LimitKind,
    /// The first place that it cut off.
    pub(super) at: Range<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LimitKind {
    Depth,
    Elements,
    Attributes,
    Style,
}

impl LimitKind {
    pub(super) fn message(self) -> String {
        match self {
            Self::Depth => {
                format!("elements are nested deeper than {DEEPEST}; what is in the inner ones is read as if it stood in the outer ones")
            }
            Self::Elements => {
                format!("there are more than {MOST_ELEMENTS} elements; of the rest only the text is read")
            }
            Self::Attributes => {
                format!("an element has more than {MOST_ATTRIBUTES} attributes; the rest are not read")
            }
            Self::Style => {
                "there are more style rules and elements than are held against each other; how some elements look is guessed".to_owned()
            }
        }
    }
}

/// The elements that are open.
#[derive(Debug, Default)]
struct Open {
    stack: Vec<usize>,
    /// Depths of the open elements of each name.
    by_name: HashMap<String, Vec<usize>>,
    /// Depths of the open elements that closing tags do not reach beyond, by kind.
    walls: [Vec<usize>; names::WALLS],
}

impl<'p> Builder<'p> {
    /// A builder for a page of that text.
    pub(super) fn new(page: &'p str) -> Self {
        Self {
            page,
            elements: Vec::new(),
            items: Vec::new(),
            open: Open::default(),
            unnoted: 0,
            comments: Vec::new(),
            allows: Vec::new(),
            sheets: Vec::new(),
            loose_addresses: Vec::new(),
            code: Vec::new(),
            quoted: Vec::new(),
            limits: Vec::new(),
        }
    }

    /// Opens an element; one that cannot hold anything is closed at once. `tag` is its opening tag.
    pub(super) fn open(
        &mut self,
        name: Cow<'p, str>,
        tag: Range<usize>,
        attributes: Vec<Attribute<'p>>,
        holds_something: bool,
    ) {
        let at = tag.clone();
        self.open_at(name, tag, at, attributes, holds_something);
    }

    /// Opens an element that has no tags, and gives its number; `all` of it begins at its beginning.
    pub(super) fn open_untagged(
        &mut self,
        name: &'static str,
        all: Range<usize>,
        holds_something: bool,
    ) -> Option<usize> {
        let at = all.start..all.start;
        self.open_at(Cow::Borrowed(name), all, at, Vec::new(), holds_something)
    }

    /// Gives an element its attributes.
    pub(super) fn set_attributes(&mut self, element: usize, attributes: Vec<Attribute<'p>>) {
        self.elements[element].attributes = attributes;
    }

    fn open_at(
        &mut self,
        name: Cow<'p, str>,
        tag: Range<usize>,
        at: Range<usize>,
        attributes: Vec<Attribute<'p>>,
        holds_something: bool,
    ) -> Option<usize> {
        self.close_what_ends_before(&name, tag.start);
        if self.elements.len() >= MOST_ELEMENTS {
            self.limit(LimitKind::Elements, tag.clone());
            self.unnoted += usize::from(holds_something);
            self.loose_tag(&name, at, &attributes);
            return None;
        }
        let is_too_deep = self.open.stack.len() >= DEEPEST;
        if is_too_deep && holds_something {
            self.limit(LimitKind::Depth, tag.clone());
            self.unnoted += 1;
        }
        let element = self.elements.len();
        let parent = self.open.innermost();
        self.items.push(Item { what: What::Begin, at: at.clone(), element: Some(element) });
        if holds_something && !is_too_deep {
            self.open.push(&name, element);
        } else {
            self.items.push(Item { what: What::End, at, element: Some(element) });
        }
        self.elements.push(Element {
            name,
            parent,
            end: tag.end,
            tag,
            attributes,
            text: 0..0,
            style: Style::default(),
        });
        Some(element)
    }

    /// Closes the innermost open element of that name. A closing tag that closes nothing is passed over.
    pub(super) fn close(&mut self, name: &str, tag: Range<usize>) {
        if self.unnoted > 0 {
            self.unnoted -= 1;
            self.edge(name, tag);
            return;
        }
        match self.open.depth_of(name) {
            Some(depth) => self.close_down_to(depth, tag),
            // By itself it makes an empty paragraph.
            None if name == "p" => self.edge(name, tag),
            None => {}
        }
    }

    /// Adds text, to the innermost element.
    pub(super) fn text(&mut self, at: Range<usize>, writing: Writing) {
        if !at.is_empty() {
            self.items.push(Item { what: What::Text(writing), at, element: self.open.innermost() });
        }
    }

    /// Notes a comment.
    pub(super) fn comment(&mut self, at: Range<usize>) {
        if let Some(allow) = Allow::in_comment(self.page, at.clone()) {
            self.allows.push((self.items.len(), allow));
        }
        self.comments.push(at);
    }

    /// Begins or ends what Outlook alone shows.
    pub(super) fn outlook(&mut self, begins: bool, at: Range<usize>) {
        let what = if begins { What::OutlookBegin } else { What::OutlookEnd };
        self.items.push(Item { what, at, element: None });
    }

    /// A tag that becomes no element.
    pub(super) fn loose_tag(&mut self, name: &str, at: Range<usize>, attributes: &[Attribute<'p>]) {
        self.edge(name, at);
        for attribute in attributes {
            self.loose_addresses.extend(address::of_attribute(name, attributes, attribute));
        }
    }

    /// Adds the text of a style sheet.
    pub(super) fn sheet(&mut self, text: MappedText<'p>) {
        self.sheets.push(text);
    }

    /// Notes code that is never text; in order.
    pub(super) fn code(&mut self, ranges: Vec<Range<usize>>) {
        self.code.extend(ranges);
    }

    /// Notes what is quoted; in order.
    pub(super) fn quoted(&mut self, ranges: Vec<Range<usize>>) {
        self.quoted.extend(ranges);
    }

    /// Notes that a limit was reached, once for each.
    pub(super) fn limit(&mut self, kind: LimitKind, at: Range<usize>) {
        if !self.limits.iter().any(|limit| limit.kind == kind) {
            self.limits.push(Limit { kind, at });
        }
    }

    /// The name of the innermost open element.
    pub(super) fn innermost_name(&self) -> Option<&str> {
        self.open.innermost().map(|element| &*self.elements[element].name)
    }

    /// Whether an element of that name is open.
    pub(super) fn is_inside(&self, name: &str) -> bool {
        self.open.by_name.get(name).is_some_and(|depths| !depths.is_empty())
    }

    fn edge(&mut self, name: &str, at: Range<usize>) {
        let what = What::Edge(names::display(name));
        self.items.push(Item { what, at, element: self.open.innermost() });
    }

    /// Closes the elements that the beginning of this one ends: a paragraph, the item or cell before.
    fn close_what_ends_before(&mut self, name: &str, at: usize) {
        if self.unnoted > 0 {
            return;
        }
        if !names::belongs_in_head(name)
            && let Some(depth) = self.open.depth_of("head")
        {
            self.close_down_to(depth, at..at);
        }
        for ended in names::ended_by(name) {
            if let Some(depth) = self.open.depth_of(ended) {
                self.close_down_to(depth, at..at);
            }
        }
    }

    /// Closes all elements, at the end of the page.
    fn close_all(&mut self, end: usize) {
        self.close_down_to(0, end..end);
    }

    /// Closes the open elements from the innermost to the one at this depth. `tag` is what closes that one.
    fn close_down_to(&mut self, depth: usize, tag: Range<usize>) {
        while self.open.stack.len() > depth {
            let is_last = self.open.stack.len() == depth + 1;
            let Some(element) = self.open.pop(&self.elements) else { return };
            let at = if is_last { tag.clone() } else { tag.start..tag.start };
            self.elements[element].end = at.end;
            self.items.push(Item { what: What::End, at, element: Some(element) });
        }
    }
}

impl Open {
    fn push(&mut self, name: &str, element: usize) {
        let depth = self.stack.len();
        if let Some(wall) = names::wall(name) {
            self.walls[wall].push(depth);
        }
        match self.by_name.get_mut(name) {
            Some(depths) => depths.push(depth),
            None => {
                self.by_name.insert(name.to_owned(), vec![depth]);
            }
        }
        self.stack.push(element);
    }

    fn pop(&mut self, elements: &[Element<'_>]) -> Option<usize> {
        let element = self.stack.pop()?;
        let name = &*elements[element].name;
        if let Some(depths) = self.by_name.get_mut(name) {
            depths.pop();
        }
        if let Some(wall) = names::wall(name) {
            self.walls[wall].pop();
        }
        Some(element)
    }

    fn innermost(&self) -> Option<usize> {
        self.stack.last().copied()
    }

    /// The depth of the innermost element of that name, if no wall stands between.
    fn depth_of(&self, name: &str) -> Option<usize> {
        let depth = *self.by_name.get(name)?.last()?;
        let mut walls = names::walls_for(name).iter().filter_map(|wall| self.walls[*wall].last());
        walls.all(|wall| *wall <= depth).then_some(depth)
    }
}
