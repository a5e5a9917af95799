//! Which boxes count for what.

use crate::base::Span;
use crate::base::words::normalize;
use crate::facts::{CheckItem, CheckState, DocumentFacts, Field};
use crate::model::Model;
use crate::model::product::{self, Product};
use crate::project::{Artifact, DutyState, Project};
use crate::workflow::{Kind, is_named};

/// Words with which people say why a box stays open.
const REASONS: &[&str] = &[
    "deferred",
    "descoped",
    "later iteration",
    "moved to",
    "n a",
    "next iteration",
    "not applicable",
    "not needed",
    "not required",
    "out of scope",
    "postponed",
    "skipped",
    "waived",
    "wont",
];

/// The boxes of one document.
pub struct Boxes<'d> {
    artifact: &'d Artifact,
    facts: &'d DocumentFacts,
    product: Option<&'d Product>,
    /// The checklists that gates ask for in it.
    checklists: Vec<Checklists<'d>>,
}

/// Checklists that one gate asks for in a document.
struct Checklists<'d> {
    /// Their normalized headings.
    names: &'d [String],
    /// Where such checklists stand under a label instead of a heading.
    labeled: Vec<Span>,
    /// The gates of another phase, for which a section of the document does the duty; empty for
    /// those of the document's own.
    gates: Vec<(usize, usize)>,
}

impl<'d> Boxes<'d> {
    /// Nothing for a file that is no deliverable: its boxes are nobody's promise.
    pub fn of(artifact: &'d Artifact, project: &'d Project) -> Option<Self> {
        let facts = artifact.facts()?;
        let own = &project.deliverable(artifact)?.checklists[..];
        let product = match &*artifact.model {
            Model::Product(product) => Some(&**product),
            _ => None,
        };
        let mut checklists = vec![Checklists::new(facts, own)];
        let mut asking = project.workflow.deliverables();
        let asked = asking.any(|(.., one)| !one.within.is_empty() && !one.checklists.is_empty());
        for duty in project.duties.iter().filter(|_| asked) {
            let DutyState::Within(id, _) = duty.state else { continue };
            let done = std::ptr::eq(&project.artifacts[id], artifact);
            if done && Some((duty.phase, duty.deliverable)) != artifact.deliverable {
                let phase = &project.workflow.phases[duty.phase];
                let names = &phase.deliverables[duty.deliverable].checklists;
                let mut asked = Checklists::new(facts, names);
                asked.gates.push((duty.iteration, duty.phase));
                checklists.push(asked);
            }
        }
        checklists.retain(|one| !one.names.is_empty());
        Some(Self { artifact, facts, product, checklists })
    }

    /// The boxes of the gate's checklists for which something is still to be done.
    /// Each comes with the gates it belongs to, where these are not those of the document.
    pub fn unticked(&self) -> impl Iterator<Item = (&'d CheckItem, &[(usize, usize)])> {
        self.facts.checks.iter().filter_map(|item| {
            let undone = matches!(item.state, CheckState::Open | CheckState::Failed);
            let gates = self.gates_of(item).filter(|_| undone)?;
            (!self.has_reason(item)).then_some((item, gates))
        })
    }

    /// The boxes of the gate's checklists that are ticked.
    pub fn ticked(&self) -> impl Iterator<Item = (&'d CheckItem, &[(usize, usize)])> {
        let done = self.facts.checks.iter().filter(|item| item.state == CheckState::Done);
        done.filter_map(|item| Some((item, self.gates_of(item)?)))
    }

    /// Open boxes that nobody will tick: outside of the gate's checklists, or with a reason.
    pub fn idle(&self) -> impl Iterator<Item = &'d CheckItem> {
        self.facts.checks.iter().filter(|item| {
            let idle = item.state == CheckState::Open
                && !self.is_criterion(item)
                && !self.is_part_of_verdict(item);
            idle && (!self.is_of_gate(item) || self.has_reason(item))
        })
    }

    /// A decision that was not taken, a condition, a story not verified: rules of their own judge
    /// them.
    fn is_part_of_verdict(&self, item: &CheckItem) -> bool {
        match &*self.artifact.model {
            Model::Validation(validation) => validation.boxes.binary_search(&item.mark).is_ok(),
            _ => false,
        }
    }

    /// The first line of what a box is for.
    pub fn text(&self, item: &CheckItem) -> &'d str {
        self.facts.text_of(item.text).lines().next().unwrap_or("").trim()
    }

    fn is_of_gate(&self, item: &CheckItem) -> bool {
        self.gates_of(item).is_some()
    }

    fn gates_of(&self, item: &CheckItem) -> Option<&[(usize, usize)]> {
        let labels =
            |one: &&Checklists<'_>| one.labeled.iter().any(|content| content.covers(item.mark));
        let heads = |one: &&Checklists<'_>| {
            product::above(self.facts, item.section).any(|name| is_named(one.names, name))
        };
        // The label of a list is nearer to its boxes than any heading.
        let labeled = self.checklists.iter().find(labels);
        labeled.or_else(|| self.checklists.iter().find(heads)).map(|one| &one.gates[..])
    }

    fn has_reason(&self, item: &CheckItem) -> bool {
        let text = self.facts.text_of(item.text);
        text.trim_start().starts_with("~~") || gives_reason(text)
    }

    /// Whether the box is an acceptance criterion, which people tick in tests, not in documents.
    fn is_criterion(&self, item: &CheckItem) -> bool {
        self.artifact.kind == Kind::Criteria
            || product::above(self.facts, item.section).any(|name| name.contains("acceptance"))
            || self.product.is_some_and(|product| {
                holds(&product.stories, item.mark, |story| story.extent)
                    || holds(&product.criteria, item.mark, |criterion| criterion.span)
            })
    }
}

impl<'d> Checklists<'d> {
    fn new(facts: &DocumentFacts, names: &'d [String]) -> Self {
        let labels = facts.fields.iter().filter(|field| is_named(names, &field.name));
        let labeled = labels.map(|field| below(facts, field)).collect();
        Self { names, labeled, gates: Vec::new() }
    }
}

/// What belongs to a label: its content, and the lines below it in the same paragraph up to the next
/// label that stands alone on its line.
fn below(facts: &DocumentFacts, field: &Field) -> Span {
    let block = facts.blocks[field.block as usize].span;
    let rest = Span { start: field.label.start, end: block.end.max(field.content.end) };
    let alone = |one: &&Field| facts.text_of(one.value).trim().is_empty();
    let mut after = facts.fields_in(rest).filter(|one| one.label.start > field.label.start);
    let end = after.find(alone).map_or(rest.end, |next| next.label.start);
    Span { start: field.label.start, end: end.max(field.content.end) }
}

/// Whether an item says why it stays open: behind a dash, a colon or a comma, in parentheses, or
/// as a label before what is to be done. In the midst of it the same words are no reason: "we
/// deferred nothing".
fn gives_reason(text: &str) -> bool {
    let text = text.replace(" - ", " — ");
    let mut parts = text.split(['(', ')', '[', ']', ':', ',', ';', '—', '–', '→', '\n']);
    let label = parts.next().map(normalize).unwrap_or_default();
    let labels = |reason: &str| {
        let rest = label.strip_prefix(reason);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(" to "))
    };
    let reasons = |part: &str| {
        let said = format!(" {} ", normalize(part));
        REASONS.iter().any(|reason| {
            let around = said.split_once(&format!(" {reason} "));
            let denied = |(before, after): (&str, &str)| {
                let next = after.split(' ').next();
                before.split(' ').chain(next).any(|word| DENIALS.contains(&word))
            };
            around.is_some_and(|around| !denied(around))
        })
    };
    REASONS.iter().any(|reason| labels(reason)) || parts.any(reasons)
}

/// Words that turn a reason into its opposite.
const DENIALS: &[&str] =
    &["neither", "never", "no", "nobody", "none", "not", "nothing", "without", "zero"];

/// Whether one of a sorted list of extents holds a place. Few of them lie in each other.
fn holds<T>(list: &[T], place: Span, extent: impl Fn(&T) -> Span) -> bool {
    const NESTED: usize = 8;
    let next = list.partition_point(|one| extent(one).start <= place.start);
    list[..next].iter().rev().take(NESTED).any(|one| extent(one).covers(place))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_stands_apart_from_what_is_to_be_done() {
        for text in [
            "Load test (deferred to iteration 3)",
            "Load test - NOT APPLICABLE (no installer yet)",
            "Load test — will be done in the next iteration",
            "**N/A**: load test",
            "Deferred to iteration 3: load test",
            "Load test, not needed for a static page",
            "N/A",
        ] {
            assert!(gives_reason(text), "{text}");
        }
        for text in [
            "we deferred nothing, open",
            "No task implements a deferred idea",
            "Deferred items were reviewed: by whom",
            "Hooks skipped according to the rules",
            "Load test (nothing deferred)",
            "Load test - we deferred none of it",
        ] {
            assert!(!gives_reason(text), "{text}");
        }
    }
}
