//! What the parts of a document can be, as packs name it.
//!
//! This file knows nothing of the rest of the house, because `build.rs` shares it.

use serde::{Deserialize, Serialize};

/// What a message is read from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Input {
    /// A file of its own: text, Markdown or HTML, with or without front matter.
    #[default]
    Draft,
    /// An e-mail.
    Mail,
    /// A line of JSON Lines.
    Lines,
    /// A row of a table.
    Table,
    /// A text in a file of JSON or YAML.
    Tree,
}

/// How a text meets the eye of the buyer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scope {
    /// It is read.
    Text,
    /// It is in the file but not shown: `display: none`, a comment that Outlook alone reads.
    Hidden,
    /// It stands for a picture or explains something: `alt`, `title`.
    Caption,
    /// Addresses in attributes, one a line.
    Address,
}

impl Scope {
    /// Whether people are meant to read it, so that it has sentences.
    pub fn is_prose(self) -> bool {
        matches!(self, Self::Text | Self::Hidden | Self::Caption)
    }
}

/// What an address is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Purpose {
    /// A link that a reader can follow: `href` of `a` and `area`, a link of Markdown.
    Link,
    /// A picture: `src`, `srcset`, `poster`, `background`, `url()` of a background.
    Picture,
    /// Something that is loaded without being asked for: style sheets, scripts, frames, fonts, media.
    Resource,
    /// Where a form sends what was typed.
    Form,
}

/// Why a text is not shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Hiding {
    /// `display: none`, the `hidden` attribute.
    NoDisplay,
    /// `visibility: hidden`, `opacity: 0`.
    Invisible,
    /// A size or a height of nothing.
    NoSize,
    /// The colour of the background.
    SameColour,
    /// Moved out of sight.
    Offscreen,
    /// In a conditional comment, which Outlook alone shows.
    Outlook,
}

/// Where a declaration stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Origin {
    /// In a `style` attribute.
    Inline,
    /// In a style sheet.
    Sheet,
    /// In a style sheet, below a condition such as `@media`, or for elements that cannot be told, such as `a:hover`.
    ConditionalSheet,
    /// An attribute or element that means the same: `<font color>`, `align`, `<center>`.
    Attribute,
}

/// What the first bytes of a file show it to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
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

impl FileKind {
    /// How people call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Pdf => "PDF",
            Self::Jpeg => "JPEG",
            Self::Png => "PNG",
            Self::Gif => "GIF",
            Self::Webp => "WebP",
            Self::Picture => "a picture",
            Self::Executable => "a program",
            Self::Archive => "an archive",
            Self::OfficeDocument => "an Office document",
            Self::MacroDocument => "a document that may hold macros",
            Self::Script => "something that can run scripts",
            Self::Other => "another file",
        }
    }
}

/// How a file of one message is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MessageFormat {
    /// Plain text.
    #[default]
    Txt,
    /// Markdown.
    Md,
    /// HTML, or a template that becomes HTML.
    Html,
    /// An e-mail.
    Eml,
}

impl MessageFormat {
    /// How it is called.
    pub fn name(self) -> &'static str {
        match self {
            Self::Txt => "txt",
            Self::Md => "md",
            Self::Html => "html",
            Self::Eml => "eml",
        }
    }
}
