//! From the arguments to a report: what is opened, and what the engine is asked for.

use std::path::Path;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::args::{SourceArgs, ViewArgs};
use super::documents::Named;
use crate::base::{Failure, RepoPath};
use crate::engine::{self, Request};
use crate::project::Project;
use crate::report::{Report, Verdict};
use crate::source;
use crate::workflow::PolicyFile;

/// The report on what the arguments ask for.
///
/// # Errors
/// There is no verdict.
pub fn evaluate(args: &ViewArgs) -> Result<Report, Failure> {
    let here = Path::new(".");
    let opened = source::open(here, args.source.selection())?;
    let request = Request {
        start: opened.prefix,
        config: args.source.config.as_deref().map(policy).transpose()?,
        workflow: args.source.workflow.clone(),
        through: args.through(),
        base: args.base.clone(),
        today: args.now.unwrap_or_else(today),
    };
    if args.if_present && !is_present(opened.source.as_ref(), &request, here)? {
        engine::check_names(&request)?;
        return Ok(Report {
            source: opened.source.label(),
            verdict: Verdict::NotDue,
            ..Report::default()
        });
    }
    engine::check(opened.source.as_ref(), &request)
}

/// The name of the state that the arguments ask for, and the projects in it. Nothing is judged.
///
/// # Errors
/// They cannot be read, or there are none.
pub fn projects(args: &SourceArgs) -> Result<(String, Vec<Project>), Failure> {
    let opened = source::open(Path::new("."), args.selection())?;
    let request = Request {
        start: opened.prefix,
        config: args.config.as_deref().map(policy).transpose()?,
        workflow: args.workflow.clone(),
        ..Request::new(today())
    };
    Ok((opened.source.label(), engine::projects(opened.source.as_ref(), &request)?))
}

/// Whether the judged state or HEAD holds a workflow: deleting it is no way around it.
fn is_present(
    source: &dyn source::Source,
    request: &Request,
    here: &Path,
) -> Result<bool, Failure> {
    if engine::is_present(source, request)? {
        return Ok(true);
    }
    match source::open_head(here)? {
        Some(head) => engine::is_present(head.source.as_ref(), request),
        None => Ok(false),
    }
}

/// The configuration given by hand, which need not stand in the repository.
fn policy(path: &Path) -> Result<PolicyFile, Failure> {
    let bytes = Named::File(path.to_owned()).read()?;
    PolicyFile::read(&RepoPath::new(path.to_string_lossy()), bytes)
}

fn today() -> Date {
    Timestamp::now().to_zoned(TimeZone::UTC).date()
}
