use proptest::prelude::*;

use super::*;
use crate::document::Block;
use crate::text::Charset;

fn source(bytes: &[u8]) -> Source<'_> {
    Source::new(bytes, Some(Charset::of_mail(bytes)))
}

/// Each text of a message: field, page, whether it is a repeat, text.
fn shown(bytes: &[u8]) -> Vec<String> {
    let source = source(bytes);
    let document = read(&source);
    let shown = |block: &Block<'_>| {
        let repeat = if block.is_repeat { " again" } else { "" };
        format!("{} in {}{repeat}: {:?}", block.field, document.pages[block.page].name, block.text.text())
    };
    document.blocks.iter().map(shown).collect()
}

/// Each attachment: name, media type, size, look.
fn attached(bytes: &[u8]) -> Vec<String> {
    let source = source(bytes);
    let shown = |file: &crate::document::Attachment| {
        let name = file.name.as_deref().unwrap_or("?");
        let inline = if file.is_inline { " inline" } else { "" };
        let media_type = file.media_type.as_deref().unwrap_or("?");
        let look = file.looks_like.map_or("nothing", |kind| kind.name());
        format!("{name} {media_type} {} {look}{inline}", file.size.unwrap_or_default())
    };
    read(&source).attachments.iter().map(shown).collect()
}

/// The bytes of the file that a piece of the text of some block came from.
fn origin_of<'b>(bytes: &'b [u8], piece: &str) -> &'b str {
    let source = source(bytes);
    let document = read(&source);
    let found = document.blocks.iter().find_map(|block| Some((block, block.text.text().find(piece)?)));
    let (block, at) = found.unwrap_or_else(|| panic!("{piece:?} is in no block"));
    std::str::from_utf8(&bytes[document.file_span(block, at..at + piece.len()).range()]).unwrap()
}

const TWO_FORMS: &str = "Subject: S\nContent-Type: multipart/alternative; boundary=x\n\n--x\nContent-Type: text/plain\n\nplain\n--x\nContent-Type: text/html\n\n<p>rich\n--x--\n";

#[test]
fn a_message_is_its_subject_and_its_richest_text() {
    let cases: &[(&str, &[&str])] = &[
        (
            "Subject: Hi\n\nyou",
            &[r#"subject in header subject: "Hi""#, r#"body in part 1 (text/plain): "you""#],
        ),
        ("you", &[r#"body in part 1 (text/plain): "you""#]),
        ("", &[r#"body in part 1 (text/plain): """#]),
        ("Subject:\nX: y\n\n", &[r#"subject in header subject: """#, r#"body in part 1 (text/plain): """#]),
        (
            TWO_FORMS,
            &[
                r#"subject in header subject: "S""#,
                r#"body in part 2 (text/html): "rich""#,
                r#"body in part 1 (text/plain) again: "plain""#,
            ],
        ),
        (
            "Content-Type: multipart/mixed; boundary=x\n\n--x\n\none\n--x\n\ntwo\n--x--",
            &[r#"body in part 1 (text/plain): "one""#, r#"body in part 2 (text/plain): "two""#],
        ),
        (
            "Content-Type: multipart/alternative; boundary=a\n\n--a\n\nplain\n--a\nContent-Type: multipart/related; boundary=r\n\n--r\nContent-Type: text/html\n\nrich\n--r\nContent-Type: image/png\nContent-ID: <1@x>\n\n\n--r--\n--a--",
            &[r#"body in part 2.1 (text/html): "rich""#, r#"body in part 1 (text/plain) again: "plain""#],
        ),
        (
            "Content-Type: multipart/mixed; boundary=m\n\n--m\nContent-Type: multipart/alternative; boundary=a\n\n--a\n\nplain\n--a\nContent-Type: text/html\n\nrich\n--a--\n--m\n\nfooter\n--m--",
            &[
                r#"body in part 1.2 (text/html): "rich""#,
                r#"body in part 2 (text/plain): "footer""#,
                r#"body in part 1.1 (text/plain) again: "plain""#,
            ],
        ),
        (
            "Content-Type: multipart/mixed; boundary=x\n\n--x\n\nmine\n--x\nContent-Type: message/rfc822\n\nSubject: old\n\nhers\n--x--",
            &[r#"body in part 1 (text/plain): "mine""#],
        ),
        (
            "Content-Type: multipart/report; boundary=x\n\n--x\n\nmine\n--x\nContent-Type: text/rfc822-headers\n\nSubject: old\n--x--",
            &[r#"body in part 1 (text/plain): "mine""#],
        ),
        (
            "Content-Type: multipart/signed; boundary=x\n\n--x\n\nmine\n--x\nContent-Type: application/pgp-signature\n\nabc\n--x--",
            &[r#"body in part 1 (text/plain): "mine""#],
        ),
        ("Content-Type: text/plain; name=a.txt\n\nyou", &[r#"body in part 1 (text/plain): "you""#]),
    ];
    for (text, expected) in cases {
        assert_eq!(shown(text.as_bytes()), *expected, "{text}");
        let crlf = text.replace('\n', "\r\n");
        assert_eq!(shown(crlf.as_bytes()).len(), expected.len(), "{text}");
    }
}

#[test]
fn texts_are_decoded_by_transfer_and_charset() {
    let part = |headers: &str, body: &[u8]| [headers.as_bytes(), b"\n\n", body].concat();
    let cases: Vec<(Vec<u8>, &str)> = vec![
        (part("A: b", "Grüße".as_bytes()), "Grüße"),
        (part("A: b", b"Gr\xFC\xDFe aus K\xF6ln"), "Grüße aus Köln"),
        (part("Content-Type: text/plain; charset=us-ascii", "Grüße".as_bytes()), "Grüße"),
        (part("Content-Type: text/plain; charset=iso-8859-2", b"\xB1"), "ą"),
        (
            part(
                "Content-Type: text/plain; charset=\"utf-8\"\nContent-Transfer-Encoding: quoted-printable",
                b"Gr=C3=BC=C3=\n=9Fe",
            ),
            "Grüße",
        ),
        (
            part(
                "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: BASE64 (x)",
                b"R3LDvMOf\nZQ==",
            ),
            "Grüße",
        ),
        (
            part("Content-Type: text/plain; charset=utf-16\nContent-Transfer-Encoding: base64", b"//5HAHIA"),
            "Gr",
        ),
        (part("Content-Type: text/plain; charset=iso-2022-jp", b"\x1B$BCmJ8\x1B(B!"), "注文!"),
        (
            part(
                "Content-Type: text/plain; charset=Shift_JIS\nContent-Transfer-Encoding: base64",
                b"ko2Vtg==",
            ),
            "注文",
        ),
        (
            part(
                "Content-Type: text/plain; charset=gbk\nContent-Transfer-Encoding: quoted-printable",
                b"=B6=A9=B5=A5",
            ),
            "订单",
        ),
        (part("Content-Type: text/plain; charset=big5", b"\xADq\xB3\xE6"), "訂單"),
        (part("Content-Type: text/plain; charset=euc-kr", b"\xC1\xD6\xB9\xAE"), "주문"),
        (part("Content-Type: text/plain; charset=utf-8", b"\xEF\xBB\xBFmark"), "mark"),
        (part("Content-Transfer-Encoding: x-nobody", b"as =41 it is"), "as =41 it is"),
        (part("A: b", b"a\0b"), "a\0b"),
    ];
    for (bytes, text) in cases {
        let source = source(&bytes);
        assert_eq!(read(&source).blocks[0].text.text(), text, "{}", String::from_utf8_lossy(&bytes));
    }
}

#[test]
fn a_character_knows_the_bytes_that_it_came_from() {
    let part = |headers: &str, body: &str| [headers.as_bytes(), b"\n\n", body.as_bytes()].concat();
    let quoted = part(
        "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable",
        "5-star re=\r\nvi=65w caf=C3=\n=A9!",
    );
    assert_eq!(origin_of(&quoted, "review"), "re=\r\nvi=65w");
    assert_eq!(origin_of(&quoted, "é"), "=C3=\n=A9");
    let base64 = part(
        "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64",
        "YSByZXZp\r\nZXcgY2Fmw6kh",
    );
    assert_eq!(origin_of(&base64, "a "), "YSBy");
    assert_eq!(origin_of(&base64, "review"), "YSByZXZp\r\nZXcg");
    assert_eq!(origin_of(&base64, "é"), "w6kh");
    let legacy = part(
        "Content-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: quoted-printable",
        "caf=E9 au lait",
    );
    assert_eq!(origin_of(&legacy, "é au"), "=E9 au");
    let subject = part("Subject: =?utf-8?Q?Free_gi?=\r\n =?utf-8?Q?ft!?=", "x");
    assert_eq!(origin_of(&subject, "Free gift"), "Free_gi?=\r\n =?utf-8?Q?ft");
}

#[test]
fn a_file_saved_as_utf16_is_decoded_first() {
    let text = "Subject: =?utf-8?Q?caf=C3=A9?=\r\nContent-Type: text/plain; charset=iso-8859-1\r\n\r\nGrüße";
    for mark in ["", "\u{FEFF}"] {
        let bytes: Vec<u8> = format!("{mark}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(
            shown(&bytes),
            [r#"subject in header subject: "café""#, r#"body in part 1 (text/plain): "Grüße""#]
        );
        let source = source(&bytes);
        let document = read(&source);
        let span = |block: usize, range| document.file_span(&document.blocks[block], range);
        let written = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
        assert_eq!(&bytes[span(0, 3..5).range()], written("=C3=A9"));
        assert_eq!(&bytes[span(1, 2..6).range()], written("üß"));
    }
}

#[test]
fn headers_and_mailboxes_have_places_on_the_page() {
    let bytes = b"To: \xFF Anna <a@b.de>\nX-A: =?utf-8?Q?a?=\n b\nDate: 22 Nov 2026 10:00 +0100\n\nHi";
    let source = source(bytes);
    let document = read(&source);
    let page = document.pages[0].text.text();
    let header = &document.headers[1];
    assert_eq!((header.name.as_str(), header.value.as_str()), ("x-a", "a b"));
    assert_eq!(
        (&page[header.at.clone()], &page[header.value_at.clone()]),
        ("X-A: =?utf-8?Q?a?=\n b", "=?utf-8?Q?a?=\n b")
    );
    let mailbox = &document.mailboxes[0];
    assert_eq!(
        (mailbox.header.as_str(), mailbox.address.as_str(), &page[mailbox.at.clone()]),
        ("to", "a@b.de", "a@b.de")
    );
    let date = document.metadata.send_date.unwrap();
    assert_eq!(
        (date.value.to_string().as_str(), &page[date.at]),
        ("2026-11-22T10:00:00+01:00", "22 Nov 2026 10:00 +0100")
    );
}

#[test]
fn files_that_go_with_a_message_are_attachments() {
    let cases: &[(&str, &[&str])] = &[
        (
            "Content-Type: application/pdf; name=\"=?utf-8?Q?Rechnung=C2=A07.pdf?=\"\nContent-Transfer-Encoding: base64\n\nJVBERi0xLjcK",
            &["Rechnung\u{A0}7.pdf application/pdf 9 PDF"],
        ),
        (
            "Content-Disposition: attachment; filename*0*=utf-8''%C3%A9; filename*1=.txt\nContent-Type: text/plain\n\nhello",
            &["é.txt text/plain 5 another file"],
        ),
        (
            "Content-Disposition: inline; filename=a.png\nContent-Type: image/png\n\n",
            &["a.png image/png 0 nothing inline"],
        ),
        (
            "Content-Type: application/octet-stream; name=a.pdf\nContent-Transfer-Encoding: quoted-printable\n\nMZ=90=00",
            &["a.pdf application/octet-stream 4 a program"],
        ),
        ("Content-Type: text/calendar\n\nBEGIN:VCALENDAR", &["? text/calendar 15 another file"]),
        (
            "Content-Type: message/rfc822\nContent-Disposition: attachment; filename=old.eml\n\nSubject: x\n",
            &["old.eml message/rfc822 11 another file"],
        ),
        (TWO_FORMS, &[]),
    ];
    for (text, expected) in cases {
        assert_eq!(attached(text.as_bytes()), *expected, "{text}");
    }
    let related = "Content-Type: multipart/related; boundary=r\n\n--r\nContent-Type: text/html\n\nrich\n--r\nContent-Type: image/gif\nContent-ID: <logo@x>\nContent-Transfer-Encoding: base64\n\nR0lGODlhAQABAAAAACwAAAAAAQABAAAA\n--r\nContent-Type: text/plain; name=notes.txt\n\nx\n--r--";
    assert_eq!(
        attached(related.as_bytes()),
        ["? image/gif 24 GIF inline", "notes.txt text/plain 1 another file"]
    );
    let source = source(related.as_bytes());
    let document = read(&source);
    let [logo, notes] = document.attachments.as_slice() else { panic!("{document:?}") };
    assert_eq!((logo.content_id.as_deref(), logo.pixels), (Some("logo@x"), Some((1, 1))));
    assert_eq!((&related[logo.at.clone()], &related[notes.at.clone()]), ("image/gif", "notes.txt"));
}

#[test]
fn what_is_not_read_is_told() {
    let deep: String = (0..200)
        .map(|level| format!("Content-Type: multipart/mixed; boundary=b{level}x\n\n--b{level}x\n"))
        .collect();
    let cases = [
        (deep, MetadataFaultKind::LimitReached, "parts are nested more than 100 deep"),
        (
            format!("Content-Type: multipart/mixed; boundary=x\n\n{}", "--x\n".repeat(3000)),
            MetadataFaultKind::LimitReached,
            "the message has more than 1000 parts",
        ),
        ("A:\n".repeat(20_000), MetadataFaultKind::LimitReached, "there are more than 10000 headers"),
        (
            format!("To: {}\n\n", "a@b,".repeat(20_000)),
            MetadataFaultKind::LimitReached,
            "`to` names more than 10000 mailboxes",
        ),
        (
            format!("A: b\n\n{}", "x".repeat(33 << 20)),
            MetadataFaultKind::LimitReached,
            "part 1 is longer than is read",
        ),
        (
            "Content-Type: text/plain; charset=klingon\n\nx".to_owned(),
            MetadataFaultKind::Unreadable,
            "part 1 is in a charset that nobody knows, `klingon`: name it, or write UTF-8",
        ),
    ];
    for (text, what, message) in cases {
        let source = source(text.as_bytes());
        let document = read(&source);
        let [fault] = document.metadata.faults.as_slice() else { panic!("{:?}", document.metadata.faults) };
        assert_eq!((fault.what, fault.message.as_str()), (what, message));
        assert!(text.get(fault.at.clone()).is_some());
    }
}

fn mail() -> impl Strategy<Value = Vec<u8>> {
    let pieces: &[&[u8]] = &[
        b"\n",
        b"\r\n",
        b"\n\n",
        b" ",
        b"\t",
        b"--x",
        b"--x--",
        b"\n--x\n",
        b"\n--y--\n",
        b"From ",
        b"Subject: ",
        b"To: A <a@b>, ",
        b"Date: 22 Nov 2026 10:00\n",
        b"Content-Type: multipart/mixed; boundary=x\n",
        b"Content-Type: multipart/alternative; boundary=\"y\"\n",
        b"Content-Type: text/html; charset=iso-2022-jp\n",
        b"Content-Type: text/plain; charset=utf-16le\n",
        b"Content-Type: image/gif; name=a.gif\n",
        b"Content-Transfer-Encoding: base64\n",
        b"Content-Transfer-Encoding: quoted-printable\n",
        b"Content-Disposition: attachment; filename*=utf-8''%C3%A9\n",
        b"SGVsbG8h",
        b"w6k=",
        b"=C3=A9",
        b"=\n",
        b"=?utf-8?Q?=C3?=",
        b"=?utf-8?B?qQ==?=",
        b"\x1B$B",
        b"GIF89a",
        b"\xEF\xBB\xBF",
        b"\xFF\xFE",
        b"\0",
        b"(",
        b"\"",
        b"text",
    ];
    prop::collection::vec((0..pieces.len(), any::<Option<u8>>()), 0..40).prop_map(|parts| {
        parts
            .into_iter()
            .flat_map(|(at, byte)| {
                pieces[at].iter().copied().chain(byte.filter(|byte| byte % 4 == 0)).collect::<Vec<u8>>()
            })
            .collect()
    })
}

proptest! {
    #[test]
    fn anything_gives_a_document_whose_places_are_in_the_file(bytes in mail()) {
        let source = source(&bytes);
        let document = read(&source);
        let page = document.pages[0].text.text();
        for block in &document.blocks {
            let text = block.text.text();
            for (at, c) in text.char_indices() {
                let span = document.file_span(block, at..at + c.len_utf8());
                prop_assert!(!span.is_empty() && span.end() <= bytes.len());
            }
        }
        let places = document.headers.iter().flat_map(|header| [&header.at, &header.value_at])
            .chain(document.mailboxes.iter().map(|mailbox| &mailbox.at))
            .chain(document.attachments.iter().map(|file| &file.at))
            .chain(document.metadata.faults.iter().map(|fault| &fault.at));
        for place in places {
            prop_assert!(page.get(place.clone()).is_some(), "{place:?}");
        }
    }
}

#[test]
fn lines_that_flow_are_one_text() {
    let mail = |parameters: &str, body: &str| {
        format!(
            "Content-Type: text/plain; {parameters}\nContent-Transfer-Encoding: quoted-printable\n\n{body}"
        )
    };
    for (parameters, body, text, piece, origin) in [
        ("format=flowed", "Leave us a=20\nReview", "Leave us a Review", "a R", "a=20\nR"),
        ("format=Flowed; DelSp=Yes", "Leave a re=20\nview", "Leave a review", "review", "re=20\nview"),
        ("format=fixed", "Leave a=20\nReview", "Leave a \nReview", "a \nR", "a=20\nR"),
        ("delsp=yes", "Leave a=20\nReview", "Leave a \nReview", "a \nR", "a=20\nR"),
    ] {
        let mail = mail(parameters, body);
        let shown = shown(mail.as_bytes());
        assert_eq!(shown, [format!("body in part 1 (text/plain): {text:?}")], "{parameters}");
        assert_eq!(origin_of(mail.as_bytes(), piece), origin, "{parameters}");
    }
}
