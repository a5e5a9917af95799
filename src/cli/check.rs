//! `gatecheck check` and `gatecheck status`: one evaluation, two ways to show it.

use super::args::{CheckArgs, StatusArgs, ViewFormat};
use super::output::{self, Outcome};
use super::view;
use crate::base::Failure;
use crate::render::{self, Look, board};
use crate::report::{Report, Verdict};

pub fn check(args: &CheckArgs, color: bool) -> Result<Outcome, Failure> {
    Ok(shown(&view::evaluate(&args.view)?, args, color))
}

/// A report in the form that is asked for.
pub fn shown(report: &Report, args: &CheckArgs, color: bool) -> Outcome {
    let look = Look { color, verbose: args.verbose };
    let text = render::report(report, args.format.into(), look);
    Outcome { text, status: status_of(report) }
}

pub fn status(args: &StatusArgs, color: bool) -> Result<Outcome, Failure> {
    let report = view::evaluate(&args.view)?;
    Ok(Outcome::shown(match args.shape.format {
        ViewFormat::Human => board::render(&report, color),
        ViewFormat::Json => board::json(&report),
    }))
}

/// The format of a report never changes this.
fn status_of(report: &Report) -> u8 {
    match report.verdict {
        Verdict::Holds | Verdict::NotDue => output::HOLDS,
        Verdict::Fails => output::FAILS,
        Verdict::None => output::NO_VERDICT,
    }
}
