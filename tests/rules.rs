//! Every example of every rule is a test.

use sellerlint::lint::{Linter, example};
use sellerlint::rule::builtin;

#[test]
fn every_example_finds_what_its_page_says() {
    let linter = Linter::new(builtin::rules());
    let outcomes = example::run(&builtin::pack(), &linter);
    assert!(!outcomes.is_empty());
    let wrong: Vec<String> = outcomes
        .iter()
        .filter(|outcome| !outcome.is_right())
        .map(|outcome| {
            format!(
                "{} example {}: wanted {:?}, found {:?}",
                outcome.rule, outcome.number, outcome.wanted, outcome.found
            )
        })
        .collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}
