use std::env;
use std::io::{self, BufWriter, IsTerminal as _, Read, Write};

use anstream::stream::{AsLockedWrite, RawStream};
use anstream::{AutoStream, ColorChoice};
use terminal_size::terminal_size_of;

use crate::report::Style;

use super::args::{Colour, ScreenArgs};
use super::complaint::Complaint;
use super::while_read::WhileRead;

/// The three streams of the process.
#[derive(Debug)]
pub struct Streams {
    /// Where a message comes from if no file is named.
    pub input: io::Stdin,
    /// Where the report goes, and nothing else.
    pub output: io::Stdout,
    /// Where errors, warnings and hints go.
    pub errors: io::Stderr,
}

/// The streams once it is known how to write to them.
pub(super) struct Console {
    /// Standard input.
    pub(super) input: Box<dyn Read + Send>,
    /// Whether somebody sits at standard input.
    pub(super) is_typed: bool,
    /// Standard output, buffered.
    pub(super) out: BufWriter<WhileRead<Box<dyn Write>>>,
    /// How to write to standard output.
    pub(super) style: Style,
    /// Whether somebody watches standard error who wants to see that something moves.
    pub(super) is_watched: bool,
    errors: WhileRead<Box<dyn Write>>,
    errors_style: Style,
}

/// Columns of what is no terminal.
const PAGE_WIDTH: usize = 100;

impl Console {
    /// Looks at the streams, the environment and what was typed.
    pub(super) fn new(streams: Streams, screen: ScreenArgs) -> Self {
        let Streams { input, output, errors } = streams;
        let width = terminal_size_of(&output).map_or(PAGE_WIDTH, |(width, _)| width.0.into());
        let style = |colour| Style { colour, ascii: screen.ascii, width, several_files: false };
        let (colour, errors_colour) =
            (is_coloured(screen.color, &output), is_coloured(screen.color, &errors));
        Self {
            is_typed: input.is_terminal(),
            is_watched: errors.is_terminal() && can_move(),
            input: Box::new(input),
            out: BufWriter::with_capacity(1 << 16, WhileRead::new(writer(output, colour))),
            style: style(colour),
            errors: WhileRead::new(writer(errors, errors_colour)),
            errors_style: style(errors_colour),
        }
    }

    /// Where the report goes: standard output, unless a mended draft goes there.
    pub(super) fn screen(&mut self, is_taken: bool) -> &mut dyn Write {
        if is_taken { &mut self.errors } else { &mut self.out }
    }

    /// How to write there.
    pub(super) fn screen_style(&self, is_taken: bool) -> Style {
        if is_taken { self.errors_style } else { self.style }
    }

    /// Writes a complaint to standard error, after all that was written before it to standard output.
    pub(super) fn complain(&mut self, complaint: &Complaint) {
        let mut text = Vec::new();
        let _ = complaint.write(self.errors_style, &mut text);
        self.say(&text);
    }

    /// Writes to standard error. If that fails there is nobody left to tell.
    pub(super) fn say(&mut self, text: &[u8]) {
        let _ = self.out.flush();
        let _ = self.errors.write_all(text);
    }

    /// Writes what `clap` has to say: help to standard output, errors to standard error.
    pub(super) fn usage(&mut self, error: &clap::Error) -> io::Result<()> {
        let coloured = |style: Style| {
            let text = error.render();
            if style.colour { text.ansi().to_string() } else { text.to_string() }
        };
        if error.use_stderr() {
            self.say(coloured(self.errors_style).as_bytes());
            return Ok(());
        }
        self.out.write_all(coloured(self.style).as_bytes())?;
        self.out.flush()
    }
}

/// Whether a stream gets colour: as it was asked for, else as the environment says, else if it is a terminal.
fn is_coloured<S: RawStream>(asked: Colour, stream: &S) -> bool {
    let has = |name: &str| env::var_os(name).is_some_and(|value| !value.is_empty());
    let is_forced = || env::var_os("FORCE_COLOR").is_some_and(|value| !value.is_empty() && value != "0");
    match asked {
        Colour::Always => true,
        Colour::Never => false,
        Colour::Auto if is_forced() && !has("NO_COLOR") => true,
        Colour::Auto => AutoStream::choice(stream) != ColorChoice::Never,
    }
}

/// Whether a line may come and go: not in the log of a machine, and not on a terminal that cannot take it away again.
fn can_move() -> bool {
    let is_in_ci = env::var_os("CI").is_some_and(|value| !value.is_empty() && value != "false");
    !is_in_ci && env::var_os("TERM").is_none_or(|terminal| terminal != "dumb")
}

/// On Windows an old console wants colour translated; elsewhere this passes everything through.
fn writer<S: RawStream + AsLockedWrite + 'static>(stream: S, colour: bool) -> Box<dyn Write> {
    if colour { Box::new(AutoStream::always(stream)) } else { Box::new(stream) }
}
