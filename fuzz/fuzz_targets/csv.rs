//! Any bytes, read as a file that ends in `.csv`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| sellerlint_fuzz::check(bytes, "csv"));
