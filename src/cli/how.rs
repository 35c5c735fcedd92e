//! How a file is read: as the command line says, else the configuration, else its ending, else its look.

use std::sync::Arc;

use anyhow::anyhow;

use crate::config::FormatWish;
use crate::document::{FieldPath, Format, MessageFormat, ReadAs, TreeFormat};

use super::args::ReadArgs;
use super::complaint::Complaint;
use super::file_type::{FileType, Foreign, known_beginning, looks_binary};

/// Bytes by whose look a format is told.
pub(super) const SAMPLE: usize = 1 << 16;

/// How a file is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct How {
    reading: Arc<ReadAs>,
    /// Whether the format is told by look when the file is opened.
    is_by_look: bool,
    /// Whether the file may turn out to be no text at all.
    is_in_doubt: bool,
}

/// Why a file is not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Refusal {
    /// It is something else.
    Foreign(&'static Foreign),
    /// Which of its texts are messages is not said.
    WithoutFields(Format),
    /// What was typed is no path.
    NoPath(String),
}

impl How {
    /// Decides how a file is read. `mapped` is what `[formats]` says about it.
    pub(super) fn decide(
        file_type: FileType,
        mapped: Option<&FormatWish>,
        args: &ReadArgs,
    ) -> Result<Self, Refusal> {
        let asked = args.format();
        let known = asked.or(mapped.map(|mapped| mapped.reading.format)).or(file_type.format());
        if let (None, FileType::Foreign(foreign)) = (known, file_type) {
            return Err(Refusal::Foreign(foreign));
        }
        // What the configuration says about columns is for the format that it names.
        let base = mapped.map(|mapped| &mapped.reading).filter(|reading| Some(reading.format) == known);
        let mut reading = base.cloned().unwrap_or_default();
        reading.format = known.unwrap_or_default();
        reading.charset = args.charset;
        reading.delimiter = args.delimiter.or(reading.delimiter);
        reading.cells = args.cells().unwrap_or(reading.cells);
        if matches!(reading.format, Format::Tree(_)) {
            take_paths(&mut reading, args)?;
        }
        reading.keys.body = args.body_field.clone().or(reading.keys.body);
        reading.keys.subject = args.subject_field.clone().or(reading.keys.subject);
        let is_in_doubt = file_type.format().is_none();
        Ok(Self { reading: Arc::new(reading), is_by_look: known.is_none(), is_in_doubt })
    }

    /// Whether the records of the file can be read one after the other; `None` if that is seen only in the file.
    pub(super) fn has_records(&self) -> Option<bool> {
        (!self.is_by_look).then_some(matches!(self.reading.format, Format::Records(_)))
    }

    /// How a file is read that begins like this.
    pub(super) fn settled(&self, start: &[u8]) -> Arc<ReadAs> {
        if !self.is_by_look {
            return Arc::clone(&self.reading);
        }
        let format = Format::look(&start[..start.len().min(SAMPLE)]);
        Arc::new(ReadAs { format, ..ReadAs::clone(&self.reading) })
    }

    /// Why a file that begins like this is no text, if it is none.
    pub(super) fn why_no_text(&self, start: &[u8]) -> Option<String> {
        // An e-mail may carry anything, and what is wrong with a record is said of it.
        let is_plain = |format| !matches!(format, MessageFormat::Eml);
        let has_no_zeros = matches!(self.reading.format, Format::Message(format) if is_plain(format));
        let is_binary = || (self.is_in_doubt || has_no_zeros) && looks_binary(start, self.reading.charset);
        match known_beginning(start) {
            Some(what) => Some(format!("it begins like {what}")),
            None => is_binary().then(|| "it has zero bytes".to_owned()),
        }
    }
}

/// Takes the paths that were typed; without any, and without some in the configuration, there is nothing to read.
fn take_paths(reading: &mut ReadAs, args: &ReadArgs) -> Result<(), Refusal> {
    let path = |typed: &String| {
        typed.parse::<FieldPath>().map_err(|error| Refusal::NoPath(format!("`{typed}` is no path: {error}")))
    };
    if let Some(body) = &args.body_field {
        reading.bodies = vec![path(body)?];
    }
    if let Some(subject) = &args.subject_field {
        reading.subject = Some(path(subject)?);
    }
    if reading.bodies.is_empty() { Err(Refusal::WithoutFields(reading.format)) } else { Ok(()) }
}

impl Refusal {
    /// What is said to whoever named the file.
    pub(super) fn complaint(self, name: &str) -> Complaint {
        let complaint = match self {
            Self::Foreign(foreign) => {
                Complaint::error(anyhow!("`{name}` is {}, which cannot be read", foreign.what))
                    .help(foreign.help)
            }
            Self::WithoutFields(format) => {
                let lines = match format {
                    Format::Tree(TreeFormat::Json) => {
                        "; if it has one object a line, give `--input-format jsonl`"
                    }
                    _ => "",
                };
                Complaint::error(anyhow!("which texts of `{name}` are messages is not said")).help(format!(
                    "name them with `--body-field`, such as `emails.*.body`, or with `fields` in `[formats]`{lines}"
                ))
            }
            Self::NoPath(message) => {
                Complaint::error(anyhow!(message)).help("write it like `emails.*.body` or `templates[].text`")
            }
        };
        complaint.about(name)
    }
}
