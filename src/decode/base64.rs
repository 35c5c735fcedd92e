//! Base64 (RFC 2045, 6.8): letters undone, each byte with the quantum of four letters that it stands in.
//!
//! What is no letter is skipped, as the standard asks: line ends, blanks, and whatever a mailing list put below.

use crate::text::{MappedBytes, Span};

/// What a byte is: the value of a letter, or one of these.
const PADDING: u8 = 64;
const OTHER: u8 = 65;

static VALUES: [u8; 256] = values();

const fn values() -> [u8; 256] {
    let letters = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut values = [OTHER; 256];
    let mut value = 0;
    while value < letters.len() {
        // There are 64 letters.
        values[letters[value] as usize] = value as u8;
        value += 1;
    }
    values[b'=' as usize] = PADDING;
    values
}

/// Decodes the body of a part or the text of an encoded word; `at` is the place of its first byte.
pub fn decode(raw: &[u8], at: usize) -> MappedBytes<'static> {
    let mut decoded = MappedBytes::new();
    for quantum in Quanta::of(raw) {
        decoded.push_replaced(quantum.bytes(), quantum.at.shifted(at));
    }
    decoded
}

/// Whether there is nothing but letters, padding, blanks and line ends.
pub fn is_whole(raw: &[u8]) -> bool {
    raw.iter().all(|byte| VALUES[usize::from(*byte)] != OTHER || byte.is_ascii_whitespace())
}

/// How many bytes the letters stand for. Nothing is decoded for that.
pub fn size(raw: &[u8]) -> u64 {
    let (mut full, mut letters) = (0, 0u64);
    for byte in raw {
        match VALUES[usize::from(*byte)] {
            PADDING => {
                full += letters / 4 * 3 + bytes_of_rest(letters);
                letters = 0;
            }
            OTHER => {}
            _ => letters += 1,
        }
    }
    full + letters / 4 * 3 + bytes_of_rest(letters)
}

/// The first bytes that the letters stand for, `most` or a few more.
pub fn first_bytes(raw: &[u8], most: usize) -> Vec<u8> {
    let mut first = Vec::new();
    for quantum in Quanta::of(raw) {
        if first.len() >= most {
            break;
        }
        first.extend_from_slice(quantum.bytes());
    }
    first
}

/// Letters that are left over behind the last full quantum hold six bits each; a lone one holds no byte.
fn bytes_of_rest(letters: u64) -> u64 {
    (letters % 4).saturating_sub(1)
}

/// Up to four letters, the bytes that they stand for, and where they are.
struct Quantum {
    decoded: [u8; 3],
    len: usize,
    at: Span,
}

impl Quantum {
    fn bytes(&self) -> &[u8] {
        &self.decoded[..self.len]
    }
}

/// The quanta of some letters.
struct Quanta<'r> {
    raw: &'r [u8],
    at: usize,
}

impl<'r> Quanta<'r> {
    fn of(raw: &'r [u8]) -> Self {
        Self { raw, at: 0 }
    }

    /// A quantum whose letters stand in a row, as nearly all do.
    fn next_in_a_row(&mut self) -> Option<Quantum> {
        let letters: [u8; 4] = self.raw.get(self.at..self.at + 4)?.try_into().ok()?;
        let values = letters.map(|letter| VALUES[usize::from(letter)]);
        if values.iter().any(|value| *value >= PADDING) {
            return None;
        }
        let start = self.at;
        self.at += 4;
        Some(Quantum { decoded: bytes_of(values), len: 3, at: Span::new(start, self.at) })
    }
}

impl Iterator for Quanta<'_> {
    type Item = Quantum;

    fn next(&mut self) -> Option<Quantum> {
        if let Some(quantum) = self.next_in_a_row() {
            return Some(quantum);
        }
        let (mut values, mut count, mut at) = ([0; 4], 0, Span::default());
        while count < 4 {
            let Some(byte) = self.raw.get(self.at) else { break };
            let here = Span::new(self.at, self.at + 1);
            self.at += 1;
            match VALUES[usize::from(*byte)] {
                OTHER => continue,
                // A lone letter before the padding is lost, and padding before any letter is none.
                PADDING if count < 2 => count = 0,
                PADDING => {
                    at = at.cover(here);
                    let has_second = count == 2 && self.raw.get(self.at) == Some(&b'=');
                    self.at += usize::from(has_second);
                    at = Span::new(at.start(), self.at);
                    break;
                }
                value => {
                    at = if count == 0 { here } else { at.cover(here) };
                    values[count] = value;
                    count += 1;
                    // The rest may stand in a row again.
                }
            }
        }
        (count >= 2).then(|| Quantum { decoded: bytes_of(values), len: count - 1, at })
    }
}

fn bytes_of([a, b, c, d]: [u8; 4]) -> [u8; 3] {
    [a << 2 | b >> 4, b << 4 | c >> 2, c << 6 | d]
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::decode::drawing::drawn;

    #[test]
    fn a_character_is_in_its_quantum() {
        let cases: &[(&str, &str)] = &[
            ("SGVsbG8h", "(Hel SGVs)(lo! bG8h)"),
            ("SGVs\r\nbG8h", "(Hel SGVs)_(lo! bG8h)"),
            ("SGVsb\r\nG8h", "(Hel SGVs)(lo! b\r\nG8h)"),
            ("SGk=", "(Hi SGk=)"),
            ("SA==", "(H SA==)"),
            ("SA=\n=", "(H SA=)_"),
            ("SGk", "(Hi SGk)"),
            ("SGk=SGk=", "(Hi SGk=)(Hi SGk=)"),
            ("YcOpYg==", "(aé YcOp)(b Yg==)"),
            ("YWLDqWI=", "(abéb YWLDqWI=)"),
            ("S", ""),
            ("S=", ""),
            ("=SGk=", "_(Hi SGk=)"),
            ("S*G-k=", "(Hi S*G-k=)"),
            ("", ""),
        ];
        for (raw, picture) in cases {
            assert_eq!(drawn(raw.as_bytes(), decode(raw.as_bytes(), 0)), *picture, "{raw:?}");
        }
    }

    #[test]
    fn a_line_is_one_run() {
        let line = "QUJD".repeat(19);
        let raw = format!("{line}\r\n").repeat(1000);
        let decoded = decode(raw.as_bytes(), 0);
        assert_eq!(decoded.span(57..60), Span::new(78, 82));
        assert_eq!(decoded.span(56..58), Span::new(72, 82));
    }

    proptest! {
        /// mail-parser gives a part up at the first sign that is no letter, where the standard has it skipped.
        #[test]
        fn equals_mail_parser(raw in "([A-Za-z0-9+/]{1,9}[\r\n \t]{0,2}|[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=\n){0,12}") {
            let expected = mail_parser::decoders::base64::base64_decode(raw.as_bytes());
            prop_assert_eq!(Some(decode(raw.as_bytes(), 0).bytes().to_vec()), expected);
        }

        #[test]
        fn size_and_first_bytes_are_those_of_what_is_decoded(raw in "[A-Za-z0-9+/=\r\n*-]{0,60}", most in 0usize..40) {
            let decoded = decode(raw.as_bytes(), 0);
            prop_assert_eq!(size(raw.as_bytes()), decoded.bytes().len() as u64, "{:?}", raw);
            let first = first_bytes(raw.as_bytes(), most);
            prop_assert!(first.len() >= most.min(decoded.bytes().len()) && decoded.bytes().starts_with(&first));
        }

        /// The span of any bytes is the smallest run of whole quanta that holds them.
        #[test]
        fn a_span_decodes_to_what_holds_its_bytes(text in prop::collection::vec(any::<u8>(), 1..60), width in 1usize..20, range in (0usize..60, 1usize..60)) {
            let whole = encoded(&text);
            let raw = whole.as_bytes().chunks(width).map(|line| [line, b"\r\n"].concat()).collect::<Vec<_>>().concat();
            let decoded = decode(&raw, 0);
            prop_assert_eq!(decoded.bytes(), text.as_slice());
            let start = range.0 % text.len();
            let end = (start + range.1).min(text.len());
            let span = decoded.span(start..end);
            let again = decode(&raw[span.range()], 0);
            prop_assert_eq!(again.bytes(), &text[start / 3 * 3..(end.div_ceil(3) * 3).min(text.len())]);
        }
    }

    fn encoded(bytes: &[u8]) -> String {
        let letter =
            |value: u8| char::from((0..=255u8).find(|byte| VALUES[usize::from(*byte)] == value).unwrap());
        let mut out = String::new();
        for group in bytes.chunks(3) {
            let [a, b, c] = [0, 1, 2].map(|at| group.get(at).copied().unwrap_or(0));
            let letters = [a >> 2, a << 4 & 63 | b >> 4, b << 2 & 63 | c >> 6, c & 63].map(letter);
            out.extend(letters.iter().take(group.len() + 1));
            out.push_str(&"=".repeat(3 - group.len()));
        }
        out
    }
}
