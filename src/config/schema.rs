//! The form of `sellerlint.toml`, and how it becomes a [`Config`].

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use serde::Deserialize;
use toml::Spanned;
use toml::value::Datetime;

use crate::finding::{Channel, Confidence, Day, Kind, Profile};
use crate::rule::schema::{Level, day};
use crate::text::LineIndex;

use super::allows::Allow;
use super::formats::{FormatReading, FormatValue, FormatWish};
use super::values::{WrongValue, host, language, marketplace};
use super::{Config, Globs, LimitWishes, Mistake, Origin, Override, Sourced, Wish, Wishes};

/// The whole file.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub(crate) struct FileToml {
    /// The versions of sellerlint that read this file, such as `>=0.1.0`; another one refuses it.
    #[allow(dead_code, reason = "read ahead of the rest, see VersionToml; here it is only allowed to stand")]
    required_version: Option<Spanned<String>>,
    /// How strictly to judge: `standard` unless given.
    profile: Option<Spanned<Profile>>,
    /// The kind of messages: what the draft says, else `proactive`, unless given.
    kind: Option<Spanned<Kind>>,
    /// The way that the messages take to the buyer, such as `email` or `sp-api:sendInvoice`.
    channel: Option<Spanned<String>>,
    /// The country of the marketplace, for drafts that name none: `US` unless given.
    marketplace: Option<Spanned<String>>,
    /// The language of the buyer, for drafts that name none, such as `de`.
    language: Option<Spanned<String>>,
    /// Whether placeholders have been filled in, so that what is left of them is an error.
    #[serde(rename = "final")]
    is_final: Option<Spanned<bool>>,
    /// Whether the sending tool adds the order ID, so that drafts need none.
    order_id_added_by_tool: Option<Spanned<bool>>,
    /// Findings that are less sure than this are left out: `low` unless given.
    min_confidence: Option<Spanned<Confidence>>,
    /// Findings kept per message: 1000 unless given.
    max_findings: Option<Spanned<usize>>,
    /// The day whose rules hold: what became stricter after it is a note.
    policy_date: Option<Spanned<Datetime>>,
    /// Whether an allow that matches nothing, or has expired, is an error and not a warning.
    strict_allow: Option<Spanned<bool>>,
    /// Hosts that links may lead to besides those that Amazon allows.
    allowed_hosts: Vec<Spanned<String>>,
    /// What is read in folders, as globs, instead of what has a known ending.
    include: Vec<Spanned<String>>,
    /// What is left out, as globs.
    exclude: Vec<Spanned<String>>,
    /// Packs of your own rules: TOML files or folders of them, from the folder of this file.
    packs: Vec<Spanned<String>>,
    /// The rules that are asked; all of them unless given.
    select: Vec<Spanned<String>>,
    /// Severities of single rules: `off`, `note`, `warning` or `error`.
    rules: Rules,
    /// Numbers of the style rules.
    limits: LimitsToml,
    /// How files are written, by globs; a later one beats an earlier one.
    formats: BTreeMap<Spanned<String>, Spanned<FormatValue>>,
    /// What else holds for some of the files; a later one beats an earlier one.
    #[serde(rename = "override")]
    overrides: Vec<OverrideToml>,
    /// Findings that are accepted, each with a reason.
    allow: Vec<AllowToml>,
}

/// `[[allow]]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct AllowToml {
    /// The rule whose finding is accepted; every allow names one.
    pub(super) rule: Spanned<String>,
    /// The files, as globs from the folder of the configuration; all of them unless given.
    pub(super) files: Option<Spanned<Vec<Spanned<String>>>>,
    /// The exact words that are accepted; any of the rule unless given.
    pub(super) text: Option<Spanned<String>>,
    /// Why it is accepted.
    pub(super) reason: Spanned<String>,
    /// The last day on which it holds.
    pub(super) until: Option<Spanned<Datetime>>,
}

/// `[[override]]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct OverrideToml {
    /// The files, as globs from the folder of the configuration.
    files: Spanned<Vec<Spanned<String>>>,
    /// How strictly to judge: `standard` unless given.
    profile: Option<Spanned<Profile>>,
    /// The kind of messages: what the draft says, else `proactive`, unless given.
    kind: Option<Spanned<Kind>>,
    /// The way that the messages take to the buyer, such as `email` or `sp-api:sendInvoice`.
    channel: Option<Spanned<String>>,
    /// The country of the marketplace, for drafts that name none: `US` unless given.
    marketplace: Option<Spanned<String>>,
    /// The language of the buyer, for drafts that name none, such as `de`.
    language: Option<Spanned<String>>,
    /// Whether placeholders have been filled in, so that what is left of them is an error.
    #[serde(rename = "final")]
    is_final: Option<Spanned<bool>>,
    /// Whether the sending tool adds the order ID, so that drafts need none.
    order_id_added_by_tool: Option<Spanned<bool>>,
    /// Findings that are less sure than this are left out: `low` unless given.
    min_confidence: Option<Spanned<Confidence>>,
    /// Hosts that links may lead to besides those that Amazon allows.
    #[serde(default)]
    allowed_hosts: Vec<Spanned<String>>,
    /// Severities of single rules: `off`, `note`, `warning` or `error`.
    #[serde(default)]
    rules: Rules,
    /// Numbers of the style rules.
    #[serde(default)]
    limits: LimitsToml,
}

/// `[limits]`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
struct LimitsToml {
    /// How wide the body is, in pixels: 600 unless given.
    body_width: Option<Spanned<u32>>,
    /// The largest margin, in percent of the body: 20 unless given.
    margin_percent: Option<Spanned<u32>>,
    /// The widest picture, in percent of the body: 80 unless given.
    image_percent: Option<Spanned<u32>>,
    /// The most sizes of letters: 3 unless given.
    font_sizes: Option<Spanned<u32>>,
    /// The most line breaks in a row: 2 unless given.
    line_breaks: Option<Spanned<u32>>,
}

/// A value of `[formats]`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub(crate) struct FormatToml {
    /// The whole value, where it is a name alone.
    #[serde(skip)]
    pub(super) name: Option<String>,
    /// How they are written, such as `csv` or `html`.
    pub(super) format: Option<Spanned<String>>,
    /// Which texts of JSON or YAML are messages, by their paths, such as `emails.*.body`.
    pub(super) fields: Option<Spanned<Vec<Spanned<String>>>>,
    /// The column or key that holds the message.
    pub(super) body: Option<Spanned<String>>,
    /// The column, key or path that holds the subject.
    pub(super) subject: Option<Spanned<String>>,
    /// What stands between the fields of a table, such as `;` or `tab`.
    pub(super) delimiter: Option<Spanned<String>>,
    /// How the messages are written that stand in fields: each by its look unless given.
    pub(super) cells: Option<Spanned<String>>,
}

/// The one key that must be understood by every version.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct VersionToml {
    pub(super) required_version: Option<Spanned<String>>,
}

type Rules = BTreeMap<Spanned<String>, Spanned<Level>>;

/// A file that is being read: it turns what is written into wishes, and collects the mistakes on the way.
pub(super) struct Reading {
    path: Arc<str>,
    lines: LineIndex,
    mistakes: Vec<Mistake>,
    rules: Vec<Spanned<String>>,
    channels: Vec<Spanned<String>>,
}

impl Reading {
    pub(super) fn new(path: Arc<str>, text: &str) -> Self {
        Self {
            path,
            lines: LineIndex::new(text),
            mistakes: Vec::new(),
            rules: Vec::new(),
            channels: Vec::new(),
        }
    }

    pub(super) fn config(mut self, written: FileToml) -> Result<Config, Vec<Mistake>> {
        let wishes = Wishes {
            profile: self.sourced(written.profile),
            kind: self.sourced(written.kind),
            channel: self.channel(written.channel),
            marketplace: self.checked(written.marketplace, marketplace),
            language: self.checked(written.language, language),
            is_final: self.sourced(written.is_final),
            order_id_added_by_tool: self.sourced(written.order_id_added_by_tool),
            min_confidence: self.sourced(written.min_confidence),
            max_findings: self.count(written.max_findings),
            policy_date: self.day(written.policy_date),
            allowed_hosts: self.hosts(written.allowed_hosts),
            only: self.select(written.select),
            levels: self.levels(written.rules),
            limits: self.limits(written.limits),
            strict_allow: self.sourced(written.strict_allow),
        };
        let overrides = written.overrides.into_iter().map(|written| self.override_of(written)).collect();
        let (include, exclude) = (self.globs(&written.include), self.globs(&written.exclude));
        let formats = self.formats(written.formats);
        let allows = self.allows(written.allow);
        if !self.mistakes.is_empty() {
            self.mistakes.sort_by_key(|mistake| mistake.range.start);
            return Err(self.mistakes);
        }
        let lists = [("include", &written.include), ("exclude", &written.exclude), ("packs", &written.packs)];
        let of_files = lists.into_iter().flat_map(|(key, values)| self.of_files(key, values)).collect();
        Ok(Config {
            wishes,
            overrides,
            formats,
            allows,
            include,
            exclude,
            packs: written.packs,
            of_files,
            rules: self.rules,
            channels: self.channels,
        })
    }

    /// What `[formats]` asks for, in the order of the file: a later entry beats an earlier one.
    fn formats(&mut self, written: BTreeMap<Spanned<String>, Spanned<FormatValue>>) -> Vec<FormatWish> {
        let mut written: Vec<_> = written.into_iter().collect();
        written.sort_by_key(|(glob, _)| glob.span().start);
        let wish = |(glob, value): (Spanned<String>, Spanned<FormatValue>)| {
            let origin = self.origin(glob.span());
            FormatReading { mistakes: &mut self.mistakes }.wish(&glob, value, origin)
        };
        written.into_iter().filter_map(wish).collect()
    }

    fn allows(&mut self, written: Vec<AllowToml>) -> Vec<Allow> {
        let allow = |written: AllowToml| {
            let origin = self.origin(written.rule.span());
            Allow::read(written, origin, &mut self.mistakes)
        };
        written.into_iter().filter_map(allow).collect()
    }

    fn of_files(&self, key: &str, written: &[Spanned<String>]) -> Vec<Wish> {
        written.iter().map(|value| Wish::of_list(key, value.get_ref(), self.origin(value.span()))).collect()
    }

    fn override_of(&mut self, written: OverrideToml) -> Override {
        let at = written.files.span();
        if written.files.get_ref().is_empty() {
            let mistake = Mistake::new(at.clone(), "an override without files is for nothing");
            self.mistakes.push(mistake.help("name them as globs, such as `replies/**`"));
        }
        let wishes = Wishes {
            profile: self.sourced(written.profile),
            kind: self.sourced(written.kind),
            channel: self.channel(written.channel),
            marketplace: self.checked(written.marketplace, marketplace),
            language: self.checked(written.language, language),
            is_final: self.sourced(written.is_final),
            order_id_added_by_tool: self.sourced(written.order_id_added_by_tool),
            min_confidence: self.sourced(written.min_confidence),
            allowed_hosts: self.hosts(written.allowed_hosts),
            levels: self.levels(written.rules),
            limits: self.limits(written.limits),
            ..Wishes::default()
        };
        Override { files: self.globs(written.files.get_ref()), wishes, at }
    }

    fn limits(&self, written: LimitsToml) -> LimitWishes {
        LimitWishes {
            body_width: self.sourced(written.body_width),
            margin_percent: self.sourced(written.margin_percent),
            image_percent: self.sourced(written.image_percent),
            font_sizes: self.sourced(written.font_sizes),
            line_breaks: self.sourced(written.line_breaks),
        }
    }

    fn origin(&self, at: Range<usize>) -> Origin {
        Origin::File { path: Arc::clone(&self.path), line: self.lines.line_of(at.start) }
    }

    fn sourced<T>(&self, written: Option<Spanned<T>>) -> Option<Sourced<T>> {
        written.map(|written| {
            let origin = self.origin(written.span());
            Sourced { value: written.into_inner(), origin }
        })
    }

    fn checked(
        &mut self,
        written: Option<Spanned<String>>,
        check: fn(&str) -> Result<String, WrongValue>,
    ) -> Option<Sourced<String>> {
        let written = written?;
        match check(written.get_ref()) {
            Ok(value) => Some(Sourced { value, origin: self.origin(written.span()) }),
            Err(wrong) => {
                self.mistakes.push(Mistake::new(written.span(), wrong.message).help(wrong.help));
                None
            }
        }
    }

    /// Which channels there are, the packs know; see [`Config::unknown_channels`].
    fn channel(&mut self, written: Option<Spanned<String>>) -> Option<Sourced<Channel>> {
        self.channels.extend(written.clone());
        let Sourced { value, origin } = self.sourced(written)?;
        Some(Sourced { value: Channel::new(value), origin })
    }

    fn count(&mut self, written: Option<Spanned<usize>>) -> Option<Sourced<usize>> {
        let written = written?;
        if *written.get_ref() == 0 {
            self.mistakes.push(Mistake::new(written.span(), "at least one finding has to be kept"));
        }
        self.sourced(Some(written))
    }

    fn day(&mut self, written: Option<Spanned<Datetime>>) -> Option<Sourced<Day>> {
        let written = written?;
        let (range, written) = (written.span(), written.into_inner());
        match day(&written) {
            Some(value) => Some(Sourced { value, origin: self.origin(range) }),
            None => {
                let mistake = Mistake::new(range, format!("`{written}` is no day"));
                self.mistakes.push(mistake.help("write a date without a time: `2026-11-22`"));
                None
            }
        }
    }

    fn hosts(&mut self, written: Vec<Spanned<String>>) -> Vec<Sourced<String>> {
        written.into_iter().filter_map(|written| self.checked(Some(written), host)).collect()
    }

    fn select(&mut self, written: Vec<Spanned<String>>) -> Vec<Sourced<String>> {
        self.rules.extend(written.iter().cloned());
        written.into_iter().filter_map(|rule| self.sourced(Some(rule))).collect()
    }

    fn levels(&mut self, written: Rules) -> BTreeMap<String, Sourced<Level>> {
        self.rules.extend(written.keys().cloned());
        let level = |(rule, level): (Spanned<String>, Spanned<Level>)| {
            let origin = self.origin(level.span());
            (rule.into_inner(), Sourced { value: level.into_inner(), origin })
        };
        written.into_iter().map(level).collect()
    }

    fn globs(&mut self, written: &[Spanned<String>]) -> Globs {
        Globs::new(written).unwrap_or_else(|mistakes| {
            self.mistakes.extend(mistakes);
            Globs::default()
        })
    }
}
