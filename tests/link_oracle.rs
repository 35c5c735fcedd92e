//! Links, bare domains and e-mail addresses against what the makers of linkifiers expect: ours must find more of them, and
//! less besides them, than `linkify` with a filter of public suffixes.
//!
//! The cases are those that the package `linkify` is tested with. `LINKIFY_IT` may name a folder with the `links.txt` and
//! `not_links.txt` of another linkifier (the source packages of linkify-it ship them), which are then asked for as well.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeSet;
use std::ops::Range;
use std::path::Path;
use std::sync::LazyLock;

use linkify::{LinkFinder, LinkKind};
use regex::Regex;
use sellerlint::detect::contact;
use sellerlint::detect::lists::Lists;

mod package;

/// Links of the suites that are none to us: schemes that nobody opens in a mail, numbers that are versions, hosts of one
/// letter, which are abbreviations, and hosts of digits, which are prices.
const NOT_MEANT: [&str; 16] = [
    "a://foo",
    "a123://foo",
    "a123b://foo",
    "a+b://foo",
    "a-b://foo",
    "a.b://foo",
    "ABC://foo",
    "ab://c",
    "upi://",
    "test://",
    "1.0.0.0",
    "4.4.4.4",
    "192.168.1.1/abc",
    "9292.nl",
    "a.ws",
    "s.l.o.w.io",
];

/// Texts in which the suites see no link, because it would not open; whoever wrote them meant one.
const MEANT: [&str; 22] = [
    "12-7.0.0.1",
    "ex@mple.com",
    "example..com",
    "https://.www",
    "a.-b.com",
    "a.b-.com",
    "1abc://",
    "http://.",
    "http://-",
    "hppt://",
    "///test.com",
    "_http://",
    "_//example.com",
    "_example.com",
    "example.com_",
    "http://#",
    "http://?",
    "com:500000",
    "mailto:bar",
    "a@-foo.com",
    "path:to:",
    "foo.@example.com",
];

/// A text, and where its links are.
type Case = (String, BTreeSet<(usize, usize)>);

/// How many links were found, found wrongly, and missed.
#[derive(Debug, Default)]
struct Score {
    right: usize,
    /// Of the right ones, those whose every byte is right.
    exact: usize,
    wrong: Vec<String>,
    missed: Vec<String>,
}

impl Score {
    fn of(cases: &[Case], find: impl Fn(&str) -> BTreeSet<(usize, usize)>) -> Self {
        let mut score = Self::default();
        for (text, expected) in cases {
            let found = find(text);
            let shown = |(start, end): &(usize, usize)| format!("{:?} in {text:?}", &text[*start..*end]);
            let meets = |all: &BTreeSet<(usize, usize)>, (start, end): &(usize, usize)| {
                all.iter().any(|(other, other_end)| other < end && start < other_end)
            };
            score.right += expected.iter().filter(|link| meets(&found, link)).count();
            score.exact += found.intersection(expected).count();
            score.wrong.extend(found.iter().filter(|link| !meets(expected, link)).map(shown));
            score.missed.extend(expected.iter().filter(|link| !meets(&found, link)).map(shown));
        }
        score
    }

    fn precision(&self) -> f64 {
        self.right as f64 / (self.right + self.wrong.len()).max(1) as f64
    }

    fn recall(&self) -> f64 {
        self.right as f64 / (self.right + self.missed.len()).max(1) as f64
    }
}

fn pair(range: Range<usize>) -> (usize, usize) {
    (range.start, range.end)
}

fn ours(text: &str) -> BTreeSet<(usize, usize)> {
    static LISTS: LazyLock<Lists> = LazyLock::new(Lists::default);
    let contacts = contact::find(text, &LISTS);
    let emails = contacts.emails.iter().map(|email| pair(email.range.clone()));
    contacts.links.iter().map(|link| pair(link.range.clone())).chain(emails).collect()
}

/// `linkify`, also without a scheme, where the host has a suffix that is listed.
fn theirs(text: &str) -> BTreeSet<(usize, usize)> {
    let mut finder = LinkFinder::new();
    finder.url_must_have_scheme(false);
    let has_suffix = |link: &str| {
        let host = link.split("://").last().unwrap_or(link).split(['/', '?', '#', ':']).next().unwrap_or("");
        let host = host.rsplit('@').next().unwrap_or(host);
        psl::suffix(host.as_bytes()).is_some_and(|suffix| suffix.is_known())
    };
    let is_link = |link: &linkify::Link<'_>| {
        *link.kind() == LinkKind::Email || link.as_str().contains("://") || has_suffix(link.as_str())
    };
    finder.links(text).filter(is_link).map(|link| (link.start(), link.end())).collect()
}

/// A case whose links are drawn between bars.
fn drawn(text: &str) -> Case {
    let (mut plain, mut links, mut open) = (String::new(), BTreeSet::new(), None);
    for c in text.chars() {
        match (c, open) {
            ('|', None) => open = Some(plain.len()),
            ('|', Some(start)) => {
                links.insert((start, plain.len()));
                open = None;
            }
            (c, _) => plain.push(c),
        }
    }
    (plain, links)
}

/// What stands in a literal of a Rust test.
fn literal(written: &str) -> String {
    written
        .replace("\\n", "\n")
        .replace("\\t", "\t")
        .replace("\\\"", "\"")
        .replace("\\'", "'")
        .replace("\\\\", "\\")
}

/// The cases of the package `linkify`. Those with a bar in a link are left out: it marks one.
fn linkify_cases() -> Vec<Case> {
    let call = Regex::new(
        r#"assert_(not_)?linked\(\s*"((?:[^"\\]|\\.)*)"\s*(?:,\s*"((?:[^"\\]|\\.)*)"\s*)?,?\s*\)"#,
    );
    let call = call.unwrap();
    let mut cases = Vec::new();
    for name in ["url.rs", "email.rs", "domains.rs"] {
        let source = std::fs::read_to_string(package::folder("linkify").join("tests").join(name)).unwrap();
        for call in call.captures_iter(&source) {
            let text = literal(&call[2]);
            let picture = call.get(3).map_or(text.clone(), |picture| literal(picture.as_str()));
            let has_other_escapes = call[0].contains("\\u");
            if !has_other_escapes && !text.contains('|') {
                cases.push(drawn(&picture));
            }
        }
    }
    cases
}

/// The cases of linkify-it: a line, then the link in it, where that is not the whole line; ` %` begins a remark.
fn linkify_it_cases(folder: &Path) -> Vec<Case> {
    let read = |name: &str| std::fs::read_to_string(folder.join(name)).unwrap();
    let bare = |line: &str| Regex::new(r"\s+%\s.*$").unwrap().replace(line, "").into_owned();
    let mut cases = Vec::new();
    for paragraph in read("links.txt").split("\n\n") {
        let lines: Vec<String> =
            paragraph.lines().filter(|line| !line.starts_with('%') && !line.is_empty()).map(bare).collect();
        for pair in lines.chunks(2) {
            let (text, link) = (&pair[0], pair.last().unwrap());
            let Some(start) = text.find(link.as_str()) else { continue };
            // Only the first link of a line is told, so the rest is not asked about.
            let end = start + link.len();
            let behind = if text[end..].contains("](") { end } else { text.len() };
            cases.push((text[..behind].to_owned(), BTreeSet::from([(start, end)])));
        }
    }
    let no_links = read("not_links.txt");
    let no_links = no_links.lines().filter(|line| !line.starts_with('%') && !line.is_empty());
    cases.extend(no_links.map(|line| (bare(line), BTreeSet::new())));
    cases
}

/// Ours, theirs, and what to say of them.
fn compare(name: &str, mut cases: Vec<Case>) -> (Score, Score, String) {
    let holds = |text: &str, parts: &[&str]| parts.iter().any(|part| text.contains(part));
    let all = cases.len();
    cases.retain(|(text, links)| match links.is_empty() {
        true => text != "http://" && !holds(text, &MEANT),
        false => !holds(text, &NOT_MEANT),
    });
    let (ours, theirs) = (Score::of(&cases, ours), Score::of(&cases, theirs));
    let told = format!(
        "{name}: {} of {all} cases; ours {:.3} precision, {:.3} recall, {} exact; linkify and suffixes {:.3}, {:.3}, {}\n\
         wrong:\n  {}\nmissed:\n  {}",
        cases.len(),
        ours.precision(),
        ours.recall(),
        ours.exact,
        theirs.precision(),
        theirs.recall(),
        theirs.exact,
        ours.wrong.join("\n  "),
        ours.missed.join("\n  "),
    );
    (ours, theirs, told)
}

#[test]
fn as_good_as_linkify_on_its_own_ground() {
    let cases = linkify_cases();
    assert!(cases.len() > 100, "{} cases", cases.len());
    let (ours, theirs, told) = compare("linkify", cases);
    assert!(ours.precision() >= 0.99 && ours.recall() >= theirs.recall(), "{told}");
}

#[test]
fn better_than_linkify_on_other_ground() {
    let Some(folder) = std::env::var_os("LINKIFY_IT") else { return };
    let (ours, theirs, told) = compare("linkify-it", linkify_it_cases(Path::new(&folder)));
    assert!(ours.precision() >= theirs.precision() && ours.recall() >= theirs.recall(), "{told}");
}
