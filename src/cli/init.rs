use std::fs::{self, File, OpenOptions};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

use anyhow::anyhow;
use clap::Args;
use walkdir::{DirEntry, WalkDir};

use crate::config::{FILE_NAME, language, marketplace};
use crate::document::Format;
use crate::schema::{Seen, starter};

use super::complaint::{Complaint, Stop};
use super::console::Console;
use super::exit::Exit;
use super::find::shown;
use super::how::SAMPLE;
use super::ignores::Ignores;

/// `init`.
#[derive(Debug, Args)]
pub(super) struct InitArgs {
    /// Folder that gets the file
    #[arg(value_name = "DIR", default_value = ".")]
    folder: PathBuf,
    /// Print the file instead of writing it
    #[arg(long)]
    print: bool,
}

/// Files that are looked at before the picture is clear enough.
const MOST_FILES: usize = 10_000;

/// Endings of what becomes a message, in tools that fill in placeholders.
const TEMPLATES: &[&str] = &[
    "ejs",
    "erb",
    "ftl",
    "handlebars",
    "hbs",
    "j2",
    "jinja",
    "jinja2",
    "liquid",
    "mjml",
    "mustache",
    "njk",
    "tmpl",
    "tpl",
    "twig",
    "vm",
];

/// Writes a configuration for what is in the folder, unless there is one.
pub(super) fn run(args: &InitArgs, console: &mut Console) -> Result<Exit, Stop> {
    let is_here = args.folder == Path::new(".");
    let file = if is_here { PathBuf::from(FILE_NAME) } else { args.folder.join(FILE_NAME) };
    if !args.print && file.exists() {
        return Err(there_already(&file).into());
    }
    let text = starter(&look(&args.folder)?);
    if args.print {
        console.out.write_all(text.as_bytes())?;
        return Ok(Exit::Clean);
    }
    write_new(&file, text.as_bytes()).map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => there_already(&file),
        _ => Complaint::error(anyhow::Error::new(error).context(format!("cannot write `{}`", shown(&file)))),
    })?;
    writeln!(console.out, "Wrote {}. Next: sellerlint {}", shown(&file), shown(&args.folder))?;
    Ok(Exit::Clean)
}

/// Writes a file that must not be there yet.
pub(super) fn write_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    OpenOptions::new().write(true).create_new(true).open(path)?.write_all(bytes)
}

fn there_already(file: &Path) -> Complaint {
    Complaint::error(anyhow!("`{}` is there already", shown(file)))
        .help("`sellerlint init --print` shows what a new one would say; take from it what you need")
}

fn look(folder: &Path) -> Result<Seen, Complaint> {
    let unreadable = |error: io::Error| Complaint::unreadable(&shown(folder), &error);
    let folder = fs::canonicalize(folder).map_err(unreadable)?;
    fs::read_dir(&folder).map_err(unreadable)?;
    let mut seen = Seen::default();
    let ignores = Ignores::at(&folder, &mut Vec::new());
    let is_wanted = |entry: &DirEntry| {
        let is_hidden = entry.file_name().as_encoded_bytes().starts_with(b".");
        entry.depth() == 0 || !is_hidden && !ignores.leave_out(entry.path(), entry.file_type().is_dir())
    };
    let entries = WalkDir::new(&folder).sort_by_file_name().into_iter().filter_entry(is_wanted);
    for entry in entries.filter_map(Result::ok).take(MOST_FILES) {
        let inside = entry.path().strip_prefix(&folder).unwrap_or(entry.path());
        if entry.file_type().is_file() && see_file(entry.path(), &mut seen) {
            see_names(inside, &mut seen);
        }
    }
    Ok(seen)
}

/// Notes how a file is written, and whether it can be a draft.
fn see_file(path: &Path, seen: &mut Seen) -> bool {
    let Some(ending) = path.extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase()) else {
        return false;
    };
    if TEMPLATES.contains(&ending.as_str()) {
        seen.templates.entry(ending.clone()).or_insert_with(|| format_of(path));
    } else if Format::of_extension(&ending).is_none() {
        return false;
    }
    *seen.endings.entry(ending).or_default() += 1;
    true
}

/// The format of a template, by its look.
fn format_of(path: &Path) -> &'static str {
    let mut start = Vec::new();
    // What cannot be read looks like nothing.
    let _ = File::open(path).and_then(|file| file.take(SAMPLE as u64).read_to_end(&mut start));
    Format::look(&start).name()
}

/// Notes what the names on the way to a file say about its language: `de/delay.txt`, `delay.de.txt`, `de-AT.json`.
fn see_names(inside: &Path, seen: &mut Seen) {
    let parts: Vec<String> = inside.iter().map(|part| part.to_string_lossy().into_owned()).collect();
    let Some((file, folders)) = parts.split_last() else { return };
    for (depth, folder) in folders.iter().enumerate() {
        let way = parts[..=depth].join("/");
        see_name(folder, || format!("{way}/**"), seen);
    }
    if let Some((stem, ending)) = file.rsplit_once('.') {
        let (name, whole) = stem.rsplit_once('.').map_or((stem, true), |(_, name)| (name, false));
        let dot = if whole { "" } else { "*." };
        see_name(name, || format!("**/{dot}{name}.{ending}"), seen);
    }
}

/// A name that is a language, `de`, or a language and a country, `de-AT`.
fn see_name(name: &str, glob: impl Fn() -> String, seen: &mut Seen) {
    let (first, country) = name.split_once(['-', '_']).map_or((name, None), |(a, b)| (a, Some(b)));
    let is_lower = first.len() == 2 && first.bytes().all(|byte| byte.is_ascii_lowercase());
    let (true, Ok(code)) = (is_lower, language(first)) else { return };
    match country.map(marketplace) {
        None => {}
        Some(Ok(country)) if country.len() == 2 => {
            seen.marketplaces.insert(country);
        }
        Some(_) => return,
    }
    seen.languages.entry(code).or_insert_with(glob);
}
