//! Hosts without a scheme: `host.com/path`, `www.host.com`, `host.com`.
//!
//! The art is to tell them from sentences without a blank between them (`your order.is it here`), from abbreviations,
//! file names and placeholders.

use std::ops::Range;

use crate::detect::contact::Reading;
use crate::detect::domain::{Host, is_host_char, is_unspaced};
use crate::detect::link::address::{self, tail_end};
use crate::detect::link::suffix::{is_file_suffix, is_sure_suffix, is_wordy_suffix};
use crate::detect::link::{Link, LinkForm};
use crate::detect::neighbours::{is_blank, word_after, word_before};
use crate::text::seek;
use crate::verdict::Confidence;

/// Words before a host that announce it, beside those of the list `link-cues`; they stand elsewhere too.
const WEAK_CUES: [&str; 14] =
    ["at", "on", "see", "from", "via", "bei", "unter", "auf", "sur", "chez", "en", "su", "op", "på"];
/// Behind a host these make it the name of a company.
const COMPANY_FORMS: [&str; 12] =
    ["ltd", "llc", "inc", "gmbh", "limited", "corp", "ag", "kg", "sarl", "srl", "bv", "ug"];
/// Names in front of `.net` that stand for frameworks.
const FRAMEWORKS: [&str; 4] = ["asp", "vb", "ado", "ml"];

/// Finds bare hosts.
pub(super) fn find(reading: &Reading<'_>) -> Vec<Link> {
    let mut links = Vec::new();
    let mut at = 0;
    let bytes = reading.text.as_bytes();
    while let Some(dot) = memchr::memchr(b'.', &bytes[at..]).map(|offset| at + offset) {
        // The first dot of a run that ends with it parts nothing.
        if bytes.get(dot + 1).is_none_or(|next| next.is_ascii() && !is_host_char(char::from(*next))) {
            at = dot + 1;
            continue;
        }
        let run = run_around(reading.text, dot, at);
        at = run.end;
        if !has_suffix(&bytes[run.clone()]) {
            continue;
        }
        for piece in pieces(reading.text, &run) {
            if let Some(link) = link(reading, piece) {
                at = at.max(link.range.end);
                links.push(link);
            }
        }
    }
    links
}

/// The run of host characters around a dot, from byte `limit` on at the earliest.
fn run_around(text: &str, dot: usize, limit: usize) -> Range<usize> {
    let bytes = text.as_bytes();
    let is_plain = |byte: u8| byte.is_ascii() && is_host_char(char::from(byte));
    let start = seek::run_start(bytes, limit, dot, is_plain);
    let end = seek::run_end(bytes, dot, is_plain);
    let is_beyond = |byte: Option<&u8>| byte.is_some_and(|byte| !byte.is_ascii());
    let before = is_beyond(bytes[limit..start].last()).then(|| text[limit..start].chars().rev());
    let after = is_beyond(bytes.get(end)).then(|| text[end..].chars());
    start - before.map_or(0, hosts_length)..end + after.map_or(0, hosts_length)
}

/// The bytes of the host characters that come first.
fn hosts_length(chars: impl Iterator<Item = char>) -> usize {
    chars.take_while(|c| is_host_char(*c)).map(char::len_utf8).sum()
}

/// Whether a dot has behind it what may be a suffix: none has one letter.
fn has_suffix(run: &[u8]) -> bool {
    run.windows(3).any(|three| three[0] == b'.' && three[1] != b'.' && three[2] != b'.')
}

/// The run between ellipses, without what cannot begin or end a host.
fn pieces(text: &str, run: &Range<usize>) -> Vec<Range<usize>> {
    let mut pieces = Vec::new();
    let mut start = run.start;
    for piece in text[run.clone()].split("..") {
        let left = piece.len() - piece.trim_start_matches(['.', '-', '_']).len();
        let right = piece.trim_end_matches(['.', '-', '_']).len();
        if left < right && piece[left..right].contains('.') {
            pieces.push(start + left..start + right);
        }
        start += piece.len() + 2;
    }
    pieces
}

/// The link that a piece of host characters is.
fn link(reading: &Reading<'_>, piece: Range<usize>) -> Option<Link> {
    let text = reading.text;
    let start = piece.start + unspaced_length(&text[piece.clone()]);
    if is_part_of_something(text, &(start..piece.end)) {
        return None;
    }
    let (host, length) = Host::longest(&text[start..piece.end])?;
    let host_end = start + length;
    let candidate = Candidate { reading, start, end: host_end, piece_end: piece.end, host: &host };
    let confidence = candidate.judge()?;
    let end = if host_end == piece.end { tail_end(text, host_end) } else { host_end };
    let form = match &host {
        host if host.name().starts_with("www.") => LinkForm::Www,
        _ if end > host_end => LinkForm::BarePath,
        _ => LinkForm::BareHost,
    };
    let parts = address::parse(&text[start..end]);
    Some(Link::new(start..end, form, parts, reading.lists, confidence))
}

/// Length of what a script without blanks put in front of a host in Latin letters.
fn unspaced_length(written: &str) -> usize {
    let label = &written[..written.find('.').unwrap_or(0)];
    let Some((at, c)) = label.char_indices().rev().find(|(_, c)| is_unspaced(*c)) else { return 0 };
    if at + c.len_utf8() < label.len() { at + c.len_utf8() } else { 0 }
}

/// Whether the neighbours make it part of an address, a path or a placeholder.
fn is_part_of_something(text: &str, range: &Range<usize>) -> bool {
    let before = text[..range.start].chars().next_back();
    let after = text[range.end..].chars().next();
    let is_open = text[..range.start].trim_end_matches(is_blank).ends_with(['{', '%', '$', '#']);
    let is_closed = text[range.end..].trim_start_matches(is_blank).starts_with(['}', '%', '#']);
    let is_path = match before {
        Some('/') => !text[..range.start].ends_with("//"),
        Some('\\' | '@' | '=' | '&') => true,
        _ => false,
    };
    is_path || after == Some('@') || (is_open && is_closed)
}

/// A host in its text.
struct Candidate<'a> {
    reading: &'a Reading<'a>,
    start: usize,
    end: usize,
    piece_end: usize,
    host: &'a Host,
}

impl Candidate<'_> {
    /// How sure it is that a host is meant.
    fn judge(&self) -> Option<Confidence> {
        let Reading { text, lists, .. } = self.reading;
        let (label, suffix) = (self.host.label(), self.host.suffix());
        if self.host.name().starts_with("www.") {
            return (label != "www").then_some(Confidence::High);
        }
        if self.is_sentence_joint() || (suffix == "net" && FRAMEWORKS.contains(&label)) {
            return None;
        }
        let has_path = self.end == self.piece_end && self.has_path();
        let has_cue = lists.has_word("link-cues", word_before(text, self.start));
        if is_file_suffix(suffix) {
            return (has_path || has_cue).then_some(Confidence::Medium);
        }
        let is_wordy = is_wordy_suffix(lists, suffix);
        if (!is_wordy || has_path) && lists.hosts.lists_of(self.host.address("")).next().is_some() {
            return Some(Confidence::High);
        }
        if label.contains('_') {
            return None;
        }
        if label.chars().count() < 2 || label.bytes().all(|byte| byte.is_ascii_digit()) {
            return (has_path && !is_wordy).then_some(Confidence::Medium);
        }
        let confidence = match (lists.has_word("sentence-words", label), is_wordy) {
            (true, true) => return (has_path || has_cue).then_some(Confidence::Low),
            (true, false) => self.judge_word(has_path || has_cue),
            (false, true) => self.judge_wordy(has_path, has_cue),
            (false, false) => Confidence::High,
        };
        let is_company = COMPANY_FORMS.contains(&word_after(text, self.end).to_lowercase().as_str());
        Some(match () {
            () if self.is_code() => Confidence::Low,
            () if is_company => confidence.min(Confidence::Medium),
            () => confidence,
        })
    }

    /// An ordinary word under a suffix that is none: `order.com`.
    fn judge_word(&self, is_announced: bool) -> Confidence {
        if is_announced {
            return Confidence::High;
        }
        let goes_on = self.reading.lists.has_word("sentence-words", word_after(self.reading.text, self.end));
        if is_sure_suffix(self.host.suffix()) && !goes_on { Confidence::Medium } else { Confidence::Low }
    }

    /// A name under a suffix that is a word: `blauholz.it`.
    fn judge_wordy(&self, has_path: bool, has_cue: bool) -> Confidence {
        let Reading { text, lists, .. } = self.reading;
        if has_path || has_cue {
            return Confidence::High;
        }
        let next = word_after(text, self.end);
        let has_weak_cue = WEAK_CUES.contains(&word_before(text, self.start).to_lowercase().as_str());
        match () {
            () if lists.has_word("sentence-words", next) => Confidence::Low,
            () if has_weak_cue => Confidence::High,
            () if next.starts_with(char::is_lowercase) => Confidence::Low,
            () => Confidence::Medium,
        }
    }

    /// `arrived.Please`: a capital behind the last dot begins a sentence.
    fn is_sentence_joint(&self) -> bool {
        let written = &self.reading.text[self.start..self.end];
        let last = written.rsplit('.').next().unwrap_or(written);
        let mut letters = last.chars();
        let is_title = letters.next().is_some_and(char::is_uppercase) && letters.any(char::is_lowercase);
        let dropped = &self.reading.text[self.end..self.piece_end];
        let is_cut = dropped.starts_with('.') && dropped[1..].starts_with(|c: char| c.is_ascii_lowercase());
        (is_title && !matches!(last, "Com" | "Org")) || (is_cut && !is_sure_suffix(self.host.suffix()))
    }

    /// Whether a path, a query or a port follows.
    fn has_path(&self) -> bool {
        let mut after = self.reading.text[self.end..].chars();
        match after.next() {
            Some('/') => true,
            Some('?' | ':') => after.next().is_some_and(char::is_alphanumeric),
            _ => false,
        }
    }

    /// Capitals with digits or several dots between them are an article number: `AB-12.IN`, `LAMP.WHT.UK`.
    fn is_code(&self) -> bool {
        let written = &self.reading.text[self.start..self.end];
        let is_mixed = written.bytes().any(|byte| byte.is_ascii_digit()) || self.host.labels().count() > 1;
        is_mixed && !written.bytes().any(|byte| byte.is_ascii_lowercase())
    }
}
