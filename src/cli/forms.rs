//! The forms of outputs, as they are written on the command line.

use std::ffi::OsString;

use clap::ValueEnum;

use crate::render::Format;
use crate::render::graph::GraphFormat;
use crate::render::ledger::LedgerFormat;

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Color {
    Auto,
    Always,
    Never,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ReportFormat {
    /// For people, with the lines that are meant
    Human,
    /// One line for each finding
    Concise,
    /// For programs
    Json,
    /// Annotations of GitHub Actions
    Github,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// JUnit XML, for the list of tests that a CI shows
    Junit,
    /// The code quality report of GitLab
    Gitlab,
    /// Markdown, for the summary of a job of GitHub Actions
    Summary,
    /// One line for each finding with its fix, for coding agents; nothing where all holds
    Agent,
}

impl ReportFormat {
    /// The form of the answer where there is no verdict. People and agents are told on standard
    /// error, and not twice.
    pub fn answer(self) -> Option<Format> {
        match self {
            ReportFormat::Human | ReportFormat::Concise | ReportFormat::Agent => None,
            form => Some(form.into()),
        }
    }

    /// The form that arguments name which could not be understood as a whole.
    pub fn asked_for(arguments: &[OsString]) -> Option<Self> {
        let after =
            arguments.windows(2).filter(|two| two[0] == "--format").map(|two| two[1].to_str());
        let joined = arguments.iter().map(|one| one.to_str()?.strip_prefix("--format="));
        after.chain(joined).flatten().find_map(|form| Self::from_str(form, false).ok())
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ViewFormat {
    /// For people
    Human,
    /// For programs
    Json,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum GraphForm {
    /// The batches in their order, for people
    Human,
    /// A flowchart for Markdown
    Mermaid,
    /// For Graphviz
    Dot,
    /// A picture
    Svg,
    /// For programs
    Json,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LedgerForm {
    /// A table for people
    Human,
    /// For programs
    Json,
    /// A table for the text of a pull request
    Markdown,
}

impl From<LedgerForm> for LedgerFormat {
    fn from(form: LedgerForm) -> Self {
        match form {
            LedgerForm::Human => LedgerFormat::Human,
            LedgerForm::Json => LedgerFormat::Json,
            LedgerForm::Markdown => LedgerFormat::Markdown,
        }
    }
}

impl From<GraphForm> for GraphFormat {
    fn from(form: GraphForm) -> Self {
        match form {
            GraphForm::Human => GraphFormat::Human,
            GraphForm::Mermaid => GraphFormat::Mermaid,
            GraphForm::Dot => GraphFormat::Dot,
            GraphForm::Svg => GraphFormat::Svg,
            GraphForm::Json => GraphFormat::Json,
        }
    }
}

impl From<ReportFormat> for Format {
    fn from(format: ReportFormat) -> Self {
        match format {
            ReportFormat::Human => Format::Human,
            ReportFormat::Concise => Format::Concise,
            ReportFormat::Json => Format::Json,
            ReportFormat::Github => Format::Github,
            ReportFormat::Sarif => Format::Sarif,
            ReportFormat::Junit => Format::Junit,
            ReportFormat::Gitlab => Format::Gitlab,
            ReportFormat::Summary => Format::Summary,
            ReportFormat::Agent => Format::Agent,
        }
    }
}
