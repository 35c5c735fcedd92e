//! Any bytes, read in every format: no panic, and every place lies in the file on character boundaries.
//!
//! `cargo fuzz run -s none lint` works on a stable compiler.
#![no_main]

use std::sync::OnceLock;

use libfuzzer_sys::fuzz_target;
use sellerlint::document::{Format, Reading};
use sellerlint::lint::{FileReport, Linter, Settings};
use sellerlint::rule::builtin;

fn linter() -> &'static Linter {
    static LINTER: OnceLock<Linter> = OnceLock::new();
    LINTER.get_or_init(|| Linter::new(builtin::rules()))
}

fn check(report: &FileReport, bytes: &[u8]) {
    for finding in report.messages.iter().flat_map(|message| &message.findings) {
        let span = finding.place.span;
        assert!(span.end() <= bytes.len());
        if let Ok(text) = std::str::from_utf8(bytes) {
            assert!(text.is_char_boundary(span.start()) && text.is_char_boundary(span.end()));
        }
        assert!(finding.excerpt.text.get(finding.excerpt.mark.clone()).is_some());
    }
}

fuzz_target!(|bytes: &[u8]| {
    let settings = Settings::default();
    for format in Format::ALL {
        let bodies = vec!["**".parse().expect("a path")];
        let reading = Reading { format: *format, bodies, ..Reading::default() };
        check(&linter().lint("fuzz", bytes, &reading, &settings), bytes);
    }
});
