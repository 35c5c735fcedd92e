//! The language of a message: which pack reads it, and whether it is the buyer's.
//!
//! Most drafts are told by the commonest words of a pack's language, which costs nothing, for they are counted anyway.
//! Only where these do not decide is the [detector](crate::view::lang) asked, and for the rules about a wrong language.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::detect::reading::{Reader, Reading, RoleKinds, SentenceRoles, Tongue};
use crate::document::Scope;
use crate::finding::FieldName;
use crate::rule::compiled::{Language, RuleSet};
use crate::rule::schema::LanguageFault;
use crate::view::lang::{FEWEST_LETTERS, Lang, Told};
use crate::view::{UnitKind, View};

use super::Settings;
use super::found::Found;
use super::message::{Message, Text};

/// Words that a text needs before its common words say anything.
const TELLING_WORDS: usize = 8;
/// Words that a sentence needs so that it counts in a text of another language.
const TELLING_SENTENCE: usize = 4;
/// Of a hundred words of running English, some fifty are among the commonest. A text with so many of a language's is in it.
const SURE_PERCENT: usize = 30;
/// Of other languages some five are, at most twenty. A text with so many may be in the language, unless the detector knows better.
const LIKELY_PERCENT: usize = 15;
/// A text that has fewer, and that the detector cannot tell, is in a language that nobody here knows.
const UNLIKELY_PERCENT: usize = 5;
/// Two languages of which the larger part is at most so many times the smaller may say the same twice.
const MOST_UNEVEN: usize = 3;

/// Paragraphs of a message that are looked at; which language it is in is clear long before.
const MOST_PARAGRAPHS: usize = 100;

/// The language of the packs that fits a message, and what its phrases find.
pub(super) struct Fit {
    pub(super) readings: Vec<Reading>,
    /// Whether one fits; `None` if the text is too short to tell.
    pub(super) has_language: Option<bool>,
    /// Number of the language in the rules.
    pub(super) read_in: Option<usize>,
}

impl Fit {
    /// What is known of so many views that nobody read.
    pub(super) fn unread(views: usize) -> Self {
        Self { readings: vec![Reading::default(); views], has_language: None, read_in: None }
    }
}

/// Reads the views in the language that fits them best, and says whether one fits.
pub(super) fn read(
    views: &[View<'_>],
    scopes: &[Scope],
    rules: &RuleSet,
    declared: Option<&str>,
    reader: &mut Reader,
) -> Fit {
    let is_declared = |language: &Language| {
        declared.is_some_and(|code| code.split(['-', '_']).next() == Some(&language.code))
    };
    let mut languages: Vec<(usize, &Language)> = rules.languages.iter().enumerate().collect();
    languages.sort_by_key(|(_, language)| !is_declared(language));
    let mut told = None;
    for (number, language) in languages {
        let tongue = tongue(rules, number, language);
        let mut read = |(view, scope): (&View<'_>, &Scope)| match scope.is_prose() {
            true => reader.read(view, tongue),
            false => Reading::default(),
        };
        let readings: Vec<Reading> = views.iter().zip(scopes).map(&mut read).collect();
        let words: usize = readings.iter().map(|reading| reading.words).sum();
        let common: usize = readings.iter().map(|reading| reading.common_words).sum();
        let has = |percent| words >= TELLING_WORDS && common * 100 >= words * percent;
        let told = if has(SURE_PERCENT) {
            None
        } else {
            *told.get_or_insert_with(|| tell_longest(views, scopes, reader))
        };
        let is_it = match told {
            Some(told) => told.lang.code() == language.code,
            None => has(LIKELY_PERCENT),
        };
        let is_open = told.is_none() && (words < TELLING_WORDS || has(UNLIKELY_PERCENT));
        if is_it || is_open {
            return Fit { readings, has_language: is_it.then_some(true), read_in: Some(number) };
        }
    }
    let readings = match rules.languages.first() {
        Some(language) => foreign(views, scopes, tongue(rules, 0, language), reader),
        None => views.iter().map(|_| Reading::default()).collect(),
    };
    Fit { readings, has_language: Some(false), read_in: None }
}

/// A language of the packs, by its number there.
pub(super) fn tongue<'r>(rules: &RuleSet, number: usize, language: &'r Language) -> Tongue<'r> {
    let roles = RoleKinds { count: rules.roles.len(), telling: rules.telling() };
    Tongue { number, machine: &language.machine, spelling: &language.spelling, roles }
}

/// What the phrases of a language find in a text of another one: in bilingual drafts some sentences are in it. What the
/// message as a whole is for cannot be said.
fn foreign(views: &[View<'_>], scopes: &[Scope], tongue: Tongue<'_>, reader: &mut Reader) -> Vec<Reading> {
    let mut read = |(view, scope): (&View<'_>, &Scope)| match scope.is_prose() {
        true => reader.read(view, tongue).of_sentences(|sentence| {
            sentence.words >= TELLING_SENTENCE
                && sentence.common_words * 100 >= sentence.words * LIKELY_PERCENT
        }),
        false => Reading::default(),
    };
    views.iter().zip(scopes).map(&mut read).collect()
}

/// Whether a sentence of a message that is read in a language is in that language. One that is too short to tell is, if
/// the message surely is, or if one of its words is common there.
pub(super) fn is_own(message: &Message<'_>, sentence: &SentenceRoles) -> bool {
    if sentence.words < TELLING_SENTENCE {
        return message.has_language == Some(true) || sentence.common_words > 0;
    }
    sentence.common_words * 100 >= sentence.words * LIKELY_PERCENT
}

/// The language of the longest text.
fn tell_longest(views: &[View<'_>], scopes: &[Scope], reader: &Reader) -> Option<Told> {
    let prose = views.iter().zip(scopes).filter(|(_, scope)| scope.is_prose());
    let (longest, _) = prose.max_by_key(|(view, _)| view.units.len())?;
    reader.tell(longest, 0..longest.units.len())
}

/// The language of the body, in English, if it can be told.
pub(super) fn name(message: &Message<'_>) -> Option<&'static str> {
    let (_, text) = message.said(FieldName::Body).max_by_key(|(_, text)| text.view.units.len())?;
    message.reader.tell(&text.view, 0..text.view.units.len()).map(|told| told.lang.name())
}

/// What is wrong with the language of a message.
pub(super) fn faults(
    message: &Message<'_>,
    fault: LanguageFault,
    rules: &RuleSet,
    settings: &Settings,
) -> Vec<Found> {
    match fault {
        LanguageFault::Unsupported if message.has_language == Some(false) => vec![Found::message()],
        LanguageFault::Unsupported => Vec::new(),
        LanguageFault::Mismatch => mismatch(message, rules, settings).into_iter().collect(),
        LanguageFault::Mixed => mixed(message, rules, settings),
    }
}

/// A message in another language than the one that the buyer is declared to read. A paragraph in the right one is
/// enough, for the rest may say the same to somebody else.
fn mismatch(message: &Message<'_>, rules: &RuleSet, settings: &Settings) -> Option<Found> {
    let wanted = declared(message, settings)?;
    if message.has_language == Some(true) && pack_language(message, rules) == Some(wanted) {
        return None;
    }
    let (_, text) = message.said(FieldName::Body).max_by_key(|(_, text)| text.view.units.len())?;
    let parts = parts(text, pack_language(message, rules), message.reader);
    if parts.iter().any(|part| part.told.lang == wanted) {
        return None;
    }
    let in_parts: usize = parts.iter().map(|part| part.told.letters).sum();
    // Two wrong languages are no right one; a few foreign lines in a text that nobody can tell are no offence.
    let is_most = in_parts * 3 >= letters(text, 0..text.view.units.len()) * 2;
    let longest = || parts.iter().map(|part| part.told).max_by_key(|told| told.letters).filter(|_| is_most);
    let told = message.reader.tell(&text.view, 0..text.view.units.len()).or_else(longest)?;
    let found = Found::message().with("language", told.lang.name()).with("wanted", wanted.name());
    told.is_other_than(wanted).then_some(found)
}

/// Paragraphs in another language than most of the message.
fn mixed(message: &Message<'_>, rules: &RuleSet, settings: &Settings) -> Vec<Found> {
    let pack = pack_language(message, rules);
    let in_text = |(block, text)| {
        if !may_be_mixed(text, pack) {
            return Vec::new();
        }
        let parts = parts(text, pack, message.reader);
        let main = main_language(&parts, declared(message, settings));
        main.map_or_else(Vec::new, |main| strangers(block, text, &parts, main))
    };
    message.said(FieldName::Body).flat_map(in_text).collect()
}

/// The language that the buyer is declared to read, if it is one that can be told.
fn declared(message: &Message<'_>, settings: &Settings) -> Option<Lang> {
    let in_message = message.document.metadata.language.as_ref().map(|given| given.value.as_str());
    Lang::of_code(in_message.or(settings.language.as_deref())?)
}

/// The language of the pack that reads the message.
fn pack_language(message: &Message<'_>, rules: &RuleSet) -> Option<Lang> {
    Lang::of_code(&rules.languages.get(message.read_in?)?.code)
}

/// A paragraph whose language is known.
#[derive(Debug, Clone)]
struct Part {
    units: Range<usize>,
    told: Told,
}

/// A paragraph that is long enough for its language to be told.
struct Paragraph {
    sentences: Range<usize>,
    units: Range<usize>,
    letters: usize,
}

impl Paragraph {
    /// The language of a paragraph that is full of the common words of `pack`.
    fn told_by_words(&self, text: &Text<'_>, pack: Option<Lang>) -> Option<Told> {
        let lang = pack.filter(|_| is_full_of_common_words(text, self.sentences.clone()))?;
        Some(Told { lang, letters: self.letters })
    }
}

/// The paragraphs that are long enough.
fn paragraphs(text: &Text<'_>) -> impl Iterator<Item = Paragraph> {
    let paragraphs = text.view.sentences.chunk_by(|a, b| a.paragraph == b.paragraph);
    let numbered = paragraphs.scan(0, |next, sentences| {
        let first = std::mem::replace(next, *next + sentences.len());
        Some((first..*next, sentences.first()?.units.start..sentences.last()?.units.end))
    });
    let long = numbered.filter_map(|(sentences, units)| {
        let letters = letters(text, units.clone());
        (letters >= FEWEST_LETTERS).then_some(Paragraph { sentences, units, letters })
    });
    long.take(MOST_PARAGRAPHS)
}

/// Whether a text has paragraphs of which one may be in another language than the next: several, and not all of them full
/// of the common words of `pack`.
fn may_be_mixed(text: &Text<'_>, pack: Option<Lang>) -> bool {
    let (mut all, mut open) = (0, 0);
    paragraphs(text).any(|paragraph| {
        all += 1;
        open += usize::from(paragraph.told_by_words(text, pack).is_none());
        all > 1 && open > 0
    })
}

/// The paragraphs whose language can be told. Those that are full of the common words of `pack` are in that language;
/// only the others are put before the detector.
fn parts(text: &Text<'_>, pack: Option<Lang>, reader: &Reader) -> Vec<Part> {
    let told = |paragraph: Paragraph| {
        let told = paragraph.told_by_words(text, pack);
        let told = told.or_else(|| reader.tell(&text.view, paragraph.units.clone()))?;
        Some(Part { told, units: paragraph.units })
    };
    paragraphs(text).filter_map(told).collect()
}

/// About so many letters are in some units.
fn letters(text: &Text<'_>, units: Range<usize>) -> usize {
    text.view.units[units].iter().map(|unit| unit.range.len()).sum()
}

fn is_full_of_common_words(text: &Text<'_>, sentences: Range<usize>) -> bool {
    let read = text.reading.sentences.get(sentences).unwrap_or_default();
    let words: usize = read.iter().map(|sentence| sentence.words).sum();
    let common: usize = read.iter().map(|sentence| sentence.common_words).sum();
    words >= TELLING_WORDS && common * 100 >= words * SURE_PERCENT
}

/// The language that most of a message is in, or should be.
fn main_language(parts: &[Part], declared: Option<Lang>) -> Option<Lang> {
    let letters = |lang: Lang| -> usize {
        parts.iter().filter(|part| part.told.lang == lang).map(|part| part.told.letters).sum()
    };
    let wanted = declared.filter(|wanted| letters(*wanted) > 0);
    let most = || parts.iter().map(|part| part.told.lang).rev().max_by_key(|lang| letters(*lang));
    wanted.or_else(most)
}

/// The paragraphs that are in another language than the main one, unless they are a translation of the rest.
fn strangers(block: usize, text: &Text<'_>, parts: &[Part], main: Lang) -> Vec<Found> {
    let (strange, own): (Vec<&Part>, Vec<&Part>) =
        parts.iter().partition(|part| part.told.is_other_than(main));
    let Some(first) = own.first().filter(|_| !says_it_twice(text, &own, &strange)) else { return Vec::new() };
    let found = |part: &&Part| {
        let found = Found::words(block, text.range_of_units(part.units.clone()));
        let found = found.with("language", part.told.lang.name()).with("main", main.name());
        found.together_with(block, text.range_of_units(first.units.clone()))
    };
    strange.iter().map(found).collect()
}

/// Whether one language may say again what the other says: both are of a length, and name the same things, if any.
fn says_it_twice(text: &Text<'_>, own: &[&Part], strange: &[&Part]) -> bool {
    let letters = |parts: &[&Part]| -> usize { parts.iter().map(|part| part.told.letters).sum() };
    let (more, less) = (letters(own).max(letters(strange)), letters(own).min(letters(strange)));
    let (own, strange) = (anchors(text, own), anchors(text, strange));
    less * MOST_UNEVEN >= more && ((own.is_empty() && strange.is_empty()) || !own.is_disjoint(&strange))
}

/// What a translation leaves as it is: order IDs, links, codes, placeholders.
fn anchors<'v>(text: &'v Text<'_>, parts: &[&Part]) -> BTreeSet<&'v str> {
    let units = parts.iter().flat_map(|part| &text.view.units[part.units.clone()]);
    let is_word = |kind| matches!(kind, UnitKind::Word | UnitKind::Sign | UnitKind::Number | UnitKind::Money);
    let anchors = units.filter(|unit| !is_word(unit.kind));
    anchors.filter_map(|unit| text.block.text.text().get(unit.range.clone())).collect()
}

#[cfg(test)]
mod tests {
    use crate::lint::{Linter, Settings};
    use crate::rule::builtin;

    /// The messages of the rules about language, in the strict profile.
    fn told(text: &str, declared: Option<&str>) -> Vec<String> {
        let linter = Linter::new(builtin::rules());
        let only = ["language-mismatch", "mixed-languages", "language-unsupported"];
        let settings = Settings {
            language: declared.map(str::to_owned),
            only: only.map(str::to_owned).to_vec(),
            ..Settings::default()
        };
        let report = linter.lint("draft", text.as_bytes(), &crate::document::ReadAs::default(), &settings);
        let findings = report.messages.into_iter().flat_map(|message| message.findings);
        findings.map(|finding| format!("{}: {}", finding.rule, finding.message)).collect()
    }

    fn fixture() -> impl Iterator<Item = (&'static str, &'static str)> {
        let texts = include_str!("../../tests/fixtures/languages.txt");
        texts.lines().filter_map(|line| line.split_once('\t'))
    }

    #[test]
    fn no_message_is_told_to_be_in_another_language_than_its_own() {
        for (code, text) in fixture() {
            let found = told(text, Some(if code == "list" { "en" } else { code }));
            assert!(found.iter().all(|found| found.starts_with("language-unsupported")), "{text}: {found:?}");
            assert!(code != "en" || found.is_empty(), "{text}: {found:?}");
        }
    }

    #[test]
    fn a_message_in_another_language_than_the_buyers_is_told() {
        let (mut all, mut found) = (0, 0);
        for (code, text) in fixture().filter(|(code, text)| *code != "list" && text.chars().count() > 90) {
            for declared in ["en", "de", "fr", "es", "ja"].iter().filter(|declared| **declared != code) {
                all += 1;
                let is_told =
                    told(text, Some(declared)).iter().any(|found| found.starts_with("language-mismatch"));
                found += usize::from(is_told);
            }
        }
        assert!(all > 100 && found * 100 >= all * 80, "{found} of {all}");
    }
}
