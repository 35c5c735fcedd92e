//! The readers of a linter: what they remember of one message serves the next.

use std::sync::{Mutex, PoisonError};

use crate::detect::reading::Reader;

/// Readers that nobody uses just now. There are as many as threads ever read at once.
#[derive(Debug, Default)]
pub(super) struct Readers(Mutex<Vec<Reader>>);

impl Readers {
    /// Does something with a reader.
    pub(super) fn with<R>(&self, work: impl FnOnce(&mut Reader) -> R) -> R {
        let free = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let reader = free().pop();
        let mut reader = reader.unwrap_or_default();
        let result = work(&mut reader);
        free().push(reader);
        result
    }
}

/// Readers are not rules: a copy of a linter gets its own.
impl Clone for Readers {
    fn clone(&self) -> Self {
        Self::default()
    }
}
