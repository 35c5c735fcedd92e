//! Detectors of signs, numbers, placeholders and metadata.

use crate::rule::compiled::RuleSet;
use crate::rule::schema::{
    EncodingFault, LanguageFault, MetadataFact, OrderIdFault, Pictures, PlaceholderFault, SecretNumber,
    TagForm,
};

use super::Settings;
use super::judge::Found;
use super::message::Message;

pub(super) fn pictures(_: &Message<'_>, _: Pictures, _: &RuleSet) -> Vec<Found> {
    Vec::new()
}
pub(super) fn placeholders(_: &Message<'_>, _: &[String], _: &[PlaceholderFault], _: bool) -> Vec<Found> {
    Vec::new()
}
pub(super) fn order_ids(_: &Message<'_>, _: OrderIdFault, _: &Settings) -> Vec<Found> {
    Vec::new()
}
pub(super) fn subject_tags(_: &Message<'_>, _: &[String], _: TagForm) -> Vec<Found> {
    Vec::new()
}
pub(super) fn line_breaks(_: &Message<'_>, _: usize) -> Vec<Found> {
    Vec::new()
}
pub(super) fn shouting(_: &Message<'_>, _: usize, _: usize) -> Vec<Found> {
    Vec::new()
}
pub(super) fn secret_numbers(_: &Message<'_>, _: &[SecretNumber]) -> Vec<Found> {
    Vec::new()
}
pub(super) fn metadata(_: &Message<'_>, _: MetadataFact) -> Vec<Found> {
    Vec::new()
}
pub(super) fn language(_: &Message<'_>, _: LanguageFault) -> Vec<Found> {
    Vec::new()
}
pub(super) fn encoding(_: &Message<'_>, _: EncodingFault) -> Vec<Found> {
    Vec::new()
}
