use super::boxes::Boxes;
use crate::base::Level;
use crate::base::words::count;
use crate::finding::Finding;
use crate::project::{Artifact, Project};
use crate::rules::{Check, Rule};
use crate::workflow::Kind;

pub static RULE: Rule = Rule {
    id: "open-box",
    summary: "a document has open boxes outside of the gate's checklists",
    promises: &["S2.20"],
    level: Level::Warn,
    page: include_str!("../../../rules/open-box.md"),
    check: Check::Artifact(&[], check),
};

fn check(artifact: &Artifact, project: &Project, out: &mut Vec<Finding>) {
    // What is open in these is judged by what it blocks.
    if matches!(artifact.kind, Kind::Prerequisites | Kind::Levels) {
        return;
    }
    let Some(boxes) = Boxes::of(artifact, project) else { return };
    let Some(first) = boxes.idle().next() else { return };
    let text = boxes.text(first);
    let message = match boxes.idle().count() {
        1 => format!("one box is open: {text}"),
        several => format!("{} are open; the first: {text}", count(several, "box", "boxes")),
    };
    out.push(
        Finding::at(&artifact.path, first.mark.to(first.text), message)
            .help("tick what is done, and take out what will not be")
            .subject("boxes")
            .members(boxes.idle().map(|one| boxes.text(one).to_owned())),
    );
}
