use super::workstreams;
use crate::base::Level;
use crate::finding::Finding;
use crate::project::Project;
use crate::rules::placeholders::is_unnamed;
use crate::rules::{Check, Rule};

pub static RULE: Rule = Rule {
    id: "workstream-without-lead",
    summary: "nobody leads a workstream",
    promises: &["S0.3"],
    level: Level::Deny,
    page: include_str!("../../../rules/workstream-without-lead.md"),
    check: Check::Project(check),
};

fn check(project: &Project, out: &mut Vec<Finding>) {
    let unled = workstreams(project)
        .filter(|(.., workstream)| workstream.lead.is_none() && !is_unnamed(&workstream.name));
    out.extend(unled.map(|(artifact, _, workstream)| {
        let name = &workstream.name;
        Finding::at(&artifact.path, workstream.place, format!("nobody leads the workstream {name}"))
            .help("add a line \"Lead\" with the persona who answers for it")
            .subject(name)
    }));
}
