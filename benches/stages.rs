//! What each stage costs, in bytes of drafts per second, so that the rows can be compared with each other.
//!
//! ```text
//! cargo bench --bench stages                      every stage
//! cargo bench --bench stages -- detect            those whose name holds `detect`
//! cargo bench --bench stages -- --sort location   in the order in which a draft meets them
//! ```
//!
//! The drafts are made by a seeded generator, or lie in `examples/messages`; they are the same at every run.

mod drafts;

use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::sync::{Arc, LazyLock};

use divan::Bencher;
use divan::counter::BytesCount;
use sellerlint::decode::{entity, json_string, quoted_printable};
use sellerlint::detect::emoji::{TextSymbols, emoji};
use sellerlint::detect::emoticon::emoticons;
use sellerlint::detect::order_id::order_ids;
use sellerlint::detect::reading::{Reader, RoleKinds, Tongue};
use sellerlint::detect::secret_number::secret_numbers;
use sellerlint::detect::shortcode::{Shortcodes, shortcodes};
use sellerlint::detect::spelling::{doubts, slips};
use sellerlint::detect::tag::tags;
use sellerlint::detect::{contact, line_breaks, phone, shouting};
use sellerlint::document::{self, Document, Format, MessageFormat, ReadAs, RecordFormat, format};
use sellerlint::lint::{FileReport, Linter, Settings};
use sellerlint::report::{Manual, OutputFormat, Reporter, Style, Summary};
use sellerlint::rule::builtin;
use sellerlint::rule::compiled::RuleSet;
use sellerlint::text::Source;
use sellerlint::view::View;

use drafts::{Maker, Sort};

/// Drafts of a set.
const COUNT: usize = 64;

/// The sets of drafts: three that are made, two that lie in `examples/messages`.
const SETS: [&str; 5] = ["clean", "offending", "foreign", "compliant examples", "prohibited examples"];

static RULES: LazyLock<RuleSet> = LazyLock::new(builtin::rules);

fn main() {
    divan::main();
}

// The stages, as a draft meets them.

/// The rules, from the form in which they are embedded.
#[divan::bench]
fn load() -> RuleSet {
    builtin::rules()
}

/// Bytes to a document.
#[divan::bench(args = ["txt", "md", "html", "eml"])]
fn read(bencher: Bencher<'_, '_>, extension: &str) {
    let Some(Format::Message(format)) = Format::of_extension(extension) else { return };
    let files: Vec<String> = drafts("offending").iter().map(|draft| file_of(format, draft)).collect();
    time(bencher, &files, |file| {
        let source = format::source(file.as_bytes(), format, None);
        document::read(&source, format).blocks.len()
    });
}

#[divan::bench]
fn decode_quoted_printable(bencher: Bencher<'_, '_>) {
    let bodies: Vec<String> = drafts("foreign").iter().map(|draft| to_quoted_printable(draft)).collect();
    time(bencher, &bodies, |body| quoted_printable::decode(body.as_bytes(), 0).bytes().len());
}

#[divan::bench]
fn decode_entities(bencher: Bencher<'_, '_>) {
    let texts: Vec<String> = drafts("foreign").iter().map(|draft| to_entities(draft)).collect();
    time(bencher, &texts, |text| entity::decode(text, 0, entity::Within::Text).text().len());
}

#[divan::bench]
fn decode_json_escapes(bencher: Bencher<'_, '_>) {
    let strings: Vec<String> = drafts("foreign").iter().map(|draft| to_json(draft)).collect();
    time(bencher, &strings, |string| json_string::decode(string, 0).text().len());
}

/// Folding, words, sentences.
#[divan::bench(args = ["clean", "foreign"])]
fn fold_and_cut(bencher: Bencher<'_, '_>, set: &str) {
    let documents = documents(set);
    let work = |document: &Document<'_>| {
        document.blocks.iter().map(|block| View::new(block, &|_| false).units.len()).sum()
    };
    time_sized::<_, usize>(bencher, size_of_all(set), documents, work);
}

/// Phrases and what sentences are for: by a reader that knows nothing yet, by one that knows what it read in the same
/// round, and by one that has met every sentence before.
#[divan::bench(args = ["new for each draft", "new for each round", "the same"])]
fn words_and_roles(bencher: Bencher<'_, '_>, reader: &str) {
    let views = views("offending");
    let mut kept = Reader::default();
    bencher.counter(BytesCount::new(size_of_all("offending"))).bench_local(|| {
        if reader == "new for each round" {
            kept = Reader::default();
        }
        for view in &views {
            if reader == "new for each draft" {
                kept = Reader::default();
            }
            black_box(kept.read(black_box(view), tongue()));
        }
    });
}

/// Each detector that looks at a text, whether a rule would ask it or not.
#[divan::bench(args = DETECTORS.iter().map(|(name, _)| *name))]
fn detect(bencher: Bencher<'_, '_>, name: &str) {
    let Some((_, find)) = DETECTORS.iter().find(|(known, _)| *known == name) else { return };
    let known = Known::new(&RULES);
    time_sized(bencher, size_of_all("offending"), &views("offending"), |view| find(view, &known));
}

/// All of it, for files of one message.
#[divan::bench(args = SETS)]
fn lint(bencher: Bencher<'_, '_>, set: &str) {
    let linter = Linter::new(RULES.clone());
    time(bencher, &drafts(set), |draft| lint_text(&linter, draft));
}

/// The same in other formats.
#[divan::bench(args = ["md", "html", "eml"])]
fn lint_as(bencher: Bencher<'_, '_>, extension: &str) {
    let Some(Format::Message(format)) = Format::of_extension(extension) else { return };
    let linter = Linter::new(RULES.clone());
    let files: Vec<String> = drafts("clean").iter().map(|draft| file_of(format, draft)).collect();
    let reading = ReadAs { format: Format::Message(format), ..ReadAs::default() };
    time(bencher, &files, |file| linter.lint("draft", file.as_bytes(), &reading, &Settings::default()));
}

/// A block of JSON Lines: by a linter that knows nothing yet, and by one that has met every record before.
#[divan::bench(args = ["clean", "offending"], consts = [false, true])]
fn lint_json_lines<const MET_BEFORE: bool>(bencher: Bencher<'_, '_>, set: &str) {
    let linter = Linter::new(RULES.clone());
    let block: String =
        drafts(set).iter().map(|draft| format!("{{\"text\":\"{}\"}}\n", to_json(draft))).collect();
    let reading = ReadAs { format: Format::Records(RecordFormat::Jsonl), ..ReadAs::default() };
    let lint = |linter: &Linter, block: &str| {
        linter.lint("export.jsonl", block.as_bytes(), &reading, &Settings::default())
    };
    // A copy knows nothing of what its original met.
    time(bencher, &[block], |block| match MET_BEFORE {
        true => lint(&linter, block),
        false => lint(&linter.clone(), block),
    });
}

/// Findings to bytes.
#[divan::bench(args = ["jsonl", "full", "full in colour"])]
fn report(bencher: Bencher<'_, '_>, form: &str) {
    let linter = Linter::new(RULES.clone());
    let reports: Vec<FileReport> =
        drafts("offending").iter().map(|draft| lint_text(&linter, draft)).collect();
    let format = if form == "jsonl" { OutputFormat::Jsonl } else { OutputFormat::Full };
    let style = Style { colour: form == "full in colour", ascii: false, width: 100, several_files: true };
    let (size, manual) = (size_of_all("offending"), Arc::new(Manual::default()));
    bencher.counter(BytesCount::new(size)).bench_local(|| told(&reports, format, style, &manual).len());
}

/// How one thing is found: the number of places, so that nothing can be left out.
type Find = fn(&View<'_>, &Known) -> usize;

const DETECTORS: &[(&str, Find)] = &[
    ("links, e-mails, handles", |view, known| {
        let found = contact::find(view.plain.text(), &known.rules.lists);
        found.links.len() + found.emails.len() + found.handles.len()
    }),
    ("phone numbers", |view, _| phone::find(view.plain.text(), "US").len()),
    ("order ids", |view, _| order_ids(view.plain.text()).len()),
    ("secret numbers", |view, _| secret_numbers(view.plain.text()).len()),
    ("emoji", |view, known| emoji(&view.visible, |c| known.text_symbols.contains(c)).len()),
    ("shortcodes", |view, known| shortcodes(&view.visible, |name| known.shortcodes.contains(name)).len()),
    ("emoticons", |view, _| emoticons(&view.visible).len()),
    ("spelling", |view, known| {
        let spelling = &known.rules.languages[0].spelling;
        slips(view, spelling, &doubts(view, spelling), |_| true).len()
    }),
    ("capitals", |view, _| shouting::capitals(&view.visible, 3).len()),
    ("exclamation marks", |view, _| shouting::marks(&view.visible, 3).len()),
    ("tags", |view, _| tags(&view.visible).len()),
    ("line breaks", |view, _| line_breaks::runs(&view.visible, 2).len()),
];

/// What detectors have to know.
struct Known<'r> {
    rules: &'r RuleSet,
    text_symbols: TextSymbols,
    shortcodes: Shortcodes,
}

impl<'r> Known<'r> {
    fn new(rules: &'r RuleSet) -> Self {
        let list = |name: &str| {
            let list = rules.symbols.iter().find(|list| list.name == name);
            list.into_iter().flat_map(|list| list.symbols.iter().map(String::as_str))
        };
        let text_symbols = list("text-symbols").flat_map(str::chars).collect();
        Self { rules, text_symbols, shortcodes: list("shortcodes").collect() }
    }
}

fn tongue() -> Tongue<'static> {
    let roles = RoleKinds { count: RULES.roles.len(), telling: RULES.telling() };
    Tongue { number: 0, machine: &RULES.languages[0].machine, spelling: &RULES.languages[0].spelling, roles }
}

fn lint_text(linter: &Linter, draft: &str) -> FileReport {
    linter.lint("draft.txt", draft.as_bytes(), &ReadAs::default(), &Settings::default())
}

fn told(reports: &[FileReport], format: OutputFormat, style: Style, manual: &Arc<Manual>) -> Vec<u8> {
    let (mut reporter, mut summary) = (Reporter::new(format, style, manual), Summary::default());
    let mut out = Vec::new();
    let tell = || {
        reporter.begin(&mut out)?;
        for report in reports {
            summary.add(report);
            reporter.file(report, &mut out)?;
        }
        reporter.finish(&summary, &mut out)
    };
    tell().expect("memory takes every byte");
    out
}

// How they are timed.

/// Times some work on every input in turn.
fn time<I: AsRef<str>, R>(bencher: Bencher<'_, '_>, inputs: &[I], work: impl FnMut(&I) -> R) {
    let size = inputs.iter().map(|input| input.as_ref().len()).sum();
    time_sized(bencher, size, inputs, work);
}

fn time_sized<I, R>(bencher: Bencher<'_, '_>, size: usize, inputs: &[I], mut work: impl FnMut(&I) -> R) {
    bencher.counter(BytesCount::new(size)).bench_local(|| {
        for input in inputs {
            black_box(work(black_box(input)));
        }
    });
}

// The drafts, and how they are written in files.

fn drafts(set: &str) -> Vec<String> {
    let mut maker = Maker::new(7);
    match set {
        "clean" => maker.drafts(COUNT, Sort::Plain, false),
        "offending" => maker.drafts(COUNT, Sort::Plain, true),
        "foreign" => maker.drafts(COUNT, Sort::Foreign, false),
        _ => examples(set.trim_end_matches(" examples")),
    }
}

/// The plain texts in a folder of `examples/messages`.
fn examples(folder: &str) -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/messages").join(folder);
    let entries = fs::read_dir(folder).expect("the examples are there").flatten();
    let mut paths: Vec<_> = entries.map(|entry| entry.path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "txt"));
    paths.sort();
    paths.iter().flat_map(fs::read_to_string).collect()
}

fn size_of_all(set: &str) -> usize {
    drafts(set).iter().map(String::len).sum()
}

/// The drafts of a set, read. They are kept as long as the process, as is what they borrow.
fn documents(set: &str) -> &'static [Document<'static>] {
    let read = |draft: String| {
        let source: &Source<'_> = Box::leak(Box::new(Source::new(draft.leak().as_bytes(), None)));
        document::read(source, MessageFormat::Txt)
    };
    drafts(set).into_iter().map(read).collect::<Vec<_>>().leak()
}

fn views(set: &str) -> Vec<View<'static>> {
    documents(set)
        .iter()
        .flat_map(|document| &document.blocks)
        .map(|block| View::new(block, &|_| false))
        .collect()
}

/// A draft as a file of a format holds it.
fn file_of(format: MessageFormat, draft: &str) -> String {
    match format {
        MessageFormat::Html => {
            let paragraphs =
                draft.lines().map(|line| format!("<p style=\"margin:0\">{}</p>\n", to_entities(line)));
            format!("<html lang=\"en\"><body>\n{}</body></html>\n", paragraphs.collect::<String>())
        }
        MessageFormat::Eml => format!(
            "Subject: Your order\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\
             Content-Transfer-Encoding: quoted-printable\r\n\r\n{}",
            to_quoted_printable(draft)
        ),
        _ => draft.to_owned(),
    }
}

/// Lines of at most 76 bytes; what is not ASCII is escaped.
fn to_quoted_printable(draft: &str) -> String {
    let mut body = String::new();
    for line in draft.lines() {
        let mut width = 0;
        for byte in line.bytes() {
            let is_plain = (byte.is_ascii_graphic() && byte != b'=') || byte == b' ';
            let written = if is_plain { char::from(byte).to_string() } else { format!("={byte:02X}") };
            if width + written.len() > 75 {
                body += "=\r\n";
                width = 0;
            }
            width += written.len();
            body += &written;
        }
        body += "\r\n";
    }
    body
}

/// What HTML means something by, and what is not ASCII, as character references.
fn to_entities(text: &str) -> String {
    let written = |c: char| match c {
        '&' => "&amp;".to_owned(),
        '<' => "&lt;".to_owned(),
        '\'' => "&rsquo;".to_owned(),
        c if c.is_ascii() => c.to_string(),
        c => format!("&#{};", u32::from(c)),
    };
    text.chars().map(written).collect()
}

/// What stands between the quotes of a JSON string that is all ASCII.
fn to_json(text: &str) -> String {
    let written = |c: char| match c {
        '"' | '\\' => format!("\\{c}"),
        '\n' => "\\n".to_owned(),
        c if c.is_ascii() => c.to_string(),
        c => c.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04x}")).collect(),
    };
    text.chars().map(written).collect()
}
