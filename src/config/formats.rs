//! `[formats]`: how files are written, by their names.

use std::fmt;
use std::ops::Range;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde::{Deserialize, de};
use toml::Spanned;

use crate::document::{FieldPath, Format, ReadAs, TextFormat, TreeFormat};
use crate::text::nearest::nearest;

use super::schema::FormatToml;
use super::values::delimiter;
use super::{Globs, Mistake, Origin, Wish};

/// How some of the files are written.
#[derive(Debug, Clone)]
pub struct FormatWish {
    /// The files.
    pub files: Globs,
    /// How they are read.
    pub reading: ReadAs,
    /// Where the glob stands, in bytes of the configuration file.
    pub at: Range<usize>,
    /// For `--show-config`.
    pub(super) wish: Wish,
}

/// A value of `[formats]`: the name of a format, or a table with more.
#[derive(Debug)]
pub(super) struct FormatValue(pub(super) FormatToml);

impl<'de> Deserialize<'de> for FormatValue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct NameOrTable;

        impl<'de> Visitor<'de> for NameOrTable {
            type Value = FormatValue;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the name of a format, or a table with `format`")
            }

            fn visit_str<E: de::Error>(self, name: &str) -> Result<FormatValue, E> {
                Ok(FormatValue(FormatToml { name: Some(name.to_owned()), ..FormatToml::default() }))
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<FormatValue, A::Error> {
                FormatToml::deserialize(MapAccessDeserializer::new(map)).map(FormatValue)
            }
        }

        deserializer.deserialize_any(NameOrTable)
    }
}

/// One entry of `[formats]` as it is checked; mistakes are collected.
pub(super) struct FormatReading<'m> {
    pub(super) mistakes: &'m mut Vec<Mistake>,
}

impl FormatReading<'_> {
    /// What an entry asks for; nothing where it is mistaken.
    pub(super) fn wish(
        &mut self,
        glob: &Spanned<String>,
        value: Spanned<FormatValue>,
        origin: Origin,
    ) -> Option<FormatWish> {
        let at = value.span();
        let mistakes = self.mistakes.len();
        let written = value.into_inner().0;
        let files = Globs::new(std::slice::from_ref(glob)).map_err(|wrong| self.mistakes.extend(wrong)).ok();
        let shown = shown(&written);
        let format = self.format(&written, &at)?;
        let reading = self.reading(format, written, &at);
        let wish = Wish {
            key: format!("formats.{}", toml::Value::String(glob.get_ref().clone())),
            value: Some(shown),
            origin,
        };
        let files = files.filter(|_| self.mistakes.len() == mistakes)?;
        Some(FormatWish { files, reading, at: glob.span(), wish })
    }

    fn format(&mut self, written: &FormatToml, at: &Range<usize>) -> Option<Format> {
        let (name, at) = match (&written.name, &written.format) {
            (Some(name), _) => (name, at.clone()),
            (None, Some(format)) => (format.get_ref(), format.span()),
            (None, None) => {
                let mistake = Mistake::new(at.clone(), "the key `format` is missing");
                self.mistakes
                    .push(mistake.help("write how these files are written, such as `format = \"csv\"`"));
                return None;
            }
        };
        self.named(name, at, Format::ALL, Format::name, "format")
    }

    fn reading(&mut self, format: Format, written: FormatToml, at: &Range<usize>) -> ReadAs {
        let mut reading = ReadAs { format, ..ReadAs::default() };
        if let Some(cells) = written.cells {
            self.only(&cells, "cells", !matches!(format, Format::Message(_)), "of many messages");
            let is_auto = cells.get_ref() == "auto";
            let named = |this: &mut Self| {
                this.named(
                    cells.get_ref(),
                    cells.span(),
                    TextFormat::ALL,
                    TextFormat::name,
                    "format of texts",
                )
            };
            reading.cells = if is_auto { None } else { named(self) };
        }
        if let Some(sign) = written.delimiter {
            let is_table = matches!(format.name(), "csv" | "tsv");
            self.only(&sign, "delimiter", is_table, "`csv` and `tsv`");
            match delimiter(sign.get_ref()) {
                Ok(sign) => reading.delimiter = Some(sign),
                Err(wrong) => self.mistakes.push(Mistake::new(sign.span(), wrong.message).help(wrong.help)),
            }
        }
        let is_tree = matches!(format, Format::Tree(_));
        if let Some(body) = written.body {
            let help = if is_tree { "of records; write `fields = [\"…\"]`" } else { "of records" };
            self.only(&body, "body", matches!(format, Format::Records(_)), help);
            reading.keys.body = Some(body.into_inner());
        }
        match written.subject {
            Some(subject) if is_tree => reading.subject = self.path(&subject),
            Some(subject) => {
                self.only(&subject, "subject", matches!(format, Format::Records(_)), "of many messages");
                reading.keys.subject = Some(subject.into_inner());
            }
            None => {}
        }
        match written.fields {
            Some(fields) => {
                self.only(&fields, "fields", is_tree, "`json` and `yaml`");
                reading.bodies = fields.get_ref().iter().filter_map(|field| self.path(field)).collect();
                self.check_subject(&reading, &fields);
            }
            None if is_tree => self.mistakes.push(no_fields(at.clone(), format)),
            None => {}
        }
        reading
    }

    /// A subject that leaves more open than its body has no body.
    fn check_subject(&mut self, reading: &ReadAs, fields: &Spanned<Vec<Spanned<String>>>) {
        if fields.get_ref().is_empty() {
            let mistake = Mistake::new(fields.span(), "without fields nothing is read");
            self.mistakes.push(mistake.help("name the texts that are messages, such as `emails.*.body`"));
        }
        let Some(subject) = &reading.subject else { return };
        let most = reading.bodies.iter().map(FieldPath::wildcards).max().unwrap_or_default();
        if subject.wildcards() > most {
            let message = format!("`{subject}` has more `*` than any of the fields");
            let help = "a subject belongs to the message for which each `*` stands for the same";
            self.mistakes.push(Mistake::new(fields.span(), message).help(help));
        }
    }

    fn path(&mut self, written: &Spanned<String>) -> Option<FieldPath> {
        let path = written.get_ref().parse::<FieldPath>();
        path.map_err(|error| {
            let mistake =
                Mistake::new(written.span(), format!("`{}` is no path: {error}", written.get_ref()));
            self.mistakes.push(mistake.help("write it like `emails.*.body` or `templates[].text`"));
        })
        .ok()
    }

    /// Notes a key that says nothing about this format.
    fn only<T>(&mut self, written: &Spanned<T>, key: &str, is_right: bool, formats: &str) {
        if !is_right {
            let message = format!("`{key}` is for files {formats}");
            self.mistakes.push(Mistake::new(written.span(), message));
        }
    }

    fn named<T: Copy>(
        &mut self,
        name: &str,
        at: Range<usize>,
        all: &[T],
        name_of: fn(T) -> &'static str,
        what: &str,
    ) -> Option<T> {
        let found = all.iter().copied().find(|known| name_of(*known) == name);
        if found.is_none() {
            let names: Vec<&str> = all.iter().copied().map(name_of).collect();
            let mistake = Mistake::new(at, format!("there is no {what} `{name}`"));
            self.mistakes.push(match nearest(name, names.iter().copied()) {
                Some(near) => mistake.help(format!("did you mean `{near}`?")),
                None => mistake.help(format!("known: {}", names.join(", "))),
            });
        }
        found
    }
}

fn no_fields(at: Range<usize>, format: Format) -> Mistake {
    let message = format!("which texts of these {} files are messages is not said", format.name());
    let example = if format == Format::Tree(TreeFormat::Json) { "emails.*.body" } else { "templates[].text" };
    Mistake::new(at, message).help(format!("name them: `fields = [\"{example}\"]`"))
}

/// An entry as it could be written.
fn shown(written: &FormatToml) -> String {
    let quoted = |text: &str| toml::Value::String(text.to_owned()).to_string();
    if let Some(name) = &written.name {
        return quoted(name);
    }
    let fields = written.fields.as_ref().map(|fields| {
        let fields: Vec<String> = fields.get_ref().iter().map(|field| quoted(field.get_ref())).collect();
        format!("[{}]", fields.join(", "))
    });
    let text = |value: &Option<Spanned<String>>| value.as_ref().map(|value| quoted(value.get_ref()));
    let keys = [
        ("format", text(&written.format)),
        ("fields", fields),
        ("body", text(&written.body)),
        ("subject", text(&written.subject)),
        ("delimiter", text(&written.delimiter)),
        ("cells", text(&written.cells)),
    ];
    let keys: Vec<String> =
        keys.into_iter().filter_map(|(key, value)| Some(format!("{key} = {}", value?))).collect();
    format!("{{ {} }}", keys.join(", "))
}
