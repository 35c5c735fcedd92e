//! The name or number behind that of a network: `WeChat: shop_88`, `Line ID xyz`, `WhatsApp +1 202 555 0143`.

use std::ops::Range;

use crate::detect::domain::Host;
use crate::detect::handle::mention::Mention;
use crate::detect::lists::Lists;
use crate::detect::neighbours::{begins_clause, ends_clause, floor, is_blank, word_before};
use crate::verdict::Confidence;

/// A name or number on a network.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Name {
    /// Where.
    pub(super) range: Range<usize>,
    /// How sure it is that it is one.
    pub(super) confidence: Confidence,
}

/// What stands between the two: `ID`, a colon.
#[derive(Debug, Clone, Copy, Default)]
struct Joint {
    end: usize,
    has_colon: bool,
    has_label: bool,
}

/// Digits of the shortest number, with and without a sign that one follows.
const SHORTEST_NUMBER: usize = 7;
const SHORTEST_ANNOUNCED: usize = 5;
/// Words that lead from a number to the network it is on.
const LEADS: [&str; 6] = ["via", "on", "per", "auf", "sur", "over"];

/// The name that stands behind byte `at`, where a mention or its invitation ends.
pub(super) fn behind(
    text: &str,
    mention: &Mention<'_>,
    at: usize,
    lists: &Lists,
    is_invited: bool,
) -> Option<Name> {
    let mut joint = joint(text, at, lists);
    joint.end += break_before_at(&text[joint.end..]);
    let rest = &text[joint.end..floor(text, joint.end + 64)];
    let is_ambiguous = mention.network.ambiguous && !is_invited;
    let begins = begins_clause(text, mention.range.start);
    if let Some(length) = at_name_length(rest) {
        return Some(Name { range: joint.end..joint.end + length, confidence: Confidence::High });
    }
    if let Some(length) = number_length(rest, joint) {
        let is_sure = !is_ambiguous || joint.has_label || (joint.has_colon && begins);
        return is_sure
            .then_some(Name { range: joint.end..joint.end + length, confidence: Confidence::High });
    }
    let token = token(rest)?;
    let range = joint.end..joint.end + token.len();
    let confidence = judge(text, token, &range, joint, lists, (is_ambiguous, begins && !is_invited))?;
    Some(Name { range, confidence })
}

/// Whether a number stands before byte `at` that a bracket or a word ties to what follows: `+1 202 555 0143 (WhatsApp`.
pub(super) fn stands_before(text: &str, at: usize) -> bool {
    let before = &text[floor(text, at.saturating_sub(40))..at];
    let bracket = before.trim_end_matches(is_blank);
    let lead = word_before(text, at);
    let number = match bracket.strip_suffix(['(', '/']) {
        Some(number) => number,
        None if LEADS.contains(&lead) => bracket.trim_end_matches(lead),
        None => return false,
    };
    let number = number.trim_end_matches(is_blank);
    let digits = number.chars().rev().take_while(|c| is_number_char(*c)).filter(char::is_ascii_digit).count();
    digits >= SHORTEST_NUMBER
}

/// Reads over colons, quotes and words such as `ID`.
fn joint(text: &str, at: usize, lists: &Lists) -> Joint {
    let mut joint = Joint { end: at, ..Joint::default() };
    for _ in 0..6 {
        let rest = &text[joint.end..floor(text, joint.end + 32)];
        let gap = rest.len() - rest.trim_start_matches(is_blank).len();
        let rest = &rest[gap..];
        let word = &rest[..rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len())];
        let step = match rest.chars().next() {
            Some(':' | '=') => {
                joint.has_colon = true;
                1
            }
            Some('-' | '(' | '"' | '\'' | '#') => 1,
            Some(',') if announces_name(&rest[1..], lists) => 1,
            _ if word.is_empty() || rest[word.len()..].starts_with(['_', '.', '@']) => 0,
            _ if lists.has_word("handle-labels", word) => {
                joint.has_label = true;
                word.len()
            }
            _ if lists.has_word("handle-fillers", word) => word.len(),
            _ => 0,
        };
        joint.end += gap + step;
        if step == 0 {
            break;
        }
    }
    joint
}

/// Whether a name follows the comma behind the name of a network: `WeChat, ID: shop_88`.
fn announces_name(rest: &str, lists: &Lists) -> bool {
    let rest = rest.trim_start_matches(is_blank);
    let (word, behind) = rest.split_at(rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len()));
    let is_label = |word: &str| lists.has_word("handle-labels", word);
    let next = behind.trim_start_matches(is_blank);
    let next = &next[..next.find(|c: char| !c.is_alphanumeric()).unwrap_or(next.len())];
    rest.starts_with('@') || is_label(word) || (lists.has_word("handle-fillers", word) && is_label(next))
}

/// The length of a line break, blanks and all, behind which an `@name` stands.
fn break_before_at(rest: &str) -> usize {
    let after = rest.trim_start_matches(is_blank);
    let after = after.strip_prefix("\r\n").or(after.strip_prefix('\n')).unwrap_or(rest);
    if after.starts_with('@') { rest.len() - after.len() } else { 0 }
}

/// Length of `@name`.
fn at_name_length(rest: &str) -> Option<usize> {
    let name = rest.strip_prefix('@')?;
    let name = token(name)?;
    (name.len() >= 2 && name.contains(|c: char| c.is_ascii_alphabetic())).then_some(1 + name.len())
}

/// Length of a number with enough digits.
fn number_length(rest: &str, joint: Joint) -> Option<usize> {
    let run = &rest[..rest.find(|c| !is_number_char(c)).unwrap_or(rest.len())];
    let run = run.trim_end_matches(|c: char| !c.is_ascii_digit());
    let digits = run.bytes().filter(u8::is_ascii_digit).count();
    let least = if joint.has_colon || joint.has_label { SHORTEST_ANNOUNCED } else { SHORTEST_NUMBER };
    let goes_on = rest[run.len()..].starts_with(|c: char| c.is_ascii_alphabetic());
    (digits >= least && !goes_on).then_some(run.len())
}

fn is_number_char(c: char) -> bool {
    c.is_ascii_digit() || is_blank(c) || matches!(c, '+' | '(' | ')' | '-' | '.' | '/')
}

/// The run of letters that names are made of, without the punctuation of the sentence.
fn token(rest: &str) -> Option<&str> {
    let run = &rest[..rest.find(|c: char| !is_token_char(c)).unwrap_or(rest.len())];
    let run = run.trim_end_matches(['.', ':', '-']);
    let is_address = rest[run.len()..].starts_with(['@', '/']) || rest[run.len()..].starts_with("://");
    (!run.is_empty() && !is_address).then_some(run)
}

fn is_token_char(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-' | ':')
}

/// How sure it is that a run of letters is a name there.
fn judge(
    text: &str,
    token: &str,
    range: &Range<usize>,
    joint: Joint,
    lists: &Lists,
    (is_ambiguous, begins): (bool, bool),
) -> Option<Confidence> {
    let has_letter = token.contains(|c: char| c.is_ascii_alphabetic());
    let is_host = Host::longest(token).is_some();
    if token.len() < 3 || !has_letter || is_host || lists.has_word("sentence-words", token) {
        return None;
    }
    let has_mark = token.contains(|c: char| c.is_ascii_digit() || matches!(c, '_' | '.' | ':'));
    let ends = ends_clause(text, range.end);
    match joint {
        Joint { has_label: true, .. } if has_mark || ends => Some(Confidence::High),
        Joint { has_colon: true, .. } if is_ambiguous => (has_mark && begins).then_some(Confidence::Medium),
        Joint { has_colon: true, .. } if has_mark => Some(Confidence::High),
        Joint { has_colon: true, .. } => ends.then_some(Confidence::Medium),
        _ if is_ambiguous => None,
        _ if has_mark && (token.contains(['_', ':']) || (begins && ends)) => Some(Confidence::Medium),
        _ if is_unspaced_before(text, range.start) && has_mark => Some(Confidence::Medium),
        _ => (begins && ends).then_some(Confidence::Low),
    }
}

/// Whether a script without blanks stands before, which does not tell where a clause begins.
fn is_unspaced_before(text: &str, at: usize) -> bool {
    let before = text[..at].trim_end_matches(is_blank);
    before.chars().next_back().is_some_and(crate::detect::domain::is_unspaced)
}
