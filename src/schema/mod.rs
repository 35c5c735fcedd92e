//! What may be written in our files, for editors and for beginners: JSON Schemas, and a first configuration.
//!
//! The keys are nobody's list. [`shape`] watches serde read the very types that read the files and notes what they ask
//! for; [`prose`] takes the words from the comments on these types. So a key that is added there is here too, with its
//! explanation, and one that is not there cannot be here. Only what programs read of us ([`output`]) is written down by
//! hand, for it is a promise and not a reading.

mod narrow;
mod output;
mod prose;
mod shape;
mod starter;
mod written;

pub use output::{json, jsonl};
pub use starter::{Seen, starter};

use serde_json::{Value, json};

use crate::config;
use crate::rule::schema as pack_form;

use prose::Prose;
use shape::Forms;
use written::{definitions, form_name};

/// The dialect of all schemas.
const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";

/// The schema of `sellerlint.toml`.
pub fn config() -> Value {
    let mut forms = Forms::of::<config::FileToml>();
    forms.add::<config::FormatToml>();
    let closer = narrow::of_configuration();
    let mut schema =
        root::<config::FileToml>(&forms, &closer, "sellerlint.toml", "The configuration of sellerlint.");
    if let Some(format) = schema.pointer_mut("/$defs/Format").and_then(Value::as_object_mut) {
        narrow::of_format(format);
    }
    schema
}

/// The schema of any file of a pack of rules.
pub fn pack() -> Value {
    let mut forms = Forms::default();
    let mut any = Vec::new();
    let mut add = |name: &'static str| any.push(json!({ "$ref": format!("#/$defs/{name}") }));
    add(form_name(forms.add::<pack_form::RuleToml>()));
    add(form_name(forms.add::<pack_form::PackToml>()));
    add(form_name(forms.add::<pack_form::WordsToml>()));
    add(form_name(forms.add::<pack_form::RolesFileToml>()));
    add(form_name(forms.add::<pack_form::ListToml>()));
    add(form_name(forms.add::<pack_form::SpellingToml>()));
    json!({
        "$schema": DIALECT,
        "title": "a file of a pack of rules of sellerlint",
        "description": "A rule, `pack.toml`, `words/LANGUAGE/TOPIC.toml`, `roles/LANGUAGE.toml`, `lists/NAME.toml` or \
            `spelling/LANGUAGE.toml`.",
        "anyOf": any,
        "$defs": definitions(&forms, &Prose::read(), &[]),
    })
}

/// A schema whose root is a form itself.
fn root<T: serde::de::DeserializeOwned>(
    forms: &Forms,
    closer: &[written::Closer],
    title: &str,
    description: &str,
) -> Value {
    let name = form_name(Forms::name_of::<T>());
    let mut definitions = definitions(forms, &Prose::read(), closer);
    let mut root = definitions.remove(name).unwrap_or_default();
    if let Some(root) = root.as_object_mut() {
        root.insert("$schema".into(), DIALECT.into());
        root.insert("title".into(), title.into());
        root.insert("description".into(), description.into());
        root.insert("$defs".into(), Value::Object(definitions));
    }
    root
}
