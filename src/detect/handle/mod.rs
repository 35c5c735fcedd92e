//! Names on messengers and social networks, and invitations to them: `WeChat: shop_88`, `WhatsApp us`, `@shop`.
//!
//! The bare name of a network is no contact, since products are "compatible with WhatsApp". It takes a name, a number
//! or an invitation in the same breath; and where the network is called like an ordinary word (Line, Signal, X), a plainer
//! one.

mod bare;
mod mention;
mod name;
mod window;

use std::ops::Range;

use crate::detect::contact::keep_apart;
use crate::detect::lists::{Lists, Network};
use crate::verdict::Confidence;

use mention::Mention;

/// The group of `@names` that stand without the name of a network.
pub const BARE: &str = "handle";

/// A name on a network, or an invitation to one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Handle {
    /// Where: invitation, network and name as far as they are there.
    pub range: Range<usize>,
    /// The network, as the list calls it.
    pub network: Option<String>,
    /// Its group in the list, or [`BARE`].
    pub group: String,
    /// How sure it is that a contact is meant.
    pub confidence: Confidence,
}

impl Handle {
    /// Whether it is only an `@name`.
    pub fn is_bare(&self) -> bool {
        self.network.is_none()
    }

    fn on(network: &Network, range: Range<usize>, confidence: Confidence) -> Self {
        Self { range, network: Some(network.name.clone()), group: network.group.clone(), confidence }
    }
}

/// Finds names and invitations in a text.
pub(crate) fn find(text: &str, lists: &Lists) -> Vec<Handle> {
    let mut handles: Vec<Handle> =
        mention::find(text, lists).iter().filter_map(|mention| judge(text, mention, lists)).collect();
    handles.extend(bare::find(text, lists));
    keep_apart(&mut handles, |handle| handle.range.clone());
    handles
}

/// Whether a word is the name of a network.
pub(crate) fn is_network(word: &str, lists: &Lists) -> bool {
    mention::find(word, lists).first().is_some_and(|mention| mention.range == (0..word.len()))
}

/// What a mention of a network says: nothing, unless a name, a number or an invitation belongs to it.
fn judge(text: &str, mention: &Mention<'_>, lists: &Lists) -> Option<Handle> {
    let Mention { range, network, is_disguised } = mention;
    let invitation = window::invitation(text, mention, lists);
    let from = invitation.as_ref().map_or(range.clone(), |found| cover(range, found));
    let name = name::behind(text, mention, from.end.max(range.end), lists, invitation.is_some());
    let whole = name.as_ref().map_or(from.clone(), |name| cover(&from, &name.range));
    let confidence = match (name, invitation) {
        (Some(name), None) => name.confidence,
        (Some(_), Some(_)) => Confidence::High,
        (None, Some(_)) if network.ambiguous => Confidence::Medium,
        (None, Some(_)) => Confidence::High,
        (None, None) if *is_disguised || (!network.ambiguous && name::stands_before(text, range.start)) => {
            Confidence::Medium
        }
        (None, None) => return None,
    };
    Some(Handle::on(network, whole, confidence))
}

fn cover(a: &Range<usize>, b: &Range<usize>) -> Range<usize> {
    a.start.min(b.start)..a.end.max(b.end)
}
