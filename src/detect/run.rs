//! Small pictures that stand next to each other are one match: nobody wants five findings about five stars.

use std::ops::Range;

/// Appends a match, or makes the last one longer if only blanks stand between the two.
pub(super) fn push_joined(found: &mut Vec<Range<usize>>, text: &str, next: Range<usize>) {
    if let Some(last) = found.last_mut()
        && text[last.end..next.start].chars().all(is_blank)
    {
        last.end = next.end;
        return;
    }
    found.push(next);
}

/// White space within a line, or a character without width.
pub(super) fn is_blank(c: char) -> bool {
    match c {
        '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}' => false,
        '\u{200B}' | '\u{2060}' | '\u{FEFF}' => true,
        _ => c.is_whitespace(),
    }
}
