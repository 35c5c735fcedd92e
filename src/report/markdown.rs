//! Markdown for a comment on a pull request: the verdict, then what is forbidden, in tables by file; warnings and notes
//! are folded away.
//!
//! GitHub takes 65,536 characters a comment. Each severity has its own room, so that no heap of notes can push an error
//! out; what finds no room is counted. Nothing in a message can end its cell, become a link, or call a person: signs
//! that mean something are written as character references, and `@` and `#` are torn from what follows.

use std::collections::BTreeSet;
use std::io::{self, Write};
use std::sync::Arc;

use crate::finding::{FieldName, Finding, RuleId, Severity};
use crate::lint::{FileReport, MessageReport};

use super::shown::{prose, shown};
use super::wording::{checked, counted, message_name, total};
use super::{Manual, Summary};

/// Bytes for each severity; what is left of 65,536 is for the rest.
const ROOM: [(Severity, usize); 3] =
    [(Severity::Error, 36_000), (Severity::Warning, 14_000), (Severity::Note, 6_000)];
/// Bytes for what rules say of themselves.
const RULES_ROOM: usize = 5_000;
/// Bytes for files that could not be read.
const UNREAD_ROOM: usize = 2_500;

/// A comment under way.
#[derive(Debug)]
pub(super) struct Markdown {
    manual: Arc<Manual>,
    sections: [Section; 3],
    rules: BTreeSet<RuleId>,
}

/// Findings of one severity, as far as there is room.
#[derive(Debug)]
struct Section {
    severity: Severity,
    room: usize,
    text: String,
    open: Option<String>,
    shown: usize,
    is_full: bool,
}

impl Markdown {
    /// A comment without findings.
    pub(super) fn new(manual: Arc<Manual>) -> Self {
        Self {
            manual,
            sections: ROOM.map(|(severity, room)| Section::new(severity, room)),
            rules: BTreeSet::new(),
        }
    }

    /// Takes the findings of a file.
    pub(super) fn file(&mut self, file: &FileReport) {
        for message in &file.messages {
            for finding in &message.findings {
                for section in self.sections.iter_mut().filter(|section| section.severity == finding.severity)
                {
                    if section.add(&file.path, message, finding) {
                        self.rules.insert(finding.rule.clone());
                    }
                }
            }
        }
    }

    /// Writes the comment.
    pub(super) fn finish(self, summary: &Summary, out: &mut dyn Write) -> io::Result<()> {
        let heading = match summary.findings() {
            0 if summary.messages == 0 => "nothing was checked".to_owned(),
            0 => "nothing found".to_owned(),
            _ => total(summary),
        };
        // A workflow that keeps one comment up to date knows it by its first line.
        writeln!(out, "<!-- sellerlint -->\n### sellerlint: {}\n", inline(&heading, Where::Line))?;
        let counts = [summary.errors, summary.warnings, summary.notes];
        for (section, count) in self.sections.iter().zip(counts) {
            section.write(count, out)?;
        }
        write_unread(summary, out)?;
        self.write_rules(out)?;
        writeln!(out, "{}", inline(&checked(summary), Where::Line))
    }

    /// What the rules met say of themselves, each on a line.
    fn write_rules(&self, out: &mut dyn Write) -> io::Result<()> {
        let mut list = String::new();
        for rule in &self.rules {
            let Some(page) = self.manual.page(rule) else { continue };
            let source = page.url.as_ref().map_or(String::new(), |url| format!(" ([source](<{url}>))"));
            let line = format!("- {}: {}{source}\n", code(rule.as_str()), inline(&page.title, Where::Line));
            if list.len() + line.len() > RULES_ROOM {
                break;
            }
            list.push_str(&line);
        }
        match list.is_empty() {
            true => Ok(()),
            false => folded("About these rules", &list, out),
        }
    }
}

/// Names files that could not be read, as far as there is room.
fn write_unread(summary: &Summary, out: &mut dyn Write) -> io::Result<()> {
    if summary.unread.is_empty() {
        return Ok(());
    }
    let mut list = String::new();
    let lines = summary
        .unread
        .iter()
        .map(|unread| format!("- {}: {}\n", code(&unread.path), inline(&unread.reason, Where::Line)));
    let shown = lines
        .take_while(|line| {
            let has_room = list.len() + line.len() <= UNREAD_ROOM;
            if has_room {
                list.push_str(line);
            }
            has_room
        })
        .count();
    if shown < summary.unread.len() {
        list.push_str(&format!("- {}\n", counted(summary.unread.len() - shown, "more file")));
    }
    writeln!(out, "**Could not be read**\n\n{list}")
}

impl Section {
    fn new(severity: Severity, room: usize) -> Self {
        Self { severity, room, text: String::new(), open: None, shown: 0, is_full: false }
    }

    /// Takes a finding, and says whether there was room for it.
    fn add(&mut self, path: &str, message: &MessageReport, finding: &Finding) -> bool {
        if self.is_full {
            return false;
        }
        let mut piece = String::new();
        if self.open.as_deref() != Some(path) {
            let gap = if self.open.is_some() { "\n" } else { "" };
            piece = format!(
                "{gap}**{}**\n\n| place | rule | what is wrong | what to do |\n|---|---|---|---|\n",
                code(path)
            );
        }
        piece.push_str(&row(message, finding));
        if self.text.len() + piece.len() > self.room {
            self.is_full = true;
            return false;
        }
        self.text.push_str(&piece);
        self.open = Some(path.to_owned());
        self.shown += 1;
        true
    }

    /// Writes what there was room for, and how many there are besides.
    fn write(&self, count: usize, out: &mut dyn Write) -> io::Result<()> {
        if count == 0 {
            return Ok(());
        }
        let mut text = self.text.clone();
        if self.shown < count {
            let rest = counted(count - self.shown, self.severity.name());
            let start = if self.shown > 0 { "\nAnd" } else { "There are" };
            text.push_str(&format!("{start} {rest} more than this comment has room for.\n"));
        }
        match self.severity {
            Severity::Error => writeln!(out, "{text}"),
            Severity::Warning | Severity::Note => folded(&counted(count, self.severity.name()), &text, out),
        }
    }
}

/// Text that is seen once its title is pressed.
fn folded(title: &str, text: &str, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "<details>\n<summary>{title}</summary>\n\n{text}\n</details>\n")
}

fn row(message: &MessageReport, finding: &Finding) -> String {
    let cell = |text: &str| inline(text, Where::Cell);
    format!(
        "| {} | {} | {} | {} |\n",
        cell(&place(message, finding)),
        code(finding.rule.as_str()),
        cell(&finding.message),
        cell(&finding.help)
    )
}

/// Where a finding stands in its file.
fn place(message: &MessageReport, finding: &Finding) -> String {
    let record = message.record.as_ref().map(|_| format!("{}, ", message_name(message))).unwrap_or_default();
    let start = finding.place.start;
    let place = format!("{record}line {}, column {}", start.line, start.column);
    match &finding.page {
        _ if finding.is_whole_message() && finding.field != FieldName::Metadata => {
            format!("{record}the whole message")
        }
        Some(page) if record.is_empty() => format!("{place}, {} line {}", page.name, page.start.line),
        _ => place,
    }
}

/// Where a text stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Where {
    Line,
    Cell,
}

/// Paragraphs of plain text as Markdown; what is in backticks becomes code.
pub(super) fn paragraphs(text: &str) -> String {
    let paragraphs: Vec<String> = text.split("\n\n").map(|text| whole(text, Where::Line)).collect();
    paragraphs.join("\n\n")
}

/// A sentence or two; what is in backticks becomes code.
fn inline(text: &str, place: Where) -> String {
    whole(&prose(text, false), place)
}

fn whole(text: &str, place: Where) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let text = shown(&words.join(" "), false);
    let pieces: Vec<&str> = text.split('`').collect();
    // A backtick that has no other is one that was quoted.
    if pieces.len().is_multiple_of(2) {
        return plain(&text);
    }
    let piece = |(at, piece): (usize, &&str)| match at.is_multiple_of(2) {
        true => plain(piece),
        false if is_code(piece, place) => format!("`{piece}`"),
        false => plain(&format!("`{piece}`")),
    };
    pieces.iter().enumerate().map(piece).collect()
}

/// Whether some words can stand in backticks as they are: a cell would end at a bar even there.
fn is_code(words: &str, place: Where) -> bool {
    let is_whole = place == Where::Line || !words.contains(['|', '\\']);
    is_whole && !words.trim().is_empty()
}

/// A name as code.
fn code(name: &str) -> String {
    let name = shown(name, false);
    if is_code(&name, Where::Cell) && !name.contains('`') { format!("`{name}`") } else { plain(&name) }
}

/// Words that mean nothing but themselves.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    for (at, c) in text.char_indices() {
        match c {
            '@' | '#' => out.push_str(&format!("&#{};&#8203;", u32::from(c))),
            ':' if text[at + 1..].starts_with(char::is_whitespace) || at + 1 == text.len() => out.push(c),
            '&' | '<' | '>' | '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '$' | ':' => {
                out.push_str(&format!("&#{};", u32::from(c)));
            }
            '-' | '+' | '=' if at == 0 => out.push_str(&format!("&#{};", u32::from(c))),
            '.' | ')' if begins_a_list(&text[..at]) || ends_in_www(&text[..at]) => {
                out.push_str(&format!("&#{};", u32::from(c)));
            }
            c => out.push(c),
        }
    }
    out
}

fn begins_a_list(before: &str) -> bool {
    before.len() < 10 && !before.is_empty() && before.bytes().all(|byte| byte.is_ascii_digit())
}

fn ends_in_www(before: &str) -> bool {
    let end = before.len().saturating_sub(3);
    before.get(end..).is_some_and(|end| end.eq_ignore_ascii_case("www"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_mean_nothing_but_themselves() {
        for (text, wanted) in [
            ("`20% off` is a reward", "`20% off` is a reward"),
            ("`a|b` and `c`", "&#96;a&#124;b&#96; and `c`"),
            ("one ` alone", "one &#96; alone"),
            ("<b>x</b> & *y*", "&#60;b&#62;x&#60;/b&#62; &#38; &#42;y&#42;"),
            ("ask @anna about #12", "ask &#64;&#8203;anna about &#35;&#8203;12"),
            ("see WWW.example.com, https://example.com", "see WWW&#46;example.com, https&#58;//example.com"),
            ("[a](b) ![c](d)", "&#91;a&#93;(b) !&#91;c&#93;(d)"),
            ("1. one", "1&#46; one"),
            ("so: :smile: or 1:2:", "so: &#58;smile: or 1&#58;2:"),
            ("- one\n| two", "&#45; one &#124; two"),
            ("``", "&#96;&#96;"),
        ] {
            assert_eq!(inline(text, Where::Cell), wanted, "{text}");
        }
    }

    #[test]
    fn a_name_is_code_if_it_can_be() {
        for (name, wanted) in [("a b.txt", "`a b.txt`"), ("a`b|c", "a&#96;b&#124;c"), ("", "")] {
            assert_eq!(code(name), wanted);
        }
    }
}
