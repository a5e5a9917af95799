use super::{Due, documents, latest, title};
use crate::base::Level;
use crate::finding::Finding;
use crate::model::dates::Date;
use crate::project::{Duty, DutyState, Project, Subject};
use crate::rules::{Check, Rule};
use crate::workflow::Per;

pub static RULE: Rule = Rule {
    id: "signed-too-early",
    summary: "a sign-off was given before the one that comes first",
    promises: &["S1.6"],
    level: Level::Deny,
    page: include_str!("../../../rules/signed-too-early.md"),
    check: Check::Project(check),
};

fn check(project: &Project, out: &mut Vec<Finding>) {
    let all: Vec<_> = documents(project).collect();
    for (phase, at, deliverable) in project.workflow.deliverables() {
        let Per::Role(order) = &deliverable.per else { continue };
        if !deliverable.in_order {
            continue;
        }
        for iteration in 0..project.iterations.len() {
            let given = order.iter().filter_map(|role| {
                let own = |duty: &&Duty| {
                    (duty.iteration, duty.phase, duty.deliverable) == (iteration, phase, at)
                        && duty.subject == Subject::Role(role.clone())
                        && matches!(duty.state, DutyState::Done(_))
                };
                let duty = project.duties.iter().find(own)?;
                let (document, verdict) = latest(project, &all, &Due { duty, role, formal: true })?;
                Some((role, document, verdict, verdict.date?))
            });
            let given: Vec<_> = given.collect();
            for pair in given.windows(2) {
                let [(before, first, _, earlier), (role, document, verdict, date)] = pair else {
                    continue;
                };
                if date >= earlier {
                    continue;
                }
                let [role, before] = [role, before].map(|role| title(project, role));
                let [date, earlier] = [date, earlier].map(written);
                let message = format!(
                    "the {role} signed on {date}, before the {before}, who signed on {earlier}"
                );
                out.push(
                    Finding::at(&document.artifact.path, verdict.span, message)
                        .help(format!(
                            "have the {role} look again at what the {before} signed, and sign with \
                             a later date"
                        ))
                        .subject(format!("{role} before {before}"))
                        .related(&first.artifact.path, None, "comes first")
                        .gate(iteration, phase),
                );
            }
        }
    }
}

fn written(Date(year, month, day): &Date) -> String {
    format!("{year:04}-{month:02}-{day:02}")
}
