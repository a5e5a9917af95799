use crate::base::Level;
use crate::finding::Finding;
use crate::ledger::{Ledger, Stale};
use crate::project::Project;
use crate::rules::{Check, Rule};

pub static RULE: Rule = Rule {
    id: "stale-citation",
    summary: "evidence cites a state of the design whose contracts changed before the evidence did",
    promises: &["S2.12"],
    level: Level::Deny,
    page: include_str!("../../../rules/stale-citation.md"),
    check: Check::Ledger(check),
};

fn check(ledger: &Ledger, project: &Project, out: &mut Vec<Finding>) {
    for Stale { artifact, span, changes, commit } in &ledger.claims.stale {
        let artifact = &project.artifacts[*artifact];
        let (Some(facts), [first, others @ ..]) = (artifact.facts(), &changes[..]) else {
            continue;
        };
        let cited = facts.text_of(*span);
        let when = match commit {
            Some(commit) => format!("until {}, which changed this evidence", commit.short),
            None => "until this evidence was changed".to_owned(),
        };
        let more = match others.len() {
            0 => String::new(),
            1 => " and one change more".to_owned(),
            many => format!(" and {many} changes more"),
        };
        let message = format!(
            "{cited} is no longer what was built against: {when}, {} had changed: {}{more}",
            first.thing, first.told
        );
        out.push(
            Finding::at(&artifact.path, *span, message)
                .help(
                    "hold the work against the contracts as they stand and cite that state, or \
                     report each change as a deviation",
                )
                .subject(format!("citation of {cited}")),
        );
    }
}
