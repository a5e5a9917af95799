//! The contracts that an entry may name: those of now and those that were agreed.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::OnceLock;

use super::names::{Names, bare};
use crate::ledger::Frozen;
use crate::model::contract::{Contract, Mention, Method, Shape, Subject};
use crate::model::phrases::flat;
use crate::project::features::{Match, Name};
use crate::project::{FeatureId, Project};

/// A position among the known contracts.
pub type ContractId = usize;

/// The contracts of now and of every agreement, by the names that stand for them. Of a thousand
/// features entries name a few, so that the texts are read of those only that somebody asks for.
#[derive(Debug, Default)]
pub struct Known<'p> {
    contracts: Vec<Promise<'p>>,
    ids: HashMap<&'p Subject, ContractId>,
    /// By the key of the route.
    routes: HashMap<&'p str, Vec<ContractId>>,
    /// By what a key ends with: the key, or nothing where several end so.
    ends: HashMap<&'p str, Option<&'p str>>,
    /// Tables and events, by their bare name.
    bare: HashMap<String, Vec<ContractId>>,
    /// Types, by their name as written.
    types: HashMap<&'p str, ContractId>,
    promised: HashMap<(FeatureId, Method), BTreeSet<ContractId>>,
    /// Bare names of the members and error codes of all.
    fields: OnceLock<HashSet<String>>,
}

/// A contract with everything that documents say of it.
#[derive(Debug)]
struct Promise<'p> {
    subject: &'p Subject,
    written: Vec<Written<'p>>,
    /// The types that its text names, directly or not.
    uses: OnceLock<BTreeSet<ContractId>>,
}

/// One writing of a contract.
#[derive(Clone, Copy, Debug)]
struct Written<'p> {
    /// Zero for what stands now, else the number of the agreement.
    tree: usize,
    text: &'p str,
    contract: &'p Contract,
}

impl<'p> Known<'p> {
    pub fn of(now: &'p Project, frozen: &'p [Frozen]) -> Self {
        let mut known = Known::default();
        let mut then: Vec<&Project> =
            frozen.iter().filter_map(|one| one.project.as_deref()).collect();
        // Iterations that were designed together were agreed in one tree.
        then.dedup_by(|one, other| std::ptr::eq(*one, *other));
        for (tree, project) in std::iter::once(now).chain(then).enumerate() {
            let found = project.features.iter().map(|feature| {
                let name = Name::new(&feature.name, feature.label.as_deref());
                match now.names.find_surely(&name) {
                    Match::One(feature) => Some(feature),
                    _ => None,
                }
            });
            let found: Vec<Option<FeatureId>> = found.collect();
            for one in project.contracts() {
                let Some(facts) = project.artifacts[one.artifact].facts() else { continue };
                let id = known.add(&one.contract.subject);
                let text = facts.text_of(one.contract.extent);
                let written = Written { tree, text, contract: one.contract };
                known.contracts[id].written.push(written);
                if let Subject::Endpoint { method, .. } = one.contract.subject
                    && let Some(feature) = one.feature.and_then(|feature| found[feature])
                {
                    known.promised.entry((feature, method)).or_default().insert(id);
                }
            }
        }
        known
    }

    fn add(&mut self, subject: &'p Subject) -> ContractId {
        if let Some(&id) = self.ids.get(subject) {
            return id;
        }
        let id = self.contracts.len();
        self.contracts.push(Promise { subject, written: Vec::new(), uses: OnceLock::new() });
        self.ids.insert(subject, id);
        match subject {
            Subject::Endpoint { route, .. } => {
                let key = route.key();
                self.routes.entry(key).or_default().push(id);
                for (at, _) in key.match_indices('/').skip(1) {
                    let same = self.ends.entry(&key[at..]).or_insert(Some(key));
                    if *same != Some(key) {
                        *same = None;
                    }
                }
            }
            Subject::Event { name } | Subject::Table { name } => {
                self.bare.entry(bare(name)).or_default().push(id);
            }
            Subject::Type { name } => {
                self.types.insert(name, id);
            }
        }
        id
    }

    /// Whether a contract, or a type that it is made of, has a member or error code of this bare
    /// name.
    pub fn has_member(&self, id: ContractId, name: &str) -> bool {
        let mut own = std::iter::once(&id).chain(self.types_of(id));
        own.any(|&id| self.contracts[id].members().contains(name))
    }

    /// Whether some contract has a member of this bare name.
    pub fn has_field(&self, name: &str) -> bool {
        let all = || self.contracts.iter().flat_map(Promise::members).collect();
        self.fields.get_or_init(all).contains(name)
    }

    pub fn id(&self, subject: &Subject) -> Option<ContractId> {
        self.ids.get(subject).copied()
    }

    pub fn subject(&self, id: ContractId) -> &Subject {
        self.contracts[id].subject
    }

    /// The types that a contract is made of, and those that stand behind them.
    pub fn types_of(&self, id: ContractId) -> &BTreeSet<ContractId> {
        self.contracts[id].uses.get_or_init(|| {
            let mut found = BTreeSet::new();
            let mut open = vec![id];
            while let Some(one) = open.pop() {
                open.extend(self.types_in(one).filter(|behind| found.insert(*behind)));
            }
            found
        })
    }

    /// The types that the texts of a contract name.
    fn types_in(&self, id: ContractId) -> impl Iterator<Item = ContractId> {
        let words = self.contracts[id].written.iter().flat_map(|one| identifiers(one.text));
        words.filter_map(|word| self.types.get(word).copied())
    }

    /// Whether a contract reads now as it did in some agreement, and so do the types behind it.
    pub fn is_as_agreed(&self, id: ContractId) -> bool {
        let mut own = std::iter::once(id).chain(self.types_of(id).iter().copied());
        own.all(|id| self.contracts[id].stands())
            && self.contracts[id].written.iter().any(|one| one.tree > 0)
    }

    /// The contracts that an entry of some features names.
    pub fn named(&self, names: &Names, features: &[FeatureId]) -> BTreeSet<ContractId> {
        let mut found: BTreeSet<ContractId> = BTreeSet::new();
        names.routes.iter().for_each(|route| found.extend(self.meant(route)));
        found.extend(names.bare.iter().filter_map(|name| self.bare.get(name)).flatten());
        found.extend(names.exact.iter().filter_map(|name| self.types.get(&**name)));
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
            let routes = self.routes.iter().filter(|(other, _)| **other == key || below(other));
            found.extend(routes.flat_map(|(_, ids)| ids));
        } else {
            let ending = || self.ends.get(key).copied().flatten();
            let filled = || self.routes.get(&*with_parameters(key));
            let exact = self.routes.get(key);
            let ids = exact.or_else(|| self.routes.get(ending()?)).or_else(filled);
            found.extend(ids.into_iter().flatten());
        }
        let has_method = |id: &ContractId| match self.contracts[*id].subject {
            Subject::Endpoint { method, .. } => mention.methods.contains(method),
            _ => false,
        };
        if !mention.methods.is_empty() {
            found.retain(has_method);
        }
        found
    }
}

impl Promise<'_> {
    /// Bare names of its members and error codes.
    fn members(&self) -> HashSet<String> {
        let mut own = HashSet::new();
        for Written { contract, .. } in &self.written {
            let parts = [&contract.request, &contract.query, &contract.response];
            parts.into_iter().flatten().for_each(|part| add_members(&part.shape, &mut own));
            own.extend(contract.error_cases.iter().map(|case| bare(&case.code)));
        }
        own
    }

    /// Whether every agreement that states it has the words of now.
    fn stands(&self) -> bool {
        let texts = |tree: usize| self.written.iter().filter(move |one| one.tree == tree);
        let same = |tree: usize| {
            let shared =
                |(now, then): (&Written<'_>, &Written<'_>)| std::ptr::eq(now.text, then.text);
            texts(0).count() == texts(tree).count() && texts(0).zip(texts(tree)).all(shared)
        };
        let flat = |tree| texts(tree).map(|one| flat(one.text)).collect::<BTreeSet<String>>();
        // The writings come tree by tree.
        let last = self.written.last().map_or(0, |one| one.tree);
        let mut trees = (1..=last).filter(|&tree| texts(tree).next().is_some());
        trees.all(|tree| same(tree) || flat(0) == flat(tree))
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
