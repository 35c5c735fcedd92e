//! What is known from `rules/lists/`, in the form that detectors ask: hosts, networks, words.
//!
//! `build.rs` shares this file and writes it into the binary, so it is a few flat tables that load in one go.

use serde::{Deserialize, Serialize};

use super::beginnings::{Beginnings, letter};
use super::hosts::Hosts;

/// The list of words that [`Lists::add_network`] fills.
pub const NETWORK_NAMES: &str = "network-names";

/// All lists.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Lists {
    /// Hosts by list. A user's own go to the list `allowed`.
    pub hosts: Hosts,
    networks: Vec<Network>,
    /// The names of the networks, by the letter that they begin with.
    names: Vec<NumberedName>,
    beginnings: Beginnings,
    words: Vec<WordList>,
}

/// A messenger or social network.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Network {
    /// Its name in the list.
    pub name: String,
    /// Its group: `messenger`, `social`.
    pub group: String,
    /// How it is called in text, in lower case.
    pub names: Vec<String>,
    /// Whether the name is also an ordinary word.
    pub ambiguous: bool,
}

/// The name of a network by how it begins.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct NumberedName {
    /// The first letter as it is read.
    first: u8,
    /// The second one, if that is a letter or digit, or the name is not ASCII.
    second: Option<u8>,
    /// The network.
    network: u16,
    /// Which of its names it is.
    number: u16,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct WordList {
    name: String,
    /// Sorted words or phrases in lower case, each with a line feed behind it.
    lines: String,
}

impl Lists {
    /// Puts host patterns on a list.
    pub fn add_hosts(&mut self, list: &str, patterns: &[String]) {
        self.hosts.add(list, patterns);
    }

    /// Makes a network known.
    pub fn add_network(&mut self, name: &str, group: &str, names: &[String], ambiguous: bool) {
        let names: Vec<String> = names.iter().map(|name| name.to_lowercase()).collect();
        self.add_words(NETWORK_NAMES, &names);
        self.networks.push(Network { name: name.to_owned(), group: group.to_owned(), names, ambiguous });
        let names = self.networks.iter().flat_map(|network| &network.names);
        self.beginnings = Beginnings::of(names.map(String::as_str));
        self.names = self
            .networks
            .iter()
            .enumerate()
            .flat_map(|(number, network)| numbered(number, network))
            .collect();
        self.names.sort_by_key(|name| name.first);
    }

    /// The names of networks that a text may begin with, as its first two bytes tell, and the networks. Behind the first
    /// letter of a name there may be a gap.
    pub fn names_beginning<'l>(&'l self, text: &[u8]) -> impl Iterator<Item = (&'l str, &'l Network)> {
        let wanted = text.first().map_or(0, |first| letter_of(*first));
        let second = text.get(1).filter(|second| !is_gap(**second)).map(|second| letter_of(*second));
        let start = self.names.partition_point(|name| name.first < wanted);
        let names = self.names[start..].iter().take_while(move |name| name.first == wanted);
        let fits = move |name: &&NumberedName| {
            second.is_none_or(|second| name.second.is_none_or(|wanted| wanted == second))
        };
        names.filter(fits).map(|name| {
            let network = &self.networks[usize::from(name.network)];
            (network.names[usize::from(name.number)].as_str(), network)
        })
    }

    /// Puts words or phrases on a list.
    pub fn add_words(&mut self, list: &str, words: &[String]) {
        if words.is_empty() {
            return;
        }
        let mut all: Vec<String> = self.words(list).map(str::to_owned).collect();
        all.extend(words.iter().map(|word| word.to_lowercase()));
        all.sort_unstable();
        all.dedup();
        let lines = all.iter().map(|word| format!("{word}\n")).collect();
        self.words.retain(|known| known.name != list);
        self.words.push(WordList { name: list.to_owned(), lines });
    }

    /// The networks, in the order in which they came.
    pub fn networks(&self) -> &[Network] {
        &self.networks
    }

    /// How the names of the networks begin.
    pub fn beginnings(&self) -> &Beginnings {
        &self.beginnings
    }

    /// The words on a list, sorted.
    pub fn words(&self, list: &str) -> impl Iterator<Item = &str> {
        self.lines(list).lines()
    }

    /// Whether a word, in any case, is on a list.
    pub fn has_word(&self, list: &str, word: &str) -> bool {
        let lines = self.lines(list);
        if word.bytes().any(|byte| byte.is_ascii_uppercase() || byte >= 0x80) {
            has_line(lines, &word.to_lowercase())
        } else {
            has_line(lines, word)
        }
    }

    fn lines(&self, list: &str) -> &str {
        self.words.iter().find(|known| known.name == list).map_or("", |known| &known.lines)
    }
}

/// The names of a network as numbers.
fn numbered(number: usize, network: &Network) -> impl Iterator<Item = NumberedName> {
    let names = network.names.iter().enumerate();
    names.map(move |(at, name)| {
        let bytes = name.as_bytes();
        let second = bytes.get(1).filter(|second| !name.is_ascii() || second.is_ascii_alphanumeric());
        NumberedName {
            first: letter_of(bytes.first().copied().unwrap_or(0)),
            second: second.map(|second| letter_of(*second)),
            network: number as u16,
            number: at as u16,
        }
    })
}

/// Whether a byte may stand between the letters of a name that stand apart.
pub fn is_gap(byte: u8) -> bool {
    matches!(byte, b' ' | b'-' | b'.' | b'_' | b'*')
}

/// What a byte of a name is read as.
fn letter_of(byte: u8) -> u8 {
    if byte.is_ascii() { letter(byte) } else { byte }
}

/// Whether one of the sorted lines is this one.
fn has_line(lines: &str, wanted: &str) -> bool {
    let bytes = lines.as_bytes();
    let (mut low, mut high) = (0, bytes.len());
    while low < high {
        let middle = low + (high - low) / 2;
        let start = bytes[low..middle].iter().rposition(|byte| *byte == b'\n').map_or(low, |at| low + at + 1);
        let end = bytes[middle..].iter().position(|byte| *byte == b'\n').map_or(high, |at| middle + at);
        match bytes[start..end].cmp(wanted.as_bytes()) {
            std::cmp::Ordering::Equal => return true,
            std::cmp::Ordering::Less => low = end + 1,
            std::cmp::Ordering::Greater => high = start,
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_in_any_case_and_only_whole() {
        let mut lists = Lists::default();
        lists.add_words("a", &["order".into(), "Ähre".into()]);
        lists.add_words("a", &["click here".into(), "it".into()]);
        for (word, is_there) in [
            ("order", true),
            ("ORDER", true),
            ("ähre", true),
            ("Click here", true),
            ("it", true),
            ("orde", false),
            ("orders", false),
            ("", false),
            ("zz", false),
        ] {
            assert_eq!(lists.has_word("a", word), is_there, "{word}");
        }
        assert!(!lists.has_word("b", "order"));
    }
}
