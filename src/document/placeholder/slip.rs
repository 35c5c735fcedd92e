//! Slips of the pen in the names of placeholders.

/// Names that sending tools know, as far as their manuals tell.
const KNOWN: &[&str] = &[
    "amazon-order-id",
    "buyer-email",
    "buyer-first-name",
    "buyer-name",
    "carrier",
    "condition-note",
    "consumer-firstname",
    "consumer-lastname",
    "contact-link",
    "contact-us",
    "coupon-code",
    "customer-first-name",
    "customer-firstname",
    "customer-name",
    "delivery-date",
    "estimated-arrival",
    "feedback-link",
    "first-name",
    "item-name",
    "item-title",
    "last-name",
    "order-date",
    "order-id",
    "order-link",
    "order-number",
    "order-total",
    "price-item",
    "price-shipping",
    "product-image",
    "product-link",
    "product-name",
    "product-review-link",
    "product-title",
    "purchase-date",
    "quantity",
    "recipient",
    "review-link",
    "seller-name",
    "ship-address1",
    "ship-address2",
    "ship-city",
    "ship-country",
    "ship-date",
    "ship-state",
    "ship-zip",
    "shop-name",
    "store-link",
    "store-link-alt",
    "store-name",
    "tracking-id",
    "tracking-link",
    "tracking-number",
    "tracking-url",
    "unsubscribe-link",
];

const SHORTEST: usize = 5;
const LONGEST: usize = 32;

/// The known name that this one misses by one letter, or by two that changed places; written as this one is.
///
/// Only names in the manner of tools (`order-id`, `order_id`, `ORDER_ID`) can miss one: other words are the writer's own.
pub(super) fn nearest(name: &str) -> Option<String> {
    let is_of_a_tool = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    if !(SHORTEST..=LONGEST).contains(&name.len()) || !name.bytes().all(is_of_a_tool) {
        return None;
    }
    let plain = name.to_ascii_lowercase().replace('_', "-");
    let known = KNOWN.iter().find(|known| is_one_slip(plain.as_bytes(), known.as_bytes()))?;
    let known = if name.contains('_') { known.replace('-', "_") } else { (*known).to_owned() };
    let is_upper = !name.bytes().any(|byte| byte.is_ascii_lowercase());
    Some(if is_upper { known.to_ascii_uppercase() } else { known })
}

/// Whether one insertion, deletion, replacement or swap of neighbours turns one into the other.
fn is_one_slip(a: &[u8], b: &[u8]) -> bool {
    if a.len().abs_diff(b.len()) > 1 {
        return false;
    }
    let head = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    let (a, b) = (&a[head..], &b[head..]);
    let tail = a.iter().rev().zip(b.iter().rev()).take_while(|(a, b)| a == b).count();
    match (&a[..a.len() - tail], &b[..b.len() - tail]) {
        ([a1, a2], [b1, b2]) => a1 == b2 && a2 == b1,
        (a, b) => a.len().max(b.len()) == 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_slip_is_understood_and_two_are_not() {
        let cases = [
            ("oder-id", Some("order-id")),
            ("order-idd", Some("order-id")),
            ("ordre-id", Some("order-id")),
            ("orter-id", Some("order-id")),
            ("buyer_nmae", Some("buyer_name")),
            ("BUYER_NAMEE", Some("BUYER_NAME")),
            ("carier", Some("carrier")),
            ("order-id", None),
            ("odre-id", None),
            ("odrr-di", None),
            ("Oder ID", None),
            ("müyer-name", None),
            ("skuu", None),
        ];
        for (name, expected) in cases {
            assert_eq!(nearest(name).as_deref(), expected, "{name}");
        }
    }
}
