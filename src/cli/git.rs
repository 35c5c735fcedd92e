//! git, run as a program: which files are staged or have changed, and what the index holds.
//!
//! It is called without a shell, names come ended by NUL bytes, and the settings of the user change nothing. What a hook
//! sets in the environment (another index, for instance) is left to git, which knows what it means.

use std::ffi::OsStr;
use std::fs;
use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::anyhow;

use super::complaint::Complaint;

/// A work tree.
#[derive(Debug)]
pub(super) struct Repository {
    /// Its uppermost folder, without symbolic links on the way.
    pub(super) top: PathBuf,
    /// The option that asks for git, for complaints.
    option: &'static str,
}

/// A file as the index has it.
#[derive(Debug)]
pub(super) struct IndexFile {
    /// Its path from the top.
    pub(super) path: PathBuf,
    /// What it holds.
    pub(super) blob: Blob,
}

/// What stands in the index and is another than in the last commit.
#[derive(Debug, Default)]
pub(super) struct Staged {
    /// The files.
    pub(super) files: Vec<IndexFile>,
    /// What is no file, as paths from the top, and what it is.
    pub(super) others: Vec<(PathBuf, &'static str)>,
}

/// What a file holds for git, read when it is asked for.
#[derive(Debug, Clone)]
pub(super) struct Blob {
    id: String,
    store: Arc<Blobs>,
}

/// The objects of a repository, handed out by one process for all of them.
#[derive(Debug)]
struct Blobs {
    top: PathBuf,
    batch: Mutex<Option<Batch>>,
}

#[derive(Debug)]
struct Batch {
    child: Child,
    asked: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl Repository {
    /// The repository that the current folder is in.
    pub(super) fn here(option: &'static str) -> Result<Self, Complaint> {
        let here = Self { top: PathBuf::from("."), option };
        let told = here.ask(&["rev-parse", "--show-toplevel"])?;
        let told = path_of(told.strip_suffix(b"\n").unwrap_or(&told));
        let top = fs::canonicalize(&told).map_err(|error| here.failed(&error.to_string()))?;
        Ok(Self { top, option })
    }

    /// All whose content in the index is another than in the last commit.
    pub(super) fn staged(&self) -> Result<Staged, Complaint> {
        let store = Arc::new(Blobs { top: self.top.clone(), batch: Mutex::new(None) });
        let staged = ["diff", "--cached", "--raw", "--no-abbrev", "--diff-filter=d"];
        let changes = self.ask(&[&staged[..], NAMES].concat())?;
        let mut parts = changes.split(|byte| *byte == 0);
        let mut staged = Staged::default();
        while let (Some(about), Some(path)) = (parts.next(), parts.next()) {
            let path = path_of(path);
            match Change::read(about) {
                Some(Change::File(id)) => {
                    let blob = Blob { id: id.to_owned(), store: Arc::clone(&store) };
                    staged.files.push(IndexFile { path, blob });
                }
                Some(Change::Other(what)) => staged.others.push((path, what)),
                Some(Change::Conflict) => return Err(in_conflict(&path)),
                None => {}
            }
        }
        Ok(staged)
    }

    /// Every file that is another than where this branch left a revision, or that git does not know yet, as paths from
    /// the top.
    pub(super) fn changed_since(&self, revision: &str) -> Result<Vec<PathBuf>, Complaint> {
        let base = self.merge_base(revision)?;
        let names = ["diff", "--name-only", "--diff-filter=d"];
        let changed = self.ask(&[&names[..], NAMES, &[&base, "--"]].concat())?;
        let new = self.ask(&["ls-files", "--others", "--exclude-standard", "--full-name", "-z"])?;
        let all = [changed, new].concat();
        Ok(all.split(|byte| *byte == 0).filter(|name| !name.is_empty()).map(path_of).collect())
    }

    fn merge_base(&self, revision: &str) -> Result<String, Complaint> {
        let commit = format!("{revision}^{{commit}}");
        let Some(commit) = self.try_to(&["rev-parse", "--verify", "--quiet", "--end-of-options", &commit])?
        else {
            return Err(Complaint::error(anyhow!("`{revision}` is no revision of this repository"))
                .help("name a branch, a tag or a commit; in CI, fetch it first"));
        };
        let Some(base) = self.try_to(&["merge-base", "HEAD", &commit])? else {
            return Err(Complaint::error(anyhow!("this branch and `{revision}` have no commit in common"))
                .help("in CI, fetch the whole history (`fetch-depth: 0`)"));
        };
        Ok(base)
    }

    /// What git answers, if the answer is not no.
    fn try_to(&self, words: &[&str]) -> Result<Option<String>, Complaint> {
        let output = self.git(words)?;
        let told = String::from_utf8_lossy(&output.stdout).trim().to_owned();
        Ok(output.status.success().then_some(told))
    }

    fn ask(&self, words: &[&str]) -> Result<Vec<u8>, Complaint> {
        let output = self.git(words)?;
        if output.status.success() {
            return Ok(output.stdout);
        }
        let told = String::from_utf8_lossy(&output.stderr);
        let told = told.lines().next().unwrap_or_default().trim_start_matches("fatal: ");
        if told.starts_with("not a git repository") {
            return Err(Complaint::error(anyhow!(
                "`{}` needs a git repository, and here is none",
                self.option
            ))
            .help("run it in a folder of the repository, or name the files"));
        }
        Err(self.failed(told))
    }

    fn git(&self, words: &[&str]) -> Result<std::process::Output, Complaint> {
        command(&self.top, words).output().map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => {
                Complaint::error(anyhow!("`{}` needs git, and there is no program `git`", self.option))
                    .help("install git, or name the files")
            }
            _ => self.failed(&error.to_string()),
        })
    }

    fn failed(&self, why: &str) -> Complaint {
        Complaint::error(anyhow!("git does not answer to `{}`: {why}", self.option))
    }
}

/// What holds for each list of differences, whatever the user has set: paths from the top, ended by NUL, a renamed file
/// as a new one.
const NAMES: &[&str] = &["-z", "--no-renames", "--no-relative", "--no-ext-diff", "--ignore-submodules=none"];

/// A line of `git diff --raw`.
enum Change<'a> {
    /// A file, and the id of what it holds.
    File(&'a str),
    /// No file, but this.
    Other(&'static str),
    /// Both sides of a merge still stand in the index.
    Conflict,
}

impl<'a> Change<'a> {
    /// Reads `:100644 100644 ID ID M`.
    fn read(about: &'a [u8]) -> Option<Self> {
        let mut words = str::from_utf8(about).ok()?.split(' ');
        let (mode, id, status) = (words.nth(1)?, words.nth(1)?, words.next()?);
        match (status, mode) {
            ("U", _) => Some(Self::Conflict),
            (_, "100644" | "100755") => Some(Self::File(id)),
            (_, "120000") => Some(Self::Other("it is a symbolic link, and such are not followed")),
            (_, "160000") => Some(Self::Other("it is a submodule, which has an index of its own")),
            _ => None,
        }
    }
}

impl Blob {
    /// All of it.
    pub(super) fn read(&self) -> io::Result<Vec<u8>> {
        let mut batch = self.store.batch.lock().unwrap_or_else(PoisonError::into_inner);
        let batch = match &mut *batch {
            Some(batch) => batch,
            none => none.insert(Batch::begin(&self.store.top)?),
        };
        batch.read(&self.id)
    }
}

impl Batch {
    fn begin(top: &Path) -> io::Result<Self> {
        let mut child = command(top, &["cat-file", "--batch"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let (Some(asked), Some(answers)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(io::Error::other("git has no streams"));
        };
        Ok(Self { child, asked, answers: BufReader::new(answers) })
    }

    /// Asks for an object; the answer is `ID TYPE SIZE`, a line end, so many bytes, and a line end.
    fn read(&mut self, id: &str) -> io::Result<Vec<u8>> {
        writeln!(self.asked, "{id}")?;
        let mut about = String::new();
        self.answers.read_line(&mut about)?;
        let size = about.trim_end().rsplit_once(' ').and_then(|(_, size)| size.parse::<usize>().ok());
        let Some(size) = size else {
            return Err(io::Error::other(format!("git does not have it: {}", about.trim_end())));
        };
        let mut bytes = Vec::new();
        self.answers.by_ref().take(size as u64 + 1).read_to_end(&mut bytes)?;
        if bytes.len() != size + 1 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        bytes.truncate(size);
        Ok(bytes)
    }
}

impl Drop for Batch {
    fn drop(&mut self) {
        // It would end by itself when its input does; nobody needs what it may still say.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn command(top: &Path, words: &[&str]) -> Command {
    let mut command = Command::new("git");
    command.arg("-C").arg(top).args(words).stdin(Stdio::null());
    // No lock is taken for a mere look, and errors come in the language that is asked for above.
    command.env("GIT_OPTIONAL_LOCKS", "0").env("LC_ALL", "C");
    command
}

fn in_conflict(path: &Path) -> Complaint {
    Complaint::error(anyhow!("`{}` is in a merge that is not resolved", super::find::shown(path)))
        .help("resolve it and stage it again")
}

/// A path as git writes it.
#[cfg(unix)]
pub(super) fn path_of(name: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStrExt as _;
    OsStr::from_bytes(name).into()
}

/// A path as git writes it.
#[cfg(not(unix))]
pub(super) fn path_of(name: &[u8]) -> PathBuf {
    OsStr::new(&*String::from_utf8_lossy(name)).into()
}
