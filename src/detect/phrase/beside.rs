//! What must stand beside the anchor of a pattern, and how near: most patterns that a word gives cause to try are ruled out
//! by that alone.

use super::ground::Ground;
use super::machine::SymbolId;
use super::places::Places;

/// A symbol that a sentence must hold beside the anchor of a pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Beside {
    pub(super) symbol: u32,
    /// Whether it stands before the anchor.
    is_before: bool,
    /// The most units that may follow the first unit of the one before the other stands.
    within: u32,
}

/// Near enough is what stands anywhere.
const ANYWHERE: u32 = 63;

const BEFORE: u32 = 1 << 31;
const WITHIN: u32 = 16;

impl Beside {
    /// A symbol with up to `within` units between it and the anchor.
    pub(super) fn new(symbol: u32, is_before: bool, within: usize) -> Self {
        Self { symbol, is_before, within: (within as u32).min(ANYWHERE) }
    }

    pub(super) fn encode(self) -> u32 {
        self.symbol | self.within << WITHIN | if self.is_before { BEFORE } else { 0 }
    }

    #[inline]
    pub(super) fn decode(number: u32) -> Self {
        Self {
            symbol: number & 0xFFFF,
            is_before: number & BEFORE != 0,
            within: (number & !BEFORE) >> WITHIN,
        }
    }

    /// Whether it stands in a sentence, near enough to an anchor.
    #[inline]
    pub(super) fn stands<const W: usize>(self, anchor: SymbolId, ground: &Ground<W>) -> bool {
        let here = ground.of(self.symbol as usize).any();
        if here.is_empty() || self.within == ANYWHERE || ground.is_stretched {
            return !here.is_empty();
        }
        let anchor = ground.of(usize::from(anchor)).any();
        let (first, second) = if self.is_before { (here, anchor) } else { (anchor, here) };
        !self.reached(first).and(second).is_empty()
    }

    /// Where it stands near enough behind what begins at some places.
    #[inline]
    pub(super) fn behind<const W: usize>(self, first: Places<W>, ground: &Ground<W>) -> Places<W> {
        let here = ground.of(self.symbol as usize).any();
        if self.within == ANYWHERE || ground.is_stretched {
            return here;
        }
        self.reached(first).and(here)
    }

    #[inline]
    fn reached<const W: usize>(self, first: Places<W>) -> Places<W> {
        first.moved(1).widened(self.within as usize)
    }
}
