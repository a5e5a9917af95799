//! Whether what a repository allows itself is in order, and agreed.
//!
//! None of these can be waived: an exception to the rules about exceptions would end them all.

mod expired_waiver;
mod loosened_policy;
mod unreadable_waiver;
mod unused_baseline_entry;
mod unused_waiver;
mod waiver_without_reason;
mod wildcard_waiver;

use super::Rule;

pub const UNUSED_BASELINE_ENTRY: &str = unused_baseline_entry::RULE.id;

pub static RULES: &[&Rule] = &[
    &waiver_without_reason::RULE,
    &expired_waiver::RULE,
    &wildcard_waiver::RULE,
    &unused_waiver::RULE,
    &unused_baseline_entry::RULE,
    &unreadable_waiver::RULE,
    &loosened_policy::RULE,
];
