//! Which agreement each contract is held to, and what became of it.

use std::cell::OnceCell;
use std::collections::HashSet;

use super::elements::{Departure, Writings, departures};
use super::promises::{Group, Key, Owner, Promises, Sense, Writing, differing, promising, stated};
use super::types::References;
use super::{still, told, types};
use crate::ledger::changes::concerns::Dependents;
use crate::ledger::changes::place;
use crate::ledger::changes::sides::Sides;
use crate::ledger::{Change, Place, Then, Thing, Way};
use crate::model::contract::Subject;
use crate::model::contract::compare::Element;
use crate::project::FeatureId;

/// One agreement beside what stands now, as far as their documents differ.
pub struct Judge<'p> {
    pub side: &'p Sides<'p>,
    then: Promises<'p>,
    pub now: Promises<'p>,
    dependents: &'p Dependents,
    /// The features of now that promised something then.
    promising: HashSet<FeatureId>,
    /// Of then and of now, once they are asked for.
    references: OnceCell<[References; 2]>,
}

/// What became of the contracts of then.
#[derive(Default)]
pub struct Outcome<'p> {
    pub changes: Vec<Change>,
    /// What nothing promises now.
    pub gone: Vec<Group<'p>>,
}

impl<'p> Judge<'p> {
    /// A judge for an agreement; nothing where the documents with contracts are the same.
    pub fn of(side: &'p Sides<'p>, dependents: &'p Dependents) -> Option<Self> {
        let keys = differing(side.then, side.now);
        let owner = |id: FeatureId| side.features[id].map_or(Owner::Gone(id), Owner::Feature);
        (!keys.is_empty()).then(|| Judge {
            side,
            then: Promises::of(side.then, &keys, owner),
            now: Promises::of(side.now, &keys, Owner::Feature),
            dependents,
            promising: promising(side),
            references: OnceCell::new(),
        })
    }

    /// Who refers to which types, then and now.
    pub fn references(&self) -> &[References; 2] {
        self.references.get_or_init(|| [self.side.then, self.side.now].map(References::of))
    }

    /// Whether a feature of now promised something then.
    pub fn is_promising(&self, feature: FeatureId) -> bool {
        self.promising.contains(&feature)
    }

    /// What became of the contracts of then. `earlier` are the agreements that were made before.
    pub fn kept(&'p self, earlier: &[Sides<'_>]) -> Outcome<'p> {
        let mut outcome = Outcome::default();
        let mut told: HashSet<(String, Element, Way)> = HashSet::new();
        let is_type = |group: &Group| matches!(group.key, Key::Type(_));
        // What is told of a type is not told once more of what refers to it.
        let (types, others): (Vec<_>, Vec<_>) = self.then.groups().partition(is_type);
        for then in types.into_iter().chain(others) {
            if !self.is_held_to(&then, earlier) {
                continue;
            }
            let now = self.successors(&then);
            if now.is_empty() {
                outcome.gone.extend(self.is_gone(&then).then_some(then));
                continue;
            }
            let found = departures(
                Writings { list: &then.writings, for_all: &self.then.for_all },
                Writings { list: &now, for_all: &self.now.for_all },
            );
            for one in found {
                if let Key::Type(name) = then.key {
                    told.insert((name.clone(), one.element.clone(), one.way));
                }
                let through = |writing: &Writing| {
                    let types = types::through(writing, &one.element);
                    types.into_iter().any(|(name, field)| told.contains(&(name, field, one.way)))
                };
                if !then.writings.iter().chain(&now).any(through) {
                    outcome.changes.push(self.departure(&then, &now, one));
                }
            }
        }
        outcome
    }

    /// Whether this is the agreement that a contract of then is held to: that of its feature, else
    /// the oldest that holds it.
    fn is_held_to(&self, then: &Group<'_>, earlier: &[Sides<'_>]) -> bool {
        let side = self.side;
        let owned: Vec<usize> =
            then.features().map(|feature| side.now.features[feature].iteration).collect();
        if !owned.is_empty() {
            return owned.contains(&side.iteration);
        }
        let gone: Vec<FeatureId> = then.writings.iter().filter_map(Writing::gone).collect();
        if !gone.is_empty() {
            return gone.iter().any(|&feature| side.plans(feature));
        }
        let holds = |one: &Sides| {
            stated(one.then).any(|stated| Key::of(&stated.contract.subject) == *then.key)
        };
        !earlier.iter().any(holds)
    }

    /// The writings of now that may keep what was promised then.
    fn successors(&self, then: &Group<'p>) -> Vec<Writing<'p>> {
        let mut found: Vec<Writing<'p>> = self.now.writings(then.key).to_vec();
        if let (Key::Type(_), Some(first)) = (then.key, then.writings.first()) {
            let own = |one: &Writing| one.owner == first.owner;
            // Types move between a feature and what is shared, and from one feature to another.
            let others = self.then.writings(then.key);
            let claimed = |one: &Writing| others.iter().any(|other| other.owner == one.owner);
            match found.iter().any(own) {
                true => found.retain(own),
                false => found.retain(|one| one.owner == Owner::Nobody || !claimed(one)),
            }
        }
        // What a feature writes down under what it uses is still its own.
        let owns = |one: &Writing| then.writings.iter().any(|then| then.owner == one.owner);
        let promised = found.iter().any(|one| one.sense == Sense::Promised);
        found.retain(|one| match one.sense {
            Sense::Promised => true,
            Sense::Consumed => !promised && owns(one),
            Sense::Later => false,
        });
        found
    }

    /// Whether a contract that no writing of now promises is told as gone.
    fn is_gone(&self, then: &Group<'_>) -> bool {
        // That a feature is gone is told, and not once more for each of its contracts.
        if then.writings.iter().all(|one| one.gone().is_some()) {
            return false;
        }
        let (now, name) = (self.side.now, then.subject.name());
        let unread = now.unread_contracts().any(|(artifact, one)| {
            let facts = now.artifacts[artifact].facts();
            facts.is_some_and(|facts| facts.text_of(one.span).contains(name))
        });
        if unread {
            return false;
        }
        if let Key::Type(name) = then.key {
            // What those that referred to it say instead is compared with it.
            let [then, now] = self.references();
            return !then.lead_to(name, |one| now.declare(one)) || now.refer_to(name);
        }
        if let Key::Table(_) = then.key
            && still::describes(now, then)
        {
            return false;
        }
        // A name without anything said may have been mentioned only, and still be.
        let mentioned = || {
            let mut facts = now.artifacts.iter().filter_map(|artifact| artifact.facts());
            facts.any(|facts| facts.text.contains(name))
        };
        then.says_more() || !mentioned()
    }

    /// The change of one element.
    fn departure(&self, then: &Group<'p>, now: &[Writing<'p>], one: Departure<'p>) -> Change {
        let (artifact, span) = one.now;
        Change {
            iteration: self.side.iteration,
            thing: contract(then.subject, Some(one.element)),
            way: one.way,
            told: one.told,
            concerns: self.concerns(then.key, then.writings.iter().chain(now)),
            place: Place { path: artifact.path.clone(), span: Some(span) },
            then: one.then.map(|(artifact, span)| Then::at(artifact, span)),
        }
    }

    /// The change of a contract that is gone.
    pub fn removed(&self, gone: &Group<'p>) -> Option<Change> {
        let stood = gone.writings.first()?;
        let feature = gone.features().next();
        Some(Change {
            iteration: self.side.iteration,
            thing: contract(gone.subject, None),
            way: Way::Removed,
            told: told::whole(gone.subject, "was removed"),
            concerns: self.concerns(gone.key, gone.writings.iter()),
            place: place::of_gone(self.side, stood.artifact, stood.place(), feature),
            then: Some(Then::at(stood.artifact, stood.place())),
        })
    }

    /// The change of a contract that is new.
    pub fn added(&self, new: &Group<'p>) -> Option<Change> {
        let stands = new.writings.first()?;
        Some(Change {
            iteration: self.side.iteration,
            thing: contract(new.subject, None),
            way: Way::Added,
            told: told::whole(new.subject, "was added"),
            concerns: self.concerns(new.key, new.writings.iter()),
            place: Place { path: stands.artifact.path.clone(), span: Some(stands.place()) },
            then: None,
        })
    }

    /// The change of a contract that has another name now.
    pub fn renamed(&self, gone: &Group<'p>, new: &Group<'p>) -> Option<Change> {
        let (removed, added) = (self.removed(gone)?, self.added(new)?);
        Some(Change {
            way: Way::Changed,
            told: told::whole(gone.subject, &format!("was renamed to {}", new.subject)),
            place: added.place,
            ..removed
        })
    }

    /// Whether the agreement holds a contract of now, whoever promised it.
    pub fn holds(&self, new: &Group<'_>) -> bool {
        let mut known = self.then.writings(new.key).iter().filter(|one| one.sense != Sense::Later);
        match new.key {
            Key::Type(_) => known.any(|one| {
                let both = [one.owner, Owner::Nobody];
                new.writings.iter().any(|new| both.contains(&new.owner))
                    || new.writings.iter().all(|new| new.owner == Owner::Nobody)
            }),
            _ => known.next().is_some(),
        }
    }

    /// The owners of a contract, who use it, and who need the owners.
    fn concerns<'w>(
        &self,
        key: &Key,
        writings: impl Iterator<Item = &'w Writing<'p>>,
    ) -> Vec<FeatureId>
    where
        'p: 'w,
    {
        let used = self.now.writings(key).iter().filter(|one| one.sense == Sense::Consumed);
        self.dependents
            .concerned(writings.filter_map(Writing::feature), used.filter_map(Writing::feature))
    }
}

fn contract(subject: &Subject, element: Option<Element>) -> Thing {
    Thing::Contract { subject: subject.clone(), element }
}
