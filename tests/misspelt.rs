//! Phrases whose words are not written as they are spelt, and innocent words that look like them.
//!
//! Every disguise but one must be found as an error that shares a word with what is drawn between `|`; nothing innocent may be
//! an error.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use sellerlint::document::ReadAs;
use sellerlint::finding::{Finding, Kind, Severity};
use sellerlint::lint::{KindOrigin, Linter, Settings};
use sellerlint::rule::builtin;

/// The family of rules that has to find it, then the text.
const DISGUISED: &str = "
review    |Please leave us a rev1ew| on Amazon.
review    |Please leave us a rev!ew| on Amazon.
review    |Please leave us a reveiw| on Amazon.
review    |Please leave a rewiew| for this lamp.
review    |Plaese leave a reviw| for this lamp.
review    |Could you write a revew| about the chair?
review    |We would love a r e v i e w| from you.
review    |We would love a r.e.v.i.e.w| from you.
review    |We would love a re-view| from you.
review    |We would love a rev\u{AD}iew| from you.
review    |We would love a rev\u{200B}iew| from you.
review    |We would love a rеviеw| from you.
review    |We would love a ｒｅｖｉｅｗ| from you.
review    |We would love a r*view| from you.
review    |Please leave us a f**dback| on Amazon.
review    |We would love a r  e  v  i  e  w| from you.
review    |Leave us some f**dback| on the product page.
review    |Leave us positive feedbak|, it helps our shop.
review    |Leave us positive fedback|, it helps our shop.
review    |Leave us a possitive feedback|, it helps our shop.
review    |Give us a 5 star ratting|, it helps our shop.
review    |Give us a 5 st4r rating|, it helps our shop.
review    |If you are satisfyed|, leave a review.
review    |Leave a review and |get a free g1ft|.
review    |Leave a review and get a free gift c4rd|.
review    |Remove your negativ feedback|, we have refunded you.
review    |Please delet your review|, we have refunded you.
promotion |Here is a discout of 10% for your next order|.
promotion |Here is a dis-count of 10% for your next order|.
promotion |Here is a disc0unt of 10% for your next order|.
promotion |Use this c0upon| when you order again.
promotion |Use this copuon| when you order again.
promotion |Use the vaucher| when you order again.
promotion |Use the vocher| when you order again.
promotion |Subscibe to our newsletter| for more offers.
promotion |Subscribe to our newsleter| for more offers.
promotion |Get 15% off your next purchse| with us.
promotion |A d i s c o u n t for your next order| is waiting.
promotion |Join our give-away| and win a lamp.
contact   |Add us on What's-App|, we answer at once.
contact   |Contact us on W h a t s A p p|, we answer at once.
contact   |Contact us on whats4pp|, we answer at once.
contact   |Write to us on Whatsap|, we answer at once.
";

const INNOCENT: &str = "
Please check the preview of the engraving before we start.
The previews of both drafts are attached to this message.
The overview of your order is on the invoice.
We need the revised drawing of the table top, please.
Please receive our apologies: the parcel is delayed by three days.
Your reviver spray is out of stock, and we have refunded the amount.
The Revlon dryer and the Revell kit ship in two parcels.
The Groupon bag and the Couper belt ship in two parcels.
The sizes are S M L X, so which one do you need?
The parts are labelled A B C D E F and go together in that order.
The code on the lid reads R E V 1 3, please tell us yours.
The part R3V1 fits your mixer, the part REV11EW does not exist.
Please pre-wash the fabric at 30 degrees, the colours bleed.
The star-shaped lid of your jar broke, and a new one is on its way.
The remote of the lamp is missing, we send it today free of charge.
The massage chair arrives on Tuesday between 8 and 12.
The carrier will charge nothing for the second delivery.
Your tanks are packed in two boxes, please unpack both.
Conform to the safety sheet when you mount the rack.
Our packer skipped one bag of screws, it follows tomorrow.
The dismount lever of the pump is on its left side.
The contract number of your warranty is on the invoice.
The vouched weight of the shelf is 80 kg a board.
The words on the mug read L O V E and H O P E, is that right?
The G-I-F-T letters of your garland were packed twice.
The coup de grace for the old filter: please dispose of it at the tip.
Is the delivery to the porter fine, or shall the driver call you?
Use the Vocher when you order again, it is the lamp that fits.
The fallow deer print comes without the frame you ordered.
Please tell us the name of the felow that took the parcel in.
";

/// A message about a delay that also says this.
fn draft(text: &str) -> String {
    format!("Hello,\n\nyour order 402-5519034-7723416 will be late by two days.\n\n{text}\n")
}

fn errors(draft: &str) -> Vec<Finding> {
    let settings = Settings { kind: Some((Kind::Proactive, KindOrigin::Option)), ..Settings::default() };
    let report = Linter::new(builtin::rules()).lint("x", draft.as_bytes(), &ReadAs::default(), &settings);
    let findings = report.messages.into_iter().flat_map(|message| message.findings);
    findings.filter(|finding| finding.severity == Severity::Error).collect()
}

/// Whether a rule finds offences of a family.
fn belongs(rule: &str, family: &str) -> bool {
    match family {
        "review" => rule.contains("review"),
        "promotion" => matches!(rule, "marketing-promotion" | "coupon-code"),
        _ => matches!(rule, "off-amazon-diversion" | "messenger-handle" | "social-handle"),
    }
}

#[test]
fn disguised_words_are_found() {
    let rows: Vec<(&str, &str)> = DISGUISED.lines().filter_map(|line| line.split_once(' ')).collect();
    let is_found = |family: &str, text: &str| {
        let start = text.find('|').unwrap();
        let drawn = start..text.rfind('|').unwrap() - 1;
        let draft = draft(&text.replace('|', ""));
        let offset = draft.find(&text.replace('|', "")).unwrap();
        errors(&draft).iter().any(|finding| {
            let found = finding.place.span.range();
            let overlaps = found.start < offset + drawn.end && offset + drawn.start < found.end;
            belongs(finding.rule.as_str(), family) && overlaps
        })
    };
    let missed: Vec<&str> =
        rows.iter().filter(|(family, text)| !is_found(family, text.trim())).map(|(_, text)| *text).collect();
    // Ratting is a word.
    assert_eq!(
        missed
            .join(
                "
"
            )
            .trim(),
        "|Give us a 5 star ratting|, it helps our shop.",
        "of {}",
        rows.len()
    );
}

#[test]
fn innocent_words_are_not_taken_for_others() {
    let wrong: Vec<String> = (INNOCENT.lines().filter(|line| !line.is_empty()))
        .filter_map(|text| {
            let found: Vec<String> =
                errors(&draft(text)).iter().map(|found| format!("{} `{}`", found.rule, found.text)).collect();
            (!found.is_empty()).then(|| format!("{text}\n    {}", found.join(", ")))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
