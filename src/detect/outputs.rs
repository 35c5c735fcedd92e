//! Sets of outputs of a machine, one bit each: which phrases stand somewhere at all.

/// A set of outputs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outputs(Vec<u64>);

impl Outputs {
    /// Puts an output into the set.
    pub fn insert(&mut self, output: u32) {
        let at = output as usize / 64;
        self.reach(at + 1);
        self.0[at] |= 1 << (output % 64);
    }

    /// Puts those of another set into this one.
    pub fn insert_all(&mut self, others: &Self) {
        self.reach(others.0.len());
        self.0.iter_mut().zip(&others.0).for_each(|(bits, others)| *bits |= others);
    }

    /// Whether an output is in the set.
    pub fn has(&self, output: u32) -> bool {
        self.0.get(output as usize / 64).is_some_and(|bits| bits & 1 << (output % 64) != 0)
    }

    /// The outputs, in order.
    pub fn iter(&self) -> impl Iterator<Item = u32> {
        let of_bits = |(at, bits): (usize, &u64)| {
            let mut rest = *bits;
            std::iter::from_fn(move || {
                let bit = (rest != 0).then(|| rest.trailing_zeros())?;
                rest &= rest - 1;
                Some(at as u32 * 64 + bit)
            })
        };
        self.0.iter().enumerate().flat_map(of_bits)
    }

    fn reach(&mut self, length: usize) {
        if self.0.len() < length {
            self.0.resize(length, 0);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_was_put_in_is_in(some in prop::collection::btree_set(0..300_u32, 0..9), more in prop::collection::btree_set(0..300_u32, 0..9)) {
            let [some_bits, more_bits] = [&some, &more].map(|set| {
                let mut outputs = Outputs::default();
                set.iter().for_each(|output| outputs.insert(*output));
                outputs
            });
            let mut all = some_bits;
            all.insert_all(&more_bits);
            prop_assert!(all.iter().eq(some.union(&more).copied()));
            prop_assert!((0..400).all(|output| all.has(output) == (some.contains(&output) || more.contains(&output))));
        }
    }
}
