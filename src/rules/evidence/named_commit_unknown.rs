use crate::base::Level;
use crate::finding::Finding;
use crate::model::named_commits;
use crate::project::{Artifact, Held, Project};
use crate::rules::{Check, Rule};
use crate::workflow::Kind;

pub static RULE: Rule = Rule {
    id: "named-commit-unknown",
    summary: "a commit that a document names is not in the repository",
    promises: &["S2.12", "S2.13", "S2.16"],
    level: Level::Deny,
    page: include_str!("../../../rules/named-commit-unknown.md"),
    check: Check::Artifact(KINDS, check),
};

const KINDS: &[Kind] =
    &[Kind::Evidence, Kind::TestEvidence, Kind::Integration, Kind::Validation, Kind::SignOff];

fn check(artifact: &Artifact, project: &Project, out: &mut Vec<Finding>) {
    let Some(facts) = artifact.facts() else { return };
    let signs = matches!(artifact.kind, Kind::Integration | Kind::SignOff);
    for span in named_commits(&artifact.model) {
        let commit = facts.text_of(span);
        let twice = out
            .iter()
            .any(|known: &Finding| known.path == artifact.path && known.subject == commit);
        let message = match project.named.commits.get(commit) {
            Some(Held::Nowhere) => {
                format!("the commit {commit} is named here and is not in this repository")
            }
            // Evidence may cite a document by its content; what somebody signed is a state of all.
            Some(Held::Content) if signs => format!(
                "the commit {commit} is named here and is none, but the content of a document"
            ),
            _ => continue,
        };
        if !twice {
            let help = "name a commit of this repository's history";
            out.push(Finding::at(&artifact.path, span, message).help(help).subject(commit));
        }
    }
}
