//! From what is declared for an element and how the one around it looks to how it looks.

use crate::document::form::Hiding;
use crate::document::markup::Element;

use super::color::{self, Paint};
use super::length::{self, MEDIUM};
use super::longhand::{components, is_wide};
use super::{Color, Length, Style};

/// The properties that decide how an element looks, as far as rules ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(usize)]
pub(super) enum Property {
    FontSize,
    LineHeight,
    Color,
    BackgroundColor,
    BackgroundImage,
    Display,
    Visibility,
    Opacity,
    Overflow,
    Width,
    Height,
    MaxWidth,
    MaxHeight,
    WhiteSpace,
    Direction,
    TextIndent,
    Position,
    Left,
    Top,
    MarginLeft,
    MarginTop,
    Clip,
    ClipPath,
}

const PROPERTIES: usize = Property::ClipPath as usize + 1;

impl Property {
    pub(super) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "font-size" => Self::FontSize,
            "line-height" => Self::LineHeight,
            "color" => Self::Color,
            "background-color" => Self::BackgroundColor,
            "background-image" => Self::BackgroundImage,
            "display" => Self::Display,
            "visibility" => Self::Visibility,
            "opacity" => Self::Opacity,
            "overflow" | "overflow-x" | "overflow-y" => Self::Overflow,
            "width" => Self::Width,
            "height" => Self::Height,
            "max-width" => Self::MaxWidth,
            "max-height" => Self::MaxHeight,
            "white-space" => Self::WhiteSpace,
            "direction" => Self::Direction,
            "text-indent" => Self::TextIndent,
            "position" => Self::Position,
            "left" => Self::Left,
            "top" => Self::Top,
            "margin-left" => Self::MarginLeft,
            "margin-top" => Self::MarginTop,
            "clip" => Self::Clip,
            "clip-path" => Self::ClipPath,
            _ => return None,
        })
    }
}

/// The winning value of each property.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Declared<'v> {
    values: [Option<&'v str>; PROPERTIES],
}

impl<'v> Declared<'v> {
    /// Puts a value over what was declared before.
    pub(super) fn set(&mut self, property: Property, value: &'v str) {
        self.values[property as usize] = Some(value);
    }

    fn get(&self, property: Property) -> Option<&'v str> {
        self.values[property as usize]
    }

    fn length(&self, property: Property, font_size: f32) -> Option<Length> {
        self.get(property).and_then(|value| length::parse(value, font_size))
    }

    fn pixels(&self, property: Property, font_size: f32) -> Option<f32> {
        match self.length(property, font_size)? {
            Length::Pixels(pixels) => Some(pixels),
            Length::Percent(_) => None,
        }
    }
}

/// How an element looks, with what those in it need to know besides.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Looks {
    pub(super) style: Style,
    /// Why all that is in it is not shown.
    hides_all: Option<Hiding>,
    is_invisible: bool,
    is_transparent: bool,
    ground: Ground,
    line_height: Option<LineHeight>,
}

/// What is behind the letters.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Ground {
    /// The page, which the message did not colour.
    Bare,
    Color(Color),
    /// A picture, or a colour that cannot be told.
    Unknown,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum LineHeight {
    Factor(f32),
    Pixels(f32),
}

impl Default for Looks {
    fn default() -> Self {
        Self {
            style: Style::default(),
            hides_all: None,
            is_invisible: false,
            is_transparent: false,
            ground: Ground::Bare,
            line_height: None,
        }
    }
}

/// What is moved further than this many pixels is out of sight.
const OUT_OF_SIGHT: f32 = 500.0;
/// A box or a letter of this many pixels is not seen.
const NOTHING: f32 = 1.0;
/// Letters of this many pixels are not seen if their lines have no height either.
const TINY: f32 = 4.0;
/// Letters that stand out less than this from what is behind them are not seen.
const LEAST_CONTRAST: f32 = 1.1;

impl Looks {
    /// How an element looks inside one that looks like `outer`.
    pub(super) fn inside(outer: &Self, element: &Element<'_>, declared: &Declared<'_>) -> Self {
        let font_size = font_size(element, declared, outer.style.font_size);
        let mut looks = Self { line_height: line_height(declared, font_size, outer), ..outer.clone() };
        looks.style = Style {
            font_size,
            keeps_blanks: keeps_blanks(element, declared, outer.style.keeps_blanks),
            is_right_to_left: is_right_to_left(element, declared, outer.style.is_right_to_left),
            width: declared.length(Property::Width, font_size),
            height: declared.length(Property::Height, font_size),
            max_width: declared.length(Property::MaxWidth, font_size),
            ..looks.style
        };
        looks.paint(element, declared);
        if let Some(visibility) = declared.get(Property::Visibility) {
            looks.is_invisible = match visibility {
                "inherit" | "unset" => outer.is_invisible,
                _ => matches!(visibility, "hidden" | "collapse"),
            };
        }
        looks.hides_all = outer.hides_all.or_else(|| hides_all(element, declared, &looks.style));
        looks.style.hiding = looks.hides_all.or_else(|| looks.hides_letters());
        looks
    }

    /// Colours of letters and ground.
    fn paint(&mut self, element: &Element<'_>, declared: &Declared<'_>) {
        let is_link = element.name == "a" && element.attribute("href").is_some();
        let written = declared.get(Property::Color).map(|value| (value, color::parse(value)));
        match written {
            // Browsers give links a colour of their own, which is not that of the text around them.
            None if is_link => self.set_color(None),
            None | Some(("inherit" | "unset", _) | (_, Some(Paint::Current))) => {}
            Some((_, Some(Paint::Solid(color)))) => self.set_color(Some(color)),
            Some((_, Some(Paint::Transparent))) => self.is_transparent = true,
            Some((_, Some(Paint::Unclear) | None)) => self.set_color(None),
        }
        let color = declared.get(Property::BackgroundColor);
        let has_image =
            declared.get(Property::BackgroundImage).is_some_and(|image| image != "none" && !is_wide(image));
        let ground = match color.map(|value| (value, color::parse(value))) {
            _ if has_image => Ground::Unknown,
            None | Some((_, Some(Paint::Transparent))) => self.ground,
            Some((value, _)) if is_wide(value) => self.ground,
            Some((_, Some(Paint::Solid(color)))) => Ground::Color(color),
            Some(_) => Ground::Unknown,
        };
        self.ground = ground;
        self.style.background = match ground {
            Ground::Color(color) => Some(color),
            Ground::Bare | Ground::Unknown => None,
        };
    }

    fn set_color(&mut self, color: Option<Color>) {
        self.style.color = color;
        self.is_transparent = false;
    }

    /// Why letters that stand in the element itself are not shown; those of an element in it may be.
    fn hides_letters(&self) -> Option<Hiding> {
        let style = &self.style;
        if self.is_invisible || self.is_transparent {
            return Some(Hiding::Invisible);
        }
        let line = match self.line_height {
            Some(LineHeight::Factor(factor)) => factor * style.font_size,
            Some(LineHeight::Pixels(pixels)) => pixels,
            None => style.font_size,
        };
        if style.font_size <= NOTHING || style.font_size <= TINY && line <= NOTHING {
            return Some(Hiding::NoSize);
        }
        let is_same = style.color.zip(style.background).is_some_and(|(a, b)| a.contrast(b) < LEAST_CONTRAST);
        is_same.then_some(Hiding::SameColour)
    }
}

fn font_size(element: &Element<'_>, declared: &Declared<'_>, outer: f32) -> f32 {
    let of_name = match &*element.name {
        "h1" => 2.0,
        "h2" => 1.5,
        "h3" => 1.17,
        "h5" => 0.83,
        "h6" => 0.67,
        _ => 1.0,
    };
    let declared = declared.get(Property::FontSize).and_then(|value| length::font_size(value, outer));
    declared.unwrap_or(outer * of_name).min(f32::from(u16::MAX))
}

fn line_height(declared: &Declared<'_>, font_size: f32, outer: &Looks) -> Option<LineHeight> {
    let Some(value) = declared.get(Property::LineHeight) else { return outer.line_height };
    if let Ok(factor) = value.parse::<f32>() {
        return Some(LineHeight::Factor(factor));
    }
    match length::parse(value, font_size) {
        Some(Length::Pixels(pixels)) => Some(LineHeight::Pixels(pixels)),
        Some(Length::Percent(share)) => Some(LineHeight::Pixels(font_size * share / 100.0)),
        None if matches!(value, "inherit" | "unset") => outer.line_height,
        None => None,
    }
}

fn keeps_blanks(element: &Element<'_>, declared: &Declared<'_>, outer: bool) -> bool {
    match declared.get(Property::WhiteSpace) {
        Some(value) if value.starts_with("pre") || value == "break-spaces" => true,
        Some("inherit" | "unset" | "revert") => outer,
        Some(_) => false,
        None => outer || matches!(&*element.name, "pre" | "textarea" | "listing" | "xmp" | "plaintext"),
    }
}

fn is_right_to_left(element: &Element<'_>, declared: &Declared<'_>, outer: bool) -> bool {
    let by_style = declared.get(Property::Direction);
    let by_attribute = element.attribute("dir").map(str::trim);
    match by_style.or(by_attribute).map(str::to_ascii_lowercase).as_deref() {
        Some("rtl") => true,
        Some("ltr" | "initial") => false,
        _ => outer,
    }
}

/// Why nothing in an element is shown, whatever stands in it.
///
/// `mso-hide` is not asked: it hides things from Outlook alone, and good buttons have it.
fn hides_all(element: &Element<'_>, declared: &Declared<'_>, style: &Style) -> Option<Hiding> {
    if declared.get(Property::Display) == Some("none")
        || element.attribute("hidden").is_some() && declared.get(Property::Display).is_none()
    {
        return Some(Hiding::NoDisplay);
    }
    let opacity = declared.get(Property::Opacity);
    let opacity = opacity.and_then(|value| match length::parse(value, MEDIUM)? {
        Length::Pixels(part) => Some(part),
        Length::Percent(share) => Some(share / 100.0),
    });
    if opacity.is_some_and(|opacity| opacity < 0.05) {
        return Some(Hiding::Invisible);
    }
    if has_no_room(element, declared, style) || is_clipped(declared) {
        return Some(Hiding::NoSize);
    }
    is_out_of_sight(declared, style.font_size).then_some(Hiding::Offscreen)
}

/// Whether a box has no room and cuts off what does not fit.
fn has_no_room(element: &Element<'_>, declared: &Declared<'_>, style: &Style) -> bool {
    let display = declared.get(Property::Display);
    let is_boxed = display.is_some_and(|display| display != "inline") || is_lifted(declared);
    // Cells grow with what is in them, and what stands in a line has no box to be cut off by.
    let has_own_box = is_boxed || !is_part_of_table(&element.name) && !is_part_of_line(&element.name);
    let is_nothing = |length: Option<Length>| match length {
        Some(Length::Pixels(size) | Length::Percent(size)) => (0.0..=NOTHING).contains(&size),
        None => false,
    };
    let cuts = declared
        .get(Property::Overflow)
        .is_some_and(|value| value.contains("hidden") || value.contains("clip"));
    let max_height = declared.length(Property::MaxHeight, style.font_size);
    has_own_box
        && cuts
        && [style.width, style.height, style.max_width, max_height].into_iter().any(is_nothing)
}

fn is_part_of_table(name: &str) -> bool {
    matches!(name, "table" | "thead" | "tbody" | "tfoot" | "tr" | "td" | "th" | "col" | "colgroup")
}

fn is_part_of_line(name: &str) -> bool {
    matches!(
        name,
        "a" | "abbr"
            | "b"
            | "bdi"
            | "bdo"
            | "big"
            | "code"
            | "em"
            | "font"
            | "i"
            | "ins"
            | "label"
            | "s"
            | "small"
            | "span"
            | "strike"
            | "strong"
            | "sub"
            | "sup"
            | "u"
    )
}

/// Whether an element is taken out of the flow.
fn is_lifted(declared: &Declared<'_>) -> bool {
    matches!(declared.get(Property::Position), Some("absolute" | "fixed"))
}

/// `clip: rect(0 0 0 0)` and `clip-path: inset(100%)`.
fn is_clipped(declared: &Declared<'_>) -> bool {
    let clip = declared.get(Property::Clip).filter(|_| is_lifted(declared));
    let is_cut = clip.and_then(|clip| clip.strip_prefix("rect(")?.strip_suffix(')')).is_some_and(|sides| {
        let sides: Vec<&str> = sides.split([',', ' ']).filter(|side| !side.is_empty()).collect();
        let is_tiny = |side: &&str| matches!(length::parse(side, MEDIUM), Some(Length::Pixels(size)) if size <= NOTHING);
        sides.len() == 4 && sides.iter().all(is_tiny)
    });
    let inset =
        declared.get(Property::ClipPath).and_then(|clip| clip.strip_prefix("inset(")?.strip_suffix(')'));
    let is_inset = inset.is_some_and(|inset| {
        let is_half = |side: &&str| matches!(length::parse(side, MEDIUM), Some(Length::Percent(share)) if share >= 50.0);
        components(inset).iter().all(is_half)
    });
    is_cut || is_inset
}

fn is_out_of_sight(declared: &Declared<'_>, font_size: f32) -> bool {
    let is_far = |property, most: f32| declared.pixels(property, font_size).is_some_and(|size| size <= -most);
    let is_placed = matches!(declared.get(Property::Position), Some("absolute" | "fixed" | "relative"));
    is_far(Property::TextIndent, OUT_OF_SIGHT)
        || is_placed && (is_far(Property::Left, OUT_OF_SIGHT) || is_far(Property::Top, OUT_OF_SIGHT))
        || is_far(Property::MarginLeft, 2.0 * OUT_OF_SIGHT)
        || is_far(Property::MarginTop, 2.0 * OUT_OF_SIGHT)
}
