//! What holds for the rules that judge any text, whatever the text.

use gatecheck::facts::extract;
use gatecheck::rules::{self, Check, TextFinding};
use proptest::prelude::*;

proptest! {
    #[test]
    fn text_rules_judge_anything(parts in proptest::collection::vec(part(), 0..50)) {
        let text = parts.concat();
        let facts = extract(text.as_bytes());
        for finding in judge(&text) {
            prop_assert!(facts.text.get(finding.span.range()).is_some(), "{finding:?}");
            prop_assert!(!finding.message.is_empty() && !finding.help.is_empty());
        }
    }
}

/// Pieces that the rules look for, and what makes them look twice.
fn part() -> impl Strategy<Value = String> {
    let pieces = [
        "\n",
        "\n\n",
        "# ",
        "## A\n",
        "- ",
        "1. ",
        "> ",
        "```\n",
        "**",
        "_",
        "`",
        "| ",
        "|\n",
        "|---|---|\n",
        "[ ] ",
        "[x] ",
        "TBD",
        "TODO: ",
        "TODO",
        "???",
        "[NEEDS CLARIFICATION: x]",
        "<<[UNRESOLVED a]>>\n",
        "[Some slot]",
        "[NAME]",
        "[",
        "]",
        "<a b>",
        "<",
        ">",
        "{{a}}",
        "{",
        "}",
        "____",
        "…",
        "...",
        "YYYY-MM-DD",
        "<!-- ",
        " -->",
        "to be decided",
        "not yet documented",
        "coming soon",
        "(",
        ")",
        ":",
        ": ",
        "**Label:** ",
        "Owner:\n",
        "no ",
        "zero ",
        "\"",
        "é",
        "漢字",
        "ACTION REQUIRED: Replace",
        "your text here",
        "---\n",
        "a: b\n",
        "yes / no",
        "<<<<<<< a\n",
        "\0",
    ];
    proptest::sample::select(pieces.to_vec()).prop_map(str::to_owned)
}

fn judge(text: &str) -> Vec<TextFinding> {
    let facts = extract(text.as_bytes());
    let mut found = Vec::new();
    for rule in rules::all() {
        if let Check::Text(check) = rule.check {
            check(&facts, &mut found);
        }
    }
    found
}

/// Anything that grows faster than the document would not come to its end here.
#[test]
fn hostile_documents_are_judged_to_their_end() {
    let cases: [(&str, String); 14] = [
        ("markers in a line", "TBD ".repeat(50_000)),
        ("markers in lines", "- TODO: a\n".repeat(25_000)),
        ("slots in a line", "[Some slot] ".repeat(25_000)),
        ("slots in lines", "- [Some slot]\n".repeat(25_000)),
        ("slots in sections", "## A\n\n[Some slot]\n\n".repeat(6_000)),
        ("slots in a fence", format!("```\n{}```\n", "[Some slot]\n".repeat(25_000))),
        ("tags in lines", "<some-tag>\n\n".repeat(25_000)),
        ("tags in sections", "## A\n\n<some-tag>\n\n".repeat(50_000)),
        ("open brackets", "[".repeat(100_000)),
        ("phrases in a line", "to be decided ".repeat(10_000)),
        ("empty sections", "## A\n\n".repeat(50_000)),
        ("empty bullets", "-\n".repeat(50_000)),
        ("nested slots", format!("{}[Some slot]", "- ".repeat(10_000))),
        (
            "slots below nested boxes",
            (0..3_000).map(|n| format!("{}- [ ] a: [Some slot]\n", "  ".repeat(n % 90))).collect(),
        ),
    ];
    for (name, text) in cases {
        let found = judge(&text);
        assert!(found.iter().all(|one| one.span.end as usize <= text.len()), "{name}");
    }
}
