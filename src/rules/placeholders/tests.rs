//! Both sides of each rule: what counts, and what only looks like it.

use crate::base::LineIndex;
use crate::facts;
use crate::rules::{Check, Rule};

/// The lines on which a rule speaks.
fn lines(rule: &Rule, text: &str) -> Vec<u32> {
    let Check::Text(check) = rule.check else { panic!("{} judges no text", rule.id) };
    let facts = facts::extract(text.as_bytes());
    let mut found = Vec::new();
    check(&facts, &mut found);
    let index = LineIndex::new(&facts.text);
    found.iter().map(|finding| index.position(finding.span.start).line).collect()
}

fn speaks(rule: &Rule, texts: &[&str]) {
    for text in texts {
        assert!(!lines(rule, text).is_empty(), "{} is silent on:\n{text}", rule.id);
    }
}

fn is_silent(rule: &Rule, texts: &[&str]) {
    for text in texts {
        assert!(lines(rule, text).is_empty(), "{} speaks on:\n{text}", rule.id);
    }
}

/// No two rules speak about one line.
fn only(rule: &Rule, text: &str, expected: &[u32]) {
    for other in super::RULES {
        let wanted: &[u32] = if other.id == rule.id { expected } else { &[] };
        assert_eq!(lines(other, text), wanted, "{} on:\n{text}", other.id);
    }
}

#[test]
fn markers_count_where_content_belongs() {
    speaks(
        &super::marker::RULE,
        &[
            "Owner: TBD\n",
            "The retry limit is TBD.\n",
            "We publish a _TBD_ number of copies.\n",
            "| Role | Who |\n|---|---|\n| Lead | TBD (asked Mira) |\n",
            "- TODO: describe the fallback\n",
            "TODO for the storage team\n",
            "Cost: ???\n",
            "The deadline (tbc) moves.\n",
            "---\nreviewer: TBD\n---\n# A\n\ntext\n",
            "---\nreviewers:\n  - \"TBD, of the storage team\"\n---\n# A\n\ntext\n",
            "<table>\n<tr><td>Owner</td><td>TBD, perhaps Mira</td></tr>\n</table>\n",
            "- The gate MUST lock after [NEEDS CLARIFICATION: how many attempts?]\n",
            "**Database**: NEEDS CLARIFICATION\n",
            "## Rollout (TBD)\n\ntext\n",
            "<!-- TODO: mention the limits -->\n\ntext\n",
            "<<[UNRESOLVED who pays]>>\nStill argued about.\n<<[/UNRESOLVED]>>\n",
            "Launch date: TBA\n",
            "Response: {items: [Tool], next: TODO}\n",
            "- **Limit**: placeholder\n- **Owner**: WIP\n",
        ],
    );
}

#[test]
fn markers_that_are_denied_quoted_or_named_do_not_count() {
    is_silent(
        &super::marker::RULE,
        &[
            "All parts are written, with zero TBD sections.\n",
            "- [x] No TODO markers remain\n",
            "Interfaces are complete, no TBDs.\n",
            "Write \"TBD\" where you do not know yet.\n",
            "A cell is a name or `TBD`.\n",
            "```\nowner: TBD\n```\n",
            "<p><code>TBD</code> <a title=\"TBD\">x</a></p>\n",
            "We searched for TODO, FIXME and XXX.\n",
            "The scanner flags TODO comments.\n",
            "# TODO\n\n- [x] wash\n",
            "| Task | Status |\n|---|---|\n| Wash | TODO |\n",
            "- [ ] TODO wash the dishes\n",
            "Tokens are issued by TBA gateways.\n",
            "See TODO.md and TBD-17.\n",
            "~~Owner: TBD~~ Mira\n",
            "??? note \"A folded box\"\n\n    text\n",
            "- [Plan (TBD)](#plan-tbd)\n",
            "All [NEEDS CLARIFICATION] markers were answered.\n",
            "Use `[NEEDS CLARIFICATION: …]` or [NEEDS CLARIFICATION: …] for gaps.\n",
            "Mark open points as follows:\n\n```\n<<[UNRESOLVED topic]>>\n```\n",
            "The Todo Management page lists todos.\n",
            "- Status: WIP\n- Input field: placeholder\n",
        ],
    );
}

#[test]
fn slots_count_where_a_value_is_expected() {
    speaks(
        &super::slot::RULE,
        &[
            "**Updated**: [Timestamp]\n\ntext\n",
            "# Plan for [FEATURE NAME]\n\ntext\n",
            "- Screenshots: [Location/Link]\n- Logs: kept\n",
            "- **Why**: [explain the value]\n- x\n",
            "1. **Given** [initial state], **When** [some action], **Then** it holds\n2. x\n",
            "Store: [e.g., Postgres]\n\ntext\n",
            "Summary: <what changed, and for whom>\n\ntext\n",
            "Name: {{name}}\n\ntext\n",
            "Signed: ________\n\ntext\n",
            "Date: YYYY-MM-DD\n\ntext\n",
            "- Response: ?\n- x\n",
            "## R7 —\n\n- Impact: high\n",
        ],
    );
    let line = "- [Some one] did [some thing]\n- x\n";
    assert_eq!(lines(&super::slot::RULE, line).len(), 1, "the slots of a line are one hole");
}

#[test]
fn brackets_that_mean_something_are_no_slots() {
    is_silent(
        &super::slot::RULE,
        &[
            "Send `Authorization: Bearer <token>` or Bearer <token>.\n",
            "GET /users/<id> gives a List<String>.\n",
            "> [!NOTE]\n> Read this.\n",
            "- [ ] open\n- [x] done\n",
            "As shown in [1], [RFC 2119] and [^2].\n",
            "Press <kbd>X</kbd>.<br>\n",
            "<details>\n<summary>More</summary>\n\ntext\n\n</details>\n",
            "<process>\n\ntext\n\n</process>\n",
            "[Authorize]\n",
            "result: [pending]\n",
            "tags: [auth, api]\n\ntext\n",
            "## [Unreleased]\n\n- a\n",
            "- T1 [P] [US1] Build it\n",
            "It takes < 2 minutes and > 1 second.\n",
            "We sort `a[i]` and list[index].\n",
            "The window shows:\n\n- Workspace: [team name]\n- Count: 3\n",
            "It says \"Connected to [your workspace]\" then.\n",
            "The check looks for placeholder text such as [PROJECT_NAME] in a file.\n",
            "| a | b |\n|---|---|\n| `[name]` | c |\n",
            "| Argument | Example |\n|---|---|\n| <id> | [Tool name] |\n",
            "Format: YYYY-MM-DD\n",
        ],
    );
}

#[test]
fn template_text_counts_where_it_was_left() {
    let rule = &super::template_text::RULE;
    let fence = "## Scope\n\ntext\n\n```\n[What we build]\n- [feature one]\n- [feature two]\n```\n";
    assert_eq!(lines(rule, fence), [6, 7, 8]);
    speaks(
        rule,
        &[
            "Lorem ipsum dolor sit amet.\n",
            "Your text here.\n",
            "# A\n\n<!-- ACTION REQUIRED: Replace the content below -->\n\ntext\n",
            "- Impact: High / Medium / Low\n- x\n",
            "**Verdict**: approve / reject\n",
        ],
    );
    is_silent(
        rule,
        &[
            "```js\nconst a = [what, we, build];\n```\n",
            "```\nBad:\nWelcome!\n[Next page]\n\nGood:\nnothing\n```\n",
            "```\n<type>(<scope>): <subject>\n```\n",
            "## Commit format\n\n```\n[kind of change]: [what changed]\n```\n",
            "The output looks like this:\n\n```\n[name of the file]\n```\n",
            "Priority: High\n",
            "Accepts yes / no\n",
            "# A\n\n<!-- ACTION REQUIRED: In order to merge, open an issue -->\n\ntext\n",
        ],
    );
}

#[test]
fn sections_are_empty_when_no_reader_finds_anything() {
    let rule = &super::empty_section::RULE;
    speaks(
        rule,
        &[
            "# T\n\n## Errors\n\n## Data\n\ntext\n",
            "# T\n\n## Errors\n\n<!-- list them -->\n\n## Data\n\ntext\n",
            "# T\n\ntext\n\n## Errors\n",
            "# T\n\n## Errors\n\n[List all error cases]\n",
            "# T\n\n## Errors\n\n```\n[List all error cases]\n```\n",
            "# T\n\n## Errors\n\n-\n",
            "# T\n\n## Errors\n\n.\n\n## Data\n\n&nbsp;\n",
            "# T\n\n## Errors\n\n---\n\n## Data\n\ntext\n",
            "## What\n\n<!-- say it -->\n\n## Why\n\ntext\n",
            "# T\n\n## What should happen if the disk fails and nobody looks?\n\n## Why\n\ntext\n",
            "# Lonely\n",
            "# T\n\n## Errors\n## Data\n## Calls\n\ntext\n",
            "# T\n\n## US-001: Lend\n\ntext\n\n## US-002: Return\n",
            "# T\n\n## `GET /a`\n\n## GET /b\n\ntext\n",
            "# T\n\n## A\n\ntext\n\n## Contract Updates: Iteration 1\n\n## B\n\ntext\n",
            "# T\n\n## Rules: kinds and limits\n\n## A\n\ntext\n\n## B\n\ntext\n",
            "# T\n\n## A comparison of the two ways to lend\n\n## Why\n\ntext\n",
        ],
    );
    is_silent(
        rule,
        &[
            "# T\n\n## Errors\n\nNone.\n",
            "# T\n\n## Errors\n\n<!-- None -->\n",
            "# T\n\n## Errors\n\n### Login\n\ntext\n",
            "# T\n\n## Errors\n\n**Login:**\n\n- 401\n",
            "# T\n\n## Status: done\n\n## 401 Unauthorized\n\n## No deviations\n\ntext\n",
            "# T\n# A second line of the title\n\ntext\n",
            "# T\n\n## [1.2.0] - 2026-01-01\n\n### Removed\n\n### Added\n\n- a\n",
            "# T\n\n## Checks by hand\n\n## 1. Open it\n\ntext\n",
            "# T\n\n## Options\n\n## Option 1: wait\n\ntext\n",
            "# T\n\n## US-001: Lend\n\n## US-002: Return\n",
            "# T\n\n## US-001: Lend\n\ntext\n\n## US-002: PASSED\n\n## US-003: 2 of 2 steps\n",
            "# T\n\n## GET /a\n\ntext\n\n## POST /a → 201\n",
            "# T\n\n## A\n\ntext\n\n## Severity: CRITICAL\n\n## B\n\ntext\n",
            "# T\n\n## A\n\ntext\n\n## Tests: all green\n\n## B\n\ntext\n",
            "# T\n\n## Q & A\n\n## Why so late?\n\ntext\n",
            "# T\n\n## Diagram\n\n![](flow.png)\n",
            "# T\n\n## Table\n\n| a |\n|---|\n| b |\n",
            "# T\n\n## List\n\n<ul><li>one</li></ul>\n",
            "# T\n\n### SSRF ✅ N/A\n\n### Keep the old field as an alias\n\ntext\n",
            "# T\n\n<!-- stack-start -->\n## Stack\n\n## Languages\n\ntext\n<!-- stack-end -->\n",
        ],
    );
}

#[test]
fn items_are_empty_when_nothing_follows_them() {
    let rule = &super::empty_item::RULE;
    speaks(
        rule,
        &[
            "- a\n-\n- b\n",
            "1. a\n2.\n",
            "- Time:\n- Budget: ten\n",
            "- Budget: ten\n- Time:\n",
            "**Owner:**\n**Date:** today\n",
            "## A\n\n**Owns:**\n\n## B\n\ntext\n",
            "## A\n\n**Owns:**\n\n**Calls:** none\n\n## B\n\n**Owns:** x\n\n**Calls:** y\n",
            "| a | b |\n|---|---|\n| 1 | 2 |\n|  |  |\n",
            "| a | b |\n|---|---|\n",
            "| Stage | Notes |\n|---|---|\n| One |  |\n| Two |  |\n",
        ],
    );
    is_silent(
        rule,
        &[
            "- Owns:\n  - a\n",
            "Owns:\n\n- a\n",
            "**Owns:**\n\n| a |\n|---|\n| b |\n",
            "1. Run it:\n\n```sh\nrun\n```\n",
            "- Metrics:\n- requests per second\n- errors\n",
            "Ask this:\nName: who is it?\n",
            "## A\n\n**Results:**\n\n**Speed:** good\n\n**Size:** small\n\n## B\n\ntext\n",
            "## A\n\nWe compared three ways:\n\n## 1. Wait\n\ntext\n",
            "## A\n\n**The three patterns we follow:**\n\n## First\n\ntext\n",
            "- [ ] Other\n  - Details:\n",
            "- Notes (optional):\n- Owner: me\n",
            "---\nassignee:\ntitle: a\n---\n\ntext\n",
            "- ![](a.png)\n- b\n",
            "| a | b |\n|---|---|\n| 1 |  |\n| 2 | x |\n",
            "| a | b |\n|---|---|\n| 1 | 2 |\n|  |  |\n| 3 | 4 |\n",
        ],
    );
}

#[test]
fn each_empty_label_of_a_run_is_a_hole() {
    let run = "# T\n\n## A\n\n**Owns**:\n\n**Calls**:\n\n**Data**:\n\n## B\n\ntext\n";
    assert_eq!(lines(&super::empty_item::RULE, run), [5, 7, 9]);
}

#[test]
fn prose_counts_when_it_leaves_something_open() {
    speaks(
        &super::undecided::RULE,
        &[
            "The limit is to be decided.\n",
            "Semantics are _to be decided later in another proposal_.\n",
            "The exact metrics still need to be determined.\n",
            "Which colors work is not yet documented.\n",
            "Needs a queue (to be added).\n",
            "**To be completed**\n",
            "> Templates: coming soon, with a wizard.\n",
            "The format will be specified later.\n",
            "## Commands (fill in)\n\n- a: b\n",
            "Whether to retry needs to be discussed.\n",
            "To be added by the integration engineer.\n",
            "The codes have not been decided.\n",
            "The size is not decided yet.\n",
            "We will define the retry policy in the next sprint.\n",
            "The limit is to be agreed with the other team.\n",
            "Details to follow.\n",
            "The format is as yet undefined.\n",
            "Open question: page or cursor?\n",
            "The limit is 20 (pending decision of the architect).\n",
        ],
    );
    is_silent(
        &super::undecided::RULE,
        &[
            "It allows fields to be added to a record.\n",
            "Tests are expected to be added for each case.\n",
            "Code unlikely to be written by hand.\n",
            "Fill in your name and press Enter.\n",
            "The badge says \"Coming soon\".\n",
            "If the owner is not yet decided, ask.\n",
            "Values not yet known are skipped.\n",
            "The order is to be determined by the scheduler.\n",
            "Nothing remains to be decided.\n",
            "Sync is not yet implemented.\n",
            "## Extras (to be added)\n\n- a\n",
            "# T\n\n## [2.0.0] - 2026-02-02\n\n- The flag was not yet documented; it is now.\n",
            "`to be decided`\n",
            "The order has not been decided by the client then.\n",
            "Changes are to be agreed with the other team.\n",
            "We will define two helpers below.\n",
            "Comments are to be added by members who borrowed the tool, one for each loan.\n",
            "The value is undefined; requests with a pending decision stay.\n",
            "Show details to followers.\n",
        ],
    );
}

#[test]
fn one_hole_is_told_once() {
    only(&super::marker::RULE, "# T\n\n## Errors\n\nTBD\n", &[5]);
    only(&super::marker::RULE, "# T\n\n## Errors (TBD)\n\n## Data\n\ntext\n", &[3]);
    only(&super::marker::RULE, "# T\n\n## Errors\n\n[TODO: list them]\n", &[5]);
    only(&super::slot::RULE, "# T\n\n## [Name of the part]\n\n## Data\n\ntext\n", &[3]);
    only(&super::empty_section::RULE, "# T\n\n## Errors\n\n[List all of them]\n", &[3]);
    only(&super::empty_section::RULE, "# T\n\n## Errors\n\n-\n", &[3]);
    only(&super::undecided::RULE, "# T\n\n## Errors\n\n{{To be filled after the test}}\n", &[5]);
    only(&super::empty_item::RULE, "# T\n\n- Owner:\n- Date: today\n", &[3]);
}
