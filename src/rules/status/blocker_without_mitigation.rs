use crate::base::Level;
use crate::finding::Finding;
use crate::model::phrases::title;
use crate::model::records::{State, Status};
use crate::project::Project;
use crate::rules::{Check, Rule};

pub static RULE: Rule = Rule {
    id: "blocker-without-mitigation",
    summary: "something is blocked or at risk, and nobody says what is done about it",
    promises: &["S0.6"],
    level: Level::Deny,
    page: include_str!("../../../rules/blocker-without-mitigation.md"),
    check: Check::Project(check),
};

const HELP: &str = "add a line \"Mitigation\" that says what is done about it and by whom";

fn check(project: &Project, out: &mut Vec<Finding>) {
    for (artifact, facts, status) in project.records::<Status>() {
        let open: Vec<_> = status.blockers.iter().filter(|one| !one.mitigated).collect();
        for blocker in &open {
            let text = title(facts.text_of(blocker.place).lines().next().unwrap_or(""));
            let message = format!("nobody says what is done about \"{text}\"");
            let finding = Finding::at(&artifact.path, blocker.place, message);
            out.push(finding.help(HELP).subject(text));
        }
        // A blocker that is told and left open is said already.
        let told = !status.blockers.is_empty();
        for one in status.workstreams.iter().filter(|one| !one.mitigated && !told) {
            let state = match one.state {
                Some(State::AtRisk) => "at risk",
                Some(State::Blocked) => "blocked",
                _ => continue,
            };
            let message = format!("{} is {state}, and nobody says what is done about it", one.name);
            let finding = Finding::at(&artifact.path, one.place, message);
            out.push(finding.help(HELP).subject(&*one.name));
        }
    }
}
