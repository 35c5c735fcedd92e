//! Drafts that keep to the rules, one for each topic that Amazon permits: what `sellerlint new` writes.
//!
//! They lie in `rules/drafts/<language>/<topic>.txt`: a line `topic: …`, then the draft as it is handed out, but for its
//! placeholders, which are written `{{so}}` and become those of the tool that sends them.

static FILES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/drafts.rs"));

/// A draft that can be handed out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Template {
    /// Its name: the stem of the file.
    pub topic: &'static str,
    /// One line for the list.
    pub title: &'static str,
    text: &'static str,
}

/// How placeholders are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Dialect {
    /// `{{order_id}}`, as in Handlebars, Liquid and most tools.
    #[default]
    DoubleBraces,
    /// `[[order-id]]`, as in Amazon's own templates.
    Amazon,
    /// `{order_id}`.
    Braces,
    /// `${order_id}`.
    DollarBraces,
    /// `[Order ID]`, to be filled in by hand.
    Words,
    /// `<ORDER_ID>`.
    Angles,
    /// `#order_id#`.
    Hashes,
    /// `%%order_id%%`.
    Percents,
    /// `*|ORDER_ID|*`.
    MergeTags,
}

impl Dialect {
    /// Every dialect, the default first.
    pub const ALL: &'static [Self] = &[
        Self::DoubleBraces,
        Self::Amazon,
        Self::Braces,
        Self::DollarBraces,
        Self::Words,
        Self::Angles,
        Self::Hashes,
        Self::Percents,
        Self::MergeTags,
    ];

    /// The name as it stands on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::DoubleBraces => "double-braces",
            Self::Amazon => "amazon",
            Self::Braces => "braces",
            Self::DollarBraces => "dollar-braces",
            Self::Words => "words",
            Self::Angles => "angles",
            Self::Hashes => "hashes",
            Self::Percents => "percents",
            Self::MergeTags => "merge-tags",
        }
    }

    /// A placeholder of this name (`order_id`).
    pub fn write(self, name: &str) -> String {
        match self {
            Self::DoubleBraces => format!("{{{{{name}}}}}"),
            Self::Amazon => format!("[[{}]]", name.replace('_', "-")),
            Self::Braces => format!("{{{name}}}"),
            Self::DollarBraces => format!("${{{name}}}"),
            Self::Words => format!("[{}]", titled(name)),
            Self::Angles => format!("<{}>", name.to_uppercase()),
            Self::Hashes => format!("#{name}#"),
            Self::Percents => format!("%%{name}%%"),
            Self::MergeTags => format!("*|{}|*", name.to_uppercase()),
        }
    }
}

/// `Order ID` for `order_id`.
fn titled(name: &str) -> String {
    let word = |word: &str| match word {
        "id" => "ID".to_owned(),
        _ => word[..1].to_uppercase() + &word[1..],
    };
    name.split('_').map(word).collect::<Vec<_>>().join(" ")
}

/// All drafts, sorted by topic.
pub fn templates() -> impl Iterator<Item = Template> {
    FILES.iter().map(|(topic, file)| {
        let (first, text) = file.split_once('\n').unwrap_or((file, ""));
        let title = first.strip_prefix("topic: ").expect("internal: a draft begins with its topic");
        Template { topic, title, text }
    })
}

impl Template {
    /// The draft, with placeholders as a tool has them.
    pub fn draft(&self, dialect: Dialect) -> String {
        let mut parts = self.text.split("{{");
        let mut draft = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            let (name, rest) = part.split_once("}}").expect("internal: a placeholder of a draft is closed");
            draft += &dialect.write(name);
            draft += rest;
        }
        draft
    }
}
