use std::io::Write as _;

use crate::config::{FILE_NAME, Wish};

use super::args::CheckArgs;
use super::baselines;
use super::complaint::Stop;
use super::console::Console;
use super::exit::Exit;
use super::find::{Bytes, Input, shown};
use super::project::Projects;

/// Prints every setting for a file, or for standard input, and who wished it.
pub(super) fn run(
    args: &CheckArgs,
    input: Option<&Input>,
    projects: &mut Projects,
    console: &mut Console,
) -> Result<Exit, Stop> {
    let (id, overrides) = match input {
        Some(input) => (input.project, input.overrides.clone()),
        None => (projects.here()?, Vec::new()),
    };
    let project = projects.get(id);
    let mut lines = projects.wishes(id, &overrides).lines();
    lines.extend(project.config.of_files.iter().cloned());
    lines.extend(project.config.format_lines());
    let allows = input.map_or_else(|| project.config.allows_for(None), |input| input.allows.clone());
    lines.extend(allows.into_iter().map(|index| project.config.allows[index].wish.clone()));
    lines.extend(args.judge.packs.iter().map(|pack| Wish::typed("packs", &shown(pack))));
    lines.push(baselines::wish(&args.baseline, projects, id)?);

    let file =
        if project.file.path.is_empty() { format!("no {FILE_NAME}") } else { project.file.path.to_string() };
    match input {
        Some(Input { name, source: Bytes::File(_) | Bytes::Index { .. }, .. }) => {
            writeln!(console.out, "{file}, for {name}\n")?
        }
        _ => writeln!(console.out, "{file}\n")?,
    }
    let tell = |wish: &Wish| wish.value.clone().unwrap_or_else(|| "not set".to_owned());
    let width =
        |text: fn(&Wish) -> String| lines.iter().map(|wish| text(wish).chars().count()).max().unwrap_or(0);
    let (keys, values) =
        (width(|wish| wish.key.clone()), width(|wish| wish.value.clone().unwrap_or_default()).max(7));
    for wish in &lines {
        writeln!(console.out, "{:keys$}  {:values$}  {}", wish.key, tell(wish), wish.origin)?;
    }
    Ok(Exit::Clean)
}
