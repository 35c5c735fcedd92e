//! The form of `sellerlint-baseline.toml`.
//!
//! Every entry is a line that says all by itself, and the lines are sorted, so that two branches seldom change the same
//! ones; and a merge that keeps the lines of both sides (`merge=union`) is still a baseline. There is nothing in it that
//! changes by itself: no line numbers, no dates. And nothing that was written to a buyer: no words, and no hash from which
//! a number could be guessed.

use std::fmt::Write as _;

use serde::Deserialize;
use toml::Spanned;

use crate::finding::{Fingerprint, NoFingerprint, RuleId};
use crate::lint::baseline::{Baseline, Entry};

use super::{Mistake, wrong_type};

/// The name that a baseline has.
pub const BASELINE_NAME: &str = "sellerlint-baseline.toml";

/// The form that is written and read here.
const VERSION: u64 = 1;

const HEADER: &str = "\
# What was found before and is accepted: `sellerlint` tells only what is new.
# Each line is a file, a rule, a fingerprint of the words found, and how often they were.
# `sellerlint baseline` writes this file anew; `sellerlint baseline --prune` only takes out what is gone.
";

const WAY_OUT: &str = "mend the line; or delete the file and take the baseline anew: `sellerlint baseline`";

#[derive(Deserialize)]
struct VersionToml {
    version: Option<Spanned<u64>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct BaselineToml {
    #[allow(dead_code, reason = "read ahead of the rest, see VersionToml; here it only has to stand")]
    version: u64,
    findings: Vec<Line>,
}

/// File, rule, fingerprint, count.
type Line = (String, String, Spanned<String>, Spanned<usize>);

/// Reads a baseline.
pub fn parse_baseline(text: &str) -> Result<Baseline, Vec<Mistake>> {
    check_version(text).map_err(|mistake| vec![mistake])?;
    let written: BaselineToml = toml::from_str(text).map_err(|error| {
        let mistake = wrong_type::mistake(&error, text);
        vec![Mistake { help: mistake.help.or(Some(WAY_OUT.to_owned())), ..mistake }]
    })?;
    let mut baseline = Baseline::default();
    let mut mistakes = Vec::new();
    for (path, rule, fingerprint, count) in written.findings {
        match checked(&fingerprint, &count) {
            Ok(fingerprint) => {
                let (rule, count) = (RuleId::new(&rule), *count.get_ref());
                baseline.insert(Entry { path: &path, rule: &rule, fingerprint, count });
            }
            Err(mistake) => mistakes.push(mistake.help(WAY_OUT)),
        }
    }
    if mistakes.is_empty() { Ok(baseline) } else { Err(mistakes) }
}

fn checked(fingerprint: &Spanned<String>, count: &Spanned<usize>) -> Result<Fingerprint, Mistake> {
    if *count.get_ref() == 0 {
        return Err(Mistake::new(count.span(), "a count is at least 1"));
    }
    let parsed = fingerprint.get_ref().parse();
    parsed.map_err(|error: NoFingerprint| Mistake::new(fingerprint.span(), error.to_string()))
}

/// A baseline of another form is refused before its lines are, for the form is why they cannot be read.
fn check_version(text: &str) -> Result<(), Mistake> {
    match toml::from_str(text) {
        Ok(VersionToml { version: Some(version) }) if *version.get_ref() != VERSION => {
            let ours = env!("CARGO_PKG_VERSION");
            let message = format!(
                "this baseline has form {}, and sellerlint {ours} knows form {VERSION}",
                version.get_ref()
            );
            Err(Mistake::new(version.span(), message).help("install the version of sellerlint that wrote it"))
        }
        _ => Ok(()),
    }
}

/// Writes a baseline: the same one always in the same bytes.
pub fn written_baseline(baseline: &Baseline) -> String {
    let mut text = format!("{HEADER}version = {VERSION}\nfindings = [\n");
    for Entry { path, rule, fingerprint, count } in baseline.entries() {
        let (path, rule) = (quoted(path), quoted(rule.as_str()));
        let _ = writeln!(text, "  [{path}, {rule}, \"{fingerprint}\", {count}],");
    }
    text.push_str("]\n");
    text
}

/// A string of TOML on one line, whatever is in it.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            c if c.is_control() => {
                let _ = write!(quoted, "\\u{:04X}", u32::from(c));
            }
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    const LEMON: &str = "00000000000000aa";
    const PEAR: &str = "00000000000000bb";

    /// A baseline of these lines, each `path rule fingerprint count`.
    fn baseline(lines: &[&str]) -> Baseline {
        let mut baseline = Baseline::default();
        for line in lines {
            let [path, rule, fingerprint, count] =
                line.split(' ').collect::<Vec<_>>().try_into().expect("four words");
            let (fingerprint, count) = (fingerprint.parse().unwrap(), count.parse().unwrap());
            baseline.insert(Entry { path, rule: &RuleId::new(rule), fingerprint, count });
        }
        baseline
    }

    fn lines(text: &str) -> Vec<String> {
        let baseline = parse_baseline(text).unwrap();
        let line = |Entry { path, rule, fingerprint, count }: Entry<'_>| {
            format!("{path} {rule} {fingerprint} {count}")
        };
        baseline.entries().map(line).collect()
    }

    fn mistakes(text: &str) -> Vec<String> {
        let drawn = |mistake: &Mistake| {
            let help = mistake.help.as_deref().unwrap_or("-");
            format!("|{}| {} ({help})", &text[mistake.range.clone()], mistake.message)
        };
        parse_baseline(text).unwrap_err().iter().map(drawn).collect()
    }

    #[test]
    fn it_is_written_sorted_one_line_an_entry_and_read_again() {
        let unsorted = [
            format!("b.txt emoji {LEMON} 1"),
            format!("a/b.txt gif {LEMON} 1"),
            format!("a/b.txt emoji {PEAR} 12"),
            format!("a/b.txt emoji {LEMON} 3"),
        ];
        let given = baseline(&unsorted.each_ref().map(String::as_str));
        let text = written_baseline(&given);
        assert_eq!(
            text.strip_prefix(HEADER).unwrap(),
            "version = 1\nfindings = [\n  [\"a/b.txt\", \"emoji\", \"00000000000000aa\", 3],\n  \
             [\"a/b.txt\", \"emoji\", \"00000000000000bb\", 12],\n  \
             [\"a/b.txt\", \"gif\", \"00000000000000aa\", 1],\n  \
             [\"b.txt\", \"emoji\", \"00000000000000aa\", 1],\n]\n"
        );
        assert_eq!(parse_baseline(&text).unwrap(), given);
        assert_eq!(parse_baseline(&text.replace('\n', "\r\n")).unwrap(), given);
        assert_eq!(parse_baseline(&written_baseline(&Baseline::default())), Ok(Baseline::default()));
    }

    #[test]
    fn a_path_is_a_path_whatever_is_in_it() {
        for path in ["a b.txt", "a\"b\\c.txt", "a\nb\u{7f}\u{1}.txt", "'a'.txt", "größe 😀.txt", "../a.txt"]
        {
            let mut given = Baseline::default();
            let (rule, fingerprint) = (RuleId::new("emoji"), LEMON.parse().unwrap());
            given.insert(Entry { path, rule: &rule, fingerprint, count: 1 });
            let text = written_baseline(&given);
            assert_eq!(text.lines().count(), HEADER.lines().count() + 4, "{text}");
            assert_eq!(parse_baseline(&text).unwrap(), given, "{text}");
        }
    }

    /// What `merge=union` makes of two branches: the lines of both.
    #[test]
    fn the_lines_of_two_branches_are_a_baseline() {
        let line = |path: &str, count: usize| format!("  [\"{path}\", \"emoji\", \"{LEMON}\", {count}],\n");
        let (one, other) = (line("b.txt", 2) + &line("c.txt", 1), line("a.txt", 1) + &line("b.txt", 3));
        assert_eq!(
            lines(&format!("version = 1\nfindings = [\n{one}{other}]\n")),
            ["a.txt", "b.txt", "c.txt"]
                .iter()
                .zip([1, 3, 1])
                .map(|(path, count)| format!("{path} emoji {LEMON} {count}"))
                .collect::<Vec<_>>()
        );
    }

    #[test]
    fn mistakes_have_their_place_and_a_way_out() {
        let cases = [
            ("findings = []", "the key `version` is missing (mend the line; or delete the file"),
            ("version = 1", "the key `findings` is missing"),
            ("version = 2\nlines = 5", "|2| this baseline has form 2, and sellerlint "),
            ("version = 0\nfindings = []", "|0| this baseline has form 0, and sellerlint "),
            (
                "version = 1\nfindings = []\nfinding = []",
                "|finding| there is no key `finding` here (did you mean",
            ),
            ("version = 1\nfindings = [['a', 'b', 'c', 1]]", "|'c'| a fingerprint has sixteen digits"),
            (
                "version = 1\nfindings = [['a', 'b', '00000000000000aa', 0]]",
                "|0| a count is at least 1 (mend",
            ),
            (
                "version = 1\nfindings = [['a', 'b', '00000000000000aa', -1]]",
                "|-1| an entry of `findings` cannot be the number `-1`",
            ),
            (
                "version = 1\nfindings = [['a', 'b', '00000000000000aa']]",
                "an entry of `findings` cannot be this list",
            ),
            (
                "version = 1\nfindings = [['a', 5, '00000000000000aa', 1]]",
                "|5| an entry of `findings` cannot be the number `5`",
            ),
            ("version = 1\nfindings = [\n<<<<<<< HEAD\n]", "(mend the line; or delete the file"),
        ];
        for (text, start) in cases {
            let told = mistakes(text).join("\n");
            assert!(told.contains(start), "{text}\n  said   {told}\n  wanted {start}");
        }
    }

    #[test]
    fn all_wrong_lines_are_told_at_once() {
        let text = "version = 1\nfindings = [['a', 'b', 'c', 1], ['a', 'b', 'd', 1]]";
        assert_eq!(mistakes(text).len(), 2);
    }
}
