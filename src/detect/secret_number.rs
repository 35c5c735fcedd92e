//! Numbers that nobody should write into a message: payment cards and bank accounts.
//!
//! Both carry a check sum, but one number in ten passes that of a card by chance, and parcels, devices and products
//! have numbers as long. So a card must begin as cards do, be grouped as cards are, and not stand behind a word for
//! another number. An IBAN has the length of its country and leaves one chance in ninety-seven.

use std::ops::Range;

use crate::text::seek;

use super::before::{has_stem, is_dash, words_before};
use super::long_number;

/// A number that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SecretMatch {
    /// Where it stands.
    pub range: Range<usize>,
    /// What it is.
    pub secret: Secret,
}

/// What a number opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Secret {
    /// A payment card.
    Card,
    /// A bank account.
    Iban,
}

/// Every card and account number of a text.
pub fn secret_numbers(text: &str) -> Vec<SecretMatch> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(digit) = seek::digit(bytes, at) {
        at = seek::run_start(bytes, at, digit, |byte| byte.is_ascii_alphanumeric());
        if let Some(end) = iban_end(text, at) {
            found.push(SecretMatch { range: at..end, secret: Secret::Iban });
            at = end;
        } else if bytes[at].is_ascii_digit() && long_number::may_begin(bytes, at) {
            let field = Field::read(text, at);
            if let Some(end) = field.card_end().filter(|end| stands_alone(text, at, *end)) {
                found.push(SecretMatch { range: at..end, secret: Secret::Card });
            }
            at = field.end;
        }
        at = seek::run_end(bytes, at, |byte| byte.is_ascii_alphanumeric());
    }
    found
}

/// No card has more digits, an expiry year or check number behind it included.
const MOST_DIGITS: usize = 22;
/// And none fewer.
const FEWEST_DIGITS: usize = 13;
const MOST_GROUPS: usize = 6;

/// How cards are printed.
const GROUPINGS: &[&[usize]] = &[
    &[14],
    &[15],
    &[16],
    &[19],
    &[4, 4, 4, 4],
    &[4, 6, 5],
    &[4, 6, 4],
    &[4, 4, 4, 4, 3],
    &[4, 4, 4, 1],
    &[4, 3, 3, 3],
    &[6, 13],
];

/// Groups of digits with the same sign between them.
struct Field {
    digits: [u8; MOST_DIGITS],
    sizes: [usize; MOST_GROUPS],
    /// Where each group ends.
    ends: [usize; MOST_GROUPS],
    groups: usize,
    count: usize,
    fits: bool,
    end: usize,
}

impl Field {
    fn read(text: &str, at: usize) -> Self {
        let mut field = Self {
            digits: [0; MOST_DIGITS],
            sizes: [0; MOST_GROUPS],
            ends: [0; MOST_GROUPS],
            groups: 0,
            count: 0,
            fits: true,
            end: at,
        };
        let mut sign = None;
        loop {
            let start = field.end;
            for byte in text.as_bytes()[start..].iter().take_while(|byte| byte.is_ascii_digit()) {
                if let Some(place) = field.digits.get_mut(field.count) {
                    *place = byte - b'0';
                }
                field.count += 1;
                field.end += 1;
            }
            field.close_group(start);
            let mut after = text[field.end..].chars();
            let Some(next) = after.next().filter(|c| is_dash(*c) || matches!(c, ' ' | '\u{A0}' | '\u{202F}'))
            else {
                break;
            };
            if !after.as_str().starts_with(|c: char| c.is_ascii_digit())
                || sign.is_some_and(|sign| sign != next)
            {
                break;
            }
            sign = Some(next);
            field.end += next.len_utf8();
        }
        field
    }

    fn close_group(&mut self, start: usize) {
        if self.groups == MOST_GROUPS || self.count > MOST_DIGITS {
            self.fits = false;
            return;
        }
        self.sizes[self.groups] = self.end - start;
        self.ends[self.groups] = self.end;
        self.groups += 1;
    }

    /// Where a card that begins the field ends: with it, or before the check number or month that is its last group.
    fn card_end(&self) -> Option<usize> {
        if !self.fits || self.count < FEWEST_DIGITS {
            return None;
        }
        let sizes = &self.sizes[..self.groups];
        let is_card =
            |sizes: &[usize]| GROUPINGS.contains(&sizes) && is_card(&self.digits[..sizes.iter().sum()]);
        if is_card(sizes) {
            return Some(self.end);
        }
        let (last, card) = sizes.split_last()?;
        (matches!(last, 2..=3) && card.len() > 1 && is_card(card)).then(|| self.ends[card.len() - 1])
    }
}

fn is_card(digits: &[u8]) -> bool {
    is_issued(digits) && variety(digits) > 2 && luhn(digits)
}

/// Whether a card company issues cards of this length that begin so.
fn is_issued(digits: &[u8]) -> bool {
    let four = digits.iter().take(4).fold(0, |number, digit| number * 10 + u32::from(*digit));
    let (two, three) = (four / 100, four / 10);
    match digits.len() {
        13 => two / 10 == 4,
        14 => matches!(two, 36 | 38 | 39) || matches!(three, 300..=305 | 309),
        15 => matches!(two, 34 | 37),
        16 => {
            matches!(two, 40..=49 | 51..=55 | 62 | 65)
                || matches!(three, 644..=649)
                || matches!(four, 2221..=2720 | 3528..=3589 | 5018 | 5020 | 5038 | 5893 | 6011 | 6304 | 6759 | 6761..=6763)
        }
        19 => matches!(two, 40..=49 | 62) || matches!(four, 5018 | 5020 | 5038 | 6011 | 6304 | 6759),
        _ => false,
    }
}

/// How many different digits there are: made-up numbers have one or two.
fn variety(digits: &[u8]) -> u32 {
    digits.iter().fold(0_u16, |seen, digit| seen | 1 << digit).count_ones()
}

/// The check sum of ISO/IEC 7812.
fn luhn(digits: &[u8]) -> bool {
    let doubled = |digit: u8| if digit > 4 { digit * 2 - 9 } else { digit * 2 };
    let terms = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(place, digit)| if place % 2 == 1 { doubled(*digit) } else { *digit });
    terms.map(u32::from).sum::<u32>() % 10 == 0
}

/// Beginnings of words for a card.
const CARD: &[&str] =
    &["card", "visa", "master", "amex", "kredit", "kart", "cart", "tarjeta", "credit", "カード"];

/// Beginnings of words for other long numbers.
const OTHERS: &[&str] = &[
    "track", "trace", "sendung", "paket", "parcel", "package", "shipment", "colis", "suivi", "seguim",
    "tracc", "spediz", "imei", "iccid", "sim", "ean", "gtin", "upc", "isbn", "asin", "sku", "serial",
    "serien", "order", "bestel", "auftrag", "commande", "pedido", "ordin", "invoice", "rechnung", "factur",
    "fattura", "ticket", "case", "rma", "claim", "dhl", "ups", "usps", "fedex", "dpd", "gls", "hermes",
    "evri", "追跡", "注文",
];

/// Whether neither the neighbours nor the words before make it a part, or another kind, of number.
fn stands_alone(text: &str, start: usize, end: usize) -> bool {
    let is_part = |c: char| matches!(c, '+' | '_' | '#' | '.' | '/' | '=' | '&') || is_dash(c);
    if text[..start].ends_with(is_part) {
        return false;
    }
    let after = &text[end..];
    if after.starts_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '=') || is_dash(c)) {
        return false;
    }
    words_before(text, start)
        .find_map(
            |word| if has_stem(&word, CARD) { Some(true) } else { has_stem(&word, OTHERS).then_some(false) },
        )
        .unwrap_or(true)
}

/// Countries of the IBAN registry, each with the length of its numbers.
const COUNTRIES: &str = "\
    AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 \
    CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 \
    GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 \
    LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 \
    NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 \
    SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30";

/// How long the IBANs of a country are.
fn iban_length(country: [u8; 2]) -> Option<usize> {
    let entry = COUNTRIES.as_bytes().chunks(5).find(|entry| entry.starts_with(&country))?;
    Some(entry[2..4].iter().fold(0, |length, digit| length * 10 + usize::from(digit - b'0')))
}

/// Where an IBAN that begins at `at` ends.
fn iban_end(text: &str, at: usize) -> Option<usize> {
    let [one, two, check, next, ..] = *text.as_bytes().get(at..)? else { return None };
    let is_like_one = one.is_ascii_alphabetic()
        && two.is_ascii_alphabetic()
        && check.is_ascii_digit()
        && next.is_ascii_digit();
    if !is_like_one || matches!((check, next), (b'0', b'0' | b'1') | (b'9', b'9')) {
        return None;
    }
    let length = iban_length([one.to_ascii_uppercase(), two.to_ascii_uppercase()])?;
    let is_same_case = |c: char| c.is_ascii_digit() || c.is_ascii_uppercase() == one.is_ascii_uppercase();
    let mut number = String::with_capacity(length);
    let mut end = at;
    let mut chars = text[at..].char_indices().peekable();
    while number.len() < length {
        let (offset, c) = chars.next()?;
        let is_join = number.len().is_multiple_of(4)
            && !number.is_empty()
            && (is_dash(c) || matches!(c, ' ' | '\u{A0}' | '\u{202F}'));
        if c.is_ascii_alphanumeric() && is_same_case(c) {
            number.push(c);
            end = at + offset + 1;
        } else if !is_join || !chars.peek().is_some_and(|(_, c)| c.is_ascii_alphanumeric()) {
            return None;
        }
    }
    let is_cut = text[end..].starts_with(|c: char| c.is_ascii_alphanumeric());
    (!is_cut && !is_made_up(&number) && remainder(&number) == Some(1)).then_some(end)
}

/// One character all over.
fn is_made_up(iban: &str) -> bool {
    let account = &iban.as_bytes()[4..];
    account.iter().all(|byte| *byte == account[0])
}

/// The check sum of ISO 7064, mod 97-10, over the number with its beginning at the end.
fn remainder(iban: &str) -> Option<u32> {
    let (head, account) = iban.split_at_checked(4)?;
    account.chars().chain(head.chars()).try_fold(0, |sum, c| {
        let value = c.to_digit(36)?;
        Some(if value < 10 { (sum * 10 + value) % 97 } else { (sum * 100 + value) % 97 })
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::picture::{assert_drawn, is_lawful};
    use super::*;

    fn find(secret: Secret) -> impl Fn(&str) -> Vec<Range<usize>> {
        move |text| {
            secret_numbers(text).into_iter().filter(|hit| hit.secret == secret).map(|hit| hit.range).collect()
        }
    }

    fn find_all(text: &str) -> Vec<Range<usize>> {
        secret_numbers(text).into_iter().map(|hit| hit.range).collect()
    }

    #[test]
    fn cards() {
        assert_drawn(
            &[
                "card |4000 1234 5678 9017|.",
                "|4000123456789017|",
                "|5112-3456-7890-1235|",
                "|2223\u{A0}4567\u{A0}8901\u{A0}2342|",
                "Amex |3412 345678 90127|",
                "|341234567890127|",
                "|6011–3456–7890–1235|",
                "JCB |3532123456789016|",
                "UnionPay |6212345678901234569|",
                "|4001 2345 6789 0123 458|",
                "Diners |3612 345678 9013|",
                "old |4001 2345 6789 3|",
                "|4000 1234 5678 9017| 123",
                "|4000 1234 5678 9017| 12/29",
                "paid for the order by card: |4000 1234 5678 9017|",
                "Kartennummer |4000123456789017|, danke",
                "カード番号|4000123456789017|です",
                "(|4000-1234-5678-9017|)",
            ],
            find(Secret::Card),
        );
    }

    #[test]
    fn accounts() {
        assert_drawn(
            &[
                "|DE89 3704 0044 0532 0130 00| bei der Bank",
                "IBAN:|DE89370400440532013000|",
                "|de89370400440532013000|",
                "|GB29 NWBK 6016 1331 9268 19|.",
                "|FR1420041010050500013M02606|",
                "|NL91ABNA0417164300|",
                "|ES91 2100 0418 4502 0005 1332|",
                "|IT60X0542811101000000123456|",
                "|BE68-5390-0754-7034|",
                "|AT61\u{A0}1904\u{A0}3002\u{A0}3457\u{A0}3201|",
                "|CH9300762011623852957|, |NO9386011117947|",
                "|PL61109010140000071219812874|",
                "|MT84MALT011000012345MTLCAST001S|",
            ],
            find(Secret::Iban),
        );
    }

    #[test]
    fn silence() {
        assert_drawn(
            &[
                "",
                "4000 1234 5678 9018",
                "0000 0000 0000 0000",
                "4444 4444 4444 4444",
                "4111 1111 1111 1111",
                "4242424242424242",
                "1234 5678 9012 3452",
                "XXXX XXXX XXXX 9017",
                "4001234567893",
                "tracking 4000123456789017",
                "tracking number: 4000 1234 5678 9017",
                "Sendungsnummer 5112345678901235",
                "IMEI 353456789012348",
                "353456789012348",
                "ICCID 8931012345678901235",
                "8931012345678901235",
                "EAN 4006381333931",
                "4006381333931",
                "order 702-4815162-3423108",
                "order no 4000123456789017",
                "9400 1000 0000 0000 0000 00",
                "4000 1234 5678 9017 4000 1234",
                "40001234567890174",
                "A4000123456789017",
                "4000123456789017B",
                "+4000123456789017",
                "?id=4000123456789017",
                "0.4000123456789017",
                "40 00 12 34 56 78 90 17",
                "4000-1234 5678-9017",
                "+49 30 123456 789012",
                "DE88 3704 0044 0532 0130 00",
                "DE89 3704 0044 0532 0130",
                "DE8937040044053201300012",
                "XDE89370400440532013000",
                "De89370400440532013000",
                "D E89 3704 0044 0532 0130 00",
                "DE893 704 0044 0532 0130 00",
                "DE00 0000 0000 0000 0000 00",
                "ZZ89 3704 0044 0532 0130 00",
                "IT20 shirts are available in the store today",
                "BE12",
            ],
            find_all,
        );
    }

    #[test]
    fn the_registry_is_sorted_and_plausible() {
        let countries: Vec<&str> = COUNTRIES.split(' ').collect();
        assert!(countries.is_sorted());
        for entry in countries {
            assert!(
                iban_length([entry.as_bytes()[0], entry.as_bytes()[1]])
                    .is_some_and(|length| (15..=34).contains(&length)),
                "{entry}"
            );
        }
    }

    proptest! {
        #[test]
        fn any_text_gives_lawful_ranges(text in "([0-9]{1,5}|[ -]|DE89|\\PC|4000 1234 5678 9017){0,24}") {
            prop_assert!(is_lawful(&text, &find_all(&text)));
        }

        #[test]
        fn one_wrong_digit_is_noticed(place in 0..16_usize, digit in 1..10_u8) {
            let mut card = *b"4000123456789017";
            card[place] = b'0' + (card[place] - b'0' + digit) % 10;
            prop_assert!(find_all(std::str::from_utf8(&card).unwrap()).is_empty());
        }
    }
}
