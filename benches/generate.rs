//! Writes a large git repository that follows the standard orchestration and holds every gate:
//! `cargo run --release --example generate -- FOLDER --features 1000`.
#![allow(clippy::disallowed_methods, clippy::disallowed_macros)]

mod project;

use std::error::Error;
use std::fs;
use std::path::Path;
use std::process::{Command, ExitCode};

use project::Project;

const USAGE: &str = "usage: generate FOLDER --features NUMBER (FOLDER must not exist)";

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(2)
        }
    }
}

fn run() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [folder, option, number] = &arguments[..] else { return Err(USAGE.into()) };
    let features: usize = number.parse().map_err(|_| USAGE)?;
    let folder = Path::new(folder);
    if option != "--features" || features == 0 || folder.exists() {
        return Err(USAGE.into());
    }
    let project = Project::new(features);
    fs::create_dir_all(folder)?;
    git(folder, &["init", "--quiet", "--initial-branch=main"])?;
    write(folder, |each| project.agreed(each))?;
    commit(folder, "Agree on the design")?;
    write(folder, |each| project.built(each))?;
    commit(folder, "Build, integrate, validate and release")
}

/// Writes the files that `produce` hands out. The first failure is told at the end.
fn write(
    folder: &Path,
    produce: impl FnOnce(&mut dyn FnMut(&str, String)),
) -> Result<(), Box<dyn Error>> {
    let mut outcome = Ok(());
    produce(&mut |path, text| {
        if outcome.is_ok() {
            let path = folder.join(path);
            let parent = path.parent().unwrap_or(folder);
            outcome = fs::create_dir_all(parent).and_then(|()| fs::write(&path, text));
        }
    });
    Ok(outcome?)
}

fn commit(folder: &Path, message: &str) -> Result<(), Box<dyn Error>> {
    git(folder, &["add", "--all"])?;
    let identity = ["-c", "user.name=Waystation", "-c", "user.email=waystation@example.org"];
    let options = ["-c", "gc.auto=0", "-c", "commit.gpgsign=false"];
    git(folder, &[&identity[..], &options, &["commit", "--quiet", "--message", message]].concat())
}

/// Runs git at a fixed date, so that the same project has the same commits everywhere.
fn git(folder: &Path, arguments: &[&str]) -> Result<(), Box<dyn Error>> {
    let date = "2026-01-01T00:00:00Z";
    let mut command = Command::new("git");
    command.arg("-C").arg(folder).args(arguments);
    command.env("GIT_AUTHOR_DATE", date).env("GIT_COMMITTER_DATE", date);
    match command.status()?.success() {
        true => Ok(()),
        false => Err(format!("git {} failed", arguments.join(" ")).into()),
    }
}
