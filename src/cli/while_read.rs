//! Bytes that are written as long as somebody reads them.

use std::io::{self, ErrorKind, Write};

/// A stream whose reader may go away, as `head` does. What is written from then on is lost without a word: the verdict
/// and the other reports are wanted all the same.
#[derive(Debug)]
pub(super) struct WhileRead<W> {
    out: Option<W>,
}

impl<W: Write> WhileRead<W> {
    /// A stream that somebody reads.
    pub(super) fn new(out: W) -> Self {
        Self { out: Some(out) }
    }

    fn unless_gone<T>(&mut self, gone: T, act: impl FnOnce(&mut W) -> io::Result<T>) -> io::Result<T> {
        let Some(out) = &mut self.out else { return Ok(gone) };
        match act(out) {
            Err(error) if error.kind() == ErrorKind::BrokenPipe => {
                self.out = None;
                Ok(gone)
            }
            result => result,
        }
    }
}

impl<W: Write> Write for WhileRead<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.unless_gone(bytes.len(), |out| out.write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.unless_gone((), W::flush)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fails with this error, as often as it is asked.
    struct Broken(ErrorKind);

    impl Write for Broken {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(self.0.into())
        }

        fn flush(&mut self) -> io::Result<()> {
            Err(self.0.into())
        }
    }

    #[test]
    fn only_a_reader_that_went_away_is_no_error() {
        let write = |kind| WhileRead::new(Broken(kind)).write_all(b"text").map_err(|error| error.kind());
        assert_eq!(write(ErrorKind::BrokenPipe), Ok(()));
        assert_eq!(write(ErrorKind::StorageFull), Err(ErrorKind::StorageFull));
        assert!(WhileRead::new(Broken(ErrorKind::BrokenPipe)).flush().is_ok());
    }
}
