//! What `gatecheck baseline` is told.

use std::path::PathBuf;

use clap::Args;
use jiff::civil::Date;

#[derive(Clone, Debug, Args)]
pub struct BaselineArgs {
    /// Let a baseline that exists know what is new, too
    #[arg(long)]
    pub add: bool,
    /// Take out what is not there any more; alone, this adds nothing
    #[arg(long)]
    pub prune: bool,
    /// Read the configuration from this file
    #[arg(long, value_name = "PATH")]
    pub config: Option<PathBuf>,
    /// The date to judge by, in UTC, which decides which waivers have expired [default: today]
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub now: Option<Date>,
}

/// The end of the help.
pub const EXAMPLES: &str = "\
Examples:
  gatecheck baseline                     mark what counts today as known, or compare
  gatecheck baseline --prune             take out what was repaired since
  gatecheck baseline --add               let it know what is new

Exit status: 0 the baseline fits or was written, 1 it does not fit and nothing was written, 2 there
is no verdict or the file cannot be written.";
