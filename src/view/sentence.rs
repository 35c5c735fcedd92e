//! From units to sentences.
//!
//! Drafts are not prose: lines are wrapped in the middle of a phrase, greetings end in a comma, lists have no full
//! stops. A sentence ends at a full stop, at a blank line, and at a line end that is no wrap.

use std::ops::Range;

use super::{GoesOn, Unit, UnitKind};

/// The longest sentence in units; more is cut, so that no input costs more than its size.
const LONGEST: usize = 200;
/// A line shorter than this (in bytes) was not wrapped: the writer ended it.
pub const WRAP_WIDTH: usize = 55;
/// A line longer than this was not wrapped either: no program wraps so late.
const LONGEST_WRAPPED: usize = 120;
/// A line with a label that is shorter than this says no more than what it labels.
const LISTED_WIDTH: usize = 40;
/// A line of at most so many units that ends in a comma is a greeting or a sign-off.
const GREETING_UNITS: usize = 6;

/// A sentence, a line of a list, a heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// Its units.
    pub units: Range<usize>,
    /// From its first to its last unit and the mark that ends it, in bytes of the block's text.
    pub range: Range<usize>,
    /// How it ends.
    pub ending: Ending,
    /// Number of its paragraph, from 0.
    pub paragraph: usize,
}

/// How a sentence ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Ending {
    /// With a full stop, or nothing.
    Plain,
    /// With a question mark.
    Question,
    /// With an exclamation mark.
    Exclamation,
    /// With a colon at the end of its line: it heads what follows.
    Heading,
}

/// What the text between two units says about them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Joint {
    /// Nothing: they belong together.
    None,
    /// A comma, a dash, a bracket: a new clause.
    Clause,
    /// A new sentence; the first ends so.
    Sentence(Ending),
    /// A new paragraph.
    Paragraph(Ending),
}

/// Cuts units into sentences and marks where clauses begin. `text` is the text that the units' ranges are of; at
/// `line_ends`, which are bytes of it in order, lines end that surely were not wrapped.
pub(super) fn cut(text: &str, units: &mut [Unit], line_ends: &[usize], goes_on: GoesOn<'_>) -> Vec<Sentence> {
    let mut sentences = Vec::new();
    let mut line_ends = line_ends.iter().copied().peekable();
    let (mut first, mut paragraph, mut line_start) = (0, 0, 0);
    for next in 1..=units.len() {
        units[first].begins_clause = true;
        let last_end = units[next - 1].range.end;
        let gap_end = units.get(next).map_or(text.len(), |unit| unit.range.start);
        let is_long = next - first >= LONGEST;
        if next < units.len() && !is_long && matches!(&text.as_bytes()[last_end..gap_end], b" " | b"") {
            continue;
        }
        let gap = Gap::new(&text[last_end..gap_end]);
        let joint = match units.get(next) {
            None => Joint::Sentence(ending(gap.text)),
            Some(unit) => {
                while line_ends.next_if(|at| *at < last_end).is_some() {}
                let is_line_end = line_ends.peek().is_some_and(|at| *at < unit.range.start);
                joint(text, units, next, line_start, is_line_end, gap, goes_on)
            }
        };
        if gap.has(LINE_END)
            && let Some(offset) = gap.text.bytes().rposition(|byte| byte == b'\n')
        {
            line_start = last_end + offset + 1;
        }
        let ending = match joint {
            Joint::Sentence(ending) | Joint::Paragraph(ending) => ending,
            _ if is_long => Ending::Plain,
            Joint::Clause => {
                units[next].begins_clause = true;
                continue;
            }
            Joint::None => continue,
        };
        let range = units[first].range.start..last_end + closing_mark(gap.text);
        sentences.push(Sentence { units: first..next, range, ending, paragraph });
        paragraph += usize::from(matches!(joint, Joint::Paragraph(_)));
        first = next;
        if first == units.len() {
            break;
        }
    }
    sentences
}

/// What stands between two units.
#[derive(Debug, Clone, Copy)]
struct Gap<'t> {
    text: &'t str,
    /// The kinds of its bytes.
    seen: u8,
}

const LINE_END: u8 = 1;
/// May end a sentence.
const STOP: u8 = 1 << 1;
/// Ends a clause.
const COMMA: u8 = 1 << 2;
const DASH: u8 = 1 << 3;
const BEYOND_ASCII: u8 = 1 << 4;

/// What each byte of a gap is: a look at a table instead of several at the whole gap.
const KINDS: [u8; 256] = {
    let mut kinds = [BEYOND_ASCII; 256];
    let mut byte: u8 = 0;
    while byte < 0x80 {
        kinds[byte as usize] = match byte {
            b'\n' | b'\r' => LINE_END,
            b'.' => STOP,
            b'!' | b'?' => STOP | COMMA,
            b',' | b';' | b':' | b'(' | b')' | b'"' | b'/' | b'|' => COMMA,
            b'-' => DASH,
            _ => 0,
        };
        byte += 1;
    }
    kinds
};

impl<'t> Gap<'t> {
    fn new(text: &'t str) -> Self {
        Self { text, seen: text.bytes().fold(0, |seen, byte| seen | KINDS[usize::from(byte)]) }
    }

    /// Whether it holds bytes of some kinds.
    fn has(self, kinds: u8) -> bool {
        self.seen & kinds != 0
    }

    /// Whether a clause ends in it, if no line does.
    fn ends_clause(self) -> bool {
        self.has(COMMA)
            || self.has(BEYOND_ASCII) && self.text.contains(['–', '—', '“', '”'])
            || self.has(DASH) && self.text.contains(" - ")
    }
}

/// What stands between unit `next` and the one before it. `line_start` is where the line of the latter begins;
/// `is_line_end`: that line surely ends there.
fn joint(
    text: &str,
    units: &[Unit],
    next: usize,
    line_start: usize,
    is_line_end: bool,
    gap: Gap<'_>,
    goes_on: GoesOn<'_>,
) -> Joint {
    if matches!(gap.text, "" | " ") {
        return Joint::None;
    }
    let breaks = if gap.has(LINE_END) { line_breaks(gap.text) } else { 0 };
    if breaks > 1 {
        return Joint::Paragraph(ending(gap.text));
    }
    if breaks == 1 && (is_line_end || ends_line(text, units, next, line_start, gap.text, goes_on)) {
        return Joint::Sentence(ending(gap.text));
    }
    // `Contact | Returns | Your orders`: a row of things that stand for themselves.
    let may_end = gap.has(STOP | BEYOND_ASCII);
    if gap.text == " | " || may_end && ends_sentence(text, units, next, gap.text) {
        return Joint::Sentence(ending(gap.text));
    }
    if breaks == 1 || gap.ends_clause() { Joint::Clause } else { Joint::None }
}

/// Number of line ends; `\r\n` is one.
fn line_breaks(gap: &str) -> usize {
    let count = |line_end: u8| gap.bytes().filter(|byte| *byte == line_end).count();
    match count(b'\n') {
        0 => count(b'\r'),
        newlines => newlines,
    }
}

fn ending(gap: &str) -> Ending {
    let marks = gap.trim_end();
    let first_line = marks.lines().next().unwrap_or("").trim_end();
    match first_line.chars().find(|c| matches!(c, '?' | '!' | '？' | '！' | '.' | '。' | ':')) {
        Some('?' | '？') => Ending::Question,
        Some('!' | '！') => Ending::Exclamation,
        Some(':') if line_breaks(gap) > 0 => Ending::Heading,
        _ => Ending::Plain,
    }
}

/// Bytes of the punctuation right after the last unit that belong to the sentence.
fn closing_mark(gap: &str) -> usize {
    let is_mark =
        |c: char| matches!(c, '.' | '!' | '?' | '…' | '。' | '！' | '？' | ':' | ')' | '"' | '”' | '\'');
    let length = gap.find(|c| !is_mark(c)).unwrap_or(gap.len());
    // An opening quote or bracket after a blank belongs to what follows.
    length
}

/// Whether a line end between two units is one that the writer meant.
fn ends_line(
    text: &str,
    units: &[Unit],
    next: usize,
    line_start: usize,
    gap: &str,
    goes_on: GoesOn<'_>,
) -> bool {
    let first_of_line = units[..next].partition_point(|unit| unit.range.start < line_start);
    let line_units = next - first_of_line;
    let line = text[line_start.min(units[next - 1].range.end)..units[next - 1].range.end].trim_start().len();
    let (end, start) = gap.split_at(gap.find(['\n', '\r']).unwrap_or(gap.len()));
    let end = end.trim_end();
    if end.ends_with(':') || has_bullet(start) {
        return true;
    }
    if end.ends_with(',') {
        return line_units <= GREETING_UNITS && line < WRAP_WIDTH;
    }
    let is_whole = !(WRAP_WIDTH..=LONGEST_WRAPPED).contains(&line);
    let is_finished = is_whole && !is_unfinished(text, &units[next - 1], goes_on);
    let is_listed = || line < LISTED_WIDTH && is_label(text, &units[first_of_line..next]);
    if is_finished && (is_label(text, &units[next..]) || is_listed()) {
        return true;
    }
    let unit = &units[next];
    match unit.kind {
        UnitKind::Number => {
            is_list_number(text, unit) || line < WRAP_WIDTH && !is_open(text, &units[next - 1])
        }
        UnitKind::Sign => !is_phone_plus(text, unit) || is_finished,
        // Nothing begins with a code or with the unit of a number.
        UnitKind::Code => false,
        UnitKind::Word if units[next - 1].kind == UnitKind::Number && is_short_name(text, unit) => false,
        UnitKind::Placeholder(_) => line < WRAP_WIDTH,
        _ => {
            let is_capital = text[unit.range.clone()].chars().next().is_some_and(char::is_uppercase);
            let word = &text[unit.range.clone()];
            let is_i = word == "I" || word.starts_with("I'") || word.starts_with("I’");
            is_finished && is_capital && !is_i
        }
    }
}

/// Whether some units begin with a word or two and a colon, as lines do that list something: `New date: 12 May`.
fn is_label(text: &str, units: &[Unit]) -> bool {
    const LONGEST: usize = 3;
    let behind = |pair: &[Unit]| &text[pair[0].range.end..pair[1].range.start];
    let mut pairs = units.windows(2).take(LONGEST);
    let is_word = |pair: &&[Unit]| pair[0].kind == UnitKind::Word;
    let colon = pairs.by_ref().take_while(is_word).find(|pair| behind(pair) != " ");
    colon.is_some_and(|pair| behind(pair) == ": ")
}

/// The `+` before the digits of a phone number.
fn is_phone_plus(text: &str, unit: &Unit) -> bool {
    let digits = text[unit.range.start..].strip_prefix('+');
    digits.is_some_and(|digits| digits.starts_with(|c: char| c.is_ascii_digit()))
}

/// `EUR`, `USD`, `KG`.
fn is_short_name(text: &str, unit: &Unit) -> bool {
    let word = &text[unit.range.clone()];
    (2..=3).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// Whether no statement ends with a unit: `by`, `our`, `the`.
fn is_unfinished(text: &str, unit: &Unit, goes_on: GoesOn<'_>) -> bool {
    let word = &text[unit.range.clone()];
    unit.kind == UnitKind::Word && word.bytes().all(|byte| byte.is_ascii_lowercase()) && goes_on(word)
}

/// Whether a word asks for another one: `a`, `the`, `get`. A number behind it goes on with the sentence.
fn is_open(text: &str, unit: &Unit) -> bool {
    const LONGEST: usize = 4;
    let word = &text[unit.range.clone()];
    unit.kind == UnitKind::Word && word.len() <= LONGEST && word.chars().all(char::is_lowercase)
}

/// Whether a line begins with the sign of a list item.
fn has_bullet(line_start: &str) -> bool {
    line_start.trim_start().starts_with(['-', '*', '•', '·', '–', '—', '▪', '●', '◦', '‣', '>', '~', '→'])
}

/// `1.` or `2)` at the beginning of a line.
fn is_list_number(text: &str, unit: &Unit) -> bool {
    text[unit.range.end..].starts_with(['.', ')', ':'])
}

/// Whether a full stop or the like between two units ends a sentence.
fn ends_sentence(text: &str, units: &[Unit], next: usize, gap: &str) -> bool {
    let Some(at) = gap.find(['.', '!', '?', '…', '。', '！', '？']) else { return false };
    let mark = &gap[at..];
    let (before, after) = (&units[next - 1], &units[next]);
    if !mark.starts_with('.') {
        // `rev!ew` is one word.
        let is_lower = |unit: &Unit| text[unit.range.clone()].bytes().all(|byte| byte.is_ascii_lowercase());
        return gap != "!" || !is_lower(before) || !is_lower(after);
    }
    let is_spaced = mark.len() > 1;
    let word = &text[before.range.clone()];
    if !is_spaced {
        // `arrived.Please` is two sentences; `example.com` and `2.5` are one word each.
        let is_capital = || text[after.range.clone()].chars().next().is_some_and(char::is_uppercase);
        let is_word =
            || before.kind == UnitKind::Word && word.chars().next_back().is_some_and(char::is_lowercase);
        return after.range.len() > 1 && is_capital() && is_word();
    }
    let is_initial = before.kind == UnitKind::Word
        && word.chars().count() == 1
        && !matches!(word, "I" | "i" | "u" | "U" | "a");
    let is_item = before.kind == UnitKind::Number && before.begins_clause && is_list_number(text, before);
    let is_of_number = after.kind == UnitKind::Number && is_before_numbers(word);
    !is_initial && !is_item && !is_of_number && !is_abbreviation(word)
}

/// `Rs. 300`, `Tel. 0161`: short for something only where a number comes next.
fn is_before_numbers(word: &str) -> bool {
    const SHORT: &[&str] = &["rs", "tel", "ph", "max", "min", "ext", "fig", "vol", "nos", "qty", "mob"];
    SHORT.iter().any(|known| known.eq_ignore_ascii_case(word))
}

fn is_abbreviation(word: &str) -> bool {
    const ABBREVIATIONS: &[&str] = &[
        "mr", "mrs", "ms", "dr", "prof", "st", "no", "nr", "vs", "approx", "ca", "incl", "excl", "e.g",
        "i.e", "resp", "bzw", "art",
    ];
    word.len() <= 6 && ABBREVIATIONS.iter().any(|known| known.eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use crate::document::{Block, Scope};
    use crate::finding::FieldName;
    use crate::text::MappedText;
    use crate::view::View;

    /// Draws the sentences of a text, each in its own bracket; `¶` begins a paragraph.
    fn drawn(text: &str) -> String {
        let block = Block {
            field: FieldName::Body,
            scope: Scope::Text,
            page: 0,
            is_repeat: false,
            text: MappedText::verbatim(text, 0),
            quoted: Vec::new(),
            placeholders: Vec::new(),
            line_ends: text.match_indices('|').map(|(at, _)| at + 1).collect(),
        };
        let view = View::new(&block, &|word| ["by", "is"].contains(&word));
        let mut paragraph = 0;
        let mut out = String::new();
        for sentence in &view.sentences {
            if sentence.paragraph != paragraph {
                out.push('¶');
                paragraph = sentence.paragraph;
            }
            out.push_str(&format!("[{}]", text[sentence.range.clone()].replace('\n', "/")));
        }
        out
    }

    #[test]
    fn sentences_end_where_a_reader_would_end_them() {
        for (text, sentences) in [
            ("Hello Anna, it arrived. Is it ok? Great!", "[Hello Anna, it arrived.][Is it ok?][Great!]"),
            ("It arrived.Please check", "[It arrived.][Please check]"),
            ("Visit example.com today", "[Visit example.com today]"),
            ("Mr. Smith paid 2.5 EUR, e.g. by card.", "[Mr. Smith paid 2.5 EUR, e.g. by card.]"),
            ("You get Rs. 300 by UPI. Tel. 0161 here.", "[You get Rs. 300 by UPI.][Tel. 0161 here.]"),
            ("It is the max. Two fit.", "[It is the max.][Two fit.]"),
            ("Wait... what?", "[Wait...][what?]"),
            ("", ""),
        ] {
            assert_eq!(drawn(text), sentences);
        }
    }

    #[test]
    fn a_wrapped_line_goes_on_and_an_ended_line_does_not() {
        for (text, sentences) in [
            ("please remove or edit\nyour feedback for us", "[please remove or edit/your feedback for us]"),
            ("Dear Anna,\nyour parcel is late", "[Dear Anna][your parcel is late]"),
            ("Kind regards\nThe Norvik team", "[Kind regards][The Norvik team]"),
            ("You can choose:\n- a refund\n- a new one", "[You can choose:][a refund][a new one]"),
            ("1. Open the lid\n2. Press start", "[1. Open the lid][2. Press start]"),
            ("One thing\n\nAnother thing", "[One thing]¶[Another thing]"),
            ("One\r\n\r\nTwo", "[One]¶[Two]"),
            (
                "new date: 12 May\ncarrier: DHL\nplease wait\nsize: 5",
                "[new date: 12 May][carrier: DHL][please wait][size: 5]",
            ),
            ("we send it for free: you\nwait", "[we send it for free: you/wait]"),
            ("Please pay the rest by\nPayPal.", "[Please pay the rest by/PayPal.]"),
            ("a 10\nEUR voucher and the code\nLUMO15 too", "[a 10/EUR voucher and the code/LUMO15 too]"),
            ("the maker's hotline is\n+1 202-555-0186", "[the maker's hotline is/+1 202-555-0186]"),
            ("It is late\nPlease wait", "[It is late][Please wait]"),
            ("leave it there\nIt comes\nif I can\nI'd wait", "[leave it there][It comes/if I can/I'd wait]"),
            ("Contact |  | Your orders | Returns", "[Contact |  | Your orders][Returns]"),
            ("what it is for |\nfor how long", "[what it is for][for how long]"),
        ] {
            assert_eq!(drawn(text), sentences);
        }
    }
}
