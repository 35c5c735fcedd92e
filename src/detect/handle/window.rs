//! The invitation in the same breath as the name of a network: `add us on WeChat`, `WhatsApp us`.

use std::ops::Range;

use crate::detect::domain::is_unspaced;
use crate::detect::handle::mention::Mention;
use crate::detect::lists::Lists;
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
/// What a network that is called like a word must stand behind: `on Signal`, but not `the signal`.
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
    let start = floor(text, mention.range.start.saturating_sub(REACH));
    let breath = &text[start..mention.range.start];
    let start = start
        + breath
            .rfind(is_breath_end)
            .map_or(0, |at| at + breath[at..].chars().next().map_or(1, char::len_utf8));
    let words = words(text, start..mention.range.start);
    if mention.network.ambiguous && !is_meant_as_name(text, mention, &words) {
        return None;
    }
    for end in (words.len().saturating_sub(MOST_BETWEEN)..=words.len()).rev() {
        if let Some(first) =
            (1..=LONGEST.min(end)).rev().find(|length| is_phrase(text, &words[end - length..end], lists))
        {
            return Some(words[end - first].start..words[end - 1].end);
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
    let end = mention.range.end;
    let breath = &text[end..floor(text, end + REACH)];
    let breath =
        &breath[..breath.find(|c| is_breath_end(c) || matches!(c, ',' | '(' | ')')).unwrap_or(breath.len())];
    let words = words(text, end..end + breath.len());
    if mention.network.ambiguous {
        return None;
    }
    if let Some(object) =
        words.first().filter(|word| OBJECTS.contains(&text[(*word).clone()].to_lowercase().as_str()))
    {
        return Some(object.clone());
    }
    for start in 0..=words.len().min(MOST_BETWEEN) {
        let most = LONGEST.min(words.len() - start);
        if let Some(length) =
            (1..=most).rev().find(|length| is_phrase(text, &words[start..start + length], lists))
        {
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
    if text.is_ascii() {
        return None;
    }
    let start = floor(text, mention.range.start.saturating_sub(24));
    let end = floor(text, mention.range.end + 36);
    let near = &text[start..end];
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

/// Whether the ordinary word is the name of a network here: a capital, and a preposition in front.
fn is_meant_as_name(text: &str, mention: &Mention<'_>, words: &[Range<usize>]) -> bool {
    let has_capital = text[mention.range.clone()].starts_with(char::is_uppercase);
    let last = words.last().map(|word| text[word.clone()].to_lowercase());
    has_capital && last.is_some_and(|last| PREPOSITIONS.contains(&last.as_str()))
}

fn is_phrase(text: &str, words: &[Range<usize>], lists: &Lists) -> bool {
    let phrase: Vec<&str> = words.iter().map(|word| &text[word.clone()]).collect();
    lists.has_word(INVITATIONS, &phrase.join(" "))
}

/// Whether a word may stand between an invitation and a name, as other networks may.
fn leads_on(word: &str, lists: &Lists) -> bool {
    let is_network = || {
        let word = word.to_lowercase();
        lists.networks().iter().any(|network| network.names.contains(&word))
    };
    lists.has_word(CONNECTORS, word) || is_network()
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
