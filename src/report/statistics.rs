//! How often each rule was broken, instead of where: a table for people, objects for programs.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::sync::Arc;

use serde::Serialize;

use crate::finding::{Finding, RuleId};
use crate::fix::Applicability;
use crate::lint::FileReport;

use super::{Manual, OutputFormat};

/// The counts under way.
#[derive(Debug)]
pub(super) struct Statistics {
    form: Form,
    manual: Arc<Manual>,
    by_rule: BTreeMap<RuleId, Counts>,
}

#[derive(Debug, Clone, Copy)]
enum Form {
    Table,
    Array,
    Lines,
}

#[derive(Debug, Clone, Copy, Default)]
struct Counts {
    findings: usize,
    fixable: usize,
    fixable_unsafely: usize,
}

/// A line of the table, and an object of the JSON.
#[derive(Debug, Serialize)]
struct Row<'a> {
    rule: &'a str,
    title: &'a str,
    count: usize,
    fixable: usize,
    fixable_unsafely: usize,
}

impl Statistics {
    /// Nothing counted yet; `None` for a format that has no form for counts.
    pub(super) fn new(format: OutputFormat, manual: Arc<Manual>) -> Option<Self> {
        let form = match format {
            OutputFormat::Full | OutputFormat::Concise => Form::Table,
            OutputFormat::Json => Form::Array,
            OutputFormat::Jsonl => Form::Lines,
            _ => return None,
        };
        Some(Self { form, manual, by_rule: BTreeMap::new() })
    }

    /// Counts a file, or a block of its records.
    pub(super) fn file(&mut self, file: &FileReport) {
        let findings = file.messages.iter().flat_map(|message| &message.findings);
        findings.for_each(|finding| self.count(finding));
    }

    fn count(&mut self, finding: &Finding) {
        let counts = self.by_rule.entry(finding.rule.clone()).or_default();
        let degree = finding.fix.as_ref().map(|fix| fix.applicability);
        counts.findings += 1;
        counts.fixable += usize::from(degree == Some(Applicability::Safe));
        counts.fixable_unsafely += usize::from(degree == Some(Applicability::Unsafe));
    }

    /// Writes the counts, the commonest rule first.
    pub(super) fn finish(&self, out: &mut dyn Write) -> io::Result<()> {
        let rows = self.rows();
        match self.form {
            Form::Table => table(&rows, out),
            Form::Array => {
                serde_json::to_writer_pretty(&mut *out, &rows)?;
                writeln!(out)
            }
            Form::Lines => rows.iter().try_for_each(|row| {
                serde_json::to_writer(&mut *out, row)?;
                writeln!(out)
            }),
        }
    }

    fn rows(&self) -> Vec<Row<'_>> {
        let mut rows: Vec<Row<'_>> =
            self.by_rule.iter().map(|(rule, counts)| self.row(rule, *counts)).collect();
        rows.sort_by(|a, b| b.count.cmp(&a.count).then(a.rule.cmp(b.rule)));
        rows
    }

    fn row<'a>(&'a self, rule: &'a RuleId, counts: Counts) -> Row<'a> {
        Row {
            rule: rule.as_str(),
            title: self.manual.page(rule).map_or("", |page| page.title.as_str()),
            count: counts.findings,
            fixable: counts.fixable,
            fixable_unsafely: counts.fixable_unsafely,
        }
    }
}

fn table(rows: &[Row<'_>], out: &mut dyn Write) -> io::Result<()> {
    if rows.is_empty() {
        return writeln!(out, "Nothing was found.");
    }
    let width = |text: fn(&Row<'_>) -> usize, least: usize| rows.iter().map(text).fold(least, usize::max);
    let (rule, title) = (width(|row| row.rule.len(), 4), width(|row| row.title.chars().count(), 5));
    writeln!(out, "{:>5}  {:rule$}  {:title$}  fixable", "count", "rule", "title")?;
    for row in rows {
        let line = format!("{:>5}  {:rule$}  {:title$}  {}", row.count, row.rule, row.title, fixable(row));
        writeln!(out, "{}", line.trim_end())?;
    }
    let count: usize = rows.iter().map(|row| row.count).sum();
    writeln!(out, "{count:>5}  in all")
}

fn fixable(row: &Row<'_>) -> String {
    match (row.fixable, row.fixable_unsafely) {
        (0, 0) => String::new(),
        (safely, 0) => safely.to_string(),
        (0, unsafely) => format!("{unsafely} unsafely"),
        (safely, unsafely) => format!("{safely}, {unsafely} unsafely"),
    }
}
