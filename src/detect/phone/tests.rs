use super::find;
use crate::finding::Confidence;

/// Draws what was found: `|…|` high, `‖…‖` medium, `¦…¦` low, and `^` before the number where it is disguised.
fn drawn(text: &str, region: &str) -> String {
    let mut out = String::new();
    let mut at = 0;
    for phone in find(text, region) {
        let bar = match phone.confidence {
            Confidence::High => '|',
            Confidence::Medium => '‖',
            Confidence::Low => '¦',
        };
        let sign = if phone.is_disguised { "^" } else { "" };
        out += &format!("{}{bar}{sign}{}{bar}", &text[at..phone.range.start], &text[phone.range.clone()]);
        at = phone.range.end;
    }
    out + &text[at..]
}

/// Takes the marks out again, runs, and collects what differs.
#[track_caller]
fn check(region: &str, pictures: &[&str]) {
    let plain = |picture: &str| picture.replace(['|', '‖', '¦', '^'], "");
    let wrong: Vec<String> = pictures
        .iter()
        .map(|picture| (picture, drawn(&plain(picture), region)))
        .filter(|(picture, drawn)| *picture != drawn)
        .map(|(picture, drawn)| format!("\n   wanted {picture}\n      got {drawn}"))
        .collect();
    assert!(wrong.is_empty(), "{region}:{}", wrong.concat());
}

#[test]
fn numbers_written_as_people_write_them() {
    check(
        "US",
        &[
            "call |+1 202 555 0143| now",
            "Questions? |(415) 666-7777|.",
            "Questions? |415-666-7777| or |415.666.7778|, any time",
            "|+44 20 7946 0958|",
            "Our number: |1-800-437-9625|!",
            "dial |011 44 20 7946 0958| from the US",
            "|+14156667777|",
            "Phone: |4156667777|",
            "Phone:\n|415 666 7777|",
            "Text us at |415 666 7777| anytime",
            "(|415-666-7777|)",
            "[|415-666-7777|]",
            "call |(415) 666-7777 ext. 12| today",
            "call |415-666-7777 x12|, thanks",
            "whatsapp |+49 171 1234567|",
            "https://wa.me/|14156667777|",
            "t.me/|+14156667777|",
            "href=tel:|+1-202-555-0143|",
            "sms:|24273|",
            "tel:|2025550143|",
            "tel:|202-555-0143|?call",
            "My number-|415-666-7777|",
            "Reach our team any day of the week at ‖4156667777‖",
            "‖4156667777‖ is my cell",
            "¦4156667777¦",
            "Fax. |415 666 7777|",
            "Customer service: |415-666-7777|",
            "Order support: |415-666-7777|",
            "Order ID: 111-1234567-1234567\n|415-666-7777|",
            "order 111-1234567-1234567, call |415-666-7777|",
            "UPS |415-666-7777| or |1-800-742-5877|",
            "WhatsApp |008613800138000|",
            "https://shop.example.com/?tel=|4156667777|",
            "tel:|+14156667777;ext=12|",
            "Tracking number 0113 4960 1420 77",
            "call <|415-666-7777|>",
        ],
    );
}

#[test]
fn numbers_that_nobody_has() {
    check(
        "US",
        &[
            "call |555-201-4477|",
            "Call us at |(555) 201-0199|!",
            "‖(555) 201-0199‖",
            "‖+1 (555) 345-0199‖",
            "call |+1 (555) 345-0199|",
            "‖555-201-4477‖",
            "‖555.201.4477‖",
            "¦555 201 4477¦",
            "‖1-555-201-4477‖",
            "call |555-201-4477 ext. 9|",
            "call |123-456-7890|",
            "¦123-456-7890¦",
            "call ‖5552014477‖",
            "ring ¦555-0143¦ please",
            "call ‖020 7946 0958‖",
            "call |+49 30 1234|",
        ],
    );
    check("GB", &["‖(555) 201-0199‖", "call |555-201-4477|", "555-201-4477", "|1-800-555-0199|"]);
}

#[test]
fn other_countries() {
    check(
        "GB",
        &["|020 7946 0958|", "|07911 123456|", "¦07911123456¦", "Ring |07911123456|", "|(020) 7946 0958|"],
    );
    check(
        "DE",
        &[
            "|030 12345678|",
            "Tel.: |030/12345678|",
            "Rufen Sie uns an: |0171 1234567|",
            "¦01711234567¦",
            "Telefonnummer |01711234567|",
            "‖0171 / 123 45 67‖",
            "|0049 171 1234567|",
            "Bestellnummer 01711234567",
            "Sendungsnummer: 00340434161094012345",
            "am 12.05.2024 um 10 Uhr",
            "am 01.02.2024",
            "EAN 4006381333931",
            "IBAN DE89 3704 0044 0532 0130 00",
            "USt-IdNr. DE123456789",
            "HRB 012345678",
            "Bestellung 302-1234567-1234567",
        ],
    );
    check(
        "FR",
        &[
            "|06 12 34 56 78|",
            "|01 23 45 67 89|",
            "tél. |0612345678|",
            "¦0612345678¦",
            "N° de commande 0612345678",
        ],
    );
    check("ES", &["‖612 345 678‖", "llámenos al |612345678|", "pedido 612345678", "|612 34 56 78|"]);
    check("IT", &["chiamate il |02 1234 5678|", "|312 345 6789|", "ordine 3123456789"]);
    check("MX", &["|55 1234 5678|", "llame al |5512345678|"]);
    check("JP", &["|03-1234-5678|"]);
    check("", &["|+44 20 7946 0958|", "‖020 7946 0958‖"]);
}

#[test]
fn forms_of_other_countries() {
    check(
        "US",
        &[
            "T ‖01632 960 417‖",
            "Norvik Ltd · T: ‖01632 960 417‖ · norvik.example",
            "ring our concierge to claim it, ‖(0800) 555 0147‖, Monday to Friday",
            "Ring the fitting room between nine and four on ‖01632 960 417‖.",
            "hello@norvik.co.uk · ‖020 7946 0381‖",
            "Linen Room: ‖0117 496 0808‖.",
            "Best, Tom – Norvik – ‖020 7946 0381‖",
            "the strap 0117 496 0808 fits",
            "Part: 0117 496 0808",
            "Give my shop a bell on ‖01632 960 417‖",
            "You reach me sooner on Signal, I am under ‖0176 5550 1198‖.",
            "You may talk to Mr. Suresh at ‖98200 41736‖ about it.",
            "My private number if there is a problem: ‖07700 900431‖.",
            "My number for urgent cases ‖4156667777‖",
            "Our number for this part is 0445 110 376.",
            "My order number is 4156667777",
            "the part fits, 0445 110 376",
            "size T 4156667777 units",
        ],
    );
}

#[test]
fn numbers_broken_at_the_end_of_a_line() {
    check(
        "US",
        &[
            "If you have two minutes and a question, text us at |(720)\n555-0164|.",
            "For anything urgent, or so it seems, my direct line is |+1 (312)\n555-0148|.",
            "Call to our office in Germany directly from Monday, ‖0211\n5580 3467‖, it is quick.",
            "Tel. 720\n555",
            "The box holds everything you need for the shelf: 720\n555-0164 is the part.",
        ],
    );
}

#[test]
fn disguised() {
    check(
        "US",
        &[
            "|^five five five, one two three, four five six seven|",
            "call |^five five five one two three four five six seven| now",
            "Ring |^two oh two, double five five, oh one four three|",
            "call |^two0two 555 zero143|",
            "call |^202 five five five 0143|",
            "¦^202 five five five 0143¦",
            "call |^5 5 5 1 2 3 4 5 6 7|",
            "¦^5 5 5 2 0 1 4 4 7 7¦",
            "call |^5-5-5-2-0-1-4-4-7-7|",
            "call |^2.0.2.5.5.5.0.1.4.3|",
            "¦^2O2-555-Ol43¦",
            "call |^2O2-555-Ol43|",
            "call |^(2O2) 555-O143|",
            "text |^+1 2O2 555 Ol43|",
            "¦^202*555*0143¦",
            "call |^202*555*0143|",
            "call |^202_555_0143|",
            "call |^202 • 555 • 0143|",
            "call |^202, 555, 0143|",
            "call |202--555--0143|",
            "call |^202 dot 555 dot 0143|",
            "call |^202 dash 555 dash 0143|",
            "|^1-800-FLOWERS|",
            "dial |^1-800-GET-HELP| today",
            "dial |^1 800 CALL NOW| today",
            "|^1-800-flowers|",
            "¦^800-FLOWERS¦",
            "¦^(800) FLOWERS¦",
            "|^+1-888-CONTACTS|",
            "|^5\u{20E3}5\u{20E3}5\u{20E3}2\u{20E3}0\u{20E3}1\u{20E3}4\u{20E3}4\u{20E3}7\u{20E3}7|",
            "call ¦^five five five zero one four three¦",
            "call |^plus one two zero two five five five zero one four three|",
            "call |^2 0 2 five five five 0 1 4 3|",
            "whatsapp |^two zero two 555 0143|",
            "call |202...555...0143|",
        ],
    );
    check(
        "GB",
        &[
            "¦^zero eight hundred 123 4567¦",
            "call |^zero eight hundred 123 4567|",
            "|^zero seven nine one one, one two three, four five six|",
            "call |^07911 one two three four five six|",
        ],
    );
    check(
        "DE",
        &[
            "|^null eins sieben eins, eins zwei drei vier fünf sechs sieben|",
            "Ruf an: |^null eins sieben eins 1234567|",
        ],
    );
    check("FR", &["appelez |^zéro six 12 34 cinq six sept huit|"]);
}

#[test]
fn innocent_look_alikes() {
    check(
        "US",
        &[
            "Your order 111-1234567-1234567 has shipped",
            "Order ID: 114-5551234-7654321.",
            "order D01-1234567-1234567",
            "order 111 - 1234567 - 1234567",
            "order 11112345671234567",
            "Tracking number 1Z999AA10123456784",
            "Tracking: 9400 1112 0255 5012 3456 78",
            "USPS 9400111202555012345678",
            "DHL 4156667777",
            "customer no. 4156667777",
            "eBay item 335 123 456 789",
            "delivery 05.12.2024 - 05.15.2024",
            "mailto:a@example.com?subject=4156667777",
            "one two three four five six seven eight nine ten",
            "one two three four five six seven eight nine zero",
            "1 2 3 4 5 6 7 8 9 10",
            "9 out of 10, 5 of 5, 3 to 4, 20 of 30",
            "FedEx 415666777712",
            "FedEx 415666777712345",
            "EAN 4006381333931",
            "4006381333931",
            "UPC 036000291452",
            "ISBN 0-306-40615-2",
            "ISBN 978-3-16-148410-0",
            "delivered on 2024-05-12",
            "delivered on 12.05.2024 and 05/12/24",
            "on 2024-05-12 10:30 or 2024/05/12 08:00",
            "invoice (no. 2025-004417, 19% included)",
            "our paper 2026/118822",
            "between 10:30 and 11:45",
            "$1,299.00 or $4156667777",
            "€ 415.666.7777",
            "120 x 60 x 75 cm",
            "1200 x 600 x 750 mm",
            "9-17, Monday-Friday",
            "pages 1979-2011 100",
            "Serial number: 4156667777",
            "serial no. 415-666-7777",
            "S/N 4156667777AB",
            "SKU-4156667777",
            "sku_4156667777",
            "AB-415-666-7777",
            "415-666-7777-AB",
            "case 4156667777",
            "Case ID 415-666-7777",
            "ticket #4156667777",
            "#4156667777",
            "invoice no. 4156667777",
            "Model 415-666-7777",
            "VAT GB123456789",
            "IBAN GB29 NWBK 6016 1331 9268 19",
            "card 4111 1111 1111 1111",
            "ASIN B00EXAMPLE",
            "GPS 40.7127753, -74.0059728",
            "GPS 40.71277530, -74.00597280",
            "server 192.168.100.200",
            "212.168.110.20",
            "firmware 4.15.666.7777",
            "4156667777 units",
            "v4156667777",
            "https://example.com/4156667777",
            "https://example.com/item/415-666-7777.html",
            "ref=4156667777",
            "mail 4156667777@example.com",
            "3.4156667777",
            "sizes 5 6 7 8 9 10 11 12",
            "steps 1 2 3 4 5 6 7 8 9 0",
            "one or two, three of four",
            "one two three",
            "We sell packs of 100, 200, 3000",
            "800 PIECES in stock",
            "zip 94105-1234",
            "555-0143",
            "parcel 415 666 7777",
            "I have 10 of 20, 30 or 40 for 1 to 2 people",
            "SIZE-10-20-3000",
            "202, 555, 0143",
            "Part 5O5-333-4Il4",
            "B0O1lI2345",
            "Please quote order 4156667777 when you call",
        ],
    );
}

/// Finds lie on character boundaries, in order, and none overlaps another.
#[track_caller]
fn check_order(text: &str) {
    for region in ["US", "DE", "AR", "", "us"] {
        let mut end = 0;
        for phone in find(text, region) {
            assert!(
                phone.range.start >= end && text.get(phone.range.clone()).is_some(),
                "{text:?} {phone:?}"
            );
            end = phone.range.end;
        }
    }
}

proptest::proptest! {
    #![proptest_config(proptest::test_runner::Config { failure_persistence: None, ..Default::default() })]

    #[test]
    fn finds_are_in_order(text in "(call |tel:|one |double |plus |1-800-|\\+1|[0-9]{1,4}|[ ()+.xO#/,:*_\u{20E3}é٤-]){0,40}") {
        check_order(&text);
    }

    #[test]
    fn any_text_is_read(text in "\\PC{0,80}") {
        check_order(&text);
    }
}

#[test]
fn no_text_is_too_strange() {
    let zeros = "0".repeat(999);
    for text in [
        "",
        "+",
        "(",
        "1",
        "+1",
        "((((((((1",
        "1-800-",
        "tel:",
        "double",
        "plus",
        "ⅷ１²",
        "é4156667777é",
        "١٢٣",
        &zeros,
    ] {
        check_order(text);
    }
}
