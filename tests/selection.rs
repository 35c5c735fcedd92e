//! Files chosen by git or by a list, in real repositories.

#![allow(clippy::unwrap_used, reason = "what the tests share is a test too")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

const THANKS: &str = "Thank you for your purchase!\n";
const QUESTION: &str = "Order 123-1234567-1234567: which name shall we engrave on the bowl?\n";

/// A folder with a repository that has no commit yet, and a configuration that asks for one rule.
fn repository() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    git(&folder, "init -q -b main .");
    write(&folder, "sellerlint.toml", "select = ['thank-you-only']\n");
    folder
}

/// Runs git as nobody in particular.
fn git(folder: &TempDir, words: &str) {
    let output = git_command(folder).args(words.split(' ')).output().unwrap();
    assert!(output.status.success(), "git {words}: {}", String::from_utf8_lossy(&output.stderr));
}

fn git_command(folder: &TempDir) -> Command {
    let mut git = Command::new("git");
    git.args(["-c", "user.name=a", "-c", "user.email=a@b.example", "-c", "commit.gpgsign=false"]);
    git.current_dir(folder.path()).env("GIT_CONFIG_GLOBAL", "/dev/null");
    for name in ["GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE"] {
        git.env_remove(name);
    }
    git
}

fn commit(folder: &TempDir) {
    git(folder, "add -A");
    git(folder, "commit -q -m x");
}

fn write(folder: &TempDir, path: &str, text: &str) {
    let path = folder.path().join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// Runs sellerlint in a folder.
fn run(folder: &Path, args: &[&str], input: &[u8]) -> Output {
    let list = tempfile::NamedTempFile::new().unwrap();
    fs::write(list.path(), input).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_sellerlint"));
    command.args(args).current_dir(folder).stdin(fs::File::open(list.path()).unwrap());
    for name in ["NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE", "GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE"] {
        command.env_remove(name);
    }
    command.output().unwrap()
}

/// The files in which something was found, and the exit code.
fn found_in(folder: &Path, args: &[&str], input: &[u8]) -> (Vec<String>, Option<i32>) {
    let output = run(folder, &[args, &["--output-format", "concise"]].concat(), input);
    let text = String::from_utf8(output.stdout).unwrap();
    let file = |line: &str| Some(line.split_once(":1:1: error")?.0.to_owned());
    (text.lines().filter_map(file).collect(), output.status.code())
}

fn found(folder: &TempDir, args: &[&str]) -> Vec<String> {
    found_in(folder.path(), args, b"").0
}

/// What stands on standard error, and the exit code.
fn told(folder: &TempDir, args: &[&str]) -> (String, Option<i32>) {
    let output = run(folder.path(), args, b"");
    (String::from_utf8(output.stderr).unwrap(), output.status.code())
}

#[test]
fn the_index_is_checked_and_not_the_files() {
    let folder = repository();
    write(&folder, "bad.txt", THANKS);
    write(&folder, "good.txt", QUESTION);
    git(&folder, "add -A");
    write(&folder, "bad.txt", QUESTION);
    write(&folder, "good.txt", THANKS);
    write(&folder, "unstaged.txt", THANKS);
    assert_eq!(found_in(folder.path(), &["--staged"], b""), (vec!["bad.txt".to_owned()], Some(1)));
    fs::remove_file(folder.path().join("bad.txt")).unwrap();
    assert_eq!(found(&folder, &["--staged"]), ["bad.txt"]);
}

#[test]
fn what_was_added_changed_copied_or_renamed_is_staged_and_what_was_deleted_is_not() {
    let folder = repository();
    for name in ["same.txt", "changed.txt", "deleted.txt", "old.txt"] {
        write(&folder, name, &format!("{THANKS}{name}\n").replace(".txt", ""));
    }
    commit(&folder);
    git(&folder, "mv old.txt new.txt");
    git(&folder, "rm -q deleted.txt");
    write(&folder, "changed.txt", THANKS);
    write(&folder, "copy.txt", "Thank you for your purchase!\nsame\n");
    git(&folder, "add -A");
    let staged = run(folder.path(), &["--staged", "--output-format", "json"], b"");
    let report: serde_json::Value = serde_json::from_slice(&staged.stdout).unwrap();
    assert_eq!(report["summary"]["files"], 3, "{report}");
}

#[test]
fn any_name_is_found_from_any_folder() {
    let folder = repository();
    for name in ["deep/er/größe \"x\".txt", "new\nline.txt", "top draft.txt", "-q.txt"] {
        write(&folder, name, THANKS);
    }
    git(&folder, "add -A");
    let here = found_in(&folder.path().join("deep"), &["--staged"], b"").0;
    assert_eq!(here, ["../-q.txt", "../new\\nline.txt", "../top draft.txt", "er/größe \"x\".txt"]);
    let below = found_in(&folder.path().join("deep"), &["--staged", "."], b"").0;
    assert_eq!(below, ["er/größe \"x\".txt"]);
}

#[test]
fn paths_narrow_a_selection() {
    let folder = repository();
    for name in ["a/1.txt", "a/2.txt", "b/3.txt", "c.txt"] {
        write(&folder, name, THANKS);
    }
    git(&folder, "add -A");
    assert_eq!(found(&folder, &["--staged", "a/2.txt", "b"]), ["a/2.txt", "b/3.txt"]);
    assert_eq!(told(&folder, &["--staged", "sellerlint.toml"]).1, Some(0));
    let (slip, code) = told(&folder, &["--staged", "d"]);
    assert!(slip.contains("cannot read `d`"), "{slip}");
    assert_eq!(code, Some(2));
    assert_eq!(told(&folder, &["--staged", "-"]).1, Some(2));
}

#[test]
fn a_selection_obeys_the_configuration_as_a_walk_does() {
    let folder = repository();
    let config = "select = ['thank-you-only']\ninclude = ['*.txt', '*.tmpl']\nexclude = ['archive']\n\
                  [formats]\n'*.tmpl' = 'txt'\n";
    write(&folder, "sellerlint.toml", config);
    write(&folder, "inner/sellerlint.toml", "select = ['thank-you-only']\nexclude = ['no.txt']\n");
    let names = "a.txt|b.md|c.tmpl|archive/d.txt|inner/e.md|inner/no.txt|.hidden/f.txt|ignored.txt|p.png";
    for name in names.split('|') {
        write(&folder, name, THANKS);
    }
    git(&folder, "add -A");
    write(&folder, ".gitignore", "ignored.txt\n");
    let walked = found(&folder, &["."]);
    assert_eq!(walked, ["a.txt", "c.tmpl", "inner/e.md"]);
    assert_eq!(found(&folder, &["--staged"]), walked);
    assert_eq!(found(&folder, &["--since", "HEAD"]), [""; 0], "there is no commit yet");
    let list = names.replace('|', "\n");
    assert_eq!(found_in(folder.path(), &["--files-from", "-"], list.as_bytes()).0, walked);
    assert_eq!(found(&folder, &["--staged", "--no-ignore"]).len(), 5);
    git(&folder, "commit -q -m x");
    for name in names.split('|') {
        write(&folder, name, &format!(" {THANKS}").replace(" T", "T").replace("!\n", "!\n\n"));
    }
    assert_eq!(found(&folder, &["--since", "HEAD"]), walked);
}

#[test]
fn since_begins_where_the_branch_left() {
    let folder = repository();
    write(&folder, "old.txt", THANKS);
    write(&folder, "gone.txt", THANKS);
    commit(&folder);
    git(&folder, "checkout -q -b topic");
    write(&folder, "committed.txt", THANKS);
    commit(&folder);
    git(&folder, "checkout -q main");
    write(&folder, "theirs.txt", THANKS);
    commit(&folder);
    git(&folder, "checkout -q topic");
    write(&folder, "theirs.txt", QUESTION);
    write(&folder, "unknown yet.txt", THANKS);
    write(&folder, "committed.txt", "Thanks for your purchase!\n");
    fs::remove_file(folder.path().join("gone.txt")).unwrap();
    assert_eq!(found(&folder, &["--since", "main"]), ["committed.txt", "unknown yet.txt"]);
    assert_eq!(found(&folder, &["--since", "topic"]), ["committed.txt", "unknown yet.txt"]);
    fs::create_dir(folder.path().join("sub")).unwrap();
    let below = found_in(&folder.path().join("sub"), &["--since", "main", ".."], b"").0;
    assert_eq!(below, ["../committed.txt", "../unknown yet.txt"]);
}

#[test]
fn a_list_names_files_by_lines_or_by_nul_bytes() {
    let folder = repository();
    for name in ["a b.txt", "c/ü.txt", "not listed.txt"] {
        write(&folder, name, THANKS);
    }
    let both = ["a b.txt", "c/ü.txt"];
    for list in
        ["a b.txt\nc/ü.txt\nmissing.txt\nno/such/folder.txt\n", "a b.txt\0c/ü.txt\0", "c/ü.txt\r\na b.txt"]
    {
        assert_eq!(found_in(folder.path(), &["--files-from", "-"], list.as_bytes()).0, both, "{list:?}");
        write(&folder, "list", list);
        assert_eq!(found(&folder, &["--files-from", "list"]), both, "{list:?}");
    }
    let below = found_in(&folder.path().join("c"), &["--files-from", "-"], "ü.txt\n../a b.txt".as_bytes()).0;
    assert_eq!(below, ["../a b.txt", "ü.txt"]);
    assert_eq!(told(&folder, &["--files-from", "missing"]).1, Some(2));
    // As git lists names when nobody asks for `-z`: nothing of it is passed by in silence.
    write(&folder, "quoted", "\"\\303\\274.txt\"\n");
    let (quoted, code) = told(&folder, &["--files-from", "quoted"]);
    assert!(code == Some(2) && quoted.contains("git ls-files -z"), "{quoted}");
}

#[test]
fn an_empty_selection_is_no_failure_and_said_in_a_line() {
    let folder = repository();
    write(&folder, "a.txt", THANKS);
    commit(&folder);
    write(&folder, "list", "gone.txt\nlist\n");
    write(&folder, "empty", "\n");
    for (args, line) in [
        (&["--staged"][..], "Nothing to check: no draft is staged.\n"),
        (&["--since", "HEAD"], "Nothing to check: no draft has changed since `HEAD`.\n"),
        (&["--files-from", "list"], "Nothing to check: no draft that is there is listed in `list`.\n"),
        (&["--files-from", "empty"], "Nothing to check: `empty` names no file.\n"),
    ] {
        assert_eq!(told(&folder, args), (line.to_owned(), Some(0)), "{args:?}");
        assert_eq!(told(&folder, &[args, &["--quiet"]].concat()), (String::new(), Some(0)), "{args:?}");
    }
}

#[test]
fn a_list_of_which_nothing_is_there_is_a_slip() {
    let folder = repository();
    for (list, said) in [
        ("gone.txt\nno/such.txt\n", "nothing was checked: none of the 2 files that `list` names is there"),
        ("gone.txt", "nothing was checked: the file that `list` names is not there"),
    ] {
        write(&folder, "list", list);
        for args in [&["--files-from", "list"][..], &["--files-from", "list", "--quiet"]] {
            let (errors, code) = told(&folder, args);
            assert!(
                code == Some(3) && errors.contains(said) && errors.contains("--diff-filter=d"),
                "{errors}"
            );
        }
    }
}

#[test]
fn a_list_may_have_a_mark_or_be_in_utf_16() {
    let folder = repository();
    write(&folder, "c/ü.txt", THANKS);
    let marked = "\u{FEFF}c/ü.txt\r\n";
    let utf16 = |bytes: fn(u16) -> [u8; 2]| marked.encode_utf16().flat_map(bytes).collect::<Vec<u8>>();
    let unmarked = |bytes: fn(u16) -> [u8; 2]| utf16(bytes)[2..].to_vec();
    for list in [
        marked.as_bytes().to_vec(),
        utf16(u16::to_le_bytes),
        utf16(u16::to_be_bytes),
        unmarked(u16::to_le_bytes),
        unmarked(u16::to_be_bytes),
    ] {
        assert_eq!(found_in(folder.path(), &["--files-from", "-"], &list).0, ["c/ü.txt"], "{list:?}");
    }
    // Names of one letter, each ended by NUL, look the same.
    write(&folder, "sellerlint.toml", "select = ['thank-you-only']\ninclude = ['*']\n");
    write(&folder, "a", THANKS);
    write(&folder, "b", THANKS);
    assert_eq!(found_in(folder.path(), &["--files-from", "-"], b"a\0b\0").0, ["a", "b"]);
}

#[test]
fn a_folder_on_a_list_stands_for_the_drafts_in_it() {
    let folder = repository();
    for name in ["a/1.txt", "a/b/2.txt", "a/b/.hidden.txt", "a/old/3.txt", "c/4.txt", ".d/5.txt"] {
        write(&folder, name, THANKS);
    }
    write(&folder, ".gitignore", "old/\n");
    let all = ["a/1.txt", "a/b/2.txt", "c/4.txt"];
    let listed = |list: &str, more: &[&str]| {
        let args = [&["--files-from", "-"], more].concat();
        let (files, code) = found_in(folder.path(), &args, list.as_bytes());
        (files.join(" "), code)
    };
    for list in ["a\nc/\n", ".\n", "a/b\na/b/2.txt\na\nc\n"] {
        assert_eq!(listed(list, &[]), (all.join(" "), Some(1)), "{list:?}");
    }
    assert_eq!(listed("a\n.d\na/old\n", &[]).0, "a/1.txt a/b/2.txt");
    assert_eq!(listed("a\n.d\n", &["a/b"]).0, "a/b/2.txt");
    assert_eq!(listed("a/b\n", &["a", "c"]).0, "a/b/2.txt");
    assert_eq!(listed("a/b\n", &["c"]), (String::new(), Some(0)));
    let below = found_in(&folder.path().join("a"), &["--files-from", "-"], b"..\n").0;
    assert_eq!(below, ["../a/1.txt", "../a/b/2.txt", "../c/4.txt"]);
    write(&folder, "list", ".d\na/old/3.txt\n");
    let (said, code) = told(&folder, &["--files-from", "list", "--verbose"]);
    assert!(said.contains("note: `.d` is left out: it is hidden") && code == Some(0), "{said}");
    assert!(said.contains("note: `a/old/3.txt` is left out: a .gitignore names it"), "{said}");
}

#[cfg(unix)]
#[test]
fn what_is_staged_and_no_file_is_passed_by_with_a_word() {
    let folder = repository();
    write(&folder, "a.txt", THANKS);
    commit(&folder);
    std::os::unix::fs::symlink("a.txt", folder.path().join("link.txt")).unwrap();
    git(&folder, "add link.txt");
    let inner = folder.path().join("inner");
    git(&folder, "init -q inner");
    git(&folder, "-C inner commit -q --allow-empty -m x");
    git(&folder, "-c advice.addEmbeddedRepo=false add inner");
    assert!(inner.is_dir());
    let (said, code) = told(&folder, &["--staged", "--verbose"]);
    assert_eq!(code, Some(0));
    assert!(said.contains("note: `link.txt` is left out: it is a symbolic link"), "{said}");
    assert!(said.contains("note: `inner` is left out: it is a submodule"), "{said}");
    assert!(!told(&folder, &["--staged", "--verbose", "inner"]).0.contains("link.txt"));
    assert_eq!(told(&folder, &["--staged"]).0, "Nothing to check: no draft is staged.\n");
}

#[test]
fn what_stands_in_the_way_is_told() {
    let folder = repository();
    write(&folder, "a.txt", THANKS);
    commit(&folder);
    git(&folder, "checkout -q --orphan other");
    write(&folder, "b.txt", THANKS);
    commit(&folder);
    let outside = tempfile::tempdir().unwrap();
    let says = |folder: &TempDir, args: &[&str], said: &str| {
        let (errors, code) = told(folder, args);
        assert!(errors.contains(said) && code == Some(2), "{args:?}: {code:?} {errors}");
    };
    says(&folder, &["--since", "no-such-branch"], "`no-such-branch` is no revision of this repository");
    says(&folder, &["--since=--help"], "`--help` is no revision of this repository");
    says(&folder, &["--since", "main"], "this branch and `main` have no commit in common");
    says(&outside, &["--staged"], "`--staged` needs a git repository, and here is none");
    says(&outside, &["--since", "main"], "`--since` needs a git repository, and here is none");
    says(&folder, &["--staged", "--since", "main"], "cannot be used with");
    says(&folder, &["--staged", "--files-from", "list"], "cannot be used with");
    let none = Command::new(env!("CARGO_BIN_EXE_sellerlint"))
        .args(["--staged"])
        .current_dir(folder.path())
        .env("PATH", "")
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let errors = String::from_utf8(none.stderr).unwrap();
    assert!(errors.contains("`--staged` needs git, and there is no program `git`"), "{errors}");
    assert_eq!(none.status.code(), Some(2));
}

#[test]
fn a_conflict_is_to_be_resolved_first() {
    let folder = repository();
    write(&folder, "a.txt", QUESTION);
    commit(&folder);
    git(&folder, "checkout -q -b topic");
    write(&folder, "a.txt", THANKS);
    commit(&folder);
    git(&folder, "checkout -q main");
    write(&folder, "a.txt", "Thanks!\n");
    commit(&folder);
    assert!(!git_command(&folder).args(["merge", "-q", "topic"]).output().unwrap().status.success());
    let (errors, code) = told(&folder, &["--staged"]);
    assert!(errors.contains("`a.txt` is in a merge that is not resolved") && code == Some(2), "{errors}");
}

#[test]
fn what_is_staged_is_not_mended_but_its_difference_is_shown() {
    let folder = repository();
    write(&folder, "sellerlint.toml", "");
    let slovenly = "Order 402-5519034-7723416: which name shall we engrave on the the bowl?\n";
    write(&folder, "a.txt", slovenly);
    git(&folder, "add -A");
    for fix in ["--fix", "--fix-only"] {
        let (errors, code) = told(&folder, &["--staged", fix]);
        assert!(errors.contains("sellerlint --fix --since HEAD") && code == Some(2), "{errors}");
    }
    assert_eq!(fs::read_to_string(folder.path().join("a.txt")).unwrap(), slovenly);
    write(&folder, "a.txt", QUESTION);
    let diff = run(folder.path(), &["--staged", "--diff"], b"");
    assert!(
        String::from_utf8_lossy(&diff.stdout)
            .contains("+Order 402-5519034-7723416: which name shall we engrave on the bowl?")
    );
    assert_eq!(diff.status.code(), Some(1));
}

#[test]
fn records_in_the_index_are_read_as_those_in_files() {
    let folder = repository();
    let padding = " ".repeat(100_000);
    let record = |number: usize| {
        let text = if number.is_multiple_of(8) { THANKS } else { QUESTION };
        format!("{{\"id\":{number},\"text\":{text:?},\"padding\":\"{padding}\"}}\n")
    };
    write(&folder, "export.jsonl", &(0..24).map(record).collect::<String>());
    let args = ["--output-format", "concise"];
    let walked = run(folder.path(), &[&args[..], &["export.jsonl"]].concat(), b"");
    git(&folder, "add -A");
    write(&folder, "export.jsonl", "");
    let staged = run(folder.path(), &[&args[..], &["--staged"]].concat(), b"");
    assert!(walked.stdout == staged.stdout && walked.status.code() == Some(1));
}

#[test]
fn forced_exclusion_leaves_out_what_is_not_included() {
    let folder = repository();
    write(&folder, "sellerlint.toml", "select = ['thank-you-only']\ninclude = ['mails/**']\n");
    write(&folder, "README.md", THANKS);
    write(&folder, "mails/a.md", THANKS);
    let named = ["README.md", "mails/a.md"];
    assert_eq!(found(&folder, &named), named);
    assert_eq!(found(&folder, &[&["--force-exclude"], &named[..]].concat()), ["mails/a.md"]);
    assert_eq!(told(&folder, &["--force-exclude", "README.md"]).1, Some(0));
}
