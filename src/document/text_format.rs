use memchr::memchr_iter;

/// How a text is written, whatever it is wrapped into.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum TextFormat {
    /// As it is read.
    #[default]
    #[serde(rename = "txt")]
    Plain,
    /// HTML, or a template that becomes HTML.
    Html,
    /// Markdown, with the HTML in it.
    #[serde(rename = "md")]
    Markdown,
}

/// Elements whose tags nobody types in plain text. Names of placeholders (`<name>`, `<order>`) are not among them.
const ELEMENTS: &[&str] = &[
    "a",
    "b",
    "big",
    "blockquote",
    "body",
    "br",
    "center",
    "code",
    "del",
    "div",
    "em",
    "font",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hr",
    "html",
    "i",
    "img",
    "ins",
    "li",
    "link",
    "meta",
    "mjml",
    "ol",
    "p",
    "pre",
    "s",
    "script",
    "section",
    "small",
    "span",
    "strong",
    "style",
    "sub",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "title",
    "tr",
    "u",
    "ul",
];

impl TextFormat {
    /// Every one, in the order in which they are told.
    pub const ALL: &'static [Self] = &[Self::Plain, Self::Markdown, Self::Html];

    /// How it is called.
    pub fn name(self) -> &'static str {
        match self {
            Self::Plain => "txt",
            Self::Html => "html",
            Self::Markdown => "md",
        }
    }

    /// How a text is written, by its look: what surely has a tag in it is HTML.
    pub fn look(text: &str) -> Self {
        let has_tag = memchr_iter(b'<', text.as_bytes()).any(|at| is_tag(&text.as_bytes()[at + 1..]));
        if has_tag { Self::Html } else { Self::Plain }
    }
}

/// Whether what follows a `<` makes a tag of it: `br>`, `/p>`, `a href=`, `!doctype html`, `!--`.
fn is_tag(rest: &[u8]) -> bool {
    let starts =
        |text: &str| rest.get(..text.len()).is_some_and(|start| start.eq_ignore_ascii_case(text.as_bytes()));
    if starts("!doctype html") || starts("!--") {
        return true;
    }
    let (is_closing, rest) = rest.strip_prefix(b"/").map_or((false, rest), |rest| (true, rest));
    let in_name = |byte: &&u8| byte.is_ascii_alphanumeric() || **byte == b'-';
    let len = rest.iter().take(LONGEST_NAME).take_while(in_name).count();
    let name = &rest[..len];
    let is_known =
        name.starts_with(b"mj-") || ELEMENTS.iter().any(|known| known.as_bytes().eq_ignore_ascii_case(name));
    is_known && ends_tag(&rest[len..], is_closing)
}

const LONGEST_NAME: usize = 16;

/// Whether what follows the name goes on as a tag does: it closes, or an attribute comes.
fn ends_tag(rest: &[u8], is_closing: bool) -> bool {
    let blanks = rest.iter().take(LONGEST_NAME).take_while(|byte| byte.is_ascii_whitespace()).count();
    match &rest[blanks..] {
        [b'>', ..] => true,
        [b'/', after @ ..] => !is_closing && after.first() == Some(&b'>'),
        attribute if !is_closing && blanks > 0 => {
            let is_name = |byte: &&u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b':' | b'_');
            let len = attribute.iter().take(LONGEST_NAME * 2).take_while(is_name).count();
            len > 0 && attribute.get(len) == Some(&b'=')
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_surely_is_a_tag_makes_html() {
        let html = [
            "Hi<br>there",
            "Hi<BR />",
            "<p>Hi",
            "x</div>",
            "<a href='x'>y</a>",
            "<!DOCTYPE html>",
            "<td\n width=5>",
            "<!-- a -->",
            "1 < 2 <b>x",
            "<span style=\"x\">",
            "<mjml>",
            "<mj-text color=\"red\">",
        ];
        for text in html {
            assert_eq!(TextFormat::look(text), TextFormat::Html, "{text}");
        }
        let plain = [
            "Dear <BUYER_NAME>,",
            "a < b and c > d",
            "<order id>",
            "<me@a.example>",
            "<https://a.example/>",
            "i <3 u",
            "<a b c",
            "if x<p and y",
            "<p",
            "<br",
            "<name>",
            "</name>",
            "5 <b or 6",
            "<",
            "",
            "&lt;p&gt;",
            "x <a@b",
            "</p and",
        ];
        for text in plain {
            assert_eq!(TextFormat::look(text), TextFormat::Plain, "{text}");
        }
    }
}
