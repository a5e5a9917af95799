use super::{builds, workstreams};
use crate::base::Level;
use crate::finding::Finding;
use crate::project::Project;
use crate::project::features::Name;
use crate::rules::{Check, Rule};

pub static RULE: Rule = Rule {
    id: "component-without-workstream",
    summary: "no workstream builds a component of the plan",
    promises: &["S0.3"],
    level: Level::Deny,
    page: include_str!("../../../rules/component-without-workstream.md"),
    check: Check::Project(check),
};

fn check(project: &Project, out: &mut Vec<Finding>) {
    let all: Vec<_> = workstreams(project).collect();
    if all.is_empty() {
        return;
    }
    let mut known: Vec<usize> = Vec::new();
    for view in &project.graph().views {
        let artifact = &project.artifacts[view.artifact];
        for member in &view.members {
            let node = &project.graph().nodes[member.node];
            let name = Name::new(&node.name, None);
            let is_built = || all.iter().any(|(_, facts, one)| builds(facts, one, &name));
            if known.contains(&member.node) || is_built() {
                continue;
            }
            known.push(member.node);
            let message = format!("no workstream builds the component {}", node.name);
            out.push(
                Finding::at(&artifact.path, member.span, message)
                    .help("name it in the workstream that builds it, under \"Components\"")
                    .subject(&*node.name),
            );
        }
    }
}
