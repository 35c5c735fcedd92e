//! WISHES: what a `sellerlint.toml` asks for, as typed values that know where they were written.
//!
//! Reading is a function of the text alone: `cli` finds and opens the file. A wish is one layer of several (the
//! defaults, the file, its overrides, the command line); [`Wishes::over`] lays one on the other, and the result still
//! knows who wished what, which is all that `--show-config` prints. Absent on purpose: inheritance between files, and
//! environment variables, for nobody could say afterwards where a value came from.

mod allows;
mod baseline;
mod formats;
mod globs;
mod mistake;
mod schema;
mod values;
mod wishes;
mod wrong_type;

pub use allows::Allow;
pub use baseline::{BASELINE_NAME, parse_baseline, written_baseline};
pub use formats::FormatWish;
pub use globs::Globs;
pub use mistake::Mistake;
pub(crate) use schema::{FileToml, FormatToml};
pub(crate) use values::{LANGUAGES, MARKETPLACES};
pub use values::{WrongValue, delimiter, language, marketplace};
pub use wishes::{LimitWishes, Origin, Sourced, Wish, Wishes};

use std::ops::Range;
use std::sync::Arc;

use semver::{Version, VersionReq};
use toml::Spanned;

use crate::lint::Allowance;
use crate::rule::compiled::RuleSet;

/// The name that a configuration file has.
pub const FILE_NAME: &str = "sellerlint.toml";

/// A configuration file.
#[derive(Debug, Clone, Default)]
pub struct Config {
    /// What it asks for, for every file.
    pub wishes: Wishes,
    /// What it asks for, for some files.
    pub overrides: Vec<Override>,
    /// How some of the files are written; a later one beats an earlier one.
    pub formats: Vec<FormatWish>,
    /// Which findings are accepted, and why.
    pub allows: Vec<Allow>,
    /// Files to read in folders; the drafts by their extension, if empty.
    pub include: Globs,
    /// Files and folders to leave out.
    pub exclude: Globs,
    /// Packs of rules, as paths from the folder of the file.
    pub packs: Vec<Spanned<String>>,
    /// The wishes about which files and packs are read, for `--show-config`.
    pub of_files: Vec<Wish>,
    rules: Vec<Spanned<String>>,
    channels: Vec<Spanned<String>>,
}

/// Wishes for some of the files.
#[derive(Debug, Clone)]
pub struct Override {
    /// The files.
    pub files: Globs,
    /// What is asked for them.
    pub wishes: Wishes,
    /// Where the globs stand, in bytes of the configuration file.
    pub at: Range<usize>,
}

impl Config {
    /// Reads a configuration file. `path` is what it is called where values say where they come from.
    pub fn parse(path: &str, text: &str) -> Result<Self, Vec<Mistake>> {
        check_version(text).map_err(|mistake| vec![mistake])?;
        let written: FileToml =
            toml::from_str(text).map_err(|error| vec![wrong_type::mistake(&error, text)])?;
        schema::Reading::new(Arc::from(path), text).config(written)
    }

    /// The rule names in the file that are none of the known ones.
    pub fn unknown_rules(&self, known: &[&str]) -> Vec<Mistake> {
        let unknown = self.rules.iter().filter(|rule| !known.contains(&rule.get_ref().as_str()));
        unknown.map(|rule| Mistake::unknown_rule(rule.span(), rule.get_ref(), known)).collect()
    }

    /// The channels in the file that are none of the known ones.
    pub fn unknown_channels(&self, rules: &RuleSet) -> Vec<Mistake> {
        let mistake = |channel: &Spanned<String>| {
            let right = rules.channel(channel.get_ref()).err()?;
            let message = format!("there is no channel `{}`", channel.get_ref());
            Some(Mistake::new(channel.span(), message).help(right))
        };
        self.channels.iter().filter_map(mistake).collect()
    }

    /// Whether the file names any rule.
    pub fn names_rules(&self) -> bool {
        !self.rules.is_empty()
    }

    /// Which overrides are about a file, as indices; `path` leads from the folder of the configuration to the file.
    pub fn overrides_for(&self, path: &str) -> Vec<usize> {
        (0..self.overrides.len()).filter(|index| self.overrides[*index].files.cover(path)).collect()
    }

    /// How a file is written, if that is said; `path` leads from the folder of the configuration to the file.
    pub fn format_of(&self, path: &str) -> Option<&FormatWish> {
        self.formats.iter().rev().find(|format| format.files.cover(path))
    }

    /// The wishes of `[formats]`, for `--show-config`.
    pub fn format_lines(&self) -> impl Iterator<Item = Wish> + '_ {
        self.formats.iter().map(|format| format.wish.clone())
    }

    /// Which allows are about a file, as indices; `path` leads from the folder of the configuration to the file. Without a
    /// path, those that are about every file.
    pub fn allows_for(&self, path: Option<&str>) -> Vec<usize> {
        (0..self.allows.len()).filter(|index| self.allows[*index].covers(path)).collect()
    }

    /// What the linter is told of these allows; `first` is the number of the first one of the file.
    pub fn allowances(&self, allows: &[usize], first: usize) -> Vec<Allowance> {
        allows.iter().map(|index| self.allows[*index].allowance(first + index)).collect()
    }

    /// What the file asks for where these overrides hold; a later override beats an earlier one.
    pub fn wishes_with(&self, overrides: &[usize]) -> Wishes {
        overrides
            .iter()
            .fold(self.wishes.clone(), |below, index| self.overrides[*index].wishes.clone().over(below))
    }
}

/// A file for another version is refused before its unknown keys are, for the version is why they are unknown.
fn check_version(text: &str) -> Result<(), Mistake> {
    let Ok(schema::VersionToml { required_version: Some(required) }) = toml::from_str(text) else {
        return Ok(());
    };
    let (range, required) = (required.span(), required.into_inner());
    let wanted = VersionReq::parse(&required).map_err(|error| {
        Mistake::new(range.clone(), format!("`{required}` is no version requirement: {error}"))
            .help("write it like `>=0.1.0`")
    })?;
    let ours = env!("CARGO_PKG_VERSION");
    if Version::parse(ours).is_ok_and(|version| wanted.matches(&version)) {
        return Ok(());
    }
    Err(Mistake::new(range, format!("this is sellerlint {ours}, and the file wants `{required}`"))
        .help("install a version that fits, or change `required-version`"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::{Day, Kind, Profile};
    use crate::lint::KindOrigin;
    use crate::rule::schema::Level;

    fn config(text: &str) -> Config {
        Config::parse("sellerlint.toml", text).unwrap()
    }

    /// Each mistake drawn into its line, with its message and help.
    fn mistakes(text: &str) -> Vec<String> {
        let tell = |mistake: &Mistake| {
            let Range { start, end } = mistake.range.clone();
            let from = text[..start].rfind('\n').map_or(0, |at| at + 1);
            let to = text[end..].find('\n').map_or(text.len(), |at| end + at);
            let help = mistake.help.as_deref().unwrap_or("-");
            let line = format!("{}|{}|{}", &text[from..start], &text[start..end], &text[end..to]);
            format!("{line} {} ({help})", mistake.message)
        };
        Config::parse("sellerlint.toml", text).unwrap_err().iter().map(tell).collect()
    }

    #[test]
    fn an_empty_file_asks_for_nothing() {
        let config = config("");
        assert_eq!(config.wishes, Wishes::default());
        assert!(config.include.is_empty() && config.exclude.is_empty() && config.packs.is_empty());
    }

    #[test]
    fn every_key_is_read() {
        let config = config(
            "required-version = '>=0.1.0'\nprofile = 'strict'\nkind = 'reply'\nchannel = 'email'\nmarketplace = 'uk'\n\
             language = 'de-AT'\nfinal = true\nallowed-hosts = ['Help.Example.com']\n\
             order-id-added-by-tool = true\ninclude = ['*.msg']\nexclude = ['old']\nmax-findings = 7\n\
             policy-date = 2026-11-22\n\
             packs = ['house']\nselect = ['emoji']\n[rules]\nemoji = 'warning'\n\
             [[override]]\nfiles = ['replies/**']\nkind = 'critical'\nrules.gif = 'off'\n",
        );
        let settings = config.wishes_with(&[]).settings();
        assert_eq!(settings.profile, Profile::Strict);
        assert_eq!(settings.kind, Some((Kind::Reply, KindOrigin::Configuration)));
        assert_eq!((settings.marketplace.as_str(), settings.language.as_deref()), ("GB", Some("de")));
        assert!(settings.is_final && settings.order_id_added_by_tool);
        assert_eq!(settings.allowed_hosts, ["help.example.com"]);
        assert_eq!(settings.policy_date, Some(Day { year: 2026, month: 11, day: 22 }));
        assert_eq!((settings.max_findings, settings.only), (7, vec!["emoji".to_owned()]));
        assert_eq!(settings.levels.into_iter().collect::<Vec<_>>(), [("emoji".to_owned(), Level::Warning)]);
        assert!(config.include.cover("a/b.msg") && config.exclude.cover("old/a.txt"));
        assert_eq!(config.packs[0].get_ref(), "house");
    }

    #[test]
    fn an_override_is_for_its_files_and_a_later_one_wins() {
        let config = config(
            "profile = 'lenient'\nallowed-hosts = ['a.example']\n\
             [[override]]\nfiles = ['replies/']\nkind = 'reply'\nallowed-hosts = ['b.example']\n\
             [[override]]\nfiles = ['*.txt']\nkind = 'critical'\n",
        );
        assert_eq!(config.overrides_for("replies/a.msg"), [0]);
        assert_eq!(config.overrides_for("replies/a.txt"), [0, 1]);
        assert!(config.overrides_for("other/a.msg").is_empty());
        let settings = config.wishes_with(&[0, 1]).settings();
        assert_eq!(settings.kind, Some((Kind::Critical, KindOrigin::Configuration)));
        assert_eq!(settings.profile, Profile::Lenient);
        assert_eq!(settings.allowed_hosts, ["a.example", "b.example"]);
    }

    #[test]
    fn limits_are_settings() {
        let config = config(
            "[limits]\nbody-width = 640\nfont-sizes = 4\n[[override]]\nfiles = ['a']\nlimits.font-sizes = 5\n",
        );
        let limits = config.wishes_with(&[0]).settings().limits;
        assert_eq!((limits.body_width, limits.font_sizes, limits.line_breaks), (640, 5, 2));
    }

    #[test]
    fn a_value_knows_its_line() {
        let config = config("# ours\nprofile = 'strict'\n[[override]]\nfiles = ['a']\nfinal = true\n");
        let origin = |line| Origin::File { path: Arc::from("sellerlint.toml"), line };
        assert_eq!(config.wishes.profile.unwrap().origin, origin(2));
        assert_eq!(config.overrides[0].wishes.is_final.as_ref().unwrap().origin, origin(5));
    }

    #[test]
    fn mistakes_have_their_place_and_a_way_out() {
        let cases = [
            ("proflie = 1", "|proflie| = 1 there is no key `proflie` here (did you mean `profile`?)"),
            ("final = 'yes'", "final = |'yes'| `final` cannot be the text `yes` (write `true` or `false`)"),
            ("kind = 'replay'", "kind = |'replay'| there is no value `replay` here (did you mean `reply`?)"),
            ("marketplace = 'XX'", "marketplace = |'XX'| `XX` is no marketplace of Amazon (known: "),
            ("language = 'german'", "language = |'german'| `german` is no language code (write two letters"),
            ("allowed-hosts = ['https://a.example/x']", "`https://a.example/x` is no host (write the host"),
            ("max-findings = 0", "max-findings = |0| at least one finding has to be kept (-)"),
            ("exclude = ['a[']", "exclude = [|'a['|] `a[` is no glob: unclosed character class"),
            ("rules = { emoji = 'fatal' }", "there is no value `fatal` here (known here: off, note"),
            ("[[override]]\nfiles = []", "files = |[]| an override without files is for nothing"),
            ("[[override]]\nkind = 'reply'", "the key `files` is missing"),
            (
                "[limits]\nfont-size = 2",
                "|font-size| = 2 there is no key `font-size` here (did you mean `font-sizes`?)",
            ),
            ("limits.line-breaks = -1", "`line-breaks` cannot be the number `-1`"),
            (
                "[[override]]\nfiles = ['a']\npacks = []",
                "|packs| = [] there is no key `packs` here (known here:",
            ),
            ("required-version = '>=99'\nnew-key = 1", "required-version = |'>=99'| this is sellerlint"),
            ("required-version = 'new'", "required-version = |'new'| `new` is no version requirement"),
        ];
        for (text, start) in cases {
            let told = mistakes(text).join("\n");
            assert!(told.contains(start), "{text}\n  said   {told}\n  wanted {start}");
        }
    }

    #[test]
    fn formats_are_names_or_tables() {
        let config = config(
            "[formats]\n'*.liquid' = 'txt'\n'exports/*.csv' = { format = 'csv', body = 'Message', delimiter = ';' }\n\
             'locales/*.json' = { format = 'json', fields = ['emails.*.body'], subject = 'emails.*.subject' }\n\
             'special.liquid' = 'csv'\n",
        );
        let format = |path| config.format_of(path).map(|wish| wish.reading.format.name());
        assert_eq!(format("a/b.liquid"), Some("txt"));
        assert_eq!(format("a/special.liquid"), Some("csv"));
        assert_eq!(format("other/a.csv"), None);
        let reading = &config.format_of("exports/a.csv").unwrap().reading;
        assert_eq!((reading.keys.body.as_deref(), reading.delimiter), (Some("Message"), Some(b';')));
        let reading = &config.format_of("locales/de.json").unwrap().reading;
        assert_eq!(reading.bodies[0].to_string(), "emails.*.body");
        assert_eq!(reading.subject.as_ref().unwrap().to_string(), "emails.*.subject");
        let lines: Vec<String> = config
            .format_lines()
            .map(|wish| format!("{} {} {}", wish.key, wish.value.unwrap(), wish.origin))
            .collect();
        assert_eq!(
            lines[1],
            "formats.\"exports/*.csv\" { format = \"csv\", body = \"Message\", delimiter = \";\" } sellerlint.toml:3"
        );
    }

    #[test]
    fn mistakes_in_formats_have_their_place() {
        let cases = [
            ("'*.x' = 'htlm'", "'*.x' = |'htlm'| there is no format `htlm`"),
            ("'*.x' = 5", "'*.x' = |5| `*.x` cannot be the number `5` (write the name of a format, or"),
            ("'a[' = 'txt'", "|'a['| = 'txt' `a[` is no glob"),
            ("'*.x' = { body = 'b' }", "'*.x' = |{ body = 'b' }| the key `format` is missing"),
            ("'*.x' = { format = 'csv', bdy = 'b' }", "there is no key `bdy` here (did you mean `body`?)"),
            (
                "'*.x' = { format = 'csv', cells = 'rtf' }",
                "cells = |'rtf'| } there is no format of texts `rtf`",
            ),
            (
                "'*.x' = { format = 'csv', delimiter = 'ab' }",
                "delimiter = |'ab'| } `ab` is no sign that parts fields",
            ),
            (
                "'*.x' = { format = 'csv', fields = ['b'] }",
                "fields = |['b']| } `fields` is for files `json` and `yaml`",
            ),
            ("'*.x' = { format = 'txt', body = 'b' }", "body = |'b'| } `body` is for files of records"),
            (
                "'*.x' = 'json'",
                "'*.x' = |'json'| which texts of these json files are messages is not said (name them: `fields",
            ),
            ("'*.x' = { format = 'yaml', fields = [] }", "fields = |[]| } without fields nothing is read"),
            (
                "'*.x' = { format = 'json', fields = ['a..b'] }",
                "fields = [|'a..b'|] } `a..b` is no path: a step of the path is empty",
            ),
            (
                "'*.x' = { format = 'json', fields = ['a.*'], subject = 's.*.*' }",
                "`s.*.*` has more `*` than any of the fields",
            ),
        ];
        for (text, start) in cases {
            let told = mistakes(&format!("[formats]\n{text}")).join("\n");
            assert!(told.contains(start), "{text}\n  said   {told}\n  wanted {start}");
        }
    }

    #[test]
    fn all_wrong_values_are_told_at_once() {
        assert_eq!(mistakes("marketplace = 'XX'\nlanguage = 'xx'\nexclude = ['[']").len(), 3);
    }

    #[test]
    fn unknown_rules_are_told_with_the_nearest_name() {
        let text =
            "select = ['emoji']\n[rules]\nemojy = 'off'\n[[override]]\nfiles = ['a']\nrules.gfi = 'off'\n";
        let told: Vec<_> =
            config(text).unknown_rules(&["emoji", "gif"]).into_iter().map(|m| m.help).collect();
        assert_eq!(told, [Some("did you mean `emoji`?".into()), Some("did you mean `gif`?".into())]);
    }
}
