//! DECIDE: a document and rules give a report.
//!
//! A [`Message`] holds what is known of one draft: its views, and what detectors found in them, each
//! looked for only when a rule first asks. [`judge`] asks every rule; [`family`] makes one finding of one offence,
//! [`again`] of one that is repeated; [`tell`] turns what is left into findings with exact places.

mod again;
mod alternatives;
mod attachments;
mod channels;
mod condition;
mod contacts;
mod envelope;
pub mod example;
mod facts;
mod family;
mod found;
pub mod inspect;
mod judge;
mod language;
mod marked;
mod message;
mod phrases;
mod report;
mod settings;
mod tell;

use crate::detect::phrase::machine::Scratch;
use crate::document::record::RecordKeys;
use crate::document::{Beside, Document, eml, html, plain, record};
use crate::rule::compiled::RuleSet;
use crate::text::{Charset, Source};

pub use report::{FileReport, KindOrigin, MessageReport, RecordName};
pub use settings::{Limits, MAX_FINDINGS, Settings};

use message::Message;
use tell::Base;

/// Rules, ready to judge messages. Cheap to build, and can be shared by threads.
#[derive(Debug, Clone)]
pub struct Linter {
    rules: RuleSet,
}

/// Whole lines of a JSON Lines file.
#[derive(Debug, Clone, Copy)]
pub struct RecordBlock<'a> {
    /// The lines.
    pub bytes: &'a [u8],
    /// Where the block begins in the file, in bytes.
    pub offset: usize,
    /// Number of its first line in the file, from 1.
    pub first_line: usize,
    /// Number of its first record in the file, from 1.
    pub first_record: usize,
}

impl Linter {
    /// A linter with these rules.
    pub fn new(rules: RuleSet) -> Self {
        Self { rules }
    }

    /// The rules.
    pub fn rules(&self) -> &RuleSet {
        &self.rules
    }

    /// Judges one plain-text draft. `path` is how reports call it; `charset` what its bytes are, if that was said.
    pub fn lint_text(
        &self,
        path: &str,
        bytes: &[u8],
        charset: Option<Charset>,
        settings: &Settings,
    ) -> FileReport {
        self.lint_text_beside(path, bytes, charset, settings, &|_| None)
    }

    /// The same, with the files that lie beside the draft.
    pub fn lint_text_beside(
        &self,
        path: &str,
        bytes: &[u8],
        charset: Option<Charset>,
        settings: &Settings,
        beside: &Beside<'_>,
    ) -> FileReport {
        let source = Source::new(bytes, charset);
        let mut document = plain::read(&source);
        document.look_beside(beside);
        let base = Base { offset: 0, line: 0, record: None };
        let message = self.lint_document(&source, &document, base, settings, &mut Scratch::default());
        FileReport { path: path.to_owned(), messages: vec![message] }
    }

    /// Judges one e-mail.
    pub fn lint_mail(&self, path: &str, bytes: &[u8], settings: &Settings) -> FileReport {
        let source = Source::new(bytes, Some(Charset::of_mail(bytes)));
        let document = eml::read(&source);
        let base = Base { offset: 0, line: 0, record: None };
        let message = self.lint_document(&source, &document, base, settings, &mut Scratch::default());
        FileReport { path: path.to_owned(), messages: vec![message] }
    }

    /// Judges one draft in HTML.
    pub fn lint_html(
        &self,
        path: &str,
        bytes: &[u8],
        charset: Option<Charset>,
        settings: &Settings,
    ) -> FileReport {
        let source = Source::new(bytes, charset);
        let document = html::read(&source);
        let base = Base { offset: 0, line: 0, record: None };
        let message = self.lint_document(&source, &document, base, settings, &mut Scratch::default());
        FileReport { path: path.to_owned(), messages: vec![message] }
    }

    /// Judges the records of some lines, one message each. Blank lines are none.
    pub fn lint_records(
        &self,
        path: &str,
        block: RecordBlock<'_>,
        keys: &RecordKeys,
        settings: &Settings,
    ) -> FileReport {
        let mut report = FileReport { path: path.to_owned(), messages: Vec::new() };
        let mut scratch = Scratch::default();
        let (mut at, mut number) = (0, block.first_record);
        for (line, bytes) in block.bytes.split_inclusive(|byte| *byte == b'\n').enumerate() {
            let start = at;
            at += bytes.len();
            if bytes.trim_ascii().is_empty() {
                continue;
            }
            let utf8 = Charset::named("utf-8");
            let source = Source::new(bytes.trim_ascii_end(), utf8);
            let document = record::read(&source, keys);
            let record = RecordName { number, id: document.metadata.id.clone() };
            let base = Base {
                offset: block.offset + start,
                line: block.first_line - 1 + line,
                record: Some(record),
            };
            report.messages.push(self.lint_document(&source, &document, base, settings, &mut scratch));
            number += 1;
        }
        report
    }

    /// Judges one message that was read already.
    fn lint_document(
        &self,
        source: &Source<'_>,
        document: &Document<'_>,
        base: Base,
        settings: &Settings,
        scratch: &mut Scratch,
    ) -> MessageReport {
        let message = Message::new(source, document, &self.rules, settings, scratch);
        let candidates = judge::judge(&message, &self.rules, settings);
        let candidates = family::one_per_offence(candidates, &self.rules);
        let candidates = again::once(&message, candidates, &self.rules);
        tell::report(&message, candidates, &self.rules, settings, base)
    }
}
