//! Where something may begin: bytes of a kind, looked for many at a time.
//!
//! Most of a text is letters and blanks, and most detectors want neither. So each says which bytes it cannot do without,
//! and looks only where they stand. What is asked of a byte here should be a few comparisons: then the compiler puts the
//! question to sixteen bytes at once.

/// So many bytes are asked at once.
const BLOCK: usize = 32;

/// Whether a byte is a letter or digit of ASCII: one look, where three comparisons would be made for each byte of a text.
#[inline]
pub(super) fn is_alphanumeric(byte: u8) -> bool {
    static IS_IT: [bool; 256] = {
        let mut table = [false; 256];
        let mut byte = 0;
        while byte < 128 {
            table[byte] = (byte as u8).is_ascii_alphanumeric();
            byte += 1;
        }
        table
    };
    IS_IT[usize::from(byte)]
}

/// Where the first byte of a kind stands, from byte `from` on.
#[inline(always)]
pub(super) fn first(bytes: &[u8], from: usize, is_it: impl Fn(u8) -> bool) -> Option<usize> {
    first_pair(bytes, from, 0, |one, _| is_it(one))
}

/// Where the first byte stands that is of a kind together with the one `apart` bytes behind it, from byte `from` on.
/// Behind the last byte zeros are thought.
#[inline(always)]
pub(super) fn first_pair(
    bytes: &[u8],
    from: usize,
    apart: usize,
    is_it: impl Fn(u8, u8) -> bool,
) -> Option<usize> {
    let answers = |block: &[u8; BLOCK], others: &[u8; BLOCK]| {
        let mut answers = [0; BLOCK];
        for (answer, (one, other)) in answers.iter_mut().zip(block.iter().zip(others)) {
            *answer = u8::from(is_it(*one, *other));
        }
        answers
    };
    let mut at = from;
    while let (Some(block), Some(others)) = (chunk(bytes, at), chunk(bytes, at + apart)) {
        if let Some(offset) = first_yes(&answers(block, others)) {
            return Some(at + offset);
        }
        at += BLOCK;
    }
    while at < bytes.len() {
        if let Some(offset) = first_yes(&answers(&filled_up(bytes, at), &filled_up(bytes, at + apart))) {
            return Some(at + offset).filter(|found| *found < bytes.len());
        }
        at += BLOCK;
    }
    None
}

/// The block that begins at a byte, if the bytes fill it.
#[inline]
fn chunk(bytes: &[u8], at: usize) -> Option<&[u8; BLOCK]> {
    bytes.get(at..)?.first_chunk()
}

/// The last block, with zeros behind the bytes.
#[inline]
fn filled_up(bytes: &[u8], at: usize) -> [u8; BLOCK] {
    let mut block = [0; BLOCK];
    let rest = bytes.get(at..).unwrap_or_default();
    let length = rest.len().min(BLOCK);
    block[..length].copy_from_slice(&rest[..length]);
    block
}

/// The place of the first answer that is not 0; eight are looked at as one number.
#[inline]
fn first_yes(answers: &[u8; BLOCK]) -> Option<usize> {
    let (eights, _) = answers.as_chunks::<8>();
    let numbers = eights.iter().map(|eight| u64::from_le_bytes(*eight));
    if numbers.clone().fold(0, |any, number| any | number) == 0 {
        return None;
    }
    let (at, number) = numbers.enumerate().find(|(_, number)| *number != 0)?;
    Some(8 * at + number.trailing_zeros() as usize / 8)
}

/// Where the first digit of ASCII stands, from byte `from` on.
#[inline]
pub(super) fn digit(bytes: &[u8], from: usize) -> Option<usize> {
    first(bytes, from, |byte| byte.is_ascii_digit())
}

/// Where the run of bytes of a kind begins that ends before byte `end`, but not before `from`.
#[inline]
pub(super) fn run_start(bytes: &[u8], from: usize, end: usize, is_it: impl Fn(u8) -> bool) -> usize {
    bytes[from..end].iter().rposition(|byte| !is_it(*byte)).map_or(from, |at| from + at + 1)
}

/// Where the run of bytes of a kind ends that begins at byte `from`.
#[inline]
pub(super) fn run_end(bytes: &[u8], from: usize, is_it: impl Fn(u8) -> bool) -> usize {
    bytes[from..].iter().position(|byte| !is_it(*byte)).map_or(bytes.len(), |length| from + length)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_is_found_is_what_a_plain_search_finds(text in "[ab]{0,70}[ab1-]{0,40}", from in 0..60_usize) {
            let bytes = text.as_bytes();
            let plain = (from..bytes.len()).find(|at| bytes[*at].is_ascii_digit());
            prop_assert_eq!(digit(bytes, from), plain);
            let plain = (from..bytes.len()).find(|at| bytes[*at] == b'b' && bytes.get(at + 1) == Some(&b'1'));
            prop_assert_eq!(first_pair(bytes, from, 1, |one, next| one == b'b' && next == b'1'), plain);
        }

        #[test]
        fn runs_have_the_ends_of_the_text_or_another_byte_beside_them(text in "[a1]{1,20}", at in 0..20_usize) {
            let at = at.min(text.len());
            let bytes = text.as_bytes();
            let (start, end) = (run_start(bytes, 0, at, |byte| byte == b'a'), run_end(bytes, at, |byte| byte == b'a'));
            prop_assert!(bytes[start..end].iter().all(|byte| *byte == b'a'));
            prop_assert!(start == 0 || bytes[start - 1] == b'1');
            prop_assert!(end == bytes.len() || bytes[end] == b'1');
        }
    }
}
