use crate::base::Level;
use crate::base::words::list;
use crate::finding::Finding;
use crate::model::records::Escalations;
use crate::project::Project;
use crate::rules::placeholders::is_unnamed;
use crate::rules::{Check, Rule};

pub static RULE: Rule = Rule {
    id: "escalation-incomplete",
    summary: "the escalation matrix does not say how soon an issue is answered, or by whom",
    promises: &["S4.9"],
    level: Level::Deny,
    page: include_str!("../../../rules/escalation-incomplete.md"),
    check: Check::Project(check),
};

fn check(project: &Project, out: &mut Vec<Finding>) {
    for (artifact, facts, escalations) in project.records::<Escalations>() {
        for one in &escalations.0 {
            let parts = [("how soon somebody answers", one.time), ("who decides", one.level)];
            let missing: Vec<&str> =
                parts.iter().filter(|(_, part)| part.is_none()).map(|(name, _)| *name).collect();
            let name = facts.text_of(one.title).trim();
            if missing.is_empty() || is_unnamed(name) {
                continue;
            }
            let message = format!("the escalation of \"{name}\" does not say {}", list(&missing));
            out.push(
                Finding::at(&artifact.path, one.place, message)
                    .help("write down a time and a name, so that nobody has to ask when it happens")
                    .subject(name),
            );
        }
    }
}
