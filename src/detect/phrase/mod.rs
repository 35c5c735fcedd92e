//! Phrases: patterns of words, and the machine that finds them.
//!
//! A pattern is words, not a regular expression:
//!
//! | written | finds |
//! |---|---|
//! | `leave a review` | these words, in any case, with any white space or punctuation between them |
//! | `review*` | any word that begins so |
//! | `a?` | the word, or nothing |
//! | `{review}` | a member of the class `review` (`rules/words/`), which may be several words |
//! | `{@number}` | a unit of that kind: see [`pattern::BUILTIN`] |
//! | `(leave\|write a)` | one of these |
//! | `…` or `…3` | a gap of up to six, or up to three, words of the same sentence |
//! | `^` `$` | the beginning, the end of a clause: of the sentence, or where punctuation stands |
//! | `^^` `$$` | the beginning, the end of the sentence |
//!
//! All patterns of a language compile into one [`Machine`] of flat tables, which `build.rs` writes into the binary.
//! Words are looked up in a trie and a sentence becomes a [`wording::Wording`]; it asks only the patterns whose rarest word it
//! holds. Each of those is taken from its end to its beginning, for all units at once, one bit a unit ([`places`]): that
//! tells from where each of its steps leads to the end, and nearly always that none does. Where one does, the way is walked
//! without a wrong turn, so that no input costs more than its length times the length of the pattern.
//!
//! These files know nothing of the rest of the house but `view::split`, because `build.rs` shares them.

mod beside;
pub mod compile;
mod ground;
pub mod key_words;
mod lift;
pub mod machine;
pub mod pattern;
mod places;
pub mod table;
pub mod wording;

pub use compile::Grammar;
pub use machine::Machine;
pub use pattern::Pattern;
