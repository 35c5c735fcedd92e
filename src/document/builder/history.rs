//! Quoted history in markup: elements by which mail programs mark what a message answers, and what looks like it in the
//! shown text.

use std::ops::Range;

use crate::document::markup::Element;
use crate::document::quoted_history;
use crate::text::MappedText;

/// The parts of a page that are somebody else's words.
#[derive(Debug, Default)]
pub(super) struct History {
    /// In bytes of the shown text; sorted, disjoint.
    pub(super) texts: Vec<Range<usize>>,
    /// In bytes of the page; sorted, disjoint.
    pages: Vec<Range<usize>>,
}

impl History {
    /// Finds what is quoted. Where nothing else is shown, elements alone prove nothing: that is a message that was
    /// written into a quote. `written` are parts of the page that are quoted by how it is written.
    pub(super) fn find(
        elements: &[Element<'_>],
        shown: &MappedText<'_>,
        written: &[Range<usize>],
        end: usize,
    ) -> Self {
        let text = shown.text();
        let marked: Vec<(&Element<'_>, Quoted)> =
            elements.iter().filter_map(|element| Some((element, quoted(element)?))).collect();
        let of_elements = merged(marked.iter().map(|(element, quoted)| match quoted {
            Quoted::Inside => element.text.clone(),
            Quoted::Onwards => element.text.start..text.len(),
        }));
        let is_all = rest_of(text, &of_elements).trim().is_empty();
        let of_page = written.iter().map(|range| shown.offset_of(range.start)..shown.offset_of(range.end));
        let of_text = merged(quoted_history::find(text).into_iter().chain(of_page));
        let pages_of_text = of_text.iter().map(|range| {
            let origin = shown.span(range.clone()).range();
            origin.start..if text[range.end..].trim().is_empty() { end } else { origin.end }
        });
        if is_all {
            let pages = merged(pages_of_text.chain(written.iter().cloned()));
            return Self { pages, texts: joined_over_blanks(text, of_text) };
        }
        let pages_of_elements = marked.iter().map(|(element, quoted)| match quoted {
            Quoted::Inside => element.tag.start..element.end,
            Quoted::Onwards => element.tag.start..end,
        });
        Self {
            pages: merged(pages_of_elements.chain(pages_of_text).chain(written.iter().cloned())),
            texts: joined_over_blanks(text, merged(of_elements.into_iter().chain(of_text))),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.pages.is_empty()
    }

    /// Whether a byte of the page is quoted.
    pub(super) fn holds(&self, at: usize) -> bool {
        holds(&self.pages, at)
    }

    /// Whether a part of the shown text is quoted.
    pub(super) fn quotes(&self, text: &Range<usize>) -> bool {
        holds(&self.texts, text.start)
    }

    /// Drops the quoted elements, and gives the new numbers of the others.
    pub(super) fn keep(&self, elements: &mut Vec<Element<'_>>) -> Vec<Option<usize>> {
        let mut kept: Vec<Option<usize>> = Vec::with_capacity(elements.len());
        // What is in an element that is dropped belongs to the one around it.
        let mut homes: Vec<Option<usize>> = Vec::with_capacity(elements.len());
        let mut next = 0;
        elements.retain_mut(|element| {
            element.parent = element.parent.and_then(|parent| homes[parent]);
            let is_own = !self.holds(element.tag.start);
            kept.push(is_own.then_some(next));
            homes.push(if is_own { Some(next) } else { element.parent });
            next += usize::from(is_own);
            is_own
        });
        kept
    }
}

fn holds(ranges: &[Range<usize>], at: usize) -> bool {
    let index = ranges.partition_point(|range| range.end <= at);
    ranges.get(index).is_some_and(|range| range.start <= at)
}

/// Sorted and disjoint.
fn merged(ranges: impl Iterator<Item = Range<usize>>) -> Vec<Range<usize>> {
    let mut all: Vec<Range<usize>> = ranges.filter(|range| !range.is_empty()).collect();
    all.sort_by_key(|range| range.start);
    let mut out: Vec<Range<usize>> = Vec::new();
    for range in all {
        match out.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => out.push(range),
        }
    }
    out
}

/// The same ranges, made one where only blanks stand between them.
fn joined_over_blanks(text: &str, ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::with_capacity(ranges.len());
    for range in ranges {
        match out.last_mut() {
            Some(last) if text[last.end..range.start].trim().is_empty() => last.end = range.end,
            _ => out.push(range),
        }
    }
    out
}

/// A text without some of its parts.
fn rest_of(text: &str, parts: &[Range<usize>]) -> String {
    let mut rest = String::new();
    let mut done = 0;
    for part in parts {
        rest.push_str(&text[done..part.start]);
        done = part.end;
    }
    rest.push_str(&text[done..]);
    rest
}

/// How far an element is quoted history.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Quoted {
    /// What is in it.
    Inside,
    /// It and all that comes after it.
    Onwards,
}

/// Classes of elements that hold what is answered, or say who wrote it.
const CLASSES: &[&str] = &[
    "gmail_quote",
    "gmail_quote_container",
    "gmail_extra",
    "gmail_attr",
    "moz-cite-prefix",
    "moz-forward-container",
    "yahoo_quoted",
    "protonmail_quote",
    "tutanota_quote",
    "zmail_extra",
    "freshdesk_quote",
];

/// Ids of elements that begin what is answered, in Outlook.
const BEGINNINGS: &[&str] =
    &["divrplyfwdmsg", "mail-editor-reference-message-container", "olk_src_body_section"];

/// Whether an element marks quoted history.
fn quoted(element: &Element<'_>) -> Option<Quoted> {
    if element.attributes.is_empty() {
        return None;
    }
    let is_cite = element.name == "blockquote"
        && element.attribute("type").is_some_and(|kind| kind.trim().eq_ignore_ascii_case("cite"));
    let has_class = element.attribute("class").is_some_and(|classes| {
        classes.split_ascii_whitespace().any(|class| CLASSES.contains(&class.to_ascii_lowercase().as_str()))
    });
    if is_cite || has_class {
        return Some(Quoted::Inside);
    }
    // Outlook on the web puts `x_` before the ids of what it quotes.
    let id = element.attribute("id")?.trim().to_ascii_lowercase();
    BEGINNINGS.contains(&id.trim_start_matches("x_")).then_some(Quoted::Onwards)
}
