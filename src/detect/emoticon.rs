//! Faces made of punctuation: `:-)`, `<3`, `(^_^)`, `¯\_(ツ)_/¯`.
//!
//! There is no standard, so this is a small grammar of eyes, nose and mouth, and what stands beside a face decides. A
//! colon before a closing bracket is a smile only where no bracket is open; a mouth that is a letter must stand free;
//! `<3` and `XD` must end their line, because what follows might make them a measure or a name. Forms that are
//! something else more often than a face (`8)`, `:3`, `^^`) are left out.

use std::ops::Range;

use crate::text::seek;

use super::run::{is_blank, push_joined};

/// Eyes of a face seen from the front, left and right, with the mouths that go between them.
const FACES: &[(&str, &str, &str)] = &[
    ("^", "^", "_-.oOvw"),
    (">", "<", "_.ow"),
    ("T", "T", "_"),
    (";", ";", "_-"),
    ("-", "-", "_"),
    ("oO", "oO", "_"),
    ("´｀`", "´｀`", MOUTHS),
    ("◕◉◔•・°ﾟಠ≧⌒￣♥", "◕◉◔•・°ﾟಠ≦⌒￣♥", MOUTHS),
];

/// Mouths between eyes that are no ASCII.
const MOUTHS: &str = "_-.oO▽ω‿ᴥ益□∀◡ヮw人Дд﹏ー皿ʖ︿";

/// How many characters a face in brackets has at most, blanks and combining marks included.
const LONGEST_FACE: usize = 16;

/// How far the beginning of a word is looked for.
const LONGEST_WORD: usize = 32;

/// Every emoticon of a text; a run with only blanks between is one.
pub fn emoticons(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    if !may_hold_face(text.as_bytes()) {
        return found;
    }
    let mut brackets = Brackets::default();
    let (mut at, mut done) = (0, 0);
    let bytes = text.as_bytes();
    loop {
        let dull = seek::run_end(bytes, at, |byte| DULL[usize::from(byte)]);
        brackets.line_is_empty &= bytes[at..dull].iter().all(|byte| *byte == b' ');
        at = dull;
        let Some(c) = text[at..].chars().next() else { break };
        if c.is_ascii_graphic() && !matches!(c, '(' | ')') && !begins_like_face(&bytes[at..]) {
            brackets.line_is_empty = false;
            at += 1;
            continue;
        }
        let here = Here { text, at, done };
        if let Some(range) = here.emoticon(c, brackets.open) {
            (at, done) = (range.end, range.end);
            brackets.line_is_empty = false;
            push_joined(&mut found, text, range);
        } else {
            brackets.pass(c);
            at += c.len_utf8();
        }
    }
    found
}

/// The bytes that are no line end, no bracket and not the beginning of a face.
static DULL: [bool; 256] = {
    let mut dull = [false; 256];
    let mut byte = 0;
    while byte < 128 {
        let is_looked_at = matches!(byte as u8, b'x' | b'X' | b'T' | b'o' | b'O' | b'-' | b':' | b';' | b'=')
            || matches!(byte as u8, b'<' | b'>' | b'^' | b'(' | b')');
        dull[byte] = matches!(byte as u8, b' '..=b'~') && !is_looked_at;
        byte += 1;
    }
    dull
};

/// Whether some bytes are written as the beginning of a face: eyes or a bracket, and behind it what belongs into a face.
fn may_hold_face(bytes: &[u8]) -> bool {
    let may_begin = |one: u8, next: u8| {
        let has_eyes = (one == b':') | (one == b';') | (one == b'=') | (one == b'^') | (one == b'>');
        let has_mouth =
            (one == b'<') & (next == b'3') | (one | 0x20 == b'x') & (next == b'D') | (next == b'_');
        has_eyes | has_mouth | (one == b'-') & (next == b'_') | (one == b'(') | (one == 0xEF) | (one == 0xCA)
    };
    seek::pairs(bytes, may_begin).any(|at| begins_like_face(&bytes[at..]))
}

/// Whether some bytes begin as a face does. Some that hold no face do, too.
fn begins_like_face(bytes: &[u8]) -> bool {
    let [one, next, ..] = *bytes else { return false };
    match one {
        b':' | b'=' => b"'-)(DPpOo/\\*][".contains(&next),
        b';' => b"'-)(DPpOo/\\*][_".contains(&next),
        b'<' => next == b'3',
        b'X' | b'x' if next == b'D' => true,
        b'^' => b"_-.oOvw".contains(&next),
        b'>' => b"_.ow".contains(&next),
        b'T' | b'-' | b'o' | b'O' => next == b'_',
        b'(' => holds_features(&bytes[1..]),
        0xEF => bytes.starts_with("（".as_bytes()),
        0xCA => bytes.starts_with("ʕ".as_bytes()),
        _ => false,
    }
}

/// Whether what stands behind a bracket may be a face: up to the next bracket it has no letters but those that are used
/// as features.
fn holds_features(inner: &[u8]) -> bool {
    let is_letter = |byte: &u8| byte.is_ascii_alphanumeric() && !b"oOTvw".contains(byte);
    let end = inner
        .iter()
        .take(LONGEST_FACE)
        .position(|byte| matches!(byte, b')' | b'(' | b'\n') || is_letter(byte));
    end.is_none_or(|end| inner[end] == b')')
}

/// How many brackets of the paragraph are open.
#[derive(Default)]
struct Brackets {
    open: usize,
    line_is_empty: bool,
}

impl Brackets {
    fn pass(&mut self, c: char) {
        match c {
            '(' | '（' => self.open += 1,
            ')' | '）' => self.open = self.open.saturating_sub(1),
            '\n' if self.line_is_empty => self.open = 0,
            _ => {}
        }
        self.line_is_empty = c == '\n' || (self.line_is_empty && c.is_whitespace());
    }
}

/// A place in the text where an emoticon may begin; nothing before `done` may become part of it.
#[derive(Clone, Copy)]
struct Here<'t> {
    text: &'t str,
    at: usize,
    done: usize,
}

impl<'t> Here<'t> {
    fn emoticon(self, c: char, open: usize) -> Option<Range<usize>> {
        let end = match c {
            ':' | '=' => self.sideways(open),
            ';' => self.sideways(open).or_else(|| self.bare_face()),
            '<' => self.heart(),
            'X' | 'x' => self.laugh(),
            '^' | '>' | 'T' | '-' | 'o' | 'O' => self.bare_face(),
            '(' | '（' | 'ʕ' => return self.face_in_brackets(c),
            _ => None,
        }?;
        Some(self.at..end)
    }

    fn before(self) -> Option<char> {
        self.text[..self.at].chars().next_back()
    }

    fn rest(self) -> &'t str {
        &self.text[self.at..]
    }

    /// `:-)` and its kind, where so many brackets are open.
    fn sideways(self, open: usize) -> Option<usize> {
        let bytes = self.rest().as_bytes();
        let has_tear = bytes.get(1) == Some(&b'\'');
        let tear = 1 + usize::from(has_tear);
        let has_nose = bytes.get(tear) == Some(&b'-');
        let mouth_at = tear + usize::from(has_nose);
        let mouth = *bytes.get(mouth_at).filter(|byte| b")(DPpOo/\\*][".contains(byte))?;
        let repeated = bytes[mouth_at..].iter().take_while(|byte| **byte == mouth).count();
        let closing = if mouth == b')' { open.min(repeated - 1) } else { 0 };
        let end = self.at + mouth_at + repeated - closing;
        let right = self.text[end..].chars().next();
        let (left_free, right_free) = (is_free(self.before()), is_free(right));
        let is_face = match mouth {
            b')' if has_nose => !self.before().is_some_and(char::is_numeric),
            b')' if has_tear || bytes[0] == b'=' => left_free && open == 0,
            b')' => open == 0 && (left_free || self.follows_word()),
            b'(' => {
                left_free && right.is_none_or(|c| c.is_whitespace() || matches!(c, '.' | ',' | '!' | '?'))
            }
            b'D' | b'P' | b'p' | b'O' | b'o' => left_free && right_free && !has_tear,
            b'/' | b'\\' => left_free && is_white(right) && repeated == 1,
            b'*' | b']' | b'[' => has_nose && left_free && is_white(right),
            _ => false,
        };
        is_face.then_some(end)
    }

    /// Whether at least two letters stand right before: `thanks:)`, but no list marker.
    fn follows_word(self) -> bool {
        self.text[..self.at].chars().rev().take(2).filter(|c| c.is_alphabetic()).count() == 2
    }

    /// `<3` at the end of its line, or before another one.
    fn heart(self) -> Option<usize> {
        let after = self.rest().strip_prefix("<3")?;
        let next = after.trim_start_matches(is_blank).chars().next();
        let is_heart = match next {
            None | Some('\n' | '\r') => true,
            Some('!' | '~') => after.starts_with(['!', '~']),
            Some('<') => after.trim_start_matches(is_blank).starts_with("<3"),
            _ => false,
        };
        (is_heart && is_free(self.before())).then_some(self.at + 2)
    }

    /// `XD` at the end of its line, but not after a name; `XDDD` anywhere.
    fn laugh(self) -> Option<usize> {
        let teeth = self.rest()[1..].bytes().take_while(|byte| *byte == b'D').count();
        let end = self.at + 1 + teeth;
        let right = self.text[end..].chars().next();
        if teeth == 0 || !is_free(self.before()) || !is_free(right) {
            return None;
        }
        let before = self.text[self.done..self.at].trim_end_matches(is_blank);
        let word_begins = before.chars().rev().take(LONGEST_WORD).take_while(|c| c.is_alphabetic()).last();
        let ends_a_thought =
            before.ends_with(['!', '?', '.', ',']) || word_begins.is_some_and(char::is_lowercase);
        let ends_the_line = matches!(right, None | Some('\n' | '\r' | '!'));
        (teeth > 2 || (ends_a_thought && ends_the_line)).then_some(end)
    }

    /// `^_^` without brackets.
    fn bare_face(self) -> Option<usize> {
        let has_mouth = self.rest().as_bytes().get(1).is_some_and(|byte| b"_-.oOvw".contains(byte));
        if !has_mouth || !stands_alone(self.before()) {
            return None;
        }
        let mut chars = self.rest().chars();
        let face = [chars.next()?, chars.next()?, chars.next()?];
        let end = self.text.len() - chars.as_str().len();
        (is_face(&face) && stands_alone(chars.next())).then_some(end)
    }

    /// `(^_^)`, with its arms.
    fn face_in_brackets(self, open: char) -> Option<Range<usize>> {
        let inner = &self.rest()[open.len_utf8()..];
        let (len, close) = inner
            .char_indices()
            .take(LONGEST_FACE)
            .find(|(_, c)| matches!(c, '(' | '（' | ')' | '）' | 'ʔ' | '\n'))
            .filter(|(_, c)| matches!(c, ')' | '）' | 'ʔ'))?;
        let end = self.at + open.len_utf8() + len + close.len_utf8();
        let features: Vec<char> =
            inner[..len].chars().filter(|c| !is_blank(*c) && !is_combining(*c)).collect();
        let start = self.left_arm();
        let range = start..end + right_arm(&self.text[end..]);
        let is_shrug = matches!(features.as_slice(), ['ツ' | 'ッ']) && start < self.at;
        (is_shrug || holds_face(&features)).then_some(range)
    }

    /// Where an arm that ends here begins.
    fn left_arm(self) -> usize {
        let before = &self.text[self.done..self.at];
        let arm = before.chars().rev().take(6).take_while(|c| "¯\\_-ヽヾ٩╰＼".contains(*c));
        self.at - arm.map(char::len_utf8).sum::<usize>()
    }
}

/// The length of an arm.
fn right_arm(after: &str) -> usize {
    after.chars().take(6).take_while(|c| "¯\\_-/ﾉノ۶╯づつゞ／".contains(*c)).map(char::len_utf8).sum()
}

/// Whether eyes and mouth stand among decoration and nothing else does.
fn holds_face(features: &[char]) -> bool {
    let is_decoration = |c: &char| !c.is_alphanumeric() || "oづっつノシ".contains(*c);
    let is_at = |from: usize, len: usize| {
        features.get(from..from + len).is_some_and(is_face)
            && features[..from].iter().chain(&features[from + len..]).all(is_decoration)
    };
    matches!(features, ['^', '^']) || (0..features.len()).any(|from| is_at(from, 3) || is_at(from, 4))
}

/// An eye, a mouth of one or two characters, and the eye that goes with the first.
fn is_face(features: &[char]) -> bool {
    let [left, mouth @ .., right] = features else { return false };
    FACES.iter().any(|(lefts, rights, mouths)| {
        lefts.contains(*left) && rights.contains(*right) && mouth.iter().all(|c| mouths.contains(*c))
    })
}

/// Whether a neighbour does not make the face a part of something longer.
fn is_free(c: Option<char>) -> bool {
    c.is_none_or(|c| !c.is_alphanumeric() && !matches!(c, ':' | '/' | '\\' | '@' | '_' | '='))
}

/// Whether a neighbour does not make a face without brackets a part of a line of signs.
fn stands_alone(c: Option<char>) -> bool {
    is_free(c) && !c.is_some_and(|c| "^_-.<>=*~#|".contains(c))
}

fn is_white(c: Option<char>) -> bool {
    c.is_none_or(char::is_whitespace)
}

fn is_combining(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::picture::{assert_drawn, is_lawful};
    use super::*;

    #[test]
    fn faces() {
        assert_drawn(
            &[
                "Thanks |:)|",
                "Thanks|:)|",
                "Thank you |:-)| bye",
                "ok |;-)|.",
                "ok|;)|",
                "great |:D|",
                "great |:-D|!",
                "oh |:P|, well",
                "sorry |:(|",
                "sorry |:'(|",
                "hm |:/|",
                "hm |:-/| sorry",
                "hello |=)|",
                "wow |:O|!",
                "|:)))|",
                "we love it |<3|",
                "we love it |<3 <3|",
                "haha |XD|",
                "that was fun! |xD|",
                "|XDDD| yes",
                "yes |^_^|",
                "no |>_<|",
                "oh |-_-|",
                "|o_O|",
                "cry |T_T|",
                "ok |(^_^)|",
                "ok |(^^)|",
                "|(*^_^*)|",
                "|¯\\_(ツ)_/¯|",
                "|(╯°□°)╯|︵ ┻━┻",
                "|ヽ(´▽`)/|",
                "|( ͡° ͜ʖ ͡°)|",
                "|ʕ•ᴥ•ʔ|",
                "ありがとう|（´▽｀）|",
                "(fragile!) thanks |:)|",
                "(really |:-)|)",
                "see (1\n\nthanks |:)|",
                "bye |:) :-)|",
            ],
            emoticons,
        );
    }

    #[test]
    fn silence() {
        assert_drawn(
            &[
                "(see :)",
                "(see the list below:)",
                "(one; two;)",
                "（注意:)",
                "sizes (7, 8)",
                "7) blue 8) red",
                "a) one b) two",
                "a:) one",
                "Size:D",
                "Size:P and 3:P",
                "http://x",
                "file:///x",
                "C:\\x",
                "at 10:30 (or 11:00)",
                "ratio 4:3, mode 16:9",
                "Note:(see below)",
                "Colours:",
                "x=(a+b)",
                "f(x=)",
                "weight <3 kg",
                "in <3 days",
                "<3% of all",
                "n<3",
                "Adobe XD",
                "your xD card",
                "XDR display",
                "BOX: D",
                "----",
                "-_-_-_-",
                "2^3^4",
                "(ツ)",
                "(***) (--) (...) (^)",
                "(T-T) (x_y)",
                "(°C)",
                "**Note:**",
                "std::D",
                "=D2+D3",
                "key=D",
                "T_Total",
                "(a)(b)(c)",
                "",
            ],
            emoticons,
        );
    }

    proptest! {
        #[test]
        fn any_text_gives_lawful_ranges(text in "[\\PC:;=<>^_'3XDTPo()ツ¯°□\\\\/ \n-]{0,40}") {
            prop_assert!(is_lawful(&text, &emoticons(&text)));
        }
    }
}
