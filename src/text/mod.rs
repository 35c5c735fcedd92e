//! WHERE: bytes, text that remembers where it came from, and lines.
//!
//! Everything sellerlint says about a place is a [`Span`]: bytes of the original file. Text that was decoded,
//! unescaped, cut out or folded is a [`MappedText`] (a [`MappedBytes`] before its charset is known), which turns a range of itself into a range of what it was made
//! from. Nothing in this project ever *searches* for a position: it is carried from the first byte to the report.

mod charset;
mod line_index;
mod mapped;
mod mapped_bytes;
pub mod nearest;
mod picture;
mod runs;
pub(crate) mod seek;
mod source;
mod span;

pub use charset::Charset;
pub(crate) use line_index::columns;
pub use line_index::{LineIndex, Position};
pub use mapped::MappedText;
pub use mapped_bytes::MappedBytes;
pub use picture::is_picture;
pub use source::{Quirk, Source};
pub use span::Span;
