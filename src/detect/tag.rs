//! Tags and entities of HTML in a text that is no HTML, where a reader would see them as they are written.

use std::ops::Range;

use memchr::memchr_iter;

use crate::decode::entity::{self, Within};
use crate::document::html::elements::is_element;

/// Tags, comments and entities, in order.
pub fn tags(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut starts = memchr_iter(b'<', text.as_bytes()).peekable();
    while let Some(start) = starts.next() {
        // A tag ends before the next one begins, so every byte is looked at once.
        let limit = starts.peek().copied().unwrap_or(text.len());
        found.extend(tag_length(&text[start..limit]).map(|length| start..start + length));
    }
    let entities = entity::references(text, Within::Text).map(|reference| reference.range);
    found.extend(entities.filter(|range| text[range.clone()].ends_with(';')));
    found.sort_by_key(|range| range.start);
    let mut done = 0;
    found.retain(|range| {
        // An entity in the value of an attribute is a part of its tag.
        let is_free = done <= range.start;
        done = done.max(range.end);
        is_free
    });
    found
}

/// The length of the tag or comment that a text begins with.
fn tag_length(text: &str) -> Option<usize> {
    let end = memchr::memchr(b'>', text.as_bytes())? + 1;
    let inside = &text[1..end - 1];
    if inside.starts_with("!--") {
        return Some(end);
    }
    let name = inside.trim_start_matches(['/', '!']);
    let length = name.bytes().take_while(u8::is_ascii_alphanumeric).count();
    let (name, rest) = name.split_at(length);
    let ends_name = rest.is_empty() || rest.starts_with(|c: char| c.is_ascii_whitespace() || c == '/');
    let is_known = is_element(name) || name.eq_ignore_ascii_case("doctype");
    (ends_name && is_known).then_some(end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detect::picture::{assert_drawn, is_lawful};

    #[test]
    fn tags_and_entities_are_found_and_what_looks_like_them_is_not() {
        assert_drawn(
            &[
                "|<b>|Hello|</b>|, |<BR/>|thanks",
                "|<p style=\"color: red\">|a|</p>|",
                "|<a\nhref='x'>|b|</a>| |<!-- c -->|",
                "|<!DOCTYPE html>|",
                "Fish |&amp;| chips, |&#8203;|x, |&nbsp;|",
                "a < b > c, <3, <-, <>, < b>, <b",
                "<buyer> <order id> <name@example.com> <https://example.com> <bold>",
                "AT&T; R&D; a&b &copy 2024 &nothing;",
                "|<b>|<|<i>|",
                "|<a href='/?a=1&amp;b=2'>|",
            ],
            tags,
        );
    }

    #[test]
    fn whatever_the_text_is_the_places_are_sound() {
        for text in [
            "",
            "<",
            "&",
            "<!--",
            "<!-->",
            "</>",
            "<é>",
            "<b",
            "<br/&lt;>",
            "<<b>>",
            "é<p é>é&eacute;",
            "<b>\u{0}",
        ] {
            assert!(is_lawful(text, &tags(text)), "{text:?}");
        }
    }
}
