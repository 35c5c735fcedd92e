//! Header values: folded lines joined, and encoded words (RFC 2047) undone.
//!
//! Mail in the wild breaks words in the middle of a character, leaves blanks in them and puts them where the standard has
//! none; so words are undone wherever they stand, and neighbours in one charset are joined before they are decoded.

use std::ops::Range;

use memchr::{memchr2_iter, memmem};

use crate::text::{Charset, MappedBytes, MappedText};

use super::{base64, quoted_printable};

/// How long the name of a charset may be, with its language.
const LONGEST_LABEL: usize = 80;

/// Decodes the value of a header; `at` is the place of its first byte. Bytes outside of words are UTF-8 or guessed.
pub fn decode(raw: &[u8], at: usize) -> MappedText<'_> {
    let plain = Charset::utf8_or_guessed(raw);
    let is_folded = memchr2_iter(b'\r', b'\n', raw).next().is_some();
    let mut next = memmem::find(raw, b"=?");
    if next.is_none() && !is_folded {
        return MappedBytes::verbatim(raw, at).decoded(plain);
    }
    let mut value = Value { raw, at, plain, text: MappedText::new(), open: None };
    let mut start = 0;
    while let Some(sign) = next {
        let end = match Word::at(raw, sign) {
            Some(word) => {
                value.push_plain(start..sign);
                value.push_word(&word);
                start = word.end;
                start
            }
            None => sign + 2,
        };
        next = memmem::find(&raw[end..], b"=?").map(|len| end + len);
    }
    value.close_word();
    value.push_plain(start..raw.len());
    value.text
}

/// Where the encoded word ends that begins at `start`, if one does.
pub(crate) fn word_end(raw: &[u8], start: usize) -> Option<usize> {
    let is_one = raw[start..].starts_with(b"=?");
    is_one.then(|| Word::at(raw, start)).flatten().map(|word| word.end)
}

/// A header value as it is decoded.
struct Value<'r> {
    raw: &'r [u8],
    at: usize,
    /// The charset of what is in no word.
    plain: Charset,
    text: MappedText<'static>,
    /// Bytes of the word before, which the next one may go on.
    open: Option<(Option<Charset>, MappedBytes<'static>)>,
}

impl Value<'_> {
    /// Appends what is in no word, without line ends. Blanks between two words are not part of the value.
    fn push_plain(&mut self, range: Range<usize>) {
        if self.open.is_some() && self.raw[range.clone()].trim_ascii().is_empty() {
            return;
        }
        self.close_word();
        let mut bytes = MappedBytes::new();
        let mut start = range.start;
        for len in memchr2_iter(b'\r', b'\n', &self.raw[range.clone()]) {
            let end = range.start + len;
            bytes.push_verbatim(&self.raw[start..end], self.at + start);
            start = end + 1;
        }
        bytes.push_verbatim(&self.raw[start..range.end], self.at + start);
        self.text.push(&bytes.decoded(self.plain));
    }

    fn push_word(&mut self, word: &Word) {
        let (raw, at) = (&self.raw[word.text.clone()], self.at + word.text.start);
        let bytes = if word.is_base64 {
            base64::decode(raw, at)
        } else {
            owned(quoted_printable::decode_word(raw, at))
        };
        match &mut self.open {
            Some((charset, before)) if *charset == word.charset => before.push(&bytes),
            _ => {
                self.close_word();
                self.open = Some((word.charset, bytes));
            }
        }
    }

    fn close_word(&mut self) {
        let Some((charset, bytes)) = self.open.take() else { return };
        let charset = charset.unwrap_or_else(|| Charset::utf8_or_guessed(bytes.bytes()));
        self.text.push(&bytes.decoded(charset));
    }
}

fn owned(bytes: MappedBytes<'_>) -> MappedBytes<'static> {
    let mut owned = MappedBytes::new();
    owned.push(&bytes);
    owned
}

/// `=?charset?B?text?=`.
struct Word {
    /// `None` if nobody knows it.
    charset: Option<Charset>,
    is_base64: bool,
    text: Range<usize>,
    end: usize,
}

impl Word {
    /// The word that begins at a `=?`.
    fn at(raw: &[u8], start: usize) -> Option<Self> {
        let label_start = start + 2;
        let label = raw[label_start..].iter().take(LONGEST_LABEL).position(|byte| *byte == b'?')?;
        let label = &raw[label_start..label_start + label];
        if label.is_empty() || !label.iter().all(u8::is_ascii_graphic) {
            return None;
        }
        let encoding = label_start + label.len() + 1;
        let is_base64 = match raw.get(encoding)?.to_ascii_lowercase() {
            b'b' => true,
            b'q' => false,
            _ => return None,
        };
        if raw.get(encoding + 1) != Some(&b'?') {
            return None;
        }
        let text = encoding + 2..text_end(raw, encoding + 2)?;
        let name = label.split(|byte| *byte == b'*').next().unwrap_or(label);
        let charset = std::str::from_utf8(name).ok().and_then(Charset::named);
        Some(Self { charset, is_base64, end: text.end + 2, text })
    }
}

/// Where `?=` ends the text of a word. A word that begins before it shows that this one was never closed; so no byte is
/// looked at twice.
fn text_end(raw: &[u8], start: usize) -> Option<usize> {
    for len in memchr::memchr_iter(b'?', &raw[start..]) {
        let at = start + len;
        if raw.get(at + 1) == Some(&b'=') {
            return Some(at);
        }
        if at > start && raw[at - 1] == b'=' {
            return None;
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::decode::drawing::drawn_text;

    #[test]
    fn every_character_knows_its_place() {
        let cases: &[(&str, &str)] = &[
            ("Your order", "Your order"),
            ("Your\r\n order", "Your_ order"),
            ("Your\n\torder", "Your_\torder"),
            ("Grüße", "Grüße"),
            ("=?utf-8?Q?caf=C3=A9_?= x", "_caf(é =C3=A9)(  _)_ x"),
            ("=?UTF-8?B?SGVsbG8h?=", "_(Hel SGVs)(lo! bG8h)_"),
            ("=?utf-8*en?q?a?=b", "_a_b"),
            ("=?iso-8859-1?Q?Gr=FC=DFe?=", "_Gr(ü =FC)(ß =DF)e_"),
            ("=?utf-8?Q?a?= =?utf-8?Q?b?=", "_a_b_"),
            ("=?utf-8?Q?a?=\r\n  =?utf-8?Q?b?= c", "_a_b_ c"),
            ("=?utf-8?Q?a?= =?iso-8859-1?Q?b?=", "_a_b_"),
            ("=?utf-8?Q?=C3?= =?utf-8?Q?=A9?=", "_(é =C3?= =?utf-8?Q?=A9)_"),
            ("=?utf-8?B?w6k=?= =?utf-8?B?w6k=?=", "_(é w6k=)_(é w6k=)_"),
            ("=?utf-8?Q?a b?=", "_a b_"),
            ("=?utf-8?Q?really??=", "_really?_"),
            ("=?utf-8?Q?a =?utf-8?Q?b?=", "=?utf-8?Q?a _b_"),
            ("=?utf-8?Q?a", "=?utf-8?Q?a"),
            ("=?utf-8?X?a?=", "=?utf-8?X?a?="),
            ("=? ?Q?a?=", "=? ?Q?a?="),
            ("=??Q?a?=", "=??Q?a?="),
            ("=?x-nobody?Q?a=C3=A9?=", "_a(é =C3=A9)_"),
            ("1=?2", "1=?2"),
            ("", ""),
        ];
        for (raw, picture) in cases {
            assert_eq!(drawn_text(raw.as_bytes(), &decode(raw.as_bytes(), 0)), *picture, "{raw:?}");
        }
    }

    #[test]
    fn charsets_of_many_bytes_are_undone() {
        let cases = [
            ("=?iso-2022-jp?B?GyRCQ21KOBsoQg==?=", "注文"),
            ("=?shift_jis?B?ko2Vtg==?=", "注文"),
            ("=?gb2312?Q?=B6=A9=B5=A5?=", "订单"),
            ("=?big5?Q?=ADq=B3=E6?=", "訂單"),
            ("=?euc-kr?Q?=C1=D6=B9=AE?=", "주문"),
            ("=?windows-1251?Q?=C7=E0=EA=E0=E7?=", "Заказ"),
            ("=?utf-16be?B?bOhlhw==?=", "注文"),
        ];
        for (raw, text) in cases {
            assert_eq!(decode(raw.as_bytes(), 0).text(), text, "{raw}");
        }
    }

    #[test]
    fn bytes_of_an_old_charset_are_guessed() {
        assert_eq!(
            decode(b"Ihre Bestellung f\xFCr gr\xFCne Lampen", 0).text(),
            "Ihre Bestellung für grüne Lampen"
        );
    }

    proptest! {
        #[test]
        fn anything_decodes(raw in r"(=\?|\?=|utf-8|iso-2022-jp|\?Q\?|\?b\?|=C3|=A9|w6k=|GyRC| |\r\n |x|é|_){0,24}") {
            let text = decode(raw.as_bytes(), 5);
            prop_assert!(text.span(0..text.text().len()).end() <= raw.len() + 5);
        }

        #[test]
        fn any_text_survives_the_way_there_and_back(text in "\\PC{1,24}", cut in 1usize..12) {
            let escaped: Vec<String> = text.bytes().map(|byte| format!("={byte:02X}")).collect();
            let words: Vec<String> = escaped.chunks(cut).map(|part| format!("=?utf-8?q?{}?=", part.concat())).collect();
            let raw = words.join("\r\n ");
            let decoded = decode(raw.as_bytes(), 0);
            prop_assert_eq!(decoded.text(), &text);
            prop_assert_eq!(decoded.span(0..text.len()), crate::text::Span::new(10, raw.len() - 2));
        }
    }
}
