use crate::base::Level;
use crate::base::words::list;
use crate::finding::Finding;
use crate::model::phrases::title;
use crate::model::records::Points;
use crate::project::Project;
use crate::rules::placeholders::is_unnamed;
use crate::rules::{Check, Rule};

pub static RULE: Rule = Rule {
    id: "integration-point-incomplete",
    summary: "an integration point lacks its contract, schema, events, error codes or service level",
    promises: &["S0.4"],
    level: Level::Deny,
    page: include_str!("../../../rules/integration-point-incomplete.md"),
    check: Check::Project(check),
};

fn check(project: &Project, out: &mut Vec<Finding>) {
    for (artifact, facts, points) in project.records::<Points>() {
        for point in points.0.iter().filter(|point| !point.lacking.is_empty()) {
            let name = title(facts.text_of(point.title));
            if is_unnamed(&name) {
                continue;
            }
            let message = format!("the integration \"{name}\" has no {}", list(&point.lacking));
            out.push(
                Finding::at(&artifact.path, point.place, message)
                    .help("write it down, or say \"none\" where there is none, as with events")
                    .subject(name),
            );
        }
    }
}
