//! SARIF, as code scanning takes it.

use crate::formats::{PLAIN, json};
use crate::sample;

use gatecheck::base::RepoPath;
use gatecheck::render::{self, Format, Look};
use gatecheck::report::Report;
use serde_json::{Value, json};

fn log(report: &Report) -> Value {
    json(&render::report(report, Format::Sarif, PLAIN))
}

fn results(log: &Value) -> &Vec<Value> {
    log["runs"][0]["results"].as_array().unwrap()
}

#[test]
fn it_holds_all_that_code_scanning_asks_for() {
    let text = serde_json::to_string_pretty(&log(&sample::report())).unwrap();
    insta::assert_snapshot!("sarif", text.replace(env!("CARGO_PKG_VERSION"), "VERSION"));
    assert_eq!(results(&log(&sample::clean())).len(), 0);
}

#[test]
fn files_given_by_hand_have_addresses_too() {
    let uri = |path: &str| {
        let mut report = sample::lint();
        report.findings[0].path = RepoPath::new(path);
        results(&log(&report))[0]["locations"][0]["physicalLocation"]["artifactLocation"].clone()
    };
    assert_eq!(uri("./docs/a b.md")["uri"], "docs/a%20b.md");
    assert_eq!(uri("/srv/a.md"), json!({"uri": "file:///srv/a.md"}));
}

#[test]
fn no_two_results_share_a_fingerprint_and_a_change_elsewhere_renames_none() {
    let keys = |report: &Report| -> Vec<Value> {
        let key = |one: &Value| one["partialFingerprints"]["primaryLocationLineHash"].clone();
        results(&log(report)).iter().map(key).collect()
    };
    let mut report = sample::many(3);
    report.findings[0].fingerprint = "other".into();
    assert_eq!(keys(&report), ["fp:1", "fp:2", "fp:3", "other:1"]);
    report.findings.remove(0);
    assert_eq!(keys(&report), ["fp:1", "fp:2", "fp:3"]);
}

#[test]
fn waived_findings_are_suppressed_results_where_they_are_asked_for() {
    let waived = |look: Look| {
        let log = json(&render::report(&sample::report(), Format::Sarif, look));
        let results = results(&log).clone();
        assert!(!log.to_string().contains("TBD stands in a later gate"), "{log}");
        let suppressed = results.iter().filter(|one| one["suppressions"][0].is_object());
        (suppressed.cloned().collect::<Vec<_>>(), results)
    };
    let (suppressed, results) = waived(PLAIN);
    assert!(suppressed.is_empty() && results.iter().all(|one| one.get("suppressions").is_none()));
    let (suppressed, results) = waived(Look { waived: true, ..PLAIN });
    let [one] = &suppressed[..] else { panic!("{suppressed:?}") };
    assert_eq!(one["suppressions"][0]["kind"], "external");
    assert_eq!(one["suppressions"][0]["justification"], r"pilot\n::error until \u{202e}May");
    assert!(results.iter().all(|one| one["suppressions"].is_array()), "all have them or none");
}

#[test]
fn too_many_results_are_cut_after_the_gravest_and_that_is_said() {
    let log = log(&sample::many(25_001));
    assert_eq!(results(&log).len(), 25_000);
    assert!(results(&log).iter().all(|one| one["level"] == "error"));
    let said = log["runs"][0]["invocations"][0]["toolExecutionNotifications"].to_string();
    assert!(said.contains("2 results are left out"), "{said}");
}

#[test]
fn without_a_verdict_the_run_was_no_success() {
    let log = json(&render::failure_in(&sample::failure(), Format::Sarif));
    let invocation = &log["runs"][0]["invocations"][0];
    assert_eq!(invocation["executionSuccessful"], false);
    let notification = &invocation["toolExecutionNotifications"][0];
    assert_eq!(notification["level"], "error");
    assert_eq!(notification["message"]["text"], sample::WHY);
    let place = &notification["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "gatecheck.toml");
    assert_eq!(place["region"]["startLine"], 2);
    assert_eq!(results(&log).len(), 0);
}
