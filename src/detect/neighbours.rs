//! What stands right before and right after a place: the words that tell a host from two sentences.

/// Bytes that are looked at on each side, so that no text costs more than its length.
const REACH: usize = 48;

/// The word before byte `at`, over blanks, brackets, quotes and a colon.
pub(crate) fn word_before(text: &str, at: usize) -> &str {
    let before = &text[floor(text, at.saturating_sub(REACH))..at];
    let before = before.trim_end_matches(|c: char| {
        is_blank(c) || matches!(c, ':' | '(' | '"' | '\'' | '*' | '_' | '<' | '“')
    });
    let start = before
        .char_indices()
        .rev()
        .take_while(|(_, c)| is_word_char(*c))
        .last()
        .map_or(before.len(), |(at, _)| at);
    &before[start..]
}

/// The word after byte `at`, over blanks only.
pub(crate) fn word_after(text: &str, at: usize) -> &str {
    let after = &text[at..floor(text, at + REACH)];
    let after = after.trim_start_matches(is_blank);
    &after[..after.find(|c| !is_word_char(c)).unwrap_or(after.len())]
}

/// Whether nothing of the same clause stands before byte `at`.
pub(crate) fn begins_clause(text: &str, at: usize) -> bool {
    let before = text[..at].trim_end_matches(is_blank);
    before.chars().next_back().is_none_or(|c| !is_word_char(c) && !is_joint(c))
}

/// Whether nothing of the same clause stands after byte `at`.
pub(crate) fn ends_clause(text: &str, at: usize) -> bool {
    let after = text[at..].trim_start_matches(is_blank);
    after.chars().next().is_none_or(|c| !is_word_char(c) && !is_joint(c))
}

/// Whether a text ends so, in any case of ASCII letters.
pub(crate) fn ends_with_ignoring_case(text: &str, end: &str) -> bool {
    let (text, end) = (text.as_bytes(), end.as_bytes());
    text.len() >= end.len() && text[text.len() - end.len()..].eq_ignore_ascii_case(end)
}

/// White space inside a line.
pub(crate) fn is_blank(c: char) -> bool {
    c.is_whitespace() && !matches!(c, '\n' | '\r' | '\u{2028}' | '\u{2029}')
}

/// The character boundary at or before byte `at`.
pub(crate) fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn is_word_char(c: char) -> bool {
    c.is_alphanumeric()
}

/// Marks that hold two parts of a clause together.
fn is_joint(c: char) -> bool {
    matches!(c, '\'' | '’' | '&' | '@' | '$' | '€' | '%' | '#' | '-')
}
