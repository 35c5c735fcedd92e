//! Reads the files of a pack, and says exactly what is wrong with them.

use std::collections::BTreeMap;
use std::ops::Range;

use serde::de::DeserializeOwned;
use thiserror::Error;

use crate::rule::schema::{ListToml, PackToml, RoleToml, RolesFileToml, RuleToml, SpellingToml, WordsToml};
use crate::text::nearest::nearest;

/// Name of the built-in pack; its rules are called by their bare ids.
pub const BUILTIN: &str = "amazon";

/// One TOML file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackFile {
    /// Its path with `/`, relative to the pack or as the user knows it. The folders decide what it is:
    /// `words/<language>/<topic>.toml`, `roles/<language>.toml`, `spelling/<language>.toml`, `lists/<name>.toml`, else `pack.toml` or a rule.
    pub path: String,
    /// What is in it.
    pub text: String,
}

/// A mistake in a file of a pack.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{path}: {message}")]
pub struct PackError {
    /// Path of the file.
    pub path: String,
    /// Its text, to draw the mistake in.
    pub text: String,
    /// Where, in bytes of the text.
    pub range: Range<usize>,
    /// What is wrong. Lower case, no full stop.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
}

/// A pack as it was read.
#[derive(Debug, Clone)]
pub struct Pack {
    /// Short name; `amazon` for the built-in one.
    pub name: String,
    /// `pack.toml`, if there is one.
    pub about: Option<(PackFile, PackToml)>,
    /// Rules, sorted by id.
    pub rules: Vec<Page>,
    /// Word classes by language, a file a topic.
    pub words: BTreeMap<String, Vec<(PackFile, WordsToml)>>,
    /// Roles by language.
    pub roles: BTreeMap<String, (PackFile, BTreeMap<String, RoleToml>)>,
    /// How languages are written.
    pub spelling: BTreeMap<String, (PackFile, SpellingToml)>,
    /// Lists by name.
    pub lists: BTreeMap<String, (PackFile, ListToml)>,
}

/// The page of a rule.
#[derive(Debug, Clone)]
pub struct Page {
    /// Full id: bare for the built-in pack, `pack/rule` for others.
    pub id: String,
    /// What the page says.
    pub rule: RuleToml,
    /// The file it stands in.
    pub file: PackFile,
}

impl PackFile {
    /// A mistake in this file.
    pub fn mistake(
        &self,
        range: Range<usize>,
        message: impl Into<String>,
        help: Option<String>,
    ) -> PackError {
        PackError { path: self.path.clone(), text: self.text.clone(), range, message: message.into(), help }
    }

    /// The file name without folders and `.toml`.
    pub fn stem(&self) -> &str {
        let name = self.path.rsplit('/').next().unwrap_or(&self.path);
        name.strip_suffix(".toml").unwrap_or(name)
    }

    /// Name of the folder that the file is in (0), or of the one above that (1).
    fn folder(&self, above: usize) -> &str {
        self.path.rsplit('/').nth(1 + above).unwrap_or("")
    }

    fn read<T: DeserializeOwned>(&self) -> Result<T, PackError> {
        toml::from_str(&self.text).map_err(|error| {
            let (message, help) = explained(error.message());
            self.mistake(error.span().unwrap_or(0..0), message, help)
        })
    }
}

impl Pack {
    /// Reads the files of one pack. `fallback_name` is its name where it has no `pack.toml`.
    ///
    /// # Errors
    /// All mistakes in all files.
    pub fn read(files: Vec<PackFile>, fallback_name: &str) -> Result<Self, Vec<PackError>> {
        let mut pack = Self {
            name: fallback_name.to_owned(),
            about: None,
            rules: Vec::new(),
            words: BTreeMap::new(),
            roles: BTreeMap::new(),
            spelling: BTreeMap::new(),
            lists: BTreeMap::new(),
        };
        let mut mistakes = Vec::new();
        for file in files {
            if let Err(mistake) = pack.add(file) {
                mistakes.push(mistake);
            }
        }
        if let Some((_, about)) = &pack.about {
            pack.name = about.name.get_ref().clone();
        }
        for page in &mut pack.rules {
            page.id =
                if pack.name == BUILTIN { page.id.clone() } else { format!("{}/{}", pack.name, page.id) };
        }
        pack.rules.sort_by(|a, b| a.id.cmp(&b.id));
        if mistakes.is_empty() { Ok(pack) } else { Err(mistakes) }
    }

    fn add(&mut self, file: PackFile) -> Result<(), PackError> {
        let stem = file.stem().to_owned();
        if file.folder(1) == "words" {
            let (language, words) = (file.folder(0).to_owned(), file.read()?);
            self.words.entry(language).or_default().push((file, words));
            return Ok(());
        }
        match (file.folder(0), stem.as_str()) {
            ("roles", _) => {
                let roles: RolesFileToml = file.read()?;
                self.roles.insert(stem, (file, roles.role));
            }
            ("spelling", _) => {
                let spelling = file.read()?;
                self.spelling.insert(stem, (file, spelling));
            }
            ("lists", _) => {
                let list = file.read()?;
                self.lists.insert(stem, (file, list));
            }
            (_, "pack") => {
                let about: PackToml = file.read()?;
                let name = about.name.get_ref();
                if !is_kebab(name) {
                    let help = Some("write it in small letters, digits and single `-`".to_owned());
                    return Err(file.mistake(
                        about.name.span(),
                        format!("`{name}` is no name for a pack"),
                        help,
                    ));
                }
                self.about = Some((file, about));
            }
            _ => {
                let rule: RuleToml = file.read()?;
                if !is_kebab(&stem) {
                    let help = Some(
                        "the file name is the rule's id: small letters, digits and single `-`".to_owned(),
                    );
                    return Err(file.mistake(0..0, format!("`{stem}` is no id for a rule"), help));
                }
                self.rules.push(Page { id: stem, rule, file });
            }
        }
        Ok(())
    }
}

/// Small letters, digits and single dashes, beginning with a letter.
fn is_kebab(name: &str) -> bool {
    let is_part =
        |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    name.starts_with(|c: char| c.is_ascii_lowercase()) && name.split('-').all(is_part)
}

/// Says a TOML error in our words. An unknown key or name comes as "unknown field `a`, expected one of `b`, `c`": the
/// names are taken from it, so that the nearest can be proposed.
pub fn explained(message: &str) -> (String, Option<String>) {
    let first_line = message.lines().next().unwrap_or(message);
    let names: Vec<&str> = message.split('`').skip(1).step_by(2).collect();
    if let (true, Some(missing)) = (first_line.starts_with("missing field"), names.first()) {
        return (format!("the key `{missing}` is missing"), None);
    }
    let is_unknown = first_line.starts_with("unknown field") || first_line.starts_with("unknown variant");
    let (true, Some((wrong, known))) = (is_unknown, names.split_first()) else {
        return (first_line.trim_end_matches('.').to_owned(), None);
    };
    let what = if first_line.starts_with("unknown field") { "key" } else { "value" };
    let help = match nearest(wrong, known.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None if known.is_empty() => return (format!("there is no {what} `{wrong}` here"), None),
        None => format!("known here: {}", known.join(", ")),
    };
    (format!("there is no {what} `{wrong}` here"), Some(help))
}
