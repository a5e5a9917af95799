//! Rules about the way that a feature takes: its variation, the results that it owes, the order of
//! contract and frontend.

mod frontend_before_contract;
mod result_not_passed;
mod too_simple_variation;
mod unknown_variation;

use super::Rule;

pub static RULES: &[&Rule] = &[
    &unknown_variation::RULE,
    &too_simple_variation::RULE,
    &result_not_passed::RULE,
    &frontend_before_contract::RULE,
];
