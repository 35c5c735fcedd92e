//! Slips of writing: misspelt words, doubled words, blanks in the wrong place, brackets without a partner, `a` for `an`.
//!
//! No grammar and no dictionary: a word that nobody here knows is a name, and only what is wrong in every sentence is
//! found. What is known of a language comes from its [table], in which each word is looked up once. Every match is as
//! small as it can be, so that two slips in neighbouring words stay two.
//!
//! Links, addresses, placeholders and what is quoted are somebody else's writing.

mod article;
mod doubts;
pub mod form;
mod letters;
mod pairs;
mod spacing;
pub mod table;
mod words;

use std::ops::Range;

use crate::view::{Unit, UnitKind, View};

pub use doubts::Doubts;

use form::SlipKind;
use letters::Case;
use pairs::Pairs;
use table::Spelling;

/// A slip.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slip {
    /// What kind of slip.
    pub kind: SlipKind,
    /// Where, in bytes of the block's text.
    pub range: Range<usize>,
    /// What it rests on besides: it is no slip where the file holds something between, such as a picture or code.
    pub seen: Range<usize>,
    /// What to write there instead, where that is known.
    pub suggestion: Option<String>,
    /// The word that makes an article wrong.
    pub next: Option<String>,
}

/// The doubts about each unit of a view, where nobody has read it before.
pub fn doubts(view: &View<'_>, spelling: &Spelling) -> Vec<Doubts> {
    view.units.iter().map(|unit| Doubts::about(view.word(unit), spelling)).collect()
}

/// Every slip of a view, in order. Only the sentences are read that are said to be in the language of the spelling. The
/// doubts are those about each unit of the view.
pub fn slips(
    view: &View<'_>,
    spelling: &Spelling,
    doubts: &[Doubts],
    is_read: impl Fn(usize) -> bool,
) -> Vec<Slip> {
    let pairs = Pairs::of(&view.visible);
    let mut reader = Reader { view, spelling, doubts, pairs: &pairs, found: Vec::new() };
    for (number, sentence) in view.sentences.iter().enumerate() {
        if is_read(number) {
            reader.read(sentence.units.clone());
        }
    }
    let is_read_at = |at: &usize| !view.sentences.is_empty() && is_read(view.sentence_at(*at));
    for at in pairs.lonely.iter().filter(|at| is_read_at(at)) {
        let length = view.visible[*at..].chars().next().map_or(1, char::len_utf8);
        reader.push(SlipKind::Unbalanced, *at..*at + length, None);
    }
    let mut found = reader.found;
    found.sort_by_key(|slip| (slip.range.start, slip.range.end));
    found
}

/// Reads sentence after sentence.
struct Reader<'r> {
    view: &'r View<'r>,
    spelling: &'r Spelling,
    doubts: &'r [Doubts],
    pairs: &'r Pairs,
    found: Vec<Slip>,
}

impl<'r> Reader<'r> {
    /// Reads a sentence, and what stands before the next one.
    fn read(&mut self, units: Range<usize>) {
        self.start(units.start);
        let mut next_word = units.start;
        for at in units.clone() {
            if !self.doubts(at).is_empty() && at >= next_word && self.is_word(at) {
                next_word = self.word(at, units.end).max(at + 1);
            }
            if !self.is_well_spaced(at) {
                self.gap(at);
            }
        }
    }

    fn push(&mut self, kind: SlipKind, range: Range<usize>, suggestion: Option<String>) {
        let text = self.text();
        let before = text[..range.start].chars().next_back().map_or(0, char::len_utf8);
        let after = text[range.end..].chars().next().map_or(0, char::len_utf8);
        let seen = range.start - before..range.end + after;
        self.found.push(Slip { kind, range, seen, suggestion, next: None });
    }

    fn doubts(&self, at: usize) -> Doubts {
        self.doubts.get(at).copied().unwrap_or_default()
    }

    fn unit(&self, at: usize) -> &'r Unit {
        &self.view.units[at]
    }

    fn text(&self) -> &'r str {
        &self.view.visible
    }

    /// A unit in small letters.
    fn folded(&self, at: usize) -> &'r str {
        self.view.word(self.unit(at))
    }

    /// A unit as it is written.
    fn written(&self, at: usize) -> &'r str {
        &self.text()[self.unit(at).range.clone()]
    }

    fn case(&self, at: usize) -> Case {
        Case::of(self.written(at))
    }

    fn is_word(&self, at: usize) -> bool {
        self.unit(at).kind == UnitKind::Word
    }

    /// What stands between a unit and the next one.
    fn gap_after(&self, at: usize) -> &'r str {
        let end = self.view.units.get(at + 1).map_or(self.text().len(), |next| next.range.start);
        self.text().get(self.unit(at).range.end..end).unwrap_or("")
    }

    /// Whether only a blank, or a line end, stands between a unit and the next one.
    fn is_joined(&self, at: usize) -> bool {
        let gap = self.gap_after(at);
        matches!(gap, " " | "\n" | "\r\n" | " \n")
    }

    /// The character before a unit.
    fn before(&self, at: usize) -> Option<char> {
        self.text()[..self.unit(at).range.start].chars().next_back()
    }

    fn is_quoted(&self, at: usize) -> bool {
        self.pairs.is_quoted(self.unit(at).range.start)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::picture::{drawn, is_lawful};
    use super::table::WordTable;
    use super::*;
    use crate::document::plain;
    use crate::text::Source;

    fn spelling() -> Spelling {
        let words = |words: &str| WordTable::new(words.split(' ').map(|word| (word, "")));
        Spelling {
            misspelt: WordTable::new([
                ("reciev*", "receiv*"),
                ("receivd", "received"),
                ("im", "I'm"),
                ("thier", "their"),
                ("alot", "a lot"),
                ("i", "I"),
                ("i'm", "I'm"),
                ("could of", "could have"),
                ("could of course", "could of course"),
                ("your welcome $", "you're welcome"),
                ("part i", "part i"),
            ]),
            names: words("thier im"),
            never_twice: words("the to and of a"),
            starters: words("we the please"),
            abbreviations: words("approx etc incl"),
            name_endings: words("com pdf"),
            vowel_sounds: words("hour* honest* un* up*"),
            consonant_sounds: words("eu* one* uni* use* usb"),
            either_article: words("is and or herb* led we"),
        }
    }

    fn slips_of(text: &str, kinds: &[SlipKind]) -> Vec<Slip> {
        let source = Source::new(text.as_bytes(), None);
        let document = plain::read(&source);
        let Some(block) = document.blocks.last() else { return Vec::new() };
        let view = View::new(block, &|_| false);
        let spelling = spelling();
        let mut found = slips(&view, &spelling, &doubts(&view, &spelling), |_| true);
        found.retain(|slip| kinds.contains(&slip.kind));
        found
    }

    /// Holds the slips of some kinds against pictures, each with the text after the suggestions.
    fn assert_slips(kinds: &[SlipKind], pictures: &[(&str, &str)]) {
        for (picture, mended) in pictures {
            let text = picture.replace('|', "");
            let found = slips_of(&text, kinds);
            assert_eq!(drawn(&text, found.iter().map(|slip| slip.range.clone())), *picture);
            let mut after = text.clone();
            for slip in found.iter().rev() {
                let suggestion = slip.suggestion.as_deref().unwrap_or(&text[slip.range.clone()]);
                after.replace_range(slip.range.clone(), suggestion);
            }
            assert_eq!(after, *mended);
        }
    }

    fn assert_silent(kinds: &[SlipKind], texts: &[&str]) {
        for text in texts {
            let found = slips_of(text, kinds);
            assert!(found.is_empty(), "{}", drawn(text, found.iter().map(|slip| slip.range.clone())));
        }
    }

    #[test]
    fn misspelt_words_and_phrases() {
        assert_slips(
            &[SlipKind::Misspelt],
            &[
                ("you will |recieve| it", "you will receive it"),
                ("|Recieved| on Monday", "Received on Monday"),
                ("|RECIEVING|, then", "RECEIVING, then"),
                ("we |recievd| it", "we received it"),
                ("|thier| lamp", "their lamp"),
                ("|Im| here", "I'm here"),
                ("|Thier| lamp", "Their lamp"),
                ("we like it |alot|.", "we like it a lot."),
                ("we |could of| sent it", "we could have sent it"),
                ("|Could of| sent it", "Could have sent it"),
                ("so |your welcome|!", "so you're welcome!"),
                ("if |i| can and |i'm| here", "if I can and I'm here"),
                ("if |i’m| here", "if I’m here"),
                ("pre-|recieved| and (|recieved|)", "pre-received and (received)"),
            ],
        );
        assert_silent(
            &[SlipKind::Misspelt],
            &[
                "receive it",
                "the lamp of Thier",
                "we could of course",
                "your welcome gift",
                "could, of all",
                "see could\n\nof",
                "ReCieve iRecieve",
                "IM us",
                "I'm and I’m and I",
                "\"recieve\" and 'recieve' and “we recieve it”",
                "@recieve #recieve recieve_it recieve.com mail/recieve recieve@host.com",
                "https://host.com/recieve",
                "i) one ii) two",
                "(i) and i.e. this and i, ii",
                "see part i of it",
                "{{recieve}}",
                "the recieve-20 set",
            ],
        );
    }

    #[test]
    fn doubled_words() {
        assert_slips(
            &[SlipKind::DoubledWord],
            &[
                ("of |the the| lamp", "of the lamp"),
                ("|The the| lamp", "The lamp"),
                ("on |the\nthe| table", "on the table"),
                ("|to to to| you", "to you"),
                ("|THE THE| LAMP", "THE LAMP"),
            ],
        );
        assert_silent(
            &[SlipKind::DoubledWord],
            &[
                "that that had had very very",
                "the, the",
                "of the. The lamp",
                "the\n\nthe",
                "by The The",
                "of {{a}} {{a}}",
                "a-a and to-to",
                "\"the the\"",
                "A A",
            ],
        );
    }

    #[test]
    fn blanks_before_marks() {
        assert_slips(
            &[SlipKind::SpaceBefore],
            &[
                ("Hello| ,| we wait", "Hello, we wait"),
                ("it works| .| Good", "it works. Good"),
                ("it works| !|", "it works!"),
                ("really| ?!| Yes", "really?! Yes"),
                ("so (it is)| ,| yes", "so (it is), yes"),
                ("one| ,|two", "one, two"),
                ("you can choose what you want| :|\n- one", "you can choose what you want:\n- one"),
                ("all 5| ;| fine", "all 5; fine"),
                ("it works|  !| Yes", "it works! Yes"),
            ],
        );
        assert_silent(
            &[SlipKind::SpaceBefore],
            &[
                "so it is, yes. Good! Well? Fine",
                "wait ... what",
                "a .pdf or .NET file",
                "thanks :) and ;) and :-) and :D",
                "thanks : )",
                "Color : red",
                "Order number : 5",
                "at 10 : 30",
                "the sign ? and the sign ! are there",
                "see https://host.com/a . Thanks",
                "see host.com . Thanks",
                "Dear {{name}} , hello",
                "one\n, two",
                "nice 😀 !",
                "1 ,000",
                "he said \"what ?\"",
                "a ,, b",
            ],
        );
    }

    #[test]
    fn blanks_missing_behind_marks() {
        assert_slips(
            &[SlipKind::SpaceMissing],
            &[
                ("Hello|,|we wait", "Hello, we wait"),
                ("it arrived|.|Please look", "it arrived. Please look"),
                ("it works|!|We go", "it works! We go"),
                ("it works|?|I go", "it works? I go"),
                ("it works|;|we go", "it works; we go"),
                ("so|!!|We go", "so!! We go"),
            ],
        );
        assert_silent(
            &[SlipKind::SpaceMissing],
            &[
                "host.com and Host.Com and manual.Pdf",
                "red,blue,green",
                "1,000 and 2.5 and S,M",
                "approx.Five and e.g.This and U.S.A",
                "Foo.Bar and foo.bar",
                "a&nbsp;text and a&amp;Text",
                "see /path/file.Name and x=a,bc and a_b,cd",
                "Yahoo!Mail2",
                "mail.Google.Maps",
                "what?yes",
                "\"end.Begin\"",
            ],
        );
    }

    #[test]
    fn brackets_and_quotation_marks_without_a_partner() {
        assert_slips(
            &[SlipKind::Unbalanced],
            &[
                ("the lamp |(|blue is here", "the lamp (blue is here"),
                ("the lamp blue|)| is here", "the lamp blue) is here"),
                ("|(|(a) |(|b", "((a) (b"),
                ("say |\"|hello to us", "say \"hello to us"),
                ("say |“|hello to us", "say “hello to us"),
                ("say hello|”| to us", "say hello” to us"),
            ],
        );
        assert_silent(
            &[SlipKind::Unbalanced],
            &[
                "the lamp (blue (or so)) \"is\" “here”",
                "thanks :) sorry :( well ;-) and :)) =) 8)",
                "(thanks :))",
                "(thanks :)",
                "(: hello",
                "a) one\nb) two\n3) three\niv) four",
                "step 1) open, 2) close",
                "(first: 1) red, 2) blue)",
                "a 5\" pipe and a 5.5\" one",
                "a 24\" screen, \"wide",
                "„so“ and «so» and 'so",
                "one \"two\n\nthree\" four",
                "\"quoted (open\" here)",
                "the buyers' lamps and rock 'n' roll",
            ],
        );
    }

    #[test]
    fn articles() {
        assert_slips(
            &[SlipKind::Article],
            &[
                ("in |a| hour", "in an hour"),
                ("|A| email is here", "An email is here"),
                ("|a| update of |an| user", "an update of a user"),
                ("|an| new lamp", "a new lamp"),
                ("|an| European one", "a European one"),
                ("|an| one-year", "a one-year"),
                ("|a| 8-pack and |a| 11 and |an| 5", "an 8-pack and an 11 and a 5"),
                ("|a| iPhone", "an iPhone"),
                ("|an| USB cable", "a USB cable"),
                ("|a| unhappy end", "an unhappy end"),
                ("|a|\norder", "an\norder"),
            ],
        );
        assert_silent(
            &[SlipKind::Article],
            &[
                "a user, a European, an hour, an LED, an 8, a one",
                "a LED and an led and an herb and a herb",
                "an FAQ and a FAQ, an MP3, an X, an S20",
                "vitamin A is, plan A or",
                "option a is and a or b",
                "a 11000 and a 180 and an 18",
                "a \"orange\" one",
                "a (old) one",
                "a {{item}}",
                "a ubiquitous umbrella",
                "an mAh value",
                "an MRI, a UFO",
                "A.a order",
            ],
        );
    }

    #[test]
    fn sentences_that_begin_small() {
        assert_slips(
            &[SlipKind::SmallStart],
            &[("It arrived. |we| wait. |please| look", "It arrived. We wait. Please look")],
        );
        assert_silent(
            &[SlipKind::SmallStart],
            &[
                "It arrived. We wait",
                "It is approx. the same, etc. we know",
                "e.g. the lamp",
                "wait... we do",
                "It arrived. iPhone works",
                "It arrived. ebay knows",
                "It arrived.\nwe wait",
                "It arrived! we wait",
                "at 5 p.m. we wait",
                "see host.com. we wait",
                "NASA. we wait",
                "It arrived.  the end",
                "we wait",
            ],
        );
    }

    const ALL: [SlipKind; 7] = [
        SlipKind::Misspelt,
        SlipKind::DoubledWord,
        SlipKind::SpaceBefore,
        SlipKind::SpaceMissing,
        SlipKind::Unbalanced,
        SlipKind::Article,
        SlipKind::SmallStart,
    ];

    proptest! {
        #[test]
        fn any_text_gives_lawful_ranges(text in "(the |recieve|a |an | ,|,|\\. we|[(\"“”)]|i |could of| hour|\\PC|\n|[a-z]{1,3}){0,40}") {
            for kind in ALL {
                let ranges: Vec<_> = slips_of(&text, &[kind]).into_iter().map(|slip| slip.range).collect();
                prop_assert!(is_lawful(&text, &ranges), "{kind:?} {ranges:?}");
            }
        }
    }
}
