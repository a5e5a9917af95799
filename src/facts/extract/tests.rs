//! Each shape that documents take, and what is read from it.

use super::extract;
use crate::facts::{BlockKind, CheckState, DefectKind, DocumentFacts, Section};

fn facts(text: &str) -> DocumentFacts {
    extract(text.as_bytes())
}

/// The outline as `level name` lines.
fn outline(text: &str) -> Vec<String> {
    let facts = facts(text);
    facts.sections.iter().skip(1).map(|s| format!("{} {}", s.level, s.name)).collect()
}

/// The fields as `name=value`, with `+content` where the content says more.
fn fields(text: &str) -> Vec<String> {
    let facts = facts(text);
    let field = |f: &crate::facts::Field| {
        let (value, content) = (facts.text_of(f.value), facts.text_of(f.content));
        let more = if value == content { String::new() } else { format!("+{content}") };
        format!("{}={value}{more}", f.name)
    };
    facts.fields.iter().map(field).collect()
}

fn checks(text: &str) -> Vec<(CheckState, String)> {
    let facts = facts(text);
    facts.checks.iter().map(|c| (c.state, facts.text_of(c.text).to_owned())).collect()
}

fn paths(text: &str) -> Vec<String> {
    let facts = facts(text);
    facts.paths.iter().map(|p| facts.text_of(p.span).to_owned()).collect()
}

fn defects(text: &str) -> Vec<(DefectKind, String)> {
    let facts = facts(text);
    facts.defects.iter().map(|d| (d.kind, facts.text_of(d.span).to_owned())).collect()
}

#[test]
fn headings_nest_and_know_their_parts() {
    let facts = facts("intro\n\n# A\n\none\n\n## B ##\n\ntwo\n\nC\n---\n\n# D {#id}\n");
    let names: Vec<_> = facts.sections.iter().map(|s| (s.level, &*s.name, s.parent)).collect();
    let expected =
        [(0, "", None), (1, "a", None), (2, "b", Some(1)), (2, "c", Some(1)), (1, "d", None)];
    assert_eq!(names, expected);
    assert_eq!(facts.text_of(facts.section(0).body), "intro\n\n");
    assert_eq!(facts.text_of(facts.section(1).body), "\n\none\n\n");
    assert!(facts.text_of(facts.section(1).extent).ends_with("C\n---\n\n"));
    assert_eq!(facts.text_of(facts.section(2).heading), "## B ##");
    assert_eq!(facts.text_of(facts.section(2).title), "B");
    assert_eq!(facts.text_of(facts.section(3).heading), "C\n---");
    assert_eq!(facts.text_of(facts.section(4).title), "D {#id}");
}

#[test]
fn a_bold_label_alone_is_a_pseudo_heading() {
    assert_eq!(
        outline("# A\n\n**API Contract**:\n- x\n\n**Data**\n\ntext\n\n## B\n"),
        ["1 a", "7 api contract", "7 data", "2 b"]
    );
    assert_eq!(outline("**Before** any heading is text\n\n**Alone:**\n\nx\n"), ["7 alone"]);
    assert_eq!(outline("**This is a sentence.**\n\n- **Item**\n\n> **Quote**\n"), [""; 0]);
    let facts = facts("# A\n\n**Owns**:\n\n- x\n\n# B\n");
    let owns = facts.section(2);
    assert_eq!((owns.level, owns.parent), (Section::PSEUDO, Some(1)));
    assert_eq!(facts.text_of(owns.extent), "**Owns**:\n\n- x\n\n");
    assert_eq!(facts.text_of(owns.title), "Owns");
}

#[test]
fn headings_in_quotes_and_items_make_no_section() {
    assert_eq!(outline("> # Quoted\n\n- # Listed\n"), [""; 0]);
}

#[test]
fn fields_come_in_many_spellings() {
    let text = "**One**: a\n**Two:** b\nThree: c\n__Four__: d\n*Five:* e\n**Six (note)**: f\n**Seven** (x): g\n";
    assert_eq!(fields(text), ["one=a", "two=b", "three=c", "four=d", "five=e", "six=f", "seven=g"]);
    assert_eq!(fields("- Label: v\n- **Bold**: w\n1. Num: x\n"), ["label=v", "bold=w", "num=x"]);
    assert_eq!(fields("- [x] **Tests**: pass\n- ✅ Build: green\n"), ["tests=pass", "build=green"]);
    assert_eq!(fields("> **Status**: quoted\n> **Owner**: me\n"), ["status=quoted", "owner=me"]);
    assert_eq!(fields("**Status: Done**\n"), ["status=Done"]);
}

#[test]
fn several_fields_share_a_line() {
    let line = "**Status:** Planning | **Owner:** TBD | **Target:** v2";
    assert_eq!(fields(line), ["status=Planning", "owner=TBD", "target=v2"]);
    assert_eq!(fields("Status: a | Owner: b c | d"), ["status=a", "owner=b c | d"]);
    assert_eq!(fields("**From**: a **bold** word  **To**: b"), ["from=a **bold** word", "to=b"]);
}

#[test]
fn times_addresses_and_sentences_are_no_fields() {
    assert_eq!(fields("Meet at 10:30 please\n"), [""; 0]);
    assert_eq!(fields("See https://example.org/x\n"), [""; 0]);
    assert_eq!(fields("We looked at this for a long time: nothing\n"), [""; 0]);
    assert_eq!(fields("It broke. Then: repair\n"), [""; 0]);
    assert_eq!(fields("`code`: meaning\n"), [""; 0]);
    assert_eq!(fields("10: ten\n"), [""; 0]);
    assert_eq!(fields("Quotas of a volume\nare off by default: see below\n"), [""; 0]);
    assert_eq!(fields("expected: a\nresult: b\n"), ["expected=a", "result=b"]);
}

#[test]
fn values_run_on_until_the_writer_breaks_the_line() {
    assert_eq!(fields("**Why**: one\ntwo\n**Impact**: x  \nrest\n"), ["why=one\ntwo", "impact=x"]);
}

#[test]
fn content_covers_the_list_that_belongs_to_a_label() {
    assert_eq!(fields("Owns:\n- a\n- b\n\ntext"), ["owns=+\n- a\n- b"]);
    assert_eq!(fields("**Owns**:\n\n- a\n"), ["owns=+\n\n- a"]);
    assert_eq!(fields("- **Owns**: two\n  - a\n  - b\n- other\n"), ["owns=two+two\n  - a\n  - b"]);
    assert_eq!(fields("- Owns:\n\n  - a\n\n- other\n"), ["owns=+\n\n  - a"]);
    assert_eq!(fields("Owns:\n\ntext\n\n- a\n"), ["owns="]);
    assert_eq!(fields("Schema:\n```sql\nx\n```\n"), ["schema=+\n```sql\nx\n```"]);
}

#[test]
fn front_matter_counts_at_the_start_only() {
    let text = "---\ntitle: A b\nowner: \"x\"\ntags:\n  - one\n---\n# T\n";
    assert_eq!(fields(text), ["title=A b", "owner=\"x\"", "tags=+\n  - one"]);
    let read = facts(text);
    assert_eq!(read.front_matter.map(|span| read.text_of(span).len()), Some(text.len() - 5));
    assert_eq!(read.blocks[0].kind, BlockKind::FrontMatter);
    assert_eq!(fields("\u{feff}+++\na = 1\n+++\n"), ["a=1"]);
    assert_eq!(fields("---\nsee:\n-\nfor: a\n---\n"), ["see=+\n-", "for=a"]);
    assert_eq!(outline("# T\n\n---\na: b\n\n## Hidden\n---\n"), ["1 t", "2 hidden"]);
    assert_eq!(outline("---\n\n# T\n\nA: b\n\n---\n"), ["1 t"]);
    assert!(facts("---\ntext\n---\n").front_matter.is_none());
    assert!(facts("---\na: b\n").front_matter.is_none());
}

#[test]
fn boxes_and_marks_are_checks_wherever_a_text_begins() {
    use CheckState::{Done, Failed, Open, Partial};
    let text = "- [ ] a\n- [x] b\n- □ c\n- ✅ d\n- ❌ e\n- ⚠️ f\n- [x](u) g\n- h ✅\n";
    let found: Vec<_> =
        checks(text).into_iter().map(|(state, text)| format!("{state:?}{text}")).collect();
    assert_eq!(found, ["Opena", "Doneb", "Openc", "Doned", "Failede", "Partialf"]);
    assert_eq!(checks("☐ a\n☑ b\nc\n"), [(Open, "a".into()), (Done, "b\nc".into())]);
    assert_eq!(checks("**✗ no** way\n"), [(Failed, "no** way".into())]);
    let table = "| a | b |\n|---|---|\n| ✅ | [ ] x |\n| n ✅ | ⚠️ y |\n";
    assert_eq!(checks(table), [(Done, "".into()), (Open, "x".into()), (Partial, "y".into())]);
}

#[test]
fn tables_keep_their_empty_cells() {
    let facts = facts("| a | b |\n|---|---|\n| 1 |  |\n| 2 |\n| 3 | `x|y` | z |\n\nend");
    let table = &facts.tables[0];
    let rows: Vec<Vec<_>> =
        table.rows().map(|row| row.iter().map(|cell| facts.text_of(*cell)).collect()).collect();
    assert_eq!(rows, [["1", ""], ["2", ""], ["3", "`x"]]);
    assert_eq!(facts.text_of(table.header()[1]), "b");
    assert!(facts.text_of(table.span).ends_with("z |"));
}

#[test]
fn code_has_a_language_and_a_body() {
    let facts = facts("```ts title=x\na\nb\n```\n\n    indented\n\n~~~\n~~~\n");
    let parts: Vec<_> = facts
        .codes
        .iter()
        .map(|c| (facts.text_of(c.language), facts.text_of(c.body), c.fenced))
        .collect();
    assert_eq!(parts, [("ts", "a\nb\n", true), ("", "indented\n", false), ("", "", true)]);
    assert!(facts.defects.is_empty());
}

#[test]
fn an_open_fence_is_a_defect_and_keeps_its_body() {
    let text = "# A\n\n```js\nlet x;\n# B\n";
    assert_eq!(defects(text), [(DefectKind::UnclosedFence, "```js".into())]);
    let facts = facts(text);
    assert_eq!(facts.text_of(facts.codes[0].body), "let x;\n# B\n");
    assert_eq!(defects("```"), [(DefectKind::UnclosedFence, "```".into())]);
    assert_eq!(defects("> ```\n> a\n\nb\n"), [(DefectKind::UnclosedFence, "```".into())]);
    assert_eq!(defects("- ```\n  a\n  ```\n\n> ~~~~\n> b\n> ~~~~\n"), []);
}

#[test]
fn conflict_markers_count_outside_code_only() {
    let text = "a\n<<<<<<< HEAD\nours\n=======\ntheirs\n>>>>>>> branch\n\nTitle\n=======\n";
    let found: Vec<_> = defects(text).into_iter().map(|(_, text)| text).collect();
    assert_eq!(found, ["<<<<<<< HEAD", "=======", ">>>>>>> branch"]);
    assert_eq!(defects("Title\n=======\n\ntext <<<<<<< HEAD\n"), []);
    assert_eq!(defects("```\n<<<<<<< HEAD\n=======\n>>>>>>> b\n```\n"), []);
    assert_eq!(defects("a\r\n<<<<<<< HEAD\r\n=======\r\n").len(), 2);
}

#[test]
fn damaged_bytes_are_found_once() {
    let facts = extract(b"a\0b\0c \xff\xfe\0");
    let kinds: Vec<_> = facts.defects.iter().map(|d| (d.kind, d.span.start)).collect();
    assert_eq!(kinds, [(DefectKind::Nul, 1), (DefectKind::NotUtf8, 6)]);
    assert_eq!(facts.text_of(facts.defects[1].span), "\u{fffd}");
}

#[test]
fn byte_order_marks_and_line_ends_change_nothing() {
    assert_eq!(outline("\u{feff}# A\r\n\r\nB: c\r\n\r\n## D\r\n"), ["1 a", "2 d"]);
    assert_eq!(fields("\u{feff}B: c\r\n**D**: e\r\n"), ["b=c", "d=e"]);
    assert_eq!(facts("\u{feff}# A\n").section(1).heading.start, 3);
}

#[test]
fn paths_are_told_from_routes_addresses_and_prose() {
    assert_eq!(paths("see src/a/b.ts and README.md.\n"), ["src/a/b.ts", "README.md"]);
    assert_eq!(
        paths("`tests/x_y.spec.ts`, `src/`, `a/b.xyz:12`\n"),
        ["tests/x_y.spec.ts", "src/", "a/b.xyz"]
    );
    assert_eq!(paths("tests/my_long_name.test.ts\n"), ["tests/my_long_name.test.ts"]);
    assert_eq!(
        paths("[text](docs/a.md#part) [web](https://x.org/a.md) [top](#a)\n"),
        ["docs/a.md"]
    );
    assert_eq!(paths("[src/a.ts](src/a.ts) [src/b.ts](https://x.org)\n"), ["src/a.ts", "src/b.ts"]);
    assert_eq!(
        paths("and/or, /api/todos, `/api/x.json`, `a/b`, Node.js, v1.2, e.g. this\n"),
        [""; 0]
    );
    assert_eq!(
        paths("`npx jest tests/a.test.ts` `docs/My File.md`\n"),
        ["tests/a.test.ts", "docs/My File.md"]
    );
    assert_eq!(paths("https://github.com/a/b.md `example.com/a/b.html`\n"), [""; 0]);
    assert_eq!(paths("`src/**/*.ts` `INTERFACE-{x}.md` `$HOME/a.md`\n"), [""; 0]);
}

#[test]
fn comments_are_found_in_blocks_and_in_lines() {
    let facts = facts("<!-- a\n\nb -->\n\ntext <!-- c --> more\n\n<div><!-- d --></div>\n");
    let found: Vec<_> = facts.comments.iter().map(|span| facts.text_of(*span)).collect();
    assert_eq!(found, ["<!-- a\n\nb -->", "<!-- c -->", "<!-- d -->"]);
}

#[test]
fn inline_runs_merge_and_keep_their_style() {
    let facts = facts("a [b] \\[c\\] **d** ~~e~~ [f](g) `h`\n");
    let runs: Vec<_> = facts.inlines.iter().map(|run| facts.text_of(run.span)).collect();
    assert_eq!(runs, ["a [b] \\[c\\] ", "d", " ", "e", " ", "f", " ", "`h`"]);
    let (d, e, f) = (facts.inlines[1].style, facts.inlines[3].style, facts.inlines[5].style);
    assert!(d.strong && e.struck && f.link && !f.strong);
    assert_eq!(facts.blocks[0].inlines, (0, 8));
}

#[test]
fn headings_hold_their_text_like_other_blocks() {
    let facts = facts("text\n\n## A `b`: src/a.ts\n\nC\n===\n");
    let held: Vec<_> = facts
        .blocks
        .iter()
        .filter(|block| block.kind == BlockKind::Heading)
        .map(|block| facts.inlines[block.inlines.0 as usize..block.inlines.1 as usize].len())
        .collect();
    assert_eq!(held, [3, 1]);
    assert_eq!(facts.paths.len(), 1);
    assert!(facts.fields.is_empty());
}

#[test]
fn items_hold_their_first_text_and_paragraphs_the_rest() {
    let facts = facts("- a\n  ```\n  code\n  ```\n  b\n  - c\n-\n");
    let kinds: Vec<_> = facts.blocks.iter().map(|b| (b.kind, b.parent)).collect();
    use BlockKind::{Code, Item, List, Paragraph};
    let expected = [
        (List, None),
        (Item, Some(0)),
        (Code, Some(1)),
        (Paragraph, Some(1)),
        (List, Some(1)),
        (Item, Some(4)),
        (Item, Some(0)),
    ];
    assert_eq!(kinds, expected);
    assert_eq!(facts.text_of(facts.blocks[6].span), "-");
    assert_eq!(facts.text_of(facts.blocks[5].span), "- c");
}
