//! One message: what the buyer would see, with the offences marked in it, and each of them explained.

use std::collections::BTreeMap;
use std::io::{self, Write};

use crate::document::Scope;
use crate::finding::{Confidence, FieldName, Finding, RuleId, Severity};
use crate::lint::{FieldText, MessageReport, Suppressed, Suppression};

use super::super::Manual;
use super::super::wording::{counted, mark_of, remarks, verdict};
use super::escaped::{Sentence, Text, Words};
use super::explained::Explained;
use super::repair::Repair;
use super::stretch::{Mark, Stretch, stretches};

/// How often the manual of a rule stands in a report; later findings point to an earlier one.
const MANUALS: usize = 20;
/// Lines and bytes of a message that stays beside its findings while these are read.
const SHORT: (usize, usize) = (24, 1500);

/// Where the manual of a rule was written last, and how often it was.
pub(super) type Told = BTreeMap<RuleId, (usize, String)>;

/// A message on its way out.
pub(super) struct Article<'a> {
    path: &'a str,
    message: &'a MessageReport,
    number: usize,
    manual: &'a Manual,
    /// What is marked in each text of the message.
    marks: Vec<Vec<Mark>>,
    /// Numbers of the findings that are marked neither in a text nor above them.
    others: Vec<usize>,
}

/// The class of what belongs to a severity.
pub(super) fn class(severity: Severity) -> &'static str {
    severity.name()
}

impl<'a> Article<'a> {
    /// A message of the file at `path`; `number` is its number in the report, from 1.
    pub(super) fn new(path: &'a str, message: &'a MessageReport, number: usize, manual: &'a Manual) -> Self {
        let lengths: Vec<usize> = message.texts.iter().map(|text| text.text.chars().count()).collect();
        let (mut marks, mut others) = (vec![Vec::new(); lengths.len()], Vec::new());
        for (at, finding) in message.findings.iter().enumerate() {
            let Finding { severity, field_text, field_chars, .. } = finding;
            match (field_text, field_chars) {
                (Some(text), Some(chars))
                    if chars.start <= chars.end
                        && lengths.get(*text).is_some_and(|length| chars.end <= *length) =>
                {
                    marks[*text].push(Mark { number: at + 1, chars: chars.clone(), severity: *severity });
                }
                _ if finding.is_whole_message() => {}
                _ => others.push(at + 1),
            }
        }
        Self { path, message, number, manual, marks, others }
    }

    /// Writes the message.
    pub(super) fn write(&self, told: &mut Told, out: &mut dyn Write) -> io::Result<()> {
        let findings = &self.message.findings;
        let worst = findings.iter().map(|finding| finding.severity).max();
        let worst = worst.map_or("calm", class);
        write!(out, "<article class=\"message {worst}\" id=\"a{}\">\n<header>", self.number)?;
        self.write_name("h2", out)?;
        if !findings.is_empty() {
            write!(out, "<p class=\"verdict\">{}</p>", Words(&verdict(self.message)))?;
        }
        if !self.message.is_configuration() {
            self.write_kind(out)?;
        }
        out.write_all(b"</header>\n")?;
        if !findings.is_empty() {
            out.write_all(b"<div class=\"beside\">\n")?;
            self.write_letter(out)?;
            out.write_all(b"<ol class=\"findings\">\n")?;
            for (at, finding) in findings.iter().enumerate() {
                self.write_finding(at + 1, finding, told, out)?;
            }
            out.write_all(b"</ol>\n</div>\n")?;
        }
        self.write_accepted(out)?;
        out.write_all(b"</article>\n")
    }

    fn write_kind(&self, out: &mut dyn Write) -> io::Result<()> {
        let channel = self.message.channel.as_ref();
        let channel = channel.map_or(String::new(), |channel| format!(", sent by {channel}"));
        let kind = self.message.kind;
        write!(out, "<p class=\"judged\">Judged as a {kind} message{}</p>", Words(&channel))
    }

    fn write_name(&self, tag: &str, out: &mut dyn Write) -> io::Result<()> {
        write!(out, "<{tag}>{}", Words(self.path))?;
        if let Some(record) = &self.message.record {
            write!(out, " <small>record {}", record.number)?;
            if let Some(id) = &record.id {
                write!(out, " ({})", Words(id))?;
            }
            out.write_all(b"</small>")?;
        }
        write!(out, "</{tag}>")
    }

    /// What is said about the whole, the texts, and what stands in the file and is no text.
    fn write_letter(&self, out: &mut dyn Write) -> io::Result<()> {
        let short = if self.is_short() { " short" } else { "" };
        writeln!(out, "<div class=\"letter{short}\">")?;
        let numbered = self.message.findings.iter().enumerate();
        for (at, finding) in numbered.filter(|(_, finding)| finding.is_whole_message()) {
            let (number, Finding { severity, message, .. }) = (at + 1, finding);
            write!(out, "<p class=\"banner {}\">", class(*severity))?;
            self.open_mark(number, "", *severity, out)?;
            write!(out, "{}", Sentence(message))?;
            self.write_reference(number, *severity, out)?;
            out.write_all(b"</mark></p>\n")?;
        }
        for (text, marks) in self.message.texts.iter().zip(&self.marks) {
            let is_said = text.scope == Scope::Text && !text.is_repeat;
            if is_said || !marks.is_empty() {
                self.write_text(text, marks, out)?;
            }
        }
        for number in &self.others {
            self.write_excerpt(*number, self.finding(*number), out)?;
        }
        out.write_all(b"</div>\n")
    }

    fn is_short(&self) -> bool {
        let texts = self.message.texts.iter().filter(|text| text.scope == Scope::Text && !text.is_repeat);
        let (lines, bytes) = texts.fold((0, 0), |(lines, bytes), FieldText { text, .. }| {
            (lines + text.matches('\n').count() + 1, bytes + text.len())
        });
        lines + 4 * self.others.len() <= SHORT.0 && bytes <= SHORT.1
    }

    fn finding(&self, number: usize) -> &'a Finding {
        &self.message.findings[number - 1]
    }

    fn write_text(&self, text: &FieldText, marks: &[Mark], out: &mut dyn Write) -> io::Result<()> {
        let class = match (text.scope, text.field) {
            (Scope::Text, FieldName::Subject) => "subject",
            (Scope::Text, _) if !text.is_repeat => "body",
            _ => "aside",
        };
        write!(out, "<section class=\"{class}\"><h3>{}</h3><div class=\"text\" dir=\"auto\">", title(text))?;
        if text.text.trim().is_empty() && marks.is_empty() {
            out.write_all(b"<span class=\"cut\">nothing is written here</span>")?;
        }
        for stretch in stretches(&text.text, marks) {
            self.write_stretch(&stretch, out)?;
        }
        out.write_all(b"</div></section>\n")
    }

    fn write_stretch(&self, stretch: &Stretch<'_>, out: &mut dyn Write) -> io::Result<()> {
        let Stretch { text, begins, ends, worst, is_shared } = stretch;
        let Some(worst) = worst else { return write!(out, "{}", Text(text)) };
        let shared = if *is_shared { " shared" } else { "" };
        for number in begins {
            self.open_mark(*number, shared, self.finding(*number).severity, out)?;
        }
        if begins.is_empty() {
            write!(out, "<span class=\"hit {}{shared}\">", class(*worst))?;
        }
        write!(out, "{}", Text(text))?;
        for number in ends {
            self.write_reference(*number, self.finding(*number).severity, out)?;
        }
        match begins.len() {
            0 => out.write_all(b"</span>"),
            several => out.write_all("</mark>".repeat(several).as_bytes()),
        }
    }

    fn open_mark(
        &self,
        number: usize,
        shared: &str,
        severity: Severity,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let title = title_of(self.manual, &self.finding(number).rule);
        write!(
            out,
            "<mark class=\"hit {}{shared}\" id=\"m{}-{number}\" title=\"{}: {}\">",
            class(severity),
            self.number,
            mark_of(self.finding(number)),
            Words(title)
        )
    }

    /// The number that leads from the words to what is said about them.
    fn write_reference(&self, number: usize, severity: Severity, out: &mut dyn Write) -> io::Result<()> {
        write!(
            out,
            "<a class=\"ref {}\" href=\"#f{}-{number}\" aria-label=\"{number}, {}\">{number}</a>",
            class(severity),
            self.number,
            mark_of(self.finding(number))
        )
    }

    /// The lines of the file around what is no text of the message.
    fn write_excerpt(&self, number: usize, finding: &Finding, out: &mut dyn Write) -> io::Result<()> {
        let excerpt = &finding.excerpt;
        let (start, end) = (excerpt.mark.start, excerpt.mark.end);
        let part = |range: std::ops::Range<usize>| excerpt.text.get(range).unwrap_or("");
        let (before, after) = (part(0..start), part(end..excerpt.text.len()));
        let marked = if excerpt.text.is_empty() { &finding.text } else { part(start..end) };
        write!(
            out,
            "<section class=\"aside\"><h3>{}, line {}</h3><div class=\"code\">{}",
            beside(finding.field),
            finding.place.start.line,
            Text(before)
        )?;
        self.open_mark(number, "", finding.severity, out)?;
        write!(out, "{}", Text(marked))?;
        self.write_reference(number, finding.severity, out)?;
        writeln!(out, "</mark>{}</div></section>", Text(after))
    }

    fn write_finding(
        &self,
        number: usize,
        finding: &Finding,
        told: &mut Told,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let (severity, rule) = (class(finding.severity), &finding.rule);
        let id = format!("{}-{number}", self.number);
        writeln!(
            out,
            "<li class=\"finding {severity}\" id=\"f{id}\" data-rule=\"{}\" data-severity=\"{severity}\">",
            Words(rule.as_str())
        )?;
        writeln!(
            out,
            "<h3><a class=\"ref {severity}\" href=\"#m{id}\" aria-label=\"{number}, to the place\">{number}</a> \
             <span class=\"severity\">{}</span> {}</h3>",
            mark_of(finding),
            Words(title_of(self.manual, rule))
        )?;
        writeln!(out, "<p>{}</p>", Sentence(&finding.message))?;
        writeln!(out, "<p class=\"help\"><b>Instead</b> {}</p>", Sentence(&finding.help))?;
        if let Some(repair) = Repair::of(finding) {
            writeln!(
                out,
                "<p class=\"repair\"><b>Repair</b> <span class=\"text\">{repair}</span> <small>{}</small></p>",
                repair.remark()
            )?;
        }
        for (word, text) in remarks(finding).into_iter().filter(|(word, _)| *word == "See") {
            writeln!(out, "<p class=\"remark\"><b>{word}</b> {}</p>", Sentence(&text))?;
        }
        if !finding.also.is_empty() {
            let also: Vec<&str> = finding.also.iter().map(|rule| title_of(self.manual, rule)).collect();
            writeln!(out, "<p class=\"remark\"><b>Also</b> {}</p>", Words(&also.join(", ")))?;
        }
        self.write_manual(rule, &id, told, out)?;
        writeln!(out, "<p class=\"place\">{}</p>\n</li>", Words(&place(finding)))
    }

    /// The manual of the rule; where it stands in this message already, or often enough in the report, the way to it.
    fn write_manual(&self, rule: &RuleId, id: &str, told: &mut Told, out: &mut dyn Write) -> io::Result<()> {
        let Some(page) = self.manual.page(rule) else { return Ok(()) };
        let (times, latest) = told.entry(rule.clone()).or_default();
        let is_here = latest.split('-').next() == Some(self.number.to_string().as_str());
        if is_here || *times >= MANUALS {
            return writeln!(out, "<p class=\"why\"><a href=\"#w{latest}\">Why is this so?</a></p>");
        }
        *times += 1;
        *latest = id.to_owned();
        let explain = Explained(&page.explain);
        write!(out, "<details class=\"why\"><summary>Why is this so?</summary><div id=\"w{id}\">{explain}")?;
        if let Some(url) = &page.url {
            write!(out, "<p><b>Source</b> <span class=\"url\">{}</span></p>", Words(url))?;
        }
        out.write_all(b"</div></details>\n")
    }

    fn write_accepted(&self, out: &mut dyn Write) -> io::Result<()> {
        let accepted = &self.message.suppressed;
        if accepted.is_empty() {
            return Ok(());
        }
        writeln!(
            out,
            "<details class=\"accepted\"><summary>{} accepted</summary><ul>",
            counted(accepted.len(), "finding")
        )?;
        for Suppressed { finding, by } in accepted {
            let (by, reason) = match by {
                Suppression::InSource { reason } => ("Accepted in the file: ", reason.as_str()),
                Suppression::Configuration { reason } => ("Accepted in the configuration: ", reason.as_str()),
                Suppression::Baseline => ("It was there when the baseline was taken", ""),
            };
            writeln!(
                out,
                "<li>{} <small>{}, line {}</small><br>{by}{}</li>",
                Sentence(&finding.message),
                Words(finding.rule.as_str()),
                finding.place.start.line,
                Words(reason)
            )?;
        }
        out.write_all(b"</ul></details>\n")
    }
}

/// The offence in a few words; the id of a rule that the manual does not know.
pub(super) fn title_of<'a>(manual: &'a Manual, rule: &'a RuleId) -> &'a str {
    manual.page(rule).map_or(rule.as_str(), |page| &page.title)
}

/// What a text is, in words of the trade.
fn title(text: &FieldText) -> &'static str {
    match (text.scope, text.field) {
        (Scope::Hidden, _) => "In the message, but not shown",
        (Scope::Caption, _) => "Behind pictures and links (alt, title)",
        (Scope::Address, _) => "Where links and pictures lead",
        (Scope::Text, FieldName::Subject) => "Subject",
        (Scope::Text, _) if text.is_repeat => "The same message in its other form",
        (Scope::Text, _) => "Message",
    }
}

/// What is marked beside the texts.
fn beside(field: FieldName) -> &'static str {
    match field {
        FieldName::Subject | FieldName::Body => "In the code of the message",
        FieldName::Metadata => "In the details of the draft",
        FieldName::Header => "In the headers",
        FieldName::Attachment => "In what goes with the message",
        FieldName::Configuration => "In the configuration",
    }
}

/// What programs call the finding, and where it stands in the file.
fn place(finding: &Finding) -> String {
    let start = finding.place.start;
    let at = match finding.is_whole_message() {
        true => "the whole message".to_owned(),
        false => format!("line {}, column {}", start.line, start.column),
    };
    let confidence = match finding.confidence {
        Confidence::High => "",
        Confidence::Medium => " · fairly sure",
        Confidence::Low => " · not sure",
    };
    format!("{} · {at}{confidence}", finding.rule)
}
