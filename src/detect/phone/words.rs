//! The words that speak for or against a phone number, and the words for digits (`rules/detectors/phone.toml`).

use std::ops::Range;

use super::signs::boundary;

include!(concat!(env!("OUT_DIR"), "/phone-words.rs"));

/// What a word says of a number near it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cue {
    Phone,
    Number,
    Other,
    Carrier,
    Desk,
    Owner,
    Filler,
    Unit,
}

/// What the words around a number say of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Around {
    /// A cue for phones before it, with only small words between.
    Called,
    /// A cue for phones before it in the sentence, or after it.
    Mentioned,
    /// A cue for another kind of number before it, with only small words between.
    Named,
    /// A cue for another kind of number before it, some words away.
    Surrounded,
    Nothing,
}

/// How far a cue works: words, and bytes to look at.
const REACH: usize = 7;
const REACH_OF_OTHER: usize = 4;
const REACH_IN_BYTES: usize = 120;

/// Looks at the words before, and if they say nothing at those behind.
pub(super) fn around(text: &str, range: &Range<usize>) -> Around {
    let before = before(text, range.start);
    let is_phone_behind = || {
        let mut words = words_behind(text, range.end).map(cue);
        words.find(|cue| matches!(cue, Some(Cue::Phone | Cue::Other))) == Some(Some(Cue::Phone))
    };
    if before == Around::Nothing && is_phone_behind() { Around::Mentioned } else { before }
}

/// Whether the number is an amount of something: `415 pcs`.
pub(super) fn is_amount(text: &str, end: usize) -> bool {
    words_behind(text, end).next().and_then(cue) == Some(Cue::Unit)
}

/// Whether the word that ends right here is a cue for phones, as in `phone=`, `number-` and `wa.me/`.
pub(super) fn is_phone_word(text: &str) -> bool {
    let mut rest = text;
    while let Some((start, word)) =
        last_word(rest).filter(|(start, word)| start + word.len() + 1 >= rest.len())
    {
        match cue(word) {
            Some(Cue::Filler) => rest = &rest[..start],
            cue => return matches!(cue, Some(Cue::Phone | Cue::Number)),
        }
    }
    false
}

fn before(text: &str, end: usize) -> Around {
    let start = boundary(text, end.saturating_sub(REACH_IN_BYTES));
    let mut rest = &text[start..end];
    let (mut is_adjacent, mut is_closed, mut numbered, mut distance) = (true, false, Around::Nothing, 0);
    while distance < REACH {
        let Some((word_start, word)) = last_word(rest) else { break };
        let gap = &rest[word_start + word.len()..];
        let is_number = word.bytes().all(|byte| byte.is_ascii_digit());
        if distance == 0 && is_label(&rest[..word_start], word) {
            return Around::Called;
        }
        let cue = cue(word);
        if ends_sentence(gap)
            && !(cue.is_some() && word.chars().count() <= 4 && !gap.contains(['!', '?', '\n']))
        {
            break;
        }
        if gap.contains('#') && numbered == Around::Nothing {
            numbered = Around::Named;
        }
        // A line that ends in a number has its number: `Order ID: 111-…` above a signature.
        is_closed |= is_number && gap.contains('\n') || cue == Some(Cue::Desk);
        match cue {
            Some(Cue::Phone) => return if is_adjacent { Around::Called } else { Around::Mentioned },
            Some(Cue::Other) if is_adjacent && !is_closed => return Around::Named,
            Some(Cue::Other) if !is_adjacent && is_verb(&rest[..word_start]) => {}
            Some(Cue::Other | Cue::Carrier) if distance < REACH_OF_OTHER && !is_closed => {
                return Around::Surrounded;
            }
            Some(Cue::Number) if is_owned(&rest[..word_start]) => return Around::Mentioned,
            Some(Cue::Number | Cue::Owner) if is_adjacent => numbered = Around::Called,
            Some(Cue::Filler | Cue::Number | Cue::Desk | Cue::Owner) => {}
            Some(Cue::Other | Cue::Carrier | Cue::Unit) | None => is_adjacent &= is_number,
        }
        distance += usize::from(cue != Some(Cue::Filler));
        rest = &rest[..word_start];
    }
    if distance == 0 && rest.trim_end().ends_with('#') { Around::Named } else { numbered }
}

/// `T 01632 960 417`, `Norvik Ltd | F: …`: one letter that begins a line or stands behind a bar.
fn is_label(before: &str, word: &str) -> bool {
    let is_letter = matches!(word, "T" | "t" | "M" | "m" | "F" | "f" | "P" | "p");
    let before = before.trim_end_matches(' ');
    is_letter && (before.is_empty() || before.ends_with(['\n', '|', '·', '•', ',', ';', '/']))
}

/// `to claim it`: what somebody does is nothing that is numbered.
fn is_verb(before: &str) -> bool {
    last_word(before).is_some_and(|(_, word)| word.eq_ignore_ascii_case("to"))
}

/// `our number`, `my private number`: a number that somebody has is no number of a thing.
fn is_owned(before: &str) -> bool {
    let Some((start, word)) = last_word(before) else { return false };
    let is_ours = |word: &str| word.eq_ignore_ascii_case("my") || word.eq_ignore_ascii_case("our");
    is_ours(word)
        || (cue(word) == Some(Cue::Owner)
            && last_word(&before[..start]).is_some_and(|(_, word)| is_ours(word)))
}

fn last_word(text: &str) -> Option<(usize, &str)> {
    let text = text.trim_end_matches(|c| !is_in_word(c));
    let start =
        text.len() - text.chars().rev().take_while(|c| is_in_word(*c)).map(char::len_utf8).sum::<usize>();
    (start < text.len()).then(|| (start, &text[start..]))
}

/// Up to three words of the same sentence.
fn words_behind(text: &str, start: usize) -> impl Iterator<Item = &str> {
    let end = boundary(text, start + REACH_IN_BYTES);
    let mut rest = &text[start..end];
    std::iter::from_fn(move || {
        let at = rest.find(is_in_word)?;
        let (gap, word) = rest.split_at(at);
        let end = word.find(|c| !is_in_word(c)).unwrap_or(word.len());
        rest = &word[end..];
        (!ends_sentence(gap) && !gap.contains('\n')).then(|| &word[..end])
    })
    .take(3)
}

fn is_in_word(c: char) -> bool {
    c.is_alphanumeric() || c == '\''
}

/// Whether what stands between two words ends a sentence. A line end alone does not: labels stand on their own line.
fn ends_sentence(gap: &str) -> bool {
    let mut chars = gap.chars().peekable();
    while let Some(c) = chars.next() {
        let is_followed = |wanted: fn(char) -> bool| chars.clone().next().is_some_and(wanted);
        if matches!(c, '!' | '?' | ';')
            || (c == '.' && is_followed(char::is_whitespace))
            || (c == '\n' && is_followed(|c| c == '\n'))
        {
            return true;
        }
    }
    false
}

/// What a word says: itself, or the longest stem of it that is listed.
fn cue(word: &str) -> Option<Cue> {
    const LONGEST: usize = 48;
    if word.len() > LONGEST || word.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    if !word.is_ascii() {
        return folded_cue(&word.to_lowercase());
    }
    let mut folded = [0; LONGEST];
    folded_cue(lowered(word, &mut folded)?)
}

fn folded_cue(word: &str) -> Option<Cue> {
    let stems = &STEMS[STEMS.partition_point(|(stem, _)| stem.as_bytes()[0] < word.as_bytes()[0])..];
    find(CUES, word).or_else(|| {
        let stems = stems.iter().take_while(|(stem, _)| stem.as_bytes()[0] == word.as_bytes()[0]);
        stems.filter(|(stem, _)| word.starts_with(stem)).last().map(|(_, cue)| *cue)
    })
}

/// What a word stands for where digits are spelled: see `rules/detectors/phone.toml`.
pub(super) fn spelled(word: &str) -> Option<&'static str> {
    const LONGEST: usize = 12;
    if !may_be_spelled(word) || word.len() > LONGEST {
        return None;
    }
    if !word.is_ascii() {
        return find(SPELLED, &word.to_lowercase());
    }
    let mut folded = [0; LONGEST];
    find(SPELLED, lowered(word, &mut folded)?)
}

/// Whether a word has the first letters and the length of a listed one: most words have not.
pub(super) fn may_be_spelled(word: &str) -> bool {
    if !word.is_ascii() {
        return true;
    }
    word.len() < 16 && lengths_of(word.as_bytes()) & 1 << word.len() != 0
}

/// A bit for each length of the listed words that begin with the same letters.
#[inline]
pub(super) fn lengths_of(word: &[u8]) -> u32 {
    SPELLED_LENGTHS[place(word, 0)][place(word, 1)]
}

/// Whether some listed word begins with the same three letters. A shorter one may.
#[inline]
pub(super) fn begins_like_spelled(word: &[u8]) -> bool {
    SPELLED_THIRDS[place(word, 0)][place(word, 1)] & 1 << place(word, 2) != 0
}

/// The number of a letter of some bytes; behind the letters stands what is none.
#[inline]
fn place(bytes: &[u8], at: usize) -> usize {
    let letter = bytes.get(at).map_or(0, |byte| byte | 0x20).wrapping_sub(b'a');
    usize::from(letter.min(26))
}

fn lowered<'a>(word: &str, room: &'a mut [u8]) -> Option<&'a str> {
    let room = room.get_mut(..word.len())?;
    room.copy_from_slice(word.as_bytes());
    room.make_ascii_lowercase();
    std::str::from_utf8(room).ok()
}

fn find<T: Copy>(list: &[(&str, T)], word: &str) -> Option<T> {
    let at = list.binary_search_by(|(known, _)| (*known).cmp(word)).ok()?;
    Some(list[at].1)
}
