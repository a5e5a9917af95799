use crate::base::Level;
use crate::finding::Finding;
use crate::ledger::Ledger;
use crate::model::records::Brief;
use crate::project::Project;
use crate::rules::{Check, Rule};

pub static RULE: Rule = Rule {
    id: "frontend-before-contract",
    summary: "the frontend was begun before the contract that it builds on was committed",
    promises: &["S3.4"],
    level: Level::Deny,
    page: include_str!("../../../rules/frontend-before-contract.md"),
    check: Check::Ledger(check),
};

fn check(ledger: &Ledger, project: &Project, out: &mut Vec<Finding>) {
    for (artifact, _, brief) in project.records::<Brief>() {
        let Some(frontend) =
            brief.frontend.filter(|_| brief.contract.is_none() && !brief.paths.is_empty())
        else {
            continue;
        };
        let message = "the frontend has its paths here, and no API contract is written down";
        out.push(
            Finding::at(&artifact.path, frontend, message)
                .help("add a section \"API contract\" with each endpoint, and commit it before the frontend is begun")
                .subject("contract"),
        );
    }
    for one in &ledger.claims.hasty {
        let artifact = &project.artifacts[one.artifact];
        let contract = match &one.contract {
            Some(commit) => format!("the contract came with commit {}", commit.short),
            None => "the contract is not committed yet".to_owned(),
        };
        let message = format!(
            "the frontend was begun before its contract: {} changed in commit {}, and {contract}",
            one.path, one.commit.short
        );
        out.push(
            Finding::at(&artifact.path, one.place, message)
                .help("hold what was built against the contract with both builders; where this folder is older than the feature, name those that are the feature's own")
                .subject(one.path.to_string()),
        );
    }
}
