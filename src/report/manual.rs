//! What rules say of themselves, for the reports that say it too: what they forbid, why, and where that can be read.

use std::collections::BTreeMap;

use crate::finding::{RuleId, Severity};
use crate::rule::pack::{Pack, Page};

/// The pages of every rule that a run can meet, by id. Where packs of two configurations call a rule the same, the one
/// that was added first is it.
#[derive(Debug, Clone, Default)]
pub struct Manual {
    pages: BTreeMap<String, RulePage>,
}

/// What one rule says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RulePage {
    /// The offence in a few words.
    pub title: String,
    /// What to do instead.
    pub help: String,
    /// Why, at length: paragraphs with a blank line between them.
    pub explain: String,
    /// Its severity in the standard profile; `None` where that does not ask it.
    pub severity: Option<Severity>,
    /// The first of its sources that can be read on the web.
    pub url: Option<String>,
}

impl Manual {
    /// Adds every rule of some packs. `packs` are also those that their sources may be named in.
    pub fn add(&mut self, packs: &[Pack]) {
        for page in packs.iter().flat_map(|pack| &pack.rules) {
            self.pages.entry(page.id.clone()).or_insert_with(|| RulePage::new(page, packs));
        }
    }

    /// The page of a rule, if it has one.
    pub fn page(&self, rule: &RuleId) -> Option<&RulePage> {
        self.pages.get(rule.as_str())
    }
}

impl RulePage {
    fn new(page: &Page, packs: &[Pack]) -> Self {
        let rule = &page.rule;
        let source = |key: &str| packs.iter().find_map(|pack| pack.about.as_ref()?.1.policy.get(key));
        let urls = rule.policy.iter().filter_map(|key| Some(&source(key.get_ref())?.url));
        Self {
            title: rule.title.clone(),
            help: rule.help.clone(),
            explain: rule.explain.trim().to_owned(),
            severity: rule.severity.standard.severity(),
            url: urls.into_iter().find(|url| is_web_address(url)).cloned(),
        }
    }
}

/// Whether readers of reports can take it for a link: a pack may call anything a `url`.
fn is_web_address(url: &str) -> bool {
    let has_scheme = ["https://", "http://"].iter().any(|scheme| url.starts_with(scheme));
    let is_allowed = |byte: u8| byte.is_ascii_graphic() && !br#"<>"{}|\^`[]"#.contains(&byte);
    has_scheme && url.bytes().all(is_allowed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rule::builtin;

    #[test]
    fn every_rule_that_is_built_in_has_a_page_with_an_address() {
        let (packs, mut manual) = ([builtin::pack()], Manual::default());
        manual.add(&packs);
        assert_eq!(manual.pages.len(), packs[0].rules.len());
        for (id, page) in &manual.pages {
            assert!(page.url.is_some() && !page.explain.is_empty(), "{id}");
        }
        assert_eq!(manual.page(&RuleId::new("no-such-rule")), None);
    }

    #[test]
    fn the_first_page_of_a_name_stays() {
        let titled = |title: &str| {
            let mut pack = builtin::pack();
            pack.rules.truncate(1);
            pack.rules[0].rule.title = title.to_owned();
            pack
        };
        let (first, second, mut manual) = (titled("first"), titled("second"), Manual::default());
        manual.add(std::slice::from_ref(&first));
        manual.add(&[second]);
        assert_eq!(manual.page(&RuleId::new(&first.rules[0].id)).unwrap().title, "first");
    }

    #[test]
    fn a_link_is_what_a_reader_takes_for_one() {
        for (url, wanted) in [
            ("https://example.com/a?b=%20#c", true),
            ("http://example.com", true),
            ("the binder on the shelf", false),
            ("javascript:alert(1)", false),
            ("https://example.com/a b", false),
            ("https://example.com/<b>", false),
            ("https://example.com/ü", false),
        ] {
            assert_eq!(is_web_address(url), wanted, "{url}");
        }
    }
}
