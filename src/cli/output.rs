//! What leaves the process: one text, perhaps files, one status.

use std::io::{ErrorKind, IsTerminal, Write};
use std::process::ExitCode;

use serde::{Deserialize, Serialize};

use super::args::{Color, FormArgs};
use super::files::{self, Target};
use crate::base::Failure;
use crate::render::{self, Format, Look};
use crate::report::{Report, Verdict};

/// Nothing judged is denied, or a view was shown.
pub const HOLDS: u8 = 0;
/// Something judged is denied.
pub const FAILS: u8 = 1;
/// There is no verdict.
pub const NO_VERDICT: u8 = 2;

/// What a command has to say.
#[derive(Debug, Serialize, Deserialize)]
pub struct Outcome {
    text: String,
    /// One for each file that was asked for.
    files: Vec<String>,
    status: u8,
}

impl Outcome {
    pub fn shown(text: String) -> Self {
        Self::with_status(text, HOLDS)
    }

    pub fn with_status(text: String, status: u8) -> Self {
        Self { text, files: Vec::new(), status }
    }

    /// A report in all its forms, which never change the status.
    pub fn judged(report: &Report, forms: &FormArgs, look: Look) -> Self {
        let plain = Look { color: false, ..look };
        let file = |format: Format| render::report(report, format, plain);
        Self {
            text: render::report(report, forms.format.into(), look),
            files: forms.output.iter().map(|output| file(output.format.into())).collect(),
            status: match report.verdict {
                Verdict::Holds | Verdict::NotDue => HOLDS,
                Verdict::Fails => FAILS,
                Verdict::None => NO_VERDICT,
            },
        }
    }
}

/// Writes what a command said, or why it could not, and gives the status of the process.
///
/// `format` is the form that programs wait for on standard output, whatever happens.
pub fn deliver(
    outcome: Result<Outcome, Failure>,
    targets: &[Target],
    format: Option<Format>,
    color: Color,
) -> ExitCode {
    let written = match outcome {
        Ok(outcome) => files::replace(targets, &outcome.files).map(|()| outcome),
        Err(failure) => {
            let file = |target: &Target| render::failure_in(&failure, target.format);
            let files: Vec<String> = targets.iter().map(file).collect();
            if let Err(further) = files::replace(targets, &files) {
                explain(&further, color);
            }
            Err(failure)
        }
    };
    match written {
        Ok(outcome) => print(&outcome.text, outcome.status),
        Err(failure) => {
            explain(&failure, color);
            refuse(&failure, format)
        }
    }
}

/// Answers programs that there is no verdict; people are told on standard error.
pub fn refuse(failure: &Failure, format: Option<Format>) -> ExitCode {
    let answer = format.map(|format| render::failure_in(failure, format));
    print(&answer.unwrap_or_default(), NO_VERDICT)
}

/// A reader who stops reading, as `head` does, changes no verdict.
fn print(text: &str, status: u8) -> ExitCode {
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            complain(&format!("error: cannot write the output: {error}\n"));
            ExitCode::from(NO_VERDICT)
        }
        _ => ExitCode::from(status),
    }
}

fn explain(failure: &Failure, color: Color) {
    complain(&render::failure(failure, colored(color, std::io::stderr().is_terminal())));
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
