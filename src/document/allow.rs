//! What a draft says about its own findings: `<!-- sellerlint: allow RULE reason -->` in HTML and Markdown, and `allow` in
//! the front matter or the record.
//!
//! Here it is only read. Whether the rules are there, a reason is given and something was found at all is judged with
//! the findings. Plain text has no comments: whatever stands in it is sent.

use std::ops::Range;

/// A request to accept what some rules find.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Allow {
    /// Number of the page that it stands on.
    pub page: usize,
    /// All of it, in page bytes.
    pub at: Range<usize>,
    /// Whether it is a comment of the page, and no key.
    pub is_comment: bool,
    /// The rules that it names.
    pub rules: Vec<AllowedRule>,
    /// Why; white space is one space, and it may be empty.
    pub reason: String,
    /// How far it reaches.
    pub reach: Reach,
}

/// A rule that an [`Allow`] names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AllowedRule {
    /// The name, which need not be one of a rule.
    pub name: String,
    /// Where it stands, in page bytes; where that cannot be told, the whole of what it is in.
    pub at: Range<usize>,
}

/// How far an [`Allow`] reaches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reach {
    /// The whole message.
    Message,
    /// What begins in these page bytes; empty where nothing follows.
    Block(Range<usize>),
    /// Nowhere, because this word is none of ours.
    Unknown {
        /// What stands where `allow` or `allow-file` should.
        word: String,
    },
}

/// The words that a comment can begin with.
pub const WORDS: [&str; 2] = ["allow", "allow-file"];

impl Allow {
    /// The one that a comment is, if it is one. Where its block ends is found later.
    pub(super) fn in_comment(page: &str, at: Range<usize>) -> Option<Self> {
        const NAME: &str = "sellerlint";
        let inside = page[at.clone()].strip_prefix("<!--")?.strip_suffix("-->")?;
        let behind = inside.trim_start().strip_prefix(NAME)?;
        // Without the colon it is meant all the same, if it goes on like one.
        let goes_on =
            |rest: &&str| rest.starts_with([' ', '\t', '\n', '\r']) && rest.trim_start().starts_with("allow");
        let written = behind.strip_prefix(':').or(Some(behind).filter(goes_on))?.trim_start();
        let start = at.end - "-->".len() - written.len();
        let len = written.find(char::is_whitespace).unwrap_or(written.len());
        let word = &written[..len];
        let reach = match word {
            "allow" => Reach::Block(at.end..at.end),
            "allow-file" => Reach::Message,
            _ => Reach::Unknown { word: word.to_owned() },
        };
        let (rules, reason) = read(&written[len..]);
        let on_page = |name: Range<usize>| AllowedRule {
            name: written[len..][name.clone()].to_owned(),
            at: start + len + name.start..start + len + name.end,
        };
        let rules = rules.into_iter().map(on_page).collect();
        Some(Self { page: 0, at, is_comment: true, rules, reason, reach })
    }

    /// The one that a value of the key `allow` is, for the whole message.
    pub(super) fn in_metadata(text: &str, at: Range<usize>) -> Self {
        let (rules, reason) = read(text);
        let is_written_so = text.len() == at.len();
        let place = |name: &Range<usize>| at.start + name.start..at.start + name.end;
        let rule = |name: Range<usize>| AllowedRule {
            at: if is_written_so { place(&name) } else { at.clone() },
            name: text[name].to_owned(),
        };
        let rules = rules.into_iter().map(rule).collect();
        Self { page: 0, at, is_comment: false, rules, reason, reach: Reach::Message }
    }
}

/// Reads `RULE, RULE reason`: the names, as ranges of the text, and the reason.
fn read(text: &str) -> (Vec<Range<usize>>, String) {
    let mut rules = Vec::new();
    let mut at = 0;
    loop {
        let start = at + blanks(&text[at..]);
        let is_part = |c: char| !c.is_whitespace() && !matches!(c, ',' | ':');
        let len = text[start..].find(|c| !is_part(c)).unwrap_or(text.len() - start);
        if len > 0 {
            rules.push(start..start + len);
        }
        at = start + len;
        let next = at + blanks(&text[at..]);
        if !text[next..].starts_with(',') {
            break;
        }
        at = next + 1;
    }
    let reason =
        text[at..].trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '-' | '–' | '—'));
    (rules, reason.split_whitespace().collect::<Vec<_>>().join(" "))
}

fn blanks(text: &str) -> usize {
    text.len() - text.trim_start().len()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The rules with their places drawn, and the reason.
    fn drawn(text: &str, allow: &Allow) -> String {
        let mut out = text.to_owned();
        for rule in allow.rules.iter().rev() {
            assert_eq!(text[rule.at.clone()], rule.name, "{text}");
            out.insert(rule.at.end, '|');
            out.insert(rule.at.start, '|');
        }
        format!("{out} {:?}", allow.reason)
    }

    #[test]
    fn a_comment_names_rules_and_a_reason() {
        for (comment, picture) in [
            (
                "<!-- sellerlint: allow emoji our logo -->",
                "<!-- sellerlint: allow |emoji| our logo --> \"our logo\"",
            ),
            (
                "<!--sellerlint:allow-file emoji, gif: x-->",
                "<!--sellerlint:allow-file |emoji|, |gif|: x--> \"x\"",
            ),
            (
                "<!-- sellerlint: allow emoji ,own/gif -- a\r\n  b -->",
                "<!-- sellerlint: allow |emoji| ,|own/gif| -- a\r\n  b --> \"a b\"",
            ),
            ("<!-- sellerlint: allow emoji -->", "<!-- sellerlint: allow |emoji| --> \"\""),
            ("<!-- sellerlint: allow -->", "<!-- sellerlint: allow --> \"\""),
            ("<!-- sellerlint: allow * why -->", "<!-- sellerlint: allow |*| why --> \"why\""),
            ("<!-- sellerlint: allow é, ü x -->", "<!-- sellerlint: allow |é|, |ü| x --> \"x\""),
        ] {
            let allow = Allow::in_comment(comment, 0..comment.len()).unwrap();
            assert_eq!(drawn(comment, &allow), picture);
        }
    }

    #[test]
    fn other_comments_are_none() {
        for comment in [
            "<!-- sellerlint -->",
            "<!-- see sellerlint: allow a b -->",
            "<!-- sellerlint is what checks this -->",
            "<!-- sellerlintallow a b -->",
            "<!-->",
            "<!-- sellerlint: allow a b",
            "<?x>",
        ] {
            assert_eq!(Allow::in_comment(comment, 0..comment.len()), None, "{comment}");
        }
    }

    #[test]
    fn the_word_says_how_far_it_reaches() {
        let reach = |comment: &str| Allow::in_comment(comment, 0..comment.len()).unwrap().reach;
        assert_eq!(reach("<!-- sellerlint: allow a b -->"), Reach::Block(30..30));
        assert_eq!(reach("<!-- sellerlint: allow-file a b -->"), Reach::Message);
        assert_eq!(reach("<!-- sellerlint allow-file a b -->"), Reach::Message);
        assert_eq!(reach("<!-- sellerlint: alow a b -->"), Reach::Unknown { word: "alow".to_owned() });
        assert_eq!(reach("<!-- sellerlint: -->"), Reach::Unknown { word: String::new() });
    }

    #[test]
    fn a_value_knows_the_place_of_its_names_if_it_is_written_so() {
        let allow = Allow::in_metadata("emoji, gif why", 10..24);
        let names: Vec<_> = allow.rules.iter().map(|rule| (rule.name.as_str(), rule.at.clone())).collect();
        assert_eq!(names, [("emoji", 10..15), ("gif", 17..20)]);
        assert_eq!(Allow::in_metadata("emoji why", 10..22).rules[0].at, 10..22);
    }
}
