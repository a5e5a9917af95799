//! Writes a large git repository that follows the standard orchestration and holds every gate:
//! `cargo run --release --example generate -- FOLDER --features 1000`. With `--edits 5000` so many
//! commits follow that change one document each, with `--elsewhere 20000` so many that change none.
#![allow(clippy::disallowed_methods, clippy::disallowed_macros)]

mod project;

use std::error::Error;
use std::fs;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::process::{Command, ExitCode, Stdio};

use project::Project;

const USAGE: &str = "usage: generate FOLDER --features NUMBER [--edits NUMBER] \
                     [--elsewhere NUMBER] (FOLDER must not exist)";

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
    let (folder, options) = arguments.split_first().ok_or(USAGE)?;
    let (mut features, mut edits, mut elsewhere) = (0, 0, 0);
    for option in options.chunks(2) {
        let [name, number] = option else { return Err(USAGE.into()) };
        let place = match &**name {
            "--features" => &mut features,
            "--edits" => &mut edits,
            "--elsewhere" => &mut elsewhere,
            _ => return Err(USAGE.into()),
        };
        *place = number.parse::<usize>().map_err(|_| USAGE)?;
    }
    let folder = Path::new(folder);
    if features == 0 || folder.exists() {
        return Err(USAGE.into());
    }
    let project = Project::new(features);
    fs::create_dir_all(folder)?;
    git(folder, &["init", "--quiet", "--initial-branch=main"])?;
    write(folder, |each| project.agreed(each))?;
    commit(folder, "Agree on the design")?;
    write(folder, |each| project.built(each))?;
    commit(folder, "Build, integrate, validate and release")?;
    if edits + elsewhere > 0 {
        import(folder, &project, edits, elsewhere)?;
        git(folder, &["gc", "--quiet"])?;
        git(folder, &["reset", "--quiet", "--hard"])?;
    }
    Ok(())
}

/// Adds commits by the thousand, without touching the disk for each.
fn import(
    folder: &Path,
    project: &Project,
    edits: usize,
    elsewhere: usize,
) -> Result<(), Box<dyn Error>> {
    let mut documents: Vec<(String, String)> = Vec::new();
    let mut keep = |path: &str, text: String| {
        if path.ends_with(".md") {
            documents.push((path.to_owned(), text));
        }
    };
    project.agreed(&mut keep);
    project.built(&mut keep);
    let edited = (0..edits).map(|number| {
        let (path, text) = &documents[number % documents.len()];
        (&**path, format!("{text}\n<!-- Read again, time {number}. -->\n"))
    });
    let others =
        (0..elsewhere).map(|number| ("src/version.ts", format!("export default {number};\n")));
    let mut command = Command::new("git");
    command.arg("-C").arg(folder).args(["fast-import", "--quiet"]).stdin(Stdio::piped());
    let mut child = command.spawn()?;
    if let Some(input) = child.stdin.take() {
        let mut input = BufWriter::new(input);
        for (at, (path, text)) in edited.chain(others).enumerate() {
            let who = format!("Waystation <waystation@example.org> {} +0000", 1_767_225_601 + at);
            let from = if at == 0 { "from refs/heads/main^0\n" } else { "" };
            writeln!(
                input,
                "commit refs/heads/main\ncommitter {who}\ndata 4\nEdit\n{from}M 644 inline {path}"
            )?;
            writeln!(input, "data {}\n{text}", text.len())?;
        }
        input.flush()?;
    }
    match child.wait()?.success() {
        true => Ok(()),
        false => Err("git fast-import failed".into()),
    }
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
