//! Prepares what would otherwise be worked out at every start: flat tables that the binary embeds.

#[path = "src/detect/phone/generate.rs"]
mod phone_tables;

fn main() {
    let out = std::env::var_os("OUT_DIR").expect("cargo sets OUT_DIR");
    phone_tables::write(out.as_ref());
}
