//! Letters without which no regular expression of the rules can match.
//!
//! Hardly any message holds them, so all are looked for in one go, and only where one stands does each expression look for
//! its own.

use aho_corasick::AhoCorasick;

use crate::rule::compiled::{Detector, Needed, RuleSet};

/// What the expressions of some rules need.
#[derive(Debug, Clone)]
pub(super) struct Needles {
    /// `None` if they are too many for it.
    automaton: Option<AhoCorasick>,
    /// Of each needle, whether a digit has to stand behind it.
    before_digit: Vec<bool>,
}

impl Needles {
    /// Those of some rules.
    pub(super) fn of(rules: &RuleSet) -> Self {
        let detectors = rules.rules.iter().flat_map(|rule| &rule.detect).map(|detect| &detect.detector);
        let mut needles: Vec<(&str, bool)> =
            detectors.flat_map(needed_by).map(Needed::letters_before_digit).collect();
        needles.sort_unstable();
        needles.dedup();
        let automaton = AhoCorasick::new(needles.iter().map(|(letters, _)| letters)).ok();
        Self { automaton, before_digit: needles.iter().map(|(_, is_before)| *is_before).collect() }
    }

    /// Whether one of them may stand in a folded text.
    pub(super) fn may_stand_in(&self, folded: &str) -> bool {
        let Some(automaton) = &self.automaton else { return true };
        let bytes = folded.as_bytes();
        // One may begin in another, so those that overlap are told, too.
        let mut met = automaton.find_overlapping_iter(bytes);
        met.any(|met| {
            !self.before_digit[met.pattern().as_usize()]
                || bytes.get(met.end()).is_some_and(u8::is_ascii_digit)
        })
    }
}

fn needed_by(detector: &Detector) -> &[Needed] {
    match detector {
        Detector::Regex { needs, .. } => needs,
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rule::builtin;

    #[test]
    fn what_some_expression_needs_is_seen_wherever_it_stands() {
        let rules = builtin::rules();
        let needles = Needles::of(&rules);
        let detectors = rules.rules.iter().flat_map(|rule| &rule.detect);
        let needed: Vec<&Needed> = detectors.flat_map(|detect| needed_by(&detect.detector)).collect();
        for text in [
            "hauptstr. 12",
            "hauptstr.12",
            "hauptstr. a",
            "haupstraße 1",
            "our instagram page",
            "instant bring 5 things",
            "during the ring of 5",
            "see cat.gif",
            "unsubscribe",
            "[cid:1]",
            "nothing of that kind",
            "",
        ] {
            let stands = needed.iter().any(|needed| needed.stands_in(text));
            assert_eq!(needles.may_stand_in(text), stands, "{text}");
        }
        assert!(needles.may_stand_in("hauptstr. 12") && !needles.may_stand_in("nothing of that kind"));
    }
}
