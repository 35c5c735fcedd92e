//! From the tree to the blocks: what is shown, what is not, and what stands in attributes.

use std::borrow::Cow;
use std::ops::Range;

use crate::decode::entity::{Within, decode};
use crate::document::allow::Allow;
use crate::document::form::Scope;
use crate::document::markup::{Address, Attribute, Caption, Element, HiddenText, Markup, TextRun};
use crate::document::style::{Dressed, StyleAddress, dress};
use crate::document::{Block, Document, MetadataFault, MetadataFaultKind};
use crate::finding::FieldName;
use crate::text::MappedText;

use super::address;
use super::history::History;
use super::names::{self, Display};
use super::reach;
use super::written::{self, Written};
use super::{Builder, Limit, LimitKind};

/// A page whose markup was read.
#[derive(Debug)]
pub(in crate::document) struct Built<'p> {
    markup: Markup<'p>,
    /// The texts by scope; the shown one comes first, the others only if there is something.
    texts: Vec<(Scope, MappedText<'static>)>,
    quoted: Vec<Range<usize>>,
    /// Where lines of the shown text end because their element does.
    ends: Vec<usize>,
    limits: Vec<Limit>,
    allows: Vec<Allow>,
}

/// Adds what a part of a page says in some markup, as the texts of a field; `build` reads it.
pub(in crate::document) fn add(
    document: &mut Document<'_>,
    field: FieldName,
    page: usize,
    part: Range<usize>,
    build: impl for<'p> Fn(&'p str, Range<usize>, FieldName) -> Built<'p>,
) {
    let text = &document.pages[page].text;
    let built = match text.borrowed() {
        Some(text) => build(text, part, field),
        None => build(text.text(), part, field).into_owned(),
    };
    built.add_to(document, field, page);
}

impl<'p> Builder<'p> {
    /// Works out what the page says, in a part of it. Quoted history stays in the shown text and is marked there;
    /// everything else about it (elements, addresses, captions) is left out, because it is not the seller's.
    pub(in crate::document) fn finish(mut self, part: Range<usize>, field: FieldName) -> Built<'p> {
        self.close_all(part.end);
        reach::settle(&mut self, part.end);
        let dressed = dress(&mut self.elements, &self.sheets);
        if dressed.is_cut {
            self.limit(LimitKind::Style, part.start..part.start);
        }
        let mut written = written::write(&mut self);
        let history = match field {
            FieldName::Body => History::find(&self.elements, &written.shown, &self.quoted, part.end),
            _ => History::default(),
        };
        let dressed = if history.is_empty() { dressed } else { self.without_history(&history, &mut written) };
        self.collect(written, dressed, history.texts)
    }

    /// Leaves out what is quoted, and dresses the rest again, as if the quote were not there.
    fn without_history(&mut self, history: &History, written: &mut Written) -> Dressed {
        let kept = history.keep(&mut self.elements);
        let is_own = |text: &MappedText<'_>| !history.holds(text.span(0..text.text().len()).start());
        self.sheets.retain(is_own);
        self.loose_addresses.retain(|(text, _)| is_own(text));
        self.comments.retain(|comment| !history.holds(comment.start));
        self.allows.retain(|(_, allow)| !history.holds(allow.at.start));
        written.leave_out(history, &kept);
        dress(&mut self.elements, &self.sheets)
    }

    fn collect(self, written: Written, dressed: Dressed, quoted: Vec<Range<usize>>) -> Built<'p> {
        let (captions, caption_text) = captions(&self.elements, written.fields);
        let (addresses, address_text) = self.addresses(dressed.addresses);
        let texts =
            [(Scope::Hidden, written.hidden), (Scope::Caption, caption_text), (Scope::Address, address_text)];
        let is_there = |text: &MappedText<'_>| !text.text().trim().is_empty();
        let texts = texts
            .into_iter()
            .filter(|(scope, text)| is_there(text) || *scope == Scope::Address && !addresses.is_empty());
        let texts = std::iter::once((Scope::Text, written.shown)).chain(texts).collect();
        let markup = Markup {
            page: 0,
            block: 0,
            elements: self.elements,
            addresses,
            captions,
            hidden: written.hidden_parts,
            runs: written.runs,
            declarations: dressed.declarations,
            comments: self.comments,
        };
        let allows = self.allows.into_iter().map(|(_, allow)| allow).collect();
        Built { markup, texts, quoted, ends: written.ends, limits: self.limits, allows }
    }

    /// All addresses in the order of the page, one a line.
    fn addresses(&self, of_style: Vec<StyleAddress>) -> (Vec<Address>, MappedText<'static>) {
        let mut all: Vec<(MappedText<'_>, _, Option<usize>)> = Vec::new();
        for (number, element) in self.elements.iter().enumerate() {
            for attribute in &element.attributes {
                let found = address::of_attribute(&element.name, &element.attributes, attribute);
                all.extend(found.into_iter().map(|(text, purpose)| (text, purpose, Some(number))));
            }
        }
        all.extend(self.loose_addresses.iter().map(|(text, purpose)| (text.clone(), *purpose, None)));
        all.extend(of_style.into_iter().map(|found| {
            let text = self.as_on_page(&found);
            (text, found.purpose, found.element)
        }));
        all.sort_by_key(|(text, _, _)| text.span(0..0).start());
        let mut out = MappedText::new();
        let mut addresses = Vec::new();
        for (text, purpose, element) in all {
            let origin = text.span(0..text.text().len());
            if !addresses.is_empty() {
                out.push_replaced("\n", (origin.start()..origin.start()).into());
            }
            let start = out.text().len();
            out.push(&text);
            addresses.push(Address { block: 0, range: start..out.text().len(), purpose, element });
        }
        (addresses, out)
    }

    /// An address of style with its placeholders, where style saw only fillers.
    fn as_on_page(&self, found: &StyleAddress) -> MappedText<'static> {
        let origin = found.text.span(0..found.text.text().len()).range();
        let raw = self.page.get(origin.clone()).unwrap_or_default();
        match found.element {
            Some(_) => decode(raw, origin.start, Within::Attribute).into_owned(),
            None => MappedText::verbatim(raw, origin.start).into_owned(),
        }
    }
}

/// What stands for pictures and explains elements, divided by blank lines; `fields` is what fields of forms hold.
fn captions(
    elements: &[Element<'_>],
    fields: Vec<(usize, MappedText<'static>)>,
) -> (Vec<Caption>, MappedText<'static>) {
    let mut all: Vec<(usize, Cow<'_, MappedText<'_>>)> = Vec::new();
    for (number, element) in elements.iter().enumerate() {
        let found = element.attributes.iter().filter(|attribute| is_caption(element, attribute));
        all.extend(found.map(|attribute| (number, Cow::Borrowed(&attribute.value))));
    }
    all.extend(fields.into_iter().map(|(element, text)| (element, Cow::Owned(text))));
    let mut all: Vec<(usize, Range<usize>, Cow<'_, MappedText<'_>>)> = all
        .into_iter()
        .map(|(element, text)| (element, trimmed(text.text()), text))
        .filter(|(_, range, _)| !range.is_empty())
        .collect();
    all.sort_by_key(|(_, range, text)| text.span(range.start..range.start).start());
    let mut out = MappedText::new();
    let mut captions = Vec::new();
    for (element, range, text) in all {
        let origin = text.span(range.start..range.start);
        if !captions.is_empty() {
            out.push_replaced("\n\n", origin);
        }
        let from = out.text().len();
        out.push(&text.slice(range));
        captions.push(Caption { block: 0, range: from..out.text().len(), element });
    }
    (captions, out)
}

/// What stands between the blanks around a text.
fn trimmed(text: &str) -> Range<usize> {
    let start = text.len() - text.trim_start().len();
    start..start + text.trim().len()
}

fn is_caption(element: &Element<'_>, attribute: &Attribute<'_>) -> bool {
    if names::display(&element.name) == Display::Nothing || matches!(&*element.name, "link" | "meta") {
        return false;
    }
    match &*attribute.name {
        "alt" | "title" | "aria-label" | "placeholder" | "label" => true,
        "value" if element.name == "button" => true,
        "value" if element.name == "input" => {
            let kind = element.attribute("type").unwrap_or_default().trim().to_ascii_lowercase();
            matches!(kind.as_str(), "submit" | "button" | "reset")
        }
        _ => false,
    }
}

impl<'p> Built<'p> {
    /// The same, so that it can outlive the page.
    fn into_owned(self) -> Built<'static> {
        let Markup { page, block, elements, addresses, captions, hidden, runs, declarations, comments } =
            self.markup;
        let elements = elements.into_iter().map(owned).collect();
        let markup =
            Markup { page, block, elements, addresses, captions, hidden, runs, declarations, comments };
        Built { markup, ..self }
    }

    /// Adds the texts of a page to a document, as those of a field.
    fn add_to(self, document: &mut Document<'p>, field: FieldName, page: usize) {
        let first = document.blocks.len();
        let mut markup = self.markup;
        (markup.page, markup.block) = (page, first);
        for (number, (scope, text)) in self.texts.into_iter().enumerate() {
            let block = first + number;
            match scope {
                Scope::Text => {}
                Scope::Hidden => markup.hidden.iter_mut().for_each(|part| part.block = block),
                Scope::Caption => markup.captions.iter_mut().for_each(|caption| caption.block = block),
                Scope::Address => markup.addresses.iter_mut().for_each(|address| address.block = block),
            }
            document.blocks.push(Block::new(field, scope, page, text));
        }
        document.blocks[first].quoted = self.quoted;
        document.blocks[first].line_ends = self.ends;
        for Limit { kind, at } in self.limits {
            // Metadata counts in the text of the file.
            let at = if page == 0 { at } else { document.pages[page].text.span(at).range() };
            let message = kind.message();
            document.metadata.faults.push(MetadataFault {
                what: MetadataFaultKind::LimitReached,
                message,
                at,
            });
        }
        document.allows.extend(self.allows.into_iter().map(|allow| Allow { page, ..allow }));
        document.markups.push(markup);
    }
}

fn owned(element: Element<'_>) -> Element<'static> {
    let Element { name, parent, tag, end, attributes, text, style } = element;
    let attributes = attributes.into_iter().map(|Attribute { name, range, value }| Attribute {
        name: Cow::Owned(name.into_owned()),
        range,
        value: value.into_owned(),
    });
    Element {
        name: Cow::Owned(name.into_owned()),
        parent,
        tag,
        end,
        attributes: attributes.collect(),
        text,
        style,
    }
}

impl Written {
    /// Leaves out what is quoted; `kept` are the new numbers of the elements that are not.
    fn leave_out(&mut self, history: &History, kept: &[Option<usize>]) {
        let renumber = |element: &mut Option<usize>| match *element {
            None => true,
            Some(number) => {
                *element = kept[number];
                element.is_some()
            }
        };
        self.runs.retain_mut(|TextRun { range, element }| !history.quotes(range) && renumber(element));
        let hidden = &self.hidden;
        self.hidden_parts.retain_mut(|HiddenText { range, element, .. }| {
            !history.holds(hidden.span(range.clone()).start()) && renumber(element)
        });
        let mut own = MappedText::new();
        for part in &mut self.hidden_parts {
            let origin = hidden.span(part.range.clone()).start();
            if !own.text().is_empty() {
                own.push_replaced("\n\n", (origin..origin).into());
            }
            let from = own.text().len();
            own.push(&hidden.slice(part.range.clone()));
            part.range = from..own.text().len();
        }
        self.hidden = own;
        self.fields.retain_mut(|(element, _)| match kept[*element] {
            Some(number) => {
                *element = number;
                true
            }
            None => false,
        });
    }
}
