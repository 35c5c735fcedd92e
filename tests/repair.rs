//! Fixes in files: what is mended in which format, and what holds for every mended file.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::sync::OnceLock;

use mail_parser::MessageParser;
use proptest::collection::vec;
use proptest::prelude::{ProptestConfig, Strategy, prop_assert, prop_assert_eq, proptest};
use sellerlint::document::{self, Format, MessageFormat, ReadAs, Scope};
use sellerlint::finding::{Finding, Severity};
use sellerlint::fix::Applicability;
use sellerlint::lint::repair::{Repaired, repair};
use sellerlint::lint::{FileReport, Linter, Settings};
use sellerlint::rule::builtin;
use sellerlint::text::Source;

fn lint(extension: &str, bytes: &[u8]) -> FileReport {
    static LINTER: OnceLock<Linter> = OnceLock::new();
    let linter = LINTER.get_or_init(|| Linter::new(builtin::rules()));
    let format = Format::of_extension(extension).unwrap();
    let reading = ReadAs { format, bodies: vec!["**".parse().unwrap()], ..ReadAs::default() };
    linter.lint("x", bytes, &reading, &Settings::default())
}

fn repaired(extension: &str, bytes: &[u8], least: Applicability) -> Repaired {
    repair(bytes, least, |bytes| lint(extension, bytes))
}

/// The text after its fixes.
fn mended(extension: &str, draft: &str, least: Applicability) -> String {
    String::from_utf8(repaired(extension, draft.as_bytes(), least).bytes).unwrap()
}

fn errors(report: &FileReport) -> usize {
    let is_error = |finding: &&Finding| finding.severity == Severity::Error && !finding.is_whole_message();
    report.messages.iter().flat_map(|message| &message.findings).filter(is_error).count()
}

const ORDER: &str = "your order 402-5519034-7723416 is two days late";

#[test]
fn safe_fixes_in_every_format() {
    for (extension, before, after) in [
        ("txt", "Hello 😀, we recieved it.\r\n\r\n\r\n\r\nBest", "Hello, we received it.\r\n\r\nBest"),
        ("txt", "the the lamp {{name}} 😀", "the lamp {{name}}"),
        (
            "txt",
            "Thanks😊 for it, 5😀 pieces. Sorry.😊 We send them.",
            "Thanks for it, 5 pieces. Sorry. We send them.",
        ),
        ("html", "<p>late😊\nsorry, one😊 <i>two</i></p>", "<p>late\nsorry, one <i>two</i></p>"),
        ("txt", "Recieve it, and recieve it. RECIEVE it.", "Receive it, and receive it. RECEIVE it."),
        ("txt", "le\u{200b}ave it \u{2060}here", "leave it here"),
        ("html", "<p>We recieve &amp; send it&#32;😀</p>", "<p>We receive &amp; send it</p>"),
        ("html", "<p>the <b>the</b> lamp</p>", "<p>the<b></b> lamp</p>"),
        (
            "html",
            "<table><tr><td>we send it to</td><td>to</td></tr></table>",
            "<table><tr><td>we send it to</td><td>to</td></tr></table>",
        ),
        (
            "html",
            "<ul><li>what it is for</li><li>for how long</li></ul>",
            "<ul><li>what it is for</li><li>for how long</li></ul>",
        ),
        ("md", "* we send to\n* to whom\n", "* we send to\n* to whom\n"),
        (
            "html",
            "<p style='margin:0; color:red ; padding:0'>It is late.</p>",
            "<p style='margin:0; padding:0'>It is late.</p>",
        ),
        ("html", "<p style=\"color:red\" align=center>It is late.</p>", "<p style=\"\">It is late.</p>"),
        (
            "html",
            "<a href='http://www.ups.com/track?a=1&amp;utm_source=x'>parcel</a>",
            "<a href='https://www.ups.com/track?a=1'>parcel</a>",
        ),
        ("md", "We *recieve* it :) 😀", "We *receive* it :)"),
        (
            "txt",
            "It is http://www.amazon.com:80/orders. See recieve-it.com, untill-shop.co.uk. ℹ we come. Section i applies.",
            "It is http://www.amazon.com:80/orders. See recieve-it.com, untill-shop.co.uk. ℹ we come. Section i applies.",
        ),
        (
            "html",
            "<p style='background:#111;color:#fff'>It is late.</p>",
            "<p style='background:#111;color:#fff'>It is late.</p>",
        ),
        (
            "jsonl",
            "{\"text\":\"We recieve \\u201eit\\u201c \\ud83d\\ude00\"}\n",
            "{\"text\":\"We receive \\u201eit\\u201c\"}\n",
        ),
        (
            "csv",
            "id,message\n1,\"We recieve \"\"it\"\" 😀, today\"\n",
            "id,message\n1,\"We receive \"\"it\"\", today\"\n",
        ),
        ("yaml", "a: 'We recieve it''s box 😀'\n", "a: 'We receive it''s box'\n"),
        (
            "yaml",
            "a: We recieve it 😀\nb: \"two \\u2014 we recieve it\"\n",
            "a: We receive it\nb: \"two \\u2014 we receive it\"\n",
        ),
        ("yaml", "a: |\n  We recieve it 😀\n  today\n", "a: |\n  We receive it\n  today\n"),
        ("yaml", "a: &x We recieve it 😀\nb: *x\n", "a: &x We receive it\nb: *x\n"),
        // Without the first word the rest would be a comment, a reference or a list of its own.
        // Nor would these be texts, nor is this file read to its end.
        ("yaml", "a: Yes 😀\nb: 2026-03-14 😀\n", "a: Yes 😀\nb: 2026-03-14 😀\n"),
        ("yaml", "a: We recieve it\nb: x: y\n", "a: We recieve it\nb: x: y\n"),
        ("yaml", "a: 😀 #5 is late\n", "a: 😀 #5 is late\n"),
        ("yaml", "a: 😀 &x is late\n", "a: 😀 &x is late\n"),
        ("yaml", "a: 😀 [late] it is\n", "a: 😀 [late] it is\n"),
        ("json", "{\"a\":[\"We recieve it\"]}", "{\"a\":[\"We receive it\"]}"),
        (
            "eml",
            "List-Unsubscribe: <mailto:a@example.com>,\r\n <https://example.com/u>\r\nSubject: x\r\n\r\nIt is late.\r\n",
            "Subject: x\r\n\r\nIt is late.\r\n",
        ),
        (
            "eml",
            "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\nWe reci=\neve =F0=9F=98=80it.\n",
            "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\nWe receive it.\n",
        ),
    ] {
        assert_eq!(mended(extension, before, Applicability::Safe), after, "{extension}");
    }
}

#[test]
fn unsafe_fixes_take_sentences_out() {
    let order = "Your order 402-5519034-7723416 is two days late because of snow.";
    for (extension, before, after) in [
        (
            "txt",
            format!("{order} Leave us a review and get 20% off. We are sorry."),
            format!("{order} We are sorry."),
        ),
        ("txt", format!("{order}\n\nLeave us a review on Amazon.\n\nBest"), format!("{order}\n\nBest")),
        ("txt", format!("{order}\r\nCall us at +1 206 555 0143.\r\nBest"), format!("{order}\r\nBest")),
        (
            "html",
            format!("<p>{order}</p><p>Leave us a <b>review</b> on Amazon.</p>"),
            format!("<p>{order}</p>"),
        ),
        (
            "html",
            format!(
                "<p>{order}</p>\n<p class=\"x\">\n  <b>Leave us a <i>review</i> on Amazon.</b>\n</p>\n<p>Best</p>"
            ),
            format!("<p>{order}</p>\n<p>Best</p>"),
        ),
        (
            "html",
            format!("<ul><li>{order}</li><li>Leave us a review on Amazon.</li></ul>"),
            format!("<ul><li>{order}</li></ul>"),
        ),
        (
            "html",
            format!(
                "<p>{order} <a href=\"https://www.amazon.com/\">Leave us a review on Amazon.</a> Best.</p>"
            ),
            format!("<p>{order} Best.</p>"),
        ),
        // What stands beside it in a list, a table or on lines of its own is another sentence, with a full stop or without.
        (
            "html",
            format!(
                "<p>{order}</p><ul><li>the new date is 12 May</li><li>leave us a review</li><li>the carrier is DHL</li></ul>"
            ),
            format!("<p>{order}</p><ul><li>the new date is 12 May</li><li>the carrier is DHL</li></ul>"),
        ),
        (
            "html",
            format!(
                "<p>{order}</p><table><tr><td>parts</td><td>leave us a review</td></tr><tr><td>screws</td><td>12</td></tr></table>"
            ),
            format!(
                "<p>{order}</p><table><tr><td>parts</td><td></td></tr><tr><td>screws</td><td>12</td></tr></table>"
            ),
        ),
        (
            "txt",
            format!("{order}\n\nnew date: 12 May\ncarrier: DHL\nplease leave us a review\nsize: 5\n"),
            format!("{order}\n\nnew date: 12 May\ncarrier: DHL\nsize: 5\n"),
        ),
        // A picture, a comment and a place in a table are something; where a paragraph ends that nobody closed is a guess.
        (
            "html",
            format!(
                "<p>{order}</p><p>Leave us a review on Amazon.<img src=\"https://m.media-amazon.com/a.png\" alt=\"\"></p>"
            ),
            format!("<p>{order}</p><p><img src=\"https://m.media-amazon.com/a.png\" alt=\"\"></p>"),
        ),
        (
            "html",
            format!("<p>{order}</p><p><!-- x -->Leave us a review on Amazon.</p>"),
            format!("<p>{order}</p><p><!-- x --></p>"),
        ),
        (
            "html",
            format!("<table><tr><td>{order}</td><td><b>Leave us a review on Amazon.</b></td></tr></table>"),
            format!("<table><tr><td>{order}</td><td></td></tr></table>"),
        ),
        ("html", format!("<p>{order}<p>Leave us a review on Amazon."), format!("<p>{order}<p>")),
        (
            "html",
            format!("<p>{order}</p><p class=\"{{{{style}}}}\">Leave us a review on Amazon.</p>"),
            format!("<p>{order}</p><p class=\"{{{{style}}}}\"></p>"),
        ),
        (
            "html",
            format!("<p>{order}</p><a href=\"https://norvik-lamps.com\">lamps</a>"),
            format!("<p>{order}</p><a href=\"https://norvik-lamps.com\">lamps</a>"),
        ),
        // Without full stops a line is what was meant; what says nothing forbidden between two offences stays.
        (
            "txt",
            "Order 402-5519034-7723416 is late\nPlease leave us a review\nand wait\n".to_owned(),
            "Order 402-5519034-7723416 is late\nand wait\n".to_owned(),
        ),
        (
            "txt",
            format!("{order}\n\nAnna\nNorvik Ltd\nwww.norvik-lamps.com\n"),
            format!("{order}\n\nAnna\nNorvik Ltd\n"),
        ),
        (
            "txt",
            format!("{order} Use code SAVE20 for 20% off. Hang it up. Use code SAVE30 for 30% off."),
            format!("{order} Hang it up."),
        ),
        (
            "txt",
            format!("{order} He said \"Leave us a review on Amazon.\" and left."),
            format!("{order} He said \"Leave us a review on Amazon.\" and left."),
        ),
        // Lines of an editor are wrapped like any other.
        (
            "html",
            format!(
                "<div>{order}</div>\n<div>Please leave us a</div>\n<div>5-star review.</div>\n<div>Best</div>"
            ),
            format!("<div>{order}</div>\n<div>Best</div>"),
        ),
        (
            "html",
            format!("<div>{order} Please leave us</div>\n<div>a 5-star review. Best</div>"),
            format!("<div>{order}</div>\n<div> Best</div>"),
        ),
        // Signs of Markdown go with what they mark up, or all stays.
        (
            "md",
            format!("{order}\n\n**Leave us a review on Amazon.**\n\nBest\n"),
            format!("{order}\n\nBest\n"),
        ),
        ("md", format!("{order}\n\n## Leave us a 5-star review\n\nBest\n"), format!("{order}\n\nBest\n")),
        ("md", format!("{order} _Leave us a review on Amazon._ Best\n"), format!("{order} Best\n")),
        ("md", format!("{order} `Leave us a review on Amazon.` Best\n"), format!("{order} Best\n")),
        (
            "md",
            format!("{order} [Leave us a review on Amazon.](https://www.amazon.com/) Best\n"),
            format!("{order} Best\n"),
        ),
        (
            "md",
            format!("{order}\n\n- A new one\n  - Leave us a review\n- The money\n"),
            format!("{order}\n\n- A new one\n- The money\n"),
        ),
        (
            "md",
            format!("{order} **It is late. Leave us a review on Amazon.** Best\n"),
            format!("{order} **It is late.** Best\n"),
        ),
        (
            "md",
            format!("{order} We are sorry. Leave **us a review on Amazon. It** is late.\n"),
            format!("{order} We are sorry. Leave **us a review on Amazon. It** is late.\n"),
        ),
        ("txt", format!("Subject: 20% off today\n\n{order}"), format!("Subject: 20% off today\n\n{order}")),
        (
            "txt",
            format!("{order} Leave us a review of {{{{product}}}}."),
            format!("{order} Leave us a review of {{{{product}}}}."),
        ),
    ] {
        assert_eq!(mended(extension, &before, Applicability::Unsafe), after, "{extension}");
    }
}

#[test]
fn an_emoji_goes_and_the_words_beside_it_stay_what_they_are() {
    for (extension, before, after) in [
        ("txt", "Set the lock to 4️⃣7️⃣1️⃣ and 2️⃣ 3️⃣.", "Set the lock to 471 and 2 3."),
        ("md", "1️⃣ Open the box. Set it to 0️⃣.", "1 Open the box. Set it to 0."),
        ("txt", "We ship🎉today. Size🎉M.🎁It is late(🎉).", "We ship today. Size M. It is late(🎉)."),
        (
            "txt",
            "The news 😕: it is late 🎉; it is here (at last 😀).",
            "The news: it is late; it is here (at last).",
        ),
        ("html", "<p>It is <b>late😀</b> now</p>", "<p>It is <b>late</b> now</p>"),
        ("html", "<p>😀 It is <b>late 😀</b> now</p>", "<p>It is <b>late</b> now</p>"),
        (
            "txt",
            "It is order 402-5519034-7723416 😊, part B12 😊 ✅, fine 😀.",
            "It is order 402-5519034-7723416, part B12, fine.",
        ),
        ("json", r#"{"a":"It is\ud83d\ude00late"}"#, r#"{"a":"It is\ud83d\ude00late"}"#),
    ] {
        assert_eq!(mended(extension, before, Applicability::Safe), after, "{extension}");
    }
}

/// What stands beside it would mean something else, or nothing would be left.
#[test]
fn an_emoji_stays_where_its_place_means_something() {
    for (extension, draft) in [
        ("txt", "😀"),
        ("txt", "😀---\nkind: reply\n---\nIt is late."),
        ("txt", "Hello %😀% and [[😀]], it is late."),
        ("md", "😀 # 1 reason\n\nIt is late."),
        ("md", "It is **😀**bold and late."),
        ("csv", "id,message\n1,😀\n"),
        ("eml", "Subject: =?utf-8?Q?=F0=9F=98=8A?= Order late\n\nIt is late.\n"),
        ("eml", "Subject: Your order =?utf-8?b?8J+Yig==?= is late\n\nIt is late.\n"),
        ("html", "<p>It is late.</p><img src=\"https://m.media-amazon.com/😀.png\" alt=\"a lamp\">"),
        // It is what is said.
        ("txt", "The date is 12🎉11. It takes 5😊6 V and is 4✖️6 cm. The price is 10 ➕ 5."),
        ("txt", "Salt water: ❌. Fresh water: ✅."),
        ("txt", "Colour of the lamp: 🟥\nIt is late."),
        ("txt", "It goes from 🏠 to 🎪 today. It goes 🇩🇪 ➡️ 🇫🇷 by rail, 🚫 by air."),
        ("txt", "Press 1️⃣st and *️⃣ to begin."),
        ("txt", "✅ fresh water ❌ salt water. It costs 50 💶, and you need 2🔋."),
        ("txt", "The box has 🔌, 🔋 and 📖."),
        // Signs of markup stand beside it.
        ("md", "The **😊** lamp. Say **yes😊** now. Use `😊` as sign. See [😊](https://www.ups.com) too."),
        ("md", "😊1. not list\n\nIt is late."),
        ("md", "It is late.\n\n#😊 tag\n\n-😊 item\n\n1.😊 y"),
        ("txt", "Say *yes😊* or _😊no_ now."),
        ("html", "<p>It is late. Open <a href=\"https://www.ups.com/track\">😊</a></p><p> 😊 </p>"),
    ] {
        assert_eq!(mended(extension, draft, Applicability::Safe), draft, "{extension}");
    }
    let mail = "Content-Type: multipart/mixed; boundary=x\n\n--x\n\nIt is late.\n--x\n\
                Content-Disposition: attachment; filename=\"manual 😀.pdf\"\n\nx\n--x--\n";
    assert_eq!(mended("eml", mail, Applicability::Safe), mail);
}

/// The words of an error may be mended too: it is no new one.
#[test]
fn a_slip_in_an_offence_is_mended() {
    let draft = format!("Hello, {ORDER}. Please leave us a 5-star reveiw.");
    assert_eq!(mended("txt", &draft, Applicability::Safe), draft.replace("reveiw", "review"));
}

#[test]
fn what_cannot_be_written_in_place_is_left() {
    // No byte of base64 is that of one letter; UTF-16 has other bytes for them.
    let head = "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n";
    let mail = format!("{head}V2UgcmVjaWV2ZSB0aGUgbGFtcC4=\n");
    assert_eq!(mended("eml", &mail, Applicability::Unsafe), mail);
    let utf16: Vec<u8> = "\u{feff}We recieve it 😀".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let after = repaired("txt", &utf16, Applicability::Safe);
    let wanted: Vec<u8> = "\u{feff}We recieve it".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(after.bytes, wanted);
}

#[test]
fn a_placeholder_is_never_taken_out() {
    for (extension, draft) in [
        ("txt", "[Important] {{name}}, leave us a review of {{product}}."),
        ("html", "<p style=\"color: {{colour}}\">It is late.</p>"),
        ("txt", "Hello {{ note | default: \"Please leave us a 5-star reveiw. 😊\" }}, {{name}}."),
    ] {
        let after = mended(extension, draft, Applicability::Unsafe);
        let filter = "{{ note | default: \"Please leave us a 5-star reveiw. 😊\" }}";
        for hole in
            ["{{name}}", "{{product}}", "{{colour}}", filter].iter().filter(|hole| draft.contains(**hole))
        {
            assert!(after.contains(hole), "{after}");
        }
    }
}

/// Sentences with things that can be mended, and some without; safe in every wrapping.
const SAID: &[&str] = &[
    "We will recieve the lamp. ",
    "It is on the the table , and it works alot. ",
    "Grüße 😀 an dich! ",
    "If i'm right, its a lamp 🎁. ",
    "The Adress is \"here\" & there. ",
    "See http://www.dhl.de/en/tracking?utm_source=a&id=4 for it. ",
    "Take a hour for {{order-id}}. ",
    "Order 11248392017720463 is late. ",
    "Leave us a review and get 20% off. ",
    "It is right as it stands. ",
    "C:\\temp = 5 ",
];

fn drafts() -> impl Strategy<Value = String> {
    vec(0..SAID.len(), 1..8).prop_map(|numbers| {
        let said: String = numbers.iter().map(|number| SAID[*number]).collect();
        format!("Hello, {ORDER}. {}", said.trim_end())
    })
}

/// Ways to write words in Markdown.
const FRAMES: &[(&str, &str)] = &[
    ("", " "),
    ("", "\n"),
    ("", "\n\n"),
    ("**", "** "),
    ("\n\n**", "**\n\n"),
    ("_", "_ "),
    ("*It is **", "** late* "),
    ("`", "` "),
    ("~~", "~~ "),
    ("[", "](https://www.amazon.com/) "),
    ("\n- ", "\n"),
    ("\n  - ", "\n"),
    ("\n- [ ] ", "\n"),
    ("\n1. ", "\n"),
    ("\n\n## ", "\n\n"),
    ("\n\n", "\n---\n\n"),
    ("\n\n", "\n===\n"),
    ("\n\n| a | b |\n|---|---|\n| c | ", " |\n\n"),
    ("<b>", "</b> "),
    ("\n\n<div>", "</div>\n\n"),
];

/// Ways to write words in HTML.
const TAGS: &[(&str, &str)] = &[
    ("", " "),
    ("", "<br>\n"),
    ("<b>", "</b> "),
    ("<p>", "</p>\n"),
    ("<p>\n  <span style=\"font-weight:bold\">", "</span>\n</p>"),
    ("<div>", "</div>"),
    ("<div>Well, ", "</div>\n"),
    ("<ul><li>", "</li></ul>"),
    ("<ul><li>It is late.</li><li>", "</li></ul>"),
    ("<h2>", "</h2>"),
    ("<table><tr><td>", "</td><td>late</td></tr></table>"),
    ("<a href=\"https://www.amazon.com/\">", "</a> "),
    ("<p>It is <i>", "</i> late</p>"),
    ("<blockquote><p>", "</p></blockquote>"),
];

const SAID_IN_FRAMES: &[&str] = &[
    "Leave us a review on Amazon.",
    "Please leave us a 5-star review",
    "Call us at +1 206 555 0143.",
    "Get 20% off your next order!",
    "We are sorry.",
    "The new date is Monday.",
    "Is it **late**?",
    "It is 🎉 late.",
    "See you",
];

fn framed(frames: &'static [(&str, &str)]) -> impl Strategy<Value = String> {
    let said = vec(0..SAID_IN_FRAMES.len(), 1..4);
    vec((0..frames.len(), said), 1..7).prop_map(|parts| {
        let mut out = format!("Hello, {ORDER}. ");
        for (frame, said) in parts {
            let (before, after) = frames[frame];
            let said: Vec<&str> = said.into_iter().map(|number| SAID_IN_FRAMES[number]).collect();
            out.push_str(before);
            out.push_str(&said.join(" "));
            out.push_str(after);
        }
        out
    })
}

/// Whether a draft shows words of another one, and no others, in the same order.
fn shows_words_of(format: MessageFormat, after: &str, before: &str) -> bool {
    let before = shown(format, before);
    let mut rest = before.iter();
    shown(format, after).iter().all(|word| rest.any(|known| known == word))
}

/// The words of a draft as the buyer sees them.
fn shown(format: MessageFormat, draft: &str) -> Vec<String> {
    let source = Source::new(draft.as_bytes(), None);
    let document = document::read(&source, format);
    let shown = document.blocks.iter().filter(|block| block.scope == Scope::Text);
    shown
        .flat_map(|block| block.text.text().split_whitespace().map(str::to_owned).collect::<Vec<_>>())
        .collect()
}

/// Quoted-printable in lines of some 70 letters.
fn quoted_printable(text: &str) -> String {
    let mut out = String::new();
    let mut width = 0;
    for byte in text.bytes() {
        if width > 70 {
            out.push_str("=\r\n");
            width = 0;
        }
        let is_itself = byte.is_ascii_graphic() && byte != b'=' || byte == b' ';
        let written = if is_itself { char::from(byte).to_string() } else { format!("={byte:02X}") };
        width += written.len();
        out.push_str(&written);
    }
    out
}

/// A draft wrapped, and how the wrapping is undone.
type Wrapping = (&'static str, fn(&str) -> Vec<u8>, fn(&[u8]) -> String);

const WRAPPINGS: &[Wrapping] = &[
    (
        "jsonl",
        |draft| format!("{}\n", serde_json::json!({ "text": draft })).into_bytes(),
        |bytes| {
            serde_json::from_slice::<serde_json::Value>(bytes).unwrap()["text"].as_str().unwrap().to_owned()
        },
    ),
    (
        "csv",
        |draft| {
            let mut writer = csv::Writer::from_writer(Vec::new());
            writer.write_record(["id", "message"]).unwrap();
            writer.write_record(["1", draft]).unwrap();
            writer.into_inner().unwrap()
        },
        |bytes| csv::Reader::from_reader(bytes).records().next().unwrap().unwrap()[1].to_owned(),
    ),
    (
        "eml",
        |draft| {
            let head = "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n";
            format!("{head}{}", quoted_printable(draft)).into_bytes()
        },
        |bytes| {
            let message = MessageParser::default().parse(bytes).unwrap();
            message.body_text(0).unwrap().into_owned()
        },
    ),
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// What a wrapped draft says after its fixes is what the plain one says.
    #[test]
    fn a_fix_means_the_same_in_every_wrapping(draft in drafts()) {
        let plain = mended("txt", &draft, Applicability::Safe);
        for (extension, wrap, unwrap) in WRAPPINGS {
            let after = repaired(extension, &wrap(&draft), Applicability::Safe);
            prop_assert_eq!(&unwrap(&after.bytes), &plain, "{}", extension);
        }
    }

    /// Mending again changes nothing, and no error comes in.
    #[test]
    fn safe_fixes_are_done_once(draft in drafts()) {
        for extension in ["txt", "md", "html", "jsonl", "csv", "eml"] {
            let wrapped = WRAPPINGS.iter().find(|(known, ..)| *known == extension);
            let bytes = wrapped.map_or(draft.clone().into_bytes(), |(_, wrap, _)| wrap(&draft));
            let once = repaired(extension, &bytes, Applicability::Safe);
            prop_assert_eq!(&repaired(extension, &once.bytes, Applicability::Safe).bytes, &once.bytes);
            prop_assert!(errors(&once.report) <= errors(&lint(extension, &bytes)), "{}", extension);
            prop_assert_eq!(&once.report, &lint(extension, &once.bytes));
        }
    }

    /// No sign of Markdown becomes a sign on the page, and nothing comes to stand elsewhere.
    #[test]
    fn unsafe_fixes_leave_no_signs_of_markdown(draft in framed(FRAMES)) {
        let after = mended("md", &draft, Applicability::Unsafe);
        prop_assert!(shows_words_of(MessageFormat::Md, &after, &draft), "{}\n---\n{}", draft, after);
        let is_empty = |line: &str| line.trim().is_empty() || line.contains(char::is_alphanumeric);
        let marks = |text: &str| text.lines().filter(|line| !is_empty(line)).count();
        prop_assert!(marks(&after) <= marks(&draft), "{}\n---\n{}", draft, after);
    }

    /// A tag goes with the other half of its element.
    #[test]
    fn unsafe_fixes_leave_no_tag_alone(draft in framed(TAGS)) {
        let after = mended("html", &draft, Applicability::Unsafe);
        prop_assert!(shows_words_of(MessageFormat::Html, &after, &draft), "{}\n---\n{}", draft, after);
        for name in ["b", "p", "span", "div", "ul", "li", "h2", "td", "a", "i", "blockquote"] {
            let begins = after.matches(&format!("<{name}>")).count() + after.matches(&format!("<{name} ")).count();
            prop_assert_eq!(begins, after.matches(&format!("</{name}>")).count(), "{}\n---\n{}", draft, after);
        }
        prop_assert!(!after.contains("<p></p>") && !after.contains("<li></li>"), "{}\n---\n{}", draft, after);
    }

    /// What is taken out is gone, what is left was there before, and placeholders stay.
    #[test]
    fn unsafe_fixes_only_take_out(draft in drafts()) {
        let after = repaired("txt", draft.as_bytes(), Applicability::Unsafe);
        prop_assert!(errors(&after.report) <= errors(&lint("txt", draft.as_bytes())));
        let text = String::from_utf8(after.bytes).unwrap();
        prop_assert_eq!(text.matches("{{order-id}}").count(), draft.matches("{{order-id}}").count());
    }
}
