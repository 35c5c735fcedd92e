//! `--fix` and its kin: drafts are mended where they lie, or it is shown what that would change.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use anyhow::anyhow;
use similar::TextDiff;

use crate::finding::Finding;
use crate::fix::Applicability;
use crate::lint::repair::Repaired;

use super::args::FixArgs;
use super::check::Draft;
use super::complaint::Complaint;
use super::find::Bytes;
use super::temporary::Temporary;

/// What is done with the fixes that there are.
#[derive(Debug, Clone, Copy)]
pub(super) struct Mending {
    /// The least safe fix that is carried out.
    pub(super) least: Applicability,
    /// Whether the change is shown and not made.
    pub(super) is_shown: bool,
    /// Whether nothing is said about what is left.
    pub(super) is_silent: bool,
}

impl Mending {
    /// What was asked for, if anything was.
    pub(super) fn asked(args: &FixArgs) -> Option<Self> {
        let least = if args.unsafe_fixes { Applicability::Unsafe } else { Applicability::Safe };
        let is_asked = args.fix || args.fix_only || args.diff;
        is_asked.then_some(Self { least, is_shown: args.diff, is_silent: args.fix_only })
    }
}

/// A draft before and after.
#[derive(Debug)]
pub(super) struct Mended {
    pub(super) before: Vec<u8>,
    pub(super) repaired: Repaired,
}

impl Mended {
    /// Whether anything is different now.
    pub(super) fn is_changed(&self) -> bool {
        self.before != self.repaired.bytes
    }

    /// Writes what changes, as `diff -u` does. A line is what ends with a line feed, whatever the charset says, for so
    /// `patch` and `git apply` read it.
    pub(super) fn write_diff(&self, name: &str, out: &mut dyn Write) -> io::Result<()> {
        let lines = |bytes| -> Vec<&[u8]> { <[u8]>::split_inclusive(bytes, |byte| *byte == b'\n').collect() };
        let (before, after) = (lines(&self.before), lines(&self.repaired.bytes));
        let diff = TextDiff::configure().diff_slices(&before, &after);
        let name = in_patch(name);
        write!(out, "--- {name}\n+++ {name}\n")?;
        for hunk in diff.unified_diff().iter_hunks() {
            writeln!(out, "{}", hunk.header())?;
            for change in hunk.iter_changes() {
                write!(out, "{}", change.tag())?;
                out.write_all(change.value())?;
                if !change.value().ends_with(b"\n") {
                    out.write_all(b"\n\\ No newline at end of file\n")?;
                }
            }
        }
        Ok(())
    }

    /// What to say where sentences or elements were taken out: the message is another one now.
    pub(super) fn warning(&self, name: &str) -> Option<Complaint> {
        let is_unsafe =
            |finding: &&Finding| finding.fix.as_ref().is_some_and(|fix| fix.takes_out(Applicability::Unsafe));
        let count = self.repaired.mended.iter().filter(is_unsafe).count();
        if count == 0 {
            return None;
        }
        let verdict = self.repaired.new_verdicts.first();
        let verdict = verdict.map(|verdict| format!(", and now {}", verdict.message)).unwrap_or_default();
        let message = format!("from `{name}`, {} taken out{verdict}", counted(count));
        Some(Complaint::warning(message).help("read what is left before you send it"))
    }
}

/// A name at the head of a patch, written as git does: in quotation marks if some sign would end it or look like something
/// else; a tab ends one that has a blank in it.
fn in_patch(name: &str) -> String {
    let needs_marks = |byte: u8| byte < b' ' || byte == 0x7F || byte == b'"' || byte == b'\\';
    if !name.bytes().any(needs_marks) {
        return if name.contains(' ') { format!("{name}\t") } else { name.to_owned() };
    }
    let mut quoted = String::from("\"");
    for c in name.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            '\t' => quoted.push_str("\\t"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            c if c.is_ascii_control() => quoted.push_str(&format!("\\{:03o}", u32::from(c))),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

fn counted(count: usize) -> String {
    if count == 1 { "1 offence was".to_owned() } else { format!("{count} offences were") }
}

impl Draft {
    /// Mends the draft in its file, unless the change is only to be shown.
    pub(super) fn mend_file(&self, mending: Mending) -> Result<Mended, Complaint> {
        if let Bytes::File(path) = &self.input.source
            && !mending.is_shown
            && fs::metadata(path).is_ok_and(|file| !file.is_file())
        {
            return Err(Complaint::error(anyhow!(
                "cannot mend `{}`: it is no regular file",
                self.input.name
            ))
            .about(&self.input.name)
            .help("hand its text over on standard input: `sellerlint --fix -` writes the mended draft"));
        }
        let before = self.input.source.read().map_err(|error| self.unreadable(&error))?;
        let mended = self.mend(before, mending.least)?;
        if !mended.is_changed() || mending.is_shown {
            return Ok(mended);
        }
        if let Bytes::File(path) = &self.input.source {
            write_back(path, &mended).map_err(|reason| {
                Complaint::error(anyhow!("cannot mend `{}`: {reason}", self.input.name))
                    .about(&self.input.name)
                    .help("nothing was changed in it; see that it can be written, and run this again")
            })?;
        }
        Ok(mended)
    }
}

/// Puts a mended draft in the place of the old one: whole, or not at all.
fn write_back(path: &Path, mended: &Mended) -> Result<(), String> {
    let told = |error: io::Error| error.to_string();
    // A link stays a link: what it leads to is replaced.
    let path = fs::canonicalize(path).map_err(told)?;
    let permissions = fs::metadata(&path).map_err(told)?.permissions();
    if permissions.readonly() {
        return Err("it is read-only".to_owned());
    }
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut file = Temporary::secret(folder).map_err(told)?;
    file.write_all(&mended.repaired.bytes).map_err(told)?;
    #[cfg(unix)]
    let permissions = keep_owner(&path, file.as_file(), permissions).map_err(told)?;
    file.as_file().set_permissions(permissions).map_err(told)?;
    file.as_file().sync_all().map_err(told)?;
    if fs::read(&path).map_err(told)? != mended.before {
        return Err("somebody else changed it meanwhile".to_owned());
    }
    file.keep(&path).map_err(told)
}

/// Gives the new file to the owner and the group of the old one, and says what may then be done with it. Somebody who is
/// not in the group cannot give it: then another group has the file, which may do no more with it than everybody.
#[cfg(unix)]
fn keep_owner(old: &Path, new: &fs::File, permissions: fs::Permissions) -> io::Result<fs::Permissions> {
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, fchown};
    let (old, mine) = (fs::metadata(old)?, new.metadata()?);
    if (old.uid(), old.gid()) == (mine.uid(), mine.gid()) {
        return Ok(permissions);
    }
    match fchown(new, Some(old.uid()), Some(old.gid())) {
        Ok(()) => Ok(permissions),
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied && old.uid() == mine.uid() => {
            let mode = permissions.mode();
            Ok(fs::Permissions::from_mode(mode & !0o2070 | (mode & 0o007) << 3))
        }
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::FileReport;

    fn mended(before: &str, after: &str) -> Mended {
        let (bytes, report) = (after.as_bytes().to_vec(), FileReport::default());
        let repaired = Repaired { bytes, mended: Vec::new(), report, new_verdicts: Vec::new() };
        Mended { before: before.as_bytes().to_vec(), repaired }
    }

    #[test]
    fn a_draft_that_changed_meanwhile_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.txt");
        fs::write(&path, "somebody's new text").unwrap();
        assert!(write_back(&path, &mended("old", "new")).unwrap_err().contains("changed it meanwhile"));
        assert_eq!(fs::read_to_string(&path).unwrap(), "somebody's new text");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_change_is_shown_line_by_line_in_any_bytes() {
        let mut out = Vec::new();
        let mut mended = mended("one\r\ntwo\r\n", "one\r\n2\r\n");
        mended.before.push(0xff);
        mended.repaired.bytes.push(0xff);
        mended.write_diff("a.txt", &mut out).unwrap();
        let shown = String::from_utf8_lossy(&out).replace('\r', "␍");
        assert!(shown.starts_with("--- a.txt\n+++ a.txt\n@@ -1,3 +1,3 @@\n one␍\n-two␍\n+2␍\n"), "{shown}");
    }
}
