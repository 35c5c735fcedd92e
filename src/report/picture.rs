//! The words of a finding with a line drawn under them.
//!
//! ariadne draws the lines and the mark; the frame around them is ours. ariadne (0.6.0) numbers its margin from 1
//! whatever the offset, counts columns in the excerpt, leaves out the help where nothing is marked, ends lines at seven
//! characters, prints a line however long it is, and paints unmarked text in a grey that cannot be read on white. So it
//! is given one short line without any such character at a time, no colour, and its margin is cut off again.
//! That also lets a mark over several lines show its first and its last word, where ariadne would draw arrows.

use std::ops::Range;

use ariadne::{CharSet, Color, Config, IndexType, Label, Report, ReportKind, Source};

use crate::finding::Excerpt;
use crate::text::LineIndex;

use super::shown::{beginning, cells, ellipsis, ending, shown};

/// A line of a picture.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Row {
    /// What stands in the margin.
    pub(super) margin: Margin,
    /// What stands beside it.
    pub(super) text: String,
}

/// What stands in the margin of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Margin {
    /// The number of the line, which the row shows.
    Line(usize),
    /// Lines are left out here.
    Gap,
    /// Nothing: the row is the drawing below a line.
    Drawing,
}

/// How a picture is drawn.
#[derive(Debug, Clone, Copy)]
pub(super) struct Brush<'a> {
    /// A word or two that stand at the mark.
    pub(super) label: &'a str,
    /// Cells that a row may take.
    pub(super) room: usize,
    /// Whether to draw with ASCII only.
    pub(super) ascii: bool,
    /// The number of the last line that there is.
    pub(super) last_line: usize,
}

/// Draws the marked lines of an excerpt, of more than two the first and the last; no rows where nothing is marked.
pub(super) fn draw(excerpt: &Excerpt, brush: Brush<'_>) -> Vec<Row> {
    let Excerpt { text, mark, first_line } = excerpt;
    let Some((last_marked, _)) = text.get(mark.clone()).and_then(|marked| marked.char_indices().next_back())
    else {
        return Vec::new();
    };
    let lines = LineIndex::new(text);
    let (first, last) = (lines.line_of(mark.start), lines.line_of(mark.start + last_marked));
    let number = |line: usize| first_line.saturating_add(line - 1).min(brush.last_line);
    let draw_line = |line, label: &str| {
        let brush = Brush { label, ..brush };
        let (text, mark) = brush.cut_line(text, &lines, line, mark);
        brush.draw(number(line), text, mark)
    };
    if first == last {
        return draw_line(first, brush.label);
    }
    let mut rows = draw_line(first, &format!("{} from here", brush.label));
    if last - first > 1 {
        rows.push(Row { margin: Margin::Gap, text: String::new() });
    }
    rows.extend(draw_line(last, "to here"));
    rows
}

impl Brush<'_> {
    fn draw(self, number: usize, line: String, mark: Range<usize>) -> Vec<Row> {
        let config = Config::new()
            .with_color(false)
            .with_char_set(if self.ascii { CharSet::Ascii } else { CharSet::Unicode })
            .with_index_type(IndexType::Byte);
        let mut drawing = Vec::new();
        Report::build(ReportKind::Custom("", Color::Primary), mark.clone())
            .with_config(config)
            .with_label(Label::new(mark).with_message(self.label))
            .finish()
            .write(Source::from(line), &mut drawing)
            .expect("internal: a vector takes every byte");
        let title_and_path = 3;
        let drawing = String::from_utf8_lossy(&drawing);
        drawing.lines().skip(title_and_path).filter_map(|line| row(line, number)).collect()
    }

    /// A line (from 1) of a text without its end, cut, and the part of the mark that is in it.
    fn cut_line(
        self,
        text: &str,
        lines: &LineIndex,
        line: usize,
        mark: &Range<usize>,
    ) -> (String, Range<usize>) {
        let start = lines.start_of(line).unwrap_or(text.len());
        let end = lines.start_of(line + 1).unwrap_or(text.len());
        let line = text[start..end].trim_end_matches(['\r', '\n']);
        let within = |at: usize| at.saturating_sub(start).min(line.len());
        self.cut(line, within(mark.start)..within(mark.end))
    }

    /// A line cut around its mark, fit to be shown, and the mark in it. A mark that is empty, because only the end of the
    /// line is marked, gets a cell of its own.
    fn cut(self, line: &str, mark: Range<usize>) -> (String, Range<usize>) {
        let (before, after) = (&line[..mark.start], &line[mark.end..]);
        let marked = self.shortened(&line[mark]);
        let around = self.room.saturating_sub(self.cells(&marked) + 2 * self.cells("…"));
        let beside_label = around.saturating_sub(self.label.len() + 3);
        let room_before = match self.beginning(after, around / 2) {
            whole if whole == after => around - self.cells(after),
            _ => around / 2,
        };
        let kept_before = ending(before, room_before.min(beside_label), self.ascii);
        let kept_after = self.beginning(after, around - self.cells(kept_before));

        let dots = |left_out: bool| if left_out { ellipsis(self.ascii) } else { "" };
        let mut drawn = format!("{}{}", dots(kept_before != before), shown(kept_before, self.ascii));
        let start = drawn.len();
        drawn.push_str(if marked.is_empty() { " " } else { &marked });
        let end = drawn.len();
        drawn.push_str(&shown(kept_after, self.ascii));
        drawn.push_str(dots(kept_after != after));
        (drawn, start..end)
    }

    /// Marked words fit to be shown; of too many the middle is left out.
    fn shortened(self, marked: &str) -> String {
        let room = self.room * 3 / 4;
        if self.beginning(marked, room) == marked {
            return shown(marked, self.ascii);
        }
        let half = room.saturating_sub(self.cells("…")) / 2;
        let (start, end) = (self.beginning(marked, half), ending(marked, half, self.ascii));
        shown(start, self.ascii) + ellipsis(self.ascii) + &shown(end, self.ascii)
    }

    fn beginning(self, text: &str, room: usize) -> &str {
        beginning(text, room, self.ascii)
    }

    fn cells(self, text: &str) -> usize {
        cells(text, self.ascii)
    }
}

/// Reads a line of a drawing: ` 1 │ text` or `   │ drawing`; the lower edge of the frame has no margin.
fn row(line: &str, number: usize) -> Option<Row> {
    let mut chars = line.strip_prefix(' ')?.chars();
    let margin = if chars.next()? == '1' { Margin::Line(number) } else { Margin::Drawing };
    let text = chars.as_str().trim_start_matches(' ').strip_prefix(['│', '|'])?;
    Some(Row { margin, text: text.strip_prefix(' ')?.trim_end().to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads a text with `«` and `»` around the mark.
    fn marked(text: &str) -> Excerpt {
        let (start, end) = (text.find('«').unwrap(), text.find('»').unwrap() - '«'.len_utf8());
        Excerpt { text: text.replace(['«', '»'], ""), first_line: 41, mark: start..end }
    }

    fn picture(text: &str, room: usize, ascii: bool) -> String {
        let row = |row: Row| match row.margin {
            Margin::Line(number) => format!("{number} {}", row.text),
            Margin::Gap => " :".to_owned(),
            Margin::Drawing => format!(" | {}", row.text),
        };
        draw(&marked(text), Brush { label: "odd", room, ascii, last_line: usize::MAX })
            .into_iter()
            .map(row)
            .collect::<Vec<_>>()
            .join("\n")
    }

    #[test]
    fn no_row_has_the_number_of_a_line_that_is_not_there() {
        let brush = Brush { label: "odd", room: 60, ascii: false, last_line: 41 };
        let rows = draw(&marked("a «review\nand money»"), brush);
        let lines = rows.iter().filter(|row| matches!(row.margin, Margin::Line(_)));
        assert_eq!(lines.map(|row| row.margin).collect::<Vec<_>>(), [Margin::Line(41); 2]);
    }

    #[test]
    fn the_mark_is_under_its_words() {
        insta::assert_snapshot!(picture("Hi,\r\n\twrite to «grün@example.de» now\rBye", 60, false), @r"
        42     write to grün@example.de now
         |              ───────┬───────
         |                     ╰───────── odd
        ");
        insta::assert_snapshot!(picture("漢字 «👍🏽» ok", 60, false), @r"
        41 漢字 👍🏽 ok
         |      ──┬─
         |        ╰─── odd
        ");
        insta::assert_snapshot!(picture("a\u{85}b\u{2028}c\u{0B}d\u{0C}e «f»\ng", 80, false), @r"
        41 a\u{85}b\u{2028}c␋d␌e f
         |                       ┬
         |                       ╰── odd
        ");
        insta::assert_snapshot!(picture("a\u{2028}\u{1B}[31m «f» …", 80, true), @r"
        41 a\u{2028}\u{1b}[31m f ...
         |                     |
         |                     `-- odd
        ");
    }

    #[test]
    fn a_mark_over_several_lines_shows_where_it_begins_and_ends() {
        insta::assert_snapshot!(picture("one\nLeave «a review\nand get money» off", 60, false), @r"
        42 Leave a review
         |       ────┬───
         |           ╰───── odd from here
        43 and get money off
         | ──────┬──────
         |       ╰──────── to here
        ");
        insta::assert_snapshot!(picture("Leave «a review\nx\ny\nz\nand» more", 60, true), @r"
        41 Leave a review
         |       ^^^^|^^^
         |           `----- odd from here
         :
        45 and more
         | ^|^
         |  `--- to here
        ");
        insta::assert_snapshot!(picture("Leave«\n»more", 60, false), @r"
        41 Leave
         |      ┬
         |      ╰── odd
        ");
    }

    #[test]
    fn a_long_line_is_cut_to_the_screen() {
        let filler = "word ".repeat(1_000_000);
        insta::assert_snapshot!(picture(&format!("{filler}«here it is» {filler}"), 60, false), @r"
        41 …rd word word word word here it is word word word word wo…
         |                         ─────┬────
         |                              ╰────── odd
        ");
        insta::assert_snapshot!(picture(&format!("«begin {filler} end» {filler}"), 60, false), @r"
        41 begin word word word …d word word word  end word word w…
         | ─────────────────────┬─────────────────────
         |                      ╰─────────────────────── odd
        ");
        insta::assert_snapshot!(picture(&format!("«begin {filler}\n{filler}end» {filler}"), 60, false), @r"
        41 begin word word word … word word word word
         | ─────────────────────┬─────────────────────
         |                      ╰─────────────────────── odd from here
        42 word word word word w…rd word word word end word word w…
         | ─────────────────────┬─────────────────────
         |                      ╰─────────────────────── to here
        ");
        insta::assert_snapshot!(picture(&format!("{filler} «end»"), 60, false), @r"
        41 … word word word word word word word word word  end
         |                                                 ─┬─
         |                                                  ╰─── odd
        ");
    }

    #[test]
    fn without_a_mark_there_is_no_picture() {
        for (text, mark) in [("abc", 1..1), ("", 0..0), ("abc", 2..9), ("é", 1..2)] {
            let excerpt = Excerpt { text: text.to_owned(), first_line: 1, mark };
            assert_eq!(
                draw(&excerpt, Brush { label: "odd", room: 60, ascii: false, last_line: usize::MAX }),
                []
            );
        }
    }
}
