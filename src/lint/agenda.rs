//! What there is to ask of a message: the detectors that are on, put together once for all messages that are judged alike.
//!
//! Most detectors are of phrases, and few phrases stand in a message; most of the others are about links, markup, files or
//! metadata. So each is on the agenda with what it cannot find anything without, and one look tells whether that is there.

use std::cell::{Cell, OnceCell};

use crate::finding::{Day, Severity};
use crate::rule::compiled::{Detect, Detector, Probe, Rule, RuleSet};
use crate::rule::schema::{BreaksIn, MetadataFact};

use super::Settings;
use super::judge::{held, is_selected, severity_of};
use super::message::Message;
use super::needles::Needles;
use super::slips;

/// The detectors that some settings leave on.
#[derive(Debug, Default)]
pub(super) struct Agenda {
    /// The settings, once there were any.
    settings: Option<Settings>,
    /// In the order of the rules.
    asked: Vec<Asked>,
    /// Everything that one of them needs.
    needs: Needs,
    /// Those of the rules, once a second message asked: to thread them costs more than one message gains.
    needles: OnceCell<Needles>,
    /// Whether it was gone through for some message.
    is_begun: Cell<bool>,
}

/// A detector that is on.
#[derive(Debug)]
pub(super) struct Asked {
    /// Number of the rule, and of the detector in it.
    pub(super) rule: usize,
    pub(super) detect: usize,
    /// The severity that a finding has before its confidence caps it.
    pub(super) severity: Severity,
    /// The day since when this holds, if the rules are held at an earlier one.
    pub(super) held: Option<Day>,
    /// The kinds of messages that it looks at, one bit each.
    pub(super) kinds: u8,
    needs: Needs,
    /// Phrases without which it finds nothing; the same twice where it is one.
    phrases: Option<[Probe; 2]>,
}

impl Agenda {
    /// Makes it that of some settings, if it is another one.
    pub(super) fn suit(&mut self, rules: &RuleSet, settings: &Settings) {
        if self.settings.as_ref() == Some(settings) {
            return;
        }
        self.asked.clear();
        for (number, rule) in rules.rules.iter().enumerate().filter(|(_, rule)| is_selected(rule, settings)) {
            let detects = rule.detect.iter().enumerate();
            self.asked
                .extend(detects.filter_map(|(at, detect)| Asked::of([number, at], rule, detect, settings)));
        }
        self.needs = self.asked.iter().fold(Needs::default(), |all, asked| all.and(asked.needs));
        self.settings = Some(settings.clone());
    }

    /// The detectors that may find something in a message, as far as one look can tell.
    pub(super) fn of_message<'a>(
        &'a self,
        message: &'a Message<'_>,
        rules: &RuleSet,
    ) -> impl Iterator<Item = &'a Asked> {
        let needles = self.is_begun.replace(true).then_some(&self.needles);
        let has = self.needs.met_by(message, rules, needles);
        let says = |phrases: [Probe; 2]| phrases.iter().all(|phrase| message.says(*phrase));
        self.asked.iter().filter(move |asked| asked.needs.are_in(has) && asked.phrases.is_none_or(says))
    }
}

impl Asked {
    fn of([number, at]: [usize; 2], rule: &Rule, detect: &Detect, settings: &Settings) -> Option<Self> {
        Some(Self {
            rule: number,
            detect: at,
            severity: severity_of(rule, detect, settings)?,
            held: held(rule, detect, settings),
            kinds: rule.kinds & detect.kinds,
            needs: Needs::of(detect),
            phrases: match &detect.detector {
                Detector::Phrase { any, .. } => Some([*any, *any]),
                Detector::Pair { first, second, .. } => Some([*first, *second]),
                _ => None,
            },
        })
    }
}

/// What a message must have, so that a detector may find something; one bit each.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Needs(u16);

impl Needs {
    const LINKS: Self = Self(1);
    const EMAILS: Self = Self(1 << 1);
    const HANDLES: Self = Self(1 << 2);
    const PHONES: Self = Self(1 << 3);
    const SLIPS: Self = Self(1 << 4);
    /// Letters without which no expression matches.
    const NEEDLES: Self = Self(1 << 5);
    const PLACEHOLDERS: Self = Self(1 << 6);
    const MARKUP: Self = Self(1 << 7);
    const ATTACHMENTS: Self = Self(1 << 8);
    const HEADERS: Self = Self(1 << 9);
    const MAILBOXES: Self = Self(1 << 10);
    /// What metadata say of the order and the buyer, or what is wrong with them.
    const FACTS: Self = Self(1 << 11);
    const CHANNEL: Self = Self(1 << 12);
    /// It counts as final.
    const FINAL: Self = Self(1 << 13);
    /// Nothing has it: such findings are made when all the others are.
    const NEVER: Self = Self(1 << 14);

    /// What a detector needs.
    fn of(detect: &Detect) -> Self {
        let detector = &detect.detector;
        let mut needs = match detector {
            Detector::Link(_) => Self::LINKS,
            Detector::Email { .. } => Self::EMAILS,
            Detector::Handle { .. } => Self::HANDLES,
            Detector::Phone => Self::PHONES,
            Detector::Slip(_) => Self::SLIPS,
            Detector::Regex { .. } => Self::NEEDLES,
            Detector::Placeholder { .. } => Self::PLACEHOLDERS,
            Detector::Attachment(_) => Self::ATTACHMENTS,
            Detector::Header { .. } => Self::HEADERS,
            Detector::Recipient { .. } => Self::MAILBOXES,
            Detector::Metadata(MetadataFact::FindingsCut | MetadataFact::UnusedAllow) => Self::NEVER,
            Detector::Metadata(_) => Self::FACTS,
            Detector::Image(_)
            | Detector::Style(_)
            | Detector::Element(_)
            | Detector::Margin { .. }
            | Detector::FontSizes { .. }
            | Detector::Contrast(_)
            | Detector::Hidden(_)
            | Detector::Structure(_)
            | Detector::LineBreaks { place: BreaksIn::Markup, .. } => Self::MARKUP,
            _ => Self::default(),
        };
        if !detect.channels.is_empty() {
            needs = needs.and(Self::CHANNEL);
        }
        if detector.is_for_final() { needs.and(Self::FINAL) } else { needs }
    }

    fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    fn are_in(self, has: Self) -> bool {
        self.0 & !has.0 == 0
    }

    /// Those of these needs that a message meets. What nobody needs is not looked for.
    fn met_by(self, message: &Message<'_>, rules: &RuleSet, needles: Option<&OnceCell<Needles>>) -> Self {
        let (document, metadata) = (message.document, &message.document.metadata);
        let has = |need: Self| match need {
            Self::LINKS => message.any_contacts(rules, |contacts| !contacts.links.is_empty()),
            Self::EMAILS => message.any_contacts(rules, |contacts| !contacts.emails.is_empty()),
            Self::HANDLES => message.any_contacts(rules, |contacts| !contacts.handles.is_empty()),
            Self::PHONES => message.any_phones(rules),
            Self::SLIPS => slips::any(message, rules),
            Self::NEEDLES => needles.is_none_or(|needles| {
                let needles = needles.get_or_init(|| Needles::of(rules));
                message.texts.iter().any(|text| needles.may_stand_in(text.view.lower.text()))
            }),
            Self::PLACEHOLDERS => message.texts.iter().any(|text| !text.block.placeholders.is_empty()),
            Self::MARKUP => !document.markups.is_empty(),
            Self::ATTACHMENTS => !document.attachments.is_empty(),
            Self::HEADERS => !document.headers.is_empty(),
            Self::MAILBOXES => !document.mailboxes.is_empty(),
            Self::FACTS => {
                let is_dated = metadata.order_completed.is_some() || metadata.received.is_some();
                let is_known = metadata.buyer_opted_out.is_some() || metadata.channel.is_some();
                is_dated || is_known || !metadata.faults.is_empty()
            }
            Self::CHANNEL => message.channel.is_some(),
            Self::FINAL => message.is_final,
            _ => false,
        };
        let bits = (0..16).map(|bit| Self(1 << bit)).filter(|bit| bit.are_in(self));
        bits.filter(|bit| has(*bit)).fold(Self::default(), Self::and)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rule::builtin;

    #[test]
    fn an_agenda_is_that_of_the_settings_it_was_last_given() {
        let rules = builtin::rules();
        let id = &rules.rules.iter().find(|rule| !rule.is_notice()).expect("some rule is no notice").id;
        let (all, one) = (Settings::default(), Settings { only: vec![id.clone()], ..Settings::default() });
        let mut agenda = Agenda::default();
        agenda.suit(&rules, &all);
        let whole = agenda.asked.len();
        agenda.suit(&rules, &one);
        let asked = agenda.asked.iter().map(|asked| &rules.rules[asked.rule]);
        assert!(asked.clone().any(|rule| rule.id == *id));
        assert!(asked.clone().all(|rule| rule.id == *id || rule.is_notice()));
        agenda.suit(&rules, &all);
        assert!(agenda.asked.len() == whole && whole > 100);
    }
}
