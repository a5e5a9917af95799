//! Rules about what was agreed: whether it is known, and whether each change of it is reported.

mod no_agreement;
mod unreported_change;

use super::Rule;
use crate::ledger::{Agreement, Ledger};
use crate::project::Project;
use crate::workflow::Kind;

pub static RULES: &[&Rule] = &[&unreported_change::RULE, &no_agreement::RULE];

/// The phase that leaves the evidence of implementations: its gate is the one that asks for
/// reports.
pub(super) fn reporting_phase(project: &Project) -> Option<usize> {
    let mut all = project.workflow.deliverables();
    all.find(|(.., one)| one.kind == Kind::Evidence).map(|(phase, ..)| phase)
}

fn agreement(ledger: &Ledger, iteration: usize) -> Option<&Agreement> {
    ledger.agreements.iter().find(|one| one.iteration == iteration)
}

/// How messages name the agreed tree: `1a2b3c4`.
fn short(agreement: &Agreement) -> &str {
    agreement.commit.as_ref().map_or("the agreement", |commit| &commit.short)
}
