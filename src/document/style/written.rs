//! Declarations as they are written: the text of a `style` attribute or of a block in a style sheet, cut into its parts.
//!
//! What is broken is passed over up to the next `;`, as in browsers. A placeholder arrives as a run of one of two control
//! characters; it may stand for a value, a part of one or whole declarations, and what is around it is still read.

use std::ops::Range;

use cssparser::{Delimiter, ParseError, Parser, Token};

/// A declaration and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The property in lower case.
    pub property: String,
    /// The value in lower case, blanks levelled, comments and `!important` gone, `{}` for a placeholder.
    pub value: String,
    /// Whether it is `!important`.
    pub is_important: bool,
    /// All of it but the `;`, in bytes of the text that was read.
    pub range: Range<usize>,
    /// The addresses in it, without quotes, in bytes of the text that was read.
    pub addresses: Vec<Range<usize>>,
}

/// The declarations of a `style` attribute, in order.
pub fn declarations(css: &str) -> Vec<Written> {
    let mut list = Vec::new();
    read_list(&mut Parser::new(css), &mut list);
    list
}

/// Whether a character is one of those that stand for a placeholder.
pub(super) fn is_placeholder(c: char) -> bool {
    matches!(c, '\u{1A}' | '\u{1B}')
}

/// Reads declarations up to the end of the block.
pub(super) fn read_list(input: &mut Parser<'_>, list: &mut Vec<Written>) {
    loop {
        input.skip_whitespace();
        let start = input.position().byte_index();
        let property = match input.next_including_whitespace_and_comments() {
            Err(_) => return,
            Ok(Token::Ident(name)) => name.to_lowercase(),
            Ok(Token::Semicolon | Token::CurlyBracketBlock) => continue,
            Ok(Token::Delim(c)) if is_placeholder(*c) => continue,
            Ok(_) => {
                skip_broken(input);
                continue;
            }
        };
        let value = read_value(input);
        if let Some(value) = value.filter(|_| !is_at_block(input)) {
            list.push(value.into_written(property, start));
        }
    }
}

fn skip_broken(input: &mut Parser<'_>) {
    let nothing = input
        .parse_until_before::<_, (), ()>(Delimiter::Semicolon | Delimiter::CurlyBracketBlock, |_| Ok(()));
    drop(nothing);
}

/// Whether a `{` comes next: what was read then was the selector of a nested rule.
fn is_at_block(input: &mut Parser<'_>) -> bool {
    let before = input.state();
    let is_block = matches!(input.next(), Ok(Token::CurlyBracketBlock));
    input.reset(&before);
    is_block
}

/// The `:` and the value behind a property.
fn read_value(input: &mut Parser<'_>) -> Option<Value> {
    let end = Delimiter::Semicolon | Delimiter::CurlyBracketBlock;
    let read = input.parse_until_before(end, |input| -> Result<Value, ParseError<()>> {
        input.expect_colon()?;
        let mut value = Value::default();
        value.read(input, None);
        Ok(value)
    });
    read.ok().filter(|value| !value.is_broken && !value.text.is_empty())
}

/// A value while it is read.
#[derive(Default)]
pub(super) struct Value {
    text: String,
    /// Where the last token of it ends.
    end: usize,
    pub(super) addresses: Vec<Range<usize>>,
    is_broken: bool,
    /// Whether a blank stood behind the last token.
    has_blank: bool,
}

/// Functions whose strings are addresses.
const ADDRESS_FUNCTIONS: [&str; 4] = ["url", "src", "image-set", "-webkit-image-set"];

impl Value {
    /// Reads all tokens up to the end of the block; `function` is the one whose block it is.
    pub(super) fn read(&mut self, input: &mut Parser<'_>, function: Option<&str>) {
        let mut before = '\0';
        loop {
            let start = input.position();
            let Ok(token) = input.next_including_whitespace_and_comments() else { return };
            let token = token.clone();
            let raw = input.slice_from(start);
            let at = start.byte_index()..start.byte_index() + raw.len();
            if matches!(token, Token::WhiteSpace(_) | Token::Comment(_)) {
                self.has_blank = true;
                continue;
            }
            let placeholder = match token {
                Token::Delim(c) if is_placeholder(c) => c,
                _ => '\0',
            };
            if placeholder == '\0' {
                self.push(&token, raw);
            } else if before != placeholder || self.has_blank {
                self.push_text("{}");
            }
            before = placeholder;
            self.end = at.end;
            self.addresses.extend(address(&token, raw, at, function));
            self.read_inside(input, &token);
        }
    }

    fn push(&mut self, token: &Token<'_>, raw: &str) {
        let is_tight = matches!(token, Token::Comma | Token::Delim('/' | '!'));
        if is_tight {
            self.has_blank = false;
        }
        match token {
            // `display: \6eone` is `display: none`.
            Token::Ident(name) if raw.contains('\\') => self.push_text(name),
            _ => self.push_text(raw),
        }
        self.has_blank = matches!(token, Token::Comma);
        self.is_broken |= match token {
            Token::BadUrl(_) => !raw.contains(is_placeholder),
            Token::BadString(_)
            | Token::CloseParenthesis
            | Token::CloseSquareBracket
            | Token::CloseCurlyBracket => true,
            _ => false,
        };
    }

    fn push_text(&mut self, raw: &str) {
        let is_open = self.text.is_empty() || self.text.ends_with(['(', '[', '/', '!']);
        if self.has_blank && !is_open {
            self.text.push(' ');
        }
        self.has_blank = false;
        self.text.extend(raw.chars().flat_map(char::to_lowercase));
    }

    /// Reads the block that a token opened.
    fn read_inside(&mut self, input: &mut Parser<'_>, token: &Token<'_>) {
        let (function, close) = match token {
            Token::Function(name) => (Some(name.to_lowercase()), ")"),
            Token::ParenthesisBlock => (None, ")"),
            Token::SquareBracketBlock => (None, "]"),
            Token::CurlyBracketBlock => (None, "}"),
            _ => return,
        };
        let inside = input.parse_nested_block(|input| -> Result<(), ParseError<()>> {
            self.read(input, function.as_deref());
            Ok(())
        });
        self.is_broken |= inside.is_err();
        self.has_blank = false;
        self.text.push_str(close);
        self.end = input.position().byte_index();
    }

    fn into_written(self, property: String, start: usize) -> Written {
        let (value, is_important) = match self.text.strip_suffix("!important") {
            Some(value) => (value.to_owned(), true),
            None => (self.text, false),
        };
        Written { property, value, is_important, range: start..self.end, addresses: self.addresses }
    }
}

/// The address that a token is, in bytes of the text.
fn address(token: &Token<'_>, raw: &str, at: Range<usize>, function: Option<&str>) -> Option<Range<usize>> {
    let inner = match token {
        Token::UnquotedUrl(_) | Token::BadUrl(_) => {
            let open = raw.find('(')? + 1;
            open..raw.len() - usize::from(raw.ends_with(')'))
        }
        Token::QuotedString(_) if function.is_some_and(|name| ADDRESS_FUNCTIONS.contains(&name)) => {
            inside_quotes(raw)
        }
        _ => return None,
    };
    trimmed(raw, inner).map(|range| at.start + range.start..at.start + range.end)
}

/// A quoted string without its quotes, the last of which may be missing at the end of the text.
pub(super) fn inside_quotes(raw: &str) -> Range<usize> {
    let is_closed = raw.len() > 1 && raw.as_bytes().last() == raw.as_bytes().first();
    1..raw.len() - usize::from(is_closed)
}

/// A range of a text without the blanks at its edges; nothing if nothing is left.
fn trimmed(text: &str, range: Range<usize>) -> Option<Range<usize>> {
    let inner = text.get(range.clone())?;
    let start = range.start + inner.len() - inner.trim_start().len();
    let trimmed = inner.trim();
    (!trimmed.is_empty()).then_some(start..start + trimmed.len())
}
