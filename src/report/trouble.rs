//! What keeps sellerlint from its work, or a mistake in a file that a person wrote for it: told and drawn with the same
//! pen as a finding.

use std::io::{self, Write};
use std::ops::Range;

use crate::finding::{Excerpt, Severity};
use crate::text::LineIndex;

use super::Style;
use super::frame::{Frame, Paint};
use super::picture::{Brush, draw};
use super::shown::prose;

/// Something that is wrong with what sellerlint was given.
#[derive(Debug, Clone)]
pub struct Trouble<'a> {
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong, and why. Lower case, no full stop.
    pub message: &'a str,
    /// What to do about it.
    pub help: Option<&'a str>,
    /// Where it is, if that is a place in a file.
    pub place: Option<TroublePlace<'a>>,
}

/// A place in a file that a person wrote.
#[derive(Debug, Clone)]
pub struct TroublePlace<'a> {
    /// What the file is called.
    pub path: &'a str,
    /// What is in it.
    pub text: &'a str,
    /// The place, in bytes of the text.
    pub range: Range<usize>,
}

impl Trouble<'_> {
    /// Writes what is wrong on a line of its own, then the place drawn, then what to do.
    pub fn write(&self, style: Style, out: &mut dyn Write) -> io::Result<()> {
        let word = style.painted(Paint::Of(self.severity), self.severity.name());
        writeln!(out, "{word}: {}", prose(self.message, style.ascii))?;
        if let Some(place) = &self.place {
            return self.draw(place, style, out);
        }
        match self.help {
            Some(help) => {
                writeln!(out, "{}: {}", style.painted(Paint::Strong, "help"), prose(help, style.ascii))
            }
            None => Ok(()),
        }
    }

    fn draw(&self, place: &TroublePlace<'_>, style: Style, out: &mut dyn Write) -> io::Result<()> {
        let TroublePlace { path, text, range } = place;
        let lines = LineIndex::new(text);
        let excerpt = excerpt(text, &lines, range);
        let frame = Frame::around(&excerpt, style);
        let position = lines.position(text, range.start);
        frame.top(&format!("{}:{}:{}", prose(path, style.ascii), position.line, position.column), out)?;
        let rows = draw(
            &excerpt,
            Brush { label: "here", room: frame.room(), ascii: style.ascii, last_line: usize::MAX },
        );
        for row in &rows {
            frame.row(row, self.severity, out)?;
        }
        if let Some(help) = self.help {
            frame.blank(out)?;
            frame.remark("Help", &prose(help, style.ascii), out)?;
        }
        frame.bottom(out)
    }
}

/// The lines that a range touches. An empty range marks the character at it, or at the end of a line the one before.
fn excerpt(text: &str, lines: &LineIndex, range: &Range<usize>) -> Excerpt {
    let is_line_end = |c: char| matches!(c, '\n' | '\r');
    let after = text.get(range.start..).and_then(|rest| rest.chars().next()).filter(|c| !is_line_end(*c));
    let before =
        text.get(..range.start).and_then(|rest| rest.chars().next_back()).filter(|c| !is_line_end(*c));
    let mark = match (range.is_empty(), after, before) {
        (false, ..) => range.clone(),
        (true, Some(after), _) => range.start..range.start + after.len_utf8(),
        (true, None, Some(before)) => range.start - before.len_utf8()..range.start,
        (true, None, None) => range.clone(),
    };
    let first_line = lines.line_of(mark.start);
    let start = lines.start_of(first_line).unwrap_or_default();
    let end =
        text.get(mark.end..).and_then(|rest| rest.find(is_line_end)).map_or(text.len(), |at| mark.end + at);
    Excerpt {
        text: text.get(start..end).unwrap_or_default().to_owned(),
        first_line,
        mark: mark.start - start..mark.end - start,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOML: &str = "# ours\nprofile = 'strict'\nproflie = 1\n";

    fn written(range: Range<usize>, text: &str) -> String {
        let place = Some(TroublePlace { path: "sellerlint.toml", text, range });
        let help = Some("did you mean `profile`?");
        let trouble = Trouble { severity: Severity::Error, message: "there is no such key", help, place };
        let style = Style { colour: false, ascii: true, width: 60, several_files: false };
        let mut out = Vec::new();
        trouble.write(style, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_mistake_is_drawn_under_its_line() {
        let picture = "\
error: there is no such key
   ,-[ sellerlint.toml:3:1 ]
   |
 3 | proflie = 1
   | ^^^|^^^
   |    `----- here
   |
   | Help: did you mean `profile`?
---'
";
        let start = TOML.find("proflie").unwrap();
        assert_eq!(written(start..start + 7, TOML), picture);
    }

    #[test]
    fn every_place_can_be_drawn() {
        for text in [TOML, "", "\n", "ä", "a\r\nb"] {
            for start in 0..=text.len() {
                for end in start..=text.len() {
                    if text.is_char_boundary(start) && text.is_char_boundary(end) {
                        assert!(written(start..end, text).starts_with("error: there is no such key\n"));
                    }
                }
            }
        }
    }

    #[test]
    fn an_empty_place_still_marks_a_character() {
        for (at, text) in [(1, "ab"), (2, "ab"), (2, "ab\n"), (2, "ab\r\n")] {
            let drawn = written(at..at, text);
            assert!(drawn.contains("\n 1 | ab\n   |  |\n"), "{drawn}");
        }
    }
}
