//! Lengths and sizes of letters, in CSS pixels.

use cssparser::{Parser, Token};

use super::Length;

/// The size of letters where nothing says another.
pub(super) const MEDIUM: f32 = 16.0;

/// No size is larger, so that nested shares cannot run away.
const LARGEST: f32 = 100_000.0;

/// Keywords of `font-size`, from the smallest on; `<font size>` counts from 1 on from the second.
const SIZES: [(&str, f32); 8] = [
    ("xx-small", 9.0),
    ("x-small", 10.0),
    ("small", 13.0),
    ("medium", 16.0),
    ("large", 18.0),
    ("x-large", 24.0),
    ("xx-large", 32.0),
    ("xxx-large", 48.0),
];

/// How much larger `larger` is.
const STEP: f32 = 1.2;

impl Length {
    /// Reads a length of CSS, given the size of the letters.
    pub fn parse(value: &str, font_size: f32) -> Option<Self> {
        parse(value, font_size)
    }
}

/// A length of CSS; nothing for `auto`, sums and units of the window.
pub(super) fn parse(value: &str, font_size: f32) -> Option<Length> {
    let mut input = Parser::new(value);
    let length = match input.next().ok()? {
        // Without a doctype, as most mails are, browsers take a bare number for pixels.
        Token::Number { value, .. } => Length::Pixels(*value),
        Token::Percentage { unit_value, .. } => Length::Percent(unit_value * 100.0),
        Token::Dimension { value, unit, .. } => Length::Pixels(value * pixels_of(unit, font_size)?),
        _ => return None,
    };
    input.expect_exhausted().ok()?;
    Some(match length {
        Length::Pixels(size) => Length::Pixels(within(size)),
        Length::Percent(share) => Length::Percent(within(share)),
    })
}

/// A length of an attribute: digits, and perhaps a `%` behind them.
pub(super) fn parse_attribute(value: &str) -> Option<Length> {
    let value = value.trim_start();
    let digits = value.bytes().take_while(|byte| byte.is_ascii_digit() || *byte == b'.').count();
    let number: f32 = value[..digits].parse().ok()?;
    let is_share = value[digits..].trim_start().starts_with('%');
    Some(if is_share { Length::Percent(within(number)) } else { Length::Pixels(within(number)) })
}

/// A `font-size`, given that of the element around.
pub(super) fn font_size(value: &str, parent: f32) -> Option<f32> {
    let size = match value {
        "inherit" | "unset" => parent,
        "initial" => MEDIUM,
        "smaller" => parent / STEP,
        "larger" => parent * STEP,
        _ => match SIZES.iter().find(|(name, _)| *name == value) {
            Some((_, size)) => *size,
            None => match parse(value, parent)? {
                Length::Pixels(size) => size,
                Length::Percent(share) => parent * share / 100.0,
            },
        },
    };
    (size >= 0.0).then_some(size.min(LARGEST))
}

/// Whether a value can be a `font-size` inside of `font`, where a bare number is a weight.
pub(super) fn is_font_size(value: &str) -> bool {
    let is_weight = value.parse::<f32>().is_ok_and(|number| number != 0.0);
    !is_weight && !super::longhand::is_wide(value) && font_size(value, MEDIUM).is_some()
        || value.contains("{}")
}

/// The size that `<font size>` asks for, as a value of `font-size`.
pub(super) fn of_font_element(value: &str) -> Option<&'static str> {
    let value = value.trim();
    let number: i32 = value.parse().ok()?;
    let is_relative = value.starts_with(['+', '-']);
    let number = if is_relative { number.saturating_add(3) } else { number };
    Some(SIZES[number.clamp(1, 7) as usize].0)
}

fn pixels_of(unit: &str, font_size: f32) -> Option<f32> {
    Some(match unit.to_ascii_lowercase().as_str() {
        "px" => 1.0,
        "pt" => 4.0 / 3.0,
        "pc" => 16.0,
        "in" => 96.0,
        "cm" => 96.0 / 2.54,
        "mm" => 96.0 / 25.4,
        "q" => 96.0 / 101.6,
        "em" => font_size,
        "rem" => MEDIUM,
        "ex" | "ch" => font_size / 2.0,
        _ => return None,
    })
}

fn within(number: f32) -> f32 {
    if number.is_nan() { 0.0 } else { number.clamp(-LARGEST, LARGEST) }
}
