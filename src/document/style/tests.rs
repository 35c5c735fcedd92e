//! What is declared, and what it comes to.

use std::borrow::Cow;

use proptest::prelude::*;

use super::*;
use crate::document::form::{Hiding, Purpose};
use crate::document::markup::{Attribute, Element};
use crate::text::MappedText;

/// The input without its bars, and the ranges between them.
fn drawn(picture: &str) -> (String, Vec<Range<usize>>) {
    let text = picture.replace('|', "");
    let bars: Vec<usize> =
        picture.match_indices('|').enumerate().map(|(before, (at, _))| at - before).collect();
    (text, bars.chunks(2).map(|pair| pair[0]..pair[1]).collect())
}

#[test]
fn declarations_have_places_and_level_values() {
    for (picture, values) in [
        ("|color: red|", &["color: red"][..]),
        ("|color:red|;|Margin : 0  auto|;", &["color: red", "margin: 0 auto"]),
        (" |color: RED /* why */ !important| ; ", &["color: red!"]),
        ("|font-family: 'Open  Sans' , Arial|", &["font-family: 'open  sans', arial"]),
        ("|font: 12px / 1.5 Arial|", &["font: 12px/1.5 arial"]),
        ("|color: rgb( 1 , 2,3 )|", &["color: rgb(1, 2, 3)"]),
        ("colour red; |margin: 0|", &["margin: 0"]),
        ("color; |margin: 0|", &["margin: 0"]),
        ("color:; |margin: 0|", &["margin: 0"]),
        ("*zoom: 1; |margin: 0|", &["margin: 0"]),
        ("color: red); |margin: 0|", &["margin: 0"]),
        ("a:hover { color: red } |margin: 0|", &["margin: 0"]),
        ("|width: calc(100% - (2 * 3px))|; |top: 0|", &["width: calc(100% - (2 * 3px))", "top: 0"]),
        ("|color: \u{1A}\u{1A}\u{1A}|; |margin: 0|", &["color: {}", "margin: 0"]),
        ("|width: \u{1A}\u{1A}px \u{1B}\u{1B}\u{1A}\u{1A}|", &["width: {}px {}{}"]),
        ("\u{1A}\u{1A}\u{1A}|color: red|;\u{1B}\u{1B}", &["color: red"]),
        ("margin-\u{1A}\u{1A}: 3px; |top: 0|", &["top: 0"]),
        ("|b: ß É|", &["b: ß é"]),
        ("", &[]),
    ] {
        let (css, ranges) = drawn(picture);
        let written = declarations(&css);
        let show = |one: &Written| {
            format!("{}: {}{}", one.property, one.value, if one.is_important { "!" } else { "" })
        };
        let shown: Vec<String> = written.iter().map(show).collect();
        let found: Vec<Range<usize>> = written.into_iter().map(|one| one.range).collect();
        assert_eq!(shown, values, "{picture}");
        assert_eq!(found, ranges, "{picture}");
    }
}

#[test]
fn addresses_are_found_inside_of_values() {
    for picture in [
        "background: #fff url(|https://a.example/x.png|) no-repeat",
        "background: url( '|a b.png|' )",
        "background: url(\"|a.png|\"), url( |b.png| )",
        "background-image: image-set('|a.png|' 1x, url(|b.png|) 2x)",
        "background: url(|https://a.example/\u{1A}\u{1A}\u{1A}.png|)",
        "background: url(|a.png|",
        "background: URL(|a.png|)",
        "content: 'a.png'",
        "background: url()",
    ] {
        let (css, ranges) = drawn(picture);
        let found: Vec<_> = declarations(&css).into_iter().flat_map(|one| one.addresses).collect();
        assert_eq!(found, ranges, "{picture}");
    }
}

#[test]
fn a_sheet_tells_what_it_loads() {
    for (picture, purposes) in [
        ("@import url(|a.css|) screen; p { color: red }", &[Purpose::Resource][..]),
        ("@import '|a.css|';", &[Purpose::Resource]),
        ("@font-face { font-family: x; src: url(|x.woff|) }", &[Purpose::Resource]),
        ("p { background: url(|x.png|) }", &[Purpose::Picture]),
        (
            "@media screen { @font-face { src: url('|x.woff|') } p { background: url(|x.png|) } }",
            &[Purpose::Resource, Purpose::Picture],
        ),
        ("@charset 'utf-8'; @namespace url(http://www.w3.org/1999/xhtml);", &[]),
    ] {
        let (css, ranges) = drawn(picture);
        let found = Sheet::parse(&css).addresses;
        assert_eq!(found, ranges.into_iter().zip(purposes.iter().copied()).collect::<Vec<_>>(), "{picture}");
    }
}

/// Elements one in the other: `div.a#b[style="…"] > p`, written as tags.
fn nested(tags: &'static str) -> Vec<Element<'static>> {
    let mut elements: Vec<Element<'static>> = Vec::new();
    let mut at = 0;
    for tag in tags.split_inclusive('>') {
        let start = at + tag.find('<').expect("a tag");
        let inner = tag.trim().trim_start_matches('<').trim_end_matches('>');
        let (name, rest) = inner.split_once(' ').unwrap_or((inner, ""));
        let mut attributes = Vec::new();
        let mut rest_at = start + 1 + name.len() + 1;
        for written in rest.split_inclusive('"').collect::<Vec<_>>().chunks(2) {
            let lead = written[0].len() - written[0].trim_start().len();
            let name = written[0].trim().trim_end_matches("=\"");
            let value = written.get(1).map_or("", |value| value.trim_end_matches('"'));
            let value_at = rest_at + written[0].len();
            attributes.push(Attribute {
                name: Cow::Borrowed(name),
                range: rest_at + lead..value_at + value.len() + 1,
                value: MappedText::verbatim(value, value_at),
            });
            rest_at = value_at + value.len() + 1;
        }
        elements.push(Element {
            name: Cow::Borrowed(name),
            parent: elements.len().checked_sub(1),
            tag: start..at + tag.len(),
            end: tags.len(),
            attributes,
            text: 0..0,
            style: Style::default(),
        });
        at += tag.len();
    }
    elements
}

/// How the innermost of nested elements looks.
fn innermost(css: &'static str, tags: &'static str) -> Style {
    let mut elements = nested(tags);
    dress(&mut elements, &[MappedText::verbatim(css, 0)]);
    elements.pop().expect("an element").style
}

#[test]
fn letters_have_a_size_in_pixels() {
    for (css, tags, size) in [
        ("", "<p>", 16.0),
        ("", r#"<p style="font-size:12px">"#, 12.0),
        ("", r#"<p style="font-size:12pt">"#, 16.0),
        ("", r#"<p style="font-size:150%">"#, 24.0),
        ("", r#"<div style="font-size:20px"><p style="font-size:1.5em">"#, 30.0),
        ("", r#"<div style="font-size:20px"><p style="font-size:2rem">"#, 32.0),
        ("", r#"<div style="font-size:20px"><p style="font-size:inherit">"#, 20.0),
        ("", r#"<div style="font-size:20px"><p style="font-size:calc(1px + 1px)">"#, 20.0),
        ("", "<p style=\"font-size:\u{1A}\u{1A}px\">", 16.0),
        ("", r#"<p style="font: bold 18px/1.2 arial">"#, 18.0),
        ("", r#"<p style="font: 700 x-large arial">"#, 24.0),
        ("", "<h1>", 32.0),
        ("", "<h4>", 16.0),
        ("h1 { font-size: 1em }", "<h1>", 16.0),
        ("", "<small>", 16.0 / 1.2),
        ("", r#"<font size="5">"#, 24.0),
        ("", r#"<font size="+1">"#, 18.0),
        ("", r#"<font size="-9">"#, 10.0),
        ("", r#"<font size="5" style="font-size:11px">"#, 11.0),
        ("p { font-size: 10px } .a { font-size: 11px }", r#"<p class="a">"#, 11.0),
        (".a { font-size: 11px } p { font-size: 10px }", r#"<p class="a">"#, 11.0),
        ("p { font-size: 10px } p { font-size: 11px }", "<p>", 11.0),
        ("p { font-size: 10px !important } #i { font-size: 11px }", r#"<p id="i">"#, 10.0),
        ("p { font-size: 10px !important }", r#"<p style="font-size:12px">"#, 10.0),
        ("p { font-size: 10px !important }", r#"<p style="font-size:12px !important">"#, 12.0),
        ("@media (max-width: 600px) { p { font-size: 30px !important } }", "<p>", 16.0),
        ("@media screen { p { font-size: 30px } }", "<p>", 30.0),
        ("p:hover { font-size: 30px }", "<p>", 16.0),
        ("/* p { font-size: 30px } */ <!-- p { font-size: 31px } -->", "<p>", 31.0),
        ("} p { font-size: 30px } p { font-size: 31px }", "<p>", 31.0),
    ] {
        assert_eq!(innermost(css, tags).font_size, size, "{css} {tags}");
    }
}

#[test]
fn selectors_mean_what_they_say() {
    let tags = r#"<body><div class="a b" id="i"><table><td align="left" lang="en-gb"><p class="c">"#;
    for (selector, is_meant) in [
        ("p", true),
        ("P", true),
        ("*", true),
        (".c", true),
        (".C", false),
        ("p.c", true),
        ("div.c", false),
        ("div p", true),
        ("div > p", false),
        ("td > p", true),
        ("td>p", true),
        ("body > div td > p", true),
        ("body > table p", false),
        (".a.b p", true),
        (".b.a table > * > p", true),
        ("#i .c", true),
        ("#i#i .c", true),
        ("[align] p", true),
        ("[align=left] p", true),
        ("[align='right'] p", false),
        ("[lang|=en] p, q", true),
        ("[class~=b] p", true),
        ("[class^=a] p", true),
        ("[class$='b' i] p", true),
        ("[class*='']", false),
        ("q, p", true),
        ("q,", false),
        ("p ~ p", false),
        ("p + p", false),
        ("p:first-child", false),
        ("p::after", false),
        (":root p", false),
        ("p >", false),
        ("> p", false),
        ("p..c", false),
        ("", false),
        ("p; p", false),
        (".\u{1A}\u{1A} p", false),
    ] {
        let css = format!("{selector} {{ font-size: 40px }}");
        let mut elements = nested(tags);
        dress(&mut elements, &[MappedText::verbatim(&css, 0)]);
        assert_eq!(elements[4].style.font_size == 40.0, is_meant, "{selector}");
    }
}

#[test]
fn text_is_hidden_for_a_reason() {
    use Hiding::{Invisible, NoDisplay, NoSize, Offscreen, SameColour};
    for (tags, reason) in [
        ("<p>", None),
        (r#"<p style="display:none">"#, Some(NoDisplay)),
        (
            r#"<p style="display:none !important;font-size:1px;color:#fff;max-height:0;overflow:hidden">"#,
            Some(NoDisplay),
        ),
        (r#"<div style="display:none"><p style="display:block">"#, Some(NoDisplay)),
        (r#"<p hidden="">"#, Some(NoDisplay)),
        (r#"<p style="visibility:hidden">"#, Some(Invisible)),
        (r#"<div style="visibility:hidden"><p style="visibility:visible">"#, None),
        (r#"<div style="opacity:0"><p style="opacity:1">"#, Some(Invisible)),
        (r#"<p style="opacity:0.5">"#, None),
        (r#"<p style="color:transparent">"#, Some(Invisible)),
        (r#"<p style="color:rgba(0,0,0,0)">"#, Some(Invisible)),
        (r#"<p style="font-size:0">"#, Some(NoSize)),
        (r#"<p style="font-size:1px;line-height:1px">"#, Some(NoSize)),
        (r#"<p style="font-size:3px;line-height:0">"#, Some(NoSize)),
        (r#"<td style="font-size:0"><p style="font-size:14px">"#, None),
        (r#"<td style="line-height:0"><p>"#, None),
        (r#"<div style="max-height:0;overflow:hidden"><p>"#, Some(NoSize)),
        (r#"<div style="max-height:0"><p>"#, None),
        (r#"<div style="height:1px;width:1px;overflow:hidden">"#, Some(NoSize)),
        (r#"<td style="height:0;overflow:hidden">"#, None),
        (r#"<span style="max-height:0;overflow:hidden">"#, None),
        (r#"<span style="display:block;max-height:0;overflow:hidden">"#, Some(NoSize)),
        (r#"<div style="position:absolute;clip:rect(0 0 0 0)">"#, Some(NoSize)),
        (r#"<div style="clip:rect(0 0 0 0)">"#, None),
        (r#"<div style="clip-path:inset(50%)">"#, Some(NoSize)),
        (r#"<p style="text-indent:-9999px">"#, Some(Offscreen)),
        (r#"<p style="text-indent:-2em">"#, None),
        (r#"<p style="position:absolute;left:-9999px">"#, Some(Offscreen)),
        (r#"<p style="left:-9999px">"#, None),
        (r#"<p style="color:#fff;background:#fff">"#, Some(SameColour)),
        (r##"<td bgcolor="#ffffff"><font color="fefefe">"##, Some(SameColour)),
        (r#"<p style="color:#fff">"#, None),
        (r#"<p style="color:#fff;background:#fff url(x.png)">"#, None),
        (r##"<td bgcolor="#fff"><p style="color:#fff;background:navy">"##, None),
        (r#"<p style="color:#eee;background:#fff">"#, None),
        (r#"<a style="mso-hide:all">"#, None),
    ] {
        assert_eq!(innermost("", tags).hiding, reason, "{tags}");
    }
}

#[test]
fn colours_come_from_the_message() {
    let color = |red, green, blue| Some(Color { red, green, blue });
    for (tags, letters, ground) in [
        ("<p>", None, None),
        (r#"<p style="color:red">"#, color(255, 0, 0), None),
        (r#"<p style="color:#0f08">"#, None, None),
        (r#"<p style="color:hsl(120, 100%, 25%)">"#, color(0, 128, 0), None),
        (r#"<p style="color:hsl(-1e9deg, 0%, 0%)">"#, color(0, 0, 0), None),
        (r#"<p style="color:rgb(1 2 3)">"#, color(1, 2, 3), None),
        (r#"<div style="color:red"><p style="color:inherit">"#, color(255, 0, 0), None),
        (r#"<div style="color:red"><p style="color:initial">"#, None, None),
        (r#"<div style="color:red"><p style="color:nonsense">"#, None, None),
        (r#"<div style="color:red"><a href="x">"#, None, None),
        (r#"<div style="color:red"><a name="x">"#, color(255, 0, 0), None),
        (r#"<div style="background:#111"><p style="background:none">"#, None, color(17, 17, 17)),
        (r#"<div style="background:#111"><p style="background:url(x.png)">"#, None, None),
        (r##"<body text="#222222" bgcolor="black">"##, color(34, 34, 34), color(0, 0, 0)),
        (r##"<body link="#222222"><p>"##, None, None),
        ("<td bgcolor=\"\u{1A}\u{1A}\"><p>", None, None),
    ] {
        let style = innermost("", tags);
        assert_eq!((style.color, style.background), (letters, ground), "{tags}");
    }
}

#[test]
fn the_rest_of_a_style() {
    let style = innermost(
        "td { max-width: 90% }",
        r#"<pre dir="rtl"><td width="50%" height="20" style="width: 2in">"#,
    );
    assert!(style.keeps_blanks && style.is_right_to_left);
    assert_eq!(style.width, Some(Length::Pixels(192.0)));
    assert_eq!(style.height, Some(Length::Pixels(20.0)));
    assert_eq!(style.max_width, Some(Length::Percent(90.0)));
    assert!(!innermost("", r#"<pre dir="rtl"><p style="white-space:normal;direction:ltr">"#).keeps_blanks);
}

#[test]
fn black_on_white_is_21_to_1() {
    let grey = |level| Color { red: level, green: level, blue: level };
    assert_eq!(grey(0).contrast(grey(255)).round(), 21.0);
    assert_eq!(grey(7).contrast(grey(7)), 1.0);
    assert!((grey(0x76).contrast(grey(255)) - 4.54).abs() < 0.01);
}

/// Declarations as `property: value @bytes origin element`.
fn listed(css: &'static str, tags: &'static str) -> Vec<String> {
    let mut elements = nested(tags);
    let dressed = dress(&mut elements, &[MappedText::verbatim(css, 1000)]);
    (dressed.declarations.iter())
        .map(|one| {
            let source = if one.range.start < 1000 { &tags[one.range.clone()] } else { "" };
            let source = if source.is_empty() {
                css[one.range.start - 1000..one.range.end - 1000].to_owned()
            } else {
                source.to_owned()
            };
            format!("{}: {} | {source} | {:?} {}", one.property, one.value, one.origin, one.element)
        })
        .collect()
}

#[test]
fn all_declarations_are_listed_with_their_places() {
    assert_eq!(
        listed(
            "q { top: 0 } p { color: red } @media print { p { color: blue } } p:hover { top: 1px }",
            r#"<center><p align="center" style="font: 1em Arial; margin:1px 2px"><font color="Red" face="Arial" size="2">"#
        ),
        [
            "text-align: center | <center> | Attribute 0",
            "text-align: center | align=\"center\" | Attribute 1",
            "font: 1em arial | font: 1em Arial | Inline 1",
            "font-size: 1em | font: 1em Arial | Inline 1",
            "font-family: arial | font: 1em Arial | Inline 1",
            "margin: 1px 2px | margin:1px 2px | Inline 1",
            "margin-top: 1px | margin:1px 2px | Inline 1",
            "margin-right: 2px | margin:1px 2px | Inline 1",
            "margin-bottom: 1px | margin:1px 2px | Inline 1",
            "margin-left: 2px | margin:1px 2px | Inline 1",
            "color: red | color=\"Red\" | Attribute 2",
            "font-family: arial | face=\"Arial\" | Attribute 2",
            "font-size: small | size=\"2\" | Attribute 2",
            "color: red | color: red | Sheet 1",
            "color: blue | color: blue | ConditionalSheet 1",
            "top: 1px | top: 1px | ConditionalSheet 1",
        ]
    );
}

#[test]
fn attributes_mean_what_old_html_says() {
    for (tags, wanted) in [
        (
            r#"<table align="center" width="600">"#,
            &["margin-left: auto", "margin-right: auto", "width: 600px"][..],
        ),
        (r#"<table align="left">"#, &["float: left"]),
        (r#"<img align="right" width="80%">"#, &["float: right", "width: 80%"]),
        (r#"<td align="Right" bgcolor="FFF">"#, &["text-align: right", "background-color: #fff"]),
        (r#"<td align="" width="auto">"#, &[]),
        (r#"<p align="justify">"#, &["text-align: justify"]),
        (r#"<hr align="center" width="3">"#, &[]),
        (
            r##"<body text="#333" link="blue" topmargin="130">"##,
            &["color: #333", "color: blue", "margin-top: 130px"],
        ),
        ("<big>", &["font-size: larger"]),
        ("<h1>", &[]),
    ] {
        let mut elements = nested(tags);
        let declarations = dress(&mut elements, &[]).declarations;
        let shown: Vec<String> =
            declarations.iter().map(|one| format!("{}: {}", one.property, one.value)).collect();
        assert_eq!(shown, wanted, "{tags}");
    }
}

#[test]
fn addresses_are_mapped_to_the_page() {
    let tags = r#"<td style="background:url(a.png)">"#;
    let mut elements = nested(tags);
    let dressed = dress(&mut elements, &[MappedText::verbatim("p{background:url(b.png)}", 100)]);
    let shown: Vec<_> = (dressed.addresses.iter())
        .map(|one| (one.text.text(), one.text.span(0..5).start(), one.element))
        .collect();
    assert_eq!(shown, [("a.png", tags.find("a.png").expect("it is there"), Some(0)), ("b.png", 117, None)]);
}

#[test]
fn a_deep_page_with_many_rules_ends_soon() {
    let css = "div div div > div div span b { color: red } .x .y > div { top: 0 }".repeat(2000);
    let mut elements = nested("<div>");
    let one = elements[0].clone();
    elements.extend((0..20_000).map(|parent| Element { parent: Some(parent), ..one.clone() }));
    let start = std::time::Instant::now();
    let dressed = dress(&mut elements, &[MappedText::verbatim(&css, 0)]);
    assert!(dressed.is_cut);
    assert!(start.elapsed().as_secs() < 30, "{:?}", start.elapsed());
}

proptest! {
    #[test]
    fn any_css_gives_lawful_ranges(css in "[a-z{}()\\[\\];:,'\"\\\\@/*!#.>+~%0-9 \n\u{1A}\u{1B}é-]{0,60}") {
        let sheet = Sheet::parse(&css);
        let ranges = declarations(&css).into_iter().flat_map(|one| one.addresses.into_iter().chain([one.range]));
        for range in ranges.chain(sheet.addresses.into_iter().map(|(range, _)| range)) {
            prop_assert!(css.get(range).is_some_and(|part| !part.is_empty()));
        }
    }

    #[test]
    fn any_style_looks_like_something(css in "(div|p|[.a-z:>*]{0,3})\\{[a-z-]{3,12}:[-a-z0-9%(). ]{0,12}\\}", value in "[a-z-]{3,12}:[-a-z0-9%(). ]{0,12}") {
        let mut elements = nested("<div><p>");
        let value: &'static str = Box::leak(value.into_boxed_str());
        elements[0].attributes.push(Attribute { name: "style".into(), range: 0..0, value: MappedText::verbatim(value, 0) });
        dress(&mut elements, &[MappedText::verbatim(&css, 0)]);
        prop_assert!(elements[1].style.font_size.is_finite());
    }

    #[test]
    fn a_placeholder_changes_nothing_around_it(before in "[a-z]{3,6}: [a-z0-9]{1,6}", after in "[a-z]{3,6}: [a-z0-9]{1,6}") {
        let css = format!("{before}; \u{1A}\u{1A}\u{1A}; {after}; width: \u{1B}\u{1B}px; {before}");
        let properties: Vec<String> = declarations(&css).into_iter().map(|one| one.value).collect();
        let value = |written: &str| written.split(": ").last().unwrap_or_default().to_owned();
        prop_assert_eq!(properties, [value(&before), value(&after), "{}px".to_owned(), value(&before)]);
    }
}
