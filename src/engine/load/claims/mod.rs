//! Holds what documents claim of the history against the history (DESIGN: claims).

mod code_first;
mod commits;
mod design;
mod designs;
mod hasty;
mod history;
mod order;
mod people;
mod reported;
mod reports;
mod sign_offs;

use super::trees::Trees;
use crate::base::Failure;
use crate::config::Adoption;
use crate::ledger::Claims;
pub use code_first::code_first;
pub use commits::commits;

/// Everything that the documents of a project claim of the history, with notes on what a shallow
/// history leaves open. Where nothing is claimed, and no document builds on another, no history is
/// read.
///
/// # Errors
/// The history cannot be read, or the configuration requires what is missing of it.
pub fn read(
    trees: &mut Trees<'_>,
    adoption: Option<&Adoption>,
) -> Result<(Claims, Vec<String>), Failure> {
    let mut claims = Claims::default();
    let mut notes = Vec::new();
    notes.extend(design::cited(trees, &mut claims)?);
    notes.extend(sign_offs::outdated(trees, &mut claims)?);
    notes.extend(people::written(trees, &mut claims)?);
    notes.extend(order::early(trees, adoption, &mut claims)?);
    notes.extend(hasty::hasty(trees, &mut claims)?);
    notes.extend(reported::overtaken(trees, &mut claims)?);
    Ok((claims, notes))
}
