//! Flat tables that cost nothing to load: the bytes in the binary are the table.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A list of `u32`.
pub type Table = Numbers<4>;

/// A list of numbers below 65,536, in half the room.
pub type ShortTable = Numbers<2>;

/// A list of numbers, stored as so many little-endian bytes each and read where it lies.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Numbers<const BYTES: usize>(Cow<'static, [u8]>);

impl<const BYTES: usize> Numbers<BYTES> {
    /// The number at `index`.
    ///
    /// # Panics
    /// Past the end: the compiler of patterns never writes such an index.
    #[inline]
    pub fn get(&self, index: usize) -> u32 {
        number(&self.slice(index, 1)[0])
    }

    /// The number at `index`, as an index itself.
    #[inline]
    pub fn index(&self, index: usize) -> usize {
        self.get(index) as usize
    }

    /// The `count` numbers from `start` on.
    ///
    /// # Panics
    /// Past the end: the compiler of patterns never writes such a place.
    #[inline]
    pub fn run(&self, start: usize, count: usize) -> impl Iterator<Item = u32> + '_ {
        self.slice(start, count).iter().map(number)
    }

    /// The same as they are stored.
    ///
    /// # Panics
    /// Past the end.
    #[inline]
    pub fn slice(&self, start: usize, count: usize) -> &[[u8; BYTES]] {
        let (numbers, _) = self.0[start * BYTES..(start + count) * BYTES].as_chunks();
        numbers
    }

    /// How many numbers there are.
    pub fn len(&self) -> usize {
        self.0.len() / BYTES
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// The number that some little-endian bytes are.
#[inline]
pub(super) fn number<const BYTES: usize>(bytes: &[u8; BYTES]) -> u32 {
    let mut all = [0; 4];
    all[..BYTES].copy_from_slice(bytes);
    u32::from_le_bytes(all)
}

impl<const BYTES: usize> From<Vec<u32>> for Numbers<BYTES> {
    /// # Panics
    /// If a number does not fit.
    fn from(numbers: Vec<u32>) -> Self {
        let fits = |number: &u32| BYTES >= 4 || number >> (8 * BYTES) == 0;
        assert!(numbers.iter().all(fits), "internal: a number of more bytes");
        let low_bytes = |number: u32| number.to_le_bytes().into_iter().take(BYTES);
        Self(Cow::Owned(numbers.into_iter().flat_map(low_bytes).collect()))
    }
}

impl<const BYTES: usize> fmt::Debug for Numbers<BYTES> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Table of {}", self.len())
    }
}

impl<const BYTES: usize> Serialize for Numbers<BYTES> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(&self.0)
    }
}

impl<'de: 'static, const BYTES: usize> Deserialize<'de> for Numbers<BYTES> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_bytes(Borrowed).map(Self)
    }
}

/// Takes the bytes where they lie.
struct Borrowed;

impl<'de: 'static> Visitor<'de> for Borrowed {
    type Value = Cow<'static, [u8]>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the bytes of a table")
    }

    fn visit_borrowed_bytes<E: Error>(self, bytes: &'de [u8]) -> Result<Cow<'static, [u8]>, E> {
        Ok(Cow::Borrowed(bytes))
    }
}
