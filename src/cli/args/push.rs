//! What hooks of a push are told on the command line.

use clap::Args;

use crate::cli::push::RefPattern;

/// Which updates of a push are judged, and how far.
#[derive(Clone, Debug, Args)]
pub struct PushArgs {
    /// Judge these only, by their name on the other side: a branch, or a reference in full, with
    /// at most one `*` for any run of characters. May be given several times [default: every branch
    /// before a push leaves, the default branch before one is taken]
    #[arg(long = "ref", value_name = "PATTERN", value_parser = RefPattern::parse)]
    pub refs: Vec<RefPattern>,
    /// How far to judge, as `gatecheck check` does. Only with "previous" is anything forgiven
    #[arg(long, value_name = "PHASE", default_value = "previous")]
    pub through: String,
}

#[derive(Clone, Debug, Args)]
pub struct PrePushArgs {
    /// The name of the remote, which git gives first
    #[arg(value_name = "REMOTE")]
    pub remote: Option<String>,
    /// Where it is, which git gives second and nothing needs
    #[arg(value_name = "URL")]
    pub url: Option<String>,
    #[command(flatten)]
    pub push: PushArgs,
}

#[derive(Clone, Debug, Args)]
pub struct PreReceiveArgs {
    #[command(flatten)]
    pub push: PushArgs,
}
