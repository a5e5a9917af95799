//! What holds for the facts of any bytes whatever, and for documents made to hurt.

use gatecheck::base::Span;
use gatecheck::facts::{DocumentFacts, extract};
use proptest::prelude::*;

proptest! {
    #[test]
    fn any_bytes_give_sound_facts(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        assert_sound(&bytes);
    }

    #[test]
    fn anything_like_markdown_gives_sound_facts(parts in proptest::collection::vec(part(), 0..60)) {
        assert_sound(parts.concat().as_bytes());
    }
}

/// Pieces that mean something to a Markdown parser, and pieces that mean nothing.
fn part() -> impl Strategy<Value = String> {
    let pieces = [
        "\n",
        "\n\n",
        "\r\n",
        " ",
        "    ",
        "\t",
        "# ",
        "## ",
        "---\n",
        "+++\n",
        "===\n",
        "=======\n",
        "<<<<<<< a\n",
        ">>>>>>> b\n",
        "- ",
        "* ",
        "1. ",
        "> ",
        "```\n",
        "~~~ rust\n",
        "`",
        "``",
        "**",
        "__",
        "*",
        "_",
        "~~",
        "[",
        "]",
        "](",
        "(",
        ")",
        "[ ] ",
        "[x] ",
        "□ ",
        "✅",
        "⚠️",
        "❌ ",
        "|",
        " | ",
        "|---|---|\n",
        "| a | b |\n",
        ": ",
        ":",
        "**Label**: ",
        "**Label:** ",
        "Label: value\n",
        "**Heading**\n\n",
        "key: value\n",
        "<!--",
        "-->",
        "<br>",
        "<b>",
        "<",
        "&amp;",
        "\\",
        "[^1]: ",
        "[^1]",
        "[a]: b.md\n",
        "[a]",
        "src/a/b.ts",
        "a.md",
        "http://x.y/z",
        "漢字",
        "é",
        "\u{feff}",
        "\0",
        "word",
        "TBD",
        "‑",
        "\u{2028}",
    ];
    prop_oneof![
        8 => proptest::sample::select(pieces.to_vec()).prop_map(str::to_owned),
        1 => any::<String>(),
    ]
}

fn assert_sound(bytes: &[u8]) {
    let facts = extract(bytes);
    assert_eq!(facts, extract(bytes), "equal bytes give equal facts");
    let whole = Span::new(0, facts.text.len());
    for span in spans(&facts) {
        assert!(span.start <= span.end && whole.covers(span), "{span:?} lies in {whole:?}");
        assert!(facts.text.get(span.range()).is_some(), "{span:?} parts a character");
    }
    assert_sorted(&facts);
    assert_nested(&facts);
    assert_indexed(&facts);
}

/// Lists are searched by where their members begin.
fn assert_sorted(facts: &DocumentFacts) {
    assert!(facts.sections.is_sorted_by_key(|section| section.heading.start), "sections");
    assert!(facts.sections.is_sorted_by_key(|section| section.extent.start), "extents");
    assert!(facts.blocks.is_sorted_by_key(|block| block.span.start), "blocks");
    assert!(facts.inlines.is_sorted_by_key(|inline| inline.span.start), "inlines");
    assert!(facts.fields.is_sorted_by_key(|field| field.label.start), "fields");
    assert!(facts.tables.is_sorted_by_key(|table| table.span.start), "tables");
    assert!(facts.checks.is_sorted_by_key(|check| check.mark.start), "checks");
    assert!(facts.codes.is_sorted_by_key(|code| code.span.start), "codes");
    assert!(facts.links.is_sorted_by_key(|link| link.span.start), "links");
    assert!(facts.paths.is_sorted_by_key(|path| path.span.start), "paths");
    assert!(facts.comments.is_sorted(), "comments");
}

fn spans(facts: &DocumentFacts) -> Vec<Span> {
    let mut all: Vec<Span> = facts.front_matter.into_iter().collect();
    all.extend(facts.defects.iter().map(|defect| defect.span));
    all.extend(facts.sections.iter().flat_map(|s| [s.heading, s.title, s.body, s.extent]));
    all.extend(facts.blocks.iter().map(|block| block.span));
    all.extend(facts.inlines.iter().map(|inline| inline.span));
    all.extend(facts.fields.iter().flat_map(|field| [field.label, field.value, field.content]));
    all.extend(facts.tables.iter().flat_map(|t| t.cells.iter().copied().chain([t.span])));
    all.extend(facts.checks.iter().flat_map(|check| [check.mark, check.text]));
    all.extend(facts.codes.iter().flat_map(|code| [code.language, code.body, code.span]));
    all.extend(facts.links.iter().map(|link| link.span));
    all.extend(facts.paths.iter().map(|path| path.span));
    all.extend(&facts.comments);
    all
}

fn assert_nested(facts: &DocumentFacts) {
    assert_eq!(facts.section(0).level, 0, "the preamble is always there");
    for (id, section) in facts.sections() {
        assert!(section.extent.covers(section.heading) && section.extent.covers(section.body));
        if let Some(parent) = section.parent {
            assert!(parent < id && facts.section(parent).level < section.level);
            assert!(facts.section(parent).extent.covers(section.extent), "{section:?}");
        }
    }
    for block in &facts.blocks {
        if let Some(parent) = block.parent {
            let parent = facts.blocks[parent as usize];
            assert!(parent.span.covers(block.span), "{block:?} lies in {parent:?}");
        }
    }
}

fn assert_indexed(facts: &DocumentFacts) {
    let (sections, blocks) = (facts.sections.len() as u32, facts.blocks.len() as u32);
    for block in &facts.blocks {
        assert!(block.section < sections && block.inlines.0 <= block.inlines.1);
        assert!(block.inlines.1 <= facts.inlines.len() as u32);
    }
    assert!(facts.fields.iter().all(|field| field.section < sections && field.block < blocks));
    assert!(facts.checks.iter().all(|check| check.section < sections && check.block < blocks));
    assert!(facts.paths.iter().all(|path| path.section < sections && path.block < blocks));
    assert!(facts.codes.iter().all(|code| code.section < sections && code.block < blocks));
    assert!(facts.fields.iter().all(|field| field.content.covers(field.value)));
    for table in &facts.tables {
        assert_eq!(table.cells.len() % table.columns as usize, 0);
    }
}

/// Anything that grows faster than the document would not come to its end here.
#[test]
fn hostile_documents_are_read_to_their_end() {
    let section = "# Title\n\n**Owner:** me | **Status:** done\n\n- [ ] one: src/a.ts\n\n| a | b |\n|---|---|\n| c | d |\n\n";
    let nested_lists: String =
        (0..10_000).map(|depth| format!("{}- a: b\n", " ".repeat(depth % 300))).collect();
    let cases: [(&str, String); 22] = [
        ("a large document", section.repeat(5_000_000 / section.len())),
        ("a long line", "word ".repeat(20_000)),
        ("a long line of labels", "**a:** b | ".repeat(100_000)),
        ("a long line of separators", format!("{}:", "| a ".repeat(300_000))),
        ("a long line of stars", "** a ".repeat(300_000)),
        ("a long line of dots", "a.b".repeat(300_000)),
        ("a long line of slashes", "./".repeat(300_000)),
        ("nested quotes", format!("{}a", "> ".repeat(10_000))),
        ("nested quotes on many lines", format!("{}a\n", ">".repeat(300)).repeat(1_000)),
        ("nested lists in a line", format!("{}a: b", "- ".repeat(10_000))),
        ("nested empty lists", format!("{}\n{}", "- ".repeat(10_000), " \n".repeat(200_000))),
        ("nested lists", nested_lists),
        ("open brackets", "[".repeat(200_000)),
        ("nested images", format!("{}x{}", "![".repeat(5_000), "](a)".repeat(5_000))),
        ("links", "[a](b.md) ".repeat(100_000)),
        ("open comments", "<!--".repeat(200_000)),
        ("comments", "<!-- -->".repeat(200_000)),
        (
            "short rows",
            format!("{}\n{}\n{}", "a|".repeat(2_000), "-|".repeat(2_000), "|x|\n".repeat(20_000)),
        ),
        ("metadata fences", "---\n".repeat(200_000)),
        ("conflicts", "<<<<<<< a\n=======\n>>>>>>> b\n".repeat(50_000)),
        ("fences", "```\n".repeat(200_001)),
        ("labels with lists", "a:\n- b\n\n".repeat(100_000)),
    ];
    for (name, text) in cases {
        let facts = extract(text.as_bytes());
        assert_eq!(facts.text.len(), text.len(), "{name}");
    }
}
