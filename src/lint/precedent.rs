//! What was decided of a message is decided of the next one that says the same: exports hold an answer as often as it was
//! sent.
//!
//! A message is known by a hash of everything that its judgement goes by, which is more than anybody can make two messages
//! agree in. One thing is left out, for it hardly ever matters and is another in every second record: the marketplace
//! tells which numbers are phones, so these are looked for again. What is told of a message that goes by something else
//! (a file that lies beside it, what somebody accepts) is decided anew.

use std::borrow::Cow;
use std::collections::HashMap;
use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher as _, Hash};
use std::mem;
use std::ops::Range;
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde::{Deserialize, Serialize};
use siphasher::sip128::{Hash128, Hasher128 as _, SipHasher13};

use crate::detect::phone::Phone;
use crate::document::records::Records;
use crate::document::{Document, Given, Moment};
use crate::rule::compiled::RuleSet;

use super::Settings;
use super::found::{Candidate, Target};
use super::message::Message;

/// The most bytes of decisions in one of the two halves of what is remembered: some twenty thousand messages. What they are
/// known by takes up half as much again.
const MOST_BYTES: usize = 2 << 20;
/// A longer one is not remembered.
const LONGEST: usize = MOST_BYTES / 16;

/// What was decided lately, for all threads.
#[derive(Debug, Default)]
pub(super) struct Precedents {
    keys: Keys,
    decided: Mutex<Decided>,
}

/// A message, by all that its judgement goes by but for its marketplace.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Case(u64, u64);

/// What was decided of a message.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Decision<'d> {
    marketplace: Cow<'d, str>,
    /// The phone numbers of each text.
    phones: Cow<'d, [Vec<Phone>]>,
    /// What was found, without its sites.
    candidates: Cow<'d, [Candidate]>,
}

/// Keys of the hash, which nobody knows.
#[derive(Debug)]
struct Keys([u64; 2]);

#[derive(Debug, Default)]
struct Decided {
    /// What it was decided by.
    settings: Option<Settings>,
    recent: Half,
    older: Half,
}

/// Decisions behind each other: so many small things would leave holes in memory.
#[derive(Debug, Default)]
struct Half {
    places: HashMap<Case, Range<u32>, foldhash::fast::RandomState>,
    decisions: Vec<u8>,
}

impl Default for Keys {
    fn default() -> Self {
        let random = RandomState::new();
        Self([0_u64, 1].map(|number| random.hash_one(number)))
    }
}

impl Precedents {
    /// The case that a record is; none if more is asked about it than a hash can say.
    pub(super) fn case(
        &self,
        records: &Records,
        document: &Document<'_>,
        settings: &Settings,
    ) -> Option<Case> {
        let metadata = &document.metadata;
        let is_plain = metadata.faults.is_empty()
            && document.allows.is_empty()
            && document.mailboxes.is_empty()
            && !metadata.names_attachments
            && settings.allows.is_empty();
        if !is_plain {
            return None;
        }
        let Keys([first, second]) = self.keys;
        let mut hasher = SipHasher13::new_with_keys(first, second);
        (records.cells(), document.input).hash(&mut hasher);
        for page in document.pages.iter().skip(1) {
            page.text.text().hash(&mut hasher);
        }
        // Findings are told in the order in which they stand in the record.
        let mut in_record: Vec<usize> = (0..document.pages.len()).collect();
        in_record.sort_by_key(|page| document.pages[*page].text.span(0..0).start());
        in_record.hash(&mut hasher);
        document.blocks.len().hash(&mut hasher);
        document.blocks.iter().for_each(|block| (block.field, block.page).hash(&mut hasher));
        let moments = [&metadata.order_completed, &metadata.send_date, &metadata.received];
        moments.map(|moment: &Option<Given<Moment>>| of(moment).map(Moment::to_string)).hash(&mut hasher);
        (of(&metadata.kind), of(&metadata.channel), of(&metadata.language)).hash(&mut hasher);
        (of(&metadata.is_final), of(&metadata.buyer_opted_out)).hash(&mut hasher);
        metadata.order_id.is_some().hash(&mut hasher);
        let Hash128 { h1, h2 } = hasher.finish128();
        Some(Case(h1, h2))
    }

    /// What was decided of a case with these settings.
    pub(super) fn decision(&self, case: Case, settings: &Settings) -> Option<Decision<'static>> {
        let known = self.decided(settings).known(case)?;
        postcard::from_bytes(&known).ok()
    }

    /// Keeps in mind what was decided of a case, unless it is about what the hash does not know.
    pub(super) fn keep(
        &self,
        case: Case,
        message: &Message<'_>,
        candidates: &[Candidate],
        rules: &RuleSet,
        settings: &Settings,
    ) {
        let is_elsewhere = |target: &Target| matches!(target, Target::Written { page: 0, .. });
        let is_about_more = |candidate: &Candidate| {
            let marks = candidate.found.marks.iter().map(|mark| &mark.target);
            marks.chain([&candidate.found.target]).any(is_elsewhere)
        };
        if candidates.iter().any(is_about_more) {
            return;
        }
        let decision = Decision {
            marketplace: Cow::Borrowed(&message.marketplace),
            phones: Cow::Owned(message.all_phones(rules)),
            candidates: Cow::Borrowed(candidates),
        };
        if let Ok(decision) = postcard::to_stdvec(&decision) {
            self.decided(settings).keep(case, &decision);
        }
    }

    /// What was decided by some settings.
    fn decided(&self, settings: &Settings) -> MutexGuard<'_, Decided> {
        let mut decided = self.decided.lock().unwrap_or_else(PoisonError::into_inner);
        if decided.settings.as_ref() != Some(settings) {
            *decided = Decided { settings: Some(settings.clone()), ..Decided::default() };
        }
        decided
    }
}

impl Decision<'_> {
    /// What was found, as it is found in another message of the same case: nothing where that has other phone numbers.
    pub(super) fn on(self, message: &Message<'_>, rules: &RuleSet) -> Option<Vec<Candidate>> {
        if self.marketplace != message.marketplace && *self.phones != message.all_phones(rules) {
            return None;
        }
        let mut candidates = self.candidates.into_owned();
        candidates.iter_mut().for_each(|candidate| candidate.site = message.site(&candidate.found.target));
        Some(candidates)
    }
}

/// What the metadata give, wherever they do.
fn of<T>(given: &Option<Given<T>>) -> Option<&T> {
    given.as_ref().map(|given| &given.value)
}

/// What other rules decided is no precedent: a copy of a linter gets its own.
impl Clone for Precedents {
    fn clone(&self) -> Self {
        Self::default()
    }
}

impl Decided {
    fn known(&mut self, case: Case) -> Option<Vec<u8>> {
        if let Some(known) = self.recent.known(case) {
            return Some(known.to_vec());
        }
        let known = self.older.known(case)?.to_vec();
        self.keep(case, &known);
        Some(known)
    }

    fn keep(&mut self, case: Case, decision: &[u8]) {
        if decision.len() > LONGEST {
            return;
        }
        if self.recent.decisions.len() + decision.len() > MOST_BYTES {
            mem::swap(&mut self.recent, &mut self.older);
            self.recent.places.clear();
            self.recent.decisions.clear();
        }
        self.recent.keep(case, decision);
    }
}

impl Half {
    fn known(&self, case: Case) -> Option<&[u8]> {
        let Range { start, end } = self.places.get(&case)?;
        self.decisions.get(*start as usize..*end as usize)
    }

    fn keep(&mut self, case: Case, decision: &[u8]) {
        let start = self.decisions.len() as u32;
        self.decisions.extend_from_slice(decision);
        self.places.insert(case, start..self.decisions.len() as u32);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::records;
    use crate::document::{Format, ReadAs, RecordFormat, TextFormat};
    use crate::finding::Profile;
    use crate::lint::{Allowance, Linter, MessageReport, RecordBlock};
    use crate::rule::builtin;

    /// A line of JSON Lines, and how its text is written, if that is said.
    #[derive(Debug, Clone)]
    struct Line {
        bytes: Vec<u8>,
        cells: Option<TextFormat>,
    }

    fn line(text: &str) -> Line {
        Line { bytes: text.as_bytes().to_vec(), cells: None }
    }

    /// What is told of each line.
    fn told(lines: &[Line], settings: &Settings, linter: &Linter) -> Vec<MessageReport> {
        let told = lines.iter().flat_map(|Line { bytes, cells }| {
            let format = Format::Records(RecordFormat::Jsonl);
            let reading = ReadAs { format, cells: *cells, ..ReadAs::default() };
            let opened = records::open(RecordFormat::Jsonl, bytes, true, &reading).unwrap().unwrap();
            let block = RecordBlock { bytes, offset: 0, first_line: 1, first_record: 1 };
            linter.lint_records("export.jsonl", block, &opened.records, settings).messages
        });
        told.collect()
    }

    fn remembered(linter: &Linter) -> usize {
        let decided = linter.precedents.decided.lock().unwrap();
        decided.recent.places.len() + decided.older.places.len()
    }

    /// Of these `?` stands for a byte that is no character.
    const TEXTS: [&str; 12] = [
        "Your parcel left our warehouse today.",
        "If you are happy, leave us five stars! Call 030 901820, or 555-123-4477. 112-1234567-1234567",
        "Sie erreichen uns unter 030 901820. Wir freuen uns, wenn Sie das Paket bald bekommen.",
        "<p>Hello {{buyer_name}},</p><p>use code SAVE20 at <a href=\\\"http://a.example\\\">our shop</a> 🎉</p>",
        "**Dear** customer,\\n- leave a review\\n- leave a review\\n\\nsee https://www.instagram.com/shop",
        "Dear customer,\\n- leave a review\\n- leave a review\\n\\nsee https://www.instagram.com/shop",
        "<!-- sellerlint: allow review-incentive it is a test --> Leave a review for a gift card.",
        "I am gro\\u00df and write to me@example.com on 2024-05-03, {{buyer_name}}. It is <b>late</b>.",
        "Your invoice is attached.",
        "A caf\\ufffd.",
        "A caf?.",
        "",
    ];

    /// What else records say.
    const MORE: [&str; 20] = [
        "",
        ",\"marketplace\":\"DE\"",
        ",\"marketplace\":\"UK\",\"kind\":\"reply\"",
        ",\"subject\":\"[Important] your order\"",
        ",\"subject\":\"Re: your order 🎉\"",
        ",\"order_id\":\"112-1234567-1234567\"",
        ",\"order_completed\":\"2024-01-01\",\"send_date\":\"2024-05-01\"",
        ",\"received\":\"2024-01-01\",\"send_date\":\"2024-05-01\",\"kind\":\"reply\"",
        ",\"attachments\":[]",
        ",\"attachments\":[\"invoice.pdf\"]",
        ",\"attachments\":[\"invoice.exe\"]",
        ",\"language\":\"de\"",
        ",\"language\":\"en\"",
        ",\"final\":true",
        ",\"buyer_opted_out\":true",
        ",\"to\":\"a@example.com\"",
        ",\"kind\":5",
        ",\"channel\":\"sp-api:createUnexpectedProblem\"",
        ",\"channel\":\"buyer-seller-messages\"",
        ",\"allow\":\"review-incentive it is a test\"",
    ];

    /// Records that say the same in many ways, in no order.
    fn lines() -> Vec<Line> {
        let cells = [None, Some(TextFormat::Plain), Some(TextFormat::Html)];
        let count = TEXTS.len() * MORE.len();
        let lines = (0..4 * count).map(|number| {
            let at = number * 7 % count;
            let (text, more) = (TEXTS[at % TEXTS.len()], MORE[at / TEXTS.len()]);
            let key = if number % 5 == 0 { "body" } else { "text" };
            let line = match number % 2 {
                0 => format!("{{\"{key}\":\"{text}\",\"id\":{number}{more}}}\n"),
                _ => format!("{{\"id\":{number}{more},\"{key}\":\"{text}\"}}\n"),
            };
            let bytes = line.into_bytes().into_iter().map(|byte| if byte == b'?' { 0xFF } else { byte });
            Line { bytes: bytes.collect(), cells: cells[number / 3 % cells.len()] }
        });
        lines.collect()
    }

    #[test]
    fn what_is_told_of_a_record_does_not_depend_on_those_before_it() {
        for settings in [
            Settings { profile: Profile::Strict, ..Settings::default() },
            Settings { only: vec!["review-incentive".to_owned()], ..Settings::default() },
            Settings { marketplace: "DE".to_owned(), keeps_texts: true, ..Settings::default() },
        ] {
            let lines = lines();
            let one = Linter::new(builtin::rules());
            let together = told(&lines, &settings, &one);
            let alone = Linter::new(builtin::rules());
            for (line, told_of_it) in lines.iter().zip(&together) {
                *alone.precedents.decided.lock().unwrap() = Decided::default();
                let told = told(std::slice::from_ref(line), &settings, &alone);
                assert_eq!(told, std::slice::from_ref(told_of_it), "{}", line.bytes.escape_ascii());
            }
            let remembered = remembered(&one);
            assert!((50..lines.len() * 3 / 4).contains(&remembered), "{remembered} of {}", lines.len());
        }
    }

    #[test]
    fn other_settings_decide_anew() {
        let linter = Linter::new(builtin::rules());
        let lines = [line(&format!("{{\"text\":\"{}\"}}", TEXTS[1]))];
        let strict = told(&lines, &Settings::default(), &linter);
        let only = Settings { only: vec!["no-emoji".to_owned()], ..Settings::default() };
        assert_ne!(told(&lines, &only, &linter), strict);
        assert_eq!(remembered(&linter), 1);
        let allows = vec![Allowance { number: 0, rule: "x".to_owned(), text: None, reason: "y".to_owned() }];
        told(&lines, &Settings { allows, ..Settings::default() }, &linter);
        assert_eq!(remembered(&linter), 1);
        assert_eq!(told(&lines, &Settings::default(), &linter), strict);
    }

    #[test]
    fn a_number_that_is_a_phone_in_one_country_alone_is_looked_for_in_each() {
        let linter = Linter::new(builtin::rules());
        let lines = ["US", "DE", "US"].map(|country| {
            line(&format!(
                "{{\"marketplace\":\"{country}\",\"text\":\"Your depot has 030 901820 parcels now.\"}}"
            ))
        });
        let told = told(&lines, &Settings::default(), &linter);
        let phones = told
            .iter()
            .map(|message| message.findings.iter().filter(|finding| finding.text.contains("901820")).count());
        assert_eq!(phones.collect::<Vec<_>>(), [0, 1, 0]);
    }

    #[test]
    fn what_was_decided_long_ago_is_forgotten() {
        let mut decided = Decided::default();
        let decision = |number: usize| vec![number as u8; 1000];
        for number in 0..10_000 {
            decided.keep(Case(number as u64, 1), &decision(number));
            assert_eq!(decided.known(Case(0, 1)), Some(decision(0)));
        }
        assert!(decided.recent.decisions.len() + decided.older.decisions.len() <= 2 * MOST_BYTES);
        assert!(decided.recent.places.len() + decided.older.places.len() <= 2 * MOST_BYTES / 1000);
        assert_eq!(decided.known(Case(1, 1)), None);
        assert_eq!(decided.known(Case(9999, 1)), Some(decision(9999)));
        decided.keep(Case(0, 2), &vec![0; LONGEST + 1]);
        assert_eq!(decided.known(Case(0, 2)), None);
    }
}
