//! What was agreed, what stands now, who reported the difference and how it was settled (S2.11).
//!
//! The agreement of an iteration is the tree in which its design was frozen. A ledger compares
//! that tree with the judged one, promise by promise, and holds against each difference what the
//! evidence and the integration report admit. It is a function of two projects: the engine finds
//! and reads them, and rules and `gatecheck ledger` look at the outcome.

mod agreement;
mod change;
mod changes;
mod claims;
mod entries;
mod lowered;
mod naming;
mod reported;
mod settled;
mod work;

use std::collections::HashMap;
use std::sync::Arc;

use crate::project::{ArtifactId, Project};
pub use agreement::{Agreement, Commit, Standing, Why};
pub use change::{Change, Place, Then, Thing, Way};
pub use claims::{
    Cited, Claims, CodeFirst, Early, Hasty, Lacking, Outdated, Overtaken, People, SinceThen, Stale,
    Written,
};
pub use entries::{Books, Entry, Resolution, Update};
pub use lowered::Lowered;
pub use reported::{Account, Naming, Reporter};
pub use settled::Settlement;
pub use work::{
    Astray, By, Listed, Misnamed, Outside, RoleWork, Unattributed, UnknownShare, Who, Work,
};

/// The books of one project.
#[derive(Debug, Default)]
pub struct Ledger {
    /// One for each iteration whose evidence has begun, in their order.
    pub agreements: Vec<Agreement>,
    /// What stands differently now, in the order of agreements and documents.
    pub changes: Vec<Change>,
    /// What evidence and integration report admit.
    pub books: Books,
    /// Who admits each change.
    pub account: Account,
    /// What documents claim of the history.
    pub claims: Claims,
    /// Whether work stayed inside the boundaries of its feature.
    pub work: Work,
    /// Figures of which less is promised than was agreed.
    pub lowered: Vec<Lowered>,
}

/// An agreement with the project as it stood then; nothing where that cannot be had or holds
/// nothing to compare.
#[derive(Clone, Debug)]
pub struct Frozen {
    pub agreement: Agreement,
    pub project: Option<Arc<Project>>,
    /// What its tree has where the judged one has documents that admit anything.
    pub told: Arc<HashMap<ArtifactId, String>>,
}

impl Ledger {
    /// Compares a project with what was agreed for each of its iterations.
    pub fn of(project: &Project, frozen: Vec<Frozen>, claims: Claims, work: Work) -> Self {
        let between = || changes::between(project, &frozen);
        let told = || {
            let books = Books::of(project);
            let known = books.says_anything().then(|| reported::Known::of(project, &frozen));
            (books, known)
        };
        let (changes, (mut books, known)) = rayon::join(between, told);
        let account = match known {
            Some(known) => reported::account(project, &frozen, &known, &changes, &books),
            None => Account::silent(&changes),
        };
        books.call_for(&account);
        let claims = claims.compared(project, &books);
        let lowered = lowered::find(project, &frozen);
        let agreements = frozen.into_iter().map(|one| one.agreement).collect();
        Self { agreements, changes, books, account, claims, work, lowered }
    }
}
