//! Hosts: what one is made of, and whether its end is a public suffix.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use crate::detect::hosts::Address;

/// A host as it is written in an address, in lower case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Host {
    name: String,
    /// Byte where the public suffix begins; the length where it is unknown.
    suffix: usize,
}

impl Host {
    /// Reads a host: a dotted name, an IPv4 address, or a single label. `None` if no host is written so.
    pub fn parse(written: &str) -> Option<Self> {
        if written.len() > 254 {
            return None;
        }
        let name = written.strip_suffix('.').unwrap_or(written).to_lowercase();
        if name.len() > 253 || !name.split('.').all(is_label) {
            return None;
        }
        let suffix = name.len() - known_suffix(&name).min(name.len());
        Some(Self { name, suffix })
    }

    /// Reads a host that somebody can have registered: a label under a known public suffix.
    pub fn registrable(written: &str) -> Option<Self> {
        // No suffix has one letter; most of what is no host ends so.
        let (_, suffix) = written.trim_end_matches('.').rsplit_once('.')?;
        if suffix.len() < 2 {
            return None;
        }
        Self::parse(written).filter(Self::is_registrable)
    }

    /// The longest beginning that somebody can have registered, and its length: `example.com` of `example.com.Please`
    /// and of `example.com谢谢`.
    pub fn longest(written: &str) -> Option<(Self, usize)> {
        let mut end = written.len();
        for _ in 0..3 {
            let label = written[..end].rfind('.')? + 1;
            let spaced = written[label..end].find(is_unspaced).map_or(end, |at| label + at);
            for end in [end, spaced] {
                if let Some(host) = Self::registrable(&written[..end]) {
                    return Some((host, end));
                }
            }
            end = label - 1;
        }
        None
    }

    /// The whole name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The public suffix, `co.uk`, or nothing.
    pub fn suffix(&self) -> &str {
        &self.name[self.suffix..]
    }

    /// The label before the public suffix, which somebody registered; or nothing.
    pub fn label(&self) -> &str {
        self.below_suffix().rsplit('.').next().unwrap_or("")
    }

    /// The labels before the public suffix.
    pub fn labels(&self) -> impl Iterator<Item = &str> {
        self.below_suffix().split('.')
    }

    /// Whether somebody can have registered it: a label under a known public suffix.
    pub fn is_registrable(&self) -> bool {
        self.suffix > 0 && self.suffix < self.name.len()
    }

    /// Whether it is an IPv4 address.
    pub fn is_ip(&self) -> bool {
        self.name.parse::<std::net::Ipv4Addr>().is_ok()
    }

    /// Whether it leads nowhere outside one house: `localhost`, a private address.
    pub fn is_local(&self) -> bool {
        let is_private = |ip: std::net::Ipv4Addr| {
            ip.is_loopback() || ip.is_private() || ip.is_link_local() || ip.is_unspecified()
        };
        self.name == "localhost" || self.name.parse().is_ok_and(is_private)
    }

    /// With a path, as lists want to know it.
    pub fn address<'a>(&'a self, path: &'a str) -> Address<'a> {
        Address { host: &self.name, suffix: self.suffix, path }
    }

    fn below_suffix(&self) -> &str {
        self.name[..self.suffix].trim_end_matches('.')
    }
}

/// Whether a character may stand in a host.
pub fn is_host_char(c: char) -> bool {
    c.is_ascii_alphanumeric()
        || matches!(c, '-' | '.' | '_')
        || (!c.is_ascii() && (c.is_alphanumeric() || is_combining_mark(c)))
}

/// Whether a character belongs to a script that puts no blanks between words.
pub fn is_unspaced(c: char) -> bool {
    u32::from(c) >= 0x2E80
}

/// A label as a reader sees it: punycode decoded, accents off, digits that look like letters as letters.
pub fn seen(label: &str) -> String {
    let decoded = label.strip_prefix("xn--").and_then(punycode);
    let letters = crate::view::fold::plain(decoded.as_deref().unwrap_or(label)).text().to_lowercase();
    letters.nfd().filter(|c| !is_combining_mark(*c)).map(letter_of).collect::<String>().replace("rn", "m")
}

fn letter_of(c: char) -> char {
    match c {
        '0' => 'o',
        '4' => 'a',
        '2' => 'z',
        'ı' => 'i',
        _ => c,
    }
}

fn is_label(label: &str) -> bool {
    !label.is_empty()
        && label.len() <= 63
        && !label.starts_with('-')
        && !label.ends_with('-')
        && label.chars().all(|c| c != '.' && is_host_char(c))
}

/// Length of the public suffix under which anyone can register, or 0.
///
/// Suffixes of companies (`myshopify.com`) count as names of these companies: a shop on one is a host of theirs. Nobody
/// can register under `example` (RFC 2606), but whoever tries the linter out writes what a seller would register elsewhere.
fn known_suffix(name: &str) -> usize {
    const FOR_EXAMPLES: &str = "example";
    if !name.contains('.') {
        return 0;
    }
    if name.strip_suffix(FOR_EXAMPLES).is_some_and(|rest| rest.ends_with('.')) {
        return FOR_EXAMPLES.len();
    }
    let mut labels = name.split('.').count();
    loop {
        let found = psl::Psl::find(&psl::List, name.rsplit('.').take(labels).map(str::as_bytes));
        match found.typ {
            Some(psl::Type::Icann) => return found.len,
            Some(psl::Type::Private) if labels > 1 => labels -= 1,
            _ => return 0,
        }
    }
}

/// Decodes what follows `xn--` (RFC 3492).
fn punycode(encoded: &str) -> Option<String> {
    let (basic, deltas) = encoded.rsplit_once('-').unwrap_or(("", encoded));
    let mut out: Vec<char> = basic.chars().collect();
    let (mut code, mut index, mut bias) = (128_u32, 0_u32, 72_u32);
    let mut digits = deltas.bytes();
    while digits.len() > 0 {
        let before = index;
        let (mut weight, mut step) = (1_u32, 36_u32);
        loop {
            let digit = digit_of(digits.next()?)?;
            index = index.checked_add(digit.checked_mul(weight)?)?;
            let threshold = step.saturating_sub(bias).clamp(1, 26);
            if digit < threshold {
                break;
            }
            weight = weight.checked_mul(36 - threshold)?;
            step += 36;
        }
        let length = u32::try_from(out.len()).ok()? + 1;
        bias = adapted(index - before, length, before == 0);
        code = code.checked_add(index / length)?;
        index %= length;
        out.insert(index as usize, char::from_u32(code)?);
        index += 1;
    }
    Some(out.into_iter().collect())
}

fn digit_of(byte: u8) -> Option<u32> {
    match byte {
        b'a'..=b'z' => Some(u32::from(byte - b'a')),
        b'0'..=b'9' => Some(u32::from(byte - b'0') + 26),
        _ => None,
    }
}

fn adapted(delta: u32, length: u32, is_first: bool) -> u32 {
    let mut delta = if is_first { delta / 700 } else { delta / 2 };
    delta += delta / length;
    let mut step = 0;
    while delta > 455 {
        delta /= 35;
        step += 36;
    }
    step + 36 * delta / (delta + 38)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_knows_its_label_and_its_suffix() {
        for (written, label, suffix) in [
            ("Example.COM", "example", "com"),
            ("shop.example.co.uk", "example", "co.uk"),
            ("example.com.", "example", "com"),
            ("shop.myshopify.com", "myshopify", "com"),
            ("a.github.io", "github", "io"),
            ("bücher.de", "bücher", "de"),
            ("xn--bcher-kva.de", "xn--bcher-kva", "de"),
            ("пример.рф", "пример", "рф"),
            ("例え.jp", "例え", "jp"),
            ("com", "com", ""),
            ("arrived.please", "please", ""),
            ("192.0.2.1", "1", ""),
        ] {
            let host = Host::parse(written).expect("a host");
            assert_eq!((host.label(), host.suffix()), (label, suffix), "{written}");
        }
        for written in ["", ".", "a..b", "-a.de", "a-.de", "a b.de", &"a".repeat(64)] {
            assert_eq!(Host::parse(written), None, "{written}");
        }
    }

    #[test]
    fn a_host_ends_where_the_next_sentence_begins() {
        for (written, host) in [
            ("example.com.Please", Some("example.com")),
            ("example.com谢谢", Some("example.com")),
            ("example.co.uk.We", Some("example.co.uk")),
            ("例え.jp", Some("例え.jp")),
            ("example", None),
            ("shop.example", Some("shop.example")),
            ("example.nosuchsuffix", None),
            ("a.b.c.d.e", None),
        ] {
            assert_eq!(Host::longest(written).map(|(_, end)| &written[..end]), host, "{written}");
        }
    }

    #[test]
    fn a_label_is_read_as_it_is_seen() {
        for (label, reads) in [
            ("xn--amazn-mye", "amazon"),
            ("arnazon", "amazon"),
            ("4maz0n", "amazon"),
            ("àmazón", "amazon"),
            ("xn--bcher-kva", "bucher"),
            ("xn--", ""),
            ("xn--a!", "xn--a!"),
        ] {
            assert_eq!(seen(label), reads, "{label}");
        }
    }
}
