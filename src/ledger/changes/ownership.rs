//! Ownership: the routes, tables, states and files that a feature says are its own.

use std::collections::BTreeMap;

use super::super::{Change, Place, Then, Thing, Way};
use super::sides::Sides;
use crate::base::Span;
use crate::base::words::normalize;
use crate::facts::{DocumentFacts, Table};
use crate::model::Model;
use crate::model::architecture::ownership::RoutePattern;
use crate::model::architecture::{Boundary, Resource, Title};
use crate::project::features::{Match, Name};
use crate::project::{Artifact, FeatureId, Project};
use crate::workflow::Kind;

/// Adds what features own no more, own besides, or took over from another.
pub fn compare(sides: &[Sides<'_>], changes: &mut Vec<Change>) {
    let Some(first) = sides.first() else { return };
    let now = Estates::of(first.now);
    for side in sides.iter().filter(|side| side.differ()) {
        let then = Estates::of(side.then);
        for (before, after) in side.pairs() {
            lost(side, (&then, before), (&now, after), changes);
            gained(side, (&then, before), (&now, after), changes);
        }
    }
}

/// What a feature owned then and does not own now.
fn lost(
    side: &Sides<'_>,
    (then, before): (&Estates<'_>, FeatureId),
    (now, after): (&Estates<'_>, FeatureId),
    changes: &mut Vec<Change>,
) {
    let own = &now.by_feature[after];
    let Some(home) = own.boundaries.first() else { return };
    for (what, one) in then.by_feature[before].claimed() {
        let taker = now.owners(what).iter().copied().find(|&other| {
            let before = side.before(other);
            other != after && !before.is_some_and(|before| then.owners(what).contains(&before))
        });
        // What another lists as its own by now was given away, whatever is listed around it.
        let listed = own.things.contains_key(what);
        let may_hold = || own.holds(what, &then.by_feature[before]) || own.may_hold(what, one);
        if listed || taker.is_none() && may_hold() {
            continue;
        }
        let feature = side.now.features[after].name.clone();
        let (way, told, place) = match taker {
            Some(taker) => {
                let taken = &now.by_feature[taker].things[what];
                let taker = &side.now.features[taker].name;
                let told = format!("is no longer owned by {feature} but by {taker}");
                (Way::Changed, told, taken.drawn.place(taken.span))
            }
            None => {
                let told = format!("is no longer owned by {feature}");
                (Way::Removed, told, home.place(home.boundary.span))
            }
        };
        changes.push(Change {
            iteration: side.iteration,
            thing: Thing::Owned { feature, what: one.text.to_owned() },
            way,
            told,
            concerns: std::iter::once(after).chain(taker).collect(),
            place,
            then: Some(Then::at(one.drawn.artifact, one.span)),
        });
    }
}

/// What a feature owns now and did not own then. What was another's and is no more is told as
/// lost, and what belonged to a feature that is gone is told with it.
fn gained(
    side: &Sides<'_>,
    (then, before): (&Estates<'_>, FeatureId),
    (now, after): (&Estates<'_>, FeatureId),
    changes: &mut Vec<Change>,
) {
    let own = &then.by_feature[before];
    if own.boundaries.is_empty() {
        return;
    }
    let estate = &now.by_feature[after];
    for (what, one) in estate.claimed() {
        if own.things.contains_key(what) {
            continue;
        }
        let reaches = then.reaches_others(what, before);
        if !reaches && own.holds(what, estate) || own.may_hold(what, one) {
            continue;
        }
        let feature = side.now.features[after].name.clone();
        let others = then.owners(what);
        let shared = others.iter().any(|&other| {
            side.pairs().any(|(then, later)| then == other && now.owners(what).contains(&later))
        });
        let (way, told) = match (reaches, shared) {
            (true, _) => (Way::Changed, format!("is now owned by {feature}, with what is others'")),
            (_, true) => (Way::Added, format!("is now owned by {feature} as well")),
            _ if others.is_empty() => (Way::Added, format!("is now owned by {feature}")),
            _ => continue,
        };
        changes.push(Change {
            iteration: side.iteration,
            told,
            thing: Thing::Owned { feature, what: one.text.to_owned() },
            way,
            concerns: vec![after],
            place: one.drawn.place(one.span),
            then: None,
        });
    }
}

/// What every feature of a project owns.
struct Estates<'p> {
    by_feature: Vec<Estate<'p>>,
    /// Who claims a thing.
    owners: BTreeMap<What, Vec<FeatureId>>,
}

/// What one feature owns, by all of its boundaries.
#[derive(Default)]
struct Estate<'p> {
    boundaries: Vec<Drawn<'p>>,
    things: BTreeMap<What, Owned<'p>>,
}

/// A boundary with the document that draws it.
#[derive(Clone, Copy)]
struct Drawn<'p> {
    artifact: &'p Artifact,
    facts: &'p DocumentFacts,
    boundary: &'p Boundary,
}

/// A thing that a feature says is its own, or lists where it may mean so.
struct Owned<'p> {
    drawn: Drawn<'p>,
    kind: Resource,
    span: Span,
    text: &'p str,
    claimed: bool,
}

/// A thing in the form in which two spellings of it are equal.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum What {
    Route(RoutePattern),
    Path(String),
    /// A table or a state.
    Name(String),
}

impl<'p> Estates<'p> {
    fn of(project: &'p Project) -> Self {
        let mut by_feature: Vec<Estate<'p>> = Vec::new();
        by_feature.resize_with(project.features.len(), Estate::default);
        for (artifact, facts) in project.documents(Kind::Architecture) {
            let Model::Architecture(model) = &*artifact.model else { continue };
            for boundary in &model.boundaries {
                let name = Name::new(&boundary.name, boundary.label.as_deref());
                if let Match::One(feature) = project.names.find(&name) {
                    by_feature[feature].read(Drawn { artifact, facts, boundary });
                }
            }
        }
        let mut owners: BTreeMap<What, Vec<FeatureId>> = BTreeMap::new();
        for (feature, estate) in by_feature.iter().enumerate() {
            for what in estate.claimed().map(|(what, _)| what) {
                owners.entry(what.clone()).or_default().push(feature);
            }
        }
        Self { by_feature, owners }
    }

    fn owners(&self, what: &What) -> &[FeatureId] {
        self.owners.get(what).map_or(&[], Vec::as_slice)
    }

    /// Whether a thing is wider than what one feature lists, and holds something of another: a
    /// list that only became coarser would not.
    fn reaches_others(&self, what: &What, feature: FeatureId) -> bool {
        let own = &self.by_feature[feature].things;
        let wider = || own.keys().any(|known| what.is_above(known));
        let theirs = |(known, owners): (&What, &Vec<FeatureId>)| {
            what.is_above(known) && !owners.contains(&feature)
        };
        wider() && !own.keys().any(|known| known.is_above(what)) && self.owners.iter().any(theirs)
    }
}

impl<'p> Estate<'p> {
    fn read(&mut self, drawn: Drawn<'p>) {
        for owned in &drawn.boundary.owned {
            let text = drawn.facts.text_of(owned.span);
            let Some(what) = What::read(owned.kind, text) else { continue };
            let (kind, span, claimed) = (owned.kind, owned.span, owned.claimed);
            let new = Owned { drawn, kind, span, text, claimed };
            let known = self.things.entry(what).or_insert(new);
            known.claimed |= claimed;
        }
        self.boundaries.push(drawn);
    }

    fn claimed(&self) -> impl Iterator<Item = (&What, &Owned<'p>)> {
        self.things.iter().filter(|(_, one)| one.claimed)
    }

    /// Whether a thing is among what is listed, by itself or within something wider. Where a list
    /// became finer or coarser nobody can tell what was given away. What `other`, the same estate
    /// at the other time, has as well is no other spelling of the thing.
    fn holds(&self, what: &What, other: &Estate<'_>) -> bool {
        let new = |own: &What| !other.things.contains_key(own) && own.is_spelled_like(what);
        self.things.contains_key(what)
            || self.things.keys().any(|own| own.overlaps(what) || new(own))
    }

    /// Whether the boundaries name a thing in words where they list none of its kind, or a table
    /// names it beside the feature.
    fn may_hold(&self, what: &What, one: &Owned<'_>) -> bool {
        let text = match what {
            // `src/a`, `src/a/` and `src/a/**` are one.
            What::Path(_) => one.text.trim_end_matches(['*', '/']),
            _ => one.text,
        };
        let listed = self.things.values().any(|own| own.kind == one.kind);
        let named = |drawn: &Drawn<'_>| {
            drawn.facts.text_of(drawn.boundary.extent).contains(text) || drawn.is_beside(text)
        };
        !listed && self.boundaries.iter().any(named)
    }
}

impl Drawn<'_> {
    /// Whether a row of a table that begins with the feature's name holds a text.
    fn is_beside(&self, text: &str) -> bool {
        let names = |cell: &Span| {
            let title = Title::read(self.facts.text_of(*cell));
            normalize(&title.name) == normalize(&self.boundary.name)
        };
        let mut rows = self.facts.tables.iter().flat_map(Table::rows);
        rows.any(|row| match row.split_first() {
            Some((first, rest)) => {
                rest.iter().any(|cell| self.facts.text_of(*cell).contains(text)) && names(first)
            }
            None => false,
        })
    }

    fn place(&self, span: Span) -> Place {
        Place { path: self.artifact.path.clone(), span: Some(span) }
    }
}

impl What {
    fn read(kind: Resource, text: &str) -> Option<Self> {
        match kind {
            Resource::Route => {
                RoutePattern::read(text).map(|pattern| What::Route(pattern.closed()))
            }
            Resource::Path => {
                let path = text.strip_prefix("./").unwrap_or(text);
                let path = path.trim_end_matches(['*', '/']);
                (!path.is_empty()).then(|| What::Path(path.to_lowercase()))
            }
            Resource::Table | Resource::State => {
                let word = text.trim_end_matches(" table").trim_matches(['`', '"', '*']);
                let named = word.len() > 1
                    && word.starts_with(|c: char| c.is_alphabetic() || c == '_')
                    && word.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '.'));
                named.then(|| What::Name(word.to_lowercase()))
            }
            Resource::Other => None,
        }
    }

    /// Whether one of two holds the other.
    fn overlaps(&self, other: &What) -> bool {
        match (self, other) {
            (What::Route(one), What::Route(other)) => {
                let exact = one.is_exact() && other.is_exact();
                exact && (one.begins(other) || other.begins(one))
            }
            (What::Path(_), What::Path(_)) => self.is_above(other) || other.is_above(self),
            _ => false,
        }
    }

    /// Whether it holds the other, and more.
    fn is_above(&self, other: &What) -> bool {
        match (self, other) {
            (What::Route(one), What::Route(other)) => {
                one.is_exact() && one != other && one.begins(other)
            }
            (What::Path(folder), What::Path(path)) => {
                path.strip_prefix(&**folder).is_some_and(|rest| rest.starts_with('/'))
            }
            _ => false,
        }
    }

    /// Whether two routes differ only in what says that they are an API's.
    fn is_spelled_like(&self, other: &What) -> bool {
        match (self, other) {
            (What::Route(one), What::Route(other)) => {
                let (one, other) = (one.without_base(), other.without_base());
                one.is_exact() && one == other
            }
            _ => false,
        }
    }
}
