use crate::base::Level;
use crate::base::words::list;
use crate::finding::Finding;
use crate::project::Project;
use crate::project::team::Team;
use crate::rules::{Check, Rule};

pub static RULE: Rule = Rule {
    id: "undeclared-reporter",
    summary: "a report comes from somebody who was not declared to take part in the phase",
    promises: &["S1.2"],
    level: Level::Warn,
    page: include_str!("../../../rules/undeclared-reporter.md"),
    check: Check::Project(check),
};

fn check(project: &Project, out: &mut Vec<Finding>) {
    let team = Team::of(project);
    for (phase, at, deliverable) in project.reports() {
        let declared = project.taking_part(&team, phase);
        if declared.is_empty() {
            continue;
        }
        let title = &project.workflow.phases[phase].title;
        let own = project.artifacts.iter().filter(|one| one.deliverable == Some((phase, at)));
        for artifact in own {
            let Some(facts) = artifact.facts() else { continue };
            let reporters = team.reporters(artifact);
            let known =
                |role: &String| declared.contains(role) || deliverable.beside.contains(role);
            if reporters.iter().any(known) {
                continue;
            }
            let (message, help) = match &reporters[..] {
                [] => (
                    "nobody can tell who reports here".to_owned(),
                    "add a line \"Reported by\" with a name or a role of the team".to_owned(),
                ),
                roles => {
                    let named: Vec<&str> = roles.iter().map(|role| team.title(role)).collect();
                    let who = list(&named);
                    (
                        format!("the {who} reports on {title} and was not declared to take part"),
                        format!(
                            "add the {who} to the participants of {title}, or take the report out"
                        ),
                    )
                }
            };
            out.push(
                Finding::at(&artifact.path, facts.beginning(), message)
                    .help(help)
                    .subject(reporters.first().map_or("nobody", String::as_str)),
            );
        }
    }
}
