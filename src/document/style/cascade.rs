//! Which declarations win, element by element: attributes, then style sheets by how much they ask and by order, then
//! `style` attributes, then what is `!important`.

use std::collections::HashMap;

use crate::document::form::Purpose;
use crate::document::markup::Element;
use crate::text::MappedText;

use super::attribute::{Meant, meant};
use super::longhand::longhands;
use super::looks::{Declared, Looks, Property};
use super::selector::{Key, Selector, classes};
use super::sheet::{Rule, Sheet};
use super::written::{Written, declarations};
use super::{Declaration, Origin};

/// What style says about a page.
#[derive(Debug, Clone, Default)]
pub struct Dressed {
    /// The declarations, in the order of their places. Those of rules that mean no element are left out.
    pub declarations: Vec<Declaration>,
    /// Addresses in style, in the order of their places.
    pub addresses: Vec<StyleAddress>,
    /// Whether there were more rules and elements than are compared with each other, so that some looks are guessed.
    pub is_cut: bool,
}

/// An address in style.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StyleAddress {
    /// The address, mapped to the page.
    pub text: MappedText<'static>,
    /// What it is for.
    pub purpose: Purpose,
    /// The element that it is written at; `None` in a style sheet.
    pub element: Option<usize>,
}

/// How many times an element may be held against a selector, so that no page takes longer than its size explains.
const MOST_LOOKS: usize = 10_000_000;

/// Works out how all elements look and puts it into their `style`. A parent must come before its children. `sheets` are
/// the texts of the style sheets, mapped to the page.
pub fn dress(elements: &mut [Element<'_>], sheets: &[MappedText<'_>]) -> Dressed {
    let parsed: Vec<Sheet> = sheets.iter().map(|sheet| Sheet::parse(sheet.text())).collect();
    let rules = Rules::new(&parsed);
    let mut wardrobe = Wardrobe {
        reached: vec![None; rules.all.len()],
        looks_left: MOST_LOOKS,
        dressed: Dressed::default(),
    };
    let mut all_looks: Vec<Looks> = Vec::with_capacity(elements.len());
    let page = Looks::default();
    for at in 0..elements.len() {
        let sheet_values = wardrobe.matching(&rules, elements, at);
        let meant = meant(&elements[at]);
        let inline = wardrobe.inline(elements, at);
        let declared = declared(&meant, &sheet_values, &inline);
        let outer = elements[at].parent.and_then(|parent| all_looks.get(parent)).unwrap_or(&page);
        let looks = Looks::inside(outer, &elements[at], &declared);
        wardrobe.add_meant(meant, at);
        elements[at].style = looks.style.clone();
        all_looks.push(looks);
    }
    wardrobe.add_sheets(&rules, sheets, &parsed);
    wardrobe.dressed
}

/// The rules of all sheets, by what their selectors ask first.
struct Rules<'s> {
    all: Vec<Sheeted<'s>>,
    selectors: Vec<(&'s Selector, usize)>,
    by_key: HashMap<Key<'s>, Vec<usize>>,
}

/// A rule with the number of its sheet and the values that decide something.
struct Sheeted<'s> {
    sheet: usize,
    rule: &'s Rule,
    values: Vec<Value>,
}

/// A value of a property that decides how things look.
#[derive(Debug, Clone)]
struct Value {
    property: Property,
    value: String,
    is_important: bool,
}

impl<'s> Rules<'s> {
    fn new(sheets: &'s [Sheet]) -> Self {
        let rules = sheets
            .iter()
            .enumerate()
            .flat_map(|(sheet, parsed)| parsed.rules.iter().map(move |rule| (sheet, rule)));
        let all: Vec<Sheeted<'_>> =
            rules.map(|(sheet, rule)| Sheeted { sheet, rule, values: values(&rule.declarations) }).collect();
        let selectors: Vec<(&Selector, usize)> = all
            .iter()
            .enumerate()
            .flat_map(|(number, sheeted)| {
                sheeted.rule.selectors.iter().map(move |selector| (selector, number))
            })
            .collect();
        let mut by_key: HashMap<Key<'_>, Vec<usize>> = HashMap::new();
        for (number, (selector, _)) in selectors.iter().enumerate() {
            by_key.entry(selector.key()).or_default().push(number);
        }
        Self { all, selectors, by_key }
    }

    /// Selectors whose rightmost step may fit an element.
    fn worth_a_look<'e>(&'e self, element: &'e Element<'_>) -> impl Iterator<Item = usize> + 'e {
        let id = element.attribute("id").map(|id| Key::Id(id.trim()));
        let classes = classes(element).map(Key::Class);
        let keys = id.into_iter().chain(classes).chain([Key::Name(&element.name), Key::Any]);
        keys.filter_map(|key| self.by_key.get(&key)).flatten().copied()
    }
}

/// The values among declarations that decide how things look, with those that shorthands set.
fn values(declarations: &[Written]) -> Vec<Value> {
    declarations
        .iter()
        .flat_map(|written| {
            let one = (Property::named(&written.property)).map(|property| (property, written.value.clone()));
            let set = longhands(&written.property, &written.value).into_iter();
            let set = set.filter_map(|(name, value)| Property::named(name).map(|property| (property, value)));
            let is_important = written.is_important;
            one.into_iter().chain(set).map(move |(property, value)| Value { property, value, is_important })
        })
        .collect()
}

/// The winning values. `of_sheets` are sorted from the weakest to the strongest.
fn declared<'v>(meant: &'v [Meant], of_sheets: &[&'v [Value]], inline: &'v [Value]) -> Declared<'v> {
    let mut declared = Declared::default();
    for one in meant.iter().filter(|meant| meant.is_own) {
        if let Some(property) = Property::named(one.property) {
            declared.set(property, &one.value);
        }
    }
    for is_important in [false, true] {
        let sheets = of_sheets.iter().copied().flatten();
        for value in sheets.chain(inline).filter(|value| value.is_important == is_important) {
            declared.set(value.property, &value.value);
        }
    }
    declared
}

struct Wardrobe {
    /// The first element that each rule means.
    reached: Vec<Option<usize>>,
    looks_left: usize,
    dressed: Dressed,
}

impl Wardrobe {
    /// The values of the rules that mean an element, from the weakest to the strongest.
    fn matching<'r>(
        &mut self,
        rules: &'r Rules<'_>,
        elements: &[Element<'_>],
        at: usize,
    ) -> Vec<&'r [Value]> {
        let mut winners: Vec<(u32, usize)> = Vec::new();
        for number in rules.worth_a_look(&elements[at]) {
            self.looks_left = self.looks_left.saturating_sub(1);
            if self.looks_left == 0 {
                break;
            }
            let (selector, rule) = rules.selectors[number];
            let sheeted = &rules.all[rule];
            let decides = selector.is_certain && !sheeted.rule.is_conditional;
            if !decides && self.reached[rule].is_some() {
                continue;
            }
            if !selector.matches(elements, at, &mut self.looks_left) {
                continue;
            }
            self.reached[rule].get_or_insert(at);
            if decides {
                self.looks_left = self.looks_left.saturating_sub(sheeted.values.len());
                winners.push((selector.specificity, rule));
            }
        }
        self.dressed.is_cut |= self.looks_left == 0;
        winners.sort_unstable();
        winners.into_iter().map(|(_, rule)| rules.all[rule].values.as_slice()).collect()
    }

    /// The values of an element's `style` attribute; its declarations and addresses are noted.
    fn inline(&mut self, elements: &[Element<'_>], at: usize) -> Vec<Value> {
        let attribute = elements[at].attributes.iter().find(|attribute| attribute.name == "style");
        let Some(attribute) = attribute else { return Vec::new() };
        let written = declarations(attribute.value.text());
        let values = values(&written);
        let addresses = written.iter().flat_map(|written| &written.addresses);
        self.dressed.addresses.extend(addresses.map(|range| StyleAddress {
            text: attribute.value.slice(range.clone()).into_owned(),
            purpose: Purpose::Picture,
            element: Some(at),
        }));
        for written in written {
            self.add_written(written, &attribute.value, Origin::Inline, at);
        }
        values
    }

    fn add_meant(&mut self, meant: Vec<Meant>, element: usize) {
        self.dressed.declarations.extend(meant.into_iter().map(|meant| Declaration {
            property: meant.property.to_owned(),
            value: meant.value,
            range: meant.range,
            origin: Origin::Attribute,
            element,
        }));
    }

    fn add_written(&mut self, written: Written, text: &MappedText<'_>, origin: Origin, element: usize) {
        let range = text.span(written.range).range();
        let set = longhands(&written.property, &written.value);
        let set = set.into_iter().map(|(property, value)| (property.to_owned(), value));
        let all = std::iter::once((written.property.clone(), written.value.clone())).chain(set);
        self.dressed.declarations.extend(all.map(|(property, value)| Declaration {
            property,
            value,
            range: range.clone(),
            origin,
            element,
        }));
    }

    fn add_sheets(&mut self, rules: &Rules<'_>, sheets: &[MappedText<'_>], parsed: &[Sheet]) {
        for (number, sheeted) in rules.all.iter().enumerate() {
            let Some(element) = self.reached[number] else { continue };
            let is_certain = sheeted.rule.selectors.iter().any(|selector| selector.is_certain);
            let is_conditional = sheeted.rule.is_conditional || !is_certain;
            let origin = if is_conditional { Origin::ConditionalSheet } else { Origin::Sheet };
            for written in &sheeted.rule.declarations {
                self.add_written(written.clone(), &sheets[sheeted.sheet], origin, element);
            }
        }
        for (sheet, parsed) in sheets.iter().zip(parsed) {
            self.dressed.addresses.extend(parsed.addresses.iter().map(|(range, purpose)| StyleAddress {
                text: sheet.slice(range.clone()).into_owned(),
                purpose: *purpose,
                element: None,
            }));
        }
        self.dressed.declarations.sort_by_key(|declaration| declaration.range.start);
        self.dressed.addresses.sort_by_key(|address| address.text.span(0..address.text.text().len()).start());
    }
}
