use super::claimed;
use crate::base::Level;
use crate::finding::Finding;
use crate::project::{Artifact, Project};
use crate::rules::{Check, Rule};
use crate::source::Node;
use crate::workflow::Kind;

pub static RULE: Rule = Rule {
    id: "named-file-empty",
    summary: "a file that evidence says was created, changed or tested is empty",
    promises: &["S2.13"],
    level: Level::Deny,
    page: include_str!("../../../rules/named-file-empty.md"),
    check: Check::Artifact(&[Kind::Evidence, Kind::TestEvidence], check),
};

/// Files that are empty on purpose: they mark a folder.
const MARKERS: &[&str] = &["__init__.py", ".gitkeep", ".keep", ".nojekyll", "py.typed"];

fn check(artifact: &Artifact, project: &Project, out: &mut Vec<Finding>) {
    for (file, written, nodes) in claimed(artifact, project) {
        let marker = MARKERS.iter().any(|marker| written.ends_with(marker));
        let empty = !nodes.is_empty() && nodes.iter().all(|node| holds_nothing(*node, written));
        let twice = out
            .iter()
            .any(|known: &Finding| known.path == artifact.path && known.subject == written);
        if empty && !marker && !twice {
            let what = if file.test { "test file" } else { "file" };
            let message = format!("the {what} {written} is named here and holds nothing");
            let help = "write the file, or take the line out";
            out.push(Finding::at(&artifact.path, file.span, message).help(help).subject(written));
        }
    }
}

/// Contents stay unread: what has no room for more than line ends holds nothing, and `{}` does.
fn holds_nothing(node: Node, written: &str) -> bool {
    const LINE_ENDS: u64 = 2;
    let least = if written.ends_with(".json") { 0 } else { LINE_ENDS };
    matches!(node, Node::File(Some(size)) if size <= least)
}
