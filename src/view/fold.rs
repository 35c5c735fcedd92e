//! Makes text comparable, and remembers where each part of it stood.
//!
//! Two folds, each on top of the other. [`plain`] undoes what hides a contact or a phrase from a reader of bytes but not
//! from a reader of letters: fullwidth and other compatibility forms, zero-width characters, soft hyphens, and letters
//! of other scripts that look Latin inside a Latin word. [`lower`] then levels case and apostrophes, for phrases.

use unicode_normalization::char::canonical_combining_class;
use unicode_normalization::{IsNormalized, UnicodeNormalization as _, is_nfkc_quick};

use crate::text::{MappedText, Span, is_picture};

/// Compatibility forms resolved, invisible characters gone, homoglyphs undone; case kept. Maps to the text given.
pub fn plain(text: &str) -> MappedText<'_> {
    if plain_length(text.as_bytes()) == text.len() {
        return MappedText::verbatim(text, 0);
    }
    let normal = normalised(text);
    // No byte of an accent, a dash, an emoji or a letter of Asia is one of these.
    let may_have_twins = normal.text().bytes().fold(false, |any, byte| any | FIRST_OF_TWINS.contains(&byte));
    if !may_have_twins || !normal.text().chars().any(|c| latin_twin(c).is_some()) {
        return normal;
    }
    let latin = without_homoglyphs(normal.text()).into_owned();
    latin.through(&normal)
}

/// Lower case with plain apostrophes. Maps to the text given.
pub fn lower(text: &str) -> MappedText<'_> {
    if text.is_ascii() {
        return MappedText::aligned(text.to_ascii_lowercase(), 0);
    }
    let mut out = MappedText::new();
    let mut buffer = String::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        if c.is_ascii() {
            let ascii = length_of(&text.as_bytes()[at..], |byte| byte.is_ascii());
            buffer.clear();
            buffer.push_str(&text[at..at + ascii]);
            buffer.make_ascii_lowercase();
            out.push_verbatim(&buffer, at);
            at += ascii;
            continue;
        }
        if has_no_case(c) {
            let run: usize = text[at..].chars().take_while(|c| has_no_case(*c)).map(char::len_utf8).sum();
            out.push_verbatim(&text[at..at + run], at);
            at += run;
            continue;
        }
        let origin = Span::new(at, at + c.len_utf8());
        match c {
            '’' | '‘' | 'ʼ' | '′' => out.push_replaced("'", origin),
            _ => {
                buffer.clear();
                buffer.extend(c.to_lowercase());
                if buffer.len() == c.len_utf8() {
                    out.push_verbatim(&buffer, at);
                } else {
                    out.push_replaced(&buffer, origin);
                }
            }
        }
        at = origin.end();
    }
    out
}

/// Pictures, and the letters of East Asia.
fn has_no_case(c: char) -> bool {
    matches!(c, '\u{2E80}'..='\u{9FFF}') || is_picture(c)
}

/// NFKC, cluster by cluster, without what cannot be seen.
fn normalised(text: &str) -> MappedText<'_> {
    let mut out = MappedText::new();
    let mut at = 0;
    while at < text.len() {
        let (whole, last) = plain_end(text, at);
        // The last character may carry a combining mark, so it belongs to the cluster that follows.
        let end = if whole == text.len() { whole } else { last };
        out.push_verbatim(&text[at..end], at);
        at = end;
        if at < text.len() {
            at = push_cluster(text, at, &mut out);
        }
    }
    out
}

/// The length of the ASCII at the beginning that is seen.
fn plain_length(text: &[u8]) -> usize {
    length_of(text, |byte| byte.is_ascii() && !is_control(byte))
}

/// The length of what stands at the beginning and holds nothing but such bytes. Many are looked at at a time.
fn length_of(text: &[u8], is_such: impl Fn(u8) -> bool) -> usize {
    const AT_A_TIME: usize = 32;
    let (chunks, _) = text.as_chunks::<AT_A_TIME>();
    let is_all = |chunk: &&[u8; AT_A_TIME]| chunk.iter().fold(true, |all, byte| all & is_such(*byte));
    let whole = chunks.iter().take_while(is_all).count() * AT_A_TIME;
    whole + text[whole..].iter().take_while(|byte| is_such(**byte)).count()
}

/// Where the characters end that begin at byte `from` and are as they should be, and where the last of them begins.
fn plain_end(text: &str, from: usize) -> (usize, usize) {
    let bytes = text.as_bytes();
    let (mut end, mut last) = (from, from);
    loop {
        if bytes.get(end).is_some_and(u8::is_ascii) {
            let ascii = plain_length(&bytes[end..]);
            (last, end) = (if ascii > 0 { end + ascii - 1 } else { last }, end + ascii);
        }
        let Some(c) = text[end..].chars().next().filter(|c| is_plain(*c)) else { return (end, last) };
        (last, end) = (end, end + c.len_utf8());
    }
}

/// Whether a character beyond ASCII is surely in its normal form, seen, and no mark on another: the letters, signs and
/// pictures that are met most.
fn is_plain(c: char) -> bool {
    matches!(c,
        'À'..='ÿ' | '\u{400}'..='\u{45F}' | '–' | '—' | '‘'..='•' | '€' | '\u{3041}'..='\u{3096}'
        | '\u{30A1}'..='\u{30FA}' | '\u{4E00}'..='\u{9FFF}' | '\u{1F1E6}'..='\u{1F1FF}'
        | '\u{1F300}'..='\u{1FAFF}')
}

/// Appends a character and the marks on it, normalised; gives the byte after them.
fn push_cluster(text: &str, at: usize, out: &mut MappedText<'_>) -> usize {
    let mut chars = text[at..].char_indices();
    let Some((_, first)) = chars.next() else { return text.len() };
    if is_invisible(first) || u8::try_from(first).is_ok_and(is_control) {
        return at + first.len_utf8();
    }
    let length =
        chars.find(|(_, c)| canonical_combining_class(*c) == 0).map_or(text.len() - at, |(offset, _)| offset);
    let cluster = &text[at..at + length];
    let is_bare = length == first.len_utf8() && (first.is_ascii() || is_plain(first));
    let is_normal =
        || is_nfkc_quick(cluster.chars()) == IsNormalized::Yes && !cluster.chars().any(is_invisible);
    if is_bare || keeps_its_form(first) || is_normal() {
        out.push_verbatim(cluster, at);
        return at + length;
    }
    let normal: String = cluster.nfkc().filter(|c| !is_invisible(*c)).collect();
    if normal == cluster {
        out.push_verbatim(cluster, at);
    } else {
        out.push_replaced(&normal, Span::new(at, at + length));
    }
    at + length
}

/// Control characters that no reader sees. Not among them are blanks, and the signs that stand for placeholders.
fn is_control(byte: u8) -> bool {
    matches!(byte, 0..=0x08 | 0x0E..=0x19 | 0x1C..=0x1F | 0x7F)
}

/// Signs whose compatibility form is letters that would run into the word before them.
fn keeps_its_form(c: char) -> bool {
    matches!(c, '™' | '℠' | '®' | '©')
}

/// Characters that no reader sees: zero-width, direction marks, soft hyphen, variation selectors, the keycap frame.
pub fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{180B}'..='\u{180E}'
        | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{20E3}' | '\u{3164}'
        | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFA0}' | '\u{E0000}'..='\u{E0FFF}')
}

/// Writes a word of mixed scripts in Latin where the others only look Latin.
fn without_homoglyphs(text: &str) -> MappedText<'_> {
    let mut out = MappedText::new();
    let mut at = 0;
    while at < text.len() {
        let length = word_length(&text[at..]);
        let word = &text[at..at + length];
        if word.chars().any(|c| c.is_ascii_alphabetic()) && word.chars().any(|c| latin_twin(c).is_some()) {
            push_latin(word, at, &mut out);
        } else {
            out.push_verbatim(word, at);
        }
        at += length;
    }
    out
}

fn push_latin(word: &str, at: usize, out: &mut MappedText<'_>) {
    let mut buffer = [0; 4];
    for (offset, c) in word.char_indices() {
        match latin_twin(c) {
            Some(twin) => {
                let start = at + offset;
                out.push_replaced(twin.encode_utf8(&mut buffer), Span::new(start, start + c.len_utf8()));
            }
            None => out.push_verbatim(c.encode_utf8(&mut buffer), at + offset),
        }
    }
}

/// Length in bytes of the word at the beginning, or of what stands before the next one.
fn word_length(text: &str) -> usize {
    let is_word = text.chars().next().is_some_and(char::is_alphanumeric);
    text.find(|c: char| c.is_alphanumeric() != is_word).unwrap_or(text.len())
}

/// The first bytes of characters of the scripts that have twins of Latin letters, from U+0340 to U+05BF.
const FIRST_OF_TWINS: std::ops::RangeInclusive<u8> = 0xCD..=0xD6;

/// The Latin letter that a Cyrillic, Greek or Armenian one is drawn like.
fn latin_twin(c: char) -> Option<char> {
    const TWINS: &[(&str, &str)] = &[
        ("аеорсухіјѕԁһԝѵӏ", "aeopcyxijsdhwvl"),
        ("АВЕКМНОРСТУХІЈЅԌ", "ABEKMHOPCTYXIJSG"),
        ("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEZHIKMNOPTYX"),
        ("αορνικυτ", "aopvikut"),
        ("օոսգհք", "onughp"),
    ];
    if !matches!(c, '\u{340}'..='\u{5BF}') {
        return None;
    }
    TWINS.iter().find_map(|(foreign, latin)| {
        let index = foreign.chars().position(|other| other == c)?;
        latin.chars().nth(index).filter(char::is_ascii)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn disguises_are_undone_and_places_kept() {
        for (written, folded) in [
            ("ＷｈａｔｓＡｐｐ", "WhatsApp"),
            ("re\u{AD}view", "review"),
            ("re\u{200B}vi\u{2060}ew", "review"),
            ("rеviеw", "review"),
            ("𝗪𝗵𝗮𝘁𝘀𝗔𝗽𝗽", "WhatsApp"),
            ("5️⃣5️⃣", "55"),
            ("отзыв", "отзыв"),
            ("Brand™ cafe\u{301}", "Brand™ café"),
            ("a\u{200B}", "a"),
            ("\u{AD}", ""),
            ("re\0vi\u{1}ew\u{7F}", "review"),
        ] {
            let text = plain(written);
            assert_eq!(text.text(), folded);
            if !folded.is_empty() {
                let whole = text.span(0..folded.len());
                assert!(whole.end() <= written.len() && written.is_char_boundary(whole.start()));
            }
        }
    }

    #[test]
    fn what_is_passed_over_is_as_it_should_be() {
        for c in ('\u{80}'..=char::MAX).filter(|c| is_plain(*c)) {
            let is_normal = is_nfkc_quick([c].into_iter()) == IsNormalized::Yes;
            assert!(is_normal && canonical_combining_class(c) == 0 && !is_invisible(c), "{c}");
        }
    }

    #[test]
    fn what_has_no_case_is_the_same_in_lower_case() {
        for c in ('\u{80}'..=char::MAX).filter(|c| has_no_case(*c)) {
            assert!(c.to_lowercase().eq([c]), "{c}");
        }
    }

    #[test]
    fn a_folded_word_points_at_its_letters() {
        let written = "a re\u{AD}vi\u{200B}ew!";
        let text = plain(written);
        let span = text.span(2..8);
        assert_eq!(&written[span.range()], "re\u{AD}vi\u{200B}ew");
    }

    #[test]
    fn lower_levels_case_and_apostrophes() {
        let text = lower("We’d LOVE İt");
        assert_eq!(text.text(), "we'd love i\u{307}t");
        assert_eq!(text.span(2..3), Span::new(2, 5));
    }
}
