//! The files that lie beside a draft: those that it names as its attachments.

use std::fs::{self, File};
use std::io::Read;
use std::path::{Component, Path};

use crate::document::FileBeside;
use crate::document::attachment::look::FIRST_BYTES;

/// Looks for files beside a draft, or further down. A name that leads elsewhere finds nothing, and so does one of
/// something that is no file.
pub(super) fn beside(draft: &Path) -> impl Fn(&str) -> Option<FileBeside> + use<> {
    let folder = draft.parent().unwrap_or(Path::new("")).to_owned();
    move |name| {
        let name = Path::new(name);
        if !name.components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir)) {
            return None;
        }
        let path = folder.join(name);
        let about = fs::metadata(&path).ok().filter(|about| about.is_file())?;
        let mut first = Vec::new();
        File::open(&path).ok()?.take(FIRST_BYTES as u64).read_to_end(&mut first).ok()?;
        Some(FileBeside { size: about.len(), first })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_files_beside_the_draft_are_found() {
        let folder = tempfile::tempdir().unwrap();
        let inner = folder.path().join("drafts");
        fs::create_dir_all(inner.join("files")).unwrap();
        fs::write(folder.path().join("secret.pdf"), "%PDF-1.7").unwrap();
        fs::write(inner.join("a.pdf"), "%PDF-1.7").unwrap();
        fs::write(inner.join("files/b.pdf"), "%PDF-1.7 more").unwrap();
        let beside = beside(&inner.join("draft.txt"));
        let size = |name: &str| beside(name).map(|file| file.size);
        assert_eq!((size("a.pdf"), size("files/b.pdf"), size("./a.pdf")), (Some(8), Some(13), Some(8)));
        let outside = folder.path().join("secret.pdf");
        let elsewhere =
            ["../secret.pdf", "files/../../secret.pdf", outside.to_str().unwrap(), "files", "c.pdf", ""];
        for name in elsewhere {
            assert_eq!(size(name), None, "{name}");
        }
    }
}
