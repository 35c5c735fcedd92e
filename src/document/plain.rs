//! stand-in
use crate::text::{MappedText, Source};
use crate::finding::FieldName;
use super::{Block, Document};
/// reads
pub fn read<'a>(source: &'a Source<'_>) -> Document<'a> {
    let text = source.text().text();
    Document { metadata: Default::default(), blocks: vec![Block { field: FieldName::Body, text: MappedText::verbatim(text, 0), quoted: vec![], placeholders: vec![] }] }
}
