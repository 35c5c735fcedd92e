use std::num::NonZero;
use std::thread::available_parallelism;

use rayon::prelude::*;
use rayon::{ThreadPool, ThreadPoolBuilder};

/// Threads that work on things in a row and hand them back in the same row.
///
/// One thing needs no thread, and threads are started only for the second: a single draft is checked before they would be there.
#[derive(Debug)]
pub(super) struct Pool {
    threads: usize,
    pool: Option<ThreadPool>,
}

impl Pool {
    /// That many threads; one for each processor, unless given.
    pub(super) fn new(threads: Option<usize>) -> Self {
        let threads = threads.unwrap_or_else(|| available_parallelism().map_or(1, NonZero::get));
        Self { threads, pool: None }
    }

    /// How many threads work.
    pub(super) fn threads(&self) -> usize {
        self.threads
    }

    /// Does the same to everything; the results come in the order of the things.
    pub(super) fn map<T: Send, R: Send>(
        &mut self,
        things: Vec<T>,
        work: impl Fn(T) -> R + Send + Sync,
    ) -> Vec<R> {
        if self.threads > 1 && things.len() > 1 && self.pool.is_none() {
            self.pool = ThreadPoolBuilder::new().num_threads(self.threads).build().ok();
        }
        match &self.pool {
            Some(pool) if things.len() > 1 => pool.install(|| things.into_par_iter().map(work).collect()),
            _ => things.into_iter().map(work).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_stays() {
        let things: Vec<usize> = (0..1000).collect();
        let mut pool = Pool::new(Some(4));
        assert_eq!(pool.map(things.clone(), |thing| thing), things);
        assert!(pool.pool.is_some());
    }

    #[test]
    fn one_thing_starts_no_thread() {
        let mut pool = Pool::new(Some(4));
        assert_eq!(pool.map(vec![1], |thing| thing + 1), [2]);
        assert!(pool.pool.is_none());
    }
}
