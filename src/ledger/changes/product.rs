//! Stories, acceptance criteria and golden paths. Only what is promised no more is told: a
//! product may promise more at any time.

use std::collections::{HashMap, HashSet};

use super::super::{Change, Then, Thing, Way};
use super::lines::{Line, found_again};
use super::sides::{Sides, stands};
use super::standing::Standing;
use super::thresholds::stand_elsewhere;
use super::wording::{HALF, Shortfall, Wording, without};
use crate::base::words::{list, normalize};
use crate::facts::{DocumentFacts, SectionId};
use crate::model::Model;
use crate::model::ids::Id;
use crate::model::product::{Criterion, Journey, Product, Story, is_deferred};
use crate::model::thresholds;
use crate::project::{Artifact, Project};

/// Adds the stories, criteria and golden paths that are gone or say less.
pub fn compare(sides: &[Sides<'_>], changes: &mut Vec<Change>) {
    let (mut stories, mut journeys) = (Told::default(), Told::default());
    let mut older: Vec<Line<'_>> = Vec::new();
    for side in sides.iter().filter(|side| side.differ()) {
        let gone = compare_stories(side, &mut stories, changes);
        compare_journeys(side, &mut journeys, changes);
        compare_criteria(side, &gone, &mut older, changes);
    }
}

/// Names of what an older agreement holds already.
#[derive(Default)]
struct Told(HashSet<String>);

impl Told {
    /// Whether something is new to the agreements looked at so far.
    fn is_new(&mut self, id: Option<&Id>, name: &str) -> bool {
        self.0.insert(key(id, name))
    }
}

/// What a story or journey is known by: its identifier, in one form of all its spellings, else its
/// title.
fn key(id: Option<&Id>, name: &str) -> String {
    id.map_or(name, Id::key).to_owned()
}

/// The product documents of a project.
fn products(project: &Project) -> impl Iterator<Item = (&Artifact, &DocumentFacts, &Product)> {
    project.artifacts.iter().filter_map(|artifact| match &*artifact.model {
        Model::Product(product) => Some((artifact, artifact.facts()?, &**product)),
        _ => None,
    })
}

/// Tells the stories that are gone. Answers with their names, by which their criteria are known.
fn compare_stories(
    side: &Sides<'_>,
    told: &mut Told,
    changes: &mut Vec<Change>,
) -> HashSet<String> {
    let mut now: HashMap<String, (&Artifact, &DocumentFacts, &Story)> = HashMap::new();
    for (artifact, facts, product) in products(side.now) {
        for story in &product.stories {
            let known = (artifact, facts, story);
            for key in [key(story.id.as_ref(), &story.name), story.name.clone()] {
                let one = now.entry(key).or_insert(known);
                if one.2.deferred && !story.deferred {
                    *one = known;
                }
            }
        }
    }
    let mut gone = HashSet::new();
    // Told in another form, it is no story that a reader finds.
    let mut standing = None;
    let mut is_told = |facts: &DocumentFacts, story: &Story| {
        let what = story.sentence.what.map(|what| Wording::of(facts.text_of(what)));
        let standing = standing.get_or_insert_with(|| Standing::since(side));
        what.is_some_and(|what| what.has_runs() && standing.says(&what))
    };
    for (artifact, facts, product) in products(side.then) {
        if side.now.misses(artifact.kind) {
            continue;
        }
        for story in product.stories.iter().filter(|story| !story.deferred) {
            let own = key(story.id.as_ref(), &story.name);
            if side.is_later(facts, story.section) || !told.is_new(story.id.as_ref(), &story.name) {
                continue;
            }
            let same = now.get(&own).or_else(|| now.get(&story.name));
            let (way, what, place) = match same {
                Some(&(artifact, facts, same)) if same.deferred => {
                    (Way::Removed, "was put off", stands(artifact, facts, same.span))
                }
                Some(&(artifact, other, same)) if is_another((facts, story), (other, same)) => {
                    (Way::Changed, "was replaced by another", stands(artifact, other, same.span))
                }
                Some(_) => continue,
                None if is_told(facts, story) => continue,
                None => (Way::Removed, "was removed", side.missed(artifact, facts, story.section)),
            };
            gone.insert(own);
            gone.insert(story.name.clone());
            let title = match &story.id {
                Some(id) => format!("{id} {}", story.title),
                None => story.title.clone(),
            };
            changes.push(Change {
                iteration: side.iteration,
                thing: Thing::Story { name: title.trim().to_owned() },
                way,
                told: what.to_owned(),
                concerns: Vec::new(),
                place,
                then: Some(Then::at(artifact, story.span)),
            });
        }
    }
    gone.remove("");
    gone
}

/// Whether an identifier was given to another story: neither the title nor the rest has much in
/// common.
fn is_another(
    (before, then): (&DocumentFacts, &Story),
    (after, now): (&DocumentFacts, &Story),
) -> bool {
    let wordings = |facts: &DocumentFacts, one: &Story| {
        [Wording::of(&one.title), Wording::of(facts.text_of(one.extent))]
    };
    let pairs = wordings(before, then).into_iter().zip(wordings(after, now));
    then.id.is_some()
        && then.id == now.id
        && pairs.into_iter().all(|(then, now)| then.remains_in(&now) < HALF)
}

/// Tells the golden paths that are gone or lost most of what they told.
fn compare_journeys(side: &Sides<'_>, told: &mut Told, changes: &mut Vec<Change>) {
    let mut now: HashMap<String, (&Artifact, &DocumentFacts, &Journey)> = HashMap::new();
    let mut titled: HashSet<&str> = HashSet::new();
    for (artifact, facts, product) in products(side.now) {
        for journey in &product.journeys {
            let name = normalize(&journey.title);
            now.entry(key(journey.id.as_ref(), &name)).or_insert((artifact, facts, journey));
            now.entry(name).or_insert((artifact, facts, journey));
        }
        let kept = facts.sections().filter(|(id, _)| !is_deferred(facts, *id));
        titled.extend(kept.map(|(_, section)| &*section.name));
    }
    for (artifact, facts, product) in products(side.then) {
        if side.now.misses(artifact.kind) {
            continue;
        }
        for journey in &product.journeys {
            let name = normalize(&journey.title);
            let later = side.is_later(facts, journey.section);
            if later || !told.is_new(journey.id.as_ref(), &name) {
                continue;
            }
            let same = now.get(&name).or_else(|| now.get(&key(journey.id.as_ref(), &name)));
            let extent = |facts: &DocumentFacts, one: &Journey| {
                Wording::of(facts.text_of(facts.section(one.section).extent))
            };
            let (way, what, place) = match same {
                Some(&(_, other, same))
                    if extent(facts, journey).remains_in(&extent(other, same)) >= HALF =>
                {
                    continue;
                }
                Some(&(artifact, other, same)) => {
                    let place = stands(artifact, other, same.span);
                    (Way::Changed, "lost most of what it told", place)
                }
                None if titled.contains(name.as_str()) => continue,
                None => {
                    (Way::Removed, "was removed", side.missed(artifact, facts, journey.section))
                }
            };
            let title = match &journey.id {
                Some(id) if journey.title != id.to_string() => format!("{id} {}", journey.title),
                _ => journey.title.clone(),
            };
            changes.push(Change {
                iteration: side.iteration,
                thing: Thing::Journey { name: title },
                way,
                told: what.to_owned(),
                concerns: Vec::new(),
                place,
                then: Some(Then::at(artifact, journey.span)),
            });
        }
    }
}

/// Tells the criteria that are gone or promise less. Those of a story that is gone went with it.
fn compare_criteria<'p>(
    side: &Sides<'p>,
    gone: &HashSet<String>,
    older: &mut Vec<Line<'p>>,
    changes: &mut Vec<Change>,
) {
    let now = criteria(side.now, |_, _| true);
    let then = criteria(side.then, |facts, section| !side.is_later(facts, section));
    let found = found_again(&then, &now);
    let known = found_again(&then, older);
    let mut standing = None;
    for ((line, same), known) in then.iter().zip(&found).zip(&known) {
        let went = gone.contains(&line.scope) || side.now.misses(line.artifact.kind);
        if known.is_some() || went {
            continue;
        }
        let now_line = same.map(|at| &now[at]);
        let shortfall = now_line.map(|now| line.wording.shortfall(&now.wording));
        let (way, told, place) = match (now_line, shortfall) {
            (Some(_), Some(None)) => continue,
            (Some(now), Some(Some(shortfall))) => {
                if is_of_thresholds(line, now, &shortfall) {
                    continue;
                }
                (Way::Changed, said(&shortfall), stands(now.artifact, now.facts, now.span))
            }
            _ => {
                let standing = standing.get_or_insert_with(|| Standing::since(side));
                if standing.says(&line.wording) || stand_elsewhere(side, line) {
                    continue;
                }
                let place = side.missed(line.artifact, line.facts, line.section);
                (Way::Removed, "was removed".to_owned(), place)
            }
        };
        changes.push(Change {
            iteration: side.iteration,
            thing: Thing::Criterion { story: story_of(side.then, line), text: text_of(line) },
            way,
            told,
            concerns: Vec::new(),
            place,
            then: Some(Then::at(line.artifact, line.span)),
        });
    }
    older.extend(
        then.into_iter().zip(known).filter(|(_, known)| known.is_none()).map(|(line, _)| line),
    );
}

/// Every criterion of a project that counts, with the story that it belongs to.
fn criteria<'p>(
    project: &'p Project,
    counts: impl Fn(&DocumentFacts, SectionId) -> bool,
) -> Vec<Line<'p>> {
    let stories = || products(project).flat_map(|(.., product)| &product.stories);
    let named = stories().filter(|story| !story.name.is_empty());
    let titles: HashMap<&str, String> =
        named.map(|story| (&*story.name, key(story.id.as_ref(), &story.name))).collect();
    let ids: HashSet<&Id> = stories().filter_map(|story| story.id.as_ref()).collect();
    let mut lines = Vec::new();
    for (artifact, facts, product) in products(project) {
        for criterion in &product.criteria {
            if is_deferred(facts, criterion.section) || !counts(facts, criterion.section) {
                continue;
            }
            let line = Line {
                artifact,
                facts,
                span: criterion.span,
                section: criterion.section,
                id: criterion.id.as_ref(),
                scope: story_over(criterion, &titles, &ids),
                wording: Wording::of(facts.text_of(criterion.span)),
            };
            if !line.is_struck() && !line.wording.is_empty() {
                lines.push(line);
            }
        }
    }
    lines
}

/// The story that a criterion stands under or names, else the heading over it.
fn story_over(criterion: &Criterion, titles: &HashMap<&str, String>, ids: &HashSet<&Id>) -> String {
    let told = |id: &&Id| id.prefix() == "US" || ids.contains(id);
    let over = criterion.headings().find_map(|heading| {
        let mut named = heading.names.iter().map(|mention| &mention.id);
        let id = named.find(told).map(|id| id.key().to_owned());
        id.or_else(|| titles.get(&*heading.title).cloned())
    });
    let named = || criterion.names.iter().map(|mention| &mention.id).find(told);
    over.or_else(|| named().map(|id| id.key().to_owned())).unwrap_or_else(|| {
        let mut headings = criterion.headings().map(|heading| &heading.title);
        headings
            .find(|title| !title.is_empty() && !title.contains("criteria"))
            .cloned()
            .unwrap_or_default()
    })
}

/// Whether all that a line fell short in are numbers to be reached, for which it has others now:
/// they are told as such.
pub fn is_of_thresholds(then: &Line<'_>, now: &Line<'_>, shortfall: &Shortfall) -> bool {
    let Shortfall::Numbers(..) = shortfall else { return false };
    let ((reached, then), (reach, now)) = (parted(then), parted(now));
    reach >= reached && without(&then, &now).is_empty()
}

/// How many numbers to be reached a line holds, and its other numbers.
fn parted(line: &Line<'_>) -> (usize, Vec<String>) {
    let reached = thresholds::read_in(line.facts, line.span);
    let own =
        reached.iter().flat_map(|one| Wording::of(line.facts.text_of(one.span)).numbers().to_vec());
    let own: Vec<String> = own.collect();
    (reached.len(), without(line.wording.numbers(), &own))
}

/// What a line fell short in, as a clause.
pub fn said(shortfall: &Shortfall) -> String {
    match shortfall {
        Shortfall::Numbers(gone, came) if came.is_empty() => {
            format!("no longer says {}", list(gone))
        }
        Shortfall::Numbers(gone, came) => {
            format!("says {} instead of {}", list(came), list(gone))
        }
        Shortfall::Denied(true) => "was turned into a denial".to_owned(),
        Shortfall::Denied(false) => "is no longer a denial".to_owned(),
        Shortfall::Optional => "became optional".to_owned(),
        Shortfall::Another => "was replaced by another".to_owned(),
        Shortfall::Outcome => "says another outcome".to_owned(),
    }
}

/// The story of a criterion as people call it.
fn story_of(project: &Project, line: &Line<'_>) -> String {
    let stories = products(project).flat_map(|(.., product)| &product.stories);
    let mut own = stories.filter(|story| key(story.id.as_ref(), &story.name) == line.scope);
    own.next().map_or_else(
        || line.scope.clone(),
        |story| match &story.id {
            Some(id) => id.to_string(),
            None => story.title.clone(),
        },
    )
}

/// What a line says, on one line without its bullet or box.
pub fn text_of(line: &Line<'_>) -> String {
    let text = line.facts.text_of(line.span).replace(['*', '`'], "");
    let text: Vec<&str> = text.split_whitespace().collect();
    let text = text.join(" ");
    let bare = text.trim_start_matches(|c: char| !c.is_alphanumeric() && !"[\"'(<≥≤>".contains(c));
    let boxes = ["[ ] ", "[x] ", "[X] "];
    boxes.iter().find_map(|mark| bare.strip_prefix(mark)).unwrap_or(bare).to_owned()
}
