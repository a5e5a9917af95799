//! The writings of each contract in one tree.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crate::base::Span;
use crate::facts::DocumentFacts;
use crate::ledger::changes::sides::Sides;
use crate::model::Model;
use crate::model::architecture::{Architecture, SharedPart};
use crate::model::contract::compare::Types;
use crate::model::contract::{Contract, Method, Subject};
use crate::project::contracts::{Stated, is_consumed_within, is_for_later};
use crate::project::{Artifact, FeatureId, Project, Text};
use crate::workflow::Kind;

/// One writing of a contract, with what is known of its document.
#[derive(Clone, Copy, Debug)]
pub struct Writing<'p> {
    pub artifact: &'p Artifact,
    pub facts: &'p DocumentFacts,
    pub contract: &'p Contract,
    pub owner: Owner,
    pub sense: Sense,
    model: &'p Architecture,
}

/// Whose promise it is, by the features of now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Owner {
    Feature(FeatureId),
    /// A feature of then that is gone.
    Gone(FeatureId),
    /// The document does not say.
    Nobody,
}

/// As what a contract is written down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sense {
    Promised,
    /// By a caller, who tells what others promise.
    Consumed,
    /// Not yet, or no longer.
    Later,
}

/// What names a contract in every writing: the method and path, or the name in lower case.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Key {
    Endpoint(Method, Box<str>),
    Event(String),
    Table(String),
    Type(String),
}

impl Key {
    pub fn of(subject: &Subject) -> Self {
        match subject {
            Subject::Endpoint { method, route } => Key::Endpoint(*method, route.key().into()),
            Subject::Event { name } => Key::Event(name.to_lowercase()),
            Subject::Table { name } => Key::Table(name.to_lowercase()),
            Subject::Type { name } => Key::Type(name.to_lowercase()),
        }
    }
}

/// The contracts of one tree with all their writings, in the order of the documents.
#[derive(Debug, Default)]
pub struct Promises<'p> {
    pub all: Vec<(Key, Vec<Writing<'p>>)>,
    /// What the architecture says once for all contracts, wherever they stand.
    pub for_all: Vec<&'p SharedPart>,
    places: HashMap<Key, usize>,
}

impl<'p> Promises<'p> {
    /// Those of a tree that another tree may have differently.
    pub fn of(
        project: &'p Project,
        differing: &HashSet<Key>,
        owner: impl Fn(FeatureId) -> Owner,
    ) -> Self {
        let mut promises = Self { for_all: for_all(project), ..Self::default() };
        for stated in stated(project) {
            let key = Key::of(&stated.contract.subject);
            if !differing.contains(&key) {
                continue;
            }
            let owner = stated.feature.map_or(Owner::Nobody, &owner);
            let Some(writing) = Writing::of(&project.artifacts[stated.artifact], &stated, owner)
            else {
                continue;
            };
            let next = promises.all.len();
            let place = *promises.places.entry(key.clone()).or_insert(next);
            match promises.all.get_mut(place) {
                Some((_, writings)) => writings.push(writing),
                None => promises.all.push((key, vec![writing])),
            }
        }
        promises
    }

    /// The promised contracts, each with its writings; types feature by feature.
    pub fn groups(&self) -> impl Iterator<Item = Group<'_>> {
        self.all.iter().flat_map(|(key, writings)| {
            let mut groups: Vec<Group<'_>> = Vec::new();
            for writing in writings.iter().filter(|one| one.sense == Sense::Promised) {
                let same = |group: &&mut Group| match key {
                    Key::Type(_) => group.writings[0].owner == writing.owner,
                    _ => true,
                };
                match groups.iter_mut().find(same) {
                    Some(group) => group.writings.push(*writing),
                    None => groups.push(Group {
                        key,
                        subject: &writing.contract.subject,
                        writings: vec![*writing],
                    }),
                }
            }
            groups
        })
    }

    /// Every writing of a contract.
    pub fn writings(&self, key: &Key) -> &[Writing<'p>] {
        self.places.get(key).map_or(&[], |&place| &self.all[place].1)
    }
}

fn for_all(project: &Project) -> Vec<&SharedPart> {
    let mut found = Vec::new();
    for (artifact, facts) in project.documents(Kind::Architecture) {
        let Model::Architecture(model) = &*artifact.model else { continue };
        let whole = |extent: Span| extent.start == 0 && extent.end as usize >= facts.text.len();
        let of_all = model.shared.iter().filter(|one| whole(one.scope));
        found.extend(of_all.map(|one| &one.part));
    }
    found
}

/// The contracts of the architecture and the interfaces. Other documents of the design name some
/// in passing.
pub fn stated(project: &Project) -> impl Iterator<Item = Stated<'_>> {
    project.contracts().filter(|one| {
        matches!(project.artifacts[one.artifact].kind, Kind::Architecture | Kind::Interface)
    })
}

/// What some features of a tree promise.
pub fn promised(
    project: &Project,
    wanted: &HashSet<FeatureId>,
) -> HashMap<FeatureId, HashSet<Key>> {
    let mut promised: HashMap<FeatureId, HashSet<Key>> = HashMap::new();
    for one in stated(project).filter(|one| one.contract.says_more()) {
        let Some(feature) = one.feature.filter(|feature| wanted.contains(feature)) else {
            continue;
        };
        let writing = Writing::of(&project.artifacts[one.artifact], &one, Owner::Feature(feature));
        if writing.is_some_and(|writing| writing.sense == Sense::Promised) {
            promised.entry(feature).or_default().insert(Key::of(&one.contract.subject));
        }
    }
    promised
}

/// The features of now that promised something then.
pub fn promising(side: &Sides<'_>) -> HashSet<FeatureId> {
    let features = stated(side.then).filter_map(|one| one.feature);
    features.filter_map(|feature| side.features[feature]).collect()
}

/// What names the contracts that two trees do not have alike in the same documents: nothing else
/// can have changed.
pub fn differing(then: &Project, now: &Project) -> HashSet<Key> {
    let mut keys = HashSet::new();
    for (one, other) in [(then, now), (now, then)] {
        for artifact in one.artifacts.iter().filter(|one| !one.model.contracts().is_empty()) {
            let at = other.artifacts.binary_search_by(|known| known.path.cmp(&artifact.path));
            let same = at.ok().map(|at| &other.artifacts[at]);
            if !same.is_some_and(|same| is_alike(artifact, same)) {
                keys.extend(unlike(artifact, same).map(|one| Key::of(&one.subject)));
            }
        }
    }
    keys
}

/// The contracts of a document that its other state does not state in the same words, under the
/// same headings.
fn unlike<'p>(
    one: &'p Artifact,
    other: Option<&'p Artifact>,
) -> impl Iterator<Item = &'p Contract> {
    let known: HashSet<Wording<'p>> = other.into_iter().flat_map(wordings).map(|of| of.1).collect();
    wordings(one).filter(move |(_, wording)| !known.contains(wording)).map(|of| of.0)
}

/// What a contract says, word for word, and what surrounds it.
#[derive(PartialEq, Eq, Hash)]
struct Wording<'p> {
    subject: &'p Subject,
    text: &'p str,
    headings: Vec<&'p str>,
    boundary: Option<&'p str>,
    /// A row means what its columns are called, which stands elsewhere.
    said: ([bool; 3], Option<bool>, usize, usize),
}

fn wordings(artifact: &Artifact) -> impl Iterator<Item = (&Contract, Wording<'_>)> {
    let (Model::Architecture(model), Some(facts)) = (&*artifact.model, artifact.facts()) else {
        return Vec::new().into_iter();
    };
    let all = model.contracts.list.iter().map(|one| {
        let parts = [&one.request, &one.query, &one.response].map(Option::is_some);
        let headings = facts.outward(one.section).map(|(_, section)| &*section.name);
        let wording = Wording {
            subject: &one.subject,
            text: facts.text_of(one.extent.to(one.span)),
            headings: headings.collect(),
            boundary: model.boundary_of(one).map(|boundary| &*boundary.name),
            said: (
                parts,
                one.auth.map(|auth| auth.required),
                one.headers.len(),
                one.error_cases.len(),
            ),
        };
        (one, wording)
    });
    all.collect::<Vec<_>>().into_iter()
}

fn is_alike(one: &Artifact, other: &Artifact) -> bool {
    let same_text = || match (&one.text, &other.text) {
        (Text::Document(one), Text::Document(other)) => one.text == other.text,
        (Text::Other, Text::Other) => true,
        _ => false,
    };
    one.kind == other.kind && (Arc::ptr_eq(&one.model, &other.model) || same_text())
}

/// All writings of a contract in one tree; of a type, those of one feature. Two features may each
/// have a type `Status`.
#[derive(Clone, Debug)]
pub struct Group<'p> {
    pub key: &'p Key,
    /// As the first writing names it.
    pub subject: &'p Subject,
    pub writings: Vec<Writing<'p>>,
}

impl Group<'_> {
    /// The features of now whose promise it is.
    pub fn features(&self) -> impl Iterator<Item = FeatureId> {
        self.writings.iter().filter_map(Writing::feature)
    }

    pub fn says_more(&self) -> bool {
        self.writings.iter().any(|one| one.contract.says_more())
    }
}

impl<'p> Writing<'p> {
    /// The feature of now whose promise it is.
    pub fn feature(&self) -> Option<FeatureId> {
        match self.owner {
            Owner::Feature(feature) => Some(feature),
            Owner::Gone(_) | Owner::Nobody => None,
        }
    }

    /// The feature of then whose promise it was, which is gone.
    pub fn gone(&self) -> Option<FeatureId> {
        match self.owner {
            Owner::Gone(feature) => Some(feature),
            Owner::Feature(_) | Owner::Nobody => None,
        }
    }

    fn of(artifact: &'p Artifact, stated: &Stated<'p>, owner: Owner) -> Option<Self> {
        let (Model::Architecture(model), Some(facts)) = (&*artifact.model, artifact.facts()) else {
            return None;
        };
        let contract = stated.contract;
        let boundary = model.boundary_of(contract).map(|boundary| boundary.section);
        let sense = if is_for_later(facts, contract.section) {
            Sense::Later
        } else if is_consumed_within(facts, contract.section, boundary) {
            Sense::Consumed
        } else {
            Sense::Promised
        };
        Some(Writing { artifact, facts, contract, owner, sense, model })
    }

    /// The types that its document declares.
    pub fn types(&self) -> Types<'p> {
        Types::of(self.artifact.model.contracts())
    }

    /// What its document says once for all, and so for it.
    pub fn shared(&self) -> impl Iterator<Item = &'p SharedPart> {
        let place = self.contract.span;
        let shared = self.model.shared.iter().filter(move |one| one.scope.covers(place));
        shared.map(|one| &one.part)
    }

    /// Where it stands as a whole: its heading, where it has one.
    pub fn place(&self) -> Span {
        let heading = self.facts.section(self.contract.section).title;
        if heading.covers(self.contract.span) { heading } else { self.contract.span }
    }
}
