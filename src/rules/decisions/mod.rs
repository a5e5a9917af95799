//! Rules about decision logs: what was decided, why, and at which price.

mod decision_incomplete;
mod decision_without_trade_offs;
mod duplicate_decision;

use super::Rule;
use crate::model::phrases;

pub static RULES: &[&Rule] =
    &[&decision_incomplete::RULE, &decision_without_trade_offs::RULE, &duplicate_decision::RULE];

/// How messages name a decision.
fn named(title: &str) -> String {
    phrases::title(title)
}
