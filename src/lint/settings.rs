use std::collections::BTreeMap;

use crate::finding::{Channel, Confidence, Day, Kind, Profile};
use crate::rule::schema::{Bound, Level, LimitName};

use super::KindOrigin;

/// How messages are judged: what the command line and the configuration ask for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// How strictly.
    pub profile: Profile,
    /// The kind to judge as, and who said so: the command line beats the metadata of a message, the metadata beats the
    /// configuration.
    pub kind: Option<(Kind, KindOrigin)>,
    /// The channel that messages are sent by, and who said so; the same beats the same.
    pub channel: Option<(Channel, KindOrigin)>,
    /// The marketplace (country code) of messages that name none; decides which phone numbers are local.
    pub marketplace: String,
    /// The buyer's language where a message names none.
    pub language: Option<String>,
    /// Whether every message counts as final, so that placeholders left in are errors.
    pub is_final: bool,
    /// Whether the sending tool adds the order ID.
    pub order_id_added_by_tool: bool,
    /// Hosts that links may lead to besides Amazon's and the carriers'.
    pub allowed_hosts: Vec<String>,
    /// Rules whose severity the user set, by id; `off` switches a rule off.
    pub levels: BTreeMap<String, Level>,
    /// The day at which the rules are held: what holds only since a later one is a note at most.
    pub policy_date: Option<Day>,
    /// If not empty, only these rules are asked.
    pub only: Vec<String>,
    /// What is less sure than this is no finding.
    pub min_confidence: Confidence,
    /// Findings kept per message; one more says that there were more.
    pub max_findings: usize,
    /// Numbers that rules measure with.
    pub limits: Limits,
    /// Whether reports of messages with findings carry their texts.
    pub keeps_texts: bool,
    /// Whether the sentences of findings have a [mask](super::MASK) for every quotation.
    pub masks_quotes: bool,
    /// What the configuration accepts.
    pub allows: Vec<Allowance>,
    /// Whether it is an error if a draft asks to accept what is not there.
    pub strict_allow: bool,
}

/// A rule whose findings the configuration accepts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Allowance {
    /// What it is called in [`AllowUse`].
    pub number: usize,
    /// The rule.
    pub rule: String,
    /// The words that a finding has to be about, if it has to be about certain ones; white space makes no difference.
    pub text: Option<String>,
    /// Why.
    pub reason: String,
}

/// What became of an [`Allowance`] whose rule was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AllowUse {
    /// Which.
    pub number: usize,
    /// Whether there was something to accept.
    pub is_met: bool,
}

/// Numbers that rules measure with. The policy names some of them; what they are a part of it does not say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// How wide a message is taken to be, in pixels.
    pub body_width: u32,
    /// A margin may take this many percent of the body.
    pub margin_percent: u32,
    /// A picture may take this many percent of the body.
    pub image_percent: u32,
    /// So many sizes of letters may be used.
    pub font_sizes: u32,
    /// So many line breaks may stand in a row.
    pub line_breaks: u32,
}

impl Limits {
    /// What a rule's number is.
    pub(super) fn of(&self, bound: Bound) -> u32 {
        match bound {
            Bound::Number(number) => number,
            Bound::Limit(LimitName::MarginPercent) => self.margin_percent,
            Bound::Limit(LimitName::ImagePercent) => self.image_percent,
            Bound::Limit(LimitName::FontSizes) => self.font_sizes,
            Bound::Limit(LimitName::LineBreaks) => self.line_breaks,
        }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self { body_width: 600, margin_percent: 20, image_percent: 80, font_sizes: 3, line_breaks: 2 }
    }
}

/// Findings kept per message unless the user asks for another number.
pub const MAX_FINDINGS: usize = 1000;

impl Default for Settings {
    fn default() -> Self {
        Self {
            profile: Profile::default(),
            kind: None,
            channel: None,
            marketplace: "US".to_owned(),
            language: None,
            is_final: false,
            order_id_added_by_tool: false,
            allowed_hosts: Vec::new(),
            levels: BTreeMap::new(),
            policy_date: None,
            only: Vec::new(),
            min_confidence: Confidence::Low,
            max_findings: MAX_FINDINGS,
            limits: Limits::default(),
            keeps_texts: false,
            masks_quotes: false,
            allows: Vec::new(),
            strict_allow: false,
        }
    }
}
