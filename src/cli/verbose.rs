use std::collections::BTreeMap;

use super::check::Draft;
use super::complaint::Complaint;
use super::find::LeftOut;
use super::project::{ProjectId, Projects};

/// What `--verbose` says before anything is checked: which configuration holds for how many files, and what is not read.
pub(super) fn notes(drafts: &[Draft], projects: &Projects, left_out: &[LeftOut]) -> Vec<Complaint> {
    let mut counts: BTreeMap<ProjectId, usize> = BTreeMap::new();
    for draft in drafts {
        *counts.entry(draft.input.project).or_default() += 1;
    }
    let configuration = |(id, count): (ProjectId, usize)| {
        let files = if count == 1 { "1 file".to_owned() } else { format!("{count} files") };
        match &*projects.get(id).file.path {
            "" => format!("no configuration holds for {files}"),
            path => format!("`{path}` holds for {files}"),
        }
    };
    let left_out = left_out.iter().map(|LeftOut { name, why }| format!("`{name}` is left out: {why}"));
    counts.into_iter().map(configuration).chain(left_out).map(Complaint::note).collect()
}
