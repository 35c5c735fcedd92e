//! The words of [`super::words`], laid out by the compiler so that each is looked up in one step and nothing is built
//! at run time.

use super::words::{Signs, WORDS};

/// Places of the table: more than twice as many as words, so that most are found where they are looked for.
const SLOTS: usize = 2048;

/// All words in one text, and where each of them is found.
struct Known {
    letters: [u8; LETTERS],
    /// Where each word begins and ends, and what it is a sign of.
    words: [(u16, u16, Signs); COUNT],
    /// Numbers of words, each plus one, at the place that the letters of the word say or the next free one.
    slots: [u16; SLOTS],
}

const COUNT: usize = measured().0;
const LETTERS: usize = measured().1;

static KNOWN: Known = known();

/// What a word of the list is a sign of.
pub(super) fn signs_of_listed(word: &str) -> Option<Signs> {
    let mut slot = slot_of(word.as_bytes(), 0, word.len());
    loop {
        let number = usize::from(KNOWN.slots[slot]).checked_sub(1)?;
        let (start, end, signs) = KNOWN.words[number];
        if &KNOWN.letters[usize::from(start)..usize::from(end)] == word.as_bytes() {
            return Some(signs);
        }
        slot = (slot + 1) % SLOTS;
    }
}

const fn slot_of(letters: &[u8], start: usize, end: usize) -> usize {
    let mut hash: u32 = 0x811C_9DC5;
    let mut at = start;
    while at < end {
        hash = (hash ^ letters[at] as u32).wrapping_mul(0x0100_0193);
        at += 1;
    }
    (hash ^ (hash >> 15)) as usize % SLOTS
}

/// How many words there are, and how many bytes they have.
const fn measured() -> (usize, usize) {
    let (mut count, mut letters) = (0, 0);
    let mut row = 0;
    while row < WORDS.len() {
        let text = WORDS[row].1.as_bytes();
        let mut at = 0;
        while at < text.len() {
            if text[at] != b' ' {
                letters += 1;
                count += (at + 1 == text.len() || text[at + 1] == b' ') as usize;
            }
            at += 1;
        }
        row += 1;
    }
    (count, letters)
}

const fn known() -> Known {
    let mut known = Known { letters: [0; LETTERS], words: [(0, 0, 0); COUNT], slots: [0; SLOTS] };
    let (mut count, mut length, mut start) = (0, 0, 0);
    let mut row = 0;
    while row < WORDS.len() {
        let (signs, text) = WORDS[row];
        let text = text.as_bytes();
        let mut at = 0;
        while at < text.len() {
            if text[at] != b' ' {
                known.letters[length] = text[at];
                length += 1;
            }
            if length > start && (at + 1 == text.len() || text[at + 1] == b' ') {
                known.words[count] = (start as u16, length as u16, signs);
                count += 1;
                let mut slot = slot_of(&known.letters, start, length);
                while known.slots[slot] != 0 {
                    slot = (slot + 1) % SLOTS;
                }
                known.slots[slot] = count as u16;
                start = length;
            }
            at += 1;
        }
        row += 1;
    }
    known
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_word_is_listed_once_and_found() {
        let listed: Vec<(&str, Signs)> = WORDS
            .iter()
            .flat_map(|(signs, words)| words.split_whitespace().map(move |word| (word, *signs)))
            .collect();
        assert_eq!((listed.len(), listed.iter().map(|(word, _)| word.len()).sum()), (COUNT, LETTERS));
        for (word, signs) in listed {
            assert_eq!(signs_of_listed(word), Some(signs), "{word}");
        }
        for absent in ["", "xyzzy", "orde", "ordersx", "番"] {
            assert_eq!(signs_of_listed(absent), None, "{absent}");
        }
    }

    #[test]
    fn most_words_are_found_at_once() {
        let free = KNOWN.slots.iter().filter(|slot| **slot == 0).count();
        assert!(free * 2 > SLOTS, "{free} of {SLOTS} are free");
    }
}
