//! Words in capitals, and exclamation marks in a row.
//!
//! Capitals are no shouting in themselves: messages are full of acronyms (`USB HDMI LED`), sizes, order and article
//! codes, and addresses. So codes do not count, at least half of the words must be speakable, one of them a word of
//! four letters or more, and a line in which commas or slashes stand between the words is a list.

use std::ops::Range;

use crate::text::seek;

use super::run::is_blank;

/// How many codes or numbers may stand between two words of a run: `GET 20% OFF`.
const MOST_CODES: usize = 2;

/// Every run of at least so many words in capitals, from the first word to the last. A run that goes on in the next
/// line is one match if each of its lines is long enough.
pub fn capitals(text: &str, words: usize) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let mut found: Vec<Range<usize>> = Vec::new();
    let (mut at, mut line_end) = (0, 0);
    for loud in loud(bytes) {
        if loud >= line_end {
            line_end = memchr::memchr(b'\n', &bytes[loud..]).map_or(bytes.len(), |length| loud + length);
        }
        while at <= loud {
            // No word has a blank in it.
            let start = memchr::memrchr2(b' ', b'\n', &bytes[at..loud]).map_or(at, |before| at + before + 1);
            at = run_from(text, start..line_end, words, &mut found);
        }
    }
    found
}

/// The bytes of which every word in capitals has one: a capital behind which, with a joint between or without, another one
/// stands, and a capital beyond ASCII.
fn loud(bytes: &[u8]) -> impl Iterator<Item = usize> {
    let may_be = |one: u8, next: u8| {
        (one.is_ascii_uppercase() & !next.is_ascii_lowercase() & (next != b' ')) | (one >= 0xC3)
    };
    seek::pairs(bytes, may_be)
        .filter(|at| is_loud(&bytes[*at..], at.checked_sub(1).map(|before| bytes[before])))
}

/// Whether some bytes begin with such a capital, or with a joint that is not ASCII between capitals.
fn is_loud(bytes: &[u8], before: Option<u8>) -> bool {
    let may_be_capital = |byte: &u8| byte.is_ascii_uppercase() || *byte >= 0xC3;
    match bytes {
        // `À` to `ß`; what follows them has no capitals.
        [0xC3, next, ..] => *next < 0xA0,
        // Behind `🆉`, the last letter in a box, there are only pictures.
        [0xF0, 0x9F, third, fourth, ..] => (*third, *fourth) <= (0x86, 0x89),
        // The dash and the quotation mark that are joints.
        [0xE2, 0x80, 0x91 | 0x99, rest @ ..] => {
            before.is_some_and(|before| before.is_ascii_uppercase() || before >= 0x80)
                && rest.first().is_some_and(may_be_capital)
        }
        [0xE2, 0x80, ..] => false,
        // The scripts of China, Japan and Korea have no capitals.
        [0xE3..=0xE9 | 0xEB..=0xED, ..] => false,
        // The wide letters are the only ones there.
        [0xEF, second, third, ..] => *second == 0xBC && (0xA1..=0xBA).contains(third),
        [first, ..] if *first >= 0xC3 => true,
        // A capital beyond ASCII behind this one is loud itself.
        [_, rest @ ..] => rest.iter().take(2).any(u8::is_ascii_uppercase),
        [] => false,
    }
}

/// Reads the run of words in capitals that begins a part of a line, if one does. Gives where the word ends that is none of
/// it.
fn run_from(text: &str, part: Range<usize>, words: usize, found: &mut Vec<Range<usize>>) -> usize {
    let mut run = Run::default();
    let mut at = part.start;
    while let Some(token) = next_token(&text[..part.end], at) {
        let gap = Gap::of(&text[at..token.start]);
        at = token.end;
        if gap.ends_line {
            run.finish(words, text, found);
        }
        run.gap_is_list |= gap.is_list;
        match Word::of(&text[token.clone()]) {
            Word::Loud(sense) => run.push(token, sense),
            Word::Code if run.codes < MOST_CODES => run.codes += 1,
            Word::Code | Word::Quiet => run.finish(words, text, found),
        }
        if run.words == 0 {
            return at;
        }
    }
    run.finish(words, text, found);
    part.end
}

/// Every run of at least so many `!` and `?`, or of so many `$`.
pub fn marks(text: &str, marks: usize) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = next_mark(text, at) {
        let (run, count) = marks_at(text, start);
        at = run.end;
        if count >= marks.max(1) && !stands_for_letters(text, &run) {
            found.push(run);
        }
    }
    found
}

/// The marks of one kind that stand in a row from a place on, and how many they are.
fn marks_at(text: &str, start: usize) -> (Range<usize>, usize) {
    let (mut end, mut count, mut kind) = (start, 0, None);
    for (offset, c) in text[start..].char_indices() {
        let (next_kind, weight) = Mark::of(c);
        if offset > 0 && next_kind != kind {
            break;
        }
        kind = next_kind;
        end = start + offset + c.len_utf8();
        count += weight;
    }
    (start..end, count)
}

/// Where the next mark stands.
fn next_mark(text: &str, from: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let may_be = |byte: u8| {
        let is_plain = (byte == b'!') | (byte == b'?') | (byte == b'$');
        is_plain | (byte == 0xC2) | (byte == 0xE2) | (byte == 0xEF)
    };
    let mut at = from;
    while let Some(found) = seek::first(bytes, at, may_be) {
        if text[found..].chars().next().is_some_and(|c| Mark::of(c).0.is_some()) {
            return Some(found);
        }
        at = found + 1;
    }
    None
}

/// Signs that shout.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    Point,
    Dollar,
}

impl Mark {
    /// The kind of a mark, and how many it is.
    fn of(c: char) -> (Option<Self>, usize) {
        match c {
            '!' | '?' | '！' | '？' | '¡' | '¿' => (Some(Self::Point), 1),
            '‼' | '⁇' | '⁈' | '⁉' => (Some(Self::Point), 2),
            '$' => (Some(Self::Dollar), 1),
            _ => (None, 0),
        }
    }
}

/// Question marks inside a word are letters that a wrong charset has lost: `Gr??e`.
fn stands_for_letters(text: &str, run: &Range<usize>) -> bool {
    text[run.clone()].bytes().all(|byte| byte == b'?')
        && text[..run.start].ends_with(char::is_alphabetic)
        && text[run.end..].starts_with(char::is_alphabetic)
}

/// Words in capitals that follow each other on a line.
#[derive(Debug, Default)]
struct Run {
    range: Range<usize>,
    words: usize,
    speakable: usize,
    long: usize,
    /// Gaps with a sign between the words.
    list_gaps: usize,
    gap_is_list: bool,
    /// Codes since the last word.
    codes: usize,
}

impl Run {
    fn push(&mut self, word: Range<usize>, sense: Sense) {
        if self.words == 0 {
            self.range.start = word.start;
        } else {
            self.list_gaps += usize::from(self.gap_is_list);
        }
        self.range.end = word.end;
        self.words += 1;
        self.speakable += usize::from(sense != Sense::Acronym);
        self.long += usize::from(sense == Sense::LongWord);
        self.codes = 0;
        self.gap_is_list = false;
    }

    fn finish(&mut self, least: usize, text: &str, found: &mut Vec<Range<usize>>) {
        let run = std::mem::take(self);
        let is_list = run.list_gaps > 0 && run.list_gaps * 2 >= run.words - 1;
        if run.words < least.max(1) || run.long == 0 || run.speakable * 2 < run.words || is_list {
            return;
        }
        match found.last_mut() {
            Some(last) if goes_on(&text[last.end..run.range.start]) => last.end = run.range.end,
            _ => found.push(run.range),
        }
    }
}

/// Whether only a line end and signs stand between two runs.
fn goes_on(between: &str) -> bool {
    between.matches('\n').count() <= 1 && !between.contains(char::is_alphanumeric)
}

/// What stands between two tokens.
struct Gap {
    ends_line: bool,
    is_list: bool,
}

impl Gap {
    fn of(gap: &str) -> Self {
        Self {
            ends_line: gap.contains(|c: char| c.is_whitespace() && !is_blank(c)),
            is_list: gap.contains([',', ';', '/', '|', '+', '•', '·', '、']),
        }
    }
}

/// How a token is written.
enum Word {
    /// At least two letters, all of them capitals.
    Loud(Sense),
    /// With digits, a single letter, or put together like a code.
    Code,
    /// With a small letter, or in a script that has none.
    Quiet,
}

impl Word {
    fn of(token: &str) -> Self {
        let (mut letters, mut is_code) = (0, false);
        for c in token.chars() {
            if c.is_uppercase() || c == 'ß' {
                letters += 1;
            } else if c.is_alphabetic() {
                return Self::Quiet;
            } else {
                is_code |= c.is_numeric() || matches!(c, '_' | '.');
            }
        }
        if is_code || letters < 2 { Self::Code } else { Self::Loud(Sense::of(token)) }
    }
}

/// Whether a word in capitals can be spoken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sense {
    /// Four letters or more.
    LongWord,
    ShortWord,
    Acronym,
}

impl Sense {
    /// Judges by vowels; letters beyond ASCII are taken for vowels.
    fn of(word: &str) -> Self {
        let (mut letters, mut vowels, mut consonants, mut longest) = (0, 0, 0, 0);
        for c in word.chars().filter(|c| c.is_alphabetic()) {
            letters += 1;
            if c.is_ascii() && !matches!(c, 'A' | 'E' | 'I' | 'O' | 'U' | 'Y') {
                consonants += 1;
                longest = consonants.max(longest);
            } else {
                vowels += 1;
                consonants = 0;
            }
        }
        let most_consonants = if letters < 5 { 2 } else { 6 };
        match letters {
            _ if vowels == 0 || longest > most_consonants => Self::Acronym,
            0..4 => Self::ShortWord,
            _ => Self::LongWord,
        }
    }
}

/// The next run of letters, digits and what joins them, from `at` on.
fn next_token(text: &str, at: usize) -> Option<Range<usize>> {
    let start = at + text[at..].find(char::is_alphanumeric)?;
    let mut end = start;
    let mut chars = text[start..].char_indices().peekable();
    while let Some((offset, c)) = chars.next() {
        let joins = matches!(c, '\'' | '’' | '-' | '‑' | '_' | '.' | '&')
            && chars.peek().is_some_and(|(_, next)| next.is_alphanumeric());
        if !c.is_alphanumeric() && !joins && !matches!(c, '\u{300}'..='\u{36F}') {
            break;
        }
        end = start + offset + c.len_utf8();
    }
    Some(start..end)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::picture::{assert_drawn, is_lawful};
    use super::*;

    #[test]
    fn every_capital_is_loud() {
        for capital in ('\u{80}'..=char::MAX).filter(|c| c.is_uppercase() || *c == 'ß') {
            assert!(is_loud(format!("{capital}A").as_bytes(), None), "{capital}");
        }
    }

    #[test]
    fn three_words_in_capitals() {
        assert_drawn(
            &[
                "|BUY ONE GET ONE FREE|",
                "please |READ THIS NOW|, thanks",
                "|DO NOT RETURN|!",
                "|DON'T MISS THIS| deal",
                "|GET 20% OFF TODAY| only",
                "|WHAT I NEED FROM YOU|",
                "|BITTE LESEN SIE DIES| genau",
                "|GRÖßE NICHT ÄNDERN|",
                "|ВНИМАНИЕ ВАЖНО ЧИТАЙТЕ|",
                "|ORDER NOW. LAST CHANCE|!",
                "|HELLO, PLEASE READ THIS|",
                "|FIRST LINE HERE\nSECOND LINE HERE| ok",
                "|ONE LINE HERE|\n\n|ANOTHER LINE HERE|",
                "|THE USB CABLE IS HERE|",
                "|USE CODE SAVE20 NOW|",
                "|LIMITED-TIME OFFER ENDS TODAY|",
            ],
            |text| capitals(text, 3),
        );
    }

    #[test]
    fn no_shouting() {
        assert_drawn(
            &[
                "",
                "we LOVE it SO much",
                "USB HDMI LED",
                "USB, HDMI, SATA, JPEG",
                "DHL GLS UPS TNT",
                "PDF DOCX HTML CSV",
                "SKU AB-12 CD-34 EF-56",
                "ABC123 XYZ789 QWE456 RTY000",
                "order D01-1234567-1234567 REF X1",
                "RMA NR B00EXAMPLE1",
                "JOHN SMITH, 12 MAIN STREET, SPRINGFIELD, IL 62701",
                "JOHN SMITH\n12 MAIN STREET\nAUSTIN TX 78701",
                "ON/OFF/STANDBY/RESET",
                "RED • BLUE • GREEN • BLACK",
                "A B C D E",
                "READ This NOW",
                "I AM here",
                "U.S.A. and E.U.",
                "日本語 日本語 日本語",
                "BUYER_NAME ORDER_ID SHOP_NAME",
                "EN 71 ISO 9001 CE",
                "READ X1 X2 X3 THIS X4 X5 X6 NOW",
                "WC ÜK",
            ],
            |text| capitals(text, 3),
        );
    }

    #[test]
    fn three_marks() {
        assert_drawn(
            &[
                "Thanks|!!!|",
                "What|???|",
                "Really|?!?!| yes",
                "Save |$$$| now",
                "|¡¡¡|Gracias|!!!|",
                "ありがとう|！！！|",
                "|!!!!!!| a |!!!|",
                "so|!‼|",
                "wow|‼⁉|",
                "a|!!!||$$$|",
                "|???|",
                "ende|???| ja",
                "why|!?!|because",
            ],
            |text| marks(text, 3),
        );
    }

    #[test]
    fn fewer_marks() {
        assert_drawn(
            &[
                "",
                "Thanks!",
                "Thanks!!",
                "Really?!",
                "¿Qué? ¡Sí!",
                "! ! !",
                "!.!.!",
                "$$",
                "$5 $6 $7",
                "$$name$$",
                "Gr???e aus K???ln",
                "!!$$??",
                "a? b? c?",
                "US$ 5!",
                "......",
                "***",
            ],
            |text| marks(text, 3),
        );
    }

    proptest! {
        #[test]
        fn any_text_gives_lawful_ranges(text in "([A-Z]{1,6}|[\\PC!?$ßÄ]| |\n|, ){0,40}", least in 0..5_usize) {
            prop_assert!(is_lawful(&text, &capitals(&text, least)));
            prop_assert!(is_lawful(&text, &marks(&text, least)));
        }
    }
}
