use std::env;
use std::io::{self, BufWriter, IsTerminal as _, Read, Write};

use anstream::stream::{AsLockedWrite, RawStream};
use anstream::{AutoStream, ColorChoice};
use terminal_size::terminal_size_of;

use super::args::{Colour, ScreenArgs};
use super::complaint::Complaint;

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

impl Streams {
    /// Those of this process.
    pub fn of_process() -> Self {
        Self { input: io::stdin(), output: io::stdout(), errors: io::stderr() }
    }
}

/// The streams once it is known how to write to them.
pub(super) struct Console {
    /// Standard input.
    pub(super) input: Box<dyn Read + Send>,
    /// Standard output, buffered.
    pub(super) out: BufWriter<Box<dyn Write>>,
    /// How to write to standard output.
    pub(super) out_pen: Pen,
    /// Columns of the terminal, if standard output is one.
    pub(super) width: Option<usize>,
    /// Whether somebody sits at standard input.
    pub(super) is_typed: bool,
    errors: Box<dyn Write>,
    errors_pen: Pen,
}

/// What a stream can show.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Pen {
    /// Whether to colour.
    pub(super) colour: bool,
    /// Whether to draw with ASCII only.
    pub(super) ascii: bool,
}

impl Pen {
    /// The word before a complaint.
    pub(super) fn level(self, is_warning: bool) -> String {
        if is_warning { self.painted("1;33", "warning") } else { self.painted("1;31", "error") }
    }

    /// The word before what to do.
    pub(super) fn help(self) -> String {
        self.painted("1;36", "help")
    }

    fn painted(self, code: &str, word: &str) -> String {
        if self.colour { format!("\u{1b}[{code}m{word}\u{1b}[0m") } else { word.to_owned() }
    }
}

impl Console {
    /// Looks at the streams, the environment and what was typed.
    pub(super) fn new(streams: Streams, screen: ScreenArgs) -> Self {
        let Streams { input, output, errors } = streams;
        let out_pen = Pen { colour: is_coloured(screen.color, &output), ascii: screen.ascii };
        let errors_pen = Pen { colour: is_coloured(screen.color, &errors), ascii: screen.ascii };
        Self {
            width: terminal_size_of(&output).map(|(width, _)| width.0.into()),
            is_typed: input.is_terminal(),
            input: Box::new(input),
            out: BufWriter::with_capacity(1 << 16, writer(output, out_pen)),
            out_pen,
            errors: writer(errors, errors_pen),
            errors_pen,
        }
    }

    /// Writes a complaint to standard error, after all that was written before it to standard output.
    ///
    /// There is nobody left to tell if that fails.
    pub(super) fn complain(&mut self, complaint: &Complaint) {
        let _ = self.out.flush();
        let mut text = Vec::new();
        let _ = complaint.write(&mut text, self.errors_pen);
        let _ = self.errors.write_all(&text);
    }

    /// Writes a hint to standard error.
    pub(super) fn hint(&mut self, text: &str) {
        let _ = writeln!(self.errors, "{text}");
    }
}

/// Whether a stream gets colour: as it was asked for, else as the environment says, else if it is a terminal.
fn is_coloured<S: RawStream>(asked: Colour, stream: &S) -> bool {
    let has = |name: &str| env::var_os(name).is_some_and(|value| !value.is_empty());
    let is_forced = || has("FORCE_COLOR") && env::var_os("FORCE_COLOR").is_some_and(|value| value != "0");
    match asked {
        Colour::Always => true,
        Colour::Never => false,
        Colour::Auto if is_forced() && !has("NO_COLOR") => true,
        Colour::Auto => AutoStream::choice(stream) != ColorChoice::Never,
    }
}

/// On Windows an old console wants colour translated; elsewhere this passes everything through.
fn writer<S: RawStream + AsLockedWrite + 'static>(stream: S, pen: Pen) -> Box<dyn Write> {
    if pen.colour { Box::new(AutoStream::always(stream)) } else { Box::new(stream) }
}
