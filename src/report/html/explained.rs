//! What a rule says of itself, set for reading.

use std::fmt;

use super::escaped::{Phrase, Sentence};

/// What a rule says at length, as paragraphs and lists.
pub(super) struct Explained<'m>(pub(super) &'m str);

impl fmt::Display for Explained<'_> {
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
    for entry_lines in lines.chunk_by(|_, next| entry(next).is_none()) {
        let words = entry_lines.join(" ");
        write!(f, "<li>{}</li>", Pieces(entry(&words).unwrap_or(&words)))?;
    }
    f.write_str("</ul>")
}

/// A text of any length, sentence by sentence: a [`Sentence`] is cut where it is too long for a finding.
pub(super) struct Pieces<'t>(pub(super) &'t str);

impl fmt::Display for Pieces<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut sentences = self.0.split_inclusive(". ");
        sentences.next().map_or(Ok(()), |first| write!(f, "{}", Sentence(first)))?;
        sentences.try_for_each(|sentence| write!(f, "{}", Phrase(sentence)))
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
                "<p><b>What it finds</b> A <q>&lt;b&gt;</q> and more.</p><p>Why.</p>",
            ),
            (
                "Such as:\n- one\n  and a half\n- two",
                "<p>Such as:</p><ul><li>One and a half</li><li>Two</li></ul>",
            ),
            ("", ""),
        ] {
            assert_eq!(Explained(manual).to_string(), html);
        }
    }
}
