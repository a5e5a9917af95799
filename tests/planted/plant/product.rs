//! Changes of stories, criteria, golden paths, checklists, and numbers to reach.

use super::{Ground, Planted, Seed};
use crate::world::Criterion;

pub const SEEDS: &[Seed] = &[
    ("story removed", story),
    ("criterion removed", criterion_removed),
    ("criterion weakened", criterion_weakened),
    ("golden path removed", journey),
    ("checklist line removed", check),
    ("coverage lowered", |ground| threshold(ground, "Test coverage", "80 %", "coverage")),
    ("response time raised", |ground| threshold(ground, "Response time", "500 ms", "response")),
    ("availability lowered", |ground| threshold(ground, "Availability", "99 %", "availability")),
    ("target removed", target_removed),
];

fn planted(kind: &'static str, names: Vec<String>, what: String) -> Planted {
    Planted {
        kind,
        feature: None,
        names,
        what,
        before: String::new(),
        after: String::new(),
        signs: Vec::new(),
        path: None,
    }
}

/// A story that nothing was planted in, of a feature that stays.
fn free_story(ground: &mut Ground, fits: impl Fn(&str) -> bool) -> Option<usize> {
    let world = &ground.world;
    let places: Vec<usize> = (0..world.stories.len())
        .filter(|&at| ground.is_free(&world.stories[at].id) && fits(&world.stories[at].id))
        .filter(|&at| world.feature(&world.stories[at].feature).is_some())
        .collect();
    let at = *places.get(ground.dice.roll(places.len().max(1)))?;
    let (id, feature) = {
        let story = &ground.world.stories[at];
        (story.id.clone(), story.feature.clone())
    };
    ground.take(id);
    ground.take(format!("part of {feature}"));
    Some(at)
}

fn story(ground: &mut Ground) -> Option<Planted> {
    // The last story of a feature is in no golden path of its own any more.
    let at = free_story(ground, |_| true)?;
    let gone = ground.world.stories.remove(at);
    for journey in &mut ground.world.journeys {
        journey.stories.retain(|id| *id != gone.id);
        let mark = format!(" ({})", gone.id);
        journey.steps.iter_mut().for_each(|step| *step = step.replace(&mark, ""));
    }
    let (id, title) = (&gone.id, &gone.title);
    let names = vec![id.clone(), format!("{id}: {title}"), format!("Story {id}")];
    let what = match ground.dice.roll(2) {
        0 => "the story was taken out of this release".to_owned(),
        _ => "nobody built this story".to_owned(),
    };
    let signs = vec![Planted::sign(&[id])];
    let before = format!("{id}: {title}");
    Some(Planted { signs, before, ..planted("story removed", names, what) })
}

fn criterion_signs(story: &str, criterion: &Criterion) -> Vec<Vec<String>> {
    vec![Planted::sign(&[&criterion.id]), Planted::sign(&[story])]
}

fn told(criterion: &Criterion) -> String {
    let Criterion { id, given, when, then } = criterion;
    format!("{id} Given {given}, when {when}, then {then}.")
}

fn criterion_removed(ground: &mut Ground) -> Option<Planted> {
    let at = free_story(ground, |_| true)?;
    let roll = ground.dice.roll(3);
    let story = &mut ground.world.stories[at];
    let gone = story.criteria.remove(roll);
    let names = vec![story.id.clone(), format!("{} of {}", gone.id, story.id), gone.id.clone()];
    let what = format!("the criterion \"{}\" was dropped", gone.then);
    let signs = criterion_signs(&story.id, &gone);
    let before = told(&gone);
    Some(Planted { signs, before, ..planted("criterion removed", names, what) })
}

fn criterion_weakened(ground: &mut Ground) -> Option<Planted> {
    let at = free_story(ground, |_| true)?;
    let story = &mut ground.world.stories[at];
    let weak = &mut story.criteria[0];
    let before = told(weak);
    let old = weak.then.clone();
    let seconds = old.chars().find(char::is_ascii_digit)?;
    weak.then = old.replace(&format!("within {seconds}"), "within 9");
    let names = vec![story.id.clone(), format!("{} of {}", weak.id, story.id), weak.id.clone()];
    let what = format!("the page answers within 9 seconds where {seconds} were promised");
    let mut signs = criterion_signs(&story.id, weak);
    signs.push(Planted::sign(&["answers", "9", "seconds"]));
    let after = told(weak);
    Some(Planted { signs, before, after, ..planted("criterion weakened", names, what) })
}

fn journey(ground: &mut Ground) -> Option<Planted> {
    let world = &mut ground.world;
    if world.journeys.len() < 3 {
        return None;
    }
    let gone = world.journeys.remove(ground.dice.roll(world.journeys.len()));
    let names = vec![
        gone.id.clone(),
        format!("{}: {}", gone.id, gone.title),
        format!("Golden path \"{}\"", gone.title),
    ];
    let words: Vec<&str> = gone.title.split(' ').collect();
    let signs = vec![Planted::sign(&[&gone.id]), Planted::sign(&words)];
    let what = "the golden path was taken out".to_owned();
    let before = format!("{}: {}", gone.id, gone.title);
    Some(Planted { signs, before, ..planted("golden path removed", names, what) })
}

fn check(ground: &mut Ground) -> Option<Planted> {
    if !ground.take("checklist") {
        return None;
    }
    let at = 1 + ground.dice.roll(ground.world.checks.len() - 1);
    let gone = ground.world.checks.remove(at);
    let names = vec![
        format!("Checklist line \"{gone}\""),
        format!("\"{gone}\""),
        format!("Gate checklist: {gone}"),
    ];
    let words: Vec<&str> = gone.split(' ').skip(1).collect();
    let signs = vec![Planted::sign(&words)];
    let what = "the line was struck from the checklist".to_owned();
    Some(Planted { signs, before: gone, ..planted("checklist line removed", names, what) })
}

fn threshold(ground: &mut Ground, name: &str, lower: &str, word: &'static str) -> Option<Planted> {
    if !ground.take(format!("target {name}")) {
        return None;
    }
    let one = ground.world.thresholds.iter_mut().find(|one| one.name.starts_with(name))?;
    let name = one.name.clone();
    let old = std::mem::replace(&mut one.target, lower.to_owned());
    let kind = match word {
        "coverage" => "coverage lowered",
        "response" => "response time raised",
        _ => "availability lowered",
    };
    let names = vec![name.clone(), format!("Target \"{name}\""), format!("`{name}`")];
    let what = format!("the target is {lower} where {old} was agreed");
    let signs = vec![Planted::sign(&[word])];
    let (before, after) = (format!("{name}: {old}"), format!("{name}: {lower}"));
    Some(Planted { signs, before, after, ..planted(kind, names, what) })
}

fn target_removed(ground: &mut Ground) -> Option<Planted> {
    if !ground.take("target First page load") {
        return None;
    }
    let at = ground.world.thresholds.iter().position(|one| one.name == "First page load")?;
    let gone = ground.world.thresholds.remove(at);
    let name = &gone.name;
    let names = vec![name.clone(), format!("Target \"{name}\""), format!("`{name}`")];
    let what = "there is no target for it".to_owned();
    let signs = vec![Planted::sign(&["page", "load"])];
    let before = format!("{name}: {}", gone.target);
    Some(Planted { signs, before, ..planted("target removed", names, what) })
}
