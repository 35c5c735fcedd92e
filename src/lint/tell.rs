//! From candidates to findings: exact places, the words of the message, what a picture shows.

use std::borrow::Cow;
use std::ops::Range;

use crate::document::{Document, PageName};
use crate::finding::{
    Excerpt, FieldName, Finding, Fingerprint, Kind, Label, PagePlace, Place, RuleId, Severity,
};
use crate::fix::Fix;
use crate::rule::compiled::{Detector, RuleSet};
use crate::rule::schema::MetadataFact;
use crate::text::{LineIndex, Position, Source, columns};

use super::allow::is_about_allows;
use super::contacts;
use super::found::{Accepted, Candidate, Found, Mark, Site, Target, Value, Why};
use super::judge::severity_of;
use super::mend::{self, fill, value};
use super::message::{Message, Text};
use super::redact;
use super::{AllowUse, FieldText, Fixable, MessageReport, RecordName, Settings, Suppressed, Suppression};

/// Where a message begins in its file.
#[derive(Debug, Clone)]
pub(super) struct Base {
    /// Bytes before it.
    pub(super) offset: usize,
    /// Lines before it.
    pub(super) line: usize,
    /// Which record it is.
    pub(super) record: Option<RecordName>,
}

/// Bytes of a line that a picture shows to either side of what is marked.
const SIDE: usize = 100;
/// Bytes of marked text that a picture shows.
const MARKED: usize = 400;
/// Findings that are not listed and of which it is counted how many can be mended; nobody mends more at a time.
const MOST_COUNTED: usize = 100_000;
/// Bytes of the words found that a message quotes.
const QUOTED: usize = 80;

/// The finished report of a message.
pub(super) fn report(
    message: &Message<'_>,
    candidates: Vec<Candidate>,
    allows: Vec<AllowUse>,
    rules: &RuleSet,
    settings: &Settings,
    base: Base,
) -> MessageReport {
    let (mut accepted, mut candidates): (Vec<_>, Vec<_>) =
        candidates.into_iter().partition(|candidate| candidate.accepted.is_some());
    // Nobody has to mend those that are dropped here.
    drop_least(&mut accepted, settings.max_findings);
    let dropped = drop_least(&mut candidates, settings.max_findings);
    if let Some(worst) = dropped.iter().map(|candidate| candidate.severity).max() {
        candidates.extend(cut_notice(rules, settings, dropped.len(), worst));
    }
    let teller = Teller {
        message,
        rules,
        base: &base,
        lines: OnceLines::default(),
        counted: Counted::default(),
        settings,
    };
    let findings: Vec<Finding> = candidates.iter().map(|candidate| teller.finding(candidate)).collect();
    let mut unlisted = Fixable::default();
    dropped.iter().take(MOST_COUNTED).for_each(|candidate| unlisted.add(teller.fix(candidate).as_ref()));
    let keeps_texts = settings.keeps_texts && !findings.is_empty();
    MessageReport {
        kind: message.kind,
        kind_origin: message.kind_origin,
        channel: message.channel.clone(),
        findings,
        suppressed: accepted.iter().filter_map(|candidate| teller.suppressed(candidate)).collect(),
        unchecked: unchecked(message),
        texts: if keeps_texts { texts(message) } else { Vec::new() },
        allowed_hosts: contacts::allowed_hosts(message, rules, settings),
        allows,
        unlisted,
        record: base.record,
    }
}

/// What a message says, in the order in which targets number its texts.
fn texts(message: &Message<'_>) -> Vec<FieldText> {
    let text = |text: &Text<'_>| FieldText {
        field: text.block.field,
        scope: text.block.scope,
        is_repeat: text.block.is_repeat,
        text: text.block.text.text().to_owned(),
    };
    message.texts.iter().map(text).collect()
}

/// Keeps so many candidates, the worst of them and of those the first, in their order. Gives the rest.
fn drop_least(candidates: &mut Vec<Candidate>, most: usize) -> Vec<Candidate> {
    if candidates.len() <= most {
        return Vec::new();
    }
    let mut by_rank: Vec<usize> = (0..candidates.len()).collect();
    by_rank.sort_by_key(|at| std::cmp::Reverse(candidates[*at].severity));
    let mut is_kept = vec![false; candidates.len()];
    by_rank.iter().take(most).for_each(|at| is_kept[*at] = true);
    let mut kept = is_kept.iter();
    candidates.extract_if(.., |_| !kept.next().copied().unwrap_or(false)).collect()
}

/// A finding that says how many more there are, as bad as the worst of them.
fn cut_notice(rules: &RuleSet, settings: &Settings, dropped: usize, worst: Severity) -> Option<Candidate> {
    let is_notice = |detector: &Detector| matches!(detector, Detector::Metadata(MetadataFact::FindingsCut));
    let rule =
        rules.rules.iter().position(|rule| rule.detect.iter().any(|detect| is_notice(&detect.detector)))?;
    let severity = severity_of(&rules.rules[rule], &rules.rules[rule].detect[0], settings)?;
    let found = Found::message().with("count", dropped.to_string());
    Some(Candidate {
        rule,
        detect: 0,
        severity: severity.max(worst),
        held: None,
        found,
        site: None,
        also: Vec::new(),
        accepted: None,
    })
}

/// What nobody can see in a draft, in words for "not checked:".
fn unchecked(message: &Message<'_>) -> Vec<&'static str> {
    let metadata = &message.document.metadata;
    let mut open = Vec::new();
    if message.kind != Kind::Reply {
        if metadata.buyer_opted_out.is_none() {
            open.push("whether the buyer opted out");
        }
        if metadata.order_completed.is_none() || metadata.send_date.is_none() {
            open.push("the 30 days after the order");
        }
        open.push("earlier messages about the order");
    }
    if message.kind != Kind::Reply && message.texts.iter().any(|text| !text.block.quoted.is_empty()) {
        open.push("the text that it quotes");
    }
    if has_pictures(message.document) {
        open.push("what images show");
    }
    open
}

fn has_pictures(document: &Document<'_>) -> bool {
    let mut elements = document.markups.iter().flat_map(|markup| &markup.elements);
    elements.any(|element| element.name == "img")
}

struct Teller<'t> {
    message: &'t Message<'t>,
    rules: &'t RuleSet,
    settings: &'t Settings,
    base: &'t Base,
    lines: OnceLines,
    counted: Counted,
}

/// Lines of each page but the file, indexed when first asked for.
#[derive(Default)]
struct OnceLines(std::cell::RefCell<Vec<(usize, std::rc::Rc<LineIndex>)>>);

impl Teller<'_> {
    fn finding(&self, candidate: &Candidate) -> Finding {
        let rule = &self.rules.rules[candidate.rule];
        let detect = &rule.detect[candidate.detect];
        let found = &candidate.found;
        let text = self.text(&found.target);
        let words = |template: &String| self.filled(template, &text, &found.values);
        let help = words(detect.help.as_ref().unwrap_or(&rule.help));
        let site = candidate.site.as_ref();
        let place = match site {
            Some(site) => self.place(site),
            None => self.whole(),
        };
        let page = site.and_then(|site| self.page_place(site));
        let mut excerpt = match site {
            Some(site) => self.excerpt(site),
            None => Excerpt { text: String::new(), first_line: 0, mark: 0..0 },
        };
        // The text of a record begins anywhere in the file; the lines of a part of a mail are its own, and it is named.
        if page.is_none() || self.base.record.is_some() {
            excerpt.first_line = place.start.line;
        }
        let id = RuleId::new(&rule.id);
        Finding {
            fingerprint: Fingerprint::new(&id, &text),
            rule: id,
            severity: candidate.severity,
            is_notice: rule.is_notice() || is_about_allows(rule),
            confidence: found.confidence,
            message: words(detect.message.as_ref().unwrap_or(&rule.message)),
            help: match candidate.held {
                Some(from) => format!("{help} (it holds since {from}, which is after your `policy-date`)"),
                None => help,
            },
            field: self.field(&found.target),
            field_chars: self.field_chars(&found.target),
            field_text: match &found.target {
                Target::Words(block, _) => Some(*block),
                Target::Written { .. } | Target::Message => None,
            },
            page,
            excerpt,
            place,
            labels: found.marks.iter().filter_map(|mark| self.label(mark)).collect(),
            also: candidate.also.iter().map(|rule| RuleId::new(&self.rules.rules[*rule].id)).collect(),
            fix: self.fix(candidate),
            text,
        }
    }

    fn fix(&self, candidate: &Candidate) -> Option<Fix> {
        let rule = &self.rules.rules[candidate.rule];
        let detect = &rule.detect[candidate.detect];
        mend::fix(self.message, self.rules, rule, detect, &candidate.found, candidate.severity, self.base)
    }

    /// A template with its values: `{match}` is the words found.
    fn filled(&self, template: &str, text: &str, values: &[Value]) -> String {
        fill(template, |name| {
            let value = match name {
                "match" => Some(Cow::Owned(quoted(text))),
                _ => value(values, name),
            };
            if self.settings.masks_quotes { value.map(|value| redact::masked(name, value)) } else { value }
        })
        .0
    }

    fn field(&self, target: &Target) -> FieldName {
        match target {
            Target::Words(block, _) => self.message.texts[*block].block.field,
            Target::Written { field, .. } => *field,
            Target::Message => FieldName::Body,
        }
    }

    fn page(&self, site: &Site) -> &str {
        self.message.document.pages[site.page].text.text()
    }

    fn text(&self, target: &Target) -> String {
        self.message.words_of(target).to_owned()
    }

    fn suppressed(&self, candidate: &Candidate) -> Option<Suppressed> {
        let by = match candidate.accepted? {
            Accepted::InSource(allow) => {
                Suppression::InSource { reason: self.message.document.allows[allow].reason.clone() }
            }
            Accepted::Configuration(allow) => {
                Suppression::Configuration { reason: self.settings.allows[allow].reason.clone() }
            }
        };
        Some(Suppressed { finding: self.finding(candidate), by })
    }

    fn field_chars(&self, target: &Target) -> Option<Range<usize>> {
        let Target::Words(block, range) = target else { return None };
        let text = self.message.texts[*block].block.text.text();
        let start = self.counted.chars_before(*block, text, range.start);
        Some(start..start + text[range.clone()].chars().count())
    }

    /// The place of the body, or of the file where there is none.
    fn whole(&self) -> Place {
        let body = self
            .message
            .said(FieldName::Body)
            .next()
            .map(|(block, text)| Target::Words(block, 0..text.block.text.text().len()));
        let file = || Site { page: 0, range: 0..self.message.source.text().text().len(), at: 0 };
        self.place(&body.and_then(|body| self.message.site(&body)).unwrap_or_else(file))
    }

    /// Where the bytes of a page stand in the file.
    fn place(&self, site: &Site) -> Place {
        let (source, page) = (self.message.source, &self.message.document.pages[site.page]);
        let span = page.text.span(site.range.clone());
        // Page 0 is the decoded file, so its offsets need not be found out.
        let range = match page.name {
            PageName::File => site.range.clone(),
            _ => source.offset_of(span.start())..source.offset_of(span.end()),
        };
        let shifted = |at| {
            let position = self.counted.position(source, at);
            Position { line: position.line + self.base.line, ..position }
        };
        Place { span: span.shifted(self.base.offset), start: shifted(range.start), end: shifted(range.end) }
    }

    /// Where the bytes of a page stand in the page, unless the page is the file.
    fn page_place(&self, site: &Site) -> Option<PagePlace> {
        let name = match &self.message.document.pages[site.page].name {
            PageName::File => return None,
            name => name.to_string(),
        };
        let text = self.page(site);
        Some(PagePlace { name, start: self.lines.of(site.page, text).position(text, site.range.start) })
    }

    fn label(&self, mark: &Mark) -> Option<Label> {
        let text = self.text(&mark.target);
        Some(Label {
            place: self.place(&self.message.site(&mark.target)?),
            message: match mark.why {
                Why::Together => self.filled("together with `{match}`", &text, &[]),
                Why::Again => "the same again".to_owned(),
            },
        })
    }

    /// What a picture shows: lines of the page.
    fn excerpt(&self, site: &Site) -> Excerpt {
        let text = self.page(site);
        match self.message.document.pages[site.page].name {
            PageName::File => excerpt(text, self.message.source.lines(), site.range.clone()),
            _ => excerpt(text, &self.lines.of(site.page, text), site.range.clone()),
        }
    }
}

/// Places that were counted last. Findings come in order, so the next one is counted from there, and a line full of
/// them is gone through once.
#[derive(Default)]
struct Counted {
    /// Block, byte, characters before it.
    chars: std::cell::Cell<(usize, usize, usize)>,
    /// Byte of the source text, and its position.
    place: std::cell::Cell<(usize, Position)>,
}

impl Counted {
    /// Number of characters of a block's text before byte `at`.
    fn chars_before(&self, block: usize, text: &str, at: usize) -> usize {
        let (known_block, from, before) = self.chars.get();
        let (from, before) = if known_block == block && from <= at { (from, before) } else { (0, 0) };
        let count = before + text[from..at].chars().count();
        self.chars.set((block, at, count));
        count
    }

    /// Line and columns of byte `at` of the source text, which lies on a character boundary.
    fn position(&self, source: &Source<'_>, at: usize) -> Position {
        let (from, known) = self.place.get();
        let is_ahead = known.line > 0 && from <= at && source.lines().line_of(at) == known.line;
        let position = match source.text().text().get(from..at) {
            Some(between) if is_ahead => {
                let (chars, utf16) = columns(between);
                Position {
                    column: known.column + chars,
                    column_utf16: known.column_utf16 + utf16,
                    column_byte: known.column_byte + between.len(),
                    ..known
                }
            }
            _ => source.position(at),
        };
        self.place.set((at, position));
        position
    }
}

impl OnceLines {
    fn of(&self, page: usize, text: &str) -> std::rc::Rc<LineIndex> {
        let mut known = self.0.borrow_mut();
        if let Some((_, lines)) = known.iter().find(|(other, _)| *other == page) {
            return std::rc::Rc::clone(lines);
        }
        let lines = std::rc::Rc::new(LineIndex::new(text));
        known.push((page, std::rc::Rc::clone(&lines)));
        lines
    }
}

/// Words as a message quotes them: on one line, and not too many.
pub(super) fn quoted(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        line.push_str(if line.is_empty() { "" } else { " " });
        line.push_str(word);
    }
    if line.len() > QUOTED {
        let end = floor(&line, QUOTED);
        line.truncate(end);
        line.push('…');
    }
    line
}

/// The lines around a mark, cut to what a screen can show.
pub(super) fn excerpt(text: &str, lines: &LineIndex, mark: Range<usize>) -> Excerpt {
    let first_line = lines.line_of(mark.start);
    let mark = mark.start..mark.end.min(ceil(text, mark.start + MARKED));
    let line_start = lines.start_of(first_line).unwrap_or(0);
    let start = line_start.max(floor(text, mark.start.saturating_sub(SIDE)));
    // No further than what is shown: a line may be the whole of a large text, and full of findings.
    let cut = ceil(text, mark.end + SIDE);
    let shown = &text.as_bytes()[mark.end..cut];
    let end = memchr::memchr2(b'\n', b'\r', shown).map_or(cut, |at| mark.end + at);
    let goes_on = end == cut && text.as_bytes().get(cut).is_some_and(|byte| !matches!(byte, b'\n' | b'\r'));
    let (left, right) = (if start > line_start { "…" } else { "" }, if goes_on { "…" } else { "" });
    let shift = |at: usize| at - start + left.len();
    Excerpt {
        text: [left, &text[start..end], right].concat(),
        first_line,
        mark: shift(mark.start)..shift(mark.end),
    }
}

fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

fn ceil(text: &str, at: usize) -> usize {
    (at.min(text.len())..=text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_excerpt_shows_what_is_near_on_its_lines() {
        let far = "far ".repeat(SIDE);
        for (before, after, left, right) in [
            ("one\na ", " b\ntwo", "a ", " b"),
            ("one\r\n", "\r\ntwo", "", ""),
            ("a ", " b", "a ", " b"),
            (&*far, "", "…", ""),
            ("", &*far, "", "…"),
            ("", &*format!("{}\nb", "x".repeat(SIDE)), "", "x"),
        ] {
            let text = format!("{before}mark{after}");
            let mark = before.len()..before.len() + 4;
            let excerpt = excerpt(&text, &LineIndex::new(&text), mark);
            assert_eq!(&excerpt.text[excerpt.mark.clone()], "mark");
            let (shown_before, shown_after) =
                (&excerpt.text[..excerpt.mark.start], &excerpt.text[excerpt.mark.end..]);
            assert_eq!(shown_before.starts_with('…'), left == "…", "{text}");
            assert_eq!(shown_after.ends_with('…'), right == "…", "{text}");
            if left != "…" {
                assert_eq!(shown_before, left, "{text}");
            }
            if right.starts_with(' ') || right.is_empty() {
                assert_eq!(shown_after, right, "{text}");
            }
        }
    }
}
