use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::anyhow;
use clap::{Args, Command, CommandFactory as _};
use clap_mangen::Man;
use clap_mangen::roff::{Roff, roman};

use super::args::SellerlintArgs;
use super::complaint::{Complaint, Stop};
use super::console::Console;
use super::exit::Exit;
use super::find::shown;

/// `man`.
#[derive(Debug, Args)]
pub(super) struct ManArgs {
    /// Folder for the pages of every command, made if it is not there; the main page is printed unless it is named
    #[arg(value_name = "DIR")]
    folder: Option<PathBuf>,
}

/// Prints the main page, or writes all of them.
pub(super) fn run(args: &ManArgs, console: &mut Console) -> Result<Exit, Stop> {
    let mut command = SellerlintArgs::command().disable_help_subcommand(true);
    command.build();
    match &args.folder {
        None => page(&command, &mut console.out)?,
        Some(folder) => pages(&command, folder).map_err(|error| unwritable(folder, error))?,
    }
    Ok(Exit::Clean)
}

fn pages(command: &Command, folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    for command in std::iter::once(command).chain(command.get_subcommands()) {
        let mut text = Vec::new();
        page(command, &mut text)?;
        fs::write(folder.join(Man::new(command.clone()).get_filename()), text)?;
    }
    Ok(())
}

/// One page. What stands below the options in `--help` is a section whose lines stay as they are.
fn page(command: &Command, out: &mut dyn Write) -> io::Result<()> {
    let man = Man::new(command.clone()).manual("sellerlint manual");
    man.render_title(out)?;
    man.render_name_section(out)?;
    man.render_synopsis_section(out)?;
    man.render_description_section(out)?;
    man.render_options_section(out)?;
    if command.has_subcommands() {
        man.render_subcommands_section(out)?;
    }
    let Some(below) = command.get_after_help() else { return Ok(()) };
    let mut section = Roff::new();
    section.control("SH", ["EXAMPLES"]).control("nf", []);
    for line in below.to_string().lines().skip(1) {
        section.text([roman(line)]);
    }
    section.control("fi", []);
    section.to_writer(out)
}

fn unwritable(folder: &Path, error: io::Error) -> Complaint {
    let message = anyhow!("cannot write manual pages into `{}`: {error}", shown(folder));
    Complaint::error(message).help("name a folder that may be written")
}
