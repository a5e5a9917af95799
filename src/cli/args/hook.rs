//! What `gatecheck hook` is told.

use clap::{Args, Subcommand, ValueEnum};

#[derive(Clone, Debug, Args)]
pub struct HookArgs {
    #[command(subcommand)]
    pub event: HookEvent,
}

#[derive(Clone, Debug, Subcommand)]
pub enum HookEvent {
    /// When the agent, or one that works for it, wants to stop
    ///
    /// It is sent back with the findings where the working tree breaks a gate before the phase at
    /// hand, or where a document says what is not so, or a deliverable was deleted, and HEAD did
    /// not have that already. Configuration, waivers and baseline are those of HEAD. A draft that is
    /// not finished sends nobody back. A working tree that cannot be judged does where HEAD can
    /// be. The same findings are told once, and an agent is sent back three times in a row at most
    /// for each prompt.
    #[command(after_help = "\
Examples:
  gatecheck hook stop                    as the command of a Stop hook

Exit status: 0, also where there is no verdict; the answer stands in the output.")]
    Stop(EventArgs),
    /// After the agent edited a file
    ///
    /// It is told the findings in that file which HEAD did not have. The edit stays.
    #[command(after_help = "\
Examples:
  gatecheck hook edit                    as the command of a PostToolUse hook

Exit status: 0, also where there is no verdict; the answer stands in the output.")]
    Edit(EventArgs),
}

#[derive(Clone, Debug, Args)]
pub struct EventArgs {
    /// Who asks [default: concluded from the event]
    #[arg(long, value_enum, value_name = "NAME")]
    pub agent: Option<Agent>,
    /// Give up after this many seconds and let the agent go. The agent's own limit for the hook
    /// must be longer
    #[arg(long, value_name = "SECONDS", default_value_t = 20)]
    pub timeout: u64,
}

/// Coding agents whose hooks are documented.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Agent {
    ClaudeCode,
    Codex,
    Gemini,
    /// The stop event only: Cursor documents no answer to an edit
    Cursor,
    /// The stop event only: Copilot documents no answer to an edit that reaches the agent
    Copilot,
}

/// The end of the help.
pub const EXAMPLES: &str = "\
Examples:
  gatecheck hook stop
  gatecheck hook edit --agent gemini

The event is read from standard input as JSON, and the answer is JSON on standard output, or nothing
where there is nothing to say. What fails in the program itself never stops an agent: it is told on
standard error.

Exit status: 0.";
