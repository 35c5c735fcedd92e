//! Every emoji that Unicode lists is found, and found whole.

use std::collections::BTreeMap;

use sellerlint::detect::emoji::{TextSymbols, emoji};
use serde::Deserialize;

const SEQUENCES: &str = include_str!("fixtures/emoji-sequences.txt");
const LIST: &str = include_str!("../rules/lists/text-symbols.toml");

#[derive(Deserialize)]
struct List {
    symbols: BTreeMap<char, String>,
}

fn symbols() -> BTreeMap<char, String> {
    toml::from_str::<List>(LIST).expect("the list is a table of symbols").symbols
}

/// The sequences of the fixture, each with its status.
fn sequences() -> Vec<(&'static str, String)> {
    let mut status = "";
    let mut all = Vec::new();
    for line in SEQUENCES.lines().filter(|line| !line.starts_with('#')) {
        match line.strip_prefix("= ") {
            Some(next) => status = next,
            None => all.push((status, line.split(' ').map(character).collect())),
        }
    }
    all
}

fn character(hex: &str) -> char {
    u32::from_str_radix(hex, 16).ok().and_then(char::from_u32).expect("the fixture holds code points")
}

/// The single character of a text that has no more.
fn single(text: &str) -> Option<char> {
    let mut chars = text.chars();
    chars.next().filter(|_| chars.next().is_none())
}

#[test]
fn every_sequence_is_one_match_and_a_listed_symbol_none() {
    let (listed, sequences) = (symbols(), sequences());
    let text_symbols: TextSymbols = listed.keys().copied().collect();
    assert_eq!(sequences.len(), 3655 + 827 + 242 + 9);
    let mut silent = 0;
    for (status, sequence) in sequences {
        let is_text = single(&sequence).is_some_and(|c| listed.contains_key(&c));
        silent += usize::from(is_text);
        for (before, after) in [("", ""), ("a", "b"), ("1 ", " 2"), ("é", "\n")] {
            let text = format!("{before}{sequence}{after}");
            let whole = before.len()..before.len() + sequence.len();
            let expected = if is_text { vec![] } else { vec![whole] };
            assert_eq!(
                emoji(&text, |c| text_symbols.contains(c)),
                expected,
                "{status} {}",
                sequence.escape_unicode()
            );
        }
    }
    let beyond_ascii = listed.keys().filter(|c| !c.is_ascii()).count();
    assert_eq!(silent, beyond_ascii, "the list holds a character that is no emoji without a selector");
}

#[test]
fn a_listed_symbol_is_a_picture_once_it_is_asked_for() {
    let text_symbols: TextSymbols = symbols().keys().copied().collect();
    for symbol in symbols().into_keys().filter(|c| !c.is_ascii()) {
        let text = format!("a {symbol} b {symbol}\u{FE0F}");
        let picture = text.len() - symbol.len_utf8() - 3..text.len();
        assert_eq!(emoji(&text, |c| text_symbols.contains(c)), [picture], "{symbol}");
    }
}

#[test]
fn every_listed_symbol_has_a_reason() {
    for (symbol, reason) in symbols() {
        assert!(!reason.trim().is_empty(), "{symbol}");
    }
}
