use std::collections::{HashMap, HashSet};

use super::{Drawn, drawn};
use crate::base::{Level, Span};
use crate::facts::{DocumentFacts, SectionId};
use crate::finding::Finding;
use crate::model::architecture::{self, Resource};
use crate::model::phrases::{List, listed};
use crate::project::{FeatureId, Project};
use crate::rules::{Check, Rule};

pub static RULE: Rule = Rule {
    id: "missing-integration-point",
    summary: "a feature depends on another, and no integration point says how they meet",
    promises: &["S2.4", "S2.5"],
    level: Level::Deny,
    page: include_str!("../../../rules/missing-integration-point.md"),
    check: Check::Project(check),
};

fn check(project: &Project, out: &mut Vec<Finding>) {
    let all = drawn(project);
    let points = Points::of(project, &all);
    // Without any, the part is missing as a whole, which is said elsewhere.
    if points.list.is_empty() {
        return;
    }
    let mut asked: HashSet<(FeatureId, FeatureId)> = HashSet::new();
    for one in &all {
        for &need in &one.boundary.needs {
            for other in project.names.named_in(one.facts.text_of(need)) {
                let new = other != one.feature && asked.insert((one.feature, other));
                if new && !points.join(one.feature, other) {
                    out.push(finding(project, one, need, other));
                }
            }
        }
    }
}

fn finding(project: &Project, one: &Drawn, need: Span, other: FeatureId) -> Finding {
    let (name, needed) = (&project.features[one.feature].name, &project.features[other].name);
    let message =
        format!("{name} depends on {needed}, and no integration point says how the two meet");
    let (artifact, span) = project.features[other].declared;
    let mut finding = Finding::at(&one.artifact.path, need, message)
        .help(format!(
            "say under \"Integration Points\" what {name} asks of {needed}: which endpoint, event \
             or state, and how"
        ))
        .subject(format!("{name}: {needed}"))
        .related(
            &project.artifacts[artifact].path,
            Some(span),
            format!("{needed} is declared here"),
        );
    if let Some((phase, _)) = one.artifact.deliverable {
        finding = finding.gate(project.features[one.feature].iteration, phase);
    }
    finding
}

/// What the architecture, and documents of their own beside it, say of how features meet.
#[derive(Default)]
struct Points<'p> {
    list: Vec<Point<'p>>,
    by_feature: HashMap<FeatureId, Vec<usize>>,
    /// What each feature owns, as it may stand in a point.
    owned: HashMap<FeatureId, Vec<&'p str>>,
}

impl<'p> Points<'p> {
    fn of(project: &'p Project, all: &[Drawn<'p>]) -> Self {
        let mut points = Self::default();
        for (_, facts, model) in project.architectures() {
            points.read(project, facts, &model.integration_points);
        }
        for (_, facts) in project.integration_documents() {
            let mut spans = Vec::new();
            architecture::points(facts, Span::new(0, facts.text.len()), &mut spans);
            points.read(project, facts, &spans);
        }
        for (at, point) in points.list.iter().enumerate() {
            for &feature in &point.features {
                points.by_feature.entry(feature).or_default().push(at);
            }
        }
        for one in all {
            let owned = one.boundary.owned.iter().filter(|owned| owned.kind != Resource::Path);
            let texts = owned.map(|owned| one.facts.text_of(owned.span));
            let texts = texts.map(|text| text.trim_end_matches(['*', '/']));
            points.owned.entry(one.feature).or_default().extend(texts.filter(is_telling));
        }
        points
    }

    /// Reads the points of one document.
    fn read(&mut self, project: &Project, facts: &'p DocumentFacts, spans: &[Span]) {
        let mut headed: HashMap<SectionId, Heading> = HashMap::new();
        for &span in spans {
            let text = Some(facts.text_of(span)).filter(|text| !denies(text)).unwrap_or("");
            let mut features: HashSet<FeatureId> =
                project.names.hinted_at_in(text).into_iter().collect();
            let mut of_others = names_others(text);
            // Many points stand below the same headings.
            if let Some(id) = facts.section_around(span) {
                let heading = headed.entry(id).or_insert_with(|| Heading::over(project, facts, id));
                features.extend(&heading.features);
                of_others |= heading.of_others;
            }
            features.extend(labels(text).flat_map(|label| project.names.named_in(&label)));
            for head in filled_columns(facts, span) {
                features.extend(project.names.named_in(facts.text_of(head)));
            }
            self.list.push(Point { text, features, of_all: is_of_all(text), of_others });
        }
    }

    fn about(&self, feature: FeatureId) -> impl Iterator<Item = &Point<'p>> {
        let places = self.by_feature.get(&feature).map_or(&[][..], Vec::as_slice);
        places.iter().map(|&at| &self.list[at])
    }

    /// Whether a point says how a feature meets another one that it needs: it names both, or what
    /// they own, or what the other one does for all.
    fn join(&self, one: FeatureId, needed: FeatureId) -> bool {
        // A point that names the other one alone speaks to everybody who needs it.
        let alone = |point: &Point| point.features.iter().all(|&named| named == needed);
        self.about(one).any(|point| point.features.contains(&needed) || self.offers(point, needed))
            || self.about(one).any(|point| point.of_others && point.features.len() == 1)
            || self.about(needed).any(|point| point.of_all && alone(point))
            || self.about(needed).any(|point| self.offers(point, one))
            || self.list.iter().any(|point| alone(point) && self.offers(point, needed))
    }

    fn offers(&self, point: &Point, feature: FeatureId) -> bool {
        let owned = self.owned.get(&feature).map_or(&[][..], Vec::as_slice);
        owned.iter().any(|owned| point.text.contains(owned))
    }
}

/// Whether a name can mean nothing but the thing: `/api/tools`, `tool_watches`, `CatalogContext`.
/// A table `tools` is a word as well.
fn is_telling(name: &&str) -> bool {
    let marked = |c: char| c.is_uppercase() || matches!(c, '/' | '_' | '.');
    name.len() > 3 && name.chars().skip(1).any(marked)
}

/// A place that says how features meet, with what it may speak of.
struct Point<'p> {
    text: &'p str,
    features: HashSet<FeatureId>,
    /// It speaks of all features: "every endpoint", "other features".
    of_all: bool,
    /// It speaks of the others that are called: "all services", "the backend services".
    of_others: bool,
}

/// What the headings over a point speak of.
#[derive(Default)]
struct Heading {
    features: Vec<FeatureId>,
    /// "How features meet" is said of all points below it.
    of_others: bool,
}

impl Heading {
    fn over(project: &Project, facts: &DocumentFacts, id: SectionId) -> Self {
        let mut heading = Self::default();
        for title in above(facts, id) {
            let named = project.names.hinted_at_in(title);
            heading.of_others |= !named.is_empty() && names_others(title);
            heading.features.extend(named);
        }
        heading
    }
}

/// The titles of a section and of those around it, without the document's.
fn above(facts: &DocumentFacts, id: SectionId) -> impl Iterator<Item = &str> {
    let sections = facts.outward(id).map(|(_, section)| section);
    sections.filter(|section| section.level > 1).map(|section| facts.text_of(section.title))
}

fn is_of_all(text: &str) -> bool {
    const ALL: &List = listed!("all|any|each|every|everything|features|others");
    let mut words = text.split(|c: char| !c.is_alphanumeric());
    words.any(|word| ALL.has_in_any_case(word.as_bytes()))
}

/// Letters on both sides of an arrow stand for features: `B → A: room existence`.
fn labels(text: &str) -> impl Iterator<Item = String> {
    let arrow = ["→", "->", "=>"].into_iter().find_map(|arrow| text.split_once(arrow));
    let bare = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
    let sides = arrow.and_then(|(before, after)| {
        let sides = [before.split_whitespace().next_back()?, after.split_whitespace().next()?];
        let letter = |side: &String| side.len() == 1 && side.as_bytes()[0].is_ascii_uppercase();
        Some(sides.map(bare)).filter(|sides| sides.iter().all(letter))
    });
    sides.into_iter().flatten().map(|letter| format!("Feature {letter}"))
}

/// The heads of the columns in which a row says something, behind its first: a matrix has the
/// features on both sides.
fn filled_columns(facts: &DocumentFacts, row: Span) -> impl Iterator<Item = Span> {
    let before = facts.tables.partition_point(|table| table.span.start <= row.start);
    let table = before.checked_sub(1).map(|at| &facts.tables[at]);
    let table = table.filter(|table| table.span.covers(row));
    table.into_iter().flat_map(move |table| {
        let at = table.cells.partition_point(|cell| cell.start < row.start);
        let cells = table.header().iter().zip(table.cells.get(at..).unwrap_or(&[])).skip(1);
        let said = |cell: &Span| facts.text_of(*cell).contains(char::is_alphanumeric);
        cells.filter(move |(_, cell)| said(cell)).map(|(head, _)| *head)
    })
}

/// Whether a text speaks of the others as a whole: "all services", "every feature", "the others".
fn names_others(text: &str) -> bool {
    const KINDS: &List =
        listed!("apis|backends|components|features|microservices|modules|others|services");
    const KIND: &List = listed!("api|backend|component|feature|microservice|module|other|service");
    const EACH: &List = listed!("any|each|every");
    let mut each = false;
    let mut words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.any(|word| {
        let has = |list: &List| list.has_in_any_case(word.as_bytes());
        let singular = std::mem::replace(&mut each, has(EACH)) && has(KIND);
        singular || has(KINDS)
    })
}

/// Whether a point is one sentence that says that features do not meet: "A never talks to B". What
/// is done instead, or in which way only, is said in more words.
fn denies(text: &str) -> bool {
    const MORE: &[&str] = &[
        "but", "by", "directly", "except", "instead", "itself", "only", "through", "unless", "via",
    ];
    let sentence = text.trim_matches(|c: char| !c.is_alphanumeric());
    if sentence.contains(['.', ';', ':', ',', '`', '|', '(', '\n']) {
        return false;
    }
    let words: Vec<String> = sentence.split_whitespace().map(str::to_lowercase).collect();
    let never = words.iter().any(|word| word == "never");
    let not = words.windows(2).any(|pair| matches!(&*pair[0], "does" | "do") && pair[1] == "not");
    (never || not) && !words.iter().any(|word| MORE.contains(&word.as_str()))
}
