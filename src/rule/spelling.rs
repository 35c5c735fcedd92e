//! From `spelling/<language>.toml` to the tables that detectors ask.

use std::collections::BTreeMap;
use std::ops::Range;

use toml::Spanned;

use crate::detect::spelling::table::{Spelling, WordTable};
use crate::rule::pack::{Pack, PackError, PackFile};
use crate::rule::schema::SpellingToml;
use crate::view::split::{Shape, split};

/// How all packs together say that a language is written, and the mistakes in what they say.
pub fn compile(packs: &[Pack], code: &str) -> (Spelling, Vec<PackError>) {
    let files: Vec<&(PackFile, SpellingToml)> =
        packs.iter().filter_map(|pack| pack.spelling.get(code)).collect();
    let mut mistakes = Vec::new();
    let misspelt = misspelt(&files, &mut mistakes);
    let mut words = |list: fn(&SpellingToml) -> &Vec<Spanned<String>>| words(&files, list, &mut mistakes);
    let spelling = Spelling {
        misspelt,
        names: words(|spelling| &spelling.names),
        never_twice: words(|spelling| &spelling.never_twice),
        starters: words(|spelling| &spelling.starters),
        abbreviations: words(|spelling| &spelling.abbreviations),
        name_endings: words(|spelling| &spelling.name_endings),
        vowel_sounds: words(|spelling| &spelling.vowel_sounds),
        consonant_sounds: words(|spelling| &spelling.consonant_sounds),
        either_article: words(|spelling| &spelling.either_article),
    };
    (spelling, mistakes)
}

fn misspelt(files: &[&(PackFile, SpellingToml)], mistakes: &mut Vec<PackError>) -> WordTable {
    let mut entries = Entries::default();
    for (file, spelling) in files {
        for (wrong, right) in &spelling.misspelt {
            entries.add(file, wrong, right.get_ref(), right.span());
        }
    }
    entries.table(mistakes)
}

fn words(
    files: &[&(PackFile, SpellingToml)],
    list: fn(&SpellingToml) -> &Vec<Spanned<String>>,
    mistakes: &mut Vec<PackError>,
) -> WordTable {
    let mut entries = Entries::default();
    for (file, spelling) in files {
        for word in list(spelling) {
            entries.add(file, word.get_ref(), "", word.span());
        }
    }
    entries.table(mistakes)
}

/// Keys with their texts, and where each is written. What a later pack says of a key counts.
#[derive(Default)]
struct Entries<'p>(BTreeMap<&'p str, (&'p str, &'p PackFile, Range<usize>)>);

impl<'p> Entries<'p> {
    fn add(&mut self, file: &'p PackFile, key: &'p str, text: &'p str, at: Range<usize>) {
        self.0.insert(key, (text, file, at));
    }

    fn table(self, mistakes: &mut Vec<PackError>) -> WordTable {
        for (key, (text, file, at)) in &self.0 {
            mistakes.extend(fault(key, text).map(|fault| file.mistake(at.clone(), fault, None)));
        }
        for (key, cover) in WordTable::covered(self.0.keys().copied()) {
            let (_, file, at) = &self.0[key];
            let message = format!("`{cover}` stands for `{key}` too, so it would never be found");
            mistakes.push(file.mistake(at.clone(), message, Some("leave one of them out".to_owned())));
        }
        WordTable::new(self.0.iter().map(|(key, (text, _, _))| (*key, *text)))
    }
}

/// What is wrong with a key and its text.
fn fault(key: &str, text: &str) -> Option<String> {
    let words = key.strip_suffix('*').or_else(|| key.strip_suffix(" $")).unwrap_or(key);
    if key.to_lowercase() != key || !words.split(' ').all(is_word) {
        return Some(format!("`{key}` is not written in small words with single blanks"));
    }
    if key.ends_with('*') && words.contains(' ') {
        return Some(format!("`{key}`: only a single word can end in `*`"));
    }
    if !text.is_empty() && key.ends_with('*') != text.ends_with('*') {
        return Some(format!("`{key}` and `{text}` end in `*` both, or none of them"));
    }
    (text == key && !key.contains(' ')).then(|| format!("`{key}` is the same on both sides"))
}

/// Whether a text is one word to detectors.
fn is_word(text: &str) -> bool {
    let mut units = Vec::new();
    split(text, |range, shape| units.push((range, shape)));
    units == [(0..text.len(), Shape::Word)]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mistakes(text: &str) -> Vec<String> {
        let file = PackFile { path: "own/spelling/en.toml".to_owned(), text: text.to_owned() };
        let pack = Pack::read(vec![file], "own").unwrap();
        compile(&[pack], "en").1.into_iter().map(|mistake| mistake.message).collect()
    }

    #[test]
    fn a_list_is_held_to_its_form() {
        for (text, wanted) in [
            ("misspelt.\"reciev*\" = \"receiv*\"\nmisspelt.\"your welcome $\" = \"you're welcome\"", None),
            ("misspelt.\"could of course\" = \"could of course\"", None),
            ("names = [\"thier\", \"u.s\"]", Some("`u.s` is not written in small words")),
            ("misspelt.Adress = \"address\"", Some("`Adress` is not written in small words")),
            ("misspelt.\"a  b\" = \"c\"", Some("`a  b` is not written in small words")),
            ("misspelt.\"a b*\" = \"c*\"", Some("only a single word can end in `*`")),
            ("misspelt.\"adress*\" = \"address\"", Some("end in `*` both, or none of them")),
            ("misspelt.alot = \"alot\"", Some("`alot` is the same on both sides")),
            (
                "misspelt.\"adress*\" = \"address*\"\nmisspelt.adresses = \"addresses\"",
                Some("`adress*` stands for `adresses` too"),
            ),
        ] {
            let found = mistakes(text);
            assert_eq!(found.len(), usize::from(wanted.is_some()), "{text}: {found:?}");
            assert!(wanted.is_none_or(|wanted| found[0].contains(wanted)), "{text}: {found:?}");
        }
    }

    #[test]
    fn a_later_pack_has_the_last_word() {
        let pack = |name: &str, text: &str| {
            let path = format!("{name}/spelling/en.toml");
            Pack::read(vec![PackFile { path, text: text.to_owned() }], name).unwrap()
        };
        let packs = [
            pack("a", "misspelt.foto = \"photo\"\nnames = [\"foto\"]"),
            pack("b", "misspelt.foto = \"picture\"\nmisspelt.fone = \"phone\""),
        ];
        let (spelling, mistakes) = compile(&packs, "en");
        assert!(mistakes.is_empty());
        for (wrong, right) in [("foto", "picture"), ("fone", "phone")] {
            let place = spelling.misspelt.place_of(wrong);
            assert_eq!(spelling.misspelt.word(wrong, place), Some((right, "")));
        }
        assert!(spelling.names.has("foto"));
    }
}
