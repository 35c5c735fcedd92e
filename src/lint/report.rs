use crate::document::Scope;
use crate::finding::{Channel, FieldName, Finding, Kind, Severity};
use crate::fix::{Applicability, Fix};

use super::AllowUse;

/// What was found in one file, or in one block of its records.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FileReport {
    /// How the file is called in reports: as given, with `/` between folders; `-` or the `--stdin-filename` for stdin.
    pub path: String,
    /// One entry a message, in the order of the file.
    pub messages: Vec<MessageReport>,
}

impl FileReport {
    /// What is said of a file in which no message was judged.
    pub fn without_message(path: String, findings: Vec<Finding>) -> Self {
        let message = MessageReport {
            record: None,
            kind: Kind::default(),
            kind_origin: KindOrigin::Default,
            channel: None,
            findings,
            suppressed: Vec::new(),
            unchecked: Vec::new(),
            texts: Vec::new(),
            allowed_hosts: Vec::new(),
            allows: Vec::new(),
            unlisted: Fixable::default(),
        };
        Self { path, messages: vec![message] }
    }
}

/// What was found in one message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MessageReport {
    /// Which record of the file it is; `None` where the file is one message.
    pub record: Option<RecordName>,
    /// Judged as which kind.
    pub kind: Kind,
    /// How the kind was found.
    pub kind_origin: KindOrigin,
    /// The channel that it is sent by, if that was said.
    pub channel: Option<Channel>,
    /// Sorted by place, then rule.
    pub findings: Vec<Finding>,
    /// What would be findings, but was accepted; in the same order, and no more of them than findings are kept.
    pub suppressed: Vec<Suppressed>,
    /// What could not be judged for want of knowledge, in words for the summary; each reads after "not checked:".
    pub unchecked: Vec<&'static str>,
    /// The texts of the message; empty unless the settings ask for them and something was found.
    pub texts: Vec<FieldText>,
    /// Which of the hosts that the user allowed the message leads to.
    pub allowed_hosts: Vec<String>,
    /// What became of the allows of the configuration, as far as their rules were asked.
    pub allows: Vec<AllowUse>,
    /// What can be mended of the findings that are not kept because there are too many.
    pub unlisted: Fixable,
}

/// How many findings can be mended.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Fixable {
    /// Without changing what a message says.
    pub safely: usize,
    /// Only by changing what a message says.
    pub unsafely: usize,
}

impl Fixable {
    /// Counts a finding with this fix.
    pub(super) fn add(&mut self, fix: Option<&Fix>) {
        let degree = fix.map(|fix| fix.applicability);
        self.safely += usize::from(degree == Some(Applicability::Safe));
        self.unsafely += usize::from(degree == Some(Applicability::Unsafe));
    }

    /// How many there are of both.
    pub fn all(self) -> usize {
        self.safely + self.unsafely
    }
}

/// A text of a message as it was read, with entities, escapes and the like undone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldText {
    /// The field that it belongs to.
    pub field: FieldName,
    /// How it meets the eye of the buyer.
    pub scope: Scope,
    /// Whether it says again what another text says, as the plain text of an e-mail does beside its HTML.
    pub is_repeat: bool,
    /// The text.
    pub text: String,
}

/// A finding that somebody accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suppressed {
    /// What was found.
    pub finding: Finding,
    /// Who accepted it.
    pub by: Suppression,
}

/// How a finding was accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Suppression {
    /// Beside the words: a comment of the template, or its front matter.
    InSource {
        /// Why.
        reason: String,
    },
    /// By an `[[allow]]` of the configuration.
    Configuration {
        /// Why.
        reason: String,
    },
    /// It was there when the baseline was taken.
    Baseline,
}

/// A record of a file with many messages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordName {
    /// Number of the record in the file, from 1.
    pub number: usize,
    /// The record's own `id`, if it has one.
    pub id: Option<String>,
}

/// How the kind of a message was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KindOrigin {
    /// `--kind` on the command line.
    Option,
    /// The front matter of the draft, or the record.
    Metadata,
    /// In-Reply-To or References of an e-mail.
    Headers,
    /// The configuration file.
    Configuration,
    /// `[Important]` in the subject.
    SubjectTag,
    /// Nothing said otherwise.
    Default,
}

impl MessageReport {
    /// Whether it is no message but the configuration, in which something is wrong.
    pub fn is_configuration(&self) -> bool {
        self.findings.first().is_some_and(|finding| finding.field == FieldName::Configuration)
    }

    /// How many errors tell what was not judged, or which allow is of no use, and nothing that Amazon forbids.
    pub fn error_notices(&self) -> usize {
        let is_one = |finding: &&Finding| finding.severity == Severity::Error && finding.is_notice;
        self.findings.iter().filter(is_one).count()
    }

    /// What can be mended of the findings.
    pub fn fixable(&self) -> Fixable {
        let mut fixable = Fixable::default();
        self.findings.iter().for_each(|finding| fixable.add(finding.fix.as_ref()));
        fixable
    }

    /// What can be mended and is not among the findings: what a baseline accepts, for it accepts offences and not their
    /// words, and what is not listed because there is too much of it.
    pub fn fixable_besides(&self) -> Fixable {
        let mut fixable = self.unlisted;
        let in_baseline = self.suppressed.iter().filter(|suppressed| suppressed.by == Suppression::Baseline);
        in_baseline.for_each(|suppressed| fixable.add(suppressed.finding.fix.as_ref()));
        fixable
    }

    /// How many findings have this severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|finding| finding.severity == severity).count()
    }
}

impl FileReport {
    /// The worst severity in the file.
    pub fn worst(&self) -> Option<Severity> {
        self.messages.iter().flat_map(|message| &message.findings).map(|finding| finding.severity).max()
    }
}
