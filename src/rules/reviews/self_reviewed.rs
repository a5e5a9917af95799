use crate::base::{Level, Span};
use crate::finding::Finding;
use crate::ledger::{Ledger, People};
use crate::model::people::Person;
use crate::model::records::Reviews;
use crate::project::plan::{Target, agents};
use crate::project::{Artifact, Project};
use crate::rules::{Check, Rule};
use crate::workflow::Kind;

pub static RULE: Rule = Rule {
    id: "self-reviewed",
    summary: "whoever did the work reviewed it in place of somebody else",
    promises: &["S4.7"],
    level: Level::Deny,
    page: include_str!("../../../rules/self-reviewed.md"),
    check: Check::Ledger(check),
};

const HELP: &str = "have somebody look at it who did not do it, and name them here";

/// The commit in which a reviewer whom the configuration knows handed over what is reviewed.
fn committed(
    ledger: &Ledger,
    project: &Project,
    artifact: &Artifact,
    reviewer: &str,
) -> Option<String> {
    let key = ledger.claims.people.key(reviewer);
    let of_task = |other: &Artifact| {
        other.kind == Kind::Handoffs
            && other.features.iter().any(|feature| artifact.features.contains(feature))
    };
    let mut written = ledger.claims.written.iter();
    let found = written
        .find(|one| of_task(&project.artifacts[one.artifact]) && Person::is_same(&one.by, key))?;
    Some(found.commit.short.clone())
}

/// Somebody who did what is reviewed, and where that is said.
#[derive(Clone)]
struct Author<'p> {
    key: String,
    artifact: &'p Artifact,
    place: Span,
}

fn check(ledger: &Ledger, project: &Project, out: &mut Vec<Finding>) {
    let people = &ledger.claims.people;
    let workers = workers(project);
    for (artifact, facts, reviews) in project.records::<Reviews>() {
        let own = reviews.authors.iter().flat_map(|&place| {
            let keys = agents(facts.text_of(place)).into_iter();
            keys.map(move |key| Author { key, artifact, place })
        });
        // A review of everything is nobody's own work.
        let planned = artifact.features.iter().flat_map(|&task| workers[task].iter().cloned());
        let authors: Vec<Author<'_>> = own.chain(planned).collect();
        for review in reviews.list.iter().filter(|one| !one.by_author) {
            let Some(place) = review.reviewer else { continue };
            let written = facts.text_of(place).trim();
            let names = agents(written);
            let same =
                |author: &&Author<'_>| names.iter().any(|own| is_one(people, own, &author.key));
            // One of several who is not the author is enough.
            let another = names
                .iter()
                .any(|own| authors.iter().all(|author| !is_one(people, own, &author.key)));
            let name = facts.text_of(review.title).trim();
            if let Some(commit) =
                names.iter().find_map(|own| committed(ledger, project, artifact, own))
            {
                let message = format!(
                    "the {} was done by {written}, who committed the work ({commit})",
                    lower(name)
                );
                out.push(Finding::at(&artifact.path, place, message).help(HELP).subject(name));
                continue;
            }
            let Some(author) = authors.iter().find(same).filter(|_| !another) else { continue };
            let message = format!("the {} was done by {written}, who did the work", lower(name));
            out.push(
                Finding::at(&artifact.path, place, message)
                    .help(HELP)
                    .related(&author.artifact.path, Some(author.place), "did the work")
                    .subject(name),
            );
        }
    }
}

fn is_one(people: &People, one: &str, other: &str) -> bool {
    let (one, other) = (people.key(one), people.key(other));
    one == other || Person::is_same(one, other)
}

/// Those to whom the plan assigns each task, and who handed it over.
fn workers(project: &Project) -> Vec<Vec<Author<'_>>> {
    let mut found: Vec<Vec<Author<'_>>> = vec![Vec::new(); project.features.len()];
    for one in project.assigned() {
        if let Target::Task(task) = one.target {
            let (artifact, place) = (one.artifact, one.place);
            let keys = one.agents.into_iter();
            found[task].extend(keys.map(|key| Author { key, artifact, place }));
        }
    }
    for one in project.handoffs() {
        let (Some(task), Some(place)) = (one.task, one.handoff.from) else { continue };
        let keys = agents(one.facts.text_of(place)).into_iter();
        found[task].extend(keys.map(|key| Author { key, artifact: one.artifact, place }));
    }
    found
}

fn lower(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}
