//! What markup says besides its text: elements, addresses, captions, style.
//!
//! HTML and Markdown both become a [`Markup`]. Ranges called *page* are bytes of the page's text, those called *block*
//! are bytes of the text of the named block, which maps to the page.

use std::borrow::Cow;
use std::ops::Range;

use crate::text::MappedText;

use super::form::{Hiding, Purpose};
use super::style::{Declaration, Style};

/// The markup of one page.
#[derive(Debug, Clone, Default)]
pub struct Markup<'a> {
    /// Number of the page.
    pub page: usize,
    /// Number of the block that holds its shown text.
    pub block: usize,
    /// Its elements in the order of their tags; a parent comes before its children.
    pub elements: Vec<Element<'a>>,
    /// Addresses in attributes and style, in order.
    pub addresses: Vec<Address>,
    /// `alt`, `title` and the like, in order.
    pub captions: Vec<Caption>,
    /// Text that is not shown, in order.
    pub hidden: Vec<HiddenText>,
    /// Shown text in order, cut where the element changes that holds it. Blank runs are left out.
    pub runs: Vec<TextRun>,
    /// Declarations of style: of style sheets, `style` attributes and the attributes that mean the same, in order.
    pub declarations: Vec<Declaration>,
    /// Comments, whole, in page bytes.
    pub comments: Vec<Range<usize>>,
}

/// An element.
#[derive(Debug, Clone)]
pub struct Element<'a> {
    /// Its name in lower case; an element of Markdown is called as in HTML.
    pub name: Cow<'a, str>,
    /// Number of the element it is in.
    pub parent: Option<usize>,
    /// Its opening tag, in page bytes; in Markdown all of it.
    pub tag: Range<usize>,
    /// The page byte after its closing tag, or where it was closed by what follows.
    pub end: usize,
    /// Its attributes in order; of two with one name only the first.
    pub attributes: Vec<Attribute<'a>>,
    /// The shown text in it, in block bytes.
    pub text: Range<usize>,
    /// How it looks.
    pub style: Style,
}

/// An attribute.
#[derive(Debug, Clone)]
pub struct Attribute<'a> {
    /// Its name in lower case.
    pub name: Cow<'a, str>,
    /// All of it, in page bytes.
    pub range: Range<usize>,
    /// Its value with entities undone, mapped to the page; empty without one.
    pub value: MappedText<'a>,
}

/// An address in an attribute or in style, in the block of scope [`Scope::Address`](super::Scope::Address).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// Number of the block that holds it.
    pub block: usize,
    /// The address without blanks around it, in block bytes.
    pub range: Range<usize>,
    /// What it is for.
    pub purpose: Purpose,
    /// The element that it belongs to; `None` in a style sheet.
    pub element: Option<usize>,
}

/// Words that stand for a picture or explain an element, in the block of scope
/// [`Scope::Caption`](super::Scope::Caption).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caption {
    /// Number of the block that holds it.
    pub block: usize,
    /// In block bytes.
    pub range: Range<usize>,
    /// The element.
    pub element: usize,
}

/// Text that is not shown, in the block of scope [`Scope::Hidden`](super::Scope::Hidden).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HiddenText {
    /// Number of the block that holds it.
    pub block: usize,
    /// In block bytes.
    pub range: Range<usize>,
    /// Why it is not shown.
    pub reason: Hiding,
    /// The outermost element that hides it; `None` for a comment of Outlook's.
    pub element: Option<usize>,
}

/// Shown text that one element holds directly.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextRun {
    /// In block bytes.
    pub range: Range<usize>,
    /// The element; `None` outside of any.
    pub element: Option<usize>,
}

impl Markup<'_> {
    /// An element and those that it is in, from the inside out.
    pub fn and_parents(&self, element: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(Some(element), |inner| self.elements.get(*inner)?.parent)
    }
}

impl Element<'_> {
    /// Whether it is written with the signs of Markdown; `page` is the text of its page.
    pub fn is_untagged(&self, page: &str) -> bool {
        let name = page.get(self.tag.clone()).and_then(|tag| tag.strip_prefix('<'));
        let is_tag = name
            .and_then(|name| name.get(..self.name.len()))
            .is_some_and(|name| name.eq_ignore_ascii_case(&self.name));
        let goes_on = || name.is_some_and(|name| name[self.name.len()..].starts_with(char::is_alphanumeric));
        !is_tag || goes_on()
    }

    /// The value of an attribute.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes
            .iter()
            .find(|attribute| attribute.name == name)
            .map(|attribute| attribute.value.text())
    }
}
