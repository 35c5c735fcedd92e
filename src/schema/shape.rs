//! What a type reads, found by letting it read.
//!
//! A type that is read by serde asks for what it wants: a text, a list, a struct with these fields. [`Place`] gives it
//! what it asks for and notes the question. What a type says only by refusing is found by refusals: a key is required if
//! the type cannot be read without it, and closed if it cannot be read with a strange one. No type has to know.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt;

use serde::de::value::{BorrowedStrDeserializer, Error, StrDeserializer, UsizeDeserializer};
use serde::de::{
    DeserializeOwned, DeserializeSeed, Deserializer, Error as _, IntoDeserializer, MapAccess, SeqAccess,
    Visitor,
};
use serde::forward_to_deserialize_any;

/// A key that no form has.
const STRANGER: &str = "no key is called so";
/// How `toml` asks for a value with its place.
const SPANNED: &str = "$__serde_spanned_private_Spanned";
/// How `toml` asks for a date.
const DATE: &str = "$__toml_private_Datetime";

/// What is asked for in one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Shape {
    /// True or false.
    Flag,
    /// A whole number up to this.
    Whole(u64),
    /// Any number.
    Number,
    /// A text.
    Text,
    /// A date.
    Date,
    /// One of these names.
    Choice(&'static [&'static str]),
    /// What a type takes that looks at the value first: as it says itself.
    Looked(String),
    /// Several of one shape.
    List(Box<Shape>),
    /// One shape under any key.
    Map(Box<Shape>),
    /// The form of this name.
    Form(&'static str),
}

/// What stands under each key, in the order of the type.
type Keys = Vec<(&'static str, Shape)>;

/// A table with known keys.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Form {
    /// What stands under each key, in the order of the type.
    pub(super) keys: Keys,
    /// The keys without which it cannot be read.
    pub(super) required: Vec<&'static str>,
    /// Whether other keys are refused.
    pub(super) is_closed: bool,
}

/// Forms by the names of their types.
#[derive(Debug, Default)]
pub(super) struct Forms(pub(super) BTreeMap<&'static str, Form>);

/// What one reading does otherwise than asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Change {
    Nothing,
    /// Leaves out this key of this form.
    Without(&'static str, &'static str),
    /// Adds a key that this form does not have.
    Stranger(&'static str),
}

/// A reading under way.
struct Reading {
    change: Change,
    forms: RefCell<BTreeMap<&'static str, Keys>>,
}

impl Forms {
    /// The forms that a type is made of.
    pub(super) fn of<T: DeserializeOwned>() -> Self {
        let mut forms = Self::default();
        forms.add::<T>();
        forms
    }

    /// Adds those of another type, and says what it is called.
    pub(super) fn add<T: DeserializeOwned>(&mut self) -> &'static str {
        let (name, found) = read_all::<T>();
        for (form, keys) in found {
            let is_required = |key: &&'static str| fails::<T>(Change::Without(form, key), "missing field");
            let required = keys.iter().map(|(key, _)| *key).filter(is_required).collect();
            let is_closed = fails::<T>(Change::Stranger(form), "unknown field");
            self.0.insert(form, Form { keys, required, is_closed });
        }
        name
    }

    /// What a type is called that is a form.
    pub(super) fn name_of<T: DeserializeOwned>() -> &'static str {
        read_all::<T>().0
    }
}

/// The name of a type and all forms in it.
fn read_all<T: DeserializeOwned>() -> (&'static str, BTreeMap<&'static str, Keys>) {
    let reading = Reading { change: Change::Nothing, forms: RefCell::default() };
    match reading.read::<T>() {
        (Ok(()), Some(Shape::Form(name))) => (name, reading.forms.into_inner()),
        (told, shape) => panic!("internal: {shape:?} is no form that can be read: {told:?}"),
    }
}

fn fails<T: DeserializeOwned>(change: Change, how: &str) -> bool {
    let reading = Reading { change, forms: RefCell::default() };
    reading.read::<T>().0.is_err_and(|error| error.to_string().starts_with(how))
}

impl Reading {
    fn read<T: DeserializeOwned>(&self) -> (Result<(), Error>, Option<Shape>) {
        let mut shape = None;
        let told = T::deserialize(Place { reading: self, shape: &mut shape }).map(|_| ());
        (told, shape)
    }
}

/// The shape of a type that is no form.
pub(super) fn shape_of<T: DeserializeOwned>() -> Option<Shape> {
    Reading { change: Change::Nothing, forms: RefCell::default() }.read::<T>().1
}

/// A place where something is read.
struct Place<'r> {
    reading: &'r Reading,
    shape: &'r mut Option<Shape>,
}

impl Place<'_> {
    fn note(&mut self, shape: Shape) {
        *self.shape = Some(shape);
    }

    fn whole<'de, V: Visitor<'de>>(mut self, most: u64, visitor: V) -> Result<V::Value, Error> {
        self.note(Shape::Whole(most));
        visitor.visit_u64(1)
    }
}

impl<'de> Deserializer<'de> for Place<'_> {
    type Error = Error;

    fn deserialize_bool<V: Visitor<'de>>(mut self, visitor: V) -> Result<V::Value, Error> {
        self.note(Shape::Flag);
        visitor.visit_bool(true)
    }

    fn deserialize_u8<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.whole(u8::MAX.into(), visitor)
    }

    fn deserialize_u32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.whole(u32::MAX.into(), visitor)
    }

    fn deserialize_u64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        // TOML has no larger ones.
        self.whole(i64::MAX.unsigned_abs(), visitor)
    }

    fn deserialize_f32<V: Visitor<'de>>(mut self, visitor: V) -> Result<V::Value, Error> {
        self.note(Shape::Number);
        visitor.visit_f32(1.0)
    }

    fn deserialize_str<V: Visitor<'de>>(mut self, visitor: V) -> Result<V::Value, Error> {
        self.note(Shape::Text);
        visitor.visit_str("")
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_str(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(mut self, visitor: V) -> Result<V::Value, Error> {
        let mut inner = None;
        let list = visitor.visit_seq(One { reading: self.reading, shape: &mut inner, is_over: false })?;
        self.note(Shape::List(Box::new(inner.ok_or_else(|| Error::custom("a list of nothing"))?)));
        Ok(list)
    }

    fn deserialize_map<V: Visitor<'de>>(mut self, visitor: V) -> Result<V::Value, Error> {
        let mut inner = None;
        let map = visitor.visit_map(One { reading: self.reading, shape: &mut inner, is_over: false })?;
        self.note(Shape::Map(Box::new(inner.ok_or_else(|| Error::custom("a map of nothing"))?)));
        Ok(map)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        mut self,
        name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        match (name, fields) {
            (SPANNED, [start, end, value]) => visitor.visit_map(Spanned {
                place: Some(self),
                keys: [value, end, start].into_iter().copied().collect(),
            }),
            (DATE, [field]) => {
                self.note(Shape::Date);
                visitor.visit_map(Fields::one(self.reading, field))
            }
            _ => {
                self.note(Shape::Form(name));
                visitor.visit_map(Fields::of(self.reading, name, fields))
            }
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        mut self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.note(Shape::Choice(variants));
        let first = variants.first().ok_or_else(|| Error::custom(format!("`{name}` has no values")))?;
        visitor.visit_enum::<StrDeserializer<'_, Error>>((*first).into_deserializer())
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_str(visitor)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_unit()
    }

    /// A type that looks at the value first says what it expects. All of ours take a name.
    fn deserialize_any<V: Visitor<'de>>(mut self, visitor: V) -> Result<V::Value, Error> {
        let expected = Expected(&visitor).to_string();
        let sample = super::written::sample(&expected);
        self.note(Shape::Looked(expected));
        visitor.visit_str(sample)
    }

    forward_to_deserialize_any! {
        i8 i16 i32 i64 i128 u16 u128 f64 char bytes byte_buf unit unit_struct tuple tuple_struct
    }
}

/// What a visitor says that it expects.
struct Expected<'v, V>(&'v V);

impl<'de, V: Visitor<'de>> fmt::Display for Expected<'_, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.expecting(f)
    }
}

/// A list or map of one value.
struct One<'r> {
    reading: &'r Reading,
    shape: &'r mut Option<Shape>,
    is_over: bool,
}

impl One<'_> {
    fn is_next(&mut self) -> bool {
        !std::mem::replace(&mut self.is_over, true)
    }
}

impl<'de> SeqAccess<'de> for One<'_> {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Error> {
        if !self.is_next() {
            return Ok(None);
        }
        seed.deserialize(Place { reading: self.reading, shape: self.shape }).map(Some)
    }
}

impl<'de> MapAccess<'de> for One<'_> {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Error> {
        if !self.is_next() {
            return Ok(None);
        }
        seed.deserialize(Place { reading: self.reading, shape: &mut None }).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Error> {
        seed.deserialize(Place { reading: self.reading, shape: self.shape })
    }
}

/// The fields of a struct.
struct Fields<'r> {
    reading: &'r Reading,
    /// The form that they are noted for; none for a type of `toml`.
    form: Option<&'static str>,
    /// Those to come, the next one last.
    keys: Vec<&'static str>,
    key: &'static str,
}

impl<'r> Fields<'r> {
    fn one(reading: &'r Reading, key: &'static str) -> Self {
        Self { reading, form: None, keys: vec![key], key }
    }

    fn of(reading: &'r Reading, form: &'static str, fields: &'static [&'static str]) -> Self {
        reading.forms.borrow_mut().entry(form).or_default();
        let is_there = |key: &&'static str| reading.change != Change::Without(form, key);
        let mut keys: Vec<&'static str> = fields.iter().rev().copied().filter(is_there).collect();
        if reading.change == Change::Stranger(form) {
            keys.push(STRANGER);
        }
        Self { reading, form: Some(form), keys, key: STRANGER }
    }
}

impl<'de> MapAccess<'de> for Fields<'_> {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Error> {
        let Some(key) = self.keys.pop() else { return Ok(None) };
        self.key = key;
        seed.deserialize(BorrowedStrDeserializer::<Error>::new(key)).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Error> {
        let Some(form) = self.form else {
            return seed.deserialize::<StrDeserializer<'_, Error>>("2026-01-01".into_deserializer());
        };
        let mut shape = None;
        let value = seed.deserialize(Place { reading: self.reading, shape: &mut shape })?;
        let mut forms = self.reading.forms.borrow_mut();
        let keys = forms.entry(form).or_default();
        if let (Some(shape), false) = (shape, keys.iter().any(|(key, _)| *key == self.key)) {
            keys.push((self.key, shape));
        }
        Ok(value)
    }
}

/// A value with its place, which says nothing about its shape.
struct Spanned<'r> {
    place: Option<Place<'r>>,
    keys: Vec<&'static str>,
}

impl<'de> MapAccess<'de> for Spanned<'_> {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Error> {
        let Some(key) = self.keys.pop() else { return Ok(None) };
        seed.deserialize(BorrowedStrDeserializer::<Error>::new(key)).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Error> {
        match (self.keys.is_empty(), self.place.take_if(|_| self.keys.is_empty())) {
            (true, Some(place)) => seed.deserialize(place),
            _ => seed.deserialize::<UsizeDeserializer<Error>>(0usize.into_deserializer()),
        }
    }
}
