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
use super::project::canonical_parent;
use super::temporary::Temporary;
use super::while_read::WhileRead;

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
    /// As it was asked for.
    path: PathBuf,
    /// Where it belongs.
    target: PathBuf,
    out: Sink,
}

enum Sink {
    Whole(BufWriter<Temporary>),
    Through(BufWriter<WhileRead<File>>),
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

    /// Writes what stands after all findings, and puts the files where they belong. One that cannot be written costs no
    /// other.
    pub(super) fn finish(self, summary: &Summary, screen: &mut dyn Write) -> Result<(), Stop> {
        let finish = |output: Output| output.finish(summary, screen);
        self.all.into_iter().map(finish).fold(Ok(()), Result::and)
    }
}

impl Output {
    fn finish(self, summary: &Summary, screen: &mut dyn Write) -> Result<(), Stop> {
        let Self { reporter, mut file, has_summary } = self;
        if has_summary {
            write(&mut file, screen, |out| reporter.finish(summary, out))?;
        }
        file.map_or(Ok(()), |file| Ok(file.keep()?))
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
        let target = target(path);
        let out = Sink::open(&target).map_err(|error| unwritable(path, error))?;
        Ok(Self { path: path.to_owned(), target, out })
    }

    fn keep(self) -> Result<(), Complaint> {
        let Self { path, target, out } = self;
        out.keep(&target).map_err(|error| unwritable(&path, error))
    }
}

/// Links that are followed before they are taken for a circle.
const MOST_LINKS: usize = 40;

/// Where a report to this path is written, as a full path if there is one. A link stays a link: what it leads to is
/// written, and need not be there yet.
fn target(path: &Path) -> PathBuf {
    if let Ok(there) = fs::canonicalize(path) {
        return there;
    }
    let mut path = path.to_owned();
    // What is there has no full path only if it is a pipe that has no name.
    for _ in 0..MOST_LINKS {
        match fs::read_link(&path) {
            Ok(next) if fs::metadata(&path).is_err() => path = path.parent().unwrap_or(&path).join(next),
            _ => break,
        }
    }
    match (canonical_parent(&path), path.file_name()) {
        (Ok(folder), Some(name)) => folder.join(name),
        _ => path,
    }
}

impl Sink {
    fn open(path: &Path) -> io::Result<Self> {
        let old = match fs::metadata(path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            old => old.ok(),
        };
        if old.as_ref().is_some_and(|old| !old.is_file() && !old.is_dir()) {
            return Ok(Self::Through(BufWriter::new(WhileRead::new(
                File::options().write(true).open(path)?,
            ))));
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
    let targets: Vec<Option<PathBuf>> = asked.iter().map(|asked| asked.file.as_deref().map(target)).collect();
    for (at, output) in asked.iter().enumerate() {
        if !targets[..at].contains(&targets[at]) {
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
