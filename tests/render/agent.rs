//! The report for coding agents.

use crate::formats::PLAIN;
use crate::sample;

use gatecheck::render::{self, Format};
use gatecheck::report::{Report, Verdict};

fn told(report: &Report) -> String {
    render::report(report, Format::Agent, PLAIN)
}

#[test]
fn each_finding_is_a_line_with_its_fix() {
    insta::assert_snapshot!("agent", told(&sample::report()));
}

#[test]
fn nothing_is_said_where_nothing_has_to_be_done() {
    assert_eq!(told(&sample::clean()), "");
    let mut report = sample::report();
    report.findings.retain(|finding| !finding.denies());
    report.verdict = Verdict::Holds;
    assert_eq!(told(&report), "", "warnings stop nobody");
    report.verdict = Verdict::NotDue;
    assert_eq!(told(&report), "");
}

#[test]
fn the_gravest_are_told_and_the_others_counted() {
    let text = told(&sample::many(25));
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), 22);
    assert!(lines[..20].iter().all(|line| !line.contains("(only warns)")), "{text}");
    assert_eq!(lines[20], "6 more: run gatecheck");
    assert!(lines[21].contains(" 25 findings must be resolved, 1 warning."), "{text}");
}

#[test]
fn long_texts_do_not_fill_the_window_of_the_reader() {
    let mut report = sample::many(25);
    for finding in &mut report.findings {
        finding.message = "\u{1b}".repeat(5_000);
        finding.help = "long ".repeat(5_000);
    }
    let text = told(&report);
    assert!(text.chars().count() <= 8_000 && text.lines().count() > 3, "{text}");
}

#[test]
fn without_a_verdict_it_says_why() {
    let text = render::failure_in(&sample::failure(), Format::Agent);
    assert_eq!(text, format!("No verdict: {}\n", sample::WHY));
}
