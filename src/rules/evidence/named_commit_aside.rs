use crate::base::Level;
use crate::finding::Finding;
use crate::model::named_commits;
use crate::project::{Artifact, Held, Project};
use crate::rules::{Check, Rule};
use crate::workflow::Kind;

pub static RULE: Rule = Rule {
    id: "named-commit-aside",
    summary: "a commit that a document names is not in the history of what is judged",
    promises: &["S2.12", "S2.13", "S2.16"],
    level: Level::Warn,
    page: include_str!("../../../rules/named-commit-aside.md"),
    check: Check::Artifact(KINDS, check),
};

const KINDS: &[Kind] =
    &[Kind::Evidence, Kind::TestEvidence, Kind::Integration, Kind::Validation, Kind::SignOff];

fn check(artifact: &Artifact, project: &Project, out: &mut Vec<Finding>) {
    let Some(facts) = artifact.facts() else { return };
    let mut known: Vec<&str> = Vec::new();
    for span in named_commits(&artifact.model) {
        let commit = facts.text_of(span);
        if project.named.commits.get(commit) != Some(&Held::Aside) || known.contains(&commit) {
            continue;
        }
        known.push(commit);
        let message = format!(
            "the commit {commit} is named here and is not in this history: it stands on a branch \
             that was never merged as it is"
        );
        let help = "name the commit that the merge, squash or rebase made of it: others who clone \
                    the repository may not have this one";
        out.push(Finding::at(&artifact.path, span, message).help(help).subject(commit));
    }
}
