use crate::base::Level;
use crate::finding::Finding;
use crate::model::records::{Handoffs, Levels};
use crate::project::Project;
use crate::project::team::Team;
use crate::rules::{Check, Rule};
use crate::workflow::Kind;

pub static RULE: Rule = Rule {
    id: "missing-handoff",
    summary: "work goes from hand to hand in the plan, and no handoff tells of it",
    promises: &["S1.3", "S1.5"],
    level: Level::Deny,
    page: include_str!("../../../rules/missing-handoff.md"),
    check: Check::Project(check),
};

fn check(project: &Project, out: &mut Vec<Finding>) {
    let team = Team::of(project);
    let given: Vec<(&str, &str)> = project
        .records::<Handoffs>()
        .flat_map(|(_, facts, all)| {
            all.0.iter().filter_map(|one| Some((facts.text_of(one.from?), facts.text_of(one.to?))))
        })
        .collect();
    let mut deliverables = project.workflow.deliverables();
    let owing = deliverables.find(|(.., one)| one.kind == Kind::Handoffs);
    let mut told: Vec<(&str, &str)> = Vec::new();
    for (artifact, facts, levels) in project.records::<Levels>() {
        for level in &levels.0 {
            for pair in level.steps.windows(2) {
                let [giver, receiver] = pair else { continue };
                let (from, to) = (facts.text_of(giver.who), facts.text_of(receiver.who));
                let is_given = |(giver, receiver): &(&str, &str)| {
                    team.is_same(giver, from) && team.is_same(receiver, to)
                };
                if !receiver.handed || given.iter().any(is_given) || told.contains(&(from, to)) {
                    continue;
                }
                told.push((from, to));
                let message = format!(
                    "{from} hands \"{}\" over to {to}, and no handoff tells of it",
                    facts.text_of(giver.task)
                );
                let folder = owing.and_then(|(.., one)| one.paths.first());
                let folder = folder.map(|path| project.root.join(&path.written).folder());
                let help = match folder {
                    Some(folder) => format!(
                        "write a handoff in {folder}: from {from}, to {to}, what is handed over, \
                         and what {to} has to know"
                    ),
                    None => format!("write a handoff from {from} to {to}"),
                };
                let finding = Finding::at(&artifact.path, receiver.place, message)
                    .help(help)
                    .subject(format!("{from} to {to}"));
                out.push(match owing {
                    Some((phase, ..)) => finding.gate(0, phase),
                    None => finding,
                });
            }
        }
    }
}
