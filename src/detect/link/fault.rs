//! What is wrong with a link: it leads nowhere, its text misleads or says nothing, its host pretends to be Amazon's.

use crate::detect::domain::{Host, seen};
use crate::detect::link::LinkFault;
use crate::detect::link::address::{self, Parts};
use crate::detect::lists::Lists;

/// Schemes of programs: what stands behind `//` is no host.
const PROGRAMS: [&str; 10] =
    ["whatsapp", "tg", "viber", "weixin", "line", "skype", "facetime", "fb-messenger", "instagram", "sgnl"];
const WEB: [&str; 5] = ["http", "https", "ftp", "ftps", "sftp"];
/// Lists of hosts that are Amazon's, or nobody's pretence.
const GENUINE: [&str; 4] = ["amazon", "amazon-short", "amazon-media", "amazon-other"];
/// Names of others, one letter away.
const NAMESAKES: [&str; 4] = ["amazone", "amazons", "amazona", "amazonx"];
const NAME: &str = "amazon";

/// Whether the scheme is that of a program rather than of a page.
pub(crate) fn is_program(scheme: &str) -> bool {
    PROGRAMS.contains(&scheme)
}

/// Whether the scheme is that of a page or file on the web.
pub(crate) fn is_web(scheme: &str) -> bool {
    WEB.contains(&scheme)
}

/// What is wrong with an address.
pub(crate) fn of_address(parts: &Parts, lists: &Lists) -> Vec<LinkFault> {
    let mut faults = Vec::new();
    if is_broken(parts) {
        faults.push(LinkFault::Broken);
    }
    let is_user_a_host = parts.user.as_deref().is_some_and(|user| user.contains('.'));
    if parts.host.as_ref().is_some_and(|host| is_user_a_host || is_lookalike(host, lists)) {
        faults.push(LinkFault::Lookalike);
    }
    faults
}

/// What is wrong with the text of a link to this host.
pub(crate) fn of_text(text: &str, target: Option<&Host>, lists: &Lists) -> Option<LinkFault> {
    let said = text.split_whitespace().find_map(host_in);
    if let (Some(said), Some(target)) = (&said, target) {
        let is_other = (said.label(), said.suffix()) != (target.label(), target.suffix());
        return is_other.then_some(LinkFault::TextMismatch);
    }
    let words = text.trim_matches(|c: char| !c.is_alphanumeric());
    lists.has_word("vague-link-texts", words).then_some(LinkFault::VagueText)
}

fn host_in(word: &str) -> Option<Host> {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    if !word.contains('.') || word.contains('@') {
        return None;
    }
    address::parse(word).host.filter(Host::is_registrable)
}

fn is_broken(parts: &Parts) -> bool {
    match parts.scheme.as_deref() {
        Some("javascript" | "data" | "file") => true,
        Some("mailto" | "tel" | "sms" | "callto") => parts.path.is_empty(),
        Some(scheme) if is_program(scheme) => false,
        _ => !parts
            .host
            .as_ref()
            .is_some_and(|host| !host.is_local() && (host.is_registrable() || host.is_ip())),
    }
}

/// Whether a host that is not Amazon's reads as if it were.
pub(crate) fn is_lookalike(host: &Host, lists: &Lists) -> bool {
    if !host.is_registrable() || lists.hosts.is_on(&GENUINE, host.address("")) {
        return false;
    }
    let labels: Vec<&str> = host.labels().collect();
    labels.iter().enumerate().filter(|(_, label)| may_pretend(label)).any(|(index, label)| {
        let behind = labels.get(index + 1);
        pretends(label, behind.copied(), lists)
    })
}

/// Whether a label can be like the name at all: it is not ASCII, or has nearly all of its letters.
fn may_pretend(label: &str) -> bool {
    let has = |letters: &[u8]| label.bytes().any(|byte| letters.contains(&byte));
    let letters = [has(b"a4"), has(b"mr"), has(b"z2"), has(b"o0"), has(b"n")];
    !label.is_ascii() || label.starts_with("xn--") || letters.iter().filter(|has| **has).count() >= 4
}

/// Whether a label pretends; `behind` is the one to its right that is still before the public suffix.
fn pretends(label: &str, behind: Option<&str>, lists: &Lists) -> bool {
    let seen_label = seen(label);
    let is_impostor_word = |word: &str| lists.has_word("lookalike-words", word);
    if seen_label == NAME {
        return label != NAME || behind.is_none_or(is_impostor_word);
    }
    let glued = seen_label.strip_prefix(NAME).or_else(|| seen_label.strip_suffix(NAME));
    if glued.is_some_and(is_impostor_word) {
        return true;
    }
    let parts: Vec<&str> = seen_label.split('-').collect();
    let has_name = parts.contains(&NAME);
    (has_name && parts.iter().any(|part| is_impostor_word(part)))
        || parts.iter().any(|part| is_misspelt(part))
}

/// Whether a word is one slip away from the name.
fn is_misspelt(word: &str) -> bool {
    !NAMESAKES.contains(&word) && word != NAME && is_one_edit_away(word.as_bytes(), NAME.as_bytes())
}

fn is_one_edit_away(a: &[u8], b: &[u8]) -> bool {
    if a.len().abs_diff(b.len()) > 1 {
        return false;
    }
    let start = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[start..], &b[start..]);
    let end = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[..a.len() - end], &b[..b.len() - end]);
    match (a, b) {
        ([x, y], [z, w]) => x == w && y == z,
        _ => a.len() <= 1 && b.len() <= 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lists() -> Lists {
        let mut lists = Lists::default();
        lists.add_hosts("amazon", &["amazon.de".into(), "amazon.co.uk".into(), "amazon.com".into()]);
        lists.add_hosts("amazon-other", &["amazonaws.com".into()]);
        lists.add_words("lookalike-words", &["support".into(), "com".into(), "co".into(), "returns".into()]);
        lists.add_words("vague-link-texts", &["here".into(), "click here".into()]);
        lists
    }

    #[test]
    fn hosts_that_read_like_amazon_are_told_from_namesakes() {
        let lists = lists();
        for (host, expected) in [
            ("amazon.com.foo.top", true),
            ("amazon.co.uk.returns.info", true),
            ("arnazon.de", true),
            ("amaz0n.com", true),
            ("amazn.com", true),
            ("ammazon.com", true),
            ("amzaon.com", true),
            ("amazon-support.com", true),
            ("amazonsupport.com", true),
            ("support-amazon.com", true),
            ("amazon.top", true),
            ("xn--amazn-mye.com", true),
            ("amàzon.de", true),
            ("amazon.de", false),
            ("www.amazon.co.uk", false),
            ("bucket.s3.amazonaws.com", false),
            ("amazon-presses.com", false),
            ("amazone.de", false),
            ("amazonia.com", false),
            ("amazing.com", false),
            ("amazon.blauholz.com", false),
            ("blauholz.com", false),
            ("xn--bcher-kva.de", false),
        ] {
            let host = Host::parse(host).expect("a host");
            assert_eq!(is_lookalike(&host, &lists), expected, "{}", host.name());
        }
    }

    #[test]
    fn addresses_that_lead_nowhere_are_broken() {
        let lists = lists();
        for (address, is_broken) in [
            ("https://example.com", false),
            ("https://192.0.2.7/x", false),
            ("whatsapp://send?phone=1", false),
            ("mailto:a@b.de", false),
            ("https://localhost/x", true),
            ("https://127.0.0.1:8080", true),
            ("http://192.168.0.4", true),
            ("https://intranet", true),
            ("https://shop.local/x", true),
            ("https:///x", true),
            ("javascript:void(0)", true),
            ("data:text/plain,x", true),
            ("file:///x", true),
            ("#", true),
            ("", true),
        ] {
            let faults = of_address(&address::parse(address), &lists);
            assert_eq!(faults.contains(&LinkFault::Broken), is_broken, "{address}");
        }
    }

    #[test]
    fn a_text_may_mislead_or_say_nothing() {
        let lists = lists();
        let target = Host::parse("www.example.com").expect("a host");
        for (text, fault) in [
            ("our page", None),
            ("example.com", None),
            ("https://shop.example.com/x", None),
            ("https://amazon.de", Some(LinkFault::TextMismatch)),
            ("see amazon.de.", Some(LinkFault::TextMismatch)),
            ("Click here!", Some(LinkFault::VagueText)),
            ("here →", Some(LinkFault::VagueText)),
        ] {
            assert_eq!(of_text(text, Some(&target), &lists), fault, "{text}");
        }
    }
}
