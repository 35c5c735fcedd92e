//! Where a network is called by its name, plain or in disguise: `WhatsApp`, `Wh@tsApp`, `W h a t s A p p`.

use std::ops::Range;

use crate::detect::beginnings::letter;
use crate::detect::domain::is_unspaced;
use crate::detect::lists::{Lists, Network, is_gap};
use crate::text::seek;

/// The name of a network in a text.
#[derive(Debug, Clone)]
pub(super) struct Mention<'a> {
    /// Where.
    pub(super) range: Range<usize>,
    /// The network.
    pub(super) network: &'a Network,
    /// Whether digits or signs stand for letters, or the letters stand apart.
    pub(super) is_disguised: bool,
}

/// More mentions than any message has: what follows is not looked at, so that a text of nothing else costs no more.
const MOST_MENTIONS: usize = 2_000;
/// Shorter names are not looked for in disguise: too many codes would look like them.
const SHORTEST_DISGUISED: usize = 6;

/// Finds the names of networks, in order.
pub(super) fn find<'a>(text: &str, lists: &'a Lists) -> Vec<Mention<'a>> {
    let bytes = text.as_bytes();
    let mut mentions: Vec<Mention<'a>> = Vec::new();
    if !text.is_empty() && may_begin_name(bytes, lists) {
        mentions.extend(mention_at(text, 0, lists));
    }
    for before in seek::pairs(bytes, |before, byte| {
        is_letter_or_digit(byte) & !is_letter_or_digit(before) | (byte >= 0xC0)
    }) {
        let at = before + 1;
        if !may_begin_name(&bytes[at..], lists) || mentions.last().is_some_and(|last| at < last.range.end) {
            continue;
        }
        mentions.extend(mention_at(text, at, lists));
        if mentions.len() == MOST_MENTIONS {
            break;
        }
    }
    mentions
}

/// Whether a byte is one of ASCII; a word begins where one stands behind another byte. Comparisons, and not the table of
/// [`seek::is_alphanumeric`], for many bytes are asked at once.
#[inline(always)]
fn is_letter_or_digit(byte: u8) -> bool {
    ((byte | 0x20).wrapping_sub(b'a') < 26) | (byte.wrapping_sub(b'0') < 10)
}

/// Whether a name may begin a text that is not empty: it begins beyond ASCII, or like one.
#[inline(always)]
fn may_begin_name(text: &[u8], lists: &Lists) -> bool {
    text[0] >= 0xC0 || lists.beginnings().may_be(text)
}

/// The longest name that stands at byte `at`.
fn mention_at<'a>(text: &str, at: usize, lists: &'a Lists) -> Option<Mention<'a>> {
    if !begins_name(text, at) {
        return None;
    }
    let mut best: Option<Mention<'a>> = None;
    for (name, network) in lists.names_beginning(&text.as_bytes()[at..]) {
        let Some((length, is_disguised)) = name_length(&text[at..], name) else { continue };
        let range = at..at + length;
        let is_longer = best.as_ref().is_none_or(|best| best.range.end < range.end);
        if is_longer && ends_name(text, range.end, name) {
            best = Some(Mention { range, network, is_disguised });
        }
    }
    best
}

/// How many bytes of the text spell the name, and whether they do so in disguise.
fn name_length(text: &str, name: &str) -> Option<(usize, bool)> {
    if !name.is_ascii() {
        return text.starts_with(name).then_some((name.len(), false));
    }
    together(text.as_bytes(), name).or_else(|| apart(text.as_bytes(), name))
}

fn together(text: &[u8], name: &str) -> Option<(usize, bool)> {
    let mut at = 0;
    let mut is_disguised = false;
    for wanted in name.bytes() {
        let found = text.get(at).copied();
        match (wanted, found) {
            (b' ', Some(b' ' | b'-')) => at += 1,
            (b' ', _) => {}
            (b'\'', Some(0xE2)) if text[at..].starts_with("’".as_bytes()) => at += 3,
            (_, Some(found)) if found.eq_ignore_ascii_case(&wanted) => at += 1,
            (_, Some(found)) if name.len() >= SHORTEST_DISGUISED && letter(found) == letter(wanted) => {
                is_disguised = true;
                at += 1;
            }
            _ => return None,
        }
    }
    Some((at, is_disguised))
}

/// The letters with the same gap between them.
fn apart(text: &[u8], name: &str) -> Option<(usize, bool)> {
    let gap = *text.get(1).filter(|byte| is_gap(**byte))?;
    if name.len() < SHORTEST_DISGUISED || name.contains(' ') {
        return None;
    }
    let is_spelled = name.bytes().enumerate().all(|(index, wanted)| {
        let has_gap = index == 0 || text.get(2 * index - 1) == Some(&gap);
        has_gap && text.get(2 * index).is_some_and(|found| letter(*found) == letter(wanted))
    });
    is_spelled.then_some((2 * name.len() - 1, true))
}

fn begins_name(text: &str, at: usize) -> bool {
    let byte = text.as_bytes()[at];
    let before = text[..at].chars().next_back();
    !byte.is_ascii()
        || byte.is_ascii_alphanumeric()
            && before.is_none_or(|c| {
                is_unspaced(c)
                    || !(c.is_alphanumeric() || matches!(c, '_' | '.' | '/' | '@' | '#' | '-' | '\\'))
            })
}

/// Whether a name ends at byte `end`: no letter follows, and it is no host.
fn ends_name(text: &str, end: usize, name: &str) -> bool {
    let mut after = text[end..].chars();
    match after.next() {
        Some('.' | '-' | '_') => !after.next().is_some_and(|c| c.is_ascii_alphanumeric()),
        Some(c) => !name.is_ascii() || is_unspaced(c) || !c.is_alphanumeric(),
        None => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_plain_and_in_disguise() {
        let mut lists = Lists::default();
        for (name, names) in [
            ("WhatsApp", &["whatsapp", "whats app", "what's app"][..]),
            ("WeChat", &["wechat", "微信"]),
            ("Line", &["line"]),
        ] {
            let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
            lists.add_network(name, "messenger", &names, false);
        }
        for (picture, is_disguised) in [
            ("on |WhatsApp| now", false),
            ("|Whats-App|: 1", false),
            ("|what’s app|", false),
            ("|Wh@t5App|", true),
            ("|W h a t s A p p| 1", true),
            ("|w.h.a.t.s.a.p.p|", true),
            ("加|微信|abc", false),
            ("|LINE|で", false),
            ("|line| 2", false),
            ("online, airline, linear, 1ine", false),
            ("whatsapp.com and a/whatsapp", false),
            ("WhatsApps", false),
        ] {
            let text = picture.replace('|', "");
            let found: Vec<(String, bool)> = find(&text, &lists)
                .into_iter()
                .map(|mention| (text[mention.range].to_owned(), mention.is_disguised))
                .collect();
            let drawn = picture.split('|').nth(1).map(|name| (name.to_owned(), is_disguised));
            assert_eq!(found, Vec::from_iter(drawn), "{picture}");
        }
    }
}
