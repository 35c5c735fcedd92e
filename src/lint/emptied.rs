//! Elements of HTML that a fix empties: they go with the words, where it is plain which bytes they are.
//!
//! What holds anything else (a picture, a comment, a placeholder), what is laid out by its place (a cell), and what was
//! never closed stays, empty as it is.

use std::ops::Range;

use crate::document::markup::{Element, Markup};
use crate::document::placeholder;
use crate::text::Span;

use super::mend::{is_literal, lines_of};
use super::message::{Message, Text};

/// Elements that mean nothing without words in them.
const OF_WORDS: &[&str] = &[
    "a",
    "abbr",
    "b",
    "big",
    "blockquote",
    "cite",
    "code",
    "dd",
    "dl",
    "dt",
    "em",
    "font",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "i",
    "ins",
    "kbd",
    "label",
    "li",
    "mark",
    "ol",
    "p",
    "pre",
    "q",
    "s",
    "small",
    "span",
    "strike",
    "strong",
    "sub",
    "sup",
    "tt",
    "u",
    "ul",
];

/// Elements around some words that are looked at; more are a heap of tags.
const MOST: usize = 50;

/// The spans of a fix that takes words out of a text, with those of the elements that nothing is left in.
pub(super) fn with_emptied(
    message: &Message<'_>,
    text: &Text<'_>,
    changed: &Range<usize>,
    spans: Vec<Span>,
) -> Vec<Span> {
    let page = &message.document.pages[text.block.page].text;
    let markup = message.document.markups.iter().find(|markup| markup.page == text.block.page);
    let gone: Vec<Range<usize>> = emptied(markup, page.text(), text, changed)
        .into_iter()
        .filter(|range| is_literal(page, range) && placeholder::find(&page.text()[range.clone()]).is_empty())
        .collect();
    let gone: Vec<Span> = gone.into_iter().map(|range| page.span(range)).collect();
    let is_inside =
        |span: &Span| gone.iter().any(|gone| gone.start() <= span.start() && span.end() <= gone.end());
    let mut all: Vec<Span> = spans.into_iter().filter(|span| !is_inside(span)).collect();
    all.extend(&gone);
    all
}

/// The outermost elements of a page that hold nothing but words that are taken out, each with the lines that it fills.
fn emptied(
    markup: Option<&Markup<'_>>,
    page: &str,
    text: &Text<'_>,
    changed: &Range<usize>,
) -> Vec<Range<usize>> {
    let words = &text.block.text;
    let mut removed: Vec<Range<usize>> =
        words.slice(changed.clone()).pieces().map(|(_, origin, _)| origin.range()).collect();
    let (Some(markup), Some(end)) = (markup, removed.last().map(|last| last.end)) else { return Vec::new() };
    let before = words.text()[..changed.start].trim_end();
    let kept = before.chars().next_back().map_or(0, char::len_utf8);
    let start = words.span(before.len() - kept..before.len()).end();
    let number = |place: usize| markup.elements.partition_point(|element| element.tag.start < place);
    let around = &markup.elements[number(start)..number(end).max(number(start))];
    if around.len() > MOST {
        return Vec::new();
    }
    let mut gone: Vec<Range<usize>> = Vec::new();
    for element in around.iter().rev().filter(|element| OF_WORDS.contains(&&*element.name)) {
        let Some(inner) = inside(element, page) else { continue };
        if is_nothing_left(page, inner, &removed) {
            let whole = element.tag.start..element.end;
            gone.retain(|inner| inner.start < whole.start || inner.end > whole.end);
            gone.push(whole.clone());
            removed.push(whole);
            removed.sort_by_key(|range| range.start);
        }
    }
    gone.into_iter().map(|range| lines_of(page, &range).unwrap_or(range)).collect()
}

/// What stands between the tags of an element, if both are written out.
fn inside(element: &Element<'_>, page: &str) -> Option<Range<usize>> {
    let written = page.get(element.tag.end..element.end)?;
    let closing = written.rfind("</")?;
    let name = written[closing + 2..].strip_suffix('>')?.trim_end();
    let is_its_own = name.eq_ignore_ascii_case(&element.name) && page[element.tag.clone()].starts_with('<');
    is_its_own.then(|| element.tag.end..element.tag.end + closing)
}

/// Whether nothing but blanks is in a range besides what is removed, which is sorted.
fn is_nothing_left(page: &str, range: Range<usize>, removed: &[Range<usize>]) -> bool {
    let mut at = range.start;
    for part in removed.iter().filter(|part| part.end > range.start && part.start < range.end) {
        if part.start > at && !page[at..part.start].trim().is_empty() {
            return false;
        }
        at = at.max(part.end);
    }
    at >= range.end || page[at..range.end].trim().is_empty()
}
