/// How a text is written, whatever it is wrapped into.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum TextFormat {
    /// As it is read.
    #[default]
    Plain,
    /// HTML, or a template that becomes HTML.
    Html,
    /// Markdown, with the HTML in it.
    Markdown,
}
