//! Fixes that are proved before they are offered: the mended file is read again, and must say just what it said, but for
//! the words that were mended.
//!
//! YAML needs that. An indent, a blank at the end of a line or a colon behind a word means more there than an edit of some
//! bytes can know.

use std::collections::BTreeSet;

use crate::document::{PageName, ReadAs, TreeFormat, tree};
use crate::fix::{Applicability, Fix, apply};
use crate::text::Source;

use super::MessageReport;

/// Bytes that are read again for one file; what is not proved by then is not offered.
const MOST_BYTES: usize = 1 << 24;

/// The texts of the fields of a file, in order.
type Fields = Vec<(PageName, String)>;

/// Takes away every fix that does not mean in the file what it means in the text.
pub(super) fn keep_proved(bytes: &[u8], reading: &ReadAs, format: TreeFormat, messages: &mut [MessageReport]) {
    let reader = Rereader { bytes, reading, format };
    let mut kept: Vec<Fix> = Vec::new();
    let mut met = BTreeSet::new();
    let mut left = MOST_BYTES;
    for message in messages {
        // What was accepted stays as it is.
        message.suppressed.iter_mut().for_each(|suppressed| suppressed.finding.fix = None);
        for finding in &mut message.findings {
            let Some(fix) = finding.fix.take() else { continue };
            let Some(rest) = left.checked_sub(bytes.len()) else { continue };
            left = rest;
            // A subject that several messages share is mended once.
            let is_known = !met.insert(places(&fix));
            let with_others: Vec<&Fix> = kept.iter().chain([&fix]).collect();
            if is_known || reader.proves(&with_others) {
                kept.extend((!is_known).then(|| fix.clone()));
                finding.fix = Some(fix);
            }
        }
    }
}

fn places(fix: &Fix) -> Vec<(usize, usize)> {
    fix.edits.iter().map(|edit| (edit.span.start(), edit.span.end())).collect()
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
        self.fields(self.bytes, fixes) == self.fields(&mended, &[])
    }

    /// The fields of a file, with the edits of some fixes in their texts.
    fn fields(&self, bytes: &[u8], fixes: &[&Fix]) -> Fields {
        let source = Source::new(bytes, self.reading.charset);
        let mut fields = Fields::new();
        for document in tree::read(&source, self.format, self.reading) {
            for page in document.pages.iter().filter(|page| page.name != PageName::File) {
                let whole = page.text.span(0..page.text.text().len());
                let mut edits: Vec<_> = fixes.iter().flat_map(|fix| &fix.edits).collect();
                edits.retain(|edit| whole.start() <= edit.span.start() && edit.span.end() <= whole.end());
                edits.sort_by_key(|edit| std::cmp::Reverse(edit.span.start()));
                let mut text = page.text.text().to_owned();
                for edit in edits {
                    let [start, end] =
                        [edit.span.start(), edit.span.end()].map(|at| page.text.offset_of(at));
                    if text.is_char_boundary(start) && text.is_char_boundary(end) && start <= end {
                        text.replace_range(start..end, &edit.replacement);
                    }
                }
                fields.push((page.name.clone(), text));
            }
        }
        fields
    }
}
