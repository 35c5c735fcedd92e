use std::ops::Range;

use crate::decode::{base64, quoted_printable};
use crate::document::Attachment;
use crate::document::attachment::look::FIRST_BYTES;

use super::body::{Transfer, disposition};
use super::ground::Ground;
use super::structure::{Part, Structure};

/// What is known of a part that is a file. Its content is measured, and only its beginning is looked at.
pub(super) fn attachment(ground: &Ground<'_>, structure: &Structure, part: &Part) -> Attachment {
    let disposition = disposition(ground, part);
    let named = disposition.get("filename").or_else(|| part.media.get("name"));
    let name = named.map(|named| named.value.text().trim().to_owned()).filter(|name| !name.is_empty());
    let at = named.map_or_else(|| declared_at(part), |named| named.at.range());
    let (size, first) = measured(ground, part);
    let is_related =
        part.parent.is_some_and(|parent| structure.parts[parent].media_type() == "multipart/related");
    let content_id = content_id(ground, part);
    let is_shown = is_related && content_id.is_some() && disposition.value != "attachment";
    let mut attachment = Attachment {
        name,
        media_type: part.is_declared.then(|| part.media_type().to_owned()),
        is_inline: disposition.value == "inline" || is_shown,
        content_id,
        ..Attachment::named("", ground.on_page(at))
    };
    attachment.look_at(size, &first);
    attachment
}

/// The header that says that there is a file.
fn declared_at(part: &Part) -> Range<usize> {
    let field = part.field("content-disposition").or_else(|| part.field("content-type"));
    field.map_or(part.body.start..part.body.start, |field| field.value.clone())
}

/// The decoded size of a part, and its first bytes.
fn measured(ground: &Ground<'_>, part: &Part) -> (u64, Vec<u8>) {
    let raw = &ground.bytes[part.body.clone()];
    let beginning = &raw[..raw.len().min(FIRST_BYTES)];
    match Transfer::of(ground, part) {
        Transfer::Base64 => (base64::size(raw), base64::first_bytes(raw, FIRST_BYTES)),
        Transfer::QuotedPrintable => {
            (quoted_printable::size(raw), quoted_printable::decode(beginning, 0).bytes().to_vec())
        }
        Transfer::Plain => (raw.len() as u64, beginning.to_vec()),
    }
}

fn content_id(ground: &Ground<'_>, part: &Part) -> Option<String> {
    let value = String::from_utf8_lossy(&ground.bytes[part.field("content-id")?.value.clone()]).into_owned();
    let id = value.trim().trim_start_matches('<').trim_end_matches('>').trim();
    (!id.is_empty()).then(|| id.to_owned())
}
