use std::fmt;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::anyhow;

use crate::lint::FileReport;
use crate::report::{Manual, OutputFormat, Reporter, Style, Summary};

use super::args::TellArgs;
use super::complaint::{Complaint, Stop};
use super::find::shown;
use super::temporary::Temporary;

/// A report that was asked for: `FORMAT`, or `FORMAT=FILE`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct AskedOutput {
    /// Its form.
    pub(super) format: OutputFormat,
    /// Where it goes; standard output if nothing is said.
    pub(super) file: Option<PathBuf>,
}

/// Columns of a report in a file.
const FILE_WIDTH: usize = 100;

/// Every report of a run: at most one on standard output, the others in files, which are there only once they are whole.
#[derive(Debug)]
pub(super) struct Outputs {
    all: Vec<Output>,
}

#[derive(Debug)]
struct Output {
    reporter: Reporter,
    file: Option<ReportFile>,
    has_summary: bool,
}

/// A file that is written beside the place where it belongs, and moved there at the end; what is no file, such as
/// `/dev/null` or a pipe, is written into.
struct ReportFile {
    path: PathBuf,
    out: Sink,
}

enum Sink {
    Whole(BufWriter<Temporary>),
    Through(BufWriter<File>),
}

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Whole(out) => out.write(bytes),
            Self::Through(out) => out.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Whole(out) => out.flush(),
            Self::Through(out) => out.flush(),
        }
    }
}

impl Outputs {
    /// Opens what was asked for.
    pub(super) fn open(
        asked: &[AskedOutput],
        style: Style,
        manual: &Arc<Manual>,
        args: &TellArgs,
    ) -> Result<Self, Stop> {
        refuse_clashes(asked)?;
        let open = |asked: &AskedOutput| {
            let file = asked.file.as_deref().map(ReportFile::create).transpose()?;
            let style = match file {
                Some(_) => Style { colour: false, width: FILE_WIDTH, ..style },
                None => style,
            };
            let has_summary = asked.format != OutputFormat::Full || !args.quiet || args.statistics;
            let reporter = match args.statistics {
                true => Reporter::statistics(asked.format, manual).ok_or_else(|| uncounted(asked.format))?,
                false => Reporter::new(asked.format, style, manual),
            };
            Ok(Output { reporter, file, has_summary })
        };
        Ok(Self { all: asked.iter().map(open).collect::<Result<_, Complaint>>()? })
    }

    /// Whether nobody asked for a report.
    pub(super) fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// Writes what stands before all findings.
    pub(super) fn begin(&mut self, screen: &mut dyn Write) -> Result<(), Stop> {
        self.all.iter_mut().try_for_each(|output| {
            let Output { reporter, file, .. } = output;
            write(file, screen, |out| reporter.begin(out))
        })
    }

    /// Writes what was found in a file, or in the next block of its records.
    pub(super) fn file(&mut self, report: &FileReport, screen: &mut dyn Write) -> Result<(), Stop> {
        self.all.iter_mut().try_for_each(|output| {
            let Output { reporter, file, .. } = output;
            write(file, screen, |out| reporter.file(report, out))
        })
    }

    /// Writes what stands after all findings, and puts the files where they belong.
    pub(super) fn finish(self, summary: &Summary, screen: &mut dyn Write) -> Result<(), Stop> {
        for Output { reporter, mut file, has_summary } in self.all {
            if has_summary {
                write(&mut file, screen, |out| reporter.finish(summary, out))?;
            }
            if let Some(file) = file {
                file.keep()?;
            }
        }
        Ok(())
    }
}

/// Writes to the file, or to the screen if there is none.
fn write(
    file: &mut Option<ReportFile>,
    screen: &mut dyn Write,
    tell: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<(), Stop> {
    match file {
        None => Ok(tell(screen)?),
        Some(file) => Ok(tell(&mut file.out).map_err(|error| unwritable(&file.path, error))?),
    }
}

impl ReportFile {
    fn create(path: &Path) -> Result<Self, Complaint> {
        // A link stays a link: what it leads to is written.
        let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let out = Sink::open(&path).map_err(|error| unwritable(&path, error))?;
        Ok(Self { path, out })
    }

    fn keep(self) -> Result<(), Complaint> {
        let Self { path, out } = self;
        out.keep(&path).map_err(|error| unwritable(&path, error))
    }
}

impl Sink {
    fn open(path: &Path) -> io::Result<Self> {
        let old = fs::metadata(path).ok();
        if old.as_ref().is_some_and(|old| !old.is_file() && !old.is_dir()) {
            return Ok(Self::Through(BufWriter::new(File::options().write(true).open(path)?)));
        }
        let permissions = old.map(|old| old.permissions());
        if permissions.as_ref().is_some_and(fs::Permissions::readonly) {
            return Err(io::Error::new(io::ErrorKind::PermissionDenied, "it is read-only"));
        }
        let folder = path.parent().filter(|folder| *folder != Path::new("")).unwrap_or(Path::new("."));
        let file = Temporary::plain(folder)?;
        if let Some(permissions) = permissions {
            file.as_file().set_permissions(permissions)?;
        }
        Ok(Self::Whole(BufWriter::new(file)))
    }

    fn keep(self, path: &Path) -> io::Result<()> {
        match self {
            Self::Whole(out) => {
                let file = out.into_inner().map_err(io::IntoInnerError::into_error)?;
                file.keep(path)?;
            }
            Self::Through(mut out) => out.flush()?,
        }
        Ok(())
    }
}

impl fmt::Debug for ReportFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ReportFile").field(&self.path).finish()
    }
}

/// Writes a file: whole, or not at all. A link stays a link.
pub(super) fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), Complaint> {
    let mut file = ReportFile::create(path)?;
    file.out.write_all(bytes).map_err(|error| unwritable(path, error))?;
    file.keep()
}

fn unwritable(path: &Path, error: io::Error) -> Complaint {
    Complaint::error(anyhow::Error::new(error).context(format!("cannot write `{}`", shown(path))))
        .help("name a file in a folder that is there and may be written")
}

fn uncounted(format: OutputFormat) -> Complaint {
    Complaint::error(anyhow!("`--statistics` has no form `{}`", format.name()))
        .help("its forms are full, concise, json and jsonl")
}

/// Two reports in one place would be none.
fn refuse_clashes(asked: &[AskedOutput]) -> Result<(), Complaint> {
    for (at, output) in asked.iter().enumerate() {
        if !asked[..at].iter().any(|earlier| earlier.file == output.file) {
            continue;
        }
        let place =
            output.file.as_deref().map_or("standard output".to_owned(), |file| format!("`{}`", shown(file)));
        return Err(Complaint::error(anyhow!("two reports cannot both go to {place}")).help(format!(
            "give one of them a file of its own: `--output-format {}=FILE`",
            output.format.name()
        )));
    }
    Ok(())
}
