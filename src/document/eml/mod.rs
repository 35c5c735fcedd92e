//! An e-mail (RFC 5322, MIME).
//!
//! Structure and decoding are our own, because no parser keeps the places inside of what it decodes; mail-parser is the
//! oracle of both. Page 0 is the file; the subject and each part that is read are pages of their own, mapped to bytes
//! of the file through transfer encoding and charset. Where a message says the same in several forms, the richest is the
//! main one and the others are repeats. Messages inside the message are history and never looked into.

mod address;
mod body;
mod date;
mod enclosure;
mod fields;
mod flowed;
mod ground;
mod structure;

use std::ops::Range;

use crate::decode::encoded_word;
use crate::finding::FieldName;
use crate::text::Source;

use super::{
    Block, Document, Given, Header, Input, Mailbox, MetadataFault, MetadataFaultKind, Page, PageName,
    TextFormat,
};

use address::MOST_MAILBOXES;
use body::Use;
use fields::Field;
use flowed::Flow;
use ground::Ground;
use structure::{Part, Structure};

/// Bytes at the beginning of a file that show whether it is text at all.
const LOOKED_AT: usize = 1024;

/// The headers that name mailboxes.
const MAILBOX_HEADERS: [&str; 5] = ["from", "to", "cc", "bcc", "reply-to"];

/// Reads an e-mail. The source is best read with [`Charset::of_mail`](crate::text::Charset::of_mail), since the parts of
/// an e-mail name their own charsets.
pub fn read<'a>(source: &'a Source<'_>) -> Document<'a> {
    let ground = Ground::of(source);
    let structure = Structure::read(&ground);
    let mut document =
        Document { input: Input::Mail, pages: vec![Page::file(source.text())], ..Document::default() };
    if let Some(message) = structure.parts.first() {
        read_headers(&ground, message, &mut document);
    }
    let fields = structure.parts.first().map_or(&[] as &[Field], |message| &message.fields.fields);
    // Who reads which of two subjects is up to the mail program.
    for field in fields.iter().filter(|field| field.name == "subject") {
        let text = encoded_word::decode(&ground.bytes[field.value.clone()], field.value.start);
        let page = document.add_page(PageName::Header("subject".to_owned()), ground.on_file(text));
        document.add_text(FieldName::Subject, page, TextFormat::Plain);
    }
    let uses = body::uses(&ground, &structure);
    for wanted in [false, true] {
        for (part, used) in structure.parts.iter().zip(&uses) {
            if let Use::Body { format, is_repeat } = *used
                && is_repeat == wanted
            {
                add_body(&ground, part, format, is_repeat, &mut document);
            }
        }
    }
    let files = structure.parts.iter().zip(&uses).filter(|(_, used)| **used == Use::Attachment);
    document.attachments.extend(files.map(|(part, _)| enclosure::attachment(&ground, &structure, part)));
    for (message, at) in structure.limits {
        add_fault(MetadataFaultKind::LimitReached, message, ground.on_page(at), &mut document);
    }
    let has_text = uses.iter().any(|used| matches!(used, Use::Body { .. }));
    let is_binary = ground.bytes.iter().take(LOOKED_AT).any(|byte| *byte == 0);
    if is_without_line_feeds(ground.bytes) {
        let message =
            "the lines of the e-mail end with carriage returns alone: save it with line feeds".to_owned();
        add_fault(MetadataFaultKind::Unreadable, message, 0..0, &mut document);
    }
    if document.metadata.faults.is_empty() && (!has_text || document.headers.is_empty() && is_binary) {
        let message = "no part of the e-mail holds text that can be read".to_owned();
        add_fault(MetadataFaultKind::Unreadable, message, 0..0, &mut document);
    }
    document.metadata.faults.sort_by_key(|fault| fault.at.start);
    document
}

fn is_without_line_feeds(bytes: &[u8]) -> bool {
    memchr::memchr(b'\r', bytes).is_some() && memchr::memchr(b'\n', bytes).is_none()
}

fn read_headers(ground: &Ground<'_>, message: &Part, document: &mut Document<'_>) {
    for field in &message.fields.fields {
        document.headers.push(Header {
            name: field.name.clone(),
            at: ground.on_page(field.at.clone()),
            value_at: ground.on_page(field.value.clone()),
            value: value(ground, field),
        });
        if MAILBOX_HEADERS.contains(&field.name.as_str()) {
            read_mailboxes(ground, field, document);
        }
    }
    if let Some(field) = message.field("date")
        && let Some(moment) = date::read(&value(ground, field))
    {
        document.metadata.send_date = Some(Given { value: moment, at: ground.on_page(field.value.clone()) });
    }
}

fn value(ground: &Ground<'_>, field: &Field) -> String {
    encoded_word::decode(&ground.bytes[field.value.clone()], 0).text().to_owned()
}

/// The mailboxes that a value names, which stands at `at` as a whole.
pub(super) fn mailboxes(header: &str, value: &str, at: &Range<usize>) -> Vec<Mailbox> {
    let (found, _) = address::read(value.as_bytes(), 0..value.len());
    let mailbox = |written: address::Written| Mailbox {
        header: header.to_owned(),
        name: written.name,
        address: written.address,
        at: at.clone(),
    };
    found.into_iter().map(mailbox).collect()
}

fn read_mailboxes(ground: &Ground<'_>, field: &Field, document: &mut Document<'_>) {
    let (found, is_cut) = address::read(ground.bytes, field.value.clone());
    document.mailboxes.extend(found.into_iter().map(|written| Mailbox {
        header: field.name.clone(),
        name: written.name,
        address: written.address,
        at: ground.on_page(written.at),
    }));
    if is_cut {
        let message = format!("`{}` names more than {MOST_MAILBOXES} mailboxes", field.name);
        add_fault(MetadataFaultKind::LimitReached, message, ground.on_page(field.value.clone()), document);
    }
}

/// Adds the text of a part as a page, and what it says to the buyer.
fn add_body<'a>(
    ground: &Ground<'a>,
    part: &Part,
    format: TextFormat,
    is_repeat: bool,
    document: &mut Document<'a>,
) {
    let number = &part.number;
    let Some(read) = body::text(ground, part) else {
        let message = format!("part {number} is longer than is read");
        add_fault(MetadataFaultKind::LimitReached, message, ground.on_page(headers_of(part)), document);
        return;
    };
    if let (Some(charset), Some(at)) = (read.unknown_charset, part.media.get("charset")) {
        let message =
            format!("part {number} is in a charset that nobody knows, `{charset}`: name it, or write UTF-8");
        add_fault(MetadataFaultKind::Unreadable, message, ground.on_page(at.at.range()), document);
    }
    if read.is_broken {
        let message =
            format!("part {number} says that it is base64 and holds signs that base64 has not: send it anew");
        add_fault(MetadataFaultKind::Unreadable, message, ground.on_page(headers_of(part)), document);
    }
    let name = PageName::Part { number: number.clone(), media_type: part.media_type().to_owned() };
    let page = document.add_page(name, read.text);
    let first = document.blocks.len();
    match Flow::of(&part.media) {
        Some(flow) => {
            let text = flow.joined(document.pages[page].text.text());
            document.blocks.push(Block::shown(FieldName::Body, page, text));
        }
        None => document.add_text(FieldName::Body, page, format),
    }
    document.blocks[first..].iter_mut().for_each(|block| block.is_repeat = is_repeat);
}

/// The headers of a part or, where it has none, its beginning.
fn headers_of(part: &Part) -> Range<usize> {
    let fields = &part.fields.fields;
    let (first, last) = (fields.first(), fields.last());
    first.zip(last).map_or(part.body.start..part.body.start, |(first, last)| first.at.start..last.at.end)
}

fn add_fault(what: MetadataFaultKind, message: String, at: Range<usize>, document: &mut Document<'_>) {
    document.metadata.faults.push(MetadataFault { what, message, at });
}

#[cfg(test)]
mod tests;
