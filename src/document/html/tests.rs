use proptest::prelude::*;

use super::*;
use crate::decode::json_string;
use crate::document::{Block, PageName, Reach, Scope};

fn with_document<T>(html: &str, look: impl FnOnce(&Document<'_>) -> T) -> T {
    let source = Source::new(html.as_bytes(), None);
    look(&read(&source))
}

/// The text of a scope.
fn text_of(html: &str, scope: Scope) -> String {
    with_document(html, |document| {
        let found = document.blocks.iter().find(|block| block.scope == scope);
        found.map(|block| block.text.text().to_owned()).unwrap_or_default()
    })
}

fn shown(html: &str) -> String {
    text_of(html, Scope::Text)
}

/// The bytes of the page that a part of a block came from.
fn origin<'h>(html: &'h str, block: &Block<'_>, part: &str) -> &'h str {
    let at = block.text.text().find(part).unwrap_or_else(|| panic!("{part:?} in {:?}", block.text.text()));
    &html[block.text.span(at..at + part.len()).range()]
}

#[test]
fn words_are_joined_across_tags_and_know_their_bytes() {
    let cases = [
        ("leave a re<b>view</b> now", "review", "re<b>view"),
        ("leave a re&shy;view now", "re\u{AD}view", "re&shy;view"),
        ("re<!-- x -->v<wbr>iew", "review", "re<!-- x -->v<wbr>iew"),
        ("20&#37; off", "20% off", "20&#37; off"),
        ("<p>a</p>\n\n  <p>b</p>", "b", "b"),
        ("<p>a</p>\n\n  <p>b</p>", "\n\n", "</p>\n\n  <p>"),
        ("a<br>b", "\n", "<br>"),
        ("a \n\t b", " ", " \n\t "),
        ("a <b> b</b>", "a b", "a <b> b"),
        ("a&nbsp;b", "\u{A0}", "&nbsp;"),
        ("<b>ﬁ</b>x", "ﬁx", "ﬁ</b>x"),
        ("&lt;BUYER_NAME&gt;", "<BUYER_NAME>", "&lt;BUYER_NAME&gt;"),
        ("<pre>a  b\n c</pre>", "b\n c", "b\n c"),
    ];
    for (html, part, expected) in cases {
        with_document(html, |document| {
            assert_eq!(origin(html, &document.blocks[0], part), expected, "{html}")
        });
    }
}

#[test]
fn text_is_shown_as_browsers_show_it() {
    let cases = [
        ("", ""),
        ("Hello", "Hello"),
        ("  a   b  ", "a b"),
        ("<!DOCTYPE html><html><head><title>T</title><style>p{}</style></head><body>x</body></html>", "x"),
        ("<head><title>T</title><p>x", "x"),
        ("<html><head><meta charset=utf-8><div>x</div>", "x"),
        ("<p>a</p><p>b</p>", "a\n\nb"),
        ("<p>a<p>b", "a\n\nb"),
        ("<div>a</div><div>b</div>", "a\nb"),
        ("<div><div><div>a</div></div></div><div>b</div>", "a\nb"),
        ("a<br>b<br/>c</br>d", "a\nb\nc\nd"),
        ("a <br> b", "a\nb"),
        ("<h1>T</h1><p>a</p>", "T\n\na"),
        ("<ul><li>a</li><li>b</li></ul>c", "a\nb\n\nc"),
        ("<ul><li>a<li>b<ul><li>c</ul><li>d</ul>", "a\nb\nc\nd"),
        ("<dl><dt>a<dd>b<dt>c</dl>", "a\nb\nc"),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>d", "a\nb\nc\nd"),
        ("<table><tr><td>a<td>b<tr><td>c</table>d", "a\nb\nc\nd"),
        ("<script>x</script>a<template>b</template><noscript>c</noscript>", "ac"),
        ("a<![CDATA[b]]>c<?xml d?>e", "ace"),
        ("<textarea>x</textarea>a<select><option>y</option></select>b", "a b"),
        ("Mail<img src=x>Phone", "Mail Phone"),
        ("<img src=x><img src=y>a", "a"),
        ("<p><img src=x></p> <p>a <img src=x>, b<br><img src=x> c</p><img src=x>", "a, b\nc"),
        ("<pre>\n a\n\n  b\n</pre>c", " a\n\n  b\n\nc"),
        ("<p style='white-space:pre-line'>a  b\nc</p>", "a  b\nc"),
        ("a<span style='white-space: pre'>  b</span>", "a  b"),
        ("1 < 2 & 3 > 2 <3", "1 < 2 & 3 > 2 <3"),
        ("a<p></p>b", "a\n\nb"),
        ("a<div></div>b", "a\nb"),
        ("x<a href='never ends", "x"),
        ("</div></p></table>a", "a"),
        ("a</div>b</p>c", "ab\n\nc"),
        ("<b><i>a</b>b</i>c", "abc"),
        ("<table><tr><td><p>a</td></tr></table><p>b</p>", "a\n\nb"),
        (
            "<mj-head><mj-title>T</mj-title><mj-preview>P</mj-preview></mj-head><mj-text>a</mj-text><mj-button href='x'>b</mj-button>",
            "a\nb",
        ),
        ("<mj-column><mj-image src='x' /><mj-spacer /><mj-text>a</mj-text></mj-column>b", "a\nb"),
        ("<P>A</P><BR>B", "A\n\nB"),
        ("a<o:p></o:p>b", "ab"),
        ("<svg><title>t</title><path d='x'/><text>a</text></svg>b", "ab"),
    ];
    for (html, text) in cases {
        assert_eq!(shown(html), text, "{html}");
    }
}

/// The runs of line ends between words, and the tags that the longest came from.
#[test]
fn empty_lines_can_be_counted_and_pointed_at() {
    let breaks = |html: &str| {
        with_document(html, |document| {
            let text = &document.blocks[0].text;
            let is_gap = |c: char| c == '\n' || c == '\u{A0}';
            let start = text.text().find(is_gap).unwrap_or(text.text().len());
            let len = text.text()[start..].find(|c: char| !is_gap(c)).unwrap_or(0);
            let count = text.text()[start..start + len].matches('\n').count();
            (count, html[text.span(start..start + len).range()].to_owned())
        })
    };
    let cases = [
        ("a<br>b", 1, "<br>"),
        ("a<br><br>b", 2, "<br><br>"),
        ("a<br> <br>\n<br>b", 3, "<br> <br>\n<br>"),
        ("<p>a</p><p>b</p>", 2, "</p><p>"),
        ("<p>a</p><p></p><p></p><p>b</p>", 2, "</p><p></p><p></p><p>"),
        ("<p>a</p><p>&nbsp;</p><p>b</p>", 4, "</p><p>&nbsp;</p><p>"),
        ("<p>a</p><p><br></p><p>b</p>", 4, "</p><p><br></p><p>"),
        ("<p>a</p><p><span><br></span></p><p>b</p>", 4, "</p><p><span><br></span></p><p>"),
        ("<p>a</p><br><p>b</p>", 2, "</p><br>"),
        ("<p>a</p><br><br><p>b</p>", 3, "</p><br><br>"),
        ("<p>a<br></p><p>b</p>", 2, "<br></p><p>"),
        ("<div>a</div><div><br></div><div>b</div>", 2, "</div><div><br>"),
        ("<div>a</div><div><br></div><div><br></div><div>b</div>", 3, "</div><div><br></div><div><br>"),
        (
            "<div>a</div><div>&nbsp;</div><div>&nbsp;</div><div>b</div>",
            3,
            "</div><div>&nbsp;</div><div>&nbsp;</div>",
        ),
        ("<div>a<br></div><div>b</div>", 1, "<br>"),
        ("a<div style='display:none'>x</div>b", 0, ""),
        ("a<br><img><br><img><br>b", 1, "<br>"),
        ("a<br><br><img><br><br>b", 2, "<br><br>"),
        ("a<img><br><br><br>b", 3, "<br><br><br>"),
        ("<p>a</p><p><img></p><br><img><p>b</p>", 2, "</p><p>"),
    ];
    for (html, count, bytes) in cases {
        assert_eq!(breaks(html), (count, bytes.to_owned()), "{html}");
    }
}

#[test]
fn scaffolding_of_tables_leaves_no_trace() {
    let cell = "<table><tbody><tr><td><table role=presentation><tr><td style='font-size:0'>&nbsp;</td></tr></table></td></tr></tbody></table>";
    let html = format!(
        "<table><tr><td>a</td></tr></table>{cell}{cell}<table><tr><td><br></td></tr><tr><td> <p>&nbsp;</p> </td></tr></table><div>b</div>"
    );
    assert_eq!(shown(&html), "a\n\nb");
    assert_eq!(
        shown(
            "<table><tr><td>a</td></tr><tr><td>&nbsp;</td></tr><tr><td>&zwnj;<br></td></tr><tr><td>b</td></tr></table>"
        ),
        "a\nb"
    );
}

#[test]
fn hidden_text_stands_by_itself() {
    let cases = [
        ("a<span style='display:none'>x</span>b", "ab", "x"),
        ("<div hidden>x<p>y</p></div>a<div style='display:none'>z</div>", "a", "x\n\ny\n\nz"),
        ("<input type=hidden value='x &amp; y'>a", "a", "x & y"),
        ("<style>.x{display:none}</style><p class=x>x</p>a", "a", "x"),
        ("a<!--[if mso]><table><tr><td>x</td><td>y</td></tr></table><![endif]-->b", "ab", "x\ny"),
        ("<!--[if mso]>x<![endif]--><!--[if !mso]><!-->a<!--<![endif]-->", "a", "x"),
        ("<!--[if mso]><xml><o:x>96</o:x></xml><style>p{}</style>x<![endif]-->", "", "x"),
        ("<!-- x -->a", "a", ""),
        ("<div style='display:none'>&zwnj;&nbsp;</div>a", "a", ""),
        ("<mj-preview>x</mj-preview><mj-text>a</mj-text>", "a", "x"),
        ("<title>x</title>a", "a", ""),
    ];
    for (html, seen, hidden) in cases {
        assert_eq!(
            (shown(html), text_of(html, Scope::Hidden)),
            (seen.to_owned(), hidden.to_owned()),
            "{html}"
        );
    }
}

#[test]
fn hidden_parts_name_the_element_to_blame() {
    let html = "<div style='display:none'>x<b>y</b></div>a<!--[if mso]>z<![endif]-->";
    with_document(html, |document| {
        let markup = &document.markups[0];
        let parts: Vec<String> = markup
            .hidden
            .iter()
            .map(|part| {
                let block = &document.blocks[part.block];
                let name = part.element.map_or("-", |element| &markup.elements[element].name);
                format!("{:?} {name} {}", part.reason, &html[block.text.span(part.range.clone()).range()])
            })
            .collect();
        assert_eq!(parts, ["NoDisplay div x<b>y", "Outlook - z"]);
    });
}

/// What stands in a block part by part, each with its bytes.
#[test]
fn addresses_and_captions_know_their_bytes() {
    let html = concat!(
        "<a title='A &amp; B' href=\" https://a.b/?x=1&amp;y=2\n\">x</a><img src=p.png alt=Lamp srcset='q.png 1x, r.png 2x'>",
        "<td background={{bg}} style=\"background:url('s.png')\"><!--[if mso]><v:fill src='t.png'/><![endif]-->",
        "<style>.x{background:url(u.png)}</style><a href='https://a\n.b/{{id}}/'></a>",
        "<input type=submit value=Go placeholder=' '><option>One</option>",
    );
    with_document(html, |document| {
        let markup = &document.markups[0];
        let addresses: Vec<String> = markup
            .addresses
            .iter()
            .map(|address| {
                let text = &document.blocks[address.block].text;
                let name = address.element.map_or("-", |element| &markup.elements[element].name);
                let part = &text.text()[address.range.clone()];
                format!(
                    "{:?} {name} {part} = {}",
                    address.purpose,
                    &html[text.span(address.range.clone()).range()]
                )
            })
            .collect();
        assert_eq!(
            addresses,
            [
                "Link a https://a.b/?x=1&y=2 = https://a.b/?x=1&amp;y=2",
                "Picture img p.png = p.png",
                "Picture img q.png = q.png",
                "Picture img r.png = r.png",
                "Picture td {{bg}} = {{bg}}",
                "Picture td s.png = s.png",
                "Picture - t.png = t.png",
                "Picture - u.png = u.png",
                "Link a https://a.b/{{id}}/ = https://a\n.b/{{id}}/",
            ]
        );
        let captions: Vec<&str> = markup
            .captions
            .iter()
            .map(|caption| &html[document.blocks[caption.block].text.span(caption.range.clone()).range()])
            .collect();
        assert_eq!(captions, ["A &amp; B", "Lamp", "Go", "One"]);
    });
}

#[test]
fn template_code_is_no_markup() {
    let cases = [
        ("Hi <BUYER_NAME>, order <b>{{ order.id }}</b>", "Hi <BUYER_NAME>, order {{ order.id }}"),
        ("{% if a < b and c > d %}<p>x</p>{% endif %}", "{% if a < b and c > d %}\n\nx\n\n{% endif %}"),
        ("{{#if late}}<p class=\"{{c}}\">x</p>{{/if}}", "{{#if late}}\n\nx\n\n{{/if}}"),
        ("<% if a > b %>x<%= order.id %>", "<% if a > b %>x<%= order.id %>"),
        ("<?php if ($a->b > 1): ?>x<?= $order->id ?>", "<?php if ($a->b > 1): ?>x<?= $order->id ?>"),
        ("<#if order.late == true>x<#else>y</#if>", "<#if order.late == true>x<#else>y</#if>"),
        ("@if ($late)<p>x</p>@endif", "@if ($late)\n\nx\n\n@endif"),
        ("<td{% if x %} class=\"a\"{% endif %}>x</td><{{tag}} id=y>z</{{tag}}>", "x\nz"),
        ("<p {{attributes}} style='color:{{c}}'>x</p>", "x"),
        ("*|IF:LATE|*<p>*|FNAME|*</p>*|END:IF|*", "*|IF:LATE|*\n\n*|FNAME|*\n\n*|END:IF|*"),
        ("{% comment\n if a < b\n %}x{{\n order.id\n}}", "{% comment if a < b %}x{{ order.id }}"),
    ];
    for (html, text) in cases {
        assert_eq!(shown(html), text, "{html}");
        with_document(html, |document| {
            let block = &document.blocks[0];
            let rest = block.placeholders.iter().rev().fold(text.to_owned(), |mut rest, placeholder| {
                rest.replace_range(placeholder.range.clone(), "");
                rest
            });
            assert!(!rest.contains(['{', '<', '%', '|', '@']), "{rest}");
        });
    }
    let long = format!("<% {} %>x", "if a > b\n".repeat(40));
    assert_eq!(shown(&long), "x");
}

#[test]
fn quoted_history_is_marked_and_left_out_of_the_markup() {
    let quotes = [
        "<blockquote type=cite>«old <a href=x>link</a>»</blockquote>",
        "<div class='gmail_quote'>«old <a href=x>link</a>»<img src=y alt=z></div>",
        "<div class=moz-cite-prefix>«On Monday Jane wrote:»</div><blockquote type=\"cite\">«<a href=x>link</a>»</blockquote>",
        "<hr><div id=\"divRplyFwdMsg\">«<b>From:</b> Jane</div><div>old <a href=x>link</a>»</div>",
        "<p><b>From:</b> Jane<br><b>Sent:</b> Monday<br><b>To:</b> Shop<br><b>Subject:</b> x</p><p><a href=x>link</a></p><img src=y alt=z>",
        "<div>-----Original Message-----</div><p><a href=x>link</a></p>",
    ];
    for quote in quotes {
        let html = format!("<p>new <a href=own>own</a></p>{}", quote.replace(['«', '»'], ""));
        with_document(&html, |document| {
            let block = &document.blocks[0];
            let text = block.text.text();
            assert_eq!(block.quoted.len(), 1, "{html} {:?}", block.quoted);
            assert_eq!(text[..block.quoted[0].start].trim(), "new own", "{html}");
            assert_eq!(block.quoted[0].end, text.len(), "{html}");
            let markup = &document.markups[0];
            assert_eq!(markup.addresses.len(), 1, "{html}");
            assert!(markup.captions.is_empty(), "{html}");
            assert_eq!(markup.elements.iter().filter(|element| element.name == "a").count(), 1, "{html}");
            assert!(markup.runs.iter().all(|run| run.range.end <= block.quoted[0].start), "{html}");
            for element in &markup.elements {
                assert!(element.parent.is_none_or(|parent| parent < markup.elements.len()));
            }
        });
    }
    with_document("<div class=gmail_quote><p>all of it</p></div>", |document| {
        assert!(document.blocks[0].quoted.is_empty());
    });
}

#[test]
fn elements_and_runs_hold_their_text() {
    let html = "<div lang=de DIR=rtl>a <b>b</b><br>\n<a href=x>c <i>d</i></a></div>";
    with_document(html, |document| {
        let text = document.blocks[0].text.text();
        let markup = &document.markups[0];
        let elements: Vec<String> = markup
            .elements
            .iter()
            .map(|element| {
                format!(
                    "{} {:?} {}",
                    element.name,
                    &text[element.text.clone()],
                    &html[element.tag.start..element.end]
                )
            })
            .collect();
        assert_eq!(
            elements,
            [
                format!("div \"a b\\nc d\" {html}"),
                "b \"b\" <b>b</b>".to_owned(),
                "br \"\" <br>".to_owned(),
                "a \"c d\" <a href=x>c <i>d</i></a>".to_owned(),
                "i \"d\" <i>d</i>".to_owned(),
            ]
        );
        let div = &markup.elements[0];
        assert_eq!((div.attribute("lang"), div.attribute("dir")), (Some("de"), Some("rtl")));
        let runs: Vec<&str> = markup.runs.iter().map(|run| &text[run.range.clone()]).collect();
        assert_eq!(runs, ["a", "b", "c", "d"]);
    });
}

#[test]
fn front_matter_is_read_and_a_title_is_no_subject() {
    let html = "---\nkind: reply\nsubject: S\n---\n<title>T</title><p>x</p>";
    with_document(html, |document| {
        let texts: Vec<&str> = document.blocks.iter().map(|block| block.text.text()).collect();
        assert_eq!(texts, ["S", "x"]);
        assert_eq!(origin(html, &document.blocks[1], "x"), "x");
        assert!(document.metadata.kind.is_some());
    });
}

#[test]
fn limits_are_told() {
    let deep = format!("{}x{}", "<b>".repeat(600), "</b>".repeat(600));
    let wide = format!("<a {}>x</a>", (0..300).map(|n| format!("a{n}=1 ")).collect::<String>());
    for (html, told) in [(deep, "nested deeper"), (wide, "attributes")] {
        with_document(&html, |document| {
            let [fault] = document.metadata.faults.as_slice() else {
                panic!("{:?}", document.metadata.faults)
            };
            assert!(fault.message.contains(told), "{}", fault.message);
            assert_eq!(document.blocks[0].text.text(), "x");
        });
    }
}

#[test]
fn heaps_cost_no_more_than_their_length() {
    const LEN: usize = 1 << 18;
    for heap in [
        "<",
        "<div>",
        "<p>",
        "</p>",
        "<b></i>",
        "<table><tr><td>",
        "<td>",
        "&",
        "&am",
        "<!--",
        "<!--[if mso]>",
        "<![endif]-->",
        "<a href=\"",
        "<a b ",
        "<a b=c>",
        "{{",
        "<%",
        "<%%>",
        "<?php ",
        "{{}}<",
        "<style>a{}</style>",
        "<br>",
        "&nbsp;",
        "<li>",
        "<blockquote type=cite>a",
        "<x{{a}}>",
        "<ul><li>a",
        "<svg><path/>",
        "\"'",
        "<textarea>",
        "<title>",
        "<span style='color:red'>a",
        "<img alt=a>",
        "<select><option>a",
        "<p>&nbsp;</p>",
        "]]>",
        "<!",
        "<a srcset='a,b 1x,'>",
        "\u{1A}",
        "@if(",
        "<#a",
    ] {
        let html = heap.repeat(LEN / heap.len());
        let source = Source::new(html.as_bytes(), None);
        let start = std::time::Instant::now();
        let document = read(&source);
        assert!(!document.blocks.is_empty());
        // As in `plain`: were it quadratic, it would take minutes.
        assert!(start.elapsed().as_secs() < 20, "{heap:?} took {:?}", start.elapsed());
    }
}

/// All that the document says about places must be true.
fn check(html: &str) -> Result<(), TestCaseError> {
    let source = Source::new(html.as_bytes(), None);
    let page = source.text().text();
    let document = read(&source);
    for block in &document.blocks {
        let text = block.text.text();
        let mut done = 0;
        for (at, c) in text.char_indices() {
            let origin = block.text.span(at..at + c.len_utf8()).range();
            prop_assert!(page.get(origin.clone()).is_some(), "{origin:?} of {c:?}");
            prop_assert!(done <= origin.start, "{c:?} at {origin:?} comes before {done} in {text:?}");
            done = origin.start;
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
            for attribute in &element.attributes {
                prop_assert!(page.get(attribute.range.clone()).is_some());
            }
        }
        for run in &markup.runs {
            prop_assert!(!shown[run.range.clone()].trim().is_empty());
        }
        for part in &markup.hidden {
            prop_assert!(document.blocks[part.block].text.text().get(part.range.clone()).is_some());
        }
        for address in &markup.addresses {
            prop_assert!(document.blocks[address.block].text.text().get(address.range.clone()).is_some());
        }
        for declaration in &markup.declarations {
            prop_assert!(page.get(declaration.range.clone()).is_some());
            prop_assert!(declaration.element < markup.elements.len());
        }
    }
    Ok(())
}

const SOUP: &str = r#"(<p>|</p>|<div>|</div>|<br>|<b>|</b>|<td>|<tr>|<table>|</table>|<li>|<ul>|</ul>|<pre>|</pre>|<a href="x&amp;y">|</a>|<img alt='é' src=x>|<span style="display:none;background:url(x)">|</span>|<!--\[if mso\]>|<!\[endif\]-->|<!-- x -->|<blockquote type=cite>|</blockquote>|<style>|</style>|<textarea>|</textarea>|<option>|<title>|&nbsp;|&amp|&#8203;|\{\{a\}\}|<NAME>|\{% if a < b %\}|<% x %>| |\n|word|é|😀|<|>|"|=|From: a\nSent: b\nTo: c\n){0,32}"#;

proptest! {
    #[test]
    fn anything_gives_a_document(bytes in prop::collection::vec(any::<u8>(), 0..80)) {
        check(&String::from_utf8_lossy(&bytes))?;
    }

    #[test]
    fn soup_gives_a_document(html in SOUP) {
        check(&html)?;
    }

    #[test]
    fn line_ends_at_the_end_change_nothing(html in SOUP, ends in "\n{1,3}|(\r\n){1,3}") {
        // Behind an open tag or comment they would be part of it, as they are for browsers.
        prop_assume!(tokens(&html).last().is_none_or(|token| token.range.end == html.len()));
        let longer = format!("{html}{ends}");
        prop_assert_eq!(shown(&html).trim_end_matches('\n').to_owned(), shown(&longer).trim_end_matches('\n').to_owned());
        for scope in [Scope::Hidden, Scope::Caption, Scope::Address] {
            prop_assert_eq!(text_of(&html, scope), text_of(&longer, scope));
        }
    }

    /// The words that are shown are those that the tokenizer of html5gum hands out between tags.
    #[test]
    fn shown_words_equal_those_of_html5gum(html in r"(<p>|</p>|<div>|</div>|<br>|<b>|<i class='x>y'>|&amp;|&eacute;|&#8203;|&copy| |\n|word|é|<!-- x -->|< |>|=){0,32}") {
        let mut expected = String::new();
        let mut open: Vec<Vec<u8>> = Vec::new();
        for token in html5gum::Tokenizer::new(&html).flatten() {
            match token {
                html5gum::Token::String(text) => expected.push_str(std::str::from_utf8(&text).unwrap()),
                html5gum::Token::StartTag(tag) if [&b"p"[..], b"div", b"br"].contains(&tag.name.as_slice()) => {
                    expected.push(' ');
                    open.push(tag.name.to_vec());
                }
                // A closing tag that closes nothing says nothing, but for that of a paragraph.
                html5gum::Token::EndTag(tag) if open.contains(&tag.name.to_vec()) || tag.name.to_vec() == b"p" => {
                    expected.push(' ');
                    if let Some(at) = open.iter().rposition(|name| *name == tag.name.to_vec()) {
                        open.remove(at);
                    }
                }
                _ => {}
            }
        }
        let words = |text: &str| text.split_ascii_whitespace().map(str::to_owned).collect::<Vec<_>>();
        prop_assert_eq!(words(&shown(&html)), words(&expected));
    }
}

#[test]
fn pages_that_were_decoded_are_read_too() {
    let json = r#"<p title=\"T\">re<b>view<\/b> &amp; <a href='x'>y<\/a><\/p>"#;
    let mut document = Document::default();
    let page = document.add_page(PageName::Field("body".to_owned()), json_string::decode(json, 0));
    document.add_text(FieldName::Body, page, TextFormat::Html);
    let block = &document.blocks[0];
    assert_eq!(block.text.text(), "review & y");
    assert_eq!(&json[document.file_span(block, 0..6).range()], "re<b>view");
    assert_eq!(&json[document.file_span(block, 0..10).range()], r"re<b>view<\/b> &amp; <a href='x'>y");
    assert_eq!(document.markups[0].elements[0].attribute("title"), Some("T"));
}

/// A page with `@` for each comment that allows something, and the block drawn that it reaches.
pub(in crate::document) fn with_reach(page: &str, read: impl FnOnce(&str) -> Vec<Reach>) -> String {
    const COMMENT: &str = "<!-- sellerlint: allow e r -->";
    let written = page.replace('@', COMMENT);
    let mut signs = Vec::new();
    for reach in read(&written) {
        let Reach::Block(Range { start, end }) = reach else { continue };
        signs.extend([(start, 1, '['), (end, if start == end { 2 } else { 0 }, ']')]);
    }
    signs.sort_unstable();
    let mut drawn = written;
    signs.iter().rev().for_each(|(at, _, sign)| drawn.insert(*at, *sign));
    drawn.replace(COMMENT, "@")
}

#[test]
fn a_comment_reaches_the_next_block() {
    let reach = |html: &str| {
        with_document(html, |document| document.allows.iter().map(|allow| allow.reach.clone()).collect())
    };
    for (html, picture) in [
        ("@<p>a</p><p>b</p>", "@[<p>a</p>]<p>b</p>"),
        ("<p>a @b <b>c</b></p><p>d</p>", "<p>a @[b <b>c</b></p>]<p>d</p>"),
        ("<div>@<h1>a</h1>b</div>", "<div>@[<h1>a</h1>]b</div>"),
        ("@<div>a<p>b</p></div>", "@[<div>a]<p>b</p></div>"),
        ("<ul>@<li>a<li>b</ul>", "<ul>@[<li>a]<li>b</ul>"),
        (
            "<ul><li>a @<ul><li>b</li></ul></li><li>c</li></ul>",
            "<ul><li>a @[<ul><li>b</li>]</ul></li><li>c</li></ul>",
        ),
        ("@<img src=x><p>b</p>", "@[<img src=x>]<p>b</p>"),
        ("@<p><a href=x><img src=y></a> b</p>c", "@[<p><a href=x><img src=y></a> b</p>]c"),
        (
            "@<mj-image src=x></mj-image><mj-text>a</mj-text>",
            "@[<mj-image src=x></mj-image>]<mj-text>a</mj-text>",
        ),
        ("<table><tr>@<td>a</td><td>b</td></tr></table>", "<table><tr>@[<td>a</td>]<td>b</td></tr></table>"),
        (
            "<td>@<table><tr><td><table><tr><td>a</td><td>b</td></tr></table></td></tr></table>",
            "<td>@[<table><tr><td><table><tr><td>a</td>]<td>b</td></tr></table></td></tr></table>",
        ),
        ("<td>a @</td></tr></table><p>b</p>c", "<td>a @[</td></tr></table><p>b</p>]c"),
        ("@a<br>b<br> <br>c", "@[a<br>b<br>] <br>c"),
        ("a<br><br>@b<br><br>c", "a<br><br>@[b<br>]<br>c"),
        ("@<p> &nbsp;</p><p>\r\na</p>\r\nb", "@[<p> &nbsp;</p><p>\r\na</p>]\r\nb"),
        ("@ @<p>a</p>b", "@[ @[<p>a</p>]]b"),
        ("@<div style='display:none'>a</div><p>b</p>", "@[<div style='display:none'>a</div>]<p>b</p>"),
        ("@<style>p{color:red}</style><p>a</p>b", "@[<style>p{color:red}</style><p>a</p>]b"),
        ("@<title>a</title><p>b</p>c", "@[<title>a</title><p>b</p>]c"),
        (
            "@<!--[if mso]><p>x</p><p>y</p><![endif]--><p>a</p>b",
            "@[<!--[if mso]><p>x</p><p>y</p><![endif]--><p>a</p>]b",
        ),
        ("<p>a</p>@<!--[if mso]><p>x</p><![endif]-->", "<p>a</p>@[<!--[if mso]><p>x</p>]<![endif]-->"),
        ("<!--[if mso]><p>x</p><![endif]-->@", "<!--[if mso]><p>x</p><![endif]-->@[]"),
        ("<!--[if mso]>@<p>x</p><![endif]-->", "<!--[if mso]>@<p>x</p><![endif]-->"),
        ("<p>a</p>@", "<p>a</p>@[]"),
        ("<p>a</p>@<p> </p>", "<p>a</p>@[]<p> </p>"),
        (
            "<textarea>@</textarea><script>@</script>&lt;!-- sellerlint: allow e r --&gt;",
            "<textarea>@</textarea><script>@</script>&lt;!-- sellerlint: allow e r --&gt;",
        ),
        (
            "a<blockquote class=gmail_quote>@<p>b</p></blockquote>",
            "a<blockquote class=gmail_quote>@<p>b</p></blockquote>",
        ),
    ] {
        assert_eq!(with_reach(html, reach), picture, "{html}");
    }
}
