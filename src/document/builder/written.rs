//! Writes the texts of a page: the shown one and the hidden one.

use std::ops::Range;

use crate::decode::entity::{Reference, Within, references};
use crate::document::form::Hiding;
use crate::document::markup::{Element, HiddenText, TextRun};
use crate::text::MappedText;

use super::flow::Flow;
use super::names::{Display, display};
use super::{Builder, Item, What, Writing};

/// The texts of a page.
#[derive(Debug, Default)]
pub(super) struct Written {
    pub(super) shown: MappedText<'static>,
    /// Where lines of the shown text end because their element does.
    pub(super) ends: Vec<usize>,
    pub(super) runs: Vec<TextRun>,
    pub(super) hidden: MappedText<'static>,
    pub(super) hidden_parts: Vec<HiddenText>,
    /// What fields of forms hold, by element.
    pub(super) fields: Vec<(usize, MappedText<'static>)>,
}

/// What becomes of the text in an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    Shown,
    /// Why it is not shown, and the outermost element that is to blame.
    Hidden(Hiding, usize),
    Field,
    Nothing,
}

/// Writes all texts, and notes in each element which part of the shown text is in it.
pub(super) fn write(builder: &mut Builder<'_>) -> Written {
    let mut fates = fates(&builder.elements);
    mark_scaffolding(builder, &mut fates);
    let mut writer = Writer { fates, ..Writer::default() };
    let mut texts: Vec<Range<usize>> = vec![0..0; builder.elements.len()];
    for item in &builder.items {
        if let Some(element) = item.element {
            match item.what {
                What::Begin => texts[element].start = writer.shown.len(),
                What::End => texts[element].end = writer.shown.len(),
                _ => {}
            }
        }
        writer.take(builder, item);
    }
    for (element, text) in builder.elements.iter_mut().zip(texts) {
        let start = if text.start < text.end { writer.shown.behind_gap(text.start) } else { text.start };
        element.text = start.min(text.end)..text.end;
    }
    writer.finish()
}

/// What becomes of the text in each element.
fn fates(elements: &[Element<'_>]) -> Fates {
    let mut fates: Vec<Fate> = Vec::with_capacity(elements.len());
    for (number, element) in elements.iter().enumerate() {
        let outer = element.parent.map_or(Fate::Shown, |parent| fates[parent]);
        fates.push(fate(element, number, outer));
    }
    Fates { of_elements: fates, scaffolding: Vec::new() }
}

fn fate(element: &Element<'_>, number: usize, outer: Fate) -> Fate {
    let display = display(&element.name);
    if outer == Fate::Nothing || display == Display::Nothing {
        return Fate::Nothing;
    }
    let is_preview = element.name == "mj-preview";
    let hiding = element.style.hiding.or(is_preview.then_some(Hiding::NoDisplay));
    match (outer, hiding) {
        (Fate::Hidden(Hiding::NoDisplay, blamed), _) => Fate::Hidden(Hiding::NoDisplay, blamed),
        (Fate::Hidden(why, blamed), Some(hiding)) if why == hiding => Fate::Hidden(why, blamed),
        (_, Some(hiding)) => Fate::Hidden(hiding, number),
        (Fate::Field, None) => Fate::Field,
        _ if display == Display::Field => Fate::Field,
        _ => Fate::Shown,
    }
}

/// The fates of the elements.
#[derive(Debug, Default)]
struct Fates {
    of_elements: Vec<Fate>,
    /// Whether an element is in a cell of a table in which nothing can be seen.
    scaffolding: Vec<bool>,
}

impl Fates {
    fn of(&self, element: Option<usize>) -> Fate {
        element.map_or(Fate::Shown, |element| self.of_elements[element])
    }

    fn is_scaffolding(&self, element: Option<usize>) -> bool {
        element.is_some_and(|element| self.scaffolding[element])
    }
}

/// Finds the cells that hold nothing but blanks. They keep pictures apart, and are no empty lines.
fn mark_scaffolding(builder: &Builder<'_>, fates: &mut Fates) {
    let elements = &builder.elements;
    let mut has_ink = vec![false; elements.len()];
    for item in &builder.items {
        let What::Text(writing) = item.what else { continue };
        let mut next =
            item.element.filter(|element| fates.of_elements[*element] == Fate::Shown && !has_ink[*element]);
        if next.is_none() || !is_seen(&builder.page[item.at.clone()], writing) {
            continue;
        }
        while let Some(element) = next.filter(|element| !has_ink[*element]) {
            has_ink[element] = true;
            next = elements[element].parent;
        }
    }
    let mut scaffolding: Vec<bool> = Vec::with_capacity(elements.len());
    for (number, element) in elements.iter().enumerate() {
        let outer = element.parent.is_some_and(|parent| scaffolding[parent]);
        let is_cell = matches!(&*element.name, "td" | "th");
        scaffolding.push(if is_cell { !has_ink[number] } else { outer });
    }
    fates.scaffolding = scaffolding;
}

/// Whether a text holds something that can be seen.
pub(super) fn is_seen(text: &str, writing: Writing) -> bool {
    match writing {
        Writing::Html => {
            let mut from = 0;
            for reference in references(text, Within::Text) {
                if has_ink(&text[from..reference.range.start]) || !is_unseen(reference.first) {
                    return true;
                }
                from = reference.range.end;
            }
            has_ink(&text[from..])
        }
        Writing::Plain => has_ink(text),
        Writing::Stands(first, _) => !is_unseen(first),
        Writing::LineEnd => false,
    }
}

fn has_ink(text: &str) -> bool {
    text.chars().any(|c| !is_unseen(c))
}

/// Blanks, and characters without width.
fn is_unseen(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{AD}' | '\u{34F}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}')
}

#[derive(Debug, Default)]
struct Writer {
    fates: Fates,
    shown: Flow,
    runs: Vec<TextRun>,
    hidden: Flow,
    hidden_parts: Vec<HiddenText>,
    fields: Vec<(usize, Flow)>,
    /// Whether no tag stands between here and the last text of a field.
    in_field: bool,
    in_outlook: bool,
    /// Whether the next hidden text begins a part in any case.
    begins_part: bool,
}

impl Writer {
    fn take(&mut self, builder: &Builder<'_>, item: &Item) {
        match item.what {
            What::Begin => self.edge(builder, item, true),
            What::End => self.edge(builder, item, false),
            What::Edge(display) if self.in_outlook => apply(&mut self.hidden, display, &item.at, true),
            What::Edge(display) => {
                if !matches!(self.fates.of(item.element), Fate::Nothing | Fate::Hidden(Hiding::NoDisplay, _))
                {
                    apply(&mut self.shown, display, &item.at, false);
                }
            }
            What::Text(writing) => self.text(builder, item, writing),
            What::OutlookBegin => (self.in_outlook, self.begins_part) = (true, true),
            What::OutlookEnd => self.in_outlook = false,
        }
    }

    /// A tag that begins or ends an element.
    fn edge(&mut self, builder: &Builder<'_>, item: &Item, begins: bool) {
        let Some(number) = item.element else { return };
        self.in_field = false;
        let element = &builder.elements[number];
        let mut display = display(&element.name);
        let is_nested = matches!(&*element.name, "ul" | "ol")
            && element.parent.is_some_and(|parent| builder.elements[parent].name == "li");
        if is_nested {
            display = Display::Line;
        }
        if display == Display::Break && (!begins || self.fates.is_scaffolding(item.element)) {
            return;
        }
        match self.fates.of(item.element) {
            Fate::Nothing => {}
            Fate::Shown | Fate::Field => apply(&mut self.shown, display, &item.at, begins),
            Fate::Hidden(why, _) => {
                apply(&mut self.hidden, display, &item.at, begins);
                if why != Hiding::NoDisplay {
                    apply(&mut self.shown, display, &item.at, begins);
                }
            }
        }
        if begins && is_hidden_input(element) {
            self.hidden_value(element, number);
        }
    }

    fn text(&mut self, builder: &Builder<'_>, item: &Item, writing: Writing) {
        if self.in_outlook {
            return self.hide(item.at.start, (Hiding::Outlook, None), |flow| {
                write_text(flow, builder, item, writing)
            });
        }
        match self.fates.of(item.element) {
            Fate::Nothing => {}
            Fate::Hidden(why, blamed) => {
                self.hide(item.at.start, (why, Some(blamed)), |flow| {
                    write_text(flow, builder, item, writing)
                });
            }
            Fate::Field => {
                let Some(element) = item.element else { return };
                if !self.in_field {
                    self.fields.push((element, Flow::default()));
                    self.in_field = true;
                }
                if let Some((_, flow)) = self.fields.last_mut() {
                    write_text(flow, builder, item, writing);
                }
            }
            Fate::Shown => {
                if !self.fates.is_scaffolding(item.element) {
                    self.show(builder, item, writing);
                }
            }
        }
    }

    fn show(&mut self, builder: &Builder<'_>, item: &Item, writing: Writing) {
        let before = self.shown.len();
        write_text(&mut self.shown, builder, item, writing);
        let end = self.shown.len();
        if before == end {
            return;
        }
        match self.runs.last_mut() {
            Some(last) if last.element == item.element => last.range.end = end,
            _ => {
                let range = self.shown.behind_gap(before)..end;
                self.runs.push(TextRun { range, element: item.element });
            }
        }
    }

    /// Writes hidden text; each reason and each element to blame has a part of its own.
    fn hide(&mut self, at: usize, (reason, element): (Hiding, Option<usize>), write: impl FnOnce(&mut Flow)) {
        let is_same = |part: &HiddenText| part.reason == reason && part.element == element;
        let goes_on = !self.begins_part && self.hidden_parts.last().is_some_and(is_same);
        if !goes_on {
            self.hidden.paragraph(at..at, false);
        }
        let before = self.hidden.len();
        write(&mut self.hidden);
        let end = self.hidden.len();
        if before == end {
            return;
        }
        self.begins_part = false;
        match self.hidden_parts.last_mut() {
            Some(last) if goes_on => last.range.end = end,
            _ => {
                let range = self.hidden.behind_gap(before)..end;
                self.hidden_parts.push(HiddenText { block: 0, range, reason, element });
            }
        }
    }

    fn hidden_value(&mut self, element: &Element<'_>, number: usize) {
        let Some(value) = element.attributes.iter().find(|attribute| attribute.name == "value") else {
            return;
        };
        self.hide(value.range.start, (Hiding::NoDisplay, Some(number)), |flow| flow.mapped(&value.value));
    }

    fn finish(self) -> Written {
        let hidden = self.hidden.out;
        let mut hidden_parts = self.hidden_parts;
        hidden_parts.retain(|part| has_ink(&hidden.text()[part.range.clone()]));
        let hidden = if hidden_parts.is_empty() { MappedText::new() } else { hidden };
        let (shown, ends) = (self.shown.out, self.shown.ends);
        let mut runs = self.runs;
        runs.retain(|run| has_ink(&shown.text()[run.range.clone()]));
        let fields = self.fields.into_iter().map(|(element, flow)| (element, flow.out)).collect();
        Written { shown, ends, runs, hidden, hidden_parts, fields }
    }
}

fn is_hidden_input(element: &Element<'_>) -> bool {
    element.name == "input"
        && element.attribute("type").is_some_and(|kind| kind.trim().eq_ignore_ascii_case("hidden"))
}

/// What a tag does to a text.
fn apply(flow: &mut Flow, display: Display, at: &Range<usize>, begins: bool) {
    match display {
        Display::Inline | Display::Nothing => {}
        Display::Line => flow.boundary(at.clone()),
        Display::EditorLine => flow.editor_line(at.clone()),
        Display::Paragraph => flow.paragraph(at.clone(), begins),
        Display::Break => flow.line_end(at.clone()),
        Display::Picture | Display::Field => flow.picture(at.clone()),
    }
}

/// Writes a text of the page, without code.
fn write_text(flow: &mut Flow, builder: &Builder<'_>, item: &Item, writing: Writing) {
    let keeps_blanks = item.element.is_some_and(|element| builder.elements[element].style.keeps_blanks);
    let first = builder.code.partition_point(|code| code.end <= item.at.start);
    let mut from = item.at.start;
    for code in builder.code[first..].iter().take_while(|code| code.start < item.at.end) {
        write_part(flow, builder.page, from..code.start.max(from), writing, keeps_blanks);
        from = code.end.min(item.at.end);
    }
    write_part(flow, builder.page, from..item.at.end, writing, keeps_blanks);
}

fn write_part(flow: &mut Flow, page: &str, at: Range<usize>, writing: Writing, keeps_blanks: bool) {
    match writing {
        Writing::Html => {
            let mut from = at.start;
            for reference in references(&page[at.clone()], Within::Text) {
                write_raw(flow, page, from..at.start + reference.range.start, keeps_blanks);
                flow.reference(&reference, at.start, keeps_blanks);
                from = at.start + reference.range.end;
            }
            write_raw(flow, page, from..at.end, keeps_blanks);
        }
        Writing::Plain => write_raw(flow, page, at, keeps_blanks),
        Writing::Stands(first, second) => {
            flow.reference(&Reference { range: 0..at.len(), first, second }, at.start, keeps_blanks);
        }
        Writing::LineEnd => flow.line_end(at),
    }
}

fn write_raw(flow: &mut Flow, page: &str, at: Range<usize>, keeps_blanks: bool) {
    if keeps_blanks { flow.kept(page, at) } else { flow.text(page, at) }
}

impl Flow {
    /// Adds a text that is mapped to the page.
    fn mapped(&mut self, text: &MappedText<'_>) {
        if !text.text().trim().is_empty() {
            self.fill_gap();
            self.out.push(text);
        }
    }
}
