//! `@names` without the name of a network.

use crate::detect::domain::is_unspaced;
use crate::detect::handle::{BARE, Handle};
use crate::detect::lists::Lists;
use crate::verdict::Confidence;

/// Words of style sheets and of code behind an `@`.
const KEYWORDS: [&str; 14] = [
    "media",
    "import",
    "charset",
    "page",
    "keyframes",
    "supports",
    "namespace",
    "layer",
    "param",
    "return",
    "returns",
    "override",
    "property",
    "deprecated",
];
const LONGEST: usize = 30;

/// Finds bare names.
pub(super) fn find(text: &str, lists: &Lists) -> Vec<Handle> {
    memchr::memchr_iter(b'@', text.as_bytes()).filter_map(|at| name_at(text, at, lists)).collect()
}

fn name_at(text: &str, at: usize, lists: &Lists) -> Option<Handle> {
    let before = text[..at].chars().next_back();
    if before.is_some_and(|c| {
        !is_unspaced(c)
            && (c.is_alphanumeric() || matches!(c, '_' | '.' | '/' | '@' | '-' | '+' | '=' | '<' | '|'))
    }) {
        return None;
    }
    let rest = &text[at + 1..];
    let length = rest.bytes().take(LONGEST + 1).take_while(|byte| is_name_byte(*byte)).count();
    let name = rest[..length].trim_end_matches('.');
    let goes_on = rest[name.len()..].starts_with(['(', '/', '@', '-', '{']);
    let begins_well = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
    if !(3..=LONGEST).contains(&name.len()) || goes_on || !begins_well || is_word(name, lists) {
        return None;
    }
    Some(Handle {
        range: at..at + 1 + name.len(),
        network: None,
        group: BARE.to_owned(),
        confidence: if is_given_name(name) { Confidence::Low } else { Confidence::Medium },
    })
}

fn is_name_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.')
}

fn is_word(name: &str, lists: &Lists) -> bool {
    KEYWORDS.contains(&name.to_ascii_lowercase().as_str()) || lists.has_word("sentence-words", name)
}

/// `@John` speaks to somebody.
fn is_given_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_uppercase())
        && name[1..].bytes().all(|byte| byte.is_ascii_lowercase())
}
