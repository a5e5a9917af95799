//! Lines of checklists in agreed documents. Ticking them is no change, and acceptance criteria
//! written as boxes are criteria.

use std::collections::{HashMap, HashSet};

use super::super::{Change, Then, Thing, Way};
use super::lines::{Line, found_again};
use super::product::{is_of_thresholds, said, text_of};
use super::sides::{Sides, stands};
use super::standing::Standing;
use super::wording::Wording;
use crate::base::Span;
use crate::facts::{BlockId, BlockKind, CheckItem, CheckState, DocumentFacts, SectionId};
use crate::model::Model;
use crate::model::product::{above, is_deferred};
use crate::project::{Artifact, Project};
use crate::workflow::{Kind, is_named};

/// Adds the lines of checklists that are gone or ask for less.
pub fn compare(sides: &[Sides<'_>], changes: &mut Vec<Change>) {
    let mut older: Vec<Line<'_>> = Vec::new();
    for side in sides.iter().filter(|side| side.differ()) {
        // What stands in a document that nobody touched stands there still.
        let touched = side
            .documents_then()
            .filter(|(one, _)| one.deliverable.is_some() && !side.is_untouched(one));
        let asked: HashSet<_> = touched
            .flat_map(|(one, facts)| items(side.then, one, facts).map(|span| (&one.path, span)))
            .collect();
        if asked.is_empty() {
            continue;
        }
        // Every other line is found again as well, so that none of them passes for an item.
        let mut then: Vec<Line<'_>> =
            side.documents_then().flat_map(|(one, facts)| lines(one, facts)).collect();
        then.retain(|line| !side.is_later(line.facts, line.section));
        let now: Vec<Line<'_>> =
            side.documents().flat_map(|(one, facts)| lines(one, facts)).collect();
        let known = found_again(&then, &older);
        let found = found_again(&then, &now);
        let mut standing = None;
        for ((line, same), known) in then.iter().zip(&found).zip(&known) {
            let is_item = asked.contains(&(&line.artifact.path, line.span));
            if !is_item || known.is_some() || side.now.misses(line.artifact.kind) {
                continue;
            }
            let same = same.map(|at| (&now[at], line.wording.shortfall(&now[at].wording)));
            let (way, told, place) = match same {
                Some((_, None)) => continue,
                Some((now, Some(shortfall))) if is_of_thresholds(line, now, &shortfall) => continue,
                Some((now, Some(shortfall))) => {
                    let place = stands(now.artifact, now.facts, now.span);
                    (Way::Changed, said(&shortfall), place)
                }
                None => {
                    let standing = standing.get_or_insert_with(|| Standing::since(side));
                    if line.wording.has_runs() && standing.says(&line.wording) {
                        continue;
                    }
                    let place = side.missed(line.artifact, line.facts, line.section);
                    (Way::Removed, "was removed".to_owned(), place)
                }
            };
            changes.push(Change {
                iteration: side.iteration,
                thing: Thing::Item { list: list_of(line), text: text_of(line) },
                way,
                told,
                concerns: Vec::new(),
                place,
                then: Some(Then::at(line.artifact, line.span)),
            });
        }
        let new = then.into_iter().zip(known).filter(|(_, known)| known.is_none());
        older.extend(new.map(|(line, _)| line));
    }
}

/// Where the items of the checklists of a document stand: boxes, and whatever is listed where the
/// workflow asks for a checklist.
fn items<'p>(
    project: &'p Project,
    artifact: &'p Artifact,
    facts: &'p DocumentFacts,
) -> impl Iterator<Item = Span> {
    let checklists = project.deliverable(artifact).map_or(&[][..], |one| &one.checklists[..]);
    let asked = move |section: SectionId| {
        !checklists.is_empty() && above(facts, section).any(|name| is_named(checklists, name))
    };
    let boxes: HashMap<BlockId, &CheckItem> =
        facts.checks.iter().map(|check| (check.block, check)).collect();
    let criteria = Criteria::of(artifact);
    let blocks = (0..).zip(&facts.blocks).filter(move |(id, block)| {
        let gate = asked(block.section);
        let listed = match boxes.get(id) {
            Some(check) => gate || is_box(facts, check),
            None => gate && block.kind == BlockKind::Item,
        };
        listed && (gate || !criteria.hold(facts, block.span, block.section))
    });
    blocks.map(|(_, block)| facts.own_text(block))
}

/// Every line of a document: as any of them an item may live on.
fn lines<'p>(artifact: &'p Artifact, facts: &'p DocumentFacts) -> impl Iterator<Item = Line<'p>> {
    let blocks = facts
        .blocks
        .iter()
        .filter(|block| block.kind == BlockKind::Item || block.kind == BlockKind::Paragraph);
    let blocks = blocks.map(|block| (block.section, facts.own_text(block)));
    let rows = facts.tables.iter().flat_map(|table| {
        table.rows().filter_map(|row| Some((table.section, row.first()?.to(*row.last()?))))
    });
    let lines = blocks.chain(rows).filter(|(section, _)| !is_deferred(facts, *section));
    let lines = lines.map(|(section, span)| line(artifact, facts, span, section));
    lines.filter(|line| !line.is_struck() && !line.wording.is_empty())
}

fn line<'p>(
    artifact: &'p Artifact,
    facts: &'p DocumentFacts,
    span: Span,
    section: SectionId,
) -> Line<'p> {
    let scope = facts.section(section).name.to_string();
    let wording = Wording::of(facts.text_of(span));
    Line { artifact, facts, span, section, id: None, scope, wording }
}

/// Whether somebody is to tick it: a sign such as `✅` stands before many things.
fn is_box(facts: &DocumentFacts, check: &CheckItem) -> bool {
    let mark = facts.text_of(check.mark);
    mark.starts_with('[') || check.state == CheckState::Open || mark.starts_with('☑')
}

/// Where the criteria of a document stand.
struct Criteria {
    whole: bool,
    spans: Vec<Span>,
}

impl Criteria {
    fn of(artifact: &Artifact) -> Self {
        let mut spans: Vec<Span> = match &*artifact.model {
            Model::Product(product) => {
                let criteria = product.criteria.iter().map(|one| one.span);
                criteria.chain(product.stories.iter().map(|one| one.extent)).collect()
            }
            _ => Vec::new(),
        };
        spans.sort_unstable();
        Self { whole: artifact.kind == Kind::Criteria, spans }
    }

    fn hold(&self, facts: &DocumentFacts, span: Span, section: SectionId) -> bool {
        // Few of them lie in each other.
        const NESTED: usize = 8;
        let next = self.spans.partition_point(|one| one.start <= span.start);
        self.whole
            || self.spans[..next].iter().rev().take(NESTED).any(|one| one.covers(span))
            || above(facts, section).any(|name| name.contains("acceptance"))
    }
}

/// The heading over a line, as it is written.
fn list_of(line: &Line<'_>) -> String {
    let section = line.facts.section(line.section);
    let title = crate::model::phrases::title(line.facts.text_of(section.title));
    if title.is_empty() { line.artifact.path.name().to_owned() } else { title }
}
