//! Reads drafts of Amazon seller-to-buyer messages and says what Amazon forbids, where it stands, why, and what to write
//! instead.
//!
//! Bytes become a [`Document`](document::Document) whose every text remembers where it came from; a
//! [`View`](view::View) makes it comparable; detectors find things; rules, which are TOML, decide what a thing means;
//! the [`Linter`](lint::Linter) returns findings; reports and the exit code are readings of the same value.
//!
//! ```text
//!  bytes ─ Source ─▶ Document ─▶ View ─▶ Reading, matches ─▶ Candidate ─▶ Finding ─▶ FileReport ─▶ bytes out
//!          text      document    view    detect               lint        finding    lint          report / cli
//!                    (decode)                                 (rule: what rules/ says, compiled by build.rs)
//! ```
//!
//! ```
//! use sellerlint::document::ReadAs;
//! use sellerlint::lint::{Linter, Settings};
//! use sellerlint::rule::builtin;
//!
//! let linter = Linter::new(builtin::rules());
//! let draft = b"Thank you so much for your purchase!";
//! let report = linter.lint("draft.txt", draft, &ReadAs::default(), &Settings::default());
//! let rules: Vec<&str> = report.messages[0].findings.iter().map(|finding| finding.rule.as_str()).collect();
//! assert!(rules.contains(&"thank-you-only"));
//! ```
//!
//! # The house
//!
//! | layer | room | what is in it |
//! |---|---|---|
//! | 0 | [`text`], [`verdict`] | spans, text with its places, charsets; the words of a verdict |
//! | 1 | [`decode`], [`finding`], [`fix`] | what undoes an escape; what a finding is |
//! | 2 | [`document`] | one message: front matter, subject, placeholders, quoted history |
//! | 3 | [`view`] | folding, words, sentences, which language |
//! | 4 | [`detect`] | what things look like: phrases, links, phones, emoji … |
//! | 5 | [`rule`] | packs: read, checked, compiled |
//! | 6 | [`lint`] | judges a message; one offence, one finding |
//! | 7 | [`corpus`] | measures the rules on labelled messages |
//! | 8 | [`report`], [`config`] | findings as bytes; the project file as values |
//! | 9 | [`schema`] | the keys of our files, for editors and beginners |
//! | 10 | [`cli`] | arguments, files, threads, exit codes |
//!
//! A room imports from those above it in this table only (`tests/layers.rs` holds it to that). Besides:
//!
//! * Below `cli` there is no input or output: no files, environment, clock, network or printing.
//! * Reading never fails: every byte string gives a document; what is odd about it may be reported by a rule.
//! * A [`Span`](text::Span) is bytes of the original file. Only a [`MappedText`](text::MappedText) turns other offsets
//!   into one; nobody searches for a position.
//! * A detector knows no policy, and a rule knows no bytes: severity, message, reason and cure are written in `rules/`.
//! * Findings are sorted and the same for any number of threads.
//! * All cost is linear in the input: no backtracking anywhere.

pub mod cli;
pub mod config;
pub mod corpus;
pub mod decode;
pub mod detect;
pub mod document;
pub mod finding;
pub mod fix;
pub mod lint;
pub mod report;
pub mod rule;
pub mod schema;
pub mod text;
pub mod verdict;
pub mod view;
