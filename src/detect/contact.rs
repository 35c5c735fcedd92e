//! Contacts: links, e-mail addresses and names on networks, found together, since each may look like part of another.

use std::ops::Range;

use linkify::{LinkFinder, LinkKind};

use crate::detect::disguise::{self, Sign};
use crate::detect::email::{self, Email};
use crate::detect::handle::{self, Handle};
use crate::detect::link::{self, Link, attribute};
use crate::detect::lists::Lists;
use crate::detect::phone::Phone;
use crate::document::markup::Address;
use crate::verdict::Confidence;

/// What was found in a text. Each kind is sorted by place and does not overlap itself.
#[derive(Debug, Clone, Default)]
pub struct Contacts {
    /// Links.
    pub links: Vec<Link>,
    /// E-mail addresses.
    pub emails: Vec<Email>,
    /// Names and invitations to networks.
    pub handles: Vec<Handle>,
}

impl Contacts {
    /// Adds what an address of markup leads to. Ranges are those of the block that holds the address; `text` is its
    /// text, `shown` what the link shows.
    pub fn add_address(&mut self, text: &str, address: &Address, shown: &str, lists: &Lists) {
        let range = address.range.clone();
        let Some(link) = attribute::read(text, range.clone(), address.purpose, shown, lists) else { return };
        if let Some(host) = attribute::mail_host_of(&link) {
            self.emails.push(Email { range, host, confidence: Confidence::High, is_disguised: false });
        }
        self.links.push(link);
    }
}

/// The numbers that addresses of markup call.
pub fn phones_of(contacts: &Contacts) -> Vec<Phone> {
    let calls = contacts.links.iter().filter(|link| attribute::number_of(link).is_some());
    calls
        .map(|link| Phone { range: link.range.clone(), confidence: Confidence::High, is_disguised: false })
        .collect()
}

/// What several readers want to know of a text.
pub(crate) struct Reading<'a> {
    pub(crate) text: &'a str,
    pub(crate) lists: &'a Lists,
    /// Whatever has a scheme with `://`.
    pub(crate) urls: Vec<Range<usize>>,
    /// Whatever has the form of an address.
    pub(crate) addresses: Vec<Range<usize>>,
    /// Disguised dots and at signs.
    pub(crate) signs: Vec<Sign>,
}

/// Finds every contact in a plain view (see [`crate::view::fold::plain`]).
pub fn find(text: &str, lists: &Lists) -> Contacts {
    let reading = Reading::new(text, lists);
    let mut emails = email::find(&reading);
    let mut links = link::find(&reading);
    for joined in disguise::joined(text) {
        let inner = Reading::new(joined.text(), lists);
        emails.extend(email::find(&inner).into_iter().map(|email| email.spread(&joined)));
        links.extend(link::find(&inner).into_iter().map(|link| link.spread(&joined)));
    }
    keep_apart(&mut emails, |email| email.range.clone());
    links.retain(|link| {
        !link.may_be_part_of_email() || !overlaps_any(&emails, |email| &email.range, &link.range)
    });
    keep_apart(&mut links, |link| link.range.clone());
    let mut handles = handle::find(text, lists);
    handles.retain(|handle| {
        let is_inside = overlaps_any(&emails, |email| &email.range, &handle.range)
            || overlaps_any(&links, |link| &link.range, &handle.range);
        (!handle.is_bare() || !is_inside) && !leads_to_link(text, handle, &links)
    });
    Contacts { links, emails, handles }
}

/// Whether an invitation without a name has the link right behind it, which says the same: `join our Facebook group:
/// https://…`.
fn leads_to_link(text: &str, handle: &Handle, links: &[Link]) -> bool {
    const FURTHEST: usize = 16;
    const BETWEEN: [&str; 7] = ["page", "group", "channel", "account", "profile", "at", "here"];
    let next = links.partition_point(|link| link.range.start < handle.range.end);
    let Some(link) = links.get(next).filter(|link| link.range.start - handle.range.end <= FURTHEST) else {
        return false;
    };
    let mut between = text[handle.range.end..link.range.start]
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty());
    !text[handle.range.clone()].contains(['@', ':'])
        && between.all(|word| BETWEEN.iter().any(|known| known.eq_ignore_ascii_case(word)))
}

impl<'a> Reading<'a> {
    fn new(text: &'a str, lists: &'a Lists) -> Self {
        let mut reading =
            Self { text, lists, urls: Vec::new(), addresses: Vec::new(), signs: disguise::signs(text) };
        if memchr::memchr2(b'@', b':', text.as_bytes()).is_some() {
            for found in LinkFinder::new().links(text) {
                let kind =
                    if *found.kind() == LinkKind::Url { &mut reading.urls } else { &mut reading.addresses };
                kind.push(found.start()..found.end());
            }
        }
        reading
    }
}

/// Sorts by place, and keeps the first and longest of those that overlap.
pub(crate) fn keep_apart<T>(found: &mut Vec<T>, range: impl Fn(&T) -> Range<usize>) {
    found.sort_by_key(|one| (range(one).start, std::cmp::Reverse(range(one).end)));
    let mut end = 0;
    found.retain(|one| {
        let range = range(one);
        let is_free = range.start >= end;
        if is_free {
            end = range.end;
        }
        is_free
    });
}

/// Whether one of what is sorted and apart overlaps a range.
fn overlaps_any<T>(found: &[T], place: impl Fn(&T) -> &Range<usize>, range: &Range<usize>) -> bool {
    let first = found.partition_point(|one| place(one).end <= range.start);
    found.get(first).is_some_and(|one| place(one).start < range.end)
}
