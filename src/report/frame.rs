//! The frame of a picture, and the colours.

use std::fmt;
use std::io::{self, Write};

use crate::finding::{Excerpt, Severity};

use super::Style;
use super::picture::{Margin, Row};
use super::shown::wrapped;

/// What a text is, and so how it is coloured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Paint {
    /// What is to be read first.
    Strong,
    /// What belongs to a finding of this severity.
    Of(Severity),
    /// Nothing special.
    Plain,
    /// The frame.
    Frame,
}

/// A frame with a margin for line numbers.
#[derive(Debug, Clone, Copy)]
pub(super) struct Frame {
    style: Style,
    digits: usize,
}

/// Cells of a line that the frame needs besides its number.
const BESIDE_NUMBER: usize = 4;

impl Frame {
    /// A frame whose margin is wide enough for the lines of an excerpt.
    pub(super) fn around(excerpt: &Excerpt, style: Style) -> Self {
        let last_line = excerpt.text.matches(['\n', '\r']).count().saturating_add(excerpt.first_line);
        Self { style, digits: last_line.to_string().len() }
    }

    /// How many cells the frame leaves for text.
    pub(super) fn room(self) -> usize {
        self.style.width.saturating_sub(self.digits + BESIDE_NUMBER)
    }

    /// Writes the upper edge, with the place.
    pub(super) fn top(self, place: &str, out: &mut dyn Write) -> io::Result<()> {
        let (corner, end) = if self.style.ascii { (",-[", "]") } else { ("╭─[", "]") };
        let margin = " ".repeat(self.digits + 2);
        writeln!(out, "{margin}{} {place} {}", self.frame(corner), self.frame(end))?;
        self.blank(out)
    }

    /// Writes a row of the picture.
    pub(super) fn row(self, row: &Row, severity: Severity, out: &mut dyn Write) -> io::Result<()> {
        let Row { margin, text } = row;
        let gap = if self.style.ascii { ':' } else { '┆' };
        match margin {
            Margin::Line(number) => self.line(number, self.bar(), text, out),
            Margin::Gap => self.line("", gap, self.style.painted(Paint::Of(severity), text), out),
            Margin::Drawing => self.line("", self.bar(), self.style.painted(Paint::Of(severity), text), out),
        }
    }

    /// Writes a row with nothing in it.
    pub(super) fn blank(self, out: &mut dyn Write) -> io::Result<()> {
        self.line("", self.bar(), "", out)
    }

    /// Writes a paragraph that begins with a word.
    pub(super) fn remark(self, word: &str, text: &str, out: &mut dyn Write) -> io::Result<()> {
        let indent = " ".repeat(word.len() + 2);
        let room = self.room().saturating_sub(indent.len());
        let introduction = format!("{}: ", self.style.painted(Paint::Strong, word));
        for (at, text) in wrapped(text, room, self.style.ascii).iter().enumerate() {
            let start = if at == 0 { &introduction } else { &indent };
            self.line("", self.bar(), format_args!("{start}{text}"), out)?;
        }
        Ok(())
    }

    /// Writes the lower edge.
    pub(super) fn bottom(self, out: &mut dyn Write) -> io::Result<()> {
        let (edge, corner) = if self.style.ascii { ("-", '\'') } else { ("─", '╯') };
        writeln!(out, "{}", self.frame(&format!("{}{corner}", edge.repeat(self.digits + 2))))
    }

    fn line(
        self,
        number: impl fmt::Display,
        bar: char,
        text: impl fmt::Display,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let margin = self.frame(&format!(" {:>width$} {bar}", number.to_string(), width = self.digits));
        let line = format!("{margin} {text}");
        writeln!(out, "{}", line.trim_end())
    }

    fn bar(self) -> char {
        if self.style.ascii { '|' } else { '│' }
    }

    fn frame(self, text: &str) -> String {
        self.style.painted(Paint::Frame, text)
    }
}

impl Style {
    /// The text in its colour, if colours are wanted.
    pub(super) fn painted(self, paint: Paint, text: &str) -> String {
        match paint.code().filter(|_| self.colour && !text.is_empty()) {
            Some(code) => format!("\x1B[{code}m{text}\x1B[0m"),
            None => text.to_owned(),
        }
    }
}

impl Paint {
    /// Basic colours only: every terminal has them, and its user chose how they look.
    fn code(self) -> Option<&'static str> {
        match self {
            Self::Strong => Some("1"),
            Self::Of(Severity::Error) => Some("1;31"),
            Self::Of(Severity::Warning) => Some("1;33"),
            Self::Of(Severity::Note) => Some("1;36"),
            Self::Frame => Some("2"),
            Self::Plain => None,
        }
    }
}
