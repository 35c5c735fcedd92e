//! Which files are checked: those that were named, and the drafts in the folders that were named.
//!
//! The answer depends on the disk alone. The order of the arguments, their repetition and the ways in which one file
//! can be called (`a`, `./a`, a full path) choose no other files: every file comes once, called as the first argument that
//! led to it calls it, and they are sorted by that.

mod selected;

use std::collections::{BTreeSet, HashSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use anyhow::anyhow;
use clap::CommandFactory as _;
use foldhash::fast::RandomState;
use walkdir::WalkDir;

use crate::config::{FILE_NAME, Globs};
use crate::document::{Format, MessageFormat, TreeFormat};
use crate::text::nearest::nearest;

use super::args::{ReadArgs, SellerlintArgs, WalkArgs};
use super::complaint::{Complaint, Stop};
use super::file_type::FileType;
use super::git::Blob;
use super::how::{How, Refusal};
use super::ignores::Ignores;
use super::project::{Project, ProjectId, Projects, canonical_parent};
use super::selection::Selection;
use super::spared::is_own_report;

/// A file to check.
#[derive(Debug, Clone)]
pub(super) struct Input {
    /// What it is called in reports.
    pub(super) name: String,
    /// Where its bytes are.
    pub(super) source: Bytes,
    /// How it is read.
    pub(super) how: How,
    /// Its configuration.
    pub(super) project: ProjectId,
    /// The overrides of its configuration that are about it.
    pub(super) overrides: Vec<usize>,
    /// The allows of its configuration that are about it.
    pub(super) allows: Vec<usize>,
    /// Its full path; of standard input, the one that it is given.
    pub(super) place: Option<PathBuf>,
}

/// Where bytes come from.
#[derive(Debug, Clone)]
pub(super) enum Bytes {
    /// Standard input.
    Stdin,
    /// A file.
    File(PathBuf),
    /// The index of git.
    Index {
        /// What it holds.
        blob: Blob,
        /// The file that it holds it for, which may hold something else.
        path: PathBuf,
    },
}

impl Bytes {
    /// The file, if it is one.
    pub(super) fn path(&self) -> Option<&Path> {
        match self {
            Self::Stdin => None,
            Self::File(path) | Self::Index { path, .. } => Some(path),
        }
    }

    /// All of them, if they do not come from standard input.
    pub(super) fn read(&self) -> io::Result<Vec<u8>> {
        match self {
            Self::Stdin => Ok(Vec::new()),
            Self::File(path) => fs::read(path),
            Self::Index { blob, .. } => blob.read(),
        }
    }
}

/// What was found.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// The files, sorted by name.
    pub(super) inputs: Vec<Input>,
    /// What could not be looked at.
    pub(super) complaints: Vec<Complaint>,
    /// How many files of other types lie in the folders.
    pub(super) skipped: usize,
    /// How many files and folders in them the configuration leaves out.
    pub(super) unwanted: usize,
    /// How many of the paths that were named are excluded, and so left out on demand.
    pub(super) refused: usize,
    /// The folders that were named, as full paths.
    pub(super) folders: Vec<PathBuf>,
    /// What was left out and why, if that was asked for.
    pub(super) left_out: Vec<LeftOut>,
}

/// A file or folder that is not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct LeftOut {
    /// What it is called.
    pub(super) name: String,
    /// Why.
    pub(super) why: String,
}

/// A path as reports call it: with `/` between folders.
pub(super) fn shown(path: &Path) -> String {
    let name = path.to_string_lossy();
    if cfg!(windows) {
        // What Windows puts before a full path is nothing that anybody would type.
        return name.replace('\\', "/").trim_start_matches("//?/").to_owned();
    }
    name.into_owned()
}

/// Finds the files to check: those of the selection as far as they lie in the paths, or the paths themselves, or standard
/// input, if there is neither.
pub(super) fn find(
    paths: &[PathBuf],
    selection: Option<Selection>,
    read: &ReadArgs,
    walk: WalkArgs,
    projects: &mut Projects,
) -> Result<Found, Stop> {
    let mut search = Search {
        read,
        walk,
        projects,
        known: HashSet::default(),
        within: Vec::new(),
        found: Found::default(),
    };
    let mut known = BTreeSet::new();
    let paths: Vec<&Path> = paths.iter().map(PathBuf::as_path).filter(|path| known.insert(*path)).collect();
    refuse_idle_name(read, selection.is_some(), &paths)?;
    match selection {
        Some(selection) => search.selection(selection, &paths)?,
        None if paths.is_empty() => search.stdin()?,
        None => paths.into_iter().try_for_each(|path| search.named(path))?,
    }
    let Search { mut found, .. } = search;
    found.inputs.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(found)
}

/// A name for standard input, of which nothing is read, is most likely a slip.
fn refuse_idle_name(read: &ReadArgs, is_selected: bool, paths: &[&Path]) -> Result<(), Complaint> {
    let is_read = !is_selected && (paths.is_empty() || paths.contains(&Path::new("-")));
    match &read.stdin_filename {
        Some(name) if !is_read => {
            let message =
                format!("`--stdin-filename {}` names standard input, which is not read", shown(name));
            Err(Complaint::error(anyhow!(message))
                .help("leave the option out, or hand the draft over with `-`"))
        }
        _ => Ok(()),
    }
}

struct Search<'a> {
    read: &'a ReadArgs,
    walk: WalkArgs,
    projects: &'a mut Projects,
    /// The full paths of the files that were found.
    known: HashSet<PathBuf, RandomState>,
    /// The full paths to which a selection is narrowed, if it is.
    within: Vec<PathBuf>,
    found: Found,
}

/// A folder on the way from where a walk began to where it is.
#[derive(Clone)]
struct Level {
    project: ProjectId,
    ignores: Rc<Ignores>,
}

impl Search<'_> {
    fn named(&mut self, path: &Path) -> Result<(), Stop> {
        if path == Path::new("-") {
            return self.stdin();
        }
        match fs::metadata(path) {
            Ok(metadata) if metadata.is_dir() => self.folder(path),
            Ok(_) => self.named_file(path),
            Err(error) => {
                let complaint = Complaint::unreadable(&shown(path), &error);
                self.found.complaints.push(match help_for_missing(path, &error) {
                    Some(help) => complaint.help(help),
                    None => complaint,
                });
                Ok(())
            }
        }
    }

    fn stdin(&mut self) -> Result<(), Stop> {
        let name = self.read.stdin_filename.as_deref();
        let place = name.and_then(|name| place_of(name).ok());
        let project = match place.as_deref().and_then(Path::parent) {
            Some(folder) => self.projects.of_folder(folder)?,
            None => self.projects.here()?,
        };
        if place.as_deref().is_some_and(|place| self.is_refused_file(project, place)) {
            return Ok(());
        }
        // A name that says something else is only a name.
        let file_type = match name.map_or(FileType::Unknown, FileType::of) {
            FileType::Foreign(_) => FileType::Unknown,
            known => known,
        };
        let how = self.how(file_type, place.as_deref(), project);
        let overrides = place.as_deref().map(|place| self.overrides(project, place)).unwrap_or_default();
        let allows = self.allows(project, place.as_deref());
        let name = name.map_or_else(|| "-".to_owned(), shown);
        match how {
            Ok(how) => {
                let input = Input { name, source: Bytes::Stdin, how, project, overrides, allows, place };
                self.add(PathBuf::from("-"), input);
            }
            Err(refusal) => self.found.complaints.push(refusal.complaint(&name)),
        }
        Ok(())
    }

    fn named_file(&mut self, path: &Path) -> Result<(), Stop> {
        let place = match place_of(path) {
            Ok(place) => place,
            Err(error) => {
                self.found.complaints.push(Complaint::unreadable(&shown(path), &error));
                return Ok(());
            }
        };
        let project = self.projects.of_folder(place.parent().unwrap_or(Path::new("/")))?;
        if self.is_refused_file(project, &place) {
            self.found.refused += 1;
            self.leave_out(path, EXCLUDED);
            return Ok(());
        }
        match self.how(FileType::of(path), Some(&place), project) {
            Ok(how) => {
                // A link is the file that it leads to; a pipe leads to nothing that has a path.
                let identity = fs::canonicalize(path).unwrap_or_else(|_| place.clone());
                let (source, overrides) = (Bytes::File(path.to_owned()), self.overrides(project, &place));
                let allows = self.allows(project, Some(&place));
                let (name, place) = (shown(path), Some(place));
                self.add(identity, Input { name, source, how, project, overrides, allows, place });
            }
            Err(refusal) => self.found.complaints.push(refusal.complaint(&shown(path))),
        }
        Ok(())
    }

    fn folder(&mut self, root: &Path) -> Result<(), Stop> {
        let canonical = match fs::canonicalize(root) {
            Ok(canonical) => canonical,
            Err(error) => {
                self.found.complaints.push(Complaint::unreadable(&shown(root), &error));
                return Ok(());
            }
        };
        let project = self.projects.of_folder(&canonical)?;
        if self.is_within(&canonical) {
            self.found.folders.push(canonical.clone());
        }
        if self.is_refused(project, &canonical) {
            self.found.refused += 1;
            self.leave_out(root, EXCLUDED);
            return Ok(());
        }
        let mut levels = vec![self.level_at(&canonical)?];
        let mut entries = WalkDir::new(&canonical).min_depth(1).sort_by_file_name().into_iter();
        while let Some(entry) = entries.next() {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    self.unreadable(error, root, &canonical);
                    continue;
                }
            };
            levels.truncate(entry.depth());
            let Some(level) = levels.last() else { continue };
            let is_folder = entry.file_type().is_dir();
            if let Some(why) = self.why_left_out(entry.path(), is_folder, level) {
                self.found.unwanted += usize::from(why == EXCLUDED);
                if entry.file_name() != ".git" {
                    self.leave_out(&called(root, &canonical, entry.path()), why);
                }
                if is_folder {
                    entries.skip_current_dir();
                }
            } else if is_folder {
                let below = self.level_below(level, entry.path())?;
                levels.push(below);
            } else if !self.is_within(entry.path()) {
                // It was not asked for.
            } else if entry.file_type().is_file() {
                let project = level.project;
                let name = called(root, &canonical, entry.path());
                self.file_in_folder(
                    &name,
                    entry.path(),
                    Bytes::File(name.clone()),
                    project,
                    entry.depth() == 1,
                );
            } else {
                let is_link = entry.file_type().is_symlink();
                self.leave_out(&called(root, &canonical, entry.path()), if is_link { LINK } else { NO_FILE });
            }
        }
        Ok(())
    }

    fn level_below(&mut self, level: &Level, folder: &Path) -> Result<Level, Stop> {
        let ignores = if self.walk.no_ignore {
            Rc::clone(&level.ignores)
        } else {
            Ignores::below(&level.ignores, folder, &mut self.found.complaints)
        };
        Ok(Level { project: self.projects.of_folder(folder)?, ignores })
    }

    /// Why a walk passes by a file or folder in a folder of this level, if it does.
    fn why_left_out(&self, place: &Path, is_folder: bool, level: &Level) -> Option<&'static str> {
        let name = place.file_name().unwrap_or_default();
        let ignores = !self.walk.no_ignore;
        if name == ".git" || ignores && name.as_encoded_bytes().starts_with(b".") {
            return Some("it is hidden");
        }
        if ignores && level.ignores.leave_out(place, is_folder) {
            return Some("a .gitignore names it");
        }
        self.is_excluded(level.project, place, Globs::name).then_some(EXCLUDED)
    }

    fn leave_out(&mut self, path: &Path, why: &str) {
        let is_our_own = path.file_name().is_some_and(|name| name == FILE_NAME);
        if self.walk.is_noted && !is_our_own {
            self.found.left_out.push(LeftOut { name: shown(path), why: why.to_owned() });
        }
    }

    fn file_in_folder(
        &mut self,
        name: &Path,
        place: &Path,
        source: Bytes,
        project: ProjectId,
        is_at_top: bool,
    ) {
        let file_type = FileType::of(place);
        let config = &self.projects.get(project).config;
        let relative = || self.projects.get(project).relative(place);
        let is_mapped = !config.formats.is_empty() && config.format_of(&relative()).is_some();
        let is_wanted = match file_type {
            FileType::Foreign(_) if !is_mapped => false,
            _ if !config.include.is_empty() => config.include.cover(&relative()),
            // JSON and YAML are mostly something else.
            FileType::Known(Format::Tree(_)) | FileType::Unknown | FileType::Foreign(_) => is_mapped,
            FileType::Known(_) => true,
        };
        // Most drafts are plain text, and reports for people lie at the top, if anywhere: the others are opened once.
        let is_plain = file_type == FileType::Known(Format::Message(MessageFormat::Txt));
        if is_wanted && (is_at_top || !is_plain) && is_own_report(&source) {
            return self.leave_out(name, OWN_REPORT);
        }
        match self.how(file_type, Some(place), project) {
            Ok(how) if is_wanted => {
                let (overrides, allows) = (self.overrides(project, place), self.allows(project, Some(place)));
                let (name, place) = (shown(name), Some(place.to_owned()));
                let identity = place.clone().unwrap_or_default();
                self.add(identity, Input { name, source, how, project, overrides, allows, place });
            }
            _ => {
                self.found.skipped += usize::from(is_of_interest(file_type));
                let is_message =
                    matches!(file_type, FileType::Known(Format::Message(_) | Format::Records(_)));
                self.found.unwanted += usize::from(is_message && !is_wanted);
                self.leave_out(name, &why_unwanted(file_type));
            }
        }
    }

    /// Adds a file; of two names for one file the first that was given stays.
    fn add(&mut self, identity: PathBuf, input: Input) {
        if self.known.insert(identity) {
            self.found.inputs.push(input);
        }
    }

    /// Whether something lies where a selection is narrowed to.
    fn is_within(&self, place: &Path) -> bool {
        self.within.is_empty() || self.within.iter().any(|within| place.starts_with(within))
    }

    /// Whether something that was named here is left out all the same.
    fn is_refused(&self, project: ProjectId, place: &Path) -> bool {
        self.walk.force_exclude && self.is_excluded(project, place, Globs::cover)
    }

    /// The same of a file, which may also be none of those that are included.
    fn is_refused_file(&self, project: ProjectId, place: &Path) -> bool {
        let include = |project: &Project| {
            !project.config.include.is_empty() && !project.config.include.cover(&project.relative(place))
        };
        self.is_refused(project, place) || self.walk.force_exclude && include(self.projects.get(project))
    }

    fn is_excluded(&self, project: ProjectId, place: &Path, by: fn(&Globs, &str) -> bool) -> bool {
        let project = self.projects.get(project);
        !project.config.exclude.is_empty() && by(&project.config.exclude, &project.relative(place))
    }

    fn overrides(&self, project: ProjectId, place: &Path) -> Vec<usize> {
        let project = self.projects.get(project);
        if project.config.overrides.is_empty() {
            return Vec::new();
        }
        project.config.overrides_for(&project.relative(place))
    }

    fn allows(&self, project: ProjectId, place: Option<&Path>) -> Vec<usize> {
        let project = self.projects.get(project);
        if project.config.allows.is_empty() {
            return Vec::new();
        }
        project.config.allows_for(place.map(|place| project.relative(place)).as_deref())
    }

    /// How a file is read, or why it is not.
    fn how(&self, file_type: FileType, place: Option<&Path>, project: ProjectId) -> Result<How, Refusal> {
        let project = self.projects.get(project);
        let mapped = match place {
            Some(place) if !project.config.formats.is_empty() => {
                project.config.format_of(&project.relative(place))
            }
            _ => None,
        };
        How::decide(file_type, mapped, self.read)
    }

    fn unreadable(&mut self, error: walkdir::Error, root: &Path, canonical: &Path) {
        let path = called(root, canonical, error.path().unwrap_or(canonical));
        self.found.complaints.push(Complaint::unreadable_entry(&shown(&path), error));
    }
}

const EXCLUDED: &str = "the configuration excludes it";
/// Why a report that lies among drafts is passed by.
const OWN_REPORT: &str = "it is a report of sellerlint";
const LINK: &str = "it is a symbolic link, and such are followed only if they are named";
const NO_FILE: &str = "it is neither a file nor a folder";

/// Why a file in a folder is not read.
fn why_unwanted(file_type: FileType) -> String {
    match file_type {
        FileType::Foreign(foreign) => format!("it is {}", foreign.what),
        FileType::Known(Format::Tree(_)) => {
            "`[formats]` does not say which of its texts are messages".to_owned()
        }
        FileType::Known(_) => "`include` does not name it".to_owned(),
        FileType::Unknown => "neither its ending nor `[formats]` says that it holds messages".to_owned(),
    }
}

/// What a file in a folder is called: the folder as it was given, and the way from there.
fn called(root: &Path, canonical: &Path, file: &Path) -> PathBuf {
    let way = file.strip_prefix(canonical).unwrap_or(file);
    let is_here = root.components().all(|part| part == std::path::Component::CurDir);
    if is_here { way.to_owned() } else { root.join(way) }
}

/// The full path of a file that need not be there, in a folder that is.
fn place_of(file: &Path) -> io::Result<PathBuf> {
    Ok(canonical_parent(file)?.join(file.file_name().unwrap_or_default()))
}

/// Whether somebody may wonder why a file in a folder was left out.
fn is_of_interest(file_type: FileType) -> bool {
    matches!(file_type, FileType::Foreign(_) | FileType::Known(Format::Tree(TreeFormat::Json)))
}

/// What may have been meant by a path that is not there.
fn help_for_missing(path: &Path, error: &io::Error) -> Option<String> {
    if error.kind() != io::ErrorKind::NotFound {
        return None;
    }
    let name = path.to_str()?;
    let commands: Vec<String> =
        SellerlintArgs::command().get_subcommands().map(|command| command.get_name().to_owned()).collect();
    if commands.iter().any(|command| command == name) {
        return Some(format!("a command comes first: `sellerlint {name} …`"));
    }
    if name.contains(['*', '?']) {
        return Some("name the folder: every draft in it is checked".to_owned());
    }
    let near = nearest(name, commands.iter().map(String::as_str))?;
    Some(format!("did you mean `sellerlint {near}`?"))
}

#[cfg(test)]
mod tests {
    use clap::Parser as _;
    use tempfile::TempDir;

    use super::*;
    use crate::cli::args::CheckArgs;
    use crate::config::Wishes;

    #[derive(clap::Parser)]
    struct Typed {
        #[command(flatten)]
        check: CheckArgs,
    }

    /// A folder with these files, each empty or with the text after a space.
    fn folder(files: &[&str]) -> TempDir {
        let folder = tempfile::tempdir().unwrap();
        for file in files {
            let (path, text) = file.split_once(' ').unwrap_or((file, ""));
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text.replace('|', "\n")).unwrap();
        }
        folder
    }

    /// What is found if this is typed, as paths from the folder.
    fn found(folder: &TempDir, typed: &str) -> Vec<String> {
        let root = folder.path().to_str().unwrap();
        let in_folder =
            |word: &str| if word.starts_with('-') { word.to_owned() } else { format!("{root}/{word}") };
        let words = typed.split_whitespace().map(in_folder);
        let args = Typed::parse_from(std::iter::once("sellerlint".to_owned()).chain(words)).check;
        let mut projects = Projects::new(&args.project, Wishes::default()).unwrap();
        let found = find(&args.paths, None, &args.read, args.walk, &mut projects).unwrap();
        assert!(found.complaints.is_empty(), "{:?}", found.complaints);
        found
            .inputs
            .iter()
            .map(|input| input.name[root.len() + 1..].trim_start_matches("./").to_owned())
            .collect()
    }

    #[test]
    fn what_gitignore_names_is_left_out_unless_it_is_named() {
        let folder = folder(&[
            ".git/HEAD",
            ".git/info/exclude private.txt",
            ".gitignore *.log.txt|/old/|!kept.log.txt",
            "a.txt",
            "a.log.txt",
            "kept.log.txt",
            "private.txt",
            "old/a.txt",
            "sub/old/a.txt",
            "sub/.gitignore !a.log.txt|b.txt",
            "sub/a.log.txt",
            "sub/b.txt",
            "sub/deep/b.txt",
        ]);
        let drafts = ["a.txt", "kept.log.txt", "sub/a.log.txt", "sub/old/a.txt"];
        assert_eq!(found(&folder, "."), drafts);
        assert_eq!(found(&folder, "sub"), &drafts[2..]);
        assert_eq!(found(&folder, "sub/deep"), [""; 0]);
        assert_eq!(found(&folder, "old"), ["old/a.txt"]);
        assert_eq!(found(&folder, "a.log.txt private.txt"), ["a.log.txt", "private.txt"]);
        assert_eq!(found(&folder, "--no-ignore .").len(), 9);
    }

    #[test]
    fn the_ignore_files_of_a_folder_end_at_its_repository() {
        let folder = folder(&[".gitignore *.txt", "in/.git/HEAD", "in/a.txt", "b.txt"]);
        assert_eq!(found(&folder, "in"), ["in/a.txt"]);
        assert_eq!(found(&folder, "."), ["in/a.txt"]);
    }

    #[test]
    fn git_keeps_its_own_folder_even_without_ignoring() {
        let folder = folder(&[".git/a.txt", ".b/a.txt"]);
        assert_eq!(found(&folder, "--no-ignore ."), [".b/a.txt"]);
        assert_eq!(found(&folder, ".b"), [".b/a.txt"]);
    }

    #[test]
    fn order_and_repetition_change_nothing() {
        let folder = folder(&["a.txt", "b/c.txt", "b/d.jsonl"]);
        for typed in [".", ". b b/c.txt a.txt", "b a.txt", "a.txt b/../a.txt b/d.jsonl b b"] {
            assert_eq!(found(&folder, typed), ["a.txt", "b/c.txt", "b/d.jsonl"], "{typed}");
        }
    }

    #[test]
    fn a_file_is_called_what_it_was_first_called() {
        let folder = folder(&["a.txt", "b/c.txt"]);
        for (typed, names) in [
            ("b/../a.txt a.txt", ["b/../a.txt"]),
            ("a.txt b/../a.txt", ["a.txt"]),
            ("b/c.txt b/../b", ["b/c.txt"]),
            ("b/../b b/c.txt", ["b/../b/c.txt"]),
        ] {
            assert_eq!(found(&folder, typed), names, "{typed}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn links_are_followed_only_where_they_are_named() {
        let folder = folder(&["real/a.txt", "walked/b.txt"]);
        let link = |from: &str, to: &str| {
            std::os::unix::fs::symlink(folder.path().join(to), folder.path().join(from)).unwrap();
        };
        link("walked/file.txt", "real/a.txt");
        link("walked/folder", "real");
        link("walked/loop", "walked");
        assert_eq!(found(&folder, "walked"), ["walked/b.txt"]);
        assert_eq!(found(&folder, "walked/file.txt"), ["walked/file.txt"]);
        assert_eq!(found(&folder, "walked/file.txt real/a.txt"), ["walked/file.txt"]);
        assert_eq!(found(&folder, "walked/folder"), ["walked/folder/a.txt"]);
    }

    #[test]
    fn the_nearest_configuration_up_to_the_repository_counts() {
        let folder = folder(&[
            "sellerlint.toml exclude = ['*.txt']",
            "a.txt",
            "in/.git/HEAD",
            "in/a.txt",
            "in/deep/sellerlint.toml exclude = ['b.txt']",
            "in/deep/a.txt",
            "in/deep/b.txt",
            "in/deep/x/b.txt",
        ]);
        assert_eq!(found(&folder, "."), ["in/a.txt", "in/deep/a.txt"]);
        assert_eq!(found(&folder, "in"), ["in/a.txt", "in/deep/a.txt"]);
        assert_eq!(found(&folder, "--no-ignore in/deep/b.txt"), ["in/deep/b.txt"]);
        assert_eq!(found(&folder, "--force-exclude in/deep/b.txt in/a.txt"), ["in/a.txt"]);
        assert_eq!(
            found(&folder, "--isolated in/deep"),
            ["in/deep/a.txt", "in/deep/b.txt", "in/deep/x/b.txt"]
        );
    }
}
