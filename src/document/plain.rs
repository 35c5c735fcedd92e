//! stand-in
use super::{Block, Document};
use crate::finding::FieldName;
use crate::text::{MappedText, Source};
/// reads
pub fn read<'a>(source: &'a Source<'_>) -> Document<'a> {
    let text = source.text().text();
    Document {
        metadata: Default::default(),
        blocks: vec![Block {
            field: FieldName::Body,
            text: MappedText::verbatim(text, 0),
            quoted: vec![],
            placeholders: vec![],
        }],
    }
}
