//! Rules about who does what: every task has somebody, and a plan says the same everywhere.

mod assignments_disagree;
mod duty_without_task;
mod task_without_agent;

use super::Rule;

pub static RULES: &[&Rule] =
    &[&task_without_agent::RULE, &assignments_disagree::RULE, &duty_without_task::RULE];

/// Whether two lists name somebody in common.
fn share(one: &[String], other: &[String]) -> bool {
    use crate::model::people::Person;
    one.iter().any(|own| other.iter().any(|name| own == name || Person::is_same(own, name)))
}
