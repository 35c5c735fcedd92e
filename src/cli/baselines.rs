//! The baselines that a run meets: which one is about which file, what is left of it, and what is out of date in it.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use anyhow::anyhow;
use clap::Args;

use crate::config::{BASELINE_NAME, Origin, Wish, parse_baseline};
use crate::finding::Finding;
use crate::lint::baseline::{Baseline, Entry, notices, unjudged};
use crate::lint::{FileReport, Linter, Settings};

use super::args::JudgeArgs;
use super::check::Draft;
use super::complaint::{Complaint, Stop};
use super::find::shown;
use super::project::{ProjectId, Projects, canonical_parent, from_here, mistakes_in, read_toml};

/// Which baseline counts.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Configuration")]
pub(super) struct BaselineChoice {
    /// Accept what this baseline names [default: sellerlint-baseline.toml beside the configuration]
    #[arg(long, value_name = "FILE")]
    pub(super) baseline: Option<PathBuf>,
    /// Tell what the baseline accepts too
    #[arg(long, conflicts_with = "baseline")]
    pub(super) no_baseline: bool,
}

/// Every baseline of a run.
#[derive(Debug, Default)]
pub(super) struct Baselines {
    pub(super) all: Vec<Held>,
    by_name: HashMap<String, Listed>,
    asked: Asked,
}

/// The rules that the run was narrowed to.
#[derive(Debug, Default)]
struct Asked {
    only: Vec<String>,
    ignored: Vec<String>,
}

impl Asked {
    fn has(&self, rule: &str) -> bool {
        let names = |rules: &[String]| rules.iter().any(|named| named == rule);
        (self.only.is_empty() || names(&self.only)) && !names(&self.ignored)
    }
}

/// A baseline.
#[derive(Debug)]
pub(super) struct Held {
    /// The file, which need not be there.
    pub(super) place: PathBuf,
    /// What the file is called.
    pub(super) name: String,
    /// What was accepted when the run began; `None` if the file is not there.
    pub(super) old: Option<Baseline>,
    /// What of that was not found yet.
    left: Baseline,
    /// What was found, if that is asked for.
    pub(super) now: Option<Baseline>,
}

/// How a draft stands in a baseline.
#[derive(Debug)]
struct Listed {
    held: usize,
    path: String,
    linter: Arc<Linter>,
    settings: Arc<Settings>,
    state: State,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Unread,
    Read,
    /// It could not be read to its end.
    Broken,
}

impl Baselines {
    /// Reads the baselines for these drafts. `takes`: whether they are to be written, and so need not be there.
    pub(super) fn of(
        drafts: &[Draft],
        choice: &BaselineChoice,
        judge: &JudgeArgs,
        projects: &Projects,
        takes: bool,
    ) -> Result<Self, Stop> {
        let named = |option: &str| {
            let named = judge.named_rules().filter(|(by, _)| *by == option);
            named.map(|(_, rule)| rule.to_owned()).collect()
        };
        let asked = Asked { only: named("--rule"), ignored: named("--ignore") };
        let mut baselines = Self { asked, ..Self::default() };
        let mut by_project: BTreeMap<ProjectId, Option<usize>> = BTreeMap::new();
        let has_files_without = drafts.iter().any(|draft| draft.input.project.is_none());
        for id in projects.met(has_files_without) {
            let held = baselines.hold(place(choice, projects, id)?, choice, takes)?;
            by_project.insert(id, held);
        }
        for draft in drafts {
            let held = by_project.get(&draft.input.project).copied().flatten();
            if let (Some(held), Some(place)) = (held, &draft.input.place) {
                let path = way(baselines.all[held].folder(), place);
                let (linter, settings) = (Arc::clone(&draft.linter), Arc::clone(&draft.settings));
                let listed = Listed { held, path, linter, settings, state: State::Unread };
                baselines.by_name.insert(draft.input.name.clone(), listed);
            }
        }
        Ok(baselines)
    }

    fn hold(
        &mut self,
        place: Option<PathBuf>,
        choice: &BaselineChoice,
        takes: bool,
    ) -> Result<Option<usize>, Stop> {
        let Some(place) = place else { return Ok(None) };
        if let Some(known) = self.all.iter().position(|held| held.place == place) {
            return Ok(Some(known));
        }
        let name = choice.baseline.as_deref().map_or_else(|| from_here(&place), shown);
        let has_to_be_there = choice.baseline.is_some() && !takes;
        if !takes && !has_to_be_there && !place.exists() {
            return Ok(None);
        }
        let old = if has_to_be_there || place.exists() { Some(read(&place, &name)?) } else { None };
        let left = old.clone().unwrap_or_default();
        self.all.push(Held { place, name, old, left, now: takes.then(Baseline::default) });
        Ok(Some(self.all.len() - 1))
    }

    /// Takes out of a report what was there before. Gives what cannot be accepted, if a baseline is taken.
    pub(super) fn spend(&mut self, report: &mut FileReport) -> Option<Complaint> {
        let listed = self.by_name.get_mut(&report.path)?;
        let (held, rules) = (&mut self.all[listed.held], listed.linter.rules());
        let unjudged = unjudged(report, rules);
        match listed.state {
            // What was not judged may be there all the same.
            _ if !unjudged.is_empty() => listed.state = State::Broken,
            State::Unread => listed.state = State::Read,
            State::Read | State::Broken => {}
        }
        let complaint = held.now.is_some().then(|| unacceptable(&report.path, &unjudged)).flatten();
        if let Some(now) = &mut held.now {
            now.add(&listed.path, report, rules);
        }
        held.left.spend(&listed.path, report, rules);
        complaint
    }

    /// Notes that a file could not be read to its end: what was not found in it may be there all the same.
    pub(super) fn broke(&mut self, name: &str) {
        if let Some(listed) = self.by_name.get_mut(name) {
            listed.state = State::Broken;
        }
    }

    /// What each baseline accepts for nothing: the file was read, its rule was asked, and it is not there any more; or the
    /// file itself is gone.
    pub(super) fn stale(&self) -> Vec<Baseline> {
        let stale = |held: usize| {
            if self.all[held].left.is_empty() {
                return Baseline::default();
            }
            let view = self.view(held);
            let mut stale = self.all[held].left.clone();
            stale.retain(|entry| view.has(entry));
            stale
        };
        (0..self.all.len()).map(stale).collect()
    }

    /// A hint for each baseline that accepts something for nothing.
    pub(super) fn hints(&self) -> Vec<Complaint> {
        let hints = self.all.iter().zip(self.stale());
        hints.filter_map(|(held, stale)| hint(held, &stale)).collect()
    }

    /// What a baseline is once what was found now is accepted. What this run did not look at stays as it was.
    pub(super) fn renewed(&self, held: usize) -> Baseline {
        let view = self.view(held);
        let mut unseen = self.all[held].old.clone().unwrap_or_default();
        unseen.retain(|entry| !view.has(entry));
        let mut renewed = self.all[held].now.clone().unwrap_or_default();
        renewed.add_all(&unseen);
        renewed
    }

    /// Whether any draft of the run stands in a baseline.
    pub(super) fn has_drafts(&self, held: usize) -> bool {
        self.by_name.values().any(|listed| listed.held == held)
    }

    fn view(&self, held: usize) -> View<'_> {
        let listed = self.by_name.values().filter(|listed| listed.held == held);
        let folder = self.all[held].folder();
        let old = self.all[held].old.as_ref();
        let read: HashMap<&str, &Listed> = listed.map(|listed| (listed.path.as_str(), listed)).collect();
        let unread = old.into_iter().flat_map(Baseline::paths).filter(|path| !read.contains_key(path));
        let gone = unread.filter(|path| is_gone(&folder.join(path))).collect();
        View { read, gone, asked: &self.asked }
    }
}

impl Held {
    /// The folder that its paths start from.
    fn folder(&self) -> &Path {
        self.place.parent().unwrap_or(Path::new("/"))
    }
}

/// What a run has seen of the files of a baseline.
struct View<'a> {
    read: HashMap<&'a str, &'a Listed>,
    gone: BTreeSet<&'a str>,
    asked: &'a Asked,
}

impl View<'_> {
    /// Whether the run has looked for this.
    fn has(&self, entry: Entry<'_>) -> bool {
        match self.read.get(entry.path) {
            Some(listed) => {
                let rule = entry.rule.as_str();
                // That something could not be judged is accepted by no baseline, whoever wrote it down.
                let is_notice = notices(listed.linter.rules()).contains(&rule);
                is_notice || listed.state == State::Read && listed.asks(rule)
            }
            None => self.gone.contains(entry.path) && self.asked.has(entry.rule.as_str()),
        }
    }
}

impl Listed {
    /// Whether a rule was asked about it. One that is not there any more finds nothing any more.
    fn asks(&self, rule: &str) -> bool {
        let rule = self.linter.rules().rules.iter().find(|known| known.id == rule);
        rule.is_none_or(|rule| self.linter.worst(rule, &self.settings).is_some())
    }
}

/// Which baseline is used, for `--show-config`.
pub(super) fn wish(choice: &BaselineChoice, projects: &Projects, id: ProjectId) -> Result<Wish, Stop> {
    let is_typed = choice.no_baseline || choice.baseline.is_some();
    let origin = if is_typed { Origin::CommandLine } else { Origin::Default };
    let there = place(choice, projects, id)?.filter(|place| is_typed || place.exists());
    let name = |place: PathBuf| choice.baseline.as_deref().map_or_else(|| from_here(&place), shown);
    let value = there.map(|place| toml::Value::String(name(place)).to_string());
    Ok(Wish { key: "baseline".to_owned(), value, origin })
}

/// Where the baseline for the files of a configuration is, or would be: as it was named, else beside the configuration,
/// else in the current folder; and nowhere if there is to be none.
fn place(choice: &BaselineChoice, projects: &Projects, id: ProjectId) -> Result<Option<PathBuf>, Complaint> {
    if choice.no_baseline {
        return Ok(None);
    }
    let Some(named) = &choice.baseline else {
        return Ok(projects.baseline_folder(id).map(|folder| folder.join(BASELINE_NAME)));
    };
    let unreadable = |error: io::Error| Complaint::unreadable(&shown(named), &error);
    let Some(name) = named.file_name() else {
        return Err(Complaint::error(anyhow!("`{}` is no file", shown(named))));
    };
    Ok(Some(canonical_parent(named).map_err(unreadable)?.join(name)))
}

fn read(place: &Path, name: &str) -> Result<Baseline, Stop> {
    let file = read_toml(place, name)?;
    parse_baseline(&file.text).map_err(|mistakes| Stop::Complaints(mistakes_in(&file, mistakes)))
}

/// Files of stale entries that a hint names.
const NAMED: usize = 3;

fn hint(held: &Held, stale: &Baseline) -> Option<Complaint> {
    let (findings, paths) = (stale.findings(), stale.paths());
    let more = paths.len().saturating_sub(NAMED);
    let mut files: Vec<String> = stale.paths().take(NAMED).map(|path| format!("`{path}`")).collect();
    if more > 0 {
        files.push(format!("{more} more"));
    }
    let last = files.pop()?;
    let files = if files.is_empty() { last } else { format!("{} and {last}", files.join(", ")) };
    let what = if findings == 1 { "finding that is" } else { "findings that are" };
    let message = format!("`{}` accepts {findings} {what} not there any more, in {files}", held.name);
    Some(Complaint::note(message).help("`sellerlint baseline --prune` takes out what is gone"))
}

/// That something of a file cannot be accepted, because it was not judged.
fn unacceptable(name: &str, unjudged: &[&Finding]) -> Option<Complaint> {
    let first = unjudged.first()?;
    let place = format!("`{name}`, line {}", first.place.start.line);
    let more = match unjudged.len() - 1 {
        0 => String::new(),
        more => format!(" (and {more} more in this file)"),
    };
    let complaint = Complaint::error(anyhow!("not accepted: {place}: {}{more}", first.message));
    Some(complaint.help("mend it and run this again: only what was judged can be accepted"))
}

fn is_gone(path: &Path) -> bool {
    let missing = [io::ErrorKind::NotFound, io::ErrorKind::NotADirectory];
    fs::metadata(path).is_err_and(|error| missing.contains(&error.kind()))
}

/// The way from a folder to a file, with `/`, so that it is the same on every machine. Both are full paths.
fn way(folder: &Path, file: &Path) -> String {
    let shared = folder.components().zip(file.components()).take_while(|(a, b)| a == b).count();
    if shared == 0 {
        return shown(file);
    }
    let up = folder.components().skip(shared).map(|_| Component::ParentDir);
    shown(&up.chain(file.components().skip(shared)).collect::<PathBuf>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn the_way_to_a_file_is_the_same_on_every_machine() {
        for (folder, file, expected) in [
            ("/shop", "/shop/a.txt", "a.txt"),
            ("/shop", "/shop/drafts/a b.txt", "drafts/a b.txt"),
            ("/shop/lint", "/shop/drafts/a.txt", "../drafts/a.txt"),
            ("/shop/lint/old", "/drafts/a.txt", "../../../drafts/a.txt"),
            ("/shop", "/shopping/a.txt", "../shopping/a.txt"),
            ("/", "/a.txt", "a.txt"),
        ] {
            assert_eq!(way(Path::new(folder), Path::new(file)), expected, "{folder} {file}");
        }
    }
}
