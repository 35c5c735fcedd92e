//! The written form of a pattern.

use std::fmt;
use std::ops::Range;

use thiserror::Error;
use unicode_normalization::UnicodeNormalization as _;

use crate::view::split::{Shape, split};

/// Classes that the text itself decides, by the look of a unit. Placeholders are also `{@<meaning>}`; `@question` is the
/// last unit before a question mark.
pub const BUILTIN: &[&str] =
    &["@number", "@money", "@sign", "@code", "@link", "@email", "@order-id", "@placeholder", "@any"];

/// Words that a gap spans unless the pattern says how many.
const DEFAULT_GAP: u8 = 6;
/// The longest gap that a pattern may ask for.
const LONGEST_GAP: u8 = 20;

/// A pattern as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern {
    /// What must follow what.
    pub elements: Vec<Element>,
}

/// One part of a pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Element {
    /// What stands there.
    pub term: Term,
    /// Whether it may be missing.
    pub is_optional: bool,
    /// A class that holds whatever fits, where a choice has one: known without trying the choice.
    pub class: Option<String>,
    /// Where it is written, in bytes of the pattern.
    pub at: Range<usize>,
}

/// What can stand in a pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Term {
    /// A word, a number or a sign, folded.
    Word(String),
    /// The beginning of a word, folded.
    Stem(String),
    /// A member of a class.
    Class(String),
    /// Up to so many words of any kind.
    Gap(u8),
    /// One of these.
    Either(Vec<Pattern>),
    /// The beginning of a clause.
    Start,
    /// The end of a clause.
    End,
    /// The beginning of the sentence.
    First,
    /// The end of the sentence.
    Last,
}

/// What is wrong with a pattern, and where in it.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{message}")]
pub struct PatternError {
    /// What is wrong.
    pub message: String,
    /// Where, in bytes of the pattern.
    pub at: Range<usize>,
}

impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, element) in self.elements.iter().enumerate() {
            let (blank, optional) =
                (if at == 0 { "" } else { " " }, if element.is_optional { "?" } else { "" });
            write!(f, "{blank}{}{optional}", element.term)?;
        }
        Ok(())
    }
}

impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Word(word) => f.write_str(word),
            Self::Stem(stem) => write!(f, "{stem}*"),
            Self::Class(name) => write!(f, "{{{name}}}"),
            Self::Gap(most) => write!(f, "…{most}"),
            Self::Either(branches) => {
                let written: Vec<String> = branches.iter().map(Pattern::to_string).collect();
                write!(f, "({})", written.join("|"))
            }
            Self::Start => f.write_str("^"),
            Self::End => f.write_str("$"),
            Self::First => f.write_str("^^"),
            Self::Last => f.write_str("$$"),
        }
    }
}

impl PatternError {
    /// An error about a part of a pattern.
    pub fn new(message: impl Into<String>, at: Range<usize>) -> Self {
        Self { message: message.into(), at }
    }
}

impl Pattern {
    /// Reads a pattern.
    ///
    /// # Errors
    /// If a bracket is open, a part is empty, or the pattern could match nothing at all.
    pub fn parse(text: &str) -> Result<Self, PatternError> {
        let mut reader = Reader { text, at: 0 };
        let pattern = reader.sequence()?;
        if reader.at < text.len() {
            return Err(PatternError::new("this `)` or `|` closes nothing", reader.at..reader.at + 1));
        }
        pattern.check(text)?;
        Ok(pattern)
    }

    fn check(&self, text: &str) -> Result<(), PatternError> {
        let whole = 0..text.len();
        let is_edge = |term: &Term| matches!(term, Term::Start | Term::End | Term::First | Term::Last);
        let parts = || self.elements.iter().filter(|part| !is_edge(&part.term));
        if parts().all(|part| part.is_optional || matches!(part.term, Term::Gap(_))) {
            return Err(PatternError::new("this pattern would match nothing at all", whole));
        }
        for edge in [parts().next(), parts().next_back()].into_iter().flatten() {
            if matches!(edge.term, Term::Gap(_)) {
                return Err(PatternError::new(
                    "a gap at the edge of a pattern finds nothing",
                    edge.at.clone(),
                ));
            }
        }
        Ok(())
    }
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl Reader<'_> {
    fn sequence(&mut self) -> Result<Pattern, PatternError> {
        let mut elements = Vec::new();
        while let Some(c) = self.text[self.at..].chars().next() {
            let start = self.at;
            match c {
                ')' | '|' => break,
                _ if c.is_whitespace() => self.at += c.len_utf8(),
                '^' => self.push_edge('^', [Term::Start, Term::First], &mut elements),
                '$' => self.push_edge('$', [Term::End, Term::Last], &mut elements),
                '…' => {
                    let gap = self.gap()?;
                    elements.push(Element { term: gap, is_optional: false, class: None, at: start..self.at });
                }
                '{' => {
                    let term = self.class()?;
                    self.push(term, start, &mut elements);
                }
                '(' => {
                    let term = self.either()?;
                    self.push(term, start, &mut elements);
                }
                _ => self.words(&mut elements)?,
            }
        }
        if elements.is_empty() {
            let at = self.at.min(self.text.len());
            return Err(PatternError::new("an empty pattern", at..at));
        }
        Ok(Pattern { elements })
    }

    /// Adds the edge of a clause or, if its sign stands twice, of the sentence.
    fn push_edge(&mut self, sign: char, [clause, sentence]: [Term; 2], elements: &mut Vec<Element>) {
        let is_double = self.text[self.at + 1..].starts_with(sign);
        let end = self.at + 1 + usize::from(is_double);
        elements.push(Element {
            term: if is_double { sentence } else { clause },
            is_optional: false,
            class: None,
            at: self.at..end,
        });
        self.at = end;
    }

    /// Adds a term that may be followed by `?`.
    fn push(&mut self, term: Term, start: usize, elements: &mut Vec<Element>) {
        let is_optional = self.text[self.at..].starts_with('?');
        self.at += usize::from(is_optional);
        elements.push(Element { term, is_optional, class: None, at: start..self.at });
    }

    fn gap(&mut self) -> Result<Term, PatternError> {
        let start = self.at;
        self.at += '…'.len_utf8();
        let digits = self.text[self.at..].bytes().take_while(u8::is_ascii_digit).count();
        let number = &self.text[self.at..self.at + digits];
        self.at += digits;
        match number.parse::<u8>() {
            _ if number.is_empty() => Ok(Term::Gap(DEFAULT_GAP)),
            Ok(words @ 1..=LONGEST_GAP) => Ok(Term::Gap(words)),
            _ => Err(PatternError::new(format!("a gap spans 1 to {LONGEST_GAP} words"), start..self.at)),
        }
    }

    fn class(&mut self) -> Result<Term, PatternError> {
        let start = self.at;
        let Some(length) = self.text[start..].find('}') else {
            return Err(PatternError::new("this `{` is not closed", start..start + 1));
        };
        self.at = start + length + 1;
        let name = self.text[start + 1..start + length].trim();
        let is_name =
            !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '@' | '_'));
        if !is_name {
            return Err(PatternError::new("a class is named in letters, digits and `-`", start..self.at));
        }
        Ok(Term::Class(name.to_owned()))
    }

    fn either(&mut self) -> Result<Term, PatternError> {
        let start = self.at;
        let mut branches = Vec::new();
        loop {
            self.at += 1;
            branches.push(self.sequence()?);
            match self.text[self.at..].bytes().next() {
                Some(b'|') => {}
                Some(_) => break,
                None => return Err(PatternError::new("this `(` is not closed", start..start + 1)),
            }
        }
        self.at += 1;
        Ok(Term::Either(branches))
    }

    /// A blank-delimited piece of plain text: one word, or several such as `5-star`.
    fn words(&mut self, elements: &mut Vec<Element>) -> Result<(), PatternError> {
        let start = self.at;
        let ends = |c: char| c.is_whitespace() || matches!(c, '{' | '(' | '|' | ')' | '…' | '^' | '$');
        let length = self.text[start..].find(ends).unwrap_or(self.text.len() - start);
        self.at = start + length;
        let written = &self.text[start..self.at];
        let (written, is_optional) = strip(written, '?');
        let (written, is_stem) = strip(written, '*');
        let folded: String =
            written.nfkc().flat_map(char::to_lowercase).map(|c| if c == '’' { '\'' } else { c }).collect();
        let mut parts = Vec::new();
        split(&folded, |range, shape| parts.push((folded[range].to_owned(), shape)));
        let Some((last, before)) = parts.split_last() else {
            return Err(PatternError::new(format!("`{written}` holds no word"), start..self.at));
        };
        let single = |term| Element { term, is_optional, class: None, at: start..self.at };
        elements.extend(before.iter().map(|(word, _)| single(Term::Word(sign_or_word(word)))));
        elements.push(single(match is_stem && last.1 == Shape::Word {
            true => Term::Stem(last.0.clone()),
            false => Term::Word(sign_or_word(&last.0)),
        }));
        Ok(())
    }
}

/// A run of one sign counts as the sign once.
pub fn sign_or_word(unit: &str) -> String {
    let mut chars = unit.chars();
    match chars.next() {
        Some(first) if !first.is_alphanumeric() && chars.all(|c| c == first) => first.to_string(),
        _ => unit.to_owned(),
    }
}

fn strip(text: &str, suffix: char) -> (&str, bool) {
    text.strip_suffix(suffix).map_or((text, false), |rest| (rest, true))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terms(text: &str) -> Vec<Term> {
        Pattern::parse(text).unwrap().elements.into_iter().map(|part| part.term).collect()
    }

    #[test]
    fn words_are_cut_like_text() {
        assert_eq!(terms("5-Star"), [Term::Word("5".into()), Term::Word("star".into())]);
        assert_eq!(terms("don’t review*"), [Term::Word("don't".into()), Term::Stem("review".into())]);
        assert_eq!(terms("20% off")[1], Term::Word("%".into()));
    }

    #[test]
    fn gaps_classes_and_alternatives() {
        let parsed = terms("^ {ask} …3 (a|the big)? {review} $");
        assert!(matches!(
            parsed.as_slice(),
            [Term::Start, Term::Class(_), Term::Gap(3), Term::Either(_), Term::Class(_), Term::End]
        ));
    }

    #[test]
    fn an_edge_written_twice_is_one_of_the_sentence() {
        assert!(matches!(terms("^^ a $$").as_slice(), [Term::First, Term::Word(_), Term::Last]));
        assert!(matches!(terms("^a$").as_slice(), [Term::Start, Term::Word(_), Term::End]));
    }

    #[test]
    fn mistakes_have_a_place() {
        for (text, at) in
            [("leave {review", 6..7), ("(a|b", 0..1), ("a … ", 2..5), ("a?", 0..2), ("", 0..0), ("a)", 1..2)]
        {
            assert_eq!(Pattern::parse(text).unwrap_err().at, at, "{text}");
        }
    }
}
