//! What leaves the process: one text, one status.

use std::io::{ErrorKind, IsTerminal, Write};
use std::process::ExitCode;

use super::args::Color;
use crate::base::Failure;
use crate::render;

/// Nothing judged is denied, or a view was shown.
pub const HOLDS: u8 = 0;
/// Something judged is denied.
pub const FAILS: u8 = 1;
/// There is no verdict.
pub const NO_VERDICT: u8 = 2;

/// What a command has to say.
#[derive(Debug)]
pub struct Outcome {
    pub text: String,
    pub status: u8,
}

impl Outcome {
    pub fn shown(text: String) -> Self {
        Self { text, status: HOLDS }
    }
}

/// Writes what a command said, or why it could not, and gives the status of the process.
///
/// A reader who stops reading, as `head` does, changes no verdict.
pub fn deliver(outcome: Result<Outcome, Failure>, json: bool, color: Color) -> ExitCode {
    let (text, status) = match outcome {
        Ok(outcome) => (outcome.text, outcome.status),
        Err(failure) => {
            complain(&render::failure(&failure, colored(color, std::io::stderr().is_terminal())));
            (if json { render::failure_json(&failure) } else { String::new() }, NO_VERDICT)
        }
    };
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            complain(&format!("error: cannot write the output: {error}\n"));
            ExitCode::from(NO_VERDICT)
        }
        _ => ExitCode::from(status),
    }
}

/// Writes to standard error, where nobody may be listening.
pub fn complain(text: &str) {
    let _ = std::io::stderr().write_all(text.as_bytes());
}

/// Whether standard output gets colors.
pub fn stdout_colored(color: Color) -> bool {
    colored(color, std::io::stdout().is_terminal())
}

fn colored(color: Color, terminal: bool) -> bool {
    let set = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty());
    match color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto if set("NO_COLOR").is_some() => false,
        Color::Auto if set("CLICOLOR_FORCE").is_some_and(|value| value != "0") => true,
        Color::Auto => terminal && set("TERM").is_none_or(|term| term != "dumb"),
    }
}
