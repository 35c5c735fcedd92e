use std::io::{self, Write};
use std::ops::Range;
use std::sync::Arc;

use crate::config::Mistake;
use crate::finding::Severity;
use crate::report::{Style, Trouble, TroublePlace, Unread};
use crate::rule::pack::PackError;

/// Something for standard error: what is wrong, why, and what to do.
#[derive(Debug)]
pub(super) struct Complaint {
    severity: Severity,
    error: anyhow::Error,
    help: Option<String>,
    place: Option<Place>,
    about: Option<String>,
}

/// A place in a TOML file.
#[derive(Debug)]
struct Place {
    file: TomlFile,
    range: Range<usize>,
}

/// A TOML file that was read; cheap to clone.
#[derive(Debug, Clone, Default)]
pub(super) struct TomlFile {
    /// What it is called.
    pub(super) path: Arc<str>,
    /// What is in it.
    pub(super) text: Arc<str>,
}

/// Why a run ends before its time.
#[derive(Debug)]
pub(super) enum Stop {
    /// The report cannot be written.
    Output(io::Error),
    /// Nothing can be checked before this is mended.
    Complaints(Vec<Complaint>),
}

impl Complaint {
    /// An error: the exit code will be 2.
    pub(super) fn error(error: anyhow::Error) -> Self {
        Self { severity: Severity::Error, error, help: None, place: None, about: None }
    }

    /// A warning, which changes no exit code.
    pub(super) fn warning(message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(anyhow::Error::msg(message.into())) }
    }

    /// A hint, which changes no exit code either.
    pub(super) fn note(message: impl Into<String>) -> Self {
        Self { severity: Severity::Note, ..Self::warning(message) }
    }

    /// Something on the disk that cannot be read.
    pub(super) fn unreadable(path: &str, error: &io::Error) -> Self {
        Self::error(anyhow::Error::msg(cause(error)).context(format!("cannot read `{path}`"))).about(path)
    }

    /// Something in a folder that cannot be read.
    pub(super) fn unreadable_entry(path: &str, error: walkdir::Error) -> Self {
        let loops = || io::Error::other("a link leads back to a folder that it is in");
        Self::unreadable(path, &error.into_io_error().unwrap_or_else(loops))
    }

    /// Adds which file or folder it is about, for reports that name it.
    #[must_use]
    pub(super) fn about(mut self, path: &str) -> Self {
        self.about = Some(path.to_owned());
        self
    }

    /// What could not be read, or mended, and why. What is about no file is about the current folder.
    pub(super) fn unread(&self) -> Unread {
        let path = self.about.clone().unwrap_or_else(|| ".".to_owned());
        Unread { path, reason: format!("{:#}", self.error) }
    }

    /// Adds what to do.
    #[must_use]
    pub(super) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Adds where it is.
    #[must_use]
    pub(super) fn at(mut self, file: &TomlFile, range: Range<usize>) -> Self {
        self.place = Some(Place { file: file.clone(), range });
        self
    }

    /// A mistake in a configuration.
    pub(super) fn mistake(file: &TomlFile, mistake: Mistake) -> Self {
        let complaint = Self::error(anyhow::Error::msg(mistake.message)).at(file, mistake.range);
        Self { help: mistake.help, ..complaint }
    }

    /// Whether the exit code becomes 2.
    pub(super) fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }

    /// Writes it: `error: what: why`, where, and `help: what to do`.
    pub(super) fn write(&self, style: Style, out: &mut dyn Write) -> io::Result<()> {
        let message = format!("{:#}", self.error);
        let place = self.place.as_ref().map(|place| TroublePlace {
            path: &place.file.path,
            text: &place.file.text,
            range: place.range.clone(),
        });
        let trouble =
            Trouble { severity: self.severity, message: &message, help: self.help.as_deref(), place };
        trouble.write(style, out)
    }
}

impl From<PackError> for Complaint {
    fn from(error: PackError) -> Self {
        let file = TomlFile { path: error.path.into(), text: error.text.into() };
        Self { help: error.help, ..Self::error(anyhow::Error::msg(error.message)).at(&file, error.range) }
    }
}

impl From<Complaint> for Stop {
    fn from(complaint: Complaint) -> Self {
        Self::Complaints(vec![complaint])
    }
}

impl From<Vec<PackError>> for Stop {
    fn from(errors: Vec<PackError>) -> Self {
        Self::Complaints(errors.into_iter().map(Complaint::from).collect())
    }
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

/// Why reading failed, in the same words on every system where the reason is a common one.
fn cause(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file or folder".to_owned(),
        io::ErrorKind::PermissionDenied => "there is no permission to read it".to_owned(),
        io::ErrorKind::NotADirectory => "a part of the path is no folder".to_owned(),
        _ => error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(complaint: &Complaint, colour: bool) -> String {
        let mut out = Vec::new();
        complaint.write(Style { colour, ascii: true, width: 80, several_files: false }, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_complaint_says_what_why_and_what_to_do() {
        let complaint = Complaint::unreadable("a.txt", &io::ErrorKind::NotFound.into()).help("name a file");
        assert_eq!(
            written(&complaint, false),
            "error: cannot read `a.txt`: there is no such file or folder\nhelp: name a file\n"
        );
        assert_eq!(written(&Complaint::warning("odd"), false), "warning: odd\n");
    }

    #[test]
    fn colour_adds_nothing_to_the_words() {
        assert_eq!(written(&Complaint::warning("odd"), true), "\u{1b}[1;33mwarning\u{1b}[0m: odd\n");
    }
}
