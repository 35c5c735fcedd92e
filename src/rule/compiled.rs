//! Rules as the linter runs them: no prose, no places, numbers instead of names.

use std::sync::OnceLock;

use memchr::memmem::Finder;
use regex::Regex;
use serde::{Deserialize, Serialize};

use crate::detect::lists::Lists;
use crate::detect::phrase::Machine;
use crate::detect::spelling::table::Spelling;
use crate::rule::schema::{
    AttachmentFault, Bound, BreaksIn, ContrastWanted, ElementWanted, EncodingFault, FieldToml, FileKind,
    FixSafety, FixTarget, FixToml, HiddenWanted, Input, LanguageFault, LinkFault, LinkForm, Mark,
    MetadataFact, OrderIdFault, PairMark, PictureTrait, Pictures, PlaceholderFault, Purpose, Scope,
    SecretNumber, Severities, SlipKind, StructureWanted, StyleWanted, SubjectFault, TagForm, Within,
};
use crate::text::nearest::nearest;
use crate::verdict::{Channel, Confidence, Day, Kind};

/// Everything that a run needs to know.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct RuleSet {
    /// The rules, those of the built-in pack first, each pack sorted by id.
    pub rules: Vec<Rule>,
    /// What a sentence can be for.
    pub roles: Vec<Role>,
    /// What is known of languages.
    pub languages: Vec<Language>,
    /// Hosts, networks and words, as detectors ask for them.
    pub lists: Lists,
    /// Symbols by list.
    pub symbols: Vec<SymbolList>,
    /// Every channel that a message can take.
    pub channels: Vec<Channel>,
}

impl RuleSet {
    /// The roles that give a message a permitted purpose.
    pub fn purposes(&self) -> RoleBits {
        let own = |(number, role): (usize, &Role)| if role.purpose { 1 << number } else { 0 };
        self.roles.iter().enumerate().map(own).fold(0, |all, bit| all | bit)
    }

    /// Those that are no roles of sentences, but words of news.
    pub fn telling(&self) -> RoleBits {
        let own = |(number, role): (usize, &Role)| if role.telling { 1 << number } else { 0 };
        self.roles.iter().enumerate().map(own).fold(0, |all, bit| all | bit)
    }

    /// The channel of a name.
    ///
    /// # Errors
    /// What to write instead: the nearest name, and all there are.
    pub fn channel(&self, name: &str) -> Result<&Channel, String> {
        if let Some(channel) = self.channels.iter().find(|channel| channel.name() == name) {
            return Ok(channel);
        }
        let known: Vec<&str> = self.channels.iter().map(Channel::name).collect();
        let near = nearest(name, known.iter().copied());
        let near = near.map_or(String::new(), |near| format!("did you mean `{near}`? "));
        Err(format!("{near}known: {}", known.join(", ")))
    }
}

/// What is known of one language.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Language {
    /// Two-letter code.
    pub code: String,
    /// The machine that finds them. Output `2 * role` says a sentence has the role, the next one that it has not;
    /// after those of the roles the outputs are [`Probe`]s.
    pub machine: Machine,
    /// How it is written.
    pub spelling: Spelling,
}

/// One role.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Role {
    /// Its name in packs.
    pub name: String,
    /// Whether it gives a message a permitted purpose.
    pub purpose: bool,
    /// Whether its phrases are no role of a sentence, but words of news.
    pub telling: bool,
}

/// The symbols of a list of `rules/lists/`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SymbolList {
    /// Its name in packs.
    pub name: String,
    /// The symbols.
    pub symbols: Vec<String>,
}

/// Phrases that belong together: the number of a machine's output, the same in every language.
pub type Probe = u32;

/// A set of roles, one bit each.
pub type RoleBits = u64;

/// One rule.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Rule {
    /// Full id.
    pub id: String,
    /// Severity by profile.
    pub severity: Severities,
    /// Kinds it looks at, one bit each.
    pub kinds: u8,
    /// Numbers of the rules that give way to it.
    pub supersedes: Vec<u16>,
    /// The family with whose findings in neighbouring sentences its own are one, as the number of its first rule.
    pub passage: Option<u16>,
    /// What is wrong.
    pub message: String,
    /// What to do instead.
    pub help: String,
    /// How it is found.
    pub detect: Vec<Detect>,
    /// How it is mended.
    pub fix: Option<Cure>,
}

impl Rule {
    /// Whether it tells what was not judged.
    pub fn is_notice(&self) -> bool {
        let is_notice = |detect: &Detect| {
            matches!(
                detect.detector,
                Detector::Metadata(
                    MetadataFact::Unreadable | MetadataFact::LimitReached | MetadataFact::FindingsCut
                )
            )
        };
        self.detect.iter().any(is_notice)
    }
}

/// One way to find an offence.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Detect {
    /// Kinds, one bit each.
    pub kinds: u8,
    /// Names of the channels that it is about; all, if there are none.
    pub channels: Vec<String>,
    /// Whether it looks into the subject.
    pub in_subject: bool,
    /// Whether it looks into the body.
    pub in_body: bool,
    /// Scopes, one bit each.
    pub scopes: u8,
    /// Whether the same words in one message are one finding.
    pub group: bool,
    /// Other severities than the rule's.
    pub severity: Option<Severities>,
    /// At most this confidence.
    pub confidence: Confidence,
    /// The day since when this holds, if it did not always.
    pub from: Option<Day>,
    /// Another message.
    pub message: Option<String>,
    /// Another help.
    pub help: Option<String>,
    /// Another cure.
    pub fix: Option<Cure>,
    /// How far the phrases below look.
    pub within: Within,
    /// One of these must stand near.
    pub with: Option<Probe>,
    /// None of these may stand near.
    pub unless: Option<Probe>,
    /// None of these may stand in a neighbouring sentence.
    pub unless_near: Option<Probe>,
    /// Where one of these ends right before a match, it belongs to it.
    pub lead: Option<Probe>,
    /// The sentence must have one of these; 0 for no condition.
    pub sentence_has: RoleBits,
    /// The sentence may have none of these.
    pub sentence_lacks: RoleBits,
    /// It gives way to errors of these rules, wherever in the message they stand.
    pub alone_from: Vec<u16>,
    /// The message must have one of these; 0 for no condition.
    pub message_has: RoleBits,
    /// The message may have none of these.
    pub message_lacks: RoleBits,
    /// Whether the message must have attachments, or surely have none.
    pub attachments: Option<bool>,
    /// What the message must be read from; anything where none is named.
    pub inputs: Vec<Input>,
    /// Whether it looks into a form of an e-mail that repeats another.
    pub repeats: bool,
    /// What is looked for.
    pub detector: Detector,
}

/// What is looked for. The variants are explained in [`schema`](super::schema).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "each field is documented where packs write it, in schema")]
pub enum Detector {
    Phrase { any: Probe, mark: Mark },
    Pair { first: Probe, second: Probe, apart: u8, reach: u8, either_order: bool, mark: PairMark },
    Roles { only: RoleBits, beside: RoleBits, apart: RoleBits, none_of: RoleBits, min_words: u32 },
    Link(LinkWanted),
    Email { not_hosts: Vec<String> },
    Phone,
    Handle { networks: Vec<String> },
    Pictures(Pictures),
    Placeholder { meanings: Vec<String>, faults: Vec<PlaceholderFault>, only_final: bool },
    OrderId(OrderIdFault),
    SubjectTag { words: Vec<String>, form: TagForm },
    LineBreaks { most: Bound, place: BreaksIn },
    Shouting { words: u32, marks: u32 },
    SecretNumber { which: Vec<SecretNumber> },
    Metadata(MetadataFact),
    Language(LanguageFault),
    Slip(SlipKind),
    Encoding(EncodingFault),
    Length { least: u32, most: u32 },
    Channel,
    AttachmentCount { least: u32, most: u32 },
    Tag,
    Style(StyleWanted),
    Margin { most: Bound },
    FontSizes { most: Bound },
    Contrast(ContrastWanted),
    Image(ImageWanted),
    Element(ElementWanted),
    Hidden(HiddenWanted),
    Structure(StructureWanted),
    Attachment(AttachmentWanted),
    Header { names: Vec<String>, values: Vec<String> },
    Recipient { headers: Vec<String>, not_hosts: Vec<String>, more_than: u32 },
    Subject { fault: SubjectFault, prefixes: Vec<String> },
    Alternatives { shared_percent: u32, min_words: u32 },
    Regex { pattern: Expression, needs: Vec<Needed> },
}

impl Detector {
    /// Whether it looks for something in final messages only.
    pub fn is_for_final(&self) -> bool {
        matches!(self, Self::Placeholder { only_final: true, .. } | Self::OrderId(OrderIdFault::Dummy))
    }
}

/// A regular expression that is compiled when it is first asked for, and then kept.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub struct Expression {
    pattern: String,
    compiled: OnceLock<Option<Regex>>,
}

impl Expression {
    /// The compiled form; `None` of a pattern that is none, which the compiler of packs refuses.
    pub fn regex(&self) -> Option<&Regex> {
        self.compiled.get_or_init(|| Regex::new(&self.pattern).ok()).as_ref()
    }
}

impl From<String> for Expression {
    fn from(pattern: String) -> Self {
        Self { pattern, compiled: OnceLock::new() }
    }
}

impl From<Expression> for String {
    fn from(expression: Expression) -> Self {
        expression.pattern
    }
}

impl Clone for Expression {
    fn clone(&self) -> Self {
        self.pattern.clone().into()
    }
}

impl PartialEq for Expression {
    fn eq(&self, other: &Self) -> bool {
        self.pattern == other.pattern
    }
}

/// Letters without which an expression cannot match; a `#` at their end stands for a digit. The search for them is made
/// ready once.
#[derive(Debug, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub struct Needed {
    written: String,
    finder: OnceLock<Finder<'static>>,
}

impl Needed {
    /// The letters, and whether a digit has to stand behind them.
    pub fn letters_before_digit(&self) -> (&str, bool) {
        match self.written.strip_suffix('#') {
            Some(letters) => (letters, true),
            None => (&self.written, false),
        }
    }

    /// Whether a folded text holds them.
    pub fn stands_in(&self, folded: &str) -> bool {
        let (letters, is_before_digit) = self.letters_before_digit();
        let finder = self.finder.get_or_init(|| Finder::new(letters.as_bytes()).into_owned());
        if !is_before_digit {
            return finder.find(folded.as_bytes()).is_some();
        }
        let is_digit = |at: usize| folded.as_bytes().get(at + letters.len()).is_some_and(u8::is_ascii_digit);
        finder.find_iter(folded.as_bytes()).any(is_digit)
    }
}

impl From<String> for Needed {
    fn from(written: String) -> Self {
        Self { written, finder: OnceLock::new() }
    }
}

impl From<Needed> for String {
    fn from(needed: Needed) -> Self {
        needed.written
    }
}

impl Clone for Needed {
    fn clone(&self) -> Self {
        self.written.clone().into()
    }
}

impl PartialEq for Needed {
    fn eq(&self, other: &Self) -> bool {
        self.written == other.written
    }
}

/// Which links are looked for; all that is given must hold.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "each field is documented where packs write it, in schema")]
pub struct LinkWanted {
    pub schemes: Vec<String>,
    pub hosts: Vec<String>,
    pub not_hosts: Vec<String>,
    pub purposes: Vec<Purpose>,
    pub forms: Vec<LinkForm>,
    pub faults: Vec<LinkFault>,
    pub paths: Vec<String>,
    pub params: Vec<String>,
}

/// Which pictures are looked for; all that is given must hold.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "each field is documented where packs write it, in schema")]
pub struct ImageWanted {
    pub has: Vec<PictureTrait>,
    pub lacks: Vec<PictureTrait>,
    pub hosts: Vec<String>,
    pub not_hosts: Vec<String>,
    pub paths: Vec<String>,
    pub words: Vec<String>,
    pub not_words: Vec<String>,
    pub links_off: Vec<String>,
    pub wider_than: Option<Bound>,
    pub words_below: Option<u32>,
}

/// Which attachments are looked for; all that is given must hold.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "each field is documented where packs write it, in schema")]
pub struct AttachmentWanted {
    pub names: Vec<String>,
    pub not_names: Vec<String>,
    pub extensions: Vec<String>,
    pub not_extensions: Vec<String>,
    pub looks_like: Vec<FileKind>,
    pub not_looks_like: Vec<FileKind>,
    pub faults: Vec<AttachmentFault>,
    pub total_over: Option<u64>,
    pub inline: bool,
}

/// How an offence is mended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cure {
    /// What is taken out.
    pub delete: Option<FixTarget>,
    /// What the match is replaced by.
    pub replace: Option<String>,
    /// How safe it is.
    pub safety: FixSafety,
}

impl From<&FixToml> for Cure {
    fn from(fix: &FixToml) -> Self {
        Self { delete: fix.delete, replace: fix.replace.clone(), safety: fix.applicability }
    }
}

/// The bit of a kind.
pub fn kind_bit(kind: Kind) -> u8 {
    1 << kind as u8
}

/// The bits of some kinds; all of them where none are named.
pub fn kind_bits(kinds: Option<&[Kind]>) -> u8 {
    kinds.map_or(u8::MAX, |kinds| kinds.iter().map(|kind| kind_bit(*kind)).sum())
}

/// The bit of a scope.
pub fn scope_bit(scope: Scope) -> u8 {
    1 << scope as u8
}

/// The bits of some scopes; unless some are named, of all.
pub fn scope_bits(scopes: Option<&[Scope]>) -> u8 {
    scopes.map_or(u8::MAX, |scopes| scopes.iter().fold(0, |bits, scope| bits | scope_bit(*scope)))
}

/// Whether a detector looks into a field.
pub fn looks_into(fields: Option<&[FieldToml]>, field: FieldToml) -> bool {
    fields.is_none_or(|fields| fields.contains(&field))
}
