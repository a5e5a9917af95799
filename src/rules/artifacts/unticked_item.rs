use super::boxes::Boxes;
use crate::base::Level;
use crate::finding::Finding;
use crate::project::{Artifact, Project};
use crate::rules::{Check, Rule};

pub static RULE: Rule = Rule {
    id: "unticked-item",
    summary: "an item of a gate's checklist is not ticked",
    promises: &["S2.20", "S0.7", "S3.1", "S4.4", "S4.8"],
    level: Level::Deny,
    page: include_str!("../../../rules/unticked-item.md"),
    check: Check::Artifact(&[], check),
};

fn check(artifact: &Artifact, project: &Project, out: &mut Vec<Finding>) {
    let Some(boxes) = Boxes::of(artifact, project) else { return };
    for (item, gates) in boxes.unticked() {
        let text = boxes.text(item);
        let message = format!("the gate's checklist has an open item: {text}");
        let finding = Finding::at(&artifact.path, item.mark.to(item.text), message)
            .help("do it and tick it, or write behind it why it does not apply")
            .subject(text);
        out.push(
            gates
                .iter()
                .fold(finding, |finding, &(iteration, phase)| finding.gate(iteration, phase)),
        );
    }
}
