use super::*;
use crate::facts::extract;

/// Each line with what it is about and the statuses said of it.
fn shown(text: &str) -> Vec<String> {
    let facts = extract(text.as_bytes());
    let tests = read(&facts, &[Span::new(0, facts.text.len())]);
    let mut out = Vec::new();
    for line in tests.lines.iter().filter(|line| !line.denied) {
        for one in &line.about {
            let what = match &one.what {
                What::All(_) => "all".to_owned(),
                What::Endpoint(named) => {
                    let methods: Vec<&str> = named.methods.iter().map(|one| one.word()).collect();
                    format!("{} {}", methods.join("|"), named.route.key())
                }
            };
            let statuses: Vec<String> = one.statuses.iter().map(u16::to_string).collect();
            out.push(format!("{what}: {}", statuses.join(" ")));
        }
    }
    out
}

#[test]
fn lines_say_what_is_tested_of_which_endpoint() {
    assert_eq!(
        shown("- GET /a: 200, 401; POST /b and PUT /c: 201\n"),
        ["GET /a: 200 401", "POST /b: 201", "PUT /c: 201"]
    );
    assert_eq!(
        shown("### POST /a\n\n- ok (201)\n- bad (400)\n"),
        ["POST /a: ", "POST /a: 201", "POST /a: 400"]
    );
    assert_eq!(shown("Every endpoint answers 401 without a token.\n"), ["all: 401"]);
    assert_eq!(
        shown("| Path | Method | 200 | 404 |\n|---|---|---|---|\n| /a/:id | GET | x | - |\n"),
        ["GET /a/{}: 200"]
    );
    assert_eq!(
        shown("| Status | GET /a | GET /b |\n|---|---|---|\n| 401 | yes | no |\n"),
        ["GET /a: 401"]
    );
    assert_eq!(
        shown("```\ndescribe('POST /a')\n  it('401')\ndescribe('other')\n  it('403')\n```\n"),
        ["POST /a: ", "POST /a: 401"]
    );
}

#[test]
fn what_has_no_test_is_not_named() {
    for text in [
        "- `POST /a` is not covered yet.\n",
        "## Gaps\n\n- `POST /a`\n",
        "| Endpoint | Covered |\n|---|---|\n| POST /a | ❌ |\n",
        "There are no tests for:\n\n- POST /a\n",
    ] {
        assert_eq!(shown(text), [""; 0], "{text}");
    }
    assert_eq!(shown("`POST /a` gives 201. Logging is not tested.\n"), ["POST /a: 201"]);
}

#[test]
fn targets_are_told_from_what_was_reached() {
    let targets = |text: &str| -> Vec<f32> {
        let facts = extract(text.as_bytes());
        let tests = read(&facts, &[Span::new(0, facts.text.len())]);
        tests.targets.iter().map(|target| target.percent).collect()
    };
    assert_eq!(targets("Coverage: 78% (target 90%+)\n"), [90.0]);
    assert_eq!(targets("Unit coverage target 85%.\n\nCoverage goal: 70%\n"), [85.0]);
    assert_eq!(targets("Coverage: 78%\n\nE2E coverage target: 50%\n"), [0.0; 0]);
}
