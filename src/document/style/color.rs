//! Colours, and how well one can be read on another.

use cssparser::Parser;
use cssparser_color as css;

use super::Color;

/// What a value says about a colour.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Paint {
    /// A colour that covers what is behind it.
    Solid(Color),
    /// Nothing is seen.
    Transparent,
    /// The colour of the letters around it.
    Current,
    /// A colour that lets some of what is behind it through, or one of a space that is not reckoned with.
    Unclear,
}

/// Reads a colour of CSS; nothing if it is none.
pub(super) fn parse(value: &str) -> Option<Paint> {
    let mut input = Parser::new(value);
    let color = css::Color::parse(&mut input).ok()?;
    input.expect_exhausted().ok()?;
    Some(match color {
        css::Color::CurrentColor => Paint::Current,
        css::Color::Rgba(rgba) => {
            solid(Color { red: rgba.red, green: rgba.green, blue: rgba.blue }, rgba.alpha)
        }
        css::Color::Hsl(hsl) => {
            let part = |part: Option<f32>| part.unwrap_or(0.0);
            let turn = (part(hsl.hue) / 360.0).rem_euclid(1.0);
            let turn = if turn.is_finite() { turn.clamp(0.0, 1.0) } else { 0.0 };
            let (red, green, blue) = css::hsl_to_rgb(turn, part(hsl.saturation), part(hsl.lightness));
            let byte = |part: f32| (part.clamp(0.0, 1.0) * 255.0).round() as u8;
            solid(Color { red: byte(red), green: byte(green), blue: byte(blue) }, part(hsl.alpha))
        }
        _ => Paint::Unclear,
    })
}

/// Reads a colour of an attribute such as `bgcolor`, where the `#` may be missing.
pub(super) fn parse_attribute(value: &str) -> Option<Paint> {
    parse(value).or_else(|| parse(&format!("#{value}")))
}

fn solid(color: Color, alpha: f32) -> Paint {
    if alpha <= 0.01 {
        Paint::Transparent
    } else if alpha >= 0.99 {
        Paint::Solid(color)
    } else {
        Paint::Unclear
    }
}

impl Color {
    /// How well one colour is told from another, from 1 to 21, as WCAG 2 reckons.
    pub fn contrast(self, other: Self) -> f32 {
        let (one, two) = (self.luminance(), other.luminance());
        (one.max(two) + 0.05) / (one.min(two) + 0.05)
    }

    fn luminance(self) -> f32 {
        let linear = |byte: u8| {
            let part = f32::from(byte) / 255.0;
            if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(self.red) + 0.7152 * linear(self.green) + 0.0722 * linear(self.blue)
    }
}
