//! The form of a pack, exactly as it is written in TOML.
//!
//! These types are read by `toml` from the files of a pack and written by `build.rs` into the binary. Every text that a
//! mistake may be about keeps its place ([`Spanned`]), so that a bad pack is drawn like a finding. An unknown key is an
//! error everywhere.

use std::collections::BTreeMap;

use serde::de::{self, IntoDeserializer as _, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use toml::Spanned;
use toml::value::Datetime;

pub use crate::detect::link::form::{LinkFault, LinkForm};
pub use crate::detect::markup::form::{
    Bound, ContrastWanted, ElementWanted, HiddenWanted, LimitName, PictureTrait, StructureWanted, StyleWanted,
};
pub use crate::detect::spelling::form::SlipKind;
pub use crate::document::form::{FileKind, Input, MessageFormat, Purpose, Scope};
use crate::verdict::{Confidence, Day, Kind, Severity};

/// Texts by language code (`en`, `de` …).
pub type ByLanguage<T> = BTreeMap<String, T>;

/// Patterns by language code. See `detect::phrase` for their form.
pub type Patterns = ByLanguage<Vec<Spanned<String>>>;

/// `pack.toml`: what the pack is and which sources it rests on.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PackToml {
    /// Short kebab-case name; a user's rules are called `name/rule`.
    pub name: Spanned<String>,
    /// One line for lists.
    pub title: String,
    /// Version of the pack.
    pub version: String,
    /// Sources by key.
    #[serde(default)]
    pub policy: BTreeMap<String, Policy>,
    /// Names under which a corpus labels offences. Packs that use one name add to it.
    #[serde(default)]
    pub label: BTreeMap<String, Spanned<LabelToml>>,
}

/// A source that a rule rests on.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    /// What the source is called.
    pub title: String,
    /// Where it can be read.
    pub url: String,
    /// When it was last checked, `YYYY-MM-DD`.
    pub checked: String,
}

/// `[label.name]`: what a labelled message means by a name that is not a rule's.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LabelToml {
    /// The rules that name this very offence.
    pub rules: Vec<Spanned<String>>,
    /// Other rules whose findings answer to it.
    #[serde(default)]
    pub answers: Vec<Spanned<String>>,
    /// Other labels; the rules of those answer to it too.
    #[serde(default)]
    pub like: Vec<Spanned<String>>,
    /// The least severity that counts as having found it; `error` unless given.
    pub enough: Option<Severity>,
}

/// One rule: a file of the pack, its stem is the id.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuleToml {
    /// The offence in a few words; reads well after "allow".
    pub title: String,
    /// Severity by profile.
    pub severity: Severities,
    /// The kinds of message it looks at; all, unless given.
    pub kinds: Option<Vec<Kind>>,
    /// Findings of one family about the same words are one offence.
    pub family: Option<String>,
    /// Whether it is one offence with what follows it: findings of the family in neighbouring sentences are one finding.
    #[serde(default)]
    pub passage: bool,
    /// Rules of the family that give way to this one on overlapping words.
    #[serde(default)]
    pub supersedes: Vec<Spanned<String>>,
    /// Keys of `pack.toml`'s sources.
    pub policy: Vec<Spanned<String>>,
    /// How well the sources agree.
    pub certainty: Certainty,
    /// When the rule was last held against its sources, `YYYY-MM-DD`.
    pub checked: Datetime,
    /// The version of the pack that brought it.
    pub since: String,
    /// The day since when it holds; it always did, unless given. A `policy-date` before it makes its findings notes.
    pub from: Option<Spanned<Datetime>>,
    /// What is wrong; `{match}` is the words found, other fields depend on the detector.
    pub message: String,
    /// What to do instead.
    pub help: String,
    /// The manual: what it finds, why it matters, where sources differ, what to write instead.
    pub explain: String,
    /// How it is found. Empty only for rules of metadata that the linter itself supplies.
    #[serde(default)]
    pub detect: Vec<Spanned<DetectToml>>,
    /// How it is mended.
    pub fix: Option<FixToml>,
    /// Texts that it finds something in, or keeps silent about.
    #[serde(default)]
    pub example: Vec<Spanned<ExampleToml>>,
}

/// A day as TOML has it; what has a time is none.
pub fn day(written: &Datetime) -> Option<Day> {
    let date = written.date.filter(|_| written.time.is_none())?;
    Some(Day { year: date.year, month: date.month, day: date.day })
}

/// Severity by profile; `off` where the rule is not asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Severities {
    /// In the default profile.
    pub standard: Level,
    /// In the strict profile.
    pub strict: Level,
    /// In the lenient profile.
    pub lenient: Level,
}

/// A severity, or `off`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Not asked.
    Off,
    /// See [`Severity::Note`].
    Note,
    /// See [`Severity::Warning`].
    Warning,
    /// See [`Severity::Error`].
    Error,
}

impl Level {
    /// The severity, or `None` for `off`.
    pub fn severity(self) -> Option<Severity> {
        match self {
            Self::Off => None,
            Self::Note => Some(Severity::Note),
            Self::Warning => Some(Severity::Warning),
            Self::Error => Some(Severity::Error),
        }
    }
}

/// How well the sources of a rule agree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Certainty {
    /// Seen on an Amazon page, post or model, or the same in three word-for-word copies of it.
    Official,
    /// Vendors or lawyers agree, but no text of Amazon's was seen.
    Secondary,
    /// One source, or sources that contradict each other.
    Folklore,
}

/// One way to find the offence: conditions, and exactly one detector as a table of its own.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DetectToml {
    /// Narrower kinds than the rule's.
    pub kinds: Option<Vec<Kind>>,
    /// The channels that it is about (`sp-api`, `sp-api:sendInvoice`); asked of every message unless given.
    #[serde(default)]
    pub channels: Vec<Spanned<String>>,
    /// Fields to look in; `["body", "subject"]` unless given.
    pub fields: Option<Vec<FieldToml>>,
    /// How the text meets the eye; every way but `code` unless given, and for contacts `code` too.
    pub scopes: Option<Vec<Scope>>,
    /// Whether the same words in one message are one finding, which names the other places.
    #[serde(default)]
    pub group: bool,
    /// Other severities than the rule's.
    pub severity: Option<Severities>,
    /// At most this confidence.
    pub confidence: Option<Confidence>,
    /// The day since when the rule finds this too, or holds it for this bad, where that is later than the rule's.
    pub from: Option<Spanned<Datetime>>,
    /// Another message than the rule's.
    pub message: Option<String>,
    /// Another help than the rule's.
    pub help: Option<String>,
    /// Another cure than the rule's.
    pub fix: Option<FixToml>,
    /// How far `with` and `unless` look; the sentence unless given.
    #[serde(default)]
    pub within: Within,
    /// One of these phrases must stand near.
    #[serde(default)]
    pub with: Patterns,
    /// None of these phrases may stand near.
    #[serde(default)]
    pub unless: Patterns,
    /// None of these phrases may stand in the sentence, nor in the one before or after, however far `unless` looks.
    #[serde(default)]
    pub unless_near: Patterns,
    /// Words that belong to what is found where they end right before it: "write to us at".
    #[serde(default)]
    pub lead: Patterns,
    /// The sentence must have one of these roles.
    #[serde(default)]
    pub sentence_has: Vec<Spanned<String>>,
    /// The sentence may have none of these roles.
    #[serde(default)]
    pub sentence_lacks: Vec<Spanned<String>>,
    /// Some sentence of the message must have one of these roles.
    #[serde(default)]
    pub message_has: Vec<Spanned<String>>,
    /// No sentence of the message may have one of these roles.
    #[serde(default)]
    pub message_lacks: Vec<Spanned<String>>,
    /// Families of rules: where one of them found an error, that is what the message is for, and this stays silent.
    #[serde(default)]
    pub alone_from: Vec<Spanned<String>>,

    /// Only in a message with files that go with it (`true`), or in one of which it is known that it has none (`false`).
    pub attachments: Option<bool>,
    /// Only in messages that are read from one of these.
    #[serde(default)]
    pub inputs: Vec<Input>,
    /// Whether it looks into a form of an e-mail that repeats another (plain text beside HTML); it does unless told not to.
    pub repeats: Option<bool>,

    /// Phrases.
    pub phrase: Option<PhraseToml>,
    /// Two phrases in neighbouring sentences.
    pub pair: Option<PairToml>,
    /// What the sentences of the whole message are for.
    pub roles: Option<RolesToml>,
    /// Links.
    pub link: Option<LinkToml>,
    /// E-mail addresses.
    pub email: Option<EmailToml>,
    /// Phone numbers.
    pub phone: Option<Empty>,
    /// Names on messengers and social networks.
    pub handle: Option<HandleToml>,
    /// Emoji.
    pub emoji: Option<EmojiToml>,
    /// Placeholders.
    pub placeholder: Option<PlaceholderToml>,
    /// Order IDs.
    pub order_id: Option<OrderIdToml>,
    /// A tag in the subject such as `[Important]`.
    pub subject_tag: Option<SubjectTagToml>,
    /// Line breaks in a row.
    pub line_breaks: Option<LineBreaksToml>,
    /// Capitals and exclamation marks.
    pub shouting: Option<ShoutingToml>,
    /// Numbers that should not be written down: cards and bank accounts.
    pub secret_number: Option<SecretNumberToml>,
    /// Facts of the front matter or record.
    pub metadata: Option<MetadataToml>,
    /// The language of the text.
    pub language: Option<LanguageToml>,
    /// Slips of writing.
    pub slip: Option<SlipToml>,
    /// How the file is written.
    pub encoding: Option<EncodingToml>,
    /// How long the text is.
    pub length: Option<LengthToml>,
    /// The channel itself.
    pub channel: Option<Empty>,
    /// How many files go with the message.
    pub attachment_count: Option<AttachmentCountToml>,
    /// Tags and entities of HTML.
    pub tag: Option<Empty>,
    /// Declarations of style in markup.
    pub style: Option<StyleWanted>,
    /// Margins in markup that take too much of the body.
    pub margin: Option<MarginToml>,
    /// Sizes of letters in markup.
    pub font_sizes: Option<FontSizesToml>,
    /// Text in markup that stands out too little.
    pub contrast: Option<ContrastWanted>,
    /// Pictures.
    pub image: Option<ImageToml>,
    /// Elements and attributes of markup.
    pub element: Option<ElementWanted>,
    /// Text that is not shown.
    pub hidden: Option<HiddenWanted>,
    /// How elements stand together.
    pub structure: Option<StructureWanted>,
    /// Files that go with the message.
    pub attachment: Option<AttachmentToml>,
    /// Headers of an e-mail.
    pub header: Option<HeaderToml>,
    /// Who an e-mail is for.
    pub recipient: Option<RecipientToml>,
    /// The subject as a whole.
    pub subject: Option<SubjectToml>,
    /// The forms in which an e-mail says the same.
    pub alternatives: Option<AlternativesToml>,
    /// The escape for what words cannot say.
    pub regex: Option<RegexToml>,
}

/// A field of the message, in packs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum FieldToml {
    /// The subject line.
    Subject,
    /// The text.
    Body,
}

/// How far a condition looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Within {
    /// The same sentence.
    #[default]
    Sentence,
    /// The same sentence, the one before and the one after, and the heading above.
    Neighbours,
    /// The same paragraph, and the heading above.
    Paragraph,
    /// The whole message.
    Message,
}

/// Reads a number, or the name of a limit: `2`, `"line-breaks"`.
fn bound<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Bound, D::Error> {
    struct Reader;
    impl Visitor<'_> for Reader {
        type Value = Bound;

        fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            formatter.write_str("a number or the name of a limit")
        }

        fn visit_i64<E: de::Error>(self, number: i64) -> Result<Bound, E> {
            let number = u32::try_from(number);
            number.map(Bound::Number).map_err(|_| E::custom("this number is out of range"))
        }

        fn visit_str<E: de::Error>(self, name: &str) -> Result<Bound, E> {
            LimitName::deserialize(name.into_deserializer()).map(Bound::Limit)
        }
    }
    deserializer.deserialize_any(Reader)
}

fn some_bound<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Bound>, D::Error> {
    bound(deserializer).map(Some)
}

/// A detector without settings: `[detect.phone]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Empty {}

/// `[detect.phrase]`: each of these phrases is a finding.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PhraseToml {
    /// The phrases.
    pub any: Patterns,
    /// What is marked.
    #[serde(default)]
    pub mark: Mark,
}

/// What a phrase marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Mark {
    /// The words of the phrase.
    #[default]
    Phrase,
    /// The sentence that holds it.
    Sentence,
}

/// `[detect.pair]`: a sentence with the first phrase, and one with the second soon after it (or in the same sentence).
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PairToml {
    /// Phrases of the one.
    pub first: Patterns,
    /// Phrases of the other.
    pub second: Patterns,
    /// How many sentences further the second may stand; 1 is the next sentence.
    #[serde(default = "one")]
    pub reach: u8,
    /// How many sentences further the second must stand at least; 0 is the same sentence.
    #[serde(default)]
    pub apart: u8,
    /// Whether the second may also come first.
    #[serde(default)]
    pub either_order: bool,
    /// Which of the two is marked; the other is a label.
    #[serde(default)]
    pub mark: PairMark,
}

fn one() -> u8 {
    1
}

/// What a pair marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum PairMark {
    /// From the start of the earlier to the end of the later.
    #[default]
    Both,
    /// The first phrase.
    First,
    /// The second phrase.
    Second,
}

/// `[detect.roles]`: judges the message as a whole by what its sentences are for.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RolesToml {
    /// At least one sentence has one of these roles …
    #[serde(default)]
    pub only: Vec<Spanned<String>>,
    /// … and every other sentence has only these.
    #[serde(default)]
    pub beside: Vec<Spanned<String>>,
    /// A sentence with one of these is none of which `only` speaks, though it may stand beside.
    #[serde(default)]
    pub apart: Vec<Spanned<String>>,
    /// No sentence has one of these roles; an empty `only` then asks no more than this.
    #[serde(default)]
    pub none_of: Vec<Spanned<String>>,
    /// Asked only of messages with at least this many words.
    #[serde(default)]
    pub min_words: u32,
}

/// `[detect.link]`: links with certain properties; all given must hold.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LinkToml {
    /// The scheme is one of these (`http`, `ftp` …).
    #[serde(default)]
    pub schemes: Vec<String>,
    /// The host is on one of these lists (`rules/lists/<name>.toml`).
    #[serde(default)]
    pub hosts: Vec<Spanned<String>>,
    /// The host is on none of these lists.
    #[serde(default)]
    pub not_hosts: Vec<Spanned<String>>,
    /// What the address is for; `["link"]` unless given.
    pub purposes: Option<Vec<Purpose>>,
    /// How it is written.
    #[serde(default)]
    pub forms: Vec<LinkForm>,
    /// What is wrong with it.
    #[serde(default)]
    pub faults: Vec<LinkFault>,
    /// Its path begins with one of these (`*` stands for one path segment).
    #[serde(default)]
    pub paths: Vec<String>,
    /// It has one of these query parameters (`utm_*` for a prefix).
    #[serde(default)]
    pub params: Vec<String>,
}

/// `[detect.email]`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EmailToml {
    /// Addresses at these hosts are no finding (lists).
    #[serde(default)]
    pub not_hosts: Vec<Spanned<String>>,
}

/// `[detect.handle]`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HandleToml {
    /// The networks asked for: names of a list in `rules/lists/networks.toml` (`messenger`, `social`).
    pub networks: Vec<Spanned<String>>,
}

/// `[detect.emoji]`: `which` of the pictures in text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct EmojiToml {
    /// Which pictures.
    pub which: Pictures,
}

/// Pictures in text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Pictures {
    /// Emoji as Unicode has them (UTS 51), but the text symbols of `rules/lists/text-symbols.toml`.
    Emoji,
    /// `:smile:`.
    Shortcode,
    /// `:-)` and `(^_^)`.
    Emoticon,
}

/// `[detect.placeholder]`: placeholders with certain properties.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlaceholderToml {
    /// They stand for one of these (`store-link`, `unsubscribe-link` …).
    #[serde(default)]
    pub meanings: Vec<Spanned<String>>,
    /// What is odd about them.
    #[serde(default)]
    pub faults: Vec<PlaceholderFault>,
    /// Only in a message declared final.
    #[serde(default)]
    pub only_final: bool,
}

/// What is odd about a placeholder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum PlaceholderFault {
    /// Its name is close to a known one but is none.
    Unknown,
    /// A bracket is missing.
    Unbalanced,
}

/// `[detect.order-id]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct OrderIdToml {
    /// What is wrong with the order ID of the message.
    pub fault: OrderIdFault,
}

/// What can be wrong with order IDs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum OrderIdFault {
    /// The message has none, in text, placeholder or metadata.
    Missing,
    /// Something meant as one has another shape.
    Malformed,
    /// A dummy was left in a final message.
    Dummy,
    /// Two different ones.
    Multiple,
}

/// `[detect.subject_tag]`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SubjectTagToml {
    /// Words of the tag by any language (`important`, `wichtig`).
    pub words: Vec<String>,
    /// Which form of the tag.
    pub form: TagForm,
}

/// How a subject tag is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum TagForm {
    /// `[Important]` anywhere in the subject.
    Exact,
    /// `(Important)`, `Important:`, `[Important!]`, or the tag in the body.
    Malformed,
}

/// `[detect.line_breaks]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LineBreaksToml {
    /// More than this many in a row are a finding.
    #[serde(deserialize_with = "bound")]
    pub most: Bound,
    /// Where they stand; in plain text unless given.
    #[serde(default, rename = "in")]
    pub place: BreaksIn,
}

/// Where line breaks stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum BreaksIn {
    /// In plain text: line ends.
    #[default]
    Text,
    /// In markup: `<br>` and paragraphs without words.
    Markup,
}

/// `[detect.margin]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MarginToml {
    /// A margin may take this many percent of the body.
    #[serde(deserialize_with = "bound")]
    pub most: Bound,
}

/// `[detect.font_sizes]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FontSizesToml {
    /// More sizes than this are a finding.
    #[serde(deserialize_with = "bound")]
    pub most: Bound,
}

/// `[detect.image]`: pictures with certain properties; all given must hold.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ImageToml {
    /// What is true of them.
    #[serde(default)]
    pub has: Vec<PictureTrait>,
    /// What is not true of them.
    #[serde(default)]
    pub lacks: Vec<PictureTrait>,
    /// Their host is on one of these lists.
    #[serde(default)]
    pub hosts: Vec<Spanned<String>>,
    /// Their host is on none of these lists.
    #[serde(default)]
    pub not_hosts: Vec<Spanned<String>>,
    /// Their path ends with one of the words of these lists (`wf/open`).
    #[serde(default)]
    pub paths: Vec<Spanned<String>>,
    /// Their file name or what stands for them (`alt`) has a word of these lists.
    #[serde(default)]
    pub words: Vec<Spanned<String>>,
    /// Neither their file name nor what stands for them has a word of these lists.
    #[serde(default)]
    pub not_words: Vec<Spanned<String>>,
    /// The link that they are in leads to a host on none of these lists.
    #[serde(default)]
    pub links_off: Vec<Spanned<String>>,
    /// They take more than this many percent of the body.
    #[serde(default, deserialize_with = "some_bound")]
    pub wider_than: Option<Bound>,
    /// The message has fewer words than this.
    pub words_below: Option<u32>,
}

/// `[detect.shouting]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct ShoutingToml {
    /// This many words in capitals in a row.
    pub words: u32,
    /// This many `!`, `?` or `$` in a row.
    pub marks: u32,
}

/// `[detect.secret_number]`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SecretNumberToml {
    /// Which numbers.
    pub which: Vec<SecretNumber>,
}

/// Numbers that should not be written down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum SecretNumber {
    /// A payment card (Luhn).
    Card,
    /// A bank account (IBAN, mod 97).
    Iban,
}

/// `[detect.metadata]`: a fact of the front matter or record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct MetadataToml {
    /// Which fact.
    pub fact: MetadataFact,
}

/// Facts about a message that its text does not show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum MetadataFact {
    /// More than 30 days between `order_completed` and `send_date`.
    WindowPassed,
    /// `buyer_opted_out` is true.
    BuyerOptedOut,
    /// More than 24 hours between `received` and `send_date`.
    LateReply,
    /// A key that nothing reads.
    UnknownKey,
    /// A record or front matter that cannot be read.
    Unreadable,
    /// More of something than is read.
    LimitReached,
    /// There were more findings than are kept.
    FindingsCut,
    /// A comment or a key of the draft that should accept findings and accepts none.
    UnusedAllow,
}

/// `[detect.language]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct LanguageToml {
    /// What is wrong with the language.
    pub fault: LanguageFault,
}

/// What can be wrong with the language of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum LanguageFault {
    /// No pack has words of it.
    Unsupported,
    /// It is not the one that the buyer is declared to read.
    Mismatch,
    /// Some paragraphs are in another one than the rest, and do not say the same again.
    Mixed,
}

/// `[detect.slip]`: a slip of writing, in a message whose language has a file in `rules/spelling/`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct SlipToml {
    /// Which slip.
    pub which: SlipKind,
}

/// `[detect.encoding]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct EncodingToml {
    /// What is wrong with the encoding.
    pub fault: EncodingFault,
}

/// What can be wrong with how a file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum EncodingFault {
    /// Bytes that are no character, or U+FFFD, or typical mojibake.
    Broken,
    /// Characters that nobody sees, where no script and no emoji needs them.
    Invisible,
}

/// `[detect.length]`: the text has fewer or more characters than these. They are counted as Unicode scalar values and as
/// UTF-16, and the larger number counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct LengthToml {
    /// The least that it must have.
    #[serde(default)]
    pub least: u32,
    /// The most that it may have.
    #[serde(default = "no_limit")]
    pub most: u32,
}

/// `[detect.attachment_count]`: fewer or more files go with the message than these.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct AttachmentCountToml {
    /// The least that there must be.
    #[serde(default)]
    pub least: u32,
    /// The most that there may be.
    #[serde(default = "no_limit")]
    pub most: u32,
}

fn no_limit() -> u32 {
    u32::MAX
}

/// `[detect.attachment]`: files with certain properties; all given must hold.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AttachmentToml {
    /// The name holds a word of one of these lists (`rules/lists/<name>.toml`).
    #[serde(default)]
    pub names: Vec<Spanned<String>>,
    /// The name holds no word of these lists; a file without a name holds none.
    #[serde(default)]
    pub not_names: Vec<Spanned<String>>,
    /// The extension of the name is one of these.
    #[serde(default)]
    pub extensions: Vec<String>,
    /// The extension of the name is none of these.
    #[serde(default)]
    pub not_extensions: Vec<String>,
    /// The first bytes show one of these.
    #[serde(default)]
    pub looks_like: Vec<FileKind>,
    /// The first bytes, where they are at hand, show none of these.
    #[serde(default)]
    pub not_looks_like: Vec<FileKind>,
    /// What is odd about it.
    #[serde(default)]
    pub faults: Vec<AttachmentFault>,
    /// All files together have more bytes than this; the first file that is too much is marked.
    pub total_over: Option<u64>,
    /// Whether pictures count that are shown inside the message.
    #[serde(default)]
    pub inline: bool,
}

/// What is odd about a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum AttachmentFault {
    /// Its first bytes show something else than its name says.
    Mismatch,
    /// Its name has two extensions, of which the last is another than people see: `invoice.pdf.exe`.
    DoubleExtension,
}

/// `[detect.header]`: headers of an e-mail.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HeaderToml {
    /// Its name in lower case is one of these (`x-mailgun-*` for all that begin so).
    pub names: Vec<String>,
    /// Its value holds one of these, in lower case; any value unless given.
    #[serde(default)]
    pub values: Vec<String>,
}

/// `[detect.recipient]`: mailboxes that an e-mail or a draft is for; all given must hold.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecipientToml {
    /// Headers to look into: `to`, `cc`, `bcc`; a draft has `to` alone.
    pub headers: Vec<String>,
    /// The host is on none of these lists.
    #[serde(default)]
    pub not_hosts: Vec<Spanned<String>>,
    /// There are more different ones than this; the first that is too many is marked.
    #[serde(default)]
    pub more_than: u32,
}

/// `[detect.subject]`: the subject as a whole.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SubjectToml {
    /// What is wrong with it.
    pub fault: SubjectFault,
    /// Words before a colon that pretend to an answer (`re`), in lower case; for `prefix`.
    #[serde(default)]
    pub prefixes: Vec<String>,
}

/// What can be wrong with a subject as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum SubjectFault {
    /// An e-mail has none, or a subject says nothing.
    Empty,
    /// It begins with one of the `prefixes`.
    Prefix,
}

/// `[detect.alternatives]`: the forms in which an e-mail says the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct AlternativesToml {
    /// A form is a finding when fewer than so many of a hundred of its words stand in the main one.
    pub shared_percent: u32,
    /// A form with fewer different words than this is not judged.
    pub min_words: u32,
}

/// `[detect.regex]`: the escape for what words cannot say.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RegexToml {
    /// A pattern of the `regex` crate, matched on the folded text (lower case, NFKC).
    pub pattern: Spanned<String>,
    /// Folded literals of which every match holds one, where a `#` at the end stands for a digit; the pattern is compiled
    /// only when one was seen.
    pub needs: Vec<Spanned<String>>,
}

/// `[fix]`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FixToml {
    /// What is taken out.
    pub delete: Option<FixTarget>,
    /// What the match is replaced by; values of the detector may stand in it, such as `{suggestion}`.
    pub replace: Option<String>,
    /// How safe it is: `safe`, `unsafe` or `display-only`.
    pub applicability: FixSafety,
}

/// What a fix takes out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum FixTarget {
    /// The words found, and a blank beside them.
    Match,
    /// The sentence that holds them.
    Sentence,
    /// The element of markup that it is written in, with all that is in it.
    Element,
}

/// How safe a fix is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum FixSafety {
    /// Shown only.
    DisplayOnly,
    /// Changes what is said.
    Unsafe,
    /// Changes nothing that is said.
    Safe,
}

/// `[[example]]`: a text, and the exact source texts that the rule finds in it, in order.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExampleToml {
    /// The draft, as a file: it may have front matter or a `Subject:` line.
    pub text: String,
    /// What the rule finds, in order; `"*"` for the whole message; empty: it stays silent.
    pub finds: Vec<String>,
    /// The draft after every fix of the rule, safe or not.
    pub fixed: Option<String>,
    /// The format; `txt` unless given.
    #[serde(default)]
    pub format: MessageFormat,
    /// The kind of message; found as usual unless given.
    pub kind: Option<Kind>,
    /// Whether it is declared final.
    #[serde(default, rename = "final")]
    pub is_final: bool,
    /// The language that the buyer is declared to read.
    pub language: Option<String>,
    /// The channel that it is sent by.
    pub channel: Option<Spanned<String>>,
    /// The trap of the policy that this shows, for silent examples.
    pub trap: Option<String>,
}

/// `rules/words/<language>/<topic>.toml`: word classes by name. `[classes] review = ["review", "rating*"]`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WordsToml {
    /// Members of each class: patterns of words, which may name other classes. A class may be spread over files.
    #[serde(default)]
    pub classes: BTreeMap<String, Vec<Spanned<String>>>,
    /// The commonest words of the language: they tell it from others, and never anchor a search.
    #[serde(default)]
    pub common: Vec<String>,
    /// Words that are recognised with one letter wrong, with digits or stars for letters, and with their letters apart;
    /// after each the ordinary words that are one letter away from it.
    #[serde(default)]
    pub key_words: BTreeMap<String, Vec<String>>,
}

/// `rules/roles/<language>.toml`: what a sentence can be for.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RolesFileToml {
    /// Roles by name.
    pub role: BTreeMap<String, RoleToml>,
}

/// One role.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RoleToml {
    /// One line for `inspect` and the guide.
    pub title: String,
    /// Whether a sentence with this role gives a message a permitted purpose.
    #[serde(default)]
    pub purpose: bool,
    /// Whether its phrases are no role of a sentence, but words of news: a sentence in which one of them is left
    /// unexplained says more than its roles.
    #[serde(default)]
    pub telling: bool,
    /// Phrases that give a sentence this role.
    pub any: Vec<Spanned<String>>,
    /// Phrases that take it away again.
    #[serde(default)]
    pub unless: Vec<Spanned<String>>,
}

/// `rules/spelling/<language>.toml`: how a language is written. Words are in lower case; a `*` at the end stands for any letters.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SpellingToml {
    /// Misspelt words and phrases, each with what is right. A `$` at the end is the end of a clause; a phrase that is
    /// right as it stands takes its words out of shorter ones.
    #[serde(default)]
    pub misspelt: BTreeMap<String, Spanned<String>>,
    /// Misspelt words that are names when they have a capital.
    #[serde(default)]
    pub names: Vec<Spanned<String>>,
    /// Words that nobody writes twice on purpose.
    #[serde(default)]
    pub never_twice: Vec<Spanned<String>>,
    /// Words that begin a sentence when they stand behind a full stop.
    #[serde(default)]
    pub starters: Vec<Spanned<String>>,
    /// Words whose full stop ends no sentence.
    #[serde(default)]
    pub abbreviations: Vec<Spanned<String>>,
    /// What stands behind the dot in the name of a host or a file.
    #[serde(default)]
    pub name_endings: Vec<Spanned<String>>,
    /// Words that begin with a vowel sound although their first letter is not `a`, `e`, `i` or `o`.
    #[serde(default)]
    pub vowel_sounds: Vec<Spanned<String>>,
    /// Words that begin with a consonant sound although their first letter is a vowel; they are asked first.
    #[serde(default)]
    pub consonant_sounds: Vec<Spanned<String>>,
    /// Words before which both articles are heard, or none.
    #[serde(default)]
    pub either_article: Vec<Spanned<String>>,
}

/// `rules/lists/<name>.toml`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ListToml {
    /// One line for the guide.
    pub title: String,
    /// Hosts: a registrable domain matches its subdomains; `name.*` matches any public suffix.
    #[serde(default)]
    pub hosts: Vec<String>,
    /// Words, or phrases of words, in lower case.
    #[serde(default)]
    pub words: Vec<String>,
    /// Symbols that are text, each with its reason.
    #[serde(default)]
    pub symbols: BTreeMap<String, String>,
    /// Channels that a message can take, as `--channel` and rules name them.
    #[serde(default)]
    pub channels: Vec<String>,
    /// Names of networks, each with how it is recognised.
    #[serde(default)]
    pub networks: BTreeMap<String, NetworkToml>,
}

/// A messenger or social network.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NetworkToml {
    /// Which group it belongs to (`messenger`, `social`).
    pub group: String,
    /// How it is called in text, folded.
    pub names: Vec<String>,
    /// Whether the name is also an ordinary word, so that it takes a handle, number or invitation in the same breath.
    #[serde(default)]
    pub ambiguous: bool,
}
