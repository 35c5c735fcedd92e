//! Shapes as JSON Schema.

use serde_json::{Map, Value, json};

use crate::document::Format;
use crate::rule::schema::LimitName;

use super::prose::Prose;
use super::shape::{Form, Forms, Shape, shape_of};

/// What is known more closely about a key than its type says.
#[derive(Debug, Clone)]
pub(super) struct Closer {
    form: &'static str,
    key: &'static str,
    schema: Value,
}

/// Says more about a key of a form.
pub(super) fn closer(form: &'static str, key: &'static str, schema: Value) -> Closer {
    Closer { form, key, schema }
}

/// What a form is called in a schema: the name of its type, without what marks it as one.
pub(super) fn form_name(name: &str) -> &str {
    ["Toml", "Wanted"].iter().find_map(|end| name.strip_suffix(end)).unwrap_or(name)
}

/// All forms, by name.
pub(super) fn definitions(forms: &Forms, prose: &Prose, closer: &[Closer]) -> Map<String, Value> {
    let definition = |(name, form): (&&'static str, &Form)| {
        (form_name(name).to_owned(), Value::Object(definition(name, form, prose, closer)))
    };
    let definitions: Map<String, Value> = forms.0.iter().map(definition).collect();
    assert_eq!(definitions.len(), forms.0.len(), "internal: two forms are called alike");
    definitions
}

fn definition(name: &'static str, form: &Form, prose: &Prose, closer: &[Closer]) -> Map<String, Value> {
    let property = |(key, shape): &(&'static str, Shape)| {
        let known = closer.iter().find(|closer| (closer.form, closer.key) == (name, key));
        let mut schema = known.map_or_else(|| of_shape(shape), |closer| closer.schema.clone());
        if let (Some(schema), Some(text)) = (schema.as_object_mut(), prose.key(name, key)) {
            schema.insert("description".into(), text.into());
        }
        ((*key).to_owned(), schema)
    };
    let mut schema = Map::new();
    schema.insert("type".into(), "object".into());
    if let Some(text) = prose.form(name) {
        schema.insert("description".into(), text.into());
    }
    schema.insert("properties".into(), Value::Object(form.keys.iter().map(property).collect()));
    if !form.required.is_empty() {
        schema.insert("required".into(), json!(form.required));
    }
    if form.is_closed {
        schema.insert("additionalProperties".into(), false.into());
    }
    schema
}

fn of_shape(shape: &Shape) -> Value {
    match shape {
        Shape::Flag => json!({ "type": "boolean" }),
        Shape::Whole(most) => json!({ "type": "integer", "minimum": 0, "maximum": most }),
        Shape::Number => json!({ "type": "number" }),
        Shape::Text => json!({ "type": "string" }),
        Shape::Date => json!({ "type": "string", "format": "date" }),
        Shape::Choice(names) => json!({ "enum": names }),
        Shape::Looked(expected) => looked(expected),
        Shape::List(inner) => json!({ "type": "array", "items": of_shape(inner) }),
        Shape::Map(inner) => json!({ "type": "object", "additionalProperties": of_shape(inner) }),
        Shape::Form(name) => json!({ "$ref": format!("#/$defs/{}", form_name(name)) }),
    }
}

/// Types that look at a value before they know what it is, by what they say that they expect.
const BOUND: &str = "a number or the name of a limit";
const FORMAT: &str = "the name of a format, or a table with `format`";

/// A name that such a type takes.
pub(super) fn sample(expected: &str) -> &'static str {
    match (expected, shape_of::<LimitName>()) {
        (BOUND, Some(Shape::Choice([name, ..]))) => name,
        _ => "",
    }
}

fn looked(expected: &str) -> Value {
    match (expected, shape_of::<LimitName>()) {
        (BOUND, Some(limits)) => {
            json!({ "anyOf": [of_shape(&Shape::Whole(u32::MAX.into())), of_shape(&limits)] })
        }
        (FORMAT, _) => {
            let names: Vec<&str> = Format::ALL.iter().copied().map(Format::name).collect();
            json!({ "anyOf": [{ "enum": names }, { "$ref": "#/$defs/Format" }] })
        }
        _ => panic!("internal: nobody has said what `{expected}` looks like in a schema"),
    }
}
