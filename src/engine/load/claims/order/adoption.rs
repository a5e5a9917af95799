//! Since when a project is held to an order: those who adopt it late have a past.

use super::super::super::trees::Trees;
use crate::base::Failure;
use crate::config;

/// The place of the journal from which on, backwards, no commit had a configuration although the
/// judged tree has one. A project without any is held to the workflow since its documents began.
///
/// # Errors
/// The history cannot be read.
pub fn unconfigured(trees: &Trees<'_>) -> Result<usize, Failure> {
    let reading = trees.reading;
    let mut first = None;
    for name in config::PATHS {
        let touched = trees.touching(&reading.folder.join(name))?;
        let came = touched.iter().rev().find(|(_, change)| change.before.is_none());
        first = first.max(came.map(|(place, _)| *place));
    }
    // One that is given by hand or by another tree says nothing of this one.
    let foreign = reading.request.config.is_some() || reading.request.policy_from.is_some();
    let own = reading.config.file.is_some() && !foreign && !trees.journal()?.shallow;
    Ok(match first {
        Some(place) => place + 1,
        None if own => 0,
        None => usize::MAX,
    })
}
