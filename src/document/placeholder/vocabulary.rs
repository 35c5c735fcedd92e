//! The words of placeholder names, and what they are a sign of.
//!
//! A name is read word by word, however the words are joined: `order_id`, `orderId`, `order.id`, `ORDER ID`, `orderid`
//! and `Bestellnummer` all say *order* and *number*. Names of tools are not listed one by one: every shop system makes
//! up its own, but out of the same words.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::Meaning;

/// A set of signs.
pub(super) type Signs = u32;

const ORDER: Signs = 1;
const NUMBER: Signs = 1 << 1;
const LINK: Signs = 1 << 2;
const TRACKING: Signs = 1 << 3;
const FEEDBACK: Signs = 1 << 4;
const REVIEW: Signs = 1 << 5;
const CONTACT: Signs = 1 << 6;
const PRODUCT: Signs = 1 << 7;
const SKU: Signs = 1 << 8;
const STORE: Signs = 1 << 9;
const SELLER: Signs = 1 << 10;
const BUYER: Signs = 1 << 11;
const NAME: Signs = 1 << 12;
const YOUR: Signs = 1 << 13;
const UNSUBSCRIBE: Signs = 1 << 14;
const EMAIL: Signs = 1 << 15;
const PHONE: Signs = 1 << 16;
const IMAGE: Signs = 1 << 17;
const COUPON: Signs = 1 << 18;
const AMOUNT: Signs = 1 << 19;
const CARRIER: Signs = 1 << 20;
const QUANTITY: Signs = 1 << 21;
const DATE: Signs = 1 << 22;
const ADDRESS: Signs = 1 << 23;
const SIGNATURE: Signs = 1 << 24;
/// Names something that a writer fills in, but nothing that rules ask for.
const HOLE: Signs = 1 << 25;
/// Known, and says nothing.
const FILLER: Signs = 1 << 26;
/// `[Important]` and the like: a mark for the reader, no hole.
pub(super) const TAG: Signs = 1 << 27;
/// Words of a remark or a sentence in brackets.
pub(super) const PROSE: Signs = 1 << 28;
/// Tells the writer to fill something in.
pub(super) const INSERT: Signs = 1 << 29;

const MEANINGFUL: Signs = HOLE - 1;

/// What signs together mean; the first row whose signs are all there decides.
const TOGETHER: &[(Signs, Meaning)] = &[
    (UNSUBSCRIBE, Meaning::UnsubscribeLink),
    (SIGNATURE, Meaning::Signature),
    (COUPON, Meaning::Coupon),
    (IMAGE, Meaning::Image),
    (EMAIL, Meaning::BuyerEmail),
    (PHONE, Meaning::Phone),
    (REVIEW | LINK, Meaning::ReviewLink),
    (FEEDBACK | LINK, Meaning::FeedbackLink),
    (TRACKING | LINK, Meaning::TrackingLink),
    (CARRIER | LINK, Meaning::TrackingLink),
    (STORE | LINK, Meaning::StoreLink),
    (PRODUCT | LINK, Meaning::ProductLink),
    (SKU | LINK, Meaning::ProductLink),
    (CONTACT | LINK, Meaning::ContactLink),
    (ORDER | LINK, Meaning::OrderLink),
    (LINK, Meaning::Link),
    (TRACKING, Meaning::TrackingNumber),
    (SKU, Meaning::Sku),
    (PRODUCT | NUMBER, Meaning::Sku),
    (ORDER | NUMBER, Meaning::OrderId),
    (AMOUNT, Meaning::Amount),
    (QUANTITY, Meaning::Quantity),
    (BUYER | NAME, Meaning::BuyerName),
    (PRODUCT | NAME, Meaning::Product),
    (CARRIER, Meaning::Carrier),
    (DATE, Meaning::Date),
    (ADDRESS, Meaning::Address),
    (CONTACT | NAME, Meaning::BuyerName),
    (STORE | NAME, Meaning::SellerName),
    (SELLER | NAME, Meaning::SellerName),
    (YOUR | NAME, Meaning::SellerName),
    (ORDER | NAME, Meaning::OrderId),
    (HOLE, Meaning::Other),
    (CONTACT, Meaning::ContactLink),
    (PRODUCT, Meaning::Product),
    (NAME, Meaning::BuyerName),
    (BUYER, Meaning::BuyerName),
    (STORE, Meaning::SellerName),
    (SELLER, Meaning::SellerName),
];

/// What a sign means if no other word is with it.
const ALONE: &[(Signs, Meaning)] =
    &[(ORDER, Meaning::OrderId), (FEEDBACK, Meaning::FeedbackLink), (REVIEW, Meaning::ReviewLink)];

/// Words by sign. English, German, French, Spanish and Italian, and the commonest names in Japanese and Chinese.
const WORDS: &[(Signs, &str)] = &[
    (
        ORDER,
        "order orders purchase bestell bestellung bestellungs auftrag auftrags commande pedido ordine encomenda 注文 订单",
    ),
    (
        NUMBER,
        "id ids no nr num number numbers nummer numero número numéro ref reference referenz code codes # nº n°",
    ),
    (ORDER | NUMBER, "注文番号 订单号 订单编号 订单号码 주문번호"),
    (LINK, "link links url urls href uri lien liens enlace enlaces collegamento"),
    (
        TRACKING,
        "tracking track sendung sendungs sendungsverfolgung sendungsverfolgungs suivi seguimiento tracciamento rastreo",
    ),
    (TRACKING, "waybill awb consignment 追跡番号 快递单号 运单号 物流单号"),
    (FEEDBACK, "feedback"),
    (
        REVIEW,
        "review reviews bewertung bewertungs rezension avis évaluation reseña valoración recensione レビュー 评价",
    ),
    (CONTACT, "contact contacts contactus kontakt contacto contatto"),
    (
        PRODUCT,
        "product products item items article articles artikel produkt produktes produits produit producto productos",
    ),
    (
        PRODUCT,
        "prodotto prodotti articolo artículo goods lineitem title listing 商品 产品 商品名 商品名称 产品名称",
    ),
    (SKU, "sku skus msku fnsku asin asins ean upc gtin isbn mpn"),
    (STORE, "store shop webshop storefront boutique tienda negozio laden 店铺 店舗 店舗名 店铺名称"),
    (STORE | LINK, "website homepage webseite"),
    (
        SELLER,
        "seller sellers vendor merchant company business brand agent team support rep representative sender",
    ),
    (
        SELLER,
        "firma unternehmen verkäufer händler marke vendeur entreprise société marque vendedor empresa marca",
    ),
    (SELLER, "venditore azienda 卖家 出品者"),
    (
        BUYER,
        "buyer buyers customer customers client clients consumer recipient user requester purchaser shopper",
    ),
    (
        BUYER,
        "kunde kunden kundin käufer käuferin empfänger acheteur destinataire comprador cliente destinatario acquirente",
    ),
    (BUYER | NAME, "お客様 お客様名 购买者 买家 买家姓名 客户 客户姓名"),
    (
        NAME,
        "name names namen surname fname lname forename vorname nachname nom prénom prenom nombre apellido apellidos nome cognome",
    ),
    (NAME, "salutation anrede 氏名 名前 姓名"),
    (YOUR, "your my our ihr ihre mein unser votre su tu tuo vostro"),
    (
        UNSUBSCRIBE,
        "unsubscribe unsub opt optout abmelden abmelde abbestellen désabonner désinscription disiscrizione",
    ),
    (EMAIL, "email emails mail courriel correo"),
    (
        PHONE,
        "phone telephone mobile tel fax whatsapp telefon handy téléphone teléfono telefono 电话 電話番号",
    ),
    (IMAGE, "image images img photo photos picture pictures logo pixel banner bild foto imagen immagine"),
    (
        COUPON,
        "coupon coupons voucher vouchers discount discounts promo promotion gutschein gutscheine kupon rabatt remise",
    ),
    (COUPON, "cupón descuento sconto buono 优惠券 クーポン"),
    (
        AMOUNT,
        "amount price prices total subtotal cost costs fee sum betrag preis summe montant prix importe precio importo prezzo",
    ),
    (AMOUNT, "金额 金額"),
    (
        CARRIER,
        "carrier carriers courier spediteur versanddienstleister paketdienst transporteur transportista corriere 配送業者",
    ),
    (QUANTITY, "quantity qty count menge anzahl quantité cantidad quantità 数量"),
    (
        DATE,
        "date dates day days time times timeframe eta arrival deadline today tomorrow week month year datum tag tage",
    ),
    (DATE, "liefertermin erstelldatum heure jour fecha día tiempo período data giorno 日付 日期 天数"),
    (
        ADDRESS,
        "address addresses street city town zip postcode postal state region province country adresse anschrift straße",
    ),
    (
        ADDRESS,
        "strasse plz ort stadt land ville pays rue dirección direccion calle ciudad indirizzo città 住所 地址",
    ),
    (SIGNATURE, "signature unterschrift signatur"),
    (
        HOLE,
        "reason reasons question answer response issue problem solution details detail description explanation text message",
    ),
    (
        HOLE,
        "subject topic comment instructions value option options color colour size model version serial invoice warranty",
    ),
    (
        HOLE,
        "return refund condition variant status language department custom field placeholder info information method incentive",
    ),
    (
        HOLE,
        "specification grund frage antwort lösung beschreibung rechnung rechnungs raison réponse problème solución motivo",
    ),
    (HOLE, "pregunta respuesta problema razón domanda risposta"),
    (
        FILLER,
        "amazon ship shipping shipment delivery deliver versand liefer paket first last full middle new s a an the of or and",
    ),
    (
        FILLER,
        "de la le der die das des for from to per in on alt estimated expected their his her this note marketplace ticket",
    ),
    (FILLER, "config c d n f billing payment service here us"),
    (
        TAG,
        "important importante importantes wichtig belangrijk viktigt ważne önemli 重要 urgent dringend urgente",
    ),
    (
        TAG,
        "notice hinweis achtung attention atención attenzione warning caution external extern spam fyi nb ps sic update reminder",
    ),
    (
        PROSE,
        "we i you it is are was will be please see attached enclosed edited laughs smiles redacted emphasis added optional required",
    ),
    (
        PROSE,
        "png jpg jpeg gif svg webp pdf com translated translation removed hidden https http endif mso gte",
    ),
    (
        INSERT,
        "insert enter add put write describe explain mention include provide specify einfügen eintragen insérer indiquer",
    ),
    (INSERT, "insertar indicar inserire"),
];

static SIGNS: LazyLock<HashMap<&str, Signs>> = LazyLock::new(|| {
    let pairs =
        WORDS.iter().flat_map(|(signs, words)| words.split_whitespace().map(move |word| (word, *signs)));
    pairs.collect()
});

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
    /// Reads a name.
    pub(super) fn of(text: &str) -> Self {
        let mut name = Self::default();
        each_word(text, |word| name.take(word));
        name
    }

    /// What the name means.
    pub(super) fn meaning(self) -> Meaning {
        let whole = self.signs & !FILLER;
        let alone = ALONE.iter().find(|(signs, _)| self.unknown == 0 && *signs == whole & !YOUR);
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
        self.unknown == 0 && self.signs & !FILLER == 0
    }

    fn take(&mut self, word: &str) {
        self.words += 1;
        if word.bytes().all(|byte| byte.is_ascii_digit()) {
            self.digits += word.len();
            return;
        }
        let signs = signs_of(word, MOST_PARTS);
        if self.words == 1 {
            self.first = signs;
        }
        self.signs |= signs;
        self.unknown += usize::from(signs == 0);
    }
}

/// No word is cut into more.
const MOST_PARTS: usize = 3;

/// A word of the list, or up to so many of them in one (`ordernumber`, `Kundenname`).
fn signs_of(word: &str, parts: usize) -> Signs {
    const LONGEST: usize = 40;
    if let Some(signs) = SIGNS.get(word) {
        return *signs;
    }
    if word.len() > LONGEST || parts == 1 {
        return 0;
    }
    let cuts = (3..word.len().saturating_sub(1)).filter(|cut| word.is_char_boundary(*cut));
    let mut compounds = cuts.filter_map(|cut| {
        let head = SIGNS.get(&word[..cut])?;
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
    fn each_word_is_listed_once() {
        let listed = WORDS.iter().map(|(_, words)| words.split_whitespace().count()).sum::<usize>();
        let mut words: Vec<_> = WORDS.iter().flat_map(|(_, words)| words.split_whitespace()).collect();
        words.sort_unstable();
        for pair in words.windows(2) {
            assert_ne!(pair[0], pair[1]);
        }
        assert_eq!(SIGNS.len(), listed);
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
            ("xyz", "other"),
        ];
        for (name, meaning) in cases {
            assert_eq!(Name::of(name).meaning().name(), meaning, "{name}");
        }
    }
}
