use std::borrow::Cow;
use std::ops::Range;

use super::charset::Charset;
use super::runs::Runs;
use super::{MappedText, Span};

/// Bytes together with the place that every part of them came from: a [`MappedText`] before its charset is known.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MappedBytes<'a> {
    bytes: Cow<'a, [u8]>,
    runs: Runs,
}

impl<'a> MappedBytes<'a> {
    /// No bytes yet; grow them with the `push` methods.
    pub fn new() -> Self {
        Self::default()
    }

    /// Bytes that stand in their origin just so, from byte `origin_start` on.
    pub fn verbatim(bytes: &'a [u8], origin_start: usize) -> Self {
        Self { bytes: Cow::Borrowed(bytes), runs: Runs::verbatim(bytes.len(), origin_start) }
    }

    /// The bytes themselves.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Appends bytes that stand in the origin just so, from byte `origin_start` on.
    pub fn push_verbatim(&mut self, bytes: &[u8], origin_start: usize) {
        self.runs.push_verbatim(self.bytes.len(), bytes.len(), origin_start);
        self.bytes.to_mut().extend_from_slice(bytes);
    }

    /// Appends bytes that are written differently in the origin, where they are `origin`.
    pub fn push_replaced(&mut self, bytes: &[u8], origin: Span) {
        self.runs.push_replaced(self.bytes.len(), bytes.len(), origin);
        self.bytes.to_mut().extend_from_slice(bytes);
    }

    /// Appends other bytes of the same origin with their places.
    pub fn push(&mut self, other: &MappedBytes<'_>) {
        let len = other.bytes.len();
        self.runs.push_part(self.bytes.len(), &other.runs, 0..len, len);
        self.bytes.to_mut().extend_from_slice(&other.bytes);
    }

    pub(super) fn runs(&self) -> &Runs {
        &self.runs
    }

    /// Where a byte range stands in the origin. It widens and covers gaps as [`MappedText::span`] does.
    pub fn span(&self, range: Range<usize>) -> Span {
        self.runs.span(range, self.bytes.len())
    }

    /// The characters that the bytes stand for. Each knows its bytes; those that are none become U+FFFD.
    pub fn decoded(self, charset: Charset) -> MappedText<'a> {
        self.decoded_noting(charset, &mut |_| ())
    }

    /// The same, and `note` hears of the places that are no characters.
    pub(super) fn decoded_noting(self, charset: Charset, note: &mut impl FnMut(Span)) -> MappedText<'a> {
        let mark = charset.bom().min(self.bytes.len());
        if !charset.is_utf8() {
            return self.decoded_legacy(mark, charset, note);
        }
        let len = self.bytes.len();
        match &self.bytes {
            Cow::Borrowed(bytes) => match std::str::from_utf8(&bytes[mark..]) {
                Ok(text) => MappedText::of_runs(Cow::Borrowed(text), self.runs.slice(mark..len, len)),
                Err(_) => self.decoded_utf8(mark, note),
            },
            Cow::Owned(bytes) if mark == 0 && std::str::from_utf8(bytes).is_ok() => {
                let text = String::from_utf8(self.bytes.into_owned()).unwrap_or_default();
                MappedText::of_runs(Cow::Owned(text), self.runs)
            }
            Cow::Owned(_) => self.decoded_utf8(mark, note),
        }
    }

    fn decoded_utf8(&self, mark: usize, note: &mut impl FnMut(Span)) -> MappedText<'a> {
        let mut decoded = Decoded::new(self);
        let mut at = mark;
        for chunk in self.bytes[mark..].utf8_chunks() {
            decoded.push_same(chunk.valid(), at);
            at += chunk.valid().len();
            if !chunk.invalid().is_empty() {
                let range = at..at + chunk.invalid().len();
                at = range.end;
                note(decoded.push_other("\u{FFFD}", range));
            }
        }
        decoded.finish()
    }

    /// Feeds the decoder the fewest bytes that yield the next character. Linear: no charset needs more than a few.
    fn decoded_legacy(&self, mark: usize, charset: Charset, note: &mut impl FnMut(Span)) -> MappedText<'a> {
        let mut decoder = charset.encoding().new_decoder_without_bom_handling();
        let mut decoded = Decoded::new(self);
        let mut buffer = [0u8; 32];
        let (mut from, mut at) = (mark, mark);
        while at < self.bytes.len() {
            let last = at + 1 == self.bytes.len();
            let (_, read, written, broken) = decoder.decode_to_utf8(&self.bytes[at..=at], &mut buffer, last);
            at += read.max(1);
            if written == 0 {
                continue;
            }
            let text: Cow<'_, str> = String::from_utf8_lossy(&buffer[..written]);
            if text.as_bytes() == &self.bytes[from..at] {
                decoded.push_same(&text, from);
            } else {
                let origin = decoded.push_other(&text, from..at);
                if broken {
                    note(origin);
                }
            }
            from = at;
        }
        decoded.finish()
    }
}

/// The text of some bytes as it grows.
struct Decoded<'b> {
    from: &'b MappedBytes<'b>,
    text: String,
    runs: Runs,
    /// Bytes whose text is the same, and whose places are not taken over yet.
    same: Range<usize>,
}

impl<'b> Decoded<'b> {
    fn new(from: &'b MappedBytes<'_>) -> Self {
        Self { from, text: String::with_capacity(from.bytes.len()), runs: Runs::default(), same: 0..0 }
    }

    /// Appends text that is what the bytes from `at` on are.
    fn push_same(&mut self, text: &str, at: usize) {
        if self.same.end != at {
            self.flush();
            self.same = at..at;
        }
        self.same.end += text.len();
        self.text.push_str(text);
    }

    /// Appends text that the bytes of a range stand for, and gives their place.
    fn push_other(&mut self, text: &str, range: Range<usize>) -> Span {
        self.flush();
        self.same = range.end..range.end;
        let origin = self.from.span(range);
        self.runs.push_replaced(self.text.len(), text.len(), origin);
        self.text.push_str(text);
        origin
    }

    fn flush(&mut self) {
        let at = self.text.len() - self.same.len();
        self.runs.push_part(at, &self.from.runs, self.same.clone(), self.from.bytes.len());
        self.same.start = self.same.end;
    }

    fn finish<'a>(mut self) -> MappedText<'a> {
        self.flush();
        MappedText::of_runs(Cow::Owned(self.text), self.runs)
    }
}
