//! Where cargo keeps the sources of a dependency, whose own test resources the oracles read.

use std::path::{Path, PathBuf};
use std::process::Command;

/// The folder of a package.
pub(crate) fn folder(name: &str) -> PathBuf {
    let run = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version=1", "--offline", "--filter-platform", &host()])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    let metadata: serde_json::Value = serde_json::from_slice(&run.stdout).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    let package = packages.iter().find(|package| package["name"] == name).unwrap();
    Path::new(package["manifest_path"].as_str().unwrap()).parent().unwrap().to_owned()
}

/// The platform that the tests are built on: what is needed on others only was never fetched.
fn host() -> String {
    let run = Command::new("rustc").arg("-vV").output().unwrap();
    let told = String::from_utf8(run.stdout).unwrap();
    told.lines().find_map(|line| line.strip_prefix("host: ")).unwrap().to_owned()
}
