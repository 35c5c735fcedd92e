//! Everything in one JSON object: schema 1.
//!
//! This is a public contract with types of its own, so that work inside sellerlint cannot change it by accident.
//! Within schema 1 keys may be added; none is removed, renamed or given another meaning.
//!
//! | key | value |
//! |---|---|
//! | `schema` | `1` |
//! | `tool` | `name` and `version` of the program that wrote this |
//! | `files` | one entry a file, in order |
//! | `files[].path` | as given, with `/` between folders; `-` for standard input |
//! | `files[].messages` | one entry a message, in the order of the file, also where nothing was found |
//! | `….record` | number of the record in the file, from 1; `null` where the file is one message |
//! | `….id` | the record's own id, or `null` |
//! | `….kind` | judged as `proactive`, `reply` or `critical` |
//! | `….kind_origin` | who said so: `option`, `metadata`, `headers`, `configuration`, `subject-tag` or `default` |
//! | `….channel` | the channel that it is sent by, such as `sp-api:sendInvoice`, or `null` |
//! | `….findings` | sorted by place, then rule |
//! | `….suppressed` | what would be findings but was accepted: a finding each, with `suppression` |
//! | `unreadable` | one entry a file that could not be read: its `path`, and `message`, a sentence that says why |
//! | `summary` | what was checked, in numbers |
//! | `summary.files`, `summary.messages` | how many were checked |
//! | `summary.errors`, `.warnings`, `.notes` | findings of each severity |
//! | `summary.suppressed` | findings that were accepted, of any severity; they are counted nowhere else |
//! | `summary.mended` | findings that `--fix` mended in the files; they are counted nowhere else |
//! | `summary.fixable`, `.fixable_unsafely` | what has a fix that is `safe`, or `unsafe`, also of what the baseline accepts and of what is not listed because there is too much |
//! | `summary.messages_with_errors` | messages that must not be sent as they are |
//! | `summary.unreadable_files` | how many files could not be read; they are not among `files` |
//! | `summary.skipped_files` | files of other types in the folders, which were left out |
//! | `summary.kinds` | entries of `kind`, `origin` and `messages`, how many were judged so |
//! | `summary.channels` | entries of `channel` and `messages`, how many are sent so |
//! | `summary.not_checked` | what could not be judged, in words |
//!
//! A finding:
//!
//! | key | value |
//! |---|---|
//! | `rule` | id of the rule; `pack/id` for a pack of the user |
//! | `severity` | `error`, `warning` or `note` |
//! | `confidence` | `high`, `medium` or `low` |
//! | `message` | what is wrong and why |
//! | `help` | what to do instead |
//! | `field` | `subject`, `body`, `metadata`, `header` or `attachment`; `configuration` where the file is that and no draft |
//! | `line`, `column` | where it begins in the file, from 1; columns count Unicode scalar values |
//! | `end_line`, `end_column` | where it ends: the column after the last character |
//! | `bytes` | `[start, end)` in bytes of the file |
//! | `page` | where the file wraps the text (a field of a record, a part of an e-mail): its `name`, and `line` and `column` in the decoded text; else `null` |
//! | `field_chars` | `[start, end)` in Unicode scalar values of the decoded field, from 0; `null` for the whole message, and for what is no text of a field: a tag, a key, a header |
//! | `text` | the decoded words; empty for the whole message |
//! | `also` | rules of the same family that these words break too |
//! | `fingerprint` | what it is known by in baselines: sixteen hexadecimal digits that do not change with other lines |
//! | `fix` | `null`, or `applicability` (`safe`, `unsafe`, `display-only`) and `edits` of `bytes` and `replacement` |
//! | `labels` | other places that belong to it: `message`, `line`, `column`, `end_line`, `end_column`, `bytes` |
//! | `suppression` | of what was accepted: `by` (`in-source`, `configuration` or `baseline`) and `reason`, which is `null` for a baseline |
//!
//! A configuration in which something is wrong is an entry of `files` with one entry of `messages`; neither is counted.
//! A finding about the whole message has the place of the whole field.
//! With `--redact`, `[…]` stands for the words of a message: in `id`, `text`, sentences and replacements.
//! Characters that a terminal would obey, and line separators, are written as `\u` escapes.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::Formatter;

use crate::finding;
use crate::fix;
use crate::lint::{self, FileReport, KindOrigin, MessageReport};
use crate::text::Span;

use super::shown::is_unshowable;
use super::{KindCount, Summary, Unread};

/// The object under way: the path of the entry that is open, and whether it holds a message already.
#[derive(Debug, Default)]
pub(super) struct Json {
    open: Option<String>,
    has_messages: bool,
}

impl Json {
    /// Writes everything before the first file.
    pub(super) fn begin(&self, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(br#"{"schema":1,"tool":"#)?;
        write(&Tool { name: env!("CARGO_PKG_NAME"), version: env!("CARGO_PKG_VERSION") }, out)?;
        out.write_all(br#","files":["#)
    }

    /// Writes the messages of a file, into the open entry if it is the same file.
    pub(super) fn file(&mut self, file: &FileReport, out: &mut dyn Write) -> io::Result<()> {
        if self.open.as_ref() != Some(&file.path) {
            self.open_entry(&file.path, out)?;
        }
        for message in &file.messages {
            out.write_all(if self.has_messages { b",\n" } else { b"\n" })?;
            self.has_messages = true;
            write(&Message::from(message), out)?;
        }
        Ok(())
    }

    /// Writes everything after the last file.
    pub(super) fn finish(self, summary: &Summary, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(if self.open.is_some() { b"]}\n" } else { b"" })?;
        out.write_all(br#"],"unreadable":"#)?;
        write(&summary.unread.iter().map(Unreadable::from).collect::<Vec<_>>(), out)?;
        out.write_all(br#","summary":"#)?;
        write(&Totals::from(summary), out)?;
        out.write_all(b"}\n")
    }

    fn open_entry(&mut self, path: &str, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(if self.open.is_some() { b"]},\n" } else { b"\n" })?;
        out.write_all(br#"{"path":"#)?;
        write(&path, out)?;
        out.write_all(br#","messages":["#)?;
        self.open = Some(path.to_owned());
        self.has_messages = false;
        Ok(())
    }
}

/// Writes a value on one line, whatever a reader takes for a line end. It is put together first, for it comes in many
/// small pieces.
pub(super) fn write(value: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    let mut line = Vec::with_capacity(1024);
    value.serialize(&mut serde_json::Serializer::with_formatter(&mut line, OneLine))?;
    out.write_all(&line)
}

/// Compact JSON that also escapes what a terminal would obey and the line separators of Unicode.
struct OneLine;

impl Formatter for OneLine {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, out: &mut W, fragment: &str) -> io::Result<()> {
        let mut told = 0;
        let mut at = 0;
        // Most text is plain ASCII, of which nothing has to be looked at as characters.
        while let Some(ahead) = fragment.as_bytes()[at..].iter().position(|byte| !matches!(byte, b' '..=b'~'))
        {
            at += ahead;
            let Some(c) = fragment[at..].chars().next() else { break };
            if is_unshowable(c) {
                out.write_all(&fragment.as_bytes()[told..at])?;
                write!(out, "\\u{:04x}", u32::from(c))?;
                told = at + c.len_utf8();
            }
            at += c.len_utf8();
        }
        out.write_all(&fragment.as_bytes()[told..])
    }
}

/// The program.
#[derive(Serialize)]
struct Tool {
    name: &'static str,
    version: &'static str,
}

/// A file that could not be read.
#[derive(Serialize)]
struct Unreadable<'a> {
    path: &'a str,
    message: &'a str,
}

impl<'a> From<&'a Unread> for Unreadable<'a> {
    fn from(unread: &'a Unread) -> Self {
        Self { path: &unread.path, message: &unread.reason }
    }
}

/// A message, with or without findings.
#[derive(Serialize)]
struct Message<'a> {
    record: Option<usize>,
    id: Option<&'a str>,
    kind: &'static str,
    kind_origin: &'static str,
    channel: Option<&'a str>,
    findings: Vec<Entry<'a>>,
    suppressed: Vec<Accepted<'a>>,
}

/// A finding with its labels.
#[derive(Serialize)]
struct Entry<'a> {
    #[serde(flatten)]
    finding: Finding<'a>,
    labels: Vec<Label<'a>>,
}

/// A finding that was accepted.
#[derive(Serialize)]
struct Accepted<'a> {
    #[serde(flatten)]
    entry: Entry<'a>,
    suppression: Suppression<'a>,
}

/// Who accepted it, and why.
#[derive(Serialize)]
struct Suppression<'a> {
    by: &'static str,
    reason: Option<&'a str>,
}

/// A finding; [`super::jsonl`] writes the same keys in this order.
#[derive(Serialize)]
pub(super) struct Finding<'a> {
    rule: &'a str,
    severity: &'static str,
    confidence: &'static str,
    message: &'a str,
    help: &'a str,
    field: &'static str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    bytes: [usize; 2],
    page: Option<PagePlace<'a>>,
    field_chars: Option<[usize; 2]>,
    text: &'a str,
    also: Vec<&'a str>,
    fingerprint: String,
    fix: Option<Fix<'a>>,
}

/// A place in a text that the file wraps.
#[derive(Serialize)]
struct PagePlace<'a> {
    name: &'a str,
    line: usize,
    column: usize,
}

/// A cure.
#[derive(Serialize)]
struct Fix<'a> {
    applicability: &'static str,
    edits: Vec<Edit<'a>>,
}

/// One replacement of bytes of the file.
#[derive(Serialize)]
struct Edit<'a> {
    bytes: [usize; 2],
    replacement: &'a str,
}

/// Another place that belongs to a finding.
#[derive(Serialize)]
struct Label<'a> {
    message: &'a str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    bytes: [usize; 2],
}

/// The summary.
#[derive(Serialize)]
struct Totals<'a> {
    files: usize,
    messages: usize,
    errors: usize,
    warnings: usize,
    notes: usize,
    suppressed: usize,
    mended: usize,
    fixable: usize,
    fixable_unsafely: usize,
    messages_with_errors: usize,
    unreadable_files: usize,
    skipped_files: usize,
    kinds: Vec<JudgedAs>,
    channels: Vec<SentBy<'a>>,
    not_checked: Vec<&'static str>,
}

/// How many messages were judged as a kind.
#[derive(Serialize)]
struct JudgedAs {
    kind: &'static str,
    origin: &'static str,
    messages: usize,
}

/// How many messages are sent by a channel.
#[derive(Serialize)]
struct SentBy<'a> {
    channel: &'a str,
    messages: usize,
}

impl<'a> From<&'a MessageReport> for Message<'a> {
    fn from(message: &'a MessageReport) -> Self {
        Self {
            record: message.record.as_ref().map(|record| record.number),
            id: message.record.as_ref().and_then(|record| record.id.as_deref()),
            kind: message.kind.name(),
            kind_origin: origin_name(message.kind_origin),
            channel: message.channel.as_ref().map(finding::Channel::name),
            findings: message.findings.iter().map(Entry::from).collect(),
            suppressed: message.suppressed.iter().map(Accepted::from).collect(),
        }
    }
}

impl<'a> From<&'a finding::Finding> for Entry<'a> {
    fn from(finding: &'a finding::Finding) -> Self {
        Self { finding: finding.into(), labels: finding.labels.iter().map(Label::from).collect() }
    }
}

impl<'a> From<&'a lint::Suppressed> for Accepted<'a> {
    fn from(suppressed: &'a lint::Suppressed) -> Self {
        let (by, reason) = match &suppressed.by {
            lint::Suppression::InSource { reason } => ("in-source", Some(reason.as_str())),
            lint::Suppression::Configuration { reason } => ("configuration", Some(reason.as_str())),
            lint::Suppression::Baseline => ("baseline", None),
        };
        Self { entry: (&suppressed.finding).into(), suppression: Suppression { by, reason } }
    }
}

impl<'a> From<&'a finding::Finding> for Finding<'a> {
    fn from(finding: &'a finding::Finding) -> Self {
        let finding::Place { span, start, end } = finding.place;
        Self {
            rule: finding.rule.as_str(),
            severity: finding.severity.name(),
            confidence: finding.confidence.name(),
            message: &finding.message,
            help: &finding.help,
            field: field_name(finding.field),
            line: start.line,
            column: start.column,
            end_line: end.line,
            end_column: end.column,
            bytes: pair(span),
            page: finding.page.as_ref().map(PagePlace::from),
            field_chars: finding.field_chars.as_ref().map(|chars| [chars.start, chars.end]),
            text: &finding.text,
            also: finding.also.iter().map(finding::RuleId::as_str).collect(),
            fingerprint: finding.fingerprint.to_string(),
            fix: finding.fix.as_ref().map(Fix::from),
        }
    }
}

impl<'a> From<&'a finding::PagePlace> for PagePlace<'a> {
    fn from(place: &'a finding::PagePlace) -> Self {
        Self { name: &place.name, line: place.start.line, column: place.start.column }
    }
}

impl<'a> From<&'a fix::Fix> for Fix<'a> {
    fn from(fix: &'a fix::Fix) -> Self {
        let edit = |edit: &'a fix::Edit| Edit { bytes: pair(edit.span), replacement: &edit.replacement };
        Self {
            applicability: applicability_name(fix.applicability),
            edits: fix.edits.iter().map(edit).collect(),
        }
    }
}

impl<'a> From<&'a finding::Label> for Label<'a> {
    fn from(label: &'a finding::Label) -> Self {
        let finding::Place { span, start, end } = label.place;
        Self {
            message: &label.message,
            line: start.line,
            column: start.column,
            end_line: end.line,
            end_column: end.column,
            bytes: pair(span),
        }
    }
}

impl<'a> From<&'a Summary> for Totals<'a> {
    fn from(summary: &'a Summary) -> Self {
        Self {
            files: summary.files,
            messages: summary.messages,
            errors: summary.errors,
            warnings: summary.warnings,
            notes: summary.notes,
            suppressed: summary.suppressed,
            mended: summary.mended,
            fixable: summary.fixable,
            fixable_unsafely: summary.fixable_unsafely,
            messages_with_errors: summary.messages_with_errors,
            unreadable_files: summary.unread.len(),
            skipped_files: summary.skipped_files,
            kinds: summary.kinds.iter().map(JudgedAs::from).collect(),
            channels: (summary.channels.iter())
                .map(|(channel, messages)| SentBy { channel: channel.name(), messages: *messages })
                .collect(),
            not_checked: summary.unchecked.clone(),
        }
    }
}

impl From<&KindCount> for JudgedAs {
    fn from(count: &KindCount) -> Self {
        Self { kind: count.kind.name(), origin: origin_name(count.origin), messages: count.messages }
    }
}

fn pair(span: Span) -> [usize; 2] {
    [span.start(), span.end()]
}

fn origin_name(origin: KindOrigin) -> &'static str {
    match origin {
        KindOrigin::Option => "option",
        KindOrigin::Metadata => "metadata",
        KindOrigin::Headers => "headers",
        KindOrigin::Configuration => "configuration",
        KindOrigin::SubjectTag => "subject-tag",
        KindOrigin::Default => "default",
    }
}

fn field_name(field: finding::FieldName) -> &'static str {
    match field {
        finding::FieldName::Subject => "subject",
        finding::FieldName::Body => "body",
        finding::FieldName::Metadata => "metadata",
        finding::FieldName::Header => "header",
        finding::FieldName::Attachment => "attachment",
        finding::FieldName::Configuration => "configuration",
    }
}

fn applicability_name(applicability: fix::Applicability) -> &'static str {
    match applicability {
        fix::Applicability::Safe => "safe",
        fix::Applicability::Unsafe => "unsafe",
        fix::Applicability::DisplayOnly => "display-only",
    }
}
