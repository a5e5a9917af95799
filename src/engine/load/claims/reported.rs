//! Whether the latest status report still tells how far the work is (S0.6).

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::super::past::shallow;
use super::super::trees::Trees;
use crate::base::{Failure, RepoPath};
use crate::ledger::{Claims, Overtaken};
use crate::model::dates::Date;
use crate::model::records::{Recorded, Status, Workstreams};
use crate::project::{Project, written_from};

/// Finds the commit that changed what workstreams leave behind after the latest report. Where no
/// report has a date, or no plan names a file, no history is read.
///
/// # Errors
/// The history cannot be read, or the configuration requires what is missing of it.
pub fn overtaken(trees: &Trees<'_>, claims: &mut Claims) -> Result<Option<String>, Failure> {
    let project = trees.project;
    let reports = project.artifacts.iter().enumerate().filter_map(|(id, artifact)| {
        let mut statuses = artifact.records.iter().filter_map(|one| Status::of(&one.record));
        Some((statuses.next()?.date?, id))
    });
    let paths = promised(project);
    let Some((date, artifact)) = reports.max().filter(|_| !paths.is_empty()) else {
        return Ok(None);
    };
    let journal = trees.history.journal(&paths)?;
    let Some(step) = journal.steps.first() else {
        let what = "whether a status report is stale";
        return journal.shallow.then(|| shallow(trees.reading.config, what)).transpose();
    };
    let made = trees.history.time(&step.commit)?.and_then(|time| Timestamp::from_second(time).ok());
    let made = made.map(|made| made.to_zoned(TimeZone::UTC).date());
    if let (Some(made), Some(told)) = (made, day(date)) {
        let days = told.until(made).map_or(0, |span| span.get_days());
        let path = step.changes.first().map(|one| one.path.clone()).unwrap_or_default();
        let commit = trees.named(&step.commit);
        claims.overtaken.extend((days > 0).then_some(Overtaken { artifact, days, path, commit }));
    }
    Ok(None)
}

fn day(Date(year, month, day): Date) -> Option<jiff::civil::Date> {
    let (year, month, day) = (year.try_into().ok()?, month.try_into().ok()?, day.try_into().ok()?);
    jiff::civil::Date::new(year, month, day).ok()
}

/// The files that stand among what workstreams leave behind.
fn promised(project: &Project) -> Vec<RepoPath> {
    let mut paths: Vec<RepoPath> = Vec::new();
    for (plan, facts, workstreams) in project.records::<Workstreams>() {
        let folder = plan.path.folder();
        let deliverables = workstreams.0.iter().flat_map(|one| one.deliverables.iter());
        for path in deliverables.flat_map(|&span| facts.paths_in(span)) {
            let written = written_from(&folder, facts.text_of(path.span));
            let meant = project.named.written.get(&*written).into_iter().flatten();
            paths.extend(meant.filter(|one| project.named.stands(one)).cloned());
        }
    }
    paths.sort_unstable();
    paths.dedup();
    paths
}
