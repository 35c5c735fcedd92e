//! Where the tags, comments and texts of HTML begin and end, as the standard says.
//!
//! The tokenizer is html5gum's. Only places are taken from it: what stands there is read from the page itself, where it
//! was not changed for the tokenizer's sake.

use std::convert::Infallible;
use std::ops::Range;

use html5gum::{Emitter, Error, State, Tokenizer};
use memchr::memmem;

/// Bytes that stand in for a placeholder. The name of a tag ends before one.
pub(super) const FILLERS: [u8; 2] = [0x1A, 0x1B];

/// A piece of HTML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) kind: TokenKind,
    /// All of it, in bytes of the text.
    pub(super) range: Range<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TokenKind {
    /// Text in which references are undone.
    Text,
    /// Text that stands for itself, as in `script`.
    Raw,
    /// An opening tag.
    Open,
    /// An opening tag that closes itself.
    Whole,
    /// A closing tag.
    Close,
    /// A comment, or what is taken for one: `<![endif]>`, `<?xml ?>`.
    Comment,
    /// `<!DOCTYPE html>`.
    Doctype,
}

/// Cuts a text of HTML into its pieces. What a browser drops, such as a tag that never ends, is in none.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut spans = Spans { text, ..Spans::default() };
    let Ok(()) = Tokenizer::new_with_emitter(text, &mut spans).finish();
    spans.found
}

/// Length of the name that stands at byte `at`, behind `<` or `</`: up to a blank, `/` or `>`, or a filler.
pub(super) fn name_len(text: &str, at: usize) -> usize {
    let ends = |byte: u8| {
        matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | 0x0C | b'/' | b'>') || FILLERS.contains(&byte)
    };
    text.as_bytes()[at..].iter().take_while(|byte| !ends(**byte)).count()
}

/// Receives what the tokenizer finds and keeps the places.
#[derive(Default)]
struct Spans<'t> {
    found: Vec<Token>,
    text: &'t str,
    at: usize,
    /// Where the last piece ends.
    done: usize,
    /// The last `<` that may have opened something, unless it turned out to be text.
    opened: Option<usize>,
    tag: Tag,
    name: Vec<u8>,
    last_start_tag: Vec<u8>,
    text_is_raw: bool,
}

#[derive(Default, Clone, Copy, PartialEq, Eq)]
enum Tag {
    #[default]
    Open,
    Whole,
    Close,
}

impl Spans<'_> {
    /// Notes a piece that ends here, and the text before it.
    fn push(&mut self, kind: TokenKind) {
        let start = self.opened.take().unwrap_or(self.done);
        self.push_text(start);
        self.found.push(Token { kind, range: start..self.at });
        self.done = self.at;
    }

    fn push_text(&mut self, end: usize) {
        let (start, text) = (self.done, &self.text[self.done..end]);
        self.done = end;
        if text.is_empty() {
            return;
        }
        if self.text_is_raw {
            self.found.push(Token { kind: TokenKind::Raw, range: start..end });
            return;
        }
        // A browser drops the closing tag of nothing.
        const NOTHING: &str = "</>";
        let mut from = 0;
        for at in memmem::find_iter(text.as_bytes(), NOTHING).chain([text.len()]) {
            if from < at {
                self.found.push(Token { kind: TokenKind::Text, range: start + from..start + at });
            }
            from = at + NOTHING.len();
        }
    }

    fn tag_name(&self) -> &[u8] {
        let len = self.name.iter().position(|byte| FILLERS.contains(byte)).unwrap_or(self.name.len());
        &self.name[..len]
    }
}

impl Emitter for &mut Spans<'_> {
    type Token = Infallible;

    fn set_last_start_tag(&mut self, name: Option<&[u8]>) {
        self.last_start_tag = name.unwrap_or_default().to_vec();
    }

    fn emit_eof(&mut self) {
        let end = self.opened.unwrap_or(self.text.len());
        self.push_text(end.max(self.done));
    }

    fn emit_error(&mut self, _: Error) {}

    fn should_emit_errors(&mut self) -> bool {
        false
    }

    fn pop_token(&mut self) -> Option<Infallible> {
        None
    }

    fn emit_string(&mut self, _: &[u8]) {
        self.opened = None;
    }

    fn start_open_tag(&mut self) {
        self.opened = Some(self.at.saturating_sub(1));
    }

    fn init_start_tag(&mut self) {
        self.tag = Tag::Open;
        self.name.clear();
    }

    fn init_end_tag(&mut self) {
        self.tag = Tag::Close;
        self.name.clear();
    }

    fn set_self_closing(&mut self) {
        if self.tag == Tag::Open {
            self.tag = Tag::Whole;
        }
    }

    fn push_tag_name(&mut self, name: &[u8]) {
        self.name.extend_from_slice(name);
    }

    fn emit_current_tag(&mut self) -> Option<State> {
        let kind = match self.tag {
            Tag::Open => TokenKind::Open,
            Tag::Whole => TokenKind::Whole,
            Tag::Close => TokenKind::Close,
        };
        self.push(kind);
        self.text_is_raw = false;
        self.last_start_tag.clear();
        if self.tag == Tag::Close {
            return None;
        }
        let name = self.tag_name().to_vec();
        let state = state_inside(&name);
        self.text_is_raw = matches!(state, Some(State::RawText | State::ScriptData | State::PlainText));
        self.last_start_tag = name;
        state
    }

    fn current_is_appropriate_end_tag_token(&mut self) -> bool {
        self.tag == Tag::Close && !self.last_start_tag.is_empty() && self.tag_name() == self.last_start_tag
    }

    fn init_comment(&mut self) {}

    fn emit_current_comment(&mut self) {
        self.push(TokenKind::Comment);
    }

    fn init_doctype(&mut self) {}

    fn emit_current_doctype(&mut self) {
        self.push(TokenKind::Doctype);
    }

    fn move_position(&mut self, offset: isize) {
        self.at = self.at.saturating_add_signed(offset).min(self.text.len());
    }

    fn init_attribute(&mut self) {}
    fn push_attribute_name(&mut self, _: &[u8]) {}
    fn push_attribute_value(&mut self, _: &[u8]) {}
    fn push_comment(&mut self, _: &[u8]) {}
    fn push_doctype_name(&mut self, _: &[u8]) {}
    fn set_force_quirks(&mut self) {}
    fn set_doctype_public_identifier(&mut self, _: &[u8]) {}
    fn set_doctype_system_identifier(&mut self, _: &[u8]) {}
    fn push_doctype_public_identifier(&mut self, _: &[u8]) {}
    fn push_doctype_system_identifier(&mut self, _: &[u8]) {}
}

/// How text in an element is read. Mail programs run no scripts, so `noscript` is like any other.
fn state_inside(name: &[u8]) -> Option<State> {
    match name {
        b"title" | b"textarea" => Some(State::RcData),
        b"style" | b"xmp" | b"iframe" | b"noembed" | b"noframes" => Some(State::RawText),
        b"script" => Some(State::ScriptData),
        b"plaintext" => Some(State::PlainText),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn drawn(text: &str) -> String {
        let sign = |kind| match kind {
            TokenKind::Text => 't',
            TokenKind::Raw => 'r',
            TokenKind::Open => 'o',
            TokenKind::Whole => 'w',
            TokenKind::Close => 'c',
            TokenKind::Comment => '!',
            TokenKind::Doctype => 'd',
        };
        tokens(text)
            .iter()
            .map(|token| format!("{}[{}]", sign(token.kind), &text[token.range.clone()]))
            .collect()
    }

    #[test]
    fn pieces_are_cut_as_browsers_do() {
        let cases = [
            ("<p>a</p>", "o[<p>]t[a]c[</p>]"),
            ("a<br/>b &lt; c", "t[a]w[<br/>]t[b &lt; c]"),
            ("a < b <3 & >", "t[a < b <3 & >]"),
            (
                "<!DOCTYPE html><!-- a > b -->x<!-->y<!--->z",
                "d[<!DOCTYPE html>]![<!-- a > b -->]t[x]![<!-->]t[y]![<!--->]t[z]",
            ),
            ("<![endif]--><?xml a?></ x>", "![<![endif]-->]![<?xml a?>]![</ x>]"),
            ("<a title='>' b=\">\">x</A >", "o[<a title='>' b=\">\">]t[x]c[</A >]"),
            ("<script>a<b>\"</script>x", "o[<script>]r[a<b>\"]c[</script>]t[x]"),
            ("<title>a<b></title>x", "o[<title>]t[a<b>]c[</title>]t[x]"),
            ("<style>a{}</style><noscript><b>x", "o[<style>]r[a{}]c[</style>]o[<noscript>]o[<b>]t[x]"),
            ("<style\u{1A}\u{1A}>a<b></style>x", "o[<style\u{1A}\u{1A}>]r[a<b>]c[</style>]t[x]"),
            ("x <a href='never ends>y", "t[x ]"),
            ("x <", "t[x <]"),
            ("x </", "t[x </]"),
            ("x <!-- never ends", "t[x ]![<!-- never ends]"),
            ("a</>b</>", "t[a]t[b]"),
            ("", ""),
        ];
        for (text, picture) in cases {
            assert_eq!(drawn(text), picture, "{text}");
        }
    }

    /// What html5gum itself says that is shown, tag by tag.
    fn as_html5gum_says(text: &str) -> Vec<String> {
        use html5gum::{DefaultEmitter, Token as Theirs};
        let mut emitter = DefaultEmitter::<usize>::new_with_span();
        emitter.naively_switch_states(true);
        let mut said = Vec::new();
        for token in Tokenizer::new_with_emitter(text, emitter).flatten() {
            match token {
                Theirs::StartTag(tag) => said.push(text[tag.span.start..tag.span.end].to_owned()),
                Theirs::EndTag(tag) => said.push(text[tag.span.start..tag.span.end].to_owned()),
                Theirs::Comment(comment) => said.push(text[comment.span.start..comment.span.end].to_owned()),
                Theirs::String(string) => said.push(String::from_utf8(string.to_vec()).unwrap()),
                _ => {}
            }
        }
        said
    }

    proptest! {
        #[test]
        fn equals_html5gum(text in "(<|a|>|b | c=|\"|'|/|!--|--|-->|&amp;|&|x|\n|script|style|</|é|title|\\?|!|&#65|<p>|</p>|</script>|</title>|<!--|<!doctype a>|😀){0,24}") {
            use crate::decode::entity::{Within, decode};
            let mut ours: Vec<String> = Vec::new();
            let mut was_text = false;
            for token in tokens(&text) {
                let raw = &text[token.range.clone()];
                let is_text = matches!(token.kind, TokenKind::Text | TokenKind::Raw);
                let said = match token.kind {
                    TokenKind::Text => decode(raw, 0, Within::Text).text().to_owned(),
                    TokenKind::Doctype => { was_text = false; continue }
                    _ => raw.to_owned(),
                };
                match ours.last_mut() {
                    Some(last) if is_text && was_text => last.push_str(&said),
                    _ => ours.push(said),
                }
                was_text = is_text;
            }
            prop_assert_eq!(ours, as_html5gum_says(&text));
        }

        #[test]
        fn pieces_are_in_order_and_on_boundaries(text in any::<String>()) {
            let mut done = 0;
            for token in tokens(&text) {
                prop_assert!(done <= token.range.start && token.range.start < token.range.end);
                prop_assert!(text.get(token.range.clone()).is_some());
                done = token.range.end;
            }
        }
    }
}
