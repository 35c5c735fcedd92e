//! Character references of HTML (`&amp;`, `&#8203;`), undone with their places.
//!
//! The rules are those of the HTML standard, odd corners included: some names need no semicolon, numbers from 128 to 159
//! mean what they mean in Windows, and in an attribute a name that runs on (`?a=1&copy=2`) is none.

use std::ops::Range;

use memchr::memchr;

use crate::text::{MappedText, Span};

/// Where a reference stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Within {
    /// Between tags.
    Text,
    /// In the value of an attribute.
    Attribute,
}

/// Undoes the references in a text of HTML; `at` is the place of its first byte.
///
/// Each reference is a replaced run of its own. What is none stands for itself. Without an ampersand nothing is copied.
pub fn decode(raw: &str, at: usize, within: Within) -> MappedText<'_> {
    let mut found = references(raw, within).peekable();
    if found.peek().is_none() {
        return MappedText::verbatim(raw, at);
    }
    let mut text = MappedText::new();
    let mut from = 0;
    for reference in found {
        text.push_verbatim(&raw[from..reference.range.start], at + from);
        reference.push_to(&mut text, at);
        from = reference.range.end;
    }
    text.push_verbatim(&raw[from..], at + from);
    text
}

/// A reference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// Where it stands, in bytes of the text.
    pub range: Range<usize>,
    /// The character that it means.
    pub first: char,
    /// Few mean two.
    pub second: Option<char>,
}

impl Reference {
    /// Appends what the reference means; `at` is the place of the text that it was found in.
    pub fn push_to(&self, text: &mut MappedText<'_>, at: usize) {
        let mut buffer = [0; 8];
        let mut len = self.first.encode_utf8(&mut buffer).len();
        if let Some(second) = self.second {
            len += second.encode_utf8(&mut buffer[len..]).len();
        }
        let origin = Span::new(at + self.range.start, at + self.range.end);
        text.push_replaced(std::str::from_utf8(&buffer[..len]).unwrap_or_default(), origin);
    }
}

/// The references in a text, in order.
pub fn references(raw: &str, within: Within) -> impl Iterator<Item = Reference> {
    let mut from = 0;
    std::iter::from_fn(move || {
        while let Some(offset) = memchr(b'&', &raw.as_bytes()[from..]) {
            let start = from + offset;
            if let Some((first, second, len)) = read(&raw[start..], within) {
                from = start + len;
                return Some(Reference { range: start..from, first, second });
            }
            from = start + 1;
        }
        from = raw.len();
        None
    })
}

/// The reference that a text begins with: what it means and its length.
fn read(raw: &str, within: Within) -> Option<(char, Option<char>, usize)> {
    if raw.as_bytes().get(1) == Some(&b'#') { number(raw) } else { named(raw, within) }
}

fn named(raw: &str, within: Within) -> Option<(char, Option<char>, usize)> {
    let letters = raw.bytes().skip(1).take(htmlize::ENTITY_MAX_LENGTH);
    let end = 1 + letters.take_while(u8::is_ascii_alphanumeric).count();
    if raw.as_bytes().get(end) == Some(&b';')
        && let Some(found) = meaning(&raw[..=end])
    {
        return Some(found);
    }
    let longest = end.min(htmlize::BARE_ENTITY_MAX_LENGTH);
    let found = (htmlize::ENTITY_MIN_LENGTH..=longest).rev().find_map(|len| meaning(&raw[..len]))?;
    let runs_on =
        raw.as_bytes().get(found.2).is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'=');
    (within == Within::Text || !runs_on).then_some(found)
}

fn meaning(reference: &str) -> Option<(char, Option<char>, usize)> {
    let meaning = htmlize::ENTITIES.get(reference.as_bytes())?;
    let mut chars = std::str::from_utf8(meaning).ok()?.chars();
    Some((chars.next()?, chars.next(), reference.len()))
}

/// `&#8203;`, `&#x200B`.
fn number(raw: &str) -> Option<(char, Option<char>, usize)> {
    let is_hex = matches!(raw.as_bytes().get(2), Some(b'x' | b'X'));
    let (start, radix) = if is_hex { (3, 16) } else { (2, 10) };
    let digits = raw[start..].bytes().take_while(|byte| char::from(*byte).is_digit(radix)).count();
    let end = start + digits;
    if digits == 0 {
        return None;
    }
    // What is too large for the type is too large for a character.
    let code = u32::from_str_radix(&raw[start..end], radix).unwrap_or(u32::MAX);
    Some((character(code), None, end + usize::from(raw.as_bytes().get(end) == Some(&b';'))))
}

/// What the characters 128 to 159 are in Windows; those that it lacks stay as they are.
const WINDOWS: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8D}', 'Ž', '\u{8F}', '\u{90}',
    '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9D}', 'ž', 'Ÿ',
];

fn character(code: u32) -> char {
    match code {
        0 => char::REPLACEMENT_CHARACTER,
        0x80..=0x9F => WINDOWS[code as usize - 0x80],
        _ => char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER),
    }
}

#[cfg(test)]
mod tests {
    use html5gum::{Token, Tokenizer};
    use proptest::prelude::*;

    use super::*;

    /// Draws each character of a decoded text with the bytes it came from, if these are others.
    fn drawn(raw: &str, within: Within) -> String {
        let text = decode(raw, 0, within);
        let mut out = String::new();
        let mut done = 0;
        for (at, c) in text.text().char_indices() {
            let origin = text.span(at..at + c.len_utf8()).range();
            let written = &raw[origin.clone()];
            if written == c.to_string() {
                out.push(c);
            } else if origin.start >= done {
                out.push_str(&format!("({c:?} {written})"));
            } else {
                out.push_str(&format!("(and {c:?})"));
            }
            done = origin.end;
        }
        out
    }

    #[test]
    fn every_reference_knows_its_place() {
        let cases = [
            ("plain & simple", "plain & simple"),
            ("a&amp;b", "a('&' &amp;)b"),
            ("re&shy;view", r"re('\u{ad}' &shy;)view"),
            ("20&#37; off", "20('%' &#37;) off"),
            ("&#x1F600;&#X41&#65;", "('😀' &#x1F600;)('A' &#X41)('A' &#65;)"),
            ("&copy 2026 &copyright;", "('©' &copy) 2026 ('©' &copy)right;"),
            ("&notit; &notin; &not", "('¬' &not)it; ('∉' &notin;) ('¬' &not)"),
            ("&ThickSpace;&nGg;", r"('\u{205f}' &ThickSpace;)(and '\u{200a}')('⋙' &nGg;)(and '\u{338}')"),
            ("&hearts &hearts;", "&hearts ('♥' &hearts;)"),
            ("&CounterClockwiseContourIntegral;", "('∳' &CounterClockwiseContourIntegral;)"),
            ("&#128; &#x92; &#x81;", r"('€' &#128;) ('’' &#x92;) ('\u{81}' &#x81;)"),
            (
                "&#0; &#xD800; &#x110000; &#99999999999;",
                "('�' &#0;) ('�' &#xD800;) ('�' &#x110000;) ('�' &#99999999999;)",
            ),
            ("&#; &#x; &#xg &; && &é &amp", "&#; &#x; &#xg &; && &é ('&' &amp)"),
            ("&#65é &#65", "('A' &#65)é ('A' &#65)"),
            ("é&eacute;é", "é('é' &eacute;)é"),
            ("&amp;amp;", "('&' &amp;)amp;"),
        ];
        for (raw, picture) in cases {
            assert_eq!(drawn(raw, Within::Text), picture, "{raw}");
        }
    }

    #[test]
    fn in_an_attribute_a_name_that_runs_on_is_none() {
        let cases = [
            ("?a=1&copy=2&amp;b&ampc", "?a=1&copy=2('&' &amp;)b&ampc"),
            ("&copy &copy; &copy", "('©' &copy) ('©' &copy;) ('©' &copy)"),
            ("&notin;&notit", "('∉' &notin;)&notit"),
            ("&#65x", "('A' &#65)x"),
        ];
        for (raw, picture) in cases {
            assert_eq!(drawn(raw, Within::Attribute), picture, "{raw}");
        }
    }

    #[test]
    fn places_count_from_the_given_one() {
        let text = decode("a&lt;b", 10, Within::Text);
        assert_eq!(
            (text.span(0..1), text.span(1..2), text.span(2..3)),
            ((10..11).into(), (11..15).into(), (15..16).into())
        );
    }

    /// What a tokenizer of HTML makes of a text.
    fn reference_text(raw: &str) -> String {
        let mut out = Vec::new();
        for token in Tokenizer::new(raw) {
            if let Ok(Token::String(text)) = token {
                out.extend_from_slice(&text);
            }
        }
        String::from_utf8(out).unwrap()
    }

    fn reference_attribute(raw: &str) -> String {
        let html = format!("<a b=\"{raw}\">");
        let value = Tokenizer::new(&html).find_map(|token| match token {
            Ok(Token::StartTag(tag)) => Some(tag.attributes.values().next()?.value.to_vec()),
            _ => None,
        });
        String::from_utf8(value.unwrap()).unwrap()
    }

    #[test]
    fn every_name_means_what_the_tokenizer_says() {
        for name in htmlize::ENTITIES.keys() {
            let name = std::str::from_utf8(name).unwrap();
            for raw in [
                name.to_owned(),
                format!("{name}x"),
                format!("{name}="),
                format!("{}z;", &name[..name.len() - 1]),
            ] {
                assert_eq!(decode(&raw, 0, Within::Text).text(), reference_text(&raw), "{raw}");
                assert_eq!(decode(&raw, 0, Within::Attribute).text(), reference_attribute(&raw), "{raw}");
            }
        }
    }

    #[test]
    fn every_number_means_what_the_tokenizer_says() {
        for code in (0..0x400).chain(0xD7F0..0xE010).chain(0x10_FFF0..0x11_0010) {
            let raw = format!("&#{code};&#x{code:x}");
            assert_eq!(decode(&raw, 0, Within::Text).text(), reference_text(&raw), "{raw}");
        }
    }

    proptest! {
        #[test]
        fn equals_a_tokenizer(raw in r"(&|&#|&#x|;|=|amp|lt|not|notin|copy|hellip|[a-zA-Z0-9é \n]|150|8203|zwnj;|nbsp){0,16}") {
            let decoded = decode(&raw, 0, Within::Text);
            prop_assert_eq!(decoded.text(), reference_text(&raw));
            let attribute = decode(&raw, 0, Within::Attribute);
            prop_assert_eq!(attribute.text(), reference_attribute(&raw));
            for (at, c) in decoded.text().char_indices() {
                prop_assert!(raw.get(decoded.span(at..at + c.len_utf8()).range()).is_some_and(|origin| !origin.is_empty()));
            }
        }

        #[test]
        fn anything_decodes(raw in any::<String>()) {
            decode(&raw, 0, Within::Attribute);
        }
    }
}
