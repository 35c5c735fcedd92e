//! What hostile input costs: milliseconds per megabyte, beside a plain draft of the same size.
//!
//! ```text
//! cargo bench --bench hostile            every input
//! cargo bench --bench hostile -- html    those whose name holds `html`
//! ```
//!
//! No input may cost more than its size, so what counts is the last column: the cost per megabyte of the input as it is
//! against that of one a quarter as large. Near 1 the cost is in proportion; near 4 it would grow with the square.
#![allow(clippy::print_stdout, reason = "a benchmark prints")]

use std::hint::black_box;
use std::time::{Duration, Instant};

use sellerlint::document::{Format, ReadAs};
use sellerlint::lint::{Linter, Settings};
use sellerlint::rule::builtin;

/// An input: its name, which ends as a file of its format does, and how so many bytes of it are made.
type Input = (&'static str, fn(usize) -> Vec<u8>);

const MEGABYTE: usize = 1 << 20;

const INPUTS: &[Input] = &[
    ("plain.txt", |len| repeat("The bench is late, and we refund the delivery of it.\n", len)),
    ("offences.txt", |len| {
        repeat(
            "If you are happy, please leave us a review on Amazon! Reviews help us. Use code SAVE10 for 10% off. \
             Call us at +1 (555) 450-0199 and follow us on Instagram.\n",
            len,
        )
    }),
    ("one line.txt", |len| repeat("The bench is late, and we refund the delivery of it. ", len)),
    ("slips.txt", |len| repeat("you : we , a hour \" the the i am (x recieve,Please ", len)),
    ("slips of brackets.txt", |len| repeat("we have it )", len)),
    ("slips of one mark.txt", |len| [b"we have it ".to_vec(), repeat(")", len)].concat()),
    ("usual.html", |len| {
        repeat("<p style=\"margin:0\">The bench is <b>late</b> &amp; we refund it.</p>\n", len)
    }),
    ("one line.html", |len| repeat("The bench is late, and we refund the delivery of it. ", len)),
    ("open tags.html", |len| repeat("<div>", len)),
    ("nested tags with style.html", |len| nested("<div style=\"color:red\">", "</div>", len)),
    ("nested inline.html", |len| nested("<b>", "</b>", len)),
    ("brackets.html", |len| repeat("<", len)),
    ("closing brackets.html", |len| repeat("</", len)),
    ("open comments.html", |len| repeat("<!--", len)),
    ("outlook comments.html", |len| repeat("<!--[if mso]>", len)),
    ("entities.html", |len| repeat("&amp;", len)),
    ("entities without end.html", |len| repeat("&#1", len)),
    ("ampersands.html", |len| repeat("&", len)),
    ("attributes.html", |len| within("<a ", &repeat("a=b ", len), ">x</a>")),
    ("different attributes.html", |len| within("<a ", &numbered("a", "=1 ", len), ">x</a>")),
    ("quotes.html", |len| repeat("<a href=\"", len)),
    ("images.html", |len| repeat("<img src=http://norvik-lamps.com/a.gif width=1>", len)),
    ("style rules.html", |len| {
        within("<style>", &numbered(".c", "{color:red}", len), "</style><p class=c1>x")
    }),
    ("open style.html", |len| within("<style>", &repeat("a{", len), "")),
    ("descendant selectors.html", |len| {
        let rules = repeat("div div div p{color:red}", len / 8);
        within("<style>", &rules, &format!("</style>{}", text(&repeat("<div><p>x</p>", len * 7 / 8))))
    }),
    ("links.md", |len| repeat("[a](http://norvik-lamps.com/b) ", len)),
    ("open brackets.md", |len| repeat("[", len)),
    ("open links.md", |len| repeat("[a](", len)),
    ("stars.md", |len| repeat("*a_", len)),
    ("quotes.md", |len| repeat("> ", len)),
    ("backticks.md", |len| numbered("`", " ", len)),
    ("base64.eml", |len| mail("text/plain", "base64", &repeat("VGhlIGJlbmNoIGlzIGxhdGUu\r\n", len))),
    ("quoted-printable.eml", |len| {
        mail("text/plain", "quoted-printable", &repeat("la=74e=\r\n bench ", len))
    }),
    ("quoted-printable html.eml", |len| {
        mail("text/html", "quoted-printable", &repeat("<p>la=74e=\r\n &amp; bench</p>", len))
    }),
    ("attachment.eml", |len| {
        mail("application/pdf; name=a.pdf", "base64", &repeat("VGhlIGJlbmNoIGlzIGxhdGUu\r\n", len))
    }),
    ("nested parts.eml", nested_parts),
    ("many parts.eml", |len| {
        let parts = repeat("--frame\r\n\r\nlate\r\n", len);
        within("Content-Type: multipart/mixed; boundary=frame\r\n\r\n", &parts, "--frame--\r\n")
    }),
    ("boundaries.eml", |len| {
        within("Content-Type: multipart/mixed; boundary=f\r\n\r\n", &repeat("--f\r\n", len), "")
    }),
    ("long header.eml", |len| within("Subject: ", &repeat("late ", len), "\r\n\r\nlate")),
    ("encoded words.eml", |len| within("Subject: ", &repeat("=?utf-8?q?late?= ", len), "\r\n\r\nlate")),
    ("headers.eml", |len| within("", &repeat("X-A: b\r\n", len), "\r\nlate")),
    ("folded header.eml", |len| within("X-A: b", &repeat("\r\n c", len), "\r\n\r\nlate")),
    ("addresses.eml", |len| within("To: ", &repeat("a@b.example, ", len), "\r\n\r\nlate")),
    ("open quotes.eml", |len| within("Content-Type: text/plain; ", &repeat("name=\"", len), "\r\n\r\nlate")),
    ("rows.csv", |len| within("id,body\n", &repeat("1,\"The bench is late, and we refund it.\"\n", len), "")),
    ("one cell with quotes.csv", |len| within("id,body\n1,\"", &repeat("a\"\"b", len), "\"\n")),
    ("columns.csv", |len| {
        within("body,", &repeat("a,", len / 2), &format!("\n{}", text(&repeat("x,", len / 2))))
    }),
    ("empty rows.csv", |len| within("id,body\n", &repeat("\n", len), "")),
    ("short rows.csv", |len| within("id,body\n", &repeat("x\n", len), "")),
    ("open quote.csv", |len| within("id,body\n1,\"", &repeat("a\n", len), "")),
    ("records.jsonl", |len| repeat("{\"body\":\"The bench is late, and we refund it.\"}\n", len)),
    ("escapes.jsonl", |len| within("{\"body\":\"", &repeat("\\u0061\\n", len), "\"}\n")),
    ("nested.jsonl", |len| within("{\"a\":", &nested("[", "]", len), ",\"body\":\"late\"}\n")),
    ("front matter.txt", |len| within("---\n", &repeat("kind: reply\n", len), "---\nlate")),
    ("placeholders.txt", |len| repeat("{{a", len)),
];

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn repeat(what: &str, len: usize) -> Vec<u8> {
    what.repeat(len.div_ceil(what.len())).into_bytes()
}

/// `before`, a number and `after`, with a new number each time.
fn numbered(before: &str, after: &str, len: usize) -> Vec<u8> {
    let mut out = String::new();
    for number in 0.. {
        if out.len() >= len {
            break;
        }
        out.push_str(&format!("{before}{number}{after}"));
    }
    out.into_bytes()
}

fn nested(open: &str, close: &str, len: usize) -> Vec<u8> {
    let times = len / (open.len() + close.len());
    format!("{}x{}", open.repeat(times), close.repeat(times)).into_bytes()
}

fn within(before: &str, bytes: &[u8], after: &str) -> Vec<u8> {
    [before.as_bytes(), bytes, after.as_bytes()].concat()
}

fn mail(media_type: &str, transfer: &str, body: &[u8]) -> Vec<u8> {
    let head = format!(
        "Content-Type: multipart/mixed; boundary=frame\r\n\r\n--frame\r\nContent-Type: {media_type}\r\n\
         Content-Transfer-Encoding: {transfer}\r\n\r\n"
    );
    within(&head, body, "\r\n--frame--\r\n")
}

fn nested_parts(len: usize) -> Vec<u8> {
    let mut out = String::new();
    for number in 0.. {
        if out.len() >= len {
            break;
        }
        out.push_str(&format!("Content-Type: multipart/mixed; boundary=b{number}\r\n\r\n--b{number}\r\n"));
    }
    out.into_bytes()
}

/// The format of a file of that name.
fn format_of(name: &str) -> Format {
    name.rsplit_once('.').and_then(|(_, extension)| Format::of_extension(extension)).unwrap_or_default()
}

/// The shortest of a few runs.
fn time(linter: &Linter, name: &str, bytes: &[u8]) -> Duration {
    const RUNS: usize = 3;
    let reading = ReadAs { format: format_of(name), ..ReadAs::default() };
    let settings = Settings::default();
    let run = || {
        let start = Instant::now();
        black_box(linter.lint(name, black_box(bytes), &reading, &settings));
        start.elapsed()
    };
    (0..RUNS).map(|_| run()).min().unwrap_or_default()
}

fn main() {
    let wanted: Vec<String> = std::env::args().skip(1).filter(|arg| !arg.starts_with('-')).collect();
    let linter = Linter::new(builtin::rules());
    println!("{:<32} {:>8} {:>12} {:>10}", "input", "MB", "ms per MB", "growth");
    for (name, make) in INPUTS {
        if !wanted.is_empty() && !wanted.iter().any(|wanted| name.contains(wanted.as_str())) {
            continue;
        }
        let per_megabyte = |len: usize| {
            let bytes = make(len);
            time(&linter, name, &bytes).as_secs_f64() * 1e3 * MEGABYTE as f64 / bytes.len() as f64
        };
        let (small, large) = (per_megabyte(MEGABYTE), per_megabyte(4 * MEGABYTE));
        println!("{name:<32} {:>8} {large:>12.1} {:>10.2}", 4, large / small);
    }
}
