//! Text in HTML: nothing in a draft may become markup, steer the eye or hide itself.

use std::fmt::{self, Write as _};

use super::super::shown::{is_unshowable, prose};

/// Characters of one stretch that are shown; of a longer one, its beginning and its end.
const LONGEST: usize = 4000;
/// Characters that are shown at either end of what is longer.
const END: usize = 1500;

/// A text between tags, with its lines. What cannot be seen is shown as a symbol.
pub(super) struct Text<'t>(pub(super) &'t str);

/// Words of a rule, of a path or the like, on one line; between tags and in attributes.
pub(super) struct Words<'t>(pub(super) &'t str);

/// A sentence of a rule, in which words of the draft stand in backticks; between tags, with a capital letter.
pub(super) struct Sentence<'t>(pub(super) &'t str);

/// The same from the middle of a text, as it is.
pub(super) struct Phrase<'t>(pub(super) &'t str);

impl fmt::Display for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some((start, left_out, end)) = ends(self.0) else { return lines(self.0, f) };
        lines(start, f)?;
        write!(f, "<span class=\"cut\">… {left_out} characters are not shown …</span>")?;
        lines(end, f)
    }
}

impl fmt::Display for Words<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        prose(self.0, false).chars().try_for_each(|c| character(c, f))
    }
}

impl fmt::Display for Sentence<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut sentence = prose(self.0, false);
        if let Some(first) = sentence.get_mut(..1) {
            first.make_ascii_uppercase();
        }
        quoting(&sentence, f)
    }
}

impl fmt::Display for Phrase<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        quoting(&prose(self.0, false), f)
    }
}

/// Writes what stands in backticks as quotations; one that is alone stays.
fn quoting(text: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('`') {
        let Some((quotation, after)) = after.split_once('`') else { break };
        write!(f, "{}<q>{}</q>", Escaped(before), Escaped(quotation))?;
        rest = after;
    }
    write!(f, "{}", Escaped(rest))
}

/// A text as it is, without what HTML would read as markup.
struct Escaped<'t>(&'t str);

impl fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.chars().try_for_each(|c| character(c, f))
    }
}

/// The beginning and the end of a text that is too long, and how many characters lie between.
fn ends(text: &str) -> Option<(&str, usize, &str)> {
    if text.len() <= LONGEST {
        return None;
    }
    let start = text.char_indices().nth(END)?.0;
    let end = text.char_indices().nth_back(END)?.0;
    (start < end).then(|| (&text[..start], text[start..end].chars().count(), &text[end..]))
}

fn lines(text: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let mut follows_return = false;
    for c in text.chars() {
        match c {
            '\n' if follows_return => {}
            '\n' | '\r' => f.write_char('\n')?,
            '\t' => f.write_char('\t')?,
            c if is_unshowable(c) => symbol(c, f)?,
            c => character(c, f)?,
        }
        follows_return = c == '\r';
    }
    Ok(())
}

fn character(c: char, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match c {
        '&' => f.write_str("&amp;"),
        '<' => f.write_str("&lt;"),
        '>' => f.write_str("&gt;"),
        '"' => f.write_str("&quot;"),
        '\'' => f.write_str("&#39;"),
        c => f.write_char(c),
    }
}

fn symbol(c: char, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let code = u32::from(c);
    f.write_str("<span class=\"sign\">")?;
    match short_name(c) {
        Some(name) => f.write_str(name)?,
        None => write!(f, "U+{code:04X}")?,
    }
    f.write_str("</span>")
}

/// What Unicode calls a character for short.
fn short_name(c: char) -> Option<&'static str> {
    Some(match c {
        '\0' => "NUL",
        '\u{7}' => "BEL",
        '\u{1B}' => "ESC",
        '\u{85}' => "NEL",
        '\u{AD}' => "SHY",
        '\u{61C}' => "ALM",
        '\u{200B}' => "ZWSP",
        '\u{200E}' => "LRM",
        '\u{200F}' => "RLM",
        '\u{2028}' => "LS",
        '\u{2029}' => "PS",
        '\u{202A}' => "LRE",
        '\u{202B}' => "RLE",
        '\u{202C}' => "PDF",
        '\u{202D}' => "LRO",
        '\u{202E}' => "RLO",
        '\u{2060}' => "WJ",
        '\u{2066}' => "LRI",
        '\u{2067}' => "RLI",
        '\u{2068}' => "FSI",
        '\u{2069}' => "PDI",
        '\u{FEFF}' => "BOM",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draft_is_text_and_nothing_else() {
        for (text, html) in [
            ("a < b & \"c\" > 'd'", "a &lt; b &amp; &quot;c&quot; &gt; &#39;d&#39;"),
            ("<script>", "&lt;script&gt;"),
            ("one\r\ntwo\rthree\n\nfour\tfive", "one\ntwo\nthree\n\nfour\tfive"),
            ("re\u{AD}view", "re<span class=\"sign\">SHY</span>view"),
            ("\u{202E}evil\u{1}", "<span class=\"sign\">RLO</span>evil<span class=\"sign\">U+0001</span>"),
            ("👨\u{200D}👩", "👨\u{200D}👩"),
        ] {
            assert_eq!(Text(text).to_string(), html);
        }
        assert_eq!(Words("a\n\"<b>\u{1B}").to_string(), "a &quot;&lt;b&gt;␛");
        let sentence = Sentence("`<b>` is `bold`: a lone ` stays").to_string();
        assert_eq!(sentence, "<q>&lt;b&gt;</q> is <q>bold</q>: a lone ` stays");
        assert_eq!(Sentence("delete it").to_string(), "Delete it");
        assert_eq!(Sentence("über").to_string(), "über");
    }

    #[test]
    fn of_a_long_stretch_the_ends_are_shown() {
        let shown = Text(&"é".repeat(1_000_000)).to_string();
        assert_eq!(shown.matches('é').count(), 3001);
        assert!(shown.contains("… 996999 characters are not shown …"), "{shown}");
        assert_eq!(Text(&"é".repeat(2000)).to_string(), "é".repeat(2000));
    }
}
