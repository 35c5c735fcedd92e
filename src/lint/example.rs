//! Runs the examples of a pack: each is a draft, and what its rule finds in it.

use crate::rule::pack::{Pack, Page};
use crate::rule::schema::ExampleToml;
use crate::verdict::Profile;

use super::{KindOrigin, Linter, Settings};

/// What came of one example.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// Full id of the rule.
    pub rule: String,
    /// Number of the example on its page, from 1.
    pub number: usize,
    /// Byte of the page at which the example stands.
    pub at: usize,
    /// What the page says that the rule finds.
    pub wanted: Vec<String>,
    /// What it found.
    pub found: Vec<String>,
}

/// How a whole-message finding is written in `finds`.
const WHOLE_MESSAGE: &str = "*";

impl Outcome {
    /// Whether the rule did what its page says.
    pub fn is_right(&self) -> bool {
        self.wanted == self.found
    }
}

/// Runs all examples of a pack with a linter that holds its rules.
pub fn run(pack: &Pack, linter: &Linter) -> Vec<Outcome> {
    pack.rules.iter().flat_map(|page| run_page(page, linter)).collect()
}

fn run_page(page: &Page, linter: &Linter) -> Vec<Outcome> {
    let numbered = page.rule.example.iter().enumerate();
    numbered
        .map(|(index, example)| Outcome {
            rule: page.id.clone(),
            number: index + 1,
            at: example.span().start,
            wanted: example.get_ref().finds.clone(),
            found: found(&page.id, example.get_ref(), linter),
        })
        .collect()
}

/// What a rule finds in an example, in the first profile of standard, strict and lenient in which it is on.
fn found(id: &str, example: &ExampleToml, linter: &Linter) -> Vec<String> {
    let find = |profile| {
        let settings = Settings {
            profile,
            kind: example.kind.map(|kind| (kind, KindOrigin::Option)),
            is_final: example.is_final,
            ..Settings::default()
        };
        let report = linter.lint_text("example", example.text.as_bytes(), None, &settings);
        let of_rule = report
            .messages
            .into_iter()
            .flat_map(|message| message.findings)
            .filter(|f| f.rule.as_str() == id);
        of_rule
            .map(|finding| {
                if finding.is_whole_message() && finding.text.is_empty() {
                    WHOLE_MESSAGE.to_owned()
                } else {
                    finding.text
                }
            })
            .collect::<Vec<_>>()
    };
    let standard = find(Profile::Standard);
    if standard.is_empty() { find(Profile::Strict) } else { standard }
}
