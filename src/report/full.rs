//! For people: first what to do, then every finding under its line, last what was checked and what was not.

use std::io::{self, Write};

use crate::finding::{FieldName, Finding};
use crate::lint::{FileReport, MessageReport};

use super::frame::{Frame, Paint};
use super::picture::{Brush, draw};
use super::shown::{prose, wrapped};
use super::wording::{checked, mark_of, remarks, total, verdict};
use super::{Style, Summary};

/// A report under way.
#[derive(Debug)]
pub(super) struct Full {
    style: Style,
}

impl Full {
    /// A report that has written nothing yet.
    pub(super) fn new(style: Style) -> Self {
        Self { style: Style { width: style.width.clamp(40, 120), ..style } }
    }

    /// Writes the messages of a file that have findings.
    pub(super) fn file(&self, file: &FileReport, out: &mut dyn Write) -> io::Result<()> {
        for message in file.messages.iter().filter(|message| !message.findings.is_empty()) {
            self.paragraph(Paint::Strong, &format!("{}{}", self.name(file, message), verdict(message)), out)?;
            writeln!(out)?;
            for finding in &message.findings {
                self.title(finding, out)?;
                // A text may have lines where the file has none, such as those of `\n` in JSON; a part of a mail is no line.
                let is_in_part = finding.page.is_some() && message.record.is_none();
                let last_line = if is_in_part { usize::MAX } else { finding.place.end.line };
                self.picture(&self.place(file, message, finding), finding, last_line, out)?;
                writeln!(out)?;
            }
        }
        Ok(())
    }

    /// Writes what it all came to, what was checked and what was not.
    pub(super) fn finish(&self, summary: &Summary, out: &mut dyn Write) -> io::Result<()> {
        if summary.findings() > 0 && (summary.messages > 1 || summary.in_configuration > 0) {
            self.paragraph(Paint::Strong, &total(summary), out)?;
        }
        self.paragraph(Paint::Plain, &checked(summary), out)
    }

    /// Which message a verdict is about, where there may be more than one.
    fn name(&self, file: &FileReport, message: &MessageReport) -> String {
        let path = self.shown(&file.path);
        match &message.record {
            Some(record) => match &record.id {
                Some(id) => format!("{path}, record {} ({}): ", record.number, self.shown(id)),
                None => format!("{path}, record {}: ", record.number),
            },
            None if self.style.several_files || message.is_configuration() => format!("{path}: "),
            None => String::new(),
        }
    }

    fn title(&self, finding: &Finding, out: &mut dyn Write) -> io::Result<()> {
        let head = format!("{}[{}]:", finding.severity, finding.rule);
        let title = format!("{head} {}", prose(&finding.message, self.style.ascii));
        for (at, line) in wrapped(&title, self.style.width - 2, self.style.ascii).iter().enumerate() {
            match line.strip_prefix(&head).filter(|_| at == 0) {
                Some(rest) => {
                    writeln!(out, "{}{rest}", self.style.painted(Paint::Of(finding.severity), &head))?;
                }
                None => writeln!(out, "  {line}")?,
            }
        }
        Ok(())
    }

    /// Where a finding stands; with the field, where the line alone does not say which.
    fn place(&self, file: &FileReport, message: &MessageReport, finding: &Finding) -> String {
        let (path, start) = (self.shown(&file.path), finding.place.start);
        let is_record = message.record.is_some();
        if finding.is_whole_message() && finding.field != FieldName::Metadata {
            let line = if is_record { format!(":{}", start.line) } else { String::new() };
            return format!("{path}{line}, the whole message");
        }
        let place = format!("{path}:{}:{}", start.line, start.column);
        match &finding.page {
            Some(page) if !is_record => {
                format!("{place}, {} line {}", self.shown(&page.name), page.start.line)
            }
            _ if is_record => format!("{place}, {}", finding.field),
            _ if matches!(finding.field, FieldName::Body | FieldName::Configuration) => place,
            _ => format!("{place}, {}", finding.field),
        }
    }

    /// Draws a finding; no line of the file behind `last_line` has anything of it.
    fn picture(
        &self,
        place: &str,
        finding: &Finding,
        last_line: usize,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let frame = Frame::around(&finding.excerpt, self.style);
        frame.top(place, out)?;
        let label = match finding.field {
            FieldName::Configuration => "here",
            _ => mark_of(finding),
        };
        let brush = Brush { label, room: frame.room(), ascii: self.style.ascii, last_line };
        let rows = draw(&finding.excerpt, brush);
        for row in &rows {
            frame.row(row, finding.severity, out)?;
        }
        if !rows.is_empty() {
            frame.blank(out)?;
        }
        for (word, text) in remarks(finding) {
            frame.remark(word, &self.shown(&text), out)?;
        }
        frame.bottom(out)
    }

    fn paragraph(&self, paint: Paint, text: &str, out: &mut dyn Write) -> io::Result<()> {
        for line in wrapped(text, self.style.width, self.style.ascii) {
            writeln!(out, "{}", self.style.painted(paint, &line))?;
        }
        Ok(())
    }

    fn shown(&self, text: &str) -> String {
        prose(text, self.style.ascii)
    }
}
