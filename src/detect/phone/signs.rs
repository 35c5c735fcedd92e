//! Which characters may stand in a phone number, and which beside it speak against one.

/// The value of a digit, in the scripts that sellers write phone numbers in. Full-width digits are folded before.
pub(super) fn digit(c: char) -> Option<u8> {
    if c.is_ascii() {
        return c.is_ascii_digit().then(|| c as u8 - b'0');
    }
    let zero = match c {
        '\u{660}'..='\u{669}' => 0x660,
        '\u{6F0}'..='\u{6F9}' => 0x6F0,
        '\u{966}'..='\u{96F}' => 0x966,
        '\u{FF10}'..='\u{FF19}' => 0xFF10,
        _ => return None,
    };
    Some((u32::from(c) - zero) as u8)
}

/// The digits of a text, in order.
pub(super) fn digits(text: &str) -> impl Iterator<Item = u8> + '_ {
    text.chars().filter_map(digit)
}

/// What a number may begin with.
pub(super) fn is_lead(c: char) -> bool {
    c == '+' || is_opening(c)
}

pub(super) fn is_opening(c: char) -> bool {
    matches!(c, '(' | '[')
}

pub(super) fn is_closing(c: char) -> bool {
    matches!(c, ')' | ']')
}

/// What may stand between the digits of a number; `x` is for extensions.
pub(super) fn is_punctuation(c: char) -> bool {
    matches!(c, '-' | 'x' | ' ' | '(' | ')' | '[' | ']' | '.' | '/' | '~')
        || matches!(c, '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{30FC}' | '\u{2053}' | '\u{223C}' | '\u{A0}')
}

/// What a number cannot end with.
pub(super) fn is_unwanted_end(c: char) -> bool {
    c != '#' && !c.is_alphanumeric()
}

/// A letter, a currency or a percent sign right beside digits makes them a code or an amount.
pub(super) fn is_hostile_neighbour(c: char) -> bool {
    c == '%' || is_latin(c) || is_currency(c)
}

fn is_latin(c: char) -> bool {
    let is_block = c <= '\u{24F}' || ('\u{1E00}'..='\u{1EFF}').contains(&c);
    is_block && c.is_alphabetic() || ('\u{300}'..='\u{36F}').contains(&c)
}

pub(super) fn is_currency(c: char) -> bool {
    matches!(c, '$' | '\u{A2}'..='\u{A5}' | '\u{E3F}' | '\u{20A0}'..='\u{20CF}')
}

/// The character boundary at a place or the next one before it.
pub(super) fn boundary(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}
