//! SARIF 2.1.0, for code scanning and editors.
//!
//! Results come first and the rules that they met last, which JSON allows: so no result is kept, and nothing is said of
//! rules that found nothing. Columns count Unicode scalar values, bytes are those of the file. A finding about a whole
//! message has the region of the whole field. What was accepted is a result with `suppressions`, as readers expect.
//!
//! `partialFingerprints` holds the finding's own fingerprint. GitHub looks at none but `primaryLocationLineHash`, which
//! its upload action adds by itself and complains about where somebody else did.

use std::collections::{BTreeMap, HashMap};
use std::io::{self, Write};
use std::sync::Arc;

use serde::Serialize;

use crate::finding::{self, Finding, RuleId};
use crate::fix::{self, Applicability};
use crate::lint::{self, FileReport, MessageReport};
use crate::text::Span;

use super::markdown::paragraphs;
use super::{Manual, RulePage, Summary, Unread, json};

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// A log under way: which rules were met so far, in that order.
#[derive(Debug)]
pub(super) struct Sarif {
    manual: Arc<Manual>,
    met: Vec<RuleId>,
    numbers: HashMap<RuleId, usize>,
    has_results: bool,
}

impl Sarif {
    /// A log without results.
    pub(super) fn new(manual: Arc<Manual>) -> Self {
        Self { manual, met: Vec::new(), numbers: HashMap::new(), has_results: false }
    }

    /// Writes everything before the first result.
    pub(super) fn begin(&self, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(br#"{"$schema":"#)?;
        json::write(&SCHEMA, out)?;
        out.write_all(br#","version":"2.1.0","runs":[{"columnKind":"unicodeCodePoints","results":["#)
    }

    /// Writes the results of a file.
    pub(super) fn file(&mut self, file: &FileReport, out: &mut dyn Write) -> io::Result<()> {
        let uri = uri(&file.path);
        for message in &file.messages {
            for finding in &message.findings {
                self.result(&uri, message, finding, None, out)?;
            }
            for accepted in &message.suppressed {
                self.result(&uri, message, &accepted.finding, Some(&accepted.by), out)?;
            }
        }
        Ok(())
    }

    /// Writes everything after the last result.
    pub(super) fn finish(self, summary: &Summary, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(b"\n],\"invocations\":[")?;
        json::write(&Invocation::from(summary), out)?;
        out.write_all(br#"],"tool":{"driver":"#)?;
        let rules = self.met.iter().map(|id| Descriptor::new(id, self.manual.page(id))).collect();
        let driver =
            Driver { name: env!("CARGO_PKG_NAME"), semantic_version: env!("CARGO_PKG_VERSION"), rules };
        json::write(&driver, out)?;
        out.write_all(b"}}]}\n")
    }

    fn result(
        &mut self,
        uri: &str,
        message: &MessageReport,
        finding: &Finding,
        accepted: Option<&lint::Suppression>,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        out.write_all(if self.has_results { b",\n" } else { b"\n" })?;
        self.has_results = true;
        let result = Outcome {
            rule_id: finding.rule.as_str(),
            rule_index: self.number(&finding.rule),
            level: finding.severity.name(),
            message: Text::new(&format!("{}\n\nHelp: {}", finding.message, finding.help)),
            locations: [Location::new(uri, &finding.place)],
            partial_fingerprints: BTreeMap::from([("sellerlint/v1", finding.fingerprint.to_string())]),
            related_locations: related(uri, finding),
            fixes: finding.fix.as_ref().and_then(|fix| Fix::new(uri, finding, fix)).into_iter().collect(),
            suppressions: accepted.map(Suppression::from).into_iter().collect(),
            properties: Properties::new(message, finding),
        };
        json::write(&result, out)
    }

    fn number(&mut self, rule: &RuleId) -> usize {
        if let Some(known) = self.numbers.get(rule) {
            return *known;
        }
        self.met.push(rule.clone());
        self.numbers.insert(rule.clone(), self.met.len() - 1);
        self.met.len() - 1
    }
}

/// A path as a relative reference, or as an address of its own if it is absolute.
fn uri(path: &str) -> String {
    let path = path.strip_prefix("./").unwrap_or(path);
    let bytes = path.as_bytes();
    let has_drive = matches!(bytes, [drive, b':', b'/', ..] if drive.is_ascii_alphabetic());
    let mut uri = match (has_drive, path.starts_with('/')) {
        (true, _) => format!("file:///{}:", &path[..1]),
        (_, true) => "file://".to_owned(),
        _ => String::new(),
    };
    for byte in if has_drive { &bytes[2..] } else { bytes } {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                uri.push(char::from(*byte));
            }
            byte => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}

/// The other places of a finding, each once.
fn related<'a>(uri: &'a str, finding: &'a Finding) -> Vec<Related<'a>> {
    let related = |(id, label): (usize, &'a finding::Label)| Related {
        id,
        location: Location::new(uri, &label.place),
        message: Text::new(&label.message),
    };
    finding.labels.iter().enumerate().map(related).collect()
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Invocation {
    execution_successful: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tool_execution_notifications: Vec<Notification>,
}

#[derive(Serialize)]
struct Notification {
    level: &'static str,
    message: Text,
    locations: [WholeFile; 1],
}

/// A file in which no place is meant.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct WholeFile {
    physical_location: WholePhysical,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct WholePhysical {
    artifact_location: Named,
}

#[derive(Serialize)]
struct Named {
    uri: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Driver<'a> {
    name: &'static str,
    semantic_version: &'static str,
    rules: Vec<Descriptor<'a>>,
}

/// A rule.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Descriptor<'a> {
    id: &'a str,
    name: String,
    #[serde(flatten)]
    page: Option<PageOfRule<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PageOfRule<'a> {
    short_description: Text,
    full_description: Text,
    help: Text,
    #[serde(skip_serializing_if = "Option::is_none")]
    help_uri: Option<&'a str>,
    default_configuration: Configuration,
}

#[derive(Serialize)]
struct Configuration {
    enabled: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    level: Option<&'static str>,
}

/// Text for a reader; in it no braces stand for arguments and no brackets for links.
#[derive(Serialize)]
struct Text {
    text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    markdown: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Outcome<'a> {
    rule_id: &'a str,
    rule_index: usize,
    level: &'static str,
    message: Text,
    locations: [Location<'a>; 1],
    partial_fingerprints: BTreeMap<&'static str, String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Related<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fixes: Vec<Fix<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    suppressions: Vec<Suppression<'a>>,
    properties: Properties<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location<'a> {
    physical_location: Physical<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Physical<'a> {
    artifact_location: Artifact<'a>,
    region: Region,
}

#[derive(Clone, Copy, Serialize)]
struct Artifact<'a> {
    uri: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: usize,
    start_column: usize,
    end_line: usize,
    end_column: usize,
    #[serde(flatten)]
    bytes: Bytes,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Bytes {
    byte_offset: usize,
    byte_length: usize,
}

#[derive(Serialize)]
struct Related<'a> {
    id: usize,
    #[serde(flatten)]
    location: Location<'a>,
    message: Text,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Fix<'a> {
    description: Text,
    artifact_changes: [Change<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Change<'a> {
    artifact_location: Artifact<'a>,
    replacements: Vec<Replacement<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Replacement<'a> {
    deleted_region: Bytes,
    inserted_content: Inserted<'a>,
}

#[derive(Serialize)]
struct Inserted<'a> {
    text: &'a str,
}

#[derive(Serialize)]
struct Suppression<'a> {
    kind: &'static str,
    status: &'static str,
    justification: &'a str,
}

/// What SARIF has no name for.
#[derive(Serialize)]
struct Properties<'a> {
    confidence: &'static str,
    field: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    record: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    page: Option<PagePlace<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    also: Vec<&'a str>,
}

/// A place in a text that the file wraps.
#[derive(Serialize)]
struct PagePlace<'a> {
    name: &'a str,
    line: usize,
    column: usize,
}

impl From<&Summary> for Invocation {
    fn from(summary: &Summary) -> Self {
        let notification = |unread: &Unread| Notification {
            level: "error",
            message: Text::new(&unread.reason),
            locations: [WholeFile {
                physical_location: WholePhysical { artifact_location: Named { uri: uri(&unread.path) } },
            }],
        };
        let tool_execution_notifications: Vec<_> = summary.unread.iter().map(notification).collect();
        Self { execution_successful: tool_execution_notifications.is_empty(), tool_execution_notifications }
    }
}

impl<'a> Descriptor<'a> {
    fn new(id: &'a RuleId, page: Option<&'a RulePage>) -> Self {
        Self { id: id.as_str(), name: pascal(id.as_str()), page: page.map(PageOfRule::from) }
    }
}

/// `review-gating` as SARIF wants names of rules: `ReviewGating`.
fn pascal(id: &str) -> String {
    let capital = |part: &str| {
        let mut chars = part.chars();
        chars.next().map(|first| format!("{}{}", first.to_ascii_uppercase(), chars.as_str()))
    };
    id.split(['-', '/']).filter_map(capital).collect()
}

impl<'a> From<&'a RulePage> for PageOfRule<'a> {
    fn from(page: &'a RulePage) -> Self {
        let RulePage { title, help, explain, severity, url } = page;
        let first = explain.split("\n\n").next().unwrap_or_default().replace('\n', " ");
        let whole = format!("{explain}\n\nWhat to do: {help}");
        let source = url.as_ref().map_or(String::new(), |url| format!("\n\n[Source](<{url}>)"));
        let markdown = format!("{}{source}", paragraphs(&whole));
        Self {
            short_description: Text::new(title),
            full_description: Text::new(&first),
            help: Text { markdown: Some(markdown), ..Text::new(&whole) },
            help_uri: url.as_deref(),
            default_configuration: Configuration {
                enabled: severity.is_some(),
                level: severity.map(finding::Severity::name),
            },
        }
    }
}

impl Text {
    /// Braces are doubled, as the standard asks (but not in Markdown, which readers show as it stands); a bracket is marked where what follows could make it a link.
    fn new(text: &str) -> Self {
        let mut text = text.replace('{', "{{").replace('}', "}}");
        if text.contains("](") {
            text = text.replace('\\', "\\\\").replace('[', "\\[").replace(']', "\\]");
        }
        Self { text, markdown: None }
    }
}

impl<'a> Location<'a> {
    fn new(uri: &'a str, place: &finding::Place) -> Self {
        let finding::Place { span, start, end } = place;
        let region = Region {
            start_line: start.line,
            start_column: start.column,
            end_line: end.line,
            end_column: end.column,
            bytes: (*span).into(),
        };
        Self { physical_location: Physical { artifact_location: Artifact { uri }, region } }
    }
}

impl From<Span> for Bytes {
    fn from(span: Span) -> Self {
        Self { byte_offset: span.start(), byte_length: span.end() - span.start() }
    }
}

impl<'a> Fix<'a> {
    /// None for what is there to be looked at only: readers carry fixes out.
    fn new(uri: &'a str, finding: &Finding, fix: &'a fix::Fix) -> Option<Self> {
        let description = match fix.applicability {
            Applicability::DisplayOnly => return None,
            Applicability::Unsafe => format!("{} (read the result: it changes what is said)", finding.help),
            Applicability::Safe => finding.help.clone(),
        };
        let replacement = |edit: &'a fix::Edit| Replacement {
            deleted_region: edit.span.into(),
            inserted_content: Inserted { text: &edit.replacement },
        };
        let replacements = fix.edits.iter().map(replacement).collect();
        let change = Change { artifact_location: Artifact { uri }, replacements };
        Some(Self { description: Text::new(&description), artifact_changes: [change] })
    }
}

impl<'a> From<&'a lint::Suppression> for Suppression<'a> {
    fn from(by: &'a lint::Suppression) -> Self {
        let (kind, justification) = match by {
            lint::Suppression::InSource { reason } => ("inSource", reason.as_str()),
            lint::Suppression::Configuration { reason } => ("external", reason.as_str()),
            lint::Suppression::Baseline => ("external", "it was there when the baseline was taken"),
        };
        Self { kind, status: "accepted", justification }
    }
}

impl<'a> Properties<'a> {
    fn new(message: &'a MessageReport, finding: &'a Finding) -> Self {
        let record = message.record.as_ref();
        let page = finding.page.as_ref().map(|page| PagePlace {
            name: &page.name,
            line: page.start.line,
            column: page.start.column,
        });
        Self {
            confidence: finding.confidence.name(),
            field: finding.field.to_string(),
            record: record.map(|record| record.number),
            id: record.and_then(|record| record.id.as_deref()),
            page,
            also: finding.also.iter().map(RuleId::as_str).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_becomes_a_reference() {
        for (path, wanted) in [
            ("drafts/a.txt", "drafts/a.txt"),
            ("./drafts/grün 1.md", "drafts/gr%C3%BCn%201.md"),
            ("../50%.txt", "../50%25.txt"),
            ("a:b?c#d.txt", "a%3Ab%3Fc%23d.txt"),
            ("/home/a b.txt", "file:///home/a%20b.txt"),
            ("C:/Drafts/a.txt", "file:///C:/Drafts/a.txt"),
            ("-", "-"),
        ] {
            assert_eq!(uri(path), wanted);
        }
    }

    #[test]
    fn text_is_no_template_and_no_link() {
        for (text, wanted) in [
            ("`{{name}}` is left in", "`{{{{name}}}}` is left in"),
            ("`[Important]` is the tag", "`[Important]` is the tag"),
            (r"see [this](1) \ that", r"see \[this\](1) \\ that"),
        ] {
            assert_eq!(Text::new(text).text, wanted);
        }
    }

    #[test]
    fn names_of_rules() {
        assert_eq!(pascal("review-gating"), "ReviewGating");
        assert_eq!(pascal("house/no-ü-20"), "HouseNoü20");
    }
}
