//! Names between colons that programs turn into emoji: `:smile:`.
//!
//! Colons stand in times, ratios, paths and labels too. So a name must be a known one, and neither side may touch a
//! letter, a digit or another colon, unless that colon belongs to the next shortcode of a chain.

use std::collections::HashSet;
use std::ops::Range;

use super::run::push_joined;

/// No name is longer.
const LONGEST: usize = 32;

/// The known names, without their colons.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Shortcodes {
    names: HashSet<String>,
}

impl Shortcodes {
    /// Whether a name is known, in any case.
    pub fn contains(&self, name: &str) -> bool {
        self.names.contains(&name.to_ascii_lowercase())
    }
}

impl<'a> FromIterator<&'a str> for Shortcodes {
    fn from_iter<I: IntoIterator<Item = &'a str>>(names: I) -> Self {
        Self { names: names.into_iter().map(str::to_ascii_lowercase).collect() }
    }
}

/// Every shortcode of a text; a run with only blanks between is one. `is_known` says which names are among the
/// [`Shortcodes`]; most texts give no cause to ask.
pub fn shortcodes(text: &str, is_known: impl Fn(&str) -> bool) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(offset) = memchr::memchr(b':', &text.as_bytes()[at..]) {
        let start = at + offset;
        let end = chain_end(text, start, &is_known);
        if end > start && stands_free(text, start, end) {
            push_joined(&mut found, text, start..end);
        }
        at = end.max(start + 1);
    }
    found
}

/// Where a chain of shortcodes that begins at `start` ends: `start` itself if there is none.
fn chain_end(text: &str, start: usize, is_known: impl Fn(&str) -> bool) -> usize {
    let mut end = start;
    while let Some(len) = name_len(&text.as_bytes()[end..])
        && is_known(&text[end + 1..end + 1 + len])
    {
        end += len + 2;
    }
    end
}

/// The length of the name between two colons.
fn name_len(bytes: &[u8]) -> Option<usize> {
    let name = bytes.strip_prefix(b":")?;
    let len = name.iter().take(LONGEST + 1).position(|byte| !is_of_name(*byte))?;
    (len > 0 && name[len] == b':').then_some(len)
}

fn is_of_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'+' | b'-')
}

fn stands_free(text: &str, start: usize, end: usize) -> bool {
    let joins = |c: char| c.is_alphanumeric() || matches!(c, ':' | '_' | '/' | '\\' | '@');
    !text[..start].ends_with(joins) && !text[end..].starts_with(joins)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;
    use serde::Deserialize;

    use super::super::picture::{assert_drawn, is_lawful};
    use super::*;

    #[derive(Deserialize)]
    struct List {
        symbols: BTreeMap<String, String>,
    }

    fn list() -> BTreeMap<String, String> {
        toml::from_str::<List>(include_str!("../../rules/lists/shortcodes.toml")).unwrap().symbols
    }

    fn find(text: &str) -> Vec<Range<usize>> {
        let known: Shortcodes =
            ["smile", "thumbs_up", "+1", "heart", "star", "tada", "x", "warning"].into_iter().collect();
        shortcodes(text, |name| known.contains(name))
    }

    #[test]
    fn names() {
        assert_drawn(
            &[
                "Thank you |:smile:|",
                "|:thumbs_up:| all good",
                "ok |:+1:|!",
                "|:smile::heart:|",
                "|:tada: :tada:  :star:|",
                "|:Smile:| and |:HEART:|",
                "(|:heart:|)",
                "*|:star:|*",
                "done.|:tada:|",
                "“|:smile:|”",
                "1. |:x:|, 2. |:tada:|",
                "Note: |:warning:| fragile",
                "é |:star:| ß",
            ],
            find,
        );
    }

    #[test]
    fn silence() {
        assert_drawn(
            &[
                "at 10:30:45",
                "mix 1:100:3",
                "score :100:",
                "std::star::new",
                "::star::",
                "star:star:star",
                "Note:Important:",
                "Shape:star:red",
                ":star:red",
                ": star :",
                ":star :",
                ":unknown:",
                "::",
                ":",
                ":smile",
                "smile:",
                "http://host:80/:x:/",
                "C:\\:x:\\",
                "a:x:b",
                ":smile::",
                "重要:star:です",
                "de:ad:be:ef:x:00",
                "",
            ],
            find,
        );
    }

    #[test]
    fn every_name_of_the_list_can_be_found() {
        let names = list();
        let known: Shortcodes = names.keys().map(String::as_str).collect();
        assert!((100..250).contains(&names.len()), "{}", names.len());
        for name in names.keys() {
            let text = format!("a :{name}: b");
            let whole = 2..name.len() + 4;
            assert_eq!(shortcodes(&text, |name| known.contains(name)), [whole], "{name}");
            assert!(!name.bytes().all(|byte| byte.is_ascii_digit()), "{name}");
        }
    }

    #[test]
    fn every_name_stands_for_an_emoji() {
        for (name, picture) in list() {
            let whole = 0..picture.len();
            assert_eq!(super::super::emoji::emoji(&picture, |_| false), [whole], "{name}");
        }
    }

    proptest! {
        #[test]
        fn any_text_gives_lawful_ranges(text in "(:|smile|star|\\+1|\\PC| |\n){0,40}") {
            prop_assert!(is_lawful(&text, &find(&text)));
        }
    }
}
