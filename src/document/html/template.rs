//! Placeholders and template code in HTML, taken out of the tokenizer's sight.
//!
//! A tool that sends the message fills them in before anybody reads HTML, so `{% if a < b %}` opens no tag and the `>` in
//! `<?php $order->id ?>` ends none. They are overwritten, byte for byte, with signs that mean nothing to HTML; whoever
//! reads the pieces afterwards reads the page itself.

use std::borrow::Cow;
use std::collections::HashSet;
use std::ops::Range;

use memchr::{memchr2_iter, memmem};

use crate::document::placeholder;

use super::tokens::{FILLERS, name_len};

/// A text of HTML without its placeholders.
#[derive(Debug)]
pub(in crate::document) struct Blanked<'t> {
    /// As long as the text that it was made from.
    pub(in crate::document) text: Cow<'t, str>,
    /// Code too long to be a placeholder of the text that is shown.
    pub(in crate::document) code: Vec<Range<usize>>,
}

/// Overwrites the placeholders of a text of HTML.
pub(super) fn blank(text: &str) -> Blanked<'_> {
    let (found, code) = holes(text);
    let filler = |number: usize| char::from(FILLERS[number % FILLERS.len()]);
    Blanked { text: overwritten(text, &found, filler), code }
}

/// Overwrites the placeholders of a text of Markdown with a letter, which means as little there. Square brackets stay:
/// they mean something to Markdown only where a link is defined.
pub(in crate::document) fn blank_markdown(text: &str) -> Blanked<'_> {
    let (mut found, code) = holes(text);
    found.retain(|range| !text[range.clone()].starts_with('['));
    Blanked { text: overwritten(text, &found, |_| 'x'), code }
}

fn overwritten<'t>(text: &'t str, holes: &[Range<usize>], filler: impl Fn(usize) -> char) -> Cow<'t, str> {
    if holes.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for (number, range) in holes.iter().enumerate() {
        out.push_str(&text[done..range.start]);
        let names_tag = out.ends_with('<') || out.ends_with("</");
        out.push(if names_tag { 'x' } else { filler(number) });
        out.extend(std::iter::repeat_n(filler(number), range.len() - 1));
        done = range.end;
    }
    out.push_str(&text[done..]);
    Cow::Owned(out)
}

/// Placeholders and code, sorted and disjoint; and of them the code that is too long to be shown.
fn holes(text: &str) -> (Vec<Range<usize>>, Vec<Range<usize>>) {
    const LONGEST_SHOWN: usize = 200;
    let mut closed = None;
    let mut found: Vec<Range<usize>> = placeholder::find(text)
        .into_iter()
        .map(|placeholder| placeholder.range)
        .filter(|range| {
            !text[range.clone()].starts_with('<')
                || !is_element(&text[range.clone()], closed.get_or_insert_with(|| closed_names(text)))
        })
        .collect();
    let code = code(text);
    found.extend(code.iter().cloned());
    found.sort_by_key(|range| (range.start, std::cmp::Reverse(range.end)));
    let mut end = 0;
    found.retain(|range| {
        let is_free = end <= range.start;
        end = end.max(range.end);
        is_free
    });
    let long = code.into_iter().filter(|range| range.len() > LONGEST_SHOWN).collect();
    (found, long)
}

/// Whether what looks like `<NAME>` is an element after all: one of MJML, or one that is closed somewhere.
fn is_element(written: &str, closed: &HashSet<String>) -> bool {
    let name = written[1..1 + name_len(written, 1)].to_ascii_lowercase();
    name.starts_with(|c: char| c.is_ascii_alphabetic()) && (name.starts_with("mj-") || closed.contains(&name))
}

/// The names that closing tags have.
fn closed_names(text: &str) -> HashSet<String> {
    let closing = memmem::find_iter(text.as_bytes(), "</");
    closing.map(|at| text[at + 2..at + 2 + name_len(text, at + 2)].to_ascii_lowercase()).collect()
}

/// How code of template languages opens and closes.
const CODE: &[(&str, &str)] = &[
    ("<%", "%>"),
    ("<?php", "?>"),
    ("<?=", "?>"),
    ("{{!--", "--}}"),
    ("{{{", "}}}"),
    ("{{", "}}"),
    ("{!!", "!!}"),
    ("{%", "%}"),
    ("{# ", "#}"),
    ("{#-", "#}"),
    ("{#\n", "#}"),
];

/// Code that may go on over many lines, as placeholders of the text do not.
fn code(text: &str) -> Vec<Range<usize>> {
    const LONGEST: usize = 16 * 1024;
    // Where the next closing sign of each kind stands; looked for once, so that openings without end cost nothing.
    let mut closings: Vec<Option<usize>> = vec![Some(0); CODE.len()];
    let mut found: Vec<Range<usize>> = Vec::new();
    for at in memchr2_iter(b'<', b'{', text.as_bytes()) {
        if found.last().is_some_and(|last| at < last.end) {
            continue;
        }
        let Some(kind) = CODE.iter().position(|(open, _)| text[at..].starts_with(open)) else { continue };
        let (open, close) = CODE[kind];
        let from = at + open.len();
        if closings[kind].is_some_and(|closing| closing < from) {
            closings[kind] =
                memmem::find(&text.as_bytes()[from..], close.as_bytes()).map(|offset| from + offset);
        }
        if let Some(closing) = closings[kind].filter(|closing| closing - from <= LONGEST) {
            found.push(at..closing + close.len());
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Draws fillers as dots.
    fn drawn(text: &str) -> String {
        blank(text).text.replace(FILLERS.map(char::from), ".")
    }

    #[test]
    fn holes_are_overwritten_and_elements_stay() {
        let cases = [
            (r#"<a href="{{link}}">x</a>"#, r#"<a href="........">x</a>"#),
            ("{% if a < b %}x{% endif %}", "..............x..........."),
            ("Hi <BUYER_NAME>, <ORDER_ID>", "Hi ............, .........."),
            ("<td {{style}}>x</td>", "<td .........>x</td>"),
            ("<{{tag}}>x</{{tag}}>", "<x......>x</x......>"),
            ("<% if a > b %>x<%= order.id %>", "..............x..............."),
            ("<?php if ($a->b > 1): ?>x<?= $y ?>", "........................x........."),
            ("{%\n if x\n%}y", "...........y"),
            ("{{!-- a -- b }} --}}y", "....................y"),
            ("<#if late>x</#if>", "..........x......"),
            (
                "<mj-image><product-name>x</product-name><shop-name>",
                "<mj-image><product-name>x</product-name>...........",
            ),
            ("a{color:red}b{width:50%;height:50%}", "a{color:red}b{width:50%;height:50%}"),
            ("@media x{a{margin:0}}", "@media x{a{margin:0}}"),
            ("<p style=\"color:#aabbcc\">#fff#", "<p style=\"color:#aabbcc\">#fff#"),
            (
                "<TABLE><TR><TD>x</TD></TR></TABLE><XML>y</XML>",
                "<TABLE><TR><TD>x</TD></TR></TABLE><XML>y</XML>",
            ),
            ("<!--[if mso]>x<![endif]-->", "<!--[if mso]>x<![endif]-->"),
            ("é{{é}}é", "é......é"),
            ("{{ never <% ends {% at <?php all", "{{ never <% ends {% at <?php all"),
        ];
        for (text, picture) in cases {
            assert_eq!(drawn(text), picture, "{text}");
        }
    }

    proptest! {
        #[test]
        fn nothing_moves(text in r"(\{\{|\}\}|<%|%>|<\?php|\?>|\{%|%\}|<|>|NAME|é|\n|a| |</){0,24}") {
            let blanked = blank(&text);
            prop_assert_eq!(blanked.text.len(), text.len());
            for (ours, theirs) in blanked.text.bytes().zip(text.bytes()) {
                prop_assert!(ours == theirs || FILLERS.contains(&ours) || ours == b'x');
            }
            for range in blanked.code {
                prop_assert!(text.get(range).is_some());
            }
        }
    }
}
