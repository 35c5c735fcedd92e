//! Draws what was decoded over the bytes that it came from, for tests.

use crate::text::{Charset, MappedBytes, MappedText};

/// Draws bytes of UTF-8, see [`drawn_text`].
pub(super) fn drawn(raw: &[u8], bytes: MappedBytes<'_>) -> String {
    drawn_text(raw, &bytes.decoded(Charset::named("utf-8").unwrap()))
}

/// Draws a text: what stands as itself as itself, what is written differently as `(text origin)` in as few characters
/// as share an origin, and a gap as `_`.
pub(super) fn drawn_text(raw: &[u8], text: &MappedText<'_>) -> String {
    let mut out = String::new();
    let mut group = String::new();
    let mut end = 0;
    let mut chars = text.text().char_indices().peekable();
    let mut span = text.span(0..0);
    while let Some((at, c)) = chars.next() {
        let origin = text.span(at..at + c.len_utf8());
        span = if group.is_empty() { origin } else { span.cover(origin) };
        group.push(c);
        let next = chars.peek().map(|(at, c)| text.span(*at..at + c.len_utf8()));
        if next.is_some_and(|next| next.overlaps(span)) {
            continue;
        }
        if span.start() > end {
            out.push('_');
        }
        let written = String::from_utf8_lossy(&raw[span.range()]);
        if written == group {
            out.push_str(&group)
        } else {
            out.push_str(&format!("({group} {written})"))
        }
        group.clear();
        end = span.end();
    }
    if !raw.is_empty() && end < raw.len() && !text.text().is_empty() {
        out.push('_');
    }
    out
}
