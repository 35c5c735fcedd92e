use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::anyhow;
use toml::value::Date;

use crate::config::{Config, FILE_NAME, Mistake, Wishes};
use crate::lint::Settings;

use super::allows;
use super::args::ProjectArgs;
use super::complaint::{Complaint, Stop, TomlFile};
use super::find::shown;

/// Every configuration that a run meets: the nearest one upward from each file, up to the root of the repository.
///
/// Each folder is looked at once, each file read once.
#[derive(Debug)]
pub(super) struct Projects {
    all: Vec<Project>,
    by_folder: HashMap<PathBuf, ProjectId>,
    fixed: Option<ProjectId>,
    typed: Wishes,
    /// Whether some report shows the texts of messages.
    pub(super) keeps_texts: bool,
    settings: BTreeMap<SettingsKey, Arc<Settings>>,
    today: Date,
}

/// A configuration, and those of its overrides and allows that hold.
type SettingsKey = (ProjectId, Vec<usize>, Vec<usize>);

/// A configuration in [`Projects`]; the first is that of files without one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct ProjectId(usize);

const NONE: ProjectId = ProjectId(0);

impl ProjectId {
    /// Whether there is no configuration.
    pub(super) fn is_none(self) -> bool {
        self == NONE
    }
}

/// A configuration and where it stands.
#[derive(Debug, Default)]
pub(super) struct Project {
    /// The folder that its paths and globs start from.
    pub(super) folder: PathBuf,
    /// What it asks for.
    pub(super) config: Config,
    /// The file.
    pub(super) file: TomlFile,
    /// The number of its first allow among those of all configurations.
    pub(super) first_allow: usize,
}

impl Projects {
    /// Reads the configuration that was named, if one was. `typed` are the wishes of the command line.
    pub(super) fn new(args: &ProjectArgs, typed: Wishes) -> Result<Self, Stop> {
        let mut projects = Self {
            all: vec![Project::default()],
            by_folder: HashMap::new(),
            fixed: args.isolated.then_some(NONE),
            typed,
            keeps_texts: false,
            settings: BTreeMap::new(),
            today: allows::today(),
        };
        if let Some(file) = &args.config {
            let folder =
                canonical_parent(file).map_err(|error| Complaint::unreadable(&shown(file), &error))?;
            projects.fixed = Some(projects.read(file, &shown(file), folder)?);
        }
        Ok(projects)
    }

    /// The configuration for the files of a folder (a canonical path).
    pub(super) fn of_folder(&mut self, folder: &Path) -> Result<ProjectId, Stop> {
        if let Some(fixed) = self.fixed {
            return Ok(fixed);
        }
        let mut passed = Vec::new();
        let mut found = NONE;
        for folder in folder.ancestors() {
            if let Some(known) = self.by_folder.get(folder) {
                found = *known;
                break;
            }
            passed.push(folder);
            let file = folder.join(FILE_NAME);
            if file.is_file() {
                found = self.read(&file, &from_here(&file), folder.to_owned())?;
                break;
            }
            if folder.join(".git").exists() {
                break;
            }
        }
        self.by_folder.extend(passed.into_iter().map(|folder| (folder.to_owned(), found)));
        Ok(found)
    }

    /// The configuration for what has no folder of its own: that of the current one.
    pub(super) fn here(&mut self) -> Result<ProjectId, Stop> {
        match fs::canonicalize(".") {
            Ok(folder) => self.of_folder(&folder),
            Err(_) => Ok(self.fixed.unwrap_or(NONE)),
        }
    }

    /// Every configuration that was met; and that of files without one, if there are some or nothing else was met.
    pub(super) fn met(&self, has_files_without: bool) -> impl Iterator<Item = ProjectId> + use<> {
        let skips_none = self.all.len() > 1 && !has_files_without;
        (usize::from(skips_none)..self.all.len()).map(ProjectId)
    }

    /// The folder of the baseline for the files of a configuration: its own, or the current one if there is none. Nothing
    /// lies there for those who want no configuration.
    pub(super) fn baseline_folder(&self, id: ProjectId) -> Option<PathBuf> {
        match id {
            NONE if self.fixed == Some(NONE) => None,
            NONE => fs::canonicalize(".").ok(),
            _ => Some(self.get(id).folder.clone()),
        }
    }

    /// The configuration itself.
    pub(super) fn get(&self, id: ProjectId) -> &Project {
        &self.all[id.0]
    }

    /// All that holds for a file: the defaults, its configuration, the overrides for it, and the command line.
    pub(super) fn wishes(&self, id: ProjectId, overrides: &[usize]) -> Wishes {
        self.typed.clone().over(self.get(id).config.wishes_with(overrides))
    }

    /// The settings for a file, shared between all files that have the same.
    pub(super) fn settings(
        &mut self,
        id: ProjectId,
        overrides: Vec<usize>,
        allows: Vec<usize>,
    ) -> Arc<Settings> {
        let key = (id, overrides, allows);
        if let Some(known) = self.settings.get(&key) {
            return Arc::clone(known);
        }
        let project = self.get(id);
        let is_over = |index: &usize| project.config.allows[*index].is_over(self.today);
        let allows: Vec<usize> = key.2.iter().copied().filter(|index| !is_over(index)).collect();
        let allows = project.config.allowances(&allows, project.first_allow);
        let settings = self.wishes(id, &key.1).settings();
        let settings = Arc::new(Settings { allows, keeps_texts: self.keeps_texts, ..settings });
        self.settings.insert(key, Arc::clone(&settings));
        settings
    }

    /// Whether an allow is about some file; `number` is its number among those of all configurations.
    pub(super) fn is_allow_in_use(&self, id: ProjectId, number: usize) -> bool {
        let index = number - self.get(id).first_allow;
        self.settings.keys().any(|(other, _, allows)| *other == id && allows.contains(&index))
    }

    /// The day on which it is.
    pub(super) fn today(&self) -> Date {
        self.today
    }

    /// A warning for each override that was about none of the files whose settings were asked for, and for each allowed
    /// host that none of them leads to; `met` are those that some do.
    pub(super) fn unused(&self, met: &BTreeSet<String>) -> Vec<Complaint> {
        let used: BTreeSet<(ProjectId, usize)> = self
            .settings
            .keys()
            .flat_map(|(id, overrides, _)| overrides.iter().map(|index| (*id, *index)))
            .collect();
        let all = self.all.iter().enumerate().flat_map(|(id, project)| {
            (0..project.config.overrides.len()).map(move |index| (ProjectId(id), index))
        });
        let overrides =
            all.filter(|key| !used.contains(key)).map(|(id, index)| self.unused_override(id, index));
        overrides.chain(self.unused_hosts(met)).collect()
    }

    fn unused_hosts(&self, met: &BTreeSet<String>) -> impl Iterator<Item = Complaint> {
        let wishes = self.settings.keys().map(|(id, overrides, _)| self.wishes(*id, overrides));
        let hosts = wishes.flat_map(|wishes| wishes.allowed_hosts).filter(|host| !met.contains(&host.value));
        let unused: BTreeSet<(String, String)> =
            hosts.map(|host| (host.origin.to_string(), host.value)).collect();
        unused.into_iter().map(|(origin, host)| {
            Complaint::warning(format!("no draft leads to `{host}`, which {origin} allows"))
                .help("take it out of `allowed-hosts`, or look for a slip in the name")
        })
    }

    fn unused_override(&self, id: ProjectId, index: usize) -> Complaint {
        let project = self.get(id);
        Complaint::warning("this override was about none of the files that were checked")
            .at(&project.file, project.config.overrides[index].at.clone())
            .help("globs start from the folder of the configuration")
    }

    fn read(&mut self, path: &Path, name: &str, folder: PathBuf) -> Result<ProjectId, Stop> {
        let file = read_toml(path, name)?;
        let config = Config::parse(&file.path, &file.text)
            .map_err(|mistakes| Stop::Complaints(mistakes_in(&file, mistakes)))?;
        let first_allow = self.all.last().map_or(0, |last| last.first_allow + last.config.allows.len());
        self.all.push(Project { folder, config, file, first_allow });
        Ok(ProjectId(self.all.len() - 1))
    }
}

impl Project {
    /// The path from the folder of the configuration to a file, with `/`; a file outside keeps its full path.
    pub(super) fn relative(&self, file: &Path) -> String {
        let inside = file.strip_prefix(&self.folder).unwrap_or(file);
        shown(inside).trim_start_matches('/').to_owned()
    }
}

/// Reads a TOML file, which has to be UTF-8. `name` is what it is called.
pub(super) fn read_toml(path: &Path, name: &str) -> Result<TomlFile, Complaint> {
    let bytes = fs::read(path).map_err(|error| Complaint::unreadable(name, &error))?;
    let text = String::from_utf8(bytes)
        .map_err(|_| Complaint::error(anyhow!("`{name}` is not in UTF-8")).help("save it as UTF-8"))?;
    Ok(TomlFile { path: name.into(), text: text.into() })
}

/// Mistakes in a file, to be told.
pub(super) fn mistakes_in(file: &TomlFile, mistakes: Vec<Mistake>) -> Vec<Complaint> {
    mistakes.into_iter().map(|mistake| Complaint::mistake(file, mistake)).collect()
}

/// The folder that a file is in, without `..` and without symbolic links on the way.
pub(super) fn canonical_parent(file: &Path) -> std::io::Result<PathBuf> {
    match file.parent() {
        Some(parent) if parent != Path::new("") => fs::canonicalize(parent),
        _ => fs::canonicalize("."),
    }
}

/// A path as it is called from the current folder.
pub(super) fn from_here(path: &Path) -> String {
    let here = fs::canonicalize(".").unwrap_or_default();
    shown(path.strip_prefix(here).unwrap_or(path))
}
