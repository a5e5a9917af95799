//! Finds where endpoints and events are stated, and reads what is said of each.

mod blocks;
mod extent;
mod fields;
mod headings;
mod near;

use super::context::{Context, Standing};
use super::fenced::{self, Group};
use super::named::Name;
use super::{Contract, Contracts, Form, Unread, broken, parts, pieces, tail};
use crate::base::Span;
use crate::facts::{BlockId, DocumentFacts, SectionId};

pub(super) use near::may_head;

/// A place that names an endpoint or an event.
struct Anchor {
    name: Name,
    form: Form,
    place: Place,
    section: SectionId,
    standing: Standing,
    /// What stands behind the name on its line.
    tail: Span,
    /// Counts only where parts are stated too.
    needs_parts: bool,
    /// What was read in a fence already.
    fenced: Vec<Contract>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Heading,
    Line,
    Item(BlockId),
    Field,
    /// The span of the fence.
    Fence(Span),
}

/// Reads every contract that stands under a name of its own.
pub(super) fn read(facts: &DocumentFacts, contracts: &mut Contracts) {
    let context = Context::of(facts);
    let mut anchors = headings::read(facts, &context);
    anchors.extend(blocks::read(facts, &context));
    anchors.extend(fields::read(facts, &context));
    anchors.extend(fences(facts, &context));
    anchors.extend(near::read(facts, &context));
    anchors.retain(|anchor| anchor.standing != Standing::Told);
    anchors.sort_by_key(|anchor| (anchor.name.span.start, anchor.place != Place::Heading));
    anchors.dedup_by(|later, first| later.name.span.start == first.name.span.start);
    let anchors = outer(facts, anchors);
    let starts: Vec<u32> = anchors.iter().map(|anchor| anchor.name.span.start).collect();
    for (at, anchor) in anchors.iter().enumerate() {
        let extent = || extent::of(facts, &anchors, &starts, at);
        if let Some(why) = anchor.name.broken {
            if !anchor.needs_parts || pieces::within(facts, extent()).iter().any(states_body) {
                contracts.unread.push(Unread { span: anchor.name.span, why: why.to_owned() });
            }
            continue;
        }
        let extent = extent();
        let mut said = pieces::within(facts, extent);
        if !anchor.needs_parts || anchor.standing != Standing::Passing {
            broken::set_aside(facts, &mut said, extent, &mut contracts.unread);
        }
        for (nth, subject) in anchor.name.subjects.iter().enumerate() {
            let fenced = anchor.fenced.get(nth).cloned();
            let mut contract = fenced.unwrap_or_else(|| {
                Contract::new(subject.clone(), anchor.form, anchor.name.span, anchor.section)
            });
            if anchor.fenced.is_empty() {
                tail::read(facts.text_of(anchor.tail), anchor.tail.start as usize, &mut contract);
            }
            for piece in &said {
                parts::apply(facts, piece, &mut contract);
            }
            parts::payload(facts, extent, &mut contract);
            contract.extent = contract.extent.to(anchor.name.span).to(extent);
            if !anchor.needs_parts || contract.says_more() {
                contracts.list.push(contract);
            }
        }
    }
}

/// Whether a piece says what is sent, what comes back or how a call fails.
fn states_body(piece: &pieces::Piece<'_>) -> bool {
    use parts::Role;
    matches!(
        parts::role(&piece.name, piece.label),
        Some(Role::Request | Role::Response(_) | Role::Errors | Role::Statuses | Role::Query)
    )
}

fn fences(facts: &DocumentFacts, context: &Context) -> Vec<Anchor> {
    let mut found = Vec::new();
    for code in &facts.codes {
        let groups = fenced::read(facts, code);
        let several = groups.len() > 1;
        let template = matches!(facts.text_of(code.language), "markdown" | "md");
        for Group { contracts, name, loose } in groups {
            let standing = context.at(code.section);
            let end = name.span.end;
            found.push(Anchor {
                form: Form::Line,
                place: Place::Fence(code.span),
                section: code.section,
                standing,
                tail: Span { start: end, end },
                needs_parts: loose || template || standing == Standing::Passing && !several,
                fenced: contracts,
                name,
            });
        }
    }
    found
}

/// Drops what stands in the section of an endpoint and is an example of it, or a mention of
/// another.
fn outer(facts: &DocumentFacts, anchors: Vec<Anchor>) -> Vec<Anchor> {
    let mut kept: Vec<Anchor> = Vec::new();
    let mut holder: Option<(Span, usize)> = None;
    for anchor in anchors {
        let inside = holder.filter(|(extent, _)| extent.covers(anchor.name.span));
        if anchor.place == Place::Heading {
            holder = Some((facts.section(anchor.section).extent, kept.len()));
            kept.push(anchor);
            continue;
        }
        let Some((_, at)) = inside else {
            kept.push(anchor);
            continue;
        };
        let same =
            anchor.name.subjects.iter().all(|subject| kept[at].name.subjects.contains(subject));
        if same && kept[at].fenced.is_empty() {
            let headed = &mut kept[at];
            headed.fenced = anchor.fenced;
            for contract in &mut headed.fenced {
                contract.form = headed.form;
                contract.span = headed.name.span;
                contract.section = headed.section;
            }
        } else if !same
            && matches!(anchor.place, Place::Line | Place::Fence(_))
            && anchor.standing == Standing::Stated
        {
            kept.push(Anchor { needs_parts: true, ..anchor });
        }
    }
    kept
}
