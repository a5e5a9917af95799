//! How much a finding weighs.

use serde::{Deserialize, Serialize};

/// Only [`Level::Deny`] fails a gate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// The rule is not judged.
    Off,
    Note,
    Warn,
    Deny,
}

impl Level {
    /// The word people read and write for this level.
    pub fn word(self) -> &'static str {
        match self {
            Level::Off => "off",
            Level::Note => "note",
            Level::Warn => "warn",
            Level::Deny => "deny",
        }
    }
}
