//! Tables of phases with the features of each: `| 2a | Accounts, Catalog |`, and tables of features
//! with the batch of each.

use std::collections::BTreeMap;

use super::levels;
use super::tables::plain;
use super::{Drawing, Node, Notation};
use crate::base::Span;
use crate::facts::{DocumentFacts, Table};

/// The columns of such a table.
#[derive(Clone, Copy)]
pub(super) struct Columns<'h> {
    /// The word over the levels: `phase`.
    kind: &'h str,
    level: usize,
    members: usize,
}

impl<'h> Columns<'h> {
    pub fn of(header: &[&'h str]) -> Option<Self> {
        const KINDS: &[&str] = &["phase", "batch", "level", "wave"];
        const MEMBERS: &[&str] =
            &["feature", "features", "component", "components", "module", "modules", "services"];
        let level = header.iter().position(|name| KINDS.contains(name))?;
        let members = header.iter().position(|name| MEMBERS.contains(name))?;
        Some(Self { kind: header[level], level, members })
    }
}

/// Reads the levels in the order of their labels, whatever the order of the rows.
pub(super) fn read(facts: &DocumentFacts, table: &Table, columns: Columns<'_>) -> Drawing {
    let mut drawing = Drawing::new(Notation::Table, table.span);
    let mut levels: BTreeMap<(u32, String), Vec<&[Span]>> = BTreeMap::new();
    for row in table.rows() {
        let Some(&cell) = row.get(columns.level) else { continue };
        let label = plain(facts, cell).to_lowercase();
        let label = label.strip_prefix(columns.kind).unwrap_or(&label).trim();
        let digits: String = label.chars().take_while(char::is_ascii_digit).collect();
        // A name of a phase, "Foundation", says nothing of an order.
        let Some(number) = digits.parse().ok().filter(|_| label.len() <= 3) else { continue };
        levels.entry((number, label.to_owned())).or_default().push(row);
    }
    for ((_, label), rows) in levels {
        let Some(&cell) = rows[0].get(columns.level) else { continue };
        let name = format!("{} {label}", columns.kind);
        let group = levels::group(&name, cell, columns.kind, None);
        let together = matches!(columns.kind, "batch" | "wave");
        drawing.groups.push(super::Group { parallel: group.parallel || together, ..group });
        for row in rows {
            let Some(&cell) = row.get(columns.members) else { continue };
            for (name, span, _) in levels::several(facts, cell) {
                let group = Some(drawing.groups.len() - 1);
                drawing.nodes.push(Node { group, ..Node::new(name, span) });
            }
        }
    }
    drawing
}

#[cfg(test)]
mod tests {
    use super::super::read;
    use crate::workflow::Kind;

    #[test]
    fn phases_follow_their_labels_and_not_the_rows() {
        let text = "# Dependencies\n\n| Feature | Batch |\n| --- | --- |\n| Search | 2 |\n| Accounts | 1 |\n| Catalog | 1 |\n";
        let facts = crate::facts::extract(text.as_bytes());
        let found = read(&facts, Kind::Dependencies);
        let [drawing] = &found.drawings[..] else { panic!("{found:?}") };
        let groups: Vec<_> = drawing.groups.iter().map(|one| (&*one.name, one.parallel)).collect();
        assert_eq!(groups, [("batch 1", true), ("batch 2", true)]);
        let nodes = drawing.nodes.iter().map(|one| (&*one.name, one.group));
        assert!(nodes.eq([("Accounts", Some(0)), ("Catalog", Some(0)), ("Search", Some(1))]));
    }
}
