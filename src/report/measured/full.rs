//! Tables for people: what came of each label, how each rule did, and last what it all came to.

use std::io::{self, Write};

use crate::corpus::{Group, LabelRow, Measured, RuleRow, Score, Share};
use crate::report::Style;
use crate::report::frame::Paint;
use crate::report::shown::{beginning, cells, ellipsis, prose, wrapped};

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
    if !measured.labels.is_empty() {
        pen.table(
            &["label", "wanted", "found", "recall", "exact rule"],
            measured.labels.iter().map(label_row),
            out,
        )?;
    }
    let told = || measured.rules.iter().filter(|rule| rule.right.whole + rule.found.whole > 0);
    if told().next().is_some() {
        let head = ["rule", "hits", "wrong", "misses", "precision", "recall"];
        pen.table(&head, told().map(rule_row), out)?;
    }
    if !measured.groups.is_empty() {
        let head = ["", "messages", "precision", "recall", "f1", "flagged", "alarms", "exact rule"];
        pen.table(&head, measured.groups.iter().map(group_row), out)?;
    }
    pen.names("Never fired", measured.silent.iter().cloned(), out)?;
    let unjudged = measured.rules.iter().filter(|rule| rule.unjudged > 0);
    pen.names(
        "Unjudged, for no label speaks of them",
        unjudged.map(|rule| format!("{} ({})", rule.id, rule.unjudged)),
        out,
    )?;
    if lists.misses {
        let rows = measured.missed.iter();
        pen.list("missed", rows.map(|miss| [&miss.file, &miss.id, &miss.label, words(&miss.words)]), out)?;
    }
    if lists.wrong {
        let rows = measured.wrong.iter();
        pen.list("wrong", rows.map(|wrong| [&wrong.file, &wrong.id, &wrong.rule, words(&wrong.words)]), out)?;
    }
    pen.total(measured, out)
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
    let RuleRow { id, right, found, .. } = row;
    let counts = [right.part, right.rest(), found.rest()].map(|count| count.to_string());
    let shares = [percent(right.ratio()), percent(found.ratio())];
    [id.clone()].into_iter().chain(counts).chain(shares).collect()
}

fn group_row(group: &Group) -> Vec<String> {
    let Group { name, score } = group;
    let ratios = [
        score.precision(),
        score.recall(),
        score.f1(),
        score.flagged.ratio(),
        score.all_alarms().ratio(),
        score.exact.ratio(),
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
    /// Writes a table: its first column begins at the left, the others end at the right.
    fn table(
        self,
        head: &[&str],
        rows: impl Iterator<Item = Vec<String>>,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let rows: Vec<Vec<String>> =
            rows.map(|row| row.iter().map(|cell| prose(cell, self.style.ascii)).collect()).collect();
        let widths: Vec<usize> = head
            .iter()
            .enumerate()
            .map(|(column, name)| {
                rows.iter()
                    .map(|row| cells(&row[column], self.style.ascii))
                    .chain([name.len()])
                    .max()
                    .unwrap_or(0)
            })
            .collect();
        let head: Vec<String> = head.iter().map(|name| (*name).to_owned()).collect();
        writeln!(out, "{}", self.style.painted(Paint::Strong, &self.line(&head, &widths)))?;
        for row in &rows {
            writeln!(out, "{}", self.line(row, &widths))?;
        }
        writeln!(out)
    }

    fn line(self, row: &[String], widths: &[usize]) -> String {
        let mut line = String::new();
        for (column, (cell, width)) in row.iter().zip(widths).enumerate() {
            let gap = " ".repeat(width.saturating_sub(cells(cell, self.style.ascii)));
            if column == 0 {
                line.push_str(cell);
                line.push_str(&gap);
            } else {
                line.push_str("  ");
                line.push_str(&gap);
                line.push_str(cell);
            }
        }
        line.trim_end().to_owned()
    }

    /// Writes names in a paragraph.
    fn names(self, title: &str, names: impl Iterator<Item = String>, out: &mut dyn Write) -> io::Result<()> {
        let names: Vec<String> = names.collect();
        if names.is_empty() {
            return Ok(());
        }
        for line in wrapped(&format!("{title}: {}", names.join(", ")), self.style.width, self.style.ascii) {
            writeln!(out, "{line}")?;
        }
        writeln!(out)
    }

    /// Writes a list of places with their words, a line each.
    fn list<'r>(
        self,
        title: &str,
        rows: impl Iterator<Item = [&'r str; 4]>,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let mut is_empty = true;
        for [file, id, name, words] in rows {
            is_empty = false;
            let place = prose(&format!("{title}  {file} {id}  {name}  "), self.style.ascii);
            let words = prose(words, self.style.ascii);
            let room = self.style.width.saturating_sub(cells(&place, self.style.ascii)).max(40);
            let start = beginning(&words, room, self.style.ascii);
            let more = if start.len() < words.len() { ellipsis(self.style.ascii) } else { "" };
            writeln!(out, "{place}{start}{more}")?;
        }
        if is_empty { Ok(()) } else { writeln!(out) }
    }

    /// Writes what it all came to.
    fn total(self, measured: &Measured, out: &mut dyn Write) -> io::Result<()> {
        let Score { messages, right, found, exact, flagged, alarms } = &measured.total;
        let score = &measured.total;
        let all = score.all_alarms();
        let of = |share: &Share, what: &str| format!("{} of {} {what}", share.part, share.whole);
        let by_kind: Vec<String> =
            alarms.iter().map(|(kind, share)| format!("{kind} {} of {}", share.part, share.whole)).collect();
        let by_kind = if by_kind.is_empty() { String::new() } else { format!(": {}", by_kind.join(", ")) };
        let left_out = [
            (measured.doubtful, "doubtful messages"),
            (measured.unasked, "labels that no rule is asked for"),
        ];
        let left_out: Vec<String> = left_out
            .iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, what)| format!("{count} {what}"))
            .collect();
        let left_out =
            if left_out.is_empty() { String::new() } else { format!("left out: {}", left_out.join(", ")) };
        let lines = [
            ("messages", messages.to_string(), left_out),
            ("precision", percent(score.precision()), of(right, "findings are right")),
            ("recall", percent(score.recall()), of(found, "labels were found")),
            ("f1", percent(score.f1()), String::new()),
            ("exact rule", percent(exact.ratio()), of(exact, "labels, by the rule that names them")),
            ("flagged", percent(flagged.ratio()), of(flagged, "messages with such a label have a finding")),
            ("alarms", percent(all.ratio()), format!("{}{by_kind}", of(&all, "clean messages have one"))),
        ];
        for (name, value, words) in lines {
            let line = format!("{name:<10}  {value:>6}  {words}");
            writeln!(out, "{}", line.trim_end())?;
        }
        Ok(())
    }
}
