//! Any bytes, read in every format.
#![no_main]

use sellerlint::document::Format;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    Format::ALL.iter().for_each(|format| sellerlint_fuzz::check(bytes, format.name()));
});
