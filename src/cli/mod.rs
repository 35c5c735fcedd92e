//! FACE 1: the command line. Arguments and streams in, an exit code out.
//!
//! Everything that touches the disk, the environment, a thread or another program is here: what was typed ([`args`]) is
//! laid over the configuration ([`project`]), files are chosen ([`selection`]), found ([`find`]) and judged in order
//! ([`check`]), and what stands in the way is told on standard error ([`complaint`]). Absent on purpose: global state but
//! for the list of unfinished files, and a way to stop a run other than its end; Ctrl-C removes those ([`temporary`]) and
//! else does what the system does.

mod allows;
mod args;
mod baseline;
mod baselines;
mod beside;
mod blocks;
mod check;
mod complaint;
mod completions;
mod console;
mod examples;
mod exit;
mod explain;
mod file_type;
mod find;
mod git;
mod how;
mod ignores;
mod init;
mod inspect;
mod man;
mod mend;
mod new;
mod outputs;
mod packs;
mod pool;
mod progress;
mod project;
mod rules;
mod schema;
mod selection;
mod show_config;
mod spared;
mod temporary;
mod test;
mod test_pack;
mod verbose;
mod while_read;

pub use console::Streams;
pub use exit::Exit;

use std::ffi::OsString;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};

use anyhow::anyhow;
use clap::Parser as _;

use args::{Command, ScreenArgs, SellerlintArgs};
use complaint::{Complaint, Stop};
use console::Console;

/// Does what the arguments say, of which the first is the name of the program.
pub fn run(args: impl IntoIterator<Item = OsString>, streams: Streams) -> Exit {
    let args = match SellerlintArgs::try_parse_from(args) {
        Ok(args) => args,
        Err(error) => {
            let mut console = Console::new(streams, ScreenArgs::default());
            let told = console.usage(&error).map_err(Stop::Output);
            let exit = if error.use_stderr() { Exit::Failure } else { Exit::Clean };
            return end(told.map(|()| exit), &mut console);
        }
    };
    let mut console = Console::new(streams, args.screen);
    let result = catch_unwind(AssertUnwindSafe(|| obey(&args, &mut console)));
    end(result.unwrap_or_else(|_| Err(fault("this run").into())), &mut console)
}

fn obey(args: &SellerlintArgs, console: &mut Console) -> Result<Exit, Stop> {
    match &args.command {
        None => check::run(&args.check, console),
        Some(Command::Check(args)) => check::run(args, console),
        Some(Command::Baseline(args)) => baseline::run(args, console),
        Some(Command::Explain(args)) => explain::run(args, console),
        Some(Command::Rules(args)) => rules::run(args, console),
        Some(Command::Test(args)) => test::run(args, console),
        Some(Command::Inspect(args)) => inspect::run(args, console),
        Some(Command::New(args)) => new::run(args, console),
        Some(Command::Init(args)) => init::run(args, console),
        Some(Command::Schema(args)) => schema::run(args, console),
        Some(Command::Completions(args)) => completions::run(args, console),
        Some(Command::Man(args)) => man::run(args, console),
    }
}

/// Writes what is left to write.
fn end(result: Result<Exit, Stop>, console: &mut Console) -> Exit {
    let flushed = result.and_then(|exit| {
        io::Write::flush(&mut console.out)?;
        Ok(exit)
    });
    match flushed {
        Ok(exit) => return exit,
        Err(Stop::Output(error)) => {
            console.complain(&Complaint::error(anyhow::Error::new(error).context("cannot write the report")));
        }
        Err(Stop::Complaints(complaints)) => {
            complaints.iter().for_each(|complaint| console.complain(complaint));
        }
    }
    Exit::Failure
}

/// A fault in sellerlint itself, whose place was already told by the language's own means.
fn fault(during: &str) -> Complaint {
    Complaint::error(anyhow!("sellerlint broke off: {during} met a fault in it"))
        .help("report it, with the lines above and the file if it is no secret")
}
