//! The words of placeholder names, what they are a sign of, and what the signs mean.
//!
//! Names of tools are not listed one by one: every shop system makes up its own, but out of the same words.

use super::Meaning;

/// A set of signs.
pub(super) type Signs = u32;

const ORDER: Signs = 1;
pub(super) const NUMBER: Signs = 1 << 1;
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
pub(super) const YOUR: Signs = 1 << 13;
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
pub(super) const HOLE: Signs = 1 << 25;
/// Known, and says nothing.
pub(super) const FILLER: Signs = 1 << 26;
/// `[Important]` and the like: a mark for the reader, no hole.
pub(super) const TAG: Signs = 1 << 27;
/// Words of a remark or a sentence in brackets.
pub(super) const PROSE: Signs = 1 << 28;
/// Tells the writer to fill something in.
pub(super) const INSERT: Signs = 1 << 29;
/// First, last or full: what makes a name a person's.
pub(super) const FIRST: Signs = 1 << 30;

/// The signs of something that rules ask for.
pub(super) const MEANINGFUL: Signs = HOLE - 1;

/// What signs together mean; the first row whose signs are all there decides.
pub(super) const TOGETHER: &[(Signs, Meaning)] = &[
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
    (FIRST | NAME, Meaning::BuyerName),
    (HOLE, Meaning::Other),
    (CONTACT, Meaning::ContactLink),
    (PRODUCT, Meaning::Product),
    (BUYER, Meaning::BuyerName),
    (STORE, Meaning::SellerName),
    (SELLER, Meaning::SellerName),
];

/// What signs mean if no other word is with them.
pub(super) const ALONE: &[(Signs, Meaning)] = &[
    (ORDER, Meaning::OrderId),
    (ORDER | YOUR, Meaning::OrderId),
    (ORDER | NAME, Meaning::OrderId),
    (FEEDBACK, Meaning::FeedbackLink),
    (REVIEW, Meaning::ReviewLink),
    (NAME, Meaning::BuyerName),
];

/// Words by sign. English, German, French, Spanish and Italian, and the commonest names in Japanese and Chinese.
pub(super) const WORDS: &[(Signs, &str)] = &[
    (
        ORDER,
        "order orders purchase bestell bestellung bestellungs auftrag auftrags commande pedido ordine \
         encomenda 注文 订单",
    ),
    (
        NUMBER,
        "id ids no nr num number numbers nummer numero número numéro ref reference referenz code codes # \
         nº n°",
    ),
    (ORDER | NUMBER, "注文番号 订单号 订单编号 订单号码 주문번호"),
    (LINK, "link links url urls href uri lien liens enlace enlaces collegamento"),
    (
        TRACKING,
        "tracking track sendung sendungs sendungsverfolgung sendungsverfolgungs suivi seguimiento \
         tracciamento rastreo waybill awb consignment 追跡番号 快递单号 运单号 物流单号",
    ),
    (FEEDBACK, "feedback"),
    (
        REVIEW,
        "review reviews bewertung bewertungs rezension avis évaluation reseña valoración recensione \
         レビュー 评价",
    ),
    (CONTACT, "contact contacts contactus kontakt contacto contatto"),
    (
        PRODUCT,
        "product products item items article articles artikel produkt produktes produits produit producto \
         productos prodotto prodotti articolo artículo goods lineitem title listing 商品 产品 商品名 \
         商品名称 产品名称",
    ),
    (SKU, "sku skus msku fnsku asin asins ean upc gtin isbn mpn"),
    (STORE, "store shop webshop storefront boutique tienda negozio laden 店铺 店舗 店舗名 店铺名称"),
    (STORE | LINK, "website homepage webseite"),
    (
        SELLER,
        "seller sellers vendor merchant company business brand agent team support rep representative \
         sender firma unternehmen verkäufer händler marke vendeur entreprise société marque vendedor \
         empresa marca venditore azienda 卖家 出品者",
    ),
    (
        BUYER,
        "buyer buyers customer customers client clients consumer recipient user requester purchaser \
         shopper kunde kunden kundin käufer käuferin empfänger acheteur destinataire comprador cliente \
         destinatario acquirente",
    ),
    (BUYER | NAME, "お客様 お客様名 购买者 买家 买家姓名 客户 客户姓名"),
    (NAME, "name names namen nom nombre nome 名前"),
    (
        NAME | FIRST,
        "surname fname lname forename vorname nachname prénom prenom apellido apellidos cognome \
         salutation anrede 氏名 姓名",
    ),
    (FIRST, "first last full middle given family"),
    (YOUR, "your my our ihr ihre mein unser votre su tu tuo vostro"),
    (
        UNSUBSCRIBE,
        "unsubscribe unsub opt optout abmelden abmelde abbestellen désabonner désinscription \
         disiscrizione",
    ),
    (EMAIL, "email emails mail courriel correo"),
    (
        PHONE,
        "phone telephone mobile tel fax whatsapp telefon handy téléphone teléfono telefono 电话 電話番号",
    ),
    (IMAGE, "image images img photo photos picture pictures logo pixel banner bild foto imagen immagine"),
    (
        COUPON,
        "coupon coupons voucher vouchers discount discounts promo promotion gutschein gutscheine kupon \
         rabatt remise cupón descuento sconto buono 优惠券 クーポン",
    ),
    (
        AMOUNT,
        "amount price prices total subtotal cost costs fee sum betrag preis summe montant prix importe \
         precio importo prezzo 金额 金額",
    ),
    (
        CARRIER,
        "carrier carriers courier spediteur versanddienstleister paketdienst transporteur transportista \
         corriere 配送業者",
    ),
    (QUANTITY, "quantity qty count menge anzahl quantité cantidad quantità 数量"),
    (
        DATE,
        "date dates day days time times timeframe eta arrival deadline today tomorrow week month year \
         datum tag tage liefertermin erstelldatum heure jour fecha día tiempo período data giorno 日付 \
         日期 天数",
    ),
    (
        ADDRESS,
        "address addresses street city town zip postcode postal state region province country adresse \
         anschrift straße strasse plz ort stadt land ville pays rue dirección direccion calle ciudad \
         indirizzo città 住所 地址",
    ),
    (SIGNATURE, "signature unterschrift signatur"),
    (
        HOLE,
        "reason reasons question answer response issue problem solution details detail description \
         explanation text message subject topic comment instructions value option options color colour \
         size model version serial invoice warranty return refund condition variant status language \
         department custom field placeholder info information method incentive specification grund frage \
         antwort lösung beschreibung rechnung rechnungs raison réponse problème solución motivo pregunta \
         respuesta problema razón domanda risposta",
    ),
    (
        FILLER,
        "amazon ship shipping shipment delivery deliver versand liefer paket new s a an the of or and de \
         la le der die das des for from to per in on alt estimated expected their his her this \
         marketplace ticket config c d n f billing payment service here us",
    ),
    (
        TAG,
        "important importante importantes wichtig belangrijk viktigt ważne önemli 重要 urgent dringend \
         urgente notice hinweis achtung attention atención attenzione warning caution external extern \
         spam fyi nb ps sic update reminder note",
    ),
    (
        PROSE,
        "we i you it is are was will be please see attached enclosed edited laughs smiles redacted \
         emphasis added optional required png jpg jpeg gif svg webp pdf com translated translation \
         removed leave give rate share click visit buy follow join scan dear hello thanks ist sind \
         bitte hinterlassen klicken besuchen est sont merci hidden https http endif mso gte",
    ),
    (
        INSERT,
        "insert enter add put write describe explain mention include provide specify einfügen eintragen \
         insérer indiquer insertar indicar inserire",
    ),
];
