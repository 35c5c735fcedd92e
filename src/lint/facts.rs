//! Detectors of signs, numbers, placeholders and metadata.

use std::cell::LazyCell;
use std::ops::{Range, RangeInclusive};

use crate::detect::emoji::{self, TextSymbols};
use crate::detect::order_id::{self, OrderId, Shape};
use crate::detect::secret_number::{self, Secret};
use crate::detect::shortcode::{self, Shortcodes};
use crate::detect::{emoticon, line_breaks as breaks, shouting as shouts};
use crate::document::{Block, Given, Meaning, MetadataFaultKind, Moment, Placeholder, PlaceholderOddity};
use crate::finding::FieldName;
use crate::rule::compiled::RuleSet;
use crate::rule::schema::{
    EncodingFault, MetadataFact, OrderIdFault, Pictures, PlaceholderFault, SecretNumber, TagForm,
};

use super::Settings;
use super::attachments;
use super::channels;
use super::found::Found;
use super::message::{Message, Text};

/// Days after the order in which a seller may start a conversation (Communication Guidelines).
const WINDOW_DAYS: i64 = 30;
/// Hours in which a buyer's message wants an answer (S0, S1, S2).
const REPLY_HOURS: f64 = 24.0;

/// Emoji, shortcodes or emoticons.
pub(super) fn pictures(message: &Message<'_>, which: Pictures, rules: &RuleSet) -> Vec<Found> {
    // Both are put together only where a sign was seen that they decide about.
    let text_symbols: LazyCell<TextSymbols, _> =
        LazyCell::new(|| symbols(rules, "text-symbols").flat_map(str::chars).collect());
    let shortcodes: LazyCell<Shortcodes, _> = LazyCell::new(|| symbols(rules, "shortcodes").collect());
    // Not in the folded text: it has lost the selectors that make a sign an emoji.
    let mut found = in_visible_text(message, |text| match which {
        Pictures::Emoji if text.is_ascii() => Vec::new(),
        Pictures::Emoji => emoji::emoji(text, |c| text_symbols.contains(c)),
        Pictures::Shortcode => shortcode::shortcodes(text, |name| shortcodes.contains(name)),
        Pictures::Emoticon => emoticon::emoticons(text),
    });
    if which == Pictures::Emoji {
        found.extend(attachments::emoji_in_names(message, |c| text_symbols.contains(c)));
    }
    found
}

/// The symbols of a list of `rules/lists/`.
pub(super) fn symbols<'r>(rules: &'r RuleSet, list: &str) -> impl Iterator<Item = &'r str> {
    let list = rules.symbols.iter().find(|known| known.name == list);
    list.into_iter().flat_map(|list| list.symbols.iter().map(String::as_str))
}

/// Runs of capitals, and of exclamation marks and their like.
pub(super) fn shouting(message: &Message<'_>, words: usize, marks: usize) -> Vec<Found> {
    in_visible_text(message, |text| {
        let mut found = shouts::capitals(text, words);
        found.extend(shouts::marks(text, marks));
        found
    })
}

fn in_visible_text(message: &Message<'_>, find: impl Fn(&str) -> Vec<Range<usize>>) -> Vec<Found> {
    let in_block = |(block, text): (usize, &Text<'_>)| {
        find(&text.view.visible).into_iter().map(move |range| Found::words(block, range)).collect::<Vec<_>>()
    };
    message.texts.iter().enumerate().flat_map(in_block).collect()
}

/// Too many line breaks in a row. Quoted history has its own.
pub(super) fn line_breaks(message: &Message<'_>, most: usize) -> Vec<Found> {
    let in_body = |(block, body): (usize, &Text<'_>)| {
        let quoted = &body.block.quoted;
        let is_quoted =
            |range: &Range<usize>| quoted.iter().any(|q| q.start < range.end && range.start < q.end);
        let runs = breaks::runs(body.block.text.text(), most).into_iter();
        let told = |range| Found::words(block, range).with("most", most.to_string());
        runs.filter(|range| !is_quoted(range)).map(told).collect::<Vec<_>>()
    };
    // In markup a line end is a blank.
    let is_plain = |(_, body): &(usize, &Text<'_>)| {
        !message.document.markups.iter().any(|markup| markup.page == body.block.page)
    };
    message.said(FieldName::Body).filter(is_plain).flat_map(in_body).collect()
}

/// Cards and bank accounts.
pub(super) fn secret_numbers(message: &Message<'_>, which: &[SecretNumber]) -> Vec<Found> {
    let mut found = Vec::new();
    for (block, text) in message.texts.iter().enumerate() {
        for number in secret_number::secret_numbers(text.view.plain.text()) {
            let kind = match number.secret {
                Secret::Card => SecretNumber::Card,
                Secret::Iban => SecretNumber::Iban,
            };
            if which.contains(&kind) {
                found.push(Found::words(block, text.view.plain.span(number.range).range()));
            }
        }
    }
    found
}

/// Placeholders that stand for one of the meanings, or are odd in one of the ways.
pub(super) fn placeholders(
    message: &Message<'_>,
    meanings: &[String],
    faults: &[PlaceholderFault],
    only_final: bool,
) -> Vec<Found> {
    if only_final && !message.is_final {
        return Vec::new();
    }
    let is_wanted = |placeholder: &Placeholder| {
        let has_meaning =
            meanings.is_empty() || meanings.iter().any(|name| name == placeholder.meaning.name());
        let has_fault = faults.is_empty() || faults.iter().any(|fault| has_fault(placeholder, *fault));
        has_meaning && has_fault && !placeholder.is_rest
    };
    let in_block = |(block, text): (usize, &Text<'_>)| {
        let wanted = text.block.placeholders.iter().filter(|placeholder| is_wanted(placeholder));
        wanted.map(move |placeholder| placeholder_found(block, placeholder)).collect::<Vec<_>>()
    };
    message.texts.iter().enumerate().flat_map(in_block).collect()
}

fn has_fault(placeholder: &Placeholder, fault: PlaceholderFault) -> bool {
    match &placeholder.fault {
        Some(PlaceholderOddity::Unknown { .. }) => fault == PlaceholderFault::Unknown,
        Some(PlaceholderOddity::Unbalanced) => fault == PlaceholderFault::Unbalanced,
        None => false,
    }
}

fn placeholder_found(block: usize, placeholder: &Placeholder) -> Found {
    let found = Found::words(block, placeholder.range.clone()).with("meaning", placeholder.meaning.name());
    match &placeholder.fault {
        Some(PlaceholderOddity::Unknown { nearest }) => found.with("nearest", nearest),
        _ => found,
    }
}

/// An order ID in a block, with what is right or wrong with it.
#[derive(Debug)]
pub(super) struct KnownId {
    /// In bytes of the block's text.
    range: Range<usize>,
    shape: Shape,
    /// In digits and plain hyphens.
    normal: String,
}

impl KnownId {
    fn found(&self, block: usize) -> Found {
        Found::words(block, self.range.clone())
    }
}

/// The order IDs that a message says, each with its block; looked for once.
fn known_ids<'m>(message: &'m Message<'_>) -> impl Iterator<Item = (usize, &'m KnownId)> {
    let in_block = |(block, text): (usize, &'m Text<'_>)| {
        let ids = text.order_ids.get_or_init(|| read_ids(text));
        ids.iter().map(move |id| (block, id))
    };
    message.all_said().flat_map(in_block)
}

fn read_ids(text: &Text<'_>) -> Vec<KnownId> {
    let plain = &text.view.plain;
    let known = |id: OrderId| KnownId {
        normal: order_id::normalised(&plain.text()[id.range.clone()]),
        range: plain.span(id.range).range(),
        shape: id.shape,
    };
    order_id::order_ids(plain.text()).into_iter().map(known).collect()
}

/// What is wrong with the order IDs of the message.
pub(super) fn order_ids(message: &Message<'_>, fault: OrderIdFault, settings: &Settings) -> Vec<Found> {
    let mut ids = known_ids(message);
    match fault {
        OrderIdFault::Missing => {
            let is_missing =
                ids.next().is_none() && says_something(message) && !has_order_id(message, settings);
            if is_missing { vec![Found::message()] } else { Vec::new() }
        }
        OrderIdFault::Malformed => {
            let is_it = |(_, id): &(usize, &KnownId)| matches!(id.shape, Shape::Malformed { .. });
            let told = |(block, id): (usize, &KnownId)| match id.normal.contains('-') {
                true => id.found(block).with("suggestion", &id.normal),
                false => id.found(block),
            };
            ids.filter(is_it).map(told).collect()
        }
        OrderIdFault::Dummy if message.is_final => {
            let dummies = ids.filter(|(_, id)| id.shape == Shape::Dummy);
            dummies.map(|(block, id)| id.found(block)).collect()
        }
        OrderIdFault::Dummy => Vec::new(),
        OrderIdFault::Multiple => strangers(ids),
    }
}

/// Whether the message has any word; an empty draft wants nothing yet.
fn says_something(message: &Message<'_>) -> bool {
    message.all_said().any(|(_, text)| !text.view.units.is_empty())
}

/// The good IDs that differ from the first.
fn strangers<'m>(ids: impl Iterator<Item = (usize, &'m KnownId)>) -> Vec<Found> {
    let mut good = ids.filter(|(_, id)| matches!(id.shape, Shape::Good | Shape::Digital));
    let Some((_, first)) = good.next() else { return Vec::new() };
    good.filter(|(_, id)| id.normal != first.normal)
        .map(|(block, id)| id.found(block).with("first", &first.normal))
        .collect()
}

/// Whether the order ID comes from a placeholder, the metadata or the sending tool.
fn has_order_id(message: &Message<'_>, settings: &Settings) -> bool {
    let mut placeholders = message.all_said().flat_map(|(_, text)| &text.block.placeholders);
    settings.order_id_added_by_tool
        || message.document.metadata.order_id.is_some()
        || placeholders.any(|placeholder| placeholder.meaning == Meaning::OrderId)
}

/// Tags such as `[Important]`.
pub(super) fn subject_tags(message: &Message<'_>, words: &[String], form: TagForm) -> Vec<Found> {
    let mut found = Vec::new();
    for (block, text) in message.texts.iter().enumerate() {
        let is_subject = text.block.field == FieldName::Subject;
        for tag in tags(text, words) {
            let written = &text.block.text.text()[tag.clone()];
            let is_exact = is_subject
                && written.starts_with('[')
                && written.ends_with(']')
                && is_word(&written[1..written.len() - 1], words);
            if is_exact == (form == TagForm::Exact) {
                found.push(Found::words(block, tag));
            }
        }
    }
    found
}

fn is_word(written: &str, words: &[String]) -> bool {
    let lower = written.to_lowercase();
    words.contains(&lower)
}

/// The tag words of a block in brackets of any kind and, at the beginning of a subject, before a colon.
fn tags(text: &Text<'_>, words: &[String]) -> Vec<Range<usize>> {
    let lower = text.view.lower.text();
    let is_subject = text.block.field == FieldName::Subject;
    let mut found = Vec::new();
    // `[`, and the first byte of `【`.
    if !is_subject && memchr::memchr2(b'[', 0xE3, lower.as_bytes()).is_none() {
        return found;
    }
    for word in words {
        for at in memchr::memmem::find_iter(lower.as_bytes(), word.as_bytes()) {
            let (before, after) =
                (lower[..at].trim_end_matches(' '), lower[at + word.len()..].trim_start_matches(['!', ' ']));
            let is_bracketed =
                before.ends_with(['[', '(', '{', '【', '*']) && after.starts_with([']', ')', '}', '】', '*']);
            let heads_subject = is_subject && before.is_empty() && after.starts_with(':');
            if is_bracketed && (is_subject || before.ends_with(['[', '【'])) {
                let end = lower.len() - after.len() + after.chars().next().map_or(0, char::len_utf8);
                let start = before.len() - before.chars().next_back().map_or(0, char::len_utf8);
                found.push(text.view.lower.span(start..end).range());
            } else if heads_subject {
                found.push(text.view.lower.span(at..at + word.len()).range());
            }
        }
    }
    found
}

/// Facts of the front matter or record.
pub(super) fn metadata(message: &Message<'_>, fact: MetadataFact, rules: &RuleSet) -> Vec<Found> {
    let metadata = &message.document.metadata;
    let sent = metadata.send_date.as_ref();
    match fact {
        MetadataFact::WindowPassed => {
            let days =
                between(metadata.order_completed.as_ref(), sent, |from, to| from.days_between(to) as f64);
            days.filter(|(days, _)| *days > WINDOW_DAYS as f64)
                .map(|(days, at)| told(at, "days", days))
                .into_iter()
                .collect()
        }
        MetadataFact::LateReply => {
            let hours = between(metadata.received.as_ref(), sent, Moment::hours_between);
            hours
                .filter(|(hours, _)| *hours > REPLY_HOURS)
                .map(|(hours, at)| told(at, "hours", hours))
                .into_iter()
                .collect()
        }
        MetadataFact::BuyerOptedOut => {
            let opted_out = metadata.buyer_opted_out.iter().filter(|given| given.value);
            opted_out.map(|given| Found::metadata(given.at.clone())).collect()
        }
        MetadataFact::UnknownKey => faults(message, MetadataFaultKind::UnknownKey),
        MetadataFact::Unreadable => {
            let faults = faults(message, MetadataFaultKind::Unreadable).into_iter();
            faults.chain(channels::unknown(message, rules)).collect()
        }
        MetadataFact::LimitReached => faults(message, MetadataFaultKind::LimitReached),
        // These are found when all the others are.
        MetadataFact::FindingsCut | MetadataFact::UnusedAllow => Vec::new(),
    }
}

/// A span of time and the place of the later moment, where both are given.
fn between(
    from: Option<&Given<Moment>>,
    to: Option<&Given<Moment>>,
    measure: impl Fn(Moment, Moment) -> f64,
) -> Option<(f64, Range<usize>)> {
    let (from, to) = (from?, to?);
    Some((measure(from.value, to.value), to.at.clone()))
}

fn told(at: Range<usize>, unit: &'static str, number: f64) -> Found {
    Found::metadata(at).with(unit, format!("{}", number.floor()))
}

fn faults(message: &Message<'_>, what: MetadataFaultKind) -> Vec<Found> {
    let wanted = message.document.metadata.faults.iter().filter(|fault| fault.what == what);
    wanted.map(|fault| Found::metadata(fault.at.clone()).with("problem", &fault.message)).collect()
}

/// Characters that were lost on the way into the file.
pub(super) fn encoding(message: &Message<'_>, fault: EncodingFault) -> Vec<Found> {
    let in_block = |(number, text): (usize, &Text<'_>)| -> Vec<Found> {
        let words = move |range| Found::words(number, range);
        match fault {
            EncodingFault::Broken => broken(text.block).into_iter().map(words).collect(),
            EncodingFault::Invisible => {
                let named = |(range, c): (Range<usize>, char)| {
                    words(range).with("code", format!("U+{:04X}", u32::from(c)))
                };
                invisible(text.block.text.text()).into_iter().map(named).collect()
            }
        }
    };
    message.texts.iter().enumerate().flat_map(in_block).collect()
}

/// Characters without a look, in runs, each with the first of them. The joiners stay where a script or an emoji needs
/// them, and the marks of direction where something runs from right to left.
fn invisible(text: &str) -> Vec<(Range<usize>, char)> {
    if text.is_ascii() || !may_hold_unseen(text.as_bytes()) {
        return Vec::new();
    }
    let is_right_to_left =
        |c: char| matches!(c, '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}');
    let has_direction = text.chars().any(is_right_to_left);
    let mut found: Vec<(Range<usize>, char)> = Vec::new();
    let mut before = None;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let after = chars.peek().map(|(_, c)| *c);
        let is_latin = |c: Option<char>| c.is_none_or(|c| c.is_ascii());
        let is_unseen = match c {
            '\u{200B}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}' => true,
            '\u{200C}' | '\u{200D}' => is_latin(before) && is_latin(after),
            '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => !has_direction,
            _ => false,
        };
        if !is_unseen {
            before = Some(c);
            continue;
        }
        let range = at..at + c.len_utf8();
        match found.last_mut() {
            Some((last, _)) if last.end == range.start => last.end = range.end,
            _ => found.push((range, c)),
        }
    }
    found
}

/// Whether a character without a look, or one beside them in Unicode, is among some bytes.
fn may_hold_unseen(bytes: &[u8]) -> bool {
    memchr::memchr2_iter(0xE2, 0xEF, bytes).any(|at| {
        let is_last_of = |last: RangeInclusive<u8>| bytes.get(at + 2).is_some_and(|byte| last.contains(byte));
        match bytes.get(at + 1) {
            Some(0x80) => is_last_of(0x8B..=0x8F) || is_last_of(0xAA..=0xAE),
            Some(0x81) => is_last_of(0xA0..=0xA9),
            Some(0xBB) => is_last_of(0xBF..=0xBF),
            _ => false,
        }
    })
}

/// Replacement characters, and what UTF-8 looks like when it was read as Windows-1252.
fn broken(block: &Block<'_>) -> Vec<Range<usize>> {
    const MOJIBAKE: [&str; 6] = ["\u{FFFD}", "â€", "Ã©", "Ã¼", "Ã¶", "Ã¤"];
    let bytes = block.text.text().as_bytes();
    // The first bytes of U+FFFD, and of `â` and `Ã`.
    let signs = memchr::memchr2_iter(0xEF, 0xC3, bytes).filter_map(|at| {
        let sign = MOJIBAKE.iter().find(|sign| bytes[at..].starts_with(sign.as_bytes()))?;
        Some(at..at + sign.len())
    });
    signs.collect()
}
