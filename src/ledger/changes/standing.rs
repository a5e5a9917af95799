//! Everything that the agreed documents say now, by whatever structure.

use std::collections::{HashMap, HashSet};

use super::sides::Sides;
use super::wording::Wording;
use crate::base::RepoPath;
use crate::facts::{BlockKind, DocumentFacts};
use crate::model::product::is_deferred;

/// The words of the documents of now, in which a line may live on though nothing is read as it:
/// as a sentence, as two rows, as part of another line.
#[derive(Debug, Default)]
pub struct Standing {
    lines: HashSet<String>,
    runs: HashSet<u64>,
}

impl Standing {
    /// What came to stand somewhere since the agreement. What stood there before is no new home of
    /// a line that is gone.
    pub fn since(side: &Sides<'_>) -> Self {
        let before: HashMap<&RepoPath, &DocumentFacts> =
            side.documents_then().map(|(artifact, facts)| (&artifact.path, facts)).collect();
        let mut standing = Self::default();
        for (artifact, facts) in side.documents() {
            let known = before.get(&artifact.path).map(|then| said(then));
            let known: HashSet<String> =
                known.into_iter().flatten().map(|wording| wording.text()).collect();
            for wording in said(facts) {
                let text = wording.text();
                if !known.contains(&text) {
                    standing.runs.extend(wording.runs());
                    standing.lines.insert(text);
                }
            }
        }
        standing
    }

    /// Whether a line is still said somewhere, as it was.
    pub fn says(&self, line: &Wording) -> bool {
        let runs = || line.has_runs() && line.runs().all(|run| self.runs.contains(&run));
        self.lines.contains(&line.text()) || runs()
    }
}

/// What a document says line by line, but for what it keeps for later.
fn said(facts: &DocumentFacts) -> impl Iterator<Item = Wording> {
    let blocks = facts.blocks.iter().filter(|block| {
        matches!(block.kind, BlockKind::Paragraph | BlockKind::Item | BlockKind::Code)
    });
    let lines = blocks.map(|block| match block.kind {
        BlockKind::Code => (block.section, block.span),
        _ => (block.section, facts.own_text(block)),
    });
    let rows = facts.tables.iter().flat_map(|table| {
        table.rows().filter_map(|row| Some((table.section, row.first()?.to(*row.last()?))))
    });
    let kept = lines.chain(rows).filter(|(section, _)| !is_deferred(facts, *section));
    kept.map(|(_, span)| Wording::of(facts.text_of(span)))
}
