//! Declarations of style.

use std::ops::Range;

use crate::document::Markup;
use crate::document::form::Origin;
use crate::document::style::{Declaration, Length};
use crate::verdict::Confidence;

use super::form::StyleWanted;

/// Values that set nothing.
const NO_VALUES: [&str; 6] = ["inherit", "initial", "unset", "revert", "revert-layer", ""];

/// Elements that never hold text.
const VOID: [&str; 8] = ["img", "br", "hr", "col", "input", "wbr", "source", "area"];

/// Characters that a table cell with a number has at most.
const LONGEST_NUMBER: usize = 20;

/// The declarations that somebody asks for, in bytes of the page; `text` is the shown text of the markup.
pub fn declared(markup: &Markup<'_>, text: &str, wanted: &StyleWanted) -> Vec<(Range<usize>, Confidence)> {
    let mut found: Vec<(Range<usize>, Confidence)> = Vec::new();
    for declaration in &markup.declarations {
        if !is_wanted(declaration, wanted) || !is_about_text(markup, text, declaration) {
            continue;
        }
        if is_natural_alignment(markup, declaration) {
            continue;
        }
        let is_repeat = found.last().is_some_and(|(range, _)| *range == declaration.range);
        if !is_repeat {
            found.push((declaration.range.clone(), confidence(markup, text, declaration)));
        }
    }
    found
}

fn is_wanted(declaration: &Declaration, wanted: &StyleWanted) -> bool {
    let value = &declaration.value;
    wanted.properties.contains(&declaration.property)
        && wanted.origins.contains(&declaration.origin)
        && !NO_VALUES.contains(&value.as_str())
        && (wanted.values.is_empty() || wanted.values.contains(value))
        && !wanted.not_values.contains(value)
}

/// Whether there is text that a declaration can change. What a rule of a sheet means is only known by one element.
fn is_about_text(markup: &Markup<'_>, text: &str, declaration: &Declaration) -> bool {
    let Some(element) = markup.elements.get(declaration.element) else { return true };
    if VOID.contains(&&*element.name) || element.style.hiding.is_some() {
        return false;
    }
    match declaration.origin {
        Origin::Sheet | Origin::ConditionalSheet => true,
        Origin::Inline | Origin::Attribute => {
            text.get(element.text.clone()).is_none_or(|text| !text.trim().is_empty())
        }
    }
}

/// Whether a text would be set this way anyhow.
fn is_natural_alignment(markup: &Markup<'_>, declaration: &Declaration) -> bool {
    if declaration.property != "text-align" {
        return false;
    }
    let element = markup.elements.get(declaration.element);
    let is_right_to_left = element.is_some_and(|element| element.style.is_right_to_left);
    match declaration.value.as_str() {
        "start" | "match-parent" => true,
        "left" => !is_right_to_left,
        "right" => is_right_to_left,
        // What a placeholder stands for may be the natural one.
        value => value.contains("{}"),
    }
}

/// A number in a table cell is set right so that it can be read.
fn confidence(markup: &Markup<'_>, text: &str, declaration: &Declaration) -> Confidence {
    let is_number = markup.elements.get(declaration.element).is_some_and(|element| {
        let text = text.get(element.text.clone()).unwrap_or_default().trim();
        let is_cell = matches!(&*element.name, "td" | "th");
        is_cell && text.len() <= LONGEST_NUMBER && text.bytes().any(|byte| byte.is_ascii_digit())
    });
    if declaration.property == "text-align" && is_number { Confidence::Low } else { Confidence::High }
}

/// Margins that take more than a share of the body, in bytes of the page and in percent.
pub fn margins(markup: &Markup<'_>, body_width: u32, most_percent: u32) -> Vec<(Range<usize>, f32)> {
    let mut found: Vec<(Range<usize>, f32)> = Vec::new();
    for declaration in &markup.declarations {
        let is_margin =
            |side| declaration.property.strip_prefix(side).is_some_and(|rest| rest.starts_with('-'));
        if !is_margin("margin") && !is_margin("padding") {
            continue;
        }
        let Some(element) = markup.elements.get(declaration.element) else { continue };
        if element.style.hiding.is_some() {
            continue;
        }
        let percent = match Length::parse(&declaration.value, element.style.font_size) {
            Some(Length::Percent(percent)) => percent,
            Some(Length::Pixels(pixels)) => pixels * 100.0 / body_width.max(1) as f32,
            None => continue,
        };
        if percent <= most_percent as f32 + 0.01 {
            continue;
        }
        match found.last_mut() {
            Some((range, most)) if *range == declaration.range => *most = most.max(percent),
            _ => found.push((declaration.range.clone(), percent)),
        }
    }
    found
}
