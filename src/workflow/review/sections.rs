//! Parts, checklists and sections that stand for two things at once.

use std::collections::BTreeMap;

use super::stated::Stated;
use super::{Check, Remark};
use crate::base::Level;
use crate::workflow::{Deliverable, Workflow};

pub static CHECKS: &[&Check] = &[&SHARED_NAME, &TWO_GATES, &OWN_SECTION, &IDLE_KIND];

static SHARED_NAME: Check = Check {
    id: "shared-part-name",
    summary: "a heading that is two parts of one document",
    level: Level::Warn,
};

static TWO_GATES: Check = Check {
    id: "checklist-of-two-gates",
    summary: "a checklist that holds up an earlier gate than its own",
    level: Level::Warn,
};

static OWN_SECTION: Check = Check {
    id: "own-section",
    summary: "a document that is named as a stand-in for itself",
    level: Level::Note,
};

static IDLE_KIND: Check = Check {
    id: "idle-part-kind",
    summary: "a part of a kind that is never read from parts",
    level: Level::Warn,
};

pub fn review(workflow: &Workflow, stated: &Stated, found: &mut Vec<Remark>) {
    for (phase, _, one) in workflow.deliverables() {
        shared_names(stated, one, found);
        for part in &one.parts {
            if part.also_in.contains(&one.id) {
                let place = stated.also_in(one, part, &one.id);
                found.push(own_section(one, place, "also-in"));
            }
            if let Some(kind) = part.kind.filter(|kind| !kind.is_record()) {
                let message = format!(
                    "the part `{}` is of the kind `{}`, which is read from whole documents only",
                    part.id,
                    kind.word()
                );
                let help = "leave `kind` out, or make it a deliverable of its own";
                let subject = format!("{}.{}", one.id, part.id);
                found.push(Remark::new(&IDLE_KIND, part.place, message).help(help).about(subject));
            }
        }
        for within in &one.within {
            if within.deliverable == one.id {
                let place = stated.within(one, &one.id);
                found.push(own_section(one, place, "within"));
                continue;
            }
            let others = workflow.deliverables();
            for (earlier, _, other) in others.filter(|(.., o)| o.id == within.deliverable) {
                if workflow.before(phase).contains(&earlier) {
                    let held = other.checklists.iter().filter(|one| within.names.contains(one));
                    found.extend(held.map(|heading| two_gates(stated, one, other, heading)));
                }
            }
        }
    }
}

fn two_gates(stated: &Stated, one: &Deliverable, other: &Deliverable, heading: &str) -> Remark {
    let message = format!(
        "\"{heading}\" is the section in which `{}` may be done, and its boxes must be ticked for \
         `{}` already, whose gate comes before",
        one.id, other.id
    );
    let help = format!("take \"{heading}\" from the checklists of `{}`", other.id);
    let subject = format!("{} {heading}", other.id);
    let place = stated.checklist(other, heading);
    let see = format!("`{}` may stand in it", one.id);
    let within = stated.within(one, &other.id);
    Remark::new(&TWO_GATES, place, message).help(help).about(subject).see(within, see)
}

fn own_section(one: &Deliverable, place: crate::workflow::Place, key: &str) -> Remark {
    let message = format!("`{key}` names `{}` itself", one.id);
    let help = "its own documents are looked at in any case: leave it out";
    Remark::new(&OWN_SECTION, place, message).help(help).about(format!("{} {key}", one.id))
}

/// Names that two parts of one deliverable have: one heading would be both.
fn shared_names(stated: &Stated, one: &Deliverable, found: &mut Vec<Remark>) {
    let mut known: BTreeMap<&str, usize> = BTreeMap::new();
    for (at, part) in one.parts.iter().enumerate() {
        for name in &part.names {
            let Some(&first) = known.get(&**name).filter(|first| **first != at) else {
                known.insert(name, at);
                continue;
            };
            let other = &one.parts[first];
            let message = format!(
                "a heading \"{name}\" is both `{}` and `{}` of `{}`",
                other.id, part.id, one.id
            );
            let see = format!("it is a name of `{}` here", other.id);
            found.push(
                Remark::new(&SHARED_NAME, stated.name(one, part, name), message)
                    .help("one section would do for two: leave the name to the part that it fits")
                    .about(format!("{}.{} {name}", one.id, part.id))
                    .see(stated.name(one, other, name), see),
            );
        }
    }
}
