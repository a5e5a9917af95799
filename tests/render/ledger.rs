//! What was agreed and what became of it, in every form.

use crate::sample::{self, HOSTILE};

use gatecheck::render::ledger::{
    self, Change, Entry, Ledger, LedgerFormat, Ledgers, Only, Place, Reported, Resolution, Update,
};
use gatecheck::report::AgreementStanding;
use serde_json::Value;

const ARCHITECTURE: &str = ".work/foundation/architecture/ARCHITECTURE.md";
const EVIDENCE: &str = ".work/implementation/tools/EVIDENCE.md";
const REPORT: &str = ".work/integration/INTEGRATION-REPORT.md";

fn place(path: &str, line: u32) -> Place {
    Place { path: path.into(), line: Some(line) }
}

fn reported(line: u32, title: &str) -> Reported {
    Reported { place: place(EVIDENCE, line), title: title.into(), by: "Ida Roth (Tools)".into() }
}

fn resolved(way: &'static str, line: u32) -> Option<Resolution> {
    Some(Resolution { way, place: place(REPORT, line) })
}

fn change(thing: &str, told: &str, line: u32) -> Change {
    Change {
        iteration: "1".into(),
        thing: thing.into(),
        kind: "endpoint",
        way: "removed",
        told: told.into(),
        place: place(ARCHITECTURE, line),
        then: Some(place(ARCHITECTURE, line)),
        concerns: vec!["Tools".into()],
        open: true,
        ..Change::default()
    }
}

/// One of everything, and text that tries to do harm.
fn ledgers() -> Ledgers {
    let paging = reported(40, "DEV-1: GET /api/tools continues by cursor, not by page number");
    let settled = |told: &str| Change {
        reported: vec![paging.clone()],
        resolution: resolved("contract updated", 35),
        open: false,
        ..change("GET /api/tools", told, 30)
    };
    let waiting = Change {
        reported: vec![reported(48, "A tool may have no category"), reported(9, HOSTILE)],
        ..change("type Tool", "field category became optional", 60)
    };
    let gone = Change {
        place: Place { path: ARCHITECTURE.into(), line: None },
        then: Some(place(ARCHITECTURE, 77)),
        iteration: "2".into(),
        ..change("EVENT tool.lost", "was removed", 0)
    };
    let evil = Change {
        place: place(".work/a|b\n::error.md", 3),
        ..change(&format!("GET /{HOSTILE}"), "x | <b>`@all #1` https://x.y [a](b)\n::error::c", 3)
    };
    let changes = vec![
        settled("query field page was removed"),
        settled("query field cursor was added"),
        waiting,
        change("POST /api/tools", "error case 409 was removed", 47),
        evil,
        gone,
    ];
    let code = reported(52, "The list is sorted by name in the page instead of the database");
    let entries = vec![
        Entry { reported: code.clone(), resolution: resolved("accepted", 36), open: false },
        Entry { reported: reported(60, HOSTILE), resolution: None, open: true },
    ];
    let updates = vec![
        Update {
            title: "GET /api/tools (DEV-1)".into(),
            place: place(REPORT, 41),
            called_for: true,
        },
        Update { title: HOSTILE.into(), place: place(REPORT, 42), called_for: false },
    ];
    let agreements = sample::report().workflows.remove(0).agreements;
    let (id, root) = ("standard-orchestration".into(), ".work".into());
    let one = Ledger { id, root, several: true, agreements, changes, entries, updates };
    Ledgers { source: "HEAD (1a2b3c4)".into(), workflows: vec![one], only: Only::default() }
}

/// A ledger of a project in which nobody changed anything.
fn unchanged() -> Ledgers {
    let mut ledgers = ledgers();
    let one = &mut ledgers.workflows[0];
    one.agreements.truncate(1);
    one.agreements[0].why = "1a2b3c4, asked for as v1".into();
    one.several = false;
    (one.changes, one.entries, one.updates) = (Vec::new(), Vec::new(), Vec::new());
    ledgers
}

fn human(ledgers: &Ledgers) -> String {
    ledger::render(ledgers, LedgerFormat::Human, false)
}

#[test]
fn it_reads_like_a_report() {
    insta::assert_snapshot!("ledger", human(&ledgers()));
    insta::assert_snapshot!("ledger_markdown", markdown(&ledgers()));
    insta::assert_snapshot!("ledger_unchanged", human(&unchanged()));
}

fn markdown(ledgers: &Ledgers) -> String {
    ledger::render(ledgers, LedgerFormat::Markdown, false)
}

#[test]
fn programs_get_every_change_with_its_fate() {
    let text = ledger::render(&ledgers(), LedgerFormat::Json, false);
    let all: Value = serde_json::from_str(&text).unwrap();
    assert_eq!((&all["schema"], &all["source"]), (&1.into(), &"HEAD (1a2b3c4)".into()));
    let one = &all["workflows"][0];
    assert_eq!(one["agreements"][0]["standing"], "agreed");
    let change = &one["changes"][0];
    assert_eq!(change["thing"], "GET /api/tools");
    assert_eq!((&change["path"], &change["line"]), (&ARCHITECTURE.into(), &30.into()));
    assert_eq!(change["then"]["line"], 30);
    assert_eq!(change["reported"][0]["by"], "Ida Roth (Tools)");
    assert_eq!(
        (&change["resolution"]["way"], &change["open"]),
        (&"contract updated".into(), &false.into())
    );
    let unreported = &one["changes"][3];
    assert_eq!(unreported["reported"], Value::Array(Vec::new()));
    assert_eq!((&unreported["resolution"], &unreported["open"]), (&Value::Null, &true.into()));
    assert_eq!(one["entries"][0]["resolution"]["path"], REPORT);
    assert_eq!(one["updates"][1]["called_for"], false);
}

#[test]
fn nothing_to_compare_is_told_with_the_remedy() {
    let mut nothing = unchanged();
    nothing.workflows[0].agreements[0].standing = AgreementStanding::Nothing;
    assert!(human(&nothing).contains("--base REV"), "{}", human(&nothing));
    nothing.workflows[0].agreements[0].standing = AgreementStanding::Unknown;
    assert!(human(&nothing).contains("git fetch --unshallow"), "{}", human(&nothing));
    nothing.workflows[0].agreements.clear();
    assert!(human(&nothing).contains("Nothing to compare yet"), "{}", human(&nothing));
    assert!(!human(&nothing).contains("has changed"), "{}", human(&nothing));
}

#[test]
fn what_is_left_out_is_not_taken_for_nothing() {
    let mut open = unchanged();
    assert!(human(&open).contains("Nothing that was agreed has changed."), "{}", human(&open));
    open.only.open = true;
    assert!(human(&open).contains("in HEAD (1a2b3c4), only what is open\n"), "{}", human(&open));
    assert!(human(&open).ends_with("\nNothing is open.\n"), "{}", human(&open));
}

#[test]
fn lines_fit_and_cells_of_markdown_stay_cells() {
    let text = human(&ledgers());
    let wide =
        text.lines().filter(|line| !line.contains('/')).find(|line| line.chars().count() > 100);
    assert_eq!(wide, None, "{text}");
    let text = markdown(&ledgers());
    for row in text.lines().filter(|line| line.starts_with('|')) {
        assert_eq!(row.matches('|').count(), 5, "{row}");
    }
    assert!(!text.contains("@all") && !text.contains("<b>"), "{text}");
}
