//! stand-in
/// What a placeholder stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Meaning {
    /// order
    OrderId,
    /// other
    Other,
}
impl Meaning {
    /// All.
    pub const ALL: &'static [Self] = &[Self::OrderId, Self::Other];
    /// Name.
    pub fn name(self) -> &'static str {
        match self {
            Self::OrderId => "order-id",
            Self::Other => "other",
        }
    }
}
/// stand-in
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moment;
