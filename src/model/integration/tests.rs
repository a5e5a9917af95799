use super::{Integration, Way, read};
use crate::facts::{DocumentFacts, extract};
use crate::workflow::{PolicyFile, parse};

fn of(text: &str) -> (DocumentFacts, Integration) {
    let file = PolicyFile::builtin("standard-orchestration").unwrap_or_default();
    let workflow = parse(file, &[], &mut |_| unreachable!()).expect("the built-in workflow");
    let facts = extract(text.as_bytes());
    let report = read(&facts, &workflow);
    (facts, report)
}

/// Each suite with its last result.
fn suites(text: &str) -> Vec<String> {
    let (_, report) = of(text);
    report.suites.iter().map(|suite| format!("{} {:?}", suite.key, suite.outcome)).collect()
}

#[test]
fn the_last_result_of_a_suite_counts() {
    let table = "# R\n\n## Test Results\n\n| Suite | Run | Failed | Result |\n|---|---|---|---|\n\
                 | Accounts unit | 1 | 1 | FAIL |\n| Accounts unit | 2 | 0 | PASS |\n\
                 | Catalog unit | 2 | 2 | FAIL |\n| Catalog unit | 1 | 0 | PASS |\n\
                 | **Total** | | 2 | FAIL |\n";
    assert_eq!(suites(table), ["accounts unit Pass", "catalog unit Fail"]);
    let later =
        format!("{table}\n## Test results of iteration 2\n\n- Catalog unit: 12 passed, 0 failed\n");
    assert_eq!(suites(&later), ["accounts unit Pass", "catalog unit Pass"]);
}

#[test]
fn what_was_not_run_has_no_result() {
    let table = "# R\n\n## Test Results\n\n| Suite | Tests | Failed | Result |\n|---|---|---|---|\n\
                 | Unit | 8 | 0 | not run |\n| Edge | 8 | 0 | |\n| E2E | 2 | 0 | timed out |\n\
                 | Contract | 3 | 4 | PASS |\n| Smoke | 3 | 1 | PASS after fix |\n\
                 | **Others** | | | |\n| Load | 3 | 0 | 3/3 |\n\n- API tests: pending\n";
    let expected = [
        "unit Open",
        "edge Open",
        "e2e Fail",
        "contract Fail",
        "smoke Pass",
        "load Pass",
        "api tests Open",
    ];
    assert_eq!(suites(table), expected);
    let kept = "# R\n\n## Results\n\n| Suite | Initial | After fix |\n|---|---|---|\n\
                | Unit | PASS | - |\n| Edge | FAIL | PASS |\n";
    assert_eq!(suites(kept), ["unit Pass", "edge Pass"]);
}

#[test]
fn suites_are_told_apart_and_runs_are_not() {
    let numbered = "# R\n\n## Test results\n\n| Suite | Result |\n|---|---|\n| Suite 1 | FAIL |\n\
                    | Suite 2 | PASS |\n| Suite 2, run 2 | PASS |\n";
    assert_eq!(suites(numbered), ["suite 1 Fail", "suite 2 Pass"]);
    let kinds = "# R\n\n## Test results\n\n| Feature | Type | Result |\n|---|---|---|\n\
                 | A | Unit | FAIL |\n| A | Edge | PASS |\n";
    assert_eq!(suites(kinds), ["a unit Fail", "a edge Pass"]);
    let headed = "# R\n\n## Test results\n\n### Accounts\n\n| Suite | Result |\n|---|---|\n\
                  | Unit | FAIL |\n\n### Catalog\n\n| Suite | Result |\n|---|---|\n\
                  | Unit | PASS |\n\n### Second run\n\n- Accounts unit: 3 passed, 0 failed\n";
    assert_eq!(suites(headed), ["catalog unit Pass", "accounts unit Pass"]);
    let dated = "# R\n\n## Test results\n\n| Date | Suite | Result |\n|---|---|---|\n\
                 | 2026-05-14 | Unit | PASS |\n| 2026-05-12 | Unit | FAIL |\n";
    assert_eq!(suites(dated), ["unit Pass"]);
    let runs = "# R\n\n## Test results\n\n| Run | Tests | Result |\n|---|---|---|\n\
                | 1 | Unit | FAIL |\n| 2 | Unit | PASS |\n";
    assert_eq!(suites(runs), ["unit Pass"]);
}

#[test]
fn results_come_as_columns_of_kinds_and_as_output() {
    let kinds = "# R\n\n## Test results\n\n| Feature | Unit tests | Contract |\n|---|---|---|\n\
                 | A | PASS | 3 failed |\n| B | ✅ | |\n";
    assert_eq!(suites(kinds), ["a unit tests Pass", "a contract Fail", "b unit tests Pass"]);
    let printed = "# R\n\n## Test results\n\n```\nPASS tests/a.test.ts\nFAIL tests/b.test.ts\n\
                   Tests: 1 failed, 3 passed\n```\n";
    assert_eq!(suites(printed), ["tests a test ts Pass", "tests b test ts Fail"]);
    let counted = "# R\n\n## Suite output\n\n### Test run\n\n```\n== 12 passed in 3s ==\n```\n";
    assert_eq!(suites(counted), ["test Pass"]);
}

#[test]
fn sentences_tell_that_suites_pass() {
    let told = |text: &str| of(&format!("# R\n\n## Test results\n\n{text}\n")).1.told.len();
    assert_eq!(told("All suites of Accounts, Catalog and Reservations pass."), 1);
    assert_eq!(told("All suites should pass."), 0);
    assert_eq!(told("The unit tests cover every branch."), 0);
}

#[test]
fn results_come_as_items_and_below_headings_too() {
    let items = "# R\n\n## Test Execution Summary\n\n- Initial failures: 23\n- Failures fixed: 23\n\
                 - ✅ ALL unit tests passing (100% of 87 tests)\n- ❌ Contract tests: 3/4\n";
    assert_eq!(suites(items), ["all unit tests passing Pass", "contract tests Fail"]);
    let headings = "# R\n\n## Test results\n\n### Accounts\n\n- **Total**: 8\n- **Failed**: 0\n\n\
                    ### Catalog\n\n**Result**: ❌ FAIL\n";
    assert_eq!(suites(headings), ["accounts Pass", "catalog Fail"]);
    let counts =
        "# R\n\n## Suite results\n\n| Feature | Passed | Failed |\n|---|---|---|\n| A | 3 | 1 |\n";
    assert_eq!(suites(counts), ["a Fail"]);
}

#[test]
fn failures_found_and_fixed_are_no_results() {
    let text = "# R\n\n## Test Results\n\n| Suite | Result |\n|---|---|\n| Unit | PASS |\n\n\
                ### Failures found\n\n| Suite | Result |\n|---|---|\n| Unit | FAIL |\n\n\
                ## Test Failures Found and Fixed\n\n- Unit tests: 2 failed\n";
    assert_eq!(suites(text), ["unit Pass"]);
}

#[test]
fn deviations_are_resolved_in_one_of_three_ways() {
    let text = "# R\n\n## Deviations Found & Resolved\n\n1. **Response format**\n   \
                - Architecture specified: {data}\n   - Resolution: ✅ FIXED - updated code\n\
                2. **Paging**\n   - Resolution: contract updated\n3. **Focus**\n   \
                - Resolution: accepted\n4. **Names**\n   - Resolution: pending\n";
    let (_, report) = of(text);
    let ways: Vec<_> = report.resolutions.iter().map(|one| (&*one.title, one.way)).collect();
    let expected = [
        ("Response format", Some(Way::Code)),
        ("Paging", Some(Way::Contract)),
        ("Focus", Some(Way::Accepted)),
        ("Names", None),
    ];
    assert_eq!(ways, expected);
    let (_, table) = of("# R\n\n## Deviation reconciliation\n\n| ID | Deviation | Resolution |\n\
                         |---|---|---|\n| D-1 | cursor | Contract updated |\n");
    assert_eq!(table.resolutions[0].way, Some(Way::Contract));
    for none in [
        "None reported.",
        "Waiting List reported none.",
        "Both features reported none.",
        "- Bookings reported none, Shifts reported none.",
        "The evidence of Waiting List reports no deviations.",
    ] {
        let text = format!("# R\n\n## Deviations and Resolutions\n\n{none}\n");
        assert!(of(&text).1.resolutions.is_empty(), "{none}");
    }
    let one = "# R\n\n## Deviations and Resolutions\n\nBookings reported none, Shifts one.\n";
    assert_eq!(of(one).1.resolutions.len(), 1);
}

#[test]
fn what_is_meant_or_denied_resolves_nothing() {
    let way = |said: &str| {
        let text = format!(
            "# R\n\n## Deviations\n\n| ID | Deviation | Resolution |\n|---|---|---|\n| D-1 | x | {said} |\n"
        );
        of(&text).1.resolutions[0].way
    };
    for open in [
        "not fixed",
        "Not accepted",
        "under review",
        "to be discussed",
        "Rejected",
        "will be fixed in iteration 3",
        "The contract should be updated",
        "will be looked at later",
    ] {
        assert_eq!(way(open), None, "{open}");
    }
    for (said, expected) in [
        ("Not fixed: accepted by the architect", Way::Accepted),
        ("Accepted, will be revisited in iteration 3", Way::Accepted),
        ("Rejected; code changed back", Way::Code),
        ("Code", Way::Code),
        ("No code change, accepted", Way::Accepted),
        ("The clients read both", Way::Other),
    ] {
        assert_eq!(way(said), Some(expected), "{said}");
    }
}

#[test]
fn contract_updates_are_listed_and_none_is_none() {
    let (facts, report) =
        of("# R\n\n## Contract Updates\n\n- `GET /a`: page became cursor\n- `POST /b`: 422\n");
    assert_eq!(report.updates.len(), 2);
    assert_eq!(report.claims(&facts)[0], "get a page became cursor");
    assert!(of("# R\n\n## Contract updates\n\nNone.\n").1.updates.is_empty());
}
