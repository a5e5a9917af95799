//! `gatecheck init`: what a project needs to begin with.

use super::args::InitArgs;
use super::desk::Desk;
use super::output::Outcome;
use crate::base::{Failure, RepoPath};
use crate::config;
use crate::render;
use crate::report::{GateReport, GateVerdict};
use crate::workflow;

/// Where the configuration of pre-commit stands.
const HOOKS: &str = ".pre-commit-config.yaml";

/// Where GitHub looks for the gate.
const CI: &str = ".github/workflows/gatecheck.yml";

/// The home of gatecheck, as its package names it.
const REPOSITORY: &str = env!("CARGO_PKG_REPOSITORY");

pub fn run(args: &InitArgs) -> Result<Outcome, Failure> {
    let usual = workflow::builtins().next().unwrap_or_default();
    let desk = Desk::open(args.workflow.as_deref(), Some(usual))?;
    let mut told = Told::default();
    for file in files(&desk, args) {
        if desk.top.has(&file.path) {
            told.kept.push(file.kept(&desk));
        } else if args.dry_run || desk.top.write_new(&file.path, &file.text)? {
            told.written.push((file.path, file.what));
        }
    }
    Ok(Outcome::shown(render::plain(&told.text(args.dry_run))))
}

/// A file to begin with.
struct File {
    path: RepoPath,
    text: String,
    /// What it is, as a clause.
    what: String,
    /// What to add where another file stands at its path.
    addition: Option<String>,
}

impl File {
    /// One that stands there already.
    fn kept_at(path: RepoPath) -> Self {
        Self { path, text: String::new(), what: String::new(), addition: None }
    }

    /// What is said where something stands at its path.
    fn kept(&self, desk: &Desk) -> String {
        let mentions = || desk.top.read(&self.path).is_some_and(|text| text.contains("gatecheck"));
        match &self.addition {
            Some(addition) if !mentions() => {
                format!("{}: add under `repos`\n\n{addition}", self.path)
            }
            _ => self.path.to_string(),
        }
    }
}

/// Everything that the arguments leave in.
fn files(desk: &Desk, args: &InitArgs) -> Vec<File> {
    let mut files = Vec::new();
    let folder = &desk.folder;
    let first = desk.report.workflows.first();
    if !args.no_config && !desk.configured {
        let id = first.map_or("", |one| &*one.id);
        let (key, value) = desk.file.as_deref().map_or(("id", id), |file| ("file", file));
        let line = format!("{key} = {}", toml::Value::from(value));
        let text = include_str!("gatecheck.toml").replace("{workflow}", &line);
        let (path, what) = (folder.join(config::PATHS[0]), "the configuration".to_owned());
        files.push(File { path, text, what, addition: None });
    } else if !args.no_config {
        let mut there = config::PATHS.iter().map(|path| folder.join(path));
        files.extend(there.find(|path| desk.top.has(path)).map(File::kept_at));
    }
    if !args.no_hook {
        let below = match folder.as_str() {
            "" => String::new(),
            path if is_plain(path) => format!(" -C {path}"),
            path => format!(" -C '{}'", path.replace('\'', r"'\''")),
        };
        let entry = scalar(format!("gatecheck{below} check --staged --through previous"));
        let hook = include_str!("pre-commit.yaml").replace("{entry}", &entry);
        let (path, what) = (RepoPath::new(HOOKS), "the hook for pre-commit or prek".to_owned());
        files.push(File { path, text: format!("repos:\n{hook}"), what, addition: Some(hook) });
    }
    if !args.no_ci {
        let action = REPOSITORY.rsplitn(3, '/').collect::<Vec<_>>();
        let action = action.iter().take(2).rev().copied().collect::<Vec<_>>().join("/");
        let below = if folder.is_root() { "." } else { folder.as_str() };
        let text = include_str!("github.yml");
        let text =
            text.replace("{action}", &action).replace("{version}", env!("CARGO_PKG_VERSION"));
        let (path, text) = (RepoPath::new(CI), text.replace("{path}", &scalar(below.to_owned())));
        files.push(File { path, text, what: "the gate on GitHub".to_owned(), addition: None });
    }
    if !args.no_documents {
        files.extend(documents(desk));
    }
    files
}

/// The documents of the first phase that is asked for.
fn documents(desk: &Desk) -> Vec<File> {
    let mut files = Vec::new();
    for workflow in &desk.report.workflows {
        let asked = |gate: &&GateReport| gate.verdict != GateVerdict::Skipped;
        let Some(gate) = workflow.gates.iter().find(asked) else { continue };
        let owed = gate.deliverables.iter().filter(|row| !row.optional);
        for (row, duty) in owed.flat_map(|row| row.duties.iter().map(move |duty| (row, duty))) {
            if duty.done && files.iter().any(|file: &File| file.path == duty.path) {
                continue;
            }
            let text = desk.template(workflow, &row.id, duty.subject.as_deref());
            let what = match &duty.subject {
                Some(subject) => format!("the {} of {subject}", row.title),
                None => format!("the {}", row.title),
            };
            let (path, text) = (duty.path.clone(), text.unwrap_or_default());
            files.push(File { path, text, what, addition: None });
        }
    }
    files
}

/// Whether shells take a text as one word and read nothing into it.
fn is_plain(text: &str) -> bool {
    let is_safe = |c: char| c.is_ascii_alphanumeric() || "-_./".contains(c);
    !text.starts_with('-') && text.chars().all(is_safe)
}

/// A text as a value of YAML, which takes strings as JSON has them.
fn scalar(text: String) -> String {
    match text.split(' ').all(|word| is_plain(word) || word.starts_with('-')) {
        true => text,
        false => serde_json::Value::from(text).to_string(),
    }
}

/// What was done.
#[derive(Default)]
struct Told {
    written: Vec<(RepoPath, String)>,
    kept: Vec<String>,
}

impl Told {
    fn text(&self, dry_run: bool) -> String {
        let mut out = String::new();
        let columns = self.written.iter().map(|(path, _)| path.as_str().len()).max().unwrap_or(0);
        if !self.written.is_empty() {
            out.push_str(if dry_run { "Would write\n" } else { "Wrote\n" });
        }
        for (path, what) in &self.written {
            out.push_str(&format!("  {:columns$}  {what}\n", path.as_str()));
        }
        if !self.kept.is_empty() {
            out.push_str("Left as it is\n");
        }
        for kept in &self.kept {
            out.push_str(&format!("  {kept}\n"));
        }
        if self.written.is_empty() {
            out.push_str("Everything is there already.\n");
            return out;
        }
        out.push_str(&format!("\n{NEXT}\n"));
        let publishes = self.written.iter().any(|(path, _)| path.as_str() == CI);
        if publishes && REPOSITORY.contains("/OWNER/") {
            out.push_str(&format!("In {CI}, replace OWNER by whoever publishes gatecheck.\n"));
        }
        out
    }
}

const NEXT: &str = "Fill in what stands in brackets. `gatecheck status` shows what is left, and\n\
                    `gatecheck new` begins the documents that come next.";
