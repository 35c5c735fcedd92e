//! What a terminal shows while work takes long: a line on standard error that is gone at the end.

use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Work that is done sooner shows nothing.
const PATIENCE: Duration = Duration::from_secs(1);
/// How often the line moves.
const TICK: Duration = Duration::from_millis(100);

/// The line, from the beginning of the work to its end.
pub(super) struct Progress {
    bar: ProgressBar,
    clock: Option<(Sender<()>, JoinHandle<()>)>,
}

impl Progress {
    /// Begins to wait; without `is_wanted` nothing is ever shown.
    pub(super) fn start(files: usize, is_wanted: bool, is_ascii: bool) -> Self {
        let bar = ProgressBar::with_draw_target(Some(files as u64), ProgressDrawTarget::hidden());
        if !is_wanted {
            return Self { bar, clock: None };
        }
        let what = if files == 1 { "file" } else { "files" };
        let style = ProgressStyle::with_template(&format!("{{spinner}} {{pos}} of {{len}} {what}{{msg}}"));
        let style = style.unwrap_or_else(|_| ProgressStyle::default_spinner());
        bar.set_style(if is_ascii { style.tick_chars("|/-\\ ") } else { style });
        let (end, ended) = channel();
        let shown = bar.clone();
        let clock = thread::spawn(move || {
            if ended.recv_timeout(PATIENCE) == Err(RecvTimeoutError::Timeout) {
                shown.set_draw_target(ProgressDrawTarget::stderr());
                shown.enable_steady_tick(TICK);
            }
        });
        Self { bar, clock: Some((end, clock)) }
    }

    /// Counts a file.
    pub(super) fn file_is_done(&self) {
        self.bar.inc(1);
    }

    /// Says how many messages were checked.
    pub(super) fn messages(&self, count: usize) {
        if self.is_shown() && count > 1 {
            self.bar.set_message(format!(", {count} messages"));
        }
    }

    /// Whether there is a line on the screen, which has to go away before anything else is written there.
    pub(super) fn is_shown(&self) -> bool {
        !self.bar.is_hidden()
    }

    /// Takes the line away while something else is written.
    pub(super) fn beside<T>(&self, write: impl FnOnce() -> T) -> T {
        if self.is_shown() { self.bar.suspend(write) } else { write() }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some((end, clock)) = self.clock.take() {
            drop(end);
            // It only waits and draws: there is nothing in it to fail.
            let _ = clock.join();
        }
        self.bar.finish_and_clear();
    }
}
