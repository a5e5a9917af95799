use crate::base::Level;
use crate::base::words::few;
use crate::finding::Finding;
use crate::model::records::{Levels, Step};
use crate::project::Project;
use crate::rules::{Check, Rule};

pub static RULE: Rule = Rule {
    id: "blocking-level-open",
    summary: "work of a later level is done although a blocking level is not complete",
    promises: &["S1.5"],
    level: Level::Deny,
    page: include_str!("../../../rules/blocking-level-open.md"),
    check: Check::Project(check),
};

fn check(project: &Project, out: &mut Vec<Finding>) {
    for (artifact, facts, levels) in project.records::<Levels>() {
        for (at, level) in levels.0.iter().enumerate().filter(|(_, level)| level.blocking) {
            let open: Vec<&Step> =
                level.steps.iter().filter(|step| step.done != Some(true)).collect();
            let mut later = levels.0[at + 1..].iter().flat_map(|level| &level.steps);
            let begun = later.find(|step| step.done == Some(true));
            let (Some(first), Some(begun)) = (open.first(), begun) else { continue };
            let names: Vec<&str> = open.iter().map(|step| facts.text_of(step.task)).collect();
            let title = facts.text_of(level.title);
            let message = format!(
                "\"{}\" is done although \"{title}\" blocks it and is not complete: {}",
                facts.text_of(begun.task),
                few(&names, 3)
            );
            out.push(
                Finding::at(&artifact.path, first.place, message)
                    .help("finish the blocking level first and tick it off, or mark what is done")
                    .subject(title)
                    .related(&artifact.path, Some(begun.place), "done already"),
            );
        }
    }
}
