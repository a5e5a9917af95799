use crate::base::words::count;
use crate::base::{Level, Span};
use crate::facts::DocumentFacts;
use crate::finding::Finding;
use crate::project::graph::dependencies_of;
use crate::project::{Artifact, Project};
use crate::rules::{Check, Rule};
use crate::workflow::Kind;

pub static RULE: Rule = Rule {
    id: "unreadable-dependencies",
    summary: "something looks like dependencies and cannot be read",
    promises: &["S2.8", "S4.1"],
    level: Level::Warn,
    page: include_str!("../../../rules/unreadable-dependencies.md"),
    check: Check::Artifact(&[Kind::Architecture, Kind::Dependencies], check),
};

fn check(artifact: &Artifact, _: &Project, out: &mut Vec<Finding>) {
    let (Some(found), Some(facts)) = (dependencies_of(artifact), artifact.facts()) else { return };
    let mut unread = found.unread.iter().filter(|span| says_something(facts, **span));
    let Some(&first) = unread.next() else { return };
    let written = facts.text_of(first);
    let place =
        Span { end: first.start + written.lines().next().map_or(0, str::len) as u32, ..first };
    let message = match unread.count() {
        0 => "this looks like dependencies and cannot be read".to_owned(),
        more => format!(
            "this looks like dependencies and cannot be read, and so do {} below",
            count(more, "other place", "other places")
        ),
    };
    let subject = facts.section(facts.section_at(first)).name.clone();
    out.push(
        Finding::at(&artifact.path, place, message)
            .help(
                "say it as a table of what each feature depends on, as a list, or in Mermaid; \
                 `gatecheck inspect` shows what was understood",
            )
            .subject(subject),
    );
}

/// Whether there is anything to read: a table without entries is empty, which others say.
fn says_something(facts: &DocumentFacts, span: Span) -> bool {
    let table = facts.tables.iter().find(|table| table.span == span);
    let filled = |cell: &Span| facts.text_of(*cell).contains(char::is_alphanumeric);
    table.is_none_or(|table| table.rows().any(|row| row.iter().any(filled)))
}
