//! Addresses in attributes and in style: the whole value is the address, so nothing has to be found.

use std::borrow::Cow;
use std::ops::Range;

use crate::detect::domain::Host;
use crate::detect::link::address;
use crate::detect::link::{Link, LinkFault, LinkForm, fault};
use crate::detect::lists::Lists;
use crate::document::Purpose;
use crate::verdict::Confidence;

/// What stands for the bytes of a placeholder (see `view`).
const PLACEHOLDER_SIGNS: [char; 2] = ['\u{1A}', '\u{1B}'];

/// Reads the address that takes up a range of a text; `shown` is the text of its link. An address of which a placeholder
/// decides where it leads to says nothing.
pub(crate) fn read(
    text: &str,
    range: Range<usize>,
    purpose: Purpose,
    shown: &str,
    lists: &Lists,
) -> Option<Link> {
    let written = text[range.clone()].trim();
    let compact: String = written.chars().filter(|c| !matches!(c, '\t' | '\n' | '\r')).collect();
    let compact = behind_code(&compact);
    if compact.starts_with(PLACEHOLDER_SIGNS) {
        return None;
    }
    let parts = address::parse(&with_open_path(compact.strip_prefix("//").unwrap_or(compact)));
    let has_open_host = parts.host.is_none() && compact.contains(PLACEHOLDER_SIGNS);
    if has_open_host && !matches!(parts.scheme.as_deref(), Some("http" | "ftp" | "javascript")) {
        return None;
    }
    let is_on_page = parts.scheme.is_none() && !compact.starts_with("//");
    let has_blank = compact.contains(' ');
    let mut link = Link::new(range, LinkForm::Attribute, parts, lists, Confidence::High);
    link.purpose = purpose;
    if is_on_page {
        // `page.html` is no host here: without a scheme an address leads to the page that it stands on.
        link.host = None;
    }
    link.faults.retain(|fault| *fault != LinkFault::Broken || !has_open_host);
    let leads_nowhere = is_on_page || has_blank;
    if purpose == Purpose::Link && leads_nowhere && !link.faults.contains(&LinkFault::Broken) {
        link.faults.insert(0, LinkFault::Broken);
    }
    if purpose == Purpose::Link {
        link.faults.extend(fault::of_text(shown.trim(), link.host.as_ref(), lists));
    }
    Some(link)
}

/// An address that stands in code of a template: `{% if late %}https://…{% endif %}`.
fn behind_code(written: &str) -> &str {
    if !written.starts_with(PLACEHOLDER_SIGNS) {
        return written;
    }
    let behind = written.trim_start_matches(PLACEHOLDER_SIGNS);
    let is_address =
        ["http://", "https://", "//", "mailto:", "tel:"].iter().any(|start| behind.starts_with(start));
    if is_address { behind } else { written }
}

/// The same address with a path where a placeholder follows the host: `https://example.com{{path}}`.
fn with_open_path(written: &str) -> Cow<'_, str> {
    let host = written.find("://").map_or(0, |at| at + 3);
    let Some(end) = written[host..].find(PLACEHOLDER_SIGNS).map(|offset| host + offset) else {
        return Cow::Borrowed(written);
    };
    let is_host_whole = end > host
        && !written[host..end].contains(['/', '?', '#'])
        && !written[..end].ends_with(['.', '@', '-']);
    match is_host_whole {
        true => Cow::Owned(format!("{}/{}", &written[..end], &written[end..])),
        false => Cow::Borrowed(written),
    }
}

/// The number behind `tel:`, `sms:` and their like.
pub(crate) fn number_of(link: &Link) -> Option<&str> {
    let is_call = matches!(link.scheme.as_deref(), Some("tel" | "sms" | "callto" | "facetime"));
    (is_call && link.path.bytes().any(|byte| byte.is_ascii_digit())).then_some(link.path.as_str())
}

/// The host of the address behind `mailto:`.
pub(crate) fn mail_host_of(link: &Link) -> Option<Host> {
    if link.scheme.as_deref() != Some("mailto") {
        return None;
    }
    let address = link.path.split('?').next().unwrap_or_default().replace("%40", "@");
    Host::parse(address.rsplit_once('@')?.1.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn link(written: &str, purpose: Purpose) -> Option<Link> {
        read(written, 0..written.len(), purpose, "", &Lists::default())
    }

    #[test]
    fn an_attribute_is_an_address_as_a_whole() {
        for (written, host, is_broken) in [
            ("https://example.com/a b", "example.com", true),
            (" https://example.com/a\n/b ", "example.com", false),
            ("//example.com/a", "example.com", false),
            ("page.html", "", true),
            ("/gp/help", "", true),
            ("#", "", true),
            ("", "", true),
            ("cid:logo", "", true),
            ("mailto:a@example.com", "", false),
            ("https://example.com/?id=\u{1A}\u{1A}", "example.com", false),
        ] {
            let link = link(written, Purpose::Link).expect("an address");
            let found = (link.host.as_ref().map_or("", Host::name), link.faults.contains(&LinkFault::Broken));
            assert_eq!(found, (host, is_broken), "{written}");
        }
    }

    #[test]
    fn what_a_placeholder_decides_is_not_judged() {
        for written in ["\u{1A}\u{1A}\u{1A}", "https://\u{1A}\u{1A}/x", "\u{1B}\u{1B}/x"] {
            assert_eq!(link(written, Purpose::Link), None, "{written}");
        }
    }

    #[test]
    fn code_of_a_template_ends_a_host() {
        for (written, host) in [
            ("https://example.com\u{1A}\u{1A}", "example.com"),
            ("https://www.example.com\u{1A}/x", "www.example.com"),
            ("\u{1A}\u{1A}https://example.com/x\u{1B}", "example.com"),
        ] {
            let link = link(written, Purpose::Link).expect("an address");
            assert_eq!(link.host.as_ref().map_or("", Host::name), host, "{written}");
        }
        assert_eq!(link("https://shop.\u{1A}\u{1A}/x", Purpose::Link), None);
    }

    #[test]
    fn pictures_may_be_in_the_message_itself() {
        for written in ["cid:logo", "logo.png", ""] {
            let link = link(written, Purpose::Picture).expect("an address");
            assert!(link.host.is_none(), "{written}");
        }
    }

    #[test]
    fn numbers_and_mailboxes_stand_behind_their_schemes() {
        let number =
            |written| link(written, Purpose::Link).and_then(|link| number_of(&link).map(str::to_owned));
        assert_eq!(number("tel:+1 202 555 0143").as_deref(), Some("+1 202 555 0143"));
        assert_eq!(number("tel:"), None);
        let host = |written| link(written, Purpose::Link).and_then(|link| mail_host_of(&link));
        assert_eq!(host("mailto:a%40example.com?subject=x").expect("a host").name(), "example.com");
        assert_eq!(host("https://a@example.com"), None);
    }
}
