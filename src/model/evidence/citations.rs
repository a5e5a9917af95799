//! The states of the design that evidence says it was built against (S2.12).

use crate::base::Span;
use crate::base::words::holds;
use crate::base::words::normalize;
use crate::facts::{BlockKind, DocumentFacts};
use crate::model::phrases::{List, flat, has_any, listed, sentences};

/// A state of the design that a document names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Citation {
    /// The id or digest, as it is written.
    pub span: Span,
    pub by: By,
}

/// What a citation names a state by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum By {
    /// The id of a commit.
    Commit,
    /// The id that git gives the content of a document.
    Blob,
    /// A digest of some kind, which may be of git or of another program.
    Digest,
}

/// Every state of the design that a document cites, in its order: in a labeled value or a list
/// below the label, in a column or row of a table, in a section that is called so, and in a
/// sentence that says what the work was built against.
pub fn read(facts: &DocumentFacts) -> Vec<Citation> {
    let mut found = Vec::new();
    for field in facts.fields.iter().filter(|field| announces(&field.name)) {
        found.extend(ids(facts, &field.name, field.value.to(field.content)));
    }
    for table in &facts.tables {
        let header: Vec<String> =
            table.header().iter().map(|cell| normalize(facts.text_of(*cell))).collect();
        for (number, row) in std::iter::once(table.header()).chain(table.rows()).enumerate() {
            let header = if number > 0 { &header[..] } else { &[] };
            let label = row.first().map(|cell| normalize(facts.text_of(*cell)));
            for (column, cell) in row.iter().enumerate() {
                let labels = [header.get(column), label.as_ref().filter(|_| column > 0)];
                let label = labels.into_iter().flatten().find(|label| announces(label));
                found.extend(label.into_iter().flat_map(|label| ids(facts, label, *cell)));
            }
        }
    }
    for section in facts.sections.iter().filter(|section| is_about(&section.name)) {
        found.extend(ids(facts, &section.name, section.body));
    }
    found.extend(told(facts));
    found.sort_unstable();
    found.dedup_by_key(|citation| citation.span);
    found
}

/// What sentences cite.
fn told(facts: &DocumentFacts) -> Vec<Citation> {
    let mut found = Vec::new();
    let blocks = facts.blocks.iter();
    for block in blocks.filter(|one| matches!(one.kind, BlockKind::Paragraph | BlockKind::Item)) {
        let own = facts.own_text(block);
        let text = facts.text_of(own);
        if !may_tell(text) || !has_any(&flat(text), BUILT) {
            continue;
        }
        for sentence in sentences(text) {
            let words = flat(sentence);
            if has_any(&words, BUILT) {
                let at = own.start as usize + (sentence.as_ptr() as usize - text.as_ptr() as usize);
                found.extend(ids(facts, "", Span::new(at, at + sentence.len())));
            }
        }
    }
    found
}

/// Whether a text may hold one of [`BUILT`], by letters that are quickly looked for.
fn may_tell(text: &str) -> bool {
    const PARTS: [&str; 10] = [
        "gainst", "GAINST", "as of", "As of", "AS OF", "as\nof", "uilt to", "UILT TO", "uilt\nto",
        "Built To",
    ];
    // Hardly any text holds the letters in any case.
    let may = ["gainst", "as of", "as\nof", "uilt to", "uilt\nto"];
    may.iter().any(|part| holds(text, part)) && PARTS.iter().any(|part| text.contains(part))
}

/// What says outright that work followed something.
const BUILT: &List = listed!(
    "built against|written against|implemented against|developed against|coded against|\
    built to architecture|architecture as of|contracts as of|design as of"
);

/// Whether a label says that its value names a state of the design.
fn announces(name: &str) -> bool {
    const LABELS: &List = listed!(
        "against|based on|architecture|contracts as of|contract version|contract commit|\
        contracts commit|interface version|specification|spec|design commit|design version|\
        design as of|design digest|source of truth|base commit|baseline|baseline commit|\
        branched from|branch point|starting commit|started from|forked from|reference commit"
    );
    const OTHERS: &List = listed!(
        "deviation|deviations|change|changes|changed|decision|decisions|tested against|\
        verified against|run against|validated against"
    );
    has_any(name, LABELS) && !has_any(name, OTHERS)
}

/// Whether a section is about what the work was built against, and about nothing else.
fn is_about(name: &str) -> bool {
    const TITLES: &List = listed!(
        "built against|architecture reference|architecture version|architecture cited|\
        architecture citation|architecture baseline|reference architecture|source architecture"
    );
    has_any(name, TITLES)
}

/// The ids in a part of the text. What each is, the words before it tell, else its label.
fn ids(facts: &DocumentFacts, label: &str, within: Span) -> Vec<Citation> {
    let text = facts.text_of(within);
    let mut found = Vec::new();
    let mut told_from = 0;
    for (from, to) in runs(text) {
        if !is_id(&text[from..to]) {
            continue;
        }
        let by = match address(&text[..from]) {
            Address::Of(by) => by,
            Address::Other => continue,
            Address::None if text[to..].starts_with('/') || is_named(&text[to..]) => continue,
            Address::None => kind(&flat(&text[told_from..from]), label),
        };
        told_from = to;
        let start = within.start as usize;
        found.push(Citation { span: Span::new(start + from, start + to), by });
    }
    found
}

/// Where words of letters, digits and hyphens begin and end.
fn runs(text: &str) -> impl Iterator<Item = (usize, usize)> {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    let mut at = 0;
    std::iter::from_fn(move || {
        let from = at + text[at..].find(is_part)?;
        let length = text[from..].find(|c: char| !is_part(c)).unwrap_or(text.len() - from);
        at = from + length;
        Some((from, at))
    })
}

/// Seven to sixty-four lower-case digits, some of them letters and some not: words and dates are
/// none.
fn is_id(word: &str) -> bool {
    (7..=64).contains(&word.len())
        && word.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
        && word.bytes().any(|byte| byte.is_ascii_digit())
        && (word.bytes().any(|byte| byte.is_ascii_lowercase()) || word.len() == 40)
}

/// Whether a name goes on behind its dot.
fn is_named(rest: &str) -> bool {
    rest.strip_prefix('.').is_some_and(|rest| rest.starts_with(|c: char| c.is_alphanumeric()))
}

/// What an address on a website of repositories names, by what stands before.
enum Address {
    None,
    Of(By),
    Other,
}

fn address(before: &str) -> Address {
    let Some(folders) = before.strip_suffix('/') else { return Address::None };
    match folders.rsplit('/').next().unwrap_or_default() {
        "blob" | "tree" | "commit" | "commits" | "raw" | "blame" => Address::Of(By::Commit),
        _ => Address::Other,
    }
}

/// What an id is, by the words before it and its label.
fn kind(before: &str, label: &str) -> By {
    const FOREIGN: &List = listed!("sha256|sha 256|sha512|sha 512|md5|checksum|tree");
    const BLOB: &List = listed!("blob|hash object|git object|blob id");
    const DIGEST: &List = listed!("digest|hash|fingerprint");
    const COMMIT: &List = listed!("commit|commits|revision|rev");
    for words in [before, label] {
        if has_any(words, FOREIGN) {
            return By::Digest;
        }
        if has_any(words, BLOB) {
            return By::Blob;
        }
        if has_any(words, COMMIT) {
            return By::Commit;
        }
        if has_any(words, DIGEST) {
            return By::Digest;
        }
    }
    By::Commit
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::extract;

    fn cited(text: &str) -> Vec<(String, By)> {
        let facts = extract(text.as_bytes());
        let named = |one: Citation| (facts.text_of(one.span).to_owned(), one.by);
        read(&facts).into_iter().map(named).collect()
    }

    #[test]
    fn states_are_cited_in_many_forms() {
        let commit = |id: &str| (id.to_owned(), By::Commit);
        let blob = |id: &str| (id.to_owned(), By::Blob);
        for (text, expected) in [
            ("**Built against**: ARCHITECTURE.md @ `1a2b3c4`\n", [commit("1a2b3c4")]),
            ("- **Architecture commit**: 9c1f0aa\n", [commit("9c1f0aa")]),
            ("- **Architecture**: ARCHITECTURE.md (blob e69de29…)\n", [blob("e69de29")]),
            ("**Architecture digest**: `git hash-object`: e69de29bb2d\n", [blob("e69de29bb2d")]),
            ("**Contracts as of**:\n- INTERFACE-a.md at 0a1b2c3\n", [commit("0a1b2c3")]),
            ("---\nbuilt-against: 1a2b3c4\n---\n# E\n", [commit("1a2b3c4")]),
            ("| Built against | 1a2b3c4 |\n|---|---|\n| x | y |\n", [commit("1a2b3c4")]),
            ("| Feature | Architecture |\n|---|---|\n| A | `1a2b3c4` |\n", [commit("1a2b3c4")]),
            ("| Key | Value |\n|---|---|\n| Built against | 1a2b3c4 |\n", [commit("1a2b3c4")]),
            ("## Architecture Version\n\nCommit `1a2b3c4` of main.\n", [commit("1a2b3c4")]),
            ("Built against commit 1a2b3c4 of the architecture.\n", [commit("1a2b3c4")]),
            (
                "**Based on**: [it](https://example.org/a/b/blob/1a2b3c4/docs/ARCHITECTURE.md)\n",
                [commit("1a2b3c4")],
            ),
            (
                "**Architecture**: sha256 e3b0c44298fc1c14\n",
                [("e3b0c44298fc1c14".into(), By::Digest)],
            ),
        ] {
            assert_eq!(cited(text), expected, "{text}");
        }
        let both = "**Built against**: ARCHITECTURE.md @ 1a2b3c4 (blob e69de29bb2)\n";
        assert_eq!(cited(both), [commit("1a2b3c4"), blob("e69de29bb2")]);
    }

    #[test]
    fn other_digits_cite_nothing() {
        for text in [
            "**Built against**: ARCHITECTURE.md, read in full\n",
            "**Commit**: 1a2b3c4\n",
            "**Architecture changes**: 1a2b3c4\n",
            "**Tested against**: 1a2b3c4\n",
            "**Architecture**: docs/1a2b3c4/x.md, 1a2b3c4.md, 550e8400-e29b-41d4-a716-446655440000\n",
            "The architecture was changed in 1a2b3c4.\n",
            "**Based on**: defaced, 20260327\n",
        ] {
            assert_eq!(cited(text), [], "{text}");
        }
    }
}
