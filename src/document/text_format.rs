/// How a text is written, whatever it is wrapped into.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum TextFormat {
    /// As it is read.
    #[default]
    #[serde(rename = "txt")]
    Plain,
}

impl TextFormat {
    /// Every one, in the order in which they are told.
    pub const ALL: &'static [Self] = &[Self::Plain];

    /// How it is called.
    pub fn name(self) -> &'static str {
        match self {
            Self::Plain => "txt",
        }
    }

    /// How a text is written, by its look.
    pub fn look(_text: &str) -> Self {
        Self::Plain
    }
}
