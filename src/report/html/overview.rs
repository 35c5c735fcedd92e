//! What it all came to, as words, numbers and bars. It is counted while the messages pass, and stands below them in the
//! file; the style sheet puts it on top.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::io::{self, Write};

use crate::finding::{RuleId, Severity};
use crate::lint::MessageReport;

use super::super::wording::{checked, counted, in_configuration, label};
use super::super::{Manual, Summary};
use super::escaped::Words;
use super::explained::Pieces;
use super::message::{class, title_of};

/// Files that have a bar of their own.
const FILES: usize = 50;
/// Bars of a chart that are not folded away.
const OPEN_BARS: usize = 10;

/// Findings by severity; compares as what is worse.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Tally {
    errors: usize,
    warnings: usize,
    notes: usize,
}

/// Where something was found first, and how much.
#[derive(Debug, Clone, Default)]
struct Count {
    tally: Tally,
    first: String,
}

/// Findings by rule and by file. Of files only the worst are kept, so that it does not grow with their number.
#[derive(Debug, Default)]
pub(super) struct Counts {
    by_rule: BTreeMap<RuleId, Count>,
    worst_files: Vec<(String, Count)>,
    open_file: Option<(String, Count)>,
    files: usize,
}

impl Counts {
    /// Counts a message, the `number`th of the report.
    pub(super) fn add(&mut self, path: &str, message: &MessageReport, number: usize) {
        if message.findings.is_empty() {
            return;
        }
        if self.open_file.as_ref().is_none_or(|(open, _)| open != path) {
            self.close_file();
            self.open_file =
                Some((path.to_owned(), Count { first: format!("a{number}"), ..Count::default() }));
        }
        for (at, finding) in message.findings.iter().enumerate() {
            let count = self.by_rule.entry(finding.rule.clone()).or_default();
            count.tally.add(finding.severity);
            if count.first.is_empty() {
                count.first = format!("f{number}-{}", at + 1);
            }
            self.open_file.iter_mut().for_each(|(_, count)| count.tally.add(finding.severity));
        }
    }

    fn close_file(&mut self) {
        let Some(file) = self.open_file.take() else { return };
        self.files += 1;
        let at = self.worst_files.partition_point(|(_, count)| count.tally >= file.1.tally);
        self.worst_files.insert(at, file);
        self.worst_files.truncate(FILES);
    }

    /// Writes the overview.
    pub(super) fn write(mut self, summary: &Summary, manual: &Manual, out: &mut dyn Write) -> io::Result<()> {
        self.close_file();
        let state = if summary.errors > 0 {
            "error"
        } else if summary.warnings > 0 {
            "warning"
        } else {
            "fine"
        };
        writeln!(out, "<section id=\"overview\" class=\"{state}\" aria-label=\"Overview\">")?;
        writeln!(out, "<div class=\"head\">{}<div><h1>{}</h1>", icon(state), headline(summary))?;
        writeln!(out, "<p class=\"checked\">{}</p></div></div>", Pieces(&checked(summary)))?;
        write_unread(summary, out)?;
        if summary.findings() > 0 {
            write_numbers(summary, out)?;
            self.write_bars(manual, out)?;
            self.write_filter(manual, out)?;
        }
        out.write_all(b"</section>\n")
    }

    fn write_bars(&self, manual: &Manual, out: &mut dyn Write) -> io::Result<()> {
        let mut rules: Vec<(&RuleId, &Count)> = self.by_rule.iter().collect();
        rules.sort_by_key(|(_, count)| Reverse(count.tally));
        let rules: Vec<_> = rules.into_iter().map(|(rule, count)| (title_of(manual, rule), count)).collect();
        out.write_all(b"<div class=\"charts\"><section><h2>What was found</h2>")?;
        write_chart(&rules, out)?;
        out.write_all(b"</section>\n")?;
        if self.files > 1 {
            let files: Vec<_> = self.worst_files.iter().map(|(path, count)| (path.as_str(), count)).collect();
            out.write_all(b"<section><h2>Where it was found</h2>")?;
            write_chart(&files, out)?;
            if self.files > files.len() {
                let (shown, files) = (files.len(), self.files);
                write!(out, "<p class=\"more\">These are the {shown} worst of {files} files.</p>")?;
            }
            out.write_all(b"</section>\n")?;
        }
        out.write_all(b"</div>\n")
    }

    /// The form that leaves out what is not looked for. Nothing but the script can do that, so the script shows it.
    fn write_filter(&self, manual: &Manual, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(b"<form id=\"filter\" role=\"search\" hidden>\n<label>Search <input type=\"search\" id=\"words\" placeholder=\"words, file, rule\"></label>\n")?;
        out.write_all(b"<label>Rule <select id=\"rule\"><option value=\"\">all</option>")?;
        for rule in self.by_rule.keys() {
            let title = Words(title_of(manual, rule));
            write!(out, "<option value=\"{}\">{title}</option>", Words(rule.as_str()))?;
        }
        out.write_all(b"</select></label>\n<fieldset><legend>Show</legend>")?;
        for severity in Severity::ALL.iter().rev() {
            let name = class(*severity);
            write!(
                out,
                "<label class=\"{name}\"><input type=\"checkbox\" name=\"severity\" value=\"{name}\" checked> {}</label>",
                label(*severity)
            )?;
        }
        out.write_all(b"</fieldset>\n<output id=\"shown\" aria-live=\"polite\"></output>\n</form>\n")
    }
}

/// Names files that could not be read, some of many.
fn write_unread(summary: &Summary, out: &mut dyn Write) -> io::Result<()> {
    if summary.unread.is_empty() {
        return Ok(());
    }
    out.write_all(b"<section class=\"unread\"><h2>What could not be read</h2><ul>")?;
    for unread in summary.unread.iter().take(FILES) {
        write!(out, "<li><b>{}</b>: {}</li>", Words(&unread.path), Pieces(&unread.reason))?;
    }
    if let more @ 1.. = summary.unread.len().saturating_sub(FILES) {
        write!(out, "<li>{}</li>", counted(more, "more file"))?;
    }
    out.write_all(b"</ul></section>\n")
}

impl Tally {
    fn add(&mut self, severity: Severity) {
        match severity {
            Severity::Error => self.errors += 1,
            Severity::Warning => self.warnings += 1,
            Severity::Note => self.notes += 1,
        }
    }

    fn total(self) -> usize {
        self.errors + self.warnings + self.notes
    }

    fn parts(self) -> [(Severity, usize); 3] {
        [(Severity::Error, self.errors), (Severity::Warning, self.warnings), (Severity::Note, self.notes)]
    }
}

/// What to do, in a few words.
fn headline(summary: &Summary) -> String {
    let &Summary { errors, warnings, messages, messages_with_errors, .. } = summary;
    match (errors, warnings) {
        _ if messages == 0 => "No message was checked".to_owned(),
        _ if summary.in_configuration > 0 && messages_with_errors == 0 => {
            in_configuration(summary.in_configuration)
        }
        (0, 0) if summary.findings() == 0 => "Nothing was found".to_owned(),
        (0, 0) => "Nothing forbidden was found".to_owned(),
        (0, _) => "Can be sent, but read this first".to_owned(),
        _ if errors == summary.error_notices => "Mend this first".to_owned(),
        _ if messages == 1 => "Do not send this message".to_owned(),
        _ => format!("Do not send {messages_with_errors} of {messages} messages"),
    }
}

fn write_numbers(summary: &Summary, out: &mut dyn Write) -> io::Result<()> {
    let tally = Tally { errors: summary.errors, warnings: summary.warnings, notes: summary.notes };
    out.write_all(b"<ul class=\"numbers\">")?;
    for (severity, count) in tally.parts().into_iter().filter(|(_, count)| *count > 0) {
        write!(out, "<li class=\"{}\"><b>{count}</b> {}</li>", class(severity), label(severity))?;
    }
    if summary.suppressed > 0 {
        write!(out, "<li><b>{}</b> accepted</li>", summary.suppressed)?;
    }
    out.write_all(b"</ul>\n")
}

/// Names with their bars; those after the first few are folded away.
fn write_chart(rows: &[(&str, &Count)], out: &mut dyn Write) -> io::Result<()> {
    let most = rows.iter().map(|(_, count)| count.tally.total()).max().unwrap_or(1);
    let (first, rest) = rows.split_at(rows.len().min(OPEN_BARS));
    write_rows(first, most, out)?;
    if rest.is_empty() {
        return Ok(());
    }
    write!(out, "<details><summary>{} more</summary>", rest.len())?;
    write_rows(rest, most, out)?;
    out.write_all(b"</details>\n")
}

fn write_rows(rows: &[(&str, &Count)], most: usize, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(b"<ol class=\"bars\">\n")?;
    rows.iter().try_for_each(|(name, count)| write_bar(name, count, most, out))?;
    out.write_all(b"</ol>\n")
}

/// A name, how often, and the same as a picture.
fn write_bar(name: &str, count: &Count, most: usize, out: &mut dyn Write) -> io::Result<()> {
    let parts = || count.tally.parts().into_iter().filter(|(_, count)| *count > 0);
    let words: Vec<String> = parts().map(|(severity, number)| counted(number, severity.name())).collect();
    write!(
        out,
        "<li><a href=\"#{}\">{}</a> <span class=\"count\">{}</span><svg class=\"bar\" role=\"img\" aria-label=\"{}\">",
        count.first,
        Words(name),
        count.tally.total(),
        words.join(", ")
    )?;
    let percent = |number: usize| 100.0 * number as f64 / most as f64;
    let mut at = 0;
    for (severity, number) in parts() {
        let (x, width) = (percent(at), percent(number));
        write!(
            out,
            "<rect class=\"{}\" x=\"{x:.2}%\" width=\"{width:.2}%\" height=\"100%\"/>",
            class(severity)
        )?;
        at += number;
    }
    out.write_all(b"</svg></li>\n")
}

/// A sign beside the headline, which says the same.
fn icon(state: &str) -> &'static str {
    match state {
        "error" => {
            "<svg class=\"icon\" viewBox=\"0 0 24 24\" aria-hidden=\"true\"><circle cx=\"12\" cy=\"12\" r=\"11\"/><path d=\"M8 8l8 8M16 8l-8 8\"/></svg>"
        }
        "warning" => {
            "<svg class=\"icon\" viewBox=\"0 0 24 24\" aria-hidden=\"true\"><circle cx=\"12\" cy=\"12\" r=\"11\"/><path d=\"M12 6.5v7M12 17.2v.1\"/></svg>"
        }
        _ => {
            "<svg class=\"icon\" viewBox=\"0 0 24 24\" aria-hidden=\"true\"><circle cx=\"12\" cy=\"12\" r=\"11\"/><path d=\"M7.5 12.5l3 3 6-7\"/></svg>"
        }
    }
}
