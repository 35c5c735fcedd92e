//! How the names on a list begin, in a table of bits: most words of a text are dismissed by their first three characters.
//!
//! Letters are taken as they are read: `4` for `a`, `@` too. Nothing is missed where digits and signs stand for letters,
//! where a name is written in two words, and where its letters stand apart.
//!
//! `build.rs` shares this file and writes the table into the binary.

use serde::{Deserialize, Serialize};

use super::phrase::table::Table;

/// Kinds of characters: the letters, other characters of ASCII, and what is beyond it.
const KINDS: usize = 28;
const OTHER: usize = 26;
const BEYOND: usize = 27;

/// How names begin.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Beginnings {
    /// Of the first three characters.
    bits: Table,
    /// Of the three behind the first.
    behind_first: Table,
}

impl Beginnings {
    /// The beginnings of some names in lower case.
    pub fn of<'n>(names: impl Iterator<Item = &'n str>) -> Self {
        let mut bits = vec![0; (KINDS * KINDS * KINDS).div_ceil(32)];
        let mut behind_first = bits.clone();
        let set = |bits: &mut Vec<u32>, threes: Vec<[usize; 3]>| {
            for number in threes.into_iter().map(number_of) {
                bits[number / 32] |= 1 << (number % 32);
            }
        };
        for name in names.map(str::as_bytes) {
            set(&mut bits, beginnings(name));
            set(&mut behind_first, behind_first_of(name));
        }
        Self { bits: bits.into(), behind_first: behind_first.into() }
    }

    /// Whether a name may begin with the first of some bytes; of those that begin beyond ASCII nothing is known.
    #[inline]
    pub fn may_be(&self, bytes: &[u8]) -> bool {
        let kind = |at: usize| bytes.get(at).map_or(OTHER, |byte| kind_of(*byte));
        let (first, second, third) = match bytes {
            [first, second, third, ..] => (kind_of(*first), kind_of(*second), kind_of(*third)),
            _ => (kind(0), kind(1), kind(2)),
        };
        has(&self.bits, [first, second, third]) && has(&self.behind_first, [second, third, kind(3)])
    }
}

#[inline]
fn has(bits: &Table, three: [usize; 3]) -> bool {
    let number = number_of(three);
    !bits.is_empty() && bits.get(number / 32) & 1 << (number % 32) != 0
}

#[inline]
fn number_of([first, second, third]: [usize; 3]) -> usize {
    (first * KINDS + second) * KINDS + third
}

/// The letter that an ASCII byte is, or stands for.
pub(super) fn letter(byte: u8) -> u8 {
    static LETTER_OF: [u8; 256] = {
        let mut letters = [0; 256];
        let mut byte = 0;
        while byte < 256 {
            letters[byte] = letter_of(byte as u8);
            byte += 1;
        }
        letters
    };
    LETTER_OF[usize::from(byte)]
}

const fn letter_of(byte: u8) -> u8 {
    match byte {
        b'@' | b'4' => b'a',
        b'0' => b'o',
        b'1' | b'!' | b'l' | b'L' => b'i',
        b'3' => b'e',
        b'$' | b'5' => b's',
        _ => byte.to_ascii_lowercase(),
    }
}

static KIND_OF: [u8; 256] = {
    let mut kinds = [OTHER as u8; 256];
    let mut byte = 0;
    while byte < 256 {
        kinds[byte] = match letter_of(byte as u8) {
            letter @ b'a'..=b'z' => letter - b'a',
            0x80.. => BEYOND as u8,
            _ => OTHER as u8,
        };
        byte += 1;
    }
    kinds
};

#[inline]
fn kind_of(byte: u8) -> usize {
    usize::from(KIND_OF[usize::from(byte)])
}

/// The kinds of the first three characters of a text that a name may be written with.
fn beginnings(name: &[u8]) -> Vec<[usize; 3]> {
    let mut found = Vec::new();
    let mut open = vec![(Vec::new(), Some(name))];
    // Its letters apart: a gap behind the first one.
    if let [first, second, ..] = name {
        found.push([kind_of(*first), OTHER, kind_of(*second)]);
    }
    while let Some((kinds, rest)) = open.pop() {
        if let [first, second, third] = kinds[..] {
            found.push([first, second, third]);
            continue;
        }
        let with = |kind: usize| [&kinds[..], &[kind]].concat();
        match rest {
            None => open.extend((0..KINDS).map(|kind| (with(kind), None))),
            // What follows the name is no letter, but it may be a sign that is read as one.
            Some([]) => {
                let signs = [OTHER, BEYOND, kind_of(b'@'), kind_of(b'!'), kind_of(b'$')];
                open.extend(signs.map(|kind| (with(kind), None)));
            }
            Some([b' ', rest @ ..]) => open.extend([(with(OTHER), Some(rest)), (kinds.clone(), Some(rest))]),
            // `’` has three bytes.
            Some([b'\'', rest @ ..]) => {
                let mut curly = [&kinds[..], &[BEYOND; 3]].concat();
                curly.truncate(3);
                open.extend([(with(OTHER), Some(rest)), (curly, Some(rest))]);
            }
            Some([byte, rest @ ..]) => open.push((with(kind_of(*byte)), Some(rest))),
        }
    }
    found
}

/// The same for the three behind the first one.
fn behind_first_of(name: &[u8]) -> Vec<[usize; 3]> {
    let Some((_, rest)) = name.split_first() else { return Vec::new() };
    let mut found = beginnings(rest);
    found.extend(rest.first().map(|second| [OTHER, kind_of(*second), OTHER]));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_name_may_be_written_like_is_not_dismissed() {
        let names = ["whatsapp", "we chat", "wa", "x", "v信", "q'line"];
        let beginnings = Beginnings::of(names.into_iter());
        for (text, may_be) in [
            ("WhatsApp", true),
            ("wh4tsapp", true),
            ("Wh@tsapp", true),
            ("w h a", true),
            ("w-h-a", true),
            ("we-chat", true),
            ("wechat", true),
            ("wa", true),
            ("wa: 1", true),
            ("wa!", true),
            ("x", true),
            ("X.", true),
            ("x:shop", true),
            ("v信", true),
            ("q’line", true),
            ("q'line", true),
            ("water", false),
            ("white", false),
            ("we are", false),
            ("we can", true),
            ("w-h.a", true),
            ("whale", false),
            ("what", true),
            ("whbt", false),
            ("west", false),
            ("xbox", false),
            ("order", false),
            ("", false),
        ] {
            assert_eq!(beginnings.may_be(text.as_bytes()), may_be, "{text}");
        }
        assert!(!Beginnings::default().may_be(b"wa"));
    }
}
