//! Where something may begin: bytes of a kind, looked for many at a time.
//!
//! Most of a text is letters and blanks, and most who look for something want neither. So each says which bytes it cannot do
//! without, and looks only where they stand. What is asked of a byte here should be a few comparisons: then the compiler puts the
//! question to sixteen bytes at once.

use std::hint::black_box;

/// So many bytes are asked at once.
const BLOCK: usize = 32;

/// Whether a byte is a letter or digit of ASCII: one look, where three comparisons would be made for each byte of a text.
#[inline]
pub(crate) fn is_alphanumeric(byte: u8) -> bool {
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
pub(crate) fn first(bytes: &[u8], from: usize, is_it: impl Fn(u8) -> bool) -> Option<usize> {
    first_pair(bytes, from, 0, |one, _| is_it(one))
}

/// Where the first byte stands that is of a kind together with the one `apart` bytes behind it, from byte `from` on.
/// Behind the last byte zeros are thought.
#[inline(always)]
pub(crate) fn first_pair(
    bytes: &[u8],
    from: usize,
    apart: usize,
    is_it: impl Fn(u8, u8) -> bool,
) -> Option<usize> {
    Places { bytes, apart, is_it, block: from, next_block: from, found: 0 }.next()
}

/// All places where a byte stands that is of a kind together with the one behind it. To be asked where many of them are
/// looked at.
#[inline(always)]
pub(crate) fn pairs(bytes: &[u8], is_it: impl Fn(u8, u8) -> bool) -> Places<'_, impl Fn(u8, u8) -> bool> {
    Places { bytes, apart: 1, is_it, block: 0, next_block: 0, found: 0 }
}

/// Places in some bytes, a block at a time.
pub(crate) struct Places<'b, F> {
    bytes: &'b [u8],
    apart: usize,
    is_it: F,
    /// Where the block begins that was asked last, and the next one.
    block: usize,
    next_block: usize,
    /// A bit for each place in the block that was not given yet.
    found: u32,
}

impl<F: Fn(u8, u8) -> bool> Places<'_, F> {
    /// Asks the next block.
    #[inline(always)]
    fn ask(&mut self) -> Option<()> {
        let at = self.next_block;
        let answers = match (chunk(self.bytes, at), chunk(self.bytes, at + self.apart)) {
            (Some(block), Some(others)) => self.answers(block, others),
            _ if at >= self.bytes.len() => return None,
            _ => {
                let block = filled_up(self.bytes, at);
                let others = if self.apart == 0 { block } else { filled_up(self.bytes, at + self.apart) };
                self.answers(&block, &others)
            }
        };
        let rest = self.bytes.len() - at;
        self.found = if rest < BLOCK { bits(&answers) & ((1 << rest) - 1) } else { bits(&answers) };
        (self.block, self.next_block) = (at, at + BLOCK);
        Some(())
    }

    #[inline(always)]
    fn answers(&self, block: &[u8; BLOCK], others: &[u8; BLOCK]) -> [u8; BLOCK] {
        let mut answers = [0; BLOCK];
        for (at, answer) in answers.iter_mut().enumerate() {
            *answer = u8::from((self.is_it)(block[at], others[at]));
        }
        answers
    }
}

impl<F: Fn(u8, u8) -> bool> Iterator for Places<'_, F> {
    type Item = usize;

    #[inline(always)]
    fn next(&mut self) -> Option<usize> {
        while self.found == 0 {
            self.ask()?;
        }
        let offset = self.found.trailing_zeros() as usize;
        self.found &= self.found - 1;
        Some(self.block + offset)
    }
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

/// One bit for each answer, which is 0 or 1.
#[inline]
fn bits(answers: &[u8; BLOCK]) -> u32 {
    // Or the compiler would give up asking sixteen bytes at once, to have eight answers together earlier.
    let answers = black_box(*answers);
    // Moves the lowest bits of eight bytes, the first byte first, into the highest byte.
    const TOGETHER: u64 = 0x0102_0408_1020_4080;
    let (eights, _) = answers.as_chunks::<8>();
    let of_eight = |eight: &[u8; 8]| (u64::from_le_bytes(*eight).wrapping_mul(TOGETHER) >> 56) as u32;
    eights.iter().rev().fold(0, |bits, eight| bits << 8 | of_eight(eight))
}

/// Where the first digit of ASCII stands, from byte `from` on.
#[inline]
pub(crate) fn digit(bytes: &[u8], from: usize) -> Option<usize> {
    first(bytes, from, |byte| byte.is_ascii_digit())
}

/// Where the run of bytes of a kind begins that ends before byte `end`, but not before `from`.
#[inline]
pub(crate) fn run_start(bytes: &[u8], from: usize, end: usize, is_it: impl Fn(u8) -> bool) -> usize {
    bytes[from..end].iter().rposition(|byte| !is_it(*byte)).map_or(from, |at| from + at + 1)
}

/// Where the run of bytes of a kind ends that begins at byte `from`.
#[inline]
pub(crate) fn run_end(bytes: &[u8], from: usize, is_it: impl Fn(u8) -> bool) -> usize {
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
            let plain = (0..bytes.len()).filter(|at| bytes[*at] == b'a' && bytes.get(at + 1) != Some(&b'a'));
            prop_assert!(pairs(bytes, |one, next| one == b'a' && next != b'a').eq(plain));
            // The zeros that are thought behind the end are no places.
            prop_assert!(pairs(bytes, |one, _| one == 0).next().is_none());
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
