mod anchors;
mod nodes;
#[cfg(test)]
mod tests;

use std::ops::Range;
use std::sync::Arc;

use saphyr_parser::{Event, Parser, ScalarStyle, ScanError, Span};

use crate::decode::yaml_scalar::{self, Style};
use crate::text::{MappedText, Source};

use super::Walk;

use nodes::Nodes;

/// A scalar as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Written {
    range: Range<usize>,
    style: Style,
    /// Whether it says itself what it is.
    is_tagged: bool,
    /// What the parser makes of it.
    value: Arc<str>,
}

/// Walks through YAML. What stands before a mistake in it is still found.
pub(super) fn read(source: &Source<'_>, walk: &mut Walk<'_>) {
    let text = source.text().text();
    let mut places = Places { text, at: 0, chars: 0 };
    let mut nodes = Nodes::new(text, walk);
    for event in Parser::new_from_str(text) {
        let taken = match event {
            Ok((event, span)) => take(event, span, &mut places, &mut nodes),
            Err(error) => Err((told(&error), places.sign(error.marker().index()))),
        };
        if let Err((message, at)) = taken {
            walk.fault(message, at);
            return;
        }
    }
}

fn told(error: &ScanError) -> String {
    format!("the file is no YAML: {} in column {}", error.info(), error.marker().col() + 1)
}

/// A node, or the end of one.
#[derive(Debug, Clone)]
enum Token {
    Scalar(Written),
    /// What an anchor holds.
    Alias {
        anchor: usize,
        at: Range<usize>,
    },
    /// A mapping or a list, and its first sign.
    Begin {
        is_mapping: bool,
        at: Range<usize>,
    },
    End,
}

/// Why the rest of a file cannot be read, and where.
type Broken = (String, Range<usize>);

/// Takes what the parser says. It gives anchors numbers, of which 0 is none.
fn take(
    event: Event<'_>,
    span: Span,
    places: &mut Places<'_>,
    nodes: &mut Nodes<'_, '_, '_>,
) -> Result<(), Broken> {
    let mut begin = |is_mapping| Token::Begin { is_mapping, at: places.sign(span.start.index()) };
    match event {
        Event::MappingStart(anchor, _) => nodes.take(begin(true), anchor),
        Event::SequenceStart(anchor, _) => nodes.take(begin(false), anchor),
        Event::MappingEnd | Event::SequenceEnd => nodes.take(Token::End, 0),
        Event::Alias(anchor) => nodes.take(Token::Alias { anchor, at: places.range(span) }, 0),
        Event::Scalar(value, style, anchor, tag) => {
            let (range, style) = (places.range(span), style_of(style));
            let written = Written { range, style, is_tagged: tag.is_some(), value: value.into() };
            nodes.take(Token::Scalar(written), anchor)
        }
        Event::DocumentEnd => {
            nodes.restart();
            Ok(())
        }
        _ => Ok(()),
    }
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
    /// Where it stands in the text of the file.
    pub(super) fn place(&self) -> Range<usize> {
        self.range.clone()
    }

    /// Whether nothing but its words could say what it is.
    fn is_plain(&self) -> bool {
        self.style == Style::Plain && !self.is_tagged
    }

    /// What it is if it is neither a text nor nothing, as YAML 1.2 has it: `yes` and dates are texts.
    fn other(&self) -> Option<&'static str> {
        let is_truth = || {
            matches!(&*self.value, "true" | "True" | "TRUE" | "false" | "False" | "FALSE")
                .then_some("a truth value")
        };
        let is_number = || is_number(&self.value).then_some("a number");
        self.is_plain().then(|| is_truth().or_else(is_number)).flatten()
    }

    /// Whether it stands for nothing.
    fn is_null(&self) -> bool {
        self.is_plain() && matches!(&*self.value, "" | "~" | "null" | "Null" | "NULL")
    }

    /// Its characters, each with its place in the text of the file.
    pub(super) fn decoded<'a>(&self, text: &'a str) -> MappedText<'a> {
        yaml_scalar::decode(text, self.range.clone(), self.style, &self.value)
    }
}

fn is_number(value: &str) -> bool {
    let digits = |text: &str, is_digit: fn(u8) -> bool| !text.is_empty() && text.bytes().all(is_digit);
    let is_decimal = |byte: u8| byte.is_ascii_digit();
    if let Some(octal) = value.strip_prefix("0o") {
        return digits(octal, |byte| matches!(byte, b'0'..=b'7'));
    }
    if let Some(hexadecimal) = value.strip_prefix("0x") {
        return digits(hexadecimal, |byte| byte.is_ascii_hexdigit());
    }
    if matches!(value, ".nan" | ".NaN" | ".NAN") {
        return true;
    }
    let value = value.strip_prefix(['-', '+']).unwrap_or(value);
    if matches!(value, ".inf" | ".Inf" | ".INF") {
        return true;
    }
    let (number, exponent) = value.split_once(['e', 'E']).unwrap_or((value, "0"));
    let exponent = exponent.strip_prefix(['-', '+']).unwrap_or(exponent);
    let (whole, fraction) = number.split_once('.').unwrap_or((number, "0"));
    let is_empty = |text: &str| text.is_empty();
    digits(exponent, is_decimal)
        && (digits(whole, is_decimal) && (is_empty(fraction) || digits(fraction, is_decimal))
            || is_empty(whole) && digits(fraction, is_decimal))
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
