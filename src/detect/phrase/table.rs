//! Flat tables that cost nothing to load: the bytes in the binary are the table.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A list of `u32`, stored as little-endian bytes and read where it lies.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Table(Cow<'static, [u8]>);

impl Table {
    /// The number at `index`.
    ///
    /// # Panics
    /// Past the end: the compiler of patterns never writes such an index.
    #[inline]
    pub fn get(&self, index: usize) -> u32 {
        let at = index * 4;
        let bytes: [u8; 4] = self.0[at..at + 4].try_into().expect("internal: four bytes");
        u32::from_le_bytes(bytes)
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
        self.slice(start, count).iter().map(|bytes| u32::from_le_bytes(*bytes))
    }

    /// The same as they are stored.
    ///
    /// # Panics
    /// Past the end.
    #[inline]
    pub fn slice(&self, start: usize, count: usize) -> &[[u8; 4]] {
        let (numbers, _) = self.0[start * 4..(start + count) * 4].as_chunks();
        numbers
    }

    /// How many numbers there are.
    pub fn len(&self) -> usize {
        self.0.len() / 4
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl From<Vec<u32>> for Table {
    fn from(numbers: Vec<u32>) -> Self {
        Self(Cow::Owned(numbers.into_iter().flat_map(u32::to_le_bytes).collect()))
    }
}

impl fmt::Debug for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Table of {}", self.len())
    }
}

impl Serialize for Table {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(&self.0)
    }
}

impl<'de: 'static> Deserialize<'de> for Table {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_bytes(Borrowed)
    }
}

/// Takes the bytes where they lie.
struct Borrowed;

impl<'de: 'static> Visitor<'de> for Borrowed {
    type Value = Table;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the bytes of a table")
    }

    fn visit_borrowed_bytes<E: Error>(self, bytes: &'de [u8]) -> Result<Table, E> {
        Ok(Table(Cow::Borrowed(bytes)))
    }
}
