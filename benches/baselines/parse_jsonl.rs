//! Parses every line of a JSON Lines file with serde_json, and does nothing else.
//!
//! ```text
//! cargo run --release --example parse_jsonl -- FILE         every value of every record
//! cargo run --release --example parse_jsonl -- FILE text    only the string under `text`, the rest is skipped
//! ```
#![allow(clippy::print_stdout, reason = "it says how much it parsed")]

use std::borrow::Cow;
use std::env;
use std::fs::File;
use std::io::{self, BufRead, BufReader};

use serde::Deserialize;
use serde_json::Value;

/// What the second form keeps of a record.
#[derive(Deserialize)]
struct Record<'a> {
    #[serde(borrow)]
    text: Cow<'a, str>,
}

fn main() -> io::Result<()> {
    let (Some(file), is_text_only) = (env::args_os().nth(1), env::args_os().nth(2).is_some()) else {
        return Err(io::Error::other("which file?"));
    };
    let mut lines = BufReader::with_capacity(1 << 18, File::open(file)?);
    let (mut records, mut size, mut line) = (0, 0, Vec::new());
    while lines.read_until(b'\n', &mut line)? > 0 {
        size += if is_text_only {
            serde_json::from_slice::<Record<'_>>(&line)?.text.len()
        } else {
            serde_json::from_slice::<Value>(&line)?.as_object().map_or(0, serde_json::Map::len)
        };
        records += 1;
        line.clear();
    }
    println!("{records} records, {size} in them");
    Ok(())
}
