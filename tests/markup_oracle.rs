//! Our readers of HTML and Markdown against the test resources that the packages of established parsers ship.
//!
//! Cargo unpacks the packages, and says where. The tests of html5lib, on which browsers agree, are in no package; there
//! html5gum itself is asked, in the tests beside the code.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod package;

use sellerlint::decode::entity::{Within, decode};
use sellerlint::document::{Document, Scope, html, markdown};
use sellerlint::text::Source;

/// Every place that a document gives must be one.
fn check_places(document: &Document<'_>) {
    for block in &document.blocks {
        let page = document.pages[block.page].text.text();
        for (at, c) in block.text.text().char_indices() {
            assert!(page.get(block.text.span(at..at + c.len_utf8()).range()).is_some(), "{c:?}");
        }
    }
    for markup in &document.markups {
        let page = document.pages[markup.page].text.text();
        for element in &markup.elements {
            assert!(page.get(element.tag.start..element.end).is_some(), "{element:?}");
        }
    }
}

/// The words that are seen, in order of the alphabet.
fn words(document: &Document<'_>) -> Vec<String> {
    let seen = document.blocks.iter().filter(|block| block.scope == Scope::Text);
    let mut words: Vec<String> = seen
        .flat_map(|block| block.text.text().split(|c: char| c.is_whitespace() || c.is_ascii_punctuation()))
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect();
    words.sort();
    words
}

#[test]
fn character_references_are_those_of_htmlize() {
    let corpus = package::folder("htmlize").join("tests/corpus");
    let read = |name: &str| std::fs::read_to_string(corpus.join(name)).unwrap();
    let (escaped, expanded) = (read("all-entities-source.txt"), read("all-entities-expanded.txt"));
    assert!(escaped.len() > 10_000);
    assert_eq!(decode(&escaped, 0, Within::Text).text(), expanded);
}

/// Texts between `let name = r##"` and `"##;`.
fn literals<'t>(suite: &'t str, name: &str) -> Vec<&'t str> {
    let open = format!("let {name} = r##\"");
    suite.split(&open).skip(1).map(|rest| rest.split("\"##;").next().unwrap_or_default()).collect()
}

/// Where the two do not say the same, and why.
const DIFFERENCES: &[(&str, &str)] = &[
    ("> ```\n> aaa\n\nbbb\n", "code in a quote is the buyer's"),
    (
        "    1.  A paragraph\n        with two lines.\n\n            indented code\n\n        > A block quote.\n",
        "a line of code that begins with an angle looks quoted",
    ),
    ("`hi`lo`\n", "code is a block of its own, so that it parts words"),
    ("`foo``bar``\n", "code is a block of its own, so that it parts words"),
];

#[test]
fn markdown_says_what_its_html_says() {
    let suite = package::folder("pulldown-cmark").join("tests/suite");
    let (mut compared, mut differing) = (0, Vec::new());
    for name in ["spec.rs", "gfm_table.rs", "gfm_strikethrough.rs", "gfm_tasklist.rs"] {
        let suite = std::fs::read_to_string(suite.join(name)).unwrap();
        for (original, expected) in literals(&suite, "original").into_iter().zip(literals(&suite, "expected"))
        {
            // A first line of dashes may be front matter here.
            let source = Source::new(original.as_bytes(), None);
            let document = markdown::read(&source);
            check_places(&document);
            let html = Source::new(expected.as_bytes(), None);
            let of_html = html::read(&html);
            check_places(&of_html);
            compared += 1;
            if words(&document) != words(&of_html) && !DIFFERENCES.iter().any(|(known, _)| *known == original)
            {
                differing.push(format!(
                    "{name}\n{original}---\n{:?}\n{:?}\n",
                    words(&document),
                    words(&of_html)
                ));
            }
        }
    }
    assert!(compared > 650, "{compared}");
    assert!(differing.is_empty(), "{} differ\n{}", differing.len(), differing.join("\n"));
}

#[test]
fn whole_pages_have_places() {
    let folder = package::folder("html5gum").join("benches/files");
    for entry in std::fs::read_dir(folder).unwrap() {
        let bytes = std::fs::read(entry.unwrap().path()).unwrap();
        let source = Source::new(&bytes, None);
        let document = html::read(&source);
        assert!(document.blocks[0].text.text().len() > 1000);
        check_places(&document);
    }
}
