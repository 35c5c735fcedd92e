//! Public suffixes that are also something else: words of a sentence, or the end of a file name.

use crate::detect::lists::Lists;

/// Suffixes that end a host wherever they stand, although some are words somewhere.
const PLAIN: [&str; 7] = ["com", "net", "org", "de", "co", "ca", "eu"];
const FILE: [&str; 7] = ["zip", "mov", "md", "sh", "py", "ps", "rs"];

/// Whether a suffix is a word that may begin a sentence after a forgotten blank: `is`, `so`, `best`.
pub(crate) fn is_wordy_suffix(lists: &Lists, suffix: &str) -> bool {
    !PLAIN.contains(&suffix) && lists.has_word("sentence-words", suffix)
}

/// Whether a suffix rather ends the name of a file: `zip`, `md`.
pub(crate) fn is_file_suffix(suffix: &str) -> bool {
    FILE.contains(&suffix)
}

/// Whether a host with this suffix is one even where its name is an ordinary word: `com`, `co.uk`.
pub(crate) fn is_sure_suffix(suffix: &str) -> bool {
    matches!(suffix, "com" | "net" | "org") || suffix.contains('.')
}
