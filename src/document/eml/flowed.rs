//! Text whose lines flow (RFC 3676, `format=flowed`): a line that ends with a blank goes on in the next one.
//!
//! The page keeps its lines, for they are those of the file; what it says to the buyer has them joined, and each word keeps
//! its place: a line end that means nothing belongs to the blank before it (or, with `DelSp`, is a gap), and so do the
//! quotation marks of the next line and the blank that keeps it from looking like something else.

use crate::decode::mime_parameter::Parameterised;
use crate::document::lines::{Line, lines};
use crate::text::{MappedText, Span};

/// How the lines of a part flow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Flow {
    /// Whether the blank before a soft line end belongs to it, as where words have no blanks between them (`DelSp`).
    takes_blank: bool,
}

impl Flow {
    /// That of a part of this media type, if it flows.
    pub(super) fn of(media: &Parameterised) -> Option<Self> {
        let is = |name, value: &str| {
            media.get(name).is_some_and(|given| given.value.text().trim().eq_ignore_ascii_case(value))
        };
        let flows = media.value == "text/plain" && is("format", "flowed");
        flows.then(|| Self { takes_blank: is("delsp", "yes") })
    }

    /// What a page says, with the lines joined that flow.
    pub(super) fn joined(self, page: &str) -> MappedText<'static> {
        let mut text = MappedText::new();
        let mut soft: Option<Flowing<'_>> = None;
        for line in lines(page, 0) {
            let line = Flowing::of(line);
            let goes_on = soft.as_ref().is_some_and(|before| before.goes_on_in(&line));
            if let Some(before) = soft {
                self.end_soft(page, &before, goes_on.then(|| line.start()), &mut text);
            }
            if !goes_on {
                text.push_verbatim(&page[line.line.at..line.line.at + line.marks], line.line.at);
            }
            let end = if line.is_soft() { line.end() - 1 } else { line.line.next };
            text.push_verbatim(&page[line.start()..end], line.start());
            soft = line.is_soft().then_some(line);
        }
        if let Some(last) = soft {
            self.end_soft(page, &last, None, &mut text);
        }
        text
    }

    /// Writes the end of a line from its last blank on. `next`: where the line begins in which it goes on, if it does.
    fn end_soft(self, page: &str, line: &Flowing<'_>, next: Option<usize>, text: &mut MappedText<'_>) {
        let blank = line.end() - 1;
        match next {
            Some(_) if self.takes_blank => {}
            Some(next) => text.push_replaced(" ", Span::new(blank, next)),
            None => {
                let from = blank + usize::from(self.takes_blank);
                text.push_verbatim(&page[from..line.line.next], from);
            }
        }
    }
}

/// A line that may go on in the next one.
struct Flowing<'t> {
    line: Line<'t>,
    /// How many `>` it begins with.
    marks: usize,
}

impl<'t> Flowing<'t> {
    fn of(line: Line<'t>) -> Self {
        Self { line, marks: line.text.bytes().take_while(|byte| *byte == b'>').count() }
    }

    /// What it says: without the marks, and the blank that may stand before the text for safety.
    fn content(&self) -> &'t str {
        let text = &self.line.text[self.marks..];
        text.strip_prefix(' ').unwrap_or(text)
    }

    /// Where that begins.
    fn start(&self) -> usize {
        self.end() - self.content().len()
    }

    fn end(&self) -> usize {
        self.line.range().end
    }

    /// Whether its end means nothing; the line above a signature only looks so.
    fn is_soft(&self) -> bool {
        self.content().ends_with(' ') && self.content() != "-- "
    }

    /// A blank line is one, whatever stands above it, and so is the line above a signature.
    fn goes_on_in(&self, next: &Flowing<'_>) -> bool {
        self.marks == next.marks && !next.line.is_blank() && next.content() != "-- "
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_end_with_a_blank_go_on() {
        for (page, joined, without_blank) in [
            ("leave us \na review\n", "leave us a review\n", "leave usa review\n"),
            ("leave us \r\na review\r\n", "leave us a review\r\n", "leave usa review\r\n"),
            ("leave us\na review", "leave us\na review", "leave us\na review"),
            ("one \n\ntwo", "one \n\ntwo", "one\n\ntwo"),
            (" From us \n to you", "From us to you", "From usto you"),
            (">> a \n>> b\n> c \nd", ">>a b\n>c \nd", ">>ab\n>c\nd"),
            ("Bye \n-- \nAda ", "Bye \n-- \nAda ", "Bye\n-- \nAda"),
            ("", "", ""),
            (" \n \n", "\n\n", "\n\n"),
        ] {
            let flow = |takes_blank| Flow { takes_blank }.joined(page).text().to_owned();
            assert_eq!((flow(false).as_str(), flow(true).as_str()), (joined, without_blank), "{page:?}");
        }
    }

    #[test]
    fn each_word_keeps_its_place() {
        let page = "leave us \r\n a review";
        let text = Flow { takes_blank: false }.joined(page);
        let place = |words: &str| {
            let at = text.text().find(words).unwrap();
            &page[text.span(at..at + words.len()).range()]
        };
        assert_eq!((place("us a"), place("review"), place("us ")), ("us \r\n a", "review", "us \r\n "));
    }
}
