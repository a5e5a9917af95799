//! Reports as text: one file for each format, all functions of the report alone.
//!
//! The reports of `check` and `lint` come in every [`Format`]; the views of the other commands are
//! modules of their own. Whatever comes from a document passes `sanitize` on its way out, in every
//! format.

mod agent;
mod agreements;
pub mod baseline;
pub mod board;
mod concise;
pub mod contracts;
pub mod declared;
pub mod due;
mod failure;
pub mod feedback;
mod gates;
mod github;
mod gitlab;
pub mod graph;
mod human;
pub mod inspect;
mod json;
mod junit;
pub mod ledger;
pub mod log;
mod markdown;
mod page;
mod paths;
mod ranked;
pub mod rules;
mod sanitize;
mod sarif;
pub mod selftest;
mod sentence;
mod snippet;
mod steps;
mod summary;
mod text;

use crate::base::Failure;
use crate::report::{Report, ReportFinding};
pub use sanitize::Shown;

/// The form of an output.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// For people, with the lines that are meant.
    #[default]
    Human,
    /// One line for each finding.
    Concise,
    /// For programs.
    Json,
    /// Annotations of GitHub Actions.
    Github,
    /// For code scanning.
    Sarif,
    /// For the list of tests that a CI shows.
    Junit,
    /// For the code quality report of GitLab.
    Gitlab,
    /// Markdown, for the summary of a job.
    Summary,
    /// Short, for coding agents.
    Agent,
}

/// How a report is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Look {
    /// In color, where people read it.
    pub color: bool,
    /// Findings that do not count are listed to people too, and each names its subject for a
    /// waiver.
    pub verbose: bool,
    /// SARIF holds waived findings too, as suppressed results.
    pub waived: bool,
}

/// The whole report.
pub fn report(report: &Report, format: Format, look: Look) -> String {
    match format {
        Format::Human => human::render(report, look),
        Format::Concise => concise::render(report, look),
        Format::Json => json::render(report),
        Format::Github => github::render(report),
        Format::Sarif => sarif::render(report, look),
        Format::Junit => junit::render(report),
        Format::Gitlab => gitlab::render(report),
        Format::Summary => summary::render(report),
        Format::Agent => agent::render(report),
    }
}

/// Why there is no verdict, in the place of a report.
pub fn failure_in(failure: &Failure, format: Format) -> String {
    match format {
        Format::Human | Format::Concise => failure::render(failure, false),
        Format::Json => json::failure(failure),
        Format::Github => github::failure(failure),
        Format::Sarif => sarif::failure(failure),
        Format::Junit => junit::failure(failure),
        Format::Gitlab => gitlab::failure(failure),
        Format::Summary => summary::failure(failure),
        Format::Agent => agent::failure(failure),
    }
}

/// One finding on a line of its own, as among others.
pub fn finding(finding: &ReportFinding) -> String {
    sanitize::inert(&concise::line(finding))
}

/// How the run ended, in one sentence.
pub fn verdict(report: &Report) -> String {
    gates::verdict(report)
}

/// Why there is no verdict, as a sentence for people with the place in the policy file.
pub fn failure(failure: &Failure, color: bool) -> String {
    failure::render(failure, color)
}

/// Lines of our own that may quote somebody, made safe one by one.
pub fn plain(text: &str) -> String {
    let lines: Vec<_> = text.lines().map(sanitize::clean).collect();
    sanitize::inert(&format!("{}\n", lines.join("\n")))
}
