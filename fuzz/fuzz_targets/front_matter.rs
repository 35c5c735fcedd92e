//! Any bytes between and below the fences of front matter; the first byte chooses the fence and the format.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Some((first, rest)) = bytes.split_first() else { return };
    let fence: &[u8] = if first % 2 == 0 { b"---\n" } else { b"+++\n" };
    let format = ["txt", "md", "html"][usize::from(first / 2) % 3];
    let middle = rest.len() / 2;
    let draft = [fence, &rest[..middle], b"\n", fence, &rest[middle..]].concat();
    sellerlint_fuzz::check(&draft, format);
});
