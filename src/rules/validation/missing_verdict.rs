use super::{Document, Due, documents, due, latest, named_role, role_of, title};
use crate::base::Level;
use crate::finding::Finding;
use crate::project::Project;
use crate::rules::{Check, Rule};
use crate::workflow::Kind;

pub static RULE: Rule = Rule {
    id: "missing-verdict",
    summary: "a role that has to validate gives no verdict",
    promises: &["S2.16", "S3.1"],
    level: Level::Deny,
    page: include_str!("../../../rules/missing-verdict.md"),
    check: Check::Project(check),
};

fn check(project: &Project, out: &mut Vec<Finding>) {
    let documents: Vec<_> = documents(project).collect();
    for due in due(project).filter(|due| latest(project, &documents, due).is_none()) {
        let gate = (due.duty.iteration, due.duty.phase);
        let missing = missing(project, &due);
        let same = out.iter_mut().find(|known| {
            (&known.path, known.span, &known.subject)
                == (&missing.path, missing.span, &missing.subject)
        });
        match same {
            Some(known) if !known.gates.contains(&gate) => known.gates.push(gate),
            Some(_) => {}
            None => out.push(missing.gate(gate.0, gate.1)),
        }
    }
}

/// At the document that speaks for the role, else where the sign-off stands, else nowhere.
fn missing(project: &Project, due: &Due<'_>) -> Finding {
    let role = title(project, due.role);
    let fitting = || {
        let documents = documents(project);
        documents.filter(|one| !due.formal || one.artifact.kind == Kind::SignOff)
    };
    let speaks = |one: &Document<'_>| {
        let named = named_role(project, one.artifact) == Some(due.role);
        named || one.model.roles().any(|spoken| spoken == due.role)
    };
    let decides = |one: &Document<'_>| {
        let mut verdicts = one.model.verdicts.iter();
        verdicts.any(|verdict| role_of(project, one.artifact, verdict) == Some(due.role))
    };
    let iteration = &project.iterations[due.duty.iteration].id;
    let place = fitting().find(speaks).or_else(|| fitting().find(|_| due.formal));
    let finding = match place {
        Some(one) => {
            let message = match fitting().any(|one| decides(&one)) {
                true => format!("no verdict of the {role} speaks of iteration {iteration}"),
                false => format!("this document holds no verdict of the {role}"),
            };
            Finding::at(&one.artifact.path, one.facts.beginning(), message)
        }
        None => {
            let phase = &project.workflow.phases[due.duty.phase];
            let demand = phase.deliverables[due.duty.deliverable].place;
            Finding::about(&due.duty.expected, format!("no document holds a verdict of the {role}"))
                .related(project.workflow.path_of(demand), Some(demand.span), "demanded here")
        }
    };
    finding
        .help("add a line \"Verdict\" with the decision, or a row for the role in a table of verdicts")
        .subject(format!("verdict of the {role}"))
}
