//! Markdown for the summary of a job.

use crate::formats::PLAIN;
use crate::sample;

use gatecheck::render::{self, Format};
use gatecheck::report::{Report, Verdict};

fn markdown(report: &Report) -> String {
    render::report(report, Format::Summary, PLAIN)
}

#[test]
fn the_board_comes_first_and_then_what_must_be_resolved() {
    insta::assert_snapshot!("summary", markdown(&sample::report()));
}

#[test]
fn where_all_holds_only_the_board_is_shown() {
    let text = markdown(&sample::clean());
    assert!(text.starts_with("## ✓ gatecheck\n"), "{text}");
    assert!(text.contains("| ✓ |") && !text.contains("must be resolved"), "{text}");
    let text = markdown(&Report { verdict: Verdict::NotDue, ..Report::default() });
    assert!(text.contains("no gate is due"), "{text}");
}

#[test]
fn files_on_their_own_have_no_board() {
    let text = markdown(&sample::lint());
    assert!(!text.contains('|') && text.contains("- **marker-left** "), "{text}");
}

#[test]
fn it_stays_below_what_github_takes_and_says_what_it_left_out() {
    let text = markdown(&sample::many(20_000));
    assert!(text.len() < 1_000_000 && text.len() > 900_000, "{}", text.len());
    let told = text.matches("- **missing-deliverable**").count();
    let said = format!("{} more findings did not fit in here", 20_000 - told);
    assert!(text.contains(&said), "{}", &text[text.len() - 500..]);
}

#[test]
fn without_a_verdict_it_says_why() {
    let text = render::failure_in(&sample::failure(), Format::Summary);
    assert!(text.contains("unknown key &#96;rots&#96;. Fix: write &#96;roots&#96;."), "{text}");
    assert!(text.contains("(<code>gatecheck.toml:2:1</code>)"), "{text}");
}
