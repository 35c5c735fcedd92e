//! Sets of places in a sentence, one bit each, so that a pattern is tried from every unit at once.

/// A set of places in a sentence: place 0 is before its first unit, place `n` behind the `n`th. Holds the places of a
/// sentence of fewer than `64 * W` units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Places<const W: usize>([u64; W]);

impl<const W: usize> Places<W> {
    pub(super) const NONE: Self = Self([0; W]);

    /// One place.
    pub(super) fn one(at: usize) -> Self {
        let mut one = Self::NONE;
        one.insert(at);
        one
    }

    /// The places below `end`.
    pub(super) fn below(end: usize) -> Self {
        let word = |at: usize| match end.saturating_sub(at * 64) {
            0 => 0,
            bits @ 1..64 => (1 << bits) - 1,
            _ => u64::MAX,
        };
        Self(std::array::from_fn(word))
    }

    /// The first of the places that were kept as plain words.
    pub(super) fn of(words: &[u64]) -> Self {
        Self(std::array::from_fn(|at| words.get(at).copied().unwrap_or(0)))
    }

    #[inline]
    pub(super) fn is_empty(&self) -> bool {
        self.0.iter().all(|word| *word == 0)
    }

    #[inline]
    pub(super) fn has(&self, at: usize) -> bool {
        self.0.get(at / 64).is_some_and(|word| word & 1 << (at % 64) != 0)
    }

    #[inline]
    pub(super) fn insert(&mut self, at: usize) {
        self.0[at / 64] |= 1 << (at % 64);
    }

    #[inline]
    pub(super) fn and(mut self, other: Self) -> Self {
        for at in 0..W {
            self.0[at] &= other.0[at];
        }
        self
    }

    #[inline]
    pub(super) fn or(mut self, other: Self) -> Self {
        for at in 0..W {
            self.0[at] |= other.0[at];
        }
        self
    }

    /// Every place moved on by `by`, which is less than 64.
    #[inline]
    pub(super) fn moved(mut self, by: usize) -> Self {
        for at in (0..W).rev() {
            // In two steps, for nothing can be moved by 64.
            let carried = if at > 0 { self.0[at - 1] >> 1 >> (63 - by) } else { 0 };
            self.0[at] = self.0[at] << by | carried;
        }
        self
    }

    /// Every place moved back by `by`, which is less than 64; those for which there is no room are gone.
    #[inline]
    pub(super) fn moved_back(mut self, by: usize) -> Self {
        for at in 0..W {
            let carried = if at + 1 < W { self.0[at + 1] << 1 << (63 - by) } else { 0 };
            self.0[at] = self.0[at] >> by | carried;
        }
        self
    }

    /// The places, and up to `most` before each.
    #[inline]
    pub(super) fn widened_back(mut self, most: usize) -> Self {
        let (mut reach, mut left) = (1, most);
        while left > 0 {
            let step = reach.min(left);
            self = self.or(self.moved_back(step));
            (reach, left) = (reach + step, left - step);
        }
        self
    }

    /// The places, and up to `most` behind each.
    #[inline]
    pub(super) fn widened(mut self, most: usize) -> Self {
        let (mut reach, mut left) = (1, most);
        while left > 0 {
            let step = reach.min(left);
            self = self.or(self.moved(step));
            (reach, left) = (reach + step, left - step);
        }
        self
    }

    /// The first place.
    #[inline]
    pub(super) fn first(&self) -> Option<usize> {
        let at = self.0.iter().position(|word| *word != 0)?;
        Some(at * 64 + self.0[at].trailing_zeros() as usize)
    }

    /// The first place that is not before `at`.
    #[inline]
    pub(super) fn first_from(&self, at: usize) -> Option<usize> {
        let bits = self.0.get(at / 64)? >> (at % 64);
        match bits {
            0 => (at / 64 + 1..W)
                .find(|word| self.0[*word] != 0)
                .map(|word| word * 64 + self.0[word].trailing_zeros() as usize),
            _ => Some(at + bits.trailing_zeros() as usize),
        }
    }

    /// The places, in order.
    pub(super) fn iter(mut self) -> impl Iterator<Item = usize> {
        std::iter::from_fn(move || {
            let first = self.first()?;
            self.0[first / 64] &= self.0[first / 64] - 1;
            Some(first)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(of: &[usize]) -> Places<4> {
        let mut places = Places::NONE;
        of.iter().for_each(|at| places.insert(*at));
        places
    }

    #[test]
    fn places_are_what_was_put_in() {
        let put = [0, 5, 63, 64, 190, 255];
        let places = places(&put);
        assert_eq!(places.iter().collect::<Vec<_>>(), put);
        assert_eq!(places.first(), Some(0));
        assert!(places.has(64) && !places.has(65) && !places.has(256));
        assert!(Places::<4>::NONE.is_empty() && !places.is_empty());
    }

    #[test]
    fn places_move_over_the_edges_of_words() {
        assert_eq!(places(&[0, 63, 64]).moved(1), places(&[1, 64, 65]));
        assert_eq!(places(&[60, 130]).moved(20), places(&[80, 150]));
        assert_eq!(places(&[7]).moved(0), places(&[7]));
        assert_eq!(places(&[255]).moved(1), Places::NONE);
    }

    #[test]
    fn places_are_widened_to_just_so_many() {
        for most in 0..=20 {
            let wide: Vec<usize> = (62..=62 + most).collect();
            assert_eq!(places(&[62]).widened(most), places(&wide), "{most}");
        }
    }

    #[test]
    fn places_move_back_and_are_widened_back_as_they_are_forth() {
        assert_eq!(places(&[1, 64, 65]).moved_back(1), places(&[0, 63, 64]));
        assert_eq!(places(&[7, 150]).moved_back(20), places(&[130]));
        for most in 0..=20 {
            let wide: Vec<usize> = (130 - most..=130).collect();
            assert_eq!(places(&[130]).widened_back(most), places(&wide), "{most}");
        }
    }

    #[test]
    fn the_first_place_from_one_on_may_be_that_one() {
        let places = places(&[5, 63, 190]);
        for (from, first) in
            [(0, Some(5)), (5, Some(5)), (6, Some(63)), (64, Some(190)), (191, None), (256, None)]
        {
            assert_eq!(places.first_from(from), first, "{from}");
        }
    }

    #[test]
    fn places_below_an_end_are_all_there_are_before_it() {
        for end in [0, 1, 63, 64, 65, 255, 256] {
            assert_eq!(Places::<4>::below(end).iter().collect::<Vec<_>>(), (0..end).collect::<Vec<_>>());
        }
    }
}
