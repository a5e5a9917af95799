use super::{in_gates_of, left_out};
use crate::base::Level;
use crate::base::words::list;
use crate::finding::Finding;
use crate::model::ids::Mention;
use crate::project::Project;
use crate::rules::product::named;
use crate::rules::{Check, Rule};
use crate::workflow::Kind;

pub static RULE: Rule = Rule {
    id: "flow-missing",
    summary: "user flows are sorted by stories and leave some out",
    promises: &["S2.3"],
    level: Level::Deny,
    page: include_str!("../../../rules/flow-missing.md"),
    check: Check::Project(check),
};

fn check(project: &Project, out: &mut Vec<Finding>) {
    let flows = || project.products().filter(|(artifact, ..)| artifact.kind == Kind::Flows);
    let mentions: Vec<Mention> =
        flows().flat_map(|(_, _, product)| product.mentions.iter().cloned()).collect();
    let mut left = left_out(project, &mentions);
    // Nobody walks through a story that no user asks for.
    left.retain(|(_, story)| !story.technical);
    let Some((artifact, facts, _)) = flows().next() else { return };
    let Some(phase) = artifact.deliverable.map(|(phase, _)| phase) else { return };
    if left.is_empty() {
        return;
    }
    let names: Vec<String> = left.iter().map(|(_, story)| named(story)).collect();
    let (verb, help) = match left.len() {
        1 => ("has", "draw the way that this story takes through the pages"),
        _ => ("have", "draw the ways that these stories take through the pages"),
    };
    let message = format!("{} {verb} no user flow", list(&names));
    let finding =
        Finding::at(&artifact.path, facts.beginning(), message).help(help).subject("flows");
    out.push(in_gates_of(finding, project, &left, phase));
}
