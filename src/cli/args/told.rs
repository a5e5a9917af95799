//! What is told of a project without a judgment: its contracts, its ledger, its graph, whether its
//! rules would speak.

use clap::Args;

use super::{AgreementArgs, GraphForm, LedgerForm, ShapeArgs, SourceArgs};

#[derive(Clone, Debug, Args)]
pub struct ContractsArgs {
    #[command(flatten)]
    pub source: SourceArgs,
    /// Show the promises of this feature only, by its name or that in its files
    #[arg(long, value_name = "NAME")]
    pub feature: Option<String>,
    /// Show the routes and tables that the code declares instead, as they were read
    #[arg(long, conflicts_with = "feature")]
    pub code: bool,
    #[command(flatten)]
    pub shape: ShapeArgs,
}

#[derive(Clone, Debug, Args)]
pub struct LedgerArgs {
    #[command(flatten)]
    pub source: SourceArgs,
    #[command(flatten)]
    pub agreement: AgreementArgs,
    /// Only this iteration
    #[arg(long, value_name = "ITERATION")]
    pub iteration: Option<String>,
    /// Only what concerns this feature or what its evidence reports, by its name or that in its
    /// files
    #[arg(long, value_name = "NAME")]
    pub feature: Option<String>,
    /// Only what is open: changes that nobody reported, deviations that nobody resolved
    #[arg(long)]
    pub open: bool,
    /// The form of the ledger
    #[arg(long, value_enum, default_value_t = LedgerForm::Human)]
    pub format: LedgerForm,
}

#[derive(Clone, Debug, Args)]
pub struct GraphArgs {
    #[command(flatten)]
    pub source: SourceArgs,
    /// The form of the graph
    #[arg(long, value_enum, default_value_t = GraphForm::Human)]
    pub format: GraphForm,
    /// Only this iteration, with what it needs from others
    #[arg(long, value_name = "ITERATION")]
    pub iteration: Option<String>,
    /// Only this feature, with all that it needs and all that needs it
    #[arg(long, value_name = "NAME")]
    pub feature: Option<String>,
}

/// What `selftest --help` ends with.
pub const SELFTEST: &str = "\
Examples:
  gatecheck selftest
  gatecheck selftest --format json

What is planted is the failing example on the page of each rule, in a complete project of its own,
moved to where the workflow here keeps such documents. No document of the repository is read. A rule that a setting keeps from speaking is listed with the setting.

Exit status: 0 every rule that can find something does, 1 one did not, 2 nothing was tried.";

#[derive(Clone, Debug, Args)]
pub struct SelftestArgs {
    #[command(flatten)]
    pub source: SourceArgs,
    #[command(flatten)]
    pub shape: ShapeArgs,
}
