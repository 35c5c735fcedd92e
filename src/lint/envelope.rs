//! What stands on the envelope of a message: headers, recipients, the subject as a whole.

use std::collections::HashSet;

use crate::detect::domain::Host;
use crate::document::Mailbox;
use crate::finding::FieldName;
use crate::rule::compiled::RuleSet;
use crate::rule::schema::SubjectFault;

use super::Settings;
use super::contacts::is_on_lists;
use super::found::Found;
use super::message::Message;

/// Headers of certain names, with certain values.
pub(super) fn headers(message: &Message<'_>, names: &[String], values: &[String]) -> Vec<Found> {
    let is_named = |written: &str| {
        names.iter().any(|name| match name.strip_suffix('*') {
            Some(beginning) => written.starts_with(beginning),
            None => written == name,
        })
    };
    let holds = |value: &str| {
        let value = value.to_lowercase();
        values.is_empty() || values.iter().any(|wanted| value.contains(wanted.as_str()))
    };
    let headers = message.document.headers.iter();
    headers
        .filter(|header| is_named(&header.name) && holds(&header.value))
        .map(|header| Found::header(header.at.clone()).with("header", &header.name))
        .collect()
}

/// Mailboxes in these headers whose host is on none of the lists, from the one on that is one too many. What stands
/// where an address belongs and is none, such as a placeholder, is nobody.
pub(super) fn recipients(
    message: &Message<'_>,
    headers: &[String],
    not_hosts: &[String],
    most: usize,
    rules: &RuleSet,
    settings: &Settings,
) -> Vec<Found> {
    let mut met: HashSet<String> = HashSet::new();
    let mut found = Vec::new();
    for mailbox in &message.document.mailboxes {
        let Some(host) = host_of(mailbox).filter(|_| headers.contains(&mailbox.header)) else { continue };
        if is_on_lists(&host, not_hosts, rules, settings) || !met.insert(mailbox.address.to_lowercase()) {
            continue;
        }
        if met.len() > most {
            found.push(
                Found::header(mailbox.at.clone()).with("host", host.name()).with("header", &mailbox.header),
            );
        }
        if most > 0 && !found.is_empty() {
            break;
        }
    }
    found
}

fn host_of(mailbox: &Mailbox) -> Option<Host> {
    let (_, host) = mailbox.address.rsplit_once('@')?;
    Host::parse(host)
}

/// What is wrong with the subject as a whole.
pub(super) fn subject(message: &Message<'_>, fault: SubjectFault, prefixes: &[String]) -> Vec<Found> {
    match fault {
        SubjectFault::Empty => empty_subject(message).into_iter().collect(),
        SubjectFault::Prefix => prefix(message, prefixes).into_iter().collect(),
    }
}

fn empty_subject(message: &Message<'_>) -> Option<Found> {
    let mut subjects = message.said(FieldName::Subject).peekable();
    if subjects.peek().is_none() {
        return (!message.document.headers.is_empty()).then(Found::message);
    }
    if subjects.any(|(_, text)| !text.block.text.text().trim().is_empty()) {
        return None;
    }
    let header = message.document.headers.iter().find(|header| header.name == "subject");
    Some(header.map_or_else(Found::message, |header| Found::header(header.at.clone())))
}

/// The word before the first colon of a subject, unless the message quotes what it answers.
fn prefix(message: &Message<'_>, prefixes: &[String]) -> Option<Found> {
    if message.texts.iter().any(|text| !text.block.quoted.is_empty()) {
        return None;
    }
    let (block, text) = message.said(FieldName::Subject).next()?;
    let lower = text.view.lower.text();
    let blank = lower.len() - lower.trim_start().len();
    let colon = lower.find([':', '：'])?;
    let word = lower.get(blank..colon)?.trim_end();
    let end = colon + lower[colon..].chars().next().map_or(0, char::len_utf8);
    prefixes
        .iter()
        .any(|prefix| prefix == word)
        .then(|| Found::words(block, text.view.lower.span(blank..end).range()))
}
