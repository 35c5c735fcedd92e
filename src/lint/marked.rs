//! Detectors of markup: style, pictures, elements.

use std::collections::HashMap;
use std::ops::Range;

use crate::detect::link::Link;
use crate::detect::markup::form::{ContrastWanted, ElementWanted, HiddenWanted, StructureFault, StyleWanted};
use crate::detect::markup::{self, Phrases, Picture};
use crate::document::form::Hiding;
use crate::document::style::Color;
use crate::document::{Markup, Scope};
use crate::finding::{Confidence, FieldName};
use crate::rule::compiled::{ImageWanted, RuleSet};
use crate::view::UnitKind;

use super::Settings;
use super::contacts::Asked;
use super::found::{Found, Mark, Target, Why};
use super::message::Message;
use super::settings::Limits;

/// The markups of a message, each with the text that it shows.
fn pages<'m>(message: &'m Message<'_>) -> impl Iterator<Item = (&'m Markup<'m>, &'m str)> {
    message.document.markups.iter().filter_map(|markup| {
        let block = message.document.blocks.get(markup.block)?;
        Some((markup, block.text.text()))
    })
}

/// Bytes of the page of some markup; a heading of Markdown ends before its line end.
fn written(message: &Message<'_>, markup: &Markup<'_>, range: Range<usize>) -> Target {
    let page = message.document.pages[markup.page].text.text();
    let end = range.start + page[range.clone()].trim_end().len();
    Target::Written { page: markup.page, range: range.start..end, field: FieldName::Body }
}

fn found_in(message: &Message<'_>, markup: &Markup<'_>, range: Range<usize>) -> Found {
    Found::new(written(message, markup, range), Confidence::High)
}

/// Declarations of style.
pub(super) fn style(message: &Message<'_>, wanted: &StyleWanted) -> Vec<Found> {
    pages(message)
        .flat_map(|(markup, text)| {
            let declared = markup::declared(markup, text, wanted).into_iter();
            declared.map(|(range, confidence)| Found::new(written(message, markup, range), confidence))
        })
        .collect()
}

/// Margins that take more than some percent of the body.
pub(super) fn margins(message: &Message<'_>, most: u32, limits: &Limits) -> Vec<Found> {
    pages(message)
        .flat_map(|(markup, _)| {
            let margins = markup::margins(markup, limits.body_width, most).into_iter();
            margins.map(|(range, percent)| {
                found_in(message, markup, range)
                    .with("percent", whole(percent))
                    .with("most", most.to_string())
            })
        })
        .collect()
}

/// A number without its fraction.
fn whole(number: f32) -> String {
    format!("{number:.0}")
}

/// More sizes of letters than `most`: what brings one too many, with what sets the others.
pub(super) fn font_sizes(message: &Message<'_>, most: usize) -> Vec<Found> {
    let told = |(markup, _): (&Markup<'_>, &str)| {
        let sizes = markup::sizes(markup, most)?;
        let list: Vec<String> = sizes.pixels.iter().map(|size| format!("{size} px")).collect();
        let last = sizes.set_by.iter().enumerate().rfind(|(at, set_by)| *at <= most && set_by.is_some());
        let mut found = match last.and_then(|(_, set_by)| set_by.clone()) {
            Some(range) => found_in(message, markup, range),
            None => Found::message(),
        };
        let others =
            sizes.set_by.iter().enumerate().filter(|(at, _)| Some(*at) != last.map(|(last, _)| last));
        found.marks = others
            .filter_map(|(_, set_by)| set_by.clone())
            .map(|range| Mark { target: written(message, markup, range), why: Why::Together })
            .collect();
        let count = sizes.pixels.len().to_string();
        Some(found.with("count", count).with("sizes", list.join(", ")).with("most", most.to_string()))
    };
    pages(message).filter_map(told).collect()
}

/// Shown text that stands out too little.
pub(super) fn contrast(message: &Message<'_>, wanted: &ContrastWanted) -> Vec<Found> {
    pages(message)
        .flat_map(|(markup, _)| {
            markup::faint(markup, wanted).into_iter().filter_map(|faint| {
                let said = faint.runs.iter().filter(|range| has_words(message, markup.block, range));
                let mut runs = said.map(|range| Target::Words(markup.block, range.clone()));
                let mut found = Found::new(runs.next()?, Confidence::High)
                    .with("color", hex(faint.color))
                    .with("background", hex(faint.background))
                    .with("contrast", format!("{:.1}", (faint.contrast * 10.0).floor() / 10.0));
                found.marks = runs.take(MOST_PLACES).map(|target| Mark { target, why: Why::Again }).collect();
                Some(found)
            })
        })
        .collect()
}

/// Whether a part of a text has words of its own, and not only placeholders.
fn has_words(message: &Message<'_>, block: usize, range: &Range<usize>) -> bool {
    let Some(text) = message.texts.get(block) else { return false };
    let first = text.view.units.partition_point(|unit| unit.range.start < range.start);
    let mut units = text.view.units[first..].iter().take_while(|unit| unit.range.start < range.end);
    units.any(|unit| !matches!(unit.kind, UnitKind::Placeholder(_)))
}

/// Places of one offence that are told.
const MOST_PLACES: usize = 20;

fn hex(color: Color) -> String {
    format!("#{:02x}{:02x}{:02x}", color.red, color.green, color.blue)
}

/// Elements, and attributes of them.
pub(super) fn elements(message: &Message<'_>, wanted: &ElementWanted) -> Vec<Found> {
    pages(message)
        .flat_map(|(markup, _)| {
            let found = markup::elements(markup, wanted).into_iter();
            found.map(|(range, name)| found_in(message, markup, range).with("name", name))
        })
        .collect()
}

/// Text that is not shown.
pub(super) fn hidden(message: &Message<'_>, wanted: &HiddenWanted) -> Vec<Found> {
    let mut found = Vec::new();
    for (markup, _) in pages(message) {
        for hidden in markup.hidden.iter().filter(|hidden| wanted.reasons.contains(&hidden.reason)) {
            let Some(text) = message.texts.get(hidden.block) else { continue };
            let words = text.view.units.partition_point(|unit| unit.range.start < hidden.range.start)
                ..text.view.units.partition_point(|unit| unit.range.start < hidden.range.end);
            let is_word =
                |at: &usize| matches!(text.view.units[*at].kind, UnitKind::Word | UnitKind::Placeholder(_));
            if words.clone().filter(is_word).count() < wanted.words.max(1) as usize {
                continue;
            }
            let range = text.range_of_units(words);
            found.push(Found::words(hidden.block, range).with("why", why(hidden.reason)));
        }
    }
    found
}

/// How something is hidden, behind "is hidden by".
fn why(reason: Hiding) -> &'static str {
    match reason {
        Hiding::NoDisplay => "`display: none` or `hidden`",
        Hiding::Invisible => "`visibility`, `opacity` or a transparent colour",
        Hiding::NoSize => "a size of nothing",
        Hiding::SameColour => "the colour of its background",
        Hiding::Offscreen => "a place out of sight",
        Hiding::Outlook => "a comment that only Outlook reads",
    }
}

/// How elements stand together.
pub(super) fn structure(message: &Message<'_>, fault: StructureFault) -> Vec<Found> {
    pages(message)
        .flat_map(|(markup, text)| {
            markup::faults(markup, text, fault).into_iter().map(|range| found_in(message, markup, range))
        })
        .collect()
}

/// Line breaks of markup in a row.
pub(super) fn line_breaks(message: &Message<'_>, most: usize) -> Vec<Found> {
    pages(message)
        .flat_map(|(markup, text)| {
            let runs = markup::line_breaks(markup, text, most).into_iter();
            runs.map(|range| found_in(message, markup, range).with("most", most.to_string()))
        })
        .collect()
}

/// Pictures that are as a rule wants them.
pub(super) fn images(
    message: &Message<'_>,
    wanted: &ImageWanted,
    rules: &RuleSet,
    settings: &Settings,
) -> Vec<Found> {
    let pictures = pictures(message, &settings.limits);
    if pictures.iter().all(Vec::is_empty)
        || wanted.words_below.is_some_and(|most| words(message) >= most as usize)
    {
        return Vec::new();
    }
    let phrases = |lists: &'_ [String]| Phrases::new(lists.iter().flat_map(|list| rules.lists.words(list)));
    let gallery = Gallery {
        message,
        wanted,
        limits: &settings.limits,
        asked: Asked::new(rules, settings),
        links: links(message, rules),
        words: phrases(&wanted.words),
        not_words: phrases(&wanted.not_words),
        rules,
    };
    let mut found = Vec::new();
    for (markup, pictures) in message.document.markups.iter().zip(pictures) {
        found.extend(pictures.iter().filter_map(|picture| gallery.found(markup, picture)));
    }
    // A text that is all picture is one offence, however many they are.
    if wanted.words_below.is_some() {
        found.truncate(1);
    }
    found
}

/// The pictures of each markup, looked for once.
fn pictures<'m>(message: &'m Message<'_>, limits: &Limits) -> &'m [Vec<Picture>] {
    message.pictures.get_or_init(|| {
        let document = message.document;
        let texts: Vec<&str> = document.blocks.iter().map(|block| block.text.text()).collect();
        let of_page = |markup| markup::pictures(markup, &texts, &document.attachments, limits.body_width);
        document.markups.iter().map(of_page).collect()
    })
}

/// Words that the body says.
fn words(message: &Message<'_>) -> usize {
    let said = message.said(FieldName::Body).filter(|(_, text)| text.block.scope == Scope::Text);
    said.flat_map(|(_, text)| &text.view.units)
        .filter(|unit| matches!(unit.kind, UnitKind::Word | UnitKind::Placeholder(_)))
        .count()
}

/// The links that addresses of markup are, by block and first byte.
fn links<'m>(message: &'m Message<'_>, rules: &RuleSet) -> HashMap<(usize, usize), &'m Link> {
    let mut links = HashMap::new();
    let of_markup = |(_, text): &(usize, &super::message::Text<'_>)| text.block.scope == Scope::Address;
    for (block, text) in message.texts.iter().enumerate().filter(of_markup) {
        for link in &message.contacts(block, rules).links {
            links.insert((block, text.in_block(&link.range).start), link);
        }
    }
    links
}

/// What pictures are held against.
struct Gallery<'g> {
    message: &'g Message<'g>,
    wanted: &'g ImageWanted,
    limits: &'g Limits,
    asked: Asked<'g>,
    links: HashMap<(usize, usize), &'g Link>,
    words: Phrases<'g>,
    not_words: Phrases<'g>,
    rules: &'g RuleSet,
}

impl Gallery<'_> {
    fn found(&self, markup: &Markup<'_>, picture: &Picture) -> Option<Found> {
        let wanted = self.wanted;
        if !wanted.has.iter().all(|one| picture.traits.contains(one))
            || wanted.lacks.iter().any(|one| picture.traits.contains(one))
            || !wanted.links_off.is_empty() && !self.leads_off(markup, picture)
        {
            return None;
        }
        let most = wanted.wider_than.map(|bound| self.limits.of(bound));
        if most.is_some_and(|most| picture.percent.is_none_or(|percent| percent <= most as f32 + 0.5)) {
            return None;
        }
        if self.named(markup, picture, &self.not_words).is_some() {
            return None;
        }
        let target = self.target(markup, picture)?;
        let mut found = Found::new(target, Confidence::High);
        if let Some((percent, most)) = picture.percent.zip(most) {
            found = found.with("percent", whole(percent)).with("most", most.to_string());
        }
        let host = picture.addresses.iter().find_map(|at| self.link(markup, *at)?.host.as_ref());
        Some(found.with("host", host.map_or("", |host| host.name())))
    }

    /// What to mark: the words, the address or the tag, whichever made it a finding.
    fn target(&self, markup: &Markup<'_>, picture: &Picture) -> Option<Target> {
        let wanted = self.wanted;
        if !wanted.words.is_empty() {
            return self.named(markup, picture, &self.words);
        }
        if let Some(link) = picture.link.filter(|_| !wanted.links_off.is_empty()) {
            return Some(written(self.message, markup, markup::mark_of_all(markup, link)));
        }
        let asks_address =
            ![&wanted.hosts, &wanted.not_hosts, &wanted.paths].iter().all(|lists| lists.is_empty());
        if asks_address {
            let address = picture.addresses.iter().find(|at| self.is_from(markup, **at))?;
            return Some(self.address(markup, *address));
        }
        match (picture.element.filter(|_| !self.is_background(picture)), picture.addresses.first()) {
            (Some(element), _) => Some(written(self.message, markup, markup::mark_of(markup, element))),
            (None, Some(address)) => Some(self.address(markup, *address)),
            (None, None) => None,
        }
    }

    fn is_background(&self, picture: &Picture) -> bool {
        picture.traits.contains(&markup::form::PictureTrait::Background)
    }

    fn address(&self, markup: &Markup<'_>, address: usize) -> Target {
        let address = &markup.addresses[address];
        Target::Words(address.block, address.range.clone())
    }

    fn link(&self, markup: &Markup<'_>, address: usize) -> Option<&Link> {
        let address = &markup.addresses[address];
        self.links.get(&(address.block, address.range.start)).copied()
    }

    /// Whether an address is on the lists that are asked for.
    fn is_from(&self, markup: &Markup<'_>, address: usize) -> bool {
        let wanted = self.wanted;
        let Some(link) = self.link(markup, address) else { return false };
        (wanted.hosts.is_empty() || self.asked.is_on(link, &wanted.hosts))
            && (wanted.not_hosts.is_empty()
                || link.host.is_some() && !self.asked.is_on(link, &wanted.not_hosts))
            && (wanted.paths.is_empty() || self.has_path(link))
    }

    /// Whether a path ends with an entry of the lists: whole segments.
    fn has_path(&self, link: &Link) -> bool {
        let path =
            link.path.split(['?', '#']).next().unwrap_or_default().trim_end_matches('/').to_lowercase();
        let lists = self.wanted.paths.iter().flat_map(|list| self.rules.lists.words(list));
        lists.into_iter().any(|ending| {
            path.strip_suffix(ending).is_some_and(|before| before.is_empty() || before.ends_with('/'))
        })
    }

    /// Whether the link around a picture leads away from the hosts that are asked for.
    fn leads_off(&self, markup: &Markup<'_>, picture: &Picture) -> bool {
        let link = picture.link_address.and_then(|at| self.link(markup, at));
        link.is_some_and(|link| link.host.is_some() && !self.asked.is_on(link, &self.wanted.links_off))
    }

    /// Where a file name, or what stands for a picture, has a word of some lists.
    fn named(&self, markup: &Markup<'_>, picture: &Picture, phrases: &Phrases<'_>) -> Option<Target> {
        if let Some(element) = picture.element.filter(|_| !self.is_background(picture)) {
            let attributes = &markup.elements[element].attributes;
            let alt = attributes.iter().find(|one| one.name == "alt" && phrases.are_in(one.value.text()));
            if let Some(alt) = alt {
                return Some(written(self.message, markup, alt.range.clone()));
            }
        }
        picture.addresses.iter().find_map(|at| {
            let address = &markup.addresses[*at];
            let text = self.message.texts.get(address.block)?.block.text.text().get(address.range.clone())?;
            let name = markup::file_name(text);
            phrases.are_in(&text[name.clone()]).then(|| {
                let start = address.range.start;
                Target::Words(address.block, start + name.start..start + name.end)
            })
        })
    }
}
