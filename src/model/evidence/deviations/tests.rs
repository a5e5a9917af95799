//! The shapes in which writers report deviations, and the ways in which they say that there are
//! none.

use super::{Deviations, read};
use crate::facts;
use crate::workflow::Vocabulary;

fn of(text: &str) -> Deviations {
    read(&facts::extract(text.as_bytes()), &Vocabulary::default())
}

/// The statement and the number of entries: `reported 2`.
fn said(text: &str) -> String {
    let found = of(text);
    format!("{} {}", found.statement.word(), found.entries.len())
}

fn titles(text: &str) -> Vec<String> {
    of(text).entries.into_iter().map(|entry| entry.title).collect()
}

/// What each entry lacks.
fn missing(text: &str) -> Vec<Vec<&'static str>> {
    of(text).entries.iter().map(super::Deviation::missing).collect()
}

#[test]
fn there_are_many_ways_to_say_none() {
    for text in [
        "## Deviations\n\nNone\n",
        "## Deviations from plan\n\nNone - plan executed exactly as written.\n",
        "## Architecture deviations\n\n**None.**\n",
        "## Deviations\n\n- None\n",
        "## Deviations\n\nN/A\n",
        "## Deviations\n\nNo deviations from the contract were needed.\n",
        "## Deviations\n\nNot applicable; this is a pure refactoring.\n",
        "## Deviations\n\nThere were no deviations.\n",
        "## Deviations\n\nThe feature was built exactly as specified.\n",
        "## Deviations\n\nAll endpoints match ARCHITECTURE.md exactly.\n",
        "### ❌ No Architecture Deviations\n\nEverything follows the contracts.\n",
        "## Deviations: None\n\n## Next\n",
        "## Deviations from the plan (none)\n",
        "**Deviations**: none\n",
        "- **Deviations from ARCHITECTURE.md:** None\n",
        "Deviations: —\n",
        "**No Deviations**: all implementations match.\n",
        "**Zero deviations**\n\nBuilt to the contract.\n",
        "---\ndeviations: none\n---\n# Evidence\n",
        "---\ndeviations: []\n---\n# Evidence\n",
        "| Item | Value |\n|---|---|\n| Deviations | None |\n",
        "## Deviations\n\n| What | Why |\n|---|---|\n| None | - |\n",
        "# Evidence\n\nBuilt the endpoint without deviations from the architecture.\n",
        "Total deviations: 0\n",
        "## Deviations\n\nDeviations: None\n",
        "## Deviations\n\nNot any.\n",
        "## Deviations\n\nEverything matches.\n",
        "## Deviations\n\nNone that we are aware of.\n",
        "## Deviations\n\nNothing deviates from the architecture.\n",
        "## Deviations\n\nNone of our own. We follow DEV-1 of Shifts.\n",
        "## Deviations\n\nBuilt to specification, nothing to report.\n",
    ] {
        assert_eq!(said(text), "none 0", "{text}");
    }
}

#[test]
fn silence_is_no_statement() {
    for text in [
        "# Evidence\n\n## Summary\n\nBuilt it.\n",
        "## Deviations\n\n## Next\n\ntext\n",
        "## Deviations\n\n<!-- list them -->\n",
        "## Deviations\n\n[What changed and why]\n",
        "## Deviations\n\n| Planned | Actual | Reason |\n|---|---|---|\n| - | - | - |\n",
        "- [x] Architecture deviations documented\n",
        "All deviations from the architecture must be reported.\n",
        "## Deviation protocol\n\nReport each one.\n",
        "The standard deviation was small.\n",
        "**Deviation**: 0.4 %\n",
        "## Departures\n\nFlights leave on time.\n",
        "- **Deviation patterns**: plan changes that come again across sessions\n",
        "## Rationale for the deviation\n\nThe crate has no integration.\n",
        "```\n## Deviations\nNone\n```\n",
        "## Deviations\n\nWe hope there are no deviations.\n",
        "## Deviations\n\nNo time to check for deviations.\n",
        "## Deviations\n\nNothing was checked.\n",
        "## Deviations\n\n~~None~~\n",
        "Hopefully no deviations from the architecture were made.\n",
    ] {
        assert_eq!(said(text), "silent 0", "{text}");
    }
}

#[test]
fn headings_with_labels_are_entries() {
    let text = "## Architecture Deviations\n\n### Deviation 1: Pooling\n\n**Specified:**\n- one\n\n\
                **Implemented:**\n- many\n\n**Reason:**\n- it closed\n\n**Impact:**\n- none\n\n\
                ### Deviation 2: Storage\n\n**Specified:** a\n**Implemented:** b\n**Reason:** c\n";
    assert_eq!(titles(text), ["Deviation 1: Pooling", "Deviation 2: Storage"]);
    assert_eq!(missing(text), [vec![], vec!["its impact"]]);
    let facts = facts::extract(text.as_bytes());
    let why = of(text).entries[0].why.unwrap_or_default();
    assert_eq!(facts.text_of(why), "- it closed");
}

#[test]
fn one_deviation_may_be_a_list_of_labels() {
    let text = "## Architecture Deviation\n- **Specified**: PostgreSQL\n- **Implemented**: SQLite\n\
                - **Reason**: no server\n- **Impact**: none for callers\n- **Migration path**: config\n";
    assert_eq!(said(text), "reported 1");
    assert_eq!(missing(text), [Vec::<&str>::new()]);
    let twice = "## Deviations\n\n- **Planned**: a\n- **Actual**: b\n- **Why**: c\n\n\
                 text between\n\n- **Planned**: d\n- **Actual**: e\n- **Why**: f\n";
    assert_eq!(said(twice), "reported 2");
}

#[test]
fn parts_may_stand_under_headings_of_their_own() {
    for text in [
        "## Deviations from ARCHITECTURE.md\n\n- `id` is an opaque string\n\n\
         ## Why deviations were necessary\n\n- opaque ids\n\n## Impact on other features\n\nNone.\n",
        "## Deviations\n\n### What changed\n\n- `id` is a string\n\n\
         ### Why it was necessary\n\n- opaque ids\n\n### Impact of the deviation on other features\n\n- None\n",
        "## Deviations\n\n### Specified\n\n- a number\n\n### Implemented\n\n- a string\n\n\
         ### Reason\n\n- opaque ids\n\n### Impact\n\n- None\n",
        "## Deviations\n\n**What changed**\n\n- `id` is a string\n\n**Why**\n\n- opaque ids\n\n\
         **Impact**\n\n- None\n",
        "- **Any deviations**: `id` is an opaque string\n- **Why deviations were necessary**: opaque ids\n\
         - **Impact on other features**: none\n",
        "| Point | Said |\n|---|---|\n| Deviations | `id` is an opaque string |\n| Why | opaque ids |\n\
         | Impact on other features | none |\n",
    ] {
        assert_eq!(said(text), "reported 1", "{text}");
        assert_eq!(missing(text), [Vec::<&str>::new()], "{text}");
    }
    let two = "## Deviations\n\n### What changed\n\n- `id` is a string\n- 200, not 201\n\n### Why\n\nclient\n";
    assert_eq!(missing(two), [["its impact"], ["its impact"]]);
    let none = "## Deviations\n\n### What changed\n\nNone.\n\n### Why\n\nNot applicable.\n";
    assert_eq!(said(none), "none 0");
    let apart = "## Deviations\n\n- `id` is a string\n\n## Context\n\ntext\n\n## Impact\n\ntext\n";
    assert_eq!(missing(apart), [vec!["what changed", "why", "its impact"]]);
}

#[test]
fn numbered_bold_paragraphs_are_entries() {
    let text = "## Deviations from Plan\n\n### Auto-fixed Issues\n\n\
                **1. [Rule 1 - Bug] Fixed the import of a type that moved**\n\
                - **Found during:** Task 3\n- **Issue:** it moved\n- **Fix:** new path\n\n\
                **2. Restored the guard.**\n- **Issue:** gone\n- **Fix:** back\n\n---\n\n\
                **Total deviations:** 2 auto-fixed (1 bug)\n**Impact on plan:** none.\n\n## Next\n";
    assert_eq!(said(text), "reported 2");
    assert_eq!(missing(text), [Vec::<&str>::new(), Vec::new()]);
    assert_eq!(of(text).declared.map(|declared| declared.count), Some(2));
}

#[test]
fn bullets_and_numbers_are_entries() {
    let text =
        "## Deviations\n- Changed the id to a string because ids are opaque\n- Added a field\n";
    assert_eq!(titles(text)[1], "Added a field");
    assert_eq!(missing(text)[1], ["what changed", "why", "its impact"]);
    let numbered = "### Documented deviations (accepted)\n\nThese are known:\n\n\
                    1. **Storage:** in memory\n   - Impact: lost on restart\n\n\
                    2. **Encryption:** plain\n   - Impact: readable\n\n## Next\n";
    assert_eq!(titles(numbered), ["Storage", "Encryption"]);
}

#[test]
fn paragraphs_that_open_with_ids_are_entries() {
    let text = "## Deviations\n\nNumber of deviations: three\n\nDEV-A-1: a cursor, no page\n\
                DEV-A-2: the id only\n\nDEV-A-3: another status\n\n**Why**: a helper\n";
    assert_eq!(said(text), "reported 3");
    assert_eq!(titles(text)[2], "DEV-A-3: another status");
    assert_eq!(missing(text)[2], ["its impact"]);
}

#[test]
fn empty_labels_leave_everything_missing() {
    let text = "## Deviations\n\n### DEV-A-1: `GET /a` answers 200\n\n- **What changed**:\n\
                - **Why**:\n- **Impact**:\n";
    assert_eq!(missing(text), [vec!["what changed", "why", "its impact"]]);
}

#[test]
fn rows_of_a_table_are_entries() {
    let text = "## Deviations from design\n\n| # | Planned | Actual | Reason |\n|---|---|---|---|\n\
                | 1 | five endpoints | three | merged |\n| 2 | SMTP | HTTP | simpler |\n";
    assert_eq!(said(text), "reported 2");
    assert_eq!(missing(text)[0], ["its impact"]);
    let complete = "## Deviations\n\n| Deviation | Why | Effect on others |\n|---|---|---|\n\
                    | status 200, not 201 | client library | none |\n";
    assert_eq!(missing(complete), [Vec::<&str>::new()]);
    let gap = "## Deviations\n\n| Deviation | Why | Impact |\n|---|---|---|\n| for all | | x |\n";
    assert_eq!(missing(gap), [vec!["why"]]);
}

#[test]
fn inline_labels_are_entries() {
    assert_eq!(
        said("**Deviations**: The token lives in a cookie instead of a header.\n"),
        "reported 1"
    );
    assert_eq!(said("- Deviations:\n  - one thing\n  - another thing\n- Next: x\n"), "reported 2");
    let log = "## Dropped a library\n\n**Plan:** two\n\n**Deviation:** one\n\n**Why:** enough\n";
    assert_eq!(titles(log), ["Dropped a library"]);
    assert_eq!(missing(log), [vec!["its impact"]]);
    let line = "## Deviations\n\n### 1. `GET /x`\n\n**What**: It has no `a`. **Why**: The library lacks it. \
                **Impact**: Pages show less.\n";
    assert_eq!(missing(line), [Vec::<&str>::new()]);
    let named = "## Deviations\n\n### `GET /x`: the response may leave out `note`\n\n**Why**: a\n";
    assert_eq!(said(named), "reported 1");
    let items = "## Deviations\n\n- **Deviation**: no `b` in `GET /x`. **Impact:** None.\n";
    assert_eq!(missing(items), [vec!["why"]]);
    let facts = facts::extract(line.as_bytes());
    let one = &of(line).entries[0];
    let parts = [one.what, one.why, one.impact].map(|part| facts.text_of(part.unwrap_or_default()));
    assert_eq!(parts, ["It has no `a`.", "The library lacks it.", "Pages show less."]);
    let steps = "### Step 1\n- **Planned**: a\n- **Actual**: a\n- **Deviations**: None.\n\n\
                 ### Step 2\n- **Planned**: b\n- **Actual**: c\n- **Deviations**: c was ready\n";
    assert_eq!(said(steps), "reported 1");
}

#[test]
fn headings_of_their_own_are_entries_wherever_they_stand() {
    let text = "# Report\n\n## Deviation 1 — the address\n\nIt differs.\n\n\
                ## Deviation 2 — the body\n\nIt differs too.\n\n## Tests\n\nGreen.\n";
    assert_eq!(titles(text), ["Deviation 1 — the address", "Deviation 2 — the body"]);
    let file =
        "# Plan deviations\n\n## 1. Names in camel case\n\ntext\n\n## 2. Status 200\n\ntext\n";
    assert_eq!(said(file), "reported 2");
    let ids = "## Deviations\n\n### D-1: first\n\nx\n\n### D-2: second\n\ny\n";
    assert_eq!(said(ids), "reported 2");
}

#[test]
fn sentences_are_one_entry_and_bold_openings_one_each() {
    assert_eq!(
        said("## Deviations\n\nThe list was kept, since two selectors needed it.\n"),
        "reported 1"
    );
    let bold = "## Deviations from the plan\n\n**Logged, not audited.** The plan said audit.\n\n\
                **One file, not two.** It holds both.\n";
    assert_eq!(titles(bold), ["Logged, not audited.", "One file, not two."]);
}

#[test]
fn other_words_announce_deviations_too() {
    assert_eq!(said("## Changes from the plan\n\n- Used a map\n"), "reported 1");
    assert_eq!(said("## Divergences from the architecture\n\nNone.\n"), "none 0");
    assert_eq!(said("## Specified vs implemented\n\n- Used a map\n"), "reported 1");
    assert_eq!(said("## Changes\n\n- Used a map\n"), "silent 0");
    let unnamed = "## API\n\n- **Specified**: 201\n- **Implemented**: 200\n- **Reason**: client\n";
    assert_eq!(said(unnamed), "reported 1");
    assert_eq!(missing(unnamed), [vec!["its impact"]]);
}

#[test]
fn what_is_marked_counts_under_a_mixed_heading() {
    let decisions =
        "## Decisions & Deviations\n\n1. Used a map instead of a list\n2. Kept the cache\n";
    assert_eq!(said(decisions), "silent 0");
    let none = "## Decisions & Deviations\n\n- Kept the cache\n\nNo deviations from the plan.\n";
    assert_eq!(said(none), "none 0");
    let marked = "## Known Limitations & Deviations\n\n1. **No tray** (deferred)\n   - Impact: x\n\
                  2. **Registry storage** (documented deviation)\n   - Impact: y\n";
    assert_eq!(titles(marked), ["Registry storage"]);
    let parted =
        "## Decisions and deviations\n\n### Decisions\n\n- a\n\n### Deviations\n\n- Used b\n";
    assert_eq!(said(parted), "reported 1");
    assert_eq!(said("- [x] Registry used, not the vault (documented deviation)\n"), "reported 1");
}

#[test]
fn a_denial_with_deviations_below_it_is_contradictory() {
    let text = "## Deviations from Plan\n\nNone - plan executed exactly as written.\n\n\
                **1. Replaced the parser**\n- **Issue:** slow\n- **Fix:** another\n";
    let found = of(text);
    assert_eq!((found.statement.word(), found.entries.len()), ("contradictory", 1));
    assert!(found.none.is_some());
    let bullets =
        "## Deviations\n\nNone.\n\n- Used XML instead of the JSON that the plan asks for\n";
    assert_eq!(said(bullets), "contradictory 1");
    let heading = "### No deviations\n\n| Specified | Implemented |\n|---|---|\n| 201 | 200 |\n";
    assert_eq!(said(heading), "contradictory 1");
}

#[test]
fn a_note_after_a_denial_is_none() {
    for text in [
        "## Deviations\n\nNone.\n\nNote: the script of the plan counts wrongly.\n",
        "## Deviations\n\n**None.**\n\n- Dependencies point inward.\n- No endpoint changed.\n",
        "## Deviations\n\nNone.\n\nImplementation notes:\n- used a map instead of the plan's list\n",
        "## Deviations\n\n### Auto-fixed issues\n\nNone.\n\n### Out of scope\n\n- a flaky test\n",
        "## Deviations\n\nNone.\n\n## Issues\n\n- **no bun** - plan specified bun; used npm instead\n",
    ] {
        assert_eq!(said(text), "none 0", "{text}");
    }
}

#[test]
fn a_denial_that_only_some_fall_under_is_none_of_all() {
    let text = "## Deviations\n\nNone that we know how to explain; the login answers 201 instead of 200.\n";
    assert_eq!(titles(text), ["the login answers 201 instead of 200"]);
}

#[test]
fn an_exception_takes_the_denial_back() {
    let text = "## Deviations\n\nNone, with one exception:\n\n- the status is 200\n";
    assert_eq!(said(text), "reported 1");
    assert_eq!(said("**Deviations**: none except the status, which is 200\n"), "reported 1");
}

#[test]
fn what_is_as_agreed_one_by_one_is_none() {
    for text in [
        "## Deviations\n\n- API contract: no deviation\n- Data: none\n- Boundaries: respected\n",
        "## Deviations\n\n- Routes: as in ARCHITECTURE.md\n- Errors: identical to ARCHITECTURE.md\n",
        "## Deviations\n\n- [x] API matches ARCHITECTURE.md\n- [x] No deviations\n",
        "## Deviations\n\n### API\n\nNo deviations.\n\n### Data\n\nAs in ARCHITECTURE.md.\n",
        "## Deviations\n\n**API**: as specified.\n\n**Data**: unchanged.\n",
        "## Deviations\n\nRoutes and tables are as in ARCHITECTURE.md.\n",
        "## Deviations\n\n| Contract | Deviation |\n|---|---|\n| `GET /a` | none |\n",
        "## Deviations\n\n| Contract | As designed? |\n|---|---|\n| `GET /a` | yes |\n",
    ] {
        assert_eq!(said(text), "none 0", "{text}");
    }
    for text in [
        "## Deviations\n\n- API: no deviation\n- Data: `id` is a string instead of a number\n",
        "## Deviations\n\n- API: as in ARCHITECTURE.md, but 200 for 201\n",
        "## Deviations\n\n- Routes: not as in ARCHITECTURE.md\n",
        "## Deviations\n\n- Added paging to match the plan\n",
        "## Deviations\n\n- API: as specified\n\nThe login was changed.\n",
        "## Deviations\n\n| Specified | Implemented | Impact |\n|---|---|---|\n| tags | none | unchanged |\n",
    ] {
        assert_eq!(said(text), "reported 1", "{text}");
    }
}

#[test]
fn a_declared_count_is_held_against_the_entries() {
    let text = "## Deviations (3)\n\n- one thing\n- another thing\n";
    assert_eq!(said(text), "contradictory 2");
    assert_eq!(said("## Deviations\n\n- one\n- two\n\n**Total deviations:** 2\n"), "reported 2");
    assert_eq!(said("**Total deviations:** 2\n"), "contradictory 0");
    let partial = "## Deviations\n\n- one\n- two\n\n**Total deviations:** 1 auto-fixed\n";
    assert_eq!(said(partial), "reported 2");
    let several = "## Deviations\n\n- one\n\n**Total deviations:** 1 fixed, 4 deferred\n";
    assert_eq!(said(several), "reported 1");
}

#[test]
fn what_stands_beside_deviations_is_none() {
    let text = "## Deviations\n\n### Deviation 1: the port\n\n- **Reason:** taken\n\n\
                ### Deferred items\n\n- a flaky test\n\n### Notes\n\n- text\n";
    assert_eq!(said(text), "reported 1");
    let beside = "## Deviations\n\n**1. [Clarification, not a deviation] Merged rows**\n- text\n";
    assert_eq!(said(beside), "silent 0");
}

#[test]
fn labels_say_what_is_missing_whatever_their_values_hold() {
    let text = "## Deviations\n\n### Deviation 1: Expiry\n\n\
                - **Specified**: 60 minutes for all clients\n\
                - **Implemented**: 30 minutes for mobile clients\n\
                - **Impact**: clients refresh sooner because of it\n";
    assert_eq!(missing(text), [vec!["why"]]);
    let told = format!("{text}\nThis was necessary because stores reject longer sessions.\n");
    assert_eq!(missing(&told), [Vec::<&str>::new()]);
}

#[test]
fn other_languages_are_vocabulary() {
    let facts = facts::extract("## Deviations\n\nKeine.\n".as_bytes());
    assert_eq!(read(&facts, &Vocabulary::default()).statement.word(), "reported");
    let (none, except) = (vec!["keine".into(), "kein unterschied".into()], vec!["außer".into()]);
    let words = Vocabulary { none, except, ..Vocabulary::default() };
    let said = |text: &str| {
        let facts = facts::extract(format!("## Deviations\n\n{text}\n").as_bytes());
        read(&facts, &words).statement.word()
    };
    for none in
        ["Keine.", "**Keine** (None)", "Keine, alles wie geplant", "Kein Unterschied zum Plan"]
    {
        assert_eq!(said(none), "none", "{none}");
    }
    for told in ["Keine Sperre nach fünf Versuchen", "Keine, außer dem Status 201"] {
        assert_eq!(said(told), "reported", "{told}");
    }
}

#[test]
fn hostile_texts_are_survived() {
    for text in
        ["## Deviations\n\n|\n|-\n", "**Deviations**:", "## deviation ß—", "# Deviations\r\n- "]
    {
        let _ = of(text);
    }
    let many = format!("## Deviations\n\n{}", "- x because y\n".repeat(20_000));
    assert_eq!(said(&many), "reported 20000");
}
