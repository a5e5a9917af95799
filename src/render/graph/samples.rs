//! Graphs for tests, made by hand or by rule.

use super::{Edge, Graph, Node};

/// A graph from names with their batches (0 is none) and edges by place.
pub fn graph(nodes: &[(&str, usize)], edges: &[(usize, usize)]) -> Graph {
    let node = |(place, (name, batch)): (usize, &(&str, usize))| Node {
        id: format!("id-{place}").into(),
        name: name.into(),
        batch: Some(*batch).filter(|batch| *batch > 0),
        ..Node::default()
    };
    let edge = |&(before, after): &(usize, usize)| Edge { before, after, ..Edge::default() };
    Graph {
        title: "Who waits for whom".into(),
        nodes: nodes.iter().enumerate().map(node).collect(),
        edges: edges.iter().map(edge).collect(),
        critical_path: Vec::new(),
        tied: false,
    }
}

/// Marks a way as the critical path.
pub fn critical(mut graph: Graph, path: &[usize]) -> Graph {
    for &node in path {
        graph.nodes[node].critical = true;
    }
    for edge in &mut graph.edges {
        edge.critical = path.windows(2).any(|two| two == [edge.before, edge.after]);
    }
    graph.critical_path = path.to_vec();
    graph
}

/// As many features as asked for, in batches of about the same size, each with one to three needs.
pub fn many(count: usize, batches: usize) -> Graph {
    const WORDS: [&str; 9] = [
        "Accounts",
        "Catalog search",
        "Reservations",
        "Late fees",
        "Notifications by mail",
        "Reports",
        "Admin console",
        "Audit trail",
        "Payment provider",
    ];
    let batch = |place: usize| place * batches / count;
    let names: Vec<String> =
        (0..count).map(|place| format!("{} {place}", WORDS[place % WORDS.len()])).collect();
    let nodes: Vec<(&str, usize)> =
        names.iter().enumerate().map(|(place, name)| (&**name, batch(place) + 1)).collect();
    let mut state = 7_u64;
    let mut random = |below: usize| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    let mut edges = Vec::new();
    for place in 0..count {
        let first = (0..count).find(|&one| batch(one) == batch(place)).unwrap_or(0);
        let before = (0..count).find(|&one| batch(one) + 1 == batch(place)).unwrap_or(0);
        if first == 0 {
            continue;
        }
        let mut needs = vec![before + random(first - before)];
        needs.extend((0..random(3)).map(|_| random(first)));
        needs.sort_unstable();
        needs.dedup();
        edges.extend(needs.into_iter().map(|need| (need, place)));
    }
    graph(&nodes, &edges)
}

pub fn three() -> Graph {
    let graph =
        graph(&[("Accounts", 1), ("Catalog", 2), ("Reservations", 3)], &[(0, 1), (0, 2), (1, 2)]);
    critical(graph, &[0, 1, 2])
}

/// Two parts that have nothing to do with each other, and two features on their own.
pub fn twelve() -> Graph {
    let nodes = [
        ("Accounts", 1),
        ("Catalog", 1),
        ("Sessions", 2),
        ("Search", 2),
        ("Reservations", 3),
        ("Late fees", 4),
        ("Ledger", 1),
        ("Invoices", 2),
        ("Payments", 2),
        ("Accounting export", 3),
        ("Imprint", 1),
        ("Opening hours", 1),
    ];
    let edges = [
        (0, 2),
        (1, 3),
        (2, 4),
        (3, 4),
        (1, 4),
        (4, 5),
        (0, 5),
        (6, 7),
        (6, 8),
        (7, 9),
        (8, 9),
        (6, 9),
    ];
    critical(graph(&nodes, &edges), &[0, 2, 4, 5])
}

/// A cycle of three, with something before it and something that waits for it.
pub fn cycle() -> Graph {
    let nodes = [
        ("Accounts", 1),
        ("Orders", 0),
        ("Stock", 0),
        ("Billing", 0),
        ("Reports", 0),
        ("Search", 2),
    ];
    let mut graph = graph(&nodes, &[(0, 1), (1, 2), (2, 3), (3, 1), (3, 4), (0, 5)]);
    for node in 1..=3 {
        graph.nodes[node].in_cycle = true;
        graph.edges[node].in_cycle = true;
    }
    graph
}

/// Needs from outside and from an earlier iteration, with labels.
pub fn outside() -> Graph {
    let nodes = [
        ("Identity provider", 0),
        ("Accounts", 0),
        ("Reservations", 1),
        ("Fees", 1),
        ("Reminders", 2),
    ];
    let mut graph = graph(&nodes, &[(0, 2), (1, 2), (1, 3), (2, 4), (3, 4), (1, 4)]);
    graph.nodes[0].external = true;
    for edge in &mut graph.edges[..3] {
        edge.earlier = edge.before == 1;
    }
    graph.edges[5].earlier = true;
    graph.nodes[1].iteration = "1".into();
    graph.nodes[1].detail = Some("Iteration 1".into());
    graph.edges[0].label = Some("tokens (OIDC)".into());
    graph.edges[1].label = Some("GET /api/sessions/current".into());
    graph.edges[3].label = Some("reservation.made".into());
    graph
}

pub const HOSTILE: [&str; 8] = [
    "<script>alert(1)</script>",
    "a\"b'c&d",
    "x\u{1b}[31m\u{7}",
    "\u{202e}desrever\u{2066}",
    "end\n] --> n2",
    "::error::x ##[group]",
    "\u{fffe}`$\\{}|;#quot;%%",
    "",
];

/// Names that mean something to the languages of the outputs, and names that are very long.
pub fn hostile() -> Graph {
    let nodes = HOSTILE.map(|name| (name, 1));
    let mut graph = graph(&nodes, &[(0, 1), (1, 2), (2, 3)]);
    for (place, node) in graph.nodes.iter_mut().enumerate() {
        node.batch = Some(place / 3 + 1);
    }
    graph.title = HOSTILE.concat().into();
    graph.edges[0].label = Some(HOSTILE.concat().into());
    graph
}

pub fn long_names() -> Graph {
    let letters = "x".repeat(300);
    let words = "a feature with a name that says everything ".repeat(12);
    let nodes = [
        ("Registration of members who have been suspended before", 1),
        ("payment-provider-gateway-and-reconciliation-service", 1),
        (&*letters, 2),
        (&*words, 2),
        ("貸出履歴の検索と予約の管理および延滞料金の計算", 3),
        ("מלאי", 3),
    ];
    graph(&nodes, &[(0, 2), (1, 2), (1, 3), (2, 4), (3, 5), (0, 5)])
}
