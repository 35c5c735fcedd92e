//! Text as it may be shown: nothing in a draft may steer a terminal, hide itself or run over the line.
//!
//! Widths are counted here without a table: a character takes at most two cells, and one below the first wide script.
//! Too wide an answer only makes a line shorter; how wide a character is drawn decides the picture alone.

use unicode_segmentation::UnicodeSegmentation as _;

/// Whether a terminal would obey the character, or show nothing where something is.
pub(super) fn is_unshowable(c: char) -> bool {
    let is_invisible = matches!(c, '\u{AD}' | '\u{61C}' | '\u{180E}' | '\u{200B}' | '\u{FEFF}');
    let is_layout = matches!(c, '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}');
    c.is_control() || is_invisible || is_layout || matches!(c, '\u{FFF9}'..='\u{FFFB}')
}

/// Adds a character, or what stands for it.
pub(super) fn push(out: &mut String, c: char, ascii: bool) {
    match c {
        '\t' => out.push_str("    "),
        '…' => out.push_str(ellipsis(ascii)),
        c if !is_unshowable(c) => out.push(c),
        c => match control_picture(c).filter(|_| !ascii) {
            Some(picture) => out.push(picture),
            None => out.extend(c.escape_default()),
        },
    }
}

/// A text with a stand-in for each character that cannot be shown.
pub(super) fn shown(text: &str, ascii: bool) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        push(&mut out, c, ascii);
    }
    out
}

/// The sign for words left out.
pub(super) fn ellipsis(ascii: bool) -> &'static str {
    if ascii { "..." } else { "…" }
}

/// How many cells of a line a text takes at most once it is shown.
pub(super) fn cells(text: &str, ascii: bool) -> usize {
    text.chars().map(|c| cells_of(c, ascii)).sum()
}

/// The beginning of a text that fits into so many cells; no character that people see as one is torn.
pub(super) fn beginning(text: &str, room: usize, ascii: bool) -> &str {
    let near = text.char_indices().nth(room + 1).map_or(text, |(at, _)| &text[..at]);
    let fits = fitting(near.graphemes(true), room, ascii);
    &near[..fits]
}

/// The end of a text that fits into so many cells; no character that people see as one is torn.
pub(super) fn ending(text: &str, room: usize, ascii: bool) -> &str {
    let near = text.char_indices().nth_back(room).map_or(text, |(at, _)| &text[at..]);
    let fits = fitting(near.graphemes(true).rev(), room, ascii);
    &near[near.len() - fits..]
}

/// A text in lines of at most so many cells, broken at spaces; only a word that is longer runs over.
pub(super) fn wrapped(text: &str, room: usize, ascii: bool) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut used = 0;
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let width = cells(word, ascii);
        match lines.last_mut() {
            Some(line) if used + 1 + width <= room => {
                line.push(' ');
                line.push_str(word);
                used += 1 + width;
            }
            _ => {
                lines.push(word.to_owned());
                used = width;
            }
        }
    }
    lines
}

/// A sentence or two of a rule, fit to be shown: one paragraph, and no more of a long quotation than helps.
pub(super) fn prose(text: &str, ascii: bool) -> String {
    const ROOM: usize = 600;
    let start = beginning(text, ROOM, ascii);
    let mut out = String::with_capacity(start.len());
    for c in start.chars() {
        push(&mut out, if c.is_whitespace() { ' ' } else { c }, ascii);
    }
    if start.len() < text.len() {
        out.push_str(ellipsis(ascii));
    }
    out
}

/// The picture that Unicode has for a control character, such as ␛.
fn control_picture(c: char) -> Option<char> {
    match c {
        '\0'..='\u{1F}' => char::from_u32(0x2400 + u32::from(c)),
        '\u{7F}' => Some('␡'),
        _ => None,
    }
}

fn cells_of(c: char, ascii: bool) -> usize {
    const FIRST_WIDE: char = '\u{1100}';
    match c {
        ' '..='~' => 1,
        '\t' => 4,
        '…' if ascii => 3,
        c if is_unshowable(c) && (ascii || control_picture(c).is_none()) => c.escape_default().len(),
        c if c < FIRST_WIDE => 1,
        _ => 2,
    }
}

/// How many bytes of the pieces fit into so many cells.
fn fitting<'a>(pieces: impl Iterator<Item = &'a str>, room: usize, ascii: bool) -> usize {
    let mut used = 0;
    pieces
        .take_while(|piece| {
            used += cells(piece, ascii);
            used <= room
        })
        .map(str::len)
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_steers_a_terminal_is_shown_instead() {
        for (text, unicode, ascii) in [
            ("a\u{1B}[2Jb", "a␛[2Jb", r"a\u{1b}[2Jb"),
            ("bell\u{7}", "bell␇", r"bell\u{7}"),
            ("\u{9B}31m", r"\u{9b}31m", r"\u{9b}31m"),
            ("\u{202E}live\u{2069}", r"\u{202e}live\u{2069}", r"\u{202e}live\u{2069}"),
            ("re\u{AD}view\u{85}", r"re\u{ad}view\u{85}", r"re\u{ad}view\u{85}"),
            (
                "grün 👨\u{200D}👩\u{200D}👧 ❤\u{FE0F}",
                "grün 👨\u{200D}👩\u{200D}👧 ❤\u{FE0F}",
                "grün 👨\u{200D}👩\u{200D}👧 ❤\u{FE0F}",
            ),
            ("a\tb…", "a    b…", "a    b..."),
        ] {
            assert_eq!(shown(text, false), unicode);
            assert_eq!(shown(text, true), ascii);
        }
    }

    #[test]
    fn the_ends_of_a_text_are_cut_between_what_people_see_as_characters() {
        for (text, room, first, last) in [
            ("abcdef", 3, "abc", "def"),
            ("abc", 3, "abc", "abc"),
            ("", 3, "", ""),
            ("abc", 0, "", ""),
            ("e\u{301}e\u{301}", 3, "e\u{301}", "e\u{301}"),
            ("漢字", 3, "漢", "字"),
            ("👩\u{200D}👧a👩\u{200D}👧", 5, "", ""),
            ("👩\u{200D}👧a👩\u{200D}👧", 7, "👩\u{200D}👧a", "a👩\u{200D}👧"),
            ("🇩🇪🇫🇷🇮🇹", 9, "🇩🇪🇫🇷", "🇫🇷🇮🇹"),
        ] {
            assert_eq!((beginning(text, room, false), ending(text, room, false)), (first, last), "{text}");
        }
    }

    #[test]
    fn lines_break_at_spaces() {
        assert_eq!(wrapped("one two  three extraordinary", 9, false), ["one two", "three", "extraordinary"]);
        assert_eq!(wrapped("", 9, false), Vec::<String>::new());
    }

    #[test]
    fn prose_is_one_short_paragraph() {
        assert_eq!(prose("two\r\nlines\u{2028}and\ta\u{7} bell", false), "two  lines and a␇ bell");
        assert_eq!(prose(&"x".repeat(5_000_000), false).chars().count(), 601);
    }
}
