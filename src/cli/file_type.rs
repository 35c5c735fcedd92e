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

/// Whether some bytes are no text: there are zeros among the first of them, and they are not those of UTF-16.
pub(super) fn looks_binary(bytes: &[u8]) -> bool {
    let start = &bytes[..bytes.len().min(8192)];
    memchr::memchr(0, start).is_some() && !Charset::of(start, None).is_utf16()
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
        assert!(!looks_binary(&utf16) && !looks_binary(b"Hello") && !looks_binary(b""));
        assert!(looks_binary(b"PK\x03\x04\x14\0\0\0\x08") && looks_binary(b"\x7fELF\x02\x01\x01\0"));
    }
}
