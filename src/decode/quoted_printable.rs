//! Quoted-printable (RFC 2045, 6.7) and its short form in header words (RFC 2047, 4.2): escapes undone, each with its place.

use std::ops::Range;

use memchr::{memchr, memchr2};

use crate::text::{MappedBytes, Span};

/// Decodes the body of a part; `at` is the place of its first byte.
///
/// A soft line break leaves a gap, and so do blanks at the end of a line, which mail servers add. Whatever is no
/// escape stands for itself, as real mail needs. Without an escape nothing is copied.
pub fn decode(raw: &[u8], at: usize) -> MappedBytes<'_> {
    if memchr(b'=', raw).is_none() && !has_trailing_blank(raw) {
        return MappedBytes::verbatim(raw, at);
    }
    let mut decoded = MappedBytes::new();
    let mut start = 0;
    while start < raw.len() {
        let next = memchr(b'\n', &raw[start..]).map_or(raw.len(), |len| start + len + 1);
        let end = start + without_line_end(&raw[start..next]).len();
        let text = start..start + raw[start..end].trim_ascii_end().len();
        if raw[text.clone()].ends_with(b"=") {
            push_escaped(raw, text.start..text.end - 1, at, &mut decoded);
        } else {
            push_escaped(raw, text, at, &mut decoded);
            decoded.push_verbatim(&raw[end..next], at + end);
        }
        start = next;
    }
    decoded
}

/// How many bytes the body of a part stands for. No more than some lines of it are decoded at a time.
pub fn size(raw: &[u8]) -> u64 {
    const SOME_LINES: usize = 64 * 1024;
    let (mut size, mut start) = (0, 0);
    while start < raw.len() {
        let some = (start + SOME_LINES).min(raw.len());
        let end = memchr(b'\n', &raw[some..]).map_or(raw.len(), |len| some + len + 1);
        size += decode(&raw[start..end], 0).bytes().len() as u64;
        start = end;
    }
    size
}

/// Decodes the text of an encoded word, where `_` is a blank; `at` is the place of its first byte.
pub fn decode_word(raw: &[u8], at: usize) -> MappedBytes<'_> {
    let mut decoded = MappedBytes::new();
    let mut start = 0;
    while let Some(len) = memchr2(b'_', b'\n', &raw[start..]) {
        let stop = start + len;
        push_escaped(
            raw,
            start..start + without_line_end(&raw[start..=stop]).len().min(len),
            at,
            &mut decoded,
        );
        if raw[stop] == b'_' {
            decoded.push_replaced(b" ", Span::new(at + stop, at + stop + 1));
        }
        start = stop + 1;
    }
    push_escaped(raw, start..raw.len(), at, &mut decoded);
    decoded
}

/// Undoes the escapes in a range of a line.
fn push_escaped(raw: &[u8], range: Range<usize>, at: usize, out: &mut MappedBytes<'_>) {
    let mut start = range.start;
    let mut next = memchr(b'=', &raw[range.clone()]).map(|len| range.start + len);
    while let Some(sign) = next {
        let end = match escape(&raw[sign..range.end]) {
            Some(byte) => {
                out.push_verbatim(&raw[start..sign], at + start);
                out.push_replaced(&[byte], Span::new(at + sign, at + sign + 3));
                start = sign + 3;
                start
            }
            None => sign + 1,
        };
        next = memchr(b'=', &raw[end..range.end]).map(|len| end + len);
    }
    out.push_verbatim(&raw[start..range.end], at + start);
}

/// The byte that `=3D` and the like stand for.
fn escape(raw: &[u8]) -> Option<u8> {
    let digit = |at: usize| char::from(*raw.get(at)?).to_digit(16);
    // Two digits of base 16 are a byte.
    Some((digit(1)? * 16 + digit(2)?) as u8)
}

fn without_line_end(line: &[u8]) -> &[u8] {
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    line.strip_suffix(b"\r").unwrap_or(line)
}

fn has_trailing_blank(raw: &[u8]) -> bool {
    let is_blank = |byte: &u8| matches!(byte, b' ' | b'\t');
    let before = |end: usize| without_line_end(&raw[..=end]).last().is_some_and(is_blank);
    memchr::memchr_iter(b'\n', raw).any(before) || raw.last().is_some_and(is_blank)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::decode::drawing::drawn;

    #[test]
    fn every_escape_knows_its_place() {
        let cases: &[(&str, &str)] = &[
            ("plain", "plain"),
            ("caf=C3=A9!", "caf(é =C3=A9)!"),
            ("=3D=3d=41", "(= =3D)(= =3d)(A =41)"),
            ("5-star re=\nview", "5-star re_view"),
            ("re=\r\nview", "re_view"),
            ("re=  \t\r\nview", "re_view"),
            ("a  \t\r\nb \n", "a_\r\nb_\n"),
            ("a=20\nb", "a(  =20)\nb"),
            ("=C3=\r\n=A9", "(é =C3=\r\n=A9)"),
            ("=C3=\r\n=A9=\r\n=C3=A9", "(é =C3=\r\n=A9)_(é =C3=A9)"),
            ("1=2, =G1 =, ==3D", "1=2, =G1 =, =(= =3D)"),
            ("end=", "end_"),
            ("\n\n", "\n\n"),
            ("", ""),
        ];
        for (raw, picture) in cases {
            assert_eq!(drawn(raw.as_bytes(), decode(raw.as_bytes(), 0)), *picture, "{raw:?}");
        }
    }

    #[test]
    fn words_have_blanks_of_their_own() {
        let cases: &[(&str, &str)] = &[
            ("a_b", "a(  _)b"),
            ("caf=E9=\n_x", "caf(\u{FFFD} =E9)=_(  _)x"),
            ("a b\r\n c", "a b_ c"),
            ("_", "(  _)"),
        ];
        for (raw, picture) in cases {
            assert_eq!(drawn(raw.as_bytes(), decode_word(raw.as_bytes(), 0)), *picture, "{raw:?}");
        }
    }

    #[test]
    fn what_has_no_escape_is_not_copied() {
        let raw = b"one\r\ntwo\n";
        assert_eq!(decode(raw, 7), MappedBytes::verbatim(raw, 7));
    }

    proptest! {
        /// mail-parser gives up the whole part at the first `=` that begins no escape, where readers show it; so only
        /// sound text is compared. It also takes a form feed for a blank at the end of a line.
        #[test]
        fn equals_mail_parser(raw in "([ -<>-~\t]|=[0-9A-F]{2}|=[ \t]{0,2}\r\n|[a-z]\r\n){0,40}") {
            let expected = mail_parser::decoders::quoted_printable::quoted_printable_decode(format!("{raw}\r\n").as_bytes());
            let mut found = decode(raw.as_bytes(), 0).bytes().to_vec();
            if !raw.trim_end_matches([' ', '\t']).ends_with('=') { found.extend(b"\r\n"); }
            prop_assert_eq!(Some(found), expected);
        }

        #[test]
        fn anything_decodes(raw in prop::collection::vec(any::<u8>(), 0..80)) {
            let decoded = decode(&raw, 3);
            let len = decoded.bytes().len();
            prop_assert!(decoded.span(0..len).end() <= raw.len() + 3);
            prop_assert_eq!(size(&raw), len as u64);
            decode_word(&raw, 0);
        }
    }
}
