//! Elements and attributes by name.

use std::ops::Range;

use crate::document::Markup;
use crate::document::markup::{Attribute, Element};

use super::form::ElementWanted;
use super::mark_of;

/// The tags, or attributes where some are asked for, in bytes of the page, and the name of each.
pub fn elements<'m>(markup: &'m Markup<'_>, wanted: &'m ElementWanted) -> Vec<(Range<usize>, &'m str)> {
    let mut found = Vec::new();
    for (at, element) in markup.elements.iter().enumerate() {
        if !wanted.names.is_empty() && !wanted.names.iter().any(|name| *name == element.name) {
            continue;
        }
        if wanted.attributes.is_empty() {
            found.push((mark_of(markup, at), &*element.name));
            continue;
        }
        found
            .extend(attributes(element, wanted).map(|attribute| (attribute.range.clone(), &*attribute.name)));
    }
    found
}

fn attributes<'m>(
    element: &'m Element<'m>,
    wanted: &'m ElementWanted,
) -> impl Iterator<Item = &'m Attribute<'m>> {
    let is_named =
        |attribute: &&Attribute<'_>| wanted.attributes.iter().any(|name| fits(&attribute.name, name));
    let has_value = |attribute: &&Attribute<'_>| {
        let mut words = attribute.value.text().split_whitespace();
        wanted.values.is_empty() || words.any(|word| wanted.values.iter().any(|value| fits(word, value)))
    };
    element.attributes.iter().filter(is_named).filter(has_value)
}

/// Whether a word is one that is asked for, in any case; `on*` is all that begin with `on`.
fn fits(word: &str, wanted: &str) -> bool {
    match wanted.strip_suffix('*') {
        Some(beginning) => {
            word.len() > beginning.len()
                && word.get(..beginning.len()).is_some_and(|start| start.eq_ignore_ascii_case(beginning))
        }
        None => word.eq_ignore_ascii_case(wanted),
    }
}
