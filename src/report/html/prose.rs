//! What the packs say about their rules, for those who want to know more.

use std::collections::BTreeMap;
use std::fmt;

use crate::rule::pack::Pack;

use super::escaped::Sentence;

/// The prose of every rule of a run, by id.
#[derive(Debug, Default)]
pub(super) struct RuleProse(BTreeMap<String, About>);

/// What is said about a rule.
#[derive(Debug)]
pub(super) struct About {
    /// The offence in a few words.
    pub(super) title: String,
    /// The manual, in paragraphs.
    pub(super) explain: String,
    /// What it rests on: what a source is called, and where it is.
    pub(super) sources: Vec<(String, String)>,
}

impl RuleProse {
    /// What these packs say.
    pub(super) fn new(packs: &[Pack]) -> Self {
        let pages = packs.iter().flat_map(|pack| &pack.rules);
        let source = |key: &str| {
            let policy = packs.iter().find_map(|pack| pack.about.as_ref()?.1.policy.get(key))?;
            Some((format!("{key}: {}", policy.title), policy.url.clone()))
        };
        let about = |page: &crate::rule::pack::Page| About {
            title: page.rule.title.clone(),
            explain: page.rule.explain.trim().to_owned(),
            sources: page.rule.policy.iter().filter_map(|key| source(key.get_ref())).collect(),
        };
        Self(pages.map(|page| (page.id.clone(), about(page))).collect())
    }

    /// What is said about a rule.
    pub(super) fn of(&self, id: &str) -> Option<&About> {
        self.0.get(id)
    }

    /// The offence in a few words; the id where nothing is known of it.
    pub(super) fn title<'a>(&'a self, id: &'a str) -> &'a str {
        self.0.get(id).map_or(id, |about| &about.title)
    }
}

/// A manual as paragraphs and lists.
pub(super) struct Manual<'m>(pub(super) &'m str);

impl fmt::Display for Manual<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lines: Vec<&str> = self.0.lines().map(str::trim).collect();
        for block in lines.split(|line| line.is_empty()).filter(|block| !block.is_empty()) {
            let first_entry = block.iter().position(|line| entry(line).is_some()).unwrap_or(block.len());
            let (paragraph, list) = block.split_at(first_entry);
            if !paragraph.is_empty() {
                write_paragraph(&paragraph.join(" "), f)?;
            }
            write_list(list, f)?;
        }
        Ok(())
    }
}

fn entry(line: &str) -> Option<&str> {
    line.strip_prefix("- ").or(line.strip_prefix("* "))
}

/// The words before a colon say what a paragraph is about.
fn write_paragraph(text: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    const LONGEST_LEAD: usize = 30;
    match text.split_once(": ").filter(|(lead, _)| lead.len() <= LONGEST_LEAD) {
        Some((lead, rest)) => write!(f, "<p><b>{}</b> {}</p>", Sentence(lead), Pieces(rest)),
        None => write!(f, "<p>{}</p>", Pieces(text)),
    }
}

fn write_list(lines: &[&str], f: &mut fmt::Formatter<'_>) -> fmt::Result {
    if lines.is_empty() {
        return Ok(());
    }
    f.write_str("<ul>")?;
    for (at, line) in lines.iter().enumerate() {
        match entry(line) {
            Some(text) => write!(f, "{}<li>{}", if at == 0 { "" } else { "</li>" }, Pieces(text))?,
            None => write!(f, " {}", Pieces(line))?,
        }
    }
    f.write_str("</li></ul>")
}

/// A text of any length, sentence by sentence: a [`Sentence`] is cut where it is too long for a finding.
struct Pieces<'t>(&'t str);

impl fmt::Display for Pieces<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.split_inclusive(". ").try_for_each(|sentence| Sentence(sentence).fmt(f))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_manual_has_paragraphs_and_lists() {
        for (manual, html) in [
            (
                "What it finds: a `<b>`\nand more.\n\nWhy.",
                "<p><b>What it finds</b> a <q>&lt;b&gt;</q> and more.</p><p>Why.</p>",
            ),
            (
                "Such as:\n- one\n  and a half\n- two",
                "<p>Such as:</p><ul><li>one and a half</li><li>two</li></ul>",
            ),
            ("", ""),
        ] {
            assert_eq!(Manual(manual).to_string(), html);
        }
    }
}
