//! The numbering plans, read where they lie: `generate.rs` has the form of the table.

/// The table. Its numbers are little-endian, sixteen bits each.
static TABLE: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/phone-plan.bin"));

const HEADER: usize = 8;
const REGION: usize = 10;
const CODE: usize = 3;
const ROW: usize = 12;

const IS_VALID: u16 = 1;
const NEEDS_PREFIX: u16 = 2;
const IS_GENERAL: u16 = 4;

/// What a step of a program does; `generate.rs` has the same list.
mod step {
    pub(super) const MATCH: u16 = 0;
    pub(super) const DIGIT: u16 = 1;
    pub(super) const SPLIT: u16 = 2;
    pub(super) const JUMP: u16 = 3;
    pub(super) const SAVE: u16 = 4;
    pub(super) const END: u16 = 5;
}

/// A region, or a service without one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Region(usize);

/// A country code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Code(usize);

/// What a country's plan says of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Verdict(u16, u16);

/// How a number's length stands to the lengths of a region.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Length {
    Possible,
    LocalOnly,
    TooShort,
    TooLong,
    Between,
}

impl Verdict {
    pub(super) fn is_valid(self) -> bool {
        self.0 & IS_VALID != 0
    }

    /// Whether it is never written without the national prefix, but for the international form.
    pub(super) fn needs_prefix(self) -> bool {
        self.0 & NEEDS_PREFIX != 0
    }

    /// The sizes of the usual groups after the first one, last group first.
    pub(super) fn groups(self) -> impl Iterator<Item = usize> {
        (0..4).map(move |at| usize::from(self.1 >> (4 * at) & 15)).take_while(|size| *size > 0)
    }
}

impl Region {
    /// The region of a two-letter code in capitals.
    pub(super) fn named(name: &str) -> Option<Self> {
        let [first, second] = *name.as_bytes() else { return None };
        if !(first.is_ascii_uppercase() && second.is_ascii_uppercase()) {
            return None;
        }
        let id = u16::from_be_bytes([first, second]);
        (0..number(0).into()).map(Self).find(|region| region.field(0) == id)
    }

    fn field(self, at: usize) -> u16 {
        number(HEADER + self.0 * REGION + at)
    }

    pub(super) fn country_code(self) -> u16 {
        self.field(1)
    }

    /// Whether the digits fit the general pattern of the region, whatever their number.
    pub(super) fn is_general(self, digits: &[u8]) -> bool {
        run(self.field(2), digits).is_some_and(|row| number(row) & IS_GENERAL != 0)
    }

    pub(super) fn length(self, digits: &[u8]) -> Length {
        let possible = u32::from(self.field(3)) | u32::from(self.field(4)) << 16;
        let local = u32::from(self.field(5)) | u32::from(self.field(6)) << 16;
        let length = digits.len() as u32;
        if length < 32 && local & 1 << length != 0 {
            Length::LocalOnly
        } else if length < possible.trailing_zeros() {
            Length::TooShort
        } else if length > 31 - possible.leading_zeros() {
            Length::TooLong
        } else if possible & 1 << length != 0 {
            Length::Possible
        } else {
            Length::Between
        }
    }

    /// Where the prefix for calls abroad ends.
    pub(super) fn abroad_end(self, digits: &[u8]) -> Option<usize> {
        Some(Program(self.field(7)).run(digits)?[1])
    }

    /// Where the national prefix ends, and what it caught.
    pub(super) fn prefix(self, digits: &[u8]) -> Option<Slots> {
        Program(self.field(8)).run(digits)
    }

    /// How the national prefix is rewritten: digits, and `$1` for what was caught.
    pub(super) fn transform(self) -> impl Iterator<Item = u8> {
        let place = place(4) + usize::from(self.field(9));
        (place + 1..=place + usize::from(number(place))).map(|at| number(at) as u8)
    }
}

impl Code {
    /// The code that a number without its plus begins with, and its length.
    pub(super) fn at_start(digits: &[u8]) -> Option<(Self, usize)> {
        if digits.first() == Some(&0) {
            return None;
        }
        let mut value = 0;
        digits.iter().take(3).enumerate().find_map(|(at, digit)| {
            value = value * 10 + u16::from(*digit);
            Some((Self::of(value)?, at + 1))
        })
    }

    /// The code of this number, if it is one.
    pub(super) fn of(value: u16) -> Option<Self> {
        let (mut low, mut high) = (0, usize::from(number(1)));
        while low < high {
            let middle = low.midpoint(high);
            match Self(middle).value().cmp(&value) {
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
                std::cmp::Ordering::Equal => return Some(Self(middle)),
            }
        }
        None
    }

    fn field(self, at: usize) -> u16 {
        number(HEADER + usize::from(number(0)) * REGION + self.0 * CODE + at)
    }

    pub(super) fn value(self) -> u16 {
        self.field(0)
    }

    /// The region whose plan reads numbers of this code.
    pub(super) fn main_region(self) -> Region {
        Region(self.field(2).into())
    }

    /// What the plan says of a national number.
    pub(super) fn judge(self, national: &[u8]) -> Verdict {
        run(self.field(1), national).map_or(Verdict(0, 0), |row| Verdict(number(row), number(row + 1)))
    }
}

/// Where a match and its captures begin and end: 0 and 1 the match, 2 and 3 the first capture, and so on.
pub(super) type Slots = [usize; 8];

/// Nothing was caught.
pub(super) const NOWHERE: usize = usize::MAX;

/// A pattern for the beginning of a number, by its first step.
struct Program(u16);

impl Program {
    /// Prefers what the pattern names first.
    fn run(self, digits: &[u8]) -> Option<Slots> {
        let mut attempt = Attempt { digits, slots: [NOWHERE; 8], failed: Vec::new() };
        attempt.slots[0] = 0;
        attempt.from(self.0, 0).then_some(attempt.slots)
    }
}

/// A program on its way through the digits.
struct Attempt<'a> {
    digits: &'a [u8],
    slots: Slots,
    /// Steps and places that led nowhere, and are not tried again.
    failed: Vec<(u16, usize)>,
}

impl Attempt<'_> {
    fn from(&mut self, mut step: u16, mut at: usize) -> bool {
        loop {
            let record = place(2) + 2 * usize::from(step);
            let (what, with) = (number(record), number(record + 1));
            match what {
                step::MATCH => {
                    self.slots[1] = at;
                    return true;
                }
                step::DIGIT if self.digits.get(at).is_some_and(|digit| with & 1 << digit != 0) => at += 1,
                step::SPLIT if self.failed.contains(&(step, at)) => return false,
                step::SPLIT => {
                    let before = self.slots;
                    if self.from(step + 1, at) {
                        return true;
                    }
                    self.slots = before;
                    self.failed.push((step, at));
                }
                step::SAVE => self.slots[usize::from(with)] = at,
                step::END if at < self.digits.len() => return false,
                step::END | step::JUMP => {}
                _ => return false,
            }
            step = if matches!(what, step::SPLIT | step::JUMP) { with } else { step + 1 };
        }
    }
}

/// The row in which the digits end, unless the plan knows no such number.
fn run(start: u16, digits: &[u8]) -> Option<usize> {
    let rows = place(6);
    let mut state = start;
    for digit in digits {
        if state == 0 {
            return None;
        }
        state = number(rows + usize::from(state) * ROW + 2 + usize::from(*digit));
    }
    (state != 0).then(|| rows + usize::from(state) * ROW)
}

fn place(at: usize) -> usize {
    usize::from(number(at)) | usize::from(number(at + 1)) << 16
}

fn number(at: usize) -> u16 {
    u16::from_le_bytes([TABLE[2 * at], TABLE[2 * at + 1]])
}
