use std::ops::Range;

use toml::Spanned;
use toml::value::{Date, Datetime};

use crate::lint::Allowance;

use super::schema::AllowToml;
use super::wishes::quoted;
use super::{Globs, Mistake, Origin, Wish};

/// `[[allow]]`: findings of a rule that are accepted, and why.
#[derive(Debug, Clone)]
pub struct Allow {
    /// The rule, which need not exist.
    pub rule: Spanned<String>,
    /// The last day on which it holds, and where that stands.
    pub until: Option<Spanned<Date>>,
    /// How it is told by `--show-config`.
    pub wish: Wish,
    files: Option<Globs>,
    text: Option<String>,
    reason: String,
}

/// Names that somebody could take for those of all rules.
const BLANKETS: [&str; 2] = ["*", "all"];

impl Allow {
    /// The folders below which the files lie that it is about, from that of the configuration.
    pub fn bases(&self) -> impl Iterator<Item = &str> {
        self.files.iter().flat_map(Globs::bases)
    }

    /// What one asks for, if there is no mistake in it.
    pub(super) fn read(written: AllowToml, origin: Origin, mistakes: &mut Vec<Mistake>) -> Option<Self> {
        let before = mistakes.len();
        let wish = Wish { key: "allow".to_owned(), value: Some(told(&written)), origin };
        if BLANKETS.contains(&written.rule.get_ref().trim()) {
            let message =
                format!("`{}` is no rule: everything at once cannot be accepted", written.rule.get_ref());
            mistakes
                .push(Mistake::new(written.rule.span(), message).help("write an `[[allow]]` for each rule"));
        }
        if written.reason.get_ref().trim().is_empty() {
            let mistake = Mistake::new(written.reason.span(), "an allow without a reason accepts nothing");
            mistakes.push(mistake.help("say in a few words why this may stay"));
        }
        let text = written.text.filter(|text| {
            let is_blank = text.get_ref().trim().is_empty();
            if is_blank {
                let mistake = Mistake::new(text.span(), "no finding is about words that are not there");
                mistakes.push(mistake.help("write the words, or leave `text` out for all of them"));
            }
            !is_blank
        });
        let files = written.files.map(|files| globs(&files, mistakes));
        let until = written.until.and_then(|until| date(&until, mistakes));
        (mistakes.len() == before).then(|| Self {
            rule: written.rule,
            until,
            wish,
            files,
            text: text.map(Spanned::into_inner),
            reason: written.reason.into_inner(),
        })
    }

    /// Where it stands, in bytes of the configuration file: at the name of its rule.
    pub fn at(&self) -> Range<usize> {
        self.rule.span()
    }

    /// Whether it holds no more on that day.
    pub fn is_over(&self, today: Date) -> bool {
        self.until.as_ref().is_some_and(|until| *until.get_ref() < today)
    }

    /// Whether it is about a file; without a path, whether it is about every file.
    pub(super) fn covers(&self, path: Option<&str>) -> bool {
        match (&self.files, path) {
            (None, _) => true,
            (Some(files), Some(path)) => files.cover(path),
            (Some(_), None) => false,
        }
    }

    pub(super) fn allowance(&self, number: usize) -> Allowance {
        Allowance {
            number,
            rule: self.rule.get_ref().clone(),
            text: self.text.clone(),
            reason: self.reason.split_whitespace().collect::<Vec<_>>().join(" "),
        }
    }
}

fn globs(files: &Spanned<Vec<Spanned<String>>>, mistakes: &mut Vec<Mistake>) -> Globs {
    if files.get_ref().is_empty() {
        let mistake = Mistake::new(files.span(), "an allow without files is for nothing");
        mistakes.push(mistake.help("name them as globs, or leave `files` out for all of them"));
    }
    Globs::new(files.get_ref()).unwrap_or_else(|wrong| {
        mistakes.extend(wrong);
        Globs::default()
    })
}

fn date(until: &Spanned<Datetime>, mistakes: &mut Vec<Mistake>) -> Option<Spanned<Date>> {
    match until.get_ref() {
        Datetime { date: Some(date), time: None, .. } => Some(Spanned::new(until.span(), *date)),
        _ => {
            let mistake = Mistake::new(until.span(), format!("`{}` is no day", until.get_ref()));
            mistakes.push(mistake.help("write the last day on which it holds, such as `2027-03-31`"));
            None
        }
    }
}

/// All of it on one line.
fn told(written: &AllowToml) -> String {
    let mut parts = vec![format!("rule = {}", quoted(written.rule.get_ref()))];
    if let Some(files) = &written.files {
        let files: Vec<String> = files.get_ref().iter().map(|file| quoted(file.get_ref())).collect();
        parts.push(format!("files = [{}]", files.join(", ")));
    }
    parts.extend(written.text.as_ref().map(|text| format!("text = {}", quoted(text.get_ref()))));
    parts.push(format!("reason = {}", quoted(written.reason.get_ref())));
    parts.extend(written.until.as_ref().map(|until| format!("until = {}", until.get_ref())));
    format!("{{ {} }}", parts.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;

    fn config(text: &str) -> Config {
        Config::parse("sellerlint.toml", text).unwrap()
    }

    fn day(day: &str) -> Date {
        day.parse::<Datetime>().unwrap().date.unwrap()
    }

    #[test]
    fn every_key_is_read() {
        let config = config(
            "[[allow]]\nrule = 'emoji'\nreason = 'our  logo'\n\
             [[allow]]\nrule = 'gif'\nfiles = ['old/**', '*.md']\ntext = 'a.gif'\nreason = 'x'\nuntil = 2027-03-31\n",
        );
        assert_eq!(config.allows_for(None), [0]);
        assert_eq!(config.allows_for(Some("new/a.txt")), [0]);
        assert_eq!(config.allows_for(Some("new/a.md")), [0, 1]);
        let text = |text: &str| Some(text.to_owned());
        let (rule, reason) = ("emoji".to_owned(), "our logo".to_owned());
        let emoji = Allowance { number: 7, rule, text: None, reason };
        let gif =
            Allowance { number: 8, rule: "gif".to_owned(), text: text("a.gif"), reason: "x".to_owned() };
        assert_eq!(config.allowances(&[0, 1], 7), [emoji, gif]);
        assert_eq!(
            config.allows[1].wish.value.as_deref(),
            Some(
                "{ rule = \"gif\", files = [\"old/**\", \"*.md\"], text = \"a.gif\", reason = \"x\", until = 2027-03-31 }"
            )
        );
    }

    #[test]
    fn the_last_day_still_counts() {
        let config = config("[[allow]]\nrule = 'emoji'\nreason = 'x'\nuntil = 2027-03-31\n");
        let is_over = |today: &str| config.allows[0].is_over(day(today));
        assert_eq!(["2027-03-30", "2027-03-31", "2027-04-01"].map(is_over), [false, false, true]);
    }

    #[test]
    fn what_could_accept_too_much_is_a_mistake() {
        for (lines, message) in [
            ("reason = 'x'", "the key `rule` is missing"),
            ("rule = 'emoji'", "the key `reason` is missing"),
            ("rule = 'emoji'\nreason = ' '", "an allow without a reason accepts nothing"),
            ("rule = '*'\nreason = 'x'", "`*` is no rule: everything at once cannot be accepted"),
            ("rule = 'all'\nreason = 'x'", "`all` is no rule: everything at once cannot be accepted"),
            ("rule = 'emoji'\nreason = 'x'\nfiles = []", "an allow without files is for nothing"),
            (
                "rule = 'emoji'\nreason = 'x'\nfiles = ['a[']",
                "`a[` is no glob: unclosed character class; missing ']'",
            ),
            ("rule = 'emoji'\nreason = 'x'\ntext = ''", "no finding is about words that are not there"),
            ("rule = 'emoji'\nreason = 'x'\nuntil = 10:00:00", "`10:00:00` is no day"),
            ("rule = 'emoji'\nreason = 'x'\nuntil = 2027-01-01T10:00:00", "`2027-01-01T10:00:00` is no day"),
            ("rule = 'emoji'\nreason = 'x'\nrules = 'gif'", "there is no key `rules` here"),
        ] {
            let mistakes = Config::parse("sellerlint.toml", &format!("[[allow]]\n{lines}\n")).unwrap_err();
            let messages: Vec<&str> = mistakes.iter().map(|mistake| mistake.message.as_str()).collect();
            assert_eq!(messages, [message], "{lines}");
        }
    }
}
