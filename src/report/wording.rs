//! The sentences around the pictures, in words that a seller uses.

use crate::finding::{Finding, Severity};
use crate::fix::Applicability;
use crate::lint::{KindOrigin, MessageReport, RecordName};

use super::{KindCount, Summary};

/// Findings of one message, or of all, by severity.
#[derive(Debug, Clone, Copy)]
struct Tally {
    /// What Amazon forbids.
    forbidden: usize,
    /// Errors that are about something else.
    others: usize,
    warnings: usize,
    notes: usize,
}

/// What to do with a message that has findings.
pub(super) fn verdict(message: &MessageReport) -> String {
    if message.is_configuration() {
        return in_configuration(message.findings.len());
    }
    let count = |severity| message.count(severity);
    let others = message.error_notices();
    let tally = Tally {
        forbidden: count(Severity::Error) - others,
        others,
        warnings: count(Severity::Warning),
        notes: count(Severity::Note),
    };
    tally.advice("Do not send", "Mend this first", "Can be sent")
}

/// What all messages with findings came to.
pub(super) fn total(summary: &Summary) -> String {
    let faults = (summary.in_configuration > 0).then(|| in_configuration(summary.in_configuration));
    let of_messages = (summary.findings() > summary.in_configuration).then(|| of_messages(summary));
    of_messages.into_iter().chain(faults).collect::<Vec<_>>().join(". ")
}

fn of_messages(summary: &Summary) -> String {
    let &Summary { errors, error_notices, in_configuration, warnings, notes, .. } = summary;
    let &Summary { messages, messages_with_errors, .. } = summary;
    // What is wrong in a configuration is told only as an error, and told apart.
    let others = error_notices - in_configuration;
    let tally = Tally { forbidden: errors - error_notices, others, warnings, notes };
    if messages == 1 {
        return tally.advice("Do not send", "Mend this first", "Can be sent");
    }
    tally.advice(
        &format!("Do not send {messages_with_errors} of {messages} messages"),
        &format!("Mend {messages_with_errors} of {messages} messages first"),
        &format!("All {messages} messages can be sent"),
    )
}

/// What to do with a configuration.
pub(super) fn in_configuration(faults: usize) -> String {
    format!(
        "Mend the configuration: {} wrong in it",
        match faults {
            1 => "1 thing is".to_owned(),
            _ => format!("{faults} things are"),
        }
    )
}

/// What was checked, judged as which kind, and what could not be read or judged.
pub(super) fn checked(summary: &Summary) -> String {
    let mut sentences = Vec::new();
    if summary.findings() == 0 && summary.messages > 0 {
        sentences.push("Nothing found.".to_owned());
    }
    sentences.push(format!("{}.", judged(summary)));
    sentences.extend(sent_by(summary));
    sentences.extend(mended(summary));
    if summary.suppressed > 0 {
        sentences.push(format!("{} accepted.", counted(summary.suppressed, "finding")));
    }
    if !summary.unread.is_empty() {
        sentences.push(format!("{} could not be read.", counted(summary.unread.len(), "file")));
    }
    if summary.skipped_files > 0 {
        sentences.push(format!("Left out: {} of other types.", counted(summary.skipped_files, "file")));
    }
    if !summary.unchecked.is_empty() {
        sentences.push(format!("Not checked: {}.", summary.unchecked.join(", ")));
    }
    sentences.join(" ")
}

/// All in a line: what it came to, and what was checked.
pub(super) fn conclusion(summary: &Summary) -> String {
    match summary.findings() {
        0 => checked(summary),
        _ => format!("{}. {}", total(summary), checked(summary)),
    }
}

/// Which message of its file it is.
pub(super) fn message_name(message: &MessageReport) -> String {
    match &message.record {
        None if message.is_configuration() => "configuration".to_owned(),
        None => "message".to_owned(),
        Some(RecordName { number, id: None }) => format!("record {number}"),
        Some(RecordName { number, id: Some(id) }) => format!("record {number} ({id})"),
    }
}

/// How many there are of each severity; `None` if there is nothing.
pub(super) fn numbers(errors: usize, warnings: usize, notes: usize) -> Option<String> {
    let all = [(errors, "error"), (warnings, "warning"), (notes, "note")];
    let there: Vec<_> =
        all.into_iter().filter(|(count, _)| *count > 0).map(|(count, word)| counted(count, word)).collect();
    (!there.is_empty()).then(|| there.join(", "))
}

/// What was mended, and what can be.
fn mended(summary: &Summary) -> impl Iterator<Item = String> {
    let &Summary { mended, mended_files, fixable, fixable_unsafely, .. } = summary;
    let done = (mended > 0)
        .then(|| format!("Mended: {} in {}.", counted(mended, "finding"), counted(mended_files, "file")));
    let besides = match summary.fixable_besides {
        0 => String::new(),
        besides => format!(" ({besides} of them not listed here)"),
    };
    let possible = match (fixable, fixable_unsafely) {
        (0, 0) => None,
        (safe, 0) => Some(format!("`--fix` can mend {}{besides}.", counted(safe, "finding"))),
        (0, others) => {
            Some(format!("`--fix --unsafe-fixes` can take {} out{besides}.", counted(others, "finding")))
        }
        (safe, others) => Some(format!(
            "`--fix` can mend {}, and `--unsafe-fixes` take {others} more out{besides}.",
            counted(safe, "finding")
        )),
    };
    done.into_iter().chain(possible)
}

/// What stands at the mark of a finding: that of its severity, but Amazon forbids nothing where a draft cannot be read.
pub(super) fn mark_of(finding: &Finding) -> &'static str {
    match finding.severity {
        Severity::Error if finding.is_notice => "mend this",
        severity => label(severity),
    }
}

/// What stands for a severity. It says it in other words, for those to whom `error` means a fault of the program.
pub(super) fn label(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "forbidden",
        Severity::Warning => "check this",
        Severity::Note => "worth knowing",
    }
}

/// What is said below a picture: each with the word that it begins with.
pub(super) fn remarks(finding: &Finding) -> Vec<(&'static str, String)> {
    let by_itself = match &finding.fix {
        Some(fix) if fix.applicability == Applicability::Safe => " (`--fix` does that)",
        Some(fix) if fix.takes_out(Applicability::Unsafe) => " (`--unsafe-fixes` takes it out)",
        Some(fix) if fix.applicability == Applicability::Unsafe => " (`--unsafe-fixes` does that)",
        _ => "",
    };
    let mut remarks = vec![("Help", format!("{}{by_itself}", finding.help))];
    remarks.extend(see(finding).map(|text| ("See", text)));
    if !finding.also.is_empty() {
        let also: Vec<_> = finding.also.iter().map(|rule| rule.as_str()).collect();
        remarks.push(("Also", also.join(", ")));
    }
    remarks
}

/// The other places of a finding: those about which the same is said are named together, and not all of many.
fn see(finding: &Finding) -> impl Iterator<Item = String> {
    const NAMED: usize = 3;
    let groups = finding.labels.chunk_by(|a, b| a.message == b.message);
    groups.map(|group| {
        let places: Vec<String> = group
            .iter()
            .take(NAMED)
            .map(|label| format!("line {}, column {}", label.place.start.line, label.place.start.column))
            .collect();
        let more = match group.len().saturating_sub(NAMED) {
            0 => String::new(),
            more => format!(" and {}", counted(more, "more place")),
        };
        format!("{}{more}: {}", places.join("; "), group[0].message)
    })
}

impl Tally {
    /// `stop` where something is forbidden, `mend` where there are only errors of another kind, else `go`, and what there
    /// is to read.
    fn advice(self, stop: &str, mend: &str, go: &str) -> String {
        let Self { forbidden, others, warnings, notes } = self;
        let more = match (warnings, notes) {
            (0, notes) => counted(notes, "note"),
            (warnings, 0) => counted(warnings, "warning"),
            (warnings, notes) => format!("{}, {}", counted(warnings, "warning"), counted(notes, "note")),
        };
        let errors = match (forbidden, others) {
            (0, 0) if warnings == 0 => return format!("Nothing forbidden was found: {more}"),
            (0, 0) => return format!("{go}, but read this first: {more}"),
            (forbidden, 0) => format!("{stop}: {} Amazon forbids", counted(forbidden, "thing")),
            (0, 1) => format!("{mend}: 1 error that is not about Amazon's rules"),
            (0, others) => format!("{mend}: {others} errors that are not about Amazon's rules"),
            (forbidden, others) => format!(
                "{stop}: {} Amazon forbids, and {} of another kind",
                counted(forbidden, "thing"),
                counted(others, "error")
            ),
        };
        if warnings + notes == 0 { errors } else { format!("{errors} (and {more})") }
    }
}

fn judged(summary: &Summary) -> String {
    let messages = counted(summary.messages, "message");
    let files = if summary.files > 1 { format!(" in {} files", summary.files) } else { String::new() };
    match summary.kinds.as_slice() {
        [] => "No message was checked".to_owned(),
        [only] => format!("Checked {messages}{files} {}", as_kind(only)),
        kinds => {
            let kinds: Vec<_> =
                kinds.iter().map(|kind| format!("{} {}", kind.messages, as_kind(kind))).collect();
            format!("Checked {messages}{files}: {}", kinds.join(", "))
        }
    }
}

/// The channels that messages are sent by, if any was said.
fn sent_by(summary: &Summary) -> Option<String> {
    match summary.channels.as_slice() {
        [] => None,
        [(only, messages)] if *messages == summary.messages => Some(format!("Channel: {only}.")),
        channels => {
            let channels: Vec<_> =
                channels.iter().map(|(channel, messages)| format!("{messages} {channel}")).collect();
            Some(format!("Channels: {}.", channels.join(", ")))
        }
    }
}

fn as_kind(count: &KindCount) -> String {
    let reason = match count.origin {
        KindOrigin::Option => "by --kind",
        KindOrigin::Metadata => "as the file says",
        KindOrigin::Headers => "its headers name the message that it answers",
        KindOrigin::Configuration => "as the configuration says",
        KindOrigin::SubjectTag => "for the [Important] in the subject",
        KindOrigin::Default => "the default; say --kind reply if the buyer wrote first",
    };
    format!("as {} ({reason})", count.kind)
}

/// So many of something that takes an `s`.
pub(super) fn counted(count: usize, word: &str) -> String {
    if count == 1 { format!("1 {word}") } else { format!("{count} {word}s") }
}
