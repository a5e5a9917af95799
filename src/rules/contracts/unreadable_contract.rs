use crate::base::Level;
use crate::finding::Finding;
use crate::model::Model;
use crate::project::{Artifact, Project};
use crate::rules::{Check, Rule};
use crate::workflow::Kind;

pub static RULE: Rule = Rule {
    id: "unreadable-contract",
    summary: "something looks like a contract and cannot be read",
    promises: &["S2.5"],
    level: Level::Deny,
    page: include_str!("../../../rules/unreadable-contract.md"),
    check: Check::Artifact(&[Kind::Architecture, Kind::Interface], check),
};

fn check(artifact: &Artifact, _: &Project, out: &mut Vec<Finding>) {
    let (Model::Architecture(model), Some(facts)) = (&*artifact.model, artifact.facts()) else {
        return;
    };
    for unread in &model.contracts.unread {
        let written = facts.text_of(unread.span).lines().next().unwrap_or("").trim();
        let message = format!("{written} looks like a contract and cannot be read: {}", unread.why);
        out.push(
            Finding::at(&artifact.path, unread.span, message)
                .help(
                    "write it as in \"POST /api/items/:id\", with request, response and error \
                     cases below; `gatecheck inspect` shows what was understood",
                )
                .subject(written),
        );
    }
}
