//! Fixes that are proved before they are offered: the mended file is read again, and must say just what it said, but for
//! the words that were mended.
//!
//! YAML needs that. An indent, a blank at the end of a line or a colon behind a word means more there than an edit of some
//! bytes can know, and `yes` without a sign beside it is no text any more.

use crate::document::{PageName, ReadAs, TreeFormat, tree};
use crate::fix::{Applicability, Edit, Fix, apply, good_together};
use crate::text::{Source, Span};

use super::MessageReport;

/// How often a file is read again, and how many bytes in all; what is not proved by then is not offered.
const MOST_TIMES: usize = 64;
const MOST_BYTES: usize = 1 << 24;

/// The texts of the fields of a file, in order.
type Fields = Vec<(PageName, String)>;

/// Takes away every fix that does not mean in the file what it means in the text.
pub(super) fn keep_proved(
    bytes: &[u8],
    reading: &ReadAs,
    format: TreeFormat,
    messages: &mut [MessageReport],
) {
    let reader = Rereader { bytes, reading, format };
    // What was accepted stays as it is.
    let accepted = messages.iter_mut().flat_map(|message| &mut message.suppressed);
    accepted.for_each(|suppressed| suppressed.finding.fix = None);
    let findings = messages.iter_mut().flat_map(|message| &mut message.findings);
    let mut findings: Vec<_> = findings.filter(|finding| finding.fix.is_some()).collect();
    let fixes: Vec<Fix> = findings.iter_mut().filter_map(|finding| finding.fix.take()).collect();
    let times = MOST_TIMES.min(MOST_BYTES / bytes.len().max(1)).max(1);
    let proved = good_together(fixes.len(), times, |some| {
        reader.proves(&some.iter().map(|number| &fixes[*number]).collect::<Vec<_>>())
    });
    for number in proved {
        findings[number].fix = Some(fixes[number].clone());
    }
}

/// Reads a file again after some fixes.
struct Rereader<'a> {
    bytes: &'a [u8],
    reading: &'a ReadAs,
    format: TreeFormat,
}

impl Rereader<'_> {
    /// Whether the fields of the mended file are those of this one with the same edits in their texts.
    fn proves(&self, fixes: &[&Fix]) -> bool {
        let mended = apply(self.bytes, fixes.iter().copied(), Applicability::DisplayOnly).bytes;
        let mut edits: Vec<&Edit> = fixes.iter().flat_map(|fix| &fix.edits).collect();
        edits.sort_by_key(|edit| (edit.span.start(), edit.span.end()));
        edits.dedup();
        let wanted = self.fields(self.bytes, &edits);
        wanted.is_some() && wanted == self.fields(&mended, &[])
    }

    /// The fields of a file, with some sorted edits in their texts; `None` of a file that cannot be read to its end, or
    /// where an edit leaves what may be no text any more.
    fn fields(&self, bytes: &[u8], edits: &[&Edit]) -> Option<Fields> {
        let source = Source::new(bytes, self.reading.charset);
        let mut fields = Fields::new();
        for document in tree::read(&source, self.format, self.reading) {
            if !document.metadata.faults.is_empty() {
                return None;
            }
            for page in document.pages.iter().filter(|page| page.name != PageName::File) {
                let whole = page.text.span(0..page.text.text().len());
                let first = edits.partition_point(|edit| edit.span.start() < whole.start());
                let inside = edits[first..].iter().take_while(|edit| edit.span.end() <= whole.end());
                let inside: Vec<&&Edit> = inside.collect();
                let mut text = page.text.text().to_owned();
                for edit in inside.iter().rev() {
                    let [start, end] = [edit.span.start(), edit.span.end()].map(|at| page.text.offset_of(at));
                    text.get(start..end)?;
                    text.replace_range(start..end, &edit.replacement);
                }
                if !inside.is_empty() && !is_in_quotes(source.text().text(), whole) && !is_surely_text(&text)
                {
                    return None;
                }
                fields.push((page.name.clone(), text));
            }
        }
        Some(fields)
    }
}

/// Whether marks around it say that it is a text, whatever it says.
fn is_in_quotes(file: &str, place: Span) -> bool {
    let (before, after) = (&file[..place.start()], &file[place.end()..]);
    ['"', '\''].iter().any(|mark| before.ends_with(*mark) && after.starts_with(*mark))
}

/// Words that some reader of YAML takes for a truth value or for nothing.
const NO_TEXTS: &[&str] = &["y", "n", "yes", "no", "on", "off", "true", "false", "null"];

/// Whether no reader of YAML takes it for a number, a date or a truth value.
fn is_surely_text(text: &str) -> bool {
    let words = text.split_whitespace().filter(|word| word.chars().any(char::is_alphabetic));
    let is_word = || {
        text.chars().all(char::is_alphabetic)
            && !NO_TEXTS.iter().any(|no_text| no_text.eq_ignore_ascii_case(text))
    };
    words.count() >= 2 || !text.is_empty() && is_word()
}
