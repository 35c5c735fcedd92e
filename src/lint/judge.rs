//! Asks every rule.

use crate::finding::{Channel, Day, FieldName, Profile, Severity};
use crate::rule::compiled::{Detect, Detector, Rule, RuleSet, kind_bit, scope_bit};
use crate::rule::schema::{BreaksIn, Level, Severities};

use super::agenda::Agenda;
use super::condition::holds;
use super::found::{Candidate, Found, Target};
use super::lead::with_lead;
use super::message::Message;
use super::{
    Settings, alternatives, attachments, channels, contacts, envelope, facts, language, marked, phrases,
    quotation, slips,
};

/// What was found in a message, in no certain order.
#[derive(Debug, Default)]
pub(super) struct Judged {
    /// What counts.
    pub(super) candidates: Vec<Candidate>,
    /// What is less sure than was asked for.
    pub(super) unsure: Vec<Candidate>,
}

/// All candidates of all rules that are on; the agenda is that of the rules and the settings.
pub(super) fn judge(message: &Message<'_>, rules: &RuleSet, settings: &Settings, agenda: &Agenda) -> Judged {
    let mut judged = Judged::default();
    for asked in agenda.of_message(message, rules) {
        let rule = &rules.rules[asked.rule];
        let detect = &rule.detect[asked.detect];
        let is_about = asked.kinds & kind_bit(message.kind) != 0 && is_about_channel(message, detect);
        if !is_about || !holds_for_message(message, detect) {
            continue;
        }
        for mut found in found_by(message, &detect.detector, rules, settings) {
            if !looks_into(message, detect, &found.target) || !holds(message, detect, &found.target) {
                continue;
            }
            found.confidence =
                quotation::confidence(message, &detect.detector, &found).min(detect.confidence);
            found.target = with_lead(message, detect, found.target);
            found.values.extend(channels::values(message, detect));
            let severity = asked.severity.capped(found.confidence, settings.profile);
            let site = message.site(&found.target);
            let is_unsure = found.confidence < settings.min_confidence && !rule.is_notice();
            let list = if is_unsure { &mut judged.unsure } else { &mut judged.candidates };
            list.push(Candidate {
                rule: asked.rule,
                detect: asked.detect,
                severity,
                held: asked.held,
                found,
                site,
                also: Vec::new(),
                accepted: None,
            });
        }
    }
    judged
}

/// Whether a rule is asked about a message, so that it could find something there.
pub(super) fn is_asked(message: &Message<'_>, rule: &Rule, settings: &Settings) -> bool {
    let is_on = |detect: &Detect| {
        severity_of(rule, detect, settings).is_some()
            && is_about(message, detect)
            && (message.is_final || !detect.detector.is_for_final())
    };
    rule.kinds & kind_bit(message.kind) != 0 && is_selected(rule, settings) && rule.detect.iter().any(is_on)
}

/// Whether a detector is for messages of the kind and the channel.
fn is_about(message: &Message<'_>, detect: &Detect) -> bool {
    detect.kinds & kind_bit(message.kind) != 0 && is_about_channel(message, detect)
}

/// The worst that a finding of a rule can be; `None` where the rule is not asked.
pub(super) fn worst(rule: &Rule, settings: &Settings) -> Option<Severity> {
    if !is_selected(rule, settings) {
        return None;
    }
    let of_detect = |detect: &Detect| {
        Some(severity_of(rule, detect, settings)?.capped(detect.confidence, settings.profile))
    };
    let is_sure_enough = |detect: &&Detect| detect.confidence >= settings.min_confidence || rule.is_notice();
    rule.detect.iter().filter(is_sure_enough).filter_map(of_detect).max()
}

/// Whether a rule is asked. Notices about what could not be read always are: nobody can choose not to know.
pub(super) fn is_selected(rule: &Rule, settings: &Settings) -> bool {
    settings.only.is_empty() || settings.only.contains(&rule.id) || rule.is_notice()
}

/// The severity that a finding would have before its confidence caps it; `None` where the rule is off.
pub(super) fn severity_of(rule: &Rule, detect: &Detect, settings: &Settings) -> Option<Severity> {
    let of_pack = level_in(&detect.severity.unwrap_or(rule.severity), settings.profile);
    let severity = settings.levels.get(&rule.id).copied().unwrap_or(of_pack).severity()?;
    Some(if held(rule, detect, settings).is_some() { Severity::Note } else { severity })
}

/// The day since when this holds, if that is later than the day at which the rules are held. A severity that the user
/// gave the rule shows that they know it: then nothing is held back.
pub(super) fn held(rule: &Rule, detect: &Detect, settings: &Settings) -> Option<Day> {
    let from = detect.from.filter(|_| !settings.levels.contains_key(&rule.id))?;
    (from > settings.policy_date?).then_some(from)
}

fn level_in(severities: &Severities, profile: Profile) -> Level {
    match profile {
        Profile::Lenient => severities.lenient,
        Profile::Standard => severities.standard,
        Profile::Strict => severities.strict,
    }
}

fn is_about_channel(message: &Message<'_>, detect: &Detect) -> bool {
    let is_it = |channel: &Channel| detect.channels.iter().any(|name| channel.is_in(name));
    detect.channels.is_empty() || message.channel.as_ref().is_some_and(is_it)
}

fn holds_for_message(message: &Message<'_>, detect: &Detect) -> bool {
    let has = detect.message_has == 0 || message.any_has(detect.message_has);
    let document = message.document;
    let has_files = document.attachments.iter().any(|file| !file.is_inline);
    let is_about_files = match detect.attachments {
        Some(true) => has_files,
        Some(false) => !has_files && document.knows_attachments(),
        None => true,
    };
    let is_about_input = detect.inputs.is_empty() || detect.inputs.contains(&document.input);
    has && is_about_files && is_about_input && !message.any_has(detect.message_lacks)
}

fn looks_into(message: &Message<'_>, detect: &Detect, target: &Target) -> bool {
    let block = match target {
        Target::Words(block, _) => message.texts[*block].block,
        Target::Written { page, field: FieldName::Body, .. } => {
            return detect.repeats || !is_repeat(message, *page);
        }
        _ => return true,
    };
    if block.is_repeat && !detect.repeats {
        return false;
    }
    let is_in_field = match block.field {
        FieldName::Subject => detect.in_subject,
        _ => detect.in_body,
    };
    is_in_field && detect.scopes & scope_bit(block.scope) != 0
}

/// Whether a page is a form that repeats another.
fn is_repeat(message: &Message<'_>, page: usize) -> bool {
    message.document.blocks.iter().any(|block| block.page == page && block.is_repeat)
}

fn found_by(message: &Message<'_>, detector: &Detector, rules: &RuleSet, settings: &Settings) -> Vec<Found> {
    match detector {
        Detector::Phrase { any, mark } => phrases::phrases(message, *any, *mark),
        Detector::Pair { first, second, apart, reach, either_order, mark } => {
            let distance = usize::from(*apart)..=usize::from(*reach);
            phrases::pairs(message, [*first, *second], &distance, *either_order, *mark)
        }
        Detector::Roles { only, beside, apart, none_of, min_words } => {
            phrases::whole_message(message, [*only, *beside, *apart, *none_of], *min_words as usize)
        }
        Detector::Regex { pattern, needs } => phrases::regex(message, pattern, needs),
        Detector::Link(wanted) => contacts::links(message, wanted, rules, settings),
        Detector::Email { not_hosts } => contacts::emails(message, not_hosts, rules, settings),
        Detector::Phone => contacts::phones(message, rules),
        Detector::Handle { networks } => contacts::handles(message, networks, rules),
        Detector::Pictures(which) => facts::pictures(message, *which, rules),
        Detector::Placeholder { meanings, faults, only_final } => {
            facts::placeholders(message, meanings, faults, *only_final)
        }
        Detector::OrderId(fault) => facts::order_ids(message, *fault, settings),
        Detector::SubjectTag { words, form } => facts::subject_tags(message, words, *form),
        Detector::LineBreaks { most, place } => {
            let most = settings.limits.of(*most) as usize;
            match place {
                BreaksIn::Text => facts::line_breaks(message, most),
                BreaksIn::Markup => marked::line_breaks(message, most),
            }
        }
        Detector::Shouting { words, marks } => facts::shouting(message, *words as usize, *marks as usize),
        Detector::SecretNumber { which } => facts::secret_numbers(message, which),
        Detector::Metadata(fact) => facts::metadata(message, *fact, rules),
        Detector::Language(fault) => language::faults(message, *fault, rules, settings),
        Detector::Slip(kind) => slips::slips(message, *kind, rules),
        Detector::Encoding(fault) => facts::encoding(message, *fault),
        Detector::Length { least, most } => channels::length(message, *least as usize, *most as usize),
        Detector::Channel => vec![Found::message()],
        Detector::AttachmentCount { least, most } => {
            channels::attachment_count(message, *least as usize, *most as usize)
        }
        Detector::Tag => channels::tags(message),
        Detector::Style(wanted) => marked::style(message, wanted),
        Detector::Margin { most } => marked::margins(message, settings.limits.of(*most), &settings.limits),
        Detector::FontSizes { most } => marked::font_sizes(message, settings.limits.of(*most) as usize),
        Detector::Contrast(wanted) => marked::contrast(message, wanted),
        Detector::Image(wanted) => marked::images(message, wanted, rules, settings),
        Detector::Element(wanted) => marked::elements(message, wanted),
        Detector::Hidden(wanted) => marked::hidden(message, wanted),
        Detector::Structure(wanted) => marked::structure(message, wanted.fault),
        Detector::Attachment(wanted) => attachments::attachments(message, wanted, rules),
        Detector::Header { names, values } => envelope::headers(message, names, values),
        Detector::Recipient { headers, not_hosts, more_than } => {
            envelope::recipients(message, headers, not_hosts, *more_than as usize, rules, settings)
        }
        Detector::Subject { fault, prefixes } => envelope::subject(message, *fault, prefixes),
        Detector::Alternatives { shared_percent, min_words } => {
            alternatives::divergent(message, *shared_percent as usize, *min_words as usize)
        }
    }
}
