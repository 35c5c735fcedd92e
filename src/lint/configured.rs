//! What is wrong with the configuration and not with a message, as a finding for those who read nothing but the report.

use std::ops::Range;

use crate::finding::{Confidence, FieldName, Finding, Fingerprint, Place, RuleId, Severity};
use crate::text::{LineIndex, Span};

use super::allow::is_about_allows;
use super::tell::excerpt;
use super::{FileReport, Linter};

/// What is wrong with an allow of the configuration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AllowFault {
    /// Where it stands, in bytes of the configuration.
    pub range: Range<usize>,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: String,
}

impl Linter {
    /// Faults of allows as errors of the rule about that, at their places in the configuration `text`; `None` if there is
    /// no such rule.
    pub fn allow_faults(&self, path: &str, text: &str, faults: &[AllowFault]) -> Option<FileReport> {
        let rule = self.rules().rules.iter().find(|rule| is_about_allows(rule))?;
        let (rule, lines) = (RuleId::new(&rule.id), LineIndex::new(text));
        let finding = |fault: &AllowFault| {
            let AllowFault { range, message, help } = fault;
            let words = text.get(range.clone()).unwrap_or_default().to_owned();
            Finding {
                fingerprint: Fingerprint::new(&rule, &words),
                rule: rule.clone(),
                severity: Severity::Error,
                is_notice: true,
                confidence: Confidence::High,
                message: message.clone(),
                help: help.clone(),
                field: FieldName::Configuration,
                field_chars: None,
                field_text: None,
                place: Place {
                    span: Span::new(range.start, range.end),
                    start: lines.position(text, range.start),
                    end: lines.position(text, range.end),
                },
                page: None,
                text: words,
                excerpt: excerpt(text, &lines, range.clone()),
                labels: Vec::new(),
                also: Vec::new(),
                fix: None,
            }
        };
        Some(FileReport::without_message(path.to_owned(), faults.iter().map(finding).collect()))
    }
}
