//! Who works on a project: the roles that its documents declare, with their people, and who takes
//! part in which phase (S1.2, S1.4).

use super::{Artifact, Project};
use crate::base::Span;
use crate::base::words::{flat, normalize};
use crate::facts::DocumentFacts;
use crate::model::people::{self, Person};
use crate::model::phrases::has;
use crate::model::records::{Participants, Roles};
use crate::workflow::{Deliverable, Kind, Per, Workflow};

/// Everybody whom documents declare.
#[derive(Debug)]
pub struct Team<'p> {
    workflow: &'p Workflow,
    /// In document order.
    pub members: Vec<Member<'p>>,
}

/// A role as a document declares it.
#[derive(Debug)]
pub struct Member<'p> {
    pub artifact: &'p Artifact,
    pub facts: &'p DocumentFacts,
    pub place: Span,
    /// The id of the role; one that the workflow does not know goes by its name.
    pub role: String,
    /// What the document calls it.
    pub title: &'p str,
    pub people: Vec<Person>,
    pub paths: Option<Span>,
    pub identities: Option<&'p str>,
}

/// Somebody who takes part in a phase.
#[derive(Clone, Copy, Debug)]
pub struct Participant<'p> {
    pub artifact: &'p Artifact,
    pub facts: &'p DocumentFacts,
    pub place: Span,
}

impl<'p> Team<'p> {
    pub fn of(project: &'p Project) -> Self {
        let workflow = &*project.workflow;
        let all = project.records::<Roles>().flat_map(|(artifact, facts, roles)| {
            roles.0.iter().map(move |role| {
                let title = facts.text_of(role.title).trim();
                let known = workflow.role_in(&flat(title)).map(|role| role.id.clone());
                Member {
                    artifact,
                    facts,
                    place: role.place,
                    role: known.unwrap_or_else(|| normalize(title).replace(' ', "-")),
                    title,
                    people: role
                        .people
                        .map_or_else(Vec::new, |people| people::named(facts.text_of(people))),
                    paths: role.paths,
                    identities: role.identities.map(|span| facts.text_of(span)),
                }
            })
        });
        Self { workflow, members: all.collect() }
    }

    /// The ids of the roles that a text names: itself, else by the people who have them.
    pub fn roles_in(&self, text: &str) -> Vec<String> {
        let words = flat(text);
        if let Some(role) = self.workflow.role_in(&words) {
            return vec![role.id.clone()];
        }
        let titled = self.members.iter().filter(|one| has(&words, &normalize(one.title)));
        let titled: Vec<String> = titled.map(|one| one.role.clone()).collect();
        if !titled.is_empty() {
            return titled;
        }
        let held = self.members.iter().filter(|one| one.is_named(&words));
        held.map(|one| one.role.clone()).collect()
    }

    /// Whether two texts can mean the same party.
    pub fn is_same(&self, one: &str, other: &str) -> bool {
        let (left, right) = (flat(one), flat(other));
        let roles = self.roles_in(one);
        has(&left, &right) && !right.is_empty()
            || has(&right, &left) && !left.is_empty()
            || self.roles_in(other).iter().any(|role| roles.contains(role))
    }

    /// What messages call a role: as the workflow does, else as the document.
    pub fn title(&self, role: &str) -> &str {
        let declared = || self.members.iter().find(|one| one.role == role).map(|one| one.title);
        let known = self.workflow.role(role).map(|role| &*role.title);
        known.or_else(declared).unwrap_or("role")
    }

    /// A role with the person who has it: `backend developer (Morgan)`.
    pub fn named(&self, role: &str) -> String {
        let people = self.members.iter().filter(|one| one.role == role);
        let people: Vec<&str> =
            people.flat_map(|one| &one.people).map(|one| one.name.as_str()).collect();
        match &people[..] {
            [] => self.title(role).to_owned(),
            people => format!("{} ({})", self.title(role), people.join(", ")),
        }
    }

    /// The roles that a report speaks for: by its path, else by what it says of its author, else by
    /// its title.
    pub fn reporters(&self, artifact: &Artifact) -> Vec<String> {
        if let Some(role) = artifact.captures.get("role") {
            return self.roles_in(role);
        }
        let name = artifact.path.name();
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        let mut said: Vec<&str> = vec![stem];
        if let Some(facts) = artifact.facts() {
            let labels = ["role", "reported by", "by", "from", "author", "reporter", "persona"];
            let fields = labels
                .iter()
                .flat_map(|label| facts.fields.iter().filter(move |field| &*field.name == *label));
            said.extend(fields.map(|field| facts.text_of(field.value)));
            said.extend(facts.title().map(|title| facts.text_of(title.title)));
        }
        said.into_iter()
            .map(|text| self.roles_in(text))
            .find(|all| !all.is_empty())
            .unwrap_or_default()
    }
}

impl Member<'_> {
    /// Whether a flat text names one of the people.
    fn is_named(&self, words: &str) -> bool {
        self.people.iter().any(|person| has(words, &person.key) || has(words, &flat(&person.name)))
    }
}

impl Project {
    /// Who takes part in a phase, as the documents declare.
    pub fn participants(&self, phase: usize) -> Vec<Participant<'_>> {
        let phase = &self.workflow.phases[phase];
        let (id, title) = (flat(&phase.id), normalize(&phase.title));
        let all = self
            .records::<Participants>()
            .flat_map(|(artifact, facts, all)| all.0.iter().map(move |one| (artifact, facts, one)));
        let own = all.filter(|(_, facts, one)| {
            let named = flat(facts.text_of(one.phase));
            has(&named, &id) || has(&named, &title)
        });
        own.flat_map(|(artifact, facts, one)| {
            one.who.iter().map(move |&place| Participant { artifact, facts, place })
        })
        .collect()
    }

    /// The ids of the roles that take part in a phase, in the order in which they are declared.
    pub fn taking_part(&self, team: &Team<'_>, phase: usize) -> Vec<String> {
        let mut roles: Vec<String> = Vec::new();
        for one in self.participants(phase) {
            for role in team.roles_in(one.facts.text_of(one.place)) {
                if !roles.contains(&role) {
                    roles.push(role);
                }
            }
        }
        roles
    }

    /// Every deliverable that is due from the participants of its phase.
    pub fn reports(&self) -> impl Iterator<Item = (usize, usize, &Deliverable)> {
        self.workflow.deliverables().filter(|(.., one)| one.per == Per::Participant)
    }

    /// The last phase in which specialists report what they did, whose gate their work belongs to.
    pub fn working_phase(&self) -> Option<usize> {
        let mut phases = self.workflow.deliverables();
        let last = phases.by_ref().filter(|(.., one)| one.kind == Kind::Report).last();
        last.map(|(phase, ..)| phase)
    }
}
