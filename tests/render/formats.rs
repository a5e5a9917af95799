//! Every format on one report: what it looks like, and that no text of a document does harm.

use crate::sample;

use gatecheck::render::{self, Format, Look};
use gatecheck::report::Verdict;
use serde_json::Value;

pub const PLAIN: Look = Look { color: false, verbose: false, waived: false };

pub fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

#[test]
fn the_human_report_reads_well() {
    insta::assert_snapshot!("human", render::report(&sample::report(), Format::Human, PLAIN));
    insta::assert_snapshot!("human_clean", render::report(&sample::clean(), Format::Human, PLAIN));
    insta::assert_snapshot!("human_lint", render::report(&sample::lint(), Format::Human, PLAIN));
}

#[test]
fn uncounted_findings_are_listed_on_demand() {
    let look = Look { verbose: true, ..PLAIN };
    let human = render::report(&sample::report(), Format::Human, look);
    assert!(human.contains("TBD stands in a later gate\n    later\n"), "{human}");
    assert!(human.contains(r"    waived: pilot\n::error until \u{202e}May"), "{human}");
    let short = render::report(&sample::report(), Format::Human, PLAIN);
    assert!(!short.contains("later gate"));
    assert!(human.contains("   = subject: Errors\n") && !short.contains("= subject:"), "{human}");
    let concise = render::report(&sample::report(), Format::Concise, look);
    assert!(concise.contains(" — Write what is decided (subject: Errors)\n"), "{concise}");
}

#[test]
fn the_other_formats_hold_their_shape() {
    let report = sample::report();
    insta::assert_snapshot!("concise", render::report(&report, Format::Concise, PLAIN));
    insta::assert_snapshot!("github", render::report(&report, Format::Github, PLAIN));
    let json = json(&render::report(&report, Format::Json, PLAIN));
    insta::assert_snapshot!("json", serde_json::to_string_pretty(&json).unwrap());
}

#[test]
fn lines_for_people_fit_a_hundred_columns_but_for_paths() {
    let text = render::report(&sample::report(), Format::Human, PLAIN);
    for line in text.lines().filter(|line| !line.contains(".work/")) {
        assert!(line.chars().count() <= 100, "{line}");
    }
}

#[test]
fn annotations_are_capped_and_the_cap_is_said() {
    let mut report = sample::report();
    let one = report.findings[0].clone();
    report.findings = std::iter::repeat_n(one, 13).collect();
    let text = render::report(&report, Format::Github, PLAIN);
    assert_eq!(text.lines().filter(|line| line.starts_with("::error ")).count(), 10);
    assert!(text.contains("3 more findings without annotation"), "{text}");
    assert_eq!(text.matches(": deny[missing-deliverable]").count(), 3);
}

#[test]
fn the_verdict_counts_in_the_right_number() {
    let mut report = sample::report();
    report.findings.truncate(1);
    report.documents = 1;
    report.notes.clear();
    let text = render::report(&report, Format::Human, PLAIN);
    assert!(text.contains(
        "Gate 1 of iteration 1 fails: 1 finding must be resolved. Examined: 1 document in"
    ));
    report.verdict = Verdict::NotDue;
    report.findings.clear();
    assert_eq!(render::report(&report, Format::Human, PLAIN), "no gate is due yet\n");
}

#[test]
fn a_failure_says_what_why_where_and_what_to_do() {
    let failure = sample::failure();
    insta::assert_snapshot!("failure", render::failure(&failure, false));
    let error = json(&render::failure_in(&failure, Format::Json));
    assert_eq!(error["schema"], 1);
    assert_eq!(error["verdict"], "none");
    assert_eq!(error["error"]["message"], "cannot read gatecheck.toml: unknown key `rots`");
    assert_eq!(error["error"]["help"], "write `roots`");
    assert_eq!(error["error"]["place"]["line"], 2);
    let github = render::failure_in(&failure, Format::Github);
    let at = "::error file=gatecheck.toml,line=2,col=1,title=gatecheck reached no verdict::cannot";
    assert!(github.starts_with(at), "{github}");
}
