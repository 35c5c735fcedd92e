//! What shorthands set: `font`, `margin`, `padding`, `background`.

use super::color;
use super::length;

/// The properties that a shorthand sets and their values; nothing for any other property.
pub(super) fn longhands(property: &str, value: &str) -> Vec<(&'static str, String)> {
    match property {
        "font" => font(value),
        "margin" => sides(["margin-top", "margin-right", "margin-bottom", "margin-left"], value),
        "padding" => sides(["padding-top", "padding-right", "padding-bottom", "padding-left"], value),
        "background" => background(value),
        _ => Vec::new(),
    }
}

/// Values that bring back what is outside instead of setting something.
pub(super) fn is_wide(value: &str) -> bool {
    matches!(value, "inherit" | "initial" | "unset" | "revert" | "revert-layer")
}

/// The parts of a value between blanks that stand in no brackets.
pub(super) fn components(value: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut depth, mut start) = (0_usize, 0);
    for (at, byte) in value.bytes().enumerate() {
        match byte {
            b'(' => depth += 1,
            b')' => depth = depth.saturating_sub(1),
            b' ' if depth == 0 => {
                parts.push(&value[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&value[start..]);
    parts.retain(|part| !part.is_empty());
    parts
}

/// `italic 12px/1.5 arial, sans-serif`.
fn font(value: &str) -> Vec<(&'static str, String)> {
    if is_wide(value) {
        return ["font-size", "line-height", "font-family"].map(|name| (name, value.to_owned())).into();
    }
    let parts = components(value);
    let size_of = |part: &str| part.split('/').next().is_some_and(length::is_font_size);
    let Some(at) = parts.iter().position(|part| size_of(part)) else { return Vec::new() };
    let (size, height) =
        parts[at].split_once('/').map_or((parts[at], None), |(size, height)| (size, Some(height)));
    let mut set = vec![("font-size", size.to_owned())];
    set.extend(height.map(|height| ("line-height", height.to_owned())));
    let family = parts[at + 1..].join(" ");
    if !family.is_empty() {
        set.push(("font-family", family));
    }
    set
}

/// One to four values: all; upright and sideways; top, sideways, bottom; each.
fn sides(names: [&'static str; 4], value: &str) -> Vec<(&'static str, String)> {
    let parts = components(value);
    let order = match parts.len() {
        1 => [0, 0, 0, 0],
        2 => [0, 1, 0, 1],
        3 => [0, 1, 2, 1],
        4 => [0, 1, 2, 3],
        _ => return Vec::new(),
    };
    names.into_iter().zip(order).map(|(name, part)| (name, parts[part].to_owned())).collect()
}

fn background(value: &str) -> Vec<(&'static str, String)> {
    if is_wide(value) {
        return vec![("background-color", value.to_owned()), ("background-image", "none".to_owned())];
    }
    let parts = components(value);
    let is_color =
        |part: &&&str| color::parse(part).is_some() || part.starts_with("var(") || part.contains("{}");
    let color = parts.iter().find(is_color).map_or("transparent", |part| part);
    let has_image = ["url(", "gradient(", "image-set("].iter().any(|image| value.contains(image));
    let image = if has_image { value } else { "none" };
    vec![("background-color", color.to_owned()), ("background-image", image.to_owned())]
}
