//! Files of one large value, JSON or YAML, in which texts at certain paths are messages.
//!
//! The value is never built: its parser says what stands where, a [`Walk`] knows which paths lead there, and only the
//! texts that are messages are decoded, one at a time.

mod json;
mod path;
mod walk;
mod yaml;

use std::collections::{HashMap, HashSet};
use std::fmt::Display;
use std::ops::Range;

use crate::finding::FieldName;
use crate::text::{MappedText, Source};

use super::{
    Document, Input, Metadata, MetadataFaultKind, Page, PageName, ReadAs, TextFormat, TreeFormat, records,
};

pub use path::{FieldPath, FieldPathError};

use walk::Walk;

/// A text of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Scalar {
    /// A string of JSON: what stands between its quotation marks, in bytes of the source text.
    Json(Range<usize>),
    /// A scalar of YAML.
    Yaml(yaml::Written),
}

/// What was found in a file.
#[derive(Debug, Default)]
struct Found {
    bodies: Vec<Body>,
    /// Subjects by what stands for the `*` of their path.
    subjects: HashMap<Vec<String>, (String, Scalar)>,
    /// What is wrong with the file.
    faults: Metadata,
    /// Which paths led to something.
    met: Vec<bool>,
}

/// A text that is a message.
#[derive(Debug)]
struct Body {
    path: String,
    text: Scalar,
    /// What stands for the `*` of the paths that lead there.
    open: Vec<Vec<String>>,
}

/// The messages of a file, in their order, then one without text that says what is wrong with the file, if something is.
pub fn read<'a>(
    source: &'a Source<'_>,
    format: TreeFormat,
    reading: &'a ReadAs,
) -> impl Iterator<Item = Document<'a>> + 'a {
    let mut found = found(source, format, reading);
    found.bodies.sort_by_key(|body| body.text.place().start);
    let faults = file_faults(source, &found, &reading.bodies);
    let mut subjects = Subjects {
        all: found.subjects,
        depth: reading.subject.as_ref().map_or(0, FieldPath::wildcards),
        read: HashSet::new(),
        left: source.text().text().len(),
    };
    let messages = found.bodies.into_iter().map(move |body| {
        let subjects = subjects.of(&body);
        message(source, &body, &subjects, reading.cells)
    });
    messages.chain(faults)
}

fn found(source: &Source<'_>, format: TreeFormat, reading: &ReadAs) -> Found {
    let mut walk = Walk::new(&reading.bodies, reading.subject.as_ref());
    match format {
        TreeFormat::Json => json::read(source, &mut walk),
        TreeFormat::Yaml => yaml::read(source, &mut walk),
    }
    walk.found()
}

/// Why there is no message in a file, if something is wrong with it or with the paths.
pub fn why_nothing(source: &Source<'_>, format: TreeFormat, reading: &ReadAs) -> Option<Nothing> {
    let found = found(source, format, reading);
    if !found.bodies.is_empty() {
        return None;
    }
    if let Some(fault) = found.faults.faults.into_iter().min_by_key(|fault| fault.at.start) {
        let line = Some(source.position(fault.at.start).line);
        return Some(Nothing { why: Err(fault.message), line });
    }
    let idle = reading.bodies.iter().zip(&found.met).find(|(_, met)| !**met);
    idle.map(|(path, _)| Nothing { why: Ok(path.to_string()), line: None })
}

/// Why there is no message in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Nothing {
    /// The path that leads nowhere, or what is wrong with the file, which may name its keys.
    why: Result<String, String>,
    /// The line in which something is wrong.
    pub line: Option<usize>,
}

impl Nothing {
    /// What is wrong.
    pub fn message(&self) -> String {
        match &self.why {
            Ok(path) => no_text_at(path),
            Err(message) => message.clone(),
        }
    }

    /// The same without what stands in the file.
    pub fn masked(&self) -> String {
        match &self.why {
            Ok(path) => no_text_at(path),
            Err(_) => "it is broken, or what stands where a path leads is no text".to_owned(),
        }
    }
}

fn no_text_at(path: impl Display) -> String {
    format!("no text stands at `{path}`")
}

/// The subjects of the messages of a file.
struct Subjects {
    all: HashMap<Vec<String>, (String, Scalar)>,
    /// How many `*` their path has.
    depth: usize,
    /// Where those begin that some message has.
    read: HashSet<usize>,
    /// One that several messages have is read with each of them, but only so many bytes more in all.
    left: usize,
}

impl Subjects {
    fn of(&mut self, body: &Body) -> Vec<(String, Scalar)> {
        let mut subjects: Vec<&(String, Scalar)> = Vec::new();
        let open = body.open.iter().filter_map(|open| open.get(..self.depth));
        for subject in open.filter_map(|open| self.all.get(open)) {
            let place = subject.1.place();
            if self.read.insert(place.start) {
                subjects.push(subject);
            } else if subjects.iter().all(|known| known.1.place() != place) && place.len() <= self.left {
                self.left -= place.len();
                subjects.push(subject);
            }
        }
        subjects.into_iter().cloned().collect()
    }
}

fn message<'a>(
    source: &'a Source<'_>,
    body: &Body,
    subjects: &[(String, Scalar)],
    cells: Option<TextFormat>,
) -> Document<'a> {
    let mut document =
        Document { input: Input::Tree, pages: vec![Page::file(source.text())], ..Document::default() };
    document.metadata.id = Some(body.path.clone());
    for (path, text) in subjects {
        let text = text.decoded(source).through(source.text());
        let page = document.add_page(PageName::Field(path.clone()), text);
        document.add_text(FieldName::Subject, page, TextFormat::Plain);
    }
    let text = body.text.decoded(source).through(source.text());
    let format = cells.unwrap_or_else(|| TextFormat::look(text.text()));
    let page = document.add_page(PageName::Field(body.path.clone()), text);
    document.add_text(FieldName::Body, page, format);
    document
}

/// A document that says what is wrong with the file. A path that leads nowhere is a slip: nothing would be judged.
fn file_faults<'a>(source: &'a Source<'_>, found: &Found, bodies: &[FieldPath]) -> Option<Document<'a>> {
    let mut faults = found.faults.faults.clone();
    if faults.is_empty() {
        let idle = bodies.iter().zip(&found.met).filter(|(_, met)| !**met).map(|(path, _)| path);
        let text = source.text().text();
        let start = text.len() - text.trim_start().len();
        let sign = start..start + text[start..].chars().next().map_or(0, char::len_utf8);
        for path in idle {
            let document =
                records::refused(source, Input::Tree, MetadataFaultKind::Unreadable, no_text_at(path));
            faults.extend(document.metadata.faults.into_iter().map(|mut fault| {
                fault.at = sign.clone();
                fault
            }));
        }
    }
    if faults.is_empty() {
        return None;
    }
    let mut document =
        Document { input: Input::Tree, pages: vec![Page::file(source.text())], ..Document::default() };
    document.metadata.faults = faults;
    Some(document)
}

impl Scalar {
    /// Where it stands in the source text.
    fn place(&self) -> Range<usize> {
        match self {
            Self::Json(range) => range.clone(),
            Self::Yaml(written) => written.place(),
        }
    }

    /// Its characters, each with its place in the source text.
    fn decoded<'a>(&self, source: &'a Source<'_>) -> MappedText<'a> {
        let text = source.text().text();
        match self {
            Self::Json(range) => crate::decode::json_string::decode(&text[range.clone()], range.start),
            Self::Yaml(written) => written.decoded(text),
        }
    }
}
