//! Which attributes hold addresses, and where in their value.

use std::ops::Range;

use memchr::memchr3;

use crate::document::form::Purpose;
use crate::document::markup::Attribute;
use crate::text::MappedText;

use super::flow::is_blank;

/// An address in an attribute, mapped to the page.
pub(super) type Found<'p> = (MappedText<'p>, Purpose);

/// How an attribute holds addresses.
enum Shape {
    One,
    /// Candidates of a picture, divided by commas.
    Set,
    /// Behind `url=`, as in `<meta http-equiv=refresh>`.
    Refresh,
}

/// The addresses in an attribute of an element of that name.
pub(super) fn of_attribute<'p>(
    element: &str,
    all: &[Attribute<'p>],
    attribute: &Attribute<'p>,
) -> Vec<Found<'p>> {
    let Some((purpose, shape)) = meaning(element, all, &attribute.name) else { return Vec::new() };
    let value = attribute.value.text();
    let ranges: Vec<Range<usize>> = match shape {
        Shape::One => Some(0..value.len()).into_iter().collect(),
        Shape::Set => candidates(value),
        Shape::Refresh => refresh(value).into_iter().collect(),
    };
    ranges
        .into_iter()
        .map(|range| (without_breaks(&attribute.value, trimmed(value, range)), purpose))
        .collect()
}

/// What an attribute's addresses are for.
fn meaning(element: &str, all: &[Attribute<'_>], attribute: &str) -> Option<(Purpose, Shape)> {
    let purpose = match attribute {
        "href" | "xlink:href" => of_href(element),
        "src" => of_src(element),
        "srcset" | "imagesrcset" => return Some((Purpose::Picture, Shape::Set)),
        "background" | "background-url" | "poster" | "lowsrc" | "dynsrc" => Purpose::Picture,
        "data" if element == "object" => Purpose::Resource,
        "ping" => Purpose::Resource,
        "action" if element == "form" => Purpose::Form,
        "formaction" => Purpose::Form,
        "content" if element == "meta" => {
            let is_refresh = all.iter().any(|other| {
                other.name == "http-equiv" && other.value.text().trim().eq_ignore_ascii_case("refresh")
            });
            return is_refresh.then_some((Purpose::Link, Shape::Refresh));
        }
        _ => return None,
    };
    Some((purpose, Shape::One))
}

fn of_href(element: &str) -> Purpose {
    match element {
        "link" | "base" | "use" => Purpose::Resource,
        "image" | "feimage" => Purpose::Picture,
        _ => Purpose::Link,
    }
}

fn of_src(element: &str) -> Purpose {
    match element {
        "img" | "input" | "image" => Purpose::Picture,
        _ if element.starts_with("v:") || element.starts_with("mj-") => Purpose::Picture,
        _ => Purpose::Resource,
    }
}

/// `a.png 1x, b.png 2x`: an address ends at a blank, and what describes it at a comma outside of brackets.
fn candidates(value: &str) -> Vec<Range<usize>> {
    let bytes = value.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    loop {
        at += bytes[at..].iter().take_while(|byte| is_blank(**byte) || **byte == b',').count();
        if at == bytes.len() {
            return found;
        }
        let end = at + bytes[at..].iter().take_while(|byte| !is_blank(**byte)).count();
        let address = value[at..end].trim_end_matches(',');
        found.push(at..at + address.len());
        let has_comma = at + address.len() < end;
        at = end;
        if !has_comma {
            at += description_len(&bytes[end..]);
        }
    }
}

fn description_len(bytes: &[u8]) -> usize {
    let mut depth = 0_usize;
    let ends = bytes.iter().position(|byte| {
        match byte {
            b'(' => depth += 1,
            b')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        *byte == b',' && depth == 0
    });
    ends.unwrap_or(bytes.len())
}

/// `5; url=https://…`, where the address may stand in quotes.
fn refresh(value: &str) -> Option<Range<usize>> {
    let start = value.find([';', ','])? + 1;
    let is_filler = |c: char| c.is_ascii_whitespace();
    let mut rest = value[start..].trim_start_matches(is_filler);
    if rest.get(..3).is_some_and(|word| word.eq_ignore_ascii_case("url"))
        && let Some(after) = rest[3..].trim_start_matches(is_filler).strip_prefix('=')
    {
        rest = after.trim_start_matches(is_filler);
    }
    let mut len = rest.len();
    if let Some(quote @ ('"' | '\'')) = rest.chars().next() {
        rest = &rest[1..];
        len = rest.find(quote).unwrap_or(rest.len());
    }
    let from = value.len() - rest.len();
    Some(from..from + len)
}

/// Without control characters and blanks around it, as browsers read an address.
fn trimmed(value: &str, range: Range<usize>) -> Range<usize> {
    let inner = &value[range.clone()];
    let is_dropped = |c: char| c <= ' ';
    let start = inner.len() - inner.trim_start_matches(is_dropped).len();
    let len = inner.trim_matches(is_dropped).len();
    range.start + start..range.start + start + len
}

/// A part of a value without tabs and line ends, which browsers take out of addresses.
fn without_breaks<'p>(value: &MappedText<'p>, range: Range<usize>) -> MappedText<'p> {
    let mut text = MappedText::new();
    let mut at = range.start;
    while at < range.end {
        let rest = &value.text().as_bytes()[at..range.end];
        let len = memchr3(b'\t', b'\n', b'\r', rest).unwrap_or(rest.len());
        text.push(&value.slice(at..at + len));
        at += len + 1;
    }
    text
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::*;

    type Written = [(&'static str, &'static str)];

    fn drawn(element: &str, written: &Written) -> String {
        let attribute = |(name, value): &(&'static str, &'static str)| Attribute {
            name: Cow::Borrowed(*name),
            range: 0..0,
            value: MappedText::verbatim(value, 0),
        };
        let all: Vec<_> = written.iter().map(attribute).collect();
        let found = all.iter().flat_map(|attribute| of_attribute(element, &all, attribute));
        found.map(|(text, purpose)| format!("{purpose:?}[{}]", text.text())).collect()
    }

    #[test]
    fn attributes_hold_addresses() {
        let cases: &[(&str, &Written, &str)] = &[
            ("a", &[("href", " https://a.b/c\n "), ("title", "x")], "Link[https://a.b/c]"),
            ("a", &[("href", "https://a\t.b/\r\nc d")], "Link[https://a.b/c d]"),
            ("area", &[("href", "x"), ("ping", "y")], "Link[x]Resource[y]"),
            ("link", &[("href", "x.css")], "Resource[x.css]"),
            (
                "img",
                &[("src", "a.png"), ("srcset", "b.png 1x, c.png, d.png 2x")],
                "Picture[a.png]Picture[b.png]Picture[c.png]Picture[d.png]",
            ),
            (
                "source",
                &[("srcset", " b.png (a,b) 1x , data:x;y,z 2x,,")],
                "Picture[b.png]Picture[data:x;y,z]",
            ),
            ("iframe", &[("src", "x")], "Resource[x]"),
            ("td", &[("background", "x")], "Picture[x]"),
            ("v:fill", &[("src", "x")], "Picture[x]"),
            ("v:roundrect", &[("href", "x")], "Link[x]"),
            ("form", &[("action", "x")], "Form[x]"),
            ("button", &[("formaction", "x"), ("action", "y")], "Form[x]"),
            (
                "meta",
                &[("http-equiv", "Refresh"), ("content", "0; URL='https://a.b/'")],
                "Link[https://a.b/]",
            ),
            ("meta", &[("http-equiv", "refresh"), ("content", "0;https://a.b/")], "Link[https://a.b/]"),
            ("meta", &[("name", "x"), ("content", "0;url=y")], ""),
            ("svg", &[("xlink:href", "x")], "Link[x]"),
            ("a", &[("href", "")], "Link[]"),
        ];
        for (element, written, picture) in cases {
            assert_eq!(drawn(element, written), *picture, "{element} {written:?}");
        }
    }
}
