//! Links, however they are written: with a scheme, with `www`, as a bare host, as Markdown, or in disguise.
//!
//! What has a scheme is found by `linkify`. A bare host is told from two sentences without a blank by its public suffix and
//! by the words around it (`bare`); a disguised one is read over spelled dots (`spelled`). What a link leads to is not
//! judged here: [`Link`] says where its host stands on which list, and rules decide.

mod address;
pub(crate) mod attribute;
mod bare;
mod broken;
mod fault;
pub mod form;
mod markdown;
mod spelled;
pub(crate) mod suffix;
mod url;

use std::ops::Range;

pub use form::{LinkFault, LinkForm};

use crate::detect::contact::Reading;
use crate::detect::disguise::Joined;
use crate::detect::domain::Host;
use crate::detect::hosts::Address;
use crate::detect::lists::Lists;
use crate::document::Purpose;
use crate::verdict::Confidence;

use address::Parts;

/// A link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Where, whole: with brackets and text in Markdown.
    pub range: Range<usize>,
    /// Where the address in it stands.
    pub target: Range<usize>,
    /// How it is written.
    pub form: LinkForm,
    /// The scheme in lower case, without the colon; `hxxp` counts as `http`.
    pub scheme: Option<String>,
    /// The host, if there is one.
    pub host: Option<Host>,
    /// The path from its `/` on; for `mailto:` and the like what stands behind the colon.
    pub path: String,
    /// The query without its `?`.
    pub query: String,
    /// Where the text of a Markdown link stands.
    pub text: Option<Range<usize>>,
    /// What is wrong with it.
    pub faults: Vec<LinkFault>,
    /// How sure it is that a link is meant.
    pub confidence: Confidence,
    /// What the address is for.
    pub purpose: Purpose,
}

impl Link {
    /// Its host and path, as lists want to know them.
    pub fn address(&self) -> Option<Address<'_>> {
        self.host.as_ref().map(|host| host.address(&self.path))
    }

    /// Whether another link leads to the same site, whatever page of it.
    pub fn leads_where(&self, other: &Self) -> bool {
        let site = |host: &Host| (host.label().to_owned(), host.suffix().to_owned());
        self.host.is_some() && self.host.as_ref().map(site) == other.host.as_ref().map(site)
    }

    /// Whether its host is on one of these lists.
    pub fn is_on(&self, names: &[&str], lists: &Lists) -> bool {
        self.address().is_some_and(|address| lists.hosts.is_on(names, address))
    }

    /// Whether the path begins with this, segment by segment; `*` stands for one segment.
    pub fn matches_path(&self, pattern: &str) -> bool {
        let mut path = self.path.trim_start_matches('/').split('/');
        let wanted = pattern.trim_start_matches('/');
        wanted.split('/').all(|wanted| match (wanted, path.next()) {
            ("", _) => true,
            ("*", Some(segment)) => !segment.is_empty(),
            (wanted, Some(segment)) => segment.eq_ignore_ascii_case(wanted),
            (_, None) => false,
        })
    }

    /// Whether the query has a parameter of this name; `utm_*` for all that begin so.
    pub fn has_param(&self, name: &str) -> bool {
        self.query.split('&').any(|pair| is_param(pair, name))
    }

    /// The address as it is written, without the parameters of these names; `None` if it is written so that they cannot
    /// be told.
    pub fn without_params(&self, written: &str, names: &[String]) -> Option<String> {
        let (before, query) = written.split_once('?').filter(|_| !self.query.is_empty())?;
        let (query, fragment) = query.split_at(query.find('#').unwrap_or(query.len()));
        let is_kept = |pair: &&str| !names.iter().any(|name| is_param(&pair.to_ascii_lowercase(), name));
        let kept: Vec<&str> = query.split('&').filter(is_kept).collect();
        let mark = if kept.is_empty() { "" } else { "?" };
        Some(format!("{before}{mark}{}{fragment}", kept.join("&")))
    }

    /// Whether an e-mail address that is found at the same place is the better reading.
    pub(crate) fn may_be_part_of_email(&self) -> bool {
        self.scheme.is_none() && self.form != LinkForm::Markdown
    }

    /// The same link in the text that letters were joined from.
    pub(crate) fn spread(self, joined: &Joined) -> Self {
        Self {
            range: joined.span(self.range).range(),
            target: joined.span(self.target).range(),
            text: self.text.map(|text| joined.span(text).range()),
            form: LinkForm::Disguised,
            ..self
        }
    }

    /// A link that is its address and nothing else.
    fn new(range: Range<usize>, form: LinkForm, parts: Parts, lists: &Lists, confidence: Confidence) -> Self {
        let faults = fault::of_address(&parts, lists);
        Self {
            target: range.clone(),
            range,
            form,
            scheme: parts.scheme,
            host: parts.host,
            path: parts.path,
            query: parts.query,
            text: None,
            faults,
            confidence,
            purpose: Purpose::Link,
        }
    }
}

/// Finds the links of a text; those that overlap are still among them.
pub(crate) fn find(reading: &Reading<'_>) -> Vec<Link> {
    let mut links: Vec<Link> = Vec::new();
    links.extend(markdown::find(reading));
    links.extend(url::find(reading));
    links.extend(broken::find(reading));
    links.extend(spelled::find(reading));
    links.extend(bare::find(reading));
    links
}

/// Whether a `name=value` of a query has this name; `utm_*` for all that begin so.
fn is_param(pair: &str, name: &str) -> bool {
    let known = pair.split('=').next().unwrap_or(pair);
    match name.strip_suffix('*') {
        Some(prefix) => known.starts_with(prefix),
        None => known == name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn link(address: &str) -> Link {
        Link::new(
            0..address.len(),
            LinkForm::Url,
            address::parse(address),
            &Lists::default(),
            Confidence::High,
        )
    }

    #[test]
    fn a_path_is_matched_by_segments() {
        for (path, pattern, expected) in [
            ("/dp/B000", "/dp/", true),
            ("/Some-Lamp/dp/B000", "/*/dp/", true),
            ("/Some-Lamp/dp/B000", "/dp/", false),
            ("/dp", "/dp/", true),
            ("/s", "/s", true),
            ("/stores/x", "/s", false),
            ("/gp/product/B000", "/gp/product/", true),
            ("/gp/help", "/gp/product/", false),
            ("", "/dp/", false),
            ("/", "/*", false),
        ] {
            let link = link(&format!("https://example.com{path}"));
            assert_eq!(link.matches_path(pattern), expected, "{path} {pattern}");
        }
    }

    #[test]
    fn a_parameter_is_known_by_its_name() {
        let link = link("https://example.com/?tag=x-21&utm_source=y&flag");
        for (name, expected) in
            [("tag", true), ("utm_*", true), ("flag", true), ("ta", false), ("x-21", false)]
        {
            assert_eq!(link.has_param(name), expected, "{name}");
        }
    }
}
