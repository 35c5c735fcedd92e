//! Amazon order IDs: three groups of three, seven and seven digits.
//!
//! The shape is so rare that a number which has it needs no word beside it. What is nearly of the shape is one only near
//! a word for an order, and a number of another shape only where nothing but such words as "number" and "is" stands
//! between: tracking numbers, invoices and phones are as long, and a shop's own order numbers are shorter.

use std::ops::Range;

use crate::text::seek;

use super::before::{has_stem, is_dash, words_before};
use super::long_number;

/// Beginnings of words for an order.
const ORDER: &[&str] = &[
    "order",
    "bestel",
    "auftrag",
    "commande",
    "pedido",
    "orden",
    "encomenda",
    "ordin",
    "ordre",
    "beställ",
    "zamówie",
    "sipariş",
    "注文",
    "订单",
    "訂單",
];

/// Words that may stand between a word for an order and its number.
const BETWEEN: &[&str] = &[
    "id",
    "ids",
    "no",
    "nr",
    "nos",
    "num",
    "n",
    "nº",
    "n°",
    "number",
    "numbers",
    "nummer",
    "numero",
    "número",
    "numéro",
    "numer",
    "numeru",
    "numarası",
    "code",
    "ref",
    "reference",
    "is",
    "was",
    "ist",
    "lautet",
    "est",
    "es",
    "è",
    "é",
    "amazon",
    "de",
    "del",
    "di",
    "番号",
    "are",
    "är",
    "er",
    "to",
    "jest",
];

/// Beginnings of words for other long numbers.
const OTHERS: &[&str] = &[
    "track", "trace", "sendung", "paket", "parcel", "package", "shipment", "colis", "suivi", "seguim",
    "tracc", "spediz", "invoice", "rechnung", "factur", "fattura", "phone", "tel", "fax", "imei", "ean",
    "isbn", "gtin", "upc", "serial", "iban", "card", "vat", "追跡", "請求",
];

/// Sizes of the three groups.
const SIZES: [usize; 3] = [3, 7, 7];

/// A number that is, or is meant as, an order ID.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderId {
    /// Where it stands.
    pub range: Range<usize>,
    /// What is right or wrong with it.
    pub shape: Shape,
}

/// What an order ID looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Three, seven and seven digits, with dashes of any kind or no-break spaces between.
    Good,
    /// The same with a letter and two digits at the beginning: a digital order.
    Digital,
    /// Made up: counted through, one digit all over, begun with three zeros, or with letters for digits.
    Dummy,
    /// Meant as one, by the words before it.
    Malformed {
        /// How many digits it has; 17 where only the grouping is wrong.
        digits: usize,
    },
}

/// Every order ID of a text, and every number that is meant as one.
pub fn order_ids(text: &str) -> Vec<OrderId> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    for hot in in_groups(bytes) {
        if hot < at {
            continue;
        }
        at =
            seek::run_start(bytes, at, hot, |byte| byte.is_ascii_alphanumeric() || is_mask(char::from(byte)));
        while at <= hot {
            at = read_at(text, at, &mut found);
        }
    }
    found
}

/// Reads an ID that begins at a place, if one does; gives the next place where one may.
fn read_at(text: &str, at: usize, found: &mut Vec<OrderId>) -> usize {
    let Some(c) = text[at..].chars().next() else { return at + 1 };
    let begins = c.is_ascii_alphanumeric() || digit(c).is_some() || (is_mask(c) && !text[..at].ends_with(c));
    // The first one may be a letter.
    let begins = begins && long_number::may_begin(text.as_bytes(), at + 1) && is_free_before(text, at);
    let field = if begins { Field::read(text, at) } else { None };
    let Some(field) = field else {
        // None begins in the middle of letters and digits.
        return seek::run_end(text.as_bytes(), at + c.len_utf8(), |byte| {
            c.is_ascii_alphanumeric() && byte.is_ascii_alphanumeric()
        });
    };
    let range = at..field.end();
    match field.shape(text) {
        Some(shape) => {
            found.push(OrderId { range: range.clone(), shape });
            range.end
        }
        None => field.groups[0].end,
    }
}

/// The bytes of which every group has one: a digit, two masks or letters O in a row, or the first byte of a wide digit or
/// of a character without width.
fn in_groups(bytes: &[u8]) -> impl Iterator<Item = usize> {
    seek::pairs(bytes, |one, next| {
        let is_double = |letter| (one | 0x20 == letter) & (next | 0x20 == letter);
        let is_sign = (one == next) & ((one == b'#') | (one == b'*'));
        let is_wide = (one == 0xC2) | (one == 0xE2) | (one == 0xEF);
        (one.wrapping_sub(b'0') < 10) | is_wide | is_double(b'x') | is_double(b'o') | is_sign
    })
}

/// An order ID as digits in groups with plain hyphens, to compare two of them.
pub fn normalised(id: &str) -> String {
    let letter = id.chars().find(|c| c.is_alphanumeric()).filter(char::is_ascii_alphabetic);
    let mut plain: String = letter.map(|c| c.to_ascii_uppercase()).into_iter().collect();
    plain.extend(id.chars().filter_map(digit).filter_map(|value| char::from_digit(value, 10)));
    if plain.len() == SIZES.iter().sum::<usize>() {
        plain.insert(10, '-');
        plain.insert(3, '-');
    }
    plain
}

/// No group is longer, characters without width included.
const LONGEST_GROUP: usize = 40;

/// No field of an order ID has more groups.
const MOST_GROUPS: usize = 4;

/// Groups of digits that one kind of joint holds together.
struct Field {
    groups: [Group; MOST_GROUPS],
    len: usize,
    joint: Joint,
}

/// One group.
#[derive(Debug, Clone, Copy, Default)]
struct Group {
    start: usize,
    end: usize,
    /// Digits, and what stands for digits.
    size: usize,
    digits: usize,
    kind: GroupKind,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum GroupKind {
    /// Digits, or the letter O among them.
    #[default]
    Digits,
    /// A letter and digits.
    Lettered,
    /// One character that stands for any digit: `XXX`.
    Mask,
}

/// What stands between two groups.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Joint {
    /// A dash of any kind, or a no-break space.
    Tight,
    /// A dash with blanks.
    Spaced,
    /// A blank.
    Blank,
    /// A full stop, a slash or a low line.
    Odd,
}

impl Field {
    /// Reads as many groups as hang together; `None` if there are none, too many, or letters at the end.
    fn read(text: &str, at: usize) -> Option<Self> {
        let first = Group::read(text, at).filter(|first| first.size > 1)?;
        let mut field = Self { groups: [first; MOST_GROUPS], len: 1, joint: Joint::Tight };
        while let Some((joint, next)) = joint_at(text, field.end()) {
            let is_other_number = joint == Joint::Blank && first.size < SIZES[0];
            if is_other_number || (field.len > 1 && joint != field.joint) {
                break;
            }
            let Some(group) = Group::read(text, next) else { break };
            *field.groups.get_mut(field.len)? = group;
            field.joint = joint;
            field.len += 1;
        }
        is_free_after(text, field.end()).then_some(field)
    }

    fn groups(&self) -> &[Group] {
        &self.groups[..self.len]
    }

    fn end(&self) -> usize {
        self.groups[self.len - 1].end
    }

    fn shape(&self, text: &str) -> Option<Shape> {
        let groups = self.groups();
        let has_sizes = groups.iter().map(|group| group.size).eq(SIZES);
        let is_plain = groups.iter().all(|group| group.kind == GroupKind::Digits);
        if !has_sizes || self.joint != Joint::Tight || self.has_letter_o() {
            return is_plain.then(|| self.malformed(text)).flatten();
        }
        let kinds = [groups[0].kind, groups[1].kind, groups[2].kind];
        match kinds {
            [GroupKind::Digits, GroupKind::Digits, GroupKind::Digits] => {
                Some(if self.is_made_up(text) { Shape::Dummy } else { Shape::Good })
            }
            [GroupKind::Lettered, GroupKind::Digits, GroupKind::Digits] => Some(Shape::Digital),
            [_, GroupKind::Mask, _] | [_, _, GroupKind::Mask] => Some(Shape::Dummy),
            _ => None,
        }
    }

    fn has_letter_o(&self) -> bool {
        self.groups().iter().any(|group| group.kind == GroupKind::Digits && group.digits < group.size)
    }

    fn is_made_up(&self, text: &str) -> bool {
        let first = &self.groups[0];
        first.values(text).all(|value| value == 0)
            || self.groups().iter().all(|group| group.is_patterned(text))
    }

    /// What it is if it is meant as an order ID.
    fn malformed(&self, text: &str) -> Option<Shape> {
        let size: usize = self.groups().iter().map(|group| group.size).sum();
        let digits: usize = self.groups().iter().map(|group| group.digits).sum();
        if !(15..=19).contains(&size) || size - digits > 3 {
            return None;
        }
        let start = self.groups[0].start;
        let is_meant =
            if self.is_nearly_right() { order_is_nearest(text, start) } else { order_is_next(text, start) };
        is_meant.then_some(Shape::Malformed { digits })
    }

    /// Three groups of about the right sizes.
    fn is_nearly_right(&self) -> bool {
        let sizes = self.groups().iter().map(|group| group.size);
        let most = usize::from(matches!(self.joint, Joint::Tight | Joint::Spaced));
        self.len == SIZES.len() && sizes.zip(SIZES).all(|(size, right)| size.abs_diff(right) <= most)
    }
}

impl Group {
    /// Reads digits with the letter O among them, a letter and digits, or a run of one mask.
    fn read(text: &str, at: usize) -> Option<Self> {
        let first = text[at..].chars().next()?;
        let mut group = Self { start: at, end: at, ..Self::default() };
        let is_lettered =
            first.is_ascii_alphabetic() && text[at + 1..].starts_with(|c: char| c.is_ascii_digit());
        if is_mask(first) {
            group.kind = GroupKind::Mask;
        } else if is_lettered && !matches!(first, 'O' | 'o') {
            group.kind = GroupKind::Lettered;
        }
        for (offset, c) in text[at..].char_indices().take(LONGEST_GROUP) {
            let is_part = match group.kind {
                GroupKind::Mask => c == first,
                GroupKind::Digits => digit(c).is_some() || matches!(c, 'O' | 'o'),
                GroupKind::Lettered => offset == 0 || digit(c).is_some(),
            };
            if is_part {
                group.end = at + offset + c.len_utf8();
                group.size += 1;
                group.digits += usize::from(digit(c).is_some());
            } else if !is_invisible(c) {
                break;
            }
        }
        (group.size > 0).then_some(group)
    }

    fn values(self, text: &str) -> impl Iterator<Item = u32> {
        text[self.start..self.end].chars().filter_map(digit)
    }

    /// One digit all over, or counted through.
    fn is_patterned(&self, text: &str) -> bool {
        let pairs = || self.values(text).zip(self.values(text).skip(1));
        pairs().all(|(one, next)| one == next) || pairs().all(|(one, next)| (one + 1) % 10 == next)
    }
}

/// What joins two groups, and where the next one begins.
fn joint_at(text: &str, at: usize) -> Option<(Joint, usize)> {
    let (mut dashes, mut blanks, mut fixed_blanks, mut odd) = (0, 0, 0, 0);
    for (offset, c) in text[at..].char_indices().take(5) {
        match c {
            ' ' | '\t' => blanks += 1,
            '\u{A0}' | '\u{2007}' | '\u{202F}' => fixed_blanks += 1,
            '.' | '/' | '_' => odd += 1,
            _ if is_dash(c) => dashes += 1,
            _ if is_invisible(c) => {}
            _ => {
                let joint = match (dashes, blanks, fixed_blanks, odd) {
                    (1, 0, _, 0) | (0, 0, 1.., 0) => Joint::Tight,
                    (1, 1.., _, 0) => Joint::Spaced,
                    (0, 1, 0, 0) => Joint::Blank,
                    (0, 0, 0, 1) => Joint::Odd,
                    _ => return None,
                };
                return Some((joint, at + offset));
            }
        }
    }
    None
}

/// Whether a word for an order stands nearer than one for another long number.
fn order_is_nearest(text: &str, at: usize) -> bool {
    words_before(text, at)
        .find_map(
            |word| if has_stem(&word, ORDER) { Some(true) } else { has_stem(&word, OTHERS).then_some(false) },
        )
        .unwrap_or(false)
}

/// Whether nothing but small words stands between a word for an order and the number.
fn order_is_next(text: &str, at: usize) -> bool {
    words_before(text, at)
        .find(|word| !BETWEEN.contains(&word.as_str()))
        .is_some_and(|word| has_stem(&word, ORDER))
}

fn digit(c: char) -> Option<u32> {
    match c {
        '０'..='９' => Some(u32::from(c) - u32::from('０')),
        _ => c.to_digit(10),
    }
}

/// A character that people write for any digit.
fn is_mask(c: char) -> bool {
    matches!(c, 'X' | 'x' | '#' | '*')
}

/// Soft hyphens and characters without width.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}')
}

/// Whether a number may begin here: not inside a word, a code, a phone number or another number.
fn is_free_before(text: &str, at: usize) -> bool {
    let mut before = text[..at].chars().rev();
    match before.next() {
        None => true,
        Some('+' | '_') => false,
        Some('.' | ',') => before.next().is_none_or(|c| digit(c).is_none()),
        Some(c) if is_dash(c) => !before.next().is_some_and(|c| c.is_ascii_alphanumeric()),
        Some(c) => !c.is_ascii_alphanumeric() && digit(c).is_none(),
    }
}

fn is_free_after(text: &str, at: usize) -> bool {
    let mut after = text[at..].chars();
    match after.next() {
        None => true,
        Some('_') => false,
        Some(c) if is_dash(c) => !after.next().is_some_and(|c| c.is_ascii_alphanumeric()),
        Some(c) => !c.is_ascii_alphanumeric() && digit(c).is_none(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::picture::{assert_drawn, is_lawful};
    use super::*;

    /// Only the order IDs whose shape passes.
    fn find(is_wanted: impl Fn(Shape) -> bool) -> impl Fn(&str) -> Vec<Range<usize>> {
        move |text| order_ids(text).into_iter().filter(|id| is_wanted(id.shape)).map(|id| id.range).collect()
    }

    fn shapes(text: &str) -> Vec<Shape> {
        order_ids(text).into_iter().map(|id| id.shape).collect()
    }

    #[test]
    fn good() {
        let pictures = [
            "Order |702-4815162-3423108| is late",
            "(|026-4815162-3423108|)",
            "#|702-4815162-3423108|",
            "**|702-4815162-3423108|**",
            "|702–4815162–3423108|",
            "|702‑4815162‑3423108|.",
            "|702−4815162－3423108|",
            "|702\u{A0}4815162\u{A0}3423108|",
            "|702-\u{AD}4815162-\u{200B}3423108|",
            "2 |702-4815162-3423108| 2",
            "注文番号|702-4815162-3423108|です",
            "|７０２-４８１５１６２-３４２３１０８|",
            "|702-4815162-3423108|, |702-4815162-3423109|",
            "/orders/|702-4815162-3423108|",
            "|702-1234567-1234567|",
            "tracking |702-4815162-3423108|",
        ];
        assert_drawn(&pictures, find(|_| true));
        assert_drawn(&pictures, find(|shape| shape == Shape::Good));
    }

    #[test]
    fn digital() {
        assert_drawn(
            &["|D01-4815162-3423108|", "order |S01-1234567-1234567|.", "|d01–4815162–3423108|"],
            find(|shape| shape == Shape::Digital),
        );
    }

    #[test]
    fn dummies() {
        assert_drawn(
            &[
                "|123-1234567-1234567|",
                "|123-4567890-1234567|",
                "|000-0000000-0000000|",
                "|000-4815162-3423108|",
                "|111-1111111-1111111|",
                "|111-2222222-3333333|",
                "|XXX-XXXXXXX-XXXXXXX|",
                "|xxx-xxxxxxx-xxxxxxx|",
                "|###-#######-#######|",
                "|702-XXXXXXX-XXXXXXX|",
                "|123–1234567–1234567|",
            ],
            find(|shape| shape == Shape::Dummy),
        );
    }

    #[test]
    fn malformed() {
        assert_drawn(
            &[
                "Order |702-481516-3423108|",
                "order ID: |702-4815162-34231089| is late",
                "Your order no. |70248151623423108|.",
                "order number is |702 4815162 3423108|",
                "order |702.4815162.3423108|",
                "order # |702 - 4815162 - 3423108|",
                "Bestellnummer |7O2-4815162-3423108|",
                "Ihre Bestellung Nr. |7024815162-3423108|",
                "commande n° |702-48151623423108|",
                "pedido número |7024815162342310|",
                "ordine |70-24815162-3423108| in ritardo",
                "your order from Monday, |702-4815162-342310|",
                "注文番号：|70248151623423108|",
                "order id |702/4815162/3423108|",
                "order |4815 1623 4231 0842|",
                "zamówienie numer |702-4815162-342310|",
            ],
            find(|shape| matches!(shape, Shape::Malformed { .. })),
        );
    }

    #[test]
    fn silence() {
        assert_drawn(
            &[
                "",
                "order 48213",
                "order 12-34567-12345",
                "order #1001-A",
                "70248151623423108",
                "702-481516-3423108",
                "tracking number 70248151623423108",
                "Your order has shipped, tracking 702-481516-3423108",
                "the order left with USPS 9400 1000 0000 0000 0000 00",
                "order tracking number 123456789012345678",
                "order 1Z999AA10123456784",
                "order 00340434161094015902",
                "invoice 2026-000123-4567890123",
                "call +1 702 555 0143 about the order",
                "order hotline 0049 30 1234567 890123",
                "EAN 4006381333931",
                "ISBN 978-3-16-148410-0",
                "order of 2024-11-22 2024-11-25",
                "A702-4815162-3423108",
                "702-4815162-3423108-01",
                "1-702-4815162-3423108",
                "702-4815162-3423108x",
                "ref_702-4815162-3423108",
                "in order of 123456",
                "oooo-oooo oo ooooooo",
                "B0D4815162",
                "order 3.702-481516-3423108",
            ],
            find(|_| true),
        );
    }

    #[test]
    fn digits_are_counted() {
        assert_eq!(shapes("order 702-481516-3423108"), [Shape::Malformed { digits: 16 }]);
        assert_eq!(shapes("order 70248151623423108"), [Shape::Malformed { digits: 17 }]);
        assert_eq!(shapes("order 7O2-4815162-3423108"), [Shape::Malformed { digits: 16 }]);
    }

    #[test]
    fn spellings_of_one_id_are_the_same() {
        for spelling in
            ["702-4815162-3423108", "702–4815162–3423108", "70248151623423108", " ７０２ 4815162 3423108"]
        {
            assert_eq!(normalised(spelling), "702-4815162-3423108");
        }
        assert_eq!(normalised("d01–4815162–3423108"), "D01-4815162-3423108");
        assert_eq!(normalised("702-481516"), "702481516");
        assert_eq!(normalised(""), "");
    }

    proptest! {
        #[test]
        fn any_text_gives_lawful_ranges(text in "(order |[0-9]{1,8}|[-–. O#X]|\\PC|\u{A0}|\u{AD}){0,24}") {
            let ranges: Vec<_> = order_ids(&text).into_iter().map(|id| id.range).collect();
            prop_assert!(is_lawful(&text, &ranges));
            normalised(&text);
        }

        #[test]
        fn a_good_id_is_found_whatever_surrounds_it(before in "[^0-9A-Za-z０-９+_.,-]{0,8}", id in "[1-9][0-9]{2}-[0-9]{7}-[0-9]{7}") {
            let text = format!("{before} {id}");
            prop_assert_eq!(order_ids(&text).last().map(|last| text[last.range.clone()].to_owned()), Some(id));
        }
    }
}
