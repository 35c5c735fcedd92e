//! Phone numbers, in digits or disguised, without any cost at start.
//!
//! ```text
//! text ─ scan ─▶ candidate ─ parse, plan ─▶ valid number ─ shape, words ─▶ how sure
//!      └ disguise ─▶ digits spelled, spaced, starred, with letters ─▶ the same questions
//! ```
//!
//! [`valid_numbers`] is what libphonenumber's matcher finds at its leniency VALID, which the tests hold it to. It takes
//! any digits that a plan allows: `1979-2011 100` is a number to it. So [`find`] asks twice more: is it written as
//! people write phone numbers ([`shape`]), and what do the words before it say ([`words`])? On the other side it takes
//! numbers that no plan knows but that are written as phones, for those who try a draft write 555.
//!
//! The plans are a flat table that `build.rs` makes (`generate.rs`); nothing is compiled or parsed at run
//! time, and a text costs one scan for digits and one look-up for each word.

mod disguise;
mod parse;
mod plain;
mod plan;
mod scan;
mod shape;
mod signs;
#[cfg(test)]
mod tests;
mod words;
mod wrapped;

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::finding::Confidence;

use plan::Region;

/// A phone number in a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Phone {
    /// The number as it is written, with its `+` or bracket and its extension.
    pub range: Range<usize>,
    /// How sure it is that this is a phone number.
    pub confidence: Confidence,
    /// Whether it is written so that a machine should not see it.
    pub is_disguised: bool,
}

/// Finds the phone numbers of a plain view, in order, none overlapping.
///
/// `region` is the two-letter code, in capitals, of the country whose numbers are written without a country code.
/// For any other string only international numbers are found, and those that the words around them give away.
pub fn find(text: &str, region: &str) -> Vec<Phone> {
    let region = Region::named(region);
    let mut found = Vec::new();
    plain::find(text, region, &mut found);
    if let Some(joined) = wrapped::joined(text) {
        wrapped::find(text, &joined, region, &mut found);
    }
    found.sort_by_key(|phone| phone.range.start);
    plain::find_targets(text, &mut found);
    found.sort_by_key(|phone| phone.range.start);
    disguise::find(text, region, &mut found);
    found.sort_by_key(|phone| (phone.range.start, phone.is_disguised));
    found.dedup_by(|later, kept| later.range.start < kept.range.end);
    found
}

/// What libphonenumber's matcher finds at leniency VALID, in order.
pub fn valid_numbers(text: &str, region: &str) -> Vec<Range<usize>> {
    let region = Region::named(region);
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(candidate) = scan::candidate(text, at) {
        at = candidate.end;
        if let Some((range, _)) = scan::extract(text, candidate, region, 1) {
            at = range.end;
            found.push(range);
        }
    }
    found
}

/// Whether the plans know a number as valid, whatever stands around it.
pub fn is_valid(written: &str, region: &str) -> bool {
    parse::read(written, Region::named(region)).is_some_and(|number| number.verdict().is_valid())
}
