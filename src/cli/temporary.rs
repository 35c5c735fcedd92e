//! Files that are written beside the place where they belong, and moved there once they are whole.
//!
//! One that never gets there is removed: when it is dropped and, on Unix, when the process is told to end (Ctrl-C, `kill`),
//! which then ends as if nobody had listened. Signals are for the whole process, and so is the list of what has to go.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use tempfile::{Builder, NamedTempFile};

/// Every such file that is there now. While somebody holds this, no signal ends the process.
static THERE: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

/// A file that is not yet where it belongs.
#[derive(Debug)]
pub(super) struct Temporary {
    file: NamedTempFile,
    listed: Listed,
}

/// The entry of a file in the list; dropped after the file itself.
#[derive(Debug)]
struct Listed(PathBuf);

impl Temporary {
    /// A new file in a folder, which only its owner may read.
    pub(super) fn secret(folder: &Path) -> io::Result<Self> {
        Self::create(folder, &mut Builder::new())
    }

    /// A new file in a folder, with the rights that new files have here.
    pub(super) fn plain(folder: &Path) -> io::Result<Self> {
        let mut builder = Builder::new();
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        Self::create(folder, &mut builder)
    }

    fn create(folder: &Path, builder: &mut Builder<'_, '_>) -> io::Result<Self> {
        #[cfg(unix)]
        listen();
        let mut there = there();
        let file = builder.prefix(".sellerlint-").tempfile_in(folder).map_err(unnamed)?;
        there.insert(file.path().to_owned());
        let listed = Listed(file.path().to_owned());
        Ok(Self { file, listed })
    }

    /// The file itself.
    pub(super) fn as_file(&self) -> &File {
        self.file.as_file()
    }

    /// Moves the file to where it belongs, in the place of what is there.
    pub(super) fn keep(self, path: &Path) -> io::Result<()> {
        let Self { file, listed } = self;
        let result = file.persist(path).map_err(|error| error.error);
        drop(listed);
        result.map(drop)
    }
}

impl Write for Temporary {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Drop for Listed {
    fn drop(&mut self) {
        there().remove(&self.0);
    }
}

/// Why there can be no file, without its name, which nobody knows.
fn unnamed(error: io::Error) -> io::Error {
    let why = match error.kind() {
        io::ErrorKind::NotFound => "there is no such folder",
        io::ErrorKind::PermissionDenied => "there is no permission to write in its folder",
        io::ErrorKind::NotADirectory => "a part of the path is no folder",
        kind => return kind.into(),
    };
    io::Error::new(error.kind(), why)
}

fn there() -> MutexGuard<'static, BTreeSet<PathBuf>> {
    THERE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// From now on, a signal that ends the process takes the files with it. If nobody can listen, they stay.
#[cfg(unix)]
fn listen() {
    use signal_hook::consts::{SIGINT, SIGTERM};
    use signal_hook::iterator::Signals;
    use signal_hook::low_level::emulate_default_handler;
    use std::sync::Once;

    static LISTENING: Once = Once::new();
    LISTENING.call_once(|| {
        let Ok(mut signals) = Signals::new([SIGINT, SIGTERM]) else { return };
        std::thread::spawn(move || {
            for signal in signals.forever() {
                let there = there();
                for file in there.iter() {
                    let _ = std::fs::remove_file(file);
                }
                let _ = emulate_default_handler(signal);
            }
        });
    });
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn is_listed(folder: &Path) -> bool {
        there().iter().any(|file| file.starts_with(folder))
    }

    #[test]
    fn a_file_is_listed_as_long_as_it_is_there() {
        let folder = tempfile::tempdir().unwrap();
        let count = || fs::read_dir(folder.path()).unwrap().count();
        let mut file = Temporary::plain(folder.path()).unwrap();
        assert!(is_listed(folder.path()) && count() == 1);
        file.write_all(b"whole").unwrap();
        file.keep(&folder.path().join("a.txt")).unwrap();
        assert!(!is_listed(folder.path()) && count() == 1);
        drop(Temporary::secret(folder.path()).unwrap());
        assert!(!is_listed(folder.path()) && count() == 1);
    }
}
