use crate::base::Level;
use crate::finding::Finding;
use crate::project::Project;
use crate::project::team::Team;
use crate::rules::{Check, Rule};
use crate::workflow::Captures;

pub static RULE: Rule = Rule {
    id: "late-report",
    summary: "somebody who works beside a phase has not reported when it counts",
    promises: &["S1.2"],
    level: Level::Deny,
    page: include_str!("../../../rules/late-report.md"),
    check: Check::Project(check),
};

fn check(project: &Project, out: &mut Vec<Finding>) {
    let team = Team::of(project);
    for (phase, at, deliverable) in project.reports() {
        let until = deliverable.beside_until.as_deref();
        let Some(until) = until.and_then(|id| project.workflow.phase(id)) else { continue };
        for one in project.participants(phase) {
            for role in team.roles_in(one.facts.text_of(one.place)) {
                let reported = project.artifacts.iter().any(|artifact| {
                    artifact.deliverable == Some((phase, at))
                        && team.reporters(artifact).contains(&role)
                });
                if reported || !deliverable.beside.contains(&role) {
                    continue;
                }
                let [here, waits] = [phase, until].map(|at| &project.workflow.phases[at].title);
                let captures = Captures::from([("role".to_owned(), role.clone())]);
                let expected = deliverable.paths.first().map(|path| path.expected(&captures));
                let path = project.root.join(&expected.unwrap_or_default());
                let title = team.title(&role);
                let message = format!(
                    "the {title} takes part in {here} and has not reported; {waits} waits for it"
                );
                out.push(
                    Finding::at(&one.artifact.path, one.place, message)
                        .help(format!("write {path}"))
                        .subject(format!("{}/{role}", deliverable.id))
                        .gate(0, until),
                );
            }
        }
    }
}
