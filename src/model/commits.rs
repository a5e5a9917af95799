//! Commits that documents name (S2.12, S2.13, S2.16).

use crate::base::Span;
use crate::base::words::normalize;
use crate::facts::DocumentFacts;
use crate::model::phrases::{flat, has_any, listed};

/// The ids of commits in labeled values and table columns that say they hold some. Prose and code
/// name none: a run of digits there may be anything.
pub fn read(facts: &DocumentFacts) -> Vec<Span> {
    let mut found = Vec::new();
    for field in facts.fields.iter().filter(|field| announces(&field.name)) {
        found.extend(ids(facts, field.value));
    }
    for table in &facts.tables {
        for (column, header) in table.header().iter().enumerate() {
            if announces(&normalize(facts.text_of(*header))) {
                found.extend(
                    table
                        .rows()
                        .filter_map(|row| row.get(column))
                        .flat_map(|cell| ids(facts, *cell)),
                );
            }
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// Whether a label says that its value names commits.
pub fn announces(name: &str) -> bool {
    has_any(
        name,
        listed!("commit|commits|committed|built against|written against|sha|git sha|revision"),
    ) && !has_any(
        name,
        listed!("count|message|messages|date|policy|number|per|convention|total|frequency"),
    )
}

/// The runs of hexadecimal digits in a value that can be ids of commits. A value that speaks of
/// the digest of a file names no commit.
pub fn ids(facts: &DocumentFacts, value: Span) -> Vec<Span> {
    let text = facts.text_of(value);
    if has_any(&flat(text), listed!("blob|digest|sha256|checksum|tree")) {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        let part = c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '/') || !c.is_ascii();
        match (start, part) {
            (None, true) => start = Some(at),
            (Some(from), false) => {
                // A file name goes on behind its dot, an id ends before one.
                let named = c == '.' && text[at + 1..].starts_with(|c: char| c.is_alphanumeric());
                if !named && is_id(&text[from..at]) {
                    found.push(Span::new(value.start as usize + from, value.start as usize + at));
                }
                start = None;
            }
            _ => {}
        }
    }
    found
}

/// Seven to sixty-four lower-case digits, some of them letters: a word of the language or a date
/// has either no digit or no letter.
fn is_id(word: &str) -> bool {
    (7..=64).contains(&word.len())
        && word.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
        && word.bytes().any(|byte| byte.is_ascii_digit())
        && (word.bytes().any(|byte| byte.is_ascii_lowercase()) || word.len() == 40)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::extract;

    fn named(text: &str) -> Vec<String> {
        let facts = extract(text.as_bytes());
        read(&facts).into_iter().map(|span| facts.text_of(span).to_owned()).collect()
    }

    #[test]
    fn labels_and_columns_name_commits() {
        assert_eq!(named("- **Commit**: `1a2b3c4` (feat: x)\n"), ["1a2b3c4"]);
        assert_eq!(named("**Built against**: ARCHITECTURE.md@9c1f0aa\n"), ["9c1f0aa"]);
        assert_eq!(named("Signed commit: 0a1b2c3, 4d5e6f7a\n"), ["0a1b2c3", "4d5e6f7a"]);
        assert_eq!(named("| Task | Commit |\n|---|---|\n| 1 | `abc1234` |\n"), ["abc1234"]);
    }

    #[test]
    fn other_digits_name_none() {
        for text in [
            "We fixed it in 1a2b3c4.\n",
            "**Commit**: defaced, 20260327, 550e8400-e29b-41d4-a716-446655440000, 12\n",
            "**Built against**: blob e69de29bb2\n",
            "**Commits per day**: 1a2b3c4\n",
            "**Built against**: docs/1a2b3c4.md\n",
        ] {
            assert_eq!(named(text), [""; 0], "{text}");
        }
    }
}
