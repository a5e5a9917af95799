//! `gatecheck workflow`: workflow files as such.

use std::path::{Path, PathBuf};

use super::args::{WorkflowArgs, WorkflowCheckArgs, WorkflowCommand};
use super::documents::Named;
use super::output::Outcome;
use crate::base::{Failure, RepoPath};
use crate::engine;
use crate::render::{self, Look};
use crate::report::{Report, ReportFinding, Verdict};
use crate::workflow::{PolicyFile, builtin, builtins, suggestion};

pub fn run(args: &WorkflowArgs, color: bool) -> Result<Outcome, Failure> {
    match &args.command {
        WorkflowCommand::Check(args) => check(args, color),
        WorkflowCommand::List => list().map(Outcome::shown),
        WorkflowCommand::Show(args) => match builtin(&args.id) {
            Some(text) => Ok(Outcome::shown(text.to_owned())),
            None => Err(unknown(&args.id)),
        },
    }
}

fn check(args: &WorkflowCheckArgs, color: bool) -> Result<Outcome, Failure> {
    let mut findings: Vec<ReportFinding> = Vec::new();
    for argument in &args.files {
        for finding in judge(argument)? {
            // What two files extend is told once.
            if !findings.contains(&finding) {
                findings.push(finding);
            }
        }
    }
    let denied = findings.iter().any(ReportFinding::denies);
    let report = Report {
        source: "workflow files".to_owned(),
        verdict: if denied { Verdict::Fails } else { Verdict::Holds },
        rules: engine::review_notes(findings.iter().map(|finding| finding.rule)),
        findings,
        documents: args.files.len(),
        ..Report::default()
    };
    Ok(Outcome::judged(&report, &args.forms, Look { color, ..Look::default() }))
}

/// Judges one file, or a built-in workflow where no file is called like its id.
fn judge(argument: &Path) -> Result<Vec<ReportFinding>, Failure> {
    if argument.as_os_str() == "-" {
        let file = PolicyFile::read(&RepoPath::new("-"), Named::Stdin.read()?)?;
        return engine::review(file, &mut |path| read(Path::new(""), path));
    }
    if let (false, Some(file)) =
        (argument.exists(), argument.to_str().and_then(PolicyFile::builtin))
    {
        return engine::review(file, &mut |path| read(Path::new(""), path));
    }
    let (top, path) = in_repository(argument)?;
    engine::review(read(&top, &path)?, &mut |path| read(&top, path))
}

/// The folder that a workflow file may not leave, and the path of the file in it: that of the
/// repository, or of the file where there is none.
fn in_repository(argument: &Path) -> Result<(PathBuf, RepoPath), Failure> {
    let real = std::fs::canonicalize(argument).map_err(|error| {
        let what = format!("cannot read {}", argument.display());
        Failure::new(what, error, "name a file that exists, or a workflow of `workflow list`")
    })?;
    let folders = || real.ancestors().skip(1);
    let top = folders().find(|folder| folder.join(".git").exists()).or(folders().next());
    let top = top.unwrap_or(Path::new("")).to_owned();
    let below = real.strip_prefix(&top).unwrap_or(&real).to_string_lossy().replace('\\', "/");
    Ok((top, RepoPath::new(below)))
}

fn read(top: &Path, path: &RepoPath) -> Result<PolicyFile, Failure> {
    PolicyFile::read(path, Named::File(top.join(path.as_str())).read()?)
}

fn list() -> Result<String, Failure> {
    let mut out = String::new();
    let columns = builtins().map(str::len).max().unwrap_or(0);
    for (workflow, _) in engine::builtins()? {
        let id = &workflow.id;
        let phases: Vec<&str> = workflow.phases.iter().map(|phase| &*phase.title).collect();
        out.push_str(&format!("{id:columns$}  {}\n", workflow.title));
        out.push_str(&format!("{:columns$}  {}\n", "", phases.join(" → ")));
    }
    Ok(render::plain(&out))
}

fn unknown(id: &str) -> Failure {
    let known: Vec<&str> = builtins().collect();
    let what = format!("gatecheck brings along no workflow called \"{id}\"");
    Failure::new(what, "", suggestion(id, &known))
}
