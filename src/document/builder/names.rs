//! What the names of elements mean for the text in them.

/// How an element stands in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Display {
    /// In a line with what is around it.
    Inline,
    /// On lines of its own.
    Line,
    /// The same, but where a line ends is not said with it: editors of mail put each line of a wrapped text into one.
    EditorLine,
    /// On lines of its own, with a gap to what is around it.
    Paragraph,
    /// It ends a line.
    Break,
    /// It stands in a line like a picture: words on both sides of it are two.
    Picture,
    /// Its text is shown, but is no prose: what a field of a form holds.
    Field,
    /// Its text is never shown.
    Nothing,
}

/// How an element of that name stands in the text.
pub(super) fn display(name: &str) -> Display {
    match name {
        "a" | "b" | "i" | "u" | "span" | "font" | "strong" | "em" | "small" | "wbr" => Display::Inline,
        "br" => Display::Break,
        "p" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "ul" | "ol" | "dl" | "dir" | "menu"
        | "blockquote" | "pre" | "figure" | "fieldset" | "listing" | "xmp" | "plaintext" => {
            Display::Paragraph
        }
        "div" => Display::EditorLine,
        "table" | "tbody" | "thead" | "tfoot" | "tr" | "td" | "th" | "caption" | "li" | "dt" | "dd"
        | "center" | "section" | "article" | "aside" | "header" | "footer" | "main" | "nav" | "address"
        | "form" | "body" | "html" | "details" | "summary" | "figcaption" | "legend" | "hgroup" | "hr"
        | "search" | "dialog" | "marquee" => Display::Line,
        "img" | "image" | "input" | "video" | "audio" | "embed" | "button" | "meter" | "progress"
        | "object" => Display::Picture,
        "select" | "option" | "optgroup" | "datalist" | "textarea" => Display::Field,
        "script" | "style" | "title" | "template" | "noframes" | "noembed" | "iframe" | "xml" | "canvas"
        | "desc" | "metadata" | "mj-style" | "mj-attributes" | "mj-title" | "mj-font" | "mj-breakpoint"
        | "mj-html-attributes" => Display::Nothing,
        "mj-class" | "mj-all" | "mj-include" => Display::Inline,
        _ if name.starts_with("mj-") => Display::Line,
        _ => Display::Inline,
    }
}

/// Whether an element of that name holds nothing, so that it is not closed.
pub(in crate::document) fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "basefont"
            | "bgsound"
            | "br"
            | "col"
            | "embed"
            | "frame"
            | "hr"
            | "img"
            | "image"
            | "input"
            | "keygen"
            | "link"
            | "meta"
            | "param"
            | "source"
            | "track"
            | "wbr"
    )
}

/// Whether `<name/>` closes itself. HTML ignores the slash; XML in HTML (Outlook's, MJML) does not.
pub(in crate::document) fn closes_itself(name: &str) -> bool {
    name.contains([':', '-'])
}

/// Whether an element can stand in `head`; any other ends it.
pub(super) fn belongs_in_head(name: &str) -> bool {
    matches!(
        name,
        "base"
            | "basefont"
            | "bgsound"
            | "link"
            | "meta"
            | "noscript"
            | "script"
            | "style"
            | "template"
            | "title"
            | "xml"
            | "o:p"
    ) || closes_itself(name)
}

/// The elements that the beginning of one ends, from the outside in.
pub(super) fn ended_by(name: &str) -> &'static [&'static str] {
    match name {
        "td" | "th" => &["td", "th"],
        "tr" => &["tr", "td", "th"],
        "tbody" | "thead" | "tfoot" => &["tbody", "thead", "tfoot", "tr", "td", "th"],
        "li" => &["li", "p"],
        "dt" | "dd" => &["dt", "dd", "p"],
        "option" => &["option"],
        "optgroup" => &["optgroup", "option"],
        "a" => &["a"],
        "table" => &[],
        _ => match display(name) {
            Display::Line | Display::EditorLine | Display::Paragraph if !name.starts_with("mj-") => &["p"],
            _ => &[],
        },
    }
}

/// How many kinds of walls there are: tables, cells, lists.
pub(super) const WALLS: usize = 3;

/// Which kind of wall an element is.
pub(super) fn wall(name: &str) -> Option<usize> {
    match name {
        "table" | "mj-table" => Some(0),
        "td" | "th" | "caption" => Some(1),
        "ul" | "ol" | "dl" | "dir" | "menu" => Some(2),
        _ => None,
    }
}

/// The walls that what closes an element of that name does not reach beyond.
pub(super) fn walls_for(name: &str) -> &'static [usize] {
    match name {
        "table" | "mj-table" | "html" | "body" | "head" => &[],
        "td" | "th" | "tr" | "tbody" | "thead" | "tfoot" | "caption" | "colgroup" => &[0],
        "li" | "dt" | "dd" => &[0, 1, 2],
        _ => &[0, 1],
    }
}
