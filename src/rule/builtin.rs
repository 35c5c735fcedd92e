//! The pack that is built in: compiled by `build.rs`, embedded, and read where it lies.

use crate::rule::compiled::RuleSet;
use crate::rule::pack::{BUILTIN, Pack, PackFile};

static RULES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/rules.bin"));
static FILES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/pack_files.rs"));

/// The compiled rules. Costs a fraction of a millisecond: the large tables are not copied.
pub fn rules() -> RuleSet {
    postcard::from_bytes(RULES).expect("internal: build.rs wrote these bytes with the same types")
}

/// The pack with its prose and places, read from its TOML: for `explain`, `rules`, `test`, and to compile packs of the
/// user's together with it.
pub fn pack() -> Pack {
    let files =
        FILES.iter().map(|(path, text)| PackFile { path: (*path).to_owned(), text: (*text).to_owned() });
    Pack::read(files.collect(), BUILTIN).expect("internal: build.rs read the same files")
}

#[cfg(test)]
mod tests {
    use crate::rule::compile::compile;

    #[test]
    fn what_is_embedded_is_what_the_toml_says() {
        let (parsed, _) = compile(&[super::pack()]).unwrap();
        assert!(super::rules() == parsed);
    }
}
