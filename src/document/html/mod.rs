//! HTML: its text as it meets the eye, and what stands in its tags, all with places.
//!
//! [Placeholders](template) are taken out of sight, a [tokenizer](mod@tokens) that follows the standard cuts the rest, and
//! what stands in the pieces is read from the page itself. The tree that the tags make is a simple one: it closes what
//! HTML closes by itself (paragraphs, items, cells) and passes over what closes nothing, but moves nothing about as
//! browsers do with text that stands wrongly in a table.

mod attributes;
pub mod elements;
mod outlook;
pub(super) mod template;
mod tokens;

use std::borrow::Cow;
use std::ops::Range;

use memchr::memchr;

use crate::decode::entity::{Within, decode};
use crate::finding::FieldName;
use crate::text::{MappedText, Source};

use super::builder::{self, Builder, Built, LimitKind, MOST_ATTRIBUTES, Writing, closes_itself, is_void};
use super::markup::Attribute;
use super::{Document, TextFormat, draft};
use tokens::{FILLERS, Token, TokenKind, name_len, tokens};

/// Reads a draft in HTML: front matter, if there is one, and the page below it.
pub fn read<'a>(source: &'a Source<'_>) -> Document<'a> {
    draft::read(source, TextFormat::Html, false)
}

/// Adds what a part of a page says in HTML, as the texts of a field.
pub(super) fn add(document: &mut Document<'_>, field: FieldName, page: usize, part: Range<usize>) {
    builder::add(document, field, page, part, build);
}

fn build(page: &str, part: Range<usize>, field: FieldName) -> Built<'_> {
    let mut builder = Builder::new(page);
    feed(&mut builder, page, part.clone());
    builder.finish(part, field)
}

/// Gives a part of a page to a builder.
pub(super) fn feed<'p>(builder: &mut Builder<'p>, page: &'p str, part: Range<usize>) {
    let blanked = template::blank(&page[part.clone()]);
    let code = blanked.code.iter().map(|code| part.start + code.start..part.start + code.end);
    builder.code(code.collect());
    let reader = Reader { page, at: part.start, blanked: &blanked.text };
    let mut follows_pre = false;
    for token in tokens(reader.blanked) {
        reader.take(builder, &token, follows_pre);
        follows_pre =
            token.kind == TokenKind::Open && matches!(reader.name(&token, 1), "pre" | "textarea" | "listing");
    }
}

/// Text of a page beside the same without placeholders.
#[derive(Clone, Copy)]
struct Reader<'p, 'b> {
    page: &'p str,
    /// Where on the page the other begins.
    at: usize,
    blanked: &'b str,
}

impl<'p> Reader<'p, '_> {
    fn take(self, builder: &mut Builder<'p>, token: &Token, follows_pre: bool) {
        let at = self.on_page(&token.range);
        match token.kind {
            TokenKind::Text => {
                let skipped = if follows_pre { first_line_end(&self.page[at.clone()]) } else { 0 };
                builder.text(at.start + skipped..at.end, Writing::Html);
            }
            TokenKind::Raw if builder.innermost_name() == Some("style") => {
                builder.sheet(self.sheet(&token.range));
            }
            TokenKind::Raw => builder.text(at, Writing::Plain),
            TokenKind::Open | TokenKind::Whole => self.open(builder, token),
            TokenKind::Close => {
                let name = lower(self.name(token, 2));
                if name == "br" {
                    builder.open(name, at, Vec::new(), false);
                } else {
                    builder.close(&name, at);
                }
            }
            TokenKind::Comment => {
                outlook::take(self, builder, &token.range);
                builder.comment(at);
            }
            TokenKind::Doctype => {}
        }
    }

    fn open(self, builder: &mut Builder<'p>, token: &Token) {
        let name = lower(self.name_on_page(token));
        let is_whole = token.kind == TokenKind::Whole && (closes_itself(&name) || builder.is_inside("svg"));
        let holds_something = !is_void(&name) && !is_whole;
        let attributes = self.attributes(builder, token);
        builder.open(name, self.on_page(&token.range), attributes, holds_something);
    }

    /// The attributes of a tag; of two with one name the first.
    fn attributes(self, builder: &mut Builder<'p>, token: &Token) -> Vec<Attribute<'p>> {
        let tag = &self.blanked[token.range.clone()];
        let mut all: Vec<Attribute<'p>> = Vec::new();
        let start = token.range.start;
        for written in attributes::attributes(tag, 1 + name_len(tag, 1)) {
            let range = self.on_page(&(start + written.range.start..start + written.range.end));
            if all.len() == MOST_ATTRIBUTES {
                builder.limit(LimitKind::Attributes, range);
                break;
            }
            let name =
                lower(&self.page[self.on_page(&(start + written.name.start..start + written.name.end))]);
            if all.iter().any(|other| other.name == name) {
                continue;
            }
            let value = start + written.value.start..start + written.value.end;
            // Style is read by its own grammar, in which the brackets of placeholders would mean something else.
            let value = if name == "style" { self.blanked_value(&value) } else { self.value(&value) };
            all.push(Attribute { name, range, value });
        }
        all
    }

    fn value(self, range: &Range<usize>) -> MappedText<'p> {
        let at = self.on_page(range);
        decode(&self.page[at.clone()], at.start, Within::Attribute)
    }

    fn blanked_value(self, range: &Range<usize>) -> MappedText<'p> {
        let value = &self.blanked[range.clone()];
        if has_filler(value) {
            return decode(value, self.at + range.start, Within::Attribute).into_owned();
        }
        self.value(range)
    }

    fn sheet(self, range: &Range<usize>) -> MappedText<'p> {
        let text = &self.blanked[range.clone()];
        let at = self.on_page(range);
        if has_filler(text) {
            return MappedText::aligned(text.to_owned(), at.start);
        }
        MappedText::verbatim(&self.page[at.clone()], at.start)
    }

    /// The name of a tag, behind `before` bytes of it.
    fn name(self, token: &Token, before: usize) -> &'p str {
        let start = token.range.start + before;
        let len = name_len(self.blanked, start);
        &self.page[self.on_page(&(start..start + len))]
    }

    /// The name of an opening tag; nothing if a placeholder stands for it.
    fn name_on_page(self, token: &Token) -> &'p str {
        let name = self.name(token, 1);
        if name.starts_with(|c: char| c.is_ascii_alphabetic()) { name } else { "" }
    }

    fn on_page(self, range: &Range<usize>) -> Range<usize> {
        self.at + range.start..self.at + range.end
    }
}

fn has_filler(text: &str) -> bool {
    FILLERS.iter().any(|filler| memchr(*filler, text.as_bytes()).is_some())
}

fn lower(name: &str) -> Cow<'_, str> {
    if name.bytes().any(|byte| byte.is_ascii_uppercase()) {
        Cow::Owned(name.to_ascii_lowercase())
    } else {
        Cow::Borrowed(name)
    }
}

/// The length of the line end that a text begins with.
fn first_line_end(text: &str) -> usize {
    match text.as_bytes() {
        [b'\r', b'\n', ..] => 2,
        [b'\n' | b'\r', ..] => 1,
        _ => 0,
    }
}

#[cfg(test)]
pub(in crate::document) mod tests;
