//! In which forms a report leaves the process.

use clap::Args;

use super::ReportFormat;

/// The forms of one report.
#[derive(Clone, Debug, Args)]
pub struct FormArgs {
    /// The form of the report
    #[arg(long, value_enum, default_value_t = ReportFormat::Human)]
    pub format: ReportFormat,
}
