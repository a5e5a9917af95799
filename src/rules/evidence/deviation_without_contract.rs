use super::evidence;
use crate::base::Level;
use crate::facts::DocumentFacts;
use crate::finding::Finding;
use crate::ledger::{Entry, Ledger, Reporter};
use crate::model::{Model, ids};
use crate::project::Project;
use crate::rules::{Check, Rule};
use crate::workflow::Kind;

pub static RULE: Rule = Rule {
    id: "deviation-without-contract",
    summary: "a reported deviation names nothing that was agreed",
    promises: &["S2.10"],
    level: Level::Note,
    page: include_str!("../../../rules/deviation-without-contract.md"),
    check: Check::Ledger(check),
};

fn check(ledger: &Ledger, project: &Project, out: &mut Vec<Finding>) {
    if project.contracts().next().is_none() {
        return;
    }
    for (at, (entry, naming)) in
        ledger.books.entries.iter().zip(&ledger.account.entries).enumerate()
    {
        let artifact = &project.artifacts[entry.artifact];
        let reports = |all: &Vec<Reporter>| all.contains(&Reporter::Entry(at));
        if artifact.kind != Kind::Evidence
            || naming.anything
            || ledger.account.reporters.iter().any(reports)
        {
            continue;
        }
        let Some((facts, text)) = text(project, entry) else { continue };
        if names_agreed(project, facts, text, &entry.title) {
            continue;
        }
        let message = format!("the deviation \"{}\" names no contract", entry.title);
        out.push(
            Finding::at(&artifact.path, entry.span, message)
                .help("name the endpoint, event, table, field or feature that it departs from")
                .subject(&entry.title),
        );
    }
}

/// The document of an entry, and all that is said about it.
fn text<'p>(project: &'p Project, entry: &Entry) -> Option<(&'p DocumentFacts, &'p str)> {
    let (facts, evidence) = evidence(&project.artifacts[entry.artifact])?;
    let extent = evidence.deviations.entries.get(entry.place)?.extent;
    Some((facts, facts.text_of(extent)))
}

/// Whether a text names a story or path, or in code something that stands in the design.
fn names_agreed(project: &Project, facts: &DocumentFacts, text: &str, title: &str) -> bool {
    // The deviation has an id of its own.
    let own = ids::leading(title).map(|(id, _)| id);
    let story = |one: &ids::Mention| own.as_ref().is_none_or(|own| !own.is_like(&one.id));
    let mut code = text.split('`').skip(1).step_by(2).filter(|code| code.len() > 2);
    let designs = || {
        let models =
            project.artifacts.iter().filter(|one| matches!(*one.model, Model::Architecture(_)));
        models.filter_map(|artifact| artifact.facts())
    };
    let paths = facts.paths.iter().any(|path| text.contains(facts.text_of(path.span)));
    paths
        || ids::find(text).iter().any(story)
        || code.any(|code| designs().any(|one| one.text.contains(code)))
}
