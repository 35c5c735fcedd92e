//! A draft as the linter sees it, for people.

use std::io::{self, Write};

use crate::lint::inspect::{InspectedField, Inspection, Tried};

use super::shown::prose;

/// Writes the fields of a draft: sentences with what they are for, then links, contacts and placeholders.
pub fn write(inspection: &Inspection, out: &mut dyn Write) -> io::Result<()> {
    let language = match inspection.has_language {
        Some(true) => "in a language with a pack",
        Some(false) => "in a language without a pack: only rules that need no words are asked",
        None => "too short to tell its language",
    };
    writeln!(out, "judged as {}; {language}", inspection.kind)?;
    for field in &inspection.fields {
        write_field(field, out)?;
    }
    Ok(())
}

fn write_field(field: &InspectedField, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "\n{}", field.field)?;
    let mut paragraph = 1;
    for sentence in &field.sentences {
        if sentence.paragraph != paragraph {
            writeln!(out)?;
            paragraph = sentence.paragraph;
        }
        let mut roles = sentence.roles.clone();
        if sentence.says_more {
            roles.push("and more".to_owned());
        }
        let roles = if roles.is_empty() { "no role".to_owned() } else { roles.join(", ") };
        writeln!(out, "  {}:{}  {}", sentence.line, sentence.column, prose(&sentence.text, false))?;
        writeln!(out, "         is: {roles}")?;
        writeln!(out, "         words: {}", prose(&sentence.words.join(" "), false))?;
    }
    if !field.things.is_empty() {
        writeln!(out, "\n  found in the {}", field.field)?;
    }
    for thing in &field.things {
        let known = if thing.known.is_empty() { String::new() } else { format!(": {}", thing.known) };
        writeln!(
            out,
            "  {}:{}  {} `{}`{known}",
            thing.line,
            thing.column,
            thing.what,
            prose(&thing.text, false)
        )?;
    }
    Ok(())
}

/// Writes which patterns were tried on a line, those that came furthest first.
pub fn write_tried(line: usize, tried: &[Tried], out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "line {line}: {} patterns were tried, because their rarest word is there", tried.len())?;
    let is_found = |tried: &&Tried| tried.outcome.starts_with("found");
    for attempt in tried.iter().filter(is_found).chain(tried.iter().filter(|tried| !is_found(tried))) {
        writeln!(out, "  {}: {}\n      {}", attempt.owner, attempt.pattern, prose(&attempt.outcome, false))?;
    }
    Ok(())
}
