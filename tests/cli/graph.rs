//! `gatecheck graph` on the complete project, whose table says who waits for whom.

use serde_json::json;

use crate::project::{complete, json, plain, ran};

fn graph(arguments: &[&str]) -> (i32, String, String) {
    let scratch = complete();
    ran(plain(&scratch.root, &[&["graph"], arguments].concat()))
}

#[test]
fn people_read_batches_by_iteration() {
    let (status, out, error) = graph(&[]);
    assert_eq!((status, &*error), (0, ""));
    assert!(
        out.contains("Iteration 1\n1. Accounts\n2. Catalog\n\nIteration 2\n1. Reservations\n"),
        "{out}"
    );
}

#[test]
fn every_form_shows_the_same_edges() {
    let (_, out, _) = graph(&["--format", "json"]);
    let out = json(&out);
    let mut edges: Vec<String> = out["edges"]
        .as_array()
        .unwrap()
        .iter()
        .map(|edge| format!("{} {}", edge["before"], edge["after"]).replace('"', ""))
        .collect();
    edges.sort();
    assert_eq!(edges, ["accounts catalog", "accounts reservations", "catalog reservations"]);
    assert_eq!(out["batches"][1], json!({"iteration": "1", "batch": 2, "nodes": ["catalog"]}));
    let forms = [("mermaid", "flowchart LR"), ("dot", "digraph"), ("svg", "<svg ")];
    for (form, begin) in forms {
        let (status, out, _) = graph(&["--format", form]);
        assert_eq!(status, 0);
        let edges = match form {
            "mermaid" => out.matches("> n").count(),
            "dot" => out.matches(" -> ").count(),
            _ => out.matches("</title><path ").count(),
        };
        assert!(out.contains(begin), "{out}");
        assert_eq!(edges, 3, "{out}");
    }
}

#[test]
fn parts_can_be_asked_for() {
    let (_, out, _) = graph(&["--iteration", "1", "--format", "json"]);
    assert_eq!(json(&out)["nodes"].as_array().unwrap().len(), 2);
    let (_, out, _) = graph(&["--iteration", "2"]);
    assert!(out.contains("1. Reservations\n") && !out.contains("2."), "{out}");
    assert!(out.ends_with("\nfrom other iterations: Accounts, Catalog\n"), "{out}");
    let (_, out, _) = graph(&["--feature", "reserv", "--format", "json"]);
    assert_eq!(json(&out)["edges"].as_array().unwrap().len(), 3);
}

#[test]
fn what_is_not_there_is_an_error_with_an_offer() {
    let (status, out, error) = graph(&["--feature", "katalog"]);
    assert_eq!((status, &*out), (2, ""));
    assert!(error.contains("did you mean Catalog?"), "{error}");
    let (status, out, _) = graph(&["--iteration", "9", "--format", "json"]);
    assert_eq!(status, 2);
    assert_eq!(json(&out)["verdict"], "none");
}
