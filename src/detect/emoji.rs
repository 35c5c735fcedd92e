//! Emoji, as Unicode has them (UTS 51).
//!
//! Whether a character is drawn as a picture is a question of three things: its own default, a selector behind it
//! (U+FE0F asks for the picture, U+FE0E for plain text), and what it is joined with. Most characters whose default is
//! text are still taken for emoji by every mail program (❤ ⚠), so they count, but for those of a list of signs that
//! people write without thinking of pictures (© ✔ ↔). What is no emoji in Unicode (✓ ★ → •) never counts.
//!
//! The unit is the grapheme, so a skin tone, a joined family or the tags of a flag belong to the match.

use std::ops::Range;

use unicode_properties::{EmojiStatus, UnicodeEmoji as _};
use unicode_segmentation::UnicodeSegmentation as _;

use crate::text::seek;

use super::run::push_joined;

const TEXT_SELECTOR: char = '\u{FE0E}';
const EMOJI_SELECTOR: char = '\u{FE0F}';
const KEYCAP: char = '\u{20E3}';

/// Characters that are text unless a selector or a joint makes them a picture.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TextSymbols {
    sorted: Vec<char>,
}

impl TextSymbols {
    /// Whether a character is one of them.
    pub fn contains(&self, c: char) -> bool {
        self.sorted.binary_search(&c).is_ok()
    }
}

impl FromIterator<char> for TextSymbols {
    fn from_iter<I: IntoIterator<Item = char>>(symbols: I) -> Self {
        let mut sorted: Vec<char> = symbols.into_iter().collect();
        sorted.sort_unstable();
        Self { sorted }
    }
}

/// Every emoji of a text; a run with only blanks between is one. `is_text_symbol` says which characters are among the
/// [`TextSymbols`]; most texts give no cause to ask.
pub fn emoji(text: &str, is_text_symbol: impl Fn(char) -> bool) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some((start, c)) = next_candidate(text, at) {
        at = start + c.len_utf8();
        if c == KEYCAP {
            if let Some(base) = keycap_base(text, start) {
                push_joined(&mut found, text, base..at);
            }
            continue;
        }
        let status = c.emoji_status();
        if !is_emoji(status) {
            continue;
        }
        let first = at;
        at = grapheme_end(text, start, first);
        if is_picture(c, status, &text[first..at], &is_text_symbol) {
            push_joined(&mut found, text, start..at);
        }
    }
    found
}

/// Where the grapheme ends whose first character stands from byte `start` to byte `first`. Most are one character.
fn grapheme_end(text: &str, start: usize, first: usize) -> usize {
    let is_apart =
        |c: char| c.is_ascii() || matches!(c, '\u{1F300}'..='\u{1F3FA}' | '\u{1F400}'..='\u{1FAFF}');
    if text[first..].chars().next().is_none_or(is_apart) {
        return first;
    }
    text[start..].graphemes(true).next().map_or(first, |grapheme| start + grapheme.len())
}

/// The digits below keycaps, where a match is nothing but these and blanks.
pub fn keycap_digits(found: &str) -> Option<String> {
    let mut digits = String::new();
    let mut rest = found;
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        if c.is_ascii_digit() {
            rest = rest.strip_prefix(EMOJI_SELECTOR).unwrap_or(rest).strip_prefix(KEYCAP)?;
        } else if !c.is_whitespace() {
            return None;
        }
        digits.push(c);
    }
    (!digits.is_empty()).then_some(digits)
}

/// The next character whose first byte may begin an emoji: all others are passed over byte by byte.
fn next_candidate(text: &str, from: usize) -> Option<(usize, char)> {
    let begins_emoji = |byte| (byte == 0xC2) | (byte == 0xE2) | (byte == 0xE3) | (byte == 0xF0);
    let start = seek::first(text.as_bytes(), from, begins_emoji)?;
    Some((start, text[start..].chars().next()?))
}

/// Where the digit, `#` or `*` below a keycap stands.
fn keycap_base(text: &str, cap: usize) -> Option<usize> {
    let before = &text[..cap];
    let before = before.strip_suffix(EMOJI_SELECTOR).unwrap_or(before);
    before.ends_with(|c: char| c.is_ascii_digit() || c == '#' || c == '*').then(|| before.len() - 1)
}

/// Whether an emoji character is drawn as a picture, given the rest of its grapheme.
fn is_picture(c: char, status: EmojiStatus, rest: &str, is_text_symbol: impl Fn(char) -> bool) -> bool {
    if rest.chars().any(|other| is_emoji(other.emoji_status())) {
        return true;
    }
    match rest.chars().next() {
        Some(EMOJI_SELECTOR) => true,
        // Beyond U+FFFF most programs draw the picture whatever the selector says.
        Some(TEXT_SELECTOR) if c <= '\u{FFFF}' => false,
        _ => has_emoji_default(status) || !is_text_symbol(c),
    }
}

/// `Emoji=Yes`.
fn is_emoji(status: EmojiStatus) -> bool {
    !matches!(status, EmojiStatus::NonEmoji | EmojiStatus::NonEmojiButEmojiComponent)
}

/// `Emoji_Presentation=Yes`.
fn has_emoji_default(status: EmojiStatus) -> bool {
    matches!(
        status,
        EmojiStatus::EmojiPresentation
            | EmojiStatus::EmojiPresentationAndModifierBase
            | EmojiStatus::EmojiPresentationAndEmojiComponent
            | EmojiStatus::EmojiPresentationAndModifierAndEmojiComponent
    )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::picture::{assert_drawn, is_lawful};
    use super::*;

    fn find(text: &str) -> Vec<Range<usize>> {
        let symbols: TextSymbols = "©®™ℹ↔↩➡▪▶◼☎✉✔✖‼⁉〰㊗Ⓜ♂".chars().collect();
        emoji(text, |c| symbols.contains(c))
    }

    #[test]
    fn pictures() {
        assert_drawn(
            &[
                "Thanks |😀|!",
                "|🎉 🎉⭐| sale",
                "|⭐⭐⭐⭐⭐| and |💙|",
                "a\n|🎉|\n|🎉|\nb",
                "|❤ ⚠  ☺|",
                "done |✅| not done |❌|",
                "love |❤️| it",
                "|❤️‍🔥|",
                "hello |👋🏻|, |🙏🏿|",
                "the family |👨‍👩‍👧‍👦| and |👩🏽‍💻|",
                "from |🇩🇪|: |🏴󠁧󠁢󠁳󠁣󠁴󠁿|",
                "press |1️⃣|, |#️⃣| or |*⃣|",
                "shop |©️|, |™️|, |☎️|, |ℹ️|",
                "go |➡️| there",
                "a lone tone |🏽|, a lone letter |🇩|",
                "|💕\u{A0}💕|",
                "x|😀|y",
                "|🅰| and |🈂|",
                "|⛹🏻‍♂| runs",
                "|🧑🏿‍❤‍💋‍🧑🏾|",
                "|😶‍🌫️ 🪿|",
                "joined |♂‍😀|",
            ],
            find,
        );
    }

    #[test]
    fn silence() {
        assert_drawn(
            &[
                "✓ ★ ☆ • → ✦ ► ● ■ □ ◆ ✗ ☐ ❯",
                "© 2026 Brand® Thing™",
                "✔ done ✖ not done",
                "☎ 0800, ✉ by post, ℹ see below",
                "left ↔ right, ↩ back, ➡ on",
                "▪ one ▶ two ◼ three",
                "what‼ really⁉ 〰 ㊗ Ⓜ",
                "#1 * 2 0123456789",
                "5️ stars",
                "as text: ❤︎ ⚠︎ ⭐︎",
                "“quotes” – dashes — … €",
                "Grüße aus Köln, naïve café",
                "½ × ² ° µ § ¶",
                "日本語のレビュー、ありがとう",
                "① ② Ⓐ ㎡ ℃ № ㈱",
                "♪ ♫ ☛ ⌘ ⇒ ⟶ ♭",
                "\u{FE0F} \u{200D} \u{20E3}",
                "plug ♂ socket",
                "(^_^) :-) ¯\\_(ツ)_/¯",
                "",
            ],
            find,
        );
    }

    #[test]
    fn digits_below_keycaps() {
        for (found, digits) in [
            ("4️⃣7️⃣ 1⃣", Some("47 1")),
            ("0️⃣", Some("0")),
            ("#️⃣", None),
            ("4️⃣😀", None),
            ("12", None),
            ("", None),
        ] {
            assert_eq!(keycap_digits(found).as_deref(), digits, "{found}");
        }
    }

    #[test]
    fn nothing_but_emoji_is_found_among_all_characters() {
        for c in (0..=0x10_FFFF).filter_map(char::from_u32) {
            assert!(find(&c.to_string()).is_empty() || is_emoji(c.emoji_status()), "{}", c.escape_unicode());
        }
    }

    #[test]
    fn a_picture_ends_where_its_grapheme_does() {
        for next in ['a', '\n', '😀', '🏽', '🦰', '\u{FE0F}', '\u{200D}', '🇩', '©'] {
            for first in ['😀', '©', '🇩', '👋', '🏽', '⛹', '❤'] {
                let text = format!("{first}{next}");
                let grapheme = text.graphemes(true).next().unwrap();
                assert_eq!(grapheme_end(&text, 0, first.len_utf8()), grapheme.len(), "{text}");
            }
        }
    }

    proptest! {
        #[test]
        fn any_text_gives_lawful_ranges(text in "[\\PC©♂😀🏽🇩🏴\u{E0067}\u{E007F}\u{FE0E}\u{FE0F}\u{200D}\u{20E3}1# \n]{0,40}") {
            prop_assert!(is_lawful(&text, &find(&text)));
        }
    }
}
