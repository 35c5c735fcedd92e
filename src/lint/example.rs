//! Runs the examples of a pack: each is a draft, and what its rule finds in it.

use toml::Spanned;

use crate::document::{Format, ReadAs};
use crate::finding::Finding;
use crate::fix::{Applicability, apply};
use crate::rule::pack::{Pack, Page};
use crate::rule::schema::{DetectToml, ExampleToml, MetadataFact};
use crate::verdict::{Channel, Profile};

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
    /// The draft after every fix, where the page shows it.
    pub wanted_text: Option<String>,
    /// What the fixes made of it.
    pub fixed_text: Option<String>,
}

/// How a whole-message finding is written in `finds`.
const WHOLE_MESSAGE: &str = "*";

impl Outcome {
    /// Whether the rule did what its page says.
    pub fn is_right(&self) -> bool {
        self.wanted == self.found && self.wanted_text == self.fixed_text
    }

    /// What the page says beside what the rule did, where they differ.
    pub fn difference(&self) -> String {
        if self.wanted != self.found {
            return format!("wanted {:?}, found {:?}", self.wanted, self.found);
        }
        let (wanted, fixed) = (self.wanted_text.as_deref(), self.fixed_text.as_deref());
        format!("wanted {:?}, fixed {:?}", wanted.unwrap_or_default(), fixed.unwrap_or_default())
    }
}

/// Runs all examples of a pack with a linter that holds its rules.
pub fn run(pack: &Pack, linter: &Linter) -> Vec<Outcome> {
    pack.rules.iter().flat_map(|page| run_page(page, linter)).collect()
}

/// Runs the examples of one page.
pub fn run_page(page: &Page, linter: &Linter) -> Vec<Outcome> {
    let numbered = page.rule.example.iter().enumerate();
    numbered.map(|(index, example)| outcome(page, index + 1, example, linter)).collect()
}

fn outcome(page: &Page, number: usize, example: &Spanned<ExampleToml>, linter: &Linter) -> Outcome {
    let (at, example) = (example.span().start, example.get_ref());
    let findings = findings(&page.id, example, linter);
    let fixed = || {
        let fixes = findings.iter().filter_map(|finding| finding.fix.as_ref());
        let applied = apply(example.text.as_bytes(), fixes, Applicability::DisplayOnly);
        String::from_utf8_lossy(&applied.bytes).into_owned()
    };
    let text = |finding: &Finding| match finding.is_whole_message() {
        true => WHOLE_MESSAGE.to_owned(),
        false => finding.text.clone(),
    };
    Outcome {
        rule: page.id.clone(),
        number,
        at,
        wanted: example.finds.clone(),
        found: findings.iter().map(text).collect(),
        wanted_text: example.fixed.clone(),
        fixed_text: example.fixed.as_ref().map(|_| fixed()),
    }
}

/// What a rule finds in an example, in the first profile of standard, strict and lenient in which it is on.
fn findings(id: &str, example: &ExampleToml, linter: &Linter) -> Vec<Finding> {
    let find = |profile| {
        let settings = Settings {
            profile,
            kind: example.kind.map(|kind| (kind, KindOrigin::Option)),
            is_final: example.is_final,
            language: example.language.clone(),
            channel: example.channel.as_ref().map(|name| (Channel::new(name.get_ref()), KindOrigin::Option)),
            ..Settings::default()
        };
        let format = Format::Message(example.format);
        let reading = ReadAs { format, ..ReadAs::default() };
        let report = linter.lint("example", example.text.as_bytes(), &reading, &settings);
        let findings = report.messages.into_iter().flat_map(|message| message.findings);
        findings.filter(|finding| finding.rule.as_str() == id).collect::<Vec<_>>()
    };
    let standard = find(Profile::Standard);
    if standard.is_empty() { find(Profile::Strict) } else { standard }
}

/// What the pages of a pack lack of what the guide asks for, a sentence each: at least two examples that find something,
/// three that stay silent, and a trap named by one of those.
pub fn guard(pack: &Pack) -> Vec<String> {
    let sources = pack.about.iter().flat_map(|(_, about)| &about.policy);
    let undated = sources
        .filter(|(_, source)| !source.url.contains("://") || source.checked.len() != "2026-11-22".len());
    let undated =
        undated.map(|(key, _)| format!("the source `{key}` needs an address and the date of its last check"));
    undated.chain(pack.rules.iter().flat_map(guard_page)).collect()
}

fn guard_page(page: &Page) -> Vec<String> {
    // A notice of the linter's own about too much of something wants a draft that is longer than a page.
    let notices = [MetadataFact::FindingsCut, MetadataFact::LimitReached];
    let is_notice =
        |detect: &DetectToml| detect.metadata.is_some_and(|metadata| notices.contains(&metadata.fact));
    if page.rule.detect.iter().any(|detect| is_notice(detect.get_ref())) {
        return Vec::new();
    }
    let examples: Vec<&ExampleToml> = page.rule.example.iter().map(|example| example.get_ref()).collect();
    let silent: Vec<&&ExampleToml> = examples.iter().filter(|example| example.finds.is_empty()).collect();
    let finding = examples.len() - silent.len();
    let mut lacks = Vec::new();
    if finding < 2 {
        lacks.push(format!("{}: has {finding} examples that find something, and needs 2", page.id));
    }
    if silent.len() < 3 {
        lacks.push(format!("{}: has {} examples that stay silent, and needs 3", page.id, silent.len()));
    }
    if !silent.iter().any(|example| example.trap.is_some()) {
        lacks.push(format!("{}: no silent example names its trap", page.id));
    }
    lacks
}
