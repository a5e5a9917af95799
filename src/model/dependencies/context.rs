//! Where a document speaks about dependencies, and how it calls its iterations and levels.

use crate::base::words::{List, listed};
use crate::facts::{Code, DocumentFacts, SectionId};
use crate::model::phrases::has_any;
use crate::model::{children, part_of};
use crate::workflow::Kind;

/// Whether anything in a document may belong to a plan. One look at each name, where
/// [`is_schedule`] climbs from each section to the title.
pub(super) fn may_plan(facts: &DocumentFacts, about: &About) -> bool {
    let plans = |name: &str| {
        is_level(name)
            || name.split(' ').any(|word| SCHEDULE.contains(&word))
            || speaks_of_order(name) == Some(true)
    };
    about.whole
        || facts.sections().any(|(_, section)| {
            plans(&section.name) || iteration(facts.text_of(section.title)).is_some()
        })
        || facts.fields.iter().any(|field| is_level(&field.name))
}

/// Words in the headings of a schedule. Iterations elsewhere group stories or results.
const SCHEDULE: &[&str] = &[
    "dependencies",
    "dependency",
    "graph",
    "order",
    "parallel",
    "parallelization",
    "plan",
    "roadmap",
    "schedule",
    "sequence",
    "iterations",
    "phases",
];
/// Words in headings over iterations that group something else than features.
const OTHER: &[&str] = &["stories", "story", "criteria", "paths", "flows", "risks", "contracts"];

/// What a document is about as a whole.
#[derive(Debug)]
pub(super) struct About {
    /// All of it is about dependencies.
    whole: bool,
}

impl About {
    pub(super) fn of(facts: &DocumentFacts, kind: Kind) -> Self {
        let titled = facts.title().is_some_and(|title| {
            let about = listed!("dependency|dependencies");
            title.name.split(' ').any(|word| about.has(word))
                && speaks_of_order(&title.name) == Some(true)
        });
        Self { whole: kind == Kind::Dependencies || titled }
    }

    /// As [`About::orders`], for lines of text: a roadmap has diagrams of work, and much prose.
    pub(super) fn orders_text(&self, facts: &DocumentFacts, section: SectionId) -> bool {
        let decided = facts.outward(section).find_map(|(_, section)| {
            let name = &*section.name;
            let loose = || name.split(' ').any(|word| matches!(word, "roadmap" | "waves"));
            speaks_of_order(name).map(|orders| orders && (!loose() || name.contains("dependenc")))
        });
        decided.unwrap_or(self.whole)
    }

    /// Whether a fence holds a graph, in a language that nobody reads, of what needs what.
    pub(super) fn draws_order(&self, facts: &DocumentFacts, code: &Code) -> bool {
        facts.text_of(code.body).contains("->") && self.orders(facts, code.section)
    }

    /// Whether a drawing in this section shows what needs what: the nearest heading that speaks of
    /// an order decides. Drawings of data, calls or pages look just the same.
    pub(super) fn orders(&self, facts: &DocumentFacts, section: SectionId) -> bool {
        let mut around = facts.outward(section);
        around.find_map(|(_, section)| speaks_of_order(&section.name)).unwrap_or(self.whole)
    }
}

/// Whether a heading announces dependencies, or announces another kind of drawing.
fn speaks_of_order(name: &str) -> Option<bool> {
    let other = listed!(
        "flow|flows|journey|journeys|communication|state|states|lifecycle|deployment|structure|\
         directory|folder|folders|files|layout|interface|interfaces|contract|contracts|api|\
         messages|message|events|branch|branching|schema|entity|erd|users|screens|navigation|\
         wireframe|decomposition"
    );
    // Dependencies of another kind: on what is bought, installed or feared.
    let tools = listed!(
        "libraries|library|external|transitive|injection|inversion|versions|stack|risk|risks|packages|npm"
    );
    let order = listed!(
        "dependency|dependencies|dependent|parallelization|parallelism|roadmap|blockers|\
         sequencing|waves"
    );
    let phrases = listed!(
        "build order|critical path|execution order|implementation order|\
         implementation sequence|development sequence|build sequence|task graph|work order|\
         completion order|delivery order|order of work|task order|execution plan|\
         execution strategy|parallel paths|parallel groups|parallel batches|\
         parallel opportunities|parallel development groups"
    );
    let any = |list: &List| name.split(' ').any(|word| list.has(word));
    if any(tools) {
        return Some(false);
    }
    if any(order) || has_any(name, phrases) {
        return Some(true);
    }
    any(other).then_some(false)
}

/// The number or name of an iteration that a title begins with: `Iteration 2 (later)` → `2`.
pub fn iteration(title: &str) -> Option<String> {
    let title = title.trim_start_matches(|c: char| !c.is_alphanumeric());
    let numbered = title.trim_start_matches(|c: char| c.is_ascii_digit() || ". ".contains(c));
    let rest =
        numbered.get(.."iteration".len()).filter(|word| word.eq_ignore_ascii_case("iteration"))?;
    let rest = &numbered[rest.len()..];
    let word = rest.strip_prefix([' ', '-', '#'])?.trim_start_matches(['#', ' ']);
    let word: String = word.chars().take_while(|c| c.is_alphanumeric() || *c == '.').collect();
    let word = word.trim_end_matches('.').to_lowercase();
    let words = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
    let number = words.iter().position(|name| *name == word).map(|at| (at + 1).to_string());
    let plain = word.starts_with(|c: char| c.is_ascii_digit()).then(|| word.clone());
    number.or(plain)
}

/// The iteration that the nearest heading around a section plans, if that belongs to a plan.
pub(super) fn planned(facts: &DocumentFacts, id: SectionId) -> Option<String> {
    let (at, iteration) = facts.outward(id).find_map(|(at, section)| {
        let named = iteration(facts.text_of(section.title));
        Some((at, named.or_else(|| planned_at_last(&section.name))?))
    })?;
    is_schedule(facts, at).then_some(iteration)
}

/// The iteration that the heading of a plan ends with: `dependency graph of iteration 2`. One may
/// also say what comes from another iteration, or after it.
fn planned_at_last(name: &str) -> Option<String> {
    let (plan, _) = name.rsplit_once(" iteration ")?;
    let last = plan.rsplit(' ').next()?;
    let plans = plan.split(' ').any(|word| SCHEDULE.contains(&word));
    let own = matches!(last, "of" | "for" | "in") || SCHEDULE.contains(&last);
    let named = name.get(plan.len() + 1..).filter(|named| named.split(' ').count() == 2);
    iteration(named.filter(|_| plans && own)?)
}

/// Whether a section belongs to a plan by its own heading's surroundings.
pub(super) fn is_schedule(facts: &DocumentFacts, id: SectionId) -> bool {
    let any = |words: &[&str]| {
        let mut names = facts.outward(id).map(|(_, section)| &*section.name);
        names.any(|name| name.split(' ').any(|word| words.contains(&word)))
    };
    !any(OTHER) && (any(SCHEDULE) || has_levels(facts, id))
}

/// Whether labels or headings directly in a section name levels.
fn has_levels(facts: &DocumentFacts, id: SectionId) -> bool {
    let extent = facts.section(id).extent;
    let labels = part_of(&facts.fields, extent, |field| field.label).iter();
    let mut names =
        labels.map(|field| &*field.name).chain(children(facts, id).map(|(_, child)| &*child.name));
    names.any(is_level)
}

/// Whether a heading says that its lists hold something else than features.
pub(super) fn lists_others(name: &str) -> bool {
    name.split(' ').any(|word| OTHER.contains(&word)) && speaks_of_order(name) != Some(true)
}

/// `phase 2a`, `group b`, `implementation batch 2`: a heading inside an iteration, and no feature.
pub(super) fn is_level(name: &str) -> bool {
    level(name).is_some() || name == "parallel" || name == "sequential"
}

/// The kind and the label of a level: `phase 2a` → `phase`, `2a`.
pub(super) fn level(name: &str) -> Option<(&str, &str)> {
    const KINDS: &[&str] = &[
        "phase", "batch", "group", "level", "layer", "stage", "step", "stream", "tier", "track",
        "wave",
    ];
    let mut words = name.split(' ');
    let first = words.next()?;
    let second = words.next();
    if KINDS.contains(&first) {
        return second.filter(|label| is_label(label)).map(|label| (first, label));
    }
    // "implementation batch 2": a word may stand before the kind where a number follows it.
    let third = words.next().filter(|label| label.starts_with(|c: char| c.is_ascii_digit()));
    let kind = second.filter(|kind| KINDS.contains(kind))?;
    third.filter(|label| is_label(label)).map(|label| (kind, label))
}

fn is_label(label: &str) -> bool {
    label.len() <= 3
}

/// Whether levels of a kind follow each other. Streams, tracks and groups stand side by side.
pub(super) fn follow_each_other(kind: &str) -> bool {
    !matches!(kind, "group" | "stream" | "track")
}
