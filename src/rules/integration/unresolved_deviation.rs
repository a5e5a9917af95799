use super::reported;
use crate::base::Level;
use crate::finding::Finding;
use crate::ledger::Ledger;
use crate::project::{Artifact, Project};
use crate::rules::{Check, Rule};
use crate::workflow::Kind;

pub static RULE: Rule = Rule {
    id: "unresolved-deviation",
    summary: "a reported deviation has no resolution in the integration report",
    promises: &["S2.15", "S2.11"],
    level: Level::Deny,
    page: include_str!("../../../rules/unresolved-deviation.md"),
    check: Check::Ledger(check),
};

fn check(ledger: &Ledger, project: &Project, out: &mut Vec<Finding>) {
    let books = &ledger.books;
    for (duty, reports) in reported(project) {
        // Without a section about deviations that section is what is missing.
        let section =
            reports.iter().find_map(|report| Some((report.artifact, report.model.deviations?)));
        let Some((report, section)) = section else { continue };
        for entry in &books.entries {
            let evidence = &project.artifacts[entry.artifact];
            if evidence.kind != Kind::Evidence || iteration_of(project, evidence) != duty.iteration
            {
                continue;
            }
            let spoken = || entry.resolutions.iter().map(|&one| &books.resolutions[one]);
            if spoken().any(|resolution| resolution.way.is_some()) {
                continue;
            }
            let title = &entry.title;
            let open = spoken().next();
            let message = match open {
                Some(_) => {
                    format!("the deviation \"{title}\" is left open in the integration report")
                }
                None => {
                    format!("the deviation \"{title}\" has no resolution in the integration report")
                }
            };
            let (path, place, text) = match open {
                Some(one) => (&project.artifacts[one.artifact].path, one.span, "left open here"),
                None => (&report.path, section, "resolutions stand here"),
            };
            let finding = Finding::at(&evidence.path, entry.span, message)
                .help("say whether the code was changed, the contract updated, or the deviation accepted")
                .subject(title)
                .related(path, Some(place), text)
                .gate(duty.iteration, duty.phase);
            out.push(finding);
        }
    }
}

/// The newest iteration of the features that evidence speaks for.
fn iteration_of(project: &Project, artifact: &Artifact) -> usize {
    let iterations = artifact.features.iter().map(|&id| project.features[id].iteration);
    iterations.max().unwrap_or(project.iterations.len().saturating_sub(1))
}
