//! Gives patterns a word to be looked for by.
//!
//! A pattern is tried where its rarest word stands. `{we} (will put you through|can ring you)` has no word that every
//! match must hold, so it would be tried in every sentence. Lifted, its choice is a class of its own, whose members are
//! looked for by `through` and `ring`, and the pattern is tried only where one of them was found.

use std::collections::{BTreeMap, HashMap};

use super::pattern::{Element, Pattern, Term};

/// Lifts the choices of all patterns that need it. Adds the classes that they become.
pub(super) fn lift(
    classes: &mut BTreeMap<String, Vec<Pattern>>,
    outputs: &mut [Vec<Pattern>],
    common: &HashMap<String, usize>,
) {
    let mut lifter = Lifter { common, rare: HashMap::new(), new: Vec::new() };
    let known = classes.clone();
    let patterns = classes.values_mut().chain(outputs.iter_mut()).flatten();
    patterns.for_each(|pattern| lifter.pattern(pattern, &known));
    while let Some((name, mut members)) = lifter.new.pop() {
        if classes.contains_key(&name) {
            continue;
        }
        members.iter_mut().for_each(|member| lifter.pattern(member, &known));
        classes.insert(name, members);
    }
}

struct Lifter<'a> {
    common: &'a HashMap<String, usize>,
    /// Whether every member of a class holds a rare word; `false` while that is being found out.
    rare: HashMap<String, bool>,
    new: Vec<(String, Vec<Pattern>)>,
}

impl Lifter<'_> {
    fn pattern(&mut self, pattern: &mut Pattern, classes: &BTreeMap<String, Vec<Pattern>>) {
        let needed = |element: &&Element| !element.is_optional;
        let has_anchor = pattern.elements.iter().filter(needed).any(|element| {
            !matches!(&element.term, Term::Either(branches) if !is_simple(branches))
                && self.is_rare(&element.term, classes)
        });
        if has_anchor {
            return;
        }
        for element in pattern.elements.iter_mut().filter(|element| !element.is_optional) {
            let Term::Either(branches) = &element.term else { continue };
            if is_simple(branches) || !self.is_rare(&element.term, classes) {
                continue;
            }
            let name = element.term.to_string();
            self.new.push((name.clone(), branches.clone()));
            element.term = Term::Class(name);
        }
    }

    /// Whether whatever fits a term holds a rare word.
    fn is_rare(&mut self, term: &Term, classes: &BTreeMap<String, Vec<Pattern>>) -> bool {
        match term {
            Term::Word(word) => !self.common.contains_key(word),
            Term::Stem(stem) => !self.common.keys().any(|word| word.starts_with(stem.as_str())),
            Term::Class(name) if name.starts_with('@') => name != "@any",
            Term::Class(name) => self.is_rare_class(name, classes),
            Term::Either(branches) => branches.iter().all(|branch| self.holds_rare(branch, classes)),
            Term::Gap(_) | Term::Start | Term::End | Term::First | Term::Last => false,
        }
    }

    fn holds_rare(&mut self, pattern: &Pattern, classes: &BTreeMap<String, Vec<Pattern>>) -> bool {
        pattern.elements.iter().any(|element| !element.is_optional && self.is_rare(&element.term, classes))
    }

    fn is_rare_class(&mut self, name: &str, classes: &BTreeMap<String, Vec<Pattern>>) -> bool {
        if let Some(known) = self.rare.get(name) {
            return *known;
        }
        self.rare.insert(name.to_owned(), false);
        let members = classes.get(name);
        let is_rare =
            members.is_some_and(|members| members.iter().all(|member| self.holds_rare(member, classes)));
        self.rare.insert(name.to_owned(), is_rare);
        is_rare
    }
}

/// Whether a choice is between single words and classes, which has a symbol already.
fn is_simple(branches: &[Pattern]) -> bool {
    branches.iter().all(|branch| {
        matches!(
            branch.elements.as_slice(),
            [Element { term: Term::Word(_) | Term::Stem(_) | Term::Class(_), is_optional: false, .. }]
        )
    })
}
