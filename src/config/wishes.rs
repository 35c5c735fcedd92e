use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use crate::finding::{Channel, Confidence, Day, Kind, Profile};
use crate::lint::{KindOrigin, Limits, Settings};
use crate::rule::schema::Level;

/// Who wished something.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Origin {
    /// Nobody.
    #[default]
    Default,
    /// A configuration file.
    File {
        /// What the file is called.
        path: Arc<str>,
        /// The line, from 1.
        line: usize,
    },
    /// The command line.
    CommandLine,
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Default => f.write_str("default"),
            Self::File { path, line } => write!(f, "{path}:{line}"),
            Self::CommandLine => f.write_str("command line"),
        }
    }
}

/// A value, and who wished it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sourced<T> {
    /// The value.
    pub value: T,
    /// Who wished it.
    pub origin: Origin,
}

impl<T> Sourced<T> {
    /// A value from the command line.
    pub fn typed(value: T) -> Self {
        Self { value, origin: Origin::CommandLine }
    }
}

/// One layer of wishes; what is `None` or empty is left to the layer below.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wishes {
    /// See [`Settings::profile`].
    pub profile: Option<Sourced<Profile>>,
    /// See [`Settings::kind`].
    pub kind: Option<Sourced<Kind>>,
    /// See [`Settings::channel`].
    pub channel: Option<Sourced<Channel>>,
    /// See [`Settings::marketplace`].
    pub marketplace: Option<Sourced<String>>,
    /// See [`Settings::language`].
    pub language: Option<Sourced<String>>,
    /// See [`Settings::is_final`].
    pub is_final: Option<Sourced<bool>>,
    /// See [`Settings::order_id_added_by_tool`].
    pub order_id_added_by_tool: Option<Sourced<bool>>,
    /// See [`Settings::min_confidence`].
    pub min_confidence: Option<Sourced<Confidence>>,
    /// See [`Settings::max_findings`].
    pub max_findings: Option<Sourced<usize>>,
    /// See [`Settings::policy_date`].
    pub policy_date: Option<Sourced<Day>>,
    /// See [`Settings::allowed_hosts`]. Layers add up.
    pub allowed_hosts: Vec<Sourced<String>>,
    /// See [`Settings::only`].
    pub only: Vec<Sourced<String>>,
    /// See [`Settings::levels`]. Layers add up, rule by rule.
    pub levels: BTreeMap<String, Sourced<Level>>,
    /// See [`Settings::limits`].
    pub limits: LimitWishes,
    /// See [`Settings::strict_allow`].
    pub strict_allow: Option<Sourced<bool>>,
}

/// Wishes for the numbers that rules measure with.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LimitWishes {
    /// See [`Limits::body_width`].
    pub body_width: Option<Sourced<u32>>,
    /// See [`Limits::margin_percent`].
    pub margin_percent: Option<Sourced<u32>>,
    /// See [`Limits::image_percent`].
    pub image_percent: Option<Sourced<u32>>,
    /// See [`Limits::font_sizes`].
    pub font_sizes: Option<Sourced<u32>>,
    /// See [`Limits::line_breaks`].
    pub line_breaks: Option<Sourced<u32>>,
}

/// One line of what holds in the end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wish {
    /// The key, as it would stand in the configuration.
    pub key: String,
    /// The value in TOML, or `None` where nothing is set.
    pub value: Option<String>,
    /// Who wished it.
    pub origin: Origin,
}

impl Wish {
    /// One value of a list that was typed.
    pub fn typed(key: &str, value: &str) -> Self {
        Self::of_list(key, value, Origin::CommandLine)
    }

    /// One value of a list.
    pub(super) fn of_list(key: &str, value: &str, origin: Origin) -> Self {
        Self { key: key.to_owned(), value: Some(format!("[{}]", quoted(value))), origin }
    }
}

impl Wishes {
    /// This layer laid over the one below.
    #[must_use]
    pub fn over(self, below: Self) -> Self {
        let mut levels = below.levels;
        levels.retain(|rule, level| {
            level.value != Level::Off || !self.only.iter().any(|only| only.value == *rule)
        });
        levels.extend(self.levels);
        let mut allowed_hosts = below.allowed_hosts;
        allowed_hosts.extend(self.allowed_hosts);
        Self {
            profile: self.profile.or(below.profile),
            kind: self.kind.or(below.kind),
            channel: self.channel.or(below.channel),
            marketplace: self.marketplace.or(below.marketplace),
            language: self.language.or(below.language),
            is_final: self.is_final.or(below.is_final),
            order_id_added_by_tool: self.order_id_added_by_tool.or(below.order_id_added_by_tool),
            min_confidence: self.min_confidence.or(below.min_confidence),
            max_findings: self.max_findings.or(below.max_findings),
            policy_date: self.policy_date.or(below.policy_date),
            allowed_hosts,
            only: if self.only.is_empty() { below.only } else { self.only },
            levels,
            limits: self.limits.over(below.limits),
            strict_allow: self.strict_allow.or(below.strict_allow),
        }
    }

    /// What the linter is told; the defaults where nothing is wished. What is accepted is no wish: see
    /// [`Config::allowances`](super::Config::allowances).
    pub fn settings(&self) -> Settings {
        let default = Settings::default();
        Settings {
            profile: value_or(&self.profile, default.profile),
            kind: self.kind.as_ref().map(|kind| (kind.value, kind_origin(&kind.origin))),
            channel: (self.channel.as_ref())
                .map(|channel| (channel.value.clone(), kind_origin(&channel.origin))),
            marketplace: value_or(&self.marketplace, default.marketplace),
            language: self.language.as_ref().map(|language| language.value.clone()).or(default.language),
            is_final: value_or(&self.is_final, default.is_final),
            order_id_added_by_tool: value_or(&self.order_id_added_by_tool, default.order_id_added_by_tool),
            allowed_hosts: self.allowed_hosts.iter().map(|host| host.value.clone()).collect(),
            levels: self.levels.iter().map(|(rule, level)| (rule.clone(), level.value)).collect(),
            only: self.only.iter().map(|rule| rule.value.clone()).collect(),
            min_confidence: value_or(&self.min_confidence, default.min_confidence),
            max_findings: value_or(&self.max_findings, default.max_findings),
            policy_date: self.policy_date.as_ref().map(|wish| wish.value),
            limits: self.limits.limits(),
            keeps_texts: default.keeps_texts,
            masks_quotes: default.masks_quotes,
            allows: Vec::new(),
            strict_allow: value_or(&self.strict_allow, default.strict_allow),
        }
    }

    /// Every value that holds, each on a line of its own, with who wished it.
    pub fn lines(&self) -> Vec<Wish> {
        let default = Settings::default();
        let mut lines = vec![
            line("profile", &self.profile, Some(default.profile), |profile| quoted(profile.name())),
            line("kind", &self.kind, None, |kind| quoted(kind.name())),
            line("channel", &self.channel, None, |channel| quoted(channel.name())),
            line("marketplace", &self.marketplace, Some(default.marketplace), |code| quoted(code)),
            line("language", &self.language, None, |code| quoted(code)),
            line("final", &self.is_final, Some(default.is_final), bool::to_string),
            line(
                "order-id-added-by-tool",
                &self.order_id_added_by_tool,
                Some(default.order_id_added_by_tool),
                bool::to_string,
            ),
            line("min-confidence", &self.min_confidence, Some(default.min_confidence), |confidence| {
                quoted(confidence.name())
            }),
            line("max-findings", &self.max_findings, Some(default.max_findings), usize::to_string),
            line("policy-date", &self.policy_date, None, Day::to_string),
            line("strict-allow", &self.strict_allow, Some(default.strict_allow), bool::to_string),
        ];
        lines.extend(self.limits.lines());
        lines.extend(list("allowed-hosts", &self.allowed_hosts));
        lines.extend(list("select", &self.only));
        lines.extend(self.levels.iter().map(|(rule, level)| Wish {
            key: format!("rules.{rule}"),
            value: Some(quoted(level_name(level.value))),
            origin: level.origin.clone(),
        }));
        lines
    }
}

impl LimitWishes {
    fn over(self, below: Self) -> Self {
        Self {
            body_width: self.body_width.or(below.body_width),
            margin_percent: self.margin_percent.or(below.margin_percent),
            image_percent: self.image_percent.or(below.image_percent),
            font_sizes: self.font_sizes.or(below.font_sizes),
            line_breaks: self.line_breaks.or(below.line_breaks),
        }
    }

    fn limits(&self) -> Limits {
        let default = Limits::default();
        Limits {
            body_width: value_or(&self.body_width, default.body_width),
            margin_percent: value_or(&self.margin_percent, default.margin_percent),
            image_percent: value_or(&self.image_percent, default.image_percent),
            font_sizes: value_or(&self.font_sizes, default.font_sizes),
            line_breaks: value_or(&self.line_breaks, default.line_breaks),
        }
    }

    fn lines(&self) -> [Wish; 5] {
        let default = Limits::default();
        [
            line("limits.body-width", &self.body_width, Some(default.body_width), u32::to_string),
            line("limits.margin-percent", &self.margin_percent, Some(default.margin_percent), u32::to_string),
            line("limits.image-percent", &self.image_percent, Some(default.image_percent), u32::to_string),
            line("limits.font-sizes", &self.font_sizes, Some(default.font_sizes), u32::to_string),
            line("limits.line-breaks", &self.line_breaks, Some(default.line_breaks), u32::to_string),
        ]
    }
}

fn value_or<T: Clone>(wish: &Option<Sourced<T>>, default: T) -> T {
    wish.as_ref().map_or(default, |wish| wish.value.clone())
}

fn kind_origin(origin: &Origin) -> KindOrigin {
    match origin {
        Origin::Default => KindOrigin::Default,
        Origin::File { .. } => KindOrigin::Configuration,
        Origin::CommandLine => KindOrigin::Option,
    }
}

fn level_name(level: Level) -> &'static str {
    level.severity().map_or("off", |severity| severity.name())
}

fn line<T>(key: &str, wish: &Option<Sourced<T>>, default: Option<T>, tell: impl Fn(&T) -> String) -> Wish {
    let value = wish.as_ref().map(|wish| &wish.value).or(default.as_ref());
    let origin = wish.as_ref().map_or(Origin::Default, |wish| wish.origin.clone());
    Wish { key: key.to_owned(), value: value.map(tell), origin }
}

/// A list: each value with its own origin, or one line that says that it is empty.
fn list(key: &str, values: &[Sourced<String>]) -> Vec<Wish> {
    if values.is_empty() {
        return vec![Wish { key: key.to_owned(), value: Some("[]".to_owned()), origin: Origin::Default }];
    }
    values.iter().map(|value| Wish::of_list(key, &value.value, value.origin.clone())).collect()
}

pub(super) fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn layer(profile: Profile, origin: Origin) -> Wishes {
        Wishes { profile: Some(Sourced { value: profile, origin }), ..Wishes::default() }
    }

    #[test]
    fn the_upper_layer_wins_and_silence_leaves_the_lower() {
        let file = Origin::File { path: Arc::from("sellerlint.toml"), line: 3 };
        let below = layer(Profile::Lenient, file.clone());
        let both = layer(Profile::Strict, Origin::CommandLine).over(below.clone());
        assert_eq!(both.profile.unwrap().value, Profile::Strict);
        assert_eq!(Wishes::default().over(below).profile.unwrap().origin, file);
    }

    #[test]
    fn a_rule_asked_for_by_name_is_no_longer_off() {
        let off = BTreeMap::from([("emoji".to_owned(), Sourced::typed(Level::Off))]);
        let below = Wishes { levels: off, ..Wishes::default() };
        let asked = Wishes { only: vec![Sourced::typed("emoji".to_owned())], ..Wishes::default() };
        assert!(asked.over(below).levels.is_empty());
    }

    #[test]
    fn without_wishes_the_defaults_hold() {
        assert_eq!(Wishes::default().settings(), Settings::default());
    }

    #[test]
    fn who_wished_what_can_be_told() {
        let wishes = layer(Profile::Strict, Origin::CommandLine);
        let told: Vec<String> = wishes
            .lines()
            .into_iter()
            .map(|wish| format!("{} = {} ({})", wish.key, wish.value.unwrap_or_default(), wish.origin))
            .collect();
        for line in [
            "profile = \"strict\" (command line)",
            "marketplace = \"US\" (default)",
            "min-confidence = \"low\" (default)",
            "allowed-hosts = [] (default)",
        ] {
            assert!(told.iter().any(|told| told == line), "{line}\n{told:#?}");
        }
    }
}
