//! Which language a part of a view is in.
//!
//! What can be told is told by the trigrams of `whatlang`; this room decides what is put before it, and when its answer
//! is worth anything. Order IDs, links, codes and placeholders are no language. Nor are names: a product title in French
//! stands in an English message, and `Anker` in a Japanese one, so Latin words are left out of clauses in which every
//! longer one has a capital, and what is quoted is, and whichever script has the smaller part. Too few letters give no answer.
//!
//! Absent on purpose: languages that no buyer of Amazon's marketplaces writes. `whatlang` knows some of them, which is
//! good: a list of part numbers looks like Tagalog or Latin rather than like German.

use std::collections::HashMap;
use std::ops::Range;

use foldhash::fast::RandomState;
use whatlang::Lang as Known;

use super::{Unit, UnitKind, View};

/// A language that can be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lang(&'static Tongue);

/// What is known of a language.
#[derive(Debug, PartialEq, Eq)]
struct Tongue {
    known: Known,
    /// Its two-letter code first, then other codes that mean the same.
    codes: &'static [&'static str],
    name: &'static str,
    /// Languages with the same number are easily taken for each other; 0 for none.
    family: u8,
}

const fn tongue(known: Known, codes: &'static [&'static str], name: &'static str, family: u8) -> Tongue {
    Tongue { known, codes, name, family }
}

const WEST: u8 = 1;
const IBERIAN: u8 = 2;
const NORDIC: u8 = 3;
const CZECHOSLOVAK: u8 = 4;
const SOUTH_SLAVIC: u8 = 5;
const MALAY: u8 = 6;
const CYRILLIC: u8 = 7;
const DEVANAGARI: u8 = 8;
const ARABIC: u8 = 9;
const HAN: u8 = 10;

/// The languages of Amazon's marketplaces and of their neighbours.
static TONGUES: [Tongue; 43] = [
    tongue(Known::Eng, &["en"], "English", 0),
    tongue(Known::Deu, &["de"], "German", WEST),
    tongue(Known::Nld, &["nl"], "Dutch", WEST),
    tongue(Known::Fra, &["fr"], "French", 0),
    tongue(Known::Ita, &["it"], "Italian", 0),
    tongue(Known::Spa, &["es"], "Spanish", IBERIAN),
    tongue(Known::Por, &["pt"], "Portuguese", IBERIAN),
    tongue(Known::Cat, &["ca"], "Catalan", IBERIAN),
    tongue(Known::Swe, &["sv"], "Swedish", NORDIC),
    tongue(Known::Nob, &["no", "nb", "nn"], "Norwegian", NORDIC),
    tongue(Known::Dan, &["da"], "Danish", NORDIC),
    tongue(Known::Pol, &["pl"], "Polish", 0),
    tongue(Known::Ces, &["cs"], "Czech", CZECHOSLOVAK),
    tongue(Known::Slk, &["sk"], "Slovak", CZECHOSLOVAK),
    tongue(Known::Slv, &["sl"], "Slovenian", SOUTH_SLAVIC),
    tongue(Known::Hrv, &["hr", "bs"], "Croatian", SOUTH_SLAVIC),
    tongue(Known::Srp, &["sr"], "Serbian", SOUTH_SLAVIC),
    tongue(Known::Hun, &["hu"], "Hungarian", 0),
    tongue(Known::Ron, &["ro"], "Romanian", 0),
    tongue(Known::Fin, &["fi"], "Finnish", 0),
    tongue(Known::Est, &["et"], "Estonian", 0),
    tongue(Known::Lav, &["lv"], "Latvian", 0),
    tongue(Known::Lit, &["lt"], "Lithuanian", 0),
    tongue(Known::Tur, &["tr"], "Turkish", 0),
    tongue(Known::Ind, &["id", "in", "ms"], "Indonesian", MALAY),
    tongue(Known::Vie, &["vi"], "Vietnamese", 0),
    tongue(Known::Rus, &["ru"], "Russian", CYRILLIC),
    tongue(Known::Ukr, &["uk"], "Ukrainian", CYRILLIC),
    tongue(Known::Bul, &["bg"], "Bulgarian", CYRILLIC),
    tongue(Known::Ell, &["el"], "Greek", 0),
    tongue(Known::Ara, &["ar"], "Arabic", ARABIC),
    tongue(Known::Urd, &["ur"], "Urdu", ARABIC),
    tongue(Known::Heb, &["he", "iw"], "Hebrew", 0),
    tongue(Known::Hin, &["hi"], "Hindi", DEVANAGARI),
    tongue(Known::Mar, &["mr"], "Marathi", DEVANAGARI),
    tongue(Known::Ben, &["bn"], "Bengali", 0),
    tongue(Known::Tam, &["ta"], "Tamil", 0),
    tongue(Known::Tel, &["te"], "Telugu", 0),
    tongue(Known::Kan, &["kn"], "Kannada", 0),
    tongue(Known::Mal, &["ml"], "Malayalam", 0),
    tongue(Known::Cmn, &["zh"], "Chinese", HAN),
    tongue(Known::Jpn, &["ja"], "Japanese", HAN),
    tongue(Known::Kor, &["ko"], "Korean", 0),
];

impl Lang {
    /// The language of a code, whatever region or script follows it: `de-AT`, `zh_Hans`.
    pub fn of_code(code: &str) -> Option<Self> {
        let code = code.split(['-', '_']).next().unwrap_or_default();
        let is_it = |tongue: &&Tongue| tongue.codes.iter().any(|known| known.eq_ignore_ascii_case(code));
        TONGUES.iter().find(is_it).map(Self)
    }

    /// Its two-letter code.
    pub fn code(self) -> &'static str {
        self.0.codes[0]
    }

    /// Its name in English.
    pub fn name(self) -> &'static str {
        self.0.name
    }

    /// Whether texts in the two are easily taken for each other, as in Danish and Norwegian.
    pub fn is_close_to(self, other: Self) -> bool {
        self == other || (self.0.family != 0 && self.0.family == other.0.family)
    }
}

/// The language of a part of a view, and how much there was to tell it by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Told {
    /// The language.
    pub lang: Lang,
    /// Letters that were looked at; those of scripts that say more in a letter count more.
    pub letters: usize,
}

impl Told {
    /// Whether the text is surely in no other language, not even in a close one.
    pub fn is_other_than(self, other: Lang) -> bool {
        self.lang != other && (!self.lang.is_close_to(other) || self.letters >= 2 * FEWEST_LETTERS)
    }
}

/// A text needs so many letters.
pub const FEWEST_LETTERS: usize = 60;
/// More bytes are not looked at, for they change nothing.
const MOST_BYTES: usize = 4000;
/// Words of fewer letters say nothing about whether a clause is a name: `de`, `with`, `und`.
const SHORT: usize = 4;
/// Something quoted of more words than this is a text of its own.
const LONGEST_QUOTE: usize = 15;

/// The most passages that are remembered: a megabyte at the very most.
const MOST_PASSAGES: usize = 256;

/// The passages whose language was told lately: templates say the same to every buyer, and to tell a language takes as long
/// as all the rest. When they are too many, all are forgotten.
#[derive(Debug, Default)]
pub struct Passages(HashMap<Box<str>, Option<Lang>, RandomState>);

impl Passages {
    /// Tells the language of some units of a view, if that can be done for certain.
    pub fn tell(&mut self, view: &View<'_>, units: Range<usize>) -> Option<Told> {
        let sample = Sample::of(view, units);
        let (text, letters) = sample.main()?;
        let lang = match self.0.get(text) {
            Some(known) => *known,
            None => {
                if self.0.len() >= MOST_PASSAGES {
                    self.0.clear();
                }
                *self.0.entry(text.into()).or_insert_with(|| of_text(text))
            }
        };
        Some(Told { lang: lang?, letters })
    }
}

/// The language of a text, if `whatlang` is sure and it is one of ours.
fn of_text(text: &str) -> Option<Lang> {
    let answer = whatlang::detect(text).filter(whatlang::Info::is_reliable)?;
    TONGUES.iter().find(|tongue| tongue.known == answer.lang()).map(Lang)
}

/// The words that say something about the language, by script.
#[derive(Debug, Default)]
struct Sample {
    latin: Part,
    other: Part,
}

#[derive(Debug, Default)]
struct Part {
    text: String,
    letters: usize,
}

impl Sample {
    fn of(view: &View<'_>, units: Range<usize>) -> Self {
        let mut sample = Self::default();
        let mut at = units.start;
        let mut rest = view.units.get(units).unwrap_or_default();
        while !rest.is_empty() && sample.latin.text.len() + sample.other.text.len() < MOST_BYTES {
            let end = rest[1..].iter().position(|unit| unit.begins_clause).map_or(rest.len(), |at| at + 1);
            let (clause, after) = rest.split_at(end);
            if !is_quoted(view, clause) {
                let begins_sentence = view.sentences.binary_search_by_key(&at, |s| s.units.start).is_ok();
                sample.take(view, clause, begins_sentence);
            }
            at += end;
            rest = after;
        }
        sample
    }

    fn take(&mut self, view: &View<'_>, clause: &[Unit], begins_sentence: bool) {
        let is_name = is_name(view, clause, begins_sentence);
        for word in words(view, clause) {
            let letters: usize = word.chars().map(weight).sum();
            let is_latin = word.starts_with(is_latin);
            if is_latin && is_name {
                continue;
            }
            let part = if is_latin { &mut self.latin } else { &mut self.other };
            part.letters += letters;
            part.text.push_str(word);
            // Japanese and Chinese have no blanks, and a unit may be half a word.
            part.text.push_str(if letters < 3 * word.chars().count() { " " } else { "" });
        }
    }

    /// The script that the text is written in, if it is long enough and the other is but names in it.
    fn main(&self) -> Option<(&str, usize)> {
        let (more, less) = if self.latin.letters > self.other.letters {
            (&self.latin, &self.other)
        } else {
            (&self.other, &self.latin)
        };
        let is_clear = less.letters < FEWEST_LETTERS || less.letters * 3 < more.letters;
        (more.letters >= FEWEST_LETTERS && is_clear).then_some((more.text.as_str(), more.letters))
    }
}

/// The words among some units, as they are written.
fn words<'v>(view: &'v View<'_>, units: &'v [Unit]) -> impl Iterator<Item = &'v str> {
    let words = units.iter().filter(|unit| unit.kind == UnitKind::Word);
    words.filter_map(|unit| view.visible.get(unit.range.clone()))
}

/// Whether every longer word of a clause has a capital, as in the title of a product or in an address. The first word of
/// a sentence has one in any case.
fn is_name(view: &View<'_>, clause: &[Unit], begins_sentence: bool) -> bool {
    let (mut capitals, mut all) = (0, 0);
    for (at, word) in words(view, clause).enumerate() {
        let is_long = word.chars().nth(SHORT).is_some();
        let is_first = at == 0 && begins_sentence;
        if is_long && !is_first && word.starts_with(is_latin) {
            all += 1;
            capitals += usize::from(word.starts_with(char::is_uppercase));
        }
    }
    all > 0 && capitals == all
}

/// Whether a few words stand in quotation marks.
fn is_quoted(view: &View<'_>, clause: &[Unit]) -> bool {
    let Some(before) = clause.first().and_then(|unit| view.visible.get(..unit.range.start)) else {
        return false;
    };
    let mut before = before.trim_end_matches([' ', '\u{A0}']).chars().rev();
    let mark = before.next();
    let is_open = match mark {
        Some('"' | '”') => before.next().is_none_or(|c| c.is_whitespace() || c == '('),
        Some('“' | '„' | '«' | '»' | '「' | '『') => true,
        _ => false,
    };
    is_open && clause.len() <= LONGEST_QUOTE
}

fn is_latin(c: char) -> bool {
    matches!(c, '\0'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}')
}

/// How much a letter says, beside one of the Latin alphabet.
fn weight(c: char) -> usize {
    match c {
        _ if !c.is_alphabetic() => 0,
        _ if is_latin(c) => 1,
        '\u{3040}'..='\u{30FF}'
        | '\u{3400}'..='\u{9FFF}'
        | '\u{AC00}'..='\u{D7AF}'
        | '\u{F900}'..='\u{FAFF}'
        | '\u{FF66}'..='\u{FF9D}'
        | '\u{20000}'..='\u{3FFFF}' => 3,
        // Scripts without vowels, or with signs instead of letters, and those that one language alone is written in.
        _ => 2,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::plain;
    use crate::text::Source;

    /// The code of the language that a text is told to be in; `-` if none is.
    fn told(text: &str) -> &'static str {
        let source = Source::new(text.as_bytes(), None);
        let document = plain::read(&source);
        let view = View::new(&document.blocks[0], &|_| false);
        let mut passages = Passages::default();
        let [first, again] = [(); 2].map(|()| passages.tell(&view, 0..view.units.len()));
        assert_eq!(first, again, "{text}");
        first.map_or("-", |told| told.lang.code())
    }

    #[test]
    fn passages_are_not_remembered_without_end() {
        let mut passages = Passages::default();
        for number in 0..=MOST_PASSAGES {
            let letters: String =
                number.to_string().bytes().map(|digit| char::from(digit + b'a' - b'0')).collect();
            let text = format!("{letters} {}", "wortlos ".repeat(10));
            let source = Source::new(text.as_bytes(), None);
            let document = plain::read(&source);
            let view = View::new(&document.blocks[0], &|_| false);
            passages.tell(&view, 0..view.units.len());
        }
        assert_eq!(passages.0.len(), 1);
    }

    #[test]
    fn sellers_texts_are_told_right_or_not_at_all() {
        let texts = include_str!("../../tests/fixtures/languages.txt");
        let (mut right, mut long) = (0, 0);
        for (code, text) in texts.lines().filter_map(|line| line.split_once('\t')) {
            let answer = told(text);
            // What is marked `list` are products, addresses and the like in an English message.
            let is_right = if code == "list" { answer == "en" } else { answer == code };
            assert!(is_right || answer == "-", "{answer} instead of {code}: {text}");
            let letters: usize = text.chars().map(weight).sum();
            long += usize::from(letters >= FEWEST_LETTERS && code != "list");
            right += usize::from(is_right && code != "list");
        }
        assert!(long > 120 && right * 100 >= long * 80, "{right} of {long} were told");
    }

    #[test]
    fn names_in_another_language_do_not_count() {
        for text in [
            "Lampe de Bureau Pliable Tactile Noir avec Station de Charge sans Fil pour Chambre et Salon",
            "Ship to: Familie Schneider, Alte Poststraße 14, 80331 München, Bayern, Deutschland, Hinterhaus",
            "Sent: \"das kleine blaue Kissen mit den gelben Blumen\", \"die große graue Decke aus Wolle\"",
            "{{produit}} {{adresse_de_livraison}} {{date_de_la_commande}} {{nom_du_vendeur}} {{lien_de_suivi}}",
            "https://www.example.com/gartenmöbel-und-schutzhüllen-für-den-garten-und-die-terrasse-kaufen",
        ] {
            assert_eq!(told(text), "-", "{text}");
        }
        let japanese = "Anker PowerCore Essential Portable Charger のケーブルが入っていなかったとのこと、申し訳ございません。";
        assert_eq!(told(japanese), "ja");
    }

    #[test]
    fn a_few_letters_are_not_enough() {
        for text in ["", "Vielen Dank!", "Merci beaucoup", "谢谢您的订单", "112-4839201-7720463", "¡¿?!"]
        {
            assert_eq!(told(text), "-", "{text}");
        }
    }

    #[test]
    fn two_texts_in_two_scripts_have_no_one_language() {
        let english =
            "Your parcel came back to us because the number of the house is missing in the address.";
        assert_eq!(
            told(&format!("{english}\n\n番地が抜けていたため、荷物が当店に戻ってまいりました。")),
            "-"
        );
    }

    #[test]
    fn codes_name_languages() {
        let name = |code| Lang::of_code(code).map_or("-", Lang::name);
        for (code, wanted) in
            [("de", "German"), ("DE-at", "German"), ("nb", "Norwegian"), ("xx", "-"), ("", "-")]
        {
            assert_eq!(name(code), wanted, "{code}");
        }
        for (number, tongue) in TONGUES.iter().enumerate() {
            let is_double = TONGUES[..number].iter().any(|other| other.codes[0] == tongue.codes[0]);
            assert!(!is_double && tongue.codes[0].len() == 2, "{}", tongue.name);
        }
    }

    #[test]
    fn close_languages_need_more_letters() {
        let [german, dutch, polish] = ["de", "nl", "pl"].map(|code| Lang::of_code(code).unwrap());
        let told = |letters| Told { lang: german, letters };
        for (letters, other, wanted) in
            [(60, dutch, false), (120, dutch, true), (60, polish, true), (500, german, false)]
        {
            assert_eq!(told(letters).is_other_than(other), wanted, "{letters} {other:?}");
        }
    }
}
