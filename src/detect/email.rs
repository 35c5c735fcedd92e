//! E-mail addresses, plain and in disguise: `name@host.com`, `name (at) host dot com`, `name at gmail`.

use std::ops::Range;

use crate::detect::contact::{self, Reading};
use crate::detect::disguise::{Joined, Sign, SignForm, SpelledHost, read_host};
use crate::detect::domain::{Host, is_unspaced};
use crate::detect::handle;
use crate::detect::link::suffix::{is_file_suffix, is_wordy_suffix};
use crate::detect::neighbours::{begins_clause, ends_with_ignoring_case, floor};
use crate::verdict::Confidence;

/// The list of hosts at which people have their mailboxes; its words are those that tell so without a suffix.
const PROVIDERS: &str = "mail-providers";
/// The list of ordinary words.
const SENTENCE_WORDS: &str = "sentence-words";
/// Mailboxes of a shop: ordinary words too, so they count only where a clause begins or the dots are spelled.
const ROLES: [&str; 9] =
    ["info", "sales", "service", "support", "contact", "kontakt", "office", "vertrieb", "ventas"];

/// Words of sentences that are names of mailboxes where the host behind them is spelled out.
const BOXES: [&str; 12] = [
    "hello",
    "help",
    "care",
    "team",
    "mail",
    "orders",
    "returns",
    "claims",
    "warranty",
    "shop",
    "studio",
    "enquiries",
];

/// An e-mail address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Email {
    /// Where, with `mailto:`.
    pub range: Range<usize>,
    /// The host behind the at sign, completed where only the name of a provider is given.
    pub host: Host,
    /// How sure it is that an address is meant.
    pub confidence: Confidence,
    /// Whether it is written in another way than a mail program wants it.
    pub is_disguised: bool,
}

impl Email {
    /// The same address in the text that letters were joined from.
    pub(crate) fn spread(self, joined: &Joined) -> Self {
        Self { range: joined.span(self.range).range(), is_disguised: true, ..self }
    }
}

/// Finds the e-mail addresses of a text.
pub(crate) fn find(reading: &Reading<'_>) -> Vec<Email> {
    let mut emails: Vec<Email> =
        reading.addresses.iter().filter_map(|range| plain(reading.text, range)).collect();
    for (index, sign) in reading.signs.iter().enumerate() {
        let at = sign.range.start;
        if sign.stands_for == '@' && !is_in(&reading.addresses, at) && !is_in(&reading.urls, at) {
            emails.extend(disguised(reading, index));
        }
    }
    contact::keep_apart(&mut emails, |email| email.range.clone());
    emails
}

fn is_in(ranges: &[Range<usize>], at: usize) -> bool {
    let first = ranges.partition_point(|range| range.end <= at);
    ranges.get(first).is_some_and(|range| range.start <= at)
}

/// What has the form of an address, if it is one: trimmed, and with a host that can exist.
fn plain(text: &str, found: &Range<usize>) -> Option<Email> {
    let sign = found.start + text[found.clone()].find('@')?;
    let local = local_before(text, sign, found.start);
    let (host, length) = Host::longest(&text[sign + 1..found.end])?;
    if local.is_empty() || is_file_suffix(host.suffix()) || is_message_id(text, local.start) {
        return None;
    }
    let range = with_scheme(text, local.start)..sign + 1 + length;
    Some(Email { range, host, confidence: Confidence::High, is_disguised: false })
}

/// The address around a sign that may stand for `@`.
fn disguised(reading: &Reading<'_>, index: usize) -> Option<Email> {
    let Reading { text, signs, .. } = reading;
    let sign = &signs[index];
    let local = spelled_local(text, &signs[..index], sign.range.start);
    if local.is_empty() {
        return None;
    }
    let spelled = read_host(text, sign.range.end, &signs[index + 1..]);
    let (end, host, confidence) = match spelled.filter(|spelled| !is_file_suffix(spelled.host.suffix())) {
        Some(spelled) => {
            let confidence = judge(reading, sign, &local, &spelled)?;
            (spelled.end, spelled.host, confidence)
        }
        None => at_provider(reading, sign, &local)?,
    };
    let email = Email { range: with_scheme(text, local.start)..end, host, confidence, is_disguised: true };
    (!is_name_on_network(reading, &local, sign) && !is_message_id(text, local.start)).then_some(email)
}

/// Whether a sign begins a name on the network before it, which only looks like a host: `Instagram @petal.uk`.
fn is_name_on_network(reading: &Reading<'_>, local: &Range<usize>, sign: &Sign) -> bool {
    let Reading { text, lists, .. } = reading;
    text[..sign.range.end].ends_with('@')
        && text[sign.range.end..].starts_with(char::is_alphanumeric)
        && handle::is_network(&text[local.clone()], lists)
}

/// How sure it is that an address with a whole host is meant.
fn judge(
    reading: &Reading<'_>,
    sign: &Sign,
    local: &Range<usize>,
    spelled: &SpelledHost,
) -> Option<Confidence> {
    let has_slip = spelled.forms.contains(&SignForm::Slip);
    match kind_of(reading.text, sign) {
        At::Sign { is_tight: true } if has_slip => Some(Confidence::Medium),
        _ if has_slip => None,
        At::Sign { is_tight: true } | At::Bracketed => Some(Confidence::High),
        At::Sign { is_tight: false } | At::Name => judge_spaced(reading, sign, local),
        At::Preposition => judge_preposition(reading, sign, local, spelled),
    }
}

/// `name @ host.com`, `name arroba host.com`.
fn judge_spaced(reading: &Reading<'_>, sign: &Sign, local: &Range<usize>) -> Option<Confidence> {
    let written = &reading.text[local.clone()];
    let is_word =
        reading.lists.has_word(SENTENCE_WORDS, written) && !ROLES.contains(&written.to_lowercase().as_str());
    // In `follow us @host.com` the sign belongs to what follows.
    if is_word && reading.text[sign.range.clone()].ends_with('@') {
        return None;
    }
    let is_doubtful = is_word || written.bytes().all(|byte| byte.is_ascii_digit());
    Some(if is_doubtful { Confidence::Low } else { Confidence::High })
}

/// `name at host dot com`; but `look at host.com` is a link.
fn judge_preposition(
    reading: &Reading<'_>,
    sign: &Sign,
    local: &Range<usize>,
    spelled: &SpelledHost,
) -> Option<Confidence> {
    let Reading { text, lists, .. } = reading;
    let written = &text[local.clone()];
    let is_role = ROLES.contains(&written.to_lowercase().as_str());
    let is_box = BOXES.contains(&written.to_lowercase().as_str());
    let is_word = is_ordinary(reading, written);
    if !spelled.forms.is_empty() {
        let is_label_word = lists.has_word(SENTENCE_WORDS, spelled.host.label());
        let is_doubtful = (is_word && !is_role && !is_box)
            || is_label_word
            || is_wordy_suffix(lists, spelled.host.suffix());
        return Some(if is_doubtful { Confidence::Low } else { Confidence::Medium });
    }
    if lists.hosts.is_on(&[PROVIDERS], spelled.host.address("")) {
        return Some(if is_word { Confidence::Low } else { Confidence::Medium });
    }
    let is_shouted =
        text[sign.range.clone()].contains("AT") && written.bytes().any(|byte| byte.is_ascii_lowercase());
    let is_mailbox = is_role && begins_clause(text, local.start);
    ((is_shouted && !is_word) || is_mailbox).then_some(Confidence::Medium)
}

/// `name@gmail`, `name at gmail`: the provider without its suffix.
fn at_provider(
    reading: &Reading<'_>,
    sign: &Sign,
    local: &Range<usize>,
) -> Option<(usize, Host, Confidence)> {
    let Reading { text, lists, .. } = reading;
    let start = sign.range.end;
    let behind = &text[start..floor(text, start + 24)];
    let name = &behind[..behind.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(behind.len())];
    if name.len() < 3 || !lists.has_word(PROVIDERS, name) {
        return None;
    }
    let written = &text[local.clone()];
    let confidence = match kind_of(text, sign) {
        At::Sign { is_tight: true } | At::Bracketed => Confidence::High,
        _ if is_ordinary(reading, written) => return None,
        At::Preposition if written.bytes().all(|byte| byte.is_ascii_alphabetic()) => Confidence::Low,
        _ => Confidence::Medium,
    };
    let prefix = format!("{}.", name.to_ascii_lowercase());
    let known = lists.hosts.names(PROVIDERS).find(|host| host.starts_with(&prefix));
    let host = Host::parse(known.unwrap_or(name))?;
    Some((start + name.len(), host, confidence))
}

/// What a sign for `@` is.
enum At {
    /// The sign itself.
    Sign { is_tight: bool },
    /// In brackets.
    Bracketed,
    /// Its name, which means nothing else.
    Name,
    /// ` at `, which is mostly a word of the sentence.
    Preposition,
}

fn kind_of(text: &str, sign: &Sign) -> At {
    match sign.form {
        SignForm::Bracketed => At::Bracketed,
        SignForm::Word => {
            let word = text[sign.range.clone()].trim_matches(|c: char| !c.is_alphanumeric());
            if word.eq_ignore_ascii_case("at") { At::Preposition } else { At::Name }
        }
        _ => At::Sign { is_tight: sign.range.len() == 1 },
    }
}

/// Whether a word is one of a sentence rather than a name.
fn is_ordinary(reading: &Reading<'_>, word: &str) -> bool {
    let has_ending =
        ["ed", "ing", "able", "ly", "ment", "tion"].iter().any(|end| word.len() > 4 && word.ends_with(end));
    let is_joined = word.contains(['.', '_', '-']) || word.bytes().any(|byte| byte.is_ascii_digit());
    !is_joined && has_ending || reading.lists.has_word(SENTENCE_WORDS, word)
}

/// The part before the at sign, over signs for dots: `mia dot kern`, and over single letters: `m i a`.
fn spelled_local(text: &str, signs: &[Sign], end: usize) -> Range<usize> {
    let limit = signs.last().map_or(0, |sign| sign.range.end);
    let local = local_before(text, end, limit);
    let Some(dot) = signs.last().filter(|sign| sign.stands_for == '.' && sign.range.end == local.start)
    else {
        return local;
    };
    let first = local_before(text, dot.range.start, 0);
    if first.is_empty() || local.is_empty() { local } else { first.start..local.end }
}

/// The part of an address that ends at byte `end`.
fn local_before(text: &str, end: usize, limit: usize) -> Range<usize> {
    let limit = limit.max(floor(text, end.saturating_sub(64))).min(end);
    let before = &text[limit..end];
    let start = before.char_indices().rev().take_while(|(_, c)| is_local_char(*c)).last();
    let written = &before[start.map_or(before.len(), |(at, _)| at)..];
    let local = written.trim_start_matches(|c: char| !c.is_alphanumeric());
    end - local.len()..end
}

fn is_local_char(c: char) -> bool {
    c.is_ascii_alphanumeric()
        || matches!(c, '.' | '_' | '%' | '+' | '-' | '\'' | '&')
        || (!c.is_ascii() && c.is_alphanumeric() && !is_unspaced(c))
}

fn with_scheme(text: &str, start: usize) -> usize {
    if ends_with_ignoring_case(&text[..start], "mailto:") { start - "mailto:".len() } else { start }
}

/// Names of messages and of their parts are written like addresses: `<…@…>` behind such a header, and `cid:`.
fn is_message_id(text: &str, start: usize) -> bool {
    let before = &text[floor(text, start.saturating_sub(80))..start];
    if ends_with_ignoring_case(before, "cid:") || ends_with_ignoring_case(before, "mid:") {
        return true;
    }
    let line = before.rsplit('\n').next().unwrap_or(before).to_ascii_lowercase();
    let is_header =
        ["message-id:", "in-reply-to:", "references:", "content-id:"].iter().any(|name| line.contains(name));
    is_header && line.ends_with('<')
}
