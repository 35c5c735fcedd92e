//! What is found in pages; bars stand around it.

use std::ops::Range;

use proptest::prelude::*;

use super::form::{ContrastWanted, ElementWanted, PictureTrait as T, StructureFault, StyleWanted};
use super::*;
use crate::document::form::Origin;
use crate::document::{Document, html};
use crate::text::Source;
use crate::verdict::Confidence;

/// The input without its bars, and the ranges between them.
fn drawn(picture: &str) -> (String, Vec<Range<usize>>) {
    let text = picture.replace('|', "");
    let bars: Vec<usize> =
        picture.match_indices('|').enumerate().map(|(before, (at, _))| at - before).collect();
    assert!(bars.len().is_multiple_of(2), "{picture}");
    (text, bars.chunks(2).map(|pair| pair[0]..pair[1]).collect())
}

/// What somebody finds in a page and its shown text.
fn found<T>(page: &str, find: impl FnOnce(&Document<'_>, &Markup<'_>, &str) -> T) -> T {
    let source = Source::new(page.as_bytes(), None);
    let document = html::read(&source);
    let markup = &document.markups[0];
    find(&document, markup, document.blocks[markup.block].text.text())
}

fn assert_drawn(pictures: &[&str], find: impl Fn(&Markup<'_>, &str) -> Vec<Range<usize>>) {
    for picture in pictures {
        let (page, ranges) = drawn(picture);
        assert_eq!(found(&page, |_, markup, text| find(markup, text)), ranges, "{picture}");
    }
}

#[test]
fn declarations_at_text() {
    let wanted = |property: &str| StyleWanted {
        properties: vec![property.to_owned()],
        origins: vec![Origin::Inline, Origin::Sheet, Origin::ConditionalSheet, Origin::Attribute],
        values: Vec::new(),
        not_values: Vec::new(),
    };
    let find = |property| {
        let wanted = wanted(property);
        move |markup: &Markup<'_>, text: &str| -> Vec<Range<usize>> {
            declared(markup, text, &wanted).into_iter().map(|(range, _)| range).collect()
        }
    };
    assert_drawn(
        &[
            "<p style='|color: red|; margin: 0'>Hello</p>",
            "<p style='|color: red|'><b>Hello</b></p>",
            "<p style='color: red'> </p>Hello",
            "<p style='color: red'><img src=x></p>Hello",
            "<p style='color: red; display: none'>Hidden</p>Hello",
            "<p style='color: INHERIT; color: unset'>Hello</p>",
            "<p style='background-color: red; border-color: red; -x-color: red'>Hello</p>",
            "<p style='|color:&#32;red|'>Hello</p>",
            "<p style=|color:red|>Hello</p>",
            "<font |color=red|>Hello</font>",
            "<font color>Hello</font>",
            "<body |text=red| |link='#00f'|>Hello",
            "<style>p { |color: red| } q { color: blue }</style><p>Hello</p>",
            "<style>@media print { p { |color: red| } } p:hover { |color: blue| }</style><p>Hello</p>",
            "<style>img { color: red }</style><p><img src=x>Hello</p>",
            "<p style='|color: {{c}}|'>Hello</p>",
            "<p style='{% if a %}|color: red|;{% endif %} margin: 0'>Hello</p>",
        ],
        find("color"),
    );
    assert_drawn(
        &[
            "<p style='|font: 1em Arial|'>Hello</p>",
            "<p style='font: inherit'>Hello</p>",
            "<p><font |face='Arial, serif'|>Hello</font></p>",
            "<p style='mso-font-family: Arial'>Hello</p>",
        ],
        find("font-family"),
    );
    assert_drawn(
        &[
            "|<center>|Hello</center>",
            "<p |align=CENTER|>Hello</p>",
            "<p align=left>Hello</p>",
            "<p align=right dir=rtl>Hello</p>",
            "<div dir=rtl><p |align=left|>Hello</p></div>",
            "<table align=center><tr><td>Hello</table>",
            "<td align=center><img src=x></td>Hello",
            "<p style='text-align: start'>Hello</p>",
        ],
        find("text-align"),
    );
}

#[test]
fn a_number_in_a_cell_may_stand_right() {
    let wanted = StyleWanted {
        properties: vec!["text-align".to_owned()],
        origins: vec![Origin::Attribute],
        values: Vec::new(),
        not_values: Vec::new(),
    };
    for (page, confidence) in [
        ("<table><tr><td align=right>12.50 EUR</table>", Confidence::Low),
        ("<table><tr><td align=right>Your refund was issued</table>", Confidence::High),
        ("<p align=right>12.50 EUR", Confidence::High),
    ] {
        let of_page = found(page, |_, markup, text| declared(markup, text, &wanted));
        assert_eq!(
            of_page.into_iter().map(|(_, confidence)| confidence).collect::<Vec<_>>(),
            [confidence],
            "{page}"
        );
    }
}

#[test]
fn margins_of_more_than_a_fifth() {
    assert_drawn(
        &[
            "<p style='|margin-left: 121px|'>Hello</p>",
            "<p style='margin-left: 120px; margin: 20%'>Hello</p>",
            "<p style='|margin: 1px 21%|'>Hello</p>",
            "<p style='|PADDING: 0 0 0 2in|; margin: auto'>Hello</p>",
            "<p style='font-size: 20px; |margin-top: 7em|'>Hello</p>",
            "<p style='margin-left: -200px; border: 200px; width: 200px'>Hello</p>",
            "<p style='display: none; margin: 200px'>Hello</p>",
            "<body |topmargin=130|>Hello",
        ],
        |markup, _| margins(markup, 600, 20).into_iter().map(|(range, _)| range).collect(),
    );
    let percents =
        found("<p style='margin: 1px 150px 180px 2px'>Hello</p>", |_, markup, _| margins(markup, 600, 20));
    assert_eq!(percents.len(), 1);
    assert_eq!(percents[0].1, 30.0);
}

#[test]
fn sizes_are_counted_where_text_is_shown() {
    for (page, pixels) in [
        ("<p>One", None),
        ("One<h1>Two</h1><h2>Three</h2>", None),
        ("One<h1>Two</h1><h2>Three</h2><small>Four</small>", Some(vec![13, 16, 24, 32])),
        ("One<h1>Two</h1><h2>Three</h2><small> </small>", None),
        ("One<h1>Two</h1><h2>Three</h2><small hidden>Four</small>", None),
        (
            "<p style='font-size:16.2px'>One<p style='font-size:12pt'>Two<p>Three<p style='font-size:1em'>Four",
            None,
        ),
    ] {
        let sizes = found(page, |_, markup, _| sizes(markup, 3));
        assert_eq!(sizes.map(|sizes| sizes.pixels), pixels, "{page}");
    }
}

#[test]
fn what_sets_a_size_is_known() {
    let set_by = |page: &str| {
        let sizes = found(page, |_, markup, _| sizes(markup, 0)).expect("some size");
        let mut set_by: Vec<Range<usize>> = sizes.set_by.into_iter().flatten().collect();
        set_by.sort_by_key(|range| range.start);
        set_by
    };
    for picture in [
        "One<p style='|font-size: 20px|'><b>Two</b></p>",
        "|<h1>|One</h1>",
        "<style>.a { |font-size: 20px| }</style><p class=a>One",
        "<p style='font-size: 10px; |font-size: 20px|'>One",
        "<div style='|font: 20px Arial|'><p>One</div>",
    ] {
        let (page, ranges) = drawn(picture);
        assert_eq!(set_by(&page), ranges, "{picture}");
    }
}

#[test]
fn faint_text_is_told_by_colours() {
    let wanted = ContrastWanted { least: 4.5, least_large: 3.0, large: 24.0 };
    for (page, pairs) in [
        ("<p style='color:#999;background:#fff'>One", 1),
        ("<p style='color:#999;background:#fff'>One<p style='color:#999;background:#fff'>Two", 1),
        ("<p style='color:#999;background:#fff'>One<p style='color:#aaa;background:#fff'>Two", 2),
        ("<p style='color:#999'>One", 0),
        ("<p style='color:#888;background:#fff;font-size:30px'>One", 0),
        ("<p style='color:#ccc;background:#fff;font-size:30px'>One", 1),
    ] {
        assert_eq!(found(page, |_, markup, _| faint(markup, &wanted)).len(), pairs, "{page}");
    }
}

#[test]
fn elements_and_attributes_by_name() {
    let wanted = |names: &[&str], attributes: &[&str], values: &[&str]| {
        let owned = |list: &[&str]| list.iter().map(|one| (*one).to_owned()).collect();
        ElementWanted { names: owned(names), attributes: owned(attributes), values: owned(values) }
    };
    for (wanted, picture) in [
        (wanted(&["form"], &[], &[]), "|<FORM a=b>|<p>x</p></FORM>"),
        (wanted(&[], &["on*"], &[]), "<p |onClick='x'| on=1 data-on=1>Hello</p>"),
        (
            wanted(&["meta"], &["http-equiv"], &["refresh"]),
            "<meta |http-equiv=Refresh|><p http-equiv=refresh>",
        ),
        (wanted(&[], &["class"], &["Mso*"]), "<p |class='a msoNormal'|><p class=mso><p class=amso>"),
    ] {
        assert_drawn(&[picture], |markup, _| {
            elements(markup, &wanted).into_iter().map(|(range, _)| range).collect()
        });
    }
}

#[test]
fn a_long_tag_is_marked_where_it_begins() {
    let page = format!("<img src='data:image/png;base64,{}' alt=x>", "A".repeat(500));
    let mark = found(&page, |_, markup, _| mark_of(markup, 0));
    assert_eq!(&page[mark], "<img ");
}

#[test]
fn faults_of_structure() {
    for (fault, pictures) in [
        (
            StructureFault::NoLanguage,
            &["|<html>|Hello", "<html lang=en>Hello", "|<html lang=' '>|Hello", "Hello"][..],
        ),
        (
            StructureFault::EmptyLink,
            &[
                "Hello |<a href=x>|</a>",
                "Hello |<a href=x>|<span> &nbsp;</span></a>",
                "Hello <a href=x><span>there</span></a>",
                "Hello <a href=x aria-label=there></a>",
                "Hello <a href=x><b><img src=y></b></a>",
                "Hello <a name=x></a>",
            ],
        ),
        (
            StructureFault::SkippedHeading,
            &["<h1>a</h1>|<h3>|b</h3>", "<h2>a</h2><h3>b</h3><h1>c</h1><h2>d</h2>", "<h3>a</h3>|<h6>|b</h6>"],
        ),
        (
            StructureFault::LayoutTable,
            &[
                "|<table>|<tr><td><table><tr><td>a</table></table>",
                "<table role=none><tr><td><table><tr><td>a</table></table>",
                "<table><tr><th>a<td><table><tr><td>a</table></table>",
                "<table><tr><td>a</table>",
            ],
        ),
    ] {
        assert_drawn(pictures, |markup, text| faults(markup, text, fault));
    }
}

#[test]
fn breaks_in_a_row() {
    assert_drawn(
        &[
            "a|<br><br><br>|b",
            "a|<br/>\n <br /> <BR>|b",
            "a<br><br>b<br><br>c",
            "a|<br>&nbsp;<br>&nbsp;<br>|b",
            "<p>a</p>|<p>&nbsp;</p><p>&nbsp;</p><p>&nbsp;</p>|<p>b</p>",
            "<p>a</p><p>&nbsp;</p><p>&nbsp;</p><p>b</p>",
            "<p>a</p><div><p>&nbsp;</p></div><div><p>&nbsp;</p></div><p>b</p>",
            "<p>a</p><p>|<br></p><p><br></p><p><br>|</p><p>b</p>",
            "a<br><br><img src=x><br>b",
            "a<br><br><hr><br>b",
            "<br><br><br>a<br><br><br>",
            "a<b><br></b>b<br><br>c",
            "a|<br><b><br></b><i><br>|</i>b",
        ],
        |markup, text| line_breaks(markup, text, 2),
    );
}

/// Traits of the first picture, and its width in percent.
fn picture(page: &str) -> (Vec<T>, Option<f32>) {
    found(page, |document, markup, _| {
        let texts: Vec<&str> = document.blocks.iter().map(|block| block.text.text()).collect();
        let picture = pictures(markup, &texts, &document.attachments, 600).swap_remove(0);
        (picture.traits, picture.percent)
    })
}

#[test]
fn pictures_have_traits() {
    for (page, traits) in [
        ("<img src='https://a.example/x.png' alt=x>", &[T::Seen, T::Remote][..]),
        ("<img src='//a.example/x.png' alt=x>", &[T::Seen, T::Remote]),
        ("<img src='x.png' alt=x>", &[T::Seen, T::Local]),
        ("<img src='cid:x' alt=x>", &[T::Seen, T::Local]),
        ("<img alt=x>", &[T::Seen, T::Local]),
        ("<img src=x>", &[T::Seen, T::Local, T::WithoutAlt]),
        ("<img src=x alt=''>", &[T::Seen, T::Local]),
        ("<a href=y><img src=x alt=''></a>", &[T::Seen, T::Local, T::Linked, T::WithoutAlt]),
        ("<a href=y><img src=x alt=''>text</a>", &[T::Seen, T::Local, T::Linked]),
        ("<a href=y title=z><img src=x alt=''></a>", &[T::Seen, T::Local, T::Linked]),
        ("<a><img src=x alt=''></a>", &[T::Seen, T::Local]),
        ("<img src=x alt='' width=1 height=1>", &[T::Unseen, T::Local]),
        ("<img src=x alt='' width=1>", &[T::Unseen, T::Local]),
        ("<img src=x alt='' width=1 height=20>", &[T::Thin, T::Local]),
        ("<img src=x alt='' style='width:1px;height:1px'>", &[T::Unseen, T::Local]),
        ("<img src=x alt='' width=0 height=0 style='width:20px;height:20px'>", &[T::Seen, T::Local]),
        ("<img src=x alt='' hidden>", &[T::Unseen, T::Local]),
        ("<div style='opacity:0'><img src=x alt=''></div>", &[T::Unseen, T::Local]),
        ("<div style='font-size:0'><img src=x alt=''></div>", &[T::Seen, T::Local]),
        (
            "<style>@media (x) { img { display: block } }</style><img src=x alt='' style='display:none'>",
            &[T::Seen, T::Local],
        ),
        ("<img src='x.GIF?y=1' alt=''>", &[T::Seen, T::Local, T::Gif]),
        ("<img src='x.png?y=.gif' alt=''>", &[T::Seen, T::Local]),
        ("<td background='https://a.example/x.gif'>", &[T::Background, T::Remote, T::Gif]),
        ("<p style='background:url(x.png)'>", &[T::Background, T::Local]),
    ] {
        assert_eq!(picture(page).0, traits, "{page}");
    }
}

#[test]
fn widths_are_shares_of_the_body() {
    for (page, percent) in [
        ("<img width=480>", Some(80.0)),
        ("<img width='100%'>", Some(100.0)),
        ("<img>", None),
        ("<img width=600 style='max-width:50%'>", Some(50.0)),
        ("<img width=200 style='max-width:100%'>", Some(200.0 / 6.0)),
        ("<img style='max-width:100%'>", None),
        ("<div style='width:300px'><img width='100%'></div>", Some(50.0)),
        ("<div style='max-width:300px'><img width='100%'></div>", Some(50.0)),
        ("<table width=300><tr><td><img width='50%'></table>", Some(25.0)),
        ("<table width=300><tr><td><img width='50%'><td>x</table>", None),
        ("<table width=300><tr><td width='50%'><img width='50%'><td>x</table>", Some(12.5)),
        ("<img width=junk>", None),
        ("<img style='width:calc(1px + 1px)'>", None),
    ] {
        assert_eq!(picture(page).1, percent, "{page}");
    }
}

#[test]
fn addresses_have_file_names() {
    for picture in [
        "https://a.example/b/|c.png|?d/e.png#f/g",
        "https://a.example/",
        "https://a.example",
        "https://a.example?x/y.png",
        "|c.png|",
        "b/|c.png|",
        "cid:|c.png@x|",
        "//a.example/|c|",
        "data:image/png;base64,AA/BB",
        "|é.png|",
    ] {
        let (address, ranges) = drawn(&picture.replace("cid:|", "|cid:"));
        let name = file_name(&address);
        let wanted = ranges.first().cloned();
        assert_eq!(
            Some(name.clone()).filter(|name| !name.is_empty()),
            wanted,
            "{picture}: {}",
            &address[name]
        );
    }
}

proptest! {
    #[test]
    fn any_page_is_lawful(page in "(<(/?(p|a|img|br|table|td|tr|h[1-6]|font|div|html)|style)( (style|width|src|href|alt|align|background|color)=[\"']?[a-z0-9:;#%().&/ -]{0,20}[\"']?){0,3}>|[a-z &;{}é<>]{0,6}){0,12}") {
        let wanted = StyleWanted {
            properties: ["color", "font-size", "text-align", "width"].map(str::to_owned).to_vec(),
            origins: vec![Origin::Inline, Origin::Sheet, Origin::Attribute],
            values: Vec::new(),
            not_values: Vec::new(),
        };
        let all = |document: &Document<'_>, markup: &Markup<'_>, text: &str| {
            let texts: Vec<&str> = document.blocks.iter().map(|block| block.text.text()).collect();
            let pictures = pictures(markup, &texts, &document.attachments, 600);
            let mut ranges: Vec<Range<usize>> = declared(markup, text, &wanted).into_iter().map(|(range, _)| range).collect();
            ranges.extend(pictures.iter().filter_map(|picture| Some(mark_of(markup, picture.element?))));
            ranges.extend(margins(markup, 600, 1).into_iter().map(|(range, _)| range));
            ranges.extend(line_breaks(markup, text, 1));
            ranges.extend(sizes(markup, 1).into_iter().flat_map(|sizes| sizes.set_by).flatten());
            for fault in [StructureFault::NoLanguage, StructureFault::EmptyLink, StructureFault::SkippedHeading, StructureFault::LayoutTable] {
                ranges.extend(faults(markup, text, fault));
            }
            ranges
        };
        if html::read(&Source::new(page.as_bytes(), None)).markups.is_empty() {
            return Ok(());
        }
        for range in found(&page, all) {
            prop_assert!(page.get(range).is_some_and(|part| !part.is_empty()));
        }
    }
}
