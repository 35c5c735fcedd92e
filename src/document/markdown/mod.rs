//! Markdown: its text as it meets the eye, its links and pictures, and the HTML in it, all with places.
//!
//! pulldown-cmark says where everything stands but the destination of a link; that is read from the link's own source by
//! the grammar of the standard, and held against what the parser made of it. Placeholders are out of the parser's sight,
//! so that the underscores in `{{buyer_first_name}}` stress nothing.

mod destination;

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{CowStr, Event, HeadingLevel, LinkType, OffsetIter, Options, Parser, Tag, TagEnd};

use crate::finding::FieldName;
use crate::text::{MappedText, Source};

use super::builder::{self, Builder, Built, Writing};
use super::html::{self, template::blank_markdown};
use super::markup::Attribute;
use super::{Document, TextFormat, draft, quoted_history};

/// Reads a draft in Markdown: front matter or a `Subject:` line, if there is one, and the body below it.
pub fn read<'a>(source: &'a Source<'_>) -> Document<'a> {
    draft::read(source, TextFormat::Markdown, true)
}

/// Adds what a part of a page says in Markdown, as the texts of a field.
pub(super) fn add(document: &mut Document<'_>, field: FieldName, page: usize, part: Range<usize>) {
    builder::add(document, field, page, part, build);
}

fn build(page: &str, part: Range<usize>, field: FieldName) -> Built<'_> {
    let blanked = blank_markdown(&page[part.clone()]);
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS;
    let mut reader = Reader {
        page,
        at: part.start,
        blanked: &blanked.text,
        builder: Builder::new(page),
        links: Vec::new(),
        pictures: Vec::new(),
        html: None,
        heads: 0,
    };
    let on_page = |range: &Range<usize>| part.start + range.start..part.start + range.end;
    reader.builder.code(blanked.code.iter().map(on_page).collect());
    if field == FieldName::Body {
        // The angles at the beginning of quoted lines are gone from the shown text.
        let quoted = quoted_history::find(&page[part.clone()]);
        reader.builder.quoted(quoted.iter().map(on_page).collect());
    }
    let mut events = Parser::new_ext(&blanked.text, options).into_offset_iter();
    while let Some((event, range)) = events.next() {
        reader.take(event, range, &events);
    }
    reader.builder.finish(part, field)
}

/// Goes through the events of a parser.
struct Reader<'p, 'b> {
    page: &'p str,
    /// Where on the page the text begins.
    at: usize,
    /// The text without placeholders, which the parser reads.
    blanked: &'b str,
    builder: Builder<'p>,
    /// Links and pictures that are open, from the outside in.
    links: Vec<OpenLink<'b>>,
    /// Which of them are pictures.
    pictures: Vec<usize>,
    /// HTML whose lines are being collected.
    html: Option<Range<usize>>,
    heads: usize,
}

/// A link or a picture whose text is being read.
struct OpenLink<'b> {
    element: Option<usize>,
    range: Range<usize>,
    kind: LinkType,
    address: CowStr<'b>,
    title: CowStr<'b>,
    label: CowStr<'b>,
    /// Where the text read so far ends.
    text_end: usize,
    /// The words of a picture.
    alt: Option<MappedText<'static>>,
}

impl<'p, 'b> Reader<'p, 'b> {
    fn take(&mut self, event: Event<'b>, range: Range<usize>, events: &OffsetIter<'b>) {
        if !matches!(event, Event::Html(_)) {
            self.end_html();
        }
        if !matches!(event, Event::Start(_))
            && let Some(link) = self.links.last_mut()
            && range.end < link.range.end
        {
            link.text_end = link.text_end.max(range.end);
        }
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag, range, events),
            Event::Text(text) => self.text(&text, range),
            Event::Code(_) => self.code(range),
            Event::Html(_) => self.html(range),
            Event::InlineHtml(_) => {
                let at = self.on_page(&range);
                html::feed(&mut self.builder, self.page, at);
            }
            Event::SoftBreak | Event::HardBreak => self.line_end(range),
            Event::Rule => {
                self.builder.open_untagged("hr", self.on_page(&range), false);
            }
            Event::TaskListMarker(_)
            | Event::FootnoteReference(_)
            | Event::InlineMath(_)
            | Event::DisplayMath(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'b>, range: Range<usize>) {
        match tag {
            Tag::Link { link_type, dest_url, title, id } => {
                // What is in the words of a picture leads nowhere.
                let is_link = self.pictures.is_empty();
                let all = self.on_page(&range);
                let element = is_link.then(|| self.builder.open_untagged("a", all, true)).flatten();
                self.open_link(element, range, (link_type, dest_url, title, id), None);
            }
            Tag::Image { link_type, dest_url, title, id } => {
                let element = self.builder.open_untagged("img", self.on_page(&range), false);
                self.pictures.push(self.links.len());
                self.open_link(element, range, (link_type, dest_url, title, id), Some(MappedText::new()));
            }
            Tag::HtmlBlock | Tag::MetadataBlock(_) => {}
            _ => {
                self.heads += usize::from(matches!(tag, Tag::TableHead));
                let name = self.name(&tag.to_end());
                self.builder.open_untagged(name, self.on_page(&range), true);
            }
        }
    }

    fn open_link(
        &mut self,
        element: Option<usize>,
        range: Range<usize>,
        (kind, address, title, label): (LinkType, CowStr<'b>, CowStr<'b>, CowStr<'b>),
        alt: Option<MappedText<'static>>,
    ) {
        let text_end = range.start + if alt.is_some() { 2 } else { 1 };
        self.links.push(OpenLink { element, range, kind, address, title, label, text_end, alt });
    }

    fn end(&mut self, tag: TagEnd, range: Range<usize>, events: &OffsetIter<'b>) {
        let name = self.name(&tag);
        match tag {
            TagEnd::Link | TagEnd::Image => {
                if let Some(link) = self.links.pop() {
                    if link.alt.is_some() {
                        self.pictures.pop();
                    }
                    if let Some(outer) = self.links.last_mut() {
                        outer.text_end = range.end;
                    }
                    self.end_link(link, events);
                }
            }
            TagEnd::TableHead => self.heads = self.heads.saturating_sub(1),
            _ => {}
        }
        if !matches!(tag, TagEnd::Image | TagEnd::HtmlBlock | TagEnd::MetadataBlock(_)) {
            let at = self.on_page(&range);
            let line_end = self.page[at.clone()].trim_end_matches(['\n', '\r']).len();
            self.builder.close(name, at.start + line_end..at.end);
        }
    }

    fn end_link(&mut self, link: OpenLink<'b>, events: &OffsetIter<'b>) {
        let found = self.destination(&link, events).unwrap_or_default();
        let all = self.on_page(&link.range);
        // What the grammar does not lead to (in a quote, for instance) stands somewhere in the link.
        let value = |found: Option<Range<usize>>, expected: &str| {
            let found =
                found.map(|range| destination::decode(self.page, self.blanked, self.at, range, expected));
            found.flatten().unwrap_or_else(|| {
                let mut value = MappedText::new();
                value.push_replaced(expected, all.clone().into());
                value
            })
        };
        let mut address = value(found.address, &link.address);
        if link.kind == LinkType::Email {
            let mut mail = MappedText::new();
            let start = address.span(0..0).start();
            mail.push_replaced("mailto:", (start..start).into());
            mail.push_verbatim(address.text(), start);
            address = mail;
        }
        let attribute = |name: &'static str, value: MappedText<'p>| Attribute {
            name: Cow::Borrowed(name),
            range: value.span(0..value.text().len()).range(),
            value,
        };
        let title = (!link.title.is_empty()).then(|| attribute("title", value(found.title, &link.title)));
        let mut attributes = match link.alt {
            Some(alt) => vec![attribute("src", address), attribute("alt", alt)],
            None => vec![attribute("href", address)],
        };
        attributes.extend(title);
        if let Some(element) = link.element {
            self.builder.set_attributes(element, attributes);
        }
    }

    /// Where the destination and the title of a link stand.
    fn destination(&self, link: &OpenLink<'b>, events: &OffsetIter<'b>) -> Option<destination::Found> {
        match link.kind {
            LinkType::Inline => destination::of_inline(self.blanked, link.text_end..link.range.end),
            LinkType::Reference | LinkType::Collapsed | LinkType::Shortcut => {
                let definition = events.reference_definitions().get(&link.label)?;
                destination::of_definition(self.blanked, definition.span.clone())
            }
            LinkType::Autolink | LinkType::Email => Some(destination::Found {
                address: Some(link.range.start + 1..link.range.end - 1),
                title: None,
            }),
            _ => None,
        }
    }

    fn text(&mut self, text: &str, range: Range<usize>) {
        let (page, at) = (self.page, self.on_page(&range));
        let is_written_so = self.blanked[range] == *text;
        let mut chars = text.chars();
        let writing = match (chars.next(), chars.next(), chars.next()) {
            _ if is_written_so => Writing::Plain,
            (Some(first), second, None) => Writing::Stands(first, second),
            _ => Writing::Plain,
        };
        if let Some(alt) = self.alt() {
            match writing {
                Writing::Stands(..) => alt.push_replaced(text, at.into()),
                _ => alt.push_verbatim(&page[at.clone()], at.start),
            }
            return;
        }
        self.builder.text(at, writing);
    }

    /// Code between backticks. A buyer reads its words like all others.
    fn code(&mut self, range: Range<usize>) {
        let (page, at) = (self.page, self.on_page(&range));
        let written = &page[at.clone()];
        let ticks = written.bytes().take_while(|byte| *byte == b'`').count();
        let inner = at.start + ticks..(at.end - ticks.min(at.len())).max(at.start + ticks);
        if let Some(alt) = self.alt() {
            alt.push_verbatim(&page[inner.clone()], inner.start);
            return;
        }
        self.builder.open_untagged("code", at.clone(), true);
        self.builder.text(inner, Writing::Plain);
        self.builder.close("code", at.end..at.end);
    }

    fn line_end(&mut self, range: Range<usize>) {
        let at = self.on_page(&range);
        match self.alt() {
            Some(alt) => alt.push_replaced(" ", at.into()),
            None => self.builder.text(at, Writing::LineEnd),
        }
    }

    /// The words of the picture that is being read.
    fn alt(&mut self) -> Option<&mut MappedText<'static>> {
        let picture = *self.pictures.last()?;
        self.links.get_mut(picture)?.alt.as_mut()
    }

    /// A line of HTML. Lines that follow each other are read together.
    fn html(&mut self, range: Range<usize>) {
        match &mut self.html {
            Some(html) if html.end == range.start => html.end = range.end,
            _ => {
                self.end_html();
                self.html = Some(range);
            }
        }
    }

    fn end_html(&mut self) {
        if let Some(html) = self.html.take() {
            let at = self.on_page(&html);
            html::feed(&mut self.builder, self.page, at);
        }
    }

    /// The name of an element of HTML that means the same.
    fn name(&self, tag: &TagEnd) -> &'static str {
        match tag {
            TagEnd::Paragraph => "p",
            TagEnd::Heading(level) => match level {
                HeadingLevel::H1 => "h1",
                HeadingLevel::H2 => "h2",
                HeadingLevel::H3 => "h3",
                HeadingLevel::H4 => "h4",
                HeadingLevel::H5 => "h5",
                HeadingLevel::H6 => "h6",
            },
            TagEnd::BlockQuote(_) => "blockquote",
            TagEnd::CodeBlock => "pre",
            TagEnd::List(true) => "ol",
            TagEnd::List(false) => "ul",
            TagEnd::Item => "li",
            TagEnd::Table => "table",
            TagEnd::TableHead => "thead",
            TagEnd::TableRow => "tr",
            TagEnd::TableCell if self.heads > 0 => "th",
            TagEnd::TableCell => "td",
            TagEnd::Emphasis => "em",
            TagEnd::Strong => "strong",
            TagEnd::Strikethrough => "del",
            TagEnd::Link => "a",
            _ => "span",
        }
    }

    fn on_page(&self, range: &Range<usize>) -> Range<usize> {
        self.at + range.start..self.at + range.end
    }
}

#[cfg(test)]
mod tests;
