//! What holds for any bytes: no panic, every place lies in the file on character boundaries, and what `inspect` says
//! stands there just so does.

use std::sync::OnceLock;

use sellerlint::document::{Format, ReadAs};
use sellerlint::finding::Finding;
use sellerlint::lint::{Linter, Settings};
use sellerlint::rule::builtin;

fn linter() -> &'static Linter {
    static LINTER: OnceLock<Linter> = OnceLock::new();
    LINTER.get_or_init(|| Linter::new(builtin::rules()))
}

/// Reads bytes as a file of a format (`html`), and checks what comes of it.
///
/// # Panics
/// If something does not hold that should.
pub fn check(bytes: &[u8], format: &str) {
    let format = Format::of_extension(format).expect("a format");
    let bodies = vec!["**".parse().expect("a path")];
    let reading = ReadAs { format, bodies, ..ReadAs::default() };
    let settings = Settings::default();
    let report = linter().lint("fuzz", bytes, &reading, &settings);
    report.messages.iter().flat_map(|message| &message.findings).for_each(|finding| check_finding(finding, bytes));
    check_pieces(bytes, &reading, &settings);
}

fn check_finding(finding: &Finding, bytes: &[u8]) {
    let places = finding.labels.iter().map(|label| &label.place).chain([&finding.place]);
    for place in places {
        assert!(place.span.end() <= bytes.len());
        if let Ok(text) = std::str::from_utf8(bytes) {
            assert!(text.is_char_boundary(place.span.start()) && text.is_char_boundary(place.span.end()));
        }
    }
    assert!(finding.excerpt.text.get(finding.excerpt.mark.clone()).is_some());
}

fn check_pieces(bytes: &[u8], reading: &ReadAs, settings: &Settings) {
    let Some(inspection) = linter().inspect(bytes, reading, 1, settings) else { return };
    for piece in inspection.texts.iter().flat_map(|text| &text.pieces) {
        let [start, end] = piece.bytes;
        assert!(start <= end && end <= bytes.len());
        if piece.is_verbatim {
            assert_eq!(&bytes[start..end], piece.text.as_bytes());
        }
    }
}
