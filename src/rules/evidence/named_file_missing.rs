use std::collections::BTreeSet;

use super::claimed;
use crate::base::words::list;
use crate::base::{Level, RepoPath};
use crate::finding::Finding;
use crate::project::{Artifact, Project};
use crate::rules::{Check, Rule};
use crate::source::Node;
use crate::workflow::Kind;

pub static RULE: Rule = Rule {
    id: "named-file-missing",
    summary: "a file that evidence says was created, changed or tested is not there",
    promises: &["S2.13"],
    level: Level::Deny,
    page: include_str!("../../../rules/named-file-missing.md"),
    check: Check::Artifact(&[Kind::Evidence, Kind::TestEvidence], check),
};

/// More missing files than this in one document have one cause, and so one finding.
const SINGLE: usize = 3;

fn check(artifact: &Artifact, project: &Project, out: &mut Vec<Finding>) {
    let is_file = |node: &Node| matches!(node, Node::File(_));
    let mut absent: Vec<_> = claimed(artifact, project)
        .filter(|(_, _, nodes)| !nodes.iter().any(is_file))
        .map(|(file, written, nodes)| (file, written, nodes.first().copied()))
        .collect();
    absent.sort_by_key(|&(file, ..)| file.span);
    let mut known = BTreeSet::new();
    absent.retain(|&(_, written, _)| known.insert(written));
    let folder = artifact.path.folder();
    let what = |test: bool| if test { "test file" } else { "file" };
    let help = "commit the file, correct the path, or take the line out";
    match &absent[..] {
        [] => {}
        few if few.len() <= SINGLE => out.extend(few.iter().map(|(file, written, node)| {
            let inside = RepoPath::resolve(&folder, written).is_some();
            let nothing = if inside { "does not exist" } else { "leads out of the repository" };
            let state = node.map_or(nothing, instead);
            let message = format!("the {} {written} is named here and {state}", what(file.test));
            Finding::at(&artifact.path, file.span, message).help(help).subject(*written)
        })),
        [(first, ..), ..] => {
            let shown: Vec<&str> =
                absent.iter().map(|&(_, written, _)| written).take(SINGLE).collect();
            let message = format!(
                "{} files named here do not exist, {} among them",
                known.len(),
                list(&shown)
            );
            out.push(
                Finding::at(&artifact.path, first.span, message)
                    .help(help)
                    .subject("named files")
                    .members(known.into_iter().map(str::to_owned)),
            );
        }
    }
}

/// What stands at a path that should be a file.
fn instead(node: Node) -> &'static str {
    match node {
        Node::File(_) => "is a file",
        Node::Folder => "is a folder",
        Node::Symlink => "is a symbolic link, not the file itself",
        Node::Submodule => "is a submodule",
        Node::Other => "is no regular file",
    }
}
