//! What keys mean: the comments on the types that read them, taken from the sources as they stand.

use std::collections::BTreeMap;

/// The sources of all types that are read from files of the user's.
const SOURCES: &[&str] = &[
    include_str!("../config/schema.rs"),
    include_str!("../rule/schema.rs"),
    include_str!("../detect/markup/form.rs"),
];

/// Comments by type and by field.
#[derive(Debug, Default)]
pub(super) struct Prose {
    forms: BTreeMap<&'static str, String>,
    keys: BTreeMap<(&'static str, String), String>,
}

impl Prose {
    /// Reads the comments of all sources.
    pub(super) fn read() -> Self {
        let mut prose = Self::default();
        SOURCES.iter().for_each(|source| prose.add(source));
        prose
    }

    /// What a form is.
    pub(super) fn form(&self, name: &str) -> Option<&str> {
        self.forms.get(name).map(String::as_str)
    }

    /// What a key of a form means.
    pub(super) fn key(&self, form: &'static str, key: &str) -> Option<&str> {
        self.keys.get(&(form, key.replace('-', "_"))).map(String::as_str)
    }

    /// A comment stands right above what it is about, with attributes between them at most.
    fn add(&mut self, source: &'static str) {
        let mut form = "";
        let mut comment = Vec::new();
        let mut renamed = None;
        for line in source.lines().map(str::trim) {
            if let Some(text) = line.strip_prefix("///") {
                comment.push(text.trim());
                continue;
            }
            if line.starts_with("#[") || line.is_empty() {
                renamed = renamed.or_else(|| line.split("rename = \"").nth(1)?.split('"').next());
                continue;
            }
            if let Some(name) = name_after("struct ", line) {
                form = name;
                self.forms.insert(form, plain(&comment));
            } else if let Some((field, _)) = field(line).filter(|_| !comment.is_empty()) {
                let key = renamed.unwrap_or(field).replace('-', "_");
                self.keys.insert((form, key), plain(&comment));
            }
            comment.clear();
            renamed = None;
        }
    }
}

/// `pub name: Type,` as the name and the rest.
fn field(line: &'static str) -> Option<(&'static str, &'static str)> {
    let (name, rest) = without_visibility(line).split_once(": ")?;
    name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_').then_some((name, rest))
}

fn without_visibility(line: &'static str) -> &'static str {
    let all = ["pub ", "pub(crate) ", "pub(super) "];
    all.iter().find_map(|visibility| line.strip_prefix(visibility)).unwrap_or(line)
}

/// The name after a key word, at the start of a line.
fn name_after(word: &str, line: &'static str) -> Option<&'static str> {
    without_visibility(line).strip_prefix(word)?.split(|c: char| !c.is_alphanumeric()).next()
}

/// Lines of a comment as one text, in which a link is only its name.
fn plain(comment: &[&str]) -> String {
    comment.join(" ").replace("[`", "`").replace("`]", "`")
}
