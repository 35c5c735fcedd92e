use std::fmt;
use std::hash::Hasher as _;
use std::str::FromStr;

use siphasher::sip::SipHasher13;

use crate::text::is_picture;

use super::RuleId;

/// What a finding is known by, wherever in its file it stands: a hash of its rule and of the words found.
///
/// It does not change with other lines, line ends, line wraps, letter case or the wording of the rule. Digits and
/// addresses count as being there and not as what they are, so that neither a phone number nor a mailbox can be guessed
/// from it; two phone numbers of the same shape are one to it. A finding about a whole message is known by its rule alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fingerprint(u64);

impl Fingerprint {
    /// Of the words found, which are empty where the whole message is meant.
    pub fn new(rule: &RuleId, words: &str) -> Self {
        // The keys are ours for ever: baselines hold what comes out.
        let mut hasher = SipHasher13::new_with_keys(0, 0);
        hasher.write(rule.as_str().as_bytes());
        let mut known = String::new();
        for word in words.split_whitespace() {
            known.clear();
            known.push(' ');
            push_word(word, &mut known);
            hasher.write(known.as_bytes());
        }
        Self(hasher.finish())
    }
}

/// Appends a word without what could tell whose it is.
fn push_word(word: &str, known: &mut String) {
    if word.contains('@') {
        return known.push('@');
    }
    let mut was_digit = false;
    let mut push = |c: char, is_digit: bool| {
        if !is_digit {
            known.push(c);
        } else if !was_digit {
            known.push('0');
        }
        was_digit = is_digit;
    };
    for c in word.chars() {
        match c {
            '\0'..='\x7F' => push(c.to_ascii_lowercase(), c.is_ascii_digit()),
            _ if is_picture(c) => push(c, false),
            _ => c.to_lowercase().for_each(|c| push(c, c.is_numeric())),
        }
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

/// A text that is no fingerprint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a fingerprint has sixteen digits of 0-9 and a-f")]
pub struct NoFingerprint;

impl FromStr for Fingerprint {
    type Err = NoFingerprint;

    fn from_str(text: &str) -> Result<Self, NoFingerprint> {
        let is_written_so = text.len() == 16 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        let number = u64::from_str_radix(text, 16).ok().filter(|_| is_written_so);
        number.map(Self).ok_or(NoFingerprint)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fingerprint(words: &str) -> Fingerprint {
        Fingerprint::new(&RuleId::new("phone-number"), words)
    }

    #[test]
    fn what_an_edit_elsewhere_changes_does_not_matter() {
        for (one, other) in [
            ("leave a review", "Leave  a\r\n\treview"),
            ("call +1 202 555 0143", "call +1 303 666 9999"),
            ("call 2025550143", "call 7"),
            ("write to a@example.com", "write to someone.else@shop.example"),
        ] {
            assert_eq!(fingerprint(one), fingerprint(other), "{one} / {other}");
        }
    }

    #[test]
    fn other_words_and_other_rules_are_something_else() {
        for (one, other) in [("leave a review", "leave us a review"), ("a b", "ab"), ("call 1", "call one")] {
            assert_ne!(fingerprint(one), fingerprint(other), "{one} / {other}");
        }
        assert_ne!(fingerprint(""), Fingerprint::new(&RuleId::new("emoji"), ""));
    }

    #[test]
    fn it_is_written_the_same_for_ever() {
        let written = fingerprint("leave a review").to_string();
        assert_eq!(written, "e31c97f0af5b3361");
        assert_eq!(written.parse(), Ok(fingerprint("leave a review")));
        for wrong in ["", "1", "+123456789abcdef", "0123456789ABCDEF", "00123456789abcdef"] {
            assert_eq!(wrong.parse::<Fingerprint>(), Err(NoFingerprint), "{wrong}");
        }
    }
}
