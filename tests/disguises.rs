//! Contacts in disguise, and innocent words that look like them.
//!
//! One case a line: its kind, then a text in which the contact is drawn between `|`. At least nine of ten disguises must
//! be found, exactly where they are drawn; no innocent look-alike may be found with more than low confidence.

use std::ops::Range;
use std::sync::LazyLock;

use proptest::collection::vec;
use proptest::prelude::{Strategy, any, prop_assert, prop_oneof, proptest};
use sellerlint::detect::contact::{self, Contacts};
use sellerlint::detect::lists::Lists;
use sellerlint::rule::schema::ListToml;
use sellerlint::verdict::Confidence;
use sellerlint::view::fold;

/// Kinds of contact that are looked for here. Rows of kind `phone` wait for the detector of phone numbers.
const KINDS: [&str; 3] = ["email", "link", "handle"];

/// Bytes of a row of [`LINKS`] before the text.
const FACTS_WIDTH: usize = 31;

const DISGUISED: &str = "
email   Write to |kontakt@blauholz.example.com| for the invoice.
email   Write to |mia (at) blauholz dot com| for the invoice.
email   Write to |mia(at)blauholz.com| for the invoice.
email   Write to |mia[at]blauholz[dot]com| please.
email   Write to |mia [at] blauholz [dot] com| please.
email   Write to |mia {at} blauholz.com| please.
email   Write to |mia [at] blauholz [dot] de| please.
email   Write to |mia {at} blauholz {dot} de| please.
email   Write to |mia(a)blauholz.com| please.
email   Write to |mia at blauholz dot com| please.
email   Write to |mia AT blauholz DOT com| please.
email   Write to |mia_at_blauholz_dot_com| please.
email   Write to |mia @ blauholz . com| please.
email   Write to |mia @ blauholz.com| please.
email   Write to |mia@ blauholz.com| please.
email   Write to |mia @blauholz.com| please.
email   Write to |mia＠blauholz．com| please.
email   Write to |mia@blauholz,com| please.
email   Write to |mia@blauholz com| please.
email   Write to |mia@blauholz dot com| please.
email   Write to |mia@blauholz(dot)com| please.
email   Write to |mia@blauholz[.]com| please.
email   Write to |mia(@)blauholz.com| please.
email   Write to |mia[@]blauholz.com| please.
email   Write to |m i a k @ b l a u h o l z . c o m| please.
email   Write to |m i a @ blauholz.com| please.
email   Mail us: |blauholz88 at gmail|
email   Mail us: |blauholz88 at gmail dot com|
email   Mail us: |blauholz at gmail.com|
email   Mail us: |blauholz@gmail|
email   Mail us: |blauholz (at) gmail|
email   Mail us: |blauholz(at)hotmail|, any day.
email   Reach me under |j.kern (at) web (dot) de|.
email   Bitte an |service(ät)blauholz.de| schreiben.
email   Bitte an |service [ät] blauholz [punkt] de| schreiben.
email   Bitte an |service at blauholz punkt de| schreiben.
email   Escriba a |ventas arroba blauholz punto com| por favor.
email   Escriba a |ventas(arroba)blauholz.com| por favor.
email   Scrivi a |vendite chiocciola blauholz punto com| per favore.
email   Écrivez à |vente arobase blauholz point com| svp.
email   |mia@blauh\u{200B}olz.com| is our address.
email   |miа@blauholz.com| is our address.
email   |ｍｉａ@blauholz.com| is our address.
email   |mia.kern+amazon@mail.blauholz.co.uk| is our address.
email   |mailto:mia@blauholz.com|
email   [Write to us](|mailto:mia@blauholz.com|)
email   Please <|mia@blauholz.com|>.
email   请联系|mia@blauholz.com|谢谢
email   |MIA@BLAUHOLZ.COM|
email   |info at blauholz.com|
email   |mia[at]blauholz[.]co[.]uk|
email   |mia dot kern at blauholz dot com|
email   |mia@blauholz。com|
email   |mia @ blauholz (dot) com|
email   |abc-123@marketplace.amazon.de|
link    See |https://blauholz.com/sale| today.
link    See |http://blauholz.com|.
link    See |hxxps://blauholz.com/x| today.
link    See |hxxp://blauholz[.]com| today.
link    See |www.blauholz.com| today.
link    See |WWW.Blauholz.COM| today.
link    See |www dot blauholz dot com| today.
link    See |www.blauholz dot com| today.
link    See |www . blauholz . com| today.
link    See |www,blauholz,com| today.
link    See |www blauholz com| today.
link    See |blauholz dot com| today.
link    See |blauholz (dot) com| today.
link    See |blauholz[.]com| today.
link    See |blauholz[dot]co[dot]uk| today.
link    See |blauholz . com| today.
link    See |blauholz .com| today.
link    See |blauholz d0t com| today.
link    See |blauholz•com| today.
link    See |blauholz。com| today.
link    See |blauholz․com| today.
link    See |ｂｌａｕｈｏｌｚ．ｃｏｍ| today.
link    See |blauh\u{AD}olz.com| today.
link    See |h t t p s : / / b l a u h o l z . c o m| today.
link    See |b l a u h o l z . c o m| today.
link    See |b-l-a-u-h-o-l-z-.-c-o-m| today.
link    See |https:// blauholz.com| today.
link    See |https : // blauholz.com| today.
link    See |https:/blauholz.com| today.
link    See |https//blauholz.com| today.
link    See |http:\\\\blauholz.com| today.
link    See |blauholz punkt de| today.
link    Voyez |blauholz point com| svp.
link    Vea |blauholz punto com| hoy.
link    Look at |blauholz.com/garden?ref=1|, please.
link    Bei |blauholz.de| gibt es mehr.
link    Su |blauholz.it| trovi di più.
link    Website:|blauholz.shop|
link    Visit our shop (|blauholz.store|).
link    Visit **|blauholz.com|**!
link    Visit _|blauholz.com|_ now.
link    Visit \"|blauholz.com|\".
link    访问|blauholz.com|谢谢
link    Thanks for your order at |blauholz.co.uk|.
link    |[our page](https://blauholz.com/a)| has it.
link    |[click here](blauholz.com)|
link    |[https://amazon.de](https://blauholz.com)|
link    <|https://blauholz.com/a|>
link    |https://amazon.de@blauholz.com/x|
link    |https://xn--amazn-mye.com|
link    |http://192.0.2.7/shop|
link    |blauholz.com:8080/x|
link    |whatsapp://send?phone=15550100|
link    |tg://resolve?domain=blauholz|
link    |t.me/blauholz|
link    |wa.me/15550100|
link    |bit.ly/3xYz|
link    |a.co/d/3xYz|
link    |ftp://blauholz.com/manual.zip|
link    |javascript:alert(1)|
link    |data:text/html;base64,AAAA|
link    |file:///home/me/manual.html|
link    |tel:+15550100|
handle  Any question? |WhatsApp us| any time.
handle  Any question? |WhatsApp: +1 202 555 0143|
handle  Any question? |WhatsApp +1 (202) 555-0143|
handle  Any question? |Wh@tsApp: +1 202 555 0143|
handle  Any question? |W h a t s A p p +1 202 555 0143|
handle  Any question? |Whats-App: 2025550143|
handle  Any question? |What's App 202-555-0143|
handle  Any question? |WhatsАpp: 2025550143|
handle  Please |add us on WeChat: blau_88|
handle  Please |add us on WeChat|.
handle  Please |contact us via Telegram|.
handle  Please |Telegram @blauholz|
handle  Please |T3legram: @blauholz|
handle  |DM us on Instagram| for the pattern.
handle  |find us on Facebook| for more.
handle  |Follow us on Inst@gram| for more.
handle  |follow us on X| for more.
handle  |message us on Signal|.
handle  Follow |@blauholz| for more.
handle  |IG: blau.holz|
handle  |Instagram: blauholz|
handle  |TikTok @blauholz|
handle  |TikTok blauholz|
handle  |Tik Tok: @blau_holz|
handle  |vx: abc123|
handle  |VX：abc123|
handle  |微信：abc123|
handle  |加微信 abc123|
handle  |Line ID xyz|
handle  |LINE ID: blau88|
handle  |LINE: @blauholz|
handle  |LINEでお問い合わせ|ください
handle  |Skype live:blauholz|
handle  |Skype: live:.cid.12ab|
handle  |QQ: 123456789|
handle  |KakaoTalk ID: blau88|
handle  |Viber +44 7700 900123|
handle  |Folgen Sie uns auf Instagram| für mehr.
handle  |Schreiben Sie uns per WhatsApp|.
handle  |Suivez-nous sur Instagram|.
handle  |Síguenos en Instagram|.
handle  |Seguici su Instagram|.
handle  |Instagram'da bizi takip| edin.
handle  |reach us by email or WhatsApp|.
handle  Snapchat? |@blau_holz|
handle  |Facebook Messenger: blauholz_shop|
handle  our Telegram is t me, |@blauholz|
handle  |contact us through our WhatsApp|.
handle  |YT: @blauholz|
email   |kunden.dienst (AT) blauholz-shop (DOT) de|
email   |jane_doe at hotmail dot co dot uk| for spare parts
email   |support[@]blauholz[.]io|
email   |blauholz@outlook com|
email   |info(Klammeraffe)blauholz.de|
link    |blauholz[.]net/warranty|
link    |https://blauholz .com|
link    Go to |get.blauholz.io|
link    |BLAUHOLZ.COM/REGISTER|
link    |www.blauholz. com|
link    Lo staff di |blauholz.it|
handle  |微信号 blau2024|
handle  |Add me on LINE: blau24|
handle  |InstagramのDMでご連絡|ください
handle  |Contactez-nous par WhatsApp au 06 12 34 56 78|
handle  |Siga-nos no Instagram|
handle  |Napisz do nas przez WhatsApp|
handle  |Send us a message on WhatsApp|
handle  my |telegram is @blauholz_support|
handle  +49 151 12345678 (|WhatsApp|)
handle  |follow us on Instagram, Facebook and TikTok| for tips.
handle  Add our engineer on |WeChat, ID: blau_care88|, please.
handle  It is pinned on our |Instagram, @blau.holz|.
handle  Send it on |WhatsApp to +1 202-555-0129|, please.
phone   Call |zero one five five five zero one zero zero|.
phone   Call |(202) 555 - 0143|.
phone   Call |２０２ ５５５ ０１４３|.
";

const INNOCENT: &str = "
any     Your parcel has arrived.Please let us know.
any     That is ok.Thanks for waiting.
any     Some parts, e.g.this one, are small.
any     See manual.pdf for the steps.
any     See README.md for the steps.
any     Built with node.js and ASP.NET.
any     Made in the U.S.A by hand.
any     Open from 9 a.m. to 5 p.m. daily.
any     Item No.5 is in the box.
any     It weighs 2.5kg or 5.5lbs.
any     Firmware v1.2.3 is installed.
any     Made in the U.S.
any     Mr.Smith signed for it.
any     Screws, bolts etc.In the box you find them.
any     We have sent it.It will arrive soon.
any     Thank you for your order.is there anything else?
any     Please tell me.So we can help.
any     We brought it here.To be sure, look again.
any     It went to St.John in Canada.
any     We checked your order.it is on the way.
any     I hope you like it.me too.
any     We love this wristband.it is great.
any     Please wait.in two days it comes.
any     You get a new one.no return is needed.
any     Please tell us.we will help.
any     We shipped the lamp.you will get it soon.
any     Sorry about that.best regards, Anna
any     Alles ist unterwegs.es kommt morgen.
any     Das Paket ist da.am Montag kommt der Rest.
any     Il pacco è partito.in due giorni arriva.
any     Votre colis est parti.il arrive demain.
any     Su pedido llegó.es de color rojo.
any     The file is IMG_2041.mov or photo.zip.
any     Run setup.exe, then open config.json.
any     The size is 10.5in x 3.in deep.
any     Use approx.in the middle.
any     We pay 3.am fees.
any     Sold as is.my apologies.
any     One blank is missing.At last it came.
any     Well...so it goes.
any     Hello {{order.id}}, hello {{ buyer.name }}.
any     Dear {customer.email}, hello.
any     Dear #order.name#, hello.
any     The ratio is 3.14.
any     Ship date: 12.05.2024, or 2024.05.12.
any     Order 123-1234567-1234567.
any     Chapter 3.in the book.
any     The dot com boom is over.
any     A red dot is on the lid.
any     A polka dot shop bag.
any     The polka dot in the middle.
any     The dot to dot book.
any     Le point de vente est fermé.
any     El punto de venta está cerrado.
any     Press the dot me button.
any     Ask for the .com version.
any     Tel: see the card.
any     Data: see below. File: see above.
any     Note: https is safer than http.
any     Use http: or https: in front.
any     The menu [File](see page 3) opens.
any     The size [L](large) fits.
any     Pick [1] or [2] (not both).
any     Hello [Customer Name](s).
any     We sent 5 @ 10 EUR each.
any     Meet at home @ 10:00.
any     They cost 3 @ $5.
any     We come @ 5pm or @10:30.
any     @media print { color: red }
any     Use the picture user@2x.png here.
any     We use package@1.2.3 now.
any     @Override and @param are words of code.
any     Use @angular/core to build.
any     Message-ID: <a1b2@mail.blauholz.com>
any     <img src=cid:logo@blauholz>
any     Meet me at home dot
any     meet me at the dot in the corner
email   Please look at blauholz.com for it.
email   Your order will arrive at Amazon.com soon.
email   You bought it at Booking.com today.
email   We looked at web.de and more.
any     Look at gmail for the message.
any     Please check your spam folder at gmail.
any     Choose option (a) or (b).
any     The phone holder is compatible with WhatsApp.
any     A phone holder for Instagram lives.
any     It works with Telegram and WhatsApp.
any     A nice messenger bag in brown.
any     The signal booster is included.
any     The zip line kit is complete.
any     Our line of products is new.
any     Drop us a line any time.
any     Reach us on line 2 of the form.
any     Address line 2: 12345678
any     Address Line 1: 12 Main Street
any     The signal is weak, contact us.
any     Contact us if WhatsApp does not open on your tablet.
any     Contact us with the signal strength.
any     Follow us inside the shop.
any     The size is X: 10 cm, Y: 12 cm.
any     A 4K webcam for Skype and Zoom.
any     Skype HD webcam, black.
any     It threads the needle.
any     Sew with the threads of the kit.
any     YouTube: How to mount the lamp
any     You can play YouTube on it.
any     Facebook page holder.
any     TikTok video light, 20 cm.
any     Instagram story ring light.
any     The discord between the two is over.
any     Washington, WA 98101
any     The kit fits X and Y axes.
any     It can show WhatsApp, Facebook and X messages.
any     Contact us about the line at the edge.
any     Your WhatsApp messages show on the watch.
any     WhatsApp: yes, Skype: no.
any     Use the TikTok app.
any     Hi @John, thanks.
any     The team is @ work.
any     We sent it to the address on file.
any     The e-mail address used for the order is fine.
any     We are at your service.
any     and/or, w/o, c/o, 24/7
any     Size 8.5/9.0 in the U.K.
any     The amount is 1.000,00 EUR.
any     Dept. of help, ext. 12
any     We ship Mon.-Fri. only.
any     Best,Anna
any     Kind regards.Anna
any     (See Fig.2) and Sec.3
any     Ph.D. and B.Sc. holders
any     the so-called i.e.my case
any     Vitamins B.12 and D.3
any     5.0 out of 5.0
any     SKU AB.12.CD and AB-12.IN
any     Hola.es un placer.
any     S.A. de C.V. and S.p.A. and S.r.l.
any     Step 1.turn it on. Step 2.press go.
any     It's 20.pieces per box.
any     HELLO.THANKS FOR WAITING.
any     Hold the button for 5 sec.then release it.
any     They left it on Mon.the driver has a photo.
any     It is for indoor use only.do not use it outside.
any     100% cotton.my favourite
any     Hej.det är bra.se bilden
any     Lieferung ca.in 3 Tagen, z.B.am Montag.
any     Gracias.no hay problema.
any     To jest ok.to dobrze.
any     SKU: LAMP.BLK.US and LAMP.WHT.UK
any     The file config.ini is in C:\\Users\\me
any     Line voltage: 230V, Line in: 3.5mm
any     Signal strength: -65dBm
any     Thread size: M10x1.5
any     Supports Facebook Live, YouTube and TikTok streaming.
any     You can share the video by WhatsApp or e-mail.
any     Press X on the remote, then Y.
any     He is at point B of the map.
any     Take a look @ the picture
any     It runs WhatsApp, no tablet.
any     @all please note
any     PLEASE WAIT.IT IS ON THE WAY.
any     OUR TEAM IS AT HOME.SO WE WAIT.
";

/// Form, confidence and faults of a link, then a text in which it is drawn.
const LINKS: &str = "
url       high   -             |https://example.com/a?b=c|, then
url       high   -             (|https://example.com/a_(b)|)
url       high   -             **|https://example.com/a|**
url       high   -             |https://example.com|.Please
url       high   -             |https://example.com:8080/x|
url       high   -             order.|https://example.com|
url       high   -             |mailto:mia@example.com|
url       high   -             |whatsapp://send?text=x|
url       high   broken        |http://|
url       high   broken        |https:// example.com|
url       high   broken        |http:/example.com/a|.
url       high   broken        |https://localhost/a|
url       high   broken        |http://127.0.0.1/|
url       high   broken        |http://10.0.0.7:80/a|
url       high   broken        |https://intranet/a|
url       high   broken        |javascript:void(0)|
url       high   broken        |file:///C:/x|
url       high   lookalike     |https://amazon.de@example.com|
url       high   lookalike     |https://amazon.com.foo.top/x|
url       high   lookalike     |https://arnazon.de|
url       high   lookalike     |https://xn--amazn-mye.com|
url       high   -             |https://www.amazon.de/dp/B000|
url       high   -             |https://bucket.s3.amazonaws.com/x|
url       high   -             |https://amazon-presses.com|
markdown  high   -             |[our page](https://example.com)|
markdown  high   -             |[our page](https://example.com 'x')|
markdown  high   vague-text    |[Click here](https://example.com)|
markdown  high   text-mismatch |[amazon.de](https://example.com)|
markdown  high   -             |[example.com](https://www.example.com/a)|
markdown  high   broken        |[our page](#)|
markdown  high   broken        |[our page]()|
markdown  high   broken        |[our page](/a)|
markdown  high   broken        |[our page](https:// example.com)|
markdown  high   -             see [1] |[a [b] c](https://example.com/(x))|
www       high   -             |www.example.com|
www       high   -             |WWW.EXAMPLE.COM/a|
bare-path high   -             |example.com/a|
bare-path high   -             |shop.example.co.uk/x?y|.
bare-path high   -             |example.com?ref=1|
bare-path high   -             |example.it/a|
bare-host medium -             |gaurosa.it|
bare-host high   -             See |petstorewares.com| for it.
bare-host high   -             |Amazon.com|
bare-host high   -             Booked at |Booking.com|.
bare-host high   -             (|EXAMPLE.COM|)
bare-host high   -             Visit |gaurosa.it| and order.
bare-host high   -             |bücher.de|
bare-host high   -             |xn--bcher-kva.de|
bare-host medium -             Your team of |Blauholz.com| Ltd
bare-host medium -             |blauholz.me| 2024
bare-host medium -             |thanks.com|
bare-host high   lookalike     |amazon-support.com|
bare-host low    -             A nice lamp by |blauholz.it| is here.
disguised high   -             |example[.]com|
disguised high   -             |hxxp://example.com|
disguised high   -             |www dot example dot com|
disguised medium -             |example dot com|
disguised low    -             |this dot com|
";

#[test]
fn links_are_known_with_their_form_and_faults() {
    for row in LINKS.lines().filter(|row| !row.is_empty()) {
        let (facts, text) = row.split_at(FACTS_WIDTH);
        let (read, contacts) = read(text);
        let [link] = contacts.links.as_slice() else { panic!("{row}\n{:?}", contacts.links) };
        let faults: Vec<String> = link.faults.iter().map(named).collect();
        let faults = if faults.is_empty() { "-".to_owned() } else { faults.join("+") };
        let found = [named(&link.form), link.confidence.to_string(), faults];
        assert_eq!(found.as_slice(), facts.split_whitespace().collect::<Vec<_>>(), "{row}");
        assert_eq!(read(link.range.clone()), drawn(text), "{row}");
    }
}

/// The name of a form or fault, as packs write it.
fn named(value: &impl serde::Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(name)) => name,
        other => panic!("a name was expected, not {other:?}"),
    }
}

proptest! {
    #[test]
    fn whatever_is_found_stands_in_order_and_apart(pieces in vec(piece(), 0..24)) {
        let text = pieces.concat();
            let contacts = contact::find(&text, &LISTS);
        for kind in KINDS {
            let mut end = 0;
            for (range, _) in of_kind(&contacts, kind) {
                prop_assert!(range.start >= end && range.start < range.end, "{kind} {range:?} in {text:?}");
                prop_assert!(text.get(range.clone()).is_some(), "{kind} {range:?} in {text:?}");
                end = range.end;
            }
        }
    }
}

/// What contacts are made of, and anything else.
fn piece() -> impl Strategy<Value = String> {
    let parts = [
        "@",
        ".",
        ":",
        "/",
        "//",
        "://",
        "(",
        ")",
        "[",
        "](",
        "]",
        "<",
        ">",
        " ",
        "  ",
        "\n",
        ",",
        "www",
        "http",
        "https",
        "com",
        "co.uk",
        "it",
        "host",
        "mia",
        " at ",
        " dot ",
        "(at)",
        "[.]",
        "_at_",
        "WhatsApp",
        "Line",
        "ID",
        "us",
        "add us on ",
        "88",
        "+1 202 555 0143",
        "é",
        "微信",
        "。",
        "•",
        "’",
        "tel:",
        "mailto:",
        "amazon",
        "xn--",
        "-",
        "_",
        "a b c d e @ ",
        "\\",
        "%",
        "{",
        "}",
    ];
    prop_oneof![
        8 => (0..parts.len()).prop_map(move |index| parts[index].to_owned()),
        1 => any::<char>().prop_map(String::from),
        1 => "\\PC{0,6}",
    ]
}

#[test]
fn nine_of_ten_disguises_are_found_where_they_are_drawn() {
    let rows = rows(DISGUISED);
    let missed: Vec<String> = rows
        .iter()
        .filter(|(kind, text)| !found(kind, text).contains(&drawn(text)))
        .map(|(kind, text)| format!("{kind}: {text}\n    found {:?}", found(kind, text)))
        .collect();
    assert!(rows.len() >= 100, "{} rows", rows.len());
    assert!(missed.is_empty(), "{} of {} missed:\n{}", missed.len(), rows.len(), missed.join("\n"));
}

#[test]
fn innocent_words_are_not_taken_for_contacts() {
    let rows = rows(INNOCENT);
    let wrong: Vec<String> = rows
        .iter()
        .map(|(kind, text)| (text, sure(kind, text)))
        .filter(|(_, found)| !found.is_empty())
        .map(|(text, found)| format!("{text}\n    found {found:?}"))
        .collect();
    assert!(rows.len() >= 100, "{} rows", rows.len());
    assert!(wrong.is_empty(), "{} of {} taken for contacts:\n{}", wrong.len(), rows.len(), wrong.join("\n"));
}

#[test]
fn an_invitation_ends_with_the_name_or_gives_way_to_the_link_behind_it() {
    for (text, wanted) in [
        ("Follow us on Instagram\n@blau.holz for more.", vec!["Follow us on Instagram\n@blau.holz"]),
        (
            "Chat with us in KakaoTalk, search ID blau_kr please.",
            vec!["Chat with us in KakaoTalk, search ID blau_kr"],
        ),
        ("Follow us on Instagram\nThe parcel is late.", vec!["Follow us on Instagram"]),
        ("Follow us on Facebook: https://www.facebook.com/blauholz", vec![]),
        ("Join our Facebook group here https://www.facebook.com/groups/blau", vec![]),
        ("Follow us on Facebook. Your parcel: https://www.dhl.de/en", vec!["Follow us on Facebook"]),
    ] {
        assert_eq!(found("handle", text), wanted, "{text}");
    }
}

/// The rows of a table whose kind is looked for.
fn rows(table: &'static str) -> Vec<(&'static str, &'static str)> {
    table
        .lines()
        .filter_map(|line| line.split_once(' '))
        .map(|(kind, text)| (kind, text.trim_start()))
        .filter(|(kind, _)| *kind == "any" || KINDS.contains(kind))
        .collect()
}

/// The text between the marks.
fn drawn(text: &str) -> String {
    text.split('|').nth(1).expect("a contact is drawn between marks").to_owned()
}

/// What is found, as it is written in the text without its marks.
fn found(kind: &str, text: &str) -> Vec<String> {
    let (text, contacts) = read(text);
    of_kind(&contacts, kind).into_iter().map(|(range, _)| text(range)).collect()
}

/// What is found with more than low confidence.
fn sure(kind: &str, text: &str) -> Vec<String> {
    let (text, contacts) = read(text);
    let kinds: &[&str] = if kind == "any" { &KINDS } else { &[kind] };
    kinds
        .iter()
        .flat_map(|kind| of_kind(&contacts, kind))
        .filter(|(_, confidence)| *confidence > Confidence::Low)
        .map(|(range, _)| text(range))
        .collect()
}

/// The contacts of a text without its marks, and what is written at a range of its plain view.
fn read(text: &str) -> (impl Fn(Range<usize>) -> String, Contacts) {
    let written = text.replace('|', "");
    let plain = fold::plain(&written).into_owned();
    let contacts = contact::find(plain.text(), &LISTS);
    (move |range| written[plain.span(range).range()].to_owned(), contacts)
}

fn of_kind(contacts: &Contacts, kind: &str) -> Vec<(Range<usize>, Confidence)> {
    match kind {
        "email" => contacts.emails.iter().map(|email| (email.range.clone(), email.confidence)).collect(),
        "link" => contacts.links.iter().map(|link| (link.range.clone(), link.confidence)).collect(),
        _ => contacts.handles.iter().map(|handle| (handle.range.clone(), handle.confidence)).collect(),
    }
}

/// The lists of the built-in pack.
static LISTS: LazyLock<Lists> = LazyLock::new(|| {
    let mut lists = Lists::default();
    for entry in std::fs::read_dir("rules/lists").expect("the folder of lists") {
        let path = entry.expect("a file of the folder").path();
        let name = path.file_stem().and_then(|stem| stem.to_str()).expect("a plain name");
        let text = std::fs::read_to_string(&path).expect("a readable file");
        let list: ListToml = toml::from_str(&text).expect("a list");
        lists.add_hosts(name, &list.hosts);
        lists.add_words(name, &list.words);
        for (network, about) in &list.networks {
            lists.add_network(network, &about.group, &about.names, about.ambiguous);
        }
    }
    lists
});
