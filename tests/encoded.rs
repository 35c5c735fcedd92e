//! One offence in every wrapping: written as it is, and encoded in each format in every way that mail programs, editors
//! and exports know, it is found with the very bytes.
//!
//! A [`Layer`] encodes bytes and says which output every input byte became. So where an offence must be found follows from
//! how the file was made, and from no decoder.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::ops::Range;
use std::path::Path;

use sellerlint::document::{Format, ReadAs};
use sellerlint::lint::{Linter, Settings};
use sellerlint::rule::builtin;

/// Bytes that were encoded, and where each byte of what was encoded first is now.
#[derive(Clone)]
struct Encoded {
    bytes: Vec<u8>,
    /// For each byte of the message: which bytes stand for it. None for what only the encoding needs.
    places: Vec<Range<usize>>,
}

/// A way to encode: for each input byte the output range. It may write more before, between and after.
type Layer = fn(&[u8]) -> Encoded;

impl Encoded {
    fn plain(text: &str) -> Self {
        Self { bytes: text.as_bytes().to_vec(), places: (0..text.len()).map(|at| at..at + 1).collect() }
    }

    /// The same, encoded once more.
    fn through(self, layer: Layer) -> Self {
        let outer = layer(&self.bytes);
        let place = |range: &Range<usize>| outer.places[range.start].start..outer.places[range.end - 1].end;
        Self { places: self.places.iter().map(place).collect(), bytes: outer.bytes }
    }

    /// The same inside a frame that is written as it is.
    fn within(self, before: &str, after: &str) -> Self {
        let shift = before.len();
        let bytes = [before.as_bytes(), &self.bytes, after.as_bytes()].concat();
        Self {
            bytes,
            places: self.places.iter().map(|range| range.start + shift..range.end + shift).collect(),
        }
    }

    /// Where bytes of the message are now.
    fn place(&self, range: Range<usize>) -> Range<usize> {
        self.places[range.start].start..self.places[range.end - 1].end
    }
}

/// Encodes character by character; `write` appends one. All bytes of a character share its place.
fn by_character(input: &[u8], mut write: impl FnMut(usize, char, &mut Vec<u8>)) -> Encoded {
    let text = std::str::from_utf8(input).unwrap();
    let mut out = Encoded { bytes: Vec::new(), places: Vec::new() };
    for (at, c) in text.char_indices() {
        let mut written = Vec::new();
        write(at, c, &mut written);
        let start = out.bytes.len();
        out.bytes.extend(written);
        let end = out.bytes.len();
        out.places.extend(std::iter::repeat_n(start..end, c.len_utf8()));
    }
    out
}

fn push(out: &mut Vec<u8>, c: char) {
    out.extend(c.to_string().as_bytes());
}

/// Whether a character is one that is encoded: of every other layer the rest is left alone, as people do.
fn every_third(at: usize) -> bool {
    at % 3 == 1
}

fn entity(c: char, out: &mut Vec<u8>) {
    match c {
        '&' => out.extend(b"&amp;"),
        '<' => out.extend(b"&lt;"),
        '>' => out.extend(b"&gt;"),
        _ => push(out, c),
    }
}

fn as_html(input: &[u8]) -> Encoded {
    by_character(input, |_, c, out| entity(c, out))
}

fn decimal_entities(input: &[u8]) -> Encoded {
    by_character(input, |_, c, out| out.extend(format!("&#{};", u32::from(c)).as_bytes()))
}

fn some_hex_entities(input: &[u8]) -> Encoded {
    by_character(input, |at, c, out| match every_third(at) {
        true => out.extend(format!("&#x{:x};", u32::from(c)).as_bytes()),
        false => entity(c, out),
    })
}

fn named_entities(input: &[u8]) -> Encoded {
    by_character(input, |_, c, out| match c {
        '@' => out.extend(b"&commat;"),
        '.' => out.extend(b"&period;"),
        ':' => out.extend(b"&colon;"),
        '/' => out.extend(b"&sol;"),
        '!' => out.extend(b"&excl;"),
        '+' => out.extend(b"&plus;"),
        _ => entity(c, out),
    })
}

/// `l<b>eav</b>e`: a tag between letters that no reader sees.
fn split_by_tags(input: &[u8]) -> Encoded {
    split_by(input, &["<b>", "</b>"], 3)
}

fn split_by_comments(input: &[u8]) -> Encoded {
    split_by(input, &["<!-- x -->"], 4)
}

fn split_by_soft_hyphens(input: &[u8]) -> Encoded {
    split_by(input, &["&shy;"], 4)
}

fn split_by_zero_width(input: &[u8]) -> Encoded {
    split_by(input, &["&#8203;", "&zwnj;"], 4)
}

/// Something unseen between letters or digits, never at a blank. What is put in belongs to no character.
fn split_by(input: &[u8], what: &[&str], every: usize) -> Encoded {
    let text = std::str::from_utf8(input).unwrap();
    let mut out = Encoded { bytes: Vec::new(), places: Vec::new() };
    let (mut before, mut run, mut turn) = (' ', 0, 0);
    for c in text.chars() {
        if before.is_alphanumeric() && c.is_alphanumeric() {
            run += 1;
            if run % every == 0 || turn % what.len() != 0 {
                out.bytes.extend(what[turn % what.len()].as_bytes());
                turn += 1;
            }
        }
        before = c;
        let start = out.bytes.len();
        let mut written = Vec::new();
        entity(c, &mut written);
        out.bytes.extend(written);
        let end = out.bytes.len();
        out.places.extend(std::iter::repeat_n(start..end, c.len_utf8()));
    }
    if turn % what.len() != 0 {
        out.bytes.extend(what[turn % what.len()].as_bytes());
    }
    out
}

fn quoted_printable(input: &[u8]) -> Encoded {
    let mut out = Encoded { bytes: Vec::new(), places: Vec::new() };
    let mut line = 0;
    for byte in input {
        let written = match byte {
            b'\n' => "\r\n".to_owned(),
            b'=' | b'\r' | 0x80.. => format!("={byte:02X}"),
            _ => char::from(*byte).to_string(),
        };
        if line + written.len() > 20 && *byte != b'\n' {
            // A soft line break in the middle of everything.
            out.bytes.extend(b"=\r\n");
            line = 0;
        }
        let start = out.bytes.len();
        out.bytes.extend(written.as_bytes());
        line = if *byte == b'\n' { 0 } else { line + written.len() };
        out.places.push(start..out.bytes.len());
    }
    out
}

fn all_quoted_printable(input: &[u8]) -> Encoded {
    let mut out = Encoded { bytes: Vec::new(), places: Vec::new() };
    for (at, byte) in input.iter().enumerate() {
        if at % 24 == 23 {
            out.bytes.extend(b"=\n");
        }
        let start = out.bytes.len();
        out.bytes.extend(format!("={byte:02x}").as_bytes());
        out.places.push(start..out.bytes.len());
    }
    out
}

/// Base64 in lines of `width` letters.
fn base64_lines(input: &[u8], width: usize, end: &str) -> Encoded {
    const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut letters = Vec::new();
    for three in input.chunks(3) {
        let bits =
            three.iter().fold(0u32, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - three.len()));
        for at in 0..4 {
            let is_there = at <= three.len();
            letters.push(if is_there { LETTERS[(bits >> (18 - 6 * at)) as usize & 63] } else { b'=' });
        }
    }
    let mut out = Encoded { bytes: Vec::new(), places: Vec::new() };
    let mut place_of_letter = Vec::new();
    for (at, letter) in letters.iter().enumerate() {
        if at > 0 && at % width == 0 {
            out.bytes.extend(end.as_bytes());
        }
        place_of_letter.push(out.bytes.len());
        out.bytes.push(*letter);
    }
    // The smallest run of whole quanta that holds a byte is its own.
    out.places =
        (0..input.len()).map(|at| place_of_letter[at / 3 * 4]..place_of_letter[at / 3 * 4 + 3] + 1).collect();
    out
}

fn base64(input: &[u8]) -> Encoded {
    base64_lines(input, 76, "\r\n")
}

fn base64_in_odd_lines(input: &[u8]) -> Encoded {
    base64_lines(input, 7, "\n")
}

/// RFC 2047: words of at most some forty bytes, each `=?utf-8?B?…?=`; cut between characters.
fn encoded_words(input: &[u8]) -> Encoded {
    let text = std::str::from_utf8(input).unwrap();
    let mut out = Encoded { bytes: Vec::new(), places: Vec::new() };
    let mut rest = text;
    while !rest.is_empty() {
        let end =
            rest.char_indices().map(|(at, c)| at + c.len_utf8()).take_while(|end| *end <= 30).last().unwrap();
        let word = base64_lines(&rest.as_bytes()[..end], usize::MAX, "").within("=?utf-8?B?", "?=");
        if !out.bytes.is_empty() {
            out.bytes.extend(b"\r\n ");
        }
        let shift = out.bytes.len();
        out.bytes.extend(word.bytes);
        out.places.extend(word.places.iter().map(|range| range.start + shift..range.end + shift));
        rest = &rest[end..];
    }
    out
}

fn q_encoded_word(input: &[u8]) -> Encoded {
    let mut out = Encoded { bytes: b"=?UTF-8?q?".to_vec(), places: Vec::new() };
    for byte in input {
        let start = out.bytes.len();
        match byte {
            b' ' => out.bytes.push(b'_'),
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => out.bytes.push(*byte),
            _ => out.bytes.extend(format!("={byte:02X}").as_bytes()),
        }
        out.places.push(start..out.bytes.len());
    }
    out.bytes.extend(b"?=");
    out
}

fn csv_quotes(input: &[u8]) -> Encoded {
    by_character(input, |_, c, out| match c {
        '"' => out.extend(b"\"\""),
        _ => push(out, c),
    })
    .within("\"", "\"")
}

fn json_string(input: &[u8]) -> Encoded {
    by_character(input, |_, c, out| match c {
        '"' | '\\' => out.extend([b'\\', c as u8]),
        '\n' => out.extend(b"\\n"),
        _ => push(out, c),
    })
    .within("\"", "\"")
}

fn json_escapes(input: &[u8]) -> Encoded {
    by_character(input, |_, c, out| {
        for unit in c.encode_utf16(&mut [0; 2]) {
            out.extend(format!("\\u{unit:04x}").as_bytes());
        }
    })
    .within("\"", "\"")
}

fn yaml_escapes(input: &[u8]) -> Encoded {
    by_character(input, |_, c, out| out.extend(format!("\\U{:08x}", u32::from(c)).as_bytes()))
        .within("\"", "\"")
}

fn yaml_single_quotes(input: &[u8]) -> Encoded {
    by_character(input, |_, c, out| match c {
        '\'' => out.extend(b"''"),
        '\n' => out.extend(b"\n\n      "),
        _ => push(out, c),
    })
    .within("'", "'")
}

fn yaml_literal(input: &[u8]) -> Encoded {
    by_character(input, |_, c, out| match c {
        '\n' => out.extend(b"\n      "),
        _ => push(out, c),
    })
    .within("|\n      ", "")
}

fn latin_1(input: &[u8]) -> Encoded {
    by_character(input, |_, c, out| out.push(u8::try_from(u32::from(c)).unwrap_or(b'?')))
}

fn as_it_is(input: &[u8]) -> Encoded {
    by_character(input, |_, c, out| push(out, c))
}

/// A bold word in Markdown, and every mark that Markdown reads escaped.
fn markdown_escapes(input: &[u8]) -> Encoded {
    by_character(input, |at, c, out| match c {
        '!'..='/' | ':'..='@' | '['..='`' | '{'..='~' if every_third(at) => out.extend([b'\\', c as u8]),
        _ => push(out, c),
    })
}

/// A file with the message in it.
struct File {
    /// How it was made.
    how: String,
    /// Its name; the ending says how it is read.
    name: &'static str,
    encoded: Encoded,
}

/// An offence: the words that are found, and the rule that finds them.
struct Offence {
    rule: &'static str,
    before: &'static str,
    words: &'static str,
    after: &'static str,
    /// Whether it may stand in a subject as well.
    is_short: bool,
}

const OFFENCES: &[Offence] = &[
    Offence {
        rule: "review-positive-only",
        before: "Hello Zoë,\nthe bench is late. ",
        words: "Leave us a 5-star review",
        after: " when it is there.\nOrder 112-4839201-7720463",
        is_short: true,
    },
    Offence {
        rule: "link-insecure",
        before: "Café tables are late, see ",
        words: "http://norvik-lamps.com/film",
        after: " for it.",
        is_short: true,
    },
    Offence {
        rule: "email-address",
        before: "The bench – the grey one – is late. ",
        words: "Write to help@norvik-lamps.com",
        after: " and we look after it.",
        is_short: true,
    },
    Offence {
        rule: "phone-number",
        before: "Grüße! The bench is late. ",
        words: "Call us at +1 206-555-0143",
        after: " today.",
        is_short: true,
    },
    Offence {
        rule: "emoji",
        before: "The bench is late, naïve as we were ",
        words: "😀",
        after: " and sorry.",
        is_short: true,
    },
    Offence {
        rule: "coupon-code",
        before: "The bench is late. Voilà: ",
        words: "use code SORRY20",
        after: " next time.",
        is_short: true,
    },
];

const IN_TEXT: &[(&str, Layer)] = &[("as it is", as_it_is)];

const IN_MARKDOWN: &[(&str, Layer)] = &[
    ("as it is", as_it_is),
    ("escaped", markdown_escapes),
    ("decimal entities", decimal_entities),
    ("soft hyphens", split_by_soft_hyphens),
    ("split by tags", split_by_tags),
];

const IN_HTML: &[(&str, Layer)] = &[
    ("as it is", as_html),
    ("decimal entities", decimal_entities),
    ("hex entities", some_hex_entities),
    ("named entities", named_entities),
    ("split by tags", split_by_tags),
    ("split by comments", split_by_comments),
    ("soft hyphens", split_by_soft_hyphens),
    ("zero width", split_by_zero_width),
];

const IN_ATTRIBUTE: &[(&str, Layer)] = &[
    ("as it is", as_html),
    ("decimal entities", decimal_entities),
    ("hex entities", some_hex_entities),
    ("named entities", named_entities),
    ("zero width", split_by_zero_width),
];

const IN_YAML: &[(&str, Layer)] = &[
    ("double-quoted", json_string),
    ("escaped", yaml_escapes),
    ("single-quoted", yaml_single_quotes),
    ("literal", yaml_literal),
];

const TRANSFERS: &[(&str, &str, Layer)] = &[
    ("8bit", "utf-8", as_it_is),
    ("quoted-printable", "utf-8", quoted_printable),
    ("quoted-printable", "UTF-8", all_quoted_printable),
    ("base64", "\"utf-8\"", base64),
    ("BASE64", "utf-8", base64_in_odd_lines),
];

const IN_SUBJECT: &[(&str, Layer)] = &[("as it is", as_it_is), ("B", encoded_words), ("Q", q_encoded_word)];

/// Every file that says a message.
fn files(message: &str, is_short: bool) -> Vec<File> {
    let plain = Encoded::plain(message);
    let mut files = Vec::new();
    let mut add = |how: String, name, encoded| files.push(File { how, name, encoded });
    for (how, layer) in IN_TEXT {
        add(format!("text {how}"), "draft.txt", plain.clone().through(*layer));
        for (transfer, charset, outer) in TRANSFERS {
            let head = part_head("text/plain", charset, transfer);
            let body = plain.clone().through(*layer).through(*outer);
            add(format!("text {how}, {transfer}"), "mail.eml", body.within(&head, "\r\n"));
        }
    }
    for (how, layer) in IN_MARKDOWN {
        add(format!("Markdown {how}"), "draft.md", plain.clone().through(*layer));
    }
    for (how, layer) in IN_HTML {
        let html = plain.clone().through(*layer);
        let page = html.clone().within("<!DOCTYPE html>\n<html lang=en><body><p>", "</p>\n</body></html>\n");
        add(format!("HTML {how}"), "page.html", page.clone());
        for (transfer, charset, outer) in TRANSFERS {
            let head = part_head("text/html", charset, transfer);
            let body = page.clone().through(*outer);
            add(format!("HTML {how}, {transfer}"), "mail.eml", body.within(&head, "\r\n"));
        }
        let cell = html.clone().within("<p>", "</p>").through(csv_quotes);
        add(format!("HTML {how}, in a cell"), "export.csv", cell.within("id,body\r\n1,", "\r\n"));
        let field = html.clone().within("<p>", "</p>").through(json_string);
        add(format!("HTML {how}, in a record"), "export.jsonl", field.within("{\"id\":1,\"body\":", "}\n"));
    }
    for (how, layer) in IN_ATTRIBUTE {
        let line = Encoded::plain(&message.replace('\n', " ")).through(*layer);
        let caption =
            line.within("<p>The bench is late.<img src='https://norvik-lamps.com/a.png' alt=\"", "\"></p>");
        add(format!("HTML caption {how}"), "page.html", caption.clone());
        let head = part_head("text/html", "utf-8", "quoted-printable");
        add(
            format!("HTML caption {how}, in a mail"),
            "mail.eml",
            caption.through(quoted_printable).within(&head, "\r\n"),
        );
    }
    for (how, layer) in IN_YAML {
        let field = plain.clone().through(*layer);
        add(format!("YAML {how}"), "locale.yaml", field.within("emails:\n  late:\n    body: ", "\n  n: 1\n"));
    }
    for (how, layer) in [("as it is", json_string as Layer), ("escaped", json_escapes)] {
        let field = plain.clone().through(layer);
        add(
            format!("JSON {how}"),
            "locale.json",
            field.within("{\"emails\": {\"late\": {\"body\": ", "}}}\n"),
        );
    }
    let latin = plain.clone().through(IN_TEXT[0].1);
    if message.chars().all(|c| u32::from(c) < 256) {
        let head = part_head("text/plain", "iso-8859-1", "8bit");
        add("text in Latin-1".to_owned(), "mail.eml", latin.through(latin_1).within(&head, "\r\n"));
    }
    let cell = plain.clone().through(csv_quotes);
    add("cell".to_owned(), "export.csv", cell.clone().within("id;body;end\n1;", ";x\n"));
    add("cell between tabs".to_owned(), "export.tsv", cell.within("id\tbody\n1\t", "\n"));
    for (how, layer) in [("as it is", json_string as Layer), ("escaped", json_escapes)] {
        let field = plain.clone().through(layer);
        add(format!("record {how}"), "export.jsonl", field.within("{\"body\": ", ", \"id\": 7}\n"));
    }
    if is_short {
        let line = Encoded::plain(&message.replace('\n', " "));
        for (how, layer) in IN_SUBJECT {
            let subject = line.clone().through(*layer);
            let rest = "\r\nMIME-Version: 1.0\r\n\r\nThe bench of order 112-4839201-7720463 is late.\r\n";
            let head = "From: a@marketplace.amazon.com\r\nSubject: ";
            add(format!("subject {how}"), "mail.eml", subject.within(head, rest));
        }
    }
    files
}

fn part_head(media_type: &str, charset: &str, transfer: &str) -> String {
    format!(
        "From: a@marketplace.amazon.com\r\nTo: b@marketplace.amazon.com\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/mixed; boundary=frame\r\n\r\n--frame\r\n\
         Content-Type: {media_type}; charset={charset}\r\nContent-Transfer-Encoding: {transfer}\r\n\r\n"
    )
}

/// Where a rule finds something in a file.
fn places(linter: &Linter, file: &File, rule: &str) -> Vec<Range<usize>> {
    let extension = Path::new(file.name).extension().unwrap().to_str().unwrap();
    let bodies = vec!["emails.*.body".parse().unwrap()];
    let reading = ReadAs { format: Format::of_extension(extension).unwrap(), bodies, ..ReadAs::default() };
    let report = linter.lint(file.name, &file.encoded.bytes, &reading, &Settings::default());
    let findings = report.messages.iter().flat_map(|message| &message.findings);
    let of_rule = findings.filter(|finding| finding.rule.as_str() == rule);
    of_rule.map(|finding| finding.place.span.range()).collect()
}

#[test]
fn every_offence_is_found_in_every_wrapping() {
    let linter = Linter::new(builtin::rules());
    let mut wrong = Vec::new();
    let mut tried = 0;
    for offence in OFFENCES {
        let message = format!("{}{}{}", offence.before, offence.words, offence.after);
        let words = offence.before.len()..offence.before.len() + offence.words.len();
        for file in files(&message, offence.is_short) {
            tried += 1;
            let expected = file.encoded.place(words.clone());
            let found = places(&linter, &file, offence.rule);
            if !found.contains(&expected) {
                let written = String::from_utf8_lossy(&file.encoded.bytes[expected.clone()]).into_owned();
                wrong.push(format!(
                    "{} · {}: {expected:?} `{written}` is not among {found:?}",
                    offence.rule, file.how
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {tried}:\n{}", wrong.len(), wrong.join("\n"));
}
