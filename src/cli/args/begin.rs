//! The commands that begin a project and set up what surrounds it.

use clap::{Args, ValueEnum};
use clap_complete::Shell;

#[derive(Clone, Debug, Args)]
pub struct InitArgs {
    /// The built-in workflow to follow, or a workflow file, where nothing is configured yet
    #[arg(long, value_name = "ID|FILE")]
    pub workflow: Option<String>,
    /// Leave out gatecheck.toml
    #[arg(long)]
    pub no_config: bool,
    /// Leave out .pre-commit-config.yaml
    #[arg(long)]
    pub no_hook: bool,
    /// Leave out .github/workflows/gatecheck.yml
    #[arg(long)]
    pub no_ci: bool,
    /// Leave out the documents of the first phase
    #[arg(long)]
    pub no_documents: bool,
    /// Write nothing, and list what would be written
    #[arg(long)]
    pub dry_run: bool,
}

#[derive(Clone, Debug, Args)]
pub struct NewArgs {
    /// The deliverable, such as architecture; without it, what comes next is listed
    pub deliverable: Option<String>,
    /// The feature or role that the document is about
    pub subject: Option<String>,
    /// Of several workflows, go by this one
    #[arg(long, value_name = "ID")]
    pub workflow: Option<String>,
    /// Of several projects, the one whose documents stand in this folder
    #[arg(long, value_name = "DIR")]
    pub root: Option<String>,
    /// Write it though an earlier phase lacks documents
    #[arg(long)]
    pub early: bool,
    /// Print the document instead of writing it
    #[arg(long)]
    pub print: bool,
}

#[derive(Clone, Debug, Args)]
pub struct SchemaArgs {
    /// The file that is described
    #[arg(value_enum, value_name = "FILE")]
    pub of: SchemaOf,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum SchemaOf {
    /// gatecheck.toml
    Config,
    /// A workflow file
    Workflow,
}

#[derive(Clone, Debug, Args)]
pub struct CompletionsArgs {
    /// The shell that will complete commands
    #[arg(value_enum)]
    pub shell: Shell,
}

#[derive(Clone, Debug, Args)]
pub struct ManArgs {
    /// The command that the page is about; without it, the program
    pub command: Option<String>,
}
