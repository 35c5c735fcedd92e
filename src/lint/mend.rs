//! How a finding is mended: the edits that turn the words found into better ones.

use std::borrow::Cow;
use std::ops::Range;

use crate::document::markup::{Element, Markup};
use crate::document::{Block, Page, PageName, Placeholder, Scope, placeholder};
use crate::finding::{FieldName, Severity};
use crate::fix::{Applicability, Edit, Fix};
use crate::rule::compiled::{Cure, Detect, Detector, Rule, RuleSet};
use crate::rule::schema::{FixSafety, FixTarget};
use crate::text::{MappedText, Span};
use crate::view::WRAP_WIDTH;

use super::emptied::with_emptied;
use super::found::{Found, Target, Value, Why};
use super::message::{Message, Text};
use super::signs::{leaves_signs, with_stress};
use super::taken::instead;
use super::tell::Base;

/// The cure of a finding. None where there is no cure, where the detector had nothing to
/// suggest, where a placeholder would go, and where the words cannot be written into the file just so: it says them
/// together with others, so that no byte is theirs alone, or in an encoding that has other bytes for them.
pub(super) fn fix(
    message: &Message<'_>,
    rules: &RuleSet,
    rule: &Rule,
    detect: &Detect,
    found: &Found,
    severity: Severity,
    base: &Base,
) -> Option<Fix> {
    let cure = detect.fix.as_ref().or(rule.fix.as_ref())?;
    let mut edits = Vec::new();
    for target in targets(message, cure, found) {
        edits.extend(change(message, rules, cure, &target, &found.values)?.edits());
    }
    // What is told once is mended everywhere; what is said of one word need not fit another.
    let is_for_all = cure.replace.as_ref().is_none_or(|template| !template.contains('{'));
    let fits = |target: &Target| is_for_all || words(message, target) == words(message, &found.target);
    for again in found.marks.iter().filter(|mark| mark.why == Why::Again && fits(&mark.target)) {
        let more =
            change(message, rules, cure, &again.target, &found.values).map(Change::edits).unwrap_or_default();
        // What is around both may be empty then: the later one is taken out when the rest is judged again.
        let is_beside = edits
            .last()
            .zip(more.first())
            .is_some_and(|(edit, later)| edit.leaves_blanks_before(later, message.source.bytes()));
        edits.extend(more.into_iter().filter(|_| !is_beside));
    }
    edits.sort_by_key(|edit| (edit.span.start(), edit.span.end()));
    edits.dedup();
    let overlap = edits.windows(2).any(|pair| pair[0].span.end() > pair[1].span.start());
    edits.iter_mut().for_each(|edit| edit.span = edit.span.shifted(base.offset));
    let applicability = applicability(message, cure, detect, severity);
    (!overlap).then_some(Fix { applicability, edits })
}

/// How safe a cure is here. What is only a note may be right, so its sentence is for a person to take out; a colour may
/// be needed on what is behind the letters.
fn applicability(message: &Message<'_>, cure: &Cure, detect: &Detect, severity: Severity) -> Applicability {
    let is_color = matches!(&detect.detector, Detector::Style(style) if style.properties.iter().any(|name| name == "color"));
    match cure.safety {
        FixSafety::DisplayOnly => Applicability::DisplayOnly,
        _ if severity == Severity::Note && takes_out_more(cure) => Applicability::DisplayOnly,
        FixSafety::Safe if is_color && message.has_dark_ground() => Applicability::Unsafe,
        FixSafety::Unsafe => Applicability::Unsafe,
        FixSafety::Safe => Applicability::Safe,
    }
}

/// Whether a cure takes out more than what was found.
fn takes_out_more(cure: &Cure) -> bool {
    matches!(cure.delete, Some(FixTarget::Sentence | FixTarget::Element))
}

/// What a cure changes: the place that was found; of a passage whose sentences are to go, the runs of those that say
/// something forbidden, without what stands between.
fn targets(message: &Message<'_>, cure: &Cure, found: &Found) -> Vec<Target> {
    let Target::Words(block, _) = &found.target else { return vec![found.target.clone()] };
    if cure.delete != Some(FixTarget::Sentence) || found.parts.is_empty() {
        return vec![found.target.clone()];
    }
    let view = &message.texts[*block].view;
    let mut runs: Vec<Range<usize>> = Vec::new();
    for part in &found.parts {
        match runs.last_mut() {
            Some(run) if view.sentence_at(part.start) <= view.sentence_at(run.end.saturating_sub(1)) + 1 => {
                run.end = run.end.max(part.end);
            }
            _ => runs.push(part.clone()),
        }
    }
    runs.into_iter().map(|run| Target::Words(*block, run)).collect()
}

/// What is written at a place.
fn words<'m>(message: &'m Message<'_>, target: &Target) -> &'m str {
    match target {
        Target::Words(block, range) => &message.texts[*block].block.text.text()[range.clone()],
        Target::Written { page, range, .. } => &message.document.pages[*page].text.text()[range.clone()],
        Target::Message => "",
    }
}

/// The change that a cure makes to one place.
fn change(
    message: &Message<'_>,
    rules: &RuleSet,
    cure: &Cure,
    target: &Target,
    values: &[Value],
) -> Option<Change> {
    match target {
        _ if cure.delete == Some(FixTarget::Element) => of_element(message, target),
        Target::Words(block, range) => of_words(message, rules, cure, &message.texts[*block], range, values),
        // What a file is called, and what the front matter says, is not ours to shorten.
        Target::Written { field: FieldName::Attachment | FieldName::Metadata, .. } => None,
        Target::Written { page, range, .. } => of_written(message, cure, *page, range, values),
        Target::Message => None,
    }
}

/// Places in the file, and what is written there instead.
struct Change {
    spans: Vec<Span>,
    replacement: String,
}

impl Change {
    fn edits(self) -> Vec<Edit> {
        let edit = |span: Span| Edit { span, replacement: self.replacement.clone() };
        self.spans.into_iter().map(edit).collect()
    }
}

/// The change that a cure makes to words of a text. What stands between the words in the file and is no part of them,
/// such as a tag, is left.
fn of_words(
    message: &Message<'_>,
    rules: &RuleSet,
    cure: &Cure,
    text: &Text<'_>,
    found: &Range<usize>,
    values: &[Value],
) -> Option<Change> {
    let block = text.block.text.text();
    let (range, replacement) = match (&cure.replace, cure.delete) {
        (Some(template), _) => (found.clone(), replacement(template, &block[found.clone()], values)?),
        // An address in markup is in no sentence.
        (None, Some(FixTarget::Sentence)) if text.block.scope != Scope::Text => return None,
        (None, Some(FixTarget::Sentence)) => (sentences(text, found), String::new()),
        (None, _) => match instead(text.block, &message.document.pages[text.block.page], found, rules)? {
            nothing if nothing.is_empty() => (with_blank_beside(text.block, found), nothing),
            sign => (found.clone(), sign),
        },
    };
    // A subject is written anew by a person, or stays.
    if text.block.field == FieldName::Subject && replacement.is_empty() && range.len() == block.len() {
        return None;
    }
    let replacement = with_line_ends_of(&block[range.clone()], replacement);
    let is_taken_out = replacement.is_empty() || cure.replace.is_none();
    if is_taken_out && is_half_quoted(block, &range) {
        return None;
    }
    if is_taken_out && leaves_signs(message, text, &range) {
        return None;
    }
    if is_taken_out && !can_go(text.block, &message.document.pages[text.block.page], &range) {
        return None;
    }
    let (changed, replacement) = difference(&block[range.clone()], &replacement);
    let changed = range.start + changed.start..range.start + changed.end;
    if touches_placeholder(text.block, &changed) {
        return None;
    }
    let page = message.document.pages[text.block.page].text.text();
    let own = between_elements(text.block, page, &changed);
    let parts: Vec<Span> =
        own.iter().flat_map(|words| message.document.file_spans(text.block, words.clone())).collect();
    // What parts the words in the file and is nothing to read, such as a soft line break, goes with them.
    let is_whole = text.block.text.slice(changed.clone()).pieces().count() == 1 && !parts.is_empty();
    let spans = match changed.is_empty() || is_whole {
        true => vec![message.document.file_span(text.block, changed.clone())],
        false => parts,
    };
    if replacement.is_empty() {
        let spans = match cure.delete {
            Some(FixTarget::Sentence) if !spans.is_empty() => {
                with_emptied(message, text, &changed, &own, spans)
            }
            _ => spans,
        };
        return (!spans.is_empty()).then(|| Change { spans, replacement: String::new() });
    }
    let is_possible = spans.len() == 1
        && is_literal(&text.block.text, &changed)
        && can_be_written(message, text.block.page, &text.block.text.span(changed).range(), replacement);
    is_possible.then(|| Change { spans, replacement: replacement.to_owned() })
}

/// Whether a quotation begins or ends in some words and its other mark stands elsewhere, or the sentence goes on behind it.
fn is_half_quoted(text: &str, range: &Range<usize>) -> bool {
    let words = &text[range.clone()];
    let count = |mark: char| words.matches(mark).count();
    let goes_on = text[range.end..].trim_start().starts_with(char::is_lowercase);
    let is_half = !count('"').is_multiple_of(2) || count('“') != count('”');
    is_half || goes_on && words.trim_end().ends_with(['"', '”'])
}

/// Whether some words are in a placeholder, or in the text of one of its filters: `{{ name | default: "friend" }}`.
fn touches_placeholder(block: &Block<'_>, words: &Range<usize>) -> bool {
    let holes = &block.placeholders;
    let next = holes.partition_point(|hole| hole.range.end <= words.start);
    let opens_text = |hole: &Placeholder| block.text.text()[hole.range.clone()].ends_with(['"', '\'']);
    holes[..next].last().is_some_and(opens_text)
        || holes[next..].first().is_some_and(|hole| overlap(&hole.range, words))
}

/// The parts of some words that stand in lines of their own elements: a tag or a line end that parts two items stays.
fn between_elements(block: &Block<'_>, page: &str, words: &Range<usize>) -> Vec<Range<usize>> {
    let text = block.text.text();
    let mut parts = Vec::new();
    let mut from = words.start;
    let mut at = words.start;
    while let Some(offset) = text[at..words.end].find('\n') {
        let line_end = at + offset;
        let gap = text[line_end..words.end].len() - text[line_end..words.end].trim_start_matches('\n').len();
        at = line_end + gap;
        let written = &page[block.text.span(line_end..at).range()];
        let is_tag =
            written.starts_with('<') && !written.get(..3).is_some_and(|tag| tag.eq_ignore_ascii_case("<br"));
        if is_tag || block.line_ends.binary_search(&line_end).is_ok() {
            parts.push(from..line_end);
            from = at;
        }
    }
    parts.push(from..words.end);
    parts.retain(|part| !part.is_empty());
    parts
}

/// Characters to either side among which something has to be left, so that a text of emoji costs no more than its length.
const NEAR: usize = 500;

/// Whether words can be taken out of a text so that the rest means what it meant. Words are left in a header that is
/// encoded, in names and addresses, between two signs (`**☺**`, `%☺%`), where what follows would begin a line with another
/// meaning (`☺ # one`), and where nothing would be left.
fn can_go(block: &Block<'_>, page: &Page<'_>, range: &Range<usize>) -> bool {
    let text = block.text.text();
    let (before, after) = (&text[..range.start], &text[range.end..]);
    let is_prose = matches!(block.field, FieldName::Body | FieldName::Subject)
        && matches!(block.scope, Scope::Text | Scope::Caption)
        && !matches!(page.name, PageName::Header(_));
    let next = after.trim_start_matches([' ', '\t']).chars().next();
    let begins_line = before.trim_end_matches([' ', '\t']).chars().next_back().is_none_or(|c| c == '\n');
    let opens_word = next.is_none_or(|c| c.is_alphanumeric() || c == '\n' || c == '\r');
    let opens_well = !begins_line || (opens_word && !is_item(after.trim_start_matches([' ', '\t'])));
    let is_sign = |c: Option<char>| c.is_some_and(|c| c.is_ascii_punctuation());
    let ends_clause = |c: Option<char>| c.is_some_and(|c| matches!(c, '.' | ',' | '!' | '?' | ';' | ':'));
    let (left, right) = (before.chars().next_back(), after.chars().next());
    let is_between_signs = is_sign(left) && is_sign(right) && !ends_clause(right);
    let is_said = before.chars().rev().take(NEAR).chain(after.chars().take(NEAR)).any(char::is_alphanumeric);
    is_prose && is_said && opens_well && !is_between_signs
}

/// Whether a text begins as an item of a numbered list does.
fn is_item(text: &str) -> bool {
    text.trim_start_matches(|c: char| c.is_ascii_digit()).starts_with(['.', ')'])
        && text.starts_with(|c: char| c.is_ascii_digit())
}

/// The change that a cure makes to what is written at some bytes of a page: a declaration, an attribute, a tag, a header.
fn of_written(
    message: &Message<'_>,
    cure: &Cure,
    page: usize,
    found: &Range<usize>,
    values: &[Value],
) -> Option<Change> {
    let written = &message.document.pages[page].text;
    let text = written.text();
    let (range, replacement) = match &cure.replace {
        Some(template) => (found.clone(), replacement(template, &text[found.clone()], values)?),
        // An opening tag is not taken out without its closing one.
        None if text[found.clone()].starts_with('<') => return None,
        None => (with_sign(text, found.clone()), String::new()),
    };
    let (changed, replacement) = difference(&text[range.clone()], &replacement);
    let changed = range.start + changed.start..range.start + changed.end;
    if has_placeholder(&text[changed.clone()]) || !is_literal(written, &changed) {
        return None;
    }
    if !replacement.is_empty() && !can_be_written(message, page, &changed, replacement) {
        return None;
    }
    Some(Change { spans: vec![written.span(changed)], replacement: replacement.to_owned() })
}

/// The change that takes an element out, with all that is in it.
fn of_element(message: &Message<'_>, target: &Target) -> Option<Change> {
    let (markup, element) = element_of(message, target)?;
    let range = element.tag.start..element.end.max(element.tag.end);
    let written = &message.document.pages[markup.page].text;
    let is_possible = is_literal(written, &range) && !has_placeholder(&written.text()[range.clone()]);
    is_possible.then(|| Change { spans: vec![written.span(range)], replacement: String::new() })
}

/// The element that something is written in.
fn element_of<'m>(message: &'m Message<'_>, target: &Target) -> Option<(&'m Markup<'m>, &'m Element<'m>)> {
    match target {
        Target::Words(block, range) => {
            let (markup, address) = message.address_at(*block, range)?;
            Some((markup, markup.elements.get(address.element?)?))
        }
        Target::Written { page, range, .. } => {
            let markups = message.document.markups.iter().filter(|markup| markup.page == *page);
            let holds =
                |element: &&Element<'_>| element.tag.start <= range.start && range.end <= element.tag.end;
            markups.filter_map(|markup| Some((markup, markup.elements.iter().rfind(holds)?))).next()
        }
        Target::Message => None,
    }
}

fn has_placeholder(written: &str) -> bool {
    !placeholder::find(written).is_empty()
}

fn overlap(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

/// A template with the words found and the values of the detector; `None` if one is missing.
fn replacement(template: &str, words: &str, values: &[Value]) -> Option<String> {
    let (replacement, is_whole) = fill(template, |name| match name {
        "match" => Some(Cow::Borrowed(words)),
        _ => value(values, name),
    });
    is_whole.then_some(replacement)
}

/// The line ends of a replacement, written as in what it replaces.
fn with_line_ends_of(words: &str, replacement: String) -> String {
    if words.contains("\r\n") { replacement.replace('\n', "\r\n") } else { replacement }
}

/// Whether a part of a text stands in its origin just so; of no part, what is beside it.
pub(super) fn is_literal(text: &MappedText<'_>, range: &Range<usize>) -> bool {
    let letters = text.text();
    let before = letters[..range.start].chars().next_back().map_or(0, char::len_utf8);
    let range = if range.is_empty() { range.start - before..range.end } else { range.clone() };
    text.slice(range).pieces().all(|(_, _, is_verbatim)| is_verbatim)
}

/// Whether some words can be put into a page just so. A page that is wrapped into something else takes what means
/// nothing else in any wrapping, markup what is no sign of it, and plain text in UTF-8 anything.
fn can_be_written(message: &Message<'_>, page: usize, changed: &Range<usize>, words: &str) -> bool {
    let written = &message.document.pages[page];
    let is_wrapped = written.name != PageName::File;
    let is_marked_up = message.document.markups.iter().any(|markup| markup.page == page);
    let is_fit = |c: char| match c {
        ' ' | '-' | '.' | '/' | '?' | '\'' => true,
        ',' | ':' => !is_wrapped,
        _ if c.is_ascii_alphanumeric() => true,
        _ => !is_wrapped && !is_marked_up && (c.is_ascii() || message.source.charset().is_utf8()),
    };
    is_literal(&written.text, changed) && words.chars().all(is_fit)
}

/// The sentences that some words are in, with a blank beside them, or the lines that are theirs alone.
fn sentences(text: &Text<'_>, found: &Range<usize>) -> Range<usize> {
    let view = &text.view;
    let sentence =
        |at: usize| view.sentences.get(view.sentence_at(at)).map(|sentence| sentence.range.clone());
    let last = found.end.saturating_sub(1).max(found.start);
    let (Some(first), Some(last)) = (sentence(found.start), sentence(last)) else { return found.clone() };
    let range = first.start.min(found.start)..last.end.max(found.end);
    let words = text.block.text.text();
    let range = with_stress(words, of_own_lines(words, range, found));
    match lines_of(words, &range) {
        Some(lines) if is_literal(&text.block.text, &lines) => lines,
        _ => with_blank(words, range),
    }
}

/// A sentence without those of its lines that are no part of what was found, if this fills lines of its own and the
/// lines are too short to be wrapped: without full stops, nobody knows where one of them ends.
fn of_own_lines(text: &str, sentence: Range<usize>, found: &Range<usize>) -> Range<usize> {
    let Some(line) = own_lines(text, found) else { return sentence };
    let above = text[..line.start].trim_end_matches(['\n', '\r']);
    let first = if ends_in_short_line(above) { sentence.start.max(line.start) } else { sentence.start };
    let last = if ends_in_short_line(&text[..line.end]) { sentence.end.min(line.end) } else { sentence.end };
    first.min(found.start)..last.max(found.end)
}

/// The lines that some words stand in, without their last line end, if no other word or number stands in these. Looks no
/// further than the next word, for a line may be as long as the text.
fn own_lines(text: &str, words: &Range<usize>) -> Option<Range<usize>> {
    let is_edge = |c: char| c == '\n' || c.is_alphanumeric();
    let is_line_end = |at: &usize| text.as_bytes()[*at] == b'\n';
    let start = match text[..words.start].rfind(is_edge) {
        Some(at) => Some(at).filter(is_line_end)? + 1,
        None => 0,
    };
    let end = match text[words.end..].find(is_edge) {
        Some(offset) => Some(words.end + offset).filter(is_line_end)?,
        None => text.len(),
    };
    Some(start..end)
}

/// Whether the last line of a text is too short to have been wrapped.
fn ends_in_short_line(text: &str) -> bool {
    match text.len().checked_sub(WRAP_WIDTH) {
        Some(reach) => text.as_bytes()[reach..].contains(&b'\n'),
        None => true,
    }
}

/// The lines that a range fills, with their line ends and the empty lines behind them if there are some before them too.
pub(super) fn lines_of(text: &str, range: &Range<usize>) -> Option<Range<usize>> {
    let (before, after) = (&text[..range.start], &text[range.end..]);
    let start = before.trim_end_matches([' ', '\t']).len();
    let blanks = after.len() - after.trim_start_matches([' ', '\t']).len();
    let mut end = range.end + blanks;
    let begins_line = start == 0 || text[..start].ends_with('\n');
    let line_end =
        |at: usize| text[at..].starts_with("\r\n").then_some(2).or(text[at..].starts_with('\n').then_some(1));
    if !begins_line {
        return None;
    }
    if end < text.len() {
        end += line_end(end)?;
    }
    let is_after_gap = start == 0 || text[..start].ends_with("\n\n") || text[..start].ends_with("\n\r\n");
    while is_after_gap && let Some(length) = line_end(end) {
        end += length;
    }
    Some(start..end)
}

/// A picture with a blank beside it, unless a tag parts them.
fn with_blank_beside(block: &Block<'_>, found: &Range<usize>) -> Range<usize> {
    let range = with_blank(block.text.text(), found.clone());
    let on_page = |range: &Range<usize>| block.text.span(range.clone()).range();
    let (left, right) = (range.start..found.start, found.end..range.end);
    let place = on_page(found);
    let is_beside = (left.is_empty() || on_page(&left).end == place.start)
        && (right.is_empty() || on_page(&right).start == place.end);
    if is_beside { range } else { found.clone() }
}

/// Words with a blank beside them, which goes with them when they are taken out.
fn with_blank(text: &str, mut range: Range<usize>) -> Range<usize> {
    let bytes = text.as_bytes();
    let ends_line = bytes.get(range.end).is_none_or(|byte| {
        matches!(byte, b'\n' | b'\r' | b' ' | b'.' | b',' | b'!' | b'?' | b':' | b';' | b')')
    });
    let before = range.start.checked_sub(1).map(|at| bytes[at]);
    // What stands right behind a word leaves the blank between this and the next one.
    let parts = before.is_none_or(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b'('));
    if before == Some(b' ') && ends_line {
        range.start -= 1;
    } else if parts && bytes.get(range.end) == Some(&b' ') {
        range.end += 1;
    }
    range
}

/// What is written with what parts it from its neighbours: the semicolon of a declaration, the blank before an
/// attribute, the line end of a header.
fn with_sign(text: &str, range: Range<usize>) -> Range<usize> {
    let after = &text[range.end..];
    let behind_blanks = after.trim_start_matches([' ', '\t']);
    if let Some(rest) = behind_blanks.strip_prefix(';') {
        return range.start..text.len() - rest.trim_start_matches([' ', '\t']).len();
    }
    let before = &text[..range.start];
    let begins_line = before.is_empty() || before.ends_with('\n');
    if begins_line
        && let Some(line_end) = ["\r\n", "\n"].iter().find(|line_end| after.starts_with(**line_end))
    {
        return range.start..range.end + line_end.len();
    }
    before.trim_end_matches([' ', '\t']).len()..range.end
}

/// The part of some words that changes, and what it becomes.
fn difference<'r>(words: &str, replacement: &'r str) -> (Range<usize>, &'r str) {
    let alike = |(a, b): &(char, char)| a == b;
    let length = |(c, _): (char, char)| c.len_utf8();
    let start: usize = words.chars().zip(replacement.chars()).take_while(alike).map(length).sum();
    let (rest, new) = (&words[start..], &replacement[start..]);
    let end: usize = rest.chars().rev().zip(new.chars().rev()).take_while(alike).map(length).sum();
    (start..words.len() - end, &new[..new.len() - end])
}

/// A template with its values, and whether all of them are there; a name without a value stays as it is.
pub(super) fn fill<'v>(template: &str, value: impl Fn(&str) -> Option<Cow<'v, str>>) -> (String, bool) {
    let mut out = String::with_capacity(template.len());
    let mut is_whole = true;
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let Some((name, tail)) = after.split_once('}') else {
            out.push('{');
            rest = after;
            continue;
        };
        if let Some(value) = value(name) {
            out.push_str(&value);
        } else {
            is_whole = false;
            out.extend(["{", name, "}"]);
        }
        rest = tail;
    }
    out.push_str(rest);
    (out, is_whole)
}

/// The value of a name.
pub(super) fn value<'v>(values: &'v [Value], name: &str) -> Option<Cow<'v, str>> {
    let value = values.iter().find(|(known, _)| *known == name);
    value.map(|(_, value)| Cow::Borrowed(value.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_edit_is_no_larger_than_the_change() {
        for (words, better, changed, new) in [
            ("the the", "the", 3..7, ""),
            ("Recieve", "Receive", 3..5, "ei"),
            ("a", "an", 1..1, "n"),
            ("ééa", "éb", 2..5, "b"),
            ("same", "same", 4..4, ""),
        ] {
            assert_eq!(difference(words, better), (changed, new), "{words}");
        }
    }

    #[test]
    fn a_template_without_a_value_is_not_whole() {
        let value = |name: &str| (name == "a").then_some(Cow::Borrowed("1"));
        assert_eq!(fill("{a}-{a", value), ("1-{a".to_owned(), true));
        assert_eq!(fill("{a}{b}", value), ("1{b}".to_owned(), false));
    }
}
