use crate::finding::{Confidence, Excerpt, FieldName, Finding, Fingerprint, Place, RuleId, Severity};
use crate::lint::FileReport;
use crate::text::{Position, Span};

/// A file that could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unread {
    /// What it is called.
    pub path: String,
    /// A sentence that says why.
    pub reason: String,
}

/// What stands for a rule in formats that know nothing but findings.
pub(super) const NAME: &str = "unreadable-file";

impl Unread {
    /// The same as a finding at the beginning of the file.
    pub(super) fn report(&self) -> FileReport {
        let rule = RuleId::new(NAME);
        let start = Position { line: 1, column: 1, column_utf16: 1, column_byte: 1 };
        let finding = Finding {
            fingerprint: Fingerprint::new(&rule, ""),
            rule,
            severity: Severity::Error,
            is_notice: true,
            confidence: Confidence::High,
            message: self.reason.clone(),
            help: "what cannot be read is not checked".to_owned(),
            field: FieldName::Metadata,
            field_chars: None,
            field_text: None,
            place: Place { span: Span::new(0, 0), start, end: start },
            page: None,
            text: String::new(),
            excerpt: Excerpt { text: String::new(), first_line: 1, mark: 0..0 },
            labels: Vec::new(),
            also: Vec::new(),
            fix: None,
        };
        FileReport::without_message(self.path.clone(), vec![finding])
    }
}
