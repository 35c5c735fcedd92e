//! Style sheets: the text of a `style` element, cut into rules.

use std::ops::Range;

use cssparser::{Delimiter, ParseError, Parser, Token};

use crate::document::form::Purpose;

use super::selector::{Selector, parse_group};
use super::written::{Value, Written, is_placeholder, read_list};

/// A style sheet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sheet {
    /// Its rules, in order.
    pub(super) rules: Vec<Rule>,
    /// Addresses that it loads something from, in bytes of its text, in order.
    pub addresses: Vec<(Range<usize>, Purpose)>,
}

/// A rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Rule {
    pub(super) selectors: Vec<Selector>,
    pub(super) declarations: Vec<Written>,
    /// Whether it counts only where a condition such as a `@media` holds.
    pub(super) is_conditional: bool,
}

impl Sheet {
    /// Reads a style sheet. What is broken is passed over as in browsers.
    pub fn parse(css: &str) -> Self {
        let mut sheet = Self::default();
        sheet.read(&mut Parser::new(css), false);
        sheet.addresses.sort_by_key(|(range, _)| range.start);
        sheet
    }

    /// Reads rules up to the end of the block.
    fn read(&mut self, input: &mut Parser<'_>, is_conditional: bool) {
        loop {
            input.skip_whitespace();
            let start = input.state();
            match input.next_including_whitespace_and_comments() {
                Err(_) => return,
                Ok(Token::CDO | Token::CDC | Token::Semicolon) => {}
                Ok(Token::Delim(c)) if is_placeholder(*c) => {}
                Ok(Token::AtKeyword(name)) => {
                    let name = name.to_lowercase();
                    self.read_at_rule(input, &name, is_conditional);
                }
                Ok(_) => {
                    input.reset(&start);
                    self.read_rule(input, is_conditional);
                }
            }
        }
    }

    fn read_rule(&mut self, input: &mut Parser<'_>, is_conditional: bool) {
        let group = prelude(input, Delimiter::CurlyBracketBlock).0;
        if !matches!(input.next(), Ok(Token::CurlyBracketBlock)) {
            return;
        }
        let declarations = block_of_declarations(input);
        self.add_addresses(&declarations, Purpose::Picture);
        let selectors = parse_group(group);
        if !selectors.is_empty() {
            self.rules.push(Rule { selectors, declarations, is_conditional });
        }
    }

    fn read_at_rule(&mut self, input: &mut Parser<'_>, name: &str, is_conditional: bool) {
        let (condition, at) = prelude(input, Delimiter::CurlyBracketBlock | Delimiter::Semicolon);
        if name == "import" {
            self.add_import(condition, at);
        }
        if !matches!(input.next(), Ok(Token::CurlyBracketBlock)) {
            return;
        }
        match name {
            "media" | "supports" | "container" | "layer" | "scope" | "document" | "-moz-document" => {
                let is_conditional = is_conditional || !always_holds(name, condition);
                // Blocks that are nested too deep to be meant are passed over.
                let _nested = input.parse_nested_block(|input| -> Result<(), ParseError<()>> {
                    self.read(input, is_conditional);
                    Ok(())
                });
            }
            "font-face" => {
                let descriptors = block_of_declarations(input);
                self.add_addresses(&descriptors, Purpose::Resource);
            }
            _ => {}
        }
    }

    /// `@import "more.css"` and `@import url(more.css)`.
    fn add_import(&mut self, prelude: &str, at: usize) {
        let mut value = Value::default();
        value.read(&mut Parser::new(prelude), Some("url"));
        let address = value.addresses.into_iter().next();
        self.addresses.extend(address.map(|range| (at + range.start..at + range.end, Purpose::Resource)));
    }

    fn add_addresses(&mut self, declarations: &[Written], purpose: Purpose) {
        let addresses = declarations.iter().flat_map(|declaration| &declaration.addresses);
        self.addresses.extend(addresses.map(|range| (range.clone(), purpose)));
    }
}

/// What stands before one of the delimiters, and at which byte it begins.
fn prelude<'i>(input: &mut Parser<'i>, end: cssparser::Delimiters) -> (&'i str, usize) {
    let start = input.position();
    // The closure reads nothing, so what is left is passed over up to the end.
    let _passed = input.parse_until_before(end, |_| Ok::<(), ParseError<()>>(()));
    (input.slice_from(start), start.byte_index())
}

fn block_of_declarations(input: &mut Parser<'_>) -> Vec<Written> {
    let mut list = Vec::new();
    let _nested = input.parse_nested_block(|input| -> Result<(), ParseError<()>> {
        read_list(input, &mut list);
        Ok(())
    });
    list
}

/// Whether a condition holds wherever a message is read.
fn always_holds(name: &str, condition: &str) -> bool {
    let condition = condition.trim().to_ascii_lowercase();
    name == "layer" || name == "media" && matches!(condition.as_str(), "" | "all" | "screen" | "only screen")
}
