//! Every format on one report: what it looks like, and that no text of a document does harm.

use crate::sample;

use gatecheck::base::{Failure, RepoPath, Span};
use gatecheck::render::{self, Format, Look};
use gatecheck::report::Verdict;
use serde_json::Value;

const PLAIN: Look = Look { color: false, verbose: false };
const FORMATS: [Format; 4] = [Format::Human, Format::Concise, Format::Json, Format::Github];

fn json(text: &str) -> Value {
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
    let look = Look { color: false, verbose: true };
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
fn no_format_lets_hostile_text_through() {
    for format in FORMATS {
        for look in [PLAIN, Look { color: false, verbose: true }] {
            let text = render::report(&sample::report(), format, look);
            assert_harmless(&text, format);
        }
    }
    let colored = Look { color: true, verbose: true };
    let text = render::report(&sample::report(), Format::Human, colored);
    let bare = without_colors(&text);
    assert_ne!(bare, text, "colors are there when asked for");
    assert_harmless(&bare, Format::Human);
}

/// Nothing that a terminal or a runner acts on, decoded forms of JSON strings included.
fn assert_harmless(text: &str, format: Format) {
    let mut texts = vec![text.to_owned()];
    if format == Format::Json {
        strings(&json(text), &mut texts);
    }
    for text in texts {
        for line in text.lines() {
            let command = format == Format::Github && is_annotation(line);
            assert!(command || !line.trim_start().starts_with("::"), "{format:?}: {line}");
        }
        assert!(!text.contains("##[") && !text.contains("##vso["), "{format:?}");
        let bad = |c: &char| {
            c.is_control() && *c != '\n'
                || matches!(c, '\u{200b}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        };
        assert_eq!(text.chars().find(bad), None, "{format:?}");
    }
}

/// A command of ours: known, with properties that hold no separator of their own.
fn is_annotation(line: &str) -> bool {
    let Some(rest) = line.strip_prefix("::") else { return false };
    let Some((head, _)) = rest.split_once("::") else { return false };
    let Some((command, properties)) = head.split_once(' ') else { return false };
    ["error", "warning", "notice"].contains(&command)
        && properties.split(',').all(|property| {
            property.split_once('=').is_some_and(|(key, value)| {
                ["file", "line", "endLine", "col", "endColumn", "title"].contains(&key)
                    && !value.contains(':')
            })
        })
}

fn strings(value: &Value, out: &mut Vec<String>) {
    match value {
        Value::String(text) => out.push(text.clone()),
        Value::Array(items) => items.iter().for_each(|item| strings(item, out)),
        Value::Object(map) => map.values().for_each(|item| strings(item, out)),
        _ => {}
    }
}

fn without_colors(text: &str) -> String {
    let mut parts = text.split('\u{1b}');
    let mut out = parts.next().unwrap_or("").to_owned();
    for part in parts {
        let (code, rest) = part.split_once('m').unwrap();
        assert!(code.chars().all(|c| c.is_ascii_digit() || "[;".contains(c)), "{code:?}");
        out.push_str(rest);
    }
    out
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
    let text = "[[workflow]]\nrots = [\".work\"]\n";
    let failure = Failure::new("cannot read gatecheck.toml", "unknown key `rots`", "Write `roots`")
        .at(&RepoPath::new("gatecheck.toml"), text, Span::new(13, 17));
    insta::assert_snapshot!("failure", render::failure(&failure, false));
    let error = json(&render::failure_json(&failure));
    assert_eq!(error["schema"], 1);
    assert_eq!(error["verdict"], "none");
    assert_eq!(error["error"]["message"], "cannot read gatecheck.toml: unknown key `rots`");
    assert_eq!(error["error"]["help"], "Write `roots`");
    assert_eq!(error["error"]["place"]["line"], 2);
    let hostile = Failure::new(sample::HOSTILE, sample::HOSTILE, sample::HOSTILE);
    assert_harmless(&render::failure(&hostile, false), Format::Human);
    assert_harmless(&render::failure_json(&hostile), Format::Json);
}
