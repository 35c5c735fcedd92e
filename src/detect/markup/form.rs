//! What can be asked of markup, as packs write it.
//!
//! This file knows nothing of the rest of the house but the forms of documents, because `build.rs` shares it.

use serde::{Deserialize, Serialize};

use crate::document::form::{Hiding, Origin};

/// `[detect.style]`: declarations of style. Those that bring back what is outside (`inherit`, `initial`, `unset`) never
/// count, nor those at elements that hold no text, nor an alignment that is the one of the text's direction.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct StyleWanted {
    /// They are about one of these properties.
    pub properties: Vec<String>,
    /// Where they stand; anywhere unless given.
    #[serde(default = "all_origins")]
    pub origins: Vec<Origin>,
    /// The value is one of these; any unless given.
    #[serde(default)]
    pub values: Vec<String>,
    /// The value is none of these.
    #[serde(default)]
    pub not_values: Vec<String>,
}

fn all_origins() -> Vec<Origin> {
    vec![Origin::Inline, Origin::Sheet, Origin::ConditionalSheet, Origin::Attribute]
}

/// `[detect.contrast]`: shown text that stands out too little, where the message sets both colours.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct ContrastWanted {
    /// What letters need at least, from 1 to 21.
    pub least: f32,
    /// What large letters need at least.
    pub least_large: f32,
    /// From how many pixels on letters are large.
    pub large: f32,
}

/// `[detect.element]`: elements, or attributes of them; all that is given must hold.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct ElementWanted {
    /// The element is called one of these; any unless given.
    #[serde(default)]
    pub names: Vec<String>,
    /// It has one of these attributes (`on*` for all that begin so), which is then marked.
    #[serde(default)]
    pub attributes: Vec<String>,
    /// A word of the attribute is one of these, in any case (`mso*` for all that begin so); any unless given.
    #[serde(default)]
    pub values: Vec<String>,
}

/// `[detect.hidden]`: text that is not shown.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct HiddenWanted {
    /// Why it is not shown.
    pub reasons: Vec<Hiding>,
    /// It has at least this many words.
    pub words: u32,
}

/// `[detect.structure]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct StructureWanted {
    /// What is wrong.
    pub fault: StructureFault,
}

/// What can be wrong with how elements stand together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum StructureFault {
    /// `html` without `lang`.
    NoLanguage,
    /// A link without text, picture or name.
    EmptyLink,
    /// A heading two or more levels below the one before.
    SkippedHeading,
    /// A table around another, which is no table to be read, without `role`.
    LayoutTable,
}

/// What a picture can be asked for besides hosts and words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum PictureTrait {
    /// At most two pixels across and down, or not shown: nobody is meant to see it.
    Unseen,
    /// At most two pixels across or down, but more the other way: a line or a gap.
    Thin,
    /// Neither of these.
    Seen,
    /// It comes with the message: `cid:`, `data:`, a path.
    Local,
    /// It is loaded from somewhere when the message is opened.
    Remote,
    /// It is the content of a link.
    Linked,
    /// It has no `alt`, or an empty one though it is all that a link holds.
    WithoutAlt,
    /// It is a GIF.
    Gif,
    /// It is seen to move.
    Animated,
    /// It is behind text: `background`, `url()`.
    Background,
}

/// Which limit of the configuration a number is, for numbers that users may change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum LimitName {
    /// The largest margin, in percent of the body.
    MarginPercent,
    /// The widest picture, in percent of the body.
    ImagePercent,
    /// The most sizes of letters.
    FontSizes,
    /// The most line breaks in a row.
    LineBreaks,
}

/// A number of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
pub enum Bound {
    /// The number itself.
    Number(u32),
    /// What the configuration says.
    Limit(LimitName),
}
