//! Words in quotation marks are somebody else's: what a label reads, what a button is called, what a buyer wrote. A rule
//! of words is not sure of them.

use std::ops::Range;

use crate::finding::Confidence;
use crate::rule::compiled::Detector;

use super::found::{Found, Target};
use super::message::Message;

/// How far a quotation mark may stand from the words, in bytes: a longer quotation is a text of its own, which may be
/// meant for the buyer.
const REACH: usize = 64;

/// Quotation marks that open, each with those that close it.
const MARKS: [(char, &str); 7] =
    [('"', "\""), ('\'', "'"), ('“', "”\""), ('„', "“”"), ('‘', "’'"), ('»', "«"), ('«', "»")];

/// How many bytes a quotation has besides an address or a number, if it is a text in which that stands: an address that is
/// quoted alone is one to use.
const TEXT_AROUND: usize = 8;

/// How sure a rule may be of what it found: hardly, where the words are a quotation or a part of one.
pub(super) fn confidence(message: &Message<'_>, detector: &Detector, found: &Found) -> Confidence {
    let Target::Words(block, words) = &found.target else { return found.confidence };
    let least = match detector {
        Detector::Phrase { .. } | Detector::Pair { .. } => 0,
        Detector::Phone | Detector::Email { .. } | Detector::Link(_) | Detector::Handle { .. } => TEXT_AROUND,
        _ => return found.confidence,
    };
    // Marks in a placeholder are those of its code.
    let around = quoted_around(&message.texts[*block].view.visible, words);
    if around.is_some_and(|around| around >= least) { Confidence::Low } else { found.confidence }
}

/// How many bytes more a short quotation has than the words that it holds.
fn quoted_around(text: &str, words: &Range<usize>) -> Option<usize> {
    let (before, closing) = opening(text.get(..words.start)?)?;
    Some(before + ending(text.get(words.end..)?, closing)?)
}

/// The quotation that is open at the end of a text: how long it is so far, and what closes it.
fn opening(before: &str) -> Option<(usize, &'static str)> {
    let mut letters = before.char_indices().rev().take_while(|(at, _)| before.len() - at <= REACH).peekable();
    let mut inside = None;
    while let Some((at, letter)) = letters.next().filter(|(_, letter)| *letter != '\n') {
        let outside = letters.peek().map(|(_, outside)| *outside);
        if let Some((mark, closing)) = MARKS.iter().find(|(mark, _)| *mark == letter)
            && !outside.is_some_and(char::is_alphanumeric)
        {
            let opens = !ends(*mark, outside) && !inside.is_some_and(char::is_whitespace);
            return Some((before.len() - at - mark.len_utf8(), *closing)).filter(|_| opens);
        }
        if letter == '"' {
            return None;
        }
        inside = Some(letter);
    }
    None
}

/// Whether a mark that is written the same on both sides ends a quotation: a full stop stands right before it.
fn ends(mark: char, outside: Option<char>) -> bool {
    matches!(mark, '"' | '\'') && matches!(outside, Some('.' | ',' | '!' | '?'))
}

/// Where a quotation ends, if it does so soon.
fn ending(after: &str, closing: &str) -> Option<usize> {
    let mut letters = after.char_indices().take_while(|(at, _)| *at <= REACH).peekable();
    let mut inside = None;
    while let Some((at, letter)) = letters.next().filter(|(_, letter)| *letter != '\n') {
        let is_outside = letters.peek().is_none_or(|(_, outside)| !outside.is_alphanumeric());
        if is_outside && closing.contains(letter) {
            return Some(at).filter(|_| !inside.is_some_and(char::is_whitespace));
        }
        inside = Some(letter);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_quotation_holds_its_words() {
        for (drawn, quoted) in [
            ("the mails with \"|Recommended for you|\" come from Amazon", true),
            ("the manual says “|follow us|” with three icons", true),
            ("auf dem Schild: „|follow us| to the party“", true),
            ("the line 'please |follow us|' on the card", true),
            ("|follow us| on the net", false),
            ("the \"Deluxe\" set: |follow us|, says the \"Basic\" one", false),
            ("don't |follow us|, customers' wishes count", false),
            ("we said \"no.\" |follow us| \"now\"", false),
            ("a line \"|follow us|\nand more\"", false),
            ("the colour \"sage\" is gone, |follow us| to \"moss\"", false),
        ] {
            let start = drawn.find('|').unwrap();
            let end = drawn.rfind('|').unwrap() - 1;
            let around = quoted_around(&drawn.replace('|', ""), &(start..end));
            assert_eq!(around.is_some(), quoted, "{drawn}");
        }
    }

    #[test]
    fn a_long_quotation_is_a_text_of_its_own() {
        let text = format!("It says: \"{} follow us\"", "a long story ".repeat(8));
        let start = text.find("follow").unwrap();
        assert_eq!(quoted_around(&text, &(start..start + 9)), None);
    }

    #[test]
    fn a_quotation_is_measured_without_its_words() {
        assert_eq!(quoted_around("\"one two three\"", &(5..8)), Some("one ".len() + " three".len()));
    }
}
