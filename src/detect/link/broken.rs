//! Links that were meant and went wrong: `https:/host`, `https:// host`, `http://` alone.

use crate::detect::contact::Reading;
use crate::detect::domain::{Host, is_host_char};
use crate::detect::link::address::{self, tail_end};
use crate::detect::link::{Link, LinkFault, LinkForm};
use crate::detect::neighbours::{ends_with_ignoring_case, floor};
use crate::verdict::Confidence;

/// Finds beginnings of a scheme behind which linkify saw no link.
pub(super) fn find(reading: &Reading<'_>) -> Vec<Link> {
    let bytes = reading.text.as_bytes();
    let mut links = Vec::new();
    let mut at = 0;
    while let Some(slash) = memchr::memchr2(b'/', b'\\', &bytes[at..]).map(|offset| at + offset) {
        let link = before_slash(reading, slash);
        at = link.as_ref().map_or(slash + 1, |link| link.range.end);
        links.extend(link);
    }
    links
}

/// A link whose first slash stands at this byte.
fn before_slash(reading: &Reading<'_>, slash: usize) -> Option<Link> {
    let text = reading.text;
    let before = &text[floor(text, slash.saturating_sub(12))..slash];
    let scheme = before.trim_end_matches([':', ';', ' ']);
    let name = ["https", "http"].into_iter().find(|name| ends_with_ignoring_case(scheme, name))?;
    let start = slash - before.len() + scheme.len() - name.len();
    let first = reading.urls.partition_point(|url| url.end <= start);
    if text[..start].ends_with(|c: char| c.is_alphanumeric())
        || reading.urls.get(first).is_some_and(|url| url.start <= slash)
    {
        return None;
    }
    let marks = text.as_bytes()[slash..].iter().take(4).take_while(|byte| b"/\\ ".contains(byte)).count();
    let host_start = slash + marks;
    let rest = &text[host_start..floor(text, host_start + 254)];
    let written = &rest[..rest.find(|c| !is_host_char(c)).unwrap_or(rest.len())];
    let link = |end, host: Option<Host>, tail: &str| {
        let mut parts = address::parse(tail);
        parts.scheme = Some(name.to_owned());
        parts.host = host;
        let mut link = Link::new(start..end, LinkForm::Url, parts, reading.lists, Confidence::High);
        if !link.faults.contains(&LinkFault::Broken) {
            link.faults.insert(0, LinkFault::Broken);
        }
        link
    };
    if let Some((host, length)) = Host::longest(written) {
        let end = tail_end(text, host_start + length);
        return Some(link(end, Some(host), &text[host_start..end]));
    }
    let is_alone = before.len() == scheme.len() + 1 && text[slash..].starts_with("//");
    is_alone.then(|| link(slash + 2, None, ""))
}
