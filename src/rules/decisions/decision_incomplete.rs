use super::named;
use crate::base::Level;
use crate::base::words::list;
use crate::finding::Finding;
use crate::model::records::Decisions;
use crate::project::Project;
use crate::rules::placeholders::is_unnamed;
use crate::rules::{Check, Rule};

pub static RULE: Rule = Rule {
    id: "decision-incomplete",
    summary: "an entry of the decision log does not say what was decided or why",
    promises: &["S0.5", "S3.3", "S4.9"],
    level: Level::Deny,
    page: include_str!("../../../rules/decision-incomplete.md"),
    check: Check::Project(check),
};

fn check(project: &Project, out: &mut Vec<Finding>) {
    for (artifact, facts, decisions) in project.records::<Decisions>() {
        for decision in &decisions.0 {
            let said = [
                (decision.resolution, "what was decided", "Resolution"),
                (decision.rationale, "why", "Rationale"),
            ];
            let lacking: Vec<_> = said.iter().filter(|(span, ..)| span.is_none()).collect();
            let title = named(facts.text_of(decision.title));
            if lacking.is_empty() || is_unnamed(&title) {
                continue;
            }
            let parts: Vec<&str> = lacking.iter().map(|(_, part, _)| *part).collect();
            let labels: Vec<String> =
                lacking.iter().map(|(.., label)| format!("\"{label}\"")).collect();
            let message = format!("the decision \"{title}\" does not say {}", list(&parts));
            out.push(
                Finding::at(&artifact.path, decision.place, message)
                    .help(format!(
                        "add {} below it; an open conflict is settled first",
                        list(&labels)
                    ))
                    .subject(title),
            );
        }
    }
}
