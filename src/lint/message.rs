//! What is known of one message while it is judged.

use std::cell::OnceCell;
use std::ops::Range;

use crate::detect::contact::Contacts;
use crate::detect::markup::Picture;
use crate::detect::outputs::Outputs;
use crate::detect::phone::Phone;
use crate::detect::reading::{Reader, Reading, SentenceRoles};
use crate::detect::spelling::Slip;
use crate::document::style::Color;
use crate::document::{Block, Document, Header, Scope};
use crate::finding::{Channel, FieldName, Kind};
use crate::rule::compiled::{Detector, Probe, RoleBits, RuleSet};
use crate::rule::schema::TagForm;
use crate::text::Source;
use crate::view::View;

use super::channels;
use super::facts::KnownId;
use super::found::{Site, Target};
use super::language::{self, Fit};
use super::{KindOrigin, Settings};

/// A message, its views, and what they say.
pub(super) struct Message<'m> {
    pub(super) source: &'m Source<'m>,
    pub(super) document: &'m Document<'m>,
    pub(super) reader: &'m Reader,
    pub(super) texts: Vec<Text<'m>>,
    pub(super) kind: Kind,
    pub(super) kind_origin: KindOrigin,
    /// The channel that it is sent by, if that was said.
    pub(super) channel: Option<Channel>,
    pub(super) is_final: bool,
    /// Country code that phone numbers are read with.
    pub(super) marketplace: String,
    /// Whether the text is in a language that the packs have words for; `None` if it is too short to tell.
    pub(super) has_language: Option<bool>,
    /// Which language of the packs it was read in; its number in the rules.
    pub(super) read_in: Option<usize>,
    /// The phrases that stand in its texts.
    phrases: Outputs,
    /// The roles of the sentences that it says, once somebody asked.
    roles: OnceCell<RoleBits>,
    /// Whether something dark is behind letters, once somebody asked.
    has_dark_ground: OnceCell<bool>,
    /// The pictures of each markup, once somebody asked.
    pub(super) pictures: OnceCell<Vec<Vec<Picture>>>,
    /// The sentences of the body, once somebody asked.
    sentences: OnceCell<Vec<SentenceRoles>>,
}

/// A block and what was read in it.
pub(super) struct Text<'m> {
    pub(super) block: &'m Block<'m>,
    pub(super) view: View<'m>,
    pub(super) reading: Reading,
    pub(super) contacts: OnceCell<Contacts>,
    pub(super) phones: OnceCell<Vec<Phone>>,
    pub(super) slips: OnceCell<Vec<Slip>>,
    pub(super) order_ids: OnceCell<Vec<KnownId>>,
}

impl<'m> Message<'m> {
    /// A message, read.
    pub(super) fn new(
        source: &'m Source<'m>,
        document: &'m Document<'m>,
        rules: &RuleSet,
        settings: &Settings,
        reader: &'m mut Reader,
    ) -> Self {
        let declared = document.metadata.language.as_ref().map(|given| given.value.as_str());
        let language = declared.or(settings.language.as_deref());
        let scopes: Vec<Scope> = document.blocks.iter().map(|block| block.scope).collect();
        let read =
            |views: &[View<'_>], reader: &mut Reader| language::read(views, &scopes, rules, language, reader);
        Self::read_so(source, document, rules, settings, reader, read)
    }

    /// A message that is not read, for its findings are known already: nobody asks what its sentences say.
    pub(super) fn unread(
        source: &'m Source<'m>,
        document: &'m Document<'m>,
        rules: &RuleSet,
        settings: &Settings,
        reader: &'m mut Reader,
    ) -> Self {
        Self::read_so(source, document, rules, settings, reader, |views, _| Fit::unread(views.len()))
    }

    fn read_so(
        source: &'m Source<'m>,
        document: &'m Document<'m>,
        rules: &RuleSet,
        settings: &Settings,
        reader: &'m mut Reader,
        read: impl FnOnce(&[View<'_>], &mut Reader) -> Fit,
    ) -> Self {
        let goes_on = |word: &str| rules.lists.has_word("unfinished-words", word);
        let views: Vec<View<'m>> = document.blocks.iter().map(|block| View::new(block, &goes_on)).collect();
        let Fit { readings, has_language, read_in } = read(&views, reader);
        let texts: Vec<Text<'m>> = (document.blocks.iter().zip(views).zip(readings))
            .map(|((block, view), reading)| Text {
                block,
                view,
                reading,
                contacts: OnceCell::new(),
                phones: OnceCell::new(),
                slips: OnceCell::new(),
                order_ids: OnceCell::new(),
            })
            .collect();
        let mut phrases = Outputs::default();
        texts.iter().for_each(|text| phrases.insert_all(text.reading.outputs()));
        let (kind, kind_origin) = kind_of(document, &texts, rules, settings);
        let marketplace =
            document.metadata.marketplace.as_ref().map_or(&settings.marketplace, |given| &given.value);
        let is_final = document.metadata.is_final.as_ref().map_or(settings.is_final, |given| given.value);
        Self {
            source,
            document,
            reader,
            texts,
            kind,
            kind_origin,
            channel: channels::of(document, rules, settings),
            is_final: is_final || settings.is_final,
            marketplace: marketplace.clone(),
            has_language,
            read_in,
            phrases,
            roles: OnceCell::new(),
            has_dark_ground: OnceCell::new(),
            pictures: OnceCell::new(),
            sentences: OnceCell::new(),
        }
    }

    /// Whether the message sets a ground behind letters on which black is hard to read.
    pub(super) fn has_dark_ground(&self) -> bool {
        const LEAST_CONTRAST: f32 = 4.5;
        const BLACK: Color = Color { red: 0, green: 0, blue: 0 };
        let is_dark = |ground: Color| ground.contrast(BLACK) < LEAST_CONTRAST;
        let mut elements = self.document.markups.iter().flat_map(|markup| &markup.elements);
        *self
            .has_dark_ground
            .get_or_init(|| elements.any(|element| element.style.background.is_some_and(is_dark)))
    }

    /// What the message says in a field, each text with its number: what is shown, and said nowhere else.
    pub(super) fn said(&self, field: FieldName) -> impl Iterator<Item = (usize, &Text<'m>)> {
        self.all_said().filter(move |(_, text)| text.block.field == field)
    }

    /// What the message says in all its fields.
    pub(super) fn all_said(&self) -> impl Iterator<Item = (usize, &Text<'m>)> {
        self.texts.iter().enumerate().filter(|(_, text)| text.is_said())
    }

    /// Whether a phrase stands anywhere in the message.
    pub(super) fn says(&self, phrase: Probe) -> bool {
        self.phrases.has(phrase)
    }

    /// Whether some sentence that the message says has one of these roles.
    pub(super) fn any_has(&self, roles: RoleBits) -> bool {
        let all = || self.all_said().fold(0, |roles, (_, text)| roles | text.reading.roles());
        self.roles.get_or_init(all) & roles != 0
    }

    /// What the sentences that the body says are for.
    pub(super) fn sentences(&self) -> &[SentenceRoles] {
        let said = || self.said(FieldName::Body).flat_map(|(_, body)| &body.reading.sentences).copied();
        self.sentences.get_or_init(|| said().collect())
    }

    /// What a target says, as it is read; nothing for the message as a whole.
    pub(super) fn words_of(&self, target: &Target) -> &str {
        match target {
            Target::Words(block, range) => &self.texts[*block].block.text.text()[range.clone()],
            Target::Written { page, range, .. } => &self.document.pages[*page].text.text()[range.clone()],
            Target::Message => "",
        }
    }

    /// Where a target stands; `None` for the message as a whole.
    pub(super) fn site(&self, target: &Target) -> Option<Site> {
        let (page, range) = match target {
            Target::Words(block, range) => {
                let block = self.texts[*block].block;
                (block.page, block.text.span(range.clone()).range())
            }
            Target::Written { page, range, .. } => (*page, range.clone()),
            Target::Message => return None,
        };
        let at = self.document.pages[page].text.span(range.clone()).start();
        Some(Site { page, range, at })
    }
}

impl Text<'_> {
    /// Whether it is shown, and no other text says the same.
    pub(super) fn is_said(&self) -> bool {
        self.block.scope == Scope::Text && !self.block.is_repeat
    }

    /// The bytes of the block's text that some units take up.
    pub(super) fn range_of_units(&self, units: Range<usize>) -> Range<usize> {
        let units = &self.view.units[units];
        match (units.first(), units.last()) {
            (Some(first), Some(last)) => first.range.start..last.range.end,
            _ => 0..0,
        }
    }
}

/// The kind of a message and who said so, in the order of the policy.
fn kind_of(
    document: &Document<'_>,
    texts: &[Text<'_>],
    rules: &RuleSet,
    settings: &Settings,
) -> (Kind, KindOrigin) {
    if let Some((kind, KindOrigin::Option)) = settings.kind {
        return (kind, KindOrigin::Option);
    }
    if let Some(given) = &document.metadata.kind {
        return (given.value, KindOrigin::Metadata);
    }
    if document.headers.iter().any(Header::is_answer) {
        return (Kind::Reply, KindOrigin::Headers);
    }
    if let Some(asked) = settings.kind {
        return asked;
    }
    let subject = texts.iter().find(|text| text.block.field == FieldName::Subject);
    if subject.is_some_and(|subject| has_tag(subject, rules)) {
        return (Kind::Critical, KindOrigin::SubjectTag);
    }
    (Kind::Proactive, KindOrigin::Default)
}

/// Whether a subject has a tag that some rule knows, in its exact form.
fn has_tag(subject: &Text<'_>, rules: &RuleSet) -> bool {
    let words =
        rules.rules.iter().flat_map(|rule| &rule.detect).filter_map(|detect| match &detect.detector {
            Detector::SubjectTag { words, form: TagForm::Exact } => Some(words),
            _ => None,
        });
    words.flatten().any(|word| subject.view.lower.text().contains(&format!("[{word}]")))
}
