//! The first `sellerlint.toml` of a project: what was found in the folder is set, everything else stands as a comment.
//!
//! A line that begins with `# ` explains; one that begins with `#` alone is a setting as it would be written. The
//! explanations are those of the schema.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::prose::Prose;

/// What was seen in a folder.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Seen {
    /// How many files have which ending, for endings that messages have.
    pub endings: BTreeMap<String, usize>,
    /// Endings of templates that no format is known by, and the format that they look like.
    pub templates: BTreeMap<String, &'static str>,
    /// Marketplaces that folders or files are named after.
    pub marketplaces: BTreeSet<String>,
    /// Languages that folders or files are named after, each with a glob for them.
    pub languages: BTreeMap<String, String>,
}

const BEGINNING: &str = "\
# How the drafts in this folder are checked. Written by `sellerlint init`; change it as you like.
# Take the `#` away from a line that has no blank behind it, and the setting holds. `sellerlint --show-config` prints
# every setting and where it comes from; `sellerlint schema config` is for your editor.
";

/// The settings of the file itself, each with an example.
const SETTINGS: &[(&str, &str)] = &[
    ("required_version", "\">=0.1.0\""),
    ("policy_date", "2026-11-22"),
    ("profile", "\"strict\""),
    ("kind", "\"reply\""),
    ("channel", "\"email\""),
    ("marketplace", "\"US\""),
    ("language", "\"en\""),
    ("final", "true"),
    ("order_id_added_by_tool", "true"),
    ("allowed_hosts", "[\"manuals.example.com\"]"),
    ("include", "[\"**/*.txt\", \"**/*.html\"]"),
    ("exclude", "[\"archive/**\"]"),
    ("packs", "[\"rules/house\"]"),
    ("select", "[\"emoji\", \"phone-number\"]"),
    ("min_confidence", "\"medium\""),
    ("max_findings", "100"),
    ("strict_allow", "true"),
    ("allow", "[{ rule = \"phone-number\", files = [\"repairs/**\"], reason = \"the maker's hotline\" }]"),
    ("override", "[{ files = [\"replies/**\"], kind = \"reply\" }]"),
];

const LIMITS: &[(&str, &str)] = &[
    ("body_width", "600"),
    ("margin_percent", "20"),
    ("image_percent", "80"),
    ("font_sizes", "3"),
    ("line_breaks", "2"),
];

const FORMATS: &[(&str, &str)] = &[
    ("csv", "\"*.csv\" = { format = \"csv\", body = \"Message\", subject = \"Subject\", delimiter = \";\" }"),
    (
        "json",
        "\"locales/*.json\" = { format = \"json\", fields = [\"emails.*.body\"], subject = \"emails.*.subject\" }",
    ),
    ("yaml", "\"*.yaml\" = { format = \"yaml\", fields = [\"templates[].text\"] }"),
];

/// The file for a folder in which this was seen.
pub fn starter(seen: &Seen) -> String {
    let prose = Prose::read();
    let mut text = String::from(BEGINNING);
    let _ = writeln!(text, "# Found here: {}.\n", found(seen));
    for (key, example) in SETTINGS {
        explain(&mut text, prose.key("FileToml", key));
        if !suggest(&mut text, key, seen) {
            let _ = writeln!(text, "#{} = {example}", key.replace('_', "-"));
        }
        text.push('\n');
    }
    explain(&mut text, prose.key("FileToml", "rules"));
    text.push_str("[rules]\n#shouting-and-punctuation = \"off\"\n\n");
    explain(&mut text, prose.key("FileToml", "limits"));
    text.push_str("[limits]\n");
    for (key, example) in LIMITS {
        explain(&mut text, prose.key("LimitsToml", key));
        let _ = writeln!(text, "#{} = {example}", key.replace('_', "-"));
    }
    text.push('\n');
    explain(&mut text, prose.key("FileToml", "formats"));
    text.push_str("[formats]\n");
    for (ending, format) in &seen.templates {
        let _ = writeln!(text, "{} = \"{format}\"", quoted(&format!("*.{ending}")));
    }
    for (format, example) in FORMATS {
        if *format == "json"
            && ["json", "yaml", "yml"].iter().any(|ending| seen.endings.contains_key(*ending))
        {
            text.push_str(
                "# JSON and YAML are read only where it is said which of their texts are messages.\n",
            );
        }
        let _ = writeln!(text, "#{example}");
    }
    text
}

fn explain(text: &mut String, explanation: Option<&str>) {
    let explanation = explanation.expect("internal: every key of the configuration is explained");
    let _ = writeln!(text, "# {explanation}");
}

/// Settings that the names of folders and files speak for; whether there was one, in the place of the example.
fn suggest(text: &mut String, key: &str, seen: &Seen) -> bool {
    match key {
        "marketplace" if !seen.marketplaces.is_empty() => {
            let all: Vec<&str> = seen.marketplaces.iter().map(String::as_str).collect();
            let _ = writeln!(text, "# Files here are named after {}.", all.join(", "));
            if let [only] = all.as_slice() {
                let _ = writeln!(text, "#marketplace = \"{only}\"");
            }
            all.len() == 1
        }
        "override" if !seen.languages.is_empty() => {
            let one = |(language, glob): (&String, &String)| {
                format!("{{ files = [{}], language = \"{language}\" }}", quoted(glob))
            };
            let all: Vec<String> = seen.languages.iter().map(one).collect();
            let _ = writeln!(text, "# Names of folders and files speak for this one:");
            let _ = writeln!(text, "#override = [{}]", all.join(", "));
            true
        }
        _ => false,
    }
}

fn found(seen: &Seen) -> String {
    let all: Vec<String> = seen.endings.iter().map(|(ending, count)| format!("{count} .{ending}")).collect();
    if all.is_empty() { "no drafts yet".to_owned() } else { all.join(", ") }
}

fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}
