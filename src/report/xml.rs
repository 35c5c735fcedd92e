//! Text in XML 1.0: nothing in it can end the element or attribute that it stands in, and every character is one that
//! XML allows.

use super::shown;

/// A text as a value of an attribute, on one line.
pub(super) fn attribute(text: &str) -> String {
    escaped(&shown::prose(text, false))
}

/// A text whole, as a value of an attribute that programs compare: line ends and all else that XML would change or
/// forbid have a stand-in.
pub(super) fn name(text: &str) -> String {
    escaped(&shown::shown(text, false))
}

/// A text of several lines between tags.
pub(super) fn lines(text: &str) -> String {
    let lines: Vec<String> = text.split('\n').map(name).collect();
    lines.join("\n")
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&apos;"),
            // What `shown` lets pass is allowed but for these two.
            '\u{FFFE}' | '\u{FFFF}' => out.push(char::REPLACEMENT_CHARACTER),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_xml_would_take_for_its_own_is_escaped() {
        for (text, wanted) in [
            (r#"<a b="c">&amp;'"#, "&lt;a b=&quot;c&quot;&gt;&amp;amp;&apos;"),
            ("]]>", "]]&gt;"),
            ("a\u{0}\u{1B}\u{FFFF}b", "a␀␛\u{FFFD}b"),
        ] {
            assert_eq!(name(text), wanted);
        }
        assert_eq!(attribute("two\nlines"), "two lines");
        assert_eq!(lines("two\nli\u{7}nes\n"), "two\nli␇nes\n");
    }
}
