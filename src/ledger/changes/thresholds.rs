//! Numbers that something must reach or must not pass. Only a weaker one is told, and one that is
//! gone; where nobody can tell which way is weaker, any other number is.

use std::collections::{HashMap, HashSet};

use super::super::{Change, Place, Then, Thing, Way};
use super::lines::Line;
use super::sides::Sides;
use super::wording::{HALF, Wording};
use crate::base::Span;
use crate::base::words::count;
use crate::facts::DocumentFacts;
use crate::model::Model;
use crate::model::ids;
use crate::model::product::is_deferred;
use crate::model::thresholds::{self, Bound, Measure, Threshold};
use crate::project::features::{Match, Name};
use crate::project::{Artifact, FeatureId};

/// Adds the thresholds that are weaker now or gone. One number that was changed the same way
/// wherever it stands is one change.
pub fn compare(sides: &[Sides<'_>], changes: &mut Vec<Change>) {
    let mut older: Vec<Number<'_>> = Vec::new();
    for side in sides.iter().filter(|side| side.differ()) {
        let then = side.documents_then().flat_map(|(artifact, facts)| numbers(artifact, facts));
        let then: Vec<Number<'_>> =
            then.filter(|one| !side.is_later(one.facts, one.threshold.section)).collect();
        let now: Vec<Number<'_>> =
            side.documents().flat_map(|(artifact, facts)| numbers(artifact, facts)).collect();
        let known = found_again(&then, &older);
        let found = found_again(&then, &now);
        let taken: HashSet<usize> = found.iter().flatten().copied().collect();
        let mut told = Folded::default();
        for ((one, same), known) in then.iter().zip(&found).zip(&known) {
            let agreed = one.artifact.deliverable.is_some();
            if !agreed || known.is_some() || side.now.misses(one.artifact.kind) {
                continue;
            }
            match same.map(|at| &now[at]) {
                Some(now) => told.changed(side, one, now),
                None => told.gone(side, one, &now, &taken, changes),
            }
        }
        changes.extend(told.told());
        let new = then.into_iter().zip(known).filter(|(_, known)| known.is_none());
        older.extend(new.map(|(one, _)| one));
    }
}

/// Whether all numbers that a line says are to be reached stand elsewhere now, beside most of its
/// words: a list of targets that became a table.
pub fn stand_elsewhere(side: &Sides<'_>, line: &Line<'_>) -> bool {
    let own = thresholds::read_in(line.facts, line.span);
    let now = || side.documents().flat_map(|(artifact, facts)| numbers(artifact, facts));
    let stands = |one: &Threshold| {
        now().any(|now| {
            let is_same = now.threshold.value == one.value && now.threshold.bound == one.bound;
            is_same && !now.is_of_another() && line.wording.remains_in(&now.line) >= LIKE
        })
    };
    !own.is_empty() && own.iter().all(stands)
}

/// The share of the words of a line that its other writing has.
const LIKE: f64 = 0.6;

/// A threshold with where it stands and the words by which it is known.
struct Number<'p> {
    artifact: &'p Artifact,
    facts: &'p DocumentFacts,
    threshold: Threshold,
    /// What its line says besides numbers.
    line: Wording,
    name: Wording,
    /// The heading over it.
    scope: &'p str,
    /// Its place among the thresholds of its line.
    nth: usize,
}

/// The thresholds of a document, but for those that belong to its contracts.
fn numbers<'p>(artifact: &'p Artifact, facts: &'p DocumentFacts) -> Vec<Number<'p>> {
    let contracts = parts_of_contracts(artifact);
    let of_contract = |span: Span| {
        let next = contracts.partition_point(|part| part.start <= span.start);
        contracts[..next].iter().rev().take(4).any(|part| part.covers(span))
    };
    let mut found: Vec<Number<'p>> = Vec::new();
    for threshold in thresholds::read(facts) {
        if of_contract(threshold.span) || is_deferred(facts, threshold.section) {
            continue;
        }
        let before = found.iter().rev().take_while(|one| one.threshold.line == threshold.line);
        let nth = before.count();
        found.push(Number {
            artifact,
            facts,
            line: Wording::of(facts.text_of(threshold.line)),
            name: Wording::of(&threshold.name),
            scope: &facts.section(threshold.section).name,
            threshold,
            nth,
        });
    }
    found
}

/// Where contracts tell of errors and shapes, which are compared with them.
fn parts_of_contracts(artifact: &Artifact) -> Vec<Span> {
    let Model::Architecture(model) = &*artifact.model else { return Vec::new() };
    let mut parts: Vec<Span> = Vec::new();
    for contract in &model.contracts.list {
        let shapes = [&contract.request, &contract.query, &contract.response];
        parts.extend(shapes.into_iter().flatten().map(|part| part.span));
        parts.extend(contract.errors);
        parts.extend(contract.error_cases.iter().map(|case| case.span));
    }
    parts.sort_unstable();
    parts
}

/// For each number of then, the one of now that it became. The same number in the same line comes
/// first, then another number in the same line, then lines and names that are much alike. No
/// number of now is taken twice.
fn found_again(then: &[Number<'_>], now: &[Number<'_>]) -> Vec<Option<usize>> {
    let mut found = vec![None; then.len()];
    let mut taken = vec![false; now.len()];
    for key in [
        |one: &Number<'_>| one.key(one.line.stems(), Some(one.scope), true),
        |one: &Number<'_>| one.key(one.line.stems(), None, true),
        |one: &Number<'_>| one.key(one.line.stems(), Some(one.scope), false),
        |one: &Number<'_>| one.key(one.line.stems(), None, false),
        |one: &Number<'_>| one.key(one.name.stems(), Some(one.scope), true),
        |one: &Number<'_>| one.key(one.name.stems(), None, true),
        |one: &Number<'_>| one.key(one.name.stems(), Some(one.scope), false),
    ] {
        let mut free: HashMap<Key, Vec<usize>> = HashMap::new();
        for at in (0..now.len()).rev().filter(|&at| !taken[at]) {
            key(&now[at]).into_iter().for_each(|key| free.entry(key).or_default().push(at));
        }
        for (one, found) in then.iter().zip(&mut found).filter(|(_, found)| found.is_none()) {
            *found = key(one).and_then(|key| free.get_mut(&key)?.pop());
            found.iter().for_each(|&at| taken[at] = true);
        }
    }
    by_likeness(then, now, &mut found, &mut taken);
    found
}

/// What two numbers have in common that are one: measure, words, heading, place in the line and
/// value, as far as asked for.
type Key = (u8, Vec<String>, String, usize, u64);

impl Number<'_> {
    fn key(&self, stems: &[String], scope: Option<&str>, valued: bool) -> Option<Key> {
        let value = if valued { self.threshold.value.to_bits() } else { 0 };
        // Where the value is the same, its place in the line does not matter.
        let nth = if valued { 0 } else { self.nth };
        let scope = scope.unwrap_or("").to_owned();
        (!stems.is_empty()).then(|| (self.class(), stems.to_vec(), scope, nth, value))
    }

    /// What kind of thing is measured; numbers of different kinds are different promises.
    fn class(&self) -> u8 {
        match self.threshold.measure {
            Measure::Share => 0,
            Measure::Time => 1,
            Measure::Size => 2,
            Measure::Ratio => 3,
            Measure::Count(_) => 4,
        }
    }

    /// The number with its unit, as it is written.
    fn text(&self) -> &str {
        self.facts.text_of(self.threshold.span)
    }

    /// What people call it.
    fn called(&self) -> String {
        let line = self.facts.text_of(self.threshold.line);
        let line = crate::base::words::past_tags(line);
        let name = &self.threshold.name;
        match ids::leading(line) {
            Some((id, _)) if !name.starts_with(&*id.written) => format!("{id}: {name}"),
            _ => name.clone(),
        }
    }

    /// A clause after what people call it, which may end in that word already.
    fn told(&self, what: &str, became: &str) -> String {
        let name = self.called().to_lowercase();
        if name.ends_with(what) { became.to_owned() } else { format!("{what} {became}") }
    }

    /// Whether it is part of something that is told by itself when it goes.
    fn is_of_another(&self) -> bool {
        let line = self.threshold.line;
        let boxed = self
            .facts
            .checks
            .iter()
            .any(|check| check.text.covers(line) || line.covers(check.text));
        boxed
            || match &*self.artifact.model {
                Model::Product(product) => {
                    let criteria = product.criteria.iter().map(|one| one.span);
                    let stories = product.stories.iter().map(|one| one.extent);
                    criteria.chain(stories).any(|one| one.covers(line))
                }
                _ => false,
            }
    }
}

/// Takes the likest pairs of one kind first.
fn by_likeness(
    then: &[Number<'_>],
    now: &[Number<'_>],
    found: &mut [Option<usize>],
    taken: &mut [bool],
) {
    const MOST: usize = 64;
    let mut holders: HashMap<&str, Vec<usize>> = HashMap::new();
    for at in (0..now.len()).filter(|&at| !taken[at]) {
        for stem in now[at].line.stems() {
            holders.entry(stem).or_default().push(at);
        }
    }
    let mut pairs: Vec<(f64, usize, usize)> = Vec::new();
    for (at, one) in then.iter().enumerate().filter(|(at, _)| found[*at].is_none()) {
        let stems = one.line.stems().iter().filter_map(|stem| holders.get(&**stem));
        let candidates: HashSet<usize> =
            stems.filter(|of| of.len() <= MOST).flatten().copied().collect();
        for other in candidates.into_iter().filter(|&other| now[other].class() == one.class()) {
            let (line, other_line) = (&one.line, &now[other].line);
            let score = line.remains_in(other_line);
            let same = one.threshold.value == now[other].threshold.value;
            if score >= LIKE && other_line.remains_in(line) >= HALF {
                pairs.push((score + f64::from(u8::from(same)), at, other));
            }
        }
    }
    let order = |one: &(f64, usize, usize), other: &(f64, usize, usize)| {
        other.0.total_cmp(&one.0).then((one.1, one.2).cmp(&(other.1, other.2)))
    };
    pairs.sort_by(order);
    for (_, at, other) in pairs {
        if found[at].is_none() && !taken[other] {
            found[at] = Some(other);
            taken[other] = true;
        }
    }
}

/// Changes of numbers, those of one number put together.
#[derive(Default)]
struct Folded {
    changes: Vec<Change>,
    /// The changes from one value to another, each with the words of its name.
    by_values: HashMap<(u8, u64, u64), Vec<(usize, Wording)>>,
    places: Vec<usize>,
}

impl Folded {
    fn changed(&mut self, side: &Sides<'_>, then: &Number<'_>, now: &Number<'_>) {
        let (was, is) = (then.threshold.value, now.threshold.value);
        let bound = match (then.threshold.bound, now.threshold.bound) {
            (Some(then), Some(now)) if then != now => None,
            (then, now) => then.or(now),
        };
        let weaker = match bound {
            Some(Bound::Least) => is < was,
            Some(Bound::Most) => is > was,
            None => is != was,
        };
        if !weaker || is == was {
            return;
        }
        let (from, to) = (then.text(), now.text());
        let told = match bound {
            Some(Bound::Least) => then.told("target", &format!("was lowered from {from} to {to}")),
            Some(Bound::Most) => then.told("limit", &format!("was raised from {from} to {to}")),
            None => format!("was changed from {from} to {to}"),
        };
        let place = Place { path: now.artifact.path.clone(), span: Some(now.threshold.span) };
        let key = (then.class(), was.to_bits(), is.to_bits());
        self.add(side, then, (key, Way::Changed, told, place));
    }

    fn gone(
        &mut self,
        side: &Sides<'_>,
        then: &Number<'_>,
        now: &[Number<'_>],
        taken: &HashSet<usize>,
        changes: &[Change],
    ) {
        let stood = Then::at(then.artifact, then.threshold.line);
        let is_told = |one: &Then| one.path == stood.path && one.line == stood.line;
        // A number in prose is lost with any rewording.
        let minor = !then.threshold.listed || then.name.stems().is_empty() || then.is_of_another();
        // What is another number of then as well stands for this one only by its name.
        let stands = |(at, one): (usize, &Number<'_>)| {
            let same = one.class() == then.class() && one.threshold.value == then.threshold.value;
            let remains = then.name.remains_in(&one.line);
            same && if taken.contains(&at) { remains >= LIKE } else { remains > 0.0 }
        };
        if minor
            || now.iter().enumerate().any(stands)
            || changes.iter().filter_map(|one| one.then.as_ref()).any(is_told)
        {
            return;
        }
        let what = match then.threshold.bound {
            Some(Bound::Least) => "target",
            Some(Bound::Most) => "limit",
            None => "value",
        };
        let told = then.told(what, &format!("of {} was removed", then.text()));
        let place = side.missed(then.artifact, then.facts, then.threshold.section);
        let key = (then.class(), then.threshold.value.to_bits(), u64::MAX);
        self.add(side, then, (key, Way::Removed, told, place));
    }

    fn add(
        &mut self,
        side: &Sides<'_>,
        then: &Number<'_>,
        (key, way, told, place): ((u8, u64, u64), Way, String, Place),
    ) {
        let known = self.by_values.entry(key).or_default();
        if let Some((at, name)) = known.iter_mut().find(|(_, name)| is_one(name, &then.name)) {
            self.places[*at] += 1;
            if specific(name).next().is_none() {
                *name = then.name.clone();
                self.changes[*at].thing = Thing::Threshold { name: then.called() };
            }
            return;
        }
        known.push((self.changes.len(), then.name.clone()));
        self.places.push(1);
        self.changes.push(Change {
            iteration: side.iteration,
            thing: Thing::Threshold { name: then.called() },
            way,
            told,
            concerns: concerned(side, then),
            place,
            then: Some(Then::at(then.artifact, then.threshold.span)),
        });
    }

    /// The changes, each saying in how many places it was made.
    fn told(mut self) -> Vec<Change> {
        for (change, places) in self.changes.iter_mut().zip(self.places) {
            if places > 1 {
                let others = count(places - 1, "other place", "other places");
                change.told = format!("{}, here and in {others}", change.told);
            }
        }
        self.changes
    }
}

/// The features whose design holds a number; none for what is the product's or everybody's.
fn concerned(side: &Sides<'_>, one: &Number<'_>) -> Vec<FeatureId> {
    let inside = match &*one.artifact.model {
        Model::Architecture(model) => {
            model.boundaries.iter().rfind(|around| around.extent.covers(one.threshold.span))
        }
        _ => None,
    };
    let named = inside.map(|boundary| Name::new(&boundary.name, boundary.label.as_deref()));
    let then = match named.map(|name| side.then.names.find(&name)) {
        Some(Match::One(feature)) => vec![feature],
        _ => one.artifact.features.clone(),
    };
    then.into_iter().filter_map(|feature| side.features[feature]).collect()
}

/// Whether two names with the same numbers are of one thing.
fn is_one(one: &Wording, other: &Wording) -> bool {
    let (mut left, mut right) = (specific(one).peekable(), specific(other).peekable());
    if left.peek().is_none() || right.peek().is_none() {
        return true;
    }
    let known: HashSet<&str> = right.collect();
    left.any(|stem| known.contains(stem))
}

/// The words of a name that say what it is of.
fn specific(name: &Wording) -> impl Iterator<Item = &str> {
    const GENERAL: &[&str] = &[
        "achie", "avera", "effic", "enfor", "limit", "maint", "perfo", "requi", "resou", "stay",
        "suppo", "targe", "total", "under", "usage", "use", "verif", "time", "rate", "test",
    ];
    let stems = name.stems().iter().map(|stem| if stem == "ram" { "memor" } else { &**stem });
    stems.filter(|stem| !GENERAL.contains(stem))
}
