//! Patterns that match nothing, and captures that tell nothing.

use std::collections::BTreeMap;

use super::stated::Stated;
use super::{Check, Remark};
use crate::base::{Level, words};
use crate::workflow::{Deliverable, Kind, Pattern, Per, Workflow};

pub static CHECKS: &[&Check] = &[&HIDDEN_PROPOSAL, &HIDDEN, &REPEATED, &UNBOUND, &NOBODYS];

static HIDDEN_PROPOSAL: Check = Check {
    id: "hidden-proposal",
    summary: "a first path whose documents are taken for something else",
    level: Level::Deny,
};

static HIDDEN: Check = Check {
    id: "hidden-pattern",
    summary: "a path pattern that nothing can match",
    level: Level::Warn,
};

static REPEATED: Check = Check {
    id: "repeated-pattern",
    summary: "a path pattern that stands twice in one list",
    level: Level::Note,
};

static UNBOUND: Check = Check {
    id: "unbound-capture",
    summary: "a capture in a path that tells nobody anything",
    level: Level::Warn,
};

static NOBODYS: Check = Check {
    id: "nobodys-document",
    summary: "a path pattern that does not say whose document it is",
    level: Level::Warn,
};

pub fn review(workflow: &Workflow, stated: &Stated, found: &mut Vec<Remark>) {
    for (phase, index, one) in workflow.deliverables() {
        let mut seen: BTreeMap<String, usize> = BTreeMap::new();
        for (number, pattern) in one.paths.iter().enumerate() {
            let place = stated.path(one, number);
            let remark = |check, message: String| {
                Remark::new(check, place, message).about(format!("{} {}", one.id, pattern.written))
            };
            if let Some(&first) = seen.get(&pattern.spelling()) {
                let message = format!("`{}` stands in this list already", pattern.written);
                found.push(
                    remark(&REPEATED, message)
                        .help("leave one of them out")
                        .see(stated.path(one, first), "it stands here"),
                );
                continue;
            }
            seen.insert(pattern.spelling(), number);
            if let Some(taker) = taker(workflow, (phase, index), pattern) {
                found.push(hidden(workflow, stated, one, number, taker));
            }
            found.extend(
                unbound(workflow, one, pattern)
                    .map(|(message, help)| remark(&UNBOUND, message).help(help)),
            );
            found.extend(nobodys(workflow, one, pattern).map(|(message, help)| {
                remark(&NOBODYS, message).help(help).see(stated.per(one), "it is due for these")
            }));
        }
    }
}

/// What takes every path that a pattern matches; the place of a pattern, or nothing where it
/// matches no path at all.
type Taker = Option<(usize, usize, usize)>;

/// Whether no path that a pattern matches is taken for its own deliverable, and what takes them.
fn taker(workflow: &Workflow, own: (usize, usize), pattern: &Pattern) -> Option<Taker> {
    let values = |name: &str| match name {
        "role" => workflow.roles.iter().flat_map(|role| role.names.clone()).collect(),
        "feature" => vec!["ꙮ".to_owned()],
        _ => vec!["1".to_owned()],
    };
    let mut taker = None;
    for path in pattern.samples(&values)? {
        match workflow.taken(&path) {
            Some(((phase, index, _), _)) if (phase, index) == own => return None,
            Some((place, _)) => taker = taker.or(Some(place)),
            None => {}
        }
    }
    Some(taker)
}

fn hidden(
    workflow: &Workflow,
    stated: &Stated,
    one: &Deliverable,
    number: usize,
    taker: Taker,
) -> Remark {
    let (check, what) = match number {
        0 => (&HIDDEN_PROPOSAL, "the path that messages propose for"),
        _ => (&HIDDEN, "a path of"),
    };
    let (pattern, place) = (&one.paths[number].written, stated.path(one, number));
    let subject = format!("{} {pattern}", one.id);
    let Some((phase, index, path)) = taker else {
        let message = format!("`{pattern}` is {what} `{}`, and nothing can match it", one.id);
        let help = "the workflow has no role that it could name: add one, or write the name out";
        return Remark::new(check, place, message).help(help).about(subject);
    };
    let other = &workflow.phases[phase].deliverables[index];
    let wins = &other.paths[path].written;
    let message = format!(
        "`{pattern}` is {what} `{}`, but whatever it matches is taken for `{}`, which has `{wins}`",
        one.id, other.id
    );
    let help = match other.paths[path].spelling() == one.paths[number].spelling() {
        true => "give one of the two another path".to_owned(),
        false => format!(
            "of two patterns the more specific one wins, and of two alike the one that stands \
             first: make `{pattern}` more specific, or `{wins}` narrower"
        ),
    };
    let see = format!("this pattern of `{}` wins", other.id);
    Remark::new(check, place, message).help(help).about(subject).see(stated.path(other, path), see)
}

/// A capture that nobody reads: a deliverable is due for one sort of subject only.
fn unbound(
    workflow: &Workflow,
    one: &Deliverable,
    pattern: &Pattern,
) -> Option<(String, &'static str)> {
    // Of what nobody owes it only tells that a folder which sorts documents is none.
    if one.optional {
        return None;
    }
    let bound = match one.per {
        Per::Project => "",
        Per::Feature => "feature",
        Per::Role(_) | Per::Participant => "role",
    };
    let stray = pattern.captures().find(|name| *name != bound)?;
    let due = due_for(workflow, one);
    let message = format!("`{{{stray}}}` in `{}` tells nothing: {due}", pattern.written);
    let help = match stray {
        "feature" => "write `*` for it, or say `per = \"feature\"`",
        "role" => "write `*` for it, or say `per = { role = [\"…\"] }`",
        _ => "write `*` for it",
    };
    Some((message, help))
}

/// A path that does not say whom its document is about, where the document need not either.
fn nobodys(workflow: &Workflow, one: &Deliverable, pattern: &Pattern) -> Option<(String, String)> {
    let (capture, told) = match one.per {
        // A report of a participant says in its text whose it is.
        Per::Project | Per::Participant => return None,
        Per::Feature => ("feature", one.kind.is_evidence()),
        Per::Role(_) => ("role", matches!(one.kind, Kind::Validation | Kind::SignOff)),
    };
    if told || pattern.captures().any(|name| name == capture) {
        return None;
    }
    let due = due_for(workflow, one);
    let message = format!("a document at `{}` counts for nobody: {due}", pattern.written);
    let help = format!("put `{{{capture}}}` where its name stands in the path");
    Some((message, help))
}

/// Whom a deliverable is due for, as a clause.
fn due_for(workflow: &Workflow, one: &Deliverable) -> String {
    match &one.per {
        Per::Project => format!("the project owes one `{}`", one.id),
        Per::Feature => format!("each {} owes a `{}` of its own", workflow.subjects.name, one.id),
        Per::Role(roles) => format!("{} owe a `{}` each", words::list(roles), one.id),
        Per::Participant => format!("each participant owes a `{}` of their own", one.id),
    }
}
