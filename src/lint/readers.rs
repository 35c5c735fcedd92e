//! The readers of a linter: what they remember of one message serves the next.

use std::ops::{Deref, DerefMut};
use std::sync::{Mutex, PoisonError};

use crate::detect::reading::Reader;

/// Readers that nobody uses just now. There are as many as threads ever read at once.
#[derive(Debug, Default)]
pub(super) struct Readers(Mutex<Vec<Reader>>);

/// A reader that goes back to the others when it is dropped.
#[derive(Debug)]
pub(super) struct Lent<'a> {
    readers: &'a Readers,
    reader: Reader,
}

impl Readers {
    /// A reader, to be given back.
    pub(super) fn lend(&self) -> Lent<'_> {
        let reader = self.0.lock().unwrap_or_else(PoisonError::into_inner).pop();
        Lent { readers: self, reader: reader.unwrap_or_default() }
    }
}

/// Readers are not rules: a copy of a linter gets its own.
impl Clone for Readers {
    fn clone(&self) -> Self {
        Self::default()
    }
}

impl Drop for Lent<'_> {
    fn drop(&mut self) {
        let reader = std::mem::take(&mut self.reader);
        self.readers.0.lock().unwrap_or_else(PoisonError::into_inner).push(reader);
    }
}

impl Deref for Lent<'_> {
    type Target = Reader;

    fn deref(&self) -> &Reader {
        &self.reader
    }
}

impl DerefMut for Lent<'_> {
    fn deref_mut(&mut self) -> &mut Reader {
        &mut self.reader
    }
}
