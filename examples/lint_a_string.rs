//! Judges a text from a program of your own: `cargo run --example lint_a_string -- "Thank you so much!"`.

use sellerlint::document::ReadAs;
use sellerlint::lint::{Linter, Settings};
use sellerlint::rule::builtin;

#[allow(clippy::print_stdout, reason = "an example shows its result")]
fn main() {
    let draft = std::env::args().nth(1).unwrap_or_else(|| "Thank you so much for your purchase!".to_owned());
    let linter = Linter::new(builtin::rules());
    let report = linter.lint("draft", draft.as_bytes(), &ReadAs::default(), &Settings::default());
    for finding in report.messages.iter().flat_map(|message| &message.findings) {
        println!("{} {} {:?}: {}", finding.severity, finding.rule, finding.text, finding.message);
    }
}
