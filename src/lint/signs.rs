//! Signs that stress or head words which a fix takes out: stars, the dash of a list, the angle of a quote.
//!
//! They go with the words that they mark up, or stand before the words that come next. Where a part of the words is taken
//! out so that the signs would mark nothing up (`** late**`), there is no fix.

use std::ops::Range;

use super::emptied::MOST;
use super::mend::is_literal;
use super::message::{Message, Text};

/// Elements of Markdown that stand in a line, between signs.
const IN_LINE: &[&str] = &["a", "code", "del", "em", "strong"];

/// Whether signs of Markdown around some words would mark nothing up without them: a part of what they stress is taken
/// out and a part of what is beside it, or a blank is left behind the opening signs or before the closing ones.
pub(super) fn leaves_signs(message: &Message<'_>, text: &Text<'_>, changed: &Range<usize>) -> bool {
    let page = message.document.pages[text.block.page].text.text();
    let Some(markup) = message.document.markups.iter().find(|markup| markup.page == text.block.page) else {
        return false;
    };
    let words = text.block.text.text();
    let place = text.block.text.span(changed.clone()).range();
    let end = markup.elements.partition_point(|element| element.tag.start < place.end);
    let inside = markup.elements[..end].iter().rev().take_while(|element| element.tag.start >= place.start);
    let around = markup.elements.partition_point(|element| element.tag.start < place.start).checked_sub(1);
    let around = around.into_iter().flat_map(|element| markup.and_parents(element));
    let mut near = inside.take(MOST).chain(around.map(|element| &markup.elements[element]));
    near.any(|element| {
        let all = &element.text;
        let is_touched = all.start < changed.end && changed.start < all.end;
        let is_gone = changed.start <= all.start && all.end <= changed.end;
        let is_stressed = IN_LINE.contains(&&*element.name) && element.is_untagged(page);
        if !is_stressed || !is_touched || is_gone {
            return false;
        }
        let is_blank = |c: Option<char>| c.is_none_or(char::is_whitespace);
        let (before, after) = (words.get(all.start..changed.start), words.get(changed.end..all.end));
        let (Some(before), Some(after)) = (before, after) else { return true };
        let mut left = before.chars().chain(after.chars());
        let mut left_from_end = after.chars().rev().chain(before.chars().rev());
        let says_more = !before.trim().is_empty() || !after.trim().is_empty();
        says_more && (is_blank(left.next()) || is_blank(left_from_end.next()))
    })
}

/// The line end behind words that fill a line of Markdown, with the signs before the next words: these stand where the
/// first ones stood then, behind the dash of a list or the angle of a quote.
pub(super) fn soft_break(
    page: &str,
    text: &Text<'_>,
    changed: &Range<usize>,
    gone: &[Range<usize>],
) -> Option<Range<usize>> {
    let block = text.block;
    let words = block.text.text();
    let fills_line = words[..changed.start].chars().next_back().is_none_or(|c| c == '\n')
        && !words[changed.clone()].ends_with('\n');
    let goes_on = words[changed.end..].strip_prefix('\n').is_some_and(|next| !next.starts_with(['\n', '\r']));
    if !fills_line || !goes_on || block.line_ends.binary_search(&changed.end).is_ok() {
        return None;
    }
    let line_end = block.text.span(changed.end..changed.end + 1).range();
    if is_literal(&block.text, &(changed.end..changed.end + 1)) || page[line_end.clone()].contains('<') {
        return None;
    }
    let last = block.text.span(changed.clone()).end();
    let last = gone.iter().map(|range| range.end).filter(|end| *end <= line_end.start).fold(last, usize::max);
    let after = &page[line_end.end..];
    let signs = after.len() - after.trim_start_matches([' ', '\t', '>']).len();
    page[last..line_end.start].trim().is_empty().then(|| line_end.start..line_end.end + signs)
}

/// Bytes of a line that may be left as its signs; a line of more is not gone through for each of its findings.
const MOST_SIGNS: usize = 200;

/// The lines of words that are taken out, each on which only signs are left: the dash of a list, its number, stars. A row of
/// a table stays, and what tags are around. `removed` is what is taken out of the page.
pub(super) fn bare_lines(page: &str, removed: &[Range<usize>]) -> Vec<Range<usize>> {
    let first = removed.iter().map(|range| range.start).min().unwrap_or(0);
    let end = removed.iter().map(|range| range.end).max().unwrap_or(0);
    let reach =
        (first.saturating_sub(MOST_SIGNS)..=first).find(|at| page.is_char_boundary(*at)).unwrap_or(first);
    let line =
        page[reach..first].rfind('\n').map(|line_end| reach + line_end + 1).or((reach == 0).then_some(0));
    let is_left = |at: usize| !removed.iter().any(|range| range.contains(&at));
    let mut lines = Vec::new();
    let (mut left, mut line_start, mut says_more) = (String::new(), line.unwrap_or(first), line.is_none());
    let mut at = line_start;
    loop {
        if says_more {
            // What comes next in the line makes no difference, and what comes behind the words is not looked at.
            match memchr::memchr(b'\n', &page.as_bytes()[at..end.max(at)]) {
                Some(length) => at += length,
                None => break,
            }
        }
        let Some(c) = page[at..].chars().next() else { break };
        let after = at + c.len_utf8();
        if is_left(at) {
            left.push(c);
            says_more |= left.len() > MOST_SIGNS || c.is_alphabetic() || matches!(c, '<' | '|');
            // What stands behind a line end that goes belongs to the line above.
            if c == '\n' || after == page.len() {
                if !says_more && left.len() < after - line_start && is_bare(left.trim()) {
                    lines.push(line_start..after);
                }
                if after >= end {
                    break;
                }
                left.clear();
                (line_start, says_more) = (after, false);
            }
        }
        at = after;
    }
    lines
}

/// Whether what is left of a line are signs of markup or the number of an item.
fn is_bare(left: &str) -> bool {
    let signs = left.trim_start_matches(|c: char| c.is_ascii_digit());
    let is_number = signs.len() < left.len() && signs.starts_with(['.', ')']);
    let is_sign = |c: char| !c.is_alphanumeric() && !matches!(c, '<' | '|');
    !left.is_empty() && (signs.len() == left.len() || is_number) && signs.chars().all(is_sign)
}

/// Words with the signs right beside them that stress them in plain text, if every sign has its other half: `*late*!`.
pub(super) fn with_stress(text: &str, range: Range<usize>) -> Range<usize> {
    const SIGNS: [char; 3] = ['*', '_', '~'];
    let start = text[..range.start].trim_end_matches(SIGNS).len();
    let after = &text[range.end..];
    let signs = after.len() - after.trim_start_matches(SIGNS).len();
    let marks = &after[signs..];
    let marks = if signs == 0 { 0 } else { marks.len() - marks.trim_start_matches(['.', '!', '?']).len() };
    let all = start..range.end + signs + marks;
    let is_even = |sign: char| text[all.clone()].matches(sign).count().is_multiple_of(2);
    if SIGNS.into_iter().all(is_even) { all } else { range }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_signs_alone_are_told_however_long_the_others_are() {
        let long = "word ".repeat(100);
        for (page, lines) in [
            ("- [late]\n", &["- late\n"][..]),
            ("1. **[late]**", &["1. **late**"]),
            ("- [late]\n- soon\n", &["- late\n"]),
            ("- [late\n- soon]\n", &["- late\n- soon\n"]),
            ("- so [late]\n", &[]),
            ("[late]\n", &[]),
            (&format!("{long}\n- [late]\n{long}"), &["- late\n"]),
            (&format!("{long} - [late]\n"), &[]),
            (&format!("- [late] {long}\n"), &[]),
        ] {
            let (start, end) = (page.find('[').unwrap(), page.find(']').unwrap() - 1);
            let plain = page.replace(['[', ']'], "");
            let found = bare_lines(&plain, std::slice::from_ref(&(start..end)));
            let found: Vec<&str> = found.into_iter().map(|line| &plain[line]).collect();
            assert_eq!(found, lines, "{page}");
        }
    }

    #[test]
    fn signs_of_stress_go_with_the_words_between_them() {
        for (text, all) in [
            ("so [*late]*! Now", "so [*late*!] Now"),
            ("so **[late]**. Now", "so [**late**.] Now"),
            ("so [it is _late]_ now", "so [it is _late_] now"),
            ("so *[late]. Now* ", "so *[late]. Now* "),
            ("so [late]!* Now", "so [late]!* Now"),
        ] {
            let (start, end) = (text.find('[').unwrap(), text.find(']').unwrap() - 1);
            let plain = text.replace(['[', ']'], "");
            let found = with_stress(&plain, start..end);
            let drawn =
                format!("{}[{}]{}", &plain[..found.start], &plain[found.clone()], &plain[found.end..]);
            assert_eq!(drawn, all);
        }
    }
}
