use std::io::{self, Write};
use std::ops::Range;
use std::sync::Arc;

use crate::config::Mistake;
use crate::rule::pack::PackError;

use super::console::Pen;
use super::mistake;

/// Something for standard error: what is wrong, why, and what to do.
#[derive(Debug)]
pub(super) enum Complaint {
    /// A sentence.
    Said {
        /// Whether the run goes on as if nothing were wrong.
        is_warning: bool,
        /// What is wrong, with its causes.
        error: anyhow::Error,
        /// What to do.
        help: Option<String>,
    },
    /// A mistake in a TOML file, drawn like a finding.
    Drawn(Drawn),
}

/// A mistake in a TOML file, and the file.
#[derive(Debug)]
pub(super) struct Drawn {
    /// Whether the run goes on as if nothing were wrong.
    pub(super) is_warning: bool,
    /// What the file is called.
    pub(super) path: Arc<str>,
    /// What is in it.
    pub(super) text: Arc<str>,
    /// Where, in bytes.
    pub(super) range: Range<usize>,
    /// What is wrong.
    pub(super) message: String,
    /// What to do.
    pub(super) help: Option<String>,
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
        Self::Said { is_warning: false, error, help: None }
    }

    /// A warning, which changes no exit code.
    pub(super) fn warning(message: String) -> Self {
        Self::Said { is_warning: true, error: anyhow::Error::msg(message), help: None }
    }

    /// Something on the disk that cannot be read.
    pub(super) fn unreadable(path: &str, error: &io::Error) -> Self {
        Self::error(anyhow::Error::msg(cause(error)).context(format!("cannot read `{path}`")))
    }

    /// Adds what to do.
    #[must_use]
    pub(super) fn help(mut self, text: impl Into<String>) -> Self {
        match &mut self {
            Self::Said { help, .. } | Self::Drawn(Drawn { help, .. }) => *help = Some(text.into()),
        }
        self
    }

    /// Whether the run goes on as if nothing were wrong.
    pub(super) fn is_warning(&self) -> bool {
        match self {
            Self::Said { is_warning, .. } | Self::Drawn(Drawn { is_warning, .. }) => *is_warning,
        }
    }

    /// Writes it: `error: what: why`, then `help: what to do`.
    pub(super) fn write(&self, out: &mut dyn Write, pen: Pen) -> io::Result<()> {
        let (error, help) = match self {
            Self::Drawn(drawn) => return mistake::draw(drawn, out, pen),
            Self::Said { error, help, .. } => (error, help),
        };
        writeln!(out, "{}: {error:#}", pen.level(self.is_warning()))?;
        match help {
            Some(help) => writeln!(out, "{}: {help}", pen.help()),
            None => Ok(()),
        }
    }
}

impl Drawn {
    /// A mistake in a configuration.
    pub(super) fn new(path: &Arc<str>, text: &Arc<str>, mistake: Mistake) -> Self {
        Self {
            is_warning: false,
            path: Arc::clone(path),
            text: Arc::clone(text),
            range: mistake.range,
            message: mistake.message,
            help: mistake.help,
        }
    }
}

impl From<PackError> for Complaint {
    fn from(error: PackError) -> Self {
        Self::Drawn(Drawn {
            is_warning: false,
            path: error.path.into(),
            text: error.text.into(),
            range: error.range,
            message: error.message,
            help: error.help,
        })
    }
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

impl From<Complaint> for Stop {
    fn from(complaint: Complaint) -> Self {
        Self::Complaints(vec![complaint])
    }
}

/// Why reading failed, in the same words on every system where the reason is a common one.
fn cause(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file or folder".to_owned(),
        io::ErrorKind::PermissionDenied => "there is no permission to read it".to_owned(),
        _ => error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(complaint: &Complaint, pen: Pen) -> String {
        let mut out = Vec::new();
        complaint.write(&mut out, pen).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_complaint_says_what_why_and_what_to_do() {
        let complaint = Complaint::unreadable("a.txt", &io::ErrorKind::NotFound.into()).help("name a file");
        assert_eq!(
            written(&complaint, Pen::default()),
            "error: cannot read `a.txt`: there is no such file or folder\nhelp: name a file\n"
        );
        let warning = Complaint::warning("odd".to_owned());
        assert_eq!(written(&warning, Pen::default()), "warning: odd\n");
    }

    #[test]
    fn colour_adds_nothing_to_the_words() {
        let coloured = written(&Complaint::warning("odd".to_owned()), Pen { colour: true, ascii: false });
        assert_eq!(coloured, "\u{1b}[1;33mwarning\u{1b}[0m: odd\n");
    }
}
