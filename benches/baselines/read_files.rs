//! Opens and reads every file of a folder, and does nothing else: what the disk and the kernel cost.
//!
//! ```text
//! cargo run --release --example read_files -- FOLDER
//! ```
#![allow(clippy::print_stdout, reason = "it says how much it read")]

use std::fs::File;
use std::io::{self, Read};

use walkdir::WalkDir;

fn main() -> io::Result<()> {
    let (mut files, mut size, mut bytes) = (0, 0, Vec::new());
    for entry in std::env::args_os().skip(1).flat_map(WalkDir::new) {
        let entry = entry?;
        if entry.file_type().is_file() {
            bytes.clear();
            File::open(entry.path())?.read_to_end(&mut bytes)?;
            files += 1;
            size += bytes.len();
        }
    }
    println!("{files} files, {size} bytes");
    Ok(())
}
