//! Gives patterns a word to be looked for by.
//!
//! A pattern is tried where its rarest word stands. `{we} (will put you through|can ring you)` has no word that every
//! match must hold, so it would be tried in every sentence. Lifted, its choice is a class of its own, whose members are
//! looked for by `through` and `ring`, and the pattern is tried only where one of them was found.
//!
//! In `{us} (to|can ring)` the members are as common as the pattern. It keeps its choice, but the class is made all the same:
//! that none of its members stands anywhere is known before the pattern is tried.

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
        let is_choice = |term: &Term| matches!(term, Term::Either(branches) if !is_simple(branches));
        let rare = |element: &&Element| !is_choice(&element.term) && self.is_rare(&element.term, classes);
        let anchors: Vec<&Term> =
            pattern.elements.iter().filter(needed).filter(rare).map(|element| &element.term).collect();
        if anchors.iter().any(|term| !is_number(term)) {
            return;
        }
        let has_anchor = !anchors.is_empty();
        for element in pattern.elements.iter_mut().filter(|element| !element.is_optional) {
            let Term::Either(branches) = &element.term else { continue };
            if is_simple(branches) || !branches.iter().all(holds_word) {
                continue;
            }
            let name = element.term.to_string();
            self.new.push((name.clone(), branches.clone()));
            let is_member = !has_anchor && self.is_rare(&element.term, classes) || is_clear_cut(branches);
            match is_member {
                true => element.term = Term::Class(name),
                false => element.class = Some(name),
            }
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

/// Whether a term is a number, of which most texts hold some.
fn is_number(term: &Term) -> bool {
    matches!(term, Term::Class(name) if name == "@number")
}

/// Whether the branches are words one behind another, and no two of them can begin alike: then it is all one in which order
/// they are tried.
fn is_clear_cut(branches: &[Pattern]) -> bool {
    let is_plain =
        |element: &Element| !element.is_optional && matches!(element.term, Term::Word(_) | Term::Stem(_));
    branches.iter().all(|branch| branch.elements.iter().all(is_plain))
        && branches
            .iter()
            .enumerate()
            .all(|(at, branch)| branches[..at].iter().all(|other| !begin_alike(branch, other)))
}

/// Whether what fits one of two rows of words may be the beginning of what fits the other. A word that is the beginning of
/// another may be a piece of that: `e mail` is read as `email` too.
pub(super) fn begin_alike(one: &Pattern, other: &Pattern) -> bool {
    for (one, other) in one.elements.iter().zip(&other.elements) {
        if may_be_piece(&one.term, &other.term) || may_be_piece(&other.term, &one.term) {
            return true;
        }
        let is_alike = match (&one.term, &other.term) {
            (Term::Word(one), Term::Word(other)) => one == other,
            (Term::Stem(stem), Term::Word(word)) | (Term::Word(word), Term::Stem(stem)) => {
                word.starts_with(stem)
            }
            (Term::Stem(one), Term::Stem(other)) => one.starts_with(other) || other.starts_with(one),
            _ => true,
        };
        if !is_alike {
            return false;
        }
    }
    true
}

/// Whether a word may be the first piece of another that is written in several.
pub(super) fn may_be_piece(piece: &Term, whole: &Term) -> bool {
    match (piece, whole) {
        (Term::Word(piece), Term::Word(whole) | Term::Stem(whole)) => {
            piece.len() < whole.len() && whole.starts_with(piece.as_str())
        }
        // What follows the letters of a stem is not known, and they may be all that is written.
        (Term::Stem(piece), Term::Word(whole)) => {
            piece.len() < whole.len() && whole.starts_with(piece.as_str())
        }
        _ => false,
    }
}

/// Whether a pattern holds a word or a class that can be looked for.
fn holds_word(pattern: &Pattern) -> bool {
    let is_word = |term: &Term| match term {
        Term::Word(_) | Term::Stem(_) => true,
        Term::Class(name) => name != "@any",
        Term::Either(branches) => branches.iter().all(holds_word),
        Term::Gap(_) | Term::Start | Term::End | Term::First | Term::Last => false,
    };
    pattern.elements.iter().any(|element| !element.is_optional && is_word(&element.term))
}

/// Whether a choice is between single words and classes, which has a symbol already.
fn is_simple(branches: &[Pattern]) -> bool {
    branches.iter().all(|branch| {
        matches!(
            branch.elements.as_slice(),
            [Element { term: Term::Word(_) | Term::Stem(_), is_optional: false, .. }]
        ) || matches!(
            branch.elements.as_slice(),
            [Element { term: Term::Class(name), is_optional: false, .. }] if !name.starts_with('@')
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_begins_like_what_it_may_be_a_piece_of() {
        for (one, other, is_alike) in [
            ("email", "e mail address", true),
            ("email", "mail address", false),
            ("review*", "re view page", true),
            ("red lid", "red kettle", false),
            ("red", "red kettle", true),
            ("rev*", "review page", true),
            ("reviews", "rev* of it", true),
            ("star", "stars", true),
            ("{some} lid", "red kettle", false),
            ("{some} lid", "red lid", true),
        ] {
            let [one, other] = [one, other].map(|pattern| Pattern::parse(pattern).unwrap());
            assert_eq!(
                [begin_alike(&one, &other), begin_alike(&other, &one)],
                [is_alike; 2],
                "{one:?} {other:?}"
            );
        }
    }
}
