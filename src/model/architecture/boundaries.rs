//! Finds the sections, rows and items that declare features.

use std::collections::HashMap;

use super::{Boundary, Title, contents, needs, owned, rows};
use crate::base::Span;
use crate::base::words::{List, listed, normalize};
use crate::facts::{DocumentFacts, Section, SectionId};
use crate::model::{children, part_of};

/// What boundaries are drawn around, so that "Error Boundaries" declares no features.
const BOUNDED: &[&str] = &[
    "feature",
    "features",
    "component",
    "components",
    "service",
    "services",
    "module",
    "modules",
    "domain",
    "domains",
    "team",
    "teams",
    "ownership",
];
/// Sections that list features where their children say what they own.
const LISTS: &List = listed!(
    "boundaries|bounded contexts|component breakdown|components|features|feature breakdown|\
    feature contracts|feature definitions|feature design|feature designs|feature details|\
    feature modules|feature ownership|feature specifications|modules|services"
);
/// Every declared feature, in document order.
pub(super) fn read(facts: &DocumentFacts) -> Vec<Boundary> {
    let mut found: Vec<Boundary> = Vec::new();
    for (id, section) in facts.sections() {
        let Some(container) = Container::of(section, facts.text_of(section.title)) else {
            continue;
        };
        let nested = found.iter().any(|one| one.section == id || one.extent.covers(section.extent));
        if !nested {
            found.extend(features_in(facts, id, container));
        }
    }
    found.sort_by_key(|one| one.span.start);
    found.extend(scattered(facts, &found));
    found.sort_by_key(|one| one.span.start);
    let mut found = merge(found);
    rows::complete(facts, &mut found);
    found
}

/// How sure a heading is that features stand below it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Container {
    /// "Feature Boundaries": every child is a feature, if any says what it owns or promises.
    Boundaries,
    /// "Features": children are, if most say what they own.
    List,
}

impl Container {
    fn of(section: &Section, title: &str) -> Option<Container> {
        let name = &*section.name;
        if Title::may_mark(name) && Title::read(title).marked {
            return None;
        }
        let has = |fits: fn(&str) -> bool| name.split(' ').any(fits);
        if has(|word| word.starts_with("boundar")) && has(|word| BOUNDED.contains(&word)) {
            // The title of a whole document says less than a heading in it, and components are
            // described under "Boundaries" as often as they are given owners.
            let sure = section.level > 1 && has(|word| matches!(word, "feature" | "features"));
            return Some(if sure { Container::Boundaries } else { Container::List });
        }
        LISTS.has(name).then_some(Container::List)
    }
}

/// The features below one heading: its subsections, else the rows of its table, else its items.
fn features_in(facts: &DocumentFacts, id: SectionId, container: Container) -> Vec<Boundary> {
    let sections = subsections(facts, id);
    let owning = sections.iter().filter(|one| states_owned(facts, one.section)).count();
    let marked =
        |one: &Boundary| Title::read(facts.text_of(facts.section(one.section).title)).marked;
    if sections.iter().any(marked) {
        let kept = |one: &Boundary| marked(one) || states_owned(facts, one.section);
        return sections.into_iter().filter(kept).collect();
    }
    if !sections.is_empty() {
        // Boundaries are drawn around many things; features own or promise something.
        let says = |one: &Boundary| one.says_owned || one.has_contract;
        let sure = match container {
            Container::Boundaries => sections.iter().any(says),
            Container::List => owning * 2 > sections.len(),
        };
        return if sure { sections } else { Vec::new() };
    }
    let own_body = facts.section(id).body;
    let tables = facts.tables.iter().filter(|table| own_body.covers(table.span));
    let found: Vec<Boundary> =
        tables.flat_map(|table| rows::rows(facts, table, container)).collect();
    match (found.is_empty(), container) {
        (false, _) => found,
        (true, Container::Boundaries) => rows::items(facts, id),
        (true, Container::List) => Vec::new(),
    }
}

/// The features among the subsections; a heading such as "Iteration 1" only groups them.
fn subsections(facts: &DocumentFacts, id: SectionId) -> Vec<Boundary> {
    let children: Vec<(SectionId, &Section)> = children(facts, id).collect();
    let headings = children.iter().any(|(_, child)| child.level < Section::PSEUDO);
    let mut found = Vec::new();
    for (child, section) in children {
        let real = section.level < Section::PSEUDO || !headings;
        let shared = matches!(section.name.split(' ').next(), Some("shared" | "common" | "cross"));
        let other = shared || rows::OTHER.contains(&&*section.name);
        if !real || other || contents::kind(&section.name).is_some() {
            continue;
        }
        let title = Title::read(facts.text_of(section.title));
        let grouped = || subsections(facts, child);
        let groups = !title.marked && !states_owned(facts, child) && {
            let first = section.name.split(' ').next().unwrap_or("");
            matches!(first, "iteration" | "phase" | "wave" | "milestone")
                || grouped().iter().filter(|one| states_owned(facts, one.section)).count() > 1
        };
        if groups {
            found.extend(grouped());
        } else {
            found.push(of_section(facts, child, title));
        }
    }
    found
}

/// Whether a section says itself, not in a subsection of some other name, what it owns.
fn states_owned(facts: &DocumentFacts, id: SectionId) -> bool {
    let body = facts.section(id).body;
    let mut fields = part_of(&facts.fields, body, |field| field.label).iter();
    let mut children = children(facts, id);
    fields.any(|field| contents::is_ownership(&field.name))
        || children.any(|(_, child)| contents::is_ownership(&child.name))
}

fn of_section(facts: &DocumentFacts, id: SectionId, title: Title) -> Boundary {
    let section = facts.section(id);
    let extent = section.extent;
    boundary(facts, title, id, section.title, extent)
}

/// Reads what stands in an extent that is about one feature.
pub(super) fn boundary(
    facts: &DocumentFacts,
    title: Title,
    section: SectionId,
    span: Span,
    extent: Span,
) -> Boundary {
    Boundary {
        name: title.name,
        label: title.label,
        section,
        span,
        extent,
        says_owned: contents::owns_in(facts, extent),
        owned: owned::owned_in(facts, extent),
        has_contract: contents::contract_in(facts, extent),
        needs: needs::needs_in(facts, extent),
        uses: needs::uses_in(facts, extent),
    }
}

/// "Feature A: …" anywhere in the document, where it says what it owns.
fn scattered(facts: &DocumentFacts, found: &[Boundary]) -> Vec<Boundary> {
    let known = |extent: Span| {
        let next = found.partition_point(|one| one.span.start < extent.start);
        let inside = found.get(next).is_some_and(|one| extent.covers(one.span));
        inside || next > 0 && found[next - 1].extent.covers(extent)
    };
    let mut more: Vec<Boundary> = Vec::new();
    for (id, section) in facts.sections() {
        if !Title::may_mark(&section.name) {
            continue;
        }
        let title = Title::read(facts.text_of(section.title));
        let inner = more.last().is_some_and(|one| one.extent.covers(section.extent));
        if title.marked && !inner && !known(section.extent) && states_owned(facts, id) {
            more.push(of_section(facts, id, title));
        }
    }
    more
}

/// Makes one boundary of several sections about the same feature: an overview and its details.
fn merge(found: Vec<Boundary>) -> Vec<Boundary> {
    let mut merged: Vec<Boundary> = Vec::new();
    let mut by_name: HashMap<String, Vec<usize>> = HashMap::new();
    for one in found {
        let known = by_name.entry(normalize(&one.name)).or_default();
        let same = known.iter().copied().find(|&at| {
            let label = &merged[at].label;
            one.label.is_none() || label.is_none() || one.label == *label
        });
        let Some(same) = same else {
            known.push(merged.len());
            merged.push(one);
            continue;
        };
        let other = &mut merged[same];
        let size = |boundary: &Boundary| boundary.extent.end - boundary.extent.start;
        let mut rest = one;
        if size(other) < size(&rest) {
            std::mem::swap(other, &mut rest);
        }
        other.label = other.label.take().or(rest.label);
        other.says_owned |= rest.says_owned;
        other.has_contract |= rest.has_contract;
        other.owned.extend(rest.owned);
        other.needs.extend(rest.needs);
        other.uses.extend(rest.uses);
    }
    merged
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::extract;

    fn declared(text: &str) -> Vec<String> {
        let found = read(&extract(text.as_bytes()));
        let shown = |one: &Boundary| {
            let owns = if one.says_owned { " owns" } else { "" };
            let contract = if one.has_contract { " contract" } else { "" };
            format!("{}{owns}{contract}", one.name)
        };
        found.iter().map(shown).collect()
    }

    #[test]
    fn features_are_declared_by_headings_rows_and_items() {
        let headings = "# A\n## Feature Boundaries\n### Iteration 1\n#### Feature A: Auth\n**Owns**:\n\
            - Tables: users\n\n**API Contract**:\nPOST /api/login\n#### Feature B: Search\n\nText.\n\
            ### Shared Components\n\nButtons.\n";
        assert_eq!(declared(headings), ["Auth owns contract", "Search"]);
        let table = "## Component Boundaries\n\n| Component | Owns | API |\n|---|---|---|\n\
            | 1. Auth | `users` | — |\n| Search |  | GET /api/search |\n";
        assert_eq!(declared(table), ["Auth owns", "Search contract"]);
        let items =
            "## Feature Boundaries\n\n- **Auth**: owns the users\n- **Search**: finds things\n";
        assert_eq!(declared(items), ["Auth owns", "Search"]);
        let scattered =
            "# A\n## Feature A: Auth\n### Owns\n- `/api/auth/*`\n## Feature B: Later\n\nText.\n";
        assert_eq!(declared(scattered), ["Auth owns"]);
    }

    #[test]
    fn descriptions_principles_and_other_boundaries_declare_nothing() {
        for text in [
            "## Component Breakdown\n### 1. Core\n**Responsibilities:**\n- run\n### 2. Data\n\nText.\n",
            "## Security Boundaries\n### Network\n\nText.\n### Process\n\nText.\n",
            "## Feature Boundaries\n\n1. **Shared code goes in `shared/`**\n2. **Routes stay thin**\n",
            "## Boundaries\n### Supported Platforms\n\nText.\n### Scope Change\n\nText.\n",
        ] {
            assert_eq!(declared(text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn a_table_says_what_the_sections_of_features_leave_out() {
        let text = "## Feature Boundaries\n\n| Feature | Owned routes | Owned tables |\n|---|---|---|\n\
            | Auth | `/login`, `/api/auth/*` | `users` |\n| Search | `/search` | — |\n\n\
            ### Feature A: Auth\n\n**API Contract**:\nPOST /api/auth/login\n\n\
            ### Feature B: Search\n\n**Owns**:\n- Routes: `/find`\n";
        let facts = extract(text.as_bytes());
        let found = read(&facts);
        let owned = |one: &Boundary| -> Vec<String> {
            let claimed = one.owned.iter().filter(|one| one.claimed);
            claimed.map(|one| facts.text_of(one.span).to_owned()).collect()
        };
        let owned: Vec<Vec<String>> = found.iter().map(owned).collect();
        assert_eq!(owned, [vec!["/login", "/api/auth/*", "users"], vec!["/find"]]);
    }

    #[test]
    fn two_sections_about_one_feature_are_one_boundary() {
        let text = "## Feature Boundaries\n- **Auth**: owns `/api/auth/*`\n\n## Feature A: Auth\n\n\
            - Tables: users\n\n### API Contract\n\n#### POST /api/auth/login\n";
        let found = read(&extract(text.as_bytes()));
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].label.as_deref(), Some("a"));
        assert!(found[0].has_contract && found[0].owned.len() == 2);
    }
}
