//! Which files were chosen by another way than by naming them: what is staged, what has changed, what a list says.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use anyhow::anyhow;

use crate::text::{Charset, Source};

use super::args::SelectArgs;
use super::check::read_all;
use super::complaint::{Complaint, Stop};
use super::console::Console;
use super::find::{Bytes, shown};
use super::git::{Repository, path_of};
use super::project::canonical_parent;

/// Files that were chosen. Which of them are drafts is found out as it is in folders.
#[derive(Debug)]
pub(super) struct Selection {
    /// The files, in no certain order.
    pub(super) files: Vec<Selected>,
    /// What to say if no draft is among them.
    pub(super) if_empty: IfEmpty,
}

/// What to say if no draft was chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum IfEmpty {
    /// Nothing else is to be said, for that is no failure.
    Said(String),
    /// Files were named, and not one of them is there.
    AllMissing(String),
}

/// A file, or something else, that was chosen.
#[derive(Debug)]
pub(super) struct Selected {
    /// What it is called in reports.
    pub(super) name: PathBuf,
    /// Its full path.
    pub(super) place: PathBuf,
    /// The folder from which it is reached, as in a walk.
    pub(super) root: PathBuf,
    /// What it is.
    pub(super) what: Chosen,
}

/// What was chosen.
#[derive(Debug)]
pub(super) enum Chosen {
    /// A file, if it is one and there.
    File(Bytes),
    /// The drafts in a folder.
    Folder,
    /// Neither, for this reason.
    Other(&'static str),
}

impl Selection {
    /// What was asked for, if anything was.
    pub(super) fn asked(args: &SelectArgs, console: &mut Console) -> Result<Option<Self>, Stop> {
        if args.staged {
            return Ok(Some(Self::staged()?));
        }
        if let Some(revision) = &args.since {
            return Ok(Some(Self::since(revision)?));
        }
        match &args.files_from {
            Some(list) => Ok(Some(Self::listed(list, console)?)),
            None => Ok(None),
        }
    }

    fn staged() -> Result<Self, Complaint> {
        let repository = Repository::here("--staged")?;
        let here = here()?;
        let staged = repository.staged()?;
        let files = staged.files.into_iter().map(|file| {
            let path = repository.top.join(&file.path);
            (file.path, Chosen::File(Bytes::Index { blob: file.blob, path }))
        });
        let others = staged.others.into_iter().map(|(path, why)| (path, Chosen::Other(why)));
        let files =
            files.chain(others).map(|(path, what)| Selected::in_repository(&repository, &here, &path, what));
        let if_empty = IfEmpty::Said("no draft is staged".to_owned());
        Ok(Self { files: files.collect(), if_empty })
    }

    fn since(revision: &str) -> Result<Self, Complaint> {
        let repository = Repository::here("--since")?;
        let here = here()?;
        let file = |path: PathBuf| {
            let bytes = Bytes::File(way(&here, &repository.top.join(&path)));
            Selected::in_repository(&repository, &here, &path, Chosen::File(bytes))
        };
        let files = repository.changed_since(revision)?.into_iter().map(file).collect();
        Ok(Self { files, if_empty: IfEmpty::Said(format!("no draft has changed since `{revision}`")) })
    }

    fn listed(list: &Path, console: &mut Console) -> Result<Self, Complaint> {
        let read = match list == Path::new("-") {
            true => read_all(&mut console.input),
            false => fs::read(list),
        };
        let bytes = as_utf8(read.map_err(|error| Complaint::unreadable(&shown(list), &error))?);
        if let Some(name) = lines(&bytes).find(|name| is_quoted(name) && !path_of(name).exists()) {
            let name = String::from_utf8_lossy(name);
            return Err(Complaint::error(anyhow!(
                "the list names {name} as git quotes it, and no file is called so"
            ))
            .help("let git end the names by NUL: `git ls-files -z`, `git diff --name-only -z`"));
        }
        let here = here()?;
        let files = lines(&bytes).map(path_of).filter_map(|path| Selected::listed(path, &here)).collect();
        let list =
            if list == Path::new("-") { "standard input".to_owned() } else { format!("`{}`", shown(list)) };
        let named = lines(&bytes).count();
        let is_any_there = lines(&bytes).any(|name| fs::symlink_metadata(path_of(name)).is_ok());
        let if_empty = match named {
            0 => IfEmpty::Said(format!("{list} names no file")),
            _ if is_any_there => IfEmpty::Said(format!("no draft that is there is listed in {list}")),
            1 => IfEmpty::AllMissing(format!("the file that {list} names is not there")),
            _ => IfEmpty::AllMissing(format!("none of the {named} files that {list} names is there")),
        };
        Ok(Self { files, if_empty })
    }
}

impl Selected {
    /// Something in a repository, by its path from the top.
    fn in_repository(repository: &Repository, here: &Path, path: &Path, what: Chosen) -> Self {
        let place = repository.top.join(path);
        Self { name: way(here, &place), place, root: repository.top.clone(), what }
    }

    /// A file or folder on a list, unless not even its folder is there.
    fn listed(name: PathBuf, here: &Path) -> Option<Self> {
        let Some(last) = name.file_name() else {
            // `.` and `..` are no names in a folder.
            let place = fs::canonicalize(&name).ok()?;
            return Some(Self { name, root: place.clone(), place, what: Chosen::Folder });
        };
        let folder = canonical_parent(&name).ok()?;
        let place = folder.join(last);
        let root = if place.starts_with(here) { here.to_owned() } else { folder };
        let what = match fs::symlink_metadata(&place) {
            Ok(about) if about.is_dir() => Chosen::Folder,
            _ => Chosen::File(Bytes::File(name.clone())),
        };
        Some(Self { name, place, root, what })
    }
}

/// A list in UTF-8 and without a mark, for PowerShell writes lists with one, or in UTF-16. Other bytes are names as they are.
fn as_utf8(bytes: Vec<u8>) -> Vec<u8> {
    let charset = Charset::of(&bytes, None);
    if charset.is_utf8() {
        return bytes[charset.bom()..].to_vec();
    }
    // Without a mark, every second byte is a NUL that could end a name, of one letter each.
    let is_utf16 = charset.is_utf16() && (charset.bom() > 0 || !lines(&bytes).any(is_a_file));
    if !is_utf16 {
        return bytes;
    }
    Source::new(&bytes, None).text().text().trim_start_matches('\u{FEFF}').as_bytes().to_vec()
}

fn is_a_file(name: &[u8]) -> bool {
    fs::metadata(path_of(name)).is_ok_and(|about| about.is_file())
}

/// Whether a name is written as git writes those with other letters than ASCII's.
fn is_quoted(name: &[u8]) -> bool {
    name.len() > 2 && name.starts_with(b"\"") && name.ends_with(b"\"") && name.contains(&b'\\')
}

/// The names in a list: each ended by NUL if there is one in it, else each on a line of its own.
fn lines(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    let has_nul = bytes.contains(&0);
    let names = bytes.split(move |byte| *byte == if has_nul { 0 } else { b'\n' });
    let trimmed = move |name| if has_nul { name } else { <[u8]>::strip_suffix(name, b"\r").unwrap_or(name) };
    names.map(trimmed).filter(|name| !name.is_empty())
}

fn here() -> Result<PathBuf, Complaint> {
    fs::canonicalize(".").map_err(|error| Complaint::unreadable(".", &error))
}

/// The way from a folder to a file, up first where that is needed.
fn way(from: &Path, to: &Path) -> PathBuf {
    let shared = from.components().zip(to.components()).take_while(|(a, b)| a == b).count();
    let up = from.components().skip(shared).map(|_| Path::new(".."));
    let down = to.components().skip(shared);
    up.chain(down.map(|part| Path::new(part.as_os_str()))).collect()
}

/// The full path of a file or folder to which a selection is narrowed; it need not be there.
pub(super) fn narrowed(path: &Path) -> Result<PathBuf, Complaint> {
    if path == Path::new("-") {
        return Err(Complaint::error(anyhow!("`-` is standard input, which is in no selection"))
            .help("check it in a run of its own"));
    }
    let told = |error: io::Error| Complaint::unreadable(&shown(path), &error);
    match fs::canonicalize(path) {
        Ok(place) => Ok(place),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let folder = canonical_parent(path).map_err(told)?;
            Ok(folder.join(path.file_name().unwrap_or_default()))
        }
        Err(error) => Err(told(error)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_has_one_name_a_line_or_names_ended_by_nul() {
        let names = |list: &'static str| -> Vec<&str> {
            lines(list.as_bytes()).map(|name| str::from_utf8(name).unwrap()).collect()
        };
        assert_eq!(names("a b.txt\r\n\nc/ü.txt"), ["a b.txt", "c/ü.txt"]);
        assert_eq!(names("a\nb.txt\0c\r\0"), ["a\nb.txt", "c\r"]);
        assert_eq!(names("\n\r\n"), [""; 0]);
    }

    #[test]
    fn a_file_is_called_as_it_is_reached_from_here() {
        for (from, to, expected) in [
            ("/a/b", "/a/b/c.txt", "c.txt"),
            ("/a/b", "/a/c/d.txt", "../c/d.txt"),
            ("/a/b/c", "/a/d.txt", "../../d.txt"),
        ] {
            assert_eq!(way(Path::new(from), Path::new(to)), Path::new(expected), "{from} to {to}");
        }
    }
}
