//! What the other commands show: the board, the rules, what was read from a document.

use crate::sample;

use gatecheck::base::Level;
use gatecheck::render::inspect::{self, Inspected};
use gatecheck::render::{board, rules};
use gatecheck::report::{GateVerdict, RuleNote};
use serde_json::Value;

const PAGE: &str = "# empty-section\n\n## What it does\n\nA section\nholds nothing.\n\n## Example\n\n\
                    ````markdown fails .work/A.md\n# T\n\n```\n::x\n```\n````\n\n## How to fix\n\n\
                    * Write it,\n  all of it.\n* Or say\n  \"None\".\n";

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

#[test]
fn the_board_shows_what_is_done_for_whom_and_what_is_next() {
    insta::assert_snapshot!("board", board::render(&sample::report(), false));
    let board = json(&board::json(&sample::report()));
    assert_eq!(board["schema"], 1);
    let phase = &board["workflows"][0]["phases"][1];
    assert_eq!(phase["deliverables"][1]["duties"][0]["subject"], "User Authentication");
    assert_eq!(phase["deliverables"][1]["duties"][1]["done"], false);
    assert_eq!(board["next"][0]["path"], ".work/foundation/architecture/INTERFACE-todos.md");
}

#[test]
fn a_missing_deliverable_is_one_step_not_two() {
    let board = json(&board::json(&sample::report()));
    let steps = board["next"].as_array().unwrap();
    let about = |step: &&Value| step["path"] == ".work/foundation/architecture/INTERFACE-todos.md";
    assert_eq!(steps.iter().filter(about).count(), 1, "{steps:?}");
}

#[test]
fn with_nothing_to_repair_the_next_phase_is_what_is_next() {
    let mut report = sample::clean();
    let gates = &mut report.workflows[0].gates;
    gates[3].deliverables = gates[1].deliverables.clone();
    gates[1].deliverables.clear();
    assert_eq!(gates[3].verdict, GateVerdict::NotStarted);
    let board = json(&board::json(&report));
    assert_eq!(
        board["next"][0]["do"],
        r"write the interface of Todo \u{1b}[31m管理 for phase 2.5 of iteration 1"
    );
    assert_eq!(board["more"], 0);
}

#[test]
fn rules_are_listed_and_explained() {
    let note = RuleNote {
        summary: "a section holds nothing",
        promises: &["S2.6"],
        level: Level::Deny,
        page: PAGE,
    };
    let listed = [("empty-section", note.clone())];
    let table = rules::table(&listed, false);
    assert!(table.starts_with("deny  empty-section  a section holds nothing (S2.6)\n1 rule;"));
    assert_eq!(json(&rules::table_json(&listed))["rules"][0]["id"], "empty-section");
    insta::assert_snapshot!("page", rules::page("empty-section", &note, false));
    assert_eq!(json(&rules::page_json("empty-section", &note))["rule"]["page"], PAGE);
}

#[test]
fn what_was_read_is_shown_with_lines() {
    let document = Inspected {
        path: ".work/E.md".into(),
        kind: "evidence",
        sections: vec![
            inspect::Section { level: 0, title: "".into(), line: 1 },
            inspect::Section { level: 2, title: sample::HOSTILE.into(), line: 3 },
        ],
        fields: vec![inspect::Field {
            label: "Status".into(),
            value: "many words ".repeat(30).trim_end().into(),
            line: 4,
        }],
        deviations: Some(inspect::Deviations {
            statement: "reported",
            entries: vec![inspect::Deviation {
                title: "Token lifetime".into(),
                line: 9,
                what: Some("an hour".into()),
                why: None,
                impact: Some("none".into()),
            }],
        }),
        ..Inspected::default()
    };
    let documents = [document];
    insta::assert_snapshot!("inspect", inspect::render(&documents, false));
    let json = json(&inspect::json(&documents));
    let document = &json["documents"][0];
    assert_eq!(document["kind"], "evidence");
    assert_eq!(document["deviations"]["entries"][0]["why"], Value::Null);
    assert_eq!(document["contracts"], Value::Array(Vec::new()));
    assert_eq!(document["dependencies"], Value::Array(Vec::new()));
}
