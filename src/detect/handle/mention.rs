//! Where a network is called by its name, plain or in disguise: `WhatsApp`, `Wh@tsApp`, `W h a t s A p p`.

use std::ops::Range;

use crate::detect::domain::is_unspaced;
use crate::detect::lists::Network;

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

/// Names by the letter that they begin with; those of other scripts stand at 0.
struct Names<'a> {
    by_letter: Vec<Vec<(&'a str, &'a Network)>>,
}

/// Finds the names of networks, in order.
pub(super) fn find<'a>(text: &str, networks: &'a [Network]) -> Vec<Mention<'a>> {
    let names = Names::new(networks);
    let bytes = text.as_bytes();
    let mut mentions: Vec<Mention<'a>> = Vec::new();
    let mut at = 0;
    while at < bytes.len() && mentions.len() < MOST_MENTIONS {
        let known = names.beginning_with(bytes[at]);
        let is_start = !known.is_empty() && text.is_char_boundary(at) && begins_name(text, at);
        let mention = if is_start { longest(text, at, known) } else { None };
        at = mention.as_ref().map_or(at + 1, |mention| mention.range.end);
        mentions.extend(mention);
    }
    mentions
}

impl<'a> Names<'a> {
    fn new(networks: &'a [Network]) -> Self {
        let mut by_letter = vec![Vec::new(); 128];
        for network in networks {
            for name in &network.names {
                let first = name.bytes().next().unwrap_or(0);
                by_letter[slot(first)].push((name.as_str(), network));
            }
        }
        Self { by_letter }
    }

    fn beginning_with(&self, byte: u8) -> &[(&'a str, &'a Network)] {
        &self.by_letter[slot(byte)]
    }
}

fn slot(byte: u8) -> usize {
    if byte.is_ascii() { usize::from(letter(byte)) } else { 0 }
}

/// The longest of these names that stands at byte `at`.
fn longest<'a>(text: &str, at: usize, names: &[(&str, &'a Network)]) -> Option<Mention<'a>> {
    let mut best: Option<Mention<'a>> = None;
    for (name, network) in names {
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
    let gap = *text.get(1).filter(|byte| b" -._*".contains(byte))?;
    if name.len() < SHORTEST_DISGUISED || name.contains(' ') {
        return None;
    }
    let is_spelled = name.bytes().enumerate().all(|(index, wanted)| {
        let has_gap = index == 0 || text.get(2 * index - 1) == Some(&gap);
        has_gap && text.get(2 * index).is_some_and(|found| letter(*found) == letter(wanted))
    });
    is_spelled.then_some((2 * name.len() - 1, true))
}

/// The letter that an ASCII byte is, or stands for.
fn letter(byte: u8) -> u8 {
    match byte {
        b'@' | b'4' => b'a',
        b'0' => b'o',
        b'1' | b'!' | b'l' | b'L' => b'i',
        b'3' => b'e',
        b'$' | b'5' => b's',
        _ => byte.to_ascii_lowercase(),
    }
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
        let network = |name: &str, names: &[&str]| Network {
            name: name.to_owned(),
            group: "messenger".to_owned(),
            names: names.iter().map(|name| (*name).to_owned()).collect(),
            ambiguous: false,
        };
        let networks = [
            network("WhatsApp", &["whatsapp", "whats app", "what's app"]),
            network("WeChat", &["wechat", "微信"]),
            network("Line", &["line"]),
        ];
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
            let found: Vec<(String, bool)> = find(&text, &networks)
                .into_iter()
                .map(|mention| (text[mention.range].to_owned(), mention.is_disguised))
                .collect();
            let drawn = picture.split('|').nth(1).map(|name| (name.to_owned(), is_disguised));
            assert_eq!(found, Vec::from_iter(drawn), "{picture}");
        }
    }
}
