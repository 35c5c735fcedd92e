//! MEASURE: how well the rules do on messages of which somebody said what is wrong with them.
//!
//! A [`Corpus`] is read from labelled messages, one JSON object a line; [`Labels`] says which rules answer to which label;
//! [`measure()`] lints each message as `check` would read it from a record, and counts. What counts:
//!
//! * A firm label is found by a finding that overlaps its quote, of a rule that answers to it, and bad enough for it.
//! * A finding that counts (an error, unless less is asked for) is right if it overlaps a label that its rule answers to,
//!   and else wrong. If no label could speak of its rule, it is left unjudged.
//! * A debatable label is neither wanted, nor is a finding on it wrong.
//! * An alarm is a clean message with a finding that counts and can be judged.
//!
//! Absent on purpose: a weight for each rule, and any learning. A table is for people who then look at the messages.

mod judge;
mod label;
mod measure;
mod message;
mod score;
#[cfg(test)]
mod tests;

pub use label::{Label, Labels};
pub use measure::{Group, LabelRow, Measured, Missed, Options, RuleRow, Wrong, measure};
pub use message::{Corpus, Labelled, Mistake, Passage, Quote};
pub use score::{Score, Share};
