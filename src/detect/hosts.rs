//! Lists of hosts: which of them a host is on.
//!
//! This file knows nothing of the rest of the house, because `build.rs` shares it; so whoever asks says where the public
//! suffix of a host begins.

use serde::{Deserialize, Serialize};

/// Host patterns by list.
///
/// | written | matches |
/// |---|---|
/// | `dhl.com` | this host and those below it |
/// | `ebay.*` | this name under any public suffix, and those below it |
/// | `docs.google.com/forms` | such a host, where the path begins with these segments |
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hosts {
    /// Names of lists, in the order in which they came.
    lists: Vec<String>,
    /// Sorted by whether the suffix is open, then by name.
    patterns: Vec<HostPattern>,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
struct HostPattern {
    has_any_suffix: bool,
    name: String,
    path: String,
    list: u16,
}

/// A host, as lists want to know it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Address<'a> {
    /// In lower case.
    pub host: &'a str,
    /// Byte of the host where its public suffix begins; its length if it has none.
    pub suffix: usize,
    /// The path behind it, from its `/` on, or nothing.
    pub path: &'a str,
}

impl Hosts {
    /// Puts patterns on a list, which need not exist yet.
    pub fn add(&mut self, list: &str, patterns: &[String]) {
        if patterns.is_empty() {
            return;
        }
        let list = self.list_number(list);
        self.patterns.extend(patterns.iter().map(|written| HostPattern::new(written, list)));
        self.patterns.sort_unstable();
    }

    /// Names of the lists that a host is on; one may come twice.
    pub fn lists_of<'a>(&'a self, address: Address<'a>) -> impl Iterator<Item = &'a str> {
        let stem = address.host.get(..address.suffix.saturating_sub(1)).unwrap_or("");
        tails(address.host)
            .flat_map(|name| self.named(false, name))
            .chain(tails(stem).flat_map(|name| self.named(true, name)))
            .filter(move |pattern| pattern.allows(address.path))
            .filter_map(|pattern| self.lists.get(usize::from(pattern.list)))
            .map(String::as_str)
    }

    /// Whether a host is on one of these lists.
    pub fn is_on(&self, lists: &[&str], address: Address<'_>) -> bool {
        self.lists_of(address).any(|list| lists.contains(&list))
    }

    /// The names on a list, as they were written but for the case; those with an open suffix end with a dot.
    pub fn names<'a>(&'a self, list: &'a str) -> impl Iterator<Item = &'a str> {
        let number = self.lists.iter().position(|known| known == list);
        self.patterns
            .iter()
            .filter(move |pattern| Some(usize::from(pattern.list)) == number)
            .map(|pattern| pattern.name.as_str())
    }

    fn named<'a>(
        &'a self,
        has_any_suffix: bool,
        name: &str,
    ) -> impl Iterator<Item = &'a HostPattern> + use<'a> {
        let key = (has_any_suffix, name);
        let start = self.patterns.partition_point(|pattern| pattern.key() < key);
        let length = self.patterns[start..].iter().take_while(|pattern| pattern.key() == key).count();
        self.patterns[start..start + length].iter()
    }

    fn list_number(&mut self, list: &str) -> u16 {
        let number = self.lists.iter().position(|known| known == list).unwrap_or_else(|| {
            self.lists.push(list.to_owned());
            self.lists.len() - 1
        });
        u16::try_from(number).unwrap_or(u16::MAX)
    }
}

impl HostPattern {
    fn new(written: &str, list: u16) -> Self {
        let (host, path) = written.split_at(written.find('/').unwrap_or(written.len()));
        let host = host.to_lowercase();
        let (name, has_any_suffix) =
            host.strip_suffix(".*").map_or((host.as_str(), false), |name| (name, true));
        Self { has_any_suffix, name: name.to_owned(), path: path.to_owned(), list }
    }

    fn key(&self) -> (bool, &str) {
        (self.has_any_suffix, &self.name)
    }

    /// Whether a path begins with the pattern's.
    fn allows(&self, path: &str) -> bool {
        path.strip_prefix(self.path.as_str())
            .is_some_and(|rest| self.path.is_empty() || rest.is_empty() || rest.starts_with('/'))
    }
}

/// A host, and what stands behind each of its dots.
fn tails(host: &str) -> impl Iterator<Item = &str> {
    let starts = host.bytes().enumerate().filter(|(_, byte)| *byte == b'.').map(|(at, _)| at + 1);
    std::iter::once(0).chain(starts).filter_map(|start| host.get(start..)).filter(|tail| !tail.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_is_on_the_lists_whose_patterns_it_fits() {
        let mut hosts = Hosts::default();
        for (list, pattern) in [
            ("carriers", "dhl.com"),
            ("markets", "ebay.*"),
            ("tracks", "track.amazon.*"),
            ("surveys", "docs.google.com/forms"),
            ("files", "docs.google.com"),
        ] {
            hosts.add(list, &[pattern.to_owned()]);
        }
        for (host, suffix, path, lists) in [
            ("dhl.com", "com", "", vec!["carriers"]),
            ("www.dhl.com", "com", "/x", vec!["carriers"]),
            ("mydhl.com", "com", "", vec![]),
            ("dhl.com.foo.top", "top", "", vec![]),
            ("ebay.co.uk", "co.uk", "", vec!["markets"]),
            ("shop.ebay.de", "de", "", vec!["markets"]),
            ("ebay.foo.de", "de", "", vec![]),
            ("ebay", "", "", vec![]),
            ("track.amazon.de", "de", "", vec!["tracks"]),
            ("amazon.de", "de", "", vec![]),
            ("docs.google.com", "com", "/forms/d/1", vec!["files", "surveys"]),
            ("docs.google.com", "com", "/formsheet", vec!["files"]),
            ("", "", "", vec![]),
        ] {
            let address = Address { host, suffix: host.len() - suffix.len(), path };
            let mut found: Vec<&str> = hosts.lists_of(address).collect();
            found.sort_unstable();
            assert_eq!(found, lists, "{host}{path}");
        }
    }
}
