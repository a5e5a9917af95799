//! `gatecheck new`: begins the document of a deliverable whose time has come.

use super::args::NewArgs;
use super::desk::Desk;
use super::output::Outcome;
use crate::base::{Failure, RepoPath, words};
use crate::render::due;
use crate::report::{
    DeliverableReport, DutyReport, GateReport, GateVerdict, Report, WorkflowReport,
};

pub fn run(args: &NewArgs, color: bool) -> Result<Outcome, Failure> {
    let desk = Desk::open(args.workflow.as_deref(), None)?;
    let Some(name) = &args.deliverable else {
        return Ok(Outcome::shown(due::render(&desk.report, color)));
    };
    let item = choose(&desk.report, name, args)?;
    let subject = item.duty.and_then(|duty| duty.subject.as_deref());
    let text = desk.template(item.workflow, &item.row.id, subject).unwrap_or_default();
    if args.print {
        return Ok(Outcome::shown(text));
    }
    if !args.early {
        check_time(&desk, &item)?;
    }
    let path = item.path();
    if !desk.top.write_new(&path, &text)? {
        return Err(there(&item.name(), &[path]));
    }
    Ok(Outcome::shown(due::begun(item.gate, &path)))
}

/// A document that may be written.
struct Item<'r> {
    workflow: &'r WorkflowReport,
    gate: &'r GateReport,
    row: &'r DeliverableReport,
    /// Nothing where nobody owes it.
    duty: Option<&'r DutyReport>,
}

impl Item<'_> {
    fn path(&self) -> RepoPath {
        self.duty.map_or_else(|| RepoPath::new(&*self.row.expected), |duty| duty.path.clone())
    }

    /// How sentences name it.
    fn name(&self) -> String {
        match self.duty.and_then(|duty| duty.subject.as_deref()) {
            Some(subject) => format!("the {} of {subject}", self.row.title),
            None => format!("the {}", self.row.title),
        }
    }
}

/// The document that the arguments mean.
///
/// # Errors
/// They mean none, or several that are not there yet.
fn choose<'r>(report: &'r Report, name: &str, args: &NewArgs) -> Result<Item<'r>, Failure> {
    let mut rows: Vec<Item<'r>> = Vec::new();
    for workflow in followed(report, args.root.as_deref())? {
        for gate in &workflow.gates {
            let all = gate.deliverables.iter();
            rows.extend(all.map(|row| Item { workflow, gate, row, duty: None }));
        }
    }
    let meant = words::normalize(name);
    let is_meant = |row: &DeliverableReport| {
        row.id.eq_ignore_ascii_case(name) || words::normalize(&row.title) == meant
    };
    if !rows.iter().any(|item| is_meant(item.row)) {
        let known: Vec<&str> = rows.iter().map(|item| &*item.row.id).collect();
        return Err(unknown(name, &known));
    }
    rows.retain(|item| is_meant(item.row) && item.gate.verdict != GateVerdict::Skipped);
    let title = rows.first().map_or(name, |item| &item.row.title);
    if let Some(item) = rows.iter().position(|item| item.row.optional) {
        let item = rows.swap_remove(item);
        return if args.subject.is_some() { Err(nobodys(name, title)) } else { Ok(item) };
    }
    let items = rows.iter().flat_map(|item| {
        item.row.duties.iter().map(move |duty| Item { duty: Some(duty), ..*item })
    });
    let mut items: Vec<Item<'r>> = items.collect();
    if items.is_empty() {
        let what = format!("nobody owes the {title} yet");
        let why = "it is written for each feature, and no feature is declared";
        return Err(Failure::new(what, why, "declare the features in the architecture first"));
    }
    if let Some(subject) = &args.subject {
        let names = items.iter().filter_map(|item| item.duty).flat_map(DutyReport::names);
        let names: Vec<&str> = names.collect();
        if names.is_empty() {
            return Err(nobodys(name, title));
        }
        if !names.iter().any(|known| known.eq_ignore_ascii_case(subject)) {
            let what = format!("nobody called \"{subject}\" owes the {title}");
            return Err(Failure::new(what, "", suggestion(subject, &names)));
        }
        items.retain(|item| {
            let mut names = item.duty.into_iter().flat_map(DutyReport::names);
            names.any(|known| known.eq_ignore_ascii_case(subject))
        });
    }
    let (done, open): (Vec<_>, Vec<_>) =
        items.into_iter().partition(|item| item.duty.is_some_and(|duty| duty.done));
    one_of(report, open, name).transpose().unwrap_or_else(|| {
        let paths: Vec<RepoPath> = done.iter().map(Item::path).collect();
        Err(there(&format!("the {title}"), &paths))
    })
}

/// The one that is open, if there is one. Of one document for several iterations, the first.
///
/// # Errors
/// Several documents are open.
fn one_of<'r>(
    report: &Report,
    mut open: Vec<Item<'r>>,
    name: &str,
) -> Result<Option<Item<'r>>, Failure> {
    let Some(first) = open.first() else { return Ok(None) };
    if open.iter().all(|item| item.path() == first.path()) {
        return Ok(Some(open.swap_remove(0)));
    }
    let commands = open.iter().filter_map(|item| command(report, item));
    let commands: Vec<String> = commands.map(|command| format!("`{command}`")).collect();
    let why = format!("{} are open", words::count(open.len(), "document", "documents"));
    let help = format!("write one after the other: {}", words::few(&commands, 8));
    Err(Failure::new(format!("cannot tell which {name} is meant"), why, help))
}

fn command(report: &Report, item: &Item<'_>) -> Option<String> {
    due::command(item.row, item.duty?, due::root_of(report, item.workflow))
}

/// The workflows of a report, or the one under a root.
///
/// # Errors
/// None is there.
fn followed<'r>(
    report: &'r Report,
    root: Option<&str>,
) -> Result<Vec<&'r WorkflowReport>, Failure> {
    let Some(asked) = root else { return Ok(report.workflows.iter().collect()) };
    let is_asked = |one: &&WorkflowReport| one.root.as_str() == asked.trim_end_matches('/');
    let found: Vec<&WorkflowReport> = report.workflows.iter().filter(is_asked).collect();
    if found.is_empty() {
        let known: Vec<&str> = report.workflows.iter().map(|one| one.root.as_str()).collect();
        let what = format!("no workflow has its documents in {asked}");
        return Err(Failure::new(what, "", suggestion(asked, &known)));
    }
    Ok(found)
}

/// Checks that what the phase follows is written.
///
/// # Errors
/// An earlier phase lacks a document.
fn check_time(desk: &Desk, item: &Item<'_>) -> Result<(), Failure> {
    let Some(workflow) = desk.workflow(item.workflow) else { return Ok(()) };
    let Some(phase) = workflow.phase(&item.gate.phase) else { return Ok(()) };
    let before = workflow.before(phase);
    let earlier = before.iter().map(|&phase| &*workflow.phases[phase].id);
    for id in earlier {
        let is_earlier = |gate: &&GateReport| {
            gate.phase == id
                && gate.iteration == item.gate.iteration
                && gate.verdict != GateVerdict::Skipped
        };
        let Some(gate) = item.workflow.gates.iter().find(is_earlier) else { continue };
        let Some((row, duty)) = gate.missing().next() else { continue };
        let missing = Item { row, duty: Some(duty), ..*item };
        let what = format!("it is too early for {}", item.name());
        let (phase, lacks) = (&item.gate.phase, missing.name());
        let why = format!("phase {id} comes before phase {phase} and lacks {lacks}");
        let first = command(&desk.report, &missing);
        let first = first.unwrap_or_else(|| format!("write {}", duty.path));
        let help = format!("begin with `{first}`, or write this one now all the same with --early");
        return Err(Failure::new(what, why, help));
    }
    Ok(())
}

fn unknown(name: &str, known: &[&str]) -> Failure {
    Failure::new(format!("no deliverable is called \"{name}\""), "", suggestion(name, known))
}

fn nobodys(name: &str, title: &str) -> Failure {
    let help = format!("write `gatecheck new {name}`");
    Failure::new(format!("the {title} is one for the whole project"), "", help)
}

fn there(what: &str, paths: &[RepoPath]) -> Failure {
    let paths: Vec<&str> = paths.iter().map(RepoPath::as_str).collect();
    let why = format!("it stands in {}", words::few(&paths, 4));
    let help = "edit it; gatecheck writes over nothing";
    Failure::new(format!("{what} is there already"), why, help)
}

fn suggestion(word: &str, known: &[&str]) -> String {
    match words::closest(word, known.iter().copied()) {
        Some(near) => format!("did you mean {near}?"),
        None => {
            let mut own: Vec<&str> = Vec::new();
            for &word in known {
                if !own.contains(&word) {
                    own.push(word);
                }
            }
            format!("known here: {}", words::list(&own))
        }
    }
}
