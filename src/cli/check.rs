//! `gatecheck check` and `gatecheck status`: one evaluation, two ways to show it.

use super::args::{CheckArgs, StatusArgs, ViewFormat};
use super::output::Outcome;
use super::view;
use crate::base::Failure;
use crate::render::{Look, board};
use crate::report::Report;

pub fn check(args: &CheckArgs, color: bool) -> Result<Outcome, Failure> {
    Ok(shown(&view::evaluate(&args.view)?, args, color))
}

/// A report in the form that is asked for.
pub fn shown(report: &Report, args: &CheckArgs, color: bool) -> Outcome {
    let look = Look { color, verbose: args.verbose, waived: args.include_waived };
    Outcome::judged(report, &args.forms, look)
}

pub fn status(args: &StatusArgs, color: bool) -> Result<Outcome, Failure> {
    let report = view::evaluate(&args.view)?;
    Ok(Outcome::shown(match args.shape.format {
        ViewFormat::Human => board::render(&report, color),
        ViewFormat::Json => board::json(&report),
    }))
}
