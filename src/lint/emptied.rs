//! Elements that a fix empties: they go with the words, where it is plain which bytes they are.
//!
//! What holds anything else (a picture, a comment, a placeholder), what is laid out by its place (a cell), and what was
//! never closed stays, empty as it is. In Markdown the signs of an element stand for its tags.

use std::ops::Range;

use crate::document::markup::{Element, Markup};
use crate::document::placeholder;
use crate::text::Span;

use super::mend::{is_literal, lines_of};
use super::message::{Message, Text};
use super::signs::{bare_lines, soft_break};

/// Elements that mean nothing without words in them.
const OF_WORDS: &[&str] = &[
    "a",
    "abbr",
    "acronym",
    "address",
    "article",
    "aside",
    "b",
    "bdi",
    "bdo",
    "big",
    "blink",
    "blockquote",
    "center",
    "cite",
    "code",
    "dd",
    "del",
    "details",
    "dfn",
    "dir",
    "div",
    "dl",
    "dt",
    "em",
    "fieldset",
    "figcaption",
    "figure",
    "font",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "i",
    "ins",
    "kbd",
    "label",
    "legend",
    "li",
    "main",
    "mark",
    "marquee",
    "nobr",
    "ol",
    "p",
    "pre",
    "q",
    "s",
    "samp",
    "section",
    "small",
    "span",
    "strike",
    "strong",
    "sub",
    "summary",
    "sup",
    "time",
    "tt",
    "u",
    "ul",
    "var",
];

/// The head of an element that shows a word of its own where that is missing: it goes with the element or not at all.
const HEAD: &str = "summary";

/// Elements around some words that are looked at; more are a heap of tags.
pub(super) const MOST: usize = 50;

/// The spans of a fix that takes words out of a text, with those of the elements that nothing is left in, and of lines on
/// which only signs are left. `parts` are the words without what parts their elements.
pub(super) fn with_emptied(
    message: &Message<'_>,
    text: &Text<'_>,
    changed: &Range<usize>,
    parts: &[Range<usize>],
    spans: Vec<Span>,
) -> Vec<Span> {
    let page = &message.document.pages[text.block.page].text;
    let markup = message.document.markups.iter().find(|markup| markup.page == text.block.page);
    let can_go = |range: &Range<usize>| {
        is_literal(page, range) && placeholder::find(&page.text()[range.clone()]).is_empty()
    };
    let mut gone = emptied(markup, page.text(), text, changed);
    gone.retain(can_go);
    gone.extend(soft_break(page.text(), text, changed, &gone).filter(can_go));
    let mut removed = gone.clone();
    for part in parts {
        removed.extend(text.block.text.slice(part.clone()).pieces().map(|(_, origin, _)| origin.range()));
    }
    for line in bare_lines(page.text(), &removed).into_iter().filter(can_go) {
        gone.retain(|inner| inner.start < line.start || inner.end > line.end);
        gone.push(line);
    }
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
    let words_gone = removed.clone();
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
    let mut heads: Vec<Range<usize>> = Vec::new();
    for element in around.iter().rev().filter(|element| OF_WORDS.contains(&&*element.name)) {
        let whole = match element.is_untagged(page) {
            true => of_signs(element, markup, page, text, changed),
            false => inside(element, page)
                .filter(|inner| is_nothing_left(page, inner.clone(), &removed))
                .map(|_| element.tag.start..element.end),
        };
        if let Some(whole) = whole {
            heads.extend((*element.name == *HEAD).then(|| whole.clone()));
            gone.retain(|inner| inner.start < whole.start || inner.end > whole.end);
            gone.push(whole.clone());
            removed.push(whole);
            removed.sort_by_key(|range| range.start);
        }
    }
    gone.retain(|range| !heads.contains(range));
    // A line whose beginning went to the one above ends that one.
    let goes_on = |line: usize| words_gone.iter().any(|range| range.start < line && line <= range.end);
    let lines =
        |range: Range<usize>| lines_of(page, &range).filter(|lines| !goes_on(lines.start)).unwrap_or(range);
    gone.into_iter().map(lines).collect()
}

/// An element of Markdown with its signs, without the line ends behind it, if no other words and no picture are in it.
fn of_signs(
    element: &Element<'_>,
    markup: &Markup<'_>,
    page: &str,
    text: &Text<'_>,
    changed: &Range<usize>,
) -> Option<Range<usize>> {
    let words = text.block.text.text();
    let is_blank = |range: Range<usize>| words.get(range).is_none_or(|rest| rest.trim().is_empty());
    let is_left = !is_blank(element.text.start..changed.start) || !is_blank(changed.end..element.text.end);
    let written = page[element.tag.clone()].trim_end();
    let all = element.tag.start..element.tag.start + written.len();
    let first = markup.elements.partition_point(|inner| inner.tag.start < all.start);
    let mut within = markup.elements[first..].iter().take_while(|inner| inner.tag.start < all.end);
    let holds_more = within.any(|inner| !OF_WORDS.contains(&&*inner.name)) || written.contains("<!--");
    (!is_left && !holds_more).then_some(all)
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
