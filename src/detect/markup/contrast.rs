//! Text that is hard to tell from what is behind it.

use std::ops::Range;

use crate::document::Markup;
use crate::document::style::Color;

use super::form::ContrastWanted;

/// A text that stands out too little.
#[derive(Debug, Clone, PartialEq)]
pub struct Faint {
    /// Each run with these colours, in bytes of the block that holds the shown text.
    pub runs: Vec<Range<usize>>,
    /// Colour of the letters.
    pub color: Color,
    /// Colour behind them.
    pub background: Color,
    /// How well they are told apart.
    pub contrast: f32,
}

/// Pairs of colours that are told apart too little, in the order in which they are met.
pub fn faint(markup: &Markup<'_>, wanted: &ContrastWanted) -> Vec<Faint> {
    let mut found: Vec<Faint> = Vec::new();
    for run in &markup.runs {
        let Some(style) = run.element.map(|element| &markup.elements[element].style) else { continue };
        let Some((color, background)) = style.color.zip(style.background) else { continue };
        let contrast = color.contrast(background);
        let least = if style.font_size >= wanted.large { wanted.least_large } else { wanted.least };
        if contrast >= least {
            continue;
        }
        let known = found.iter().position(|faint| (faint.color, faint.background) == (color, background));
        match known {
            Some(known) => found[known].runs.push(run.range.clone()),
            None if found.len() < MOST_PAIRS => {
                found.push(Faint { runs: vec![run.range.clone()], color, background, contrast });
            }
            None => {}
        }
    }
    found
}

/// Pairs of colours that are told apart.
const MOST_PAIRS: usize = 50;
