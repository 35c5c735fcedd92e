//! JSON strings: escapes undone, each with its place.

use std::ops::Range;

use memchr::memchr;

use crate::text::{MappedText, Span};

/// Decodes what stands between the quotes of a JSON string; `at` is the place of its first byte.
///
/// Each escape is a replaced run of its own, a surrogate pair is one, and a lone surrogate becomes U+FFFD. Whether the
/// string is valid is the parser's business: a backslash that begins no escape stands for itself. Without a backslash
/// nothing is copied.
pub fn decode(raw: &str, at: usize) -> MappedText<'_> {
    let Some(first) = memchr(b'\\', raw.as_bytes()) else { return MappedText::verbatim(raw, at) };
    let mut text = MappedText::new();
    let (mut from, mut next) = (0, Some(first));
    while let Some(backslash) = next {
        let end = match escape(&raw[backslash..]) {
            Some((character, len)) => {
                text.push_verbatim(&raw[from..backslash], at + from);
                text.push_replaced(
                    character.encode_utf8(&mut [0; 4]),
                    Span::new(at + backslash, at + backslash + len),
                );
                from = backslash + len;
                from
            }
            None => backslash + 1,
        };
        next = memchr(b'\\', &raw.as_bytes()[end..]).map(|offset| end + offset);
    }
    text.push_verbatim(&raw[from..], at + from);
    text
}

/// The character that an escape stands for, and the length of the escape.
fn escape(raw: &str) -> Option<(char, usize)> {
    let character = match raw.as_bytes().get(1)? {
        b'n' => '\n',
        b't' => '\t',
        b'r' => '\r',
        b'b' => '\u{8}',
        b'f' => '\u{C}',
        b'u' => return unicode_escape(raw),
        plain @ (b'"' | b'\\' | b'/') => char::from(*plain),
        _ => return None,
    };
    Some((character, 2))
}

fn unicode_escape(raw: &str) -> Option<(char, usize)> {
    let first = hex4(raw, 2..6)?;
    if let Some(character) = char::from_u32(first) {
        return Some((character, 6));
    }
    let second = raw.get(6..8).filter(|start| *start == "\\u").and_then(|_| hex4(raw, 8..12));
    match (first, second) {
        (0xD800..=0xDBFF, Some(low @ 0xDC00..=0xDFFF)) => {
            let code = 0x10000 + ((first - 0xD800) << 10) + (low - 0xDC00);
            Some((char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER), 12))
        }
        _ => Some((char::REPLACEMENT_CHARACTER, 6)),
    }
}

fn hex4(raw: &str, range: Range<usize>) -> Option<u32> {
    let digits = raw.get(range)?;
    if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    u32::from_str_radix(digits, 16).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Draws each character of a decoded string with the bytes it came from.
    fn drawn(raw: &str) -> String {
        let text = decode(raw, 0);
        let mut out = String::new();
        for (at, c) in text.text().char_indices() {
            let origin = &raw[text.span(at..at + c.len_utf8()).range()];
            if origin == c.to_string() { out.push(c) } else { out.push_str(&format!("({c:?} {origin})")) }
        }
        out
    }

    #[test]
    fn every_escape_knows_its_place() {
        let cases = [
            (r"plain", "plain"),
            (r"a\nb", r"a('\n' \n)b"),
            (r#"\"\\\/\t\r"#, r#"('"' \")('\\' \\)('/' \/)('\t' \t)('\r' \r)"#),
            (r"\b\f", r"('\u{8}' \b)('\u{c}' \f)"),
            (r"caf\u00e9\u00C9", r"caf('é' \u00e9)('É' \u00C9)"),
            (r"\u0041", r"('A' \u0041)"),
            (r"\ud83d\ude00!", r"('😀' \ud83d\ude00)!"),
            (r"\ud83d!", r"('�' \ud83d)!"),
            (r"\ude00\ud83d", r"('�' \ude00)('�' \ud83d)"),
            (r"\ud83d\u0041", r"('�' \ud83d)('A' \u0041)"),
            (r"\ud83d\ud83d\ude00", r"('�' \ud83d)('😀' \ud83d\ude00)"),
            (r"é\té", r"é('\t' \t)é"),
            (r"\q \u12", r"\q \u12"),
            (r"\u+123 \", r"\u+123 \"),
            (r"\u12é4", r"\u12é4"),
        ];
        for (raw, picture) in cases {
            assert_eq!(drawn(raw), picture, "{raw}");
        }
    }

    #[test]
    fn places_count_from_the_given_one() {
        let text = decode(r"a\nb", 10);
        assert_eq!(
            (text.span(0..1), text.span(1..2), text.span(2..3)),
            ((10..11).into(), (11..13).into(), (13..14).into())
        );
    }

    proptest! {
        #[test]
        fn equals_serde_json(raw in r#"([a-zé😀 ]|\\["\\/bfnrt]|\\u[0-9a-fA-F]{4}|\\ud83d\\ude0[0-9]){0,12}"#) {
            match serde_json::from_str::<String>(&format!("\"{raw}\"")) {
                Ok(value) => prop_assert_eq!(decode(&raw, 0).text().to_owned(), value),
                Err(_) => prop_assert!(decode(&raw, 0).text().contains(char::REPLACEMENT_CHARACTER), "{}", raw),
            }
        }

        #[test]
        fn any_text_survives_the_way_there_and_back(text in any::<String>()) {
            let json = serde_json::to_string(&text).unwrap();
            let decoded = decode(&json[1..json.len() - 1], 1);
            prop_assert_eq!(decoded.text(), &text);
            prop_assert_eq!(decoded.span(0..text.len()).len(), if text.is_empty() { 0 } else { json.len() - 2 });
        }

        #[test]
        fn anything_decodes(raw in any::<String>()) {
            decode(&raw, 0);
        }
    }
}
