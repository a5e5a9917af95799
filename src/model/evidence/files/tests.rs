use super::*;
use crate::facts::extract;

fn named(text: &str) -> Vec<String> {
    let facts = extract(text.as_bytes());
    let mark = |file: &NamedFile| {
        format!("{}{}", facts.text_of(file.span), if file.test { " test" } else { "" })
    };
    read(&facts).iter().map(mark).collect()
}

#[test]
fn headings_labels_and_columns_announce_files() {
    assert_eq!(
        named(
            "## Files Created\n\n- `src/a.rs` - the reader of `src/old.rs`\n- src/b.ts (lines 3-9): x\n"
        ),
        ["src/a.rs", "src/b.ts"]
    );
    assert_eq!(named("### Test files\n\n1. [new] `tests/a.test.ts`\n"), ["tests/a.test.ts test"]);
    assert_eq!(named("**Files modified:** `src/a.ts`, `src/b.ts`\n"), ["src/a.ts", "src/b.ts"]);
    assert_eq!(named("- **Files created**:\n  - `lib/x.py`\n- y `lib/z.py`\n"), ["lib/x.py"]);
    assert_eq!(
        named("## Files\n\n### Created\n\n- `a/b.go`\n\n### Deleted\n\n- `a/c.go`\n"),
        ["a/b.go"]
    );
    assert_eq!(
        named("## Test files\n\n```\ntests/a.test.ts\ntests/seed.sql\n```\n"),
        ["tests/a.test.ts test", "tests/seed.sql test"]
    );
    assert_eq!(named("## Test files\n\n```sh\nnpx jest tests/a.test.ts\n```\n"), [""; 0]);
    assert_eq!(
        named(
            "## Unit Tests\n\nFile: `tests/a.test.ts`, 6 tests.\n\n**Contract tests**: `tests/c.test.ts`\n"
        ),
        ["tests/a.test.ts test", "tests/c.test.ts test"]
    );
    let suites = "## Suites\n\n| Suite | Tests |\n|---|---|\n| `tests/a.test.ts` | 3 |\n";
    assert_eq!(named(suites), ["tests/a.test.ts test"]);
    let files =
        "## Files\n\n| Path | What |\n|---|---|\n| `src/a.ts` | created |\n| `src/b.ts` | read |\n";
    assert_eq!(named(files), ["src/a.ts"]);
    let table = "## Files changed\n\n| File | Change |\n|---|---|\n| `src/a.rs` | new |\n\
                 | `src/b.rs` | deleted |\n| `src/c.rs` | reads `src/d.rs` |\n";
    assert_eq!(named(table), ["src/a.rs", "src/c.rs"]);
    assert_eq!(
        named("## Results\n\n| Test file | Tests |\n|---|---|\n| `t/a_test.go` | 3 |\n").len(),
        1
    );
}

#[test]
fn headings_of_tests_announce_test_files() {
    let kinds = "## Unit tests\n\n- `tests/unit/a.test.ts` - the reader\n\n## Contract tests\n\n\
                 ### Accounts\n\n```\ntests/c_test.go\n```\n\n## Edge cases (3)\n\ntests/edge/e.py: none\n";
    assert_eq!(
        named(kinds),
        ["tests/unit/a.test.ts test", "tests/c_test.go test", "tests/edge/e.py test"]
    );
    for text in [
        "## Contract tests\n\n- `POST /api/tests` answers 201\n- /api/tests/run.js is refused\n",
        "## Edge cases\n\n- `tests/empty.json` holds nothing\n- a file `tests/a.test.ts` without tests\n",
        "## Unit tests\n\n- `src/a.ts` reads\n- `coverage/a.test.js.html`\n- `a.test.ts`\n",
        "## Unit tests\n\n- `tests/a.test.ts` (will be written)\n- `tests/b.test.ts`: to follow\n",
        "## Test results\n\n### Unit tests\n\n- `tests/a.test.ts` passed\n",
        "## Tests to be written\n\n- `tests/a.test.ts`\n",
    ] {
        assert_eq!(named(text), [""; 0], "{text}");
    }
}

#[test]
fn what_is_no_file_of_the_repository_is_left_out() {
    for text in [
        "## Files created\n\n- `/etc/app.conf`\n- https://a.b/c.md\n- `src/{feature}.ts`\n- `src/*.ts`\n",
        "## Files created\n\n- `logs/run.log`\n- `coverage/index.html`\n- `shots/a.png`\n- `src/app/`\n",
        "## Removed files\n\n- `src/a.rs`\n",
        "## Legacy\n\n### Files created\n\n- none\n\n## Files planned\n\n- `src/a.rs`\n",
        "## Summary\n\nSee `src/a.rs`.\n",
        "## Files modified\n\n### Removed\n\n- `src/a.rs`\n\n**Deleted:**\n\n- `src/b.rs`\n",
        "## Files modified\n\n- Deleted:\n  - `src/a.rs`\n- Moved files:\n  - `src/b.rs`\n",
        "## Files modified\n\n**Deleted:** `src/a.rs`\n",
        "## Files modified\n\n- `README.md`\n- `src/old.rs` → `src/new.rs`\n- `src/x.rs` (deleted)\n",
        "# Files created\n\nWe looked at `src/a.rs`.\n",
        "## Coverage\n\n| File | Lines |\n|---|---|\n| `src/app.ts` | 90% |\n",
    ] {
        assert_eq!(named(text), [""; 0], "{text}");
    }
}

#[test]
fn a_line_number_is_no_part_of_a_path() {
    assert_eq!(named("## Files modified\n\n- `src/Repo.java:58`\n"), ["src/Repo.java"]);
}

#[test]
fn tests_that_are_to_come_are_not_listed() {
    let lists = |text: &str| {
        let facts = extract(text.as_bytes());
        lists_tests(&facts, Span::new(0, text.len()))
    };
    assert!(!lists("Tests will be written later in `tests/a.test.ts`.\n"));
    assert!(lists("Tests are in `tests/a.test.ts`.\n"));
}

#[test]
fn tests_are_known_by_their_names() {
    assert!(is_test("src/AuthTest.java") && is_test("a.spec.ts") && is_test("tests/seed.sql"));
    assert!(!is_test("src/latest.ts") && !is_test("src/contest/a.ts"));
}
