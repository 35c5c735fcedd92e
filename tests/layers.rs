//! The house rules that no compiler keeps: who may import whom, and that policy lives in TOML only.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::{Path, PathBuf};

use sellerlint::rule::builtin;

/// Modules by layer, the lowest first. A module may import those of lower layers and itself.
const LAYERS: &[&[&str]] = &[
    &["text", "verdict"],
    &["decode", "fix", "finding"],
    &["document"],
    &["view"],
    &["detect"],
    &["rule"],
    &["lint"],
    &["corpus"],
    &["report", "config"],
    &["schema"],
    &["cli"],
];

fn layer_of(module: &str) -> Option<usize> {
    LAYERS.iter().position(|layer| layer.contains(&module))
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(sources(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}

/// The code of a file without its unit tests, which stand at its end.
fn code(path: &Path) -> String {
    let text = fs::read_to_string(path).unwrap();
    text.split("#[cfg(test)]").next().unwrap_or_default().to_owned()
}

/// The module of the crate that a file of `src` belongs to.
fn module_of(path: &Path) -> String {
    let inside = path.strip_prefix("src").unwrap();
    inside.components().next().unwrap().as_os_str().to_string_lossy().trim_end_matches(".rs").to_owned()
}

#[test]
fn modules_import_downwards_only() {
    let mut wrong = Vec::new();
    for path in sources(Path::new("src")) {
        let module = module_of(&path);
        if module == "lib" || module == "main" {
            continue;
        }
        let own = layer_of(&module).unwrap_or_else(|| panic!("`{module}` has no layer"));
        for part in code(&path).split("crate::").skip(1) {
            let end = part.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(part.len());
            let imported = &part[..end];
            let is_allowed = layer_of(imported)
                .is_none_or(|layer| layer < own || imported == module || own == 1 && layer == 1);
            if !is_allowed {
                wrong.push(format!("{} imports {imported}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn no_rule_is_named_in_rust() {
    let pack = builtin::pack();
    let mut wrong = Vec::new();
    // Below `rule` nobody knows rules; names there (of placeholders, of lists) are other things.
    let knows_rules =
        |path: &PathBuf| layer_of(&module_of(path)) >= layer_of("rule") && !path.ends_with("tests.rs");
    for path in sources(Path::new("src")).into_iter().filter(knows_rules) {
        let code = code(&path);
        let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
        let quoted: Vec<&str> = lines.flat_map(|line| line.split('"').skip(1).step_by(2)).collect();
        for page in &pack.rules {
            // `emoji` and `gif` are also names of things; what counts is a rule that is looked up by its name.
            if page.id.contains('-') && quoted.contains(&page.id.as_str()) {
                wrong.push(format!("{} names {}", path.display(), page.id));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
