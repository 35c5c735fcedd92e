//! Detectors of links and of ways to reach somebody.

use std::ops::Range;

use crate::detect::contact::{self, Contacts};
use crate::detect::domain::Host;
use crate::detect::hosts::Hosts;
use crate::detect::link::Link;
use crate::detect::phone::{self, Phone};
use crate::document::markup::{Address, Markup};
use crate::document::{Purpose, Scope};
use crate::finding::FieldName;
use crate::rule::compiled::{LinkWanted, RuleSet};
use crate::rule::schema::LinkFault;

use super::Settings;
use super::found::{Found, Target};
use super::message::{Message, Text};

/// Faults of the text of a link, not of its address.
const OF_TEXT: [LinkFault; 2] = [LinkFault::TextMismatch, LinkFault::VagueText];

/// The list that holds the user's own hosts.
const ALLOWED: &str = "allowed";

/// The list of Amazon's own hosts.
const AMAZON: &str = "amazon";

/// A letter of a script that has twins of Latin letters.
fn is_foreign_letter(c: char) -> bool {
    matches!(c, '\u{370}'..='\u{58F}')
}

/// Links that are as a rule wants them.
pub(super) fn links(
    message: &Message<'_>,
    wanted: &LinkWanted,
    rules: &RuleSet,
    settings: &Settings,
) -> Vec<Found> {
    let lists = Asked::new(rules, settings);
    let is_about_text = wanted.faults.iter().any(|fault| OF_TEXT.contains(fault));
    let mut found = Vec::new();
    for (block, text) in message.texts.iter().enumerate() {
        let links = &message.contacts(block, rules).links;
        for link in links.iter().filter(|link| lists.is_wanted(text, link, wanted)) {
            let host = link.host.as_ref().map_or("", Host::name);
            let scheme = link.scheme.as_deref().unwrap_or_default();
            let range = text.in_block(&link.range);
            let range_in_text = range.clone();
            let shown = is_about_text.then(|| message.shown_at(block, &range)).flatten();
            let (block, range) = shown.unwrap_or((block, range));
            let target = match message.empty_attribute(block, &range) {
                Some(target) => target,
                None => Target::Words(block, range),
            };
            let found_link = Found::new(target, link.confidence).with("host", host).with("scheme", scheme);
            found.push(with_better(found_link, &text.block.text.text()[range_in_text], link, wanted));
        }
    }
    found
}

/// Whether an address behind its scheme names a port, which is that of `http` alone.
fn has_port(address: &str) -> bool {
    let host = address.trim_start_matches([':', '/']).split(['/', '?', '#']).next().unwrap_or_default();
    host.contains(':')
}

/// A link with what could be written instead of it: the address with `https`, the address without the parameters that
/// were asked for.
fn with_better(found: Found, written: &str, link: &Link, wanted: &LinkWanted) -> Found {
    let found = match written.split_at_checked("http".len()) {
        Some((scheme, rest))
            if scheme.eq_ignore_ascii_case("http") && rest.starts_with("://") && !has_port(rest) =>
        {
            found.with("secure", format!("{scheme}s{rest}"))
        }
        _ => found,
    };
    let cut = (!wanted.params.is_empty()).then(|| link.without_params(written, &wanted.params)).flatten();
    match cut {
        Some(cut) => found.with("cut", cut),
        None => found,
    }
}

/// The user's own hosts, each as a list of its own name, so that it can be told which were met.
fn allowed(settings: &Settings) -> Hosts {
    let mut hosts = Hosts::default();
    for host in &settings.allowed_hosts {
        hosts.add(host, std::slice::from_ref(host));
    }
    hosts
}

/// Which of the user's own hosts a message leads to.
pub(super) fn allowed_hosts(message: &Message<'_>, rules: &RuleSet, settings: &Settings) -> Vec<String> {
    if settings.allowed_hosts.is_empty() {
        return Vec::new();
    }
    let allowed = allowed(settings);
    let mut met: Vec<String> = Vec::new();
    for contacts in (0..message.texts.len()).map(|block| message.contacts(block, rules)) {
        let of_links = contacts.links.iter().filter_map(Link::address);
        let of_emails = contacts.emails.iter().map(|email| email.host.address(""));
        met.extend(
            of_links.chain(of_emails).flat_map(|address| allowed.lists_of(address)).map(str::to_owned),
        );
    }
    met.sort_unstable();
    met.dedup();
    met
}

/// The lists of the packs and the user's own.
pub(super) struct Asked<'r> {
    rules: &'r RuleSet,
    allowed: Hosts,
}

impl<'r> Asked<'r> {
    pub(super) fn new(rules: &'r RuleSet, settings: &Settings) -> Self {
        Self { rules, allowed: allowed(settings) }
    }

    fn is_wanted(&self, text: &Text<'_>, link: &Link, wanted: &LinkWanted) -> bool {
        let has_scheme = || wanted.schemes.iter().any(|scheme| link.scheme.as_deref() == Some(scheme));
        let has_fault = || {
            let is_lookalike =
                || wanted.faults.contains(&LinkFault::Lookalike) && self.is_amazon_in_disguise(text, link);
            wanted.faults.iter().any(|fault| link.faults.contains(fault)) || is_lookalike()
        };
        wanted.purposes.contains(&link.purpose)
            && (wanted.schemes.is_empty() || has_scheme())
            && (wanted.forms.is_empty() || wanted.forms.contains(&link.form))
            && (wanted.faults.is_empty() || has_fault())
            && (wanted.hosts.is_empty() || self.is_on(link, &wanted.hosts))
            && (wanted.not_hosts.is_empty() || link.host.is_some() && !self.is_on(link, &wanted.not_hosts))
            && (wanted.paths.is_empty() || wanted.paths.iter().any(|path| link.matches_path(path)))
            && (wanted.params.is_empty() || wanted.params.iter().any(|param| link.has_param(param)))
    }

    /// Whether a host that reads like Amazon's is written with letters of another script: the plain view shows them as
    /// the Latin ones that they are drawn like, so only the block's own text tells.
    fn is_amazon_in_disguise(&self, text: &Text<'_>, link: &Link) -> bool {
        let written = &text.block.text.text()[text.in_block(&link.range)];
        !written.is_ascii()
            && self.is_on(link, &[AMAZON.to_owned()])
            && written.chars().any(is_foreign_letter)
    }

    pub(super) fn is_on(&self, link: &Link, names: &[String]) -> bool {
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let is_allowed =
            || link.address().is_some_and(|address| self.allowed.lists_of(address).next().is_some());
        link.is_on(&names, &self.rules.lists) || names.contains(&ALLOWED) && is_allowed()
    }
}

/// E-mail addresses whose host is on none of the lists.
pub(super) fn emails(
    message: &Message<'_>,
    not_hosts: &[String],
    rules: &RuleSet,
    settings: &Settings,
) -> Vec<Found> {
    let names: Vec<&str> = not_hosts.iter().map(String::as_str).collect();
    let allowed = allowed(settings);
    let mut found = Vec::new();
    for (block, text) in message.texts.iter().enumerate() {
        for email in &message.contacts(block, rules).emails {
            let address = email.host.address("");
            let is_allowed = names.contains(&ALLOWED) && allowed.lists_of(address).next().is_some();
            if is_allowed || rules.lists.hosts.is_on(&names, address) {
                continue;
            }
            let target = Target::Words(block, text.in_block(&email.range));
            found.push(Found::new(target, email.confidence).with("host", email.host.name()));
        }
    }
    found
}

/// Whether a host is on one of the lists; `allowed` is the user's own.
pub(super) fn is_on_lists(host: &Host, lists: &[String], rules: &RuleSet, settings: &Settings) -> bool {
    let names: Vec<&str> = lists.iter().map(String::as_str).collect();
    let address = host.address("");
    let is_allowed = || names.contains(&ALLOWED) && allowed(settings).lists_of(address).next().is_some();
    rules.lists.hosts.is_on(&names, address) || is_allowed()
}

/// Phone numbers.
pub(super) fn phones(message: &Message<'_>, rules: &RuleSet) -> Vec<Found> {
    let mut found = Vec::new();
    for (block, text) in message.texts.iter().enumerate() {
        for phone in message.phones(block, rules) {
            found.push(Found::new(Target::Words(block, text.in_block(&phone.range)), phone.confidence));
        }
    }
    found
}

/// Names on networks of these groups.
pub(super) fn handles(message: &Message<'_>, groups: &[String], rules: &RuleSet) -> Vec<Found> {
    let mut found = Vec::new();
    for (block, text) in message.texts.iter().enumerate() {
        for handle in
            message.contacts(block, rules).handles.iter().filter(|handle| groups.contains(&handle.group))
        {
            let target = Target::Words(block, text.in_block(&handle.range));
            found.push(
                Found::new(target, handle.confidence)
                    .with("network", handle.network.as_deref().unwrap_or_default()),
            );
        }
    }
    found
}

/// What was found in a block, with what is known of it, for `inspect`.
pub(super) fn known(
    message: &Message<'_>,
    block: usize,
    rules: &RuleSet,
) -> Vec<(&'static str, Range<usize>, String)> {
    let (text, contacts) = (&message.texts[block], message.contacts(block, rules));
    let links = contacts.links.iter().map(|link| {
        let host = link.host.as_ref().map_or("no host", Host::name);
        let lists =
            link.address().map(|address| rules.lists.hosts.lists_of(address).collect::<Vec<_>>().join(", "));
        let on =
            lists.filter(|lists| !lists.is_empty()).map_or(String::new(), |lists| format!(" (on {lists})"));
        ("link", text.in_block(&link.range), format!("{host}{on}"))
    });
    let emails = contacts
        .emails
        .iter()
        .map(|email| ("email", text.in_block(&email.range), email.host.name().to_owned()));
    let handles = contacts
        .handles
        .iter()
        .map(|handle| ("handle", text.in_block(&handle.range), handle.network.clone().unwrap_or_default()));
    let phones = message.phones(block, rules).iter();
    let phones = phones
        .map(|phone| ("phone", text.in_block(&phone.range), format!("{} confidence", phone.confidence)));
    links.chain(emails).chain(handles).chain(phones).collect()
}

impl Message<'_> {
    /// Links, addresses and names of a block, looked for once.
    pub(super) fn contacts(&self, block: usize, rules: &RuleSet) -> &Contacts {
        let text = &self.texts[block];
        text.contacts.get_or_init(|| match text.block.scope {
            Scope::Address => self.contacts_in_markup(block, rules),
            _ => {
                let mut contacts = contact::find(text.view.plain.text(), &rules.lists);
                let shown = self.shown_addresses(block, rules);
                contacts
                    .links
                    .retain(|link| !is_shown(&shown, text.in_block(&link.range), |of| of.leads_where(link)));
                contacts
            }
        })
    }

    /// Whether the contacts of some block are as is asked.
    pub(super) fn any_contacts(&self, rules: &RuleSet, has: impl Fn(&Contacts) -> bool) -> bool {
        (0..self.texts.len()).any(|block| has(self.contacts(block, rules)))
    }

    /// Whether there are phone numbers in some block.
    pub(super) fn any_phones(&self, rules: &RuleSet) -> bool {
        (0..self.texts.len()).any(|block| !self.phones(block, rules).is_empty())
    }

    /// The phone numbers of each block.
    pub(super) fn all_phones(&self, rules: &RuleSet) -> Vec<Vec<Phone>> {
        (0..self.texts.len()).map(|block| self.phones(block, rules).to_vec()).collect()
    }

    /// Phone numbers of a block, looked for once.
    fn phones(&self, block: usize, rules: &RuleSet) -> &[Phone] {
        let text = &self.texts[block];
        text.phones.get_or_init(|| match text.block.scope {
            Scope::Address => contact::phones_of(self.contacts(block, rules)),
            _ => phone::find(text.view.plain.text(), &self.marketplace),
        })
    }

    /// The texts of a block that are the text of a link, with what the link leads to. A link that shows its own address is
    /// one link, whichever rules ask for the one and for the other.
    fn shown_addresses(&self, block: usize, rules: &RuleSet) -> Vec<ShownAddress<'_>> {
        let mut shown = Vec::new();
        for markup in self.document.markups.iter().filter(|markup| markup.block == block) {
            for address in markup.addresses.iter().filter(|address| address.purpose == Purpose::Link) {
                let Some(element) = address.element.and_then(|element| markup.elements.get(element)) else {
                    continue;
                };
                let links = &self.contacts(address.block, rules).links;
                let at = links.partition_point(|link| link.range.start < address.range.start);
                let link = links.get(at).filter(|link| link.range == address.range);
                let may_show =
                    self.texts[block].block.text.text().get(element.text.clone()).is_some_and(|text| {
                        text.contains(['.', '@']) || text.bytes().any(|byte| byte.is_ascii_digit())
                    });
                if let Some(link) = link.filter(|_| may_show) {
                    shown.push(ShownAddress { text: element.text.clone(), link });
                }
            }
        }
        shown.sort_by_key(|shown| shown.text.start);
        shown
    }

    /// What the addresses of a block of markup lead to.
    fn contacts_in_markup(&self, block: usize, rules: &RuleSet) -> Contacts {
        let text = &self.texts[block].view.visible;
        let markups = self.document.markups.iter();
        let addresses =
            markups.flat_map(|markup| markup.addresses.iter().map(move |address| (markup, address)));
        let mut contacts = Contacts::default();
        for (markup, address) in addresses.filter(|(_, address)| address.block == block) {
            let element = address.element.and_then(|element| markup.elements.get(element));
            let shown = element.map_or("", |element| {
                self.texts[markup.block].block.text.text().get(element.text.clone()).unwrap_or_default()
            });
            contacts.add_address(text, address, shown, &rules.lists);
        }
        contacts
    }

    /// The shown text of the link whose address stands at some bytes of a block, if there is any.
    pub(super) fn shown_at(&self, block: usize, range: &Range<usize>) -> Option<(usize, Range<usize>)> {
        let (at, text) = self.context_of(block, range)?;
        (!text.is_empty()).then_some((at, text))
    }

    /// The attribute whose address is empty, which has no bytes to be pointed at.
    fn empty_attribute(&self, block: usize, range: &Range<usize>) -> Option<Target> {
        if !range.is_empty() {
            return None;
        }
        let (markup, address) = self.address_at(block, range)?;
        let element = markup.elements.get(address.element?)?;
        let attribute =
            element.attributes.iter().find(|attribute| attribute.value.text().trim().is_empty())?;
        Some(Target::Written { page: markup.page, range: attribute.range.clone(), field: FieldName::Body })
    }

    /// The address that stands at some bytes of a block, with its markup.
    pub(super) fn address_at(&self, block: usize, range: &Range<usize>) -> Option<(&Markup<'_>, &Address)> {
        self.document.markups.iter().find_map(|markup| {
            let at = markup.addresses.partition_point(|address| {
                (address.block, address.range.start, address.range.end) < (block, range.start, range.end)
            });
            let is_it = |address: &&Address| address.block == block && address.range == *range;
            Some((markup, markup.addresses.get(at).filter(is_it)?))
        })
    }

    /// What stands around an address of markup: the block of shown text, and the part of it that the element holds.
    pub(super) fn context_of(&self, block: usize, range: &Range<usize>) -> Option<(usize, Range<usize>)> {
        if self.texts[block].block.scope != Scope::Address {
            return None;
        }
        let (markup, address) = self.address_at(block, range)?;
        Some((markup.block, markup.elements.get(address.element?)?.text.clone()))
    }
}

/// The text of a link, and the link.
struct ShownAddress<'m> {
    /// In bytes of the block.
    text: Range<usize>,
    link: &'m Link,
}

/// Whether a range stands in the text of a link that is so.
fn is_shown(shown: &[ShownAddress<'_>], range: Range<usize>, is_so: impl Fn(&Link) -> bool) -> bool {
    let after = shown.partition_point(|shown| shown.text.start <= range.start);
    let last = after.checked_sub(1).map(|at| &shown[at]);
    last.is_some_and(|shown| range.end <= shown.text.end && is_so(shown.link))
}

impl Text<'_> {
    /// A range of what contacts are looked for in, in bytes of the block's text.
    pub(super) fn in_block(&self, range: &Range<usize>) -> Range<usize> {
        match self.block.scope {
            Scope::Address => range.clone(),
            _ => self.view.plain.span(range.clone()).range(),
        }
    }
}
