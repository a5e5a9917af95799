//! Changes of what features own, need and are built after, and of the features themselves.

use super::{Ground, Planted, Seed};
use crate::draw;
use crate::world::{Endpoint, Feature, Need, World};

pub const SEEDS: &[Seed] = &[
    ("route dropped", |ground| owned(ground, Owned::Page, false)),
    ("route moved", |ground| owned(ground, Owned::Page, true)),
    ("file dropped", |ground| owned(ground, Owned::File, false)),
    ("file moved", |ground| owned(ground, Owned::File, true)),
    ("table disowned", |ground| owned(ground, Owned::Table, false)),
    ("table moved", |ground| owned(ground, Owned::Table, true)),
    ("dependency added", need_added),
    ("dependency removed", need_removed),
    ("batch changed", batch),
    ("feature gone", gone),
    ("feature added", added),
];

#[derive(Clone, Copy)]
enum Owned {
    Page,
    File,
    Table,
}

impl Owned {
    fn of(self, feature: &mut Feature) -> &mut Vec<String> {
        match self {
            Owned::Page => &mut feature.pages,
            Owned::File => &mut feature.files,
            Owned::Table => &mut feature.stores,
        }
    }

    fn word(self) -> &'static str {
        match self {
            Owned::Page => "route",
            Owned::File => "folder",
            Owned::Table => "table",
        }
    }
}

fn owned(ground: &mut Ground, what: Owned, moves: bool) -> Option<Planted> {
    let name = |one: &String| format!("table {one}");
    let (feature, at) = match what {
        // A list that names a page no more, and one above it, may only have become shorter.
        Owned::Page => {
            let fits = |_: &World, one: &String| moves || one.starts_with("/my/");
            ground.pick(|one| &one.pages, String::clone, fits)
        }
        Owned::File => ground.pick(|one| &one.files, String::clone, |_, _| true),
        Owned::Table => ground.pick(|one| &one.stores, name, |_, _| true),
    }?;
    let many = ground.world.features.len();
    let heir = (feature + 1) % many;
    let name = ground.world.features[heir].name.clone();
    if moves && !ground.stays(heir) {
        return None;
    }
    ground.take(format!("part of {name}"));
    let features = &mut ground.world.features;
    let thing = what.of(&mut features[feature]).remove(at);
    let owner = features[feature].name.clone();
    let (kind, told) = if moves {
        let other = &mut features[heir];
        what.of(other).push(thing.clone());
        let kind = match what {
            Owned::Page => "route moved",
            Owned::File => "file moved",
            Owned::Table => "table moved",
        };
        (kind, format!("it belongs to {} instead of {owner}", other.name))
    } else {
        let kind = match what {
            Owned::Page => "route dropped",
            Owned::File => "file dropped",
            Owned::Table => "table disowned",
        };
        (kind, format!("{owner} does not own it any more"))
    };
    Some(Planted {
        kind,
        names: vec![format!("`{thing}`"), format!("{} `{thing}`", what.word())],
        what: told.clone(),
        before: format!("{owner} owns {thing}"),
        after: told,
        signs: vec![Planted::sign(&[&thing])],
        path: None,
        feature: Some(owner),
    })
}

/// A feature that is left as it is but for this.
fn feature(ground: &mut Ground, fits: impl Fn(&Feature) -> bool) -> Option<usize> {
    let features: Vec<usize> = (0..ground.world.features.len())
        .filter(|&at| fits(&ground.world.features[at]) && ground.stays(at))
        .filter(|&at| ground.is_free(&format!("plan of {}", ground.world.features[at].name)))
        .collect();
    let at = *features.get(ground.dice.roll(features.len().max(1)))?;
    let name = ground.world.features[at].name.clone();
    ground.take(format!("plan of {name}"));
    ground.take(format!("part of {name}"));
    Some(at)
}

fn need(kind: &'static str, from: &str, on: &str, what: String) -> Planted {
    Planted {
        kind,
        feature: Some(from.to_owned()),
        names: vec![
            format!("{from} and {on}"),
            format!("Dependency of {from} on {on}"),
            format!("{from} → {on}"),
        ],
        before: format!("{kind}: {from} on {on}"),
        after: what.clone(),
        signs: vec![Planted::sign(&[from, on])],
        path: None,
        what,
    }
}

fn need_added(ground: &mut Ground) -> Option<Planted> {
    let at = feature(ground, |one| one.batch == 1 && one.needs.len() == 1)?;
    let known = ground.world.features[at].needs[0].on.clone();
    let other = ground.world.features[..2].iter().find(|one| one.name != known)?.clone();
    ground.take(format!("part of {}", other.name));
    let gets = other.endpoints.iter().find(|one| one.method == "GET");
    let endpoint = gets.map_or_else(String::new, Endpoint::name);
    let from = &mut ground.world.features[at];
    from.needs.push(Need { on: other.name.clone(), endpoint });
    let what = format!("{} calls {}, too", from.name, other.name);
    Some(need("dependency added", &from.name, &other.name, what))
}

fn need_removed(ground: &mut Ground) -> Option<Planted> {
    let at = feature(ground, |one| one.needs.len() == 1)?;
    let from = &mut ground.world.features[at];
    let gone = from.needs.remove(0);
    let what = format!("{} works without {}", from.name, gone.on);
    Some(need("dependency removed", &from.name, &gone.on, what))
}

fn batch(ground: &mut Ground) -> Option<Planted> {
    let world = ground.world.clone();
    let alone = |one: &Feature| {
        one.batch == 0
            && world.consumers(&one.name).is_empty()
            && world.features.iter().filter(|other| other.batch == 0).count() > 1
    };
    let at = feature(ground, alone)?;
    let one = &mut ground.world.features[at];
    one.batch = 1;
    let name = one.name.clone();
    Some(Planted {
        kind: "batch changed",
        names: vec![format!("{name} in phase 2b"), format!("Schedule of {name}"), name.clone()],
        what: format!("{name} is built in phase 2b instead of phase 2a"),
        before: format!("{name} in 2a"),
        after: format!("{name} in 2b"),
        signs: vec![Planted::sign(&[&name, "2b"]), Planted::sign(&[&name])],
        path: None,
        feature: Some(name),
    })
}

/// Everything by which a finding may be known to be about a feature as a whole.
fn all_signs(feature: &Feature) -> Vec<Vec<String>> {
    let paths = feature.endpoints.iter().map(|one| one.path.clone());
    let events = feature.events.iter().map(|one| one.name.clone());
    let tables = feature.tables.iter().map(|one| one.name.clone());
    let types = feature.types.iter().map(|one| one.name.clone());
    let owned = feature.routes.iter().chain(&feature.pages).chain(&feature.files).cloned();
    let all = paths.chain(events).chain(tables).chain(types).chain(owned);
    let own = Planted::sign(&[&feature.name]);
    std::iter::once(own).chain(all.map(|one| Planted::sign(&[&one]))).collect()
}

fn gone(ground: &mut Ground) -> Option<Planted> {
    let world = ground.world.clone();
    if world.features.len() < 3 {
        return None;
    }
    let untouched = |one: &Feature| {
        ground.is_free(&format!("part of {}", one.name)) && world.consumers(&one.name).is_empty()
    };
    let at = world.features.iter().position(untouched)?;
    let gone = ground.world.features.remove(at);
    ground.take(format!("whole {}", gone.name));
    Some(Planted {
        kind: "feature gone",
        // The evidence of another feature has to tell.
        feature: None,
        names: vec![format!("Feature {}", gone.name), gone.name.clone()],
        what: format!("{} is not built at all", gone.name),
        before: format!("feature {}", gone.name),
        after: "nothing".to_owned(),
        signs: all_signs(&gone),
        path: None,
    })
}

fn added(ground: &mut Ground) -> Option<Planted> {
    if !ground.take("another feature") {
        return None;
    }
    let (new, grown) = draw::another(&mut ground.dice, &ground.world);
    // Its stories were there before: they had been left for later.
    ground.world.features = grown.features;
    ground.take(format!("whole {}", new.name));
    Some(Planted {
        kind: "feature added",
        names: vec![format!("Feature {}", new.name), new.name.clone()],
        what: format!("{} was built as well", new.name),
        before: "nothing".to_owned(),
        after: format!("feature {}", new.name),
        signs: all_signs(&new),
        path: None,
        feature: Some(new.name),
    })
}
