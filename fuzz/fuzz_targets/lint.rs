//! Any bytes, as a draft and as records: no panic, and every place lies in the file on character boundaries.
//!
//! `cargo fuzz run -s none lint` works on a stable compiler.
#![no_main]

use std::sync::OnceLock;

use libfuzzer_sys::fuzz_target;
use sellerlint::document::record::RecordKeys;
use sellerlint::lint::{FileReport, Linter, RecordBlock, Settings};
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
    check(&linter().lint_text("fuzz", bytes, None, &settings), bytes);
    let block = RecordBlock { bytes, offset: 0, first_line: 1, first_record: 1 };
    check(&linter().lint_records("fuzz", block, &RecordKeys::default(), &settings), bytes);
});
