use std::collections::BTreeSet;

use super::workstreams;
use crate::base::words::{flat, normalize};
use crate::base::{Level, Span};
use crate::facts::DocumentFacts;
use crate::finding::Finding;
use crate::model::phrases::{List, has, is_blank, listed, one_of};
use crate::model::records::{Handoffs, Participants, Roles};
use crate::project::{Artifact, Project};
use crate::rules::{Check, Rule};

pub static RULE: Rule = Rule {
    id: "unknown-role",
    summary: "work is given to a role that nobody has declared",
    promises: &["S0.3", "S1.2", "S1.3"],
    level: Level::Deny,
    page: include_str!("../../../rules/unknown-role.md"),
    check: Check::Project(check),
};

/// Words that mean nobody in particular.
const ANYBODY: &List =
    listed!("all|everyone|everybody|team|the team|all personas|all roles|whole team");

fn check(project: &Project, out: &mut Vec<Finding>) {
    let declared = Declared::of(project);
    for (artifact, facts, span) in named(project) {
        let text = facts.text_of(span);
        if declared.knows(project, text) {
            continue;
        }
        let name = text.trim().trim_matches(['*', '_', '`']);
        let message = format!("\"{name}\" is no role that this project knows");
        out.push(
            Finding::at(&artifact.path, span, message)
                .help(declared.help(project))
                .subject(normalize(name)),
        );
    }
}

/// Each place where work is given to somebody.
fn named(project: &Project) -> impl Iterator<Item = (&Artifact, &DocumentFacts, Span)> {
    let working = workstreams(project).flat_map(|(artifact, facts, workstream)| {
        workstream.personas.iter().map(move |&span| (artifact, facts, span))
    });
    let taking = project.records::<Participants>().flat_map(|(artifact, facts, all)| {
        let who = all.0.iter().flat_map(|one| &one.who);
        who.map(move |&span| (artifact, facts, span))
    });
    // Who hands over what to whom is judged where the workflow knows roles at all.
    let has_team = project.records::<Roles>().next().is_some();
    let handing = project.records::<Handoffs>().filter(move |_| has_team);
    let handing = handing.flat_map(|(artifact, facts, all)| {
        let parties = all.0.iter().flat_map(|one| [one.from, one.to]).flatten();
        parties.map(move |span| (artifact, facts, span))
    });
    working.chain(taking).chain(handing)
}

/// What documents declare: the names of roles and of the people who have them.
struct Declared(BTreeSet<String>);

impl Declared {
    fn of(project: &Project) -> Self {
        let roles = project.records::<Roles>().flat_map(|(_, facts, roles)| {
            let all = roles.0.iter().flat_map(|role| [Some(role.title), role.people]);
            all.flatten().flat_map(|span| facts.text_of(span).split([',', ';', '/', '—', '(', ')']))
        });
        Self(roles.map(normalize).filter(|name| !name.is_empty()).collect())
    }

    /// Whether a name is a role of the workflow, or holds or is one that a document declares.
    fn knows(&self, project: &Project, text: &str) -> bool {
        let name = normalize(text);
        let is_declared = |one: &String| has(&flat(text), one) || has(one, &name);
        is_blank(text)
            || one_of(ANYBODY, &name)
            || project.workflow.role_in(&flat(text)).is_some()
            || self.0.iter().any(is_declared)
    }

    fn help(&self, project: &Project) -> String {
        let titles: Vec<&str> = project.workflow.roles.iter().map(|role| &*role.title).collect();
        let known = crate::base::words::few(&titles, 6);
        format!(
            "name one of the roles, such as {known}, or declare this one where the team is listed"
        )
    }
}
