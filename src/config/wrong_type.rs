//! What serde and `toml` say about a file that they cannot read, as a sentence about the key: what stands there cannot be,
//! and what could.
//!
//! Their own words speak of types of Rust. What kind of value is wanted is taken from them; which key it is about, and what
//! stands there, from the file itself.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};
use toml::value::Datetime;

use crate::rule::pack::explained;

use super::{FileToml, Mistake};

/// Characters of a text that are quoted.
const QUOTED: usize = 40;

/// The mistake in a file.
pub(super) fn mistake(error: &toml::de::Error, text: &str) -> Mistake {
    let range = error.span().unwrap_or_default();
    let (message, help) = told(error.message(), &range, text);
    Mistake { range, message, help }
}

fn told(error: &str, range: &Range<usize>, text: &str) -> (String, Option<String>) {
    let line = error.lines().next().unwrap_or(error).trim_end_matches('.');
    let is_of_serde = ["unknown ", "missing field"].iter().any(|start| line.starts_with(start));
    if is_of_serde {
        return explained(error);
    }
    if line.starts_with("duplicate key") {
        let key = text.get(range.clone()).unwrap_or_default().trim();
        return (format!("the key `{key}` stands here twice"), Some("write it once".to_owned()));
    }
    let wanted = match line.strip_prefix("wanted ") {
        Some(wanted) => Some(wanted),
        None if line.starts_with("expected field") => Some("a TOML datetime"),
        None if line.starts_with("invalid ") && line.contains(": ") || line.starts_with("invalid length") => {
            line.split_once(", expected ").map(|(_, wanted)| wanted)
        }
        None => None,
    };
    let file = DeTable::parse(text).ok();
    let found = wanted.and_then(|wanted| Some((wanted, found(file.as_ref()?.get_ref(), range)?)));
    match found {
        Some((wanted, found)) => (found.message(text), found.help(wanted, text)),
        None => (broken(line), None),
    }
}

/// What is wrong with the TOML itself. What could stand there is told where it is a sign, and not a term of grammars.
fn broken(line: &str) -> String {
    let (what, wanted) = line.split_once(", expected ").unwrap_or((line, ""));
    if wanted.starts_with('`') {
        format!("this is no TOML: {line}")
    } else {
        format!("this is no TOML: {what}")
    }
}

/// A value that cannot be where it is.
struct Found<'t> {
    /// The keys that lead to it.
    keys: Vec<&'t str>,
    /// Whether it is an entry of the list there.
    is_entry: bool,
    value: &'t DeValue<'t>,
    range: Range<usize>,
}

/// The smallest value that holds this place.
fn found<'t>(file: &'t DeTable<'t>, place: &Range<usize>) -> Option<Found<'t>> {
    let mut best: Option<Found<'t>> = None;
    let mut open: Vec<(Vec<&str>, bool, &Spanned<DeValue<'_>>)> = Vec::new();
    open.extend(file.iter().map(|(key, value)| (vec![&**key.get_ref()], false, value)));
    while let Some((keys, is_entry, spanned)) = open.pop() {
        let (range, value) = (spanned.span(), spanned.get_ref());
        let holds = range.start <= place.start && place.end <= range.end;
        if holds && best.as_ref().is_none_or(|best| range.len() <= best.range.len()) {
            best = Some(Found { keys: keys.clone(), is_entry, value, range });
        }
        match value {
            DeValue::Array(list) => open.extend(list.iter().map(|entry| (keys.clone(), true, entry))),
            DeValue::Table(table) => open.extend(
                table
                    .iter()
                    .map(|(key, value)| ([keys.as_slice(), &[&**key.get_ref()]].concat(), false, value)),
            ),
            _ => {}
        }
    }
    best
}

impl Found<'_> {
    fn message(&self, text: &str) -> String {
        let key = self.keys.last().copied().unwrap_or_default();
        let subject = if self.is_entry { format!("an entry of `{key}`") } else { format!("`{key}`") };
        format!("{subject} cannot be {}", self.what(text))
    }

    /// What stands there.
    fn what(&self, text: &str) -> String {
        let written = self.written(text);
        match self.value {
            DeValue::String(text) => format!("the text `{}`", shortened(text)),
            DeValue::Integer(_) | DeValue::Float(_) => format!("the number `{written}`"),
            DeValue::Boolean(_) => format!("`{written}`"),
            DeValue::Datetime(_) => format!("the date `{written}`"),
            DeValue::Array(_) => "this list".to_owned(),
            DeValue::Table(_) => "a table".to_owned(),
        }
    }

    fn written(&self, text: &str) -> String {
        shortened(text.get(self.range.clone()).unwrap_or_default())
    }

    /// What to write instead.
    fn help(&self, wanted: &str, text: &str) -> Option<String> {
        let (path, written) = (self.keys.join("."), self.written(text));
        let is_header = text.get(self.range.start..).is_some_and(|rest| rest.starts_with('['));
        Some(match (wanted, self.value) {
            ("a boolean", _) => "write `true` or `false`".to_owned(),
            ("usize" | "u64" | "u32", DeValue::Integer(_)) if !written.starts_with('-') => {
                "write a smaller number".to_owned()
            }
            ("usize" | "u64" | "u32", _) => {
                "write a whole number that is not negative, such as `3`".to_owned()
            }
            ("a TOML datetime", DeValue::String(date)) if date.parse::<Datetime>().is_ok() => {
                format!("write it without quotation marks: `{date}`")
            }
            ("a TOML datetime", _) => "write a date without quotation marks, such as `2026-11-22`".to_owned(),
            ("a sequence", DeValue::String(_)) => format!("write a list: `[{written}]`"),
            ("a sequence", DeValue::Table(_)) if is_header => {
                format!("there may be several, each with two brackets: `[[{path}]]`")
            }
            ("a sequence", _) => "write a list, such as `[\"…\"]`".to_owned(),
            (
                "a string",
                DeValue::Integer(_) | DeValue::Float(_) | DeValue::Boolean(_) | DeValue::Datetime(_),
            ) => {
                format!("write it in quotation marks: `\"{written}\"`")
            }
            ("a string", _) => "write a text in quotation marks".to_owned(),
            ("string or table", _) => format!("write one of {}", self.names(text)?),
            _ if wanted == "a map" || wanted.starts_with("struct ") => match self.is_entry {
                true => format!("write `[[{path}]]`, with its keys below"),
                false => format!("write `[{path}]`, with its keys below"),
            },
            _ if wanted.starts_with("the name ") => format!("write {wanted}"),
            _ => return None,
        })
    }
}

impl Found<'_> {
    /// The names of which one has to stand there: they are told to whoever writes none of them.
    fn names(&self, text: &str) -> Option<String> {
        let (before, after) = (text.get(..self.range.start)?, text.get(self.range.end..)?);
        let error = toml::from_str::<FileToml>(&format!("{before}\"\"{after}")).err()?;
        let known = error.message().split('`').skip(3).step_by(2);
        let known: Vec<String> = known.map(|name| format!("`\"{name}\"`")).collect();
        (!known.is_empty()).then(|| known.join(", "))
    }
}

/// The beginning of a text, on one line.
fn shortened(text: &str) -> String {
    let line: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(QUOTED) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}

#[cfg(test)]
mod tests {
    use crate::config::Config;

    /// The message and the help.
    fn told(text: &str) -> String {
        let mistakes = Config::parse("sellerlint.toml", text).unwrap_err();
        let [mistake] = mistakes.as_slice() else { panic!("{mistakes:?}") };
        format!("{} ({})", mistake.message, mistake.help.as_deref().unwrap_or("-"))
    }

    #[test]
    fn a_wrong_value_is_told_with_its_key_and_a_way_out() {
        for (text, expected) in [
            ("final = 'yes'", "`final` cannot be the text `yes` (write `true` or `false`)"),
            ("final = 1", "`final` cannot be the number `1` (write `true` or `false`)"),
            (
                "profile = 3",
                "`profile` cannot be the number `3` (write one of `\"lenient\"`, `\"standard\"`, `\"strict\"`)",
            ),
            (
                "[rules]\nemoji = ['off']",
                "`emoji` cannot be this list (write one of `\"off\"`, `\"note\"`, `\"warning\"`, `\"error\"`)",
            ),
            (
                "max-findings = -1",
                "`max-findings` cannot be the number `-1` (write a whole number that is not negative, such as `3`)",
            ),
            (
                "max-findings = 1.5",
                "`max-findings` cannot be the number `1.5` (write a whole number that is not negative, such as `3`)",
            ),
            (
                "limits.body-width = 5000000000",
                "`body-width` cannot be the number `5000000000` (write a smaller number)",
            ),
            (
                "policy-date = '2026-01-01'",
                "`policy-date` cannot be the text `2026-01-01` (write it without quotation marks: `2026-01-01`)",
            ),
            (
                "policy-date = 5",
                "`policy-date` cannot be the number `5` (write a date without quotation marks, such as `2026-11-22`)",
            ),
            ("exclude = 'a'", "`exclude` cannot be the text `a` (write a list: `['a']`)"),
            ("include = 5", "`include` cannot be the number `5` (write a list, such as `[\"…\"]`)"),
            (
                "packs = ['a', 5]",
                "an entry of `packs` cannot be the number `5` (write it in quotation marks: `\"5\"`)",
            ),
            ("marketplace = {}", "`marketplace` cannot be a table (write a text in quotation marks)"),
            (
                "marketplace = true",
                "`marketplace` cannot be `true` (write it in quotation marks: `\"true\"`)",
            ),
            (
                "language = 2026-01-01",
                "`language` cannot be the date `2026-01-01` (write it in quotation marks: `\"2026-01-01\"`)",
            ),
            ("limits = 5", "`limits` cannot be the number `5` (write `[limits]`, with its keys below)"),
            ("rules = 'x'", "`rules` cannot be the text `x` (write `[rules]`, with its keys below)"),
            (
                "override = [5]",
                "an entry of `override` cannot be the number `5` (write `[[override]]`, with its keys below)",
            ),
            (
                "[[override]]\nfiles = ['a']\nrules = 5",
                "`rules` cannot be the number `5` (write `[override.rules]`, with its keys below)",
            ),
            (
                "[allow]\nrule = 'emoji'",
                "`allow` cannot be a table (there may be several, each with two brackets: `[[allow]]`)",
            ),
            (
                "formats.'*.x' = 5",
                "`*.x` cannot be the number `5` (write the name of a format, or a table with `format`)",
            ),
            ("kind = 'a'\nkind = 'b'", "the key `kind` stands here twice (write it once)"),
            ("kind = \"a", "this is no TOML: invalid basic string, expected `\"` (-)"),
        ] {
            assert_eq!(told(text), expected, "{text}");
        }
    }

    #[test]
    fn no_word_of_rust_is_told() {
        let values = [
            "5",
            "-5",
            "1.5",
            "'x'",
            "true",
            "2026-01-01",
            "[]",
            "[5]",
            "{}",
            "{ a = 1 }",
            "99999999999999999999",
        ];
        let keys = [
            "required-version",
            "profile",
            "kind",
            "channel",
            "marketplace",
            "language",
            "final",
            "order-id-added-by-tool",
            "min-confidence",
            "max-findings",
            "policy-date",
            "strict-allow",
            "allowed-hosts",
            "include",
            "exclude",
            "packs",
            "select",
            "rules",
            "rules.emoji",
            "limits",
            "limits.body-width",
            "formats",
            "formats.'*.x'",
            "formats.'*.x'.format",
            "formats.'*.x'.fields",
            "override",
            "allow",
        ];
        for key in keys {
            for value in values {
                let text = format!("{key} = {value}");
                for mistake in Config::parse("sellerlint.toml", &text).err().into_iter().flatten() {
                    let told = format!("{} {:?}", mistake.message, mistake.help);
                    for word in [
                        "invalid", "expected", "usize", "u32", "u64", "i128", "struct", "sequence", "map",
                        "Toml", "string",
                    ] {
                        assert!(
                            !told.split(|c: char| !c.is_alphanumeric()).any(|other| other == word),
                            "{text}: {told}"
                        );
                    }
                }
            }
        }
    }
}
