//! Quoted history: the parts of a plain-text body that are somebody else's words.
//!
//! A reply carries what it answers: lines that begin with `>`, everything below "Original Message", the header block
//! that Outlook puts above an older mail, and what Amazon prints between "Begin message" and "End message".
//!
//! One picture looks the same and is none: a draft in which *every* line begins with `>`. Manuals print templates so.
//! There the `>` is decoration and the words are the seller's. Nor is the header block history that begins the text:
//! that is how somebody writes down a whole mail.

use std::ops::Range;

use memchr::memchr3;

use super::lines::{Line, lines};

/// The quoted parts of a text: whole lines, sorted, disjoint, without the line end after the last one.
pub fn find(text: &str) -> Vec<Range<usize>> {
    if memchr3(b'>', b'-', b':', text.as_bytes()).is_none() {
        return Vec::new();
    }
    let lines: Vec<Line<'_>> = lines(text, 0).collect();
    let Some(first) = lines.iter().position(|line| !line.is_blank()) else { return Vec::new() };
    if lines.iter().all(|line| line.is_blank() || is_quote(line)) {
        return Vec::new();
    }
    let thread = Thread { lines: &lines, first };
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut at = first;
    while at < lines.len() {
        let Some(part) =
            thread.amazon_block(at).or_else(|| thread.older_mail(at)).or_else(|| thread.quote(at))
        else {
            at += 1;
            continue;
        };
        at = part.next;
        let from = found.last().map_or(0, |last| last.end);
        let range = thread.bytes(part.quoted);
        if range.start.max(from) < range.end {
            found.push(range.start.max(from)..range.end);
        }
    }
    found
}

/// The lines of a body.
struct Thread<'t> {
    lines: &'t [Line<'t>],
    /// The first line that is not blank.
    first: usize,
}

/// Lines that have been looked at, and those of them that are quoted.
struct Part {
    quoted: Range<usize>,
    next: usize,
}

/// How mail programs announce a forwarded or answered mail.
const OLDER_MAIL: &[&str] = &[
    "original message",
    "original appointment",
    "forwarded message",
    "ursprüngliche nachricht",
    "originalnachricht",
    "weitergeleitete nachricht",
    "message d'origine",
    "message d’origine",
    "message transféré",
    "mensaje original",
    "mensaje reenviado",
    "messaggio originale",
    "messaggio inoltrato",
    "oorspronkelijk bericht",
];

/// The same without dashes around it, as Apple Mail has it.
const FORWARDED: &[&str] = &[
    "begin forwarded message:",
    "anfang der weitergeleiteten nachricht:",
    "début du message réexpédié :",
    "inicio del mensaje reenviado:",
    "inizio messaggio inoltrato:",
];

/// How Amazon fences in the words of the other side, and how it ends the fence.
const AMAZON_BEGIN: &[&str] =
    &["begin message", "anfang der nachricht", "début du message", "inicio del mensaje", "inizio messaggio"];
const AMAZON_END: &[&str] =
    &["end message", "ende der nachricht", "fin du message", "fin del mensaje", "fine messaggio"];

/// How the line above a quote begins and what it says, by language.
const ATTRIBUTIONS: &[(&str, &str)] = &[
    ("On ", "wrote"),
    ("Am ", "schrieb"),
    ("Le ", "a écrit"),
    ("El ", "escribió"),
    ("Il ", "ha scritto"),
    ("Op ", "schreef"),
    ("Em ", "escreveu"),
    ("Den ", "skrev"),
    ("W dniu ", "napisał"),
];

const SENDER: &[&str] = &["from", "von", "de", "da", "van", "från"];
const SENT: &[&str] = &[
    "sent",
    "date",
    "gesendet",
    "datum",
    "envoyé",
    "enviado",
    "enviado el",
    "fecha",
    "inviato",
    "data",
    "verzonden",
];
const SUBJECT_OR_TO: &[&str] = &[
    "to",
    "subject",
    "an",
    "betreff",
    "à",
    "À",
    "objet",
    "para",
    "asunto",
    "a",
    "oggetto",
    "aan",
    "onderwerp",
];

impl Thread<'_> {
    /// What stands between "Begin message" and "End message", or below a beginning without an end.
    fn amazon_block(&self, at: usize) -> Option<Part> {
        let begins = dashed_title(self.lines[at].text).is_some_and(|title| is_one_of(title, AMAZON_BEGIN));
        if !begins {
            return None;
        }
        let is_end =
            |line: &Line<'_>| dashed_title(line.text).is_some_and(|title| is_one_of(title, AMAZON_END));
        let end =
            self.lines[at + 1..].iter().position(is_end).map_or(self.lines.len(), |offset| at + 1 + offset);
        Some(Part { quoted: at + 1..end, next: end })
    }

    /// Everything below the announcement of an older mail, and the announcement itself.
    fn older_mail(&self, at: usize) -> Option<Part> {
        let line = self.lines[at].text.trim();
        let is_announced = dashed_title(line).is_some_and(|title| is_one_of(title, OLDER_MAIL))
            || is_one_of(line, FORWARDED)
            || at > self.first
                && (self.is_header_block(at)
                    || is_rule(line) && self.is_header_block(self.after_blank(at + 1)));
        is_announced.then_some(Part { quoted: at..self.lines.len(), next: self.lines.len() })
    }

    /// Outlook's block: From, Sent, To and Subject in lines that follow each other.
    fn is_header_block(&self, at: usize) -> bool {
        const MOST_LINES: usize = 7;
        let labels =
            self.lines[at.min(self.lines.len())..].iter().take(MOST_LINES).map_while(|line| label(line.text));
        let mut labels = labels.peekable();
        if !labels.peek().is_some_and(|label| is_one_of(label, SENDER)) {
            return false;
        }
        let (mut sent, mut rest) = (false, false);
        for label in labels.skip(1) {
            sent |= is_one_of(label, SENT);
            rest |= is_one_of(label, SUBJECT_OR_TO);
        }
        sent && rest
    }

    /// Lines that begin with `>`, with the lines above that say who wrote them.
    fn quote(&self, at: usize) -> Option<Part> {
        if !is_quote(&self.lines[at]) {
            return None;
        }
        let mut next = at + 1;
        while let Some(after) =
            Some(self.after_blank(next)).filter(|after| self.lines.get(*after).is_some_and(is_quote))
        {
            next = after + 1;
        }
        let quoted = match self.attribution(at) {
            Some(start) => start..next,
            None if self.is_history(at..next) => at..next,
            None => next..next,
        };
        Some(Part { quoted, next })
    }

    /// The first line of "On … wrote:", which may be wrapped and stand one blank line above the quote.
    fn attribution(&self, quote: usize) -> Option<usize> {
        const LONGEST: usize = 300;
        let line =
            |at: usize| self.lines.get(at).map(|line| line.text.trim()).filter(|text| text.len() <= LONGEST);
        let above = quote.checked_sub(1)?;
        let last = if self.lines[above].is_blank() { above.checked_sub(1)? } else { above };
        let said = line(last)?.strip_suffix([':', '：'])?;
        let Some((_, verb)) = ATTRIBUTIONS.iter().find(|(_, verb)| said.contains(verb)) else {
            let before = last.checked_sub(1)?;
            let text = line(before)?;
            let says = |(start, verb): &(&str, &str)| text.starts_with(start) && text.contains(verb);
            return (said.contains('@') && ATTRIBUTIONS.iter().any(says)).then_some(before);
        };
        let opens =
            |text: &str| ATTRIBUTIONS.iter().any(|(start, known)| known == verb && text.starts_with(start));
        if opens(said) || said.contains('@') && !said.starts_with('<') {
            return Some(last);
        }
        let before = last.checked_sub(1)?;
        opens(line(before)?).then_some(before)
    }

    /// Whether lines that begin with `>`, and that nobody is said to have written, are a quote all the same. Comparisons
    /// (`> 5 kg`) and prompts (`>>> run`) are none, nor is a single line inside a paragraph.
    fn is_history(&self, quote: Range<usize>) -> bool {
        let mut words = self.lines[quote.clone()].iter().filter(|line| !line.is_blank()).map(quoted_words);
        if words.clone().all(|words| words.starts_with(|c: char| c.is_ascii_digit())) {
            return false;
        }
        let mut lines = self.lines[quote.clone()].iter().filter(|line| !line.is_blank());
        if lines.all(|line| line.text.trim_start().starts_with(">>> ")) {
            return false;
        }
        let is_blank_at = |at: Option<usize>| at.and_then(|at| self.lines.get(at)).is_none_or(Line::is_blank);
        let is_single = words.nth(1).is_none();
        let is_above_signature = self.lines.get(quote.end).is_some_and(is_signature);
        !is_single
            || is_blank_at(quote.start.checked_sub(1)) && (is_above_signature || is_blank_at(Some(quote.end)))
    }

    /// The line after this one if this one is blank, else this one.
    fn after_blank(&self, at: usize) -> usize {
        at + usize::from(self.lines.get(at).is_some_and(Line::is_blank))
    }

    /// The bytes of some lines.
    fn bytes(&self, lines: Range<usize>) -> Range<usize> {
        match &self.lines[lines] {
            [] => 0..0,
            [first, .., last] | [first @ last] => first.at..last.range().end,
        }
    }
}

fn is_quote(line: &Line<'_>) -> bool {
    line.text.trim_start().starts_with('>')
}

/// The line that parts a signature from what stands above it; the blank behind the dashes is often lost.
fn is_signature(line: &Line<'_>) -> bool {
    line.text.trim_end() == "--"
}

/// The words of a quoted line.
fn quoted_words<'t>(line: &Line<'t>) -> &'t str {
    line.text.trim_start_matches(|c: char| c == '>' || c.is_whitespace())
}

/// The title in `----- Original Message -----`.
fn dashed_title(text: &str) -> Option<&str> {
    let text = text.trim();
    let title = text.strip_prefix("--")?.trim_matches(|c: char| c == '-' || c.is_whitespace());
    (!title.is_empty()).then_some(title)
}

/// A line drawn across.
fn is_rule(text: &str) -> bool {
    const SHORTEST: usize = 10;
    text.len() >= SHORTEST && text.bytes().all(|byte| byte == b'_')
}

/// The label of `From: …` or `*Von:* …`.
fn label(text: &str) -> Option<&str> {
    let (label, value) = text.split_once(':')?;
    let label = label.trim_matches(|c: char| c == '*' || c.is_whitespace());
    (!value.trim().is_empty()).then_some(label)
}

fn is_one_of(text: &str, known: &[&str]) -> bool {
    known.iter().any(|known| known.eq_ignore_ascii_case(text))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Draws the quoted parts of a text in `« »`.
    fn drawn(text: &str) -> String {
        let mut out = String::new();
        let mut done = 0;
        for range in find(text) {
            out.push_str(&format!("{}«{}»", &text[done..range.start], &text[range.clone()]));
            done = range.end;
        }
        out.push_str(&text[done..]);
        out
    }

    fn assert_drawn(pictures: &[&str]) {
        for picture in pictures {
            assert_eq!(drawn(&picture.replace(['«', '»'], "")), *picture);
            let windows = picture.replace('\n', "\r\n");
            assert_eq!(drawn(&windows.replace(['«', '»'], "")), windows);
        }
    }

    #[test]
    fn lines_with_an_angle_are_quoted() {
        assert_drawn(&[
            "Hi\n\n«> where is it?\n> Jane»\n\nOn its way.",
            "«> one\n>\n> > two\n>> three»\nfour",
            "one\n«  > a\n  > b»\n",
            "Hi\n\n«> where is it?»\n\nOn its way.",
            "Hi\n\n«> a\n\n> b»\n\nc",
            "a\n«> b\n> c»\nd\n«> e\n> f»",
            "Hi\n\n«> where is it?»\n-- \nAcme",
            "Hi\n\n«> where is it?»\n--\nAcme",
        ]);
    }

    #[test]
    fn the_line_that_says_who_wrote_belongs_to_the_quote() {
        assert_drawn(&[
            "Yes.\n\n«On Mon, 3 Nov 2025 at 10:12, Jane Doe <jane@example.com> wrote:\n> 5 kg»",
            "Yes.\n\n«On Mon, 3 Nov 2025 at 10:12, Jane Doe\n<jane@example.com> wrote:\n\n> where?»\n",
            "Ja.\n«Am 03.11.25 um 10:12 schrieb Jana Muster:\n> wo?»",
            "Oui.\n«Le lun. 3 nov. 2025 à 10:12, Jeanne a écrit :\n> où ?»",
            "Sí.\n«El lun, 3 nov 2025 a las 10:12, Juana escribió:\n> ¿dónde?»",
            "Sì.\n«Il giorno lun 3 nov 2025 Gianna\n<g@example.it> ha scritto:\n> dove?»",
            "Yes.\n«Jane Doe <jane@example.com> wrote:\n> where?»\nThanks",
            "Ja.\n«Am Mo., 3. Nov. 2025 um 10:12 Uhr schrieb Jana Muster <\njana@example.de>:\n> wo?»",
        ]);
    }

    #[test]
    fn everything_below_an_older_mail_is_quoted() {
        assert_drawn(&[
            "Hi\n\n«-----Original Message-----\nFrom: Jane\n\nwhere?\n»",
            "Hallo\n«----- Ursprüngliche Nachricht -----\nwo?»",
            "Hi\n«---------- Forwarded message ---------\nx»",
            "Hi\n«Begin forwarded message:\n\n> x\ny»",
            "Hi\n«________________________________\nFrom: Jane\nSent: Monday\nTo: Shop\nSubject: Order\n\nwhere?»",
            "Hallo\n\n«Von: Jana\nGesendet: Montag\nAn: Laden\nBetreff: Bestellung\n\nwo?»",
            "Bonjour\n\n«*De :* Jeanne\n*Envoyé :* lundi\n*À :* Boutique\n*Objet :* Commande\n\noù ?»",
            "Hola\n\n«De: Juana\nEnviado: lunes\nPara: Tienda\nAsunto: Pedido\n\n¿dónde?»",
        ]);
    }

    #[test]
    fn amazon_fences_in_the_words_of_the_other_side() {
        assert_drawn(&[
            "You have a message.\n------------- Begin message -------------\n«\nWhere is it?\n»\n------------- End message -------------\nAnswer soon.",
            "------------- Begin message -------------\n------------- End message -------------\nx",
            "Hi\n--- Begin message ---\n«> a\nOn x Jane wrote:»\n--- End message ---\nyes\n«> b\n> c»",
            "x\n------------- Begin message -------------\n«cut»",
        ]);
    }

    #[test]
    fn what_only_looks_like_history_is_not() {
        assert_drawn(&[
            "> Dear buyer,\n>\n> your order is late.",
            "\n  > a\n\n> b\n",
            "The parcel weighs\n> 5 kg\nand is late.",
            "Sizes:\n\n> 5 kg\n> 10 kg\n\nThanks",
            "-> first\n-> second",
            "Type\n\n>>> run\n>>> stop\n\nplease",
            "a\n> b\nc",
            "a\n> b\n-- \nAcme",
            "On Monday you wrote:\nthe lamp is broken",
            "From: Jane\nDate: Monday\nTo: Shop\nSubject: Order\n\nHello",
            "Hi\n\nFrom: Berlin\nTo: Hamburg\nthe parcel went",
            "Hi\n________________________________\nYour shop",
            "Hi\n-----\nOriginal message",
            "the original message is lost -- begin message",
            "",
            "\n\n",
            "5 > 3\nx",
        ]);
    }

    proptest! {
        #[test]
        fn ranges_are_sorted_disjoint_whole_lines(text in r"(> |>|\n|\r\n|\r|a|é|wrote:|On |-- Begin message|-- End message|From: x\nSent: x\nTo: x\n|--Original Message){0,30}") {
            let mut end = 0;
            for range in find(&text) {
                prop_assert!(end <= range.start && range.start < range.end && range.end <= text.len());
                prop_assert!(range.start == 0 || text[..range.start].ends_with(['\n', '\r']));
                prop_assert!(range.end == text.len() || text[range.end..].starts_with(['\n', '\r']));
                end = range.end;
            }
        }
    }
}
