//! Detectors of links and of ways to reach somebody.

use crate::rule::compiled::{LinkWanted, RuleSet};

use super::Settings;
use super::judge::Found;
use super::message::Message;

/// What was found in a block, looked for once.
#[derive(Debug, Default)]
pub(super) struct Contacts;

pub(super) fn links(_: &Message<'_>, _: &LinkWanted, _: &RuleSet, _: &Settings) -> Vec<Found> {
    Vec::new()
}
pub(super) fn emails(_: &Message<'_>, _: &[String], _: &RuleSet, _: &Settings) -> Vec<Found> {
    Vec::new()
}
pub(super) fn phones(_: &Message<'_>, _: &RuleSet) -> Vec<Found> {
    Vec::new()
}
pub(super) fn handles(_: &Message<'_>, _: &[String], _: &RuleSet) -> Vec<Found> {
    Vec::new()
}
