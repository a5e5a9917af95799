use super::latest;
use crate::base::Level;
use crate::base::words::list;
use crate::facts::{DocumentFacts, NamedPath};
use crate::finding::Finding;
use crate::model::records::{Progress, State, Workstream, Workstreams};
use crate::project::features::Name;
use crate::project::{Artifact, Project, written_from};
use crate::rules::{Check, Rule};

pub static RULE: Rule = Rule {
    id: "workstream-file-missing",
    summary: "a workstream is done, and a file that it should leave behind is missing",
    promises: &["S0.3", "S0.6"],
    level: Level::Deny,
    page: include_str!("../../../rules/workstream-file-missing.md"),
    check: Check::Project(check),
};

fn check(project: &Project, out: &mut Vec<Finding>) {
    for (plan, facts, workstreams) in project.records::<Workstreams>() {
        for workstream in &workstreams.0 {
            let missing = missing(project, plan, facts, workstream);
            let Some(first) = missing.first() else { continue };
            let names: Vec<&str> = missing.iter().map(|path| facts.text_of(path.span)).collect();
            let verb = if names.len() == 1 { "does" } else { "do" };
            let missing = format!("{} {verb} not exist", list(&names));
            let name = &workstream.name;
            let help = "commit what is missing, or say how far the workstream really is";
            if let Some((report, claim)) = claim(project, workstream) {
                let message = format!("{name} is reported complete, but {missing}");
                out.push(
                    Finding::at(&report.path, claim.place, message)
                        .help(help)
                        .subject(name)
                        .related(&plan.path, Some(first.span), "promised here"),
                );
            } else if let Some(phase) = is_over(project) {
                let message = format!("the workstream {name} should be done, but {missing}");
                let finding = Finding::at(&plan.path, first.span, message);
                out.push(finding.help(help).subject(name).gate(0, phase));
            }
        }
    }
}

/// The files among the deliverables of a workstream that are not there.
fn missing<'p>(
    project: &Project,
    plan: &Artifact,
    facts: &'p DocumentFacts,
    workstream: &Workstream,
) -> Vec<&'p NamedPath> {
    let folder = plan.path.folder();
    let named = workstream.deliverables.iter().flat_map(|&span| facts.paths_in(span));
    let is_missing = |path: &&NamedPath| {
        let written = written_from(&folder, facts.text_of(path.span));
        let meant = project.named.written.get(&*written);
        meant.is_some_and(|all| !all.iter().any(|one| project.named.stands(one)))
    };
    named.filter(is_missing).collect()
}

/// Where the latest report calls a workstream complete.
fn claim<'p>(
    project: &'p Project,
    workstream: &Workstream,
) -> Option<(&'p Artifact, &'p Progress)> {
    let (report, _, status) = latest(project)?;
    let own = Name::new(&workstream.name, None);
    let mut lines = status.workstreams.iter();
    let line = lines.find(|one| {
        let name = Name::new(&one.name, None);
        one.name == workstream.name || name.is_part_of(&own) || own.is_part_of(&name)
    })?;
    let complete = line.state == Some(State::Complete) || line.percent == Some(100.0);
    complete.then_some((report, line))
}

/// The phase of the reports, once a later one has begun: by then the work is done.
fn is_over(project: &Project) -> Option<usize> {
    let (report, ..) = latest(project)?;
    let (phase, _) = report.deliverable?;
    let phases = 0..project.workflow.phases.len();
    let mut later = phases.filter(|&one| project.workflow.before(one).contains(&phase));
    later.any(|one| project.stage(0, one).entered.is_some()).then_some(phase)
}
