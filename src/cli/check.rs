//! `gatecheck check` and `gatecheck status`: one evaluation, two ways to show it.

use super::args::{CheckArgs, StatusArgs, ViewFormat};
use super::memo::Question;
use super::output::Outcome;
use super::view;
use crate::base::Failure;
use crate::engine::Request;
use crate::render::{Look, board};
use crate::report::Report;
use crate::source::Source;

pub fn check(args: &CheckArgs, color: bool) -> Result<Outcome, Failure> {
    let (source, request) = view::opened(&args.view)?;
    let judge = || Ok(shown(&view::judged(&args.view, &*source, &request)?, args, color));
    match question(args, color, &*source, &request) {
        Some(question) => question.answered(judge),
        None => judge(),
    }
}

/// What is asked, where the answer follows from what the repository holds and from nothing else.
fn question(
    args: &CheckArgs,
    color: bool,
    source: &dyn Source,
    request: &Request,
) -> Option<Question> {
    if args.no_cache || args.view.source.config.is_some() || args.view.names_the_passing() {
        return None;
    }
    let asked = format!("{args:?} {color} {}", request.today);
    let here = std::env::current_dir().ok()?;
    Question::about(&source.state()?, &asked, &here.display().to_string())
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
