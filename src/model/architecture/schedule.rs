//! Reads which features are planned for which iteration.

use super::{Boundary, Scheduled, Title};
use crate::base::{Span, words::normalize};
use crate::facts::{Block, BlockKind, DocumentFacts, SectionId};
use crate::model::{children, part_of};

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
const NAMES: &[&str] = &["feature", "features", "component", "module", "service", "name"];

/// Every line that plans a feature, in document order.
pub(super) fn read(facts: &DocumentFacts, boundaries: &[Boundary]) -> Vec<Scheduled> {
    let mut found: Vec<Scheduled> = Vec::new();
    for (id, section) in facts.sections() {
        let Some(iteration) = iteration(facts.text_of(section.title)) else { continue };
        if is_schedule(facts, id) {
            planned(facts, id, &iteration, &mut found);
        }
        let declared = part_of(boundaries, section.extent, |one| one.span).iter();
        found.extend(declared.map(|one| Scheduled {
            iteration: iteration.clone(),
            name: one.name.clone(),
            label: one.label.clone(),
            span: one.span,
        }));
    }
    for code in facts.codes.iter().filter(|code| is_schedule(facts, code.section)) {
        drawn(facts, code.body, &mut found);
    }
    for table in &facts.tables {
        tabled(facts, table, &mut found);
    }
    found.sort_by_key(|one| one.span.start);
    found
}

/// The number or name of an iteration that a title begins with: `Iteration 2 (later)` → `2`.
fn iteration(title: &str) -> Option<String> {
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

/// Whether a section belongs to a plan by its own heading's surroundings.
fn is_schedule(facts: &DocumentFacts, id: SectionId) -> bool {
    let mut names = Vec::new();
    let mut at = Some(id);
    while let Some(id) = at {
        names.push(&*facts.section(id).name);
        at = facts.section(id).parent;
    }
    let any =
        |words: &[&str]| names.iter().any(|name| name.split(' ').any(|word| words.contains(&word)));
    let phased = || {
        let extent = facts.section(id).extent;
        let labels = part_of(&facts.fields, extent, |field| field.label).iter();
        let mut names = labels
            .map(|field| &*field.name)
            .chain(children(facts, id).map(|(_, child)| &*child.name));
        names.any(is_phase)
    };
    !any(OTHER) && (any(SCHEDULE) || phased())
}

/// `phase 2a`, `group b`: a heading inside an iteration, and no feature.
fn is_phase(name: &str) -> bool {
    let mut words = name.split(' ');
    let kinds = ["phase", "batch", "group", "level", "stage", "step", "stream", "track", "wave"];
    let first = words.next().is_some_and(|word| kinds.contains(&word));
    first && words.next().is_some_and(|label| label.len() <= 3)
        || name == "parallel"
        || name == "sequential"
}

/// The features in the lists of an iteration's section.
fn planned(facts: &DocumentFacts, id: SectionId, iteration: &str, found: &mut Vec<Scheduled>) {
    let inside = part_of(&facts.blocks, facts.section(id).extent, |block| block.span);
    let first_line = |item: &Block| {
        let text = facts.text_of(item.span);
        let line = text.lines().next().unwrap_or("");
        let bare = line.trim_start_matches(|c: char| " -*+•".contains(c) || c.is_ascii_digit());
        let bare = bare.trim_start_matches(['.', ')', ' ']);
        let start = item.span.start as usize + line.len() - bare.len();
        Span::new(start, start + bare.trim_end().len())
    };
    for item in inside.iter().filter(|block| block.kind == BlockKind::Item) {
        let span = first_line(item);
        let grouping = |block: &Block| is_phase(&phase_name(facts.text_of(first_line(block))));
        let holder = holder(facts, item);
        let outer = holder.is_none_or(grouping);
        let declines =
            facts.section(item.section).name.split(' ').any(|word| OTHER.contains(&word));
        if !outer || declines || inner_iteration(facts, item, id) {
            continue;
        }
        if grouping(item) {
            let value = part_of(&facts.fields, span, |field| field.label).first();
            found
                .extend(value.into_iter().flat_map(|field| several(facts, field.value, iteration)));
        } else {
            found.extend(several(facts, span, iteration));
        }
    }
    let extent = facts.section(id).extent;
    let fields = part_of(&facts.fields, extent, |field| field.label).iter();
    for field in fields.filter(|field| is_phase(&field.name) && !field.value.is_empty()) {
        let paragraph = facts.blocks[field.block as usize];
        if !facts.is_inside(&paragraph, BlockKind::Item) && paragraph.kind == BlockKind::Paragraph {
            found.extend(several(facts, field.value, iteration));
        }
    }
}

fn phase_name(line: &str) -> String {
    normalize(line.split([':', '(']).next().unwrap_or(line))
}

/// The item that holds an item's list.
fn holder<'f>(facts: &'f DocumentFacts, item: &Block) -> Option<&'f Block> {
    let list = &facts.blocks[item.parent? as usize];
    let holder = &facts.blocks[list.parent? as usize];
    (holder.kind == BlockKind::Item).then_some(holder)
}

/// Whether an iteration of its own stands between an item and the section at hand.
fn inner_iteration(facts: &DocumentFacts, item: &Block, id: SectionId) -> bool {
    let mut at = item.section;
    while at != id {
        let section = facts.section(at);
        if iteration(facts.text_of(section.title)).is_some() {
            return true;
        }
        let Some(parent) = section.parent else { return false };
        at = parent;
    }
    false
}

/// The features one line names: `Feature A: Accounts (no needs)`, `Accounts, Catalog`.
fn several(facts: &DocumentFacts, line: Span, iteration: &str) -> Vec<Scheduled> {
    let text = facts.text_of(line);
    let end = [" (", " - ", " – ", " — ", " → ", " -> ", " ← ", ". "].iter();
    // "Feature A - Accounts (…)": a mark right behind the label does not end the name.
    let label = Title::read(text)
        .label
        .map_or(0, |_| text.find([':', '-', '–', '—']).map_or(0, |at| at + 3));
    let label = (label..=text.len()).find(|&at| text.is_char_boundary(at)).unwrap_or(0);
    let cuts = end.filter_map(|mark| text.get(label..)?.find(mark).map(|at| at + label));
    let names = &text[..cuts.min().unwrap_or(text.len())];
    let mut found = Vec::new();
    let mut at = line.start as usize;
    for part in names.split_inclusive([',', '+', '&']) {
        // "Feature B and Feature C" are two, "Search and Filters" is one.
        let second = part.find(" and ").filter(|&and| Title::read(&part[and + 5..]).marked);
        for name in second.map_or(vec![part], |and| vec![&part[..and + 5], &part[and + 5..]]) {
            let end = name.trim_end_matches([',', '+', '&', ' ']);
            let end = end.strip_suffix(" and").unwrap_or(end);
            let start = at + name.len() - name.trim_start().len();
            found.extend(scheduled(end, iteration, Span::new(start, at + end.len())));
            at += name.len();
        }
    }
    found
}

fn scheduled(text: &str, iteration: &str, span: Span) -> Option<Scheduled> {
    let title = Title::read(text);
    let named = title.name.chars().any(char::is_alphabetic);
    named.then(|| Scheduled {
        iteration: iteration.to_owned(),
        name: title.name,
        label: title.label,
        span,
    })
}

/// A schedule drawn as text inside a fence.
fn drawn(facts: &DocumentFacts, body: Span, found: &mut Vec<Scheduled>) {
    let (mut current, mut at) = (None::<String>, body.start as usize);
    for line in facts.text_of(body).split_inclusive('\n') {
        let start = at;
        at += line.len();
        if let Some(iteration) = iteration(line) {
            current = Some(iteration);
            continue;
        }
        let bare = line.trim_start_matches(|c: char| !c.is_alphanumeric());
        let marked = line[..line.len() - bare.len()].contains(['-', '*', '•', '─', '└', '├']);
        if let Some(iteration) = &current
            && (marked || Title::read(bare).marked)
            && !is_phase(&phase_name(bare))
        {
            let start = start + line.len() - bare.len();
            found.extend(several(
                facts,
                Span::new(start, start + bare.trim_end().len()),
                iteration,
            ));
        }
    }
}

/// A table with a column for the iteration.
fn tabled(facts: &DocumentFacts, table: &crate::facts::Table, found: &mut Vec<Scheduled>) {
    let header = table.header().iter().map(|&cell| normalize(facts.text_of(cell)));
    let header: Vec<String> = header.collect();
    let column = |names: &[&str]| header.iter().position(|name| names.contains(&name.as_str()));
    let (Some(when), Some(what)) = (column(&["iteration"]), column(NAMES)) else { return };
    for row in table.rows() {
        let (Some(&when), Some(&what)) = (row.get(when), row.get(what)) else { continue };
        let text = facts.text_of(when).trim_matches(['*', '`', ' ']);
        let bare = text.bytes().all(|byte| byte.is_ascii_digit()) && !text.is_empty();
        let iteration = if bare { Some(text.to_owned()) } else { iteration(text) };
        if let Some(iteration) = iteration {
            found.extend(scheduled(facts.text_of(what), &iteration, what));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::extract;

    fn plan(text: &str) -> Vec<String> {
        let found = read(&extract(text.as_bytes()), &[]);
        found.iter().map(|one| format!("{} {}", one.iteration, one.name)).collect()
    }

    #[test]
    fn lists_fences_and_tables_plan_features() {
        let list = "## Dependency Graph\n### Iteration 1\nPhase 2a (can be parallel):\n\
            - Feature A: Auth (no dependencies)\n  - Owner: someone\n\nPhase 2b:\n- Todos (requires Auth)\n\
            ### Iteration 2 (later)\n- Phase 2a: Feature C: Search, Feature D: Mail\n\
            - Feature E and Feature F\n";
        let planned = ["1 Auth", "1 Todos", "2 Search", "2 Mail", "2 Feature E", "2 Feature F"];
        assert_eq!(plan(list), planned);
        let fence = "## Dependency Graph\n```\nIteration 1\n  Phase 2a\n  ├── Feature A: Auth\n\
            Iteration 2\n  └── Feature B - Todos (after A)\n```\n";
        assert_eq!(plan(fence), ["1 Auth", "2 Todos"]);
        let table = "| Feature | Iteration |\n|---|---|\n| Auth | 1 |\n| Todos | Iteration 2 |\n";
        assert_eq!(plan(table), ["1 Auth", "2 Todos"]);
    }

    #[test]
    fn iterations_of_stories_plan_no_features() {
        let text = "## User Stories\n### Iteration 1\n- US-001: Sign in\n## Results\n### Iteration 1\n- ok\n";
        assert_eq!(plan(text), Vec::<String>::new());
    }
}
