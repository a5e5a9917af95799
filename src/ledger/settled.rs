//! How the integration report settled what was changed and what was reported (S2.15).

use super::{Ledger, Reporter};
use crate::base::Span;
use crate::model::integration::Way;
use crate::project::ArtifactId;

/// How something was settled, and where the integration report says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settlement {
    pub way: Way,
    pub artifact: ArtifactId,
    pub span: Span,
}

impl Ledger {
    /// How a change was settled, by its position: through the resolutions of the entries that
    /// report it, or by what the integration report says itself. Nothing where that is open.
    pub fn settled(&self, change: usize) -> Option<Settlement> {
        self.reporters(change).iter().find_map(|reporter| match *reporter {
            Reporter::Entry(at) => self.entry_settled(at),
            Reporter::Update(at) => {
                let update = &self.books.updates[at];
                let (artifact, span) = (update.artifact, update.span);
                Some(Settlement { way: Way::Contract, artifact, span })
            }
            Reporter::Resolution(at) => self.resolved(at),
        })
    }

    /// How an entry was settled, by its position. Nothing where that is open.
    pub fn entry_settled(&self, entry: usize) -> Option<Settlement> {
        self.books.entries[entry].resolutions.iter().find_map(|&at| self.resolved(at))
    }

    /// Who reports a change, by its position.
    pub fn reporters(&self, change: usize) -> &[Reporter] {
        self.account.reporters.get(change).map_or(&[], Vec::as_slice)
    }

    fn resolved(&self, resolution: usize) -> Option<Settlement> {
        let one = &self.books.resolutions[resolution];
        Some(Settlement { way: one.way?, artifact: one.artifact, span: one.span })
    }
}
