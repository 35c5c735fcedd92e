use std::ops::Range;

use saphyr_parser::{Event, Parser, ScalarStyle, ScanError, Span};

use crate::decode::yaml_scalar::{self, Style};
use crate::text::{MappedText, Source};

use super::{Scalar, Walk};

/// A scalar as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Written {
    range: Range<usize>,
    style: Style,
    /// What the parser makes of it.
    value: String,
}

/// What is open around a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Open {
    /// A mapping; whether the next node is the value of a key.
    Mapping { wants_value: bool },
    /// A list; the number of the next node.
    List(usize),
    /// A mapping or a list that is a key itself.
    Key,
}

/// Walks through YAML. What stands before a mistake in it is still found.
pub(super) fn read(source: &Source<'_>, walk: &mut Walk<'_>) {
    let mut places = Places { text: source.text().text(), at: 0, chars: 0 };
    let mut open = Vec::new();
    for event in Parser::new_from_str(source.text().text()) {
        match event {
            Ok((event, span)) => take(event, span, &mut places, &mut open, walk),
            Err(error) => {
                walk.fault(told(&error), places.sign(error.marker().index()));
                return;
            }
        }
    }
}

fn told(error: &ScanError) -> String {
    format!("the file is no YAML: {} in column {}", error.info(), error.marker().col() + 1)
}

fn take(event: Event<'_>, span: Span, places: &mut Places<'_>, open: &mut Vec<Open>, walk: &mut Walk<'_>) {
    match event {
        Event::DocumentEnd => {
            open.clear();
            walk.restart();
        }
        Event::Scalar(value, style, _, tag) => {
            if let Some(Open::Mapping { wants_value: wants_value @ false }) = open.last_mut() {
                *wants_value = true;
                walk.enter_key(value);
                return;
            }
            enter(open, walk);
            // A plain `~` is nothing, unless a tag makes it a text.
            let is_null = style == ScalarStyle::Plain && tag.is_none() && is_null(&value);
            if !is_null {
                let range = places.range(span);
                walk.text(|| {
                    Scalar::Yaml(Written { range, style: style_of(style), value: value.into_owned() })
                });
            }
            leave(open, walk);
        }
        Event::Alias(_) => {
            if let Some(Open::Mapping { wants_value: wants_value @ false }) = open.last_mut() {
                *wants_value = true;
                walk.enter_nameless();
                return;
            }
            enter(open, walk);
            leave(open, walk);
        }
        Event::MappingStart(..) => {
            begin(Open::Mapping { wants_value: false }, "a mapping", span, places, open, walk)
        }
        Event::SequenceStart(..) => begin(Open::List(0), "a list", span, places, open, walk),
        Event::MappingEnd | Event::SequenceEnd => {
            open.pop();
            if open.last() == Some(&Open::Key) {
                open.pop();
                return;
            }
            leave(open, walk);
        }
        _ => {}
    }
}

fn begin(
    node: Open,
    name: &str,
    span: Span,
    places: &mut Places<'_>,
    open: &mut Vec<Open>,
    walk: &mut Walk<'_>,
) {
    if let Some(Open::Mapping { wants_value: wants_value @ false }) = open.last_mut() {
        // What is inside of such a key has no path, nor has its value.
        *wants_value = true;
        walk.enter_nameless();
        open.push(Open::Key);
    } else {
        enter(open, walk);
        walk.other(name, places.sign(span.start.index()));
    }
    open.push(node);
}

/// Goes into a node of a list; the key has led into that of a mapping.
fn enter(open: &mut [Open], walk: &mut Walk<'_>) {
    if let Some(Open::List(index)) = open.last_mut() {
        walk.enter_index(*index);
        *index += 1;
    }
}

/// Goes back from a node to what it is in.
fn leave(open: &mut [Open], walk: &mut Walk<'_>) {
    match open.last_mut() {
        Some(Open::Mapping { wants_value }) => {
            *wants_value = false;
            walk.leave();
        }
        Some(Open::List(_)) => walk.leave(),
        Some(Open::Key) | None => {}
    }
}

fn is_null(value: &str) -> bool {
    matches!(value, "" | "~" | "null" | "Null" | "NULL")
}

fn style_of(style: ScalarStyle) -> Style {
    match style {
        ScalarStyle::Plain => Style::Plain,
        ScalarStyle::SingleQuoted => Style::SingleQuoted,
        ScalarStyle::DoubleQuoted => Style::DoubleQuoted,
        ScalarStyle::Literal => Style::Literal,
        ScalarStyle::Folded => Style::Folded,
    }
}

impl Written {
    /// Its characters, each with its place in the text of the file.
    pub(super) fn decoded<'a>(&self, text: &'a str) -> MappedText<'a> {
        yaml_scalar::decode(text, self.range.clone(), self.style, &self.value)
    }
}

/// Turns the parser's count of characters into bytes. It asks for places in their order, so that each character is gone
/// through once; a step back is short.
struct Places<'t> {
    text: &'t str,
    at: usize,
    chars: usize,
}

impl Places<'_> {
    fn range(&mut self, span: Span) -> Range<usize> {
        let start = self.byte(span.start.index());
        let end = self.byte(span.end.index());
        start..end.max(start)
    }

    /// The character at a place, or nothing at the end.
    fn sign(&mut self, chars: usize) -> Range<usize> {
        let start = self.byte(chars);
        start..start + self.text[start..].chars().next().map_or(0, char::len_utf8)
    }

    fn byte(&mut self, chars: usize) -> usize {
        if chars >= self.chars {
            let rest = self.text[self.at..].char_indices();
            let wanted = chars - self.chars;
            let (passed, at) =
                rest.take(wanted).last().map_or((0, 0), |(at, sign)| (wanted, at + sign.len_utf8()));
            self.at += at;
            self.chars += passed;
        } else {
            let back: usize =
                self.text[..self.at].chars().rev().take(self.chars - chars).map(char::len_utf8).sum();
            self.at -= back;
            self.chars = chars;
        }
        self.at
    }
}
