//! A draft as the linter sees it, for people.

use std::io::{self, Write};

use crate::document::Scope;
use crate::lint::inspect::{InspectedAllow, InspectedAttachment, InspectedText, Inspection, Tried};

use super::shown::prose;

/// Writes the texts of a draft: sentences with what they are for, then links, contacts and placeholders; then headers and
/// attachments. `bytes`: where each part of a text came from, too.
pub fn write(inspection: &Inspection, bytes: bool, out: &mut dyn Write) -> io::Result<()> {
    let name = inspection.language.map_or(String::new(), |name| format!("{name}, "));
    let language = match inspection.has_language {
        Some(true) => format!("in {name}a language with a pack"),
        Some(false) => format!("in {name}a language without a pack: only rules that need no words are asked"),
        None => "its language cannot be told".to_owned(),
    };
    let channel = inspection.channel.as_ref();
    let channel = channel.map_or(String::new(), |channel| format!(", sent by {channel}"));
    writeln!(out, "judged as {}{channel}; {language}", inspection.kind)?;
    for text in &inspection.texts {
        write_text(text, bytes, out)?;
    }
    if !inspection.headers.is_empty() {
        writeln!(out, "\nheaders")?;
    }
    for header in &inspection.headers {
        writeln!(out, "  {}: {}  {}", header.name, prose(&header.value, false), at(header.bytes))?;
    }
    if !inspection.attachments.is_empty() {
        writeln!(out, "\nattachments")?;
    }
    inspection.attachments.iter().try_for_each(|file| write_attachment(file, out))?;
    if !inspection.allows.is_empty() {
        writeln!(out, "\naccepted")?;
    }
    inspection.allows.iter().try_for_each(|allow| write_allow(allow, out))
}

fn write_allow(allow: &InspectedAllow, out: &mut dyn Write) -> io::Result<()> {
    let reach = allow.reach.map_or("the whole message".to_owned(), at);
    let words = format!("{}: {}", allow.rules.join(", "), allow.reason);
    writeln!(out, "  {}  {}, in {reach}", prose(&words, false), at(allow.bytes))
}

fn write_attachment(file: &InspectedAttachment, out: &mut dyn Write) -> io::Result<()> {
    let mut known = vec![file.name.clone().unwrap_or_else(|| "without a name".to_owned())];
    known.extend(file.media_type.clone());
    known.extend(file.looks_like.map(|kind| format!("looks like {}", kind.name())));
    known.extend(file.size.map(|size| format!("{size} bytes")));
    known.extend(file.is_inline.then(|| "inline".to_owned()));
    writeln!(out, "  {}  {}", prose(&known.join(", "), false), at(file.bytes))
}

/// Bytes of the file.
fn at([start, end]: [usize; 2]) -> String {
    format!("[{start}..{end}]")
}

fn title(text: &InspectedText) -> String {
    let mut title = text.field.to_string();
    let scope = match text.scope {
        Scope::Text => "",
        Scope::Hidden => ", not shown",
        Scope::Caption => ", captions",
        Scope::Address => ", addresses",
    };
    title.push_str(scope);
    if let Some(page) = &text.page {
        title.push_str(&format!(", {}", prose(page, false)));
    }
    if text.is_repeat {
        title.push_str(", said again");
    }
    title
}

fn write_pieces(text: &InspectedText, out: &mut dyn Write) -> io::Result<()> {
    for piece in &text.pieces {
        let sign = if piece.is_verbatim { " " } else { "~" };
        writeln!(out, "  {:<14}{sign} {:?}", at(piece.bytes), piece.text)?;
    }
    writeln!(out)
}

fn write_text(text: &InspectedText, bytes: bool, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "\n{}  {}", title(text), at(text.bytes))?;
    if bytes {
        write_pieces(text, out)?;
    }
    let mut paragraph = 1;
    for sentence in &text.sentences {
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
    if !text.things.is_empty() {
        writeln!(out, "\n  found in the {}", text.field)?;
    }
    for thing in &text.things {
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
