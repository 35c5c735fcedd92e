use std::fmt;

/// What a placeholder stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Meaning {
    /// The order ID.
    OrderId,
    /// The buyer's name, or a part of it.
    BuyerName,
    /// The seller's, shop's, brand's or writer's name.
    SellerName,
    /// What was bought.
    Product,
    /// Its number: SKU, ASIN, EAN.
    Sku,
    /// A day or a time.
    Date,
    /// An address, or a part of it.
    Address,
    /// The number of a parcel.
    TrackingNumber,
    /// A link to the way of a parcel.
    TrackingLink,
    /// A link to the order.
    OrderLink,
    /// A link to give seller feedback.
    FeedbackLink,
    /// A link to write a product review.
    ReviewLink,
    /// A link to write to the seller.
    ContactLink,
    /// A link to a product.
    ProductLink,
    /// A link to a shop.
    StoreLink,
    /// A link to leave a mailing list.
    UnsubscribeLink,
    /// An e-mail address, of whomever.
    BuyerEmail,
    /// A telephone number.
    Phone,
    /// A picture.
    Image,
    /// A coupon or discount.
    Coupon,
    /// A sum of money.
    Amount,
    /// Who delivers.
    Carrier,
    /// How many.
    Quantity,
    /// A link to somewhere.
    Link,
    /// The end of a message.
    Signature,
    /// No text: a condition, a loop, a comment.
    Control,
    /// Anything else.
    Other,
}

impl Meaning {
    /// Every meaning, in order.
    pub const ALL: &'static [Self] = &[
        Self::OrderId,
        Self::BuyerName,
        Self::SellerName,
        Self::Product,
        Self::Sku,
        Self::Date,
        Self::Address,
        Self::TrackingNumber,
        Self::TrackingLink,
        Self::OrderLink,
        Self::FeedbackLink,
        Self::ReviewLink,
        Self::ContactLink,
        Self::ProductLink,
        Self::StoreLink,
        Self::UnsubscribeLink,
        Self::BuyerEmail,
        Self::Phone,
        Self::Image,
        Self::Coupon,
        Self::Amount,
        Self::Carrier,
        Self::Quantity,
        Self::Link,
        Self::Signature,
        Self::Control,
        Self::Other,
    ];

    /// The name as it stands in packs and reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::OrderId => "order-id",
            Self::BuyerName => "buyer-name",
            Self::SellerName => "seller-name",
            Self::Product => "product",
            Self::Sku => "sku",
            Self::Date => "date",
            Self::Address => "address",
            Self::TrackingNumber => "tracking-number",
            Self::TrackingLink => "tracking-link",
            Self::OrderLink => "order-link",
            Self::FeedbackLink => "feedback-link",
            Self::ReviewLink => "review-link",
            Self::ContactLink => "contact-link",
            Self::ProductLink => "product-link",
            Self::StoreLink => "store-link",
            Self::UnsubscribeLink => "unsubscribe-link",
            Self::BuyerEmail => "buyer-email",
            Self::Phone => "phone",
            Self::Image => "image",
            Self::Coupon => "coupon",
            Self::Amount => "amount",
            Self::Carrier => "carrier",
            Self::Quantity => "quantity",
            Self::Link => "link",
            Self::Signature => "signature",
            Self::Control => "control",
            Self::Other => "other",
        }
    }

    /// The meaning of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|meaning| meaning.name() == name)
    }
}

impl fmt::Display for Meaning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lead_back_to_their_meanings() {
        for meaning in Meaning::ALL {
            assert_eq!(Meaning::named(meaning.name()), Some(*meaning));
        }
        assert_eq!(Meaning::named("shoe-size"), None);
        assert_eq!(Meaning::ALL.len(), Meaning::Other as usize + 1);
    }
}
