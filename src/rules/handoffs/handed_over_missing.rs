use crate::base::Level;
use crate::facts::{CheckItem, CheckState};
use crate::finding::Finding;
use crate::project::{Project, written_from};
use crate::rules::artifacts::boxes::Boxes;
use crate::rules::{Check, Rule};
use crate::source::Node;

pub static RULE: Rule = Rule {
    id: "handed-over-missing",
    summary: "a file that is handed over does not exist",
    promises: &["S1.3", "S4.3"],
    level: Level::Deny,
    page: include_str!("../../../rules/handed-over-missing.md"),
    check: Check::Project(check),
};

fn check(project: &Project, out: &mut Vec<Finding>) {
    for one in project.handoffs() {
        let Some(what) = one.handoff.what else { continue };
        let boxes = Boxes::of(one.artifact, project);
        let ticked: Vec<&CheckItem> =
            boxes.iter().flat_map(Boxes::ticked).map(|(item, _)| item).collect();
        let (folder, path) = (one.artifact.path.folder(), &one.artifact.path);
        for named in one.facts.paths_in(what) {
            // An open box says that it is not there yet; what is ticked in the gate's checklists is
            // looked up there.
            let told = |item: &&CheckItem| {
                let ticked = ticked.iter().any(|known| known.mark == item.mark);
                ticked || item.state != CheckState::Done
            };
            let boxes = one.facts.checks.iter().filter(told);
            let mut lines = boxes.map(|one| one.mark.to(one.text));
            let written = one.facts.text_of(named.span);
            let meant = project.named.written.get(&*written_from(&folder, written));
            let Some(meant) = meant.filter(|_| !lines.any(|line| line.covers(named.span))) else {
                continue;
            };
            let node = |path| project.named.paths.get(path).copied().flatten();
            let mut stands = meant.iter().filter_map(node);
            if stands.any(|node| matches!(node, Node::File(_) | Node::Folder)) {
                continue;
            }
            let message = format!("{written} is handed over here and does not exist");
            out.push(
                Finding::at(path, named.span, message)
                    .help("commit the file, correct the path, or leave its box open until it is there")
                    .subject(written),
            );
        }
    }
}
