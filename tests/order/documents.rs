//! The documents of the complete project, and what each of them builds on.

/// A document of the workflow.
#[derive(Debug)]
pub struct Document {
    pub path: &'static str,
    /// Another path that counts as well.
    pub other: Option<&'static str>,
    /// The position of its phase.
    pub phase: usize,
    pub does: Does,
}

/// Which duty a document does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Does {
    /// One for all iterations, by a name.
    Once(&'static str),
    /// One for a feature.
    Feature(&'static str, Feature),
    /// One for each iteration that it speaks of; several documents may share it.
    Iteration(&'static str),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Feature {
    Accounts,
    Catalog,
    Reservations,
}

impl Feature {
    pub fn iteration(self) -> usize {
        usize::from(self == Feature::Reservations)
    }
}

pub const PHASES: [&str; 6] = ["0", "1", "2", "2.5", "3", "4"];

const fn once(path: &'static str, phase: usize) -> Document {
    Document { path, other: None, phase, does: Does::Once(path) }
}

const fn feature(
    path: &'static str,
    other: Option<&'static str>,
    phase: usize,
    duty: &'static str,
    feature: Feature,
) -> Document {
    Document { path, other, phase, does: Does::Feature(duty, feature) }
}

const fn shared(path: &'static str, phase: usize, duty: &'static str) -> Document {
    Document { path, other: None, phase, does: Does::Iteration(duty) }
}

use Feature::{Accounts, Catalog, Reservations};

/// Sorted by path.
pub static DOCUMENTS: &[Document] = &[
    shared(".work/deployment/API-DOCS.md", 5, "api docs"),
    shared(".work/deployment/DEPLOYMENT.md", 5, "deployment"),
    shared(".work/deployment/RELEASE-NOTES.md", 5, "release notes"),
    shared(".work/deployment/USER-GUIDE.md", 5, "user guide"),
    once(".work/foundation/architecture/ARCHITECTURE.md", 1),
    Document {
        other: Some(".work/foundation/architecture/DEPENDENCY-PLAN.md"),
        ..once(".work/foundation/architecture/DEPENDENCIES.md", 1)
    },
    feature(
        ".work/foundation/architecture/INTERFACE-accounts.md",
        Some(".work/foundation/contracts/accounts.md"),
        1,
        "interface",
        Accounts,
    ),
    feature(
        ".work/foundation/architecture/INTERFACE-catalog.md",
        Some(".work/foundation/architecture/contracts/INTERFACE-catalog.md"),
        1,
        "interface",
        Catalog,
    ),
    feature(
        ".work/foundation/architecture/INTERFACE-reservations.md",
        None,
        1,
        "interface",
        Reservations,
    ),
    once(".work/foundation/product/acceptance-criteria.md", 0),
    once(".work/foundation/product/golden-paths.md", 0),
    Document {
        other: Some(".work/foundation/product/stories/all.md"),
        ..once(".work/foundation/product/user-stories.md", 0)
    },
    once(".work/foundation/ux/USER-FLOWS.md", 1),
    once(".work/foundation/ux/WIREFRAMES.md", 1),
    feature(".work/implementation/accounts/EVIDENCE.md", None, 2, "evidence", Accounts),
    feature(
        ".work/implementation/accounts/tests/EVIDENCE.md",
        Some(".work/implementation/tests/accounts/EVIDENCE.md"),
        2,
        "test evidence",
        Accounts,
    ),
    feature(
        ".work/implementation/catalog/EVIDENCE.md",
        Some(".work/milestones/first/catalog/EVIDENCE.md"),
        2,
        "evidence",
        Catalog,
    ),
    feature(".work/implementation/catalog/tests/EVIDENCE.md", None, 2, "test evidence", Catalog),
    feature(".work/implementation/reservations/EVIDENCE.md", None, 2, "evidence", Reservations),
    feature(
        ".work/implementation/reservations/tests/EVIDENCE.md",
        None,
        2,
        "test evidence",
        Reservations,
    ),
    Document {
        other: Some(".work/integration/2026/INTEGRATION-REPORT.md"),
        ..shared(".work/integration/INTEGRATION-REPORT.md", 3, "report")
    },
    shared(".work/validation/e2e-report.md", 4, "validation"),
    shared(".work/validation/performance-report.md", 4, "validation"),
    Document {
        other: Some(".work/validation/security/audit.md"),
        ..shared(".work/validation/security-report.md", 4, "validation")
    },
    shared(".work/validation/sign-offs/product-manager.md", 4, "sign-off"),
];

impl Document {
    /// The iterations whose gates ask for it.
    pub fn iterations(&self, second: bool) -> Vec<usize> {
        match self.does {
            Does::Once(_) => vec![0],
            Does::Feature(_, feature) => vec![feature.iteration()],
            Does::Iteration(_) if second => vec![0, 1],
            Does::Iteration(_) => vec![0],
        }
    }

    /// Whether a document of a later phase builds on it for an iteration.
    pub fn is_before(&self, later: &Document, iteration: usize) -> bool {
        let feature = match (self.does, later.does) {
            (Does::Feature(_, one), Does::Feature(_, other)) => one == other,
            (Does::Feature(_, one), _) => one.iteration() == iteration,
            _ => true,
        };
        self.phase < later.phase && feature
    }
}
