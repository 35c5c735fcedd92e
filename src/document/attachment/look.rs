//! What a file is by its first bytes, whatever its name says.
//!
//! The table is our own: the crates for this do not tell a document with macros from one without, which is what Amazon's
//! rule turns on. Only `imagesize` reads the pixels.

use memchr::memmem;

use crate::document::form::FileKind;

/// As many first bytes of a file as are looked at.
pub const FIRST_BYTES: usize = 256 * 1024;

/// What the first bytes of a file show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Look {
    /// What it is; `None` for an empty file.
    pub kind: Option<FileKind>,
    /// Pixels across and down of a picture.
    pub pixels: Option<(u32, u32)>,
    /// Whether it is a picture that moves; `None` if that cannot be seen.
    pub is_animated: Option<bool>,
}

/// Signatures at the very beginning, the longer before the shorter.
const SIGNATURES: &[(&[u8], FileKind)] = &[
    (b"\xFF\xD8\xFF", FileKind::Jpeg),
    (b"\x89PNG\r\n\x1A\n", FileKind::Png),
    (b"GIF87a", FileKind::Gif),
    (b"GIF89a", FileKind::Gif),
    (b"II*\0", FileKind::Picture),
    (b"MM\0*", FileKind::Picture),
    (b"8BPS", FileKind::Picture),
    (b"\0\0\x01\0", FileKind::Picture),
    (b"MZ", FileKind::Executable),
    (b"\x7FELF", FileKind::Executable),
    (b"\xFE\xED\xFA\xCE", FileKind::Executable),
    (b"\xFE\xED\xFA\xCF", FileKind::Executable),
    (b"\xCE\xFA\xED\xFE", FileKind::Executable),
    (b"\xCF\xFA\xED\xFE", FileKind::Executable),
    (b"\xCA\xFE\xBA\xBE", FileKind::Executable),
    (b"dex\n", FileKind::Executable),
    // A shortcut of Windows runs what it names.
    (b"L\0\0\0\x01\x14\x02\0", FileKind::Executable),
    (b"#!", FileKind::Script),
    (b"Rar!\x1A\x07", FileKind::Archive),
    (b"7z\xBC\xAF\x27\x1C", FileKind::Archive),
    (b"\x1F\x8B", FileKind::Archive),
    (b"BZh", FileKind::Archive),
    (b"\xFD7zXZ\0", FileKind::Archive),
    (b"\x28\xB5\x2F\xFD", FileKind::Archive),
    (b"MSCF", FileKind::Archive),
    (b"PK\x05\x06", FileKind::Archive),
    (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", FileKind::MacroDocument),
];

/// Beginnings of texts that a browser runs, in lower case.
const SCRIPTS: [&[u8]; 9] = [
    b"<!doctype html",
    b"<html",
    b"<head",
    b"<body",
    b"<script",
    b"<svg",
    b"<!doctype svg",
    b"<iframe",
    b"<hta:",
];

/// Looks at the first bytes of a file.
pub fn look(first: &[u8]) -> Look {
    let kind = kind_of(first);
    let is_picture = matches!(
        kind,
        Some(FileKind::Jpeg | FileKind::Png | FileKind::Gif | FileKind::Webp | FileKind::Picture)
    );
    let size = is_picture.then(|| imagesize::blob_size(first).ok()).flatten();
    let pixels =
        size.and_then(|size| Some((u32::try_from(size.width).ok()?, u32::try_from(size.height).ok()?)));
    let is_animated = match kind {
        Some(FileKind::Gif) => gif_moves(first),
        Some(FileKind::Png) => png_moves(first),
        Some(FileKind::Webp) => {
            first.get(12..16).zip(first.get(20)).map(|(name, flags)| name == b"VP8X" && flags & 2 != 0)
        }
        Some(FileKind::Jpeg) => Some(false),
        _ => None,
    };
    Look { kind, pixels, is_animated }
}

fn kind_of(first: &[u8]) -> Option<FileKind> {
    if first.is_empty() {
        return None;
    }
    if let Some((_, kind)) = SIGNATURES.iter().find(|(signature, _)| first.starts_with(signature)) {
        return Some(*kind);
    }
    let head = &first[..first.len().min(1024)];
    let brand = first.get(8..12).unwrap_or_default();
    Some(match first {
        _ if first.starts_with(b"PK\x03\x04") => zip(first),
        _ if memmem::find(head, b"%PDF-").is_some() => FileKind::Pdf,
        _ if first.starts_with(b"RIFF") && brand == b"WEBP" => FileKind::Webp,
        _ if first.starts_with(b"BM") && first.get(6..10) == Some(&[0; 4]) => FileKind::Picture,
        _ if first.get(4..8) == Some(b"ftyp") && matches!(brand, b"heic" | b"heix" | b"mif1" | b"avif") => {
            FileKind::Picture
        }
        _ if first.get(257..262) == Some(b"ustar") => FileKind::Archive,
        _ if is_script(head) => FileKind::Script,
        _ => FileKind::Other,
    })
}

fn is_script(head: &[u8]) -> bool {
    let head = head.strip_prefix("\u{FEFF}".as_bytes()).unwrap_or(head);
    let head = head.trim_ascii_start().to_ascii_lowercase();
    let is_svg = || head.starts_with(b"<?xml") && memmem::find(&head, b"<svg").is_some();
    SCRIPTS.iter().any(|script| head.starts_with(script)) || is_svg()
}

/// What a ZIP is by the names of the files in it, as far as their headers are at hand.
fn zip(first: &[u8]) -> FileKind {
    let mut kind = FileKind::Archive;
    for name in (ZipNames { bytes: first, at: 0 }) {
        if name.ends_with(b"vbaProject.bin") {
            return FileKind::MacroDocument;
        }
        if matches!(name, b"META-INF/MANIFEST.MF" | b"AndroidManifest.xml") {
            return FileKind::Executable;
        }
        if name == b"[Content_Types].xml"
            || [&b"word/"[..], b"xl/", b"ppt/"].iter().any(|folder| name.starts_with(folder))
        {
            kind = FileKind::OfficeDocument;
        }
        if name == b"mimetype" && kind == FileKind::Archive {
            // OpenDocument and EPUB begin with it.
            kind = FileKind::Other;
        }
    }
    kind
}

/// Names in the headers of a ZIP before each file.
struct ZipNames<'b> {
    bytes: &'b [u8],
    at: usize,
}

impl<'b> Iterator for ZipNames<'b> {
    type Item = &'b [u8];

    fn next(&mut self) -> Option<&'b [u8]> {
        const HEADER: usize = 30;
        // A file whose length was not known beforehand is passed by looking for the next header.
        self.at += memmem::find(self.bytes.get(self.at..)?, b"PK\x03\x04")?;
        let header = self.bytes.get(self.at..self.at + HEADER)?;
        let number = |at: usize| usize::from(u16::from_le_bytes([header[at], header[at + 1]]));
        let (name_len, extra_len) = (number(26), number(28));
        let stored = u32::from_le_bytes([header[18], header[19], header[20], header[21]]);
        let name_start = self.at + HEADER;
        let name = self.bytes.get(name_start..name_start + name_len)?;
        let is_known = stored != u32::MAX && number(6) & 8 == 0;
        let skipped = if is_known { usize::try_from(stored).ok()? } else { 0 };
        self.at = (name_start + name_len + extra_len).saturating_add(skipped);
        Some(name)
    }
}

/// Whether a GIF has a second picture.
fn gif_moves(bytes: &[u8]) -> Option<bool> {
    let table = |flags: u8| if flags & 0x80 == 0 { 0 } else { 3 << (usize::from(flags & 7) + 1) };
    let mut at = 13 + table(*bytes.get(10)?);
    let mut pictures = 0;
    loop {
        match bytes.get(at)? {
            0x21 => at += 2,
            0x2C => {
                pictures += 1;
                if pictures == 2 {
                    return Some(true);
                }
                at += 11 + table(*bytes.get(at + 9)?);
            }
            _ => return Some(false),
        }
        while *bytes.get(at)? != 0 {
            at += 1 + usize::from(bytes[at]);
        }
        at += 1;
    }
}

/// Whether a PNG has the chunk of APNG, which comes before the picture.
fn png_moves(bytes: &[u8]) -> Option<bool> {
    let mut at = 8;
    loop {
        let chunk = bytes.get(at..at + 8)?;
        match &chunk[4..] {
            b"acTL" => return Some(true),
            b"IDAT" | b"IEND" => return Some(false),
            _ => {}
        }
        let len = u32::from_be_bytes([chunk[0], chunk[1], chunk[2], chunk[3]]);
        at = at.saturating_add(12).saturating_add(usize::try_from(len).ok()?);
        if at > bytes.len() {
            return None;
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn zip_of(names: &[&str]) -> Vec<u8> {
        let entry = |name: &&str| {
            let len = u16::try_from(name.len()).unwrap().to_le_bytes();
            [
                b"PK\x03\x04\x14\0\0\0\0\0\0\0\0\0\0\0\0\0\x03\0\0\0\x03\0\0\0",
                &len[..],
                b"\0\0",
                name.as_bytes(),
                b"abc",
            ]
            .concat()
        };
        names.iter().flat_map(entry).collect()
    }

    fn gif(pictures: usize) -> Vec<u8> {
        let head =
            b"GIF89a\x02\0\x03\0\x80\0\0\0\0\0\xFF\xFF\xFF\x21\xFF\x0BNETSCAPE2.0\x03\x01\0\0\0".to_vec();
        let picture = b"\x21\xF9\x04\0\0\0\0\0\x2C\0\0\0\0\x02\0\x03\0\0\x02\x02\x44\x01\0";
        [head, picture.repeat(pictures), b"\x3B".to_vec()].concat()
    }

    fn png(chunk: &[u8]) -> Vec<u8> {
        let ihdr = b"\0\0\0\rIHDR\0\0\0\x07\0\0\0\x05\x08\x06\0\0\0\0\0\0\0";
        [
            &b"\x89PNG\r\n\x1A\n"[..],
            ihdr,
            b"\0\0\0\x08",
            chunk,
            b"\0\0\0\0\0\0\0\0\0\0\0\0",
            b"\0\0\0\0IDAT\0\0\0\0",
        ]
        .concat()
    }

    #[test]
    fn files_are_known_by_their_first_bytes() {
        use FileKind::{
            Archive, Executable, Gif, Jpeg, MacroDocument, OfficeDocument, Other, Pdf, Picture, Png, Script,
            Webp,
        };
        let cases: Vec<(Vec<u8>, FileKind)> = vec![
            (b"%PDF-1.7\n".to_vec(), Pdf),
            (b"\r\n%PDF-1.4".to_vec(), Pdf),
            (b"\xFF\xD8\xFF\xE0".to_vec(), Jpeg),
            (png(b"tEXt"), Png),
            (gif(1), Gif),
            (b"RIFF\0\0\0\0WEBPVP8 ".to_vec(), Webp),
            (b"BM\x10\0\0\0\0\0\0\0".to_vec(), Picture),
            (b"\0\0\0\x18ftypheic".to_vec(), Picture),
            (b"MZ\x90\0".to_vec(), Executable),
            (b"#!/bin/sh\n".to_vec(), Script),
            (b"\xEF\xBB\xBF\n<!DOCTYPE HTML>".to_vec(), Script),
            (b"<?xml version='1.0'?>\n<svg>".to_vec(), Script),
            (b"<?xml version='1.0'?>\n<order>".to_vec(), Other),
            (zip_of(&["a.txt"]), Archive),
            (zip_of(&["[Content_Types].xml", "word/document.xml"]), OfficeDocument),
            (zip_of(&["[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"]), MacroDocument),
            (zip_of(&["META-INF/MANIFEST.MF", "A.class"]), Executable),
            (zip_of(&["mimetype", "content.xml"]), Other),
            (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec(), MacroDocument),
            (b"Rar!\x1A\x07\0".to_vec(), Archive),
            (b"BEGIN:VCARD\n".to_vec(), Other),
            (b"BMW is a brand".to_vec(), Other),
        ];
        for (bytes, kind) in cases {
            assert_eq!(look(&bytes).kind, Some(kind), "{:?}", String::from_utf8_lossy(&bytes));
        }
        assert_eq!(look(b"").kind, None);
    }

    #[test]
    fn pictures_are_measured_and_watched() {
        let cases = [
            (gif(1), Some((2, 3)), Some(false)),
            (gif(2), Some((2, 3)), Some(true)),
            (gif(2)[..40].to_vec(), Some((2, 3)), None),
            (png(b"tEXt"), Some((7, 5)), Some(false)),
            (png(b"acTL"), Some((7, 5)), Some(true)),
            (png(b"tEXt")[..40].to_vec(), Some((7, 5)), None),
            (
                b"RIFF\x1A\0\0\0WEBPVP8X\x0A\0\0\0\x02\0\0\0\x09\0\0\x04\0\0".to_vec(),
                Some((10, 5)),
                Some(true),
            ),
        ];
        for (bytes, pixels, is_animated) in cases {
            let look = look(&bytes);
            assert_eq!((look.pixels, look.is_animated), (pixels, is_animated), "{bytes:?}");
        }
    }

    proptest! {
        #[test]
        fn anything_can_be_looked_at(start in 0usize..SIGNATURES.len() + 4, bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            let more: [&[u8]; 4] = [b"PK\x03\x04", b"RIFF\0\0\0\0WEBPVP8X", b"\0\0\0\x18ftypheic", b"\xFF\xD8\xFF\xE0\0\x10"];
            let signature = SIGNATURES.get(start).map_or_else(|| more[start - SIGNATURES.len()], |(signature, _)| signature);
            look(&[signature, &bytes].concat());
        }

        #[test]
        fn whole_files_with_changed_bytes_can_be_looked_at(which in 0usize..4, changes in prop::collection::vec((0usize..200, any::<u8>()), 0..6), cut in 0usize..200) {
            let mut bytes = [gif(2), png(b"acTL"), zip_of(&["[Content_Types].xml", "word/vbaProject.bin"]), gif(1)][which].clone();
            for (at, byte) in changes {
                let len = bytes.len();
                bytes[at % len] = byte;
            }
            bytes.truncate(bytes.len().max(cut + 1) - cut);
            look(&bytes);
        }
    }
}
