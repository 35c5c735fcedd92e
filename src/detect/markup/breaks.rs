//! Line breaks in a row: `<br>`, and paragraphs that hold nothing but a blank.

use std::ops::Range;

use crate::document::Markup;
use crate::document::markup::Element;

/// Runs of more than `most` breaks, in bytes of the page; `text` is the shown text of the markup.
pub fn line_breaks(markup: &Markup<'_>, text: &str, most: usize) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut run: Option<Run> = None;
    let has_breaks = parents_of_breaks(markup);
    for (at, element) in markup.elements.iter().enumerate() {
        let is_break = !has_breaks[at] && is_break(element, text);
        if !is_break && !parts_text(element) {
            continue;
        }
        match &mut run {
            Some(run) if is_break && is_blank(text, run.text_end..element.text.start) => run.add(element),
            run => {
                found.extend(run.take().and_then(|run| run.if_longer(text, most)));
                *run = is_break.then(|| Run::new(element));
            }
        }
    }
    found.extend(run.and_then(|run| run.if_longer(text, most)));
    found
}

/// Breaks with nothing between them.
struct Run {
    breaks: usize,
    page: Range<usize>,
    text_start: usize,
    text_end: usize,
}

impl Run {
    fn new(element: &Element<'_>) -> Self {
        let (start, end) = (element.text.start, element.text.end);
        Self { breaks: 1, page: element.tag.start..element.end, text_start: start, text_end: end }
    }

    fn add(&mut self, element: &Element<'_>) {
        self.breaks += 1;
        self.page.end = self.page.end.max(element.end);
        self.text_end = element.text.end;
    }

    /// Its place, if it is too long and parts something: mail programs cut off what stands before and behind the text.
    fn if_longer(self, text: &str, most: usize) -> Option<Range<usize>> {
        let is_inside = !is_blank(text, 0..self.text_start) && !is_blank(text, self.text_end..text.len());
        (self.breaks > most && is_inside).then_some(self.page)
    }
}

/// Which elements hold another that is counted itself.
fn parents_of_breaks(markup: &Markup<'_>) -> Vec<bool> {
    let mut parents = vec![false; markup.elements.len()];
    let counted = markup.elements.iter().filter(|element| matches!(&*element.name, "br" | "p" | "div"));
    counted.filter_map(|element| element.parent).for_each(|parent| parents[parent] = true);
    parents
}

fn is_break(element: &Element<'_>, text: &str) -> bool {
    match &*element.name {
        "br" => element.style.hiding.is_none(),
        // An empty paragraph has no height, but one with a blank that cannot be broken has.
        "p" | "div" => {
            let inside = text.get(element.text.clone()).unwrap_or_default();
            element.style.hiding.is_none()
                && is_blank(text, element.text.clone())
                && inside.contains('\u{A0}')
        }
        _ => false,
    }
}

/// Whether an element that holds no text is seen all the same.
fn parts_text(element: &Element<'_>) -> bool {
    matches!(&*element.name, "img" | "hr" | "td" | "th" | "table" | "video" | "input" | "button" | "svg")
}

fn is_blank(text: &str, range: Range<usize>) -> bool {
    text.get(range)
        .is_none_or(|part| part.chars().all(|c| crate::detect::run::is_blank(c) || c.is_whitespace()))
}
