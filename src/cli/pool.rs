use std::num::NonZero;
use std::thread::available_parallelism;

use rayon::prelude::*;
use rayon::{ThreadPool, ThreadPoolBuilder};

/// More threads than any machine has use for cost more than they do.
const MOST_THREADS: usize = 256;

/// Threads that work on things in a row and hand them back in the same row.
///
/// Threads are started only for the second thing: a single draft is checked before they would be there.
#[derive(Debug)]
pub(super) struct Pool {
    wanted: Option<usize>,
    pool: Option<ThreadPool>,
}

impl Pool {
    /// That many threads; one for each processor, unless given.
    pub(super) fn new(wanted: Option<usize>) -> Self {
        Self { wanted, pool: None }
    }

    /// How many threads work. The processors are counted only when that is asked, for it takes a while.
    pub(super) fn threads(&mut self) -> usize {
        let wanted = self.wanted.get_or_insert_with(|| available_parallelism().map_or(1, NonZero::get));
        (*wanted).min(MOST_THREADS)
    }

    /// Does the same to everything; the results come in the order of the things.
    pub(super) fn map<T: Send, R: Send>(
        &mut self,
        things: Vec<T>,
        work: impl Fn(T) -> R + Send + Sync,
    ) -> Vec<R> {
        if things.len() > 1 && self.pool.is_none() && self.threads() > 1 {
            self.pool = ThreadPoolBuilder::new().num_threads(self.threads()).build().ok();
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
