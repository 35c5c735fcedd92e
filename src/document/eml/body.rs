//! What each part is for, and the text of those that are read.

use std::collections::BTreeMap;

use crate::decode::mime_parameter::{self, Parameterised};
use crate::decode::{base64, quoted_printable};
use crate::document::TextFormat;
use crate::text::{Charset, MappedBytes, MappedText};

use super::ground::Ground;
use super::structure::{Part, Structure};

/// A text of more bytes than this is not read.
const MOST_BYTES: usize = 32 * 1024 * 1024;

/// What a part is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Use {
    /// It is read.
    Body {
        /// How it is written.
        format: TextFormat,
        /// Whether it says again what a richer part says.
        is_repeat: bool,
    },
    /// A file that goes with the message.
    Attachment,
    /// Somebody else's words, or of no concern to a reader: a message inside the message, its headers, a signature.
    Passed,
}

/// How the body of a part is written down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Transfer {
    Base64,
    QuotedPrintable,
    /// As it is: 7bit, 8bit, binary, and whatever nobody knows.
    Plain,
}

impl Transfer {
    pub(super) fn of(ground: &Ground<'_>, part: &Part) -> Self {
        let Some(field) = part.field("content-transfer-encoding") else { return Self::Plain };
        let name = mime_parameter::read(&ground.bytes[field.value.clone()], 0).value;
        match name.trim_matches(['"', '\'', ' ', '\0']) {
            "base64" => Self::Base64,
            "quoted-printable" => Self::QuotedPrintable,
            _ => Self::Plain,
        }
    }
}

/// What the parts are for, in their order.
pub(super) fn uses(ground: &Ground<'_>, structure: &Structure) -> Vec<Use> {
    let mut uses: Vec<Use> = (0..structure.parts.len()).map(|part| use_of(ground, structure, part)).collect();
    let richest = richest_branches(structure, &uses);
    for (part, used) in uses.iter_mut().enumerate() {
        if let Use::Body { is_repeat, .. } = used {
            *is_repeat = branches(structure, part).any(|(whole, branch)| richest[&whole].1 != branch);
        }
    }
    uses
}

/// The multiparts of alternatives that a part is in, each with the branch that holds it.
fn branches(structure: &Structure, part: usize) -> impl Iterator<Item = (usize, usize)> + '_ {
    let pairs = structure.and_parents(part).zip(structure.and_parents(part).skip(1));
    pairs
        .filter(|(_, whole)| structure.parts[*whole].media_type() == "multipart/alternative")
        .map(|(branch, whole)| (whole, branch))
}

/// For each multipart of alternatives how rich its richest branch is, and which that is; of two the later one, since they
/// are to be sorted so.
fn richest_branches(structure: &Structure, uses: &[Use]) -> BTreeMap<usize, (u8, usize)> {
    let mut richest = BTreeMap::new();
    for (part, _) in uses.iter().enumerate().filter(|(_, used)| matches!(used, Use::Body { .. })) {
        let rank = u8::from(is_html(structure.parts[part].media_type()));
        for (whole, branch) in branches(structure, part) {
            let best = richest.entry(whole).or_insert((rank, branch));
            *best = (*best).max((rank, branch));
        }
    }
    richest
}

fn use_of(ground: &Ground<'_>, structure: &Structure, index: usize) -> Use {
    let part = &structure.parts[index];
    if part.is_multipart {
        return Use::Passed;
    }
    let parent = part.parent.map_or("", |parent| structure.parts[parent].media_type());
    let disposition = disposition(ground, part);
    let is_attached = disposition.value == "attachment";
    match part.media_type() {
        "message/rfc822" | "message/global" if is_attached => Use::Attachment,
        "text/rfc822-headers" => Use::Passed,
        media_type if media_type.starts_with("message/") => Use::Passed,
        _ if parent == "multipart/signed" && !is_first_child(structure, index) => Use::Passed,
        "text/x-amp-html" => Use::Body { format: TextFormat::Html, is_repeat: false },
        // Another form of the same text, for watches and the like.
        media_type if parent == "multipart/alternative" && media_type.starts_with("text/x-") => Use::Passed,
        "application/applefile" if parent == "multipart/appledouble" => Use::Passed,
        media_type => match format_of(media_type) {
            Some(format) if !is_attached => {
                let is_named = disposition.get("filename").is_some() || part.media.get("name").is_some();
                // Mail programs show a text that says that it is inline, whatever it is called.
                let is_shown = !is_named || disposition.value == "inline";
                let is_body =
                    is_shown || parent == "multipart/alternative" || is_first_leaf(structure, index);
                if is_body { Use::Body { format, is_repeat: false } } else { Use::Attachment }
            }
            _ => Use::Attachment,
        },
    }
}

pub(super) fn disposition(ground: &Ground<'_>, part: &Part) -> Parameterised {
    let field = part.field("content-disposition");
    field.map_or_else(Parameterised::default, |field| {
        mime_parameter::read(&ground.bytes[field.value.clone()], field.value.start)
    })
}

fn is_first_child(structure: &Structure, index: usize) -> bool {
    structure.parts[index].parent == index.checked_sub(1)
}

fn is_first_leaf(structure: &Structure, index: usize) -> bool {
    structure.parts[..index].iter().all(|part| part.is_multipart)
}

/// Texts that are no prose but files.
const FILES: [&str; 9] = [
    "text/calendar",
    "text/css",
    "text/csv",
    "text/directory",
    "text/javascript",
    "text/rtf",
    "text/vcard",
    "text/x-vcard",
    "text/xml",
];

/// How a part of a media type is written, if it is read. A text of a kind that nobody knows is shown as plain text (RFC
/// 2046, 4.1.4), and so is a multipart without parts.
fn format_of(media_type: &str) -> Option<TextFormat> {
    match media_type {
        "text/html" => Some(TextFormat::Html),
        "text/markdown" | "text/x-markdown" => Some(TextFormat::Markdown),
        _ if FILES.contains(&media_type) => None,
        _ if media_type.starts_with("text/") || media_type.starts_with("multipart/") => {
            Some(TextFormat::Plain)
        }
        _ => None,
    }
}

fn is_html(media_type: &str) -> bool {
    media_type == "text/html"
}

/// The text of a part.
pub(super) struct Text<'a> {
    /// Mapped to the file.
    pub(super) text: MappedText<'a>,
    /// The charset that was declared, if nobody knows it.
    pub(super) unknown_charset: Option<String>,
    /// Whether it holds signs that its transfer encoding has no meaning for.
    pub(super) is_broken: bool,
}

/// Decodes a part; `None` if it is too long.
pub(super) fn text<'a>(ground: &Ground<'a>, part: &Part) -> Option<Text<'a>> {
    let raw = &ground.bytes[part.body.clone()];
    if raw.len() > MOST_BYTES {
        return None;
    }
    let transfer = Transfer::of(ground, part);
    let bytes = match transfer {
        Transfer::Base64 => base64::decode(raw, part.body.start),
        Transfer::QuotedPrintable => quoted_printable::decode(raw, part.body.start),
        Transfer::Plain => MappedBytes::verbatim(raw, part.body.start),
    };
    let declared = part.media.get("charset").map(|charset| charset.value.text());
    let declared =
        declared.and_then(|label| label.split([' ', '\'', '"', ';']).find(|label| !label.is_empty()));
    let is_ascii = |label: &str| {
        ["us-ascii", "ascii", "ansi_x3.4-1968"].iter().any(|ascii| label.eq_ignore_ascii_case(ascii))
    };
    let known = declared.and_then(Charset::named);
    let charset = match declared {
        // What an editor saved anew has one charset for all.
        _ if !ground.is_file && transfer == Transfer::Plain => Charset::named("utf-8"),
        // ASCII with other signs in it was declared in error.
        Some(label) if is_ascii(label) => None,
        _ => known,
    };
    let charset = Charset::of(bytes.bytes(), charset);
    let unknown_charset = declared.filter(|_| known.is_none()).map(str::to_owned);
    let is_broken = transfer == Transfer::Base64 && !base64::is_whole(raw);
    Some(Text { text: ground.on_file(bytes.decoded(charset)), unknown_charset, is_broken })
}
