use std::fmt;

use encoding_rs::Encoding;

/// How the bytes of a file stand for characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Charset {
    encoding: &'static Encoding,
    bom: usize,
}

impl Charset {
    /// The charset of a label as it stands in headers and on command lines (`utf-8`, `latin1`, `windows-1252` …), or
    /// `None` if no such charset is known.
    pub fn named(label: &str) -> Option<Self> {
        Encoding::for_label(label.trim().as_bytes()).map(|encoding| Self { encoding, bom: 0 })
    }

    /// The charset of some bytes: by byte order mark, else `declared`, else UTF-8 if they are valid UTF-8, else UTF-16
    /// without a mark if every other byte says so, else a guess among the legacy charsets.
    pub fn of(bytes: &[u8], declared: Option<Self>) -> Self {
        if let Some((encoding, bom)) = Encoding::for_bom(bytes) {
            return Self { encoding, bom };
        }
        if let Some(declared) = declared {
            return declared;
        }
        if let Some(encoding) = utf16_without_mark(bytes) {
            return Self { encoding, bom: 0 };
        }
        if std::str::from_utf8(bytes).is_ok() {
            return Self { encoding: encoding_rs::UTF_8, bom: 0 };
        }
        Self { encoding: guess_legacy(bytes), bom: 0 }
    }

    /// The charset of a piece of text too short for a mark: UTF-8 if it is valid, else a guess among the legacy charsets.
    pub fn utf8_or_guessed(bytes: &[u8]) -> Self {
        let is_utf8 = std::str::from_utf8(bytes).is_ok();
        Self { encoding: if is_utf8 { encoding_rs::UTF_8 } else { guess_legacy(bytes) }, bom: 0 }
    }

    /// How an e-mail is read as a whole: UTF-16 if an editor saved it so, else UTF-8, since its parts name their own.
    pub fn of_mail(bytes: &[u8]) -> Self {
        let utf8 = Self { encoding: encoding_rs::UTF_8, bom: 0 };
        let utf16 = || utf16_without_mark(bytes).map(|encoding| Self { encoding, bom: 0 });
        Self::of(bytes, utf16().or(Some(utf8)))
    }

    /// Whether this is UTF-8, with or without a mark.
    pub fn is_utf8(self) -> bool {
        self.encoding == encoding_rs::UTF_8
    }

    /// Whether this is UTF-16, in which a line end has two bytes.
    pub fn is_utf16(self) -> bool {
        self.encoding == encoding_rs::UTF_16LE || self.encoding == encoding_rs::UTF_16BE
    }

    /// Whether this is UTF-16 with the low byte first.
    pub fn is_utf16_le(self) -> bool {
        self.encoding == encoding_rs::UTF_16LE
    }

    /// The same charset, for a part of a file that begins without a mark.
    pub fn unmarked(self) -> Self {
        Self { bom: 0, ..self }
    }

    /// Length of the byte order mark in bytes; 0 without one.
    pub fn bom(self) -> usize {
        self.bom
    }

    pub(super) fn encoding(self) -> &'static Encoding {
        self.encoding
    }
}

impl fmt::Display for Charset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.encoding.name())
    }
}

/// UTF-16 text in a Western language has a zero in nearly every other byte, and only there.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(512) & !1];
    if sample.len() < 4 {
        return None;
    }
    let zeros = |odd: usize| sample.iter().skip(odd).step_by(2).filter(|byte| **byte == 0).count();
    let pairs = sample.len() / 2;
    match (zeros(0), zeros(1)) {
        (0, high) if high * 10 >= pairs * 7 => Some(encoding_rs::UTF_16LE),
        (high, 0) if high * 10 >= pairs * 7 => Some(encoding_rs::UTF_16BE),
        _ => None,
    }
}

/// A file that is nearly all valid UTF-8 is broken UTF-8 and not a legacy charset; else the detector of Firefox guesses.
fn guess_legacy(bytes: &[u8]) -> &'static Encoding {
    let mut bad = 0;
    let mut good = 0;
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    if good >= bad {
        return encoding_rs::UTF_8;
    }
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(None, chardetng::Utf8Detection::Deny)
}
