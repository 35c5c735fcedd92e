//! Tables for people: what came of each label, how each rule did, and last what it all came to.

use std::io::{self, Write};

use crate::corpus::{Group, LabelRow, Measured, RuleRow, Score, Share};
use crate::report::Style;
use crate::report::frame::Paint;
use crate::report::shown::{beginning, cells, ellipsis, prose, wrapped};
use crate::report::wording::counted;

/// Which messages are listed below the tables.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Lists {
    /// Those with a label that nobody found.
    pub misses: bool,
    /// Those with a finding that is wrong.
    pub wrong: bool,
}

/// How a table without a value in a place says so.
const NOTHING: &str = "-";

/// Writes the tables, and the lists that are wanted.
pub fn full(measured: &Measured, lists: Lists, style: Style, out: &mut dyn Write) -> io::Result<()> {
    let pen = Pen { style };
    let Measured { labels, rules, groups, silent, missed, wrong, .. } = measured;
    let label_head = ["label", "wanted", "found", "recall", "exact rule"];
    pen.table(&label_head, labels.iter().map(label_row), out)?;
    let rule_head = ["rule", "fired", "hits", "wrong", "misses", "precision", "recall"];
    pen.table(&rule_head, rules.iter().map(rule_row), out)?;
    let group_head = ["", "messages", "precision", "recall", "f1", "exact rule", "flagged", "alarms"];
    pen.table(&group_head, groups.iter().map(group_row), out)?;
    pen.names("Never fired", silent.iter().cloned(), out)?;
    let unjudged = rules.iter().filter(|rule| rule.unjudged > 0);
    let unjudged = unjudged.map(|rule| format!("{} ({})", rule.id, rule.unjudged));
    pen.names("Not judged, because no label speaks of them", unjudged, out)?;
    if lists.misses {
        let rows = missed.iter().map(|miss| [&miss.file, &miss.id, &miss.label, words(&miss.words)]);
        pen.list("missed", rows, out)?;
    }
    if lists.wrong {
        let rows = wrong.iter().map(|wrong| [&wrong.file, &wrong.id, &wrong.rule, words(&wrong.words)]);
        pen.list("wrong", rows, out)?;
    }
    pen.totals(measured, out)
}

fn label_row(row: &LabelRow) -> Vec<String> {
    let LabelRow { name, found, exact } = row;
    vec![
        name.clone(),
        found.whole.to_string(),
        found.part.to_string(),
        percent(found.ratio()),
        percent(exact.ratio()),
    ]
}

fn rule_row(row: &RuleRow) -> Vec<String> {
    let RuleRow { id, fired, right, found, .. } = row;
    let counts = [*fired, right.part, right.rest(), found.rest()].map(|count| count.to_string());
    let shares = [percent(right.ratio()), percent(found.ratio())];
    [id.clone()].into_iter().chain(counts).chain(shares).collect()
}

fn group_row(group: &Group) -> Vec<String> {
    let Group { name, score } = group;
    let ratios = [
        score.precision(),
        score.recall(),
        score.f1(),
        score.exact.ratio(),
        score.flagged.ratio(),
        score.all_alarms().ratio(),
    ];
    let name = name.clone().unwrap_or_else(|| "(none)".to_owned());
    [name, score.messages.to_string()].into_iter().chain(ratios.map(percent)).collect()
}

fn words(words: &Option<String>) -> &str {
    words.as_deref().unwrap_or("(the whole message)")
}

fn percent(ratio: Option<f64>) -> String {
    ratio.map_or(NOTHING.to_owned(), |ratio| format!("{:.1}%", ratio * 100.0))
}

/// Writes in one style.
#[derive(Clone, Copy)]
struct Pen {
    style: Style,
}

impl Pen {
    /// Writes a table, if it has rows: its first column begins at the left, the others end at the right.
    fn table(
        self,
        head: &[&str],
        rows: impl Iterator<Item = Vec<String>>,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let rows: Vec<Vec<String>> =
            rows.map(|row| row.iter().map(|cell| self.shown(cell)).collect()).collect();
        if rows.is_empty() {
            return Ok(());
        }
        let head: Vec<String> = head.iter().map(|name| (*name).to_owned()).collect();
        let all = || rows.iter().chain([&head]);
        let width = |column: usize| all().map(|row| self.cells(&row[column])).max().unwrap_or(0);
        let widths: Vec<usize> = (0..head.len()).map(width).collect();
        writeln!(out, "{}", self.style.painted(Paint::Strong, &self.line(&head, &widths)))?;
        for row in &rows {
            writeln!(out, "{}", self.line(row, &widths))?;
        }
        writeln!(out)
    }

    fn line(self, row: &[String], widths: &[usize]) -> String {
        let columns = row.iter().zip(widths).enumerate().map(|(column, (cell, width))| {
            let gap = " ".repeat(width.saturating_sub(self.cells(cell)));
            if column == 0 { format!("{cell}{gap}") } else { format!("{gap}{cell}") }
        });
        columns.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    }

    /// Writes names, if there are any, as a paragraph.
    fn names(self, title: &str, names: impl Iterator<Item = String>, out: &mut dyn Write) -> io::Result<()> {
        let names: Vec<String> = names.collect();
        if names.is_empty() {
            return Ok(());
        }
        let text = format!("{title}: {}", names.join(", "));
        for line in wrapped(&text, self.style.width, self.style.ascii) {
            writeln!(out, "{line}")?;
        }
        writeln!(out)
    }

    /// Writes places with their words, a line each.
    fn list<'r>(
        self,
        title: &str,
        rows: impl Iterator<Item = [&'r str; 4]>,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        const LEAST_ROOM: usize = 40;
        let mut rows = rows.peekable();
        if rows.peek().is_none() {
            return Ok(());
        }
        for [file, id, name, words] in rows {
            let place = self.shown(&format!("{title}  {file} {id}  {name}  "));
            let words = self.shown(words);
            let room = self.style.width.saturating_sub(self.cells(&place)).max(LEAST_ROOM);
            let start = beginning(&words, room, self.style.ascii);
            let more = if start.len() < words.len() { ellipsis(self.style.ascii) } else { "" };
            writeln!(out, "{place}{start}{more}")?;
        }
        writeln!(out)
    }

    /// Writes what it all came to.
    fn totals(self, measured: &Measured, out: &mut dyn Write) -> io::Result<()> {
        let score = &measured.total;
        let Score { messages, right, found, exact, flagged, .. } = score;
        let alarms = score.all_alarms();
        let lines = [
            ("messages", messages.to_string(), left_out(measured)),
            ("precision", percent(score.precision()), of(*right, "findings are right")),
            ("recall", percent(score.recall()), of(*found, "labels were found")),
            ("f1", percent(score.f1()), String::new()),
            ("exact rule", percent(exact.ratio()), of(*exact, "labels were found by the rule for them")),
            ("flagged", percent(flagged.ratio()), of(*flagged, "messages with a label have a finding")),
            ("alarms", percent(alarms.ratio()), alarms_by_kind(score)),
        ];
        for (name, value, words) in lines {
            writeln!(out, "{}", format!("{name:<10}  {value:>6}  {words}").trim_end())?;
        }
        Ok(())
    }

    fn shown(self, text: &str) -> String {
        prose(text, self.style.ascii)
    }

    fn cells(self, text: &str) -> usize {
        cells(text, self.style.ascii)
    }
}

fn of(share: Share, what: &str) -> String {
    format!("{} of {} {what}", share.part, share.whole)
}

fn alarms_by_kind(score: &Score) -> String {
    let kinds: Vec<String> = score
        .alarms
        .iter()
        .map(|(kind, share)| format!("{kind} {} of {}", share.part, share.whole))
        .collect();
    let kinds = if kinds.is_empty() { String::new() } else { format!(" ({})", kinds.join(", ")) };
    format!("{}{kinds}", of(score.all_alarms(), "clean messages have a finding"))
}

fn left_out(measured: &Measured) -> String {
    let (doubtful, unasked) = (measured.doubtful, measured.unasked);
    let doubtful = (doubtful > 0).then(|| counted(doubtful, "doubtful message"));
    let unasked =
        (unasked > 0).then(|| format!("{} that the settings do not ask for", counted(unasked, "label")));
    let what: Vec<String> = doubtful.into_iter().chain(unasked).collect();
    if what.is_empty() { String::new() } else { format!("left out: {}", what.join(", ")) }
}
