//! What must stand beside the anchor of a pattern, and how near: most patterns that a word gives cause to try are ruled out
//! by that alone.

use super::ground::Ground;
use super::machine::{Machine, SymbolId};
use super::places::Places;

/// A pattern that the anchor of it gives cause to try. All that is asked before it is tried stands together, so that what
/// is ruled out costs no look elsewhere.
#[derive(Debug, Clone, Copy)]
pub(super) struct Candidate<'m> {
    /// Its number.
    pub(super) pattern: usize,
    /// What stands most seldom beside the anchor.
    beside: Beside,
    /// What else a sentence must hold for it, in its order, each behind the one before; none where the anchor and what
    /// stands beside it are all.
    chain: &'m [[u8; 4]],
}

/// Where the length of the chain stands in the first of the numbers of a candidate.
const LENGTH: u32 = 24;
/// The longest chain that its length can be told of. What is behind it is only asked when the pattern is tried.
const LONGEST: usize = 255;

impl<'m> Candidate<'m> {
    /// Writes a candidate: the number of the pattern and the length of the chain, what stands beside, and the chain.
    pub(super) fn encode(pattern: u32, beside: Beside, chain: &[Beside]) -> impl Iterator<Item = u32> {
        let chain = if chain.len() > 2 { &chain[..chain.len().min(LONGEST)] } else { &[] };
        let first = pattern | (chain.len() as u32) << LENGTH;
        [first, beside.encode()].into_iter().chain(chain.iter().map(|beside| beside.encode()))
    }

    /// The candidates that stand behind each other.
    #[inline]
    pub(super) fn all(mut numbers: &'m [[u8; 4]]) -> impl Iterator<Item = Self> {
        std::iter::from_fn(move || {
            let (&[first, beside], rest) = numbers.split_first_chunk()?;
            let first = u32::from_le_bytes(first);
            let (chain, rest) = rest.split_at_checked((first >> LENGTH) as usize)?;
            numbers = rest;
            let pattern = (first & ((1 << LENGTH) - 1)) as usize;
            Some(Self { pattern, beside: Beside::decode(beside), chain })
        })
    }

    /// Whether what it needs stands in order, and near enough to each other.
    #[inline]
    pub(super) fn may_fit<const W: usize>(
        &self,
        anchor: SymbolId,
        machine: &Machine,
        ground: &mut Ground<W>,
    ) -> bool {
        let mut here = ground.units;
        self.beside.stands(anchor, machine, ground)
            && self.chain.iter().all(|beside| {
                here = Beside::decode(*beside).behind(here, machine, ground);
                !here.is_empty()
            })
    }

    /// The symbols that a sentence must hold for it; the anchor is not always among them, for it is there.
    pub(super) fn required(&self) -> impl Iterator<Item = SymbolId> {
        let of_chain = self.chain.iter().map(|beside| Beside::decode(*beside));
        of_chain.chain([self.beside]).map(|beside| beside.symbol as SymbolId)
    }
}

/// A symbol that a sentence must hold beside the anchor of a pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Beside {
    symbol: u32,
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
        Self { symbol, is_before, within: within.min(ANYWHERE as usize) as u32 }
    }

    fn encode(self) -> u32 {
        self.symbol | self.within << WITHIN | if self.is_before { BEFORE } else { 0 }
    }

    #[inline]
    fn decode(number: [u8; 4]) -> Self {
        let number = u32::from_le_bytes(number);
        Self {
            symbol: number & 0xFFFF,
            is_before: number & BEFORE != 0,
            within: (number & !BEFORE) >> WITHIN,
        }
    }

    /// Whether it stands in a sentence, near enough to an anchor.
    #[inline]
    fn stands<const W: usize>(self, anchor: SymbolId, machine: &Machine, ground: &mut Ground<W>) -> bool {
        let here = ground.of(machine, self.symbol as usize);
        if here.is_empty() || self.within == ANYWHERE || ground.is_stretched {
            return !here.is_empty();
        }
        let anchor = ground.of(machine, usize::from(anchor));
        let (first, second) = if self.is_before { (here, anchor) } else { (anchor, here) };
        !self.reached(first).and(second).is_empty()
    }

    /// Where it stands near enough behind what begins at some places.
    #[inline]
    fn behind<const W: usize>(
        self,
        first: Places<W>,
        machine: &Machine,
        ground: &mut Ground<W>,
    ) -> Places<W> {
        let here = ground.of(machine, self.symbol as usize);
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
