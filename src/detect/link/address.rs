//! Takes an address apart: scheme, user, host, path, query.

use crate::detect::domain::Host;

/// The parts of an address.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Parts {
    /// In lower case, without the colon.
    pub(crate) scheme: Option<String>,
    /// What stands before an `@` in front of the host.
    pub(crate) user: Option<String>,
    /// The host, if one is there and may be written so.
    pub(crate) host: Option<Host>,
    /// From its `/` on.
    pub(crate) path: String,
    /// Without its `?`.
    pub(crate) query: String,
    /// Bytes of the address; what stands behind is text.
    pub(crate) length: usize,
}

/// Schemes behind which no `//` and no host stands.
const OPAQUE: [&str; 9] =
    ["mailto", "tel", "sms", "javascript", "data", "skype", "facetime", "callto", "whatsapp"];

/// Quotes and brackets of other scripts, which end an address in a text.
const CLOSERS: &[char] = &[
    '“', '”', '„', '‘', '’', '«', '»', '‹', '›', '…', '、', '。', '「', '」', '『', '』', '【', '】', '〈',
    '〉', '《', '》', '（', '）', '，', '！', '？',
];

/// Reads an address with or without a scheme.
pub(crate) fn parse(written: &str) -> Parts {
    let written = &written[..written.find(CLOSERS).unwrap_or(written.len())];
    if let Some((scheme, rest)) = written.split_once("://") {
        let scheme = scheme.to_lowercase();
        let is_file = scheme == "file";
        let mut parts =
            if is_file { Parts { length: rest.len(), ..Parts::default() } } else { hierarchy(rest) };
        parts.length += scheme.len() + "://".len();
        return Parts { scheme: Some(scheme), ..parts };
    }
    match written.split_once(':') {
        Some((scheme, rest)) if OPAQUE.contains(&scheme.to_lowercase().as_str()) => Parts {
            scheme: Some(scheme.to_lowercase()),
            path: rest.to_owned(),
            length: written.len(),
            ..Parts::default()
        },
        _ => hierarchy(written),
    }
}

/// Reads `user@host:port/path?query#fragment`.
fn hierarchy(written: &str) -> Parts {
    let end = written.find(['/', '?', '#']).unwrap_or(written.len());
    let (authority, behind) = written.split_at(end);
    let host_start = authority.rfind('@').map_or(0, |at| at + 1);
    let (host_and_port, user) = (&authority[host_start..], authority[..host_start].strip_suffix('@'));
    let name = &host_and_port[..host_and_port.find(':').unwrap_or(host_and_port.len())];
    let (host, length) = match Host::longest(name) {
        Some((host, length)) => (Some(host), length),
        None => (Host::parse(name), name.len()),
    };
    let mut parts =
        Parts { host, user: user.map(str::to_owned), length: host_start + length, ..Parts::default() };
    let port = if length == name.len() { port_length(&host_and_port[length..]) } else { 0 };
    parts.length += port;
    if host_start + length + port == end {
        parts.length = written.len();
        let behind = &behind[..behind.find('#').unwrap_or(behind.len())];
        let (path, query) = behind.split_once('?').unwrap_or((behind, ""));
        parts.path = path.to_owned();
        parts.query = query.to_owned();
    }
    parts
}

fn port_length(written: &str) -> usize {
    let digits = written.bytes().skip(1).take_while(u8::is_ascii_digit).count();
    if written.starts_with(':') && (1..=5).contains(&digits) { digits + 1 } else { 0 }
}

/// Where the port, path and query behind a host end that stands before byte `at` of a text: brackets are balanced, and
/// the punctuation of the sentence is left out.
pub(crate) fn tail_end(text: &str, at: usize) -> usize {
    let at = at + port_length(&text[at..crate::detect::neighbours::floor(text, at + 7)]);
    if !text[at..].starts_with(['/', '?', '#']) { at } else { word_end(text, at) }
}

/// Where a run of address characters ends that begins at byte `at`.
pub(crate) fn word_end(text: &str, at: usize) -> usize {
    let mut open: Vec<char> = Vec::new();
    let mut end = at;
    for (offset, c) in text[at..].char_indices() {
        let is_last = match c {
            '(' | '[' | '{' => {
                open.push(c);
                false
            }
            ')' | ']' | '}' => match (open.pop(), c) {
                (Some('('), ')') | (Some('['), ']') | (Some('{'), '}') => true,
                _ => break,
            },
            '"' | '<' | '>' | '|' | '`' | '\\' | '^' => break,
            _ if c.is_whitespace() || c.is_control() || CLOSERS.contains(&c) => break,
            _ => !matches!(c, '?' | '!' | '.' | ',' | ':' | ';' | '*' | '\'' | '_' | '~'),
        };
        if is_last {
            end = at + offset + c.len_utf8();
        }
    }
    end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_taken_apart() {
        for (written, scheme, user, host, path, query) in [
            ("https://Example.com/a?b=c#d", "https", "", "example.com", "/a", "b=c"),
            ("https://amazon.de@example.com/x", "https", "amazon.de", "example.com", "/x", ""),
            ("HTTP://a:b@example.com:80?x", "http", "a:b", "example.com", "", "x"),
            ("example.com/a", "", "", "example.com", "/a", ""),
            ("https://localhost:3000/", "https", "", "localhost", "/", ""),
            ("https:///x", "https", "", "", "/x", ""),
            ("mailto:a@b.de?subject=x", "mailto", "", "", "a@b.de?subject=x", ""),
            ("file:///home/x", "file", "", "", "", ""),
            ("#", "", "", "", "", ""),
        ] {
            let parts = parse(written);
            let found = (
                parts.scheme.as_deref().unwrap_or(""),
                parts.user.as_deref().unwrap_or(""),
                parts.host.as_ref().map_or("", Host::name),
                parts.path.as_str(),
                parts.query.as_str(),
            );
            assert_eq!(found, (scheme, user, host, path, query), "{written}");
        }
    }

    #[test]
    fn an_address_ends_where_the_text_goes_on() {
        for picture in [
            "https://example.com|.Please",
            "https://example.com:80/a|”",
            "https://example.com|:then",
            "https://example.com|谢谢",
            "https://example.com/wiki/例|。",
        ] {
            let (address, _) = picture.split_once('|').expect("a mark");
            assert_eq!(parse(&picture.replace('|', "")).length, address.len(), "{picture}");
        }
        for picture in ["/a|, b", "/a_(b)|).", "/a|)", ":80/a?b=c|!", "|:then", "?a=1|*", "/|.", "/a/|\""] {
            let (tail, _) = picture.split_once('|').expect("a mark");
            assert_eq!(tail_end(&picture.replace('|', ""), 0), tail.len(), "{picture}");
        }
    }
}
