//! How many sizes of letters a text is shown in.

use std::ops::Range;

use crate::document::Markup;

/// Too many sizes.
#[derive(Debug, Clone, PartialEq)]
pub struct Sizes {
    /// All sizes in pixels, the smallest first.
    pub pixels: Vec<u32>,
    /// What sets each of them where it is first met, in that order, in bytes of the page; nothing for what nobody sets.
    pub set_by: Vec<Option<Range<usize>>>,
}

/// The sizes that shown text has, if there are more than `most`. Two that differ by less than a pixel are one.
pub fn sizes(markup: &Markup<'_>, most: usize) -> Option<Sizes> {
    let mut met: Vec<(u32, Option<usize>)> = Vec::new();
    for run in &markup.runs {
        let size = run.element.map_or(16.0, |element| markup.elements[element].style.font_size);
        let pixels = size.round() as u32;
        // A page has few sizes, whatever its length.
        if met.len() <= MOST_SIZES && !met.iter().any(|(known, _)| *known == pixels) {
            met.push((pixels, run.element));
        }
    }
    if met.len() <= most {
        return None;
    }
    let set_by = met.iter().map(|(_, element)| element.and_then(|element| setter(markup, element))).collect();
    let mut pixels: Vec<u32> = met.into_iter().map(|(pixels, _)| pixels).collect();
    pixels.sort_unstable();
    Some(Sizes { pixels, set_by })
}

/// Sizes that are told apart.
const MOST_SIZES: usize = 50;

/// What gives an element its size: a declaration at it or at one around it, or the tag of a heading.
fn setter(markup: &Markup<'_>, element: usize) -> Option<Range<usize>> {
    let size = markup.elements[element].style.font_size;
    let is_same = |at: &usize| markup.elements[*at].style.font_size == size;
    let outermost = markup.and_parents(element).take_while(is_same).last()?;
    let declaration =
        (markup.declarations.iter()).rfind(|one| one.property == "font-size" && one.element == outermost);
    let is_heading = matches!(&*markup.elements[outermost].name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6");
    match declaration {
        Some(declaration) => Some(declaration.range.clone()),
        None if is_heading => Some(super::mark_of(markup, outermost)),
        None => markup.elements[outermost].parent.map(|_| super::mark_of(markup, outermost)),
    }
}
