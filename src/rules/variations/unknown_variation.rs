use crate::base::Level;
use crate::base::words::{list, normalize};
use crate::finding::Finding;
use crate::model::records::Brief;
use crate::project::Project;
use crate::project::varied::declaration;
use crate::rules::{Check, Rule};

pub static RULE: Rule = Rule {
    id: "unknown-variation",
    summary: "a feature declares no variation of the workflow, or one that it does not have",
    promises: &["S3.6"],
    level: Level::Deny,
    page: include_str!("../../../rules/unknown-variation.md"),
    check: Check::Project(check),
};

fn check(project: &Project, out: &mut Vec<Finding>) {
    let variations = &project.workflow.variations;
    if variations.is_empty() {
        return;
    }
    let titles: Vec<&str> = variations.iter().map(|one| &*one.title).collect();
    let help = format!("write \"Variation: \" with one of them or several: {}", list(&titles));
    for (artifact, facts, brief) in project.records::<Brief>() {
        let Some(place) = brief.variation else {
            if facts.says_anything() {
                let message =
                    "the feature declares no variation, so all that any of them needs is due";
                out.push(
                    Finding::at(&artifact.path, brief.place, message)
                        .help(&*help)
                        .subject("variation"),
                );
            }
            continue;
        };
        for unknown in declaration(facts.text_of(place), &project.workflow).unknown {
            let message = format!("\"{unknown}\" is no variation of this workflow");
            out.push(
                Finding::at(&artifact.path, place, message)
                    .help(&*help)
                    .subject(normalize(unknown)),
            );
        }
    }
}
