use std::ops::Range;

/// A file that goes with a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// What it is called, decoded; `None` if nothing says.
    pub name: Option<String>,
    /// Where the file says that it is there: its name in the front matter, the record or the header of its part. Bytes
    /// of the text of page 0.
    pub at: Range<usize>,
    /// The media type that was declared, in lower case.
    pub media_type: Option<String>,
    /// What its first bytes show it to be, where they are at hand.
    pub looks_like: Option<FileKind>,
    /// Its size in bytes, decoded, where it is at hand.
    pub size: Option<u64>,
    /// Whether it is shown inside the message, as a picture is that the HTML names by `cid:`.
    pub is_inline: bool,
    /// Its `Content-ID` without brackets.
    pub content_id: Option<String>,
    /// Pixels across and down, where it is a picture and its first bytes are at hand.
    pub pixels: Option<(u32, u32)>,
    /// Whether it is a picture that moves; `None` if that cannot be seen.
    pub is_animated: Option<bool>,
}

/// What the first bytes of a file show it to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FileKind {
    /// PDF.
    Pdf,
    /// JPEG.
    Jpeg,
    /// PNG.
    Png,
    /// GIF.
    Gif,
    /// WebP.
    Webp,
    /// Another picture.
    Picture,
    /// A program.
    Executable,
    /// ZIP, RAR, 7z, gzip and the like; not those that are documents.
    Archive,
    /// Office Open XML (DOCX, XLSX, PPTX) without macros.
    OfficeDocument,
    /// A document with macros, or in the old binary form, which may have some.
    MacroDocument,
    /// HTML, SVG or another text that can run scripts.
    Script,
    /// Something else.
    Other,
}
