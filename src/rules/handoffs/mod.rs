//! Rules about handoffs: whether they say what the receiver needs, and whether it is true.

mod handed_over_missing;
mod handed_over_too_early;
mod handoff_incomplete;
mod ready_too_early;
mod task_not_complete;
mod unknown_task;

use super::Rule;

pub static RULES: &[&Rule] = &[
    &handoff_incomplete::RULE,
    &handed_over_missing::RULE,
    &ready_too_early::RULE,
    &handed_over_too_early::RULE,
    &task_not_complete::RULE,
    &unknown_task::RULE,
];
