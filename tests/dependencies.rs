//! A graph printed in each notation and read back is the same graph.

use std::collections::BTreeSet;

use gatecheck::facts::extract;
use gatecheck::model::dependencies;
use gatecheck::project::features::Index;
use gatecheck::project::graph::{Graph, Source};
use gatecheck::workflow::Kind;
use proptest::prelude::*;

const NAMES: [&str; 7] =
    ["Accounts", "Catalog", "Lending", "Payments", "Search", "Reports", "Messages"];

/// What each thing needs: only things before it, so that there is an order to print.
type Needs = Vec<BTreeSet<usize>>;
type Print = fn(&Needs) -> String;

fn graphs() -> impl Strategy<Value = Needs> {
    prop::collection::vec(any::<u8>(), 2..=NAMES.len()).prop_map(|bits| {
        let needs = bits.iter().enumerate();
        needs.map(|(at, bits)| (0..at).filter(|to| bits >> to & 1 == 1).collect()).collect()
    })
}

fn names(needs: &BTreeSet<usize>, none: &str) -> String {
    let names: Vec<&str> = needs.iter().map(|&at| NAMES[at]).collect();
    if names.is_empty() { none.to_owned() } else { names.join(", ") }
}

fn each(graph: &Needs, line: impl Fn(usize, &BTreeSet<usize>) -> String) -> String {
    graph.iter().enumerate().map(|(at, needs)| line(at, needs)).collect()
}

fn table(graph: &Needs) -> String {
    let rows = each(graph, |at, needs| format!("| {} | {} |\n", NAMES[at], names(needs, "None")));
    format!("| Feature | Depends On |\n| --- | --- |\n{rows}")
}

fn table_of_ids(graph: &Needs) -> String {
    let rows = each(graph, |at, needs| {
        let ids: Vec<String> = needs.iter().map(|to| format!("T-{to:03}")).collect();
        let ids = if ids.is_empty() { "—".to_owned() } else { ids.join(", ") };
        format!("| T-{at:03} | {} | {ids} |\n", NAMES[at])
    });
    format!("| ID | Task | Dependencies |\n| --- | --- | --- |\n{rows}")
}

fn list(graph: &Needs) -> String {
    let lines = each(graph, |at, needs| match needs.is_empty() {
        true => format!("- {} (no dependencies)\n", NAMES[at]),
        false => format!("- {} (requires {})\n", NAMES[at], names(needs, "")),
    });
    format!("## Build Order\n\nStage 1:\n\n{lines}")
}

fn fields(graph: &Needs) -> String {
    each(graph, |at, needs| {
        format!("## {}\n\n**Depends on**: {}\n\n", NAMES[at], names(needs, "Nothing"))
    })
}

fn tree(graph: &Needs) -> String {
    let lines = each(graph, |at, needs| {
        let below = needs.iter().map(|&to| format!("├── depends on: {}\n", NAMES[to]));
        format!("{}\n{}", NAMES[at], below.collect::<String>())
    });
    format!("## Dependency Tree\n\n```\n{lines}```\n")
}

fn mermaid(graph: &Needs) -> String {
    let nodes = each(graph, |at, _| format!("    N{at}[\"{}\"]\n", NAMES[at]));
    let arrows = each(graph, |at, needs| {
        needs.iter().map(|to| format!("    N{to} -->|then| N{at}\n")).collect()
    });
    format!("## Dependency Graph\n\n```mermaid\ngraph TD\n{nodes}{arrows}```\n")
}

fn yaml(graph: &Needs) -> String {
    let lines = each(graph, |at, needs| {
        format!("  - id: {}\n    depends_on: [{}]\n", NAMES[at], names(needs, ""))
    });
    format!("## Dependencies\n\n```yaml\ntasks:\n{lines}```\n")
}

fn mapping(graph: &Needs) -> String {
    let lines = each(graph, |at, needs| format!("  {}: [{}]\n", NAMES[at], names(needs, "")));
    format!("## Dependencies\n\n```yaml\ndependencies:\n{lines}```\n")
}

/// Boxes one below the other show chains only, so each pair has a row of its own.
fn boxes(graph: &Needs) -> String {
    let rows = each(graph, |at, needs| {
        needs.iter().map(|&to| format!("{} ──► {}\n\n", NAMES[to], NAMES[at])).collect()
    });
    format!("## Dependency Graph\n\n```\n{rows}```\n")
}

fn arrows(graph: &Needs) -> String {
    let lines = each(graph, |at, needs| {
        needs.iter().map(|&to| format!("- {} → {}\n", NAMES[to], NAMES[at])).collect()
    });
    format!("## Critical Path\n\n{lines}")
}

fn pairs(graph: &Needs) -> BTreeSet<(String, String)> {
    let pairs = graph.iter().enumerate().flat_map(|(at, needs)| {
        needs.iter().map(move |&to| (NAMES[at].to_owned(), NAMES[to].to_owned()))
    });
    pairs.collect()
}

fn read(text: &str) -> BTreeSet<(String, String)> {
    let facts = extract(text.as_bytes());
    let dependencies = dependencies::read(&facts, Kind::Unknown);
    let source = Source { artifact: 0, facts: &facts, dependencies: &dependencies };
    let graph = Graph::from(&[], &Index::default(), &[source]);
    let name = |node: usize| {
        let name = &graph.nodes[node].name;
        match name.strip_prefix("T-").and_then(|id| id.parse::<usize>().ok()) {
            Some(id) => NAMES[id].to_owned(),
            None => name.clone(),
        }
    };
    graph.edges.iter().map(|edge| (name(edge.from), name(edge.to))).collect()
}

proptest! {
    #[test]
    fn a_graph_survives_every_notation(graph in graphs()) {
        let notations: [(&str, Print); 10] = [
            ("table", table),
            ("table of ids", table_of_ids),
            ("list", list),
            ("fields", fields),
            ("tree", tree),
            ("mermaid", mermaid),
            ("yaml", yaml),
            ("mapping", mapping),
            ("boxes", boxes),
            ("arrows", arrows),
        ];
        for (notation, print) in notations {
            let text = print(&graph);
            prop_assert_eq!(read(&text), pairs(&graph), "{}:\n{}", notation, text);
        }
    }

    #[test]
    fn no_text_makes_the_readers_panic(text in "(## Dependencies\n|```mermaid\ngraph TD\n|```\n|```yaml\n|A --> B\n|[\\PC\n]{0,12}|├── |┌─┐│└┘►|\\| Depends On \\|\n|- [Ā]{0,3} \\(requires ){0,30}") {
        read(&text);
    }
}

/// The order of work and whether the longest path has an equal, as one document tells it.
fn order(text: &str) -> (Vec<String>, bool) {
    let facts = extract(text.as_bytes());
    let dependencies = dependencies::read(&facts, Kind::Dependencies);
    let source = Source { artifact: 0, facts: &facts, dependencies: &dependencies };
    let graph = Graph::from(&[], &Index::default(), &[source]);
    let names = graph.shape.longest.iter().map(|&node| graph.nodes[node].name.clone());
    (names.collect(), graph.shape.tied)
}

#[test]
fn a_legend_and_needs_below_items_give_the_order() {
    let chart = "```mermaid\ngraph LR\n  Lending --> Catalog\n```\n";
    let (custom, _) = order(&format!("# Dependencies\n\n{chart}"));
    assert_eq!(custom, ["Lending", "Catalog"]);
    let legend = "`A --> B` means \"A depends on B\".";
    let (turned, _) = order(&format!("# Dependencies\n\n{legend}\n\n{chart}"));
    assert_eq!(turned, ["Catalog", "Lending"]);
    let nested =
        "# Dependencies\n\n## Level 0\n- Catalog\n\n## Level 1\n- Lending\n  - needs: Catalog\n";
    assert_eq!(order(nested).0, ["Catalog", "Lending"]);
}

#[test]
fn a_longest_path_with_an_equal_is_said_to_have_one() {
    let table = |rows: &str| {
        format!(
            "# Dependencies\n\n| Feature | Depends On |\n| --- | --- |\n| Search | None |\n{rows}"
        )
    };
    assert!(!order(&table("| Catalog | Search |\n")).1);
    assert!(order(&table("| Catalog | Search |\n| Lending | Search |\n")).1);
    let joined = "| Catalog | Search |\n| Lending | Search |\n| Reports | Catalog, Lending |\n";
    assert!(order(&table(joined)).1);
}
