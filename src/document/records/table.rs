//! One row of a table (CSV, TSV): a record with a message in it, in columns that the first row names.

use std::borrow::Cow;
use std::ops::Range;

use memchr::memchr;

use crate::decode::csv_field;
use crate::finding::FieldName;
use crate::text::nearest::nearest;
use crate::text::{MappedText, Source};

use super::line::RecordKeys;
use crate::document::metadata::{Entry, KEYS, Value};
use crate::document::{Document, Metadata, Page, PageName, TextFormat};

/// What stands between the fields of a table, in the order in which it is looked for.
pub const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// What columns are called that hold the text of a message, the surest first: in English and in the languages of
/// Amazon's marketplaces. No policy: whoever calls them otherwise names the column.
const BODIES: &[&str] = &[
    "body",
    "message body",
    "message text",
    "body text",
    "email body",
    "mail body",
    "body html",
    "html body",
    "text",
    "message",
    "content",
    "message content",
    "plain text",
    "html",
    "template",
    "template text",
    "nachricht",
    "nachrichtentext",
    "text der nachricht",
    "inhalt",
    "corps",
    "corps du message",
    "texte",
    "contenu",
    "mensaje",
    "cuerpo",
    "texto",
    "contenido",
    "messaggio",
    "testo",
    "corpo",
    "contenuto",
    "mensagem",
    "conteúdo",
    "conteudo",
    "bericht",
    "tekst",
    "inhoud",
    "wiadomość",
    "wiadomosc",
    "treść",
    "tresc",
    "meddelande",
    "innehåll",
    "innehall",
    "mesaj",
    "içerik",
    "icerik",
    "本文",
    "メッセージ",
    "内容",
    "正文",
    "消息",
    "comment",
    "comments",
    "comment body",
    "comment text",
    "comment value",
    "latest comment",
    "public comment",
    "reply",
    "reply text",
    "response",
    "answer",
    "antwort",
    "antworttext",
    "kommentar",
    "réponse",
    "commentaire",
    "respuesta",
    "comentario",
    "comentarios",
    "risposta",
    "commento",
    "resposta",
    "comentário",
    "antwoord",
    "opmerking",
    "odpowiedź",
    "komentarz",
    "svar",
    "yanıt",
    "yorum",
    "コメント",
    "返信",
    "回复",
];

/// What columns are called that hold a subject, the surest first.
const SUBJECTS: &[&str] = &[
    "subject",
    "subject line",
    "message subject",
    "email subject",
    "mail subject",
    "betreff",
    "objet",
    "asunto",
    "oggetto",
    "assunto",
    "onderwerp",
    "ämne",
    "amne",
    "temat",
    "konu",
    "件名",
    "主题",
    "主旨",
    "title",
    "titel",
    "titre",
    "título",
    "titulo",
    "titolo",
];

/// What helpdesks call the keys that are read besides their own names.
const ALIASES: &[(&str, &str)] = &[
    ("orderid", "order_id"),
    ("amazon order id", "order_id"),
    ("order number", "order_id"),
    ("order no", "order_id"),
    ("bestellnummer", "order_id"),
    ("numéro de commande", "order_id"),
    ("número de pedido", "order_id"),
    ("numero ordine", "order_id"),
    ("lang", "language"),
    ("ticket id", "id"),
    ("message id", "id"),
    ("template id", "id"),
];

/// How the rows of a table are read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    delimiter: u8,
    /// How many columns there are.
    columns: usize,
    /// The columns that are read, in their order.
    used: Vec<Column>,
}

/// A column that is read.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Column {
    number: usize,
    /// As the first row calls it.
    name: String,
    holds: Holds,
}

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Holds {
    Body,
    Subject,
    Id,
    /// A key of the metadata.
    Key {
        key: &'static str,
        /// Whether the column is called just so. One that is only called alike was made for another tool, and a value
        /// of it that cannot be read says nothing.
        is_ours: bool,
    },
}

/// Why a table cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TableError {
    /// No column has the name that was asked for.
    #[error("there is no column `{name}`: {columns}")]
    NoColumn {
        /// The name.
        name: String,
        /// The column that was most likely meant.
        near: Option<String>,
        /// The columns, in words.
        columns: String,
    },
    /// No column is called as those are that hold a message.
    #[error("no column is called like one that holds messages: {columns}")]
    NoBody {
        /// The columns, in words.
        columns: String,
        /// Whether there is but one, which may be a message already.
        is_single: bool,
    },
    /// The first row is beyond all measure.
    #[error("the first row, which is to name the columns, has more than {} MB", super::cut::LARGEST_RECORD / 1_000_000)]
    LargeHeader,
}

impl TableError {
    /// The same without a word of the table, whose first row may be a message: `mask` stands for its columns.
    #[must_use]
    pub fn masked(&self, mask: &str) -> Self {
        let columns = mask.to_owned();
        match self {
            Self::NoColumn { name, .. } => Self::NoColumn { name: name.clone(), near: None, columns },
            Self::NoBody { is_single, .. } => Self::NoBody { columns, is_single: *is_single },
            Self::LargeHeader => Self::LargeHeader,
        }
    }

    /// What to do about it.
    pub fn help(&self) -> String {
        match self {
            Self::NoColumn { near: Some(near), .. } => format!("did you mean `{near}`?"),
            Self::NoColumn { near: None, .. } => {
                "names are compared without regard to case; `--delimiter` says what stands between them".to_owned()
            }
            Self::NoBody { is_single: true, .. } => {
                "write a first row that names the columns, such as `body`, or name the column with `--body-field`"
                    .to_owned()
            }
            Self::NoBody { .. } => {
                "name it with `--body-field`, or `body` in `[formats]` of sellerlint.toml".to_owned()
            }
            Self::LargeHeader => "is it a table, with a first row that names the columns?".to_owned(),
        }
    }
}

/// A field of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Field {
    /// As it is written, with its quotation marks, in bytes of the row.
    raw: Range<usize>,
    /// If it is quoted, the byte after the closing mark; `None` in it if the mark is missing.
    quoted: Option<Option<usize>>,
}

impl Table {
    /// Reads the row that names the columns.
    pub fn new(header: &str, delimiter: u8, keys: &RecordKeys) -> Result<Self, TableError> {
        let names: Vec<String> = fields(header, delimiter)
            .map(|field| {
                csv_field::decode(&header[field.raw.clone()], field.raw.start).text().trim().to_owned()
            })
            .collect();
        let lower: Vec<String> = names.iter().map(|name| levelled(name)).collect();
        let body = match &keys.body {
            Some(name) => named(&names, name).ok_or_else(|| no_column(name, &names))?,
            None => guessed(&lower, BODIES)
                .ok_or_else(|| TableError::NoBody { columns: told(&names), is_single: names.len() == 1 })?,
        };
        let subject = match &keys.subject {
            Some(name) => Some(named(&names, name).ok_or_else(|| no_column(name, &names))?),
            None => guessed(&lower, SUBJECTS).filter(|subject| *subject != body),
        };
        let mut taken = Vec::new();
        let used = names.iter().enumerate().filter_map(|(number, name)| {
            let holds = match number {
                _ if number == body => Holds::Body,
                _ if Some(number) == subject => Holds::Subject,
                _ => key_of(name, &lower[number])?,
            };
            if taken.contains(&name_of(holds)) {
                return None;
            }
            taken.push(name_of(holds));
            Some(Column { number, name: name.clone(), holds })
        });
        Ok(Self { delimiter, columns: names.len(), used: used.collect() })
    }

    /// What stands between the fields.
    pub fn delimiter(&self) -> u8 {
        self.delimiter
    }
}

/// How much of a first row a delimiter makes: known columns, then columns.
pub(super) fn worth(header: &str, delimiter: u8) -> (usize, usize) {
    let (mut known, mut columns) = (0, 0);
    for field in fields(header, delimiter) {
        let name = csv_field::decode(&header[field.raw], 0);
        columns += 1;
        known += usize::from(is_known(&levelled(name.text())));
    }
    (known, columns)
}

/// The delimiter that a line such as `sep=;` above a table declares, as spreadsheets write it.
pub(super) fn declared_delimiter(line: &str) -> Option<u8> {
    let line = line.trim_matches('"');
    let (key, value) = line.split_at_checked(4)?;
    match value.as_bytes() {
        [delimiter] if key.eq_ignore_ascii_case("sep=") && delimiter.is_ascii() => Some(*delimiter),
        _ => None,
    }
}

/// Reads a row. `is_unclosed` says that its last quotation mark was never closed, so that the row may be cut short.
/// `cells` is how its texts are written, found by looking where that is not said.
pub fn read<'a>(
    row: &'a Source<'_>,
    table: &Table,
    cells: Option<TextFormat>,
    is_unclosed: bool,
) -> Document<'a> {
    let text = row.text().text();
    let mut document = Document { pages: vec![Page::file(row.text())], ..Document::default() };
    let mut used = table.used.iter().peekable();
    let (mut subject, mut body) = (None, None);
    let (mut count, mut last) = (0, 0..0);
    let mut has_fault = false;
    for (number, field) in fields(text, table.delimiter).enumerate() {
        // One is enough: behind it the marks of the row are out of step.
        if !has_fault {
            has_fault = check_marks(row, number, &field, is_unclosed, &mut document.metadata);
        }
        let content = csv_field::decode(&text[field.raw.clone()], field.raw.start);
        if number < table.columns || !content.text().trim().is_empty() {
            (count, last) = (number + 1, field.raw.clone());
        }
        let Some(column) = used.next_if(|column| column.number == number) else { continue };
        match column.holds {
            Holds::Body => body = Some((column, content)),
            Holds::Subject => subject = Some((column, content)),
            Holds::Id => document.metadata.id = said(content.text()).map(str::to_owned),
            Holds::Key { key, is_ours } => take(&mut document.metadata, key, is_ours, &content),
        }
    }
    if count != table.columns && !is_unclosed {
        let problem =
            format!("the row has {}, and the first row names {}", fields_told(count), table.columns);
        document.metadata.unreadable(problem, last);
    }
    document.take_named();
    document.metadata.faults.sort_by_key(|fault| fault.at.start);
    let fields = [(FieldName::Subject, subject), (FieldName::Body, body)];
    for (field, (column, content)) in fields.into_iter().filter_map(|(field, cell)| Some((field, cell?))) {
        let page = document.add_page(PageName::Field(column.name.clone()), content.through(row.text()));
        let format = cells.unwrap_or_else(|| TextFormat::look(document.pages[page].text.text()));
        document.add_text(field, page, if field == FieldName::Subject { TextFormat::Plain } else { format });
    }
    document
}

/// Notes what is wrong with the quotation marks of a field, if something is.
fn check_marks(
    row: &Source<'_>,
    number: usize,
    field: &Field,
    is_unclosed: bool,
    metadata: &mut Metadata,
) -> bool {
    let text = row.text().text();
    let (told, at) = match field.quoted {
        Some(None) if is_unclosed => {
            let at = field.raw.start..field.raw.start + 1;
            let column = row.position(at.start).column;
            let told = format!(
                "the quotation mark in column {column} is never closed, so the row was taken to end with its line"
            );
            (told, at)
        }
        Some(Some(end)) if !text[end..field.raw.end].trim().is_empty() => {
            let told = format!(
                "behind the closing quotation mark of field {} there is more text; a mark inside is written twice",
                number + 1
            );
            (told, end..field.raw.end)
        }
        _ => return false,
    };
    metadata.unreadable(told, at);
    true
}

/// The fields of a row, which ends with the text.
fn fields(text: &str, delimiter: u8) -> impl Iterator<Item = Field> + '_ {
    let mut next = Some(0);
    std::iter::from_fn(move || {
        let start = next?;
        let quoted = text[start..].starts_with('"').then(|| closing(text, start + 1));
        let from = match quoted {
            Some(closing) => closing.unwrap_or(text.len()),
            None => start,
        };
        let end = memchr(delimiter, &text.as_bytes()[from..]).map_or(text.len(), |at| from + at);
        next = (end < text.len()).then_some(end + 1);
        Some(Field { raw: start..end, quoted })
    })
}

/// The byte after the mark that closes a field whose text begins at byte `from`.
fn closing(text: &str, mut from: usize) -> Option<usize> {
    loop {
        from += memchr(b'"', &text.as_bytes()[from..])? + 1;
        if text.as_bytes().get(from) != Some(&b'"') {
            return Some(from);
        }
        from += 1;
    }
}

fn take(metadata: &mut Metadata, key: &'static str, is_ours: bool, content: &MappedText<'_>) {
    let entry = |text: &str, range: Range<usize>| Entry {
        value: Value::Text(Cow::Owned(text.to_owned())),
        at: content.span(range).range(),
    };
    let text = content.text();
    let Some(value) = said(text) else { return };
    let start = text.len() - text.trim_start().len();
    let faults = metadata.faults.len();
    if key == "attachments" {
        let names = text.split([';', '\n']).filter_map(|name| {
            let start = name.as_ptr().addr() - text.as_ptr().addr() + name.len() - name.trim_start().len();
            Some(entry(said(name)?, start..start + name.trim().len()))
        });
        let names = Entry { value: Value::List(names.collect()), at: content.span(0..text.len()).range() };
        metadata.take(key, &names);
    } else {
        metadata.take(key, &entry(value, start..start + value.len()));
    }
    if !is_ours {
        metadata.faults.truncate(faults);
    }
}

/// The text of a cell without blanks around it, if there is any.
fn said(text: &str) -> Option<&str> {
    Some(text.trim()).filter(|text| !text.is_empty())
}

/// A name as it is compared: in lower case, with single blanks for what parts its words.
fn levelled(name: &str) -> String {
    let lower = name.to_lowercase();
    let words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

fn named(names: &[String], wanted: &str) -> Option<usize> {
    let wanted = wanted.trim().to_lowercase();
    names.iter().position(|name| name.to_lowercase() == wanted)
}

fn guessed(lower: &[String], guesses: &[&str]) -> Option<usize> {
    let rank = |name: &String| guesses.iter().position(|guess| *guess == name);
    let ranked = lower.iter().enumerate().filter_map(|(number, name)| Some((rank(name)?, number)));
    ranked.min().map(|(_, number)| number)
}

fn key_of(name: &str, lower: &str) -> Option<Holds> {
    let keys = || KEYS.iter().filter(|key| **key != "subject");
    if let Some(key) = keys().find(|key| **key == name) {
        // Exports call other things so, such as the channel of a helpdesk: what is no country says nothing.
        return Some(Holds::Key { key, is_ours: !matches!(*key, "marketplace" | "to" | "allow") });
    }
    let alias = ALIASES.iter().find(|(alias, _)| *alias == lower).map(|(_, key)| *key);
    if lower == "id" || alias == Some("id") {
        return Some(Holds::Id);
    }
    // A `Channel` is that of the helpdesk, not that of Amazon; an `Allow` is some right.
    let mut keys = keys().filter(|key| !matches!(**key, "channel" | "allow"));
    let key = keys.find(|key| key.replace('_', " ") == lower || Some(**key) == alias)?;
    Some(Holds::Key { key, is_ours: false })
}

fn is_known(lower: &str) -> bool {
    BODIES.contains(&lower) || SUBJECTS.contains(&lower) || key_of(lower, lower).is_some()
}

/// What tells the columns apart of which only the first counts.
fn name_of(holds: Holds) -> &'static str {
    match holds {
        Holds::Body => "body",
        Holds::Subject => "subject",
        Holds::Id => "id",
        Holds::Key { key, .. } => key,
    }
}

fn no_column(name: &str, names: &[String]) -> TableError {
    let near = nearest(name, names.iter().map(String::as_str)).map(str::to_owned);
    TableError::NoColumn { name: name.to_owned(), near, columns: told(names) }
}

/// The columns in words, as many as a message can hold.
fn told(names: &[String]) -> String {
    const MOST: usize = 12;
    const LONGEST: usize = 40;
    let short = |name: &String| match name.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("`{}…`", &name[..end]),
        None => format!("`{name}`"),
    };
    let some: Vec<String> = names.iter().take(MOST).map(short).collect();
    let more = if names.len() > MOST { format!(" and {} more", names.len() - MOST) } else { String::new() };
    match some.as_slice() {
        [only] => format!("the only one is {only}"),
        _ => format!("there are {}{more}", some.join(", ")),
    }
}

fn fields_told(count: usize) -> String {
    if count == 1 { "1 field".to_owned() } else { format!("{count} fields") }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const HEADER: &str = "id,Subject,Message,order-id,kind";

    fn delimiter_of(header: &str) -> u8 {
        DELIMITERS.into_iter().rev().max_by_key(|delimiter| worth(header, *delimiter)).unwrap()
    }

    fn table(header: &str) -> Table {
        Table::new(header, delimiter_of(header), &RecordKeys::default()).unwrap()
    }

    /// The fields of a row, each with the bytes it stands at, then the faults.
    fn shown(row: &str, header: &str) -> String {
        let source = Source::new(row.as_bytes(), None);
        let document = read(&source, &table(header), None, row.ends_with("\"…"));
        let mut out = Vec::new();
        out.extend(document.metadata.id.iter().map(|id| format!("id {id}")));
        out.extend(document.metadata.order_id.iter().map(|id| format!("order «{}»", &row[id.at.clone()])));
        out.extend(
            document
                .metadata
                .kind
                .iter()
                .map(|kind| format!("{} «{}»", kind.value.name(), &row[kind.at.clone()])),
        );
        for block in &document.blocks {
            let span = document.file_span(block, 0..block.text.text().len());
            let page = &document.pages[block.page].name;
            out.push(format!("{} in {page} {:?} «{}»", block.field, block.text.text(), &row[span.range()]));
        }
        let faults = &document.metadata.faults;
        out.extend(faults.iter().map(|fault| format!("{} «{}»", fault.message, &row[fault.at.clone()])));
        out.join("; ")
    }

    #[test]
    fn a_row_is_read_by_the_names_of_its_columns() {
        let cases = [
            ("7,S,Hi,,", r#"id 7; subject in field Subject "S" «S»; body in field Message "Hi" «Hi»"#),
            (
                r#" 7 ,"a ""b""","Hi, é",113-1, reply "#,
                r#"id 7; order «113-1»; reply «reply»; subject in field Subject "a \"b\"" «a ""b""»; body in field Message "Hi, é" «Hi, é»"#,
            ),
            (
                "7,,\"two\r\nlines\",,",
                "id 7; subject in field Subject \"\" «»; body in field Message \"two\\r\\nlines\" «two\r\nlines»",
            ),
            (
                "7,S,5\" pipe,,",
                r#"id 7; subject in field Subject "S" «S»; body in field Message "5\" pipe" «5" pipe»"#,
            ),
            ("7,S,Hi,,,,  ,", r#"id 7; subject in field Subject "S" «S»; body in field Message "Hi" «Hi»"#),
        ];
        for (row, expected) in cases {
            assert_eq!(shown(row, HEADER), expected, "{row}");
        }
    }

    #[test]
    fn a_bad_row_says_why_and_where_and_is_read_all_the_same() {
        let cases = [
            ("Hi", "; the row has 1 field, and the first row names 2 «Hi»"),
            ("Hi,reply,x,y", "; the row has 4 fields, and the first row names 2 «y»"),
            (
                "Hi,replay",
                "; `replay` cannot be read here: write `proactive`, `reply` or `critical` «replay»",
            ),
            (
                r#""Hi"there,reply"#,
                "; behind the closing quotation mark of field 1 there is more text; a mark inside is written twice «there»",
            ),
            (r#""Hi" ,reply"#, ""),
            (
                "é,\"…",
                "; the quotation mark in column 3 is never closed, so the row was taken to end with its line «\"»; `…` cannot be read here: write `proactive`, `reply` or `critical` «…»",
            ),
        ];
        for (row, expected) in cases {
            let told = shown(row, "body,kind");
            let faults = told.split_once("body in field body ").unwrap().1;
            assert_eq!(&faults[faults.find('»').unwrap() + '»'.len_utf8()..], expected, "{row}");
        }
    }

    #[test]
    fn what_another_tool_means_by_a_name_is_no_mistake() {
        let header = "Message;Kind;Order Number;Received;marketplace;Attachments";
        let told = shown("Hi;question;113-1;22/11/2026;Zendesk;a.pdf; b.pdf", header);
        assert_eq!(
            told,
            r#"order «113-1»; body in field Message "Hi" «Hi»; the row has 7 fields, and the first row names 6 « b.pdf»"#
        );
        let source = Source::new(b"Hi,\"a.pdf; b.pdf\"", None);
        let files = read(&source, &table("body,attachments"), None, false).attachments;
        assert_eq!(
            files.iter().map(|file| (file.name.as_deref().unwrap(), file.at.clone())).collect::<Vec<_>>(),
            [("a.pdf", 4..9), ("b.pdf", 11..16)]
        );
    }

    #[test]
    fn the_delimiter_is_found_by_looking() {
        let cases = [
            ("id,body", b','),
            ("Id;Body", b';'),
            ("id\tbody\tsubject, if any", b'\t'),
            ("id|text", b'|'),
            ("a;b;c, d", b';'),
            ("\"a;b\";\"c;d\"", b';'),
            ("\"subject; line\",body", b','),
            ("body", b','),
            ("", b','),
        ];
        for (header, delimiter) in cases {
            assert_eq!(char::from(delimiter_of(header)), char::from(delimiter), "{header}");
        }
        assert_eq!(declared_delimiter("SEP=;"), Some(b';'));
        assert_eq!(declared_delimiter("\"sep=\t\""), Some(b'\t'));
        assert_eq!(
            (declared_delimiter("sep="), declared_delimiter("sep;a"), declared_delimiter("äöü")),
            (None, None, None)
        );
    }

    #[test]
    fn columns_are_guessed_or_named() {
        let used = |header: &str, body: Option<&str>, subject: Option<&str>| {
            let keys = RecordKeys { body: body.map(str::to_owned), subject: subject.map(str::to_owned) };
            match Table::new(header, delimiter_of(header), &keys) {
                Ok(table) => table
                    .used
                    .iter()
                    .map(|column| format!("{}={}", name_of(column.holds), column.name))
                    .collect::<Vec<_>>()
                    .join(" "),
                Err(error) => format!("{error} ({})", error.help()),
            }
        };
        let cases = [
            ("Text,Body", None, None, "body=Body"),
            (
                " Betreff ;NACHRICHT;Bestellnummer",
                None,
                None,
                "subject=Betreff body=NACHRICHT order_id=Bestellnummer",
            ),
            ("Title,Message_Body", None, None, "subject=Title body=Message_Body"),
            ("title,body,TITLE,id,ticket-id", None, Some("Title"), "subject=title body=body id=id"),
            ("mensaje,Comentario", Some("comentario "), None, "body=Comentario"),
            ("subject,x", Some("subject"), None, "body=subject"),
            (
                "a,b",
                None,
                None,
                "no column is called like one that holds messages: there are `a`, `b` (name it with `--body-field`, or `body` in `[formats]` of sellerlint.toml)",
            ),
            (
                "Hello Anna",
                None,
                None,
                "no column is called like one that holds messages: the only one is `Hello Anna` (write a first row that names the columns, such as `body`, or name the column with `--body-field`)",
            ),
            (
                "body,b",
                Some("c"),
                None,
                "there is no column `c`: there are `body`, `b` (names are compared without regard to case; `--delimiter` says what stands between them)",
            ),
        ];
        for (header, body, subject, expected) in cases {
            assert_eq!(used(header, body, subject), expected, "{header}");
        }
    }

    proptest! {
        #[test]
        fn fields_are_those_of_the_csv_crate(row in r#"(,|"|""|\n|;|a|é| |\t){0,24}"#, delimiter in prop::sample::select(&DELIMITERS[..])) {
            let units = super::super::cut::Units::Bytes;
            let form = super::super::cut::Form::Row { delimiter };
            for cut in super::super::cut::records(row.as_bytes(), form, units).filter(|cut| !cut.is_unclosed) {
                let row = &row[cut.bytes];
                let mut reader = csv::ReaderBuilder::new().has_headers(false).delimiter(delimiter).from_reader(row.as_bytes());
                let theirs = reader.records().next().unwrap().unwrap();
                let ours: Vec<String> = fields(row, delimiter).map(|field| csv_field::decode(&row[field.raw], 0).text().to_owned()).collect();
                prop_assert_eq!(ours, theirs.iter().collect::<Vec<_>>());
            }
        }

        #[test]
        fn anything_gives_a_document(bytes in prop::collection::vec(any::<u8>(), 0..60), header in r#"(body|kind|attachments|"|,|;|\n){0,8}"#) {
            let source = Source::new(&bytes, None);
            let keys = RecordKeys::default();
            let Ok(table) = Table::new(&format!("{header},text"), delimiter_of(&header), &keys) else { return Ok(()) };
            let document = read(&source, &table, None, header.len() % 2 == 0);
            for fault in &document.metadata.faults {
                prop_assert!(source.text().text().get(fault.at.clone()).is_some());
            }
            for block in &document.blocks {
                let span = document.file_span(block, 0..block.text.text().len());
                prop_assert!(span.end() <= bytes.len());
            }
        }
    }
}
