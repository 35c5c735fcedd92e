//! Letters without which no regular expression of the rules can match.
//!
//! Hardly any message holds them, so all are looked for in one go, and only where one stands does each expression look for
//! its own.

use aho_corasick::{AhoCorasick, Input, MatchKind};

use crate::rule::compiled::{Detector, Needed, RuleSet};

/// What the expressions of some rules need.
#[derive(Debug)]
pub(super) struct Needles {
    /// Letters, and whether a digit has to stand behind them.
    all: Vec<(String, bool)>,
    /// Finds the letters; `None` if they are too many for it.
    automaton: Option<AhoCorasick>,
}

impl Needles {
    /// Those of some rules.
    pub(super) fn of(rules: &RuleSet) -> Self {
        let detectors = rules.rules.iter().flat_map(|rule| &rule.detect).map(|detect| &detect.detector);
        let needed = detectors.flat_map(needed_by).map(Needed::letters_before_digit);
        let mut all: Vec<(String, bool)> =
            needed.map(|(letters, is_before_digit)| (letters.to_owned(), is_before_digit)).collect();
        all.sort_unstable();
        all.dedup();
        // This kind passes over most of a text many bytes at a time.
        let mut builder = AhoCorasick::builder();
        builder.match_kind(MatchKind::LeftmostFirst);
        let automaton = builder.build(all.iter().map(|(letters, _)| letters)).ok();
        Self { all, automaton }
    }

    /// Whether one of them may stand in a folded text.
    pub(super) fn may_stand_in(&self, folded: &str) -> bool {
        let Some(automaton) = &self.automaton else { return true };
        let mut from = 0;
        while let Some(met) = automaton.find(Input::new(folded).range(from..)) {
            if self.begins(&folded.as_bytes()[met.start()..]) {
                return true;
            }
            // Another one may begin inside of what was met.
            from = met.start() + 1;
        }
        false
    }

    /// Whether a text begins with one of them.
    fn begins(&self, text: &[u8]) -> bool {
        self.all.iter().any(|(letters, is_before_digit)| {
            let behind = text.strip_prefix(letters.as_bytes());
            behind.is_some_and(|behind| !is_before_digit || behind.first().is_some_and(u8::is_ascii_digit))
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
