//! The arguments of `gatecheck log`.

use std::path::PathBuf;

use clap::Args;
use jiff::civil::Date;

use super::ShapeArgs;

pub const EXAMPLES: &str = "\
Examples:
  gatecheck log
  gatecheck log --gate 2:1               the gate of phase 1 in iteration 2
  gatecheck log main --max-count 100
  gatecheck log --since-commit v1.0 --format json

It follows first parents, as git log --first-parent does. Of each commit it says what a check with
--rev COMMIT and --now DATE says, where DATE is the day of the commit in UTC: waivers that have ended
since were good then. Each commit is judged by the configuration that it holds. A commit that gives no verdict is told as such, and the next ones are told all the same.

Verdicts are kept in the user's cache folder, never in the repository, so that the next run judges
only what is new. They change nothing but the time it takes, and can be deleted at any time.

Exit status: 0, or 2 where there is nothing to show.";

#[derive(Clone, Debug, Args)]
pub struct LogArgs {
    /// The revision to look back from
    #[arg(value_name = "REV", default_value = "HEAD")]
    pub rev: String,
    /// Look at the newest commits only, so many as this
    #[arg(short = 'n', long, value_name = "NUMBER")]
    pub max_count: Option<usize>,
    /// Look only at what came after this commit, and compare with it
    #[arg(long, value_name = "REV")]
    pub since_commit: Option<String>,
    /// Show this gate only, with all that became of it. Without an iteration it is that of each
    #[arg(long, value_name = "[WORKFLOW/][ITERATION:]PHASE")]
    pub gate: Option<String>,
    /// Show each gate by itself instead of each commit
    #[arg(long)]
    pub by_gate: bool,
    /// Read the configuration of all commits from this file
    #[arg(long, value_name = "PATH", conflicts_with = "policy_from")]
    pub config: Option<PathBuf>,
    /// Judge all commits by configuration, workflow files, waivers and baseline of this revision
    #[arg(long, value_name = "REV")]
    pub policy_from: Option<String>,
    /// Go by this workflow only
    #[arg(long, value_name = "ID")]
    pub workflow: Option<String>,
    /// The date to judge all commits by, in UTC [default: of each commit the day on which it was
    /// committed]
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub now: Option<Date>,
    /// Judge every commit anew
    #[arg(long)]
    pub no_cache: bool,
    #[command(flatten)]
    pub shape: ShapeArgs,
}
