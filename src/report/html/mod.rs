//! One file for people who do not use terminals: each message as its buyer would see it, with the offences marked in it
//! and explained beside it, and what it all came to on top.
//!
//! The file needs nothing but itself: a policy in it forbids every request, and lets run what is ours by its hash, so
//! that no draft can bring a script or a style. All works without the script but the filter. Messages are written as they
//! come, and the overview after them; the style sheet puts it first. What grows with the run are counts by rule.

mod escaped;
mod explained;
mod message;
mod overview;
mod repair;
mod stretch;
#[cfg(test)]
mod tests;

use std::io::{self, Write};
use std::sync::Arc;

use crate::lint::FileReport;

use super::{Manual, Summary};
use message::{Article, Told};
use overview::Counts;

const STYLE: &str = include_str!("style.css");
const SCRIPT: &str = include_str!("script.js");
/// SHA-256 of [`STYLE`] in base64, as the policy wants it; a test says what it is.
const STYLE_HASH: &str = "bLPaJmBQtik+FI/K8WFBfTUwxIsqJFGplMOSctgyyWY=";
/// The same of [`SCRIPT`].
const SCRIPT_HASH: &str = "8bnNReekVp64+d+yLaKVN0t01PcmoqSogh7h+v6+Jko=";

/// A report under way.
#[derive(Debug)]
pub(super) struct Html {
    manual: Arc<Manual>,
    counts: Counts,
    told: Told,
    articles: usize,
}

impl Html {
    /// A report that has written nothing yet, and can say what the manual says.
    pub(super) fn new(manual: Arc<Manual>) -> Self {
        Self { manual, counts: Counts::default(), told: Told::default(), articles: 0 }
    }

    /// Writes everything before the first message.
    pub(super) fn begin(&self, out: &mut dyn Write) -> io::Result<()> {
        write!(
            out,
            "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-{STYLE_HASH}'; \
             script-src 'sha256-{SCRIPT_HASH}'; base-uri 'none'; form-action 'none'\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"referrer\" content=\"no-referrer\">\n\
             <title>Messages to buyers: what sellerlint found</title>\n<style>{STYLE}</style>\n</head>\n<body>\n\
             <main>\n"
        )
    }

    /// Writes the messages of a file that have findings, or accepted ones.
    pub(super) fn file(&mut self, file: &FileReport, out: &mut dyn Write) -> io::Result<()> {
        for message in &file.messages {
            if message.findings.is_empty() && message.suppressed.is_empty() {
                continue;
            }
            self.articles += 1;
            self.counts.add(&file.path, message, self.articles);
            let article = Article::new(&file.path, message, self.articles, &self.manual);
            article.write(&mut self.told, out)?;
        }
        Ok(())
    }

    /// Writes the overview, and everything after it.
    pub(super) fn finish(self, summary: &Summary, out: &mut dyn Write) -> io::Result<()> {
        self.counts.write(summary, &self.manual, out)?;
        write!(
            out,
            "</main>\n<footer><p>Nothing found is no permission: Amazon may block any message. sellerlint {} is not \
             affiliated with Amazon and gives no legal advice.</p></footer>\n<script>{SCRIPT}</script>\n</body>\n</html>\n",
            env!("CARGO_PKG_VERSION")
        )
    }
}
