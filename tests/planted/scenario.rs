//! One history: a product is agreed, built with changes, and some of the changes are reported.

use std::collections::BTreeMap;

use crate::dice::Dice;
use crate::draw;
use crate::entries::{self, Entry};
use crate::plant::{Ground, Planted, Seed};
use crate::world::World;
use crate::write::style::{Noise, Stories, Style};
use crate::write::{self, Files};

pub struct Scenario {
    pub seed: u64,
    pub style: Style,
    pub later: Style,
    pub then: Files,
    pub now: Files,
    pub evidence: Files,
    pub planted: Vec<Told>,
    built: World,
    pub statements: BTreeMap<String, String>,
}

impl Scenario {
    /// The same history, whose evidence says that there are no deviations.
    pub fn hush(&mut self) {
        self.planted.iter_mut().for_each(|one| (one.reported, one.instead) = (false, ""));
        self.statements.clear();
        self.evidence = write::evidence(&self.built, &self.later, &BTreeMap::new());
    }

    /// Everything that helps to see what went wrong.
    pub fn told(&self) -> String {
        let mut text =
            format!("── seed {}\n  then: {:?}\n  now:  {:?}\n", self.seed, self.style, self.later);
        for (feature, statement) in &self.statements {
            text += &format!("  entries of {feature}:\n");
            statement.lines().for_each(|line| text += &format!("    | {line}\n"));
        }
        text
    }
}

/// A planted change, and what the evidence says of it.
pub struct Told {
    pub planted: Planted,
    pub reported: bool,
    /// What the evidence says instead, where it does not report.
    pub instead: &'static str,
}

/// Writings that may differ in a history that holds changes as well. Where a list of columns became
/// a table of them, nobody can say that one was added: the list may have been a summary.
const NOISES: &[Noise] = &[
    Noise::Order,
    Noise::Reflow,
    Noise::Parameters,
    Noise::OtherForm,
    Noise::ContractsToInterface,
    Noise::Marks,
    Noise::Wording,
    Noise::Prose,
    Noise::Renamed,
];

/// A history with a change of each of these kinds, where there is a place for it.
pub fn scenario(seed: u64, kinds: &[(Seed, bool)]) -> Scenario {
    let mut dice = Dice::new(seed);
    let size = 3 + dice.roll(2);
    let agreed = draw::world(&mut dice, size);
    let mut style = Style::draw(&mut dice).fit(&agreed);
    style.gate_open = dice.once_in(2);
    let mut ground = Ground::new(agreed.clone(), dice.fork());
    let mut planted = Vec::new();
    for (kind, reported) in kinds {
        if let Some(one) = (kind.1)(&mut ground) {
            assert_eq!(one.kind, kind.0);
            planted.push(Told { planted: one, reported: *reported, instead: "" });
        }
    }
    let built = ground.world.clone();
    let mut later = Style { gate_open: false, ..style.clone() };
    for _ in 0..dice.roll(3) {
        later = dice.one(NOISES).on(later, &mut dice);
    }
    let later = later.fit(&agreed).fit(&built);
    let mut told: BTreeMap<String, Vec<Entry>> =
        built.features.iter().map(|one| (one.name.clone(), Vec::new())).collect();
    for one in &mut planted {
        let mut teller =
            Teller { agreed: &agreed, ground: &mut ground, dice: &mut dice, style: &style };
        teller.tell(one, &mut told);
    }
    let statements: BTreeMap<String, String> = told
        .into_iter()
        .map(|(feature, mut entries)| {
            dice.shuffle(&mut entries);
            let form = *dice.one(entries::FORMS);
            (feature, entries::statement(&entries, form, &mut dice))
        })
        .collect();
    let then = write::design(&agreed, &style);
    let now = write::design(&built, &later);
    let evidence = write::evidence(&built, &later, &statements);
    Scenario { seed, style, later, then, now, evidence, planted, built, statements }
}

struct Teller<'t> {
    agreed: &'t World,
    ground: &'t mut Ground,
    dice: &'t mut Dice,
    style: &'t Style,
}

impl Teller<'_> {
    fn tell(&mut self, one: &mut Told, told: &mut BTreeMap<String, Vec<Entry>>) {
        let names = self.names(&one.planted);
        let features: Vec<String> = told.keys().cloned().collect();
        let owner = one.planted.feature.clone().filter(|name| told.contains_key(name));
        if one.reported {
            let teller = self.reporter(&one.planted, owner.as_ref(), &features);
            let entry = Entry::of(&one.planted, &names, self.dice);
            told.entry(teller).or_default().push(entry);
            return;
        }
        let roll = self.dice.roll(4);
        let Some(owner) = owner else {
            if roll < 2 {
                let entry = Entry::in_passing(&names[0], self.dice);
                one.instead = "named in passing";
                told.entry(self.dice.one(&features).clone()).or_default().push(entry);
            }
            return;
        };
        match roll {
            0 => {
                if let Some(entry) = self.sibling(&owner, &one.planted) {
                    one.instead = "an entry about a sibling";
                    told.entry(owner).or_default().push(entry);
                }
            }
            1 => {
                one.instead = "named in passing";
                let entry = Entry::in_passing(&names[0], self.dice);
                told.entry(owner).or_default().push(entry);
            }
            2 => {
                if let Some(stranger) = self.stranger(&owner, &one.planted) {
                    one.instead = "reported by a stranger";
                    let entry = Entry::of(&one.planted, &names, self.dice);
                    told.entry(stranger).or_default().push(entry);
                }
            }
            _ => {}
        }
    }

    fn names(&self, planted: &Planted) -> Vec<String> {
        let is_known = |name: &&String| {
            // Criteria that are written as boxes have no ids that anybody could name.
            self.style.stories != Stories::Boxes || !name.contains("AC-")
        };
        planted.names.iter().filter(is_known).cloned().collect()
    }

    /// Who reports a change: whose promise it is, at times who relies on it.
    fn reporter(&mut self, planted: &Planted, owner: Option<&String>, all: &[String]) -> String {
        let Some(owner) = owner else { return self.dice.one(all).clone() };
        let called = planted.path.as_ref().and_then(|path| {
            let features = &self.ground.world.features;
            let calls = |one: &&crate::world::Feature| {
                one.needs.iter().any(|need| need.on == *owner && need.endpoint.ends_with(&**path))
            };
            features.iter().find(calls)
        });
        match called {
            Some(consumer) if self.dice.once_in(2) => consumer.name.clone(),
            _ => owner.clone(),
        }
    }

    /// An honest entry about an untouched endpoint of the same feature.
    fn sibling(&mut self, owner: &str, planted: &Planted) -> Option<Entry> {
        let feature = self.ground.world.feature(owner)?.clone();
        let stem = planted.path.as_deref().map(|path| path.split('/').nth(2));
        let mut near: Vec<_> = feature
            .endpoints
            .iter()
            .filter(|one| planted.path.as_ref() != Some(&one.path) && self.agreed.holds(one))
            .collect();
        near.sort_by_key(|one| Some(one.path.split('/').nth(2)) != stem);
        let near = near.into_iter().find(|one| self.ground.take(format!("beside {}", one.name())));
        // What was planted there keeps its own entry, or has none.
        let near = near.filter(|one| self.ground.take(one.path.clone()))?;
        Some(Entry::beside(near, self.dice))
    }

    /// A feature that has nothing to do with a change.
    fn stranger(&self, owner: &str, planted: &Planted) -> Option<String> {
        let world = &self.ground.world;
        let own = world.feature(owner)?;
        let is_strange = |one: &&crate::world::Feature| {
            one.name != owner
                && !one.needs.iter().any(|need| need.on == owner)
                && !own.needs.iter().any(|need| need.on == one.name)
                && !planted
                    .signs
                    .iter()
                    .flatten()
                    .any(|word| *word == crate::judge::word(&one.name))
                && !planted.after.contains(&one.name)
        };
        world.features.iter().find(is_strange).map(|one| one.name.clone())
    }
}
