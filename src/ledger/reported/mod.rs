//! Who reports each change: an entry of some evidence, or a line of the integration report (S2.11).
//!
//! A change of a contract may be admitted in the evidence of any feature that it concerns, and in
//! the integration report, which is where contracts are lawfully updated (S2.18).

mod elements;
mod things;

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use rayon::prelude::*;

use super::entries::Books;
pub use super::naming::Known;
use super::naming::{Names, Said, bare};
use super::{Change, Frozen, Thing, Way as Changed};
use crate::base::Span;
use crate::model::Model;
use crate::model::contract::compare::Element;
use crate::model::contract::{Subject, mentions};
use crate::model::integration::Way;
use crate::model::phrases::{List, flat, has, listed, one_of};
use crate::project::{ArtifactId, FeatureId, Project};
use elements::{Particulars, covered, is_named};

/// Who admits a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Reporter {
    /// A position in [`Books::entries`].
    Entry(usize),
    /// A position in [`Books::updates`].
    Update(usize),
    /// A position in [`Books::resolutions`]: one that updates a contract, or speaks of no entry.
    Resolution(usize),
}

/// What an entry names, for whoever asks without a change at hand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Naming {
    /// Known contracts, of now or of an agreement.
    pub contracts: Vec<Subject>,
    /// Whether it names anything that the project knows: a contract, a field of one, a feature.
    pub anything: bool,
    /// Whether every contract that it names reads as it did when it was agreed.
    pub untouched: bool,
    /// Whether some agreement holds it already.
    pub stood: bool,
}

/// What the documents say of the changes.
#[derive(Debug, Default)]
pub struct Account {
    /// For each change, who reports it.
    pub reporters: Vec<Vec<Reporter>>,
    /// What each entry names.
    pub entries: Vec<Naming>,
    /// What each update names.
    pub updates: Vec<Naming>,
    /// What each resolution names.
    pub resolutions: Vec<Naming>,
}

impl Account {
    /// Nobody says anything of these changes.
    pub fn silent(changes: &[Change]) -> Self {
        Self { reporters: vec![Vec::new(); changes.len()], ..Self::default() }
    }
}

/// Holds what the documents admit against the changes. `known` are the contracts that they may
/// name.
pub fn account(
    project: &Project,
    frozen: &[Frozen],
    known: &Known,
    changes: &[Change],
    books: &Books,
) -> Account {
    let mut account = Account::silent(changes);
    let groups = Groups::of(changes, known);
    let stood = Stood::of(frozen);
    let voices: Vec<Voice> = voices(project, books, &stood);
    let told = voices.par_iter().map(|voice| {
        let told = Told::of(voice, known, project, &groups);
        let naming = told.naming(known);
        (told, naming)
    });
    for (told, naming) in told.collect::<Vec<(Told<'_>, Naming)>>() {
        let voice = told.voice;
        match voice.reporter {
            Reporter::Entry(_) => account.entries.push(naming),
            Reporter::Update(_) => account.updates.push(naming),
            Reporter::Resolution(_) => account.resolutions.push(naming),
        }
        if !admits(voice.reporter, books) {
            continue;
        }
        for at in groups.admitted(&told, changes, known) {
            account.reporters[at].push(voice.reporter);
        }
        for (at, change) in changes.iter().enumerate() {
            let contract = matches!(change.thing, Thing::Contract { .. });
            if !contract && voice.may_report(change) && things::covers(&told, change, project) {
                account.reporters[at].push(voice.reporter);
            }
        }
    }
    account.reporters.iter_mut().for_each(|all| {
        all.sort_unstable();
        all.dedup();
    });
    account
}

/// One who speaks, and where.
struct Voice {
    reporter: Reporter,
    /// The features whose evidence it stands in; nothing for the integration report, and for
    /// evidence that nobody can attribute.
    features: Option<Vec<FeatureId>>,
    said: Said,
    /// Whether it covers nothing beyond what it names: the code was changed back, so that no
    /// contract was changed for it, or it repeats what an entry tells.
    narrow: bool,
    /// The iterations whose agreement holds it already.
    stood: Vec<usize>,
}

impl Voice {
    fn may_report(&self, change: &Change) -> bool {
        let concerned = |own: &Vec<FeatureId>| own.iter().any(|one| change.concerns.contains(one));
        // What was told when something was agreed does not tell how that changed.
        !self.stood.contains(&change.iteration)
            && (change.concerns.is_empty() || self.features.as_ref().is_none_or(concerned))
    }
}

/// What the documents told already when something was agreed, as flat words, by iteration.
struct Stood(Vec<(Vec<usize>, HashMap<ArtifactId, String>)>);

impl Stood {
    fn of(frozen: &[Frozen]) -> Self {
        // Iterations that were designed together were agreed in one tree.
        let shared = frozen.chunk_by(|one, other| Arc::ptr_eq(&one.told, &other.told));
        let told = shared.filter(|all| !all[0].told.is_empty()).map(|all| {
            let texts = all[0].told.iter().map(|(&id, text)| (id, flat(text)));
            (all.iter().map(|one| one.agreement.iteration).collect(), texts.collect())
        });
        Self(told.collect())
    }

    /// The iterations in whose agreement a text stood in this document.
    fn among(&self, project: &Project, artifact: ArtifactId, extent: Span) -> Vec<usize> {
        let Some(facts) = project.artifacts[artifact].facts().filter(|_| !self.0.is_empty()) else {
            return Vec::new();
        };
        let own = flat(facts.text_of(extent));
        let holds = |texts: &HashMap<ArtifactId, String>| {
            texts.get(&artifact).is_some_and(|then| has(then, &own))
        };
        let told = self.0.iter().filter(|(_, texts)| !own.is_empty() && holds(texts));
        told.flat_map(|(iterations, _)| iterations).copied().collect()
    }
}

/// Everybody who speaks: entries, then updates, then resolutions.
fn voices(project: &Project, books: &Books, stood: &Stood) -> Vec<Voice> {
    let heard = |reporter, features, said, narrow, artifact, extent| {
        let stood = stood.among(project, artifact, extent);
        Voice { reporter, features, said, narrow, stood }
    };
    let entries = books.entries.par_iter().enumerate().map(|(at, one)| {
        let artifact = &project.artifacts[one.artifact];
        let entry = match &*artifact.model {
            Model::Evidence(evidence) => evidence.deviations.entries.get(one.place),
            _ => None,
        };
        let extent = entry.map_or(one.span, |entry| entry.extent);
        let said = artifact.facts().zip(entry).map(|(facts, entry)| Said::of(facts, entry));
        let said = said.unwrap_or_default();
        let mut features = one.features.clone();
        if features.is_empty() {
            features = project.names.named_in(&said.text);
        }
        let features = Some(features).filter(|some| !some.is_empty());
        let ways: Vec<_> = one.resolutions.iter().map(|&one| books.resolutions[one].way).collect();
        let narrow = !ways.is_empty() && ways.iter().all(|way| *way == Some(Way::Code));
        heard(Reporter::Entry(at), features, said, narrow, one.artifact, extent)
    });
    let line = |artifact: usize, extent| {
        let facts = project.artifacts[artifact].facts();
        facts.map(|facts| Said::of_line(facts, extent)).unwrap_or_default()
    };
    let updates = books.updates.par_iter().enumerate().map(|(at, one)| {
        let said = line(one.artifact, one.extent);
        heard(Reporter::Update(at), None, said, false, one.artifact, one.extent)
    });
    let resolutions = books.resolutions.par_iter().enumerate().map(|(at, one)| {
        let (said, narrow) = (line(one.artifact, one.extent), !one.entries.is_empty());
        heard(Reporter::Resolution(at), None, said, narrow, one.artifact, one.extent)
    });
    entries.chain(updates).chain(resolutions).collect()
}

/// Whether what somebody says counts as a report. A resolution repeats what an entry reports,
/// unless it says that the contract was updated, or speaks of no entry at all.
fn admits(reporter: Reporter, books: &Books) -> bool {
    let Reporter::Resolution(at) = reporter else { return true };
    let resolution = &books.resolutions[at];
    resolution.way == Some(Way::Contract) || resolution.entries.is_empty()
}

/// What a voice names, looked up.
struct Told<'v> {
    voice: &'v Voice,
    /// What it is about, and what it tells besides.
    names: [Names; 2],
    contracts: BTreeSet<usize>,
    features: Vec<FeatureId>,
}

impl<'v> Told<'v> {
    fn of(voice: &'v Voice, known: &Known, project: &Project, groups: &Groups) -> Self {
        let own = voice.features.as_deref().unwrap_or(&[]);
        let said = &voice.said;
        let mut wide = said.told.clone();
        wide.add(&said.more);
        let mut near = wide.clone();
        near.add(&said.near);
        let mut all = near.clone();
        all.add(&said.aside);
        let says = |names: &Names| {
            !names.routes.is_empty()
                || !known.named(names, own).is_empty()
                || names.fields.iter().any(|field| groups.by_field.contains_key(field))
        };
        let tiers = [&said.told, &wide, &near, &all];
        let about = tiers.into_iter().find(|names| says(names)).unwrap_or(&said.told).clone();
        let mut contracts = known.named(&about, own);
        let denied = known.named(&said.denied, own);
        contracts.retain(|one| !denied.contains(one) || known.named(&said.told, own).contains(one));
        let named = |names: &Names| project.names.named_in(&names.words.join(" "));
        let features = Some(named(&said.told)).filter(|some| !some.is_empty());
        let features = features.unwrap_or_else(|| named(&wide));
        Told { voice, names: [about, wide], contracts, features }
    }

    /// Whether it names no contract at all.
    fn is_general(&self) -> bool {
        self.contracts.is_empty() && self.names[0].routes.is_empty()
    }

    fn naming(&self, known: &Known) -> Naming {
        let said = &self.voice.said;
        let all = [&self.names[0], &said.near, &said.aside, &said.impact];
        let paths = all.iter().any(|names| !names.routes.is_empty());
        let untouched =
            !self.contracts.is_empty() && self.contracts.iter().all(|&one| known.is_as_agreed(one));
        let anything = paths
            || !self.contracts.is_empty()
            || !self.features.is_empty()
            || !known.named(&said.aside, &[]).is_empty()
            || !known.named(&said.impact, &[]).is_empty()
            || !known.named(&said.denied, &[]).is_empty()
            || self.names[1].fields.iter().any(|field| known.has_field(field));
        let contracts = self.contracts.iter().map(|&one| known.subject(one).clone()).collect();
        let stood = !self.voice.stood.is_empty();
        Naming { contracts, anything, untouched, stood }
    }
}

/// The changes of contracts, by contract and by field.
struct Groups {
    by_contract: HashMap<usize, Vec<usize>>,
    /// By the bare name of the field.
    by_field: HashMap<String, Vec<usize>>,
}

impl Groups {
    fn of(changes: &[Change], known: &Known) -> Self {
        let mut groups = Groups { by_contract: HashMap::new(), by_field: HashMap::new() };
        for (at, change) in changes.iter().enumerate() {
            let Thing::Contract { subject, element } = &change.thing else { continue };
            let told = mentions(&change.told, 0);
            // What was renamed is named by either name.
            let renamed = told.iter().filter(|_| element.is_none()).flat_map(|one| {
                let endpoint = |&method| Subject::Endpoint { method, route: one.route.clone() };
                one.methods.iter().map(endpoint).collect::<Vec<_>>()
            });
            let subjects = std::iter::once(subject.clone()).chain(renamed);
            for id in subjects.filter_map(|subject| known.id(&subject)) {
                groups.by_contract.entry(id).or_default().push(at);
            }
            if let Some(name) = element.as_ref().and_then(field) {
                groups.by_field.entry(name).or_default().push(at);
            }
        }
        groups
    }

    /// The changes of contracts that a voice admits.
    fn admitted(&self, told: &Told<'_>, changes: &[Change], known: &Known) -> Vec<usize> {
        let mut found = Vec::new();
        let may = |at: &usize| told.voice.may_report(&changes[*at]);
        let of = |id: &usize| -> Vec<usize> {
            self.by_contract.get(id).into_iter().flatten().copied().filter(may).collect()
        };
        for id in &told.contracts {
            let mut group = of(id);
            let own = group.len();
            let types = known.types_of(*id).difference(&told.contracts);
            group.extend(types.flat_map(of));
            let particulars = Particulars::of(&told.names[0], |name| known.has_member(*id, name));
            found.extend(covered(told, &group, changes, own, particulars));
        }
        found.extend(self.by_field(told, changes).into_iter().filter(may));
        found.extend(self.by_code(told, changes, &may));
        if told.names[1].say(EVERYWHERE) {
            let all = self.by_contract.values().flatten().copied().filter(may);
            found.extend(all.filter(|&at| is_element_named(told, &changes[at])));
        }
        found
    }

    /// The removals of error cases that a feature tells of by their codes alone: where one contract
    /// only lost a case with one of these codes.
    fn by_code(
        &self,
        told: &Told<'_>,
        changes: &[Change],
        may: &impl Fn(&usize) -> bool,
    ) -> Vec<usize> {
        if !told.is_general() || told.voice.features.is_none() || !elements::tells_loss(told) {
            return Vec::new();
        }
        let mut of_one = Vec::new();
        for group in self.by_contract.values() {
            let lost = |at: &usize| {
                let change = &changes[*at];
                let is_case = elements::is_error_case(change);
                change.way == Changed::Removed && is_case && is_element_named(told, change)
            };
            let lost: Vec<usize> = group.iter().copied().filter(|at| may(at) && lost(at)).collect();
            match (lost.is_empty(), of_one.is_empty()) {
                (true, _) => {}
                (false, true) => of_one = lost,
                (false, false) => return Vec::new(),
            }
        }
        of_one
    }

    /// The changes of fields that a voice names without their contract: where it names no other,
    /// or says that it is about columns.
    fn by_field(&self, told: &Told<'_>, changes: &[Change]) -> Vec<usize> {
        const COLUMNS: &List =
            listed!("column|columns|table|tables|schema|database|stored|migration|persisted");
        let general = told.is_general();
        let columns = told.names[1].say(COLUMNS);
        let named = told.names[0].fields.iter().filter(|field| !one_of(GENERIC, field));
        let places = named.filter_map(|field| self.by_field.get(field)).flatten().copied();
        places
            .filter(|&at| {
                let table = |subject: &Subject| matches!(subject, Subject::Table { .. });
                let of_table =
                    matches!(&changes[at].thing, Thing::Contract { subject, .. } if table(subject));
                (general || columns && of_table) && is_element_named(told, &changes[at])
            })
            .collect()
    }
}

/// Words that tell of a body as a whole.
const SHAPES: &List = listed!(
    "response|responses|answer|answers|returns|return|request|body|payload|shape|fields|simplified|\
    shorter|slimmer|smaller|flattened|trimmed"
);
/// What an entry says that is about every endpoint of a feature.
const EVERYWHERE: &List = listed!(
    "all endpoints|every endpoint|each endpoint|all routes|every route|all our endpoints|\
    any endpoint|all responses|every response|all requests|every request|all events|all tables"
);
/// Names that fields of many contracts have: alone they tell nothing.
const GENERIC: &List = listed!("id|name|type|data|value|code|error|message|key");

fn is_element_named(told: &Told<'_>, change: &Change) -> bool {
    let Thing::Contract { element: Some(element), .. } = &change.thing else { return false };
    told.names.iter().any(|names| is_named(element, names))
        && !is_named(element, &told.voice.said.denied)
}

/// The bare name of the field that an element is.
fn field(element: &Element) -> Option<String> {
    let name = elements::path(element)?;
    let last = name.rsplit('.').next().unwrap_or(name);
    Some(bare(last)).filter(|name| !name.is_empty())
}
