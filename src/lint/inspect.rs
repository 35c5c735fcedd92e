//! A draft as the linter sees it, for people who wonder why something was found or was not.

use std::collections::HashSet;
use std::ops::Range;

use serde::Serialize;

use crate::detect::phrase::machine::Attempt;
use crate::detect::reading::{Reader, Reading};
use crate::document::{
    self, Allow, Attachment, Block, Document, FileKind, Format, Header, PageName, Reach, Scope, records, tree,
};
use crate::finding::{Channel, FieldName, Finding, Kind};
use crate::rule::compile::Legends;
use crate::rule::compiled::{Language, Rule, RuleSet, kind_bit};
use crate::text::{Source, Span};
use crate::view::UnitKind;
use crate::view::sentence::Ending;

use super::desk::Desk;
use super::judge::severity_of;
use super::message::{Message, Text};
use super::tell::{Base, quoted};
use super::{Linter, RecordName, Settings, contacts, language};

/// A draft as the linter sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Inspection {
    /// Judged as which kind.
    pub kind: Kind,
    /// The channel that it is sent by, if that was said.
    pub channel: Option<Channel>,
    /// The language that its body is in, in English, if it can be told.
    pub language: Option<&'static str>,
    /// Whether its language is one that the packs have words for; `None` if it is too short to tell.
    pub has_language: Option<bool>,
    /// Its texts.
    pub texts: Vec<InspectedText>,
    /// Headers of an e-mail.
    pub headers: Vec<InspectedHeader>,
    /// Files that go with it.
    pub attachments: Vec<InspectedAttachment>,
    /// What it asks to be accepted.
    pub allows: Vec<InspectedAllow>,
}

/// A header of an e-mail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct InspectedHeader {
    /// Its name in lower case.
    pub name: String,
    /// Its value, decoded.
    pub value: String,
    /// Its bytes in the file.
    pub bytes: [usize; 2],
}

/// A file that goes with a message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct InspectedAttachment {
    /// What it is called.
    pub name: Option<String>,
    /// The media type that was declared.
    pub media_type: Option<String>,
    /// What its first bytes show it to be.
    pub looks_like: Option<FileKind>,
    /// Its size in bytes.
    pub size: Option<u64>,
    /// Whether it is shown inside the message.
    pub is_inline: bool,
    /// The bytes of the file that name it.
    pub bytes: [usize; 2],
}

/// A comment or a key of the draft that accepts what rules find.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct InspectedAllow {
    /// The rules that it names.
    pub rules: Vec<String>,
    /// Why.
    pub reason: String,
    /// The bytes of the file in which it accepts something; `None` for the whole message.
    pub reach: Option<[usize; 2]>,
    /// Its bytes in the file.
    pub bytes: [usize; 2],
}

/// A text of a draft.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct InspectedText {
    /// The field that it belongs to.
    pub field: FieldName,
    /// How it meets the eye.
    pub scope: Scope,
    /// What it is the text of, where that is not the file itself.
    pub page: Option<String>,
    /// Whether it says again what another text says.
    pub is_repeat: bool,
    /// Its bytes in the file.
    pub bytes: [usize; 2],
    /// Its parts in order, each with the bytes of the file that it came from.
    pub pieces: Vec<InspectedPiece>,
    /// Its sentences.
    pub sentences: Vec<InspectedSentence>,
    /// Links, addresses, numbers, names and placeholders, in order.
    pub things: Vec<InspectedThing>,
}

/// A part of a text and where it came from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct InspectedPiece {
    /// Its bytes in the file.
    pub bytes: [usize; 2],
    /// The text.
    pub text: String,
    /// Whether it stands in the file just so; otherwise it is written differently there.
    pub is_verbatim: bool,
}

/// A sentence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct InspectedSentence {
    /// Line in the file, from 1.
    pub line: usize,
    /// Column in Unicode scalar values, from 1.
    pub column: usize,
    /// Number of its paragraph, from 1.
    pub paragraph: usize,
    /// The text.
    pub text: String,
    /// How it ends.
    pub ending: Ending,
    /// Its words, as they are compared.
    pub words: Vec<String>,
    /// What it is for.
    pub roles: Vec<String>,
    /// Whether it says more than its roles explain.
    pub says_more: bool,
}

/// Something that is no sentence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct InspectedThing {
    /// What it is: `link`, `email`, `phone`, `handle`, `placeholder`, `quoted`.
    pub what: &'static str,
    /// Line in the file, from 1.
    pub line: usize,
    /// Column in Unicode scalar values, from 1.
    pub column: usize,
    /// How it is written.
    pub text: String,
    /// What is known of it: a host, a network, a meaning.
    pub known: String,
}

/// What was tried on a line.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Why {
    /// The patterns that were tried on its first sentences.
    pub tried: Vec<Tried>,
    /// How many sentences it has that were not looked at.
    pub left: usize,
}

/// Sentences of a line that are looked at: each gives cause to try hundreds of patterns.
const MOST_SENTENCES: usize = 20;

/// What became of a pattern that a line gave cause to try.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Tried {
    /// Whose pattern it is: a role, or a rule and which of its keys.
    pub owner: String,
    /// The pattern.
    pub pattern: String,
    /// What stopped it, or the words that it found and what became of them.
    pub outcome: String,
}

impl Linter {
    /// Shows a message as the linter sees it; of a file of many the one with this number, from 1. `None` if there are
    /// fewer.
    pub fn inspect(
        &self,
        bytes: &[u8],
        reading: &document::ReadAs,
        number: usize,
        settings: &Settings,
    ) -> Option<Inspection> {
        self.with_message(bytes, reading, number, |source, document, base| {
            let mut reader = Reader::default();
            let message = Message::new(source, document, &self.rules, settings, &mut reader);
            let texts = (0..message.texts.len()).map(|block| text(&message, block, &self.rules)).collect();
            let headers = document.headers.iter().map(|header| inspected_header(document, header)).collect();
            let attachments =
                document.attachments.iter().map(|file| inspected_attachment(document, file)).collect();
            Inspection {
                kind: message.kind,
                channel: message.channel.clone(),
                language: language::name(&message),
                has_language: message.has_language,
                texts,
                headers,
                attachments,
                allows: document.allows.iter().map(|allow| inspected_allow(document, allow)).collect(),
            }
            .behind(&base)
        })
    }

    /// Which patterns were tried on a line (from 1) of the file in the message with this number, and what stopped them.
    /// `legends` are those that were made with the linter's rules.
    pub fn why(
        &self,
        bytes: &[u8],
        reading: &document::ReadAs,
        number: usize,
        line: usize,
        legends: &Legends,
        settings: &Settings,
    ) -> Option<Why> {
        self.with_message(bytes, reading, number, |source, document, base| {
            let mut desk = Desk::default();
            let line = line.saturating_sub(base.line);
            let report = self.lint_document(source, document, None, base, settings, &mut desk);
            let message = Message::new(source, document, &self.rules, settings, &mut desk.reader);
            let accepted = report.suppressed.iter().map(|suppressed| &suppressed.finding);
            let findings: Vec<&Finding> = report.findings.iter().chain(accepted).collect();
            let asker = Asker { message: &message, rules: &self.rules, legends, settings, findings };
            let mut why = Why::default();
            message.texts.iter().for_each(|text| asker.try_on(text, line, &mut why));
            // What is said twice on a line is told once.
            let mut known = HashSet::new();
            why.tried.retain(|tried| known.insert(tried.clone()));
            why
        })
    }

    /// Reads the message with this number, from 1, and does something with it.
    fn with_message<R>(
        &self,
        bytes: &[u8],
        reading: &document::ReadAs,
        number: usize,
        then: impl FnOnce(&Source<'_>, &Document<'_>, Base) -> R,
    ) -> Option<R> {
        let number = number.checked_sub(1)?;
        let whole = |record| Base { offset: 0, line: 0, record };
        match reading.format {
            Format::Message(format) => {
                let source = document::format::source(bytes, format, reading.charset);
                (number == 0).then(|| then(&source, &document::read(&source, format), whole(None)))
            }
            Format::Records(format) => {
                let opened = records::open(format, bytes, true, reading).ok()??;
                let block = &bytes[opened.start..];
                let cut = opened.records.cut(block).nth(number)?;
                let source = opened.records.source(&block[cut.bytes.clone()]);
                let document = opened.records.read(&source, cut.is_unclosed);
                let record = RecordName { number: number + 1, id: document.metadata.id.clone() };
                let (offset, line) = (opened.start + cut.bytes.start, opened.lines + cut.lines);
                Some(then(&source, &document, Base { offset, line, record: Some(record) }))
            }
            Format::Tree(format) => {
                let source = Source::new(bytes, reading.charset);
                let document = tree::read(&source, format, reading).nth(number)?;
                let record = RecordName { number: number + 1, id: document.metadata.id.clone() };
                Some(then(&source, &document, whole(Some(record))))
            }
        }
    }
}

impl Inspection {
    /// The same with its places counted from the beginning of the file.
    fn behind(mut self, base: &Base) -> Self {
        let shift = |bytes: &mut [usize; 2]| bytes.iter_mut().for_each(|at| *at += base.offset);
        for text in &mut self.texts {
            shift(&mut text.bytes);
            text.pieces.iter_mut().for_each(|piece| shift(&mut piece.bytes));
            text.sentences.iter_mut().for_each(|sentence| sentence.line += base.line);
            text.things.iter_mut().for_each(|thing| thing.line += base.line);
        }
        self.headers.iter_mut().for_each(|header| shift(&mut header.bytes));
        self.attachments.iter_mut().for_each(|file| shift(&mut file.bytes));
        for allow in &mut self.allows {
            shift(&mut allow.bytes);
            allow.reach.iter_mut().for_each(shift);
        }
        self
    }
}

/// Bytes of the file that a part of page 0 stands at.
fn on_file(document: &Document<'_>, range: Range<usize>) -> [usize; 2] {
    pair(document.pages[0].text.span(range))
}

fn inspected_allow(document: &Document<'_>, allow: &Allow) -> InspectedAllow {
    let on_file = |range: &Range<usize>| pair(document.pages[allow.page].text.span(range.clone()));
    InspectedAllow {
        rules: allow.rules.iter().map(|rule| rule.name.clone()).collect(),
        reason: allow.reason.clone(),
        reach: match &allow.reach {
            Reach::Message => None,
            Reach::Block(block) => Some(on_file(block)),
            Reach::Unknown { .. } => Some(on_file(&(allow.at.end..allow.at.end))),
        },
        bytes: on_file(&allow.at),
    }
}

fn pair(span: Span) -> [usize; 2] {
    [span.start(), span.end()]
}

fn inspected_header(document: &Document<'_>, header: &Header) -> InspectedHeader {
    InspectedHeader {
        name: header.name.clone(),
        value: header.value.clone(),
        bytes: on_file(document, header.at.clone()),
    }
}

fn inspected_attachment(document: &Document<'_>, file: &Attachment) -> InspectedAttachment {
    InspectedAttachment {
        name: file.name.clone(),
        media_type: file.media_type.clone(),
        looks_like: file.looks_like,
        size: file.size,
        is_inline: file.is_inline,
        bytes: on_file(document, file.at.clone()),
    }
}

/// The parts of a block's text with the bytes of the file that they came from.
fn pieces(document: &Document<'_>, block: &Block<'_>) -> Vec<InspectedPiece> {
    let text = block.text.clone().through(&document.pages[block.page].text);
    let pieces = text.pieces().map(|(range, span, is_verbatim)| InspectedPiece {
        bytes: pair(span),
        text: text.text()[range].to_owned(),
        is_verbatim,
    });
    pieces.collect()
}

fn text(message: &Message<'_>, block: usize, rules: &RuleSet) -> InspectedText {
    let text = &message.texts[block];
    let page = &message.document.pages[text.block.page];
    let whole = message.document.file_span(text.block, 0..text.block.text.text().len());
    let at = |offset: usize| position(message, text, offset);
    let read = if text.block.scope.is_prose() { text.view.sentences.as_slice() } else { &[] };
    let sentences = read.iter().enumerate().map(|(number, sentence)| {
        let read = text.reading.sentences.get(number).copied().unwrap_or_default();
        let (line, column) = at(sentence.range.start);
        let named = rules.roles.iter().enumerate().filter(|(index, _)| read.roles & 1 << index != 0);
        InspectedSentence {
            line,
            column,
            paragraph: sentence.paragraph + 1,
            text: text.block.text.text()[sentence.range.clone()].to_owned(),
            ending: sentence.ending,
            words: text.view.units[sentence.units.clone()]
                .iter()
                .map(|unit| match unit.kind {
                    UnitKind::Placeholder(meaning) => format!("{{@{}}}", meaning.name()),
                    _ => text.view.word(unit).to_owned(),
                })
                .collect(),
            roles: named.map(|(_, role)| role.name.clone()).collect(),
            says_more: read.says_more,
        }
    });
    let mut things = contacts::known(message, block, rules);
    let placeholders = text.block.placeholders.iter();
    things
        .extend(placeholders.map(|hole| ("placeholder", hole.range.clone(), hole.meaning.name().to_owned())));
    things.extend(text.block.quoted.iter().map(|range| ("quoted", range.clone(), String::new())));
    things.sort_by_key(|(_, range, _)| range.start);
    let things = things.into_iter().map(|(what, range, known)| {
        let (line, column) = at(range.start);
        InspectedThing { what, line, column, text: text.block.text.text()[range].to_owned(), known }
    });
    InspectedText {
        field: text.block.field,
        scope: text.block.scope,
        page: (page.name != PageName::File).then(|| page.name.to_string()),
        is_repeat: text.block.is_repeat,
        bytes: pair(whole),
        pieces: pieces(message.document, text.block),
        sentences: sentences.collect(),
        things: things.collect(),
    }
}

/// Line and column in the file of a byte of a block's text.
fn position(message: &Message<'_>, text: &Text<'_>, offset: usize) -> (usize, usize) {
    let byte = message.document.file_span(text.block, offset..offset).start();
    let position = message.source.position(message.source.offset_of(byte));
    (position.line, position.column)
}

struct Asker<'a> {
    message: &'a Message<'a>,
    rules: &'a RuleSet,
    legends: &'a Legends,
    settings: &'a Settings,
    findings: Vec<&'a Finding>,
}

impl Asker<'_> {
    fn try_on(&self, text: &Text<'_>, line: usize, why: &mut Why) {
        let is_on_line = |range: &Range<usize>| {
            let first = position(self.message, text, range.start).0;
            let last = position(self.message, text, range.end).0;
            (first..=last).contains(&line)
        };
        let sentences = text.view.sentences.iter().enumerate();
        let mut numbers: Vec<usize> =
            sentences.filter(|(_, sentence)| is_on_line(&sentence.range)).map(|(number, _)| number).collect();
        why.left += numbers.len().saturating_sub(MOST_SENTENCES);
        numbers.truncate(MOST_SENTENCES);
        for language in &self.rules.languages {
            why.tried.extend(numbers.iter().flat_map(|number| self.tried_in(text, *number, language)));
        }
    }

    fn tried_in(&self, text: &Text<'_>, sentence: usize, language: &Language) -> Vec<Tried> {
        let attempts = Reading::attempts(&text.view, sentence, language::tongue(self.rules, 0, language));
        let legend = self.legends.languages.get(&language.code);
        let mut tried: Vec<Tried> = attempts
            .into_iter()
            .filter_map(|(pattern, number, attempt)| {
                let legend = legend?;
                let sources = legend.patterns.get(pattern as usize)?;
                let (_, index) = *sources.iter().find(|(output, _)| *output == number as usize)?;
                let output = self.legends.outputs.get(number as usize)?;
                let pattern = output.patterns.get(&language.code)?.get(index)?;
                let outcome = |owner: &str| match attempt {
                    Attempt::Lacks(symbol) => {
                        format!("no {} in the sentence", legend.symbols[usize::from(symbol)])
                    }
                    Attempt::NotInOrder => {
                        "all words are there, but not in this order or too far apart".to_owned()
                    }
                    Attempt::Found(hit) => {
                        let offset = text.view.sentences[sentence].units.start;
                        let units = offset + hit.start as usize..offset + hit.end as usize;
                        let words = &text.block.text.text()[text.range_of_units(units)];
                        format!("found `{}`{}", quoted(words), self.became(owner))
                    }
                };
                let tried = |owner: &String| Tried {
                    owner: owner.clone(),
                    pattern: pattern.clone(),
                    outcome: outcome(owner),
                };
                Some(output.owners.iter().map(tried).collect::<Vec<_>>())
            })
            .flatten()
            .collect();
        tried.sort_by(|a, b| (&a.owner, &a.pattern).cmp(&(&b.owner, &b.pattern)));
        tried
    }

    /// What became of a phrase of a rule that was found.
    fn became(&self, owner: &str) -> String {
        let id = owner.split(' ').next().unwrap_or(owner);
        let Some(rule) = self.rules.rules.iter().find(|rule| rule.id == id) else { return String::new() };
        if self.findings.iter().any(|finding| finding.rule.as_str() == id) {
            return ": reported".to_owned();
        }
        let winner = self.findings.iter().find(|finding| finding.also.iter().any(|also| also.as_str() == id));
        match winner {
            Some(winner) => format!(": gave way to {}", winner.rule),
            None => format!(": not reported, since {}", self.silence(rule)),
        }
    }

    fn silence(&self, rule: &Rule) -> &'static str {
        let kind = kind_bit(self.message.kind);
        if rule.kinds & kind == 0 || rule.detect.iter().all(|detect| detect.kinds & kind == 0) {
            return "the rule does not look at this kind of message";
        }
        if rule.detect.iter().all(|detect| severity_of(rule, detect, self.settings).is_none()) {
            return "the rule is off in this profile";
        }
        "its other conditions do not hold (`with`, `unless`, roles, the other phrase of a pair)"
    }
}
