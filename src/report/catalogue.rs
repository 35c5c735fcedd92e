//! The pages of rules, for people and for programs: `explain` shows one, `rules` lists them all.

use std::io::{self, Write};

use serde::Serialize;

use crate::rule::pack::{Pack, Page};
use crate::rule::schema::{Certainty, ExampleToml, Level, Policy, Severities};
use crate::verdict::{Kind, Severity};

/// Writes everything that a page says, for people. `packs` are those that its sources may be named in.
pub fn explain(page: &Page, packs: &[Pack], out: &mut dyn Write) -> io::Result<()> {
    let rule = &page.rule;
    writeln!(out, "{}: {}", page.id, rule.title)?;
    writeln!(out)?;
    writeln!(out, "Severity   {}", severities(&rule.severity))?;
    for detect in &rule.detect {
        if let Some(other) = &detect.get_ref().severity {
            writeln!(out, "           in some cases {}", severities(other))?;
        }
    }
    writeln!(out, "Asked of   {}", kinds(rule.kinds.as_deref()))?;
    writeln!(out, "Certainty  {}", certainty(rule.certainty))?;
    writeln!(out, "Checked    {} (in sellerlint since {})", rule.checked, rule.since)?;
    for from in rule.from.iter().chain(rule.detect.iter().filter_map(|detect| detect.get_ref().from.as_ref()))
    {
        writeln!(out, "Holds      since {} (all of it, or some cases)", from.get_ref())?;
    }
    if let Some(family) = &rule.family {
        let below: Vec<&str> = rule.supersedes.iter().map(|id| id.get_ref().as_str()).collect();
        let over =
            if below.is_empty() { String::new() } else { format!("; goes before {}", below.join(", ")) };
        writeln!(out, "Family     {family}{over}")?;
    }
    writeln!(out, "\n{}", rule.explain.trim())?;
    writeln!(out, "\nWhat to do\n  {}", rule.help)?;
    examples(page, out)?;
    writeln!(out, "\nSources")?;
    for key in &rule.policy {
        let source = packs.iter().find_map(|pack| pack.about.as_ref()?.1.policy.get(key.get_ref()));
        match source {
            Some(Policy { title, url, checked }) => {
                writeln!(out, "  {}: {title}\n    {url} (checked {checked})", key.get_ref())?
            }
            None => writeln!(out, "  {}", key.get_ref())?,
        }
    }
    Ok(())
}

fn examples(page: &Page, out: &mut dyn Write) -> io::Result<()> {
    let examples = || page.rule.example.iter().map(|example| example.get_ref());
    let finding: Vec<&ExampleToml> = examples().filter(|example| !example.finds.is_empty()).collect();
    let silent: Vec<&ExampleToml> = examples().filter(|example| example.finds.is_empty()).collect();
    for (title, list) in [("Finds something in", finding), ("Stays silent about", silent)] {
        if list.is_empty() {
            continue;
        }
        writeln!(out, "\n{title}")?;
        for example in list {
            let text = example.text.trim().replace('\n', "\n      ");
            let kind = example.kind.map_or(String::new(), |kind| format!(" (in a {kind} message)"));
            let trap = example.trap.as_ref().map_or(String::new(), |trap| format!(" ({trap})"));
            writeln!(out, "  - {text}{kind}{trap}")?;
        }
    }
    Ok(())
}

/// Writes a list of all rules for people: severity in the standard profile, id, title.
pub fn list(packs: &[Pack], out: &mut dyn Write) -> io::Result<()> {
    let pages = || packs.iter().flat_map(|pack| &pack.rules);
    let width = pages().map(|page| page.id.len()).max().unwrap_or(0);
    for page in pages() {
        writeln!(out, "{:<8} {:<width$}  {}", level(page.rule.severity.standard), page.id, page.rule.title)?;
    }
    Ok(())
}

/// Writes a Markdown table of all rules.
pub fn markdown(packs: &[Pack], out: &mut dyn Write) -> io::Result<()> {
    writeln!(
        out,
        "| rule | what it finds | standard | strict | lenient | kinds | certainty |\n|---|---|---|---|---|---|---|"
    )?;
    for page in packs.iter().flat_map(|pack| &pack.rules) {
        let rule = &page.rule;
        let Severities { standard, strict, lenient } = rule.severity;
        writeln!(
            out,
            "| `{}` | {} | {} | {} | {} | {} | {} |",
            page.id,
            rule.title,
            level(standard),
            level(strict),
            level(lenient),
            kinds(rule.kinds.as_deref()),
            certainty_name(rule.certainty),
        )?;
    }
    Ok(())
}

/// A rule in `rules --output-format json`. The form is frozen: fields are added, never changed.
#[derive(Debug, Serialize)]
pub struct RuleJson<'a> {
    /// Id.
    pub id: &'a str,
    /// The offence in a few words.
    pub title: &'a str,
    /// Severity by profile.
    pub severity: Severities,
    /// Kinds of message that it looks at; all, if null.
    pub kinds: Option<&'a [Kind]>,
    /// Its family, if it has one.
    pub family: Option<&'a str>,
    /// `official`, `secondary` or `folklore`.
    pub certainty: Certainty,
    /// The version that brought it.
    pub since: &'a str,
    /// When it was last held against its sources.
    pub checked: String,
    /// Keys of its sources.
    pub policy: Vec<&'a str>,
    /// What to do instead.
    pub help: &'a str,
    /// The manual.
    pub explain: &'a str,
}

impl<'a> From<&'a Page> for RuleJson<'a> {
    fn from(page: &'a Page) -> Self {
        let rule = &page.rule;
        Self {
            id: &page.id,
            title: &rule.title,
            severity: rule.severity,
            kinds: rule.kinds.as_deref(),
            family: rule.family.as_deref(),
            certainty: rule.certainty,
            since: &rule.since,
            checked: rule.checked.to_string(),
            policy: rule.policy.iter().map(|key| key.get_ref().as_str()).collect(),
            help: &rule.help,
            explain: rule.explain.trim(),
        }
    }
}

/// Writes all rules as one JSON array of [`RuleJson`].
pub fn json(packs: &[Pack], out: &mut dyn Write) -> io::Result<()> {
    let rules: Vec<RuleJson<'_>> = packs.iter().flat_map(|pack| &pack.rules).map(RuleJson::from).collect();
    serde_json::to_writer_pretty(&mut *out, &rules)?;
    writeln!(out)
}

fn severities(severities: &Severities) -> String {
    let Severities { standard, strict, lenient } = *severities;
    format!("{} (strict: {}, lenient: {})", level(standard), level(strict), level(lenient))
}

fn level(level: Level) -> &'static str {
    level.severity().map_or("off", Severity::name)
}

fn kinds(kinds: Option<&[Kind]>) -> String {
    match kinds {
        None => "all messages".to_owned(),
        Some(kinds) => kinds.iter().map(|kind| kind.name()).collect::<Vec<_>>().join(", "),
    }
}

fn certainty(certainty: Certainty) -> &'static str {
    match certainty {
        Certainty::Official => "official: it stands on the pages of whoever made the rule",
        Certainty::Secondary => "secondary: vendors or lawyers agree, no text of Amazon's was seen",
        Certainty::Folklore => "folklore: one source, or sources that contradict each other",
    }
}

fn certainty_name(certainty: Certainty) -> &'static str {
    match certainty {
        Certainty::Official => "official",
        Certainty::Secondary => "secondary",
        Certainty::Folklore => "folklore",
    }
}
