//! Reads which features are planned for which iteration.

use super::{Boundary, Scheduled, Title};
use crate::base::Span;
use crate::facts::DocumentFacts;
use crate::model::dependencies::{self, Dependencies};
use crate::model::part_of;

/// Every line that plans a feature, in document order: the members of lists, drawings and tables
/// that name an iteration, and the boundaries that stand under one, end their title with one or
/// have a label for it.
pub(super) fn read(
    facts: &DocumentFacts,
    dependencies: &Dependencies,
    boundaries: &[Boundary],
) -> Vec<Scheduled> {
    let mut found: Vec<Scheduled> = Vec::new();
    for section in &facts.sections {
        let title = facts.text_of(section.title);
        let Some(iteration) = dependencies::iteration(title) else { continue };
        let declared = part_of(boundaries, section.extent, |one| one.span).iter();
        found.extend(declared.map(|one| planned(one, iteration.clone())));
    }
    for one in boundaries {
        let label = facts.fields_in(one.extent).find(|field| &*field.name == "iteration");
        let labeled = || dependencies::iteration_of(facts.text_of(label?.value));
        let iteration = titled(facts.text_of(one.span)).or_else(labeled);
        found.extend(iteration.map(|iteration| planned(one, iteration)));
    }
    for node in dependencies.drawings.iter().flat_map(|drawing| &drawing.nodes) {
        let Some(iteration) = &node.iteration else { continue };
        let name = node.title.unwrap_or(node.span);
        found.extend(scheduled(facts.text_of(name), iteration, name));
    }
    found.sort_by_key(|one| one.span.start);
    found
}

fn planned(boundary: &Boundary, iteration: String) -> Scheduled {
    let Boundary { name, label, span, .. } = boundary;
    Scheduled { iteration, name: name.clone(), label: label.clone(), span: *span }
}

/// The iteration that a title ends with, alone in parentheses: `Feature C: Search (Iteration 2)`.
fn titled(title: &str) -> Option<String> {
    let (_, last) = title.trim_end().strip_suffix(')')?.rsplit_once('(')?;
    let alone = last.split_whitespace().count() == 2;
    dependencies::iteration(last).filter(|_| alone)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::extract;
    use crate::workflow::Kind;

    fn plan(text: &str) -> Vec<String> {
        let facts = extract(text.as_bytes());
        let found = read(&facts, &dependencies::read(&facts, Kind::Architecture), &[]);
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
    fn headings_around_lists_and_drawings_plan_what_stands_below() {
        for heading in [
            "Dependency Graph of Iteration 2",
            "Build Order for Iteration 2",
            "Dependencies for iteration two",
            "Iteration 2: Dependency Graph",
        ] {
            let list = format!("## {heading}\n\nPhase 2a:\n- Feature C: Search (requires Auth)\n");
            assert_eq!(plan(&list), ["2 Search"], "{heading}");
        }
        let fence =
            "## Dependency Graph\n\n### Iteration 2\n\n```\nPhase 2a\n└── Feature C: Search\n```\n";
        assert_eq!(plan(fence), ["2 Search"]);
        for heading in ["Dependencies on Iteration 1", "Dependency Graph", "Plan after Iteration 1"]
        {
            let list =
                format!("## {heading}\n\nPhase 2a:\n- Search (requires Auth from Iteration 1)\n");
            assert_eq!(plan(&list), [""; 0], "{heading}");
        }
    }

    #[test]
    fn boundaries_say_their_iteration() {
        let planned = |title: &str, below: &str| {
            let text = format!(
                "## Feature Boundaries\n\n### {title}\n\n{below}\n\n**Owns**:\n- Tables: `finds`\n"
            );
            let facts = extract(text.as_bytes());
            let found = super::super::read(Kind::Architecture, &facts).scheduled;
            let shown = found.iter().map(|one| format!("{} {}", one.iteration, one.name));
            shown.collect::<Vec<_>>().join(", ")
        };
        for (title, below, expected) in [
            ("Feature C: Search (Iteration 2)", "", "2 Search"),
            ("Feature C: Search", "**Iteration**: 2", "2 Search"),
            ("Feature C: Search", "- **Iteration**: Iteration 2", "2 Search"),
            ("Feature C: Search (planned for iteration 2)", "", ""),
            ("Feature C: Search (Iteration 2 extends it)", "", ""),
            ("Feature C: Search", "Sorting is planned for iteration 2.", ""),
            ("Feature C: Search", "**Iteration**: later", ""),
        ] {
            assert_eq!(planned(title, below), expected, "{title} {below}");
        }
    }

    #[test]
    fn iterations_of_stories_plan_no_features() {
        let text = "## User Stories\n### Iteration 1\n- US-001: Sign in\n## Results\n### Iteration 1\n- ok\n";
        assert_eq!(plan(text), Vec::<String>::new());
    }
}
