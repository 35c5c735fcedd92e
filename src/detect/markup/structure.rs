//! How elements stand together.

use std::ops::Range;

use crate::document::Markup;
use crate::document::markup::Element;

use super::form::StructureFault;
use super::mark_of;

/// Where a fault is, in bytes of the page; `text` is the shown text of the markup.
pub fn faults(markup: &Markup<'_>, text: &str, fault: StructureFault) -> Vec<Range<usize>> {
    let elements: Vec<usize> = match fault {
        StructureFault::NoLanguage => without_language(markup),
        StructureFault::EmptyLink => empty_links(markup, text),
        StructureFault::SkippedHeading => skipped_headings(markup),
        StructureFault::LayoutTable => layout_tables(markup),
    };
    elements.into_iter().map(|element| mark_of(markup, element)).collect()
}

fn named<'m>(markup: &'m Markup<'_>, name: &str) -> impl Iterator<Item = (usize, &'m Element<'m>)> {
    markup.elements.iter().enumerate().filter(move |(_, element)| element.name == name)
}

fn has(element: &Element<'_>, attribute: &str) -> bool {
    element.attribute(attribute).is_some_and(|value| !value.trim().is_empty())
}

fn without_language(markup: &Markup<'_>) -> Vec<usize> {
    let is_silent = |(_, element): &(usize, &Element<'_>)| !has(element, "lang") && !has(element, "xml:lang");
    named(markup, "html").filter(is_silent).map(|(at, _)| at).collect()
}

fn empty_links(markup: &Markup<'_>, text: &str) -> Vec<usize> {
    let mut has_name = vec![false; markup.elements.len()];
    // What is in an element comes behind it, so one pass from the end hands all names up.
    for (at, element) in markup.elements.iter().enumerate().rev() {
        let is_picture = matches!(&*element.name, "img" | "svg" | "object" | "video");
        let own = has(element, "aria-label") || has(element, "title") || is_picture;
        has_name[at] |= own;
        if let Some(parent) = element.parent.filter(|_| has_name[at]) {
            has_name[parent] = true;
        }
    }
    let is_blank =
        |element: &Element<'_>| text.get(element.text.clone()).is_some_and(|text| text.trim().is_empty());
    named(markup, "a")
        .filter(|(at, link)| link.attribute("href").is_some() && !has_name[*at] && is_blank(link))
        .filter(|(_, link)| link.style.hiding.is_none())
        .map(|(at, _)| at)
        .collect()
}

fn skipped_headings(markup: &Markup<'_>) -> Vec<usize> {
    let mut skipped = Vec::new();
    let mut before = None;
    for (at, element) in markup.elements.iter().enumerate() {
        let Some(level) = heading_level(&element.name) else { continue };
        if before.is_some_and(|before| level > before + 1) {
            skipped.push(at);
        }
        before = Some(level);
    }
    skipped
}

fn heading_level(name: &str) -> Option<u8> {
    match name.as_bytes() {
        [b'h', level @ b'1'..=b'6'] => Some(level - b'0'),
        _ => None,
    }
}

/// The outermost tables that hold a table and nothing that only tables to be read have.
fn layout_tables(markup: &Markup<'_>) -> Vec<usize> {
    let mut holds_table = vec![false; markup.elements.len()];
    let mut is_to_be_read = vec![false; markup.elements.len()];
    let mut nearest_table: Vec<Option<usize>> = Vec::with_capacity(markup.elements.len());
    for element in &markup.elements {
        let around = element.parent.and_then(|parent| {
            if markup.elements[parent].name == "table" { Some(parent) } else { nearest_table[parent] }
        });
        if let Some(table) = around {
            holds_table[table] |= element.name == "table";
            is_to_be_read[table] |= matches!(&*element.name, "th" | "caption" | "thead");
        }
        nearest_table.push(around);
    }
    named(markup, "table")
        .filter(|(at, table)| {
            holds_table[*at] && !is_to_be_read[*at] && nearest_table[*at].is_none() && !has(table, "role")
        })
        .map(|(at, _)| at)
        .collect()
}
