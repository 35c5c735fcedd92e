//! The invitation in the same breath as the name of a network: `add us on WeChat`, `WhatsApp us`.

use std::ops::Range;

use crate::detect::domain::is_unspaced;
use crate::detect::handle::mention::Mention;
use crate::detect::lists::{Lists, NETWORK_NAMES};
use crate::detect::neighbours::floor;

/// Bytes that a breath may be long on each side of the name.
const REACH: usize = 96;
/// Words between the invitation and the name.
const MOST_BETWEEN: usize = 5;
/// Words of the longest invitation.
const LONGEST: usize = 5;
const INVITATIONS: &str = "invitations";
const CONNECTORS: &str = "invitation-connectors";
/// Behind the name of a network they make it a verb.
const OBJECTS: [&str; 5] = ["us", "me", "uns", "mich", "ons"];
/// What a network that is called like a word must stand behind, with a capital: `on Signal`, but not `the signal`.
const PREPOSITIONS: [&str; 24] = [
    "on", "via", "through", "by", "using", "over", "our", "auf", "über", "per", "bei", "sur", "par", "en",
    "por", "su", "tramite", "op", "på", "na", "przez", "no", "pelo", "or",
];

/// Where the invitation stands that belongs to a mention.
pub(super) fn invitation(text: &str, mention: &Mention<'_>, lists: &Lists) -> Option<Range<usize>> {
    before(text, mention, lists)
        .or_else(|| after(text, mention, lists))
        .or_else(|| unspaced(text, mention, lists))
}

/// `add us on WeChat`: only such words may stand between as lead from the one to the other.
fn before(text: &str, mention: &Mention<'_>, lists: &Lists) -> Option<Range<usize>> {
    let is_ambiguous = mention.network.ambiguous;
    if is_ambiguous && !text[mention.range.clone()].starts_with(char::is_uppercase) {
        return None;
    }
    let start = floor(text, mention.range.start.saturating_sub(REACH));
    let breath = &text[start..mention.range.start];
    let start = start
        + breath
            .rfind(is_breath_end)
            .map_or(0, |at| at + breath[at..].chars().next().map_or(1, char::len_utf8));
    let words = words(text, start..mention.range.start);
    if is_ambiguous && !ends_with_preposition(text, &words) {
        return None;
    }
    for end in (words.len().saturating_sub(MOST_BETWEEN)..=words.len()).rev() {
        if let Some(length) = phrase_at_end(text, &words[..end], lists) {
            return Some(words[end - length].start..words[end - 1].end);
        }
        let word = words.get(end.checked_sub(1)?)?;
        if !leads_on(&text[word.clone()], lists) {
            return None;
        }
    }
    None
}

/// `WhatsApp us`, `Instagram'da bizi takip`.
fn after(text: &str, mention: &Mention<'_>, lists: &Lists) -> Option<Range<usize>> {
    if mention.network.ambiguous {
        return None;
    }
    let end = mention.range.end;
    let breath = &text[end..floor(text, end + REACH)];
    let breath =
        &breath[..breath.find(|c| is_breath_end(c) || matches!(c, ',' | '(' | ')')).unwrap_or(breath.len())];
    let words = words(text, end..end + breath.len());
    if let Some(object) =
        words.first().filter(|word| OBJECTS.contains(&text[(*word).clone()].to_lowercase().as_str()))
    {
        return Some(object.clone());
    }
    for start in 0..=words.len().min(MOST_BETWEEN) {
        if let Some(length) = phrase_at_start(text, &words[start..], lists) {
            return Some(words[start].start..words[start + length - 1].end);
        }
        if !leads_on(&text[words.get(start)?.clone()], lists) {
            return None;
        }
    }
    None
}

/// An invitation in a script without blanks, close by on either side.
fn unspaced(text: &str, mention: &Mention<'_>, lists: &Lists) -> Option<Range<usize>> {
    let start = floor(text, mention.range.start.saturating_sub(24));
    let end = floor(text, mention.range.end + 36);
    let near = &text[start..end];
    if near.is_ascii() {
        return None;
    }
    lists.words(INVITATIONS).filter(|phrase| phrase.starts_with(is_unspaced)).find_map(|phrase| {
        let at = start + near.find(phrase)?;
        let between = if at < mention.range.start {
            at..mention.range.start
        } else {
            mention.range.end..at.max(mention.range.end)
        };
        (!text[between].contains(is_breath_end)).then_some(at..at + phrase.len())
    })
}

fn ends_with_preposition(text: &str, words: &[Range<usize>]) -> bool {
    let last = words.last().map(|word| text[word.clone()].to_lowercase());
    last.is_some_and(|last| PREPOSITIONS.contains(&last.as_str()))
}

/// How many words the longest invitation has that ends with the last word.
fn phrase_at_end(text: &str, words: &[Range<usize>], lists: &Lists) -> Option<usize> {
    let words = &words[words.len().saturating_sub(LONGEST)..];
    let mut starts = Vec::with_capacity(LONGEST);
    let joined = joined(text, words, |start, _| starts.push(start));
    let first = starts.iter().position(|start| lists.has_word(INVITATIONS, &joined[*start..]))?;
    Some(words.len() - first)
}

/// How many words the longest invitation has that begins with the first word.
fn phrase_at_start(text: &str, words: &[Range<usize>], lists: &Lists) -> Option<usize> {
    let words = &words[..words.len().min(LONGEST)];
    let mut ends = Vec::with_capacity(LONGEST);
    let joined = joined(text, words, |_, end| ends.push(end));
    let last = ends.iter().rposition(|end| lists.has_word(INVITATIONS, &joined[..*end]))?;
    Some(last + 1)
}

/// The words in lower case with one blank between them; tells where each begins and ends.
fn joined(text: &str, words: &[Range<usize>], mut tell: impl FnMut(usize, usize)) -> String {
    let mut joined = String::new();
    for word in words {
        if !joined.is_empty() {
            joined.push(' ');
        }
        let start = joined.len();
        joined.extend(text[word.clone()].chars().flat_map(char::to_lowercase));
        tell(start, joined.len());
    }
    joined
}

/// Whether a word may stand between an invitation and a name, as other networks may.
fn leads_on(word: &str, lists: &Lists) -> bool {
    lists.has_word(CONNECTORS, word) || lists.has_word(NETWORK_NAMES, word)
}

fn is_breath_end(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | ';' | '\n' | '\r' | '。' | '！' | '？')
}

/// The words in a range of a text; every other character parts them.
fn words(text: &str, range: Range<usize>) -> Vec<Range<usize>> {
    let mut words: Vec<Range<usize>> = Vec::new();
    for (offset, c) in text[range.clone()].char_indices().filter(|(_, c)| c.is_alphanumeric()) {
        let at = range.start + offset;
        match words.last_mut() {
            Some(word) if word.end == at => word.end = at + c.len_utf8(),
            _ => words.push(at..at + c.len_utf8()),
        }
    }
    words
}
