//! From the packs that were asked for to rules, and from rules to a linter.

use std::collections::{BTreeSet, HashMap};
use std::fs;
use std::mem;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::anyhow;
use walkdir::WalkDir;

use crate::config::Wishes;
use crate::lint::Linter;
use crate::report::Manual;
use crate::rule::builtin;
use crate::rule::compile::compile;
use crate::rule::compiled::RuleSet;
use crate::rule::pack::{Pack, PackFile};
use crate::text::nearest::nearest;

use super::args::{JudgeArgs, ProjectArgs};
use super::complaint::{Complaint, Stop};
use super::find::shown;
use super::project::{ProjectId, Projects, from_here, mistakes_in, read_toml};

/// What a pack is called that is a single file.
const NAMELESS: &str = "own";

/// The linters of a run: one for each set of packs that some configuration asks for.
#[derive(Debug)]
pub(super) struct Linters<'a> {
    judge: &'a JudgeArgs,
    by_packs: HashMap<Vec<PathBuf>, Arc<Linter>>,
    by_project: HashMap<ProjectId, Arc<Linter>>,
}

impl<'a> Linters<'a> {
    /// No linter yet.
    pub(super) fn new(judge: &'a JudgeArgs) -> Self {
        Self { judge, by_packs: HashMap::new(), by_project: HashMap::new() }
    }

    /// The linter for the files of a configuration, which must name no unknown rule.
    pub(super) fn of(&mut self, projects: &Projects, id: ProjectId) -> Result<Arc<Linter>, Stop> {
        if let Some(linter) = self.by_project.get(&id) {
            return Ok(Arc::clone(linter));
        }
        let packs = packs_of(projects, id, &self.judge.packs)?;
        let linter = match self.by_packs.get(&packs) {
            Some(linter) => Arc::clone(linter),
            None => kept(Linter::new(rules(&packs)?)),
        };
        let project = projects.get(id);
        if project.config.names_rules() {
            let known: Vec<&str> = linter.rules().rules.iter().map(|rule| rule.id.as_str()).collect();
            let mistakes = project.config.unknown_rules(&known);
            if !mistakes.is_empty() {
                return Err(Stop::Complaints(mistakes_in(&project.file, mistakes)));
            }
        }
        let mistakes = project.config.unknown_channels(linter.rules());
        if !mistakes.is_empty() {
            return Err(Stop::Complaints(mistakes_in(&project.file, mistakes)));
        }
        self.check_channel(&linter)?;
        self.by_packs.insert(packs, Arc::clone(&linter));
        self.by_project.insert(id, Arc::clone(&linter));
        Ok(linter)
    }

    /// Whether the channel that the command line names is known to a linter.
    fn check_channel(&self, linter: &Linter) -> Result<(), Stop> {
        let Some(name) = &self.judge.channel else { return Ok(()) };
        match linter.rules().channel(name) {
            Ok(_) => Ok(()),
            Err(right) => {
                let complaint = Complaint::error(anyhow!("`--channel {name}`: there is no such channel"));
                Err(complaint.help(right).into())
            }
        }
    }

    /// Whether every rule that the command line names is known to some linter.
    pub(super) fn check_named_rules(&self) -> Result<(), Stop> {
        let known =
            || self.by_packs.values().flat_map(|linter| &linter.rules().rules).map(|rule| rule.id.as_str());
        let unknown = self.judge.named_rules().filter(|(_, name)| known().all(|rule| rule != *name));
        let complaints: Vec<Complaint> = unknown
            .map(|(option, name)| unknown_rule(&format!("`{option} {name}`"), name, known()))
            .collect();
        if complaints.is_empty() { Ok(()) } else { Err(Stop::Complaints(complaints)) }
    }
}

/// A linter that stays until the process ends: to take its rules apart would cost a short run more than to judge a draft.
fn kept(linter: Linter) -> Arc<Linter> {
    let linter = Arc::new(linter);
    mem::forget(Arc::clone(&linter));
    linter
}

/// A complaint about a name that is no rule's; `what` is where it was named.
pub(super) fn unknown_rule<'a>(what: &str, name: &str, known: impl Iterator<Item = &'a str>) -> Complaint {
    // Names that are equally near come in the same order whatever the order of the linters.
    let mut known: Vec<&str> = known.collect();
    known.sort_unstable();
    let complaint = Complaint::error(anyhow!("{what}: there is no such rule"));
    match nearest(name, known) {
        Some(near) => complaint.help(format!("did you mean `{near}`?")),
        None => complaint.help("`sellerlint rules` lists them all"),
    }
}

/// The packs for a configuration: its own, then those of the command line; each once.
pub(super) fn packs_of(projects: &Projects, id: ProjectId, typed: &[PathBuf]) -> Result<Vec<PathBuf>, Stop> {
    let project = projects.get(id);
    let mut packs = Vec::new();
    for pack in &project.config.packs {
        let path = project.folder.join(pack.get_ref());
        let canonical = fs::canonicalize(&path)
            .map_err(|error| Complaint::unreadable(pack.get_ref(), &error).at(&project.file, pack.span()))?;
        packs.push((canonical, path));
    }
    for path in typed {
        let canonical =
            fs::canonicalize(path).map_err(|error| Complaint::unreadable(&shown(path), &error))?;
        packs.push((canonical, path.clone()));
    }
    let mut seen = Vec::new();
    packs.retain(|(canonical, _)| {
        !seen.contains(canonical) && {
            seen.push(canonical.clone());
            true
        }
    });
    Ok(packs.into_iter().map(|(_, path)| path).collect())
}

/// The rules of the built-in pack and of some others.
pub(super) fn rules(packs: &[PathBuf]) -> Result<RuleSet, Stop> {
    if packs.is_empty() {
        return Ok(builtin::rules());
    }
    let mut all = vec![builtin::pack()];
    for path in packs {
        all.push(read(path)?);
    }
    Ok(compile(&all).map(|(rules, _)| rules)?)
}

/// What the rules of some configurations say of themselves.
pub(super) fn manual(
    projects: &Projects,
    ids: impl IntoIterator<Item = ProjectId>,
    typed: &[PathBuf],
) -> Result<Manual, Stop> {
    let mut all = vec![builtin::pack()];
    let mut read_already = BTreeSet::new();
    for id in ids.into_iter().collect::<BTreeSet<_>>() {
        for path in packs_of(projects, id, typed)? {
            if read_already.insert(path.clone()) {
                all.push(read(&path)?);
            }
        }
    }
    let mut manual = Manual::default();
    manual.add(&all);
    Ok(manual)
}

/// The built-in pack and those for the current folder, with their prose.
pub(super) fn all_packs(project: &ProjectArgs, typed: &[PathBuf]) -> Result<Vec<Pack>, Stop> {
    let mut projects = Projects::new(project, Wishes::default())?;
    let here = projects.here()?;
    let mut all = vec![builtin::pack()];
    for path in packs_of(&projects, here, typed)? {
        all.push(read(&path)?);
    }
    Ok(all)
}

/// Reads a pack: a TOML file, or all those in a folder.
pub(super) fn read(path: &Path) -> Result<Pack, Stop> {
    let name = match path.is_dir() {
        true => {
            fs::canonicalize(path).ok().and_then(|path| Some(kebab(&path.file_name()?.to_string_lossy())))
        }
        false => None,
    };
    Ok(Pack::read(files(path)?, name.as_deref().unwrap_or(NAMELESS))?)
}

fn files(path: &Path) -> Result<Vec<PackFile>, Stop> {
    let mut files = Vec::new();
    let entries = WalkDir::new(path).sort_by_file_name().follow_links(true).into_iter();
    for entry in entries.filter_entry(|entry| entry.depth() == 0 || !is_hidden(entry)) {
        let entry = entry.map_err(|error| {
            let path = from_here(error.path().unwrap_or(path));
            Complaint::unreadable_entry(&path, error)
        })?;
        let is_toml = entry.path().extension().is_some_and(|extension| extension == "toml");
        if entry.file_type().is_file() && (is_toml || entry.depth() == 0) {
            let file = read_toml(entry.path(), &from_here(entry.path()))?;
            files.push(PackFile { path: file.path.to_string(), text: file.text.to_string() });
        }
    }
    if files.is_empty() {
        let complaint = Complaint::error(anyhow!("there is no rule in `{}`", shown(path)));
        return Err(complaint.help("a pack is a TOML file for each rule, or a folder of them").into());
    }
    Ok(files)
}

fn is_hidden(entry: &walkdir::DirEntry) -> bool {
    entry.file_name().as_encoded_bytes().starts_with(b".")
}

/// A name in small letters, digits and single dashes, as packs are called.
fn kebab(name: &str) -> String {
    let parts = name.split(|c: char| !c.is_ascii_alphanumeric()).filter(|part| !part.is_empty());
    parts.map(str::to_ascii_lowercase).collect::<Vec<_>>().join("-")
}
