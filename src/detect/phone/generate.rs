//! Compiles the numbering plans of all regions into one flat table, and the words of `rules/detectors/phone.toml` into lists.
//!
//! `build.rs` runs this; nothing of it is in the binary. The facts are those of libphonenumber, read through the port
//! that also is the oracle of the tests. Three forms come out:
//!
//! * one automaton over the digits 0 to 9, with a start for each country code and one for each region's general
//!   pattern. All regular expressions of a country code run in it side by side, so a state at the end of a number
//!   knows at once whether the number is valid, whether its national prefix must be written, and how it is grouped;
//! * small programs for the prefixes, which need captures because some are rewritten;
//! * a record for each region and each country code.
//!
//! Equal states are stored once over all countries: nearly every plan ends in "any seven digits".

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::path::Path;

use regex_automata::dfa::{Automaton as _, dense};
use regex_automata::util::primitives::StateID;
use regex_automata::util::start;
use regex_automata::{Anchored, MatchKind, util::syntax};
use regex_syntax::hir::{Class, Hir, HirKind, Look};
use rlibphonenumber::interfaces::AsOriginal as _;
use rlibphonenumber::{NumberFormat, PHONE_NUMBER_UTIL, PhoneMetadata, Region};
use serde::Deserialize;

/// Longer numbers are no phone numbers in any plan.
const LONGEST: u8 = 20;

/// Numbers in a row: flags, grouping, and the next state for each digit.
const ROW: usize = 12;

const IS_VALID: u16 = 1;
const NEEDS_PREFIX: u16 = 2;
const IS_GENERAL: u16 = 4;

/// The words, as they stand in the folder of the rules.
const WORDS: &str = "rules/detectors/phone.toml";

/// Writes `phone-plan.bin` and `phone-words.rs`.
pub(crate) fn write(out: &Path) {
    println!("cargo::rerun-if-changed={WORDS}");
    println!("cargo::rerun-if-changed=src/detect/phone/generate.rs");
    let words = fs::read_to_string(WORDS).expect("rules/detectors/phone.toml can be read");
    let bytes: Vec<u8> = plan().into_iter().flat_map(u16::to_le_bytes).collect();
    fs::write(out.join("phone-plan.bin"), bytes).expect("OUT_DIR can be written");
    fs::write(out.join("phone-words.rs"), word_lists(&words)).expect("OUT_DIR can be written");
}

/// The whole table: header, regions, codes, programs, transforms, rows.
fn plan() -> Vec<u16> {
    let util = &*PHONE_NUMBER_UTIL;
    let mut net = Net::default();
    let mut programs = Programs::default();
    let mut regions: Vec<Plan> = util.get_supported_regions().map(|region| Plan::of(region, 0)).collect();
    regions.sort_by(|a, b| a.id.cmp(&b.id));
    let mut codes: Vec<i32> = util.get_supported_calling_codes().collect();
    codes.sort_unstable();
    let mut code_records = Vec::new();
    for code in codes {
        let members: Vec<Region> =
            util.get_regions_for_country_calling_code(code).expect("a known code").collect();
        let plans: Vec<Plan> = members.iter().map(|region| Plan::of(*region, code)).collect();
        let start = net.add_code(&plans);
        let main = regions
            .iter()
            .position(|plan| plan.id == plans[0].id && plan.code == plans[0].code)
            .unwrap_or_else(|| {
                regions.push(Plan::of(members[0], code));
                regions.len() - 1
            });
        code_records.extend([code as u16, start, main as u16]);
    }
    let mut region_records = Vec::new();
    for plan in &regions {
        region_records.extend(plan.record(&mut net, &mut programs));
    }
    let programs_at = 8 + region_records.len() + code_records.len();
    let transforms_at = programs_at + programs.steps.len();
    let rows_at = transforms_at + programs.transforms.len();
    let mut table = vec![regions.len() as u16, (code_records.len() / 3) as u16];
    for place in [programs_at, transforms_at, rows_at] {
        table.extend([place as u16, (place >> 16) as u16]);
    }
    for part in [region_records, code_records, programs.steps, programs.transforms] {
        table.extend(part);
    }
    table.extend(net.rows.into_iter().flatten());
    table
}

/// The plan of a region, as far as it is needed.
struct Plan {
    id: String,
    code: u16,
    general: Kind,
    kinds: Vec<Kind>,
    leading: Option<String>,
    idd: Option<String>,
    prefix: Option<String>,
    transform: String,
    lengths: u32,
    local_lengths: u32,
    formats: Vec<Format>,
}

/// Numbers of one kind: mobile, toll-free …
struct Kind {
    pattern: Option<String>,
    lengths: Vec<i32>,
}

/// A way to write numbers.
struct Format {
    leading: Option<String>,
    pattern: String,
    /// Whether the national prefix is always written before it.
    needs_prefix: bool,
}

impl Plan {
    fn of(region: Region, code: i32) -> Self {
        let util = PHONE_NUMBER_UTIL.as_original();
        let known = util.get_metadata_for_region_or_calling_code(code, region).expect("a supported region");
        let meta: &PhoneMetadata = &known.original;
        macro_rules! written {
            ($pattern:expr) => {
                $pattern.and_then(|pattern| pattern.pattern_base.as_deref()).map(bare)
            };
        }
        macro_rules! kind {
            ($name:ident) => {
                Kind {
                    pattern: written!(Some(known.$name.national_number_pattern())),
                    lengths: known.$name.original.possible_length.clone(),
                }
            };
        }
        let general = kind!(general_desc);
        let local = &known.general_desc.original.possible_length_local_only;
        Self {
            id: meta.id.clone(),
            code: meta.country_code() as u16,
            lengths: length_mask(&general.lengths),
            local_lengths: length_mask(local),
            general,
            kinds: vec![
                kind!(premium_rate),
                kind!(toll_free),
                kind!(shared_cost),
                kind!(voip),
                kind!(personal_number),
                kind!(pager),
                kind!(uan),
                kind!(voicemail),
                kind!(fixed_line),
                kind!(mobile),
            ],
            leading: written!(Some(known.leading_digits())),
            idd: written!(Some(known.international_prefix())),
            prefix: written!(Some(known.national_prefix_for_parsing())),
            transform: meta.national_prefix_transform_rule().to_owned(),
            formats: known
                .number_format
                .iter()
                .map(|format| Format {
                    leading: written!(format.leading_digits_pattern().last()),
                    pattern: written!(Some(format.pattern())).expect("a format has a pattern"),
                    needs_prefix: is_prefix_needed(&format.original),
                })
                .collect(),
        }
    }

    fn record(&self, net: &mut Net, programs: &mut Programs) -> [u16; 10] {
        let id = self.id.as_bytes();
        [
            u16::from_be_bytes([id[0], id[1]]),
            self.code,
            net.add_general(&self.general),
            self.lengths as u16,
            (self.lengths >> 16) as u16,
            self.local_lengths as u16,
            (self.local_lengths >> 16) as u16,
            programs.add(self.idd.as_deref()),
            programs.add(self.prefix.as_deref()),
            programs.add_transform(&self.transform),
        ]
    }
}

/// The pattern without the `^(?:` and `)$` around it.
fn bare(pattern: &str) -> String {
    let inner = pattern.strip_prefix("^(?:").and_then(|rest| rest.strip_suffix(")$"));
    inner.expect("patterns are anchored").to_owned()
}

fn length_mask(lengths: &[i32]) -> u32 {
    lengths.iter().filter(|length| **length > 0).fold(0, |mask, length| mask | 1 << length)
}

/// Whether numbers of this format are always written with the national prefix.
fn is_prefix_needed(format: &NumberFormat) -> bool {
    let Some(rule) = &format.national_prefix_formatting_rule else { return false };
    let has_first_group_only = matches!(rule.as_str(), "" | "$1" | "($1" | "$1)" | "($1)");
    !format.national_prefix_optional_when_formatting() && !has_first_group_only
}

/// The automaton. Row 0 is dead.
struct Net {
    rows: Vec<[u16; ROW]>,
    known: HashMap<[u16; ROW], u16>,
}

impl Default for Net {
    fn default() -> Self {
        Self { rows: vec![[0; ROW]], known: HashMap::from([([0; ROW], 0)]) }
    }
}

impl Net {
    /// The start of the numbers that begin after a country code. The first plan is that of the main region.
    fn add_code(&mut self, plans: &[Plan]) -> u16 {
        let mut side = Patterns::default();
        let members: Vec<Member> = plans.iter().map(|plan| Member::new(plan, &mut side)).collect();
        let formats: Vec<Written> =
            plans[0].formats.iter().map(|format| Written::new(format, &mut side)).collect();
        self.add(&side, &|matched, length| {
            let mut cells = [0, 0];
            if is_valid(&members, matched, length) {
                cells[0] |= IS_VALID;
            }
            if let Some(format) = formats.iter().find(|format| format.fits(matched)) {
                cells[0] |= if format.needs_prefix { NEEDS_PREFIX } else { 0 };
                cells[1] = format.grouping(length);
            }
            cells
        })
    }

    /// The start of the general pattern of a region, whatever the length.
    fn add_general(&mut self, general: &Kind) -> u16 {
        let mut side = Patterns::default();
        side.add(general.pattern.as_deref());
        self.add(&side, &|matched, _| [if matched.is_empty() { 0 } else { IS_GENERAL }, 0])
    }

    fn add(&mut self, side: &Patterns, judge: &dyn Fn(&[usize], u8) -> [u16; 2]) -> u16 {
        let dfa = side.compile();
        let first =
            dfa.start_state(&start::Config::new().anchored(Anchored::Yes)).expect("an anchored start");
        self.walk(&dfa, first, 0, judge, &mut HashMap::new())
    }

    fn walk(
        &mut self,
        dfa: &dense::DFA<Vec<u32>>,
        state: StateID,
        length: u8,
        judge: &dyn Fn(&[usize], u8) -> [u16; 2],
        seen: &mut HashMap<(StateID, u8), u16>,
    ) -> u16 {
        if dfa.is_dead_state(state) || length > LONGEST {
            return 0;
        }
        if let Some(known) = seen.get(&(state, length)) {
            return *known;
        }
        let mut row = [0; ROW];
        let end = dfa.next_eoi_state(state);
        let matched: Vec<usize> = if dfa.is_match_state(end) {
            (0..dfa.match_len(end)).map(|at| dfa.match_pattern(end, at).as_usize()).collect()
        } else {
            Vec::new()
        };
        row[..2].copy_from_slice(&judge(&matched, length));
        for digit in 0..10 {
            let next = dfa.next_state(state, b'0' + digit);
            row[2 + digit as usize] = self.walk(dfa, next, length + 1, judge, seen);
        }
        let id = self.intern(useful(row));
        seen.insert((state, length), id);
        id
    }

    fn intern(&mut self, row: [u16; ROW]) -> u16 {
        *self.known.entry(row).or_insert_with(|| {
            self.rows.push(row);
            u16::try_from(self.rows.len() - 1).expect("fewer than 65536 states")
        })
    }
}

/// What is said of a number that is not valid interests nobody; forgetting it makes more rows equal.
fn useful(mut row: [u16; ROW]) -> [u16; ROW] {
    if row[0] & (IS_VALID | IS_GENERAL) == 0 {
        row[0] = 0;
        row[1] = 0;
    }
    row
}

/// The patterns that run side by side.
#[derive(Default)]
struct Patterns(Vec<String>);

impl Patterns {
    /// The number of a pattern; one that is not there never matches.
    fn add(&mut self, pattern: Option<&str>) -> usize {
        let Some(pattern) = pattern else { return usize::MAX };
        let whole = format!("(?:{pattern})\\z");
        self.0.iter().position(|known| *known == whole).unwrap_or_else(|| {
            self.0.push(whole);
            self.0.len() - 1
        })
    }

    /// The same for a pattern that need only fit the beginning.
    fn add_beginning(&mut self, pattern: Option<&str>) -> usize {
        self.add(pattern.map(|pattern| format!("(?:{pattern})[0-9]*")).as_deref())
    }

    fn compile(&self) -> dense::DFA<Vec<u32>> {
        let config = dense::Config::new()
            .match_kind(MatchKind::All)
            .start_kind(regex_automata::dfa::StartKind::Anchored);
        dense::Builder::new()
            .configure(config)
            .syntax(syntax::Config::new().unicode(false).utf8(false))
            .build_many(&self.0)
            .expect("the patterns of the plans compile")
    }
}

/// A region among those that share a country code.
struct Member {
    leading: usize,
    general: (usize, Vec<i32>),
    kinds: Vec<(usize, Vec<i32>)>,
}

impl Member {
    fn new(plan: &Plan, side: &mut Patterns) -> Self {
        let mut add = |kind: &Kind| (side.add(kind.pattern.as_deref()), kind.lengths.clone());
        let general = add(&plan.general);
        let kinds = plan.kinds.iter().map(&mut add).collect();
        Self { leading: side.add_beginning(plan.leading.as_deref()), general, kinds }
    }

    fn has_kind(&self, matched: &[usize], length: u8) -> bool {
        let fits = |(pattern, lengths): &(usize, Vec<i32>)| {
            (lengths.is_empty() || lengths.contains(&i32::from(length))) && matched.contains(pattern)
        };
        fits(&self.general) && self.kinds.iter().any(fits)
    }
}

/// Of regions with one code, the first that claims the number by its first digits or by its kind judges it. Where a
/// code has one region only, nothing is to be claimed.
fn is_valid(members: &[Member], matched: &[usize], length: u8) -> bool {
    if let [only] = members {
        return only.has_kind(matched, length);
    }
    let mut claims = members.iter().map(|member| {
        let has_kind = member.has_kind(matched, length);
        (matched.contains(&member.leading) || has_kind, has_kind)
    });
    claims.find(|(claims, _)| *claims).is_some_and(|(_, has_kind)| has_kind)
}

/// A format among the patterns.
struct Written {
    leading: Option<usize>,
    pattern: usize,
    needs_prefix: bool,
    /// Least and most digits of each group.
    groups: Vec<(usize, usize)>,
}

impl Written {
    fn new(format: &Format, side: &mut Patterns) -> Self {
        Self {
            leading: format.leading.as_deref().map(|leading| side.add_beginning(Some(leading))),
            pattern: side.add(Some(&format.pattern)),
            needs_prefix: format.needs_prefix,
            groups: group_sizes(&parse(&format.pattern)),
        }
    }

    fn fits(&self, matched: &[usize]) -> bool {
        self.leading.is_none_or(|leading| matched.contains(&leading)) && matched.contains(&self.pattern)
    }

    /// The sizes of the last groups, four bits each, the last group lowest; the first group is what remains.
    fn grouping(&self, length: u8) -> u16 {
        let least: usize = self.groups.iter().map(|(least, _)| least).sum();
        let mut spare = usize::from(length).saturating_sub(least);
        let mut sizes = Vec::new();
        for (least, most) in &self.groups {
            let extra = spare.min(most - least);
            spare -= extra;
            sizes.push((least + extra) as u16);
        }
        if sizes.len() > 5 || sizes.iter().any(|size| *size > 15) {
            return 0;
        }
        sizes.iter().skip(1).fold(0, |packed, size| packed << 4 | size)
    }
}

fn group_sizes(hir: &Hir) -> Vec<(usize, usize)> {
    match hir.kind() {
        HirKind::Capture(capture) => {
            let properties = capture.sub.properties();
            vec![(properties.minimum_len().unwrap_or(0), properties.maximum_len().unwrap_or(15))]
        }
        HirKind::Concat(parts) => parts.iter().flat_map(group_sizes).collect(),
        _ => Vec::new(),
    }
}

fn parse(pattern: &str) -> Hir {
    let mut parser = regex_syntax::ParserBuilder::new().unicode(false).utf8(false).build();
    parser.parse(pattern).expect("the patterns of the plans parse")
}

/// Programs for prefixes, two numbers a step: what to do, and with what. Program 0 never matches.
struct Programs {
    steps: Vec<u16>,
    known: HashMap<String, u16>,
    transforms: Vec<u16>,
}

impl Default for Programs {
    fn default() -> Self {
        Self { steps: vec![step::DIGIT, 0], known: HashMap::new(), transforms: vec![0] }
    }
}

/// What a step does; `plan.rs` has the same list.
mod step {
    pub(super) const MATCH: u16 = 0;
    pub(super) const DIGIT: u16 = 1;
    pub(super) const SPLIT: u16 = 2;
    pub(super) const JUMP: u16 = 3;
    pub(super) const SAVE: u16 = 4;
    pub(super) const END: u16 = 5;
}

impl Programs {
    /// The number of the first step of a pattern's program.
    fn add(&mut self, pattern: Option<&str>) -> u16 {
        let Some(pattern) = pattern else { return 0 };
        if let Some(known) = self.known.get(pattern) {
            return *known;
        }
        let mut program = Program { first: self.steps.len() / 2, steps: Vec::new() };
        program.push_hir(&parse(pattern));
        program.push(step::MATCH, 0);
        let first = program.first as u16;
        self.steps.extend(program.steps.into_iter().flatten());
        self.known.insert(pattern.to_owned(), first);
        first
    }

    /// The place of a rule such as `9$1`: length, then one number for each byte. 0 where there is none.
    fn add_transform(&mut self, rule: &str) -> u16 {
        if rule.is_empty() {
            return 0;
        }
        let place = self.transforms.len() as u16;
        self.transforms.push(rule.len() as u16);
        self.transforms.extend(rule.bytes().map(u16::from));
        place
    }
}

struct Program {
    first: usize,
    steps: Vec<[u16; 2]>,
}

impl Program {
    fn here(&self) -> u16 {
        (self.first + self.steps.len()) as u16
    }

    fn push(&mut self, what: u16, with: u16) -> usize {
        self.steps.push([what, with]);
        self.steps.len() - 1
    }

    fn push_hir(&mut self, hir: &Hir) {
        match hir.kind() {
            HirKind::Empty => {}
            HirKind::Literal(literal) => {
                for byte in &literal.0 {
                    self.push(step::DIGIT, if byte.is_ascii_digit() { 1 << (byte - b'0') } else { 0 });
                }
            }
            HirKind::Class(class) => {
                self.push(step::DIGIT, digits_of(class));
            }
            HirKind::Look(Look::End) => {
                self.push(step::END, 0);
            }
            HirKind::Look(look) => panic!("no plan looks for {look:?}"),
            HirKind::Repetition(repetition) => {
                self.push_repetition(repetition.min, repetition.max, &repetition.sub)
            }
            HirKind::Capture(capture) => {
                let slot = 2 * capture.index as u16;
                assert!(slot < 8, "`plan.rs` keeps three captures");
                self.push(step::SAVE, slot);
                self.push_hir(&capture.sub);
                self.push(step::SAVE, slot + 1);
            }
            HirKind::Concat(parts) => parts.iter().for_each(|part| self.push_hir(part)),
            HirKind::Alternation(parts) => self.push_alternation(parts),
        }
    }

    fn push_repetition(&mut self, min: u32, max: Option<u32>, part: &Hir) {
        for _ in 0..min {
            self.push_hir(part);
        }
        let mut splits = Vec::new();
        for _ in min..max.unwrap_or(min + u32::from(LONGEST)) {
            splits.push(self.push(step::SPLIT, 0));
            self.push_hir(part);
        }
        for split in splits {
            self.steps[split][1] = self.here();
        }
    }

    fn push_alternation(&mut self, parts: &[Hir]) {
        let mut jumps = Vec::new();
        for (at, part) in parts.iter().enumerate() {
            if at + 1 == parts.len() {
                self.push_hir(part);
                break;
            }
            let split = self.push(step::SPLIT, 0);
            self.push_hir(part);
            jumps.push(self.push(step::JUMP, 0));
            self.steps[split][1] = self.here();
        }
        for jump in jumps {
            self.steps[jump][1] = self.here();
        }
    }
}

fn digits_of(class: &Class) -> u16 {
    let Class::Bytes(class) = class else { panic!("classes are of bytes") };
    (0..10)
        .filter(|digit| class.iter().any(|range| (range.start()..=range.end()).contains(&(b'0' + digit))))
        .fold(0, |mask, digit| mask | 1 << digit)
}

/// `rules/detectors/phone.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WordsToml {
    cues: BTreeMap<String, Vec<String>>,
    spelled: BTreeMap<String, Vec<String>>,
}

/// Rust source with sorted lists, so that looking a word up needs nothing to be built.
fn word_lists(toml: &str) -> String {
    let words: WordsToml =
        toml::from_str(toml).expect("rules/detectors/phone.toml is as generate.rs wants it");
    let (stems, cues): (Vec<_>, Vec<_>) =
        entries(&words.cues).into_iter().partition(|(word, _)| word.ends_with('*'));
    let stems: Vec<_> = stems.into_iter().map(|(stem, class)| (stem.trim_end_matches('*'), class)).collect();
    let spelled = entries(&words.spelled);
    let cue = |class: &str| format!("Cue::{}{}", class[..1].to_uppercase(), &class[1..]);
    let lengths = shapes(&spelled, |word| 1 << word.len());
    let thirds = shapes(&spelled, |word| 1 << place(word.as_bytes().get(2)));
    list("CUES", "Cue", &cues, cue)
        + &list("STEMS", "Cue", &stems, cue)
        + &list("SPELLED", "&str", &spelled, |meaning| format!("{meaning:?}"))
        + &format!("static SPELLED_LENGTHS: [[u32; 27]; 27] = {lengths:?};\n")
        + &format!("static SPELLED_THIRDS: [[u32; 27]; 27] = {thirds:?};\n")
}

/// All words in order, each with its class.
fn entries(classes: &BTreeMap<String, Vec<String>>) -> Vec<(&str, &str)> {
    let mut entries: BTreeMap<&str, &str> = BTreeMap::new();
    for (class, words) in classes {
        for word in words {
            let before = entries.insert(word, class);
            assert!(before.is_none(), "{WORDS}: `{word}` stands twice");
        }
    }
    entries.into_iter().collect()
}

/// For each first and second letter the bits of the words that begin so.
fn shapes(words: &[(&str, &str)], bit: impl Fn(&str) -> u32) -> [[u32; 27]; 27] {
    let mut shapes = [[0; 27]; 27];
    for (word, _) in words {
        let bytes = word.as_bytes();
        shapes[place(bytes.first())][place(bytes.get(1))] |= bit(word);
    }
    shapes
}

/// The number of a letter; behind the letters stands what is none.
fn place(byte: Option<&u8>) -> usize {
    let letter = byte.filter(|byte| byte.is_ascii_lowercase());
    letter.map_or(26, |letter| usize::from(letter - b'a'))
}

fn list(name: &str, type_name: &str, entries: &[(&str, &str)], value: impl Fn(&str) -> String) -> String {
    let lines: String =
        entries.iter().map(|(word, class)| format!("    ({word:?}, {}),\n", value(class))).collect();
    format!("static {name}: &[(&str, {type_name})] = &[\n{lines}];\n")
}
