//! Files that no report is written over: what a run reads, and what looks like somebody's draft. And reports that lie among
//! drafts, and are none.
//!
//! A slip in `--output-format json=FILE` must not cost a file that nobody can bring back. What a run has read is known. Of
//! the others, only a file that is a report already, or has an ending that no draft has, is taken for one to replace.

use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use anyhow::anyhow;

use crate::config::{BASELINE_NAME, FILE_NAME};
use crate::report::OutputFormat;

use super::args::CheckArgs;
use super::baselines::Baselines;
use super::check::Draft;
use super::complaint::Complaint;
use super::file_type::FileType;
use super::find::Bytes;
use super::outputs::AskedOutput;
use super::packs::packs_of;
use super::project::{ProjectId, Projects, from_here};

/// What these files are, also in a run that reads none of them.
const OURS: &[(&str, &str)] = &[("the configuration", FILE_NAME), ("the baseline", BASELINE_NAME)];

/// Bytes of a file that show whether it is a report.
const LOOK: usize = 4096;

/// Takes out of the drafts what an earlier run wrote into the files of these reports: it stands where they are looked for,
/// and is no draft.
pub(super) fn leave_out_reports(args: &CheckArgs, drafts: &mut Vec<Draft>) {
    let asked = args.tell.output_format.iter();
    let reports: Vec<PathBuf> = asked
        .filter_map(|asked| Some((asked, place(asked.file.as_deref()?)?)))
        .filter(|(asked, file)| {
            is_report(file, asked.format) && fs::metadata(file).is_ok_and(|f| f.len() > 0)
        })
        .map(|(_, file)| file)
        .collect();
    if reports.is_empty() {
        return;
    }
    drafts.retain(|draft| {
        let file = draft.input.source.path().and_then(place);
        file.is_none_or(|file| !reports.contains(&file))
    });
}

/// Whether what lies in a folder of drafts is surely a report of an earlier run.
pub(super) fn is_own_report(bytes: &Bytes) -> bool {
    let start = match bytes {
        Bytes::Stdin => return false,
        Bytes::File(path) => start_of(path),
        Bytes::Index { blob, .. } => blob.read().map(|mut bytes| {
            bytes.truncate(LOOK);
            bytes
        }),
    };
    start.is_ok_and(|start| is_surely_ours(&String::from_utf8_lossy(&start)))
}

/// Whether a text begins as only a report does: what a draft might begin with as well is not enough.
fn is_surely_ours(start: &str) -> bool {
    use OutputFormat::{Html, Json, Jsonl, Markdown, Sarif};
    let start = start.trim_start_matches('\u{FEFF}').trim();
    let first = start.lines().next().unwrap_or_default();
    let is_one = |format| looks_like(start, format);
    match start.as_bytes().first() {
        Some(b'<') => is_one(Html) || is_one(Markdown),
        Some(b'{') => is_one(Json) || is_one(Jsonl) || is_one(Sarif) && start.contains("sellerlint"),
        _ => has_drawing(start) || is_concise(first),
    }
}

/// Whether findings are drawn in a text.
fn has_drawing(start: &str) -> bool {
    let has = |signs: &[&str]| signs.iter().any(|sign| start.contains(sign));
    has(FINDINGS) && has(&[" ╭─[ ", " ,-[ "])
}

/// Whether a line is a finding: `path:1:7: error[emoji] …`.
fn is_concise(line: &str) -> bool {
    let place = ["error[", "warning[", "note["].iter().find_map(|sign| line.split_once(&format!(": {sign}")));
    let mut numbers = place.into_iter().flat_map(|(place, _)| place.rsplit(':').take(2));
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    numbers.next().is_some_and(is_number) && numbers.next().is_some_and(is_number)
}

fn start_of(path: &Path) -> io::Result<Vec<u8>> {
    let mut start = Vec::new();
    File::open(path)?.take(LOOK as u64).read_to_end(&mut start)?;
    Ok(start)
}

/// Refuses reports that would be written over something that is not theirs.
pub(super) fn refuse_over_others(
    args: &CheckArgs,
    drafts: &[Draft],
    projects: &Projects,
    baselines: &Baselines,
) -> Result<(), Complaint> {
    let asked = args.tell.output_format.iter();
    let files: Vec<(&AskedOutput, PathBuf)> =
        asked.filter_map(|asked| Some((asked, place(asked.file.as_deref()?)?))).collect();
    if files.is_empty() {
        return Ok(());
    }
    let is_asked =
        |path: &Path| place(path).is_some_and(|place| files.iter().any(|(_, file)| *file == place));
    let is_over = |draft: &&Draft| {
        let place = draft.input.source.path().or(draft.input.place.as_deref());
        place.is_some_and(is_asked)
    };
    if let Some(draft) = drafts.iter().find(is_over) {
        return Err(over(&format!("the draft `{}`", draft.input.name)));
    }
    let besides = read_besides(args, projects, baselines);
    if let Some((what, path)) = besides.iter().find(|(_, path)| is_asked(path)) {
        return Err(over(&format!("{what} `{}`", from_here(path))));
    }
    let is_ours = |(asked, file): &(&AskedOutput, PathBuf)| {
        let (what, _) = OURS.iter().find(|(_, name)| file.file_name() == Some(name.as_ref()))?;
        (!is_report(file, asked.format)).then(|| format!("{what} `{}`", from_here(file)))
    };
    if let Some(ours) = files.iter().find_map(is_ours) {
        return Err(over(&ours));
    }
    let is_foreign = |(asked, file): &&(&AskedOutput, PathBuf)| {
        FileType::of(file).format().is_some() && !is_report(file, asked.format)
    };
    files.iter().find(is_foreign).map_or(Ok(()), |(_, file)| {
        Err(over(&format!("`{}`, which has the name of a draft and is no such report", from_here(file))))
    })
}

/// What a run reads besides drafts.
fn read_besides(
    args: &CheckArgs,
    projects: &Projects,
    baselines: &Baselines,
) -> Vec<(&'static str, PathBuf)> {
    let mut all = Vec::new();
    all.extend(args.project.config.iter().map(|file| ("the configuration", file.clone())));
    let met: Vec<ProjectId> = projects.met(false).filter(|id| !id.is_none()).collect();
    all.extend(met.iter().map(|id| ("the configuration", projects.get(*id).folder.join(FILE_NAME))));
    all.extend(args.baseline.baseline.iter().map(|file| ("the baseline", file.clone())));
    all.extend(baselines.all.iter().map(|held| ("the baseline", held.place.clone())));
    all.extend(args.select.files_from.iter().map(|file| ("the list", file.clone())));
    all.extend(args.read.stdin_filename.iter().map(|file| ("the draft", file.clone())));
    let packs = projects.met(true).filter_map(|id| packs_of(projects, id, &args.judge.packs).ok()).flatten();
    all.extend(packs.flat_map(files_of).map(|file| ("the pack", file)));
    all
}

/// A file, or those in a folder.
fn files_of(path: PathBuf) -> Vec<PathBuf> {
    let entries = walkdir::WalkDir::new(path).into_iter().filter_map(Result::ok);
    entries.filter(|entry| !entry.file_type().is_dir()).map(walkdir::DirEntry::into_path).collect()
}

/// The file itself, if it is there.
fn place(path: &Path) -> Option<PathBuf> {
    fs::canonicalize(path).ok()
}

fn over(what: &str) -> Complaint {
    Complaint::error(anyhow!("the report would be written over {what}")).help("give it another name")
}

/// Whether a file is empty, or a report of this form; what is no file holds nothing.
fn is_report(path: &Path, format: OutputFormat) -> bool {
    if !fs::metadata(path).is_ok_and(|about| about.is_file()) {
        return true;
    }
    start_of(path).is_ok_and(|start| looks_like(&String::from_utf8_lossy(&start), format))
}

/// Whether a text begins as a report of some form does; one without findings may say nothing.
fn looks_like(start: &str, format: OutputFormat) -> bool {
    let start = start.trim_start_matches('\u{FEFF}').trim();
    let has = |signs: &[&str]| signs.iter().all(|sign| start.contains(sign));
    let is_counted = || has(&["\"rule\":", "\"count\":", "\"fixable\":"]) || start.starts_with("count ");
    start.is_empty()
        || start == "[]"
        || match format {
            OutputFormat::Json => has(&["\"tool\":", "\"sellerlint\""]) || is_counted(),
            OutputFormat::Jsonl => has(&["\"rule\":", "\"severity\":", "\"fingerprint\":"]) || is_counted(),
            OutputFormat::Sarif => start.starts_with('{') && has(&["sarif", "\"runs\""]),
            OutputFormat::Gitlab => {
                start == "[\n]" || has(&["\"check_name\":", "\"fingerprint\":"]) && start.starts_with('[')
            }
            OutputFormat::Html => has(&["what sellerlint found</title>", "Content-Security-Policy"]),
            OutputFormat::Markdown => start.starts_with("<!-- sellerlint -->"),
            OutputFormat::Junit => has(&["<testsuites"]),
            OutputFormat::Checkstyle => has(&["<checkstyle"]),
            OutputFormat::Github => start.starts_with("::") || start.starts_with("sellerlint: "),
            OutputFormat::Full | OutputFormat::Concise => is_for_people(start) || is_counted(),
        }
}

/// How the findings in reports for people begin.
const FINDINGS: &[&str] = &["\nerror[", "\nwarning[", "\nnote["];

/// Whether a text begins as a report for people does: with the verdict, or with a finding and its place.
fn is_for_people(start: &str) -> bool {
    let first = start.lines().next().unwrap_or_default();
    let is_finding = ["error[", "warning[", "note["].iter().any(|sign| first.contains(sign));
    let verdicts = [
        "Do not send",
        "Nothing found",
        "Nothing forbidden",
        "Nothing was ",
        "No message was ",
        "Mend this first",
    ];
    is_finding
        || FINDINGS.iter().any(|sign| start.contains(sign))
        || verdicts.iter().any(|verdict| start.starts_with(verdict))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_no_draft_begins_with_is_surely_a_report() {
        for (start, is_ours) in [
            ("<!-- sellerlint -->\n### Do not send", true),
            ("<!-- sellerlint: allow emoji our logo -->\n\nHello", false),
            ("<!DOCTYPE html>\n<title>what sellerlint found</title>", false),
            ("{\"schema\":1,\"tool\":{\"name\":\"sellerlint\"", true),
            ("{\"rule\":\"emoji\",\"severity\":\"error\",\"fingerprint\":\"1\"}", true),
            ("{\"body\":\"Hello\"}", false),
            ("Do not send: 1 thing Amazon forbids\n\nerror[emoji]: x\n   ╭─[ a.txt:1:7 ]", true),
            ("Do not send the lamp back yet.", false),
            ("a.txt:1:7: error[emoji] `x` is an emoji", true),
            ("The display says: error[7]", false),
            ("", false),
        ] {
            assert_eq!(is_surely_ours(start), is_ours, "{start}");
        }
    }

    #[test]
    fn a_report_is_told_from_a_draft() {
        use OutputFormat::{Concise, Full, Json, Markdown};
        for (format, start, is_report) in [
            (Json, "", true),
            (Json, "[]", true),
            (Json, "{\"schema\":1,\"tool\":{\"name\":\"sellerlint\"", true),
            (Json, "{\"emails\": {\"delay\": \"Your order is late\"}}", false),
            (Concise, "a.txt:1:7: error[emoji] `x` is an emoji", true),
            (Full, "Do not send: 1 thing Amazon forbids\n", true),
            (Full, "Your order is late.", false),
            (Markdown, "<!-- sellerlint -->\n### sellerlint: nothing found", true),
            (Markdown, "<!-- sellerlint: allow emoji our logo -->\n\nHello", false),
        ] {
            assert_eq!(looks_like(start, format), is_report, "{start}");
        }
    }
}
