use std::fmt;
use std::str::FromStr;

/// Where texts stand in a large value: `emails.*.body`, `templates[].text`.
///
/// Its steps are keys and indices, parted by dots. `*` is any key or index, and `[]` the same for a list; `**` at the
/// end is everything below. A backslash takes the meaning from the sign behind it: `a\.b` is one key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldPath {
    written: String,
    steps: Vec<Step>,
    /// Whether it ends with `**`.
    goes_deep: bool,
}

/// A step of a path.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Step {
    /// This key, or this index.
    Named(String),
    /// Any.
    Any,
}

/// Why something is no path.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FieldPathError {
    /// Nothing is between two dots, or there is nothing at all.
    #[error("a step of the path is empty")]
    EmptyStep,
    /// `**` is followed by more.
    #[error("`**` can only be the last step")]
    DeepInside,
    /// A bracket is not closed, or something other than an index is in it.
    #[error("brackets hold an index or nothing, and are closed")]
    Bracket,
}

impl FieldPath {
    /// How many of its steps are `*` or `[]`.
    pub fn wildcards(&self) -> usize {
        self.steps.iter().filter(|step| **step == Step::Any).count()
    }

    /// Whether a place that has `depth` steps and ends with this one may lie on the path, if those before do.
    pub(super) fn allows(&self, depth: usize, step: &str) -> bool {
        match self.steps.get(depth - 1) {
            Some(Step::Named(name)) => name == step,
            Some(Step::Any) => true,
            None => self.goes_deep,
        }
    }

    /// Whether the path ends at a place that has `depth` steps and lies on it.
    pub(super) fn ends_at(&self, depth: usize) -> bool {
        if self.goes_deep { depth > self.steps.len() } else { depth == self.steps.len() }
    }

    /// Whether the path leads to a place of `depth` steps alone, if those lie on it, and not to all below another.
    pub(super) fn is_exactly(&self, depth: usize) -> bool {
        !self.goes_deep && depth == self.steps.len()
    }

    /// Which steps of a place stand for a `*`, as numbers.
    pub(super) fn open_steps(&self) -> impl Iterator<Item = usize> + '_ {
        self.steps.iter().enumerate().filter(|(_, step)| **step == Step::Any).map(|(number, _)| number)
    }
}

impl fmt::Display for FieldPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.written)
    }
}

impl FromStr for FieldPath {
    type Err = FieldPathError;

    fn from_str(written: &str) -> Result<Self, FieldPathError> {
        let mut steps = Vec::new();
        let mut goes_deep = false;
        for part in parts(written)? {
            if goes_deep {
                return Err(FieldPathError::DeepInside);
            }
            match part {
                Part::Named(name) if name.is_empty() => return Err(FieldPathError::EmptyStep),
                Part::Named(name) => steps.push(Step::Named(name)),
                Part::Any => steps.push(Step::Any),
                Part::Deep => goes_deep = true,
            }
        }
        Ok(Self { written: written.to_owned(), steps, goes_deep })
    }
}

enum Part {
    Named(String),
    Any,
    Deep,
}

fn parts(written: &str) -> Result<Vec<Part>, FieldPathError> {
    let mut parts = Vec::new();
    let mut rest = written;
    loop {
        let (name, is_plain, after) = key(rest);
        let begins_with_bracket = name.is_empty() && is_plain && after.starts_with('[');
        match name.as_str() {
            _ if begins_with_bracket => {}
            "*" if is_plain => parts.push(Part::Any),
            "**" if is_plain => parts.push(Part::Deep),
            _ => parts.push(Part::Named(name)),
        }
        rest = after;
        while let Some(inside) = rest.strip_prefix('[') {
            let (index, after) = inside.split_once(']').ok_or(FieldPathError::Bracket)?;
            match index {
                "" | "*" => parts.push(Part::Any),
                index if index.bytes().all(|byte| byte.is_ascii_digit()) => {
                    parts.push(Part::Named(index.to_owned()))
                }
                _ => return Err(FieldPathError::Bracket),
            }
            rest = after;
        }
        match rest.strip_prefix('.') {
            Some(after) => rest = after,
            None if rest.is_empty() => return Ok(parts),
            None => return Err(FieldPathError::Bracket),
        }
    }
}

/// The key at the beginning of a text, whether it has no backslash, and what follows it.
fn key(text: &str) -> (String, bool, &str) {
    let mut name = String::new();
    let mut is_plain = true;
    let mut signs = text.char_indices();
    while let Some((at, sign)) = signs.next() {
        match sign {
            '.' | '[' => return (name, is_plain, &text[at..]),
            '\\' => {
                is_plain = false;
                name.extend(signs.next().map(|(_, sign)| sign));
            }
            _ => name.push(sign),
        }
    }
    (name, is_plain, "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_steps() {
        let cases = [
            ("a.b", "a b"),
            ("emails.*.body", "emails * body"),
            ("templates[].text", "templates * text"),
            ("a[0][*].b", "a 0 * b"),
            ("[].text", "* text"),
            ("*", "*"),
            ("a.**", "a **"),
            ("**", "**"),
            (r"a\.b.\*", "a.b \\*"),
            ("日本.é", "日本 é"),
        ];
        for (written, steps) in cases {
            let path: FieldPath = written.parse().unwrap();
            let told = path.steps.iter().map(|step| match step {
                Step::Named(name) if name == "*" => "\\*".to_owned(),
                Step::Named(name) => name.clone(),
                Step::Any => "*".to_owned(),
            });
            let told = told.chain(path.goes_deep.then(|| "**".to_owned())).collect::<Vec<_>>().join(" ");
            assert_eq!((told.as_str(), path.to_string().as_str()), (steps, written));
        }
    }

    #[test]
    fn what_is_no_path_says_why() {
        let cases = [
            ("", FieldPathError::EmptyStep),
            ("a..b", FieldPathError::EmptyStep),
            ("a.", FieldPathError::EmptyStep),
            ("a.**.b", FieldPathError::DeepInside),
            ("a[b]", FieldPathError::Bracket),
            ("a[0", FieldPathError::Bracket),
            ("a[0]b", FieldPathError::Bracket),
        ];
        for (written, error) in cases {
            assert_eq!(written.parse::<FieldPath>(), Err(error), "{written}");
        }
    }
}
