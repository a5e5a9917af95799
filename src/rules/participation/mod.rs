//! Rules about who may begin and who has to report: prerequisites and the participants of phases.

mod late_report;
mod phase_without_participants;
mod prerequisite_not_verified;
mod prerequisites_not_met;
mod undeclared_reporter;

use super::Rule;

pub static RULES: &[&Rule] = &[
    &prerequisites_not_met::RULE,
    &prerequisite_not_verified::RULE,
    &phase_without_participants::RULE,
    &late_report::RULE,
    &undeclared_reporter::RULE,
];
