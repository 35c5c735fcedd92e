//! Scalars of YAML: folding, quotation marks and escapes undone, each with its place.
//!
//! What a scalar says is the parser's business; here it is only found out which bytes say it. So the parser's value is
//! held against what was decoded, and where they differ no part of the value has a place of its own.

use std::ops::Range;

use memchr::{memchr, memchr2};

use crate::text::{MappedText, Span};

/// How a scalar is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// Without marks.
    Plain,
    /// `'…'`.
    SingleQuoted,
    /// `"…"`.
    DoubleQuoted,
    /// `|`: lines as they are.
    Literal,
    /// `>`: lines joined to paragraphs.
    Folded,
}

/// Decodes the scalar in a range of a text whose value the parser knows. The range of a literal or folded one begins with
/// its first sign; an anchor or a tag before it may be in the range.
pub fn decode<'t>(text: &'t str, range: Range<usize>, style: Style, value: &str) -> MappedText<'t> {
    let start =
        if matches!(style, Style::Literal | Style::Folded) { range.start } else { behind_tags(text, &range) };
    let range = start..range.end;
    let decoded = match style {
        Style::Plain => folded_lines(text, range.clone(), Escapes::None),
        Style::SingleQuoted => folded_lines(text, inside_marks(text, &range, '\''), Escapes::Single),
        Style::DoubleQuoted => folded_lines(text, inside_marks(text, &range, '"'), Escapes::Double),
        Style::Literal | Style::Folded => block(text, &range, style, value),
    };
    if decoded.text() == value {
        return decoded;
    }
    let mut whole = MappedText::new();
    whole.push_replaced(value, range.into());
    whole
}

/// Where a scalar begins behind its anchor and its tag.
fn behind_tags(text: &str, range: &Range<usize>) -> usize {
    let mut rest = &text[range.clone()];
    while rest.starts_with(['&', '!']) {
        let end = rest.find(|c: char| c.is_ascii_whitespace()).unwrap_or(rest.len());
        rest = rest[end..].trim_start_matches([' ', '\t', '\r', '\n']);
    }
    range.end - rest.len()
}

fn inside_marks(text: &str, range: &Range<usize>, mark: char) -> Range<usize> {
    let inside = text[range.clone()].strip_prefix(mark).and_then(|inside| inside.strip_suffix(mark));
    inside.map_or(range.clone(), |inside| range.start + 1..range.start + 1 + inside.len())
}

/// What stands for something else.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Escapes {
    None,
    /// `''` for one mark.
    Single,
    /// A backslash and what follows it.
    Double,
}

/// A scalar in the flow of lines: blanks around line ends go, one line end is a blank, and of several the first goes.
fn folded_lines(text: &str, range: Range<usize>, escapes: Escapes) -> MappedText<'_> {
    let mut decoded = MappedText::new();
    let mut at = range.start;
    while let Some(found) = memchr2(b'\n', b'\r', &text.as_bytes()[at..range.end]) {
        let line_end = at + found;
        let is_escaped = escapes == Escapes::Double && ends_with_escape(&text[at..line_end]);
        let content = if is_escaped { line_end - 1 } else { trimmed_end(text, at..line_end, escapes) };
        unescaped(text, at..content, escapes, &mut decoded);
        let (breaks, next) = line_ends(text, line_end..range.end);
        let newlines = if is_escaped { breaks - 1 } else { breaks.saturating_sub(1) };
        let origin = Span::new(content, next);
        if newlines > 0 {
            decoded.push_replaced(&"\n".repeat(newlines), origin);
        } else if !is_escaped {
            decoded.push_replaced(" ", origin);
        }
        at = next;
    }
    unescaped(text, at..range.end, escapes, &mut decoded);
    decoded
}

/// The end of a line without the blanks there; one that is escaped stays.
fn trimmed_end(text: &str, line: Range<usize>, escapes: Escapes) -> usize {
    let content = text[line.clone()].trim_end_matches([' ', '\t']);
    let end = line.start + content.len();
    if escapes == Escapes::Double && ends_with_escape(content) && end < line.end { end + 1 } else { end }
}

/// Whether a line ends with a backslash that escapes what follows.
fn ends_with_escape(line: &str) -> bool {
    line.bytes().rev().take_while(|byte| *byte == b'\\').count() % 2 == 1
}

/// Line ends, with the blanks between and behind them: how many, and where they are over.
fn line_ends(text: &str, range: Range<usize>) -> (usize, usize) {
    let bytes = text.as_bytes();
    let (mut at, mut breaks) = (range.start, 0);
    while at < range.end {
        match bytes[at] {
            b'\r' if bytes.get(at + 1) == Some(&b'\n') => {}
            b'\n' | b'\r' => breaks += 1,
            b' ' | b'\t' => {}
            _ => break,
        }
        at += 1;
    }
    (breaks, at)
}

/// Appends a part of one line with its escapes undone.
fn unescaped(text: &str, range: Range<usize>, escapes: Escapes, decoded: &mut MappedText<'_>) {
    let mark = match escapes {
        Escapes::None => return decoded.push_verbatim(&text[range.clone()], range.start),
        Escapes::Single => b'\'',
        Escapes::Double => b'\\',
    };
    let mut from = range.start;
    let mut at = range.start;
    while let Some(found) = memchr(mark, &text.as_bytes()[at..range.end]) {
        let start = at + found;
        let escape = match escapes {
            Escapes::Double => escape(&text[start..range.end]),
            _ => text[start..range.end].starts_with("''").then_some(('\'', 2)),
        };
        let Some((sign, len)) = escape else {
            at = start + 1;
            continue;
        };
        decoded.push_verbatim(&text[from..start], from);
        decoded.push_replaced(sign.encode_utf8(&mut [0; 4]), Span::new(start, start + len));
        from = start + len;
        at = from;
    }
    decoded.push_verbatim(&text[from..range.end], from);
}

/// The character that an escape of a double-quoted scalar stands for, and the length of the escape.
fn escape(raw: &str) -> Option<(char, usize)> {
    let sign = match raw.as_bytes().get(1)? {
        b'0' => '\0',
        b'a' => '\x07',
        b'b' => '\x08',
        b't' | b'\t' => '\t',
        b'n' => '\n',
        b'v' => '\x0B',
        b'f' => '\x0C',
        b'r' => '\r',
        b'e' => '\x1B',
        b'N' => '\u{85}',
        b'_' => '\u{A0}',
        b'L' => '\u{2028}',
        b'P' => '\u{2029}',
        b'x' => return numbered(raw, 4),
        b'u' => return numbered(raw, 6),
        b'U' => return numbered(raw, 10),
        plain @ (b' ' | b'"' | b'/' | b'\\') => char::from(*plain),
        _ => return None,
    };
    Some((sign, 2))
}

fn numbered(raw: &str, len: usize) -> Option<(char, usize)> {
    let code = u32::from_str_radix(raw.get(2..len)?, 16).ok()?;
    Some((char::from_u32(code)?, len))
}

/// A line of a block scalar.
struct Line {
    /// Without the indentation and the line end.
    content: Range<usize>,
    /// With its end.
    next: usize,
}

/// A literal or folded scalar. Only the parser knows the indentation that was declared and what becomes of the line ends
/// before and after the text: its value says both.
fn block(text: &str, range: &Range<usize>, style: Style, value: &str) -> MappedText<'static> {
    let line_start = text[..range.start].rfind(['\n', '\r']).map_or(0, |end| end + 1);
    let indent = range.start - line_start;
    let mut lines = lines(text, range, indent);
    while lines.last().is_some_and(|line| line.content.is_empty()) {
        lines.pop();
    }
    let mut decoded = MappedText::new();
    let leading = value.bytes().take_while(|byte| *byte == b'\n').count();
    leading_breaks(text, line_start, leading, &mut decoded);
    let mut blank = 0;
    let mut before: Option<&Line> = None;
    for line in &lines {
        if line.content.is_empty() {
            blank += 1;
            continue;
        }
        if let Some(before) = before {
            let is_joined = style == Style::Folded && !is_set_in(text, before) && !is_set_in(text, line);
            let origin = Span::new(before.content.end, line.content.start);
            match (is_joined, blank) {
                (true, 0) => decoded.push_replaced(" ", origin),
                (true, blank) => decoded.push_replaced(&"\n".repeat(blank), origin),
                (false, blank) => breaks(text, origin, blank + 1, &mut decoded),
            }
        }
        decoded.push_verbatim(&text[line.content.clone()], line.content.start);
        (before, blank) = (Some(line), 0);
    }
    let missing = value.len().saturating_sub(decoded.text().len());
    if let Some(last) = before.filter(|_| missing > 0) {
        breaks(text, Span::new(last.content.end, range.end.max(last.next)), missing, &mut decoded);
    }
    decoded
}

fn lines(text: &str, range: &Range<usize>, indent: usize) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut at = range.start;
    let mut skipped = indent;
    while at < range.end {
        let end = memchr2(b'\n', b'\r', &text.as_bytes()[at..range.end]).map_or(range.end, |end| at + end);
        // The first line is in the range without its indentation.
        let blanks = text[at..end].bytes().take(indent - skipped).take_while(|byte| *byte == b' ').count();
        skipped = 0;
        let is_pair = text.as_bytes()[end..range.end].starts_with(b"\r\n");
        let next = (end + if is_pair { 2 } else { 1 }).min(range.end);
        lines.push(Line { content: at + blanks..end, next });
        at = next;
    }
    lines
}

/// Whether a line is set in farther than its scalar, and so is not joined to others.
fn is_set_in(text: &str, line: &Line) -> bool {
    text[line.content.clone()].starts_with([' ', '\t'])
}

/// Appends the line ends of the blank lines above the first line that says something.
fn leading_breaks(text: &str, line_start: usize, count: usize, decoded: &mut MappedText<'_>) {
    let mut ends = Vec::new();
    let mut above = &text[..line_start];
    for _ in 0..count {
        let line = above.strip_suffix("\r\n").or(above.strip_suffix(['\n', '\r'])).unwrap_or(above);
        ends.push(Span::new(line.len(), above.len()));
        above = line.trim_end_matches([' ', '\t']);
    }
    ends.into_iter().rev().for_each(|end| decoded.push_replaced("\n", end));
}

/// Appends so many line ends, which stand in a part of the text, each with its own place where there are so many.
fn breaks(text: &str, origin: Span, count: usize, decoded: &mut MappedText<'_>) {
    let bytes = text.as_bytes();
    let mut at = origin.start();
    let mut left = count;
    while left > 0 {
        let Some(found) = memchr2(b'\n', b'\r', &bytes[at..origin.end()]) else { break };
        let start = at + found;
        at = start + if bytes[start..origin.end()].starts_with(b"\r\n") { 2 } else { 1 };
        if bytes[start] == b'\n' {
            decoded.push_verbatim("\n", start);
        } else {
            decoded.push_replaced("\n", Span::new(start, at));
        }
        left -= 1;
    }
    // A last line without an end has one all the same.
    decoded.push_replaced(&"\n".repeat(left), Span::new(at, origin.end().max(at)));
}

#[cfg(test)]
mod tests {
    use saphyr_parser::{Event, Parser, ScalarStyle};

    use super::*;

    /// Draws each run of the last scalar of a file that is not just so with the bytes it came from.
    fn drawn(yaml: &str) -> String {
        let mut out = String::new();
        for event in Parser::new_from_str(yaml) {
            let (Event::Scalar(value, style, ..), span) = event.unwrap() else { continue };
            let byte = |chars: usize| yaml.char_indices().nth(chars).map_or(yaml.len(), |(at, _)| at);
            let range = byte(span.start.index())..byte(span.end.index());
            let style = match style {
                ScalarStyle::Plain => Style::Plain,
                ScalarStyle::SingleQuoted => Style::SingleQuoted,
                ScalarStyle::DoubleQuoted => Style::DoubleQuoted,
                ScalarStyle::Literal => Style::Literal,
                ScalarStyle::Folded => Style::Folded,
            };
            let text = decode(yaml, range, style, &value);
            assert_eq!(text.text(), value);
            out = text
                .pieces()
                .map(|(range, origin, is_verbatim)| {
                    let said = &text.text()[range];
                    let written = &yaml[origin.range()];
                    if is_verbatim {
                        assert_eq!(said, written);
                        said.to_owned()
                    } else {
                        format!("({said}={written})")
                    }
                })
                .collect();
        }
        out.replace('\r', "␍").replace('\n', "␤")
    }

    #[test]
    fn every_style_knows_its_places() {
        let cases = [
            ("a: plain é text # no", "plain é text"),
            ("a: two  \n   lines\n\n\n   more", "two( =  ␤   )lines(␤␤=␤␤␤   )more"),
            ("a: &x !!str tagged", "tagged"),
            ("a: 'it''s\n  x'", "it('='')s( =␤  )x"),
            (r#"a: "q \" \n \x41 \u00e9 \\""#, r#"q ("=\") (␤=\n) (A=\x41) (é=\u00e9) (\=\\)"#),
            ("a: \"one \\\n   two\n  three\"", "one two( =␤  )three"),
            ("a: \"x\n\n  y\"", "x(␤=␤␤  )y"),
            ("a: |\n  one\n   two\n\n  three\n", "one␤ two␤␤three␤"),
            ("a: |-\r\n  one\r\n  two\r\n", "one(␤=␍␤)two"),
            ("a: |+\n\n  one\n\n", "(␤=␤)one␤␤"),
            ("a: |2\n    set in\n  x\n", "  set in␤x␤"),
            (
                "a: >\n  one\n  two\n\n  three\n   set in\n  four\n",
                "one( =␤  )two(␤=␤␤  )three␤ set in␤four␤",
            ),
            ("a: >-\n\n  one\n\n\n  two", "(␤=␤)one(␤␤=␤␤␤  )two"),
            ("- |\n x", "x(␤=)"),
            ("{a: 'b', c: d e}", "d e"),
        ];
        for (yaml, picture) in cases {
            assert_eq!(drawn(yaml), picture, "{yaml:?}");
        }
    }

    #[test]
    fn a_value_that_is_not_understood_is_one_run() {
        let text = decode("a: xyz", 3..6, Style::Plain, "abc");
        assert_eq!((text.text(), text.span(1..2)), ("abc", (3..6).into()));
    }

    proptest::proptest! {
        #[test]
        fn anything_decodes(text in r#"(a|é| |\n|\r|\t|'|"|\\|x4|&b|!c){0,30}"#, value in r#"(a|\n| |é){0,9}"#, cut in 0usize..40) {
            let start = (0..=cut.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
            for style in [Style::Plain, Style::SingleQuoted, Style::DoubleQuoted, Style::Literal, Style::Folded] {
                let decoded = decode(&text, start..text.len(), style, &value);
                proptest::prop_assert_eq!(decoded.text(), &value);
                for at in 0..value.len() {
                    proptest::prop_assert!(decoded.span(at..at + 1).end() <= text.len());
                }
            }
        }

        /// Lines of text in any style and folding: each word keeps its place.
        #[test]
        fn words_stand_where_they_are(words in proptest::collection::vec(("[a-zé😀]{1,5}", " {0,2}|\n  |\n\n  |\n   "), 1..9), style in 0usize..5) {
            let text: String = words.iter().map(|(word, gap)| format!("{word}{}", if gap.is_empty() { " " } else { gap })).collect();
            let text = text.trim_end();
            let yaml = match style {
                0 => format!("k: {text}"),
                1 => format!("k: '{text}'"),
                2 => format!("k: \"{text}\""),
                3 => format!("k: |\n  {text}\n"),
                _ => format!("k: >\n  {text}\n"),
            };
            for event in Parser::new_from_str(&yaml) {
                let (Event::Scalar(value, parsed, ..), span) = event.unwrap() else { continue };
                if value == "k" { continue }
                let byte = |chars: usize| yaml.char_indices().nth(chars).map_or(yaml.len(), |(at, _)| at);
                let style = match parsed {
                    ScalarStyle::Plain => Style::Plain,
                    ScalarStyle::SingleQuoted => Style::SingleQuoted,
                    ScalarStyle::DoubleQuoted => Style::DoubleQuoted,
                    ScalarStyle::Literal => Style::Literal,
                    ScalarStyle::Folded => Style::Folded,
                };
                let decoded = decode(&yaml, byte(span.start.index())..byte(span.end.index()), style, &value);
                let mut at = 0;
                for (word, _) in &words {
                    at += value[at..].find(word.as_str()).unwrap();
                    let place = decoded.span(at..at + word.len());
                    proptest::prop_assert_eq!(&yaml[place.range()], word, "{:?}", yaml);
                    at += word.len();
                }
            }
        }
    }
}
