//! What came of planting a violation of each rule.

use serde::Serialize;

use super::json;
use super::sanitize::{clean, inert};
use super::text::{Paint, pad, width, wrap};
use crate::base::words;
use crate::report::selftest::{Outcome, RuleTest, SelfTest};

/// One line for each rule under each root, and what it comes to.
pub fn human(test: &SelfTest, color: bool) -> String {
    let paint = Paint(color);
    let ids = test.tests.iter().map(|one| width(one.rule)).max().unwrap_or(0);
    let mut out = String::new();
    let mut before = None;
    for one in &test.tests {
        let ground = (&one.root, &one.workflow);
        if before.replace(ground).is_some_and(|before| before != ground) || out.is_empty() {
            let title = format!("{} ({}) in {}", one.root, one.workflow, test.source);
            let gap = if out.is_empty() { "" } else { "\n" };
            out.push_str(&format!("{gap}{}\n\n", paint.bold(&clean(&title))));
        }
        let (mark, said) = match &one.outcome {
            Outcome::Fired { .. } => (paint.good("✓"), "fired".to_owned()),
            Outcome::Cannot { why } => (paint.dim("·"), format!("cannot fire here: {why}")),
            Outcome::Silent { why } => (paint.bad("✗"), format!("DID NOT FIRE: {why}")),
        };
        let taken = ids + 6;
        let said = wrap(&clean(&said), taken, &" ".repeat(taken));
        out.push_str(&format!("  {mark} {}  {said}\n", pad(one.rule, ids)));
    }
    let count = |word| test.count(word);
    let fired = words::count(count("fired"), "rule fires", "rules fire");
    let mut told = vec![fired];
    if let cannot @ 1.. = count("cannot-fire") {
        told.push(format!("{cannot} cannot fire here"));
    }
    let end = match count("did-not-fire") {
        0 => {
            told.push("every rule that can find something does".to_owned());
            paint.good("✓")
        }
        silent => {
            told.push(format!("{silent} did not fire"));
            paint.bad("✗")
        }
    };
    out.push_str(&format!("\n{end} {}\n", wrap(&told.join(", "), 2, "  ")));
    inert(&out)
}

/// The same for programs.
pub fn json(test: &SelfTest) -> String {
    json::write(&Told {
        schema: json::SCHEMA,
        source: &test.source,
        verdict: if test.holds() { "holds" } else { "fails" },
        rules: test.tests.iter().map(Row::of).collect(),
    })
}

#[derive(Serialize)]
struct Told<'t> {
    schema: u32,
    source: &'t str,
    verdict: &'static str,
    rules: Vec<Row<'t>>,
}

#[derive(Serialize)]
struct Row<'t> {
    id: &'t str,
    workflow: &'t str,
    root: &'t str,
    outcome: &'t str,
    /// Why it did not fire.
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<&'t str>,
    /// Where it fired, and what it said.
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<&'t str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<&'t str>,
}

impl<'t> Row<'t> {
    fn of(test: &'t RuleTest) -> Self {
        let (why, path, message) = match &test.outcome {
            Outcome::Fired { path, message } => (None, Some(path.as_str()), Some(&**message)),
            Outcome::Cannot { why } | Outcome::Silent { why } => (Some(&**why), None, None),
        };
        Self {
            id: test.rule,
            workflow: &test.workflow,
            root: test.root.as_str(),
            outcome: test.outcome.word(),
            why,
            path,
            message,
        }
    }
}
