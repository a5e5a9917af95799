//! Duties that nobody has, gates that could not fail, words that nothing uses.

use super::stated::Stated;
use super::{Check, Remark};
use crate::base::{Level, Span};
use crate::workflow::{Kind, Per, Place, Workflow};

pub static CHECKS: &[&Check] = &[&OPTIONAL, &UNDECLARED, &IDLE_LEVEL, &IDLE_ROLE, &IDLE_AGREEMENT];

static OPTIONAL: Check = Check {
    id: "optional-phase",
    summary: "a phase whose gate could not fail",
    level: Level::Deny,
};

static UNDECLARED: Check = Check {
    id: "undeclared-subjects",
    summary: "something is due for each feature, and nothing declares features",
    level: Level::Deny,
};

static IDLE_LEVEL: Check = Check {
    id: "idle-level",
    summary: "a level for a rule that has nothing to judge here",
    level: Level::Warn,
};

static IDLE_ROLE: Check =
    Check { id: "idle-role", summary: "a role that nobody asks for", level: Level::Warn };

static IDLE_AGREEMENT: Check = Check {
    id: "idle-agreement",
    summary: "a revision that nothing is held to",
    level: Level::Warn,
};

pub fn review(
    workflow: &Workflow,
    stated: &Stated,
    judged: &dyn Fn(&str) -> &'static [Kind],
    found: &mut Vec<Remark>,
) {
    for phase in &workflow.phases {
        if phase.deliverables.iter().all(|one| one.optional) {
            let message = format!(
                "everything in phase `{}` is optional, so its gate could not fail",
                phase.id
            );
            let help = "take `optional` from what the phase must leave behind, or move its \
                        deliverables to another phase";
            found.push(Remark::new(&OPTIONAL, phase.place, message).help(help).about(&phase.id));
        }
    }
    found.extend(undeclared(workflow, stated));
    let kinds = kinds(workflow);
    for (rule, (_, place)) in &workflow.levels {
        let wanted = judged(rule);
        if !wanted.is_empty() && !wanted.iter().any(|kind| kinds.contains(kind)) {
            let words: Vec<String> =
                wanted.iter().map(|kind| format!("`{}`", kind.word())).collect();
            let message = format!(
                "the rule `{rule}` judges documents of the kind {}, and nothing here is one",
                words.join(" or ")
            );
            let help = "leave the line out, or give the deliverable that it is about its kind";
            found.push(Remark::new(&IDLE_LEVEL, *place, message).help(help).about(rule));
        }
    }
    found.extend(idle_roles(workflow, stated, &kinds));
    let agreement = &workflow.agreement;
    let kept = |kind: &Kind| kind.is_evidence() || *kind == Kind::Handoffs;
    if let (Some(name), false) = (agreement.names.first(), kinds.iter().any(kept)) {
        let place = Place { file: agreement.file, span: name.span };
        let message =
            format!("nothing is held to `{}`: no document here tells what was built", name.written);
        let help = "leave `agreement` out, or give a deliverable the kind `evidence`";
        found.push(Remark::new(&IDLE_AGREEMENT, place, message).help(help).about("agreement"));
    }
}

/// The kinds of all documents and of the parts that are read as records.
fn kinds(workflow: &Workflow) -> Vec<Kind> {
    let all = workflow.deliverables().flat_map(|(.., one)| {
        std::iter::once(one.kind).chain(one.parts.iter().filter_map(|part| part.kind))
    });
    all.collect()
}

/// Features come from the boundaries of an architecture, from interfaces or from a graph.
fn undeclared(workflow: &Workflow, stated: &Stated) -> Option<Remark> {
    let declares = |kind: Kind| match kind {
        Kind::Architecture | Kind::Dependencies => true,
        Kind::Interface => !workflow.subjects.from_graph,
        _ => false,
    };
    if workflow.deliverables().any(|(.., one)| declares(one.kind)) {
        return None;
    }
    let (.., one) = workflow.deliverables().find(|(.., one)| one.per == Per::Feature)?;
    let (name, plural) = (&workflow.subjects.name, &workflow.subjects.plural);
    let message = format!("`{}` is due for each {name}, and nothing declares {plural}", one.id);
    let help = format!(
        "{plural} are declared by a deliverable of the kind `architecture` or `dependencies`: add \
         one to an earlier phase, or say `per = \"project\"`"
    );
    Some(Remark::new(&UNDECLARED, stated.per(one), message).help(help).about(&one.id))
}

/// Roles matter where something is due for them, where a path or a verdict names them, and in
/// records, which name whoever takes part.
fn idle_roles(workflow: &Workflow, stated: &Stated, kinds: &[Kind]) -> Vec<Remark> {
    let speaks = |kind: &Kind| kind.is_record() || matches!(kind, Kind::Validation | Kind::SignOff);
    let captured = |pattern: &crate::workflow::Pattern| pattern.captures().any(|one| one == "role");
    let mut paths = workflow.deliverables().flat_map(|(.., one)| &one.paths);
    if kinds.iter().any(speaks) || paths.any(captured) {
        return Vec::new();
    }
    let named = |id: &String| {
        workflow.deliverables().any(|(.., one)| {
            one.verdicts.contains(id) || matches!(&one.per, Per::Role(roles) if roles.contains(id))
        })
    };
    let idle = workflow.roles.iter().filter(|role| !named(&role.id));
    idle.map(|role| {
        let message = format!("nothing asks for the role `{}`", role.id);
        let help = "name it in `per` or `verdicts` of a deliverable, or leave it out";
        Remark::new(&IDLE_ROLE, stated.role(&role.id), message).help(help).about(&role.id)
    })
    .filter(|remark| remark.place.span != Span::default())
    .collect()
}
