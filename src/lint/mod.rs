//! DECIDE: a document and rules give a report.
//!
//! A [`Message`] holds what is known of one draft: its views, and what detectors found in them, each
//! looked for only when a rule first asks. The [`agenda`] tells which detectors may find something, [`judge`] asks those;
//! [`lead`] adds words that lead to a match; [`family`] makes one finding of one offence,
//! [`passage`] of one that goes on in the next sentence, [`again`] of one that is repeated; [`allow`] marks what somebody
//! accepted; [`tell`] turns what is left into findings with exact places. What was decided of a record is a [`precedent`] for
//! the next that says the same.

mod again;
mod agenda;
mod allow;
mod alternatives;
mod attachments;
pub mod baseline;
mod channels;
mod condition;
mod configured;
mod contacts;
mod desk;
mod emptied;
mod envelope;
pub mod example;
mod facts;
mod family;
mod found;
pub mod inspect;
mod judge;
mod language;
mod lead;
mod marked;
mod mend;
mod message;
mod needles;
mod passage;
mod phrases;
mod precedent;
mod proof;
mod quotation;
mod redact;
pub mod repair;
mod report;
mod settings;
mod signs;
mod slips;
mod taken;
mod tell;

use crate::document::records::cut::{self, LARGEST_RECORD, Units};
use crate::document::records::{self, Records};
use crate::document::{self, Beside, Document, Format, Input, MetadataFaultKind, ReadAs, TreeFormat, tree};
use crate::finding::Severity;
use crate::rule::compiled::{Rule, RuleSet};
use crate::text::Source;

pub use configured::AllowFault;
pub use redact::MASK;
pub use report::{
    FieldText, FileReport, Fixable, KindOrigin, MessageReport, RecordName, Suppressed, Suppression,
};
pub use settings::{AllowUse, Allowance, Limits, MAX_FINDINGS, Settings};

use desk::{Desk, Desks};
use judge::Judged;
use message::Message;
use precedent::{Case, Precedents};
use tell::Base;

/// Rules, ready to judge messages. Cheap to build, and can be shared by threads. What it read and decided lately is kept in a
/// few megabytes, and never changes what it says.
#[derive(Debug, Clone)]
pub struct Linter {
    rules: RuleSet,
    desks: Desks,
    precedents: Precedents,
}

/// Whole records of a file, as [`Cutter`](crate::document::records::cut::Cutter) cuts them.
#[derive(Debug, Clone, Copy)]
pub struct RecordBlock<'a> {
    /// The records.
    pub bytes: &'a [u8],
    /// Where the block begins in the file, in bytes.
    pub offset: usize,
    /// Number of its first line in the file, from 1.
    pub first_line: usize,
    /// Number of its first record in the file, from 1.
    pub first_record: usize,
}

/// A record that is too large to be read.
#[derive(Debug, Clone, Copy)]
pub struct LargeRecord<'a> {
    /// Its [`head`](cut::head).
    pub head: &'a [u8],
    /// How many bytes it has.
    pub size: usize,
    /// Where it begins in the file, in bytes.
    pub offset: usize,
    /// Number of its first line in the file, from 1.
    pub line: usize,
    /// Its number in the file, from 1.
    pub number: usize,
}

impl Linter {
    /// A linter with these rules.
    pub fn new(rules: RuleSet) -> Self {
        Self { rules, desks: Desks::default(), precedents: Precedents::default() }
    }

    /// The rules.
    pub fn rules(&self) -> &RuleSet {
        &self.rules
    }

    /// The worst that a finding of a rule can be; `None` where the rule is not asked.
    pub fn worst(&self, rule: &Rule, settings: &Settings) -> Option<Severity> {
        judge::worst(rule, settings)
    }

    /// Judges every message of a file that is in memory as a whole. `path` is how reports call it.
    pub fn lint(&self, path: &str, bytes: &[u8], reading: &ReadAs, settings: &Settings) -> FileReport {
        self.lint_beside(path, bytes, reading, settings, &|_| None)
    }

    /// The same, with the files that lie beside a draft, so that those it names as attachments can be looked at.
    pub fn lint_beside(
        &self,
        path: &str,
        bytes: &[u8],
        reading: &ReadAs,
        settings: &Settings,
        beside: &Beside<'_>,
    ) -> FileReport {
        match reading.format {
            Format::Message(format) => {
                let source = document::format::source(bytes, format, reading.charset);
                let mut document = document::read(&source, format);
                document.look_beside(beside);
                self.report(path, &source, &document, settings)
            }
            Format::Records(format) => match records::open(format, bytes, true, reading) {
                Ok(Some(opened)) => {
                    let block = RecordBlock {
                        bytes: &bytes[opened.start..],
                        offset: opened.start,
                        first_line: opened.lines + 1,
                        first_record: 1,
                    };
                    self.lint_records(path, block, &opened.records, settings)
                }
                Ok(None) => FileReport { path: path.to_owned(), messages: Vec::new() },
                Err(error) => {
                    let source = Source::new(cut::head(bytes, Units::Bytes), reading.charset);
                    let what = MetadataFaultKind::Unreadable;
                    let document = records::refused(&source, Input::Table, what, error.to_string());
                    self.report(path, &source, &document, settings)
                }
            },
            Format::Tree(format) => {
                let source = Source::new(bytes, reading.charset);
                let mut messages: Vec<MessageReport> = self.desks.with(|desk| {
                    let messages = tree::read(&source, format, reading).enumerate();
                    let judged = messages.map(|(number, document)| {
                        let id = document.metadata.id.clone();
                        // What is wrong with the file is said of the file.
                        let record = id.is_some().then_some(RecordName { number: number + 1, id });
                        let base = Base { offset: 0, line: 0, record };
                        self.lint_document(&source, &document, None, base, settings, desk)
                    });
                    judged.collect()
                });
                again::once_in_file(&mut messages);
                if format == TreeFormat::Yaml {
                    proof::keep_proved(bytes, reading, format, &mut messages);
                }
                FileReport { path: path.to_owned(), messages }
            }
        }
    }

    /// Judges the records of a block, one message each.
    pub fn lint_records(
        &self,
        path: &str,
        block: RecordBlock<'_>,
        records: &Records,
        settings: &Settings,
    ) -> FileReport {
        let messages = self.desks.with(|desk| {
            let judged = records.cut(block.bytes).map(|cut| {
                let bytes = &block.bytes[cut.bytes.clone()];
                let number = block.first_record + cut.number;
                let (offset, line) = (block.offset + cut.bytes.start, block.first_line + cut.lines);
                if bytes.len() > LARGEST_RECORD {
                    let head = cut::head(bytes, records.units());
                    let large = LargeRecord { head, size: bytes.len(), offset, line, number };
                    return self.large_record(large, records, settings, desk);
                }
                let source = records.source(bytes);
                let document = records.read(&source, cut.is_unclosed);
                let record = RecordName { number, id: document.metadata.id.clone() };
                let base = Base { offset, line: line - 1, record: Some(record) };
                let case = self.precedents.case(records, &document, settings);
                self.lint_document(&source, &document, case, base, settings, desk)
            });
            judged.collect()
        });
        FileReport { path: path.to_owned(), messages }
    }

    /// Says of a record that it was not read.
    pub fn lint_large_record(
        &self,
        path: &str,
        large: LargeRecord<'_>,
        records: &Records,
        settings: &Settings,
    ) -> FileReport {
        let message = self.desks.with(|desk| self.large_record(large, records, settings, desk));
        FileReport { path: path.to_owned(), messages: vec![message] }
    }

    fn large_record(
        &self,
        large: LargeRecord<'_>,
        records: &Records,
        settings: &Settings,
        desk: &mut Desk,
    ) -> MessageReport {
        let source = records.source(large.head);
        let document = records::too_large(&source, records.input(), large.size);
        let record = RecordName { number: large.number, id: None };
        let base = Base { offset: large.offset, line: large.line - 1, record: Some(record) };
        self.lint_document(&source, &document, None, base, settings, desk)
    }

    /// Judges the only message of a file.
    fn report(
        &self,
        path: &str,
        source: &Source<'_>,
        document: &Document<'_>,
        settings: &Settings,
    ) -> FileReport {
        let base = Base { offset: 0, line: 0, record: None };
        let judge = |desk: &mut Desk| self.lint_document(source, document, None, base, settings, desk);
        let message = self.desks.with(judge);
        FileReport { path: path.to_owned(), messages: vec![message] }
    }

    /// Judges one message that was read already. What was decided of the same case is not asked again.
    fn lint_document(
        &self,
        source: &Source<'_>,
        document: &Document<'_>,
        case: Option<Case>,
        base: Base,
        settings: &Settings,
        desk: &mut Desk,
    ) -> MessageReport {
        if let Some(decision) = case.and_then(|case| self.precedents.decision(case, settings)) {
            let message = Message::unread(source, document, &self.rules, settings, &mut desk.reader);
            if let Some(candidates) = decision.on(&message, &self.rules) {
                return tell::report(&message, candidates, Vec::new(), &self.rules, settings, base);
            }
        }
        desk.agenda.suit(&self.rules, settings);
        let message = Message::new(source, document, &self.rules, settings, &mut desk.reader);
        let Judged { candidates, unsure } = judge::judge(&message, &self.rules, settings, &desk.agenda);
        let candidates = family::one_per_offence(candidates, &self.rules);
        let candidates = passage::whole(&message, candidates, &self.rules);
        let (candidates, allows) = allow::accept(&message, candidates, &unsure, &self.rules, settings);
        let candidates = again::once(&message, candidates, &self.rules);
        if let Some(case) = case {
            self.precedents.keep(case, &message, &candidates, &self.rules, settings);
        }
        tell::report(&message, candidates, allows, &self.rules, settings, base)
    }
}
