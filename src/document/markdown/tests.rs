use proptest::prelude::*;

use super::*;
use crate::document::{Block, Scope};

fn with_document<T>(text: &str, look: impl FnOnce(&Document<'_>) -> T) -> T {
    let source = Source::new(text.as_bytes(), None);
    look(&read(&source))
}

fn text_of(text: &str, scope: Scope) -> String {
    with_document(text, |document| {
        let found = document.blocks.iter().find(|block| block.scope == scope);
        found.map(|block| block.text.text().to_owned()).unwrap_or_default()
    })
}

fn origin<'t>(text: &'t str, block: &Block<'_>, part: &str) -> &'t str {
    let at = block.text.text().find(part).unwrap_or_else(|| panic!("{part:?} in {:?}", block.text.text()));
    &text[block.text.span(at..at + part.len()).range()]
}

#[test]
fn text_is_shown_as_it_meets_the_eye() {
    let cases = [
        ("Hello", "Hello"),
        ("a\nb", "a\nb"),
        ("a\n\nb\n\n\n\nc", "a\n\nb\n\nc"),
        ("# T\ntext", "T\n\ntext"),
        ("T\n===\n\ntext", "T\n\ntext"),
        ("- a\n- b\n  - c\n\nd", "a\nb\nc\n\nd"),
        ("1. a\n2. b", "a\nb"),
        ("- [ ] a\n- [x] b", "a\nb"),
        ("re**view** *it* ~~now~~", "review it now"),
        ("[a](https://a.b/) ![c](d.png) <https://e.f/>", "a https://e.f/"),
        ("a  \nb\\\nc", "a\nb\nc"),
        ("1 \\* 2 &amp; 3 &copy", "1 * 2 & 3 &copy"),
        ("| a | b |\n|---|---|\n| c | d |", "a\nb\nc\nd"),
        ("use `code` here, or `more`.", "use code here, or more."),
        ("a\n\n[![b](c)](d)\n![e](f)\n![e](f)\n\ng", "a\n\ng"),
        ("```\ncode\n```\ntext", "code\n\ntext"),
        ("re<b>view</b> <span style='display:none'>x</span>y", "review y"),
        ("<div>\n<p>a</p>\n</div>\n\nb", "a\n\nb"),
        ("<!-- x -->\na", "a"),
        ("> a\n> b", "a\nb"),
        (
            "Hi {{buyer_first_name}} and *|FNAME|* __ORDER_ID__ <BUYER_NAME>",
            "Hi {{buyer_first_name}} and *|FNAME|* __ORDER_ID__ <BUYER_NAME>",
        ),
        ("[Customer Name], [[order-id]]", "[Customer Name], [[order-id]]"),
        ("{% if a %}\n\nx\n\n{% endif %}", "{% if a %}\n\nx\n\n{% endif %}"),
        ("---\n", ""),
        ("a\n\n---\n\nb", "a\n\nb"),
        ("a<br><br><br>b", "a\n\n\nb"),
    ];
    for (text, expected) in cases {
        assert_eq!(text_of(text, Scope::Text), expected, "{text}");
    }
}

#[test]
fn parts_know_their_bytes() {
    let cases = [
        ("leave a re**view** now", "review", "re**view"),
        ("1 \\* 2", "* 2", "* 2"),
        ("a &amp; b", "&", "&amp;"),
        ("a\n\nb", "a\n\nb", "a\n\nb"),
        ("> a\n> b", "a\nb", "a\n> b"),
        ("a\r\nb", "\n", "\r\n"),
        ("é [b *c*](d) e", "b c", "b *c"),
        ("re<b>view</b>", "review", "re<b>view"),
    ];
    for (text, part, expected) in cases {
        with_document(text, |document| {
            assert_eq!(origin(text, &document.blocks[0], part), expected, "{text}")
        });
    }
}

#[test]
fn destinations_know_their_bytes() {
    let cases = [
        ("[a](https://a.b/c)", "a https://a.b/c = https://a.b/c"),
        ("[a](<https://a.b/c d> \"T\")", "a https://a.b/c d = https://a.b/c d"),
        ("[a](  https://a.b/(c)  )", "a https://a.b/(c) = https://a.b/(c)"),
        (
            "[*a* `](x)` b](https://a.b/\\)?x=1&amp;y=2 'T')",
            "a https://a.b/)?x=1&y=2 = https://a.b/\\)?x=1&amp;y=2",
        ),
        ("[a]( )", "a  = "),
        ("![a *b*](p.png 'T')", "img p.png = p.png"),
        ("[![x](p.png)](https://a.b/)", "img p.png = p.png; a https://a.b/ = https://a.b/"),
        (
            "[a][r] [r] [r][]\n\n[R]: https://a.b/ \"T\"",
            "a https://a.b/ = https://a.b/; a https://a.b/ = https://a.b/; a https://a.b/ = https://a.b/",
        ),
        ("[a\\]][a\\]]\n\n[a\\]]: <https://a.b/>", "a https://a.b/ = https://a.b/"),
        ("<https://a.b/> <me@a.b>", "a https://a.b/ = https://a.b/; a mailto:me@a.b = me@a.b"),
        ("[a]({{ order_link }})", "a {{ order_link }} = {{ order_link }}"),
        ("[a](https://a.b/{{id}}?x)", "a https://a.b/{{id}}?x = https://a.b/{{id}}?x"),
        ("> [a](\n> https://a.b/)", "a https://a.b/ = [a](\n> https://a.b/)"),
        ("![a [b](c)](p.png)", "img p.png = p.png"),
        ("<a href='https://a.b/'>x</a>", "a https://a.b/ = https://a.b/"),
        ("[a](https://a.b/\\\n)", "a https://a.b/\\ = https://a.b/\\"),
    ];
    for (text, expected) in cases {
        with_document(text, |document| {
            let markup = &document.markups[0];
            let drawn: Vec<String> = markup
                .addresses
                .iter()
                .map(|address| {
                    let block = &document.blocks[address.block].text;
                    let name = address.element.map_or("-", |element| &markup.elements[element].name);
                    let written = &text[block.span(address.range.clone()).range()];
                    format!("{name} {} = {written}", &block.text()[address.range.clone()])
                })
                .collect();
            assert_eq!(drawn.join("; "), expected, "{text}");
        });
    }
}

#[test]
fn captions_have_a_scope_of_their_own() {
    let text = "![Our *lamp* &amp; more](x.png \"The title\") and `SAVE20`\n\n    www.a.b\n\n[a](b 'c')";
    assert_eq!(text_of(text, Scope::Caption), "Our lamp & more\n\nThe title\n\nc");
    with_document(text, |document| {
        let block = |scope| document.blocks.iter().find(|block| block.scope == scope).unwrap();
        assert_eq!(origin(text, block(Scope::Caption), "lamp & more"), "lamp* &amp; more");
        assert_eq!(origin(text, block(Scope::Caption), "The title"), "The title");
    });
}

/// A buyer reads the words of code like all others.
#[test]
fn code_is_read_in_its_sentence() {
    for (text, shown) in [
        ("leave us a `5-star` review", "leave us a 5-star review"),
        ("`` a`b `` and `c\nd`", "a`b and c d"),
        ("Now:\n\n```\nleave  us\n a review\n```\n\nBest", "Now:\n\nleave  us\n a review\n\nBest"),
        ("Now:\n\n    www.a.b\n    c", "Now:\n\nwww.a.b\nc"),
        ("> ~~~ x\n> a\n>\n> b\n> ~~~", "a\n\nb"),
        ("Hello `{{buyer_name}}`!", "Hello {{buyer_name}}!"),
    ] {
        assert_eq!(text_of(text, Scope::Text).trim_end(), shown, "{text}");
    }
    let text = "leave us a `5-star` review";
    with_document(text, |document| {
        let [block] = &document.blocks[..] else { panic!("{:?}", document.blocks) };
        assert_eq!(origin(text, block, "5-star"), "5-star");
        assert_eq!(origin(text, block, "a 5-star review"), "a `5-star` review");
    });
    with_document("Hello `{{buyer_name}}`!", |document| {
        assert_eq!(document.blocks[0].placeholders.len(), 1);
    });
}

#[test]
fn a_draft_has_front_matter_a_subject_and_history() {
    let text = "---\nkind: reply\n---\nSubject: S\n\nYes, *today*.\n\nOn Monday Jane wrote:\n\n> where **is**\n> [it](https://a.b/)?\n";
    with_document(text, |document| {
        let [subject, body] = &document.blocks[..] else { panic!("{:?}", document.blocks) };
        assert_eq!((subject.text.text(), body.text.text().lines().next()), ("S", Some("Yes, today.")));
        let quoted: Vec<&str> = body.quoted.iter().map(|range| &body.text.text()[range.clone()]).collect();
        assert_eq!(quoted, ["On Monday Jane wrote:\n\nwhere is\nit?"]);
        assert!(document.markups[0].addresses.is_empty());
    });
}

#[test]
fn elements_are_those_of_html() {
    let text = "# T\n\n- a **b**\n\n| c |\n|---|\n| d |\n\n---\n\n![e](f)";
    with_document(text, |document| {
        let markup = &document.markups[0];
        let shown = document.blocks[0].text.text();
        let drawn: Vec<String> = markup
            .elements
            .iter()
            .map(|element| format!("{} {:?}", element.name, &shown[element.text.clone()]))
            .collect();
        assert_eq!(
            drawn,
            [
                "h1 \"T\"",
                "ul \"a b\"",
                "li \"a b\"",
                "strong \"b\"",
                "table \"c\\nd\"",
                "thead \"c\"",
                "th \"c\"",
                "tr \"d\"",
                "td \"d\"",
                "hr \"\"",
                "p \"\"",
                "img \"\""
            ]
        );
        let strong = &markup.elements[3];
        assert_eq!(&text[strong.tag.clone()], "**b**");
    });
}

#[test]
fn heaps_cost_no_more_than_their_length() {
    const LEN: usize = 1 << 17;
    for heap in [
        "[",
        "![",
        "](",
        "[a](b)",
        "`",
        "*",
        "_",
        "**a",
        "> ",
        "- ",
        "&",
        "\\",
        "|",
        "<",
        "<b>",
        "# a\n",
        "[a]: b\n",
        "[a]\n\n",
        "a\n",
        "~~",
        "{{",
        "<!--",
        "```\n",
        "1. ",
        "\t",
        "<div>\n",
        "[a][",
        "a  \n",
        "![a](b \"c\")",
        "<https://a.b>",
    ] {
        let text = heap.repeat(LEN / heap.len());
        let source = Source::new(text.as_bytes(), None);
        let start = std::time::Instant::now();
        let document = read(&source);
        assert!(!document.blocks.is_empty());
        assert!(start.elapsed().as_secs() < 20, "{heap:?} took {:?}", start.elapsed());
    }
}

fn check(text: &str) -> Result<(), TestCaseError> {
    let source = Source::new(text.as_bytes(), None);
    let page = source.text().text();
    let document = read(&source);
    for block in &document.blocks {
        let text = block.text.text();
        for (at, c) in text.char_indices() {
            let origin = block.text.span(at..at + c.len_utf8()).range();
            prop_assert!(page.get(origin.clone()).is_some(), "{origin:?} of {c:?}");
        }
        for range in
            block.quoted.iter().chain(block.placeholders.iter().map(|placeholder| &placeholder.range))
        {
            prop_assert!(text.get(range.clone()).is_some());
        }
    }
    for markup in &document.markups {
        let shown = document.blocks[markup.block].text.text();
        for (number, element) in markup.elements.iter().enumerate() {
            prop_assert!(element.parent.is_none_or(|parent| parent < number));
            prop_assert!(page.get(element.tag.start..element.end).is_some(), "{element:?}");
            prop_assert!(shown.get(element.text.clone()).is_some(), "{element:?} in {shown:?}");
        }
        for address in &markup.addresses {
            prop_assert!(document.blocks[address.block].text.text().get(address.range.clone()).is_some());
        }
    }
    Ok(())
}

const SOUP: &str = r#"(\*|\*\*|_|`|```\n|\[|\]|\(|\)|!\[|\]\(|https://a\.b/|<|>|"|'|\\|&amp;|&|# |> |- |1\. |\||---|\n|\n\n|  |    |<b>|</b>|<div>|<!-- x -->|\{\{a_b\}\}|\[a\]: |word|é|😀|\r\n|\t|~~){0,32}"#;

proptest! {
    #[test]
    fn anything_gives_a_document(text in any::<String>()) {
        check(&text)?;
    }

    #[test]
    fn soup_gives_a_document(text in SOUP) {
        check(&text)?;
    }

    /// What the grammar leads to is what the parser says, wherever nothing stands between the lines of a link.
    #[test]
    fn destinations_are_those_of_the_parser(inside in r#"[a-c<>()\\ &;"'/]{0,12}"#, is_definition in any::<bool>()) {
        let text = if is_definition { format!("[x]\n\n[x]: {inside}\n") } else { format!("a [x]({inside}) b") };
        let mut events = Parser::new_ext(&text, Options::empty());
        let Some(Event::Start(Tag::Link { dest_url, title, .. })) =
            events.find(|event| matches!(event, Event::Start(Tag::Link { .. })))
        else {
            return Ok(());
        };
        with_document(&text, |document| {
            let link = document.markups[0].elements.iter().find(|element| element.name == "a").unwrap();
            assert_eq!(link.attribute("href"), Some(&*dest_url), "{text}");
            assert_eq!(link.attribute("title").unwrap_or_default(), &*title, "{text}");
            for attribute in &link.attributes {
                // A link that was not read by the grammar has the place of all of it.
                assert!(!text[attribute.range.clone()].starts_with('['), "{text} {attribute:?}");
            }
        });
    }
}

#[test]
fn a_comment_reaches_the_next_block_and_in_code_it_is_none() {
    use crate::document::html::tests::with_reach;
    let reach = |text: &str| {
        with_document(text, |document| document.allows.iter().map(|allow| allow.reach.clone()).collect())
    };
    for (text, picture) in [
        ("@\na\n\nb", "@[\na\n]\nb"),
        ("@\r\n\r\na\r\nb\r\n\r\nc", "@[\r\n\r\na\r\nb\r\n]\r\nc"),
        ("a @b\n\nc", "a @[b\n]\nc"),
        ("@\n\n# a\nb", "@[\n\n# a\n]b"),
        ("- a\n\n  @\n- b\n- c", "- a\n\n  @[\n- b\n]- c"),
        ("- a\n  - @b\n- c", "- a\n  - @[b\n]- c"),
        ("@\n![x](y.png)\n\nb", "@[\n![x](y.png)\n]\nb"),
        ("@\n| a | b |\n|---|---|\n| c | d |", "@[\n| a ]| b |\n|---|---|\n| c | d |"),
        ("a\n\n@", "a\n\n@[]"),
        ("`@` a\n\n    @\n\n```html\n@\n```\nb", "`@` a\n\n    @\n\n```html\n@\n```\nb"),
        ("> a\n>\n> @\n> b\n\nc", "> a\n>\n> @\n> b\n\nc"),
    ] {
        assert_eq!(with_reach(text, reach), picture, "{text}");
    }
}
