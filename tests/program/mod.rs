//! The program itself, for tests of whole command lines.

use std::path::Path;
use std::process::{Command, Output, Stdio};

/// Runs sellerlint in a folder, without what the environment of the test may say about colour.
pub(crate) fn sellerlint(folder: &Path, args: &[&str]) -> Output {
    command(folder, args).output().unwrap()
}

/// The same, before it is run.
pub(crate) fn command(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sellerlint"));
    command.args(args).current_dir(folder).stdin(Stdio::null());
    for name in ["NO_COLOR", "FORCE_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "CI"] {
        command.env_remove(name);
    }
    command
}
