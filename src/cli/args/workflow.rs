//! Workflow files as such.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::FormArgs;

pub const EXAMPLES: &str = "\
Examples:
  gatecheck workflow check .config/flow.toml
  gatecheck workflow list                those that gatecheck brings along
  gatecheck workflow show standard-orchestration

Exit status: 0, 1 where a file has a mistake that is denied, 2 where one cannot be read.";

#[derive(Clone, Debug, Args)]
pub struct WorkflowArgs {
    #[command(subcommand)]
    pub command: WorkflowCommand,
}

impl WorkflowArgs {
    /// The forms of the report, where it makes one.
    pub fn forms(&self) -> Option<&FormArgs> {
        match &self.command {
            WorkflowCommand::Check(args) => Some(&args.forms),
            WorkflowCommand::List | WorkflowCommand::Show(_) => None,
        }
    }
}

#[derive(Clone, Debug, Subcommand)]
pub enum WorkflowCommand {
    /// Look for mistakes in workflow files: patterns that nothing can match, words of two meanings,
    /// gates that could not fail
    #[command(after_help = "\
Examples:
  gatecheck workflow check .config/flow.toml
  gatecheck workflow check .config/flow.toml --format concise
  gatecheck workflow check - < flow.toml

Exit status: 0 nothing is denied, 1 something is, 2 a file cannot be read.")]
    Check(WorkflowCheckArgs),
    /// List the workflows that gatecheck brings along
    #[command(after_help = "\
Examples:
  gatecheck workflow list")]
    List,
    /// Print the file of a workflow that gatecheck brings along
    #[command(after_help = "\
Examples:
  gatecheck workflow show standard-orchestration

Exit status: 0, or 2 where no workflow has this id.")]
    Show(WorkflowShowArgs),
}

#[derive(Clone, Debug, Args)]
pub struct WorkflowCheckArgs {
    /// Workflow files, ids of built-in workflows, or - for standard input
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    #[command(flatten)]
    pub forms: FormArgs,
}

#[derive(Clone, Debug, Args)]
pub struct WorkflowShowArgs {
    /// The id of the workflow
    pub id: String,
}
