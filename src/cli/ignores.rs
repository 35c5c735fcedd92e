use std::path::Path;
use std::rc::Rc;

use ignore::Match;
use ignore::gitignore::{Gitignore, GitignoreBuilder};

use super::complaint::Complaint;

/// What `.gitignore` files leave out: those of one folder, and those of the folders above it up to the root of the
/// repository.
///
/// A repository inside another begins anew, as it does for git. Outside any repository a folder that is walked has no
/// files above it that count.
#[derive(Debug, Default)]
pub(super) struct Ignores {
    /// Of this folder, the stronger first.
    own: Vec<Gitignore>,
    above: Option<Rc<Ignores>>,
}

impl Ignores {
    /// For a folder where a walk begins.
    pub(super) fn at(folder: &Path, complaints: &mut Vec<Complaint>) -> Rc<Self> {
        let to_root = folder.ancestors().position(|folder| folder.join(".git").exists());
        let mut folders: Vec<&Path> = folder.ancestors().take(to_root.unwrap_or(0) + 1).collect();
        folders.reverse();
        folders.into_iter().fold(Rc::default(), |above, folder| Self::below(&above, folder, complaints))
    }

    /// For a folder inside one that is known.
    pub(super) fn below(above: &Rc<Self>, folder: &Path, complaints: &mut Vec<Complaint>) -> Rc<Self> {
        let is_repository = folder.join(".git").exists();
        let mut files = vec![".gitignore"];
        if is_repository {
            files.push(".git/info/exclude");
        }
        let own: Vec<Gitignore> = files.iter().filter_map(|file| read(folder, file, complaints)).collect();
        if own.is_empty() && !is_repository {
            return Rc::clone(above);
        }
        Rc::new(Self { own, above: (!is_repository).then(|| Rc::clone(above)) })
    }

    /// Whether a file or folder is left out.
    pub(super) fn leave_out(&self, path: &Path, is_folder: bool) -> bool {
        for ignores in &self.own {
            match ignores.matched(path, is_folder) {
                Match::Ignore(_) => return true,
                Match::Whitelist(_) => return false,
                Match::None => {}
            }
        }
        self.above.as_ref().is_some_and(|above| above.leave_out(path, is_folder))
    }
}

fn read(folder: &Path, file: &str, complaints: &mut Vec<Complaint>) -> Option<Gitignore> {
    let path = folder.join(file);
    if !path.is_file() {
        return None;
    }
    let mut builder = GitignoreBuilder::new(folder);
    let odd = builder.add(&path);
    let built = builder.build();
    if let Some(error) = odd.as_ref().or(built.as_ref().err()) {
        complaints.push(Complaint::warning(format!("a part of the ignore file cannot be used: {error}")));
    }
    built.ok()
}
