//! A file that is one message, in whichever format: front matter, a subject, and the body below.

use crate::finding::FieldName;
use crate::text::{MappedText, Source};

use super::{Block, Document, Page, TextFormat, front_matter, lines, subject_line};

/// Reads a draft whose body is written in that format. Some formats may have a line `Subject: …` above the body.
pub(super) fn read<'a>(source: &'a Source<'_>, format: TextFormat, has_subject_line: bool) -> Document<'a> {
    let text = source.text().text();
    let front = front_matter::read(text);
    let mut start = front.end;
    if start > 0 {
        start = lines::after_blank_line(text, start);
    }
    let mut subject = front.subject;
    if has_subject_line
        && subject.is_none()
        && let Some((range, body)) = subject_line::read(text, start)
    {
        subject = Some(MappedText::verbatim(&text[range.clone()], range.start));
        start = body;
    }
    let mut document =
        Document { metadata: front.metadata, pages: vec![Page::file(source.text())], ..Document::default() };
    document.take_named();
    document.blocks.extend(subject.map(|subject| Block::shown(FieldName::Subject, 0, subject)));
    document.add_part(FieldName::Body, 0, start..text.len(), format);
    document
}
