//! What disguised addresses have in common: a dot or an at sign that is spelled, bracketed or spaced, and words whose
//! letters stand apart.
//!
//! Nothing is decided here. A [`Sign`] says that something at a place may stand for `.` or `@`; whether it does depends on
//! what is written around it, which the readers of links and e-mail addresses judge.

use std::ops::Range;

use crate::detect::domain::{Host, is_host_char};
use crate::detect::neighbours::{floor, is_blank};
use crate::text::MappedText;
use crate::text::seek;

/// Something that may stand for a dot or an at sign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sign {
    /// Where, with the blanks around it.
    pub range: Range<usize>,
    /// What it may stand for.
    pub stands_for: char,
    /// How it is written.
    pub form: SignForm,
}

/// How a sign is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignForm {
    /// `[dot]`, `(at)`.
    Bracketed,
    /// ` dot `, ` at `, `_dot_`.
    Word,
    /// ` . `, ` @ `, and the plain `@`, which is a sign only because no plain address was read from it.
    Spaced,
    /// Another mark that looks like it: `•`, `。`.
    Mark,
    /// A comma, a blank, or a dot with a blank behind it: counts only where the rest leaves no doubt.
    Slip,
}

/// A host that was read over signs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpelledHost {
    /// Where it ends.
    pub end: usize,
    /// What it says.
    pub host: Host,
    /// How its dots are written that are no dots.
    pub forms: Vec<SignForm>,
}

/// A stretch of letters that stand apart, put together.
pub type Joined = MappedText<'static>;

const AT_WORDS: [&str; 9] =
    ["at", "ät", "arroba", "arobase", "arobas", "chiocciola", "klammeraffe", "apenstaartje", "małpa"];
const DOT_WORDS: [&str; 8] = ["dot", "d0t", "punkt", "point", "punto", "ponto", "kropka", "nokta"];
const LONGEST_WORD: usize = 12;
const LONGEST_HOST: usize = 253;
/// Parts of a host that are read: more than anyone spells.
const MOST_CHUNKS: usize = 6;

/// Suffixes that are written after a slip; hardly any other word begins so.
const SLIP_SUFFIXES: [&str; 5] = ["com", "net", "org", "co.uk", "de"];

/// Everything in a text that may stand for a dot or an at sign and is not simply one, in order.
pub fn signs(text: &str) -> Vec<Sign> {
    let bytes = text.as_bytes();
    let mut signs: Vec<Sign> = Vec::new();
    for at in beginnings(bytes) {
        let is_free = signs.last().is_none_or(|last| last.range.end <= at);
        let sign = if is_free { sign_at(text, at) } else { None };
        signs.extend(sign);
    }
    signs
}

/// The bytes that a sign can begin with: marks, and blanks before a word that may stand for one.
fn beginnings(bytes: &[u8]) -> impl Iterator<Item = usize> {
    let is_blank = |byte: u8| (byte == b' ') | (byte == b'\t');
    let may_be = move |one: u8, next: u8| {
        let is_mark = (one == b'@') | (one == b'_') | (one == b'.') | (one == b',');
        let is_bracket = (one == b'(') | (one == b'[') | (one == b'{') | (one == b'<');
        let is_beyond = (one == 0xC2) | (one == 0xE2) | (one == 0xE3);
        // Behind `www` anything may follow a blank.
        let is_blank_before_sign =
            is_blank(one) & may_begin_sign(next) | (one | 0x20 == b'w') & is_blank(next);
        is_mark | is_bracket | is_beyond | is_blank_before_sign
    };
    let of_pair = |at: usize| if bytes[at] | 0x20 == b'w' { at + 1 } else { at };
    seek::pairs(bytes, may_be).map(of_pair).filter(move |at| !is_blank(bytes[*at]) || may_follow(bytes, *at))
}

/// Whether a byte behind a blank may begin a sign or the word for one; of words see [`SIGN_WORDS`].
fn may_begin_sign(byte: u8) -> bool {
    let letter = byte | 0x20;
    let is_plain = (letter.wrapping_sub(b'a') < 26) | (byte.wrapping_sub(b'0') < 10);
    let is_first = (letter == b'a') | (letter == b'c') | (letter == b'd') | (letter == b'k');
    !is_plain | is_first | (letter.wrapping_sub(b'm') < 4)
}

/// The bytes that stand behind a blank where a sign begins with it, whatever follows.
static AFTER_BLANK: [bool; 256] = {
    let mut table = table(b"@([{<., \t");
    let mut byte = 0x80;
    while byte < 256 {
        table[byte] = true;
        byte += 1;
    }
    table
};

/// By first letter and the last five bits of the second character a bit for each third character, as its last five bits:
/// of the words that stand for a sign, and of the suffixes that are written after a slip. A word of two letters has the bit
/// of [`SHORT_WORD`].
static SIGN_WORDS: [[u32; 32]; 26] = {
    let mut table = [[0; 32]; 26];
    let mut at = 0;
    while at < AT_WORDS.len() + DOT_WORDS.len() + SLIP_SUFFIXES.len() {
        let word = match at.checked_sub(AT_WORDS.len()) {
            None => AT_WORDS[at],
            Some(at) if at < DOT_WORDS.len() => DOT_WORDS[at],
            Some(at) => SLIP_SUFFIXES[at - DOT_WORDS.len()],
        };
        let bytes = word.as_bytes();
        if bytes[0].is_ascii() {
            let is_short = bytes.len() == 2 || bytes[2] == b'.';
            let thirds = if is_short { SHORT_WORD } else { 1 << (bytes[2] & 31) };
            table[(bytes[0] - b'a') as usize][(bytes[1] & 31) as usize] |= thirds;
        }
        at += 1;
    }
    table
};

/// The bit for what is no letter or digit in the place of a third character.
const SHORT_WORD: u32 = 1;

const fn table(bytes: &[u8]) -> [bool; 256] {
    let mut table = [false; 256];
    let mut at = 0;
    while at < bytes.len() {
        table[bytes[at] as usize] = true;
        at += 1;
    }
    table
}

/// Reads a host from byte `start` on, over the signs for dots; `signs` are those from there on.
pub fn read_host(text: &str, start: usize, signs: &[Sign]) -> Option<SpelledHost> {
    let mut signs = signs.iter().skip_while(|sign| sign.range.start < start).peekable();
    let first = chunk_after(text, start, signs.peek().map_or(text.len(), |sign| sign.range.start));
    if !signs.peek().is_some_and(|sign| is_connected(&first, sign)) {
        let host = Host::registrable(&text[first.clone()])?;
        return Some(SpelledHost { end: first.end, host, forms: Vec::new() });
    }
    let mut name = String::new();
    let mut forms = Vec::new();
    let mut ends: Vec<(usize, usize)> = Vec::new();
    let mut at = start;
    while ends.len() < MOST_CHUNKS {
        let sign = signs.next();
        let chunk = chunk_after(text, at, sign.map_or(text.len(), |sign| sign.range.start));
        name.push_str(&text[chunk.clone()]);
        ends.push((chunk.end, name.len()));
        let Some(sign) = sign.filter(|sign| is_connected(&chunk, sign)) else { break };
        name.push('.');
        forms.push(sign.form);
        at = sign.range.end;
    }
    let (dots, end, host) = ends.iter().enumerate().rev().find_map(|(dots, (end, length))| {
        let host = Host::registrable(&name[..*length])?;
        Some((dots, *end, host))
    })?;
    forms.truncate(dots);
    Some(SpelledHost { end, host, forms })
}

/// How many signs from the first on are dots with nothing but one part of a host between each two.
pub fn connected_dots(text: &str, signs: &[Sign]) -> usize {
    let is_next =
        |pair: &&[Sign]| is_connected(&chunk_after(text, pair[0].range.end, pair[1].range.start), &pair[1]);
    1 + signs.windows(2).take_while(is_next).count()
}

/// Whether a sign is a dot right behind a part of a host.
fn is_connected(chunk: &Range<usize>, sign: &Sign) -> bool {
    !chunk.is_empty() && sign.stands_for == '.' && sign.range.start == chunk.end
}

/// The part of a host that ends at byte `end`.
pub fn chunk_before(text: &str, end: usize, limit: usize) -> Range<usize> {
    let limit = limit.max(floor(text, end.saturating_sub(LONGEST_HOST)));
    let before = &text[limit..end];
    let start = before.char_indices().rev().take_while(|(_, c)| is_host_char(*c)).last();
    let chunk = &before[start.map_or(before.len(), |(at, _)| at)..];
    end - chunk.trim_start_matches(['.', '-', '_']).len()..end
}

fn chunk_after(text: &str, start: usize, limit: usize) -> Range<usize> {
    let limit = limit.max(start).min(floor(text, start + LONGEST_HOST));
    let after = &text[start..limit];
    let chunk = &after[..after.find(|c| !is_host_char(c)).unwrap_or(after.len())];
    start..start + chunk.trim_end_matches(['.', '-', '_']).len()
}

/// The sign that begins at byte `at`, which may be inside a character.
fn sign_at(text: &str, at: usize) -> Option<Sign> {
    let byte = text.as_bytes()[at];
    match byte {
        b'@' => spaced(text, at, '@'),
        b'(' | b'[' | b'{' | b'<' => bracketed(text, at),
        b'.' => slip(text, at),
        b',' => slip(text, at),
        b'_' => worded(text, at, 1, |c| c == '_'),
        b' ' | b'\t' => after_blank(text, at),
        0xC2 | 0xE2 | 0xE3 => mark(text, at),
        _ => None,
    }
}

fn after_blank(text: &str, at: usize) -> Option<Sign> {
    let word = at + run_length(text, at, b" \t");
    if word - at > 2 {
        return None;
    }
    let range_from = |sign: Sign| Sign { range: at..sign.range.end, ..sign };
    match text.as_bytes().get(word)? {
        b'@' => spaced(text, word, '@').map(range_from),
        b'(' | b'[' | b'{' | b'<' => bracketed(text, word).map(range_from),
        b'.' => spaced(text, word, '.').map(range_from),
        _ => worded(text, at, word - at, is_blank).or_else(|| slip(text, at)),
    }
}

/// Whether what stands behind a blank may be a sign, or a part of a host that `www` stands before.
fn may_follow(bytes: &[u8], at: usize) -> bool {
    let Some(next) = bytes.get(at + 1) else { return false };
    let is_www = at > 0 && bytes[at - 1] | 0x20 == b'w';
    AFTER_BLANK[usize::from(*next)] || is_www || may_be_word(bytes, at + 1)
}

/// A mark with blanks behind it, if any.
fn spaced(text: &str, at: usize, stands_for: char) -> Option<Sign> {
    let end = blanks_end(text, at + 1);
    text[end..].starts_with(|c: char| c.is_alphanumeric()).then_some(Sign {
        range: at..end,
        stands_for,
        form: SignForm::Spaced,
    })
}

/// `(at)`, `[.]`, with the blanks behind it.
fn bracketed(text: &str, at: usize) -> Option<Sign> {
    if !may_be_inside(text.as_bytes(), at + 1) {
        return None;
    }
    let inside = &text[at + 1..floor(text, at + 2 + LONGEST_WORD)];
    let closer = match text.as_bytes()[at] {
        b'(' => ')',
        b'[' => ']',
        b'{' => '}',
        _ => '>',
    };
    let length = inside.find(closer)?;
    let word: String = inside[..length].chars().filter(|c| !is_blank(*c)).collect::<String>().to_lowercase();
    let end = at + 1 + length + 1;
    let is_tight = !is_blank(text[..at].chars().next_back()?) && !text[end..].starts_with(is_blank);
    let stands_for = match word.as_str() {
        "." => '.',
        "@" => '@',
        "a" if is_tight => '@',
        word => meaning(word)?,
    };
    Some(Sign { range: at..blanks_end(text, end), stands_for, form: SignForm::Bracketed })
}

/// Whether what stands at a place may be a sign in brackets.
fn may_be_inside(bytes: &[u8], at: usize) -> bool {
    let Some(first) = bytes.get(at) else { return false };
    let is_single = bytes.get(at + 1).is_some_and(|next| !next.is_ascii_alphanumeric());
    matches!(first, b'.' | b'@') || !first.is_ascii_graphic() || is_single || may_be_word(bytes, at)
}

/// Whether a word begins as one for a sign does, or as a suffix.
fn may_be_word(bytes: &[u8], at: usize) -> bool {
    let letter = bytes.get(at).map_or(0, |first| (first | 0x20).wrapping_sub(b'a'));
    let Some(seconds) = SIGN_WORDS.get(usize::from(letter)) else { return false };
    let second = bytes.get(at + 1).map_or(0, |second| second & 31);
    let third = match bytes.get(at + 2) {
        Some(third) if third.is_ascii_alphanumeric() || !third.is_ascii() => 1 << (third & 31),
        _ => SHORT_WORD,
    };
    seconds[usize::from(second)] & third != 0
}

/// A word for a sign between blanks, or between underscores. `gap` is the length of what stands before it.
fn worded(text: &str, at: usize, gap: usize, is_gap: impl Fn(char) -> bool + Copy) -> Option<Sign> {
    let rest = &text[at + gap..floor(text, at + gap + LONGEST_WORD + 4)];
    let length = rest.find(|c: char| !c.is_alphanumeric())?;
    let behind = rest[length..].len() - rest[length..].trim_start_matches(is_gap).len();
    let stands_for = meaning_of_written(&rest[..length])?;
    let range = at..at + gap + length + behind;
    (1..=2).contains(&behind).then_some(Sign { range, stands_for, form: SignForm::Word })
}

/// `,com`, ` com`, `. com` after a name; anything between `www` and a name.
fn slip(text: &str, at: usize) -> Option<Sign> {
    let gap = run_length(text, at, b" ,.");
    let is_dot = gap == 1 && text.as_bytes()[at] == b'.';
    let is_www = at >= 3 && text.as_bytes()[at - 3..at].eq_ignore_ascii_case(b"www");
    let may_be = is_www || text.as_bytes().get(at + gap).is_some_and(|byte| b"cnod".contains(byte));
    if gap > 2 || is_dot || !may_be || !text[..at].ends_with(char::is_alphanumeric) {
        return None;
    }
    let behind = &text[at + gap..];
    let is_suffix = SLIP_SUFFIXES.iter().any(|suffix| {
        behind.starts_with(suffix) && !behind[suffix.len()..].starts_with(|c: char| c.is_alphanumeric())
    });
    let is_slip = is_suffix || (is_www && behind.starts_with(char::is_alphanumeric));
    is_slip.then_some(Sign { range: at..at + gap, stands_for: '.', form: SignForm::Slip })
}

/// A mark between letters that looks like a dot.
fn mark(text: &str, at: usize) -> Option<Sign> {
    if !text.is_char_boundary(at) || !text[..at].ends_with(is_host_char) {
        return None;
    }
    let c = text[at..].chars().next().filter(|c| matches!(c, '·' | '•' | '∙' | '⋅' | '。' | '・'))?;
    let end = at + c.len_utf8();
    text[end..].starts_with(|c: char| c.is_ascii_alphanumeric()).then_some(Sign {
        range: at..end,
        stands_for: '.',
        form: SignForm::Mark,
    })
}

fn blanks_end(text: &str, at: usize) -> usize {
    let blanks = run_length(text, at, b" \t");
    if blanks <= 2 { at + blanks } else { at }
}

/// How many of these bytes stand from byte `at` on; counts to three.
fn run_length(text: &str, at: usize, bytes: &[u8]) -> usize {
    text.as_bytes()[at..].iter().take(3).take_while(|byte| bytes.contains(byte)).count()
}

fn meaning_of_written(word: &str) -> Option<char> {
    if word.len() > LONGEST_WORD {
        return None;
    }
    if word.bytes().all(|byte| byte.is_ascii_lowercase()) {
        meaning(word)
    } else {
        meaning(&word.to_lowercase())
    }
}

fn meaning(word: &str) -> Option<char> {
    if AT_WORDS.contains(&word) {
        return Some('@');
    }
    DOT_WORDS.contains(&word).then_some('.')
}

/// Stretches of at least five single letters with the same gap between them, put together: `n a m e @ h o s t`.
///
/// Where one ends with a sign, the word behind it belongs to it.
pub fn joined(text: &str) -> Vec<Joined> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = next_single(bytes, at).filter(|start| start + 8 < bytes.len()) {
        at = start;
        let end = apart_end(text, at);
        let least = if bytes[end - 1] == b'@' { 5 } else { 9 };
        if (least..=2 * LONGEST_HOST).contains(&(end - at)) {
            found.push(join(text, at..end));
        }
        at = end.max(at + 1);
    }
    found
}

/// The next letter or digit that stands alone, with a gap behind it.
fn next_single(bytes: &[u8], from: usize) -> Option<usize> {
    let is_gap =
        |byte: u8| (byte == b' ') | (byte == b'-') | (byte == b'_') | (byte == b'*') | (byte == b'.');
    let is_letter = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_alphanumeric);
    if from == 0 && is_letter(0) && bytes.get(1).is_some_and(|byte| is_gap(*byte)) {
        return Some(0);
    }
    let mut before = from.saturating_sub(1);
    loop {
        before = seek::first_pair(bytes, before, 2, |before, behind| {
            is_gap(behind) & !before.is_ascii_alphanumeric()
        })?;
        if is_letter(before + 1) {
            return Some(before + 1);
        }
        before += 1;
    }
}

/// Where single characters with the same gap between them end.
fn apart_end(text: &str, start: usize) -> usize {
    let bytes = text.as_bytes();
    let gap = bytes[start + 1];
    let mut end = start + 1;
    while end + 1 < bytes.len()
        && bytes[end] == gap
        && bytes[end + 1].is_ascii_graphic()
        && bytes[end + 1] != gap
    {
        let next = bytes.get(end + 2).copied().unwrap_or(gap);
        let is_single =
            next == gap || next.is_ascii_whitespace() || (gap != b' ' && !next.is_ascii_alphanumeric());
        if !is_single {
            break;
        }
        end += 2;
    }
    end
}

fn join(text: &str, range: Range<usize>) -> Joined {
    let mut out = MappedText::new();
    for at in range.clone().step_by(2) {
        out.push_verbatim(&text[at..at + 1], at);
    }
    let behind = &text[range.end..];
    if out.text().ends_with(['@', '.', ':', '/']) && behind.starts_with(' ') {
        let word = &behind[1..floor(behind, LONGEST_HOST)];
        let length = word.find(char::is_whitespace).unwrap_or(word.len());
        out.push_verbatim(&word[..length], range.end + 1);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each sign as what it stands for, between `|` in the text.
    fn pictured(text: &str) -> String {
        let mut out = String::new();
        let mut at = 0;
        for sign in signs(text) {
            out += &format!("{}|{}|", &text[at..sign.range.start], sign.stands_for);
            at = sign.range.end;
        }
        out + &text[at..]
    }

    #[test]
    fn no_word_for_a_sign_is_passed_over() {
        for word in AT_WORDS.iter().chain(&DOT_WORDS).chain(&SLIP_SUFFIXES) {
            let byte = word.as_bytes()[0];
            assert!(may_begin_sign(byte) && may_begin_sign(byte.to_ascii_uppercase()), "{word}");
        }
    }

    #[test]
    fn signs_are_seen_with_the_blanks_around_them() {
        for (text, picture) in [
            ("mia (at) host [dot] com", "mia|@|host|.|com"),
            ("mia(a)host(.)com", "mia|@|host|.|com"),
            ("mia at host dot com", "mia|@|host|.|com"),
            ("mia_AT_host_DOT_com", "mia|@|host|.|com"),
            ("mia arroba host punto com", "mia|@|host|.|com"),
            ("mia @ host . com", "mia|@|host|.|com"),
            ("host .com", "host|.|com"),
            ("host,com host com", "host|.|com host|.|com"),
            ("www host com", "www|.|host|.|com"),
            ("host•com host。com", "host|.|com host|.|com"),
            ("host.com, mia", "host.com, mia"),
            ("option (a) or (b)", "option (a) or (b)"),
            ("the communication", "the communication"),
            ("5 @ $3", "5 @ $3"),
            ("dotted at", "dotted at"),
        ] {
            assert_eq!(pictured(text), picture);
        }
    }

    #[test]
    fn letters_that_stand_apart_are_put_together() {
        for (text, together) in [
            ("h o s t . c o m", vec!["host.com"]),
            ("see h-o-s-t-.-c-o-m now", vec!["host.com"]),
            ("m i a k @ host.com now", vec!["miak@host.com"]),
            ("m i a @ h", vec!["mia@h"]),
            ("I am at a b c", vec![]),
            ("a 1 b 2", vec![]),
        ] {
            let found: Vec<String> = joined(text).iter().map(|text| text.text().to_owned()).collect();
            assert_eq!(found, together, "{text}");
        }
    }

    #[test]
    fn a_host_is_read_over_signs() {
        for (text, name) in [
            ("host dot com", Some("host.com")),
            ("host dot co dot uk now", Some("host.co.uk")),
            ("host.com. Now", Some("host.com")),
            ("host dot please", None),
            ("host dot nowhere", None),
        ] {
            let host = read_host(text, 0, &signs(text)).map(|spelled| spelled.host.name().to_owned());
            assert_eq!(host.as_deref(), name, "{text}");
        }
    }
}
