//! The records of rules, as reports and views carry them.

use std::collections::BTreeMap;

use crate::report::RuleNote;
use crate::rules::{self, Rule};

/// The notes of the rules with these ids.
pub fn of(ids: impl Iterator<Item = &'static str>) -> BTreeMap<&'static str, RuleNote> {
    ids.filter_map(|id| Some((id, note(rules::find(id)?)))).collect()
}

/// Every rule, in the order of the families.
pub fn all() -> Vec<(&'static str, RuleNote)> {
    rules::all().map(|rule| (rule.id, note(rule))).collect()
}

fn note(rule: &Rule) -> RuleNote {
    let Rule { summary, promises, level, page, .. } = *rule;
    RuleNote { summary, promises, level, page }
}
