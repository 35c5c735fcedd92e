//! What somebody accepted, with a reason: beside the words, or in the configuration.
//!
//! A finding is marked and not dropped, after families and passages were sorted out: what gave way to an accepted finding
//! does not come up again. An allow in the draft that accepts nothing is an offence of its own; what became of those of the
//! configuration goes into the report, because only who sees all files can say that one is of no use.

use std::collections::HashMap;
use std::ops::Range;

use crate::document::{Allow, AllowedRule, Reach, allow};
use crate::finding::{Confidence, FieldName, Severity};
use crate::rule::compiled::{Detect, Detector, Rule, RuleSet, kind_bit};
use crate::rule::schema::MetadataFact;
use crate::text::nearest::nearest;

use super::family::order;
use super::found::{Accepted, Candidate, Found, Site, Target};
use super::judge::{is_asked, severity_of};
use super::message::Message;
use super::{AllowUse, Allowance, KindOrigin, Settings};

/// Names that somebody could take for those of all rules.
const BLANKETS: [&str; 2] = ["*", "all"];
/// Unknown names for which the nearest rule is looked for, and how long they may be. The next ones have the same slip.
const MOST_GUESSES: usize = 50;
const LONGEST_NAME: usize = 60;

/// What would accept something, beside the words and in the front matter or a record.
const IN_COMMENT: &str = "`<!-- sellerlint: allow RULE reason -->` above the block that it is meant for";
const BEHIND_KEY: &str = "the rule that finds something and a reason, `RULE reason`, behind the key `allow`";

/// Marks what was accepted, and adds what is wrong with the allows of the draft. `unsure` is what would have been found
/// if less sure findings had been asked for. The candidates come and go sorted by place.
pub(super) fn accept(
    message: &Message<'_>,
    mut candidates: Vec<Candidate>,
    unsure: &[Candidate],
    rules: &RuleSet,
    settings: &Settings,
) -> (Vec<Candidate>, Vec<AllowUse>) {
    if !message.document.allows.is_empty() {
        let mut allows = InSource::of(message, rules);
        for candidate in &mut candidates {
            candidate.accepted = allows.accepting(candidate).map(Accepted::InSource);
        }
        unsure.iter().for_each(|candidate| {
            allows.accepting(candidate);
        });
        let faults = allows.faults(message, rules, settings);
        if !faults.is_empty() {
            candidates.extend(faults);
            candidates.sort_by(|a, b| order(a, rules).cmp(&order(b, rules)));
        }
    }
    let uses = accept_configured(message, &mut candidates, unsure, rules, settings);
    (candidates, uses)
}

/// A name in an allow of the draft: the number of the allow, and of the name in it.
type Name = (usize, usize);

/// What the draft asks to be accepted, by the number of the rule.
struct InSource<'m, 'r> {
    allows: &'m [Allow],
    rules: &'r RuleSet,
    by_rule: HashMap<usize, OfRule>,
    /// For each allow, which of its names accepted something.
    is_met: Vec<Vec<bool>>,
}

/// What the draft asks to be accepted of one rule.
#[derive(Default)]
struct OfRule {
    /// The first for the whole message.
    whole: Option<Name>,
    /// Blocks by page; of each page they begin and end in order.
    blocks: HashMap<usize, Vec<(Range<usize>, Name)>>,
    /// Whether the rule found something in the message as a whole.
    is_about_whole: bool,
}

impl<'m, 'r> InSource<'m, 'r> {
    fn of(message: &'m Message<'_>, rules: &'r RuleSet) -> Self {
        let allows = &message.document.allows;
        let numbers: HashMap<&str, usize> =
            rules.rules.iter().enumerate().map(|(number, rule)| (rule.id.as_str(), number)).collect();
        let mut by_rule: HashMap<usize, OfRule> = HashMap::new();
        for (at, allow) in allows.iter().enumerate().filter(|(_, allow)| !allow.reason.is_empty()) {
            for (name, rule) in allow.rules.iter().enumerate() {
                let Some(number) = numbers.get(rule.name.as_str()) else { continue };
                if refusal(&rules.rules[*number]).is_none() {
                    by_rule.entry(*number).or_default().add(allow, (at, name));
                }
            }
        }
        let is_met = allows.iter().map(|allow| vec![false; allow.rules.len()]).collect();
        Self { allows, rules, by_rule, is_met }
    }

    /// The allow that accepts a candidate, or what gave way to it. It has been of use.
    fn accepting(&mut self, candidate: &Candidate) -> Option<usize> {
        for rule in &candidate.also {
            self.met(*rule, candidate.site.as_ref());
        }
        self.met(candidate.rule, candidate.site.as_ref())
    }

    fn met(&mut self, rule: usize, site: Option<&Site>) -> Option<usize> {
        let of_rule = self.by_rule.get_mut(&rule)?;
        of_rule.is_about_whole |= site.is_none();
        let (allow, name) = of_rule.reaching(site)?;
        self.is_met[allow][name] = true;
        Some(allow)
    }

    /// What is wrong with the allows, as candidates of the rule about that, if it is asked.
    fn faults(&self, message: &Message<'_>, rules: &RuleSet, settings: &Settings) -> Vec<Candidate> {
        let Some(number) = rules.rules.iter().position(is_about_allows) else { return Vec::new() };
        let rule = &rules.rules[number];
        let detect = rule.detect.iter().position(|detect| is_allow_detector(&detect.detector)).unwrap_or(0);
        let Some(severity) = severity_of(rule, &rule.detect[detect], settings) else { return Vec::new() };
        if !is_asked(message, rule, settings) {
            return Vec::new();
        }
        let severity = if settings.strict_allow { Severity::Error } else { severity };
        let candidate = |(allow, at, problem): (&Allow, Range<usize>, String)| {
            let field = if allow.is_comment { FieldName::Body } else { FieldName::Metadata };
            let target = Target::Written { page: allow.page, range: at, field };
            let instead = if allow.is_comment { IN_COMMENT } else { BEHIND_KEY };
            let found =
                Found::new(target, Confidence::High).with("problem", problem).with("instead", instead);
            let site = message.site(&found.target);
            Candidate {
                rule: number,
                detect,
                severity,
                held: None,
                found,
                site,
                also: Vec::new(),
                accepted: None,
            }
        };
        self.problems(message, settings).into_iter().map(candidate).collect()
    }

    /// What is wrong with the allows, and where.
    fn problems(&self, message: &Message<'_>, settings: &Settings) -> Vec<(&'m Allow, Range<usize>, String)> {
        let mut problems = Vec::new();
        let mut guesses = MOST_GUESSES;
        for (number, allow) in self.allows.iter().enumerate() {
            if let Some(problem) = problem_of(allow) {
                problems.push((allow, allow.at.clone(), problem));
                continue;
            }
            for (name, rule) in allow.rules.iter().enumerate() {
                let problem = match self.rules.rules.iter().find(|known| known.id == rule.name) {
                    None => Some(unknown(rule, self.rules, &mut guesses)),
                    Some(known) => refusal(known).or_else(|| {
                        let is_idle = !self.is_met[number][name] && is_wholly_asked(message, known, settings);
                        is_idle.then(|| self.idle(allow, rule))
                    }),
                };
                problems.extend(problem.map(|problem| (allow, rule.at.clone(), problem)));
            }
        }
        problems
    }

    fn idle(&self, allow: &Allow, rule: &AllowedRule) -> String {
        let number = self.rules.rules.iter().position(|known| known.id == rule.name);
        let of_rule = number.and_then(|number| self.by_rule.get(&number));
        let name = &rule.name;
        match &allow.reach {
            Reach::Block(block) if block.is_empty() => {
                format!("nothing follows in which `{name}` could be found")
            }
            Reach::Block(_) if of_rule.is_some_and(|of_rule| of_rule.is_about_whole) => {
                format!(
                    "`{name}` is about the message as a whole and not about a block of it: write `allow-file`"
                )
            }
            Reach::Block(_) => format!("`{name}` is not found in the block below"),
            _ => format!("`{name}` is not found in the message"),
        }
    }
}

impl OfRule {
    fn add(&mut self, allow: &Allow, name: Name) {
        match &allow.reach {
            Reach::Message => {
                self.whole.get_or_insert(name);
            }
            Reach::Block(block) => {
                self.blocks.entry(allow.page).or_default().push((block.clone(), name));
            }
            Reach::Unknown { .. } => {}
        }
    }

    /// The name that reaches a place: of blocks the one whose comment is nearest, else the one for the whole message.
    fn reaching(&self, site: Option<&Site>) -> Option<Name> {
        let in_block = site.and_then(|site| {
            let blocks = self.blocks.get(&site.page)?;
            let above = blocks.partition_point(|(block, _)| block.start <= site.range.start);
            let (block, name) = blocks.get(above.checked_sub(1)?)?;
            (site.range.start < block.end).then_some(*name)
        });
        in_block.or(self.whole)
    }
}

/// What is wrong with an allow as a whole, so that it accepts nothing.
fn problem_of(allow: &Allow) -> Option<String> {
    if let Reach::Unknown { word } = &allow.reach {
        let right = match nearest(&short(word), allow::WORDS) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "`allow RULE reason` or `allow-file RULE reason`".to_owned(),
        };
        return Some(format!("there is no `{}` ({right})", short(word)));
    }
    if allow.rules.is_empty() {
        return Some("it names no rule".to_owned());
    }
    let is_blanket = |rule: &&AllowedRule| BLANKETS.contains(&rule.name.as_str());
    if let Some(rule) = allow.rules.iter().find(is_blanket) {
        return Some(format!("`{}` is no rule: everything at once cannot be accepted", rule.name));
    }
    allow.reason.is_empty().then(|| "it gives no reason".to_owned())
}

fn unknown(rule: &AllowedRule, rules: &RuleSet, guesses: &mut usize) -> String {
    let name = short(&rule.name);
    let is_guessed = *guesses > 0 && rule.name.len() <= LONGEST_NAME;
    *guesses = guesses.saturating_sub(1);
    let known = rules.rules.iter().map(|rule| rule.id.as_str());
    match is_guessed.then(|| nearest(&name, known)).flatten() {
        Some(near) => format!("there is no rule `{name}` (did you mean `{near}`?)"),
        None => format!("there is no rule `{name}` (`sellerlint rules` lists them all)"),
    }
}

/// The beginning of a name, as much as a message can show.
fn short(name: &str) -> String {
    match name.char_indices().nth(LONGEST_NAME) {
        Some((end, _)) => format!("{}…", &name[..end]),
        None => name.to_owned(),
    }
}

/// Why nobody can accept in a draft what a rule finds.
fn refusal(rule: &Rule) -> Option<String> {
    if rule.is_notice() {
        return Some(format!("`{}` tells what was not judged, which cannot be accepted", rule.id));
    }
    is_about_allows(rule).then(|| format!("`{}` cannot be accepted in the draft itself", rule.id))
}

/// Whether a rule is about what asks to be accepted.
pub(super) fn is_about_allows(rule: &Rule) -> bool {
    rule.detect.iter().any(|detect| is_allow_detector(&detect.detector))
}

fn is_allow_detector(detector: &Detector) -> bool {
    matches!(detector, Detector::Metadata(MetadataFact::UnusedAllow))
}

/// Marks what the configuration accepts and nobody else has, and says which of its allows had something to accept.
fn accept_configured(
    message: &Message<'_>,
    candidates: &mut [Candidate],
    unsure: &[Candidate],
    rules: &RuleSet,
    settings: &Settings,
) -> Vec<AllowUse> {
    let allows = &settings.allows;
    let mut is_met = vec![false; allows.len()];
    let covers = |allow: &Allowance, rule: usize, candidate: &Candidate| {
        let rule = &rules.rules[rule];
        rule.id == allow.rule
            && !rule.is_notice()
            && (allow.text.as_ref())
                .is_none_or(|text| is_same(text, message.words_of(&candidate.found.target)))
    };
    let met = |candidate: &Candidate, is_met: &mut [bool]| {
        let mut first = None;
        for (at, allow) in allows.iter().enumerate() {
            let is_own = covers(allow, candidate.rule, candidate);
            is_met[at] |= is_own || candidate.also.iter().any(|rule| covers(allow, *rule, candidate));
            first = first.or(is_own.then_some(at));
        }
        first
    };
    if allows.is_empty() {
        return Vec::new();
    }
    for candidate in candidates {
        let by = met(candidate, &mut is_met).map(Accepted::Configuration);
        candidate.accepted = candidate.accepted.or(by);
    }
    unsure.iter().for_each(|candidate| {
        met(candidate, &mut is_met);
    });
    let is_asked = |allow: &Allowance| {
        rules.rules.iter().any(|rule| rule.id == allow.rule && is_wholly_asked(message, rule, settings))
    };
    let uses = allows.iter().zip(is_met).filter(|(allow, is_met)| *is_met || is_asked(allow));
    uses.map(|(allow, is_met)| AllowUse { number: allow.number, is_met }).collect()
}

/// Whether a rule would have found what an allow is about: it is asked, and neither the profile nor a
/// kind that was typed for this run alone takes a part of it away.
fn is_wholly_asked(message: &Message<'_>, rule: &Rule, settings: &Settings) -> bool {
    let is_kind_typed = matches!(settings.kind, Some((_, KindOrigin::Option)));
    let is_left = |detect: &Detect| {
        severity_of(rule, detect, settings).is_some()
            && (!is_kind_typed || detect.kinds & kind_bit(message.kind) != 0)
    };
    is_asked(message, rule, settings) && rule.detect.iter().all(is_left)
}

/// Whether two texts are the same but for white space.
fn is_same(one: &str, other: &str) -> bool {
    one.split_whitespace().eq(other.split_whitespace())
}
