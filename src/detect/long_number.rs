//! Whether a long number may begin somewhere: most numbers of a text are dates and prices, and too short to be looked at.

/// Digits of the shortest numbers that are looked for.
const FEWEST: usize = 13;
/// ASCII signs in a row that may stand between two digits of one number.
const MOST_JOINTS: usize = 4;

/// Whether so many digits as long numbers have, or what may be written for some, stand from a place on with nothing but
/// joints between. What is not ASCII may be either.
pub(super) fn may_begin(bytes: &[u8], at: usize) -> bool {
    let (mut digits, mut joints) = (0, 0);
    for byte in &bytes[at..] {
        match byte {
            b'0'..=b'9' | b'O' | b'o' | b'X' | b'x' | b'#' | b'*' | 0x80.. => {
                (digits, joints) = (digits + 1, 0)
            }
            b' ' | b'\t' | b'-' | b'.' | b'/' | b'_' if joints < MOST_JOINTS => joints += 1,
            _ => return false,
        }
        if digits == FEWEST {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_prices_and_words_are_too_short() {
        for (text, may) in [
            ("702-4815162-3423108", true),
            ("4111 1111 1111 1111", true),
            ("XXX-XXXXXXX-XXXXXXX", true),
            ("702 - 4815162 - 34231O8", true),
            ("７０２-４８１５１６２-３４２３１０８", true),
            ("2024-09-24", false),
            ("2024-09-24, 1234567890123", false),
            ("12.50 - 14", false),
            ("oolong", false),
            ("1    234567890123", true),
            ("1     234567890123", false),
            ("123456789012", false),
            ("", false),
        ] {
            assert_eq!(may_begin(text.as_bytes(), 0), may, "{text}");
        }
    }
}
