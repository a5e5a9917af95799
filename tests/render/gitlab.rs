//! The code quality report of GitLab.

use crate::formats::{PLAIN, json};
use crate::sample;

use gatecheck::base::RepoPath;
use gatecheck::render::{self, Format};
use gatecheck::report::Report;
use serde_json::{Value, json};

fn violations(report: &Report) -> Value {
    json(&render::report(report, Format::Gitlab, PLAIN))
}

#[test]
fn the_gravest_stand_first() {
    let violations = violations(&sample::report());
    insta::assert_snapshot!("gitlab", serde_json::to_string_pretty(&violations).unwrap());
}

#[test]
fn where_all_holds_the_list_is_empty() {
    assert_eq!(violations(&sample::clean()), json!([]));
}

#[test]
fn each_violation_has_a_fingerprint_of_its_own() {
    let violations = violations(&sample::many(2));
    let keys = violations.as_array().unwrap().iter().map(|one| one["fingerprint"].clone());
    assert_eq!(keys.collect::<Vec<_>>(), ["fp:2", "fp:3", "fp:1"]);
}

#[test]
fn paths_begin_where_gitlab_looks_for_them() {
    let mut report = sample::lint();
    report.findings[0].path = RepoPath::new("./docs/a b.md");
    assert_eq!(violations(&report)[0]["location"]["path"], "docs/a b.md");
}

#[test]
fn without_a_verdict_the_list_is_not_empty() {
    let violation = &json(&render::failure_in(&sample::failure(), Format::Gitlab))[0];
    assert_eq!(violation["description"], sample::WHY);
    assert_eq!(violation["severity"], "blocker");
    let place = json!({"path": "gatecheck.toml", "lines": {"begin": 2, "end": 2}});
    assert_eq!(violation["location"], place);
}
