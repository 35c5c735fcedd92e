//! Attributes and elements that mean the same as a declaration: `<font color>`, `align`, `<center>`.

use std::borrow::Cow;
use std::ops::Range;

use crate::document::markup::{Attribute, Element};

use super::color;
use super::length;

/// A declaration that an attribute or an element stands for.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Meant {
    pub(super) property: &'static str,
    pub(super) value: String,
    /// The attribute or the tag, in page bytes.
    pub(super) range: Range<usize>,
    /// Whether it is the element itself that it is about; not so for `<body link>`.
    pub(super) is_own: bool,
}

/// What an element's name and attributes mean, in order.
pub(super) fn meant(element: &Element<'_>) -> Vec<Meant> {
    let mut all: Vec<Meant> = by_name(&element.name)
        .into_iter()
        .map(|(property, value)| Meant {
            property,
            value: value.to_owned(),
            range: element.tag.clone(),
            is_own: true,
        })
        .collect();
    for attribute in &element.attributes {
        let is_own = !matches!(&*attribute.name, "link" | "vlink" | "alink");
        all.extend(by_attribute(&element.name, attribute).into_iter().map(|(property, value)| Meant {
            property,
            value,
            range: attribute.range.clone(),
            is_own,
        }));
    }
    all
}

fn by_name(name: &str) -> Option<(&'static str, &'static str)> {
    match name {
        "center" => Some(("text-align", "center")),
        "big" => Some(("font-size", "larger")),
        "small" => Some(("font-size", "smaller")),
        _ => None,
    }
}

fn by_attribute(element: &str, attribute: &Attribute<'_>) -> Vec<(&'static str, String)> {
    let value = attribute.value.text().trim();
    if value.is_empty() {
        return Vec::new();
    }
    let lower = value.to_lowercase();
    let one = |property: &'static str, value: Option<Cow<'_, str>>| {
        value.map(|value| vec![(property, value.into_owned())]).unwrap_or_default()
    };
    match (&*attribute.name, element) {
        ("color", "font" | "basefont") | ("text" | "link" | "vlink" | "alink", "body") => {
            one("color", Some(color_value(lower)))
        }
        ("face", "font" | "basefont") => one("font-family", Some(lower.into())),
        ("size", "font" | "basefont") => one("font-size", length::of_font_element(value).map(Cow::from)),
        ("color", "mj-text" | "mj-button") => one("color", Some(color_value(lower))),
        ("font-family", "mj-text" | "mj-button") => one("font-family", Some(lower.into())),
        ("font-size", "mj-text" | "mj-button") => one("font-size", Some(lower.into())),
        ("line-height", "mj-text" | "mj-button") => one("line-height", Some(lower.into())),
        ("bgcolor", _) => one("background-color", Some(color_value(lower))),
        ("background", "body" | "table" | "tr" | "td" | "th" | "thead" | "tbody" | "tfoot") => {
            one("background-image", Some("url".into()))
        }
        ("align", "table") => table_align(&lower),
        ("align", "img" | "iframe" | "object" | "input" | "hr") => {
            one("float", matches!(&*lower, "left" | "right").then(|| lower.into()))
        }
        ("align", _) => one(
            "text-align",
            matches!(&*lower, "left" | "center" | "middle" | "right" | "justify").then(|| lower.into()),
        ),
        (
            "width" | "height",
            "img" | "table" | "td" | "th" | "tr" | "col" | "iframe" | "video" | "object",
        ) => {
            let property = if attribute.name == "width" { "width" } else { "height" };
            one(property, length_value(value))
        }
        ("leftmargin", "body") => one("margin-left", length_value(value)),
        ("topmargin", "body") => one("margin-top", length_value(value)),
        ("nowrap", _) => one("white-space", Some("nowrap".into())),
        _ => Vec::new(),
    }
}

/// A table that is set in the middle moves as a box; the text in it stays as it was.
fn table_align(value: &str) -> Vec<(&'static str, String)> {
    match value {
        "left" | "right" => vec![("float", value.to_owned())],
        "center" => vec![("margin-left", "auto".to_owned()), ("margin-right", "auto".to_owned())],
        _ => Vec::new(),
    }
}

/// A colour as CSS would write it.
fn color_value(value: String) -> Cow<'static, str> {
    let needs_hash = color::parse(&value).is_none() && color::parse_attribute(&value).is_some();
    if needs_hash { format!("#{value}").into() } else { value.into() }
}

/// A length as CSS would write it.
fn length_value(value: &str) -> Option<Cow<'static, str>> {
    let length = length::parse_attribute(value)?;
    Some(match length {
        super::Length::Pixels(pixels) => format!("{pixels}px").into(),
        super::Length::Percent(share) => format!("{share}%").into(),
    })
}
