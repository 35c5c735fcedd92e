use std::num::NonZero;
use std::thread::available_parallelism;

use rayon::prelude::*;
use rayon::{ThreadPool, ThreadPoolBuilder};

/// More threads than any machine has use for cost more than they do.
const MOST_THREADS: usize = 256;

/// Threads that work on things in a row and hand them back in the same row.
///
/// Threads are started only for the second thing: a single draft is checked before they would be there.
#[derive(Debug, Default)]
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

    /// Does the same to every thing of the batches that `next` gives, until one is empty, and tells the results in the
    /// order of the things: those of one batch while the next is worked on, so that two are in memory and no more.
    ///
    /// # Errors
    /// The first that telling gives; nothing is told after it.
    pub(super) fn stream<T: Send, R: Send, E>(
        &mut self,
        mut next: impl FnMut() -> Vec<T>,
        work: impl Fn(T) -> R + Send + Sync,
        mut tell: impl FnMut(R) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut batch = next();
        let mut done: Vec<R> = Vec::new();
        while !batch.is_empty() || !done.is_empty() {
            let done_before = std::mem::take(&mut done);
            let Some(pool) = self.started(batch.len()) else {
                done_before.into_iter().try_for_each(&mut tell)?;
                batch.into_iter().try_for_each(|thing| tell(work(thing)))?;
                batch = next();
                continue;
            };
            batch = pool.in_place_scope(|scope| {
                scope.spawn(|_| done = batch.into_par_iter().map(&work).collect());
                done_before.into_iter().try_for_each(&mut tell)?;
                Ok(next())
            })?;
        }
        Ok(())
    }

    /// The threads for so many things; `None` where they are done sooner without.
    fn started(&mut self, things: usize) -> Option<&ThreadPool> {
        if things <= 1 || self.threads() == 1 {
            return None;
        }
        if self.pool.is_none() {
            self.pool = ThreadPoolBuilder::new().num_threads(self.threads()).build().ok();
        }
        self.pool.as_ref()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is told of a row of things that come in batches of some size.
    fn told(pool: &mut Pool, things: usize, at_once: usize) -> Vec<usize> {
        let mut things = (0..things).peekable();
        let mut told = Vec::new();
        let next = || things.by_ref().take(at_once).collect();
        let tell = |thing| {
            told.push(thing);
            Ok::<(), ()>(())
        };
        pool.stream(next, |thing: usize| thing, tell).unwrap();
        told
    }

    #[test]
    fn the_order_stays() {
        for (threads, at_once) in [(1, 7), (4, 7), (4, 1000), (4, 1)] {
            let mut pool = Pool::new(Some(threads));
            assert_eq!(told(&mut pool, 1000, at_once), (0..1000).collect::<Vec<_>>());
            assert_eq!(pool.pool.is_some(), threads > 1 && at_once > 1);
        }
    }

    #[test]
    fn nothing_is_told_after_an_error() {
        let mut batches = vec![vec![1, 2, 3], vec![4, 5, 6]];
        let mut told = Vec::new();
        let tell = |thing| {
            told.push(thing);
            if thing == 2 { Err("full") } else { Ok(()) }
        };
        let next = || if batches.is_empty() { Vec::new() } else { batches.remove(0) };
        assert_eq!(Pool::new(Some(2)).stream(next, |thing| thing, tell), Err("full"));
        assert_eq!(told, [1, 2]);
    }

    #[test]
    fn one_thing_starts_no_thread() {
        let mut pool = Pool::new(Some(4));
        assert_eq!(told(&mut pool, 1, 7), [0]);
        assert!(pool.pool.is_none());
    }
}
