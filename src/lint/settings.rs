use std::collections::BTreeMap;

use crate::finding::{Channel, Kind, Profile};
use crate::rule::schema::Level;

use super::KindOrigin;

/// How messages are judged: what the command line and the configuration ask for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// How strictly.
    pub profile: Profile,
    /// The kind to judge as, and who said so: the command line beats the metadata of a message, the metadata beats the
    /// configuration.
    pub kind: Option<(Kind, KindOrigin)>,
    /// The channel that messages are sent by, and who said so; the same beats the same.
    pub channel: Option<(Channel, KindOrigin)>,
    /// The marketplace (country code) of messages that name none; decides which phone numbers are local.
    pub marketplace: String,
    /// The buyer's language where a message names none.
    pub language: Option<String>,
    /// Whether every message counts as final, so that placeholders left in are errors.
    pub is_final: bool,
    /// Whether the sending tool adds the order ID.
    pub order_id_added_by_tool: bool,
    /// Hosts that links may lead to besides Amazon's and the carriers'.
    pub allowed_hosts: Vec<String>,
    /// Rules whose severity the user set, by id; `off` switches a rule off.
    pub levels: BTreeMap<String, Level>,
    /// If not empty, only these rules are asked.
    pub only: Vec<String>,
    /// Findings kept per message; one more says that there were more.
    pub max_findings: usize,
}

/// Findings kept per message unless the user asks for another number.
pub const MAX_FINDINGS: usize = 1000;

impl Default for Settings {
    fn default() -> Self {
        Self {
            profile: Profile::default(),
            kind: None,
            channel: None,
            marketplace: "US".to_owned(),
            language: None,
            is_final: false,
            order_id_added_by_tool: false,
            allowed_hosts: Vec::new(),
            levels: BTreeMap::new(),
            only: Vec::new(),
            max_findings: MAX_FINDINGS,
        }
    }
}
