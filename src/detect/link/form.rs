//! How a link can be written and what can be wrong with it, as packs name it.
//!
//! This file knows nothing of the rest of the house, because `build.rs` shares it.

use serde::{Deserialize, Serialize};

/// How a link is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum LinkForm {
    /// `https://host/…`, also in angle brackets.
    Url,
    /// `www.host` without a scheme.
    Www,
    /// `host.tld/path` without a scheme.
    BarePath,
    /// `host.tld` alone.
    BareHost,
    /// `[text](target)`.
    Markdown,
    /// `host dot com` and the like.
    Disguised,
    /// In an attribute of markup, or in style.
    Attribute,
}

/// What is wrong with a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum LinkFault {
    /// No host, `localhost`, `javascript:` and the like.
    Broken,
    /// The text names another host than the target.
    TextMismatch,
    /// The text says nothing ("click here").
    VagueText,
    /// The host pretends to be Amazon's.
    Lookalike,
}
