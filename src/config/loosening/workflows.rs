//! What a workflow file asks for no longer, or accepts in addition.

use super::Loosening;
use crate::base::words::list;
use crate::workflow::{Deliverable, Part, Pattern, Per, Phase, Place, RevisionName, Workflow};

/// Compares two states of a workflow, deliverable by deliverable.
pub fn compare(was: &Workflow, now: &Workflow, out: &mut Vec<Loosening>) {
    let mut found = Found { now, out };
    agreement(was, now, &mut found);
    words(was, now, &mut found);
    boundaries(was, now, &mut found);
    for phase in &was.phases {
        match now.phase(&phase.id) {
            Some(at) => of_phase(was, phase, &now.phases[at], &mut found),
            None => {
                let told = format!("phase {} is taken out", phase.id);
                found.push(None, told, format!("phase {}", phase.id));
            }
        }
    }
}

/// Where findings about a workflow go.
struct Found<'f> {
    now: &'f Workflow,
    out: &'f mut Vec<Loosening>,
}

impl Found<'_> {
    /// Tells what is easier, at a place of the workflow. What is not said in a file of the
    /// repository stands at the file that was asked for, as a whole.
    fn push(&mut self, place: Option<Place>, told: String, subject: String) {
        let place = place.filter(|place| !self.now.file(*place).is_builtin());
        let file = self.now.file(place.unwrap_or_default());
        let (path, span) = (file.path.clone(), place.map(|place| place.span));
        self.out.push(Loosening { path, span, told, subject });
    }
}

fn agreement(was: &Workflow, now: &Workflow, found: &mut Found<'_>) {
    let written = |names: &[RevisionName]| -> Vec<String> {
        names.iter().map(|name| format!("`{}`", name.written)).collect()
    };
    let (before, after) = (written(&was.agreement.names), written(&now.agreement.names));
    if before == after {
        return;
    }
    let first = now.agreement.names.first();
    let place = first.map(|name| Place { file: now.agreement.file, span: name.span });
    let told = match after.is_empty() {
        true => format!("{} is the agreement no more", list(&before)),
        false => format!("{} becomes the agreement", list(&after)),
    };
    found.push(place, told, "agreement".to_owned());
}

/// Files that more people may change than did.
fn boundaries(was: &Workflow, now: &Workflow, found: &mut Found<'_>) {
    let written = |workflow: &Workflow| -> Vec<String> {
        workflow.boundaries.shared.iter().map(|one| one.written.clone()).collect()
    };
    if let Some(paths) = beyond(&written(now), &written(was)) {
        found.push(None, format!("{paths} may be changed by every feature"), "shared".to_owned());
    }
}

/// Words that approve, excuse or hide more than they did, or reject less.
fn words(was: &Workflow, now: &Workflow, found: &mut Found<'_>) {
    let (before, after) = (&was.vocabulary, &now.vocabulary);
    let wider = [
        ("none", &before.none, &after.none),
        ("approve", &before.approve, &after.approve),
        ("conditional", &before.conditional, &after.conditional),
        ("pass", &before.pass, &after.pass),
        ("reserved", &was.reserved, &now.reserved),
        ("common", &was.boundaries.common, &now.boundaries.common),
    ];
    for (list, before, after) in wider {
        if let Some(words) = beyond(after, before) {
            found.push(None, format!("{words} is added to `{list}`"), format!("words {list}"));
        }
    }
    let narrower = [
        ("except", &before.except, &after.except),
        ("conditional", &before.conditional, &after.conditional),
        ("reject", &before.reject, &after.reject),
        ("fail", &before.fail, &after.fail),
        ("labels", &was.boundaries.labels, &now.boundaries.labels),
        ("trailers", &was.boundaries.trailers, &now.boundaries.trailers),
    ];
    for (list, before, after) in narrower {
        if let Some(words) = beyond(before, after) {
            let told = format!("{words} is taken out of `{list}`");
            found.push(None, told, format!("words {list}"));
        }
    }
    for role in &now.roles {
        let known = was.roles.iter().find(|known| known.id == role.id);
        if let Some(names) = known.and_then(|known| beyond(&role.names, &known.names)) {
            let told = format!("{names} may sign as the {}", role.title);
            found.push(None, told, format!("role {}", role.id));
        }
    }
}

fn of_phase(was: &Workflow, phase: &Phase, own: &Phase, found: &mut Found<'_>) {
    let before = |workflow: &Workflow| -> Vec<String> {
        let at = workflow.phase(&phase.id);
        let before = at.map(|at| workflow.before(at)).unwrap_or_default();
        before.into_iter().map(|at| workflow.phases[at].id.clone()).collect()
    };
    if let Some(gone) = beyond(&before(was), &before(found.now)) {
        let told = format!("phase {} need not wait for {gone}", phase.id);
        found.push(Some(own.order), told, format!("order {}", phase.id));
    }
    for one in &phase.deliverables {
        match own.deliverables.iter().find(|own| own.id == one.id) {
            Some(own) => of_deliverable(one, own, found),
            None => {
                let told = format!("phase {} asks for no {} any more", phase.id, one.title);
                found.push(Some(own.place), told, format!("deliverable {}", one.id));
            }
        }
    }
}

fn of_deliverable(was: &Deliverable, now: &Deliverable, found: &mut Found<'_>) {
    let mut tell = |told: String, about: &str| {
        found.push(
            Some(now.place),
            format!("{}: {told}", now.title),
            format!("{} {about}", was.id),
        );
    };
    if now.optional && !was.optional {
        tell("it becomes optional".to_owned(), "optional");
    }
    if now.kind != was.kind {
        tell("rules for another kind of document judge it".to_owned(), "kind");
    }
    if now.several && !was.several {
        tell("several documents may share the duty".to_owned(), "several");
    }
    if was.by_iteration && !now.by_iteration {
        tell("it counts for every iteration at once".to_owned(), "by-iteration");
    }
    if let Some(told) = fewer(&was.per, &now.per) {
        tell(told, "per");
    }
    let written = |patterns: &[Pattern]| -> Vec<String> {
        patterns.iter().map(|pattern| pattern.written.clone()).collect()
    };
    if let Some(paths) = beyond(&written(&now.paths), &written(&was.paths)) {
        tell(format!("it may stand at {paths}"), "paths");
    }
    if let Some(paths) = beyond(&written(&now.elsewhere), &written(&was.elsewhere)) {
        tell(format!("{paths} may do its duty"), "elsewhere");
    }
    if let Some(roles) = beyond(&was.verdicts, &now.verdicts) {
        tell(format!("no verdict of {roles} is due any more"), "verdicts");
    }
    if let Some(roles) = beyond(&now.beside, &was.beside) {
        tell(format!("the phase does not wait for {roles} any more"), "beside");
    }
    if was.beside_until.is_some() && was.beside_until != now.beside_until {
        tell(
            "another phase waits for those who work beside it, or none".to_owned(),
            "beside-until",
        );
    }
    if was.in_order && !now.in_order {
        tell("the roles may sign in any order".to_owned(), "in-order");
    }
    if let Some(lists) = beyond(&was.checklists, &now.checklists) {
        tell(format!("the checklist {lists} need not be ticked any more"), "checklists");
    }
    let within = |one: &Deliverable| -> Vec<String> {
        let sections = one.within.iter().flat_map(|within| {
            within.names.iter().map(move |name| format!("{name} of {}", within.deliverable))
        });
        sections.collect()
    };
    if let Some(sections) = beyond(&within(now), &within(was)) {
        tell(format!("the section {sections} may do its duty"), "within");
    }
    for part in &was.parts {
        match now.parts.iter().find(|own| own.id == part.id) {
            Some(own) => of_part(now, part, own, found),
            None => {
                let told = format!("{}: it needs no {} any more", now.title, part.title);
                found.push(Some(now.place), told, format!("{}.{}", was.id, part.id));
            }
        }
    }
}

fn of_part(deliverable: &Deliverable, was: &Part, now: &Part, found: &mut Found<'_>) {
    let mut tell = |told: String| {
        let told = format!("{} of {}: {told}", now.title, deliverable.title);
        found.push(Some(now.place), told, format!("{}.{}", deliverable.id, now.id));
    };
    if let Some(names) = beyond(&now.names, &was.names) {
        tell(format!("it may be called {names}"));
    }
    if let Some(others) = beyond(&now.also_in, &was.also_in) {
        tell(format!("{others} may hold it"));
    }
    if was.per_feature && !now.per_feature {
        tell("it is not asked for in the section of each feature any more".to_owned());
    }
    if now.later_iterations && !was.later_iterations {
        tell("it is asked for from the second iteration on only".to_owned());
    }
}

/// Why fewer documents are due.
fn fewer(was: &Per, now: &Per) -> Option<String> {
    match (was, now) {
        (Per::Role(was), Per::Role(now)) => {
            beyond(was, now).map(|roles| format!("it is not due from {roles} any more"))
        }
        (Per::Feature, Per::Feature) | (Per::Participant, Per::Participant) | (Per::Project, _) => {
            None
        }
        (Per::Participant, _) => Some("it is not due from each participant any more".to_owned()),
        (Per::Feature, _) => Some("it is not due for each feature any more".to_owned()),
        (Per::Role(_), _) => Some("it is not due from each role any more".to_owned()),
    }
}

/// What one list holds and another does not, quoted.
fn beyond(one: &[String], other: &[String]) -> Option<String> {
    let more = one.iter().filter(|word| !other.contains(word));
    let more: Vec<String> = more.map(|word| format!("`{word}`")).collect();
    (!more.is_empty()).then(|| list(&more))
}
