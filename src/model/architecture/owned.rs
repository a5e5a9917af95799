//! Reads the single things that one feature's boundary says are owned.

use super::contents::{headings, is_ownership, kind, listed, says_owned};
use super::{Owned, Resource};
use crate::base::Span;
use crate::base::words::{List, listed as words};
use crate::facts::DocumentFacts;
use crate::model::part_of;

/// A label or a heading over a list, with what it says of the list.
struct Label {
    content: Span,
    /// What kind of thing it announces, if it announces what is owned.
    kind: Option<Resource>,
    /// It can mean nothing but ownership.
    sure: bool,
    /// It says so with the verb.
    owns: bool,
    standing: Standing,
}

/// What a label makes of the lists below it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Standing {
    /// They are the feature's own.
    Owned,
    /// They are somebody else's: "Does not own", "Reads", "Out of bounds".
    Foreign,
    /// The label is about something else, or its words are not known.
    Unclear,
}

impl Standing {
    fn of(name: &str) -> Self {
        const FOREIGN: &List = words!(
            "not|never|no|cannot|nor|without|except|excluded|excludes|excluding|exclusions|out|\
             outside|forbidden|prohibited|foreign|others|other|external|reads|read|reading|\
             readonly|uses|use|used|using|consumes|consumed|consumer|accesses|access|accessed|\
             calls|borrows|borrowed|references|referenced|depends|dependencies|dependency|needs|\
             requires|required"
        );
        let mine = ["owned by this", "owned by us", "owned by it"];
        let by = name.starts_with("owned by") && !mine.iter().any(|one| name.starts_with(one));
        if by || name.split(' ').any(|word| FOREIGN.has(word)) {
            return Standing::Foreign;
        }
        if says_owned(name) { Standing::Owned } else { Standing::Unclear }
    }
}

/// The single things that a span says are owned, with their kind. What stands below a label that
/// gives it to others is left out, and what stands below one that says nothing of owning is no
/// claim.
pub(super) fn owned_in(facts: &DocumentFacts, extent: Span) -> Vec<Owned> {
    owned_under(facts, extent, &[])
}

/// The files and folders that a span says are owned, by labels that a workflow knows besides.
pub fn paths_in(facts: &DocumentFacts, extent: Span, known: &[String]) -> Vec<Owned> {
    let mut owned = owned_under(facts, extent, known);
    owned.retain(|one| one.kind == Resource::Path);
    owned
}

fn owned_under(facts: &DocumentFacts, extent: Span, known: &[String]) -> Vec<Owned> {
    let labels = labels(facts, extent, known);
    let announcing: Vec<&Label> = labels.iter().filter(|label| label.kind.is_some()).collect();
    let mut owned: Vec<Owned> = Vec::new();
    for label in &announcing {
        let Some(kind) = label.kind else { continue };
        let content = label.content;
        // A label over a list of labels names groups; each group is read by itself.
        let inside = |inner: &Label| content != inner.content && content.covers(inner.content);
        if announcing.iter().any(|inner| inside(inner)) {
            continue;
        }
        let around = || labels.iter().filter(|whole| whole.content.covers(content));
        let decided = around().filter(|whole| whole.owns || whole.standing == Standing::Foreign);
        let nearest = decided.min_by_key(|whole| whole.content.end - whole.content.start);
        let known = || around().all(|whole| whole.standing != Standing::Unclear);
        let sure = match nearest {
            Some(nearest) if !nearest.owns => continue,
            Some(_) => true,
            None => known() && around().any(|whole| whole.sure),
        };
        owned.extend(listed(facts, kind, content, sure));
    }
    owned.sort_by_key(|one| (one.span.start, one.span.end));
    owned.dedup_by_key(|one| one.span);
    owned
}

/// The labels and headings of an extent that announce what is owned, and the others that have a
/// list of their own.
fn labels(facts: &DocumentFacts, extent: Span, known: &[String]) -> Vec<Label> {
    let label = |name: &str, content: Span| {
        let of_paths = known.iter().any(|one| one == name);
        let plain = name.starts_with("own").then_some(Resource::Other);
        let kind = if of_paths { Some(Resource::Path) } else { kind(name).or(plain) };
        let standing = match Standing::of(name) {
            Standing::Unclear if of_paths => Standing::Owned,
            standing => standing,
        };
        let owns = name.starts_with("own") && standing == Standing::Owned;
        Label { content, kind, sure: of_paths || is_ownership(name), owns, standing }
    };
    // `**Auth**: owns the tables` says it with a verb.
    let verb = |value: Span| {
        let owns = facts.text_of(value).get(..5).is_some_and(|v| v.eq_ignore_ascii_case("owns "));
        let content = Span { start: value.start + 5, end: value.end };
        let (kind, standing) = (Some(Resource::Other), Standing::Owned);
        owns.then_some(Label { content, kind, sure: true, owns: true, standing })
    };
    let fields = part_of(&facts.fields, extent, |field| field.label).iter();
    let fields = fields.filter_map(|field| {
        let read = label(&field.name, field.content);
        let nests = field.content != field.value;
        if read.kind.is_some() { Some(read) } else { verb(field.value).or(nests.then_some(read)) }
    });
    let sections = headings(facts, extent).map(|one| label(&one.name, one.body));
    fields.chain(sections).collect()
}
