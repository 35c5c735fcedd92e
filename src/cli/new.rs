use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use anyhow::anyhow;
use clap::Args;

use crate::rule::drafts::{Dialect, Template, templates};
use crate::text::nearest::nearest;

use super::args::one_of;
use super::complaint::{Complaint, Stop};
use super::console::Console;
use super::exit::Exit;
use super::find::shown;
use super::init::write_new;

/// `new`.
#[derive(Debug, Args)]
pub(super) struct NewArgs {
    /// What the message is about; all topics are listed unless one is named
    #[arg(value_name = "TOPIC")]
    topic: Option<String>,
    /// How your sending tool writes what it fills in
    #[arg(long, value_name = "DIALECT", default_value = "double-braces",
        value_parser = one_of(Dialect::ALL, Dialect::name))]
    placeholders: Dialect,
    /// File to write the draft to, which must not be there yet [default: standard output]
    #[arg(long, short, value_name = "FILE", requires = "topic")]
    output: Option<PathBuf>,
}

/// Hands out a draft, or lists the topics.
pub(super) fn run(args: &NewArgs, console: &mut Console) -> Result<Exit, Stop> {
    let Some(topic) = &args.topic else { return list(console) };
    let draft = template(topic)?.draft(args.placeholders);
    match &args.output {
        None => console.out.write_all(draft.as_bytes())?,
        Some(file) => write_new(file, draft.as_bytes()).map_err(|error| unwritable(file, error))?,
    }
    Ok(Exit::Clean)
}

fn list(console: &mut Console) -> Result<Exit, Stop> {
    let width = templates().map(|template| template.topic.len()).max().unwrap_or_default();
    for Template { topic, title, .. } in templates() {
        writeln!(console.out, "{topic:width$}  {title}")?;
    }
    Ok(Exit::Clean)
}

fn template(topic: &str) -> Result<Template, Complaint> {
    templates().find(|template| template.topic == topic).ok_or_else(|| {
        let complaint = Complaint::error(anyhow!("there is no draft about `{topic}`"));
        match nearest(topic, templates().map(|template| template.topic)) {
            Some(near) => complaint.help(format!("did you mean `{near}`?")),
            None => complaint.help("`sellerlint new` lists the topics"),
        }
    })
}

fn unwritable(file: &Path, error: io::Error) -> Complaint {
    if error.kind() == io::ErrorKind::AlreadyExists {
        return Complaint::error(anyhow!("`{}` is there already", shown(file))).help("name a new file");
    }
    let error = anyhow::Error::new(error).context(format!("cannot write `{}`", shown(file)));
    Complaint::error(error).help("name a file in a folder that is there and may be written")
}
