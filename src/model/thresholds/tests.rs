use super::*;
use crate::facts::extract;

/// Each threshold as `name ≥ number`, with `?` where nobody can tell which way is better.
fn found(text: &str) -> Vec<String> {
    let facts = extract(text.as_bytes());
    let line = |one: Threshold| {
        let bound = match one.bound {
            Some(Bound::Least) => "≥",
            Some(Bound::Most) => "≤",
            None => "?",
        };
        format!("{} {bound} {}", one.name, facts.text_of(one.span))
    };
    read(&facts).into_iter().map(line).collect()
}

#[test]
fn labels_cells_items_and_sentences_set_thresholds() {
    for (text, expected) in [
        ("- Unit coverage target: 90 %\n", "Unit coverage target ≥ 90 %"),
        ("**Search**: p95 under 200 ms\n", "Search: p95 ≤ 200 ms"),
        ("- 99.9% availability\n", "availability ≥ 99.9%"),
        ("| Metric | Target |\n|---|---|\n| Coverage | 90% |\n", "Coverage ≥ 90%"),
        ("| Metric | Now |\n|---|---|\n| Page load | ≤ 3 s |\n", "Page load: Now ≤ 3 s"),
        ("The list opens within two seconds on a phone.\n", "list opens ≤ two seconds"),
        ("- Passwords have at least 12 characters\n", "Passwords ≥ 12"),
        ("- Supports up to 2,000 channels\n", "Supports ≥ 2,000"),
        ("- Uploads of no more than 10 MB\n", "Uploads ≤ 10 MB"),
        ("- Accuracy: 85%+ after a week\n", "Accuracy ≥ 85%"),
        ("- Contrast of 4.5:1 or better\n", "Contrast ≥ 4.5:1"),
        ("- Given more than 24 matches, show a button\n", "Given ? 24"),
    ] {
        assert_eq!(found(text), [expected], "{text}");
    }
}

#[test]
fn what_is_merely_counted_sets_none() {
    for text in [
        "Released on 2026-03-01, version 1.2.3, in 2026, by 14 March\n",
        "- Windows 11+ and Node 20\n- [US-001](a.md) to US-019\n",
        "1. There are 24 tools in 3 categories, and each costs $40.\n",
        "- Takes 2-3 days\n- from 10 to 20 items\n- 12:30\n",
        "## Timeline\n- Within 3 weeks: search\n",
        "```\nwait at most 5 seconds\n```\n",
        "| Task | Effort |\n|---|---|\n| Search | < 3 days |\n",
        "| Width | Layout |\n|---|---|\n| below 600 px | one column |\n",
        "`sleep --max 5` and Settings -> 5 items\n",
    ] {
        assert_eq!(found(text), [] as [&str; 0], "{text}");
    }
}
