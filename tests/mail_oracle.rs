//! Our reader of e-mails against mail-parser, on the messages that its package ships.
//!
//! Cargo unpacks the package, and says where. Where the two differ, a table says which message and why.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod package;

use std::path::PathBuf;

use mail_parser::{MessageParser, MimeHeaders, PartType};
use proptest::collection::vec;
use proptest::prelude::{Just, Strategy, any, prop_assert_eq, prop_oneof, proptest};
use sellerlint::document::{Document, eml};
use sellerlint::text::{Charset, Source};

/// The folder of mail-parser's resources.
fn resources() -> PathBuf {
    package::folder("mail-parser").join("resources")
}

fn messages() -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    for folder in ["rfc", "legacy", "thirdparty", "malformed"] {
        for entry in std::fs::read_dir(resources().join("eml").join(folder)).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|extension| extension == "eml") {
                let name = format!("{folder}/{}", path.file_stem().unwrap().to_string_lossy());
                found.push((name, std::fs::read(&path).unwrap()));
            }
        }
    }
    found.sort();
    assert!(found.len() > 100, "{}", found.len());
    found
}

fn source(bytes: &[u8]) -> Source<'_> {
    Source::new(bytes, Some(Charset::of_mail(bytes)))
}

/// Words, so that blanks and line ends make no difference.
fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn ours(document: &Document<'_>) -> Vec<String> {
    let mut said = Vec::new();
    let subject = document.headers.iter().find(|header| header.name == "subject");
    said.push(format!("subject {}", words(subject.map_or("", |header| &header.value))));
    for mailbox in &document.mailboxes {
        said.push(format!(
            "{} {} {}",
            mailbox.header,
            words(mailbox.name.as_deref().unwrap_or("")),
            mailbox.address
        ));
    }
    said.extend(
        document
            .metadata
            .send_date
            .as_ref()
            .map(|date| format!("date {}", date.value.to_string().replace("+00:00", "Z"))),
    );
    for page in &document.pages {
        if let sellerlint::document::PageName::Part { .. } = &page.name {
            said.push(format!("text {}", words(page.text.text())));
        }
    }
    for file in &document.attachments {
        let is_text = file.media_type.as_deref().is_some_and(|media_type| media_type.starts_with("text/"));
        let size = if is_text { 0 } else { file.size.unwrap() };
        said.push(format!("file {} {size}", words(file.name.as_deref().unwrap_or(""))));
    }
    // Where a part has no line, it finds no part.
    said.retain(|line| line != "text ");
    said.sort();
    said
}

fn theirs(message: &mail_parser::Message<'_>) -> Vec<String> {
    let mut said = Vec::new();
    said.push(format!("subject {}", words(message.subject().unwrap_or(""))));
    for (header, address) in [
        ("from", message.from()),
        ("to", message.to()),
        ("cc", message.cc()),
        ("bcc", message.bcc()),
        ("reply-to", message.reply_to()),
    ] {
        for mailbox in address.into_iter().flat_map(|address| address.iter()) {
            said.push(format!(
                "{header} {} {}",
                words(mailbox.name().unwrap_or("")),
                mailbox.address().unwrap_or("")
            ));
        }
    }
    said.extend(message.date().map(|date| format!("date {}", date.to_rfc3339().replace("+00:00", "Z"))));
    for part in &message.parts {
        let name = words(part.attachment_name().unwrap_or(""));
        let is_attached = part.content_disposition().is_some_and(|disposition| disposition.is_attachment());
        match &part.body {
            PartType::Text(_) | PartType::Html(_)
                if is_attached || !name.is_empty() && part.content_type().is_some() =>
            {
                said.push(format!("file {name} 0"))
            }
            PartType::Text(text) | PartType::Html(text) => said.push(format!("text {}", words(text))),
            PartType::Binary(bytes) | PartType::InlineBinary(bytes) => {
                said.push(format!("file {name} {}", bytes.len()))
            }
            PartType::Message(_) | PartType::Multipart(_) => {}
        }
    }
    // Where a part has no line, it finds no part.
    said.retain(|line| line != "text ");
    said.sort();
    said
}

/// Messages that we read in another way, and why.
const DIFFERENT: &[(&str, &str)] = &[
    (
        "legacy/001",
        "UTF-7, which the web and most mailers gave up because it hides scripts: told as an unknown charset",
    ),
    ("legacy/005", "UTF-7"),
    ("legacy/034", "UTF-7"),
    (
        "legacy/010",
        "headers in a charset that nothing names: guessed, where mail-parser gives up the letters",
    ),
    ("legacy/016", "the same, in a file name"),
    ("legacy/017", "the same"),
    ("legacy/020", "the same"),
    ("legacy/022", "the same"),
    ("legacy/023", "the same, in a file name"),
    ("legacy/026", "the same, in a file name"),
    ("legacy/027", "the same"),
    (
        "legacy/030",
        "a text that says that it is inline is read, whatever it is called, since mail programs show it",
    ),
    ("legacy/042", "the same"),
    ("legacy/047", "the same"),
    ("legacy/052", "a body in a charset that nothing names: guessed"),
    ("malformed/001", "a boundary that never comes: shown as text"),
    ("malformed/004", "a boundary is a whole line: `--ab` is none of `a`"),
    ("malformed/009", "a boundary of the outer multipart closes the inner one"),
    ("malformed/011", "the same"),
    ("malformed/015", "the signature of a signed message is no file"),
    ("malformed/016", "boundaries that begin like each other: whole lines count"),
    ("malformed/017", "a file name beside a disposition that has none counts"),
    ("malformed/019", "broken on purpose, with multiparts whose boundary never comes"),
    ("malformed/020", "a boundary of the outer multipart closes the inner one"),
    ("malformed/021", "the same"),
    ("malformed/022", "an attached message is not looked into"),
    ("rfc/000", "an empty name is no name, and audio is a file"),
    ("rfc/001", "message/external-body has no body; addresses without `@` are none"),
    ("rfc/004", "addresses without `@` are none"),
    ("rfc/008", "an attached message is a file, and not looked into"),
    ("thirdparty/002", "signs that are no base64 are skipped, as the standard asks"),
    ("thirdparty/005", "EUC-JP is decoded; a boundary begins a line"),
    ("thirdparty/006", "the signature of a signed message is no file"),
    ("thirdparty/009", "message/partial is history"),
    ("thirdparty/015", "an attached message is a file"),
];

#[test]
fn messages_are_read_like_mail_parser_reads_them() {
    let mut wrong = Vec::new();
    for (name, bytes) in messages() {
        let source = source(&bytes);
        let document = eml::read(&source);
        // It finds no message where there are no headers; we take all for text, since a draft may have none.
        let Some(message) = MessageParser::default().parse(&bytes) else { continue };
        let is_known = DIFFERENT.iter().any(|(known, _)| *known == name);
        let (ours, theirs) = (ours(&document), theirs(&message));
        if (ours == theirs) == is_known {
            let ours_only =
                ours.iter().filter(|line| !theirs.contains(line)).map(|line| format!("+ {line:.120}"));
            let theirs_only =
                theirs.iter().filter(|line| !ours.contains(line)).map(|line| format!("- {line:.120}"));
            wrong
                .push(format!("{name}\n  {}", ours_only.chain(theirs_only).collect::<Vec<_>>().join("\n  ")));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The cases of one of its JSON files: what is in the header, and what is expected of it.
fn cases(file: &str) -> Vec<(String, serde_json::Value)> {
    let text = std::fs::read_to_string(resources().join(file)).unwrap();
    let cases: Vec<serde_json::Value> = serde_json::from_str(&text).unwrap();
    cases.iter().map(|case| (case["header"].as_str().unwrap().to_owned(), case["expected"].clone())).collect()
}

#[test]
fn header_texts_are_those_of_mail_parser() {
    for (header, expected) in cases("unstructured.json") {
        // Its cases go on with the next header, and it puts a blank between a text and a word that touch.
        let header = header.split("\nX-Mailer").next().unwrap().split("\nFrom:").next().unwrap();
        let ours = words(sellerlint::decode::encoded_word::decode(header.as_bytes(), 0).text());
        let expected = words(expected.as_str().unwrap()).replace("SPAM] This", "SPAM]This");
        assert_eq!(ours, expected, "{header:?}");
    }
}

/// Values that we read in another way: it drops a type without a half and pieces without a number, and takes `name =` with
/// stars anywhere for a name; and it knows no `charset'` in front of a second piece.
const OTHER_PARAMETERS: [&str; 5] = [
    "/;",
    "malicious/attempt",
    "test/encoded",
    "application/pdf\n   filename*0*",
    "image/jpeg;\n   name=\"=?iso",
];

#[test]
fn parameters_are_those_of_mail_parser() {
    let mut compared = 0;
    for (header, expected) in cases("content_type.json") {
        let ours = sellerlint::decode::mime_parameter::read(header.as_bytes(), 0);
        let (Some(main), Some(sub)) = (expected["c_type"].as_str(), expected["c_subtype"].as_str()) else {
            continue;
        };
        if OTHER_PARAMETERS.iter().any(|other| header.starts_with(other)) {
            continue;
        }
        let pairs = expected["attributes"].as_array().into_iter().flatten();
        let pairs = pairs.map(|pair| (pair[0].as_str().unwrap(), words(pair[1].as_str().unwrap())));
        let theirs: Vec<_> =
            pairs.filter(|(name, value)| !name.ends_with("-language") && !value.is_empty()).collect();
        let pairs = ours.parameters.iter().map(|found| (found.name.as_str(), words(found.value.text())));
        let ours_given: Vec<_> = pairs.filter(|(_, value)| !value.is_empty()).collect();
        assert_eq!(
            (ours.value.as_str(), ours_given),
            (format!("{main}/{sub}").as_str(), theirs),
            "{header:?}"
        );
        compared += 1;
    }
    assert!(compared > 60, "{compared}");
}

#[test]
fn mailboxes_are_those_of_mail_parser() {
    for (header, expected) in cases("address.json") {
        let mail = format!("To: {}\n\n", header.trim_end());
        let source = source(mail.as_bytes());
        let document = eml::read(&source);
        let list = expected["List"].as_array().into_iter().flatten();
        let groups = expected["Group"].as_array().into_iter().flatten();
        let all = list.chain(groups.flat_map(|group| group["addresses"].as_array().into_iter().flatten()));
        // Blanks and routes are no part of an address, and an address has an `@`.
        let address = |address: &str| {
            let address = if address.starts_with('@') { address.split_once(':').unwrap().1 } else { address };
            address.replace(' ', "")
        };
        let pairs = all.filter_map(|mailbox| Some((mailbox["name"].as_str(), mailbox["address"].as_str()?)));
        let theirs: Vec<_> = pairs.filter(|(_, address)| address.contains(['@', '/'])).collect();
        let ours = document.mailboxes.iter().map(|mailbox| mailbox.address.clone());
        assert_eq!(
            ours.collect::<Vec<_>>(),
            theirs.iter().map(|pair| address(pair.1)).collect::<Vec<_>>(),
            "{header:?}"
        );
        for (mailbox, (name, _)) in document.mailboxes.iter().zip(&theirs) {
            // It adds comments to names.
            let name = words(name.unwrap_or(""));
            let ours = words(mailbox.name.as_deref().unwrap_or(""));
            let is_comment = header.contains('(') || header.starts_with('<');
            assert!(
                ours == name || is_comment && (ours.is_empty() || name.starts_with(&ours[..4])),
                "{header:?} {ours:?}"
            );
        }
    }
}

/// Dates that only mail-parser reads: no mailer writes them so. A zone that nobody knows is UTC to it, and none to us.
const OTHER_DATES: [&str; 7] = [
    "20 11 (",
    " 4 8 15",
    "by 2002:",
    "Tue, 1 Jul 2003 ((invalid)",
    "Thu, 10 Jul 1997 14:53:31 EST5EDT",
    "Thu, 10 Jul 1997 14:53:31 A",
    "Thu, 10 Jul 1997 14:53:31 ZZZZ",
];

#[test]
fn dates_are_those_of_mail_parser() {
    for (header, expected) in cases("date.json") {
        if OTHER_DATES.iter().any(|other| header.starts_with(other)) {
            continue;
        }
        let mail = format!("Date: {}\n\n", header.trim_end());
        let source = source(mail.as_bytes());
        let ours =
            eml::read(&source).metadata.send_date.map(|date| date.value.to_string().replace('Z', "+00:00"));
        let number = |key: &str| expected[key].as_u64();
        let theirs = number("year").map(|year| {
            let sign = if expected["tz_before_gmt"] == true { '-' } else { '+' };
            let [month, day, hour, minute, second, zone, zone_minute] =
                ["month", "day", "hour", "minute", "second", "tz_hour", "tz_minute"]
                    .map(|key| number(key).unwrap());
            format!(
                "{year}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}{sign}{zone:02}:{zone_minute:02}"
            )
        });
        assert_eq!(ours, theirs, "{header:?}");
    }
}

/// A part of a made-up message.
#[derive(Debug, Clone)]
enum Made {
    Text { text: String, subtype: &'static str, encoding: Encoding },
    File { name: String, bytes: Vec<u8> },
    Many { subtype: &'static str, parts: Vec<Made> },
}

#[derive(Debug, Clone, Copy)]
enum Encoding {
    Plain,
    Base64,
    Quoted,
}

fn made() -> impl Strategy<Value = Made> {
    let encoding = prop_oneof![Just(Encoding::Plain), Just(Encoding::Base64), Just(Encoding::Quoted)];
    let text = (
        "[a-zA-Z0-9 äöüß€注文😀=.,<>!?-]{0,80}(\r\n[a-z ]{1,20}){0,3}",
        prop_oneof![Just("plain"), Just("html")],
        encoding,
    )
        .prop_map(|(text, subtype, encoding)| Made::Text { text, subtype, encoding });
    let file = ("[a-zé€ ]{1,12}\\.pdf", vec(any::<u8>(), 0..200))
        .prop_map(|(name, bytes)| Made::File { name, bytes });
    prop_oneof![3 => text, 1 => file].prop_recursive(4, 24, 4, |inner| {
        (prop_oneof![Just("mixed"), Just("alternative"), Just("related")], vec(inner, 1..4))
            .prop_map(|(subtype, parts)| Made::Many { subtype, parts })
    })
}

/// Letters of base64, by the encoder of a mailer.
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let group = |group: &[u8]| {
        let number =
            group.iter().chain([&0, &0]).take(3).fold(0u32, |number, byte| number << 8 | u32::from(*byte));
        let letter = |place: u32| char::from(LETTERS[(number >> (18 - 6 * place) & 63) as usize]);
        (0..4)
            .map(|place| if place as usize <= group.len() { letter(place) } else { '=' })
            .collect::<String>()
    };
    let letters: Vec<String> = bytes.chunks(3).map(group).collect();
    letters.chunks(19).map(|line| line.concat()).collect::<Vec<_>>().join("\r\n")
}

fn quoted(text: &str) -> String {
    let byte = |byte: u8| match byte {
        b'\r' | b'\n' => char::from(byte).to_string(),
        b'=' | 128.. => format!("={byte:02X}"),
        b' ' => "=20".to_owned(),
        _ => char::from(byte).to_string(),
    };
    text.split("\r\n")
        .map(|line| {
            line.bytes()
                .map(byte)
                .collect::<Vec<_>>()
                .chunks(20)
                .map(|chunk| chunk.concat())
                .collect::<Vec<_>>()
                .join("=\r\n")
        })
        .collect::<Vec<_>>()
        .join("\r\n")
}

fn written(part: &Made, depth: usize) -> String {
    match part {
        Made::Text { text, subtype, encoding } => {
            let (name, body) = match encoding {
                Encoding::Plain => ("8bit", text.clone()),
                Encoding::Base64 => ("base64", base64(text.as_bytes())),
                Encoding::Quoted => ("quoted-printable", quoted(text)),
            };
            format!(
                "Content-Type: text/{subtype}; charset=utf-8\r\nContent-Transfer-Encoding: {name}\r\n\r\n{body}"
            )
        }
        Made::File { name, bytes } => {
            let name: String = name.bytes().map(|byte| format!("%{byte:02X}")).collect();
            format!(
                "Content-Type: application/pdf\r\nContent-Disposition: attachment;\r\n filename*=utf-8''{name}\r\nContent-Transfer-Encoding: base64\r\n\r\n{}",
                base64(bytes)
            )
        }
        Made::Many { subtype, parts } => {
            let boundary = format!("=_{depth}:x");
            let parts: String = parts
                .iter()
                .map(|part| format!("--{boundary}\r\n{}\r\n", written(part, depth + 1)))
                .collect();
            format!(
                "Content-Type: multipart/{subtype}; boundary=\"{boundary}\"\r\n\r\npreamble\r\n{parts}--{boundary}--\r\n"
            )
        }
    }
}

proptest! {
    #[test]
    fn made_up_messages_are_read_like_mail_parser_reads_them(part in made(), subject in "[a-z é€😀]{1,40}") {
        let words: Vec<String> = subject.as_bytes().chunks(7).map(|part| format!("=?utf-8?B?{}?=", base64(part))).collect();
        let mail = format!("Subject: {}\r\nMIME-Version: 1.0\r\n{}", words.join("\r\n "), written(&part, 0));
        let source = source(mail.as_bytes());
        let document = eml::read(&source);
        let message = MessageParser::default().parse(mail.as_bytes()).unwrap();
        // It decodes each encoded word alone, so one that ends inside a character is broken.
        let (mut ours, mut theirs) = (ours(&document), theirs(&message));
        prop_assert_eq!(&ours.iter().find(|line| line.starts_with("subject")).unwrap()[8..], crate::words(&subject));
        ours.retain(|line| !line.starts_with("subject"));
        theirs.retain(|line| !line.starts_with("subject"));
        prop_assert_eq!(ours, theirs, "{}", mail);
    }
}
