//! A name, read word by word, however the words are joined: `order_id`, `orderId`, `order.id`, `ORDER ID`, `orderid` and
//! `Bestellnummer` all say *order* and *number*.

use super::Meaning;
use super::known::signs_of_listed;
use super::words::{ALONE, FILLER, FIRST, HOLE, INSERT, MEANINGFUL, NUMBER, Signs, TOGETHER, YOUR};

/// A name, read word by word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Name {
    /// What its words are a sign of.
    pub(super) signs: Signs,
    /// What its first word is a sign of.
    pub(super) first: Signs,
    /// How many words it has.
    pub(super) words: usize,
    /// How many of them are not known.
    pub(super) unknown: usize,
    /// How many digits it has.
    pub(super) digits: usize,
}

impl Name {
    /// Reads a name. Of a long instruction only the beginning says what it stands for; the rest are examples and such.
    pub(super) fn of(text: &str) -> Self {
        const TELLING: usize = 4;
        let is_instruction = text.contains(' ');
        let mut name = Self::default();
        let mut telling = 0;
        each_word(text, |word| {
            let is_beginning = !is_instruction || telling < TELLING;
            let signs = name.take(word, if is_beginning { Signs::MAX } else { !MEANINGFUL });
            telling += usize::from(signs & FILLER == 0);
        });
        name
    }

    /// What the name means.
    pub(super) fn meaning(self) -> Meaning {
        let whole = self.signs & !FILLER;
        let alone = ALONE.iter().find(|(signs, _)| self.unknown == 0 && *signs == whole);
        let together = TOGETHER.iter().find(|(signs, _)| signs & whole == *signs);
        alone.or(together).map_or(Meaning::Other, |(_, meaning)| *meaning)
    }

    /// Whether one of these signs is there.
    pub(super) fn has(self, signs: Signs) -> bool {
        self.signs & signs != 0
    }

    /// Whether the name means something that rules ask for.
    pub(super) fn is_meaningful(self) -> bool {
        self.signs & MEANINGFUL & !YOUR & !NUMBER != 0
    }

    /// Whether the name says that it is to be filled in.
    pub(super) fn is_hole(self) -> bool {
        self.has(HOLE | INSERT) || self.is_meaningful()
    }

    /// Whether no word says anything.
    pub(super) fn is_empty(self) -> bool {
        self.unknown == 0 && self.signs & !(FILLER | FIRST) == 0
    }

    /// Takes a word, and of its signs those that count.
    fn take(&mut self, word: &str, counting: Signs) -> Signs {
        self.words += 1;
        if word.bytes().all(|byte| byte.is_ascii_digit()) {
            self.digits += word.len();
            return FILLER;
        }
        let signs = signs_of(word, MOST_PARTS);
        if self.words == 1 {
            self.first = signs;
        }
        self.signs |= signs & counting;
        self.unknown += usize::from(signs == 0);
        signs
    }
}

/// No word is cut into more.
const MOST_PARTS: usize = 3;

/// A word of the list, or up to so many of them in one (`ordernumber`, `Kundenname`).
fn signs_of(word: &str, parts: usize) -> Signs {
    const LONGEST: usize = 40;
    if let Some(signs) = signs_of_listed(word) {
        return signs;
    }
    if word.len() > LONGEST || parts == 1 {
        return 0;
    }
    let cuts = (3..word.len().saturating_sub(1)).filter(|cut| word.is_char_boundary(*cut));
    let mut compounds = cuts.filter_map(|cut| {
        let head = signs_of_listed(&word[..cut])?;
        Some(signs_of(&word[cut..], parts - 1)).filter(|tail| *tail != 0).map(|tail| head | tail)
    });
    compounds.next().unwrap_or(0)
}

/// Calls `found` with each word in lower case: runs of letters, cut at `camelCase`, runs of digits, and `#`.
fn each_word(text: &str, mut found: impl FnMut(&str)) {
    let mut word = String::new();
    let mut last = Shape::Between;
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let shape = Shape::of(c);
        let starts_hump = shape == Shape::Upper && rest.peek().is_some_and(|next| next.is_lowercase());
        let goes_on = match (last, shape) {
            (Shape::Upper, Shape::Upper) => !starts_hump,
            (Shape::Upper, Shape::Lower) => true,
            (from, to) => from == to && to != Shape::Between,
        };
        if !goes_on && !word.is_empty() {
            found(&word);
            word.clear();
        }
        if shape != Shape::Between || c == '#' {
            word.extend(c.to_lowercase());
        }
        last = shape;
    }
    if !word.is_empty() {
        found(&word);
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    Upper,
    Lower,
    Digit,
    Between,
}

impl Shape {
    fn of(c: char) -> Self {
        match c {
            _ if c.is_ascii_digit() => Self::Digit,
            _ if c.is_uppercase() => Self::Upper,
            'º' | '°' => Self::Lower,
            _ if c.is_alphanumeric() => Self::Lower,
            _ => Self::Between,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_however_they_are_joined() {
        let cases = [
            ("order_id", "order id"),
            ("orderId", "order id"),
            ("OrderID", "order id"),
            ("IDNumber", "id number"),
            ("order.id", "order id"),
            ("Order #", "order #"),
            ("ship-address1", "ship address 1"),
            ("buyer's name", "buyer s name"),
            ("ShopURL", "shop url"),
            ("$Kunde->cNachname", "kunde c nachname"),
            ("Prénom", "prénom"),
            ("注文番号", "注文番号"),
        ];
        for (name, words) in cases {
            let mut found = Vec::new();
            each_word(name, |word| found.push(word.to_owned()));
            assert_eq!(found.join(" "), words, "{name}");
        }
    }

    #[test]
    fn meanings_come_from_the_words() {
        let cases = [
            ("amazon_order_id", "order-id"),
            ("orderNumber", "order-id"),
            ("order.id", "order-id"),
            ("Order #", "order-id"),
            ("ordernumber", "order-id"),
            ("Your Order", "order-id"),
            ("Bestellnummer", "order-id"),
            ("Numéro de commande", "order-id"),
            ("número de pedido", "order-id"),
            ("注文番号", "order-id"),
            ("order_date", "date"),
            ("Order status", "other"),
            ("order.buyer.first_name", "buyer-name"),
            ("customerfirstname", "buyer-name"),
            ("Kundenname", "buyer-name"),
            ("Contact.Name", "buyer-name"),
            ("ticket.requester.first_name", "buyer-name"),
            ("Your Name", "seller-name"),
            ("store-name", "seller-name"),
            ("Your Store Name", "seller-name"),
            ("$Firma->cName", "seller-name"),
            ("product-name", "product"),
            ("order.item_name", "product"),
            ("ASIN", "sku"),
            ("Artikelnummer", "sku"),
            ("ship-address1", "address"),
            ("PLZ", "address"),
            ("trackingNumber", "tracking-number"),
            ("Sendungsnummer", "tracking-number"),
            ("tracking-link", "tracking-link"),
            ("order-link", "order-link"),
            ("feedback-link", "feedback-link"),
            ("product-review-link", "review-link"),
            ("ContactUs", "contact-link"),
            ("product-link", "product-link"),
            ("store-link-alt", "store-link"),
            ("unsubscribe-link", "unsubscribe-link"),
            ("buyer-email", "buyer-email"),
            ("Telefonnummer", "phone"),
            ("product-image", "image"),
            ("coupon_code", "coupon"),
            ("price-item", "amount"),
            ("price-shipping", "amount"),
            ("Carrier name", "carrier"),
            ("quantity", "quantity"),
            ("estimated-arrival", "date"),
            ("condition-note", "other"),
            ("Customer's question", "other"),
            ("Direct answer to their question", "other"),
            ("config.signature", "signature"),
            ("return_url", "link"),
            ("lead.first_name", "buyer-name"),
            ("$Kategorie->cName", "other"),
            ("Reason, e.g. customs or carrier delay", "other"),
            ("Insert the customer's order number here", "order-id"),
            ("Promotion details, e.g. coupon or bundle", "coupon"),
            ("xyz", "other"),
        ];
        for (name, meaning) in cases {
            assert_eq!(Name::of(name).meaning().name(), meaning, "{name}");
        }
    }
}
