//! COMPARE: a block of a message made comparable, cut into words, sentences and paragraphs.
//!
//! Every range in a [`View`] is in bytes of the block's text, so that nothing downstream ever deals with folded offsets.

pub mod fold;
pub mod lang;
pub mod sentence;
pub mod split;
mod words;

use std::borrow::Cow;
use std::ops::Range;

use crate::document::{Block, Meaning};
use crate::text::MappedText;

pub use sentence::{Sentence, WRAP_WIDTH};

/// A block, comparable.
#[derive(Debug, Clone)]
pub struct View<'b> {
    /// The block's text; placeholders and quoted history are blanked out, byte for byte.
    pub visible: Cow<'b, str>,
    /// Case kept, disguises undone (see [`fold::plain`]). Maps to the block's text. For contacts and links.
    pub plain: MappedText<'static>,
    /// Lower case on top of that. Maps to the block's text. For words.
    pub lower: MappedText<'static>,
    /// Words, numbers, signs, placeholders.
    pub units: Vec<Unit>,
    /// Sentences, in order; each is a run of units.
    pub sentences: Vec<Sentence>,
}

/// A word or what stands in the place of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// Where, in bytes of the block's text.
    pub range: Range<usize>,
    /// Where, in bytes of `View::lower`.
    pub lower: Range<usize>,
    /// What it is.
    pub kind: UnitKind,
    /// Whether a clause begins with it: it is the first of its sentence, or punctuation stands before it.
    pub begins_clause: bool,
}

/// What a unit is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnitKind {
    /// A word.
    Word,
    /// Letters and digits together, as in `SAVE20`.
    Code,
    /// A number.
    Number,
    /// A currency sign.
    Money,
    /// Another sign, an emoji for instance.
    Sign,
    /// A placeholder that stands for this.
    Placeholder(Meaning),
    /// Something with a scheme, or that begins with `www.`.
    Link,
    /// Something with an `@` inside.
    Address,
    /// 3-7-7 digits.
    OrderId,
}

/// Says of a word in lower case whether no statement ends with it, so that its sentence goes on in the next line.
pub type GoesOn<'g> = &'g dyn Fn(&str) -> bool;

impl<'b> View<'b> {
    /// Folds and cuts a block.
    pub fn new(block: &'b Block<'_>, goes_on: GoesOn<'_>) -> Self {
        let visible = words::blank_out(block);
        let plain = fold::plain(&visible);
        let lower = fold::lower(plain.text()).into_owned().through(&plain);
        let plain = plain.into_owned();
        let mut view = Self { visible, plain, lower, units: Vec::new(), sentences: Vec::new() };
        view.units = words::units(&view.lower, &block.placeholders);
        view.sentences = sentence::cut(&view.visible, &mut view.units, &block.line_ends, goes_on);
        view
    }

    /// The folded text of a unit.
    #[inline]
    pub fn word(&self, unit: &Unit) -> &str {
        &self.lower.text()[unit.lower.clone()]
    }

    /// The sentence that holds byte `at` of the block's text, or the next one after it.
    pub fn sentence_at(&self, at: usize) -> usize {
        self.sentences
            .partition_point(|sentence| sentence.range.end <= at)
            .min(self.sentences.len().saturating_sub(1))
    }
}
