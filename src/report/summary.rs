use crate::finding::{Channel, Kind, Severity};
use crate::lint::{FileReport, KindOrigin, MessageReport};

use super::Unread;

/// What was checked, counted while the reports come. It does not grow with their number, but with that of the files that
/// could not be read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Summary {
    /// Files that were read; blocks of records that follow each other under one path are one file.
    pub files: usize,
    /// Messages that were checked.
    pub messages: usize,
    /// Findings of severity error.
    pub errors: usize,
    /// Those of the errors that tell what was not judged, or which allow is of no use, and nothing that Amazon forbids.
    pub error_notices: usize,
    /// Findings of severity warning.
    pub warnings: usize,
    /// Findings of severity note.
    pub notes: usize,
    /// Those of all findings that are about the configuration and not about a message.
    pub in_configuration: usize,
    /// Findings that were accepted; they are counted nowhere else.
    pub suppressed: usize,
    /// Findings that were mended in the files; they are counted nowhere else.
    pub mended: usize,
    /// Files that were changed by that.
    pub mended_files: usize,
    /// Findings that can be mended without changing what a message says, told or not.
    pub fixable: usize,
    /// Findings that can be mended only by changing what a message says, told or not.
    pub fixable_unsafely: usize,
    /// Those of both that are not told: a baseline accepts them, or there are too many in a message.
    pub fixable_besides: usize,
    /// Messages with at least one error.
    pub messages_with_errors: usize,
    /// How many messages were judged as which kind, in the order in which the kinds came up.
    pub kinds: Vec<KindCount>,
    /// How many messages are sent by which channel, in the order in which the channels came up.
    pub channels: Vec<(Channel, usize)>,
    /// What could not be judged in some message, each once, in the order in which it came up.
    pub unchecked: Vec<&'static str>,
    /// Files that could not be read.
    pub unread: Vec<Unread>,
    /// Files of other types that lie in the folders and were left out.
    pub skipped_files: usize,
    latest_path: Option<String>,
}

/// How many messages were judged as a kind that was found in a certain way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KindCount {
    /// Judged as which kind.
    pub kind: Kind,
    /// How the kind was found.
    pub origin: KindOrigin,
    /// How many messages.
    pub messages: usize,
}

impl Summary {
    /// Counts a file, or the next block of its records.
    pub fn add(&mut self, file: &FileReport) {
        if file.messages.iter().any(MessageReport::is_configuration) {
            return file.messages.iter().for_each(|fault| self.add_configuration(fault));
        }
        if self.latest_path.as_ref() != Some(&file.path) {
            self.files += 1;
            self.latest_path = Some(file.path.clone());
        }
        for message in &file.messages {
            self.add_message(message);
        }
    }

    /// How many findings there are.
    pub fn findings(&self) -> usize {
        self.errors + self.warnings + self.notes
    }

    /// Counts what is wrong in a configuration, which is neither a file of messages nor a message.
    fn add_configuration(&mut self, fault: &MessageReport) {
        self.in_configuration += fault.findings.len();
        self.add_severities(fault);
    }

    fn add_severities(&mut self, message: &MessageReport) {
        self.errors += message.count(Severity::Error);
        self.error_notices += message.error_notices();
        self.warnings += message.count(Severity::Warning);
        self.notes += message.count(Severity::Note);
    }

    fn add_message(&mut self, message: &MessageReport) {
        self.messages += 1;
        self.add_severities(message);
        self.suppressed += message.suppressed.len();
        let (fixable, besides) = (message.fixable(), message.fixable_besides());
        self.fixable += fixable.safely + besides.safely;
        self.fixable_unsafely += fixable.unsafely + besides.unsafely;
        self.fixable_besides += besides.all();
        self.messages_with_errors += usize::from(message.count(Severity::Error) > 0);
        self.add_kind(message.kind, message.kind_origin);
        if let Some(channel) = &message.channel {
            self.add_channel(channel);
        }
        for &what in &message.unchecked {
            if !self.unchecked.contains(&what) {
                self.unchecked.push(what);
            }
        }
    }

    fn add_channel(&mut self, channel: &Channel) {
        match self.channels.iter_mut().find(|(known, _)| known == channel) {
            Some((_, messages)) => *messages += 1,
            None => self.channels.push((channel.clone(), 1)),
        }
    }

    fn add_kind(&mut self, kind: Kind, origin: KindOrigin) {
        match self.kinds.iter_mut().find(|count| count.kind == kind && count.origin == origin) {
            Some(count) => count.messages += 1,
            None => self.kinds.push(KindCount { kind, origin, messages: 1 }),
        }
    }
}
