//! Whether drawings keep their promises, whatever the graph.

use proptest::prelude::*;

use super::samples::*;
use super::*;

fn svg(graph: &Graph) -> String {
    render(graph, GraphFormat::Svg, false)
}

fn every_sample() -> Vec<Graph> {
    vec![
        Graph::default(),
        graph(&[("Accounts", 1)], &[]),
        graph(&[("Accounts", 1); 30], &[]),
        three(),
        twelve(),
        many(30, 6),
        cycle(),
        outside(),
        long_names(),
        hostile(),
        many(300, 12),
    ]
}

#[test]
fn pictures_are_sound() {
    for graph in every_sample() {
        picture::check(&graph, &svg(&graph));
    }
}

#[test]
fn batches_stand_in_columns_from_left_to_right() {
    let graph = many(30, 6);
    let boxes = picture::boxes(&svg(&graph));
    for (a, left) in graph.nodes.iter().zip(&boxes) {
        for (b, right) in graph.nodes.iter().zip(&boxes) {
            assert_eq!(a.batch < b.batch, left.x < right.x, "{a:?} {b:?}");
        }
    }
}

#[test]
fn few_edges_cross() {
    assert_eq!(picture::crossings(&twelve(), &svg(&twelve())), 0);
    assert_eq!(picture::crossings(&three(), &svg(&three())), 0);
}

#[test]
fn what_matters_is_marked() {
    let text = svg(&twelve());
    assert_eq!(text.matches("class=\"box critical\"").count(), 4);
    assert_eq!(text.matches("class=\"edge critical\"><title>").count(), 3);
    let text = svg(&cycle());
    assert_eq!(text.matches("class=\"box wrong\"").count(), 3);
    assert_eq!(text.matches("class=\"edge wrong\"><title>").count(), 3);
    let text = svg(&outside());
    assert_eq!(text.matches("class=\"box outer\"><title>").count(), 1);
    assert_eq!(text.matches("class=\"edge earlier\"><title>").count(), 3);
    assert!(text.contains("<title>Reservations needs Accounts: GET /api/sessions/current</title>"));
}

#[test]
fn pictures_do_not_depend_on_chance() {
    assert_eq!(svg(&many(30, 6)), svg(&many(30, 6)));
}

#[test]
fn hostile_names_say_nothing_to_those_who_read_the_forms() {
    let graph = hostile();
    let picture = svg(&graph);
    assert!(!picture.contains("<script") && picture.contains("&lt;script&gt;"));
    let mermaid = render(&graph, GraphFormat::Mermaid, false);
    let body = mermaid.split("flowchart").nth(1).unwrap_or_default();
    for line in body.lines().filter(|line| line.contains('"')) {
        assert_eq!(line.matches('"').count(), 2, "{line}");
    }
    assert!(!body.contains("<script") && !body.contains('`') && !body.contains("%%"));
    let dot = render(&graph, GraphFormat::Dot, false);
    assert!(dot.contains(r#"n1 [label="a\"b'c&amp;d"];"#), "{dot}");
    assert!(dot.contains(r#"n3 [label="\\u{202e}desrever\\u{2066}"];"#), "{dot}");
    for format in [GraphFormat::Human, GraphFormat::Mermaid, GraphFormat::Dot, GraphFormat::Svg] {
        let text = render(&graph, format, false);
        assert!(!text.chars().any(|c| c.is_control() && c != '\n'));
        assert!(!text.lines().any(|line| line.trim_start().starts_with("::")), "{text}");
        assert!(!text.contains("##[") && !text.contains('\u{202e}'));
    }
}

#[test]
fn people_read_batches_and_the_critical_path() {
    let text = render(&twelve(), GraphFormat::Human, false);
    let expected = "\
Who waits for whom

1. Accounts, Catalog, Ledger, Imprint, Opening hours (in parallel)
2. Sessions, Search, Invoices, Payments (in parallel)
3. Reservations, Accounting export (in parallel)
4. Late fees

critical path: Accounts → Sessions → Reservations → Late fees
";
    assert_eq!(text, expected);
    let text = render(&cycle(), GraphFormat::Human, false);
    assert!(
        text.ends_with("cycle: Orders → Stock → Billing → Orders\nin no batch: Reports\n"),
        "{text}"
    );
}

#[test]
fn programs_read_ids() {
    let text = render(&cycle(), GraphFormat::Json, false);
    let json: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(json["edges"][0]["before"], "id-0");
    assert_eq!(json["edges"][0]["after"], "id-1");
    assert_eq!(json["batches"][1]["nodes"], serde_json::json!(["id-5"]));
    assert_eq!(json["nodes"][1]["in_cycle"], true);
    assert_eq!(json["nodes"][1]["batch"], serde_json::Value::Null);
}

#[test]
fn both_languages_name_every_node_and_edge() {
    let graph = outside();
    let mermaid = render(&graph, GraphFormat::Mermaid, false);
    assert!(
        mermaid.contains("subgraph b0 [\"Batch 1 (in parallel)\"]\n        n2[\"Reservations\"]")
    );
    assert!(mermaid.contains("    n0[\"Identity provider\"]:::outside\n"));
    assert!(mermaid.contains("    n1 -.-> n3\n") && mermaid.contains("    n3 --> n4\n"));
    let dot = render(&graph, GraphFormat::Dot, false);
    assert!(dot.contains("n1 -> n3 [style=dashed];") && dot.contains("n3 -> n4;"), "{dot}");
}

#[test]
fn an_iteration_shows_what_it_needs_from_before() {
    let mut whole = three();
    for (node, iteration) in whole.nodes.iter_mut().zip(["1", "1", "2"]) {
        node.iteration = iteration.into();
    }
    whole.nodes[2].batch = Some(1);
    let second = whole.of_iteration("2");
    assert_eq!(second.names(&[0, 1, 2]), ["Accounts", "Catalog", "Reservations"]);
    assert_eq!(second.edges.len(), 2);
    assert_eq!(second.batches().len(), 1);
    let first = whole.of_iteration("1");
    assert_eq!(first.names(&[0, 1, 2]), ["Accounts", "Catalog"]);
    assert!(first.critical_path.is_empty());
    assert!(render(&whole, GraphFormat::Human, false).contains("\nIteration 2\n1. Reservations\n"));
}

#[test]
fn batches_count_from_the_beginning_of_each_iteration() {
    let names = [
        "Mail",
        "Accounts",
        "Catalog",
        "Reservations",
        "Fees",
        "Reports",
        "Admin",
        "Review",
        "Shop",
    ];
    let edges = [(0, 1), (1, 2), (2, 3), (3, 4), (4, 5), (5, 4), (5, 6), (1, 7), (7, 8)];
    let mut graph = graph(&names.map(|name| (name, 0)), &edges);
    let iterations = ["", "1", "1", "2", "2", "2", "2", "", "1"];
    for (node, iteration) in graph.nodes.iter_mut().zip(iterations) {
        node.iteration = iteration.into();
        node.external = iteration.is_empty();
    }
    graph.schedule();
    let batches: Vec<_> = graph.nodes.iter().map(|node| node.batch.unwrap_or(0)).collect();
    assert_eq!(batches, [0, 1, 2, 1, 0, 0, 0, 2, 3]);
    assert_eq!(graph.nodes[7].iteration, "1".into());
}

#[test]
fn a_feature_stands_among_what_it_needs_and_what_needs_it() {
    let graph = twelve();
    let place = graph.find("sessions").unwrap();
    let around = graph.around(place);
    let all: Vec<usize> = (0..around.nodes.len()).collect();
    assert_eq!(around.names(&all), ["Accounts", "Sessions", "Reservations", "Late fees"]);
    assert_eq!(graph.find("late"), Some(5));
    assert_eq!(graph.find("s"), None);
    assert_eq!(graph.find("nothing"), None);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    /// Cycles, needs against the order of the batches, needs of oneself, places that do not exist.
    #[test]
    fn every_graph_can_be_drawn(
        batches in proptest::collection::vec(0_usize..5, 1..24),
        edges in proptest::collection::vec((0_usize..25, 0_usize..25), 0..40),
        marks in any::<u64>(),
    ) {
        let nodes: Vec<(&str, usize)> = batches.iter().map(|&batch| ("Some feature", batch)).collect();
        let mut graph = graph(&nodes, &edges);
        for (place, node) in graph.nodes.iter_mut().enumerate() {
            node.in_cycle = marks >> (place % 64) & 3 == 3;
            node.external = marks >> (place % 64) & 5 == 5;
        }
        picture::check(&graph, &svg(&graph));
        for format in [GraphFormat::Human, GraphFormat::Mermaid, GraphFormat::Dot, GraphFormat::Json] {
            prop_assert!(!render(&graph, format, true).is_empty());
        }
    }
}
