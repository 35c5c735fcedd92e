//! Fields of tables (RFC 4180): quotation marks undone, each with its place.

use memchr::memchr;

use crate::text::{MappedText, Span};

/// Decodes a field as it is written between two delimiters; `at` is the place of its first byte.
///
/// A quotation mark begins a quoted field only as the first character. In it, `""` is one mark and a replaced run of its
/// own; behind the closing mark and in fields that are not quoted, marks stand for themselves, as all readers have it.
/// Without `""` nothing is copied.
pub fn decode(raw: &str, at: usize) -> MappedText<'_> {
    let Some(inner) = raw.strip_prefix('"') else { return MappedText::verbatim(raw, at) };
    let at = at + 1;
    let Some(first) = memchr(b'"', inner.as_bytes()) else { return MappedText::verbatim(inner, at) };
    if first + 1 == inner.len() {
        return MappedText::verbatim(&inner[..first], at);
    }
    let mut text = MappedText::new();
    let (mut from, mut mark) = (0, Some(first));
    while let Some(end) = mark {
        text.push_verbatim(&inner[from..end], at + from);
        from = end + 1;
        if !inner[from..].starts_with('"') {
            break;
        }
        text.push_replaced("\"", Span::new(at + end, at + end + 2));
        from += 1;
        mark = memchr(b'"', &inner.as_bytes()[from..]).map(|offset| from + offset);
    }
    text.push_verbatim(&inner[from..], at + from);
    text
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The field with each `""` drawn as `(")`, in the bytes that it came from.
    fn drawn(raw: &str) -> String {
        let text = decode(raw, 0);
        let mut out = String::new();
        for (at, c) in text.text().char_indices() {
            let origin = &raw[text.span(at..at + c.len_utf8()).range()];
            if origin == c.to_string() { out.push(c) } else { out.push_str(&format!("({c}={origin})")) }
        }
        out
    }

    #[test]
    fn quotation_marks_are_undone_where_they_quote() {
        let cases = [
            ("plain", "plain"),
            ("", ""),
            (r#""""#, ""),
            (r#""quoted, é""#, "quoted, é"),
            (r#""a ""b"" c""#, r#"a ("="")b("="") c"#),
            (r#""""""#, r#"("="")"#),
            (r#""a"b"c"#, r#"ab"c"#),
            (r#"5" pipe"#, r#"5" pipe"#),
            (r#""never closed"#, "never closed"),
            (r#""never ""closed"#, r#"never ("="")closed"#),
            ("\"two\r\nlines\"", "two\r\nlines"),
        ];
        for (raw, picture) in cases {
            assert_eq!(drawn(raw), picture, "{raw}");
        }
    }

    #[test]
    fn places_count_from_the_given_one() {
        let text = decode(r#""a""b""#, 10);
        assert_eq!(
            (text.span(0..1), text.span(1..2), text.span(2..3)),
            ((11..12).into(), (12..14).into(), (14..15).into())
        );
    }

    proptest! {
        #[test]
        fn what_the_csv_crate_wrote_is_read(field in any::<String>()) {
            let mut writer = csv::WriterBuilder::new().quote_style(csv::QuoteStyle::Always).from_writer(Vec::new());
            writer.write_record([&field]).unwrap();
            let line = String::from_utf8(writer.into_inner().unwrap()).unwrap();
            let decoded = decode(line.strip_suffix('\n').unwrap(), 0);
            prop_assert_eq!(decoded.text(), &field);
        }

        #[test]
        fn anything_decodes(raw in any::<String>()) {
            decode(&raw, 0);
        }
    }
}
