//! Selectors: types, classes, ids, attributes, descendants, children.
//!
//! What else a selector may ask (states, siblings, `:not()`) is not known of a draft. Such a selector never decides how
//! things look, but what it asks besides still tells which elements it is meant for.

use cssparser::{Delimiter, ParseError, Parser, Token};

use crate::document::markup::Element;

/// One selector of a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Selector {
    /// From right to left.
    steps: Vec<Step>,
    /// How much it asks: ids, then classes and attributes, then types.
    pub(super) specificity: u32,
    /// Whether all that it asks is known.
    pub(super) is_certain: bool,
}

/// What one element must be like, and how the next step to the left is reached.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Step {
    name: Option<String>,
    id: Option<String>,
    classes: Vec<String>,
    attributes: Vec<Wanted>,
    to_parent: bool,
}

/// An attribute that must be there.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Wanted {
    name: String,
    value: Option<(Comparison, String)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Comparison {
    Equal,
    Word,
    Dash,
    Prefix,
    Suffix,
    Inside,
}

/// What the rightmost step asks first; selectors are kept by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Key<'s> {
    Id(&'s str),
    Class(&'s str),
    Name(&'s str),
    Any,
}

/// Steps that a selector may have; longer ones are none that people write.
const MOST_STEPS: usize = 32;

/// The selectors of a group; those that can never match are left out.
pub(super) fn parse_group(group: &str) -> Vec<Selector> {
    let mut input = Parser::new(group);
    let mut selectors = Vec::new();
    while !input.is_exhausted() {
        let selector = input.parse_until_after(Delimiter::Comma, |input| {
            Selector::parse(input).ok_or(ParseError::<()>::custom(()))
        });
        selectors.extend(selector);
    }
    selectors
}

impl Selector {
    /// What an element must have for this selector to be worth a look.
    pub(super) fn key(&self) -> Key<'_> {
        let Some(step) = self.steps.first() else { return Key::Any };
        if let Some(id) = &step.id {
            return Key::Id(id);
        }
        match (step.classes.first(), &step.name) {
            (Some(class), _) => Key::Class(class),
            (None, Some(name)) => Key::Name(name),
            (None, None) => Key::Any,
        }
    }

    /// Whether it means an element. `looks` is how many elements may still be looked at; at 0 nothing matches.
    pub(super) fn matches(&self, elements: &[Element<'_>], at: usize, looks: &mut usize) -> bool {
        let Some((mut next, mut top)) = self.chain(0, elements, at, looks) else { return false };
        while next < self.steps.len() {
            // Of all elements above, the nearest leaves the most to choose from, so there is nothing to go back for.
            let above = std::iter::successors(elements[top].parent, |inner| elements[*inner].parent);
            let mut chains =
                above.map_while(|outer| (*looks > 0).then(|| self.chain(next, elements, outer, looks)));
            match chains.find_map(|chain| chain) {
                Some(found) => (next, top) = found,
                None => return false,
            }
        }
        true
    }

    /// Whether the steps from `step` on that are joined by `>` fit an element and its parents; the step behind them and
    /// the outermost of the elements.
    fn chain(
        &self,
        mut step: usize,
        elements: &[Element<'_>],
        mut at: usize,
        looks: &mut usize,
    ) -> Option<(usize, usize)> {
        loop {
            *looks = looks.checked_sub(1)?;
            let asked = &self.steps[step];
            if !asked.fits(&elements[at]) {
                return None;
            }
            step += 1;
            if !asked.to_parent || step == self.steps.len() {
                return Some((step, at));
            }
            at = elements[at].parent?;
        }
    }

    fn parse(input: &mut Parser<'_>) -> Option<Self> {
        let mut reader =
            Reader { steps: vec![Step::default()], is_certain: true, is_bare: true, has_blank: false };
        while let Ok(token) = input.next_including_whitespace().cloned() {
            reader.take(&token, input)?;
        }
        (!reader.is_bare).then(|| reader.into_selector())
    }
}

/// A selector while it is read, from left to right.
struct Reader {
    steps: Vec<Step>,
    is_certain: bool,
    /// Whether nothing of the last step was read yet.
    is_bare: bool,
    has_blank: bool,
}

impl Reader {
    /// Takes the next token; nothing if the selector can never match.
    fn take(&mut self, token: &Token<'_>, input: &mut Parser<'_>) -> Option<()> {
        match token {
            Token::WhiteSpace(_) => {
                self.has_blank = true;
                return Some(());
            }
            Token::Delim('>') => return self.begin_step(true),
            // Who stands beside an element is not asked: it is meant for those that the rest of it fits.
            Token::Delim('+' | '~') => {
                self.steps = vec![Step::default()];
                self.is_certain = false;
                self.is_bare = true;
                self.has_blank = false;
                return Some(());
            }
            _ => {}
        }
        if self.has_blank && !self.is_bare {
            self.begin_step(false)?;
        }
        self.has_blank = false;
        self.is_bare = false;
        self.ask(token, input)
    }

    fn begin_step(&mut self, to_parent: bool) -> Option<()> {
        if self.is_bare || self.steps.len() == MOST_STEPS {
            return None;
        }
        self.steps.push(Step { to_parent, ..Step::default() });
        self.is_bare = true;
        self.has_blank = false;
        Some(())
    }

    fn ask(&mut self, token: &Token<'_>, input: &mut Parser<'_>) -> Option<()> {
        let step = self.steps.last_mut()?;
        match token {
            Token::Ident(name) => step.name = Some(name.to_lowercase()),
            Token::IDHash(id) => step.id = Some(id.to_string()),
            Token::Delim('*') => {}
            Token::Delim('.') => match input.next_including_whitespace().ok()? {
                Token::Ident(class) => step.classes.push(class.to_string()),
                _ => return None,
            },
            Token::SquareBracketBlock => step.attributes.push(wanted(input)?),
            Token::Colon => {
                self.is_certain = false;
                let name = input.next_including_whitespace().ok()?.clone();
                let name = if name == Token::Colon { input.next_including_whitespace().ok()? } else { &name };
                return matches!(name, Token::Ident(_) | Token::Function(_)).then_some(());
            }
            _ => return None,
        }
        Some(())
    }

    fn into_selector(mut self) -> Selector {
        // What joins a step to the one on its left was noted with the right one, which is where it is needed.
        self.steps.reverse();
        let specificity = self.steps.iter().map(Step::specificity).sum();
        Selector { steps: self.steps, specificity, is_certain: self.is_certain }
    }
}

fn wanted(input: &mut Parser<'_>) -> Option<Wanted> {
    let read = input.parse_nested_block(|input| -> Result<Wanted, ParseError<()>> {
        let name = input.expect_ident()?.to_lowercase();
        let Ok(token) = input.next().cloned() else { return Ok(Wanted { name, value: None }) };
        let comparison = match token {
            Token::Delim('=') => Comparison::Equal,
            Token::IncludeMatch => Comparison::Word,
            Token::DashMatch => Comparison::Dash,
            Token::PrefixMatch => Comparison::Prefix,
            Token::SuffixMatch => Comparison::Suffix,
            Token::SubstringMatch => Comparison::Inside,
            _ => return Err(ParseError::custom(())),
        };
        let value = input.expect_ident_or_string()?.to_string();
        let _case_flag = input.try_parse(Parser::expect_ident_cloned);
        Ok(Wanted { name, value: Some((comparison, value)) })
    });
    read.ok()
}

impl Step {
    fn specificity(&self) -> u32 {
        let middle = self.classes.len() + self.attributes.len();
        let middle = u32::try_from(middle).unwrap_or(u32::MAX).min(0xFFF);
        u32::from(self.id.is_some()) << 24 | middle << 12 | u32::from(self.name.is_some())
    }

    fn fits(&self, element: &Element<'_>) -> bool {
        self.name.as_ref().is_none_or(|name| *name == element.name)
            && self
                .id
                .as_ref()
                .is_none_or(|id| element.attribute("id").is_some_and(|given| given.trim() == id))
            && self.classes.iter().all(|class| classes(element).any(|given| given == class))
            && self.attributes.iter().all(|wanted| wanted.fits(element))
    }
}

impl Wanted {
    fn fits(&self, element: &Element<'_>) -> bool {
        let Some(given) = element.attribute(&self.name) else { return false };
        let Some((comparison, value)) = &self.value else { return true };
        match comparison {
            Comparison::Equal => given == value,
            Comparison::Word => given.split_ascii_whitespace().any(|word| word == value),
            Comparison::Dash => {
                given.strip_prefix(value).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
            }
            Comparison::Prefix => !value.is_empty() && given.starts_with(value),
            Comparison::Suffix => !value.is_empty() && given.ends_with(value),
            Comparison::Inside => !value.is_empty() && given.contains(value),
        }
    }
}

/// Classes that are looked at of one element, so that a heap of them cannot slow down each look.
const MOST_CLASSES: usize = 64;

/// The classes of an element.
pub(super) fn classes<'e>(element: &'e Element<'_>) -> impl Iterator<Item = &'e str> {
    element.attribute("class").unwrap_or_default().split_ascii_whitespace().take(MOST_CLASSES)
}
