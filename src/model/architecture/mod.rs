//! Reads which features an architecture declares, what each owns and promises, and when they are
//! to be built.

mod boundaries;
mod contents;
mod needs;
mod owned;
pub mod ownership;
mod rows;
mod schedule;
mod shared;
mod title;

use crate::base::{Nested, Span};
use crate::facts::{DocumentFacts, SectionId};
use crate::model::contract::{self, Contract, Contracts};
use crate::model::dependencies::{self, Dependencies};
use crate::model::ids::Mentions;
use crate::workflow::Kind;

pub use contents::is_shared;
pub use needs::{points, tells_points};
pub use owned::paths_in;
pub use shared::{Shared, SharedPart};
pub use title::Title;

/// What an ARCHITECTURE, INTERFACE or DEPENDENCIES document declares.
#[derive(Debug, Default)]
pub struct Architecture {
    /// Features with a boundary of their own here.
    pub boundaries: Vec<Boundary>,
    /// Mentions of features under an iteration: where, and as what.
    pub scheduled: Vec<Scheduled>,
    /// Every identifier the document names, of stories and of anything else.
    pub mentions: Mentions,
    /// Where features meet: the items, rows and paragraphs of its integration points.
    pub integration_points: Vec<Span>,
    /// What needs what, by every notation in the document.
    pub dependencies: Dependencies,
    /// Names of interface files, as written: `contracts/INTERFACE-auth.md`, `INTERFACE-*.md`.
    pub interfaces: Vec<Span>,
    /// What features promise each other here.
    pub contracts: Contracts,
    /// What it says once for all contracts.
    pub shared: Vec<Shared>,
    /// The extents of the boundaries.
    pub(super) extents: Nested,
}

/// One feature's section, row or item in the boundaries.
#[derive(Debug, PartialEq)]
pub struct Boundary {
    /// The name as the heading gives it: `User Authentication`.
    pub name: String,
    /// The letter or number of `Feature A`, in lower case.
    pub label: Option<String>,
    /// The feature's own section, or the one that holds its row or item.
    pub section: SectionId,
    /// The heading's text, or the name in its row or item.
    pub span: Span,
    /// Everything that is said about the feature here.
    pub extent: Span,
    /// The boundary says what the feature owns, in whatever form.
    pub says_owned: bool,
    /// The single things it owns, as far as they are listed.
    pub owned: Vec<Owned>,
    /// The boundary states a contract or has a place for one.
    pub has_contract: bool,
    /// Where it names what it depends on: `Depends on Feature A`, an entry of "Depends on".
    pub needs: Vec<Span>,
    /// The tables that it says it reads or uses.
    pub uses: Vec<Span>,
}

/// One thing that a feature owns: `/api/auth/*`, `users`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Owned {
    pub kind: Resource,
    /// Without marks of code or emphasis.
    pub span: Span,
    /// The feature says that it is its own: not `users (read-only)`, and not what stands under a
    /// label that may mean something else, such as "Data".
    pub claimed: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resource {
    Route,
    Table,
    State,
    /// Files and folders of the code.
    Path,
    /// Owned, and not said as what.
    Other,
}

/// One line that schedules a feature in an iteration.
#[derive(Debug, PartialEq)]
pub struct Scheduled {
    /// The iteration's number or name: `1`.
    pub iteration: String,
    /// The feature as the line names it.
    pub name: String,
    pub label: Option<String>,
    pub span: Span,
}

impl Architecture {
    /// The boundary that a contract stands in, if it stands in one.
    pub fn boundary_of(&self, contract: &Contract) -> Option<&Boundary> {
        self.boundaries.get(self.boundary_at(contract)?)
    }

    /// The place of that boundary in their list.
    pub fn boundary_at(&self, contract: &Contract) -> Option<usize> {
        self.extents.around(contract.span)
    }
}

/// Reads what a document declares about features.
pub fn read(kind: Kind, facts: &DocumentFacts) -> Architecture {
    let boundaries = boundaries::read(facts);
    let extents = boundaries.iter().map(|one| one.extent).collect();
    let dependencies = dependencies::read(facts, kind);
    let scheduled = schedule::read(facts, &dependencies, &boundaries);
    let names_interface = |span: &Span| {
        let path = facts.text_of(*span);
        let file = path.rsplit(['/', '\\']).next().unwrap_or(path).to_lowercase();
        file.starts_with("interface") || path.to_lowercase().contains("contracts/")
    };
    let paths = facts.paths.iter().map(|path| path.span);
    let interfaces = paths.filter(names_interface).collect();
    let integration_points = needs::integration_points(facts);
    let contracts = contract::read(facts);
    let shared = shared::read(kind, facts, &contracts, &boundaries, &integration_points);
    Architecture {
        boundaries,
        scheduled,
        mentions: Mentions::of(facts),
        integration_points,
        dependencies,
        interfaces,
        contracts,
        shared,
        extents,
    }
}
