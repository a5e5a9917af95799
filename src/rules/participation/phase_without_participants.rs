use crate::base::Level;
use crate::finding::Finding;
use crate::model::records::Participants;
use crate::project::Project;
use crate::project::team::Team;
use crate::rules::{Check, Rule};

pub static RULE: Rule = Rule {
    id: "phase-without-participants",
    summary: "nobody is declared to take part in a phase, so that nobody has to report",
    promises: &["S1.2"],
    level: Level::Deny,
    page: include_str!("../../../rules/phase-without-participants.md"),
    check: Check::Project(check),
};

fn check(project: &Project, out: &mut Vec<Finding>) {
    let Some((artifact, facts, _)) = project.records::<Participants>().next() else { return };
    let team = Team::of(project);
    for (phase, _, deliverable) in project.reports().filter(|(.., one)| !one.optional) {
        let roles = project.taking_part(&team, phase);
        if roles.iter().any(|role| !deliverable.beside.contains(role)) {
            continue;
        }
        let title = &project.workflow.phases[phase].title;
        let declared = project.records::<Participants>().flat_map(|(_, _, all)| &all.0).next();
        let place = declared.map_or(facts.beginning(), |one| one.phase);
        let message = format!("nobody is declared to take part in {title}");
        out.push(
            Finding::at(&artifact.path, place, message)
                .help(format!("add {title} with the roles that take part in it and report"))
                .subject(&*project.workflow.phases[phase].id)
                .gate(0, phase),
        );
    }
}
