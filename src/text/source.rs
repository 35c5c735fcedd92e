use super::{Charset, LineIndex, MappedBytes, MappedText, Position, Span};

/// A file as it was read: its bytes, and their text with the place of each character.
///
/// Reading never fails: bytes that stand for no character become U+FFFD, and the oddity is kept as a [`Quirk`].
#[derive(Debug, Clone)]
pub struct Source<'a> {
    bytes: &'a [u8],
    text: MappedText<'a>,
    charset: Charset,
    lines: LineIndex,
    quirks: Vec<Quirk>,
}

/// Something odd about how a file is written, which a rule may report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Quirk {
    /// Bytes that are no character in the charset of the file; the span is that of the first.
    BrokenEncoding {
        /// How many such places there are.
        count: usize,
        /// The first one, in bytes of the file.
        first: Span,
    },
    /// The file is neither UTF-8 nor UTF-16 and its charset was guessed.
    GuessedCharset(Charset),
}

impl<'a> Source<'a> {
    /// Decodes a file. `declared` is the charset that a header or the user named, if any.
    pub fn new(bytes: &'a [u8], declared: Option<Charset>) -> Self {
        let charset = Charset::of(bytes, declared);
        let mut quirks = Vec::new();
        let text = decode(bytes, charset, &mut quirks);
        let guessed = declared.is_none() && !charset.is_utf8() && charset.bom() == 0;
        if guessed && !charset.encoding().name().starts_with("UTF-16") {
            quirks.push(Quirk::GuessedCharset(charset));
        }
        let lines = LineIndex::new(text.text());
        Self { bytes, text, charset, lines, quirks }
    }

    /// The bytes of the file.
    pub fn bytes(&self) -> &'a [u8] {
        self.bytes
    }

    /// The decoded text, mapped to bytes of the file.
    pub fn text(&self) -> &MappedText<'a> {
        &self.text
    }

    /// The charset that was found.
    pub fn charset(&self) -> Charset {
        self.charset
    }

    /// Lines of the decoded text.
    pub fn lines(&self) -> &LineIndex {
        &self.lines
    }

    /// What is odd about the file.
    pub fn quirks(&self) -> &[Quirk] {
        &self.quirks
    }

    /// The offset in the decoded text of a byte of the file; inside a character, that of the character.
    pub fn offset_of(&self, byte: usize) -> usize {
        if self.text.is_identity() { byte.min(self.text.text().len()) } else { self.text.offset_of(byte) }
    }

    /// Line and columns of a byte offset of the decoded text.
    pub fn position(&self, at: usize) -> Position {
        self.lines.position(self.text.text(), at)
    }
}

/// Decodes character by character, so that each knows its bytes.
fn decode<'a>(bytes: &'a [u8], charset: Charset, quirks: &mut Vec<Quirk>) -> MappedText<'a> {
    let mut broken: Option<(usize, Span)> = None;
    let mut note = |origin: Span| match &mut broken {
        Some((count, _)) => *count += 1,
        None => broken = Some((1, origin)),
    };
    let text = MappedBytes::verbatim(bytes, 0).decoded_noting(charset, &mut note);
    if let Some((count, first)) = broken {
        quirks.push(Quirk::BrokenEncoding { count, first });
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byte_order_mark_is_no_text_but_counts_as_bytes() {
        let source = Source::new(b"\xEF\xBB\xBFhi", None);
        assert_eq!(source.text().text(), "hi");
        assert_eq!(source.text().span(0..1), Span::new(3, 4));
    }

    #[test]
    fn utf16_characters_know_their_bytes() {
        let bytes: Vec<u8> = "\u{FEFF}a😀b".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let source = Source::new(&bytes, None);
        assert_eq!(source.text().text(), "a😀b");
        assert_eq!(source.text().span(1..5), Span::new(4, 8));
        assert_eq!(source.text().span(5..6), Span::new(8, 10));
        assert!(source.quirks().is_empty());
    }

    #[test]
    fn broken_utf8_is_replaced_and_told() {
        let source =
            Source::new("grün ".as_bytes().iter().chain(b"\xFF!").copied().collect::<Vec<_>>().leak(), None);
        assert_eq!(source.text().text(), "grün \u{FFFD}!");
        assert_eq!(source.quirks(), [Quirk::BrokenEncoding { count: 1, first: Span::new(6, 7) }]);
    }

    #[test]
    fn a_legacy_charset_is_guessed() {
        let source = Source::new(b"Gr\xFC\xDFe aus K\xF6ln, wir haben Ihr P\xE4ckchen", None);
        assert!(source.text().text().starts_with("Grüße aus Köln"), "{}", source.text().text());
        assert!(matches!(source.quirks(), [Quirk::GuessedCharset(_)]));
    }
}
