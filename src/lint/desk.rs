//! The desks of a linter: what is kept at one from message to message serves the next.

use std::sync::{Mutex, PoisonError};

use crate::detect::reading::Reader;

use super::agenda::Agenda;

/// Where one thread at a time judges messages.
#[derive(Debug, Default)]
pub(super) struct Desk {
    pub(super) reader: Reader,
    pub(super) agenda: Agenda,
}

/// Desks at which nobody is just now. There are as many as threads ever judged at once.
#[derive(Debug, Default)]
pub(super) struct Desks(Mutex<Vec<Desk>>);

impl Desks {
    /// Does something at a desk.
    pub(super) fn with<R>(&self, work: impl FnOnce(&mut Desk) -> R) -> R {
        let free = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let desk = free().pop();
        let mut desk = desk.unwrap_or_default();
        let result = work(&mut desk);
        free().push(desk);
        result
    }
}

/// Desks are no rules: a copy of a linter gets its own.
impl Clone for Desks {
    fn clone(&self) -> Self {
        Self::default()
    }
}
