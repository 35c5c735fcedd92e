/// Whether a character is a picture or a part of one: no letter, no number, and without a case. Not all are known to it, but
/// the most common are: for those nobody need look anything up.
#[inline]
pub fn is_picture(c: char) -> bool {
    matches!(c, '\u{1F1E6}'..='\u{1F1FF}' | '\u{1F300}'..='\u{1FAFF}' | '\u{200D}' | '\u{FE0F}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_are_no_letters_and_no_numbers_and_have_no_case() {
        for c in ('\0'..=char::MAX).filter(|c| is_picture(*c)) {
            assert!(!c.is_alphanumeric() && !c.is_whitespace(), "{c:?}");
            assert!(c.to_lowercase().eq([c]) && c.to_uppercase().eq([c]), "{c:?}");
        }
        assert!("😊🇩🚚".chars().all(is_picture) && !"a5ß².".chars().any(is_picture));
    }
}
