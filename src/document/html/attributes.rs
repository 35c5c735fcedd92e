//! The attributes in an opening tag, with their places.

use std::ops::Range;

use super::tokens::FILLERS;

/// An attribute as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Written {
    /// Its name.
    pub(super) name: Range<usize>,
    /// Its value without quotes; empty, behind the name, without one.
    pub(super) value: Range<usize>,
    /// All of it.
    pub(super) range: Range<usize>,
}

/// The attributes of a tag, in order. `from` is where its name ends; places are bytes of the tag.
///
/// A placeholder, which arrives as fillers, may stand before or behind a name (`{{#if x}}class="y"{{/if}}`) and is no
/// part of it.
pub(super) fn attributes(tag: &str, from: usize) -> impl Iterator<Item = Written> + '_ {
    let mut at = from;
    std::iter::from_fn(move || {
        loop {
            let written = next(tag, &mut at)?;
            let name = without_fillers(tag, written.name.clone());
            if !name.is_empty() {
                let range = name.start..written.range.end;
                return Some(Written { range, name, ..written });
            }
        }
    })
}

fn next(tag: &str, at: &mut usize) -> Option<Written> {
    let bytes = tag.as_bytes();
    let start = *at + bytes[*at..].iter().take_while(|byte| is_blank(**byte) || **byte == b'/').count();
    if matches!(bytes.get(start), None | Some(b'>')) {
        return None;
    }
    // An equals sign that begins a name is part of it.
    let mut end = start + 1;
    while bytes.get(end).is_some_and(|byte| !is_blank(*byte) && !matches!(byte, b'/' | b'>' | b'=')) {
        end += 1;
    }
    let equals = end + blanks(bytes, end);
    if bytes.get(equals) != Some(&b'=') {
        *at = end;
        return Some(Written { name: start..end, value: end..end, range: start..end });
    }
    let open = equals + 1 + blanks(bytes, equals + 1);
    let (value, next) = match bytes.get(open) {
        Some(quote @ (b'"' | b'\'')) => {
            let rest = &bytes[open + 1..];
            let len = memchr::memchr(*quote, rest).unwrap_or(rest.len());
            (open + 1..open + 1 + len, (open + 2 + len).min(bytes.len()))
        }
        _ => {
            let len = bytes[open..].iter().take_while(|byte| !is_blank(**byte) && **byte != b'>').count();
            (open..open + len, open + len)
        }
    };
    *at = next;
    Some(Written { name: start..end, value, range: start..next })
}

fn blanks(bytes: &[u8], at: usize) -> usize {
    bytes[at..].iter().take_while(|byte| is_blank(**byte)).count()
}

fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b'\x0C')
}

/// The last part of a name that is no filler.
fn without_fillers(tag: &str, name: Range<usize>) -> Range<usize> {
    let bytes = &tag.as_bytes()[name.clone()];
    let Some(last) = bytes.iter().rposition(|byte| !FILLERS.contains(byte)) else {
        return name.end..name.end;
    };
    let first = bytes[..last].iter().rposition(|byte| FILLERS.contains(byte)).map_or(0, |filler| filler + 1);
    name.start + first..name.start + last + 1
}

#[cfg(test)]
mod tests {
    use html5gum::{Token, Tokenizer};
    use proptest::prelude::*;

    use super::*;
    use crate::decode::entity::{Within, decode};

    fn drawn(tag: &str) -> String {
        attributes(tag, 2).map(|found| format!("{}[{}]", &tag[found.name], &tag[found.value])).collect()
    }

    #[test]
    fn attributes_are_read_as_browsers_do() {
        let cases = [
            ("<a>", ""),
            ("<a href=x b='y z' c=\"\">", "href[x]b[y z]c[]"),
            ("<a b c = d / e/f>", "b[]c[d]e[]f[]"),
            ("<a b=>", "b[]"),
            ("<a b=c/d/>", "b[c/d/]"),
            ("<a =b=c d=\"'>\">", "=b[c]d['>]"),
            ("<a b=\"x\"c='y'>", "b[x]c[y]"),
            ("<a \u{1A}\u{1A}b=\"x\"\u{1B}\u{1B}>", "b[x]"),
            ("<a \u{1A}\u{1A}=\"x\" b\u{1A}>", "b[]"),
            ("<a b=\u{1A}\u{1A} c=https://\u{1A}/x>", "b[\u{1A}\u{1A}]c[https://\u{1A}/x]"),
        ];
        for (tag, picture) in cases {
            assert_eq!(drawn(tag), picture, "{tag}");
        }
    }

    proptest! {
        #[test]
        fn equals_html5gum(inside in "[ /a-c=\"'é\n&;]{0,20}") {
            let html = format!("<a{inside}>");
            let tag = Tokenizer::new(&html).flatten().find_map(|token| match token {
                Token::StartTag(tag) if tag.name.to_vec() == b"a" => Some(tag),
                _ => None,
            });
            let Some(theirs) = tag else { return Ok(()) };
            let mut ours = std::collections::BTreeMap::new();
            for found in attributes(&html, 2) {
                let value = decode(&html[found.value], 0, Within::Attribute).text().as_bytes().to_vec();
                ours.entry(html[found.name].as_bytes().to_vec()).or_insert(value);
            }
            let theirs = theirs.attributes.iter().map(|(name, value)| (name.to_vec(), value.value.to_vec())).collect();
            prop_assert_eq!(ours, theirs);
        }
    }
}
