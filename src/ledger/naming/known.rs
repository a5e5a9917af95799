//! The contracts that an entry may name: those of now and those that were agreed.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::names::{Names, bare};
use crate::ledger::Frozen;
use crate::model::contract::{Contract, Mention, Method, Shape, Subject};
use crate::model::phrases::flat;
use crate::project::features::{Match, Name};
use crate::project::{FeatureId, Project};

/// A position among the known contracts.
pub type ContractId = usize;

/// The contracts of now and of every agreement, by the names that stand for them.
#[derive(Debug, Default)]
pub struct Known {
    /// Each with what its documents say of it.
    contracts: Vec<(Subject, Texts)>,
    ids: HashMap<Subject, ContractId>,
    /// By the key of the route.
    routes: HashMap<String, Vec<ContractId>>,
    /// By what a key ends with: the key, or nothing where several end so.
    ends: HashMap<String, Option<String>>,
    /// Tables and events, by their bare name.
    bare: HashMap<String, Vec<ContractId>>,
    /// Types, by their name as written.
    types: HashMap<String, ContractId>,
    promised: HashMap<(FeatureId, Method), BTreeSet<ContractId>>,
    /// Bare names of the members and error codes of each.
    members: Vec<HashSet<String>>,
    /// Those of all.
    fields: HashSet<String>,
    /// For each contract, the types that its text names, directly or not.
    uses: Vec<BTreeSet<ContractId>>,
}

/// What documents say of a contract, in each tree, as flat words.
#[derive(Debug, Default)]
struct Texts {
    now: BTreeSet<String>,
    /// Those of each agreement.
    then: Vec<BTreeSet<String>>,
}

impl Known {
    pub fn of(now: &Project, frozen: &[Frozen]) -> Self {
        let mut known = Known::default();
        let mut then: Vec<&Project> =
            frozen.iter().filter_map(|one| one.project.as_deref()).collect();
        // Iterations that were designed together were agreed in one tree.
        then.dedup_by(|one, other| std::ptr::eq(*one, *other));
        let mut named: Vec<HashSet<String>> = Vec::new();
        for (tree, project) in std::iter::once(&now).chain(&then).enumerate() {
            for one in project.contracts() {
                let Some(facts) = project.artifacts[one.artifact].facts() else { continue };
                let text = facts.text_of(one.contract.extent);
                let id = known.add(&one.contract.subject);
                let texts = &mut known.contracts[id].1;
                texts.then.resize_with(then.len(), BTreeSet::new);
                let side = match tree.checked_sub(1) {
                    None => &mut texts.now,
                    Some(tree) => &mut texts.then[tree],
                };
                side.insert(flat(text));
                named.resize_with(known.contracts.len(), HashSet::new);
                named[id].extend(identifiers(text).map(str::to_owned));
                known.add_fields(one.contract, id);
                known.add_promise(now, project, one.feature, id);
            }
        }
        known.uses = named.iter().map(|words| known.types_in(words)).collect();
        known.close_uses();
        known
    }

    fn add(&mut self, subject: &Subject) -> ContractId {
        if let Some(&id) = self.ids.get(subject) {
            return id;
        }
        let id = self.contracts.len();
        self.contracts.push((subject.clone(), Texts::default()));
        self.ids.insert(subject.clone(), id);
        match subject {
            Subject::Endpoint { route, .. } => {
                let key = route.key();
                self.routes.entry(key.to_owned()).or_default().push(id);
                for (at, _) in key.match_indices('/').skip(1) {
                    let same =
                        self.ends.entry(key[at..].to_owned()).or_insert(Some(key.to_owned()));
                    if same.as_deref() != Some(key) {
                        *same = None;
                    }
                }
            }
            Subject::Event { name } | Subject::Table { name } => {
                self.bare.entry(bare(name)).or_default().push(id);
            }
            Subject::Type { name } => {
                self.types.insert(name.clone(), id);
            }
        }
        id
    }

    fn add_promise(
        &mut self,
        now: &Project,
        own: &Project,
        feature: Option<FeatureId>,
        id: ContractId,
    ) {
        let Subject::Endpoint { method, .. } = &self.contracts[id].0 else { return };
        let Some(feature) = feature.map(|feature| &own.features[feature]) else { return };
        let name = Name::new(&feature.name, feature.label.as_deref());
        if let Match::One(feature) = now.names.find_surely(&name) {
            self.promised.entry((feature, *method)).or_default().insert(id);
        }
    }

    fn add_fields(&mut self, contract: &Contract, id: ContractId) {
        let mut own = HashSet::new();
        let parts = [&contract.request, &contract.query, &contract.response];
        for part in parts.into_iter().flatten() {
            add_members(&part.shape, &mut own);
        }
        own.extend(contract.error_cases.iter().map(|case| bare(&case.code)));
        self.fields.extend(own.iter().cloned());
        self.members.resize_with(self.contracts.len(), HashSet::new);
        self.members[id].extend(own);
    }

    /// Whether a contract, or a type that it is made of, has a member or error code of this bare
    /// name.
    pub fn has_member(&self, id: ContractId, name: &str) -> bool {
        let mut own = std::iter::once(&id).chain(&self.uses[id]);
        own.any(|&id| self.members.get(id).is_some_and(|members| members.contains(name)))
    }

    /// Whether some contract has a member of this bare name.
    pub fn has_field(&self, name: &str) -> bool {
        self.fields.contains(name)
    }

    fn types_in(&self, words: &HashSet<String>) -> BTreeSet<ContractId> {
        words.iter().filter_map(|word| self.types.get(word)).copied().collect()
    }

    /// Adds the types that stand behind types.
    fn close_uses(&mut self) {
        for at in 0..self.uses.len() {
            let mut open: Vec<ContractId> = self.uses[at].iter().copied().collect();
            while let Some(one) = open.pop() {
                let behind: Vec<_> = self.uses[one].difference(&self.uses[at]).copied().collect();
                self.uses[at].extend(&behind);
                open.extend(behind);
            }
        }
    }

    pub fn id(&self, subject: &Subject) -> Option<ContractId> {
        self.ids.get(subject).copied()
    }

    pub fn subject(&self, id: ContractId) -> &Subject {
        &self.contracts[id].0
    }

    /// The types that a contract is made of.
    pub fn types_of(&self, id: ContractId) -> &BTreeSet<ContractId> {
        &self.uses[id]
    }

    /// Whether a contract reads now as it did in some agreement, and so do the types behind it.
    pub fn is_as_agreed(&self, id: ContractId) -> bool {
        let own = std::iter::once(id).chain(self.uses[id].iter().copied());
        let mut texts = own.map(|id| &self.contracts[id].1);
        texts.all(|texts| texts.then.iter().all(|then| then.is_empty() || *then == texts.now))
            && self.contracts[id].1.then.iter().any(|then| !then.is_empty())
    }

    /// The contracts that an entry of some features names.
    pub fn named(&self, names: &Names, features: &[FeatureId]) -> BTreeSet<ContractId> {
        let mut found: BTreeSet<ContractId> = BTreeSet::new();
        names.routes.iter().for_each(|route| found.extend(self.meant(route)));
        found.extend(names.bare.iter().filter_map(|name| self.bare.get(name)).flatten());
        found.extend(names.exact.iter().filter_map(|name| self.types.get(name)));
        if names.routes.is_empty() {
            // A method alone means the one endpoint of the feature that has it.
            let promised = features.iter().flat_map(|&feature| {
                names
                    .methods
                    .iter()
                    .filter_map(move |&method| self.promised.get(&(feature, method)))
            });
            found.extend(promised.filter(|all| all.len() == 1).flatten());
        }
        found
    }

    /// The endpoints that a route as written means: the same, else the one that ends so, else one
    /// with parameters where this has values.
    fn meant(&self, mention: &Mention) -> Vec<ContractId> {
        let key = mention.route.key();
        let mut found: Vec<ContractId> = Vec::new();
        if mention.foreign {
            // An address on some host may well be where the product runs.
            found.extend(self.routes.get(key).into_iter().flatten());
        } else if mention.open {
            let below = |other: &str| other.strip_prefix(key).is_some_and(|r| r.starts_with('/'));
            let routes = self.routes.iter().filter(|(other, _)| *other == key || below(other));
            found.extend(routes.flat_map(|(_, ids)| ids));
        } else {
            let ending = || self.ends.get(key).and_then(Option::as_ref);
            let filled = || self.routes.get(&with_parameters(key));
            let exact = self.routes.get(key);
            let ids = exact.or_else(|| self.routes.get(ending()?)).or_else(filled);
            found.extend(ids.into_iter().flatten());
        }
        let has_method = |id: &ContractId| match &self.contracts[*id].0 {
            Subject::Endpoint { method, .. } => mention.methods.contains(method),
            _ => false,
        };
        if !mention.methods.is_empty() {
            found.retain(has_method);
        }
        found
    }
}

fn add_members(shape: &Shape, fields: &mut HashSet<String>) {
    match shape {
        Shape::Object(object) => object.members.iter().for_each(|member| {
            fields.insert(bare(&member.name));
            add_members(&member.shape, fields);
        }),
        Shape::List(inner) => add_members(inner, fields),
        Shape::Either(some) | Shape::Both(some) => {
            some.iter().for_each(|one| add_members(one, fields));
        }
        _ => {}
    }
}

/// A key with parameters for the segments that look like values: `/orders/42`.
fn with_parameters(key: &str) -> String {
    let is_value = |segment: &str| segment.bytes().any(|byte| byte.is_ascii_digit());
    let version = |segment: &str| segment.len() < 4 && segment.starts_with('v');
    let segments = key.split('/').map(|segment| match is_value(segment) && !version(segment) {
        true => "{}",
        false => segment,
    });
    segments.collect::<Vec<_>>().join("/")
}

fn identifiers(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty())
}
