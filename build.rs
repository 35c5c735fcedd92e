//! Compiles the packs in `rules/` into the tables that the binary embeds, so that a run parses no TOML and compiles no
//! pattern. The code that does it is the library's own: the modules below are the files of `src/`, under the same paths.

#![allow(unreachable_pub, reason = "the shared files are public in the library")]

use std::path::{Path, PathBuf};
use std::{env, fs};

#[path = "src/detect"]
#[allow(dead_code, reason = "the library uses the rest")]
mod detect {
    pub mod beginnings;
    #[path = "link"]
    pub mod link {
        pub mod form;
    }
    pub mod hosts;
    pub mod lists;
    pub mod markup {
        pub mod form;
    }
    #[path = "phone/generate.rs"]
    pub mod phone_tables;
    pub mod phrase;
    pub mod spelling {
        pub mod form;
        pub mod table;
    }
}
#[path = "src/document"]
#[allow(dead_code, reason = "the library uses the rest")]
mod document {
    pub mod form;
}
#[path = "src/rule"]
#[allow(dead_code, reason = "the library uses the rest")]
mod rule {
    pub mod compile;
    pub mod compiled;
    pub mod pack;
    pub mod schema;
    pub mod spelling;
}
#[path = "src/text"]
mod text {
    pub mod nearest;
}
#[path = "src/verdict.rs"]
#[allow(dead_code, reason = "the library uses the rest")]
mod verdict;
#[path = "src/view"]
mod view {
    pub mod split;
}

/// Words that detectors know, each file in a form of its own: no part of a pack.
const DETECTORS: &str = "rules/detectors";

use rule::pack::{BUILTIN, Pack, PackError, PackFile};

fn main() {
    println!("cargo::rerun-if-changed=rules");
    println!("cargo::rerun-if-changed=build.rs");
    let files = pack_files(Path::new("rules"));
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    fs::write(out.join("pack_files.rs"), embedded(&files)).expect("OUT_DIR can be written");
    fs::write(out.join("drafts.rs"), embedded_drafts()).expect("OUT_DIR can be written");
    let rules = Pack::read(files, BUILTIN).and_then(|pack| rule::compile::compile(&[pack]));
    let (rules, _) = rules.unwrap_or_else(|mistakes| fail(&mistakes));
    let bytes = postcard::to_stdvec(&rules).expect("rules can be serialised");
    fs::write(out.join("rules.bin"), bytes).expect("OUT_DIR can be written");
    detect::phone_tables::write(&out);
}

/// All TOML files below a folder, sorted by path.
fn pack_files(folder: &Path) -> Vec<PackFile> {
    let mut files = Vec::new();
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    for entry in entries {
        let path = entry.expect("a folder of the source tree can be read").path();
        if path.is_dir() && !path.ends_with(DETECTORS) {
            files.extend(pack_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "toml") {
            let text =
                fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            files.push(PackFile { path: path.to_string_lossy().replace('\\', "/"), text });
        }
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}

/// Rust source of a list of topic and text: the drafts that `sellerlint new` hands out.
fn embedded_drafts() -> String {
    let root = env::var("CARGO_MANIFEST_DIR").expect("cargo sets CARGO_MANIFEST_DIR");
    let folder = Path::new(&root).join("rules/drafts/en");
    let entries = fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut files: Vec<PathBuf> =
        entries.map(|entry| entry.expect("a folder of the source tree can be read").path()).collect();
    files.sort();
    let entry = |path: &PathBuf| {
        let topic = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        format!("    ({topic:?}, include_str!({:?})),\n", path.to_string_lossy())
    };
    format!("&[\n{}]", files.iter().map(entry).collect::<String>())
}

/// Rust source of a list of path and text, for `explain` and for packs of the user's, which want the prose.
fn embedded(files: &[PackFile]) -> String {
    let root = env::var("CARGO_MANIFEST_DIR").expect("cargo sets CARGO_MANIFEST_DIR");
    let entries: String = files
        .iter()
        .map(|file| format!("    ({:?}, include_str!({:?})),\n", file.path, format!("{root}/{}", file.path)))
        .collect();
    format!("&[\n{entries}]")
}

fn fail(mistakes: &[PackError]) -> ! {
    for mistake in mistakes {
        let line = mistake.text[..mistake.range.start.min(mistake.text.len())].matches('\n').count() + 1;
        println!("cargo::error={}:{line}: {}", mistake.path, mistake.message);
        if let Some(help) = &mistake.help {
            println!("cargo::error=  help: {help}");
        }
    }
    std::process::exit(1)
}
