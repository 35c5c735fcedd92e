use std::path::Path;

use crate::document::Format;
use crate::text::Charset;

/// What a file is, as far as its name tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FileType {
    /// A file of messages.
    Known(Format),
    /// Something else, known by its ending.
    Foreign(&'static Foreign),
    /// Perhaps a draft.
    Unknown,
}

/// A kind of file that is not read, and what to do with it instead.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Foreign {
    /// What it is, with its article.
    pub(super) what: &'static str,
    /// What to do instead.
    pub(super) help: &'static str,
    extensions: &'static [&'static str],
}

const AS_TEXT: &str = "save the message as plain text (.txt) and check that";
const AS_TABLE: &str = "save it as CSV (.csv), or the message as plain text (.txt)";
const TYPED: &str = "type the message into a plain text file (.txt) and check that";

const FOREIGN: &[Foreign] = &[
    Foreign { what: "a Word file", help: AS_TEXT, extensions: &["docx", "doc", "docm", "dotx", "dot"] },
    Foreign { what: "an OpenDocument text", help: AS_TEXT, extensions: &["odt", "fodt"] },
    Foreign { what: "a rich text file", help: AS_TEXT, extensions: &["rtf"] },
    Foreign { what: "a Pages document", help: AS_TEXT, extensions: &["pages"] },
    Foreign { what: "a PDF", help: AS_TEXT, extensions: &["pdf"] },
    Foreign {
        what: "a mail of Outlook or a mailbox",
        help: "save the message as an e-mail (.eml) and check that",
        extensions: &["msg", "mbox", "emlx", "pst"],
    },
    Foreign {
        what: "a web archive",
        help: "save the page as HTML alone (.html) and check that",
        extensions: &["mht", "mhtml"],
    },
    Foreign { what: "a spreadsheet", help: AS_TABLE, extensions: &["xlsx", "xls", "xlsm", "ods", "numbers"] },
    Foreign {
        what: "a picture",
        help: TYPED,
        extensions: &[
            "png", "jpg", "jpeg", "gif", "webp", "bmp", "tif", "tiff", "heic", "svg", "ico", "avif",
        ],
    },
    Foreign { what: "a presentation", help: TYPED, extensions: &["pptx", "ppt", "odp", "key"] },
    Foreign {
        what: "a film or a recording",
        help: TYPED,
        extensions: &["mp4", "mov", "avi", "webm", "mp3", "wav"],
    },
    Foreign {
        what: "an archive",
        help: "unpack it and check the folder",
        extensions: &["zip", "gz", "7z", "rar", "tar", "tgz", "xz", "zst", "bz2"],
    },
];

impl FileType {
    /// Tells by the ending.
    pub(super) fn of(path: &Path) -> Self {
        let Some(extension) = path.extension() else { return Self::Unknown };
        let extension = extension.to_string_lossy().to_ascii_lowercase();
        if let Some(format) = Format::of_extension(&extension) {
            return Self::Known(format);
        }
        let foreign = FOREIGN.iter().find(|foreign| foreign.extensions.contains(&extension.as_str()));
        foreign.map_or(Self::Unknown, Self::Foreign)
    }

    /// The format of a file of messages.
    pub(super) fn format(self) -> Option<Format> {
        if let Self::Known(format) = self { Some(format) } else { None }
    }
}

/// The first bytes of files that are no text, whatever they are called, and what they are.
const BEGINNINGS: &[(&[u8], &str)] = &[
    (b"\x89PNG\r\n", "a picture (PNG)"),
    (b"\xFF\xD8\xFF", "a picture (JPEG)"),
    (b"GIF87a", "a picture (GIF)"),
    (b"GIF89a", "a picture (GIF)"),
    (b"%PDF-", "a PDF"),
    (b"{\\rtf1", "a rich text file"),
    (b"PK\x03\x04", "a Word file, a spreadsheet or an archive"),
    (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "an old Word file, a spreadsheet or a mail of Outlook"),
    (b"\x1F\x8B\x08", "an archive"),
    (b"7z\xBC\xAF\x27\x1C", "an archive"),
    (b"Rar!\x1A\x07", "an archive"),
    (b"\xFD7zXZ\0", "an archive"),
    (b"BZh91AY&SY", "an archive"),
    (b"\x28\xB5\x2F\xFD", "an archive"),
];

/// What some bytes are if they surely are no text.
pub(super) fn known_beginning(bytes: &[u8]) -> Option<&'static str> {
    BEGINNINGS.iter().find(|(beginning, _)| bytes.starts_with(beginning)).map(|(_, what)| *what)
}

/// Whether some bytes are no text: there are zeros among the first of them, and they are not those of UTF-16. `declared` is
/// the charset, if that was said.
pub(super) fn looks_binary(bytes: &[u8], declared: Option<Charset>) -> bool {
    let start = &bytes[..bytes.len().min(8192)];
    memchr::memchr(0, start).is_some() && !Charset::of(start, declared).is_utf16()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ending_tells() {
        assert_eq!(FileType::of(Path::new("a.TXT")).format().unwrap().name(), "txt");
        assert_eq!(FileType::of(Path::new("a.b.ndjson")).format().unwrap().name(), "jsonl");
        assert_eq!(FileType::of(Path::new("README")), FileType::Unknown);
        assert_eq!(FileType::of(Path::new("note.msg2")), FileType::Unknown);
        let FileType::Foreign(foreign) = FileType::of(Path::new("invoice.Docx")) else { panic!() };
        assert_eq!(foreign.what, "a Word file");
    }

    #[test]
    fn no_ending_is_listed_twice() {
        let mut all: Vec<_> = FOREIGN.iter().flat_map(|foreign| foreign.extensions).collect();
        let count = all.len();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), count);
    }

    #[test]
    fn utf16_is_text_and_zeros_are_not() {
        let utf16: Vec<u8> = "\u{FEFF}Hello".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let looks_binary = |bytes: &[u8]| looks_binary(bytes, None);
        assert!(!looks_binary(&utf16) && !looks_binary(&utf16[2..]));
        assert!(!looks_binary(b"Hello") && !looks_binary(b""));
        assert!(looks_binary(b"Hel\0lo") && looks_binary(b"\x7fELF\x02\x01\x01\0"));
    }

    #[test]
    fn utf16_that_cannot_be_told_by_its_zeros_can_be_declared() {
        let chinese: Vec<u8> =
            "\u{4E00}\u{4E8C}\u{4E09}\u{56DB}".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert!(looks_binary(&chinese, None));
        assert!(!looks_binary(&chinese, Charset::named("utf-16le")));
    }

    #[test]
    fn a_beginning_tells_what_no_ending_may_deny() {
        assert_eq!(known_beginning(b"\x89PNG\r\n\x1a\n"), Some("a picture (PNG)"));
        assert_eq!(known_beginning(b"PK\x03\x04\x14"), Some("a Word file, a spreadsheet or an archive"));
        for text in ["", "PK: see below", "GIF for you", "{rtf}", "<!DOCTYPE html>", "\u{FEFF}Hello"] {
            assert_eq!(known_beginning(text.as_bytes()), None, "{text}");
        }
    }
}
