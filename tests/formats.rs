//! What is read from a file of every format: each text with its scope, its page and its bytes, in snapshots.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::{Path, PathBuf};

use sellerlint::document::{Format, ReadAs};
use sellerlint::lint::{Linter, Settings};
use sellerlint::report::inspected;
use sellerlint::rule::builtin;

const FIXTURES: &str = "tests/fixtures/formats";

fn fixtures() -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> =
        fs::read_dir(FIXTURES).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

fn reading(file: &Path) -> ReadAs {
    let extension = file.extension().unwrap().to_str().unwrap();
    let format = Format::of_extension(extension).unwrap();
    ReadAs { format, bodies: vec!["emails.*.body".parse().unwrap()], ..ReadAs::default() }
}

/// What `inspect --bytes` shows of every message of a file.
fn shown(linter: &Linter, file: &Path) -> String {
    let bytes = fs::read(file).unwrap();
    let messages = (1..).map_while(|number| {
        let inspection = linter.inspect(&bytes, &reading(file), number, &Settings::default())?;
        let mut out = Vec::new();
        inspected::write(&inspection, true, &mut out).unwrap();
        Some(String::from_utf8(out).unwrap())
    });
    messages.collect::<Vec<_>>().join("\n--------\n\n")
}

#[test]
fn every_format_is_read_as_it_was() {
    let linter = Linter::new(builtin::rules());
    for file in fixtures() {
        let name = file.file_name().unwrap().to_str().unwrap();
        insta::assert_snapshot!(name.replace('.', "_"), shown(&linter, &file));
    }
}

/// The places that `inspect` shows are those of the file: what stands there just so is there, byte for byte.
#[test]
fn verbatim_pieces_stand_in_the_file() {
    let linter = Linter::new(builtin::rules());
    let mut pieces = 0;
    for file in fixtures() {
        let bytes = fs::read(&file).unwrap();
        let Ok(text) = std::str::from_utf8(&bytes) else { continue };
        for number in 1.. {
            let inspection = linter.inspect(&bytes, &reading(&file), number, &Settings::default());
            let Some(inspection) = inspection else { break };
            for piece in
                inspection.texts.iter().flat_map(|text| &text.pieces).filter(|piece| piece.is_verbatim)
            {
                assert_eq!(&text[piece.bytes[0]..piece.bytes[1]], piece.text, "{}", file.display());
                pieces += 1;
            }
        }
    }
    assert!(pieces > 100, "{pieces}");
}
