//! Whole command lines: what is fixed as one case a behaviour with its whole output, what depends on the machine below.

#![allow(clippy::unwrap_used, reason = "what the tests share is a test too")]

use std::ffi::OsString;
use std::fs;
use std::io::{self, Write as _};
use std::path::Path;
use std::process::{Command, Output, Stdio};

use sellerlint::report::OutputFormat;
use tempfile::TempDir;

mod program;

use program::{command, sellerlint};

#[test]
fn cases() {
    trycmd::TestCases::new().case("tests/cli/cases/*.toml");
}

/// What no case tries, nobody would miss if it were gone.
#[test]
fn every_option_stands_in_a_case() {
    let help = |args: &[&str]| String::from_utf8(sellerlint(Path::new("."), args).stdout).unwrap();
    let commands = [
        "check",
        "baseline",
        "explain",
        "rules",
        "test",
        "inspect",
        "new",
        "init",
        "schema",
        "completions",
        "man",
    ];
    let listed = help(&["--help"]);
    let listed: Vec<&str> = listed
        .lines()
        .skip_while(|line| *line != "Commands:")
        .skip(1)
        .take_while(|line| !line.is_empty())
        .filter_map(|line| line.split_whitespace().next().filter(|name| *name != "help"))
        .collect();
    assert_eq!(listed, commands);
    let mut options: Vec<String> = Vec::new();
    let mut by_command = String::new();
    for command in commands {
        let text = help(&[command, "--help"]);
        let lines = text.lines().map(str::trim_start).filter(|line| line.starts_with('-'));
        let names =
            lines.flat_map(|line| line.split([' ', ',', '=', '[']).find(|word| word.starts_with("--")));
        let names: Vec<String> = names.map(str::to_owned).collect();
        by_command.push_str(&format!("{command}: {}\n", names.join(" ")));
        options.extend(names);
    }
    // One that a command shares with others would be missed in none of their cases.
    insta::assert_snapshot!("options", by_command);
    options.sort();
    options.dedup();
    assert!(options.len() > 50, "{options:?}");
    let mut tried = String::new();
    for folder in ["tests/cli/cases", "tests"] {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|extension| extension == "toml" || extension == "rs") {
                tried.push_str(&fs::read_to_string(path).unwrap());
            }
        }
    }
    options.retain(|option| {
        let is_tried = |end| tried.contains(&format!("\"{option}{end}"));
        !is_tried('"') && !is_tried('=')
    });
    assert_eq!(options, Vec::<String>::new());
}

#[test]
fn rules_are_listed_and_explained_in_every_form_with_those_of_packs() {
    let pack = Path::new("examples/own_pack").canonicalize().unwrap();
    let pack = pack.to_str().unwrap();
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("sellerlint.toml"), format!("packs = [{pack:?}]\n")).unwrap();
    let told = |args: &[&str]| {
        let output = sellerlint(folder.path(), args);
        (output.status.code(), String::from_utf8(output.stdout).unwrap())
    };
    let own = "norvik/competitor-name";
    let (_, all) = told(&["rules", "--isolated"]);
    assert!(all.contains(" emoji ") && !all.contains(own), "{all}");
    for args in
        [&["rules"][..], &["rules", "--isolated", "--pack", pack], &["rules", "--config", "sellerlint.toml"]]
    {
        assert!(told(args).1.contains(own), "{args:?}");
    }
    let (_, json) = told(&["rules", "--output-format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert!(json.as_array().unwrap().iter().any(|rule| rule["id"] == own), "{json}");
    let (_, markdown) = told(&["rules", "--output-format", "markdown"]);
    assert!(markdown.contains(&format!("| `{own}` |")), "{markdown}");
    for (args, code) in [
        (&["explain", own][..], 0),
        (&["explain", own, "--isolated"], 2),
        (&["explain", own, "--isolated", "--pack", pack], 0),
        (&["explain", own, "--config", "sellerlint.toml"], 0),
    ] {
        let (exit, text) = told(args);
        assert_eq!((exit, text.contains(own)), (Some(code), code == 0), "{args:?}: {text}");
    }
}

const THANKS: &str = "Thank you for your purchase!\n";
const QUESTION: &str = "Order 123-1234567-1234567: which name shall we engrave on the bowl?\n";

/// The names of all formats.
fn formats() -> impl Iterator<Item = &'static str> {
    OutputFormat::ALL.iter().map(|format| format.name())
}

/// A folder of more drafts than are read at once, most of them empty, and of records over several blocks.
fn many() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("sellerlint.toml"), "select = [\"thank-you-only\"]\n").unwrap();
    for number in 0..270 {
        let inner = folder.path().join(format!("{}", number % 7));
        fs::create_dir_all(&inner).unwrap();
        let text = match number % 30 {
            3 => THANKS,
            1 => QUESTION,
            _ => "",
        };
        fs::write(inner.join(format!("{number}.txt")), text).unwrap();
    }
    let padding = " ".repeat(100_000);
    let record = |number: usize| {
        let text = if number.is_multiple_of(8) { THANKS } else { QUESTION };
        format!("{{\"id\":{number},\"text\":{text:?},\"padding\":\"{padding}\"}}\n")
    };
    fs::write(folder.path().join("export.jsonl"), (0..24).map(record).collect::<String>()).unwrap();
    folder
}

#[test]
fn threads_and_the_order_of_arguments_change_no_byte() {
    let folder = many();
    for format in formats() {
        let run = |args: &[&str]| {
            let output = sellerlint(folder.path(), &[args, &["--output-format", format]].concat());
            assert_eq!(output.status.code(), Some(1));
            assert_eq!(String::from_utf8_lossy(&output.stderr), "");
            output.stdout
        };
        let one = run(&["--threads", "1", "."]);
        assert!(one.len() > 100);
        assert!(one == run(&["--threads", "16", "."]), "{format}: threads");
        let all: Vec<String> = (0..7).map(|number| number.to_string()).collect();
        let mut shuffled = vec!["5", "export.jsonl", "3/3.txt", "5"];
        shuffled.extend(all.iter().rev().map(String::as_str));
        assert!(one == run(&shuffled), "{format}: order");
    }
}

/// Who reads nothing but a report sees why the exit code is 1.
#[test]
fn a_strict_allow_stands_in_every_report() {
    let folder = tempfile::tempdir().unwrap();
    let allow = "[[allow]]\nrule = \"emoji\"\nreason = \"our sign\"\n";
    fs::write(folder.path().join("sellerlint.toml"), allow).unwrap();
    fs::write(folder.path().join("a.txt"), QUESTION).unwrap();
    for format in formats() {
        let run = |rest: &[&str]| {
            let args = [".", "--output-format", format];
            let output = sellerlint(folder.path(), &[&args, rest].concat());
            (output.status.code(), String::from_utf8(output.stdout).unwrap())
        };
        let (exit, calm) = run(&[]);
        assert!(exit == Some(0) && !calm.contains("accepts nothing"), "{format}: {calm}");
        let (exit, strict) = run(&["--strict-allow"]);
        assert_eq!(exit, Some(1), "{format}");
        for part in ["accepts nothing", "sellerlint.toml", "allow-unused"] {
            assert!(strict.contains(part), "{format}: {part}: {strict}");
        }
        let is_counted = strict.contains("\"messages\":2") || strict.contains("2 messages");
        assert!(!is_counted, "{format}: a configuration is no message: {strict}");
    }
}

#[test]
fn the_html_report_holds_the_message_and_needs_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("sellerlint.toml"), "select = [\"thank-you-only\"]\n").unwrap();
    fs::write(folder.path().join("a.txt"), THANKS).unwrap();
    let output = sellerlint(folder.path(), &["a.txt", "--output-format", "html=report.html"]);
    assert_eq!((output.status.code(), output.stdout.as_slice()), (Some(1), b"".as_slice()));
    let html = fs::read_to_string(folder.path().join("report.html")).unwrap();
    for part in
        ["<!DOCTYPE html>", THANKS, "message of thanks and nothing else", "What it finds", "</html>\n"]
    {
        assert!(html.contains(part), "{part}: {html}");
    }
    for loaded in ["src=", "<link", "@import", "url("] {
        assert!(!html.contains(loaded), "{loaded}");
    }
    let screen = sellerlint(folder.path(), &["a.txt", "--output-format", "html"]);
    assert_eq!(String::from_utf8(screen.stdout).unwrap(), html);
}

#[test]
fn records_mean_the_same_in_blocks_and_through_a_pipe() {
    let folder = many();
    let args = ["--output-format", "concise", "--stdin-filename", "export.jsonl", "-"];
    let mut child =
        command(folder.path(), &args).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    let records = fs::read(folder.path().join("export.jsonl")).unwrap();
    let writer = std::thread::spawn(move || input.write_all(&records).unwrap());
    let piped = child.wait_with_output().unwrap();
    writer.join().unwrap();
    let read = sellerlint(folder.path(), &["--output-format", "concise", "export.jsonl"]);
    assert_eq!(String::from_utf8(piped.stdout).unwrap(), String::from_utf8(read.stdout).unwrap());
}

/// A record that is beyond all measure is a finding on its line, and the next one is checked.
#[test]
fn a_record_that_is_too_large_costs_itself_alone() {
    let folder = tempfile::tempdir().unwrap();
    let large = "x\n".repeat(16_500_000);
    let table = format!("id,body\n1,\"{large}\"\n2,{THANKS}");
    fs::write(folder.path().join("export.csv"), &table).unwrap();
    let args = ["--isolated", "--output-format", "concise", "--rule", "limit-reached,thank-you-only"];
    let told = |output: Output| -> Vec<String> {
        let text = String::from_utf8(output.stdout).unwrap();
        text.lines().map(|line| line.split(" · ").next().unwrap().to_owned()).collect()
    };
    let expected = [
        "export.csv:2:1: error[limit-reached] the record has 34 MB, and no more than 32 are read",
        "export.csv:16500003:3: error[thank-you-only] this message says thanks and nothing else",
    ];
    assert_eq!(told(sellerlint(folder.path(), &[&args[..], &["export.csv"]].concat())), expected);

    let piped = [&args[..], &["--stdin-filename", "export.csv", "-"]].concat();
    let mut child =
        command(folder.path(), &piped).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    let writer = std::thread::spawn(move || input.write_all(table.as_bytes()).unwrap());
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    assert_eq!(told(output), expected);
}

#[test]
fn every_format_has_the_same_exit_code() {
    let folder = many();
    fs::create_dir(folder.path().join("empty")).unwrap();
    for format in formats() {
        let code = |args: &[&str]| {
            sellerlint(folder.path(), &[args, &["--output-format", format]].concat()).status.code()
        };
        assert_eq!(code(&["1/1.txt"]), Some(0), "{format}");
        assert_eq!(code(&["3/3.txt"]), Some(1), "{format}");
        let missing = sellerlint(folder.path(), &["3/3.txt", "missing.txt", "--output-format", format]);
        assert_eq!(missing.status.code(), Some(2), "{format}");
        // For people it stands on standard error.
        let names =
            String::from_utf8(missing.stdout).unwrap().contains("cannot read `missing.txt`: there is no");
        let is_for_people = ["full", "concise", "html"].contains(&format);
        assert!(names || is_for_people, "{format}");
        assert_eq!(code(&["empty"]), Some(3), "{format}");
        assert_eq!(code(&["--exit-zero", "3/3.txt"]), Some(0), "{format}");
    }
}

#[test]
fn a_redacted_report_has_no_word_of_the_message_in_any_format() {
    let folder = many();
    let record =
        "{\"id\":\"zebra\",\"text\":\"Thank you, dear zebra, for the the order! zebra@example.com 😊\"}\n";
    fs::write(folder.path().join("one.jsonl"), record).unwrap();
    for format in formats() {
        let told = |args: &[&str]| {
            let args = [args, &["one.jsonl", "--isolated", "--output-format", format]].concat();
            let output = sellerlint(folder.path(), &args);
            assert_eq!(output.status.code(), Some(1), "{format}");
            String::from_utf8(output.stdout).unwrap()
        };
        let words = |text: &str| text.matches("zebra").count() + text.matches("😊").count();
        let (open, redacted) = (told(&[]), told(&["--redact"]));
        assert!(words(&open) > 0, "{format}: {open}");
        assert_eq!(words(&redacted), 0, "{format}: {redacted}");
        assert!(redacted.contains("emoji") && redacted.contains("[…]"), "{format}: {redacted}");
    }
}

#[test]
fn reports_in_files_are_those_of_the_screen() {
    let folder = many();
    let [bare, dash] =
        ["json", "json=-"].map(|asked| sellerlint(folder.path(), &["--output-format", asked, "."]));
    assert!(dash.stdout == bare.stdout && !folder.path().join("-").exists());
    let screens = ["json", "concise", "full", "jsonl"]
        .map(|format| sellerlint(folder.path(), &["--output-format", format, "."]).stdout);
    let asked = ["json=report.json", "concise=lines.txt", "full=full.txt", "jsonl"];
    let options: Vec<&str> = asked.iter().flat_map(|asked| ["--output-format", asked]).collect();
    let all = sellerlint(folder.path(), &[&options[..], &["."]].concat());
    assert_eq!(all.status.code(), Some(1));
    assert!(all.stdout == screens[3]);
    for (file, screen) in ["report.json", "lines.txt", "full.txt"].iter().zip(&screens) {
        assert!(fs::read(folder.path().join(file)).unwrap() == *screen, "{file}");
    }
    let left = |entry: &fs::DirEntry| entry.file_name().to_string_lossy().contains(".sellerlint-");
    assert!(!fs::read_dir(folder.path()).unwrap().flatten().any(|entry| left(&entry)));
}

/// `sellerlint … | head -1` in a build must not turn it green, nor cost it a report.
#[test]
fn a_reader_that_goes_away_changes_neither_the_exit_code_nor_the_other_reports() {
    let folder = tempfile::tempdir().unwrap();
    let after_reader = |args: &[&str], draft: &str| {
        let mut child = command(folder.path(), args)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        child.stdin.take().unwrap().write_all(draft.as_bytes()).unwrap();
        let output = child.wait_with_output().unwrap();
        (output.status.code(), String::from_utf8(output.stderr).unwrap())
    };
    let quiet = |code| (Some(code), String::new());
    for format in formats() {
        let args = ["--isolated", "--output-format", format, "--output-format", "json=r.json", "-"];
        assert_eq!(after_reader(&args, THANKS), quiet(1), "{format}");
        let report: serde_json::Value = serde_json::from_str(&read(&folder, "r.json")).unwrap();
        assert_eq!(report["summary"]["errors"], 1, "{format}");
        fs::remove_file(folder.path().join("r.json")).unwrap();
    }
    for screen in ["json=-", "json=/dev/stdout"] {
        let args = ["--isolated", "--output-format", screen, "--output-format", "concise=r.txt", "-"];
        assert_eq!(after_reader(&args, THANKS), quiet(1), "{screen}");
        assert!(read(&folder, "r.txt").contains("error[thank-you-only]"), "{screen}");
    }
    assert_eq!(after_reader(&["--isolated", "-"], QUESTION), quiet(0));
    assert_eq!(after_reader(&["--isolated", "--diff", "-"], "We recieve it 😀\n"), quiet(1));
    assert_eq!(after_reader(&["inspect", "-"], QUESTION), quiet(0));
}

/// `--output-format json=>(head -c 10)`, and the same with a name.
#[cfg(unix)]
#[test]
fn a_reader_of_one_report_that_goes_away_costs_no_other() {
    let folder = many();
    let pipe = folder.path().join("pipe");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    for format in formats() {
        let pipe = pipe.clone();
        let reader = std::thread::spawn(move || drop(fs::File::open(pipe).unwrap()));
        let asked = [&format!("{format}=pipe"), "json=r.json", "concise"];
        let options: Vec<&str> = asked.iter().flat_map(|asked| ["--output-format", asked]).collect();
        let output = sellerlint(folder.path(), &[&options[..], &["."]].concat());
        reader.join().unwrap();
        assert_eq!(
            (output.status.code(), String::from_utf8_lossy(&output.stderr)),
            (Some(1), "".into()),
            "{format}"
        );
        let report: serde_json::Value = serde_json::from_str(&read(&folder, "r.json")).unwrap();
        assert_eq!(
            report["summary"]["errors"],
            output.stdout.split(|byte| *byte == b'\n').count() - 1,
            "{format}"
        );
    }
}

#[test]
fn why_is_told_of_the_beginning_of_a_very_long_line() {
    let folder = tempfile::tempdir().unwrap();
    let line: String = (0..2_000)
        .map(|number| format!("If you love it, leave us a {number}-star review and get 20% off. "))
        .collect();
    fs::write(folder.path().join("long.txt"), line).unwrap();
    for format in ["full", "json"] {
        let output =
            sellerlint(folder.path(), &["inspect", "long.txt", "--why", "1", "--output-format", format]);
        assert_eq!(output.status.code(), Some(0));
        assert!(
            (10_000..2_000_000).contains(&output.stdout.len()),
            "{format}: {} bytes",
            output.stdout.len()
        );
        let told = String::from_utf8(output.stderr).unwrap();
        assert!(
            told.starts_with("note: line 1 goes on: 1980 more sentences in it were not looked at"),
            "{told}"
        );
    }
}

#[cfg(unix)]
#[test]
fn a_link_in_a_folder_is_passed_by_with_a_word() {
    let folder = slovenly();
    fs::create_dir(folder.path().join("walked")).unwrap();
    std::os::unix::fs::symlink("../b.txt", folder.path().join("walked/link.txt")).unwrap();
    fs::write(folder.path().join("walked/a.txt"), QUESTION).unwrap();
    fs::write(folder.path().join("list"), "walked/a.txt\nwalked/link.txt\n").unwrap();
    let told = |args: &[&str]| {
        let output = sellerlint(folder.path(), &[&["--verbose"], args].concat());
        let told = String::from_utf8(output.stderr).unwrap();
        (told.contains("note: `walked/link.txt` is left out: it is a symbolic link"), output.status.code())
    };
    assert_eq!(told(&["walked"]), (true, Some(0)));
    assert_eq!(told(&["--files-from", "list"]), (true, Some(0)));
    assert_eq!(told(&["walked/link.txt"]), (false, Some(1)));
}

#[test]
fn a_report_is_never_written_over_a_draft() {
    let folder = slovenly();
    for asked in ["json=b.txt", "json=./b.txt"] {
        let output = sellerlint(folder.path(), &["--output-format", asked, "."]);
        assert_eq!((output.status.code(), read(&folder, "b.txt").as_str()), (Some(2), THANKS));
        let told = String::from_utf8_lossy(&output.stderr);
        assert!(told.contains("the report would be written over the draft `b.txt`"), "{told}");
    }
}

#[test]
fn a_report_is_written_over_no_other_file_that_somebody_wrote() {
    let folder = slovenly();
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    write("sellerlint.toml", "packs = [\"own\"]\nexclude = [\"c.txt\"]\n");
    let pack = Path::new("examples/own_pack").canonicalize().unwrap();
    fs::create_dir(folder.path().join("own")).unwrap();
    for entry in fs::read_dir(pack).unwrap() {
        let entry = entry.unwrap();
        fs::copy(entry.path(), folder.path().join("own").join(entry.file_name())).unwrap();
    }
    write("sellerlint-baseline.toml", "version = 1\nfindings = []\n");
    write("list", "b.txt\n");
    write("texts.json", "{\"a\": \"It is late.\"}");
    write("page.html", "<p>It is late.</p>");
    for (over, args, said) in [
        ("sellerlint.toml", &["b.txt"][..], "the configuration `sellerlint.toml`"),
        ("./sellerlint.toml", &["--config", "sellerlint.toml", "b.txt"], "the configuration"),
        ("sellerlint-baseline.toml", &["b.txt"], "the baseline `sellerlint-baseline.toml`"),
        ("sellerlint-baseline.toml", &["--no-baseline", "b.txt"], "the baseline `sellerlint-baseline.toml`"),
        ("sellerlint-baseline.toml", &["--isolated", "b.txt"], "the baseline `sellerlint-baseline.toml`"),
        ("sellerlint.toml", &["--isolated", "b.txt"], "the configuration `sellerlint.toml`"),
        ("list", &["--files-from", "list"], "the list `list`"),
        ("own/pack.toml", &["b.txt"], "the pack `own/pack.toml`"),
        ("b.txt", &["--stdin-filename", "b.txt", "-"], "the draft `b.txt`"),
        ("c.txt", &["."], "`c.txt`, which has the name of a draft"),
        ("a.txt", &["b.txt"], "`a.txt`, which has the name of a draft"),
        ("texts.json", &["b.txt"], "`texts.json`, which"),
    ] {
        let before = read(&folder, over);
        let asked = format!("json={over}");
        let output = sellerlint(folder.path(), &[&["--output-format", &asked], args].concat());
        let told = String::from_utf8_lossy(&output.stderr);
        assert_eq!((output.status.code(), read(&folder, over)), (Some(2), before), "{over}: {told}");
        assert!(told.contains(&format!("the report would be written over {said}")), "{told}");
    }
}

#[test]
fn a_report_is_written_over_an_older_one_whatever_it_found() {
    let folder = slovenly();
    for format in formats() {
        for ending in ["txt", "json", "html", "md", "jsonl"] {
            let asked = format!("{format}=report.{ending}");
            let all: &[&[&str]] = &[&["a.txt", "b.txt"], &["c.txt"], &["--redact", "a.txt"]];
            for drafts in [all, all].concat() {
                let args = [&["--isolated", "--exit-zero", "--output-format", &asked], drafts].concat();
                let output = sellerlint(folder.path(), &args);
                assert_eq!(output.status.code(), Some(0), "{asked}: {output:?}");
            }
            fs::remove_file(folder.path().join(format!("report.{ending}"))).unwrap();
        }
    }
}

#[cfg(unix)]
#[test]
fn a_report_goes_where_a_link_leads_and_into_what_is_no_file() {
    use std::os::unix::fs::{FileTypeExt as _, PermissionsExt as _, symlink};
    let folder = slovenly();
    let at = |name: &str| folder.path().join(name);
    let tell = |to: &str| {
        let asked = format!("jsonl={to}");
        sellerlint(folder.path(), &["--output-format", &asked, "b.txt"]).status.code()
    };
    fs::write(at("report"), "old").unwrap();
    fs::set_permissions(at("report"), fs::Permissions::from_mode(0o600)).unwrap();
    symlink("report", at("link")).unwrap();
    assert_eq!(tell("link"), Some(1));
    assert!(
        fs::symlink_metadata(at("link")).unwrap().is_symlink() && read(&folder, "report").starts_with('{')
    );
    assert_eq!(fs::metadata(at("report")).unwrap().permissions().mode() & 0o777, 0o600);
    symlink("middle", at("new link")).unwrap();
    symlink(at("new"), at("middle")).unwrap();
    assert_eq!(tell("new link"), Some(1));
    let is_link = |name| fs::symlink_metadata(at(name)).unwrap().is_symlink();
    assert!(is_link("new link") && is_link("middle") && read(&folder, "new").starts_with('{'));
    symlink("no/such/folder", at("lost")).unwrap();
    symlink("circle", at("circle")).unwrap();
    assert_eq!(
        (tell("lost"), tell("circle"), is_link("lost"), is_link("circle")),
        (Some(2), Some(2), true, true)
    );
    assert!(Command::new("mkfifo").arg(at("pipe")).status().unwrap().success());
    let pipe = at("pipe");
    let reader = std::thread::spawn(move || fs::read_to_string(pipe).unwrap());
    assert_eq!(tell("pipe"), Some(1));
    assert!(fs::metadata(at("pipe")).unwrap().file_type().is_fifo());
    assert!(reader.join().unwrap().starts_with('{'));
    fs::set_permissions(at("report"), fs::Permissions::from_mode(0o400)).unwrap();
    assert_eq!(tell("report"), Some(2));
}

#[test]
fn a_report_that_has_no_place_is_refused_before_anything_is_checked() {
    let folder = many();
    for (asked, said) in [
        (&["json", "concise"][..], "two reports cannot both go to standard output"),
        (&["json=-", "concise"], "two reports cannot both go to standard output"),
        (&["json=/dev/stdout", "concise"], "two reports cannot both go to standard output"),
        (&["json=a", "concise=a"], "two reports cannot both go to `a`"),
        (&["json=a", "concise=./a"], "two reports cannot both go to `./a`"),
        (&["json=a", "concise=3/../a"], "two reports cannot both go to `3/../a`"),
        (&["json=no/such/folder.json"], "cannot write `no/such/folder.json`"),
        (&["json="], "names no file"),
        (
            &["yaml=a"],
            "[possible values: full, concise, json, jsonl, sarif, github, gitlab, junit, checkstyle, markdown",
        ),
    ] {
        let options: Vec<&str> = asked.iter().flat_map(|asked| ["--output-format", asked]).collect();
        let output = sellerlint(folder.path(), &[&options[..], &["3/3.txt"]].concat());
        let told = String::from_utf8_lossy(&output.stderr);
        assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0), "{asked:?}");
        assert!(told.contains(said), "{asked:?}: {told}");
    }
}

/// A baseline and a limit hide findings from the report, and not from `--fix`.
#[test]
fn the_summary_counts_what_fix_mends() {
    let number_behind = |text: &str, words: &str| -> usize {
        let line = text.replace('\n', " ");
        let rest = line.split_once(words).unwrap_or_else(|| panic!("{words}: {text}")).1;
        rest.split_whitespace().next().unwrap().parse().unwrap()
    };
    for (args, is_known, besides) in [
        (&[][..], false, None),
        (&["--max-findings", "2"], false, Some("(3 of them not listed here)")),
        (&[], true, Some("(5 of them not listed here)")),
        (&["--max-findings", "2"], true, Some("(5 of them not listed here)")),
    ] {
        let folder = tempfile::tempdir().unwrap();
        fs::write(
            folder.path().join("a.txt"),
            format!("{QUESTION}One 😀 two 🎉 three 🎈 four 😀 five 🎉 six.\n"),
        )
        .unwrap();
        if is_known {
            assert_eq!(sellerlint(folder.path(), &["baseline", "."]).status.code(), Some(0));
        }
        let told = |more: &[&str]| {
            let output = sellerlint(folder.path(), &[args, more, &["."]].concat());
            String::from_utf8(output.stdout).unwrap()
        };
        let before = told(&[]);
        let json: serde_json::Value = serde_json::from_str(&told(&["--output-format", "json"])).unwrap();
        let after = told(&["--fix"]);
        let mended = number_behind(&after, "Mended: ");
        assert_eq!((number_behind(&before, "can mend "), mended), (5, 5), "{before}");
        assert_eq!(json["summary"]["fixable"], 5);
        assert_eq!(before.contains("not listed"), besides.is_some(), "{before}");
        assert!(besides.is_none_or(|besides| before.replace('\n', " ").contains(besides)), "{before}");
    }
}

/// What is no file on the disk cannot be replaced, and is not opened, for that would wait for a writer.
#[cfg(unix)]
#[test]
fn a_pipe_is_not_mended() {
    let folder = tempfile::tempdir().unwrap();
    let made = Command::new("mkfifo").arg(folder.path().join("pipe.txt")).status().unwrap();
    assert!(made.success());
    let output = sellerlint(folder.path(), &["--fix", "pipe.txt"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("it is no regular file"));
}

/// The picture on the first page is what comes out.
#[test]
fn the_picture_in_the_readme_is_real() {
    let readme = fs::read_to_string("README.md").unwrap();
    let picture = readme.split("$ sellerlint draft.txt\n").nth(1).unwrap().split("```").next().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let draft = "Hello Anna,\n\nyour lamp from order 113-4829103-5561220 has arrived. If you love it, leave us \
                 a 5-star review\nand get 15% off your next one 😊\n";
    fs::write(folder.path().join("draft.txt"), draft).unwrap();
    let output = sellerlint(folder.path(), &["draft.txt"]);
    assert_eq!(String::from_utf8(output.stdout).unwrap(), picture);
}

/// Which patterns there are is the business of the packs; that they are named is ours.
#[test]
fn a_line_can_be_asked_why() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.txt"), "Good morning.\n\nPlease unsubscribe at any time.\n").unwrap();
    let asked = |line: &str| {
        String::from_utf8(sellerlint(folder.path(), &["inspect", "--why", line, "a.txt"]).stdout)
    };
    let told = asked("3").unwrap();
    assert!(told.starts_with("line 3: ") && told.contains("\n  link-opt-out 1 any: "), "{told}");
    assert!(told.contains("      found `unsubscribe at any time`: reported\n"), "{told}");
    assert!(!asked("1").unwrap().contains(": reported\n"));
}

const SLOVENLY: &str =
    "Order 402-5519034-7723416: which name shall we engrave on the the bowl that you recieve 😀?\n";
const MENDED: &str = "Order 402-5519034-7723416: which name shall we engrave on the bowl that you receive?\n";

/// A folder with a draft that can be mended, one that cannot, and one that needs no mending.
fn slovenly() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in [("a.txt", SLOVENLY), ("b.txt", THANKS), ("c.txt", MENDED)] {
        fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

fn read(folder: &TempDir, name: &str) -> String {
    fs::read_to_string(folder.path().join(name)).unwrap()
}

#[test]
fn fixes_are_made_in_the_files_and_what_is_left_is_told() {
    let folder = slovenly();
    let output = sellerlint(folder.path(), &["--fix", "--output-format", "concise", "."]);
    assert_eq!((read(&folder, "a.txt").as_str(), read(&folder, "b.txt").as_str()), (MENDED, THANKS));
    let told = String::from_utf8_lossy(&output.stdout);
    assert!(told.starts_with("b.txt:1:1: ") && !told.contains("a.txt"), "{told}");
    assert_eq!(output.status.code(), Some(1));
    let again = sellerlint(folder.path(), &["--fix", "a.txt"]);
    assert_eq!((again.status.code(), read(&folder, "a.txt").as_str()), (Some(0), MENDED));
}

#[test]
fn more_is_mended_than_is_listed() {
    let folder = tempfile::tempdir().unwrap();
    let text = |sign: &str| format!("{QUESTION}{}\n", format!("We wait{sign} for it. ").repeat(12_000));
    fs::write(folder.path().join("a.txt"), text(" 😀")).unwrap();
    let output = sellerlint(folder.path(), &["--isolated", "--rule", "emoji", "--fix", "a.txt"]);
    let told = String::from_utf8(output.stdout).unwrap();
    assert!(told.contains("Mended: 12000 findings in 1 file."), "{told}");
    assert_eq!((output.status.code(), read(&folder, "a.txt")), (Some(0), text("")));
}

#[test]
fn a_diff_changes_nothing() {
    let folder = slovenly();
    let output = sellerlint(folder.path(), &["--diff", "."]);
    let told = String::from_utf8(output.stdout).unwrap();
    assert_eq!(told, format!("--- a.txt\n+++ a.txt\n@@ -1 +1 @@\n-{SLOVENLY}+{MENDED}"));
    assert_eq!((output.status.code(), read(&folder, "a.txt").as_str()), (Some(1), SLOVENLY));
    let clean = sellerlint(folder.path(), &["--diff", "b.txt", "c.txt"]);
    assert_eq!((clean.status.code(), clean.stdout.len()), (Some(0), 0));
}

/// A report stands where drafts are looked for: the next run writes it anew, and judges it no more than the first did.
#[test]
fn a_report_beside_the_drafts_is_none_of_them() {
    for (asked, name) in
        [("html", "report.html"), ("markdown", "comment.md"), ("full", "out.txt"), ("concise", "c.txt")]
    {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("a.txt"), "Leave us a review on Amazon.\n").unwrap();
        let output = format!("{asked}={name}");
        let run = || {
            let told = sellerlint(
                folder.path(),
                &["--isolated", "--output-format", "json", "--output-format", &output, "."],
            );
            (told.status.code(), String::from_utf8(told.stdout).unwrap())
        };
        let first = run();
        assert_eq!(first.0, Some(1), "{asked}");
        assert_eq!(run(), first, "{asked}");
    }
}

/// What is shown is a patch in any charset and with any line ends.
#[test]
fn git_takes_the_diff() {
    let lines = format!("Hello,\n{SLOVENLY}Grüße\n");
    let latin =
        |text: &str| -> Vec<u8> { text.chars().filter_map(|c| u8::try_from(u32::from(c)).ok()).collect() };
    let utf16 = |text: &str| -> Vec<u8> { text.encode_utf16().flat_map(u16::to_le_bytes).collect() };
    let named = |name: &str| OsString::from(name);
    let files = [
        ("cr.txt", lines.replace('\n', "\r").into_bytes()),
        ("no end.txt", SLOVENLY.trim_end().as_bytes().to_vec()),
        ("cr no end.txt", SLOVENLY.trim_end().replace(' ', "\r").into_bytes()),
        ("crlf.txt", lines.replace('\n', "\r\n").into_bytes()),
        ("latin.txt", latin(&lines)),
        ("utf16.txt", [b"\xFF\xFE".to_vec(), utf16(&lines)].concat()),
        // Windows has no such names.
        (if cfg!(unix) { "two\nlines \"é\" \\ \t\u{1}.txt" } else { "b.txt" }, lines.clone().into_bytes()),
    ];
    let mut files: Vec<(OsString, Vec<u8>)> = files.map(|(name, bytes)| (named(name), bytes)).into();
    #[cfg(unix)]
    files.push((std::os::unix::ffi::OsStringExt::from_vec(b"caf\xE9 1.txt".to_vec()), lines.into_bytes()));
    let (shown, mended) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    for (name, bytes) in &files {
        fs::write(shown.path().join(name), bytes).unwrap();
        fs::write(mended.path().join(name), bytes).unwrap();
    }
    sellerlint(mended.path(), &["--fix-only", "."]);
    let diff = sellerlint(shown.path(), &["--diff", "."]).stdout;
    fs::write(shown.path().join("patch"), diff).unwrap();
    let mut git = Command::new("git");
    git.args(["-c", "core.autocrlf=false", "apply", "-p0", "patch"]).current_dir(shown.path());
    let applied = git.env("GIT_CEILING_DIRECTORIES", shown.path().parent().unwrap()).output().unwrap();
    assert!(applied.status.success(), "{}", String::from_utf8_lossy(&applied.stderr));
    for (name, bytes) in &files {
        let now = fs::read(shown.path().join(name)).unwrap();
        assert_eq!(now, fs::read(mended.path().join(name)).unwrap(), "{name:?}");
        assert_ne!(&now, bytes, "{name:?}");
    }
}

#[test]
fn fix_only_says_nothing_of_what_is_left() {
    let folder = slovenly();
    let output = sellerlint(folder.path(), &["--fix-only", "."]);
    assert_eq!((output.status.code(), output.stdout.len()), (Some(0), 0));
    assert_eq!(read(&folder, "a.txt"), MENDED);
}

#[test]
fn a_draft_that_is_handed_over_comes_out_mended() {
    let folder = slovenly();
    let mut draft = fs::File::open(folder.path().join("a.txt")).unwrap();
    let output = command(folder.path(), &["--fix", "-"]).stdin(draft.try_clone().unwrap()).output().unwrap();
    assert_eq!(String::from_utf8(output.stdout).unwrap(), MENDED);
    assert!(String::from_utf8(output.stderr).unwrap().contains("Mended: 3 findings in 1 file."));
    draft = fs::File::open(folder.path().join("a.txt")).unwrap();
    let output = command(folder.path(), &["--fix", "-", "b.txt"]).stdin(draft).output().unwrap();
    assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0));
    assert_eq!(read(&folder, "a.txt"), SLOVENLY);
}

#[test]
fn unsafe_fixes_are_asked_for_and_say_what_they_leave() {
    let folder = slovenly();
    let path = folder.path().join("p.html");
    let pixel = "<img src=\"https://norvik-lamps.com/a\" width=\"1\" height=\"1\" alt=\"\">";
    fs::write(&path, format!("<p>{}</p>{pixel}", MENDED.trim())).unwrap();
    sellerlint(folder.path(), &["--fix", "p.html"]);
    assert!(read(&folder, "p.html").contains(pixel));
    sellerlint(folder.path(), &["--fix", "--unsafe-fixes", "p.html"]);
    assert_eq!(read(&folder, "p.html"), format!("<p>{}</p>", MENDED.trim()));
    let alone = sellerlint(folder.path(), &["--unsafe-fixes", "p.html"]);
    assert_eq!(alone.status.code(), Some(2));
}

#[test]
fn that_what_is_left_has_to_be_read_is_said_once() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["a.txt", "b.txt"] {
        let text = "Your order 113-4829103-5561220 is late. Please leave us a review.\n";
        fs::write(folder.path().join(name), text).unwrap();
    }
    let told = sellerlint(folder.path(), &["--fix", "--unsafe-fixes", "."]).stderr;
    assert_eq!(
        String::from_utf8(told).unwrap(),
        "warning: from `a.txt`, 1 offence was taken out\n\
         help: read what is left before you send it\n\
         warning: from `b.txt`, 1 offence was taken out\n"
    );
}

#[cfg(unix)]
#[test]
fn a_mended_file_keeps_its_mode_and_its_links_and_a_read_only_one_is_left() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    let folder = slovenly();
    let path = folder.path().join("a.txt");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
    symlink("a.txt", folder.path().join("link.txt")).unwrap();
    sellerlint(folder.path(), &["--fix", "link.txt"]);
    assert_eq!(read(&folder, "a.txt"), MENDED);
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o640);
    assert!(fs::symlink_metadata(folder.path().join("link.txt")).unwrap().is_symlink());
    fs::write(&path, SLOVENLY).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o440)).unwrap();
    let output = sellerlint(folder.path(), &["--fix", "."]);
    assert_eq!((output.status.code(), read(&folder, "a.txt").as_str()), (Some(2), SLOVENLY));
    assert!(String::from_utf8_lossy(&output.stderr).contains("cannot mend `a.txt`: it is read-only"));
}

/// Only root can set this up: a file of somebody who is not in its group.
#[cfg(unix)]
#[test]
fn a_file_of_a_group_that_i_am_not_in_is_mended() {
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, chown};
    use std::os::unix::process::CommandExt as _;
    let folder = slovenly();
    let (path, program) = (folder.path().join("a.txt"), folder.path().join("program"));
    if chown(&path, Some(65534), Some(0)).is_err() {
        return;
    }
    chown(folder.path(), Some(65534), Some(65534)).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o664)).unwrap();
    // The build may lie where nobody else may look.
    fs::copy(env!("CARGO_BIN_EXE_sellerlint"), &program).unwrap();
    let mut command = Command::new(&program);
    let output = command.args(["--fix", "a.txt"]).current_dir(folder.path()).uid(65534).gid(65534).output();
    let output = output.unwrap();
    assert_eq!((output.status.code(), read(&folder, "a.txt").as_str()), (Some(0), MENDED), "{output:?}");
    let about = fs::metadata(&path).unwrap();
    assert_eq!((about.uid(), about.gid(), about.mode() & 0o777), (65534, 65534, 0o644));
}

/// Killed at any time, it leaves the old file or the new one, and never a part.
#[test]
fn a_killed_run_leaves_a_whole_file() {
    let folder = slovenly();
    let (old, new) = (SLOVENLY.repeat(400), MENDED.repeat(400));
    let mut was_mended = 0;
    for pause in 0..24 {
        fs::write(folder.path().join("a.txt"), &old).unwrap();
        let mut child =
            command(folder.path(), &["--fix-only", "--max-findings", "5000", "a.txt"]).spawn().unwrap();
        std::thread::sleep(std::time::Duration::from_millis(pause * pause));
        child.kill().unwrap();
        child.wait().unwrap();
        let left = read(&folder, "a.txt");
        assert!(left == old || left == new, "{} bytes", left.len());
        was_mended += usize::from(left == new);
    }
    assert!(was_mended < 24, "no run was killed in time");
}

/// Told to end while a report is being written, it takes the unfinished file with it and ends as the system would end it.
#[cfg(unix)]
#[test]
fn an_interrupted_run_leaves_no_unfinished_report() {
    use std::os::unix::process::ExitStatusExt as _;
    let names = |folder: &TempDir| -> Vec<String> {
        let entries = fs::read_dir(folder.path()).unwrap();
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
    };
    for (signal, number) in [("-INT", 2), ("-TERM", 15)] {
        let folder = tempfile::tempdir().unwrap();
        let mut child = command(folder.path(), &["--output-format", "json=report.json", "-"])
            .stdin(Stdio::piped())
            .spawn()
            .unwrap();
        let input = child.stdin.take();
        let begun = std::time::Instant::now();
        while names(&folder).is_empty() && begun.elapsed().as_secs() < 20 {
            std::thread::sleep(std::time::Duration::from_millis(5));
        }
        assert!(names(&folder)[0].starts_with(".sellerlint-"));
        assert!(Command::new("kill").args([signal, &child.id().to_string()]).status().unwrap().success());
        assert_eq!(child.wait().unwrap().signal(), Some(number));
        assert_eq!(names(&folder), Vec::<String>::new());
        drop(input);
    }
}

#[test]
fn a_reader_that_goes_away_is_nothing_to_complain_about() {
    let folder = many();
    for (args, code) in
        [(&["."][..], 1), (&["--output-format", "json", "."], 1), (&["--help"], 0), (&["rules"], 0)]
    {
        let (reader, writer) = io::pipe().unwrap();
        drop(reader);
        let output = command(folder.path(), args).stdout(writer).stderr(Stdio::piped()).output().unwrap();
        assert_eq!(output.status.code(), Some(code), "{args:?}");
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{args:?}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_a_failure() {
    let folder = many();
    let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let output = command(folder.path(), &["."]).stdout(full).stderr(Stdio::piped()).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).starts_with("error: cannot write the report: "));
}

/// A folder whose path is longer than the system allows, which nobody can read, not even its owner.
#[cfg(unix)]
#[test]
fn an_unreadable_folder_is_told_and_the_rest_is_checked() {
    let folder = many();
    let deep = |root: &Path| {
        let path = root.join(vec!["d".repeat(200); 12].join("/"));
        fs::create_dir_all(&path).unwrap();
        path
    };
    let inner = tempfile::tempdir_in(folder.path()).unwrap();
    deep(inner.path());
    fs::rename(inner.path().join("d".repeat(200)), deep(&folder.path().join("deep")).join("x")).unwrap();

    let output = sellerlint(folder.path(), &["deep", "3/3.txt", "--output-format", "concise"]);
    assert_eq!(output.status.code(), Some(2));
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(errors.starts_with("error: cannot read `deep/ddd"), "{errors}");
    assert_eq!(errors.lines().count(), 1);
    assert!(String::from_utf8_lossy(&output.stdout).starts_with("3/3.txt:1:1: error[thank-you-only]"));
}

#[cfg(target_os = "linux")]
#[test]
fn names_that_are_no_unicode_are_names() {
    use std::os::unix::ffi::OsStrExt as _;

    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join(std::ffi::OsStr::from_bytes(b"a\xFF.txt")), THANKS).unwrap();
    for format in formats() {
        let args = [".", "--isolated", "--rule", "thank-you-only", "--output-format", format];
        let output = sellerlint(folder.path(), &args);
        assert_eq!(output.status.code(), Some(1), "{output:?}");
        let name = if format == "sarif" { "a%EF%BF%BD.txt" } else { "a\u{FFFD}.txt" };
        assert!(String::from_utf8_lossy(&output.stdout).contains(name), "{output:?}");
    }
}

#[cfg(unix)]
#[test]
fn a_pipe_can_be_named() {
    let folder = many();
    for (name, text) in [("/dev/stdin", THANKS), ("/dev/fd/0", THANKS)] {
        let args = [name, "--output-format", "concise"];
        let mut child =
            command(folder.path(), &args).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
        let output = child.wait_with_output().unwrap();
        assert!(String::from_utf8_lossy(&output.stdout).contains("error[thank-you-only]"), "{output:?}");
    }
}

#[test]
fn json_is_whole_even_if_nothing_was_checked() {
    let folder = tempfile::tempdir().unwrap();
    let output = sellerlint(folder.path(), &[".", "--output-format", "json"]);
    assert_eq!(output.status.code(), Some(3));
    let value: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert!(value.is_object());
}
