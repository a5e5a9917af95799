use super::boxes::Boxes;
use crate::base::Level;
use crate::finding::Finding;
use crate::project::{Artifact, Project, written_from};
use crate::rules::{Check, Rule};

pub static RULE: Rule = Rule {
    id: "ticked-file-missing",
    summary: "a ticked item of a gate's checklist names a file that does not exist",
    promises: &["S0.7", "S4.4"],
    level: Level::Deny,
    page: include_str!("../../../rules/ticked-file-missing.md"),
    check: Check::Artifact(&[], check),
};

fn check(artifact: &Artifact, project: &Project, out: &mut Vec<Finding>) {
    let Some(boxes) = Boxes::of(artifact, project) else { return };
    let Some(facts) = artifact.facts() else { return };
    let folder = artifact.path.folder();
    for (item, gates) in boxes.ticked() {
        for path in facts.paths_in(item.text) {
            let written = facts.text_of(path.span);
            let meant = project.named.written.get(&*written_from(&folder, written));
            let stands = |all: &Vec<_>| all.iter().any(|one| project.named.stands(one));
            if meant.is_none_or(stands) {
                continue;
            }
            let message = format!("this item is ticked, but {written} does not exist");
            let finding = Finding::at(&artifact.path, path.span, message)
                .help("commit the file, correct its path, or take the tick away")
                .subject(written);
            out.push(
                gates
                    .iter()
                    .fold(finding, |finding, &(iteration, phase)| finding.gate(iteration, phase)),
            );
        }
    }
}
