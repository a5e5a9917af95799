use crate::base::Level;
use crate::finding::Finding;
use crate::model::records::Brief;
use crate::project::Project;
use crate::project::varied::{declaration, too_simple};
use crate::rules::{Check, Rule};

pub static RULE: Rule = Rule {
    id: "too-simple-variation",
    summary: "a feature takes a simple way and speaks of what asks for more care",
    promises: &["S3.6"],
    level: Level::Warn,
    page: include_str!("../../../rules/too-simple-variation.md"),
    check: Check::Project(check),
};

fn check(project: &Project, out: &mut Vec<Finding>) {
    for (artifact, facts, brief) in project.records::<Brief>() {
        let Some(place) = brief.variation else { continue };
        let declared = declaration(facts.text_of(place), &project.workflow).known;
        if declared.is_empty() {
            continue;
        }
        let Some((word, variation)) = too_simple(&facts.text, &project.workflow, &declared) else {
            continue;
        };
        let said = facts.text_of(word);
        let message =
            format!("this feature speaks of \"{said}\" and is declared {}", variation.title);
        let others = project.workflow.variations.iter().filter(|one| one.too_simple_for.is_empty());
        let others: Vec<&str> = others.map(|one| &*one.title).collect();
        out.push(
            Finding::at(&artifact.path, word, message)
                .help(format!(
                    "declare what looks after it as well ({}), or say that the feature has none of it",
                    others.join(", ")
                ))
                .subject(said.to_lowercase())
                .related(&artifact.path, Some(place), "declared here"),
        );
    }
}
