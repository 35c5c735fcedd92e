//! Files that go with a message.

use std::ops::Range;

use crate::detect::emoji;
use crate::document::{Attachment, FileKind};
use crate::rule::compiled::{AttachmentWanted, RuleSet};
use crate::rule::schema::AttachmentFault;
use crate::view::fold;

use super::found::Found;
use super::message::Message;

/// Files that are as a rule wants them.
pub(super) fn attachments(message: &Message<'_>, wanted: &AttachmentWanted, rules: &RuleSet) -> Vec<Found> {
    let files = message.document.attachments.iter().filter(|file| wanted.inline || !file.is_inline);
    if let Some(most) = wanted.total_over {
        return too_much(files, most).into_iter().collect();
    }
    files.filter(|file| is_wanted(file, wanted, rules)).map(told).collect()
}

/// Emoji in the names of files.
pub(super) fn emoji_in_names(message: &Message<'_>, is_text_symbol: impl Fn(char) -> bool) -> Vec<Found> {
    let has_emoji = |file: &&Attachment| {
        let name = file.name.as_deref().unwrap_or_default();
        !name.is_ascii() && !emoji::emoji(name, &is_text_symbol).is_empty()
    };
    message.document.attachments.iter().filter(has_emoji).map(told).collect()
}

fn told(file: &Attachment) -> Found {
    let look = file.looks_like.map_or("a file", FileKind::name);
    Found::attachment(file).with("look", look).with("extension", file.extension().unwrap_or_default())
}

/// The file with which they are too much together.
fn too_much<'f>(files: impl Iterator<Item = &'f Attachment>, most: u64) -> Option<Found> {
    let mut total: u64 = 0;
    for file in files {
        total = total.saturating_add(file.size.unwrap_or_default());
        if total > most {
            // Rounded up, so that what is too much never reads as if it were not.
            return Some(told(file).with("megabytes", total.div_ceil(1_000_000).to_string()));
        }
    }
    None
}

fn is_wanted(file: &Attachment, wanted: &AttachmentWanted, rules: &RuleSet) -> bool {
    let name = file.name.as_deref().unwrap_or_default();
    let holds_word_of = |lists: &[String]| lists.iter().any(|list| has_word(name, list, rules));
    let extension = file.extension();
    let has_extension_of =
        |extensions: &[String]| extension.as_ref().is_some_and(|known| extensions.contains(known));
    (wanted.names.is_empty() || holds_word_of(&wanted.names))
        && (wanted.not_names.is_empty() || !holds_word_of(&wanted.not_names))
        && (wanted.extensions.is_empty() || has_extension_of(&wanted.extensions))
        && (wanted.not_extensions.is_empty()
            || extension.is_some() && !has_extension_of(&wanted.not_extensions))
        && (wanted.looks_like.is_empty()
            || file.looks_like.is_some_and(|kind| wanted.looks_like.contains(&kind)))
        && file.looks_like.is_none_or(|kind| !wanted.not_looks_like.contains(&kind))
        && wanted.faults.iter().all(|fault| has_fault(file, *fault))
}

/// Whether a name holds a word of a list, or some words in a row. Names are written in many ways: `User-Manual_v2.pdf`,
/// `UserManual.pdf`. In a list `*` stands for any letters at the end or at the beginning of a word.
fn has_word(name: &str, list: &str, rules: &RuleSet) -> bool {
    let words = words_of(name);
    rules.lists.words(list).any(|wanted| {
        let wanted: Vec<&str> = wanted.split(' ').collect();
        words
            .windows(wanted.len())
            .any(|window| window.iter().zip(&wanted).all(|(word, wanted)| is_word(word, wanted)))
    })
}

fn is_word(word: &str, wanted: &str) -> bool {
    match (wanted.strip_prefix('*'), wanted.strip_suffix('*')) {
        (Some(end), None) => word.ends_with(end),
        (None, Some(beginning)) => word.starts_with(beginning),
        (Some(_), Some(_)) => word.contains(wanted.trim_matches('*')),
        (None, None) => word == wanted,
    }
}

/// The words of a file name, in lower case.
fn words_of(name: &str) -> Vec<String> {
    let plain = fold::plain(name);
    let name = plain.text();
    let mut words = Vec::new();
    let mut start = 0;
    let mut before = ' ';
    let mut push = |range: Range<usize>| {
        words.extend((!range.is_empty()).then(|| name[range].to_lowercase()));
    };
    for (at, c) in name.char_indices() {
        let is_new_word = c.is_uppercase() && before.is_lowercase() || c.is_numeric() != before.is_numeric();
        if !c.is_alphanumeric() {
            push(start..at);
            start = at + c.len_utf8();
        } else if is_new_word {
            push(start..at);
            start = at;
        }
        before = c;
    }
    push(start..name.len());
    words
}

fn has_fault(file: &Attachment, fault: AttachmentFault) -> bool {
    match fault {
        AttachmentFault::Mismatch => is_mismatch(file).unwrap_or(false),
        AttachmentFault::DoubleExtension => has_two_extensions(file),
    }
}

/// Extensions of which it is known what the file must look like.
const LOOKS: [(&str, &[FileKind]); 16] = [
    ("pdf", &[FileKind::Pdf]),
    ("jpg", &[FileKind::Jpeg]),
    ("jpeg", &[FileKind::Jpeg]),
    ("png", &[FileKind::Png]),
    ("gif", &[FileKind::Gif]),
    ("webp", &[FileKind::Webp]),
    ("docx", &[FileKind::OfficeDocument]),
    ("xlsx", &[FileKind::OfficeDocument]),
    ("pptx", &[FileKind::OfficeDocument]),
    ("doc", &[FileKind::MacroDocument, FileKind::Other]),
    ("xls", &[FileKind::MacroDocument, FileKind::Other]),
    ("zip", &[FileKind::Archive]),
    ("txt", &[FileKind::Other]),
    ("csv", &[FileKind::Other]),
    ("tif", &[FileKind::Picture]),
    ("tiff", &[FileKind::Picture]),
];

/// Whether the first bytes show something else than the name says; `None` if either says nothing. One picture under the
/// name of another is a slip of a program, and opens all the same.
fn is_mismatch(file: &Attachment) -> Option<bool> {
    let kind = file.looks_like?;
    let extension = file.extension()?;
    let (_, right) = LOOKS.iter().find(|(known, _)| *known == extension)?;
    let is_picture = |kind: &FileKind| {
        matches!(kind, FileKind::Jpeg | FileKind::Png | FileKind::Gif | FileKind::Webp | FileKind::Picture)
    };
    let is_right = right.contains(&kind) || is_picture(&kind) && right.iter().all(is_picture);
    Some(!is_right)
}

/// Whether a known extension hides before the last one, as in `invoice.pdf.exe`.
fn has_two_extensions(file: &Attachment) -> bool {
    let (Some(name), Some(last)) = (&file.name, file.extension()) else { return false };
    let before = &name[..name.len() - name.rsplit('.').next().map_or(0, str::len)];
    let inner = before.trim_end_matches('.').rsplit_once('.').map(|(_, inner)| inner.trim().to_lowercase());
    inner.is_some_and(|inner| inner != last && LOOKS.iter().any(|(known, _)| *known == inner))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_cut_into_words() {
        let cases = [
            ("User-Manual_v2.pdf", "user manual v 2 pdf"),
            ("UserManual.pdf", "user manual pdf"),
            ("RECHNUNG 2026-11.PDF", "rechnung 2026 11 pdf"),
            ("Bedienungsanleitung.pdf", "bedienungsanleitung pdf"),
            ("取扱説明書.pdf", "取扱説明書 pdf"),
            ("", ""),
        ];
        for (name, words) in cases {
            assert_eq!(words_of(name).join(" "), words, "{name}");
        }
    }
}
