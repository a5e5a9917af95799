//! Plants changes in a product that is agreed, and knows each of them.

mod data;
mod design;
mod endpoints;
mod product;

use std::collections::HashSet;

use crate::dice::Dice;
use crate::world::{Endpoint, World};

/// A change that was planted.
#[derive(Clone, Debug)]
pub struct Planted {
    pub kind: &'static str,
    /// Whose promise it is; nothing for what belongs to the product as a whole.
    pub feature: Option<String>,
    /// Ways to name the thing.
    pub names: Vec<String>,
    /// What changed, in a sentence without the name.
    pub what: String,
    pub before: String,
    pub after: String,
    /// The words by which a finding is known to be about it: all words of one row.
    pub signs: Vec<Vec<String>>,
    /// The path of the endpoint that it is about.
    pub path: Option<String>,
}

/// What can be planted, each by its name. Nothing where the product holds no place for it.
pub type Seed = (&'static str, fn(&mut Ground) -> Option<Planted>);

/// Every kind of change.
pub fn seeds() -> Vec<Seed> {
    [endpoints::SEEDS, data::SEEDS, design::SEEDS, product::SEEDS].concat()
}

/// A product while changes are planted in it.
pub struct Ground {
    pub world: World,
    pub dice: Dice,
    /// What a change was planted in already.
    taken: HashSet<String>,
}

impl Ground {
    pub fn new(world: World, dice: Dice) -> Self {
        Self { world, dice, taken: HashSet::new() }
    }

    /// Whether a thing was free, which it is no longer.
    pub fn take(&mut self, thing: impl Into<String>) -> bool {
        self.taken.insert(thing.into())
    }

    fn is_free(&self, thing: &str) -> bool {
        !self.taken.contains(thing)
    }

    /// A place among the features, endpoints and so on that is free; takes it.
    fn pick<T>(
        &mut self,
        inner: impl Fn(&crate::world::Feature) -> &[T],
        name: impl Fn(&T) -> String,
        fits: impl Fn(&World, &T) -> bool,
    ) -> Option<(usize, usize)> {
        let mut places = Vec::new();
        for (feature, one) in self.world.features.iter().enumerate() {
            for (at, thing) in inner(one).iter().enumerate() {
                if self.is_free(&name(thing)) && fits(&self.world, thing) && self.stays(feature) {
                    places.push((feature, at));
                }
            }
        }
        if places.is_empty() {
            return None;
        }
        let (feature, at) = *self.dice.one(&places);
        let name = name(&inner(&self.world.features[feature])[at]);
        self.take(name);
        self.take(format!("part of {}", self.world.features[feature].name));
        Some((feature, at))
    }

    /// Whether nothing happens to a feature as a whole.
    fn stays(&self, feature: usize) -> bool {
        self.is_free(&format!("whole {}", self.world.features[feature].name))
    }

    /// An endpoint on a path where nothing was planted.
    fn endpoint(&mut self, fits: impl Fn(&Endpoint) -> bool) -> Option<(usize, usize)> {
        self.pick(|one| &one.endpoints, |one| one.path.clone(), |_, one| fits(one))
    }
}

impl Planted {
    /// The words of a row of signs, as findings are compared.
    fn sign(words: &[&str]) -> Vec<String> {
        words.iter().map(|word| crate::judge::word(word)).collect()
    }
}

/// How people name an endpoint: by method and path, by its path, with other parameter names.
fn endpoint_names(endpoint: &Endpoint) -> Vec<String> {
    let Endpoint { method, path, .. } = endpoint;
    let (colon, angle) = (path.replace("{id}", ":id"), path.replace("{id}", "<id>"));
    let named = path.replace("{id}", "{key}");
    vec![
        format!("`{method} {path}`"),
        format!("{method} {colon}"),
        format!("`{method}` `{named}`"),
        format!("`{method} {angle}`"),
        format!("`{colon}`"),
        format!("{method} {path}"),
    ]
}
