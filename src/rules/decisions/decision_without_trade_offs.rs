use super::named;
use crate::base::Level;
use crate::finding::Finding;
use crate::model::records::Decisions;
use crate::project::Project;
use crate::rules::placeholders::is_unnamed;
use crate::rules::{Check, Rule};

pub static RULE: Rule = Rule {
    id: "decision-without-trade-offs",
    summary: "an entry of the decision log does not say what the decision costs",
    promises: &["S3.3"],
    level: Level::Off,
    page: include_str!("../../../rules/decision-without-trade-offs.md"),
    check: Check::Project(check),
};

fn check(project: &Project, out: &mut Vec<Finding>) {
    for (artifact, facts, decisions) in project.records::<Decisions>() {
        for decision in decisions.0.iter().filter(|one| one.trade_offs.is_none()) {
            let title = named(facts.text_of(decision.title));
            if is_unnamed(&title) {
                continue;
            }
            let message = format!("the decision \"{title}\" does not say what it costs");
            out.push(
                Finding::at(&artifact.path, decision.place, message)
                    .help("add \"Trade-offs\" below it: what becomes harder, and what was given up")
                    .subject(title),
            );
        }
    }
}
