//! phone
mod parse;
mod plan;
mod scan;
mod signs;

use std::ops::Range;

use plan::Region;

/// Every valid number.
pub fn valid_numbers(text: &str, region: &str) -> Vec<Range<usize>> {
    let region = Region::named(region);
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(candidate) = scan::candidate(text, at) {
        at = candidate.end;
        if let Some((range, _)) = scan::extract(text, candidate, region) {
            at = range.end;
            found.push(range);
        }
    }
    found
}

/// Whether valid.
pub fn is_valid(written: &str, region: &str) -> bool {
    parse::read(written, Region::named(region)).is_some_and(|number| number.verdict().is_valid())
}
