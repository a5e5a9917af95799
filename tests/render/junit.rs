//! JUnit XML, as the list of tests of a CI shows it.

use crate::formats::PLAIN;
use crate::sample;

use gatecheck::render::{self, Format};
use gatecheck::report::{Report, Standing, Verdict};

fn xml(report: &Report) -> String {
    render::report(report, Format::Junit, PLAIN)
}

/// What stands between the beginning of an element and its end.
fn within<'x>(xml: &'x str, begin: &str, end: &str) -> &'x str {
    let (_, rest) = xml.split_once(begin).unwrap_or_else(|| panic!("{begin}: {xml}"));
    rest.split_once(end).map_or(rest, |(part, _)| part)
}

#[test]
fn each_gate_is_a_suite_and_each_deliverable_a_case() {
    insta::assert_snapshot!("junit", xml(&sample::report()));
    let xml = xml(&sample::clean());
    assert!(!xml.contains("<failure") && xml.contains("failures=\"0\""), "{xml}");
}

#[test]
fn files_on_their_own_are_cases() {
    let xml = xml(&sample::lint());
    let suite = "<testsuite name=\"Documents\" tests=\"2\" failures=\"2\"";
    assert!(xml.contains(suite), "{xml}");
    assert!(xml.contains(&format!("<testcase name=\"{}\"", sample::INTERFACE)), "{xml}");
}

#[test]
fn several_failures_of_one_case_are_counted_and_all_told() {
    let xml = xml(&sample::many(3));
    let case = within(&xml, "<testcase name=\"interface: Todo ", "</testcase>");
    assert!(case.contains("message=\"no interface for Todo Management (and 2 more)\""), "{case}");
    assert_eq!(case.matches(": deny[missing-deliverable] ").count(), 3, "{case}");
}

#[test]
fn a_waived_or_known_document_that_is_missing_is_no_passed_test() {
    let mut report = sample::report();
    report.findings[0].standing = Standing::Known;
    let xml = xml(&report);
    let case = within(&xml, "<testcase name=\"interface: Todo ", "</testcase>");
    assert!(case.contains("<skipped message=\"missing, and "), "{case}");
}

#[test]
fn what_fails_a_gate_is_a_failed_test_in_its_suite() {
    let mut report = sample::report();
    report.findings.retain(|finding| !finding.denies());
    let xml = xml(&report);
    let suite = within(&xml, "<testsuite name=\"Gate 1: Foundation design", "</testsuite>");
    assert!(suite.contains("<testcase name=\"gate\"") && suite.contains("<failure"), "{suite}");
}

#[test]
fn where_no_gate_is_due_no_test_is_passed() {
    let xml = xml(&Report { verdict: Verdict::NotDue, ..Report::default() });
    assert!(xml.contains("tests=\"1\" failures=\"0\" errors=\"0\" skipped=\"1\""), "{xml}");
}

#[test]
fn without_a_verdict_a_test_breaks_off() {
    let xml = render::failure_in(&sample::failure(), Format::Junit);
    assert!(xml.contains("errors=\"1\"") && xml.contains(sample::WHY), "{xml}");
}
